from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

import pytest
from lxml import html

from generator import layout
from generator.inspection.readback.words import normalise_words, words_of_tree
from generator.style import Style
from generator.tree import (
    Blank,
    Block,
    Column,
    Document,
    Emph,
    Extent,
    Heading,
    Inlines,
    ItemList,
    LineBreak,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
)
from generator.typeface import text_width_mm
from generator.writers.html import write_html
from tests import samples

STYLES = pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)

LINES = ("p", "li", "td", "th", "h2", "h3", "span")
"""Elements that are a line of their own; a break within one is one as well."""

HOSTILE = "</style></title><script>alert(1)</script> & \" ' <b>đậm</b> {0} %s \\"


def parse(document: Document, style: Style) -> html.HtmlElement:
    return html.document_fromstring(write_html(document, style))


def words_of_html(page: html.HtmlElement) -> tuple[str, ...]:
    for line in page.body.iter(*LINES):
        line.tail = f" {line.tail or ''}"
    for line_break in page.body.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return normalise_words(str(page.body.text_content()))


def document_of(*blocks: Block) -> Document:
    return Document("Tiêu đề", "Tác giả", "vi-VN", blocks)


def body_line(content: Inlines) -> Document:
    return document_of(Para("body", content))


def printed(content: Inlines) -> str:
    """Return a body paragraph as it is in the page, marks for line breaks and all."""
    (line,) = parse(body_line(content), samples.tt01()).body.iter("p")
    return str(line.text_content())


def unmarked(text: str) -> str:
    return re.sub("[\N{ZERO WIDTH SPACE}\N{WORD JOINER}]", "", text)


@STYLES
@pytest.mark.parametrize("length", [0, 3, 30])
def test_the_page_says_the_tree_s_words(style: Style, length: int) -> None:
    document = samples.whole_document(length, length)
    assert words_of_html(parse(document, style)) == words_of_tree(document)


@STYLES
def test_text_that_looks_like_markup_stays_text(style: Style) -> None:
    text = (Text(HOSTILE),)
    document = Document(
        title=HOSTILE,
        author=HOSTILE,
        language="vi-VN",
        blocks=(
            replace(samples.letterhead(), parent=text, issuer=text, place_and_date=text),
            Title(text, text),
            Heading(1, "roman", "I.", text),
            Para("body", (Strong(text), Emph(text), Blank(HOSTILE, Extent.NAME))),
            ItemList("<i>", (text,)),
            Table((Column(1),), ((text,),), ((text,),)),
            SignatureGrid((1,), (Signature(text, (text,), text, text),)),
            Recipients(text, (text,)),
        ),
    )
    page = parse(document, style)
    assert not list(page.iter("script", "b", "i"))
    assert len(list(page.iter("style"))) == 1
    assert page.findtext("head/title") == HOSTILE
    assert page.find("head/meta[@name='author']").get("content") == HOSTILE
    assert words_of_html(page) == words_of_tree(document)


def test_the_page_names_language_title_and_author() -> None:
    page = parse(samples.whole_document(), samples.tt01())
    assert page.get("lang") == "vi-VN"
    assert page.findtext("head/title") == samples.whole_document().title
    assert page.find("head/meta[@name='author']").get("content") == samples.whole_document().author


def test_parts_are_the_elements_that_a_reader_s_program_expects() -> None:
    page = parse(samples.whole_document(), samples.tt01())
    assert [h.text_content().split()[0] for h in page.body.iter("h1", "h2")] == ["BIÊN", "1.", "2."]
    assert [cell.get("scope") for cell in page.body.iter("th")] == ["col"] * 3
    assert [len(table.findall("thead/tr")) for table in page.body.iter("table")] == [1]
    assert [len(group.findall("li")) for group in page.body.iter("ul")] == [2, 2]


def heading(level: Literal[1, 2]) -> Heading:
    return Heading(level, "roman", "", (Text("Mục"),))


@pytest.mark.parametrize(
    ("blocks", "tags"),
    [
        ((Title((Text("A"),), ()), heading(1), heading(2), heading(1)), ["h1", "h2", "h3", "h2"]),
        ((Title((Text("A"),), ()), heading(2), heading(2), heading(1)), ["h1", "h2", "h3", "h2"]),
        ((heading(1), heading(2), heading(2)), ["h1", "h2", "h2"]),
        ((heading(2), heading(1)), ["h1", "h1"]),
    ],
)
def test_no_level_of_headings_is_skipped(blocks: tuple[Block, ...], tags: list[str]) -> None:
    page = parse(document_of(*blocks), samples.tt01())
    assert [found.tag for found in page.body.iter("h1", "h2", "h3")] == tags


def test_a_document_may_be_empty_and_end_with_anything() -> None:
    assert words_of_html(parse(document_of(), samples.tt01())) == ()
    for block in samples.whole_document().blocks:
        kept = replace(block, keep_with_next=True) if isinstance(block, Para) else block
        document = document_of(kept)
        assert words_of_html(parse(document, samples.tt01())) == words_of_tree(document)


def test_empty_lines_are_left_out() -> None:
    document = document_of(
        replace(samples.letterhead(), number=()),
        Title((Text("BẢN TIN"),), ()),
        SignatureGrid((2,), (Signature((), ((Text("THƯ KÝ"),),), (), ()),)),
    )
    page = parse(document, samples.tt01())
    assert all(line.text_content().strip() for line in page.body.iter(*LINES))
    assert len(page.body.findall(".//div[@class='letterhead']/div")) == 1
    assert len(list(page.body.find_class("rule"))) == 2  # none below a title that says no subject


@STYLES
def test_every_length_comes_from_the_style(style: Style) -> None:
    body = replace(
        style.texts["body"], size_pt=13.5, line_pitch_pt=21, indent_first_mm=10.5, space_after_pt=7
    )
    page = replace(style.page, margin_left_mm=33.5)
    changed = replace(style, texts={**style.texts, "body": body}, page=page)
    sheet = write_html(samples.whole_document(), changed)
    assert "margin: 20mm 20mm 20mm 33.5mm;" in sheet
    rules = re.search(r"\.body \{ (.*) \}", sheet)
    assert rules is not None
    for rule in ("size: 13.5pt", "height: 21pt", "indent: 10.5mm", "bottom: 7pt", "align: justify"):
        assert rule in rules[1]


def test_the_page_number_stands_where_the_regulation_wants_it() -> None:
    assert "@bottom-right {" in write_html(samples.whole_document(), samples.tt01())
    assert "@top-center {" in write_html(samples.whole_document(), samples.nd30())
    assert "@page :first { @top-center { content: none; } }" in write_html(
        samples.whole_document(), samples.nd30()
    )


def test_a_font_s_name_cannot_end_the_style_sheet() -> None:
    style = replace(samples.tt01(), font_family='Times"; } </style><script>')
    page = parse(samples.whole_document(), style)
    assert not list(page.iter("script"))
    assert words_of_html(page) == words_of_tree(samples.whole_document())


# --- lengths that Word has as well --------------------------------------------------------------------


@STYLES
def test_blanks_have_as_many_dots_as_the_layout_counts(style: Style) -> None:
    content = (Text("Số: "), Blank("Số", Extent.NUMBER), Text(", tại "), Blank("Nơi", Extent.LINE))
    look = style.texts["body"]
    (line,) = parse(body_line(content), style).body.iter("p")
    found = [len(dots) for dots in re.findall(r"\.+", line.text_content())]
    assert found == list(layout.count_dots(content, look, style.page.text_width_mm, look.indent_first_mm))


@STYLES
def test_rules_are_parts_of_the_longest_line_above_them(style: Style) -> None:
    page = parse(samples.whole_document(), style)
    found = [float(rule.get("style")[len("width: ") : -2]) for rule in page.body.find_class("rule")]
    motto = text_width_mm("Độc lập - Tự do - Hạnh phúc", style.texts["motto"].size_pt, "bold")
    issuer = text_width_mm("KHỐI THI ĐUA CÁC BỘ,", style.texts["issuing_body"].size_pt, "bold")
    assert found[0] == pytest.approx(issuer * style.letterhead.issuer_rule_share, abs=0.01)
    assert found[1] == pytest.approx(motto * style.letterhead.motto_rule_share, abs=0.01)
    assert len(found) == 3


def test_long_names_break_into_even_lines() -> None:
    page = parse(samples.whole_document(), samples.tt01())
    (issuer,) = page.body.find_class("issuing_body")
    assert [issuer.text, *(line_break.tail for line_break in issuer)] == [
        "KHỐI THI ĐUA CÁC BỘ,",
        "NGÀNH TỔNG HỢP",
    ]


def test_the_names_of_those_who_sign_stand_level() -> None:
    one, two = (Text("THƯ KÝ"),), (Text("KT. BỘ TRƯỞNG"),)
    grid = SignatureGrid((2,), (Signature((), (one,), (), one), Signature((), (two, two), (), two)))
    page = parse(document_of(grid), samples.tt01())
    heads = [cell[0].get("style") for cell in page.body.find_class("signature")]
    assert heads == ["min-height: 36pt"] * 2


def test_what_belongs_to_the_signatures_is_kept_with_them() -> None:
    items = ItemList("-", ((Text("một"),), (Text("hai"),)))
    page = parse(document_of(items, *samples.whole_document().blocks[-2:]), samples.tt01())
    (kept,) = page.body.find_class("kept")
    assert unmarked(kept.text_content()).split()[:4] == ["-", "hai", "THƯ", "KÝ"]
    assert unmarked(kept.text_content()).split()[-1] == "sơ."


# --- line breaks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị định 65/2014/NĐ-CP", "Nghị định 65/×2014/×NĐ-CP"),
        ("năm học 2015-2016", "năm học 2015-÷2016"),
        ("điểm:12, ghi 1.234,5", "điểm:×12, ghi 1.234,5"),
        ("“Ước” (số 1) ; hết .", "“Ước”÷ (số 1)÷ ; hết÷ ."),
        ("không có gì", "không có gì"),
    ],
)
def test_lines_may_break_where_word_breaks_them(text: str, expected: str) -> None:
    marked = expected.replace("÷", "\N{ZERO WIDTH SPACE}").replace("×", "\N{WORD JOINER}")
    assert printed((Text(text),)) == marked
    assert unmarked(marked) == text


def test_a_line_may_break_before_a_blank_even_where_the_look_changes() -> None:
    content = (Strong((Text("Địa điểm: "),)), Blank("Nơi", Extent.NUMBER), LineBreak(), Text("hết"))
    assert printed(content) == "Địa điểm:\N{ZERO WIDTH SPACE} " + "." * layout.DOTS[Extent.NUMBER] + "hết"


def test_a_new_line_within_a_text_is_a_space() -> None:
    assert printed((Text("một\nhai"),)) == "một hai"


def test_a_hyphen_that_is_not_to_be_seen_is_not_there() -> None:
    assert printed((Text("khen\N{SOFT HYPHEN}thưởng"),)) == "khenthưởng"
