"""Read a workbook as text with places: each sheet is a list of the conference, each row a record.

Formulas count by their last computed value, dates and numbers as they are shown. What a workbook may hide,
merge or leave uncomputed is a finding with its sheet and cell.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from generator.findings import Place, Severity
from generator.readers.cells import read_cell
from generator.readers.matrix import read_matrix
from generator.readers.package import count_sheets, find_refusal
from generator.readers.raw import RawFacts
from generator.readers.rows import read_table
from generator.readers.sheets import MATRIX
from generator.readers.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Layout,
    Table,
    find_sheet,
    is_ignored_sheet,
    iter_data_rows,
    suggest_sheet,
)
from generator.readers.without_numpy import without_numpy

with without_numpy():
    from openpyxl import load_workbook
    from openpyxl.cell.cell import MergedCell
    from openpyxl.utils.cell import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from generator.readers.sheets import Sheet

MOST_BYTES = 20_000_000
MOST_LETTERS = 2_000_000
"""Of all cells together: a text is stored once, and many cells may hold it."""


def read_workbook(file: FilePath, shown_as: str) -> RawFacts:
    """Read *file*, called *shown_as* in findings; the value is None if the workbook gives nothing."""
    facts = RawFacts(shown_as)
    content = _read_bytes(file, facts)
    if content is not None:
        _read_content(content, facts)
    return facts


def _read_bytes(file: FilePath, facts: RawFacts) -> bytes | None:
    place = Place(facts.file)
    if facts.refuses(file):
        return None
    try:
        if not file.is_file():
            facts.report("file-unreadable", place, reason="not a file")
            return None
        if file.stat().st_size > MOST_BYTES:
            facts.report("file-too-large", place, limit=MOST_BYTES)
            return None
        return file.read_bytes()
    except OSError as error:
        facts.report("file-unreadable", place, reason=error.strerror or str(error))
        return None


def _read_content(content: bytes, facts: RawFacts) -> None:
    refusal = find_refusal(content)
    if refusal:
        facts.report(refusal.code, Place(facts.file), (), **refusal.values)
        return
    try:
        computed, formulas = (open_workbook(content, computed=computed) for computed in (True, False))
        if len(computed.sheetnames) < count_sheets(content):  # openpyxl passes over one that is not there
            facts.report("workbook-unreadable", Place(facts.file), reason="sheet")
            return
        _read_sheets(computed, formulas, facts)
    except Exception as error:  # openpyxl answers damage with whatever error it runs into
        facts.report("workbook-unreadable", Place(facts.file), reason=type(error).__name__)


def open_workbook(content: bytes, *, computed: bool) -> Workbook:
    """Open a workbook whole, with the computed values of its formulas or with the formulas themselves.

    Never in openpyxl's read-only mode, which believes the extent that a sheet declares. Raises whatever
    openpyxl raises; *content* must have passed `find_refusal`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about looks that openpyxl does not keep
        return load_workbook(BytesIO(content), data_only=computed, keep_links=False)


def _read_sheets(computed: Workbook, formulas: Workbook, facts: RawFacts) -> None:
    found: dict[Sheet, tuple[Worksheet, Table]] = {}
    letters = 0
    for values, written in zip(computed.worksheets, formulas.worksheets, strict=True):
        table = _make_table(values, written, facts)
        place = Place(facts.file, sheet=values.title)
        letters += sum(len(cell.text) for cells in table.rows.values() for cell in cells.values())
        if letters > MOST_LETTERS:
            facts.report("sheet-too-long", place, limit=MOST_LETTERS)
            return
        if not table.rows or is_ignored_sheet(values.title):
            continue
        sheet = find_sheet(values.title)
        if sheet is None:
            _report_unknown_sheet(values, place, facts)
        elif sheet in found:
            facts.report("sheet-twice", place, sheet=sheet.name, first=found[sheet][0].title)
        else:
            found[sheet] = (values, table)
    # The matrix last, wherever it stands: it is read by the members and criteria of other sheets.
    for sheet in sorted(found, key=lambda sheet: sheet is MATRIX):
        _read_sheet(*found[sheet], sheet, facts)


def _report_unknown_sheet(values: Worksheet, place: Place, facts: RawFacts) -> None:
    meant = suggest_sheet(values.title)
    code = "unknown-sheet-meant" if meant else "unknown-sheet"
    severity = Severity.ERROR if values.sheet_state == "visible" else Severity.WARNING
    facts.findings.append(facts.make_finding(code, place, (), severity, sheet=values.title, meant=meant))


def _read_sheet(values: Worksheet, table: Table, sheet: Sheet, facts: RawFacts) -> None:
    if values.sheet_state != "visible":
        _warn("hidden-sheet", Place(facts.file, sheet=values.title), facts)
    layout = read_matrix(table, facts) if sheet is MATRIX else read_table(table, sheet, facts)
    if layout:
        _report_merged(values, table, layout, facts)
        _report_hidden(values, table, layout, facts)


def _make_table(values: Worksheet, written: Worksheet, facts: RawFacts) -> Table:
    rows: dict[int, dict[int, Cell]] = {}
    too_far = False
    # The cells that are there, not the area that they span: one cell in the last corner spans all.
    for (row, column), found in sorted(values._cells.items()):
        if isinstance(found, MergedCell):
            continue
        other = written._cells.get((row, column))
        cell = read_cell(found, is_formula=other is not None and other.data_type == "f")
        if cell is None:
            continue
        if row <= MOST_ROWS and column <= MOST_COLUMNS:
            rows.setdefault(row, {})[column] = cell
        elif not too_far:
            too_far = True
            place = _place(facts.file, values.title, row, column)
            facts.report("cell-too-far", place, rows=MOST_ROWS, columns=MOST_COLUMNS)
    return Table(rows, lambda row, column: _place(facts.file, values.title, row, column))


def _place(file: str, sheet: str, row: int, column: int) -> Place:
    return Place(file, sheet=sheet, cell=f"{get_column_letter(column)}{row}")


def _warn(code: str, place: Place, facts: RawFacts, **values: object) -> None:
    facts.findings.append(facts.make_finding(code, place, (), Severity.WARNING, **values))


# --- what a sheet may do to its cells -------------------------------------------------------------------


def _report_merged(values: Worksheet, table: Table, layout: Layout, facts: RawFacts) -> None:
    """Report merged cells among the records: which of them the value belongs to is not known."""
    data_rows = set(iter_data_rows(table, layout))
    for area in sorted(values.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col)):
        rows = range(max(area.min_row, layout.heading_row + 1), area.max_row + 1)
        if not data_rows.isdisjoint(rows):
            place = _place(facts.file, values.title, area.min_row, area.min_col)
            facts.report("merged-cells", place, cells=area.coord)


def _report_hidden(values: Worksheet, table: Table, layout: Layout, facts: RawFacts) -> None:
    """Warn of hidden rows and columns: they are read, and nobody sees them."""
    hidden = {number for number, dimension in values.row_dimensions.items() if dimension.hidden}
    rows = [number for number in iter_data_rows(table, layout) if number in hidden]
    if rows:
        place = _place(facts.file, values.title, rows[0], 1)
        _warn("hidden-rows", place, facts, rows=", ".join(str(number) for number in rows))
    columns = sorted(layout.columns.keys() & set(_iter_hidden_columns(values)))
    if columns:
        place = _place(facts.file, values.title, layout.heading_row, columns[0])
        names = ", ".join(get_column_letter(number) for number in columns)
        _warn("hidden-columns", place, facts, columns=names)


def _iter_hidden_columns(values: Worksheet) -> Iterator[int]:
    for dimension in values.column_dimensions.values():
        if dimension.hidden:
            yield from range(dimension.min or 1, min(dimension.max or 1, MOST_COLUMNS) + 1)
