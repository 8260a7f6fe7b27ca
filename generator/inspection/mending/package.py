"""The bytes of a Word file come in; its parts and the paragraphs of its body go out, and the bytes again.

A part that nobody changed keeps its bytes, each member its place and its name. The zip container is
ISO/IEC 29500-2 (Open Packaging Conventions), the body ISO/IEC 29500-1 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from generator.errors import InspectionError

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NAMESPACES = {"w": W[1:-1], "mc": MC[1:-1]}

RELATION_TYPES = R[1:-1] + "/"
"""How the type of a relationship begins that this module is asked for by a name."""
_PACKAGE_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CONTENT_TYPES_PART = "[Content_Types].xml"

SIGNATURE_FOLDER = "_xmlsignatures/"

MOST_MEMBERS = 4000
MOST_UNPACKED_BYTES = 200_000_000
MOST_PART_BYTES = 50_000_000
"""Of one part that is parsed."""
MOST_RATIO = 200
RATIO_MATTERS_FROM_BYTES = 5_000_000
"""Below this size a file may shrink as much as it will."""

NEW_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a zip file can hold: a new part says nothing of the day on which it was made."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part."""

    id: str
    type: str
    """The last word of its type: ``comments``, ``header``."""
    part: str
    """The part to which it leads; empty when it leads out of the package."""


@dataclass
class _Parsed:
    """A part as XML, and as it was."""

    root: etree._Element
    before: bytes


@dataclass
class Package:
    """The members of a Word file, in their order, those that were asked for as XML."""

    content: bytes
    """The whole file as it came."""
    members: dict[str, bytes]
    infos: dict[str, zipfile.ZipInfo]
    main: str = ""
    """The name of the part with the body."""
    _parsed: dict[str, _Parsed] = field(default_factory=dict)

    def root(self, part: str) -> etree._Element:
        """Return the root of *part*, to read or to change.

        Raises `InspectionError` (``file-not-readable-word``) when the part is absent or is no XML.
        """
        if part not in self._parsed:
            if part not in self.members:
                raise unreadable(part)
            root = _parse(part, self.members[part])
            self._parsed[part] = _Parsed(root, _serialise(root))
        return self._parsed[part].root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return the relationships of *part*; of the package itself when *part* is empty."""
        name = _relations_part(part)
        if name not in self.members and name not in self._parsed:
            return ()
        nodes = self.root(name).iterchildren(f"{_PACKAGE_RELATIONS}Relationship")
        return tuple(_read_relation(node, part) for node in nodes)

    def related(self, part: str, kind: str) -> str:
        """Return the part to which *part* has a relationship of the type *kind*, or an empty string."""
        found = (relation.part for relation in self.relations(part) if relation.type == kind)
        return next((name for name in found if name in self.members), "")

    def add_part(self, name: str, content_type: str, root: etree._Element) -> str:
        """Add a new part beside the main one, called *name*, numbered if there is one; return its name."""
        folder = posixpath.dirname(self.main)
        stem, suffix = posixpath.splitext(name)
        taken = {member.casefold() for member in self.members}
        numbered = (f"{stem}{number or ''}{suffix}" for number in range(len(taken) + 1))
        part = next(
            path for other in numbered if (path := posixpath.join(folder, other)).casefold() not in taken
        )
        self.members[part] = b""
        self.infos[part] = _new_info(part)
        self._parsed[part] = _Parsed(root, b"")
        types = self.root(CONTENT_TYPES_PART)
        etree.SubElement(types, f"{_CONTENT_TYPES}Override", PartName=f"/{part}", ContentType=content_type)
        return part

    def relate(self, part: str, kind: str) -> str:
        """Give the main part a relationship of the type *kind* to *part*; return its id."""
        name = _relations_part(self.main)
        if name not in self.members:
            self.members[name] = b""
            self.infos[name] = _new_info(name)
            empty = etree.fromstring(f'<Relationships xmlns="{_PACKAGE_RELATIONS[1:-1]}"/>')
            self._parsed[name] = _Parsed(empty, b"")
        known = {relation.id for relation in self.relations(self.main)}
        free = next(
            identity for number in range(1, len(known) + 2) if (identity := f"rId{number}") not in known
        )
        etree.SubElement(
            self.root(name),
            f"{_PACKAGE_RELATIONS}Relationship",
            Id=free,
            Type=RELATION_TYPES + kind,
            Target=posixpath.relpath(part, posixpath.dirname(self.main) or "."),
        )
        return free

    def copy_relations(self, source: str, target: str) -> None:
        """Give the new part *target* the relationships of *source*, which stands in the same folder."""
        name = _relations_part(source)
        if name in self.members:
            copy = _relations_part(target)
            self.members[copy], self.infos[copy] = self.members[name], _new_info(copy)

    def save(self) -> bytes:
        """Return the file with the parts that were changed; the very same bytes when none was."""
        changed = {
            name: text
            for name, parsed in self._parsed.items()
            if (text := _serialise(parsed.root)) != parsed.before
        }
        if not changed:
            return self.content
        saved = BytesIO()
        with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.members.items():
                archive.writestr(_copy_info(self.infos[name]), changed.get(name, content))
        return saved.getvalue()


def open_package(content: bytes) -> Package:
    """Open a Word file of whatever origin, in bounded time and memory.

    Raises `InspectionError`: ``file-not-readable-word`` when it is no Word file (.docx, Transitional),
    broken, under a password or too large; ``file-signed`` when it carries a digital signature, which any
    change breaks.
    """
    try:
        package = _unpack(content)
    # A damaged archive fails in many ways; RuntimeError is one with a password.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise unreadable(type(error).__name__) from error
    relations = package.relations("")
    _refuse_signed(package, relations)
    package.main = next((relation.part for relation in relations if relation.type == "officeDocument"), "")
    if package.root(package.main).find(f"{W}body") is None:
        raise unreadable(package.main or "officeDocument")
    package.root(CONTENT_TYPES_PART)
    return package


def unreadable(reason: str) -> InspectionError:
    """Return the error for a file that is no Word file, or a broken one: *reason* is a part or a cause."""
    return InspectionError("file-not-readable-word", reason=reason)


def iter_body_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of the body in the order of `found.Paragraph.index`, which counts them from 0.

    *root* is ``w:document``. All ``w:p`` within ``w:body`` count, in document order: empty ones, those in
    tables, in deleted rows and in text boxes (after the paragraph that holds the box). Only the second copy
    of a text box, for programs that cannot draw the first (``mc:Fallback``), does not.
    """
    body = root.find(f"{W}body")
    if body is not None:
        yield from iter_shown_paragraphs(body)


def iter_shown_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of any part in document order, those of ``mc:Fallback`` left out."""
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None:
            yield paragraph


# --- members ------------------------------------------------------------------------------------------


def _unpack(content: bytes) -> Package:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = archive.infolist()
        _refuse_large(infos)
        if len({info.filename for info in infos}) < len(infos):
            raise unreadable("members")
        members = {info.filename: archive.read(info) for info in infos}
    return Package(content, members, {info.filename: info for info in infos})


def _refuse_large(infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    is_too_large = len(infos) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES
    if is_too_large or unpacked > max(RATIO_MATTERS_FROM_BYTES, packed * MOST_RATIO):
        raise unreadable(f"> {MOST_UNPACKED_BYTES // 1_000_000} MB")


def _refuse_signed(package: Package, relations: tuple[Relation, ...]) -> None:
    is_signed = any(name.casefold().startswith(SIGNATURE_FOLDER) for name in package.members)
    if is_signed or any(relation.type == "origin" for relation in relations):
        raise InspectionError("file-signed")


def _new_info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, NEW_MEMBER_DATE)
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
    return info


def _copy_info(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the header of a member anew, without the sizes of its old content."""
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    copy.compress_type, copy.comment = info.compress_type, info.comment
    copy.external_attr, copy.create_system = info.external_attr, info.create_system
    return copy


# --- XML ----------------------------------------------------------------------------------------------


def _parse(part: str, content: bytes) -> etree._Element:
    if len(content) > MOST_PART_BYTES:
        raise unreadable(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(part) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable(part)
    return root


def _serialise(root: etree._Element) -> bytes:
    standalone = root.getroottree().docinfo.standalone
    return etree.tostring(
        root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=standalone is not False
    )


# --- relationships ------------------------------------------------------------------------------------


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _read_relation(node: etree._Element, part: str) -> Relation:
    target = node.get("Target", "")
    is_outside = node.get("TargetMode") == "External"
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    kind = node.get("Type", "")
    return Relation(node.get("Id", ""), kind.rpartition("/")[2], "" if is_outside else path)
