"""The file awards.yaml comes in; the catalogue goes out, or a `ValueError` that names what is wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.fast_yaml import load_data
from generator.law.catalogue import (
    Amendment,
    AuthorityKind,
    Award,
    Catalogue,
    Instrument,
    Source,
    Statement,
)
from generator.law.names import ANY_END, Spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

AWARDS = "awards.yaml"

PARTS = ("sources", "instruments", "authorities", "spellings", "before", "awards")
"""What the file holds."""

One = TypeVar("One", Source, Instrument, AuthorityKind, Award)
Taken = TypeVar("Taken")
Found = TypeVar("Found")

NATURES = ("title", "reward")
RECIPIENTS = ("collective", "person")


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that comes with the program."""
    return make_catalogue(load_data(Path(__file__).with_name(AWARDS).read_text(encoding="utf-8")))


def make_catalogue(data: Mapping[str, Any]) -> Catalogue:
    """Make a catalogue of what the file says.

    Raises `ValueError` for an unknown or missing entry, a value of another type, a reference to nothing, two
    things under one name, and statements about the same days.
    """
    if set(data) != set(PARTS):
        raise ValueError(f"parts: {sorted(set(data) ^ set(PARTS))}")
    words = dict(data["spellings"])
    spelling = Spelling(words, tuple(map(Spelling(words, ()).key, data["before"])))
    sources = {one.id: one for one in _unique(map(_make_source, data["sources"]))}
    instruments = {one.id: one for one in _unique(map(_make_instrument, data["instruments"]))}
    kinds = tuple(_unique(_make_kind(given, spelling) for given in data["authorities"]))
    maker = _AwardMaker(sources, instruments, [kind.id for kind in kinds], spelling)
    awards = tuple(_unique(map(maker.make, data["awards"])))
    _refuse_shared_names(awards)
    return Catalogue(tuple(sources.values()), tuple(instruments.values()), kinds, spelling, awards)


def _unique(made: Iterable[One]) -> list[One]:
    """Return *made* as a list; raises `ValueError` when two have the same id."""
    listed = list(made)
    ids = [one.id for one in listed]
    twice = {identity for identity in ids if ids.count(identity) > 1}
    if twice:
        raise ValueError(f"id: {sorted(twice)}")
    return listed


def _refuse_shared_names(awards: Sequence[Award]) -> None:
    """Raise `ValueError` when two awards have a name in common that ought to be of one alone."""
    for one, other in combinations(awards, 2):
        if shared := one.keys & other.keys:
            raise ValueError(f"{one.id}, {other.id}: {sorted(shared)}")


# --- one entry each -----------------------------------------------------------------------------------


class _Entry:
    """A mapping of the file, of which every key is taken once, each with its type."""

    def __init__(self, given: object, where: str) -> None:
        if not isinstance(given, dict):
            raise ValueError(f"{where}: {given!r}")  # noqa: TRY004 - one exception for all faults of the file
        self.rest = dict(given)
        self.where = str(given.get("id", where))

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; it may only be empty where the file says so."""
        return self._take(key, str, default)

    def day(self, key: str) -> date:
        """Take a day."""
        return self._take(key, date, None)

    def day_or_none(self, key: str) -> date | None:
        """Take a day that may be left out."""
        return self.day(key) if key in self.rest else None

    def answer(self, key: str) -> bool:
        """Take a yes or no."""
        return self._take(key, bool, None)

    def texts(self, key: str, *, among: Iterable[str] | None = None) -> tuple[str, ...]:
        """Take a list of texts, which may be left out; each of them one of those *among* which it must be."""
        given = self._take(key, list, [])
        wrong = [one for one in given if not isinstance(one, str) or (among is not None and one not in among)]
        if wrong or len(set(given)) != len(given):
            raise ValueError(f"{self.where}.{key}: {given}")
        return tuple(given)

    def entries(self, key: str) -> list[_Entry]:
        """Take a list of mappings, which may be left out."""
        return [_Entry(given, f"{self.where}.{key}") for given in self._take(key, list, [])]

    def _take(self, key: str, kind: type[Taken], default: Taken | None) -> Taken:
        value = self.rest.pop(key, default)
        if type(value) is not kind:
            raise ValueError(f"{self.where}.{key}: {value!r}")
        return value

    def refuse_rest(self) -> None:
        """Raise `ValueError` for what nobody took."""
        if self.rest:
            raise ValueError(f"{self.where}: {sorted(self.rest)}")


def _make_source(given: object) -> Source:
    entry = _Entry(given, "sources")
    source = Source(entry.text("id"), entry.day("as_of"), entry.text("quotes"))
    entry.refuse_rest()
    return source


def _make_instrument(given: object) -> Instrument:
    entry = _Entry(given, "instruments")
    first, last = entry.day("from"), entry.day_or_none("until")
    instrument = Instrument(
        id=entry.text("id"),
        number=entry.text("number"),
        name=entry.text("name"),
        first_day=first,
        last_day=last,
        verified=entry.answer("verified"),
        amendments=tuple(_make_amendment(one) for one in entry.entries("amendments")),
    )
    entry.refuse_rest()
    days = [first, *(change.first_day for change in instrument.amendments), last or date.max]
    if days != sorted(set(days)):
        raise ValueError(f"{instrument.id}: {days}")
    return instrument


def _make_amendment(entry: _Entry) -> Amendment:
    amendment = Amendment(entry.text("number"), entry.day("from"), entry.answer("verified"))
    entry.refuse_rest()
    return amendment


def _make_kind(given: object, spelling: Spelling) -> AuthorityKind:
    entry = _Entry(given, "authorities")
    bodies, leaders = entry.texts("begins"), entry.texts("led_by")
    led = (f"{leader} {body}" for leader, body in product(leaders, bodies))
    kind = AuthorityKind(
        id=entry.text("id"),
        label=entry.text("label"),
        names=frozenset(map(spelling.key, entry.texts("is"))),
        begins=tuple(map(spelling.key, (*bodies, *led))),
        excepted=tuple(map(spelling.key, entry.texts("except"))),
    )
    entry.refuse_rest()
    if not (kind.names or kind.begins):
        raise ValueError(f"{kind.id}: no names")
    return kind


class _AwardMaker:
    """Makes awards whose statements refer to what the file says before them."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        instruments: Mapping[str, Instrument],
        kinds: Sequence[str],
        spelling: Spelling,
    ) -> None:
        self.sources = sources
        self.instruments = instruments
        self.kinds = kinds
        self.spelling = spelling

    def make(self, given: object) -> Award:
        """Make one award."""
        entry = _Entry(given, "awards")
        name = entry.text("name")
        form, aliases = entry.text("form", name), entry.texts("aliases")
        keys = {one: self.spelling.award_key(one.removesuffix(ANY_END)) for one in (name, *aliases)}
        award = Award(
            id=entry.text("id"),
            name=name,
            form=form,
            aliases=aliases,
            keys=frozenset(keys.values()),
            begins=tuple(key for one, key in keys.items() if one.endswith(ANY_END)),
            form_key=self.spelling.award_key(form),
            nature=self._make_statements(entry, "nature", NATURES),
            granted_by=self._make_statements(entry, "granted_by", self.kinds),
            recipients=self._make_statements(entry, "recipients", RECIPIENTS),
        )
        entry.refuse_rest()
        if not (award.nature or award.granted_by or award.recipients):
            raise ValueError(f"{award.id}: nothing is said of it")
        return award

    def _make_statements(self, entry: _Entry, aspect: str, known: Iterable[str]) -> tuple[Statement, ...]:
        """Take the statements about one *aspect*, with values of those *known*, in order of their days."""
        made = sorted(
            (self._make_statement(one, known) for one in entry.entries(aspect)), key=lambda one: one.first_day
        )
        for one, following in pairwise(made):
            if one.last_day is None or following.first_day <= one.last_day:
                raise ValueError(f"{entry.where}.{aspect}: {following.first_day}")
        return tuple(made)

    def _make_statement(self, entry: _Entry, known: Iterable[str]) -> Statement:
        instrument = self._find(self.instruments, entry.text("instrument"), entry)
        source = self._find(self.sources, entry.text("source"), entry) if "source" in entry.rest else None
        first, last = entry.day_or_none("from"), entry.day_or_none("until")
        statement = Statement(
            use=entry.texts("use", among=known),
            also=entry.texts("also", among=known),
            instrument=instrument,
            clause=entry.text("clause"),
            source=source,
            first_day=first or instrument.first_day,
            last_day=last or instrument.last_day,
        )
        entry.refuse_rest()
        self._refuse_strange(statement, entry)
        return statement

    def _refuse_strange(self, statement: Statement, entry: _Entry) -> None:
        """Raise `ValueError` for a statement of nothing, twice, or of days without its instrument."""
        instrument = statement.instrument
        last, its_last = statement.last_day or date.max, instrument.last_day or date.max
        if not statement.use or set(statement.use) & set(statement.also):
            raise ValueError(f"{entry.where}: {statement.use}, {statement.also}")
        if not instrument.first_day <= statement.first_day <= last <= its_last:
            raise ValueError(f"{entry.where}: {statement.first_day} – {statement.last_day}")

    def _find(self, known: Mapping[str, Found], identity: str, entry: _Entry) -> Found:
        if identity not in known:
            raise ValueError(f"{entry.where}: {identity}")
        return known[identity]
