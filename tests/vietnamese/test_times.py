"""Times of day are read in the forms that people write, and written in words or as on a news page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import (
    PartialDate,
    TimeOfDay,
    format_news_time,
    format_time,
    parse_news_time,
    part_of_day,
)

TIMES = st.builds(TimeOfDay, st.integers(0, 23), st.integers(0, 59))
DAYS = st.dates(min_value=date(1000, 1, 1)).map(PartialDate.from_date)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("14h00", 14, 0),
        ("14:00", 14, 0),
        ("8h30", 8, 30),
        ("8H30", 8, 30),
        ("08h", 8, 0),
        ("14h00'", 14, 0),
        ("14g15", 14, 15),
        ("14 giờ", 14, 0),
        ("14 giờ 30 phút", 14, 30),
        ("14giờ 00 phút", 14, 0),
        ("14 giờ 5 phút", 14, 5),
        ("0h00", 0, 0),
        (" 23:59 ", 23, 59),
    ],
)
def test_a_time_is_read(text, hour, minute):
    assert TimeOfDay.parse(text) == TimeOfDay(hour, minute)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24h00", "no-such-time"),
        ("14h60", "no-such-time"),
        ("14", "time-form"),
        ("14:", "time-form"),
        ("14:5", "time-form"),
        ("14h5", "time-form"),
        ("14:00:00", "time-form"),
        ("2 giờ chiều", "time-form"),
        ("sáng", "time-form"),
        ("", "time-form"),
        ("-1h00", "time-form"),
    ],
)
def test_what_is_no_time_is_refused_with_a_code(text, code):
    with pytest.raises(ValueError, match=rf"^{code}$"):
        TimeOfDay.parse(text)


def test_a_time_is_written_with_two_figures_each():
    assert format_time(TimeOfDay(8, 30)) == "08 giờ 30 phút"
    assert format_time(TimeOfDay(14)) == "14 giờ 00 phút"


@given(TIMES)
def test_every_time_survives_words_and_back(time):
    assert TimeOfDay.parse(format_time(time)) == time


def test_times_have_an_order():
    assert TimeOfDay(8, 30) < TimeOfDay(14) < TimeOfDay(14, 1)


@pytest.mark.parametrize(
    ("text", "part"),
    [("0h00", "sáng"), ("11h59", "sáng"), ("12h00", "chiều"), ("17h59", "chiều"), ("18h00", "tối")],
)
def test_the_day_has_three_parts(text, part):
    assert part_of_day(TimeOfDay.parse(text)) == part


@pytest.mark.parametrize(
    ("time", "written"),
    [
        ("19h51", "07:51 PM 17/02/2017"),
        ("7h51", "07:51 AM 17/02/2017"),
        ("0h05", "12:05 AM 17/02/2017"),
        ("12h00", "12:00 PM 17/02/2017"),
    ],
)
def test_a_news_item_is_dated_on_the_clock_of_twelve_hours(time, written):
    assert format_news_time(PartialDate(17, 2, 2017), TimeOfDay.parse(time)) == written


def test_a_news_item_needs_a_complete_date():
    with pytest.raises(ValueError, match=r"^date-incomplete$"):
        format_news_time(PartialDate(17, 2), TimeOfDay(8))


@pytest.mark.parametrize(
    ("text", "date_text", "time_text"),
    [
        ("07:51 PM 17/02/2017", "17/02/2017", "19:51"),
        ("07:51 CH 17/02/2017", "17/02/2017", "19:51"),
        ("12:05 am 17/02/2017", "17/02/2017", "0:05"),
        ("13:46 PM 17/02/2017", "17/02/2017", "13:46"),
        ("30/03/2023 - 20:45", "30/03/2023", "20:45"),
        ("Thứ 5, 29/07/2021 | 13:46", "29/07/2021", "13:46"),
        ("Thứ sáu, 17/2/2017, 19:51 (GMT+7)", "17/02/2017", "19:51"),
        ("Cập nhật lúc 8h05 ngày 01/12/2016", "01/12/2016", "8:05"),
    ],
)
def test_the_time_of_a_news_item_is_read_in_many_forms(text, date_text, time_text):
    assert parse_news_time(text) == (PartialDate.parse(date_text), TimeOfDay.parse(time_text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17/02/2017",
        "19:51",
        "19:51 31/02/2017",
        "25:00 17/02/2017",
        "13:46 AM 17/02/2017",
        "19:51 17/02/2017 - 20:00 18/02/2017",
        "19:51 17/02/17",
        "19:51:30 17/02/2017",
        "hôm qua",
    ],
)
def test_an_unclear_news_time_is_none(text):
    assert parse_news_time(text) is None


@given(DAYS, TIMES)
def test_every_news_time_survives_writing_and_back(day, time):
    assert parse_news_time(format_news_time(day, time)) == (day, time)
