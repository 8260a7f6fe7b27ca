"""Names as people write them come in; keys that all spellings of a name share go out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY_END = " …"
"""What a name of the catalogue ends with that may go on in any words: ``Kỷ niệm chương …``."""

_QUOTES = re.compile("[“”\"'‘’«»]")
_JOINT = re.compile(r"[\s,(-]")
_RANK = re.compile(r" hạng (?:nhất|nhì|hai|ba|i{1,3}|[1-3])$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names are read that are spelt in several ways."""

    words: Mapping[str, str]
    """A word, and the word that it is read as: ``sỹ``, ``sĩ``."""
    before: tuple[str, ...]
    """The keys of what may stand before the name of an award: ``danh hiệu``."""

    def key(self, name: str) -> str:
        """Return what all spellings of *name* share: no capitals, quotation marks or abbreviations."""
        folded = fold_for_comparison(strip_quotes(name)).split()
        return fold_for_comparison(" ".join(self.words.get(word, word) for word in folded))

    def award_key(self, name: str) -> str:
        """Return the key of an award's *name*, without its rank and without the word for what it is."""
        key = self.key(name)
        for word in self.before:
            key = key.removeprefix(f"{word} ")
        return _RANK.sub("", key)


def strip_quotes(name: str) -> str:
    """Return *name* without its quotation marks, wherever they stand."""
    return _QUOTES.sub("", name)


def begins_with(key: str, start: str) -> bool:
    """Tell whether *key* is *start*, or begins with it and goes on with another word."""
    return key == start or (key.startswith(start) and _JOINT.match(key, len(start)) is not None)


def split_authority(form: str) -> tuple[str, str]:
    """Return form and authority of a text such as ``Bằng khen của Bộ Y tế``; the second may be empty."""
    head, *tail = re.split(r"\s+của\s+", form.strip(), maxsplit=1, flags=re.IGNORECASE)
    return head, "".join(tail)
