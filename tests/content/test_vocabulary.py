"""The vocabulary accepts what a template may say and refuses everything else by name."""

from __future__ import annotations

import pytest

from generator.content.vocabulary import parse_document
from generator.errors import TemplateError
from generator.tree import Blank, Extent, LineBreak, Para, Strong, Table, Text, document_text

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
        ("<signature-grid columns='9'/>", "vocabulary-attribute-wrong", "signature-grid"),
        ("<signature-grid columns='2'/>", "vocabulary-element-empty", "signature-grid"),
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
