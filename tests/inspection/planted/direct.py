"""Make a Word file with python-docx on its own template, everything set by hand, as most clerks do."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.inspection.planted.looks import (
    FONT,
    HEIGHT_MM,
    WIDTH_MM,
    Look,
    issuer_rule_mm,
    motto_rule_mm,
    title_rule_mm,
)
from tests.inspection.planted.papers import ADDRESS, MOTTO, NATION, RECIPIENTS, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.inspection.planted.papers import Block, Paper, Regime, Signature

LOOKS: dict[Regime, Look] = {"nd30": Look("nd30"), "tt01": Look("tt01", spacing=("exact", 18))}

LEFT_MM, RIGHT_MM = 62, 98
"""Sides of the letterhead and of the signatures."""

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Letters:
    """How a run looks."""

    size_pt: float
    bold: bool = False
    italic: bool = False


def make_direct(paper: Paper) -> bytes:
    """Return *paper* as a Word file."""
    look = LOOKS[paper.regime]
    document = docx.Document()
    _set_page(document, look)
    _add_page_number(document.sections[0], look)
    _add_letterhead(document, paper, look)
    if paper.title:
        _add_title(document, paper, look)
    _add_addressees(document, paper, look)
    _add_bases(document, paper, look)
    for block in paper.blocks:
        if isinstance(block, Grid):
            _add_grid(document, block, look)
        else:
            _add_block(document, block, look)
    _add_end(document, paper, look)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(look.top_mm), Mm(look.bottom_mm)
    section.left_margin, section.right_margin = Mm(look.left_mm), Mm(look.right_mm)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _add_page_number(section: Any, look: Look) -> None:
    is_header = look.number_place == "header"
    part = section.header if is_header else section.footer
    paragraph = part.paragraphs[0]
    paragraph.alignment = ALIGN[look.number_align]
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("2", "2"), ("end", "")):
        run = _add_run(paragraph, text if kind == "2" else "", Letters(look.page_number_pt))
        if text == " PAGE ":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        elif kind != "2":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
    first = section.first_page_header if is_header else section.first_page_footer
    first.is_linked_to_previous = False


def _add_run(paragraph: Any, text: str, letters: Letters) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(letters.size_pt), letters.bold, letters.italic
    run.font.name = FONT
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), FONT)
    return run


def _set(paragraph: Any, align: str, *, after_pt: float = 0, first_mm: float = 0) -> Any:
    paragraph.alignment = ALIGN[align]
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.first_line_indent = Pt(0), Pt(after_pt), Mm(first_mm)
    form.line_spacing = 1.0
    return paragraph


def _write(paragraph: Any, text: str, letters: Letters, align: str = "center") -> Any:
    _set(paragraph, align)
    _add_run(paragraph, text, letters)
    return paragraph


def _draw_rule(paragraph: Any, length_mm: float, room_mm: float) -> None:
    """Make *paragraph* a low empty line with a border below it, *length_mm* long in the middle of *room_mm*."""
    _set(paragraph, "left")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((room_mm - length_mm) / 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _add_table(document: Any, rows: int, widths_mm: Sequence[float], *, ruled: bool = False) -> Any:
    table = document.add_table(rows, len(widths_mm))
    table.style = "Table Grid" if ruled else "Normal Table"
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    if not ruled:
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))
        layout.addnext(margins)
    return table


def _add_letterhead(document: Any, paper: Paper, look: Look) -> None:
    table = _add_table(document, 2, (LEFT_MM, RIGHT_MM))
    left, right = table.rows[0].cells
    names, bold = Letters(look.nation_pt), Letters(look.nation_pt, bold=True)
    _write(left.paragraphs[0], paper.parent[0], names)
    for line in paper.parent[1:]:
        _write(left.add_paragraph(), line, names)
    _write(left.add_paragraph(), paper.issuer, bold)
    _draw_rule(left.add_paragraph(), issuer_rule_mm(look, paper), LEFT_MM)
    _write(right.paragraphs[0], NATION, bold)
    _write(right.add_paragraph(), MOTTO, Letters(look.motto_pt, bold=True))
    _draw_rule(right.add_paragraph(), motto_rule_mm(look, MOTTO), RIGHT_MM)
    left, right = table.rows[1].cells
    _write(left.paragraphs[0], paper.number, Letters(look.number_pt)).paragraph_format.space_before = Pt(6)
    for line in paper.about:
        _write(left.add_paragraph(), line, Letters(look.about_pt))
    if paper.about:
        left.paragraphs[1].paragraph_format.space_before = Pt(6)
    if paper.place_and_date:
        date = _write(right.paragraphs[0], paper.place_and_date, Letters(look.motto_pt, italic=True))
        date.paragraph_format.space_before = Pt(6)
    _write(document.add_paragraph(), "", Letters(look.body_pt))


def _add_title(document: Any, paper: Paper, look: Look) -> None:
    letters = Letters(look.title_pt, bold=True)
    _write(document.add_paragraph(), paper.title, letters)
    _write(document.add_paragraph(), paper.subject, letters)
    _draw_rule(document.add_paragraph(), title_rule_mm(look, paper), look.width_mm)
    _write(document.add_paragraph(), "", Letters(look.body_pt))


def _add_addressees(document: Any, paper: Paper, look: Look) -> None:
    letters = Letters(look.body_pt)
    if len(paper.addressees) == 1:
        _write(document.add_paragraph(), f"{ADDRESS} {paper.addressees[0]}", letters)
    elif paper.addressees:
        for text, left_mm in ((ADDRESS, 35), *((f"- {line}", 56) for line in paper.addressees)):
            _write(document.add_paragraph(), text, letters, "left").paragraph_format.left_indent = Mm(left_mm)
    if paper.addressees:
        _write(document.add_paragraph(), "", letters)


def _add_bases(document: Any, paper: Paper, look: Look) -> None:
    bold = Letters(look.body_pt, bold=True)
    if paper.authority:
        _write(document.add_paragraph(), paper.authority, bold).paragraph_format.space_after = Pt(6)
    for basis in paper.bases:
        paragraph = document.add_paragraph()
        _add_run(paragraph, basis, Letters(look.body_pt, italic=look.basis_italic))
        _set_body(paragraph, look)
    if paper.formula:
        _write(document.add_paragraph(), paper.formula, bold).paragraph_format.space_after = Pt(6)


def _set_body(paragraph: Any, look: Look) -> None:
    _set(paragraph, "justify", after_pt=look.after_pt, first_mm=look.indent_mm)
    kind, value = look.spacing
    paragraph.paragraph_format.line_spacing = value if kind == "multiple" else Pt(value)


def _add_block(document: Any, block: Block, look: Look) -> None:
    paragraph = document.add_paragraph()
    if block.lead:
        _add_run(paragraph, block.lead, Letters(look.body_pt, bold=True))
    _add_run(paragraph, block.text, Letters(look.body_pt, bold=block.role != "body"))
    _set_body(paragraph, look)
    if block.role != "body":
        paragraph.paragraph_format.keep_with_next = True


def _add_grid(document: Any, grid: Grid, look: Look) -> None:
    table = _add_table(document, len(grid.rows), grid.shares, ruled=True)
    for number, (row, words) in enumerate(zip(table.rows, grid.rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            align = "left" if number and column == 1 else "center"
            _write(cell.paragraphs[0], text, Letters(look.cell_pt, bold=number == 0), align)
    _write(document.add_paragraph(), "", Letters(look.body_pt))


def keep_rows_whole(table: Any) -> Any:
    """Let no row of *table* stand on two pages; return it."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _add_end(document: Any, paper: Paper, look: Look) -> None:
    match len(paper.signatures):
        case 1:
            table = keep_rows_whole(_add_table(document, 1, (LEFT_MM + 8, RIGHT_MM - 8)))
            left, right = table.rows[0].cells
            _add_recipients(left, paper, look)
            _add_signature(right, paper.signatures[0], look)
        case 2:
            table = keep_rows_whole(_add_table(document, 1, (LEFT_MM + 8, RIGHT_MM - 8)))
            for cell, signature in zip(table.rows[0].cells, paper.signatures, strict=True):
                _add_signature(cell, signature, look)
            _add_recipients(document, paper, look)
        case count:
            table = keep_rows_whole(_add_table(document, count // 3, (look.width_mm / 3,) * 3))
            for number, signature in enumerate(paper.signatures):
                _add_signature(table.cell(number // 3, number % 3), signature, look)
                _write(table.cell(number // 3, number % 3).add_paragraph(), "", Letters(look.body_pt))


def _add_recipients(place: Any, paper: Paper, look: Look) -> None:
    first = place.paragraphs[0] if hasattr(place, "merge") else place.add_paragraph()
    _write(first, RECIPIENTS, Letters(look.label_pt, bold=True, italic=True), "left")
    for item in paper.recipients:
        _write(place.add_paragraph(), item, Letters(look.item_pt), "left")


def _add_signature(cell: Any, signature: Signature, look: Look) -> None:
    letters = Letters(look.body_pt, bold=True)
    lines = [*([signature.unit] if signature.unit else []), *signature.posts, "", "", "", "", signature.name]
    _write(cell.paragraphs[0], lines[0], letters)
    for line in lines[1:]:
        _write(cell.add_paragraph(), line, letters)
