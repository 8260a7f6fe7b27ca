"""The bytes of a file come in; the parts of a Word package go out as XML, or what forbids reading it.

A package may unpack to gigabytes, name entities, be encrypted or broken. Parts are read one by one, each
within bounds of size and of elements; nothing outside the file is ever asked for, and no macro is run.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from generator.errors import InspectionError
from generator.inspection.word.measures import MC, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_MEMBERS = 5000
MOST_PART_BYTES = 30_000_000
MOST_READ_BYTES = 60_000_000
"""Of all parts that are read together: pictures are none of them."""
MOST_TAGS = 1_500_000
"""Of one part; fifty pages have some fifty thousand."""
MOST_PARAGRAPHS = 100_000
MOST_LETTERS = 2_000_000
"""Six hundred pages or so."""

OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How OLE files begin: the old .doc, and the new format under a password."""
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN_TYPES = (
    ".document.main+xml",
    ".document.macroenabled.main+xml",
    ".template.main+xml",
    ".template.macroenabledtemplate.main+xml",
)
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/picture",
        b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
"""Names of the strict form of the standard, and what the form that everybody writes calls the same."""


class Package:
    """A Word file whose dangers were looked at; its parts are read when they are asked for.

    Raises `InspectionError`: ``file-encrypted``, ``file-old-word``, ``file-too-large``, and
    ``file-not-readable-word`` for everything else that is no Word file or a broken one.
    """

    def __init__(self, content: bytes) -> None:
        _refuse_container(content)
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _unreadable("zip") from error
        self._members = _check_members(self._archive.infolist())
        self._read_bytes = 0
        self.main_name = self._find_main()

    @cached_property
    def body(self) -> etree._Element:
        """The body of the main part."""
        body = self.read_part(self.main_name).find(W + "body")
        if body is None:
            raise _unreadable("body")
        return body

    @property
    def is_signed(self) -> bool:
        """Whether it holds digital signatures (ECMA-376 part 2, clause 12)."""
        return any(name.startswith("_xmlsignatures/") for name in self._members) or any(
            kind.endswith("/digital-signature/origin") for kind, _ in self._relations_of("").values()
        )

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The parts to which the main part refers, by the names of the relations."""
        return {name: target for name, (_, target) in self._relations_of(self.main_name).items()}

    def find_part(self, kind: str) -> etree._Element | None:
        """Return the root of the part to which the main part has a relation of *kind*; None without one.

        *kind* is the last word of the relation's type: ``styles``, ``numbering``, ``theme``, ``settings``.
        """
        for relation, target in self._relations_of(self.main_name).values():
            if relation.endswith(f"/{kind}") and target.lower() in self._members:
                return self.read_part(target)
        return None

    def has_part(self, name: str) -> bool:
        """Tell whether there is a part *name*."""
        return name.lower() in self._members

    def read_part(self, name: str) -> etree._Element:
        """Return the root of a part; raise `InspectionError` when it is absent, broken or too large."""
        member = self._members.get(name.lower())
        if member is None:
            raise _unreadable(name)
        return _parse(self._read(member), name)

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        if member.file_size > MOST_PART_BYTES:
            raise make_size_error()
        try:
            with self._archive.open(member) as stream:
                content = stream.read(MOST_PART_BYTES + 1)
        # A damaged member fails in many ways; RuntimeError is one with a password.
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise _unreadable(member.filename) from error
        self._read_bytes += len(content)
        if len(content) > MOST_PART_BYTES or self._read_bytes > MOST_READ_BYTES:
            raise make_size_error()
        return content

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Return type and target of each inner relation of *part* by its name; of the package for ``""``."""
        folder, name = posixpath.split(part)
        member = posixpath.join(folder, "_rels", f"{name}.rels")
        known = self.__dict__.setdefault("_relations", {})
        if member not in known:
            found = self.read_part(member).iter(_RELATIONS) if self.has_part(member) else ()
            known[member] = {
                relation.get("Id", ""): (
                    relation.get("Type", ""),
                    _resolve(folder, relation.get("Target", "")),
                )
                for relation in found
                if relation.get("TargetMode") != "External"
            }
        relations: dict[str, tuple[str, str]] = known[member]
        return relations

    def _find_main(self) -> str:
        """Return the name of the main part: the package's relations say it, and its type must be Word's."""
        if not self.has_part("[Content_Types].xml"):
            raise _unreadable("[Content_Types].xml")
        types = self.read_part("[Content_Types].xml")
        for kind, target in self._relations_of("").values():
            if kind.endswith("/officeDocument") and self.has_part(target):
                if not _is_main_type(_type_of(types, target)):
                    raise _unreadable(_type_of(types, target) or target)
                return target
        raise _unreadable("officeDocument")


def iter_paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """Yield every paragraph below *body* in the order of the file: `found.Paragraph.index` counts these.

    Those in tables and text boxes count, and empty and deleted ones. What stands in a file twice, for
    programs old and new (``mc:AlternateContent``), counts once.
    """
    doubled = {
        paragraph
        for fallback in body.iter(f"{MC}Fallback")
        if _is_doubled(fallback) and next(fallback.iterancestors(f"{MC}Fallback"), None) is None
        for paragraph in fallback.iter(f"{W}p")
    }
    for paragraph in body.iter(f"{W}p"):
        if paragraph not in doubled:
            yield paragraph


def number_paragraphs(body: etree._Element) -> Mapping[etree._Element, int]:
    """Return the number of each paragraph; raise `InspectionError` when there are too many."""
    numbers: dict[etree._Element, int] = {}
    for paragraph in iter_paragraphs(body):
        if len(numbers) >= MOST_PARAGRAPHS:
            raise make_size_error()
        numbers[paragraph] = len(numbers)
    return numbers


def choose_alternative(alternatives: etree._Element) -> etree._Element | None:
    """Return the one form of an ``mc:AlternateContent`` that is read: the first that is offered."""
    choice = alternatives.find(f"{MC}Choice")
    return alternatives.find(f"{MC}Fallback") if choice is None else choice


def _is_doubled(fallback: etree._Element) -> bool:
    parent = fallback.getparent()
    return parent is not None and parent.find(f"{MC}Choice") is not None


# --- dangers ------------------------------------------------------------------------------------------


def _unreadable(reason: str) -> InspectionError:
    return InspectionError("file-not-readable-word", reason=reason[:120])


def make_size_error() -> InspectionError:
    """Return what is raised about a file that is too large to be read in bounded time and memory."""
    return InspectionError("file-too-large", limit=MOST_READ_BYTES // 1_000_000)


def _refuse_container(content: bytes) -> None:
    if content.startswith(OLD_CONTAINER):
        raise InspectionError("file-encrypted" if ENCRYPTED_STREAM in content else "file-old-word")


def _check_members(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the members by their names in small letters, as names of parts know no capitals."""
    if len(members) > MOST_MEMBERS:
        raise make_size_error()
    if any(member.flag_bits & 1 for member in members):
        raise InspectionError("file-encrypted")
    known = {member.filename.lower(): member for member in members}
    if len(known) < len(members):
        raise _unreadable("members")
    return known


def _parse(content: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in content:
        raise _unreadable("DOCTYPE")
    if content.count(b"<") > MOST_TAGS:
        raise make_size_error()
    if b"http://purl.oclc.org/ooxml/" in content:
        for strict, transitional in _TRANSITIONAL:
            content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(name) from error
    docinfo: etree.DocInfo = root.getroottree().docinfo
    if docinfo.internalDTD is not None:
        raise _unreadable("DOCTYPE")
    return root


def _resolve(folder: str, target: str) -> str:
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _type_of(types: etree._Element, part: str) -> str:
    wanted = f"/{part}".lower()
    for override in types.iter(f"{_TYPES}Override"):
        if unquote(override.get("PartName", "")).lower() == wanted:
            return override.get("ContentType", "")
    extension = part.rpartition(".")[2].lower()
    for default in types.iter(f"{_TYPES}Default"):
        if default.get("Extension", "").lower() == extension:
            return default.get("ContentType", "")
    return ""


def _is_main_type(content_type: str) -> bool:
    kind = content_type.lower()
    return "word" in kind and kind.endswith(_MAIN_TYPES)
