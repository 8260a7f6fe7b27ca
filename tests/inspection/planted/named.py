"""Make a Word file with python-docx whose whole look lies in named styles, as a careful clerk does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tests.inspection.planted.direct import ALIGN, keep_rows_whole
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
    from tests.inspection.planted.papers import Block, Paper, Regime, Signature

_SMALL = {"nation_pt": 12, "motto_pt": 13, "body_pt": 13, "page_number_pt": 13, "cell_pt": 12}
_WIDE = {"top_mm": 25, "bottom_mm": 25, "left_mm": 35, "right_mm": 15, "indent_mm": 10}

LOOKS: dict[Regime, Look] = {
    "nd30": Look("nd30", **_SMALL, **_WIDE, after_pt=8, spacing=("multiple", 1.15)),
    "tt01": Look("tt01", **_SMALL, **_WIDE, after_pt=6, spacing=("multiple", 1.5)),
}

LEFT_MM, RIGHT_MM, PADDING_MM = 64, 96, 1.9

ROOM_PT = 60
"""For the signature, as space before the name."""


def make_named(paper: Paper) -> bytes:
    """Return *paper* as a Word file; no run of it has a look of its own."""
    look = LOOKS[paper.regime]
    document = docx.Document()
    _add_styles(document, look)
    _set_page(document, look)
    _add_letterhead(document, paper, look)
    if paper.title:
        document.add_paragraph(paper.title, "Tên loại")
        document.add_paragraph(paper.subject, "Trích yếu")
        rule = document.add_paragraph(style="Đường kẻ")
        _indent_both(rule, (look.width_mm - title_rule_mm(look, paper)) / 2)
    _add_addressees(document, paper)
    if paper.authority:
        document.add_paragraph(paper.authority, "Dòng giữa")
    for basis in paper.bases:
        document.add_paragraph(basis, "Căn cứ")
    if paper.formula:
        document.add_paragraph(paper.formula, "Dòng giữa")
    for block in paper.blocks:
        if isinstance(block, Grid):
            _add_grid(document, block, look)
        else:
            _add_block(document, block)
    _add_end(document, paper, look)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_styles(document: Any, look: Look) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(look.body_pt)
    _set_font(normal)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    bold, italic = {"bold": True}, {"italic": True}
    for name, size_pt, align, letters in (
        ("Quốc hiệu", look.nation_pt, "center", bold),
        ("Tiêu ngữ", look.motto_pt, "center", bold),
        ("Chủ quản", look.nation_pt, "center", {}),
        ("Ban hành", look.nation_pt, "center", bold),
        ("Số ký hiệu", look.number_pt, "center", {}),
        ("Về việc", look.about_pt, "center", {}),
        ("Địa danh", look.motto_pt, "center", italic),
        ("Tên loại", look.title_pt, "center", bold),
        ("Trích yếu", look.title_pt, "center", bold),
        ("Đường kẻ", 2, "center", {}),
        ("Kính gửi", look.body_pt if look.regime == "nd30" else 14, "center", {}),
        ("Dòng giữa", look.body_pt, "center", bold),
        ("Nội dung", look.body_pt, "justify", {}),
        ("Chức vụ", look.body_pt, "center", bold),
        ("Họ tên", look.body_pt, "center", bold),
        ("Nơi nhận", look.label_pt, "left", {"bold": True, "italic": True}),
        ("Danh sách nơi nhận", look.item_pt, "left", {}),
        ("Ô bảng", look.cell_pt, "left", {}),
        ("Đầu bảng", look.cell_pt, "center", bold),
        ("Số trang", look.page_number_pt, look.number_align, {}),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(size_pt)
        style.paragraph_format.alignment = ALIGN[align]
        for attribute, value in letters.items():
            setattr(style.font, attribute, value)
    for name in ("Số ký hiệu", "Về việc", "Địa danh"):
        document.styles[name].paragraph_format.space_before = Pt(6)
    document.styles["Tên loại"].paragraph_format.space_before = Pt(18)
    document.styles["Họ tên"].paragraph_format.space_before = Pt(ROOM_PT)
    document.styles["Kính gửi"].paragraph_format.space_after = Pt(6)
    document.styles["Kính gửi"].paragraph_format.space_before = Pt(6)
    document.styles["Dòng giữa"].paragraph_format.space_after = Pt(6)
    _set_body(document, look)
    _set_rule(document.styles["Đường kẻ"])


def _set_font(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), FONT)


def _set_body(document: Any, look: Look) -> None:
    """Give the body's style its lines; what is based on it has them from there."""
    body = document.styles["Nội dung"]
    form = body.paragraph_format
    form.first_line_indent, form.space_after = Mm(look.indent_mm), Pt(look.after_pt)
    form.line_spacing = look.spacing[1]
    basis = document.styles.add_style("Căn cứ", WD_STYLE_TYPE.PARAGRAPH)
    basis.base_style = body
    basis.font.italic = look.basis_italic or None
    for level, capitals in ((1, True), (2, None)):
        heading = document.styles[f"Heading {level}"]
        heading.base_style = body
        heading.font.size, heading.font.bold = Pt(look.body_pt), True
        heading.font.all_caps = capitals
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before = Pt(0)
        heading.paragraph_format.space_after = Pt(look.after_pt)
        _set_font(heading)
    lead = document.styles.add_style("Điều", WD_STYLE_TYPE.CHARACTER)
    lead.font.bold = True


def _set_rule(style: Any) -> None:
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    form.space_after = Pt(9)
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _indent_both(paragraph: Any, each_mm: float) -> None:
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(each_mm)


def _set_page(document: Any, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(look.top_mm), Mm(look.bottom_mm)
    section.left_margin, section.right_margin = Mm(look.left_mm), Mm(look.right_mm)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    part = section.header if look.number_place == "header" else section.footer
    paragraph = part.paragraphs[0]
    paragraph.style = document.styles["Số trang"]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE \\* MERGEFORMAT ")
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>2</w:t></w:r>"))
    paragraph._p.append(field)


def _add_table(
    document: Any, widths_mm: tuple[float, ...], rows: int = 1, style: str = "Normal Table"
) -> Any:
    table = document.add_table(rows, len(widths_mm))
    table.style, table.autofit = style, False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return keep_rows_whole(table)


def _fill(cell: Any, *lines: tuple[str, str]) -> list[Any]:
    """Write lines, each with its style, into the empty *cell*; return their paragraphs."""
    text, style = lines[0]
    first = cell.paragraphs[0]
    first.style, first.text = style, text
    return [first, *(cell.add_paragraph(text, style) for text, style in lines[1:])]


def _add_letterhead(document: Any, paper: Paper, look: Look) -> None:
    table = _add_table(document, (LEFT_MM, RIGHT_MM), 2)
    (left, right), (below_left, below_right) = (row.cells for row in table.rows)
    parent = "\n".join(paper.parent)
    *_, rule = _fill(left, (parent, "Chủ quản"), (paper.issuer, "Ban hành"), ("", "Đường kẻ"))
    _indent_both(rule, (LEFT_MM - 2 * PADDING_MM - issuer_rule_mm(look, paper)) / 2)
    *_, rule = _fill(
        right, (NATION.replace("HÒA", "HOÀ"), "Quốc hiệu"), (MOTTO, "Tiêu ngữ"), ("", "Đường kẻ")
    )
    _indent_both(rule, (RIGHT_MM - 2 * PADDING_MM - motto_rule_mm(look, MOTTO)) / 2)
    about = [("\n".join(paper.about), "Về việc")] if paper.about else []
    _fill(below_left, (paper.number, "Số ký hiệu"), *about)
    _fill(below_right, (paper.place_and_date, "Địa danh"))


def _add_addressees(document: Any, paper: Paper) -> None:
    if len(paper.addressees) == 1:
        document.add_paragraph(f"{ADDRESS} {paper.addressees[0]}", "Kính gửi")
    elif paper.addressees:
        document.add_paragraph(f"{ADDRESS}", "Kính gửi")
        lines = "\n".join(f"- {line}" for line in paper.addressees)
        paragraph = document.add_paragraph(lines, "Kính gửi")
        paragraph.paragraph_format.alignment = ALIGN["left"]
        paragraph.paragraph_format.left_indent = Mm(66)


def _add_block(document: Any, block: Block) -> None:
    styles = {"body": "Nội dung", "roman": "Heading 1", "arabic": "Heading 2"}
    paragraph = document.add_paragraph(style=styles[block.role])
    if block.lead:
        paragraph.add_run(block.lead, "Điều")
    text = block.text
    if block.role == "roman":
        text = f"{block.label} {block.unnumbered.capitalize()}"  # the style makes the capitals
    paragraph.add_run(text)


def _add_grid(document: Any, grid: Grid, look: Look) -> None:
    table = _add_table(document, grid.shares, len(grid.rows), "Table Grid")
    for number, (row, words) in enumerate(zip(table.rows, grid.rows, strict=True)):
        for cell, text in zip(row.cells, words, strict=True):
            _fill(cell, (text, "Ô bảng" if number else "Đầu bảng"))
    document.add_paragraph(style="Đường kẻ").paragraph_format.space_after = Pt(0)
    document.paragraphs[-1].style = document.styles["Ô bảng"]


def _lines_of(signature: Signature) -> list[tuple[str, str]]:
    unit = [(signature.unit, "Chức vụ")] if signature.unit else []
    return [*unit, *((post, "Chức vụ") for post in signature.posts), (signature.name, "Họ tên")]


def _add_end(document: Any, paper: Paper, look: Look) -> None:
    label = (RECIPIENTS, "Nơi nhận")
    items = [(item, "Danh sách nơi nhận") for item in paper.recipients]
    match len(paper.signatures):
        case 1:
            left, right = _add_table(document, (70, 90)).rows[0].cells
            _fill(left, label, *items)
            _fill(right, *_lines_of(paper.signatures[0]))
        case 2:
            for cell, signature in zip(
                _add_table(document, (70, 90)).rows[0].cells, paper.signatures, strict=True
            ):
                _fill(cell, *_lines_of(signature))
            for text, style in (label, *items):
                document.add_paragraph(text, style)
        case count:
            table = _add_table(document, (look.width_mm / 2,) * 2, count // 2)
            for number, signature in enumerate(paper.signatures):
                _fill(table.cell(number // 2, number % 2), *_lines_of(signature), ("", "Chức vụ"))
