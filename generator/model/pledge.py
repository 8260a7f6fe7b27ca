"""The pledge (bản giao ước thi đua): its theme, contents and signatories."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Answer, Day, Facts, FewCount, Year
from generator.model.people import Person


class Theme(Facts):
    """The pledge's theme, verbatim and without quotation marks."""

    lines: list[str]
    label: str | None = None
    """What the source calls it: chủ đề, khẩu hiệu, khẩu hiệu hành động, phương châm."""
    origin: str | None = None
    """Who launched it, where the block took it over: ``Thanh tra Chính phủ``."""


class Campaign(Facts):
    """A named campaign that the pledge joins."""

    name: str
    period: str | None = None


class Target(Facts):
    """Something that the members pledge to reach."""

    text: str
    """With a kind it follows value and unit (``Chi hội tham gia``), without one it stands before them."""
    value: str | None = None
    unit: str | None = None
    kind: Literal["percent", "zero", "count", "award"] | None = None


class Content(Facts):
    """One of the pledge's contents, in order."""

    text: str | None = None
    heading: str | None = None
    targets: list[Target] | None = None


class RegisteredTitle(Facts):
    """A title that a unit registers to compete for."""

    unit: str
    title: str


class Signatory(Facts):
    """Who signs for a unit."""

    unit: str
    person: str | None = None
    power: str | None = None
    """The power to sign: ``KT. BỘ TRƯỞNG``."""
    position: str | None = None
    signed: Answer | None = None
    signed_on: Day | None = None


class Witness(Facts):
    """Who witnesses, confirms or approves the pledge: a person, a unit or both, with the word for it."""

    person: Person | None = None
    unit: str | None = None
    verb: str | None = None
    """``chứng kiến``, ``ký xác nhận``, ``phê duyệt``."""


class Pledge(Facts):
    """The pledge that the conference signs for the next year."""

    signed: Literal["yes", "no", "planned", "unknown"] = "unknown"
    when: str | None = None
    """When in the conference it was signed: ``Kết thúc Hội nghị``."""
    signed_by: str | None = None
    """Who signed, in the source's words and with their number: ``lãnh đạo 24 đơn vị``."""
    text: list[str] | None = None
    """What else was done about the pledge: it was launched, registered, discussed."""
    name: str | None = None
    year: Year | None = None
    number: str | None = None
    place: str | None = None
    date: Day | None = None
    bases: list[str] | None = None
    theme: Theme | None = None
    past_theme: Theme | None = None
    campaigns: list[Campaign] | None = None
    contents: list[Content] | None = None
    registered_titles: list[RegisteredTitle] | None = None
    organisation: list[str] | None = None
    """How it is to be carried out (tổ chức thực hiện): duties, reviews, scoring; point by point."""
    commitment: str | None = None
    """The sentence by which the parties bind themselves."""
    signatories: list[Signatory] | None = None
    declared_signatories: FewCount | None = None
    witnesses: list[Witness] | None = None
    approver: Witness | None = None
    """The superior who confirms or approves the pledge."""
    presided_by: str | None = None
    """The unit or office that led the signing."""
    copies: FewCount | None = None

    @property
    def is_told(self) -> bool:
        """Whether anything is told of this pledge: not merely its year, or the theme of the one before."""
        told = self.model_dump(exclude={"signed", "year", "past_theme"}, exclude_none=True)
        return any(told.values()) or self.signed in {"yes", "planned"}
