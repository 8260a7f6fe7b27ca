"""Awards held against the law of their day: who may grant them, who may get them, and what they are.

A name or an authority that the catalogue does not know is no fault, and nothing is said of it: a block has
Giấy khen of its own, and an authority may be only a level, an abbreviation or the block.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.findings import Observation
from generator.law import load_catalogue, strip_quotes
from generator.vietnamese import parse_year_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.findings import Path
    from generator.law import Provision, Statement
    from generator.law.catalogue import Aspect
    from generator.model.assessment import Award, Recipient
    from generator.model.conference import Conference

NATURES = {"danh_hieu": "title", "hinh_thuc_khen_thuong": "reward", "xep_loai": "classification"}
"""What the data call the nature of an award, and what the catalogue does, which knows no classifications."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """An award of the data, and what the law says of it on its day."""

    award: Award
    path: Path
    day: date
    provisions: tuple[Provision, ...]
    """What it may be; where the authority tells, only that."""
    authorities: tuple[tuple[str, str], ...]
    """Who grants it, as far as that is said: the field that says it, and its words."""

    def object_to(self, aspect: Aspect, value: str) -> list[Statement]:
        """Return the statements that rule *value* out; none where it may be right, or nothing is known."""
        statements = [one.statement(aspect) for one in self.provisions]
        known = [one for one in statements if one is not None]
        if len(known) < len(statements) or any(one.permits(value) for one in known):
            return []
        return known

    def tell(self, statements: Sequence[Statement]) -> dict[str, object]:
        """Return what the sentence of a finding names that rests on *statements*."""
        clauses: dict[str, list[str]] = {}
        for one in statements:
            its = clauses.setdefault(one.instrument.name, [])
            if one.clause and one.clause not in its:
                its.append(one.clause)
        basis = "; ".join(f"{', '.join(its)} {name}".strip() for name, its in clauses.items())
        is_verified = all(one.is_verified(self.day) for one in statements)
        return {"form": strip_quotes(self.award.form), "basis": basis, "is_verified": is_verified}


def _iter_declared(conference: Conference) -> Iterator[_Declared]:
    """Yield the awards that the law of their day knows."""
    for i, award in enumerate(conference.awards or []):
        day = _day_of(award, conference)
        if day is not None:
            yield from _hold_against_law(award, ("awards", i), day)


def _hold_against_law(award: Award, path: Path, day: date) -> Iterator[_Declared]:
    match = load_catalogue().match(award.form, day)
    said = (("authority", award.authority or ""), ("form", match.authority))
    authorities = tuple((field, words) for field, words in said if words)
    kinds = [_kind_of_authority(words) for _, words in authorities]
    granted = (one for one in match.provisions if one.granted_by and any(map(one.granted_by.permits, kinds)))
    provisions = tuple(granted) or match.provisions
    if provisions:
        yield _Declared(award, path, day, provisions, authorities)


def _kind_of_authority(words: str) -> str:
    """Return the kind of an authority; nothing where it is not known."""
    kind = load_catalogue().kind_of(words)
    return kind.id if kind else ""


def _day_of(award: Award, conference: Conference) -> date | None:
    """Return the day whose law rules *award*: the conference's, or the last of an earlier award's own year.

    Where the conference's day is not known it is the last one of the month or year that is; of an earlier
    award whose year is not known there is none.
    """
    if award.status == "past":
        return date(parse_year_label(award.year).last, 12, 31) if award.year else None
    held = conference.event.date
    if held is None or held.year is None:
        return date(conference.last_year, 12, 31)
    month = held.month or 12
    return date(held.year, month, held.day or calendar.monthrange(held.year, month)[1])


def check_award_authorities(conference: Conference) -> Iterator[Observation]:
    """Notice an authority that may not grant the award."""
    for declared in _iter_declared(conference):
        for field, words in declared.authorities:
            kind = _kind_of_authority(words)
            against = declared.object_to("granted_by", kind) if kind else []
            if against:
                values = {"authority": words, "granters": _name_granters(against)}
                path = (*declared.path, field)
                yield Observation("award-authority-unlawful", path, {**declared.tell(against), **values})


def _name_granters(statements: Sequence[Statement]) -> str:
    """Return what people call those who may grant by *statements*, from the highest to the lowest."""
    may = {kind for statement in statements for kind in statement.use}
    return "; ".join(kind.label for kind in load_catalogue().authorities if kind.id in may)


def check_award_recipients(conference: Conference) -> Iterator[Observation]:
    """Notice a person who gets what is for collectives, and a collective that gets what is for persons."""
    for declared in _iter_declared(conference):
        for j, recipient in enumerate(declared.award.recipients or []):
            kind = _kind_of(recipient)
            against = declared.object_to("recipients", kind) if kind else []
            if against:
                code = "award-not-for-persons" if kind == "person" else "award-not-for-collectives"
                yield Observation(code, (*declared.path, "recipients", j), declared.tell(against))


def _kind_of(recipient: Recipient) -> str:
    """Return ``person`` or ``collective``; nothing where the data do not say it, or say both."""
    if recipient.person:
        return "" if recipient.kind == "tap_the" else "person"
    if recipient.kind:
        return "person" if recipient.kind == "ca_nhan" else "collective"
    return "collective" if recipient.unit or recipient.all_units or recipient.block else ""


def check_award_natures(conference: Conference) -> Iterator[Observation]:
    """Notice a title that is called a reward or a classification, and a reward that is called otherwise."""
    for declared in _iter_declared(conference):
        nature = declared.award.nature
        against = declared.object_to("nature", NATURES[nature]) if nature else []
        named = {use for statement in against for use in statement.use}
        if len(named) == 1:
            code = "award-is-a-title" if "title" in named else "award-is-a-reward"
            values = {**declared.tell(against), "nature": nature}
            yield Observation(code, (*declared.path, "nature"), values)
