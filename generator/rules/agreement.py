"""Declared awards held against scores, votes and quotas: agreement, or a finding; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Path, Severity
from generator.model.ballots import count_base, read_threshold
from generator.model.honours import is_same_recipient, names_award
from generator.model.suggestions import suggest_awards
from generator.rules.base import UNKNOWN
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.assessment import Award, Quota, Vote, VoteResult
    from generator.model.conference import Conference
    from generator.model.standings import Standing, Standings

PROPOSED = ("proposed", "agreed")
"""What the conference itself decided; what was granted or handed over was decided elsewhere."""


def _is_same(quota: Quota, award: Award) -> bool:
    """Tell whether *award* is of the form and the authority that *quota* is about."""
    return fold_for_comparison(quota.form) == fold_for_comparison(award.form) and fold_for_comparison(
        quota.authority or ""
    ) == fold_for_comparison(award.authority or "")


def _iter_proposed(conference: Conference) -> Iterator[tuple[int, Award]]:
    for i, award in enumerate(conference.awards or []):
        if award.status in PROPOSED:
            yield i, award


def _units_of(award: Award, conference: Conference) -> list[str]:
    """Return the full names of the units that get *award*: all members where it goes to all."""
    collectives = [one for one in award.recipients or [] if not one.person]
    named = [conference.name_of(one.unit) for one in collectives if one.unit]
    everyone = [member.name for member in conference.members or []]
    return [*named, *(everyone if any(one.all_units for one in collectives) else [])]


def check_quotas(conference: Conference) -> Iterator[Observation]:
    """Notice more proposals of an award than the block may make."""
    for quota in conference.award_quotas or []:
        matching = [(i, award) for i, award in _iter_proposed(conference) if _is_same(quota, award)]
        count = sum(_count_recipients(award, conference) for _, award in matching)
        if count > quota.most:
            values = {
                "form": f"{quota.form} của {quota.authority}" if quota.authority else quota.form,
                "count": count,
                "most": quota.most,
                "source": quota.source or UNKNOWN,
            }
            yield Observation("quota-exceeded", ("awards", matching[-1][0]), values)


def _count_recipients(award: Award, conference: Conference) -> int:
    """Return how many members get *award*, as far as it says; persons are not counted against units."""
    count = 0
    for one in award.recipients or []:
        if one.person or one.kind == "ca_nhan":
            continue
        if one.all_units:
            count += len(conference.members or [])
        elif one.unit:
            count += 1
        else:
            count += one.count or 0
    return count


def check_ranks_of_awards(conference: Conference) -> Iterator[Observation]:
    """Notice a unit proposed for an award with a quota while a better one has neither it nor a higher one."""
    standings = conference.standings
    if standings is None:
        return
    honoured: set[str] = set()
    for quota in conference.award_quotas or []:
        here = [(i, award) for i, award in _iter_proposed(conference) if _is_same(quota, award)]
        honoured |= {unit for _, award in here for unit in _units_of(award, conference)}
        for i, award in here:
            yield from _check_better(i, award, honoured, standings, conference)


def _check_better(
    i: int, award: Award, honoured: set[str], standings: Standings, conference: Conference
) -> Iterator[Observation]:
    passed_over = [one for one in standings.ranked if one.unit not in honoured]
    for j, recipient in enumerate(award.recipients or []):
        is_unit = recipient.unit and not recipient.person
        standing = standings.find(conference.name_of(recipient.unit or "")) if is_unit else None
        better = [one for one in passed_over if standing and one.rank < standing.rank]
        if standing and better:
            values = {
                "unit": standing.unit,
                "rank": standing.rank,
                "form": award.form,
                "better": "; ".join(_name_with_rank(one) for one in better),
            }
            yield Observation("award-against-rank", ("awards", i, "recipients", j), values)


def _name_with_rank(one: Standing) -> str:
    return f"{one.unit} ({one.rank})"


def check_thresholds(conference: Conference) -> Iterator[Observation]:
    """Notice an award proposed for someone whose votes are below the share that is needed."""
    for i, vote in enumerate(conference.votes or []):
        needed = read_threshold(vote.threshold.percent) if vote.threshold else None
        base = count_base(vote, conference)
        for j, result in enumerate(vote.results or []):
            if needed is None or not base or result.agreed >= needed * base:
                continue
            if _is_proposed(vote, result, conference):
                values = {
                    "who": result.person or conference.name_of(result.unit or ""),
                    "agreed": result.agreed,
                    "base": base,
                    "needed": vote.threshold.percent if vote.threshold else "",
                    "source": (vote.threshold and vote.threshold.source) or UNKNOWN,
                }
                path: Path = ("votes", i, "results", j)
                yield Observation("award-below-threshold", path, values)


def _is_proposed(vote: Vote, result: VoteResult, conference: Conference) -> bool:
    """Tell whether an award is proposed for whom *result* of *vote* is about."""
    return any(
        names_award(vote, result, award, in_full=False) and is_same_recipient(conference, recipient, result)
        for _, award in _iter_proposed(conference)
        for recipient in award.recipients or []
    )


def check_suggestions(conference: Conference) -> Iterator[Observation]:
    """List that awards are only suggested by the scores, and where a shared rank keeps them open."""
    suggestions = suggest_awards(conference, conference.standings)
    if suggestions:
        forms = "; ".join(one.form for one in suggestions)
        yield Observation("awards-suggested", ("award_quotas",), {"forms": forms}, Severity.GAP)
    for one in suggestions:
        if one.undecided:
            units = "; ".join(standing.unit for standing in one.undecided)
            values = {"units": units, "rank": one.undecided[0].rank, "form": one.form}
            yield Observation("suggestion-tied", ("award_quotas",), values)
