"""Read the words of a Word file's body from its XML, without the library that may have written it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY_PART = "word/document.xml"

_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{_W}softHyphen": "\N{SOFT HYPHEN}",
    f"{_W}p": "\n",
}
"""Elements that are letters, each with its letter."""

_UNSEEN = (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}sdtPr")
"""Elements whose words are not printed, or are printed elsewhere as well."""


def read_text(content: bytes) -> str:
    """Return the text of the body, a paragraph a line; headers, footers and other parts are left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read(BODY_PART), etree.XMLParser(resolve_entities=False))
    return text_of(body)


def text_of(element: etree._Element) -> str:
    """Return the words of a part that is parsed already, a paragraph a line."""
    return "".join(_iter_text(element))


def _iter_text(element: etree._Element) -> Iterator[str]:
    if element.tag in _UNSEEN:
        return
    if element.tag == f"{_W}t":
        yield element.text or ""
    for child in element:
        yield from _iter_text(child)
    yield _MARKS.get(str(element.tag), "")
