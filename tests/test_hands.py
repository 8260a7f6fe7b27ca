"""Tasks done by processes beside this one: in order, with their errors, and with the crashes of their own."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.errors import InputError, OutputError
from generator.findings import Finding, Place, Severity
from generator.guard import Death, run_guarded
from generator.hands import Hands, can_help
from generator.pipeline import build
from generator.request import Request

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


def nothing() -> None:
    pass


def do(
    tasks: list[Any],
    work: Callable[[Any], Any],
    most: int = 1,
    load: Callable[[], object] = nothing,
    meanwhile: Callable[[], object] = nothing,
) -> list[Any]:
    with Hands(load, work, most) as hands:
        return hands.do(tasks, meanwhile)


def square(number: int) -> tuple[int, int]:
    time.sleep(0.02 * (number % 3))
    return number * number, os.getpid()


def test_results_come_in_the_order_of_the_tasks_from_several_processes() -> None:
    done = []
    results = do(list(range(20)), square, 3, meanwhile=lambda: done.append(os.getpid()))
    assert [result for result, _ in results] == [number * number for number in range(20)]
    workers = {worker for _, worker in results}
    assert len(workers) == 3
    assert done == [os.getpid()]
    assert os.getpid() not in workers


def test_it_loads_while_this_process_goes_on(tmp_path: Path) -> None:
    mark = tmp_path / "loaded"
    with Hands(mark.touch, square, 1) as hands:
        end = time.monotonic() + 60
        while not mark.exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        assert hands.do([], nothing) == []
        assert hands.do([5], nothing)[0][0] == 25


def test_large_tasks_and_results_pass() -> None:
    content = os.urandom(3_000_000)
    assert do([content] * 3, lambda task: task[::-1], 2) == [content[::-1]] * 3


ERRORS = [
    OutputError("letters-missing", letters="ཀ"),
    InputError([Finding("blank", Severity.GAP, Place("x.yaml", 3), {"label": "Số"})]),
    ValueError("first\nsecond"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_raised_where_the_task_was_given(error: Exception) -> None:
    def fail(_: int) -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        do([1], fail)
    assert caught.value.args == error.args
    assert vars(caught.value).items() >= vars(error).items()
    assert "test_hands.py" in caught.value.__notes__[0]


def test_what_cannot_be_loaded_is_left_to_the_task_itself() -> None:
    def fail() -> None:
        raise OSError("no library")

    assert do([3], square, load=fail)[0][0] == 9


def test_a_crash_takes_the_whole_command_with_it_which_is_tried_again(tmp_path: Path) -> None:
    def crash_once(number: int) -> int:
        mark = tmp_path / "crashed"
        if not mark.exists():
            mark.touch()
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.kill(os.getpid(), signal.SIGSEGV)
        return number

    told: list[Death] = []

    def work() -> int:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return do([7, 8], crash_once, 2)[0]

    assert run_guarded(work, told.append) == 7
    assert [death.name for death in told] == ["SIGSEGV"]


def test_a_hand_that_just_ends_is_an_error_of_ours() -> None:
    with pytest.raises(OutputError) as error:
        do([1], lambda _: os._exit(3))
    assert (error.value.key, error.value.values) == ("hand-ended", {"code": 3})


def test_a_hand_ends_with_its_parent(tmp_path: Path) -> None:
    script = (
        "import os; from pathlib import Path; from generator.hands import Hands\n"
        "def work(n): return os.getpid()\n"
        "(pid,) = Hands(lambda: None, work, 1).do([1], lambda: None)\n"
        "print(pid, flush=True); os._exit(0)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=True,
    )
    end = time.monotonic() + 30
    while Path(f"/proc/{int(done.stdout)}/cmdline").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert not Path(f"/proc/{int(done.stdout)}/cmdline").exists()


@pytest.mark.parametrize("processors", [1, 2])
def test_files_are_the_same_with_hands_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("generator.hands.count_processors", lambda: processors)
    assert can_help() is (processors > 1)
    kinds = ("minutes", "pledge")
    code = cli.main(["build", "2016", *kinds, "--outputs", str(tmp_path / "theirs")])
    assert code == 0
    build(Request("2016", kinds, ROOT / "inputs", tmp_path / "ours", ROOT / "templates"))
    theirs, ours = (
        {file.name: file.read_bytes() for file in (tmp_path / one / "2016").iterdir()}
        for one in ("theirs", "ours")
    )
    assert theirs == ours
    assert list(theirs).count("giao-uoc.places.json") == 1
