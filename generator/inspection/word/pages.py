"""The sections of a Word file come in; its sheets, and the places of its page numbers, go out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from generator.inspection.found import PageNumber, Sheet
from generator.inspection.word.body import BodyReader, Column, PageField, iter_tab_stops
from generator.inspection.word.measures import TWIP_MM, R, W, has_on, read_twips, read_whole
from generator.inspection.word.styles import make_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from generator.inspection.found import Align
    from generator.inspection.word.body import Raw
    from generator.inspection.word.package import Package
    from generator.inspection.word.styles import Stylesheet

LETTER_TWIPS = (12240.0, 15840.0)
"""The paper that Word takes where a file names none."""

DEFAULT_MARGIN_MM = 25.4
"""For measuring only, where a file names no margins."""

Place = Literal["header", "footer"]
Which = Literal["default", "first", "even"]

_LONE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*")
"""A number that somebody typed, with the dashes that some put around it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its paper and which parts stand at the head and the foot of its pages."""

    sheet: Sheet
    column: Column
    parts: dict[tuple[Place, Which], str]
    """Names of parts, those of the section before it where it names none itself (17.10.1)."""
    has_first: bool
    """Whether its first page has a head and a foot of its own."""


def read_sections(package: Package) -> list[Section]:
    """Return the sections in their order; a body without one has Word's defaults."""
    settings = package.find_part("settings")
    gutter_at_top = has_on(settings, "gutterAtTop")
    sections: list[Section] = []
    for element in _iter_sections(package.body):
        inherited = sections[-1].parts if sections else {}
        sections.append(_read_section(element, inherited, package, gutter_at_top=gutter_at_top))
    return sections or [_read_section(None, {}, package, gutter_at_top=False)]


def _iter_sections(body: etree._Element) -> Iterator[etree._Element]:
    for element in body.iter(f"{W}sectPr"):
        parent = element.getparent()
        if parent is body or (parent is not None and parent.tag == f"{W}pPr"):
            yield element


def _read_section(
    element: etree._Element | None,
    inherited: dict[tuple[Place, Which], str],
    package: Package,
    *,
    gutter_at_top: bool,
) -> Section:
    parts = dict(inherited)
    for place, name in (("header", "headerReference"), ("footer", "footerReference")):
        for reference in () if element is None else element.iterchildren(W + name):
            target = package.targets.get(reference.get(f"{R}id", ""))
            which = reference.get(f"{W}type", "default")
            if target is not None and which in ("default", "first", "even"):
                parts[_PLACES[place], _WHICH[which]] = target
    sheet = _read_sheet(element, gutter_at_top=gutter_at_top)
    return Section(sheet, _read_column(element, sheet), parts, has_on(element, "titlePg"))


_PLACES: dict[str, Place] = {"header": "header", "footer": "footer"}
_WHICH: dict[str, Which] = {"default": "default", "first": "first", "even": "even"}


def _read_sheet(element: etree._Element | None, *, gutter_at_top: bool) -> Sheet:
    size = None if element is None else element.find(f"{W}pgSz")
    margins = None if element is None else element.find(f"{W}pgMar")
    width = 0.0 if size is None else read_twips(size.get(f"{W}w")) or 0.0
    height = 0.0 if size is None else read_twips(size.get(f"{W}h")) or 0.0
    gutter = 0.0 if margins is None else max(read_twips(margins.get(f"{W}gutter")) or 0.0, 0.0)

    def margin(name: str, add: float = 0.0) -> float | None:
        twips = None if margins is None else read_twips(margins.get(W + name))
        return None if twips is None else (abs(twips) + add) * TWIP_MM

    return Sheet(
        width_mm=(width if width > 0 else LETTER_TWIPS[0]) * TWIP_MM,
        height_mm=(height if height > 0 else LETTER_TWIPS[1]) * TWIP_MM,
        margin_top_mm=margin("top", gutter if gutter_at_top else 0.0),
        margin_bottom_mm=margin("bottom"),
        margin_left_mm=margin("left", 0.0 if gutter_at_top else gutter),
        margin_right_mm=margin("right"),
    )


def _read_column(element: etree._Element | None, sheet: Sheet) -> Column:
    left = DEFAULT_MARGIN_MM if sheet.margin_left_mm is None else sheet.margin_left_mm
    right = DEFAULT_MARGIN_MM if sheet.margin_right_mm is None else sheet.margin_right_mm
    text = max(sheet.width_mm - left - right, 10.0)
    columns = None if element is None else element.find(f"{W}cols")
    count = max(1, min(read_whole(columns.get(f"{W}num")) or 1, 20)) if columns is not None else 1
    space = (read_twips(columns.get(f"{W}space")) or 0.0) * TWIP_MM if columns is not None else 0.0
    width = max((text - (count - 1) * space) / count, 5.0)
    return Column(sheet.width_mm, left, width, text)


# --- page numbers -------------------------------------------------------------------------------------


def read_page_numbers(
    package: Package, sections: Sequence[Section], styles: Stylesheet
) -> tuple[PageNumber, ...]:
    """Return each different place and look of a page number, in the order in which they come.

    Those of which one is on the document's first page and one on later pages, in the same place and look, are
    one: it is shown on the first page.
    """
    has_even = has_on(package.find_part("settings"), "evenAndOddHeaders")
    reader = _MarginReader(package, styles)
    found: dict[tuple[object, ...], PageNumber] = {}
    for order, section in enumerate(sections):
        for (place, which), part in sorted(section.parts.items()):
            if not _is_used(which, section, has_even=has_even):
                continue
            on_first = order == 0 and which == ("first" if section.has_first else "default")
            for number in reader.read(part, place, section.column):
                key = (number.place, number.align, number.look)
                shown = _is_shown_on_first(number, found.get(key), on_first=on_first)
                found[key] = replace(number, on_first_page=shown)
    return tuple(found.values())


def _is_used(which: Which, section: Section, *, has_even: bool) -> bool:
    match which:
        case "first":
            return section.has_first
        case "even":
            return has_even
        case _:
            return True


def _is_shown_on_first(number: PageNumber, earlier: PageNumber | None, *, on_first: bool) -> bool | None:
    """Tell whether a number is on the first page; one that a condition shows or hides is not known."""
    own = (None if number.on_first_page is None else True) if on_first else False
    if earlier is None or earlier.on_first_page is False:
        return own
    return earlier.on_first_page


class _MarginReader:
    """Reads the numbers of parts that stand in margins, each part once for each width of the text."""

    def __init__(self, package: Package, styles: Stylesheet) -> None:
        self._package = package
        self._styles = styles
        self._known: dict[tuple[str, Column], list[PageNumber]] = {}

    def read(self, part: str, place: Place, column: Column) -> list[PageNumber]:
        """Return the page numbers of *part*, as if they were on the first page."""
        column = replace(column, width_mm=column.text_width_mm)
        if (part, column) not in self._known:
            exists = self._package.has_part(part)
            self._known[part, column] = list(self._iter_numbers(part, place, column)) if exists else []
        return self._known[part, column]

    def _iter_numbers(self, part: str, place: Place, column: Column) -> Iterator[PageNumber]:
        reader = BodyReader(self._styles, column, {})
        reader.read(self._package.read_part(part))
        fields = [(raw, number) for raw in reader.raws for number in raw.numbers]
        if not fields:
            fields = [(raw, typed) for raw in reader.raws if (typed := _find_typed(raw)) is not None]
        for raw, number in fields:
            on_first = None if number.is_conditional else True
            yield PageNumber(place, _find_align(raw, number, column), number.look, on_first)


def _find_typed(raw: Raw) -> PageField | None:
    """Return a lone number that somebody typed: it is seen as a page number, though it is none."""
    if not _LONE_NUMBER.fullmatch(raw.text.strip()):
        return None
    before = raw.text.split(next(filter(str.isdigit, raw.text)))[0]
    look = next(
        (piece.look for piece in raw.pieces if any(map(str.isdigit, piece.text))), make_look(raw.mark, "")
    )
    return PageField(look, before.count("\t"), None, is_conditional=False)


def _find_align(raw: Raw, number: PageField, column: Column) -> Align:
    """Return where in the width of the text a number stands."""
    if number.align is not None:
        return number.align
    align, x = _find_point(raw, number)
    is_wide = raw.box.width_mm > 0.9 * column.text_width_mm and "frame" not in raw.spec
    if is_wide and align in ("center", "right"):
        return align
    share = (x - column.left_mm) / column.text_width_mm
    if share < 1 / 3:
        return "left"
    return "right" if share > 2 / 3 else "center"


def _find_point(raw: Raw, number: PageField) -> tuple[Align, float]:
    """Return how a number is aligned in its box, and the point on the page to which it is, in millimetres."""
    box, align = raw.box, raw.spec.get("align", "left")
    frame = raw.spec.get("frame")
    if frame is not None and "xAlign" in frame:
        place = frame["xAlign"]
        align = "center" if place == "center" else "right" if place in ("right", "outside") else "left"
    elif number.tabs and align not in ("center", "right"):
        stops = list(iter_tab_stops(raw.spec))
        if number.tabs <= len(stops):
            position, sort = stops[number.tabs - 1]
            kind: Align = "center" if sort == "center" else "right" if sort in ("right", "end") else "left"
            return kind, box.left_mm + position * TWIP_MM
    match align:
        case "center":
            return "center", box.left_mm + box.width_mm / 2
        case "right":
            return "right", box.left_mm + box.width_mm
        case _:
            return "left", box.left_mm
