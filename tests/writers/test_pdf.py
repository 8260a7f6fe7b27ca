from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest
from PIL import ImageFile

from generator import typeface
from generator.errors import MachineError, OutputError
from generator.inspection.readback.words import check_agreement, page_starts, words_of_pdf, words_of_tree
from generator.style import Style
from generator.tree import (
    Block,
    Column,
    Document,
    Heading,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Table,
    Text,
)
from generator.typeface import POINT_MM
from generator.writers import pdf
from generator.writers.pdf import write_pdf
from tests import samples

STYLES = pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)


def document_of(*blocks: Block) -> Document:
    return Document("Tiêu đề", "Tác giả", "vi-VN", blocks)


def paragraphs(count: int, text: str = "Một dòng") -> tuple[Para, ...]:
    return tuple(Para("body", (Text(f"{text} {number}."),)) for number in range(count))


def findings(content: bytes, profile: str) -> list[str]:
    """Return what page-validation finds, but for one rule.

    STREAM-LENGTH is a false alarm of version 0.11: data that happen to end with a carriage return are taken to be
    one byte too long. That lengths are right is asked of qpdf below.
    """
    report = validator.validate_pdf_bytes(content, profile=profile)
    failures = [failure for failure in report.failures if "STREAM-LENGTH" not in failure.rule_id]
    return [f"{failure.rule_id}: {failure.message}" for failure in failures]


def syntax_findings(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as file:
        return [str(finding) for finding in file.check_pdf_syntax()]


# --- words and pages ----------------------------------------------------------------------------------


@STYLES
@pytest.mark.parametrize(("length", "rows"), [(0, 0), (1, 1), (9, 14), (25, 40)])
def test_the_file_says_the_tree_s_words(style: Style, length: int, rows: int) -> None:
    document = samples.whole_document(length, rows)
    written = write_pdf(document, style)
    check_agreement(document, style, pdf=written.content)
    if rows < 20:  # later the header rows come again
        assert words_of_pdf(written.content, style.page) == words_of_tree(document)
    assert written.pages == len(page_starts(written.content, style.page))


@STYLES
def test_every_page_but_the_first_has_its_number_in_the_margin(style: Style) -> None:
    written = write_pdf(document_of(*paragraphs(90)), style)
    document = pypdfium2.PdfDocument(written.content)
    page, number = style.page, style.page_number
    for index in range(written.pages):
        text = document[index].get_textpage()
        low, high = page.margin_bottom_mm / POINT_MM, (page.height_mm - page.margin_top_mm) / POINT_MM
        below, above = text.get_text_bounded(top=low), text.get_text_bounded(bottom=high)
        shown = above if number.place == "header" else below
        assert (above + below).split() == ([] if index == 0 else [str(index + 1)])
        assert shown.split() == (above + below).split()
    document.close()


@STYLES
def test_the_page_number_is_as_far_from_the_edge_as_the_style_says(style: Style) -> None:
    content = write_pdf(document_of(*paragraphs(50)), style).content
    page, number = style.page, style.page_number
    second = pypdfium2.PdfDocument(content)[1].get_textpage()
    boxes = [[length * POINT_MM for length in second.get_charbox(n)] for n in range(second.count_chars())]
    inside = range(round(page.margin_bottom_mm), round(page.height_mm - page.margin_top_mm) + 1)
    ((left, bottom, right, top),) = (box for box in boxes if round(box[1]) not in inside)
    line_mm = number.line_pitch_pt * POINT_MM
    if number.place == "footer":
        assert number.distance_mm < bottom < top < number.distance_mm + line_mm
        assert right == pytest.approx(page.width_mm - page.margin_right_mm, abs=0.5)
    else:
        assert number.distance_mm < page.height_mm - top < number.distance_mm + line_mm
        assert (left + right) / 2 == pytest.approx(page.margin_left_mm + page.text_width_mm / 2, abs=0.5)


def test_letters_are_as_wide_as_the_typeface_says_without_kerning() -> None:
    text = pdf.PROBE * 2
    content = write_pdf(document_of(Heading(1, "arabic", "", (Text(text),))), samples.tt01()).content
    letters = pypdfium2.PdfDocument(content)[0].get_textpage()
    first, last = letters.get_charbox(0, loose=True), letters.get_charbox(len(text) - 1, loose=True)
    expected = typeface.text_width_mm(text, samples.tt01().texts["heading_arabic"].size_pt, "bold")
    assert (last[2] - first[0]) * POINT_MM == pytest.approx(expected, abs=0.2)


# --- what stays together ------------------------------------------------------------------------------


def test_a_heading_never_stands_at_the_foot_of_a_page() -> None:
    style = samples.tt01()
    for count in range(25, 35):
        blocks = (*paragraphs(count), Heading(1, "arabic", "1.", (Text("Tiêu đề"),)), *paragraphs(3))
        starts = page_starts(write_pdf(document_of(*blocks), style).content, style.page, 2)
        assert starts[1:] in ((), (("1.", "Tiêu"),), (("Một", "dòng"),))
        last_words = _words_of_page(write_pdf(document_of(*blocks), style).content, 0, style)[-2:]
        assert last_words != ("Tiêu", "đề")


def _words_of_page(content: bytes, number: int, style: Style) -> tuple[str, ...]:
    return page_starts(content, style.page, 10_000)[number]


def test_header_rows_come_again_on_every_page_and_never_alone() -> None:
    style = samples.nd30()
    row = ((Text("dòng"),), (Text("ô"),))
    for count in range(22, 34):
        table = Table((Column(1), Column(1)), (((Text("Đầu"),), (Text("đề"),)),), (row,) * 60)
        content = write_pdf(document_of(*paragraphs(count), table), style).content
        for words in page_starts(content, style.page, 10_000):
            assert words[-2:] != ("Đầu", "đề")
            assert "Đầu đề dòng ô" in " ".join(words) or "ô" not in words


def signatures(cells: int) -> SignatureGrid:
    unit = (Text("BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"),)
    posts = ((Text("KT. BỘ TRƯỞNG"),), (Text("THỨ TRƯỞNG"),))
    return SignatureGrid((2,), (Signature(unit, posts, (), (Text("Nguyễn Văn Ái"),)),) * cells)


@pytest.mark.parametrize("cells", [2, 6])
def test_signatures_stay_whole_and_with_the_sentence_before_them(cells: int) -> None:
    style, end = samples.tt01(), Para("body", (Text("Kết thúc."),), keep_with_next=True)
    recipients = Recipients((Text("Nơi nhận:"),), ((Text("- Lưu."),),))
    for count in range(0, 32, 3):
        blocks = (*paragraphs(count), end, signatures(cells), recipients)
        pages = page_starts(write_pdf(document_of(*blocks), style).content, style.page, 10_000)
        last = " ".join(pages[-1])
        assert "Kết thúc. BỘ NÔNG" in last
        assert last.count("Nguyễn Văn Ái") == cells
        assert last.endswith("Nơi nhận: - Lưu.")


def test_signatures_too_many_for_a_page_begin_below_the_text_and_break_between_rows() -> None:
    style, end = samples.tt01(), Para("body", (Text("Kết thúc."),), keep_with_next=True)
    for count, expected in ((0, [8, 6]), (5, [6, 8]), (20, [2, 8, 4])):
        written = write_pdf(document_of(*paragraphs(count), end, signatures(14)), style)
        pages = [" ".join(words) for words in page_starts(written.content, style.page, 10_000)]
        signed = [page for page in pages if "THỨ TRƯỞNG" in page]
        assert [page.count("KT. BỘ TRƯỞNG") for page in signed] == expected
        assert [page.count("Nguyễn Văn Ái") for page in signed] == expected
        assert "Kết thúc. BỘ NÔNG" in signed[0]


# --- conformance --------------------------------------------------------------------------------------


@STYLES
@pytest.mark.parametrize(("length", "rows"), [(0, 0), (9, 14), (25, 60)])
def test_the_file_is_pdf_a_3a_and_pdf_ua_1(style: Style, length: int, rows: int) -> None:
    content = write_pdf(samples.whole_document(length, rows), style).content
    assert findings(content, "3a") == []
    assert findings(content, "ua1") == []
    assert syntax_findings(content) == []


@pytest.mark.parametrize("block", samples.whole_document().blocks, ids=lambda block: type(block).__name__)
def test_a_document_of_any_one_block_conforms(block: Block) -> None:
    content = write_pdf(document_of(block), samples.nd30()).content
    assert findings(content, "3a") + findings(content, "ua1") + syntax_findings(content) == []


def test_a_file_that_breaks_the_norm_is_found_out() -> None:
    """The validator can say no: otherwise the test above would prove nothing."""
    content = write_pdf(samples.whole_document(), samples.tt01()).content
    with pikepdf.open(io.BytesIO(content)) as file:
        del file.Root.OutputIntents
        del file.Root.StructTreeRoot
        saved = io.BytesIO()
        file.save(saved)
    assert findings(saved.getvalue(), "3a")
    assert findings(saved.getvalue(), "ua1")


def test_the_file_names_title_author_and_language_and_no_time() -> None:
    document = samples.whole_document()
    with pikepdf.open(io.BytesIO(write_pdf(document, samples.tt01()).content)) as file:
        assert str(file.docinfo["/Title"]) == document.title
        assert str(file.docinfo["/Author"]) == document.author
        assert str(file.Root.Lang) == document.language
        assert set(file.docinfo.keys()) == {"/Title", "/Author", "/Producer"}
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == document.title
            assert not [key for key in metadata if key.endswith("Date")]


def test_headings_are_bookmarks_and_tags() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(samples.whole_document(), samples.tt01()).content)) as file:
        with file.open_outline() as outline:
            (title,) = outline.root
            assert title.title.startswith("BIÊN BẢN Hội nghị")
            assert [child.title for child in title.children][1] == "2. Đề nghị khen thưởng"
        tags = {str(thing.get("/S")) for thing in file.objects if isinstance(thing, pikepdf.Dictionary)}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/TD"} <= tags


def test_the_same_document_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib; from generator.writers.pdf import write_pdf; from tests import samples;"
        "print(hashlib.sha256(write_pdf(samples.whole_document(), samples.tt01()).content).hexdigest())"
    )
    here = hashlib.sha256(write_pdf(samples.whole_document(), samples.tt01()).content).hexdigest()
    root = str(Path(__file__).resolve().parents[2])
    for seed, zone, language in (("1", "Asia/Ho_Chi_Minh", "C"), ("2", "America/New_York", "C.UTF-8")):
        changes = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": root}
        found = run_python(program, tmp_path, changes)
        assert found.stdout.strip() == here, found.stderr


def run_python(program: str, folder: Path, changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        check=False,
    )


# --- fonts --------------------------------------------------------------------------------------------


def test_every_font_is_the_project_s_and_embedded() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(samples.whole_document(), samples.tt01()).content)) as file:
        things = [thing for thing in file.objects if isinstance(thing, pikepdf.Dictionary)]
        descriptors = [thing for thing in things if thing.get("/Type") == "/FontDescriptor"]
        names = sorted(str(descriptor.FontName).partition("+")[2] for descriptor in descriptors)
        assert all("/FontFile2" in descriptor for descriptor in descriptors)
        assert all("/ToUnicode" in thing for thing in things if thing.get("/Subtype") == "/Type0")
    family = typeface.family().replace(" ", "-")
    assert names == [family, f"{family}-Bold", f"{family}-Bold-Italic", f"{family}-Italic"]


@pytest.mark.poppler
def test_poppler_sees_the_same_fonts(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(write_pdf(samples.whole_document(), samples.tt01()).content)
    listed = subprocess.run(
        ["pdffonts", file], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert len(listed) == 4
    for line in listed:
        assert typeface.family().replace(" ", "-") in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, a subset, with letters to read


def fonts_file(folder: Path, xml: str) -> str:
    file = folder / "fonts.conf"
    file.write_text(xml, encoding="utf-8")
    return str(file)


@pytest.fixture
def _new_fonts() -> object:
    """Let a test choose the fonts anew, and the next one again."""
    pdf._font_configuration.cache_clear()
    yield
    pdf._font_configuration.cache_clear()


@pytest.mark.usefixtures("_new_fonts")
def test_fonts_with_kerning_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    xml = typeface.fontconfig_xml(tmp_path).replace("kern=0", "kern=1")
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_file(tmp_path, xml))
    with pytest.raises(MachineError, match="pdf-font-substituted"):
        write_pdf(samples.whole_document(), samples.tt01())


@pytest.mark.usefixtures("_new_fonts")
def test_a_font_put_in_another_s_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    bold = typeface.folder() / "LiberationSerif-Bold.ttf"
    (folder / bold.name).write_bytes(bold.read_bytes())
    xml = typeface.fontconfig_xml(tmp_path).replace(str(typeface.folder()), str(folder))
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_file(tmp_path, xml))
    with pytest.raises(MachineError, match="pdf-font-substituted"):
        write_pdf(samples.whole_document(), samples.tt01())


def test_a_font_file_that_is_not_the_project_s_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    write_pdf(samples.whole_document(), samples.tt01())
    faces = {face: replace(metrics, sha256="0") for face, metrics in typeface.load_faces().items()}
    monkeypatch.setattr(typeface, "load_faces", lambda: faces)
    with pytest.raises(MachineError, match="pdf-font-substituted"):
        write_pdf(samples.whole_document(), samples.tt01())


@pytest.mark.parametrize(
    ("text", "letters"), [("hội 会 nghị", "会 (U+4F1A)"), ("ấ\u0323", "\u0301 (U+0301)")]
)
def test_letters_that_the_typeface_lacks_are_named(text: str, letters: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_pdf(document_of(Para("body", (Text(text),))), samples.tt01())
    assert (caught.value.key, caught.value.values) == ("letters-missing", {"letters": letters})


def test_letters_may_come_with_their_marks_apart() -> None:
    document = document_of(Para("body", (Text("Hội nghị"),)), Para("body", (Text("Hội nghị"),)))
    assert (
        words_of_pdf(write_pdf(document, samples.tt01()).content, samples.tt01().page) == ("Hội", "nghị") * 2
    )


# --- nothing from outside, nothing left out -----------------------------------------------------------


def render(body: str, head: str = "") -> None:
    page = f'<html lang="vi"><head><title>a</title>{head}</head><body>{body}</body></html>'
    pdf._render(page, {}, pdf._font_configuration(samples.tt01().font_family))


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<img src="file:///etc/passwd" alt="a">', ""),
        ('<img src="http://127.0.0.1:9/a.png" alt="a">', ""),
        ('<img src="data:image/png;base64,AAAA" alt="a">', ""),
        ('<p style="background: url(file:///etc/passwd)">a</p>', ""),
        ('<object data="file:///etc/passwd">a</object>', ""),
        ('<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>', ""),
        ("a", '<link rel="stylesheet" href="file:///etc/passwd">'),
        ("a", '<link rel="attachment" href="file:///etc/passwd">'),
        ("a", "<style>@import 'http://127.0.0.1:9/a.css';</style>"),
        ("a", "<style>@font-face { font-family: a; src: url(file:///etc/passwd); }</style>"),
    ],
)
def test_nothing_is_fetched(body: str, head: str) -> None:
    with pytest.raises(OutputError) as caught:
        render(body, head)
    assert caught.value.key == "pdf-resource-refused"
    assert str(caught.value.values["url"]).startswith(("file:///etc/passwd", "http://127.0.0.1:9/", "data:"))


@pytest.mark.parametrize(
    ("body", "reason"), [("<p style='colour: red'>a</p>", "colour"), ("<p>\N{SNOWMAN}</p>", "U+2603")]
)
def test_what_weasyprint_only_warns_of_is_an_error(body: str, reason: str) -> None:
    with pytest.raises(OutputError, match="pdf-renderer-warned") as caught:
        render(body)
    assert reason in str(caught.value.values["reason"])


def test_half_a_photograph_is_not_whole_because_of_weasyprint() -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_machine_without_pango_is_told_so(tmp_path: Path) -> None:
    program = (
        "import ctypes.util, sys; from generator.errors import MachineError\n"
        "class Absent:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'weasyprint': raise OSError('cannot load library')\n"
        "sys.meta_path.insert(0, Absent())\n"
        "try: import generator.writers.pdf\n"
        "except MachineError as error: print(error.key, error.values['reason'])\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    found = run_python(program, tmp_path, {"PYTHONPATH": root})
    assert found.stdout.strip() == "weasyprint-unavailable cannot load library", found.stderr
