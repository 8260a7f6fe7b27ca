"""Figures are read and written with Vietnamese separators, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import format_count, format_number, format_percent, letter, parse_number, roman

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48.658,2", "48658.2"),
        ("1.234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("0,5", "0.5"),
        ("100", "100"),
        ("06", "6"),
        ("-3", "-3"),
        ("-1.234,5", "-1234.5"),
        ("1234567", "1234567"),
        (" 12 ", "12"),
    ],
)
def test_figures_are_read(text, value):
    assert parse_number(text) == Decimal(value)


def test_zeros_after_the_comma_are_kept():
    assert str(parse_number("1,50")) == "1.50"


@pytest.mark.parametrize(
    "text",
    [
        "1,234.5",
        "1.23.4",
        "12a",
        "0.5",
        "0.500",
        "1.2345",
        ".5",
        "5,",
        "1,2,3",
        "1 000",
        "",
        "--3",
        "1e3",
        "٣",
        "NaN",
    ],
)
def test_wrong_or_ambiguous_figures_are_refused(text):
    with pytest.raises(ValueError, match=r"^number-form$"):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("48658.2", None, "48.658,2"),
        ("100000000", None, "100.000.000"),
        ("1E+6", None, "1.000.000"),
        ("1.50", None, "1,50"),
        ("1.5", 2, "1,50"),
        ("0.985", 2, "0,99"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.4", 0, "0"),
        ("-0", None, "0"),
        ("12345678901234567890123456789012345.65", 1, "12.345.678.901.234.567.890.123.456.789.012.345,7"),
    ],
)
def test_figures_are_written(value, places, text):
    assert format_number(Decimal(value), places) == text


def test_whole_numbers_need_no_decimal():
    assert format_number(1234) == "1.234"
    assert format_number(1234, 1) == "1.234,0"


@given(DECIMALS)
def test_every_number_survives_writing_and_back(value):
    assert parse_number(format_number(value)) == value


@given(st.decimals(-(10**12), 10**12, places=3))
def test_numbers_are_written_as_in_cldr(value):
    assert format_number(value) == format_decimal(value, "#,##0.000", locale="vi").replace("-0,000", "0,000")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_only_finite_numbers_are_written(value):
    with pytest.raises(ValueError, match=r"^number-not-finite$"):
        format_number(Decimal(value))
    with pytest.raises(ValueError, match=r"^number-not-finite$"):
        format_percent(Decimal(value))


@pytest.mark.parametrize(
    ("ratio", "places", "text"),
    [
        (Decimal("0.985"), 1, "98,5%"),
        (Decimal(1), 1, "100%"),
        (1, 1, "100%"),
        (0, 1, "0%"),
        (Fraction(2, 3), 1, "66,7%"),
        (Fraction(2, 3), 2, "66,67%"),
        (Fraction(1, 2), 0, "50%"),
        (Decimal("0.125"), 0, "13%"),
        (Decimal("1.2"), 1, "120%"),
        (Decimal("12.345"), 1, "1.234,5%"),
        (Fraction(-1, 8), 1, "-12,5%"),
    ],
)
def test_a_ratio_is_written_as_a_percentage(ratio, places, text):
    assert format_percent(ratio, places) == text


def test_one_decimal_is_the_default_of_a_percentage():
    assert format_percent(Fraction(1, 3)) == "33,3%"


@pytest.mark.parametrize(
    ("count", "pad", "text"), [(9, 2, "09"), (0, 2, "00"), (10, 2, "10"), (9, 1, "9"), (1234, 2, "1.234")]
)
def test_a_count_is_padded(count, pad, text):
    assert format_count(count, pad) == text


def test_two_figures_are_the_default_of_a_count():
    assert format_count(5) == "05"


def test_there_are_no_negative_counts():
    with pytest.raises(ValueError, match=r"^count-negative$"):
        format_count(-1)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "I"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (40, "XL"),
        (90, "XC"),
        (1944, "MCMXLIV"),
        (3999, "MMMCMXCIX"),
    ],
)
def test_roman_numerals_are_written(number, numeral):
    assert roman(number) == numeral


@given(st.integers(1, 3999))
def test_every_roman_numeral_can_be_read_back(number):
    values = [
        dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))[sign] for sign in roman(number)
    ]
    signed = [
        -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
    ]

    assert sum(signed) == number


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_numerals_have_a_range(number):
    with pytest.raises(ValueError, match=r"^roman-range$"):
        roman(number)


def test_letters_follow_the_vietnamese_alphabet():
    assert (
        " ".join(letter(number) for number in range(1, 24)) == "a b c d đ e g h i k l m n o p q r s t u v x y"
    )


@pytest.mark.parametrize("number", [0, -1, 24])
def test_letters_have_a_range(number):
    with pytest.raises(ValueError, match=r"^letter-range$"):
        letter(number)
