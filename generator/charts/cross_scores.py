"""Cross-scores as a map: a row for each unit, a column for each scorer, a darker cell for more points.

Every cell has its figure. Cells that do not count are hatched and have no colour, so that they look like no
score; those without a score stay white. The colours go from the lowest score that counts to the highest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.charts.canvas import Sheet, ink_on, shade
from generator.charts.words import (
    iter_middles,
    pitch_mm,
    read_labels,
    set_names,
    split_evenly,
)
from generator.model.counting import format_score
from generator.typeface import text_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from generator.charts.words import Names, Room
    from generator.model.standings import SheetSum, Standing, Standings
    from generator.tree import Chart

LABELS = ("unit", "scorer", "uncounted", "absent", "lowest", "highest", "part")
"""What a template says in the drawing, beside names and figures."""

SIZES_PT = (9.0, 8.5, 8.0, 7.5, 7.0)
"""Of figures and names: as large as the cells allow."""

SMALL_PT = 7.5
NAME_MM = 4.9
SCORER_MM = 4.3
"""The widest line of a unit's and of a scorer's name, for each point of the letters' size."""

GAP_MM = 2.0
CELL_MM = 16.0
"""The widest that a cell gets."""

LEAST_CELL_MM = 5.5
PADDING_MM = 1.6
NOTHING = "–"
"""What stands in a cell without a score."""


def draw_cross_scores(standings: Standings, chart: Chart, room: Room) -> list[Sheet]:
    """Return what each scorer gave each unit; in as few drawings as leave room for every figure."""
    labels = read_labels(chart, LABELS)
    plans = [_plan(standings, labels, room, size) for size in SIZES_PT]
    plan = min(plans, key=lambda plan: len(plan.blocks))
    return [_draw(plan, *block, place, len(plan.blocks)) for place, block in enumerate(plan.blocks, 1)]


# --- where everything stands ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """The sizes of a map."""

    standings: Standings
    labels: dict[str, str]
    room: Room
    size_pt: float
    units: Names
    scorers: Names
    cell_mm: float
    most_columns: int
    low: Fraction
    """The lowest and the highest of the scores that count."""
    high: Fraction

    @property
    def left_mm(self) -> float:
        return self.units.width_mm + GAP_MM

    @property
    def row_mm(self) -> float:
        return max(self.units.height_mm + 0.8, LEAST_CELL_MM)

    @property
    def head_mm(self) -> float:
        return pitch_mm(SMALL_PT) + self.scorers.width_mm + 2 * GAP_MM

    @property
    def foot_mm(self) -> float:
        return (3 if self.has_odd_cells else 2) * KEY_PITCH_MM

    @property
    def has_odd_cells(self) -> bool:
        """Whether there are cells that do not count, or have no score."""
        return any(sheet is None or not sheet.counts for sheet in _iter_sheets(self.standings))

    @property
    def most_rows(self) -> int:
        return max(1, int((self.room.height_mm - self.head_mm - self.foot_mm) / self.row_mm))

    @property
    def blocks(self) -> list[tuple[Sequence[Standing], Sequence[str]]]:
        """The rows and columns of each drawing."""
        return [
            (rows, scorers)
            for rows in split_evenly(self.standings.units, self.most_rows)
            for scorers in split_evenly(self.standings.scorers, self.most_columns)
        ]

    def share(self, points: Fraction) -> float:
        """Return how far *points* are from the lowest score to the highest: from 0 to 1."""
        return float((points - self.low) / (self.high - self.low)) if self.high > self.low else 0.5


def _plan(standings: Standings, labels: dict[str, str], room: Room, size_pt: float) -> _Plan:
    """Return the sizes of a map in letters of that size: as many columns as leave room for every figure."""
    units = set_names([one.unit for one in standings.units], size_pt, NAME_MM * size_pt)
    scorers = set_names(standings.scorers, size_pt, SCORER_MM * size_pt)
    figure = max(text_width_mm(_figure_of(sheet), size_pt) for sheet in _iter_sheets(standings))
    least = max(LEAST_CELL_MM, figure + PADDING_MM, scorers.height_mm + 1)
    width = room.width_mm - units.width_mm - GAP_MM - 0.5
    columns = len(split_evenly(standings.scorers, int(width / least))[0])
    cell = max(least, min(CELL_MM, width / columns))
    counted = [points for one in standings.units for points in one.counted]
    return _Plan(standings, labels, room, size_pt, units, scorers, cell, columns, min(counted), max(counted))


def _iter_sheets(standings: Standings) -> Iterator[SheetSum | None]:
    for one in standings.units:
        for scorer in standings.scorers:
            yield _find_sheet(one, scorer)


def _find_sheet(one: Standing, scorer: str) -> SheetSum | None:
    return next((sheet for sheet in one.sheets if sheet.scorer == scorer), None)


def _figure_of(sheet: SheetSum | None) -> str:
    return NOTHING if sheet is None or sheet.total is None else format_score(sheet.total)


# --- drawing --------------------------------------------------------------------------------------------

HATCH = "////"


def _draw(plan: _Plan, rows: Sequence[Standing], scorers: Sequence[str], part: int, parts: int) -> Sheet:
    bottom = plan.head_mm + len(rows) * plan.row_mm
    sheet = Sheet(plan.room.width_mm, bottom + plan.foot_mm)
    _write_head(sheet, plan, scorers, f"{plan.labels['part']} {part}/{parts}" if parts > 1 else "")
    for place, one in enumerate(rows):
        middle = plan.head_mm + (place + 0.5) * plan.row_mm
        for line, height in iter_middles(plan.units.lines[one.unit], middle, plan.size_pt):
            sheet.write(line, plan.units.width_mm, height, plan.size_pt, align="right")
        for column, scorer in enumerate(scorers):
            left = plan.left_mm + column * plan.cell_mm
            _draw_cell(sheet, plan, _find_sheet(one, scorer), left, middle)
    _write_foot(sheet, plan, bottom)
    return sheet


def _write_head(sheet: Sheet, plan: _Plan, scorers: Sequence[str], part: str) -> None:
    scorer = f"{plan.labels['scorer']} ({part})" if part else plan.labels["scorer"]
    sheet.write(scorer, plan.left_mm, pitch_mm(SMALL_PT) / 2, SMALL_PT, face="italic")
    for column, name in enumerate(scorers):
        center = plan.left_mm + (column + 0.5) * plan.cell_mm
        for line, left in iter_middles(plan.scorers.lines[name], center, plan.size_pt):
            sheet.write(line, left, plan.head_mm - GAP_MM / 2, plan.size_pt, upright=True)
    low = plan.head_mm - GAP_MM / 2 - pitch_mm(SMALL_PT) / 2
    sheet.write(plan.labels["unit"], plan.units.width_mm, low, SMALL_PT, face="italic", align="right")


def _draw_cell(sheet: Sheet, plan: _Plan, given: SheetSum | None, left: float, middle: float) -> None:
    top, figure, color = middle - plan.row_mm / 2, _figure_of(given), "black"
    if given is None:
        sheet.box(left, top, plan.cell_mm, plan.row_mm, fill="white", edge="#777777")
    elif given.counts and given.total is not None:
        fill = shade(plan.share(given.total))
        color = ink_on(fill)
        sheet.box(left, top, plan.cell_mm, plan.row_mm, fill=fill, edge="#777777")
    else:
        sheet.box(left, top, plan.cell_mm, plan.row_mm, fill="white", edge="#777777", hatch=HATCH)
        width, height = text_width_mm(figure, plan.size_pt) + 0.8, pitch_mm(plan.size_pt)
        sheet.box(
            left + (plan.cell_mm - width) / 2, middle - height / 2, width, height, fill="white", edge="none"
        )
    sheet.write(figure, left + plan.cell_mm / 2, middle, plan.size_pt, align="center", color=color)


# --- below ----------------------------------------------------------------------------------------------

KEY_PITCH_MM = 5.2
KEY_BOX_MM = 7.0
STEPS = 6
"""Boxes of the key between the lowest and the highest score."""


def _write_foot(sheet: Sheet, plan: _Plan, bottom: float) -> None:
    middle, labels = bottom + KEY_PITCH_MM, plan.labels
    left = _write_key(sheet, f"{labels['lowest']} {format_score(plan.low)}", 0, middle)
    if plan.high > plan.low:
        for step in range(STEPS):
            fill = shade(step / (STEPS - 1))
            sheet.box(left + step * KEY_BOX_MM, middle - 1.7, KEY_BOX_MM, 3.4, fill=fill, edge="#777777")
        left += STEPS * KEY_BOX_MM + 1.5
    _write_key(sheet, f"{labels['highest']} {format_score(plan.high)}", left, middle)
    middle, left = middle + KEY_PITCH_MM, 0.0
    sheets = list(_iter_sheets(plan.standings))
    if any(one is not None and not one.counts for one in sheets):
        sheet.box(left, middle - 1.7, KEY_BOX_MM, 3.4, fill="white", edge="#777777", hatch=HATCH)
        left = _write_key(sheet, labels["uncounted"], left + KEY_BOX_MM + 1.5, middle) + 4
    if None in sheets:
        sheet.box(left, middle - 1.7, KEY_BOX_MM, 3.4, fill="white", edge="#777777")
        sheet.write(NOTHING, left + KEY_BOX_MM / 2, middle, SMALL_PT, align="center")
        _write_key(sheet, labels["absent"], left + KEY_BOX_MM + 1.5, middle)


def _write_key(sheet: Sheet, words: str, left: float, middle: float) -> float:
    """Write *words* of the key and return where the next ones may begin."""
    sheet.write(words, left, middle, SMALL_PT)
    return left + text_width_mm(words, SMALL_PT) + 1.5
