"""Make a Word file from OOXML written as text, as other programs and old versions of Word write it.

Under nd30 the letterhead stands in two text boxes and its rules are drawings with a copy in VML; under tt01 it
is set with tabs and its rules are lines in VML. Fonts come from the theme, the numbers of headings from a list,
some words stand in content controls, and words are cut into runs in odd places.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.inspection.planted.looks import (
    FONT,
    Look,
    issuer_rule_mm,
    motto_rule_mm,
    title_rule_mm,
)
from tests.inspection.planted.papers import ADDRESS, MOTTO, NATION, RECIPIENTS, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.inspection.planted.papers import Block, Paper, Regime, Signature

LOOKS: dict[Regime, Look] = {
    "nd30": Look("nd30", top_mm=25, bottom_mm=20, left_mm=35, right_mm=20, before_pt=6, after_pt=0),
    "tt01": Look("tt01", right_mm=15, before_pt=6, after_pt=6, spacing=("multiple", 1.2), page_number_pt=13),
}

XMLNS = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w10": "urn:schemas-microsoft-com:office:word",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LEFT_MM, RIGHT_MM = 60, 98
"""Widths of the two text boxes."""


def make_raw(paper: Paper) -> bytes:
    """Return *paper* as a Word file."""
    look = LOOKS[paper.regime]
    place = look.number_place
    tag = "hdr" if place == "header" else "ftr"
    number = (
        f'<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr>{_run("", code="begin")}<w:r><w:instrText '
        f'xml:space="preserve"> PAGE   \\* MERGEFORMAT </w:instrText></w:r>{_run("", code="separate")}'
        f"{_run('2')}{_run('', code='end')}</w:p>"
    )
    parts = {
        "[Content_Types].xml": _content_types(place),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{HEAD}<w:document {XMLNS}><w:body>{_body(paper, look)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            ("theme", "theme/theme1.xml"),
            ("fontTable", "fontTable.xml"),
            (place, f"{place}1.xml"),
            (place, f"{place}2.xml"),
        ),
        "word/styles.xml": _styles(look),
        "word/numbering.xml": _numbering(look),
        "word/settings.xml": f'{HEAD}<w:settings {XMLNS}><w:defaultTabStop w:val="720"/></w:settings>',
        "word/fontTable.xml": f'{HEAD}<w:fonts {XMLNS}><w:font w:name="{FONT}"/></w:fonts>',
        "word/theme/theme1.xml": _theme(),
        f"word/{place}1.xml": f"{HEAD}<w:{tag} {XMLNS}>{number}</w:{tag}>",
        f"word/{place}2.xml": f"{HEAD}<w:{tag} {XMLNS}><w:p/></w:{tag}>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def _content_types(place: str) -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "fontTable": "fontTable",
        f"{place}1": place,
        f"{place}2": place,
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.wordprocessingml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{overrides}<Override PartName="/word/theme/theme1.xml" '
        f'ContentType="{TYPES}.theme+xml"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _theme() -> str:
    """Return a theme whose two fonts are the form's; Word's own colours, and no effects to speak of."""
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    named = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    values = [
        "000000",
        "FFFFFF",
        "1F497D",
        "EEECE1",
        "4F81BD",
        "C0504D",
        "9BBB59",
        "8064A2",
        "4BACC6",
        "F79646",
        "0000FF",
        "800080",
    ]
    colors = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in zip(named, values, strict=True)
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office Theme">'
        f'<a:themeElements><a:clrScheme name="Office">{colors}</a:clrScheme><a:fontScheme name="Công văn"><a:majorFont>'
        f'{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="Office">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>"
        f"{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _styles(look: Look) -> str:
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" '
        'w:eastAsiaTheme="minorHAnsi" w:cstheme="minorBidi"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang '
        'w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {XMLNS}>{defaults}{''.join(_iter_styles(look))}</w:styles>"


def _iter_styles(look: Look) -> Iterator[str]:
    bold, italic = "<w:b/>", "<w:i/>"
    centred = '<w:jc w:val="center"/>'
    kind, value = look.spacing
    line = (
        f'w:line="{round(value * 240)}" w:lineRule="auto"' if kind == "multiple" else f'w:line="{value * 20}"'
    )
    gap = f'<w:spacing w:before="{twips_pt(look.before_pt)}" w:after="{twips_pt(look.after_pt)}" {line}/>'
    body = f'{gap}<w:ind w:firstLine="{twips(look.indent_mm)}"/><w:jc w:val="both"/>'
    yield _style("Normal", "Normal", "", look.body_pt, "", is_default=True)
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" '
        'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield _style("CanGiua", "Căn giữa", centred, None, "")
    yield _style("DamGiua", "Đậm giữa", "", None, bold, base="CanGiua")
    yield _style("ThanVanBan", "Thân văn bản", body, None, "")
    slanting = italic if look.basis_italic else ""
    yield _style("CanCu", "Căn cứ ban hành", "", None, slanting, base="ThanVanBan")
    for level in (1, 2):
        numbered = f'<w:keepNext/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>{gap}<w:jc w:val="both"/>'
        yield _style(f"Heading{level}", f"heading {level}", numbered, None, bold)
    yield _style("NoiNhan", "Nơi nhận", "", look.label_pt, bold + italic)
    yield _style("DanhSach", "Danh sách nơi nhận", "", look.item_pt, "")
    yield _style("SoTrang", "Số trang", f'<w:jc w:val="{look.number_align}"/>', look.page_number_pt, "")


def _style(
    identity: str,
    name: str,
    paragraph: str,
    size_pt: float | None,
    letters: str,
    *,
    base: str = "Normal",
    is_default: bool = False,
) -> str:
    based = "" if is_default else f'<w:basedOn w:val="{base}"/>'
    default = ' w:default="1"' if is_default else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}{_size(size_pt)}</w:rPr></w:style>"
    )


def _numbering(look: Look) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" '
        f'w:firstLine="{twips(look.indent_mm)}"/></w:pPr></w:lvl>'
        for level, form in enumerate(("upperRoman", "decimal"))
    )
    return (
        f'{HEAD}<w:numbering {XMLNS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def twips(length_mm: float) -> int:
    """Return a length in twentieths of a point."""
    return round(length_mm / 25.4 * 1440)


def twips_pt(length_pt: float) -> int:
    """Return a length in twentieths of a point."""
    return round(length_pt * 20)


def _size(size_pt: float | None) -> str:
    half = round(size_pt * 2) if size_pt else 0
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""


def _run(text: str, letters: str = "", size_pt: float | None = None, *, code: str = "") -> str:
    inside = (
        f'<w:fldChar w:fldCharType="{code}"/>' if code else f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    )
    properties = f"<w:rPr>{letters}{_size(size_pt)}</w:rPr>" if letters or size_pt else ""
    return f"<w:r>{properties}{inside}</w:r>"


def _cut(text: str, letters: str = "", size_pt: float | None = None) -> str:
    """Return *text* in two runs cut within a word, with what Word leaves between them."""
    middle = len(text) // 2
    mark = '<w:proofErr w:type="spellStart"/>'
    return _run(text[:middle], letters, size_pt) + mark + _run(text[middle:], letters, size_pt)


def _paragraph(style: str, inside: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>'


def _control(inside: str, name: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def _body(paper: Paper, look: Look) -> str:
    letterhead = _boxed_letterhead if paper.regime == "nd30" else _tabbed_letterhead
    page = (
        f'<w:sectPr><w:{look.number_place}Reference w:type="default" r:id="rId6"/><w:{look.number_place}Reference '
        f'w:type="first" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(look.top_mm)}" '
        f'w:right="{twips(look.right_mm)}" w:bottom="{twips(look.bottom_mm)}" w:left="{twips(look.left_mm)}" '
        'w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return "".join((letterhead(paper, look), *_iter_middle(paper, look), *_iter_end(paper, look), page))


def _iter_middle(paper: Paper, look: Look) -> Iterator[str]:
    if paper.title:
        yield _paragraph("DamGiua", _run(paper.title, size_pt=look.title_pt))
        length_mm = title_rule_mm(look, paper)
        rule = _line(length_mm, (look.width_mm - length_mm) / 2, 7, vml_only=paper.regime == "tt01", number=3)
        yield _paragraph("DamGiua", rule + _cut(paper.subject, size_pt=look.title_pt))
        yield _paragraph("CanGiua", "")
    if len(paper.addressees) == 1:
        yield _paragraph("CanGiua", _run(f"{ADDRESS} {paper.addressees[0]}"))
    elif paper.addressees:
        yield _paragraph("Normal", _run(ADDRESS), f'<w:ind w:left="{twips(38)}"/>')
        for line in paper.addressees:
            yield _paragraph("Normal", _run(f"- {line}"), f'<w:ind w:left="{twips(58)}"/>')
    if paper.authority:
        yield _paragraph("DamGiua", _run(paper.authority))
    for basis in paper.bases:
        yield _paragraph("CanCu", _cut(basis))
    if paper.formula:
        yield _paragraph("DamGiua", _run(paper.formula), '<w:spacing w:before="120" w:after="60"/>')
    for block in paper.blocks:
        yield _grid(block, look) if isinstance(block, Grid) else _block(block)


def _block(block: Block) -> str:
    lead = _run(block.lead, "<w:b/>") if block.lead else ""
    match block.role:
        case "body":
            return _paragraph("ThanVanBan", lead + _cut(block.text))
        case "roman":
            return _paragraph("Heading1", _run(block.unnumbered))
        case "arabic":
            return _control(_paragraph("Heading2", _run(block.unnumbered)), "Tiêu đề")


def _grid(grid: Grid, look: Look) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{twips(share)}"/>' for share in grid.shares)
    rows = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(share)}" w:type="dxa"/></w:tcPr>'
            + _paragraph("CanGiua", _run(text, "" if number else "<w:b/>", look.cell_pt))
            + "</w:tc>"
            for text, share in zip(row, grid.shares, strict=True)
        )
        + "</w:tr>"
        for number, row in enumerate(grid.rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>'
        f"{columns}</w:tblGrid>{rows}</w:tbl>"
    )


# --- lines ----------------------------------------------------------------------------------------


def _emu(length_mm: float) -> int:
    return round(length_mm * 36000)


def _line(length_mm: float, left_mm: float, below_mm: float, *, vml_only: bool, number: int) -> str:
    """Return a run with a line, from *left_mm* of the column and *below_mm* of its paragraph's top."""
    start, end = left_mm / 25.4 * 72, (left_mm + length_mm) / 25.4 * 72
    down = below_mm / 25.4 * 72
    vml = (
        f'<w:pict><v:line id="duong{number}" style="position:absolute;z-index:{number};mso-position-horizontal-relative:'
        f'text;mso-position-vertical-relative:text" from="{start:.2f}pt,{down:.2f}pt" to="{end:.2f}pt,{down:.2f}pt" '
        'strokeweight=".75pt"/></w:pict>'
    )
    if vml_only:
        return f"<w:r>{vml}</w:r>"
    drawing = (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="{number}" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH '
        f'relativeFrom="column"><wp:posOffset>{_emu(left_mm)}</wp:posOffset></wp:positionH><wp:positionV '
        f'relativeFrom="paragraph"><wp:posOffset>{_emu(below_mm)}</wp:posOffset></wp:positionV><wp:extent '
        f'cx="{_emu(length_mm)}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{number}" '
        f'name="Straight Connector {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.'
        'microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" '
        f'y="0"/><a:ext cx="{_emu(length_mm)}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln '
        'w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{vml}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


# --- letterheads ----------------------------------------------------------------------------------


def _box(inside: str, width_mm: float, left_mm: float, height_mm: float, number: int) -> str:
    """Return a run with a text box, *left_mm* from the column's left edge, at its paragraph's top."""
    points = [length / 25.4 * 72 for length in (left_mm, width_mm, height_mm)]
    vml = (
        f'<w:pict><v:shape id="hop{number}" type="#_x0000_t202" style="position:absolute;margin-left:{points[0]:.1f}pt;'
        f'margin-top:0;width:{points[1]:.1f}pt;height:{points[2]:.1f}pt;z-index:{number}" stroked="f"><v:textbox '
        f'inset="0,0,0,0"><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>'
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos '
        f'x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>{_emu(left_mm)}</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent '
        f'cx="{_emu(width_mm)}" cy="{_emu(height_mm)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr '
        f'id="{number}" name="Text Box {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.'
        'microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off '
        f'x="0" y="0"/><a:ext cx="{_emu(width_mm)}" cy="{_emu(height_mm)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom><a:noFill/></wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr "
        'lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _boxed_letterhead(paper: Paper, look: Look) -> str:
    """Return two text boxes side by side, anchored in one empty paragraph, and room below them."""
    issuer_mm, motto_mm = issuer_rule_mm(look, paper), motto_rule_mm(look, MOTTO)
    after = '<w:spacing w:after="180"/>'
    left = [_paragraph("CanGiua", _run(line, size_pt=look.nation_pt)) for line in paper.parent]
    rule = _bordered(issuer_mm, LEFT_MM)
    left.append(_paragraph("DamGiua", _run(paper.issuer, size_pt=look.nation_pt)) + rule)
    left.append(_paragraph("CanGiua", _control(_run(paper.number, size_pt=look.number_pt), "Số")))
    if paper.about:
        lines = "<w:r><w:br/></w:r>".join(_run(line, size_pt=look.about_pt) for line in paper.about)
        left.append(_paragraph("CanGiua", lines, '<w:spacing w:before="120"/>'))
    right = [
        _paragraph("DamGiua", _run(NATION, size_pt=look.nation_pt)),
        _paragraph("DamGiua", _cut(MOTTO, size_pt=look.motto_pt)) + _bordered(motto_mm, RIGHT_MM),
    ]
    if paper.place_and_date:
        date = _control(_run(paper.place_and_date, "<w:i/>", look.motto_pt), "Ngày")
        right.append(_paragraph("CanGiua", date))
    shift_mm = (look.width_mm - LEFT_MM - RIGHT_MM) / 2
    boxes = _box("".join(left), LEFT_MM, shift_mm, 32, 11) + _box(
        "".join(right), RIGHT_MM, shift_mm + LEFT_MM, 32, 12
    )
    return _paragraph("Normal", boxes) + _paragraph("Normal", "", after) * (4 if paper.about else 3)


def _bordered(length_mm: float, room_mm: float) -> str:
    """Return a low empty paragraph with a border below it."""
    side = twips((room_mm - length_mm) / 2)
    return _paragraph(
        "Normal",
        "",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr><w:spacing w:after="100" w:line="60" '
        f'w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/>',
    )


def _tabbed_letterhead(paper: Paper, look: Look) -> str:
    """Return lines with two centred tabs: what stands left and right is one paragraph."""
    left_mm, right_mm = 28, 112
    tabs = (
        f'<w:tabs><w:tab w:val="center" w:pos="{twips(left_mm)}"/><w:tab w:val="center" w:pos="{twips(right_mm)}"/>'
        "</w:tabs>"
    )
    tab = "<w:r><w:tab/></w:r>"
    first = _run(paper.parent[0], size_pt=look.nation_pt)
    bold = "<w:b/>"
    motto_mm, issuer_mm = motto_rule_mm(look, MOTTO), issuer_rule_mm(look, paper)
    names = [*paper.parent[1:], paper.issuer]
    below = 6.3
    lines = [tab + first + tab + _run(NATION, bold, look.nation_pt)]
    motto_rule = _line(motto_mm, right_mm - motto_mm / 2, below, vml_only=True, number=1)
    issuer_rule = _line(issuer_mm, left_mm - issuer_mm / 2, below, vml_only=True, number=2)
    for number, name in enumerate(names):
        is_last = number == len(names) - 1
        line = tab + _run(name, bold if is_last else "", look.nation_pt)
        if not number:
            line += tab + _run(MOTTO, bold, look.motto_pt) + motto_rule
        lines.append(line + (issuer_rule if is_last else ""))
    lines.append("")
    date = tab + _run(paper.place_and_date, "<w:i/>", look.motto_pt) if paper.place_and_date else ""
    lines.append(tab + _run(paper.number, size_pt=look.number_pt) + date)
    lines += [tab + _run(line, size_pt=look.about_pt) for line in paper.about]
    return "".join(_paragraph("Normal", line, tabs) for line in lines) + _paragraph("Normal", "")


# --- the end --------------------------------------------------------------------------------------


def _iter_end(paper: Paper, look: Look) -> Iterator[str]:
    recipients = _recipients(paper) if paper.recipients else ""
    match len(paper.signatures):
        case 1:
            yield _table([[recipients, _signature(paper.signatures[0])]], (65, look.width_mm - 65))
        case 2:
            half = look.width_mm / 2
            yield _table([[_signature(one) for one in paper.signatures]], (half, half))
            yield recipients
        case count:
            columns = 3
            rows = [paper.signatures[start : start + columns] for start in range(0, count, columns)]
            widths = (look.width_mm / columns,) * columns
            yield _table([[_signature(one) for one in row] for row in rows], widths)
    yield _paragraph("Normal", "", '<w:spacing w:line="20" w:lineRule="exact"/>')


def _recipients(paper: Paper) -> str:
    items = "".join(_paragraph("DanhSach", _run(item)) for item in paper.recipients)
    return _control(_paragraph("NoiNhan", _run(RECIPIENTS)) + items, "Nơi nhận")


def _signature(signature: Signature) -> str:
    lines = [*([signature.unit] if signature.unit else []), *signature.posts]
    room = f'<w:spacing w:before="{twips_pt(56)}" w:after="160"/>'
    return "".join(_paragraph("DamGiua", _run(line)) for line in lines) + _paragraph(
        "DamGiua", _run(signature.name), room
    )


def _table(rows: list[list[str]], widths_mm: tuple[float, ...]) -> str:
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths_mm)
    cells = [
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{inside or "<w:p/>"}</w:tc>'
            for inside, width in zip(row, widths_mm, strict=True)
        )
        for row in rows
    ]
    lines = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in cells)
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        f"{columns}</w:tblGrid>{lines}</w:tbl>"
    )
