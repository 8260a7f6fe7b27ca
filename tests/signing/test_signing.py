"""Signing here, by the real command: what is refused is refused clearly, and the former file stays whole."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator import ceremony
from generator.cli import main
from generator.errors import OutputError, SigningError
from generator.manifest import hash_of
from generator.signing.ledger import read_ledger
from generator.signing.policy import Policy, judge
from generator.signing.reading import read_signed
from generator.signing.sign import Means, sign_field
from generator.signing.trial import Holder, TrialAuthority
from tests.signing.material import PARTIES, PASSPHRASE, draw_words, key_of, party

UNIT = "Bộ Tài chính"


@pytest.fixture
def keys(tmp_path: Path, authority: TrialAuthority) -> Callable[..., Path]:
    """Make key files: of a unit, of whom and how one likes."""

    def make(unit: str, holder: Holder | None = None) -> Path:
        holder = holder or authority.issue(unit, PARTIES.get(unit, "Người Thứ Mười Một"))
        file = tmp_path / f"{hash_of(unit.encode())[:8]}-{len(list(tmp_path.iterdir()))}.p12"
        file.touch(mode=0o600)
        file.write_bytes(holder.pkcs12(PASSPHRASE, [authority.root]))
        return file

    return make


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOINGHI_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)


def sign(folder: Path, unit: str, key: Path, *options: str) -> int:
    return main(
        ["sign", str(folder / "giao-uoc.pdf"), "--as", unit, "--pkcs12", str(key), "--trial", *options]
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def unchanged(folder: Path) -> Iterator[None]:
    """Hold that a test leaves all files as they were."""
    before = snapshot(folder)
    yield
    assert snapshot(folder) == before


# --- what is done -----------------------------------------------------------------------------------------


def test_a_signature_is_appended_and_the_former_file_kept(folder: Path, keys: Callable[..., Path]) -> None:
    base = (folder / "giao-uoc.pdf").read_bytes()

    assert sign(folder, "bộ tài chính", keys(UNIT)) == 0

    signed = (folder / "giao-uoc.pdf").read_bytes()
    assert signed.startswith(base)
    assert (folder / "giao-uoc.lan-00.pdf").read_bytes() == base
    assert read_signed(signed).signed_fields == ["Ky-03-bo-tai-chinh"]
    ledger = read_ledger(folder / "giao-uoc.ledger.json")
    assert ledger
    (entry,) = ledger.entries
    assert (entry.sha256, entry.bytes, entry.how) == (hash_of(signed), len(signed), "signed")
    assert entry.signer == f"{PARTIES[UNIT]}, {UNIT}"


@pytest.mark.parametrize("name", ["3", "Ky-03-bo-tai-chinh", "BỘ TÀI CHÍNH"])
def test_a_place_is_named_by_number_field_or_unit(folder: Path, keys: Callable[..., Path], name: str) -> None:
    assert sign(folder, name, keys(UNIT)) == 0
    assert read_signed((folder / "giao-uoc.pdf").read_bytes()).signed_fields == ["Ky-03-bo-tai-chinh"]


def test_a_ministry_signs_a_file_that_lies_alone(
    tmp_path: Path, built: Path, keys: Callable[..., Path]
) -> None:
    """On another machine there is neither manifest nor ledger."""
    alone = tmp_path / "nhan"
    alone.mkdir()
    shutil.copy(built / "giao-uoc.pdf", alone)
    assert sign(alone, UNIT, keys(UNIT)) == 0
    assert sign(alone, "Bộ Nội vụ", keys("Bộ Nội vụ")) == 0
    assert sorted(file.name for file in alone.iterdir()) == [
        "giao-uoc.lan-00.pdf",
        "giao-uoc.lan-01.pdf",
        "giao-uoc.pdf",
    ]
    policy = Policy(hash_of((built / "giao-uoc.pdf").read_bytes()), datetime.now(UTC), is_trial=True)
    verdict = judge((alone / "giao-uoc.pdf").read_bytes(), policy)
    assert {one.key for one in verdict.problems} == {"verify-unsigned"}
    assert len(verdict.signatures) == 2


def test_the_time_of_signing_is_told_with_vietnams_zone(folder: Path, keys: Callable[..., Path]) -> None:
    from generator.signing.raster import text_in

    assert sign(folder, UNIT, keys(UNIT)) == 0
    content = (folder / "giao-uoc.pdf").read_bytes()
    place = read_signed(content).find_field(UNIT)
    assert place
    shown = " ".join(text_in(content, place.page, place.box).split())
    moment = read_signed(content).signatures[0].claimed_at
    assert moment
    assert f"Thời gian ký: {moment:%d/%m/%Y %H:%M:%S} +07:00" in shown
    assert moment.utcoffset() == timedelta(hours=7)


# --- what is refused --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unchanged")
def test_a_wrong_pass_phrase(
    folder: Path,
    keys: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOINGHI_PASSPHRASE", "không phải")
    assert sign(folder, UNIT, keys(UNIT)) == 9
    told = capsys.readouterr().err
    assert "mật khẩu sai" in told
    assert "không phải" not in told.replace("tệp không phải PKCS#12", "")


@pytest.mark.usefixtures("unchanged")
def test_a_key_file_that_others_may_read(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    key = keys(UNIT)
    for mode in (0o640, 0o604, 0o644):
        key.chmod(mode)
        assert sign(folder, UNIT, key) == 9
        assert "chmod 600" in capsys.readouterr().err


def test_the_pass_phrase_may_stand_in_a_file_that_nobody_else_reads(
    folder: Path, keys: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HOINGHI_PASSPHRASE")
    secret = tmp_path / "mat-khau.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    secret.chmod(stat.S_IRUSR | stat.S_IRGRP)
    assert sign(folder, UNIT, keys(UNIT), "--secret-file", str(secret)) == 9
    secret.chmod(stat.S_IRUSR)
    assert sign(folder, UNIT, keys(UNIT), "--secret-file", str(secret)) == 0


@pytest.mark.usefixtures("unchanged")
def test_no_secret_at_hand(
    folder: Path,
    keys: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("HOINGHI_PASSPHRASE")
    assert sign(folder, UNIT, keys(UNIT)) == 2
    assert "HOINGHI_PASSPHRASE" in capsys.readouterr().err


def test_a_second_signature_of_a_unit(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, UNIT, keys(UNIT)) == 0
    before = snapshot(folder)
    assert sign(folder, UNIT, keys(UNIT)) == 9
    assert f"BỘ TÀI CHÍNH đã ký rồi ({PARTIES[UNIT]}" in capsys.readouterr().err
    assert snapshot(folder) == before


@pytest.mark.usefixtures("unchanged")
def test_a_unit_that_is_no_party(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, "Bộ Y tế", keys("Bộ Y tế")) == 9
    told = capsys.readouterr().err
    assert "Không có ô ký của “Bộ Y tế”" in told
    assert "BỘ NGOẠI GIAO" in told


@pytest.mark.usefixtures("unchanged")
def test_the_certificate_of_another_unit(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, UNIT, keys("Bộ Nội vụ")) == 9
    assert "không phải của BỘ TÀI CHÍNH" in capsys.readouterr().err


def expect(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "certificates.yaml").write_text(text, encoding="utf-8")
    return ["--certificates", str(tmp_path / "certificates.yaml")]


def test_the_data_name_the_certificate(
    folder: Path, keys: Callable[..., Path], authority: TrialAuthority, tmp_path: Path
) -> None:
    one, other = authority.issue(UNIT, "Người Thứ Nhất"), authority.issue("Vụ Thi đua", "Người Thứ Hai")
    pinned = key_of(other).certificate.fingerprint
    by_colons = ":".join(pinned[place : place + 2] for place in range(0, 64, 2)).upper()
    options = expect(tmp_path, f"units:\n  Bộ Tài chính: {by_colons}\n")
    assert sign(folder, UNIT, keys(UNIT, one), *options) == 9
    assert sign(folder, UNIT, keys(UNIT, other), *options) == 0


def test_the_data_set_the_order(
    folder: Path, keys: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = expect(tmp_path, "order: [Bộ Ngoại giao, Bộ Tài chính]\n")
    assert sign(folder, UNIT, keys(UNIT), *options) == 9
    assert "Đến lượt: BỘ NGOẠI GIAO" in capsys.readouterr().err
    assert sign(folder, "Bộ Ngoại giao", keys("Bộ Ngoại giao"), *options) == 0
    assert sign(folder, UNIT, keys(UNIT), *options) == 0


@pytest.mark.parametrize("text", ["units: [1]", "unit: {}", "order: 3rd", "units: {a: [b]}", "[", "- a"])
@pytest.mark.usefixtures("unchanged")
def test_a_wrong_file_of_certificates(
    folder: Path, keys: Callable[..., Path], tmp_path: Path, text: str
) -> None:
    assert sign(folder, UNIT, keys(UNIT), *expect(tmp_path, text)) == 9


@pytest.mark.usefixtures("unchanged")
def test_a_certificate_outside_its_time(
    folder: Path, keys: Callable[..., Path], authority: TrialAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    year = timedelta(days=365)
    for begins, ends in ((-2 * year, -year), (year, 2 * year)):
        holder = authority.issue(UNIT, "Ai Đó", begins=authority.now + begins, ends=authority.now + ends)
        assert sign(folder, UNIT, keys(UNIT, holder)) == 9
        assert "chỉ có hiệu lực từ" in capsys.readouterr().err


@pytest.mark.usefixtures("unchanged")
def test_a_certificate_that_is_not_for_signing(
    folder: Path,
    keys: Callable[..., Path],
    authority: TrialAuthority,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = expect(tmp_path, f"units:\n  Bộ Tài chính: {key_of(authority.root).certificate.fingerprint}\n")
    assert sign(folder, UNIT, keys(UNIT, authority.root), *options) == 9
    assert "không dùng để ký được" in capsys.readouterr().err


@pytest.mark.usefixtures("unchanged")
def test_a_trial_certificate_outside_a_trial(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sign", str(folder / "giao-uoc.pdf"), "--as", UNIT, "--pkcs12", str(keys(UNIT))]) == 9
    assert "thêm --trial" in capsys.readouterr().err


def test_a_file_that_was_changed(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "giao-uoc.pdf"
    genuine = file.read_bytes()
    for changed in (genuine[:-40], genuine[:5000] + b"?" + genuine[5001:], b"", b"junk"):
        file.write_bytes(changed)
        assert sign(folder, UNIT, keys(UNIT)) == 9
        assert "đã bị thay đổi" in capsys.readouterr().err
        assert file.read_bytes() == changed


def test_a_file_whose_signatures_do_not_hold(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, "Bộ Nội vụ", keys("Bộ Nội vụ")) == 0
    (folder / "giao-uoc.ledger.json").unlink()
    file = folder / "giao-uoc.pdf"
    file.write_bytes(file.read_bytes() + b"\n% more\n")
    assert sign(folder, UNIT, keys(UNIT)) == 9
    told = capsys.readouterr().err
    assert "[verify-tail]" in told
    assert "không ký tiếp" in told


def test_a_file_that_is_not_the_last_of_the_ledger(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, "Bộ Nội vụ", keys("Bộ Nội vụ")) == 0
    shutil.copy(folder / "giao-uoc.lan-00.pdf", folder / "giao-uoc.pdf")
    assert sign(folder, UNIT, keys(UNIT)) == 9
    assert "không phải bản ký cuối cùng" in capsys.readouterr().err


def test_a_damaged_ledger(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, "Bộ Nội vụ", keys("Bộ Nội vụ")) == 0
    ledger = folder / "giao-uoc.ledger.json"
    for text in ("", "[]", '{"file": "x"}', '{"file": "x", "base_sha256": "", "entries": [{}]}'):
        ledger.write_text(text, encoding="utf-8")
        assert sign(folder, UNIT, keys(UNIT)) == 9
        assert "sổ ký bị hỏng" in capsys.readouterr().err


@pytest.mark.usefixtures("unchanged")
def test_seal_before_all_have_signed(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["seal", str(folder / "giao-uoc.pdf"), "--pkcs12", str(keys("Khối")), "--trial"]
    assert main(command) == 9
    assert "Còn thiếu: VĂN PHÒNG CHỦ TỊCH NƯỚC" in capsys.readouterr().err


@pytest.mark.parametrize("level", ["b-t", "b-lt", "b-lta"])
@pytest.mark.usefixtures("unchanged")
def test_a_level_that_needs_a_time_stamp(folder: Path, keys: Callable[..., Path], level: str) -> None:
    assert sign(folder, UNIT, keys(UNIT), "--level", level) == 2


@pytest.mark.usefixtures("unchanged")
def test_an_authority_that_does_not_answer(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(folder, UNIT, keys(UNIT), "--tsa", "http://127.0.0.1:9/") == 9
    assert "Không xin được dấu thời gian" in capsys.readouterr().err
    assert sign(folder, UNIT, keys(UNIT), "--tsa", "file:///etc/passwd") == 9


@pytest.mark.usefixtures("unchanged")
def test_a_link_in_place_of_the_file(folder: Path, keys: Callable[..., Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(folder / "manifest.json", elsewhere)
    (elsewhere / "giao-uoc.pdf").symlink_to(folder / "giao-uoc.pdf")
    assert sign(elsewhere, UNIT, keys(UNIT)) == 7


# --- faults of the machine --------------------------------------------------------------------------------


def in_child(act: Callable[[], None]) -> int:
    """Run *act* in a process of its own and return its exit code: 7 for unwritable outputs."""
    child = os.fork()
    if not child:
        try:
            act()
        except OutputError:
            os._exit(7)
        except SigningError:
            os._exit(9)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def signing_of(folder: Path, authority: TrialAuthority) -> Callable[[], None]:
    key = key_of(authority.issue(UNIT, PARTIES[UNIT]))
    policy = Policy("", datetime.now(UTC), is_trial=True, asks_second=False)

    def act() -> None:
        file = folder / "giao-uoc.pdf"
        ceremony.sign(file, party(UNIT, key), Means(policy.now), policy)

    return act


def test_a_folder_that_cannot_be_written(folder: Path, authority: TrialAuthority) -> None:
    """For root nothing is unwritable: it becomes nobody first."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "out" / "2026"))
        for one in (Path(scratch), copy.parent, copy):
            one.chmod(0o555)
        inside = signing_of(copy, authority)

        def act_as_nobody() -> None:
            if os.getuid() == 0:
                os.setuid(65534)
            inside()

        assert in_child(act_as_nobody) == 7
        assert snapshot(copy) == snapshot(folder)
        for one in (Path(scratch), copy.parent, copy):
            one.chmod(0o755)


@pytest.mark.usefixtures("unchanged")
def test_a_disk_that_is_full(folder: Path, authority: TrialAuthority) -> None:
    act = signing_of(folder, authority)

    def act_in_little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
        act()

    assert in_child(act_in_little_room) == 7


def test_a_run_that_is_killed_half_way(folder: Path, authority: TrialAuthority) -> None:
    """Killed at any moment, the file is the former one or the signed one, whole; the ledger never runs ahead."""
    act, base = signing_of(folder, authority), (folder / "giao-uoc.pdf").read_bytes()
    before = snapshot(folder)
    began = time.monotonic()
    assert in_child(act) == 0
    whole = time.monotonic() - began
    chance, seen = random.Random(7), set()
    for _ in range(8):
        for name in set(snapshot(folder)) - set(before):
            (folder / name).unlink()
        (folder / "giao-uoc.pdf").write_bytes(base)
        child = os.fork()
        if not child:
            act()
            os._exit(0)
        time.sleep(chance.uniform(0.5, 1.05) * whole)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        content = (folder / "giao-uoc.pdf").read_bytes()
        seen.add(content == base)
        assert content == base or read_signed(content).signatures[0].end == len(content)
        ledger = read_ledger(folder / "giao-uoc.ledger.json")
        assert ledger is None or ledger.head_sha256 == hash_of(content)
    assert True in seen


@pytest.mark.usefixtures("unchanged")
def test_two_runs_at_once(
    folder: Path, keys: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    with ceremony._alone(folder):
        assert sign(folder, UNIT, keys(UNIT)) == 9
    assert "Một lệnh ký khác đang chạy" in capsys.readouterr().err


def test_words_that_read_back_otherwise_are_refused(folder: Path, authority: TrialAuthority) -> None:
    """As with a font that drops letters: nothing else complains."""
    key = key_of(authority.issue(UNIT, PARTIES[UNIT]))
    policy = Policy("", datetime.now(UTC), is_trial=True, asks_second=False)

    def draw_less(place, key):
        stamp, lines = draw_words(place, key)
        return stamp, [line.replace("Ánh", "Ảnh") for line in lines]

    before = snapshot(folder)
    with pytest.raises(SigningError, match="sign-words-differ"):
        ceremony.sign(folder / "giao-uoc.pdf", party(UNIT, key, draw_less), Means(policy.now), policy)
    assert snapshot(folder) == before


def test_no_byte_before_a_signature_changes(folder: Path, authority: TrialAuthority) -> None:
    base = (folder / "giao-uoc.pdf").read_bytes()
    place = read_signed(base).find_field(UNIT)
    assert place
    signed = sign_field(base, place.name, key_of(authority.issue(UNIT, "Ai Đó")), Means(datetime.now(UTC)))
    assert signed[: len(base)] == base
