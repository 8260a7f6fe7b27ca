"""Style files: chosen by the document's date, strict when loaded, true to what they permit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml

from generator.errors import TemplateError
from generator.style import CHECKED_ONLY, choose_style, find_style, load_style, load_styles
from tests.samples import TEMPLATES, nd30, press, tt01

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


@pytest.mark.parametrize("form", ["administrative", "press", "certificate"])
@pytest.mark.parametrize(
    "day", [None, date(2011, 3, 5), date(2020, 3, 4), date(2020, 3, 5), date(2026, 1, 1)]
)
def test_the_style_that_is_found_among_files_is_the_one_that_would_be_chosen(form, day):
    for year in (2016, 2020):
        asked = day, (str(year), year), form
        assert find_style(TEMPLATES / "style", *asked) == choose_style(STYLES, *asked)


def test_no_style_is_found_for_a_day_before_any_regime():
    with pytest.raises(TemplateError) as caught:
        find_style(TEMPLATES / "style", date(2011, 3, 4), ("2010", 2010))

    assert (caught.value.key, caught.value.values["day"]) == ("style-none-in-force", "04/03/2011")


def put_styles(folder, changed, old, new):
    """Put all style files into *folder*, *old* in the file *changed* replaced by *new*."""
    for file in (TEMPLATES / "style").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert file.stem != changed or old in text
        text = text.replace(old, new, 1) if file.stem == changed else text
        (folder / file.name).write_text(text, encoding="utf-8")


def test_a_fault_in_another_regulation_stops_nothing_and_one_in_its_days_does(tmp_path):
    asked = date(2016, 12, 1), ("2016", 2016)
    put_styles(tmp_path, "nd30-2020", "margin_top_mm", "margin_tip_mm")
    assert find_style(tmp_path, *asked).style.id == "tt01-2011"
    put_styles(tmp_path, "nd30-2020", "in_force:", "in_farce:")
    with pytest.raises(TemplateError) as caught:
        find_style(tmp_path, *asked)
    assert (caught.value.key, caught.value.values["file"].name) == ("style-wrong", "certificate.yaml")


def test_a_style_file_that_changes_while_the_program_runs_is_read_anew(tmp_path):
    put_styles(tmp_path, "tt01-2011", "", "")
    before = load_style(tmp_path / "press.yaml")
    put_styles(tmp_path, "nd30-2020", "name:", "name: khác\n#")
    put_styles(tmp_path, "press", "name: kiểu báo chí", "name: kiểu khác")
    assert (before.name, load_style(tmp_path / "press.yaml").name) == ("kiểu báo chí", "kiểu khác")


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


# --- what a pack says of its rules --------------------------------------------------------------------

BOTH = pytest.mark.parametrize("style", [tt01(), nd30()], ids=lambda style: style.id)


def load_changed(tmp_path, old, new):
    """Return the circular's style file with *old* once replaced by *new*, loaded."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "style.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_style(file)


@BOTH
def test_every_rule_weighs_something_and_has_its_days(style):
    for rule in style.rules:
        assert rule.severity in ("error", "warning")
        assert (rule.first_day, rule.last_day) == (style.first_day, style.last_day)
        assert rule.is_in_force(style.first_day)
        assert not rule.is_in_force(style.first_day - timedelta(days=1))


@BOTH
def test_only_what_is_regulated_and_verified_is_an_error(style):
    errors = [rule for rule in style.rules if rule.severity == "error"]

    assert errors
    assert all(rule.is_regulated and rule.verified and rule.clause for rule in errors)
    softened = {"page.orientation", "signature_name.titles"}  # the clauses themselves let them pass at times
    assert softened >= {
        rule.id for rule in style.rules if rule.is_regulated and rule.verified and rule.severity == "warning"
    }


@BOTH
def test_rules_are_found_by_their_ids(style):
    assert style.rule("nation.words").use == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert style.rule("nation.sizes_pt") is None
    assert {rule.id for rule in style.rules_of("font")} == {"font.family", "font.color"}
    assert style.rules_of("title")
    assert not any(rule.id.startswith("title_") for rule in style.rules_of("title"))


@BOTH
@pytest.mark.parametrize("identity", CHECKED_ONLY)
def test_a_rule_for_the_inspector_cannot_be_left_out(style, identity, tmp_path):
    data = yaml.safe_load((TEMPLATES / "style" / f"{style.id}.yaml").read_text(encoding="utf-8"))
    component, _, name = identity.partition(".")
    del data[component][name]
    file = tmp_path / "style.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        load_style(file)

    assert identity in str(caught.value.values["reason"])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("one_of: [portrait], severity: warning", "one_of: [portrait], severity: grave", "grave"),
        ("one_of: [portrait], severity: warning", "one_of: [portrait], verified: maybe", "maybe"),
        ("use: 30, from: 30, to: 35", "use: 30, from: 30, one_of: [30]", "page.margin_left_mm"),
        ("use: 30, from: 30, to: 35", "use: 30, from: 30, from_lines: 2", "page.margin_left_mm"),
        ("use: 30, from: 30, to: 35", "use: 30, from: low, to: 35", "page.margin_left_mm"),
        ("use: 30, from: 30, to: 35", "use: 30, from: 30, to_lines: 35", "page.margin_left_mm"),
        ("use: 30, from: 30, to: 35", "from: 30, to: 35", "use"),
        ("words: {use: Độc lập - Tự do", "words: {use: Độc Lập - Tự Do", "motto.words"),
        ("words: {use: Độc lập - Tự do", "word: {use: Độc lập - Tự do", "motto.word"),
        ('form: {use: "Số: 05/BB-BNV"', 'form: {use: "Số 05/BB-BNV"', "number.form"),
        ("use: [TM., KT., TL., TUQ.]", "use: [TM., Q.]", "signature_post.powers"),
        ("titles:\n    use: []", "titles:\n    use: [Tiến sĩ]", "signature_name.titles"),
        ("  size_pt: {use: 13, from: 12, to: 13}", "  size_pt: {use: 12, from: 12, to: 13}", "sizes.pairs"),
        ("    use: {nation: 13, motto: 14", "    use: {nation: 12, motto: 14", "sizes.pairs"),
        ("use: 17, from: 15, to_lines: 1.5", "use: 25, from: 15, to_lines: 1.5", "body.line_pitch_pt"),
        ("  room_mm: 25\n", "  room_mm: 25\n  from_day: 2011-03-04\n", "signature_grid"),
        ("  room_mm: 25\n", "  room_mm: 25\n  until_day: 2020-03-05\n", "signature_grid"),
        ("  room_mm: 25\n", "  room_mm: 25\n  until_day: soon\n", "soon"),
        ("  line_pitch_pt: 15\n", "  line_pitch_pt: 11\n", "recipients_label.line_pitch_pt"),
        ("  align: left\n", "  align: middle\n", "middle"),
        ("page_number:\n", "page_number:\n  severity: warn\n", "warn"),
    ],
)
def test_a_faulty_rule_is_refused_by_its_name(tmp_path, old, new, named):
    with pytest.raises(TemplateError) as caught:
        load_changed(tmp_path, old, new)

    assert named in str(caught.value.values["reason"])


def test_a_component_and_a_property_may_say_how_much_they_weigh_and_since_when(tmp_path):
    new = "\nnumber:\n  severity: warning\n  from_day: 2012-01-01\n  until_day: 2019-12-31\n"
    style = load_changed(tmp_path, "\nnumber:\n  label", new + "  label")

    assert {rule.severity for rule in style.rules_of("number")} == {"warning"}
    assert {(rule.first_day, rule.last_day) for rule in style.rules_of("number")} == {
        (date(2012, 1, 1), date(2019, 12, 31))
    }
    changed = "size_pt: {use: 13, one_of: [13], clause: Điều 8a, verified: false}"
    (rule,) = (
        rule
        for rule in load_changed(tmp_path, "size_pt: {use: 13, one_of: [13]}", changed).rules
        if rule.id == "number.size_pt"
    )
    assert (rule.clause, rule.verified, rule.severity) == ("Điều 8a", False, "warning")


def test_limits_in_lines_follow_the_size_of_the_letters():
    rule = nd30().rule("body.line_pitch_pt")

    assert (rule.low, rule.high) == (16.1, 24.15)
    assert (rule.at_size(13).low, rule.at_size(13).high) == (14.95, 22.425)
    old = tt01().rule("body.line_pitch_pt")
    assert (old.at_size(13).low, old.at_size(13).high) == (15, 22.425)
    assert nd30().rule("nation.size_pt").at_size(20) == nd30().rule("nation.size_pt")


@BOTH
@pytest.mark.parametrize(
    ("identity", "right", "wrong"),
    [
        ("number.form", ["Số: 05/BB-BNV", "Số: 112/QĐ-UBND", "Số:      /BB-KTĐ", "Số: …/CTr-BTĐKT"], [
            "Số 05/BB-BNV", "Số: 05-BB-BNV", "Số: 05/BB - BNV", "Số: 05/bb-bnv", "số: 05/BB-BNV", "Số: /", "Số: 5",
        ]),
        ("place_and_date.form", [
            "Hà Nội, ngày 17 tháng 02 năm 2017",
            "Ý Yên, ngày 5 tháng 3 năm 2017",
            "Thành phố Hồ Chí Minh, ngày ..... tháng ..... năm 2020",
        ], [
            "hà Nội, ngày 17 tháng 02 năm 2017",
            "ứng Hòa, ngày 17 tháng 02 năm 2017",
            "Hà Nội ngày 17 tháng 02 năm 2017",
            "Hà Nội, 17/02/2017",
            "Hà Nội, Ngày 17 tháng 02 năm 2017",
        ]),
        ("nation.words", ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM."]),
        ("motto.words", ["Độc lập - Tự do - Hạnh phúc"], ["Độc lập – Tự do – Hạnh phúc", "Độc Lập - Tự Do - Hạnh Phúc"]),
        ("signature_post.powers", ["TM.", "KT.", ("TM.", "TUQ.")], ["TM", "T/M", ("TM.", "PP.")]),
        ("signature_name.titles", ["Nguyễn Văn A"], ["PGS.", "Tiến sĩ"]),
        ("legal_basis.ends", [";"], ["."]),
        ("body.space_after_pt", [6, 24], [5, 0, True, "6"]),
        ("nation.bold", [True], [False]),
        ("page.margin_left_mm", [30, 32.5, 35], [29.9, 35.1]),
    ],
)  # fmt: skip
def test_a_rule_tells_what_it_permits(style, identity, right, wrong):
    rule = style.rule(identity)

    assert [value for value in right if not rule.permits(value)] == []
    assert [value for value in wrong if rule.permits(value)] == []


def test_a_long_text_is_matched_in_no_time():
    for identity in ("number.form", "place_and_date.form"):
        for text in ("Số:" + " " * 200_000, "Số: 1/" + "A-" * 100_000, "H" + ", ngày 1" * 50_000):
            assert not nd30().rule(identity).permits(text)


def values(identity):
    """Return what each regime says of a rule: what it permits, else what we print."""
    found = []
    for style in (tt01(), nd30()):
        rule = style.rule(identity)
        limits = rule.permitted or rule.forbidden or (rule.low, rule.high)
        found.append(limits if rule.is_regulated else "any")
    return tuple(found)


@pytest.mark.parametrize(
    ("identity", "old", "new"),
    [
        ("page_number.place", ("footer",), ("header",)),
        ("page_number.align", ("right",), ("center",)),
        ("font.family", "any", ("Times New Roman",)),
        ("font.color", "any", ("000000",)),
        ("title_kind.size_pt", (14,), (13, 14)),
        ("title_subject.size_pt", (14,), (13, 14)),
        ("section_title.size_pt", (12, 13), (13, 14)),
        ("legal_basis.italic", (False,), (True,)),
        ("legal_basis.last_end", (".", ","), (".",)),
        ("body.indent_first_mm", (10, 12.7), (10, 12.7)),
        ("body.line_pitch_pt", (15, 24.15), (16.1, 24.15)),
        ("signature_post.powers", ("TM.", "KT.", "TL.", "TUQ."), ("TM.", "Q.", "KT.", "TL.", "TUQ.")),
    ],
)
def test_the_packs_show_every_difference_between_the_regimes(identity, old, new):
    assert values(identity) == (old, new)


def test_an_indent_between_the_two_is_lawful_in_one_regime_alone():
    assert [style.rule("body.indent_first_mm").permits(11.5) for style in (tt01(), nd30())] == [True, False]


def test_what_is_not_sure_is_marked():
    doubtful = {rule.id for rule in tt01().rules if rule.is_regulated and not rule.verified}

    assert {"legal_basis.last_end", "place_and_date.padding", "body.line_pitch_pt", "sizes.pairs"} <= doubtful
    assert not doubtful & {"legal_basis.italic", "page_number.place", "signature_post.powers", "nation.words"}
    assert {rule.id for rule in nd30().rules if rule.is_regulated and not rule.verified} == {
        rule.id for rule in nd30().rules_of("signature_office") if rule.is_regulated
    }


@BOTH
def test_the_words_that_we_print_are_those_that_the_pack_asks_for(style):
    """The templates write them, so nothing else would tell that the two differ."""
    written = (TEMPLATES / "_phrases.xml.j2").read_text(encoding="utf-8")
    written += (TEMPLATES / "minutes" / "document.xml.j2").read_text(encoding="utf-8")

    for identity in ("nation.words", "motto.words", "recipients_label.words", "body.end_mark"):
        assert style.rule(identity).use in written


def test_the_press_needs_no_rules_for_the_inspector():
    assert press().rule("page.orientation") is None
    assert press().texts["body"].size_pt == 13
