"""Members of a package come in, a zip file without the clock and the machine goes out (APPNOTE.TXT 6.3.10).

A member is deflated apart from its file, so that what is the same in many files is deflated once. The bytes
are those that the standard library's zipfile writes.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DATE, TIME = 0x21, 0
"""The first of January 1980: a zip file cannot do without a date, and this is its earliest."""

VERSION, DEFLATED = 20, 8
OWNER_MAY_READ_AND_WRITE = 0o600 << 16

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package, deflated."""

    name: str
    crc: int
    size: int
    deflated: bytes


def deflate(name: str, content: bytes) -> Member:
    """Return *content* as the member *name*, which must be ASCII."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


def pack(members: Iterable[Member]) -> bytes:
    """Return a zip file of *members*, sorted by their names."""
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in sorted(members, key=lambda one: one.name):
        name = member.name.encode("ascii")
        sizes = (member.crc, len(member.deflated), member.size)
        body = _LOCAL.pack(b"PK\3\4", VERSION, 0, DEFLATED, TIME, DATE, *sizes, len(name), 0)
        bodies += (body, name, member.deflated)
        place = (0, 0, 0, 0, OWNER_MAY_READ_AND_WRITE, offset)
        directory += (
            _CENTRAL.pack(b"PK\1\2", VERSION, VERSION, 0, DEFLATED, TIME, DATE, *sizes, len(name), *place),
            name,
        )
        offset += len(body) + len(name) + len(member.deflated)
    listed = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*bodies, listed, end))
