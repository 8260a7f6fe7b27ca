"""Units and people: members of the block, who holds an office, who took part."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Answer, Count, Facts, Year


class Member(Facts):
    """A member unit of the block (đơn vị thành viên)."""

    name: str
    id: str | None = None
    """A short key by which other facts may name the unit."""
    short: str | None = None
    """Abbreviation, such as ``VDB``."""
    aliases: list[str] | None = None
    kind: str | None = None


class Position(Facts):
    """An office or post of a person."""

    title: str
    unit: str | None = None


class Person(Facts):
    """A person, as a document names one."""

    name: str
    honorific: Literal["đồng chí", "ông", "bà"] | None = None
    prefixes: list[str] | None = None
    """Ranks and degrees before the name, in order."""
    positions: list[Position] | None = None
    unit: str | None = None


class OfficeHolder(Facts):
    """Who holds an office of the block: a unit, a person, a post, or a unit with who represents it."""

    unit: str | None = None
    person: Person | None = None
    post: str | None = None
    title: str | None = None
    """What this holder's office is called, where it differs from the others': ``Cụm phó thứ hai``."""


class Leadership(Facts):
    """Head and deputies of the block in one year, and how they came to their offices.

    An office that is known to be held, by whom is not known, is an empty holder.
    """

    head: OfficeHolder | None = None
    deputies: list[OfficeHolder] | None = None
    """In their order."""
    method: str | None = None
    """The verb, as the source has it: tiến cử, bầu, giới thiệu, suy tôn, được giao, luân phiên …"""
    decision: str | None = None
    """The superior's decision that named them: ``Quyết định số 550-QĐ/HVCTQG``."""


class Handover(Facts):
    """What passes from the old head to the new one; never an award."""

    what: str
    verb: str | None = None
    """What was done with it: ``bàn giao`` (the default), ``trao``, ``tặng``."""
    giver: str | None = None
    receiver: str | None = None


class NextLeadership(Leadership):
    """Head and deputies of the block in the next year, and what was handed over to them."""

    year: Year | None = None
    handover: Handover | None = None


class Term(Facts):
    """Who led the block in an earlier year."""

    year: Year
    head: str | None = None
    deputies: list[str] | None = None
    """Units, in their order."""


class Rotation(Facts):
    """The rule by which the members take turns in leading the block; what it does not say is not checked."""

    rest: Count | None = None
    """How many years a unit does not lead again after it was head."""
    deputy_follows: Answer | None = None
    """Whether one of the year's deputies becomes the next head."""
    order: list[str] | None = None
    """The order of the units in turn, if one is fixed; after the last comes the first."""
    source: str | None = None
    """The document that says so."""


class Leaderships(Facts):
    """The leadership of the year and the one that follows."""

    current: Leadership | None = None
    next: NextLeadership | None = None
    rotation: Rotation | None = None
    history: list[Term] | None = None
    """Earlier years, where no folder of their own tells of them."""


class Chair(Facts):
    """Who presides: a person, a unit or both."""

    person: Person | None = None
    unit: str | None = None
    role: Literal["chu_tri", "dong_chu_tri", "doan_chu_tich"] | None = None
    office: str | None = None
    """The office in the block with which the source names the chair: ``đơn vị Khối trưởng``."""
    place: str | None = None
    """Which point of an online conference."""


class AttendanceGroup(Facts):
    """People who took part together: named, described, or both."""

    label: str | None = None
    """Such as ``Về phía Ban Thi đua - Khen thưởng Trung ương``."""
    people: list[Person] | None = None
    units: list[str] | None = None
    """Units that were represented, by whom is not told."""
    prefix: str | None = None
    """What the source says once before all of `units`: ``Công an tỉnh``."""
    description: str | None = None


class Absence(Facts):
    """Someone who was invited and did not come."""

    who: str
    reason: str | None = None


class Attendance(Facts):
    """Who took part."""

    groups: list[AttendanceGroup] | None = None
    invited: Count | None = None
    present: Count | None = None
    counted: str | None = None
    """What `invited` and `present` count: ``đại biểu``, ``Chi hội``."""
    absent: list[Absence] | None = None


class Report(Facts):
    """A report, a draft or a paper that was presented."""

    title: str
    reporter: Person | None = None
    kind: Literal["tong_ket", "du_thao", "tham_luan", "video"] | None = None


class Remark(Facts):
    """What someone said in the discussion; the speaker may be unnamed."""

    text: str
    speaker: Person | None = None
    unit: str | None = None


class Recommendation(Facts):
    """A request to a higher body."""

    text: str
    addressee: str | None = None


class Speech(Facts):
    """An opening, a directing speech or a conclusion."""

    speaker: Person | None = None
    quote: str | None = None
    text: list[str] | None = None
    points: list[str] | None = None
    """What the speaker stressed, point by point."""
