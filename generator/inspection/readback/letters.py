"""A PDF file comes in; its pages, open one after the other, and their letters go out, with pdfium."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

HYPHEN_AT_LINE_END = "\x02"
"""What pdfium gives for a hyphen at a line's end, which it takes for a divided word."""

UNTOLD = "\ufffe"
"""What it gives for the same in the text of a whole page; no letter, so it may be more than that."""


def iter_pages(content: bytes) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    """Yield each page and its letters; both are closed when the next one is asked for."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            letters = page.get_textpage()
            try:
                yield page, letters
            finally:
                letters.close()
                page.close()
    finally:
        document.close()


def read_letters(text_page: pypdfium2.PdfTextPage) -> str:
    """Return the letters of a page, one for each place that pdfium counts."""
    count = text_page.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    length = raw.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = decode_letters(buffer, length - 1)
    if len(text) != count:  # a letter has two places in UTF-16, or none
        text = UNTOLD * count
    if UNTOLD in text:
        codes = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
        told = "".join(map(chr, codes)).replace(HYPHEN_AT_LINE_END, "-")
        text = "".join(own if one == UNTOLD else one for one, own in zip(text, told, strict=True))
    return text


def decode_letters(buffer: ctypes.Array[ctypes.c_ushort], length: int) -> str:
    """Return so many letters of a buffer that pdfium filled, hyphens as they are printed."""
    text = ctypes.string_at(buffer, 2 * max(0, length)).decode("utf-16-le")
    return text.replace(HYPHEN_AT_LINE_END, "-")
