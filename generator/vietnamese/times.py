"""Times of day: text comes in and goes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.vietnamese.dates import PartialDate, format_date_short

PartOfDay = Literal["sáng", "chiều", "tối"]

_HOUR = "(?P<hour>[0-9]{1,2})"
_FORMS = (
    rf"{_HOUR}:(?P<minute>[0-9]{{2}})",
    rf"{_HOUR}\s*(?:h|g|giờ)\s*(?:(?P<minute>[0-9]{{2}})\s*(?:phút|p|['’])?)?",
    rf"{_HOUR}\s*giờ\s*(?P<minute>[0-9])\s*phút",
)
_NEWS_DAY = r"(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![0-9/])"
_NEWS_TIME = r"(?<![0-9:])([0-9]{1,2}(?::|h)[0-9]{2})(?![0-9:])\s*((?:AM|PM|SA|CH)\b)?"
_NOON, _EVENING = 12, 18


@dataclass(frozen=True, slots=True, order=True)
class TimeOfDay:
    """An hour and a minute, from 0:00 to 23:59; raises `ValueError("no-such-time")`."""

    hour: int
    minute: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.hour < 24 and 0 <= self.minute < 60):
            raise ValueError("no-such-time")

    @classmethod
    def parse(cls, text: str) -> TimeOfDay:
        """Read "14h00", "14:00", "8h30", "08h" or "14 giờ 30 phút", on the clock of 24 hours.

        Raises `ValueError("time-form")` for anything else, and what the class raises.
        """
        for form in _FORMS:
            if found := re.fullmatch(form, text.strip(), re.IGNORECASE):
                return cls(int(found["hour"]), int(found["minute"] or 0))
        raise ValueError("time-form")


def format_time(time: TimeOfDay) -> str:
    """Write *time* as "08 giờ 30 phút". Source: regulations 8.1."""
    return f"{time.hour:02d} giờ {time.minute:02d} phút"


def part_of_day(time: TimeOfDay) -> PartOfDay:
    """Return "sáng" before noon, "chiều" before 18 o'clock, else "tối". Source: practice in reports."""
    if time.hour < _NOON:
        return "sáng"
    return "chiều" if time.hour < _EVENING else "tối"


def format_news_time(day: PartialDate, time: TimeOfDay) -> str:
    """Write when a news item appeared: "07:51 PM 17/02/2017", on the clock of 12 hours.

    Raises `ValueError("date-incomplete")`. Source: regulations 8.1 (CLDR would say CH).
    """
    half = "AM" if time.hour < _NOON else "PM"
    shown = format_date_short(PartialDate.from_date(day.to_date()))
    return f"{(time.hour - 1) % 12 + 1:02d}:{time.minute:02d} {half} {shown}"


def parse_news_time(text: str) -> tuple[PartialDate, TimeOfDay] | None:
    """Read when a news item appeared, from "07:51 PM 17/02/2017", "30/03/2023 - 20:45" and the like.

    Words around them, such as the weekday, are passed over. Returns None unless there is exactly one date and
    one time, and both exist. Source: news pages, regulations 6.3.
    """
    days = re.findall(_NEWS_DAY, text)
    times = re.findall(_NEWS_TIME, text, re.IGNORECASE)
    if len(days) != 1 or len(times) != 1:
        return None
    try:
        return PartialDate.parse(days[0]), _read_half(TimeOfDay.parse(times[0][0]), times[0][1].upper())
    except ValueError:
        return None


def _read_half(time: TimeOfDay, half: str) -> TimeOfDay:
    """Return *time* on the clock of 24 hours; "13:46 PM" is common, and clear."""
    if half in {"PM", "CH"}:
        return TimeOfDay(time.hour % _NOON + _NOON, time.minute)
    if half and time.hour > _NOON:
        raise ValueError("no-such-time")
    return TimeOfDay(time.hour % _NOON, time.minute) if half else time
