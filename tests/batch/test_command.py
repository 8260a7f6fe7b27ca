"""The command itself, with real processes: killed, stopped, and run again, it ends with the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from generator import cli
from generator.batch.collector import Tally
from generator.cli_batch import say_progress
from generator.messages import say
from generator.pipeline import build
from generator.terminal import Speaker
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

YEARS = (2016, 2017)
WORDS = ("--kind", "minutes,certificates", "--format", "docx", "--each", "--processes", "1")


@pytest.fixture
def place(tmp_path):
    """Return a folder with an archive of two years, some certificates in each."""
    for year in YEARS:
        add_year(tmp_path, f"archive/so-1/inputs/{year}", facts(year, certificates=2))
    return tmp_path


def outputs_of(place: Path) -> dict[str, bytes]:
    return files_of(place / "archive/so-1/outputs")


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """Return the bytes that two single builds give."""
    from generator.batch.jobs import Order

    place = tmp_path_factory.mktemp("alone")
    order = Order(TEMPLATES, kinds=("minutes", "certificates"), formats=("docx",), each=True)
    for year in YEARS:
        folder = add_year(place, f"inputs/{year}", facts(year, certificates=2))
        build(order.request(folder, place / "outputs"))
    return files_of(place / "outputs")


def leftovers(place: Path) -> list[Path]:
    return list((place / "tmp").iterdir())


def test_an_archive_is_built_beside_its_facts_with_the_bytes_of_single_builds(place, wanted):
    add_year(place, "archive/so-2/inputs/2016", "event: {kind: khac}\n")
    done = run_batch(place, "archive", *WORDS, code=12)
    assert outputs_of(place) == wanted
    assert not (place / "archive/so-2/outputs").exists()
    assert "so-2/inputs/2016: 2016/conference.yaml:" in done.stderr
    assert done.stdout.startswith("Soạn xong 2 hội nghị, 6 tệp, trong ")
    assert "0 hội nghị đã có sẵn và còn khớp, 1 có lỗi, 0 chưa làm." in done.stdout
    table = (place / "archive/bao-cao-soan-hang-loat.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(table) == 1 + 6 + 1
    assert "1 hội nghị" in done.stderr.splitlines()[-1]
    assert leftovers(place) == []

    (place / "archive/so-2/inputs/2016/conference.yaml").write_text(facts(), encoding="utf-8")
    data = json.loads(run_batch(place, "archive", *WORDS, "--json").stdout)
    assert {key: data[key] for key in ("made", "fresh", "failed", "left")} == {
        "made": 1,
        "fresh": 2,
        "failed": 0,
        "left": 0,
    }


def test_a_document_that_crashes_and_one_that_fails_are_told_apart(place, wanted):
    done = run_batch(place, "archive", *WORDS, "--json", fault="giay-khen-0002|crash|999", code=12)
    data = json.loads(done.stdout)
    problems = {
        (one["conference"], problem["document"], problem["code"])
        for one in data["failures"]
        for problem in one["problems"]
    }
    assert problems == {(f"so-1/inputs/{year}", "giay-khen-0002", "batch-crash-twice") for year in YEARS}
    there = {
        name: content for name, content in outputs_of(place).items() if not name.endswith("manifest.json")
    }
    assert there == {name: wanted[name] for name in there}
    assert len(there) == 4
    run_batch(place, "archive", *WORDS)
    assert outputs_of(place) == wanted


def start(place: Path, fault: str) -> subprocess.Popen[bytes]:
    """Begin a batch that hangs at a document once, and wait until it does."""
    set_fault(place, fault)
    started = subprocess.Popen(
        command("archive", *WORDS),
        cwd=place,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for(lambda: begun_by(place))
    return started


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_batch_that_was_ended_in_the_middle_goes_on_where_it_was(place, wanted, number):
    started = start(place, "giay-khen-0002|hang|1")
    processes = [one for pair in begun_by(place) for one in pair]
    if number == signal.SIGINT:
        os.killpg(started.pid, number)  # as a terminal does
    else:
        started.send_signal(number)
    told, complaint = started.communicate(timeout=60)
    assert started.returncode == (130 if number == signal.SIGINT else -number)
    wait_for(lambda: not any(map(is_running, processes)))
    assert leftovers(place) == []
    there = outputs_of(place)
    assert {name: wanted[name] for name in there} == there
    if number == signal.SIGINT:
        assert complaint.decode().splitlines()[-1] == say("vi", "batch-stopped")
        assert "chưa làm." in told.decode()
        assert "chưa làm" in (place / "archive/so-1/outputs/bao-cao-soan-hang-loat.csv").read_text(
            encoding="utf-8"
        )

    run_batch(place, "archive", *WORDS)
    assert outputs_of(place) == wanted


@pytest.mark.parametrize(
    ("arguments", "code", "key"),
    [
        (["archive", "--processes", "0"], 2, "batch-processes-wrong"),
        (["archive", "--kind", "absent"], 2, "kind-unknown"),
        (["archive", "--format", "odt"], 2, "format-unknown"),
        (["archive", "--templates", "absent"], 2, "templates-missing"),
        (["absent"], 2, "batch-root-missing"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(place, monkeypatch, capsys, arguments, code, key):
    monkeypatch.chdir(place)
    assert cli.main(["batch", *arguments]) == code
    assert say("vi", key).partition("{")[0] in capsys.readouterr().err
    assert not list(place.glob("archive/**/bao-cao*"))


def test_dask_is_missed_with_its_cure(place, monkeypatch, capsys):
    monkeypatch.chdir(place)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    assert cli.main(["batch", "archive", "--scheduler", "tcp://127.0.0.1:1"]) == 5
    assert "requirements/cluster.txt" in capsys.readouterr().err


def test_progress_tells_how_much_is_left():
    speaker = Speaker("vi")
    assert say_progress(Tally(10), 0, speaker) == "0/10 hội nghị · 0 tệp"
    tally = Tally(10, begun=4, done=2, failed=1, files=8, jobs=4, jobs_done=2)
    assert (
        say_progress(tally, 4, speaker)
        == "2/10 hội nghị · 8 tệp · 1 có lỗi · 2,0 tệp/giây · còn khoảng 16 giây"
    )


def test_progress_is_one_line_of_a_terminal(place):
    """In a terminal the line is written over and wiped in the end; nothing of it stays."""
    parent, child = os.openpty()
    done = subprocess.Popen(
        command("archive", *WORDS),
        cwd=place,
        env=environment(place) | {"COLUMNS": "60"},
        stdout=subprocess.DEVNULL,
        stderr=child,
    )
    os.close(child)
    seen = b""
    try:
        while part := os.read(parent, 4096):
            seen += part
    except OSError:  # the other end is closed
        pass
    os.close(parent)
    assert done.wait(timeout=60) == 0
    lines = seen.decode().split("\r\x1b[K")
    assert lines[-1] == ""
    assert "[####################] 2/2 hội nghị · 6 tệp" in lines[-2]
    assert max(map(len, lines)) < 60
    assert "\n" not in seen.decode()
