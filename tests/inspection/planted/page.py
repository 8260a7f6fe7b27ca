"""Write a paper as HTML with CSS by hand, for Chromium to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.inspection.planted.looks import FONT, Look, issuer_rule_mm, motto_rule_mm, title_rule_mm
from tests.inspection.planted.papers import ADDRESS, MOTTO, NATION, RECIPIENTS, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.inspection.planted.papers import Paper, Regime, Signature

LOOKS: dict[Regime, Look] = {
    "nd30": Look("nd30", left_mm=33, right_mm=17, spacing=("exact", 18)),
    "tt01": Look("tt01", spacing=("exact", 17)),
}

LEFT_MM = 60


def make_page(paper: Paper) -> bytes:
    """Return *paper* as a page of HTML, in UTF-8."""
    look = LOOKS[paper.regime]
    body = "\n".join(_iter_body(paper, look))
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(paper.subject)}</title>\n'
        f"<style>\n{_css(paper, look)}</style></head>\n<body>\n{body}\n</body></html>\n"
    ).encode()


def _css(paper: Paper, look: Look) -> str:
    place = "top-center" if look.number_place == "header" else "bottom-right"
    slant = "italic" if look.basis_italic else "normal"
    number = f"font: {look.page_number_pt}pt '{FONT}'; vertical-align: middle"
    return f"""@page {{
  size: 210mm 297mm;
  margin: {look.top_mm}mm {look.right_mm}mm {look.bottom_mm}mm {look.left_mm}mm;
  @{place} {{ content: counter(page); {number}; }}
}}
@page :first {{ @{place} {{ content: none; }} }}
* {{ margin: 0; padding: 0; color: #000; }}
body {{ font: {look.body_pt}pt/{look.spacing[1]}pt "{FONT}"; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; break-inside: avoid; }}
td {{ vertical-align: top; }}
.head td {{ text-align: center; }}
.nation, .issuer {{ font-size: {look.nation_pt}pt; font-weight: bold; }}
.parent {{ font-size: {look.nation_pt}pt; }}
.motto {{ font-size: {look.motto_pt}pt; font-weight: bold; }}
.number {{ font-size: {look.number_pt}pt; margin-top: 8pt; }}
.about {{ font-size: {look.about_pt}pt; margin-top: 6pt; line-height: 15pt; }}
.date {{ font-size: {look.motto_pt}pt; font-style: italic; margin-top: 8pt; }}
.rule {{ border-bottom: 0.75pt solid #000; margin: 2pt auto 0; }}
.rule.issuer-rule {{ width: {issuer_rule_mm(look, paper):.2f}mm; }}
.rule.motto-rule {{ width: {motto_rule_mm(look, MOTTO):.2f}mm; }}
.rule.title-rule {{ width: {title_rule_mm(look, paper):.2f}mm; margin-bottom: 10pt; }}
h1, h2 {{ font-size: {look.title_pt}pt; text-align: center; }}
h1 {{ margin-top: 18pt; }}
.centred {{ text-align: center; margin-bottom: 6pt; }}
.to {{ margin: 12pt 0 12pt 40mm; }} .to ul {{ list-style: none; margin-left: 20mm; }}
p, h3, h4 {{ text-align: justify; text-indent: {look.indent_mm}mm; margin-bottom: {look.after_pt}pt; }}
h3, h4 {{ font-size: inherit; break-after: avoid; }}
.basis {{ font-style: {slant}; }}
.grid {{ margin-bottom: 9pt; }}
.grid td {{ border: 0.5pt solid #000; font-size: {look.cell_pt}pt; text-align: center; }}
.grid tr:first-child {{ font-weight: bold; }}
.end {{ margin-top: 8pt; }}
.sign {{ text-align: center; font-weight: bold; }}
.sign .name {{ margin: 60pt 0 10pt; }}
.label {{ font-size: {look.label_pt}pt; line-height: 15pt; font-weight: bold; font-style: italic; }}
.item {{ font-size: {look.item_pt}pt; line-height: 14pt; }}
"""


def _tag(name: str, text: str, css: str = "") -> str:
    chosen = f' class="{css}"' if css else ""
    return f"<{name}{chosen}>{escape(text, quote=False)}</{name}>"


def _iter_body(paper: Paper, look: Look) -> Iterator[str]:
    yield _letterhead(paper)
    if paper.title:
        yield _tag("h1", paper.title) + _tag("h2", paper.subject) + _tag("div", "", "rule title-rule")
    if len(paper.addressees) == 1:
        yield _tag("div", f"{ADDRESS} {paper.addressees[0]}", "centred")
    elif paper.addressees:
        items = "".join(_tag("li", f"- {line}") for line in paper.addressees)
        yield f'<div class="to">{ADDRESS}<ul>{items}</ul></div>'
    if paper.authority:
        yield f'<div class="centred"><b>{escape(paper.authority)}</b></div>'
    for basis in paper.bases:
        yield _tag("p", basis, "basis")
    if paper.formula:
        yield f'<div class="centred"><b>{escape(paper.formula)}</b></div>'
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = "".join(f"<tr>{''.join(_tag('td', text) for text in row)}</tr>" for row in block.rows)
            widths = "".join(f'<col style="width: {share}mm">' for share in block.shares)
            yield f'<table class="grid"><colgroup>{widths}</colgroup>{rows}</table>'
        else:
            name = {"body": "p", "roman": "h3", "arabic": "h4"}[block.role]
            lead = _tag("b", block.lead) if block.lead else ""
            yield f"<{name}>{lead}{escape(block.text, quote=False)}</{name}>"
    yield _end(paper, look)


def _letterhead(paper: Paper) -> str:
    names = "".join(_tag("div", line, "parent") for line in paper.parent) + _tag(
        "div", paper.issuer, "issuer"
    )
    names += _tag("div", "", "rule issuer-rule") + _tag("div", paper.number, "number")
    if paper.about:
        names += f'<div class="about">{"<br>".join(paper.about)}</div>'
    nation = _tag("div", NATION, "nation") + _tag("div", MOTTO, "motto") + _tag("div", "", "rule motto-rule")
    if paper.place_and_date:
        nation += _tag("div", paper.place_and_date, "date")
    return (
        f'<table class="head"><colgroup><col style="width: {LEFT_MM}mm"><col></colgroup><tr><td>{names}</td>'
        f"<td>{nation}</td></tr></table>"
    )


def _end(paper: Paper, look: Look) -> str:
    recipients = _tag("div", RECIPIENTS, "label") + "".join(
        _tag("div", item, "item") for item in paper.recipients
    )
    places = [f'<td class="sign">{_signature(one)}</td>' for one in paper.signatures]
    match len(places):
        case 1:
            return f'<table class="end"><tr><td>{recipients}</td>{places[0]}</tr></table>'
        case 2:
            return f'<table class="end"><tr>{"".join(places)}</tr></table>{recipients}'
        case count:
            rows = "".join(f"<tr>{''.join(places[start : start + 3])}</tr>" for start in range(0, count, 3))
            return f'<table class="end">{rows}</table>'


def _signature(signature: Signature) -> str:
    lines = [*([signature.unit] if signature.unit else []), *signature.posts]
    return "".join(_tag("div", line) for line in lines) + _tag("div", signature.name, "name")
