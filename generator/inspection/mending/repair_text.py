"""Paragraphs of a Word file come in with the look that they are to have; whether they were changed goes out.

Formatting is set at the paragraph and its runs, where it outweighs every style; only fonts are mended in
styles and defaults as well, since a regulation that asks for one asks for it everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.inspection.mending.package import (
    NAMESPACES,
    Package,
    W,
    iter_body_paragraphs,
    iter_shown_paragraphs,
)
from generator.inspection.mending.properties import (
    FONT_SLOTS,
    get,
    has_tracked_changes,
    is_in_text_box,
    is_on,
    iter_run_properties,
    iter_runs,
    make_properties,
    set_flag,
    set_font,
    set_property,
    set_size,
    set_slots,
)
from generator.inspection.mending.repair_pages import Outcome, mm_to_twips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from generator.style import TextStyle

JUSTIFICATIONS = {"left": "left", "center": "center", "right": "right", "justify": "both"}
"""Word's words for the alignments of a style file (ST_Jc)."""

_INLINE_THINGS = (
    "boolean(.//*[self::w:object or self::w:pict or local-name()='inline' or local-name()='oMath']"
    "[not(ancestor::mc:Fallback)])"
)
"""What a line of an exact height would cut off."""

LEGACY_FONT = re.compile(r"(?i)\.vn|vni-")
"""How the fonts begin whose letters are not Unicode's (TCVN3, VNI): another font shows other letters."""

_SYMBOL_FONTS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "mt extra"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Letters that are signs of their own in each font."""


MOST_STYLES_ABOVE = 50
"""How many styles may be based on one another; what is above them, or a circle of them, is not followed."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of a file, as far as they say something of paragraphs."""

    styles: Mapping[str, etree._Element]
    default: etree._Element | None
    """The style of paragraphs that name none."""
    shared: tuple[etree._Element, ...]
    """Properties of all paragraphs."""


def read_style_sheet(package: Package) -> StyleSheet:
    """Return the styles of a file; none where it has no part for them."""
    part = package.related(package.main, "styles")
    if not part:
        return StyleSheet({}, None, ())
    root = package.root(part)
    styles = {name: style for style in root.iterchildren(f"{W}style") if (name := get(style, "styleId"))}
    defaults = (
        style for style in styles.values() if get(style, "type") == "paragraph" and _is_default(style)
    )
    shared = tuple(root.iterfind(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
    return StyleSheet(styles, next(defaults, None), shared)


def _is_default(style: etree._Element) -> bool:
    return get(style, "default") in ("1", "true", "on")


def find_obstacle(paragraph: etree._Element) -> str:
    """Return why *paragraph* must stay as it is (``text-box``, ``tracked-changes``), or an empty string."""
    if is_in_text_box(paragraph):
        return "text-box"
    return "tracked-changes" if has_tracked_changes(paragraph) else ""


def mend_component(sheet: StyleSheet, paragraph: etree._Element, name: str, look: TextStyle) -> Outcome:
    """Give *paragraph* the property *name* of *look*, such as ``size_pt``."""
    obstacle = find_obstacle(paragraph)
    if obstacle:
        return Outcome(changed=False, left=(obstacle,))
    match name:
        case "size_pt":
            return Outcome(_change_all(set_size(marks, look.size_pt) for marks in _marks_of(paragraph)))
        case "bold":
            return Outcome(
                _change_all(set_flag(marks, "b", value=look.bold) for marks in _marks_of(paragraph))
            )
        case "italic":
            return Outcome(
                _change_all(set_flag(marks, "i", value=look.italic) for marks in _marks_of(paragraph))
            )
        case "capitals":
            return Outcome(changed=False, left=("words",))
        case _:
            return _mend_lines(sheet, paragraph, name, look)


def mend_color(paragraph: etree._Element, color: str) -> Outcome:
    """Give the letters of *paragraph* a colour of six hexadecimal figures."""
    obstacle = find_obstacle(paragraph)
    if obstacle:
        return Outcome(changed=False, left=(obstacle,))
    values = {"val": color, "themeColor": None, "themeTint": None, "themeShade": None}
    return Outcome(_change_all(set_property(marks, "color", values) for marks in _marks_of(paragraph)))


def _marks_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    return iter_run_properties(paragraph, list(iter_runs(paragraph)))


def _change_all(changes: Iterable[bool]) -> bool:
    """Tell whether any of *changes* was one, having made all of them."""
    return any(list(changes))


# --- lines --------------------------------------------------------------------------------------------


def _mend_lines(sheet: StyleSheet, paragraph: etree._Element, name: str, look: TextStyle) -> Outcome:
    why = ""
    changed = False
    sources = list(_iter_sources(sheet, paragraph))
    match name:
        case "align":
            properties = make_properties(paragraph, "pPr")
            changed = set_property(properties, "jc", {"val": JUSTIFICATIONS[look.align]})
        case "indent_first_mm":
            why = _find_indent_obstacle(paragraph, sources)
            changed = not why and _set_indent(paragraph, sources, look.indent_first_mm)
        case "space_after_pt":
            changed = _set_space_after(paragraph, sources, look.space_after_pt)
        case "line_pitch_pt":
            why = "picture" if paragraph.xpath(_INLINE_THINGS, namespaces=NAMESPACES) else ""
            pitch = {"line": round(look.line_pitch_pt * 20), "lineRule": "exact"}
            changed = not why and set_property(make_properties(paragraph, "pPr"), "spacing", pitch)
        case _:
            why = "unknown-rule"
    return Outcome(changed, (why,) if why else ())


def _iter_sources(sheet: StyleSheet, paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the properties that hold for *paragraph*: its own, those of its styles, the defaults."""
    own = paragraph.find(f"{W}pPr")
    if own is not None:
        yield own
    named = None if own is None else get(own.find(f"{W}pStyle"), "val")
    style = sheet.styles.get(named) if named else sheet.default
    for _ in range(MOST_STYLES_ABOVE):
        if style is None:
            break
        yield from style.iterchildren(f"{W}pPr")
        style = sheet.styles.get(get(style.find(f"{W}basedOn"), "val") or "")
    yield from sheet.shared


def _silence(sources: Iterable[etree._Element], child: str, names: Iterable[str]) -> dict[str, object | None]:
    """Return attributes of *child* that outweigh the others, as 0 where they are said anywhere."""
    said = [node.attrib for source in sources for node in source.iterchildren(f"{W}{child}")]
    return {name: 0 if any(f"{W}{name}" in attributes for attributes in said) else None for name in names}


def _find_indent_obstacle(paragraph: etree._Element, sources: Iterable[etree._Element]) -> str:
    numbers = (source.find(f"{W}numPr/{W}numId") for source in sources)
    number = next((found for found in numbers if found is not None), None)
    if number is not None and get(number, "val") != "0":
        return "numbering"
    for run in iter_runs(paragraph):
        for node in run.iterchildren(f"{W}t", f"{W}tab", f"{W}ptab", f"{W}br"):
            text = node.text or "" if node.tag == f"{W}t" else " "
            if text:
                return "leading-space" if text[0].isspace() else ""
    return ""


def _set_indent(paragraph: etree._Element, sources: Iterable[etree._Element], length_mm: float) -> bool:
    values = _silence(sources, "ind", ("firstLineChars", "hangingChars"))
    indent = {"firstLine": mm_to_twips(length_mm), "hanging": None}
    return set_property(make_properties(paragraph, "pPr"), "ind", {**indent, **values})


def _set_space_after(paragraph: etree._Element, sources: Iterable[etree._Element], length_pt: float) -> bool:
    properties = make_properties(paragraph, "pPr")
    values = _silence(sources, "spacing", ("afterLines", "afterAutospacing"))
    changed = set_property(properties, "spacing", {"after": round(length_pt * 20), **values})
    said = (source.find(f"{W}contextualSpacing") for source in sources)
    contextual = next((found for found in said if found is not None), None)
    if is_on(contextual):
        changed = set_property(properties, "contextualSpacing", {"val": 0}) or changed
    return changed


# --- fonts --------------------------------------------------------------------------------------------


def mend_shared_fonts(package: Package, family: str) -> Outcome:
    """Give styles and defaults the font *family*.

    A file with letters in a font of a code other than Unicode is left as it is: they would turn into others.
    """
    parts = [package.main, *_find_margin_parts(package), *_find_styles(package)]
    if any(_has_legacy_fonts(package.root(part)) for part in parts):
        return Outcome(changed=False, left=("legacy-font",))
    fonts = (node for part in _find_styles(package) for node in package.root(part).iter(f"{W}rFonts"))
    return Outcome(_change_all(set_slots(node, family) for node in fonts if not _has_symbol_font(node)))


def mend_fonts(package: Package, family: str, paragraphs: Iterable[etree._Element] | None) -> Outcome:
    """Give *paragraphs*, or with None all of the file, the font *family*; signs of a symbol font keep it."""
    changed = False
    left: dict[str, None] = {}
    for paragraph in _iter_all(package) if paragraphs is None else paragraphs:
        obstacle = find_obstacle(paragraph)
        if obstacle:
            left[obstacle] = None
        else:
            changed = _mend_paragraph_font(paragraph, family) or changed
    return Outcome(changed, tuple(left))


def _iter_all(package: Package) -> Iterator[etree._Element]:
    yield from iter_body_paragraphs(package.root(package.main))
    for part in _find_margin_parts(package):
        yield from iter_shown_paragraphs(package.root(part))


def _find_margin_parts(package: Package) -> list[str]:
    """Return the headers and footers, each once."""
    relations = package.relations(package.main)
    found = [relation.part for relation in relations if relation.type in ("header", "footer")]
    return [part for part in dict.fromkeys(found) if part in package.members]


def _find_styles(package: Package) -> list[str]:
    part = package.related(package.main, "styles")
    return [part] if part else []


def _fonts_of(node: etree._Element) -> list[str]:
    return [name for slot in FONT_SLOTS if (name := get(node, slot))]


def _has_legacy_fonts(root: etree._Element) -> bool:
    return any(LEGACY_FONT.match(name) for node in root.iter(f"{W}rFonts") for name in _fonts_of(node))


def _has_symbol_font(node: etree._Element | None) -> bool:
    return node is not None and any(name.casefold() in _SYMBOL_FONTS for name in _fonts_of(node))


def _mend_paragraph_font(paragraph: etree._Element, family: str) -> bool:
    runs = [run for run in iter_runs(paragraph) if not _is_of_signs(run)]
    return _change_all(set_font(marks, family) for marks in iter_run_properties(paragraph, runs))


def _is_of_signs(run: etree._Element) -> bool:
    if _has_symbol_font(run.find(f"{W}rPr/{W}rFonts")) or run.find(f"{W}sym") is not None:
        return True
    return any(_PRIVATE.search(node.text or "") for node in run.iterchildren(f"{W}t"))
