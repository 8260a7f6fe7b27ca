"""The pledge (bản giao ước thi đua): its theme, contents and signatories."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Answer, Count, Day, Facts
from generator.model.people import Person


class Theme(Facts):
    """The pledge's theme, verbatim and without quotation marks."""

    lines: list[str]
    label: str | None = None
    """What the source calls it: chủ đề, khẩu hiệu, khẩu hiệu hành động, phương châm."""
    origin: str | None = None


class Campaign(Facts):
    """A named campaign that the pledge joins."""

    name: str
    period: str | None = None


class Target(Facts):
    """Something that the members pledge to reach."""

    text: str
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
    """Who witnesses or confirms the signing, with the word for it."""

    person: Person
    verb: str | None = None


class Pledge(Facts):
    """The pledge that the conference signs for the next year."""

    signed: Literal["yes", "no", "planned", "unknown"] = "unknown"
    when: str | None = None
    """When in the conference it was signed: ``Kết thúc Hội nghị``."""
    name: str | None = None
    year: str | None = None
    number: str | None = None
    place: str | None = None
    date: Day | None = None
    bases: list[str] | None = None
    theme: Theme | None = None
    past_theme: Theme | None = None
    campaigns: list[Campaign] | None = None
    contents: list[Content] | None = None
    registered_titles: list[RegisteredTitle] | None = None
    signatories: list[Signatory] | None = None
    declared_signatories: Count | None = None
    witnesses: list[Witness] | None = None
    presided_by: str | None = None
    copies: Count | None = None
