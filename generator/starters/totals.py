"""The plan of a matrix comes in; the sheet “Tổng hợp điểm” goes out: totals and ranks as formulas.

It is for people: the formulas follow the facts' rule of counting as far as a spreadsheet can say it, and the
sheet says what they leave out. The program counts for itself (`generator.model.standings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.styles import PatternFill
from openpyxl.utils.cell import get_column_letter, quote_sheetname

from generator.model.counting import format_score, read_rule
from generator.readers.sheets import MATRIX, SCORES, SUMMARY
from generator.starters.cells import (
    LAST_ROW,
    LINE_PT,
    NUMBER_FORMAT,
    SECTION_FONT,
    TEXT_FORMAT,
    THIN,
    make_writable,
    write_text,
)
from generator.starters.matrix import (
    AMBER,
    CUT,
    FIRST_ROW,
    HEADING_ROW,
    HINT_FONT,
    LABEL,
    count_lines,
    protect,
    read_words,
    set_title,
    show,
    write_formula,
    write_heading,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from generator.model.counting import Rule
    from generator.starters.matrix import Plan, Unit

NAME_WIDTH, WIDTH = 34, 12
NOISE_DIGITS = 9
"""To how many decimals figures are rounded against the noise of binary fractions."""

NO_ZERO = "General;-General;"
SHARED = PatternFill(bgColor="BDD7EE")

LONGEST_TEXT, MOST_LETTERS, MOST_NAMES = 255, 8000, 6
"""What a formula may hold: letters of a text, letters of all; how many names of a unit it looks for."""

OWN, SHEETS, CROSS, BONUS, PENALTY, TOTAL, RANK, REMARK = "BCDEFGHI"
"""The columns behind that of the unit, in their order; behind them those of the ties."""

FIRST_TIE_COLUMN, MOST_TIE_COLUMN = 10, 200


@dataclass(frozen=True, slots=True)
class _Tie:
    """A column that helps to tell equal totals apart."""

    column: str
    heading: str
    formula: str
    """With ``{row}`` and the names of `_Totals._places`."""
    number_format: str = NUMBER_FORMAT


def write_totals(book: Workbook, plan: Plan) -> None:
    """Add the sheet of totals to *book*."""
    page, words = book.create_sheet(SUMMARY), read_words()
    write_text(page.cell(1, 1), words["summary_note"], TEXT_FORMAT)
    page.cell(1, 1).font, page.cell(1, 1).alignment = HINT_FONT, CUT
    try:
        rule = read_rule(plan.scoring)
    except ValueError:
        write_text(page.cell(2, 1), words["how_unknown"], TEXT_FORMAT)
        page.cell(2, 1).alignment = CUT
        protect(page)
        return
    totals = _Totals(page, plan, rule)
    totals.write()
    set_title(page, "summary_title", plan.year)
    page.freeze_panes = f"B{FIRST_ROW}"
    protect(page)


@dataclass(frozen=True, slots=True)
class _Totals:
    """Writes the sheet by one rule."""

    page: Worksheet
    plan: Plan
    rule: Rule

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.plan.units) - 1

    @property
    def keys(self) -> list[str]:
        """What tells equal totals apart, as far as a spreadsheet can say it.

        The mean of a criterion is that of the sheets that count, and which of them are dropped no formula
        tells that people could follow.
        """
        kept = []
        for key in self.rule.ties:
            if key.startswith("criterion:") and self.rule.drop_extremes:
                break
            kept.append(key)
        return kept

    def write(self) -> None:
        """Write headings, a row for each unit, and how it is counted."""
        ties = self._ties()
        self._write_headings([tie.heading for tie in ties])
        for unit in range(len(self.plan.units)):
            self._write_unit(unit, ties)
        self._write_colours()
        self._write_method()

    def _write_headings(self, more: list[str]) -> None:
        words = read_words()
        names = ("unit", "own_score", "sheets", "cross", "bonus", "penalty", "total", "rank", "remark")
        headings = [*(words[name] for name in names), *more]
        for at, text in enumerate(headings, 1):
            write_heading(self.page.cell(HEADING_ROW, at), text, "")
            width = NAME_WIDTH if at == 1 else WIDTH
            self.page.column_dimensions[get_column_letter(at)].width = width
        lines = max(count_lines(text, WIDTH - 1) for text in headings)
        self.page.row_dimensions[HEADING_ROW].height = LINE_PT * lines + 4

    def _write_unit(self, unit: int, ties: list[_Tie]) -> None:
        row, page, name = FIRST_ROW + unit, self.page, self.plan.units[unit].name
        write_text(page.cell(row, 1), name, TEXT_FORMAT)
        page.cell(row, 1).alignment, page.cell(row, 1).border = LABEL, THIN
        page.cell(row, 1).font = SECTION_FONT
        page.row_dimensions[row].height = LINE_PT * count_lines(name, NAME_WIDTH - 2) + 3
        formulas = {
            OWN: (self._own(unit), NUMBER_FORMAT),
            SHEETS: (f"=COUNT({self._sheets(unit)})", NUMBER_FORMAT),
            CROSS: (self._cross(unit), "0.00##"),
            BONUS: (self._extra(unit, "bonus"), NO_ZERO),
            PENALTY: (self._extra(unit, "penalty"), NO_ZERO),
            TOTAL: (self._total(row), self._total_format()),
            RANK: (f"={ties[-1].column}{row}" if ties else self._rank_by_total(row), NUMBER_FORMAT),
            REMARK: (self._remark(row), NUMBER_FORMAT),
        }
        formulas |= {
            tie.column: (tie.formula.format(row=row, **self._places(unit)), tie.number_format) for tie in ties
        }
        for column, (formula, number_format) in formulas.items():
            write_formula(page[f"{column}{row}"], formula, number_format)
        for column in (TOTAL, RANK):
            page[f"{column}{row}"].font = SECTION_FONT

    def _total_format(self) -> str:
        digits = self.rule.rounding.digits if self.rule.rounding else 0
        return "0." + "0" * digits if digits else NUMBER_FORMAT

    # --- what each figure is ----------------------------------------------------------------------------

    def _at_matrix(self, cells: str) -> str:
        return f"{quote_sheetname(MATRIX.name)}!{cells}"

    def _sheets(self, unit: int) -> str:
        """Return the cells with the sums of a unit's score sheets."""
        return self._at_matrix(self.plan.across(self.plan.sum_row(unit)))

    def _scores(self, path: str) -> str:
        """Return the column of the sheet of scores that holds the field at *path*."""
        at = next(n for n, field in enumerate(SCORES.columns, 1) if field.path == path)
        letter = get_column_letter(at)
        return f"{quote_sheetname(SCORES.name)}!${letter}$2:${letter}${LAST_ROW}"

    def _look_up(self, unit: int, path: str) -> tuple[str, str, str]:
        """Return the sum of a unit's figures in a column of the scores, their number, and that of texts."""
        column, named = self._scores(path), self._scores("unit")
        names = (f"({named}={_quote(name)})" for name in _look_up_names(self.plan.units[unit]))
        rows = f"(({'+'.join(names)})>0)"
        return (
            f"SUMPRODUCT(--{rows},{column})",
            f"SUMPRODUCT({rows}*ISNUMBER({column}))",
            f"SUMPRODUCT({rows}*ISTEXT({column}))",
        )

    def _own(self, unit: int) -> str:
        plan = self.plan
        counted = self._at_matrix(f"{get_column_letter(plan.own_column)}{plan.sum_row(unit)}")
        total, figures, texts = self._look_up(unit, "self_score")
        look = read_words()["look"]
        return f'=IF({counted}<>"",{counted},IF({texts}>0,"{look}",IF({figures}=0,"",{total})))'

    def _extra(self, unit: int, path: str) -> str:
        total, _, texts = self._look_up(unit, path)
        return f'=IF({texts}>0,"{read_words()["look"]}",{total})'

    def _cross(self, unit: int) -> str:
        plan, row = self.plan, FIRST_ROW + unit
        sums, count, dropped = self._sheets(unit), f"{SHEETS}{row}", self.rule.drop_extremes
        extremes = "".join(
            f"-{function}({sums},{n})" for function in ("LARGE", "SMALL") for n in range(1, dropped + 1)
        )
        score = f"(SUM({sums}){extremes})"
        if self.rule.cross_score == "mean":
            score += f"/({count}-{2 * dropped})"
        marked = self._at_matrix(plan.span(unit, plan.column(0), plan.column(len(plan.units) - 1)))
        refused = f"OR({count}<={2 * dropped}{self._lacks_sheets(unit)})"
        missing = read_words()["missing"]
        return f'=IF(COUNT({marked})=0,"",IF({refused},"{missing}",{self._round(score, "each")}))'

    def _lacks_sheets(self, unit: int) -> str:
        """Return a further reason not to count: someone who marked others gave this unit no whole sheet."""
        if self.rule.skip_missing:
            return ""
        row = self.plan.done_row + 1
        due = f'COUNTIF({self._at_matrix(self.plan.across(row))},">0")'
        if self.rule.drop_self:
            own = self._at_matrix(f"{get_column_letter(self.plan.column(unit))}{row}")
            due += f"-IF({own}>0,1,0)"
        return f",{SHEETS}{FIRST_ROW + unit}<{due}"

    def _total(self, row: int) -> str:
        rule, missing = self.rule, read_words()["missing"]
        parts = f"{_decimal(rule.cross_weight)}*{CROSS}{row}" if rule.cross_weight != 1 else f"{CROSS}{row}"
        needed = [f"{CROSS}{row}", f"{BONUS}{row}", f"{PENALTY}{row}"]
        if rule.self_weight:
            parts += f"+{_decimal(rule.self_weight)}*{OWN}{row}"
            needed.append(f"{OWN}{row}")
        score = self._round(f"{parts}+{BONUS}{row}-{PENALTY}{row}", "total")
        whole = f"COUNT({','.join(needed)})<{len(needed)}"
        return f'=IF({CROSS}{row}="","",IF({whole},"{missing}",{score}))'

    def _round(self, score: str, stage: str) -> str:
        """Return the formula that rounds *score* as the rule says, free of the noise of binary fractions."""
        clean, rounding = f"ROUND({score},{NOISE_DIGITS})", self.rule.rounding
        if rounding is None or (stage == "each" and rounding.stage == "total"):
            return clean if stage == "total" else score
        match rounding.way:
            case "half_up":
                return f"ROUND({clean},{rounding.digits})"
            case "down":
                return f"ROUNDDOWN({clean},{rounding.digits})"
            case "half_even":
                units = f"ROUND(({score})*{10**rounding.digits},{NOISE_DIGITS - 3})"
                halves = f"ABS({units}-INT({units})-0.5)<0.000001"
                return f"IF({halves},2*ROUND({units}/2,0),ROUND({units},0))/{10**rounding.digits}"

    # --- ranks ------------------------------------------------------------------------------------------

    def _down(self, column: str) -> str:
        return f"{column}${FIRST_ROW}:{column}${self.last_row}"

    def _rank_by_total(self, row: int | str) -> str:
        totals = self._down(TOTAL)
        refused = f'SUMPRODUCT(--({totals}="{read_words()["missing"]}"))>0'
        return f'=IF(OR(NOT(ISNUMBER({TOTAL}{row})),{refused}),"",RANK({TOTAL}{row},{totals}))'

    def _remark(self, row: int) -> str:
        ranks, rank = self._down(RANK), f"{RANK}{row}"
        return f'=IF(ISNUMBER({rank}),IF(COUNTIF({ranks},{rank})>1,"{read_words()["shared"]}",""),"")'

    def _ties(self) -> list[_Tie]:
        """Return the columns that tell equal totals apart; the last holds the rank."""
        if not self.keys:
            return []
        words, letters = read_words(), map(get_column_letter, range(FIRST_TIE_COLUMN, MOST_TIE_COLUMN))
        columns = [_Tie(next(letters), words["rank_by_total"], self._rank_by_total("{row}"))]
        for key in self.keys:
            name, place, level = self._name(key), self._place(key), columns[-1].column
            if not place:
                place = next(letters)
                columns.append(_Tie(place, words["mean_of"].format(key=name), self._mean(key), "0.00##"))
            formula = self._split(level, place, "<" if key == "penalty" else ">")
            columns.append(_Tie(next(letters), words["rank_after"].format(key=name), formula))
        return columns

    def _split(self, level: str, key: str, sign: str) -> str:
        """Return the rank after *key*, where all units of a rank before have one."""
        same = f"({self._down(level)}={level}{{row}})"
        values, own = self._down(key), f"{key}{{row}}"
        unknown = f"SUMPRODUCT({same}*(1-ISNUMBER({values})))>0"
        ahead = f"SUMPRODUCT({same}*({values}{sign}{own}))"
        return f'=IF(ISNUMBER({level}{{row}}),{level}{{row}}+IF({unknown},0,{ahead}),"")'

    def _place(self, key: str) -> str:
        return {"cross": CROSS, "self_score": OWN, "bonus": BONUS, "penalty": PENALTY}.get(key, "")

    def _name(self, key: str) -> str:
        named = {"cross": "cross", "self_score": "own_score", "bonus": "bonus", "penalty": "penalty"}
        if key in named:
            return read_words()[named[key]].lower()
        return self.plan.lines[int(key.partition(":")[2])].label

    def _mean(self, key: str) -> str:
        """Return the mean of a criterion over the score sheets that are whole."""
        at = key.partition(":")[2]
        return (
            f'=IF(COUNT({{sums}})=0,"",'
            f"ROUND(SUMPRODUCT(--ISNUMBER({{sums}}),{{line{at}}})/COUNT({{sums}}),{NOISE_DIGITS}))"
        )

    def _places(self, unit: int) -> dict[str, str]:
        """Return the cells of a unit in the matrix, by the names that formulas of ties use."""
        lines = range(len(self.plan.lines))
        rows = {f"line{at}": self._at_matrix(self.plan.across(self.plan.row(unit, at))) for at in lines}
        return {"sums": self._sheets(unit), **rows}

    # --- what people are told ---------------------------------------------------------------------------

    def _write_colours(self) -> None:
        cells = f"{RANK}{FIRST_ROW}:{REMARK}{self.last_row}"
        shared = f'${REMARK}{FIRST_ROW}="{read_words()["shared"]}"'
        self.page.conditional_formatting.add(cells, show(shared, fill=SHARED))
        figures = f"{OWN}{FIRST_ROW}:{TOTAL}{self.last_row}"
        words = (read_words()["missing"], read_words()["look"])
        unclear = ",".join(f'{OWN}{FIRST_ROW}="{word}"' for word in words)
        self.page.conditional_formatting.add(figures, show(f"OR({unclear})", fill=AMBER))

    def _write_method(self) -> None:
        """Write below the table how it is counted, and what it leaves out."""
        row, words = self.last_row + 2, read_words()
        named = self._scores("unit")
        known = ",".join(_quote(name) for unit in self.plan.units for name in _look_up_names(unit))
        strangers = f'SUMPRODUCT(({named}<>"")*(1-ISNUMBER(MATCH({named},{{{known}}},0))))'
        if len(strangers) < MOST_LETTERS:
            self.page.cell(row, 1).value = f'=IF({strangers}>0,"{words["strangers"]}","")'
            self.page.cell(row, 1).font = SECTION_FONT
        texts = [words["how"], *(f"- {text}" for text in self._iter_method())]
        for at, text in enumerate(texts, row + 1):
            write_text(self.page.cell(at, 1), text, TEXT_FORMAT)
            self.page.cell(at, 1).alignment = CUT
        self.page.cell(row + 1, 1).font = SECTION_FONT

    def _iter_method(self) -> Iterator[str]:
        rule, words = self.rule, read_words()
        yield words[f"how_{rule.cross_score}"]
        yield words["how_own_out" if rule.drop_self else "how_own_in"]
        if rule.drop_extremes:
            yield words["how_extremes"].format(count=rule.drop_extremes)
        yield words["how_skip" if rule.skip_missing else "how_refuse"]
        shares = {"cross": format_score(rule.cross_weight), "own": format_score(rule.self_weight)}
        yield words[f"how_{rule.self_score}"].format(**shares)
        yield from self._iter_rounding()
        yield from self._iter_ties()
        yield words["how_look"]
        yield words["how_fixed"]

    def _iter_rounding(self) -> Iterator[str]:
        rounding, words = self.rule.rounding, read_words()
        if rounding is None:
            yield words["how_exact"]
            return
        key = "how_digits_each" if rounding.stage == "each" else "how_digits"
        yield f"{words[key].format(count=rounding.digits)} {words[f'how_{rounding.way}']}"

    def _iter_ties(self) -> Iterator[str]:
        words, keys = read_words(), self.keys
        if keys:
            yield words["how_ties"].format(keys="; ".join(map(self._name, keys)))
        else:
            yield words["how_no_ties"]
        if len(keys) < len(self.rule.ties):
            yield words["how_tie_left"].format(key=self._name(self.rule.ties[len(keys)]))
        if self.plan.scoring.tie_decisions:
            yield words["how_decision"]


def _look_up_names(unit: Unit) -> list[str]:
    """Return the names of a unit that formulas look for."""
    return [name for name in unit.names if len(name) <= LONGEST_TEXT][:MOST_NAMES]


def _quote(text: str) -> str:
    return '"' + make_writable(text).replace('"', '""') + '"'


def _decimal(share: Fraction) -> str:
    """Write a *share* as formulas do, with a point."""
    return f"{Decimal(share.numerator) / Decimal(share.denominator):f}"
