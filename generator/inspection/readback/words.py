"""Compare the words of written files with the words of the tree that they were written from.

What is proven of a DOCX file and of the article of a web page: it has the tree's words, all of them, in the
tree's order, and no others. Of a PDF file the same, but that the end of a line may stand for a space or for
nothing (see `pdf.py` beside this), and that a table's header rows, and what stands above places to
sign, may come again at the head of a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.errors import DisagreementError
from generator.inspection.readback import docx as word_files
from generator.inspection.readback import html as web_pages
from generator.inspection.readback.normal import normalise_words
from generator.tree import BLANK_MARK, SignatureGrid, Table, iter_lines, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.inspection.readback.pdf import Piece
    from generator.style import Page, Style
    from generator.tree import Block, Document

CONTEXT = 2
"""Words shown before and after the first one that differs."""


def words_of_tree(document: Document) -> tuple[str, ...]:
    """Return the words that a document must have, in order."""
    return tuple(expected.text for expected in _iter_expected(document))


def words_of_docx(content: bytes) -> tuple[str, ...]:
    """Return the words in the body of a Word file, in order."""
    return normalise_words(word_files.read_text(content))


def words_of_html(content: bytes) -> tuple[str, ...]:
    """Return the words in the article of a page on the web, in order."""
    return normalise_words(web_pages.read_text(content))


def words_of_pdf(content: bytes, page: Page) -> tuple[str, ...]:
    """Return the words between the margins of *page*, in order; each end of a line ends a word."""
    return normalise_words(" ".join(piece.text for piece in _read_pieces(content, page)))


def page_starts(content: bytes, page: Page, count: int = 5) -> tuple[tuple[str, ...], ...]:
    """Return the first words of each page of a PDF file, not counting what stands in the margins."""
    pieces = _read_pieces(content, page)
    texts = [" ".join(p.text for p in pieces if p.page == number) for number in range(pieces[-1].page + 1)]
    return tuple(normalise_words(text)[:count] for text in texts)


def check_agreement(
    document: Document,
    style: Style,
    docx: bytes | None = None,
    pdf: bytes | None = None,
    html: bytes | None = None,
) -> None:
    """Make sure that written files say what *document* says; None stands for a file that was not written.

    Raises `DisagreementError` naming the first words that differ.
    """
    check_words(
        document,
        docx=None if docx is None else words_of_docx(docx),
        pieces=None if pdf is None else _read_pieces(pdf, style.page),
        html=None if html is None else words_of_html(html),
    )


def check_words(
    document: Document,
    docx: Sequence[str] | None = None,
    pieces: Sequence[Piece] | None = None,
    html: Sequence[str] | None = None,
) -> None:
    """Do as `check_agreement` with files that have been read: their words, and the pieces of a PDF."""
    expected = list(_iter_expected(document))
    words = [word.text for word in expected]
    if docx is not None:
        _check_words("DOCX", words, docx)
    if html is not None:
        _check_words("HTML", words, html)
    if pieces is not None:
        _check_pieces(expected, pieces)


# --- what is expected ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Expected:
    """A word of the tree."""

    text: str
    header: tuple[str, ...] = ()
    """Words that come again before it when a page begins with it."""


def _iter_expected(document: Document) -> Iterator[_Expected]:
    for block in document.blocks:
        match block:
            case Table():
                yield from _expect_again(
                    _words_of(replace(block, rows=())), _words_of(replace(block, header=()))
                )
            case SignatureGrid():
                caption = normalise_words(plain_text(block.caption))
                yield from _expect_again(caption, _words_of(replace(block, caption=())))
            case _:
                yield from map(_Expected, _words_of(block))


def _words_of(block: Block) -> Iterator[str]:
    for line in iter_lines(block):
        yield from normalise_words(plain_text(line))


def _expect_again(header: Iterable[str], words: Iterable[str]) -> Iterator[_Expected]:
    """Expect *header*, then *words*, before each of which it may come again at a page's head."""
    head = tuple(header)
    yield from map(_Expected, head)
    for index, word in enumerate(words):
        yield _Expected(word, head if index else ())


# --- comparing ----------------------------------------------------------------------------------------


def _check_words(of: str, expected: Sequence[str], found: Sequence[str]) -> None:
    for index, (wanted, word) in enumerate(zip_longest(expected, found)):
        if wanted != word:
            raise _difference(of, expected, index, found, index)


def _check_pieces(expected: Sequence[_Expected], pieces: Sequence[Piece]) -> None:
    """Read *pieces* as the expected words, joining those between which a line ends where a word asks for it.

    Which ones to join is not always plain (two dotted lines may be one blank or two), so every way is kept
    that has read the words so far: *reached* holds the places to which these ways have come.
    """
    reached = {0}
    for index, word in enumerate(expected):
        starts = reached | _skip_headers(word.header, pieces, reached)
        reached = _read_word(word.text, pieces, starts)
        if not reached:
            raise _difference_of_pieces(expected, index, pieces, max(starts))
    if len(pieces) not in reached:
        raise _difference_of_pieces(expected, len(expected), pieces, max(reached))


def _skip_headers(header: Sequence[str], pieces: Sequence[Piece], starts: Iterable[int]) -> set[int]:
    """Return where the words after a table's header rows begin, if those come again at a page's head."""
    reached = {start for start in starts if header and _begins_page(pieces, start)}
    for word in header:
        reached = _read_word(word, pieces, reached)
    return reached


def _begins_page(pieces: Sequence[Piece], index: int) -> bool:
    return 0 < index < len(pieces) and pieces[index].page != pieces[index - 1].page


def _read_word(word: str, pieces: Sequence[Piece], starts: Iterable[int]) -> set[int]:
    return {end for start in starts for end in _iter_ends(word, pieces, start)}


def _iter_ends(word: str, pieces: Sequence[Piece], start: int) -> Iterator[int]:
    """Yield every place where *word* may end that begins with the piece *start*."""
    if start < len(pieces) and pieces[start].text == word and not _continues(pieces, start + 1):
        yield start + 1  # as most words are; the rest of this function would find the same
        return
    text = ""
    for index in range(start, len(pieces)):
        if text and not pieces[index].may_continue:
            return
        text += pieces[index].text
        found = "".join(normalise_words(text))
        if found == word:
            yield index + 1
        elif _count_letters(found) > _count_letters(word):
            return


def _continues(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether the piece *index* may go on with the word of the one before."""
    return index < len(pieces) and pieces[index].may_continue


def _count_letters(word: str) -> int:
    """Return the length of *word* without dots, of which a blank has any number."""
    return len(word) - word.count(".") - word.count(BLANK_MARK)


def _difference_of_pieces(
    expected: Sequence[_Expected], index: int, pieces: Sequence[Piece], place: int
) -> DisagreementError:
    words = [word.text for word in expected]
    return _difference("PDF", words, index, ["".join(normalise_words(piece.text)) for piece in pieces], place)


def _difference(
    of: str, expected: Sequence[str], index: int, found: Sequence[str], place: int
) -> DisagreementError:
    """Return the error for the word *index* of what was expected and *place* of what was found."""
    return DisagreementError(
        "words-differ",
        of=of,
        position=index + 1,
        expected=_cut(expected, index),
        found=_cut(found, place),
    )


def _cut(words: Sequence[str], index: int) -> str:
    """Return a word with those around it."""
    return " ".join(words[max(0, index - CONTEXT) : index + CONTEXT + 1])


def _read_pieces(content: bytes, page: Page) -> tuple[Piece, ...]:
    from generator.inspection.readback.pdf import read_pieces  # noqa: PLC0415 - it brings pdfium

    return read_pieces(content, page)
