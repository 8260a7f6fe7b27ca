"""All facts of one conference, and the names by which its units are known."""

from __future__ import annotations

from functools import cached_property

from generator.model.assessment import (
    AdoptedDocument,
    Award,
    Classification,
    NominationLetter,
    Quota,
    Scoring,
    Vote,
)
from generator.model.base import Answer, Facts
from generator.model.event import EmulationBlock, Event, Paper, ProposalPaper, SignedPaper
from generator.model.news import News, Photo
from generator.model.people import (
    Attendance,
    Chair,
    Leaderships,
    Member,
    Person,
    Recommendation,
    Remark,
    Report,
    Speech,
)
from generator.model.pledge import Pledge
from generator.model.provenance import Provenance
from generator.model.standings import Standings, compute_standings
from generator.model.work import Activity, Gift, Movement, Results
from generator.vietnamese import PartialDate, fold_for_comparison, parse_year_label


class Papers(Facts):
    """Number, place, date and recipients of each paper."""

    minutes: Paper = Paper()
    pledge: Paper = Paper()
    proposal: ProposalPaper = ProposalPaper()
    certificates: SignedPaper = SignedPaper()
    """Of the decision by which the block grants its own awards."""


class Conference(Facts):
    """One conference of one block, as its inputs state it."""

    event: Event
    block: EmulationBlock
    papers: Papers = Papers()
    members: list[Member] | None = None
    leadership: Leaderships = Leaderships()
    chairs: list[Chair] | None = None
    secretaries: list[Person] | None = None
    attendance: Attendance = Attendance()
    opening_speech: Speech | None = None
    reports: list[Report] | None = None
    discussion: list[Remark] | None = None
    recommendations: list[Recommendation] | None = None
    conclusion: Speech | None = None
    directing_speech: Speech | None = None
    results: Results = Results()
    activities: list[Activity] | None = None
    movements: list[Movement] | None = None
    charity: list[Gift] | None = None
    scoring: Scoring = Scoring()
    nomination_letters: Answer | None = None
    """Whether the members nominated by letters (văn bản suy tôn)."""
    nominations: list[NominationLetter] | None = None
    """The letters, where they are known one by one."""
    votes: list[Vote] | None = None
    classifications: list[Classification] | None = None
    award_quotas: list[Quota] | None = None
    awards: list[Award] | None = None
    documents_adopted: list[AdoptedDocument] | None = None
    pledge: Pledge | None = None
    news: News = News()
    photos: list[Photo] | None = None
    provenance: list[Provenance] | None = None

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for member in self.members or []:
            for known in (member.name, member.id, member.short, *(member.aliases or [])):
                if known:
                    names.setdefault(fold_for_comparison(known), member.name)
        return names

    @cached_property
    def standings(self) -> Standings | None:
        """What the scores come to (`generator.model.standings.compute_standings`); None if nothing does."""
        return compute_standings(self)

    def name_of(self, unit: str) -> str:
        """Return the full name of a unit given by its id, abbreviation, alias or name.

        A unit that is no member is called by what it was given as.
        """
        return self._names.get(fold_for_comparison(unit), unit)

    def is_member(self, unit: str) -> bool:
        """Tell whether *unit* is one of the listed members, by whatever name."""
        return fold_for_comparison(unit) in self._names

    @property
    def has_all_members(self) -> bool:
        """Whether the list of members is known to be the whole block: a source may name only some."""
        listed = len(self.members or [])
        return listed > 0 and (bool(self.block.members_complete) or self.block.declared_count == listed)

    def date_of(self, paper: str) -> PartialDate | None:
        """Return the date of *paper*, an entry of `papers`; the pledge's own where only that is told."""
        date: PartialDate | None = getattr(self.papers, paper).date
        return self.pledge.date if date is None and paper == "pledge" and self.pledge else date

    @property
    def last_year(self) -> int:
        """The last calendar year of the year under review."""
        return parse_year_label(self.event.year).last
