"""What somebody asks for: which documents of which year, from where, to where. Loads nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

YEAR_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What a year's folder may be called: no separators, no dots, nothing that a shell or a disk reads."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, to where."""

    year: str
    kinds: tuple[str, ...]
    """Empty for all kinds for which there are facts."""
    inputs: Path
    outputs: Path
    templates: Path
    formats: tuple[str, ...] = ()
    """Empty for all formats of each kind."""
    strict: bool = False
    """Whether warnings and gaps stop the build, too."""
    originals: bool = False
    """Whether each party of a kind with originals gets its own."""
    original_for: str = ""
    """The unit whose original alone is made; empty for none or, with `originals`, all."""
    each: bool = False
    """Whether each certificate gets files of its own, in place of one file with all of them."""
    force: bool = False
    """Whether files that somebody edited are replaced; they are kept under other names."""

    @property
    def target(self) -> Path:
        """The folder of the year's outputs."""
        return self.outputs / self.year

    @property
    def division(self) -> str:
        """Into which files a kind goes: ``whole``, ``originals``, ``each``, both of these, or one party's."""
        if self.original_for:
            return "one"
        parts = [
            name for name, is_wanted in (("originals", self.originals), ("each", self.each)) if is_wanted
        ]
        return "+".join(parts) or "whole"


def find_year(inputs: Path, year: str) -> Path:
    """Return the folder of *year* in *inputs*.

    Raises `UsageError` for a name that is no folder's name, or a year without a folder.
    """
    if not YEAR_NAME.fullmatch(year):
        raise UsageError("year-refused", year=year)
    folder = inputs / year
    if not folder.is_dir():
        years = sorted(entry.name for entry in inputs.iterdir() if entry.is_dir()) if inputs.is_dir() else []
        raise UsageError("year-unknown", year=year, folder=folder, known=", ".join(years) or "–")
    return folder


def find_neighbours(folder: Path) -> list[Path]:
    """Return the folders of other years beside the year in *folder*, by their names."""
    beside = sorted(one for one in folder.parent.iterdir() if one.is_dir() and one.name != folder.name)
    return [one for one in beside if YEAR_NAME.fullmatch(one.name)]
