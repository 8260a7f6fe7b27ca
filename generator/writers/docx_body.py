"""The blocks of a document come in; the body of a Word file goes out, as XML text.

All look stands in the named styles of `generator.writers.docx_parts`. A paragraph says its style's name
and otherwise only what differs within a line (bold, italic), what keeps it on a page, and the lengths that
follow from words: the indents of a rule, the height of some gaps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, assert_never

from generator.certificates import set_certificate
from generator.errors import TemplateError
from generator.grids import arrange_grid, half_columns_mm
from generator.layout import (
    DOT,
    DOTS,
    LEAST_GAP_PT,
    balance_lines,
    count_dots,
    figure_size_mm,
    longest_line_mm,
    set_addressees,
    set_table,
    split_width,
)
from generator.parts import divide_parts
from generator.tree import (
    Addressees,
    Annex,
    Blank,
    Certificate,
    Drawing,
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
    signature_lines,
)
from generator.typeface import POINT_MM
from generator.writers.docx_parts import (
    STYLE_IDS,
    SizedStyle,
    escape_attribute,
    escape_text,
    fill_part,
    format_marks,
    mm_to_emu,
    mm_to_twips,
    pt_to_twips,
    write_section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.certificates import CertificateSetting, SetLine
    from generator.grids import Arrangement, Place
    from generator.grids import Row as GridRow
    from generator.layout import TableSetting
    from generator.parts import Part
    from generator.style import FigureStyle, Style, TextStyle
    from generator.tree import Align, Block, Document, Inlines, Picture, Row, Run

LIST_ID = "LietKe"
GAP_ID = "KhoangCach"
RULE_ID, TITLE_RULE_ID = "DuongKe", "DuongKeTrichYeu"
FRAME_ID, TABLE_ID, DENSE_TABLE_ID = "KhungKhongKe", "Bang", "BangDay"
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

MOST_LABEL_LETTERS = 64
"""Word refuses a form field with a longer title."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a document adds to the parts of a Word file."""

    blocks: str
    """The paragraphs and tables, in order, as XML."""
    section: str
    """The properties of the last section; those of the others stand in their last paragraphs."""
    sized: frozenset[SizedStyle]
    """The styles in other sizes than usual that occur."""
    dots: tuple[int, ...]
    """The lengths of the blanks that occur, each once, from the shortest."""
    pictures: tuple[Picture, ...]
    """The pictures that occur, each once, in the order of their relations (`picture_relation`)."""


def write_body(document: Document, style: Style) -> Body:
    """Return the blocks of *document* as XML in the styles of *style*.

    Raises `OutputError` when a text holds a character that XML does not allow.
    """
    writer = _BodyWriter(style)
    parts = divide_parts(document.blocks, style)
    sections = [write_section(part.style, starts_anew=part.is_annex) for part in parts]
    written = [writer.write_part(part) for part in parts]
    ended = (_end_section(*pair) for pair in zip(written[:-1], sections, strict=False))
    return Body(
        blocks="".join((*ended, written[-1])),
        section=sections[-1],
        sized=frozenset(writer.sized),
        dots=tuple(sorted(writer.dots)),
        pictures=tuple(writer.pictures.values()),
    )


def _end_section(blocks: str, section: str) -> str:
    """Return *blocks* with *section* in the properties of the last paragraph, which ends it (17.6.17)."""
    before, end, after = blocks.rpartition("</w:pPr>")
    return f"{before}{section}{end}{after}"


def picture_relation(index: int) -> str:
    """Return the name by which the body refers to picture *index* of the package."""
    return f"rIdAnh{index + 1}"


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


def _spacing_after(after_pt: float, pitch_pt: float) -> str:
    """Return the spacing of a paragraph with another space below it than its style has."""
    line = f'w:line="{pt_to_twips(pitch_pt)}" w:lineRule="exact"'
    return f'<w:spacing w:before="0" w:after="{pt_to_twips(after_pt)}" {line}/>'


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
    width_mm: float, lines: Sequence[_Line], *, span: int = 1, keep: bool = False, keep_last: bool = False
) -> str:
    """Write a cell over *span* columns of the grid; Word wants a paragraph even in an empty one."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    width = f'<w:tcPr><w:tcW w:w="{mm_to_twips(width_mm)}" w:type="dxa"/>{spanned}</w:tcPr>'
    return f"<w:tc>{width}{_write_lines(lines or [_Line(GAP_ID)], keep=keep, keep_last=keep_last)}</w:tc>"


def _put_at_foot(cell: str) -> str:
    """Return *cell* with its lines at its lower edge."""
    return cell.replace("</w:tcPr>", '<w:vAlign w:val="bottom"/></w:tcPr>', 1)


def _count_lines(lines: Sequence[_Line]) -> int:
    """Return how many lines balanced paragraphs have on paper."""
    return sum(1 + line.runs.count("<w:br/>") for line in lines)


# --- blocks -------------------------------------------------------------------------------------------


def _is_pair(block: Block | None, after: Block | None) -> bool:
    """Tell whether the list of recipients follows the signatures: it must not have a page of its own."""
    return isinstance(block, SignatureGrid) and isinstance(after, Recipients)


def _last_component(block: Block | None) -> str:
    """Return the component of the last line of a block that is no table in Word; nothing for one that is."""
    match block:
        case Para():
            return block.role
        case Heading():
            return f"heading_{block.form}"
        case None:
            return ""
        case _:
            return _LAST_COMPONENTS.get(type(block), "")


_LAST_COMPONENTS: Mapping[type[Block], str] = {
    ItemList: "body",
    Recipients: "recipients_item",
    Figure: "caption",
    Addressees: "addressee",
}


class _BodyWriter:
    """Writes blocks one after the other, numbering the blanks through the whole document."""

    def __init__(self, style: Style) -> None:
        self.dots = set(DOTS.values())
        """The lengths of the blanks seen so far, and those that are always on offer."""
        self.pictures: dict[str, Picture] = {}
        """The pictures seen so far, by their names in the package."""
        self.sized: set[SizedStyle] = set()
        """The styles in other sizes than usual that were asked for so far."""
        self._style = style
        self._width_mm = style.page.text_width_mm
        self._numbers = count(1)

    def write_part(self, part: Part) -> str:
        """Write the blocks of *part* on its paper."""
        self._style, self._width_mm = part.style, part.style.page.text_width_mm
        return self._write_blocks(part.blocks)

    def _write_blocks(self, blocks: Sequence[Block]) -> str:
        """Write *blocks*, with an empty line below those that are tables in Word."""
        parts: list[str] = []
        for index, block in enumerate(blocks):
            before = blocks[index - 1] if index else None
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            if _is_pair(before, block):
                continue  # it stands in the table of the signatures
            if isinstance(block, SignatureGrid):
                parts.append(self._write_gap_above_grid(before))
                parts.append(self._write_grid(block, blocks[:index], after))
                after = blocks[index + 2] if _is_pair(block, after) and index + 2 < len(blocks) else after
                after = None if _is_pair(block, after) else after
            else:
                parts.append(self._write_block(block, keep=isinstance(after, SignatureGrid)))
            parts.append(self._write_gap_below(block, after))
        return "".join(parts)

    def _write_gap_below(self, block: Block, after: Block | None) -> str:
        """Write the empty line below a table; at the document's end it makes no page of its own."""
        if type(block) not in GAP_IDS:
            return ""
        gap = _Line(GAP_IDS[type(block)]) if after else _gap(LEAST_GAP_PT)
        return gap.write(keep=isinstance(after, SignatureGrid))

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
                written = self._write_grid(block, (), None)
            case Recipients():
                written = _write_lines(self._recipients_lines(block), keep=True, keep_last=keep)
            case Figure() | Addressees() | Annex() | Certificate():
                written = self._write_sheet(block, keep=keep)
            case _:
                assert_never(block)
        return written

    def _write_sheet(self, block: Figure | Addressees | Annex | Certificate, *, keep: bool) -> str:
        match block:
            case Figure():
                return _write_lines(self._figure_lines(block), keep=True, keep_last=keep)
            case Addressees():
                return _write_lines(self._addressee_lines(block), keep=True, keep_last=keep)
            case Annex():
                return _write_lines(self._annex_lines(block))
            case Certificate():
                return self._write_certificate(block)
            case _:
                assert_never(block)

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
        setting = set_table(block, self._style)
        header_id = self._sized_id("table_header", setting.style.texts["table_header"])
        header_ids = [header_id] * len(block.columns)
        cell_ids = [self._cell_id(column.align, setting) for column in block.columns]
        header = [
            _write_row(self._write_cells("table_header", header_ids, row, setting), header=True)
            for row in block.header
        ]
        last = len(block.rows) - 1
        rows = [
            _write_row(self._write_cells("table_cell", cell_ids, row, setting, keep=keep and index == last))
            for index, row in enumerate(block.rows)
        ]
        table_id = DENSE_TABLE_ID if setting.is_dense else TABLE_ID
        return _write_table(table_id, setting.widths_mm, [*header, *rows])

    def _cell_id(self, align: Align, setting: TableSetting) -> str:
        if not setting.is_dense:
            return CELL_IDS[align]
        sized = SizedStyle("table_cell", setting.size_pt, align)
        self.sized.add(sized)
        return sized.id

    def _sized_id(self, component: str, look: TextStyle) -> str:
        """Return the style of *component* in the size of *look*."""
        if look.size_pt == self._style.texts[component].size_pt:
            return STYLE_IDS[component]
        sized = SizedStyle(component, look.size_pt)
        self.sized.add(sized)
        return sized.id

    def _write_cells(
        self,
        component: str,
        style_ids: Sequence[str],
        row: Row,
        setting: TableSetting,
        *,
        keep: bool = False,
    ) -> Iterator[str]:
        padding_mm = 2 * setting.style.table.padding_x_mm
        look = setting.style.texts[component]
        for style_id, content, width_mm in zip(style_ids, row, setting.widths_mm, strict=True):
            line = _Line(style_id, self._write_runs_in(look, content, width_mm - padding_mm))
            yield _write_cell(width_mm, [line], keep_last=keep)

    # --- addressees, annexes --------------------------------------------------------------------------

    def _addressee_lines(self, block: Addressees) -> list[_Line]:
        """Return the lines of addressees, each with its own indent; the space stands below the last one."""
        setting, look = set_addressees(block, self._style), self._style.texts["addressee"]
        last = len(setting.lines) - 1
        return [
            _Line(
                STYLE_IDS["addressee"],
                self._write_runs("addressee", line, self._width_mm - indent_mm - hang_mm),
                _spacing_after(look.space_after_pt if index == last else 0, look.line_pitch_pt)
                + f'<w:ind w:left="{mm_to_twips(indent_mm + hang_mm)}" w:hanging="{mm_to_twips(hang_mm)}"/>',
            )
            for index, (line, indent_mm, hang_mm) in enumerate(
                zip(setting.lines, setting.indents_mm, setting.hangs_mm, strict=True)
            )
        ]

    def _annex_lines(self, block: Annex) -> list[_Line]:
        """Return the head of an annex, with the gap of a title below it."""
        contents = {
            "annex_label": block.label,
            "annex_subject": block.subject,
            "annex_reference": block.reference,
        }
        lines = [
            (component, line)
            for component, content in contents.items()
            for line in self._balanced(component, [content], self._width_mm)
        ]
        component, last = lines[-1]
        pitch_pt = self._style.texts[component].line_pitch_pt
        ended = replace(last, lengths=_spacing_after(self._style.title.gap_after_pt, pitch_pt))
        return [*(line for _, line in lines[:-1]), ended]

    # --- certificates ---------------------------------------------------------------------------------

    def _write_certificate(self, block: Certificate) -> str:
        """Write a certificate on its own page: centred lines, then decision and signature side by side."""
        setting = set_certificate(block, self._style)
        lines = [line for set_line in setting.head for line in self._certificate_lines(set_line)]
        lines[0] = replace(lines[0], lengths=f"<w:pageBreakBefore/>{lines[0].lengths}")
        left = [line for one in setting.decisions for line in self._set_lines([one], setting.left_mm)]
        cells = [
            _put_at_foot(_write_cell(setting.left_mm, left)),
            _write_cell(setting.right_mm, self._certificate_end(setting)),
        ]
        table = _write_table(FRAME_ID, (setting.left_mm, setting.right_mm), [_write_row(cells)])
        return _write_lines(lines) + table + _gap(LEAST_GAP_PT).write()

    def _certificate_lines(self, line: SetLine) -> list[_Line]:
        """Return a centred line with the free room below it, the motto's with its rule between."""
        (written,) = self._set_lines([line], self._width_mm)
        if line.component != "certificate_motto":
            return [replace(written, lengths=_spacing_after(line.gap_pt, line.look.line_pitch_pt))]
        look = self._style.letterhead
        length_mm = longest_line_mm(line.content, line.look, self._width_mm) * look.motto_rule_share
        side = mm_to_twips((self._width_mm - length_mm) / 2)
        indent = f'<w:ind w:left="{side}" w:right="{side}"/>'
        return [written, _Line(RULE_ID, lengths=_spacing_after(line.gap_pt, look.rule_gap_pt) + indent)]

    def _certificate_end(self, setting: CertificateSetting) -> list[_Line]:
        above, note, name = (
            self._set_lines(lines, setting.right_mm)
            for lines in (setting.above_room, setting.note, [setting.name])
        )
        note_pt = sum(one.look.line_pitch_pt for one in setting.note) * max(1, _count_lines(note))
        return [*above, *note, _gap(max(setting.room_pt - note_pt, LEAST_GAP_PT)), *name]

    def _set_lines(self, lines: Iterable[SetLine], width_mm: float) -> list[_Line]:
        return [
            _Line(
                self._sized_id(line.component, line.look),
                self._write_runs_in(line.look, line.content, width_mm),
            )
            for line in lines
        ]

    # --- figures --------------------------------------------------------------------------------------

    def _figure_lines(self, block: Figure) -> list[_Line]:
        """Return the picture, or a frame of three lines that is one box in Word, and the caption."""
        if self._style.figure is None:
            raise TemplateError("role-without-style", role="figure", style=self._style.id)
        caption = self._lines("caption", [block.caption])
        if block.picture is None:
            return [*self._frame_lines(block, self._style.figure), *caption]
        if isinstance(block.picture, Drawing):
            raise TemplateError("drawing-not-in-word", words=block.alternative)
        self.pictures.setdefault(block.picture.name, block.picture)
        width_mm, height_mm = figure_size_mm(block.picture, self._style.figure)
        run = fill_part(
            "picture",
            id=next(self._numbers),
            name=escape_attribute(block.picture.name),
            alternative=escape_attribute(block.alternative),
            relation=picture_relation(list(self.pictures).index(block.picture.name)),
            width=mm_to_emu(width_mm),
            height=mm_to_emu(height_mm),
        )
        return [_Line("Anh", run), *caption]

    def _frame_lines(self, block: Figure, look: FigureStyle) -> list[_Line]:
        """Return an empty line, the words and another empty line, all with one border around them."""
        text = self._balanced("placeholder", [block.placeholder], look.frame_width_mm)
        words_pt = _count_lines(text) * self._style.texts["placeholder"].line_pitch_pt
        rest_pt = (look.frame_height_mm / POINT_MM - words_pt) / 2
        side = mm_to_twips((self._width_mm - look.frame_width_mm) / 2)
        indent = f'<w:ind w:left="{side}" w:right="{side}"/>'
        above, below = (
            _Line(
                style_id, lengths=f'<w:spacing w:after="{after}" w:line="{line}" w:lineRule="exact"/>{indent}'
            )
            for style_id, after, line in (
                ("KhungAnh", 0, pt_to_twips(rest_pt)),
                ("KhungAnh", pt_to_twips(look.gap_before_caption_pt), pt_to_twips(rest_pt)),
            )
        )
        return [above, *(replace(line, style_id="ChuTrongKhungAnh", lengths=indent) for line in text), below]

    # --- signatures -----------------------------------------------------------------------------------

    def _write_gap_above_grid(self, before: Block | None) -> str:
        """Write what the space below the block before lacks of the grid's own: the larger one counts."""
        missing_pt = self._style.grid.gap_before_pt - self._space_below_pt(before)
        return _gap(missing_pt).write(keep=True) if missing_pt > 0 else ""

    def _space_below_pt(self, block: Block | None) -> float:
        style = self._style
        component = _last_component(block)
        if component:
            return style.texts[component].space_after_pt
        match block:
            case Letterhead():
                return style.letterhead.gap_after_pt
            case Title() | Annex():
                return style.title.gap_after_pt
            case Table():
                return style.table.gap_after_pt
            case SignatureGrid():
                return style.grid.gap_after_pt
            case _:
                return 0.0

    def _write_grid(self, block: SignatureGrid, before: Sequence[Block], after: Block | None) -> str:
        """Write the places to sign, and the list of recipients that follows, as the last row of one table.

        A table and a paragraph below it are not kept on one page by LibreOffice, rows of a table are. Rows
        are bound to one another where all of them fit on a page; else they only are not torn.
        """
        arranged = arrange_grid(block, before, after, self._style)
        halves = half_columns_mm(arranged.columns, self._style)
        recipients = after if isinstance(after, Recipients) else None
        last = len(arranged.rows) - 1
        beside = self._recipients_lines(block.beside) if block.beside else []
        rows = [
            self._write_signatures(
                row,
                arranged,
                halves,
                beside,
                keep=recipients is not None if index == last else arranged.is_kept_with_next(index),
            )
            for index, row in enumerate(arranged.rows)
        ]
        if block.caption:
            caption = self._balanced("signature_caption", [block.caption], self._width_mm)
            cell = _write_cell(self._width_mm, caption, span=len(halves), keep=True, keep_last=True)
            rows.insert(0, _write_row([cell], header=True))
        if recipients:
            gap = _gap(self._style.grid.gap_after_pt)
            lines = [gap, *self._recipients_lines(recipients)]
            rows.append(_write_row([_write_cell(self._width_mm, lines, span=len(halves), keep=True)]))
        return _write_table(FRAME_ID, halves, rows)

    def _recipients_lines(self, block: Recipients) -> list[_Line]:
        label = self._lines("recipients_label", [block.label])
        return [*label, *self._lines("recipients_item", block.items)]

    def _write_signatures(
        self,
        row: GridRow,
        arranged: Arrangement,
        halves: Sequence[float],
        beside: Sequence[_Line],
        *,
        keep: bool,
    ) -> str:
        """Write places to sign side by side, their names level; *keep* binds them to the next row.

        What stands *beside* the only one takes the left half.
        """
        binding = {"keep": keep, "keep_last": keep}
        if beside:
            lines = self._signature_lines(row.places[0], row.head_pt, arranged.text_mm)
            pair = ((halves[:2], beside), (halves[2:], lines))
            return _write_row([_write_cell(sum(width), cell, span=2, **binding) for width, cell in pair])
        empty = arranged.columns - len(row.places)
        side = [_write_cell(sum(halves[:empty]), [], span=empty, **binding)] if empty else []
        cells = [
            _write_cell(
                sum(halves[empty + 2 * index : empty + 2 * index + 2]),
                self._signature_lines(place, row.head_pt, arranged.text_mm),
                span=2,
                **binding,
            )
            for index, place in enumerate(row.places)
        ]
        other = [_write_cell(sum(halves[-empty:]), [], span=empty, **binding)] if empty else []
        return _write_row([*side, *cells, *other])

    def _signature_lines(self, place: Place, head_pt: float, width_mm: float) -> list[_Line]:
        """Return unit, office and posts, the room for signature and seal with its note, and the name."""
        cell = place.cell
        if not signature_lines(cell):
            return []
        head = [
            *self._balanced("signature_unit", [cell.unit], width_mm),
            *self._balanced("signature_office", [cell.office], width_mm),
            *self._balanced("signature_post", cell.posts, width_mm),
        ]
        level = [_gap(head_pt - place.head_pt)] if place.head_pt < head_pt else []
        note = self._balanced("signature_note", [cell.note], width_mm)
        note_lines = _count_lines(note)
        room = _Line(ROOM_IDS[note_lines]) if note_lines in ROOM_IDS else self._rest_of_room(note_lines)
        return [*head, *level, *note, room, *self._balanced("signature_name", [cell.name], width_mm)]

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
        return self._write_runs_in(self._style.texts[component], content, width_mm)

    def _write_runs_in(self, look: TextStyle, content: Inlines, width_mm: float) -> str:
        lengths = iter(count_dots(content, look, width_mm, look.indent_first_mm))
        return "".join(self._write_run(run, lengths) for run in iter_runs(content))

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
