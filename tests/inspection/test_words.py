from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import typeface
from generator.errors import DisagreementError
from generator.inspection.readback.words import (
    check_agreement,
    normalise_words,
    page_starts,
    words_of_docx,
    words_of_pdf,
    words_of_tree,
)
from generator.tree import (
    ROLES,
    Blank,
    Block,
    Column,
    Document,
    Emph,
    Extent,
    ItemList,
    LineBreak,
    Para,
    Strong,
    Table,
    Text,
    Title,
)
from generator.typeface import POINT_MM
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path

    from generator.style import Style

STYLE = samples.tt01()


def document_of(*blocks: Block) -> Document:
    return Document("Tiêu đề", "Tác giả", "vi-VN", blocks)


def paragraphs(*texts: str) -> Document:
    return document_of(*(Para("body", (Text(text),)) for text in texts))


def word_file(body: str) -> bytes:
    """Return a file with *body* as the XML of its body, in which ``w:`` is Word's namespace."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}" xmlns:mc="{compatibility}"><w:body>{body}</w:body></w:document>',
        )
        package.writestr("word/header1.xml", f'<w:hdr xmlns:w="{namespace}"><w:t>Không đọc</w:t></w:hdr>')
    return content.getvalue()


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Hội\tnghị\n tổng \N{NO-BREAK SPACE} kết ", ("Hội", "nghị", "tổng", "kết")),
        (unicodedata.normalize("NFD", "Ước nguyện"), ("Ước", "nguyện")),
        ("Số: ......../BB-..........", ("Số:", "…/BB-…")),
        ("kết thúc ........../.", ("kết", "thúc", "…/.")),
        ("tên ............. và …", ("tên", "…", "và", "…")),
        ("xong...... . hết.. v.v.", ("xong…", ".", "hết..", "v.v.")),
        ("khen\N{SOFT HYPHEN}thưởng \N{ZERO WIDTH SPACE} a\N{WORD JOINER}/b", ("khenthưởng", "a/b")),
        ("\N{LATIN SMALL LIGATURE FI}n", ("fin",)),
        ("", ()),
    ],
)
def test_words_are_what_is_printed_between_spaces(text: str, words: tuple[str, ...]) -> None:
    assert normalise_words(text) == words


def test_a_blank_and_the_stop_after_it_are_one_mark() -> None:
    content = (Blank("Nơi", Extent.LINE), Text("."), LineBreak(), Blank("Giờ"), Blank("Phút"), Text(" giờ"))
    assert words_of_tree(document_of(Para("body", content))) == ("…", "…", "giờ")


def test_a_word_file_is_read_from_its_body_only() -> None:
    content = word_file(
        "<w:p><w:r><w:t>Một</w:t><w:tab/><w:t xml:space='preserve'> hai</w:t><w:br/><w:t>ba</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>bốn</w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>năm</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>sáu</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:sdt><w:sdtPr><w:alias w:val='Nhãn'/></w:sdtPr><w:sdtContent><w:r><w:t>.....</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>bảy</w:t></w:r></mc:Choice><mc:Fallback><w:r>"
        "<w:t>bảy</w:t></w:r></mc:Fallback></mc:AlternateContent><w:noBreakHyphen/><w:t>tám</w:t></w:p>"
    )
    found = ("Một", "hai", "ba", "bốn", "năm", "sáu", "…", "bảy\N{NON-BREAKING HYPHEN}tám")
    assert words_of_docx(content) == found


def test_a_hyphen_at_a_line_s_end_is_still_a_hyphen() -> None:
    document = paragraphs("thi-đua-" * 30)
    content = write_pdf(document, STYLE).content
    assert len(words_of_pdf(content, STYLE.page)) > 1
    assert "".join(words_of_pdf(content, STYLE.page)) == "thi-đua-" * 30
    check_agreement(document, STYLE, pdf=content)


def test_page_starts_leave_page_numbers_out() -> None:
    content = write_pdf(paragraphs(*(f"Đoạn {number} của văn bản" for number in range(90))), STYLE).content
    first, second, third = page_starts(content, STYLE.page, 3)
    assert first == ("Đoạn", "0", "của")
    assert (second[0], third[0]) == ("Đoạn", "Đoạn")


@pytest.mark.poppler
def test_poppler_reads_the_same_words(tmp_path: Path) -> None:
    document = samples.whole_document(12, 9)
    file, page = tmp_path / "a.pdf", STYLE.page
    file.write_bytes(write_pdf(document, STYLE).content)
    edges = (page.margin_left_mm, page.margin_top_mm, page.text_width_mm)
    height = page.height_mm - page.margin_top_mm - page.margin_bottom_mm
    box = [str(round(length / POINT_MM)) for length in (*edges, height)]
    area = [part for pair in zip(("-x", "-y", "-W", "-H"), box, strict=True) for part in pair]
    command = ["pdftotext", "-raw", "-nopgbrk", *area, file, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert normalise_words(text) == words_of_tree(document)


# --- agreement ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)
@pytest.mark.parametrize("length", [0, 9, 45])
def test_both_files_agree_with_their_tree(style: Style, length: int) -> None:
    document = samples.whole_document(length, length)
    check_agreement(document, style, write_docx(document, style), write_pdf(document, style).content)


TOLD = "Hội nghị nhất trí đề nghị tặng cờ cho hai đơn vị"

DIFFERENT = pytest.mark.parametrize(
    ("written", "position", "expected", "found"),
    [
        ("Hội nghị nhất trí đề nghị tặng cờ cho ba đơn vị", 10, "cờ cho hai đơn vị", "cờ cho ba đơn vị"),
        ("Hội nghị nhất trí đề nghị tặng cờ hai đơn vị", 9, "tặng cờ cho hai đơn", "tặng cờ hai đơn vị"),
        ("Hội nghị không nhất trí đề nghị tặng", 3, "Hội nghị nhất trí đề", "Hội nghị không nhất trí"),
        ("Hội nghị nhất trí đề nghị tặng cờ cho hai", 11, "cho hai đơn vị", "cho hai"),
        ("nghị Hội nhất trí đề nghị tặng cờ cho hai đơn vị", 1, "Hội nghị nhất", "nghị Hội nhất"),
        (f"{TOLD} nữa", 13, "đơn vị", "đơn vị nữa"),
        ("Hội nghịnhất trí đề nghị tặng cờ cho hai đơn vị", 2, "Hội nghị nhất trí", "Hội nghịnhất trí đề"),
    ],
)


@DIFFERENT
def test_a_word_file_that_says_otherwise_is_found_out(
    written: str, position: int, expected: str, found: str
) -> None:
    with pytest.raises(DisagreementError) as caught:
        check_agreement(paragraphs(TOLD), STYLE, docx=write_docx(paragraphs(written), STYLE))
    values = {"of": "DOCX", "position": position, "expected": expected, "found": found}
    assert (caught.value.key, caught.value.values) == ("words-differ", values)


@DIFFERENT
def test_a_pdf_that_says_otherwise_is_found_out(
    written: str, position: int, expected: str, found: str
) -> None:
    with pytest.raises(DisagreementError) as caught:
        check_agreement(paragraphs(TOLD), STYLE, pdf=write_pdf(paragraphs(written), STYLE).content)
    values = {"of": "PDF", "position": position, "expected": expected, "found": found}
    assert (caught.value.key, caught.value.values) == ("words-differ", values)


def test_a_lost_page_is_found_out() -> None:
    document = paragraphs(*(f"Đoạn {number}" for number in range(60)))
    shorter = replace(document, blocks=document.blocks[:-1])
    with pytest.raises(DisagreementError, match="words-differ"):
        check_agreement(document, STYLE, pdf=write_pdf(shorter, STYLE).content)
    with pytest.raises(DisagreementError, match="words-differ"):
        check_agreement(shorter, STYLE, pdf=write_pdf(document, STYLE).content)


def make_table(rows: int, header: str = "Tên đơn vị") -> Document:
    lines = tuple(((Text(f"Dòng {number}"),),) for number in range(rows))
    return document_of(Table((Column(1),), (((Text(header),),),), lines))


def test_header_rows_may_come_again_at_a_page_s_head_and_nowhere_else() -> None:
    long = write_pdf(make_table(60), STYLE).content
    assert " ".join(words_of_pdf(long, STYLE.page)).count("Tên đơn vị") == 2
    check_agreement(make_table(60), STYLE, pdf=long)
    table = make_table(2)
    row = ((Text("Tên đơn vị"),),)
    assert isinstance(table.blocks[0], Table)
    doubled = document_of(replace(table.blocks[0], rows=(row, *table.blocks[0].rows)))
    with pytest.raises(DisagreementError, match="words-differ"):
        check_agreement(table, STYLE, pdf=write_pdf(doubled, STYLE).content)


def test_nothing_is_compared_with_a_file_that_was_not_written() -> None:
    check_agreement(paragraphs(TOLD), STYLE)


# --- any text -----------------------------------------------------------------------------------------


def settable_letters() -> str:
    """Return the letters that all faces have, that run from left to right and that stand on their own."""
    faces = [set(metrics.advances) for metrics in typeface.load_faces().values()]
    letters = (chr(code) for code in sorted(set.intersection(*faces)))
    directions = {"R", "AL", "LRE", "LRO", "RLE", "RLO", "PDF"}
    return "".join(
        letter
        for letter in letters
        if unicodedata.bidirectional(letter) not in directions
        and not unicodedata.category(letter).startswith("M")
    )


LETTERS = settable_letters()
TEXTS = st.one_of(
    st.text(LETTERS, max_size=20),
    st.text("aáăâbđêghiôơưvỹ ẤỄỌỪ -–./,()“”%0123456789", max_size=160),
    st.text("-.… /ađ", max_size=90),
).map(Text)
BLANKS = st.builds(Blank, st.just("Nhãn"), st.sampled_from(Extent))
LINES = st.lists(
    st.recursive(
        TEXTS | BLANKS | st.just(LineBreak()),
        lambda part: st.builds(
            lambda look, children: look(tuple(children)),
            st.sampled_from([Strong, Emph]),
            st.lists(part, min_size=1, max_size=3),
        ),
        max_leaves=4,
    ),
    min_size=1,
    max_size=4,
).map(tuple)
CELLS = st.lists(TEXTS | BLANKS, max_size=2).map(
    lambda parts: tuple(piece for part in parts for piece in (part, Text(" ")))
)
"""In a narrow cell a blank stands apart: WeasyPrint breaks no line where it touches other words."""
TABLES = st.builds(
    Table,
    st.just((Column(2, "center"), Column(3), Column(3, "right"))),
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=1).map(tuple),
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4).map(tuple),
)
BLOCKS = st.one_of(
    st.builds(Para, st.sampled_from([role for role in ROLES if role in STYLE.texts]), LINES),
    st.builds(ItemList, st.just("-"), st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Title, LINES, LINES),
    TABLES,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5))
@example([Para("body", (Text("Đ" * 300),))])
@example([Para("body", (Text("a\N{SOFT HYPHEN}" * 200),))])
@example([Para("body", (Text("thi  đua "), Strong((Text(" khen "),)), Emph((Text("thưởng"),))))])
def test_any_text_arrives_in_both_files(blocks: list[Block]) -> None:
    document = document_of(*blocks)
    check_agreement(document, STYLE, write_docx(document, STYLE), write_pdf(document, STYLE).content)


def test_every_letter_arrives_in_the_pdf_at_each_place_of_a_line() -> None:
    for start in range(0, len(LETTERS), 300):
        some = [letter for letter in LETTERS[start : start + 300] if not letter.isspace()]
        document = paragraphs(*(f"{letter}a b{letter}c {letter} d{letter}" for letter in some))
        check_agreement(document, STYLE, pdf=write_pdf(document, STYLE).content)
