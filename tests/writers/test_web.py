"""The page for the web: its elements, what it says of itself, and that no text becomes anything else."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from tinyhtml5.parser import HTMLParser

from generator.errors import TemplateError
from generator.inspection.readback.words import check_agreement, words_of_html, words_of_tree
from generator.tree import (
    BLANK_MARK,
    Blank,
    Block,
    Column,
    Document,
    Emph,
    Figure,
    Heading,
    ItemList,
    LineBreak,
    Para,
    Recipients,
    Strong,
    Table,
    Text,
    Title,
    WebPage,
)
from generator.writers.web import write_style_sheet, write_web
from tests import news_samples, samples
from tests.news_samples import bulletin, para

if TYPE_CHECKING:
    from generator.style import Style

PRESS = news_samples.press()

HOSTILE = (
    "</style></title></script><script>alert(1)</script><!-- & &amp; \" ' <b>đậm</b> {0} {{ c.x }} {% raw %} %s \\ "
    "]]> \N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} \N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}-->"
)


def parse(document: Document) -> html.HtmlElement:
    return html.document_fromstring(write_web(document, PRESS), parser=html.HTMLParser(encoding="utf-8"))


def article_of(*blocks: Block, web: WebPage | None = None) -> html.HtmlElement:
    (article,) = parse(bulletin(*blocks, web=web)).iter("article")
    return article


def outline(element: html.HtmlElement) -> list[str]:
    return [child.tag for child in element.iterchildren()]


def named_texts(page: html.HtmlElement) -> dict[str, str]:
    """Return what the head says, by the names under which it says it."""
    metas = page.iterfind("head/meta[@content]")
    return {meta.get("name") or meta.get("property"): meta.get("content") for meta in metas}


def linked_data(page: html.HtmlElement) -> dict[str, object]:
    (script,) = page.iterfind("head/script[@type='application/ld+json']")
    return json.loads(script.text)


def syntax_errors(page: bytes) -> list[tuple[object, str, object]]:
    """Return where *page* is not what the standard of HTML asks for, each place with the error's code."""
    parser = HTMLParser()
    parser.parse(page, override_encoding="utf-8")
    return parser.errors


# --- elements -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [news_samples.whole_bulletin(), news_samples.small_bulletin()])
def test_the_page_is_html_without_an_error_and_says_the_tree_s_words(document: Document) -> None:
    page = write_web(document, PRESS)
    assert page.startswith(b"<!DOCTYPE html>\n")
    assert syntax_errors(page) == []
    check_agreement(document, PRESS, html=page)


def test_the_check_of_the_syntax_finds_an_error() -> None:
    page = write_web(news_samples.small_bulletin(), PRESS)
    assert syntax_errors(page.replace(b"</header>", b""))
    assert syntax_errors(page.replace(b"<!DOCTYPE html>", b""))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_web(news_samples.whole_bulletin(), PRESS) == write_web(news_samples.whole_bulletin(), PRESS)


def test_the_page_is_one_article_in_one_main_part() -> None:
    page = parse(news_samples.whole_bulletin())
    assert page.get("lang") == "vi-VN"
    assert outline(page.body) == ["main", "script"]
    assert outline(page.body.find("main")) == ["article"]


def test_the_article_is_made_of_the_elements_that_an_editor_keeps() -> None:
    (article,) = parse(news_samples.whole_bulletin(1)).iter("article")
    assert outline(article) == [
        *(
            "header",
            "figure",
            "p",
            "p",
            "h2",
            "h3",
            "p",
            "ul",
            "figure",
            "h2",
            "table",
            "p",
            "figure",
            "footer",
        )
    ]
    assert outline(article.find("header")) == ["h1", "p"]
    assert {element.get("class") for element in article.iter()} - {None} == {
        *("stamp", "print", "lead", "keep", "placeholder", "center", "right", "note", "byline")
    }
    assert not article.xpath(".//@style | .//@id | .//div | .//span")


def test_the_head_of_an_article_may_stand_below_something_else() -> None:
    note, headline = para("note", "Dữ liệu minh họa"), para("headline", "Đầu đề")
    assert outline(article_of(note, headline, para("stamp", "17/02/2017"))) == ["p", "header"]


def heading(level: Literal[1, 2], text: str = "Mục") -> Heading:
    return Heading(level, "arabic", "", (Text(text),))


@pytest.mark.parametrize(
    ("blocks", "tags"),
    [
        ((para("headline", "A"), heading(1), heading(2), heading(1)), ["h1", "h2", "h3", "h2"]),
        ((para("headline", "A"), heading(2), heading(1), heading(2)), ["h1", "h2", "h2", "h3"]),
        ((Title((Text("A"),), (Text("B"),)), heading(1)), ["h1", "h2"]),
        ((heading(1), heading(2)), ["h1", "h2"]),
    ],
)
def test_no_level_of_headings_is_skipped(blocks: tuple[Block, ...], tags: list[str]) -> None:
    assert [found.tag for found in article_of(*blocks).iter("h1", "h2", "h3")] == tags


def test_a_number_stands_before_its_heading() -> None:
    numbered = replace(heading(1, "Kết quả"), number="1.")
    assert article_of(numbered).findtext("h1") == "1. Kết quả"


def test_a_list_has_its_mark_from_the_style_sheet_so_that_no_editor_doubles_it() -> None:
    lists = (ItemList("-", ((Text("một"),), (Text("hai"),))), ItemList("</style>", ((Text("ba"),),)))
    page = parse(bulletin(*lists))
    assert [item.text for item in page.iter("li")] == ["một", "hai", "ba"]
    assert [marked.get("data-mark") for marked in page.iter("ul")] == ["-", "</style>"]
    sheet = page.findtext("head/style")
    assert 'ul[data-mark="-"] { list-style-type: "- "; }' in sheet
    assert r'ul[data-mark="\3c \2f style\3e "] { list-style-type: "\3c \2f style\3e  "; }' in sheet
    assert words_of_html(write_web(bulletin(*lists), PRESS)) == ("-", "một", "-", "hai", "</style>", "ba")


def test_a_table_has_headed_columns() -> None:
    page = parse(news_samples.whole_bulletin())
    assert [cell.get("scope") for cell in page.iter("th")] == ["col"] * 4
    (table,) = page.iter("table")
    assert [len(table.findall(f"{part}/tr")) for part in ("thead", "tbody")] == [1, 2]
    assert [cell.get("class") for cell in table.find("tbody/tr")] == ["center", None, None, "right"]


def test_an_empty_cell_heads_no_column_and_rows_of_headings_alone_are_a_body() -> None:
    column, row = (Column(1), Column(1)), ((), (Text("Đơn vị"),))
    (table,) = article_of(Table(column, (row,), ())).iter("table")
    assert outline(table) == ["tbody"]
    assert outline(table.find("tbody/tr")) == ["td", "th"]
    assert list(article_of(Table(column, (), ())).iter("table")) == []


def test_lines_break_within_what_they_belong_to() -> None:
    content = (Strong((Text("một"), LineBreak(), Emph((Text("hai"),)))), Text(" ba"))
    (line,) = article_of(Para("body", content)).iter("p")
    assert (
        html.tostring(line, encoding="unicode", with_tail=False)
        == "<p><strong>một<br>\n<em>hai</em></strong> ba</p>"
    )


def test_empty_lines_are_left_out() -> None:
    empty = (
        *(Para(role, ()) for role in ("headline", "stamp", "lead", "body", "byline")),
        Title((), ()),
        Heading(1, "arabic", "", ()),
        ItemList("-", ()),
        Recipients((), ((),)),
        Figure("", (Text("[Ảnh]"),), ()),
    )
    article = article_of(*empty)
    assert outline(article) == ["figure"]
    assert outline(article.find("figure")) == ["p"]


@pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)
def test_an_administrative_document_loses_no_word(style: Style) -> None:
    document = replace(samples.whole_document(), web=WebPage("Một câu."))
    page = write_web(document, style)
    check_agreement(document, style, html=page)
    assert syntax_errors(page) == []


def test_a_blank_is_a_mark() -> None:
    assert article_of(Para("body", (Text("Giờ: "), Blank("Giờ")))).findtext("p") == f"Giờ: {BLANK_MARK}"


# --- photographs --------------------------------------------------------------------------------------


def test_a_photograph_is_within_the_page_with_its_size_and_its_words() -> None:
    picture = news_samples.picture(1, 30, 20)
    shown = Figure(
        "a.jpg", (Text("[Ảnh]"),), (Text("Toàn cảnh"), LineBreak(), Text("Hội nghị")), picture=picture
    )
    (figure,) = article_of(shown).iter("figure")
    assert outline(figure) == ["img", "figcaption"]
    image = dict(figure.find("img").attrib)
    kind, _, content = image.pop("src").partition(",")
    assert (kind, base64.b64decode(content, validate=True)) == ("data:image/jpeg;base64", picture.content)
    assert image == {"alt": "Toàn cảnh Hội nghị", "width": "30", "height": "20"}


def test_a_photograph_without_a_caption_is_told_by_what_its_frame_would_say() -> None:
    shown = Figure("a.jpg", (Text("[Ảnh: a.jpg]"),), (), picture=news_samples.picture(1, 30, 20))
    (figure,) = article_of(shown).iter("figure")
    assert outline(figure) == ["img"]
    assert figure.find("img").get("alt") == "[Ảnh: a.jpg]"


def test_an_absent_photograph_is_words_that_can_be_read() -> None:
    (figure,) = article_of(news_samples.figure("Toàn cảnh")).iter("figure")
    assert outline(figure) == ["p", "figcaption"]
    assert figure.findtext("p[@class='placeholder']") == "[Ảnh chưa có trong dữ liệu]"
    assert not figure.xpath(".//@role | .//@aria-label")


def test_the_page_asks_for_nothing_outside_itself() -> None:
    document = news_samples.whole_bulletin()
    page = parse(document)
    assert not list(page.iter("link", "iframe", "object", "embed", "base", "a"))
    assert {address.partition(",")[0] for address in page.xpath("//@src | //@href")} == {
        "data:image/jpeg;base64"
    }
    sheet = write_style_sheet(document, PRESS)
    assert not re.search(r"url\(|@import|@font-face|//", sheet)


# --- stamp and print button ---------------------------------------------------------------------------

PUBLISHED = WebPage("Một câu.", "2017-02-07T19:51")


@pytest.mark.parametrize(
    ("stamp", "marked"),
    [
        ("07:51 PM 07/02/2017 | Lượt xem: 3.633", "07:51 PM 07/02/2017"),
        ("Đăng ngày 7-2-2017", "7-2-2017"),
        ("Thứ Ba, 7/2/2017, 19:51 (GMT+7)", "7/2/2017, 19:51"),
        ("19h51, 07.02.2017", "19h51, 07.02.2017"),
        ("17/02/2017", None),
        ("07/02/20175", None),
        ("1.07/02/2017", None),
        ("Lượt xem: 3.633", None),
    ],
)
def test_the_day_of_publication_is_marked_where_the_stamp_names_it(stamp: str, marked: str | None) -> None:
    article = article_of(para("stamp", stamp), web=PUBLISHED)
    times = [(time.text, time.get("datetime")) for time in article.iter("time")]
    assert times == ([(marked, PUBLISHED.published)] if marked else [])
    assert article.find("header/p").text_content() == stamp


def test_no_time_is_marked_where_none_is_known_nor_outside_the_stamp() -> None:
    assert not list(article_of(para("stamp", "07:51 PM 17/02/2017")).iter("time"))
    assert not list(article_of(para("body", "07/02/2017"), web=PUBLISHED).iter("time"))


@pytest.mark.parametrize(
    "value",
    [
        "17/02/2017",
        "2017-02",
        "2017-02-30",
        "2017-02-17T25:00",
        "20170217",
        "2017-02-17T19:51+07:00",
        "٢٠١٧-02-17",
    ],
)
def test_a_time_that_is_not_as_the_web_writes_it_is_refused(value: str) -> None:
    with pytest.raises(TemplateError) as caught:
        write_web(bulletin(web=WebPage("Một câu.", value)), PRESS)
    assert (caught.value.key, caught.value.values) == ("web-time-wrong", {"value": value})


@pytest.mark.parametrize("value", ["2017-02-17", "2017-02-17T19:51", "2017-02-17T19:51:00"])
def test_a_day_may_have_a_time(value: str) -> None:
    page = parse(bulletin(para("stamp", "17/02/2017"), web=WebPage("Một câu.", value)))
    assert [time.get("datetime") for time in page.iter("time")] == [value]


def test_a_document_that_says_nothing_of_its_page_has_none() -> None:
    with pytest.raises(TemplateError) as caught:
        write_web(replace(bulletin(), web=None), PRESS)
    assert caught.value.key == "web-missing"


PRINTABLE = WebPage("Một câu.", print_label="In <bài> viết")


def test_the_print_button_ends_the_stamp_and_waits_hidden_for_its_script() -> None:
    document = bulletin(para("headline", "A"), para("stamp", "17/02/2017"), para("stamp", "B"), web=PRINTABLE)
    page = parse(document)
    (button,) = page.iter("button")
    assert dict(button.attrib) == {"type": "button", "class": "print", "hidden": ""}
    assert button.text == PRINTABLE.print_label
    assert button.getparent().text == "17/02/2017 "
    assert "window.print()" in page.findtext("body/script")
    assert words_of_html(write_web(document, PRESS)) == words_of_tree(document)


@pytest.mark.parametrize(
    ("blocks", "path"),
    [
        ((para("headline", "A"), para("body", "B")), "header/p[@class='tools']/button"),
        ((para("body", "B"),), "header/p[@class='tools']/button"),
        ((para("headline", "A"), Para("stamp", ())), "header/p[@class='tools']/button"),
    ],
)
def test_without_words_in_the_stamp_the_button_has_a_line_of_its_own(
    blocks: tuple[Block, ...], path: str
) -> None:
    assert len(article_of(*blocks, web=PRINTABLE).findall(path)) == 1


def test_without_a_label_there_is_no_button_and_no_script() -> None:
    page = parse(bulletin(para("stamp", "17/02/2017")))
    assert not list(page.body.iter("button", "script"))


# --- what the page says of itself ---------------------------------------------------------------------


def test_everything_known_is_told_to_those_who_share_and_those_who_search() -> None:
    page = parse(news_samples.whole_bulletin())
    headline = news_samples.HEADLINE
    assert page.findtext("head/title") == headline
    assert named_texts(page) == {
        "viewport": "width=device-width, initial-scale=1",
        "description": news_samples.DESCRIPTION,
        "author": "Kim Thu",
        "og:type": "article",
        "og:title": headline,
        "og:description": news_samples.DESCRIPTION,
        "og:locale": "vi_VN",
        "article:published_time": "2017-02-17T19:51",
        "article:author": "Kim Thu",
    }
    assert linked_data(page) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "description": news_samples.DESCRIPTION,
        "inLanguage": "vi-VN",
        "datePublished": "2017-02-17T19:51",
        "author": {"@type": "Person", "name": "Kim Thu"},
        "publisher": {"@type": "Organization", "name": "Ban Thi đua"},
    }


def test_nothing_is_said_of_what_is_unknown() -> None:
    document = replace(bulletin(), title="Đầu đề", author="", language="vi", web=WebPage(""))
    page = parse(document)
    assert named_texts(page) == {
        "viewport": "width=device-width, initial-scale=1",
        "og:type": "article",
        "og:title": "Đầu đề",
    }
    assert linked_data(page) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Đầu đề",
        "inLanguage": "vi",
    }


def test_the_headline_is_the_one_that_is_printed_on_one_line() -> None:
    headline = Para("headline", (Text("Tổng kết"), LineBreak(), Strong((Text("năm 2016"),))))
    page = parse(replace(bulletin(headline), title="Bản tin"))
    assert page.findtext("head/title") == "Bản tin"
    assert named_texts(page)["og:title"] == linked_data(page)["headline"] == "Tổng kết năm 2016"


def test_a_headline_without_words_gives_way_to_the_title() -> None:
    page = parse(replace(bulletin(Para("headline", (LineBreak(),))), title="Bản tin"))
    assert named_texts(page)["og:title"] == linked_data(page)["headline"] == "Bản tin"


def test_who_issues_it_is_the_author_where_no_one_is_named() -> None:
    page = parse(bulletin())
    assert named_texts(page)["author"] == "Ban Thi đua"
    assert "author" not in linked_data(page)


# --- style sheet --------------------------------------------------------------------------------------


def test_paper_has_the_sizes_of_the_style() -> None:
    sheet = write_style_sheet(news_samples.whole_bulletin(), PRESS)
    printed = sheet[sheet.index("@media print") :]
    assert "size: 210mm 297mm;\n  margin: 22mm 25mm 22mm 30mm;" in sheet
    for selector, component in (
        ("h1", "headline"),
        (".lead", "lead"),
        ("p, li", "body"),
        ("figcaption", "caption"),
    ):
        look = PRESS.texts[component]
        rule = f"\n{selector} {{ font-size: {look.size_pt:g}pt; line-height: {look.line_pitch_pt:g}pt; "
        assert printed.count(rule) == 1
    assert sheet.count("{") == sheet.count("}")


# --- any text -----------------------------------------------------------------------------------------


def document_saying(text: str) -> Document:
    """Return a document that says *text* wherever one can say something."""
    words = (Text(text),)
    row = (words, (Strong(words),))
    return Document(
        title=text,
        author=text,
        language="vi-VN",
        blocks=(
            Para("headline", words),
            Para("stamp", words),
            *(Para(role, (Emph(words), Text(" "), Blank(text))) for role in ("lead", "body", "note")),
            replace(samples.letterhead(), parent=words, issuer=words),
            Title(words, words),
            Heading(1, "arabic", text, words),
            ItemList(text or "-", (words, words)),
            Table((Column(1), Column(1)), (row,), (row, row)),
            replace(samples.whole_document().blocks[-2], caption=words),
            Recipients(words, (words,)),
            Figure(text, words, words),
            Figure(text, words, words, picture=news_samples.picture(1, 3, 2)),
            Para("byline", words),
        ),
        web=WebPage(text, "", text, text, text),
    )


NOT_IN_XML = "".join(map(chr, range(32))) + "\ufffe\uffff"
"""What our vocabulary lets into no tree; white space that it lets in is folded (`generator.content.vocabulary`)."""

TEXTS = st.one_of(
    st.text("<>&\"'/!-=;:\\{}%# ]sScCrRiIpPtT\N{LINE SEPARATOR}", max_size=40),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters=NOT_IN_XML), max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example(HOSTILE)
@example("<!--<script>")
@example("")
def test_any_text_arrives_as_that_text(text: str) -> None:
    document = document_saying(text)
    page = write_web(document, PRESS)
    assert [code for _, code, _ in syntax_errors(page) if code != "invalid-codepoint"] == []
    check_agreement(document, PRESS, html=page)
    parsed = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    assert len(list(parsed.iter("script"))) == (2 if text else 1)
    assert not list(parsed.iter("b"))
    assert parsed.findtext("head/title") == text
    data = linked_data(parsed)
    assert data.get("description", "") == text
    assert data.get("publisher", {"name": ""})["name"] == text
    names = named_texts(parsed)
    assert [names.get(name, "") for name in ("description", "author", "article:author")] == [text] * 3
    assert [image.get("alt") for image in parsed.iter("img")] == [" ".join(text.split())]
