"""A document and a style come in; the bytes of a Word file go out.

python-docx carries the package, from parts of our own instead of its template: that one is on American
paper, in English, of 2013 and by "python-docx". What many documents share it opens and saves once; of each
document it reads and writes the main part and the properties. The same document and style give the same
bytes on every machine: nothing here asks for the time or for where it runs.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, cast
from zipfile import ZIP_STORED, ZipFile

import docx
from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from generator.layout import DOT
from generator.writers.docx_body import picture_relation, placeholder_name, write_body
from generator.writers.docx_parts import (
    check_text,
    escape_attribute,
    fill_part,
    write_page_numbers,
    write_settings,
    write_styles,
)
from generator.writers.packing import deflate, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.oxml.coreprops import CT_CoreProperties

    from generator.style import Style
    from generator.tree import Document, Picture
    from generator.writers.docx_body import Body
    from generator.writers.packing import Member

MAIN_PART, PROPERTIES_PART, PICTURES = "word/document.xml", "docProps/core.xml", "word/media/"
"""What is each document's own; all else is the same in documents of one style, mostly."""

JPEG = '<Default Extension="jpg" ContentType="image/jpeg"/>'
"""What a package says of its pictures."""

MOST_PROPERTY_LETTERS = 255
"""Length of a property (python-docx 1.2 refuses more); a longer title is cut there, not in the text."""


def write_docx(document: Document, style: Style) -> bytes:
    """Return *document* as a Word file (OOXML, Transitional) in the look of *style*.

    Raises `OutputError` (``text-not-writable``) when a text holds a character that XML 1.0 does not allow.
    """
    body = write_body(document, style)
    own = {
        MAIN_PART: _write_main(fill_part("document", blocks=body.blocks, section=body.section)),
        PROPERTIES_PART: _write_properties(document),
        **{f"{PICTURES}{picture.name}": picture.content for picture in body.pictures},
    }
    frame = _pack_frame(tuple(_write_frame(body, document.language, style).items()), tuple(own))
    return pack((*frame, *(deflate(name, content) for name, content in own.items())))


def _write_main(part: str) -> bytes:
    """Return the main part as python-docx writes it once it has read it."""
    return serialize_part_xml(parse_xml(part.encode()))


def _write_properties(document: Document) -> bytes:
    part = cast("CT_CoreProperties", parse_xml(fill_part("core").encode()))
    properties = CoreProperties(part)
    properties.title = _make_property(document.title)
    properties.author = _make_property(document.author)
    properties.language = _make_property(document.language)
    return serialize_part_xml(part)


@lru_cache(maxsize=8)
def _pack_frame(parts: tuple[tuple[str, str], ...], own: tuple[str, ...]) -> tuple[Member, ...]:
    """Return *parts* as python-docx saves them, without the parts of a document's *own*.

    It opens and saves the whole package, those being empty, and with it checks that the parts are joined.
    """
    empty = dict.fromkeys(own, "") | {
        MAIN_PART: fill_part("document", blocks="", section=""),
        PROPERTIES_PART: fill_part("core"),
    }
    package = BytesIO()
    with ZipFile(package, "w", ZIP_STORED) as archive:
        for name, part in (*parts, *empty.items()):
            archive.writestr(name, part)
    saved = BytesIO()
    docx.Document(package).save(saved)
    with ZipFile(saved) as archive:
        return tuple(deflate(name, archive.read(name)) for name in archive.namelist() if name not in own)


def _write_frame(body: Body, language: str, style: Style) -> dict[str, str]:
    """Return the parts that are not a document's own, as XML by their names in the package."""
    place = style.page_number.place
    number, no_number = write_page_numbers(style.page_number)
    styles = write_styles(style, language, body.sized)
    settings = write_settings(language)
    font = escape_attribute(style.font_family)
    return {
        "[Content_Types].xml": fill_part(
            "content_types", place=place, pictures=JPEG if body.pictures else ""
        ),
        "_rels/.rels": fill_part("package_rels"),
        "docProps/app.xml": fill_part("app"),
        "word/_rels/document.xml.rels": fill_part(
            "document_rels", place=place, pictures=_write_relations(body.pictures)
        ),
        f"word/{place}1.xml": number,
        f"word/{place}2.xml": no_number,
        "word/fontTable.xml": fill_part("font_table", font=font),
        "word/settings.xml": settings,
        "word/theme/theme1.xml": fill_part("theme", font=font),
        "word/styles.xml": styles,
        "word/glossary/_rels/document.xml.rels": fill_part("glossary_rels"),
        "word/glossary/document.xml": _write_glossary(body.dots),
        "word/glossary/settings.xml": settings,
        "word/glossary/styles.xml": styles,
    }


def _write_relations(pictures: Sequence[Picture]) -> str:
    return "".join(
        fill_part("picture_rel", id=picture_relation(index), name=escape_attribute(picture.name))
        for index, picture in enumerate(pictures)
    )


def _write_glossary(lengths: Iterable[int]) -> str:
    """Return the part from which Word takes the dots again when someone empties a field."""
    placeholders = [
        fill_part("placeholder", name=placeholder_name(dots), dots=DOT * dots) for dots in lengths
    ]
    return fill_part("glossary", placeholders="".join(placeholders))


def _make_property(text: str) -> str:
    return check_text(text)[:MOST_PROPERTY_LETTERS]
