"""A document and the pictures of a conference come in; the document whose figures show them goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.tree import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.tree import Document, Picture


def attach_pictures(document: Document, pictures: Mapping[str, Picture]) -> Document:
    """Return *document* with the picture of each figure whose photo is one of *pictures*.

    A figure without one keeps its frame.
    """
    return replace(
        document,
        blocks=tuple(
            replace(block, picture=pictures[block.photo])
            if isinstance(block, Figure) and block.photo in pictures
            else block
            for block in document.blocks
        ),
    )
