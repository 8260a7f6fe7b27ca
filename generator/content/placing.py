"""A document whose photographs wait at its end comes in; each behind the passage that it shows goes out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from generator.tree import Block, Document, Figure, Para, iter_lines, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """bằng các cho có cùng của cũng do đã đang để đến được hay hơn khi là lại mà mỗi một này năm những
        ở ra rằng rồi sẽ sự tại thì theo thông thuộc trên trong từ và vào về vì việc với""",
    )
)
"""Syllables that stand in any text; a row of words counts only if it begins and ends with other ones."""

ROWS = (2, 3)
"""How many words in a row are compared: most Vietnamese words have two syllables, so one says little."""

LEAST_ROWS = 2
"""Rows that a caption and a passage must share: "hội nghị" alone is in every text of a conference."""

Rows = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph of the body, with the list or table that it introduces."""

    end: int
    """The block behind which a figure may stand."""
    rows: Rows


def place_figures(document: Document) -> Document:
    """Return *document* with each figure that floats behind the passage of the body most like its caption.

    Likeness is measured by rows of words that both have; a row counts the more the longer it is, and the
    less the more passages have it. Figures at one passage keep their order. A figure that is like none of
    them, or like two of them equally, stays where it is.
    """
    passages = _find_passages(document.blocks)
    spread = Counter(row for passage in passages for row in passage.rows)
    moved: dict[int, list[Block]] = {}
    kept: dict[int, Block] = dict(enumerate(document.blocks))
    for index, block in enumerate(document.blocks):
        if isinstance(block, Figure) and block.floats:
            target = _choose_passage(_rows_of(plain_text(block.caption)), passages, spread)
            if target is not None:
                moved.setdefault(target.end, []).append(kept.pop(index))
    blocks: list[Block] = []
    for index in range(len(document.blocks)):
        blocks += [kept[index]] if index in kept else []
        blocks += moved.get(index, [])
    return replace(document, blocks=tuple(blocks))


def _choose_passage(
    caption: Rows, passages: Sequence[_Passage], spread: Counter[tuple[str, ...]]
) -> _Passage | None:
    """Return the one passage that is most like *caption*; None where there is none."""
    alike = [passage for passage in passages if len(caption & passage.rows) >= LEAST_ROWS]
    scores = [sum(Fraction(len(row), spread[row]) for row in caption & passage.rows) for passage in alike]
    best = max(scores, default=None)
    return alike[scores.index(best)] if best is not None and scores.count(best) == 1 else None


def _find_passages(blocks: Sequence[Block]) -> list[_Passage]:
    passages = []
    for start, block in enumerate(blocks):
        if isinstance(block, Para) and block.role == "body":
            end = _find_end(blocks, start)
            parts = [part for part in blocks[start : end + 1] if not isinstance(part, Figure)]
            words = " / ".join(plain_text(line) for part in parts for line in iter_lines(part))
            passages.append(_Passage(end, _rows_of(words)))
    return passages


def _find_end(blocks: Sequence[Block], start: int) -> int:
    """Return the last block of the passage at *start*: what it introduces, and figures that stand there."""
    end = start
    block = blocks[start]
    while isinstance(block, Para) and block.keep_with_next and end + 1 < len(blocks):
        end += 1
        block = blocks[end]
    while end + 1 < len(blocks) and isinstance(following := blocks[end + 1], Figure) and not following.floats:
        end += 1
    return end


def _rows_of(text: str) -> Rows:
    words = re.findall(r"\w+", text.lower())
    rows = (tuple(words[at : at + length]) for length in ROWS for at in range(len(words) - length + 1))
    return frozenset(row for row in rows if not {row[0], row[-1]} & EMPTY_WORDS)
