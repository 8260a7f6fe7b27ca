"""The bytes of any Word file come in; what it looks like goes out, whichever program wrote it.

Effective formatting is what ECMA-376 part 1, 17.7.2, makes of defaults, styles, lists and direct formatting.
Nothing is laid out: paragraphs stand on no page, and their lines are only measured where a rule below them
asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.inspection.found import Found, Paragraph, Spacing
from generator.inspection.word.body import BodyReader, group_by_flow
from generator.inspection.word.lists import Lists
from generator.inspection.word.measures import W, has_on
from generator.inspection.word.package import Package, number_paragraphs
from generator.inspection.word.pages import read_page_numbers, read_sections
from generator.inspection.word.rules import RuleFinder, find_indent_mm
from generator.inspection.word.specs import Theme
from generator.inspection.word.styles import Stylesheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from generator.inspection.word.body import Raw
    from generator.inspection.word.specs import ParagraphSpec

LINE_PT = 12.0
"""Height of a line in which Word counts spaces before and after paragraphs."""


def read_word(content: bytes) -> Found:
    """Return what the Word file *content* looks like.

    Paragraphs have the numbers that `word_package.iter_paragraphs` gives them; one of which tracked changes
    leave nothing is left out. Raises `InspectionError` (``file-not-readable-word``,
    ``file-old-word``, ``file-encrypted``, ``file-too-large``).
    """
    package = Package(content)
    styles = _read_styles(package)
    sections = read_sections(package)
    reader = BodyReader(styles, sections[0].column, number_paragraphs(package.body))
    reader.read(package.body, [section.column for section in sections])
    return Found(
        kind="docx",
        sheets=tuple(section.sheet for section in sections),
        paragraphs=_make_paragraphs(reader),
        page_numbers=read_page_numbers(package, sections, styles),
        page_count=None,
        is_signed=package.is_signed,
        has_page_break=_has_page_break(package.body),
        notes=tuple(sorted(reader.notes)),
    )


def _has_page_break(body: etree._Element) -> bool:
    """Tell whether *body* holds a break of pages, or the place of one as Word last laid it out.

    (ECMA-376, 17.3.3.1, 17.3.1.23, 17.3.3.13, 17.6.22.)
    """
    if any(one.get(f"{W}type") == "page" for one in body.iter(f"{W}br")):
        return True
    if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
        return True
    begun = list(body.iter(f"{W}p"))[1:]
    if any(has_on(one.find(f"{W}pPr"), "pageBreakBefore") for one in begun):
        return True
    kinds = [one.find(f"{W}type") for one in list(body.iter(f"{W}sectPr"))[1:]]
    return any(kind is None or kind.get(f"{W}val") != "continuous" for kind in kinds)


def _read_styles(package: Package) -> Stylesheet:
    theme = Theme(package.find_part("theme"))
    lists = Lists(package.find_part("numbering"), theme)
    return Stylesheet(package.find_part("styles"), theme, lists)


# --- paragraphs ---------------------------------------------------------------------------------------


def _make_paragraphs(reader: BodyReader) -> tuple[Paragraph, ...]:
    flows = group_by_flow(reader.raws)
    finder = RuleFinder(flows, reader.above, reader.anchors)
    paragraphs = [
        _make_paragraph(flow, place, finder) for flow in flows.values() for place in range(len(flow))
    ]
    return tuple(sorted(paragraphs, key=lambda paragraph: paragraph.index))


def _make_paragraph(flow: Sequence[Raw], place: int, finder: RuleFinder) -> Paragraph:
    raw = flow[place]
    before, after = _find_spaces(flow, place)
    return Paragraph(
        index=raw.index,
        pieces=tuple(raw.pieces),
        page=None,
        align=raw.spec.get("align", "left"),
        indent_first_mm=find_indent_mm(raw.spec, raw, "first"),
        indent_left_mm=find_indent_mm(raw.spec, raw, "left"),
        space_before_pt=before,
        space_after_pt=after,
        spacing=_find_spacing(raw.spec),
        side=raw.box.side,
        row=raw.box.row,
        in_ruled_table=raw.box.is_ruled,
        rule_below=finder.find_rule(flow, place),
        side_rules=finder.find_side_rules(raw),
    )


def _find_spaces(flow: Sequence[Raw], place: int) -> tuple[float | None, float | None]:
    """Return the space before and after a paragraph in points; None where Word chooses it (17.3.1.33)."""
    spec = flow[place].spec
    before = None if spec.get("before_is_auto") else _find_space(spec.get("before"), spec.get("before_lines"))
    after = None if spec.get("after_is_auto") else _find_space(spec.get("after"), spec.get("after_lines"))
    if spec.get("is_contextual"):
        if place > 0 and flow[place - 1].spec["style"] == spec["style"]:
            before = 0.0
        if place + 1 < len(flow) and flow[place + 1].spec["style"] == spec["style"]:
            after = 0.0
    return before, after


def _find_space(twips: float | None, lines: float | None) -> float:
    return lines * LINE_PT if lines else (twips or 0.0) / 20


def _find_spacing(spec: ParagraphSpec) -> Spacing:
    line = spec.get("line", 240.0)
    match spec.get("line_rule", "auto"):
        case "exact":
            return Spacing("exact", line / 20)
        case "atLeast":
            return Spacing("at_least", line / 20)
        case _:
            return Spacing("multiple", line / 240)
