"""Money is read as people write it, and written without losing a đồng."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import Money, format_money, money_in_words

AMOUNTS = st.one_of(
    st.integers(0, 10**30),
    st.builds(lambda n, exponent: n * 10**exponent, st.integers(0, 10**6), st.integers(0, 15)),
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100 triệu đồng", 100_000_000),
        ("1,5 tỷ đồng", 1_500_000_000),
        ("1,5 tỉ đồng", 1_500_000_000),
        ("100.000.000 đồng", 100_000_000),
        ("100.000.000đ", 100_000_000),
        ("100000000 VNĐ", 100_000_000),
        ("100.000.000 vnd", 100_000_000),
        ("100.000.000 ₫", 100_000_000),
        ("100 triệu đồng Việt Nam", 100_000_000),
        ("48.658,2 tỷ đồng", 48_658_200_000_000),
        ("2 nghìn tỷ đồng", 2_000_000_000_000),
        ("500 nghìn đồng", 500_000),
        ("500 ngàn đồng", 500_000),
        ("2 tỷ 500 triệu đồng", 2_500_000_000),
        ("1 triệu 200 nghìn 500 đồng", 1_200_500),
        ("100 Triệu Đồng", 100_000_000),
        ("0 đồng", 0),
        ("0,0000001 tỷ đồng", 100),
        ("100triệu đồng", 100_000_000),
    ],
)
def test_money_is_read_to_the_dong(text, amount):
    assert Money.parse(text) == Money(amount, "đồng")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1.500 USD", 1500, "USD"),
        ("2 triệu đô la Mỹ", 2_000_000, "đô la Mỹ"),
        ("300 €", 300, "€"),
        ("5 triệu yên", 5_000_000, "yên"),
    ],
)
def test_other_currencies_stay_as_they_are_written(text, amount, currency):
    assert Money.parse(text) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money-form"),
        ("đồng", "money-form"),
        ("hơn 15 triệu đồng", "money-form"),
        ("-3 triệu đồng", "money-form"),
        ("500 triệu 2 tỷ đồng", "money-form"),
        ("1,5 tỷ 500 triệu đồng", "money-form"),
        ("100 200 đồng", "money-form"),
        ("2 tỷ 1.000 triệu đồng", "money-form"),
        ("100,000,000 đồng", "number-form"),
        ("100.00 đồng", "number-form"),
        ("1,5 đồng", "money-not-whole"),
        ("0,0000001 triệu đồng", "money-not-whole"),
        ("100 triệu", "money-currency"),
        ("12 đơn vị", "money-currency"),
        ("100 triệu đồng/hộ", "money-currency"),
        ("100 triệu người", "money-currency"),
    ],
)
def test_what_is_no_money_is_refused_with_a_code(text, code):
    with pytest.raises(ValueError, match=rf"^{code}$"):
        Money.parse(text)


def test_there_is_no_negative_money():
    with pytest.raises(ValueError, match=r"^money-negative$"):
        Money(-1, "đồng")


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (100_000_000, "100.000.000 đồng", "100 triệu đồng"),
        (1_500_000_000, "1.500.000.000 đồng", "1,5 tỷ đồng"),
        (1_250_000_000, "1.250.000.000 đồng", "1,25 tỷ đồng"),
        (1_234_500_000, "1.234.500.000 đồng", "1.234,5 triệu đồng"),
        (1_234_567_000, "1.234.567.000 đồng", "1.234.567.000 đồng"),
        (48_658_200_000_000, "48.658.200.000.000 đồng", "48.658,2 tỷ đồng"),
        (1_000_000_000, "1.000.000.000 đồng", "1 tỷ đồng"),
        (1_000_000, "1.000.000 đồng", "1 triệu đồng"),
        (500_000, "500.000 đồng", "500.000 đồng"),
        (100_000_001, "100.000.001 đồng", "100.000.001 đồng"),
        (0, "0 đồng", "0 đồng"),
    ],
)
def test_money_is_written_short_only_where_that_is_exact(amount, full, short):
    assert format_money(Money(amount), short=False) == full
    assert format_money(Money(amount)) == short


@given(AMOUNTS, st.sampled_from(["đồng", "USD", "đô la Mỹ", "€"]), st.booleans())
def test_all_money_survives_writing_and_back(amount, currency, short):
    money = Money(amount, currency)

    assert Money.parse(format_money(money, short=short)) == money


def test_money_is_said_with_a_capital():
    assert money_in_words(Money(100_000_000)) == "Một trăm triệu đồng"
    assert money_in_words(Money(1_005), zero_tens="lẻ", thousand="ngàn") == "Một ngàn không trăm lẻ năm đồng"
