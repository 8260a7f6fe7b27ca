"""Marks and the rule of counting: what is missing, impossible or open before totals can be trusted.

Every mark is held on its own, so that the finding names its cell; then the rule; then what was counted is
held against what was declared.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.findings import Observation, Path, Severity
from generator.model.assessment import Rounding
from generator.model.counting import (
    NO_MARK,
    find_tie_key,
    format_score,
    has_end,
    read_points,
    read_rule,
    read_score,
    read_share,
    sum_points,
)
from generator.model.standings import compute_standings, find_decision, read_self_score
from generator.rules.membership import iter_first_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model.assessment import ScoreRow
    from generator.model.conference import Conference
    from generator.model.standings import Standing, Standings

MARKS: Path = ("scoring", "marks")


# --- each mark by itself --------------------------------------------------------------------------------


def check_marks(conference: Conference) -> Iterator[Observation]:
    """Notice points that are no figures, missing, too high or too many, in marks and in self-scores."""
    for i, mark in enumerate(conference.scoring.marks or []):
        values = {"unit": conference.name_of(mark.unit), "scorer": conference.name_of(mark.scorer)}
        yield from _check_points(mark.points, (*MARKS, i, "points"), conference, values)
    for i, row in enumerate(conference.scoring.rows or []):
        if row.self_points is not None:
            unit = conference.name_of(row.unit)
            path: Path = ("scoring", "rows", i, "self_points")
            values = {"unit": unit, "scorer": unit}
            yield from _check_points(row.self_points, path, conference, values)


def _check_points(
    points: Sequence[str], path: Path, conference: Conference, who: Mapping[str, object]
) -> Iterator[Observation]:
    criteria = conference.scoring.criteria or []
    if criteria and len(points) != len(criteria):
        values = {**who, "given": len(points), "expected": len(criteria)}
        yield Observation("points-count-differs", path, values, Severity.ERROR)
        return
    for k, text in enumerate(points):
        criterion = criteria[k] if criteria else None
        name = criterion.name if criterion else str(k + 1)
        values = {**who, "value": text, "criterion": name}
        highest = read_score(criterion.highest if criterion else conference.scoring.scale_max)
        yield from _check_point(text, (*path, k), highest, values, may_skip=_may_skip(conference, path))


def _may_skip(conference: Conference, path: Path) -> bool:
    """Tell whether the rule passes over a score sheet with a missing point; never over a self-score."""
    return conference.scoring.missing == "skip" and path[:2] == MARKS


def _check_point(
    text: str, path: Path, highest: Fraction | None, values: Mapping[str, object], *, may_skip: bool
) -> Iterator[Observation]:
    try:
        point = read_points(text)
    except ValueError:
        yield Observation("mark-unreadable", path, values, Severity.ERROR)
        return
    if point is None:
        severity = Severity.WARNING if may_skip else Severity.ERROR
        yield Observation("mark-missing", path, values, severity)
    elif point < 0:
        yield Observation("mark-negative", path, values, Severity.ERROR)
    elif highest is not None and point > highest:
        values = {**values, "highest": format_score(highest)}
        yield Observation("mark-above-highest", path, values, Severity.ERROR)


# --- who marked whom ------------------------------------------------------------------------------------


def check_scorers(conference: Conference) -> Iterator[Observation]:
    """Notice score sheets that are there twice, that a unit made for itself, and that are missing."""
    first: dict[tuple[str, str], int] = {}
    for i, mark in enumerate(conference.scoring.marks or []):
        unit, scorer = conference.name_of(mark.unit), conference.name_of(mark.scorer)
        values = {"unit": unit, "scorer": scorer}
        if (unit, scorer) in first:
            values = {**values, "first": str(first[unit, scorer] + 1)}
            yield Observation("mark-twice", (*MARKS, i), values, Severity.ERROR)
        first.setdefault((unit, scorer), i)
        if unit == scorer and conference.scoring.drop_self is not False:
            yield Observation("self-marked", (*MARKS, i, "scorer"), values)
    yield from _check_known(conference)
    yield from _check_sheets_missing(conference, first)
    yield from _check_silent(conference, set(first))


def _check_known(conference: Conference) -> Iterator[Observation]:
    """Notice a unit that is none of the members, also where their list may not be whole: here it counts."""
    if conference.has_all_members or not conference.members:
        return  # `membership.check_outsiders` says it of a whole list
    for path, unit in iter_first_marks(conference):
        if not conference.is_member(unit):
            yield Observation("unit-outside", path, {"unit": unit})


def _check_sheets_missing(
    conference: Conference, given: Mapping[tuple[str, str], int]
) -> Iterator[Observation]:
    """Notice a scorer that marked others and not this unit; the place is its first sheet."""
    drop_self = conference.scoring.drop_self is not False
    units, scorers = dict.fromkeys(unit for unit, _ in given), dict.fromkeys(scorer for _, scorer in given)
    missing: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(units):
        for scorer in sorted(scorers):
            if (unit, scorer) not in given and not (drop_self and unit == scorer):
                missing[scorer].append(unit)
    for scorer, left in missing.items():
        values = {"scorer": scorer, "units": "; ".join(left)}
        at = next(i for (_, one), i in given.items() if one == scorer)
        severity = Severity.WARNING if conference.scoring.missing == "skip" else Severity.ERROR
        yield Observation("sheet-missing", (*MARKS, at, "scorer"), values, severity)


def _check_silent(conference: Conference, given: set[tuple[str, str]]) -> Iterator[Observation]:
    """Notice members that marked nobody, and members that nobody marked."""
    if not given:
        return
    for i, member in enumerate(conference.members or []):
        if member.name not in {scorer for _, scorer in given}:
            yield Observation("scorer-silent", ("members", i), {"unit": member.name})
        if member.name not in {unit for unit, _ in given}:
            yield Observation("unit-not-scored", ("members", i), {"unit": member.name})


# --- the rule of counting -------------------------------------------------------------------------------


def check_criteria(conference: Conference) -> Iterator[Observation]:
    """Notice criteria whose figures cannot be read, or whose points together are not the scale."""
    highest = []
    for i, criterion in enumerate(conference.scoring.criteria or []):
        for name in ("highest", "weight"):
            written = getattr(criterion, name)
            if written is not None and not _is_share(written):
                values = {"value": written, "criterion": criterion.name}
                path: Path = ("scoring", "criteria", i, name)
                yield Observation("criterion-unreadable", path, values, Severity.ERROR)
        highest.append(read_score(criterion.highest))
    scale = read_score(conference.scoring.scale_max)
    if scale is None or not highest or None in highest:
        return
    try:
        total = sum_points(highest, conference.scoring.criteria or [])
    except ValueError:
        return
    if total is not None and total != scale:
        values = {"total": format_score(total), "scale": format_score(scale)}
        yield Observation("criteria-scale-differs", ("scoring", "scale_max"), values)


def _is_share(text: str) -> bool:
    try:
        read_share(text)
    except ValueError:
        return False
    return True


def check_counting_rule(conference: Conference) -> Iterator[Observation]:
    """Notice a rule of counting that is not whole, contradicts itself or does not fit the score sheets."""
    scoring = conference.scoring
    if not scoring.marks:
        return
    for i, word in enumerate(scoring.ties or []):
        if not find_tie_key(word, scoring):
            yield Observation("tie-key-unknown", ("scoring", "ties", i), {"value": word}, Severity.ERROR)
    try:
        rule = read_rule(scoring)
    except ValueError as error:
        code = str(error)
        place: Path = ("scoring", "rounding" if code == "too-many-digits" else "weights")
        yield Observation(code, place, {}, Severity.ERROR)
        return
    if "self_score" in rule.assumed:
        yield Observation("counting-self-open", MARKS, {})
    if "cross_score" in rule.assumed:
        yield Observation("counting-cross-open", MARKS, {})
    if "drop_self" in rule.assumed and any(
        conference.name_of(mark.unit) == conference.name_of(mark.scorer) for mark in scoring.marks
    ):
        yield Observation("counting-own-open", MARKS, {})
    if rule.self_score == "weighted" and rule.self_weight + rule.cross_weight != 1:
        total = format_score(rule.self_weight + rule.cross_weight)
        yield Observation("weights-not-one", ("scoring", "weights"), {"total": total})


def check_self_scores(conference: Conference) -> Iterator[Observation]:
    """Notice self-scores that are not the sum of their points, and those that are needed and missing."""
    scoring = conference.scoring
    for i, row in enumerate(scoring.rows or []):
        declared = read_score(row.self_score)
        try:
            counted = read_self_score(row, scoring) if row.self_points else None
        except ValueError:
            continue
        if declared is not None and counted is not None and declared != counted:
            values = _compare(conference.name_of(row.unit), row.self_score, counted)
            yield Observation(
                "self-score-differs", ("scoring", "rows", i, "self_score"), values, Severity.ERROR
            )
    if scoring.marks and scoring.self_score == "weighted":
        rows = scoring.rows or []
        known = {conference.name_of(row.unit) for row in rows if row.self_score or row.self_points}
        for i, mark in enumerate(scoring.marks):
            unit = conference.name_of(mark.unit)
            if unit not in known:
                known.add(unit)
                yield Observation("self-score-missing", (*MARKS, i, "unit"), {"unit": unit}, Severity.ERROR)


def check_extras(conference: Conference) -> Iterator[Observation]:
    """Notice bonus and penalty points below 0: a penalty is taken off already, so it would be added."""
    if not conference.scoring.marks:
        return
    for i, row in enumerate(conference.scoring.rows or []):
        for name in ("bonus", "penalty"):
            points = read_score(getattr(row, name))
            if points is not None and points < 0:
                values = {"unit": conference.name_of(row.unit), "value": getattr(row, name)}
                yield Observation("extra-negative", ("scoring", "rows", i, name), values, Severity.ERROR)


def _compare(unit: str, declared: str | None, counted: Fraction) -> dict[str, object]:
    return {"unit": unit, "declared": declared, "counted": format_score(counted)}


# --- what was counted, and what was declared ------------------------------------------------------------


def check_totals(conference: Conference) -> Iterator[Observation]:
    """Hold declared figures against the counted ones; say why nothing could be counted."""
    standings = conference.standings
    if standings is None:
        yield from _explain_uncountable(conference)
        return
    for i, row in enumerate(conference.scoring.rows or []):
        standing = standings.find(conference.name_of(row.unit))
        if standing:
            yield from _check_row(row, standing, ("scoring", "rows", i))
    yield from _check_ties(conference, standings)
    firsts = {one.unit for one in standings.units if one.rank == 1}
    for decider in standings.deciders:
        values = {
            "scorer": decider.scorer,
            "firsts": "; ".join(decider.firsts),
            "now": "; ".join(sorted(firsts)),
        }
        yield Observation("one-scorer-decides", MARKS, values)


def _explain_uncountable(conference: Conference) -> Iterator[Observation]:
    """Yield the reasons that no other rule of this file tells: too few sheets, totals without an end."""
    scoring = conference.scoring
    if not scoring.marks:
        return
    dropped = 2 * (scoring.drop_extremes or 0)
    counts = _count_usable(conference)
    bare = [unit for unit, count in counts.items() if not count]
    if bare:
        yield Observation("no-sheet-counts", MARKS, {"units": "; ".join(bare)}, Severity.ERROR)
    elif min(counts.values()) <= dropped:
        values = {"dropped": dropped, "given": min(counts.values())}
        yield Observation("too-few-sheets", ("scoring", "drop_extremes"), values, Severity.ERROR)
    elif scoring.rounding is None and _counts_when_rounded(conference):
        yield Observation("rounding-missing", MARKS, {}, Severity.ERROR)


def _count_usable(conference: Conference) -> dict[str, int]:
    """Return how many sheets of each unit may count: not its own, nor those passed over."""
    scoring, counts = conference.scoring, defaultdict[str, int](int)
    for mark in scoring.marks or []:
        unit = conference.name_of(mark.unit)
        own = unit == conference.name_of(mark.scorer) and scoring.drop_self is not False
        gap = scoring.missing == "skip" and any(text.strip().lower() in NO_MARK for text in mark.points)
        counts[unit] += not own and not gap
    return counts


def _counts_when_rounded(conference: Conference) -> bool:
    """Tell whether only a rounding is missing, so that totals could be counted with one."""
    scoring = conference.scoring.model_copy(update={"rounding": Rounding(digits=2)})
    return compute_standings(conference.model_copy(update={"scoring": scoring})) is not None


def _check_row(row: ScoreRow, standing: Standing, path: Path) -> Iterator[Observation]:
    for name, code in (("cross", "cross-differs"), ("total", "total-differs")):
        written, counted = getattr(row, name), getattr(standing, name)
        declared = read_score(written)
        if declared is not None and declared != counted and not _is_cut(written, declared, counted):
            values = _compare(standing.unit, written, counted)
            yield Observation(code, (*path, name), values, Severity.ERROR)
    rank = read_score(row.rank)
    if rank is not None and rank != standing.rank:
        values = _compare(standing.unit, row.rank, Fraction(standing.rank))
        yield Observation("rank-differs", (*path, "rank"), values, Severity.ERROR)


def _is_cut(written: str, declared: Fraction, counted: Fraction) -> bool:
    """Tell whether *declared* is *counted*, a figure without an end, with the decimals that are *written*."""
    if has_end(counted):
        return False
    decimals = written.split(maxsplit=1)[0].partition(",")[2]
    return abs(declared - counted) < Fraction(1, 10 ** len(decimals))


def _check_ties(conference: Conference, standings: Standings) -> Iterator[Observation]:
    for group in standings.ties:
        units = [one.unit for one in group]
        if find_decision(units, conference) is None:
            values = {"units": "; ".join(units), "total": format_score(group[0].total), "rank": group[0].rank}
            yield Observation("tie-undecided", MARKS, values)
    for i, decision in enumerate(conference.scoring.tie_decisions or []):
        named = {conference.name_of(unit) for unit in decision.units}
        found = {one.unit for one in standings.units if one.told_apart_by == "decision"}
        shared = [{one.unit for one in group} for group in standings.ties]
        if named not in shared if decision.shared else not named <= found:
            values = {"units": "; ".join(conference.name_of(unit) for unit in decision.units)}
            yield Observation("tie-decision-idle", ("scoring", "tie_decisions", i), values)
