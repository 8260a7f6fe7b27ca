"""What a signature shows: lines and pictures come in, a one-page PDF file as large as its field goes out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator import typeface
from generator.errors import SigningError
from generator.typeface import POINT_MM
from generator.writers.markup import element, quote, stack, void_element
from generator.writers.pdf import SEAL_MM, write_stamp_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZES_PT = (10.0, 9.0, 8.0, 7.0, 6.0)
"""The size of letters (Nghị định 30/2020/NĐ-CP, phụ lục I, III.1); smaller where they do not fit."""

LINE_HEIGHT = 1.15
OVERLAP = 1 / 3
"""What part of the signature a seal covers, on its left (phụ lục I, II.8)."""

SIGNATURE_SHARE = 0.5
"""The width of a signature's picture, of the field's."""

LEAST_SIGNATURE_MM = 10.0
SIDE_MM = 1.0
"""What is left free beside lines."""

ROOM_MM = 25.0
"""What is free between post and name, in the middle of a field that is as high as a seal."""


@dataclass(frozen=True, slots=True)
class StampPicture:
    """A picture of a signature or a seal, transparent where nothing is drawn."""

    content: bytes
    """A PNG file."""
    width_px: int
    height_px: int
    width_mm: float = 0.0
    """Its true width; 0 where it has none."""

    @property
    def height_mm(self) -> float:
        """Its true height."""
        return self.width_mm * self.height_px / self.width_px


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is shown in a field."""

    lines: tuple[str, ...]
    signature: StampPicture | None = None
    seal: StampPicture | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    name: str
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


def write_stamp(stamp: Stamp, width_pt: float, height_pt: float) -> bytes:
    """Return *stamp* as a PDF file of one page. Raises `SigningError` where it does not fit."""
    lines = [unicodedata.normalize("NFC", line) for line in stamp.lines]
    width_mm, height_mm = width_pt * POINT_MM, height_pt * POINT_MM
    inset_mm = (height_mm - ROOM_MM) / 2 if height_mm >= SEAL_MM - 0.5 else 0.0
    pictures = {"signature": stamp.signature, "seal": stamp.seal}
    wrapped, size_pt = _fit_lines(
        lines, width_mm - 2 * SIDE_MM, height_mm - 2 * inset_mm, has_pictures=any(pictures.values())
    )
    text_mm = len(wrapped) * size_pt * LINE_HEIGHT * POINT_MM
    placed = list(_place(stamp, width_mm, height_mm, inset_mm, text_mm))
    top_mm = height_mm - inset_mm - text_mm if placed else (height_mm - text_mm) / 2
    page = _write_page(placed, wrapped, (width_mm, height_mm, top_mm, size_pt))
    files = {f"stamp:{name}": one.content for name, one in pictures.items() if one}
    return write_stamp_page(page, files)


def _fit_lines(
    lines: Sequence[str], width_mm: float, height_mm: float, *, has_pictures: bool
) -> tuple[list[str], float]:
    """Return the lines as they are broken, and the size at which they fit."""
    for size_pt in SIZES_PT:
        wrapped = [part for line in lines for part in _wrap(line, width_mm, size_pt)]
        room_mm = height_mm / (3 if has_pictures else 1)
        is_wide = any(typeface.text_width_mm(one, size_pt, "regular") > width_mm for one in wrapped)
        if not is_wide and len(wrapped) * size_pt * LINE_HEIGHT * POINT_MM <= room_mm:
            return wrapped, size_pt
    raise SigningError("stamp-too-long", text=" / ".join(lines))


def _wrap(line: str, width_mm: float, size_pt: float) -> Iterator[str]:
    """Yield *line* broken at spaces wherever it gets too long."""
    taken = ""
    for word in line.split(" "):
        longer = f"{taken} {word}".strip()
        if taken and typeface.text_width_mm(longer, size_pt, "regular") > width_mm:
            yield taken
            longer = word
        taken = longer
    if taken:
        yield taken


def _place(
    stamp: Stamp, width_mm: float, height_mm: float, inset_mm: float, text_mm: float
) -> Iterator[_Placed]:
    """Yield the pictures: the signature in the middle, the seal over its left third, both on one line."""
    seal, signature = stamp.seal, stamp.signature
    room_mm = height_mm - 2 * inset_mm - text_mm
    middle_mm = inset_mm + room_mm / 2
    seal_mm = seal.width_mm if seal else 0.0
    if seal and (seal.width_mm > width_mm or seal.height_mm > height_mm):
        raise _too_large(seal, width_mm, height_mm)
    left_mm = (width_mm - seal_mm) / 2
    if signature:
        ratio = signature.height_px / signature.width_px
        size_mm = min(width_mm * SIGNATURE_SHARE, room_mm / ratio, (width_mm - seal_mm) / (1 - OVERLAP))
        if seal and size_mm < LEAST_SIGNATURE_MM:
            raise _too_large(seal, width_mm, height_mm)
        left_mm = (width_mm - size_mm) / 2
        if seal:
            left_mm = max(left_mm, seal_mm - size_mm * OVERLAP)
        yield _Placed("signature", left_mm, middle_mm - size_mm * ratio / 2, size_mm, size_mm * ratio)
        left_mm += size_mm * OVERLAP - seal_mm
    if seal:
        top_mm = min(max(middle_mm - seal.height_mm / 2, 0.0), height_mm - seal.height_mm)
        yield _Placed("seal", left_mm, top_mm, seal.width_mm, seal.height_mm)


def _too_large(seal: StampPicture, width_mm: float, height_mm: float) -> SigningError:
    return SigningError(
        "stamp-seal-too-large",
        width=f"{seal.width_mm:.0f}",
        height=f"{seal.height_mm:.0f}",
        room_width=f"{width_mm:.0f}",
        room_height=f"{height_mm:.0f}",
    )


def _write_page(
    placed: Sequence[_Placed], lines: Sequence[str], measures: tuple[float, float, float, float]
) -> str:
    width_mm, height_mm, top_mm, size_pt = measures
    images = (
        void_element(
            "img",
            src=f"stamp:{one.name}",
            alt=one.name,
            style=f"left: {one.left_mm:.3f}mm; top: {one.top_mm:.3f}mm; "
            f"width: {one.width_mm:.3f}mm; height: {one.height_mm:.3f}mm",
        )
        for one in placed
    )
    text = stack(element("div", Markup("{}").format(line)) for line in lines)
    # Without crisp edges WeasyPrint asks the reader to smooth pictures, which PDF/A forbids.
    style = (
        f"@page {{ size: {width_mm:.4f}mm {height_mm:.4f}mm; margin: 0; }} "
        "* { margin: 0; padding: 0; } "
        "img { position: absolute; image-rendering: crisp-edges; } "
        f".lines {{ position: absolute; left: 0; right: 0; top: {top_mm:.3f}mm; text-align: center; "
        f"white-space: nowrap; font: {size_pt:g}pt/{LINE_HEIGHT} {quote(typeface.family())}; }}"
    )
    head = element("style", Markup(style))  # noqa: S704 - numbers, and a quoted name
    lines_markup = element("div", text, "lines") if lines else Markup()
    return str(Markup("<!DOCTYPE html>\n<title>-</title>{}{}{}").format(head, stack(images), lines_markup))
