"""The news bulletin's own apparatus, and photographs."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Count, Facts


class News(Facts):
    """What a news page has besides the conference's facts."""

    length: Literal["short", "standard", "full"] | None = None
    """How much the bulletin tells; ``standard`` where nothing is said."""
    headline: str | None = None
    lead: str | None = None
    agency_tag: str | None = None
    published_at: str | None = None
    """As written; never the conference's date."""
    views: Count | None = None
    print_label: str | None = None
    byline: str | None = None
    author_unit: str | None = None
    source: str | None = None


Passage = Literal[
    "attendance",
    "review",
    "activities",
    "charity",
    "discussion",
    "conclusion",
    "proposals",
    "awards",
    "leaders",
    "pledge",
]
"""A passage of the bulletin, in the order of the bulletin."""


class Photo(Facts):
    """A photograph of the conference; its file may be missing."""

    file: str | None = None
    """Below the year's folder: ``photos/toan-canh.jpg``."""
    caption: str | None = None
    position: Literal["before", "inside", "after"] | None = None
    behind: Passage | None = None
    """The passage behind which a photo inside stands; else it goes to the paragraph most like its caption."""
    credit: str | None = None
