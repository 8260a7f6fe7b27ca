"""A year's folder and the templates come in; what documents are made from goes out, each with its hash."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__, typeface
from generator.manifest import Sources, hash_files, hash_of
from generator.request import find_neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIBRARIES = (
    *("babel", "jinja2", "lxml", "openpyxl", "pillow", "pydantic"),
    *("pydyf", "python-docx", "pyyaml", "weasyprint"),
)
"""Those on which the bytes of documents depend."""

FACTS = ("*.yaml", "*.xlsx", "*.csv", "photos/**/*")
"""What may be read of a year's folder."""

PROGRAM = "program"
"""What the hash of the program's own code is called among the versions."""

NOT_CODE, NOT_CODE_FILES = frozenset({"__pycache__", "templates", "locale"}), frozenset({".ttf", ".pyc"})
"""Templates and fonts have their own hashes; messages are in no document."""


def find_sources(folder: Path, templates: Path) -> Sources:
    """Return what the documents of the year in *folder* are made from, as it is now."""
    fonts = (typeface.folder() / metrics.file for metrics in typeface.load_faces().values())
    return Sources(
        inputs=hash_files(folder, _iter_facts(folder)),
        templates=hash_files(templates, _iter_files(templates)),
        fonts=hash_files(typeface.folder(), fonts),
        versions=find_versions(),
    )


def _iter_facts(folder: Path, patterns: Sequence[str] = FACTS) -> Iterator[Path]:
    for pattern in patterns:
        yield from (file for file in folder.glob(pattern) if _is_plain(file))


def _iter_files(folder: Path) -> Iterator[Path]:
    """Yield the files below *folder*, those behind links as well: templates may be shared."""
    seen: set[str] = set()
    for root, folders, names in os.walk(folder, followlinks=True):
        seen.add(os.path.realpath(root))
        folders[:] = [name for name in folders if os.path.realpath(Path(root, name)) not in seen]
        yield from (file for name in names if (file := Path(root, name)).is_file() and not _is_aside(file))


def _is_plain(file: Path) -> bool:
    """Tell whether a file may hold facts: readers refuse links."""
    return file.is_file() and not file.is_symlink() and not _is_aside(file)


def _is_aside(file: Path) -> bool:
    """Tell whether other programs put a file there: locks and the like."""
    return file.name.startswith((".", "~$"))


def list_sources(folder: Path, templates: Path) -> list[Path]:
    """Return all files that may change what a build of the year in *folder* makes or says."""
    years = [folder, *find_neighbours(folder)] if folder.is_dir() else []
    return [*(file for year in years for file in _iter_facts(year)), *_iter_files(templates)]


def find_neighbours_facts(folder: Path) -> dict[str, str]:
    """Return the hashes of the facts of the years beside *folder*, without their photographs."""
    files = [file for beside in find_neighbours(folder) for file in _iter_facts(beside, FACTS[:-1])]
    return hash_files(folder.parent, files)


@cache
def find_versions() -> dict[str, str]:
    """Return the versions of this program, of Python and of the libraries, and the hash of this program."""
    versions = {library: metadata.version(library) for library in LIBRARIES}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"hoinghi": __version__, PROGRAM: _hash_program(), "python": python} | versions


def _hash_program() -> str:
    """Return one hash of the program's code and data: a checkout changes without a new version."""
    package = Path(__file__).resolve().parent
    files = (file for file in package.rglob("*") if not set(file.parts) & NOT_CODE and file.is_file())
    hashes = hash_files(package, (file for file in files if file.suffix not in NOT_CODE_FILES))
    return hash_of("".join(f"{name} {value}\n" for name, value in hashes.items()).encode())
