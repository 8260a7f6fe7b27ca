"""People: can one person, or one unit, be all that is said of them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Path
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference
    from generator.model.people import Leadership, OfficeHolder


def check_leaders_twice(conference: Conference) -> Iterator[Observation]:
    """Notice a unit or a person that holds two offices of the block in one year."""
    for term in ("current", "next"):
        seen: set[tuple[str, str]] = set()
        for path, holder in _iter_holders(getattr(conference.leadership, term)):
            unit, person = holder.unit or "", holder.person.name if holder.person else ""
            who = fold_for_comparison(conference.name_of(unit)), fold_for_comparison(person)
            if who in seen and any(who):
                yield Observation("leader-twice", ("leadership", term, *path), {"name": person or unit})
            seen.add(who)


def _iter_holders(leadership: Leadership | None) -> Iterator[tuple[Path, OfficeHolder]]:
    if leadership and leadership.head:
        yield ("head",), leadership.head
    for i, deputy in enumerate((leadership and leadership.deputies) or []):
        yield ("deputies", i), deputy


def check_chair_and_secretary(conference: Conference) -> Iterator[Observation]:
    """Notice a secretary who also presides: the minutes take the signatures of two people."""
    chairs = {fold_for_comparison(chair.person.name) for chair in conference.chairs or [] if chair.person}
    for i, secretary in enumerate(conference.secretaries or []):
        if fold_for_comparison(secretary.name) in chairs:
            values = {"name": secretary.name}
            yield Observation("chair-is-secretary", ("secretaries", i, "name"), values)


def check_absent(conference: Conference) -> Iterator[Observation]:
    """Notice someone who is listed both as present and as absent."""
    present: set[str] = set()
    for group in conference.attendance.groups or []:
        present.update(fold_for_comparison(person.name) for person in group.people or [])
        present.update(fold_for_comparison(conference.name_of(unit)) for unit in group.units or [])
    for i, absence in enumerate(conference.attendance.absent or []):
        if fold_for_comparison(conference.name_of(absence.who)) in present:
            path = ("attendance", "absent", i, "who")
            yield Observation("absent-and-present", path, {"name": absence.who})
