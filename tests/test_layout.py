"""Lengths that both writers share: measured with the project's own typeface."""

from __future__ import annotations

import pytest

from generator.layout import balance_lines, count_dots, longest_line_mm, split_width
from generator.tree import Blank, Extent, LineBreak, Text, plain_text
from generator.typeface import load_faces, missing_letters, text_width_mm
from tests.samples import tt01

LOOKS = tt01().texts
BODY, NAME = LOOKS["body"], LOOKS["issuing_body"]


@pytest.mark.parametrize(
    ("text", "size", "face", "width"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "bold", 95.7),
        ("Độc lập - Tự do - Hạnh phúc", 14, "bold", 60.5),
        ("Hà Nội, ngày 17 tháng 02 năm 2017", 14, "italic", 72.2),
    ],
)
def test_widths_are_those_that_were_measured(text, size, face, width):
    assert text_width_mm(text, size, face) == pytest.approx(width, abs=0.05)


def test_every_vietnamese_letter_exists_in_all_faces():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    import unicodedata

    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones} | {"đ"}
    letters |= {letter.upper() for letter in letters}

    assert len(letters) == 146
    assert all(len(letter) == 1 for letter in letters)
    assert missing_letters("".join(sorted(letters)) + "“”‘’–—…₫") == ()
    assert missing_letters("☐漢") == ("☐", "漢")


def test_a_long_name_breaks_into_even_lines_after_its_comma():
    lines = balance_lines((Text("KHỐI THI ĐUA CÁC BỘ, NGÀNH TỔNG HỢP"),), NAME, 62)

    assert plain_text(lines) == "KHỐI THI ĐUA CÁC BỘ,\nNGÀNH TỔNG HỢP"


def test_a_name_that_fits_stays_in_one_line():
    assert balance_lines((Text("BỘ NỘI VỤ"),), NAME, 62) == (Text("BỘ NỘI VỤ"),)


def test_lines_that_someone_broke_stay():
    content = (Text("MỘT"), LineBreak(), Text("HAI"))

    assert balance_lines(content, NAME, 5) == content


def test_a_word_that_fits_nowhere_is_left_to_the_writer():
    content = (Text("M" * 80 + " X"),)

    assert balance_lines(content, NAME, 62) == content


def test_a_rule_is_measured_by_the_longest_line():
    content = (Text("MỘT"), LineBreak(), Text("HAI BA BỐN"))

    assert longest_line_mm(content, NAME, 60) == pytest.approx(text_width_mm("HAI BA BỐN", 13, "bold"))


def test_a_blank_for_the_rest_of_a_line_ends_at_the_margin():
    (dots,) = count_dots((Text("Địa điểm: "), Blank("x", Extent.LINE)), BODY, 160, 12.7)
    used = 12.7 + text_width_mm("Địa điểm: " + "." * dots, 14)

    assert 160 - 1.8 < used <= 160


def test_words_after_a_blank_stay_on_its_line():
    (dots,) = count_dots((Text("Số: "), Blank("x", Extent.LINE), Text(" đồng;")), BODY, 160, 12.7)

    assert 12.7 + text_width_mm("Số: " + "." * dots + " đồng;", 14) <= 160


def test_a_blank_that_does_not_fit_takes_a_new_line():
    words = "nhiều chữ " * 6 + "và chữ nữa: "
    (dots,) = count_dots((Text(words), Blank("x", Extent.LINE)), BODY, 160, 12.7)

    assert text_width_mm("." * dots, 14) > 140


def test_fixed_blanks_do_not_depend_on_the_line():
    content = (Blank("a", Extent.NUMBER), Text(" giờ "), Blank("b", Extent.NUMBER), Text("x" * 200))

    first, second = count_dots(content, BODY, 160)

    assert first == second


def test_columns_fill_the_width_to_the_twip():
    widths = split_width((1, 5, 4), 160)

    assert sum(widths) == pytest.approx(160, abs=0.01)
    assert widths[0] < widths[2] < widths[1]


def test_the_table_of_widths_is_the_one_of_the_font_files():
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
    try:
        from make_font_metrics import read_metrics
    finally:
        sys.path.pop(0)

    made = read_metrics()["faces"]
    for name, face in load_faces().items():
        assert face.sha256 == made[name]["sha256"]
        assert {str(code): width for code, width in face.advances.items()} == made[name]["advances"]
