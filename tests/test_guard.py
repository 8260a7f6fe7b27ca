"""A command whose native libraries crash does its work once more, and tells what became of it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import cli, guard
from generator.cli import main
from generator.guard import CRASHES, Death, run_guarded
from generator.messages import say

ROOT = Path(__file__).resolve().parents[1]
MINIMAL = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"


def die_by(number: int, times: int, marks: Path):
    """Return work that dies so many times before it is done."""

    def work() -> int:
        with marks.open("a", encoding="utf-8") as file:
            file.write("x")
        if marks.stat().st_size <= times:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.kill(os.getpid(), number)
        return 0

    return work


@pytest.mark.parametrize("number", sorted(CRASHES))
def test_a_crash_is_tried_once_more(tmp_path, number):
    told = []
    assert run_guarded(die_by(number, 1, tmp_path / "marks"), told.append) == 0
    assert [death.signal for death in told] == [number]
    assert (tmp_path / "marks").read_text() == "xx"


def test_a_second_crash_is_the_last_one_and_says_where(tmp_path):
    told = []
    outcome = run_guarded(die_by(signal.SIGSEGV, 9, tmp_path / "marks"), told.append)
    assert isinstance(outcome, Death)
    assert (outcome.name, outcome.is_crash, len(told)) == ("SIGSEGV", True, 1)
    assert "die_by" in outcome.trace or "work" in outcome.trace
    assert (tmp_path / "marks").read_text() == "xx"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGXCPU])
def test_what_somebody_ended_is_not_begun_again(tmp_path, number):
    outcome = run_guarded(die_by(number, 9, tmp_path / "marks"), lambda _: pytest.fail("told"))
    assert isinstance(outcome, Death)
    assert outcome.signal == number
    assert (tmp_path / "marks").read_text() == "x"


def test_exit_codes_pass_through():
    assert [run_guarded(lambda code=code: code, pytest.fail) for code in (0, 3, 11, 130)] == [0, 3, 11, 130]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(guard, "MOST_MEMORY_BYTES", 2 * 1024**3)

    def work() -> int:
        try:
            return len(bytearray(3 * 1024**3)) and 0
        except MemoryError:
            return 5

    assert run_guarded(work, pytest.fail) == 5


def test_computing_time_is_bounded(monkeypatch):
    monkeypatch.setattr(guard, "MOST_CPU_SECONDS", 1)

    def work() -> int:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        while True:
            pass

    outcome = run_guarded(work, pytest.fail)
    assert isinstance(outcome, Death)
    assert outcome.name == "SIGXCPU"


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["build", "2016"], "build"),
        (["--lang", "en", "inspect", "x"], "inspect"),
        (["--lang=en", "check", "2016"], "check"),
        (["sign", "build", "--as", "check"], "sign"),
        (["--help"], ""),
    ],
)
def test_only_what_may_be_done_twice_is_guarded(arguments, command):
    assert cli._command(arguments) == command


# --- the command itself ---------------------------------------------------------------------------------

CRASHING = """
import os, pathlib, resource, signal, sys
from generator import pipeline
from generator.cli import run
write = pipeline._write
def crash(one):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    marks = pathlib.Path("marks")
    marks.write_text((marks.read_text() if marks.exists() else "") + "x")
    if len(marks.read_text()) <= TIMES:
        os.kill(os.getpid(), signal.SIGSEGV)
    return write(one)
pipeline._write = crash
run()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    facts = tmp_path / "inputs" / "2016" / "conference.yaml"
    facts.parent.mkdir(parents=True)
    facts.write_text(MINIMAL, encoding="utf-8")
    return tmp_path


def run_crashing(place: Path, times: int) -> subprocess.CompletedProcess[str]:
    script = CRASHING.replace("TIMES", str(times))
    command = [sys.executable, "-c", script, "build", "2016", "minutes", "--format", "docx"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(place)}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


def test_a_build_that_crashes_once_is_done_all_the_same(place):
    done = run_crashing(place, 1)
    assert done.returncode == 0
    assert (
        "Một thư viện của máy bị ngắt giữa chừng (SIGSEGV); chưa ghi gì, đang làm lại một lần …"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert sorted(file.name for file in (place / "outputs").iterdir()) == ["2016"]


def test_a_build_that_crashes_twice_is_two_lines_and_a_file_and_leaves_nothing(place):
    done = run_crashing(place, 9)
    assert done.returncode == 5
    first, second, third = done.stderr.splitlines()
    assert first.startswith("Một thư viện của máy bị ngắt giữa chừng")
    assert second == "Một thư viện của máy bị ngắt hai lần liền (SIGSEGV); chưa ghi gì."
    file = Path(third.split("Chi tiết đã ghi vào ")[1].split(";")[0])
    assert "in crash" in file.read_text(encoding="utf-8")
    assert not list(place.glob("outputs/2016/*"))


def test_whoever_stops_the_command_stops_its_work(place):
    """Ctrl+C, `kill` and `kill -9` of the command: nothing of it goes on in the background."""
    script = "import time; from generator import pipeline; from generator.cli import run\npipeline.build = lambda *_: print('begun', flush=True) or time.sleep(60)\nrun()"
    for number, code in ((signal.SIGTERM, 143), (signal.SIGKILL, -9), (signal.SIGINT, 130)):
        command = [sys.executable, "-c", script, "build", "2016"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        started = subprocess.Popen(
            command,
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert started.stdout.readline() == b"begun\n"
        begun = time.monotonic()
        if number == signal.SIGINT:
            os.killpg(started.pid, number)  # as a terminal does
        else:
            started.send_signal(number)
        _, told = started.communicate(timeout=50)
        assert started.returncode == code, told
        assert time.monotonic() - begun < 40
        if number == signal.SIGINT:
            assert told.decode().startswith(say("vi", "interrupted"))


# --- errors that nobody expected ------------------------------------------------------------------------


def fail_with(monkeypatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        secret_name = "Nguyễn Thị Bí Mật"  # noqa: F841 - a traceback must not tell it
        raise error

    monkeypatch.setattr("generator.checking.read_conference", fail)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("first line\nsecond line\n" * 50),
        KeyError("\ud800"),
        RecursionError("deep"),
        AssertionError("x" * 9000),
    ],
    ids=lambda error: type(error).__name__,
)
def test_any_error_is_two_lines_and_a_file_without_values(place, capsys, monkeypatch, error):
    monkeypatch.chdir(place)
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", None)
    fail_with(monkeypatch, error)

    assert main(["build", "2016"]) == 1
    told = capsys.readouterr().err.encode("utf-8", "backslashreplace").decode().splitlines()
    assert len(told) == 2
    assert len(told[0]) < 300
    file = next(place.glob("hoinghi-loi-*.txt"))
    assert str(file) in told[1]
    assert file.stat().st_mode & 0o077 == 0
    text = file.read_text(encoding="utf-8")
    assert type(error).__name__ in text
    assert "pipeline.py" in text
    assert "Bí Mật" not in text


def test_a_full_disk_does_not_hide_the_error(place, capsys, monkeypatch):
    monkeypatch.chdir(place)
    fail_with(monkeypatch, ValueError("x"))
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (_ for _ in ()).throw(OSError(28, "full")))
    assert main(["build", "2016"]) == 1
    assert capsys.readouterr().err.startswith("Có lỗi ngoài dự kiến trong chương trình: ValueError: x.")


def test_too_little_memory_is_told(place, capsys, monkeypatch):
    monkeypatch.chdir(place)
    fail_with(monkeypatch, MemoryError())
    assert main(["build", "2016"]) == 5
    assert capsys.readouterr().err.startswith("Lệnh cần hơn 4 GB bộ nhớ")
