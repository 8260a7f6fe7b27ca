"""Facts come in, as readers give them; the bytes of a workbook to fill in, with these facts, go out.

Every list of the conference has a sheet, with its headings, notes and drop-downs; the same facts give the
same bytes.
"""

from __future__ import annotations

import re
import zipfile
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils.cell import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE

from generator.readers.rows import look_up, parse_path
from generator.readers.sheets import (
    ANSWERS,
    FACTS,
    FORM_NOTES,
    GENERAL,
    GUIDE,
    LABEL,
    MEMBERS,
    SECTIONS,
    SHEETS,
    VALUE,
    Field,
    Form,
    Sheet,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1000
"""Down to which row the drop-downs go."""

UNITS = "DonVi"
"""The name of the list of units within the workbook."""

AUTHOR = "hoinghi"
TEXT_FORMAT, NUMBER_FORMAT = "@", "General"
NUMBERS = frozenset({Form.COUNT, Form.SCORE})
"""Forms that may be added up; all others stay text, or a spreadsheet would make dates of 30/3 and 06/6."""

WIDTHS = {
    Form.TEXT: 26,
    Form.PROSE: 46,
    Form.UNIT: 30,
    Form.ITEMS: 32,
    Form.LINES: 46,
    Form.POSITIONS: 36,
    Form.CHOICE: 18,
    Form.ANSWER: 12,
    Form.YEAR: 12,
    Form.FIGURE: 14,
    Form.SCORE: 12,
    Form.COUNT: 12,
    Form.DAY: 14,
    Form.WHEN: 20,
    Form.CLOCK: 12,
}
"""Widths of columns, in letters."""

GENERAL_WIDTHS = (38, 60, 80)
GUIDE_WIDTHS = (28, 110)

LETTERS_A_NOTE_LINE, NOTE_LINE_PX, NOTE_WIDTH_PX = 42, 19, 300

LINE_PT = 15
"""Height of a line in a row; longer text needs several."""

HEADING_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="1F4E79")
REQUIRED_FILL = PatternFill("solid", fgColor="9C2B1F")
SECTION_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, bold=True)
SECTION_FILL = PatternFill("solid", fgColor="DDEBF7")
LINK_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, color="0563C1", underline="single")
_HAIR = Side("thin", color="BFBFBF")
THIN = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")

_WRITES_AS_FORMULA = ("=", "+", "-", "@")
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
"""openpyxl cannot write properties without them."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NO_TRIANGLES = b'<ignoredErrors><ignoredError sqref="A1:GR5000" numberStoredAsText="1"/></ignoredErrors>'
"""Excel marks figures in text cells as a mistake; here they are meant."""


def make_workbook(facts: Mapping[str, Any], *, general: bool = True) -> bytes:
    """Return a workbook that holds *facts*; without *general*, one of lists only.

    What a sheet cannot say is left out: items that hold ``;`` come apart when they are read again.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = (GENERAL, *SHEETS) if general else SHEETS
    _write_guide(book, sheets)
    if general:
        _write_general(book, facts)
    for sheet in SHEETS:
        _write_list(book, sheet, list_rows(facts, sheet))
    _name_units(book)
    return save_workbook(book, _tidy)


def _tidy(sheet: bytes) -> bytes:
    """Return the XML of a *sheet* of ours with what openpyxl does not write."""
    sheet = sheet.replace(b' customHeight="1"', b"")  # or a row would not grow with what is typed into it
    return sheet.replace(b"<legacyDrawing ", _NO_TRIANGLES + b"<legacyDrawing ", 1)


def list_rows(facts: Mapping[str, Any], sheet: Sheet) -> list[dict[Field, str]]:
    """Return the rows of *sheet* that say what *facts* say: its fields and their texts."""
    return [
        row
        for target, code in _targets(sheet)
        for record in _records(facts, target)
        for row in _split_record(record, sheet, code)
    ]


def format_value(field: Field, value: Any) -> str:
    """Return the text of a cell that says *value*."""
    match field.form:
        case Form.CHOICE:
            return field.words[value][0] if value in field.words else str(value)
        case Form.ITEMS:
            return "; ".join(value)
        case Form.LINES:
            return "\n".join(value)
        case Form.POSITIONS:
            return "; ".join(" | ".join(filter(None, [one["title"], one.get("unit")])) for one in value)
        case _:
            return str(value)


def read_text(name: str) -> str:
    """Return the text for people that is kept under *name*."""
    return (resources.files("generator.starters") / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def make_writable(text: str) -> str:
    """Return *text* with a visible sign in place of characters that no workbook can hold."""
    return _NOT_WRITABLE.sub("\ufffd", text)


def save_workbook(book: Workbook, edit: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return *book* as a file without the clock in it; *edit* has the last word on the XML of each sheet."""
    book.properties.creator = AUTHOR
    written = BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == ARC_CORE:
                content = _DATES.sub(b"", content)
            elif name.startswith("xl/worksheets/sheet"):
                content = edit(content)
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return packed.getvalue()


# --- from facts to rows ---------------------------------------------------------------------------------


def _targets(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the places of the conference that *sheet* lists, each with the code that selects it."""
    return [(code, code) for code in sheet.selector.words] if sheet.selector else [(sheet.target, "")]


def _records(facts: Mapping[str, Any], target: str) -> list[Any]:
    found = look_up(dict(facts), parse_path(target.removesuffix("[]")))
    if target.endswith("[]"):
        return found or []
    return [] if found is None else [found]


def _split_record(record: Mapping[str, Any], sheet: Sheet, code: str) -> Iterator[dict[Field, str]]:
    prefix = f"{sheet.inner}."
    outer = [field for field in sheet.fields if not sheet.inner or not field.path.startswith(prefix)]
    inner = [field for field in sheet.fields if field not in outer]
    start = {sheet.selector: sheet.selector.words[code][0]} if sheet.selector else {}
    row = start | _format_fields(record, outer, "")
    for item in record.get(sheet.inner) or [{}]:
        yield row | _format_fields(item, inner, prefix)


def _format_fields(record: Mapping[str, Any], fields: list[Field], prefix: str) -> dict[Field, str]:
    values = {field: look_up(dict(record), parse_path(field.path.removeprefix(prefix))) for field in fields}
    return {field: format_value(field, value) for field, value in values.items() if value is not None}


# --- sheets ---------------------------------------------------------------------------------------------


def _write_list(book: Workbook, sheet: Sheet, rows: list[dict[Field, str]]) -> None:
    page = book.create_sheet(sheet.name)
    for number, field in enumerate(sheet.columns, 1):
        _write_heading(page.cell(1, number), field, _describe(field))
        dimension = page.column_dimensions[get_column_letter(number)]
        dimension.width = WIDTHS[field.form]
        dimension.number_format = _format_of(field)
        dimension.alignment = WRAPPED
        _add_choices(page, field, f"{get_column_letter(number)}2:{get_column_letter(number)}{LAST_ROW}")
    for at, row in enumerate(rows, 2):
        for number, field in enumerate(sheet.columns, 1):
            if field in row:
                _write_text(page.cell(at, number), row[field], _format_of(field))
        texts = [row.get(field, "") for field in sheet.columns]
        _set_height(page, at, texts, [WIDTHS[field.form] for field in sheet.columns])
    page.freeze_panes = "B2"
    _set_print(page)


def _write_general(book: Workbook, facts: Mapping[str, Any]) -> None:
    page = book.create_sheet(GENERAL.name)
    for number, (field, width) in enumerate(zip((LABEL, VALUE), GENERAL_WIDTHS, strict=False), 1):
        _write_heading(page.cell(1, number), None, field.note, field.heading)
        page.column_dimensions[get_column_letter(number)].width = width
    _write_heading(page.cell(1, 3), None, "", "Giải thích")
    page.column_dimensions["C"].width = GENERAL_WIDTHS[2]
    at, section = 2, ""
    for field in FACTS:
        if _section_of(field) != section:
            section = _section_of(field)
            _write_section(page, at, section)
            at += 1
        _write_fact(page, at, field, look_up(dict(facts), parse_path(field.path)))
        at += 1
    page.freeze_panes = "B2"
    _set_print(page)


def _section_of(field: Field) -> str:
    """Return the title of the group of facts to which *field* belongs."""
    return SECTIONS[field.path.partition(".")[0]]


def _write_section(page: Worksheet, at: int, title: str) -> None:
    for number in range(1, len(GENERAL_WIDTHS) + 1):
        page.cell(at, number).fill = SECTION_FILL
    cell = page.cell(at, 1)
    _write_text(cell, title, TEXT_FORMAT)
    cell.font = SECTION_FONT
    cell.alignment = Alignment(vertical="top")


def _write_fact(page: Worksheet, at: int, field: Field, value: Any) -> None:
    shown = "" if value is None else format_value(field, value)
    texts = (field.heading, shown, _describe(field).replace("\n", " "))
    for number, text in enumerate(texts, 1):
        cell = page.cell(at, number)
        _write_text(cell, text, _format_of(field) if number == 2 else TEXT_FORMAT)
        cell.border = THIN
    _set_height(page, at, texts, GENERAL_WIDTHS)
    _add_choices(page, field, f"B{at}")


def _write_guide(book: Workbook, sheets: tuple[Sheet, ...]) -> None:
    page = book.create_sheet(GUIDE)
    for number, width in enumerate(GUIDE_WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    lines = read_text("guide").splitlines()
    for at, line in enumerate(lines, 1):
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=2)
        _write_text(page.cell(at, 1), line, TEXT_FORMAT)
        _set_height(page, at, [line], [sum(GUIDE_WIDTHS)])
        if line.isupper():
            page.cell(at, 1).font = SECTION_FONT
    for at, sheet in enumerate(sheets, len(lines) + 1):
        link = page.cell(at, 1)
        _write_text(link, sheet.name, TEXT_FORMAT)
        link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(sheet.name)}!A1")
        link.font = LINK_FONT
        note = f"{sheet.note} {sheet.row}"
        _write_text(page.cell(at, 2), note, TEXT_FORMAT)
        _set_height(page, at, ["", note], GUIDE_WIDTHS)
    _set_print(page, heading_row=False)


# --- cells ----------------------------------------------------------------------------------------------


def _write_text(cell: Cell | MergedCell, text: str, number_format: str) -> None:
    """Write *text* as text, whatever it looks like; not into what a merged area covers."""
    if isinstance(cell, MergedCell):
        return
    cell.number_format = number_format
    cell.alignment = WRAPPED
    if text:
        cell.value = make_writable(text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_WRITES_AS_FORMULA)


def _write_heading(cell: Cell | MergedCell, field: Field | None, note: str, heading: str = "") -> None:
    if isinstance(cell, MergedCell):
        return
    is_required = field is not None and _is_always_required(field)
    title = heading or (field.heading if field else "")
    cell.value = f"{title} *" if is_required else title
    cell.font, cell.alignment, cell.border = HEADING_FONT, CENTRED, THIN
    cell.fill = REQUIRED_FILL if is_required else HEADING_FILL
    if note:
        cell.comment = make_note(note)


def make_note(text: str) -> Comment:
    """Return a note on a cell, high enough for its *text*."""
    lines = sum(1 + len(line) // LETTERS_A_NOTE_LINE for line in text.split("\n"))
    return Comment(make_writable(text), AUTHOR, height=NOTE_LINE_PX * (lines + 1), width=NOTE_WIDTH_PX)


def _describe(field: Field) -> str:
    """Return what the note on a heading says: what belongs there, which words, an example."""
    words = ", ".join(words[0] for words in _words_of(field).values())
    parts = [
        field.note,
        FORM_NOTES.get(field.form, ""),
        f"Chọn một trong: {words}." if words else "",
        f"Ví dụ: {field.example.removesuffix('.')}." if field.example else "",
        _need(field),
    ]
    return "\n".join(filter(None, parts))


def _is_always_required(field: Field) -> bool:
    """Tell whether a row cannot be without the *field*, and not only the person or target that it is of."""
    return field.required and "." not in field.path


def _need(field: Field) -> str:
    if _is_always_required(field):
        return "Bắt buộc."
    return "Phải điền nếu đã điền các mục liên quan." if field.required else ""


def _words_of(field: Field) -> Words:
    return ANSWERS if field.form is Form.ANSWER else field.words


def _format_of(field: Field) -> str:
    return NUMBER_FORMAT if field.form in NUMBERS else TEXT_FORMAT


def _add_choices(page: Worksheet, field: Field, cells: str) -> None:
    """Give *cells* the drop-down of *field*, if it has one; a unit may also be none of the members."""
    words = [words[0] for words in _words_of(field).values()]
    if words:
        formula = f'"{",".join(words)}"'
    elif field.form is Form.UNIT:
        formula = UNITS
    else:
        return
    choices = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=bool(words))
    if words:
        choices.errorTitle, choices.error = field.heading, f"Chọn một trong: {', '.join(words)}."
    choices.add(cells)
    page.add_data_validation(choices)


def _name_units(book: Workbook) -> None:
    """Name the list of members, as long as it is at the moment, for the drop-downs of units."""
    page = quote_sheetname(MEMBERS.name)
    first, last = absolute_coordinate("A2"), absolute_coordinate(f"A{LAST_ROW}")
    extent = f"MAX(1,COUNTA({page}!{first}:{last}))"
    book.defined_names[UNITS] = DefinedName(UNITS, attr_text=f"OFFSET({page}!{first},0,0,{extent},1)")


def _set_height(page: Worksheet, at: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make the row *at* high enough for its *texts*: not every program does on opening."""
    lines = max(
        sum(1 + len(line) // width for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    if lines > 1:
        page.row_dimensions[at].height = lines * LINE_PT


def _set_print(page: Worksheet, *, heading_row: bool = True) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heading_row:
        page.print_title_rows = "1:1"
        page.row_dimensions[1].height = 34
