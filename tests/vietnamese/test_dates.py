"""Dates are read in the forms that people write, checked, and written as the regulation wants."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import PartialDate, format_date_long, format_date_short, weekday_name

DATES = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "day", "month", "year"),
    [
        ("17/02/2017", 17, 2, 2017),
        ("7/2/2017", 7, 2, 2017),
        ("17-02-2017", 17, 2, 2017),
        ("17.02.2017", 17, 2, 2017),
        ("17 / 02 / 2017", 17, 2, 2017),
        (" 17/02/2017 ", 17, 2, 2017),
        ("2017-02-17", 17, 2, 2017),
        ("ngày 05 tháng 01 năm 2016", 5, 1, 2016),
        ("Ngày 5 tháng 1 năm 2016", 5, 1, 2016),
        ("05 tháng 01 năm 2016", 5, 1, 2016),
        ("ngày 17/02/2017", 17, 2, 2017),
        ("ngày 30 tháng 3", 30, 3, None),
        ("30-3", 30, 3, None),
        ("30–3", 30, 3, None),
        ("24/06", 24, 6, None),
        ("29/02", 29, 2, None),
        ("12/2016", None, 12, 2016),
        ("tháng 12/2016", None, 12, 2016),
        ("tháng 12 năm 2016", None, 12, 2016),
        ("2016-12", None, 12, 2016),
        ("tháng 12", None, 12, None),
        ("2016", None, None, 2016),
        ("năm 2016", None, None, 2016),
        ("29/02/2016", 29, 2, 2016),
    ],
)
def test_a_date_is_read_with_what_it_says(text, day, month, year):
    assert PartialDate.parse(text) == PartialDate(day, month, year)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29/02/2017", "no-such-day"),
        ("31/4", "no-such-day"),
        ("30/02", "no-such-day"),
        ("00/01/2017", "no-such-day"),
        ("32/01/2017", "no-such-day"),
        ("2017-02-29", "no-such-day"),
        ("17/13/2017", "no-such-month"),
        ("17/0/2017", "no-such-month"),
        ("02/17/2017", "no-such-month"),
        ("13/2016", "no-such-month"),
        ("17/02/0999", "no-such-year"),
        ("0000", "no-such-year"),
        ("17/02/17", "date-form"),
        ("17/02-2017", "date-form"),
        ("17", "date-form"),
        ("", "date-form"),
        ("hôm qua", "date-form"),
        ("ngày tháng 3", "date-form"),
        ("17/02/2017 và 18/02/2017", "date-form"),
        ("17/02/20170", "date-form"),
        ("٣/٤/٢٠١٧", "date-form"),
        ("2015 - 2016", "date-form"),
    ],
)
def test_what_is_no_date_is_refused_with_a_code(text, code):
    with pytest.raises(ValueError, match=rf"^{code}$"):
        PartialDate.parse(text)


@pytest.mark.parametrize("parts", [{}, {"day": 17}, {"day": 17, "year": 2017}])
def test_a_day_needs_its_month(parts):
    with pytest.raises(ValueError, match=r"^date-incoherent$"):
        PartialDate(**parts)


@pytest.mark.parametrize("parts", [{"day": 0, "month": 1}, {"month": 0}, {"year": 0}, {"year": 10000}])
def test_zeros_are_not_taken_for_unknown(parts):
    with pytest.raises(ValueError, match=r"^no-such-"):
        PartialDate(**parts)


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("5/1/2016", "ngày 05 tháng 01 năm 2016", "05/01/2016"),
        ("17/02/2017", "ngày 17 tháng 02 năm 2017", "17/02/2017"),
        ("9/3/2017", "ngày 09 tháng 3 năm 2017", "09/03/2017"),
        ("29/06/2019", "ngày 29 tháng 6 năm 2019", "29/06/2019"),
        ("10/10/2020", "ngày 10 tháng 10 năm 2020", "10/10/2020"),
        ("30-3", "ngày 30 tháng 3", "30/03"),
        ("5/2", "ngày 05 tháng 02", "05/02"),
        ("12/2016", "tháng 12 năm 2016", "12/2016"),
        ("02/2017", "tháng 2 năm 2017", "02/2017"),
        ("tháng 9", "tháng 9", "tháng 9"),
        ("2016", "năm 2016", "2016"),
    ],
)
def test_a_date_is_written_long_and_short(text, long, short):
    assert (format_date_long(PartialDate.parse(text)), format_date_short(PartialDate.parse(text))) == (
        long,
        short,
    )


@given(DATES)
def test_every_date_survives_words_and_back(day):
    partial = PartialDate.from_date(day)

    assert PartialDate.parse(format_date_long(partial)) == partial
    assert PartialDate.parse(format_date_short(partial)) == partial
    assert PartialDate.parse(day.isoformat()).to_date() == day


@given(DATES, st.sampled_from([("day",), ("year",), ("day", "month"), ("day", "year")]))
def test_every_partial_date_survives_words_and_back(day, unknown):
    known = {"day": day.day, "month": day.month, "year": day.year}
    partial = PartialDate(**(known | dict.fromkeys(unknown)))

    assert not partial.is_complete
    assert PartialDate.parse(format_date_long(partial)) == partial
    assert PartialDate.parse(format_date_short(partial)) == partial


@given(DATES, DATES)
def test_complete_dates_are_ordered_as_in_the_calendar(one, other):
    assert (PartialDate.from_date(one) < PartialDate.from_date(other)) == (one < other)
    assert (PartialDate.from_date(one) >= PartialDate.from_date(other)) == (one >= other)


@pytest.mark.parametrize("other", ["2016", "12/2016", "30/3"])
def test_incomplete_dates_have_no_order(other):
    with pytest.raises(ValueError, match=r"^date-incomplete$"):
        _ = PartialDate.parse("17/02/2017") < PartialDate.parse(other)
    with pytest.raises(ValueError, match=r"^date-incomplete$"):
        _ = PartialDate.parse(other) <= PartialDate.parse(other)


def test_only_a_complete_date_is_a_day_of_the_calendar():
    assert PartialDate.parse("17/02/2017").to_date() == date(2017, 2, 17)
    with pytest.raises(ValueError, match=r"^date-incomplete$"):
        PartialDate.parse("17/02").to_date()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("13/02/2017", "thứ Hai"),
        ("14/02/2017", "thứ Ba"),
        ("15/02/2017", "thứ Tư"),
        ("16/02/2017", "thứ Năm"),
        ("17/02/2017", "thứ Sáu"),
        ("18/02/2017", "thứ Bảy"),
        ("19/02/2017", "Chủ nhật"),
    ],
)
def test_weekdays_have_the_capitals_of_the_decree(text, name):
    assert weekday_name(PartialDate.parse(text)) == name
