"""From a conference to the parties of its pledge, in the order of their signatures, and to its originals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.vietnamese import fold_for_comparison, parse_year_label, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference
    from generator.model.people import Leadership, OfficeHolder
    from generator.model.pledge import Signatory

LEAST_PARTIES = 2
"""Places to sign where nobody is known: nobody makes a pledge alone."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who signs the pledge in one place: a unit, its office in the block, and who signs for it."""

    unit: str | None
    """Its full name; None where it is unknown."""
    office: str | None = None
    """What the block calls its office in the pledge's year: ``Khối Trưởng``; None where it holds none."""
    signatory: Signatory | None = None


UNKNOWN = Party(None)


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the numbered originals of the pledge (``Bản số: 3/11``)."""

    number: int
    """Counted from 1."""
    total: int
    unit: str | None
    """The full name of the party that keeps it; None where that is unknown, and for the archive's."""


def pledge_year(conference: Conference) -> str | None:
    """Return the label of the year that the pledge is for, or None where it is unknown.

    Where the pledge does not say, it is the next year; at a ceremony alone, the ceremony's own.
    """
    event, pledge = conference.event, conference.pledge
    if pledge and pledge.year:
        return pledge.year
    return event.year if event.kind == "ky_giao_uoc" else event.next_year


def list_parties(conference: Conference) -> tuple[Party, ...]:
    """Return the parties of the pledge: head, deputies, then the order of the facts, never the alphabet.

    They are the signatories, where those are named; else the leaders of the pledge's year and the known
    members. Unknown ones fill up to the declared number, and stand at the end. Source: regulations 6.2.
    """
    offices = list(_iter_offices(conference))
    if conference.pledge and conference.pledge.signatories:
        known = _order_signatories(conference, conference.pledge.signatories, offices)
        return _fill_up(known, conference.pledge.declared_signatories or 0)
    return _guess_parties(conference, offices)


def list_copies(conference: Conference) -> tuple[Copy, ...]:
    """Return the originals of the pledge: one for each party in order, the others for the archive.

    There are as many as are declared, and never fewer than parties.
    """
    parties = list_parties(conference)
    total = max(declared_copies(conference) or 0, len(parties))
    units = [party.unit for party in parties] + [None] * (total - len(parties))
    return tuple(Copy(number, total, unit) for number, unit in enumerate(units, start=1))


def declared_copies(conference: Conference) -> int | None:
    """Return how many originals the facts declare, on the pledge or on its paper."""
    declared = conference.pledge.copies if conference.pledge else None
    return conference.papers.pledge.copies if declared is None else declared


# --- offices ------------------------------------------------------------------------------------------


def _iter_offices(conference: Conference) -> Iterator[tuple[str, OfficeHolder]]:
    """Yield the offices of the pledge's year, each with its holder: the head first, deputies in order."""
    leaders, names = _leaders_of_year(conference), conference.block.office_names
    if leaders and leaders.head:
        yield leaders.head.title or names.head, leaders.head
    for deputy in (leaders and leaders.deputies) or []:
        yield deputy.title or names.deputy, deputy


def _leaders_of_year(conference: Conference) -> Leadership | None:
    """Return the leadership of the pledge's year; None where it is unknown."""
    year, event, leadership = pledge_year(conference), conference.event, conference.leadership
    if year is None:
        return None
    if leadership.next and _same_year(leadership.next.year or event.next_year, year):
        return leadership.next
    return leadership.current if _same_year(event.year, year) else None


def _same_year(one: str | None, other: str) -> bool:
    return one is not None and _years(one) == _years(other)


def _years(label: str) -> tuple[int, int]:
    parsed = parse_year_label(label)
    return parsed.first, parsed.last


# --- parties ------------------------------------------------------------------------------------------


def _order_signatories(
    conference: Conference, signatories: list[Signatory], offices: list[tuple[str, OfficeHolder]]
) -> list[Party]:
    """Return a party for each signatory, those with an office first, in the order of the offices."""
    held: dict[int, str] = {}
    for title, holder in offices:
        found = [at for at, signatory in enumerate(signatories) if _signs_for(holder, signatory, conference)]
        if len(found) == 1:  # of two who might be meant, neither
            held.setdefault(found[0], title)
    others = [at for at in range(len(signatories)) if at not in held]
    return [
        Party(conference.name_of(signatories[at].unit), held.get(at), signatories[at])
        for at in (*held, *others)
    ]


def _signs_for(holder: OfficeHolder, signatory: Signatory, conference: Conference) -> bool:
    """Tell whether *signatory* is the holder of an office: the unit, or without one the person."""
    if holder.unit:
        return same_name(conference.name_of(holder.unit), conference.name_of(signatory.unit))
    return bool(holder.person and signatory.person and same_name(holder.person.name, signatory.person))


def _guess_parties(conference: Conference, offices: list[tuple[str, OfficeHolder]]) -> tuple[Party, ...]:
    """Return the parties where no signatory is named: known units, and places for the unknown ones."""
    leaders: dict[str, Party] = {}
    for title, holder in offices:
        if holder.unit:
            name = conference.name_of(holder.unit)
            leaders.setdefault(fold_for_comparison(name), Party(name, title))
    known = {fold_for_comparison(member.name): Party(member.name) for member in conference.members or []}
    units = list((leaders | {key: party for key, party in known.items() if key not in leaders}).values())

    declared = conference.pledge.declared_signatories if conference.pledge else None
    if not declared:
        unlisted = 0 if conference.has_all_members else 1
        return _fill_up(units, len(units) + unlisted if units else LEAST_PARTIES)
    if declared < len(units):  # which of the members sign, nobody has said
        units = list(leaders.values()) if len(leaders) <= declared else []
    return _fill_up(units, declared)


def _fill_up(known: list[Party], number: int) -> tuple[Party, ...]:
    return (*known, *[UNKNOWN] * (number - len(known)))
