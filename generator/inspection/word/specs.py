"""The properties of a paragraph or a run, as one place of a Word file gives them, go in; a mapping goes out.

A mapping holds only what was said, so that the places can be laid one over the other
(`generator.inspection.word.styles`). Names of fonts are looked up in the theme here already.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypedDict

from generator.inspection.word.measures import A, W, is_on, read_number, read_twips, read_value, read_whole

if TYPE_CHECKING:
    from lxml import etree

    from generator.inspection.found import Align

Toggle = Literal["bold", "italic", "capitals", "small_capitals", "hidden"]
TOGGLES: tuple[Toggle, ...] = ("bold", "italic", "capitals", "small_capitals", "hidden")
"""Properties that styles of different sorts turn on and off again (ECMA-376 part 1, 17.7.3)."""

Slot = Literal["ascii", "h_ansi", "east_asia", "complex"]
SLOTS: tuple[Slot, ...] = ("ascii", "h_ansi", "east_asia", "complex")

MOST_TABS = 64
"""Of one paragraph; Word has no more."""

UNKNOWN_COLOR = "?"
"""Stands for a colour of the theme of which the file gives no figures."""


class LetterSpec(TypedDict, total=False):
    """What was said of some letters."""

    bold: bool
    italic: bool
    capitals: bool
    small_capitals: bool
    hidden: bool
    underline: bool
    size_pt: float
    color: str
    ascii: str
    h_ansi: str
    east_asia: str
    complex: str
    is_complex: bool
    prefers_east_asia: bool
    style: str


class ParagraphSpec(TypedDict, total=False):
    """What was said of a paragraph; lengths are in twips, the unit of Word."""

    style: str
    align: Align
    left: float
    right: float
    first: float
    """Negative where the first line hangs out."""
    left_letters: float
    right_letters: float
    first_letters: float
    before: float
    before_lines: float
    before_is_auto: bool
    after: float
    after_lines: float
    after_is_auto: bool
    line: float
    line_rule: str
    is_contextual: bool
    list_number: int
    list_level: int
    top_rule: float
    """Thickness in points of the border, 0 for none."""
    bottom_rule: float
    side_rule: float
    tabs: Mapping[float, str]
    frame: Mapping[str, str]
    """Attributes of a frame, the old form of a text box."""


ALIGNS: Mapping[str, Align] = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "center": "center",
    "both": "justify",
    "distribute": "justify",
    "thaiDistribute": "justify",
    "lowKashida": "justify",
    "mediumKashida": "justify",
    "highKashida": "justify",
}


class Theme:
    """The fonts of the theme, by the names under which a run asks for them (ECMA-376 part 1, 17.18.96)."""

    def __init__(self, root: etree._Element | None) -> None:
        self._fonts: dict[str, str] = {}
        for size in ("major", "minor"):
            fonts = None if root is None else root.find(f".//{A}fontScheme/{A}{size}Font")
            for part, endings in (("latin", ("HAnsi", "Ascii")), ("ea", ("EastAsia",)), ("cs", ("Bidi",))):
                font = None if fonts is None else fonts.find(A + part)
                for ending in endings:
                    self._fonts[size + ending] = "" if font is None else font.get("typeface", "")

    def find_font(self, name: str) -> str:
        """Return the font called *name* in a theme, such as ``minorHAnsi``; nothing where it names none."""
        return self._fonts.get(name, "")


# --- letters ------------------------------------------------------------------------------------------

_ON_OFF: Mapping[str, Toggle] = {
    "b": "bold",
    "i": "italic",
    "caps": "capitals",
    "smallCaps": "small_capitals",
    "vanish": "hidden",
}
_SLOTS: tuple[tuple[Slot, str, str], ...] = (
    ("ascii", "ascii", "asciiTheme"),
    ("h_ansi", "hAnsi", "hAnsiTheme"),
    ("east_asia", "eastAsia", "eastAsiaTheme"),
    ("complex", "cs", "cstheme"),
)
_BLACK_OF_THEME = frozenset(("text1", "dark1"))


def read_letters(properties: etree._Element | None, theme: Theme) -> LetterSpec:
    """Return what a ``w:rPr`` says of the letters."""
    spec: LetterSpec = {}
    for child in () if properties is None else properties:
        tag = str(child.tag)
        if not tag.startswith(W):
            continue
        name = tag[len(W) :]
        if name in _ON_OFF:
            spec[_ON_OFF[name]] = is_on(child)
        else:
            _read_other(name, child, spec, theme)
    return spec


def _read_other(name: str, child: etree._Element, spec: LetterSpec, theme: Theme) -> None:
    value = child.get(f"{W}val", "")
    match name:
        case "rFonts":
            _read_fonts(child, spec, theme)
        case "sz":
            size = read_twips(value) if value[-1:].isalpha() else read_number(value)
            if size is not None and size > 0:
                spec["size_pt"] = size / (20 if value[-1:].isalpha() else 2)
        case "u":
            spec["underline"] = value not in ("none", "")
        case "color":
            spec["color"] = _read_color(value, child.get(f"{W}themeColor", ""))
        case "rStyle":
            spec["style"] = value
        case "rtl" | "cs":
            spec["is_complex"] = is_on(child)
        case _:
            pass


def _read_fonts(child: etree._Element, spec: LetterSpec, theme: Theme) -> None:
    """Read the four fonts; a font of the theme stands above one that is named (17.3.2.26)."""
    for slot, named, themed in _SLOTS:
        font = theme.find_font(child.get(W + themed, "")) or child.get(W + named, "")
        if font:
            spec[slot] = font.strip()
    if hint := child.get(f"{W}hint"):
        spec["prefers_east_asia"] = hint == "eastAsia"


def _read_color(value: str, of_theme: str) -> str:
    """Return six figures; a program that names a colour of the theme writes its figures beside it."""
    if value == "auto":
        return "000000" if not of_theme or of_theme in _BLACK_OF_THEME else UNKNOWN_COLOR
    is_figures = len(value) == 6 and all(figure in "0123456789abcdefABCDEF" for figure in value)
    return value.upper() if is_figures else UNKNOWN_COLOR


# --- paragraphs ---------------------------------------------------------------------------------------


def read_paragraph(properties: etree._Element | None) -> ParagraphSpec:
    """Return what a ``w:pPr`` says of the paragraph."""
    spec: ParagraphSpec = {}
    for child in () if properties is None else properties:
        match str(child.tag).removeprefix(W):
            case "pStyle":
                spec["style"] = child.get(f"{W}val", "")
            case "jc":
                if align := ALIGNS.get(child.get(f"{W}val", "")):
                    spec["align"] = align
            case "ind":
                _read_indents(child, spec)
            case "spacing":
                _read_spacing(child, spec)
            case _:
                _read_rest(child, spec)
    return spec


def _read_rest(child: etree._Element, spec: ParagraphSpec) -> None:
    match str(child.tag).removeprefix(W):
        case "contextualSpacing":
            spec["is_contextual"] = is_on(child)
        case "numPr":
            number, level = read_whole(read_value(child, "numId")), read_whole(read_value(child, "ilvl"))
            if number is not None:
                spec["list_number"] = number
            if level is not None:
                spec["list_level"] = level
        case "pBdr":
            _read_borders(child, spec)
        case "tabs":
            spec["tabs"] = _read_tabs(child)
        case "framePr":
            spec["frame"] = {str(key).removeprefix(W): str(value) for key, value in child.attrib.items()}
        case _:
            pass


def _read_indents(child: etree._Element, spec: ParagraphSpec) -> None:
    """Read indents; *hanging* stands above *first line*, *start* is the newer word for *left* (17.3.1.12)."""
    for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        twips = next(
            (found for name in names if (found := read_twips(child.get(W + name))) is not None), None
        )
        letters = next(
            (found for name in names if (found := _hundredths(child, f"{name}Chars")) is not None), None
        )
        if twips is not None:
            spec["left" if key == "left" else "right"] = twips
        if letters is not None:
            spec["left_letters" if key == "left" else "right_letters"] = letters
    first, hanging = read_twips(child.get(f"{W}firstLine")), read_twips(child.get(f"{W}hanging"))
    if hanging is not None or first is not None:
        spec["first"] = -hanging if hanging is not None else (first or 0.0)
    first, hanging = _hundredths(child, "firstLineChars"), _hundredths(child, "hangingChars")
    if hanging is not None or first is not None:
        spec["first_letters"] = -hanging if hanging else (first or 0.0)


def _read_spacing(child: etree._Element, spec: ParagraphSpec) -> None:
    before, after = read_twips(child.get(f"{W}before")), read_twips(child.get(f"{W}after"))
    if before is not None:
        spec["before"] = before
    if after is not None:
        spec["after"] = after
    lines_before, lines_after = _hundredths(child, "beforeLines"), _hundredths(child, "afterLines")
    if lines_before is not None:
        spec["before_lines"] = lines_before
    if lines_after is not None:
        spec["after_lines"] = lines_after
    if auto := child.get(f"{W}beforeAutospacing"):
        spec["before_is_auto"] = auto in ("1", "true", "on")
    if auto := child.get(f"{W}afterAutospacing"):
        spec["after_is_auto"] = auto in ("1", "true", "on")
    line = read_twips(child.get(f"{W}line"))
    if line is not None:
        spec["line"] = abs(line)
        spec["line_rule"] = "auto"
    if rule := child.get(f"{W}lineRule"):
        spec["line_rule"] = rule


def _hundredths(child: etree._Element, name: str) -> float | None:
    number = read_number(child.get(W + name))
    return None if number is None else max(-100.0, min(100.0, number / 100))


def _read_borders(child: etree._Element, spec: ParagraphSpec) -> None:
    for border in child:
        thickness = border_thickness(border)
        match str(border.tag).removeprefix(W):
            case "top":
                spec["top_rule"] = thickness
            case "bottom":
                spec["bottom_rule"] = thickness
            case "left" | "right" | "start" | "end":
                spec["side_rule"] = max(thickness, spec.get("side_rule", 0.0))
            case _:
                pass


def border_thickness(border: etree._Element | None) -> float:
    """Return the thickness of a border in points; 0 where it cannot be seen (17.18.2)."""
    if border is None or border.get(f"{W}val", "none") in ("none", "nil"):
        return 0.0
    if border.get(f"{W}color", "").upper() == "FFFFFF":
        return 0.0
    eighths = read_number(border.get(f"{W}sz"))
    return max(0.25, (4.0 if eighths is None else eighths) / 8)


def _read_tabs(child: etree._Element) -> Mapping[float, str]:
    tabs: dict[float, str] = {}
    for tab in islice(child, MOST_TABS):
        position = read_twips(tab.get(f"{W}pos"))
        if position is not None:
            tabs[position] = tab.get(f"{W}val", "left")
    return tabs


def lay_over(base: ParagraphSpec, upper: ParagraphSpec) -> ParagraphSpec:
    """Return *base* with what *upper* says in its place; tab stops of both are kept (17.3.1.38)."""
    both: ParagraphSpec = {**base, **upper}
    if "tabs" in base and "tabs" in upper:
        both["tabs"] = {**base["tabs"], **upper["tabs"]}
    return both
