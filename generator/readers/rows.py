"""The rows of a table come in; the records that they say go out, each in its place of the conference."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.findings import Place, Severity
from generator.readers.sheets import FACTS, GENERAL, LABEL, LISTS, VALUE, Field, Form, Sheet
from generator.readers.tables import (
    Cell,
    Layout,
    Table,
    fold,
    format_spot,
    is_owner_used,
    iter_data_rows,
    read_layout,
    report_unknown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.readers.raw import Path, RawFacts, RawValue

DATED = frozenset({Form.DAY, Form.WHEN, Form.CLOCK})
"""Forms that a cell with the look of a date or a time may have."""


def read_table(table: Table, sheet: Sheet, facts: RawFacts) -> Layout | None:
    """Read *table* as *sheet* into *facts*; None if it has no headings."""
    if not table.rows:
        return None
    layout = read_layout(table, sheet, facts)
    if layout is None:
        return None
    if not isinstance(facts.value, dict):
        facts.value = {}
    is_general = sheet is GENERAL
    reader = _GeneralReader(table, layout, facts) if is_general else _ListReader(table, layout, facts, sheet)
    for number in iter_data_rows(table, layout):
        reader.read_row(number)
    return layout


# --- cells ----------------------------------------------------------------------------------------------


def find_code(text: str, column: Field) -> str:
    """Return the code of the model that *text* means in *column*, or an empty string."""
    spoken = ((code, {fold(word) for word in (code, *words)}) for code, words in column.words.items())
    return next((code for code, words in spoken if fold(text) in words), "")


def split_items(text: str, form: Form) -> list[RawValue]:
    """Return the items of a cell of *form*, which is one of `LISTS`."""
    parts = (part.strip() for part in re.split(r"\n" if form is Form.LINES else r"[;\n]", text))
    return [_make_position(part) if form is Form.POSITIONS else part for part in parts if part]


def _make_position(text: str) -> dict[str, RawValue]:
    title, _, unit = (part.strip() for part in text.partition("|"))
    return {"title": title, **({"unit": unit} if unit else {})}


def _fold_value(column: Field, cell: Cell) -> str:
    """Return a key that all ways to say the same in *column* share."""
    return find_code(cell.text, column) or fold(cell.text)


# --- rows -----------------------------------------------------------------------------------------------


def parse_path(text: str) -> Path:
    """Return the path that *text* writes with dots: ``recipients.unit``."""
    return tuple(filter(None, text.split(".")))


@dataclass
class _Reader:
    """Reads rows into facts."""

    table: Table
    layout: Layout
    facts: RawFacts

    def _take(self, number: int) -> dict[Field, Cell]:
        """Return the cells of a row that are in known columns, in the order of the columns."""
        cells = self.table.rows[number]
        return {column: cells[at] for at, column in self.layout.columns.items() if at in cells}

    def _locate(self, number: int, column: Field) -> Place:
        """Return the place of a field in a row; of the headings where no column holds it."""
        at = next((at for at, known in self.layout.columns.items() if known is column), None)
        return self.table.locate(number, at) if at else self.layout.place

    def _check_cell(self, cell: Cell, form: Form, place: Place, path: Path) -> bool:
        """Tell whether the *cell* can be read as *form*; report why not."""
        if cell.problem:
            self.facts.report(cell.problem, place, path, **cell.values)
        elif cell.turned and form not in DATED:
            self.facts.report("turned-into-date", place, path, value=cell.text)
        else:
            return True
        return False

    def _put(self, column: Field, cell: Cell, place: Place, path: Path) -> None:
        """Put what the *cell* says to *path*; nothing but its place if it cannot be read."""
        self.facts.keys.setdefault(path, place)
        if not self._check_cell(cell, column.form, place, path):
            return
        before = 0
        if column.form in LISTS:
            before = len(look_up(self.facts.value, path) or [])
        value = self._convert(column, cell.text, place, path, before)
        if value is None or value == []:
            return
        if before:
            look_up(self.facts.value, path).extend(value)
        else:
            put_value(self.facts, path, value, place)

    def _convert(self, column: Field, raw: str, place: Place, path: Path, before: int) -> RawValue:
        text = self.facts.accept_text(raw, place, path)
        if column.words:
            return self._choose(column, text, place, path)
        if column.form not in LISTS:
            return " ".join(text.split("\n"))
        items = split_items(text, column.form)
        for index in range(len(items)):
            self.facts.values[(*path, before + index)] = place
        return items

    def _choose(self, column: Field, text: str, place: Place, path: Path) -> str | None:
        code = find_code(text, column)
        if code:
            return code
        known = ", ".join(words[0] for words in column.words.values())
        self.facts.report("not-one-of", place, path, value=text, known=known)
        return None


@dataclass
class _ListReader(_Reader):
    """Reads the rows of a sheet: each is a record, or an item of a record."""

    sheet: Sheet
    _gathered: dict[str, int] = field(default_factory=dict)
    """The records by the text that gathers rows into them."""
    _last: tuple[str, ...] = ()
    """The texts of the row before, if rows are gathered from neighbours."""
    _texts: dict[Path, str] = field(default_factory=dict)
    """What the first cell of each field said: another row of the same record may say it again."""

    def read_row(self, number: int) -> None:
        """Read one row."""
        cells = self._take(number)
        target = self._target(number, cells)
        if target is None:
            return
        outer = {column: cell for column, cell in cells.items() if not self._is_inner(column)}
        inner = {column: cell for column, cell in cells.items() if self._is_inner(column)}
        outer.pop(self.sheet.selector, None) if self.sheet.selector else None
        record, is_new = self._open_record(number, target, outer)
        item = self._open_item((*record, self.sheet.inner), number, inner) if inner else ()
        self._check_required(number, cells, record, item)
        is_news = self._put_all(number, outer, record, is_new=is_new)
        if inner:
            self._put_all(number, inner, item, is_new=True)
        elif not is_news and not is_new:
            place = self.table.locate(number, next(iter(self.table.rows[number])))
            self._warn("row-adds-nothing", place, record)

    def _is_inner(self, column: Field) -> bool:
        return bool(self.sheet.inner) and column.path.startswith(f"{self.sheet.inner}.")

    def _warn(self, code: str, place: Place, path: Path) -> None:
        self.facts.findings.append(self.facts.make_finding(code, place, path, Severity.WARNING))

    def _target(self, number: int, cells: Mapping[Field, Cell]) -> str | None:
        """Return to which list or place of the conference a row belongs; None if it does not say."""
        selector = self.sheet.selector
        if selector is None:
            return self.sheet.target
        place = self._locate(number, selector)
        if selector not in cells:
            if selector in self.layout.columns.values():
                self._report_empty(number, selector)
            return None
        if not self._check_cell(cells[selector], selector.form, place, ()):
            return None
        return self._choose(selector, self.facts.accept_text(cells[selector].text, place, ()), place, ())

    def _open_record(self, number: int, target: str, outer: Mapping[Field, Cell]) -> tuple[Path, bool]:
        """Return the path of the row's record, made if need be, and whether it was made."""
        path = parse_path(target.removesuffix("[]"))
        place = self._first_place(number, outer)
        if not target.endswith("[]"):
            return path, self._open_single(path, place)
        made = len(look_up(self.facts.value, path) or [])
        index = self._gather(outer, made) if self.sheet.inner else made
        if index == made:
            put_value(self.facts, (*path, index), {}, place)
        return (*path, index), index == made

    def _open_single(self, path: Path, place: Place) -> bool:
        if look_up(self.facts.value, path) is not None:
            first = format_spot(self.facts.place_of(path))
            self.facts.report("row-twice", place, path, first=first)
        else:
            put_value(self.facts, path, {}, place)
        return True

    def _gather(self, outer: Mapping[Field, Cell], made: int) -> int:
        """Return the index of the record to which a row belongs; *made* if it is a new one."""
        texts = {column.path: _fold_value(column, cell) for column, cell in outer.items()}
        name = texts.get(self.sheet.gather)
        if name is not None:
            self._last = ()
            return self._gathered.setdefault(name, made)
        key = tuple(f"{path}={text}" for path, text in sorted(texts.items()))
        is_same, self._last = bool(key) and key == self._last, key
        return made - 1 if is_same else made

    def _open_item(self, path: Path, number: int, inner: Mapping[Field, Cell]) -> Path:
        item = (*path, len(look_up(self.facts.value, path) or []))
        put_value(self.facts, item, {}, self._first_place(number, inner))
        return item

    def _first_place(self, number: int, cells: Mapping[Field, Cell]) -> Place:
        column = next(iter(cells), None)
        if column is None:
            return self.table.locate(number, next(iter(self.table.rows[number])))
        return self._locate(number, column)

    def _put_all(self, number: int, cells: Mapping[Field, Cell], record: Path, *, is_new: bool) -> bool:
        """Put *cells* into the *record*, which other rows may have filled; tell whether they bring news."""
        is_news = False
        for column, cell in cells.items():
            place, path = self._locate(number, column), (*record, *self._inside(column))
            text = _fold_value(column, cell)
            if is_new or path not in self._texts:
                self._put(column, cell, place, path)
                self._texts[path] = text
                is_news = True
            elif text != self._texts[path]:
                first = format_spot(self.facts.place_of(path))
                self.facts.report("group-differs", place, path, heading=column.heading, first=first)
                is_news = True
        return is_news

    def _inside(self, column: Field) -> Path:
        path = parse_path(column.path)
        return path[1:] if self._is_inner(column) else path

    def _check_required(self, number: int, cells: Mapping[Field, Cell], record: Path, item: Path) -> None:
        """Report required cells that are empty, and let what is missing have their places."""
        for wanted in self.sheet.fields:
            if not wanted.required or wanted in cells or not is_owner_used(wanted, cells):
                continue
            owner = item if self._is_inner(wanted) else record
            self.facts.keys.setdefault((*owner, *self._inside(wanted)), self._locate(number, wanted))
            if wanted in self.layout.columns.values():
                self._report_empty(number, wanted)

    def _report_empty(self, number: int, column: Field) -> None:
        self.facts.report("required-cell-empty", self._locate(number, column), heading=column.heading)


@dataclass
class _GeneralReader(_Reader):
    """Reads the rows of the general sheet: each names a field and gives its value."""

    _seen: dict[str, int] = field(default_factory=dict)
    """The rows of the labels that were read."""

    def read_row(self, number: int) -> None:
        """Read one row."""
        cells = self._take(number)
        if VALUE not in cells:
            return
        if LABEL not in cells:
            self.facts.report("label-missing", self._locate(number, VALUE))
            return
        known = _facts_by_name()
        place = self._locate(number, LABEL)
        if not self._check_cell(cells[LABEL], Form.TEXT, place, ()):
            return
        fact = known.get(fold(cells[LABEL].text))
        if fact is None:
            shown = {name: one.heading for name, one in known.items()}
            report_unknown("unknown-label", cells[LABEL].text, place, shown, self.facts)
            return
        first = self._seen.setdefault(fact.path, number)
        if first != number and fact.form not in LISTS:
            spot = format_spot(self._locate(first, LABEL))
            self.facts.report("label-twice", place, heading=fact.heading, first=spot)
            return
        self._put(fact, cells[VALUE], self._locate(number, VALUE), parse_path(fact.path))


@cache
def _facts_by_name() -> dict[str, Field]:
    return {fold(name): one for one in FACTS for name in one.names}


# --- the tree of facts ----------------------------------------------------------------------------------


def look_up(value: RawValue, path: Path) -> Any:
    """Return what stands at *path* in *value*; None if nothing does."""
    node: Any = value
    for part in path:
        if isinstance(node, dict):
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node


def put_value(facts: RawFacts, path: Path, value: RawValue, place: Place) -> None:
    """Put *value*, which stands at *place*, to *path*; make the groups and lists around it."""
    node: Any = facts.value
    for length, part in enumerate(path, 1):
        here = path[:length]
        facts.values.setdefault(here, place)
        if isinstance(part, str):
            facts.keys.setdefault(here, place)
        if length == len(path):
            new: RawValue = value
        else:
            new = [] if isinstance(path[length], int) else {}
        node = _step(node, part, new)


def _step(node: Any, part: Any, new: RawValue) -> Any:
    """Return what *node* has at *part*; *new* if it had nothing."""
    if isinstance(node, list):
        if part == len(node):
            node.append(new)
        return node[part]
    return node.setdefault(part, new)
