"""Scoring, votes and awards."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Answer, Count, Facts, Year


class ScoreRow(Facts):
    """The scores of one unit, as they were declared."""

    unit: str
    self_score: str | None = None
    cross: str | None = None
    bonus: str | None = None
    penalty: str | None = None
    total: str | None = None
    rank: str | None = None


class AdoptedScoreTable(Facts):
    """A scoring table that was adopted for a year."""

    for_year: Year
    when: str | None = None


class Scoring(Facts):
    """How the members were scored."""

    methods: list[str] | None = None
    """As the source names them: ``điểm chấm chéo``, ``điểm tự chấm``."""
    scale_max: str | None = None
    rows: list[ScoreRow] | None = None
    adopted_table: AdoptedScoreTable | None = None


class NominationLetter(Facts):
    """A letter by which a unit nominates another (văn bản suy tôn)."""

    sender: str
    nominee: str | None = None
    number: str | None = None


class Vote(Facts):
    """A vote of the conference."""

    subject: str
    """What was voted on, as it follows the verb: ``thông qua quy chế``, ``về các hình thức khen thưởng``."""
    items: list[str] | None = None
    """What was voted on one by one, such as the forms of award."""
    method: Literal["phiếu kín", "bỏ phiếu", "biểu quyết", "nhất trí"] | None = None
    voters: str | None = None
    """Of whom `percent` is a part: ``các đại biểu``."""
    present: Count | None = None
    issued: Count | None = None
    returned: Count | None = None
    valid: Count | None = None
    agreed: Count | None = None
    percent: str | None = None
    result: str | None = None
    remark: str | None = None
    """What else is told about the vote, as a sentence."""


class Classification(Facts):
    """A classification of units that is not an award."""

    label: str
    units: list[str] | None = None
    all_units: Answer | None = None
    fraction: str | None = None


class Recipient(Facts):
    """Who gets an award: a unit, a person, all units, the block, or some that are only described."""

    kind: Literal["tap_the", "ca_nhan"] | None = None
    unit: str | None = None
    person: str | None = None
    all_units: Answer | None = None
    block: Answer | None = None
    count: Count | None = None
    description: str | None = None


class Award(Facts):
    """An award that was proposed, agreed, granted or handed over."""

    status: Literal["proposed", "agreed", "granted", "handed_over", "past"]
    form: str
    """Cờ thi đua, Bằng khen, Giấy khen …"""
    nature: Literal["hinh_thuc_khen_thuong", "danh_hieu", "xep_loai"] | None = None
    authority: str | None = None
    """Who grants it: Chính phủ, Thủ tướng Chính phủ …"""
    via: list[str] | None = None
    """The bodies that pass the proposal on, in order."""
    rank: str | None = None
    year: Year | None = None
    recipients: list[Recipient] | None = None
    reason: str | None = None
    handed_by: list[str] | None = None
    """Units or offices that handed it over."""


class AdoptedDocument(Facts):
    """A regulation, plan or table that the conference adopted."""

    name: str
    for_year: Year | None = None
