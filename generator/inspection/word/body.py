"""The body of a Word file, or a header or footer, comes in; its paragraphs go out, as they are shown.

Each paragraph has its letters with their looks, its resolved properties, and the box in which it stands: the
page, a cell or a text box. Deleted and hidden words are left out, of fields the result is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from generator.inspection.found import Piece
from generator.inspection.word.lists import BULLET
from generator.inspection.word.measures import MC, TWIP_MM, W, read_twips
from generator.inspection.word.package import MOST_LETTERS, choose_alternative, make_size_error
from generator.inspection.word.shapes import DrawnLine, Surroundings, TextBox, read_shapes
from generator.inspection.word.specs import SLOTS, LetterSpec, ParagraphSpec, read_letters, read_paragraph
from generator.inspection.word.styles import NO_TABLE, Stylesheet, TableFormat, make_look, split_by_font
from generator.inspection.word.tables import iter_within, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from generator.inspection.found import Align, Look, Side

NARROW_BOX_SHARE = 0.75
"""A text box that takes a smaller part of the text's width stands on one of its sides."""

MOST_FIELDS = 50
"""Fields within fields."""


@dataclass(frozen=True, slots=True)
class Column:
    """The room between the margins in which a section sets its text, in millimetres."""

    page_width_mm: float
    left_mm: float
    width_mm: float
    text_width_mm: float
    """Of all columns together."""

    @property
    def middle_mm(self) -> float:
        """The middle of the text on the page."""
        return self.left_mm + self.text_width_mm / 2


@dataclass(frozen=True, slots=True)
class Box:
    """Where paragraphs stand one below the other: the page, a cell, a text box."""

    flow: int
    """Its number; paragraphs with the same number follow one another."""
    left_mm: float
    width_mm: float
    row: tuple[int, int] | None = None
    side: Side | None = None
    is_ruled: bool = False
    table: TableFormat = NO_TABLE
    bottom_rule_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class PageField:
    """A field for the number of the page, within a paragraph."""

    look: Look
    tabs: int
    """Tabs before it."""
    align: Align | None
    """What an alignment tab before it says."""
    is_conditional: bool
    """Whether another field decides whether it is shown."""


@dataclass(slots=True)
class Raw:
    """A paragraph as it was read, before it is known what stands below it."""

    index: int
    spec: ParagraphSpec
    box: Box
    mark: LetterSpec
    """Of the mark at its end: the size of an empty paragraph."""
    pieces: list[Piece] = field(default_factory=list)
    lines: list[DrawnLine] = field(default_factory=list)
    """Lines that are anchored to it."""
    numbers: list[PageField] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its letters as they were typed."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_empty(self) -> bool:
        """Whether it shows no letters."""
        return not any(piece.text.strip() for piece in self.pieces)


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended (17.16.18)."""

    look: Look
    tabs: int
    align: Align | None
    is_conditional: bool
    code: str = ""
    is_result: bool = False
    is_hidden: bool = False
    result_look: Look | None = None

    @property
    def name(self) -> str:
        """Its kind: the first word of its code."""
        found = re.match(r"\s*(\w+)", self.code)
        return found[1].upper() if found else ""


Note = Literal["tracked-changes", "text-boxes"]


class BodyReader:
    """Reads the paragraphs of one part, in the order of the file."""

    def __init__(self, styles: Stylesheet, column: Column, indexes: Mapping[etree._Element, int]) -> None:
        self.raws: list[Raw] = []
        self.notes: set[Note] = set()
        self.above: dict[int, int] = {}
        """The flow of the cell above, by a cell's flow."""
        self.box_of_flow: dict[int, Box] = {}
        self.anchors: dict[int, tuple[int, float | None]] = {}
        """By a text box's flow: to which paragraph it is anchored, and how far below its top it begins."""
        self._styles = styles
        self._column = column
        self._indexes = indexes
        self._tables = 0
        self._letters = 0
        self._fields: list[_Field] = []
        self._sections: list[Column] = []

    def read(self, root: etree._Element, columns: list[Column] | None = None) -> None:
        """Read all below *root*; *columns* are those of the sections, one after the other."""
        if columns:
            self._column, *self._sections = columns
        self._read_blocks(root, self._page_box())

    def _page_box(self) -> Box:
        box = Box(0, self._column.left_mm, self._column.width_mm)
        self.box_of_flow[0] = box
        return box

    def _new_flow(self) -> int:
        flow = len(self.box_of_flow)
        return max(flow, 1)

    def _add_box(self, box: Box) -> Box:
        self.box_of_flow[box.flow] = box
        return box

    # --- blocks ---------------------------------------------------------------------------------------

    def _read_blocks(self, parent: etree._Element, box: Box) -> None:
        for block in iter_within(parent, f"{W}p", f"{W}tbl", f"{W}del", f"{W}moveFrom"):
            if box.flow == 0:
                box = self._page_box()
            match str(block.tag)[len(W) :]:
                case "p":
                    self._read_paragraph(block, box)
                case "tbl":
                    self._read_table(block, box)
                case _:
                    self.notes.add("tracked-changes")

    def _read_table(self, table: etree._Element, box: Box) -> None:
        number, self._tables = self._tables, self._tables + 1
        middle = self._column.middle_mm
        grid = read_table(table, box.left_mm, box.width_mm, middle, self._styles)
        flows: dict[tuple[int, int], int] = {}
        for cell in grid.cells:
            flow = flows[cell.row, cell.column] = self._new_flow()
            above = flows.get((cell.row - 1, cell.column))
            if above is not None:
                self.above[flow] = above
            is_ruled = grid.is_ruled or box.is_ruled
            inner = Box(
                flow=flow,
                left_mm=cell.left_mm,
                width_mm=cell.width_mm,
                row=(number, cell.row),
                side=None if is_ruled else cell.side or box.side,
                is_ruled=is_ruled,
                table=self._styles.resolve_table(grid.style, cell.parts),
                bottom_rule_pt=0.0 if is_ruled else cell.bottom_rule_pt,
            )
            self._read_blocks(cell.element, self._add_box(inner))

    # --- paragraphs -----------------------------------------------------------------------------------

    def _read_paragraph(self, element: etree._Element, box: Box) -> None:
        properties = element.find(f"{W}pPr")
        spec = self._styles.resolve_paragraph(read_paragraph(properties), box.table)
        marks = None if properties is None else properties.find(f"{W}rPr")
        own_mark = read_letters(marks, self._styles.theme)
        mark = self._styles.resolve_letters(spec["style"], own_mark, box.table)
        raw = Raw(self._indexes.get(element, len(self.raws)), spec, self._place_frame(spec, box), mark)
        line = _Letters(raw, self._styles, box.table)
        self._write_number(raw, line)
        shapes: list[etree._Element] = []
        self._read_inline(element, line, shapes)
        self._fields = [open_field for open_field in self._fields if open_field.is_result]
        is_deleted = marks is not None and (
            marks.find(f"{W}del") is not None or marks.find(f"{W}moveFrom") is not None
        )
        if is_deleted:
            self.notes.add("tracked-changes")
        raw.pieces = line.make_pieces()
        if not is_deleted or not raw.is_empty:
            self.raws.append(raw)
        for shape in shapes:
            self._read_shape(shape, raw)
        if properties is not None and properties.find(f"{W}sectPr") is not None and self._sections:
            self._column = self._sections.pop(0)

    def _place_frame(self, spec: ParagraphSpec, box: Box) -> Box:
        """Return the box of a paragraph that stands in a frame (17.3.1.11), which may be beside the text."""
        frame = spec.get("frame")
        width = read_twips(frame.get("w")) if frame else None
        if not frame or "dropCap" in frame or not width or width <= 0:
            return box
        width_mm = width * TWIP_MM
        is_of_page = frame.get("hAnchor") == "page"
        start = 0.0 if is_of_page else self._column.left_mm
        room = self._column.page_width_mm if is_of_page else self._column.text_width_mm
        match frame.get("xAlign"):
            case "center":
                left = start + (room - width_mm) / 2
            case "right" | "outside":
                left = start + room - width_mm
            case _:
                left = start + (read_twips(frame.get("x")) or 0.0) * TWIP_MM
        side = box.side or self._side_of(left, width_mm)
        return replace(box, left_mm=left, width_mm=width_mm, side=side)

    def _side_of(self, left_mm: float | None, width_mm: float) -> Side | None:
        if left_mm is None or width_mm > NARROW_BOX_SHARE * self._column.text_width_mm:
            return None
        return "left" if left_mm + width_mm / 2 < self._column.middle_mm else "right"

    def _write_number(self, raw: Raw, line: _Letters) -> None:
        number = raw.spec.get("list_number", 0)
        if number <= 0:
            return
        level = raw.spec.get("list_level", 0)
        label = self._styles.lists.count(number, level)
        found = self._styles.lists.find_level(number, level)
        if label and found is not None:
            spec: LetterSpec = {**raw.mark, **found.letters}
            if BULLET in label and BULLET not in found.text:
                spec = _with_fonts_of(spec, raw.mark)
            line.add(label, spec)

    def _read_shape(self, element: etree._Element, raw: Raw) -> None:
        column = self._column
        around = Surroundings(
            page_width_mm=column.page_width_mm,
            margin_left_mm=column.left_mm,
            text_width_mm=column.text_width_mm,
            column_left_mm=raw.box.left_mm,
            column_width_mm=raw.box.width_mm,
            is_cell=raw.box.row is not None,
        )
        for shape in read_shapes(element, around):
            if isinstance(shape, DrawnLine):
                raw.lines.append(shape)
            else:
                self._read_text_box(shape, raw)

    def _read_text_box(self, shape: TextBox, raw: Raw) -> None:
        self.notes.add("text-boxes")
        left = raw.box.left_mm if shape.left_mm is None else shape.left_mm
        side = raw.box.side or self._side_of(shape.left_mm, shape.width_mm)
        box = self._add_box(Box(self._new_flow(), left, shape.width_mm, side=side, is_ruled=raw.box.is_ruled))
        self.anchors[box.flow] = raw.index, shape.top_mm
        fields, self._fields = self._fields, []
        self._read_blocks(shape.content, box)
        self._fields = fields

    # --- within a line --------------------------------------------------------------------------------

    def _read_inline(self, parent: etree._Element, line: _Letters, shapes: list[etree._Element]) -> None:
        """Read runs, and what may stand around them: links, content controls, insertions."""
        for child in parent:
            match str(child.tag).removeprefix(W):
                case "r":
                    self._read_run(child, line, shapes)
                case "del" | "moveFrom":
                    self.notes.add("tracked-changes")
                case "ins" | "moveTo":
                    self.notes.add("tracked-changes")
                    self._read_inline(child, line, shapes)
                case "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "customXml" | "dir" | "bdo":
                    self._read_inline(child, line, shapes)
                case "fldSimple":
                    self._read_simple_field(child, line, shapes)
                case tag if tag == f"{MC}AlternateContent":
                    chosen = choose_alternative(child)
                    if chosen is not None:
                        self._read_inline(chosen, line, shapes)

    def _read_simple_field(
        self, element: etree._Element, line: _Letters, shapes: list[etree._Element]
    ) -> None:
        started = self._begin_field(line, line.look_of({}))
        started.code, started.is_result = element.get(f"{W}instr", ""), True
        self._read_inline(element, line, shapes)
        self._end_field(line)

    def _begin_field(self, line: _Letters, look: Look) -> _Field:
        is_conditional = any(not outer.is_result and outer.name == "IF" for outer in self._fields)
        started = _Field(look, line.tabs, line.tab_align, is_conditional)
        if len(self._fields) < MOST_FIELDS:
            self._fields.append(started)
        return started

    def _end_field(self, line: _Letters) -> None:
        if not self._fields:
            return
        ended = self._fields.pop()
        if ended.name == "PAGE" and not ended.is_hidden:
            look = ended.result_look or ended.look
            line.raw.numbers.append(PageField(look, ended.tabs, ended.align, ended.is_conditional))

    def _read_run(self, run: etree._Element, line: _Letters, shapes: list[etree._Element]) -> None:
        direct = read_letters(run.find(f"{W}rPr"), self._styles.theme)
        spec = line.resolve(direct)
        for child in run:
            match str(child.tag).removeprefix(W):
                case "fldChar":
                    self._read_field_mark(child, line, spec)
                case "instrText":
                    if self._fields and not self._fields[-1].is_result:
                        self._fields[-1].code += (child.text or "")[:200]
                case "pgNum":
                    look = line.look_of_spec(spec)
                    line.raw.numbers.append(PageField(look, line.tabs, line.tab_align, is_conditional=False))
                case "drawing" | "pict" | "object":
                    shapes.append(child)
                case tag if tag == f"{MC}AlternateContent":
                    chosen = choose_alternative(child)
                    for drawing in () if chosen is None else chosen.iterchildren(*_DRAWINGS):
                        shapes.append(drawing)
                case _:
                    self._read_letters(child, line, spec)

    def _read_letters(self, child: etree._Element, line: _Letters, spec: LetterSpec) -> None:
        if any(not outer.is_result for outer in self._fields) or spec.get("hidden"):
            return
        text, font = _letters_of(child)
        if not text:
            return
        self._letters += len(text)
        if self._letters > MOST_LETTERS:
            raise make_size_error()
        if self._fields and self._fields[-1].result_look is None:
            self._fields[-1].result_look = line.look_of_spec(spec)
        if font:
            spec = {**spec, "ascii": font, "h_ansi": font, "east_asia": font, "complex": font}
        if child.tag == f"{W}ptab":
            line.tab_align = _PTAB_ALIGNS.get(child.get(f"{W}alignment", ""))
        elif text == "\t":
            line.tabs += 1
        line.add(text, spec)

    def _read_field_mark(self, mark: etree._Element, line: _Letters, spec: LetterSpec) -> None:
        match mark.get(f"{W}fldCharType"):
            case "begin":
                started = self._begin_field(line, line.look_of_spec(spec))
                started.is_hidden = spec.get("hidden", False)
            case "separate" if self._fields:
                self._fields[-1].is_result = True
            case "end":
                self._end_field(line)
            case _:
                pass


def _with_fonts_of(spec: LetterSpec, other: LetterSpec) -> LetterSpec:
    """Return *spec* in the fonts of *other*: a bullet that stands for a sign is in no font of signs."""
    both: LetterSpec = {**spec}
    for slot in SLOTS:
        both.pop(slot, None)
        if slot in other:
            both[slot] = other[slot]
    return both


_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_PTAB_ALIGNS: Mapping[str, Align] = {"left": "left", "center": "center", "right": "right"}
_MARKS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


def _letters_of(child: etree._Element) -> tuple[str, str]:
    """Return the letters for which an element of a run stands, and the font that it names by itself."""
    name = str(child.tag).removeprefix(W)
    match name:
        case "t":
            text = child.text or ""
            if child.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                text = text.strip(" \t\r\n")
            return text.replace("\r", " ").replace("\n", " "), ""
        case "sym":
            return _sign_of(child.get(f"{W}char", "")), child.get(f"{W}font", "")
        case "ruby":
            base = child.find(f"{W}rubyBase")
            return "" if base is None else "".join(text.text or "" for text in base.iter(f"{W}t")), ""
        case _:
            return _MARKS.get(name, ""), ""


def _sign_of(figures: str) -> str:
    try:
        code = int(figures, 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF else ""


class _Letters:
    """Collects the letters of one paragraph, those of one look together."""

    def __init__(self, raw: Raw, styles: Stylesheet, table: TableFormat) -> None:
        self.raw = raw
        self.tabs = 0
        self.tab_align: Align | None = None
        self._styles = styles
        self._table = table
        self._parts: list[tuple[Look, list[str]]] = []
        self._plain: LetterSpec | None = None

    def resolve(self, direct: LetterSpec) -> LetterSpec:
        """Return all that holds of a run's letters."""
        if direct:
            return self._styles.resolve_letters(self.raw.spec["style"], direct, self._table)
        if self._plain is None:
            self._plain = self._styles.resolve_letters(self.raw.spec["style"], {}, self._table)
        return self._plain

    def look_of(self, direct: LetterSpec) -> Look:
        """Return the look of figures in a run."""
        return self.look_of_spec(self.resolve(direct))

    def look_of_spec(self, spec: LetterSpec) -> Look:
        """Return the look of figures of which *spec* holds."""
        return make_look(spec, next(split_by_font("0", spec))[1])

    def add(self, text: str, spec: LetterSpec) -> None:
        """Add letters of which *spec* holds."""
        for part, family in split_by_font(text, spec):
            look = make_look(spec, family)
            if self._parts and self._parts[-1][0] == look:
                self._parts[-1][1].append(part)
            else:
                self._parts.append((look, [part]))

    def make_pieces(self) -> list[Piece]:
        """Return the letters that were added."""
        return [Piece("".join(parts), look) for look, parts in self._parts]


def group_by_flow(raws: list[Raw]) -> Mapping[int, list[Raw]]:
    """Return the paragraphs of each box, in their order."""
    flows: dict[int, list[Raw]] = defaultdict(list)
    for raw in raws:
        flows[raw.box.flow].append(raw)
    return flows


def iter_tab_stops(spec: ParagraphSpec) -> Iterator[tuple[float, str]]:
    """Yield the tab stops of a paragraph from the left: their place in twips and their sort."""
    for position, sort in sorted(spec.get("tabs", {}).items()):
        if sort not in ("clear", "bar"):
            yield position, sort
