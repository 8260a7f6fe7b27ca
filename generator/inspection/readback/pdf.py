"""Read the words of a PDF file where they stand on its pages, with pdfium.

The end of a line may stand for a space or for nothing (after a hyphen, within a very long word): a PDF does
not tell. What stands within a line is a fact, and a `Piece` is such a fact.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.style import Page

SAME_LINE_PT = 0.5
"""Letters whose base lines differ by less stand in one line."""

TOUCHING_PT = 1.0
"""Letters with a smaller gap between them belong together; the narrowest space, at 11 pt, takes 2.75 pt."""

OVERLAPPING_PT = 7.0
"""A letter may reach so far over the next one, as slanting ones do; farther back another line begins."""

HYPHEN_AT_LINE_END = "\x02"
"""What pdfium gives for a hyphen at a line's end, which it takes for a divided word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one line without a space or a gap between them."""

    text: str
    page: int
    """Page on which they stand, from 0."""
    may_continue: bool = False
    """Whether a line began here, so that the word may be one with the piece before."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter and its place, in points from the lower left corner of the page."""

    text: str
    left_pt: float
    right_pt: float
    base_pt: float


def read_pieces(content: bytes, page: Page) -> tuple[Piece, ...]:
    """Return what stands between the margins of *page* on each page, in the order of the file.

    Pages may lie on their side: upper and lower margin are the same.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        numbers = range(len(document))
        return tuple(
            piece
            for number in numbers
            for piece in _iter_pieces(_read_letters(document[number], page), number)
        )
    finally:
        document.close()


def _iter_pieces(letters: list[_Letter], number: int) -> Iterator[Piece]:
    text, may_continue = "", True
    before: _Letter | None = None
    for letter in letters:
        touching, line_began = _compare(before, letter)
        if text and (letter.text.isspace() or not touching):
            yield Piece(text, number, may_continue)
            text = ""
        if not text:
            may_continue = line_began
        if not letter.text.isspace():
            text += letter.text
        before = letter
    if text:
        yield Piece(text, number, may_continue)


def _compare(before: _Letter | None, letter: _Letter) -> tuple[bool, bool]:
    """Tell whether *letter* touches the letter before it, and whether a line may have begun with it."""
    if before is None:
        return False, True
    gap_pt = letter.left_pt - before.right_pt
    same_line = abs(letter.base_pt - before.base_pt) < SAME_LINE_PT
    touching = same_line and -OVERLAPPING_PT < gap_pt < TOUCHING_PT
    return touching, not same_line or gap_pt <= -OVERLAPPING_PT


def _read_letters(pdf_page: pypdfium2.PdfPage, page: Page) -> list[_Letter]:
    text_page = pdf_page.get_textpage()
    box, x_pt, y_pt = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    lowest_pt = page.margin_bottom_mm / POINT_MM
    highest_pt = pdf_page.get_height() - page.margin_top_mm / POINT_MM
    letters = []
    for index in range(text_page.count_chars()):
        if raw.FPDFText_IsGenerated(text_page, index):  # pdfium's guess, not in the file
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x_pt, y_pt)
        if lowest_pt <= y_pt.value <= highest_pt:
            raw.FPDFText_GetLooseCharBox(text_page, index, box)
            text = chr(raw.FPDFText_GetUnicode(text_page, index)).replace(HYPHEN_AT_LINE_END, "-")
            letters.append(_Letter(text, x_pt.value, box.right, y_pt.value))
    return letters
