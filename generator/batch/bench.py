"""A job's bytes come in, the answer's bytes go out: the one function that runs on any executor.

Each thread that calls it keeps a zygote (`generator.batch.zygote`) of its own, so threads of one process work
on as many cores, and nothing that a document does harms the process: no crash, and nothing left in memory.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.jobs import Answer, Refusal, unpack
from generator.batch.zygote import STAY
from generator.errors import MachineError
from generator.hands import receive, send
from generator.typeface import fontconfig_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

STAYS = sys.platform != "linux"
"""Whether zygotes do the jobs themselves: elsewhere libraries that were loaded do not survive a fork."""

MOST_JOBS = 200
"""How many jobs such a zygote does: what each leaves in memory goes with it."""

LOG_LETTERS = 2000

_own = threading.local()
"""The zygote of each thread, and the bench that it belongs to."""


class _Bench:
    """The zygotes of some threads, which end together."""

    def __init__(self) -> None:
        self.zygotes: weakref.WeakSet[Zygote] = weakref.WeakSet()
        self.is_closed = False

    def close(self) -> None:
        """End all zygotes, busy or not."""
        self.is_closed = True
        for zygote in list(self.zygotes):
            zygote.close()


_common = _Bench()
"""That of threads that somebody else began: of a worker of a cluster."""


class LostError(Exception):
    """Raised where a zygote ended before it answered."""


class Zygote:
    """A child program that does jobs with the outfit that it was given first."""

    def __init__(self, digest: str, outfit: bytes) -> None:
        self.digest, self.jobs = digest, 0
        self._folder = Path(tempfile.mkdtemp(prefix="hoinghi-batch-"))
        with (self._folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-m", "generator.batch.zygote", str(self._folder), *[STAY][: int(STAYS)]],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_make_environment(self._folder),
                start_new_session=True,  # whoever stops the batch at a terminal stops this through its pipes
            )
        self.close = weakref.finalize(self, _end, self.process, self._folder)
        self.tools: dict[str, str] = pickle.loads(self._exchange(outfit))
        """What it works with, by `find_tools`."""

    def ask(self, job: bytes) -> bytes:
        """Return the answer to *job*. Raises `LostError`."""
        self.jobs += 1
        return self._exchange(job)

    def _exchange(self, message: bytes) -> bytes:
        asking, answering = self.process.stdin, self.process.stdout
        if asking is None or answering is None:
            raise TypeError
        try:
            send(asking, message)
            answer = receive(answering)
        except (OSError, ValueError) as error:  # it ended, or the bench was closed
            raise LostError(self._read_log()) from error
        if answer is None:
            raise LostError(self._read_log())
        return answer

    def _read_log(self) -> str:
        try:
            return (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-LOG_LETTERS:]
        except OSError:
            return ""


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):  # what was not written yet
                pipe.close()
    shutil.rmtree(folder, ignore_errors=True)


def _make_environment(folder: Path) -> dict[str, str]:
    """Let fontconfig know the project's fonts only, and let no library begin threads of its own."""
    fonts = folder / "fonts.conf"
    fonts.write_text(fontconfig_xml(folder / "fontconfig"), encoding="utf-8")
    package = str(Path(__file__).resolve().parents[2])
    ours = {
        "FONTCONFIG_FILE": str(fonts),
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", "")))),
        "TMPDIR": str(folder),
    }
    return os.environ | ours


def do_job(packed: bytes) -> bytes:
    """Return the answer to a job; both are packed by `generator.batch.jobs`.

    Where the zygote is lost, another one tries it once more. Raises nothing.
    """
    tools, digest, outfit, job = unpack(packed)
    trace = ""
    for _ in range(2):
        if _find_bench().is_closed:
            break
        try:
            zygote = _find_zygote(digest, outfit)
            different = sorted(
                name for name in {*tools, *zygote.tools} if tools.get(name) != zygote.tools.get(name)
            )
            if different:
                values = {"worker": os.uname().nodename, "names": ", ".join(different)}
                return _refuse(Refusal("batch-worker-differs", values, MachineError.exit_code))
            return zygote.ask(job)
        except LostError as error:
            trace = str(error)
            _drop()
    return _refuse(Refusal("batch-lost", {}, MachineError.exit_code, trace=trace, is_apart=True))


def _refuse(refusal: Refusal) -> bytes:
    return pickle.dumps(Answer(refusal=refusal))


def _find_bench() -> _Bench:
    return getattr(_own, "bench", _common)


def _find_zygote(digest: str, outfit: bytes) -> Zygote:
    zygote: Zygote | None = getattr(_own, "zygote", None)
    if zygote and (zygote.digest != digest or (STAYS and zygote.jobs >= MOST_JOBS)):
        _drop()
        zygote = None
    if zygote is None:
        zygote = _own.zygote = Zygote(digest, outfit)
        _find_bench().zygotes.add(zygote)
    return zygote


def _drop() -> None:
    zygote: Zygote | None = getattr(_own, "zygote", None)
    _own.zygote = None
    if zygote:
        zygote.close()


@contextmanager
def open_bench(processes: int) -> Iterator[Executor]:
    """Give an executor of this machine for so many jobs at once; in the end its zygotes end, busy or not."""
    bench = _Bench()
    executor = ThreadPoolExecutor(processes, "batch", lambda: setattr(_own, "bench", bench))
    try:
        yield executor
    finally:
        bench.close()
        executor.shutdown(cancel_futures=True)
        bench.close()  # those that were begun in that moment
