"""Work comes in; its exit code goes out, though the process that does it may die: it is a child of this one.

Native code crashes now and then, about once in two thousand renders, on ordinary text. The child is forked
before any library is loaded, and ends without taking its objects apart, so it costs nothing (decision 0015).
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

CRASHES = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})
"""Signals by which native code dies, and by which nobody ends a program on purpose."""

MOST_CPU_SECONDS = 900
MOST_MEMORY_BYTES = 4 * 1024**3
"""What one command may take; a year of twenty-four units takes some 10 seconds and 0.3 GB."""

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
    outcome = _run_in_child(work)
    if isinstance(outcome, Death) and outcome.is_crash:
        on_crash(outcome)
        outcome = _run_in_child(work)
    return outcome


def _run_in_child(work: Callable[[], int]) -> int | Death:
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(work, writing, parent)
    os.close(writing)
    former = {number: signal.signal(number, _pass_on(child)) for number in (signal.SIGTERM, signal.SIGHUP)}
    former[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal asks the child, too
    try:
        with os.fdopen(reading, "rb") as pipe:
            trace = pipe.read().decode("utf-8", "replace")
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    return code if code >= 0 else Death(-code, trace)


def _pass_on(child: int) -> Callable[[int, Any], None]:
    def pass_on(number: int, _: object) -> None:
        os.kill(child, number)

    return pass_on


def _be_child(work: Callable[[], int], crash_log: int, parent: int) -> None:
    """Do *work* and leave at once: taking all objects apart costs time and may crash as well."""
    code = 1
    try:
        _die_with(parent)
        _set_limits()
        faulthandler.enable(crash_log, all_threads=False)
        gc.set_threshold(*COLLECT_AFTER)
        code = work()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


def _die_with(parent: int) -> None:
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
