"""PDF files of several programs: what is on their pages is found, and what they cannot tell is left open."""

from __future__ import annotations

import time
import zlib
from functools import cache
from typing import TYPE_CHECKING

import pikepdf
import pytest

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.errors import InspectionError
from generator.inspection.paper import ink as paper_ink
from generator.inspection.paper.ink import name_family
from generator.inspection.paper.reader import read_paper
from generator.inspection.readback.words import normalise_words
from generator.messages import LANGUAGES, say
from generator.tree import (
    Heading,
    ItemList,
    Letterhead,
    Para,
    Recipients,
    SignatureGrid,
    Table,
    Text,
    Title,
    iter_lines,
    plain_text,
)
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import browser, samples
from tests.inspection import paper_files
from tests.test_conferences import CASES, TEMPLATES, conference_in, minutes
from tests.test_page_starts import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from generator.inspection.found import Found, Paragraph
    from generator.style import Style
    from generator.tree import Block, Document

STYLES = {style.id: style for style in (samples.tt01(), samples.nd30())}

every_style = pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)


@cache
def whole_found(regime: str) -> Found:
    return read_paper(write_pdf(samples.whole_document(30, 4), STYLES[regime]).content)


def only(found: Found, start: str) -> Paragraph:
    (one,) = [paragraph for paragraph in found.paragraphs if paragraph.text.startswith(start)]
    return one


def words(text: str) -> str:
    return " ".join(normalise_words(text))


# --- our own files ------------------------------------------------------------------------------------

COMPONENTS = {
    "nation": "CỘNG HÒA",
    "motto": "Độc lập",
    "issuing_body": "KHỐI THI ĐUA",
    "number": "Số: ",
    "title_kind": "BIÊN BẢN",
    "title_subject": "Hội nghị tổng kết",
    "legal_basis": "Căn cứ Luật",
    "body": "Đoạn 3. ",
    "heading_arabic": "1. Tổng kết",
    "signature_post": "CHỦ TỌA",
    "recipients_label": "Nơi nhận",
    "recipients_item": "- Lưu: VT",
}


@every_style
@pytest.mark.parametrize("component", COMPONENTS)
def test_components_have_the_look_of_the_style(style: Style, component: str) -> None:
    one, wanted = only(whole_found(style.id), COMPONENTS[component]), style.texts[component]

    (piece,) = one.pieces
    assert piece.look.size_pt == pytest.approx(wanted.size_pt, abs=0.1)
    assert (piece.look.bold, piece.look.italic) == (wanted.bold, wanted.italic)
    assert piece.look.family == "Liberation Serif"
    assert piece.look.color == "000000"
    assert not piece.look.underline
    if wanted.align == "center" or component == "body":
        assert one.align == wanted.align
    else:
        assert one.align in (None, wanted.align)  # a single line does not tell


@every_style
def test_body_paragraphs_tell_indent_pitch_and_gap(style: Style) -> None:
    one, wanted = only(whole_found(style.id), "Đoạn 3. "), style.texts["body"]

    assert one.indent_first_mm == pytest.approx(wanted.indent_first_mm, abs=0.1)
    assert one.indent_left_mm == pytest.approx(0, abs=0.1)
    assert one.spacing is not None
    assert (one.spacing.rule, one.spacing.value) == ("exact", pytest.approx(wanted.line_pitch_pt, abs=0.1))
    assert one.space_after_pt == pytest.approx(wanted.space_after_pt, abs=0.1)
    assert one.side is one.row is one.rule_below is None


@every_style
def test_one_line_tells_its_indent_only_where_the_left_edge_is_known(style: Style) -> None:
    basis = Para("legal_basis", (Text("Căn cứ Luật Thi đua, khen thưởng;"),))
    short = samples.Document("t", "a", "vi-VN", (basis, basis))

    assert only(whole_found(style.id), "Căn cứ").indent_first_mm == pytest.approx(12.7, abs=0.1)
    assert only(whole_found(style.id), "Nơi nhận").indent_first_mm == pytest.approx(0, abs=0.1)
    found = read_paper(write_pdf(short, style).content)
    assert [one.indent_first_mm for one in found.paragraphs] == [None, None]
    assert found.sheets[0].margin_left_mm is None


@every_style
def test_rules_are_as_long_as_the_style_says(style: Style) -> None:
    found = whole_found(style.id)
    shares = {
        "KHỐI THI ĐUA": style.letterhead.issuer_rule_share,
        "Độc lập": style.letterhead.motto_rule_share,
        "Hội nghị tổng kết": style.title.rule_share,
    }

    for start, share in shares.items():
        rule = only(found, start).rule_below
        assert rule is not None
        assert rule.text_length_mm is not None
        assert rule.length_mm / rule.text_length_mm == pytest.approx(share, rel=0.03)
        assert rule.thickness_pt == pytest.approx(0.75, abs=0.05)
    assert sum(one.rule_below is not None for one in found.paragraphs) == len(shares)


@every_style
def test_paper_margins_and_page_numbers(style: Style) -> None:
    found, page = whole_found(style.id), style.page

    assert found.page_count == len(found.sheets) > 2
    for sheet in found.sheets:
        assert sheet.is_estimate
        assert not sheet.is_landscape
        assert (sheet.width_mm, sheet.height_mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
        assert sheet.margin_left_mm == pytest.approx(page.margin_left_mm, abs=1)
        assert sheet.margin_right_mm == pytest.approx(page.margin_right_mm, abs=1)
        assert sheet.margin_top_mm == pytest.approx(page.margin_top_mm, abs=1)
        assert sheet.margin_bottom_mm is not None
        assert page.margin_bottom_mm - 1 < sheet.margin_bottom_mm < page.margin_bottom_mm + 8  # a line's room
    (number,) = found.page_numbers
    assert (number.place, number.align) == (style.page_number.place, style.page_number.align)
    assert number.look.size_pt == pytest.approx(style.page_number.size_pt, abs=0.1)
    assert (number.look.bold, number.look.italic, number.on_first_page) == (False, False, False)
    assert not any(one.text.strip().isdigit() for one in found.paragraphs if not one.in_ruled_table)


@every_style
def test_columns_and_cells_know_their_places(style: Style) -> None:
    found = read_paper(write_pdf(samples.whole_document(3, 4), style).content)
    issuer, nation, motto, number = (only(found, s) for s in ("KHỐI", "CỘNG", "Độc lập", "Số: "))
    secretary, chair = only(found, "THƯ KÝ"), only(found, "CHỦ TỌA")
    cells = [one for one in found.paragraphs if one.in_ruled_table]

    assert (issuer.side, nation.side, motto.side, number.side) == ("left", "right", "right", "left")
    assert issuer.row == nation.row == motto.row != number.row
    assert (secretary.side, chair.side) == ("left", "right")
    assert secretary.row == chair.row
    assert issuer.index < nation.index < motto.index < number.index
    assert [one.text for one in cells[:6]] == [
        *("STT", "Đơn vị", "Hình thức khen thưởng"),
        *("1", "Đơn vị thành viên thứ 1 thuộc Khối thi đua", "Bằng khen"),
    ]
    assert len({one.row for one in cells}) == 5
    assert len(cells) == 15
    assert [one.index for one in found.paragraphs] == list(range(len(found.paragraphs)))


def test_nothing_is_unusual_about_our_own_files() -> None:
    found = whole_found("nd30-2020")

    assert (found.kind, found.is_signed, found.unembedded_fonts, found.notes) == ("pdf", False, (), ())


# --- paragraphs of real conferences -------------------------------------------------------------------


def expected(document: Document, blocks: tuple[type[Block], ...]) -> list[str]:
    lines = [line for block in document.blocks if isinstance(block, blocks) for line in iter_lines(block)]
    return [words(plain_text(line)) for line in lines]


@every_style
@pytest.mark.parametrize("folder", CASES[::2], ids=lambda folder: folder.name)
def test_paragraphs_of_minutes_are_those_of_the_tree(folder: Path, style: Style) -> None:
    document = minutes(folder)
    found = read_paper(write_pdf(document, style).content)
    every = [words(one.text) for one in found.paragraphs]

    assert {one.align for one in found.paragraphs if one.indent_left_mm is not None} <= {"justify", None}
    assert [text for text in every if text in set(expected(document, (Para, Heading, ItemList)))] == expected(
        document, (Para, Heading, ItemList)
    )
    assert every == expected(
        document, (Letterhead, Title, Para, Heading, ItemList, Table, SignatureGrid, Recipients)
    )


@pytest.mark.parametrize("folder", CASES[1::4], ids=lambda folder: folder.name)
def test_paragraphs_of_pledges_are_those_of_the_tree(folder: Path) -> None:
    style = samples.nd30()
    document = compose_document(load_kind(TEMPLATES, "pledge"), conference_in(folder), TEMPLATES)
    found = read_paper(write_pdf(document, style).content)

    every = [words(one.text) for one in found.paragraphs]
    body = expected(document, (Letterhead, Title, Para, Heading, ItemList))
    assert every[: len(body)] == body
    assert sorted(" ".join(every).split()) == sorted(" ".join(expected(document, ALL_BLOCKS)).split())


ALL_BLOCKS = (Letterhead, Title, Para, Heading, ItemList, Table, SignatureGrid, Recipients)


# --- other programs -----------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_what_libreoffice_prints_of_our_word_file_is_the_same(tmp_path: Path) -> None:
    documents = {"whole": samples.whole_document(12, 4), "minutes": minutes(CASES[0])}
    cases = {
        f"{name}-{id_}": (doc, style) for name, doc in documents.items() for id_, style in STYLES.items()
    }
    printed = lay_out({name: write_docx(*case) for name, case in cases.items()}, tmp_path)

    for name, case in cases.items():
        ours, theirs = read_paper(write_pdf(*case).content), read_paper(printed[name])
        assert [shape(one) for one in theirs.paragraphs] == [shape(one) for one in ours.paragraphs], name
        assert [(n.place, n.align, n.look, n.on_first_page) for n in theirs.page_numbers] == [
            (n.place, n.align, n.look, n.on_first_page) for n in ours.page_numbers
        ]
        assert theirs.sheets[0].margin_left_mm == pytest.approx(30, abs=1)
        assert theirs.sheets[0].margin_right_mm == pytest.approx(20, abs=1)


def shape(one: Paragraph) -> object:
    looks = [(piece.look.size_pt, piece.look.bold, piece.look.italic) for piece in one.pieces]
    place = (one.page, one.row, one.side, one.in_ruled_table, one.rule_below is None)
    return words(one.text), looks, one.align, place


WEB_PAGE = """<!DOCTYPE html><title>t</title><style>
@page { size: A4; margin: 20mm 20mm 20mm 30mm } body { margin: 0; font: 14pt/1.2 "Liberation Serif" }
p { text-align: justify; text-indent: 1.27cm; margin: 0 0 6pt } .c { text-align: center; text-indent: 0 }
.h { width: 100% } .h td { text-align: center; vertical-align: top; width: 50% } i { color: #c00 }
.r { border-collapse: collapse } .r td { border: 1px solid black; padding: 2px 5px }
</style><table class=h><tr><td>BỘ NỘI VỤ<br><b>VĂN PHÒNG</b></td>
<td><b>CỘNG HÒA XÃ HỘI</b><br><u>Độc lập - Tự do</u></td></tr></table>
<p class=c><b>BIÊN BẢN</b></p>
<p>Hôm nay, vào hồi 8 giờ 00 phút, ngày 17 tháng 02 năm 2017, tại Hà Nội, Ban Thi đua - Khen thưởng Trung ương
tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng của các bộ, ngành, trong đó có đại diện của mười bộ,
ngành và của các cơ quan có liên quan cùng dự và theo dõi toàn bộ
quá trình làm việc của Hội nghị từ đầu đến cuối, kể cả phần trao đổi, thảo luận về các nội dung trong dự thảo.</p><p><i>Ghi chú.</i></p>
<table class=r><tr><td>STT</td><td>Đơn vị</td></tr><tr><td>1</td><td>Bộ Nội vụ</td></tr></table>
<table class=h><tr><td style="text-align: left"><b>Nơi nhận:</b><br>- Như trên;<br>- Lưu: VT.</td>
<td><b>TM. BAN TỔ CHỨC<br>TRƯỞNG BAN</b><br><br><br><br><b>Nguyễn Văn A</b></td></tr></table>"""


@pytest.mark.chromium
def test_a_page_that_chromium_prints(tmp_path: Path) -> None:
    found = read_paper(browser.print_page(WEB_PAGE.encode(), tmp_path))

    assert [(one.text[:16], one.side, one.align, one.in_ruled_table) for one in found.paragraphs] == [
        ("BỘ NỘI VỤ", "left", "center", False),
        ("VĂN PHÒNG", "left", "center", False),
        ("CỘNG HÒA XÃ HỘI", "right", "center", False),
        ("Độc lập - Tự do", "right", "center", False),
        ("BIÊN BẢN", None, "center", False),
        ("Hôm nay, vào hồi", None, "justify", False),
        ("Ghi chú.", None, None, False),
        *((text, None, None, True) for text in ("STT", "Đơn vị", "1", "Bộ Nội vụ")),
        *((text, "left", "left", False) for text in ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")),
        *((text, "right", "center", False) for text in ("TM. BAN TỔ CHỨC", "TRƯỞNG BAN", "Nguyễn Văn A")),
    ]
    body, note, motto = only(found, "Hôm nay"), only(found, "Ghi chú"), only(found, "Độc lập")
    assert body.pieces[0].look.size_pt == 14
    assert body.indent_first_mm == pytest.approx(12.7, abs=0.1)
    assert (note.pieces[0].look.italic, note.pieces[0].look.color) == (True, "CC0000")
    assert motto.pieces[0].look.underline
    assert motto.rule_below is None
    assert found.sheets[0].margin_left_mm == pytest.approx(30, abs=1)
    assert found.sheets[0].margin_right_mm == pytest.approx(20, abs=1)


# --- files made by hand -------------------------------------------------------------------------------

SENTENCE = "Can cu vao tinh hinh thuc te cua don vi, hoi nghi da thong nhat cac noi dung sau day va giao cho "
LONG = SENTENCE * 4 + "het."


def test_fonts_that_are_not_in_the_file_are_named() -> None:
    bold = paper_files.centre(300, 780, "BIEN BAN", font="F2")
    found = read_paper(paper_files.write_pages([bold + paper_files.set_text(LONG, 85, 740, 453)]))

    assert found.unembedded_fonts == ("TimesNewRomanPS-BoldMT", "TimesNewRomanPSMT")
    title, body = found.paragraphs
    assert (title.pieces[0].look.family, title.pieces[0].look.bold) == ("Times New Roman", True)
    assert (body.pieces[0].look.family, body.pieces[0].look.bold) == ("Times New Roman", False)
    assert (body.text, body.align) == (LONG, "justify")


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("ABCDEF+Liberation-Serif-Bold", "Liberation Serif"),
        ("LiberationSerif-BoldItalic", "Liberation Serif"),
        ("BCDEEE+TimesNewRomanPSMT", "Times New Roman"),
        ("TimesNewRomanPS-BoldItalicMT", "Times New Roman"),
        ("TimesNewRoman,Bold", "Times New Roman"),
        ("Times-Roman", "Times"),
        ("NimbusRoman-Regular", "Nimbus Roman"),
        ("Arial-BoldMT", "Arial"),
        (".VnTimeH", ".VnTimeH"),
        ("VNI-Times", "VNI-Times"),
        ("ABCDEF+CIDFont+F2", None),
    ],
)
def test_families_are_named_as_people_name_them(name: str, family: str | None) -> None:
    assert name_family(name) == family


def test_looks_divide_a_line_into_pieces() -> None:
    mixed = paper_files.show(85, 700, "Ong ") + paper_files.show(
        85 + paper_files.width_pt("Ong "), 700, "An", font="F2"
    )
    (one,) = read_paper(paper_files.write_pages([mixed])).paragraphs

    assert [(piece.text, piece.look.bold) for piece in one.pieces] == [("Ong ", False), ("An", True)]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    upright = paper_files.set_text(LONG, 85, 700, 453)
    width, height = paper_files.A4
    # the content is turned against the page, so that it is shown upright
    turn = {90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {width}"}[
        rotate
    ]
    size = (width, height) if rotate == 180 else (height, width)
    found = read_paper(paper_files.write_pages([f"q {turn} cm {upright} Q"], size, rotate))

    (one,) = found.paragraphs
    assert (one.text, one.align) == (LONG, "justify")
    assert (found.sheets[0].width_mm, found.sheets[0].height_mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    assert found.sheets[0].margin_left_mm == pytest.approx(30, abs=0.2)


def test_letters_that_run_upwards_are_left_out_and_told() -> None:
    found = read_paper(paper_files.write_pages([f"q 0 1 -1 0 842 0 cm {paper_files.show(90, 700, 'A')} Q"]))

    assert (found.paragraphs, found.notes) == ((), ("slanted-text",))


def test_a_landscape_page() -> None:
    size = (paper_files.A4[1], paper_files.A4[0])
    (sheet,) = read_paper(paper_files.write_pages([paper_files.set_text(LONG, 85, 500, 700)], size)).sheets

    assert sheet.is_landscape


def test_text_in_two_columns_is_read_column_by_column() -> None:
    left = [f"Cot trai doan {number}. " + LONG for number in range(2)]
    right = [f"Cot phai doan {number}. " + LONG for number in range(2)]
    shown = ""
    for texts, x in ((left, 60), (right, 310)):
        y = 780.0
        for text in texts:
            shown += paper_files.set_text(text, x, y, 225, indent=20)
            y -= 17 * paper_files.count_lines(text, 225, 20) + 6
    found = read_paper(paper_files.write_pages([shown]))

    assert [one.text for one in found.paragraphs] == [*left, *right]
    assert [one.side for one in found.paragraphs] == ["left", "left", "right", "right"]


def test_recipients_stand_beside_a_signature() -> None:
    shown = paper_files.set_text(LONG, 85, 780, 453)
    for number, text in enumerate(("Noi nhan:", "- Nhu tren;", "- Cac bo, nganh;", "- Luu: VT.")):
        shown += paper_files.show(85, 640 - 14 * number, text, 12 if number == 0 else 11)
    shown += paper_files.centre(430, 640, "TM. BAN TO CHUC", font="F2")
    shown += paper_files.centre(430, 623, "TRUONG BAN", font="F2")
    shown += paper_files.centre(430, 530, "Nguyen Van A", font="F2")
    found = read_paper(paper_files.write_pages([shown]))

    assert [(one.text, one.side, one.align) for one in found.paragraphs[1:]] == [
        *((text, "left", "left") for text in ("Noi nhan:", "- Nhu tren;", "- Cac bo, nganh;", "- Luu: VT.")),
        *((text, "right", "center") for text in ("TM. BAN TO CHUC", "TRUONG BAN", "Nguyen Van A")),
    ]
    assert len({one.row for one in found.paragraphs[1:]}) == 1


def test_a_signature_alone_at_the_right() -> None:
    shown = paper_files.set_text(LONG, 85, 780, 453)
    shown += paper_files.centre(430, 640, "CHU TOA", font="F2") + paper_files.centre(
        430, 560, "Nguyen Van A", font="F2"
    )
    found = read_paper(paper_files.write_pages([shown]))

    assert [(one.text, one.side, one.align, one.row) for one in found.paragraphs[1:]] == [
        ("CHU TOA", "right", "center", None),
        ("Nguyen Van A", "right", "center", None),
    ]


def test_a_title_of_more_than_a_line_is_one_paragraph() -> None:
    shown = paper_files.set_text(LONG, 85, 600, 453)
    lines = ("Hoi nghi tong ket cong tac thi dua, khen thuong nam 2020 va ky giao uoc II", "thi dua nam 2021")
    assert 446 < paper_files.width_pt(lines[0], font="F2") < 452
    for number, line in enumerate(lines):
        shown += paper_files.centre(311.5, 700 - 17 * number, line, font="F2")
    shown += "290 675 m 333 675 l S"
    title = read_paper(paper_files.write_pages([shown])).paragraphs[0]

    assert (title.text, title.align) == (" ".join(lines), "center")
    assert title.rule_below is not None
    assert title.rule_below.length_mm == pytest.approx(43 / 72 * 25.4, abs=0.1)
    assert title.rule_below.text_length_mm == pytest.approx(
        paper_files.width_pt(lines[0], font="F2") / 72 * 25.4, abs=0.2
    )


def test_indented_items_are_whole_paragraphs() -> None:
    items = [f"{mark}) {LONG}" for mark in "abc"]
    y, shown = 780.0, ""
    for text in (LONG, *items):
        left = 85 if text is LONG else 113
        shown += paper_files.set_text(text, left, y, 538 - left, indent=36 if text is LONG else 0)
        y -= 17 * paper_files.count_lines(text, 538 - left, 36 if text is LONG else 0)
    found = read_paper(paper_files.write_pages([shown]))

    assert [one.text for one in found.paragraphs] == [LONG, *items]
    assert [one.indent_left_mm for one in found.paragraphs] == [0, *[pytest.approx(9.88, abs=0.1)] * 3]


def test_black_of_a_press_is_black() -> None:
    shown = "0 0 0 1 k " + paper_files.show(85, 700, "Den") + "1 0 0 rg " + paper_files.show(85, 600, "Do")
    found = read_paper(paper_files.write_pages([shown]))

    assert [one.pieces[0].look.color for one in found.paragraphs] == ["000000", "FF0000"]


def test_letters_that_are_filled_and_stroked_are_bold_and_slanting_ones_italic() -> None:
    shown = "2 Tr " + paper_files.show(85, 700, "Dam") + "0 Tr "
    shown += paper_files.show(85, 600, "Nghieng").replace("1 0 0 1 85", "1 0 0.2 1 85")
    bold, italic = (one.pieces[0].look for one in read_paper(paper_files.write_pages([shown])).paragraphs)

    assert (bold.bold, bold.italic) == (True, False)
    assert (italic.bold, italic.italic) == (False, True)


def test_left_aligned_lines_are_not_taken_for_justified_ones() -> None:
    lines = [
        "Hoi nghi da thong nhat cac noi dung sau day va giao cho cac don vi to",
        "chuc thuc hien cac nhiem vu duoc giao trong nam nay va nam toi, bao",
    ]
    lines += ["cao ket qua ve Khoi truong truoc ngay het quy de tong hop chung, trinh", "len cap tren."]
    shown = "".join(paper_files.show(85, 700 - 17 * number, line) for number, line in enumerate(lines))
    (one,) = read_paper(paper_files.write_pages([shown])).paragraphs

    assert (one.align, one.text) == ("left", " ".join(lines))


def test_a_frame_is_no_table_and_underscores_are_a_rule() -> None:
    shown = "40 40 500 760 re S\n" + paper_files.centre(300, 700, "BIEN BAN", font="F2")
    shown += paper_files.centre(300, 688, "_" * 12, 12)
    (one,) = read_paper(paper_files.write_pages([shown])).paragraphs

    assert not one.in_ruled_table
    assert one.rule_below is not None
    assert one.rule_below.length_mm == pytest.approx(paper_files.width_pt("_" * 12, 12) / 72 * 25.4, abs=0.2)
    assert one.rule_below.thickness_pt is None


def test_a_table_of_filled_rectangles_as_word_draws_it() -> None:
    shown = "".join(f"85 {y} 300 0.5 re f\n" for y in (700, 680, 660))
    shown += "".join(f"{x} 660 0.5 40 re f\n" for x in (85, 150, 385))
    for y, texts in ((686, ("STT", "Don vi")), (666, ("1", "Bo Noi vu"))):
        shown += paper_files.show(90, y, texts[0], 13) + paper_files.show(155, y, texts[1], 13)
    found = read_paper(paper_files.write_pages([shown]))

    assert [(one.text, one.row, one.in_ruled_table) for one in found.paragraphs] == [
        ("STT", (0, 0), True),
        ("Don vi", (0, 0), True),
        ("1", (0, 1), True),
        ("Bo Noi vu", (0, 1), True),
    ]


def test_a_number_that_does_not_count_pages_is_text() -> None:
    pages = [paper_files.set_text(LONG, 85, 700, 453) + paper_files.centre(312, 800, "7") for _ in range(2)]
    found = read_paper(paper_files.write_pages(pages))

    assert found.page_numbers == ()
    assert [one.text for one in found.paragraphs].count("7") == 2


def test_page_numbers_that_begin_with_another_one_and_stand_on_the_first_page() -> None:
    pages = [paper_files.set_text(LONG, 85, 700, 453) + paper_files.show(525, 40, str(n)) for n in (5, 6, 7)]
    (number,) = read_paper(paper_files.write_pages(pages)).page_numbers

    assert (number.place, number.align, number.on_first_page) == ("footer", "right", True)


def test_the_fonts_of_one_page_are_not_those_of_another() -> None:
    fonts = ["F1", "F2"] * 20
    found = read_paper(paper_files.write_pages([paper_files.show(85, 700, "A", font=font) for font in fonts]))

    assert [one.pieces[0].look.bold for one in found.paragraphs] == [font == "F2" for font in fonts]


def test_a_scanned_page_is_told() -> None:
    found = read_paper(paper_files.write_scan())

    assert (found.paragraphs, found.notes, found.page_count) == ((), ("scanned-page",), 1)
    assert found.sheets[0].margin_left_mm is None


def test_a_signature_is_told_and_an_empty_field_is_none() -> None:
    content = paper_files.write_pages([paper_files.set_text(LONG, 85, 700, 453)])

    assert not read_paper(content).is_signed
    assert read_paper(paper_files.sign(content)).is_signed
    assert not read_paper(paper_files.sign(content, empty=True)).is_signed


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = paper_files.set_text(LONG, 85, 0, 453).splitlines(keepends=True)
    shown = [paper_files.set_text(LONG, 85, 700 - 100 * n, 453) for n in range(6)]
    first = "".join(shown) + paper_files.set_text(LONG, 85, 90, 453).split("BT", 2)[0]
    head = "".join(f"q 1 0 0 1 0 {80 - 0} cm {line} Q\n" for line in lines[:2])
    tail = "".join(f"q 1 0 0 1 0 {780 + 34} cm {line} Q\n" for line in lines[2:])
    found = read_paper(paper_files.write_pages([first + head, tail]))

    assert [one.text for one in found.paragraphs] == [LONG] * 7
    assert found.paragraphs[-1].page == 1


@pytest.mark.parametrize(("indent", "space"), [(0, None), (36, 0.0)])
def test_lines_behind_a_line_that_was_ended_on_purpose_have_no_space_before_them(indent, space) -> None:
    """Whether they are the same paragraph no PDF file tells, unless they have an indent of their own."""
    first = f"{LONG} chu de sau"
    shown = paper_files.set_text(first, 85, 700, 453, indent=36)
    below = 700 - 17 * paper_files.count_lines(first, 453, 36)
    shown += paper_files.set_text(LONG, 85, below, 453, indent=indent)
    found = read_paper(paper_files.write_pages([shown]))

    assert [one.text for one in found.paragraphs] == [first, LONG]
    assert found.paragraphs[0].space_after_pt == space


# --- files that cannot be read ------------------------------------------------------------------------


def refusal(content: bytes) -> InspectionError:
    with pytest.raises(InspectionError) as caught:
        read_paper(content)
    for language in LANGUAGES:
        assert say(language, caught.value.key, caught.value.values) != caught.value.key
    return caught.value


def test_a_file_with_a_password_is_refused() -> None:
    content = paper_files.write_pages([paper_files.show(85, 700, "A")], encrypt="secret")

    assert refusal(content).key == "file-encrypted"


@pytest.mark.parametrize("part", [0, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(part: float) -> None:
    content = write_pdf(samples.whole_document(), samples.nd30()).content

    assert refusal(content[: int(len(content) * part)]).key == "file-not-readable-pdf"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\0" * 999 + b"%%EOF"]
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert refusal(content).key == "file-not-readable-pdf"


def test_a_file_without_pages_is_refused() -> None:
    assert refusal(paper_files.save(pikepdf.new())).key == "file-not-readable-pdf"


@pytest.mark.parametrize(
    ("limit", "value", "key"),
    [
        ("MOST_BYTES", 100, "file-too-large-to-inspect"),
        ("MOST_PAGES", 1, "file-too-many-pages"),
        ("MOST_LETTERS", 10, "file-too-many-letters"),
    ],
)
def test_a_file_that_is_too_large_is_refused(
    limit: str, value: int, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = paper_files.write_pages([paper_files.set_text(LONG, 85, 700, 453)] * 2)
    monkeypatch.setattr(paper_ink, limit, value)

    assert refusal(content).key == key


def test_a_file_that_unpacks_to_very_much_is_refused_before_it_is_opened() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(257)) + packer.flush()
    content = paper_files.write_pages([paper_files.show(85, 700, "A")])
    bomb = content.replace(b"%%EOF", b"9 0 obj <<>> stream\n" + packed + b"\nendstream endobj\n%%EOF")

    assert refusal(bomb).key == "file-too-large-to-inspect"


def test_a_file_of_two_hundred_pages_is_read_in_time() -> None:
    page = "".join(paper_files.set_text(LONG, 85, 780 - 100 * number, 453) for number in range(7))
    content = paper_files.write_pages([page] * 200)
    start = time.perf_counter()
    found = read_paper(content)

    assert time.perf_counter() - start < 60
    assert (found.page_count, len(found.paragraphs)) == (200, 1400)


def test_a_drawing_of_very_many_rules_takes_no_more_time_than_a_page() -> None:
    drawing = "".join(
        f"{n % 500} {n // 50} m {n % 500 + 9} {n // 50} l S {n % 500} 9 m {n % 500} 700 l S\n"
        for n in range(30000)
    )
    start = time.perf_counter()
    found = read_paper(paper_files.write_pages([drawing + paper_files.set_text(LONG, 85, 780, 453)]))

    assert time.perf_counter() - start < 30
    assert found.page_count == 1
