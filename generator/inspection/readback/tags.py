"""An open page of a PDF file comes in; its tagged elements with their words go out."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw

from generator.inspection.readback.letters import decode_letters, iter_pages
from generator.inspection.readback.normal import normalise_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pypdfium2 import PdfPage, PdfTextPage

LONGEST_TAG_BYTES = 128
"""Of a tag as UTF-16; the standard ones have 10 letters at most (ISO 32000-1, 14.8.4)."""

MOST_WORDLESS = 500
"""No page has so many blocks without a word between two with words."""


@dataclass(frozen=True, slots=True)
class Element:
    """A tagged element of a page."""

    tag: str
    """``TR``, ``TD``, ``Div`` … (ISO 32000-1, 14.8.4)."""
    page: int
    """From 0."""
    text: str
    """All that is in it, with a space after each part."""
    parts: tuple[Element, ...]

    @property
    def words(self) -> str:
        """Its words without spaces, blanks as `tree.BLANK_MARK`."""
        return "".join(normalise_words(self.text))


def read_elements(content: bytes) -> Iterator[Element]:
    """Yield the outermost tagged elements of each page, in order."""
    reader = TagReader()
    for number, (page, text_page) in enumerate(iter_pages(content)):
        yield from reader.read(page, text_page, number)


class TagReader:
    """Reads the tagged elements of the pages of one file, page by page, from the first.

    All pages have the same root, whose children stand there page by page: each page is asked from where the
    one before ended, or each of ten thousand pages would be asked for the children of all.
    """

    def __init__(self) -> None:
        self._next = 0

    def read(self, page: PdfPage, text_page: PdfTextPage, number: int) -> list[Element]:
        """Return the outermost elements of one page."""
        with _structure_of(page) as tree:
            texts = _read_marked_texts(page, text_page)
            roots = range(raw.FPDF_StructTree_CountChildren(tree))
            handles = (raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in roots)
            return [_make_element(root, self._children_of(root), number, texts) for root in handles if root]

    def _children_of(self, root: object) -> list[object]:
        """Return those children of the root that are on this page; pdfium leaves out those without words."""
        found: list[object] = []
        last = self._next
        for index in range(self._next, raw.FPDF_StructElement_CountChildren(root)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(root, index):
                found.append(child)
                last = index + 1
            elif found and index - last >= MOST_WORDLESS:
                break
        self._next = last
        return found


@contextmanager
def _structure_of(page: PdfPage) -> Iterator[object]:
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        yield tree
    finally:
        raw.FPDF_StructTree_Close(tree)


def _read_marked_texts(page: PdfPage, text_page: PdfTextPage) -> Mapping[int, str]:
    """Return the letters of a page by the number of the marked content in which they stand."""
    texts: defaultdict[int, str] = defaultdict(str)
    buffer = (ctypes.c_ushort * (2 * text_page.count_chars() + 2))()  # letters and signs between them
    size = ctypes.sizeof(buffer)
    for item in _iter_texts(page):
        length = raw.FPDFTextObj_GetText(item, text_page.raw, buffer, size)
        letters = decode_letters(buffer, min(length, size) // 2 - 1)
        texts[raw.FPDFPageObj_GetMarkedContentID(item)] += letters
    return texts


def _iter_texts(page: PdfPage) -> Iterator[object]:
    """Yield the objects of a page that are texts, those within forms as well."""
    count = raw.FPDFPage_CountObjects(page.raw)
    pending = [raw.FPDFPage_GetObject(page.raw, index) for index in reversed(range(count))]
    while pending:
        item = pending.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inside = range(raw.FPDFFormObj_CountObjects(item))
            pending += [raw.FPDFFormObj_GetObject(item, index) for index in reversed(inside)]


def _read_element(handle: object, page: int, texts: Mapping[int, str]) -> Element:
    children = (
        raw.FPDF_StructElement_GetChildAtIndex(handle, index)
        for index in range(raw.FPDF_StructElement_CountChildren(handle))
    )
    return _make_element(handle, (child for child in children if child), page, texts)


def _make_element(handle: object, children: Iterable[object], page: int, texts: Mapping[int, str]) -> Element:
    marks = range(raw.FPDF_StructElement_GetMarkedContentIdCount(handle))
    own = "".join(
        texts.get(raw.FPDF_StructElement_GetMarkedContentIdAtIndex(handle, index), "") for index in marks
    )
    parts = tuple(_read_element(child, page, texts) for child in children)
    return Element(_read_tag(handle), page, own + "".join(f"{part.text} " for part in parts), parts)


def _read_tag(handle: object) -> str:
    buffer = (ctypes.c_ushort * (LONGEST_TAG_BYTES // 2))()
    length = raw.FPDF_StructElement_GetType(handle, buffer, LONGEST_TAG_BYTES)
    return decode_letters(buffer, min(length, LONGEST_TAG_BYTES) // 2 - 1)
