"""Paragraphs as they were read come in; the rule that is seen below each, if there is one, goes out.

A rule is a border, a drawn line or a row of underlined blanks: of the paragraph itself, of the empty ones
after it, of its cell, or anchored anywhere near so that it comes to stand below its words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from generator.inspection.found import Line
from generator.inspection.word.measures import TWIP_MM
from generator.inspection.word.styles import DEFAULT_SIZE_PT
from generator.typeface import POINT_MM, face_of, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.inspection.found import Look, Piece, Side
    from generator.inspection.word.body import Box, Raw
    from generator.inspection.word.shapes import DrawnLine
    from generator.inspection.word.specs import ParagraphSpec

MOST_EMPTY = 2
"""A rule belongs to the words above it, with at most so many empty paragraphs between."""

MOST_NEAR = 12
"""Paragraphs before and after a line's anchor below which the line may stand."""

MOST_DISTANCE_MM = 12.0
"""A line that stands farther from the end of all words belongs to none of them."""

SINGLE_LINE = 1.15
"""Height of a single line of Times New Roman, in its size."""

TEXT_BOX_TOP_MM = 1.27
"""Between the upper edge of a text box and its text, as Word sets it."""

_TYPED_RULE = re.compile(r"[_\u2014\u2015\u2500]{4,}")
"""Letters that touch one another and are seen as a line."""


class RuleFinder:
    """Finds rules among the paragraphs of one part."""

    def __init__(
        self,
        flows: Mapping[int, Sequence[Raw]],
        above: Mapping[int, int],
        anchors: Mapping[int, tuple[int, float | None]],
    ) -> None:
        self._flows = flows
        self._below = {upper: lower for lower, upper in above.items()}
        self._above = above
        self._boxes_of: dict[int, list[tuple[int, float]]] = {}
        for flow, (index, top) in anchors.items():
            if top is not None:
                self._boxes_of.setdefault(index, []).append((flow, top))
        self._rows: dict[tuple[int, int], list[int]] = {}
        self._heights: dict[int, tuple[float, float, float]] = {}
        self._drawn: dict[int, list[DrawnLine]] = {}
        for number, paragraphs in flows.items():
            row = paragraphs[0].box.row
            if row is not None:
                self._rows.setdefault(row, []).append(number)
        for paragraphs in flows.values():
            for place, raw in enumerate(paragraphs):
                for line in raw.lines[:MOST_NEAR]:
                    self._place_line(line, paragraphs, place)

    def find_rule(self, flow: Sequence[Raw], place: int) -> Line | None:
        """Return the rule below the paragraph at *place* of its box; None without one or without words."""
        raw = flow[place]
        if raw.is_empty:
            return None
        drawn = self._drawn.get(raw.index)
        if drawn:
            return Line(_clip(drawn[0].length_mm), drawn[0].thickness_pt, longest_line_mm(raw))
        found = self._find_border(flow, place)
        return None if found is None else Line(_clip(found[0]), found[1], longest_line_mm(raw))

    def find_side_rules(self, raw: Raw) -> tuple[tuple[Side, Line], ...]:
        """Return the lines drawn below words that a tab puts side by side, each with its side."""
        sides = _split_at_tab(raw)
        found: dict[Side, Line] = {}
        for drawn in self._drawn.get(raw.index, ()) if sides else ():
            if drawn.left_mm is None:
                continue
            middle = drawn.left_mm + drawn.length_mm / 2
            side: Side = "left" if middle < raw.box.left_mm + raw.box.width_mm / 2 else "right"
            width = sum(width for _, width in _iter_tokens(sides[0 if side == "left" else 1]))
            found.setdefault(side, Line(_clip(drawn.length_mm), drawn.thickness_pt, width))
        return tuple(found.items())

    def _find_border(self, flow: Sequence[Raw], place: int) -> tuple[float, float | None] | None:
        raw = flow[place]
        after = flow[place + 1] if place + 1 < len(flow) else None
        if _has_bottom(raw.spec) and not (after is not None and _is_one_frame(raw, after)):
            return _border_length(raw), raw.spec["bottom_rule"]
        for empties, other in enumerate(self._iter_after(flow, place)):
            if empties > MOST_EMPTY:
                return None
            if found := _rule_of(other):
                return found
            if not other.is_empty:
                return None
        if raw.box.bottom_rule_pt > 0 and all(other.is_empty for other in flow[place + 1 :]):
            return raw.box.width_mm, raw.box.bottom_rule_pt
        return None

    def _iter_after(self, flow: Sequence[Raw], place: int) -> Iterator[Raw]:
        """Yield what follows in the box, then in the cell below it."""
        yield from flow[place + 1 : place + 2 + MOST_EMPTY]
        lower = self._below.get(flow[place].box.flow)
        if lower is not None:
            yield from self._flows.get(lower, ())[: 1 + MOST_EMPTY]

    # --- drawn lines ----------------------------------------------------------------------------------

    def _place_line(self, line: DrawnLine, flow: Sequence[Raw], place: int) -> None:
        """Give a drawn line to the paragraph below whose words it stands."""
        anchor = flow[place]
        if line.top_mm is None or (line.is_from_cell and place > MOST_NEAR):
            owner = self._find_above(flow, place)
        else:
            above = sum(sum(self._measure(raw)) for raw in flow[:place]) if line.is_from_cell else 0.0
            top = line.top_mm - above
            ends = [
                *self._iter_ends(flow, place),
                *self._iter_box_ends(anchor),
                *self._iter_sibling_ends(flow, place),
            ]
            near = [
                (abs(end - top), -number, raw)
                for number, (raw, end) in enumerate(ends)
                if not raw.is_empty and _is_over(raw.box, line)
            ]
            best = min(near, key=lambda each: each[:2], default=None)
            owner = best[2] if best is not None and best[0] <= MOST_DISTANCE_MM else None
        if owner is not None:
            self._drawn.setdefault(owner.index, []).append(line)

    def _find_above(self, flow: Sequence[Raw], place: int) -> Raw | None:
        """Return the nearest words at *place* or above it, in the cell above too."""
        near = list(reversed(flow[max(0, place - MOST_EMPTY) : place + 1]))
        if place < MOST_EMPTY:
            near += reversed(self._flows.get(self._above.get(flow[place].box.flow, -1), ())[-1:])
        return next((raw for raw in near if not raw.is_empty), None)

    def _iter_ends(self, flow: Sequence[Raw], place: int) -> Iterator[tuple[Raw, float]]:
        """Yield paragraphs near *place* and how far below its top their words end, in millimetres."""
        top = -self._measure(flow[place])[0]
        for raw in flow[place : place + MOST_NEAR]:
            before, words, after = self._measure(raw)
            yield raw, top + before + words
            top += before + words + after
        bottom = -self._measure(flow[place])[0]
        earlier = list(flow[max(0, place - MOST_NEAR) : place])
        if not earlier:
            earlier = list(self._flows.get(self._above.get(flow[0].box.flow, -1), ())[-MOST_NEAR:])
        for raw in reversed(earlier):
            before, words, after = self._measure(raw)
            yield raw, bottom - after
            bottom -= before + words + after

    def _iter_box_ends(self, anchor: Raw) -> Iterator[tuple[Raw, float]]:
        """Yield the paragraphs of text boxes that are anchored where the line is."""
        for number, start in self._boxes_of.get(anchor.index, ())[:MOST_NEAR]:
            yield from self._iter_downwards(number, start + TEXT_BOX_TOP_MM)

    def _iter_sibling_ends(self, flow: Sequence[Raw], place: int) -> Iterator[tuple[Raw, float]]:
        """Yield the paragraphs of the other cells of the row in which the line is anchored."""
        box = flow[place].box
        if box.row is None or place > MOST_NEAR:
            return
        top = -sum(sum(self._measure(raw)) for raw in flow[:place])
        for number in self._rows.get(box.row, ())[:MOST_NEAR]:
            if number != box.flow:
                yield from self._iter_downwards(number, top)

    def _iter_downwards(self, number: int, top: float) -> Iterator[tuple[Raw, float]]:
        for raw in self._flows.get(number, ())[:MOST_NEAR]:
            before, words, after = self._measure(raw)
            yield raw, top + before + words
            top += before + words + after

    def _measure(self, raw: Raw) -> tuple[float, float, float]:
        if raw.index not in self._heights:
            self._heights[raw.index] = measure_heights(raw)
        return self._heights[raw.index]


def _is_over(box: Box, line: DrawnLine) -> bool:
    """Tell whether the middle of a line is within the width of a box."""
    if line.left_mm is None:
        return True
    middle = line.left_mm + line.length_mm / 2
    return box.left_mm - 3 <= middle <= box.left_mm + box.width_mm + 3


def _split_at_tab(raw: Raw) -> list[list[Piece]]:
    """Return the pieces left and right of the tab between two groups of words; nothing without just one."""
    sides: list[list[Piece]] = [[]]
    for piece in raw.pieces:
        first, *others = piece.text.split("\t")
        sides[-1].append(replace(piece, text=first))
        sides.extend([replace(piece, text=other)] for other in others)
    with_words = [side for side in sides if "".join(piece.text for piece in side).strip()]
    return with_words if len(with_words) == 2 else []


def _clip(length_mm: float) -> float:
    return max(length_mm, 0.0)


# --- rules of a paragraph -----------------------------------------------------------------------------


def _has_bottom(spec: ParagraphSpec) -> bool:
    return spec.get("bottom_rule", 0.0) > 0 and spec.get("side_rule", 0.0) <= 0


def _is_one_frame(raw: Raw, after: Raw) -> bool:
    """Tell whether two paragraphs have the same borders: Word draws them around both together (17.3.1.24)."""
    keys: tuple[Literal["top_rule", "bottom_rule", "left", "right"], ...] = (
        "top_rule",
        "bottom_rule",
        "left",
        "right",
    )
    return all(raw.spec.get(key, 0.0) == after.spec.get(key, 0.0) for key in keys)


def _rule_of(raw: Raw) -> tuple[float, float | None] | None:
    """Return length and thickness of the rule that an empty paragraph is, or that stands above its words."""
    is_box = raw.spec.get("side_rule", 0.0) > 0
    top, bottom = raw.spec.get("top_rule", 0.0), raw.spec.get("bottom_rule", 0.0)
    if not is_box and top > 0:
        return _border_length(raw), top
    if raw.is_empty:
        if not is_box and bottom > 0:
            return _border_length(raw), bottom
        underlined = "".join(piece.text for piece in raw.pieces if piece.look.underline)
        if underlined.strip("\n"):
            return _blank_length(raw), None
    elif _TYPED_RULE.fullmatch(raw.text.strip()):
        return longest_line_mm(raw), None
    return None


def _border_length(raw: Raw) -> float:
    return raw.box.width_mm - find_indent_mm(raw.spec, raw, "left") - find_indent_mm(raw.spec, raw, "right")


TAB_MM = 12.7


def _blank_length(raw: Raw) -> float:
    """Return the length of underlined blanks; a tab goes to the next of Word's own stops."""
    length = 0.0
    for piece in raw.pieces:
        for letter in piece.text:
            if letter == "\t":
                length = (length // TAB_MM + 1) * TAB_MM
            elif letter != "\n":
                length += text_width_mm("\N{NO-BREAK SPACE}", piece.look.size_pt or DEFAULT_SIZE_PT)
    return min(length, raw.box.width_mm)


# --- measures -----------------------------------------------------------------------------------------


def find_indent_mm(spec: ParagraphSpec, raw: Raw, edge: str) -> float:
    """Return an indent: ``left``, ``right`` or ``first``; one in letters stands above one in twips."""
    size_pt = raw.mark.get("size_pt", DEFAULT_SIZE_PT)
    match edge:
        case "left":
            twips, letters = spec.get("left", 0.0), spec.get("left_letters", 0.0)
        case "right":
            twips, letters = spec.get("right", 0.0), spec.get("right_letters", 0.0)
        case _:
            twips, letters = spec.get("first", 0.0), spec.get("first_letters", 0.0)
    return letters * size_pt * POINT_MM if letters else twips * TWIP_MM


def longest_line_mm(raw: Raw) -> float:
    """Return the width of the longest line of a paragraph, wrapped where its box ends."""
    return max(_iter_line_widths(raw), default=0.0)


def _iter_line_widths(raw: Raw) -> Iterator[float]:
    """Yield the widths of the lines; a word that fits into no line stands alone."""
    room = raw.box.width_mm - find_indent_mm(raw.spec, raw, "left") - find_indent_mm(raw.spec, raw, "right")
    first = find_indent_mm(raw.spec, raw, "first")
    width, gap, is_first = 0.0, 0.0, True
    for word, word_width in _iter_tokens(raw.pieces):
        if word == "\n":
            yield width
            width, gap, is_first = 0.0, 0.0, False
        elif not word.strip():
            gap += word_width
        else:
            limit = room - (first if is_first else 0.0)
            if width and width + gap + word_width > limit + 0.1:
                yield width
                width, gap, is_first = 0.0, 0.0, False
            width += word_width + (gap if width else 0.0)
            gap = 0.0
    yield width


_TOKENS = re.compile(r"\n|[^\S\n\N{NO-BREAK SPACE}]+|(?:\S|\N{NO-BREAK SPACE})+")


def _iter_tokens(pieces: Sequence[Piece]) -> Iterator[tuple[str, float]]:
    """Yield words, blanks and line ends with their widths; a word of several looks is one."""
    word, width = "", 0.0
    for piece in pieces:
        for token in _TOKENS.findall(piece.text):
            if token.strip("\N{NO-BREAK SPACE}").strip() or "\N{NO-BREAK SPACE}" in token:
                word, width = word + token, width + _width_of(token, piece.look)
                continue
            if word:
                yield word, width
                word, width = "", 0.0
            yield token, _width_of(token, piece.look)
    if word:
        yield word, width


def _width_of(text: str, look: Look) -> float:
    shown = text.upper() if look.capitals else text.replace("\t", " ")
    face = face_of(bold=bool(look.bold), italic=bool(look.italic))
    return text_width_mm(shown, look.size_pt or DEFAULT_SIZE_PT, face)


def measure_heights(raw: Raw) -> tuple[float, float, float]:
    """Return the space before a paragraph, the height of its lines and the space after it, in millimetres."""
    sizes = [piece.look.size_pt or DEFAULT_SIZE_PT for piece in raw.pieces if piece.text.strip()]
    size_pt = max(sizes, default=raw.mark.get("size_pt", DEFAULT_SIZE_PT))
    line, natural = raw.spec.get("line", 240.0), size_pt * SINGLE_LINE
    match raw.spec.get("line_rule", "auto"):
        case "exact":
            pitch = line / 20
        case "atLeast":
            pitch = max(line / 20, natural)
        case _:
            pitch = natural * line / 240
    lines = sum(1 for _ in _iter_line_widths(raw))
    before, after = raw.spec.get("before", 0.0), raw.spec.get("after", 0.0)
    return before * TWIP_MM, lines * pitch * POINT_MM, after * TWIP_MM
