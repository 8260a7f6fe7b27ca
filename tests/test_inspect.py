"""The command `inspect`, end to end: our own documents keep the rules of both regimes, and a faulty file is told."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt

from generator.checking import check_facts
from generator.cli import main
from generator.composing import choose_kinds, compose
from generator.house import apply_house, load_house
from generator.inspection.readback.docx import read_text
from generator.inspector import inspect_file, list_names
from generator.model.pledge import Pledge
from generator.request import Request
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests.samples import TEMPLATES, nd30, tt01

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    ROOT / "inputs" / "2016",
    ROOT / "inputs" / "mau",
    *(
        ROOT / "tests" / "conferences" / name
        for name in ("01-nhnn-khoi6-2025", "13-congdoan-yte-khoi3-2019", "16b-luatgia-giao-uoc-2018")
    ),
)
STYLES = {style.id: style for style in (tt01(), nd30())}


def papers(folder: Path):
    """Yield the minutes and the pledge about the conference in *folder*."""
    checked = check_facts(folder)
    for kind in choose_kinds(TEMPLATES, ("minutes", "pledge")):
        request = Request(folder.name, (), folder.parent, folder, TEMPLATES)
        yield kind.id, compose(kind, checked.conference, checked.pictures, request).document


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("regime", STYLES)
def test_our_papers_keep_every_rule_of_either_regime(folder, regime):
    for kind, document in papers(folder):
        for content in (write_docx(document, STYLES[regime]), write_pdf(document, STYLES[regime]).content):
            inspected = inspect_file(content, TEMPLATES, regime)
            faults = [(one.rule, one.found, one.spot.words) for one in inspected.failed]
            assert faults == [], (kind, inspected.found.kind)
            assert sum(inspected.count_rules().values()) > 90


@pytest.mark.parametrize("regime", STYLES)
def test_papers_of_a_house_profile_keep_every_rule(regime):
    style = apply_house(STYLES[regime], load_house(TEMPLATES / "style", "khoi-13"))
    for kind, document in papers(ROOT / "inputs" / "2016"):
        for content in (write_docx(document, style), write_pdf(document, style).content):
            inspected = inspect_file(content, TEMPLATES, regime)
            assert [(one.rule, one.found) for one in inspected.failed] == [], kind


def test_the_papers_of_one_regime_break_the_other():
    (_, minutes), _ = papers(ROOT / "inputs" / "2016")
    for content in (write_docx(minutes, tt01()), write_pdf(minutes, tt01()).content):
        broken = {one.rule for one in inspect_file(content, TEMPLATES, "nd30-2020").failed}
        assert broken == {"page_number.place", "page_number.align"}


# --- which rules --------------------------------------------------------------------------------------


def dated(words: str) -> bytes:
    """Return a Word file with a letterhead, and these words for its place and date."""
    word = docx.Document()
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        words,
        "BIÊN BẢN",
        "Họp tổng kết công tác",
        "Cuộc họp bàn về công tác thi đua.",
    ):
        word.add_paragraph(text)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("words", "style", "by", "value"),
    [
        ("Hà Nội, ngày 04 tháng 3 năm 2020", "tt01-2011", "date", "04/03/2020"),
        ("Hà Nội, ngày 05 tháng 3 năm 2020", "nd30-2020", "date", "05/03/2020"),
        ("Hà Nội, ngày ... tháng 02 năm 2020", "tt01-2011", "year", "2020"),
        ("Hà Nội, ngày ... tháng ... năm 2016", "tt01-2011", "year", "2016"),
        ("Hà Nội, ngày ... tháng ... năm 2021", "nd30-2020", "year", "2021"),
        ("Hà Nội, ngày ... tháng 3 năm 2020", "nd30-2020", "newest", ""),
        ("Hà Nội, ngày ... tháng ... năm ...", "nd30-2020", "newest", ""),
    ],
)
def test_the_document_s_date_chooses_the_rules_as_far_as_it_is_known(words, style, by, value):
    choice = inspect_file(dated(words), TEMPLATES).choice
    assert (choice.style.id, choice.by, choice.value) == (style, by, value)


def test_the_year_of_the_facts_chooses_only_where_the_document_has_no_date():
    year = ("2016", 2016)
    undated = inspect_file(dated("Hà Nội, ngày ... tháng ... năm ..."), TEMPLATES, year=year).choice
    assert (undated.style.id, undated.by, undated.value) == ("tt01-2011", "year", "2016")
    whole = inspect_file(dated("Hà Nội, ngày 17 tháng 02 năm 2022"), TEMPLATES, year=year).choice
    assert (whole.style.id, whole.by) == ("nd30-2020", "date")


@pytest.mark.parametrize(("year", "count"), [("2016", 9), ("mau", 12), ("mau-24", 5)])
def test_what_is_built_keeps_the_rules_when_it_is_inspected_with_its_facts(year, count, tmp_path, capsys):
    assert main(["build", year, "--inputs", str(ROOT / "inputs"), "--outputs", str(tmp_path)]) == 0
    files = sorted(str(file) for file in (tmp_path / year).iterdir() if file.suffix in {".docx", ".pdf"})
    assert len(files) == count
    capsys.readouterr()

    assert main(["inspect", *files, "--facts", year, "--inputs", str(ROOT / "inputs"), "--json"]) == 0

    data = json.loads(capsys.readouterr().out)["files"]
    assert [one["rule"] for file in data for one in file["verdicts"] if one["state"] == "fail"] == []
    free = ("ban-tin", "giay-khen", "bang-diem")
    assert {file["regime"] for file in data if "ban-tin" in file["file"]} == {"press"}
    judged = {file["file"]: sum(one["state"] == "pass" for one in file["verdicts"]) for file in data}
    assert all(count > 40 for file, count in judged.items() if not any(one in file for one in free)), judged


def test_a_file_that_is_no_official_document_is_held_against_a_regulation_only_when_asked():
    word, file = docx.Document(), BytesIO()
    word.add_paragraph("Khối thi đua tổng kết năm 2016").runs[0].font.name = "Calibri"
    word.save(file)

    inspected = inspect_file(file.getvalue(), TEMPLATES)
    assert (inspected.choice.style.id, inspected.choice.by) == ("press", "form")
    assert inspected.failed == ()
    asked = inspect_file(file.getvalue(), TEMPLATES, "nd30-2020")
    assert "font.family" in {one.rule for one in asked.failed}


# --- somebody else's file -----------------------------------------------------------------------------


@pytest.fixture
def hand(tmp_path) -> Path:
    """A paper that somebody set by hand, with faults."""
    word = docx.Document()
    word.sections[0].left_margin = Mm(20)
    for text, size, bold in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True),
        ("Độc lập - Tự do - Hạnh phúc", 14, True),
        ("Số: 5/BB-ABC", 13, False),
        ("Hà Nội, ngày 05 tháng 3 năm 2021", 14, False),
        ("BIÊN BẢN", 16, True),
        ("Họp tổng kết công tác", 14, True),
        ("Cuộc họp do bà Lê thị Bê chủ trì, bàn về công tác thi đua.", 14, False),
        ("Cuộc họp kết thúc vào 10 giờ cùng ngày./.", 14, False),
    ):
        run = word.add_paragraph().add_run(text)
        run.font.size, run.bold, run.font.name = Pt(size), bold, "Times New Roman"
    word.save(tmp_path / "tay.docx")
    return tmp_path / "tay.docx"


def test_faults_are_told_with_place_clause_and_what_is_wanted(hand, capsys):
    assert main(["inspect", str(hand)]) == 8

    out = capsys.readouterr().out
    assert "soát theo Nghị định 30/2020/NĐ-CP (theo ngày của văn bản, 05/03/2021)" in out
    assert "lề trái 20 mm, cần 30–35 mm." in out
    assert "Tên loại văn bản: cỡ chữ 16 pt, cần 13–14 pt." in out
    assert "“BIÊN BẢN”" in out
    assert "[number.padding]" in out
    assert "Phụ lục I" in out


def test_everything_is_there_as_data(hand, capsys):
    assert main(["inspect", str(hand), "--json", "--regime", "tt01-2011"]) == 8

    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["regime"], file["regime_by"], file["keeps_the_rules"]) == ("tt01-2011", "asked", False)
    states = {one["state"] for one in file["verdicts"]}
    assert states == {"pass", "fail", "not-applicable", "not-evaluated"} or "not-evaluated" not in states
    broken = {one["rule"]: one for one in file["verdicts"] if one["state"] == "fail"}
    assert broken["title_kind.size_pt"]["paragraph"] == 5
    assert broken["page.margin_left_mm"]["found"] == "20 mm"
    assert all(one["message"] and one["clause"] for one in broken.values())


def test_a_copy_has_a_comment_at_each_fault(hand, tmp_path, capsys):
    copy = tmp_path / "loi-binh.docx"
    before = hand.read_bytes()
    assert main(["inspect", str(hand), "--annotate", str(copy)]) == 8

    comments = list(docx.Document(str(copy)).comments)
    told = [comment.text for comment in comments]
    assert any("cỡ chữ 16 pt, cần 13–14 pt." in text and "[title_kind.size_pt]" in text for text in told)
    assert read_text(copy.read_bytes()) == read_text(before)
    assert hand.read_bytes() == before
    assert main(["inspect", str(hand), "--annotate", str(copy)]) == 2  # a copy that is there stays
    assert "loi-binh.docx" in capsys.readouterr().err


def test_what_is_mended_keeps_the_rules_and_no_word_is_changed(hand, tmp_path, capsys):
    copy = tmp_path / "da-sua.docx"
    assert main(["inspect", str(hand), "--fix", str(copy)]) == 8
    told = capsys.readouterr().err
    assert "đã sửa: 16 pt → 14 pt [title_kind.size_pt]" in told
    assert "để nguyên" in told

    assert read_text(copy.read_bytes()) == read_text(hand.read_bytes())
    before = {one.rule for one in inspect_file(hand.read_bytes(), TEMPLATES).failed}
    after = {one.rule for one in inspect_file(copy.read_bytes(), TEMPLATES).failed}
    assert after < before
    assert not {"page.margin_left_mm", "page.width_mm", "title_kind.size_pt", "body.align"} & after
    assert "number.padding" in after  # words are for people


def test_names_of_the_facts_want_their_capitals(hand, tmp_path):
    content = hand.read_bytes()

    assert "names.capitals" not in {one.rule for one in inspect_file(content, TEMPLATES).failed}
    broken = {one.rule for one in inspect_file(content, TEMPLATES, names=["Lê Thị Bê"]).failed}
    assert "names.capitals" in broken


def test_names_are_those_of_all_people_in_the_facts():
    conference = check_facts(ROOT / "inputs" / "mau").conference
    names = list_names(conference)

    assert {"Nguyễn Văn Mẫu", "Lê Thị Ví Dụ", "Phạm Giả Định", "Mai Văn Chứng", "Bùi Văn Chữ"} <= set(names)
    assert len(names) == len(set(names))
    assert list_names(conference.model_copy(update={"pledge": Pledge()})) != names


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["khong-co.docx"], 2, "khong-co.docx"),
        (["{hand}", "--regime", "nd30"], 2, "nd30-2020"),
        (["{hand}", "{hand}", "--fix", "x.docx"], 2, "một tệp"),
        (["{text}"], 8, "Word"),
        (["{pdf}", "--fix", "x.docx"], 8, "tệp Word"),
    ],
)
def test_what_cannot_be_inspected_is_told_in_a_line(hand, tmp_path, capsys, arguments, code, words):
    (tmp_path / "chu.docx").write_text("không phải tệp Word", encoding="utf-8")
    (_, minutes), _ = papers(ROOT / "inputs" / "2016")
    (tmp_path / "bb.pdf").write_bytes(write_pdf(replace(minutes), nd30()).content)
    known = {"hand": hand, "text": tmp_path / "chu.docx", "pdf": tmp_path / "bb.pdf"}

    assert main(["inspect", *(argument.format(**known) for argument in arguments)]) == code
    error = capsys.readouterr().err
    assert words in error
    assert "Traceback" not in error


def test_a_file_that_keeps_the_rules_is_told_so(tmp_path, capsys):
    _, (_, pledge) = papers(ROOT / "inputs" / "mau")
    (tmp_path / "gu.docx").write_bytes(write_docx(pledge, nd30()))

    assert main(["inspect", str(tmp_path / "gu.docx")]) == 0
    out = capsys.readouterr().out
    assert "theo ngày của văn bản, 15/01/2025" in out
    assert " 0 không đạt" in out


def test_a_mended_file_of_ours_is_the_same_file(tmp_path):
    from generator.inspector import repair

    (_, minutes), _ = papers(ROOT / "inputs" / "mau")
    content = write_docx(minutes, nd30())

    repaired = repair(content, inspect_file(content, TEMPLATES, "nd30-2020"))
    assert repaired.content == content
    assert (repaired.done, repaired.left) == ((), ())
    assert docx.Document(BytesIO(repaired.content)).paragraphs
