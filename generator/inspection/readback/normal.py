"""Words in the one form in which files and trees are compared."""

from __future__ import annotations

import re
import unicodedata

from generator.tree import BLANK_MARK

_DOTS = re.compile(r"[.…]*…[.…]*|\.{3,}")
"""A blank as it is printed, with the full stop that may follow it."""

_UNPRINTED = dict.fromkeys(
    [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_LIGATURES = {0xFB01: "fi", 0xFB02: "fl"}
_FOLDED = _UNPRINTED | _LIGATURES
"""Code points that leave no mark on paper, and those that are two letters to a reader of PDF."""


def normalise_words(text: str) -> tuple[str, ...]:
    """Return the words of *text* in one form of Unicode (NFC), dotted lines of any length as `BLANK_MARK`."""
    return tuple(_DOTS.sub(BLANK_MARK, unicodedata.normalize("NFC", text).translate(_FOLDED)).split())
