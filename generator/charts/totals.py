"""Totals as bars, the best unit on top.

A bar is as long as its points from 0 on, whatever the others have: its length is what is compared. Where
totals lie so close together that bars tell no difference, dots beside them show it on a scale that says that
it does not begin at 0; a dot has no length that could mislead.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.charts.canvas import Sheet, find_ticks
from generator.charts.words import (
    break_evenly,
    format_tick,
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

    from generator.charts.words import Names, Room
    from generator.model.standings import Standing, Standings
    from generator.tree import Chart

LABELS = (
    *("rank", "unit", "total", "near", "axis", "axis-below", "near-axis", "tied"),
    *("cross", "self", "bonus", "penalty", "part"),
)
"""What a template says in the drawing, beside names and figures."""

SIZES_PT = (9.0, 8.5, 8.0, 7.5)
"""Letters are as large as lets all units stand in one drawing."""

SMALL_PT = 7.5
GAP_MM = 2.5
NAME_MM = 50.0
NEAR_MM = 38.0
CLOSE = Fraction(1, 3)
"""Totals are close together where they differ by less than this part of the highest."""
ROUND = 1.12
"""How far a scale may go on behind the longest bar to end at a round figure."""
BAR_SHARE = 0.58
FOOT_GAP_MM = 1.2

_LOOKS = {
    "bonus": ("#1f3d5c", ""),
    "self": ("#e3eaf2", "////"),
    "cross": ("#86a3bf", ""),
    "penalty": ("white", "xxxx"),
}
"""The parts of a bar from left to right, each with another grey, two of them hatched.

What was taken off is taken from the end of the bar, which then ends at the total.
"""


def draw_totals(standings: Standings, chart: Chart, room: Room) -> list[Sheet]:
    """Return the totals of all units; in more than one drawing where one cannot hold them."""
    labels = read_labels(chart, LABELS)
    plan = next((plan for size in SIZES_PT if (plan := _plan(standings, labels, room, size)).fits), None)
    plan = plan or _plan(standings, labels, room, SIZES_PT[-1])
    parts = split_evenly(standings.ranked, plan.most_rows)
    return [_draw(plan, part, place, len(parts)) for place, part in enumerate(parts, 1)]


# --- where everything stands ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """From points to millimetres."""

    left_mm: float
    low: float
    per_point_mm: float
    ticks: tuple[float, ...]

    def place(self, points: Fraction | float) -> float:
        return self.left_mm + (float(points) - self.low) * self.per_point_mm


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of a drawing: rank, name, bar with its figure, and perhaps a dot."""

    standings: Standings
    labels: dict[str, str]
    room: Room
    size_pt: float
    names: Names
    name_left_mm: float
    bars: _Scale
    near: _Scale | None
    parts: tuple[str, ...]
    """Which parts of the bars are told; none where a bar has no parts."""

    @property
    def row_mm(self) -> float:
        marked = self.size_pt + SMALL_PT if self.standings.ties else 0
        return max(self.names.height_mm, pitch_mm(marked)) + 0.22 * pitch_mm(self.size_pt) + 1

    @property
    def head_mm(self) -> float:
        return pitch_mm(self.size_pt) + 2

    @property
    def foot_mm(self) -> float:
        return 4 * pitch_mm(SMALL_PT) + len(list(_iter_key_lines(self))) * KEY_PITCH_MM + 3

    @property
    def most_rows(self) -> int:
        return int((self.room.height_mm - self.head_mm - self.foot_mm) / self.row_mm)

    @property
    def fits(self) -> bool:
        return len(self.standings.units) <= self.most_rows


def _plan(standings: Standings, labels: dict[str, str], room: Room, size_pt: float) -> _Plan:
    ranks = [text_width_mm(labels["rank"], SMALL_PT, "italic"), text_width_mm("00", size_pt, "bold")]
    if standings.ties:
        ranks.append(text_width_mm(labels["tied"], SMALL_PT, "italic"))
    name_left = max(ranks) + 2 * GAP_MM
    names = set_names([one.unit for one in standings.units], size_pt, NAME_MM)
    left = name_left + names.width_mm + GAP_MM
    figures = max(text_width_mm(format_score(one.total), size_pt, "bold") for one in standings.units) + 1.5
    near = _plan_near(standings, room)
    right = near.left_mm - 2 * GAP_MM - 2 if near else room.width_mm
    parts = _find_parts(standings)
    bars = _plan_bars(standings, parts, left, right - figures)
    return _Plan(standings, labels, room, size_pt, names, name_left, bars, near, parts)


def _plan_bars(standings: Standings, parts: tuple[str, ...], left: float, right: float) -> _Scale:
    """Return the scale of the bars: from 0, or from the lowest total where that is below 0."""
    ends = [0.0, *(float(_end_of(one, parts)) for one in standings.units)]
    low, high = min(*ends, *(float(one.total) for one in standings.units)), max(ends)
    ticks = tuple(tick for tick in find_ticks(low, high, 4) if low <= tick <= low + ROUND * (high - low))
    return _Scale(left, low, (right - left) / ((max([high, *ticks]) - low) or 1), ticks)


def _plan_near(standings: Standings, room: Room) -> _Scale | None:
    """Return the scale on which close totals are told apart; None where they are not close."""
    totals = [one.total for one in standings.units]
    if not 0 < max(totals) - min(totals) < CLOSE * max(totals):
        return None
    ticks = find_ticks(float(min(totals)), float(max(totals)), 3)
    margin = max(text_width_mm(format_tick(tick), SMALL_PT) for tick in ticks) / 2
    width = NEAR_MM - 2 * margin
    left = room.width_mm - NEAR_MM + margin
    return _Scale(left, ticks[0], width / (ticks[-1] - ticks[0]), tuple(ticks))


def _find_parts(standings: Standings) -> tuple[str, ...]:
    """Return the parts of which the totals are made; none where there is but one, or one is below 0."""
    found = [_parts_of(one, standings) for one in standings.units]
    below = any(points < 0 for parts in found for points in parts.values())
    below = below or any(one.total < 0 for one in standings.units)
    names = tuple(name for name in _LOOKS if any(parts[name] for parts in found))
    return () if below or len(names) < 2 else names


def _parts_of(one: Standing, standings: Standings) -> dict[str, Fraction]:
    rule, nothing = standings.rule, Fraction(0)
    return {
        "bonus": one.bonus or nothing,
        "self": rule.self_weight * (one.self_score or nothing),
        "cross": rule.cross_weight * one.cross,
        "penalty": one.penalty or nothing,
    }


def _end_of(one: Standing, parts: tuple[str, ...]) -> Fraction:
    """Return where the bar ends: what was taken off stands behind the total."""
    return one.total + (one.penalty or 0) if "penalty" in parts else one.total


# --- drawing --------------------------------------------------------------------------------------------


def _draw(plan: _Plan, rows: Sequence[Standing], part: int, parts: int) -> Sheet:
    bottom = plan.head_mm + len(rows) * plan.row_mm
    sheet = Sheet(plan.room.width_mm, bottom + plan.foot_mm)
    _draw_scales(sheet, plan, bottom)
    _write_head(sheet, plan, f"{plan.labels['part']} {part}/{parts}" if parts > 1 else "")
    for place, one in enumerate(rows):
        _draw_row(sheet, plan, one, plan.head_mm + (place + 0.5) * plan.row_mm)
    for first, last in _iter_tied(rows):
        top, end = plan.head_mm + (first + 0.2) * plan.row_mm, plan.head_mm + (last + 0.8) * plan.row_mm
        left = plan.name_left_mm - GAP_MM
        sheet.line((left, top), (left, end))
        for height in (top, end):
            sheet.line((left, height), (left - 0.8, height))
    _write_foot(sheet, plan, bottom)
    return sheet


def _iter_tied(rows: Sequence[Standing]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of units that share a rank."""
    for first, one in enumerate(rows):
        if one.tied_with and (first == 0 or rows[first - 1].rank != one.rank):
            yield first, max(place for place, other in enumerate(rows) if other.rank == one.rank)


def _draw_scales(sheet: Sheet, plan: _Plan, bottom: float) -> None:
    for scale in filter(None, (plan.bars, plan.near)):
        for tick in scale.ticks:
            sheet.line((scale.place(tick), plan.head_mm), (scale.place(tick), bottom + 0.8), grey="#b8b8b8")
    sheet.line((plan.bars.place(0), plan.head_mm), (plan.bars.place(0), bottom + 0.8))


def _write_head(sheet: Sheet, plan: _Plan, part: str) -> None:
    middle, labels = plan.head_mm / 2, plan.labels
    sheet.write(labels["rank"], 0, middle, SMALL_PT, face="italic")
    name = f"{labels['unit']} ({part})" if part else labels["unit"]
    sheet.write(name, plan.name_left_mm, middle, SMALL_PT, face="italic")
    sheet.write(labels["total"], plan.bars.place(0), middle, SMALL_PT, face="italic")
    if plan.near:
        sheet.write(labels["near"], sheet.width_mm - NEAR_MM, middle, SMALL_PT, face="italic")


def _draw_row(sheet: Sheet, plan: _Plan, one: Standing, middle: float) -> None:
    ranks = [str(one.rank), *([plan.labels["tied"]] if one.tied_with else [])]
    for place, (line, height) in enumerate(iter_middles(ranks, middle, SMALL_PT + 1)):
        if place:
            sheet.write(line, 0, height, SMALL_PT, face="italic")
        else:
            sheet.write(line, 0, height, plan.size_pt, face="bold")
    for line, height in iter_middles(plan.names.lines[one.unit], middle, plan.size_pt):
        sheet.write(line, plan.name_left_mm, height, plan.size_pt)
    height = BAR_SHARE * plan.row_mm
    for start, stop, fill, hatch in _iter_boxes(one, plan):
        left, width = plan.bars.place(start), plan.bars.place(stop) - plan.bars.place(start)
        sheet.box(left, middle - height / 2, width, height, fill=fill, hatch=hatch, dashed=fill == "white")
    end = plan.bars.place(max(Fraction(0), _end_of(one, plan.parts)))
    _write_total(sheet, plan, format_score(one.total), end + 1, middle)
    if plan.near:
        low, high = plan.near.place(plan.near.ticks[0]), plan.near.place(plan.near.ticks[-1])
        sheet.line((low, middle), (high, middle), grey="#d8d8d8")
        sheet.dot(plan.near.place(one.total), middle)


def _write_total(sheet: Sheet, plan: _Plan, figure: str, left: float, middle: float) -> None:
    width, height = text_width_mm(figure, plan.size_pt, "bold") + 0.6, pitch_mm(plan.size_pt)
    sheet.box(left - 0.3, middle - height / 2, width, height, fill="white", edge="none")
    sheet.write(figure, left, middle, plan.size_pt, face="bold")


def _iter_boxes(one: Standing, plan: _Plan) -> Iterator[tuple[Fraction, Fraction, str, str]]:
    """Yield the parts of a bar from left to right; the points that were taken off come last."""
    if not plan.parts:
        yield Fraction(0), one.total, *_LOOKS["cross"]
        return
    parts, start = _parts_of(one, plan.standings), Fraction(0)
    taken = parts.pop("penalty")
    for name, points in parts.items():
        end = min(start + points, one.total)
        if end > start:
            yield start, end, *_LOOKS[name]
            start = end
    if taken:
        yield one.total, one.total + taken, *_LOOKS["penalty"]


# --- below ----------------------------------------------------------------------------------------------

KEY_PITCH_MM = 5.0
KEY_BOX_MM = 7.0


def _write_foot(sheet: Sheet, plan: _Plan, bottom: float) -> None:
    first = bottom + FOOT_GAP_MM + pitch_mm(SMALL_PT) / 2
    for scale in filter(None, (plan.bars, plan.near)):
        for tick in scale.ticks:
            sheet.write(format_tick(tick), scale.place(tick), first, SMALL_PT, align="center")
    below = first + pitch_mm(SMALL_PT) + 0.4
    axis = plan.labels["axis" if plan.bars.low == 0 else "axis-below"]
    _write_note(sheet, axis, plan.bars.place(plan.bars.low), below, _bars_width(plan))
    if plan.near:
        start = format_tick(plan.near.ticks[0])
        words = plan.labels["near-axis"].replace("{start}", start)
        _write_note(sheet, words, sheet.width_mm - NEAR_MM, below, NEAR_MM)
    top = bottom + 4 * pitch_mm(SMALL_PT) + 1
    for place, line in enumerate(_iter_key_lines(plan)):
        for name, left in line:
            fill, hatch = _LOOKS[name]
            middle = top + (place + 0.5) * KEY_PITCH_MM
            sheet.box(left, middle - 1.6, KEY_BOX_MM, 3.2, fill=fill, hatch=hatch, dashed=fill == "white")
            sheet.write(plan.labels[name], left + KEY_BOX_MM + 1.5, middle, SMALL_PT)


def _bars_width(plan: _Plan) -> float:
    end = plan.near.left_mm - 2 * GAP_MM if plan.near else plan.room.width_mm
    return end - plan.bars.left_mm


def _write_note(sheet: Sheet, words: str, left: float, top: float, width: float) -> None:
    for place, line in enumerate(break_evenly(words, SMALL_PT, width)):
        sheet.write(line, left, top + place * pitch_mm(SMALL_PT), SMALL_PT, face="italic")


def _iter_key_lines(plan: _Plan) -> Iterator[list[tuple[str, float]]]:
    """Yield the lines of the key: the names of parts, each with its left edge."""
    line: list[tuple[str, float]] = []
    left = 0.0
    for name in plan.parts:
        width = KEY_BOX_MM + 1.5 + text_width_mm(plan.labels[name], SMALL_PT) + 5
        if line and left + width > plan.room.width_mm:
            yield line
            line, left = [], 0.0
        line.append((name, left))
        left += width
    if line:
        yield line
