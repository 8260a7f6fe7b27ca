"""Parts of sentences come in; the same words with fitting capitals, joints or ends go out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_LETTER = r"(\W*)([^\W\d_])"
_WITHIN_ITEM = r"[,;]|\b[Vv]à\b"
_CLOSERS = "”’»\"')\\]"
_WEAK_END = r"(?:\s|\./\.|(?<!\.)(?<!(?i:v\.v))\.|[;,:])+$"


def upper(text: str) -> str:
    """Return *text* in capitals, in NFC.

    There is no title case beside it: `str.title` misspells agencies ("Ủy Ban"). Source: regulations 8.3.
    """
    return unicodedata.normalize("NFC", text).upper()


def lower_first(text: str) -> str:
    """Return *text* with a small first letter, unless an abbreviation or a word in capitals begins it.

    Quotation marks and brackets before the letter are passed over. Proper names are not recognised.
    """
    found = re.match(_FIRST_LETTER, text)
    if not found or text[found.end() : found.end() + 1].isupper():
        return text
    return found[1] + found[2].lower() + text[found.end() :]


def capital_first(text: str) -> str:
    """Return *text* with a capital first letter; a text that begins with a figure stays as it is.

    Quotation marks and brackets before the letter are passed over. Source: Nghị định 30/2020, Phụ lục II, I.
    """
    found = re.match(_FIRST_LETTER, text)
    return found[1] + found[2].upper() + text[found.end() :] if found else text


def join_list(items: Sequence[str]) -> str:
    """Join *items* as "A, B và C"; nothing gives an empty text.

    If an item itself holds a comma, a semicolon or the word "và", all are joined with "; " and nothing else:
    before "Sở Văn hóa, Thể thao và Du lịch" one more "và" would read as a part of the name. Source: domain
    4.30.
    """
    if any(re.search(_WITHIN_ITEM, item) for item in items):
        return "; ".join(items)
    return " và ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def strip_end_punctuation(text: str) -> str:
    """Return *text* without the stops, commas, colons, semicolons, "./." and spaces at its end.

    "v.v.", "...", "?" and "!" are more than an end, and stay.
    """
    return re.sub(_WEAK_END, "", text)


def ensure_ends(text: str, mark: str) -> str:
    """Return *text* ending with *mark*, in place of other weak punctuation.

    What ends with "?", "!" or "…" (also within quotation marks) stays as it is, and so does an empty text.
    """
    bare = text.rstrip()
    if not bare or re.search(rf"(?:{re.escape(mark)}|[?!…]|\.\.\.)[{_CLOSERS}]*$", bare):
        return bare
    return strip_end_punctuation(bare) + mark
