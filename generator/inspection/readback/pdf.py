"""Read the words of a PDF file where they stand on its pages, and its tagged elements, with pdfium.

The end of a line may stand for a space or for nothing (after a hyphen, within a very long word): a PDF does
not tell. What stands within a line is a fact, and a `Piece` is such a fact.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdfium2 import raw

from generator.inspection.readback.letters import iter_pages, read_letters
from generator.inspection.readback.tags import TagReader
from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

    from generator.inspection.readback.tags import Element
    from generator.style import Page

SAME_LINE_PT = 0.5
"""Letters whose base lines differ by less stand in one line."""

TOUCHING_PT = 1.0
"""Letters with a smaller gap between them belong together; the narrowest space, at 11 pt, takes 2.75 pt."""

OVERLAPPING_PT = 7.0
"""A letter may reach so far over the next one, as slanting ones do; farther back another line begins."""

ROUNDING_PT = 0.02
"""A letter stands where the one before ends if it is no farther from there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one line without a space or a gap between them."""

    text: str
    page: int
    """Page on which they stand, from 0."""
    may_continue: bool = False
    """Whether a line began here, so that the word may be one with the piece before."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a PDF file says."""

    pieces: tuple[Piece, ...]
    """What stands between the margins on each page, in the order of the file."""
    elements: tuple[Element, ...]
    """The outermost tagged elements of each page, in order."""


def read_printed(content: bytes, page: Page) -> Printed:
    """Return what a file says whose pages have the margins of *page*; each page is laid open once.

    Pages may lie on their side: upper and lower margin are the same.
    """
    pieces: list[Piece] = []
    elements: list[Element] = []
    tags = TagReader()
    for number, (pdf_page, text_page) in enumerate(iter_pages(content)):
        pieces += _iter_pieces(pdf_page, text_page, page, number)
        elements += tags.read(pdf_page, text_page, number)
    return Printed(tuple(pieces), tuple(elements))


def read_pieces(content: bytes, page: Page) -> tuple[Piece, ...]:
    """Return what stands between the margins of *page* on each page, in the order of the file."""
    return tuple(
        piece
        for number, (pdf_page, text_page) in enumerate(iter_pages(content))
        for piece in _iter_pieces(pdf_page, text_page, page, number)
    )


def _iter_pieces(pdf_page: PdfPage, text_page: PdfTextPage, page: Page, number: int) -> Iterator[Piece]:
    text, may_continue = "", True
    for letter, touching, line_began in _iter_letters(pdf_page, text_page, page):
        is_space = letter.isspace()
        if text and (is_space or not touching):
            yield Piece(text, number, may_continue)
            text = ""
        if not text:
            may_continue = line_began
        if not is_space:
            text += letter
    if text:
        yield Piece(text, number, may_continue)


def _iter_letters(pdf_page: PdfPage, text_page: PdfTextPage, page: Page) -> Iterator[tuple[str, bool, bool]]:
    """Yield each letter between the margins, whether it touches the one before, and whether a line began.

    Letters with the same upper and lower edge have one base line, for all faces have the same heights: where
    such a letter stands where the one before ends, its origin is not asked for.
    """
    handle, box = text_page.raw, raw.FS_RECTF()
    x_pt, y_pt = ctypes.c_double(), ctypes.c_double()
    lowest_pt = page.margin_bottom_mm / POINT_MM
    highest_pt = pdf_page.get_height() - page.margin_top_mm / POINT_MM
    right_pt, base_pt = None, 0.0
    edges_pt = (0.0, 0.0)
    for index, letter in enumerate(read_letters(text_page)):
        if letter.isspace() and raw.FPDFText_IsGenerated(handle, index):  # pdfium's guess, not in the file
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        edges = (box.bottom, box.top)
        if right_pt is not None and edges == edges_pt and abs(box.left - right_pt) < ROUNDING_PT:
            right_pt = box.right
            yield letter, True, False
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x_pt, y_pt)
        if lowest_pt <= y_pt.value <= highest_pt:
            if right_pt is None:
                yield letter, False, True
            else:
                gap_pt = x_pt.value - right_pt
                same_line = abs(y_pt.value - base_pt) < SAME_LINE_PT
                touching = same_line and -OVERLAPPING_PT < gap_pt < TOUCHING_PT
                yield letter, touching, not same_line or gap_pt <= -OVERLAPPING_PT
            right_pt, base_pt, edges_pt = box.right, y_pt.value, edges
