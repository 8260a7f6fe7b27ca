"""The conference itself and the block that holds it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from generator.model.base import Answer, Clock, Count, Day, Facts, FewCount, Year


class Venue(Facts):
    """Where the conference was held, as far as it is known."""

    room: str | None = None
    organisation: str | None = None
    locality: str | None = None
    province: str | None = None
    country: str | None = None


class Point(Facts):
    """One place of an online conference."""

    place: str
    chair: str | None = None


class SideEvent(Facts):
    """Something held around the conference."""

    text: str
    when: str | None = None


class Period(Facts):
    """The time under review, where it is not the whole year."""

    label: str | None = None
    start: Day | None = None
    end: Day | None = None


class Event(Facts):
    """What was held, when and where."""

    kind: Literal["tong_ket", "so_ket", "ky_giao_uoc", "binh_xet", "trien_khai"]
    year: Year
    """The year under review (``2016``, ``năm học 2015 - 2016``); of a ceremony alone, the pledge's year."""
    noun: str | None = None
    """What it is called: Hội nghị, cuộc họp, buổi làm việc, lễ ký kết."""
    title: str | None = None
    """As printed, capitals kept."""
    purposes: list[str] | None = None
    next_year: Year | None = None
    period: Period | None = None
    date: Day | None = None
    part_of_day: Literal["sáng", "chiều", "tối"] | None = None
    start: Clock | None = None
    end: Clock | None = None
    date_basis: Literal["stated", "from_publication", "relative"] | None = None
    format: Literal["in_person", "online", "hybrid"] | None = None
    venue: Venue | None = None
    points: list[Point] | None = None
    organiser: str | None = None
    host: str | None = None
    """The unit in whose house it was held (đơn vị đăng cai)."""
    side_events: list[SideEvent] | None = None
    note: str | None = None
    """A remark that every document shows below its title, such as that the facts are invented."""


class OfficeNames(Facts):
    """What the block calls its offices; a cụm that does not say has its own words (`EmulationBlock`)."""

    head: str = "Khối trưởng"
    deputy: str = "Khối phó"


CUM_OFFICES = {"head": "Cụm trưởng", "deputy": "Cụm phó"}
"""The usual names of the offices of a cụm."""


class EmulationBlock(Facts):
    """The emulation block (khối, cụm thi đua)."""

    name: str
    kind: Literal["khoi", "cum"] | None = None
    number: str | None = None
    parent: str | None = None
    """The superior body, printed above the block's name in the letterhead."""
    aliases: list[str] | None = None
    former_names: list[str] | None = None
    legal_basis: list[str] | None = None
    office_names: OfficeNames = Field(default=OfficeNames(), validate_default=True)
    declared_count: Count | None = None
    """The number of members that the source declares, whatever the list says."""
    members_complete: Answer | None = None
    """Whether the list of members is the whole block; unknown where a source only happens to name some."""
    member_noun: str | None = None
    """What the members are called together, such as ``Bộ, ngành``."""
    house: str | None = None
    """The name of the block's house profile, which chooses among the looks that the regulation permits."""

    @field_validator("office_names", mode="after")
    @classmethod
    def _call_offices_of_a_cum(cls, given: OfficeNames, info: ValidationInfo) -> OfficeNames:
        if info.data.get("kind") != "cum":
            return given
        return OfficeNames(**CUM_OFFICES | given.model_dump(exclude_unset=True))


class Paper(Facts):
    """What only the paper itself has: number, place, date, recipients."""

    number: str | None = None
    symbol: str | None = None
    """What follows the type in ``Số: …/BB-…``: the issuing body's abbreviation.

    A pledge is of no type with an abbreviation of its own: there it is all that follows the stroke.
    """
    place: str | None = None
    date: Day | None = None
    """The document's own date; it decides which regulation sets its form."""
    copies: FewCount | None = None
    recipients: list[str] | None = None
    """Nơi nhận, without dashes and semicolons; the archive line too."""


class SignedPaper(Paper):
    """A paper that one person signs for the block."""

    power: str | None = None
    """What stands above the post: ``TM. KHỐI THI ĐUA``."""
    position: str | None = None
    """The post: ``KHỐI TRƯỞNG``."""
    signer: str | None = None
    """The name, without title or degree."""


class ProposalPaper(SignedPaper):
    """What only the proposal of awards (tờ trình) has."""

    addressees: list[str] | None = None
    """Kính gửi."""
    bases: list[str] | None = None
    """Legal bases, without "Căn cứ"."""
