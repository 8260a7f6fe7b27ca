"""A batch on a Dask cluster: a scheduler and two workers of their own; what dies, and what comes of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from generator.batch.cluster import MOST_SECONDS_ALONE, _Count
from generator.batch.jobs import Order
from generator.errors import MachineError
from generator.pipeline import build
from tests.batch.archives import (
    TEMPLATES,
    add_year,
    begun_by,
    command,
    environment,
    facts,
    files_of,
    is_running,
    run_batch,
    set_fault,
    wait_for,
)

pytestmark = pytest.mark.dask

YEARS = (2015, 2016, 2017, 2018)
WORDS = ("--kind", "minutes,certificates", "--format", "docx", "--each")
ORDER = Order(TEMPLATES, kinds=("minutes", "certificates"), formats=("docx",), each=True)


class Cluster:
    """A scheduler and workers, each a process tree of its own, as on machines of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        wait_for(lambda: self._file.exists() and self._file.read_text(encoding="utf-8").endswith("}"))
        self.address = json.loads(self._file.read_text(encoding="utf-8"))["address"]
        self.workers = [
            self._start("worker", "--nthreads", "1", "--name", f"w{n}", "--local-directory", f"w{n}")
            for n in (1, 2)
        ]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self._file), "--no-dashboard"],
            cwd=self._folder,
            env=environment(self._folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            kill_all(process)
            process.wait()


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those that it began, as a cut of the power does."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def place(tmp_path):
    for year in YEARS:
        add_year(tmp_path, f"inputs/{year}", facts(year, certificates=2))
    set_fault(tmp_path, "")
    return tmp_path


@pytest.fixture
def cluster(place):
    cluster = Cluster(place)
    yield cluster
    cluster.close()


def start(place: Path, cluster: Cluster) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("inputs", *WORDS, "--json", "--scheduler", cluster.address),
        cwd=place,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def session_of(process: int) -> int:
    """Return the session of the process that began *process*."""
    parent = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return os.getsid(parent)


def test_a_worker_is_killed_in_the_middle_and_nothing_is_lost_or_put_in_place_twice(place, cluster):
    set_fault(place, "giay-khen-0002|hang|1")
    started = start(place, cluster)
    wait_for(lambda: begun_by(place), 120)
    child, zygote = begun_by(place)[0]
    (victim,) = (one for one in cluster.workers if one.pid == session_of(zygote))
    kill_all(victim)
    wait_for(lambda: not is_running(child) and not is_running(zygote))
    told, complaint = started.communicate(timeout=240)
    assert started.returncode == 0, complaint
    assert {key: json.loads(told)[key] for key in ("made", "failed", "left", "files")} == {
        "made": len(YEARS),
        "failed": 0,
        "left": 0,
        "files": 3 * len(YEARS),
    }
    zygotes = Counter(zygote for _, zygote in begun_by(place))
    assert zygotes == {zygote: 1, (begun_by(place)[1][1]): len(YEARS)}  # the other one did that one, too
    for year in YEARS:
        build(ORDER.request(place / f"inputs/{year}", place / "alone"))
    assert files_of(place / "outputs") == files_of(place / "alone")


def test_a_scheduler_that_dies_is_told_and_the_batch_goes_on_without_it_later(place, cluster):
    set_fault(place, "giay-khen-0002|hang|9")
    started = start(place, cluster)
    wait_for(lambda: begun_by(place), 120)
    kill_all(cluster.scheduler)
    told, complaint = started.communicate(timeout=120)
    assert started.returncode == 5
    assert complaint.startswith("Mất liên lạc với bộ điều phối")
    assert json.loads(told)["left"] > 0
    (place / "go").touch()
    run_batch(place, "inputs", *WORDS, "--processes", "1")
    assert len(list((place / "outputs").glob("*/*.docx"))) == 3 * len(YEARS)


def test_a_scheduler_that_is_not_there_is_told(place):
    done = run_batch(place, "inputs", "--scheduler", "tcp://127.0.0.1:9", code=5)
    assert done.stderr.startswith("Không liên lạc được với bộ điều phối tcp://127.0.0.1:9")
    assert not (place / "outputs").exists()


def test_workers_that_come_late_are_waited_for_and_those_that_never_come_are_not():
    clock, there = [0.0], [{}]
    count = _Count(lambda: there[0], lambda: clock[0])
    assert count() == 0
    clock[0] = MOST_SECONDS_ALONE - 1
    there[0] = {"a": 4, "b": 8}
    assert count() == 12
    there[0] = {}
    assert count() == 12  # they are not asked at every step
    clock[0] += MOST_SECONDS_ALONE
    assert count() == 0
    clock[0] += 3
    with pytest.raises(MachineError) as caught:
        count()
    assert caught.value.key == "batch-no-workers"
