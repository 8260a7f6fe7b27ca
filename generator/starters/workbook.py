"""Facts come in, as readers give them; the bytes of a workbook to fill in, with these facts, go out.

Every list of the conference has a sheet, with its headings, notes and drop-downs; the same facts give the
same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils.cell import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from generator.readers.rows import look_up, parse_path
from generator.readers.sheets import (
    ANSWERS,
    FACTS,
    FORM_NOTES,
    GENERAL,
    GUIDE,
    LABEL,
    MARKS,
    MATRIX,
    MEMBERS,
    SECTIONS,
    SHEETS,
    SUMMARY,
    VALUE,
    Field,
    Form,
    Sheet,
    Words,
)
from generator.starters.cells import (
    CENTRED,
    HEADING_FILL,
    HEADING_FONT,
    LAST_ROW,
    LINK_FONT,
    NUMBER_FORMAT,
    REQUIRED_FILL,
    SECTION_FILL,
    SECTION_FONT,
    TEXT_FORMAT,
    THIN,
    WRAPPED,
    make_note,
    read_text,
    save_workbook,
    set_height,
    set_print,
    write_figure,
    write_text,
)
from generator.starters.matrix import plan_matrix, read_words, write_matrix
from generator.starters.totals import write_totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TITLE = 32
"""Of the window that refuses what is typed; Excel refuses a file with a longer one."""

UNITS = "DonVi"
"""The name of the list of units within the workbook."""

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

_NO_TRIANGLES = b'<ignoredErrors><ignoredError sqref="A1:GR5000" numberStoredAsText="1"/></ignoredErrors>'
"""Excel marks figures in text cells as a mistake; here they are meant."""


def make_workbook(facts: Mapping[str, Any], *, general: bool = True) -> bytes:
    """Return a workbook that holds *facts*; without *general*, one of lists only.

    Where members are known, a matrix holds their marks as far as it can. What a sheet cannot say is left out:
    items that hold ``;`` come apart when they are read again.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    plan = plan_matrix(facts)
    lists = plan.leave_out(facts) if plan else facts
    _write_guide(book)
    if general:
        _write_general(book, lists)
    for sheet in SHEETS:
        _write_list(book, sheet, list_rows(lists, sheet))
        if plan and sheet is MARKS:
            write_matrix(book, plan)
            write_totals(book, plan)
    _list_sheets(book)
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
            if field in row and field.form in NUMBERS:
                write_figure(page.cell(at, number), row[field])
            elif field in row:
                write_text(page.cell(at, number), row[field], TEXT_FORMAT)
        texts = [row.get(field, "") for field in sheet.columns]
        set_height(page, at, texts, [WIDTHS[field.form] for field in sheet.columns])
    page.freeze_panes = "B2"
    set_print(page)


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
    set_print(page)


def _section_of(field: Field) -> str:
    """Return the title of the group of facts to which *field* belongs."""
    return SECTIONS[field.path.partition(".")[0]]


def _write_section(page: Worksheet, at: int, title: str) -> None:
    for number in range(1, len(GENERAL_WIDTHS) + 1):
        page.cell(at, number).fill = SECTION_FILL
    cell = page.cell(at, 1)
    write_text(cell, title, TEXT_FORMAT)
    cell.font = SECTION_FONT
    cell.alignment = Alignment(vertical="top")


def _write_fact(page: Worksheet, at: int, field: Field, value: Any) -> None:
    shown = "" if value is None else format_value(field, value)
    texts = (field.heading, shown, _describe(field).replace("\n", " "))
    for number, text in enumerate(texts, 1):
        cell = page.cell(at, number)
        write_text(cell, text, _format_of(field) if number == 2 else TEXT_FORMAT)
        cell.border = THIN
    set_height(page, at, texts, GENERAL_WIDTHS)
    _add_choices(page, field, f"B{at}")


def _write_guide(book: Workbook) -> None:
    page = book.create_sheet(GUIDE)
    for number, width in enumerate(GUIDE_WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    for at, line in enumerate(read_text("guide").splitlines(), 1):
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=2)
        write_text(page.cell(at, 1), line, TEXT_FORMAT)
        set_height(page, at, [line], [sum(GUIDE_WIDTHS)])
        if line.isupper():
            page.cell(at, 1).font = SECTION_FONT
    set_print(page, heading_row=False)


def _list_sheets(book: Workbook) -> None:
    """List the sheets of *book* below its guide, each with a link."""
    notes = {sheet.name: f"{sheet.note} {sheet.row}" for sheet in (GENERAL, *SHEETS, MATRIX)}
    notes[SUMMARY] = read_words()["summary_note"]
    page = book[GUIDE]
    names = [name for name in book.sheetnames if name != GUIDE]
    for at, name in enumerate(names, page.max_row + 1):
        link = page.cell(at, 1)
        write_text(link, name, TEXT_FORMAT)
        link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(name)}!A1")
        link.font = LINK_FONT
        write_text(page.cell(at, 2), notes[name], TEXT_FORMAT)
        set_height(page, at, ["", notes[name]], GUIDE_WIDTHS)


# --- cells ----------------------------------------------------------------------------------------------


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
        choices.errorTitle = field.heading if len(field.heading) <= LONGEST_TITLE else ""
        choices.error = f"Chọn một trong: {', '.join(words)}."
    choices.add(cells)
    page.add_data_validation(choices)


def _name_units(book: Workbook) -> None:
    """Name the list of members, as long as it is at the moment, for the drop-downs of units."""
    page = quote_sheetname(MEMBERS.name)
    first, last = absolute_coordinate("A2"), absolute_coordinate(f"A{LAST_ROW}")
    extent = f"MAX(1,COUNTA({page}!{first}:{last}))"
    book.defined_names[UNITS] = DefinedName(UNITS, attr_text=f"OFFSET({page}!{first},0,0,{extent},1)")
