"""Facts come in; the sheet “Chấm chéo” goes out: who gives whom how many points, with sums as formulas.

Only what is to be filled in can be typed into; there is no password. `generator.readers.matrix` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from generator.fast_yaml import load_data
from generator.model.assessment import Scoring
from generator.model.counting import NO_MARK
from generator.readers.matrix import NOT_GIVEN
from generator.readers.rows import look_up
from generator.readers.sheets import (
    IGNORED_HEADINGS,
    MATRIX,
    POINTS_DONE,
    SUM,
    SUM_LABELS,
    UNITS_DONE,
    WHOLE,
)
from generator.readers.tables import fold
from generator.starters.cells import (
    CENTRED,
    HEADING_FILL,
    HEADING_FONT,
    LINE_PT,
    NUMBER_FORMAT,
    SECTION_FILL,
    SECTION_FONT,
    TEXT_FORMAT,
    THIN,
    make_note,
    read_figure,
    set_print,
    write_figure,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

UNIT, CRITERION, HIGHEST, WEIGHT, OWN, COUNT, MEAN, SPREAD = MATRIX.fields

MOST_CELLS = 60_000
"""A block with more units and criteria gets no matrix."""

HEADING_ROW, FIRST_ROW = 2, 3
UNIT_WIDTH, FIGURE_WIDTH, NARROWEST, WIDEST = 26, 8, 7, 14
MOST_HEADING_LINES = 6
LABEL_WIDTHS = (16, 34)
A4_LETTERS = 200
"""How many letters fit across a sheet of A4 in landscape and stay readable; wider matrices go on A3."""

GREY = PatternFill("solid", fgColor="D0CECE")
PALE = PatternFill("solid", fgColor="F2F2F2")
AMBER = PatternFill(bgColor="FFD966")
HINT_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, italic=True, color="595959")
FAINT_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, color="A6A6A6")
NAME_FONT = Font(bold=True, color="000000")
FIGURE = Alignment(horizontal="center", vertical="center")
LABEL = Alignment(wrap_text=True, vertical="center")
CUT = Alignment(vertical="center")
SMALLER = Alignment(vertical="center", shrink_to_fit=True)
TOP = Border(left=THIN.left, right=THIN.right, bottom=THIN.bottom, top=Side("medium", color="1F4E79"))
OPEN = Protection(locked=False)


@cache
def read_words() -> Mapping[str, str]:
    """Return what the sheets of scores say to people, by key."""
    file = resources.files("generator.starters") / "texts" / "matrix.yaml"
    words: dict[str, str] = load_data(file.read_text(encoding="utf-8"))
    return words


# --- the plan -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """A member, as a row and as a column of the matrix."""

    name: str
    label: str
    """What its column is called: the abbreviation, unless that is unclear."""
    names: tuple[str, ...]
    """What people may call it on other sheets."""


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion, as a row of each unit's block."""

    label: str
    highest: str
    weight: str = "1"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the matrix holds, and where."""

    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    scoring: Scoring
    year: str
    marks: Mapping[tuple[int, int], Sequence[str]]
    """By the positions of unit and scorer: the points in the order of the lines."""
    own_points: Mapping[int, Sequence[str]]

    @property
    def drops_own(self) -> bool:
        """Whether what a unit gives itself as a scorer does not count."""
        return self.scoring.drop_self is not False

    @property
    def is_weighted(self) -> bool:
        """Whether criteria have weights."""
        return any(line.weight != "1" for line in self.lines)

    def leave_out(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return *facts* without what the matrix holds."""
        scoring = dict(facts.get("scoring") or {})
        if self.marks:
            scoring.pop("marks")
        if self.own_points:
            rows = scoring["rows"]
            scoring["rows"] = [{key: row[key] for key in row if key != OWN.path} for row in rows]
        return {**facts, "scoring": scoring}

    # --- where things stand -----------------------------------------------------------------------------

    def row(self, unit: int, line: int = 0) -> int:
        """Return the row of a *line* of a *unit*."""
        return FIRST_ROW + unit * (len(self.lines) + 1) + line

    def sum_row(self, unit: int) -> int:
        """Return the row with the sums of a *unit*."""
        return self.row(unit, len(self.lines))

    @property
    def done_row(self) -> int:
        """The row that counts the units that each scorer marked in full; below it the one for points."""
        return self.row(len(self.units))

    @property
    def own_column(self) -> int:
        """The column of the points that units give themselves."""
        return 5 if self.is_weighted else 4

    def column(self, scorer: int) -> int:
        """Return the column of a *scorer*; the one after the last is the first of the figures."""
        return self.own_column + 1 + scorer

    def span(self, unit: int, column: int, last: int = 0) -> str:
        """Return the cells of a unit's criteria from *column* to *last*: ``F3:F7``."""
        end = f"{get_column_letter(last or column)}{self.sum_row(unit) - 1}"
        return f"{get_column_letter(column)}{self.row(unit)}:{end}"

    def across(self, row: int) -> str:
        """Return the cells of all scorers in a *row*: ``F8:O8``."""
        first, last = self.column(0), self.column(len(self.units) - 1)
        return f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"


def plan_matrix(facts: Mapping[str, Any]) -> Plan | None:
    """Return what the matrix of *facts* holds; None where no members are known, or names tell too little.

    Marks and self-scores are taken over all or none: what does not fit stays on the lists.
    """
    units = _plan_units(facts.get("members") or [])
    scoring = Scoring.model_validate(facts.get("scoring") or {})
    lines = _plan_lines(scoring)
    if len(units) < 2 or not lines or len(units) ** 2 * (len(lines) + 1) > MOST_CELLS:
        return None
    positions = {fold(name): at for at, unit in reversed(list(enumerate(units))) for name in unit.names}
    records = [(mark.unit, mark.scorer, mark.points) for mark in scoring.marks or []]
    own = [(row.unit, row.self_points) for row in scoring.rows or [] if row.self_points]
    marks = {
        (positions.get(fold(unit), -1), positions.get(fold(scorer), -1)): points
        for unit, scorer, points in records
    }
    own_points = {positions.get(fold(unit), -1): points for unit, points in own}
    fits_marks = len(marks) == len(records) and all(min(pair) >= 0 for pair in marks)
    fits_own = len(own_points) == len(own) and -1 not in own_points
    return Plan(
        units,
        lines,
        scoring,
        str(look_up(dict(facts), ("event", "year")) or ""),
        marks if fits_marks and _fit(marks.values(), lines) else {},
        own_points if fits_own and _fit(own_points.values(), lines) else {},
    )


def _fit(sheets: Iterable[Sequence[str]], lines: Sequence[Line]) -> bool:
    """Tell whether all *sheets* can be written into cells and read again as they are."""
    return all(
        len(points) == len(lines)
        and any(point not in NO_MARK for point in points)
        and all(point in NO_MARK or read_figure(point) for point in points)
        for points in sheets
    )


def _plan_units(members: Sequence[Mapping[str, Any]]) -> tuple[Unit, ...]:
    """Return the members as units of the matrix; none where two of them cannot be told apart."""
    owners: dict[str, int] = {}
    for at, member in enumerate(members):
        for name in _names_of(member):
            owners.setdefault(fold(name), at)
    taken = {fold(name) for field in MATRIX.fields for name in field.names}
    taken |= {fold(heading) for heading in (*IGNORED_HEADINGS, *SUM_LABELS, UNITS_DONE, POINTS_DONE)}
    units = []
    for at, member in enumerate(members):
        names = tuple(name for name in _names_of(member) if owners[fold(name)] == at)
        name, short = member["name"], member.get("short")
        if name not in names or not fold(name) or fold(name) in taken:
            return ()
        units.append(Unit(name, short if short in names and fold(short) not in taken else name, names))
    return tuple(units)


def _names_of(member: Mapping[str, Any]) -> list[str]:
    known = (member["name"], member.get("short"), member.get("id"), *(member.get("aliases") or []))
    return list(dict.fromkeys(name for name in known if name))


def _plan_lines(scoring: Scoring) -> tuple[Line, ...]:
    """Return the criteria as lines; none where two of them cannot be told apart."""
    if not scoring.criteria:
        scale = scoring.scale_max or ""
        return (Line(WHOLE, scale if read_figure(scale) else ""),)
    lines = tuple(
        Line(f"{one.number}. {one.name}" if one.number else one.name, one.highest, one.weight or "1")
        for one in scoring.criteria
    )
    has_weights = all(read_figure(line.weight) for line in lines)
    keys = [fold(line.label) for line in lines]
    names = [fold(one.name) for one in scoring.criteria if one.number]
    sums = {fold(label) for label in SUM_LABELS}
    is_clear = len(set(keys)) == len(keys) and not {*keys} & {*names, *sums}
    return lines if is_clear and all(keys) and has_weights else ()


# --- the sheet ------------------------------------------------------------------------------------------


def write_matrix(book: Workbook, plan: Plan) -> None:
    """Add the sheet that *plan* describes to *book*."""
    page = book.create_sheet(MATRIX.name)
    _write_headings(page, plan)
    for unit in range(len(plan.units)):
        for line in range(len(plan.lines)):
            _write_line(page, plan, unit, line)
        _write_sums(page, plan, unit)
        _mark_block(page, plan, unit)
    _write_foot(page, plan)
    _add_limits(page, plan)
    page.freeze_panes = page.cell(FIRST_ROW, plan.own_column)
    set_title(page, "title", plan.year)
    if sum(float(one.width) for one in page.column_dimensions.values()) > A4_LETTERS:
        page.page_setup.paperSize = page.PAPERSIZE_A3
    protect(page)


def set_title(page: Worksheet, key: str, year: str) -> None:
    """Let *page* be printed below its title, the heading row on each sheet, with page numbers."""
    set_print(page, heading_row=False)
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    title = read_words()[key].format(year=f" năm {year}" if year.isdigit() else f" {year}").strip()
    page.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(title.replace("&", "&&"), size=14))
    page.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P/&N"))
    page.page_margins.left = page.page_margins.right = 0.4
    page.print_options.horizontalCentered = True


def protect(page: Worksheet) -> None:
    """Lock what is locked on *page*, without a password; widths and heights may be changed."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def write_heading(cell: Cell | MergedCell, text: str, note: str) -> None:
    """Write a heading of a column, with a note on what belongs there."""
    write_text(cell, text, TEXT_FORMAT)
    cell.font, cell.fill, cell.alignment, cell.border = HEADING_FONT, HEADING_FILL, CENTRED, THIN
    if note:
        cell.comment = make_note(note)


def count_lines(text: str, width: int) -> int:
    """Return on how many lines of *width* letters the words of *text* stand."""
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    return lines


def _write_headings(page: Worksheet, plan: Plan) -> None:
    words = read_words()
    write_text(page.cell(1, 1), words["hint"], TEXT_FORMAT)
    page.cell(1, 1).font, page.cell(1, 1).alignment = HINT_FONT, CUT
    longest = max(len(line.label) for line in plan.lines)
    widths = {UNIT: UNIT_WIDTH, CRITERION: min(max(LABEL_WIDTHS[0], longest + 1), LABEL_WIDTHS[1])}
    columns = [(one.heading, one.note, widths.get(one, FIGURE_WIDTH)) for one in _left_columns(plan)]
    columns[0] = (UNIT.heading, words["locked"], UNIT_WIDTH)
    columns += [
        (unit.label, words["heading_scorer"].format(name=unit.name), _width_of(unit.label))
        for unit in plan.units
    ]
    columns += [(one.heading, one.note, FIGURE_WIDTH + 3) for one in (COUNT, MEAN, SPREAD)]
    for at, (text, note, letters) in enumerate(columns, 1):
        write_heading(page.cell(HEADING_ROW, at), text, note)
        page.column_dimensions[get_column_letter(at)].width = letters
    lines = max(count_lines(text, letters - 1) for text, _, letters in columns)
    page.row_dimensions[HEADING_ROW].height = LINE_PT * max(lines, 2) + 4


def _width_of(label: str) -> int:
    """Return how wide the column of a scorer is: words stay whole, and the heading is not too high."""
    longest = max(map(len, label.split()))
    least = min(max(NARROWEST, round(1.25 * longest) + 2), WIDEST)
    low = (width for width in range(least, WIDEST) if count_lines(label, width - 1) <= MOST_HEADING_LINES)
    return next(low, WIDEST)


def _left_columns(plan: Plan) -> list[Any]:
    return [UNIT, CRITERION, HIGHEST, *([WEIGHT] if plan.is_weighted else []), OWN]


def _write_line(page: Worksheet, plan: Plan, unit: int, at: int) -> None:
    """Write a criterion of a unit: what it is, and the cells to fill in."""
    row, line = plan.row(unit, at), plan.lines[at]
    _write_labels(page, plan, unit, row, line.label)
    for column, text in ((3, line.highest), *(((4, line.weight),) if plan.is_weighted else ())):
        _write_fixed(page.cell(row, column), text)
    _write_input(page.cell(row, plan.own_column), plan.own_points.get(unit), at)
    for scorer in range(len(plan.units)):
        cell = page.cell(row, plan.column(scorer))
        _write_input(cell, plan.marks.get((unit, scorer)), at)
        if scorer == unit and plan.drops_own:
            cell.fill, cell.protection = GREY, Protection(locked=True)
    _write_figures(page, plan, row, ",".join(_others(plan, unit, row)))


def _others(plan: Plan, unit: int, row: int) -> list[str]:
    """Return the cells of a *row* that count: not the unit's own."""
    if not plan.drops_own:
        return [plan.across(row)]
    own, last = plan.column(unit), plan.column(len(plan.units) - 1)
    parts = ((plan.column(0), own - 1), (own + 1, last))
    return [
        f"{get_column_letter(first)}{row}:{get_column_letter(end)}{row}"
        for first, end in parts
        if first <= end
    ]


def _write_labels(page: Worksheet, plan: Plan, unit: int, row: int, label: str) -> None:
    name, is_first = plan.units[unit].name, row == plan.row(unit)
    width = int(page.column_dimensions["B"].width)
    for column, text in ((1, name), (2, label)):
        cell = page.cell(row, column)
        write_text(cell, text, TEXT_FORMAT)
        cell.border = TOP if is_first else THIN
        cell.alignment = LABEL if is_first or column == 2 else SMALLER
    page.cell(row, 1).font = FAINT_FONT
    lines = max(count_lines(label, width + 3), count_lines(name, UNIT_WIDTH - 2) if is_first else 1)
    page.row_dimensions[row].height = LINE_PT * lines + 3


def _write_fixed(cell: Cell | MergedCell, text: str) -> None:
    write_figure(cell, text)
    cell.alignment, cell.border, cell.fill = FIGURE, THIN, PALE


def _write_input(cell: Cell | MergedCell, points: Sequence[str] | None, at: int) -> None:
    """Make *cell* one to fill in, and fill it with what is known."""
    text = points[at] if points else NOT_GIVEN
    write_figure(cell, "" if text == NOT_GIVEN else text)
    cell.alignment, cell.border, cell.protection = FIGURE, THIN, OPEN


def _write_figures(page: Worksheet, plan: Plan, row: int, cells: str) -> None:
    """Write how many points stand in *cells*, their mean and how far they are apart."""
    first = plan.column(len(plan.units))
    formulas = (
        (f"=COUNT({cells})", NUMBER_FORMAT),
        (f'=IF(COUNT({cells})=0,"",AVERAGE({cells}))', "0.00"),
        (f'=IF(COUNT({cells})=0,"",MAX({cells})-MIN({cells}))', NUMBER_FORMAT),
    )
    for column, (formula, number_format) in enumerate(formulas, first):
        write_formula(page.cell(row, column), formula, number_format)


def write_formula(cell: Cell | MergedCell, formula: str, number_format: str = NUMBER_FORMAT) -> None:
    """Write a *formula* of ours, locked."""
    cell.value, cell.number_format = formula, number_format
    cell.alignment, cell.border, cell.fill = FIGURE, THIN, PALE


def _write_sums(page: Worksheet, plan: Plan, unit: int) -> None:
    """Write the sums of a unit: of the most points, of its own, of each scorer's."""
    row, missing = plan.sum_row(unit), read_words()["missing"]
    _write_labels(page, plan, unit, row, SUM)
    highest = plan.span(unit, 3)
    write_formula(page.cell(row, 3), f'=IF(COUNT({highest})<ROWS({highest}),"",{_sum(plan, unit, 3)})')
    if plan.is_weighted:
        _write_fixed(page.cell(row, 4), "")
    for column in (plan.own_column, *(plan.column(scorer) for scorer in range(len(plan.units)))):
        cells = plan.span(unit, column)
        if column == plan.column(unit) and plan.drops_own:
            _write_fixed(page.cell(row, column), "")
            page.cell(row, column).fill = GREY
            continue
        whole = f'IF(COUNT({cells})<ROWS({cells}),"{missing}",{_sum(plan, unit, column)})'
        write_formula(page.cell(row, column), f'=IF(COUNT({cells})=0,"",{whole})')
    _write_figures(page, plan, row, plan.across(row))
    for column in range(1, plan.column(len(plan.units)) + 3):
        if column > 1:
            page.cell(row, column).font = SECTION_FONT
        if page.cell(row, column).fill != GREY:
            page.cell(row, column).fill = SECTION_FILL


def _sum(plan: Plan, unit: int, column: int) -> str:
    cells = plan.span(unit, column)
    if not plan.is_weighted:
        return f"SUM({cells})"
    return f"SUMPRODUCT({plan.span(unit, 4)},{cells})"


def _mark_block(page: Worksheet, plan: Plan, unit: int) -> None:
    """Draw a line above the block of a unit; say why its own cells are grey."""
    for column in range(1, plan.column(len(plan.units)) + 3):
        page.cell(plan.row(unit), column).border = TOP
    if plan.drops_own:
        page.cell(plan.row(unit), plan.column(unit)).comment = make_note(read_words()["own"])


def _write_foot(page: Worksheet, plan: Plan) -> None:
    """Write for each scorer how many units it marked in full, and how many points it gave."""
    words, units = read_words(), range(len(plan.units))
    for row, label, note in (
        (plan.done_row, UNITS_DONE, words["done"]),
        (plan.done_row + 1, POINTS_DONE, words["given"]),
    ):
        write_text(page.cell(row, 1), label, TEXT_FORMAT)
        page.cell(row, 1).alignment, page.cell(row, 1).comment = CUT, make_note(note)
        for scorer in units:
            letter = get_column_letter(plan.column(scorer))
            sums = ",".join(f"{letter}{plan.sum_row(unit)}" for unit in units)
            spans = ",".join(plan.span(unit, plan.column(scorer)) for unit in units)
            formula = f"=COUNT({sums if row == plan.done_row else spans})"
            write_formula(page.cell(row, plan.column(scorer)), formula)


# --- what may be typed, and what shows ------------------------------------------------------------------


def _add_limits(page: Worksheet, plan: Plan) -> None:
    """Let only points up to the highest be typed; let missing ones and repeated names show."""
    words = read_words()
    lines = range(len(plan.lines))
    for is_bounded, key in ((True, "refused_range"), (False, "refused_negative")):
        chosen = [at for at in lines if bool(read_figure(plan.lines[at].highest)) == is_bounded]
        rows = [plan.row(unit, at) for unit in range(len(plan.units)) for at in chosen]
        if rows:
            choice = _limit(plan, rows, is_bounded=is_bounded)
            choice.errorTitle, choice.error = words["refused_title"], words[key]
            page.add_data_validation(choice)
    first, last = plan.own_column, plan.column(len(plan.units) - 1)
    for unit in range(len(plan.units)):
        cell = f"{get_column_letter(first)}{plan.row(unit)}"
        letter = get_column_letter(first)
        column = f"{letter}${plan.row(unit)}:{letter}${plan.sum_row(unit) - 1}"
        formula = f"AND(ISBLANK({cell}),COUNT({column})>0)"
        page.conditional_formatting.add(plan.span(unit, first, last), show(formula, fill=AMBER))
        row = plan.sum_row(unit)
        parts = _others(plan, unit, row)
        formula = f'AND({parts[0].partition(":")[0]}="",COUNT({_fix_columns(plan.across(row))})>0)'
        page.conditional_formatting.add(" ".join(parts), show(formula, fill=AMBER))
    rows_of_names = f"A{FIRST_ROW}:A{plan.done_row - 1}"
    page.conditional_formatting.add(rows_of_names, show(f"$A{FIRST_ROW}<>$A{FIRST_ROW - 1}", font=NAME_FONT))


def _fix_columns(cells: str) -> str:
    """Return *cells* with columns that stay: ``$F8:$O8``."""
    return ":".join(f"${cell}" for cell in cells.split(":"))


def show(formula: str, **look: Any) -> Rule:
    """Return the rule that gives cells a *look* where *formula* holds."""
    return Rule(type="expression", dxf=DifferentialStyle(**look), formula=[formula])


def _limit(plan: Plan, rows: Sequence[int], *, is_bounded: bool) -> DataValidation:
    """Return the limits of what may be typed into *rows*: from 0 to the row's most points, if known."""
    limits: dict[str, Any] = {"operator": "greaterThanOrEqual", "formula1": "0"}
    if is_bounded:
        limits = {"operator": "between", "formula1": "0", "formula2": f"$C{rows[0]}"}
    choice = DataValidation(type="decimal", allow_blank=True, showErrorMessage=True, **limits)
    first = get_column_letter(plan.own_column)
    last = get_column_letter(plan.column(len(plan.units) - 1))
    for start, end in _runs(rows):
        choice.add(f"{first}{start}:{last}{end}")
    return choice


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of neighbouring *rows*."""
    start = rows[0]
    for row, following in zip(rows, [*rows[1:], 0], strict=True):
        if following != row + 1:
            yield start, row
            start = following
