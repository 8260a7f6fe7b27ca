"""Read the words of a Word file's body from its XML, without the library that may have written it."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_TEXT = f"{_W}t"

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
    return text_of(read_body(content))


def read_body(content: bytes) -> etree._Element:
    """Return the main part of a Word file, parsed; nothing is fetched for it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(package.read(BODY_PART), parser)


def text_of(element: etree._Element) -> str:
    """Return the words of a part that is parsed already, a paragraph a line."""
    texts: list[str] = []
    _add_text(element, texts)
    return "".join(texts)


def _add_text(element: etree._Element, texts: list[str]) -> None:
    tag = element.tag
    if tag in _UNSEEN:
        return
    if tag == _TEXT:
        texts.append(element.text or "")
    for child in element:
        _add_text(child, texts)
    if tag in _MARKS:
        texts.append(_MARKS[tag])
