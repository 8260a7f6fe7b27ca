"""The sections of a Word file come in with a rule of paper or margins; what was mended goes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.inspection.mending.package import W
from generator.inspection.mending.properties import get, put_child, set_attributes
from generator.layout import TWIP_MM

if TYPE_CHECKING:
    from generator.style import Page, Rule, Value

ROUNDING_MM = 0.02
"""A whole number of twips may miss a length in millimetres by this much."""

_UNITS_MM = {"": TWIP_MM, "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "pi": 25.4 / 6}
_LENGTH = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi|)")
"""ST_TwipsMeasure: twips, or a number with its unit."""


class Outcome(NamedTuple):
    """What became of a verdict."""

    changed: bool
    left: tuple[str, ...] = ()
    """Why something was left as it is; codes of the messages ``repair-left-…``."""


def mend_page(document: etree._Element, rule: Rule, page: Page, distance_mm: float) -> Outcome:
    """Bring one length of every section of *document* (``w:document``) into what *rule* permits.

    *distance_mm* is that of page numbers from the edge, for sections which say nothing of their margins.
    """
    name = rule.id.partition(".")[2]
    outcomes = [_mend_section(section, name, rule, page, distance_mm) for section in find_sections(document)]
    left = dict.fromkeys(why for outcome in outcomes for why in outcome.left)
    return Outcome(any(outcome.changed for outcome in outcomes), tuple(left))


def find_sections(document: etree._Element) -> list[etree._Element]:
    """Return the properties of all sections in order, not those that a tracked change keeps; never none."""
    found = [
        section
        for section in document.iter(f"{W}sectPr")
        if next(section.iterancestors(f"{W}sectPrChange"), None) is None
    ]
    body = document.find(f"{W}body")
    if not found and body is not None:
        found.append(etree.SubElement(body, f"{W}sectPr"))
    return found


def mm_to_twips(length_mm: float) -> int:
    """Return a length in twips, the nearest whole one."""
    return round(length_mm / TWIP_MM)


def is_tracked(section: etree._Element) -> bool:
    """Tell whether the properties of *section* were changed under tracking."""
    return section.find(f"{W}sectPrChange") is not None


def _mend_section(section: etree._Element, name: str, rule: Rule, page: Page, distance_mm: float) -> Outcome:
    if is_tracked(section):
        return Outcome(changed=False, left=("tracked-changes",))
    if name in ("width_mm", "height_mm"):
        return _mend_paper(section, name, rule, page)
    if name in _MARGINS:
        return _mend_margin(section, name, rule, page, distance_mm)
    return Outcome(changed=False, left=("landscape",) if name == "orientation" else ("unknown-rule",))


# --- paper --------------------------------------------------------------------------------------------


def _mend_paper(section: etree._Element, name: str, rule: Rule, page: Page) -> Outcome:
    """Set width or height; a sheet that lies on its side stays so, for the sake of its tables."""
    size = section.find(f"{W}pgSz")
    if size is None:
        size = put_child(section, "pgSz")
        values = {"w": mm_to_twips(page.width_mm), "h": mm_to_twips(page.height_mm)}
        return Outcome(set_attributes(size, values))
    width, height = read_mm(get(size, "w")), read_mm(get(size, "h"))
    is_landscape = width is not None and height is not None and width > height
    side = "w" if (name == "width_mm") is not is_landscape else "h"
    if _permits(rule, read_mm(get(size, side))):
        return Outcome(changed=False, left=("landscape",) if is_landscape else ())
    values_of_paper = {side: mm_to_twips(_number(rule.use)), "code": None}
    return Outcome(set_attributes(size, values_of_paper))


# --- margins ------------------------------------------------------------------------------------------

_MARGINS = {
    "margin_top_mm": "top",
    "margin_right_mm": "right",
    "margin_bottom_mm": "bottom",
    "margin_left_mm": "left",
}


def _mend_margin(section: etree._Element, name: str, rule: Rule, page: Page, distance_mm: float) -> Outcome:
    margins = section.find(f"{W}pgMar")
    if margins is None:
        margins = put_child(section, "pgMar")
        all_sides = {side: mm_to_twips(getattr(page, name)) for name, side in _MARGINS.items()}
        distance = mm_to_twips(distance_mm)
        return Outcome(
            set_attributes(margins, {**all_sides, "header": distance, "footer": distance, "gutter": 0})
        )
    side = _MARGINS[name]
    present = read_mm(get(margins, side))
    gutter = read_mm(get(margins, "gutter")) or 0.0
    if present is not None:
        present = present + gutter if side == "left" else abs(present)
    if _permits(rule, present):
        return Outcome(changed=False)
    values: dict[str, object] = {side: mm_to_twips(_number(rule.use))}
    if side == "left" and gutter:
        values["gutter"] = 0
    return Outcome(set_attributes(margins, values))


def read_mm(text: str | None) -> float | None:
    """Return a length of WordprocessingML in millimetres, or None when it is absent or no length."""
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _UNITS_MM[found[2]] if found else None


def _permits(rule: Rule, length_mm: float | None) -> bool:
    if length_mm is None:
        return False
    if rule.permitted:
        return any(abs(_number(value) - length_mm) <= ROUNDING_MM for value in rule.permitted)
    if rule.low is not None and rule.high is not None:
        return rule.low - ROUNDING_MM <= length_mm <= rule.high + ROUNDING_MM
    return True


def _number(value: Value) -> float:
    """Return a length of a style file; a rule of paper or margins has no other values."""
    if isinstance(value, tuple | dict):
        raise TypeError(value)
    return float(value)
