"""The style sheet of a Word file comes in; what a paragraph and its letters look like in the end goes out.

ECMA-376 part 1, 17.7.2: the defaults of the document, the style of the table, the style of the paragraph
with all that it is based on, its list, the style of the run, and above all what paragraph and run say
themselves. What two sorts of styles both turn on is off again (17.7.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from generator.inspection.found import Look
from generator.inspection.word.measures import W, read_value
from generator.inspection.word.specs import (
    TOGGLES,
    UNKNOWN_COLOR,
    LetterSpec,
    ParagraphSpec,
    Slot,
    Theme,
    lay_over,
    read_letters,
    read_paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml import etree

    from generator.inspection.word.lists import Lists

Sort = Literal["paragraph", "character", "table"]

DEFAULT_FAMILY = "Times New Roman"
DEFAULT_SIZE_PT = 10.0
"""What Word and LibreOffice take where a file names neither font nor size."""

MOST_BASES = 50
"""A style may be based on a style, and so on; Word allows ten."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A style, as it says of itself."""

    id: str
    sort: str
    base: str
    element: etree._Element
    paragraph: ParagraphSpec
    letters: LetterSpec


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What the style of a table says of the paragraphs in one of its cells."""

    paragraph: ParagraphSpec = field(default_factory=ParagraphSpec)
    letters: LetterSpec = field(default_factory=LetterSpec)


NO_TABLE = TableFormat()


class Stylesheet:
    """The styles of a document, with its theme and its lists."""

    def __init__(self, root: etree._Element | None, theme: Theme, lists: Lists) -> None:
        self.theme = theme
        self.lists = lists
        self._styles: dict[str, _Style] = {}
        self._default_ids: dict[str, str] = {}
        self._paragraphs: dict[tuple[str, bool], ParagraphSpec] = {}
        self._letters: dict[tuple[str, str], LetterSpec] = {}
        self._tables: dict[tuple[str, tuple[str, ...]], TableFormat] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults")
        self._paragraph_defaults = read_paragraph(_find(defaults, "pPrDefault", "pPr"))
        self._letter_defaults = read_letters(_find(defaults, "rPrDefault", "rPr"), theme)
        for element in () if root is None else root.iterchildren(f"{W}style"):
            self._add(element)

    def _add(self, element: etree._Element) -> None:
        identity, sort = element.get(f"{W}styleId", ""), element.get(f"{W}type", "paragraph")
        self._styles[identity] = _Style(
            identity,
            sort,
            read_value(element, "basedOn") or "",
            element,
            read_paragraph(element.find(f"{W}pPr")),
            read_letters(element.find(f"{W}rPr"), self.theme),
        )
        if element.get(f"{W}default") in ("1", "true", "on"):
            self._default_ids[sort] = identity

    def find_style(self, identity: str, sort: Sort) -> str:
        """Return *identity* if it is a style of that sort, else the document's default of that sort."""
        style = self._styles.get(identity)
        return identity if style is not None and style.sort == sort else self._default_ids.get(sort, "")

    def iter_chain(self, identity: str, sort: Sort) -> Iterator[etree._Element]:
        """Yield the elements of a style and of those that it is based on, itself last."""
        return (style.element for style in self._chain(identity, sort))

    def _chain(self, identity: str, sort: Sort) -> Sequence[_Style]:
        chain: list[_Style] = []
        seen: set[str] = set()
        style = self._styles.get(identity)
        while style is not None and style.sort == sort and style.id not in seen and len(chain) < MOST_BASES:
            seen.add(style.id)
            chain.append(style)
            style = self._styles.get(style.base)
        return chain[::-1]

    # --- paragraphs -----------------------------------------------------------------------------------

    def resolve_paragraph(self, direct: ParagraphSpec, table: TableFormat = NO_TABLE) -> ParagraphSpec:
        """Return all that holds of a paragraph that says *direct* itself; its style's id is in it."""
        style = self.find_style(direct.get("style", ""), "paragraph")
        is_listed = direct.get("list_number") != 0
        resolved = lay_over(self._paragraph_defaults, table.paragraph)
        resolved = lay_over(resolved, self._style_paragraph(style, is_listed=is_listed))
        if "list_number" in direct or "list_level" in direct:
            number = direct.get("list_number", resolved.get("list_number", 0))
            resolved = lay_over(resolved, self._list_indents(number, direct.get("list_level", 0)))
        resolved = lay_over(resolved, direct)
        resolved["style"] = style
        return resolved

    def _style_paragraph(self, identity: str, *, is_listed: bool) -> ParagraphSpec:
        """Return what a style and its bases say; where one of them names a list, its indents lie below it."""
        known = self._paragraphs.get((identity, is_listed))
        if known is not None:
            return known
        spec: ParagraphSpec = {}
        for style in self._chain(identity, "paragraph"):
            own = style.paragraph
            if "list_number" in own and is_listed:
                level = self.lists.find_level_of_style(own["list_number"], style.id)
                own = {**own, "list_level": own.get("list_level", 0) if level is None else level}
                spec = lay_over(spec, self._list_indents(own["list_number"], own["list_level"]))
            spec = lay_over(spec, own)
        self._paragraphs[identity, is_listed] = spec
        return spec

    def _list_indents(self, number: int, level: int) -> ParagraphSpec:
        found = self.lists.find_level(number, level)
        return {} if found is None else found.paragraph

    # --- letters --------------------------------------------------------------------------------------

    def resolve_letters(
        self, paragraph_style: str, direct: LetterSpec, table: TableFormat = NO_TABLE
    ) -> LetterSpec:
        """Return all that holds of letters that say *direct* themselves in a paragraph of that style."""
        run_style = self.find_style(direct.get("style", ""), "character")
        of_paragraph = self._style_letters(paragraph_style, "paragraph")
        of_run = self._style_letters(run_style, "character")
        resolved: LetterSpec = {
            **self._letter_defaults,
            **table.letters,
            **of_paragraph,
            **of_run,
            **direct,
        }
        for toggle in TOGGLES:
            if toggle in direct:
                continue
            is_odd = table.letters.get(toggle, False) ^ of_paragraph.get(toggle, False)
            is_odd ^= of_run.get(toggle, False)
            resolved[toggle] = self._letter_defaults.get(toggle, False) or is_odd
        return resolved

    def _style_letters(self, identity: str, sort: Sort) -> LetterSpec:
        """Return what a style and its bases say; the nearest one decides."""
        known = self._letters.get((identity, sort))
        if known is None:
            known = {}
            for style in self._chain(identity, sort):
                known = {**known, **style.letters}
            self._letters[identity, sort] = known
        return known

    # --- tables ---------------------------------------------------------------------------------------

    def resolve_table(self, identity: str, parts: tuple[str, ...]) -> TableFormat:
        """Return what a table style says of a cell that is in *parts* of its table, such as ``firstRow``."""
        known = self._tables.get((identity, parts))
        if known is None:
            known = self._tables[identity, parts] = self._read_table(identity, parts)
        return known

    def _read_table(self, identity: str, parts: tuple[str, ...]) -> TableFormat:
        chain = self._chain(identity, "table")
        paragraph: ParagraphSpec = {}
        letters: LetterSpec = {}
        for style in chain:
            paragraph, letters = lay_over(paragraph, style.paragraph), {**letters, **style.letters}
        for part in ("wholeTable", *parts):
            for style in chain:
                for element in style.element.iterchildren(f"{W}tblStylePr"):
                    if element.get(f"{W}type") == part:
                        paragraph = lay_over(paragraph, read_paragraph(element.find(f"{W}pPr")))
                        letters = {**letters, **read_letters(element.find(f"{W}rPr"), self.theme)}
        return TableFormat(paragraph, letters)


def _find(parent: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        parent = None if parent is None else parent.find(W + name)
    return parent


# --- looks --------------------------------------------------------------------------------------------


def make_look(spec: LetterSpec, family: str) -> Look:
    """Return the look of letters of which *spec* holds, in the font *family*."""
    color = spec.get("color", "000000")
    return Look(
        family=family,
        size_pt=spec.get("size_pt", DEFAULT_SIZE_PT),
        bold=spec.get("bold", False),
        italic=spec.get("italic", False),
        capitals=spec.get("capitals", False) or spec.get("small_capitals", False),
        underline=spec.get("underline", False),
        color=None if color == UNKNOWN_COLOR else color,
    )


def split_by_font(text: str, spec: LetterSpec) -> Iterator[tuple[str, str]]:
    """Yield the letters of *text* that one of the run's four fonts sets, and that font (17.3.2.26)."""
    if spec.get("is_complex"):
        yield text, _font_of(spec, "complex")
        return
    first = _font_of(spec, "ascii")
    if text.isascii() or (first == _font_of(spec, "h_ansi") and _LATIN.fullmatch(text)):
        yield text, first
        return
    start, font = 0, ""
    prefers = spec.get("prefers_east_asia", False)
    for place, letter in enumerate(text):
        other = font if font and letter in " \t\n" else _font_of(spec, _slot_of(letter, prefers))
        if other != font and font:
            yield text[start:place], font
            start = place
        font = other
    yield text[start:], font


def _font_of(spec: Mapping[str, object], slot: Slot) -> str:
    return str(spec.get(slot, DEFAULT_FAMILY))


_LATIN = re.compile("[\0-\u058f\u1e00-\u200f]*")
"""What the first two fonts set."""

_EAST_ASIAN = (
    (0x1100, 0x11FF),
    (0x2E80, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_COMPLEX = ((0x0590, 0x07BF), (0x0E00, 0x0E7F), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE))
_EITHER = (0x2010, 0x2BFF)
"""Dashes, quotation marks and signs: the hint of the run decides."""


def _slot_of(letter: str, prefers_east_asia: bool) -> Slot:  # noqa: FBT001 - called for each letter
    """Return which font sets *letter*; Vietnamese letters beyond ASCII are of the second."""
    code = ord(letter)
    if code < 0x80:
        return "ascii"
    if code < 0x0590 or 0x1E00 <= code < 0x2010:
        return "h_ansi"
    if any(low <= code <= high for low, high in _EAST_ASIAN):
        return "east_asia"
    if any(low <= code <= high for low, high in _COMPLEX):
        return "complex"
    return "east_asia" if prefers_east_asia and _EITHER[0] <= code <= _EITHER[1] else "h_ansi"
