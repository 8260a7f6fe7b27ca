"""A command comes in; what it took as a whole process, seen from outside, goes out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Memory = Literal["none", "sum", "largest"]
"""What is to be known: the greatest sum of the proportional set sizes of a process and its children, or the
largest resident set of one of them. Looking at the sum disturbs the time. Linux only (`/proc`); the kernel's
own `ru_maxrss` will not do, for it counts what the process that starts another holds itself."""

SAMPLE_S = 0.01
MOST_S = 600.0
"""How long one command may take; one that takes longer is ended, and the page says so."""

SHOWN = 600
"""Letters of its last words that are shown of a command that failed."""


class CommandFailedError(Exception):
    """A command ended with an error, or was ended because it took too long."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and what is removed before each run so that each begins alike."""

    argv: tuple[str, ...]
    fresh: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process and its children took."""

    wall_s: float
    cpu_s: float
    """User and system time, of its children too."""
    peak_mib: float
    """What was asked for of its memory (`Memory`); 0 for nothing."""
    printed: str


def run(
    command: Command,
    folder: Path,
    environment: Mapping[str, str],
    *,
    memory: Memory = "none",
    most_s: float = MOST_S,
) -> Taken:
    """Run *command* in *folder* and return what it took.

    Raises `CommandFailedError` when it does not end well within *most_s*.
    """
    for path in command.fresh:
        shutil.rmtree(path, ignore_errors=True)
    with tempfile.TemporaryFile() as printed:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command.argv,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        killer = threading.Timer(most_s, _end_session, [child.pid])
        killer.start()
        sampler = None if memory == "none" else _Sampler(child.pid, memory)
        _, status, usage = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - begun
        killer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        peak_mib = sampler.stop() if sampler else 0.0
        printed.seek(0)
        said = printed.read().decode("utf-8", "replace")
    if wall_s >= most_s:
        raise CommandFailedError(f"ended after {most_s:.0f} s")
    if child.returncode:
        raise CommandFailedError(f"exit code {child.returncode}: {said.strip()[:SHOWN]}")
    return Taken(wall_s, usage.ru_utime + usage.ru_stime, peak_mib, said)


def _end_session(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


class _Sampler:
    """Looks again and again at what the processes of one session hold in memory."""

    def __init__(self, session: int, memory: Memory) -> None:
        self._session = session
        self._measure = memory_of_session if memory == "sum" else _largest_of_session
        self._ends = threading.Event()
        self._peak_mib = 0.0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        """Stop, and return the greatest figure."""
        self._ends.set()
        self._thread.join()
        return self._peak_mib

    def _watch(self) -> None:
        while not self._ends.wait(SAMPLE_S):
            self._peak_mib = max(self._peak_mib, self._measure(self._session))


def memory_of_session(session: int) -> float:
    """Return the proportional set sizes of all processes of *session* together, in MiB."""
    return sum(_read_mib(folder / "smaps_rollup", "Pss:") for folder in _iter_members(session))


def _largest_of_session(session: int) -> float:
    """Return the largest resident set that a process of *session* has had since it began, in MiB."""
    found = (_read_mib(folder / "status", "VmHWM:") for folder in _iter_members(session))
    return max(found, default=0.0)


def _iter_members(session: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            after_name = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(after_name[3]) == session:  # proc(5), stat: field 6
                yield folder


def _read_mib(file: Path, name: str) -> float:
    with suppress(OSError):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    return 0.0


def run_in_turn(
    commands: Mapping[str, Command], folder: Path, environment: Mapping[str, str], rounds: int
) -> dict[str, list[Taken]]:
    """Run all *commands* A B C A B C …, so that drift meets all of them; the first round does not count."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            one = run(command, folder, environment)
            if round_:
                taken[name].append(one)
    return taken


def says(argv: Sequence[str]) -> str:
    """Return the first line that a command prints; empty where it cannot be run."""
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True)
        return (done.stdout.strip() or done.stderr.strip()).partition("\n")[0]
    return ""
