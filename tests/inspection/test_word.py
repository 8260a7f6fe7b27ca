"""What the reader makes of Word files: ours, those of other programs, and XML written by hand."""

from __future__ import annotations

import io
import subprocess
import time
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.inspection.found import Line, Spacing
from generator.inspection.word.lists import format_number
from generator.inspection.word.reader import read_word
from generator.tree import (
    Addressees,
    Annex,
    Column,
    Document,
    Heading,
    Letterhead,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Table,
    Text,
    Title,
)
from generator.typeface import text_width_mm
from generator.writers.docx import write_docx
from tests import samples
from tests.inspection.word_files import (
    A4,
    based_on,
    cell,
    line_shape,
    page_field,
    paragraph,
    run,
    section,
    style,
    table,
    text_box,
    word_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from generator.inspection.found import Found, Look, Paragraph
    from generator.style import Style

BOTH = pytest.mark.parametrize("look", [samples.tt01(), samples.nd30()], ids=lambda look: look.id)
TWIP_MM = 25.4 / 1440
SINGLE = "<w:spacing w:before='0' w:after='0' w:line='240' w:lineRule='auto'/>"


def read(body: str, **parts: str) -> Found:
    return read_word(word_file(body + section(), **parts))


def first(body: str, **parts: str) -> Paragraph:
    return read(body, **parts).paragraphs[0]


def look_of(body: str, **parts: str) -> Look:
    """Return the look of the first letters."""
    return first(body, **parts).pieces[0].look


def with_text(found: Found, text: str) -> Paragraph:
    """Return the only paragraph in which *text* stands."""
    (paragraph,) = [paragraph for paragraph in found.paragraphs if text in paragraph.text]
    return paragraph


# --- our own files ------------------------------------------------------------------------------------


def one_of_each() -> Document:
    """Return a document in which each component says its own name."""

    def words(component: str) -> tuple[Text, ...]:
        return (Text(f"<{component}>"),)

    return Document(
        "Thử",
        "Tác giả",
        "vi-VN",
        (
            Letterhead(
                words("parent_body"),
                words("issuing_body"),
                words("nation"),
                words("motto"),
                words("number"),
                words("place_and_date"),
            ),
            Title(words("title_kind"), words("title_subject")),
            Addressees(words("addressee"), "-", (words("item"),)),
            Para("legal_basis", words("legal_basis")),
            Para("body", words("body")),
            Heading(1, "roman", "I.", words("heading_roman")),
            Heading(2, "arabic", "1.", words("heading_arabic")),
            Para("note", words("note")),
            Table((Column(1), Column(1)), ((words("table_header"), ()),), ((words("table_cell"), ()),)),
            SignatureGrid(
                (2,),
                (
                    Signature(
                        unit=words("signature_unit"),
                        office=words("signature_office"),
                        posts=(words("signature_post"),),
                        note=words("signature_note"),
                        name=words("signature_name"),
                    ),
                    samples.signature("CHỦ TỌA"),
                ),
                words("signature_caption"),
            ),
            Recipients(words("recipients_label"), (words("recipients_item"),)),
            Annex(words("annex_subject"), words("annex_label"), words("annex_reference")),
            Para("body", words("text of the annex")),
        ),
    )


@BOTH
def test_each_component_of_our_files_has_the_look_of_the_style_file(look: Style) -> None:
    found = read_word(write_docx(one_of_each(), look))
    for component, wanted in look.texts.items():
        paragraph = with_text(found, f"<{component}>")
        piece = paragraph.pieces[0]
        assert {other.look for other in paragraph.pieces} == {piece.look}
        assert piece.look.family == look.font_family, component
        assert piece.look.color == "000000"
        assert (piece.look.size_pt, piece.look.bold, piece.look.italic) == (
            wanted.size_pt,
            wanted.bold,
            wanted.italic,
        ), component
        assert paragraph.spacing == Spacing("exact", wanted.line_pitch_pt), component
        assert paragraph.space_before_pt == 0
        after_pt = look.title.gap_after_pt if component == "annex_reference" else wanted.space_after_pt
        assert paragraph.space_after_pt == after_pt, component
        if component == "addressee":  # the block is centred by its indents
            assert paragraph.indent_left_mm > 0
        else:
            assert paragraph.indent_first_mm == pytest.approx(wanted.indent_first_mm, abs=TWIP_MM), component
            assert paragraph.indent_left_mm == 0
        if component != "table_cell":
            assert paragraph.align == wanted.align, component


@BOTH
def test_sides_and_tables_of_our_files(look: Style) -> None:
    found = read_word(write_docx(one_of_each(), look))
    sides = {
        name: with_text(found, f"<{name}>").side
        for name in ("issuing_body", "number", "nation", "place_and_date")
    }
    assert sides == {"issuing_body": "left", "number": "left", "nation": "right", "place_and_date": "right"}
    assert with_text(found, "<number>").row == with_text(found, "<place_and_date>").row == (0, 1)
    assert with_text(found, "<signature_name>").side == "left"
    assert with_text(found, "<body>").row is None
    for component in ("table_header", "table_cell"):
        assert with_text(found, f"<{component}>").in_ruled_table
    assert not with_text(found, "<nation>").in_ruled_table
    assert (found.kind, found.page_count, found.is_signed, found.notes) == ("docx", None, False, ())


@BOTH
def test_page_and_page_number_of_our_files(look: Style) -> None:
    found = read_word(write_docx(one_of_each(), look))
    sheet, of_annex = found.sheets
    assert sheet == of_annex
    for name in (
        "width_mm",
        "height_mm",
        "margin_top_mm",
        "margin_bottom_mm",
        "margin_left_mm",
        "margin_right_mm",
    ):
        assert getattr(sheet, name) == pytest.approx(getattr(look.page, name), abs=TWIP_MM), name
    assert not sheet.is_landscape
    (number,) = found.page_numbers
    assert (number.place, number.align) == (look.page_number.place, look.page_number.align)
    assert (number.look.size_pt, number.look.bold, number.look.italic) == (
        look.page_number.size_pt,
        False,
        False,
    )
    assert number.on_first_page is False


@BOTH
def test_rules_of_our_files_are_as_long_as_the_style_file_says(look: Style) -> None:
    found = read_word(write_docx(samples.whole_document(), look))
    shares = {"HỢP": look.letterhead.issuer_rule_share, "Độc lập": look.letterhead.motto_rule_share}
    for text, share in shares.items():
        rule = with_text(found, text).rule_below
        assert rule is not None
        assert rule.length_mm / (rule.text_length_mm or 0) == pytest.approx(share, abs=0.005)
        assert rule.thickness_pt == look.letterhead.rule_thickness_pt
    rule = with_text(found, "Hội nghị tổng kết công tác thi đua").rule_below
    assert rule is not None
    assert rule.length_mm / (rule.text_length_mm or 0) == pytest.approx(look.title.rule_share, abs=0.005)
    assert sum(paragraph.rule_below is not None for paragraph in found.paragraphs) == 3


def test_a_long_document_is_read_within_a_second() -> None:
    content = write_docx(samples.whole_document(900, 300), samples.nd30())
    started = time.perf_counter()
    found = read_word(content)
    assert len(found.paragraphs) > 1800
    assert time.perf_counter() - started < 2  # a third of a second by itself; the machine may be busy


# --- letters ------------------------------------------------------------------------------------------

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def defaults(letters: str = "", properties: str = "") -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{properties}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def fonts(**names: str) -> str:
    return "<w:rFonts " + " ".join(f'w:{slot}="{name}"' for slot, name in names.items()) + "/>"


def test_a_file_that_says_nothing_has_words_own_defaults() -> None:
    found = first(paragraph("Chữ"))
    look = found.pieces[0].look
    assert (look.family, look.size_pt, look.bold, look.italic, look.color) == (
        "Times New Roman",
        10,
        False,
        False,
        "000000",
    )
    assert (found.align, found.indent_first_mm, found.space_after_pt) == ("left", 0, 0)
    assert found.spacing == Spacing("multiple", 1)


def test_nearer_places_stand_above_farther_ones() -> None:
    styles = (
        defaults('<w:sz w:val="20"/>')
        + style(
            "Base", '<w:rPr><w:sz w:val="22"/><w:color w:val="111111"/></w:rPr>', attributes='w:default="1"'
        )
        + style("Next", f'{based_on("Base")}<w:rPr><w:sz w:val="24"/></w:rPr>')
        + style("Letters", '<w:rPr><w:sz w:val="26"/></w:rPr>', "character")
    )
    runs = (
        run("a")
        + run("b", '<w:rStyle w:val="Letters"/>')
        + run("c", '<w:rStyle w:val="Letters"/><w:sz w:val="27"/>')
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="Next"/></w:pPr>{runs}</w:p>'
    assert [piece.look.size_pt for piece in first(body, styles=styles).pieces] == [12, 13, 13.5]
    assert look_of(body, styles=styles).color == "111111"
    assert look_of(paragraph("a"), styles=styles).size_pt == 11
    assert look_of(paragraph("a", '<w:pStyle w:val="Absent"/>'), styles=styles).size_pt == 11
    assert look_of(paragraph("a", '<w:pStyle w:val="Letters"/>'), styles=styles).size_pt == 11


def test_styles_in_a_circle_end() -> None:
    styles = style("A", f"{based_on('B')}<w:rPr><w:b/></w:rPr>") + style("B", based_on("A"))
    assert look_of(paragraph("a", '<w:pStyle w:val="A"/>'), styles=styles).bold


@pytest.mark.parametrize("tag", ["b", "i"])
@pytest.mark.parametrize(
    ("of_defaults", "of_paragraph", "of_run", "direct", "is_on"),
    [
        ("", "", "", "", False),
        ("", "1", "", "", True),
        ("", "", "1", "", True),
        ("", "1", "1", "", False),
        ("", "1", "0", "", True),
        ("", "1", "1", "1", True),
        ("", "1", "", "0", False),
        ("1", "1", "1", "", True),
        ("1", "", "", "", True),
        ("1", "1", "", "", True),
        ("1", "", "", "0", False),
    ],
)
def test_two_styles_that_turn_bold_on_turn_it_off(
    tag: str, of_defaults: str, of_paragraph: str, of_run: str, direct: str, is_on: bool
) -> None:
    def toggle(value: str) -> str:
        return f'<w:{tag} w:val="{value}"/>' if value else ""

    styles = (
        defaults(toggle(of_defaults))
        + style("P", f"<w:rPr>{toggle(of_paragraph)}</w:rPr>")
        + style("C", f"<w:rPr>{toggle(of_run)}</w:rPr>", "character")
    )
    body = paragraph("a", '<w:pStyle w:val="P"/>', f'<w:rStyle w:val="C"/>{toggle(direct)}')
    look = look_of(body, styles=styles)
    assert (look.bold if tag == "b" else look.italic) is is_on


def test_a_style_based_on_a_bold_one_may_be_bold_too() -> None:
    styles = style("A", "<w:rPr><w:b/></w:rPr>") + style("B", f"{based_on('A')}<w:rPr><w:b/></w:rPr>")
    assert look_of(paragraph("a", '<w:pStyle w:val="B"/>'), styles=styles).bold


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_words_for_off(value: str) -> None:
    styles = style("A", "<w:rPr><w:b/></w:rPr>")
    body = paragraph("a", '<w:pStyle w:val="A"/>', f'<w:b w:val="{value}"/>')
    assert look_of(body, styles=styles).bold is False


def test_fonts_of_the_theme() -> None:
    styles = defaults(fonts(asciiTheme="minorHAnsi", hAnsiTheme="minorHAnsi")) + style(
        "H", f"<w:rPr>{fonts(asciiTheme='majorHAnsi', hAnsiTheme='majorHAnsi', ascii='Arial')}</w:rPr>"
    )
    assert look_of(paragraph("Đá a"), styles=styles, theme=THEME).family == "Calibri"
    assert look_of(paragraph("a", '<w:pStyle w:val="H"/>'), styles=styles, theme=THEME).family == "Cambria"
    named = paragraph("Đá a", "", fonts(ascii="Arial", hAnsi="Arial"))
    assert look_of(named, styles=styles, theme=THEME).family == "Arial"
    assert look_of(paragraph("a"), styles=styles).family == "Times New Roman"


def test_vietnamese_letters_may_be_in_another_font_than_plain_ones() -> None:
    found = first(paragraph("Quốc hội a", "", fonts(ascii="Times New Roman", hAnsi="Arial")))
    assert [(piece.text, piece.look.family) for piece in found.pieces] == [
        ("Qu", "Times New Roman"),
        ("ố", "Arial"),
        ("c h", "Times New Roman"),
        ("ộ", "Arial"),
        ("i a", "Times New Roman"),
    ]
    same = first(
        paragraph("Quốc “hội” – a", "", fonts(ascii="Arial", hAnsi="Arial", eastAsia="SimSun", cs="David"))
    )
    assert [piece.look.family for piece in same.pieces] == ["Arial"]


def test_other_fonts_are_for_other_letters() -> None:
    letters = fonts(ascii="Arial", hAnsi="Arial", eastAsia="SimSun", cs="David")
    assert [piece.look.family for piece in first(paragraph("a越b", "", letters)).pieces] == [
        "Arial",
        "SimSun",
        "Arial",
    ]
    assert look_of(paragraph("a", "", f"{letters}<w:cs/>")).family == "David"


@pytest.mark.parametrize(
    ("properties", "color"),
    [
        ('<w:color w:val="auto"/>', "000000"),
        ('<w:color w:val="ff0000"/>', "FF0000"),
        ('<w:color w:val="365F91" w:themeColor="accent1"/>', "365F91"),
        ('<w:color w:val="auto" w:themeColor="text1"/>', "000000"),
        ('<w:color w:val="auto" w:themeColor="accent1"/>', None),
        ('<w:color w:val="red"/>', None),
        ("", "000000"),
    ],
)
def test_colours(properties: str, color: str | None) -> None:
    assert look_of(paragraph("a", "", properties)).color == color


def test_capitals_and_underlines() -> None:
    found = first(paragraph("Khối", "", '<w:caps/><w:u w:val="single"/>'))
    assert (found.text, found.pieces[0].text) == ("KHỐI", "Khối")
    assert found.pieces[0].look.underline
    assert look_of(paragraph("a", "", "<w:smallCaps/>")).capitals
    assert not look_of(paragraph("a", "", '<w:u w:val="none"/>')).underline


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t> a </w:t><w:tab/><w:t xml:space='preserve'> b</w:t></w:r>", "a\t b"),
        (
            "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:noBreakHyphen/></w:r>",
            "a\nb\n\N{NON-BREAKING HYPHEN}",
        ),
        (run("a") + run("b", "<w:vanish/>") + run("c"), "ac"),
        (f"<w:hyperlink>{run('a')}</w:hyperlink><w:smartTag>{run('b')}</w:smartTag>", "ab"),
        (
            f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>",
            "a",
        ),
        (f"<w:fldSimple w:instr='AUTHOR'>{run('a')}</w:fldSimple>", "a"),
        (page_field() + run("b"), "2b"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "\uf0fe"),
        ("<w:r><w:softHyphen/><w:lastRenderedPageBreak/><w:t>a</w:t></w:r>", "a"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF </w:instrText></w:r>"
            f"{page_field()}<w:r><w:instrText> = 1 x y</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('y')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "y",
        ),
        (
            f"<mc:AlternateContent><mc:Choice Requires='x'>{run('a')}</mc:Choice><mc:Fallback>{run('a')}"
            "</mc:Fallback></mc:AlternateContent>",
            "a",
        ),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "a",
        ),
    ],
)
def test_what_is_shown_of_a_paragraph(inner: str, text: str) -> None:
    assert first(f"<w:p>{inner}</w:p>").text == text


def test_a_field_over_several_paragraphs_shows_its_result() -> None:
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>TOC</w:instrText>"
        f"<w:fldChar w:fldCharType='separate'/></w:r>{run('a')}</w:p>{paragraph('b')}"
        f"<w:p>{run('c')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>{paragraph('d')}"
    )
    assert [found.text for found in read(body).paragraphs] == ["a", "b", "c", "d"]


def test_a_field_that_never_ends_hides_no_paragraph() -> None:
    body = f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>{run('x')}</w:p>{paragraph('a')}"
    assert read(body).paragraphs[1].text == "a"


def test_tracked_changes_are_read_as_if_they_were_accepted() -> None:
    body = (
        f"<w:p>{run('a')}<w:del>{run('x')}</w:del><w:ins>{run('b')}</w:ins><w:moveFrom>{run('y')}</w:moveFrom>"
        f"<w:moveTo>{run('c')}</w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>z</w:delText></w:r></w:del></w:p>"
        f"{paragraph('d')}"
    )
    found = read(body)
    assert [(paragraph.index, paragraph.text) for paragraph in found.paragraphs] == [(0, "abc"), (2, "d")]
    assert found.notes == ("tracked-changes",)
    assert read(paragraph("a")).notes == ()


def test_letters_of_one_look_are_one_piece() -> None:
    pieces = first(f"<w:p>{run('a')}{run('b')}{run('c', '<w:b/>')}{run('d', '<w:b/>')}</w:p>").pieces
    assert [piece.text for piece in pieces] == ["ab", "cd"]


# --- paragraphs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "align"),
    [
        ("both", "justify"),
        ("distribute", "justify"),
        ("start", "left"),
        ("left", "left"),
        ("end", "right"),
        ("right", "right"),
        ("center", "center"),
        ("nonsense", "left"),
    ],
)
def test_alignments(word: str, align: str) -> None:
    assert first(paragraph("a", f'<w:jc w:val="{word}"/>')).align == align


@pytest.mark.parametrize(
    ("attributes", "first_mm", "left_mm"),
    [
        ('w:firstLine="720"', 12.7, 0),
        ('w:left="720" w:hanging="360"', -6.35, 12.7),
        ('w:start="720" w:firstLine="100" w:hanging="360"', -6.35, 12.7),
        ('w:firstLine="1cm"', 10, 0),
        ('w:firstLineChars="200" w:firstLine="480"', 14 * 2 * 25.4 / 72, 0),
        ('w:firstLineChars="0" w:firstLine="720"', 12.7, 0),
    ],
)
def test_indents(attributes: str, first_mm: float, left_mm: float) -> None:
    properties = f'<w:ind {attributes}/><w:rPr><w:sz w:val="28"/></w:rPr>'
    found = first(paragraph("a", properties, '<w:sz w:val="28"/>'))
    assert found.indent_first_mm == pytest.approx(first_mm)
    assert found.indent_left_mm == pytest.approx(left_mm)


@pytest.mark.parametrize(
    ("attributes", "spacing", "before", "after"),
    [
        ('w:before="120" w:after="60" w:line="360" w:lineRule="auto"', Spacing("multiple", 1.5), 6, 3),
        ('w:line="340" w:lineRule="exact"', Spacing("exact", 17), 0, 0),
        ('w:line="340" w:lineRule="atLeast"', Spacing("at_least", 17), 0, 0),
        ('w:line="276"', Spacing("multiple", 1.15), 0, 0),
        ('w:before="100" w:beforeAutospacing="1" w:after="40"', Spacing("multiple", 1), None, 2),
        ('w:before="0" w:beforeLines="50" w:after="0" w:afterLines="100"', Spacing("multiple", 1), 6, 12),
        ('w:after="6pt"', Spacing("multiple", 1), 0, 6),
    ],
)
def test_spacing(attributes: str, spacing: Spacing, before: float | None, after: float | None) -> None:
    found = first(paragraph("a", f"<w:spacing {attributes}/>"))
    assert (found.spacing, found.space_before_pt, found.space_after_pt) == (spacing, before, after)


def test_attributes_of_spacing_and_indents_come_from_several_places() -> None:
    styles = defaults("", '<w:spacing w:after="160" w:line="259" w:lineRule="auto"/>') + style(
        "A", '<w:pPr><w:spacing w:before="120"/><w:ind w:left="720" w:hanging="720"/></w:pPr>'
    )
    found = first(paragraph("a", '<w:pStyle w:val="A"/><w:ind w:firstLine="360"/>'), styles=styles)
    assert (found.space_before_pt, found.space_after_pt) == (6, 8)
    assert (found.indent_first_mm, found.indent_left_mm) == (pytest.approx(6.35), pytest.approx(12.7))
    assert found.spacing == Spacing("multiple", 259 / 240)


def test_no_space_between_paragraphs_of_one_style_that_do_not_want_it() -> None:
    styles = style("A", '<w:pPr><w:spacing w:before="60" w:after="120"/><w:contextualSpacing/></w:pPr>')
    item = paragraph("a", '<w:pStyle w:val="A"/>')
    found = read(item + item + paragraph("b") + item, styles=styles).paragraphs
    spaces = [(paragraph.space_before_pt, paragraph.space_after_pt) for paragraph in found]
    assert spaces == [(3, 0), (0, 6), (0, 0), (3, 6)]


# --- lists --------------------------------------------------------------------------------------------


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (number + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def numbering(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def listed(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def texts(found: Found) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_numbers_stand_before_their_paragraphs() -> None:
    lists = numbering(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "%3)", '<w:suff w:val="space"/>'),
    )
    body = "".join(listed("x", depth) for depth in (0, 1, 2, 2, 1, 0, 1))
    found = read(body, numbering=lists)
    assert texts(found) == ["I. x", "1. x", "a) x", "b) x", "2. x", "II. x", "1. x"]
    assert found.paragraphs[1].indent_left_mm == pytest.approx(25.4)
    assert found.paragraphs[1].indent_first_mm == pytest.approx(-6.35)


def test_a_number_of_several_levels() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert texts(read(listed("x") + listed("y", 1) + listed("z", 1), numbering=lists)) == [
        "I. x",
        "1.1 y",
        "1.2 z",
    ]


def test_a_list_begins_again_where_it_says_so() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1."), more=more)
    body = listed("a") + listed("b") + listed("c", number=2) + listed("d", number=2) + listed("e", number=3)
    assert texts(read(body, numbering=lists)) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_a_list_of_a_style_and_a_paragraph_that_leaves_it() -> None:
    lists = numbering(level(0, "decimal", "%1.", '<w:pStyle w:val="A"/>'))
    styles = style("A", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style(
        "B", f'{based_on("A")}<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr>'
    )
    body = "".join(
        paragraph("x", properties)
        for properties in (
            '<w:pStyle w:val="A"/>',
            '<w:pStyle w:val="B"/>',
            '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>',
        )
    )
    found = read(body, numbering=lists, styles=styles)
    assert texts(found) == ["1. x", "2. x", "x"]
    indents = [(round(p.indent_left_mm or 0, 2), round(p.indent_first_mm or 0, 2)) for p in found.paragraphs]
    assert indents == [(12.7, -6.35), (0, 12.7), (0, 0)]


def test_a_bullet_of_a_font_of_signs_is_in_the_font_of_the_words() -> None:
    bullet = level(0, "bullet", "\uf0b7").replace(
        "</w:lvl>", f"<w:rPr>{fonts(ascii='Symbol', hAnsi='Symbol')}</w:rPr></w:lvl>"
    )
    found = first(listed("x"), numbering=numbering(bullet))
    assert [(piece.text, piece.look.family) for piece in found.pieces] == [("• x", "Times New Roman")]
    assert first(listed("x"), numbering=numbering(level(0, "bullet", "-"))).text == "- x"


def test_a_list_that_does_not_exist_numbers_nothing() -> None:
    assert first(listed("x", number=7)).text == "x"
    assert first(listed("x", level=5), numbering=numbering(level(0, "decimal", "%1."))).text == "x"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (10**9, "upperRoman", "1000000000"),
        (1, "upperLetter", "A"),
        (27, "lowerLetter", "aa"),
        (10**9, "lowerLetter", "1000000000"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (3, "ordinal", "3"),
        (3, "none", ""),
    ],
)
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert format_number(number, form) == written


# --- tables -------------------------------------------------------------------------------------------

RULED = "".join(
    f'<w:{edge} w:val="single" w:sz="4"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def test_left_and_right_cells() -> None:
    row = (cell(paragraph("a")), cell(paragraph("b")))
    found = read(table(row, row, widths=(3000, 6000)))
    assert [(p.side, p.row, p.in_ruled_table) for p in found.paragraphs] == [
        ("left", (0, 0), False),
        ("right", (0, 0), False),
        ("left", (0, 1), False),
        ("right", (0, 1), False),
    ]


def test_of_three_cells_the_middle_one_is_on_no_side() -> None:
    found = read(table(tuple(cell(paragraph(text)) for text in "abc"), widths=(3000, 3000, 3000)))
    assert [p.side for p in found.paragraphs] == ["left", None, "right"]


def test_a_cell_over_the_whole_width_is_on_no_side() -> None:
    body = table(
        (cell(paragraph("a")), cell(paragraph("b"))),
        (cell(paragraph("c"), '<w:gridSpan w:val="2"/>'),),
        widths=(4500, 4500),
    )
    assert [p.side for p in read(body).paragraphs] == ["left", "right", None]


@pytest.mark.parametrize(
    ("properties", "styles", "is_ruled"),
    [
        (f"<w:tblBorders>{RULED}</w:tblBorders>", "", True),
        ('<w:tblStyle w:val="G"/>', RULED, True),
        ('<w:tblStyle w:val="H"/>', RULED, True),
        (
            f"<w:tblStyle w:val='G'/><w:tblBorders>{RULED.replace('single', 'nil')}</w:tblBorders>",
            RULED,
            False,
        ),
        (
            f"<w:tblBorders>{RULED.replace('w:sz', 'w:color=&quot;FFFFFF&quot; w:sz'.replace('&quot;', chr(34)))}</w:tblBorders>",
            "",
            False,
        ),
        ("<w:tblBorders><w:bottom w:val='single' w:sz='4'/></w:tblBorders>", "", False),
    ],
)
def test_visible_rules_of_tables(properties: str, styles: str, is_ruled: bool) -> None:
    sheet = style("G", f"<w:tblPr><w:tblBorders>{styles}</w:tblBorders></w:tblPr>", "table") + style(
        "H", based_on("G"), "table"
    )
    row = (cell(paragraph("a")), cell(paragraph("b")))
    found = read(table(row, row, widths=(4500, 4500), properties=properties), styles=sheet)
    assert {p.in_ruled_table for p in found.paragraphs} == {is_ruled}
    assert {p.side for p in found.paragraphs} == ({None} if is_ruled else {"left", "right"})


def test_rules_of_the_cells_themselves() -> None:
    borders = f"<w:tcBorders>{RULED}</w:tcBorders>"
    found = read(table((cell(paragraph("a"), borders), cell(paragraph("b"), borders)), widths=(4500, 4500)))
    assert {p.in_ruled_table for p in found.paragraphs} == {True}


def test_a_table_in_a_table() -> None:
    inner = table((cell(paragraph("b")), cell(paragraph("c"))), widths=(2000, 2000))
    body = table((cell(paragraph("a")), cell(inner + paragraph("d"))), widths=(4500, 4500))
    found = read(body)
    assert [(p.text, p.row, p.side) for p in found.paragraphs] == [
        ("a", (0, 0), "left"),
        ("b", (1, 0), "left"),
        ("c", (1, 0), "right"),
        ("d", (0, 0), "right"),
    ]


def test_a_table_style_lies_below_the_style_of_the_paragraph() -> None:
    first_row = '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    styles = (
        defaults('<w:sz w:val="28"/>', '<w:spacing w:after="160"/>')
        + style("N", '<w:rPr><w:color w:val="222222"/></w:rPr>', attributes='w:default="1"')
        + style(
            "T",
            f'<w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:i/></w:rPr>{first_row}',
            "table",
        )
        + style("P", '<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:i/></w:rPr>')
    )
    look = '<w:tblStyle w:val="T"/><w:tblLook w:val="0020"/>'
    body = table(
        (cell(paragraph("a")),),
        (cell(paragraph("b", '<w:pStyle w:val="P"/>') + paragraph("c")),),
        widths=(9000,),
        properties=look,
    )
    a, b, c = read(body, styles=styles).paragraphs
    assert [(p.align, p.space_after_pt) for p in (a, b, c)] == [("center", 0), ("right", 0), ("center", 0)]
    looks = [p.pieces[0].look for p in (a, b, c)]
    assert [(one.bold, one.italic, one.size_pt) for one in looks] == [
        (True, True, 14),
        (False, False, 14),
        (False, True, 14),
    ]


def test_rows_and_cells_within_content_controls() -> None:
    inner = f"<w:sdt><w:sdtContent>{cell(paragraph('b'))}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell(paragraph('a'))}{inner}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent><w:tbl><w:tblPr/>{row}</w:tbl></w:sdtContent></w:sdt>"
    assert [(p.text, p.side) for p in read(body).paragraphs] == [("a", "left"), ("b", "right")]


# --- text boxes and rules -----------------------------------------------------------------------------

MOTTO = "Độc lập - Tự do - Hạnh phúc"
MOTTO_MM = text_width_mm(MOTTO, 14, "bold")
BOLD = '<w:b/><w:sz w:val="28"/>'


def motto(extra: str = "") -> str:
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(MOTTO, BOLD)}{extra}</w:p>'


def test_text_boxes_are_read_once_and_in_their_place() -> None:
    left = text_box(paragraph("TÊN CƠ QUAN"), 60, 0)
    right = text_box(paragraph("CỘNG HÒA"), 90, 70)
    found = read(f"<w:p>{left}{right}</w:p>{paragraph('Sau')}")
    assert [(p.index, p.text, p.side) for p in found.paragraphs] == [
        (0, "", None),
        (1, "TÊN CƠ QUAN", "left"),
        (2, "CỘNG HÒA", "right"),
        (3, "Sau", None),
    ]
    assert found.notes == ("text-boxes",)


def test_text_boxes_of_the_older_sort() -> None:
    box = (
        "<w:r><w:pict><v:shape style='position:absolute;margin-left:200pt;margin-top:0;width:240pt;height:50pt'>"
        f"<v:textbox><w:txbxContent>{paragraph('a')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    found = read(f"<w:p>{box}</w:p>")
    assert [(p.text, p.side) for p in found.paragraphs] == [("", None), ("a", "right")]


def rule_of(body: str, text: str = MOTTO, **parts: str) -> Line | None:
    return with_text(read(body, **parts), text).rule_below


def close(line: Line | None, length_mm: float, thickness_pt: float | None, text_mm: float = MOTTO_MM) -> bool:
    assert line is not None
    assert line.length_mm == pytest.approx(length_mm, abs=0.1)
    assert line.thickness_pt == (None if thickness_pt is None else pytest.approx(thickness_pt))
    assert line.text_length_mm == pytest.approx(text_mm, abs=0.1)
    return True


BOTTOM = '<w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr>'
TOP = '<w:pBdr><w:top w:val="single" w:sz="6"/></w:pBdr>'
FRAME = (
    "<w:pBdr>"
    + "".join(f'<w:{edge} w:val="single" w:sz="6"/>' for edge in ("top", "left", "bottom", "right"))
    + "</w:pBdr>"
)
NARROW = '<w:ind w:left="2000" w:right="3071"/>'


@pytest.mark.parametrize(
    ("body", "length_mm"),
    [
        (paragraph(MOTTO, BOTTOM + NARROW, BOLD), 4000 * TWIP_MM),
        (motto() + paragraph("", BOTTOM + NARROW), 4000 * TWIP_MM),
        (motto() + paragraph("", TOP + NARROW), 4000 * TWIP_MM),
        (motto() + paragraph() + paragraph("", BOTTOM), 9071 * TWIP_MM),
        (motto() + paragraph("Sau", TOP), 9071 * TWIP_MM),
    ],
)
def test_rules_that_are_borders(body: str, length_mm: float) -> None:
    assert close(rule_of(body), length_mm, 0.75)


@pytest.mark.parametrize(
    "body",
    [
        motto(),
        paragraph(MOTTO, FRAME, BOLD),
        motto() + paragraph("", FRAME),
        motto() + paragraph("Sau") + paragraph("", BOTTOM),
        motto() + paragraph() * 3 + paragraph("", BOTTOM),
        paragraph(MOTTO, BOTTOM, BOLD) + paragraph("Sau", BOTTOM),
        paragraph(MOTTO, "", f'{BOLD}<w:u w:val="single"/>'),
        motto() + paragraph("", BOTTOM.replace("single", "none")),
    ],
)
def test_no_rule_where_there_is_none(body: str) -> None:
    assert rule_of(body) is None


def test_a_rule_of_underlined_blanks_and_one_of_low_lines() -> None:
    blank = text_width_mm(" ", 14) * 10
    assert close(
        rule_of(motto() + paragraph(" " * 10, "", '<w:sz w:val="28"/><w:u w:val="single"/>')), blank, None
    )
    low = text_width_mm("_" * 12, 14)
    assert close(rule_of(motto() + paragraph("_" * 12, "", '<w:sz w:val="28"/>')), low, None)


def test_the_lower_border_of_a_cell_is_a_rule() -> None:
    border = '<w:tcBorders><w:bottom w:val="single" w:sz="8"/></w:tcBorders>'
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    body = table((cell(paragraph("x")), cell(motto(), border)), widths=(4000, 5000), properties=margins)
    assert close(rule_of(body), 5000 * TWIP_MM, 1)
    assert not read(body).paragraphs[1].in_ruled_table


def test_a_drawn_line_below_its_own_paragraph() -> None:
    assert close(rule_of(motto(line_shape(60, top_mm=6)) + paragraph("Sau")), 60, 0.75)


def test_a_drawn_line_in_the_empty_paragraph_below() -> None:
    assert close(rule_of(motto() + f"<w:p>{line_shape(60, top_mm=1)}</w:p>" + paragraph("Sau")), 60, 0.75)


def test_a_drawn_line_that_is_anchored_to_the_paragraph_above() -> None:
    nation = f"<w:p>{run('CỘNG HÒA', BOLD)}{line_shape(60, top_mm=11.5, width_emu=12700)}</w:p>"
    found = read(nation + motto() + paragraph("Sau"))
    assert close(with_text(found, MOTTO).rule_below, 60, 1)
    assert with_text(found, "CỘNG HÒA").rule_below is None


def test_a_drawn_line_on_top_of_the_cell_below() -> None:
    date = f"<w:p>{run('Hà Nội, ngày 05')}{line_shape(60, top_mm=0.3)}</w:p>"
    body = table(
        (cell(paragraph("TÊN")), cell(motto())), (cell(paragraph("Số")), cell(date)), widths=(4000, 5000)
    )
    found = read(body)
    assert close(with_text(found, MOTTO).rule_below, 60, 0.75)
    assert with_text(found, "Hà Nội").rule_below is None


@pytest.mark.parametrize("relative", ["margin", "page"])
def test_what_a_drawn_line_in_a_cell_calls_the_page_is_the_cell(relative: str) -> None:
    shape = (
        line_shape(20, top_mm=11).replace('"column"', f'"{relative}"').replace('"paragraph"', f'"{relative}"')
    )
    shape = shape.replace("<wp:posOffset>0</wp:posOffset>", "<wp:align>center</wp:align>")
    left = paragraph("CHỦ QUẢN", "", BOLD) + f"<w:p>{run('TÊN CƠ QUAN', BOLD)}{shape}</w:p>"
    body = table((cell(left), cell(motto())), widths=(4000, 5000))
    found = read(body)
    owners = [p.text for p in found.paragraphs if p.rule_below]
    assert owners == ["TÊN CƠ QUAN"]


def test_a_drawn_line_in_a_group() -> None:
    line = (
        "<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x='500' y='1000'/><a:ext cx='1000' cy='0'/></a:xfrm>"
        "<a:prstGeom prst='line'/></wps:spPr></wps:wsp>"
    )
    group = (
        "<w:r><w:drawing><wp:anchor><wp:positionV relativeFrom='paragraph'><wp:posOffset>0</wp:posOffset>"
        "</wp:positionV><wp:extent cx='4320000' cy='432000'/><a:graphic><a:graphicData><wpg:wgp><wpg:grpSpPr>"
        "<a:xfrm><a:off x='0' y='0'/><a:ext cx='4320000' cy='432000'/><a:chOff x='0' y='0'/>"
        f"<a:chExt cx='2000' cy='2000'/></a:xfrm></wpg:grpSpPr>{line}</wpg:wgp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )
    assert close(rule_of(motto(group)), 60, None)


@pytest.mark.parametrize(
    "change",
    [
        ('<a:solidFill><a:srgbClr val="000000"/></a:solidFill>', "<a:noFill/>"),
        ('val="000000"', 'val="ffffff"'),
        ('<wp:docPr id="1"', '<wp:docPr hidden="1" id="1"'),
        ('cy="0"', 'cy="720000"'),
    ],
)
def test_a_drawn_line_that_is_not_seen_or_not_level(change: tuple[str, str]) -> None:
    shape = line_shape(60, top_mm=6)
    assert change[0] in shape
    assert rule_of(motto(shape.replace(*change))) is None


def test_paragraphs_in_frames_stand_on_a_side() -> None:
    frame = '<w:framePr w:w="3000" w:hAnchor="margin" w:x="{}" w:y="1"/>'
    body = paragraph("a", frame.format(1)) + paragraph("b", frame.format(5500)) + paragraph("c")
    assert [p.side for p in read(body).paragraphs] == ["left", "right", None]


def test_two_drawn_lines_in_one_cell_stand_below_different_cells() -> None:
    lines = line_shape(25, top_mm=6, left_mm=20) + line_shape(60, top_mm=6, left_mm=84)
    body = table((cell(f"<w:p>{run('TÊN CƠ QUAN')}{lines}</w:p>"), cell(motto())), widths=(4000, 5000))
    found = read(body)
    assert close(with_text(found, MOTTO).rule_below, 60, 0.75)
    rule = with_text(found, "TÊN").rule_below
    assert rule is not None
    assert rule.length_mm == pytest.approx(25)


def test_a_drawn_line_far_from_all_words_is_no_rule() -> None:
    assert rule_of(motto(line_shape(60, top_mm=90))) is None


def test_a_drawn_line_below_a_text_box() -> None:
    box = text_box(motto(), 100, 60)
    found = read(f"<w:p>{box}{line_shape(60, top_mm=7.5, left_mm=80)}</w:p>{paragraph('Sau')}")
    assert close(with_text(found, MOTTO).rule_below, 60, 0.75)


@pytest.mark.parametrize(
    ("shape", "length_mm", "thickness_pt"),
    [
        ("<v:line style='position:absolute' from='72pt,18pt' to='216pt,18pt' strokeweight='1pt'/>", 50.8, 1),
        ("<v:line style='position:absolute' from='1in,.25in' to='3in,.25in'/>", 50.8, 0.75),
        (
            "<v:shape type='#_x0000_t32' style='position:absolute;margin-top:18pt;width:144pt;height:0'/>",
            50.8,
            0.75,
        ),
        ("<v:rect o:hr='t' style='width:144pt;height:1.5pt'/>", 50.8, 1.5),
        ("<v:rect o:hr='t' o:hrpct='500' style='width:0;height:1.5pt'/>", 9071 * TWIP_MM / 2, 1.5),
        (
            "<v:group style='position:absolute;margin-top:0;width:144pt;height:72pt' coordsize='2000,1000'>"
            "<v:line from='0,250' to='2000,250'/></v:group>",
            50.8,
            0.75,
        ),
    ],
)
def test_drawn_lines_of_the_older_sort(shape: str, length_mm: float, thickness_pt: float) -> None:
    assert close(rule_of(motto(f"<w:r><w:pict>{shape}</w:pict></w:r>")), length_mm, thickness_pt)


@pytest.mark.parametrize(
    "shape",
    [
        "<v:line style='position:absolute' from='0,18pt' to='0,200pt'/>",
        "<v:shape style='position:absolute;width:144pt;height:90pt'/>",
        "<v:line style='position:absolute' stroked='f' from='0,18pt' to='144pt,18pt'/>",
        "<v:line style='position:absolute;visibility:hidden' from='0,18pt' to='144pt,18pt'/>",
        "<v:line style='position:absolute' from='x' to='y'/>",
    ],
)
def test_shapes_that_are_no_rules(shape: str) -> None:
    assert rule_of(motto(f"<w:r><w:pict>{shape}</w:pict></w:r>")) is None


def test_the_text_above_a_rule_is_measured_line_by_line() -> None:
    words = "từ " * 60
    body = paragraph(words, "", '<w:sz w:val="28"/>') + paragraph("", BOTTOM)
    rule = first(body).rule_below
    assert rule is not None
    width = text_width_mm("từ", 14)
    space = text_width_mm(" ", 14)
    count = int((9071 * TWIP_MM + space) / (width + space))
    assert rule.text_length_mm == pytest.approx(count * width + (count - 1) * space, abs=0.2)


def test_capitals_are_measured_as_capitals() -> None:
    rule = first(paragraph("khối", "", "<w:caps/>") + paragraph("", BOTTOM)).rule_below
    assert rule is not None
    assert rule.text_length_mm == pytest.approx(text_width_mm("KHỐI", 10))


# --- sheets and page numbers --------------------------------------------------------------------------


def test_each_section_is_a_sheet() -> None:
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="-720" w:right="720" w:bottom="720" w:left="720" w:gutter="360"/>'
    body = paragraph("a", section()) + paragraph("b", section(wide)) + paragraph("c")
    sheets = read(body).sheets
    assert [sheet.is_landscape for sheet in sheets] == [False, True, False]
    assert sheets[1].margin_left_mm == pytest.approx(1080 * TWIP_MM)
    assert sheets[1].margin_top_mm == pytest.approx(12.7)


def test_no_section_at_all() -> None:
    (sheet,) = read_word(word_file(paragraph("a"))).sheets
    assert (round(sheet.width_mm), round(sheet.height_mm), sheet.margin_left_mm) == (216, 279, None)


def references(*kinds: tuple[str, str, str]) -> str:
    return "".join(f'<w:{place}Reference w:type="{kind}" r:id="{part}"/>' for place, kind, part in kinds)


def numbers(
    inner: str, references: str = "", more: str = "", body: str = "", **parts: str
) -> list[tuple[str, str | None, bool | None]]:
    """Return place, alignment and first page of each number, *inner* being the default header."""
    kinds = references or '<w:headerReference w:type="default" r:id="header1"/>'
    content = body or paragraph("a") + section(kinds + A4 + more)
    found = read_word(word_file(content, header1=inner, **parts)).page_numbers
    return [(number.place, number.align, number.on_first_page) for number in found]


CENTERED = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{page_field()}</w:p>'


@pytest.mark.parametrize(
    ("inner", "align"),
    [
        (CENTERED, "center"),
        (f"<w:p>{page_field()}</w:p>", "left"),
        (
            f"<w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:fldSimple w:instr=' PAGE '>{run('1')}</w:fldSimple></w:p>",
            "right",
        ),
        (f"<w:sdt><w:sdtContent>{CENTERED}</w:sdtContent></w:sdt>", "center"),
        (
            f"<w:p><w:pPr><w:framePr w:wrap='around' w:hAnchor='margin' w:xAlign='center'/></w:pPr>{page_field()}</w:p>",
            "center",
        ),
        (
            f"<w:p><w:pPr><w:framePr w:wrap='around' w:hAnchor='margin' w:xAlign='outside'/></w:pPr>{page_field()}</w:p>",
            "right",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:val='center' w:pos='4680'/><w:tab w:val='right' w:pos='9360'/></w:tabs></w:pPr>"
            f"<w:r><w:tab/></w:r>{page_field()}</w:p>",
            "center",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:val='center' w:pos='4680'/><w:tab w:val='right' w:pos='9071'/></w:tabs></w:pPr>"
            f"<w:r><w:tab/><w:t>x</w:t><w:tab/></w:r>{page_field()}</w:p>",
            "right",
        ),
        (f"<w:p><w:r><w:ptab w:alignment='right' w:relativeTo='margin'/></w:r>{page_field()}</w:p>", "right"),
        (f"<w:p>{text_box(CENTERED, 20, 70)}</w:p>", "center"),
        (f"<w:p>{text_box(CENTERED, 20, 140)}</w:p>", "right"),
        (
            table((cell(paragraph("x")), cell(CENTERED.replace("center", "right"))), widths=(4500, 4571)),
            "right",
        ),
        ("<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:pgNum/></w:r></w:p>", "center"),
        (paragraph("- 2 -", '<w:jc w:val="center"/>'), "center"),
    ],
)
def test_where_a_page_number_stands(inner: str, align: str) -> None:
    assert numbers(inner) == [("header", align, True)]


@pytest.mark.parametrize(
    "inner",
    [
        "",
        paragraph("Trang"),
        paragraph("Số 12 Lê Lợi"),
        f"<w:p>{page_field('<w:vanish/>')}</w:p>",
        f"<w:p><w:del>{page_field()}</w:del></w:p>",
        f"<w:p><w:fldSimple w:instr='NUMPAGES'>{run('9 trang')}</w:fldSimple></w:p>",
        f"<w:p><w:fldSimple w:instr='PAGEREF a'>{run('trang 9')}</w:fldSimple></w:p>",
    ],
)
def test_a_header_without_a_page_number(inner: str) -> None:
    assert numbers(inner) == []


def test_a_page_of_how_many_is_one_number() -> None:
    inner = f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{page_field()}{run('/')}<w:fldSimple w:instr='NUMPAGES'>{run('9')}</w:fldSimple></w:p>"
    assert numbers(inner) == [("header", "center", True)]


def test_the_look_of_a_page_number_is_that_of_its_figures() -> None:
    styles = style("Header", '<w:rPr><w:sz w:val="20"/></w:rPr>')
    inner = (
        f"<w:p><w:pPr><w:pStyle w:val='Header'/></w:pPr>{page_field(fonts(ascii='Arial') + '<w:b/>')}</w:p>"
    )
    content = word_file(
        section('<w:headerReference w:type="default" r:id="header1"/>' + A4), header1=inner, styles=styles
    )
    (number,) = read_word(content).page_numbers
    assert (number.look.family, number.look.size_pt, number.look.bold) == ("Arial", 10, True)


DEFAULT, FIRST, EVEN = (
    ("header", kind, f"header{n}") for n, kind in ((1, "default"), (2, "first"), (3, "even"))
)


def test_the_first_page_has_a_header_of_its_own() -> None:
    refs = references(DEFAULT, FIRST)
    title = "<w:titlePg/>"
    assert numbers(CENTERED, refs, title, header2=paragraph()) == [("header", "center", False)]
    assert numbers(CENTERED, refs, title, header2=CENTERED) == [("header", "center", True)]
    assert numbers(CENTERED, refs, "", header2=paragraph()) == [("header", "center", True)]
    assert numbers(CENTERED, references(DEFAULT), title) == [("header", "center", False)]
    assert numbers("", refs, title, header2=CENTERED) == [("header", "center", True)]
    assert numbers(CENTERED, refs, '<w:titlePg w:val="0"/>', header2=paragraph()) == [
        ("header", "center", True)
    ]


def test_even_pages_count_where_the_settings_say_so() -> None:
    refs, right = references(DEFAULT, EVEN), CENTERED.replace("center", "right")
    assert numbers(CENTERED, refs, header3=right) == [("header", "center", True)]
    both = numbers(CENTERED, refs, header3=right, settings="<w:evenAndOddHeaders/>")
    assert both == [("header", "center", True), ("header", "right", False)]


def test_a_section_has_the_headers_of_the_one_before() -> None:
    one = section(references(DEFAULT) + A4 + "<w:titlePg/>")
    body = paragraph("a", one) + paragraph("b") + section(A4)
    assert numbers(CENTERED, body=body) == [("header", "center", False)]
    other = section(references(("footer", "default", "footer1")) + A4)
    body = paragraph("a", one) + paragraph("b") + other
    both = numbers(CENTERED, body=body, footer1=CENTERED)
    assert both == [("header", "center", False), ("footer", "center", False)]


def test_a_number_that_a_condition_shows_may_be_on_the_first_page() -> None:
    inner = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF </w:instrText></w:r>"
        f"{page_field()}<w:r><w:instrText> &gt; 1 x</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    assert numbers(inner) == [("header", "left", None)]


def test_a_header_that_is_named_and_absent() -> None:
    assert numbers("", references(("header", "default", "absent"))) == []


# --- other programs -----------------------------------------------------------------------------------


def saved(document: docx.document.Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_file_of_python_docx_with_direct_formatting() -> None:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(35), Mm(15), Mm(25), Mm(20)
    written = document.add_paragraph()
    written.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    written.paragraph_format.first_line_indent = Mm(12.7)
    written.paragraph_format.space_after = Pt(6)
    written.paragraph_format.line_spacing = Pt(18)
    letters = written.add_run("Nội dung")
    letters.font.name, letters.font.size, letters.italic = "Times New Roman", Pt(13.5), True
    found = read_word(saved(document))
    sheet, paragraph = found.sheets[0], found.paragraphs[0]
    margins = (sheet.margin_left_mm, sheet.margin_right_mm, sheet.margin_top_mm, sheet.margin_bottom_mm)
    assert margins == pytest.approx((35, 15, 25, 20), abs=TWIP_MM)
    look = paragraph.pieces[0].look
    assert (look.family, look.size_pt, look.bold, look.italic) == ("Times New Roman", 13.5, False, True)
    assert (paragraph.align, paragraph.space_after_pt) == ("justify", 6)
    assert paragraph.indent_first_mm == pytest.approx(12.7, abs=TWIP_MM)
    assert paragraph.spacing == Spacing("exact", 18)


def test_the_styles_and_the_theme_of_python_docx() -> None:
    document = docx.Document()
    document.add_heading("Đề mục", 1)
    document.add_paragraph("Nội dung")
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_table(1, 2, style="Table Grid").cell(0, 0).text = "ô"
    document.add_table(1, 2).cell(0, 1).text = "bên phải"
    found = read_word(saved(document))
    heading, body = (with_text(found, text).pieces[0].look for text in ("Đề mục", "Nội dung"))
    assert (heading.family, heading.size_pt, heading.bold, heading.color) == ("Calibri", 14, True, "365F91")
    assert (body.family, body.size_pt, body.bold) == ("Cambria", 11, False)
    assert with_text(found, "Nội dung").spacing == Spacing("multiple", 1.15)
    assert with_text(found, "hai").text == "2. hai"
    assert with_text(found, "ô").in_ruled_table
    assert (with_text(found, "bên phải").side, with_text(found, "bên phải").in_ruled_table) == (
        "right",
        False,
    )


def test_a_style_of_python_docx_and_its_page_number() -> None:
    document = docx.Document()
    own = document.styles.add_style("Riêng", 1)
    own.base_style = document.styles["Heading 1"]
    own.font.name, own.font.size, own.font.bold = "Times New Roman", Pt(14), False
    document.add_paragraph("a Đ", style="Riêng")
    document.sections[0].different_first_page_header_footer = True
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    header = document.sections[0].header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header._p.append(field)
    found = read_word(saved(document))
    assert {(piece.look.family, piece.look.bold) for piece in found.paragraphs[0].pieces} == {
        ("Times New Roman", False)
    }
    (number,) = found.page_numbers
    assert (number.place, number.align, number.on_first_page) == ("header", "center", False)


PAGE = """<html><head><meta charset="utf-8"><style>
@page { size: 210mm 297mm; margin: 20mm 20mm 20mm 30mm }
p, td { font-family: "Times New Roman"; font-size: 14pt; margin: 0 }
p.body { text-align: justify; text-indent: 12.7mm; margin-bottom: 6pt; line-height: 18pt }
</style></head><body>
<table width="100%" border="0"><tr><td width="40%"><p align="center">KHỐI</p></td>
<td width="60%"><p align="center"><b>CỘNG HÒA</b></p></td></tr></table>
<p class="body">Nội dung <b>đậm</b> <i>nghiêng</i></p>
<table border="1"><tr><td>ô một</td><td>ô hai</td></tr></table></body></html>"""


def convert(file: Path, kind: str, folder: Path) -> bytes:
    """Convert *file* with LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    reader = ["--infilter=HTML (StarWriter)"] if file.suffix == ".html" else []
    command = ["soffice", profile, "--headless", *reader, "--convert-to", kind, "--outdir", folder, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / file.name).with_suffix(".docx").read_bytes()


@pytest.mark.libreoffice
def test_a_file_of_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "a.html"
    source.write_text(PAGE, encoding="utf-8")
    found = read_word(convert(source, "docx:MS Word 2007 XML", tmp_path))
    sheet = found.sheets[0]
    margins = (sheet.margin_left_mm, sheet.margin_right_mm, sheet.margin_top_mm)
    assert margins == pytest.approx((30, 20, 20), abs=0.1)
    body = with_text(found, "Nội dung")
    assert [(p.text, p.look.bold, p.look.italic) for p in body.pieces if p.text.strip()] == [
        ("Nội dung ", False, False),
        ("đậm", True, False),
        ("nghiêng", False, True),
    ]
    assert {(piece.look.family, piece.look.size_pt) for piece in body.pieces} == {("Times New Roman", 14)}
    assert (body.align, body.space_after_pt) == ("justify", pytest.approx(6, abs=0.1))
    assert body.indent_first_mm == pytest.approx(12.7, abs=0.1)
    assert body.spacing == Spacing("at_least", 18)
    assert (with_text(found, "KHỐI").side, with_text(found, "CỘNG HÒA").side) == ("left", "right")
    assert with_text(found, "ô hai").in_ruled_table


@pytest.mark.libreoffice
@BOTH
def test_our_file_saved_again_by_libreoffice_looks_the_same(look: Style, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "a.docx"
    source.write_bytes(write_docx(one_of_each(), look))
    before, after = read_word(source.read_bytes()), read_word(convert(source, "docx", tmp_path))
    for component in look.texts:
        one, other = (with_text(found, f"<{component}>") for found in (before, after))
        assert one.pieces == other.pieces, component
        assert (one.align, one.spacing, one.space_after_pt) == (
            other.align,
            other.spacing,
            other.space_after_pt,
        )
        assert one.indent_first_mm == pytest.approx(other.indent_first_mm, abs=0.1), component
        assert (one.side, one.in_ruled_table) == (other.side, other.in_ruled_table), component
        assert (one.rule_below is None) == (other.rule_below is None), component
    assert [(n.place, n.align, n.look.size_pt, n.on_first_page) for n in after.page_numbers] == [
        (n.place, n.align, n.look.size_pt, n.on_first_page) for n in before.page_numbers
    ]


@pytest.mark.libreoffice
def test_drawn_lines_that_libreoffice_wrote(tmp_path: Path) -> None:
    issuer = f"<w:p>{run('TÊN CƠ QUAN', BOLD)}{line_shape(25, top_mm=6, left_mm=5)}</w:p>"
    body = table((cell(issuer), cell(motto(line_shape(60, top_mm=6, left_mm=12)))), widths=(4000, 5071))
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "a.docx"
    source.write_bytes(word_file(body + paragraph("Sau") + section()))
    found = read_word(convert(source, "docx", tmp_path))
    assert close(with_text(found, MOTTO).rule_below, 60, 0.75)
    assert close(with_text(found, "TÊN").rule_below, 25, 0.75, text_width_mm("TÊN CƠ QUAN", 14, "bold"))
    assert [p.side for p in found.paragraphs] == ["left", "right", None]


@pytest.mark.pandoc
def test_a_file_of_pandoc(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# Đề mục\n\nNội dung **đậm**.\n\nĐoạn hai.\n\n1. một\n2. hai\n", encoding="utf-8")
    subprocess.run(["pandoc", source, "-o", tmp_path / "a.docx"], check=True, timeout=60)
    found = read_word((tmp_path / "a.docx").read_bytes())
    assert texts(found) == ["Đề mục", "Nội dung đậm.", "Đoạn hai.", "1. một", "2. hai"]
    body = with_text(found, "Nội dung")
    assert [piece.look.bold for piece in body.pieces] == [False, True, False]
    assert {piece.look.size_pt for piece in body.pieces} == {12}
    assert len({piece.look.family for piece in body.pieces}) == 1
    assert (found.page_numbers, found.notes) == ((), ())


# --- any text, any style ------------------------------------------------------------------------------

LETTERS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), blacklist_characters="\ufffe\uffff"),
    max_size=40,
)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(LETTERS, st.booleans()), min_size=1, max_size=5))
@example([("Đường ﷺ 越南 a“b”", True)])
def test_any_text_arrives(parts: list[tuple[str, bool]]) -> None:
    letters = fonts(ascii="A", hAnsi="B", eastAsia="C", cs="D")
    runs = "".join(run(escape(text), letters + ("<w:b/>" if bold else "")) for text, bold in parts)
    found = first(f"<w:p>{runs}</w:p>")
    assert "".join(piece.text for piece in found.pieces) == "".join(text for text, _ in parts)
    bold = "".join(piece.text for piece in found.pieces if piece.look.bold)
    assert bold == "".join(text for text, is_bold in parts if is_bold)


OPTIONAL = st.none() | st.booleans()
SAYS = st.fixed_dictionaries(
    {
        "b": OPTIONAL,
        "i": OPTIONAL,
        "sz": st.none() | st.sampled_from([20, 24, 26, 28]),
        "font": st.none() | st.sampled_from("ABC"),
    }
)
CHAIN = st.lists(SAYS, max_size=4)


def write_says(says: dict[str, object]) -> str:
    written = "".join(
        f'<w:{tag} w:val="{int(bool(says[tag]))}"/>' for tag in ("b", "i") if says[tag] is not None
    )
    written += f'<w:sz w:val="{says["sz"]}"/>' if says["sz"] else ""
    return written + (fonts(ascii=str(says["font"]), hAnsi=str(says["font"])) if says["font"] else "")


def nearest(places: list[dict[str, object]], key: str) -> object:
    return next((says[key] for says in reversed(places) if says[key] is not None), None)


def expected(
    base: dict[str, object],
    chain: list[dict[str, object]],
    letters: list[dict[str, object]],
    direct: dict[str, object],
) -> tuple[object, ...]:
    """Say once more, in another way, what the standard makes of these places."""
    toggles = []
    for key in ("b", "i"):
        if direct[key] is not None:
            toggles.append(direct[key])
        else:
            toggles.append(bool(base[key]) or bool(nearest(chain, key)) != bool(nearest(letters, key)))
    everything = [base, *chain, *letters, direct]
    size, font = nearest(everything, "sz"), nearest(everything, "font")
    return (*toggles, (size if isinstance(size, int) else 20) / 2, font or "Times New Roman")


def write_chain(chain: list[dict[str, object]], prefix: str, sort: str) -> str:
    return "".join(
        style(
            f"{prefix}{number}",
            (based_on(f"{prefix}{number - 1}") if number else "") + f"<w:rPr>{write_says(says)}</w:rPr>",
            sort,
        )
        for number, says in enumerate(chain)
    )


@settings(max_examples=120, deadline=None)
@given(SAYS, CHAIN, CHAIN, SAYS)
def test_any_chain_of_styles_gives_what_the_standard_says(
    base: dict[str, object],
    chain: list[dict[str, object]],
    letters: list[dict[str, object]],
    direct: dict[str, object],
) -> None:
    styles = (
        defaults(write_says(base))
        + write_chain(chain, "P", "paragraph")
        + write_chain(letters, "C", "character")
    )
    properties = f'<w:pStyle w:val="P{len(chain) - 1}"/>' if chain else ""
    marks = f'<w:rStyle w:val="C{len(letters) - 1}"/>' if letters else ""
    look = look_of(paragraph("Đà Nẵng", properties, marks + write_says(direct)), styles=styles)
    assert (look.bold, look.italic, look.size_pt, look.family) == expected(base, chain, letters, direct)
