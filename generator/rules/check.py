"""Hold a conference against every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.rules.agreement import (
    check_quotas,
    check_ranks_of_awards,
    check_suggestions,
    check_thresholds,
)
from generator.rules.awards import (
    check_authorities,
    check_awards_twice,
    check_nominations,
    check_recipients,
)
from generator.rules.calendar import (
    check_conference_date,
    check_minutes_date,
    check_next_year,
    check_period,
    check_publication,
    check_times,
)
from generator.rules.counting import (
    check_attendance,
    check_fractions,
    check_ranks,
    check_scores,
    check_votes,
)
from generator.rules.law import check_award_authorities, check_award_natures, check_award_recipients
from generator.rules.membership import check_declared_members, check_members_twice, check_outsiders
from generator.rules.news import check_headline, check_lead, check_news_facts
from generator.rules.people import check_absent, check_chair_and_secretary, check_leaders_twice
from generator.rules.pledge import (
    check_ceremony,
    check_copies,
    check_mid_year,
    check_paper,
    check_signatories,
    check_signing,
    check_theme,
    check_unnamed_parties,
)
from generator.rules.provenance import check_provenance
from generator.rules.rotation import check_rotation
from generator.rules.scoring import (
    check_counting_rule,
    check_criteria,
    check_extras,
    check_marks,
    check_scorers,
    check_self_scores,
    check_totals,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.findings import Observation
    from generator.model.conference import Conference
    from generator.model.tenures import Tenure
    from generator.rules.base import Rule

RULES: tuple[Rule, ...] = (
    check_outsiders,
    check_declared_members,
    check_members_twice,
    check_leaders_twice,
    check_chair_and_secretary,
    check_absent,
    check_next_year,
    check_conference_date,
    check_publication,
    check_minutes_date,
    check_period,
    check_times,
    check_attendance,
    check_votes,
    check_scores,
    check_ranks,
    check_criteria,
    check_counting_rule,
    check_marks,
    check_scorers,
    check_self_scores,
    check_extras,
    check_totals,
    check_fractions,
    check_quotas,
    check_ranks_of_awards,
    check_thresholds,
    check_suggestions,
    check_awards_twice,
    check_authorities,
    check_recipients,
    check_nominations,
    check_award_authorities,
    check_award_recipients,
    check_award_natures,
    check_theme,
    check_signatories,
    check_unnamed_parties,
    check_copies,
    check_signing,
    check_paper,
    check_mid_year,
    check_ceremony,
    check_headline,
    check_lead,
    check_news_facts,
    check_provenance,
)


def check_conference(conference: Conference, earlier: Sequence[Tenure] = ()) -> Iterator[Observation]:
    """Yield what every rule notices about *conference*; *earlier* is who led the block in other years."""
    for rule in RULES:
        yield from rule(conference)
    yield from check_rotation(conference, earlier)
