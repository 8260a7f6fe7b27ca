"""Scoring, votes and awards."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Answer, Count, Facts, Year


class Criterion(Facts):
    """A group of criteria of the score table, for which marks are given."""

    name: str
    number: str | None = None
    """As the table numbers it: ``I``, ``II``."""
    highest: str
    """The most points that it can bring."""
    weight: str | None = None
    """By what its points are multiplied; 1 when absent."""


class ScoreRow(Facts):
    """The scores of one unit: what was declared, and what only the unit or the block can say."""

    unit: str
    self_points: list[str] | None = None
    """The points that the unit gave itself, in the order of the criteria."""
    self_score: str | None = None
    """Their sum, or the declared self-score where the points are unknown."""
    cross: str | None = None
    bonus: str | None = None
    penalty: str | None = None
    total: str | None = None
    rank: str | None = None


class Mark(Facts):
    """What one scorer gave one unit: a row of a score sheet (phiếu chấm điểm)."""

    unit: str
    scorer: str
    points: list[str]
    """In the order of the criteria; ``–`` where no point was given."""


class Weights(Facts):
    """The shares of the parts in the total: ``0,3`` or ``30%``."""

    self_score: str | None = None
    cross: str | None = None


class Rounding(Facts):
    """How figures are rounded: to how many decimals, which way, and which of them."""

    digits: Count
    way: Literal["half_up", "half_even", "down"] = "half_up"
    stage: Literal["total", "each"] = "total"
    """Whether only the total is rounded, or the cross-score before it, too."""


class TieDecision(Facts):
    """What the conference decided about units with equal totals."""

    units: list[str]
    """In the order that was decided, unless they share their rank."""
    shared: Answer | None = None
    """Whether they share their rank."""
    ground: str | None = None
    """How it was decided: ``biểu quyết tại Hội nghị``."""


class AdoptedScoreTable(Facts):
    """A scoring table that was adopted for a year."""

    for_year: Year
    when: str | None = None


class Scoring(Facts):
    """How the members were scored, and by which rule the scores are counted.

    Scales, weights and rules differ from block to block and from year to year: they are facts, never
    constants (regulations 7.4). `generator.model.standings` counts by them.
    """

    methods: list[str] | None = None
    """As the source names them: ``điểm chấm chéo``, ``điểm tự chấm``."""
    scale_max: str | None = None
    self_score: Literal["shown", "weighted"] | None = None
    """Whether the self-score is only shown beside the total, or counts by its weight."""
    cross_score: Literal["mean", "sum"] | None = None
    """Whether the cross-score is the mean of the scorers' sums, or their sum."""
    drop_self: Answer | None = None
    """Whether marks that a unit gave itself as a scorer do not count."""
    drop_extremes: Count | None = None
    """How many of the highest and as many of the lowest sums of each unit do not count."""
    missing: Literal["refuse", "skip"] | None = None
    """Whether a score sheet with a missing mark stops the counting, or does not count for that unit."""
    weights: Weights = Weights()
    rounding: Rounding | None = None
    ties: list[str] | None = None
    """By what equal totals are told apart, in order: ``chấm chéo``, ``tự chấm``, ``điểm thưởng``,
    ``điểm trừ``, or the number or name of a criterion."""
    source: str | None = None
    """The regulation of the block that says all this."""
    criteria: list[Criterion] | None = None
    rows: list[ScoreRow] | None = None
    marks: list[Mark] | None = None
    tie_decisions: list[TieDecision] | None = None
    adopted_table: AdoptedScoreTable | None = None


class NominationLetter(Facts):
    """A letter by which a unit nominates another (văn bản suy tôn)."""

    sender: str
    nominee: str | None = None
    number: str | None = None


class VoteResult(Facts):
    """What one unit or person got in a vote on several."""

    unit: str | None = None
    person: str | None = None
    what: str | None = None
    """For what: ``Cờ thi đua của Chính phủ``, ``làm Khối trưởng``."""
    agreed: Count
    percent: str | None = None


class Threshold(Facts):
    """What share of the votes is needed, and who says so."""

    percent: str
    """``80%`` or ``2/3``."""
    source: str | None = None


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
    invalid: Count | None = None
    agreed: Count | None = None
    percent: str | None = None
    base: Literal["members", "present", "issued", "returned", "valid"] | None = None
    """Of what number percentages are taken."""
    threshold: Threshold | None = None
    results: list[VoteResult] | None = None
    board: list[str] | None = None
    """The names of those who counted (ban kiểm phiếu), its head first."""
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


class Quota(Facts):
    """How many of one award the block may propose: the awards in their order, the highest first."""

    form: str
    authority: str | None = None
    nature: Literal["hinh_thuc_khen_thuong", "danh_hieu", "xep_loai"] | None = None
    most: Count
    """The largest number of members that may be proposed."""
    source: str | None = None
    """The document that says so."""
