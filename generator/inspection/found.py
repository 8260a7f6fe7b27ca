"""What an inspected file looks like, whichever program wrote it: its pages, its paragraphs and their looks.

The readers of Word files and of PDF files (`word` and `paper` beside this) make it; `judging` holds the
rules against it. What a format cannot tell is None, and is never guessed: a Word file has no pages on which
its paragraphs stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Look:
    """How some letters look: all that was said of them by themselves, by styles, defaults and theme."""

    family: str | None
    """The font's name, without a subset's prefix and without the face: ``Times New Roman``."""
    size_pt: float | None
    bold: bool | None
    italic: bool | None
    capitals: bool = False
    """Whether small letters of the text are shown as capitals (Word's *All caps*)."""
    underline: bool = False
    color: str | None = None
    """Six hexadecimal figures, ``000000`` for black and for automatic; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one look, one after the other."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Spacing:
    """The lines of a paragraph."""

    rule: Literal["exact", "at_least", "multiple"]
    value: float
    """In points; of ``multiple`` the number of single lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A rule, drawn as a border, a shape or an underline of nothing."""

    length_mm: float
    thickness_pt: float | None
    text_length_mm: float | None
    """Width of the longest line of the text above it; None where it could not be measured."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, as it is shown; of a PDF, lines that belong together."""

    index: int
    """Its number in the body, from 0, empty ones and those in tables counted, in the order of the file."""
    pieces: tuple[Piece, ...]
    page: int | None
    """From 1; None where the file does not say (Word), unless there is only one."""
    align: Align | None
    indent_first_mm: float | None = None
    indent_left_mm: float | None = None
    space_before_pt: float | None = None
    space_after_pt: float | None = None
    spacing: Spacing | None = None
    side: Side | None = None
    """On which side of two columns without rules it stands (letterhead, signatures); None for full width."""
    row: tuple[int, int] | None = None
    """Table and row in which it stands, from 0; side by side they are the same; None outside tables."""
    column: int | None = None
    """Cell of its row, from 0, where a row has more than two; None where it is not known."""
    in_ruled_table: bool = False
    """Whether its table has visible rules: such cells are data, and no component of the form."""
    rule_below: Line | None = None
    side_rules: tuple[tuple[Side, Line], ...] = ()
    """Of words that a tab puts side by side: the rules drawn below them, each with its side."""

    @property
    def text(self) -> str:
        """Its words as they are shown: in capitals where the look says so."""
        return "".join(piece.text.upper() if piece.look.capitals else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and margins of a section, in millimetres."""

    width_mm: float
    height_mm: float
    margin_top_mm: float | None
    margin_bottom_mm: float | None
    margin_left_mm: float | None
    margin_right_mm: float | None
    is_estimate: bool = False
    """Whether the margins were measured from where letters stand: those that were set may be smaller."""

    @property
    def is_landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width_mm > self.height_mm


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the number of the page stands."""

    place: Literal["header", "footer"]
    align: Align | None
    look: Look
    on_first_page: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """An inspected file."""

    kind: Literal["docx", "pdf"]
    sheets: tuple[Sheet, ...]
    """One for each section of a Word file, for each page of a PDF file."""
    paragraphs: tuple[Paragraph, ...]
    page_numbers: tuple[PageNumber, ...]
    """Each place where one stands; empty where there is none."""
    page_count: int | None
    """None where the file does not say."""
    is_signed: bool
    has_page_break: bool = False
    """Whether a Word file asks for a new page somewhere, or notes that there was one."""
    unembedded_fonts: tuple[str, ...] = ()
    """Of a PDF file."""
    notes: tuple[str, ...] = field(default=())
    """Codes of what the reader passed over: ``tracked-changes``, ``text-boxes``, ``scanned-page``."""
