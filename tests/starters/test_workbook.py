"""Empty workbooks and filled ones: what is in them, and that they say what the facts say."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.readers.excel import read_workbook
from generator.readers.package import MOST_RATIO
from generator.readers.sheets import ANSWERS, FACTS, GENERAL, GUIDE, SHEETS, Form
from generator.readers.tables import fold
from generator.readers.yaml import read_yaml
from generator.starters.workbook import make_workbook
from generator.vietnamese import clean_text, find_forbidden, looks_like_legacy_encoding

ROOT = Path(__file__).resolve().parent.parent.parent
CONFERENCES = sorted(
    [*ROOT.glob("inputs/*/conference.yaml"), *ROOT.glob("tests/conferences/*/conference.yaml")]
)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def read_back(tmp_path, content):
    file = tmp_path / "conference.xlsx"
    file.write_bytes(content)
    return read_workbook(file, "conference.xlsx")


def without_unknown(value):
    """Return *value* without what is None or an empty list: a workbook has no way to say "there are none"."""
    if isinstance(value, dict):
        kept = {key: without_unknown(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner is not None and inner != []}
    if isinstance(value, list):
        return [without_unknown(inner) for inner in value]
    return value


def split_bare_records(facts):
    """Let each item of a record that says nothing else be a record of its own: so a workbook has it."""
    for owner, name, inner in (("attendance", "groups", "people"), ("pledge", "contents", "targets")):
        if name in facts.get(owner, {}):
            records = facts[owner][name]
            facts[owner][name] = [
                part
                for record in records
                for part in (
                    [{inner: [item]} for item in record[inner]] if set(record) == {inner} else [record]
                )
            ]
    return facts


def sort_marks(facts):
    """Let the marks of *facts* stand in one order, with the members' full names: so a matrix gives them."""
    names = {
        str(name): member["name"]
        for member in facts.get("members", [])
        for name in (*member.get("aliases", []), *map(member.get, ("name", "short", "id")))
    }
    for mark in facts.get("scoring", {}).get("marks", []):
        mark |= {key: names.get(mark[key], mark[key]) for key in ("unit", "scorer")}
    facts.get("scoring", {}).get("marks", []).sort(key=lambda mark: (mark["unit"], mark["scorer"]))
    return facts


@pytest.mark.parametrize("file", CONFERENCES, ids=lambda file: file.parent.name)
def test_a_workbook_of_a_conference_says_the_same(tmp_path, file):
    facts = read_yaml(file, "conference.yaml").value
    again = read_back(tmp_path, make_workbook(facts))

    assert again.findings == []
    assert sort_marks(again.value) == sort_marks(split_bare_records(without_unknown(facts)))


EMPTY = make_workbook({})


def test_an_empty_workbook_gives_nothing(tmp_path):
    facts = read_back(tmp_path, EMPTY)
    assert (facts.findings, facts.value or {}) == ([], {})


def test_each_list_has_its_sheet_after_the_guide():
    names = [sheet.name for sheet in SHEETS]
    assert opened(EMPTY).sheetnames == [GUIDE, GENERAL.name, *names]
    assert opened(make_workbook({}, general=False)).sheetnames == [GUIDE, *names]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_each_heading_is_there_with_a_note_and_what_may_be_chosen(sheet):
    page = opened(EMPTY)[sheet.name]
    choices = {str(choice.sqref).partition(":")[0]: choice for choice in page.data_validations.dataValidation}

    assert page.freeze_panes == "B2"
    for cell, field in zip(page[1], sheet.columns, strict=True):
        assert fold(cell.value) == fold(field.heading)
        assert cell.font.bold
        assert field.note in cell.comment.text
        assert field.example in cell.comment.text
        choice = choices.pop(f"{cell.column_letter}2", None)
        words = ANSWERS if field.form is Form.ANSWER else field.words
        if words:
            assert choice.formula1 == f'"{",".join(several[0] for several in words.values())}"'
            assert choice.showErrorMessage
        elif field.form is Form.UNIT:
            assert (choice.formula1, choice.showErrorMessage) == ("DonVi", False)
        else:
            assert choice is None
        expected = "General" if field.form in {Form.COUNT, Form.SCORE} else "@"
        assert page.column_dimensions[cell.column_letter].number_format == expected
    assert not choices


def test_the_general_sheet_names_every_single_fact():
    labels = [cell.value for cell in opened(EMPTY)[GENERAL.name]["A"]]
    assert [label for label in labels if label in {field.heading for field in FACTS}] == [
        field.heading for field in FACTS
    ]


def test_the_guide_leads_to_every_sheet():
    page = opened(EMPTY)[GUIDE]
    targets = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert targets == [f"'{sheet.name}'!A1" for sheet in (GENERAL, *SHEETS)]


def test_the_units_to_choose_are_the_members():
    assert opened(EMPTY).defined_names["DonVi"].attr_text.startswith("OFFSET('Đơn vị thành viên'!$A$2,0,0,")


def test_the_same_facts_give_the_same_bytes_without_the_clock():
    facts = {"members": [{"name": "A"}]}
    content = make_workbook(facts)

    assert content == make_workbook(facts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"created|modified|20\d\d-\d\d-\d\d", archive.read("docProps/core.xml"))


def test_a_workbook_of_ours_is_far_from_the_limits():
    with zipfile.ZipFile(io.BytesIO(EMPTY)) as archive:
        members = archive.infolist()
    assert sum(member.file_size for member in members) < MOST_RATIO / 2 * sum(
        member.compress_size for member in members
    )


def test_text_stays_text_whatever_it_looks_like(tmp_path):
    texts = ["=HYPERLINK(1)", "+84", "-1", "@x", "0123", "30/3", "1e5", "TRUE", "#N/A", "06/6", "2016"]
    content = make_workbook({"members": [{"name": text} for text in texts]})

    cells = opened(content)["Đơn vị thành viên"]["A"][1:]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (text, "s", "@") for text in texts
    ]
    assert read_back(tmp_path, content).value == {"members": [{"name": text} for text in texts]}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_any_text_is_written_and_read_back(tmp_path, texts):
    clean = [" ".join(clean_text(text.replace("\n", " ")).text.split()) for text in texts]
    usable = [
        text
        for text in clean
        if text
        and not find_forbidden(text)
        and not looks_like_legacy_encoding(text)
        and clean_text(text).text == text
    ]
    facts = read_back(tmp_path, make_workbook({"members": [{"name": text} for text in usable]}))

    assert facts.findings == []
    assert [member["name"] for member in (facts.value or {"members": []})["members"]] == usable


@settings(deadline=None, max_examples=10)
@given(st.text(max_size=40))
def test_no_text_breaks_a_workbook(text):
    assert opened(make_workbook({"members": [{"name": text}]}))
