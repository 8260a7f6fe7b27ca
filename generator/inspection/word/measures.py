"""Attribute values of Word's XML come in; lengths, truth values and names of elements go out.

Lengths of WordprocessingML are twentieths of a point, or a number with its unit (ECMA-376 part 1, 22.9.2.14
and 22.9.2.15); those of DrawingML are English Metric Units; those of VML are lengths as in CSS.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

TWIP_MM = POINT_MM / 20
EMU_MM = 1 / 36_000
EMU_PT = 1 / 12_700

MOST_TWIPS = 31_680.0
"""Word's longest length, 22 inches; a longer one is cut."""

_UNITS_PT = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75}
_NUMBER = re.compile(r"\s*([+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}))\s*(pt|in|cm|mm|pc|pi|px)?\s*")
_OFF = frozenset(("0", "false", "off", "none"))


def read_value(parent: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """Return an attribute of the child *name* of *parent*, both of Word's namespace; None without one."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + attribute)


def is_on(element: etree._Element) -> bool:
    """Tell whether an on/off element is on: it is so without a value, too (ECMA-376 part 1, 17.17.4)."""
    return element.get(W + "val", "1") not in _OFF


def has_on(parent: etree._Element | None, name: str) -> bool:
    """Tell whether *parent* has an on/off child *name* that is on."""
    child = None if parent is None else parent.find(W + name)
    return child is not None and is_on(child)


def read_number(text: str | None) -> float | None:
    """Return a bare number; None where there is none or it is no number."""
    found = _NUMBER.fullmatch(text or "")
    return None if found is None or found[2] else float(found[1])


def read_whole(text: str | None) -> int | None:
    """Return a whole number of at most nine figures; None where there is none."""
    found = re.fullmatch(r"\s*([+-]?[0-9]{1,9})\s*", text or "")
    return int(found[1]) if found else None


def read_twips(text: str | None) -> float | None:
    """Return a length in twips, at most `MOST_TWIPS`; None where there is none or it is no length."""
    found = _NUMBER.fullmatch(text or "")
    if found is None:
        return None
    twips = float(found[1]) * (_UNITS_PT[found[2]] * 20 if found[2] else 1)
    return max(-MOST_TWIPS, min(MOST_TWIPS, twips))


def read_emu_mm(text: str | None) -> float:
    """Return a length of DrawingML in millimetres; 0 where there is none."""
    emus = read_whole(text)
    return 0.0 if emus is None else emus * EMU_MM


def read_css_mm(text: str | None, default_unit: str = "px") -> float | None:
    """Return a length of VML in millimetres; None where there is none or it is no length."""
    found = _NUMBER.fullmatch(text or "")
    if found is None:
        return None
    return float(found[1]) * _UNITS_PT[found[2] or default_unit] * POINT_MM
