"""Capitals, enumerations and ends of sentences follow Vietnamese habits."""

from __future__ import annotations

import pytest
from babel.lists import format_list
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import (
    capital_first,
    ensure_ends,
    join_list,
    lower_first,
    strip_end_punctuation,
    upper,
)

WORDS = st.lists(st.text(st.sampled_from("abcđôơ VA"), min_size=1, max_size=8).filter(str.strip), min_size=1)


def test_capitals_keep_every_mark():
    assert upper("Ủy ban nhân dân tỉnh Đắk Lắk") == "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK"
    assert upper("ke\u0302\u0301t") == "KẾT"


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Hội nghị tổng kết", "hội nghị tổng kết"),
        ("Đại diện", "đại diện"),
        ("Ý kiến", "ý kiến"),
        ("Ở Bộ Nội vụ", "ở Bộ Nội vụ"),
        ("“Hội nghị”", "“hội nghị”"),
        ("UBND tỉnh", "UBND tỉnh"),
        ("TP. Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("2016 Năm", "2016 Năm"),
        ("", ""),
    ],
)
def test_the_first_letter_becomes_small_but_not_that_of_an_abbreviation(text, lowered):
    assert lower_first(text) == lowered


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("đồng chí Nguyễn Văn A", "Đồng chí Nguyễn Văn A"),
        ("ứng xử", "Ứng xử"),
        ("“thi đua”", "“Thi đua”"),
        ("- (nội dung)", "- (Nội dung)"),
        ("06 đơn vị", "06 đơn vị"),
        ("UBND", "UBND"),
        ("", ""),
    ],
)
def test_the_first_letter_becomes_a_capital_but_not_after_a_figure(text, capital):
    assert capital_first(text) == capital


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A và B"),
        (["A", "B", "C"], "A, B và C"),
        (["tỉnh Sơn La", "Hải Phòng", "Hà Nội"], "tỉnh Sơn La, Hải Phòng và Hà Nội"),
        (["vành đai", "vàng"], "vành đai và vàng"),
        (["Sở Văn hóa, Thể thao và Du lịch"], "Sở Văn hóa, Thể thao và Du lịch"),
        (
            ["Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp"],
            "Sở Y tế; Sở Văn hóa, Thể thao và Du lịch; Sở Tư pháp",
        ),
        (["Bộ Giáo dục và Đào tạo", "Bộ Y tế"], "Bộ Giáo dục và Đào tạo; Bộ Y tế"),
        (["a; b", "c"], "a; b; c"),
    ],
)
def test_items_are_joined_so_that_they_can_be_told_apart(items, joined):
    assert join_list(items) == joined


@given(WORDS)
def test_a_joined_list_can_be_split_again(items):
    *before, last = join_list(items).split(" và ") if len(items) > 1 else [join_list(items)]

    assert [*(before[0].split(", ") if before else []), last] == items


@given(WORDS)
def test_simple_lists_are_as_in_cldr(items):
    assert join_list(items) == format_list(items, locale="vi")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Nội dung.", "Nội dung"),
        ("Nội dung ;", "Nội dung"),
        ("Nội dung./.", "Nội dung"),
        ("Nội dung.; ", "Nội dung"),
        ("Nội dung:", "Nội dung"),
        ("sách, vở, v.v.", "sách, vở, v.v."),
        ("sách, vở, v.v.;", "sách, vở, v.v."),
        ("sách, vở...", "sách, vở..."),
        ("Quyết thắng!", "Quyết thắng!"),
        ("“Đoàn kết.”", "“Đoàn kết.”"),
        ("Nghị định 30/2020", "Nghị định 30/2020"),
        ("", ""),
        (".", ""),
    ],
)
def test_weak_ends_are_stripped_and_strong_ones_stay(text, bare):
    assert strip_end_punctuation(text) == bare


@pytest.mark.parametrize(
    ("text", "mark", "ended"),
    [
        ("Nội dung", ".", "Nội dung."),
        ("Nội dung;", ".", "Nội dung."),
        ("Nội dung.", ";", "Nội dung;"),
        ("Nội dung", "./.", "Nội dung./."),
        ("Nội dung.", "./.", "Nội dung./."),
        ("Nội dung./.", ".", "Nội dung./."),
        ("Nội dung (kèm theo)", ".", "Nội dung (kèm theo)."),
        ("“Đoàn kết.”", ".", "“Đoàn kết.”"),
        ("“Đoàn kết”", ".", "“Đoàn kết”."),
        ("Vì sao?", ".", "Vì sao?"),
        ("vở, v.v.", ";", "vở, v.v.;"),
        ("còn nữa…", ".", "còn nữa…"),
        ("  ", ".", ""),
    ],
)
def test_a_text_ends_with_its_mark_once(text, mark, ended):
    assert ensure_ends(text, mark) == ended


@given(st.text(st.sampled_from("aV v.;:,!?…/”) ")), st.sampled_from([".", ";", "./."]))
def test_ending_a_text_twice_changes_nothing_more(text, mark):
    once = ensure_ends(text, mark)

    assert ensure_ends(once, mark) == once


@given(st.text(st.sampled_from("aV v.;:,!?…/”) ")))
def test_stripping_twice_changes_nothing_more(text):
    once = strip_end_punctuation(text)

    assert strip_end_punctuation(once) == once
