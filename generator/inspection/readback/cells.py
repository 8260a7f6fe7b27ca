"""Compare the cells of written files with those of the tree: tables cell by cell, places to sign one by one.

That the words agree in order (see `words.py` beside this) does not say that a word stands in its own
cell. Here the cells are read from the structure of the file: table cells of a Word file, tagged
elements of a PDF.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.errors import DisagreementError
from generator.inspection.readback import docx as word_files
from generator.inspection.readback.normal import normalise_words
from generator.tree import (
    Certificate,
    Letterhead,
    Recipients,
    SignatureGrid,
    Table,
    certificate_end,
    plain_text,
    recipient_lines,
    signature_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from generator.inspection.readback.tags import Element
    from generator.tree import Block, Document, Inlines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Row = tuple[str, ...]
"""The words of the cells of a row, each without spaces: for one the end of a line may stand."""


def check_cells(document: Document, docx: bytes | None = None, pdf: bytes | None = None) -> None:
    """Make sure that written files have the cells of *document*; None stands for a file that was not written.

    Raises `DisagreementError` naming the first cell that differs.
    """
    if docx is not None:
        check_cells_of_body(document, word_files.read_body(docx))
    if pdf is not None:
        from generator.inspection.readback.tags import read_elements  # noqa: PLC0415 - it brings pdfium

        check_elements(document, list(read_elements(pdf)))


def check_elements(document: Document, elements: Sequence[Element]) -> None:
    """Make sure that the tagged *elements* of a PDF file have the cells of *document*."""
    _check_tagged_tables(document, elements)
    _check_tagged_signatures(document, elements)


def _compare(of: str, expected: Iterable[str], found: Iterable[str]) -> None:
    for index, (wanted, cell) in enumerate(zip_longest(expected, found, fillvalue="–"), start=1):
        if wanted != cell:
            raise DisagreementError("cells-differ", of=of, position=index, expected=wanted, found=cell)


def _join(lines: Iterable[Inlines]) -> str:
    return "".join(normalise_words("\n".join(plain_text(line) for line in lines)))


def _rows_of(table: Table) -> list[Row]:
    return [tuple(_join((cell,)) for cell in row) for row in (*table.header, *table.rows)]


def _feet_of(block: Certificate) -> list[str]:
    """Return what stands side by side at the foot of a certificate."""
    return [_join(block.decisions), _join(certificate_end(block))]


def _places_of(grid: SignatureGrid) -> list[str]:
    return [
        *filter(None, [_join(recipient_lines(grid.beside))]),
        *(_join(signature_lines(one)) for one in grid.cells),
    ]


# --- Word ---------------------------------------------------------------------------------------------


def read_word_tables(content: bytes) -> list[list[Row]]:
    """Return the tables in the body of a Word file, row by row."""
    return list(_iter_word_tables(word_files.read_body(content)))


def _iter_word_tables(body: etree._Element) -> Iterator[list[Row]]:
    for table in body.iter(f"{_W}tbl"):
        rows = (row.iterfind(f"{_W}tc") for row in table.iterfind(f"{_W}tr"))
        yield [tuple(_read_word_cell(cell) for cell in row) for row in rows]


def _read_word_cell(cell: etree._Element) -> str:
    return "".join(normalise_words(word_files.text_of(cell)))


def check_cells_of_body(document: Document, body: etree._Element) -> None:
    """Make sure that the *body* of a Word file has the cells of *document*."""
    found = _iter_word_tables(body)
    for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=False):
        match block:
            case Table():
                rows = next(found, [])
                _compare("DOCX", map(str, _rows_of(block)), map(str, rows))
            case Letterhead() | SignatureGrid() | Certificate():
                cells = [cell for row in next(found, []) for cell in row if cell]
                _compare("DOCX", _iter_framed(block, after), cells)
            case _:
                pass


def _iter_framed(block: Letterhead | SignatureGrid | Certificate, after: Block | None) -> Iterator[str]:
    """Yield the cells of a table in Word that only sets things side by side, without the empty ones."""
    if isinstance(block, Letterhead):
        sides = (
            (block.parent, block.issuer),
            (block.nation, block.motto),
            (block.number,),
            (block.place_and_date,),
        )
        cells = [_join(side) for side in sides]
    elif isinstance(block, Certificate):
        cells = _feet_of(block)
    else:
        below = _join((after.label, *after.items)) if isinstance(after, Recipients) else ""
        cells = [_join((block.caption,)), *_places_of(block), below]
    return (cell for cell in cells if cell)


# --- PDF ----------------------------------------------------------------------------------------------


def _iter_all(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        yield from _iter_all(element.parts)


def _check_tagged_tables(document: Document, elements: Sequence[Element]) -> None:
    """Compare rows, empty cells left out, which have no tag.

    The rows of a header may come again where a page begins within the table.
    """
    rows = [element for element in _iter_all(elements) if element.tag == "TR"]
    at = 0
    for table in (block for block in document.blocks if isinstance(block, Table)):
        wanted_rows = [str(tuple(filter(None, row))) for row in _rows_of(table)]
        header = wanted_rows[: len(table.header)]
        for index, wanted in enumerate(wanted_rows):
            if index > len(header) and at and at < len(rows) and rows[at].page != rows[at - 1].page:
                repeated = [_row_of(row) for row in rows[at : at + len(header)]]
                at += len(header) if repeated == header else 0
            _compare("PDF", [wanted], [_row_of(rows[at]) if at < len(rows) else "–"])
            at += 1
    _compare("PDF", [], [_row_of(row) for row in rows[at:]])


def _row_of(element: Element) -> str:
    return str(tuple(part.words for part in element.parts if part.words))


def _check_tagged_signatures(document: Document, elements: Sequence[Element]) -> None:
    """Look for an element with the words of each place to sign, one after the other."""
    divisions = iter(element.words for element in _iter_all(elements) if element.tag == "Div")
    for block in document.blocks:
        match block:
            case SignatureGrid():
                places = _places_of(block)
            case Certificate():
                places = _feet_of(block)
            case _:
                places = []
        for number, place in enumerate(places, start=1):
            if place and place not in divisions:
                raise DisagreementError("cells-differ", of="PDF", position=number, expected=place, found="–")
