"""Open a Word file as its parts of XML, change them, and close it again."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Edit = Callable[["Package"], None]
    """A change of a package in place; raises `LookupError` when there is nothing to change."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"

RUN_ORDER = (
    *(
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "vanish",
        "color",
        "spacing",
    ),
    *("w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "vertAlign", "rtl", "cs", "lang"),
)
PARAGRAPH_ORDER = (
    *(
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "pBdr",
        "shd",
    ),
    *("tabs", "suppressAutoHyphens", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"),
    *("rPr", "sectPr"),
)
"""The order in which the schema wants them (ISO/IEC 29500-1, 17.3)."""

_LABEL = re.compile(r"^(?:[ivx]+|\d+)\.\s+")


class Package:
    """The parts of a Word file, those that were asked for as trees."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element:
        """Return the root of a part; what is changed there is saved."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False))
        return self._trees[name]

    def names(self, *stems: str) -> list[str]:
        """Return the parts of the folder word whose names begin with one of *stems*."""
        return sorted(name for name in self.parts if name.startswith(tuple(f"word/{stem}" for stem in stems)))

    def rename(self, old: str, new: str) -> None:
        """Give a part another name."""
        self.parts[new] = self.parts.pop(old)
        if old in self._trees:
            self._trees[new] = self._trees.pop(old)

    def save(self) -> bytes:
        """Return the file."""
        for name, root in self._trees.items():
            self.parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True, xml_declaration=True)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(zipfile.ZipInfo(name), content)
        return file.getvalue()


def in_package(*edits: Edit) -> Callable[[bytes], bytes]:
    """Return the change of a Word file that makes *edits*, one after the other."""

    def change(content: bytes) -> bytes:
        package = Package(content)
        for edit in edits:
            edit(package)
        return package.save()

    return change


def plain(text: str) -> str:
    """Return *text* as it is compared: without a heading's number, in small letters."""
    return _LABEL.sub("", " ".join(text.split()).casefold())


def text_of(run: etree._Element) -> str:
    """Return the letters of a run, not those of a text box that is anchored in it."""
    letters = (
        node.text or "" if node.tag == f"{W}t" else "\n" for node in run.iterchildren(f"{W}t", f"{W}br")
    )
    return "".join(letters)


def iter_stretches(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the runs of each paragraph, of a paragraph with tabs those between two tabs."""
    for paragraph in root.iter(f"{W}p"):
        stretch: list[etree._Element] = []
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph:
                continue
            if run.find(f"{W}tab") is not None and stretch:
                yield stretch
                stretch = []
            stretch.append(run)
        if stretch:
            yield stretch


def find_runs(package: Package, words: str) -> list[list[etree._Element]]:
    """Return the runs with text of each paragraph that begins with *words*.

    There is more than one where Word keeps a copy for old readers. Raises `LookupError` when there is none.
    """
    stretches = [
        ("".join(text_of(run) for run in stretch), stretch)
        for stretch in iter_stretches(package.tree(DOCUMENT))
    ]
    chosen = [stretch for text, stretch in stretches if text.strip().startswith(words)]
    chosen = chosen or [stretch for text, stretch in stretches if plain(text).startswith(plain(words))]
    found = [[run for run in stretch if text_of(run)] for stretch in chosen]
    if not found:
        raise LookupError(words)
    return found


def find_paragraphs(package: Package, words: str) -> list[etree._Element]:
    """Return the paragraphs that begin with *words*; raises `LookupError` when there is none."""
    return [next(runs[0].iterancestors(f"{W}p")) for runs in find_runs(package, words)]


def put(parent: etree._Element, name: str, order: tuple[str, ...], **attributes: object) -> etree._Element:
    """Return the child *name* of *parent* with *attributes* set, made in its place if there was none."""
    child = parent.find(f"{W}{name}")
    if child is None:
        child = etree.Element(f"{W}{name}")
        later = set(order[order.index(name) + 1 :])
        before = next((node for node in parent if etree.QName(node).localname in later), None)
        if before is None:
            parent.append(child)
        else:
            before.addprevious(child)
    for key, value in attributes.items():
        child.set(f"{W}{key}", str(value))
    return child


def properties_of(element: etree._Element) -> etree._Element:
    """Return the properties of a run or a paragraph, made if there were none."""
    tag = f"{W}rPr" if element.tag == f"{W}r" else f"{W}pPr"
    found = element.find(tag)
    if found is None:
        found = etree.Element(tag)
        element.insert(0, found)
    return found
