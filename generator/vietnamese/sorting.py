"""Text comes in; a key that sorts it in the order of the Vietnamese alphabet goes out."""

from __future__ import annotations

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The 29 letters, with the foreign f, j, w and z in their Latin places."""

_PLACES = {letter: place for place, letter in enumerate(ALPHABET)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng, after ngang: the order of CLDR."""
_SIGNS = "_-–—,;:!?.…‘’“”()/&"
"""Common signs in the order of CLDR; others follow by code point."""

SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...], tuple[bool, ...], str]


def vietnamese_key(text: str) -> SortKey:
    """Return the sort key of *text*: its letters, then its tones, then small letters before capitals.

    Spaces sort before signs, signs before figures, those before letters, as in ICU. Source: regulations 8.3.
    """
    composed = unicodedata.normalize("NFC", text)
    letters = _split_letters(composed)
    return (
        tuple(_weigh_letter(letter) for letter, _ in letters),
        tuple(marks for _, marks in letters),
        tuple(char.isupper() for char in composed),
        composed,
    )


def name_key(full_name: str) -> tuple[SortKey, SortKey, SortKey]:
    """Return the sort key of a person's name: given name (last), family name (first), then the middle.

    A single word is a given name. Source: regulations 8.3, practice.
    """
    *before, given = full_name.split() or [""]
    family, middle = " ".join(before[:1]), " ".join(before[1:])
    return vietnamese_key(given), vietnamese_key(family), vietnamese_key(middle)


def _split_letters(text: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return the letters of *text*, each with the weights of its tone and foreign marks."""
    letters: list[tuple[str, tuple[int, ...]]] = []
    for piece in unicodedata.normalize("NFD", text.lower()):
        letter, marks = letters.pop() if letters and unicodedata.combining(piece) else ("", ())
        joined = unicodedata.normalize("NFC", letter + piece)
        known = not letter or joined in _PLACES
        letters.append((joined, marks) if known else (letter, (*marks, _TONES.find(piece) + 1 or ord(piece))))
    return letters


def _weigh_letter(letter: str) -> tuple[int, int]:
    """Return the class of *letter*, and its place within the class."""
    if letter in _PLACES:
        return 3, _PLACES[letter]
    if letter.isdecimal():
        return 2, int(letter)
    if letter.isspace():
        return 0, 0
    place = _SIGNS.find(letter)
    return 4 if letter.isalpha() else 1, place if place >= 0 else ord(letter)
