"""The matrix of cross-scores in a workbook: what it holds, what may be typed, and that it reads back."""

from __future__ import annotations

import copy
import io
import json
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import MultiCellRange

from generator.checking import check_facts
from generator.readers.excel import read_workbook
from generator.readers.package import MOST_RATIO
from generator.readers.sheets import MATRIX, SUMMARY
from generator.starters.workbook import make_workbook
from tests.starters.score_samples import make_criteria, make_facts, make_points


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def read_back(tmp_path, content):
    file = tmp_path / "conference.xlsx"
    file.write_bytes(content)
    return read_workbook(file, "conference.xlsx")


def by_full_names(facts):
    """Return *facts* with units called by their full names in the scores."""
    again = copy.deepcopy(facts)
    names = {name: one["name"] for one in facts["members"] for name in one.values()}
    for mark in again["scoring"].get("marks", []):
        mark["unit"], mark["scorer"] = names[mark["unit"]], names[mark["scorer"]]
    return again


def without(facts, *names):
    return {**facts, "scoring": {key: value for key, value in facts["scoring"].items() if key not in names}}


TEN = make_facts(10, rounding={"digits": "2"})
EMPTY = without(TEN, "marks", "rows")
BOOK = make_workbook(EMPTY)


# --- there and back -------------------------------------------------------------------------------------

FACTS = {
    "ten units": TEN,
    "twenty-four units": make_facts(24),
    "weights": make_facts(3, criteria=make_criteria(("2", "30%", "0,5", None, "1,25"))),
    "marks for oneself": make_facts(3, self_marked=True),
    "no criteria": {**TEN, "scoring": {"scale_max": "100", "marks": [{"unit": "BNV", "scorer": "BTC", "points": ["95,50"]}]}},
    "a gap": {**TEN, "scoring": {"criteria": make_criteria(), "marks": [{"unit": "BNV", "scorer": "BTC", "points": ["40", "–", "06", "10", "1.000"]}]}},
    "words for a highest": {**TEN, "scoring": {"criteria": [{"name": "A", "highest": "40 điểm"}], "marks": [{"unit": "BNV", "scorer": "BTC", "points": ["40"]}]}},
}  # fmt: skip


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
def test_marks_are_read_back_as_they_were(tmp_path, facts):
    again = read_back(tmp_path, make_workbook(facts))

    assert again.findings == []
    assert again.value == by_full_names(facts)
    marks = opened(make_workbook(facts))["Phiếu chấm điểm"]
    assert marks.max_row == 1
    assert again.place_of(("scoring", "marks", 0, "points", 0)).sheet == MATRIX.name


def test_a_unit_may_be_called_like_a_heading_that_is_passed_over(tmp_path):
    members = [{"name": "Thanh tra tỉnh", "short": "TT", "id": "stt"}, {"name": "Sở Y tế", "short": "SYT"}]
    marks = [
        {"unit": "stt", "scorer": "SYT", "points": ["9"]},
        {"unit": "SYT", "scorer": "TT", "points": ["8"]},
    ]
    content = make_workbook({"members": members, "scoring": {"marks": marks}})
    again = read_back(tmp_path, content)

    assert [cell.value for cell in opened(content)[MATRIX.name][2]][4:6] == ["Thanh tra tỉnh", "SYT"]
    assert (again.findings, again.value["scoring"]["marks"]) == (
        [],
        [
            {"unit": "Thanh tra tỉnh", "scorer": "Sở Y tế", "points": ["9"]},
            {"unit": "Sở Y tế", "scorer": "Thanh tra tỉnh", "points": ["8"]},
        ],
    )


@pytest.mark.parametrize(
    "marks",
    [
        [{"unit": "BNV", "scorer": "Thường trực Khối", "points": ["40", "20", "20", "10", "10"]}],
        [{"unit": "Kho bạc", "scorer": "BNV", "points": ["40", "20", "20", "10", "10"]}],
        [{"unit": "BNV", "scorer": "BTC", "points": ["40", "20"]}],
        [{"unit": "BNV", "scorer": "BTC", "points": ["40", "20", "20", "10", "mười"]}],
        [{"unit": "BNV", "scorer": "BTC", "points": ["–", "–", "–", "–", "–"]}],
        [{"unit": "BNV", "scorer": "BTC", "points": make_points(1, 2)}] * 2,
    ],
    ids=["scorer from outside", "unit from outside", "too few points", "words", "nothing given", "twice"],
)
def test_marks_that_no_matrix_can_hold_stay_on_their_list(tmp_path, marks):
    facts = {**TEN, "scoring": {"criteria": make_criteria(), "marks": marks}}
    again = read_back(tmp_path, make_workbook(facts))

    assert again.findings == []
    assert again.value == facts
    assert again.place_of(("scoring", "marks", 0)).sheet == "Phiếu chấm điểm"


def test_own_points_that_no_matrix_can_hold_stay_on_their_list(tmp_path):
    facts = {
        **TEN,
        "scoring": {"criteria": make_criteria(), "rows": [{"unit": "BNV", "self_points": ["1", "2"]}]},
    }
    again = read_back(tmp_path, make_workbook(facts))

    assert (again.findings, again.value) == ([], facts)


@pytest.mark.parametrize(
    "members",
    [
        [],
        [{"name": "A"}],
        [{"name": "A"}, {"name": "a"}],
        [{"name": "A"}, {"name": "Tự chấm"}],
        [{"name": "A", "short": "B"}, {"name": "B"}],
        [{"name": f"Đơn vị {at}"} for at in range(180)],
    ],
    ids=["none", "one", "alike", "a heading", "the abbreviation of another", "too many"],
)
def test_without_members_to_tell_apart_there_is_no_matrix(tmp_path, members):
    content = make_workbook({"members": members})

    assert not {MATRIX.name, SUMMARY} & set(opened(content).sheetnames)
    assert read_back(tmp_path, content).findings == []


def test_an_abbreviation_that_two_share_heads_no_column():
    members = [
        {"name": "Ban A", "short": "BA"},
        {"name": "Ban B", "short": "BA"},
        {"name": "Ban C", "short": "BC"},
    ]
    page = opened(make_workbook({"members": members}))[MATRIX.name]
    assert [page.cell(2, column).value for column in range(5, 8)] == ["BA", "Ban B", "BC"]


def test_a_workbook_of_many_units_is_far_from_the_limits():
    with zipfile.ZipFile(io.BytesIO(make_workbook(make_facts(24)))) as archive:
        members = archive.infolist()
    assert sum(one.file_size for one in members) < MOST_RATIO / 2 * sum(one.compress_size for one in members)


def test_the_same_facts_give_the_same_bytes():
    assert make_workbook(EMPTY) == BOOK


# --- what the rules say of a mark -----------------------------------------------------------------------

MISTAKES = {
    "too high": ("F15", 40.5, "mark-above-highest"),
    "words": ("F15", "ba mươi", "mark-unreadable"),
    "negative": ("H17", -1, "mark-negative"),
    "missing": ("F17", None, "mark-missing"),
    "own score too high": ("D9", 41, "mark-above-highest"),
}


@pytest.mark.parametrize(("spot", "value", "code"), MISTAKES.values(), ids=MISTAKES)
def test_a_finding_about_a_mark_names_its_cell(tmp_path, spot, value, code):
    facts = make_facts(4, rounding={"digits": "2"}, self_score="shown", cross_score="mean", drop_self="có")
    folder = tmp_path / "2016"
    folder.mkdir()
    book = opened(make_workbook(facts))
    book[MATRIX.name][spot].value = value
    book.save(folder / "conference.xlsx")

    found = [(one.code, one.place.sheet, one.place.cell) for one in check_facts(folder).findings]
    assert (code, MATRIX.name, spot) in found


def test_a_mark_in_ones_own_cell_is_found_there(tmp_path):
    folder = tmp_path / "2016"
    folder.mkdir()
    book = opened(make_workbook(make_facts(3, rounding={"digits": "2"}, drop_self="có")))
    for row in range(3, 8):
        book[MATRIX.name].cell(row, 5).value = 5
    book.save(folder / "conference.xlsx")

    (found,) = [one for one in check_facts(folder).findings if one.code == "self-marked"]
    assert (found.place.sheet, found.place.cell) == (MATRIX.name, "E2")


# --- what a clerk sees ----------------------------------------------------------------------------------


def test_each_unit_has_a_row_for_each_criterion_and_one_for_sums():
    page = opened(BOOK)[MATRIX.name]
    labels = [(page.cell(row, 1).value, page.cell(row, 2).value) for row in range(3, 63)]

    assert [page.cell(2, column).value for column in range(1, 6)] == [
        "Đơn vị được chấm",
        "Tiêu chí",
        "Điểm tối đa",
        "Tự chấm",
        "BNV",
    ]
    assert labels[:6] == [("Bộ Nội vụ", f"{one['number']}. {one['name']}") for one in make_criteria()] + [
        ("Bộ Nội vụ", "Cộng")
    ]
    assert [unit for unit, _ in labels[::6]] == [member["name"] for member in TEN["members"]]
    assert [page.cell(row, 3).value for row in range(3, 8)] == [40, 20, 20, 10, 10]
    assert [page.cell(2, column).value for column in (15, 16, 17)] == ["Số phiếu", "Trung bình", "Chênh lệch"]


def test_without_criteria_each_unit_has_one_row():
    page = opened(make_workbook({**TEN, "scoring": {"scale_max": "1000"}}))[MATRIX.name]
    assert [page.cell(row, 2).value for row in range(3, 7)] == ["Tổng điểm", "Cộng", "Tổng điểm", "Cộng"]
    assert page["C3"].value == 1000


def test_only_marks_can_be_typed_and_no_password_is_needed():
    book = opened(BOOK)
    for name in (MATRIX.name, SUMMARY):
        assert book[name].protection.sheet
        assert book[name].protection.password is None
    assert not book["Điểm"].protection.sheet

    page = book[MATRIX.name]
    unlocked = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    wanted = {
        page.cell(3 + 6 * unit + line, column).coordinate
        for unit in range(10)
        for line in range(5)
        for column in range(4, 15)
        if column != 5 + unit
    }
    assert unlocked == wanted
    summary = book[SUMMARY]
    assert all(cell.protection.locked for row in summary.iter_rows() for cell in row)


def test_ones_own_cells_are_grey_and_say_why():
    page = opened(BOOK)[MATRIX.name]
    grey = page["E3"].fill.fgColor.rgb

    assert [page.cell(row, 5).fill.fgColor.rgb for row in range(3, 9)] == [grey] * 6
    assert page["F3"].fill.fgColor.rgb != grey
    assert page["F9"].fill.fgColor.rgb == grey
    assert "không chấm cho chính mình" in page["E3"].comment.text
    assert page["E8"].value is None


def test_where_own_sheets_count_nothing_is_grey():
    page = opened(make_workbook({**EMPTY, "scoring": {**EMPTY["scoring"], "drop_self": "không"}}))[
        MATRIX.name
    ]
    assert not page["E3"].protection.locked
    assert page["E3"].comment is None
    assert page["E8"].value.startswith("=")


def test_a_mark_is_a_number_from_nought_to_the_highest():
    page = opened(BOOK)[MATRIX.name]
    (limit,) = page.data_validations.dataValidation

    assert (limit.type, limit.operator, limit.formula1, limit.formula2) == ("decimal", "between", "0", "$C3")
    assert (limit.showErrorMessage, limit.allow_blank) == (True, True)
    assert "điểm tối đa" in limit.error
    assert limit.sqref == MultiCellRange([f"D{row}:N{row + 4}" for row in range(3, 63, 6)])


def test_where_no_highest_is_known_a_mark_is_at_least_nought():
    page = opened(make_workbook({"members": TEN["members"]}))[MATRIX.name]
    (limit,) = page.data_validations.dataValidation
    assert (limit.operator, limit.formula1, limit.formula2) == ("greaterThanOrEqual", "0", None)


def test_sums_and_figures_are_formulas_without_the_units_own_cell():
    page = opened(BOOK)[MATRIX.name]

    assert page["F8"].value == '=IF(COUNT(F3:F7)=0,"",IF(COUNT(F3:F7)<ROWS(F3:F7),"thiếu",SUM(F3:F7)))'
    assert page["O9"].value == "=COUNT(E9:E9,G9:N9)"
    assert page["P8"].value == '=IF(COUNT(E8:N8)=0,"",AVERAGE(E8:N8))'
    assert page["Q8"].value == '=IF(COUNT(E8:N8)=0,"",MAX(E8:N8)-MIN(E8:N8))'
    assert page["A63"].value == "Số đơn vị đã chấm"
    assert page["E63"].value.startswith("=COUNT(E8,E14,")


def test_weights_of_criteria_have_a_column_and_count():
    page = opened(make_workbook(make_facts(3, criteria=make_criteria(("2", "30%", None, None, None)))))[
        MATRIX.name
    ]

    assert [page.cell(row, 4).value for row in range(2, 6)] == ["Hệ số", 2, 0.3, 1]
    assert page["D4"].number_format == "00%"
    assert "SUMPRODUCT($" not in page["G8"].value
    assert "SUMPRODUCT(D3:D7,G3:G7)" in page["G8"].value


def test_missing_marks_show():
    page = opened(BOOK)[MATRIX.name]
    rules = {
        str(where.sqref): rule.formula for where, (rule, *_) in page.conditional_formatting._cf_rules.items()
    }

    assert rules["D3:N7"] == ["AND(ISBLANK(D3),COUNT(D$3:D$7)>0)"]
    assert rules["F8:N8"] == ['AND(F8="",COUNT($E8:$N8)>0)']
    assert rules["E14 G14:N14"] == ['AND(E14="",COUNT($E14:$N14)>0)']


@pytest.mark.parametrize("name", [MATRIX.name, SUMMARY])
def test_sheets_of_scores_are_printed_across_with_their_headings(name):
    page = opened(BOOK)[name]

    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$2:$2"
    assert "năm 2016" in page.oddHeader.center.text
    assert page.freeze_panes == ("D3" if name == MATRIX.name else "B3")


def test_a_wide_matrix_is_printed_on_large_paper():
    assert opened(BOOK)[MATRIX.name].page_setup.paperSize == 9
    assert opened(make_workbook(make_facts(24)))[MATRIX.name].page_setup.paperSize == 8


@pytest.mark.sdk
def test_the_file_is_as_the_schema_wants_it(tmp_path):
    """But for the order of what a font says, which openpyxl has its own way with, and Excel reads all the same."""
    file = tmp_path / "conference.xlsx"
    file.write_bytes(make_workbook(TEN))
    run = subprocess.run(["ooxml-validator", file], capture_output=True, check=False, timeout=300)
    errors = json.loads(run.stdout)["errors"]
    assert [error for error in errors if error["path"] != "/xl/styles.xml"] == []
    assert {error["xPath"].partition("/x:fonts")[0] for error in errors} <= {"/x:styleSheet[1]"}


def test_formulas_are_those_that_every_spreadsheet_knows():
    """No function that came after Excel 2007, and none that answers with more than one cell."""
    known = {
        "AND", "ABS", "AVERAGE", "COUNT", "COUNTIF", "IF", "INT", "ISNUMBER", "ISTEXT", "LARGE", "MATCH", "MAX",
        "MIN", "NOT", "OR", "RANK", "ROUND", "ROUNDDOWN", "ROWS", "SMALL", "SUM", "SUMPRODUCT",
    }  # fmt: skip
    ties = ["chấm chéo", "II", "điểm trừ"]
    rounding = {"digits": "1", "way": "half_even"}
    books = [
        make_workbook(make_facts(4, ties=ties, rounding=rounding)),
        make_workbook(
            make_facts(6, drop_extremes="1", ties=["chấm chéo"], rounding={"digits": "1", "way": "down"})
        ),
    ]
    texts = [
        cell.value
        for content in books
        for name in (MATRIX.name, SUMMARY)
        for row in opened(content)[name].iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    used = {
        token.value
        for text in texts
        for token in openpyxl.formula.Tokenizer(text).items
        if token.type == "FUNC"
    }
    assert {name.rstrip("(") for name in used if name != ")"} <= known
    assert max(map(len, texts)) < 8192
