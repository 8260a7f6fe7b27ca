"""Any text comes in; the same words in the project's one spelling of Unicode go out (regulations 8.3)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ForbiddenKind = Literal[
    "control", "surrogate", "bidi", "noncharacter", "private-use", "unassigned", "replacement", "format"
]


class CleanCode(StrEnum):
    """What was cleaned."""

    LINE_END = "line-end"
    """Another line end than LF."""
    INVISIBLE = "invisible"
    """Characters that print nothing: soft hyphens, zero-width spaces and joiners, byte order marks."""
    LOOKALIKE = "lookalike"
    """Foreign letters that look like Đ, đ, Ư or ư."""
    DECOMPOSED = "decomposed"
    """Letters in pieces: not NFC, or a tone written before the letter's own mark."""
    SPACE = "space"
    """Tabs, spaces of another width, runs of spaces, spaces at the ends of lines."""


class CleanNote(NamedTuple):
    """One kind of cleaning that a text needed."""

    code: CleanCode
    code_points: tuple[str, ...]
    """What was removed or replaced, such as ``U+00D0``, each once and sorted."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text, and what it took to clean it."""

    text: str
    notes: tuple[CleanNote, ...] = ()
    """At most one note of each code, in the order of `CleanCode`."""


class Forbidden(NamedTuple):
    """A character that no document may hold."""

    at: int
    """Its index in the text."""
    code_point: str
    """As in ``U+202E``."""
    kind: ForbiddenKind


# Written as escapes: these characters cannot be told apart, or seen at all.
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_OTHER_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[ {_OTHER_SPACES}]+")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ANY_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_TONE_FIRST = re.compile("([AEOaeo])([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENTS = frozenset("\ufffc\ufffd")
_LINE_CONTROLS = frozenset("\t\n\r")

_ALWAYS = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u01a2": "Ư", "\u01a3": "ư"})
"""Eth and African D for Đ; OI for Ư, which converters of old fonts leave behind."""
_INITIAL_D = re.compile("(?<![^\\W\\d_]|[\u0300-\u036f])[\u00f0\u0256]")
"""Eth where đ may stand, at the start of a word: within a word it is Icelandic (Sigurðsson)."""

_DOUBTFUL = re.compile(
    f"[\r\u2028\u2029{_INVISIBLE}{_OTHER_SPACES}\u00d0\u0189\u01a2\u01a3\u00f0\u0256\u0302\u0306]"
    "|  | \n|\n |\\A[ \n]|[ \n]\\Z"
)
"""What a text in NFC must hold for any step of cleaning to change it."""


def clean_text(raw: str) -> CleanText:
    """Return *raw* in NFC with plain spaces, LF line ends and the Vietnamese Đ, and notes of what changed.

    Spellings stay as they are (hòa, hoà). What `find_forbidden` finds stays, too: it is to be reported, not
    dropped. Cleaning twice changes nothing more. Source: regulations 8.3.
    """
    if unicodedata.is_normalized("NFC", raw) and not _DOUBTFUL.search(raw):
        return CleanText(raw)
    text, notes = raw, []
    for code, step in _STEPS:
        cleaned = step(text)
        if cleaned != text:
            notes.append(CleanNote(code, _lost(text, cleaned)))
        text = cleaned
    return CleanText(text, tuple(notes))


def find_forbidden(text: str) -> list[Forbidden]:
    """List the characters of *text* that no document may hold, each with its index.

    They are controls but for tab and line ends, lone surrogates, bidirectional and other format controls,
    noncharacters, private-use and unassigned code points (as this Python's Unicode knows them), and the
    replacement characters that a wrong decoding leaves. What `clean_text` removes is not among them.
    """
    if text.isprintable() and _REPLACEMENTS.isdisjoint(text):
        return []
    kinds = ((index, char, _forbidden_kind(char)) for index, char in enumerate(text))
    return [Forbidden(index, _code_point(char), kind) for index, char, kind in kinds if kind]


def _unify_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def _drop_invisible(text: str) -> str:
    return _ANY_INVISIBLE.sub("", text)


def _compose(text: str) -> str:
    """Return *text* in NFC; a tone before a circumflex or breve would not compose, so they change places."""
    pieces = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\1\3\2", pieces))


def _replace_lookalikes(text: str) -> str:
    return _INITIAL_D.sub("đ", text.translate(_ALWAYS))


def _tidy_spaces(text: str) -> str:
    """Return *text* with single spaces; `str.strip` and `str.splitlines` would take controls for spaces."""
    lines = _SPACES.sub(" ", text).split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")


_STEPS: tuple[tuple[CleanCode, Callable[[str], str]], ...] = (
    (CleanCode.LINE_END, _unify_line_ends),
    (CleanCode.INVISIBLE, _drop_invisible),  # before composing, which a joiner between the pieces prevents
    (CleanCode.LOOKALIKE, _replace_lookalikes),
    (CleanCode.DECOMPOSED, _compose),
    (CleanCode.SPACE, _tidy_spaces),
)


def _lost(before: str, after: str) -> tuple[str, ...]:
    return tuple(_code_point(char) for char in sorted(Counter(before) - Counter(after)))


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _forbidden_kind(char: str) -> ForbiddenKind | None:
    if char in _REPLACEMENTS:
        return "replacement"
    if char.isprintable() or char in _LINE_CONTROLS or char in _INVISIBLE:
        return None
    if char in _BIDI:
        return "bidi"
    return "noncharacter" if _is_noncharacter(char) else _KINDS.get(unicodedata.category(char))


_KINDS: dict[str, ForbiddenKind] = {
    "Cc": "control",
    "Cs": "surrogate",
    "Co": "private-use",
    "Cn": "unassigned",
    "Cf": "format",
}


def _is_noncharacter(char: str) -> bool:
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE
