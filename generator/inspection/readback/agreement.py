"""A tree and the files written from it come in; nothing goes out when each says what the tree says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.inspection.readback import docx as word_files
from generator.inspection.readback.cells import check_cells_of_body, check_elements
from generator.inspection.readback.normal import normalise_words
from generator.inspection.readback.words import check_words, words_of_html

if TYPE_CHECKING:
    from generator.style import Style
    from generator.tree import Document


def check_files(
    document: Document,
    style: Style,
    docx: bytes | None = None,
    pdf: bytes | None = None,
    html: bytes | None = None,
) -> None:
    """Make sure of words and cells, as `check_agreement` and `check_cells` do, each file opened once.

    None stands for a file that was not written. Raises `DisagreementError` for the first difference.
    """
    body = None if docx is None else word_files.read_body(docx)
    printed = None
    if pdf is not None:
        from generator.inspection.readback.pdf import read_printed  # noqa: PLC0415 - it brings pdfium

        printed = read_printed(pdf, style.page)
    check_words(
        document,
        docx=None if body is None else normalise_words(word_files.text_of(body)),
        pieces=None if printed is None else printed.pieces,
        html=None if html is None else words_of_html(html),
    )
    if body is not None:
        check_cells_of_body(document, body)
    if printed is not None:
        check_elements(document, printed.elements)
