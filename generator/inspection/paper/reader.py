"""Read a PDF file of any program for inspection: bytes in, `Found` out.

A PDF file knows letters and rules at their places, and nothing of paragraphs, margins or styles. Those are
read off the places, as people do; what the places do not tell is None.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.inspection.found import Found, PageNumber, Paragraph, Sheet
from generator.inspection.paper.ink import open_ink
from generator.inspection.paper.lines import set_lines, underline
from generator.inspection.paper.paragraphs import (
    Draft,
    attach_rules,
    draft_flow,
    join_pages,
    make_paragraph,
    measure_space,
    text_bottom,
)
from generator.inspection.paper.places import (
    MM,
    Edges,
    Flow,
    Ruled,
    arrange,
    find_tables,
    measure_edges,
    single_lines,
    split_bands,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.inspection.found import Align, Look
    from generator.inspection.paper.ink import InkPage, Stroke
    from generator.inspection.paper.lines import TextLine

MARGIN_PT = 25 * MM
"""A page's number stands nearer to the edge of the paper."""

NEAR_PT = 3 * MM
"""So near to an edge or to the middle of the text a page's number is aligned with it."""

LEAST_LINES = 5
"""Fewer lines do not tell where the margins are."""

WIDEST_BOTTOM_PT = 40 * MM
"""A page that ends higher is not full."""

_NUMBER = re.compile(r"^(?:Trang |[-–—] ?)?(\d{1,4})(?: ?[-–—]|/\d{1,4})?$")

Place = Literal["header", "footer"]


def read_paper(content: bytes) -> Found:
    """Return what a PDF file looks like.

    Raises `InspectionError` when it is none, is damaged, is too large or wants a password.
    """
    with open_ink(content) as ink:
        pages, is_scanned, has_slanted = [], False, False
        for page in ink.iter_pages():
            pages.append(_set_page(page))
            is_scanned = is_scanned or page.is_scanned
            has_slanted = has_slanted or page.has_slanted
        signed, unembedded = ink.is_signed, ink.unembedded_fonts
    numbers = _take_numbers(pages)
    edges = _measure_all_edges(pages)
    drafts = join_pages(draft for page in pages for draft in _draft_page(page, edges.get(page.size)))
    notes = (("scanned-page",) if is_scanned else ()) + (("slanted-text",) if has_slanted else ())
    return Found(
        kind="pdf",
        sheets=tuple(_measure_sheets(pages, edges, drafts)),
        paragraphs=tuple(_make_paragraphs(drafts)),
        page_numbers=tuple(_group_numbers(numbers, pages, edges)),
        page_count=len(pages),
        is_signed=signed,
        unembedded_fonts=unembedded,
        notes=notes,
    )


@dataclass(slots=True)
class _Page:
    """A page whose letters are set into lines."""

    number: int
    """From 0."""
    size: tuple[int, int]
    """Width and height in whole points: pages of one size have the same margins."""
    width: float
    height: float
    lines: list[TextLine]
    rules: list[Stroke]
    """Level rules that belong to no table and underline nothing."""
    tables: list[Ruled]

    @property
    def free_lines(self) -> list[TextLine]:
        """The lines that stand in no ruled table."""
        return [line for line in self.lines if not any(table.holds(line) for table in self.tables)]


def _set_page(page: InkPage) -> _Page:
    lines, strokes = set_lines(page)
    tables = find_tables(strokes)
    grid = {id(one) for table in tables for one in (*table.level, *table.upright)}
    rules = [one for one in strokes if one.is_level and id(one) not in grid]
    used: set[int] = set()
    for index, line in enumerate(lines):
        lines[index], under = underline(line, rules)
        used.update(map(id, under))
    rules = [one for one in rules if id(one) not in used]
    size = (round(page.width), round(page.height))
    return _Page(-1, size, page.width, page.height, lines, rules, tables)


# --- page numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that may be a page's."""

    page: int
    place: Place
    line: TextLine
    value: int


def _take_numbers(pages: Sequence[_Page]) -> list[_Number]:
    """Take the page numbers off *pages* and return them.

    A number is a page's when it is the page's own, or when it rises by one from page to page; then also one
    that stands and looks as these do: the only number of an annex, whose pages are counted anew.
    """
    for index, page in enumerate(pages):
        page.number = index
    found = [number for page in pages for number in _iter_candidates(page)]
    steps = Counter((number.place, number.value - number.page) for number in found)
    sure = [
        number
        for number in found
        if number.value == number.page + 1 or steps[number.place, number.value - number.page] > 1
    ]
    known = {_looks_of(number, pages) for number in sure}
    numbers = [number for number in found if number in sure or _looks_of(number, pages) in known]
    for number in numbers:
        pages[number.page].lines.remove(number.line)
    return numbers


def _looks_of(number: _Number, pages: Sequence[_Page]) -> tuple[Place, int, Look]:
    """Return where *number* stands, in whole points from its edge of the page, and how it looks."""
    base = number.line.base
    from_edge = base if number.place == "header" else pages[number.page].height - base
    return number.place, round(from_edge), next(iter(number.line.pieces)).look


def _iter_candidates(page: _Page) -> Iterator[_Number]:
    """Yield the lone numbers at the upper and at the lower edge of a page."""
    lines = page.free_lines
    if not lines:
        return
    top, bottom = min(lines, key=lambda one: one.base), max(lines, key=lambda one: one.base)
    places: tuple[tuple[Place, TextLine, bool], ...] = (
        ("header", top, top.base <= MARGIN_PT),
        ("footer", bottom, bottom.base >= page.height - MARGIN_PT),
    )
    for place, line, is_near in places:
        match = _NUMBER.match(line.text)
        is_alone = sum(abs(other.base - line.base) < line.size for other in page.lines) == 1
        if match and is_near and is_alone:
            yield _Number(page.number, place, line, int(match[1]))


def _group_numbers(
    numbers: Sequence[_Number], pages: Sequence[_Page], edges: dict[tuple[int, int], Edges]
) -> Iterator[PageNumber]:
    """Yield the page numbers that stand at the same place and look the same as one."""
    groups: dict[tuple[Place, Align | None, object], list[_Number]] = {}
    for number in numbers:
        page = pages[number.page]
        align = _align_number(number.line, page, edges.get(page.size))
        look = next(iter(number.line.pieces)).look
        groups.setdefault((number.place, align, look), []).append(number)
    for (place, align, _), group in groups.items():
        look = group[0].line.pieces[0].look
        yield PageNumber(place, align, look, on_first_page=any(number.page == 0 for number in group))


def _align_number(line: TextLine, page: _Page, edges: Edges | None) -> Align | None:
    middles = [page.width / 2]
    if edges is not None:
        if edges.is_middle_known:
            middles.insert(0, edges.middle)
        if abs(line.right - edges.right) <= NEAR_PT:
            return "right"
        if abs(line.left - edges.left) <= NEAR_PT:
            return "left"
    if any(abs(line.middle - middle) <= NEAR_PT for middle in middles):
        return "center"
    if line.middle > 0.7 * page.width:
        return "right"
    return "left" if line.middle < 0.3 * page.width else None


# --- paragraphs ---------------------------------------------------------------------------------------


def _measure_all_edges(pages: Sequence[_Page]) -> dict[tuple[int, int], Edges]:
    by_size: dict[tuple[int, int], list[list[TextLine]]] = {}
    for page in pages:
        by_size.setdefault(page.size, []).append(single_lines(split_bands(page.free_lines)))
    measured = {size: measure_edges(lines) for size, lines in by_size.items()}
    return {size: edges for size, edges in measured.items() if edges is not None}


def _draft_page(page: _Page, edges: Edges | None) -> Iterator[Draft]:
    if not page.lines:
        return
    edges = edges or _rough_edges(page)
    flows: list[Flow] = arrange(page.lines, page.tables, page.rules, edges)
    drafts = [draft for flow in flows for draft in draft_flow(flow, page.number, edges)]
    attach_rules(drafts, page.rules)
    yield from drafts


def _rough_edges(page: _Page) -> Edges:
    """Return the outermost edges, where nothing stands alone on its line."""
    left, right = min(line.left for line in page.lines), max(line.right for line in page.lines)
    middle = (left + right) / 2
    return Edges(left, right, is_left_known=False, is_right_known=False, indent=None, middle=middle)


def _make_paragraphs(drafts: Sequence[Draft]) -> Iterator[Paragraph]:
    """Yield the paragraphs, the tables and columns numbered through the whole file."""
    places: dict[tuple[int, int], int] = {}
    for index, draft in enumerate(drafts):
        after = drafts[index + 1] if index + 1 < len(drafts) else None
        row = None
        if draft.flow.place is not None:
            place, line = draft.flow.place
            row = (places.setdefault((draft.page, place), len(places)), line)
        yield make_paragraph(draft, index, row, measure_space(draft, after))


# --- sheets -------------------------------------------------------------------------------------------


def _measure_sheets(
    pages: Sequence[_Page], edges: dict[tuple[int, int], Edges], drafts: Sequence[Draft]
) -> Iterator[Sheet]:
    """Yield a sheet for each page, with the margins that the pages of its size have together."""
    margins = {}
    for size in {page.size for page in pages}:
        alike = [page for page in pages if page.size == size]
        margins[size] = _measure_margins(alike, edges.get(size), len(pages))
    justified = {
        pages[draft.page].size
        for draft in drafts
        if draft.flow.kind == "full" and len(draft.lines) > 1 and not draft.is_centred
    }
    for page in pages:
        top, bottom, left, right = margins[page.size]
        is_told = page.size in justified
        yield Sheet(
            width_mm=round(page.width / MM, 2),
            height_mm=round(page.height / MM, 2),
            margin_top_mm=top,
            margin_bottom_mm=bottom,
            margin_left_mm=left if is_told else None,
            margin_right_mm=right if is_told else None,
            is_estimate=True,
        )


def _measure_margins(
    pages: Sequence[_Page], edges: Edges | None, count: int
) -> tuple[float | None, float | None, float | None, float | None]:
    """Return the upper, lower, left and right margin in millimetres; None where nothing tells them.

    The last page of a file ends where its words end, and tells nothing of the lower margin.
    """
    full = [page for page in pages if len(page.lines) >= LEAST_LINES]
    top = min((page.lines[0].top for page in full), default=None)
    ends = [page.height - text_bottom(page.lines[-1]) for page in full if page.number < count - 1]
    bottom = min((end for end in ends if end <= WIDEST_BOTTOM_PT), default=None)
    left = edges.left if edges and edges.is_left_known else None
    right = pages[0].width - edges.right if edges and edges.is_right_known else None
    return _to_mm(top), _to_mm(bottom), _to_mm(left), _to_mm(right)


def _to_mm(length_pt: float | None) -> float | None:
    return None if length_pt is None else round(length_pt / MM, 2)
