"""Awards: the same one twice, and what is not known of those that were handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Severity
from generator.rules.base import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference


def check_awards_twice(conference: Conference) -> Iterator[Observation]:
    """Notice one recipient who gets the same award twice (domain check 7)."""
    seen: set[tuple[object, ...]] = set()
    for i, award in enumerate(conference.awards or []):
        for j, recipient in enumerate(award.recipients or []):
            who = conference.name_of(recipient.unit) if recipient.unit else recipient.person
            if who is None:
                continue
            key = (award.status, award.form, award.authority, award.rank, award.year, who)
            if key in seen:
                path = ("awards", i, "recipients", j)
                yield Observation("award-twice", path, {"recipient": who, "form": award.form})
            seen.add(key)


def check_authorities(conference: Conference) -> Iterator[Observation]:
    """List awards whose granting authority is unknown."""
    for i, award in enumerate(conference.awards or []):
        if award.authority is None and award.nature != "xep_loai":
            yield Observation("award-authority-unknown", ("awards", i), {"form": award.form}, Severity.GAP)
