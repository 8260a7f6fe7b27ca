"""A year's folder and the templates come in; what documents are made from goes out, each with its hash."""

from __future__ import annotations

import sys
from importlib import metadata
from typing import TYPE_CHECKING

from generator import __version__, typeface
from generator.manifest import Sources, hash_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIBRARIES = (
    *("babel", "jinja2", "lxml", "openpyxl", "pillow", "pydantic"),
    *("pydyf", "python-docx", "pyyaml", "weasyprint"),
)
"""Those on which the bytes of documents depend."""

FACTS = ("*.yaml", "*.xlsx", "*.csv", "photos/**/*")
"""What may be read of a year's folder."""


def find_sources(folder: Path, templates: Path) -> Sources:
    """Return what the documents of the year in *folder* are made from, as it is now."""
    fonts = (typeface.folder() / metrics.file for metrics in typeface.load_faces().values())
    return Sources(
        inputs=hash_files(folder, _iter_facts(folder)),
        templates=hash_files(templates, _iter_files(templates)),
        fonts=hash_files(typeface.folder(), fonts),
        versions=find_versions(),
    )


def _iter_facts(folder: Path) -> Iterator[Path]:
    for pattern in FACTS:
        yield from (file for file in folder.glob(pattern) if _is_plain(file))


def _iter_files(folder: Path) -> Iterator[Path]:
    yield from (file for file in folder.rglob("*") if _is_plain(file))


def _is_plain(file: Path) -> bool:
    """Tell whether a file may count: readers refuse links, and locks of other programs hold no facts."""
    return file.is_file() and not file.is_symlink() and not file.name.startswith((".", "~$"))


def find_versions() -> dict[str, str]:
    """Return the versions of this program, of Python and of the libraries."""
    versions = {library: metadata.version(library) for library in LIBRARIES}
    return {"hoinghi": __version__, "python": f"{sys.version_info.major}.{sys.version_info.minor}"} | versions
