"""Pages as pictures: two revisions of a file come in; the pages that differ outside certain boxes go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from generator.signing.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.places import Box

DPI = 60
"""Enough to see a full stop of 14 points; the pages of ten revisions are compared in two seconds."""

LEAST_DIFFERENCE = 24
"""Of 255: less is another rounding of the same letters."""

EDGE_PX = 2
MOST_PAGES = 200


class Pictures:
    """The pages of a file, drawn with all their fields and notes."""

    def __init__(self, content: bytes) -> None:
        try:
            with pypdfium2.PdfDocument(content) as document:
                if len(document) > MOST_PAGES:
                    raise UnreadableError("too many pages")
                document.init_forms()
                self._heights = [page.get_height() for page in document]
                self.pages = [
                    page.render(scale=DPI / 72, draw_annots=True).to_pil().convert("RGB") for page in document
                ]
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(str(error)) from error

    def differing_pages(self, other: Pictures, boxes: Iterable[tuple[int, Box]]) -> list[int]:
        """Return the numbers of the pages that differ outside *boxes*, each with its page from 1."""
        sizes = [[page.size for page in one.pages] for one in (self, other)]
        if sizes[0] != sizes[1]:
            return list(range(1, max(len(sizes[0]), len(sizes[1])) + 1))
        allowed = list(boxes)
        pairs = zip(self.pages, other.pages, strict=True)
        return [
            number
            for number, (one, another) in enumerate(pairs, 1)
            if self._differ(one, another, number, [box for page, box in allowed if page == number])
        ]

    def _differ(self, one: Image.Image, other: Image.Image, number: int, boxes: Sequence[Box]) -> bool:
        difference = (
            ImageChops.difference(one, other).convert("L").point(lambda v: 255 * (v >= LEAST_DIFFERENCE))
        )
        pen, scale, height = ImageDraw.Draw(difference), DPI / 72, self._heights[number - 1]
        for left, bottom, right, top in boxes:
            corners = (left, height - top, right, height - bottom)
            x1, y1, x2, y2 = (round(edge * scale) for edge in corners)
            pen.rectangle((x1 - EDGE_PX, y1 - EDGE_PX, x2 + EDGE_PX, y2 + EDGE_PX), fill=0)
        return difference.getbbox() is not None


def text_in(content: bytes, page: int, box: Box) -> str:
    """Return what a reader sees in *box* of *page* (from 1), the appearance of its field included."""
    left, bottom, right, top = box
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        drawn = document[page - 1]
        drawn.flatten()  # else what is drawn in fields does not count as text
        drawn.close()
        return str(document[page - 1].get_textpage().get_text_bounded(left, bottom, right, top))
