"""A paragraph comes in; the lines of it that are components of their own go out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.inspection.judging.forms import (
    DASHED,
    DATE_WORDS,
    LONG_LINE,
    fold,
    has_words,
    is_capitals,
    is_motto,
    is_nation,
    is_person_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.inspection.found import Paragraph, Piece, Side


def divide_paragraph(paragraph: Paragraph) -> list[Paragraph]:
    """Return what tabs and line ends divide in *paragraph*, each with its words and the same number."""
    if paragraph.in_ruled_table:
        return [paragraph]
    divided = [line for part in _divide_at_tabs(paragraph) for line in _divide_at_line_ends(part)]
    return [line for line in divided if has_words(line)]


def _divide_at_tabs(paragraph: Paragraph) -> list[Paragraph]:
    """Return the two sides of a line that tabs put side by side; other tabs divide nothing."""
    sides = [part for part in _split(paragraph.pieces, "\t") if _text(part).strip()]
    if len(sides) != 2 or paragraph.side is not None or not _are_side_by_side(*map(_text, sides)):
        return [paragraph]
    marks: tuple[Side, Side] = ("left", "right")
    return [
        replace(paragraph, pieces=part, side=side, align=None, indent_first_mm=None)
        for part, side in zip(sides, marks, strict=True)
    ]


def _are_side_by_side(left: str, right: str) -> bool:
    """Tell whether two texts in one line are the two sides of a letterhead or of signatures."""
    if is_nation(right) or is_motto(right) or DATE_WORDS.search(fold(right)):
        return len(left) < LONG_LINE
    starts = (
        fold(left).startswith("noi nhan") or DASHED.match(left) or is_capitals(left) or is_person_name(left)
    )
    return bool(starts) and len(right) < LONG_LINE and (is_capitals(right) or is_person_name(right.strip()))


def _divide_at_line_ends(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of *paragraph* where they differ in kind; lines of one long name stay together."""
    lines = [part for part in _split(paragraph.pieces, "\n") if _text(part).strip()]
    groups: list[tuple[Piece, ...]] = []
    for line in lines:
        if groups and _kind_of_line(line) == _kind_of_line(groups[-1]) and not DASHED.match(_text(line)):
            groups[-1] = (*groups[-1], replace(line[0], text="\n"), *line)
        else:
            groups.append(line)
    kinds = {_kind_of_line(group) for group in groups}
    is_list = all(DASHED.match(_text(group)) for group in groups[1:])
    if len(groups) < 2 or len(_text(lines[0])) > LONG_LINE or (len(kinds) < 2 and not is_list):
        return [paragraph]
    return [replace(paragraph, pieces=group) for group in groups]


def _kind_of_line(line: Sequence[Piece]) -> tuple[bool, bool | None]:
    return is_capitals(_text(line)), next((piece.look.bold for piece in line if piece.text.strip()), None)


def _split(pieces: Iterable[Piece], mark: str) -> list[tuple[Piece, ...]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(mark)
        parts[-1].append(replace(piece, text=first))
        parts.extend([replace(piece, text=other)] for other in others)
    return [tuple(piece for piece in part if piece.text) for part in parts]


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text.upper() if piece.look.capitals else piece.text for piece in pieces)
