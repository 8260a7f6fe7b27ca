"""The sheet “Chấm chéo” comes in; who gave whom how many points goes out, each point from its own cell.

Each unit has a block of rows, one for each criterion; each scorer has a column. Rows and columns may stand in
any order; sums and other figures for people are passed over. A matrix without a mark says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator.findings import Place
from generator.model.counting import read_share
from generator.readers.raw import format_path
from generator.readers.rows import look_up, put_value
from generator.readers.sheets import (
    FOOT_LABELS,
    IGNORED_HEADINGS,
    MATRIX,
    SUM_LABELS,
    WHOLE,
    Field,
    Form,
    Sheet,
)
from generator.readers.tables import (
    Layout,
    Table,
    find_heading_row,
    fold,
    format_spot,
    iter_data_rows,
    read_layout,
    report_unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.readers.raw import Path, RawFacts
    from generator.readers.tables import Cell

MARKS: Path = ("scoring", "marks")
ROWS: Path = ("scoring", "rows")
CRITERIA: Path = ("scoring", "criteria")

UNIT, CRITERION, HIGHEST, WEIGHT, OWN, *FIGURES = MATRIX.fields
PASSIVE = frozenset({UNIT, CRITERION, HIGHEST, WEIGHT, *FIGURES})
"""Columns that hold no marks."""

NOT_GIVEN = "–"
"""What is read from a blank cell of a score sheet that has other marks."""


def read_matrix(table: Table, facts: RawFacts) -> Layout | None:
    """Read the marks of *table* into *facts*, which hold the other sheets; None if there are no marks.

    Units are called as the list of members calls them, as far as there is one.
    """
    fixed = _find_fixed_columns(table)
    if not any(_iter_marked(table, fixed)):
        return None
    if not isinstance(facts.value, dict):
        facts.value = {}
    units = _name_members(facts)
    sheet = replace(MATRIX, fields=(*_scorer_fields(table, fixed, units), *MATRIX.fields))
    table = _drop_strangers(table, sheet, facts) if units else table
    layout = read_layout(table, sheet, facts)
    if layout:
        _Reader(table, layout, facts, units).read()
    return layout


# --- columns --------------------------------------------------------------------------------------------


def _find_fixed_columns(table: Table) -> dict[int, Field]:
    """Return the columns that every matrix has; none where there are no headings."""
    known = {fold(name): one for one in MATRIX.fields for name in one.names}
    cells = _headings(table, MATRIX.fields)
    return {at: known[fold(cell.text)] for at, cell in cells.items() if fold(cell.text) in known}


def _headings(table: Table, fields: Iterable[Field]) -> Mapping[int, Cell]:
    row = find_heading_row(table, fields)
    return {} if row is None else table.rows[row]


def _iter_marked(table: Table, fixed: Mapping[int, Field]) -> Iterator[int]:
    """Yield the rows in which a mark may stand, whoever gave it."""
    heading_row = find_heading_row(table, MATRIX.fields) or 0
    ignored = {fold(heading) for heading in IGNORED_HEADINGS}
    cells = table.rows.get(heading_row, {})
    silent = {at for at, cell in cells.items() if fold(cell.text) in ignored}
    silent |= {at for at, column in fixed.items() if column in PASSIVE}
    for number, row in table.rows.items():
        taken = {column: row[at] for at, column in fixed.items() if at in row}
        if number > heading_row and not _is_for_people(taken) and not row.keys() <= silent:
            yield number


def _is_for_people(cells: Mapping[Field, Cell]) -> bool:
    """Tell whether a row holds sums or other figures that are not read."""
    labels = ((CRITERION, SUM_LABELS), (UNIT, FOOT_LABELS))
    return any(
        fold(cells[column].text) in {fold(word) for word in words}
        for column, words in labels
        if column in cells
    )


def _name_members(facts: RawFacts) -> dict[str, str]:
    """Return the members' full names by the keys of all that they are called."""
    names: dict[str, str] = {}
    for member in look_up(facts.value, ("members",)) or []:
        known = (member.get(name) for name in ("name", "id", "short"))
        for text in filter(None, (*known, *member.get("aliases", []))):
            names.setdefault(fold(text), member.get("name", text))
    return names


def _scorer_fields(table: Table, fixed: Mapping[int, Field], units: Mapping[str, str]) -> Iterator[Field]:
    """Yield the columns of scorers: of the members, or of whoever is named where there are no members."""
    if units:
        for name in dict.fromkeys(units.values()):
            also = tuple(key for key, known in units.items() if known == name)
            yield Field(name, "", Form.SCORE, "", "", also=also)
        return
    ignored = {fold(heading) for heading in IGNORED_HEADINGS}
    seen: set[str] = set()
    for at, cell in _headings(table, MATRIX.fields).items():
        key = fold(cell.text)
        if at not in fixed and key not in ignored | seen and not cell.problem:
            seen.add(key)
            yield Field(" ".join(cell.text.split()), "", Form.SCORE, "", "")


def _drop_strangers(table: Table, sheet: Sheet, facts: RawFacts) -> Table:
    """Return *table* without columns whose headings name neither a column nor a member; report these."""
    known = {fold(name): one.heading for one in sheet.fields for name in one.names}
    passed = {fold(heading) for heading in IGNORED_HEADINGS} | known.keys()
    heading_row = find_heading_row(table, sheet.fields)
    cells = table.rows[heading_row] if heading_row is not None else {}
    strangers = {at for at, cell in cells.items() if not cell.problem and fold(cell.text) not in passed}
    for at in sorted(strangers):
        report_unknown("unknown-scorer", cells[at].text, table.locate(heading_row or 0, at), known, facts)
    rows = {
        number: {at: cell for at, cell in row.items() if at not in strangers}
        for number, row in table.rows.items()
    }
    return Table({number: row for number, row in rows.items() if row}, table.locate)


# --- criteria -------------------------------------------------------------------------------------------


@dataclass
class _Criterion:
    """A criterion, as the sheet of criteria has it, or else as its first row in the matrix."""

    name: str
    names: tuple[str, ...]
    figures: dict[Field, str] = field(default_factory=dict)
    """Its most points and its weight, as far as they are given."""
    places: dict[Field, Place] = field(default_factory=dict)


def _read_criteria(facts: RawFacts) -> list[_Criterion]:
    found = []
    for i, record in enumerate(look_up(facts.value, CRITERIA) or []):
        name, number = record.get("name", ""), record.get("number", "")
        names = (name, *((number, f"{number}. {name}", f"{number} {name}") if number else ()))
        columns = [column for column in (HIGHEST, WEIGHT) if column.path in record]
        figures = {column: record[column.path] for column in columns}
        places = {column: facts.place_of((*CRITERIA, i, column.path)) for column in (HIGHEST, WEIGHT)}
        found.append(_Criterion(name, names, figures, places))
    return found


def _is_same_figure(one: str, other: str) -> bool:
    try:
        return read_share(one) == read_share(other)
    except ValueError:
        return fold(one) == fold(other)


# --- rows -----------------------------------------------------------------------------------------------


@dataclass
class _Block:
    """The rows of one unit."""

    place: Place
    rows: dict[int, int] = field(default_factory=dict)
    """By the position of the criterion."""


@dataclass
class _Reader:
    """Reads the rows of a matrix into facts."""

    table: Table
    layout: Layout
    facts: RawFacts
    units: Mapping[str, str]
    criteria: list[_Criterion] = field(default_factory=list)
    blocks: dict[str, _Block] = field(default_factory=dict)
    is_own_list: bool = False
    """Whether the criteria are those of the matrix itself."""
    has_strays: bool = False
    """Whether there are rows of which unit or criterion is not known."""

    def read(self) -> None:
        """Read all rows, then the marks in them."""
        self.criteria = _read_criteria(self.facts)
        self.is_own_list = not self.criteria
        for number in iter_data_rows(self.table, self.layout):
            self._read_row(number)
        self._report_missing_rows()
        if self.is_own_list:
            self._put_criteria()
        self._put_marks()
        self._put_own_points()

    def _read_row(self, number: int) -> None:
        row = self.table.rows[number]
        cells = {column: row[at] for at, column in self.layout.columns.items() if at in row}
        if _is_for_people(cells) or (CRITERION not in cells and cells.keys() <= PASSIVE):
            return
        missing = [column for column in (UNIT, CRITERION) if column not in cells]
        for column in missing:
            place = self._locate(number, column)
            self.facts.report("required-cell-empty", place, heading=column.heading)
        unit = "" if missing else self._find_unit(cells[UNIT], self._locate(number, UNIT))
        index = None if missing else self._find_criterion(cells[CRITERION], self._locate(number, CRITERION))
        if unit and index is not None:
            self._compare_figures(self.criteria[index], cells, number)
            self._add_row(unit, index, number)
        else:
            self.has_strays = True

    def _add_row(self, unit: str, index: int, number: int) -> None:
        block = self.blocks.setdefault(unit, _Block(self._locate(number, UNIT)))
        if index in block.rows:
            first = format_spot(self._locate(block.rows[index], CRITERION))
            values = {"criterion": self.criteria[index].name, "unit": unit, "first": first}
            self.facts.report("criterion-twice", self._locate(number, CRITERION), MARKS, **values)
        block.rows.setdefault(index, number)

    def _find_unit(self, cell: Cell, place: Place) -> str:
        """Return the name of a unit; an empty text if there is none, which is reported."""
        text = self._read_text(cell, place)
        if not text or not self.units or fold(text) in self.units:
            return self.units.get(fold(text), text)
        report_unknown("unknown-unit", text, place, self.units, self.facts)
        return ""

    def _find_criterion(self, cell: Cell, place: Place) -> int | None:
        """Return the position of a criterion; None if there is none, which is reported."""
        text = self._read_text(cell, place)
        if not text:
            return None
        found = [at for at, one in enumerate(self.criteria) if fold(text) in map(fold, one.names)]
        if len(found) == 1:
            return found[0]
        if self.is_own_list:
            self.criteria.append(_Criterion(text, (text,)))
            return len(self.criteria) - 1
        known = {fold(one.name): one.name for one in self.criteria}
        report_unknown("unknown-criterion", text, place, known, self.facts)
        return None

    def _compare_figures(self, criterion: _Criterion, cells: Mapping[Field, Cell], number: int) -> None:
        """Report most points and weights that differ from those that are known; learn what is not."""
        for column in (HIGHEST, WEIGHT):
            place = self._locate(number, column)
            text = self._read_text(cells[column], place) if column in cells else ""
            known = criterion.figures.get(column, "" if self.is_own_list or column is HIGHEST else "1")
            if text and not known:
                criterion.figures[column], criterion.places[column] = text, place
            elif text and not _is_same_figure(text, known):
                first = self._format_place(criterion.places[column])
                values = {"heading": column.heading, "criterion": criterion.name, "value": text}
                self.facts.report("criterion-differs", place, MARKS, **values, first=first, known=known)

    def _report_missing_rows(self) -> None:
        """Report criteria without a row, unless it may be a row that was reported already."""
        if self.has_strays:
            return
        for unit, block in self.blocks.items():
            for at, criterion in enumerate(self.criteria):
                if at not in block.rows:
                    values = {"unit": unit, "criterion": criterion.name}
                    self.facts.report("criterion-missing", block.place, MARKS, **values)

    # --- what is put into the facts ---------------------------------------------------------------------

    def _put_criteria(self) -> None:
        if [fold(one.name) for one in self.criteria] == [fold(WHOLE)]:
            return
        for i, criterion in enumerate(self.criteria):
            path, place = (*CRITERIA, i), self._place_of_criterion(i)
            put_value(self.facts, (*path, "name"), criterion.name, place)
            for column, text in criterion.figures.items():
                put_value(self.facts, (*path, column.path), text, criterion.places[column])

    def _place_of_criterion(self, index: int) -> Place:
        number = next(block.rows[index] for block in self.blocks.values() if index in block.rows)
        return self._locate(number, CRITERION)

    def _put_marks(self) -> None:
        given = look_up(self.facts.value, MARKS)
        for unit, block in self.blocks.items():
            for at, scorer in sorted(self.layout.columns.items()):
                points = self._read_points(block, at) if scorer not in MATRIX.fields else []
                if points and given:
                    self._report_given_twice(MARKS, points[0][1])
                    return
                if points:
                    self._put_sheet(unit, block, (at, scorer), points)

    def _put_sheet(
        self, unit: str, block: _Block, scorer: tuple[int, Field], points: list[tuple[str, Place]]
    ) -> None:
        path = (*MARKS, len(look_up(self.facts.value, MARKS) or []))
        heading = self.table.locate(self.layout.heading_row, scorer[0])
        put_value(self.facts, path, {}, points[0][1])
        put_value(self.facts, (*path, "unit"), unit, block.place)
        put_value(self.facts, (*path, "scorer"), scorer[1].heading, heading)
        self._put_points((*path, "points"), points)

    def _put_own_points(self) -> None:
        """Put what each unit gave itself to its row of the scores, made if need be."""
        at = next((at for at, column in self.layout.columns.items() if column is OWN), 0)
        for unit, block in self.blocks.items():
            points = self._read_points(block, at)
            if not points:
                continue
            path = (*ROWS, self._row_of(unit))
            if look_up(self.facts.value, (*path, OWN.path)):
                self._report_given_twice((*path, OWN.path), points[0][1])
                continue
            put_value(self.facts, (*path, "unit"), unit, block.place)
            self._put_points((*path, OWN.path), points)

    def _row_of(self, unit: str) -> int:
        rows: list[Any] = look_up(self.facts.value, ROWS) or []
        names = [self.units.get(fold(row.get("unit", "")), row.get("unit", "")) for row in rows]
        return next((i for i, name in enumerate(names) if fold(name) == fold(unit)), len(rows))

    def _put_points(self, path: Path, points: Iterable[tuple[str, Place]]) -> None:
        for k, (text, place) in enumerate(points):
            put_value(self.facts, (*path, k), text, place)

    def _read_points(self, block: _Block, at: int) -> list[tuple[str, Place]]:
        """Return what stands in the column *at* of a unit's rows, each with its cell.

        Nothing if nothing stands there, or if a row is missing or a cell cannot be read, which is reported.
        """
        numbers = [block.rows.get(index, 0) for index in range(len(self.criteria))]
        cells = [self.table.rows[number].get(at) if number else None for number in numbers]
        places = [self.table.locate(number, at) for number in numbers if number]
        if not any(cells) or len(places) < len(numbers):
            return []
        points = [
            (self._read_text(cell, place) if cell else NOT_GIVEN, place)
            for cell, place in zip(cells, places, strict=True)
        ]
        return points if all(text for text, _ in points) else []

    # --- cells ------------------------------------------------------------------------------------------

    def _locate(self, number: int, column: Field) -> Place:
        at = next((at for at, known in self.layout.columns.items() if known is column), None)
        return self.table.locate(number, at) if at else self.layout.place

    def _read_text(self, cell: Cell, place: Place) -> str:
        """Return the text of *cell*; an empty one if it cannot be read, which is reported."""
        if cell.problem:
            self.facts.report(cell.problem, place, MARKS, **cell.values)
        elif cell.turned:
            self.facts.report("turned-into-date", place, MARKS, value=cell.text)
        else:
            return " ".join(self.facts.accept_text(cell.text, place, MARKS).split())
        return ""

    def _report_given_twice(self, path: Path, place: Place) -> None:
        first = self._format_place(self.facts.place_of(path))
        self.facts.report("given-twice", place, path, field=format_path(path), first=first)

    def _format_place(self, place: Place) -> str:
        """Return *place* as it is named from this sheet."""
        spot = format_spot(place)
        return spot if place.sheet == self.layout.place.sheet else f"{place.sheet}!{spot}"
