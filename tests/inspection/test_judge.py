"""A faultless document breaks no rule, and each single fault breaks exactly the rules that speak of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.inspection.found import Line, PageNumber, Piece, Spacing
from generator.inspection.judging.judge import judge, sentence_key, sentence_values
from generator.inspection.judging.looks import LOOKS
from generator.inspection.judging.recognise import Parts, recognise_parts
from generator.inspection.judging.texts import TEXTS
from generator.inspection.judging.values import format_permitted, format_value
from generator.inspection.verdict import State, Verdict
from generator.messages import LANGUAGES, has_sentence, say
from tests.inspection.found_samples import (
    A4,
    LEFT,
    RIGHT,
    cell,
    change,
    found,
    letterhead,
    line,
    look,
    minutes,
    recipients,
    signature,
    text,
    title,
    with_look,
    with_place,
    with_words,
)
from tests.samples import nd30, press, tt01

NEW, OLD = nd30(), tt01()
NATION = "CỘNG HÒA"
CLOSING = "Hội nghị kết thúc"
PROSE = "Trong năm 2021"


def judged(file, style=None, known_names=()):
    return judge(file, recognise_parts(file), style or NEW, known_names)


def failed(file, style=None, known_names=()) -> list[Verdict]:
    return [one for one in judged(file, style, known_names) if one.state is State.FAIL]


def rules(file, style=None, known_names=()) -> list[str]:
    return [one.rule for one in failed(file, style, known_names)]


def state_of(file, rule, style=None) -> State:
    return next(one.state for one in judged(file, style) if one.rule == rule)


def old_minutes(**more):
    """Return faultless minutes under Thông tư 01/2011: upright bases, the page number in the footer's corner."""
    file = minutes(number=PageNumber("footer", "right", look(14), on_first_page=False), **more)
    upright = (
        with_look(italic=False)(one) if one.text.startswith("Căn cứ") else one for one in file.paragraphs
    )
    return replace(file, paragraphs=tuple(upright))


def sheet(**changes):
    return (replace(A4, **changes),)


# --- the whole ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "style"), [(minutes(), NEW), (old_minutes(), OLD)], ids=["nd30", "tt01"])
def test_a_faultless_document_breaks_no_rule(file, style):
    verdicts = judged(file, style)
    assert [one for one in verdicts if one.state in (State.FAIL, State.NOT_EVALUATED)] == []
    regulated = [rule.id for rule in style.rules if rule.is_regulated]
    assert [one.rule for one in verdicts] == regulated
    assert sum(one.state is State.PASS for one in verdicts) > 75


def test_what_differs_between_the_regimes_fails_under_the_other_one():
    assert set(rules(minutes(), OLD)) == {"page_number.place", "page_number.align", "legal_basis.italic"}
    assert set(rules(old_minutes(), NEW)) == {"page_number.place", "page_number.align", "legal_basis.italic"}


def test_a_file_that_is_no_official_document_is_judged_by_page_and_font_alone():
    file = found(
        [line("Tổng kết công tác thi đua", 18, align="left"), text("Sáng 17/02, Khối tổ chức hội nghị.", 20)]
    )
    spoken = {one.rule.partition(".")[0] for one in judged(file) if one.state is not State.NOT_APPLICABLE}
    assert spoken == {"page", "font"}
    assert rules(replace(file, sheets=sheet(margin_left_mm=25))) == ["page.margin_left_mm"]


def test_under_the_style_of_the_press_no_page_is_regulated():
    assert not [
        one for one in judged(minutes(), press()) if one.rule.startswith(("page.", "page_number.", "body."))
    ]


def test_parts_that_are_absent_are_not_applicable():
    file = found([*letterhead(number="", parent=""), *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút.")])
    absent = {one.rule for one in judged(file) if one.state is State.NOT_APPLICABLE}
    wanted = {
        "number.size_pt",
        "number.form",
        "parent_body.bold",
        "place_and_date.form",
        "recipients_item.archive",
    }
    assert wanted | {"body.end_mark", "signature_post.powers", "legal_basis.italic"} <= absent
    assert rules(file) == []


# --- one fault, the rules that speak of it ------------------------------------------------------------------

LOOK_FAULTS = [
    (NATION, with_look(size_pt=14), ["nation.size_pt"]),
    (NATION, with_look(size_pt=12), ["sizes.pairs"]),
    (NATION, with_look(bold=False), ["nation.bold"]),
    (NATION, with_look(italic=True), ["nation.italic"]),
    (NATION, with_words("Cộng hòa xã hội chủ nghĩa Việt Nam"), ["nation.capitals"]),
    (NATION, with_words("CỘNG HÒA XÃ HỘI CHỦ NGHỈA VIỆT NAM"), ["nation.words"]),
    ("Độc lập", with_look(size_pt=12), ["motto.size_pt"]),
    ("Độc lập", with_look(bold=False), ["motto.bold"]),
    ("Độc lập", with_words("Độc lập – Tự do – Hạnh phúc"), ["motto.words"]),
    ("Độc lập", with_words("Độc Lập - Tự Do - Hạnh Phúc"), ["motto.words"]),
    ("BỘ NỘI VỤ", with_look(bold=True), ["parent_body.bold"]),
    ("BỘ NỘI VỤ", with_look(size_pt=14), ["parent_body.size_pt"]),
    ("BỘ NỘI VỤ", with_words("Bộ Nội vụ"), ["parent_body.capitals"]),
    ("KHỐI THI ĐUA", with_look(bold=False), ["issuing_body.bold"]),
    ("KHỐI THI ĐUA", with_words("Khối thi đua các Bộ, ngành tổng hợp"), ["issuing_body.capitals"]),
    ("Số:", with_look(size_pt=14), ["number.size_pt"]),
    ("Số:", with_look(bold=True), ["number.bold"]),
    ("Số:", with_words("Số: 5/BB-KTĐ"), ["number.padding"]),
    ("Số:", with_words("Số: 015/BB-KTĐ"), ["number.padding"]),
    ("Số:", with_words("Số 15-BB/KTĐ"), ["number.form"]),
    ("Hà Nội", with_look(italic=False), ["place_and_date.italic"]),
    ("Hà Nội", with_look(bold=True), ["place_and_date.bold"]),
    ("Hà Nội", with_look(size_pt=13), ["sizes.pairs"]),
    ("Hà Nội", with_look(size_pt=12), ["place_and_date.size_pt"]),
    ("Hà Nội", with_words("Hà Nội ngày 17 tháng 02 năm 2022"), ["place_and_date.form"]),
    ("Hà Nội", with_words("Hà Nội, 17/02/2022"), ["place_and_date.form"]),
    ("Hà Nội", with_words("Hà Nội, ngày 17 tháng 2 năm 2022"), ["place_and_date.padding"]),
    ("Hà Nội", with_words("Hà Nội, ngày 5 tháng 10 năm 2022"), ["place_and_date.padding"]),
    ("Hà Nội", with_words("Hà Nội, ngày 17 tháng 03 năm 2022"), ["place_and_date.padding"]),
    ("BIÊN BẢN", with_look(bold=False), ["title_kind.bold"]),
    ("BIÊN BẢN", with_look(size_pt=16), ["title_kind.size_pt"]),
    ("BIÊN BẢN", with_words("Biên bản"), ["title_kind.capitals"]),
    ("Hội nghị tổng kết", with_look(bold=False), ["title_subject.bold"]),
    ("Hội nghị tổng kết", with_look(italic=True), ["title_subject.italic"]),
    ("Căn cứ Luật", with_look(italic=False), ["legal_basis.italic"]),
    ("Căn cứ Luật", with_look(bold=True), ["legal_basis.bold"]),
    ("Căn cứ Luật", with_words("Căn cứ Luật Thi đua, khen thưởng."), ["legal_basis.ends"]),
    ("Căn cứ Kế hoạch", with_words("Căn cứ Kế hoạch số 12/KH-KTĐ;"), ["legal_basis.last_end"]),
    (PROSE, with_look(size_pt=12.5), ["body.size_pt"]),
    (PROSE, with_look(size_pt=15), ["body.size_pt"]),
    (PROSE, with_look(bold=True), ["body.bold"]),
    (PROSE, with_look(italic=True), ["body.italic"]),
    (PROSE, with_place(align="left"), ["body.align"]),
    (PROSE, with_place(indent_first_mm=0.0), ["body.indent_first_mm"]),
    (PROSE, with_place(indent_first_mm=11.5), ["body.indent_first_mm"]),
    (PROSE, with_place(spacing=Spacing("multiple", 2.0)), ["body.line_pitch_pt"]),
    (PROSE, with_place(spacing=Spacing("exact", 15.0)), ["body.line_pitch_pt"]),
    (PROSE, with_place(spacing=Spacing("exact", 25.0)), ["body.line_pitch_pt"]),
    ("Thành phần", with_place(space_after_pt=3.0), ["body.space_after_pt"]),
    ("I. ", with_words("I. Kết quả công tác"), ["heading_roman.capitals"]),
    ("I. ", with_look(bold=False), ["heading_roman.bold"]),
    ("1. ", with_look(bold=False), ["heading_arabic.bold"]),
    ("1. ", with_look(size_pt=16), ["heading_arabic.size_pt"]),
    (
        CLOSING,
        with_words("Hội nghị kết thúc vào 11 giờ 30 phút, ngày 17 tháng 02 năm 2022."),
        ["body.end_mark"],
    ),
    ("THƯ KÝ", with_words("Thư ký"), ["signature_post.capitals"]),
    ("THƯ KÝ", with_look(bold=False), ["signature_post.bold"]),
    ("THƯ KÝ", with_look(size_pt=12), ["signature_post.size_pt"]),
    ("TM. ", with_words("T/M ĐOÀN CHỦ TỊCH"), ["signature_post.powers"]),
    ("TM. ", with_words("TM ĐOÀN CHỦ TỊCH"), ["signature_post.powers"]),
    ("TM. ", with_words("TM.ĐOÀN CHỦ TỊCH"), ["signature_post.powers"]),
    ("TM. ", with_words("K/T CHỦ TỊCH"), ["signature_post.powers"]),
    ("Chu Văn Yêm", with_look(bold=False), ["signature_name.bold"]),
    ("Chu Văn Yêm", with_look(size_pt=15), ["signature_name.size_pt"]),
    ("Chu Văn Yêm", with_words("TS. Chu Văn Yêm"), ["signature_name.titles"]),
    ("Chu Văn Yêm", with_words("PGS.TS. Chu Văn Yêm"), ["signature_name.titles"]),
    ("Chu Văn Yêm", with_words("Tiến sĩ Chu Văn Yêm"), ["signature_name.titles"]),
    ("Chu Văn Yêm", with_words("Chu văn Yêm"), ["names.capitals"]),
    ("Nơi nhận", with_look(italic=False), ["recipients_label.italic"]),
    ("Nơi nhận", with_look(size_pt=13), ["recipients_label.size_pt"]),
    ("Nơi nhận", with_words("Nơi gửi:"), ["recipients_label.words"]),
    ("- Bộ Nội vụ;", with_look(size_pt=12), ["recipients_item.size_pt"]),
    ("- Bộ Nội vụ;", with_words("- Bộ Nội vụ."), ["recipients_item.ends"]),
    ("- Lưu", with_words("- Lưu: VT, Hồ sơ"), ["recipients_item.last_end"]),
    ("- Lưu", with_words("- Văn thư."), ["recipients_item.archive"]),
    (PROSE, with_look(family="Arial"), ["font.family"]),
    (PROSE, with_look(color="FF0000"), ["font.color"]),
    ("STT", with_look(family="Calibri"), ["font.family"]),
]


@pytest.mark.parametrize(("words", "fault", "expected"), LOOK_FAULTS)
def test_a_fault_of_one_paragraph_breaks_the_rules_of_it_and_no_other(words, fault, expected):
    file = change(minutes(), words, fault)
    spoiled = next(new for new, old in zip(file.paragraphs, minutes().paragraphs, strict=True) if new != old)
    verdicts = failed(file)
    assert [one.rule for one in verdicts] == expected
    assert {one.spot.paragraph for one in verdicts} == {spoiled.index}
    for one in verdicts:
        assert one.found
        assert one.wanted
        assert spoiled.text.replace("\n", " ").startswith(one.spot.words.rstrip("…"))


FILE_FAULTS = [
    ({"sheets": sheet(width_mm=215.9, height_mm=279.4)}, ["page.width_mm", "page.height_mm"]),
    ({"sheets": sheet(margin_top_mm=15)}, ["page.margin_top_mm"]),
    ({"sheets": sheet(margin_bottom_mm=30)}, ["page.margin_bottom_mm"]),
    ({"sheets": sheet(margin_left_mm=25.4)}, ["page.margin_left_mm"]),
    ({"sheets": sheet(margin_right_mm=25.4)}, ["page.margin_right_mm"]),
    ({"number": PageNumber("footer", "center", look(14), on_first_page=False)}, ["page_number.place"]),
    ({"number": PageNumber("header", "right", look(14), on_first_page=False)}, ["page_number.align"]),
    ({"number": PageNumber("header", "center", look(11), on_first_page=False)}, ["page_number.size_pt"]),
    (
        {"number": PageNumber("header", "center", look(14, bold=True), on_first_page=False)},
        ["page_number.bold"],
    ),
    (
        {"number": PageNumber("header", "center", look(14, italic=True), on_first_page=False)},
        ["page_number.italic"],
    ),
    ({"number": PageNumber("header", "center", look(14), on_first_page=True)}, ["page_number.on_first_page"]),
    (
        {"number": PageNumber("header", "center", look(14, family="Arial"), on_first_page=False)},
        ["font.family"],
    ),
]


@pytest.mark.parametrize(("fault", "expected"), FILE_FAULTS)
def test_a_fault_of_the_pages_breaks_the_rules_of_it_and_no_other(fault, expected):
    assert rules(minutes(**fault)) == expected


def test_several_pages_without_a_number_break_the_rule_of_its_place():
    file = replace(minutes(page_count=3), page_numbers=())
    assert rules(file) == ["page_number.place"]
    assert state_of(replace(file, page_count=None), "page_number.place") is State.NOT_EVALUATED
    long = found([*minutes().paragraphs[:15], *(text("Các đơn vị trong Khối thảo luận. " * 9),) * 20])
    assert "page_number.place" in rules(replace(long, page_numbers=()))
    assert state_of(replace(file, page_count=1), "page_number.place") is State.NOT_APPLICABLE


def test_paper_may_lie_only_where_the_body_has_tables():
    flat = replace(A4, width_mm=297, height_mm=210)
    assert state_of(minutes(sheets=(A4, flat)), "page.orientation") is State.PASS
    assert state_of(minutes(sheets=(flat,)), "page.orientation") is State.NOT_EVALUATED
    without = found([one for one in minutes().paragraphs if not one.in_ruled_table], sheets=(A4, flat))
    assert rules(without) == ["page.orientation"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_two_faults_are_both_found(data):
    first, second = (data.draw(st.sampled_from(LOOK_FAULTS)) for _ in range(2))
    if first[0] == second[0]:
        return
    file = change(change(minutes(), first[0], first[1]), second[0], second[1])
    pairs = {"sizes.pairs"} if first[0] in (NATION, "Độc lập", "Hà Nội") else set()
    assert set(rules(file)) - pairs == {*first[2], *second[2]} - pairs


# --- looks --------------------------------------------------------------------------------------------------


def spread(words, *looks):
    """Return the change that gives a paragraph pieces of several looks."""
    parts = re.findall(rf".{{1,{max(1, len(words) // len(looks) + 1)}}}", words)
    pieces = tuple(Piece(part, one) for part, one in zip(parts, looks, strict=True))
    return lambda paragraph: replace(paragraph, pieces=pieces)


PROSE_WORDS = "Trong năm 2021, các đơn vị trong Khối đã tổ chức tốt các phong trào thi đua."


def test_words_in_bold_or_italics_are_fine_within_text():
    assert rules(change(minutes(), PROSE, spread(PROSE_WORDS, look(), look(bold=True)))) == []
    assert rules(change(minutes(), PROSE, spread(PROSE_WORDS, look(italic=True), look()))) == []


def test_a_paragraph_of_text_has_one_size():
    verdict = failed(change(minutes(), PROSE, spread(PROSE_WORDS, look(13), look(14))))[0]
    assert (verdict.rule, verdict.found) == ("body.size_pt", "13 pt, 14 pt")


def test_a_line_of_the_form_has_one_look():
    verdict = failed(change(minutes(), "Số:", spread("Số: 05/BB-KTĐ", look(13), look(13, bold=True))))[0]
    assert (verdict.rule, verdict.found) == ("number.bold", "có chữ đậm, có chữ không đậm")


def test_spaces_and_dots_have_no_look():
    dots = (Piece("Trong năm 2021 có", look()), Piece(" ........", look(10, bold=True)))
    assert rules(change(minutes(), PROSE, lambda one: replace(one, pieces=dots))) == []
    name = change(minutes(), "Chu Văn Yêm", with_words("...................."))
    assert rules(change(name, "....", with_look(bold=False, size_pt=9))) == []


@pytest.mark.parametrize(
    "change_one",
    [
        with_place(indent_first_mm=10.0),
        with_place(indent_first_mm=-6.35, indent_left_mm=19.05),
        with_place(spacing=Spacing("multiple", 1.0)),
        with_place(spacing=Spacing("multiple", 1.5)),
        with_place(spacing=Spacing("at_least", 12.0)),
        with_look(size_pt=13),
    ],
)
def test_what_is_permitted_passes(change_one):
    assert rules(change(minutes(), PROSE, change_one)) == []


def test_single_lines_of_smaller_letters_are_single_lines():
    small = change(minutes(), PROSE, with_look(size_pt=13))
    assert rules(change(small, PROSE, with_place(spacing=Spacing("exact", 15.0)))) == []
    assert rules(change(small, PROSE, with_place(spacing=Spacing("multiple", 1.6)))) == ["body.line_pitch_pt"]


def test_exactly_15_pt_was_permitted_under_the_circular():
    pitch = with_place(spacing=Spacing("exact", 15.0))
    assert rules(change(old_minutes(), PROSE, pitch), OLD) == []
    assert rules(change(old_minutes(), PROSE, with_place(spacing=Spacing("exact", 14.0))), OLD) == [
        "body.line_pitch_pt"
    ]


def test_the_gap_is_what_both_paragraphs_give():
    file = change(minutes(), "Thành phần", with_place(space_after_pt=0.0))
    assert rules(file) == ["body.space_after_pt"]
    assert rules(change(file, "- Đồng chí", with_place(space_before_pt=6.0))) == []


@pytest.mark.parametrize(
    ("rule", "change_one"),
    [
        ("body.align", with_place(align=None)),
        ("body.indent_first_mm", with_place(indent_first_mm=None)),
        ("body.space_after_pt", with_place(space_after_pt=None, space_before_pt=None)),
        ("body.line_pitch_pt", with_place(spacing=None)),
        ("body.size_pt", with_look(size_pt=None)),
        ("body.bold", with_look(bold=None)),
        ("font.family", with_look(family=None)),
        ("font.color", with_look(color=None)),
    ],
)
def test_what_the_file_does_not_say_is_not_evaluated(rule, change_one):
    unknown = replace(minutes(), paragraphs=tuple(change_one(one) for one in minutes().paragraphs))
    unknown = replace(unknown, page_numbers=())
    verdict = next(one for one in judged(unknown) if one.rule == rule)
    assert verdict.state is State.NOT_EVALUATED
    assert has_sentence("vi", str(verdict.values["reason"]))


def test_one_font_in_many_paragraphs_fails_once_for_each():
    file = replace(
        minutes(), paragraphs=tuple(with_look(family="Arial")(one) for one in minutes().paragraphs)
    )
    assert rules(file) == ["font.family"] * sum(bool(one.text.strip()) for one in file.paragraphs)


def test_any_font_was_permitted_under_the_circular():
    assert rules(change(old_minutes(), PROSE, with_look(family="Arial", color="FF0000")), OLD) == []


# --- rules below lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "below", "expected"),
    [
        ("KHỐI THI ĐUA", Line(60, 0.75, 60), ["letterhead.issuer_rule_share"]),
        ("KHỐI THI ĐUA", None, ["letterhead.issuer_rule_share"]),
        ("KHỐI THI ĐUA", Line(20, 0.75, 60), []),
        ("KHỐI THI ĐUA", Line(20, 0.75, None), []),
        ("Hội nghị tổng kết", Line(90, 0.75, 100), ["title.rule_share"]),
        ("Hội nghị tổng kết", None, ["title.rule_share"]),
        ("Độc lập", Line(40, 0.75, 60), ["letterhead.motto_rule_share"]),
    ],
)
def test_the_rules_below_lines_are_as_long_as_the_clause_says(words, below, expected):
    assert rules(change(minutes(), words, with_place(rule_below=below))) == expected


def test_a_motto_may_be_underlined():
    file = change(minutes(), "Độc lập", with_look(underline=True))
    bare = tuple(replace(one, rule_below=None) if not one.text else one for one in file.paragraphs)
    assert rules(replace(file, paragraphs=bare)) == []


def test_a_rule_below_two_sides_of_one_line_is_not_evaluated():
    rule = Line(60, 0.75, 100)
    both = line("SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc", 13, bold=True, rule_below=rule)
    nation = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, side="right")
    file = found([nation, both, *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút.")])
    assert state_of(file, "letterhead.motto_rule_share") is State.NOT_EVALUATED
    assert state_of(file, "letterhead.issuer_rule_share") is State.NOT_EVALUATED


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "new"),
    [
        (NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số:", "Số:       /BB-KTĐ"),
        ("Số:", "Số: ....../BB-.........."),
        ("Số:", "Số: 15/BB-KTĐ"),
        ("Hà Nội", ".........., ngày ...... tháng ...... năm .........."),
        ("Hà Nội", "Thành phố Hồ Chí Minh, ngày 09 tháng 3 năm 2022"),
        ("- Lưu", "- Lưu: VT, TĐKT. NVA.(30)."),
        ("- Lưu", "- Lưu: VT, TĐKT.(30)"),
        ("TM. ", "KT. CHỦ TỊCH"),
        ("TM. ", "TUQ. CHỦ TỊCH"),
        ("TM. ", "Q. CHỦ TỊCH"),
        ("Chu Văn Yêm", "CHU VĂN YÊM"),
        ("Chu Văn Yêm", "Họ và tên"),
        ("Chu Văn Yêm", "Tạ Sơn Tùng"),
    ],
)
def test_other_words_that_are_right_pass(words, new):
    assert rules(change(minutes(), words, with_words(new))) == []


def test_both_pairs_of_sizes_are_permitted():
    file = change(minutes(), NATION, with_look(size_pt=12))
    file = change(file, "Độc lập", with_look(size_pt=13))
    assert rules(file) == ["sizes.pairs"]
    verdict = failed(file)[0]
    assert (verdict.found, verdict.wanted) == ("12 – 13 – 14 pt", "13 – 14 – 14 pt hoặc 12 – 13 – 13 pt")
    assert verdict.spot.words.startswith("Hà Nội")
    assert rules(change(file, "Hà Nội", with_look(size_pt=13))) == []


def test_q_is_a_power_of_the_decree_and_a_part_of_a_post_before():
    lone = change(old_minutes(), "TM. ", with_words("Q. CHỦ TỊCH"))
    assert rules(lone, OLD) == []
    posts = [
        line("Q. BỘ TRƯỞNG", bold=True, **RIGHT | {"row": (2, 0)}),
        line("THỨ TRƯỞNG", bold=True, **RIGHT | {"row": (2, 0)}),
    ]
    paragraphs = [p for p in old_minutes().paragraphs if not p.text.startswith("TM. ")]
    place = next(index for index, one in enumerate(paragraphs) if one.text == "Trần Thị Bình") + 1
    paragraphs[place:place] = posts
    file = replace(old_minutes(), paragraphs=found(paragraphs).paragraphs)
    assert rules(file, OLD) == ["signature_post.powers"]


def test_the_last_basis_may_end_with_a_comma_under_the_circular_alone():
    comma = with_words("Căn cứ Kế hoạch số 12/KH-KTĐ,")
    assert rules(change(old_minutes(), "Căn cứ Kế hoạch", comma), OLD) == []
    assert rules(change(minutes(), "Căn cứ Kế hoạch", comma)) == ["legal_basis.last_end"]


def test_a_table_at_the_end_leaves_the_end_mark_unjudged():
    file = found(
        [
            *letterhead(),
            *title(),
            text("Kết quả chấm điểm của các đơn vị trong Khối như sau:"),
            cell("1", row=(1, 0)),
            *signature("THƯ KÝ", "Trần Thị Bình", LEFT, table=2),
        ]
    )
    assert state_of(file, "body.end_mark") is State.NOT_EVALUATED


def test_names_that_the_facts_know_are_looked_for_everywhere():
    small = change(minutes(), "- Đồng chí", with_words("- Đồng chí Vương văn Đỉnh, Phó Trưởng ban;"))
    assert rules(small) == []
    verdict = failed(small, known_names=["Vương Văn Đỉnh"])[0]
    assert (verdict.rule, verdict.found, verdict.wanted) == (
        "names.capitals",
        "Vương văn Đỉnh",
        "Vương Văn Đỉnh",
    )
    assert rules(minutes(), known_names=["Vương Văn Đỉnh", "Chu Văn Yêm"]) == []


def test_a_recipient_on_two_lines_ends_where_it_ends():
    place = LEFT | {"row": (2, 1)}
    items = recipients("- Ban Thi đua - Khen thưởng", "thành phố Hồ Chí Minh;", "- Lưu: VT.", **place)
    kept = [one for one in minutes().paragraphs if one.row != (2, 1)]
    assert rules(found([*kept, *items])) == []


# --- PDF ----------------------------------------------------------------------------------------------------


def paper(**more):
    """Return the minutes as a PDF file would tell of them."""
    file = minutes(kind="pdf", page_count=2)
    estimated = (replace(A4, margin_bottom_mm=80, is_estimate=True),) * 2
    measured = (replace(one, page=1, space_before_pt=None) for one in file.paragraphs)
    return replace(file, sheets=estimated, paragraphs=tuple(measured), **more)


def test_a_pdf_with_more_room_than_its_margins_is_not_accused():
    assert rules(paper()) == []
    assert state_of(paper(), "page.margin_left_mm") is State.PASS
    assert state_of(paper(), "page.margin_bottom_mm") is State.NOT_EVALUATED


def test_a_pdf_with_too_small_a_margin_is_told_with_its_page():
    narrow = replace(A4, margin_left_mm=25.4, is_estimate=True)
    verdict = failed(replace(paper(), sheets=(A4, narrow)))[0]
    assert (verdict.rule, verdict.spot.page, verdict.found) == ("page.margin_left_mm", 2, "25,4 mm")


@pytest.mark.parametrize("family", ["TimesNewRomanPSMT", "Times New Roman", "Liberation Serif", "Tinos"])
def test_a_pdf_may_hold_a_metric_twin(family):
    file = replace(paper(), paragraphs=tuple(with_look(family=family)(one) for one in paper().paragraphs))
    assert rules(file) == []


def test_a_word_file_may_not():
    assert rules(change(minutes(), PROSE, with_look(family="Liberation Serif"))) == ["font.family"]


def test_one_line_of_a_pdf_does_not_tell_whether_it_is_justified():
    assert rules(change(paper(), "Thành phần", with_place(align="left"))) == []
    assert rules(change(paper(), PROSE, with_place(align="left"))) == ["body.align"]


# --- sentences ----------------------------------------------------------------------------------------------


def all_verdicts() -> list[Verdict]:
    files = [change(minutes(), words, fault) for words, fault, _ in LOOK_FAULTS]
    files += [minutes(**fault) for fault, _ in FILE_FAULTS] + [paper(), found([])]
    bare = tuple(replace(one, rule_below=None) for one in minutes().paragraphs)
    files += [replace(minutes(), paragraphs=bare), replace(minutes(page_count=3), page_numbers=())]
    return [verdict for file in files for verdict in judged(file)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_its_sentence(language):
    for verdict in all_verdicts():
        key = sentence_key(verdict)
        assert has_sentence(language, key), key
        sentence = say(language, key, sentence_values(verdict))
        assert "{" not in sentence
        if reason := verdict.values.get("reason"):
            assert has_sentence(language, str(reason)), reason


@pytest.mark.parametrize("style", [NEW, OLD], ids=["nd30", "tt01"])
def test_every_rule_of_a_pack_has_a_reader_and_a_sentence_for_its_fail(style):
    read = {*TEXTS, "names.capitals"}
    for rule in style.rules:
        if not rule.is_regulated:
            continue
        component, _, name = rule.id.partition(".")
        assert (
            rule.id in read
            or name in LOOKS
            or component in ("page", "page_number", "font", "letterhead", "title")
        )
        verdict = Verdict(rule.id, rule.clause, State.FAIL, rule.severity)
        assert has_sentence("vi", sentence_key(verdict)), rule.id
        assert format_permitted(rule)
        assert "{" not in format_permitted(rule)


def test_values_are_written_as_vietnamese_readers_write_them():
    assert format_value("size_pt", 12.5) == "12,5 pt"
    assert format_value("bold", True) == "đậm"
    assert format_value("color", "ff0000") == "#FF0000"
    wanted = {rule.id: format_permitted(rule) for rule in NEW.rules}
    assert wanted["nation.size_pt"] == "12–13 pt"
    assert wanted["page.margin_left_mm"] == "30–35 mm"
    assert wanted["body.indent_first_mm"] == "10 mm hoặc 12,7 mm"
    assert wanted["body.space_after_pt"] == "từ 6 pt"
    assert wanted["body.line_pitch_pt"] == "từ 1 dòng (16,1 pt) đến 1,5 dòng (24,15 pt)"
    assert wanted["letterhead.issuer_rule_share"] == "1/3–1/2 dòng chữ"
    assert wanted["letterhead.motto_rule_share"] == "1 dòng chữ"
    assert wanted["recipients_item.ends"] == "“;”"
    assert wanted["sizes.pairs"] == "13 – 14 – 14 pt hoặc 12 – 13 – 13 pt"


def test_a_verdict_carries_clause_severity_and_label():
    verdict = failed(change(minutes(), NATION, with_look(size_pt=15)))[0]
    assert verdict.clause == "Phụ lục I, Phần I, Mục II, khoản 1"
    assert verdict.severity == "error"
    assert verdict.values["label"] == "Quốc hiệu"
    assert (verdict.found, verdict.wanted) == ("15 pt", "12–13 pt")
    assert verdict.spot.words == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_parts_may_be_empty():
    verdicts = judge(minutes(), Parts({}), NEW)
    assert {one.state for one in verdicts if not one.rule.startswith(("page.", "font."))} == {
        State.NOT_APPLICABLE
    }
