"""Taking turns: the next head held against the rule of rotation that the facts name, and the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Path, Severity
from generator.model.tenures import list_tenures, rename_by
from generator.rules.base import UNKNOWN
from generator.vietnamese import parse_year_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model.conference import Conference
    from generator.model.people import Rotation
    from generator.model.tenures import Tenure

HEAD: Path = ("leadership", "next", "head")
ROTATION: Path = ("leadership", "rotation")


def check_rotation(conference: Conference, earlier: Sequence[Tenure] = ()) -> Iterator[Observation]:
    """Hold the next head against the rule that the facts name; *earlier* is what other folders tell."""
    yield from _check_history(conference, earlier)
    rotation, following = conference.leadership.rotation, conference.leadership.next
    year = (following.year or conference.event.next_year) if following else None
    if rotation is None or following is None or following.head is None or not following.head.unit or not year:
        return
    head = conference.name_of(following.head.unit)
    values = {"unit": head, "source": rotation.source or UNKNOWN}
    known = (*list_tenures(conference, ""), *rename_by(earlier, conference))
    yield from _check_rest(rotation, head, parse_year_label(year).last, known, values)
    yield from _check_deputy(rotation, head, conference, values)
    yield from _check_order(rotation, head, conference, values)


def _check_history(conference: Conference, earlier: Sequence[Tenure]) -> Iterator[Observation]:
    """Notice a head whom another year's folder gives the same year to another unit."""
    own = {one.year: one.head for one in list_tenures(conference, "")}
    told: set[int] = set()
    for one in rename_by(earlier, conference):
        if one.year in own and own[one.year] != one.head and one.year not in told:
            told.add(one.year)
            values = {"year": one.year, "unit": own[one.year], "other": one.head, "folder": one.told_in}
            yield Observation("tenure-contradicts", ("leadership",), values)


def _check_rest(
    rotation: Rotation, head: str, year: int, known: Sequence[Tenure], values: Mapping[str, object]
) -> Iterator[Observation]:
    if not rotation.rest:
        return
    span = range(year - rotation.rest, year)
    before = sorted(one.year for one in known if one.head == head and one.year in span)
    if before:
        values = {**values, "rest": rotation.rest, "year": before[-1]}
        yield Observation("rotation-rest-broken", HEAD, values)
    unknown = [one for one in span if one not in {tenure.year for tenure in known}]
    if unknown:
        values = {"years": ", ".join(map(str, unknown)), "rest": rotation.rest}
        yield Observation("rotation-history-missing", ROTATION, values, Severity.GAP)


def _check_deputy(
    rotation: Rotation, head: str, conference: Conference, values: Mapping[str, object]
) -> Iterator[Observation]:
    current = conference.leadership.current
    if not rotation.deputy_follows or current is None or not current.deputies:
        return
    deputies = [conference.name_of(one.unit) for one in current.deputies if one.unit]
    if len(deputies) == len(current.deputies) and head not in deputies:
        values = {**values, "deputies": "; ".join(deputies)}
        yield Observation("rotation-deputy-passed-over", HEAD, values)


def _check_order(
    rotation: Rotation, head: str, conference: Conference, values: Mapping[str, object]
) -> Iterator[Observation]:
    current = conference.leadership.current
    if not rotation.order or current is None or current.head is None or not current.head.unit:
        return
    order = [conference.name_of(unit) for unit in rotation.order]
    now = conference.name_of(current.head.unit)
    if now not in order:
        return
    due = order[(order.index(now) + 1) % len(order)]
    if head != due:
        yield Observation("rotation-order-broken", HEAD, {**values, "due": due})
