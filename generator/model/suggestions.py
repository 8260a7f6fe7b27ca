"""From standings and quotas to the awards that they point to: a proposal for the conference to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model.honours import is_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model.conference import Conference
    from generator.model.standings import Standing, Standings


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An award that the standings and the quotas point to; the conference decides."""

    form: str
    authority: str | None
    units: tuple[Standing, ...]
    """Who it would go to, by rank."""
    undecided: tuple[Standing, ...]
    """Units that share the rank at which the quota ends: nobody but the conference can choose among them."""
    places: int
    """How many of `undecided` the quota still takes."""
    source: str | None


def suggest_awards(conference: Conference, standings: Standings | None) -> tuple[Suggestion, ...]:
    """Return the awards that follow from the ranks and the quotas, where none were declared for the year.

    The quotas are filled in their order, each from the best unit that has nothing yet. What the block grants
    itself is under none of them.
    """
    declared = [
        award
        for award in conference.awards or []
        if award.status in {"proposed", "agreed"} and not is_own(conference, award)
    ]
    if standings is None or declared:
        return ()
    left = list(standings.ranked)
    suggestions = []
    for quota in conference.award_quotas or []:
        taken, undecided = _take(left, quota.most)
        places = quota.most - len(taken) if undecided else 0
        suggestions.append(Suggestion(quota.form, quota.authority, taken, undecided, places, quota.source))
        if undecided:
            break  # who is left for the next award is open
        left = left[len(taken) :]
    return tuple(one for one in suggestions if one.units or one.undecided)


def _take(left: Sequence[Standing], most: int) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Return the first *most* units, without those that a shared rank lets nobody choose; and these."""
    chosen = tuple(left[:most])
    if not chosen or most >= len(left) or left[most].rank != chosen[-1].rank:
        return chosen, ()
    shared = chosen[-1].rank
    return tuple(one for one in chosen if one.rank != shared), tuple(
        one for one in left if one.rank == shared
    )
