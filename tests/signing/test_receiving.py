"""Files that come back from the parties: one is accepted, all others are named as what they are."""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from generator import ceremony
from generator.cli import main
from generator.errors import SigningError
from generator.manifest import hash_of
from generator.signing.certificates import Expected
from generator.signing.ledger import read_ledger
from generator.signing.policy import Policy
from generator.signing.reading import Field, read_signed
from generator.signing.sign import Means, sign_field
from generator.signing.trial import Holder, TrialAuthority
from tests.signing.attacks import edit, overlay
from tests.signing.material import PARTIES, PASSPHRASE, draw_words, key_of, party

FIRST, SECOND, THIRD = "Bộ Ngoại giao", "Bộ Nội vụ", "Ủy ban Dân tộc"


class Ministry:
    """A unit that signs on a machine of its own."""

    def __init__(self, unit: str, authority: TrialAuthority) -> None:
        self.unit = unit
        self.holder: Holder = authority.issue(unit, PARTIES[unit])

    def sign(self, content: bytes) -> bytes:
        place = read_signed(content).find_field(self.unit)
        assert place
        key = key_of(self.holder)
        stamp, _ = draw_words(place, key)
        return sign_field(content, place.name, key, Means(datetime.now(UTC)), stamp)

    def sign_in_own_field(self, content: bytes, box: tuple[float, ...], page: int) -> bytes:
        """Sign as programs do that put their own field over the place."""
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        vars(writer)["_update_meta"] = lambda: None
        append_signature_field(writer, SigFieldSpec("Signature1", on_page=page - 1, box=tuple(map(int, box))))
        signer = PdfSigner(
            PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256"), key_of(self.holder).signer
        )
        return bytes(signer.sign_pdf(writer, existing_fields_only=True).getvalue())


@pytest.fixture(scope="module")
def ministries(authority: TrialAuthority) -> dict[str, Ministry]:
    return {unit: Ministry(unit, authority) for unit in (FIRST, SECOND, THIRD)}


@cache
def policy() -> Policy:
    return Policy("", datetime.now(UTC), is_trial=True, asks_second=False)


@pytest.fixture
def file(folder: Path) -> Path:
    """The file that is sent to the parties."""
    return folder / "giao-uoc.pdf"


def receive(file: Path, content: bytes, held: Policy | None = None) -> ceremony.Done:
    returned = file.parent.parent / "tra-lai.pdf"
    returned.write_bytes(content)
    return ceremony.receive(returned, file, Means(datetime.now(UTC)), held or policy())


def refused(file: Path, content: bytes, held: Policy | None = None) -> SigningError:
    """Return why a file is refused; nothing changes then."""
    before = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    with pytest.raises(SigningError) as caught:
        receive(file, content, held)
    assert {one.name: one.read_bytes() for one in file.parent.iterdir()} == before
    return caught.value


def test_signed_files_are_taken_back_one_after_the_other(file: Path, ministries: dict[str, Ministry]) -> None:
    hashes = []
    for unit in (FIRST, SECOND, THIRD):
        done = receive(file, ministries[unit].sign(file.read_bytes()))
        hashes.append(hash_of(file.read_bytes()))
        assert (done.unit, done.signer) == (unit.upper(), f"{PARTIES[unit]}, {unit}")
    ledger = read_ledger(file.with_name("giao-uoc.ledger.json"))
    assert ledger
    assert [entry.sha256 for entry in ledger.entries] == hashes
    assert [entry.how for entry in ledger.entries] == ["received"] * 3
    assert [entry.unit for entry in ledger.entries] == [FIRST.upper(), SECOND.upper(), THIRD.upper()]
    kept = [file.with_name(f"giao-uoc.lan-{number:02d}.pdf").read_bytes() for number in range(3)]
    assert all(file.read_bytes().startswith(one) for one in kept)


def test_a_fork_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    sent = file.read_bytes()
    receive(file, ministries[FIRST].sign(sent))
    why = refused(file, ministries[SECOND].sign(sent))
    assert (why.key, why.values) == ("receive-fork", {"number": 0, "unit": FIRST.upper()})


def test_a_roll_back_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    base = file.read_bytes()
    receive(file, ministries[FIRST].sign(base))
    first = file.read_bytes()
    receive(file, ministries[SECOND].sign(first))
    assert refused(file, first).values == {"number": 1, "count": 2}
    assert refused(file, base).key == "receive-rollback"
    assert refused(file, file.read_bytes()).key == "receive-nothing-new"


def test_a_file_that_is_cut_off_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    assert refused(file, file.read_bytes()[:-100]).key == "receive-cut"
    assert refused(file, file.read_bytes()[:1000]).key == "receive-cut"


def test_a_re_saved_file_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(ministries[FIRST].sign(file.read_bytes()))) as pdf:
        pdf.save(saved)
    assert refused(file, saved.getvalue()).key == "receive-resaved"


def test_another_file_is_named(file: Path) -> None:
    assert refused(file, (file.parent / "giao-uoc-ban-doc.pdf").read_bytes()).key == "receive-foreign"
    assert refused(file, b"").key == "receive-cut"
    assert refused(file, b"PK\x03\x04").key == "receive-foreign"


def test_what_is_no_signature_is_named(file: Path) -> None:
    sent = file.read_bytes()
    assert refused(file, edit(sent, overlay)).key == "receive-no-signature"
    assert refused(file, sent + b"\n% seen\n").key == "receive-no-signature"
    assert refused(file, sent + b"\nstartxref\n9\n%%EOF\n").key == "receive-unreadable"


def test_two_signatures_at_once_are_named(file: Path, ministries: dict[str, Ministry]) -> None:
    both = ministries[SECOND].sign(ministries[FIRST].sign(file.read_bytes()))
    why = refused(file, both)
    assert why.key == "receive-several"
    assert why.values["count"] == 2


def test_the_wrong_person_is_named(file: Path, authority: TrialAuthority) -> None:
    content = file.read_bytes()
    place = read_signed(content).find_field(FIRST)
    assert place
    other = key_of(authority.issue("Bộ Y tế", "Ai Đó"))
    why = refused(file, sign_field(content, place.name, other, Means(datetime.now(UTC))))
    assert why.key == "receive-unsound"
    assert [one.key for one in why.problems] == ["verify-wrong-person"]


def test_an_overlay_with_a_signature_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    why = refused(file, ministries[FIRST].sign(edit(file.read_bytes(), overlay)))
    assert {"verify-page", "verify-modified-before"} <= {one.key for one in why.problems}


def test_who_is_not_next_is_named(file: Path, ministries: dict[str, Ministry]) -> None:
    held = Policy("", policy().now, Expected(order=(SECOND, FIRST)), is_trial=True, asks_second=False)
    why = refused(file, ministries[FIRST].sign(file.read_bytes()), held)
    assert (why.key, why.values["due"]) == ("sign-not-next", SECOND.upper())
    receive(file, ministries[SECOND].sign(file.read_bytes()), held)
    receive(file, ministries[FIRST].sign(file.read_bytes()), held)


# --- fields of the signers' own -------------------------------------------------------------------------


def place_of(file: Path, unit: str) -> Field:
    place = read_signed(file.read_bytes()).find_field(unit)
    assert place
    return place


OWN = Policy("", datetime.now(UTC), is_trial=True, asks_second=False, own_fields=True)


def test_a_signers_own_field_counts_where_one_lets_it(file: Path, ministries: dict[str, Ministry]) -> None:
    place = place_of(file, FIRST)
    left, bottom, right, top = place.box
    inside = (left + 10, bottom + 10, right - 10, top - 10)
    content = ministries[FIRST].sign_in_own_field(file.read_bytes(), inside, place.page)

    assert refused(file, content).problems[0].key == "verify-field-extra"
    done = receive(file, content, OWN)
    assert (done.unit, done.field) == (FIRST.upper(), "Signature1")

    # from now on the ledger knows it: the next one signs, and the whole holds, without saying so again
    receive(file, ministries[SECOND].sign(file.read_bytes()))
    verdict = ceremony.verify(
        file.read_bytes(),
        file.parent,
        file.name,
        Policy("", policy().now, is_trial=True, must_be_complete=False),
    )
    assert verdict.problems == ()
    assert ceremony.state_of(file, Expected()).entry_of(place) is not None


def test_a_signers_own_field_elsewhere_counts_nowhere(file: Path, ministries: dict[str, Ministry]) -> None:
    place = place_of(file, FIRST)
    left, bottom, right, top = place.box
    boxes = {
        "below": (left, 20, right, 60),
        "much too large": (left - 60, bottom - 90, right, top + 30),
        "over two": (left - 150, bottom, right - 60, top),
    }
    for box in boxes.values():
        content = ministries[FIRST].sign_in_own_field(file.read_bytes(), box, place.page)
        assert refused(file, content, OWN).key == "receive-wrong-field"


def test_a_signers_own_field_in_another_ones_place_is_refused(
    file: Path, ministries: dict[str, Ministry]
) -> None:
    place = place_of(file, SECOND)
    content = ministries[FIRST].sign_in_own_field(file.read_bytes(), place.box, place.page)
    assert "verify-wrong-person" in {one.key for one in refused(file, content, OWN).problems}


# --- by the real command ----------------------------------------------------------------------------------


def test_the_command_finds_out_of_which_file_it_is(
    file: Path, ministries: dict[str, Ministry], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    returned = tmp_path / "tra lai.pdf"
    returned.write_bytes(ministries[FIRST].sign(file.read_bytes()))

    outputs = ["--outputs", str(tmp_path / "outputs")]
    assert main(["receive", str(returned), *outputs, "--trial"]) == 0
    assert f"chữ ký của {FIRST.upper()}" in capsys.readouterr().out
    assert file.read_bytes() == returned.read_bytes()

    assert main(["receive", str(returned), *outputs, "--trial"]) == 9
    assert "chưa có chữ ký mới" in capsys.readouterr().err

    assert main(["status", *outputs, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert [one["signer"] for one in told["places"] if one["signer"]] == [f"{PARTIES[FIRST]}, {FIRST}"]
    assert len(told["next"]) == 9


def test_status_says_who_has_signed_and_who_is_next(
    file: Path, ministries: dict[str, Ministry], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    names = tmp_path / "certificates.yaml"
    names.write_text(f"order: [{FIRST}, {SECOND}, {THIRD}]\n", encoding="utf-8")

    assert main(["status", str(file), "--certificates", str(names)]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("giao-uoc.pdf: đã ký 1/10")
    assert told[6].startswith(f"  6. {FIRST.upper()}: đã ký, {PARTIES[FIRST]}, {FIRST}, ")
    assert told[6].endswith("+07:00")
    assert told[2] == f"  2. {SECOND.upper()}: đến lượt"
    assert sum(line.endswith(": chưa đến lượt") for line in told) == 8


def test_a_signature_that_a_killed_run_left_out_of_the_ledger_can_be_entered(
    file: Path, ministries: dict[str, Ministry], capsys: pytest.CaptureFixture[str]
) -> None:
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    file.write_bytes(ministries[SECOND].sign(file.read_bytes()))
    outputs = ["--outputs", str(file.parent.parent)]
    assert main(["status", *outputs]) == 0
    assert "chưa vào sổ" in capsys.readouterr().out
    assert main(["receive", str(file), *outputs, "--trial"]) == 0
    ledger = read_ledger(file.with_name("giao-uoc.ledger.json"))
    assert ledger
    assert ledger.head_sha256 == hash_of(file.read_bytes())


def test_status_without_anything_to_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--outputs", str(tmp_path)]) == 2
    assert "make pledge" in capsys.readouterr().err


# --- verify by the real command -----------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path, authority: TrialAuthority) -> Path:
    file = tmp_path / "root.pem"
    file.write_bytes(authority.root.certificate_pem())
    return file


def test_verify_tells_by_words_data_and_exit_code(
    file: Path, ministries: dict[str, Ministry], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    trust = ["--trust", str(root)]

    assert main(["verify", str(file), "--trial", *trust]) == 10
    assert "THANH TRA CHÍNH PHỦ chưa ký [verify-unsigned]" in capsys.readouterr().out

    assert main(["verify", str(file), "--trial", "--partial", *trust]) == 0
    told = capsys.readouterr().out
    assert f"1. {FIRST.upper()}: {PARTIES[FIRST]}, {FIRST}, " in told
    assert "Không thấy điều gì sai." in told

    assert main(["verify", str(file), "--trial", "--partial"]) == 10
    assert "--trust" in capsys.readouterr().err

    assert main(["verify", str(file), "--partial", *trust, "--json"]) == 10
    data = json.loads(capsys.readouterr().out)
    assert (data["holds"], [one["code"] for one in data["problems"]]) == (False, ["verify-trial"])
    assert "thử nghiệm" in data["problems"][0]["message"]


def test_verify_needs_what_was_published(
    file: Path,
    ministries: dict[str, Ministry],
    root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    base = hash_of(file.read_bytes())
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    alone = tmp_path / "nhan" / "ban ky.pdf"
    alone.parent.mkdir()
    shutil.copy(file, alone)
    options = ["--trial", "--partial", "--trust", str(root)]
    assert main(["verify", str(alone), *options]) == 9
    assert "--base-sha256" in capsys.readouterr().err
    assert main(["verify", str(alone), *options, "--base-sha256", base.upper()]) == 0
    assert main(["verify", str(alone), *options, "--base-sha256", "0" * 64]) == 10
    there = ["--published", str(file.parent), "--name", "giao-uoc.pdf"]
    assert main(["verify", str(alone), *options, *there]) == 0
    assert main(["verify", str(tmp_path / "absent.pdf"), *options]) == 9


def test_keys_are_not_in_what_is_written(file: Path, ministries: dict[str, Ministry], tmp_path: Path) -> None:
    key = tmp_path / "key.p12"
    key.touch(mode=0o600)
    key.write_bytes(ministries[FIRST].holder.pkcs12(PASSPHRASE))
    secret = tmp_path / "secret.txt"
    secret.touch(mode=0o600)
    secret.write_text(PASSPHRASE, encoding="utf-8")
    command = [
        "sign",
        str(file),
        "--as",
        FIRST,
        "--pkcs12",
        str(key),
        "--secret-file",
        str(secret),
        "--trial",
    ]
    assert main(command) == 0
    written = b"".join(one.read_bytes() for one in file.parent.iterdir())
    assert PASSPHRASE.encode() not in written
    assert str(key).encode() not in written


def test_a_sign_of_somebody_else_stays_with_them(file: Path, ministries: dict[str, Ministry]) -> None:
    """The same certificate cannot sign twice, here or elsewhere."""
    receive(file, ministries[FIRST].sign(file.read_bytes()))
    with pytest.raises(SigningError, match="sign-wrong-certificate"):
        ceremony.sign(
            file, party(SECOND, key_of(ministries[FIRST].holder)), Means(datetime.now(UTC)), policy()
        )
