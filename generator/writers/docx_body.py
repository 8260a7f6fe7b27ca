"""The blocks of a document come in; the body of a Word file goes out, as XML text.

All look stands in the named styles of `generator.writers.docx_parts`. A paragraph says its style's name
and otherwise only what differs within a line (bold, italic), what keeps it on a page, and the lengths that
follow from words: the indents of a rule, the height of some gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, assert_never

from generator.layout import DOT, DOTS, balance_lines, count_dots, longest_line_mm, split_width
from generator.tree import (
    Blank,
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
    iter_lines,
    iter_runs,
)
from generator.typeface import POINT_MM
from generator.writers.docx_parts import (
    STYLE_IDS,
    escape_attribute,
    escape_text,
    fill_part,
    format_marks,
    mm_to_twips,
    pt_to_twips,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.style import Style
    from generator.tree import Align, Block, Document, Inlines, Row, Run, Signature

LIST_ID = "LietKe"
GAP_ID = "KhoangCach"
RULE_ID, TITLE_RULE_ID = "DuongKe", "DuongKeTrichYeu"
FRAME_ID, TABLE_ID = "KhungKhongKe", "Bang"
ROOM_IDS = {0: "KhoangKy", 1: "KhoangKyDuoiChiDan"}
"""The room for a signature by the number of lines of the note in it."""

HEADING_IDS: Mapping[tuple[str, int], str] = {
    ("roman", 1): "TieuDeMuc",
    ("roman", 2): "TieuDeMuc2",
    ("arabic", 1): "TieuDeKhoan1",
    ("arabic", 2): "TieuDeKhoan",
}
"""The Word style of a heading by its form and level: the form gives the look, the level the outline."""

CELL_IDS: Mapping[Align, str] = {
    "left": "OTrongBangTrai",
    "center": "OTrongBangGiua",
    "right": "OTrongBangPhai",
}
"""The Word style of a table's cell by its column's alignment."""

GAP_IDS: Mapping[type[Block], str] = {
    Letterhead: "KhoangCachDauVanBan",
    Table: "KhoangCachBang",
    SignatureGrid: "KhoangCachChoKy",
}
"""The empty paragraph below a block that is a table in Word: Word merges adjoining tables."""

LEAST_GAP_PT = 1.0
"""Height of an empty paragraph that stands there only because Word needs one."""

MOST_LABEL_LETTERS = 64
"""Word refuses a form field with a longer title."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a document adds to the parts of a Word file."""

    blocks: str
    """The paragraphs and tables, in order, as XML."""
    dots: tuple[int, ...]
    """The lengths of the blanks that occur, each once, from the shortest."""


def write_body(document: Document, style: Style) -> Body:
    """Return the blocks of *document* as XML in the styles of *style*.

    Raises `OutputError` when a text holds a character that XML does not allow.
    """
    writer = _BodyWriter(style)
    return Body(writer.write_blocks(document.blocks), tuple(sorted(writer.dots)))


def placeholder_name(dots: int) -> str:
    """Return the name of the document part that holds a blank of that many dots."""
    return f"ChoTrong{dots}"


# --- paragraphs and tables ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of which it is not yet known whether it is kept with the next one."""

    style_id: str
    runs: str = ""
    lengths: str = ""
    """Properties that follow from words, in the order of the schema."""

    def write(self, *, keep: bool = False) -> str:
        kept = "<w:keepNext/>" if keep else ""
        properties = f'<w:pPr><w:pStyle w:val="{self.style_id}"/>{kept}{self.lengths}</w:pPr>'
        return f"<w:p>{properties}{self.runs}</w:p>"


def _gap(height_pt: float) -> _Line:
    """Return an empty line of a height that no style has."""
    return _Line(GAP_ID, lengths=f'<w:spacing w:line="{pt_to_twips(height_pt)}" w:lineRule="exact"/>')


def _write_lines(lines: Sequence[_Line], *, keep: bool = False, keep_last: bool = False) -> str:
    """Write paragraphs; *keep* binds each to the next one, *keep_last* the last one to what follows."""
    most, last = lines[:-1], lines[-1:]
    written = [line.write(keep=keep) for line in most]
    return "".join([*written, *(line.write(keep=keep_last) for line in last)])


def _write_table(style_id: str, widths_mm: Sequence[float], rows: Sequence[str]) -> str:
    """Write a table of fixed columns; LibreOffice reads the grid, Word the cells: both say the same.

    No rows make no table: Word calls a file with such a table damaged.
    """
    if not rows:
        return ""
    widths = [mm_to_twips(width) for width in widths_mm]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _write_row(cells: Iterable[str], *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _write_cell(
    width_mm: float, lines: Sequence[_Line], *, keep: bool = False, keep_last: bool = False
) -> str:
    """Write a cell; Word wants a paragraph even in an empty one."""
    width = f'<w:tcPr><w:tcW w:w="{mm_to_twips(width_mm)}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{width}{_write_lines(lines or [_Line(GAP_ID)], keep=keep, keep_last=keep_last)}</w:tc>"


def _count_lines(lines: Sequence[_Line]) -> int:
    """Return how many lines balanced paragraphs have on paper."""
    return sum(1 + line.runs.count("<w:br/>") for line in lines)


# --- blocks -------------------------------------------------------------------------------------------


def _is_pair(block: Block, after: Block | None) -> bool:
    """Tell whether the list of recipients follows the signatures: it must not have a page of its own."""
    return isinstance(block, SignatureGrid) and isinstance(after, Recipients)


class _BodyWriter:
    """Writes blocks one after the other, numbering the blanks through the whole document."""

    def __init__(self, style: Style) -> None:
        self.dots = set(DOTS.values())
        """The lengths of the blanks seen so far, and those that are always on offer."""
        self._style = style
        self._width_mm = style.page.text_width_mm
        self._numbers = count(1)

    def write_blocks(self, blocks: Sequence[Block]) -> str:
        """Write *blocks*, with an empty line below those that are tables in Word."""
        parts: list[str] = []
        for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
            keep = isinstance(after, SignatureGrid) or _is_pair(block, after)
            if isinstance(block, SignatureGrid):
                parts.append(self._write_gap_above_grid(before))
            parts.append(self._write_block(block, keep=keep))
            if type(block) in GAP_IDS:
                # At the document's end it is as low as can be, so that it never makes a page of its own.
                gap = _Line(GAP_IDS[type(block)]) if after else _gap(LEAST_GAP_PT)
                parts.append(gap.write(keep=keep))
        return "".join(parts)

    def _write_block(self, block: Block, *, keep: bool) -> str:
        """Write *block*; *keep* binds its last line to the next block, whatever it says itself."""
        match block:
            case Letterhead():
                written = self._write_letterhead(block)
            case Title():
                written = _write_lines(self._title_lines(block), keep_last=keep)
            case Heading():
                style_id = HEADING_IDS[block.form, block.level]
                written = _write_lines(self._lines(f"heading_{block.form}", [heading_line(block)], style_id))
            case Para():
                lines = self._lines(block.role, [block.content])
                written = _write_lines(lines, keep_last=keep or block.keep_with_next)
            case ItemList():
                items = [item_line(block.mark, item) for item in block.items]
                written = _write_lines(self._lines("body", items, LIST_ID), keep_last=keep)
            case Table():
                written = self._write_ruled_table(block, keep=keep)
            case SignatureGrid():
                written = self._write_grid(block, keep=keep)
            case Recipients():
                label = self._lines("recipients_label", [block.label])
                lines = [*label, *self._lines("recipients_item", block.items)]
                written = _write_lines(lines, keep=True, keep_last=keep)
            case Figure():
                written = _write_lines(self._lines("caption", iter_lines(block)), keep_last=keep)
            case _:
                assert_never(block)
        return written

    # --- letterhead and title -------------------------------------------------------------------------

    def _write_letterhead(self, block: Letterhead) -> str:
        look = self._style.letterhead
        left_mm, right_mm = split_width((look.left_share, look.right_share), self._width_mm)
        left = [
            *self._balanced("parent_body", [block.parent], left_mm),
            *self._ruled("issuing_body", block.issuer, left_mm, look.issuer_rule_share, RULE_ID),
        ]
        right = [
            *self._balanced("nation", [block.nation], right_mm),
            *self._ruled("motto", block.motto, right_mm, look.motto_rule_share, RULE_ID),
        ]
        rows = [_write_row([_write_cell(left_mm, left), _write_cell(right_mm, right)])]
        if block.number or block.place_and_date:
            number = self._balanced("number", [block.number], left_mm)
            place = self._balanced("place_and_date", [block.place_and_date], right_mm)
            rows.append(_write_row([_write_cell(left_mm, number), _write_cell(right_mm, place)]))
        return _write_table(FRAME_ID, (left_mm, right_mm), rows)

    def _title_lines(self, block: Title) -> list[_Line]:
        look, width_mm = self._style.title, self._width_mm
        kind = self._balanced("title_kind", [block.kind], width_mm)
        subject = self._ruled("title_subject", block.subject, width_mm, look.rule_share, TITLE_RULE_ID)
        rest_pt = look.gap_after_pt - self._style.texts["title_kind"].space_after_pt
        return [*kind, *(subject or [_gap(max(rest_pt, LEAST_GAP_PT))])]

    def _ruled(
        self, component: str, content: Inlines, width_mm: float, share: float, style_id: str
    ) -> list[_Line]:
        """Return a centred line and the rule below it, as a part of its longest line; nothing for nothing.

        The rule's length is what its indents leave of the width.
        """
        if not content:
            return []
        look = self._style.texts[component]
        balanced = balance_lines(content, look, width_mm)
        side = mm_to_twips((width_mm - longest_line_mm(balanced, look, width_mm) * share) / 2)
        rule = _Line(style_id, lengths=f'<w:ind w:left="{side}" w:right="{side}"/>')
        return [_Line(STYLE_IDS[component], self._write_runs(component, balanced, width_mm)), rule]

    # --- table ----------------------------------------------------------------------------------------

    def _write_ruled_table(self, block: Table, *, keep: bool) -> str:
        """Write a table whose header repeats; *keep* binds its last row to what follows."""
        widths = split_width([column.share for column in block.columns], self._width_mm)
        header_ids = [STYLE_IDS["table_header"]] * len(widths)
        cell_ids = [CELL_IDS[column.align] for column in block.columns]
        header = [
            _write_row(self._write_cells("table_header", header_ids, row, widths), header=True)
            for row in block.header
        ]
        last = len(block.rows) - 1
        rows = [
            _write_row(self._write_cells("table_cell", cell_ids, row, widths, keep=keep and index == last))
            for index, row in enumerate(block.rows)
        ]
        return _write_table(TABLE_ID, widths, [*header, *rows])

    def _write_cells(
        self,
        component: str,
        style_ids: Sequence[str],
        row: Row,
        widths_mm: Sequence[float],
        *,
        keep: bool = False,
    ) -> Iterator[str]:
        padding_mm = 2 * self._style.table.padding_x_mm
        for style_id, content, width_mm in zip(style_ids, row, widths_mm, strict=True):
            line = _Line(style_id, self._write_runs(component, content, width_mm - padding_mm))
            yield _write_cell(width_mm, [line], keep_last=keep)

    # --- signatures -----------------------------------------------------------------------------------

    def _write_gap_above_grid(self, before: Block | None) -> str:
        """Write what the space below the block before lacks of the grid's own: the larger one counts."""
        missing_pt = self._style.grid.gap_before_pt - self._space_below_pt(before)
        return _gap(missing_pt).write(keep=True) if missing_pt > 0 else ""

    def _space_below_pt(self, block: Block | None) -> float:
        style = self._style
        match block:
            case None:
                space_pt = 0.0
            case Letterhead():
                space_pt = style.letterhead.gap_after_pt
            case Title():
                space_pt = style.title.gap_after_pt
            case Table():
                space_pt = style.table.gap_after_pt
            case SignatureGrid():
                space_pt = style.grid.gap_after_pt
            case Heading():
                space_pt = style.texts[f"heading_{block.form}"].space_after_pt
            case Para():
                space_pt = style.texts[block.role].space_after_pt
            case ItemList():
                space_pt = style.texts["body"].space_after_pt
            case Recipients():
                space_pt = style.texts["recipients_item"].space_after_pt
            case Figure():
                space_pt = style.texts["caption"].space_after_pt
            case _:
                assert_never(block)
        return space_pt

    def _write_grid(self, block: SignatureGrid, *, keep: bool) -> str:
        """Write the places to sign; *keep* binds the last row to what follows."""
        widths = split_width([1] * block.columns[0], self._width_mm)
        cells = block.cells
        rows = [cells[start : start + block.columns[0]] for start in range(0, len(cells), block.columns[0])]
        last = len(rows) - 1
        written = [
            self._write_signatures(row, widths, keep=keep or index < last) for index, row in enumerate(rows)
        ]
        return _write_table(FRAME_ID, widths, written)

    def _write_signatures(self, cells: Sequence[Signature], widths_mm: Sequence[float], *, keep: bool) -> str:
        """Write places to sign side by side, their names level; *keep* binds them to the next row."""
        heads = [self._signature_head(*pair) for pair in zip(cells, widths_mm, strict=False)]
        tallest_pt = max(height_pt for _, height_pt in heads)
        columns: list[list[_Line]] = [[] for _ in widths_mm]
        for lines, cell, width_mm, (head, height_pt) in zip(columns, cells, widths_mm, heads, strict=False):
            level = [_gap(tallest_pt - height_pt)] if height_pt < tallest_pt else []
            lines += [*head, *level, *self._signature_room(cell, width_mm)]
        return _write_row(
            _write_cell(width_mm, lines, keep=True, keep_last=keep)
            for width_mm, lines in zip(widths_mm, columns, strict=True)
        )

    def _signature_head(self, cell: Signature, width_mm: float) -> tuple[list[_Line], float]:
        """Return unit and posts, and their height."""
        unit = self._balanced("signature_unit", [cell.unit], width_mm)
        posts = self._balanced("signature_post", cell.posts, width_mm)
        height_pt = _count_lines(unit) * self._style.texts["signature_unit"].line_pitch_pt
        height_pt += _count_lines(posts) * self._style.texts["signature_post"].line_pitch_pt
        return [*unit, *posts], height_pt

    def _signature_room(self, cell: Signature, width_mm: float) -> list[_Line]:
        """Return the room for signature and seal, the note at its top, and the name."""
        if not (cell.unit or cell.posts or cell.note or cell.name):
            return []
        note = self._balanced("signature_note", [cell.note], width_mm)
        note_lines = _count_lines(note)
        room = _Line(ROOM_IDS[note_lines]) if note_lines in ROOM_IDS else self._rest_of_room(note_lines)
        return [*note, room, *self._balanced("signature_name", [cell.name], width_mm)]

    def _rest_of_room(self, note_lines: int) -> _Line:
        note_pt = note_lines * self._style.texts["signature_note"].line_pitch_pt
        return _gap(max(self._style.grid.room_mm / POINT_MM - note_pt, LEAST_GAP_PT))

    # --- lines ----------------------------------------------------------------------------------------

    def _lines(self, component: str, contents: Iterable[Inlines], style_id: str = "") -> list[_Line]:
        """Return paragraphs of the page's width in the look of *component*, without the empty ones."""
        return [
            _Line(style_id or STYLE_IDS[component], self._write_runs(component, content, self._width_mm))
            for content in contents
            if content
        ]

    def _balanced(self, component: str, contents: Iterable[Inlines], width_mm: float) -> list[_Line]:
        """Return centred paragraphs whose lines are of even length, without the empty ones."""
        look = self._style.texts[component]
        balanced = [balance_lines(content, look, width_mm) for content in contents if content]
        return [_Line(STYLE_IDS[component], self._write_runs(component, line, width_mm)) for line in balanced]

    def _write_runs(self, component: str, content: Inlines, width_mm: float) -> str:
        look = self._style.texts[component]
        runs = tuple(iter_runs(content))
        has_blank = any(isinstance(run.piece, Blank) for run in runs)
        dots = count_dots(content, look, width_mm, look.indent_first_mm) if has_blank else ()
        lengths = iter(dots)
        return "".join(self._write_run(run, lengths) for run in runs)

    def _write_run(self, run: Run, lengths: Iterator[int]) -> str:
        marks = format_marks(bold=run.bold, italic=run.italic)
        properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
        match run.piece:
            case Text(text):
                return f'<w:r>{properties}<w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>'
            case LineBreak():
                return f"<w:r>{properties}<w:br/></w:r>"
            case Blank(label):
                return self._write_blank(label, next(lengths), marks, properties)
            case _:
                assert_never(run.piece)

    def _write_blank(self, label: str, dots: int, marks: str, properties: str) -> str:
        """Write a form field of so many dots; what is typed into it has the look of the words around."""
        self.dots.add(dots)
        number = next(self._numbers)
        return fill_part(
            "blank",
            look=properties,
            label=escape_attribute(label[:MOST_LABEL_LETTERS]),
            tag=f"blank-{number}",
            id=number,
            placeholder=placeholder_name(dots),
            marks=marks,
            dots=DOT * dots,
        )
