"""A cell of a workbook comes in; the text that a person sees in it goes out.

Numbers and dates are stored bare; how many decimals, whether a year shows, is a matter of the cell's format.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from generator.readers.tables import Cell, is_blank
from generator.vietnamese import format_number

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as WorkbookCell

SIGNIFICANT_FIGURES = 15
"""As many as spreadsheets show; what is stored beyond them is the noise of binary fractions."""

_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""How workbooks write control characters: ``_x000D_``."""

_PADDING = r"_.|\*."
_LOCALE_SIGN = r"\[\$([^\]-]*)[^\]]*\]"
_BRACKETS = r"\[[^\]]*\]"
_LITERAL = r'"([^"]*)"|\\(.)'
_FIGURES = re.compile(r"(?P<grouped>#,##)?(?P<zeros>0+)(?:\.(?P<places>0+))?(?P<percent>%?)")


def read_cell(cell: WorkbookCell, *, is_formula: bool) -> Cell | None:
    """Return what *cell*, read with its computed value, holds; None if it is blank.

    The finding of a cell that cannot be read is ``cell-error`` or ``formula-without-value``.
    """
    value = cell.value
    if cell.data_type == "e" or (isinstance(value, float) and not isfinite(value)):
        return Cell("", problem="cell-error", values={"value": value})
    if value is None:
        # A formula whose result is an empty text is computed, and blank: openpyxl leaves its type as "str".
        if is_formula and cell.data_type != "str":
            return Cell("", problem="formula-without-value")
        return None
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x00" in value else value
        return None if is_blank(text) else Cell(text)
    return _read_value(value, cell.number_format)


def _read_value(value: Any, number_format: str) -> Cell:
    match value:
        case bool():
            return Cell("có" if value else "không")
        case int() | float():
            return Cell(show_number(value, number_format))
        case datetime() | date() | time() | timedelta():
            return Cell(show_date(value, number_format), turned=True)
        case _:
            return Cell(str(value))


def show_number(value: int | float, number_format: str) -> str:
    """Return *value* as a person sees it: "98,5", with the decimals, zeros, % and words of its format.

    A format that is not understood shows all figures that are stored.
    """
    exact = Decimal(f"{value:.{SIGNIFICANT_FIGURES}g}" if isinstance(value, float) else value)
    before, core, after = _take_apart(number_format)
    shape = _FIGURES.fullmatch(core)
    if not shape:
        percent = "%" in number_format
        return _plain(exact * 100 if percent else exact) + ("%" if percent else "")
    percent_sign = shape["percent"]
    places = len(shape["places"] or "")
    shown = format_number(exact * 100 if percent_sign else exact, places)
    if not shape["grouped"]:
        shown = shown.replace(".", "").zfill(len(shape["zeros"]) + (places + 1 if places else 0))
    return f"{before}{shown}{percent_sign}{after}".strip()


def _plain(exact: Decimal) -> str:
    """Return *exact* without grouping, exponents and zeros at its end."""
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _take_apart(number_format: str) -> tuple[str, str, str]:
    """Return the words before the figures, the pattern of the figures, and the words after them."""
    bare = re.sub(_PADDING, "", number_format.split(";", maxsplit=1)[0])
    bare = re.sub(_BRACKETS, "", re.sub(_LOCALE_SIGN, r'"\1"', bare))
    parts = re.split(r"([#0][#0,.]*%?)", re.sub(_LITERAL, _protect, bare), maxsplit=1)
    if len(parts) < 3:
        return "", bare, ""
    before, core, after = (_unprotect(part) for part in parts)
    return before, core, after


_PROTECTED = 0xF0000
"""Letters of literals are moved there while the pattern is looked for: a literal may hold figures, too."""


def _protect(found: re.Match[str]) -> str:
    return "".join(chr(_PROTECTED + ord(letter)) for letter in found[1] or found[2] or "")


def _unprotect(text: str) -> str:
    return "".join(chr(ord(letter) - _PROTECTED) if ord(letter) > _PROTECTED else letter for letter in text)


def show_date(value: date | time | timedelta, number_format: str) -> str:
    """Return a date as "17/02/2017", a time as "14h30"; "17/02" or "02/2017" if the format shows no more.

    A day and month without a year is what a spreadsheet makes of "30/3"; the year that it adds is not the
    user's.
    """
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}h{minutes % 60:02d}"
    if isinstance(value, time):
        return _show_time(value)
    pattern = number_format.split(";", maxsplit=1)[0]
    shown = re.sub(f"{_LITERAL}|{_BRACKETS}|{_PADDING}", "", pattern).lower()
    day = _show_day(value, shown)
    if isinstance(value, datetime) and "h" in shown:
        return f"{_show_time(value.time())} {day}"
    return day


def _show_time(value: time) -> str:
    return f"{value.hour}h{value.minute:02d}"


def _show_day(value: date, shown: str) -> str:
    parts = {"d": f"{value.day:02d}", "m": f"{value.month:02d}", "y": f"{value.year:04d}"}
    kept = [text for letter, text in parts.items() if letter in shown]
    return "/".join(kept or parts.values())
