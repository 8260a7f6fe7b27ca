"""Pictures of signatures and seals: a PNG file comes in; a bare, transparent picture goes out, or why not."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageFile

from generator.errors import SigningError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 5_000_000
MOST_PIXELS = 4_000_000
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is transparent where nothing is drawn."""

    content: bytes
    width_px: int
    height_px: int
    width_mm: float
    """Its true width, from the dots an inch in the file; 0 where the file does not tell."""


def read_drawing(file: Path) -> Drawing:
    """Read a PNG file. Raises `SigningError` for another format, and for an opaque or huge picture."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SigningError("file-not-there", file=file, reason=error.strerror or error) from error
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG",)) as opened:
                if len(content) > MOST_BYTES or opened.width * opened.height > MOST_PIXELS:
                    raise SigningError("stamp-picture-large", file=file)
                dots = float(opened.info.get("dpi", (0, 0))[0])
                picture = opened.convert("RGBA")
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise SigningError("stamp-picture-wrong", file=file) from error
    if picture.getchannel("A").getextrema()[0] == 255:
        raise SigningError("stamp-picture-opaque", file=file)
    bare = io.BytesIO()
    picture.save(bare, "PNG")
    width_mm = picture.width / dots * MM_PER_INCH if dots > 1 else 0.0
    return Drawing(bare.getvalue(), picture.width, picture.height, width_mm)
