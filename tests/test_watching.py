"""Saving a file builds again; an error shows its findings and leaves the last good outputs."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.watching import iter_changes

ROOT = Path(__file__).resolve().parents[1]
MINIMAL = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
PATIENCE_SECONDS = 120
"""How long a build may take on a busy machine."""


# --- what changed -----------------------------------------------------------------------------------------


def watch(folder: Path, *steps: Callable[[], object]) -> Iterator[list[Path]]:
    """Yield the changes that *steps*, one for each look at the folder, make."""
    todo = iter(steps)

    def sleep(_: float) -> None:
        step = next(todo, None)
        if step is None:
            raise StopIteration
        step()

    changes = iter_changes(lambda: folder.rglob("*.yaml"), sleep)
    while True:
        try:
            yield next(changes)
        except RuntimeError:  # what a generator makes of StopIteration
            return


def nothing() -> None:
    pass


def test_what_is_saved_new_or_gone_is_told_once_it_is_quiet(tmp_path: Path) -> None:
    one, other, third = (tmp_path / f"{name}.yaml" for name in "abc")
    one.write_text("1")
    third.write_text("1")
    changes = watch(
        tmp_path,
        nothing,
        lambda: one.write_text("12"),
        lambda: other.write_text("1"),
        lambda: other.write_text("123"),
        nothing,
        nothing,
        third.unlink,
        nothing,
    )
    assert list(changes) == [[one, other], [third]]


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_is_told(tmp_path: Path) -> None:
    """As editors save: the new file takes the old one's name, here even with its time."""
    file, new = tmp_path / "a.yaml", tmp_path / "new"
    file.write_text("1")
    os.utime(file, (1, 1))

    def replace() -> None:
        new.write_text("2")
        os.utime(new, (1, 1))
        new.replace(file)

    assert list(watch(tmp_path, replace, nothing)) == [[file]]


def test_what_is_taken_back_at_once_is_no_change(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    assert list(watch(tmp_path, lambda: file.write_text("1"), file.unlink, nothing, nothing)) == []


def test_what_is_saved_during_the_first_build_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    changes = iter_changes(lambda: tmp_path.rglob("*.yaml"), lambda _: None)
    file.write_text("1")
    assert next(changes) == [file]


def test_what_is_saved_meanwhile_is_the_next_change(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    changes = watch(tmp_path, lambda: file.write_text("1"), nothing, nothing, nothing)
    assert next(changes) == [file]
    file.write_text("while it is built")
    assert next(changes) == [file]


# --- the command --------------------------------------------------------------------------------------------


class Watch:
    """A running `hoinghi watch`, of which the lines are read as they come."""

    def __init__(self, place: Path) -> None:
        command = [sys.executable, "-m", "generator", "watch", "2016", "minutes", "--format", "docx"]
        self.process = subprocess.Popen(
            [*command, "--templates", "templates"],
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line.rstrip("\n"))

    def wait_for(self, start: str) -> list[str]:
        """Return the lines up to the first one that begins so."""
        said, end = [], time.monotonic() + PATIENCE_SECONDS
        while True:
            said.append(self.lines.get(timeout=max(0.01, end - time.monotonic())))
            if said[-1].startswith(start):
                return said


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "inputs" / "2016").mkdir(parents=True)
    save(tmp_path, MINIMAL)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def save(place: Path, text: str) -> None:
    """Save as editors do: beside it, then in its place."""
    file = place / "inputs" / "2016" / "conference.yaml"
    (file.parent / ".new").write_text(text, encoding="utf-8")
    (file.parent / ".new").replace(file)


@pytest.fixture
def running(place: Path) -> Iterator[Watch]:
    watched = Watch(place)
    yield watched
    watched.process.kill()
    watched.process.wait()
    watched.reader.join()
    watched.process.stdout.close()


def test_saving_builds_and_an_error_keeps_the_last_good_outputs(place: Path, running: Watch) -> None:
    file = place / "outputs" / "2016" / "bien-ban.docx"
    assert "Đã ghi:" in running.wait_for("Đang theo dõi inputs/2016")
    first = file.read_bytes()

    save(place, MINIMAL + "attendance: {present: mười}\n")
    said = running.wait_for("Đang theo dõi")
    assert said[0] == "Có thay đổi: inputs/2016/conference.yaml"
    assert any(line.startswith("2016/conference.yaml:3:") and "lỗi" in line for line in said)
    assert "Giữ nguyên kết quả của lượt soạn tốt gần nhất trong outputs/2016." in said
    assert file.read_bytes() == first

    save(place, MINIMAL.replace("số 1", "số 2"))
    said = running.wait_for("Đang theo dõi")
    assert "  Soạn lại bien-ban: nội dung khác lần trước, do thay đổi ở conference.yaml." in said
    second = file.read_bytes()
    assert second != first

    template = place / "templates" / "minutes" / "document.xml.j2"
    template.write_text(
        template.read_text(encoding="utf-8").replace("BIÊN BẢN", "BIÊN BẢN HỌP"), encoding="utf-8"
    )
    assert "Có thay đổi: templates/minutes/document.xml.j2" in running.wait_for("Đang theo dõi")
    assert file.read_bytes() not in (first, second)

    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=PATIENCE_SECONDS) == 0
    assert running.wait_for("Thôi theo dõi.")


def test_wrong_words_end_it_at_once(place: Path) -> None:
    for arguments in (["2017"], ["2016", "minuten"], ["2016", "--format", "doc"]):
        command = [sys.executable, "-m", "generator", "watch", *arguments]
        done = subprocess.run(
            command,
            check=False,
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 2
