"""The parts of HTML and CSS from which both pages are made: the printed one and the one on the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator.style import BLACK
from generator.tree import Heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.style import Page, PageNumber, TextStyle
    from generator.tree import Block

# --- elements -----------------------------------------------------------------------------------------


def element(tag: str, content: Markup, classes: str = "", **attributes: str) -> Markup:
    """Return an element; *content* is markup already, attributes are escaped here."""
    if classes:
        attributes = {"class": classes.strip(), **attributes}
    return Markup(f"<{tag}{_attributes(attributes)}>{escape(content)}</{tag}>")  # noqa: S704 - all is escaped


def void_element(tag: str, **attributes: str) -> Markup:
    """Return an element that has no content, its attributes escaped."""
    return Markup(f"<{tag}{_attributes(attributes)}>")  # noqa: S704 - all is escaped


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def stack(parts: Iterable[Markup]) -> Markup:
    """Return *parts* one below the other, without the empty ones."""
    return Markup("\n").join(part for part in parts if part)


def iter_depths(blocks: Sequence[Block], is_title: Callable[[Block], bool]) -> Iterator[int]:
    """Yield the heading level of each block, a title's being 1; none is ever skipped (PDF/UA-1, 7.4.2)."""
    depth, below = 0, any(is_title(block) for block in blocks)
    for block in blocks:
        if is_title(block):
            depth = 1
        elif isinstance(block, Heading):
            depth = min(block.level + below, depth + 1)
        yield depth


# --- rules of a style sheet ---------------------------------------------------------------------------


def quote(text: str) -> str:
    """Return *text* as a CSS string, which can end neither itself nor the style element."""
    return '"' + "".join(c if c.isalnum() or c in " -_" else f"\\{ord(c):x} " for c in text) + '"'


def page_rules(page: Page, number: PageNumber | None, family: str) -> str:
    """Return the rules for paper, margins and page number; None for pages without a number."""
    margins_mm = (page.margin_top_mm, page.margin_right_mm, page.margin_bottom_mm, page.margin_left_mm)
    paper = f"""\
  size: {page.width_mm:g}mm {page.height_mm:g}mm;
  margin: {" ".join(f"{margin:g}mm" for margin in margins_mm)};"""
    if number is None:
        return f"@page {{\n{paper}\n}}"
    edge, inner = ("top", "bottom") if number.place == "header" else ("bottom", "top")
    return f"""\
@page {{
{paper}
  @{edge}-{number.align} {{
    content: counter(page);
    font: {number.size_pt:g}pt/{number.line_pitch_pt:g}pt {quote(family)};
    padding-{edge}: {number.distance_mm:g}mm;
    padding-{inner}: 0;
    vertical-align: {edge};
  }}
}}
@page :first {{ @{edge}-{number.align} {{ content: none; }} }}"""


def annex_rules(name: str, page: Page, number: PageNumber) -> str:
    """Return the rules of an annex's pages: its paper, and numbers that begin anew, without the first one."""
    edge = "top" if number.place == "header" else "bottom"
    return f"""\
@page {name} {{ size: {page.width_mm:g}mm {page.height_mm:g}mm; }}
@page {name}:nth(1 of {name}) {{ counter-reset: page 1; @{edge}-{number.align} {{ content: none; }} }}"""


def look_rules(look: TextStyle) -> str:
    """Return the declarations for lines of one look."""
    return (
        f"font-size: {look.size_pt:g}pt; "
        f"line-height: {look.line_pitch_pt:g}pt; "
        f"font-weight: {'bold' if look.bold else 'normal'}; "
        f"font-style: {'italic' if look.italic else 'normal'}; "
        f"text-align: {look.align}; "
        f"text-indent: {look.indent_first_mm:g}mm; "
        f"margin-bottom: {look.space_after_pt:g}pt;"
        f"{'' if look.color == BLACK else f' color: #{look.color};'}"
    )
