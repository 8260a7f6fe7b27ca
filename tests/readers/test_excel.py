"""Workbooks: what is read from them, and what is said about each way in which one can be wrong."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from generator.findings import Place, Severity
from generator.readers.conference import make_conference
from generator.readers.excel import read_workbook
from generator.vietnamese import clean_text, find_forbidden, looks_like_legacy_encoding

SHEET = "xl/worksheets/sheet1.xml"
M = "Đơn vị thành viên"
MEMBERS = {M: [["Tên đơn vị", "Mã"], ["Bộ Nội vụ", "bnv"], ["Bộ Tài chính", "btc"]]}


def make(sheets, edit=None):
    """Return the bytes of a workbook with *sheets*, rows by name, after *edit*."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    if edit:
        edit(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rezip(content, changes):
    """Return the workbook *content* with members changed (by functions) or added (as bytes)."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            change = changes.get(name)
            made.writestr(name, change(old.read(name)) if change else old.read(name))
        for name in changes.keys() - set(old.namelist()):
            made.writestr(name, changes[name])
    return new.getvalue()


def share_strings(content):
    """Return the workbook *content* with its texts in a part of their own, as Excel saves them."""
    strings = []

    def share(sheet):
        def point(found):
            strings.append(found[1])
            return b't="s"><v>%d</v>' % (len(strings) - 1)

        return re.sub(rb't="inlineStr"><is>(.*?)</is>', point, sheet)

    content = rezip(content, {SHEET: share})
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si>%s</si>" % string for string in strings)
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    part += b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    return rezip(
        content,
        {
            "xl/sharedStrings.xml": b'<sst xmlns="%s">%s</sst>' % (main, items),
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", part),
        },
    )


@pytest.fixture
def read(tmp_path):
    """Read the bytes of a workbook, or sheets."""

    def read(given, edit=None):
        file = tmp_path / "conference.xlsx"
        file.write_bytes(given if isinstance(given, bytes) else make(given, edit))
        return read_workbook(file, "2016/conference.xlsx")

    return read


def spots(facts):
    return [(found.code, found.place.sheet, found.place.cell) for found in facts.findings]


def cell(sheet, spot):
    return Place("2016/conference.xlsx", sheet=sheet, cell=spot)


# --- what is read ---------------------------------------------------------------------------------------


def test_a_sheet_is_a_list_and_a_row_is_a_record(read):
    facts = read(MEMBERS)

    assert facts.findings == []
    assert facts.value == {
        "members": [{"name": "Bộ Nội vụ", "id": "bnv"}, {"name": "Bộ Tài chính", "id": "btc"}]
    }


def test_values_and_keys_have_the_places_of_their_cells(read):
    facts = read({"Thư ký": [["Họ và tên", "Chức vụ"], ["A", "Phó phòng; Thư ký | Khối"]]})

    assert facts.place_of(("secretaries", 0, "name")) == cell("Thư ký", "A2")
    assert facts.place_of(("secretaries", 0, "positions", 1, "unit")) == cell("Thư ký", "B2")
    assert facts.place_of(("secretaries", 0)) == cell("Thư ký", "A2")
    assert facts.place_of(("secretaries",), key=True) == cell("Thư ký", "A2")
    assert facts.place_of(("secretaries", 0, "unit")) == cell("Thư ký", "A2")


def test_several_values_of_a_cell_are_parted(read):
    facts = read(
        {
            "Thư ký": [
                ["Họ và tên", "Cấp bậc, học hàm", "Chức vụ"],
                ["A", "Trung tướng; GS.TS ", "X|Bộ Y;Z"],
            ],
            "Hoạt động": [["Hoạt động", "Nơi"], ["kiểm tra", "Sơn La;\nHà Nội;"]],
        }
    )

    assert facts.value["secretaries"][0]["prefixes"] == ["Trung tướng", "GS.TS"]
    assert facts.value["secretaries"][0]["positions"] == [{"title": "X", "unit": "Bộ Y"}, {"title": "Z"}]
    assert facts.value["activities"][0]["places"] == ["Sơn La", "Hà Nội"]


def test_people_of_a_group_are_gathered_wherever_they_stand(read):
    facts = read(
        {
            "Đại biểu": [
                ["Nhóm", "Họ và tên", "Mô tả nhóm"],
                ["Trung ương", "A", None],
                ["Địa phương", "B", None],
                ["trung  ương", "C", "cùng các vụ"],
                [None, None, "đại diện các Bộ, ngành"],
                [None, "D", None],
                [None, "E", None],
            ]
        }
    )

    assert facts.findings == []
    assert facts.value["attendance"]["groups"] == [
        {"label": "Trung ương", "people": [{"name": "A"}, {"name": "C"}], "description": "cùng các vụ"},
        {"label": "Địa phương", "people": [{"name": "B"}]},
        {"description": "đại diện các Bộ, ngành"},
        {"people": [{"name": "D"}]},
        {"people": [{"name": "E"}]},
    ]


def test_neighbouring_rows_of_one_award_are_one_award(read):
    facts = read(
        {
            "Khen thưởng": [
                ["Tình trạng", "Hình thức", "Cấp tặng", "Đơn vị nhận", "Cá nhân nhận"],
                ["đề nghị", "Bằng khen", "Thủ tướng", "A", None],
                ["Đề nghị", "Bằng khen", "Thủ tướng", "B", None],
                ["đề nghị", "Bằng khen", "Bộ trưởng", "A", None],
                ["đề nghị", "Bằng khen", "Thủ tướng", None, "C"],
                ["năm trước", "Cờ", None, None, None],
            ]
        }
    )

    assert facts.findings == []
    assert [
        (award["status"], award.get("authority"), award.get("recipients")) for award in facts.value["awards"]
    ] == [
        ("proposed", "Thủ tướng", [{"unit": "A"}, {"unit": "B"}]),
        ("proposed", "Bộ trưởng", [{"unit": "A"}]),
        ("proposed", "Thủ tướng", [{"person": "C"}]),
        ("past", None, None),
    ]


def test_targets_of_one_content_are_one_content(read):
    facts = read(
        {
            "Nội dung giao ước": [
                ["Đề mục", "Nội dung", "Chỉ tiêu", "Mức"],
                ["Về nhiệm vụ", "hoàn thành", "thu ngân sách", 100],
                ["Về nhiệm vụ", "hoàn thành", "giải ngân", 0.95],
                [None, "đoàn kết", None, None],
            ]
        },
    )

    assert facts.findings == []
    assert facts.value["pledge"]["contents"] == [
        {
            "heading": "Về nhiệm vụ",
            "text": "hoàn thành",
            "targets": [{"text": "thu ngân sách", "value": "100"}, {"text": "giải ngân", "value": "0,95"}],
        },
        {"text": "đoàn kết"},
    ]


def test_leaders_go_where_their_row_says(read):
    facts = read(
        {
            "Lãnh đạo khối": [
                ["Chức", "Đơn vị", "Họ và tên"],
                ["Trưởng năm sau", "A", "Nguyễn Văn Ái"],
                ["phó năm sau", "B", None],
                ["phó năm sau", None, None],
                ["khối trưởng năm nay", "C", None],
            ]
        }
    )

    assert facts.findings == []
    assert facts.value["leadership"] == {
        "next": {"head": {"unit": "A", "person": {"name": "Nguyễn Văn Ái"}}, "deputies": [{"unit": "B"}, {}]},
        "current": {"head": {"unit": "C"}},
    }


def test_the_general_sheet_gives_single_facts_by_label_or_path(read):
    facts = read(
        {
            "Thông tin chung": [
                ["Mục", "Giá trị", "Giải thích"],
                ["Hội nghị"],
                ["Loại hội nghị", "tổng kết", "…"],
                ["NĂM:", 2016, None],
                ["block.name", "Khối 1", None],
                ["Ngày họp", None, None],
                ["Chủ đề giao ước năm sau", "Đoàn kết;\nsáng tạo", None],
                ["Mục đích", "tổng kết", None],
                ["Mục đích", "ký giao ước; triển khai", None],
            ]
        }
    )

    assert facts.findings == []
    assert facts.value == {
        "event": {"kind": "tong_ket", "year": "2016", "purposes": ["tổng kết", "ký giao ước", "triển khai"]},
        "block": {"name": "Khối 1"},
        "pledge": {"theme": {"lines": ["Đoàn kết;", "sáng tạo"]}},
    }
    assert facts.place_of(("event", "purposes", 2)) == cell("Thông tin chung", "B9")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Đơn vị thành viên", [["TÊN  ĐƠN VỊ *"], ["A"]]),
        ("Đơn vị thành viên", [["Tên đơn vị:"], ["A"]]),
        ("don-vi-thanh-vien", [["name"], ["A"]]),
        (" ĐƠN VỊ thành viên", [["Tên\nđơn vị"], [None], ["A"], [None], [" "]]),
        (
            "Đơn vị thành viên",
            [["DANH SÁCH CÁC ĐƠN VỊ"], [None], ["STT", "Tên đơn vị", "Ghi chú"], [1, "A", "x"]],
        ),
    ],
)
def test_names_and_headings_are_known_however_they_are_spelt(read, name, rows):
    facts = read({name: rows})

    assert facts.findings == []
    assert facts.value == {"members": [{"name": "A"}]}


def test_a_sheet_without_rows_gives_nothing(read):
    facts = read(
        {"Điểm": [["Đơn vị", "Tổng điểm"]], "Ảnh": [], "Sheet1": [], "Hướng dẫn": [["Đọc trang này"]]}
    )

    assert facts.findings == []
    assert not facts.value


def test_text_is_cleaned(read):
    facts = read(
        {"Đơn vị thành viên": [["Tên đơn vị"], ["  Bộ\u00a0 Nội  vu\u0323 "], ["dòng\nhai"], ["a_x000D_\nb"]]}
    )

    assert [member["name"] for member in facts.value["members"]] == ["Bộ Nội vụ", "dòng hai", "a b"]
    assert facts.findings == []


def test_texts_in_a_part_of_their_own_are_read(read):
    content = share_strings(make({M: [["Tên đơn vị"], ["A"], ["B"]]}))
    runs = b"<r><rPr><b/></rPr><t>S\xe1\xbb\x9f </t></r><r><t>T\xc6\xb0_x000D_ ph\xc3\xa1p</t></r><rPh sb='0' eb='1'><t>x</t></rPh>"
    facts = read(rezip(content, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"<t>A</t>", runs)}))

    assert facts.value == {"members": [{"name": "Sở Tư pháp"}, {"name": "B"}]}
    assert facts.findings == []


def test_comments_and_links_are_no_matter(read):
    def edit(book):
        page = book.active
        page["A2"].comment = Comment("xem lại", "ai đó")
        page["A2"].hyperlink = "https://example.org"
        page["A2"].value = "A"

    facts = read({"Đơn vị thành viên": [["Tên đơn vị"], ["A"]]}, edit)
    assert (facts.value, facts.findings) == ({"members": [{"name": "A"}]}, [])


DAY = datetime.datetime(2017, 2, 17)  # noqa: DTZ001
AFTERNOON = datetime.datetime(2017, 2, 17, 14, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3, "General", "3"),
        (98.5, "General", "98,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1e21, "General", "1000000000000000000000"),
        (-2.50, "General", "-2,5"),
        (3633, "#,##0", "3.633"),
        (48658.2, "#,##0.0", "48.658,2"),
        (98.5, "0.00", "98,50"),
        (98.33333333333333, "0.00", "98,33"),
        (6, "00", "06"),
        (6.5, "00.0", "06,5"),
        (0.985, "0.0%", "98,5%"),
        (0.985, "0%", "99%"),
        (1, "0%", "100%"),
        (0.5, "# ?/?%", "50%"),
        (100000000, '#,##0\\ "đồng"', "100.000.000 đồng"),
        (100000000, "#,##0 [$₫-42A]", "100.000.000 ₫"),
        (100000000, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "100.000.000"),
        (1500, '"khoảng "#,##0', "khoảng 1.500"),
        (12, '"2016: "0', "2016: 12"),
        (3, "# ?/?", "3"),
        ("0123", "@", "0123"),
        ("=x", "@", "=x"),
        (True, "General", "có"),
        (False, "General", "không"),
    ],
)
def test_a_number_is_the_text_that_people_see(read, value, number_format, text):
    def edit(book):
        found = book.active["B2"]
        found.value = value
        found.number_format = number_format
        if isinstance(value, str):
            found.data_type = "s"

    facts = read({"Số liệu": [["Chỉ tiêu", "Giá trị"], ["x"]]}, edit)
    assert (facts.value["results"]["statistics"][0]["value"], facts.findings) == (text, [])


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (DAY, "dd/mm/yyyy", "17/02/2017"),
        (DAY, "mm-dd-yy", "17/02/2017"),
        (DAY, "[$-42A]dd mmmm yyyy", "17/02/2017"),
        (DAY, "d-mmm", "17/02"),
        (DAY, "mmm-yy", "02/2017"),
        (DAY, "yyyy", "2017"),
        (AFTERNOON, "dd/mm/yyyy", "17/02/2017"),
        (AFTERNOON, "dd/mm/yyyy h:mm", "14h05 17/02/2017"),
        (datetime.time(14, 5), "h:mm", "14h05"),
        (datetime.timedelta(hours=8, minutes=30), "[h]:mm", "8h30"),
        ("17/02/2017", "@", "17/02/2017"),
    ],
)
def test_a_date_is_the_text_that_people_see(read, value, number_format, text):
    def edit(book):
        book.active["B2"].value = value
        book.active["B2"].number_format = number_format

    facts = read({"Hoạt động": [["Hoạt động", "Thời gian"], ["x"]]}, edit)
    assert (facts.value["activities"][0]["date"], facts.findings) == (text, [])


def test_a_formula_counts_by_its_computed_value(read):
    content = make({"Số liệu": [["Chỉ tiêu", "Giá trị", "Của ai"], ["x", "=1+1", '=IF(TRUE,"","y")']]})

    def compute(sheet):
        sheet = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )
        return sheet.replace(b'<c r="C2"><f>', b'<c r="C2" t="str"><f>')

    facts = read(rezip(content, {"xl/worksheets/sheet1.xml": compute}))
    assert facts.findings == []
    assert facts.value["results"]["statistics"] == [{"measure": "x", "value": "2"}]


# --- what is named --------------------------------------------------------------------------------------


def hide_sheet(book):
    book.active.sheet_state = "veryHidden"


def hide_rows(book):
    for number in (2, 3, 9):
        book.active.row_dimensions[number].hidden = True


def hide_columns(book):
    book.active.column_dimensions.group("B", "D", hidden=True)


def merge(area):
    return lambda book: book.active.merge_cells(area)


def put(spot, value, number_format="General", data_type=None):
    def edit(book):
        book.active[spot].value = value
        book.active[spot].number_format = number_format
        if data_type:
            book.active[spot].data_type = data_type

    return edit


ROWS = [["Tên đơn vị", "Mã"], ["A", "a"], ["B", "b"]]

DEFECTS = {
    "unknown sheet": ({"Khen": [["Hình thức"], ["Cờ"]]}, None, [("unknown-sheet", "Khen", "")]),
    "misspelt sheet": ({"Khen thưỡng": [["Hình thức"], ["Cờ"]]}, None, [("unknown-sheet-meant", "Khen thưỡng", "")]),
    "sheet twice": ({M: ROWS, "don-vi-thanh-vien": ROWS}, None, [("sheet-twice", "don-vi-thanh-vien", "")]),
    "unknown heading": ({M: [["Tên đơn vị", "zzz"], ["A"]]}, None, [("unknown-heading", M, "B1")]),
    "misspelt heading": ({M: [["Tên đơn vị", "Mãa"], ["A"]]}, None, [("unknown-heading-meant", M, "B1")]),
    "heading twice": ({M: [["Tên đơn vị", "name"], ["A", "A"]]}, None, [("heading-twice", M, "B1")]),
    "no heading": ({M: [["A"], ["B"]]}, None, [("headings-missing", M, "A1")]),
    "column without heading": ({M: [["Tên đơn vị"], ["A", None, "x"], ["B", None, "y"]]}, None, [("column-without-heading", M, "C2")]),
    "required column absent": ({M: [["Mã"], ["a"], ["b"]]}, None, [("heading-missing", M, "A1")]),
    "required column of a person absent": ({"Chủ trì": [["Danh xưng", "Đơn vị chủ trì"], ["ông", "A"]]}, None, [("heading-missing", "Chủ trì", "A1")]),
    "required cell empty": ({M: [["Tên đơn vị", "Mã"], ["A", "a"], [None, "b"]]}, None, [("required-cell-empty", M, "A3")]),
    "person without name": ({"Chủ trì": [["Họ và tên", "Danh xưng", "Đơn vị chủ trì"], [None, "ông", "A"], [None, None, "B"]]}, None, [("required-cell-empty", "Chủ trì", "A2")]),
    "no choice": ({"Chủ trì": [["Họ và tên", "Vai trò"], ["A", "chủ chì"]]}, None, [("not-one-of", "Chủ trì", "B2")]),
    "leader of no year": ({"Lãnh đạo khối": [["Chức", "Đơn vị"], [None, "A"], ["trưởng", "B"]]}, None, [("required-cell-empty", "Lãnh đạo khối", "A2"), ("not-one-of", "Lãnh đạo khối", "A3")]),
    "two heads": ({"Lãnh đạo khối": [["Chức", "Đơn vị"], ["trưởng năm nay", "A"], ["trưởng năm nay", "B"]]}, None, [("row-twice", "Lãnh đạo khối", "B3")]),
    "group differs": ({"Đại biểu": [["Nhóm", "Mô tả nhóm"], ["X", "a"], ["X", "b"]]}, None, [("group-differs", "Đại biểu", "B3")]),
    "row says nothing new": ({"Khen thưởng": [["Tình trạng", "Hình thức"], ["đề nghị", "Cờ"], ["đề nghị", "Cờ"]]}, None, [("row-adds-nothing", "Khen thưởng", "A3")]),
    "unknown label": ({"Thông tin chung": [["Mục", "Giá trị"], ["zzz", "1"]]}, None, [("unknown-label", "Thông tin chung", "A2")]),
    "misspelt label": ({"Thông tin chung": [["Mục", "Giá trị"], ["Ngày hop", "1"]]}, None, [("unknown-label-meant", "Thông tin chung", "A2")]),
    "label twice": ({"Thông tin chung": [["Mục", "Giá trị"], ["Năm", "2016"], ["event.year", "2017"]]}, None, [("label-twice", "Thông tin chung", "A3")]),
    "value without label": ({"Thông tin chung": [["Mục", "Giá trị"], [None, "2016"]]}, None, [("label-missing", "Thông tin chung", "B2")]),
    "formula without value": ({M: ROWS}, put("B2", "=1+1"), [("formula-without-value", M, "B2")]),
    "array formula without value": ({M: ROWS}, put("B2", ArrayFormula("B2", "=1+1")), [("formula-without-value", M, "B2")]),
    "formula in a heading": ({M: ROWS}, put("B1", "=1+1"), [("formula-without-value", M, "B1")]),
    "not available": ({M: ROWS}, put("B2", "#N/A", data_type="e"), [("cell-error", M, "B2")]),
    "no reference": ({M: ROWS}, put("A3", "#REF!", data_type="e"), [("cell-error", M, "A3")]),
    "error in the general sheet": ({"Thông tin chung": [["Mục", "Giá trị"], ["Năm"]]}, put("B2", "#N/A", data_type="e"), [("cell-error", "Thông tin chung", "B2")]),
    "text turned into a date": ({"Xếp loại": [["Loại", "Tỷ số"], ["Tốt", DAY]]}, None, [("turned-into-date", "Xếp loại", "B2")]),
    "merged cells": ({M: ROWS}, merge("B2:B3"), [("merged-cells", M, "B2")]),
    "cells merged with the heading": ({M: ROWS}, merge("A1:A2"), [("merged-cells", M, "A1"), ("required-cell-empty", M, "A2")]),
    "hidden sheet": ({M: ROWS, "Ảnh": []}, hide_sheet, [("hidden-sheet", M, "")]),
    "hidden unknown sheet": ({"x": ROWS, "Ảnh": []}, hide_sheet, [("unknown-sheet", "x", "")]),
    "hidden rows": ({M: ROWS}, hide_rows, [("hidden-rows", M, "A2")]),
    "hidden columns": ({M: ROWS}, hide_columns, [("hidden-columns", M, "B1")]),
    "control character": ({M: [["Tên đơn vị"], ["A_x0007_"]]}, None, [("forbidden-character", M, "A2")]),
    "right to left": ({M: [["Tên đơn vị"], ["100\u202e"]]}, None, [("forbidden-character", M, "A2")]),
    "foreign letter": ({M: [["Tên đơn vị"], ["\u00d0ảng"]]}, None, [("lookalike-letter", M, "A2")]),
    "TCVN3": ({M: [["Tên đơn vị"], ["Bé Néi vô, §¶ng bé"]]}, None, [("legacy-encoding", M, "A2")]),
    "TCVN3 heading": ({M: [["Tên đơn vị", "M· sè ®¬n vÞ"], ["A", "b"]]}, None, [("legacy-encoding", M, "B1")]),
    "cell far below": ({M: ROWS}, put("A1048576", "x"), [("cell-too-far", M, "A1048576")]),
    "cell far right": ({M: ROWS}, put("XFD3", "x"), [("cell-too-far", M, "XFD3")]),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "edit", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_named_with_its_cell(read, sheets, edit, expected):
    facts = read(sheets, edit)

    def activate(book):
        book.active = 0
        if edit:
            edit(book)

    facts = read(sheets, activate)
    assert sorted(spots(facts)) == sorted(expected)


def test_hidden_things_are_warnings_and_are_read(read):
    def edit(book):
        book.active = 0
        hide_sheet(book)
        hide_rows(book)

    facts = read({M: ROWS, "Ảnh": []}, edit)
    assert [found.severity for found in facts.findings] == [Severity.WARNING, Severity.WARNING]
    assert [member["name"] for member in facts.value["members"]] == ["A", "B"]


def test_headings_may_be_merged_above_the_data(read):
    facts = read({M: [["DANH SÁCH", None], ["Tên đơn vị", "Mã"], ["A", "a"]]}, merge("A1:B1"))
    assert (facts.findings, facts.value) == ([], {"members": [{"name": "A", "id": "a"}]})


def test_a_meant_name_is_told(read):
    facts = read({"Khen thưỡng": [["Hình thức"], ["Cờ"]]})
    assert facts.findings[0].values["meant"] == "Khen thưởng"
    facts = read({M: [["Tên dơn vị", "Mã"], ["A", "a"]]})
    assert facts.findings[0].values == {"heading": "Tên dơn vị", "meant": "Tên đơn vị"}


def test_all_defects_are_told_at_once(read):
    facts = read({M: [["Tên đơn vị", "zzz"], ["A"], ["#"]], "Điểm": [["Đơn vị"], [DAY]]}, None)
    assert {found.code for found in facts.findings} == {"unknown-heading", "turned-into-date"}


def test_a_mistake_that_the_model_finds_is_placed_at_its_cell(read):
    facts = read(
        {
            "Thông tin chung": [
                ["Mục", "Giá trị"],
                ["Loại hội nghị", "tổng kết"],
                ["Năm", 2016],
                ["Tên khối", "K"],
            ],
            "Bỏ phiếu": [["Nội dung", "Phiếu phát ra"], ["Cờ", "mười"]],
            "Ký giao ước": [["Đơn vị", "Đã ký", "Ngày ký"], ["A", "x", "31/02/2017"]],
        }
    )
    assert facts.findings == []

    found = make_conference(facts).findings
    assert {(one.place.sheet, one.place.cell) for one in found} == {
        ("Bỏ phiếu", "B2"),
        ("Ký giao ước", "B2"),
        ("Ký giao ước", "C2"),
    }


@pytest.mark.parametrize(
    "sheets",
    [
        {M: [["Tên đơn vị", "Mã"], [None, "b"]]},
        {M: [["Mã"], ["b"]]},
        {"Khen thưởng": [["Tình trạng", "Hình thức"], ["đề ngị", "Cờ"]]},
        {"Nội dung giao ước": [["Nội dung", "Chỉ tiêu", "Mức"], ["A", None, "1"]]},
        {"Báo cáo": [["Tên báo cáo", "Họ và tên", "Danh xưng"], ["A", None, "ông"]]},
        {"Số liệu": [["Chỉ tiêu", "Giá trị"], ["A", DAY]]},
        {
            "Thông tin chung": [
                ["Mục", "Giá trị"],
                ["Loại hội nghị", "tổng kết"],
                ["Năm", DAY],
                ["Tên khối", "K"],
            ]
        },
    ],
)
def test_what_the_reader_could_not_read_is_not_told_again_as_missing(read, sheets):
    general = [["Mục", "Giá trị"], ["Loại hội nghị", "tổng kết"], ["Năm", 2016], ["Tên khối", "K"]]
    facts = read({"Thông tin chung": general} | sheets)
    reading = make_conference(facts)

    assert facts.findings
    assert reading.conference is None
    assert list(reading.findings) == facts.findings


# --- what is not opened ---------------------------------------------------------------------------------

GOOD = make(MEMBERS)
SHARED = share_strings(GOOD)


def entity(sheet):
    return sheet.replace(
        b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet', 1
    )


def in_utf_16(sheet):
    return entity(sheet).decode().encode("utf-16")


def with_many_cells(sheet):
    return sheet.replace(b"</row>", b"".join(b'<c r="A%d"/>' % row for row in range(200_001)) + b"</row>", 1)


def with_element(element):
    return lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + element, 1)


def nested(sheet):
    return sheet.replace(b"</sheetData>", b"</sheetData>" + b"<a>" * 200 + b"</a>" * 200, 1)


def pack(members):
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return new.getvalue()


def with_password_bit(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    at = content.index(b"PK\x01\x02") + 8
    assert first.flag_bits == 0
    return content[:at] + b"\x01\x00" + content[at + 2 :]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

HOSTILE = {
    "empty file": (b"", "workbook-not-xlsx"),
    "text": ("Tên đơn vị".encode(), "workbook-not-xlsx"),
    "old format": (OLE, "workbook-old-format"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
    "password of the archive": (with_password_bit(GOOD), "workbook-encrypted"),
    "another office file": (pack([("content.xml", b"<a/>"), ("mimetype", b"x")]), "workbook-not-xlsx"),
    "strict": (rezip(GOOD, {"xl/workbook.xml": lambda xml: xml.replace(b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")}), "workbook-not-xlsx"),
    "macros": (rezip(GOOD, {"xl/vbaProject.bin": b"x"}), "workbook-has-macros"),
    "old macros": (rezip(GOOD, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "workbook-has-macros"),
    "links": (rezip(GOOD, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "workbook-has-links"),
    "dense bomb": (rezip(GOOD, {"xl/media/x.bin": bytes(40_000_000)}), "workbook-too-large"),
    "large": (rezip(GOOD, {f"xl/media/{n}.bin": bytes(9_000_000) for n in range(6)}), "workbook-too-large"),
    "many members": (rezip(GOOD, {f"xl/media/{n}.bin": b"" for n in range(1001)}), "workbook-too-large"),
    "member twice": (GOOD, "workbook-unreadable"),
    "entities": (rezip(GOOD, {SHEET: entity}), "workbook-has-entities"),
    "entities in UTF-16": (rezip(GOOD, {SHEET: in_utf_16}), "workbook-has-entities"),
    "entities in the strings": (rezip(SHARED, {"xl/sharedStrings.xml": lambda xml: xml.replace(b"<sst", b'<!DOCTYPE sst [<!ENTITY a "b">]><sst', 1)}), "workbook-has-entities"),
    "no XML": (rezip(GOOD, {SHEET: lambda xml: xml[:-20]}), "workbook-unreadable"),
    "deep XML": (rezip(GOOD, {SHEET: nested}), "workbook-unreadable"),
    "many cells": (rezip(GOOD, {SHEET: with_many_cells}), "workbook-too-many-cells"),
    "everything merged": (rezip(GOOD, {SHEET: with_element(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')}), "workbook-too-many-cells"),
    "everything linked": (rezip(GOOD, {SHEET: with_element(b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>')}), "workbook-too-many-cells"),
    "merged nonsense": (rezip(GOOD, {SHEET: with_element(b'<mergeCells><mergeCell ref="???"/></mergeCells>')}), "workbook-too-many-cells"),
    "lost string": (rezip(SHARED, {SHEET: lambda xml: xml.replace(b"<v>0</v>", b"<v>99</v>")}), "workbook-unreadable"),
    "lost sheet": (rezip(GOOD, {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"sheet1.xml", b"sheet9.xml")}), "workbook-unreadable"),
    "no content types": (rezip(GOOD, {"[Content_Types].xml": lambda xml: b"<a/>"}), "workbook-unreadable"),
}  # fmt: skip


def duplicate_member(content):
    new = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(new, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    return new.getvalue()


@pytest.mark.parametrize(("content", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_workbook_that_cannot_be_trusted_is_not_opened(read, request, content, code):
    if "member twice" in request.node.name:
        content = duplicate_member(content)
    start = time.monotonic()
    facts = read(content)

    assert spots(facts) == [(code, "", "")]
    assert facts.value is None
    assert time.monotonic() - start < 5


def test_a_false_extent_hides_nothing(read):
    content = rezip(make(MEMBERS), {SHEET: lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:A1"')})
    assert len(read(content).value["members"]) == 2


def test_a_text_that_many_cells_hold_is_not_read_so_often(read):
    content = share_strings(make({M: [["Tên đơn vị"], ["x" * 30_000]]}))
    row = b'<c r="A%d" t="s"><v>1</v></c>'
    rows = b"".join(b'<row r="%d">' % n + row % n + b"</row>" for n in range(3, 103))
    facts = read(rezip(content, {SHEET: lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")}))

    assert spots(facts) == [("sheet-too-long", M, "")]


def test_a_file_that_is_none_is_told(tmp_path):
    assert spots(read_workbook(tmp_path / "x.xlsx", "x")) == [("file-unreadable", "", "")]
    assert spots(read_workbook(tmp_path, "x")) == [("file-unreadable", "", "")]


def test_a_large_file_is_not_read(tmp_path):
    file = tmp_path / "x.xlsx"
    with file.open("wb") as stream:
        stream.truncate(20_000_001)
    assert spots(read_workbook(file, "x")) == [("file-too-large", "", "")]


# --- anything at all ------------------------------------------------------------------------------------

WRITABLE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=60
).filter(lambda text: not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(text))
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@MANY
@given(WRITABLE)
@example("=1+1")
@example("_x0041_")
@example("Bé Néi vô")
def test_any_text_arrives_clean_or_is_a_finding(read, text):
    def edit(book):
        book.active["A2"].value = text
        book.active["A2"].data_type = "s"

    facts = read({M: [["Tên đơn vị", "Mã"], [None, "a"]]}, edit)
    clean = " ".join(clean_text(text.replace("\r", "\n")).text.split("\n"))
    errors = [found.code for found in facts.findings if found.severity is Severity.ERROR]
    if not clean:
        assert errors == ["required-cell-empty"]
    elif find_forbidden(text) or looks_like_legacy_encoding(text):
        assert set(errors) <= {"forbidden-character", "legacy-encoding"}
        assert errors
    else:
        assert errors == []
        assert facts.value["members"][0]["name"].split() == clean.split()


@MANY
@given(st.binary(max_size=400))
def test_any_bytes_are_a_finding(read, content):
    facts = read(content)
    assert len(facts.findings) == 1
    assert facts.value is None


@MANY
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_damaged_byte_is_read_or_told(read, at, change):
    facts = read(GOOD[:at] + bytes([GOOD[at] ^ change]) + GOOD[at + 1 :])
    assert facts.findings or facts.value


@MANY
@given(st.integers(0, len(GOOD) - 1))
def test_a_cut_file_is_told(read, length):
    assert [found.severity for found in read(GOOD[:length]).findings] == [Severity.ERROR]
