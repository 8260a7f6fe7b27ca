"""What every part of the conference is made of: frozen records, and field types that read text.

Readers hand every value over as text; the types here decide what it means. A field that the data do not
give is None, which is different from an empty list and from zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from generator.vietnamese import Money, PartialDate, TimeOfDay, parse_year_label

Parsed = TypeVar("Parsed")

ABOUT = ("hơn ", "trên ", "gần ", "khoảng ")
"""What may stand before an amount that is not exact."""

MOST_ON_PAPER = 999
"""The largest number of signatories or copies: a slip of the pen must not make a paper of a million lines."""


class Facts(BaseModel):
    """A group of facts about a conference; unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=False,
        arbitrary_types_allowed=True,
        str_min_length=1,
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_unknown(cls, given: Any) -> Any:
        """Take a field that is named without a value for one that is not given."""
        if isinstance(given, dict):
            known = cls.model_fields
            return {name: value for name, value in given.items() if value is not None or name not in known}
        return given


@dataclass(frozen=True, slots=True)
class WrittenMoney(Money):
    """An amount of money, and how the facts write it."""

    text: str = ""

    @classmethod
    def parse(cls, text: str) -> WrittenMoney:
        """Read what `Money` reads, also after a word of `ABOUT`; raises the same errors."""
        about = next((word for word in ABOUT if text.lower().startswith(word)), "")
        money = Money.parse(text[len(about) :])
        return cls(money.amount, money.currency, text)


def _reading(kind: str, parse: Callable[[str], Parsed]) -> BeforeValidator:
    """Return a validator that reads text by *parse*; its failure is a finding of the code *kind*."""

    def read(value: Any) -> Any:
        if isinstance(value, (dict, list)):  # pydantic would make a date of a group of day and month
            raise PydanticCustomError("string_type", "text expected")
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ValueError as error:
            raise PydanticCustomError(kind, "{reason}", {"reason": str(error)}) from error

    return BeforeValidator(read)


def _checking(kind: str, parse: Callable[[str], object]) -> AfterValidator:
    """Return a validator that keeps text as it is, provided that *parse* can read it."""

    def check(text: str) -> str:
        try:
            parse(text)
        except ValueError as error:
            raise PydanticCustomError(kind, "{reason}", {"reason": str(error)}) from error
        return text

    return AfterValidator(check)


def _parse_count(text: str) -> int:
    digits = text.replace(".", "") if "." in text and all(len(g) == 3 for g in text.split(".")[1:]) else text
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(text)
    return int(digits)


def _parse_few(text: str) -> int:
    count = _parse_count(text)
    if count > MOST_ON_PAPER:
        raise ValueError("count-too-large")
    return count


def _parse_answer(text: str) -> bool:
    answers = {"có": True, "đúng": True, "true": True, "không": False, "sai": False, "false": False}
    if text.lower() not in answers:
        raise ValueError(text)
    return answers[text.lower()]


Day = Annotated[PartialDate, _reading("not-a-date", PartialDate.parse)]
"""A date, of which the year may be unknown ("30-3")."""

Year = Annotated[str, _checking("not-a-year-label", parse_year_label)]
"""The label of a year, kept as it is written: ``2016``, ``năm học 2015 - 2016``."""

Clock = Annotated[TimeOfDay, _reading("not-a-time", TimeOfDay.parse)]
"""A time of day ("14h00")."""

Count = Annotated[int, _reading("not-a-count", _parse_count)]
"""A number of things, written with or without dots and leading zeros ("3.633", "06")."""

FewCount = Annotated[int, _reading("not-a-count", _parse_few)]
"""A number of things each of which has a place on paper: at most `MOST_ON_PAPER`."""

Answer = Annotated[bool, _reading("not-an-answer", _parse_answer)]
"""Có or không."""

Sum = Annotated[WrittenMoney, _reading("not-money", WrittenMoney.parse)]
"""An amount of money ("100 triệu đồng", "hơn 2 tỷ đồng")."""
