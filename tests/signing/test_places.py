"""The file to be signed: an empty field in each place, where the page has it; built again only while nobody signed."""

from __future__ import annotations

import json
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest

from generator import ceremony
from generator.cli import main
from generator.manifest import base_hash, hash_of
from generator.places import make_place
from generator.signing.policy import Policy
from generator.signing.reading import Field, read_signed
from generator.signing.sign import Means
from generator.signing.trial import TrialAuthority
from generator.typeface import POINT_MM
from tests import samples
from tests.signing.material import PARTIES, key_of, party


def fields_of(folder: Path) -> tuple[Field, ...]:
    return read_signed((folder / "giao-uoc.pdf").read_bytes()).fields


def test_each_party_has_an_empty_field_named_after_it(built: Path) -> None:
    read = read_signed((built / "giao-uoc.pdf").read_bytes())
    assert read.signatures == ()
    assert [one.unit for one in read.fields] == [unit.upper() for unit in PARTIES]
    assert [one.number for one in read.fields] == [str(number) for number in range(1, 11)]
    assert read.fields[4].name == "Ky-05-bo-lao-dong-thuong-binh-va-xa-hoi"
    assert not read.has_other_fields


def test_the_places_are_told_as_data(built: Path) -> None:
    data = json.loads((built / "giao-uoc.places.json").read_text(encoding="utf-8"))
    told = [(one["field"], one["page"], tuple(one["box"])) for one in data["places"]]
    assert told == [(one.name, one.page, one.box) for one in fields_of(built)]
    assert [one["role"] for one in data["places"]] == [["LÃNH ĐẠO"]] * 10


def test_a_field_stands_between_post_and_name(built: Path) -> None:
    """As wide as the column, as high as a seal: its middle is the room, of 25 mm, in which nothing is printed."""
    room_mm = samples.nd30().grid.room_mm
    with pypdfium2.PdfDocument(built / "giao-uoc.pdf") as document:
        for one, person in zip(fields_of(built), PARTIES.values(), strict=True):
            left, bottom, right, top = one.box
            assert (top - bottom) * POINT_MM == pytest.approx(36, abs=0.1)
            more = (36 - room_mm) / 2 / POINT_MM
            text = document[one.page - 1].get_textpage()
            assert text.get_text_bounded(left, bottom + more + 1, right, top - more - 1).strip() == ""
            above = text.get_text_bounded(left, top - more, right, top + 40)
            below = text.get_text_bounded(left, bottom - 20, right, bottom + more)
            assert "LÃNH ĐẠO" in above
            assert person in below


def test_the_file_to_sign_is_pdf_a_3b_and_the_other_one_accessible(built: Path) -> None:
    for name, profiles in {
        "giao-uoc.pdf": ["pdfa-3b"],
        "giao-uoc-ban-doc.pdf": ["pdfa-3a", "pdfua-1"],
    }.items():
        for profile in profiles:
            found = validator.validate_pdf_bytes((built / name).read_bytes(), profile=profile).failures
            assert [(one.rule_id, one.message) for one in found if "STREAM-LENGTH" not in one.rule_id] == []
    with pikepdf.open(built / "giao-uoc-ban-doc.pdf") as pdf:
        assert "/AcroForm" not in pdf.Root


def test_the_manifest_tells_all_hashes(built: Path) -> None:
    data = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    files = {
        file.name: hash_of(file.read_bytes()) for file in built.iterdir() if file.name != "manifest.json"
    }
    assert {name: one["sha256"] for name, one in data["outputs"].items()} == files
    assert data["to_sign"] == {
        "giao-uoc.pdf": {"base_sha256": files["giao-uoc.pdf"], "reading_copy": "giao-uoc-ban-doc.pdf"}
    }


def test_two_units_of_one_name_have_two_fields() -> None:
    places = [make_place(number, "Sở Y tế", (), 1, (0, 0, 1, 1)) for number in (1, 2)]
    assert [one.field for one in places] == ["Ky-01-so-y-te", "Ky-02-so-y-te"]
    assert make_place(3, "", ("GIÁM ĐỐC",), 1, (0, 0, 1, 1)).field == "Ky-03"


# --- built again ----------------------------------------------------------------------------------------


def rebuild(folder: Path, facts: Path) -> int:
    options = ["--inputs", str(facts), "--outputs", str(folder.parent), "--format", "pdf"]
    return main(["build", "2026", "pledge", *options])


def sign_one(folder: Path, authority: TrialAuthority) -> bytes:
    file, unit = folder / "giao-uoc.pdf", "Bộ Tài chính"
    key = key_of(authority.issue(unit, PARTIES[unit]))
    policy = Policy("", authority.now, is_trial=True)
    ceremony.sign(file, party(unit, key), Means(authority.now), policy)
    return file.read_bytes()


def test_a_signed_file_stays_when_nothing_changed(
    folder: Path, built: Path, authority: TrialAuthority
) -> None:
    signed, facts = sign_one(folder, authority), built.parent.parent / "inputs"
    before = base_hash(folder, "giao-uoc.pdf")

    assert rebuild(folder, facts) == 0

    assert (folder / "giao-uoc.pdf").read_bytes() == signed
    assert base_hash(folder, "giao-uoc.pdf") == before


def test_a_signed_file_is_never_overwritten(
    folder: Path, built: Path, authority: TrialAuthority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_one(folder, authority)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    facts = tmp_path / "inputs" / "2026"
    facts.mkdir(parents=True)
    text = (built.parent.parent / "inputs" / "2026" / "conference.yaml").read_text(encoding="utf-8")
    (facts / "conference.yaml").write_text(text.replace("Lê Ngọc Ánh", "Lê Ngọc Anh"), encoding="utf-8")

    assert rebuild(folder, tmp_path / "inputs") == 7

    assert "đã có chữ ký" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
