"""A document, the photographs of a conference and drawings come in; the document that shows them goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.tree import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.tree import Block, Chart, Document, Drawing, Picture

    Drawings = Mapping[Chart, Sequence[Drawing]]


def list_charts(document: Document) -> tuple[Chart, ...]:
    """Return the charts that *document* shows, each once."""
    charts = (block.chart for block in document.blocks if isinstance(block, Figure) and block.chart)
    return tuple(dict.fromkeys(charts))


def attach_pictures(document: Document, pictures: Mapping[str, Picture], drawings: Drawings) -> Document:
    """Return *document* with the picture of each figure whose photo or chart has one.

    A figure without one keeps its frame; one with several drawings becomes as many figures.
    """
    blocks = (one for block in document.blocks for one in _attach(block, pictures, drawings))
    return replace(document, blocks=tuple(blocks))


def _attach(block: Block, pictures: Mapping[str, Picture], drawings: Drawings) -> Iterator[Block]:
    if isinstance(block, Figure) and block.chart and block.chart in drawings:
        yield from (replace(block, picture=drawing) for drawing in drawings[block.chart])
    elif isinstance(block, Figure) and block.photo in pictures:
        yield replace(block, picture=pictures[block.photo])
    else:
        yield block
