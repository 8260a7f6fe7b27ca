"""Numbers: attendance, votes, percentages, scores and ranks that contradict one another."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.findings import Observation, Path, Severity
from generator.model.ballots import count_base, read_percent, read_threshold
from generator.model.base import ABOUT
from generator.vietnamese import fold_for_comparison, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model.assessment import Classification, ScoreRow, Vote
    from generator.model.conference import Conference

VOTE_CHAIN = ("issued", "returned", "valid", "agreed")
"""Each of these numbers is at most the one before it (domain check 5)."""

SCORES = ("self_score", "cross", "bonus", "penalty", "total")

_RANK = r"[0-9]{1,6}"
_FRACTION = r"\s*([0-9]{1,6})\s*/\s*([0-9]{1,6})\s*"


# --- attendance and votes ------------------------------------------------------------------------------


def check_attendance(conference: Conference) -> Iterator[Observation]:
    """Notice absences that are not the invited less the present (domain check 5)."""
    attendance = conference.attendance
    invited, present = attendance.invited, attendance.present
    if invited is None or present is None:
        return
    if present > invited:
        values = {"present": present, "invited": invited}
        yield Observation("present-above-invited", ("attendance", "present"), values)
    elif attendance.absent is not None and len(attendance.absent) != invited - present:
        values = {"listed": len(attendance.absent), "expected": invited - present}
        yield Observation("absent-count-differs", ("attendance", "absent"), values)


def check_votes(conference: Conference) -> Iterator[Observation]:
    """Notice vote counts that cannot be (domain check 5)."""
    for i, vote in enumerate(conference.votes or []):
        path: Path = ("votes", i)
        yield from _check_chain(vote, path)
        yield from _check_voters(vote, path)
        yield from _check_invalid(vote, path)
        yield from _check_percent(vote, vote.agreed, vote.percent, conference, path)
        yield from _check_results(vote, conference, path)
        yield from _check_threshold(vote, path)


def _check_chain(vote: Vote, path: Path) -> Iterator[Observation]:
    counts = [(name, getattr(vote, name)) for name in VOTE_CHAIN]
    known = [(name, count) for name, count in counts if count is not None]
    for (_, more), (name, less) in pairwise(known):
        if less > more:
            values = {"less": less, "more": more}
            yield Observation("votes-contradict", (*path, name), values, Severity.ERROR)


def _check_voters(vote: Vote, path: Path) -> Iterator[Observation]:
    """Notice more votes than people; those who were not there may have voted, so it is no error."""
    counts = [(name, getattr(vote, name)) for name in VOTE_CHAIN]
    above = [name for name, count in counts if vote.present is not None and (count or 0) > vote.present]
    if above:
        values = {"count": getattr(vote, above[0]), "present": vote.present}
        yield Observation("votes-above-present", (*path, above[0]), values)


def _check_invalid(vote: Vote, path: Path) -> Iterator[Observation]:
    """Notice valid and invalid votes that together are not those returned."""
    if None not in (vote.returned, vote.valid, vote.invalid) and vote.returned != vote.valid + vote.invalid:  # type: ignore[operator]
        values = {"returned": vote.returned, "valid": vote.valid, "invalid": vote.invalid}
        yield Observation("invalid-contradicts", (*path, "invalid"), values)


def _check_results(vote: Vote, conference: Conference, path: Path) -> Iterator[Observation]:
    """Notice units and persons with more votes than there were, and shares that contradict their votes."""
    most = next(
        (count for name in reversed(VOTE_CHAIN[:-1]) if (count := getattr(vote, name)) is not None), None
    )
    for j, result in enumerate(vote.results or []):
        here: Path = (*path, "results", j)
        if most is not None and result.agreed > most:
            values = {"less": result.agreed, "more": most}
            yield Observation("votes-contradict", (*here, "agreed"), values, Severity.ERROR)
        yield from _check_percent(vote, result.agreed, result.percent, conference, here)


def _check_threshold(vote: Vote, path: Path) -> Iterator[Observation]:
    """Notice a share to be reached that cannot be read, or of which it is not said what it is a share of."""
    if vote.threshold is None:
        return
    if read_threshold(vote.threshold.percent) is None:
        values = {"value": vote.threshold.percent}
        yield Observation("percent-unreadable", (*path, "threshold", "percent"), values)
    elif vote.base is None:
        yield Observation("vote-base-unknown", (*path, "threshold"), {"percent": vote.threshold.percent})


def _check_percent(
    vote: Vote, agreed: int | None, percent: str | None, conference: Conference, path: Path
) -> Iterator[Observation]:
    written = (percent or "").lower()
    if not written or written.startswith(ABOUT):
        return
    figures = written.rstrip("%").strip()
    share = read_percent(written)
    if share is None:
        yield Observation("percent-unreadable", (*path, "percent"), {"value": percent})
        return
    known = _shares(vote, agreed, conference)
    if not 0 <= share <= 100:
        yield Observation("percent-impossible", (*path, "percent"), {"percent": percent})
    elif known and not any(_is_rounded(one, share, figures) for one in known):
        values = {"percent": percent, "agreed": agreed}
        yield Observation("percent-contradicts", (*path, "percent"), values)


def _shares(vote: Vote, agreed: int | None, conference: Conference) -> list[Decimal]:
    """Return the votes in favour in percent of the base that is named, else of each that may be meant."""
    if agreed is None:
        return []
    bases = (
        [count_base(vote, conference)]
        if vote.base
        else [vote.present, vote.issued, vote.returned, vote.valid]
    )
    return [Decimal(agreed * 100) / base for base in bases if base]


def _is_rounded(share: Decimal, percent: Decimal, figures: str) -> bool:
    """Tell whether *percent*, written with *figures*, is *share* rounded or cut off; but 100 is all."""
    last_place = Decimal(10) ** -len(figures.partition(",")[2])
    if percent == 100:
        return share == percent
    return -last_place / 2 <= share - percent < last_place


# --- scores and ranks ----------------------------------------------------------------------------------


def check_scores(conference: Conference) -> Iterator[Observation]:
    """Notice scores that are no figures, or above the scale, and a unit that is scored twice."""
    seen: set[str] = set()
    highest = conference.scoring.scale_max
    for i, row in enumerate(conference.scoring.rows or []):
        path: Path = ("scoring", "rows", i)
        unit = fold_for_comparison(conference.name_of(row.unit))
        if unit in seen:
            yield Observation("unit-scored-twice", (*path, "unit"), {"unit": row.unit})
        seen.add(unit)
        yield from _check_figures(row, highest, path)


def _check_figures(row: ScoreRow, highest: str | None, path: Path) -> Iterator[Observation]:
    limit = _read(highest)
    for name in SCORES:
        written = getattr(row, name)
        score = _read(written)
        if written and score is None:
            yield Observation("score-unreadable", (*path, name), {"value": written})
        limited = name in {"self_score", "cross"} or (name == "total" and not row.bonus)
        if limited and score is not None and limit is not None and score > limit:
            yield Observation("score-above-scale", (*path, name), {"score": written, "highest": highest})


def _read(score: str | None) -> Decimal | None:
    """Return the figures that *score* begins with: "98,5", but also "1000 điểm tuyệt đối"."""
    try:
        return parse_number(score.split()[0]) if score and score.split() else None
    except ValueError:
        return None


def check_ranks(conference: Conference) -> Iterator[Observation]:
    """Notice equal totals, and ranks that do not follow the totals (domain check 6)."""
    if conference.scoring.marks:
        return  # `generator.rules.scoring` counts for itself
    rows = conference.scoring.rows or []
    scored = [(i, row, total) for i, row in enumerate(rows) if (total := _read(row.total)) is not None]
    first: dict[Decimal, str] = {}
    for i, row, total in scored:
        if total in first:
            values = {"unit": row.unit, "other": first[total], "total": row.total}
            yield Observation("scores-tie", ("scoring", "rows", i, "total"), values)
        first.setdefault(total, row.unit)
    if len(scored) == len(rows):
        yield from _check_order(scored)


def _check_order(scored: Sequence[tuple[int, ScoreRow, Decimal]]) -> Iterator[Observation]:
    """Compare ranks with totals; of equal totals the conference may have put one first."""
    totals = sorted((total for _, _, total in scored), reverse=True)
    for i, row, total in scored:
        if row.rank and re.fullmatch(_RANK, row.rank):
            highest = totals.index(total) + 1
            if not highest <= int(row.rank) < highest + totals.count(total):
                values = {"rank": row.rank, "expected": highest}
                yield Observation("rank-contradicts-total", ("scoring", "rows", i, "rank"), values)


# --- classifications -----------------------------------------------------------------------------------


def check_fractions(conference: Conference) -> Iterator[Observation]:
    """Notice a fraction of the members, such as "06/6", that differs from the units named or the block."""
    members = conference.block.declared_count
    if conference.has_all_members:
        members = len(conference.members or [])
    for i, classification in enumerate(conference.classifications or []):
        if classification.fraction is None:
            continue
        path: Path = ("classifications", i, "fraction")
        values = {"fraction": classification.fraction, "label": classification.label}
        found = re.fullmatch(_FRACTION, classification.fraction)
        if not found:
            yield Observation("fraction-unreadable", path, values)
        elif not _fits(int(found[1]), int(found[2]), classification, members):
            yield Observation("fraction-contradicts", path, values)


def _fits(part: int, whole: int, classification: Classification, members: int | None) -> bool:
    named = classification.units
    return (
        part <= whole
        and (not named or part == len(named))
        and (not classification.all_units or part == whole)
        and (members is None or whole == members)
    )
