"""Write a flat OpenDocument text (.fodt) as XML, for LibreOffice to make a Word file or a PDF file of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

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
    from collections.abc import Iterable, Iterator

    from tests.inspection.planted.papers import Paper, Regime, Signature

LOOKS: dict[Regime, Look] = {
    "nd30": Look("nd30", top_mm=25, left_mm=35, right_mm=20, spacing=("multiple", 1.1), indent_mm=10),
    "tt01": Look("tt01", top_mm=22, bottom_mm=22, left_mm=32, right_mm=18, spacing=("exact", 19)),
}

LEFT_MM = 60

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "draw": "drawing",
        "svg": "svg-compatible",
    }.items()
)


def make_flat(paper: Paper) -> bytes:
    """Return *paper* as a flat OpenDocument text."""
    look = LOOKS[paper.regime]
    automatic = "".join((*_iter_automatic(paper, look), _page_layout(look)))
    named = "".join(_iter_named(look))
    place = look.number_place
    number = f'<style:{place}><text:p text:style-name="SoTrang"><text:page-number/></text:p></style:{place}>'
    first = f"<style:{place}-first><text:p/></style:{place}-first>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls><style:font-face '
        f'style:name="{FONT}" svg:font-family="\'{FONT}\'"/></office:font-face-decls><office:styles>{named}'
        f"</office:styles><office:automatic-styles>{automatic}</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="pm1">{number}{first}</style:master-page>'
        f"</office:master-styles><office:body><office:text>{''.join(_iter_body(paper, look))}</office:text>"
        "</office:body></office:document>"
    ).encode()


def _page_layout(look: Look) -> str:
    """Return the page: its margins reach to header and footer, which take the rest of them."""
    header, footer = (look.number_place == "header"), (look.number_place == "footer")
    top, bottom = (10 if header else look.top_mm), (10 if footer else look.bottom_mm)
    return (
        f'<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="{WIDTH_MM}mm" '
        f'fo:page-height="{HEIGHT_MM}mm" style:print-orientation="portrait" fo:margin-top="{top}mm" '
        f'fo:margin-bottom="{bottom}mm" fo:margin-left="{look.left_mm}mm" fo:margin-right="{look.right_mm}mm"/>'
        + (_strip("header", look.top_mm - 10, "bottom") if header else "")
        + (_strip("footer", look.bottom_mm - 10, "top") if footer else "")
        + "</style:page-layout>"
    )


def _strip(name: str, height_mm: float, side: str) -> str:
    return (
        f'<style:{name}-style><style:header-footer-properties svg:height="{height_mm}mm" fo:margin-{side}="2mm" '
        f'style:dynamic-spacing="true"/></style:{name}-style>'
    )


def _letters(size_pt: float | None = None, *, bold: bool = False, italic: bool = False) -> str:
    size = f'fo:font-size="{size_pt}pt"' if size_pt else ""
    weight = ' fo:font-weight="bold"' if bold else ""
    slant = ' fo:font-style="italic"' if italic else ""
    return f"<style:text-properties {size}{weight}{slant}/>"


def _style(name: str, parent: str, paragraph: str, letters: str, *, family: str = "paragraph") -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    lines = f"<style:paragraph-properties {paragraph}/>" if paragraph else ""
    return f'<style:style style:name="{name}" style:family="{family}"{based}>{lines}{letters}</style:style>'


def _iter_named(look: Look) -> Iterator[str]:
    yield (
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name="'
        f'{FONT}" fo:font-size="{look.body_pt}pt" fo:language="vi" fo:country="VN"/></style:default-style>'
    )
    kind, value = look.spacing
    pitch = f"{round(value * 100)}%" if kind == "multiple" else f"{value}pt"
    yield _style("Standard", "", "", "")
    yield _style("Giua", "Standard", 'fo:text-align="center"', "")
    yield _style("DamGiua", "Giua", "", _letters(bold=True))
    yield _style(
        "NoiDung",
        "Standard",
        f'fo:text-align="justify" fo:text-indent="{look.indent_mm}mm" fo:margin-top="0pt" '
        f'fo:margin-bottom="{look.after_pt}pt" fo:line-height="{pitch}"',
        "",
    )
    yield _style("CanCu", "NoiDung", "", _letters(italic=True) if look.basis_italic else "")
    yield _style("Muc", "NoiDung", 'fo:keep-with-next="always"', _letters(bold=True))
    yield _style("SoTrang", "Standard", f'fo:text-align="{look.number_align}"', _letters(look.page_number_pt))


def _rule(name: str, length_mm: float, room_mm: float) -> str:
    side = (room_mm - length_mm) / 2
    return _style(
        name,
        "Standard",
        f'fo:margin-left="{side:.2f}mm" fo:margin-right="{side:.2f}mm" fo:border-bottom="0.75pt solid #000000" '
        'fo:border-left="none" fo:border-right="none" fo:border-top="none" fo:line-height="3pt" fo:margin-bottom="8pt" '
        'fo:padding="0mm"',
        "",
    )


def _iter_automatic(paper: Paper, look: Look) -> Iterator[str]:
    """Yield the styles that LibreOffice makes for direct formatting."""
    yield _style("P1", "Giua", "", _letters(look.nation_pt))
    yield _style("P2", "DamGiua", "", _letters(look.nation_pt))
    yield _style("P3", "DamGiua", "", _letters(look.motto_pt))
    yield _style("P4", "Giua", 'fo:margin-top="2pt"', _letters(look.number_pt))
    yield _style("P5", "Giua", 'fo:margin-top="6pt"', _letters(look.about_pt))
    yield _style("P6", "Giua", 'fo:margin-top="2pt"', _letters(look.motto_pt, italic=True))
    yield _style("P7", "DamGiua", "", _letters(look.title_pt))
    yield _style("P8", "DamGiua", 'fo:margin-bottom="6pt"', "")
    yield _style("P9", "Standard", "", _letters(look.label_pt, bold=True, italic=True))
    yield _style("P10", "Standard", "", _letters(look.item_pt))
    yield _style("P11", "Giua", "", _letters(look.cell_pt))
    yield _style("P12", "DamGiua", "", _letters(look.cell_pt))
    yield _style("P13", "Standard", 'fo:margin-left="40mm"', "")
    yield _style("P14", "Standard", 'fo:margin-left="60mm"', "")
    yield _style("P15", "DamGiua", 'fo:margin-top="18mm" fo:margin-bottom="3mm"', "")
    yield _style("T1", "", "", _letters(bold=True), family="text")
    yield _rule("R1", issuer_rule_mm(look, paper), LEFT_MM)
    yield _rule("R2", motto_rule_mm(look, MOTTO), look.width_mm - LEFT_MM)
    yield _rule("R3", title_rule_mm(look, paper), look.width_mm)
    for name, widths in _tables(paper, look).items():
        yield (
            f'<style:style style:name="{name}" style:family="table"><style:table-properties '
            f'style:width="{sum(widths)}mm" table:align="margins"/></style:style>'
        )
        for number, width in enumerate(widths):
            yield (
                f'<style:style style:name="{name}.{number}" style:family="table-column"><style:table-column-properties '
                f'style:column-width="{width:.3f}mm"/></style:style>'
            )
    yield (
        '<style:style style:name="Row" style:family="table-row"><style:table-row-properties '
        'fo:keep-together="always"/></style:style>'
    )
    for name, border in (("Bare", "none"), ("Ruled", "0.5pt solid #000000")):
        padding = "0mm" if name == "Bare" else "1mm"
        yield (
            f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
            f'fo:border="{border}" fo:padding="{padding}"/></style:style>'
        )


def _tables(paper: Paper, look: Look) -> dict[str, tuple[float, ...]]:
    """Return the widths of the columns of each table."""
    grids = [block.shares for block in paper.blocks if isinstance(block, Grid)]
    columns = 3 if len(paper.signatures) > 2 else 2
    return {
        "Head": (LEFT_MM, look.width_mm - LEFT_MM),
        "Sign": (look.width_mm / columns,) * columns,
        **{f"Grid{n}": tuple(s * look.width_mm / sum(grid) for s in grid) for n, grid in enumerate(grids)},
    }


def _p(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _table(name: str, widths: tuple[float, ...], rows: Iterable[Iterable[str]], cell: str = "Bare") -> str:
    columns = "".join(f'<table:table-column table:style-name="{name}.{n}"/>' for n in range(len(widths)))
    lines = "".join(
        '<table:table-row table:style-name="Row">'
        + "".join(
            f'<table:table-cell table:style-name="{cell}">{inside or "<text:p/>"}</table:table-cell>'
            for inside in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="{name}">{columns}{lines}</table:table>'


def _iter_body(paper: Paper, look: Look) -> Iterator[str]:
    tables = _tables(paper, look)
    names = "".join(_p("P1", line) for line in paper.parent) + _p("P2", paper.issuer) + _p("R1", "")
    about = (
        f'<text:p text:style-name="P5">{"<text:line-break/>".join(paper.about)}</text:p>'
        if paper.about
        else ""
    )
    date = _p("P6", paper.place_and_date) if paper.place_and_date else ""
    nation = _p("P2", NATION) + _p("P3", MOTTO) + _p("R2", "")
    yield _table("Head", tables["Head"], [(names, nation), (_p("P4", paper.number) + about, date)])
    yield _p("Standard", "")
    if paper.title:
        yield _p("P7", paper.title) + _p("P7", paper.subject) + _p("R3", "")
    if len(paper.addressees) == 1:
        yield _p("Giua", f"{ADDRESS} {paper.addressees[0]}") + _p("Standard", "")
    elif paper.addressees:
        yield _p("P13", ADDRESS)
        yield "".join(_p("P14", f"- {line}") for line in paper.addressees) + _p("Standard", "")
    if paper.authority:
        yield _p("P8", paper.authority)
    yield "".join(_p("CanCu", basis) for basis in paper.bases)
    if paper.formula:
        yield _p("P8", paper.formula)
    yield from _iter_blocks(paper, tables)
    yield from _iter_end(paper, tables)


def _iter_blocks(paper: Paper, tables: dict[str, tuple[float, ...]]) -> Iterator[str]:
    grids = 0
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = [
                [_p("P11" if number else "P12", text) for text in row]
                for number, row in enumerate(block.rows)
            ]
            yield _table(f"Grid{grids}", tables[f"Grid{grids}"], rows, "Ruled") + _p("Standard", "")
            grids += 1
        else:
            lead = f'<text:span text:style-name="T1">{escape(block.lead)}</text:span>' if block.lead else ""
            style = "NoiDung" if block.role == "body" else "Muc"
            yield f'<text:p text:style-name="{style}">{lead}{escape(block.text)}</text:p>'


def _iter_end(paper: Paper, tables: dict[str, tuple[float, ...]]) -> Iterator[str]:
    recipients = _p("P9", RECIPIENTS) + "".join(_p("P10", item) for item in paper.recipients)
    places = [_signature(one) for one in paper.signatures]
    match len(places):
        case 1:
            yield _table("Sign", tables["Sign"], [[recipients, *places]])
        case 2:
            yield _table("Sign", tables["Sign"], [places])
            yield recipients
        case count:
            yield _table("Sign", tables["Sign"], [places[start : start + 3] for start in range(0, count, 3)])


def _signature(signature: Signature) -> str:
    lines = [*([signature.unit] if signature.unit else []), *signature.posts]
    return "".join(_p("DamGiua", line) for line in lines) + _p("P15", signature.name)
