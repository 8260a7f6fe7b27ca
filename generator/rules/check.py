"""Hold a conference against every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.rules.awards import check_authorities, check_awards_twice
from generator.rules.calendar import check_conference_date, check_next_year, check_publication, check_times
from generator.rules.counting import check_attendance, check_ranks, check_votes
from generator.rules.membership import check_declared_members, check_members_twice, check_outsiders
from generator.rules.pledge import check_ceremony, check_mid_year, check_signatories, check_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference
    from generator.rules.base import Observation, Rule

RULES: tuple[Rule, ...] = (
    check_outsiders,
    check_declared_members,
    check_members_twice,
    check_next_year,
    check_conference_date,
    check_publication,
    check_times,
    check_attendance,
    check_votes,
    check_ranks,
    check_awards_twice,
    check_authorities,
    check_theme,
    check_signatories,
    check_mid_year,
    check_ceremony,
)


def check_conference(conference: Conference) -> Iterator[Observation]:
    """Yield what every rule notices about *conference*."""
    for rule in RULES:
        yield from rule(conference)
