"""Numbered originals of the pledge: one for each party, in the order of signatures, and nothing else changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.inspection.readback.words import words_of_docx
from generator.model.parties import list_copies
from generator.readers.conference import read_conference
from generator.tree import document_text

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
INPUTS = ROOT / "inputs"


def build(outputs: Path, *options: str) -> int:
    return main(["build", *options, "--inputs", str(INPUTS), "--outputs", str(outputs)])


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_each_party_and_the_archive_gets_an_original(tmp_path):
    assert build(tmp_path, "mau", "pledge", "--copies", "--format", "docx") == 0

    numbered = [f"giao-uoc-ban-{number:02d}.docx" for number in range(1, 13)]
    assert names(tmp_path / "mau") == [*numbered, "giao-uoc.docx", "manifest.json"]
    for number, name in enumerate(numbered, start=1):
        words = " ".join(words_of_docx((tmp_path / "mau" / name).read_bytes()))
        assert f"Bản số: {number}/12" in words
    assert "Bản số" not in " ".join(words_of_docx((tmp_path / "mau" / "giao-uoc.docx").read_bytes()))


@pytest.mark.parametrize("unit", ["snn", "Sở Nông nghiệp và Môi trường tỉnh Hoa Ban"])
def test_a_unit_gets_its_own_by_id_or_name(tmp_path, unit):
    assert build(tmp_path, "mau", "pledge", "--copy-for", unit) == 0

    conference = read_conference(INPUTS / "mau").conference
    (copy,) = [one for one in list_copies(conference) if one.unit == conference.name_of(unit)]
    number = f"{copy.number:02d}"
    assert names(tmp_path / "mau") == [
        f"giao-uoc-ban-{number}.docx",
        f"giao-uoc-ban-{number}.pdf",
        "giao-uoc-ban-doc.pdf",
        "giao-uoc.docx",
        "giao-uoc.pdf",
        "giao-uoc.places.json",
        "manifest.json",
    ]


def test_originals_differ_from_the_pledge_in_their_number_alone():
    conference = read_conference(INPUTS / "mau").conference
    kind = load_kind(TEMPLATES, "pledge")
    plain = document_text(compose_document(kind, conference, TEMPLATES)).splitlines()

    for copy in list_copies(conference):
        lines = document_text(compose_document(kind, conference, TEMPLATES, copy)).splitlines()
        assert [line for line in lines if line not in plain] == [f"Bản số: {copy.number}/{copy.total}"]
        assert [line for line in plain if line not in lines] == []


def test_blank_parties_have_originals_too(tmp_path):
    assert build(tmp_path, "2016", "pledge", "--copies", "--format", "docx") == 0

    assert len(names(tmp_path / "2016")) == 12


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("mau", "pledge", "--copy-for", "Sở Ngoại vụ"), "Sở Nội vụ tỉnh Hoa Ban"),
        (("2016", "minutes", "--copies"), "không có bản đánh số"),
        (("2016", "minutes", "--format", "html"), "không có định dạng"),
        (("2016", "pledge", "--copies", "--copy-for", "bnv"), "copy-for"),
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path, capsys, options, words):
    assert build(tmp_path, *options) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / options[0]).exists()


def test_kinds_without_facts_are_left_out_and_named(tmp_path, capsys):
    year = tmp_path / "inputs" / "2019"
    year.mkdir(parents=True)
    facts = "event: {kind: tong_ket, year: 2019}\nblock: {name: Khối thi đua giả định}\n"
    (year / "conference.yaml").write_text(facts, encoding="utf-8")
    common = ["--inputs", str(tmp_path / "inputs"), "--outputs", str(tmp_path / "out"), "--format", "docx"]

    assert main(["build", "2019", *common]) == 0
    assert "giao-uoc.docx" not in names(tmp_path / "out" / "2019")
    assert "Không soạn Bản giao ước thi đua" in capsys.readouterr().out
    assert main(["build", "2019", "pledge", *common]) == 0
    assert "giao-uoc.docx" in names(tmp_path / "out" / "2019")


@pytest.mark.parametrize(
    ("day", "regime"), [("04/03/2020", "Thông tư 01/2011"), ("05/03/2020", "Nghị định 30")]
)
@pytest.mark.parametrize(
    "place", ["pledge: {signed: yes, date: %s}", "pledge: {signed: yes}\npapers: {pledge: {date: %s}}"]
)
def test_the_date_of_the_pledge_chooses_its_regime_wherever_it_is_told(tmp_path, capsys, day, regime, place):
    year = tmp_path / "inputs" / "2019"
    year.mkdir(parents=True)
    facts = "event: {kind: tong_ket, year: 2019}\nblock: {name: Khối thi đua giả định}\n" + place % day
    (year / "conference.yaml").write_text(facts, encoding="utf-8")
    common = ["--inputs", str(tmp_path / "inputs"), "--outputs", str(tmp_path / "out"), "--format", "docx"]

    assert main(["build", "2019", "pledge", *common]) == 0
    assert f"Thể thức: {regime}" in capsys.readouterr().out


def test_what_was_made_is_told_as_data(tmp_path, capsys):
    assert build(tmp_path, "mau", "pledge", "--copy-for", "snv", "--format", "docx", "--json") == 0

    written = json.loads(capsys.readouterr().out)["written"]
    assert [Path(file).name for file in written] == ["giao-uoc.docx", "giao-uoc-ban-01.docx"]
