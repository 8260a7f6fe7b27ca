"""Copies of workbooks in which the findings stand as notes."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from generator.errors import InputError
from generator.findings import Finding, Place, Severity
from generator.readers.excel import read_workbook
from generator.starters.annotate import FILLS, annotate_workbook
from generator.starters.workbook import make_workbook


def finding(sheet, cell, severity=Severity.ERROR, code="x"):
    return Finding(code, severity, Place("conference.xlsx", sheet=sheet, cell=cell))


def say(found):
    return f"{found.code}: {found.place.cell}"


def make(edit=lambda page: None):
    book = openpyxl.Workbook()
    book.active.title = "Điểm"
    book.active.append(["Đơn vị", "Tổng điểm"])
    book.active.append(["A", "=1+1"])
    edit(book.active)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def annotated(content, *findings):
    return openpyxl.load_workbook(io.BytesIO(annotate_workbook(content, findings, say)))["Điểm"]


def test_a_finding_is_a_note_on_its_cell_and_a_colour():
    page = annotated(make(), finding("Điểm", "B2"))

    assert page["B2"].comment.text == "x: B2"
    assert page["B2"].fill.fgColor.rgb == FILLS[Severity.ERROR].fgColor.rgb
    assert page["B2"].value == "=1+1"
    assert page["A2"].comment is None


def test_findings_on_one_cell_share_a_note_and_the_weightiest_colours_it():
    page = annotated(
        make(), finding("Điểm", "A2", Severity.WARNING, "y"), finding("Điểm", "A2", Severity.ERROR)
    )

    assert page["A2"].comment.text == "y: A2\n\nx: A2"
    assert page["A2"].fill.fgColor.rgb == FILLS[Severity.ERROR].fgColor.rgb


def test_a_note_that_is_there_stays():
    def edit(page):
        page["A2"].comment = Comment("của tôi", "tôi")

    assert annotated(make(edit), finding("Điểm", "A2")).cell(2, 1).comment.text == "của tôi\n\nx: A2"


def test_a_finding_about_a_sheet_stands_on_its_first_cell():
    assert annotated(make(), finding("Điểm", "")).cell(1, 1).comment.text == "x: "


def test_a_finding_within_a_merged_area_stands_where_it_shows():
    page = annotated(make(lambda page: page.merge_cells("A2:B3")), finding("Điểm", "B3"))
    assert page["A2"].comment.text == "x: B3"


def test_a_blank_cell_takes_a_note():
    assert annotated(make(), finding("Điểm", "D9")).cell(9, 4).comment.text == "x: D9"


def test_findings_elsewhere_are_passed_over():
    elsewhere = Finding("x", Severity.ERROR, Place("conference.yaml", 1, 1))
    page = annotated(make(), elsewhere, finding("Khác", "A1"))
    assert not any(cell.comment for row in page.iter_rows() for cell in row)


def test_controls_in_a_sentence_do_no_harm():
    content = annotate_workbook(make(), [finding("Điểm", "A2")], lambda _: "\x07\ud800")
    assert openpyxl.load_workbook(io.BytesIO(content))["Điểm"]["A2"].comment.text == "\ufffd\ufffd"


def test_the_same_findings_give_the_same_bytes():
    content = make()
    assert annotate_workbook(content, [finding("Điểm", "A2")], say) == annotate_workbook(
        content, [finding("Điểm", "A2")], say
    )


def test_a_copy_reads_as_its_original(tmp_path):
    content = make_workbook({"members": [{"name": "A"}], "event": {"year": "2016"}})
    file = tmp_path / "a.xlsx"
    file.write_bytes(annotate_workbook(content, [finding("Đơn vị thành viên", "A2")], say))

    facts = read_workbook(file, "a.xlsx")
    assert facts.findings == []
    assert facts.value == {"members": [{"name": "A"}], "event": {"year": "2016"}}


def test_a_workbook_that_is_not_opened_is_refused():
    with pytest.raises(InputError) as caught:
        annotate_workbook(b"x", [], say)
    assert [found.code for found in caught.value.findings] == ["workbook-not-xlsx"]
