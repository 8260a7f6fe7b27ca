"""The bytes of a workbook come in; what forbids opening it goes out.

The library that reads workbooks trusts them: a small file may unpack to gigabytes, merge seventeen thousand
million cells or name entities. All of that is found here, by a scan in bounded time and memory, before it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

MOST_MEMBERS = 1000
MOST_UNPACKED_BYTES = 50_000_000
MOST_RATIO = 100
RATIO_MATTERS_FROM_BYTES = 1_000_000
"""Below this size a workbook may shrink as much as it will: rows of nothing do."""
MOST_CELLS = 200_000
MOST_SPANNED_CELLS = 100_000
"""Cells within merged areas and areas with a link: each of them costs as much as one that is written."""
MOST_DEPTH = 100

OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How OLE files begin: the old .xls, and the new format under a password."""
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = "xl/workbook.xml"
MACROS = re.compile(r"(?i)xl/(vbaProject\.bin|macrosheets/|vbaData\.xml)")
LINKS = re.compile(r"(?i)xl/externalLinks/")
STRICT_NAMESPACE = b"purl.oclc.org/ooxml"
"""Of the workbooks that only some programs write ("Strict Open XML"); openpyxl finds nothing in them."""

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class Refusal(NamedTuple):
    """Why a workbook is not opened: the code of a finding and its values."""

    code: str
    values: dict[str, object]


class _Refused(Exception):  # noqa: N818 - it never leaves this file
    """Something that a workbook may not have."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, values)


def find_refusal(content: bytes) -> Refusal | None:
    """Return why the workbook with this *content* is not opened, or None."""
    try:
        _check(content)
    except _Refused as refused:
        return refused.refusal
    # A damaged archive fails in many ways; RuntimeError is one with a password.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        return Refusal("workbook-unreadable", {"reason": type(error).__name__})
    return None


def count_sheets(content: bytes) -> int:
    """Return how many sheets the workbook says it has; *content* must have passed `find_refusal`."""
    scan = _Scan()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        scan.read(archive.read(WORKBOOK))
    return scan.sheets


def _check(content: bytes) -> None:
    if content.startswith(OLD_CONTAINER):
        encrypted = ENCRYPTED_STREAM in content
        raise _Refused("workbook-encrypted" if encrypted else "workbook-old-format")
    if not zipfile.is_zipfile(BytesIO(content)):
        raise _Refused("workbook-not-xlsx")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        _check_members(archive.infolist())
        if WORKBOOK not in archive.namelist() or STRICT_NAMESPACE in archive.read(WORKBOOK):
            raise _Refused("workbook-not-xlsx")
        scan = _Scan()
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                scan.read(archive.read(name))


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise _Refused("workbook-unreadable", reason="members")
    if any(member.flag_bits & 1 for member in members):
        raise _Refused("workbook-encrypted")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    is_too_large = len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES
    is_too_dense = unpacked > max(RATIO_MATTERS_FROM_BYTES, packed * MOST_RATIO)
    if is_too_large or is_too_dense:
        raise _Refused("workbook-too-large", limit=MOST_UNPACKED_BYTES // 1_000_000)
    if any(MACROS.match(name) for name in names):
        raise _Refused("workbook-has-macros")
    if any(LINKS.match(name) for name in names):
        raise _Refused("workbook-has-links")


@dataclass
class _Scan:
    """Counts through all parts of a workbook what would make opening it dear."""

    cells: int = 0
    sheets: int = 0
    """Right only while nothing but the part of the workbook was read."""
    spanned: int = 0
    depth: int = field(default=0, init=False)

    def read(self, xml: bytes) -> None:
        """Scan one part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.depth = 0
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keywords
        except (expat.ExpatError, LookupError) as error:  # an encoding that nobody knows
            raise _Refused("workbook-unreadable", reason=str(error)) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise _Refused("workbook-has-entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _Refused("workbook-unreadable", reason="depth")
        match name.rpartition(" ")[2]:
            case "sheet":
                self.sheets += 1
            case "c":
                self.cells += 1
            case "mergeCell" | "hyperlink":
                self.spanned += _count_cells(attributes.get("ref", ""))
            case _:
                return
        if self.cells > MOST_CELLS or self.spanned > MOST_SPANNED_CELLS:
            raise _Refused("workbook-too-many-cells", limit=MOST_CELLS)

    def _end(self, _: str) -> None:
        self.depth -= 1


def _count_cells(area: str) -> int:
    """Return how many cells an *area* such as ``A1:C3`` has; the most that there can be for anything else."""
    found = _AREA.fullmatch(area)
    if not found:
        return MOST_SPANNED_CELLS + 1
    left, top, right, bottom = found.groups()
    if right is None:
        return 1
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
