"""The catalogue of awards: a name as people write it, and a day, come in; what the law then says goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.law.names import begins_with, split_authority

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from generator.law.names import Spelling

Aspect = Literal["nature", "granted_by", "recipients"]
"""What a statement is about: what the award is, who grants it, who gets it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read of a clause."""

    id: str
    as_of: date
    """The day whose text it shows."""
    quotes: str
    """What it quotes, and where it was found."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Another instrument that changed one."""

    number: str
    first_day: date
    verified: bool
    """Whether that day was read in a source."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law or a decree, and its days in force."""

    id: str
    number: str
    name: str
    first_day: date
    last_day: date | None
    """Last day in force; None while it is in force."""
    verified: bool
    """Whether these days were read in a source."""
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one clause says of one aspect of an award, on the days from `first_day` to `last_day`."""

    use: tuple[str, ...]
    """What the clause says: kinds of authorities, ``collective`` and ``person``, ``title`` and ``reward``."""
    also: tuple[str, ...]
    """What it does not name, and what is let pass all the same."""
    instrument: Instrument
    clause: str
    """The article, such as ``khoản 1 Điều 78``; empty where it is not known."""
    source: Source | None
    first_day: date
    last_day: date | None

    def is_in_force(self, day: date) -> bool:
        """Tell whether it applies on *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def permits(self, value: str) -> bool:
        """Tell whether *value* is what the clause says, or is let pass."""
        return value in self.use or value in self.also

    def is_verified(self, day: date) -> bool:
        """Tell whether the clause was read in a source that shows it as it stood on *day*."""
        if self.source is None or not self.clause or not self.instrument.verified:
            return False
        early, late = sorted((day, self.source.as_of))
        return not any(early < change.first_day <= late for change in self.instrument.amendments)


@dataclass(frozen=True, slots=True)
class AuthorityKind:
    """A kind of those who grant awards, and the names by which one is known."""

    id: str
    label: str
    """What people call it."""
    names: frozenset[str]
    """The keys of whole names."""
    begins: tuple[str, ...]
    """The keys with which names begin."""
    excepted: tuple[str, ...]
    """The keys with which names of others begin."""

    def has(self, key: str) -> bool:
        """Tell whether the authority with this *key* is of this kind."""
        if any(begins_with(key, start) for start in self.excepted):
            return False
        return key in self.names or any(begins_with(key, start) for start in self.begins)


@dataclass(frozen=True, slots=True)
class Award:
    """An award under one name, with all that is said of it on any day."""

    id: str
    name: str
    form: str
    """The name that it shares with others; its own where it shares none."""
    aliases: tuple[str, ...]
    keys: frozenset[str]
    """The keys of its name and its aliases."""
    begins: tuple[str, ...]
    """Those of `keys` that may go on in any words."""
    form_key: str
    nature: tuple[Statement, ...]
    granted_by: tuple[Statement, ...]
    recipients: tuple[Statement, ...]

    def is_called(self, key: str) -> bool:
        """Tell whether *key* is a name of this award alone."""
        return key in self.keys or any(begins_with(key, start) for start in self.begins)

    def on(self, day: date) -> Provision:
        """Return what is said of it on *day*."""
        return Provision(
            self, _find(self.nature, day), _find(self.granted_by, day), _find(self.recipients, day)
        )


def _find(statements: Iterable[Statement], day: date) -> Statement | None:
    return next((one for one in statements if one.is_in_force(day)), None)


@dataclass(frozen=True, slots=True)
class Provision:
    """What the law says of one award on one day; None of what it is not known to say."""

    award: Award
    nature: Statement | None
    granted_by: Statement | None
    recipients: Statement | None

    @property
    def says_anything(self) -> bool:
        """Whether any of it is known: if not, the award is not in force."""
        return any((self.nature, self.granted_by, self.recipients))

    def statement(self, aspect: Aspect) -> Statement | None:
        """Return what is said of one *aspect*."""
        match aspect:
            case "nature":
                return self.nature
            case "granted_by":
                return self.granted_by
            case "recipients":
                return self.recipients


@dataclass(frozen=True, slots=True)
class Match:
    """What a declared award may be."""

    provisions: tuple[Provision, ...]
    """In the order of the catalogue; several where only the authority tells them apart."""
    authority: str = ""
    """Who grants it, where its name says that: ``Bộ Y tế`` of ``Bằng khen của Bộ Y tế``."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All awards, from the highest to the lowest, with the instruments that rule them."""

    sources: tuple[Source, ...]
    instruments: tuple[Instrument, ...]
    authorities: tuple[AuthorityKind, ...]
    spelling: Spelling
    awards: tuple[Award, ...]

    def in_force(self, day: date) -> tuple[Provision, ...]:
        """Return what the law says on *day* of each award that it knows then."""
        provisions = (award.on(day) for award in self.awards)
        return tuple(provision for provision in provisions if provision.says_anything)

    def match(self, form: str, day: date) -> Match:
        """Return what an award that is called *form* may be on *day*.

        A name of its own finds one award; a name that several share, with or without the authority after
        ``của``, finds all of these.
        """
        provisions = self.in_force(day)
        key = self.spelling.award_key(form)
        own = tuple(one for one in provisions if one.award.is_called(key))
        if own:
            return Match(own)
        head, authority = split_authority(form)
        key = self.spelling.award_key(head)
        return Match(tuple(one for one in provisions if one.award.form_key == key), authority)

    def kind_of(self, authority: str) -> AuthorityKind | None:
        """Return the kind of an *authority* as people write it; None if it is of none that is known."""
        key = self.spelling.key(authority)
        return next((kind for kind in self.authorities if kind.has(key)), None)

    def label_of(self, kind: str) -> str:
        """Return what people call the *kind* of authorities with this id."""
        return next(one.label for one in self.authorities if one.id == kind)
