"""The bytes of a photograph come in; a picture ready to be printed goes out, or the reason for refusing it.

What a picture shows is kept, and nothing else: not where it was taken, by whom, with what.
"""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageCms, ImageFile

from generator.tree import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 40_000_000
MOST_SIDE_PX = 1200
"""Longest side in print: the 130 mm of templates/style/press.yaml at a little more than 220 dots an inch."""
QUALITY = 85

FORMATS = ("JPEG", "PNG")
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How files of these formats begin, whatever their names say."""

WHITE = (255, 255, 255, 255)
ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held (EXIF 2.32, 4.6.4 A)."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = frozenset({5, 6, 7, 8})
"""Orientations in which width and height change places."""

COLOUR_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}
"""The kind of profile that fits each mode (ICC.1, 7.2.6)."""


class PictureRefusedError(Exception):
    """Raised when bytes are no photograph that can be printed; names the finding's code."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture, and what size the photograph has from which it was made, upright."""

    picture: Picture
    taken_width_px: int
    taken_height_px: int


def make_picture(content: bytes, name: str) -> Photograph:
    """Return the picture *name* that the JPEG or PNG file *content* shows: upright, in sRGB, of print size.

    Of a file with several pictures it is the first. The same bytes give the same picture.
    Raises `PictureRefusedError` for another format, too many pixels, or a file that is not whole.
    """
    if not content.startswith(SIGNATURES):
        raise PictureRefusedError("photo-not-a-picture")
    try:
        with _strictly(), Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            taken = opened.size
            _refuse_giant(*taken)
            orientation = _load(opened)
            image = _turn(_use_srgb(_flatten(_scale(opened)), opened.info.get("icc_profile")), orientation)
    except PictureRefusedError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _giant() from error
    except Exception as error:  # the decoders raise whatever a broken file makes them stumble over
        raise PictureRefusedError("photo-broken") from error
    picture = Picture(name, _encode(image), image.width, image.height)
    return Photograph(picture, *(reversed(taken) if orientation in LYING else taken))


def _refuse_giant(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _giant()


def _giant() -> PictureRefusedError:
    return PictureRefusedError("photo-gigantic", limit=MOST_PIXELS // 1_000_000)


@contextmanager
def _strictly() -> Iterator[None]:
    """Let half a picture and a giant one be errors, whatever the process has agreed to elsewhere.

    Importing WeasyPrint lets Pillow accept truncated files everywhere (weasyprint/images.py).
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata; none of it is kept
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _load(opened: ImageFile.ImageFile) -> int:
    """Decode *opened*, a large JPEG at a fraction of its size, and return its orientation."""
    opened.draft(None, _print_size(opened.size))
    opened.load()
    try:
        orientation = opened.getexif().get(ORIENTATION)
    except Exception:  # as above; what cannot be read says nothing
        return 1
    return orientation if orientation in TURNS else 1


def _print_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return *size* made so small that it fits into print; never larger than it was."""
    longest = max(size)
    if longest <= MOST_SIDE_PX:
        return size
    width, height = (max(1, round(side * MOST_SIDE_PX / longest)) for side in size)
    return width, height


def _scale(image: Image.Image) -> Image.Image:
    image = _widen(image)
    size = _print_size(image.size)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _widen(image: Image.Image) -> Image.Image:
    """Return *image* in a mode in which colours can be mixed, its transparency kept."""
    if image.mode.startswith("I"):  # grey of 16 bits, of which print needs the upper eight
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in COLOUR_SPACES else image.convert("RGB")


def _flatten(image: Image.Image) -> Image.Image:
    """Return *image* on white paper."""
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image).convert("RGB")


def _use_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return *image* in sRGB, read by its own colour *profile* where that is one."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if source.profile.xcolor_space == COLOUR_SPACES[image.mode]:
                target = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
                return cast("Image.Image", converted)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is none
    return image if image.mode == "RGB" else image.convert("RGB")


def _turn(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def _encode(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)  # an image carries comments along, and its JPEG would have them
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
