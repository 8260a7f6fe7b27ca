"""How cells of our workbooks look, how texts and figures are written into them, and how a file is made."""

from __future__ import annotations

import re
import zipfile
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE

from generator.readers.cells import show_number
from generator.vietnamese import parse_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1000
"""Down to which row lists are to be filled in."""

AUTHOR = "hoinghi"
TEXT_FORMAT, NUMBER_FORMAT = "@", "General"

LETTERS_A_NOTE_LINE, NOTE_LINE_PX, NOTE_WIDTH_PX = 42, 19, 300

LINE_PT = 15
"""Height of a line in a row; longer text needs several."""

HEADING_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="1F4E79")
REQUIRED_FILL = PatternFill("solid", fgColor="9C2B1F")
SECTION_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, bold=True)
SECTION_FILL = PatternFill("solid", fgColor="DDEBF7")
LINK_FONT = Font(DEFAULT_FONT.name, DEFAULT_FONT.size, color="0563C1", underline="single")
_HAIR = Side("thin", color="BFBFBF")
THIN = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")

_WRITES_AS_FORMULA = ("=", "+", "-", "@")
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
"""openpyxl cannot write properties without them."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def read_text(name: str) -> str:
    """Return the text for people that is kept under *name*."""
    return (resources.files("generator.starters") / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def make_writable(text: str) -> str:
    """Return *text* with a visible sign in place of characters that no workbook can hold."""
    return _NOT_WRITABLE.sub("\ufffd", text)


def save_workbook(book: Workbook, edit: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return *book* as a file without the clock in it; *edit* has the last word on the XML of each sheet."""
    book.properties.creator = AUTHOR
    written = BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == ARC_CORE:
                content = _DATES.sub(b"", content)
            elif name.startswith("xl/worksheets/sheet"):
                content = edit(content)
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return packed.getvalue()


# --- cells ----------------------------------------------------------------------------------------------


def write_text(cell: Cell | MergedCell, text: str, number_format: str) -> None:
    """Write *text* as text, whatever it looks like; not into what a merged area covers."""
    if isinstance(cell, MergedCell):
        return
    cell.number_format = number_format
    cell.alignment = WRAPPED
    if text:
        cell.value = make_writable(text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_WRITES_AS_FORMULA)


def read_figure(text: str) -> tuple[Decimal, str] | None:
    """Return the number that *text* writes and a format that shows it as it is written; None if none does."""
    figures = text.strip()
    try:
        value = parse_number(figures.removesuffix("%"))
    except ValueError:
        return None
    if figures.endswith("%"):
        value /= 100
    whole, _, decimals = figures.removesuffix("%").lstrip("-").partition(",")
    core = "#,##0" if "." in whole else "0" * len(whole)
    exact = f"{core}.{'0' * len(decimals)}" if decimals else core
    formats = (NUMBER_FORMAT, exact + ("%" if figures.endswith("%") else ""))
    return next(((value, one) for one in formats if show_number(float(value), one) == figures), None)


def write_figure(cell: Cell | MergedCell, text: str) -> None:
    """Write the number of *text*, which can be added up, or else *text* itself."""
    write_text(cell, text, NUMBER_FORMAT)
    figure = read_figure(text)
    if figure and not isinstance(cell, MergedCell):
        cell.value, cell.number_format = figure
        cell.quotePrefix = False


def make_note(text: str) -> Comment:
    """Return a note on a cell, high enough for its *text*."""
    lines = sum(1 + len(line) // LETTERS_A_NOTE_LINE for line in text.split("\n"))
    return Comment(make_writable(text), AUTHOR, height=NOTE_LINE_PX * (lines + 1), width=NOTE_WIDTH_PX)


def set_height(page: Worksheet, at: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make the row *at* high enough for its *texts*: not every program does on opening."""
    lines = max(
        sum(1 + len(line) // width for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    if lines > 1:
        page.row_dimensions[at].height = lines * LINE_PT


def set_print(page: Worksheet, *, heading_row: bool = True) -> None:
    """Let *page* be printed in landscape, as wide as the paper, with its first row on each sheet."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heading_row:
        page.print_title_rows = "1:1"
        page.row_dimensions[1].height = 34
