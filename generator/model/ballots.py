"""Of what number the shares of a vote are taken, and what share a result is."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.vietnamese import format_percent, parse_number

if TYPE_CHECKING:
    from generator.model.assessment import Vote
    from generator.model.conference import Conference


_FRACTION = r"\s*([0-9]{1,3})\s*/\s*([0-9]{1,3})\s*"


def read_percent(text: str | None) -> Decimal | None:
    """Return the figure of a share such as "97,4%"; None where there is none."""
    try:
        return parse_number((text or "").rstrip("%").strip())
    except ValueError:
        return None


def read_threshold(text: str) -> Fraction | None:
    """Return the share that "80%" or "2/3" writes; None where it is neither."""
    if found := re.fullmatch(_FRACTION, text):
        part, whole = int(found[1]), int(found[2])
        return Fraction(part, whole) if 0 < part <= whole else None
    percent = read_percent(text)
    return None if percent is None else Fraction(percent) / 100


def count_base(vote: Vote, conference: Conference) -> int | None:
    """Return the number of which shares of *vote* are taken; None where it is not named or not known."""
    match vote.base:
        case None:
            return None
        case "members":
            return (
                len(conference.members or [])
                if conference.has_all_members
                else conference.block.declared_count
            )
        case "present" | "issued" | "returned" | "valid":
            count: int | None = getattr(vote, vote.base)
            return count


def format_share(agreed: int, base: int | None) -> str:
    """Write *agreed* in percent of *base*, with one decimal at most; empty where there is no base."""
    return format_percent(Fraction(agreed, base)) if base else ""
