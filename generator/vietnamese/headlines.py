"""The headline of a news item comes in; what is wrong with its form goes out."""

from __future__ import annotations

import re
from enum import StrEnum

LONGEST_HEADLINE = 110
"""Letters, spaces included.

Source: the guideline for `headline` of a NewsArticle (schema.org) that search services published.
"""


class HeadlineFault(StrEnum):
    """What is wrong with a headline; each is the code of a finding."""

    TOO_LONG = "headline-too-long"
    FULL_STOP = "headline-full-stop"
    CAPITALS = "headline-all-capitals"
    """All in capitals: search services and readers' programs read it letter by letter."""
    UNTIDY = "headline-untidy"
    """Marks of a markup language, or spaces that are doubled or stand before a comma."""


_UNTIDY = re.compile(r"</?[a-zA-Z][^>]*>|&#?\w+;|\*\*|__|\[/?\w+\]|\s{2}|\s[,.;:!?]|^\s|\s$|\n")
_MORE_THAN_END = re.compile(r"(?:\.\.\.|\bv\.v\.)$", re.IGNORECASE)


def find_headline_faults(headline: str) -> tuple[HeadlineFault, ...]:
    """Return the faults of *headline*, each once; "…" and "v.v." at its end are no full stop."""
    letters = [letter for letter in headline if letter.isalpha()]
    faults = {
        HeadlineFault.TOO_LONG: len(headline) > LONGEST_HEADLINE,
        HeadlineFault.FULL_STOP: headline.endswith(".") and not _MORE_THAN_END.search(headline),
        HeadlineFault.CAPITALS: " " in headline.strip() and bool(letters) and headline.isupper(),
        HeadlineFault.UNTIDY: bool(_UNTIDY.search(headline)),
    }
    return tuple(fault for fault, is_there in faults.items() if is_there)
