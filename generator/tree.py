"""The document between its templates and its writers: a closed tree of frozen values.

It says what each thing *is* (a letterhead, a heading, a blank to fill in), never how it looks: the look
is the style's (`generator.style`), so that every writer says the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, assert_never

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# --- inlines: what stands in a line -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words, printed as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out (bold)."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Emph:
    """Words that are set apart (italic)."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line within the same paragraph."""


class Extent(Enum):
    """How much room a blank leaves for what will be written into it."""

    NUMBER = "number"
    """A number of one or two digits: an hour, a day, a document's number."""
    YEAR = "year"
    """A year, or a short symbol."""
    NAME = "name"
    """A person's name."""
    LINE = "line"
    """The rest of the line; at most one in a paragraph."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An unknown fact: a dotted line to be filled in by hand, and a form field in Word."""

    label: str
    """What belongs here, in the reader's language; Word shows it as the field's title."""
    extent: Extent = Extent.NAME


Inline = Text | Strong | Emph | LineBreak | Blank
Inlines = tuple[Inline, ...]

# --- blocks: what stands one below the other ----------------------------------------------------------

Role = Literal["body", "legal_basis", "note", "headline", "stamp", "lead", "byline"]
"""What a paragraph is for; the style gives each role its look. The last four are a bulletin's."""

ROLES: tuple[Role, ...] = ("body", "legal_basis", "note", "headline", "stamp", "lead", "byline")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an administrative document: the issuing body left, the nation right.

    (Thông tư 01/2011/TT-BNV and Nghị định 30/2020/NĐ-CP, boxes 1 to 4.)
    """

    parent: Inlines
    """Name of the superior body (cơ quan chủ quản); empty when there is none."""
    issuer: Inlines
    """Name of the issuing body (cơ quan ban hành)."""
    nation: Inlines
    """Quốc hiệu."""
    motto: Inlines
    """Tiêu ngữ."""
    number: Inlines
    """Number and symbol line; empty when the kind has none."""
    place_and_date: Inlines
    """Place and date line; empty when the kind has none."""


@dataclass(frozen=True, slots=True)
class Title:
    """The type of the document and what it is about, centred, with a rule below."""

    kind: Inlines
    subject: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or plain heading; it never stands alone at a page's foot."""

    level: Literal[1, 2]
    form: Literal["roman", "arabic"]
    """How headings of this level are numbered in the document; the look goes with it."""
    number: str
    """``I.``, ``1.`` or empty."""
    text: Inlines


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph with a role."""

    role: Role
    content: Inlines
    keep_with_next: bool = False
    """Whether it must stand on the page on which the next block begins."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Short statements one below the other, each after the same mark."""

    mark: str
    """What stands before each item, such as ``-``."""
    items: tuple[Inlines, ...]


Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    share: int
    """Its part of the table's width, in relation to the other columns' shares."""
    align: Align = "left"


Row = tuple[Inlines, ...]
"""The cells of one row, as many as there are columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of the whole text width whose header rows repeat on every page."""

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign: who signs, in which capacity, with room for signature and seal."""

    unit: Inlines
    """The unit that signs; empty where the form names none."""
    posts: tuple[Inlines, ...]
    """Power and post, a line each: ``KT. BỘ TRƯỞNG``, ``THỨ TRƯỞNG``."""
    note: Inlines
    """What stands in the room for the signature: a hint in brackets, or ``(Đã ký)``; may be empty."""
    name: Inlines
    """The signer's name, or a blank."""
    office: Inlines = ()
    """The unit's office in the block, below its name: ``KHỐI TRƯỞNG``; mostly empty."""
    starts_row: bool = False
    """Whether it begins a row of its own, though there is room beside the one before."""


@dataclass(frozen=True, slots=True)
class SignatureGrid:
    """Places to sign, row by row: no row is torn, and the first one stands with the text before it.

    As many columns are chosen as let the words fit (`generator.layout`).
    """

    columns: tuple[int, ...]
    """The numbers of columns to choose from, in rising order."""
    cells: tuple[Signature, ...]
    caption: Inlines = ()
    """What is signed here; it comes again on each page, so that no page of signatures is without it."""
    stays_whole: bool = True
    """Whether it stands on one page, with the text before it, where it fits on one."""
    beside: Recipients | None = None
    """Nơi nhận, to the left of the one who signs and level with the post (boxes 9b and 7a of NĐ 30)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph ready to be printed: JPEG, upright, in RGB, without anything of where it was taken."""

    name: str
    """Its name within a file: ``photo-1.jpg``."""
    content: bytes
    width_px: int
    height_px: int


ChartName = Literal["totals", "cross-scores"]

CHARTS: tuple[ChartName, ...] = ("totals", "cross-scores")
"""What `generator.charts` draws."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Which drawing a figure shows, and the words that stand in it beside names and figures."""

    of: ChartName
    words: tuple[tuple[str, str], ...]
    """Each by its name, in the order of the template."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of lines and letters: SVG that asks for nothing outside itself."""

    name: str
    """Its name within a file: ``totals-1.svg``."""
    content: bytes
    width_mm: float
    height_mm: float
    words: tuple[str, ...]
    """The lines of text in it, in order."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A photograph or a drawing with its caption; a frame with some words where the picture is not there."""

    photo: str
    """The picture's file as the facts name it; empty where they name none."""
    placeholder: Inlines
    """What the frame says in place of an absent picture."""
    caption: Inlines
    floats: bool = False
    """Whether it moves behind the paragraph that tells what it shows (`content.placing`)."""
    picture: Picture | Drawing | None = None
    chart: Chart | None = None
    """Which drawing it shows; None for a photograph."""

    @property
    def alternative(self) -> str:
        """What is read to those who do not see it: the caption, else what the frame would say.

        Of a chart what the frame would say, which tells more than its caption.
        """
        return plain_text((not self.chart and self.caption) or self.placeholder)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận: who gets the document, and where it is kept."""

    label: Inlines
    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Addressees:
    """Kính gửi: to whom a letter or a submission is sent; one in the same line, several below one another."""

    label: Inlines
    mark: str
    """What stands before each of several, such as ``-``; nothing stands before a single one."""
    items: tuple[Inlines, ...]


Orientation = Literal["portrait", "landscape", "fitting"]
"""How the paper of an annex lies; ``fitting``: on its side where a table would else be too small to read."""


@dataclass(frozen=True, slots=True)
class Annex:
    """The head of an annex: what follows, up to the next one, is the annex (`generator.parts`).

    It has a page of its own to begin with, page numbers and headings that begin anew, and its own paper.
    (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III.)
    """

    subject: Inlines
    label: Inlines = ()
    """``Phụ lục I``; empty where it is called by its subject alone."""
    reference: Inlines = ()
    """To which document it belongs, in brackets; may be empty."""
    orientation: Orientation = "portrait"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of commendation, whole on a page of its own: who grants what to whom, and why."""

    nation: Inlines
    motto: Inlines
    grantor: Inlines
    """Who grants it: a person's post, or a body."""
    verb: Inlines
    """``TẶNG``; may be empty."""
    award: Inlines
    """``GIẤY KHEN``."""
    recipient: Inlines
    about: Inlines
    """Post and unit of a person, seat of a unit; may be empty."""
    reason: Inlines
    decisions: tuple[Inlines, ...]
    """The decision by which it is granted, the register in which it stands: a line each; may be none."""
    place_and_date: Inlines
    posts: tuple[Inlines, ...]
    """Power and post of the signer, a line each."""
    note: Inlines
    """What stands in the room for the signature; may be empty."""
    name: Inlines


Block = (
    Letterhead
    | Title
    | Heading
    | Para
    | ItemList
    | Table
    | SignatureGrid
    | Recipients
    | Figure
    | Addressees
    | Annex
    | Certificate
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page on the web says of a document besides its words; empty where it is unknown."""

    description: str
    """One sentence for search results and shared links."""
    published: str = ""
    """When it was published: ISO 8601, local time, without a zone (``2017-02-17T19:51``)."""
    author: str = ""
    publisher: str = ""
    print_label: str = ""
    """What the link for printing is called."""
    is_news: bool = True
    """Whether it is written to be found and shared; else search engines are asked to pass it over."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, ready to be written."""

    title: str
    """For the file's properties and the window's title bar."""
    author: str
    """The body that issues it."""
    language: str
    """BCP 47 tag, such as ``vi-VN``."""
    blocks: tuple[Block, ...]
    web: WebPage | None = None
    """What only its page on the web says; None for what is not made for the web."""


# --- reading the tree ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line with one look: words, a blank or a line break."""

    piece: Text | Blank | LineBreak
    bold: bool = False
    italic: bool = False


def iter_runs(inlines: Inlines, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """Yield the pieces of *inlines* in order, nesting resolved into bold and italic."""
    for inline in inlines:
        match inline:
            case Text() | Blank() | LineBreak():
                yield Run(inline, bold=bold, italic=italic)
            case Strong(children):
                yield from iter_runs(children, bold=True, italic=italic)
            case Emph(children):
                yield from iter_runs(children, bold=bold, italic=True)
            case _:
                assert_never(inline)


BLANK_MARK = "…"
"""What a blank is in plain text, whatever its length on paper."""


def plain_text(inlines: Inlines) -> str:
    """Return the words of *inlines*; a blank is one `BLANK_MARK`, a line break a new line."""
    words = []
    for run in iter_runs(inlines):
        match run.piece:
            case Text(text):
                words.append(text)
            case Blank():
                words.append(BLANK_MARK)
            case LineBreak():
                words.append("\n")
    return "".join(words)


def signature_lines(cell: Signature) -> tuple[Inlines, ...]:
    """Return the lines of one place to sign, from top to bottom, without the empty ones."""
    return tuple(line for line in (cell.unit, cell.office, *cell.posts, cell.note, cell.name) if line)


def iter_lines(block: Block) -> Iterator[Inlines]:
    """Yield the paragraphs of *block* in reading order, without the empty ones."""
    lines: Iterable[Inlines]
    match block:
        case Letterhead():
            left, right = (block.parent, block.issuer), (block.nation, block.motto)
            lines = (*left, *right, block.number, block.place_and_date)
        case Title():
            lines = (block.kind, block.subject)
        case Heading():
            lines = (heading_line(block),)
        case Para():
            lines = (block.content,)
        case ItemList():
            lines = (item_line(block.mark, item) for item in block.items)
        case Table():
            lines = (cell for row in (*block.header, *block.rows) for cell in row)
        case SignatureGrid():
            lines = (
                *recipient_lines(block.beside),
                block.caption,
                *(line for cell in block.cells for line in signature_lines(cell)),
            )
        case Recipients():
            lines = recipient_lines(block)
        case Figure() | Addressees() | Annex() | Certificate():
            lines = _lines_of_sheet(block)
        case _:
            assert_never(block)
    return (line for line in lines if line)


def recipient_lines(block: Recipients | None) -> tuple[Inlines, ...]:
    """Return the lines of a list of recipients; none where there is no list."""
    return (block.label, *block.items) if block else ()


def _lines_of_sheet(block: Figure | Addressees | Annex | Certificate) -> Iterable[Inlines]:
    match block:
        case Figure():
            return (*_lines_of_picture(block), block.caption)
        case Addressees():
            return addressee_lines(block)
        case Annex():
            return (block.label, block.subject, block.reference)
        case Certificate():
            return (*certificate_head(block), *block.decisions, *certificate_end(block))
        case _:
            assert_never(block)


def _lines_of_picture(figure: Figure) -> Iterator[Inlines]:
    """Yield what can be read in the place of the picture: words of a drawing, or of an empty frame."""
    match figure.picture:
        case Drawing(words=words):
            yield from ((Text(line),) for line in words)
        case Picture():
            return
        case None:
            yield figure.placeholder
        case _:
            assert_never(figure.picture)


def heading_line(heading: Heading) -> Inlines:
    """Return a heading as it is printed: its number, a space, its text."""
    return (Text(f"{heading.number} "), *heading.text) if heading.number else heading.text


def item_line(mark: str, item: Inlines) -> Inlines:
    """Return an item as it is printed: its mark, a space, its text."""
    return (Text(f"{mark} "), *item)


def addressee_lines(block: Addressees) -> tuple[Inlines, ...]:
    """Return the lines of the addressees as they are printed: one, or the label and a line for each."""
    if len(block.items) == 1:
        return ((*block.label, Text(" "), *block.items[0]),)
    return (block.label, *(item_line(block.mark, item) for item in block.items))


def certificate_head(block: Certificate) -> tuple[Inlines, ...]:
    """Return the centred lines of a certificate from top to bottom, without the empty ones."""
    lines = (block.nation, block.motto, block.grantor, block.verb, block.award)
    return tuple(line for line in (*lines, block.recipient, block.about, block.reason) if line)


def certificate_end(block: Certificate) -> tuple[Inlines, ...]:
    """Return the lines of the place to sign of a certificate, without the empty ones."""
    lines = (block.place_and_date, *block.posts, block.note, block.name)
    return tuple(line for line in lines if line)


def document_text(document: Document) -> str:
    """Return all words of *document*, a paragraph a line."""
    return "\n".join(plain_text(line) for block in document.blocks for line in iter_lines(block))


def iter_blanks(document: Document) -> Iterator[Blank]:
    """Yield the blanks of *document* in reading order."""
    for block in document.blocks:
        for line in iter_lines(block):
            for run in iter_runs(line):
                if isinstance(run.piece, Blank):
                    yield run.piece
