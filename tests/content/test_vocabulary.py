"""The vocabulary accepts what a template may say and refuses everything else by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.content.vocabulary import parse_document
from generator.errors import TemplateError
from generator.tree import (
    Blank,
    Chart,
    Extent,
    Figure,
    LineBreak,
    Para,
    Picture,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    WebPage,
    document_text,
    iter_lines,
)

HEAD = '<document title="T" author="A" lang="vi-VN">'


def parse(body: str):
    return parse_document(f"{HEAD}{body}</document>")


def test_white_space_is_folded_as_in_html():
    document = parse("<para>\n   Hội  nghị\n  <strong> tổng kết </strong>  năm\n</para>")

    assert document.blocks == (Para("body", (Text("Hội nghị "), Strong((Text("tổng kết "),)), Text("năm"))),)


def test_no_break_spaces_stay():
    assert document_text(parse("<para>ngày\u00a005</para>")) == "ngày\u00a005"


def test_spaces_around_a_line_break_go():
    document = parse("<para>một <br/> hai</para>")

    assert document.blocks == (Para("body", (Text("một"), LineBreak(), Text("hai"))),)


def test_a_blank_keeps_the_space_before_it():
    document = parse('<para>Địa điểm: <blank label="Địa điểm" extent="line"/></para>')

    assert document.blocks == (Para("body", (Text("Địa điểm: "), Blank("Địa điểm", Extent.LINE))),)


def test_marks_in_values_are_plain_text():
    assert document_text(parse("<para>R&amp;D &lt; 5 tỷ ]]&gt;</para>")) == "R&D < 5 tỷ ]]>"


def test_a_table_has_columns_header_and_rows():
    (table,) = parse(
        '<table><column share="1" align="center"/><column share="3"/>'
        "<header><row><cell>STT</cell><cell>Đơn vị</cell></row></header>"
        "<row><cell>1</cell><cell/></row></table>"
    ).blocks

    assert isinstance(table, Table)
    assert [column.share for column in table.columns] == [1, 3]
    assert table.rows == (((Text("1"),), ()),)


@pytest.mark.parametrize(
    ("body", "key", "element"),
    [
        ("<script/>", "vocabulary-element-unknown", "script"),
        ("<annex><label>x</label></annex>", "vocabulary-element-lacks", "annex"),
        ("<annex orientation='askew'><subject>x</subject></annex>", "vocabulary-attribute-wrong", "annex"),
        ("<addressees mark='-'><label>x</label></addressees>", "vocabulary-element-empty", "addressees"),
        ("<certificate><nation>x</nation></certificate>", "vocabulary-element-lacks", "certificate"),
        ("<certificate>x<post>y</post></certificate>", "vocabulary-words-astray", "certificate"),
        ("<para><b>x</b></para>", "vocabulary-element-unknown", "b"),
        ("<para style='x'>x</para>", "vocabulary-attribute-wrong", "para"),
        ("<para role='x'>x</para>", "vocabulary-attribute-wrong", "para"),
        ("<para keep-with-next='maybe'>x</para>", "vocabulary-attribute-wrong", "para"),
        ("<para> </para>", "vocabulary-element-empty", "para"),
        ("<heading level='3'>x</heading>", "vocabulary-attribute-wrong", "heading"),
        ("<list mark='-'/>", "vocabulary-element-empty", "list"),
        ("<list mark='-'>words</list>", "vocabulary-words-astray", "list"),
        ("words", "vocabulary-words-astray", "document"),
        ("<title><kind>x</kind></title>", "vocabulary-element-lacks", "title"),
        ("<title><kind>x</kind><kind>y</kind></title>", "vocabulary-element-unknown", "kind"),
        ("<para><blank label='' extent='line'/></para>", "vocabulary-attribute-wrong", "blank"),
        ("<para><blank label='x' extent='huge'/></para>", "vocabulary-attribute-wrong", "blank"),
        ("<table><column share='0'/></table>", "vocabulary-attribute-wrong", "column"),
        (
            "<table><column share='1'/><header><row><cell>a</cell></row></header>"
            "<row><cell>a</cell><cell>b</cell></row></table>",
            "vocabulary-row-width",
            "row",
        ),
        ("<table><column share='1'/></table>", "vocabulary-element-empty", "table"),
        ("<signature-grid columns='2'/>", "vocabulary-attribute-wrong", "signature-grid"),
        ("<signature-grid/>", "vocabulary-element-empty", "signature-grid"),
        (
            "<signature-grid><caption>x</caption></signature-grid>",
            "vocabulary-element-empty",
            "signature-grid",
        ),
        (
            "<signature-grid><caption>x</caption><caption>y</caption>"
            "<signature><name>x</name></signature></signature-grid>",
            "vocabulary-element-unknown",
            "caption",
        ),
        (
            "<signature-grid><signature starts-row='1'><name>x</name></signature></signature-grid>",
            "vocabulary-attribute-wrong",
            "signature",
        ),
        ("<figure/>", "vocabulary-element-lacks", "figure"),
        ("<figure floats='so'><placeholder>x</placeholder></figure>", "vocabulary-attribute-wrong", "figure"),
        ("<web/>", "vocabulary-attribute-wrong", "web"),
        ("<web description='x'>words</web>", "vocabulary-words-astray", "web"),
        ("<web description='x'/><web description='x'/>", "vocabulary-element-unknown", "web"),
        ("<recipients><label>x</label></recipients>", "vocabulary-element-empty", "recipients"),
    ],
)
def test_what_is_outside_the_vocabulary_is_refused(body, key, element):
    with pytest.raises(TemplateError) as caught:
        parse(body)

    assert (caught.value.key, caught.value.values["element"]) == (key, element)


@pytest.mark.parametrize("xml", ["<document", "", "<!DOCTYPE d [<!ENTITY e 'x'>]><document>&e;</document>"])
def test_what_is_no_plain_xml_is_refused(xml):
    with pytest.raises(TemplateError):
        parse_document(xml)


def test_a_signature_has_an_office_and_may_begin_a_row():
    (grid,) = parse(
        "<signature-grid><caption>KÝ</caption><signature starts-row='yes'><unit>A</unit><office>B</office>"
        "<post>C</post><post>D</post><note>E</note><name>F</name></signature></signature-grid>"
    ).blocks

    assert grid == SignatureGrid(
        (),
        (
            Signature(
                unit=(Text("A"),),
                office=(Text("B"),),
                posts=((Text("C"),), (Text("D"),)),
                note=(Text("E"),),
                name=(Text("F"),),
                starts_row=True,
            ),
        ),
        (Text("KÝ"),),
    )
    assert [line[0].text for line in iter_lines(grid)] == ["KÝ", "A", "B", "C", "D", "E", "F"]


def test_a_figure_says_its_placeholder_only_without_a_picture():
    (figure,) = parse(
        "<figure photo='photos/a.jpg' floats='yes'><placeholder>P</placeholder><caption>C</caption></figure>"
    ).blocks

    assert figure == Figure("photos/a.jpg", (Text("P"),), (Text("C"),), floats=True)
    assert [line[0].text for line in iter_lines(figure)] == ["P", "C"]
    shown = replace(figure, picture=Picture("photo-1.jpg", b"", 1, 1))
    assert [line[0].text for line in iter_lines(shown)] == ["C"]
    assert shown.alternative == "C"


CHART = "<chart of='totals'><alternative>A</alternative><caption>C</caption>{}</chart>"


def test_a_chart_is_a_figure_with_the_words_of_its_drawing():
    (figure,) = parse(CHART.format("<word for='rank'>Hạng</word><word for='tied'> đồng  hạng </word>")).blocks

    words = (("rank", "Hạng"), ("tied", "đồng hạng"))
    assert figure == Figure("", (Text("A"),), (Text("C"),), chart=Chart("totals", words))
    assert figure.alternative == "A"


@pytest.mark.parametrize(
    "xml",
    [
        "<chart of='pie'><alternative>A</alternative></chart>",
        "<chart><alternative>A</alternative></chart>",
        "<chart of='totals'><caption>C</caption></chart>",
        CHART.format("<word>Hạng</word>"),
        CHART.format("<word for='rank'/>"),
        CHART.format("Hạng"),
    ],
)
def test_a_chart_that_is_not_known_or_not_told_in_words_is_refused(xml):
    with pytest.raises(TemplateError):
        parse(xml)


def test_a_page_that_is_no_news_says_so():
    assert [
        parse(f"<web description='D'{news}/><para>x</para>").web.is_news
        for news in ("", " news='yes'", " news='no'")
    ] == [True, True, False]


def test_what_only_the_web_page_says_is_no_word_of_the_document():
    document = parse("<web description='D' published='2017-02-17T19:51' print-label='In'/><para>x</para>")

    assert document_text(document) == "x"
    assert document.web == WebPage("D", published="2017-02-17T19:51", print_label="In")
