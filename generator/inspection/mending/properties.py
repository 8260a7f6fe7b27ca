"""An element of WordprocessingML comes in with a look that it is to have; whether it changed goes out.

The children of properties stand in the order of the schema (ISO/IEC 29500-1, annex A: CT_PPr, CT_RPr,
CT_SectPr), which Word insists on; lengths are in twips, sizes in half points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from generator.inspection.mending.package import MC, NAMESPACES, W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
    "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN_ORDER = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
_SECTION_ORDER = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange"
)
_ORDERS = {
    f"{W}{name}": {f"{W}{child}": rank for rank, child in enumerate(order.split())}
    for name, order in (("pPr", _PARAGRAPH_ORDER), ("rPr", _RUN_ORDER), ("sectPr", _SECTION_ORDER))
}

_TRACKED = (
    "self::w:ins or self::w:del or self::w:moveFrom or self::w:moveTo or self::w:rPrChange or "
    "self::w:pPrChange or self::w:sectPrChange or self::w:numberingChange"
)

FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


def get(node: etree._Element | None, name: str) -> str | None:
    """Return the attribute *name* of WordprocessingML, or None."""
    return None if node is None else node.get(f"{W}{name}")


def is_on(node: etree._Element | None) -> bool:
    """Tell whether a property that is on or off (CT_OnOff) is there and on."""
    return node is not None and get(node, "val") not in ("0", "false", "off")


# --- properties ---------------------------------------------------------------------------------------


def make_properties(holder: etree._Element, name: str) -> etree._Element:
    """Return the properties *name* (pPr, rPr) of a paragraph, a run or a paragraph's properties."""
    found = holder.find(f"{W}{name}")
    if found is None:
        if holder.tag in _ORDERS:
            return put_child(holder, name)
        found = etree.Element(f"{W}{name}")
        holder.insert(0, found)
    return found


def put_child(properties: etree._Element, name: str) -> etree._Element:
    """Return the child *name* of *properties*, put where the schema wants it if it is not there."""
    found = properties.find(f"{W}{name}")
    if found is not None:
        return found
    child = etree.Element(f"{W}{name}")
    insert_child(properties, child)
    return child


def insert_child(properties: etree._Element, child: etree._Element) -> None:
    """Put *child* into *properties*, behind all that may stand before it.

    Elements of other namespaces (Word's later ones, ``w14:…``) stand at the end.
    """
    order = _ORDERS[str(properties.tag)]
    rank = order[str(child.tag)]
    nodes = list(properties.iterchildren(etree.Element))
    place = next((node for node in nodes if order.get(str(node.tag), len(order)) > rank), None)
    if place is None:
        properties.append(child)
    else:
        place.addprevious(child)


def set_attributes(node: etree._Element, values: Mapping[str, object | None]) -> bool:
    """Give *node* attributes of WordprocessingML, None for none; tell whether one was changed."""
    changed = False
    for name, value in values.items():
        old = get(node, name)
        if value is None and old is not None:
            del node.attrib[f"{W}{name}"]
        elif value is not None and old != str(value):
            node.set(f"{W}{name}", str(value))
        else:
            continue
        changed = True
    return changed


def set_property(properties: etree._Element, name: str, values: Mapping[str, object | None]) -> bool:
    """Give *properties* the child *name* with these attributes; tell whether anything was changed."""
    is_new = properties.find(f"{W}{name}") is None
    return set_attributes(put_child(properties, name), values) or is_new


# --- paragraphs and runs ------------------------------------------------------------------------------


def iter_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of *paragraph* itself, within links and fields too, without those of its text boxes."""
    for run in paragraph.iter(f"{W}r"):
        above = run.iterancestors(f"{W}p", f"{W}ruby", f"{MC}Fallback")
        if next(above, None) is paragraph:
            yield run


def iter_run_properties(
    paragraph: etree._Element, runs: Iterable[etree._Element]
) -> Iterator[etree._Element]:
    """Yield the properties of *runs* and of the mark of their *paragraph*, made where they are not there."""
    yield make_properties(make_properties(paragraph, "pPr"), "rPr")
    for run in runs:
        yield make_properties(run, "rPr")


def set_flag(properties: etree._Element, name: str, *, value: bool) -> bool:
    """Make letters bold (``b``) or italic (``i``), or upright against whatever their style says."""
    wanted = None if value else "0"
    is_set = False
    for child in (name, f"{name}Cs"):
        node = properties.find(f"{W}{child}")
        if node is not None and is_on(node) == value:
            continue
        is_set = set_property(properties, child, {"val": wanted}) or is_set
    return is_set


def set_size(properties: etree._Element, size_pt: float) -> bool:
    """Give letters a size; tell whether they had another."""
    half_points = {"val": round(size_pt * 2)}
    changed = [set_property(properties, name, half_points) for name in ("sz", "szCs")]
    return any(changed)


def set_font(properties: etree._Element, family: str) -> bool:
    """Give letters a font in all four slots, and none of the theme's; tell whether they had another."""
    is_new = properties.find(f"{W}rFonts") is None
    return set_slots(put_child(properties, "rFonts"), family) or is_new


def set_slots(fonts: etree._Element, family: str) -> bool:
    """Give the four slots of ``w:rFonts`` a font, and none of the theme's; tell whether they had another."""
    themes = dict.fromkeys(("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))
    return set_attributes(fonts, {**dict.fromkeys(FONT_SLOTS, family), **themes})


def is_in_text_box(paragraph: etree._Element) -> bool:
    """Tell whether *paragraph* stands in a text box."""
    return next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None


def has_tracked_changes(paragraph: etree._Element) -> bool:
    """Tell whether *paragraph*, or what it stands in, was changed, added or taken away under tracking."""
    inside = paragraph.xpath(f"boolean(.//*[{_TRACKED}])", namespaces=NAMESPACES)
    above = paragraph.xpath(
        f"boolean(ancestor::*[{_TRACKED}] or ancestor::w:tr[w:trPr/*[self::w:ins or self::w:del]])",
        namespaces=NAMESPACES,
    )
    return bool(inside or above)
