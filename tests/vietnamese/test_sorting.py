"""Vietnamese words and names sort as in a Vietnamese dictionary."""

from __future__ import annotations

import random

import pytest

from generator.vietnamese import name_key, vietnamese_key


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["an", "ăn", "ân"],
        ["ấm", "ba"],
        ["Đạt", "Đức"],
        ["Oanh", "Ổn", "Ơn"],
        ["dưa", "đa"],
        ["mã", "ma túy", "mai"],
        ["hoà", "hoá", "hòa", "hóa"],
        ["an", "An", "AN"],
        ["An Bình", "Anh"],
        ["Khối 1", "Khối 10", "Khối 2", "Khối A"],
        ["Ba", "Bà", "Bắc", "Bằng"],
        ["tế", "tệ", "tết"],
        ["e", "é", "ë"],
        ["", " ", "-", "+", "1", "a", "漢"],
        ["a b", "a_", "a-", "a,", "a.", "a/", "a&", "a$", "a1", "aa"],
        ["đ", "y", "z", "ß", "丁", "漢"],
    ],
)
def test_words_sort_by_letters_then_tones_then_case(ordered):
    shuffled = random.Random(1).sample(ordered, len(ordered))

    assert sorted(shuffled, key=vietnamese_key) == ordered


def test_both_spellings_of_unicode_sort_alike():
    assert vietnamese_key("ke\u0302\u0301t") == vietnamese_key("kết")


def test_persons_sort_by_given_then_family_then_middle_name():
    names = ["Trần Văn Đạt", "Nguyễn Văn Đức", "Lê Thị Bé An", "Lê Thị An", "Lê Anh An", "Đinh Vũ An", "An"]

    assert sorted(names, key=name_key) == [
        "An",
        "Đinh Vũ An",
        "Lê Anh An",
        "Lê Thị An",
        "Lê Thị Bé An",
        "Trần Văn Đạt",
        "Nguyễn Văn Đức",
    ]


def test_an_empty_name_sorts_first():
    assert sorted(["An", ""], key=name_key) == ["", "An"]
