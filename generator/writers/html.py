"""Write a document tree as one HTML page with a style sheet made from its regulation's style.

The page is what `generator.writers.pdf` lays out. Its words are the tree's, its lengths the style file's;
lengths that must be the same in Word come from `generator.layout`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, assert_never

from markupsafe import Markup, escape

from generator.certificates import set_certificate
from generator.errors import TemplateError
from generator.grids import arrange_grid, half_columns_mm
from generator.layout import (
    DOT,
    LEAST_GAP_PT,
    TWIP_MM,
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
)
from generator.typeface import POINT_MM
from generator.writers.markup import annex_rules, iter_depths, look_rules, page_rules, quote
from generator.writers.markup import element as _element
from generator.writers.markup import stack as _stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.certificates import CertificateSetting, SetLine
    from generator.grids import Place
    from generator.grids import Row as GridRow
    from generator.parts import Part
    from generator.style import CertificateStyle, FigureStyle, Style, TextStyle
    from generator.tree import Block, Document, Inlines, Picture, Row, Run

_PAGE = Markup("""\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{author}">
{style}</head>
<body>
{blocks}
</body>
</html>
""")

_STYLE = Markup("""\
<style>
{style_sheet}
</style>
""")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page and its style sheet apart: that one is the same for many documents."""

    markup: str
    style_sheet: str


def write_html(document: Document, style: Style) -> str:
    """Return *document* as an HTML page in the look of *style*."""
    parts = divide_parts(document.blocks, style)
    sheet = Markup(_style_sheet(parts, style))  # noqa: S704 - names are quoted, the rest is numbers
    return _write_page(document, parts, _STYLE.format(style_sheet=sheet))


def write_printed_page(document: Document, style: Style) -> PrintedPage:
    """Return what `write_html` returns, in two parts."""
    parts = divide_parts(document.blocks, style)
    return PrintedPage(_write_page(document, parts, Markup()), _style_sheet(parts, style))


def _write_page(document: Document, parts: Sequence[Part], style: Markup) -> str:
    blocks = _stack(_write_part(part, _annex_name(index)) for index, part in enumerate(parts))
    return _PAGE.format(
        language=document.language,
        title=document.title,
        author=document.author,
        style=style,
        blocks=_number_rooms(blocks),
    )


def _style_sheet(parts: Sequence[Part], style: Style) -> str:
    annexes = (
        annex_rules(_annex_name(index), part.style.page, style.page_number)
        for index, part in enumerate(parts)
        if part.is_annex
    )
    return "\n".join([write_style_sheet(style), *annexes])


# --- rooms for signatures -----------------------------------------------------------------------------

_ROOM, _NOTE = "sign", "sign-note"
"""The names of a room and of what stands in it, before they are numbered."""

_UNNUMBERED = re.compile(rf' id="({_ROOM}|{_NOTE})"')


def room_anchor(number: int) -> str:
    """Return the name by which the page knows the room of its place to sign *number*, from 1."""
    return f"{_ROOM}-{number}"


def note_anchor(number: int) -> str:
    """Return the name of what stands in that room, where something does."""
    return f"{_NOTE}-{number}"


def _number_rooms(blocks: Markup) -> Markup:
    """Give the rooms their numbers, through all parts of a document; its own words have no bare quotes."""
    number = 0

    def name(found: re.Match[str]) -> str:
        nonlocal number
        number += found[1] == _ROOM  # what stands in a room comes after it
        return f' id="{found[1]}-{number}"'

    return Markup(_UNNUMBERED.sub(name, blocks))  # noqa: S704 - the same markup


def _annex_name(index: int) -> str:
    return f"annex-{index}"


def _write_part(part: Part, name: str) -> Markup:
    """Write the main part, or an annex as one element, which has pages of that name."""
    blocks = list(_part_lists(part.blocks))
    written = _stack((*_iter_blocks(blocks, part.style), _write_end(blocks)))
    return _element("div", written, style=f"page: {name}") if part.is_annex else written


def _write_end(blocks: Sequence[Block]) -> Markup:
    """Write the line that Word needs below a table at a section's end, so that both take as much room."""
    last = blocks[-1] if blocks else None
    before = blocks[-2] if len(blocks) > 1 else None
    is_table = isinstance(last, Letterhead | Table | SignatureGrid)
    is_table = is_table or (isinstance(last, Recipients) and isinstance(before, SignatureGrid))
    height = f"height: {LEAST_GAP_PT:g}pt"
    return _element("div", Markup(), "bound", style=height) if is_table else Markup()


def _part_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield *blocks*, the last item of a list before a signature grid apart, as it stays with the grid."""
    for block, after in _iter_pairs(blocks):
        if isinstance(block, ItemList) and isinstance(after, SignatureGrid):
            yield replace(block, items=block.items[:-1])
            yield replace(block, items=block.items[-1:])
        else:
            yield block


def _iter_pairs(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Yield each block and the one after it."""
    return zip(blocks, (*blocks[1:], None), strict=False)


def _iter_blocks(blocks: Sequence[Block], style: Style) -> Iterator[Markup]:
    """Write *blocks*; what stays on one page with a signature grid is one element with it."""
    group: list[Markup] = []
    is_whole = False
    for index, ((block, after), depth) in enumerate(
        zip(_iter_pairs(blocks), iter_depths(blocks, _is_title), strict=True)
    ):
        if isinstance(block, SignatureGrid):
            grid, is_whole = _write_grid(block, blocks[:index], after, style)
            group.append(grid)
        elif not (isinstance(block, Recipients) and index and isinstance(blocks[index - 1], SignatureGrid)):
            group.append(_write_block(block, style, depth))
        if not _is_bound(block, after):
            yield _element("div", _stack(group), "kept") if is_whole else _stack(group)
            group, is_whole = [], False
        if isinstance(block, Table) and after:
            # No margin: in Word it is a paragraph, and may come to stand at the next page's head.
            yield _element("div", Markup(), "gap bound" if isinstance(after, SignatureGrid) else "gap")


def _is_title(block: Block) -> bool:
    return isinstance(block, Title | Annex | Certificate) or (
        isinstance(block, Para) and block.role == "headline"
    )


def _is_bound(block: Block, after: Block | None) -> bool:
    """Tell whether *block* must stand on the page on which the block *after* it stands."""
    match block:
        case Heading() | Annex():
            return after is not None
        case Para():
            return after is not None and (block.keep_with_next or isinstance(after, SignatureGrid))
        case ItemList():
            return isinstance(after, SignatureGrid)
        case SignatureGrid():
            return isinstance(after, Recipients)
        case _:
            return False


def _write_block(block: Block, style: Style, depth: int) -> Markup:
    column = _Column(style, style.page.text_width_mm)
    match block:
        case Letterhead():
            written = _write_letterhead(block, style)
        case Title():
            written = _write_title(block, column)
        case Heading():
            written = column.line(f"h{depth}", heading_line(block), f"heading_{block.form}")
        case Para():
            tag = "h1" if block.role == "headline" else "p"
            written = column.line(tag, block.content, block.role, "keep" if block.keep_with_next else "")
        case ItemList():
            written = _write_list((item_line(block.mark, item) for item in block.items), "body", column)
        case Table():
            written = _write_table(block, style)
        case SignatureGrid():
            written, _ = _write_grid(block, (), None, style)
        case Recipients():
            written = _write_recipients(block, column)
        case Figure() | Addressees() | Annex() | Certificate():
            written = _write_sheet(block, column)
        case _:
            assert_never(block)
    return written


def _write_sheet(block: Figure | Addressees | Annex | Certificate, column: _Column) -> Markup:
    match block:
        case Figure():
            return _write_figure(block, column)
        case Addressees():
            return _write_addressees(block, column)
        case Annex():
            return _write_annex_head(block, column)
        case Certificate():
            return _write_certificate(block, column.style)
        case _:
            assert_never(block)


# --- lines --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """Room of one width, into which lines are set."""

    style: Style
    width_mm: float

    def line(self, tag: str, content: Inlines, component: str, more: str = "") -> Markup:
        """Write a paragraph in the look of *component*; nothing when it is empty."""
        return _element(tag, self.inlines(content, component), f"{component} {more}") if content else Markup()

    def centred(self, tag: str, content: Inlines, component: str) -> Markup:
        """Write a paragraph that is broken evenly where it is too long."""
        return self.line(tag, self.balance(content, component), component)

    def balance(self, content: Inlines, component: str) -> Inlines:
        """Break *content* as `layout.balance_lines` does."""
        return balance_lines(content, self.style.texts[component], self.width_mm)

    def rule(self, content: Inlines, component: str, share: float) -> Markup:
        """Write the rule below *content*: a part of its longest line."""
        if not content:
            return Markup()
        broken, look = self.balance(content, component), self.style.texts[component]
        length_mm = longest_line_mm(broken, look, self.width_mm) * share
        return _element("div", Markup(), "rule", style=f"width: {length_mm:.2f}mm")

    def inlines(self, content: Inlines, component: str) -> Markup:
        """Write what stands in a line, blanks as long as `layout.count_dots` makes them."""
        return self.inlines_in(self.style.texts[component], content)

    def inlines_in(self, look: TextStyle, content: Inlines) -> Markup:
        """Write what stands in a line of *look*, which may be smaller than the component's."""
        dots = count_dots(content, look, self.width_mm, look.indent_first_mm)
        spans = list(_lead_with_spaces(_make_spans(iter_runs(content), dots)))
        return _write_spans(spans, _find_breaks("".join(span.text for span in spans)))

    def height_pt(self, content: Inlines, component: str) -> float:
        """Return the height of a line that is broken evenly."""
        breaks = sum(isinstance(inline, LineBreak) for inline in self.balance(content, component))
        return (breaks + 1) * self.style.texts[component].line_pitch_pt if content else 0


# --- within a line ------------------------------------------------------------------------------------

_NEW_LINE = "\n"

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""Left out: WeasyPrint may break there and print a hyphen, whatever the style sheet says."""


class _Span(NamedTuple):
    """Letters of one look, blanks dotted, line breaks as `_NEW_LINE`."""

    text: str
    bold: bool
    italic: bool


def _make_spans(runs: Iterable[Run], dots: Iterable[int]) -> list[_Span]:
    """Return *runs* as letters, those of one look together: lines break well only within a text."""
    lengths = iter(dots)
    spans: list[_Span] = []
    for run in runs:
        match run.piece:
            case Text(text):
                text = text.replace(_NEW_LINE, " ").replace(_SOFT_HYPHEN, "")
            case Blank():
                text = DOT * next(lengths)
            case LineBreak():
                text = _NEW_LINE
            case _:
                assert_never(run.piece)
        if spans and spans[-1][1:] == (run.bold, run.italic):
            spans[-1] = spans[-1]._replace(text=spans[-1].text + text)
        else:
            spans.append(_Span(text, run.bold, run.italic))
    return spans


def _lead_with_spaces(spans: list[_Span]) -> Iterator[_Span]:
    """Give the spaces at the end of a text to the next one; they are as wide in every face."""
    spaces = ""
    for span in spans:
        text = (spaces + span.text).rstrip(" ")
        spaces = " " * (len(spaces + span.text) - len(text))
        yield span._replace(text=text)


def _write_spans(spans: Iterable[_Span], marks: Mapping[int, str]) -> Markup:
    written, start = [], 0
    for span in spans:
        markup = escape(_put_marks(span.text, start, marks)).replace(_NEW_LINE, Markup("<br>"))
        start += len(span.text)
        markup = _element("em", markup) if span.italic and markup else markup
        written.append(_element("strong", markup) if span.bold and markup else markup)
    return Markup().join(written)


def _put_marks(text: str, start: int, marks: Mapping[int, str]) -> str:
    """Return *text*, which begins at the place *start* of its line, with those of its *marks*."""
    places = [place for place in marks if start <= place < start + len(text)]
    edges = [0, *(place - start for place in places), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(edges)]
    return pieces[0] + "".join(marks[place] + piece for place, piece in zip(places, pieces[1:], strict=True))


_BREAKS = re.compile(
    r"""
    (?P<allowed> (?<=\S) (?=\ [.,:;!?)\]}/…%])    # at any space, whatever comes after it
               | (?<=["'“”‘’«»([{]) (?=\ )        # or before it
               | (?<=-)  (?=\d) )                 # after any hyphen
  | (?P<refused> (?<=/)  (?=\S)                   # not after a stroke: 65/2014/NĐ-CP
               | (?<=[^\d\s][.,:;]) (?=\d) )      # nor after a stop or comma without a space
    """,
    re.VERBOSE,
)
"""Where Word and LibreOffice break lines otherwise than Unicode (UAX 14) does, which Pango follows."""

_BREAK_MARKS = {"allowed": "\N{ZERO WIDTH SPACE}", "refused": "\N{WORD JOINER}"}


def _find_breaks(line: str) -> dict[int, str]:
    """Return invisible letters by the places in *line* at which they make it break where Word breaks it."""
    return {match.start(): _BREAK_MARKS[str(match.lastgroup)] for match in _BREAKS.finditer(line)}


# --- blocks -------------------------------------------------------------------------------------------


def _write_letterhead(block: Letterhead, style: Style) -> Markup:
    look = style.letterhead
    left, right = (_Column(style, width_mm) for width_mm in _side_widths_mm(style))
    issuer = (
        left.centred("p", block.parent, "parent_body"),
        left.centred("p", block.issuer, "issuing_body"),
        left.rule(block.issuer, "issuing_body", look.issuer_rule_share),
    )
    nation = (
        right.centred("p", block.nation, "nation"),
        right.centred("p", block.motto, "motto"),
        right.rule(block.motto, "motto", look.motto_rule_share),
    )
    rows = [_write_sides(_stack(issuer), _stack(nation))]
    if block.number or block.place_and_date:
        number = left.centred("p", block.number, "number")
        rows.append(_write_sides(number, right.centred("p", block.place_and_date, "place_and_date")))
    return _element("div", _stack(rows), "letterhead")


def _side_widths_mm(style: Style) -> tuple[float, ...]:
    shares = (style.letterhead.left_share, style.letterhead.right_share)
    return split_width(shares, style.page.text_width_mm)


def _write_sides(left: Markup, right: Markup) -> Markup:
    return _row((_element("div", left, "left-side"), _element("div", right, "right-side")))


def _write_title(block: Title, column: _Column) -> Markup:
    lines = (
        column.centred("span", block.kind, "title_kind"),
        column.centred("span", block.subject, "title_subject"),
    )
    rule = column.rule(block.subject, "title_subject", column.style.title.rule_share)
    return _stack((_element("h1", _stack(lines), "" if rule else "without-rule"), rule))


def _write_list(lines: Iterable[Inlines], component: str, column: _Column) -> Markup:
    items = _stack(column.line("li", line, component) for line in lines)
    return _element("ul", items) if items else items


def _write_table(block: Table, style: Style) -> Markup:
    setting = set_table(block, style)
    padding_mm = 2 * setting.style.table.padding_x_mm
    rooms = [_Column(setting.style, width_mm - padding_mm) for width_mm in setting.widths_mm]
    aligns = [column.align for column in block.columns]
    columns = (Markup('<col style="width: {:.4f}mm">').format(width_mm) for width_mm in setting.widths_mm)
    header = _stack(_write_header_row(row, rooms) for row in block.header)
    rows = _stack(_write_row(row, rooms, aligns) for row in block.rows)
    # PDF/UA-1 wants no head where there is no body.
    parts = {"colgroup": _stack(columns), "thead": header if rows else Markup(), "tbody": rows or header}
    classes = f"dense {_size_class(setting.size_pt)}" if setting.is_dense else ""
    content = _stack(_element(tag, content) for tag, content in parts.items() if content)
    return _element("table", content, classes)


def _size_class(size_pt: float) -> str:
    return f"size-{size_pt:g}".replace(".", "-")


def _write_header_row(row: Row, rooms: Iterable[_Column]) -> Markup:
    cells = (_write_cell(line, room, "table_header") for line, room in zip(row, rooms, strict=True))
    return _element("tr", _stack(_element("th", cell, "table_header", scope="col") for cell in cells))


def _write_row(row: Row, rooms: Iterable[_Column], aligns: Iterable[str]) -> Markup:
    cells = (_write_cell(line, room, "table_cell") for line, room in zip(row, rooms, strict=True))
    pairs = zip(cells, aligns, strict=True)
    return _element("tr", _stack(_element("td", cell, f"table_cell {align}") for cell, align in pairs))


def _write_cell(content: Inlines, room: _Column, component: str) -> Markup:
    """Write what stands in a cell; an empty one is as high as a line."""
    return room.inlines(content, component) if content else Markup("<br>")


def _write_grid(
    block: SignatureGrid, before: Sequence[Block], after: Block | None, style: Style
) -> tuple[Markup, bool]:
    """Write the places to sign, and the list of recipients that follows; tell whether all stay on one page.

    A table of one column, a row of places its row: so each page may begin with the caption again.
    """
    arranged = arrange_grid(block, before, after, style)
    page = _Column(style, style.page.text_width_mm)
    place = _Column(style, arranged.text_mm)
    width_mm = sum(half_columns_mm(arranged.columns, style)[:2])
    caption = page.centred("p", block.caption, "signature_caption")
    head = _element("div", _row((_element("div", caption, "line"),)), "caption-row") if caption else Markup()
    bound = ["", *("bound" if arranged.is_kept_with_next(i) else "" for i in range(len(arranged.rows)))]
    rows = [
        _write_signatures(row, place, width_mm, more, block.beside)
        for row, more in zip(arranged.rows, bound, strict=False)
    ]
    if isinstance(after, Recipients):
        rows.append(_row((_element("div", _write_recipients(after, page), "line"),), "bound"))
    return _element(
        "div", _stack((head, _element("div", _stack(rows), "rows"))), "signatures"
    ), arranged.is_whole


def _write_signatures(
    row: GridRow, place: _Column, width_mm: float, more: str, beside: Recipients | None
) -> Markup:
    """Write a row of places to sign; their names stand level, however many lines the posts take."""
    cells = [_write_signature(one, place, row.head_pt, width_mm) for one in row.places]
    if beside:
        left = _write_recipients(beside, place)
        cells.insert(0, _element("div", left, "signature", style=f"width: {width_mm:.4f}mm"))
    width = f"width: {width_mm * len(cells):.4f}mm"
    side = _element("div", _row(cells), "side-by-side", style=width)
    return _row((_element("div", side, "line"),), more)


def _write_signature(one: Place, room: _Column, head_pt: float, width_mm: float) -> Markup:
    cell = one.cell
    head = (
        room.centred("p", cell.unit, "signature_unit"),
        room.centred("p", cell.office, "signature_office"),
        *(room.centred("p", post, "signature_post") for post in cell.posts),
    )
    note = room.centred("p", cell.note, "signature_note")
    note = _element("div", note, id=_NOTE) if note else note
    parts = (
        _element("div", _stack(head), style=f"min-height: {head_pt:g}pt"),
        _element("div", note, "room", id=_ROOM),
        room.centred("p", cell.name, "signature_name"),
    )
    return _element("div", _stack(parts), "signature", style=f"width: {width_mm:.4f}mm")


def _write_recipients(block: Recipients, column: _Column) -> Markup:
    label = column.line("p", block.label, "recipients_label", "keep")
    return _element("div", _stack((label, _write_list(block.items, "recipients_item", column))), "recipients")


def _write_figure(block: Figure, column: _Column) -> Markup:
    """Write the picture, which is fetched by `picture_url`, or a frame with some words; and the caption."""
    look = column.style.figure
    if look is None:
        raise TemplateError("role-without-style", role="figure", style=column.style.id)
    caption = column.line("p", block.caption, "caption")
    if block.picture is None:
        box = _Column(column.style, look.frame_width_mm)
        above_pt = (look.frame_height_mm / POINT_MM - box.height_pt(block.placeholder, "placeholder")) / 2
        words = box.centred("p", block.placeholder, "placeholder")
        frame = _element("div", words, "frame", style=f"padding: {above_pt:.3f}pt 0")
        return _element("div", _stack((frame, caption)), "figure")
    if isinstance(block.picture, Drawing):
        kind, width_mm, height_mm = "drawing", block.picture.width_mm, block.picture.height_mm
    else:
        kind, (width_mm, height_mm) = "photo", figure_size_mm(block.picture, look)
    size = f"width: {width_mm:.4f}mm; height: {height_mm:.4f}mm"
    image = Markup('<img src="{}" alt="{}" class="{}" style="{}">').format(
        picture_url(block.picture), block.alternative, kind, size
    )
    return _element("div", _stack((image, caption)), "figure")


def picture_url(picture: Picture | Drawing) -> str:
    """Return the address by which the page asks for *picture*; no other is ever asked for."""
    return f"picture:{picture.name}"


def _write_addressees(block: Addressees, column: _Column) -> Markup:
    """Write the lines of addressees, each with its own indent; the space stands below the last one."""
    setting = set_addressees(block, column.style)
    lines = []
    for line, indent_mm, hang_mm in zip(setting.lines, setting.indents_mm, setting.hangs_mm, strict=True):
        room = replace(column, width_mm=column.width_mm - indent_mm - hang_mm)
        place = f"padding-left: {indent_mm + hang_mm:.4f}mm; text-indent: {-hang_mm:.4f}mm"
        lines.append(_element("p", room.inlines(line, "addressee"), "addressee", style=place))
    return _element("div", _stack(lines), "addressees")


def _write_annex_head(block: Annex, column: _Column) -> Markup:
    """Write label, subject and reference; all of it stays with what follows."""
    heading = (
        column.centred("span", block.label, "annex_label"),
        column.centred("span", block.subject, "annex_subject"),
    )
    reference = column.balance(block.reference, "annex_reference")
    lines = (_element("h1", _stack(heading)), column.line("p", reference, "annex_reference", "keep"))
    return _element("div", _stack(lines), "annex-head")


# --- certificates -------------------------------------------------------------------------------------


def _write_certificate(block: Certificate, style: Style) -> Markup:
    """Write a certificate, a page of its own, in its frame of two rules."""
    setting = set_certificate(block, style)
    column = _Column(style, style.page.text_width_mm)
    frame = (_element("div", Markup(), f"frame-{name}") for name in ("outer", "inner"))
    lines = (_write_set_line(line, column) for line in setting.head)
    decisions = _stack(_write_set(one, _Column(style, setting.left_mm)) for one in setting.decisions)
    sides = (
        _element("div", decisions, "decisions"),
        _element("div", _write_certificate_end(setting, _Column(style, setting.right_mm)), "granted"),
    )
    foot = _element("div", _row(sides), "foot")
    return _element("div", _stack((*frame, *lines, foot)), "certificate")


def _write_certificate_end(setting: CertificateSetting, column: _Column) -> Markup:
    note = _stack(_write_set(line, column) for line in setting.note)
    room = _element("div", note, style=f"min-height: {setting.room_pt:.3f}pt")
    above = (_write_set(line, column) for line in setting.above_room)
    return _stack((*above, room, _write_set(setting.name, column)))


def _write_set_line(line: SetLine, column: _Column) -> Markup:
    """Write a centred line with the free room below it, the motto's with its rule between."""
    gap = f"margin-bottom: {line.gap_pt:.3f}pt"
    if line.component == "certificate_award":
        return _write_set(line, column, gap, tag="h1")
    if line.component != "certificate_motto":
        return _write_set(line, column, gap)
    share = column.style.letterhead.motto_rule_share
    length_mm = longest_line_mm(line.content, line.look, column.width_mm) * share
    rule = _element("div", Markup(), "rule", style=f"width: {length_mm:.2f}mm; {gap}")
    return _stack((_write_set(line, column), rule))


def _write_set(line: SetLine, column: _Column, gap: str = "", *, tag: str = "p") -> Markup:
    """Write a line in its own size; nothing is said where that is the component's."""
    own = line.look is not column.style.texts[line.component]
    size = f"font-size: {line.look.size_pt:g}pt; line-height: {line.look.line_pitch_pt:g}pt" if own else ""
    said = {"style": "; ".join(part for part in (size, gap) if part)} if size or gap else {}
    return _element(tag, column.inlines_in(line.look, line.content), line.component, **said)


# --- elements -----------------------------------------------------------------------------------------


def _row(cells: Iterable[Markup], more: str = "") -> Markup:
    return _element("div", _stack(cells), f"row {more}")


# --- style sheet --------------------------------------------------------------------------------------

_PARTS = """\
* { margin: 0; padding: 0; }
body { hyphens: none; orphans: 2; widows: 2; overflow-wrap: break-word; }
ul { list-style: none; break-before: auto; }
.letterhead, .signatures, .side-by-side { display: table; }
table, .letterhead, .signatures { width: 100%; }
table, .letterhead, .signatures, .side-by-side { border-collapse: collapse; table-layout: fixed; }
.caption-row { display: table-header-group; }
.rows { display: table-row-group; }
.side-by-side { margin: 0 auto; }
.row { display: table-row; break-inside: avoid; }
.left-side, .right-side, .signature, .line { display: table-cell; vertical-align: top; }
.title_kind, .title_subject, .annex_label, .annex_subject { display: block; }
.rule { border-top: solid black; margin-left: auto; margin-right: auto; }
h1, h2, h3, .rule, .keep { break-after: avoid; break-inside: avoid; }
tr { break-inside: avoid; }
thead { break-inside: avoid; break-after: avoid; }
td, th { border: solid black; vertical-align: top; }
.kept, .recipients, .figure { break-inside: avoid; }
.annex-head { break-after: avoid; break-inside: avoid; }
.signatures, .bound { break-before: avoid; }"""
"""What holds in every regulation: how the parts are built, not how large they are."""


def write_style_sheet(style: Style) -> str:
    """Return the CSS of *style*: page, page number, and a class for each component of a document."""
    parts = (
        page_rules(style.page, style.page_number if style.numbers_pages else None, style.font_family),
        f"html {{ font-family: {quote(style.font_family)}; }}",
        _PARTS,
        *(f".{name} {{ {look_rules(look)} }}" for name, look in style.texts.items()),
        *(f"td.{align} {{ text-align: {align}; }}" for align in ("left", "center", "right")),
        *_block_rules(style),
    )
    return "\n".join(parts)


def _block_rules(style: Style) -> Iterator[str]:
    letterhead, title, table, grid = style.letterhead, style.title, style.table, style.grid
    left_mm, right_mm = _side_widths_mm(style)
    yield f".letterhead {{ margin-bottom: {letterhead.gap_after_pt:g}pt; }}"
    yield f".left-side {{ width: {left_mm:.4f}mm; }}"
    yield f".right-side {{ width: {right_mm:.4f}mm; }}"
    yield (
        f".letterhead .rule {{ border-top-width: {letterhead.rule_thickness_pt:g}pt; "
        f"margin-top: {letterhead.rule_gap_pt:g}pt; }}"
    )
    yield (
        f"h1 + .rule {{ border-top-width: {title.rule_thickness_pt:g}pt; "
        f"margin-top: {title.rule_gap_pt:g}pt; margin-bottom: {title.gap_after_pt:g}pt; }}"
    )
    yield f".without-rule {{ margin-bottom: {title.gap_after_pt:g}pt; }}"
    yield f".gap {{ height: {table.gap_after_pt:g}pt; }}"
    # CSS puts half of a rule into the cell beside it, Word puts none: the padding gives way.
    padding_x_pt = round(table.padding_x_mm / TWIP_MM) / 20 - table.rule_thickness_pt / 2
    yield (
        f"td, th {{ border-width: {table.rule_thickness_pt:g}pt; "
        f"padding: {table.padding_y_pt:g}pt {padding_x_pt:.3f}pt; }}"
    )
    yield f".signatures {{ margin-top: {grid.gap_before_pt:g}pt; margin-bottom: {grid.gap_after_pt:g}pt; }}"
    yield from _dense_rules(style)
    below_pt = style.texts["addressee"].space_after_pt
    yield f".addressees {{ break-inside: avoid; margin-bottom: {below_pt:g}pt; }}"
    yield ".addressees > .addressee { margin-bottom: 0; }"
    yield f".annex-head {{ margin-bottom: {title.gap_after_pt:g}pt; }}"
    if style.figure is not None:
        yield from _figure_rules(style.figure)
    if style.certificate is not None:
        yield from _certificate_rules(style, style.certificate)
    rest_pt = max(0, grid.gap_before_pt - table.gap_after_pt)
    yield f".gap + .kept > .signatures {{ margin-top: {rest_pt:g}pt; }}"
    yield f".room {{ min-height: {grid.room_mm:g}mm; }}"


def _figure_rules(figure: FigureStyle) -> Iterator[str]:
    # Without crisp edges WeasyPrint asks the reader to smooth pictures, which PDF/A forbids.
    yield (
        f".figure img {{ display: block; image-rendering: crisp-edges; "
        f"margin: 0 auto {figure.gap_before_caption_pt:g}pt; }}"
    )
    # WeasyPrint draws what hides its overflow behind all words of the page, and a drawing has words, too.
    yield ".figure .drawing { overflow: visible; }"
    yield (
        f".frame {{ width: {figure.frame_width_mm:g}mm; margin: 0 auto {figure.gap_before_caption_pt:g}pt; "
        f"border: {figure.frame_thickness_pt:g}pt solid black; }}"
    )


def _dense_rules(style: Style) -> Iterator[str]:
    """Yield the rules of tables in smaller letters than usual, for each permitted size."""
    table = style.table
    padding_pt = round(table.dense_padding_x_mm / TWIP_MM) / 20 - table.rule_thickness_pt / 2
    yield f".dense td, .dense th {{ padding-left: {padding_pt:.3f}pt; padding-right: {padding_pt:.3f}pt; }}"
    cell, header = style.texts["table_cell"], style.texts["table_header"]
    for look in cell.sizes[1:]:
        of_header = header.at_size(min(header.size_pt, look.size_pt))
        for tag, own in (("td", look), ("th", of_header)):
            size = f"font-size: {own.size_pt:g}pt; line-height: {own.line_pitch_pt:g}pt"
            yield f".{_size_class(look.size_pt)} {tag} {{ {size}; }}"


def _certificate_rules(style: Style, look: CertificateStyle) -> Iterator[str]:
    page, letterhead = style.page, style.letterhead
    inner_mm = look.frame_distance_mm + (look.frame_outer_pt + look.frame_gap_pt) * POINT_MM
    yield ".certificate { position: relative; }"
    yield ".certificate + .certificate { break-before: page; }"
    for name, thickness_pt, distance_mm in (
        ("outer", look.frame_outer_pt, look.frame_distance_mm),
        ("inner", look.frame_inner_pt, inner_mm),
    ):
        around_mm = 2 * (distance_mm + thickness_pt * POINT_MM)
        left_mm, top_mm = distance_mm - page.margin_left_mm, distance_mm - page.margin_top_mm
        yield (
            f".frame-{name} {{ position: absolute; border: {thickness_pt:g}pt solid #{look.frame_color}; "
            f"left: {left_mm:.4f}mm; top: {top_mm:.4f}mm; "
            f"width: {page.width_mm - around_mm:.4f}mm; height: {page.height_mm - around_mm:.4f}mm; }}"
        )
    yield (
        f".certificate .rule {{ border-top-width: {letterhead.rule_thickness_pt:g}pt; "
        f"margin-top: {letterhead.rule_gap_pt:g}pt; }}"
    )
    left_mm, right_mm = split_width((look.left_share, look.right_share), page.text_width_mm)
    yield ".foot { display: table; width: 100%; border-collapse: collapse; table-layout: fixed; }"
    yield f".decisions {{ display: table-cell; vertical-align: bottom; width: {left_mm:.4f}mm; }}"
    yield f".granted {{ display: table-cell; vertical-align: top; width: {right_mm:.4f}mm; }}"
