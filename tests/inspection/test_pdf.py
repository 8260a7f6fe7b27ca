from __future__ import annotations

from generator.inspection.readback.pdf import Piece, read_pieces
from generator.tree import Column, Document, Emph, LineBreak, Para, Strong, Table, Text
from generator.writers.pdf import write_pdf
from tests import samples

STYLE = samples.nd30()


def pieces_of(*blocks: Para | Table) -> tuple[Piece, ...]:
    document = Document("Tiêu đề", "Tác giả", "vi-VN", blocks)
    return read_pieces(write_pdf(document, STYLE).content, STYLE.page)


def test_words_of_one_line_are_pieces_and_the_first_may_continue_one() -> None:
    assert pieces_of(Para("body", (Text("một hai"), LineBreak(), Text("ba")))) == (
        Piece("một", 0, may_continue=True),
        Piece("hai", 0, may_continue=False),
        Piece("ba", 0, may_continue=True),
    )


def test_a_change_of_look_within_a_word_does_not_divide_it() -> None:
    content = (Strong((Text("Ư"),)), Emph((Text("Ướ"),)), Text("c nguyện"))
    assert [piece.text for piece in pieces_of(Para("body", content))] == ["ƯƯớc", "nguyện"]


def test_a_space_of_another_look_divides_words() -> None:
    content = (Strong((Text("một"),)), Text(" "), Emph((Text("hai"),)))
    assert [piece.text for piece in pieces_of(Para("body", content))] == ["một", "hai"]


def test_cells_of_one_row_divide_words() -> None:
    row = ((Text("một"),), (Text("hai"),))
    pieces = pieces_of(Table((Column(1, "right"), Column(1)), (), (row,)))
    assert [(piece.text, piece.may_continue) for piece in pieces] == [("một", True), ("hai", False)]


def test_pieces_know_their_pages_and_leave_the_margins_out() -> None:
    pieces = pieces_of(*(Para("body", (Text("dòng"),)) for _ in range(40)))
    assert {piece.text for piece in pieces} == {"dòng"}
    assert len(pieces) == 40
    assert {piece.page for piece in pieces} == {0, 1}
