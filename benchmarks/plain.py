"""A document of ours comes in; the same words go out as plain data and HTML, for engines without a tree.

The data is what `document.typ` lays out; the HTML is what pandoc reads.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from generator.tree import (
    Blank,
    Extent,
    Figure,
    Heading,
    ItemList,
    Letterhead,
    LineBreak,
    Para,
    Recipients,
    SignatureGrid,
    Table,
    Text,
    Title,
    heading_line,
    item_line,
    iter_runs,
    recipient_lines,
    signature_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.ours import Papers
    from generator.style import Style
    from generator.tree import Block, Inlines, Run

Data = dict[str, Any]
"""What JSON can hold."""

DOTS = {Extent.NUMBER: 6, Extent.YEAR: 10, Extent.NAME: 40, Extent.LINE: 60}


def plain_data(papers: Papers) -> Data:
    """Return the document as paragraphs, columns and tables, each line with its look.

    Raises `ValueError` for a block that the benchmark's documents do not have.
    """
    page = papers.style.page
    return {
        "title": papers.document.title,
        "font": "Liberation Serif",
        "page": {
            "width": page.width_mm,
            "height": page.height_mm,
            "top": page.margin_top_mm,
            "bottom": page.margin_bottom_mm,
            "left": page.margin_left_mm,
            "right": page.margin_right_mm,
        },
        "blocks": [one for block in papers.document.blocks for one in _iter_plain(block, papers.style)],
    }


def _iter_plain(block: Block, style: Style) -> Iterator[Data]:
    match block:
        case Letterhead():
            yield from _iter_letterhead(block, style)
        case Title():
            yield from _lines([(block.kind, "title_kind"), (block.subject, "title_subject")], style)
        case Heading():
            yield _line(heading_line(block), f"heading_{block.form}", style) | {"keep": True}
        case Para():
            yield _line(block.content, block.role, style) | {"keep": block.keep_with_next}
        case ItemList():
            yield from _each_line((item_line(block.mark, item) for item in block.items), "body", style)
        case Table():
            yield _table(block, style)
        case SignatureGrid():
            yield from _iter_grid(block, style)
        case Recipients():
            yield from _each_line(recipient_lines(block), "recipients_item", style)
        case Figure():
            height_mm = style.figure.frame_height_mm if style.figure else 0
            yield _line(block.placeholder, "placeholder", style) | {"is": "frame", "height": height_mm}
            yield from _each_line([block.caption], "caption", style)
        case _:
            raise ValueError(f"no plain form of {type(block).__name__}")


def _iter_letterhead(block: Letterhead, style: Style) -> Iterator[Data]:
    shares = [style.letterhead.left_share, style.letterhead.right_share]
    names = [(block.parent, "parent_body"), (block.issuer, "issuing_body")]
    nation = [(block.nation, "nation"), (block.motto, "motto")]
    below = [(block.number, "number")], [(block.place_and_date, "place_and_date")]
    for left, right in ((names, nation), below):
        yield _columns(shares, [_lines(left, style), _lines(right, style)])


def _table(block: Table, style: Style) -> Data:
    return {
        "is": "table",
        "shares": [column.share for column in block.columns],
        "aligns": [column.align for column in block.columns],
        "header": [[_line(cell, "table_header", style) for cell in row] for row in block.header],
        "rows": [[_line(cell, "table_cell", style) for cell in row] for row in block.rows],
    }


def _iter_grid(block: SignatureGrid, style: Style) -> Iterator[Data]:
    yield from _each_line(recipient_lines(block.beside), "recipients_item", style)
    yield from _each_line([block.caption], "signature_caption", style)
    width = max(block.columns)
    for start in range(0, len(block.cells), width):
        cells = block.cells[start : start + width]
        columns = [_each_line(signature_lines(cell), "signature_post", style) for cell in cells]
        for column in columns:
            column[-1]["before"] = style.grid.room_mm
        yield _columns([1] * len(cells), columns)


def _columns(shares: list[float], cells: list[list[Data]]) -> Data:
    return {"is": "columns", "shares": shares, "cells": cells}


def _lines(lines: Iterable[tuple[Inlines, str]], style: Style) -> list[Data]:
    return [_line(content, component, style) for content, component in lines if content]


def _each_line(lines: Iterable[Inlines], component: str, style: Style) -> list[Data]:
    return _lines(((line, component) for line in lines), style)


def _line(content: Inlines, component: str, style: Style) -> Data:
    look = style.texts[component]
    return {
        "is": "line",
        "runs": [
            [_words(run), look.bold or run.bold, look.italic or run.italic] for run in iter_runs(content)
        ],
        "size": look.size_pt,
        "pitch": look.line_pitch_pt,
        "align": look.align,
        "indent": look.indent_first_mm,
        "before": 0,
        "after": look.space_after_pt,
        "keep": False,
    }


def _words(run: Run) -> str:
    match run.piece:
        case Text(text):
            return text
        case Blank(extent=extent):
            return "." * DOTS[extent]
        case LineBreak():
            return "\n"


# --- HTML ---------------------------------------------------------------------------------------------


def plain_html(data: Data) -> str:
    """Return *data* as HTML without any look but bold and italic."""
    body = "\n".join(_html(block) for block in data["blocks"])
    head = '<meta charset="utf-8">'  # no title: pandoc would print it
    return f'<!DOCTYPE html>\n<html lang="vi"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _html(block: Data) -> str:
    match block["is"]:
        case "columns":
            return f"<table><tr>{_html_cells(block['cells'])}</tr></table>"
        case "table":
            head = "".join(f"<tr>{_html_cells(row, 'th')}</tr>" for row in block["header"])
            rows = "".join(f"<tr>{_html_cells(row)}</tr>" for row in block["rows"])
            return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
        case _:
            return f"<p>{''.join(_html_run(*run) for run in block['runs'])}</p>"


def _html_cells(cells: Iterable[Data | list[Data]], tag: str = "td") -> str:
    lists = (cell if isinstance(cell, list) else [cell] for cell in cells)
    return "".join(f"<{tag}>{''.join(map(_html, lines))}</{tag}>" for lines in lists)


def _html_run(text: str, bold: bool, italic: bool) -> str:  # noqa: FBT001 - unpacked from data
    html = escape(text).replace("\n", "<br>")
    html = f"<b>{html}</b>" if bold else html
    return f"<i>{html}</i>" if italic else html
