"""Work comes in; what it gives goes out, though the process that does it may die: it is a child of this one.

Native code crashes now and then, about once in two thousand renders, on ordinary text. The child is forked
before any library is loaded, or, in a batch, by a program that does nothing else (decisions 0015, 0018). It
ends without taking its objects apart, so it costs nothing.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import select
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Outcome = TypeVar("Outcome")

CRASHES = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})
"""Signals by which native code dies, and by which nobody ends a program on purpose."""

MOST_CPU_SECONDS = 900
MOST_MEMORY_BYTES = 4 * 1024**3
"""What a command, or a job of a batch, may take; a year of 24 units takes some 10 seconds and 0.3 GB."""

MOST_BYTES_AT_ONCE = 1 << 20

COLLECT_AFTER = (100_000, 50, 100)
"""How many objects more than before let the garbage collector look, by generation; 700, 10, 10 is usual.

A command makes objects to keep them, and ends soon: looking takes a twentieth of its time, and finds little.
"""

PR_SET_PDEATHSIG = 1
"""Of Linux (man 2 prctl): the child does not outlive its parent."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a child died."""

    signal: int
    trace: str
    """Where it was, as far as Python knows."""

    @property
    def is_crash(self) -> bool:
        """Whether it may go well the second time."""
        return self.signal in CRASHES

    @property
    def name(self) -> str:
        """The name of the signal."""
        return signal.Signals(self.signal).name


def run_guarded(work: Callable[[], int], on_crash: Callable[[Death], object]) -> int | Death:
    """Return the exit code of *work*, done in a child process; how it died where it did not end by itself.

    After a crash *on_crash* is told, and *work* is done once more.
    """
    if not hasattr(os, "fork"):
        return work()

    def attempt() -> int | Death:
        child, pipe = _fork(lambda _: work())
        with _passing_signals_to(child):
            left = _read_to_end(pipe)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code if code >= 0 else Death(-code, _text_of(left))

    return _try_twice(attempt, on_crash)


def run_apart(
    work: Callable[[], bytes], on_crash: Callable[[Death], object], owner: int | None = None
) -> bytes | Death:
    """Return what *work* gives, done in a child process; how it died where it did not end by itself.

    After a crash *on_crash* is told, and *work* is done once more. *owner* is a pipe from whoever wants the
    answer and says nothing meanwhile: once it is closed, the child is killed. *work* must not raise anything.
    """

    def answer(pipe: int) -> int:
        with os.fdopen(pipe, "wb", closefd=False) as file:
            file.write(work())
        return 0

    def attempt() -> bytes | Death:
        child, pipe = _fork(answer)
        left = _read_to_end(pipe, owner, lambda: os.kill(child, signal.SIGKILL))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code > 0:
            raise ChildProcessError(code)
        return left if code == 0 else Death(-code, _text_of(left))

    return _try_twice(attempt, on_crash)


def _try_twice(
    attempt: Callable[[], Outcome | Death], on_crash: Callable[[Death], object]
) -> Outcome | Death:
    outcome = attempt()
    if isinstance(outcome, Death) and outcome.is_crash:
        on_crash(outcome)
        outcome = attempt()
    return outcome


def _fork(work: Callable[[int], int]) -> tuple[int, int]:
    """Begin *work* in a child; return its number, and the pipe that it may write to and that ends with it.

    Should it crash, the pipe tells where it was.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(work, writing, parent)
    os.close(writing)
    return child, reading


@contextmanager
def _passing_signals_to(child: int) -> Iterator[None]:
    """Let whoever stops this process stop the *child*, for the time of the context."""

    def pass_on(number: int, _: object) -> None:
        os.kill(child, number)

    former = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    former[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal asks the child, too
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _read_to_end(pipe: int, owner: int | None = None, on_left: Callable[[], object] = lambda: None) -> bytes:
    """Return all that comes through *pipe*; call *on_left* once *owner* is closed."""
    with os.fdopen(pipe, "rb") as file:
        if owner is None:
            return file.read()
        parts: list[bytes] = []
        watched = [pipe, owner]
        while True:
            ready, _, _ = select.select(watched, [], [])
            if owner in ready:
                on_left()
                watched = [pipe]
            elif part := os.read(pipe, MOST_BYTES_AT_ONCE):
                parts.append(part)
            else:
                return b"".join(parts)


def _text_of(left: bytes) -> str:
    return left.decode("utf-8", "replace")


def _be_child(work: Callable[[int], int], pipe: int, parent: int) -> None:
    """Do *work* and leave at once: taking all objects apart costs time and may crash as well."""
    code = 1
    try:
        die_with(parent)
        _set_limits()
        faulthandler.enable(pipe, all_threads=False)
        gc.set_threshold(*COLLECT_AFTER)
        code = work(pipe)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def die_with(parent: int) -> None:
    """Let this process end when *parent* does, of which it is a child; at once, if it has ended already."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only here

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _set_limits() -> None:
    """Bound what the child may take; less than this may be allowed already."""
    import resource  # noqa: PLC0415 - Windows has none

    for kind, most in ((resource.RLIMIT_CPU, MOST_CPU_SECONDS), (resource.RLIMIT_AS, MOST_MEMORY_BYTES)):
        soft, hard = resource.getrlimit(kind)
        known = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (min(known), hard))
