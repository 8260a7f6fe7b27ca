"""Years, dates and times: do they follow one another?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from generator.rules.base import Observation
from generator.vietnamese import parse_news_time, parse_year_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference

LATEST_CONFERENCE_DAYS = 183
"""A year's conference is held in November of the year at the earliest and by spring of the next one."""


def check_next_year(conference: Conference) -> Iterator[Observation]:
    """Notice a next year that does not follow the year under review (domain check 3)."""
    named = {
        ("event", "next_year"): conference.event.next_year,
        ("leadership", "next", "year"): conference.leadership.next and conference.leadership.next.year,
        ("pledge", "year"): conference.pledge and conference.pledge.year,
    }
    year = parse_year_label(conference.event.year)
    for path, label in named.items():
        if label and parse_year_label(label).first != year.last + (year.first == year.last):
            yield Observation("next-year-does-not-follow", path, {"year": year.text, "next_year": label})


def check_conference_date(conference: Conference) -> Iterator[Observation]:
    """Notice a conference held before its year began or long after it ended."""
    date = conference.event.date
    if date is None or not date.is_complete:
        return
    day, year = date.to_date(), parse_year_label(conference.event.year)
    last = day.replace(year=year.last, month=12, day=31) + timedelta(days=LATEST_CONFERENCE_DAYS)
    if day.year < year.first or day > last:
        values = {"date": f"{day:%d/%m/%Y}", "year": year.text}
        yield Observation("date-far-from-year", ("event", "date"), values)


def check_publication(conference: Conference) -> Iterator[Observation]:
    """Notice news that was published before the conference (domain check 4)."""
    date, published = conference.event.date, conference.news.published_at
    when = parse_news_time(published) if published else None
    published_day = when[0] if when else None
    if date and published_day and published_day.is_complete and date.is_complete and published_day < date:
        yield Observation("published-before-conference", ("news", "published_at"), {"published": published})


def check_times(conference: Conference) -> Iterator[Observation]:
    """Notice a conference that ends before it begins."""
    start, end = conference.event.start, conference.event.end
    if start and end and (end.hour, end.minute) <= (start.hour, start.minute):
        yield Observation("ends-before-it-begins", ("event", "end"))
