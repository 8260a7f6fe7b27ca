"""The parts of a document: its blocks and a style come in; the main part and its annexes go out.

Each part has paper of its own, page numbers that begin anew, and a style in which the page is that paper:
what measures or writes blocks needs to know of nothing else. Both writers ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.layout import set_table
from generator.tree import Annex, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.style import Style
    from generator.tree import Block


@dataclass(frozen=True, slots=True)
class Part:
    """The main part of a document, or an annex with its head."""

    blocks: tuple[Block, ...]
    style: Style
    """The document's style on the paper of this part."""

    @property
    def is_annex(self) -> bool:
        """Whether it begins with the head of an annex."""
        return bool(self.blocks) and isinstance(self.blocks[0], Annex)

    @property
    def is_turned(self) -> bool:
        """Whether its paper lies on its side."""
        page = self.style.page
        return page.width_mm > page.height_mm


def divide_parts(blocks: Sequence[Block], style: Style) -> tuple[Part, ...]:
    """Return the parts of a document in order; none of them is empty but the only one."""
    divided: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Annex):
            divided.append([])
        divided[-1].append(block)
    if len(divided) > 1 and not divided[0]:
        divided.pop(0)
    return tuple(Part(tuple(part), _style_of(part, style)) for part in divided)


def _style_of(blocks: Sequence[Block], style: Style) -> Style:
    """Return *style* with the paper that the annex of *blocks* asks for, or that its tables need."""
    head = blocks[0] if blocks else None
    if not isinstance(head, Annex) or head.orientation == "portrait":
        return style
    turned = replace(style, page=style.page.turned())
    if head.orientation == "landscape":
        return turned
    return turned if any(_is_too_dense(block, style) for block in blocks) else style


def _is_too_dense(block: Block, style: Style) -> bool:
    """Tell whether *block* is a table that would have to be smaller than is comfortable."""
    if not isinstance(block, Table):
        return False
    return set_table(block, style).size_pt < style.table.comfortable_pt
