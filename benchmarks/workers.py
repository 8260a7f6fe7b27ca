"""Warm processes: each makes documents one after another, when it is told, and says what each took."""

from __future__ import annotations

import subprocess
import threading
import time
from typing import TYPE_CHECKING, Self

from benchmarks.engines import warm_command
from benchmarks.make import READY
from benchmarks.processes import CommandFailedError, memory_of_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.engines import Task
    from benchmarks.office import Office


class Worker:
    """A process with one engine, ready to work; a context manager that ends it."""

    def __init__(
        self, task: Task, folder: Path, environment: Mapping[str, str], office: Office | None = None
    ) -> None:
        self.task = task
        self._office = office
        self._process = subprocess.Popen(
            warm_command(task),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        if self._read() != READY:
            raise CommandFailedError(f"{task.engine} did not begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def make(self, name: str) -> float:
        """Make the document *name* and return the seconds that it took by the clock."""
        if not self._process.stdin:
            raise CommandFailedError(f"{self.task.engine} has ended")
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return float(self._read())

    def memory_mib(self) -> float:
        """Return what the process holds now, and the LibreOffice that works for it."""
        return memory_of_session(self._process.pid) + (self._office.memory_mib() if self._office else 0)

    def _read(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            _, said = self._process.communicate()
            raise CommandFailedError(f"{self.task.engine}: {said.strip()[-600:]}")
        return line.strip()


def documents_per_second(workers: Sequence[Worker], names: Sequence[str]) -> float:
    """Return how many documents a second *workers* make together, each making all of *names*."""

    def work(worker: Worker) -> None:
        for name in names:
            worker.make(name)

    threads = [threading.Thread(target=work, args=[worker]) for worker in workers]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(workers) * len(names) / (time.perf_counter() - begun)
