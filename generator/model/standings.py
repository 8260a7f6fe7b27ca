"""From marks to totals and ranks, by the rule that the facts give.

What the rule leaves open is not decided here: `Rule.assumed` names the parts for which the usual way was
taken, units whose totals nothing tells apart share their rank, and where a total cannot be counted there are
no standings at all (`generator.rules.scoring` says why).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.model.counting import Rule, has_end, read_points, read_rule, sum_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.model.assessment import Criterion, Mark, ScoreRow, Scoring, TieDecision
    from generator.model.conference import Conference


# --- what was counted -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetSum:
    """What one scorer gave one unit."""

    scorer: str
    """The scorer's full name."""
    points: tuple[Fraction | None, ...]
    """In the order of the criteria; None where no point was given."""
    total: Fraction | None
    """The weighted sum of the points; None where one is missing."""
    counts: bool
    """Whether it is one of those that the cross-score is made of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of one unit, part by part: each figure can be counted again from those before it."""

    unit: str
    """Its full name."""
    self_score: Fraction | None
    self_points: tuple[Fraction | None, ...]
    """What it gave itself, in the order of the criteria; empty where only the sum is known, or nothing."""
    sheets: tuple[SheetSum, ...]
    """One for each scorer that marked the unit, in the order of `Standings.scorers`."""
    cross: Fraction
    """The cross-score, rounded where the rule rounds each part."""
    exact_cross: Fraction
    """The same before it is rounded."""
    bonus: Fraction | None
    penalty: Fraction | None
    """A positive figure, which is taken off."""
    exact_total: Fraction
    total: Fraction
    """Rounded as the rule says."""
    rank: int = 0
    """From 1; units that share it are followed by a gap (1, 2, 2, 4)."""
    tied_with: tuple[str, ...] = ()
    """The other units that share the rank."""
    told_apart_by: str = ""
    """What put it before or behind others of an equal total: a key of `Rule.ties`, or ``decision``."""
    ground: str = ""
    """How the conference decided about its tie, where it did and the facts say how."""

    @property
    def counted(self) -> tuple[Fraction, ...]:
        """The sums that the cross-score is made of."""
        return tuple(sheet.total for sheet in self.sheets if sheet.counts and sheet.total is not None)

    def sheet_of(self, scorer: str) -> SheetSum | None:
        """Return what the scorer of this full name gave; None where it gave nothing."""
        return next((sheet for sheet in self.sheets if sheet.scorer == scorer), None)

    @property
    def spread(self) -> Fraction:
        """The highest less the lowest of the sums that count: how far the scorers are apart."""
        return max(self.counted) - min(self.counted) if self.counted else Fraction(0)


@dataclass(frozen=True, slots=True)
class Decider:
    """A scorer without whose sheet another unit would be first."""

    scorer: str
    firsts: tuple[str, ...]
    """Who would be first then."""


@dataclass(frozen=True, slots=True)
class Standings:
    """The result of the scoring."""

    rule: Rule
    criteria: tuple[Criterion, ...]
    scorers: tuple[str, ...]
    """Full names, members first in their order."""
    units: tuple[Standing, ...]
    """In the order of the members, then of the facts."""
    deciders: tuple[Decider, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The units by rank; those that share one in the order of the facts."""
        return tuple(sorted(self.units, key=lambda one: one.rank))

    @property
    def equal_totals(self) -> tuple[tuple[Standing, ...], ...]:
        """The groups of units with the same total, each by rank, whatever told them apart."""
        groups: dict[Fraction, list[Standing]] = defaultdict(list)
        for one in self.ranked:
            groups[one.total].append(one)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    @property
    def ties(self) -> tuple[tuple[Standing, ...], ...]:
        """The groups of units that share a rank."""
        groups: dict[int, list[Standing]] = defaultdict(list)
        for one in self.units:
            groups[one.rank].append(one)
        return tuple(tuple(group) for _, group in sorted(groups.items()) if len(group) > 1)

    def find(self, unit: str) -> Standing | None:
        """Return what became of the unit of this full name."""
        return next((one for one in self.units if one.unit == unit), None)


# --- counting -------------------------------------------------------------------------------------------


def compute_standings(conference: Conference) -> Standings | None:
    """Return totals and ranks of all units that were marked.

    None where there are no marks, or where a figure is missing or unreadable without which a total cannot be.
    """
    try:
        return _count(conference)
    except _Uncountable:
        return None


class _Uncountable(Exception):  # noqa: N818 - it never leaves this file
    """A total cannot be counted."""


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts by one rule; raises `_Uncountable` where a figure is missing."""

    conference: Conference
    rule: Rule
    rows: Mapping[str, ScoreRow]
    """What only the unit or the block can say, by the unit's full name."""

    def count(self, unit: str, sheets: Sequence[SheetSum]) -> Standing:
        """Return what *sheets* make of *unit*, not yet ranked."""
        chosen = _choose_sheets(unit, sheets, self.rule)
        counted = [sheet.total for sheet in chosen if sheet.counts and sheet.total is not None]
        if not counted:
            raise _Uncountable
        cross = sum(counted, Fraction(0)) / (len(counted) if self.rule.cross_score == "mean" else 1)
        return self._add_up(unit, chosen, cross)

    def _add_up(self, unit: str, sheets: tuple[SheetSum, ...], exact_cross: Fraction) -> Standing:
        row, rule = self.rows.get(unit), self.rule
        cross = rule.round(exact_cross, "each")
        points = tuple(read_points(text) for text in row.self_points or []) if row else ()
        own = read_self_score(row, self.conference.scoring)
        if rule.self_score == "weighted" and own is None:
            raise _Uncountable
        bonus, penalty = (read_points(row.bonus), read_points(row.penalty)) if row else (None, None)
        exact = rule.cross_weight * cross + rule.self_weight * (own or 0) + (bonus or 0) - (penalty or 0)
        total = rule.round(exact, "total")
        if not has_end(total):
            raise _Uncountable
        return Standing(unit, own, points, sheets, cross, exact_cross, bonus, penalty, exact, total)


def _count(conference: Conference) -> Standings:
    scoring = conference.scoring
    try:
        rows = {conference.name_of(row.unit): row for row in scoring.rows or []}
        counter = _Counter(conference, read_rule(scoring), rows)
        sheets = _read_sheets(conference)
        scorers = _order(
            conference, dict.fromkeys(one.scorer for of_unit in sheets.values() for one in of_unit)
        )
        for unit, of_unit in sheets.items():
            _refuse_gaps(unit, of_unit, scorers, counter.rule)
        units = [counter.count(unit, sheets[unit]) for unit in _order(conference, sheets)]
    except ValueError as error:
        raise _Uncountable from error
    if not units:
        raise _Uncountable
    ranked = [_sort_sheets(one, scorers) for one in _rank(units, counter.rule, conference)]
    return Standings(
        rule=counter.rule,
        criteria=tuple(scoring.criteria or []),
        scorers=tuple(scorers),
        units=tuple(ranked),
        deciders=tuple(_find_deciders(ranked, scorers, counter)),
    )


def _refuse_gaps(unit: str, sheets: Sequence[SheetSum], scorers: Sequence[str], rule: Rule) -> None:
    """Raise `_Uncountable` where a scorer gave *unit* nothing, unless the rule passes over that."""
    due = [scorer for scorer in scorers if not (rule.drop_self and scorer == unit)]
    if not rule.skip_missing and not set(due) <= {sheet.scorer for sheet in sheets}:
        raise _Uncountable


def _sort_sheets(one: Standing, scorers: Sequence[str]) -> Standing:
    return replace(one, sheets=tuple(sorted(one.sheets, key=lambda sheet: scorers.index(sheet.scorer))))


def _order(conference: Conference, names: Iterable[str]) -> list[str]:
    """Return *names*, members first in their order, then the others as they came."""
    given = list(names)
    members = [member.name for member in conference.members or [] if member.name in given]
    return [*members, *(name for name in given if name not in members)]


def _read_sheets(conference: Conference) -> dict[str, list[SheetSum]]:
    """Return what each unit got, by its full name.

    Raises `_Uncountable` where one scorer gave one unit two sheets: which of them holds is not known.
    """
    scoring, found = conference.scoring, defaultdict[str, list[SheetSum]](list)
    for mark in scoring.marks or []:
        unit, scorer = conference.name_of(mark.unit), conference.name_of(mark.scorer)
        if any(sheet.scorer == scorer for sheet in found[unit]):
            raise _Uncountable
        found[unit].append(_read_sheet(mark, scorer, scoring))
    return dict(found)


def _read_sheet(mark: Mark, scorer: str, scoring: Scoring) -> SheetSum:
    criteria = scoring.criteria or []
    points = tuple(read_points(text) for text in mark.points)
    if criteria and len(points) != len(criteria):
        raise _Uncountable
    return SheetSum(scorer, points, sum_points(points, criteria), counts=False)


def _choose_sheets(unit: str, sheets: Sequence[SheetSum], rule: Rule) -> tuple[SheetSum, ...]:
    """Return *sheets* with those marked that count."""
    usable = [sheet for sheet in sheets if not (rule.drop_self and sheet.scorer == unit)]
    if any(sheet.total is None for sheet in usable) and not rule.skip_missing:
        raise _Uncountable
    whole = sorted(
        (sheet for sheet in usable if sheet.total is not None), key=lambda sheet: (sheet.total, sheet.scorer)
    )
    if rule.drop_extremes:
        if len(whole) <= 2 * rule.drop_extremes:
            raise _Uncountable
        whole = whole[rule.drop_extremes : -rule.drop_extremes]
    return tuple(replace(sheet, counts=sheet in whole) for sheet in sheets)


def read_self_score(row: ScoreRow | None, scoring: Scoring) -> Fraction | None:
    """Return the sum of the points that a unit gave itself, else its declared self-score; None if unknown.

    Raises `ValueError("number-form")` for what is no figure.
    """
    if row is None:
        return None
    if row.self_points:
        return sum_points([read_points(text) for text in row.self_points], scoring.criteria or [])
    return read_points(row.self_score)


# --- ranks ----------------------------------------------------------------------------------------------


def _rank(units: Sequence[Standing], rule: Rule, conference: Conference) -> list[Standing]:
    """Return *units* with their ranks, in the same order."""
    ranks: dict[str, Standing] = {}
    groups: dict[Fraction, list[Standing]] = defaultdict(list)
    for one in units:
        groups[one.total].append(one)
    rank = 1
    for _, group in sorted(groups.items(), reverse=True):
        for level in _tell_apart(group, rule, conference):
            for one, key in level:
                others = tuple(other.unit for other, _ in level if other is not one)
                ranks[one.unit] = replace(one, rank=rank, tied_with=others, told_apart_by=key)
            rank += len(level)
    return [ranks[one.unit] for one in units]


_Level = list[tuple[Standing, str]]
"""Units that share a rank, each with what told it apart from others of its total."""


def _tell_apart(group: Sequence[Standing], rule: Rule, conference: Conference) -> list[_Level]:
    """Return units of an equal total as levels, from the best down."""
    levels: list[_Level] = [[(one, "") for one in group]]
    for key in rule.ties:
        levels = [part for level in levels for part in _split(level, key)]
    return [part for level in levels for part in _decide(level, conference)]


def _split(level: _Level, key: str) -> list[_Level]:
    """Return *level* parted by *key*; whole where it does not say of each."""
    if len(level) == 1:
        return [level]
    measure = _measure(key)
    values = [measure(one) for one, _ in level]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(set(known)) == 1:
        return [level]
    return [
        [(one, key) for (one, _), found in zip(level, known, strict=True) if found == value]
        for value in sorted(set(known), reverse=True)
    ]


def _measure(key: str) -> Callable[[Standing], Fraction | None]:
    """Return by how much a unit is ahead in *key*: more is better; of penalty points fewer are."""
    match key:
        case "cross":
            return lambda one: one.cross
        case "self_score":
            return lambda one: one.self_score
        case "bonus":
            return lambda one: one.bonus or Fraction(0)
        case "penalty":
            return lambda one: -(one.penalty or Fraction(0))
        case _:
            return lambda one: _mean_of_criterion(one, int(key.partition(":")[2]))


def _mean_of_criterion(one: Standing, at: int) -> Fraction | None:
    points = [sheet.points[at] for sheet in one.sheets if sheet.counts]
    known = [point for point in points if point is not None]
    return sum(known, Fraction(0)) / len(known) if known and len(known) == len(points) else None


def _decide(level: _Level, conference: Conference) -> list[_Level]:
    """Return *level* in the order that the conference decided, if it decided about just these units."""
    decision = find_decision([one.unit for one, _ in level], conference) if len(level) > 1 else None
    if decision is None:
        return [level]
    decided = [replace(one, ground=decision.ground or "") for one, _ in level]
    if decision.shared:
        return [[(one, key) for one, (_, key) in zip(decided, level, strict=True)]]
    order = [conference.name_of(unit) for unit in decision.units]
    return [[(one, "decision")] for one in sorted(decided, key=lambda one: order.index(one.unit))]


def find_decision(units: Sequence[str], conference: Conference) -> TieDecision | None:
    """Return what the conference decided about exactly the *units* of these full names."""
    wanted = set(units)
    for decision in conference.scoring.tie_decisions or []:
        if {conference.name_of(unit) for unit in decision.units} == wanted:
            return decision
    return None


# --- how much hangs on one scorer -----------------------------------------------------------------------


def _find_deciders(ranked: Sequence[Standing], scorers: Sequence[str], counter: _Counter) -> list[Decider]:
    """Return the scorers without each of whom others would be first.

    A sum of fewer sheets is less, so nothing is told where a scorer's sheet is missing in some sums only.
    """
    firsts, found = _firsts(ranked), []
    for scorer in scorers:
        without = _firsts_without(scorer, ranked, counter)
        if without and without != firsts:
            found.append(Decider(scorer, without))
    return found


def _firsts(ranked: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(one.unit for one in ranked if one.rank == 1)


def _firsts_without(scorer: str, ranked: Sequence[Standing], counter: _Counter) -> tuple[str, ...]:
    try:
        units = [
            counter.count(one.unit, [sheet for sheet in one.sheets if sheet.scorer != scorer])
            for one in ranked
        ]
    except _Uncountable:
        return ()
    if counter.rule.cross_score == "sum" and len({len(one.counted) for one in units}) > 1:
        return ()
    return _firsts(_rank(units, counter.rule, counter.conference))
