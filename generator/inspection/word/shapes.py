"""A drawing in a Word file comes in, in DrawingML or in the older VML; text boxes and drawn lines go out.

Places are in millimetres: from the left edge of the page, and from the top of the paragraph to which the
drawing is anchored. What a drawing does not say in these terms is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.inspection.word.measures import (
    EMU_PT,
    A,
    W,
    read_css_mm,
    read_emu_mm,
    read_number,
    read_whole,
)
from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that everybody gives it

LEAST_LINE_MM = 5.0
"""A shorter stroke is no rule."""
MOST_LINE_HEIGHT_MM = 1.5
"""A higher shape is no rule."""
MOST_RULE_PT = 6.0
MOST_GROUPS = 20
"""Groups within groups."""

TEXT_INSET_MM = 2.54
"""Between the edge of a text box and its text, on the left and on the right, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the paragraph stands to which a drawing is anchored, in millimetres."""

    page_width_mm: float
    margin_left_mm: float
    text_width_mm: float
    column_left_mm: float
    column_width_mm: float
    is_cell: bool = False
    """Whether it stands in a cell: there, what is counted from the page is so from it (20.4.2.3)."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A horizontal line."""

    length_mm: float
    thickness_pt: float | None
    left_mm: float | None = None
    top_mm: float | None = None
    is_from_cell: bool = False
    """Whether its top is counted from that of the cell in which it is anchored."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box; its width is that of its text."""

    content: etree._Element
    width_mm: float
    left_mm: float | None
    top_mm: float | None


class _Frame(NamedTuple):
    """A rectangle, in millimetres."""

    left: float
    top: float
    width: float
    height: float


def read_shapes(drawing: etree._Element, around: Surroundings) -> Iterator[DrawnLine | TextBox]:
    """Yield the lines and text boxes of a ``w:drawing``, ``w:pict`` or ``w:object``, in their order."""
    if drawing.tag == f"{W}drawing":
        for anchor in drawing.iterchildren(f"{WP}anchor", f"{WP}inline"):
            yield from _read_drawing(anchor, around)
    else:
        yield from _read_vml(drawing, around)


# --- DrawingML ----------------------------------------------------------------------------------------


def _read_drawing(anchor: etree._Element, around: Surroundings) -> Iterator[DrawnLine | TextBox]:
    properties, extent = anchor.find(f"{WP}docPr"), anchor.find(f"{WP}extent")
    if extent is None or (properties is not None and properties.get("hidden") in ("1", "true")):
        return
    width, height = read_emu_mm(extent.get("cx")), read_emu_mm(extent.get("cy"))
    in_cell = around.is_cell and anchor.get("layoutInCell", "1") not in ("0", "false")
    left = _read_left(anchor, width, around, in_cell=in_cell)
    top, is_from_cell = _read_top(anchor, in_cell=in_cell)
    for shape in anchor.iter(f"{WPS}wsp", f"{PIC}pic"):
        if _is_within_text_box(shape, anchor):
            continue
        frame = _frame_of(shape, _Frame(0.0, 0.0, width, height))
        shape_left = None if left is None else left + frame.left
        shape_top = None if top is None else top + frame.top
        content = shape.find(f"{WPS}txbx/{W}txbxContent")
        if content is not None:
            inset = _read_insets(shape)
            inner = None if shape_left is None else shape_left + inset
            yield TextBox(content, max(frame.width - 2 * inset, 1.0), inner, shape_top)
        elif _is_line(shape, frame):
            yield DrawnLine(frame.width, _thickness_of(shape, frame), shape_left, shape_top, is_from_cell)


def _is_within_text_box(shape: etree._Element, anchor: etree._Element) -> bool:
    """Tell whether a shape stands in the text of another one of the same drawing, and is read with it."""
    for ancestor in shape.iterancestors():
        if ancestor is anchor:
            return False
        if ancestor.tag == f"{W}txbxContent":
            return True
    return False


def _frame_of(shape: etree._Element, whole: _Frame) -> _Frame:
    """Return where a shape stands in its drawing: alone it is the drawing, in a group it has a scale."""
    groups = list(shape.iterancestors(f"{WPG}wgp", f"{WPG}grpSp"))[:MOST_GROUPS]
    own = shape.find(f"{WPS}spPr/{A}xfrm")
    if not groups or own is None:
        return whole
    frame = _Frame(*_read_pair(own, "off", "x", "y"), *_read_pair(own, "ext", "cx", "cy"))
    for group in groups:
        transform = group.find(f"{WPG}grpSpPr/{A}xfrm")
        if transform is None:
            continue
        outer = (0.0, 0.0) if group is groups[-1] else _read_pair(transform, "off", "x", "y")
        size, inner_size = (
            _read_pair(transform, "ext", "cx", "cy"),
            _read_pair(transform, "chExt", "cx", "cy"),
        )
        inner = _read_pair(transform, "chOff", "x", "y")
        scale_x = size[0] / inner_size[0] if inner_size[0] > 0 else 1.0
        scale_y = size[1] / inner_size[1] if inner_size[1] > 0 else 1.0
        frame = _Frame(
            outer[0] + (frame.left - inner[0]) * scale_x,
            outer[1] + (frame.top - inner[1]) * scale_y,
            frame.width * scale_x,
            frame.height * scale_y,
        )
    return frame


def _read_pair(transform: etree._Element, name: str, first: str, second: str) -> tuple[float, float]:
    child = transform.find(A + name)
    if child is None:
        return 0.0, 0.0
    return read_emu_mm(child.get(first)), read_emu_mm(child.get(second))


def _read_left(anchor: etree._Element, width: float, around: Surroundings, *, in_cell: bool) -> float | None:
    """Return the left edge on the page (ECMA-376 part 1, 20.4.2.10); of an inline drawing nothing is said."""
    position = next(anchor.iter(f"{WP}positionH"), None)
    if position is None:
        return None
    match "column" if in_cell else position.get("relativeFrom"):
        case "page":
            start, room = 0.0, around.page_width_mm
        case "column" | "character":
            start, room = around.column_left_mm, around.column_width_mm
        case "leftMargin":
            start, room = 0.0, around.margin_left_mm
        case "rightMargin":
            start = around.margin_left_mm + around.text_width_mm
            room = around.page_width_mm - start
        case _:
            start, room = around.margin_left_mm, around.text_width_mm
    offset, align = position.find(f"{WP}posOffset"), position.find(f"{WP}align")
    if align is not None:
        return _align_left((align.text or "").strip(), start, room, width)
    return None if offset is None else start + read_emu_mm(offset.text)


def _align_left(align: str, start: float, room: float, width: float) -> float:
    match align:
        case "center":
            return start + (room - width) / 2
        case "right" | "outside":
            return start + room - width
        case _:
            return start


def _read_top(anchor: etree._Element, *, in_cell: bool) -> tuple[float | None, bool]:
    """Return how far a drawing is below the top of its paragraph, or of its cell, if the second says so."""
    position = next(anchor.iter(f"{WP}positionV"), None)
    offset = None if position is None else position.find(f"{WP}posOffset")
    if position is None or offset is None:
        return None, False
    is_by_text = position.get("relativeFrom") in ("paragraph", "line")
    if not is_by_text and not in_cell:
        return None, False
    return read_emu_mm(offset.text), not is_by_text


def _read_insets(shape: etree._Element) -> float:
    body = shape.find(f"{WPS}bodyPr")
    if body is None or body.get("lIns") is None:
        return TEXT_INSET_MM
    return read_emu_mm(body.get("lIns"))


def _is_line(shape: etree._Element, frame: _Frame) -> bool:
    """Tell whether a shape is seen as a horizontal line: lines, connectors, and what is as flat."""
    if frame.width < LEAST_LINE_MM or frame.height > max(MOST_LINE_HEIGHT_MM, frame.width / 40):
        return False
    outline = shape.find(f"{WPS}spPr/{A}ln")
    fill = shape.find(f"{WPS}spPr/{A}solidFill")
    if outline is not None and outline.find(f"{A}noFill") is not None:
        return fill is not None and frame.height > 0
    return not _is_white(outline)


def _is_white(outline: etree._Element | None) -> bool:
    color = None if outline is None else outline.find(f"{A}solidFill/{A}srgbClr")
    return color is not None and color.get("val", "").upper() == "FFFFFF"


def _thickness_of(shape: etree._Element, frame: _Frame) -> float | None:
    outline = shape.find(f"{WPS}spPr/{A}ln")
    emus = None if outline is None else read_whole(outline.get("w"))
    if emus is not None:
        return emus * EMU_PT
    return frame.height / POINT_MM if frame.height > 0 and outline is None else None


# --- VML ----------------------------------------------------------------------------------------------

_VML_SHAPES = tuple(f"{V}{name}" for name in ("line", "shape", "rect", "roundrect", "polyline", "oval"))


def _read_vml(pict: etree._Element, around: Surroundings) -> Iterator[DrawnLine | TextBox]:
    for shape in pict.iter(*_VML_SHAPES):
        css = _read_css(shape)
        if _is_within_text_box(shape, pict) or css.get("visibility") == "hidden":
            continue
        frame, is_anchored = _vml_frame(shape, css, around)
        left = around.column_left_mm + frame.left if is_anchored else None
        align = css.get("mso-position-horizontal")
        if align in ("left", "center", "right"):
            relative = css.get("mso-position-horizontal-relative", "text")
            of_margin = relative in ("margin", "page") and not around.is_cell
            start = around.margin_left_mm if of_margin else around.column_left_mm
            room = around.text_width_mm if of_margin else around.column_width_mm
            left = _align_left(align, start, room, frame.width)
        is_by_text = css.get("mso-position-vertical-relative", "text") in ("text", "line")
        top = frame.top if is_anchored and is_by_text else None
        content = shape.find(f"{V}textbox/{W}txbxContent")
        if content is not None:
            inner = None if left is None else left + TEXT_INSET_MM
            yield TextBox(content, max(frame.width - 2 * TEXT_INSET_MM, 1.0), inner, top)
        elif _is_vml_line(shape, frame):
            yield DrawnLine(frame.width, _vml_thickness(shape, frame), left, top)


def _read_css(shape: etree._Element) -> Mapping[str, str]:
    pairs = (part.partition(":") for part in shape.get("style", "").split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _vml_frame(shape: etree._Element, css: Mapping[str, str], around: Surroundings) -> tuple[_Frame, bool]:
    """Return where a shape stands from its paragraph, and whether it is taken out of the line of text."""
    group = next(shape.iterancestors(f"{V}group"), None)
    if group is not None:
        return _frame_in_group(shape, css, group)
    is_anchored = css.get("position") in ("absolute", "relative")
    if shape.tag == f"{V}line":
        start, end = _read_point(shape.get("from")), _read_point(shape.get("to"))
        left, width = min(start[0], end[0]), abs(start[0] - end[0])
        shift = read_css_mm(css.get("margin-left")) or 0.0, read_css_mm(css.get("margin-top")) or 0.0
        top, height = min(start[1], end[1]), abs(start[1] - end[1])
        return _Frame(left + shift[0], top + shift[1], width, height), is_anchored
    width_mm = read_css_mm(css.get("width")) or 0.0
    if shape.get(f"{O}hr") in ("t", "true"):
        part = read_number(shape.get(f"{O}hrpct"))
        width_mm = width_mm or around.column_width_mm * (1.0 if part is None else min(part, 1000.0) / 1000)
    left_mm = read_css_mm(css.get("margin-left")) or read_css_mm(css.get("left")) or 0.0
    top_mm = read_css_mm(css.get("margin-top")) or read_css_mm(css.get("top")) or 0.0
    return _Frame(left_mm, top_mm, width_mm, read_css_mm(css.get("height")) or 0.0), is_anchored


def _frame_in_group(
    shape: etree._Element, css: Mapping[str, str], group: etree._Element
) -> tuple[_Frame, bool]:
    """Return where a shape stands whose group has units of its own, but not of a group in a group."""
    style = _read_css(group)
    size, origin = _read_units(group.get("coordsize")), _read_units(group.get("coordorigin"))
    scale_x = (read_css_mm(style.get("width")) or 0.0) / size[0] if size[0] else 0.0
    scale_y = (read_css_mm(style.get("height")) or 0.0) / size[1] if size[1] else 0.0
    if shape.tag == f"{V}line":
        start, end = _read_units(shape.get("from")), _read_units(shape.get("to"))
        left, top = min(start[0], end[0]), min(start[1], end[1])
        width, height = abs(start[0] - end[0]), abs(start[1] - end[1])
    else:
        left, top = read_number(css.get("left")) or 0.0, read_number(css.get("top")) or 0.0
        width, height = read_number(css.get("width")) or 0.0, read_number(css.get("height")) or 0.0
    frame = _Frame(
        (read_css_mm(style.get("margin-left")) or 0.0) + (left - origin[0]) * scale_x,
        (read_css_mm(style.get("margin-top")) or 0.0) + (top - origin[1]) * scale_y,
        width * scale_x,
        height * scale_y,
    )
    is_nested = next(group.iterancestors(f"{V}group"), None) is not None
    return frame, style.get("position") == "absolute" and not is_nested


def _read_point(text: str | None) -> tuple[float, float]:
    first, _, second = (text or "").partition(",")
    return read_css_mm(first) or 0.0, read_css_mm(second) or 0.0


def _read_units(text: str | None) -> tuple[float, float]:
    first, _, second = (text or "").partition(",")
    return read_number(first) or 0.0, read_number(second) or 0.0


def _is_vml_line(shape: etree._Element, frame: _Frame) -> bool:
    if frame.width < LEAST_LINE_MM or frame.height > max(MOST_LINE_HEIGHT_MM, frame.width / 40):
        return False
    if shape.find(f"{V}imagedata") is not None:
        return True
    return shape.get(f"{O}hr") is not None or shape.get("stroked") not in ("f", "false", "0")


def _vml_thickness(shape: etree._Element, frame: _Frame) -> float | None:
    if shape.get(f"{O}hr") is not None:
        return min(frame.height / POINT_MM, MOST_RULE_PT) if frame.height > 0 else None
    weight = read_css_mm(shape.get("strokeweight"), default_unit="px")
    return 0.75 if weight is None else weight / POINT_MM
