"""Where the words of a sheet stand, measured by matplotlib's renderer."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg

if TYPE_CHECKING:
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

    from generator.charts.canvas import Sheet

TOLERANCE = 0.6
"""Of a dot of the renderer at 100 dpi: what letters may touch."""


def find_overlaps(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the words that lie over one another."""
    boxes = [(text.get_text(), _shrink(box)) for text, box in _measure(sheet)]
    return [(one, other) for (one, box), (other, its) in combinations(boxes, 2) if box.overlaps(its)]


def find_outside(sheet: Sheet) -> list[str]:
    """Return the words that stand over the edge of the sheet."""
    width, height = sheet.sketch.bbox.width, sheet.sketch.bbox.height
    return [
        text.get_text()
        for text, box in _measure(sheet)
        if box.x0 < -TOLERANCE
        or box.y0 < -TOLERANCE
        or box.x1 > width + TOLERANCE
        or box.y1 > height + TOLERANCE
    ]


def _measure(sheet: Sheet) -> list[tuple[Text, Bbox]]:
    renderer = FigureCanvasAgg(sheet.sketch).get_renderer()
    return [(text, text.get_window_extent(renderer)) for text in sheet.letters]


def _shrink(box: Bbox) -> Bbox:
    return box.padded(-TOLERANCE)
