"""What a Word file holds, read with nothing but a zip reader and lxml, and what other programs say of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from generator.errors import OutputError
from generator.grids import arrange_grid
from generator.layout import DOTS, split_width
from generator.style import CERTIFICATE_COMPONENTS, PRESS_COMPONENTS, TEXT_COMPONENTS, Style
from generator.tree import (
    BLANK_MARK,
    Blank,
    Column,
    Document,
    Emph,
    Extent,
    Heading,
    ItemList,
    Letterhead,
    LineBreak,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
    iter_blanks,
    iter_lines,
    plain_text,
)
from generator.typeface import POINT_MM
from generator.writers.docx import MOST_PROPERTY_LETTERS, write_docx
from generator.writers.docx_body import MOST_LABEL_LETTERS
from generator.writers.docx_parts import STYLE_IDS
from tests.samples import letterhead, nd30, signature, tt01, whole_document

ROOT = Path(__file__).resolve().parent.parent.parent
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
}
W = f"{{{NAMESPACES['w']}}}"
STYLES = (tt01(), nd30())
BOTH = pytest.mark.parametrize("style", STYLES, ids=[style.id for style in STYLES])


class Parts:
    """The parts of a Word file, parsed, with short XPath."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as archive:
            assert archive.testzip() is None
            self.names = archive.namelist()
            self.infos = archive.infolist()
            self.texts = {name: archive.read(name) for name in self.names}
        self.roots = {name: etree.fromstring(text) for name, text in self.texts.items()}

    def find(self, path: str, part: str = "word/document.xml"):
        return self.roots[part].xpath(path, namespaces=NAMESPACES)

    def value(self, path: str, part: str = "word/document.xml") -> str:
        (found,) = self.find(path, part)
        return str(found)

    def style(self, style_id: str):
        (found,) = self.find(f"//w:style[@w:styleId='{style_id}']", "word/styles.xml")
        return found


def parts_of(document: Document, style=STYLES[0]) -> Parts:
    return Parts(write_docx(document, style))


def document_of(*blocks) -> Document:
    return Document(title="Tên", author="Cơ quan", language="vi-VN", blocks=blocks)


def para(*content, keep_with_next: bool = False) -> Para:
    return Para("body", content, keep_with_next)


def paragraph_text(paragraph) -> str:
    """Read a paragraph as Word shows it, a form field that shows its placeholder as one mark."""
    words = []
    for node in paragraph.iter(f"{W}t", f"{W}br", f"{W}sdt"):
        if node.tag == f"{W}sdt":
            words.append(BLANK_MARK)
        elif node.tag == f"{W}br":
            words.append("\n")
        elif next(node.iterancestors(f"{W}sdt"), None) is None:
            words.append(node.text or "")
    return "".join(words)


def words_of(text: str) -> str:
    return " ".join(text.split())


def style_of(paragraph) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def is_kept(paragraph) -> bool:
    return paragraph.find(f"{W}pPr/{W}keepNext") is not None


# --- words --------------------------------------------------------------------------------------------


@BOTH
def test_word_file_says_the_words_of_the_tree_in_their_order(style):
    document = whole_document()
    read = [words_of(paragraph_text(node)) for node in parts_of(document, style).find("//w:body//w:p")]
    lines = [words_of(plain_text(line)) for block in document.blocks for line in iter_lines(block)]
    assert [words for words in read if words] == lines


@pytest.mark.parametrize(
    "text",
    [
        "A & B",
        "< 5 tỷ",
        "a]]>b",
        "\"'“”",
        "  hai đầu  ",
        "<w:t>&amp;</w:t>",
        "$blocks ${place} %s {x}",
        " ",
        "a\tb\nc\rd",
    ],
)
def test_text_with_a_meaning_in_xml_arrives_as_it_is(text):
    parts = parts_of(document_of(para(Text(text))))
    assert [node.text for node in parts.find("//w:p[1]//w:t")] == [text]
    assert parts.find("//w:t/@xml:space") == ["preserve"]


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)


@given(PRINTABLE, PRINTABLE)
def test_any_text_arrives_in_a_paragraph_and_in_a_cell(paragraph, cell):
    table = Table((Column(1),), (((Text(cell),),),), (((Strong((Text(cell),)),),),))
    parts = parts_of(document_of(para(Text(paragraph)), table))
    assert [node.text for node in parts.find("//w:t")] == [paragraph, cell, cell]


@given(PRINTABLE, PRINTABLE)
def test_any_text_arrives_in_the_properties_and_in_the_title_of_a_field(title, label):
    parts = parts_of(replace(document_of(para(Blank(label))), title=title))
    assert parts.find("//dc:title/text()", "docProps/core.xml") == [title[:MOST_PROPERTY_LETTERS]]
    assert parts.find("//w:alias/@w:val") == [label[:MOST_LABEL_LETTERS]]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("place", ["text", "label", "title", "author"])
def test_a_character_that_no_word_file_can_hold_is_refused_by_name(character, place):
    text = f"Bộ{character}"
    document = document_of(
        para(Text(text if place == "text" else "a"), Blank(text if place == "label" else "b"))
    )
    document = replace(document, **{place: text}) if place in ("title", "author") else document
    with pytest.raises(OutputError) as caught:
        write_docx(document, STYLES[0])
    assert caught.value.key == "text-not-writable"
    assert caught.value.values["character"] == f"U+{ord(character):04X}"


def test_bold_italic_and_line_breaks_within_a_line_are_direct():
    content = (Text("a"), Strong((Text("b"), Emph((Text("c"),)))), LineBreak(), Emph((Text("d"),)))
    parts = parts_of(document_of(para(*content)))
    marks = [
        [etree.QName(mark).localname for mark in run.xpath("w:rPr/*", namespaces=NAMESPACES)]
        for run in parts.find("//w:p[1]/w:r")
    ]
    assert marks == [[], ["b", "bCs"], ["b", "bCs", "i", "iCs"], [], ["i", "iCs"]]


def test_empty_lines_are_left_out_and_empty_blocks_do_no_harm():
    empty = Signature((), (), (), ())
    parts = parts_of(
        document_of(
            Letterhead((), (), (), (), (), ()),
            Title((), ()),
            Heading(1, "roman", "", ()),
            para(),
            ItemList("-", ()),
            Table((Column(1),), (), ()),
            SignatureGrid((2,), ()),
            SignatureGrid((2,), (empty,)),
            Recipients((), ()),
        )
    )
    assert parts.find("//w:t") == []
    assert all(cell.findall(f"{W}p") for cell in parts.find("//w:tc"))
    assert all(table.findall(f"{W}tr") for table in parts.find("//w:tbl"))


# --- package ------------------------------------------------------------------------------------------


def test_nothing_is_left_of_the_template_of_python_docx():
    parts = parts_of(whole_document())
    everything = b"".join(parts.texts.values())
    for trace in (
        b"python-docx",
        b"stylesWithEffects",
        b"thumbnail",
        b"2013-",
        b"12240",
        b"en-US",
        b"Calibri",
    ):
        assert trace not in everything


def test_the_file_names_its_title_author_and_language_but_no_date():
    parts = parts_of(whole_document())
    properties = {etree.QName(node).localname: node.text for node in parts.roots["docProps/core.xml"]}
    assert properties == {
        "title": "Biên bản Hội nghị tổng kết công tác thi đua, khen thưởng năm 2016",
        "creator": "Khối thi đua các Bộ, ngành tổng hợp",
        "language": "vi-VN",
    }
    assert b"<Application>hoinghi</Application>" in parts.texts["docProps/app.xml"]


def test_a_title_that_is_too_long_for_a_property_is_cut_there():
    document = replace(document_of(para(Text("a"))), title="Hội nghị " * 40)
    assert len(parts_of(document).value("//dc:title/text()", "docProps/core.xml")) == MOST_PROPERTY_LETTERS


def test_members_are_sorted_and_without_date_or_machine():
    parts = parts_of(whole_document())
    assert parts.names == sorted(parts.names)
    assert parts.names[0] == "[Content_Types].xml"
    assert {info.date_time for info in parts.infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in parts.infos} == {0}


def test_bytes_are_the_same_in_every_process():
    code = (
        "import hashlib; from tests.samples import *; from generator.writers.docx import write_docx;"
        "print([hashlib.sha256(write_docx(whole_document(), style)).hexdigest() for style in (tt01(), nd30())])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Ho_Chi_Minh"), ("4711", "America/New_York"))
    }
    assert len(printed) == 1


# --- page, settings, page number ----------------------------------------------------------------------


@BOTH
def test_the_page_is_a4_with_the_margins_of_the_style(style):
    parts = parts_of(whole_document(), style)
    size = parts.find("//w:sectPr/w:pgSz")[0]
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    margins = parts.find("//w:sectPr/w:pgMar")[0]
    for side in ("top", "bottom", "left", "right"):
        wanted_mm = getattr(style.page, f"margin_{side}_mm")
        assert int(margins.get(f"{W}{side}")) == pytest.approx(wanted_mm / 25.4 * 1440, abs=1)


@BOTH
def test_the_page_number_is_a_field_in_its_margin_and_not_on_the_first_page(style):
    parts = parts_of(whole_document(), style)
    place = style.page_number.place
    assert parts.find("//w:sectPr/w:titlePg")
    assert parts.find(f"//w:sectPr/w:{place}Reference/@w:type") == ["default", "first"]
    other = "footer" if place == "header" else "header"
    assert not [name for name in parts.names if other in name]
    margins = parts.find("//w:sectPr/w:pgMar")[0]
    assert int(margins.get(f"{W}{place}")) == round(style.page_number.distance_mm / 25.4 * 1440)
    assert parts.find("//w:fldChar/@w:fldCharType", f"word/{place}1.xml") == ["begin", "separate", "end"]
    assert parts.value("//w:instrText/text()", f"word/{place}1.xml") == " PAGE "
    assert not parts.find("//w:r", f"word/{place}2.xml")
    number = parts.style("SoTrang")
    assert number.find(f"{W}pPr/{W}jc").get(f"{W}val") == style.page_number.align
    assert number.find(f"{W}rPr/{W}sz").get(f"{W}val") == str(round(2 * style.page_number.size_pt))


def test_settings_ask_for_the_layout_of_word_2013_without_hyphenation():
    parts = parts_of(whole_document())
    settings = "word/settings.xml"
    mode = parts.value("//w:compatSetting[@w:name='compatibilityMode']/@w:val", settings)
    assert mode == "15"
    assert parts.value("//w:autoHyphenation/@w:val", settings) == "false"
    assert parts.find("//w:doNotExpandShiftReturn", settings)


@BOTH
def test_the_one_font_stands_in_all_four_slots_and_no_letters_are_kerned(style):
    parts = parts_of(whole_document(), style)
    (fonts,) = parts.find("//w:rFonts", "word/styles.xml")
    slots = {etree.QName(name).localname: value for name, value in fonts.attrib.items()}
    assert slots == dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), style.font_family)
    assert parts.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["vi-VN"]
    everything = b"".join(parts.texts.values())
    for absent in (b"asciiTheme", b"w:kern", b"w:color ", b"ligatures"):
        assert absent not in everything


# --- styles -------------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("component", TEXT_COMPONENTS)
def test_each_component_has_a_named_style_with_its_look(style, component):
    parts, look = parts_of(whole_document(), style), style.texts[component]
    found = parts.style(STYLE_IDS[component])

    def read(path: str) -> str:
        return found.find("/".join(f"{W}{name}" for name in path.split("/"))).get(f"{W}val")

    label = next(rule.label for rule in style.rules if rule.id.startswith(f"{component}."))
    name = read("name")
    assert name == re.sub(r" \(.*|,", "", label)
    assert not set(",;{}\\") & set(name)
    assert read("rPr/sz") == read("rPr/szCs") == str(round(2 * look.size_pt))
    assert (found.find(f"{W}rPr/{W}b") is not None) == look.bold
    assert (found.find(f"{W}rPr/{W}i") is not None) == look.italic
    assert read("pPr/jc") == {"justify": "both"}.get(look.align, look.align)
    spacing = found.find(f"{W}pPr/{W}spacing")
    assert spacing.get(f"{W}lineRule") == "exact"
    assert spacing.get(f"{W}line") == str(round(20 * look.line_pitch_pt))
    assert spacing.get(f"{W}before") == "0"
    assert spacing.get(f"{W}after") == str(round(20 * look.space_after_pt))
    indent = int(found.find(f"{W}pPr/{W}ind").get(f"{W}firstLine"))
    assert indent == pytest.approx(look.indent_first_mm / 25.4 * 1440, abs=0.5)


def test_every_component_and_no_other_has_a_style():
    assert set(STYLE_IDS) == {*TEXT_COMPONENTS, *PRESS_COMPONENTS, *CERTIFICATE_COMPONENTS}
    assert len(set(STYLE_IDS.values())) == len(STYLE_IDS)


@BOTH
def test_styles_are_named_once_and_everything_named_exists(style):
    parts = parts_of(whole_document(), style)
    ids = parts.find("//w:style/@w:styleId", "word/styles.xml")
    names = parts.find("//w:style/w:name/@w:val", "word/styles.xml")
    assert len(set(ids)) == len(ids)
    assert len({name.lower() for name in names}) == len(names)
    used = {
        value
        for part in parts.names
        if part.startswith("word/") and part.endswith(".xml")
        for value in parts.find(
            "//w:pStyle/@w:val|//w:rStyle/@w:val|//w:tblStyle/@w:val|//w:basedOn/@w:val|//w:next/@w:val", part
        )
    }
    assert used <= set(ids)


def test_paragraphs_have_no_look_of_their_own():
    parts = parts_of(whole_document())
    paragraph = {etree.QName(node).localname for node in parts.find("//w:body//w:pPr/*")}
    run = {etree.QName(node).localname for node in parts.find("//w:body//w:rPr/*")}
    assert paragraph <= {"pStyle", "keepNext", "spacing", "ind"}
    assert run <= {"rStyle", "b", "bCs", "i", "iCs"}
    computed = {style_of(node) for node in parts.find("//w:body//w:p[w:pPr/w:spacing or w:pPr/w:ind]")}
    assert computed <= {"DuongKe", "DuongKeTrichYeu", "KhoangCach"}


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("form", ["roman", "arabic"])
def test_a_heading_has_the_look_of_its_form_and_the_outline_of_its_level(level, form):
    parts = parts_of(document_of(Heading(level, form, "1.", (Text("Tổng kết"),)), para(Text("a"))))
    heading = parts.find("//w:p")[0]
    assert paragraph_text(heading) == "1. Tổng kết"
    chain, style_id = [], style_of(heading)
    while style_id:
        chain.append(style_id)
        base = parts.style(style_id).find(f"{W}basedOn")
        style_id = "" if base is None else base.get(f"{W}val")
    assert STYLE_IDS[f"heading_{form}"] in chain
    assert {"Heading1", "Heading2"} & set(chain)
    outlines = [parts.style(name).find(f"{W}pPr/{W}outlineLvl") for name in chain]
    assert next(node.get(f"{W}val") for node in outlines if node is not None) == str(level - 1)
    assert any(parts.style(name).find(f"{W}pPr/{W}keepNext") is not None for name in chain)


def test_list_items_look_like_the_body():
    parts = parts_of(document_of(ItemList("-", ((Text("một;"),), (Text("hai."),)))))
    assert [paragraph_text(node) for node in parts.find("//w:p")] == ["- một;", "- hai."]
    assert parts.style("LietKe").find(f"{W}basedOn").get(f"{W}val") == STYLE_IDS["body"]


# --- letterhead and title -----------------------------------------------------------------------------


@BOTH
def test_the_letterhead_is_a_frame_of_two_columns_without_rules_and_padding(style):
    parts = parts_of(document_of(letterhead(), para(Text("a"))), style)
    (table,) = parts.find("//w:tbl")
    shares = (style.letterhead.left_share, style.letterhead.right_share)
    wanted = [round(width / 25.4 * 1440) for width in split_width(shares, style.page.text_width_mm)]
    assert_widths(table, wanted)
    frame = parts.style(table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val"))
    assert frame.find(f"{W}tblPr/{W}tblBorders") is None
    padding = frame.find(f"{W}tblPr/{W}tblCellMar")
    assert [padding.find(f"{W}{side}").get(f"{W}w") for side in ("left", "right")] == ["0", "0"]
    gap = table.getnext()
    assert style_of(gap) == "KhoangCachDauVanBan"
    assert not gap.findall(f"{W}r")


def assert_widths(table, wanted: list[int]) -> None:
    assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
    assert table.find(f"{W}tblPr/{W}tblW").get(f"{W}w") == str(sum(wanted))
    assert [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")] == wanted
    for row in table.findall(f"{W}tr"):
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
        counts = [1 if span is None else int(span.get(f"{W}val")) for span in spans]
        edges = [sum(counts[:index]) for index in range(len(counts) + 1)]
        sums = [sum(wanted[start:end]) for start, end in pairwise(edges)]
        assert edges[-1] == len(wanted)
        assert [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.findall(f"{W}tc")] == sums


@BOTH
def test_rules_are_as_long_as_the_style_says(style):
    parts = parts_of(whole_document(), style)
    rules = [node for node in parts.find("//w:body//w:p") if style_of(node).startswith("DuongKe")]
    widths = [*split_width((style.letterhead.left_share, style.letterhead.right_share), 160), 160]
    lengths = []
    for rule, width_mm in zip(rules, widths, strict=True):
        indent = rule.find(f"{W}pPr/{W}ind")
        assert indent.get(f"{W}left") == indent.get(f"{W}right")
        lengths.append(width_mm - 2 * int(indent.get(f"{W}left")) / 1440 * 25.4)
    assert lengths[1] == pytest.approx(60.5, abs=0.2)  # the motto at 14 pt, regulations.md 2.6
    for style_id, look in (("DuongKe", style.letterhead), ("DuongKeTrichYeu", style.title)):
        border = parts.style(style_id).find(f"{W}pPr/{W}pBdr/{W}bottom")
        assert (border.get(f"{W}val"), border.get(f"{W}sz")) == (
            "single",
            str(round(8 * look.rule_thickness_pt)),
        )
        gap = parts.style(style_id).find(f"{W}pPr/{W}spacing").get(f"{W}line")
        assert gap == str(round(20 * look.rule_gap_pt))


def test_number_and_place_share_a_row_that_is_left_out_when_both_are_empty():
    number, place = (Text("Số: 01/BB-K"),), (Text("Hà Nội, ngày 17 tháng 02 năm 2017"),)
    with_both = replace(letterhead(), number=number, place_and_date=place)
    without = replace(letterhead(), number=(), place_and_date=())
    rows = [parts_of(document_of(head, para(Text("a")))).find("//w:tr") for head in (with_both, without)]
    assert [len(found) for found in rows] == [2, 1]
    assert [style_of(node) for node in rows[0][1].iter(f"{W}p")] == ["SoKyHieu", "DiaDanhNgayThang"]


def test_the_superior_body_stands_above_the_issuing_one():
    head = replace(letterhead(), parent=(Text("BỘ NỘI VỤ"),))
    cell = parts_of(document_of(head, para(Text("a")))).find("//w:tc")[0]
    assert [style_of(node) for node in cell.iter(f"{W}p")] == ["TenCoQuanChuQuan", "TenCoQuan", "DuongKe"]


# --- tables -------------------------------------------------------------------------------------------


@BOTH
def test_a_table_repeats_its_header_keeps_its_rows_whole_and_fills_the_width(style):
    parts = parts_of(whole_document(), style)
    table = parts.find("//w:tbl[w:tr/w:trPr/w:tblHeader]")[0]
    assert_widths(table, [round(width / 25.4 * 1440) for width in split_width((1, 5, 4), 160)])
    header, *rows = table.findall(f"{W}tr")
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (header, *rows))
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
    assert {style_of(node) for node in header.iter(f"{W}p")} == {"DauDeCot"}
    assert parts.style("DauDeCot").find(f"{W}pPr/{W}keepNext") is not None
    cells = [style_of(node) for node in rows[0].iter(f"{W}p")]
    assert cells == ["OTrongBangGiua", "OTrongBangTrai", "OTrongBangTrai"]
    assert style_of(table.getnext()) == "KhoangCachBang"


@BOTH
def test_rules_and_padding_of_a_table_stand_in_its_style(style):
    look = parts_of(whole_document(), style).style("Bang").find(f"{W}tblPr")
    borders = {etree.QName(node).localname: node for node in look.find(f"{W}tblBorders")}
    assert set(borders) == {"top", "left", "bottom", "right", "insideH", "insideV"}
    wanted = ("single", str(round(8 * style.table.rule_thickness_pt)))
    assert {(node.get(f"{W}val"), node.get(f"{W}sz")) for node in borders.values()} == {wanted}
    padding = {etree.QName(node).localname: int(node.get(f"{W}w")) for node in look.find(f"{W}tblCellMar")}
    x, y = round(style.table.padding_x_mm / 25.4 * 1440), round(20 * style.table.padding_y_pt)
    assert padding == {"top": y, "bottom": y, "left": x, "right": x}


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_column_aligns_its_cells_by_a_style(align):
    parts = parts_of(document_of(Table((Column(1, align),), (), (((Text("a"),),),))))
    style = parts.style(style_of(parts.find("//w:tc/w:p")[0]))
    assert style.find(f"{W}pPr/{W}jc").get(f"{W}val") == align
    assert style.find(f"{W}basedOn").get(f"{W}val") == STYLE_IDS["table_cell"]


def test_two_tables_never_touch_and_a_table_is_never_last():
    table = Table((Column(1),), (), (((Text("a"),),),))
    grid = SignatureGrid((1,), (signature("THƯ KÝ"),))
    parts = parts_of(document_of(letterhead(), table, table, grid, grid))
    tables = parts.find("//w:body/w:tbl")
    assert len(tables) == 5
    assert all(node.getnext().tag == f"{W}p" for node in tables)
    last = parts.find("//w:body/w:p")[-1]
    assert last.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "20"


# --- signatures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [1, 2, 3, 7, 10, 43])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_signature_grid_is_one_chain_where_it_fits_on_a_page(cells, columns):
    grid = SignatureGrid((columns,), tuple(signature(f"THƯ KÝ {number}") for number in range(cells)))
    closing = para(Text("Hội nghị kết thúc."), keep_with_next=True)
    parts = parts_of(document_of(closing, grid, para(Text("a"))))
    arranged = arrange_grid(grid, (closing,), para(Text("a")), nd30())
    (table,) = parts.find("//w:tbl")
    assert_widths(table, [round(width / 25.4 * 1440) for width in split_width([1] * 2 * columns, 160)])
    rows = table.findall(f"{W}tr")
    assert len(rows) == -(-cells // columns)
    assert arranged.is_whole == (len(rows) <= 5)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    before = list(table.itersiblings(f"{W}p", preceding=True))
    assert all(is_kept(node) for node in before)
    for index, row in enumerate(rows):
        kept = {is_kept(node) for node in row.iter(f"{W}p")}
        assert kept == {(arranged.is_whole and index < len(rows) - 1) or index == len(rows) - 2}
    posts = [paragraph_text(node) for node in table.iter(f"{W}p") if style_of(node) == "ChucVuKy"]
    assert posts == [f"THƯ KÝ {number}" for number in range(cells)]


def test_a_row_that_is_not_full_stands_in_the_middle():
    grid = SignatureGrid((3,), tuple(signature(f"THƯ KÝ {number}") for number in range(5)))
    rows = parts_of(document_of(grid, para(Text("a")))).find("//w:tr")
    spans = [[int(span.get(f"{W}val")) for span in row.iter(f"{W}gridSpan")] for row in rows]
    assert spans == [[2, 2, 2], [2, 2]]
    assert len(rows[1].findall(f"{W}tc")) == 4  # half a column at either side


def test_a_place_that_begins_a_row_leaves_the_row_before_it_open():
    cells = (signature("A"), replace(signature("B"), starts_row=True), signature("C"))
    rows = parts_of(document_of(SignatureGrid((3,), cells), para(Text("a")))).find("//w:tr")
    posts = [[paragraph_text(n) for n in row.iter(f"{W}p") if style_of(n) == "ChucVuKy"] for row in rows]
    assert posts == [["A"], ["B", "C"]]


def test_the_caption_of_signatures_comes_again_on_each_page():
    grid = SignatureGrid((2,), (signature("A"),), (Text("ĐẠI DIỆN KÝ"),))
    head, row = parts_of(document_of(grid, para(Text("a")))).find("//w:tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert row.find(f"{W}trPr/{W}tblHeader") is None
    assert [is_kept(node) for node in head.iter(f"{W}p")] == [True]
    assert paragraph_text(next(head.iter(f"{W}p"))) == "ĐẠI DIỆN KÝ"


def test_recipients_are_the_last_row_of_the_signatures_and_kept_with_them():
    recipients = Recipients((Text("Nơi nhận:"),), ((Text("- Lưu: VT."),),))
    parts = parts_of(document_of(SignatureGrid((2,), (signature("A"), signature("B"))), recipients))
    signed, listed = parts.find("//w:tr")
    assert all(is_kept(node) for node in signed.iter(f"{W}p"))
    assert [style_of(node) for node in listed.iter(f"{W}p")] == ["KhoangCach", "NoiNhan", "DanhSachNoiNhan"]
    assert len(parts.find("//w:body/w:p")) == 2  # the gap above, and the line that Word needs below


@pytest.mark.parametrize(
    "before",
    [
        para(Text("a")),
        ItemList("-", ((Text("a"),), (Text("b"),))),
        Table((Column(1),), (), (((Text("a"),),),)),
        letterhead(),
    ],
    ids=["para", "list", "table", "letterhead"],
)
def test_whatever_stands_before_a_signature_grid_is_kept_with_it(before):
    parts = parts_of(document_of(before, SignatureGrid((2,), (signature("THƯ KÝ"),)), para(Text("a"))))
    grid = parts.find("//w:body/w:tbl")[-1]
    above = grid.getprevious()
    assert is_kept(above)
    if isinstance(before, Table):
        assert all(is_kept(node) for node in above.getprevious().iter(f"{W}p"))


def test_a_place_to_sign_has_unit_posts_note_room_and_name_from_top_to_bottom():
    cell = Signature(
        unit=(Text("BỘ NỘI VỤ"),),
        posts=((Text("KT. BỘ TRƯỞNG"),), (Text("THỨ TRƯỞNG"),)),
        note=(Text("(Đã ký)"),),
        name=(Text("Nguyễn Văn Ái"),),
    )
    parts = parts_of(document_of(SignatureGrid((2,), (cell, signature("THƯ KÝ"))), para(Text("a"))))
    first, second = parts.find("//w:tc")
    assert [style_of(node) for node in first.findall(f"{W}p")] == [
        "DonViKy",
        "ChucVuKy",
        "ChucVuKy",
        "ChiDanKy",
        "KhoangKyDuoiChiDan",
        "HoTenKy",
    ]
    filler = second.findall(f"{W}p")[1]
    assert style_of(filler) == "KhoangCach"  # two lines, so that notes and names stand level
    assert filler.find(f"{W}pPr/{W}spacing").get(f"{W}line") == str(2 * 18 * 20)


@BOTH
def test_the_room_to_sign_is_as_high_with_a_note_as_without(style):
    parts = parts_of(whole_document(), style)

    def height(style_id: str) -> int:
        return int(parts.style(style_id).find(f"{W}pPr/{W}spacing").get(f"{W}line"))

    assert height("KhoangKy") == round(style.grid.room_mm / 25.4 * 1440)
    note = round(20 * style.texts["signature_note"].line_pitch_pt)
    assert height("KhoangKyDuoiChiDan") == pytest.approx(height("KhoangKy") - note, abs=1)


def test_recipients_are_a_label_and_a_list():
    recipients = Recipients((Text("Nơi nhận:"),), ((Text("- Lưu: VT."),),))
    paragraphs = parts_of(document_of(recipients)).find("//w:p")
    assert [style_of(node) for node in paragraphs] == ["NoiNhan", "DanhSachNoiNhan"]


# --- blanks -------------------------------------------------------------------------------------------


def test_every_blank_is_a_form_field_named_after_what_belongs_there():
    document = whole_document()
    parts = parts_of(document)
    fields = parts.find("//w:p/w:sdt")
    labels = [blank.label for blank in iter_blanks(document)]
    assert [node.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for node in fields] == labels
    for name in ("id", "tag"):
        values = [node.find(f"{W}sdtPr/{W}{name}").get(f"{W}val") for node in fields]
        assert len(set(values)) == len(values)
    for node in fields:
        assert node.find(f"{W}sdtPr/{W}text") is not None
        assert node.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        assert set(node.findtext(f"{W}sdtContent/{W}r/{W}t")) == {"."}
        assert node.find(f"{W}sdtContent/{W}r/{W}rPr/{W}rStyle").get(f"{W}val") == "ChoTrong"


def test_an_emptied_field_finds_its_dots_again():
    parts = parts_of(whole_document())
    glossary = "word/glossary/document.xml"
    offered = {}
    for part in parts.find("//w:docPart", glossary):
        assert part.find(f"{W}docPartPr/{W}types/{W}type").get(f"{W}val") == "bbPlcHdr"
        dots = part.findtext(f"{W}docPartBody/{W}p/{W}r/{W}t")
        offered[part.find(f"{W}docPartPr/{W}name").get(f"{W}val")] = dots
    for field in parts.find("//w:sdt"):
        name = field.find(f"{W}sdtPr/{W}placeholder/{W}docPart").get(f"{W}val")
        assert offered[name] == field.findtext(f"{W}sdtContent/{W}r/{W}t")
    assert {len(dots) for dots in offered.values()} >= set(DOTS.values())


def test_what_is_typed_into_a_field_looks_like_the_words_around_it():
    parts = parts_of(document_of(para(Emph((Text("Hà Nội, ngày "), Blank("Ngày", Extent.NUMBER))))))
    assert parts.find("//w:sdt/w:sdtPr/*[1][self::w:rPr]/w:i")
    assert parts.find("//w:sdt/w:sdtContent/w:r/w:rPr/w:i")


# --- what other programs say --------------------------------------------------------------------------


def findings_of(file: Path) -> list[str]:
    """Return what openxml-audit finds, without its one known mistake.

    openxml-audit 0.8.0 takes the type of a glossary entry (w:docPartPr/w:types/w:type, ISO/IEC 29500-1,
    17.12.15) for the type of a section, which has the same name.
    """
    result = OpenXmlValidator(FileFormat.MICROSOFT_365, security_validation=True).validate(file)
    descriptions = (f"{error.path} {error.description}" for error in result.errors)
    return [text for text in descriptions if "bbPlcHdr" not in text]


def plain_blocks() -> Document:
    """Return a document of what the whole one has not: both headings, line breaks, many to sign."""
    return document_of(
        replace(letterhead(), parent=(Text("BỘ NỘI VỤ"),), place_and_date=(Text("Hà Nội, ngày 17"),)),
        Title((Text("BẢN GIAO ƯỚC"),), ()),
        Heading(1, "roman", "I.", (Text("MỤC"),)),
        Heading(2, "arabic", "1.", (Text("Khoản"),)),
        para(Text("a"), LineBreak(), Strong((Blank("Tên " * 40, Extent.LINE),))),
        SignatureGrid((3,), tuple(signature(f"THƯ KÝ {number}") for number in range(43))),
    )


@BOTH
@pytest.mark.parametrize("document", [whole_document(), plain_blocks()], ids=["whole", "plain"])
def test_a_validator_finds_nothing(style, document, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(write_docx(document, style))
    assert findings_of(file) == []


def lay_out(document: Document, style: Style, folder: Path) -> list[str]:
    """Return the words of each page as LibreOffice sets it, with a profile of its own."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("no soffice here")
    file = folder / "a.docx"
    file.write_bytes(write_docx(document, style))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pypdfium2.PdfDocument(folder / "a.pdf") as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


@pytest.mark.libreoffice
def test_libreoffice_fills_its_pages_line_by_line(tmp_path):
    style = nd30()
    look, page = style.texts["body"], style.page
    height_pt = (page.height_mm - page.margin_top_mm - page.margin_bottom_mm) / POINT_MM
    lines = int((height_pt + look.space_after_pt) / (look.line_pitch_pt + look.space_after_pt))
    document = document_of(*(para(Text(f"Dòng {number}.")) for number in range(2 * lines + 1)))
    pages = lay_out(document, style, tmp_path)
    assert [page.count("Dòng") for page in pages] == [lines, lines, 1]


@pytest.mark.libreoffice
def test_libreoffice_numbers_pages_repeats_headers_and_keeps_the_end_together(tmp_path):
    first, *others = lay_out(whole_document(rows=80), nd30(), tmp_path)
    assert first.startswith("KHỐI THI ĐUA")
    assert [text.split()[0] for text in others] == [str(number) for number in range(2, len(others) + 2)]
    with_rows = [text for text in others if "Đơn vị thành viên thứ" in text]
    assert with_rows
    assert all("Hình thức khen thưởng" in text for text in with_rows)
    assert all(words in others[-1] for words in ("Hội nghị kết thúc", "THƯ KÝ", "CHỦ TỌA"))
