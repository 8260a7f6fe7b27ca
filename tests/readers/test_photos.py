"""Photographs are read from inside the year's folder only; whatever is wrong with one is a finding."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image

from generator.checking import check_facts
from generator.findings import Severity
from generator.model.news import Photo
from generator.readers import photos as reader
from generator.readers.photos import read_photos

COLOURS = ["#aa3322", "#2233aa", "#22aa33"]


def jpeg(number: int = 0, size: tuple[int, int] = (480, 320)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, COLOURS[number]).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def year(tmp_path):
    """The folder of a year with one photograph; beside it a secret one."""
    folder = tmp_path / "inputs" / "2016"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "hop.jpg").write_bytes(jpeg())
    (tmp_path / "inputs" / "secret.jpg").write_bytes(jpeg(1))
    return folder


@pytest.fixture(autouse=True)
def nothing_waits():
    """Whatever hangs is interrupted."""

    def interrupt(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def photo(file: str | None, caption: str | None = "Toàn cảnh Hội nghị") -> Photo:
    return Photo(file=file, caption=caption)


def read(folder: Path, *files: str) -> tuple[dict, list[tuple]]:
    """Read the files of a year; return the pictures, and what is noticed: code, path, severity."""
    reading = read_photos(folder, [photo(file) for file in files])
    return dict(reading.pictures), [(one.code, one.path, one.severity) for one in reading.observations]


def codes(folder: Path, *files: str) -> list[str]:
    pictures, noticed = read(folder, *files)
    assert pictures == {}
    assert {severity for _, _, severity in noticed} == {Severity.ERROR}
    assert [path for _, path, _ in noticed] == [("photos", index, "file") for index in range(len(files))]
    return [code for code, _, _ in noticed]


# --- what is there --------------------------------------------------------------------------------------


def test_a_photograph_is_found_under_the_name_that_the_facts_write(year):
    (year / "photos" / "ky.png").write_bytes(jpeg(1, (3000, 1500)))
    pictures, noticed = read(year, "photos/hop.jpg", "photos/ky.png")

    assert noticed == []
    assert {file: (one.name, one.width_px, one.height_px) for file, one in pictures.items()} == {
        "photos/hop.jpg": ("photo-1.jpg", 480, 320),
        "photos/ky.png": ("photo-2.jpg", 1200, 600),
    }
    assert all(one.content.startswith(b"\xff\xd8") for one in pictures.values())


@pytest.mark.parametrize(
    "name",
    [
        "Ảnh toàn cảnh Hội nghị ngày 17-02-2017.jpg",
        "Đoàn Chủ tịch (1) – “bản in”.jpg",
        "-rf ~;$(x) & 'y' %20 #1 100%.jpg",
        "照片 🎉.jpg",
        "no-suffix",
        "..x..jpg",
        "x.jpg.exe",
        "[a-z]*?.jpg",
        "ả" * 80,
    ],
)
def test_a_file_may_be_called_anything(year, name):
    (year / "photos" / name).write_bytes(jpeg(2))
    pictures, noticed = read(year, "photos/hop.jpg", f"photos/{name}")

    assert noticed == []
    assert set(pictures) == {"photos/hop.jpg", f"photos/{name}"}


@pytest.mark.parametrize(
    "on_disk", [normalize("NFD", "Ảnh hội nghị.jpg"), "Ảnh  hội nghị.jpg", "Ảnh\u00a0hội nghị.jpg"]
)
def test_a_name_is_found_though_the_disk_writes_its_letters_otherwise(year, on_disk):
    (year / "photos" / on_disk).write_bytes(jpeg(2))
    pictures, noticed = read(year, "photos/hop.jpg", "photos/Ảnh hội nghị.jpg")

    assert noticed == []
    assert set(pictures) == {"photos/hop.jpg", "photos/Ảnh hội nghị.jpg"}


@pytest.mark.parametrize("file", ["./photos/hop.jpg", "photos//hop.jpg", "photos/./hop.jpg"])
def test_a_roundabout_name_leads_there_too(year, file):
    assert read(year, file)[1] == []


def test_a_photograph_may_lie_deeper_or_beside_the_facts(year):
    (year / "photos" / "sáng" / "1").mkdir(parents=True)
    (year / "photos" / "sáng" / "1" / "a.jpg").write_bytes(jpeg(1))
    (year / "b.jpg").write_bytes(jpeg(2))

    assert read(year, "photos/hop.jpg", "photos/sáng/1/a.jpg", "b.jpg")[1] == []


def test_a_year_folder_may_itself_be_a_link(year, tmp_path):
    (tmp_path / "link").symlink_to(year)
    assert read(tmp_path / "link", "photos/hop.jpg")[1] == []


# --- what leads elsewhere -------------------------------------------------------------------------------

OUTSIDE = [
    *("../secret.jpg", "photos/../../secret.jpg", "photos/../photos/hop.jpg", "..", ".", "./", "/"),
    *("/etc/passwd", "//host/x.jpg", "~:/x.jpg", "C:/x.jpg", "C:x.jpg", "file:///etc/passwd"),
    *("https://example.org/x.jpg", "photos\\hop.jpg", "..\\secret.jpg", "\\\\host\\x.jpg", "photos/\0.jpg"),
]


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_name_that_leads_out_of_the_folder_is_refused_unread(year, file, monkeypatch):
    shutil.rmtree(year / "photos")
    monkeypatch.setattr(reader.os, "open", None)
    assert codes(year, file) == ["photo-outside"]


def test_an_absolute_name_is_refused_though_it_leads_inside(year):
    (year / "photos" / "hop.jpg").rename(year / "photos" / "hop")
    assert codes(year, str(year / "photos" / "hop")) == ["photo-outside"]


@pytest.mark.parametrize("target", ["../../secret.jpg", "hop.jpg", "nowhere.jpg", "/dev/zero", "link.jpg"])
def test_a_link_is_refused_wherever_it_leads(year, target):
    (year / "photos" / "link.jpg").symlink_to(target)
    _, noticed = read(year, "photos/hop.jpg", "photos/link.jpg")

    assert noticed == [("photo-link", ("photos", 1, "file"), Severity.ERROR)]


def test_a_folder_that_is_a_link_is_refused(year):
    (year / "photos").rename(year.parent / "elsewhere")
    (year / "photos").symlink_to(year.parent / "elsewhere")
    (year / "inner").mkdir()
    (year / "inner" / "up").symlink_to("..")

    assert codes(year, "photos/hop.jpg", "inner/up/photos/hop.jpg") == ["photo-link", "photo-link"]


@pytest.mark.parametrize(("kind", "code"), [("link", "photo-link"), ("pipe", "photo-not-a-file")])
def test_what_is_exchanged_for_something_else_meanwhile_is_refused(year, kind, code, monkeypatch):
    """What is opened is looked at once more: the first look is not trusted."""
    if kind == "link":
        (year / "photos" / "x.jpg").symlink_to("hop.jpg")
    else:
        os.mkfifo(year / "photos" / "x.jpg")
    regular = (year / "photos" / "hop.jpg").stat()
    monkeypatch.setattr(reader.os, "stat", lambda *_, **__: regular)

    assert codes(year, "photos/x.jpg") == [code]


# --- what is no file ------------------------------------------------------------------------------------


def test_a_pipe_is_refused_and_not_waited_for(year):
    os.mkfifo(year / "photos" / "x.jpg")
    (year / "photos" / "hop.jpg").unlink()
    assert codes(year, "photos/x.jpg") == ["photo-not-a-file"]


def test_a_socket_and_a_folder_are_no_photographs(year, monkeypatch):
    monkeypatch.chdir(year / "photos")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("x.jpg")
    (year / "photos" / "folder.jpg").mkdir()
    (year / "photos" / "hop.jpg").unlink()

    assert codes(year, "photos/x.jpg", "photos/folder.jpg", "photos") == ["photo-not-a-file"] * 3


@pytest.mark.parametrize(
    "file",
    ["photos/x.jpg", "photos/hop-2.jpg", "photos/hop.jpg/x.jpg", f"{'x' * 300}.jpg", f"{'x/' * 3000}x.jpg"],
)
def test_a_file_that_is_not_there_is_missing(year, file):
    assert read(year, "photos/hop.jpg", file)[1] == [("photo-missing", ("photos", 1, "file"), Severity.ERROR)]


def test_a_year_without_photographs_misses_them(year):
    shutil.rmtree(year / "photos")
    assert codes(year, "photos/hop.jpg", "hop.jpg") == ["photo-missing", "photo-missing"]


@pytest.mark.parametrize(
    "file", ["hop.jpg", "photos/Hop.JPG", "photo/hop.jpg", "photos/hop.jpeg", "anh/hop.jpg", "photos/họp.jpg"]
)
def test_a_name_that_is_nearly_right_is_guessed(year, file):
    [noticed] = read_photos(year, [photo(file)]).observations

    assert (noticed.code, noticed.values["meant"]) == ("photo-missing-meant", "photos/hop.jpg")


def test_a_file_that_may_not_be_read_is_told_with_the_reason(year, monkeypatch):
    real = os.open

    def refuse(name: object, *args: object, **options: object) -> int:
        if name == "hop.jpg":
            raise PermissionError(13, "Permission denied")
        return real(name, *args, **options)

    monkeypatch.setattr(reader.os, "open", refuse)
    [noticed] = read_photos(year, [photo("photos/hop.jpg")]).observations

    assert (noticed.code, noticed.values["reason"]) == ("photo-unreadable", "Permission denied")


def test_a_disk_that_fails_while_a_file_is_read_is_told(year, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(reader.os, "fdopen", fail)
    assert codes(year, "photos/hop.jpg") == ["photo-unreadable"]


def test_a_file_that_is_too_large_is_not_read(year):
    most = reader.MOST_MEBIBYTES * 1024 * 1024
    for name, size in (("photos/hop.jpg", most + 1), ("photos/just.jpg", most)):
        with (year / name).open("wb") as file:
            file.write(jpeg())
            file.truncate(size)  # what follows a JPEG's end is nobody's
    pictures, noticed = read(year, "photos/hop.jpg", "photos/just.jpg")

    assert noticed == [("photo-file-too-large", ("photos", 0, "file"), Severity.ERROR)]
    assert set(pictures) == {"photos/just.jpg"}


def test_a_file_that_grows_while_it_is_read_is_too_large(year, monkeypatch):
    monkeypatch.setattr(reader, "MOST_MEBIBYTES", 1)
    real = os.fstat

    def before_it_grew(handle: int) -> os.stat_result:
        state = list(real(handle))
        return os.stat_result([*state[:6], 10, *state[7:]])

    (year / "photos" / "hop.jpg").write_bytes(jpeg() + bytes(2_000_000))
    monkeypatch.setattr(reader.os, "fstat", before_it_grew)
    assert codes(year, "photos/hop.jpg") == ["photo-file-too-large"]


def test_nothing_stays_open(year):
    (year / "photos" / "link.jpg").symlink_to("hop.jpg")
    os.mkfifo(year / "photos" / "pipe")
    before = os.listdir("/dev/fd")  # noqa: PTH208 - the listing itself is open in any case
    read(year, "photos/hop.jpg", "photos/link.jpg", "photos/pipe", "photos/x/y/z.jpg", "photos/hop.jpg", "..")

    assert os.listdir("/dev/fd") == before  # noqa: PTH208


# --- what is in them ------------------------------------------------------------------------------------


def test_one_broken_photograph_does_not_take_the_others_along(year):
    (year / "photos" / "half.jpg").write_bytes(jpeg()[:400])
    (year / "photos" / "text.jpg").write_text("Ảnh gửi sau.", encoding="utf-8")
    pictures, noticed = read(year, "photos/half.jpg", "photos/text.jpg", "photos/hop.jpg")

    assert set(pictures) == {"photos/hop.jpg"}
    assert [(code, path[1]) for code, path, _ in noticed] == [("photo-broken", 0), ("photo-not-a-picture", 1)]


@pytest.mark.parametrize(("size", "is_small"), [((300, 300), False), ((299, 900), True), ((900, 299), True)])
def test_a_photograph_too_small_for_print_is_used_with_a_warning(year, size, is_small):
    (year / "photos" / "hop.jpg").write_bytes(jpeg(0, size))
    reading = read_photos(year, [photo("photos/hop.jpg")])

    assert set(reading.pictures) == {"photos/hop.jpg"}
    assert [(one.code, one.severity) for one in reading.observations] == [
        ("photo-small", Severity.WARNING)
    ] * is_small
    for noticed in reading.observations:
        assert (noticed.values["width"], noticed.values["height"]) == size


# --- what the facts do not say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (photo(None), "photo-file-unknown"),
        (photo("photos/hop.jpg", None), "photo-caption-unknown"),
        (photo(None, None), "photo-empty"),
    ],
)
def test_what_is_unknown_of_a_photograph_is_a_gap(year, entry, code):
    noticed = read_photos(year, [entry]).observations
    told = [one for one in noticed if one.code != "photo-unused"]

    assert [(one.code, one.path, one.severity) for one in told] == [(code, ("photos", 0), Severity.GAP)]


def test_one_file_twice_is_one_picture_for_both(year):
    os.link(year / "photos" / "hop.jpg", year / "photos" / "same.jpg")
    pictures, noticed = read(year, "photos/hop.jpg", "./photos/hop.jpg", "photos/same.jpg", "photos/hop.jpg")

    assert noticed == [("photo-twice", ("photos", at, "file"), Severity.WARNING) for at in (1, 2, 3)]
    assert {one.name for one in pictures.values()} == {"photo-1.jpg"}
    assert set(pictures) == {"photos/hop.jpg", "./photos/hop.jpg", "photos/same.jpg"}


def test_a_broken_file_twice_is_broken_once(year):
    (year / "photos" / "hop.jpg").write_bytes(jpeg()[:400])
    pictures, noticed = read(year, "photos/hop.jpg", "photos/hop.jpg")

    assert pictures == {}
    assert [code for code, _, _ in noticed] == ["photo-broken", "photo-twice"]


def unused(folder: Path, *files: str) -> str:
    noticed = read_photos(folder, [photo(file) for file in files]).observations
    told = [one for one in noticed if one.code == "photo-unused"]
    assert [(one.path, one.severity) for one in told] == [(("photos",), Severity.WARNING)] * len(told)
    return "".join(str(one.values["files"]) for one in told)


def test_photographs_that_nobody_names_are_told_together(year):
    for name in ("b.PNG", "a.heic", "c.txt", ".hidden.jpg", "Thumbs.db"):
        (year / "photos" / name).write_bytes(b"x")
    (year / "photos" / "d.jpg").symlink_to("hop.jpg")
    (year / "photos" / "e.jpg").mkdir()

    assert unused(year, "photos/hop.jpg") == "a.heic, b.PNG"
    assert unused(year) == "a.heic, b.PNG, hop.jpg"
    assert "photo-unused" in [one.code for one in read_photos(year, None).observations]


@pytest.mark.parametrize("content", [b"", jpeg()[:400]])
def test_a_file_that_was_refused_is_not_unused(year, content):
    (year / "photos" / normalize("NFD", "ảnh.jpg")).write_bytes(content)
    assert unused(year, "photos/hop.jpg", "photos/ảnh.jpg") == ""
    assert unused(year, "photos/hop.jpg", "photos/ảnh.jpeg") == ""


def test_a_folder_of_photographs_that_is_a_link_is_not_looked_through(year):
    (year / "photos").rename(year.parent / "elsewhere")
    (year / "photos").symlink_to(year.parent / "elsewhere")
    assert unused(year) == ""


# --- where it is told -----------------------------------------------------------------------------------


def test_a_photograph_named_in_a_table_is_found_wrong_in_its_row(year):
    facts = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
    (year / "conference.yaml").write_text(facts, encoding="utf-8")
    table = "Tệp ảnh,Chú thích\nphotos/hop.jpg,Toàn cảnh\nphotos/toan-canh.jpg,Ký giao ước\n"
    (year / "anh.csv").write_text(table, encoding="utf-8")
    checked = check_facts(year)
    [found] = [one for one in checked.findings if one.code == "photo-missing"]

    assert (found.place.file, found.place.line, found.place.column) == ("2016/anh.csv", 3, 1)
    assert found.path == "photos[2].file"
    assert set(checked.pictures) == {"photos/hop.jpg"}
