"""What is safe to mend is mended, and only that: no word, no tracked change, no signed file."""

from __future__ import annotations

import time
from io import BytesIO
from itertools import pairwise

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from lxml import etree
from PIL import Image

from generator.errors import InspectionError
from generator.inspection.mending.annotate import Note, annotate_docx
from generator.inspection.mending.properties import _ORDERS
from generator.inspection.mending.repair import Change, Left, repair_docx
from generator.inspection.readback.docx import read_text
from generator.inspection.verdict import Spot, State, Verdict
from generator.messages import has_sentence, say
from generator.style import TEXT_COMPONENTS
from generator.writers.docx import write_docx
from tests.inspection.word_samples import (
    NAMESPACES,
    TEXTS,
    W,
    add_field,
    box,
    by_hand,
    changed_members,
    convert,
    find,
    letter,
    members_of,
    part,
    rich,
    saved,
    signed,
)
from tests.samples import nd30, tt01, whole_document
from tests.writers.test_docx import findings_of

ND30 = nd30()


def fail(rule: str, paragraph: int | None = None, state: State = State.FAIL) -> Verdict:
    return Verdict(rule, "Điều", state, "error", Spot(paragraph=paragraph), "sai", "đúng")


def mend(content: bytes, *verdicts: Verdict, style=ND30):
    """Repair a file, and make sure of all that must hold of every repair."""
    repaired = repair_docx(content, verdicts, style)
    assert read_text(repaired.content) == read_text(content)
    assert {one.rule for one in (*repaired.done, *repaired.left)} >= {
        verdict.rule for verdict in verdicts if verdict.state is State.FAIL
    }
    again = repair_docx(repaired.content, verdicts, style)
    assert again.content == repaired.content
    assert again.done == ()
    changed_members(content, repaired.content)
    check_order(repaired.content)
    return repaired


def check_order(content: bytes) -> None:
    """Make sure that the children of all properties stand in the order of the schema."""
    for name in members_of(content):
        if name.startswith("word/") and name.endswith(".xml") and "/theme" not in name:
            for node in part(content, name).iter(*_ORDERS):
                ranks = [_ORDERS[node.tag][child.tag] for child in node if child.tag in _ORDERS[node.tag]]
                refs = sum(child.tag.endswith("Reference") for child in node)
                assert all(one <= other for one, other in pairwise(ranks[refs:])), etree.tostring(node)


def reasons(repaired) -> list[str]:
    return [left.why for left in repaired.left]


def value(content: bytes, path: str, name: str = "word/document.xml") -> list[str]:
    return [str(found) for found in find(content, path, name)]


def text_run(text: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t>{text}</w:t></w:r>"


# --- paper and margins --------------------------------------------------------------------------------

PAGE = {
    "margin_top_mm": ("top", 1134),
    "margin_bottom_mm": ("bottom", 1134),
    "margin_left_mm": ("left", 1701),
    "margin_right_mm": ("right", 1134),
}


@pytest.mark.parametrize("name", PAGE)
def test_a_margin_outside_what_is_permitted_is_set_in_every_section(name):
    side, twips = PAGE[name]
    repaired = mend(rich(), fail(f"page.{name}"))
    assert value(repaired.content, f"//w:pgMar/@w:{side}") == [str(twips)] * 2
    assert repaired.done == (Change(f"page.{name}", Spot(), "sai", getattr(ND30.page, name)),)
    assert changed_members(rich(), repaired.content) == {"word/document.xml"}
    others = [f"//w:pgMar/@w:{other}" for other, _ in PAGE.values() if other != side]
    assert [value(repaired.content, path) for path in others] == [value(rich(), path) for path in others]


def test_only_the_section_that_is_outside_is_changed():
    document = docx.Document()
    document.add_section()
    document.sections[0].left_margin, document.sections[1].left_margin = Mm(35), Mm(20)
    repaired = mend(saved(document), fail("page.margin_left_mm"))
    assert value(repaired.content, "//w:pgMar/@w:left") == ["1984", "1701"]


@pytest.mark.parametrize(
    ("margins", "left", "gutter"),
    [
        ("w:left='1134' w:gutter='567'", "1134", "567"),
        ("w:left='1701' w:gutter='567'", "1701", "0"),
        ("w:left='30mm' w:gutter='0'", "30mm", "0"),
        ("w:left='2cm' w:gutter='0'", "1701", "0"),
        ("w:left='hai' w:gutter='ba'", "1701", "ba"),
        ("w:gutter='0'", "1701", "0"),
    ],
)
def test_the_gutter_counts_and_lengths_may_have_units(margins, left, gutter):
    body = f"<w:p/><w:sectPr><w:pgMar w:top='1' w:right='1' w:bottom='1' {margins}/></w:sectPr>"
    content = repair_docx(by_hand(body), [fail("page.margin_left_mm")], ND30).content
    assert value(content, "//w:pgMar/@w:left") == [left]
    assert value(content, "//w:pgMar/@w:gutter") == [gutter]


@pytest.mark.parametrize("body", ["<w:p/>", "<w:p/><w:sectPr><w:cols/></w:sectPr>"])
def test_a_section_without_paper_and_margins_gets_all_of_them(body):
    repaired = mend(by_hand(body), fail("page.width_mm"), fail("page.margin_top_mm"))
    (section,) = find(repaired.content, "//w:sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert [margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left", "header", "gutter")] == [
        *("1134", "1134", "1134", "1701", "567", "0")
    ]


def test_paper_is_set_and_a_sheet_on_its_side_keeps_lying():
    sections = (
        "<w:p><w:pPr><w:sectPr><w:pgSz w:w='12240' w:h='15840' w:code='1'/></w:sectPr></w:pPr></w:p>"
        "<w:sectPr><w:pgSz w:w='15840' w:h='12240' w:orient='landscape'/></w:sectPr>"
    )
    repaired = mend(
        by_hand(sections), fail("page.width_mm"), fail("page.height_mm"), fail("page.orientation")
    )
    assert value(repaired.content, "//w:pgSz/@w:w") == ["11906", "16838"]
    assert value(repaired.content, "//w:pgSz/@w:h") == ["16838", "11906"]
    assert value(repaired.content, "//w:pgSz/@w:code") == []
    assert repaired.left == (Left("page.orientation", Spot(), "landscape"),)


def test_a_section_under_tracked_changes_is_left():
    body = (
        "<w:p/><w:sectPr><w:pgMar w:left='1'/><w:sectPrChange w:id='1' w:author='a'><w:sectPr/>"
        "</w:sectPrChange></w:sectPr>"
    )
    content = by_hand(body)
    repaired = mend(content, fail("page.margin_left_mm"), fail("page_number.place"))
    assert repaired.content == content
    assert reasons(repaired) == ["tracked-changes", "tracked-changes"]


# --- letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("component", sorted(TEXT_COMPONENTS))
def test_size_weight_and_slope_of_a_component_are_set_at_its_runs(component):
    look = ND30.texts[component]
    rules = [f"{component}.{name}" for name in ("size_pt", "bold", "italic")]
    rules = [rule for rule in rules if any(known.id == rule for known in ND30.rules)]
    repaired = mend(rich(), *(fail(rule, 5) for rule in rules))
    paragraph = docx.Document(BytesIO(repaired.content)).paragraphs[5]
    runs = [*paragraph.runs, *paragraph.hyperlinks[0].runs]
    assert len(runs) > 5
    assert {run.font.size for run in runs} == {Pt(look.size_pt)}
    if f"{component}.bold" in rules:
        assert {run.font.bold for run in runs} == {look.bold}
    if f"{component}.italic" in rules:
        assert {run.font.italic for run in runs} == {look.italic}
    assert [change.rule for change in repaired.done][: len(rules)] == rules
    assert changed_members(rich(), repaired.content) == {"word/document.xml"}


def test_other_paragraphs_are_not_touched():
    before = find(rich(), "//w:body/*")
    after = find(mend(rich(), fail("body.size_pt", 3)).content, "//w:body/*")
    assert [etree.tostring(a) == etree.tostring(b) for a, b in zip(before, after, strict=True)].count(
        False
    ) == 1


def test_sizes_of_the_letterhead_move_together():
    known = [
        fail(f"{name}.size_pt", index, State.PASS) for name, index in (("motto", 1), ("place_and_date", 2))
    ]
    repaired = mend(saved(letter()), fail("nation.size_pt", 0), *known)
    assert [(change.rule, change.after) for change in repaired.done] == [
        ("nation.size_pt", 13),
        ("motto.size_pt", 14),
        ("place_and_date.size_pt", 14),
    ]
    assert value(repaired.content, "//w:r/w:rPr/w:sz/@w:val") == ["26", "28", "28"]


def test_sizes_that_do_not_go_together_are_set_where_all_three_lines_are_known():
    names = {"nation": 0, "motto": 1, "place_and_date": 2}
    known = [fail(f"{name}.bold", index, State.PASS) for name, index in names.items()]
    repaired = mend(saved(letter()), fail("sizes.pairs", 0), *known)
    assert [(change.rule, change.after) for change in repaired.done] == [("sizes.pairs", "13/14/14")]
    assert reasons(mend(saved(letter()), fail("sizes.pairs", 0), *known[:2])) == ["not-found"]


def test_colour_is_black_and_no_colour_of_the_theme():
    marks = "<w:color w:val='FF0000' w:themeColor='accent1' w:themeTint='99'/>"
    content = by_hand(f"<w:p>{text_run('đỏ', marks)}</w:p>")
    repaired = mend(content, fail("font.color", 0))
    assert [dict(node.attrib) for node in find(repaired.content, "//w:r//w:color")] == [{f"{W}val": "000000"}]
    assert repaired.done[0].after == "000000"


def test_properties_stand_where_the_schema_wants_them():
    later = "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'"
    marks = f"<w:rStyle w:val='a'/><w:noProof/><w:lang w:val='vi-VN'/><w14:ligatures {later} w14:val='none'/>"
    content = by_hand(
        f"<w:p><w:pPr><w:keepNext/><w:outlineLvl w:val='1'/></w:pPr>{text_run('a', marks)}</w:p>"
    )
    rules = ("size_pt", "bold", "italic", "align", "indent_first_mm", "space_after_pt", "line_pitch_pt")
    repaired = mend(content, *(fail(f"body.{name}", 0) for name in rules), fail("font.family", 0))
    tags = " ".join(etree.QName(node).localname for node in find(repaired.content, "//w:r/w:rPr/*"))
    assert tags == "rStyle rFonts b bCs i iCs noProof sz szCs lang ligatures"
    tags = " ".join(etree.QName(node).localname for node in find(repaired.content, "//w:pPr/*"))
    assert tags == "keepNext spacing ind jc outlineLvl rPr"


# --- fonts --------------------------------------------------------------------------------------------


def fonts_of(content: bytes, name: str, path: str = "//w:rFonts") -> set[tuple]:
    return {tuple(sorted(node.attrib.items())) for node in find(content, path, name)}


TIMES = tuple(sorted((f"{W}{slot}", "Times New Roman") for slot in ("ascii", "hAnsi", "eastAsia", "cs")))


def test_the_font_is_set_in_runs_styles_and_defaults_without_the_theme():
    repaired = mend(rich(), fail("font.family"))
    wanted = {"word/document.xml", "word/styles.xml", "word/footer1.xml"}
    assert {name for name in changed_members(rich(), repaired.content) if "header" not in name} <= wanted
    for name in ("word/document.xml", "word/styles.xml"):
        assert fonts_of(repaired.content, name) == {TIMES}
    runs = find(repaired.content, "//w:body//w:r[not(w:rPr/w:rFonts)]")
    assert runs == []
    assert repaired.done[0].after == "Times New Roman"


def test_the_font_of_one_paragraph_is_set_in_no_other():
    repaired = mend(saved(letter()), fail("font.family", 1))
    assert len(find(repaired.content, "//w:p[w:r/w:rPr/w:rFonts]")) == 1
    assert fonts_of(repaired.content, "word/styles.xml") == {TIMES}


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times", ".vntime"])
def test_letters_of_an_old_code_keep_their_font(font):
    run = text_run("Céng hßa", f"<w:rFonts w:ascii='{font}'/>")
    content = by_hand(f"<w:p>{run}</w:p>")
    repaired = mend(content, fail("font.family"), fail("font.family", 0))
    assert repaired.content == content
    assert reasons(repaired) == ["legacy-font", "legacy-font"]


def test_signs_of_a_symbol_font_keep_it():
    wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    signs = (
        text_run("\uf0b7") + text_run("J", wingdings) + "<w:r><w:sym w:font='Symbol' w:char='F0B7'/></w:r>"
    )
    repaired = mend(by_hand(f"<w:p>{signs}{text_run('chữ')}</w:p>"), fail("font.family"))
    assert len(find(repaired.content, "//w:r/w:rPr/w:rFonts[@w:ascii='Times New Roman']")) == 1
    assert value(repaired.content, "//w:r[2]/w:rPr/w:rFonts/@w:ascii") == ["Wingdings"]


# --- lines --------------------------------------------------------------------------------------------


def properties_of(content: bytes, name: str) -> list[dict]:
    return [
        {etree.QName(key).localname: text for key, text in node.attrib.items()}
        for node in find(content, f"//w:body/w:p/w:pPr/w:{name}")
    ]


def line(properties: str = "", text: str = "chữ") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{text_run(text)}</w:p>"


@pytest.mark.parametrize(
    ("component", "jc"), [("body", "both"), ("nation", "center"), ("recipients_item", "left")]
)
def test_alignment_is_set(component, jc):
    repaired = mend(by_hand(line("<w:jc w:val='right'/>")), fail(f"{component}.align", 0))
    assert properties_of(repaired.content, "jc") == [{"val": jc}]


def test_the_first_line_is_indented_and_hanging_taken_away():
    before = "<w:ind w:left='100' w:hanging='200' w:firstLineChars='50'/>"
    repaired = mend(by_hand(line(before)), fail("body.indent_first_mm", 0))
    assert properties_of(repaired.content, "ind") == [
        {"left": "100", "firstLine": "720", "firstLineChars": "0"}
    ]


@pytest.mark.parametrize("text", [" chữ", "\u00a0chữ"])
def test_a_line_that_is_indented_by_spaces_is_left(text):
    repaired = mend(by_hand(line(text=text)), fail("body.indent_first_mm", 0))
    assert reasons(repaired) == ["leading-space"]


def test_a_line_that_is_indented_by_a_tab_is_left():
    content = by_hand("<w:p><w:r><w:tab/><w:t>chữ</w:t></w:r></w:p>")
    assert reasons(mend(content, fail("body.indent_first_mm", 0))) == ["leading-space"]


def test_an_automatic_list_keeps_its_indents_even_if_a_style_says_so():
    numbers = "<w:numPr><w:numId w:val='1'/></w:numPr>"
    styles = (
        f"<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>"
        f"<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/><w:pPr>{numbers}</w:pPr></w:style>"
    )
    off = numbers.replace("1", "0")
    body = line(numbers) + line("<w:pStyle w:val='A'/>") + line(f"<w:pStyle w:val='A'/>{off}")
    repaired = mend(
        by_hand(body, styles=styles), *(fail("body.indent_first_mm", index) for index in range(3))
    )
    assert [(left.spot.paragraph, left.why) for left in repaired.left] == [(0, "numbering"), (1, "numbering")]
    assert [change.spot.paragraph for change in repaired.done] == [2]


def test_space_after_outweighs_what_styles_say_in_other_words():
    styles = (
        "<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:afterAutospacing='1'/></w:pPr></w:pPrDefault></w:docDefaults>"
        "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:pPr><w:contextualSpacing/></w:pPr></w:style>"
    )
    repaired = mend(by_hand(line(), styles=styles), fail("body.space_after_pt", 0))
    assert properties_of(repaired.content, "spacing") == [{"after": "120", "afterAutospacing": "0"}]
    assert properties_of(repaired.content, "contextualSpacing") == [{"val": "0"}]


def test_the_pitch_of_lines_is_exact_but_not_where_it_would_cut_a_picture():
    picture = "<w:r><w:object/></w:r>"
    body = line("<w:spacing w:line='240' w:lineRule='auto' w:after='3'/>") + f"<w:p>{picture}</w:p>"
    repaired = mend(by_hand(body), fail("body.line_pitch_pt", 0), fail("body.line_pitch_pt", 1))
    assert properties_of(repaired.content, "spacing") == [{"line": "340", "lineRule": "exact", "after": "3"}]
    assert reasons(repaired) == ["picture"]


# --- several verdicts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["page.margin_left_mm", "page_number.place", "font.family"])
def test_a_rule_of_the_whole_file_that_fails_several_times_is_mended_once_and_reported_each_time(rule):
    verdicts = [fail(rule, index) for index in range(3)]
    repaired = mend(rich(), *verdicts)
    assert [(change.rule, change.spot) for change in repaired.done] == [(v.rule, v.spot) for v in verdicts]
    assert repaired.left == ()


@pytest.mark.parametrize("order", [1, -1])
def test_sizes_that_are_mended_one_by_one_go_together_as_well(order):
    names = {"nation": 0, "motto": 1, "place_and_date": 2}
    verdicts = [*(fail(f"{name}.size_pt", index) for name, index in names.items()), fail("sizes.pairs", 0)]
    repaired = mend(saved(letter()), *verdicts[::order])
    assert [change.rule for change in repaired.done] == [verdict.rule for verdict in verdicts[::order]]
    assert repaired.left == ()


def test_a_size_that_stays_does_not_move_the_others():
    content = by_hand(f"<w:p>{box('a')}{text_run('b')}</w:p><w:sectPr/>")
    known = [fail("motto.size_pt", 0, State.PASS)]
    assert mend(content, fail("nation.size_pt", 1), *known).content == content


def test_very_many_sections_styles_and_verdicts_take_no_very_long_time():
    sections = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" * 3000
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='s{index}'><w:basedOn w:val='s{index + 1}'/></w:style>"
        for index in range(3000)
    )
    styled = line("<w:pStyle w:val='s0'/>")
    content = by_hand(f"{sections}{styled * 1000}", styles=styles)
    verdicts = [fail(f"page_number.{name}") for name in NUMBER_RULES]
    verdicts += [fail("body.indent_first_mm", 3000 + index) for index in range(1000)]
    verdicts += [fail("page.margin_left_mm") for _ in range(3000)]
    verdicts += [fail("font.family", index) for index in range(1000)]
    start = time.process_time()
    repaired = repair_docx(content, verdicts, ND30)
    assert len(repaired.done) == len(verdicts)
    assert time.process_time() - start < 20


# --- what is left alone -------------------------------------------------------------------------------

OLD_LOOK = "<w:rPrChange w:id='1' w:author='a'><w:rPr/></w:rPrChange>"
TRACKED = {
    "insertion": f"<w:p><w:ins w:id='1' w:author='a'>{text_run('mới')}</w:ins></w:p>",
    "deletion": "<w:p><w:del w:id='1' w:author='a'><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>",
    "look": f"<w:p>{text_run('a', OLD_LOOK)}</w:p>",
    "mark": f"<w:p><w:pPr><w:rPr><w:ins w:id='1' w:author='a'/></w:rPr></w:pPr>{text_run('a')}</w:p>",
    "paragraph": f"<w:p><w:pPr><w:pPrChange w:id='1' w:author='a'><w:pPr/></w:pPrChange></w:pPr>{text_run('a')}</w:p>",
    "move": f"<w:p><w:moveTo w:id='1' w:author='a'>{text_run('a')}</w:moveTo></w:p>",
    "row": f"<w:tbl><w:tr><w:trPr><w:ins w:id='1' w:author='a'/></w:trPr><w:tc><w:p>{text_run('a')}</w:p></w:tc></w:tr></w:tbl>",
}
TEXT_RULES = ("size_pt", "bold", "italic", "align", "indent_first_mm", "space_after_pt", "line_pitch_pt")


@pytest.mark.parametrize("body", TRACKED.values(), ids=TRACKED)
def test_tracked_changes_are_left_and_reported(body):
    content = by_hand(f"{body}<w:sectPr/>")
    verdicts = [fail(f"body.{name}", 0) for name in TEXT_RULES]
    repaired = mend(content, *verdicts, fail("font.family", 0), fail("font.color", 0))
    assert repaired.content == content
    assert set(reasons(repaired)) == {"tracked-changes"}


def test_text_boxes_are_left_and_the_paragraph_around_them_is_mended_without_them():
    content = by_hand(f"<w:p>{box('trong')}{text_run('ngoài')}</w:p><w:sectPr/>")
    repaired = mend(content, fail("body.size_pt", 0), fail("body.size_pt", 1))
    assert [left.spot.paragraph for left in repaired.left] == [1]
    assert reasons(repaired) == ["text-box"]
    assert find(repaired.content, "//w:txbxContent//w:sz") == []
    assert value(repaired.content, "//w:body/w:p/w:r/w:rPr/w:sz/@w:val") == ["28", "28"]


LEFT = {
    "nation.words": "words",
    "nation.capitals": "words",
    "number.form": "words",
    "number.padding": "words",
    "legal_basis.last_end": "words",
    "body.end_mark": "words",
    "signature_post.powers": "words",
    "recipients_item.archive": "words",
    "names.capitals": "words",
    "letterhead.motto_rule_share": "rules-drawn",
    "letterhead.issuer_rule_share": "rules-drawn",
    "title.rule_share": "rules-drawn",
    "page.orientation": "landscape",
    "page.colour": "unknown-rule",
    "page_number.colour": "unknown-rule",
    "font.weight": "unknown-rule",
    "body.rotation": "unknown-rule",
    "moon.size_pt": "unknown-rule",
    "table_cell.space_after_pt": "unknown-rule",
}


@pytest.mark.parametrize("rule", LEFT)
def test_what_is_not_mended_is_reported_with_its_reason(rule):
    content = saved(letter())
    repaired = mend(content, fail(rule, 0))
    assert repaired.content == content
    assert repaired.left == (Left(rule, Spot(paragraph=0), LEFT[rule]),)


@pytest.mark.parametrize(("rule", "index"), [("body.size_pt", 99), ("body.size_pt", None), ("body.bold", -1)])
def test_a_paragraph_that_is_not_there_is_reported(rule, index):
    assert reasons(mend(saved(letter()), fail(rule, index), fail("font.color"), fail("font.family", 99))) == [
        *("not-found", "not-found", "not-found")
    ]


def test_only_what_fails_is_mended():
    content = rich()
    states = [state for state in State if state is not State.FAIL]
    verdicts = [fail(rule, 3, state) for rule in ("body.size_pt", "page.margin_left_mm") for state in states]
    assert mend(content, *verdicts).content == content


def test_signed_files_are_refused():
    with pytest.raises(InspectionError) as caught:
        repair_docx(signed(rich()), [], ND30)
    assert caught.value.key == "file-signed"


def test_changed_words_would_be_a_defect(monkeypatch):
    from generator.inspection.mending import repair

    monkeypatch.setattr(repair, "text_of", lambda root: str(id(root)))
    with pytest.raises(RuntimeError):
        repair_docx(rich(), [fail("page.margin_left_mm")], ND30)


# --- page numbers -------------------------------------------------------------------------------------

NUMBER_RULES = ("place", "align", "size_pt", "bold", "italic", "on_first_page")
FIELD = "<w:fldSimple w:instr=' PAGE '><w:r><w:t>1</w:t></w:r></w:fldSimple>"
REGIMES = pytest.mark.parametrize("style", [tt01(), ND30], ids=["tt01", "nd30"])


def section(*references: str, titled: bool = False) -> str:
    """Return the end of a body that refers to headers and footers, given as header1:default."""
    nodes = (
        f"<w:{name.rstrip('0123456789')}Reference w:type='{page}' r:id='{name}'/>"
        for name, _, page in (reference.partition(":") for reference in references)
    )
    return f"<w:p/><w:sectPr>{''.join(nodes)}{'<w:titlePg/>' if titled else ''}</w:sectPr>"


def shown(content: bytes, kind: str, page: str = "default") -> tuple[str, bool]:
    """Return the words of the last section's header or footer, and whether a number stands in it."""
    relations = {
        node.get("Id"): "word/" + node.get("Target") for node in part(content, "word/_rels/document.xml.rels")
    }
    references = find(content, f"//w:{kind}Reference[@w:type='{page}']/@r:id")
    if not references:
        return "", False
    root = part(content, relations[references[-1]])
    is_number = "PAGE" in "".join(
        root.xpath("//w:instrText/text() | //w:fldSimple/@w:instr", namespaces=NAMESPACES)
    )
    return "".join(root.xpath("//w:t/text()", namespaces=NAMESPACES)), is_number


def number_paragraph(content: bytes):
    for name in members_of(content):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            for node in part(content, name).iter(f"{W}p"):
                if node.xpath(".//w:instrText | .//w:fldSimple", namespaces=NAMESPACES):
                    return node
    return None


def check_number(content: bytes, style) -> None:
    """Make sure that a number stands where the regime wants it, as it wants it, and not on the first page."""
    place = style.page_number.place
    other = "footer" if place == "header" else "header"
    assert shown(content, place)[1]
    assert not shown(content, other)[1]
    assert find(content, "(//w:sectPr)[1]/w:titlePg")
    assert not shown(content, place, "first")[1]
    paragraph = number_paragraph(content)
    assert paragraph.xpath("w:pPr/w:jc/@w:val", namespaces=NAMESPACES) == [style.page_number.align]
    sizes = set(paragraph.xpath(".//w:r/w:rPr/w:sz/@w:val", namespaces=NAMESPACES))
    assert sizes == {str(round(style.page_number.size_pt * 2))}


@REGIMES
@pytest.mark.parametrize("number", ["", "header", "footer"])
def test_a_number_is_added_or_moved_to_its_place(style, number):
    content = saved(letter(number=number))
    repaired = mend(content, *(fail(f"page_number.{name}") for name in NUMBER_RULES), style=style)
    check_number(repaired.content, style)
    assert repaired.left == ()
    assert [change.rule for change in repaired.done] == [f"page_number.{name}" for name in NUMBER_RULES]


@REGIMES
def test_only_what_fails_of_a_number_is_mended(style):
    content = saved(letter(number=style.page_number.place, align=WD_ALIGN_PARAGRAPH.RIGHT))
    repaired = mend(content, fail("page_number.size_pt"), style=style)
    paragraph = number_paragraph(repaired.content)
    assert paragraph.xpath("w:pPr/w:jc/@w:val", namespaces=NAMESPACES) == ["right"]
    assert find(repaired.content, "//w:titlePg") == []
    assert len(changed_members(content, repaired.content)) == 1


@pytest.mark.parametrize(("rule", "path"), [("bold", "w:b"), ("italic", "w:i")])
def test_a_number_is_made_upright(rule, path):
    document = letter(number="header")
    for run in document.sections[0].header.paragraphs[0].runs:
        run.bold = run.italic = True
    paragraph = number_paragraph(mend(saved(document), fail(f"page_number.{rule}")).content)
    assert set(paragraph.xpath(f".//w:r/w:rPr/{path}/@w:val", namespaces=NAMESPACES)) == {"0"}


def test_tabs_and_frames_that_put_a_number_elsewhere_are_taken_away():
    header = f"<w:p><w:pPr><w:framePr w:xAlign='right'/></w:pPr><w:r><w:tab/></w:r>{FIELD}</w:p><w:p/>"
    content = by_hand(section("header1:default"), header1=header)
    paragraph = number_paragraph(mend(content, fail("page_number.align")).content)
    assert paragraph.xpath(".//w:tab | .//w:framePr", namespaces=NAMESPACES) == []
    assert paragraph.xpath("w:pPr/w:jc/@w:val", namespaces=NAMESPACES) == ["center"]


def test_a_number_of_the_gallery_is_moved_with_its_control():
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Page Numbers (Bottom of Page)'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent><w:p>{FIELD}</w:p></w:sdtContent></w:sdt>"
    )
    content = by_hand(section("footer1:default"), footer1=control)
    repaired = mend(content, fail("page_number.place"))
    check_number(repaired.content, ND30)
    assert [node.tag for node in part(repaired.content, "word/footer1.xml")] == [f"{W}p"]


def test_other_text_of_headers_stays_on_every_page_and_is_reported():
    content = by_hand(
        section("header1:default", "footer1:default", "header2:first"),
        header1="<w:p><w:r><w:t>Khối thi đua</w:t></w:r></w:p>",
        footer1=f"<w:p><w:r><w:t>Lưu hành nội bộ</w:t></w:r></w:p><w:p>{FIELD}</w:p>",
        header2="<w:p><w:r><w:t>cũ, không còn hiện</w:t></w:r></w:p>",
    )
    repaired = mend(content, fail("page_number.place"))
    check_number(repaired.content, ND30)
    assert shown(repaired.content, "header") == ("2Khối thi đua", True)
    assert shown(repaired.content, "footer") == ("Lưu hành nội bộ", False)
    assert shown(repaired.content, "header", "first") == ("Khối thi đua", False)
    assert shown(repaired.content, "footer", "first") == ("Lưu hành nội bộ", False)
    assert reasons(repaired) == ["header-text"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"<w:r><w:t>Trang </w:t></w:r>{FIELD}", "number-in-text"),
        (f"{FIELD}<w:r><w:t>/</w:t></w:r><w:fldSimple w:instr='NUMPAGES'><w:r><w:t>9</w:t></w:r></w:fldSimple>", "number-in-text"),
        (f"{FIELD}{box('a')}", "number-in-text"),
        (f"<w:ins w:id='1' w:author='a'>{FIELD}</w:ins>", "tracked-changes"),
    ],
)  # fmt: skip
def test_a_number_that_does_not_stand_alone_is_left(line, why):
    content = by_hand(section("footer1:default"), footer1=f"<w:p>{line}</w:p>")
    repaired = mend(content, *(fail(f"page_number.{name}") for name in NUMBER_RULES))
    assert repaired.content == content
    assert set(reasons(repaired)) == {why}


def test_a_number_in_a_text_box_is_left():
    inside = box("x").replace("<w:r><w:t>x</w:t></w:r>", FIELD)
    content = by_hand(section("footer1:default"), footer1=f"<w:p>{inside}</w:p>")
    assert reasons(mend(content, fail("page_number.place"))) == ["text-box"]


def test_a_number_on_the_first_page_is_taken_away_there_only():
    parts = dict.fromkeys(("header1", "header2"), f"<w:p>{FIELD}</w:p>")
    content = by_hand(section("header1:default", "header2:first", titled=True), **parts)
    repaired = mend(content, fail("page_number.on_first_page"))
    check = (shown(repaired.content, "header")[1], shown(repaired.content, "header", "first")[1])
    assert check == (True, False)
    assert changed_members(content, repaired.content) == {"word/header2.xml"}


def test_a_first_page_without_a_number_of_its_own_is_made_with_the_pictures_of_the_others(tmp_path):
    Image.new("RGB", (8, 8), "white").save(tmp_path / "a.png")
    document = letter(number="header")
    document.sections[0].header.add_paragraph("Khối").add_run().add_picture(str(tmp_path / "a.png"))
    content = saved(document)
    repaired = mend(content, fail("page_number.on_first_page"))
    new = [name for name in changed_members(content, repaired.content) if name.startswith("word/header")]
    (first,) = new
    members = members_of(repaired.content)
    assert members[f"word/_rels/{first[5:]}.rels"] == members["word/_rels/header1.xml.rels"]
    assert shown(repaired.content, "header", "first") == ("Khối", False)


@pytest.mark.parametrize(
    "kept",
    ["<w:bookmarkStart w:id='1' w:name='a'/>", "<w:del w:id='1' w:author='a'><w:r><w:delText>cũ</w:delText></w:r></w:del>"],
)  # fmt: skip
def test_what_an_empty_header_holds_stays_when_a_number_is_added(kept):
    content = by_hand(section("header1:default"), header1=f"<w:p>{kept}</w:p>")
    repaired = mend(content, fail("page_number.place"))
    check_number(repaired.content, ND30)
    for name in ("word/header1.xml", "word/header.xml"):
        assert part(repaired.content, name).xpath("//w:bookmarkStart | //w:delText", namespaces=NAMESPACES)


def test_even_pages_get_their_number_where_they_have_headers_of_their_own():
    content = by_hand(section(), settings="<w:evenAndOddHeaders/>")
    repaired = mend(content, fail("page_number.place"))
    check_number(repaired.content, ND30)
    assert shown(repaired.content, "header", "even")[1]


def test_later_sections_with_headers_of_their_own_get_a_number_too():
    first = (
        section("header1:default")
        .replace("<w:p/>", "<w:p><w:pPr>")
        .replace("</w:sectPr>", "</w:sectPr></w:pPr></w:p>")
    )
    content = by_hand(first + section("header2:default"), header1="<w:p/>", header2="<w:p/>")
    repaired = mend(content, fail("page_number.place"))
    for name in ("word/header1.xml", "word/header2.xml"):
        assert part(repaired.content, name).findall(f".//{W}fldSimple")
    assert len(find(repaired.content, "//w:titlePg")) == 1


def test_fields_with_like_names_are_no_page_numbers():
    for instruction in ("NUMPAGES", "PAGEREF a", "SECTIONPAGES", "IF PAGE"):
        document = letter()
        add_field(document.sections[0].footer.paragraphs[0], instruction)
        repaired = mend(saved(document), fail("page_number.place"))
        assert instruction in "".join(value(repaired.content, "//w:instrText/text()", "word/footer1.xml"))


# --- whole files --------------------------------------------------------------------------------------


def everything(content: bytes) -> list[Verdict]:
    """Return a failing verdict for each rule of the pack at each paragraph, as no judge would find them."""
    count = len(part(content).xpath("//w:body//w:p[not(ancestor::mc:Fallback)]", namespaces=NAMESPACES))
    whole = [fail(rule.id) for rule in ND30.rules if rule.id.startswith(("page", "font"))]
    return whole + [fail(f"body.{name}", index) for name in TEXT_RULES for index in range(count)]


def ours() -> bytes:
    return write_docx(whole_document(), tt01())


FILES = {"letter": saved(letter()), "rich": rich(), "ours": ours(), "number": saved(letter(number="footer"))}
ALL = pytest.mark.parametrize("content", FILES.values(), ids=FILES)


@ALL
def test_mended_files_have_no_more_faults_than_before(content, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    before = findings_of(file)
    file.write_bytes(mend(content, *everything(content)).content)
    assert findings_of(file) == before


@ALL
def test_parts_that_have_nothing_to_mend_keep_their_bytes(content):
    changed = changed_members(content, mend(content, *everything(content)).content)
    relations = {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert {name for name in changed if not name.startswith(("word/header", "word/footer"))} <= {
        *("word/document.xml", "word/styles.xml", *relations)
    }


@pytest.mark.libreoffice
@ALL
def test_libreoffice_opens_mended_files_and_shows_the_same_words(content, tmp_path):
    repaired = mend(content, *everything(content))
    texts = [
        convert(one, "txt", tmp_path / name).read_text("utf-8")
        for name, one in (("before", content), ("after", repaired.content))
    ]
    assert texts[0] == texts[1]
    assert TEXTS[3] in texts[0] or content == FILES["ours"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("number", ["", "footer"])
def test_libreoffice_shows_the_number_above_the_text_from_the_second_page(number, tmp_path):
    document = letter(number=number)
    document.add_page_break()
    document.add_paragraph("Trang sau")
    content = mend(saved(document), fail("page_number.place")).content
    with pypdfium2.PdfDocument(convert(content, "pdf", tmp_path / "a")) as pdf:
        first, second = (page.get_textpage().get_text_range().split() for page in pdf)
    assert first[0] == "CỘNG"
    assert first[-1] == "ngày./."
    assert second == ["2", "Trang", "sau"]


@pytest.mark.libreoffice
def test_files_that_libreoffice_wrote_are_annotated_and_mended(tmp_path):
    content = convert(rich(), "docx", tmp_path / "made").read_bytes()
    verdicts = everything(content)
    noted = annotate_docx(content, [Note(verdict.spot.paragraph, verdict.rule) for verdict in verdicts])
    repaired = mend(noted, *verdicts)
    check_number(repaired.content, ND30)
    # Of an empty paragraph that ends a section LibreOffice makes none, unless a comment stands there.
    again = convert(repaired.content, "txt", tmp_path / "after").read_text("utf-8").split()
    assert again == convert(content, "txt", tmp_path / "before").read_text("utf-8").split()
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    before = findings_of(file)
    file.write_bytes(repaired.content)
    assert findings_of(file) == before


def test_an_annotated_file_is_mended_as_the_file_itself_and_keeps_its_comments():
    verdicts = everything(rich())
    noted = annotate_docx(rich(), [Note(1, "một"), Note(None, "tất cả")])
    repaired = mend(noted, *verdicts)
    assert repaired.done == mend(rich(), *verdicts).done
    assert members_of(repaired.content)["word/comments.xml"] == members_of(noted)["word/comments.xml"]


# --- sentences ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_has_its_sentence(language):
    whys = {
        *LEFT.values(),
        "tracked-changes",
        "text-box",
        "numbering",
        "leading-space",
        "picture",
        "number-in-text",
    }
    whys |= {"header-text", "no-number", "legacy-font", "already", "not-found"}
    assert [why for why in sorted(whys) if not has_sentence(language, f"repair-left-{why}")] == []
    done = say(language, "repair-done", {"found": "12 pt", "value": "14 pt"})
    assert "12 pt" in done
    assert "14 pt" in done
    assert has_sentence(language, "repair-done-followed")
