"""Names of units come in; whether they mean the same unit goes out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.vietnamese.cleaning import clean_text

_SPACES = re.compile(r"\s+")
_COMMA = re.compile(r"\s*,\s*")
_HYPHEN = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
_TONE = "([\u0300\u0301\u0303\u0309\u0323])"
_OPEN_PAIR = re.compile(f"(?:(o){_TONE}([ae])|(u){_TONE}(y))(?!\\w|[\u0300-\u036f])")

KEPT = 4096
"""How many keys are remembered: the names of a block are held against one another again and again."""


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings name the same unit, as `fold_for_comparison` sees them."""
    return fold_for_comparison(one) == fold_for_comparison(other)


@lru_cache(maxsize=KEPT)
def fold_for_comparison(text: str) -> str:
    """Return a key that all spellings of a name share; it is not for printing.

    Equal are: what `clean_text` makes equal, capitals and small letters, hyphens and dashes with or without
    spaces, spaces around commas, line ends, and the places of the tone in oa, oe, uy (hòa, hoà). Commas and
    hyphens stay different. Source: regulations 8.3 (QĐ 1989/QĐ-BGDĐT, Điều 8); domain 4.32.
    """
    folded = _SPACES.sub(" ", clean_text(text).text.casefold())
    folded = _COMMA.sub(", ", _HYPHEN.sub("-", folded))
    return _move_tones(folded)


def _move_tones(text: str) -> str:
    """Return *text* with the tone of an open oa, oe or uy on its second letter."""
    pieces = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _OPEN_PAIR.sub(_swap, pieces))


def _swap(found: re.Match[str]) -> str:
    first, tone, second = (part for part in found.groups() if part)
    return first + second + tone
