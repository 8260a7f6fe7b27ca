"""Word file and PDF begin their pages with the same words, the Word file laid out by LibreOffice."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.checking import check_facts
from generator.composing import choose_kinds, compose
from generator.content.compose import has_needed_facts
from generator.inspection.readback.words import page_starts
from generator.request import Request
from generator.tree import (
    Blank,
    Column,
    Document,
    Heading,
    ItemList,
    Para,
    Signature,
    SignatureGrid,
    Table,
    Text,
    Title,
)
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.style import Style

WORDS = 14
"""As many words as tell two pages apart that begin with the same header row."""

Case = tuple[Document, "Style"]


def lay_out(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return the PDF files that LibreOffice makes of Word files, in one go."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--convert-to", "pdf", "--outdir", folder]
    names = [folder / f"{name}.docx" for name in files]
    subprocess.run(["soffice", profile, *options, *names], check=True, capture_output=True, timeout=300)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def starts(content: bytes, style: Style) -> list[str]:
    """Return how the pages begin; without spaces, which a PDF does not always tell."""
    return ["".join(words) for words in page_starts(content, style.page, WORDS)]


def compare(cases: Mapping[str, Case], folder: Path) -> None:
    theirs = lay_out({name: write_docx(*case) for name, case in cases.items()}, folder)
    for name, (document, style) in cases.items():
        assert starts(write_pdf(document, style).content, style) == starts(theirs[name], style), name


def iter_whole_documents() -> Iterator[tuple[str, Case]]:
    for style in (samples.tt01(), samples.nd30()):
        for paragraphs in (4, 25):
            for rows in (0, 13, 37):
                yield f"{style.id}-{paragraphs}-{rows}", (samples.whole_document(paragraphs, rows), style)


@pytest.mark.libreoffice
def test_pages_of_whole_documents_begin_alike(tmp_path: Path) -> None:
    compare(dict(iter_whole_documents()), tmp_path)


# --- the hard places ----------------------------------------------------------------------------------


def body(text: str, *, keep: bool = False) -> Para:
    return Para("body", (Text(text),), keep_with_next=keep)


LONG = "Căn cứ Nghị định số 65/2014/NĐ-CP ngày 01/7/2014; “Ước nguyện” (điểm 1.234,5) đạt 100 % ; năm 2015-2016, "
LINE = Para(
    "body", (Text("Hội nghị được tổ chức tại trụ sở cơ quan, bắt đầu từ lúc "), Blank("Giờ"), Text(" giờ"))
)
UNIT = (Text("BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"),)
SIGNATURE = Signature(UNIT, ((Text("KT. BỘ TRƯỞNG"),), (Text("THỨ TRƯỞNG"),)), (), (Text("Nguyễn Văn Ái"),))


def iter_hard_places() -> Iterator[tuple[str, Case]]:
    style = samples.nd30()
    head = (replace(samples.letterhead(), parent=UNIT), Title((Text("BIÊN BẢN"),), (Text(LONG * 2),)))
    table = Table(
        (Column(1, "center"), Column(2), Column(2, "right")),
        (((Text("STT"),), (Text("Tên đơn vị"),), ()),),
        tuple(((Text(str(number)),), (Text(LONG),), ()) for number in range(9)),
    )
    for count in (19, 24, 27):
        before = tuple(body(f"Đoạn {number}.") for number in range(count))
        ends = {
            "heading": (Heading(1, "roman", "I.", (Text("ĐÁNH GIÁ"),)), body(LONG * 4)),
            "long": (*(body(LONG * 5) for _ in range(4)), LINE, LINE),
            "table": (body("Như sau:", keep=True), table, body("Hết.")),
            "items": (ItemList("-", ((Text(LONG),), (Text("Hết."),))), SignatureGrid((2,), (SIGNATURE,) * 4)),
            "grid": (body("Kết thúc.", keep=True), SignatureGrid((2,), (SIGNATURE,) * 14)),
        }
        for name, end in ends.items():
            yield f"{name}-{count}", (Document("t", "a", "vi-VN", (*head, *before, *end)), style)


@pytest.mark.libreoffice
def test_pages_begin_alike_where_it_is_hard(tmp_path: Path) -> None:
    compare(dict(iter_hard_places()), tmp_path)


# --- recipients below signatures ----------------------------------------------------------------------


@pytest.mark.libreoffice
def test_recipients_never_have_a_page_of_their_own(tmp_path: Path) -> None:
    style = samples.nd30()
    cases = {f"{count}": (samples.whole_document(count, 2), style) for count in range(8, 24)}
    theirs = lay_out({name: write_docx(*case) for name, case in cases.items()}, tmp_path)
    for name, content in theirs.items():
        assert starts(content, style)[-1].find("Nơinhận") != 0, name


# --- the real documents -------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parent.parent
CONFERENCES = [*sorted((ROOT / "tests" / "conferences").iterdir()), ROOT / "inputs" / "mau"]


def iter_real_documents() -> Iterator[tuple[str, Case]]:
    for folder in CONFERENCES:
        checked = check_facts(folder)
        assert checked.conference is not None
        for kind in choose_kinds(ROOT / "templates", ()):
            is_form = kind.id in {"minutes", "news", "pledge"}  # also where nothing is known
            told = is_form or has_needed_facts(kind, checked.conference, ROOT / "templates")
            if "docx" not in kind.formats or not told:
                continue
            request = Request(folder.name, (), folder.parent, folder, ROOT / "templates")
            one = compose(kind, checked.conference, checked.pictures, request)
            yield f"{folder.name}-{kind.id}", (one.document, one.choice.style)


@pytest.mark.libreoffice
def test_pages_of_real_documents_begin_alike(tmp_path: Path) -> None:
    cases = dict(iter_real_documents())
    assert len(cases) == 79
    compare(cases, tmp_path)
