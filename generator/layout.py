"""Lengths that depend on the width of words: balanced lines, rules, dotted blanks, columns, sizes of tables.

Both writers ask here, so that a rule or a blank is as long in Word as it is in the PDF. Everything is
measured with the project's own typeface (`generator.typeface`), in millimetres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from generator.tree import (
    Addressees,
    Blank,
    Extent,
    Inlines,
    LineBreak,
    Run,
    Text,
    addressee_lines,
    iter_runs,
)
from generator.typeface import POINT_MM, face_of, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.style import FigureStyle, Style, TextStyle
    from generator.tree import Picture, Table

DOT = "."
"""What a dotted line is made of."""

DOTS = {Extent.NUMBER: 6, Extent.YEAR: 10, Extent.NAME: 40}
"""Dots of a blank whose length is fixed."""

LEAST_LINE_DOTS = 24
"""A blank for the rest of a line has at least this many dots; if they do not fit, it takes a new line."""

MOST_BREAKINGS = 5000
"""How many ways of breaking a long name are tried before it is left to the writers."""

EVEN_WITHIN_MM = 0.5
"""How near to the best the longest of even lines is."""

LEAST_GAP_PT = 1.0
"""Height of an empty line that stands there only because Word needs one."""

TWIP_MM = 25.4 / 1440
"""Word measures in twentieths of a point."""


def run_width_mm(run: Run, look: TextStyle) -> float:
    """Return the width of a run of words in a line of *look*; a line break has none."""
    if not isinstance(run.piece, Text):
        return 0.0
    return _width(run.piece.text, look, bold=run.bold, italic=run.italic)


def _width(text: str, look: TextStyle, *, bold: bool = False, italic: bool = False) -> float:
    face = face_of(bold=bold or look.bold, italic=italic or look.italic)
    return text_width_mm(text, look.size_pt, face)


def dot_width_mm(look: TextStyle) -> float:
    """Return the width of one dot of a blank."""
    return _width(DOT, look)


# --- balanced lines -----------------------------------------------------------------------------------


def balance_lines(content: Inlines, look: TextStyle, width_mm: float) -> Inlines:
    """Break a centred line that is too long into the fewest lines, of even length.

    A break after a comma, a semicolon or a dash is preferred. Content that is more than plain words, or
    that fits, or that holds its own line breaks, is returned as it is.
    """
    if len(content) != 1 or not isinstance(content[0], Text):
        return content
    words = content[0].text.split()
    count = len(_wrap_words(words, look, width_mm))
    if count <= 1:
        return content
    lines = _most_even(words, count, look, width_mm)
    return _with_breaks(lines) if lines else content


def _wrap_words(words: Sequence[str], look: TextStyle, width_mm: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, look) <= width_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _most_even(words: Sequence[str], count: int, look: TextStyle, width_mm: float) -> list[str]:
    best: list[str] = []
    best_cost = float("inf")
    for tried, cuts in enumerate(combinations(range(1, len(words)), count - 1)):
        if tried >= MOST_BREAKINGS:
            return []
        edges = (0, *cuts, len(words))
        lines = [" ".join(words[a:b]) for a, b in pairwise(edges)]
        longest = max(_width(line, look) for line in lines)
        natural = all(line.endswith((",", ";", "-", "–")) for line in lines[:-1])
        cost = longest * (0.8 if natural else 1.0)
        if longest <= width_mm and cost < best_cost:
            best, best_cost = lines, cost
    return best


def even_lines(content: Inlines, look: TextStyle, width_mm: float) -> Inlines:
    """Break a text of any length into the fewest lines, the longest of them as short as can be.

    In contrast to `balance_lines` it takes no time to speak of, and asks nothing of where the breaks are.
    """
    if len(content) != 1 or not isinstance(content[0], Text):
        return content
    words = content[0].text.split(" ")
    lines = _wrap_words(words, look, width_mm)
    narrow, wide = width_mm / (len(lines) + 1), width_mm
    while len(lines) > 1 and wide - narrow > EVEN_WITHIN_MM:
        middle = (narrow + wide) / 2
        tried = _wrap_words(words, look, middle)
        if len(tried) == len(lines):
            lines, wide = tried, middle
        else:
            narrow = middle
    return _with_breaks(lines) if len(lines) > 1 else content


def _with_breaks(lines: Sequence[str]) -> Inlines:
    broken: list[Text | LineBreak] = [Text(lines[0])]
    for line in lines[1:]:
        broken += [LineBreak(), Text(line)]
    return tuple(broken)


# --- rules --------------------------------------------------------------------------------------------


def longest_line_mm(content: Inlines, look: TextStyle, width_mm: float) -> float:
    """Return the width of the longest line of *content*, at most *width_mm*."""
    lines, widths = _lines_of(content), []
    for runs in lines:
        dots = sum(DOTS.get(run.piece.extent, 0) for run in runs if isinstance(run.piece, Blank))
        widths.append(sum(run_width_mm(run, look) for run in runs) + dots * dot_width_mm(look))
    return min(width_mm, max(widths, default=0.0))


def _lines_of(content: Inlines) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in iter_runs(content):
        if isinstance(run.piece, LineBreak):
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


# --- blanks -------------------------------------------------------------------------------------------


def count_dots(content: Inlines, look: TextStyle, width_mm: float, indent_mm: float = 0.0) -> tuple[int, ...]:
    """Return the number of dots of each blank of a paragraph, in order.

    A blank for the rest of the line ends, with the words that follow it, at the right margin.
    *indent_mm* is the indent of the first line.
    """
    runs = list(iter_runs(content))
    if not any(isinstance(run.piece, Blank) for run in runs):
        return ()
    counts: list[int] = []
    position = indent_mm
    for index, run in enumerate(runs):
        piece = run.piece
        if isinstance(piece, Blank):
            fixed = min(DOTS.get(piece.extent, 0), int(width_mm / dot_width_mm(look)))
            dots = fixed or _dots_to_margin(position, runs[index + 1 :], look, width_mm)
            counts.append(dots)
            position = _advance(position, DOT * dots, look, width_mm, run)
        elif isinstance(piece, Text):
            position = _advance(position, piece.text, look, width_mm, run)
        else:
            position = 0.0
    return tuple(counts)


def _dots_to_margin(position: float, after: Iterable[Run], look: TextStyle, width_mm: float) -> int:
    tail = sum(run_width_mm(run, look) for run in after)
    room = width_mm - tail - 0.5  # half a millimetre for what two layouts may differ by
    for start in (position, 0.0):
        dots = int((room - start) / dot_width_mm(look))
        if dots >= LEAST_LINE_DOTS:
            return dots
    return LEAST_LINE_DOTS


def _advance(position: float, text: str, look: TextStyle, width_mm: float, run: Run) -> float:
    """Return where a line stands after *text* was set into it, words wrapping at *width_mm*."""
    return _set_text(position, text, look, width_mm, run)[1]


def _set_text(position: float, text: str, look: TextStyle, width_mm: float, run: Run) -> tuple[int, float]:
    """Set *text* into a line that stands at *position*; return how many lines began, and where it ends."""
    began = 0
    for index, word in enumerate(text.split(" ")):
        space = _width(" ", look, bold=run.bold, italic=run.italic) if index else 0.0
        width = _width(word, look, bold=run.bold, italic=run.italic)
        fits = position + space + width <= width_mm
        position = position + space + width if fits else width
        began += not fits
    return began, position


# --- lines --------------------------------------------------------------------------------------------


def count_lines(content: Inlines, look: TextStyle, width_mm: float) -> int:
    """Return how many lines a paragraph of *look* takes, its blanks as long as `count_dots` makes them."""
    if not content:
        return 0
    dots = iter(count_dots(content, look, width_mm, look.indent_first_mm))
    count, position = 0, look.indent_first_mm
    for runs in _lines_of(content):
        count += 1
        for run in runs:
            text = run.piece.text if isinstance(run.piece, Text) else DOT * next(dots)
            began, position = _set_text(position, text, look, width_mm, run)
            count += began
        position = 0.0
    return count


def longest_word_mm(content: Inlines, look: TextStyle) -> float:
    """Return the width of the longest word of *content*, which no line can be narrower than."""
    runs = [run for run in iter_runs(content) if isinstance(run.piece, Text)]
    words = [(word, run) for run in runs if isinstance(run.piece, Text) for word in run.piece.text.split()]
    return max((_width(word, look, bold=run.bold, italic=run.italic) for word, run in words), default=0.0)


# --- pictures -----------------------------------------------------------------------------------------

LEAST_DPI = 100
"""A small picture is not printed larger than its dots allow."""


def figure_size_mm(picture: Picture, look: FigureStyle) -> tuple[float, float]:
    """Return the width and height of *picture* on paper: as large as there is room, in whole twips."""
    natural_mm = picture.width_px / LEAST_DPI * 25.4
    per_width = picture.height_px / picture.width_px
    width_mm = min(look.most_width_mm, natural_mm, look.most_height_mm / per_width)
    return round(width_mm / TWIP_MM) * TWIP_MM, round(width_mm * per_width / TWIP_MM) * TWIP_MM


BESIDE_DRAWING_MM = 35.0
"""Room on a drawing's page for the heading above it and the caption below."""


def drawing_height_mm(style: Style) -> float:
    """Return how high a drawing may be."""
    return style.page.text_height_pt * POINT_MM - BESIDE_DRAWING_MM


# --- columns ------------------------------------------------------------------------------------------


def split_width(shares: Sequence[float], width_mm: float) -> tuple[float, ...]:
    """Divide *width_mm* by *shares* into columns of whole twips, the last one taking the rest."""
    total = round(width_mm / TWIP_MM)
    widths = [int(total * share / sum(shares)) for share in shares[:-1]]
    return tuple(twips * TWIP_MM for twips in (*widths, total - sum(widths)))


# --- tables -------------------------------------------------------------------------------------------

COLUMN_SLACK_MM = 0.1
"""What is left free beside the longest word of a column: two layouts may differ by so much."""

_MAY_BREAK = re.compile(r"[ \n]|(?<=[^\W\d]-)(?=[^\W\d])")
"""Where a line of a cell may end: at spaces, and after a hyphen between letters; never within a figure."""


@dataclass(frozen=True, slots=True)
class TableSetting:
    """A table as it is set."""

    widths_mm: tuple[float, ...]
    """Of its columns, in whole twips."""
    style: Style
    """The style with the look of this table's cells."""
    size_pt: float
    is_dense: bool
    """Whether its letters are smaller than usual."""


def set_table(table: Table, style: Style) -> TableSetting:
    """Return *table* in the largest of the permitted sizes at which no word is broken in its column.

    The columns are those of their shares; only where that fails at every size, those whose words are too long
    take as much as these need, at the largest size at which there is room for all of them.
    """
    shares, width_mm = [column.share for column in table.columns], style.page.text_width_mm
    by_share = split_width(shares, width_mm)
    tried: list[tuple[TableSetting, tuple[float, ...]]] = []
    for setting in _iter_settings(style, by_share):
        needed = needed_widths_mm(table, setting)
        if all(need <= width for need, width in zip(needed, by_share, strict=True)):
            return setting
        tried.append((setting, needed))
    for setting, needed in tried:
        if sum(needed) <= width_mm:
            return replace(setting, widths_mm=_widen(shares, needed, width_mm))
    smallest, needed = tried[-1]
    return replace(smallest, widths_mm=split_width(needed, width_mm))


def _iter_settings(style: Style, widths_mm: tuple[float, ...]) -> Iterable[TableSetting]:
    cell, header = style.texts["table_cell"], style.texts["table_header"]
    for look in cell.sizes:
        is_dense = look is not cell
        dense = {"table_cell": look, "table_header": header.at_size(min(header.size_pt, look.size_pt))}
        table = replace(style.table, padding_x_mm=style.table.dense_padding_x_mm)
        own = replace(style, texts={**style.texts, **dense}, table=table) if is_dense else style
        yield TableSetting(widths_mm, own, look.size_pt, is_dense)


def needed_widths_mm(table: Table, setting: TableSetting) -> tuple[float, ...]:
    """Return how wide each column of *table* must be for its longest word, with its padding."""
    texts, around_mm = setting.style.texts, 2 * setting.style.table.padding_x_mm + COLUMN_SLACK_MM
    looks = [*(texts["table_header"] for _ in table.header), *(texts["table_cell"] for _ in table.rows)]
    rows = list(zip((*table.header, *table.rows), looks, strict=True))
    return tuple(
        around_mm + max((widest_piece_mm(row[column], look) for row, look in rows), default=0.0)
        for column in range(len(table.columns))
    )


def widest_piece_mm(content: Inlines, look: TextStyle) -> float:
    """Return the width of the longest piece of *content* within which no line ends, over bounds of bold."""
    widest = current = 0.0
    for run in iter_runs(content):
        pieces = _MAY_BREAK.split(run.piece.text) if isinstance(run.piece, Text) else ["", ""]
        for index, piece in enumerate(pieces):
            current = (0.0 if index else current) + _width(piece, look, bold=run.bold, italic=run.italic)
            widest = max(widest, current)
    return widest


def _widen(shares: Sequence[int], needed: Sequence[float], width_mm: float) -> tuple[float, ...]:
    """Divide *width_mm* by *shares*, but give each column at least what it needs; there is room for that."""
    fixed: set[int] = set()
    while True:
        rest_mm = width_mm - sum(needed[index] for index in fixed)
        free = sum(share for index, share in enumerate(shares) if index not in fixed)
        widths = [
            needed[index] if index in fixed else rest_mm * share / free for index, share in enumerate(shares)
        ]
        narrow = {i for i, (width, need) in enumerate(zip(widths, needed, strict=True)) if width < need}
        if narrow <= fixed:
            return split_width(widths, width_mm)
        fixed |= narrow


# --- addressees ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddresseeSetting:
    """The lines of addressees as a block that is centred as a whole."""

    lines: tuple[Inlines, ...]
    indents_mm: tuple[float, ...]
    """Where each line begins, from the left margin."""
    hangs_mm: tuple[float, ...]
    """How much farther right the line goes on, where it is too long for one."""


def set_addressees(block: Addressees, style: Style) -> AddresseeSetting:
    """Return the lines of *block*: the marks of several addressees stand below the label's colon."""
    look, width_mm = style.texts["addressee"], style.page.text_width_mm
    lines = addressee_lines(block)
    label_mm = longest_line_mm(block.label, look, width_mm)
    hang_mm = _width(f"{block.mark} ", look)
    below_mm = max(0.0, label_mm - _width(":", look))
    offsets = [0.0, *(below_mm for _ in lines[1:])]
    hangs = [label_mm + _width(" ", look) if len(lines) == 1 else 0.0, *(hang_mm for _ in lines[1:])]
    wide_mm = max(
        offset + longest_line_mm(line, look, width_mm) for offset, line in zip(offsets, lines, strict=True)
    )
    left_mm = max(0.0, (width_mm - wide_mm) / 2)
    return AddresseeSetting(lines, tuple(left_mm + offset for offset in offsets), tuple(hangs))
