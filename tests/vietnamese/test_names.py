"""Spellings of one unit's name are the same name, names of two units are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import fold_for_comparison, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thừa Thiên- Huế", "Thừa Thiên - Huế"),
        ("Thừa Thiên-Huế", "Thừa Thiên – Huế"),
        ("Thừa Thiên — Huế", "Thừa Thiên\u2011Huế"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá,Thể thao và Du lịch"),
        ("Ủy ban nhân dân", "Uỷ ban Nhân dân"),
        ("HÒA BÌNH", "Hoà Bình"),
        ("Khánh Hòa", "Khánh Hoà"),
        ("Tuy Hòa - Sông Hoè", "Tuy Hoà - Sông Hòe"),
        ("Thúy", "Thuý"),
        ("Bộ Nội vụ", "BỘ NỘI VỤ"),
        ("\u00d0à Nẵng", "Đà Nẵng"),
        ("Bo\u0323\u0302 Y te\u0302\u0301", "Bộ Y tế"),
        ("Bộ\u00a0 Y tế ", "Bộ Y tế"),
        ("Công an\ntỉnh", "Công an tỉnh"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phan Rang - Tháp Chàm", "Phan Rang, Tháp Chàm"),
        ("Bộ Y tế", "Bộ Y tê"),
        ("Hòa Bình", "Hóa Bình"),
        ("Đa", "Da"),
        ("Khối 1", "Khối 11"),
        ("hoàn", "hòan"),
    ],
)
def test_names_of_two_units_differ(one, other):
    assert not same_name(one, other)


@given(st.text(st.sampled_from("oaeuyHÒòàÀ\u0300\u0301nđĐ -–, \n")))
def test_folding_twice_changes_nothing_more(text):
    once = fold_for_comparison(text)

    assert fold_for_comparison(once) == once
