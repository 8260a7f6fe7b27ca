"""Read the words of a page's article as its reader sees them, without the writer that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHIN_LINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "i", "small", "span", "strong", "sub", "sup", "time")
)
"""Elements that begin no new line, so that a word may go on across their edges."""

_UNSEEN = frozenset(("button", "noscript", "script", "style", "template", "title"))
"""Elements that say nothing of the article."""

_MARK = "data-mark"
"""Attribute of a list that names the mark before each of its items."""


def read_text(content: bytes) -> str:
    """Return the text of all articles of a page in UTF-8; what is hidden in them is left out."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = html.document_fromstring(content, parser=parser)
    return "".join(letters for article in page.iter("article") for letters in _iter_text(article))


def _iter_text(element: etree._Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag in _UNSEEN or element.get("hidden") is not None:
        return
    edge = "" if tag in _WITHIN_LINE else "\n"
    yield edge
    if tag == "li" and (parent := element.getparent()) is not None:
        yield f"{parent.get(_MARK, '')} "
    yield element.text or ""
    for child in element:
        yield from _iter_text(child)
        yield child.tail or ""
    yield edge
