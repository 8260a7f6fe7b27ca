"""A table of a Word file comes in; its cells with their places on the page and their borders go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.inspection.word.measures import (
    MC,
    TWIP_MM,
    W,
    read_number,
    read_twips,
    read_value,
    read_whole,
)
from generator.inspection.word.package import choose_alternative
from generator.inspection.word.specs import border_thickness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml import etree

    from generator.inspection.found import Side
    from generator.inspection.word.styles import Stylesheet

DEFAULT_PADDING = 108.0
"""Twips between the left and right edges of a cell and its text in Word's own table style."""

MOST_COLUMNS = 63
"""Word has no more."""

_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
"""Elements around rows, cells or paragraphs that change nothing about them."""

_LOOK_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
_STYLE_PARTS = (
    ("firstColumn", "firstCol"),
    ("lastColumn", "lastCol"),
    ("firstRow", "firstRow"),
    ("lastRow", "lastRow"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, its text's place in millimetres from the left edge of the page."""

    element: etree._Element
    row: int
    column: int
    """Of the table's grid, from 0."""
    left_mm: float
    width_mm: float
    side: Side | None
    parts: tuple[str, ...]
    """Parts of the table in which it is and of which a table style may speak."""
    bottom_rule_pt: float
    """Thickness of its lower border; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table."""

    cells: tuple[Cell, ...]
    style: str
    is_ruled: bool
    """Whether its rules are seen: those of a frame, or between its cells."""


def iter_within(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Yield the children of *parent* that have one of *tags*, those in content controls too."""
    for child in parent:
        tag = str(child.tag)
        if tag in tags:
            yield child
        elif tag in _WRAPPERS:
            yield from iter_within(child, *tags)
        elif tag == f"{MC}AlternateContent" and (chosen := choose_alternative(child)) is not None:
            yield from iter_within(chosen, *tags)


def read_table(
    table: etree._Element, left_mm: float, width_mm: float, page_middle_mm: float, styles: Stylesheet
) -> TableGrid:
    """Return the cells of a table that stands in a column of text of so much width.

    *page_middle_mm* is the middle of the text on the page; it tells left cells from right ones.
    """
    properties = table.find(f"{W}tblPr")
    style = styles.find_style(read_value(properties, "tblStyle") or "", "table")
    chain = [element.find(f"{W}tblPr") for element in styles.iter_chain(style, "table")]
    sources = [source for source in (properties, *reversed(chain)) if source is not None]
    rows = [_read_row(row) for row in iter_within(table, f"{W}tr") if not _is_deleted(row)]
    grid = _read_grid(table, rows, width_mm / TWIP_MM)
    measured = _Measured(sources, grid, width_mm / TWIP_MM)
    start_mm = left_mm + measured.find_start() * TWIP_MM
    edges = {name: _find_border(sources, name) for name in (*_EDGES, "insideH", "insideV")}
    flags = _read_flags(properties)
    cells, visible = [], 0
    for number, row in enumerate(rows):
        widths = measured.find_widths(row)
        place = row.skipped_width(grid) * measured.scale
        for position, slot in enumerate(row.slots):
            borders = _read_borders(slot.element, edges, _ends(row, rows, number, position))
            is_boxed = sum(1 for edge in _EDGES if borders[edge] > 0) >= 2
            visible += is_boxed
            padding = measured.find_padding(slot.element)
            cell_left = start_mm + (place + padding[0]) * TWIP_MM
            inner_mm = max((widths[position] - padding[0] - padding[1]) * TWIP_MM, 1.0)
            middle = start_mm + (place + widths[position] / 2) * TWIP_MM
            cells.append(
                Cell(
                    element=slot.element,
                    row=number,
                    column=slot.start,
                    left_mm=cell_left,
                    width_mm=inner_mm,
                    side=_find_side(row, position, middle - page_middle_mm, width_mm),
                    parts=_find_parts(flags, _ends(row, rows, number, position)),
                    bottom_rule_pt=borders["bottom"],
                )
            )
            place += widths[position]
    return TableGrid(tuple(cells), style, is_ruled=bool(cells) and visible * 2 >= len(cells))


# --- rows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell and the columns of the grid that it takes."""

    element: etree._Element
    start: int
    span: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row."""

    slots: tuple[_Slot, ...]

    def skipped_width(self, grid: Sequence[float]) -> float:
        """Return the width of the columns before the first cell."""
        return sum(grid[: self.slots[0].start]) if self.slots else 0.0


def _read_row(row: etree._Element) -> _Row:
    properties = row.find(f"{W}trPr")
    column = max(0, min(read_whole(read_value(properties, "gridBefore")) or 0, MOST_COLUMNS))
    slots = []
    for cell in iter_within(row, f"{W}tc"):
        span = read_whole(read_value(cell.find(f"{W}tcPr"), "gridSpan")) or 1
        span = max(1, min(span, MOST_COLUMNS))
        slots.append(_Slot(cell, column, span))
        column += span
    return _Row(tuple(slots))


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _read_grid(table: etree._Element, rows: Sequence[_Row], width: float) -> list[float]:
    """Return the widths of the columns in twips; equal ones where the file names none."""
    found = table.findall(f"{W}tblGrid/{W}gridCol")[:MOST_COLUMNS]
    columns = [max(read_twips(column.get(f"{W}w")) or 0.0, 0.0) for column in found]
    needed = max((slot.start + slot.span for row in rows for slot in row.slots), default=1)
    if sum(columns) <= 0 or len(columns) < min(needed, MOST_COLUMNS):
        return [width / needed] * min(needed, MOST_COLUMNS)
    return columns


@dataclass(frozen=True, slots=True)
class _Measured:
    """Widths of a table, in twips."""

    sources: Sequence[etree._Element]
    """Its properties and those of its styles, the nearest first."""
    grid: Sequence[float]
    room: float

    @property
    def _share(self) -> float | None:
        """Which part of the room it takes, if it says so: fiftieths of a percent, or a percentage."""
        element = self.sources[0].find(f"{W}tblW") if self.sources else None
        if element is None or element.get(f"{W}type") != "pct":
            return None
        text = element.get(f"{W}w", "")
        number = read_number(text.rstrip("%"))
        if not number or number <= 0:
            return None
        return min(number / (100 if text.endswith("%") else 5000), 2.0)

    @property
    def scale(self) -> float:
        """By how much the columns of the grid are wider than they say."""
        return 1.0 if self._share is None else self._share * self.room / sum(self.grid)

    def find_widths(self, row: _Row) -> list[float]:
        """Return the widths of the cells of *row*."""
        widths = []
        for slot in row.slots:
            of_grid = sum(self.grid[slot.start : slot.start + slot.span]) * self.scale
            own = slot.element.find(f"{W}tcPr/{W}tcW")
            is_own = own is not None and own.get(f"{W}type", "dxa") == "dxa" and self._share is None
            twips = read_twips(own.get(f"{W}w")) if is_own and own is not None else None
            widths.append(twips if twips and twips > 0 else of_grid)
        return widths

    def find_start(self) -> float:
        """Return how far the table begins to the right of the column's edge."""
        width = sum(self.grid) * self.scale
        align = next((found for source in self.sources if (found := read_value(source, "jc"))), "left")
        floating = self.sources[0].find(f"{W}tblpPr") if self.sources else None
        if floating is not None:
            align = floating.get(f"{W}tblpXSpec", "left")
        match align:
            case "center":
                return (self.room - width) / 2
            case "right" | "end" | "outside":
                return self.room - width
            case _:
                pass
        indent = _find_length(self.sources, "tblInd")
        return 0.0 if indent is None else indent

    def find_padding(self, cell: etree._Element) -> tuple[float, float]:
        """Return the room between the edges of a cell and its text, on the left and on the right."""
        own = cell.find(f"{W}tcPr/{W}tcMar")
        sides = []
        for names in (("left", "start"), ("right", "end")):
            margins = [own, *(source.find(f"{W}tblCellMar") for source in self.sources)]
            lengths = (
                read_twips(read_value(margin, name, "w"))
                for margin in margins
                if margin is not None
                for name in names
            )
            found = next((length for length in lengths if length is not None), None)
            sides.append(DEFAULT_PADDING if found is None else found)
        return sides[0], sides[1]


def _find_length(sources: Sequence[etree._Element], name: str) -> float | None:
    for source in sources:
        element = source.find(W + name)
        if element is not None and element.get(f"{W}type", "dxa") == "dxa":
            return read_twips(element.get(f"{W}w"))
    return None


# --- sides and parts ----------------------------------------------------------------------------------

NEAR_MIDDLE = 0.06
"""A cell whose middle is nearer to the page's, as a part of the width, is on neither side."""


def _find_side(row: _Row, position: int, from_middle_mm: float, width_mm: float) -> Side | None:
    if len(row.slots) < 2:
        return None
    if abs(from_middle_mm) < NEAR_MIDDLE * width_mm and len(row.slots) > 2:
        return None
    if len(row.slots) == 2 and abs(from_middle_mm) < width_mm / 2:
        return "left" if position == 0 else "right"
    return "left" if from_middle_mm < 0 else "right"


@dataclass(frozen=True, slots=True)
class _Ends:
    """Whether a cell is at an edge of its table."""

    first_row: bool
    last_row: bool
    first_column: bool
    last_column: bool


def _ends(row: _Row, rows: Sequence[_Row], number: int, position: int) -> _Ends:
    return _Ends(number == 0, number == len(rows) - 1, position == 0, position == len(row.slots) - 1)


def _read_flags(properties: etree._Element | None) -> frozenset[str]:
    """Return of which parts the table's style is to speak (17.4.56)."""
    look = None if properties is None else properties.find(f"{W}tblLook")
    if look is None:
        return frozenset()
    try:
        bits = int(look.get(f"{W}val", "0"), 16)
    except ValueError:
        bits = 0
    named = {name: look.get(W + name) for name in _LOOK_BITS}
    return frozenset(
        name
        for name, bit in _LOOK_BITS.items()
        if (named[name] in ("1", "true", "on") if named[name] is not None else bits & bit)
    )


def _find_parts(flags: frozenset[str], ends: _Ends) -> tuple[str, ...]:
    is_in = {
        "firstRow": ends.first_row,
        "lastRow": ends.last_row and not ends.first_row,
        "firstColumn": ends.first_column,
        "lastColumn": ends.last_column and not ends.first_column,
    }
    return tuple(part for flag, part in _STYLE_PARTS if flag in flags and is_in[flag])


# --- borders ------------------------------------------------------------------------------------------

_EDGES = ("top", "bottom", "left", "right")
_OTHER_NAMES = {"left": "start", "right": "end"}


def _find_border(sources: Sequence[etree._Element], name: str) -> float:
    """Return the thickness of a border of the whole table: its own word, or that of its styles."""
    for source in sources:
        borders = source.find(f"{W}tblBorders")
        border = _border(borders, name)
        if border is not None:
            return border_thickness(border)
    return 0.0


def _border(borders: etree._Element | None, name: str) -> etree._Element | None:
    if borders is None:
        return None
    border = borders.find(W + name)
    return borders.find(W + _OTHER_NAMES[name]) if border is None and name in _OTHER_NAMES else border


def _read_borders(cell: etree._Element, edges: Mapping[str, float], ends: _Ends) -> dict[str, float]:
    """Return the thickness of each border of a cell: its own word, or that of the table (17.4.66)."""
    of_table = {
        "top": edges["top" if ends.first_row else "insideH"],
        "bottom": edges["bottom" if ends.last_row else "insideH"],
        "left": edges["left" if ends.first_column else "insideV"],
        "right": edges["right" if ends.last_column else "insideV"],
    }
    own = cell.find(f"{W}tcPr/{W}tcBorders")
    found = {}
    for edge in _EDGES:
        border = _border(own, edge)
        found[edge] = of_table[edge] if border is None else border_thickness(border)
    return found
