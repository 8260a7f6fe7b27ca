"""Awards: the same one twice, and what is not known or not clear of those who get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Severity
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference


def check_awards_twice(conference: Conference) -> Iterator[Observation]:
    """Notice one recipient who gets the same award twice for the same reason (domain check 7)."""
    seen: set[tuple[object, ...]] = set()
    for i, award in enumerate(conference.awards or []):
        for j, recipient in enumerate(award.recipients or []):
            unit, person = recipient.unit or "", recipient.person or ""
            who = fold_for_comparison(conference.name_of(unit)), fold_for_comparison(person)
            what = award.status, award.form, award.authority, award.rank, award.year, award.reason
            if (*what, *who) in seen and any(who):
                values = {"recipient": person or conference.name_of(unit), "form": award.form}
                yield Observation("award-twice", ("awards", i, "recipients", j), values)
            seen.add((*what, *who))


def check_authorities(conference: Conference) -> Iterator[Observation]:
    """List awards whose granting authority is unknown."""
    for i, award in enumerate(conference.awards or []):
        if award.authority is None and award.nature != "xep_loai":
            yield Observation("award-authority-unknown", ("awards", i), {"form": award.form}, Severity.GAP)


def check_recipients(conference: Conference) -> Iterator[Observation]:
    """List awards whose recipients are unknown; notice a person who is called a collective."""
    for i, award in enumerate(conference.awards or []):
        if award.recipients is None:
            yield Observation("award-recipients-unknown", ("awards", i), {"form": award.form}, Severity.GAP)
        for j, recipient in enumerate(award.recipients or []):
            if recipient.kind == "tap_the" and recipient.person:
                path = ("awards", i, "recipients", j, "kind")
                yield Observation("recipient-kind-contradicts", path, {"person": recipient.person})


def check_nominations(conference: Conference) -> Iterator[Observation]:
    """Notice letters of nomination where there were none."""
    if conference.nomination_letters is False and conference.nominations:
        values = {"count": len(conference.nominations)}
        yield Observation("nominations-contradict", ("nomination_letters",), values)
