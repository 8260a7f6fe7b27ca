"""The numbering part comes in; indents, looks and the numbers that Word puts before paragraphs go out.

ECMA-376 part 1, 17.9: a number belongs to an abstract numbering of nine levels, whose counts go on through
the document; a number may begin its levels again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.inspection.word.measures import W, has_on, read_value, read_whole
from generator.inspection.word.specs import (
    LetterSpec,
    ParagraphSpec,
    Theme,
    read_letters,
    read_paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

MOST_LABEL_LETTERS = 60
"""A longer label is cut: no list has one."""

LEVELS = 9

MOST_ROMAN = 3999
MOST_LETTERED = 26 * 6
BULLET = "•"
"""Stands for a bullet that only a font of signs has."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list."""

    start: int
    form: str
    text: str
    suffix: str
    is_legal: bool
    """Whether all its numbers are Arabic, those of the levels above too."""
    style: str
    paragraph: ParagraphSpec
    letters: LetterSpec


@dataclass(slots=True)
class _Number:
    """An instance of an abstract numbering."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]
    """Where its own levels begin; the counts of the abstract numbering are set to it at their first use."""
    used: set[int] = field(default_factory=set)


class Lists:
    """The lists of a document."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self._theme = theme
        self._abstracts: dict[str, etree._Element] = {}
        self._links: dict[str, str] = {}
        self._levels: dict[str, Mapping[int, Level]] = {}
        self._elements: dict[int, etree._Element] = {}
        self._numbers: dict[int, _Number | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iterchildren(f"{W}abstractNum"):
            identity = abstract.get(f"{W}abstractNumId", "")
            self._abstracts[identity] = abstract
            if link := read_value(abstract, "styleLink"):
                self._links[link] = identity
        for number in root.iterchildren(f"{W}num"):
            identity_of_number = read_whole(number.get(f"{W}numId"))
            if identity_of_number is not None:
                self._elements[identity_of_number] = number

    def find_level(self, number: int, level: int) -> Level | None:
        """Return a level of a list; None where there is no such list or level."""
        found = self._find(number)
        return None if found is None else found.levels.get(level)

    def find_level_of_style(self, number: int, style: str) -> int | None:
        """Return the level of the list that belongs to a paragraph style; None without one."""
        found = self._find(number)
        levels = {} if found is None else found.levels
        return next((level for level, data in levels.items() if data.style == style), None)

    def count(self, number: int, level: int) -> str:
        """Count one more paragraph of a list; return what Word puts before it, nothing for no such list."""
        found = self._find(number)
        data = None if found is None else found.levels.get(level)
        if found is None or data is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        begins_again = level in found.starts and level not in found.used
        found.used.add(level)
        if begins_again or level not in counts:
            counts[level] = found.starts.get(level, data.start)
        else:
            counts[level] += 1
        for lower in [other for other in counts if other > level]:
            del counts[lower]
        return _write_label(data, counts, found.levels)

    def _find(self, number: int) -> _Number | None:
        if number not in self._numbers:
            element = self._elements.get(number)
            self._numbers[number] = None if element is None else self._read_number(element)
        return self._numbers[number]

    def _read_number(self, element: etree._Element) -> _Number:
        identity = read_value(element, "abstractNumId") or ""
        abstract = self._abstracts.get(identity)
        linked = self._links.get(read_value(abstract, "numStyleLink") or "")
        if linked is not None:
            identity, abstract = linked, self._abstracts[linked]
        if identity not in self._levels:
            self._levels[identity] = {} if abstract is None else self._read_levels(abstract)
        levels = dict(self._levels[identity])
        starts: dict[int, int] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            level = read_whole(override.get(f"{W}ilvl"))
            start = read_whole(read_value(override, "startOverride"))
            if level is not None and start is not None:
                starts[level] = start
            levels.update(self._read_levels(override))
        return _Number(identity, levels, starts)

    def _read_levels(self, parent: etree._Element) -> dict[int, Level]:
        found = {}
        for element in parent.iterchildren(f"{W}lvl"):
            level = read_whole(element.get(f"{W}ilvl"))
            if level is not None and 0 <= level < LEVELS:
                found[level] = self._read_level(element)
        return found

    def _read_level(self, element: etree._Element) -> Level:
        return Level(
            start=read_whole(read_value(element, "start")) or 0,
            form=read_value(element, "numFmt") or "decimal",
            text=(read_value(element, "lvlText") or "")[:MOST_LABEL_LETTERS],
            suffix=read_value(element, "suff") or "tab",
            is_legal=has_on(element, "isLgl"),
            style=read_value(element, "pStyle") or "",
            paragraph=read_paragraph(element.find(f"{W}pPr")),
            letters=read_letters(element.find(f"{W}rPr"), self._theme),
        )


def _write_label(data: Level, counts: dict[int, int], levels: Mapping[int, Level]) -> str:
    """Write the label of the level that was counted just now; ``%1`` stands for the first level's number."""
    text = "".join(BULLET if "\ue000" <= letter <= "\uf8ff" else letter for letter in data.text)
    if data.form != "bullet":
        for level in range(LEVELS):
            if f"%{level + 1}" in text:
                other = levels.get(level)
                number = counts.get(level, other.start if other else 1)
                form = "decimal" if data.is_legal or other is None else other.form
                text = text.replace(f"%{level + 1}", format_number(number, form))
    label = text[:MOST_LABEL_LETTERS]
    return label + " " if label and data.suffix != "nothing" else label


def format_number(number: int, form: str) -> str:
    """Return *number* in one of Word's forms (17.18.59); in figures where it has none of these."""
    match form:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "upperRoman" | "lowerRoman" if 0 < number <= MOST_ROMAN:
            roman = _to_roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter" if 0 < number <= MOST_LETTERED:
            times, place = divmod(number - 1, 26)
            letters = chr(ord("A") + place) * (times + 1)
            return letters if form == "upperLetter" else letters.lower()
        case _:
            return str(number)


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _to_roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
