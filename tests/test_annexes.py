"""Annexes on paper: pages of their own, numbers that begin anew, paper on its side, tables of many columns."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import etree

from generator.content.numbering import number_headings
from generator.content.vocabulary import parse_document
from generator.errors import TemplateError
from generator.inspection.paper.reader import read_paper
from generator.inspection.readback.cells import check_cells
from generator.inspection.readback.words import check_agreement, page_starts
from generator.inspector import inspect_file
from generator.layout import set_addressees, set_table, widest_piece_mm
from generator.parts import divide_parts
from generator.tree import Annex, Column, Document, Heading, Para, Strong, Table, Text
from generator.typeface import POINT_MM
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import annex_samples as sample
from tests import samples
from tests.test_documents import sdk_errors
from tests.test_page_starts import compare, lay_out
from tests.writers.test_docx import findings_of
from tests.writers.test_pdf import findings, syntax_findings

if TYPE_CHECKING:
    from pathlib import Path

    from generator.style import Style

STYLES = pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def margin_words(content: bytes, style: Style) -> list[str]:
    """Return what stands in the upper and lower margin of each page."""
    low_pt, edge_pt = style.page.margin_bottom_mm / POINT_MM, style.page.margin_top_mm / POINT_MM
    with pypdfium2.PdfDocument(content) as file:
        texts = [(page.get_textpage(), page.get_height() - edge_pt) for page in file]
        shown = [text.get_text_bounded(top=low_pt) + text.get_text_bounded(bottom=top) for text, top in texts]
    return [words.strip() for words in shown]


def lies(content: bytes) -> list[bool]:
    """Tell of each page whether it lies on its side."""
    with pypdfium2.PdfDocument(content) as file:
        return [page.get_width() > page.get_height() for page in file]


def sections_of(content: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return list(etree.fromstring(package.read("word/document.xml")).iter(f"{W}sectPr"))


# --- parts --------------------------------------------------------------------------------------------


def test_an_annex_is_all_that_follows_its_head():
    document, style = sample.annexed_document(), samples.nd30()
    parts = divide_parts(document.blocks, style)
    assert [part.is_annex for part in parts] == [False, True, True]
    assert tuple(block for part in parts for block in part.blocks) == document.blocks
    assert [part.is_turned for part in parts] == [False, True, False]


def test_an_annex_that_fits_stays_upright_and_one_that_does_not_lies_on_its_side():
    def is_turned(scorers: int, orientation: str = "fitting") -> bool:
        blocks = (
            replace(sample.annex("I", "ĐIỂM"), orientation=orientation),
            sample.score_matrix(5, scorers),
        )
        return divide_parts(blocks, samples.nd30())[0].is_turned

    assert [is_turned(scorers) for scorers in (2, 4, 10, 24)] == [False, False, True, True]
    assert [is_turned(24, "portrait"), is_turned(2, "landscape")] == [False, True]


def test_headings_count_anew_in_an_annex():
    blocks = [Heading(1, "arabic", "", (Text("A"),)), Para("body", (Text("a"),))]
    document = Document("t", "a", "vi-VN", (*blocks, sample.annex("", "B"), *blocks, *blocks))
    numbered = number_headings(document, ("arabic",)).blocks
    assert [block.number for block in numbered if isinstance(block, Heading)] == ["1.", "1.", "2."]


@pytest.mark.parametrize("after", [(), (sample.annex("II", "B"), Para("body", (Text("a"),)))])
def test_an_annex_without_text_is_refused(after):
    document = Document("t", "a", "vi-VN", (sample.annex("I", "ĐIỂM"), *after))
    with pytest.raises(TemplateError) as error:
        number_headings(document, ("arabic",))
    assert (error.value.key, error.value.values) == ("annex-without-text", {"subject": "ĐIỂM"})


# --- pages --------------------------------------------------------------------------------------------


@STYLES
@pytest.mark.parametrize("units", [10, 24])
def test_files_say_the_tree_s_words_cell_by_cell(style: Style, units: int) -> None:
    document = sample.annexed_document(units, units)
    docx, pdf = write_docx(document, style), write_pdf(document, style)
    check_agreement(document, style, docx=docx, pdf=pdf.content)
    check_cells(document, docx, pdf.content)
    assert pdf.pages == len(page_starts(pdf.content, style.page))


@STYLES
def test_numbers_begin_anew_in_each_annex_and_are_not_on_its_first_page(style: Style) -> None:
    content = write_pdf(sample.annexed_document(), style).content
    assert margin_words(content, style) == ["", "2", "3", "", "2", "", "2", "3"]
    assert lies(content) == [False] * 3 + [True] * 2 + [False] * 3
    heads = [start[:2] for start in page_starts(content, style.page)]
    assert [heads[3], heads[5]] == [("Phụ", "lục"), ("Phụ", "lục")]


@STYLES
def test_sections_of_the_word_file_have_their_own_paper_and_numbers(style: Style) -> None:
    sections = sections_of(write_docx(sample.annexed_document(), style))
    starts = [section.find(f"{W}pgNumType") for section in sections]
    assert [one if one is None else one.get(f"{W}start") for one in starts] == [None, "1", "1"]
    sizes = [section.find(f"{W}pgSz") for section in sections]
    assert [size.get(f"{W}orient") for size in sizes] == [None, "landscape", None]
    assert sizes[1].get(f"{W}w") == sizes[0].get(f"{W}h")
    assert all(section.find(f"{W}titlePg") is not None for section in sections)


def iter_cases():
    for style in (samples.tt01(), samples.nd30()):
        for units, paragraphs in ((24, 12), (24, 3), (10, 17)):
            yield (
                f"{style.id}-{units}-{paragraphs}",
                (sample.annexed_document(units, units, paragraphs), style),
            )
        yield f"{style.id}-portrait", (portrait_document(), style)


def portrait_document() -> Document:
    """Return a document whose dense table stands upright, in 10 points, over several pages."""
    blocks = (sample.annex("I", "BẢNG ĐIỂM"), sample.score_matrix(60, 10), sample.annex("", "HẾT"))
    return Document(
        "t", "a", "vi-VN", (Para("body", (Text("Văn bản."),)), *blocks, Para("note", (Text("Hết."),)))
    )


@pytest.mark.libreoffice
def test_pages_of_annexes_begin_alike(tmp_path: Path) -> None:
    compare(dict(iter_cases()), tmp_path)


@pytest.mark.libreoffice
def test_libreoffice_numbers_the_pages_of_annexes_as_the_pdf_does(tmp_path: Path) -> None:
    cases = dict(iter_cases())
    theirs = lay_out({name: write_docx(*case) for name, case in cases.items()}, tmp_path)
    for name, (document, style) in cases.items():
        ours = write_pdf(document, style).content
        assert margin_words(theirs[name], style) == margin_words(ours, style), name
        assert lies(theirs[name]) == lies(ours), name


# --- tables of many columns ---------------------------------------------------------------------------


def table_of(words: str, share: int, columns: int = 10) -> Table:
    """Return a table with *words* in one of the columns, which has *share* beside its equal fellows."""
    shares = (Column(share), *(Column(10) for _ in range(columns - 1)))
    row = ((Text(words),), *(((Text("1"),),) * (columns - 1)))
    return Table(shares, (tuple((Text("x"),) for _ in shares),), (row,))


def test_a_table_that_fits_is_set_as_ever():
    style = samples.nd30()
    setting = set_table(table_of("98,75", 10, 5), style)
    assert (setting.style is style, setting.is_dense, setting.size_pt) == (True, False, 13)


@pytest.mark.parametrize("words", ["98,75", "Nghiêng", "100,00"])
def test_the_largest_size_is_taken_at_which_no_word_is_broken(words):
    style = samples.nd30()
    sizes = set()
    for columns in range(4, 26):
        table = table_of(words, 10, columns)
        setting = set_table(table, style)
        room = setting.widths_mm[0] - 2 * setting.style.table.padding_x_mm
        assert widest_piece_mm((Text(words),), setting.style.texts["table_cell"]) < room
        sizes.add(setting.size_pt)
    assert sizes == {13, 12, 11, 10, 9, 8}


def test_letters_in_bold_count_and_so_do_words_in_pieces():
    look = samples.nd30().texts["table_cell"]
    plain, bold = widest_piece_mm((Text("9" * 9),), look), widest_piece_mm((Strong((Text("MMM"),)),), look)
    both = widest_piece_mm((Text("a " + "9" * 9), Strong((Text("MMM b"),))), look)
    assert both == pytest.approx(plain + bold)
    assert widest_piece_mm((Text("-1,5"),), look) > widest_piece_mm((Text("1,5"),), look)
    assert widest_piece_mm((Text("Lao-động"),), look) == widest_piece_mm((Text("động"),), look)


def test_columns_are_widened_to_their_words_where_no_size_fits_their_shares():
    setting = set_table(table_of("Nghiêng-ngả/98765432101234567890", 1), samples.nd30())
    assert sum(setting.widths_mm) == pytest.approx(samples.nd30().page.text_width_mm, abs=0.01)
    assert setting.widths_mm[0] > 2 * setting.widths_mm[1]
    assert setting.size_pt == 13


@STYLES
def test_both_formats_have_dense_tables_in_the_same_size(style: Style) -> None:
    document = sample.annexed_document()
    size = set_table(sample.score_matrix(24, 24), divide_parts(document.blocks, style)[1].style).size_pt
    assert size == 8
    pieces = [
        piece for one in read_paper(write_pdf(document, style).content).paragraphs for piece in one.pieces
    ]
    (shown,) = {piece.look.size_pt for piece in pieces if piece.text == "98,75"}
    assert shown == pytest.approx(size, abs=0.1)
    with zipfile.ZipFile(io.BytesIO(write_docx(document, style))) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
    (own,) = (one for one in styles if one.get(f"{W}styleId") == "OTrongBangGiua8")
    assert own.find(f"{W}rPr/{W}sz").get(f"{W}val") == "16"


def test_no_figure_of_the_matrix_is_broken():
    style = samples.nd30()
    content = write_pdf(sample.annexed_document(), style).content
    with pypdfium2.PdfDocument(content) as file:
        shown = " ".join(file[number].get_textpage().get_text_range() for number in (3, 4))
    whole = [
        sample.format_score(scorer, unit) for scorer in range(24) for unit in range(24) if scorer != unit
    ]
    assert sorted(word for word in shown.split() if "," in word and word != "98,75") == sorted(
        word for word in whole if word != "98,75"
    )


# --- addressees ---------------------------------------------------------------------------------------


def test_one_addressee_stands_in_the_line_of_the_label():
    document = parse_document(
        '<document title="t" author="a" lang="vi-VN"><addressees mark="-"><label>Kính gửi:</label>'
        "<item>Bộ Nội vụ</item></addressees></document>"
    )
    setting = set_addressees(document.blocks[0], samples.nd30())
    assert setting.lines == ((Text("Kính gửi:"), Text(" "), Text("Bộ Nội vụ")),)


def test_several_addressees_stand_below_the_colon_and_are_centred_together():
    style = samples.nd30()
    (block,) = (b for b in sample.submission("Bộ Nội vụ;", "Bộ Y tế.").blocks if hasattr(b, "mark"))
    label_mm, *others_mm = set_addressees(block, style).indents_mm
    assert others_mm[0] == others_mm[1] == pytest.approx(label_mm + 18.4, abs=1)
    content = write_pdf(sample.submission("Bộ Nội vụ;", "Bộ Y tế."), style).content
    with pypdfium2.PdfDocument(content) as file:
        text = file[0].get_textpage()
        words = text.get_text_range()
        colon = text.get_charbox(words.index("Kính gửi:") + 8)[0]
        hyphens = [text.get_charbox(words.index(f"- {name}"))[0] for name in ("Bộ Nội", "Bộ Y")]
    assert hyphens[0] == pytest.approx(hyphens[1], abs=0.1)
    assert hyphens[0] == pytest.approx(colon, abs=2)


@STYLES
@pytest.mark.parametrize("addressees", [("Bộ Nội vụ",), ("Bộ Nội vụ;", "Bộ " * 40 + "Y tế.")])
def test_submissions_say_the_tree_s_words(style: Style, addressees: tuple[str, ...]) -> None:
    document = sample.submission(*addressees)
    docx, pdf = write_docx(document, style), write_pdf(document, style).content
    check_agreement(document, style, docx=docx, pdf=pdf)
    check_cells(document, docx, pdf)


# --- validators and the inspector ---------------------------------------------------------------------


@STYLES
@pytest.mark.parametrize("units", [10, 24])
def test_validators_find_nothing(style: Style, units: int, tmp_path: Path) -> None:
    document = sample.annexed_document(units, units)
    content = write_pdf(document, style).content
    assert findings(content, "3a") + findings(content, "ua1") + syntax_findings(content) == []
    (tmp_path / "a.docx").write_bytes(write_docx(document, style))
    assert findings_of(tmp_path / "a.docx") == []


@pytest.mark.sdk
def test_microsofts_own_rules_find_nothing(tmp_path: Path) -> None:
    documents = {"annexes": sample.annexed_document(), "letter": sample.submission("Bộ Y tế;", "Bộ Nội vụ.")}
    files = [tmp_path / f"{name}.docx" for name in documents]
    for file, document in zip(files, documents.values(), strict=True):
        file.write_bytes(write_docx(document, samples.nd30()))
    assert sdk_errors(*files) == [[], []]


@STYLES
@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("label", ["I", ""])
def test_the_inspector_finds_no_fault(style: Style, ending: str, label: str) -> None:
    document = sample.annexed_document()
    if not label:
        bare = (replace(one, label=()) if isinstance(one, Annex) else one for one in document.blocks)
        document = replace(document, blocks=tuple(bare))
    content = write_docx(document, style) if ending == "docx" else write_pdf(document, style).content
    inspected = inspect_file(content, samples.TEMPLATES, style.id)
    assert [verdict.rule for verdict in inspected.failed] == []
    kept = {verdict.rule for verdict in inspected.verdicts if verdict.state.name == "PASS"}
    assert ("annex_label.size_pt" in kept) == bool(label)


@STYLES
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_inspector_finds_no_fault_in_a_submission(style: Style, ending: str) -> None:
    document = sample.submission("Bộ Nội vụ;", "Ban Thi đua - Khen thưởng Trung ương.")
    content = write_docx(document, style) if ending == "docx" else write_pdf(document, style).content
    inspected = inspect_file(content, samples.TEMPLATES, style.id)
    assert [verdict.rule for verdict in inspected.failed] == []
    assert "addressee.size_pt" in {one.rule for one in inspected.verdicts if one.state.name == "PASS"}
