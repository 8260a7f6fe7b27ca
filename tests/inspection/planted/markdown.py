"""Write Markdown, and a Word file that gives its styles, for pandoc to make a Word file of both.

What Markdown cannot say (letterhead, title, signatures) stands in it as raw OOXML.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

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
    from collections.abc import Iterator
    from typing import Any

    from tests.inspection.planted.papers import Block, Paper, Regime

LOOKS: dict[Regime, Look] = {"nd30": Look("nd30", after_pt=6), "tt01": Look("tt01", right_mm=15, after_pt=10)}

BODY_STYLES = ("Body Text", "First Paragraph", "Compact")
LEFT_MM = 62

_LIST_MARK = re.compile(r"^(\d+|[a-zđ])([.)])")


def make_markdown(paper: Paper) -> str:
    """Return *paper* as Markdown with raw OOXML."""
    return "\n\n".join(_iter_parts(paper, LOOKS[paper.regime])) + "\n"


def _iter_parts(paper: Paper, look: Look) -> Iterator[str]:
    yield _raw(_letterhead(paper, look) + _title(paper, look))
    for basis in paper.bases:
        yield f"*{_escape(basis)}*" if look.basis_italic else _escape(basis)
    if paper.formula:
        yield _raw(_p(paper.formula, look.body_pt, bold=True))
    for block in paper.blocks:
        yield _grid(block, look) if isinstance(block, Grid) else _block(block)
    yield _raw(_end(paper, look))


def _escape(text: str) -> str:
    """Return *text* so that Markdown takes none of it for a list."""
    return _LIST_MARK.sub(r"\1\\\2", text)


def _block(block: Block) -> str:
    match block.role:
        case "body":
            lead = f"**{_escape(block.lead)}**" if block.lead else ""
            return lead + _escape(block.text)
        case "roman":
            return f"# {block.text}"
        case "arabic":
            return f"## {_escape(block.text)}"


def _raw(xml: str) -> str:
    return f"```{{=openxml}}\n{xml}\n```"


def make_reference(regime: Regime) -> bytes:
    """Return the Word file whose styles, page and page number pandoc takes."""
    look = LOOKS[regime]
    document = docx.Document()
    styles = document.styles
    existing = {style.name for style in styles}
    for name in BODY_STYLES:
        style = styles[name] if name in existing else styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _set_style(style, look.body_pt)
        form = style.paragraph_format
        form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(look.indent_mm)
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(look.after_pt), 1.0
    for level in (1, 2):
        style = styles[f"Heading {level}"]
        _set_style(style, look.body_pt)
        style.font.bold, style.font.color.rgb = True, RGBColor(0, 0, 0)
        form = style.paragraph_format
        form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(look.indent_mm)
        form.space_before, form.space_after = Pt(0), Pt(look.after_pt)
    _set_style(styles["Normal"], look.body_pt)
    _set_page(document, look)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_style(style: Any, size_pt: float) -> None:
    style.font.size = Pt(size_pt)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), FONT)


def _set_page(document: Any, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(look.top_mm), Mm(look.bottom_mm)
    section.left_margin, section.right_margin = Mm(look.left_mm), Mm(look.right_mm)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    is_header = look.number_place == "header"
    paragraph = (section.header if is_header else section.footer).paragraphs[0]
    first = section.first_page_header if is_header else section.first_page_footer
    first.is_linked_to_previous = False
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, look.number_align.upper())
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    size = f'<w:sz w:val="{round(look.page_number_pt * 2)}"/>'
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{size}</w:rPr><w:t>2</w:t></w:r>"))
    paragraph._p.append(field)


def _twips(length_mm: float) -> int:
    return round(length_mm / 25.4 * 1440)


def _p(
    text: str,
    size_pt: float,
    align: str = "center",
    *,
    bold: bool = False,
    italic: bool = False,
    before_pt: float = 0,
    after_pt: float = 0,
) -> str:
    letters = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    half = round(size_pt * 2)
    run = (
        f'<w:r><w:rPr>{letters}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr><w:t>{text}</w:t></w:r>'
    )
    spacing = (
        f'<w:spacing w:before="{before_pt * 20}" w:after="{after_pt * 20}" w:line="240" w:lineRule="auto"/>'
    )
    return f'<w:p><w:pPr>{spacing}<w:jc w:val="{align}"/></w:pPr>{run if text else ""}</w:p>'


def _rule(length_mm: float, room_mm: float) -> str:
    side = _twips((room_mm - length_mm) / 2)
    return (
        '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr><w:spacing '
        f'w:before="0" w:after="120" w:line="60" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _table(rows: list[list[str]], widths_mm: tuple[float, ...], *, ruled: bool = False) -> str:
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths_mm)
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths_mm, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if ruled else ""
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{borders}<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _grid(grid: Grid, look: Look) -> str:
    rows = [[_p(text, look.cell_pt, bold=not n) for text in row] for n, row in enumerate(grid.rows)]
    return _raw(_table(rows, tuple(float(share) for share in grid.shares), ruled=True) + _p("", look.body_pt))


def _letterhead(paper: Paper, look: Look) -> str:
    right_mm = look.width_mm - LEFT_MM
    names = "".join(_p(line, look.nation_pt) for line in paper.parent)
    names += _p(paper.issuer, look.nation_pt, bold=True) + _rule(issuer_rule_mm(look, paper), LEFT_MM)
    nation = _p(NATION, look.nation_pt, bold=True) + _p(MOTTO, look.motto_pt, bold=True)
    nation += _rule(motto_rule_mm(look, MOTTO), right_mm)
    number = _p(paper.number, look.number_pt)
    if paper.about:
        number += _p(" ".join(paper.about), look.about_pt, before_pt=6)
    date = _p(paper.place_and_date, look.motto_pt, italic=True)
    return _table([[names, nation], [number, date]], (LEFT_MM, right_mm)) + _p("", look.body_pt)


def _title(paper: Paper, look: Look) -> str:
    parts = ""
    if paper.title:
        parts += _p(paper.title, look.title_pt, bold=True) + _p(paper.subject, look.title_pt, bold=True)
        parts += _rule(title_rule_mm(look, paper), look.width_mm)
    if len(paper.addressees) == 1:
        parts += _p(f"{ADDRESS} {paper.addressees[0]}", look.body_pt, after_pt=6)
    elif paper.addressees:
        lines = (ADDRESS, *(f"- {line}" for line in paper.addressees))
        parts += "".join(_p(line, look.body_pt) for line in lines) + _p("", look.body_pt)
    if paper.authority:
        parts += _p(paper.authority, look.body_pt, bold=True, after_pt=6)
    return parts


def _end(paper: Paper, look: Look) -> str:
    recipients = _p(RECIPIENTS, look.label_pt, "left", bold=True, italic=True)
    recipients += "".join(_p(item, look.item_pt, "left") for item in paper.recipients)
    places = [
        "".join(_p(line, look.body_pt, bold=True) for line in (one.unit, *one.posts) if line)
        + _p(one.name, look.body_pt, bold=True, before_pt=60, after_pt=6)
        for one in paper.signatures
    ]
    match len(places):
        case 1:
            return _table([[recipients, *places]], (LEFT_MM, look.width_mm - LEFT_MM))
        case 2:
            return _table([places], (look.width_mm / 2,) * 2) + recipients
        case count:
            rows = [places[start : start + 3] for start in range(0, count, 3)]
            return _table(rows, (look.width_mm / 3,) * 3)
