"""Dates, of which parts may be unknown: text comes in and goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_DAY = "(?P<day>[0-9]{1,2})"
_MONTH = "(?P<month>[0-9]{1,2})"
_YEAR = "(?P<year>[0-9]{4})"
_FORMS = (
    rf"(?:ngày\s+)?{_DAY}\s*(?P<mark>[/.–-])\s*{_MONTH}\s*(?P=mark)\s*{_YEAR}",
    rf"(?:ngày\s+)?{_DAY}\s*[/–-]\s*{_MONTH}",
    rf"(?:tháng\s+)?{_MONTH}\s*[/–-]\s*{_YEAR}",
    rf"{_YEAR}-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?",
    rf"(?:ngày\s+)?{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?",
    rf"tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?",
    rf"(?:năm\s+)?{_YEAR}",
)
_PARTS = ("day", "month", "year")
_LEAP_YEAR = 2000
_FIRST_YEAR = 1000
"""Years are read and written with four figures."""
_LAST_PADDED_MONTH = 2
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, a day of a month, a month with or without its year, or a year.

    Only complete dates can be put in order. Without a year, 29/02 is a day. Raises `ValueError`:
    "date-incoherent" (nothing, or a day without its month), "no-such-year" (outside 1000 to 9999),
    "no-such-month", "no-such-day".
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and (self.year is None or self.day is not None):
            raise ValueError("date-incoherent")
        _check_calendar(
            day=1 if self.day is None else self.day,
            month=1 if self.month is None else self.month,
            year=_LEAP_YEAR if self.year is None else self.year,
        )

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read "17/02/2017", "30-3", "2017-02-17", "12/2016", "2016" or "ngày 05 tháng 01 năm 2016".

        Raises `ValueError("date-form")` for anything else, a year of two figures included, and what the class
        raises.
        """
        for form in _FORMS:
            if found := re.fullmatch(form, text.strip(), re.IGNORECASE):
                parts = {name: figures for name, figures in found.groupdict().items() if figures}
                day, month, year = (int(parts[name]) if name in parts else None for name in _PARTS)
                return cls(day, month, year)
        raise ValueError("date-form")

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        """Return *day* as a complete partial date."""
        return cls(day.day, day.month, day.year)

    @property
    def is_complete(self) -> bool:
        """Whether day, month and year are known."""
        return None not in (self.day, self.month, self.year)

    def to_date(self) -> date:
        """Return the calendar date; raises `ValueError("date-incomplete")`."""
        if self.day is None or self.month is None or self.year is None:
            raise ValueError("date-incomplete")
        return date(self.year, self.month, self.day)

    def __lt__(self, other: PartialDate) -> bool:
        """Tell whether this date is before *other*; raises `ValueError("date-incomplete")`."""
        return self.to_date() < other.to_date()


def format_date_long(day: PartialDate) -> str:
    """Write *day* as "ngày 05 tháng 01 năm 2016", "ngày 30 tháng 3", "tháng 2 năm 2016" or "năm 2016".

    Beside a day, January and February take a zero, other months do not; the zeros guard against forgery.
    Source: Nghị định 30/2020, Phụ lục I, II.4b (regulations 4.3); without a day, regulations 8.1.
    """
    width = 2 if day.day and (day.month or 0) <= _LAST_PADDED_MONTH else 1
    parts = (("ngày", day.day, 2), ("tháng", day.month, width), ("năm", day.year, 4))
    return " ".join(f"{word} {part:0{size}d}" for word, part, size in parts if part is not None)


def format_date_short(day: PartialDate) -> str:
    """Write *day* as "17/02/2017", "30/03", "12/2016" or "2016". Source: practice in tables, regulations 4.3.

    A month alone has no short form, and is written as "tháng 12".
    """
    if (day.day, day.year) == (None, None):
        return format_date_long(day)
    return "/".join(f"{part:02d}" for part in (day.day, day.month, day.year) if part is not None)


def weekday_name(day: PartialDate) -> str:
    """Return the weekday of *day*, such as "thứ Sáu" or "Chủ nhật"; raises `ValueError("date-incomplete")`.

    Source: Nghị định 30/2020, Phụ lục II (regulations 4.4 and 8.1; CLDR has other capitals).
    """
    return _WEEKDAYS[day.to_date().weekday()]


def _check_calendar(day: int, month: int, year: int) -> None:
    if not _FIRST_YEAR <= year <= date.max.year:
        raise ValueError("no-such-year")
    if not 1 <= month <= 12:
        raise ValueError("no-such-month")
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError("no-such-day") from error
