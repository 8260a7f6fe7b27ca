"""The year's work: what was reviewed, done, given."""

from __future__ import annotations

from generator.model.base import Count, Facts, Sum


class Statistic(Facts):
    """A figure of the year, kept as it is written."""

    measure: str
    value: str
    subject: str | None = None
    unit: str | None = None
    vs_plan: str | None = None
    growth: str | None = None
    compare: str | None = None


class Results(Facts):
    """The review of the year in words and figures."""

    overview: list[str] | None = None
    """What is said first, before the block's activities."""
    narrative: list[str] | None = None
    """What is said after them: members' work, effects."""
    statistics: list[Statistic] | None = None


class Activity(Facts):
    """Something that the block held or did during the year."""

    text: str
    """A noun phrase: ``các hội nghị triển khai kế hoạch``."""
    kind: str | None = None
    places: list[str] | None = None
    place_word: str | None = None
    """What joins the text and the places: ``tại`` (the default), ``của``, ``ở``."""
    count: Count | None = None
    date: str | None = None


class Movement(Facts):
    """An emulation movement (phong trào thi đua)."""

    name: str
    launched_by: str | None = None
    text: str | None = None


class Gift(Facts):
    """A charitable gift (hoạt động xã hội, từ thiện)."""

    text: str | None = None
    """What was launched or given: ``chương trình tặng quà``."""
    verb: str | None = None
    """What was done with it: ``phát động``, ``tặng``."""
    donor: str | None = None
    beneficiary: str | None = None
    places: list[str] | None = None
    """From the smallest to the largest: commune, district, province."""
    end_beneficiary: str | None = None
    amount: Sum | None = None
    count: Count | None = None
    goods: str | None = None
    """What is given instead of money, or with it: ``suất quà``."""
    item: str | None = None
    """The work that the gift is for: ``hỗ trợ xây dựng nhà ăn cho học sinh``."""
    purpose: str | None = None
