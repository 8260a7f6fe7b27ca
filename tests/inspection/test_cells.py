"""Written files are held against the tree cell by cell: a word that only changed its cell is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.errors import DisagreementError
from generator.inspection.readback.cells import check_cells, read_word_tables
from generator.inspection.readback.tags import read_elements
from generator.inspection.readback.words import check_agreement
from generator.tree import Column, Document, Para, Recipients, Signature, SignatureGrid, Table, Text
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples

if TYPE_CHECKING:
    from generator.tree import Block

STYLE = samples.nd30()


def document_of(*blocks: Block) -> Document:
    return Document("Đề", "Khối", "vi-VN", blocks)


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(tuple((Text(cell),) if cell else () for cell in row) for row in rows)
    return Table((Column(1), Column(1)), cells[:1], cells[1:])


def place(unit: str, post: str, name: str) -> Signature:
    return Signature((Text(unit),), ((Text(post),),), (), (Text(name),))


HEAD = ("Đơn vị", "Hình thức")
PAIRS = {
    "table": (
        table(HEAD, ("Bộ Nội vụ", "Cờ thi đua"), ("Bộ A", "")),
        table(HEAD, ("Bộ Nội", "vụ Cờ thi đua"), ("Bộ A", "")),
    ),
    "empty cell": (table(HEAD, ("Bộ A", ""), ("", "Cờ")), table(HEAD, ("", "Bộ A"), ("Cờ", ""))),
    "header": (table(HEAD, ("a", "b")), table(("Đơn", "vị Hình thức"), ("a", "b"))),
    "signatures": (
        SignatureGrid((2,), (place("A", "GIÁM ĐỐC", "Lê Ái"), place("B", "GIÁM ĐỐC", "Lê Bê"))),
        SignatureGrid((2,), (place("A", "GIÁM ĐỐC", "Lê Ái B"), place("GIÁM", "ĐỐC", "Lê Bê"))),
    ),
}
"""Blocks with the same words in the same order, and other cells."""


@pytest.mark.parametrize("name", PAIRS)
def test_a_word_in_another_cell_is_found_in_either_file(name: str) -> None:
    one, other = (document_of(block, Para("body", (Text("Hết."),))) for block in PAIRS[name])
    docx, pdf = write_docx(one, STYLE), write_pdf(one, STYLE).content

    check_agreement(other, STYLE, docx, pdf)  # word by word they agree
    check_cells(one, docx, pdf)
    for files in ({"docx": docx}, {"pdf": pdf})[: 1 if name == "empty cell" else 2]:  # it has no tag in a PDF
        with pytest.raises(DisagreementError) as caught:
            check_cells(other, **files)
        assert caught.value.key == "cells-differ"


def test_two_signatories_who_changed_places_are_found() -> None:
    cells = (place("A", "B", "Lê Ái"), place("A", "B", "Lê Bê"))
    written, wanted = (document_of(SignatureGrid((2,), some)) for some in (cells, cells[::-1]))

    for files in ({"docx": write_docx(written, STYLE)}, {"pdf": write_pdf(written, STYLE).content}):
        check_cells(written, **files)
        with pytest.raises(DisagreementError):
            check_cells(wanted, **files)


@pytest.mark.parametrize("style", [samples.tt01(), samples.nd30()], ids=lambda style: style.id)
@pytest.mark.parametrize("rows", [1, 40, 90])
def test_tables_over_several_pages_agree(rows: int, style) -> None:
    document = samples.whole_document(3, rows)

    check_cells(document, write_docx(document, style), write_pdf(document, style).content)


def test_a_row_too_many_or_too_few_is_found() -> None:
    short, long = samples.whole_document(3, 40), samples.whole_document(3, 41)

    for one, other in ((short, long), (long, short)):
        for files in ({"docx": write_docx(one, STYLE)}, {"pdf": write_pdf(one, STYLE).content}):
            with pytest.raises(DisagreementError):
                check_cells(other, **files)


def test_recipients_are_a_cell_of_their_own_in_word() -> None:
    recipients = Recipients((Text("Nơi nhận:"),), ((Text("- Lưu: VT."),),))
    document = document_of(SignatureGrid((2,), (place("A", "B", "C"),)), recipients)
    docx = write_docx(document, STYLE)

    check_cells(document, docx)
    assert read_word_tables(docx)[-1][-1] == ("Nơinhận:-Lưu:VT.",)
    with pytest.raises(DisagreementError):
        check_cells(document_of(document.blocks[0]), docx)


def test_elements_of_a_pdf_have_tags_pages_and_words() -> None:
    content = write_pdf(samples.whole_document(25, 60), STYLE).content
    elements = list(read_elements(content))

    assert {element.page for element in elements} == set(range(6))
    assert [element.tag for element in elements] == ["Document"] * 6
    assert "Đoạn1.Cácđơnvị" in elements[0].words


def test_a_grid_that_is_repeated_on_each_page_is_no_disagreement() -> None:
    cells = tuple(place(f"ĐƠN VỊ {n}", "GIÁM ĐỐC", f"Lê Văn {n}") for n in range(24))
    document = document_of(Para("body", (Text("Hết."),)), SignatureGrid((2, 3), cells, (Text("KÝ TÊN"),)))

    check_cells(document, write_docx(document, STYLE), write_pdf(document, STYLE).content)
    swapped = replace(document.blocks[1], cells=(*cells[:-2], cells[-1], cells[-2]))
    with pytest.raises(DisagreementError):
        check_cells(document_of(document.blocks[0], swapped), pdf=write_pdf(document, STYLE).content)
