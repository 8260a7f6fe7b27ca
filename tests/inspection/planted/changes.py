"""The ways in which a clerk spoils a Word file: each makes one edit of its XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tests.inspection.planted.package import (
    DOCUMENT,
    PARAGRAPH_ORDER,
    RUN_ORDER,
    STYLES,
    W,
    find_paragraphs,
    find_runs,
    properties_of,
    put,
    text_of,
)
from tests.inspection.planted.raw import twips

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.inspection.planted.package import Edit, Package

_OF_LINES = ("align", "first_mm", "before_pt", "after_pt", "lines", "exact_pt")
"""What is said of a paragraph, not of its letters."""

_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _set_letters(properties: etree._Element, looks: dict[str, object]) -> None:
    for name, value in looks.items():
        match name:
            case "size_pt":
                half = round(float(str(value)) * 2)
                put(properties, "sz", RUN_ORDER, val=half)
                put(properties, "szCs", RUN_ORDER, val=half)
            case "bold":
                put(properties, "b", RUN_ORDER, val=int(bool(value)))
            case "italic":
                put(properties, "i", RUN_ORDER, val=int(bool(value)))
            case "caps":
                put(properties, "caps", RUN_ORDER, val=int(bool(value)))
            case "color":
                put(properties, "color", RUN_ORDER, val=value)
            case "font":
                _set_font(properties, str(value), _SLOTS)
            case "font_of_marked_letters":
                _set_font(properties, str(value), ("hAnsi",))
            case _:
                raise ValueError(name)


def _set_font(properties: etree._Element, family: str, slots: tuple[str, ...]) -> None:
    fonts = put(properties, "rFonts", RUN_ORDER)
    for slot in slots:
        fonts.attrib.pop(f"{W}{slot}Theme", None)
        fonts.attrib.pop(f"{W}cstheme", None)
        fonts.set(f"{W}{slot}", family)


def _set_lines(properties: etree._Element, shape: dict[str, object]) -> None:
    for name, value in shape.items():
        match name:
            case "align":
                put(properties, "jc", PARAGRAPH_ORDER, val=value)
            case "first_mm":
                indent = put(properties, "ind", PARAGRAPH_ORDER, firstLine=twips(float(str(value))))
                indent.attrib.pop(f"{W}hanging", None)
            case "before_pt" | "after_pt":
                attribute = name.removesuffix("_pt")
                put(properties, "spacing", PARAGRAPH_ORDER, **{attribute: round(float(str(value)) * 20)})
            case "lines":
                put(
                    properties,
                    "spacing",
                    PARAGRAPH_ORDER,
                    line=round(float(str(value)) * 240),
                    lineRule="auto",
                )
            case "exact_pt":
                put(
                    properties,
                    "spacing",
                    PARAGRAPH_ORDER,
                    line=round(float(str(value)) * 20),
                    lineRule="exact",
                )
            case _:
                raise ValueError(name)


def letters(words: str, **looks: object) -> Edit:
    """Give the letters of the paragraph another look: size_pt, bold, italic, caps, color, font."""

    def edit(package: Package) -> None:
        for runs in find_runs(package, words):
            for run in runs:
                _set_letters(properties_of(run), looks)

    return edit


def last_letters(words: str, **looks: object) -> Edit:
    """Give the last run of the paragraph another look."""

    def edit(package: Package) -> None:
        for runs in find_runs(package, words):
            _set_letters(properties_of(runs[-1]), looks)

    return edit


def lines(words: str, **shape: object) -> Edit:
    """Set the paragraph otherwise: align, first_mm, before_pt, after_pt, lines, exact_pt."""

    def edit(package: Package) -> None:
        for paragraph in find_paragraphs(package, words):
            _set_lines(properties_of(paragraph), shape)

    return edit


def style(identity: str, **looks: object) -> Edit:
    """Change a paragraph style's letters and lines."""

    def edit(package: Package) -> None:
        found = package.tree(STYLES).xpath(
            f"//w:style[@w:styleId='{identity}' or w:name/@w:val='{identity}']", namespaces={"w": W[1:-1]}
        )
        if not found:
            raise LookupError(identity)
        shape = {key: value for key, value in looks.items() if key in _OF_LINES}
        if shape:
            _set_lines(put(found[0], "pPr", ("pPr", "rPr")), shape)
        if shape.keys() != looks.keys():
            rest = {key: value for key, value in looks.items() if key not in shape}
            _set_letters(put(found[0], "rPr", ("rPr",)), rest)

    return edit


def replaced(words: str, old: str, new: str) -> Edit:
    """Write *new* for *old* in the paragraph that begins with *words*, once."""

    def edit(package: Package) -> None:
        for runs in find_runs(package, words):
            for node in (node for run in runs for node in run.iter(f"{W}t")):
                if old in (node.text or ""):
                    node.text = (node.text or "").replace(old, new, 1)
                    break
            else:
                _replace_across(runs, old, new)

    return edit


def _replace_across(runs: list[etree._Element], old: str, new: str) -> None:
    """Replace *old*, which is cut into several runs: all words move into the first."""
    whole = "".join(text_of(run) for run in runs)
    if old not in whole:
        raise LookupError(old)
    nodes = [node for run in runs for node in run.iter(f"{W}t")]
    nodes[0].text = whole.replace(old, new, 1)
    for node in nodes[1:]:
        node.text = ""


def recased(words: str, new: str) -> Edit:
    """Write *new* for all the words of the paragraph, whatever their case was."""

    def edit(package: Package) -> None:
        for runs in find_runs(package, words):
            nodes = [node for run in runs for node in run.iter(f"{W}t")]
            nodes[0].text = new
            for node in nodes[1:]:
                node.text = ""

    return edit


def dropped(words: str) -> Edit:
    """Take the paragraph out."""

    def edit(package: Package) -> None:
        for paragraph in find_paragraphs(package, words):
            paragraph.getparent().remove(paragraph)

    return edit


def page_break_before(words: str) -> Edit:
    """Let a new page begin with the paragraph, so that the file says that there are two."""

    def edit(package: Package) -> None:
        for paragraph in find_paragraphs(package, words):
            put(properties_of(paragraph), "pageBreakBefore", PARAGRAPH_ORDER)

    return edit


def page(**lengths_mm: float) -> Edit:
    """Set paper and margins of all sections: width, height, top, bottom, left, right."""

    def edit(package: Package) -> None:
        sections = list(package.tree(DOCUMENT).iter(f"{W}sectPr"))
        if not sections:
            raise LookupError("sectPr")
        for section in sections:
            for name, value in lengths_mm.items():
                if name in ("width", "height"):
                    section.find(f"{W}pgSz").set(f"{W}{name[0]}", str(twips(value)))
                else:
                    section.find(f"{W}pgMar").set(f"{W}{name}", str(twips(value)))

    return edit


def turned(package: Package) -> None:
    """Turn the paper to landscape."""
    for size in package.tree(DOCUMENT).iter(f"{W}pgSz"):
        width, height = size.get(f"{W}w"), size.get(f"{W}h")
        size.set(f"{W}w", height)
        size.set(f"{W}h", width)
        size.set(f"{W}orient", "landscape")


# --- page numbers -----------------------------------------------------------------------------------


def _find_number(package: Package) -> tuple[str, etree._Element]:
    """Return the part in which the page number stands, and its paragraph."""
    for name in package.names("header", "footer"):
        for paragraph in package.tree(name).iter(f"{W}p"):
            codes = [node.text or "" for node in paragraph.iter(f"{W}instrText")]
            codes += [node.get(f"{W}instr", "") for node in paragraph.iter(f"{W}fldSimple")]
            if any("PAGE" in code for code in codes):
                return name, paragraph
    raise LookupError("PAGE")


def number(**looks: object) -> Edit:
    """Change the look of the page number."""

    def edit(package: Package) -> None:
        _, paragraph = _find_number(package)
        align = looks.get("align")
        if align:
            _set_lines(properties_of(paragraph), {"align": align})
        others = {key: value for key, value in looks.items() if key != "align"}
        for run in paragraph.iter(f"{W}r"):
            _set_letters(properties_of(run), others)

    return edit


def number_dropped(package: Package) -> None:
    """Take the page number out; its part stays."""
    _, paragraph = _find_number(package)
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)


def number_moved(package: Package) -> None:
    """Make a footer of the headers, or headers of the footers, wherever the number stands."""
    old = "header" if "header" in _find_number(package)[0] else "footer"
    new = {"header": "footer", "footer": "header"}[old]
    taken = len(package.names(new))
    tag = {"header": "hdr", "footer": "ftr"}[new]
    relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    for part in package.names(old):
        root = package.tree(part)
        root.tag = f"{W}{tag}"
        figure = int((re.search(r"\d+", part) or ["0"])[0]) + taken
        renamed = f"word/{new}{figure}.xml"
        package.rename(part, renamed)
        for relation in package.tree(relations):
            if relation.get("Target") in (part.removeprefix("word/"), f"/{part}"):
                relation.set("Target", renamed.removeprefix("word/"))
                relation.set("Type", relation.get("Type").replace(old, new))
        for kind in package.tree(types):
            if kind.get("PartName") == f"/{part}":
                kind.set("PartName", f"/{renamed}")
                kind.set("ContentType", kind.get("ContentType").replace(old, new))
    for reference in list(package.tree(DOCUMENT).iter(f"{W}{new}Reference")):
        reference.getparent().remove(reference)
    for reference in list(package.tree(DOCUMENT).iter(f"{W}{old}Reference")):
        reference.tag = f"{W}{new}Reference"


def number_on_first_page(package: Package) -> None:
    """Let the first page have the same header and footer as the others."""
    marks = list(package.tree(DOCUMENT).iter(f"{W}titlePg"))
    if not marks:
        raise LookupError("titlePg")
    for mark in marks:
        mark.getparent().remove(mark)


# --- rules ------------------------------------------------------------------------------------------


def _find_border(package: Package, words: str) -> list[etree._Element]:
    """Return the empty paragraph with a border that comes next after each paragraph beginning with *words*."""
    found = []
    for paragraph in find_paragraphs(package, words):
        below = paragraph.getnext()
        while below is not None and below.tag == f"{W}p" and not below.xpath("string(.)"):
            if _is_border(below, package):
                found.append(below)
                break
            below = below.getnext()
    if not found:
        raise LookupError(f"border below {words}")
    return found


def _is_border(paragraph: etree._Element, package: Package) -> bool:
    if paragraph.find(f"{W}pPr/{W}pBdr") is not None:
        return True
    used = paragraph.find(f"{W}pPr/{W}pStyle")
    if used is None:
        return False
    styles = package.tree(STYLES).iter(f"{W}style")
    chosen = (one for one in styles if one.get(f"{W}styleId") == used.get(f"{W}val"))
    return any(one.find(f"{W}pPr/{W}pBdr") is not None for one in chosen)


def border_dropped(words: str) -> Edit:
    """Take out the rule below the paragraph."""

    def edit(package: Package) -> None:
        for paragraph in _find_border(package, words):
            paragraph.getparent().remove(paragraph)

    return edit


def border_scaled(words: str, factor: float, room_mm: float) -> Edit:
    """Make the rule below the paragraph longer or shorter, in the middle of *room_mm* as it was."""

    def edit(package: Package) -> None:
        for paragraph in _find_border(package, words):
            indent = paragraph.find(f"{W}pPr/{W}ind")
            left = int(indent.get(f"{W}left") or indent.get(f"{W}start"))
            length = twips(room_mm) - 2 * left
            side = round((twips(room_mm) - length * factor) / 2)
            for name in ("left", "right", "start", "end"):
                indent.attrib.pop(f"{W}{name}", None)
            put(paragraph.find(f"{W}pPr"), "ind", PARAGRAPH_ORDER, left=side, right=side)

    return edit


def _find_line_runs(package: Package, words: str) -> list[etree._Element]:
    """Return the runs with a drawn line that are anchored in the paragraphs beginning with *words*."""
    runs = []
    for paragraph in find_paragraphs(package, words):
        for run in paragraph.iter(f"{W}r"):
            drawn = [*run.iter(f"{_V}line"), *run.iter(f"{_A}prstGeom")]
            if next(run.iterancestors(f"{W}p")) is paragraph and drawn:
                runs.append(run)
    if not runs:
        raise LookupError(f"line at {words}")
    return runs


def line_dropped(words: str) -> Edit:
    """Take out the drawn line that is anchored in the paragraph."""

    def edit(package: Package) -> None:
        for run in _find_line_runs(package, words):
            run.getparent().remove(run)

    return edit


def line_scaled(words: str, factor: float) -> Edit:
    """Make the drawn line that is anchored in the paragraph longer or shorter."""

    def edit(package: Package) -> None:
        for run in _find_line_runs(package, words):
            for extent in (*run.iter(f"{_WP}extent"), *run.iter(f"{_A}ext")):
                extent.set("cx", str(round(int(extent.get("cx", "0")) * factor)))
            for line in run.iter(f"{_V}line"):
                start, end = (_points(line, name) for name in ("from", "to"))
                line.set("to", f"{start[0] + (end[0] - start[0]) * factor:.2f}pt,{end[1]:.2f}pt")

    return edit


def _points(line: etree._Element, name: str) -> tuple[float, float]:
    across, down = (float(length.removesuffix("pt")) for length in str(line.get(name)).split(","))
    return across, down


def theme_font(family: str) -> Edit:
    """Change the font that the theme gives."""

    def edit(package: Package) -> None:
        fonts = list(package.tree("word/theme/theme1.xml").iter(f"{_A}latin"))
        if not fonts:
            raise LookupError("a:latin")
        for font in fonts:
            font.set("typeface", family)

    return edit


def in_text(*pairs: tuple[str, str]) -> Callable[[bytes], bytes]:
    """Return the change of a text file that writes the second of each pair for the first, once."""

    def change(content: bytes) -> bytes:
        text = content.decode()
        for old, new in pairs:
            if old not in text:
                raise LookupError(old)
            text = text.replace(old, new, 1)
        return text.encode()

    return change


def empty_lines_look(**looks: object) -> Edit:
    """Give the marks of empty paragraphs another look, as they have where nobody looked after them."""

    def edit(package: Package) -> None:
        empty = [one for one in package.tree(DOCUMENT).iter(f"{W}p") if not one.xpath("string(.)")]
        if not empty:
            raise LookupError("empty paragraph")
        for paragraph in empty:
            if (
                paragraph.find(f".//{_MC}AlternateContent") is None
                and paragraph.find(f".//{W}drawing") is None
            ):
                marks = put(properties_of(paragraph), "rPr", PARAGRAPH_ORDER)
                _set_letters(marks, dict(looks))

    return edit


def space_added(words: str, **looks: object) -> Edit:
    """Add a space with a look of its own at the end of the paragraph."""

    def edit(package: Package) -> None:
        for runs in find_runs(package, words):
            run = etree.Element(f"{W}r")
            letter = etree.SubElement(run, f"{W}t")
            letter.text = " "
            letter.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            _set_letters(properties_of(run), looks)
            runs[-1].addnext(run)

    return edit
