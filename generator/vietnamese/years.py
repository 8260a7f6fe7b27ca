"""The label of a year under review comes in; its calendar years, or the next label, go out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = "[12][0-9]{3}"
_LABEL = rf"(?:(?:năm(?: học| công tác)?|niên khóa|niên khoá)\s+)?({_YEAR})(?:\s*[-–—/]\s*({_YEAR}))?"


@dataclass(frozen=True, slots=True)
class YearLabel:
    """A year under review as people name it: a calendar year, or a school year over two."""

    text: str
    first: int
    last: int
    """Equal to `first` for a calendar year, else one more."""


def parse_year_label(text: str) -> YearLabel:
    """Read "2016", "năm học 2015 - 2016" or "2023 – 2024"; the text keeps its wording.

    Raises `ValueError`: "year-form" for anything else, "year-order" for two years of which the second does
    not follow the first. Source: domain 4.26.
    """
    label = text.strip()
    found = re.fullmatch(_LABEL, label, re.IGNORECASE)
    if not found:
        raise ValueError("year-form")
    first, last = int(found[1]), int(found[2] or found[1])
    if found[2] and last != first + 1:
        raise ValueError("year-order")
    return YearLabel(label, first, last)


def next_year_label(text: str) -> str:
    """Return the label of the year after *text*, with the same words and separator.

    "năm học 2015 - 2016" gives "năm học 2016 - 2017". Raises what `parse_year_label` raises.
    """
    return re.sub(_YEAR, lambda found: str(int(found[0]) + 1), parse_year_label(text).text)
