"""The photographs that the facts name, and a year's folder, come in; their pictures and what is wrong go out.

Files are read from inside that folder only: a name leads down from it, step by step, never through a link.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.findings import Observation, Severity, nearest
from generator.vietnamese import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.model.news import Photo
    from generator.readers.pictures import Photograph
    from generator.tree import Picture

FOLDER = "photos"
"""Where photographs lie within a year's folder."""
MOST_MEBIBYTES = 25
LEAST_SIDE_PX = 300
"""A shorter side below which print looks blurred: 35 mm at 220 dots an inch."""
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
"""What files are called that people take for photographs, printable or not."""

_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})

_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
"""Opening something that is no file after all must neither wait nor change anything."""

_Identity = tuple[int, int]
"""What tells files apart whatever they are called: device and inode."""


@dataclass(frozen=True, slots=True)
class PhotoReading:
    """What became of the photographs of a conference."""

    pictures: Mapping[str, Picture]
    """By the file as the facts name it; only those that can be printed."""
    observations: tuple[Observation, ...]


class _Refused(Exception):  # noqa: N818 - it never leaves this file
    """A photograph that cannot be used."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class _Album:
    """The photographs of a year while they are read."""

    folder: Path
    named: frozenset[PurePosixPath]
    """The files that the facts name."""
    seen: dict[_Identity, tuple[int, Picture | None]] = field(default_factory=dict)
    """The files that were read, each with its entry and its picture."""


def read_photos(folder: Path, photos: Sequence[Photo] | None) -> PhotoReading:
    """Read the files in *folder* that *photos* name; each that cannot be printed is noticed at its entry."""
    album = _Album(folder, frozenset(PurePosixPath(photo.file) for photo in photos or () if photo.file))
    pictures: dict[str, Picture] = {}
    noticed: list[Observation] = []
    for index, photo in enumerate(photos or ()):
        noticed += _iter_unknown(index, photo)
        if photo.file:
            picture, observations = _read_photo(album, index, photo.file)
            noticed += observations
            if picture:
                pictures[photo.file] = picture
    meant = {str(one.values["meant"]) for one in noticed if "meant" in one.values}
    return PhotoReading(pictures, (*noticed, *_iter_unused(album, meant)))


def _iter_unknown(index: int, photo: Photo) -> Iterator[Observation]:
    path, values = ("photos", index), {"number": index + 1, "caption": photo.caption}
    if not photo.file and not photo.caption:
        yield Observation("photo-empty", path, values, Severity.GAP)
    elif not photo.file:
        yield Observation("photo-file-unknown", path, values, Severity.GAP)
    elif not photo.caption:
        yield Observation("photo-caption-unknown", path, {"file": photo.file}, Severity.GAP)


def _read_photo(album: _Album, index: int, named: str) -> tuple[Picture | None, list[Observation]]:
    path = ("photos", index, "file")
    try:
        with ExitStack() as opened:
            handle = _open_file(album, named, opened)
            state = os.fstat(handle)  # of what was opened, whatever has taken its name since
            identity = (state.st_dev, state.st_ino)
            if identity in album.seen:
                first, picture = album.seen[identity]
                values = {"file": named, "first": first + 1}
                return picture, [Observation("photo-twice", path, values, Severity.WARNING)]
            album.seen[identity] = (index, None)
            content = _read_all(handle, state)
        shot = _develop(content, f"photo-{index + 1}.jpg")
    except _Refused as refused:
        values = {"file": named, **refused.values}
        return None, [Observation(refused.code, path, values, Severity.ERROR)]
    album.seen[identity] = (index, shot.picture)
    return shot.picture, list(_iter_blurred(shot, path, named))


def _develop(content: bytes, name: str) -> Photograph:
    # Pillow is loaded only for those who have photographs.
    from generator.readers.pictures import PictureRefusedError, make_picture  # noqa: PLC0415

    try:
        return make_picture(content, name)
    except PictureRefusedError as error:
        raise _Refused(error.code, **error.values) from error


def _iter_blurred(shot: Photograph, path: tuple[str | int, ...], named: str) -> Iterator[Observation]:
    width, height = shot.taken_width_px, shot.taken_height_px
    if min(width, height) < LEAST_SIDE_PX:
        values = {"file": named, "width": width, "height": height, "least": LEAST_SIDE_PX}
        yield Observation("photo-small", path, values, Severity.WARNING)


# --- from a name to a file ------------------------------------------------------------------------------


def _open_file(album: _Album, named: str, opened: ExitStack) -> int:
    """Return the handle of the regular file *named*; *opened* closes it."""
    if _leads_elsewhere(named):
        raise _Refused("photo-outside")
    *folders, name = PurePosixPath(named).parts
    try:
        handle = os.open(album.folder, _FOLDER_FLAGS)
        opened.callback(os.close, handle)
        for part in folders:
            handle = _enter(handle, part, _FOLDER_FLAGS)
            opened.callback(os.close, handle)
        handle = _enter(handle, name, _FILE_FLAGS)
        opened.callback(os.close, handle)
    except (OSError, UnicodeError) as error:
        raise _explain(error, album, named) from error
    return handle


def _leads_elsewhere(named: str) -> bool:
    r"""Tell whether *named* is no way down: it is rooted, a drive's or an address, or has ``..`` or ``\``."""
    parts = named.split("/")
    is_rooted = named.startswith("/") or ":" in parts[0]
    return is_rooted or ".." in parts or "\\" in named or "\0" in named or not PurePosixPath(named).parts


def _enter(parent: int, name: str, flags: int) -> int:
    """Open the folder or the regular file *name* in the folder *parent*, unless it is a link."""
    name = _find_entry(parent, name)
    mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    if stat.S_ISLNK(mode):
        raise _Refused("photo-link")
    if flags == _FILE_FLAGS and not stat.S_ISREG(mode):
        raise _Refused("photo-not-a-file")
    return os.open(name, flags | os.O_NOFOLLOW, dir_fd=parent)


def _find_entry(parent: int, name: str) -> str:
    """Return what *name* is called on the disk: facts are cleaned, and a Mac writes “ả” as three letters."""
    entries = os.listdir(parent)
    if name in entries:
        return name
    return next((entry for entry in sorted(entries) if clean_text(entry).text == name), name)


def _explain(error: Exception, album: _Album, named: str) -> _Refused:
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return _Refused("photo-link")
    if isinstance(error, OSError) and error.errno not in _MISSING:
        return _Refused("photo-unreadable", reason=error.strerror)
    meant = _guess(album, PurePosixPath(named))
    return _Refused("photo-missing-meant", meant=meant) if meant else _Refused("photo-missing")


def _guess(album: _Album, named: PurePosixPath) -> str:
    """Return the photograph that *named* was most likely meant to be, of those that nobody names."""
    there = {_path_of(entry) for entry in _iter_entries(album.folder)}
    if FOLDER / PurePosixPath(named.name) in there:
        return f"{FOLDER}/{named.name}"
    stems = {path.stem.lower(): str(path) for path in sorted(there - album.named)}
    return stems.get(nearest(named.stem.lower(), stems), "")


def _read_all(handle: int, state: os.stat_result) -> bytes:
    most = MOST_MEBIBYTES * 1024 * 1024
    if not stat.S_ISREG(state.st_mode):
        raise _Refused("photo-not-a-file")
    try:
        with os.fdopen(os.dup(handle), "rb") as stream:
            content = stream.read(most + 1) if state.st_size <= most else None
    except OSError as error:
        raise _Refused("photo-unreadable", reason=error.strerror) from error
    if content is None or len(content) > most:
        raise _Refused("photo-file-too-large", limit=MOST_MEBIBYTES)
    return content


# --- files that nobody names ----------------------------------------------------------------------------


def _iter_unused(album: _Album, meant: set[str]) -> Iterator[Observation]:
    known = album.named | set(map(PurePosixPath, meant))
    unused = []
    for entry in _iter_entries(album.folder):
        state = entry.stat(follow_symlinks=False)
        if _path_of(entry) not in known and (state.st_dev, state.st_ino) not in album.seen:
            unused.append(entry.name)
    if unused:
        values = {"count": len(unused), "files": ", ".join(sorted(unused))}
        yield Observation("photo-unused", (FOLDER,), values, Severity.WARNING)


def _iter_entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files of the folder of photographs that look like photographs."""
    photos = folder / FOLDER
    if photos.is_symlink() or not photos.is_dir():
        return
    with os.scandir(photos) as entries:
        for entry in entries:
            hidden = entry.name.startswith(".")
            if not hidden and entry.is_file(follow_symlinks=False) and _suffix(entry.name) in SUFFIXES:
                yield entry


def _path_of(entry: os.DirEntry[str]) -> PurePosixPath:
    """Return what the facts would call *entry*."""
    return PurePosixPath(FOLDER, clean_text(entry.name).text)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
