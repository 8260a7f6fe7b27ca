"""The news bulletin's own apparatus, and photographs."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Count, Facts


class News(Facts):
    """What a news page has besides the conference's facts."""

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


class Photo(Facts):
    """A photograph of the conference; its file may be missing."""

    file: str | None = None
    caption: str | None = None
    position: Literal["before", "inside", "after"] | None = None
    credit: str | None = None
