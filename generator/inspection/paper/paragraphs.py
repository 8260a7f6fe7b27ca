"""Put lines together into paragraphs, and measure how those are set.

Flows of lines come in, `Paragraph`s go out. A PDF file does not say where a paragraph ends; it is read as
people read it: from short last lines, indented first ones, wider gaps and other looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from generator.inspection.found import Line, Paragraph, Piece, Spacing
from generator.inspection.paper.lines import DESCENT, LIST_MARK, SPACE, TextLine, join_pieces
from generator.inspection.paper.places import INDENT_PT, MM, SAME_MIDDLE_PT, SAME_PT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.inspection.found import Align
    from generator.inspection.paper.ink import Stroke
    from generator.inspection.paper.places import Edges, Flow

SAME_PITCH_PT = 0.9
"""Distances between lines that differ by less are the same."""

WIDEST_PITCH = 1.8
"""In parts of the size; lines that are farther apart are not of one paragraph (1.5 lines are 1.73)."""

PADDING_PT = 5.4
"""Room that Word leaves at each side of a cell."""

JUSTIFIED_PT = 0.9
"""How near to the right edge the lines of a justified paragraph end."""

RAGGED_PT = 2.0
"""Lines that end so far before the right edge were not justified."""

LEAST_SPACES = 3
"""A line of fewer words does not tell whether it was justified."""

RULE_NEAR_PT = 20.0
"""How far below a base line a rule may be drawn that belongs to the line."""

_ENDS = re.compile(r"[.;:!?…]”?$")
_DOTS = re.compile(r"^[.…\s]+$")
_POWERS = re.compile(r"^(?:TM|Q|KT|TL|TUQ)\.")
"""What begins a line of its own above a signature."""


@dataclass(slots=True)
class Draft:
    """Lines that belong together."""

    lines: list[TextLine]
    flow: Flow
    page: int
    """From 0."""
    edges: Edges
    breaks: list[int] = field(default_factory=list)
    """Numbers of the lines with which a new page begins."""
    rule: Stroke | None = None
    is_centred: bool = False

    @property
    def last(self) -> TextLine:
        """Its last line."""
        return self.lines[-1]

    @property
    def pitches(self) -> list[float]:
        """Distances from each line to the next on the same page."""
        pairs = enumerate(pairwise(self.lines), 1)
        return [second.base - first.base for index, (first, second) in pairs if index not in self.breaks]

    @property
    def pitch(self) -> float | None:
        """Distance from one line to the next, if it is the same everywhere."""
        pitches = self.pitches
        if not pitches or max(pitches) - min(pitches) > SAME_PITCH_PT:
            return None
        return median(pitches)


# --- lines into paragraphs ----------------------------------------------------------------------------


def draft_flow(flow: Flow, page: int, edges: Edges) -> list[Draft]:
    """Return the paragraphs of a flow."""
    drafts: list[Draft] = []
    lines = sorted(flow.lines, key=lambda one: (one.base, one.left))
    for line, is_centred in zip(lines, _find_centred(lines, flow, edges), strict=True):
        if drafts and drafts[-1].is_centred == is_centred and _goes_on(drafts[-1], line):
            drafts[-1].lines.append(line)
        else:
            drafts.append(Draft([line], flow, page, edges, is_centred=is_centred))
    return drafts


def join_pages(drafts: Iterable[Draft]) -> list[Draft]:
    """Return paragraphs, those as one of which a page's end cuts a line off the next."""
    joined: list[Draft] = []
    open_one: Draft | None = None
    for draft in drafts:
        before = open_one
        open_one = draft if draft.flow.kind == "full" and not draft.is_centred else None
        if (
            before
            and open_one
            and before.page + len(before.breaks) + 1 == draft.page
            and _turns(before, draft)
        ):
            before.breaks.append(len(before.lines))
            before.lines += draft.lines
            open_one = before
        else:
            joined.append(draft)
    return joined


def _turns(before: Draft, draft: Draft) -> bool:
    """Tell whether *draft* is the rest of *before* on the next page."""
    first, edges = draft.lines[0], draft.edges
    if abs(first.size - before.last.size) > SAME_PT or not edges.is_full(before.last, first):
        return False
    if abs(first.left - edges.left) > INDENT_PT or _looks_differ(before, first):
        return False
    is_indented = before.lines[0].left > edges.left + INDENT_PT
    return is_indented or not _ENDS.search(before.last.text)


def _find_centred(lines: Sequence[TextLine], flow: Flow, edges: Edges) -> list[bool]:
    """Tell of each line whether it is centred.

    A line that is nearly as long as the column is, if the next one is and looks the same.
    """
    centred = [_is_centred(line, flow, edges) for line in lines]
    if flow.kind == "full":
        for index in range(len(lines) - 2, -1, -1):
            line, after = lines[index], lines[index + 1]
            is_long = line.left > edges.left + 1 and abs(line.middle - edges.middle) <= SAME_MIDDLE_PT
            is_alike = line.looks == after.looks and abs(line.size - after.size) <= SAME_PT
            is_near = after.base - line.base <= WIDEST_PITCH * line.size
            if centred[index + 1] and is_long and is_alike and is_near:
                centred[index] = True
    return centred


def _is_centred(line: TextLine, flow: Flow, edges: Edges) -> bool:
    if flow.kind == "full":
        return edges.has_centred(line)
    return flow.middle is not None and abs(line.middle - flow.middle) <= SAME_MIDDLE_PT


def _goes_on(draft: Draft, line: TextLine) -> bool:
    """Tell whether *line* belongs to the paragraph above it."""
    last = draft.last
    pitch = line.base - last.base
    if abs(line.size - last.size) > SAME_PT or not 0 < pitch <= WIDEST_PITCH * line.size:
        return False
    if draft.pitch is not None and abs(pitch - draft.pitch) > SAME_PITCH_PT:
        return False
    if draft.is_centred:
        return _goes_on_centred(draft, line)
    usual = draft.edges.pitches.get(round(line.size, 1))
    if usual is not None and draft.flow.kind == "full" and pitch > usual + SAME_PITCH_PT:
        return False
    if draft.flow.kind == "full":
        return _goes_on_full(draft, line)
    return _goes_on_column(draft, line)


def _goes_on_centred(draft: Draft, line: TextLine) -> bool:
    """Tell whether a centred line goes on: where all would have fitted above it, it was begun on purpose."""
    if draft.last.looks != line.looks or _POWERS.match(line.text):
        return False
    above, below = draft.last.text, line.text
    if above.isupper() != below.isupper() or _DOTS.match(above) or _DOTS.match(below):
        return False
    if not above.isupper() or above.endswith((",", "-", "–")) or draft.flow.kind == "cell":
        return True
    width, space = _centred_width(draft), SPACE * line.size
    word_fits = draft.last.width + space + line.first_word_right - line.left <= width
    if _POWERS.match(draft.lines[0].text):
        return not word_fits
    whole = sum(one.width + space for one in draft.lines) + line.width
    return whole > len(draft.lines) * width or not word_fits


def _centred_width(draft: Draft) -> float:
    flow, edges = draft.flow, draft.edges
    left, right = (
        (edges.left, edges.right)
        if flow.kind == "full"
        else (flow.left + PADDING_PT, flow.right - PADDING_PT)
    )
    middle = draft.last.middle
    return 2 * min(middle - left, right - middle)


def _goes_on_full(draft: Draft, line: TextLine) -> bool:
    """Tell whether a line goes on that has nothing beside it."""
    edges, first, last = draft.edges, draft.lines[0], draft.last
    if not edges.is_full(last, line):
        return False
    if len(draft.lines) > 1:
        return abs(line.left - last.left) <= 1.5
    step = line.left - first.left
    if step > 1.5:
        return _is_hanging(first, line)
    if step < -1.5:
        return not edges.is_left_known or abs(line.left - edges.left) <= SAME_PT
    return not _looks_differ(draft, line) and _goes_on_below(draft, line)


def _goes_on_below(draft: Draft, line: TextLine) -> bool:
    """Tell whether a line goes on that begins exactly below the first one."""
    edges, first = draft.edges, draft.lines[0]
    is_end = bool(_ENDS.search(draft.last.text))
    if first.left <= edges.left + INDENT_PT and edges.is_left_known:
        return not (is_end and _begins_item(line))
    if edges.is_left_known and edges.begin is not None and abs(line.left - edges.begin) <= 1.5:
        return False
    return not is_end and not _begins_item(line)


def _goes_on_column(draft: Draft, line: TextLine) -> bool:
    """Tell whether a line goes on that is not centred, in a column or in a cell."""
    last, flow = draft.last, draft.flow
    if _looks_differ(draft, line) or _begins_item(line) or _DOTS.match(line.text):
        return False
    right = max(one.right for one in flow.lines)
    right = max(right, flow.right - 14) if flow.kind == "cell" else right
    word = line.first_word_right - line.left
    is_full = last.right + SPACE * line.size + word > right - SAME_PT
    if not is_full or line.left > draft.lines[0].left + 40:
        return False
    ends = sum(abs(one.right - right) <= SAME_PT for one in flow.lines)
    # where no edge is seen, the longest line is full of its own: then the words must go on
    return flow.kind == "cell" or ends > 2 or line.text[0].islower()


def _looks_differ(draft: Draft, line: TextLine) -> bool:
    """Tell whether all above is of one face, and all of *line* of another."""
    above = {look for one in draft.lines for look in one.looks}
    return len(above) == 1 and len(line.looks) == 1 and above != line.looks


def _begins_item(line: TextLine) -> bool:
    return bool(LIST_MARK.match(line.text.split(" ", 1)[0]))


def _is_hanging(first: TextLine, line: TextLine) -> bool:
    """Tell whether *line* begins where the words begin behind the mark of *first*."""
    if not _begins_item(first):
        return False
    mark = first.first_word_right
    words = next(
        (letter.left for letter in first.letters if letter.left > mark + 1 and letter.text.strip()), mark
    )
    return abs(line.left - words) <= 3.0


# --- rules below paragraphs ---------------------------------------------------------------------------


def attach_rules(drafts: Sequence[Draft], strokes: Iterable[Stroke]) -> None:
    """Give each level rule to the paragraph shortly above it, if there is one."""
    outside = [draft for draft in drafts if draft.flow.kind != "cell"]
    for stroke in strokes:
        middle = (stroke.x1 + stroke.x2) / 2
        above = [
            draft
            for draft in outside
            if draft.lines[0].base < stroke.y1
            and min(one.left for one in draft.lines) - 10
            <= middle
            <= max(one.right for one in draft.lines) + 10
        ]
        nearest = max(above, key=lambda draft: draft.last.base, default=None)
        if nearest and 0 <= stroke.y1 - nearest.last.base <= RULE_NEAR_PT and nearest.rule is None:
            nearest.rule = stroke


def _measure_rule(draft: Draft) -> Line | None:
    if draft.rule is None:
        return None
    return Line(
        length_mm=round((draft.rule.x2 - draft.rule.x1) / MM, 2),
        thickness_pt=draft.rule.thickness,
        text_length_mm=round(max(line.width for line in draft.lines) / MM, 2),
    )


# --- paragraphs ---------------------------------------------------------------------------------------


def make_paragraph(
    draft: Draft, index: int, place: tuple[int, int] | None, after_pt: float | None
) -> Paragraph:
    """Return the paragraph of *draft*; *place* is its table and row in the whole file."""
    indents = _measure_indents(draft)
    pitch = draft.pitch
    return Paragraph(
        index=index,
        pieces=_join_lines(draft.lines),
        page=draft.page + 1,
        align=_measure_align(draft),
        indent_first_mm=indents[0],
        indent_left_mm=indents[1],
        space_after_pt=after_pt,
        spacing=None if pitch is None else Spacing("exact", round(pitch, 2)),
        side=draft.flow.side,
        row=place,
        in_ruled_table=draft.flow.kind == "cell",
        rule_below=_measure_rule(draft),
    )


def _join_lines(lines: Sequence[TextLine]) -> tuple[Piece, ...]:
    """Return the words of *lines*; between two a space, but after a hyphen or stroke within a word."""
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            end = pieces[-1].text
            is_within = len(end) > 1 and end[-1] in "-/" and not end[-2].isspace()
            pieces += [] if is_within else [Piece(" ", pieces[-1].look)]
        pieces += line.pieces
    return join_pieces(pieces)


def _measure_align(draft: Draft) -> Align | None:
    """Return how a paragraph is aligned; one line that begins at the left does not tell."""
    if draft.is_centred:
        return "center"
    match draft.flow.kind:
        case "cell":
            return None
        case "column":
            return _align_in_column(draft)
        case "full":
            return _align_full(draft)


def _align_full(draft: Draft) -> Align | None:
    edges, lines = draft.edges, draft.lines
    if len(lines) == 1:
        is_right = edges.is_right_known and abs(lines[0].right - edges.right) <= JUSTIFIED_PT
        return "right" if is_right and lines[0].left > edges.left + 0.3 * edges.width else None
    return _align_lines(draft, edges.right if edges.is_right_known else None)


def _align_in_column(draft: Draft) -> Align | None:
    """Return how a paragraph is aligned among all lines of its column."""
    column = draft.flow.lines
    if len(column) < 2 or draft.flow.middle is not None:
        return None
    lefts, rights = [one.left for one in column], [one.right for one in column]
    is_even_left = max(lefts) - min(lefts) <= SAME_PT
    is_even_right = max(rights) - min(rights) <= SAME_PT
    if len(draft.lines) > 1:
        return _align_lines(draft, None)
    if is_even_left and not is_even_right:
        return "left"
    return "right" if is_even_right and not is_even_left else None


def _align_lines(draft: Draft, right: float | None) -> Align | None:
    """Return how the lines of a paragraph are aligned whose right edge is *right*, or unknown.

    The last line does not tell, nor does one of few words, such as a dotted one.
    """
    ends = [one.right for one in draft.lines[:-1] if one.text.count(" ") >= LEAST_SPACES]
    if not ends or (right is None and len(ends) < 2):
        return None
    edge = max(ends) if right is None else right
    if all(abs(edge - end) <= JUSTIFIED_PT for end in ends):
        return "justify"
    later = [one.left for one in draft.lines[1:]]
    short = sum(edge - end > RAGGED_PT for end in ends)
    is_ragged = short > 1 or (short == len(ends) and right is not None)
    return "left" if is_ragged and max(later) - min(later) <= SAME_PT else None


def _measure_indents(draft: Draft) -> tuple[float | None, float | None]:
    """Return the indents of the first line and of the others, in millimetres; None where nobody can tell."""
    if draft.flow.kind != "full" or draft.is_centred or draft.flow.side:
        return None, None
    first, edges = draft.lines[0], draft.edges
    if len(draft.lines) == 1:
        return (round((first.left - edges.left) / MM, 2) if edges.is_left_known else None), None
    later = median(one.left for one in draft.lines[1:])
    left = round((later - edges.left) / MM, 2) if edges.is_left_known else None
    return round((first.left - later) / MM, 2), left


def measure_space(draft: Draft, after: Draft | None) -> float | None:
    """Return the space between two paragraphs of the same pitch, in points; None where nobody can tell."""
    if after is None or after.page != draft.page + len(draft.breaks):
        return None
    if draft.flow.kind != "full" or after.flow is not draft.flow or draft.rule:
        return None
    pitch, other = draft.pitch, after.pitch
    if pitch is None or other is None or abs(pitch - other) > 0.2 or draft.is_centred or after.is_centred:
        return None
    space = max(0.0, round(after.lines[0].base - draft.last.base - pitch, 1))
    return None if space <= SAME_PITCH_PT and _may_be_one(draft, after) else space


def _may_be_one(draft: Draft, after: Draft) -> bool:
    """Tell whether *after* may be the rest of *draft* behind a line that was ended on purpose."""
    first, line = draft.lines[0], after.lines[0]
    return first.left > line.left + INDENT_PT and not _begins_item(line)


def text_bottom(line: TextLine) -> float:
    """Return where the letters of *line* end, downwards."""
    return line.base + DESCENT * line.size
