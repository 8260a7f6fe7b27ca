"""Who led a block in which year, as one conference and those of other years tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.vietnamese import parse_year_label, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model.conference import Conference
    from generator.model.people import Leadership


@dataclass(frozen=True, slots=True)
class Tenure:
    """The head of a block in one year, as one source names it."""

    year: int
    """The last calendar year of the year's label."""
    head: str
    """The unit's full name."""
    told_in: str
    """The folder that tells it."""


def is_same_block(one: Conference, other: Conference) -> bool:
    """Tell whether two conferences are of one block, which may have had another name before."""
    names = [one.block.name, *(one.block.aliases or []), *(one.block.former_names or [])]
    others = [other.block.name, *(other.block.aliases or []), *(other.block.former_names or [])]
    return any(same_name(name, known) for name in names for known in others)


def list_tenures(conference: Conference, folder: str) -> tuple[Tenure, ...]:
    """Return the heads that *conference*, read from *folder*, names: earlier, current and next."""
    return tuple(_iter_tenures(conference, folder))


def _iter_tenures(conference: Conference, folder: str) -> Iterator[Tenure]:
    leadership, event = conference.leadership, conference.event
    for term in leadership.history or []:
        if term.head:
            yield Tenure(parse_year_label(term.year).last, conference.name_of(term.head), folder)
    yield from _make(leadership.current, event.year, conference, folder)
    if leadership.next:
        yield from _make(leadership.next, leadership.next.year or event.next_year, conference, folder)


def _make(
    leaders: Leadership | None, year: str | None, conference: Conference, folder: str
) -> Iterator[Tenure]:
    if leaders and leaders.head and leaders.head.unit and year:
        yield Tenure(parse_year_label(year).last, conference.name_of(leaders.head.unit), folder)


def rename_by(tenures: Iterable[Tenure], conference: Conference) -> tuple[Tenure, ...]:
    """Return *tenures* with the names by which *conference* knows the units."""
    return tuple(Tenure(one.year, conference.name_of(one.head), one.told_in) for one in tenures)
