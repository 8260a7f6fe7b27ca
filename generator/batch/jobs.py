"""What goes to a worker and what comes back, as bytes: the facts of a year in, its finished files out.

A worker needs no disk of ours, and writes to none: nothing that it leaves behind can be taken for a document.
"""

from __future__ import annotations

import os
import pickle
import stat
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import typeface
from generator.errors import DisagreementError, HoinghiError, InputError
from generator.manifest import MOST_BYTES, hash_of
from generator.readers.conference import WORKBOOK_FILES
from generator.readers.csv import SUFFIX
from generator.request import Request, find_neighbours
from generator.sources import find_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from generator.composing import Prepared
    from generator.findings import Finding
    from generator.incremental import Former
    from generator.pipeline import Made

YAML_FILES = "*.yaml"

UNEXPECTED = 1
"""The exit code for a defect of the program."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a folder, so that it can be made again elsewhere."""

    content: bytes = b""
    link: str = ""
    """To what a link leads, which no reader follows: ``file``, ``folder`` or ``nothing``."""
    size: int = 0
    """Of a file that is too large for every reader: it is made again with as many zeros."""
    is_special: bool = False
    """Whether it is neither a file nor a folder nor a link."""


Tree = dict[str, Entry]
"""What a folder holds, by the path below it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of every conference."""

    templates: Path
    kinds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    strict: bool = False
    originals: bool = False
    each: bool = False
    force: bool = False

    def request(self, folder: Path, outputs: Path) -> Request:
        """Return the request for the year in *folder*."""
        return Request(
            year=folder.name,
            kinds=self.kinds,
            inputs=folder.parent,
            outputs=outputs,
            templates=self.templates,
            formats=self.formats,
            strict=self.strict,
            originals=self.originals,
            each=self.each,
            force=self.force,
        )


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first job of a conference: its facts are read and checked, its first documents written."""

    request: Request
    facts: Tree
    """The year's folder and the facts beside it, by their paths below `request.inputs`."""
    former: Former
    most: int
    """How many documents are written at most; what is left is named in the answer."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """Another job of a conference: documents are written of which the words are known."""

    prepared: Prepared
    """No more of it than these documents."""
    former: Former


Job = Beginning | Continuation


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there are no documents."""

    key: str
    values: Mapping[str, object]
    exit_code: int
    findings: tuple[Finding, ...] = ()
    trace: str = ""
    """Where in the program it was, for whoever looks after it."""
    is_apart: bool = False
    """Whether it is the fault of one document, so that the others may go well."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job."""

    made: Made | None = None
    rest: Prepared | None = None
    """The words of the documents that are left."""
    refusal: Refusal | None = None
    seconds: float = 0.0


def refuse(error: HoinghiError) -> Refusal:
    """Return *error* as a refusal, which another process can read."""
    findings = error.findings if isinstance(error, InputError) else ()
    values = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
    return Refusal(
        error.key, values, error.exit_code, findings, is_apart=isinstance(error, DisagreementError)
    )


def refuse_unexpected(error: Exception) -> Refusal:
    """Return a defect of ours as a refusal; be where it is handled."""
    values = {"reason": f"{type(error).__name__}: {error}".partition("\n")[0]}
    trace = traceback.format_exc()
    return Refusal("batch-unexpected", values, UNEXPECTED, trace=trace, is_apart=True)


def select(prepared: Prepared, names: Collection[str]) -> Prepared:
    """Return no more of *prepared* than the documents *names*."""
    wanted = set(names)
    composed = (
        replace(
            one,
            document=replace(one.document, blocks=()),
            papers={name: paper for name, paper in one.papers.items() if name in wanted},
        )
        for one in prepared.composed
    )
    return replace(prepared, composed=tuple(one for one in composed if one.papers))


# --- an envelope: values of Python itself only, so that any version of the program can read it ----------


@dataclass(frozen=True, slots=True)
class Outfit:
    """What all jobs of a batch have in common: the templates, and which documents are made with them."""

    packed: bytes
    digest: str

    @classmethod
    def read(cls, order: Order, names: Collection[str]) -> Outfit:
        """Read the files *names* of the templates, those behind links as well. Raises `OSError`."""
        tree = {name: Entry((order.templates / name).read_bytes()) for name in sorted(names)}
        packed = pickle.dumps((tree, order.kinds, order.formats))
        return cls(packed, hash_of(packed))


def pack(job: Job, outfit: Outfit, tools: Mapping[str, str]) -> bytes:
    """Return *job* as bytes, with the *outfit* and the *tools* (of `find_tools`) it is to be done with."""
    return pickle.dumps((dict(tools), outfit.digest, outfit.packed, pickle.dumps(job)))


def unpack(packed: bytes) -> tuple[dict[str, str], str, bytes, bytes]:
    """Return what `pack` put together: tools, the outfit's digest, the outfit, the job."""
    return pickle.loads(packed)  # type: ignore[no-any-return]


def find_tools() -> dict[str, str]:
    """Return what the bytes of documents depend on besides facts and templates: versions and font files."""
    faces = typeface.load_faces().values()
    return find_versions() | {
        face.file: hash_of((typeface.folder() / face.file).read_bytes()) for face in faces
    }


# --- folders as data ---------------------------------------------------------------------------------------


def read_facts(folder: Path) -> Tree:
    """Return all of the year's *folder* and the facts of the years beside it, by paths below its parent.

    The years beside it tell who led the block before. Raises `OSError`.
    """
    tree = {f"{folder.name}/{path.relative_to(folder).as_posix()}": _read(path) for path in _iter_all(folder)}
    for beside in find_neighbours(folder):
        for file in sorted(beside.iterdir()):
            if _may_be_facts(file):
                tree[f"{beside.name}/{file.name}"] = _read(file)
    return tree


def _may_be_facts(file: Path) -> bool:
    return file.match(YAML_FILES) or file.match(WORKBOOK_FILES) or file.suffix.lower() == SUFFIX


def _iter_all(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _iter_all(folder / entry.name)
            else:
                yield folder / entry.name


def _read(path: Path) -> Entry:
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode):
        return Entry(link="file" if path.is_file() else "folder" if path.is_dir() else "nothing")
    if not stat.S_ISREG(state.st_mode):
        return Entry(is_special=True)
    if state.st_size > MOST_BYTES:
        return Entry(size=state.st_size)
    return Entry(path.read_bytes())


def lay_out(tree: Tree, folder: Path) -> None:
    """Make *folder* hold *tree*; its links lead to empty things beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    linked = folder.with_name(f"{folder.name}.links")
    (linked / "folder").mkdir(parents=True, exist_ok=True)
    (linked / "file").touch()
    for path, entry in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if entry.link:
            target.symlink_to(linked / entry.link)
        elif entry.is_special:
            os.mkfifo(target)
        else:
            with target.open("wb") as file:
                file.write(entry.content)
                file.truncate(entry.size or len(entry.content))
