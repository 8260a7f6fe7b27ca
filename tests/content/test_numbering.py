"""Headings are numbered level by level, and never stand without text."""

from __future__ import annotations

import pytest

from generator.content.numbering import number_headings
from generator.errors import TemplateError
from generator.tree import Document, Heading, Para, Recipients, Text


def document(*blocks):
    return Document("T", "A", "vi-VN", blocks)


def heading(level):
    return Heading(level, "arabic", "", (Text("x"),))


PARA = Para("body", (Text("x"),))


def numbers(numbered):
    return [block.number for block in numbered.blocks if isinstance(block, Heading)]


def test_one_level_counts_on():
    assert numbers(number_headings(document(heading(1), PARA, heading(1), PARA), ["arabic"])) == ["1.", "2."]


def test_a_lower_level_counts_anew_under_each_heading():
    blocks = (heading(1), heading(2), PARA, heading(2), PARA, heading(1), heading(2), PARA)

    assert numbers(number_headings(document(*blocks), ["roman", "arabic"])) == ["I.", "1.", "2.", "II.", "1."]


def test_the_look_goes_with_the_number():
    numbered = number_headings(document(heading(1), heading(2), PARA), ["roman", "arabic"])

    assert [block.form for block in numbered.blocks[:2]] == ["roman", "arabic"]


@pytest.mark.parametrize(
    "blocks",
    [
        (heading(1),),
        (heading(1), heading(1), PARA),
        (heading(1), Recipients((Text("Nơi nhận:"),), ((Text("x"),),))),
    ],
)
def test_a_heading_without_text_is_refused(blocks):
    with pytest.raises(TemplateError) as caught:
        number_headings(document(*blocks), ["arabic"])

    assert caught.value.key == "heading-without-text"


def test_a_level_without_a_form_is_refused():
    with pytest.raises(TemplateError) as caught:
        number_headings(document(heading(1), heading(2), PARA), ["arabic"])

    assert caught.value.key == "heading-level-without-form"
