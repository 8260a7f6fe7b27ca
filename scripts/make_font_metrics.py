"""Read the four font files; write the widths of their letters to generator/fonts/metrics.json.

Run by `make font-metrics` after a change of the font files. A build then needs no font reader to know how
long a line of text is, or whether a letter exists at all.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "generator" / "fonts"
FACES = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bold_italic": "LiberationSerif-BoldItalic.ttf",
}


def read_face(file: Path) -> dict[str, object]:
    """Return the hash of a font file and the advance width of each of its letters, in units of an em."""
    font = TTFont(file)
    widths = font["hmtx"]
    return {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "units_per_em": font["head"].unitsPerEm,
        "advances": {str(code): widths[glyph][0] for code, glyph in sorted(font.getBestCmap().items())},
    }


def read_metrics() -> dict[str, object]:
    """Return the family's name and its faces."""
    return {
        "family": "Liberation Serif",
        "faces": {face: read_face(FONTS / name) for face, name in FACES.items()},
    }


if __name__ == "__main__":
    text = json.dumps(read_metrics(), separators=(",", ":"))
    (FONTS / "metrics.json").write_text(text + "\n", encoding="utf-8")
