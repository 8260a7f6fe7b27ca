"""Where the facts come from, and how sure they are."""

from __future__ import annotations

from typing import Literal

from generator.model.base import Facts


class Provenance(Facts):
    """What is known about the origin of one fact; no document prints it."""

    path: str
    """The fact, by its path in the data: ``leadership.next.head``."""
    basis: Literal["stated", "inferred", "unknown"]
    source: str | None = None
    remark: str | None = None
    """Such as what another source says instead."""
