"""Tasks come in; what they give goes out, done by processes beside this one while it goes on with other work.

A hand is forked before this process loads much, and loads what its tasks need meanwhile: with two processors
WeasyPrint is there when the first page is composed. A hand that crashes takes this process with it, by the
same signal, so that whoever guards it (`guard.py`) tries all of it once more (decision 0021).
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import traceback
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Generic, TypeVar

from generator.errors import OutputError
from generator.guard import die_with

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

Task = TypeVar("Task")
Result = TypeVar("Result")

LENGTH_BYTES = 8


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write *message* with its length before it."""
    pipe.write(len(message).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next message; None where there are no more, or it is cut short."""
    head = pipe.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    message = pipe.read(length)
    return message if len(message) == length else None


def can_help() -> bool:
    """Tell whether there is another processor for a hand, and a system that forks."""
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and count_processors() > 1


def count_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


class Hands(Generic[Task, Result]):
    """Processes that do tasks, within a context; the first loads at once, others when there is work."""

    def __init__(self, load: Callable[[], object], work: Callable[[Task], Result], most: int) -> None:
        self._load, self._work, self._most = load, work, most
        self._hands = [_Hand(load, work)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.end()

    def do(self, tasks: Sequence[Task], meanwhile: Callable[[], object]) -> list[Result]:
        """Return what each of *tasks* gives, in their order; *meanwhile* is done here.

        Raises what a task raises, the first of several.
        """
        waiting = list(enumerate(tasks))[::-1]
        while len(self._hands) < min(self._most, len(tasks)):
            self._hands.append(_Hand(self._load, self._work))
        at_work: dict[int, tuple[_Hand[Task, Result], int]] = {}
        for hand in self._hands[: len(tasks)]:
            at_work[hand.fileno()] = hand, _give(hand, waiting)
        meanwhile()
        results: dict[int, Result] = {}
        while at_work:
            for ready in select.select(list(at_work), [], [])[0]:
                hand, number = at_work.pop(ready)
                results[number] = hand.take()
                if waiting:
                    at_work[ready] = hand, _give(hand, waiting)
        return [results[number] for number in range(len(tasks))]


def _give(hand: _Hand[Task, Result], waiting: list[tuple[int, Task]]) -> int:
    number, task = waiting.pop()
    hand.give(task)
    return number


class _Hand(Generic[Task, Result]):
    """One such process, and the pipes to it and from it."""

    def __init__(self, load: Callable[[], object], work: Callable[[Task], Result]) -> None:
        asking, self._asking = _pipe()
        self._answering, answering = _pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            try:
                self._asking.close()
                self._answering.close()
                die_with(parent)
                _serve(asking, answering, load, work)
            finally:
                os._exit(0)
        asking.close()
        answering.close()

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._answering.fileno()

    def give(self, task: Task) -> None:
        """Let it do *task*."""
        with suppress(BrokenPipeError):  # `take` tells how it died
            send(self._asking, pickle.dumps(task))

    def take(self) -> Result:
        """Return what its task gives, or raise what it raised; die as it died."""
        message = receive(self._answering)
        if message is None:
            raise self._die_alike()
        is_done, result = pickle.loads(message)  # noqa: S301 - a child's own words
        if not is_done:
            raise result
        answer: Result = result
        return answer

    def end(self) -> None:
        """End it, whatever it does."""
        for pipe in (self._asking, self._answering):
            with suppress(BrokenPipeError):
                pipe.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

    def _die_alike(self) -> OutputError:
        code = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        if code < 0:
            if -code != signal.SIGKILL:
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        return OutputError("hand-ended", code=code)


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _serve(
    asking: IO[bytes],
    answering: IO[bytes],
    load: Callable[[], object],
    work: Callable[[Task], Result],
) -> None:
    """Do one task after another until nobody asks any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # who reads what the command says must not wait for a hand
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal asks everyone; a hand ends with its parent
    with suppress(Exception):  # the first task will tell
        load()
    while (packed := receive(asking)) is not None:
        try:
            answer: tuple[bool, object] = True, work(pickle.loads(packed))  # noqa: S301 - its parent's words
        except Exception as error:
            error.add_note(traceback.format_exc())
            answer = False, error
        send(answering, pickle.dumps(answer))
