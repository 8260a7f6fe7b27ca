"""Text is cleaned without losing a word, and what no document may hold is reported."""

from __future__ import annotations

import sys
import unicodedata
from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.vietnamese import CleanCode, CleanNote, CleanText, Forbidden, clean_text, find_forbidden


@pytest.mark.parametrize(
    ("raw", "clean", "code"),
    [
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn", "line-end"),
        ("Khối\u00a0thi\u202fđua\u2007số\u30003", "Khối thi đua số 3", "space"),
        ("  hai \t  chữ  \n  dòng hai ", "hai chữ\ndòng hai", "space"),
        ("\ufeffthi\u200b đua, khen\u00ad thưởng\u2060", "thi đua, khen thưởng", "invisible"),
        ("to\u0302\u0309ng ke\u0302\u0301t", "tổng kết", "decomposed"),
        ("tô\u0309ng kê\u0301t", "tổng kết", "decomposed"),
        ("tộng kế\u0301t".replace("ế\u0301", "e\u0301\u0302"), "tộng kết", "decomposed"),
        ("a\u0309\u0306n a\u0323\u0306n", "ẳn ặn", "decomposed"),
        ("\u00d0à Nẵng, Q\u00d0-BNV, \u0189ồng Nai", "Đà Nẵng, QĐ-BNV, Đồng Nai", "lookalike"),
        (
            "\u00f0iểm \u00f0, 100.000\u00f0, thi-\u00f0ua \u0256ã",
            "điểm đ, 100.000đ, thi-đua đã",
            "lookalike",
        ),
        ("ng\u01a3ời L\u01a3ơng, TRUNG \u01a2ƠNG", "người Lương, TRUNG ƯƠNG", "lookalike"),
    ],
)
def test_each_kind_of_dirt_is_cleaned_and_noted_once(raw, clean, code):
    cleaned = clean_text(raw)

    assert cleaned.text == clean
    assert [note.code for note in cleaned.notes] == [CleanCode(code)]


def test_a_note_names_the_code_points():
    assert clean_text("\u00d0à\u00a0Nẵng,\u00a0 \u0189à") == CleanText(
        "Đà Nẵng, Đà",
        (
            CleanNote(CleanCode.LOOKALIKE, ("U+00D0", "U+0189")),
            CleanNote(CleanCode.SPACE, ("U+00A0",)),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hòa và hoà, thủy và thuỷ",
        "“Đoàn kết, sáng tạo” – năm 2016; 48.658,2 tỷ đồng",
        "dòng một\n\ndòng ba",
        "Jón Sigur\u00f0sson",
        "l’été, Müller, Łódź",
        "trăm\u0300",
    ],
)
def test_clean_text_passes_unchanged(text):
    assert clean_text(text) == CleanText(text)


def test_what_is_forbidden_is_not_dropped():
    text = "a\u202eb\x00c\x0bd\ud800e\ue000f\x85g"

    assert clean_text(text) == CleanText(text)


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_more(raw):
    once = clean_text(raw).text

    assert clean_text(once) == CleanText(once)


@given(st.text(st.sampled_from("aeođĐðÐÐƣ\u0301\u0302\u0306\u0309\u0323 \u00a0\t\r\n\u200b\u00ad.")))
def test_cleaning_nasty_mixtures_twice_changes_nothing_more(raw):
    once = clean_text(raw).text

    assert clean_text(once) == CleanText(once)
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("char", "code_point", "kind"),
    [
        ("\x00", "U+0000", "control"),
        ("\x0b", "U+000B", "control"),
        ("\x7f", "U+007F", "control"),
        ("\x85", "U+0085", "control"),
        ("\ud800", "U+D800", "surrogate"),
        ("\udfff", "U+DFFF", "surrogate"),
        ("\u061c", "U+061C", "bidi"),
        ("\u200e", "U+200E", "bidi"),
        ("\u202a", "U+202A", "bidi"),
        ("\u202e", "U+202E", "bidi"),
        ("\u2066", "U+2066", "bidi"),
        ("\u2069", "U+2069", "bidi"),
        ("\ufffe", "U+FFFE", "noncharacter"),
        ("\uffff", "U+FFFF", "noncharacter"),
        ("\ufdd0", "U+FDD0", "noncharacter"),
        ("\U0001fffe", "U+1FFFE", "noncharacter"),
        ("\U0010ffff", "U+10FFFF", "noncharacter"),
        ("\ue000", "U+E000", "private-use"),
        ("\U000f0000", "U+F0000", "private-use"),
        ("\u0378", "U+0378", "unassigned"),
        ("\ufffd", "U+FFFD", "replacement"),
        ("\U000e0041", "U+E0041", "format"),
        ("\u206a", "U+206A", "format"),
    ],
)
def test_a_forbidden_character_is_found_with_its_place_and_kind(char, code_point, kind):
    assert find_forbidden(f"số {char}\n") == [Forbidden(3, code_point, kind)]


@pytest.mark.parametrize(
    "text", ["Tổng kết\tnăm\r\n2016", "“–…” ₫ ☐ 漢 😀", "a\u00a0b\u200b\u00adc\ufeff\u2028d"]
)
def test_what_may_stand_or_is_cleaned_is_not_forbidden(text):
    assert find_forbidden(text) == []


@given(st.text(st.characters()))
def test_cleaning_neither_hides_nor_adds_what_is_forbidden(raw):
    def points(text):
        return sorted(found.code_point for found in find_forbidden(text))

    assert points(clean_text(raw).text) == points(raw)


DOUBTFUL = [
    "\r", "\n", "\u2028", "\u2029", "\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\t", "\u00a0", "\u1680", "\u2003",
    "\u202f", "\u205f", "\u3000", " ", "\u00d0", "\u0189", "\u01a2", "\u01a3", "\u00f0", "\u0256", "\u0301", "\u0302",
    "\u0306", "\u0323", "a", "á", "â", "ấ", "e", "1", "\u0340", "\u212b", "\u0344", "\u0958",
]  # fmt: skip


def cleaned_step_by_step(text: str) -> str:
    """An invisible letter before the text is dropped, and keeps it from being passed at a glance."""
    return clean_text(f"\u200b{text}").text


PLANES = frozenset({0, 1, 2, 14})
"""Those of Unicode that have letters, marks and signs of kinds of their own; one letter of another is as the next."""
ENDS = frozenset({*range(0x100), *range(0xFF00, 0x10000)})


def test_a_text_that_needs_nothing_is_known_at_a_glance_and_rightly():
    letters = (
        chr(code) for code in range(sys.maxunicode + 1) if code >> 16 in PLANES or code & 0xFFFF in ENDS
    )
    some = map("".join, product(DOUBTFUL, repeat=3))
    wrong = [one for one in chain(letters, some) if clean_text(one).text != cleaned_step_by_step(one)]
    assert wrong == []


@given(st.text(st.sampled_from(DOUBTFUL)) | st.text())
def test_any_text_is_cleaned_the_same_at_a_glance_and_step_by_step(text):
    assert clean_text(text).text == cleaned_step_by_step(text)


def test_a_text_that_changes_is_never_passed_without_a_note():
    for one in map("".join, product(DOUBTFUL, repeat=2)):
        cleaned = clean_text(one)
        assert (cleaned.text == one) == (cleaned.notes == ()), ascii(one)
