"""Units: is everyone who is named a member, and is the list as long as it is said to be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.rules.base import Observation, Path
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference


def check_outsiders(conference: Conference) -> Iterator[Observation]:
    """Notice units that get an award, lead, or sign, and are no listed members (domain check 1).

    Nothing is said unless the list is known to be whole: a source may name only some of the members.
    """
    if not _is_whole(conference):
        return
    for path, unit in _iter_units(conference):
        if not conference.is_member(unit):
            yield Observation("unit-outside", path, {"unit": unit})


def _is_whole(conference: Conference) -> bool:
    members, block = conference.members, conference.block
    return bool(members) and (bool(block.members_complete) or block.declared_count == len(members or []))


def _iter_units(conference: Conference) -> Iterator[tuple[Path, str]]:
    for i, award in enumerate(conference.awards or []):
        for j, recipient in enumerate(award.recipients or []):
            if recipient.unit:
                yield ("awards", i, "recipients", j, "unit"), recipient.unit
    yield from _iter_leaders(conference)
    for i, signatory in enumerate((conference.pledge and conference.pledge.signatories) or []):
        yield ("pledge", "signatories", i, "unit"), signatory.unit
    for i, row in enumerate(conference.scoring.rows or []):
        yield ("scoring", "rows", i, "unit"), row.unit


def _iter_leaders(conference: Conference) -> Iterator[tuple[Path, str]]:
    for term in ("current", "next"):
        leaders = getattr(conference.leadership, term)
        if leaders is None:
            continue
        if leaders.head and leaders.head.unit:
            yield ("leadership", term, "head", "unit"), leaders.head.unit
        for i, deputy in enumerate(leaders.deputies or []):
            if deputy.unit:
                yield ("leadership", term, "deputies", i, "unit"), deputy.unit


def check_declared_members(conference: Conference) -> Iterator[Observation]:
    """Notice a declared number of members that differs from the list (domain check 2)."""
    declared, listed = conference.block.declared_count, conference.members
    if declared is not None and listed and declared != len(listed):
        values = {"declared": declared, "listed": len(listed)}
        yield Observation("members-count-differs", ("block", "declared_count"), values)


def check_members_twice(conference: Conference) -> Iterator[Observation]:
    """Notice a member that is listed twice, by any of its names."""
    seen: dict[str, int] = {}
    for i, member in enumerate(conference.members or []):
        names = {fold_for_comparison(name) for name in (member.name, member.id, member.short) if name}
        for name in sorted(names & set(seen)):
            values = {"unit": member.name, "first": seen[name] + 1}
            yield Observation("member-twice", ("members", i), values)
            break
        seen.update(dict.fromkeys(names, i))
