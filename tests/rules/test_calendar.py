"""Rules about years, dates and times."""

from __future__ import annotations

import pytest

from generator.rules.calendar import (
    check_conference_date,
    check_minutes_date,
    check_next_year,
    check_period,
    check_publication,
    check_times,
)
from tests.rules.samples import observe, told

SCHOOL_YEAR = "năm học 2015 - 2016"


@pytest.mark.parametrize(
    ("year", "following", "fits"),
    [
        ("2016", "2017", True),
        ("2016", "năm 2017", True),
        ("2016", "2016", False),
        ("2016", "2018", False),
        ("2016", "2015", False),
        ("2016", "năm học 2017 - 2018", False),
        (SCHOOL_YEAR, "năm học 2016 - 2017", True),
        (SCHOOL_YEAR, "2016-2017", True),
        (SCHOOL_YEAR, SCHOOL_YEAR, False),
        (SCHOOL_YEAR, "2016", False),
    ],
)
def test_the_next_year_follows_the_year_under_review(year, following, fits):
    assert bool(told(check_next_year, event={"year": year, "next_year": following})) is not fits
    assert bool(told(check_next_year, event={"year": year}, pledge={"year": following})) is not fits
    leadership = {"next": {"year": following}}
    assert bool(told(check_next_year, event={"year": year}, leadership=leadership)) is not fits


def test_each_year_is_told_at_its_own_place():
    noticed = observe(
        check_next_year,
        event={"next_year": "2015"},
        leadership={"next": {"year": "2016"}},
        pledge={"year": "2018"},
    )
    assert [(one.code, one.path, one.values) for one in noticed] == [
        ("next-year-does-not-follow", ("event", "next_year"), {"year": "2016", "next_year": "2015"}),
        ("next-year-does-not-follow", ("leadership", "next", "year"), {"year": "2016", "next_year": "2016"}),
        ("next-year-does-not-follow", ("pledge", "year"), {"year": "2016", "next_year": "2018"}),
    ]


@pytest.mark.parametrize("kind", ["ky_giao_uoc", "so_ket", "trien_khai"])
def test_a_pledge_may_be_for_the_year_in_which_it_is_signed(kind):
    for year, fits in (("2016", True), ("2017", True), ("2015", False), ("2018", False)):
        assert bool(told(check_next_year, event={"kind": kind}, pledge={"year": year})) is not fits


def test_the_next_year_is_never_the_year_itself():
    assert told(check_next_year, event={"kind": "ky_giao_uoc", "next_year": "2016"})


@pytest.mark.parametrize(
    ("year", "date", "fits"),
    [
        ("2016", "01/11/2016", True),
        ("2016", "17/02/2017", True),
        ("2016", "30/06/2017", True),
        ("2016", "02/07/2017", True),
        ("2016", "03/07/2017", False),
        ("2016", "31/12/2015", False),
        ("2016", "30-3", True),
        ("2016", "2030", True),
        ("2999", "31/12/9999", False),
        (SCHOOL_YEAR, "20/08/2016", True),
        (SCHOOL_YEAR, "20/08/2015", True),
        (SCHOOL_YEAR, "20/08/2017", False),
    ],
)
def test_a_conference_is_held_in_its_year_or_by_the_spring_after(year, date, fits):
    expected = [] if fits else ["warning date-far-from-year event.date"]
    assert told(check_conference_date, event={"year": year, "date": date}) == expected


def test_a_date_far_off_is_told_with_its_year():
    (noticed,) = observe(check_conference_date, event={"date": "5/1/2015"})
    assert noticed.values == {"date": "05/01/2015", "year": "2016"}


@pytest.mark.parametrize(
    ("date", "published", "fits"),
    [
        ("17/02/2017", "07:51 PM 17/02/2017", True),
        ("17/02/2017", "07:51 PM 16/02/2017", False),
        ("17/02/2017", "Thứ 5, 16/02/2017 | 13:46", False),
        ("17/02/2017", "16/02/2017", False),
        ("17/02/2017", "18/02/2017", True),
        ("17/02/2017", "hôm qua", True),
        ("17/02/2017", "2016", True),
        ("17/2", "07:51 PM 16/02/2017", True),
        (None, "07:51 PM 16/02/2017", True),
        ("17/02/2017", None, True),
    ],
)
def test_news_is_not_older_than_the_conference(date, published, fits):
    noticed = told(check_publication, event={"date": date}, news={"published_at": published})
    assert noticed == ([] if fits else ["warning published-before-conference news.published_at"])


@pytest.mark.parametrize(
    ("date", "basis", "fits"),
    [
        ("17/02/2017", "from_publication", False),
        ("17/02/2017", "stated", True),
        ("17/02/2017", "relative", True),
        ("17/02/2017", None, True),
        (None, "from_publication", True),
    ],
)
def test_a_date_taken_from_the_news_is_noticed(date, basis, fits):
    expected = [] if fits else ["warning date-from-publication event.date"]
    assert told(check_publication, event={"date": date, "date_basis": basis}) == expected


@pytest.mark.parametrize(
    ("written", "fits"), [("17/02/2017", True), ("20/02/2017", True), ("16/02/2017", False), ("16-2", True)]
)
def test_minutes_are_not_older_than_the_conference(written, fits):
    noticed = told(check_minutes_date, event={"date": "17/02/2017"}, papers={"minutes": {"date": written}})
    assert noticed == ([] if fits else ["warning minutes-before-conference papers.minutes.date"])


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("01/01/2016", "30/06/2016", True),
        ("01/01/2016", "01/01/2016", True),
        ("30/06/2016", "01/01/2016", False),
        ("30/6", "1/1", True),
        (None, "01/01/2016", True),
    ],
)
def test_a_period_ends_after_it_begins(start, end, fits):
    noticed = told(check_period, event={"period": {"start": start, "end": end}})
    assert noticed == ([] if fits else ["warning period-ends-before-it-begins event.period.end"])


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [("8h00", "11h30", True), ("8h30", "8h15", False), ("8h00", "8h00", False), ("8h00", None, True)],
)
def test_a_conference_ends_after_it_begins(start, end, fits):
    expected = [] if fits else ["warning ends-before-it-begins event.end"]
    assert told(check_times, event={"start": start, "end": end}) == expected


@pytest.mark.parametrize(
    ("part", "start", "fits"),
    [
        ("sáng", "8h00", True),
        ("sáng", "0h30", True),
        ("sáng", "12h00", True),
        ("sáng", "13h00", False),
        ("chiều", "12h30", True),
        ("chiều", "18h30", True),
        ("chiều", "11h00", False),
        ("chiều", "19h00", False),
        ("tối", "17h30", True),
        ("tối", "8h00", False),
        ("sáng", None, True),
        (None, "8h00", True),
    ],
)
def test_the_part_of_the_day_fits_the_hour(part, start, fits):
    noticed = observe(check_times, event={"part_of_day": part, "start": start})
    assert [(one.code, one.path, one.values) for one in noticed] == (
        [] if fits else [("part-of-day-contradicts", ("event", "part_of_day"), {"part": part})]
    )
