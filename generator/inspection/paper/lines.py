"""Set the letters of a page into lines: those on one base line without a column's gap between them.

An `InkPage` comes in; `TextLine`s go out, and the drawn rules, whole again where they were drawn in pieces.
Lengths are points, downwards from the left upper corner of the page.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from generator.inspection.found import Piece
from generator.inspection.paper.ink import Letter, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.inspection.paper.ink import InkPage

SAME_BASE_PT = 0.8
"""Letters whose base lines differ by less stand in one line."""

ASCENT, DESCENT = 0.891, 0.216
"""How far letters reach above and below the base line, in parts of their size (Times New Roman)."""

SPACE = 0.25
"""Width of a space, in parts of the size."""

WORD_GAP = 0.14
"""A gap as wide parts two words, in parts of the size, where the file has no space."""

COLUMN_GAP, WIDE_GAP = 0.55, 2.5
"""A gap as wide may part two columns, in parts of the size: the wide one also where spaces fill it."""

WIDER = 1.7
"""How much wider a column's gap is than those between the words of the same line."""

MOST_STROKES = 1000
"""Rules of one page that are put together; a drawing has more."""

LIST_MARK = re.compile(r"^(?:[-–—•+*▪●○]|\(?(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})[.)])$")
"""What stands before an item, with a gap behind it."""

_DRAWN_WITH_LETTERS = re.compile(r"^[_─―—]{3,}$")


@dataclass(frozen=True, slots=True)
class TextLine:
    """Letters on one base line."""

    letters: tuple[Letter, ...]
    """From left to right, without spaces at its ends."""
    left: float
    """Where its first letter begins."""
    right: float
    """Where its last letter ends."""
    base: float
    """Its base line."""
    size: float
    """The size of most of its letters."""

    @classmethod
    def of(cls, letters: Sequence[Letter]) -> TextLine:
        """Return the line that *letters* make."""
        counts = Counter((letter.size, letter.base) for letter in letters if not letter.text.isspace())
        (size, base), _ = counts.most_common(1)[0]
        right = max(letter.right for letter in letters[-3:])
        return cls(tuple(letters), letters[0].left, right, base, size)

    @property
    def width(self) -> float:
        """From its first to its last letter."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        """Upper edge of its letters."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its letters."""
        return self.base + DESCENT * self.size

    @property
    def text(self) -> str:
        """Its words, a space between them."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words by their looks."""
        return join_pieces(_iter_pieces(self.letters))

    @property
    def looks(self) -> set[tuple[bool | None, bool | None]]:
        """The faces of its letters."""
        return {
            (letter.look.bold, letter.look.italic) for letter in self.letters if not letter.text.isspace()
        }

    @property
    def first_word_right(self) -> float:
        """Where its first word ends."""
        last = self.letters[0]
        for letter in self.letters[1:]:
            if letter.text.isspace() or letter.left - last.right > WORD_GAP * letter.size:
                break
            last = letter
        return last.right


def join_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return *pieces* with neighbours of one look as one, in Unicode's composed form (NFC)."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].look == piece.look:
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(replace(piece, text=unicodedata.normalize("NFC", piece.text)) for piece in joined)


def _iter_pieces(letters: Sequence[Letter]) -> Iterator[Piece]:
    before: Letter | None = None
    spaced = False
    for letter in letters:
        if letter.text.isspace():
            spaced = True
            continue
        if before is not None and (spaced or letter.left - before.right > WORD_GAP * letter.size):
            yield Piece(" ", before.look)
        yield Piece(letter.text, letter.look)
        before, spaced = letter, False


# --- lines --------------------------------------------------------------------------------------------


def set_lines(page: InkPage) -> tuple[list[TextLine], list[Stroke]]:
    """Return the lines of a page, from top to bottom and left to right, and its rules.

    Rules that were made of underscores are rules, and no lines.
    """
    strokes = join_strokes(page.strokes)
    uprights = sorted((one for one in strokes if not one.is_level), key=lambda one: one.x1)
    lines = [line for row in _rows(page.letters) for line in _split_row(row, uprights)]
    lines = _lift_small(lines)
    drawn = [line for line in lines if _DRAWN_WITH_LETTERS.match(line.text)]
    strokes += [Stroke(line.left, line.bottom, line.right, line.bottom, None) for line in drawn]
    rest = [line for line in lines if line not in drawn] if drawn else lines
    return sorted(rest, key=lambda line: (line.base, line.left)), strokes


def _rows(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Yield the letters on each base line from left to right."""
    row: list[Letter] = []
    for letter in sorted(letters, key=lambda one: (one.base, one.order)):
        if row and letter.base - row[0].base > SAME_BASE_PT:
            yield sorted(row, key=lambda one: (one.left, one.order))
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda one: (one.left, one.order))


@dataclass(frozen=True, slots=True)
class _Gap:
    """Room between two letters."""

    index: int
    """Of the letter after it."""
    width: float
    spaces: int
    in_order: bool
    """Whether the file has the letter after it directly behind the one before it."""
    is_ruled: bool
    """Whether an upright rule stands in it."""


def _split_row(row: Sequence[Letter], uprights: Sequence[Stroke]) -> Iterator[TextLine]:
    """Yield the lines of a row: it is cut where the gap is that of columns or of cells."""
    gaps = list(_iter_gaps(row, uprights))
    usual = sorted(gap.width for gap in gaps)
    start = 0
    for gap in gaps:
        size = row[gap.index].size
        rest = list(usual)
        rest.remove(gap.width)
        if gap.is_ruled or _parts_columns(gap, size, median(rest) if rest else SPACE * size * 1.5):
            mark = "".join(letter.text for letter in row[start : gap.index]).strip()
            if gap.is_ruled or not LIST_MARK.match(mark):
                yield from _make_line(row[start : gap.index])
                start = gap.index
    yield from _make_line(row[start:])


def _parts_columns(gap: _Gap, size: float, usual: float) -> bool:
    if not gap.in_order and gap.width > 0.4 * size:
        return True
    if gap.width >= WIDE_GAP * size:
        return gap.width > WIDER * usual
    if gap.spaces > 1:
        return False
    return gap.width >= COLUMN_GAP * size and gap.width > WIDER * max(usual, SPACE * size)


def _iter_gaps(row: Sequence[Letter], uprights: Sequence[Stroke]) -> Iterator[_Gap]:
    xs = [one.x1 for one in uprights]
    before: Letter | None = None
    spaces = 0
    for index, letter in enumerate(row):
        if letter.text.isspace():
            spaces += 1
            continue
        if before is not None and letter.left - before.right > WORD_GAP * letter.size:
            height = letter.base - 0.3 * letter.size
            near = uprights[bisect_left(xs, before.right - 0.5) : bisect_right(xs, letter.left + 0.5)]
            ruled = any(one.y1 <= height <= one.y2 for one in near)
            skipped = letter.order - before.order - 1
            # pdfium counts the line ends that it makes up: two letters
            in_order = 0 <= skipped <= spaces + 2
            yield _Gap(index, letter.left - before.right, spaces, in_order, ruled)
        before, spaces = letter, 0


def _make_line(letters: Sequence[Letter]) -> Iterator[TextLine]:
    seen = [index for index, letter in enumerate(letters) if not letter.text.isspace()]
    if seen:
        yield TextLine.of(letters[seen[0] : seen[-1] + 1])


def _lift_small(lines: list[TextLine]) -> list[TextLine]:
    """Put small letters that stand above or below a line, as marks of footnotes do, into that line."""
    small = [line for line in lines if len(line.letters) <= 6]
    if not small or len(small) > MOST_STROKES:
        return lines
    grown: dict[int, TextLine] = {}
    gone: set[int] = set()
    bases = sorted((line.base, index) for index, line in enumerate(lines))
    for index, line in enumerate(lines):
        if len(line.letters) > 6:
            continue
        low = bisect_left(bases, (line.base - line.size, -1))
        high = bisect_right(bases, (line.base + line.size, len(lines)))
        for _, other in bases[low:high]:
            host = grown.get(other, lines[other])
            if other != index and other not in gone and _is_raised(line, host):
                letters = sorted((*host.letters, *line.letters), key=lambda one: (one.left, one.order))
                grown[other] = TextLine.of(letters)
                gone.add(index)
                break
    return [grown.get(index, line) for index, line in enumerate(lines) if index not in gone]


def _is_raised(line: TextLine, host: TextLine) -> bool:
    """Tell whether *line* is a mark beside the letters of *host*."""
    rise = host.base - line.base
    near = host.left - 2 <= line.left <= host.right + 0.3 * host.size
    return line.size <= 0.8 * host.size and SAME_BASE_PT < abs(rise) <= 0.6 * host.size and near


# --- rules --------------------------------------------------------------------------------------------


def join_strokes(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Return rules, those as one that were drawn in pieces or twice, at most `MOST_STROKES` of each way."""
    every = list(strokes)
    level = [one for one in every if one.is_level][:MOST_STROKES]
    upright = [_flip(one) for one in every if not one.is_level][:MOST_STROKES]
    return [*_join_level(level), *map(_flip, _join_level(upright))]


def _flip(one: Stroke) -> Stroke:
    return Stroke(one.y1, one.x1, one.y2, one.x2, one.thickness)


def _join_level(strokes: Iterable[Stroke]) -> list[Stroke]:
    joined: list[Stroke] = []
    for one in sorted(strokes, key=lambda each: (each.y1, each.x1)):
        fitting = (
            index
            for index in range(len(joined) - 1, max(-1, len(joined) - 40), -1)
            if abs(joined[index].y1 - one.y1) <= 0.6
            and joined[index].x1 - 1.5 <= one.x2
            and one.x1 <= joined[index].x2 + 1.5
        )
        index = next(fitting, None)
        if index is None:
            joined.append(one)
        else:
            other = joined[index]
            joined[index] = replace(other, x1=min(other.x1, one.x1), x2=max(other.x2, one.x2))
    return joined


def underline(line: TextLine, strokes: Iterable[Stroke]) -> tuple[TextLine, list[Stroke]]:
    """Return *line* with its underlined letters marked as such, and the rules that underline them."""
    near = [
        one
        for one in strokes
        if one.is_level
        and 0.02 * line.size <= one.y1 - line.base <= 0.24 * line.size
        and one.x1 < line.right
        and line.left < one.x2
    ]
    if not near:
        return line, []
    letters = tuple(
        replace(letter, look=replace(letter.look, underline=True))
        if any(one.x1 - 1 <= letter.left and letter.right <= one.x2 + 1 for one in near)
        else letter
        for letter in line.letters
    )
    return replace(line, letters=letters), near
