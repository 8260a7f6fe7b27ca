"""A document and a style come in; the bytes of a Word file go out.

python-docx carries the package, from parts of our own instead of its template: that one is on American
paper, in English, of 2013 and by "python-docx". The same document and style give the same bytes on every
machine: nothing here asks for the time or for where it runs.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.style import Style
    from generator.tree import Document, Picture

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every member; a zip file cannot do without one, and this is its earliest."""

JPEG = '<Default Extension="jpg" ContentType="image/jpeg"/>'
"""What a package says of its pictures."""

MOST_PROPERTY_LETTERS = 255
"""Length of a property (python-docx 1.2 refuses more); a longer title is cut there, not in the text."""


def write_docx(document: Document, style: Style) -> bytes:
    """Return *document* as a Word file (OOXML, Transitional) in the look of *style*.

    Raises `OutputError` (``text-not-writable``) when a text holds a character that XML 1.0 does not allow.
    """
    package = docx.Document(BytesIO(_pack(_write_parts(document, style), ZIP_STORED)))
    properties = package.core_properties
    properties.title = _make_property(document.title)
    properties.author = _make_property(document.author)
    properties.language = _make_property(document.language)
    saved = BytesIO()
    package.save(saved)
    return _pack(_unpack(saved), ZIP_DEFLATED)


def _write_parts(document: Document, style: Style) -> dict[str, str | bytes]:
    """Return every part by its name in the package: XML, and pictures as they are."""
    body = write_body(document, style)
    place = style.page_number.place
    number, no_number = write_page_numbers(style.page_number)
    styles = write_styles(style, document.language, body.sized)
    settings = write_settings(document.language)
    font = escape_attribute(style.font_family)
    return {
        "[Content_Types].xml": fill_part(
            "content_types", place=place, pictures=JPEG if body.pictures else ""
        ),
        "_rels/.rels": fill_part("package_rels"),
        "docProps/app.xml": fill_part("app"),
        "docProps/core.xml": fill_part("core"),
        "word/_rels/document.xml.rels": fill_part(
            "document_rels", place=place, pictures=_write_relations(body.pictures)
        ),
        **{f"word/media/{picture.name}": picture.content for picture in body.pictures},
        "word/document.xml": fill_part("document", blocks=body.blocks, section=body.section),
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


def _pack(members: Mapping[str, str | bytes], compression: int) -> bytes:
    """Return a zip file of *members*, sorted, without the clock and the machine in it."""
    packed = BytesIO()
    with ZipFile(packed, "w", compression) as archive:
        for name in sorted(members):
            member = ZipInfo(name, ZIP_DATE)
            member.create_system = 0
            member.compress_type = compression
            archive.writestr(member, members[name])
    return packed.getvalue()


def _unpack(packed: BytesIO) -> dict[str, bytes]:
    with ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
