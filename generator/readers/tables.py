"""The cells of a table come in; where its headings are, and which field each of its columns holds, goes out.

Tables come from a workbook or from a CSV file; `generator.readers.sheets` says what their columns mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from generator.findings import Place, Severity, nearest
from generator.readers.sheets import (
    GENERAL,
    IGNORED_HEADINGS,
    IGNORED_SHEETS,
    MATRIX,
    SHEETS,
    Field,
    Sheet,
)
from generator.vietnamese import clean_text, fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.readers.raw import RawFacts

MOST_ROWS = 5000
MOST_COLUMNS = 200

HEADING_ROWS = 50
"""Among how many rows the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank."""

    text: str
    turned: bool = False
    """Whether the table holds a date or a time there, and not text."""
    problem: str = ""
    """Code of what prevents it from being read."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the sentence about the problem names."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a sheet or a CSV file that are not blank, by row and column, counted from 1, in order."""

    rows: Mapping[int, Mapping[int, Cell]]
    locate: Callable[[int, int], Place]
    """Gives the place of the cell in a row and a column, also of a blank one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table has its headings, and which fields its columns hold."""

    heading_row: int
    columns: Mapping[int, Field]
    place: Place
    """Of the first heading."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a key that all spellings of a heading, a name of a sheet or a word for a choice share."""
    return fold_for_comparison(" ".join(text.split())).strip(" :*")


def find_sheet(name: str) -> Sheet | None:
    """Return the sheet that is known by *name*."""
    return _sheets().get(fold(name))


def suggest_sheet(name: str) -> str:
    """Return the name of the sheet that *name* was most likely meant to be, or an empty string."""
    known = {key: sheet.name for key, sheet in _sheets().items()}
    return known.get(nearest(fold(name), known), "")


def is_ignored_sheet(name: str) -> bool:
    """Tell whether a sheet of this *name* is for people only."""
    return fold(name) in {fold(ignored) for ignored in IGNORED_SHEETS}


def is_blank(text: str) -> bool:
    """Tell whether *text* holds nothing but spaces."""
    return not any(map(str.isalnum, text)) and not clean_text(text).text


def find_heading_row(table: Table, fields: Iterable[Field]) -> int | None:
    """Return the row that holds the headings: the first with two known ones, or else with one."""
    known = {fold(name) for one in fields for name in one.names}
    counts = [
        (number, sum(fold(cell.text) in known for cell in cells.values()))
        for number, cells in list(table.rows.items())[:HEADING_ROWS]
    ]
    for least in (2, 1):
        for number, count in counts:
            if count >= least:
                return number
    return None


def iter_data_rows(table: Table, layout: Layout) -> Iterator[int]:
    """Yield the rows below the headings of which a known column holds something."""
    for number, cells in table.rows.items():
        if number > layout.heading_row and not layout.columns.keys().isdisjoint(cells):
            yield number


def format_spot(place: Place) -> str:
    """Return the part of *place* that names it within its sheet or file: ``D7``, or line and column."""
    return place.cell or f"{place.line}:{place.column}"


@cache
def _sheets() -> dict[str, Sheet]:
    return {fold(name): sheet for sheet in (GENERAL, *SHEETS, MATRIX) for name in sheet.names}


# --- headings -------------------------------------------------------------------------------------------


def read_layout(table: Table, sheet: Sheet, facts: RawFacts) -> Layout | None:
    """Return the layout of *table* as *sheet*, and report what is wrong with it; None without headings."""
    heading_row = find_heading_row(table, sheet.columns)
    if heading_row is None:
        first = next(iter(table.rows))
        place = table.locate(first, next(iter(table.rows[first])))
        known = ", ".join(column.heading for column in sheet.columns[:4])
        facts.report("headings-missing", place, sheet=sheet.name, known=known)
        return None
    place = table.locate(heading_row, next(iter(table.rows[heading_row])))
    layout = Layout(heading_row, _match_columns(table, heading_row, sheet, facts), place)
    _check_columns_without_heading(table, heading_row, facts)
    _check_required_columns(table, layout, sheet, facts)
    return layout


def _match_columns(table: Table, heading_row: int, sheet: Sheet, facts: RawFacts) -> dict[int, Field]:
    known = {fold(name): column for column in sheet.columns for name in column.names}
    ignored = {fold(heading) for heading in IGNORED_HEADINGS} - set(known)
    columns: dict[int, Field] = {}
    for number, cell in table.rows[heading_row].items():
        place = table.locate(heading_row, number)
        if cell.problem:
            facts.report(cell.problem, place, (), **cell.values)
            continue
        key = fold(cell.text)
        if key in ignored:
            continue
        if key not in known:
            shown = {name: column.heading for name, column in known.items()}
            report_unknown("unknown-heading", cell.text, place, shown, facts)
            continue
        first = next((at for at, column in columns.items() if column is known[key]), 0)
        if first:
            spot = format_spot(table.locate(heading_row, first))
            facts.report("heading-twice", place, heading=known[key].heading, first=spot)
            continue
        columns[number] = known[key]
    return columns


def report_unknown(code: str, text: str, place: Place, known: Mapping[str, str], facts: RawFacts) -> None:
    """Report a heading or name that is none of the *known*, given by their keys; an old code is only told."""
    before = len(facts.findings)
    name = " ".join(facts.accept_text(text, place, ()).split())
    if any(found.severity is Severity.ERROR for found in facts.findings[before:]):
        return
    meant = nearest(fold(name), known)
    if meant:
        facts.report(f"{code}-meant", place, heading=name, meant=known[meant])
    else:
        facts.report(code, place, heading=name)


def _check_columns_without_heading(table: Table, heading_row: int, facts: RawFacts) -> None:
    seen = set(table.rows[heading_row])
    for number, cells in table.rows.items():
        for column in cells.keys() - seen if number > heading_row else ():
            seen.add(column)
            facts.report("column-without-heading", table.locate(number, column))


def _check_required_columns(table: Table, layout: Layout, sheet: Sheet, facts: RawFacts) -> None:
    """Report columns that every record needs, if anything is written below the headings."""
    if not any(iter_data_rows(table, layout)):
        return
    given = list(layout.columns.values())
    for wanted in sheet.columns:
        if wanted.required and wanted not in given and is_owner_used(wanted, given):
            facts.report("heading-missing", layout.place, heading=wanted.heading)


def _owner(path: str) -> str:
    """Return the record that holds the field at *path*, from the record of the row."""
    return path.rpartition(".")[0]


def is_owner_used(wanted: Field, given: Iterable[Field]) -> bool:
    """Tell whether the record that holds the *wanted* field has any field among those *given*."""
    owner = _owner(wanted.path)
    return not owner or any(one.path.startswith(f"{owner}.") for one in given)
