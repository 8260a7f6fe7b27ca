"""Put finished files into a folder: all of them or none, whatever happens, and never through a link.

A year's outputs are swapped in as a whole folder where the system can exchange two folders in one step; else,
and for single files, each file is moved over the old one, and what was moved is moved back when one of them
cannot be (decision 0015). What the program did not make is carried over: nobody's work is lost.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import OutputError
from generator.manifest import MANIFEST_FILE, NEW_MANIFEST, OLD_MANIFEST, hash_of, hashes_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

STAGE_MARK = ".stage-"
"""In the name of a folder that is being filled: nobody misses it."""
SWAP_MARK = ".swap-"
"""In the name of one that is whole, and is exchanged or was: the former folder."""

EDITED, NEWER = "sua-tay", "moi"
"""What the names of copies say: edited by hand; newer than what stands beside it."""

AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Of Linux (man 2 renameat2)."""
CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM})
"""What a system says that cannot link files or exchange folders."""


class _CannotExchangeError(Exception):
    """Raised where this disk cannot do it."""


# --- one at a time --------------------------------------------------------------------------------------


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other builds out of *folder* until this one is done, and clear away what a killed one left.

    Raises `OutputError` when another one is at work.
    """
    is_new = not folder.parent.exists()
    refuse_links(folder, ())
    file = folder.parent / f".{folder.name}.lock"
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        handle = _lock(file, folder)
    try:
        with _told(folder), _locked(folder) if folder.is_dir() else nullcontext():
            _clear_rubbish(folder)
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(handle)
        if is_new:
            with suppress(OSError):  # it is not empty: the build put something there
                folder.parent.rmdir()


def _lock(file: Path, folder: Path) -> int:
    """Return a handle of the locked *file*: of the one that is there, not of one that was just removed."""
    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise OutputError("output-busy", folder=folder) from error
        with suppress(FileNotFoundError):
            if file.stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell in one sentence what the disk refuses."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("output-unwritable", folder=folder, reason=reason) from error


def refuse_links(folder: Path, names: Sequence[str]) -> None:
    """Raise `OutputError` where *folder*, the one above it or a file in it is a link."""
    for path in (folder.parent, folder, *(folder / name for name in names)):
        if path.is_symlink():
            raise OutputError("output-is-link", path=path)


# --- a whole folder -------------------------------------------------------------------------------------


def put_whole(
    folder: Path,
    files: Mapping[str, bytes],
    copies: Mapping[str, str] | None = None,
    gone: AbstractSet[str] = frozenset(),
) -> None:
    """Make *folder* hold *files* (name → content), in one step where the system can.

    *copies* are new names of files that are there and are replaced; *gone* are files of ours that go.
    Everything else stays. Raises `OutputError`; the folder is then as it was.
    """
    refuse_links(folder, list(files))
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            _swap_in(folder, files, copies or {}, gone)
        except _CannotExchangeError:
            _put_each(folder, files, copies or {}, gone)


def _swap_in(
    folder: Path, files: Mapping[str, bytes], copies: Mapping[str, str], gone: AbstractSet[str]
) -> None:
    stage = _make_beside(folder, STAGE_MARK)
    try:
        if not folder.exists():
            _fill(stage, files)
            stage.rename(folder)
            _sync(folder.parent)
            return
        if folder.stat().st_uid != os.geteuid() or folder.is_mount():
            raise _CannotExchangeError
        with _locked(folder):
            _carry_over(folder, stage, frozenset(files) | gone)
            for copy, name in copies.items():
                _link(folder / name, stage / copy)
            _fill(stage, files)
            shutil.copystat(folder, stage)
            swap = stage.rename(_free_beside(folder, SWAP_MARK))
            try:
                _exchange(swap, folder)
            except (OSError, _CannotExchangeError):
                swap.rename(stage)
                raise
            _sync(folder.parent)
            with suppress(OSError):  # the next build tries again
                _drop(swap, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep signing out of *folder*, which locks it as well."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise OutputError("output-busy", folder=folder) from error
    finally:
        os.close(handle)


def _free_beside(folder: Path, mark: str) -> Path:
    named = folder.absolute()  # "." has no name of its own
    return named.with_name(f".{named.name}{mark}{secrets.token_hex(4)}")


def _make_beside(folder: Path, mark: str) -> Path:
    made = _free_beside(folder, mark)
    made.mkdir()  # with the rights that the user's umask leaves, unlike a folder of `tempfile`
    return made


def _carry_over(folder: Path, stage: Path, but: AbstractSet[str]) -> None:
    """Let *stage* hold all that *folder* holds, as links to the same files, *but* for some."""
    for name in sorted(one.name for one in folder.iterdir()):
        file, target = folder / name, stage / name
        if name in but or name.startswith(STAGE_MARK):
            continue
        if file.is_dir() and not file.is_symlink():
            target.mkdir()
            _carry_over(file, target, frozenset())
            shutil.copystat(file, target)
        else:
            _link(file, target)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in CANNOT_EXCHANGE:
            raise _CannotExchangeError from error
        raise


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places in one step."""
    import ctypes  # noqa: PLC0415 - only here

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError as error:
        raise _CannotExchangeError from error
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE):
        number = ctypes.get_errno()
        if number in CANNOT_EXCHANGE:
            raise _CannotExchangeError
        raise OSError(number, os.strerror(number), str(other))


# --- what is left of a former folder --------------------------------------------------------------------


def _clear_rubbish(folder: Path) -> None:
    """Remove what killed builds left beside *folder* and in it."""
    for stage in (*folder.parent.glob(f".{folder.name}{STAGE_MARK}*"), *folder.glob(f"{STAGE_MARK}*")):
        shutil.rmtree(stage)
    for swap in folder.parent.glob(f".{folder.name}{SWAP_MARK}*"):
        _drop(swap, folder)


def _drop(former: Path, folder: Path) -> None:
    """Remove the *former* folder; what somebody put or saved there meanwhile goes into *folder* first."""
    made, there = hashes_in(former), set(_iter_identities(folder))
    for file in [Path(root) / name for root, _, names in os.walk(former) for name in names]:
        place = folder / file.relative_to(former)
        is_ours = file.name == MANIFEST_FILE or (file.parent == former and _is_known(file, made))
        if _identity(file) in there or is_ours or _is_same(file, place):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        file.rename(place if not os.path.lexists(place) else free_name(place, EDITED))
    # Half removed, it must not be taken for files that somebody put there.
    shutil.rmtree(former.rename(_free_beside(folder, STAGE_MARK)))


def _iter_identities(folder: Path) -> Iterator[tuple[int, int]]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield _identity(Path(root) / name)


def _identity(file: Path) -> tuple[int, int]:
    status = file.lstat()
    return status.st_dev, status.st_ino


def _is_known(file: Path, made: Mapping[str, AbstractSet[str]]) -> bool:
    return file.name in made and not file.is_symlink() and hash_of(file.read_bytes()) in made[file.name]


def _is_same(file: Path, other: Path) -> bool:
    """Tell whether two files hold the same bytes."""
    are_files = all(one.is_file() and not one.is_symlink() for one in (file, other))
    return are_files and file.read_bytes() == other.read_bytes()


def free_name(file: Path, word: str) -> Path:
    """Return a name that says *word* beside *file*, and that nothing has: ``bien-ban.moi.docx``."""
    number, name = 1, file.with_name(f"{file.stem}.{word}{file.suffix}")
    while os.path.lexists(name):
        number += 1
        name = file.with_name(f"{file.stem}.{word}-{number}{file.suffix}")
    return name


# --- file by file ---------------------------------------------------------------------------------------


def put_in_place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* (name → content) into *folder*, replacing files of the same names, one after the other.

    Other files in *folder* are left alone. Raises `OutputError`; what was there before is then still whole.
    """
    refuse_links(folder, list(files))
    with _told(folder):
        _put_each(folder, files, {}, frozenset())


def _put_each(
    folder: Path, files: Mapping[str, bytes], copies: Mapping[str, str], gone: AbstractSet[str]
) -> None:
    """Move each file over the old one, the manifest last: without one the folder is incomplete."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = _make_near(folder)
    former = stage / "former"
    try:
        former.mkdir()
        _fill(stage, files)
        for name in (*files, *gone):
            if (folder / name).is_file():
                _save(folder / name, former / name)
        with _moved_back(folder, former, stage, files):
            for copy, name in copies.items():
                _save(folder / name, folder / copy)
            _move_all(folder, stage, files)
        for name in gone:
            (folder / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _make_near(folder: Path) -> Path:
    """Return a new folder on the disk of *folder*: beside it, or in it where that cannot be."""
    if folder.stat().st_dev == folder.parent.stat().st_dev:
        with suppress(PermissionError):
            return _make_beside(folder, STAGE_MARK)
    stage = folder / f"{STAGE_MARK}{secrets.token_hex(4)}"
    stage.mkdir()
    return stage


def _save(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:
        shutil.copy2(file, copy)


def _move_all(folder: Path, stage: Path, files: Mapping[str, bytes]) -> None:
    has_manifest = MANIFEST_FILE in files
    if has_manifest:
        (stage / MANIFEST_FILE).replace(folder / NEW_MANIFEST)
        if (folder / MANIFEST_FILE).exists():
            (folder / MANIFEST_FILE).replace(folder / OLD_MANIFEST)
    for name in files:
        if name != MANIFEST_FILE:
            (stage / name).replace(folder / name)
    if has_manifest:
        _sync(folder)
        (folder / NEW_MANIFEST).replace(folder / MANIFEST_FILE)
        (folder / OLD_MANIFEST).unlink(missing_ok=True)
    _sync(folder)


@contextmanager
def _moved_back(folder: Path, former: Path, stage: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put the former files back when one of the new ones cannot be moved."""
    try:
        yield
    except OSError:
        for name in files:
            if (former / name).exists():
                if not (folder / name).exists() or not (folder / name).samefile(former / name):
                    (former / name).replace(folder / name)
            elif name != MANIFEST_FILE and not (stage / name).exists():
                (folder / name).unlink(missing_ok=True)
        for name in (NEW_MANIFEST, OLD_MANIFEST):
            (folder / name).unlink(missing_ok=True)
        raise


def _fill(stage: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        with (stage / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _sync(stage)


def _sync(folder: Path) -> None:
    """Let the disk know what a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
