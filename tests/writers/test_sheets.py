"""Certificates laid out a few at a time are, byte for byte, what they are when laid out together."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from generator.errors import OutputError
from generator.inspection.readback.agreement import check_files
from generator.inspection.readback.tags import read_elements
from generator.tree import Text
from generator.writers import pdf, sheets
from generator.writers.docx import write_docx
from generator.writers.pdf import write_both_pdfs, write_pdf, write_pdf_to_sign
from tests import annex_samples, samples
from tests.test_certificates import document_of, iter_certificates
from tests.writers.test_pdf import findings, syntax_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.tree import Document

STYLE = samples.certificate()


@dataclass(frozen=True)
class Rendering:
    """What WeasyPrint gives, with pages that nobody laid out."""

    pages: list[Any]

    def copy(self, pages: list[Any]) -> Rendering:
        return Rendering(pages)


def certificates(count: int) -> Document:
    block = annex_samples.certificate("Vụ A")
    return document_of(*(replace(block, recipient=(Text(f"Vụ {number}"),)) for number in range(count)))


def count_calls(work: Callable[[], object]) -> int:
    """Return how many functions of Python are entered: a measure of work that does not depend on the machine."""
    calls = 0

    def note(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("write", [write_pdf, write_pdf_to_sign])
@pytest.mark.parametrize("at_once", [1, 4, 5])
def test_pieces_make_the_same_file(
    write: Callable[..., Any], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = document_of(*islice(iter_certificates(), 10))
    whole = write(document, STYLE)
    monkeypatch.setattr(pdf, "SHEETS_AT_ONCE", at_once)
    assert write(document, STYLE) == whole


def test_pieces_are_valid_and_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SHEETS_AT_ONCE", 2)
    document = document_of(*islice(iter_certificates(), 5))
    content = write_pdf(document, STYLE).content
    check_files(document, STYLE, write_docx(document, STYLE), content)
    assert findings(content, "3a") == findings(content, "ua1") == []
    assert syntax_findings(content) == []


@pytest.mark.parametrize("document", [samples.whole_document(), certificates(5)], ids=["one", "pieces"])
def test_both_files_of_one_layout_are_those_of_two(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SHEETS_AT_ONCE", 2)
    style = STYLE if len(document.blocks) == 5 else samples.tt01()
    assert write_both_pdfs(document, style) == (
        write_pdf(document, style),
        write_pdf_to_sign(document, style),
    )


def test_what_is_no_page_of_its_own_is_laid_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write_pdf(certificates(5), STYLE)
    monkeypatch.setattr(pdf, "SHEETS_AT_ONCE", 2)
    joined: list[object] = []

    def join(counts: list[int], lay_out: sheets.LayOut) -> Any:
        joined.append(counts)
        return sheets.join_sheets([*counts[:-1], counts[-1] + 1], lay_out)

    monkeypatch.setattr(pdf, "join_sheets", join)
    assert write_pdf(certificates(5), STYLE) == whole
    assert joined == [[2, 2, 1]]


@pytest.mark.parametrize(
    "change",
    [{"width": 2.0}, {"links": ["a"]}, {"anchors": {"a": 1}}, {"forms": {None: ["a"]}}],
    ids=lambda change: next(iter(change)),
)
def test_pages_that_are_not_all_alike_are_not_joined(change: dict[str, object]) -> None:
    alike = {"width": 1.0, "height": 1.0, "bleed": {}, "links": [], "anchors": {}, "forms": {None: []}}
    pages = [[SimpleNamespace(**alike)], [SimpleNamespace(**alike | change)]]

    first, second = sheets.join_sheets([1, 1], lambda number: Rendering(pages[number])).pages
    assert (first.width, second.height) == (1.0, 1.0)
    with pytest.raises(sheets.NotSheetsError):
        second.paint(None)


def test_twice_the_certificates_are_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SHEETS_AT_ONCE", 5)
    write_pdf(certificates(6), STYLE)  # what is kept for the process is not counted

    def work(count: int) -> tuple[int, int, int]:
        document = certificates(count)
        files = write_docx(document, STYLE), write_pdf(document, STYLE).content
        return (
            count_calls(lambda: write_docx(document, STYLE)),
            count_calls(lambda: write_pdf(document, STYLE)),
            count_calls(lambda: check_files(document, STYLE, *files)),
        )

    few, many = work(10), work(40)
    assert [calls < 4.2 * base for base, calls in zip(few, many, strict=True)] == [True] * 3


def test_rows_of_a_table_are_linear_work() -> None:
    style = samples.nd30()
    write_pdf(samples.whole_document(1, 1), style)

    def work(rows: int) -> tuple[int, int, int]:
        document = samples.whole_document(1, rows)
        files = write_docx(document, style), write_pdf(document, style).content
        return (
            count_calls(lambda: write_docx(document, style)),
            count_calls(lambda: write_pdf(document, style)),
            count_calls(lambda: check_files(document, style, *files)),
        )

    few, many = work(60), work(240)
    assert [calls < 4.2 * base for base, calls in zip(few, many, strict=True)] == [True] * 3


def test_each_page_is_asked_for_its_own_tags_only() -> None:
    document = certificates(12)
    content = write_pdf(document, STYLE).content
    elements = list(read_elements(content))
    assert [element.page for element in elements] == list(range(12))
    words = [next(part for part in element.parts if "Vụ" in part.words).words for element in elements]
    assert [f"Vụ{number}" in found for number, found in enumerate(words)] == [True] * 12


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ("p { colour: red }", "pdf-renderer-warned"),
        ("@import 'http://127.0.0.1:9/a';", "pdf-resource-refused"),
    ],
)
def test_a_style_sheet_that_is_refused_is_refused_each_time(sheet: str, key: str) -> None:
    fonts = pdf._font_configuration(samples.tt01().font_family)
    for _ in range(2):
        with pytest.raises(OutputError) as caught:
            pdf._parse_style_sheet(sheet, fonts)
        assert caught.value.key == key
