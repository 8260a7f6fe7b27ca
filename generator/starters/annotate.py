"""A workbook and findings about it come in; a copy with each finding as a note on its cell goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill

from generator.errors import InputError
from generator.findings import Finding, Place, Severity
from generator.readers.excel import open_workbook
from generator.readers.package import find_refusal
from generator.starters.cells import make_note, save_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFC7CE"),
    Severity.WARNING: PatternFill("solid", fgColor="FFEB9C"),
    Severity.GAP: PatternFill("solid", fgColor="DDEBF7"),
}
"""Colours of the cells, the weightiest finding first."""

FIRST_CELL = "A1"
"""Where the findings about a whole sheet are noted."""


def annotate_workbook(
    content: bytes, findings: Sequence[Finding], sentence: Callable[[Finding], str]
) -> bytes:
    """Return a copy of the workbook *content*, in which cells with *findings* have a colour and a note.

    *sentence* says what a finding says. Findings without a sheet, or about another file, are passed over;
    notes that are there stay. Pictures of charts, and computed values of formulas until a spreadsheet opens
    the copy, are lost. Raises `InputError` for a workbook that is not opened (`find_refusal`).
    """
    refusal = find_refusal(content)
    if refusal:
        raise InputError([Finding(refusal.code, Severity.ERROR, Place(""), refusal.values)])
    book = open_workbook(content, computed=False)
    pages = {page.title: page for page in book.worksheets}
    for (title, spot), found in _group(findings).items():
        if title in pages:
            _annotate(_find_cell(pages[title], spot), found, sentence)
    return save_workbook(book)


def _group(findings: Sequence[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """Return the findings by sheet and cell."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place.sheet:
            key = (finding.place.sheet, finding.place.cell or FIRST_CELL)
            groups.setdefault(key, []).append(finding)
    return groups


def _find_cell(page: Worksheet, spot: str) -> Cell:
    """Return the cell at *spot*; within a merged area the one that shows."""
    found = page[spot]
    if isinstance(found, Cell):
        return found
    area = next(area for area in page.merged_cells.ranges if spot in area)
    shown = page.cell(area.min_row, area.min_col)
    if not isinstance(shown, Cell):
        raise TypeError(spot)
    return shown


def _annotate(cell: Cell, findings: Sequence[Finding], sentence: Callable[[Finding], str]) -> None:
    old = [cell.comment.text] if cell.comment else []
    cell.comment = make_note("\n\n".join([*old, *(sentence(finding) for finding in findings)]))
    weights = {finding.severity for finding in findings}
    cell.fill = next(fill for severity, fill in FILLS.items() if severity in weights)
