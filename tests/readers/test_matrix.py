"""The sheet “Chấm chéo”: marks from their own cells, whatever a clerk did to rows and columns."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from generator.findings import Place
from generator.readers.conference import make_conference
from generator.readers.csv import read_csv
from generator.readers.excel import read_workbook
from generator.readers.merge import merge_facts
from generator.readers.yaml import read_yaml

C = "Chấm chéo"
MEMBERS = [
    ["Tên đơn vị", "Tên viết tắt", "Mã"],
    ["Bộ Nội vụ", "BNV", "bnv"],
    ["Bộ Tài chính", "BTC"],
    ["Bộ Tư pháp"],
]
CRITERIA = [
    ["Số thứ tự tiêu chí", "Tên tiêu chí", "Điểm tối đa"],
    ["I", "Nhiệm vụ", 60],
    ["II", "Phong trào", 40],
]
HEADINGS = ["Đơn vị được chấm", "Tiêu chí", "Điểm tối đa", "Tự chấm", "BNV", "BTC", "Bộ Tư pháp", "Số phiếu"]
MATRIX = [
    ["Ghi điểm vào các ô trắng."],
    HEADINGS,
    ["Bộ Nội vụ", "I. Nhiệm vụ", 60, 58, None, 55, 57.5, 2],
    ["Bộ Nội vụ", "II. Phong trào", 40, 39, None, 38, 36, 2],
    ["Bộ Nội vụ", "Cộng", 100, 97, None, 93, 93.5, 2],
    ["Bộ Tài chính", "I. Nhiệm vụ", 60, None, 50, None, None, 1],
    ["Bộ Tài chính", "II. Phong trào", 40, None, None, None, None, 0],
    ["Bộ Tài chính", "Cộng", 100, None, "thiếu", None, None, 0],
    ["Bộ Tư pháp", "I. Nhiệm vụ", 60, None, None, None, None, 0],
    ["Bộ Tư pháp", "II. Phong trào", 40, None, None, None, None, 0],
    ["Bộ Tư pháp", "Cộng", 100, None, None, None, None, 0],
    ["Số đơn vị đã chấm", None, None, None, 0, 1, 1],
]
MARKS = [
    {"unit": "Bộ Nội vụ", "scorer": "Bộ Tài chính", "points": ["55", "38"]},
    {"unit": "Bộ Nội vụ", "scorer": "Bộ Tư pháp", "points": ["57,5", "36"]},
    {"unit": "Bộ Tài chính", "scorer": "Bộ Nội vụ", "points": ["50", "–"]},
]
OWN = [{"unit": "Bộ Nội vụ", "self_points": ["58", "39"]}]


def make(matrix=MATRIX, edit=None, members=MEMBERS, criteria=CRITERIA, **more):
    """Return a workbook with members, criteria and a *matrix*, whose sheet *edit* may change."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {C: matrix, "Đơn vị thành viên": members, "Tiêu chí chấm điểm": criteria, **more}
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    if edit:
        edit(book[C])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture
def read(tmp_path):
    def read(content):
        file = tmp_path / "conference.xlsx"
        file.write_bytes(content)
        return read_workbook(file, "conference.xlsx")

    return read


def spots(facts):
    return [(found.code, f"{found.place.sheet}!{found.place.cell}") for found in facts.findings]


def cell(spot):
    return Place("conference.xlsx", sheet=C, cell=spot)


# --- what is read ---------------------------------------------------------------------------------------


def test_each_scorer_and_unit_that_share_a_mark_are_a_score_sheet(read):
    """The matrix stands before the sheets on which its reading rests."""
    facts = read(make())

    assert facts.findings == []
    assert facts.value["scoring"]["marks"] == MARKS
    assert facts.value["scoring"]["rows"] == OWN


def test_each_point_has_the_place_of_its_own_cell(read):
    facts = read(make())

    marks = ("scoring", "marks")
    assert facts.place_of((*marks, 0, "points", 0)) == cell("F3")
    assert facts.place_of((*marks, 1, "points", 1)) == cell("G4")
    assert facts.place_of((*marks, 2, "points", 1)) == cell("E7")  # the one that was not given
    assert facts.place_of((*marks, 2, "unit")) == cell("A6")
    assert facts.place_of((*marks, 2, "scorer")) == cell("E2")
    assert facts.place_of(("scoring", "rows", 0, "self_points", 1)) == cell("D4")


def test_rows_and_columns_may_stand_in_any_order(read):
    columns = [6, 1, 7, 0, 4, 3, 5, 2]
    rows = [MATRIX[0], *([row[at] for at in columns] for row in MATRIX[1:-1])]
    rows[2:] = sorted(rows[2:], key=lambda row: (str(row[1]), str(row[3])), reverse=True)
    facts = read(make(rows))

    assert facts.findings == []
    assert sorted(map(str, facts.value["scoring"]["marks"])) == sorted(map(str, MARKS))
    assert facts.value["scoring"]["rows"] == OWN


def test_rows_and_columns_of_ones_own_are_passed_over(read):
    rows = [[*row, None, None] for row in MATRIX]
    rows[1][8:] = ["Ghi chú", "STT"]
    rows[2][8:] = ["đã gọi điện", 1]
    rows.insert(5, [None] * 10)
    rows.append(["Người lập biểu"])
    facts = read(make(rows))

    assert facts.findings == []
    assert facts.value["scoring"]["marks"] == MARKS


def test_units_and_criteria_are_known_by_all_their_names(read):
    rows = [list(row) for row in MATRIX]
    rows[1][4:7] = ["bnv", "bộ tài chính", "BỘ TƯ PHÁP"]
    rows[2][0], rows[3][0] = "BNV", "bnv"
    rows[2][1], rows[3][1] = "Nhiệm vụ", "II"
    facts = read(make(rows))

    assert facts.findings == []
    assert facts.value["scoring"]["marks"] == MARKS


def test_a_matrix_without_marks_says_nothing_whatever_else_it_holds(read):
    rows = [row[:4] for row in MATRIX]
    for row in rows[2:]:
        row[3:] = [None]
    rows[2][0] = "Bộ Nội vu"
    facts = read(make([*rows[:1], [*HEADINGS, "Lạ"], *rows[2:]]))

    assert facts.findings == []
    assert "scoring" not in facts.value or "marks" not in facts.value["scoring"]


def test_without_criteria_there_is_one_figure_for_each_unit(read):
    rows = [HEADINGS, ["Bộ Nội vụ", "Tổng điểm", None, 97, None, 93, 93.5], ["Bộ Nội vụ", "Cộng"]]
    facts = read(make(rows, criteria=[]))

    assert facts.findings == []
    assert facts.value["scoring"]["marks"] == [
        {"unit": "Bộ Nội vụ", "scorer": "Bộ Tài chính", "points": ["93"]},
        {"unit": "Bộ Nội vụ", "scorer": "Bộ Tư pháp", "points": ["93,5"]},
    ]
    assert "criteria" not in facts.value["scoring"]


def test_criteria_that_only_the_matrix_names_are_the_criteria(read):
    rows = [[*row, weight] for row, weight in zip(MATRIX, [None, "Hệ số", 2, 1, *[None] * 8], strict=True)]
    for row in rows[5:-1]:
        if row[1] != "Cộng":
            row[8] = 2 if row[1].startswith("I.") else 1
    facts = read(make(rows, criteria=[]))

    assert facts.findings == []
    assert facts.value["scoring"]["criteria"] == [
        {"name": "I. Nhiệm vụ", "highest": "60", "weight": "2"},
        {"name": "II. Phong trào", "highest": "40", "weight": "1"},
    ]
    assert facts.value["scoring"]["marks"] == MARKS
    assert facts.place_of(("scoring", "criteria", 1, "highest")) == cell("C4")


def test_without_members_whoever_heads_a_column_is_a_scorer(read):
    facts = read(make(members=[]))

    assert facts.findings == []
    assert [mark["scorer"] for mark in facts.value["scoring"]["marks"]] == ["BTC", "Bộ Tư pháp", "BNV"]


def test_own_points_go_to_the_row_that_the_unit_has(read):
    scores = [["Đơn vị", "Điểm thưởng"], ["Bộ Tài chính", 1], ["BNV", 2]]
    facts = read(make(Điểm=scores))

    assert facts.findings == []
    assert facts.value["scoring"]["rows"] == [
        {"unit": "Bộ Tài chính", "bonus": "1"},
        {"unit": "BNV", "bonus": "2", "self_points": ["58", "39"]},
    ]


def test_a_mark_for_oneself_is_read(read):
    facts = read(make(edit=lambda page: page.__setitem__("E3", 60)))

    assert facts.findings == []
    own = {"unit": "Bộ Nội vụ", "scorer": "Bộ Nội vụ", "points": ["60", "–"]}
    assert own in facts.value["scoring"]["marks"]


def test_words_for_a_mark_are_left_to_the_rules(read):
    facts = read(make(edit=lambda page: page.__setitem__("F3", "năm mươi")))

    assert facts.value["scoring"]["marks"][0]["points"] == ["năm mươi", "38"]


def test_the_whole_is_a_conference(tmp_path, read):
    file = tmp_path / "conference.yaml"
    file.write_text("event: {kind: tong_ket, year: 2016}\nblock: {name: K}\n", encoding="utf-8")
    reading = make_conference(merge_facts([read_yaml(file, "conference.yaml"), read(make())]))

    assert reading.findings == ()
    assert reading.conference.scoring.marks[1].points == ["57,5", "36"]


# --- what is named --------------------------------------------------------------------------------------


def put(**cells):
    def edit(page):
        for spot, value in cells.items():
            page[spot] = value

    return edit


def hide(page):
    page.row_dimensions[4].hidden = page.column_dimensions["F"].hidden = True


DEFECTS = {
    "unknown scorer": (put(E2="Kho bạc"), [("unknown-scorer", "E2")]),
    "misspelt scorer": (put(G2="Bộ Tư phap"), [("unknown-scorer-meant", "G2")]),
    "scorer twice": (put(H2="Bộ Tài chính"), [("heading-twice", "H2")]),
    "column without heading": (put(I3="x"), [("column-without-heading", "I3")]),
    "unknown unit": (put(A6="Kho bạc"), [("unknown-unit", "A6")]),
    "misspelt unit": (put(A6="Bộ Tài chinh", A7="Bộ Tài chinh"), [("unknown-unit-meant", "A6"), ("unknown-unit-meant", "A7")]),
    "unknown criterion": (put(B9="Khác"), [("unknown-criterion", "B9")]),
    "misspelt criterion": (put(B6="Nhiệm vu"), [("unknown-criterion-meant", "B6")]),
    "criterion without row": (put(A7="Cộng", B7="Cộng"), [("criterion-missing", "A6")]),
    "criterion twice": (put(B5="II", C5=40), [("criterion-twice", "B5")]),
    "unit twice": (put(A6="BNV", A7="BNV"), [("criterion-twice", "B6"), ("criterion-twice", "B7")]),
    "other highest": (put(C6=50), [("criterion-differs", "C6")]),
    "unit empty": (put(A6=None), [("required-cell-empty", "A6")]),
    "criterion empty": (put(B3=None), [("required-cell-empty", "B3")]),
    "formula without value": (put(F3="=50+5"), [("formula-without-value", "F3")]),
    "sums without value are no matter": (put(F5="=F3+F4", H3="=COUNT(E3:G3)", E12="=COUNT(E5,E8)"), []),
    "error": (put(F3="#N/A"), [("cell-error", "F3")]),
    "date": (put(F3=datetime.date(2017, 6, 30)), [("turned-into-date", "F3")]),
    "merged": (lambda page: page.merge_cells("F3:F4"), [("merged-cells", "F3")]),
    "hidden": (hide, [("hidden-rows", "A4"), ("hidden-columns", "F2")]),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_named_with_its_cell(read, edit, expected):
    facts = read(make(edit=edit))
    assert sorted(spots(facts)) == sorted((code, f"{C}!{spot}") for code, spot in expected)


def test_the_other_place_of_a_differing_figure_is_told(read):
    (found,) = read(make(edit=put(C6=50))).findings
    assert found.values == {
        "heading": "Điểm tối đa",
        "criterion": "Nhiệm vụ",
        "value": "50",
        "known": "60",
        "first": "Tiêu chí chấm điểm!C2",
    }


def test_a_sheet_that_cannot_be_read_whole_is_left_out(read):
    facts = read(make(edit=put(F3="=50+5")))
    assert facts.value["scoring"]["marks"] == MARKS[1:]


def test_marks_on_both_sheets_are_given_twice(read):
    sheet = [["Đơn vị được chấm", "Đơn vị chấm", "Điểm các tiêu chí"], ["BNV", "BTC", "50; 30"]]
    facts = read(make(**{"Phiếu chấm điểm": sheet}))

    assert spots(facts) == [("given-twice", f"{C}!F3")]
    assert facts.findings[0].values == {"field": "scoring.marks", "first": "Phiếu chấm điểm!A2"}
    assert len(facts.value["scoring"]["marks"]) == 1


def test_own_points_on_both_sheets_are_given_twice(read):
    scores = [["Đơn vị", "Điểm tự chấm từng tiêu chí"], ["BNV", "57; 39"]]
    facts = read(make(Điểm=scores))

    assert spots(facts) == [("given-twice", f"{C}!D3")]
    assert facts.value["scoring"]["rows"] == [{"unit": "BNV", "self_points": ["57", "39"]}]


def test_a_sheet_of_another_name_is_asked_about(read):
    content = openpyxl.load_workbook(io.BytesIO(make()))
    content[C].title = "Chấm chéoo"
    saved = io.BytesIO()
    content.save(saved)

    (found,) = read(saved.getvalue()).findings
    assert (found.code, found.values["meant"]) == ("unknown-sheet-meant", C)


# --- score sheets in a CSV file -------------------------------------------------------------------------


def test_score_sheets_are_read_from_a_csv_file(tmp_path):
    text = 'Đơn vị được chấm,Đơn vị chấm,Điểm các tiêu chí\nBNV,BTC,"55; 38"\nBNV,BTP,"57,5; –"\n'
    (tmp_path / "phieu-cham-diem.csv").write_text(text, encoding="utf-8")
    (facts,) = read_csv(tmp_path)

    assert facts.findings == []
    assert facts.value["scoring"]["marks"] == [
        {"unit": "BNV", "scorer": "BTC", "points": ["55", "38"]},
        {"unit": "BNV", "scorer": "BTP", "points": ["57,5", "–"]},
    ]


def test_a_matrix_is_no_csv_file(tmp_path):
    (tmp_path / "cham-cheo.csv").write_text("Tiêu chí\nA\n", encoding="utf-8")
    (found,) = read_csv(tmp_path)[0].findings

    assert (found.code, found.values["meant"]) == ("unknown-csv-meant", "Phiếu chấm điểm")
