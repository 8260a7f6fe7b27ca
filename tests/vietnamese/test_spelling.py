"""Numbers are said as Vietnamese schools teach it, in the chosen house style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import number_in_words

NUMBERS = st.one_of(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.builds(lambda n, exponent: n * 10**exponent, st.integers(-999, 999), st.integers(0, 15)),
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (44, "bốn mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (1100, "một nghìn một trăm"),
        (2017, "hai nghìn không trăm mười bảy"),
        (10_000, "mười nghìn"),
        (21_000, "hai mươi mốt nghìn"),
        (8_010_020, "tám triệu không trăm mười nghìn không trăm hai mươi"),
        (100_000_000, "một trăm triệu"),
        (700_007_191, "bảy trăm triệu không trăm linh bảy nghìn một trăm chín mươi mốt"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (2_500_000_000_000, "hai nghìn năm trăm tỷ"),
        (48_658_200_000_000, "bốn mươi tám nghìn sáu trăm năm mươi tám tỷ hai trăm triệu"),
        (10**15, "một triệu tỷ"),
        (-3, "âm ba"),
        (-1005, "âm một nghìn không trăm linh năm"),
    ],
)
def test_a_number_is_said(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ({}, "hai mươi tư tỷ không trăm linh một nghìn một trăm linh năm"),
        ({"zero_tens": "lẻ"}, "hai mươi tư tỷ không trăm lẻ một nghìn một trăm lẻ năm"),
        ({"four": "bốn"}, "hai mươi bốn tỷ không trăm linh một nghìn một trăm linh năm"),
        ({"thousand": "ngàn"}, "hai mươi tư tỷ không trăm linh một ngàn một trăm linh năm"),
        ({"billion": "tỉ"}, "hai mươi tư tỉ không trăm linh một nghìn một trăm linh năm"),
    ],
)
def test_the_house_style_chooses_words(style, words):
    assert number_in_words(24_000_001_105, **style) == words


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_never_said_alike(one, other):
    assert (number_in_words(one) == number_in_words(other)) == (one == other)


def test_small_numbers_are_all_said_differently():
    assert len({number_in_words(number) for number in range(-20_000, 20_001)}) == 40_001


@pytest.mark.parametrize("number", [10**18, -(10**18)])
def test_numbers_that_nobody_says_are_refused(number):
    with pytest.raises(ValueError, match=r"^number-too-large$"):
        number_in_words(number)
