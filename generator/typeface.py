"""The project's own typeface: its files, the widths of its letters, and which letters it has.

Liberation Serif 2.1.5 has the widths of Times New Roman and every Vietnamese letter. A Word file names
Times New Roman; the PDF embeds these files; both therefore break their lines at the same words. The widths
are those without kerning, as Word and LibreOffice set a DOCX that does not ask for it.
"""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Mapping

Face = Literal["regular", "bold", "italic", "bold_italic"]
FACES: tuple[Face, ...] = ("regular", "bold", "italic", "bold_italic")

POINT_MM = 25.4 / 72
"""Millimetres in a point."""


@dataclass(frozen=True, slots=True)
class FaceMetrics:
    """One of the four font files."""

    file: str
    sha256: str
    units_per_em: int
    advances: Mapping[int, int]
    """Width of each letter by its code point, in `units_per_em`."""


@cache
def load_faces() -> dict[Face, FaceMetrics]:
    """Return the four faces, read from the table that was made from the font files."""
    table = json.loads((folder() / "metrics.json").read_text(encoding="utf-8"))
    return {face: _face_of(table["faces"][face]) for face in FACES}


def _face_of(entry: dict[str, object]) -> FaceMetrics:
    advances = entry["advances"]
    if not isinstance(advances, dict):
        raise TypeError("advances")
    return FaceMetrics(
        file=str(entry["file"]),
        sha256=str(entry["sha256"]),
        units_per_em=int(str(entry["units_per_em"])),
        advances={int(code): width for code, width in advances.items()},
    )


def folder() -> Path:
    """Return the folder of the font files."""
    return Path(str(resources.files("generator") / "fonts"))


def family() -> str:
    """Return the name that the font files give themselves."""
    return "Liberation Serif"


def check_files() -> None:
    """Make sure that the font files are the ones whose widths and letters are known.

    Raises `MachineError` naming the first file that is absent or different.
    """
    for metrics in load_faces().values():
        file = folder() / metrics.file
        if not file.is_file():
            raise MachineError("font-missing", file=file)
        if hashlib.sha256(file.read_bytes()).hexdigest() != metrics.sha256:
            raise MachineError("font-changed", file=file)


def face_of(*, bold: bool, italic: bool) -> Face:
    """Return the face for a look."""
    if bold:
        return "bold_italic" if italic else "bold"
    return "italic" if italic else "regular"


def text_width_mm(text: str, size_pt: float, face: Face = "regular") -> float:
    """Return the width of *text* set in one line, in millimetres.

    A letter that the typeface lacks counts as one em; `missing_letters` tells which they are.
    """
    return _text_units(text, face) / load_faces()[face].units_per_em * size_pt * POINT_MM


@lru_cache(maxsize=1 << 15)
def _text_units(text: str, face: Face) -> int:
    """Return the width of *text* in units of the face; the same words come again and again."""
    metrics = load_faces()[face]
    return sum(map(metrics.advances.get, map(ord, text), repeat(metrics.units_per_em)))


def missing_letters(text: str) -> tuple[str, ...]:
    """Return the letters of *text* that one of the faces lacks, each once, in order."""
    faces = load_faces().values()
    letters = dict.fromkeys(text.replace("\n", ""))
    return tuple(letter for letter in letters if any(ord(letter) not in face.advances for face in faces))


def fontconfig_xml(cache_folder: Path) -> str:
    """Return a fontconfig file that knows these fonts only, under the name Times New Roman too.

    Kerning and ligatures are off here and not in the style sheet, where WeasyPrint 70 leaks memory.
    *cache_folder* is where fontconfig may keep its index.
    """
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{html.escape(str(folder()), quote=False)}</dir>
  <cachedir>{html.escape(str(cache_folder), quote=False)}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="same"><string>{family()}</string></edit>
  </match>
  <match target="font">
    <edit name="fontfeatures" mode="append"><string>kern=0</string></edit>
    <edit name="fontfeatures" mode="append"><string>liga=0</string></edit>
  </match>
</fontconfig>
"""
