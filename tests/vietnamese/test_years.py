"""The year under review is a label that keeps its wording from one year to the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import YearLabel, next_year_label, parse_year_label


@pytest.mark.parametrize(
    ("text", "first", "last", "following"),
    [
        ("2016", 2016, 2016, "2017"),
        ("năm 2016", 2016, 2016, "năm 2017"),
        ("năm học 2015 - 2016", 2015, 2016, "năm học 2016 - 2017"),
        ("Năm học 2015-2016", 2015, 2016, "Năm học 2016-2017"),
        ("2015-2016", 2015, 2016, "2016-2017"),
        ("2023 – 2024", 2023, 2024, "2024 – 2025"),
        ("niên khóa 1999/2000", 1999, 2000, "niên khóa 2000/2001"),
    ],
)
def test_a_label_knows_its_years_and_the_next_label(text, first, last, following):
    assert parse_year_label(text) == YearLabel(text, first, last)
    assert next_year_label(text) == following


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "year-form"),
        ("16", "year-form"),
        ("2016-17", "year-form"),
        ("6 tháng đầu năm 2016", "year-form"),
        ("0016", "year-form"),
        ("20161", "year-form"),
        ("giai đoạn 2016 - 2020", "year-form"),
        ("2016 - 2020", "year-order"),
        ("2016 - 2015", "year-order"),
        ("2016 - 2016", "year-order"),
    ],
)
def test_what_is_no_year_is_refused_with_a_code(text, code):
    with pytest.raises(ValueError, match=rf"^{code}$"):
        parse_year_label(text)


@given(
    st.integers(1000, 2997),
    st.sampled_from(["", "năm ", "năm học ", "Năm công tác "]),
    st.sampled_from([None, "-", " - ", " – "]),
)
def test_the_next_label_is_one_year_later(year, words, mark):
    text = f"{words}{year}" + (f"{mark}{year + 1}" if mark else "")
    label, following = parse_year_label(text), parse_year_label(next_year_label(text))

    assert (following.first, following.last) == (label.first + 1, label.last + 1)
    assert following.text.startswith(words)
