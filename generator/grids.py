"""Arrange places to sign: a grid, its neighbours and a style come in; rows, columns and heights go out.

Both writers ask here, so that the same places stand side by side in Word and in the PDF, and both know alike
whether the grid stays on one page. Heights are exact, as all line pitches are (decision 0008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.layout import balance_lines, count_lines, longest_word_mm, split_width
from generator.tree import Heading, ItemList, Para, Recipients, heading_line, item_line
from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.style import Style
    from generator.tree import Block, Inlines, Signature, SignatureGrid

MOST_POST_LINES = 2
"""How many lines a post may take, before fewer columns are chosen."""

PLACES_WITH_RECIPIENTS = 2
"""Recipients to the left, the one who signs to the right."""

SLACK_PT = 3.0
"""What is left free of a page that is said to hold a grid: two layouts may differ by so much."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to sign, measured."""

    cell: Signature
    head_pt: float
    """Height of unit, office and posts."""
    height_pt: float
    """Height of all of it, in a row of its own."""
    is_readable: bool
    """Whether its words fit: no name is broken, no unit takes too many lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """Places side by side, centred where there are fewer than columns."""

    places: tuple[Place, ...]

    @property
    def head_pt(self) -> float:
        """Height of the tallest head: below it all rooms and names stand level."""
        return max(place.head_pt for place in self.places)

    @property
    def height_pt(self) -> float:
        """Height of the row."""
        return max(self.head_pt - place.head_pt + place.height_pt for place in self.places)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A signature grid as it is set."""

    columns: int
    rows: tuple[Row, ...]
    text_mm: float
    """Width of the words of one place."""
    is_whole: bool
    """Whether all rows, and what is bound to them, stand on one page."""

    def is_kept_with_next(self, index: int) -> bool:
        """Tell whether a row stands on the page of the row after it; the last one never has its own page."""
        return self.is_whole or index == len(self.rows) - 2


def half_columns_mm(columns: int, style: Style) -> tuple[float, ...]:
    """Return the widths of the halves of *columns*: a row that is not full is centred by halves."""
    return split_width([1] * (2 * columns), style.page.text_width_mm)


def arrange_grid(
    grid: SignatureGrid, before: Sequence[Block], after: Block | None, style: Style
) -> Arrangement:
    """Return *grid* arranged in as many columns as suit it.

    Of the grid's numbers of columns the one is taken in which all words fit, then the one with the fewest
    pages, then the smallest. *before* are the blocks above it, of which those that are bound to it go to its
    page, *after* is the one below it.
    """
    tried = [_arrange(grid, columns, before, after, style) for columns in grid.columns]
    return min(tried, key=lambda one: _rate(one, grid, before, after, style))


def _rate(
    one: Arrangement, grid: SignatureGrid, before: Sequence[Block], after: Block | None, style: Style
) -> tuple[int, int, int]:
    unreadable = sum(not place.is_readable for row in one.rows for place in row.places)
    return unreadable, _count_pages(one, grid, before, after, style), one.columns


def _arrange(
    grid: SignatureGrid, columns: int, before: Sequence[Block], after: Block | None, style: Style
) -> Arrangement:
    if grid.beside:
        columns = PLACES_WITH_RECIPIENTS
    text_mm = style.page.text_width_mm / columns - style.grid.gutter_mm
    rows = tuple(
        Row(tuple(_measure(cell, text_mm, style) for cell in cells))
        for cells in split_rows(grid.cells, columns)
    )
    rest_pt = bound_above_pt(before, style) + caption_pt(grid, style) + bound_below_pt(after, style)
    rows_pt = max(sum(row.height_pt for row in rows), beside_pt(grid, text_mm, style))
    fits = rest_pt + rows_pt <= style.page.text_height_pt - SLACK_PT
    return Arrangement(columns, rows, text_mm, grid.stays_whole and fits)


def split_rows(cells: Sequence[Signature], columns: int) -> list[list[Signature]]:
    """Return *cells* row by row: a row ends when it is full, or before a cell that begins one."""
    rows: list[list[Signature]] = []
    for cell in cells:
        if not rows or cell.starts_row or len(rows[-1]) == columns:
            rows.append([])
        rows[-1].append(cell)
    return rows


def _count_pages(
    one: Arrangement, grid: SignatureGrid, before: Sequence[Block], after: Block | None, style: Style
) -> int:
    """Return how many pages the rows take, filled one after the other from a page's head."""
    if one.is_whole:
        return 1
    heading_pt = caption_pt(grid, style)
    pages, used_pt = 1, bound_above_pt(before, style) + heading_pt
    heights = [row.height_pt for row in one.rows]
    heights[-1] += bound_below_pt(after, style)
    heights[-2:] = [sum(heights[-2:])]  # the last row is never alone on a page
    for height_pt in heights:
        if used_pt + height_pt > style.page.text_height_pt:
            pages, used_pt = pages + 1, heading_pt
        used_pt += height_pt
    return pages


# --- heights ------------------------------------------------------------------------------------------


def _measure(cell: Signature, text_mm: float, style: Style) -> Place:
    unit = _count_balanced(cell.unit, "signature_unit", text_mm, style)
    office = _count_balanced(cell.office, "signature_office", text_mm, style)
    posts = [_count_balanced(post, "signature_post", text_mm, style) for post in cell.posts]
    note = _count_balanced(cell.note, "signature_note", text_mm, style)
    name = _count_balanced(cell.name, "signature_name", text_mm, style)
    head_pt = (
        unit * style.texts["signature_unit"].line_pitch_pt
        + office * style.texts["signature_office"].line_pitch_pt
        + sum(posts) * style.texts["signature_post"].line_pitch_pt
    )
    look = style.texts["signature_name"]
    room_pt = max(style.grid.room_mm / POINT_MM, note * style.texts["signature_note"].line_pitch_pt + 1)
    name_pt = name * look.line_pitch_pt + look.space_after_pt if name else 0
    fits = max(posts, default=0) <= MOST_POST_LINES and unit <= style.grid.most_lines and name <= 1
    lines = {"signature_unit": cell.unit, "signature_name": cell.name}
    wide = any(longest_word_mm(line, style.texts[name]) > text_mm for name, line in lines.items())
    wide = wide or any(longest_word_mm(post, style.texts["signature_post"]) > text_mm for post in cell.posts)
    return Place(cell, head_pt, head_pt + room_pt + name_pt, fits and not wide)


def _count_balanced(content: Inlines, component: str, width_mm: float, style: Style) -> int:
    look = style.texts[component]
    return count_lines(balance_lines(content, look, width_mm), look, width_mm) if content else 0


def caption_pt(grid: SignatureGrid, style: Style) -> float:
    """Return the height of the line above the places to sign, with the space below it."""
    look = style.texts["signature_caption"]
    lines = _count_balanced(grid.caption, "signature_caption", style.page.text_width_mm, style)
    return lines * look.line_pitch_pt + look.space_after_pt if lines else 0


def beside_pt(grid: SignatureGrid, width_mm: float, style: Style) -> float:
    """Return the height of the recipients beside the one who signs; 0 where there are none."""
    if grid.beside is None:
        return 0
    label, item = style.texts["recipients_label"], style.texts["recipients_item"]
    lines = sum(count_lines(line, item, width_mm) for line in grid.beside.items)
    return count_lines(grid.beside.label, label, width_mm) * label.line_pitch_pt + lines * item.line_pitch_pt


def bound_below_pt(after: Block | None, style: Style) -> float:
    """Return the height of what must stand on the page of the grid's last row: the list of recipients."""
    if not isinstance(after, Recipients):
        return style.grid.gap_after_pt
    label, item = style.texts["recipients_label"], style.texts["recipients_item"]
    lines = _count_all(after.items, "recipients_item", style)
    label_pt = _count_all([after.label], "recipients_label", style) * label.line_pitch_pt
    return style.grid.gap_after_pt + label_pt + lines * item.line_pitch_pt


def bound_above_pt(before: Sequence[Block], style: Style) -> float:
    """Return the height of what must stand on the page of the grid's first row, with the gap between."""
    gap_pt = style.grid.gap_before_pt
    for index, block in enumerate(reversed(before)):
        height_pt, is_bound = _bound_height(block, style, is_last=index == 0)
        if not is_bound:
            return gap_pt
        gap_pt += height_pt
        if isinstance(block, ItemList):
            return gap_pt
    return gap_pt


def _bound_height(block: Block, style: Style, *, is_last: bool) -> tuple[float, bool]:
    match block:
        case Para():
            look = style.texts[block.role]
            lines = _count_all([block.content], block.role, style)
            return lines * look.line_pitch_pt + look.space_after_pt, is_last or block.keep_with_next
        case ItemList():
            look = style.texts["body"]
            lines = _count_all([item_line(block.mark, block.items[-1])], "body", style)
            return lines * look.line_pitch_pt + look.space_after_pt, is_last
        case Heading():
            component = f"heading_{block.form}"
            look = style.texts[component]
            return _count_all([heading_line(block)], component, style) * look.line_pitch_pt, True
        case _:
            return 0, False


def _count_all(lines: Iterable[Inlines], component: str, style: Style) -> int:
    look = style.texts[component]
    return sum(count_lines(line, look, style.page.text_width_mm) for line in lines)
