"""Names of units come in; whether they mean the same unit goes out."""

from __future__ import annotations

import re
import unicodedata

from generator.vietnamese.cleaning import clean_text

_HYPHEN = "\\s*[-\u2010-\u2015\u2212]\\s*"
_OPEN_PAIR = "(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y)"


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings name the same unit, as `fold_for_comparison` sees them."""
    return fold_for_comparison(one) == fold_for_comparison(other)


def fold_for_comparison(text: str) -> str:
    """Return a key that all spellings of a name share; it is not for printing.

    Equal are: what `clean_text` makes equal, capitals and small letters, hyphens and dashes with or without
    spaces, spaces around commas, line ends, and the places of the tone in oa, oe, uy (hòa, hoà). Commas and
    hyphens stay different. Source: regulations 8.3 (QĐ 1989/QĐ-BGDĐT, Điều 8); domain 4.32.
    """
    folded = re.sub(r"\s+", " ", clean_text(text).text.casefold())
    folded = re.sub(r"\s*,\s*", ", ", re.sub(_HYPHEN, "-", folded))
    return _move_tones(folded)


def _move_tones(text: str) -> str:
    """Return *text* with the tone of an open oa, oe or uy on its second letter."""
    pieces = unicodedata.normalize("NFD", text)
    moved = re.sub(rf"(?:{_OPEN_PAIR})(?!\w|[\u0300-\u036f])", _swap, pieces)
    return unicodedata.normalize("NFC", moved)


def _swap(found: re.Match[str]) -> str:
    first, tone, second = (part for part in found.groups() if part)
    return first + second + tone
