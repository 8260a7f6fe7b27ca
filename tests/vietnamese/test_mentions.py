"""Figures and names of a text, and the form of a headline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.vietnamese import (
    HeadlineFault,
    Money,
    PartialDate,
    TimeOfDay,
    find_figures,
    find_headline_faults,
    find_names,
    find_words,
    find_years,
    format_count,
    format_date_long,
    format_date_short,
    format_money,
    format_time,
    iter_neighbours,
)

FIGURES = [
    # numbers
    ("3.633 và 3633, 06 và 6", [("number", 3633, ""), ("number", 3633, ""), ("number", 6, ""), ("number", 6, "")]),
    ("98,5% và 100 %", [("number", Decimal("98.5"), "%"), ("number", 100, "%")]),
    ("100 triệu đồng, 100.000.000 đồng, 100.000.000đ", [("number", 10**8, "đồng")] * 3),
    ("2 tỷ 500 triệu đồng", [("number", 2_500_000_000, "đồng")]),
    ("2 tỷ, 500 triệu đồng", [("number", 2 * 10**9, ""), ("number", 5 * 10**8, "đồng")]),
    ("48.658,2 tỷ đồng", [("number", 48_658_200_000_000, "đồng")]),
    ("3 nghìn tỷ", [("number", 3 * 10**12, "")]),
    ("1.500 USD", [("number", 1500, "usd")]),
    ("6 tháng đầu năm 2016, 5 năm qua", [("number", 6, "tháng"), ("number", 2016, ""), ("number", 5, "năm")]),
    ("Khối số 6 năm 2025, Khối 8 năm học 2016", [("number", 6, ""), ("number", 2025, ""), ("number", 8, ""), ("number", 2016, "")]),
    ("hơn 15 triệu, ~130", [("number", 15_000_000, ""), ("number", 130, "")]),
    ("0 điểm", [("number", 0, "")]),
    # dates and times
    ("15/01/2025, 15-1-2025, 15.01.2025, 2025-01-15", [("date", (15, 1, 2025), "")] * 4),
    ("ngày 05 tháng 01 năm 2016", [("date", (5, 1, 2016), "")]),
    ("ngày\u00a005 tháng\u00a001 năm\u00a02016", [("date", (5, 1, 2016), "")]),
    ("25 tháng 6, 2016; 30 tháng 3", [("date", (25, 6, 2016), ""), ("date", (30, 3, None), "")]),
    ("tháng 12/2016, 12/2016, tháng 12 năm 2016, tháng 8", [("date", (None, 12, 2016), "")] * 3 + [("date", (None, 8, None), "")]),
    ("14h00, 8h30, 08 giờ 30 phút, 07:51 PM, 8g", [("time", (14, 0), ""), ("time", (8, 30), ""), ("time", (8, 30), ""), ("time", (19, 51), ""), ("time", (8, 0), "")]),
    ("31/13/2017", [("number", 31, ""), ("number", 13, ""), ("number", 2017, "")]),
    ("25:70", [("number", 25, ""), ("number", 70, "")]),
    # pairs
    ("06/6, 37/43, 508/2278, 30-3", [("pair", (6, 6), ""), ("pair", (37, 43), ""), ("pair", (508, 2278), ""), ("pair", (30, 3), "")]),
    ("2015 - 2016, 2021-2022 (2016 – 2020)", [("pair", (2015, 2016), ""), ("pair", (2021, 2022), ""), ("pair", (2016, 2020), "")]),
    # codes
    ("Chỉ thị 29/CT-UBND, 550-QĐ/HVCTQG, phòng 305.A1, Cục X15, Covid-19",
     [("code", (one,), "") for one in ("29/ct-ubnd", "550-qđ/hvctqg", "305.a1", "x15", "covid-19")]),
    ("1.5 tỷ", [("code", ("1.5",), "")]),
    ("không có con số nào", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_have_a_kind_a_value_and_a_unit(text, expected):
    found = [
        (one.kind, one.value[0] if one.kind == "number" else one.value, one.unit)
        for one in find_figures(text)
    ]

    assert found == expected


@pytest.mark.parametrize("text", [text for text, _ in FIGURES])
def test_figures_stand_where_they_say_in_order_and_apart(text):
    figures, end = find_figures(text), 0
    for one in figures:
        assert one.start >= end
        assert text[one.start : one.end].replace("\u00a0", " ").startswith(one.text)
        end = one.end


@given(st.integers(min_value=0, max_value=10**12))
def test_a_count_is_one_number_however_it_is_written(count):
    for text in (str(count), format_count(count), f"có {format_count(count)} đơn vị"):
        (figure,) = find_figures(text)
        assert (figure.kind, figure.value[0]) == ("number", count)


@given(st.integers(min_value=0, max_value=10**6).map(lambda number: number * 10_000))
def test_money_is_one_number_short_or_long(amount):
    short, long = (find_figures(format_money(Money(amount), short=one)) for one in (True, False))

    assert (
        [(one.value[0], one.unit) for one in short]
        == [(one.value[0], one.unit) for one in long]
        == [(amount, "đồng")]
    )


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)).map(PartialDate.from_date))
def test_a_date_is_one_figure_long_or_short(day):
    for text in (format_date_long(day), format_date_short(day)):
        (figure,) = find_figures(text)
        assert (figure.kind, figure.value) == ("date", (day.day, day.month, day.year))


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_one_figure(hour, minute):
    (figure,) = find_figures(format_time(TimeOfDay(hour, minute)))

    assert (figure.kind, figure.value) == ("time", (hour, minute))


@given(st.text(alphabet="0123456789.,/-–: hgđ%Anămtháng\u00a0", max_size=40))
@example("0:00/h")  # what looks like a time ends in a code
def test_every_digit_of_any_text_is_in_one_figure(text):
    spans = [(one.start, one.end) for one in find_figures(text)]
    for at, letter in enumerate(text):
        if letter in "0123456789":
            assert sum(start <= at < end for start, end in spans) == 1


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sáng nay, tại Hà Nội, ông Vương Văn Đỉnh và UEF họp.", ["Hà Nội", "Vương Văn Đỉnh", "UEF"]),
        ("Trong Hội nghị, Bộ Nội vụ", ["Trong Hội", "Bộ Nội"]),
        ("UEF tổ chức. Khối đã họp: Cụm; “Đoàn kết” (Lưu)", ["UEF"]),
        ("Lê-Nin, Việt - Đức", ["Lê-Nin", "Việt", "Đức"]),
        ("Đ/c Nguyễn Ái", ["Nguyễn Ái"]),
        ("không có tên", []),
    ],
)
def test_names_are_runs_of_capitals(text, names):
    assert [name.text for name in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Hà Nội", True),
        ("- Hà Nội", True),
        ("ở Hà Nội", False),
        ("ra. Hà Nội", True),
        ("“Hà Nội", True),
        ("và “Hà Nội", True),
        ("(Hà Nội", True),
        ("nói: Hà Nội", True),
        ("đi, Hà Nội", False),
        ("đi\nHà Nội", True),
        ("đi – Hà Nội", False),
    ],
)
def test_what_opens_a_sentence_is_known(text, opens):
    (name,) = find_names(text)

    assert name.opens is opens


def test_words_keep_their_places():
    text = "Bộ, ngành 10 “Hà Nội”"

    assert [(word.text, word.gap) for word in find_words(text)] == [
        ("Bộ", ""), ("ngành", ", "), ("Hà", " 10 “"), ("Nội", " "),
    ]  # fmt: skip
    assert all(text[word.start : word.end] == word.text for word in find_words(text))


def test_names_with_one_word_between_are_neighbours():
    text = "của Văn phòng Chính phủ, Hà Nội và Huế, Sở Y tế, ở Vinh"
    found = [
        (one.text, between, other.text) for one, between, other in iter_neighbours(find_names(text), text)
    ]

    assert found == [("Văn", "phòng", "Chính"), ("Hà Nội", "và", "Huế")]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("tổng kết năm 2016 và 2017", [2016]),
        ("NĂM HỌC 2015 - 2016", [2015, 2016]),
        ("năm\u00a02016, năm công tác 2017", [2016, 2017]),
        ("5 năm (2016 – 2020), năm 20161", []),
    ],
)
def test_years_are_what_is_called_so(text, years):
    assert find_years(text) == years


# --- headlines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "faults"),
    [
        ("Khối thi đua số 6 tổng kết năm 2016", []),
        ("x" * 110, []),
        ("x" * 111, [HeadlineFault.TOO_LONG]),
        ("Tổng kết năm 2016.", [HeadlineFault.FULL_STOP]),
        ("Tổng kết, sơ kết v.v.", []),
        ("Tổng kết...", []),
        ("TỔNG KẾT NĂM 2016", [HeadlineFault.CAPITALS]),
        ("UEF", []),
        ("2016 2017", []),
        ("<b>Tổng kết</b>", [HeadlineFault.UNTIDY]),
        ("Tổng kết &amp; ký kết", [HeadlineFault.UNTIDY]),
        ("**Tổng kết**", [HeadlineFault.UNTIDY]),
        ("Tổng  kết", [HeadlineFault.UNTIDY]),
        ("Tổng kết , ký kết", [HeadlineFault.UNTIDY]),
        ("3 < 5 và A & B", []),
    ],
)
def test_a_headline_has_a_form(headline, faults):
    assert list(find_headline_faults(headline)) == faults
