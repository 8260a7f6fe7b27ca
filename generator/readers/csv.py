"""Read CSV files as text with places: each file is a list of the conference, named after its sheet.

Commas, semicolons and tabs part the columns, whichever the file uses; the text is UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.findings import Place
from generator.readers.raw import RawFacts
from generator.readers.rows import read_table
from generator.readers.sheets import MARKS, MATRIX
from generator.readers.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Table,
    find_sheet,
    fold,
    is_blank,
    suggest_sheet,
)
from generator.vietnamese import looks_like_legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from generator.readers.sheets import Sheet

SUFFIX = ".csv"
MOST_BYTES = 2_000_000
DELIMITERS = (",", ";", "\t")

_NAMED_DELIMITER = re.compile(r'\A"?sep=(.)"?(?:\n|\Z)')
"""The first line that Excel writes and heeds."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_LINES_WITH_HEADINGS = 50


@dataclass(frozen=True, slots=True)
class _Token:
    """A field of a CSV file, and where it begins."""

    text: str
    line: int
    column: int


def read_csv(folder: FilePath) -> list[RawFacts]:
    """Read the CSV files in *folder*, each on its own, in the order of their names."""
    files = sorted(file for file in folder.iterdir() if _is_csv(file)) if folder.is_dir() else []
    return [read_csv_file(file, f"{folder.name}/{file.name}") for file in files]


def _is_csv(file: FilePath) -> bool:
    return file.suffix.lower() == SUFFIX and not file.name.startswith(".") and file.is_file()


def read_csv_file(file: FilePath, shown_as: str) -> RawFacts:
    """Read *file*, called *shown_as* in findings; the value is None if it gives nothing."""
    facts = RawFacts(shown_as)
    sheet = find_sheet(file.stem)
    if sheet is None or sheet is MATRIX:
        meant = suggest_sheet(file.stem)
        meant = MARKS.name if meant == MATRIX.name else meant  # a matrix is read from a workbook only
        code = "unknown-csv-meant" if meant else "unknown-csv"
        facts.report(code, Place(shown_as), (), name=file.name, meant=meant)
        return facts
    text = _read_text(file, facts)
    if text is not None:
        facts.lines = text.split("\n")
        delimiter = _find_delimiter(facts.lines, sheet)
        table = _make_table(_NAMED_DELIMITER.sub("\n", text, count=1), delimiter, facts)
        read_table(table, sheet, facts)
    return facts


def _read_text(file: FilePath, facts: RawFacts) -> str | None:
    place = Place(facts.file)
    if facts.refuses(file):
        return None
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        facts.report("file-unreadable", place, reason=error.strerror or str(error))
        return None
    if len(content) > MOST_BYTES:
        facts.report("file-too-large", place, limit=MOST_BYTES)
        return None
    try:
        return re.sub("\r\n?", "\n", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        _report_encoding(content, error.start, facts)
        return None


def _report_encoding(content: bytes, start: int, facts: RawFacts) -> None:
    place = Place(facts.file, content[:start].count(b"\n") + 1)
    legacy = looks_like_legacy_encoding(content.decode("cp1252", errors="replace"))
    if legacy:
        facts.report("legacy-encoding", place, encoding=legacy)
    else:
        facts.report("not-utf-8", place)


def _find_delimiter(lines: list[str], sheet: Sheet) -> str:
    """Return the character that parts the columns: the one by which most headings are known."""
    named = _NAMED_DELIMITER.match(lines[0])
    if named:
        return named[1]
    known = {fold(name) for column in sheet.columns for name in column.names}

    def count(delimiter: str) -> tuple[int, int]:
        parts = (line.split(delimiter) for line in lines[:_LINES_WITH_HEADINGS])
        headings = ({fold(part.strip('"')) for part in line} for line in parts)
        return max(len(known & found) for found in headings), lines[0].count(delimiter)

    return max(DELIMITERS, key=count)


def _make_table(text: str, delimiter: str, facts: RawFacts) -> Table:
    tokens: dict[tuple[int, int], _Token] = {}
    rows: dict[int, dict[int, Cell]] = {}

    def locate(row: int, column: int) -> Place:
        """Return the place of a field; of the start of its row where the row is shorter."""
        token = tokens.get((row, column)) or tokens[row, 1]
        return Place(facts.file, token.line, token.column)

    for row, record in enumerate(_iter_records(text, delimiter, facts), 1):
        for column, token in enumerate(record, 1):
            tokens[row, column] = token
            if is_blank(token.text):
                continue
            if row > MOST_ROWS or column > MOST_COLUMNS:
                facts.report("cell-too-far", locate(row, column), rows=MOST_ROWS, columns=MOST_COLUMNS)
                return Table(rows, locate)
            rows.setdefault(row, {})[column] = Cell(token.text)
    return Table(rows, locate)


# --- the grammar ----------------------------------------------------------------------------------------


@dataclass
class _Cursor:
    """Where the reading of a text is."""

    text: str
    at: int = 0
    line: int = 1
    line_start: int = 0

    def advance(self, end: int) -> None:
        """Go on to *end*."""
        lines = self.text.count("\n", self.at, end)
        if lines:
            self.line += lines
            self.line_start = self.text.rindex("\n", self.at, end) + 1
        self.at = end


def _iter_records(text: str, delimiter: str, facts: RawFacts) -> Iterator[list[_Token]]:
    """Yield the records of *text*, each as its fields; quotes that do not match are reported."""
    plain = re.compile(f"[^{re.escape(delimiter)}\n]*")
    cursor = _Cursor(text)
    record: list[_Token] = []
    while token := _read_token(cursor, plain, facts):
        record.append(token)
        end = text[cursor.at : cursor.at + 1]
        if end != delimiter:
            yield record
            record = []
        if not end:
            return
        cursor.advance(cursor.at + 1)


def _read_token(cursor: _Cursor, plain: re.Pattern[str], facts: RawFacts) -> _Token | None:
    """Read the field at the *cursor*, and leave it before what ends the field; None if a quote stays open."""
    line, column = cursor.line, cursor.at - cursor.line_start + 1
    is_quoted = cursor.text.startswith('"', cursor.at)
    quoted = _QUOTED.match(cursor.text, cursor.at) if is_quoted else None
    if is_quoted and not quoted:
        facts.report("csv-open-quote", Place(facts.file, line, column))
        return None
    if quoted:
        cursor.advance(quoted.end())
    found = plain.match(cursor.text, cursor.at)
    rest = found[0] if found else ""
    if quoted and rest.strip():
        facts.report("csv-text-after-quote", Place(facts.file, line, column))
    cursor.advance(cursor.at + len(rest))
    return _Token(quoted[1].replace('""', '"') if quoted else rest, line, column)
