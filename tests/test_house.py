"""House profiles: a block's own choice among what is permitted, refused by name where it is none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest
import yaml

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.errors import TemplateError
from generator.house import House, apply_house, choose_house, list_houses, load_house
from generator.inspection.readback.words import check_agreement, page_starts
from generator.layout import count_lines, longest_line_mm, split_width
from generator.messages import LANGUAGES, has_sentence, say
from generator.model.conference import Conference
from generator.model.knowledge import gather_knowledge
from generator.readers.conference import read_conference
from generator.style import choose_style, load_styles
from generator.tree import Letterhead, Text
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples
from tests.test_page_starts import compare

STYLE_FOLDER = samples.TEMPLATES / "style"
SAMPLE = samples.TEMPLATES.parent / "inputs" / "mau"
KHOI_13 = load_house(STYLE_FOLDER, "khoi-13")

REGIMES = pytest.mark.parametrize("regime", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)
"""Style files without a profile."""


def house_of(**values) -> House:
    """Return a profile with *values*, two underlines standing for the dot."""
    return House("thu", "Thử", {name.replace("__", "."): value for name, value in values.items()}, {})


@pytest.fixture
def folder(tmp_path):
    """A copy of the style files, to which profiles can be added."""
    return shutil.copytree(STYLE_FOLDER, tmp_path / "style")


def write(folder, text, name="thu"):
    (folder / "house" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_house(folder, name)


# --- the profile that we ship -------------------------------------------------------------------------


@REGIMES
def test_the_profile_gives_a_whole_style_with_lawful_values(regime):
    style = apply_house(regime, KHOI_13)

    assert (style.id, style.house, regime.house) == (regime.id, "khoi-13", "")
    assert (style.page.margin_left_mm, style.page.margin_right_mm) == (35, 15)
    assert [style.texts[name].size_pt for name in ("nation", "motto", "place_and_date")] == [12, 13, 13]
    assert style.rule("sizes.pairs").use == {"nation": 12, "motto": 13, "place_and_date": 13}
    assert [rule.id for rule in style.rules if not rule.permits(rule.use)] == []
    assert [rule.id for rule in style.rules] == [rule.id for rule in regime.rules]


def test_thirteen_points_throughout_but_where_the_clause_names_another_size():
    sizes = {
        regime.id: {name for name, look in apply_house(regime, KHOI_13).texts.items() if look.size_pt == 14}
        for regime in (samples.tt01(), samples.nd30())
    }

    fixed = {"tt01-2011": {"addressee", "annex_label", "title_kind", "title_subject"}}
    assert sizes == {**fixed, "nd30-2020": {"annex_label"}}


@REGIMES
def test_lines_stand_as_far_apart_as_their_letters_ask_for(regime):
    style = apply_house(regime, KHOI_13)

    for name, look in style.texts.items():
        assert 1.15 < look.line_pitch_pt / look.size_pt < 1.4, name


@REGIMES
def test_the_letterhead_keeps_its_lines(regime):
    style = apply_house(regime, KHOI_13)
    shares = (style.letterhead.left_share, style.letterhead.right_share)
    _, right_mm = split_width(shares, style.page.text_width_mm)

    for component, words in (
        ("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("motto", "Độc lập - Tự do - Hạnh phúc"),
        ("place_and_date", "Hà Nội, ngày 17 tháng 02 năm 2017"),
    ):
        assert count_lines((Text(words),), style.texts[component], right_mm) == 1
        assert longest_line_mm((Text(words),), style.texts[component], right_mm + 1) < right_mm


@REGIMES
def test_both_writers_print_in_it(regime):
    style, document = apply_house(regime, KHOI_13), samples.whole_document(12, 9)
    docx, pdf = write_docx(document, style), write_pdf(document, style)

    check_agreement(document, style, docx=docx, pdf=pdf.content)
    assert len(page_starts(pdf.content, style.page)) == pdf.pages


def test_the_press_is_left_as_it_is():
    assert apply_house(samples.press(), KHOI_13) == samples.press()


def iter_sample_documents():
    conference = read_conference(SAMPLE).conference
    for kind in ("minutes", "pledge"):
        document = compose_document(load_kind(samples.TEMPLATES, kind), conference, samples.TEMPLATES)
        for regime in (samples.tt01(), samples.nd30()):
            yield f"{kind}-{regime.id}", (document, apply_house(regime, KHOI_13))


@pytest.mark.libreoffice
def test_pages_begin_alike_in_it(tmp_path):
    compare(dict(iter_sample_documents()), tmp_path)


def test_the_sample_s_documents_are_whole_in_it():
    for _, (document, style) in iter_sample_documents():
        docx, pdf = write_docx(document, style), write_pdf(document, style)
        check_agreement(document, style, docx=docx, pdf=pdf.content)
        assert any(isinstance(block, Letterhead) for block in document.blocks)


# --- choosing it --------------------------------------------------------------------------------------


def test_the_facts_name_the_profile():
    conference = read_conference(SAMPLE).conference
    choice = choose_style(load_styles(STYLE_FOLDER), date(2025, 1, 15), ("2024", 2024))
    chosen = choose_house(choice, STYLE_FOLDER, conference.block.house)

    assert (chosen.style.id, chosen.style.house, chosen.by, chosen.value) == (
        "nd30-2020",
        "khoi-13",
        "date",
        "15/01/2025",
    )
    assert choose_house(choice, STYLE_FOLDER, None) is choice


def test_the_name_of_a_profile_is_no_fact_that_texts_may_use():
    event, block = {"kind": "tong_ket", "year": "2016"}, {"name": "Khối", "house": "khoi-13"}
    named = Conference.model_validate({"event": event, "block": block})

    assert gather_knowledge(named) == gather_knowledge(
        Conference.model_validate({"event": event, "block": {"name": "Khối"}})
    )


@pytest.mark.parametrize(
    "name", ["khoi-99", "../nd30-2020", "house/khoi-13", "khoi-13.yaml", "", "/etc/passwd"]
)
def test_a_name_without_a_profile_is_refused(name):
    with pytest.raises(TemplateError) as caught:
        load_house(STYLE_FOLDER, name)

    assert (caught.value.key, caught.value.values) == ("house-unknown", {"house": name, "known": "khoi-13"})


# --- what is refused ----------------------------------------------------------------------------------


@REGIMES
@pytest.mark.parametrize(
    ("values", "key", "rule", "permitted"),
    [
        ({"page__margin_left_mm": 36}, "house-value-refused", "page.margin_left_mm", "30 – 35"),
        ({"page__margin_left_mm": "35"}, "house-value-refused", "page.margin_left_mm", "30 – 35"),
        ({"page__margin_left_mm": True}, "house-value-refused", "page.margin_left_mm", "30 – 35"),
        ({"number__size_pt": 12}, "house-value-refused", "number.size_pt", "13"),
        ({"body__align": "left"}, "house-value-refused", "body.align", "justify"),
        ({"body__space_after_pt": 5}, "house-value-refused", "body.space_after_pt", "6 – 842"),
        ({"body__space_after_pt": float("inf")}, "house-value-refused", "body.space_after_pt", "6 – 842"),
        ({"body__space_after_pt": float("nan")}, "house-value-refused", "body.space_after_pt", "6 – 842"),
        ({"table_cell__size_pt": 0}, "house-value-refused", "table_cell.size_pt", "0.1 – 842"),
        ({"table_cell__align": "middle"}, "house-value-refused", "table_cell.align", "left, center, right, justify"),
        ({"note__italic": 1}, "house-value-refused", "note.italic", "true, false"),
        ({"nation__bold": False}, "house-value-refused", "nation.bold", "true"),
        ({"font__family": "Arial"}, "house-value-refused", "font.family", "Times New Roman"),
        ({"body__size_pt": 13.25}, "house-size-uneven", "body.size_pt", None),
        ({"body__size": 13}, "house-property-unknown", "body.size", None),
        ({"number__padding": 3}, "house-property-unknown", "number.padding", None),
        ({"nation__words": "CỘNG HÒA"}, "house-property-unknown", "nation.words", None),
        ({"headline__size_pt": 20}, "house-property-unknown", "headline.size_pt", None),
    ],
)  # fmt: skip
def test_a_value_that_is_not_permitted_is_refused_by_its_name(regime, values, key, rule, permitted):
    with pytest.raises(TemplateError) as caught:
        apply_house(regime, house_of(**values))

    assert (caught.value.key, caught.value.values["house"], caught.value.values["rule"]) == (key, "thu", rule)
    assert caught.value.values.get("permitted") == permitted


def test_a_title_may_be_smaller_in_one_regime_alone():
    house = house_of(title_kind__size_pt=13)

    assert apply_house(samples.nd30(), house).texts["title_kind"].size_pt == 13
    with pytest.raises(TemplateError) as caught:
        apply_house(samples.tt01(), house)
    assert (caught.value.values["style"], caught.value.values["permitted"]) == ("tt01-2011", "14")


def test_the_limits_of_the_lines_are_those_of_the_new_size():
    apply_house(samples.nd30(), house_of(body__size_pt=13, body__line_pitch_pt=15))

    with pytest.raises(TemplateError) as caught:
        apply_house(samples.nd30(), house_of(body__size_pt=13, body__line_pitch_pt=23))
    assert caught.value.values["permitted"] == "14.95 – 22.425"
    with pytest.raises(TemplateError) as caught:
        apply_house(samples.nd30(), house_of(body__line_pitch_pt=15))
    assert caught.value.values["permitted"] == "16.1 – 24.15"


@REGIMES
@pytest.mark.parametrize(
    "values",
    [
        {"nation__size_pt": 12},
        {"motto__size_pt": 13},
        {"place_and_date__size_pt": 13},
        {"nation__size_pt": 12, "motto__size_pt": 13},
        {"motto__size_pt": 13, "place_and_date__size_pt": 13},
    ],
)
def test_sizes_that_move_together_are_not_parted(regime, values):
    with pytest.raises(TemplateError) as caught:
        apply_house(regime, house_of(**values))

    assert caught.value.key == "house-sizes-apart"
    assert caught.value.values["permitted"] == "13/14/14; 12/13/13"


@REGIMES
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"letterhead__right_share": 90}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ({"page__margin_left_mm": 35}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ],
)
def test_a_letterhead_too_narrow_for_quoc_hieu_is_refused(regime, values, words):
    with pytest.raises(TemplateError) as caught:
        apply_house(regime, house_of(**values))

    assert (caught.value.key, caught.value.values["words"]) == ("house-letterhead-narrow", words)


@REGIMES
def test_lines_that_overlap_are_refused(regime):
    with pytest.raises(TemplateError) as caught:
        apply_house(regime, house_of(table_cell__line_pitch_pt=12))

    assert "table_cell.line_pitch_pt" in caught.value.values["reason"]


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("a: [", "style-unreadable", ""),
        ("- id", "house-wrong", "list"),
        ("id: thu\nname: Thử\n", "house-wrong", "values, for"),
        ("name: Thử\nvalues: {}\n", "house-wrong", "id"),
        ("id: khac\nname: Thử\nvalues: {}\n", "house-wrong", "khac"),
        ("id: thu\nname: Thử\nvalue: {}\n", "house-wrong", "value"),
        ("id: thu\nname: Thử\nvalues: [1]\n", "house-wrong", "[1]"),
        ("id: thu\nname: Thử\nvalues: {body.size_pt: [13]}\n", "house-wrong", "body.size_pt"),
        ("id: thu\nname: Thử\nvalues: {body: {size_pt: 13}}\n", "house-wrong", "body"),
        ("id: thu\nname: Thử\nfor: {nd31: {body.size_pt: 13}}\n", "house-wrong", "nd31"),
        ("id: thu\nname: Thử\nfor: {press: {page.margin_left_mm: 300}}\n", "house-wrong", "page.margin_left_mm"),
    ],
)  # fmt: skip
def test_a_faulty_profile_is_refused_when_it_is_loaded(folder, text, key, named):
    with pytest.raises(TemplateError) as caught:
        write(folder, text)

    assert caught.value.key == key
    assert named in str(caught.value.values["reason"])


def test_every_regime_of_which_a_profile_speaks_is_tried_when_it_is_loaded(folder):
    head = "id: thu\nname: Thử\n"
    with pytest.raises(TemplateError) as caught:
        write(folder, head + "values: {title_kind.size_pt: 13}")
    assert caught.value.values["style"] == "tt01-2011"
    with pytest.raises(TemplateError) as caught:
        write(folder, head + "for: {press: {headline.size_pt: 20, headline.size: 1}}")
    assert caught.value.values["style"] == "press"

    house = write(folder, head + "for: {nd30-2020: {title_kind.size_pt: 13}, press: {headline.size_pt: 20}}")

    assert list_houses(folder) == ["khoi-13", "thu"]
    assert apply_house(samples.press(), house).texts["headline"].size_pt == 20
    assert apply_house(samples.nd30(), house).texts["title_kind"].size_pt == 13
    assert apply_house(samples.tt01(), house) == samples.tt01()


def test_what_a_regime_is_told_goes_before_what_all_are_told():
    house = replace(house_of(page__margin_top_mm=22), regime_values={"nd30-2020": {"page.margin_top_mm": 25}})

    assert [apply_house(style, house).page.margin_top_mm for style in (samples.tt01(), samples.nd30())] == [
        22,
        25,
    ]


def test_every_refusal_is_a_sentence_in_both_languages():
    keys = (
        "unknown",
        "wrong",
        "property-unknown",
        "value-refused",
        "size-uneven",
        "sizes-apart",
        "letterhead-narrow",
    )
    assert all(has_sentence(language, f"house-{key}") for language in LANGUAGES for key in keys)

    with pytest.raises(TemplateError) as caught:
        apply_house(samples.nd30(), house_of(page__margin_left_mm=36))
    assert say("vi", caught.value.key, caught.value.values) == (
        "Thể thức riêng “thu” chọn page.margin_left_mm là 36; nd30-2020 chỉ cho phép: 30 – 35."
    )


def test_the_files_of_profiles_are_no_style_files():
    assert [style.id for style in load_styles(STYLE_FOLDER)] == [
        "certificate",
        "nd30-2020",
        "press",
        "tt01-2011",
    ]
    assert (
        yaml.safe_load((STYLE_FOLDER / "house" / "khoi-13.yaml").read_text(encoding="utf-8"))["id"]
        == "khoi-13"
    )
