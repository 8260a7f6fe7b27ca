"""Sheets, each a page of its own, come in, laid out a few at a time; the pages of one PDF file go out.

WeasyPrint keeps all boxes of a document until its file is written: half a megabyte for each certificate. Here
a page is laid out when it is drawn, with the few after it, and of its boxes stays what its tags need. The
file is, byte for byte, what it would be if all pages had been laid out together.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import pydyf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    LayOut = Callable[[int], Any]
    """Lays out a piece of the document, by its number; gives WeasyPrint's rendering of it."""

KEPT = frozenset(
    (
        "element_tag",
        "children",
        "colspan",
        "rowspan",
        "is_table_wrapper",
        "link_annotation",
        "widget_annotation",
    )
)
"""What is read of a box when its page has been drawn: its place among the tags."""


class NotSheetsError(Exception):
    """What was laid out is not what was promised: one page for each sheet, all alike, without links."""


def join_sheets(counts: Sequence[int], lay_out: LayOut) -> Any:
    """Return one rendering of pieces of so many sheets each; all but the first are laid out when drawn.

    Raises `NotSheetsError`, or lets its drawing raise it, when a piece cannot be joined like this.
    """
    pieces = _Pieces(counts, lay_out)
    places = ((piece, place) for piece, count in enumerate(counts) for place in range(count))
    return pieces.title.copy([_Sheet(pieces, *one) for one in places])


class _Pieces:
    """The pages of the piece that is being drawn; those of the others are forgotten."""

    def __init__(self, counts: Sequence[int], lay_out: LayOut) -> None:
        self._counts = counts
        self._lay_out = lay_out
        first = lay_out(0)
        self.title = first.copy([])
        """A rendering without pages, which knows what the document is called."""
        self.width = first.pages[0].width
        self.height = first.pages[0].height
        self.bleed = first.pages[0].bleed
        self._piece, self._pages = 0, self._check(0, first.pages)

    def page(self, piece: int, place: int) -> Any:
        """Return a page as WeasyPrint laid it out."""
        if piece != self._piece:
            self._pages = []
            self._piece, self._pages = piece, self._check(piece, self._lay_out(piece).pages)
        return self._pages[place]

    def _check(self, piece: int, pages: list[Any]) -> list[Any]:
        """Return *pages*; their sizes and links were told before they were laid out."""
        alike = all(
            (page.width, page.height, page.bleed) == (self.width, self.height, self.bleed) for page in pages
        )
        asks = any(page.links or page.anchors or any(page.forms.values()) for page in pages)
        if len(pages) != self._counts[piece] or not alike or asks:
            raise NotSheetsError
        return pages


class _Sheet:
    """A page in WeasyPrint's sense (`weasyprint.document.Page`) that is laid out when it is drawn."""

    def __init__(self, pieces: _Pieces, piece: int, place: int) -> None:
        self._pieces = pieces
        self._piece = piece
        self._place = place
        self.width, self.height, self.bleed = pieces.width, pieces.height, pieces.bleed
        self.links: list[object] = []
        self.anchors: dict[str, object] = {}
        self.forms: dict[object, list[object]] = {}
        self.bookmarks: list[object] = []
        self._page_box: Any = None

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Lay out and draw the page, and keep of it what outline and tags need."""
        page = self._pieces.page(self._piece, self._place)
        page.paint(stream, scale)
        self.bookmarks = page.bookmarks
        self._page_box = page._page_box  # WeasyPrint's tags are made of it
        for box in _iter_boxes(self._page_box):
            _strip(box)


def _iter_boxes(box: Any) -> Iterator[Any]:
    box = vars(box).get("_box", box)  # of what WeasyPrint leaves in the place of a box out of the flow
    yield box
    for child in vars(box).get("children", ()):
        yield from _iter_boxes(child)


def _strip(box: Any) -> None:
    """Leave of a box its place among the tags, and that it has an element."""
    inside = vars(box)
    kept = {name: inside[name] for name in KEPT if name in inside}
    box.__dict__ = kept | {"element": None if inside["element"] is None else _ELEMENT}


_ELEMENT = Element("sheet")
"""Stands for the elements of all boxes: a real one keeps its whole page alive."""


# --- references to pages ------------------------------------------------------------------------------


@contextmanager
def pages_known() -> Iterator[None]:
    """Let a file be written in which the references to its pages are made once.

    pydyf makes those to all pages each time that WeasyPrint wants one, for every tag: of ten thousand pages,
    some ten thousand million.
    """
    usual = pydyf.PDF.page_references
    pydyf.PDF.page_references = property(lambda pdf: _references(pdf, usual.fget))
    try:
        yield
    finally:
        pydyf.PDF.page_references = usual


def _references(pdf: Any, make: Callable[[Any], tuple[bytes, ...]]) -> tuple[bytes, ...]:
    kept: tuple[bytes, ...] = vars(pdf).get("known_references", ())
    if len(kept) != pdf.pages["Count"]:
        kept = pdf.known_references = make(pdf)
    return kept
