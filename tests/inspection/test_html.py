from __future__ import annotations

import pytest

from generator.errors import DisagreementError
from generator.inspection.readback.html import read_text
from generator.inspection.readback.words import check_agreement, words_of_html
from generator.tree import Document, Figure, Text
from generator.writers.web import write_web
from tests import news_samples
from tests.news_samples import bulletin, para

STYLE = news_samples.press()


def page(article: str) -> bytes:
    head = "<title>Nhan đề</title><style>p { color: red }</style><script>let a = 'chữ';</script>"
    body = f"<nav>Trang chủ</nav><main><article>{article}</article></main><footer>Chân trang</footer>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("<h1>Một</h1><p>hai</p>ba", ("Một", "hai", "ba")),
        ("<p>khen<br>thưởng</p>", ("khen", "thưởng")),
        ("<p>kh<strong>e</strong>n <em>thưởng</em>,<time>17/02</time></p>", ("khen", "thưởng,17/02")),
        ("<table><tr><th>A</th><td>B</td></tr><tr><td></td><td>C</td></tr></table>", ("A", "B", "C")),
        ("<ul data-mark='-'><li>một</li><li>hai</li></ul>", ("-", "một", "-", "hai")),
        ("<ul><li>một</li><li>hai</li></ul>", ("một", "hai")),
        ("<figure><img alt='Thay ảnh'><figcaption>Chú thích</figcaption></figure>", ("Chú", "thích")),
        ("<p>17/02 <button hidden>In bài</button>| xem</p>", ("17/02", "|", "xem")),
        ("<p>17/02 <button>In bài</button></p>", ("17/02",)),
        ("<p hidden>ẩn</p><p>hiện</p><script>let a;</script><style>p {}</style>", ("hiện",)),
        ("<p>một<!-- ghi chú -->hai <?lạ chữ?>ba</p>", ("mộthai", "ba")),
        ("<p>&lt;b&gt; &amp;amp; &#7885;</p>", ("<b>", "&amp;", "ọ")),
        ("<p>Giờ: ........ và …</p>", ("Giờ:", "…", "và", "…")),
        ("", ()),
    ],
)
def test_the_words_are_those_of_the_article_as_its_reader_sees_them(
    article: str, words: tuple[str, ...]
) -> None:
    assert words_of_html(page(article)) == words


def test_a_page_without_an_article_says_nothing() -> None:
    assert read_text(b"<!DOCTYPE html><html><body><p>a</p></body></html>") == ""


TOLD = "Hội nghị nhất trí đề nghị tặng cờ cho hai đơn vị"


def told(text: str) -> Document:
    return bulletin(para("headline", "Tin"), para("body", text))


@pytest.mark.parametrize(
    ("written", "position", "expected", "found"),
    [
        ("Hội nghị nhất trí đề nghị tặng cờ cho ba đơn vị", 11, "cờ cho hai đơn vị", "cờ cho ba đơn vị"),
        ("Hội nghị không nhất trí đề nghị tặng", 4, "Hội nghị nhất trí đề", "Hội nghị không nhất trí"),
        ("Hội nghị nhất trí đề nghị tặng cờ cho hai", 12, "cho hai đơn vị", "cho hai"),
        (f"{TOLD} nữa", 14, "đơn vị", "đơn vị nữa"),
        ("Hội nghịnhất trí đề nghị tặng cờ cho hai đơn vị", 3, "Hội nghị nhất trí", "Hội nghịnhất trí đề"),
    ],
)
def test_a_page_that_says_otherwise_is_found_out(
    written: str, position: int, expected: str, found: str
) -> None:
    with pytest.raises(DisagreementError) as caught:
        check_agreement(told(TOLD), STYLE, html=write_web(told(written), STYLE))
    assert caught.value.key == "words-differ"
    assert {name: caught.value.values[name] for name in ("of", "position")} == {
        "of": "HTML",
        "position": position,
    }
    assert expected in str(caught.value.values["expected"])
    assert found in str(caught.value.values["found"])


def test_a_lost_caption_is_found_out() -> None:
    document = bulletin(Figure("a.jpg", (Text("[Ảnh]"),), (Text("Toàn cảnh"),)))
    content = write_web(document, STYLE)
    check_agreement(document, STYLE, html=content)
    without = content.replace("<figcaption>Toàn cảnh</figcaption>".encode(), b"")
    assert without != content
    with pytest.raises(DisagreementError, match="words-differ"):
        check_agreement(document, STYLE, html=without)


def test_the_words_of_a_frame_are_said_only_where_there_is_no_picture() -> None:
    absent, shown = (
        news_samples.figure("Toàn cảnh", picture) for picture in (None, news_samples.picture(1, 3, 2))
    )
    assert words_of_html(write_web(bulletin(absent), STYLE))[:2] == ("[Ảnh", "chưa")
    assert words_of_html(write_web(bulletin(shown), STYLE)) == ("Toàn", "cảnh")
