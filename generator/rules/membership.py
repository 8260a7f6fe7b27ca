"""Units: is everyone who is named a member, and is the list as long as it is said to be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Path, Severity
from generator.vietnamese import fold_for_comparison, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference


def check_outsiders(conference: Conference) -> Iterator[Observation]:
    """Notice units that get an award, lead, preside, sign … and are no listed members (domain check 1).

    Nothing is said unless the list is known to be whole: a source may name only some of the members.
    """
    if not conference.has_all_members:
        return
    for path, unit in _iter_units(conference):
        if not conference.is_member(unit):
            yield Observation("unit-outside", path, {"unit": unit})


def _iter_units(conference: Conference) -> Iterator[tuple[Path, str]]:
    """Yield the units that ought to be members, each with its path."""
    for i, award in enumerate(conference.awards or []):
        for j, recipient in enumerate(award.recipients or []):
            if recipient.unit:
                yield ("awards", i, "recipients", j, "unit"), recipient.unit
    yield from _iter_chairs(conference)
    yield from _iter_leaders(conference)
    yield from _iter_signers(conference)
    yield from _iter_assessed(conference)
    yield from _iter_marked(conference)


def _iter_chairs(conference: Conference) -> Iterator[tuple[Path, str]]:
    """Yield the units that preside, but for the superior body, which often does."""
    parent = conference.block.parent or ""
    for i, chair in enumerate(conference.chairs or []):
        if chair.unit and not same_name(chair.unit, parent):
            yield ("chairs", i, "unit"), chair.unit


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


def _iter_signers(conference: Conference) -> Iterator[tuple[Path, str]]:
    pledge = conference.pledge
    for i, signatory in enumerate((pledge and pledge.signatories) or []):
        yield ("pledge", "signatories", i, "unit"), signatory.unit
    for i, registered in enumerate((pledge and pledge.registered_titles) or []):
        yield ("pledge", "registered_titles", i, "unit"), registered.unit


def _iter_assessed(conference: Conference) -> Iterator[tuple[Path, str]]:
    for i, row in enumerate(conference.scoring.rows or []):
        yield ("scoring", "rows", i, "unit"), row.unit
    for i, classification in enumerate(conference.classifications or []):
        for j, unit in enumerate(classification.units or []):
            yield ("classifications", i, "units", j), unit
    for i, letter in enumerate(conference.nominations or []):
        yield ("nominations", i, "sender"), letter.sender
        if letter.nominee:
            yield ("nominations", i, "nominee"), letter.nominee


def iter_first_marks(conference: Conference) -> Iterator[tuple[Path, str]]:
    """Yield who is marked and who marks, each with the path of the first mark that names it."""
    told: set[str] = set()
    for i, mark in enumerate(conference.scoring.marks or []):
        for name, unit in (("unit", mark.unit), ("scorer", mark.scorer)):
            if (key := fold_for_comparison(conference.name_of(unit))) not in told:
                told.add(key)
                yield ("scoring", "marks", i, name), unit


def _iter_marked(conference: Conference) -> Iterator[tuple[Path, str]]:
    yield from iter_first_marks(conference)
    for i, decision in enumerate(conference.scoring.tie_decisions or []):
        for j, unit in enumerate(decision.units):
            yield ("scoring", "tie_decisions", i, "units", j), unit
    for i, vote in enumerate(conference.votes or []):
        for j, result in enumerate(vote.results or []):
            if result.unit:
                yield ("votes", i, "results", j, "unit"), result.unit


def check_declared_members(conference: Conference) -> Iterator[Observation]:
    """Notice a declared number of members that differs from the list (domain check 2).

    Where the list is said to be a part of the block, it is a gap that the others are not named.
    """
    block, members = conference.block, conference.members
    if block.declared_count is None or not members or block.declared_count == len(members):
        return
    values = {"declared": block.declared_count, "listed": len(members)}
    if block.members_complete is False and len(members) < block.declared_count:
        yield Observation("members-not-all-listed", ("members",), values, Severity.GAP)
    else:
        yield Observation("members-count-differs", ("block", "declared_count"), values)


def check_members_twice(conference: Conference) -> Iterator[Observation]:
    """Notice a member that is listed twice, and a name that two members have: it would mean the first."""
    seen: dict[str, int] = {}
    for i, member in enumerate(conference.members or []):
        known = (member.name, member.id, member.short, *(member.aliases or []))
        names = {fold_for_comparison(name): name for name in known if name}
        both = sorted(names.keys() & seen.keys())
        if both:
            values = {"unit": member.name, "name": names[both[0]], "first": seen[both[0]] + 1}
            yield Observation("member-twice", ("members", i), values)
        seen = {**dict.fromkeys(names, i), **seen}
