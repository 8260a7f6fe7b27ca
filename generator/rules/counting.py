"""Numbers: attendance, votes, percentages and ranks that contradict one another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.findings import Severity
from generator.rules.base import Observation, Path
from generator.vietnamese import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model.assessment import ScoreRow, Vote
    from generator.model.conference import Conference

VOTE_CHAIN = ("issued", "returned", "valid", "agreed")
"""Each of these numbers is at most the one before it (domain check 5)."""

PERCENT_TOLERANCE = Decimal("0.06")
"""A percentage is usually given with one decimal place."""


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
        yield from _check_percent(vote, path)


def _check_chain(vote: Vote, path: Path) -> Iterator[Observation]:
    counts = [(name, getattr(vote, name)) for name in VOTE_CHAIN]
    known = [(name, count) for name, count in counts if count is not None]
    for (_, more), (name, less) in pairwise(known):
        if less > more:
            values = {"less": less, "more": more}
            yield Observation("votes-contradict", (*path, name), values, Severity.ERROR)


def _check_percent(vote: Vote, path: Path) -> Iterator[Observation]:
    if vote.percent is None or vote.agreed is None:
        return
    try:
        percent = parse_number(vote.percent.rstrip("%").strip())
    except ValueError:
        yield Observation("percent-unreadable", (*path, "percent"), {"value": vote.percent})
        return
    bases = [base for base in (vote.present, vote.issued, vote.returned, vote.valid) if base]
    shares = [Decimal(vote.agreed * 100) / base for base in bases]
    if shares and all(abs(share - percent) > PERCENT_TOLERANCE for share in shares):
        values = {"percent": vote.percent, "agreed": vote.agreed}
        yield Observation("percent-contradicts", (*path, "percent"), values)


def check_ranks(conference: Conference) -> Iterator[Observation]:
    """Notice equal totals, and ranks that do not follow the totals (domain check 6)."""
    rows = conference.scoring.rows or []
    scored = [(i, row, total) for i, row in enumerate(rows) if (total := _total(row)) is not None]
    for i, row, total in scored:
        ties = [other.unit for j, other, same in scored if same == total and j < i]
        if ties:
            values = {"unit": row.unit, "other": ties[0], "total": row.total}
            yield Observation("scores-tie", ("scoring", "rows", i, "total"), values)
    yield from _check_order(scored)


def _total(row: ScoreRow) -> Decimal | None:
    try:
        return parse_number(row.total) if row.total else None
    except ValueError:
        return None


def _check_order(scored: Sequence[tuple[int, ScoreRow, Decimal]]) -> Iterator[Observation]:
    ranked = [(i, int(row.rank), total) for i, row, total in scored if row.rank and row.rank.isdecimal()]
    for i, rank, total in ranked:
        better = sum(1 for _, _, other in ranked if other > total)
        if len(ranked) == len(scored) and rank != better + 1:
            values = {"rank": rank, "expected": better + 1}
            yield Observation("rank-contradicts-total", ("scoring", "rows", i, "rank"), values)
