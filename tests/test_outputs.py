"""Whatever happens while outputs are written, the folder holds one whole set: the old one or the new one."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from generator import outputs
from generator.cli import main
from generator.errors import OutputError
from generator.manifest import MANIFEST_FILE, format_manifest, hash_of
from generator.outputs import alone_in, put_in_place, put_whole

ROOT = Path(__file__).resolve().parents[1]
MINIMAL = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
KILLS, RACES = 200, 40
NAMES = ("bien-ban.docx", "bien-ban.pdf", "giao-uoc.docx", "giao-uoc.pdf", "ban-tin.html")


def make_set(number: int, size: int = 40_000) -> dict[str, bytes]:
    """Return the files of one build, all telling its number, with their manifest."""
    files = {name: f"{number} {name} ".encode() + bytes([number % 251]) * size for name in NAMES}
    entries = {name: {"bytes": len(content), "sha256": hash_of(content)} for name, content in files.items()}
    return files | {MANIFEST_FILE: format_manifest({"number": number, "outputs": entries})}


def number_of(folder: Path) -> int:
    """Return which set *folder* holds; fail where it is none, or a mixed one."""
    manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    for name, entry in manifest["outputs"].items():
        assert hash_of((folder / name).read_bytes()) == entry["sha256"], f"{name} is of another set"
    return int(manifest["number"])


def rubbish(folder: Path) -> list[str]:
    beside = {one.name for one in folder.parent.iterdir()} - {folder.name}
    return sorted(
        beside | {one.name for one in folder.iterdir() if one.name.startswith((".stage", ".manifest"))}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The outputs of a year: set 1, and a clerk's own files."""
    folder = tmp_path / "outputs" / "2016"
    put_whole(folder, make_set(1))
    (folder / "ghi chú.txt").write_text("của văn thư", encoding="utf-8")
    (folder / "đã ký").mkdir()
    (folder / "đã ký" / "giao-uoc.pdf").write_bytes(b"signed")
    (folder / "lối tắt").symlink_to("đã ký")
    return folder


def own_files(folder: Path) -> dict[str, bytes]:
    assert (folder / "lối tắt").readlink() == Path("đã ký")
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.name not in (*NAMES, MANIFEST_FILE) and file.is_file()} | {
        "signed": (folder / "đã ký" / "giao-uoc.pdf").read_bytes()
    }  # fmt: skip


@pytest.fixture(params=["exchange", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing: as on Linux, and as on a disk that cannot exchange folders."""
    if request.param != "exchange":
        monkeypatch.setattr(outputs, "_exchange", refuse_exchange)
    return request.param


def refuse_exchange(*_: object) -> None:
    raise outputs._CannotExchangeError


def test_a_set_replaces_the_former_one_and_everything_else_stays(folder: Path, way: str) -> None:
    before = own_files(folder)

    put_whole(folder, make_set(2))

    assert number_of(folder) == 2
    assert own_files(folder) == before
    assert rubbish(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")
def test_this_system_exchanges_folders(folder: Path) -> None:
    inode = folder.stat().st_ino
    put_whole(folder, make_set(2))
    assert folder.stat().st_ino != inode


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077])
def test_files_have_the_rights_that_the_users_umask_leaves(tmp_path: Path, umask: int) -> None:
    former = os.umask(umask)
    try:
        folder = tmp_path / "outputs" / "2016"
        put_whole(folder, make_set(1))
        put_whole(folder, make_set(2))
    finally:
        os.umask(former)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777 & ~umask
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in NAMES} == {0o666 & ~umask}


def test_a_folder_keeps_its_own_rights(folder: Path) -> None:
    folder.chmod(0o750)
    put_whole(folder, make_set(2))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


# --- killed ---------------------------------------------------------------------------------------------


def build_for_ever(folder: Path, start: int, has_begun) -> None:
    """Write one set after the other, until killed."""
    number = start
    while True:
        with alone_in(folder):
            has_begun.set()
            put_whole(folder, make_set(number))
        number += 1


def kill_builds(folder: Path, times: int) -> tuple[set[int], int]:
    """Kill a writer at random moments of its first two sets; return the sets seen and how often rubbish was left."""
    context, chance, seen, left = multiprocessing.get_context("fork"), random.Random(8), set(), 0
    started = time.monotonic()
    for number in range(5):
        put_whole(folder, make_set(number))
    taken_s = (time.monotonic() - started) / 5
    for number in range(times):
        has_begun = context.Event()
        writer = context.Process(target=build_for_ever, args=(folder, 1000 * (number + 1), has_begun))
        writer.start()
        has_begun.wait()
        time.sleep(chance.random() * 2 * taken_s)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        if (folder / MANIFEST_FILE).exists():
            seen.add(number_of(folder))
        else:
            seen.add(-1)
        left += bool(rubbish(folder))
    return seen, left


def expect_recovery(folder: Path, before: dict[str, bytes]) -> None:
    with alone_in(folder):
        put_whole(folder, make_set(7))
    assert number_of(folder) == 7
    assert own_files(folder) == before
    assert rubbish(folder) == []


def test_killed_at_200_moments_one_whole_set_is_there_and_the_next_build_clears_up(folder: Path) -> None:
    before = own_files(folder)
    seen, left = kill_builds(folder, KILLS)

    assert -1 not in seen
    assert own_files(folder) == before
    assert len(seen) > KILLS / 8, "most were killed before they wrote anything"
    assert left > KILLS / 8, "most were killed between two builds"
    expect_recovery(folder, before)


def test_without_exchange_a_killed_build_leaves_a_whole_set_or_no_manifest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "_exchange", refuse_exchange)
    before = own_files(folder)
    kill_builds(folder, 60)
    expect_recovery(folder, before)


def test_what_a_clerk_saves_in_the_middle_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the listing of a folder and its exchange there is a moment; killed right after it, too."""
    exchange = outputs._exchange

    def save_meanwhile(one: Path, other: Path) -> None:
        (other / "bien-ban.docx").unlink()
        (other / "bien-ban.docx").write_bytes(b"saved by hand")
        (other / "moi.txt").write_bytes(b"new")
        exchange(one, other)

    monkeypatch.setattr(outputs, "_exchange", save_meanwhile)
    for cut_short in (False, True):
        with monkeypatch.context() as patch:
            if cut_short:
                patch.setattr(outputs, "_drop", lambda *_: None)
            put_whole(folder, make_set(2))
        with alone_in(folder):
            assert number_of(folder) == 2
            assert (folder / "moi.txt").read_bytes() == b"new"
        saved = sorted(file.name for file in folder.glob("bien-ban.sua-tay*"))
        assert [(folder / name).read_bytes() for name in saved] == [b"saved by hand"] * len(saved)
        assert len(saved) == 1 + cut_short
        (folder / "moi.txt").unlink()
    assert rubbish(folder) == []


# --- a disk that refuses --------------------------------------------------------------------------------


def test_a_limit_of_file_size_leaves_the_old_set(folder: Path) -> None:
    def run() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        with pytest.raises(OutputError) as caught:
            put_whole(folder, make_set(2, size=100_000))
        assert caught.value.key == "output-unwritable"

    in_child(run)
    assert number_of(folder) == 1
    assert rubbish(folder) == []


def in_child(run) -> None:
    """Run in a process of its own, which may give up rights and set limits."""
    child = multiprocessing.get_context("fork").Process(target=run)
    child.start()
    child.join()
    assert child.exitcode == 0


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 1 MB, where this machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_leaves_the_old_set(small_disk: Path, way: str) -> None:
    folder = small_disk / "outputs" / "2016"
    put_whole(folder, make_set(1))

    with pytest.raises(OutputError) as caught:
        put_whole(folder, make_set(2, size=300_000))

    assert caught.value.values["reason"] == os.strerror(errno.ENOSPC)
    assert number_of(folder) == 1
    assert rubbish(folder) == []
    put_whole(folder, make_set(3))
    assert number_of(folder) == 3


@pytest.fixture
def open_place():
    """A folder that another user reaches, which one of pytest's own is not."""
    place = Path(tempfile.mkdtemp(prefix="hoinghi-test-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def test_a_folder_that_may_not_be_written_stays_as_it_is(open_place: Path, way: str) -> None:
    """Nobody's rights are asked: a test that root runs gives its rights up first."""
    folder = open_place / "outputs" / "2016"
    put_whole(folder, make_set(1))
    for place in (folder.parent, folder):
        place.chmod(0o555)

    def run() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        for write in (lambda: put_whole(folder, make_set(2)), lambda: alone_in(folder).__enter__()):
            with pytest.raises(OutputError) as caught:
                write()
            assert caught.value.values["reason"] == os.strerror(errno.EACCES)

    try:
        in_child(run)
    finally:
        for place in (folder.parent, folder):
            place.chmod(0o755)
    assert number_of(folder) == 1
    assert rubbish(folder) == []


@pytest.mark.parametrize("stuck", NAMES)
def test_a_file_that_is_open_in_word_leaves_the_old_set(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stuck: str
) -> None:
    """Windows and its network disks do not let go of an open file, nor of the folder that it is in."""
    monkeypatch.setattr(outputs, "_exchange", refuse_exchange)
    replace = Path.replace

    def hold(self: Path, target: Path) -> Path:
        if Path(target) == folder / stuck and self.parent.name != "former":
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", hold)
    with pytest.raises(OutputError):
        put_whole(folder, make_set(2))
    assert number_of(folder) == 1
    assert rubbish(folder) == []


def test_a_folder_that_is_held_leaves_the_old_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hold(_one: Path, other: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(other))

    monkeypatch.setattr(outputs, "_exchange", hold)
    with pytest.raises(OutputError):
        put_whole(folder, make_set(2))
    assert number_of(folder) == 1
    assert rubbish(folder) == []


def test_a_disk_without_links_is_written_file_by_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    before = own_files(folder)
    put_whole(folder, make_set(2))
    assert (number_of(folder), own_files(folder), rubbish(folder)) == (2, before, [])


# --- two at once ----------------------------------------------------------------------------------------


def race(folder: Path, number: int, results) -> None:
    try:
        with alone_in(folder):
            put_whole(folder, make_set(number))
            time.sleep(0.002)
        results.put("done")
    except OutputError as error:
        results.put(error.key)


def test_of_two_builds_at_once_one_is_told_to_wait(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    results, said = context.Queue(), []
    for number in range(RACES):
        racers = [
            context.Process(target=race, args=(folder, 10 + 2 * number + one, results)) for one in (0, 1)
        ]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        said += [results.get(), results.get()]
        assert number_of(folder) in (10 + 2 * number, 11 + 2 * number)
    assert set(said) <= {"done", "output-busy"}
    assert said.count("done") >= RACES
    assert rubbish(folder) == []


def test_a_build_waits_for_nobody_and_says_so(folder: Path) -> None:
    with alone_in(folder), pytest.raises(OutputError, match="output-busy"), alone_in(folder):
        pass
    with alone_in(folder):
        put_whole(folder, make_set(2))
    assert rubbish(folder) == []


def test_a_folder_in_which_somebody_signs_is_not_exchanged(folder: Path) -> None:
    from generator.ceremony import _alone

    with _alone(folder), pytest.raises(OutputError, match="output-busy"):
        put_whole(folder, make_set(2))
    assert number_of(folder) == 1
    assert rubbish(folder) == []


def test_single_files_are_put_in_place_or_moved_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(folder, {"a.pdf": b"1", "b.pdf": b"1"})
    replace = Path.replace

    def hold(self: Path, target: Path) -> Path:
        if target == folder / "b.pdf":
            raise PermissionError(errno.EACCES, "open")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", hold)
        with pytest.raises(OutputError):
            put_in_place(folder, {"a.pdf": b"2", "new.pdf": b"2", "b.pdf": b"2"})
    assert [(folder / name).read_bytes() for name in ("a.pdf", "b.pdf")] == [b"1", b"1"]
    assert not (folder / "new.pdf").exists()
    assert rubbish(folder) == []


# --- the command itself ---------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    facts = tmp_path / "inputs" / "2016" / "conference.yaml"
    facts.parent.mkdir(parents=True)
    facts.write_text(MINIMAL, encoding="utf-8")
    return tmp_path


def start_build(place: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build", "2016", "minutes", "--format", "docx", *more]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(build: subprocess.Popen[bytes]) -> int:
    build.communicate()
    return build.returncode


def test_the_command_killed_at_any_moment_leaves_one_whole_set(place: Path) -> None:
    folder, chance = place / "outputs" / "2016", random.Random(3)
    assert finish(start_build(place)) == 0
    facts = place / "inputs" / "2016" / "conference.yaml"
    for number in range(8):
        facts.write_text(MINIMAL.replace("số 1", f"số {number + 2}"), encoding="utf-8")
        build = start_build(place)
        time.sleep(0.3 + chance.random() * 0.6)
        build.kill()
        build.communicate()
        entries = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))["outputs"]
        assert {name: hash_of((folder / name).read_bytes()) for name in entries} == {
            name: entry["sha256"] for name, entry in entries.items()
        }
    assert finish(start_build(place)) == 0
    assert sorted(one.name for one in folder.parent.iterdir()) == ["2016"]
    assert sorted(one.name for one in folder.iterdir()) == ["bien-ban.docx", MANIFEST_FILE]


def test_two_commands_at_once_give_one_whole_set_and_a_clear_message(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    with alone_in(place / "outputs" / "2016"):
        assert main(["build", "2016", "minutes", "--format", "docx"]) == 7
    assert (
        capsys.readouterr().err
        == "Đang có một lượt khác soạn hoặc ký trong outputs/2016; đợi lượt ấy xong rồi chạy lại. Lượt này chưa ghi gì.\n"
    )
    assert not (place / "outputs").exists()


def test_facts_that_change_while_they_are_built_are_not_half_used(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator import writing

    monkeypatch.chdir(place)
    write = writing.write_paper

    def save_meanwhile(one: object) -> object:
        (place / "inputs" / "2016" / "conference.yaml").write_text(MINIMAL + "# x\n", encoding="utf-8")
        return write(one)

    monkeypatch.setattr(writing, "write_paper", save_meanwhile)
    assert main(["build", "2016", "minutes", "--format", "docx"]) == 7
    assert "bị đổi trong lúc soạn" in capsys.readouterr().err
    assert not (place / "outputs").exists()
