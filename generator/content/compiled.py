"""Templates that were compiled once come back from a folder of the user's own, if nothing about them changed.

Compiling those of one document takes a third of a second, a hundred times what filling them in takes. What
is kept is code: it is taken only from a file that nobody else could have written, and only for the very same
template, program, Python and Jinja2. In any doubt the template is compiled again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import stat
import tempfile
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

PACKAGE = Path(__file__).resolve().parents[1]

MOST_BYTES = 4_000_000
"""A larger file is none of ours."""

DIGEST_BYTES = 32

MOST_FILES = 100
"""How many are kept, those made last: a folder of templates has some ten."""


class CompiledTemplates(BytecodeCache):
    """Keeps one file for each template in a folder that it makes for the user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source_checksum(self, source: str) -> str:
        """Return what the code of a template follows from, besides its name and place: its text, and ours."""
        return hashlib.sha256(f"{_describe_program()}\n{source}".encode("utf-8", "replace")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code that was kept into *bucket*; nothing where there is none, or any doubt."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            content = self._read(bucket)
            head = _head_of(bucket)
            code, digest = content[len(head) + DIGEST_BYTES :], content[len(head) :][:DIGEST_BYTES]
            if content.startswith(head) and hashlib.sha256(code).digest() == digest:
                made = marshal.loads(code)  # noqa: S302 - of a file that is the user's own, whole and ours
                bucket.code = made if isinstance(made, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code in *bucket*; where that cannot be done, it is compiled again the next time."""
        code = marshal.dumps(bucket.code)
        content = _head_of(bucket) + hashlib.sha256(code).digest() + code
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_own(self._folder.lstat()):
                return
            handle, name = tempfile.mkstemp(dir=self._folder)  # which nobody else can read or write
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(self._folder / bucket.key)
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda file: file.lstat().st_mtime_ns)
        for file in files[:-MOST_FILES]:
            file.unlink()

    def _read(self, bucket: Bucket) -> bytes:
        """Return what was kept for *bucket*; raises `OSError` where it could be another one's."""
        if not _is_own(self._folder.lstat()):
            raise PermissionError(self._folder)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(self._folder / bucket.key, flags), "rb") as stream:
            found = os.fstat(stream.fileno())
            if not (stat.S_ISREG(found.st_mode) and _is_own(found)):
                raise PermissionError(bucket.key)
            return stream.read(MOST_BYTES)


def _is_own(found: os.stat_result) -> bool:
    """Tell whether a file or folder, not a link, is this user's, and no one else may write to it."""
    if stat.S_ISLNK(found.st_mode):
        return False
    if not hasattr(os, "geteuid"):  # elsewhere the folder of a user is the user's
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _head_of(bucket: Bucket) -> bytes:
    """Return how the file of *bucket* begins: of which template it is, and what its code follows from."""
    return f"{bucket.key} {bucket.checksum}\n".encode()


@cache
def _describe_program() -> str:
    """Return what the code of every template follows from: Python, Jinja2, and the words of templates.

    Jinja2 works out while it compiles what it can, by our filters: so the files of the program count, too.
    """
    folders = ((Path(folder), names) for folder, _, names in os.walk(PACKAGE))
    files = sorted(folder / name for folder, names in folders for name in names if name.endswith(".py"))
    state = [(str(file.relative_to(PACKAGE)), *_stamp(file)) for file in files]
    versions = [(name, metadata.version(name)) for name in ("jinja2", "markupsafe")]
    return repr((importlib.util.MAGIC_NUMBER, versions, str(PACKAGE), state))


def _stamp(file: Path) -> tuple[int, int]:
    """Return what Python asks of a source, too, before it takes the code that it kept."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns
