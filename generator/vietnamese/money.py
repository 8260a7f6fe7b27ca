"""Amounts of money: text comes in and goes out, whole amounts are in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.vietnamese.numbers import format_number, parse_number, trim_decimals
from generator.vietnamese.sentences import capital_first
from generator.vietnamese.spelling import number_in_words

if TYPE_CHECKING:
    from typing import Unpack

    from generator.vietnamese.spelling import Spelling

_DONG = r"(?i:đồng(?: Việt Nam)?|đ|vnđ|vnd|₫)"
_FOREIGN = r"[A-Z]{3}|[$€£¥]|(?i:đô la|euro|bảng|yên|nhân dân tệ|won|kíp|bạt|rúp)(?: \w+){0,2}"
_PART = r"([0-9][0-9.,]*)\s*((?:(?:nghìn|ngàn|triệu)\s+)?(?:tỷ|tỉ)\b|(?:nghìn|ngàn|triệu)\b)?\s*"
_EXPONENTS = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_SHORT = ((9, "tỷ"), (6, "triệu"))
_SHORT_PLACES = 2


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money, not negative; raises `ValueError("money-negative")`."""

    amount: int
    """Whole units of the currency as it is named: đồng, USD; never cents."""
    currency: str = "đồng"

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("money-negative")

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read "100 triệu đồng", "2 tỷ 500 triệu đồng", "48.658,2 tỷ đồng", "100.000.000đ" or "1.500 USD".

        All names of the đồng become "đồng"; other currencies stay as they are written. Raises `ValueError`:
        "number-form", "money-form" (no number, or parts that do not descend), "money-currency" (none, or an
        unknown one), "money-not-whole". Source: domain 4.34.
        """
        parts, currency = _split_parts(text.strip())
        if not parts or not _is_descending(parts):
            raise ValueError("money-form")
        return cls(sum(amount for amount, _ in parts), _read_currency(currency))


def format_money(money: Money, *, short: bool = True) -> str:
    """Write *money* as "100 triệu đồng", or as "100.000.000 đồng" if not *short* or if short is not exact.

    Short means millions or billions with at most two decimals. Source: regulations 8.1.
    """
    for exponent, name in _SHORT if short else ():
        if _is_short(money.amount, 10**exponent):
            figures = trim_decimals(format_number(Decimal(f"{money.amount}E-{exponent}")))
            return f"{figures} {name} {money.currency}"
    return f"{format_number(money.amount)} {money.currency}"


def money_in_words(money: Money, **spelling: Unpack[Spelling]) -> str:
    """Say *money* with a capital: "Một trăm triệu đồng"; *spelling* as in `number_in_words`.

    Source: regulations 8.2.
    """
    return capital_first(f"{number_in_words(money.amount, **spelling)} {money.currency}")


def _split_parts(text: str) -> tuple[list[tuple[int, int]], str]:
    """Return the amounts at the beginning of *text*, each with its scale, and what follows them."""
    parts = []
    while found := re.match(_PART, text, re.IGNORECASE):
        exponent = sum(_EXPONENTS[word] for word in (found[2] or "").lower().split())
        parts.append((_read_whole(found[1], exponent), int(10**exponent)))
        text = text[found.end() :]
    return parts, text


def _read_whole(figures: str, exponent: int) -> int:
    amount = Decimal(f"{parse_number(figures):f}E{exponent}")  # exact, where a product would be rounded
    if amount != int(amount):
        raise ValueError("money-not-whole")
    return int(amount)


def _is_descending(parts: list[tuple[int, int]]) -> bool:
    """Tell whether whole parts are followed by less than one unit of theirs: 2 tỷ 500 triệu."""
    return all(before % scale == 0 and after < scale for (before, scale), (after, _) in pairwise(parts))


def _read_currency(name: str) -> str:
    if re.fullmatch(_DONG, name):
        return "đồng"
    if re.fullmatch(_FOREIGN, name):
        return name
    raise ValueError("money-currency")


def _is_short(amount: int, size: int) -> bool:
    return amount >= size and amount * 10**_SHORT_PLACES % size == 0
