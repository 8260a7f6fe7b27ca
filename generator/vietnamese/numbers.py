"""Figures: text with the Vietnamese separators comes in and goes out, exact numbers are in between.

Dots part thousands, a comma the decimals (Luật Kế toán 2003, Điều 12). Babel would do for whole numbers, but
it rounds halves to even, and its import takes longer than all of this package.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_NUMBER = r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?"
_SWAP = str.maketrans(",.", ".,")

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def parse_number(text: str) -> Decimal:
    """Read figures such as "48.658,2", "06" or "-3"; decimals keep their zeros.

    Raises `ValueError("number-form")` for anything else, such as "1,234.5", "1.23.4" or "0.5".
    """
    stripped = text.strip()
    if not re.fullmatch(_NUMBER, stripped):
        raise ValueError("number-form")
    return Decimal(stripped.replace(".", "").replace(",", "."))


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """Write *value* as "48.658,2", with *places* decimals, halves away from zero, or with those it has.

    Raises `ValueError("number-not-finite")`. Source: regulations 8.1.
    """
    exact = _round(value, places) if places is not None else Decimal(value)
    if not exact.is_finite():
        raise ValueError("number-not-finite")
    return f"{exact or abs(exact):,f}".translate(_SWAP)


def trim_decimals(figures: str) -> str:
    """Return written *figures* without the zeros at the end of their decimals: "1,50" is "1,5"."""
    return figures.rstrip("0").rstrip(",") if "," in figures else figures


def format_percent(ratio: Fraction | Decimal | int, places: int = 1) -> str:
    """Write *ratio* (1 is all) as "98,5%", with at most *places* decimals, halves away from zero.

    Raises `ValueError("number-not-finite")`. Source: regulations 8.1.
    """
    return trim_decimals(format_number(_round(ratio, places, 100))) + "%"


def format_count(count: int, pad: int = 2) -> str:
    """Write *count* with at least *pad* figures: "09", "1.234".

    Raises `ValueError("count-negative")`. Source: regulations 4.2 and 8.1.
    """
    if count < 0:
        raise ValueError("count-negative")
    return format_number(count).rjust(pad, "0")


def roman(number: int) -> str:
    """Write *number*, from 1 to 3999, in Roman numerals; raises `ValueError("roman-range")`."""
    if not 1 <= number <= 3999:
        raise ValueError("roman-range")
    numeral = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        numeral += sign * times
    return numeral


def letter(number: int) -> str:
    """Return the letter of the *number*-th điểm of a khoản, from 1 (a, b, c, d, đ, e) to 23 (y).

    Raises `ValueError("letter-range")`. Source: the way laws number their điểm, regulations 4.4.
    """
    if not 1 <= number <= len(_LETTERS):
        raise ValueError("letter-range")
    return _LETTERS[number - 1]


def _round(value: Fraction | Decimal | int, places: int, factor: int = 1) -> Decimal:
    """Return *factor* times *value* with *places* decimals; `Decimal.quantize` fails beyond 28 figures."""
    try:
        numerator, denominator = value.as_integer_ratio()
    except (ValueError, OverflowError) as error:
        raise ValueError("number-not-finite") from error
    units = (2 * abs(numerator) * factor * 10**places + denominator) // (2 * denominator)
    return Decimal(f"{'-' if numerator < 0 else ''}{units}E-{places}")
