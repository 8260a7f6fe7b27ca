"""Number the headings of a document: from a tree without numbers to one with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from generator.errors import TemplateError
from generator.tree import Annex, Block, Document, Heading, Recipients, SignatureGrid, plain_text
from generator.vietnamese import roman

if TYPE_CHECKING:
    from collections.abc import Sequence

Form = Literal["roman", "arabic"]


def number_headings(document: Document, forms: Sequence[Form]) -> Document:
    """Return *document* with its headings numbered, the first level by ``forms[0]`` and so on.

    A level below counts anew under each heading above it, and all of them in each annex. Raises
    `TemplateError` for a heading or an annex that no text follows, or for a heading whose level has no form.
    """
    counts = [0] * len(forms)
    blocks: list[Block] = []
    for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            _refuse_empty(block, following)
            blocks.append(_number(block, counts, forms))
        else:
            if isinstance(block, Annex):
                _refuse_bare(block, following)
                counts = [0] * len(forms)
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _number(heading: Heading, counts: list[int], forms: Sequence[Form]) -> Heading:
    level = heading.level - 1
    if level >= len(forms):
        raise TemplateError("heading-level-without-form", level=heading.level)
    counts[level] += 1
    counts[level + 1 :] = [0] * (len(counts) - level - 1)
    form = forms[level]
    number = roman(counts[level]) if form == "roman" else str(counts[level])
    return replace(heading, form=form, number=f"{number}.")


def _refuse_empty(heading: Heading, following: Block | None) -> None:
    nothing = following is None or isinstance(following, SignatureGrid | Recipients | Annex)
    same_level = isinstance(following, Heading) and following.level <= heading.level
    if nothing or same_level:
        raise TemplateError("heading-without-text", level=heading.level)


def _refuse_bare(annex: Annex, following: Block | None) -> None:
    if following is None or isinstance(following, Annex):
        raise TemplateError("annex-without-text", subject=plain_text(annex.subject))
