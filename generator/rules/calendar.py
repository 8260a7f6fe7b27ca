"""Years, dates and times: do they follow one another?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from generator.findings import Observation
from generator.vietnamese import PartialDate, parse_news_time, parse_year_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference

LATEST_CONFERENCE_DAYS = 183
"""A year's conference is held in November of the year at the earliest and by spring of the next one."""

REVIEWS_OF_A_YEAR = frozenset({"tong_ket", "binh_xet"})
"""What looks back on a whole year, so that its leaders and its pledge are those of the next one.

A pledge is often signed in the very year that it is for, at a ceremony of its own or at mid-year.
"""

HOURS = {"sáng": (0, 12), "chiều": (12, 18), "tối": (17, 23)}
"""The hours that may still be called so: the first and the last at which a conference begins."""


def check_next_year(conference: Conference) -> Iterator[Observation]:
    """Notice a next year that does not follow the year under review (domain check 3)."""
    event, pledge, leaders = conference.event, conference.pledge, conference.leadership.next
    year = parse_year_label(event.year)
    following = (year.first + 1, year.last + 1)
    either = {following} if event.kind in REVIEWS_OF_A_YEAR else {following, (year.first, year.last)}
    named = (
        (("event", "next_year"), event.next_year, {following}),
        (("leadership", "next", "year"), leaders and leaders.year, either),
        (("pledge", "year"), pledge and pledge.year, either),
    )
    for path, label, fitting in named:
        given = parse_year_label(label) if label else None
        if given and (given.first, given.last) not in fitting:
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
    """Notice news older than the conference, and a date that is only that of the news (domain check 4)."""
    date, published = conference.event.date, conference.news.published_at
    day = _published_day(published) if published else None
    if _is_before(day, date):
        yield Observation("published-before-conference", ("news", "published_at"), {"published": published})
    if date and conference.event.date_basis == "from_publication":
        yield Observation("date-from-publication", ("event", "date"))


def _published_day(published: str) -> PartialDate | None:
    when = parse_news_time(published)
    if when:
        return when[0]
    try:
        return PartialDate.parse(published)
    except ValueError:
        return None


def _is_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Tell whether *one* is known to be before *other*."""
    return bool(one and other and one.is_complete and other.is_complete and one < other)


def check_minutes_date(conference: Conference) -> Iterator[Observation]:
    """Notice minutes that are older than the conference."""
    if _is_before(conference.papers.minutes.date, conference.event.date):
        yield Observation("minutes-before-conference", ("papers", "minutes", "date"))


def check_period(conference: Conference) -> Iterator[Observation]:
    """Notice a period under review that ends before it begins."""
    period = conference.event.period
    if period and _is_before(period.end, period.start):
        yield Observation("period-ends-before-it-begins", ("event", "period", "end"))


def check_times(conference: Conference) -> Iterator[Observation]:
    """Notice a conference that ends before it begins, or begins at another part of the day than is said."""
    start, end, part = conference.event.start, conference.event.end, conference.event.part_of_day
    if start and end and end <= start:
        yield Observation("ends-before-it-begins", ("event", "end"))
    if start and part and not HOURS[part][0] <= start.hour <= HOURS[part][1]:
        yield Observation("part-of-day-contradicts", ("event", "part_of_day"), {"part": part})
