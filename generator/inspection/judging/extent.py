"""An inspected file comes in; whether it surely fills more than one page goes out.

Word files do not say on which page a paragraph stands. What is counted here is less than what is printed:
words a little closer than Times New Roman has them, gaps once, tables and columns not at all.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.style import SINGLE
from generator.typeface import POINT_MM, text_width_mm

if TYPE_CHECKING:
    from generator.inspection.found import Found, Paragraph

NARROW = 0.95
"""Words may be set closer than Times New Roman has them, in italics or with kerning."""
LEAST_PT = 10.0
"""Size of letters where the file does not say."""


def is_surely_long(found: Found) -> bool:
    """Tell whether *found* has several pages: by its own word, or by the least room that its text needs."""
    if found.page_count is not None or not found.sheets:
        return (found.page_count or 0) > 1
    if found.has_page_break:
        return True
    sheet = found.sheets[0]
    sides = (sheet.margin_left_mm or 0) + (sheet.margin_right_mm or 0)
    ends = (sheet.margin_top_mm or 0) + (sheet.margin_bottom_mm or 0)
    width_pt, height_pt = (sheet.width_mm - sides) / POINT_MM, (sheet.height_mm - ends) / POINT_MM
    if width_pt <= 0 or height_pt <= 0:
        return False
    used_pt = gap_pt = 0.0
    for paragraph in found.paragraphs:
        if paragraph.row is None and paragraph.side is None:
            used_pt += max(gap_pt, paragraph.space_before_pt or 0) + _height_pt(paragraph, width_pt)
            gap_pt = paragraph.space_after_pt or 0
    return used_pt > height_pt


def _height_pt(paragraph: Paragraph, width_pt: float) -> float:
    size_pt = max((piece.look.size_pt or LEAST_PT for piece in paragraph.pieces), default=0.0)
    printed = "".join(letter for letter in paragraph.text if letter.isprintable())
    text_pt = text_width_mm(printed, size_pt) / POINT_MM * NARROW
    lines = max(1, math.ceil(text_pt / width_pt))
    return lines * _pitch_pt(paragraph, size_pt)


def _pitch_pt(paragraph: Paragraph, size_pt: float) -> float:
    single_pt, spacing = SINGLE * size_pt, paragraph.spacing
    if spacing is None:
        return single_pt
    match spacing.rule:
        case "exact":
            return spacing.value
        case "at_least":
            return max(spacing.value, single_pt)
        case "multiple":
            return spacing.value * single_pt
