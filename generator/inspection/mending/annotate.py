"""A Word file and notes come in; a copy with each note as a comment at its paragraph goes out.

Comments are ISO/IEC 29500-1, 17.13.4. They have an author but no date: the same notes give the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from generator.inspection.mending.package import Package, R, W, iter_body_paragraphs, open_package

if TYPE_CHECKING:
    from collections.abc import Sequence

AUTHOR = "hoinghi"
INITIALS = "HN"

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (its production Char)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said at a paragraph."""

    paragraph: int | None
    """`found.Paragraph.index`; None for the whole file: it is said at the first paragraph."""
    text: str
    """One paragraph of the comment a line."""


def annotate_docx(content: bytes, notes: Sequence[Note]) -> bytes:
    """Return the Word file *content* with *notes* as comments, those that are there kept.

    A note about a paragraph in a text box stands at the paragraph that holds the box, since Word allows no
    comments in it. Without notes the bytes are the same. Raises `InspectionError` as `open_package` does, and
    `IndexError` for a paragraph that the file does not have.
    """
    package = open_package(content)
    if not notes:
        return content
    paragraphs = _find_paragraphs(package)
    comments = _open_comments(package)
    number = _next_id(package, comments)
    for identity, note in enumerate(notes, start=number):
        comments.append(_make_comment(note.text, identity))
        _mark(_find_host(paragraphs[note.paragraph or 0]), identity)
    return package.save()


def _find_paragraphs(package: Package) -> list[etree._Element]:
    """Return the paragraphs of the body; one is made where there is none."""
    root = package.root(package.main)
    paragraphs = list(iter_body_paragraphs(root))
    body = root.find(f"{W}body")
    if not paragraphs and body is not None:
        body.insert(0, etree.Element(f"{W}p"))
        paragraphs = list(iter_body_paragraphs(root))
    return paragraphs


def _find_host(paragraph: etree._Element) -> etree._Element:
    """Return *paragraph*, or the one that holds the text box in which it stands."""
    boxes = list(paragraph.iterancestors(f"{W}txbxContent"))
    return next(boxes[-1].iterancestors(f"{W}p"), paragraph) if boxes else paragraph


# --- the part with the comments -----------------------------------------------------------------------


def _open_comments(package: Package) -> etree._Element:
    """Return the root of the part with the comments, made and related where there is none."""
    part = package.related(package.main, "comments")
    if part:
        return package.root(part)
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1], "r": R[1:-1]})
    package.relate(package.add_part("comments.xml", COMMENTS_TYPE, root), "comments")
    return root


def _next_id(package: Package, comments: etree._Element) -> int:
    """Return a number above those of all comments, and of all marks that belong to none."""
    marks = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
    nodes = [*comments.iter(f"{W}comment"), *package.root(package.main).iter(*marks)]
    texts = (node.get(f"{W}id", "") for node in nodes)
    return max((int(text) for text in texts if re.fullmatch("[0-9]{1,9}", text)), default=-1) + 1


def _make_comment(text: str, identity: int) -> etree._Element:
    comment = etree.Element(f"{W}comment", nsmap={"w": W[1:-1]})
    comment.set(f"{W}id", str(identity))
    comment.set(f"{W}author", AUTHOR)
    comment.set(f"{W}initials", INITIALS)
    for index, line in enumerate(text.split("\n")):
        paragraph = etree.SubElement(comment, f"{W}p")
        if not index:
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
        words = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        words.text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", line)
        words.set(_SPACE, "preserve")
    return comment


# --- the marks in the body ----------------------------------------------------------------------------


def _mark(paragraph: etree._Element, identity: int) -> None:
    """Let the comment *identity* reach over all that *paragraph* holds."""
    properties = paragraph.find(f"{W}pPr")
    start = _make_mark("commentRangeStart", identity)
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    paragraph.append(_make_mark("commentRangeEnd", identity))
    run = etree.SubElement(paragraph, f"{W}r")
    run.append(_make_mark("commentReference", identity))


def _make_mark(name: str, identity: int) -> etree._Element:
    mark = etree.Element(f"{W}{name}")
    mark.set(f"{W}id", str(identity))
    return mark
