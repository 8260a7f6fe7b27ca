"""PDF files as other programs might write them: of bare text operators, with a font that is not embedded."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.typeface import POINT_MM, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

A4 = (595.28, 841.89)
FONTS = {"F1": ("TimesNewRomanPSMT", "regular"), "F2": ("TimesNewRomanPS-BoldMT", "bold")}


def width_pt(text: str, size: float = 14, font: str = "F1") -> float:
    return text_width_mm(text, size, FONTS[font][1]) / POINT_MM


def show(x: float, y: float, text: str, size: float = 14, font: str = "F1", *, spread: float = 0) -> str:
    """Return the operators that show *text* at a place; *spread* is added to each space."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {spread:.4f} Tw 1 0 0 1 {x:.3f} {y:.3f} Tm ({escaped}) Tj ET\n"


def centre(x: float, y: float, text: str, size: float = 14, font: str = "F1") -> str:
    return show(x - width_pt(text, size, font) / 2, y, text, size, font)


def set_text(text: str, x: float, y: float, width: float, *, indent: float = 36, pitch: float = 17) -> str:
    """Return a justified paragraph that begins at *y*."""
    lines: list[list[str]] = [[]]
    for word in text.split():
        room = width - (indent if len(lines) == 1 else 0)
        if lines[-1] and width_pt(" ".join((*lines[-1], word))) > room:
            lines.append([])
        lines[-1].append(word)
    shown = ""
    for number, words in enumerate(lines):
        left = indent if number == 0 else 0
        rest = width - left - width_pt(" ".join(words))
        spread = rest / (len(words) - 1) if number < len(lines) - 1 else 0
        shown += show(x + left, y - number * pitch, " ".join(words), spread=spread)
    return shown


def count_lines(text: str, width: float, indent: float = 36) -> int:
    return set_text(text, 0, 0, width, indent=indent).count("Tj")


def write_pages(
    contents: Sequence[str], size: tuple[float, float] = A4, rotate: int = 0, *, encrypt: str = ""
) -> bytes:
    pdf = pikepdf.new()
    fonts = Dictionary()
    for key, (name, face) in FONTS.items():
        widths = [round(text_width_mm(chr(code), 1000, face) / POINT_MM) for code in range(32, 127)]
        fonts[f"/{key}"] = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name("/" + name),
                Encoding=Name.WinAnsiEncoding,
                FirstChar=32,
                LastChar=126,
                Widths=Array(widths),
            )
        )
    for content in contents:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *size]),
            Resources=Dictionary(Font=fonts),
            Contents=pdf.make_stream(content.encode("latin-1")),
            Rotate=rotate,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return save(pdf, encrypt)


def save(pdf: pikepdf.Pdf, encrypt: str = "") -> bytes:
    buffer = io.BytesIO()
    encryption = pikepdf.Encryption(user=encrypt, owner=encrypt) if encrypt else False
    pdf.save(buffer, encryption=encryption)
    return buffer.getvalue()


def write_scan() -> bytes:
    """Return a page that is one picture."""
    pdf = pikepdf.new()
    image = pdf.make_stream(
        bytes(100),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=10,
        Height=10,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *A4]),
        Resources=Dictionary(XObject=Dictionary(Im0=image)),
        Contents=pdf.make_stream(f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im0 Do Q".encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return save(pdf)


def sign(content: bytes, *, empty: bool = False) -> bytes:
    """Return *content* with a signature field, signed as far as a reader sees, or still *empty*."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        field = Dictionary(
            FT=Name.Sig, T="Signature1", Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0] * 4)
        )
        if not empty:
            field.V = Dictionary(
                Type=Name.Sig,
                Filter=Name("/Adobe.PPKLite"),
                Contents=pikepdf.String(b"\x30\x00"),
                ByteRange=Array([0, 10, 20, 10]),
            )
        one = pdf.make_indirect(field)
        pdf.Root.AcroForm = Dictionary(Fields=Array([one]), SigFlags=3)
        return save(pdf)
