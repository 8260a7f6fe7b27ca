"""Folders come in; the conferences below them go out, each with the folder that its documents go into."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import UsageError
from generator.readers.conference import CONFERENCE_FILE, WORKBOOK_FILES
from generator.readers.csv import SUFFIX
from generator.readers.tables import find_sheet
from generator.request import YEAR_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INPUTS, OUTPUTS = "inputs", "outputs"
"""What the two folders are called that stand side by side."""


@dataclass(frozen=True, slots=True)
class Found:
    """A conference of an archive."""

    name: str
    """The path that people know it by: below the root, with the root's own name where there are several."""
    folder: Path
    """The year's folder."""
    outputs: Path
    """The folder into which the year's outputs go, in one of the year's name."""
    problem: str = ""
    """Key of the sentence why nothing is made of it; empty where nothing is in the way."""

    @property
    def target(self) -> Path:
        """The folder that holds the documents."""
        return self.outputs / self.folder.name


def find_conferences(roots: Sequence[Path], outputs: Path | None) -> list[Found]:
    """Return the conferences in and below *roots*, sorted by folder; links are named, never followed.

    With *outputs* the documents go there, each below the same folders as its facts below the root; else into
    the ``outputs`` beside the ``inputs`` that hold the year. Raises `UsageError` for a root that is no
    folder, where nothing is found, for a year of which it is not known where its documents go, and for two
    conferences that would share a folder.
    """
    folders: dict[Path, tuple[Path, bool]] = {}
    for root in (Path(os.path.abspath(one)) for one in roots):  # noqa: PTH100 - resolve() would follow links
        if not root.is_dir():
            raise UsageError("batch-root-missing", folder=root)
        for folder, is_link in _iter_conferences(root):
            folders.setdefault(folder, (root, is_link))
    if not folders:
        raise UsageError("batch-nothing", folders=", ".join(map(str, roots)))
    found = [
        Found(
            _name(folder, root, len(roots)),
            folder,
            _outputs_of(folder, root, outputs),
            _problem(folder, is_link),
        )
        for folder, (root, is_link) in sorted(folders.items())
    ]
    _refuse_shared(found)
    return found


def _iter_conferences(folder: Path, *, is_link: bool = False) -> Iterator[tuple[Path, bool]]:
    """Yield *folder* or those below it that hold a conference, and whether each is a link."""
    with os.scandir(folder) as scanned:
        entries = sorted((one for one in scanned if not one.name.startswith(".")), key=lambda one: one.name)
    if _has_facts(entries):
        yield folder, is_link
        return
    if is_link:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _iter_conferences(folder / entry.name, is_link=entry.is_symlink())


def _has_facts(entries: Sequence[os.DirEntry[str]]) -> bool:
    return any(_is_facts(Path(one.name)) for one in entries if not one.is_dir())


def _is_facts(file: Path) -> bool:
    is_book = file.name == CONFERENCE_FILE or file.match(WORKBOOK_FILES)
    return is_book or (file.suffix.lower() == SUFFIX and find_sheet(file.stem) is not None)


def _problem(folder: Path, is_link: bool) -> str:  # noqa: FBT001
    if is_link:
        return "batch-link"
    return "" if YEAR_NAME.fullmatch(folder.name) else "year-refused"


def _name(folder: Path, root: Path, roots: int) -> str:
    base = root.parent if roots > 1 or folder == root else root
    return folder.relative_to(base).as_posix()


def _outputs_of(folder: Path, root: Path, outputs: Path | None) -> Path:
    if outputs is not None:
        return outputs / folder.relative_to(root).parent if folder != root else outputs
    above = next((one for one in folder.parents if one.name == INPUTS), None)
    if above is None:
        raise UsageError("batch-outputs-unknown", folder=folder)
    return above.with_name(OUTPUTS) / folder.relative_to(above).parent


def _refuse_shared(found: Sequence[Found]) -> None:
    counts = Counter(os.path.abspath(one.target) for one in found)  # noqa: PTH100
    for target, count in counts.items():
        if count > 1:
            sharing = [one.folder for one in found if os.path.abspath(one.target) == target]  # noqa: PTH100
            raise UsageError("batch-outputs-shared", target=target, folders=", ".join(map(str, sharing)))
