"""Style files: chosen by the document's date, strict when loaded, true to what they permit."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import TemplateError
from generator.style import choose_style, load_style, load_styles
from tests.samples import TEMPLATES, nd30, tt01

STYLES = load_styles(TEMPLATES / "style")
FILE = TEMPLATES / "style" / "tt01-2011.yaml"


@pytest.mark.parametrize(
    ("day", "year", "style", "by"),
    [
        (date(2011, 3, 5), 2010, "tt01-2011", "date"),
        (date(2020, 3, 4), 2019, "tt01-2011", "date"),
        (date(2020, 3, 5), 2019, "nd30-2020", "date"),
        (None, 2016, "tt01-2011", "year"),
        (None, 2019, "tt01-2011", "year"),
        (None, 2020, "nd30-2020", "year"),
        (None, 2025, "nd30-2020", "year"),
    ],
)
def test_the_regime_is_the_one_in_force(day, year, style, by):
    choice = choose_style(STYLES, day, (str(year), year))

    assert (choice.style.id, choice.by) == (style, by)


def test_a_day_before_any_regime_is_refused():
    with pytest.raises(TemplateError) as caught:
        choose_style(STYLES, date(2011, 3, 4), ("2010", 2010))

    assert caught.value.key == "style-none-in-force"


@pytest.mark.parametrize("style", [tt01(), nd30()], ids=lambda style: style.id)
def test_every_value_is_one_that_its_clause_permits(style):
    assert all(rule.permits(rule.use) for rule in style.rules)
    assert all(rule.clause for rule in style.rules if rule.permitted or rule.low is not None)


@pytest.mark.parametrize("style", [tt01(), nd30()], ids=lambda style: style.id)
def test_quoc_hieu_fits_its_side_of_the_letterhead(style):
    from generator.layout import split_width
    from generator.typeface import text_width_mm

    head = style.letterhead
    _, right = split_width((head.left_share, head.right_share), style.page.text_width_mm)

    assert text_width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style.texts["nation"].size_pt, "bold") < right


def test_the_regimes_differ_where_the_law_does():
    old, new = tt01(), nd30()

    assert (old.page_number.place, old.page_number.align) == ("footer", "right")
    assert (new.page_number.place, new.page_number.align) == ("header", "center")
    assert (old.texts["legal_basis"].italic, new.texts["legal_basis"].italic) == (False, True)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("margin_left_mm: {use: 30,", "margin_left_mm: {use: 36,", "page.margin_left_mm"),
        ("size_pt: {use: 13, one_of: [13]}", "size_pt: {use: 12, one_of: [13]}", "number.size_pt"),
        ("size_pt: {use: 13, one_of: [13]}", "size_pt: {use: 13, only: [13]}", "only"),
        ("  room_mm: 25\n", "", "signature_grid.room_mm"),
        ("  room_mm: 25\n", "  room_mm: 25\n  rom_mm: 25\n", "signature_grid.rom_mm"),
        ("on_first_page: {use: false, one_of: [false]}", "on_first_page: true", "on_first_page"),
        ("id: tt01-2011", "", "id"),
    ],
)
def test_a_faulty_style_file_is_refused_by_the_name_of_what_is_wrong(tmp_path, old, new, named):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "style.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        load_style(file)

    assert named in str(caught.value.values["reason"])


def test_what_is_no_yaml_is_refused(tmp_path):
    file = tmp_path / "style.yaml"
    file.write_text("a: [", encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        load_style(file)

    assert caught.value.key == "style-unreadable"
