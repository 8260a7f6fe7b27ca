"""A Word file comes in with what is wrong of its page numbers; what was mended, and what was not, goes out.

Numbers stand in headers or footers (ISO/IEC 29500-1, 17.10), as a field PAGE; the first page of a document
shows none when its section has a first page of its own (``w:titlePg``) on which none stands.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from generator.inspection.mending.package import NAMESPACES, Package, R, W, iter_shown_paragraphs
from generator.inspection.mending.properties import (
    get,
    insert_child,
    is_on,
    iter_runs,
    make_properties,
    set_flag,
    set_font,
    set_property,
    set_size,
)
from generator.inspection.mending.repair_pages import Outcome, find_sections, is_tracked
from generator.inspection.mending.repair_text import JUSTIFICATIONS, find_obstacle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from generator.style import PageNumber, Style

KINDS = ("header", "footer")
_ROOTS = {"header": "hdr", "footer": "ftr"}
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"

PROPERTIES = ("place", "on_first_page", "align", "size_pt", "bold", "italic")
"""What can be wrong of page numbers, in the order in which it is mended."""

_PAGE = re.compile(r"(?i)\s*PAGE(?![A-Z])")
_THINGS = (
    "boolean(.//*[self::w:drawing or self::w:pict or self::w:object or self::w:tbl or self::w:sym]"
    "[not(ancestor::mc:Fallback)])"
)
"""What is seen in a header besides words."""

SHOWN_NUMBER = "2"
"""What a new field shows until the file is opened: the number of the first page that shows one."""


def mend_page_numbers(package: Package, style: Style, failing: Collection[str]) -> dict[str, Outcome]:
    """Mend what is *failing* of page numbers, of `PROPERTIES`; return what became of each.

    A number at the wrong place is moved; where there is none, it is added. Nothing is done to a number that
    stands beside words, in a text box or under tracked changes.
    """
    sections = find_sections(package.root(package.main))
    if any(is_tracked(section) for section in sections):
        return {name: Outcome(changed=False, left=("tracked-changes",)) for name in failing}
    settings = package.related(package.main, "settings")
    has_even = bool(settings) and is_on(package.root(settings).find(f"{W}evenAndOddHeaders"))
    work = _Work(package, style.page_number, style.font_family, tuple(sections), has_even)
    place = _mend(work, "place") if "place" in failing else Outcome(changed=False)
    if place.left and not place.changed:
        return dict.fromkeys(failing, place)
    outcomes = {name: _mend(work, name) for name in PROPERTIES if name in failing and name != "place"}
    if place.changed:
        # A number that was put in place is right in all respects.
        right = Outcome(changed=True)
        outcomes = {name: outcome if outcome.left else right for name, outcome in outcomes.items()}
    outcomes["place"] = place
    unknown = Outcome(changed=False, left=("unknown-rule",))
    return {name: outcomes.get(name, unknown) for name in failing}


def _mend(work: _Work, name: str) -> Outcome:
    match name:
        case "place":
            return _mend_place(work)
        case "on_first_page":
            return _clear_first_page(work)
        case _:
            return _mend_look(work, name)


# --- parts in use -------------------------------------------------------------------------------------


Shown = dict[tuple[str, str], str]
"""The part that is the header or footer, of default, first and even pages."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A file and the number that it is to have."""

    package: Package
    number: PageNumber
    family: str
    sections: tuple[etree._Element, ...]
    has_even: bool
    """Whether even pages have headers and footers of their own."""

    @property
    def other_kind(self) -> str:
        """Where no number is to stand."""
        return next(kind for kind in KINDS if kind != self.number.place)

    def iter_shown(self) -> Iterator[tuple[etree._Element, Shown]]:
        """Yield each section with its headers and footers: its own, else those of the section before.

        What the caller puts in holds for the sections that follow.
        """
        targets = {relation.id: relation.part for relation in self.package.relations(self.package.main)}
        shown: Shown = {}
        for section in self.sections:
            for kind in KINDS:
                for node in section.iterchildren(f"{W}{kind}Reference"):
                    part = targets.get(node.get(f"{R}id", ""), "")
                    if part in self.package.members:
                        shown[kind, get(node, "type") or "default"] = part
            yield section, shown

    def pages_of(self, section: etree._Element) -> list[str]:
        """Return the kinds of pages on which a section shows headers of its own."""
        has_first = is_on(section.find(f"{W}titlePg"))
        return ["default"] + ["even"] * self.has_even + ["first"] * has_first

    def parts(self, kind: str) -> list[str]:
        """Return all headers or footers that are shown, each once."""
        found = (
            shown.get((kind, page), "")
            for section, shown in self.iter_shown()
            for page in self.pages_of(section)
        )
        return [part for part in dict.fromkeys(found) if part]

    def numbers(self, parts: Sequence[str]) -> list[etree._Element]:
        """Return the paragraphs of *parts* in which a page number stands."""
        return [paragraph for part in parts for paragraph in _iter_numbers(self.package.root(part))]


def _iter_numbers(root: etree._Element) -> Iterator[etree._Element]:
    for paragraph in iter_shown_paragraphs(root):
        if any(is_number for _, is_number in _iter_parts_of_line(paragraph)):
            yield paragraph


def _iter_parts_of_line(paragraph: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the runs of *paragraph*, each with whether it belongs to the field of a page number."""
    depth, is_number = 0, False
    runs = list(iter_runs(paragraph))
    for index, run in enumerate(runs):
        simple = next(run.iterancestors(f"{W}fldSimple"), None)
        mark = run.find(f"{W}fldChar")
        kind = get(mark, "fldCharType")
        if kind == "begin":
            depth += 1
            if depth == 1:
                is_number = bool(_PAGE.match(_read_instruction(runs[index:])))
        is_simple = bool(_PAGE.match(get(simple, "instr") or "")) or run.find(f"{W}pgNum") is not None
        yield run, is_simple or (depth > 0 and is_number)
        if kind == "end":
            depth = max(depth - 1, 0)


def _read_instruction(runs: Sequence[etree._Element]) -> str:
    """Return the instruction of the field that begins with *runs*, up to what it shows."""
    text = ""
    for run in runs:
        text += "".join(node.text or "" for node in run.iterchildren(f"{W}instrText"))
        if get(run.find(f"{W}fldChar"), "fldCharType") in ("separate", "end"):
            break
    return text


def _find_company(paragraph: etree._Element) -> str:
    """Return why the number in *paragraph* cannot be moved: it does not stand alone; or an empty string."""
    obstacle = find_obstacle(paragraph)
    if obstacle:
        return obstacle
    others = [run for run, is_number in _iter_parts_of_line(paragraph) if not is_number]
    words = "".join(node.text or "" for run in others for node in run.iterchildren(f"{W}t"))
    fields = any(run.find(f"{W}fldChar") is not None or _is_simple(run) for run in others)
    things = paragraph.xpath(_THINGS, namespaces=NAMESPACES)
    return "number-in-text" if words.strip() or fields or things else ""


def _is_simple(run: etree._Element) -> bool:
    return next(run.iterancestors(f"{W}fldSimple"), None) is not None


def _has_content(root: etree._Element) -> bool:
    """Tell whether a header shows anything besides page numbers."""
    numbers = set(_iter_numbers(root))
    words = (
        node.text or ""
        for paragraph in root.iter(f"{W}p")
        if paragraph not in numbers or _find_company(paragraph)
        for node in paragraph.iter(f"{W}t")
    )
    return bool("".join(words).strip()) or bool(root.xpath(_THINGS, namespaces=NAMESPACES))


# --- place --------------------------------------------------------------------------------------------


def _mend_place(work: _Work) -> Outcome:
    wrong = work.numbers(work.parts(work.other_kind))
    reasons = [why for paragraph in wrong if (why := _find_company(paragraph))]
    if reasons:
        return Outcome(changed=False, left=tuple(dict.fromkeys(reasons)))
    for paragraph in wrong:
        _clear(paragraph)
    added = [
        _add_number(work, section, shown, page)
        for section, shown in work.iter_shown()
        for page in work.pages_of(section)
        if page != "first"
    ]
    cleared = _clear_first_page(work)
    kept = any(_has_content(work.package.root(part)) for kind in KINDS for part in work.parts(kind))
    changed = bool(wrong) or any(added) or cleared.changed
    return Outcome(changed, (("header-text",) if kept and changed else ()) + cleared.left)


_LINE_CONTENT = frozenset(f"{W}{name}" for name in ("r", "fldSimple", "hyperlink", "smartTag", "sdt"))


def _clear(paragraph: etree._Element) -> None:
    """Empty *paragraph*, and take it out of the building block of Word's gallery in which it may stand."""
    for child in [child for child in paragraph if child.tag in _LINE_CONTENT]:
        paragraph.remove(child)
    properties = paragraph.find(f"{W}pPr")
    frame = None if properties is None else properties.find(f"{W}framePr")
    if properties is not None and frame is not None:
        properties.remove(frame)
    for block in list(paragraph.iterancestors(f"{W}sdt")):
        if block.find(f"{W}sdtPr/{W}docPartObj") is not None:
            _unwrap(block)


def _unwrap(block: etree._Element) -> None:
    """Put what a content control holds in its place."""
    content, parent = block.find(f"{W}sdtContent"), block.getparent()
    if content is not None and parent is not None:
        place = parent.index(block)
        parent[place : place + 1] = list(content)


def _add_number(work: _Work, section: etree._Element, shown: Shown, page: str) -> bool:
    """Make sure that a section has a number on its *page* s; tell whether it had none."""
    kind = work.number.place
    part = shown.get((kind, page))
    if part is None:
        root = _make_root(kind)
        root.append(_make_number(work, None))
        shown[kind, page] = _add_part(work, kind, root)
        _refer(work, section, kind, page, shown[kind, page])
        return True
    root = work.package.root(part)
    if next(_iter_numbers(root), None) is not None:
        return False
    _put_number(work, root)
    return True


def _put_number(work: _Work, root: etree._Element) -> None:
    """Put a number into a header before all that stands there, into a footer behind it."""
    paragraphs = root.findall(f"{W}p")
    is_free = len(root) == len(paragraphs) and not _has_content(root)
    if is_free and paragraphs and _is_replaceable(paragraphs[0]):
        style = paragraphs[0].find(f"{W}pPr/{W}pStyle")
        root.replace(paragraphs[0], _make_number(work, style))
    elif work.number.place == "header":
        root.insert(0, _make_number(work, None))
    else:
        root.append(_make_number(work, None))


def _is_replaceable(paragraph: etree._Element) -> bool:
    """Tell whether an empty *paragraph* holds nothing else that must stay: bookmarks, tracked changes."""
    is_plain = all(child.tag in (f"{W}pPr", f"{W}r") for child in paragraph)
    return is_plain and not find_obstacle(paragraph)


def _make_root(kind: str) -> etree._Element:
    return etree.Element(f"{W}{_ROOTS[kind]}", nsmap={"w": W[1:-1], "r": R[1:-1]})


def _make_number(work: _Work, style: etree._Element | None) -> etree._Element:
    """Return a paragraph with a page number as the regulation wants it."""
    number = work.number
    paragraph = etree.Element(f"{W}p", nsmap={"w": W[1:-1]})
    properties = make_properties(paragraph, "pPr")
    if style is not None:
        insert_child(properties, deepcopy(style))
    pitch = round(number.line_pitch_pt * 20)
    set_property(properties, "spacing", {"before": 0, "after": 0, "line": pitch, "lineRule": "exact"})
    set_property(properties, "ind", {"left": 0, "right": 0, "firstLine": 0})
    set_property(properties, "jc", {"val": JUSTIFICATIONS[number.align]})
    field = etree.SubElement(paragraph, f"{W}fldSimple")
    field.set(f"{W}instr", " PAGE ")
    run = etree.SubElement(field, f"{W}r")
    for marks in (make_properties(properties, "rPr"), make_properties(run, "rPr")):
        set_font(marks, work.family)
        set_flag(marks, "b", value=False)
        set_flag(marks, "i", value=False)
        set_size(marks, number.size_pt)
    etree.SubElement(run, f"{W}t").text = SHOWN_NUMBER
    return paragraph


def _add_part(work: _Work, kind: str, root: etree._Element) -> str:
    """Add a header or footer to the package; return its name."""
    return work.package.add_part(f"{kind}.xml", _CONTENT_TYPE.format(kind), root)


def _refer(work: _Work, section: etree._Element, kind: str, page: str, part: str) -> None:
    """Let *section* show the header or footer *part* on its *page* s, where it has none of its own."""
    reference = etree.Element(f"{W}{kind}Reference")
    reference.set(f"{W}type", page)
    reference.set(f"{R}id", work.package.relate(part, kind))
    section.insert(0, reference)


# --- the first page -----------------------------------------------------------------------------------


def _clear_first_page(work: _Work) -> Outcome:
    """Make sure that the document's first page shows no number, and all else that it shows now."""
    section, shown = next(work.iter_shown())
    has_first = is_on(section.find(f"{W}titlePg"))
    parts = {kind: shown.get((kind, "first" if has_first else "default"), "") for kind in KINDS}
    numbers = work.numbers([part for part in parts.values() if part])
    reasons = [why for paragraph in numbers if (why := _find_company(paragraph))]
    if reasons:
        return Outcome(changed=False, left=tuple(dict.fromkeys(reasons)))
    if has_first:
        for paragraph in numbers:
            _clear(paragraph)
    elif numbers:
        _make_first_page(work, section, parts)
    return Outcome(changed=bool(numbers))


def _make_first_page(work: _Work, section: etree._Element, parts: Mapping[str, str]) -> None:
    """Give *section* a first page that shows what its *parts* show, but for the page number."""
    for node in section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference"):
        # What an older first page showed, which the document has no more.
        if get(node, "type") == "first":
            section.remove(node)
    for kind, part in parts.items():
        if part:
            root = deepcopy(work.package.root(part))
            copy = _add_part(work, kind, root)
            work.package.copy_relations(part, copy)
            for paragraph in list(_iter_numbers(root)):
                _clear(paragraph)
            _refer(work, section, kind, "first", copy)
    set_property(section, "titlePg", {"val": None})


# --- look ---------------------------------------------------------------------------------------------


def _mend_look(work: _Work, name: str) -> Outcome:
    """Mend one property of the numbers that stand where they are to stand."""
    changed, left = False, dict[str, None]()
    numbers = work.numbers(work.parts(work.number.place))
    for paragraph in numbers:
        why = _find_company(paragraph) if name == "align" else find_obstacle(paragraph)
        if not why and name == "align" and next(paragraph.iterancestors(f"{W}tc"), None) is not None:
            why = "number-in-text"
        if why:
            left[why] = None
        elif name == "align":
            changed = _align(paragraph, work.number) or changed
        else:
            changed = _mend_marks(paragraph, name, work.number) or changed
    if not numbers:
        left["no-number"] = None
    return Outcome(changed, tuple(left))


def _align(paragraph: etree._Element, number: PageNumber) -> bool:
    """Align a number that stands alone: without the tabs and the frame that put it elsewhere."""
    properties = make_properties(paragraph, "pPr")
    moving = [node for run in iter_runs(paragraph) for node in run.iterchildren(f"{W}tab", f"{W}ptab")]
    moving += properties.findall(f"{W}framePr")
    for node in moving:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    indent = {"left": 0, "right": 0, "firstLine": 0, "hanging": None}
    is_moved = set_property(properties, "ind", indent)
    return set_property(properties, "jc", {"val": JUSTIFICATIONS[number.align]}) or is_moved or bool(moving)


def _mend_marks(paragraph: etree._Element, name: str, number: PageNumber) -> bool:
    runs = [run for run, is_number in _iter_parts_of_line(paragraph) if is_number]
    changes = [_mend_mark(make_properties(run, "rPr"), name, number) for run in runs]
    return any(changes)


def _mend_mark(marks: etree._Element, name: str, number: PageNumber) -> bool:
    match name:
        case "size_pt":
            return set_size(marks, number.size_pt)
        case "bold":
            return set_flag(marks, "b", value=False)
        case _:
            return set_flag(marks, "i", value=False)
