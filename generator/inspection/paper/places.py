"""Arrange the lines of a page as people read them: full lines, columns side by side, cells of ruled tables.

The lines of a page come in; `Flow`s go out, in reading order: lines one below the other in one column.
Lengths are points, downwards from the left upper corner of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from generator.inspection.paper.lines import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.inspection.found import Side
    from generator.inspection.paper.ink import Stroke
    from generator.inspection.paper.lines import TextLine

MM = 72 / 25.4

SAME_PT = 0.6
"""Edges that differ by less are the same."""

SAME_MIDDLE_PT = 1.0 * MM
"""Middles that differ by less are the same: what is set there is centred."""

INDENT_PT = 6.0
"""A line that begins so far behind the edge is indented."""

ROOM_PT = 42.0
"""A gap between base lines as wide is the room for a signature."""

BLANK_ENDS = ("..", "…")
"""What ends a dotted line, which reaches the right edge but roughly."""

FARTHEST_PT = 110.0
"""Lines of one column with a wider gap between them do not belong together."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the text of pages of one size stands."""

    left: float
    right: float
    is_left_known: bool
    """Whether lines go on at the left edge: then it is no indent."""
    is_right_known: bool
    """Whether at least three long lines end at the right edge."""
    indent: float | None
    """Where indented lines usually begin, if there are any."""
    middle: float
    """Where lines are centred: half way between the edges, where these are known."""
    is_middle_known: bool = False
    begin: float | None = None
    """Where the first lines of paragraphs begin whose other lines begin at the left edge."""
    pitches: dict[float, float] = field(default_factory=dict)
    """The usual distance from one line to the next within a paragraph, by the size."""

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    def has_centred(self, line: TextLine) -> bool:
        """Tell whether *line* stands in the middle, and that is not by chance."""
        if abs(line.middle - self.middle) > SAME_MIDDLE_PT or line.left < self.left + INDENT_PT:
            return False
        return self.indent is None or abs(line.left - self.indent) > SAME_PT

    def is_full(self, line: TextLine, after: TextLine) -> bool:
        """Tell whether the first word of *after* has no room left in *line*."""
        word = after.first_word_right - after.left
        return line.right + SPACE * line.size + word > self.right - SAME_PT


@dataclass(slots=True)
class Flow:
    """Lines one below the other in one column."""

    lines: list[TextLine]
    kind: Literal["full", "column", "cell"]
    left: float = 0.0
    right: float = 0.0
    """Edges of its column, where the kind is not ``full``."""
    side: Side | None = None
    place: tuple[int, int] | None = None
    """Table or columns, and the row, numbered on the page from 0."""
    middle: float | None = None
    """Where the lines of the column are centred, if they are."""


# --- edges --------------------------------------------------------------------------------------------


def measure_edges(pages: Iterable[Sequence[TextLine]]) -> Edges | None:
    """Return where the text stands on *pages*: lines that have nothing beside them; None without any."""
    every = [list(page) for page in pages]
    lines = [line for page in every for line in page]
    if not lines:
        return None
    widest = max(line.width for line in lines)
    long = [line for line in lines if line.width >= 0.6 * widest and not line.text.endswith(BLANK_ENDS)]
    right, count = _most_common(line.right for line in long) if long else (0.0, 0)
    is_right_known = count >= 3
    right = right if is_right_known else max(line.right for line in lines)
    pairs = [pair for page in every for pair in pairwise(page) if _is_close(*pair)]
    stepping = [
        (first, second)
        for first, second in pairs
        if first.right >= right - 1.0 and first.width >= 0.6 * widest and second.left < first.left - INDENT_PT
    ]
    left = _find_left(lines, stepping)
    going_on = [(one, two) for one, two in pairs if _leads_on(one, two, left, right)]
    middle = (left + right) / 2
    common = None if going_on else _common_middle(lines)
    if common is not None:
        middle, left = common, min(left, 2 * common - right)
    indents = [
        line.left
        for line in lines
        if line.left > left + INDENT_PT and abs(line.middle - middle) > SAME_MIDDLE_PT
    ]
    indent, often = _most_common(indents) if indents else (None, 0)
    pitches: dict[float, list[float]] = {}
    for first, second in going_on:
        pitches.setdefault(round(second.size, 1), []).append(second.base - first.base)
    usual = {size: _most_common(values)[0] for size, values in pitches.items()}
    return Edges(
        left,
        right,
        is_left_known=bool(going_on),
        is_right_known=is_right_known,
        indent=indent if often > 1 else None,
        middle=middle,
        is_middle_known=common is not None or (bool(going_on) and is_right_known),
        begin=_most_common(first.left for first, _ in stepping)[0] if stepping else None,
        pitches=usual,
    )


def _find_left(lines: Sequence[TextLine], stepping: Sequence[tuple[TextLine, TextLine]]) -> float:
    """Return where lines go on below full indented ones; else the outermost edge that lines share."""
    if stepping:
        return _most_common(second.left for _, second in stepping)[0]
    return min(_often(line.left for line in lines) or [min(line.left for line in lines)])


def _leads_on(first: TextLine, second: TextLine, left: float, right: float) -> bool:
    """Tell whether *second*, at the left edge, plainly goes on with the full line above it."""
    if abs(second.left - left) > SAME_PT or first.right < right - 1.0:
        return False
    return first.left > left + INDENT_PT or not first.text.endswith((".", ";", ":", "…", "!", "?"))


def _common_middle(lines: Sequence[TextLine]) -> float | None:
    """Return the middle that lines of different length have in common."""
    often = _often(line.left for line in lines)
    free = [line.middle for line in lines if all(abs(line.left - left) > SAME_PT for left in often)]
    if not free:
        return None
    middle, count = _most_common(free)
    return middle if count > 1 else None


def _is_close(first: TextLine, second: TextLine) -> bool:
    return abs(first.size - second.size) < SAME_PT and 0 < second.base - first.base <= 1.8 * second.size


def _most_common(values: Iterable[float]) -> tuple[float, int]:
    """Return the value that occurs most often, a little more or less counted as the same, and how often."""
    numbers = sorted(values)
    best, most, start = numbers[0], 0, 0
    for end, value in enumerate(numbers):
        while value - numbers[start] > SAME_PT:
            start += 1
        if end - start + 1 > most:
            best, most = numbers[(start + end) // 2], end - start + 1
    return best, most


def _often(values: Iterable[float]) -> list[float]:
    """Return the values that occur at least twice."""
    numbers = sorted(values)
    return [first for first, second in pairwise(numbers) if second - first <= SAME_PT]


# --- ruled tables -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Ruled:
    """A table with drawn rules."""

    level: list[Stroke]
    upright: list[Stroke]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(one.y1 for one in (*self.level, *self.upright))

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(one.y2 for one in (*self.level, *self.upright))

    def holds(self, line: TextLine) -> bool:
        """Tell whether *line* stands in it."""
        left = min(one.x1 for one in self.level)
        right = max(one.x2 for one in self.level)
        height = line.base - 0.3 * line.size
        return self.top <= height <= self.bottom and left <= line.middle <= right

    @property
    def has_cells(self) -> bool:
        """Whether it is more than a frame around something."""
        heights = {round(one.y1) for one in self.level}
        places = {round(one.x1) for one in self.upright}
        return len(self.level) > 1 and (len(heights) > 2 or len(places) > 2)


def find_tables(strokes: Sequence[Stroke]) -> list[Ruled]:
    """Return the tables that *strokes* make: rules that touch one another, with more than one cell."""
    level = [one for one in strokes if one.is_level and one.thickness is not None]
    upright = [one for one in strokes if not one.is_level]
    owner = list(range(len(level) + len(upright)))

    def find(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, down in enumerate(upright):
        for j, across in enumerate(level):
            if across.x1 - 2 <= down.x1 <= across.x2 + 2 and down.y1 - 2 <= across.y1 <= down.y2 + 2:
                owner[find(len(level) + i)] = find(j)
    groups: dict[int, Ruled] = {}
    for index, one in enumerate((*level, *upright)):
        group = groups.setdefault(find(index), Ruled([], []))
        (group.level if index < len(level) else group.upright).append(one)
    tables = [group for group in groups.values() if group.level and group.upright and group.has_cells]
    return sorted(tables, key=lambda table: table.top)


def _table_flows(table: Ruled, lines: Sequence[TextLine], number: int) -> list[Flow]:
    """Return the cells of a table that hold something, row by row."""
    cells: dict[tuple[float, float], Flow] = {}
    heights = sorted({round(one.y1, 0) for one in table.level})
    for line in lines:
        height = line.base - 0.3 * line.size
        above = [one.y1 for one in table.level if one.x1 <= line.middle <= one.x2 and one.y1 <= height]
        beside = [one.x1 for one in table.upright if one.y1 <= height <= one.y2]
        top = max(above, default=table.top)
        left = max((x for x in beside if x <= line.middle), default=min(beside, default=line.left))
        right = min((x for x in beside if x > line.middle), default=line.right)
        row = max(0, bisect_right(heights, round(top, 0)) - 1)
        cell = cells.setdefault((row, left), Flow([], "cell", left, right, place=(number, row)))
        cell.lines.append(line)
    for cell in cells.values():
        cell.middle = _cell_middle(cell)
    return [cells[key] for key in sorted(cells)]


def _cell_middle(cell: Flow) -> float | None:
    """Return the middle of a cell in which all lines are centred."""
    middle = (cell.left + cell.right) / 2
    are_centred = all(abs(line.middle - middle) <= SAME_MIDDLE_PT for line in cell.lines)
    return middle if are_centred and any(line.left - cell.left > 8 for line in cell.lines) else None


# --- columns side by side -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Column:
    lines: list[TextLine]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    def is_over(self, other: _Column) -> bool:
        return self.left < other.right - 1 and other.left < self.right - 1

    @property
    def middle(self) -> float | None:
        """Where its lines are centred, if at least two of them are."""
        for line in self.lines:
            for other in self.lines[:60]:
                if abs(line.middle - other.middle) <= SAME_MIDDLE_PT and abs(line.left - other.left) > 1.5:
                    return (line.middle + other.middle) / 2
        return None


def _columns_of(lines: Iterable[TextLine]) -> list[_Column]:
    """Return *lines* as columns, from left to right: what stands above one another is one."""
    columns: list[_Column] = []
    for line in sorted(lines, key=lambda one: one.left):
        new = _Column([line])
        if columns and columns[-1].is_over(new):
            columns[-1].lines.append(line)
        else:
            columns.append(new)
    return columns


def split_bands(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return *lines*, those together that stand at the same height, from top to bottom."""
    bands: list[list[TextLine]] = []
    bottom = float("-inf")
    for line in sorted(lines, key=lambda one: (one.base - 0.7 * one.size, one.left)):
        top, foot = line.base - 0.7 * line.size, line.base + 0.1 * line.size
        if bands and bottom - top > 0.25 * line.size:
            bands[-1].append(line)
            bottom = max(bottom, foot)
        else:
            bands.append([line])
            bottom = foot
    return bands


def single_lines(bands: Iterable[Sequence[TextLine]]) -> list[TextLine]:
    """Return the lines that have nothing beside them."""
    return [band[0] for band in bands if len(band) == 1]


@dataclass(slots=True)
class _Zone:
    """Columns side by side, and single lines below that may belong to one of them."""

    columns: list[_Column]
    pending: list[TextLine] = field(default_factory=list)

    @property
    def lines(self) -> list[TextLine]:
        return [line for column in self.columns for line in column.lines]

    @property
    def last_base(self) -> float:
        return max(line.base for line in (*self.lines, *self.pending))

    def over(self, column: _Column) -> list[int]:
        return [index for index, own in enumerate(self.columns) if own.is_over(column)]

    def takes(self, band: Sequence[_Column]) -> bool:
        """Tell whether the columns of *band* go on as columns of this zone."""
        places = [self.over(column) for column in band]
        known = [place[0] for place in places if place]
        return all(len(place) < 2 for place in places) and bool(known) and len(set(known)) == len(known)

    def add(self, band: Iterable[_Column]) -> None:
        for column in band:
            place = self.over(column)
            if place:
                self.columns[place[0]].lines += column.lines
            else:
                self.columns.append(column)
        self.columns.sort(key=lambda one: one.left)

    def owns(self, line: TextLine) -> bool:
        """Tell whether a single line plainly belongs to one of the columns, by its middle or left edge."""
        place = self.over(_Column([line]))
        if len(place) != 1:
            return False
        column = self.columns[place[0]]
        if column.middle is not None and abs(line.middle - column.middle) <= SAME_MIDDLE_PT:
            return True
        near = min(column.lines, key=lambda other: abs(other.base - line.base))
        return (
            abs(near.left - line.left) <= 1.0
            and abs(near.size - line.size) < SAME_PT + 0.5
            and abs(line.base - near.base) <= 1.8 * line.size
        )


@dataclass(slots=True)
class _Arranger:
    """Puts bands into flows, one after the other."""

    edges: Edges
    strokes: Sequence[Stroke]
    flows: list[Flow] = field(default_factory=list)
    zone: _Zone | None = None
    places: int = 0
    """How many tables and zones there are so far."""

    def add(self, band: Sequence[TextLine]) -> None:
        columns = _columns_of(band)
        if len(columns) > 1:
            self._add_columns(columns)
        elif self.zone is not None and self._may_wait(columns[0]):
            self.zone.pending += band
        else:
            self.end_zone()
            for line in sorted(band, key=lambda one: (one.base, one.left)):
                self._add_full(line)

    def _may_wait(self, column: _Column) -> bool:
        """Tell whether what stands alone below the columns may be a part of one of them."""
        zone = self.zone
        return (
            zone is not None
            and len(zone.over(column)) == 1
            and column.lines[0].base - zone.last_base <= FARTHEST_PT
        )

    def _add_columns(self, columns: list[_Column]) -> None:
        zone = self.zone
        if zone is not None and zone.takes(columns) and self._are_inside(zone, columns):
            for line in zone.pending:
                zone.add([_Column([line])])
            zone.pending = []
            zone.add(columns)
        else:
            self.end_zone()
            self.zone = _Zone(columns)

    def _are_inside(self, zone: _Zone, columns: Sequence[_Column]) -> bool:
        """Tell whether the zone goes on to *columns* over the single lines between them."""
        near = columns[0].lines[0].base - zone.last_base <= FARTHEST_PT
        return near and all(
            abs(line.middle - self.edges.middle) > 3 * SAME_MIDDLE_PT or zone.owns(line)
            for line in zone.pending
        )

    def end_zone(self) -> None:
        """Put the open zone into flows, with the lines above and below that are its own."""
        zone, self.zone = self.zone, None
        if zone is None:
            return
        rest = list(zone.pending)
        zone.pending = []
        while rest and zone.owns(rest[0]):
            zone.add([_Column([rest.pop(0)])])
        above = self.flows[-1] if self.flows and self.flows[-1].kind == "full" else None
        while above and above.lines and self._belongs_below(above.lines[-1], zone):
            zone.add([_Column([above.lines.pop()])])
        if above and not above.lines:
            self.flows.pop()
        self.flows += _zone_flows(zone, self.strokes, self.places, self.edges)
        self.places += 1
        for line in rest:
            self._add_full(line)

    def _belongs_below(self, line: TextLine, zone: _Zone) -> bool:
        top = min(other.base for other in zone.lines)
        return top - line.base <= 2 * line.size and not self.edges.has_centred(line) and zone.owns(line)

    def _add_full(self, line: TextLine) -> None:
        is_right = self._stands_right(line)
        side: Side | None = "right" if is_right else None
        last = self.flows[-1] if self.flows else None
        if last and last.place is None and last.side == side:
            last.lines.append(line)
            return
        if is_right:
            self.flows.append(Flow([line], "column", self.edges.middle, self.edges.right, side))
        else:
            self.flows.append(Flow([line], "full"))

    def _stands_right(self, line: TextLine) -> bool:
        """Tell whether a line with nothing beside it stands in the right part of the page."""
        edges = self.edges
        return (
            not edges.has_centred(line)
            and line.middle > edges.middle + 0.15 * edges.width
            and line.left > edges.left + 0.35 * edges.width
        )

    def add_table(self, table: Ruled, lines: Sequence[TextLine]) -> None:
        self.end_zone()
        self.flows += _table_flows(table, lines, self.places)
        self.places += 1


def arrange(
    lines: Sequence[TextLine], tables: Sequence[Ruled], strokes: Sequence[Stroke], edges: Edges
) -> list[Flow]:
    """Return the lines of a page as flows, in reading order."""
    inside: list[list[TextLine]] = [[] for _ in tables]
    free: list[TextLine] = []
    for line in lines:
        place = next((index for index, table in enumerate(tables) if table.holds(line)), None)
        (free if place is None else inside[place]).append(line)
    arranger = _Arranger(edges, strokes)
    waiting = list(zip(tables, inside, strict=True))
    for band in split_bands(free):
        while waiting and waiting[0][0].top < band[0].base:
            arranger.add_table(*waiting.pop(0))
        arranger.add(band)
    for table, held in waiting:
        arranger.add_table(table, held)
    arranger.end_zone()
    for flow in arranger.flows:
        if flow.side and flow.place is None:
            flow.middle = _Column(flow.lines).middle
    return [flow for flow in arranger.flows if flow.lines]


# --- rows of a zone -----------------------------------------------------------------------------------


def _zone_flows(zone: _Zone, strokes: Sequence[Stroke], number: int, edges: Edges) -> list[Flow]:
    """Return the columns of a zone as flows: row by row, and in each row from left to right."""
    columns = [sorted(column.lines, key=lambda line: line.base) for column in zone.columns]
    cuts = list(_iter_cuts(columns, strokes))
    borders = [
        min(edges.left, zone.columns[0].left),
        *((left.right + right.left) / 2 for left, right in pairwise(zone.columns)),
        max(edges.right, zone.columns[-1].right),
    ]
    flows = []
    for row, (low, high) in enumerate(pairwise([float("-inf"), *cuts, float("inf")])):
        for index, lines in enumerate(columns):
            held = [line for line in lines if low <= line.base < high]
            if held:
                flow = Flow(held, "column", borders[index], borders[index + 1], place=(number, row))
                flow.side = _side_of(index, len(columns))
                flow.middle = zone.columns[index].middle
                flows.append(flow)
    return flows


def _side_of(index: int, count: int) -> Side | None:
    """Return the side of a column; one in the middle has none."""
    if index == 0:
        return "left"
    return "right" if index == count - 1 else None


def _iter_cuts(columns: Sequence[Sequence[TextLine]], strokes: Sequence[Stroke]) -> Iterator[float]:
    """Yield the heights at which a new row of a zone begins.

    There all columns that go on begin a line at the same height, and above it a drawn rule stands (as in a
    letterhead) or the line before ends a place to sign: room for the signature stands above that one.
    """
    start = float("-inf")
    every = [(line, column) for column in columns for line in column]
    for line, own in sorted(every, key=lambda pair: pair[0].base):
        before = [[other for other in column if start <= other.base < line.base - 3] for column in columns]
        if line.base - 3 < start or not all(before):
            continue
        last = max(other.base for lines in before for other in lines)
        gap = line.base - last
        is_ruled = any(_parts(one, own, line) for one in strokes)
        begins = [_begins_at(column, line) for column in columns]
        if "later" not in begins and gap < ROOM_PT and (is_ruled or all(map(_has_room, before))):
            start = line.base - 3
            yield start


def _parts(stroke: Stroke, column: Sequence[TextLine], line: TextLine) -> bool:
    """Tell whether a rule is drawn between *line* and the one above it in its column."""
    above = max((other.base for other in column if other.base < line.base - 3), default=line.base)
    left, right = min(other.left for other in column), max(other.right for other in column)
    is_between = above < stroke.y1 < line.base - 0.5 * line.size
    return stroke.is_level and is_between and stroke.x1 < right and left < stroke.x2


def _begins_at(column: Sequence[TextLine], line: TextLine) -> Literal["level", "later", "never"]:
    """Tell whether *column* goes on at the height of *line*."""
    rest = [other.base for other in column if other.base > line.base - 3]
    if not rest:
        return "never"
    return "level" if min(rest) - line.base <= 1.5 else "later"


def _has_room(lines: Sequence[TextLine]) -> bool:
    """Tell whether room for a signature stands within *lines*."""
    return any(second.base - first.base >= ROOM_PT for first, second in pairwise(lines))
