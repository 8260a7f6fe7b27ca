"""Read the ink of a PDF file's pages with pdfium: letters with their looks, drawn rules, pictures.

Bytes come in, an `InkPage` for each page goes out. Lengths are points, from the left upper
corner of the page as it is shown (its rotation and its crop box are applied), downwards.
"""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from generator.errors import InspectionError
from generator.inspection.found import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 64 * 1024 * 1024
MOST_PAGES = 1000
MOST_LETTERS = 600_000
"""Of all pages together; a full page of an official paper has some 2500."""

MOST_UNPACKED, MOST_UNPACKED_TOGETHER = 256 * 1024 * 1024, 2 * 1024**3
"""Bytes that one packed part of a file, and all of them, may take unpacked."""

UNPACKING = 1024 * 1024
"""Bytes that are unpacked at a time."""

MOST_DRAWN = 20_000
"""Objects of one page that are looked at; a page that is drawn of more has no rules that could be told."""

DEEPEST_FORM = 4
"""How many forms may lie within one another."""

THICKEST_RULE_PT = 3.0
SHORTEST_RULE_PT = 5.0

BLACKEST = 40
"""Channels up to which a colour is shown as black: black of a printing press is 35, 31, 32."""

COVERED = 0.6
"""A picture that takes such a part of a page without letters makes it a scanned one."""

HYPHEN_AT_LINE_END = "\x02"
"""What pdfium gives for a hyphen at a line's end, which it takes for a divided word."""

_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
"""Flags of a font's descriptor (ISO 32000-1, table 123)."""

_INVISIBLE = (3, 7)
_STROKED = 2
"""Text render modes (ISO 32000-1, table 106)."""

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and its place."""

    text: str
    left: float
    right: float
    """Where the pen stands before it and after it."""
    base: float
    look: Look
    order: int
    """Its number on the page, in the order of the file."""

    @property
    def size(self) -> float:
        """Its size in points."""
        return self.look.size_pt or 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight rule, drawn as a line or as a thin filled rectangle; level or upright."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float | None

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x2 - self.x1 >= self.y2 - self.y1


@dataclass(frozen=True, slots=True)
class InkPage:
    """What is on a page."""

    width: float
    height: float
    letters: tuple[Letter, ...]
    strokes: tuple[Stroke, ...]
    is_scanned: bool
    has_slanted: bool
    """Whether there are letters that do not run from left to right; they are left out."""


@dataclass(slots=True)
class _Fonts:
    """What is known of the fonts of a page, by their addresses, and which fonts are not in the file."""

    looks: dict[int, tuple[str | None, bool | None, bool | None]] = field(default_factory=dict)
    unembedded: set[str] = field(default_factory=set)


@dataclass(slots=True)
class InkDocument:
    """An open PDF file."""

    pdf: Any
    is_signed: bool
    fonts: _Fonts = field(default_factory=_Fonts)
    letter_count: int = 0

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self.pdf)

    @property
    def unembedded_fonts(self) -> tuple[str, ...]:
        """Fonts of the pages read so far of which the file holds no letters, by name."""
        return tuple(sorted(self.fonts.unembedded))

    def iter_pages(self) -> Iterator[InkPage]:
        """Yield its pages; raises `InspectionError` for a damaged page and for too many letters."""
        for number in range(self.page_count):
            try:
                page = self.pdf[number]
            except pypdfium2.PdfiumError as error:
                raise InspectionError("file-not-readable-pdf") from error
            try:
                yield self._read_page(page)
            finally:
                page.close()

    def _read_page(self, page: Any) -> InkPage:
        view = _View.of(page)
        self.fonts.looks.clear()  # pdfium lets fonts go with the page, and gives their addresses to others
        try:
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise InspectionError("file-not-readable-pdf") from error
        try:
            self.letter_count += text_page.count_chars()
            if self.letter_count > MOST_LETTERS:
                raise InspectionError("file-too-many-letters", limit=MOST_LETTERS)
            letters, has_slanted = _read_letters(text_page, view, self.fonts)
        finally:
            text_page.close()
        strokes, covered = _read_drawn(page, view)
        is_scanned = covered >= COVERED and not any(letter.text.strip() for letter in letters)
        return InkPage(view.width, view.height, tuple(letters), tuple(strokes), is_scanned, has_slanted)


@contextmanager
def open_ink(content: bytes) -> Iterator[InkDocument]:
    """Open a PDF file and close it again.

    Raises `InspectionError` when it is none, is damaged, has no pages or too many, is too large, or wants a
    password.
    """
    if len(content) > MOST_BYTES:
        raise InspectionError("file-too-large-to-inspect", limit=f"{MOST_BYTES // 1024**2} MB")
    _refuse_bomb(content)
    # pdfium mends a file that was cut off; what was cut off would then go unseen
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-2048:]:
        raise InspectionError("file-not-readable-pdf")
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        key = "file-encrypted" if error.err_code == _PASSWORD else "file-not-readable-pdf"
        raise InspectionError(key) from error
    try:
        if not len(pdf):
            raise InspectionError("file-not-readable-pdf")
        if len(pdf) > MOST_PAGES:
            raise InspectionError("file-too-many-pages", limit=MOST_PAGES)
        yield InkDocument(pdf, _is_signed(pdf))
    finally:
        pdf.close()


_STREAM = re.compile(rb"stream\r?\n")


def _refuse_bomb(content: bytes) -> None:
    """Unpack each packed part without keeping it; raises `InspectionError` for one that grows too large."""
    view, together = memoryview(content), 0
    for match in _STREAM.finditer(content):
        if content[match.end() : match.end() + 1] not in (b"\x78", b"\x48", b"\x58", b"\x68"):
            continue
        size = _measure_unpacked(view[match.end() :])
        together += size
        if size > MOST_UNPACKED or together > MOST_UNPACKED_TOGETHER:
            raise InspectionError("file-too-large-to-inspect", limit=f"{MOST_UNPACKED // 1024**2} MB")


def _measure_unpacked(packed: memoryview) -> int:
    """Return how many bytes a zlib stream (RFC 1950) takes unpacked, counted to a little over the limit."""
    unpacker, size, rest = zlib.decompressobj(), 0, bytes(packed[:UNPACKING])
    place = len(rest)
    try:
        while rest and not unpacker.eof and size <= MOST_UNPACKED:
            size += len(unpacker.decompress(rest, UNPACKING))
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = bytes(packed[place : place + UNPACKING])
                place += len(rest)
    except zlib.error:
        return size
    return size


def _is_signed(pdf: Any) -> bool:
    """Tell whether a signature field has a value (ISO 32000-1, 12.8)."""
    count = max(0, raw.FPDF_GetSignatureCount(pdf))
    signatures = (raw.FPDF_GetSignatureObject(pdf, index) for index in range(min(count, 1000)))
    return any(
        raw.FPDFSignatureObj_GetContents(one, None, 0) > 0
        or raw.FPDFSignatureObj_GetByteRange(one, None, 0) > 0
        for one in signatures
        if one
    )


# --- the page as it is shown --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """How points of the page's own space stand on the page that is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int
    """Quarter turns clockwise."""

    @classmethod
    def of(cls, page: Any) -> _View:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        return cls(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        match self.quarters:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def turn(self, x: float, y: float) -> tuple[float, float]:
        """Return a direction as it is shown, downwards."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.quarters]

    def holds(self, x: float, y: float) -> bool:
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1


# --- letters ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hand:
    """What the letters of one text object have in common; without a look they are not shown upright."""

    look: Look | None
    is_slanted: bool = False


def _read_letters(text_page: Any, view: _View, fonts: _Fonts) -> tuple[list[Letter], bool]:
    """Return the letters that are shown and run from left to right, and whether others run otherwise."""
    hands: dict[int, _Hand] = {}
    letters: list[Letter] = []
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        thing = raw.FPDFText_GetTextObject(text_page, index)
        if not thing or raw.FPDFText_IsGenerated(text_page, index) == 1:  # pdfium's guess
            continue
        address = ctypes.addressof(thing.contents)
        if address not in hands:
            hands[address] = _read_hand(text_page, index, thing, view, fonts)
        look = hands[address].look
        text = _text_of(raw.FPDFText_GetUnicode(text_page, index))
        if look is None or not text:
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetLooseCharBox(text_page, index, box)
        left, base = view.place(x.value, y.value)
        right = max(view.place(box.left, box.bottom)[0], view.place(box.right, box.top)[0])
        if view.holds(left, base):
            letters.append(Letter(text, left, max(left, right), base, look, index))
    return letters, any(hand.is_slanted for hand in hands.values())


def _text_of(code: int) -> str:
    """Return the letter of a code point; none for what is no letter."""
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    return chr(code).replace(HYPHEN_AT_LINE_END, "-")


def _read_hand(text_page: Any, index: int, thing: Any, view: _View, fonts: _Fonts) -> _Hand:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    if mode in _INVISIBLE:
        return _Hand(None)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    along_x, along_y = view.turn(matrix.a, matrix.b)
    if along_x <= 0 or abs(along_y) > 0.02 * along_x:
        return _Hand(None, is_slanted=True)
    height = math.hypot(matrix.c, matrix.d)
    slant = (matrix.a * matrix.c + matrix.b * matrix.d) / (math.hypot(matrix.a, matrix.b) * (height or 1))
    family, bold, italic = _read_font(raw.FPDFTextObj_GetFont(thing), fonts)
    size = _even_size(raw.FPDFText_GetFontSize(text_page, index) * height)
    return _Hand(
        Look(
            family=family,
            size_pt=size,
            bold=True if mode == _STROKED else bold,
            italic=True if slant > 0.1 else italic,
            color=_read_color(text_page, index),
        )
    )


def _even_size(size: float) -> float:
    """Return a font's size as it was set: browsers and matrices make 13.99 of 14."""
    half = round(size * 2) / 2
    return half if abs(size - half) <= 0.06 else round(size, 1)


def _read_color(text_page: Any, index: int) -> str | None:
    channels = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text_page, index, *channels):
        return None
    red, green, blue = (channel.value for channel in channels[:3])
    return "000000" if max(red, green, blue) <= BLACKEST else f"{red:02X}{green:02X}{blue:02X}"


# --- fonts --------------------------------------------------------------------------------------------

_PREFIX = re.compile(r"^[A-Z]{6}\+")
_FACES = re.compile(
    r"(?:bold|semibold|demibold|demi|black|heavy|italic|oblique|regular|regu|normal|book|roman|medium|medi"
    r"|ital|mt|ps|psmt)+",
    re.IGNORECASE,
)
_BOLD = re.compile(r"bold|black|heavy|demi|medi(?!um)|(?<=[-,])bd\b", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|ital\b|(?<=[-,])it\b", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:cidfont)?\W*f\d+$|^t3font|^type3|^font\d*$|^$|^unnamed|^untitled", re.IGNORECASE)
_KNOWN = {
    "timesnewroman": "Times New Roman",
    "timesnewromanps": "Times New Roman",
    "times": "Times",
    "nimbusromno9l": "Nimbus Roman No9 L",
    "vnitimes": "VNI-Times",
    "dejavusans": "DejaVu Sans",
    "dejavuserif": "DejaVu Serif",
    "freeserif": "FreeSerif",
    "freesans": "FreeSans",
}
"""Names that no rule makes out of what the file says, by their letters."""


def name_family(name: str) -> str | None:
    """Return a font's family as people name it: ``TimesNewRomanPS-BoldMT`` is ``Times New Roman``.

    None for a name that says nothing, such as ``CIDFont+F1``.
    """
    name = _PREFIX.sub("", name).strip()
    if _NAMELESS.match(name):
        return None
    head, *rest = re.split(r"[-,]", name)
    parts = [head, *(part for part in rest if not _FACES.fullmatch(part.strip().replace(" ", "")))]
    joined = "-".join(parts) if parts[0].isupper() else " ".join(parts)
    joined = re.sub(r"(?:PS)?MT$|PS$", "", joined) or joined
    known = _KNOWN.get(re.sub(r"[\W_]", "", joined).lower())
    if known:
        return known
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", joined) if not joined.startswith(".") else joined
    words = [word for word in spaced.replace("_", " ").split() if word]
    while len(words) > 1 and words[-1].lower() in ("bold", "italic", "regular", "oblique"):
        words.pop()
    return " ".join(words)


def _read_font(font: Any, fonts: _Fonts) -> tuple[str | None, bool | None, bool | None]:
    """Return family, bold and italic; what the font does not say is None."""
    if not font:
        return None, None, None
    address = ctypes.addressof(font.contents)
    if address not in fonts.looks:
        name = _PREFIX.sub("", _read_name(font))
        if raw.FPDFFont_GetIsEmbedded(font) == 0:
            fonts.unembedded.add(name)
        fonts.looks[address] = (name_family(name), *_read_face(font, name))
    return fonts.looks[address]


def _read_name(font: Any) -> str:
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    if not 0 < size < 1000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _read_face(font: Any, name: str) -> tuple[bool | None, bool | None]:
    """Tell whether a font is bold and italic: by its name, else by its flags.

    A font without a telling name may be bold without a flag that says so: then it is not known.
    """
    flags, angle = max(0, raw.FPDFFont_GetFlags(font)), ctypes.c_int()
    raw.FPDFFont_GetItalicAngle(font, angle)
    is_named = name_family(name) is not None
    bold = bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD)
    italic = bool(_SLANTED.search(name)) or bool(flags & _ITALIC) or angle.value != 0
    return (bold if is_named or bold else None), (italic if is_named or italic else None)


# --- what is drawn ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Matrix:
    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    @classmethod
    def of(cls, thing: Any) -> _Matrix:
        matrix = raw.FS_MATRIX()
        if not raw.FPDFPageObj_GetMatrix(thing, matrix):
            return cls()
        return cls(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def move(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: _Matrix) -> _Matrix:
        """Return the matrix of this one and *other* after it."""
        (e, f), (a, b), (c, d) = (
            other.move(self.e, self.f),
            _turn(other, self.a, self.b),
            _turn(other, self.c, self.d),
        )
        return _Matrix(a, b, c, d, e, f)

    @property
    def scale(self) -> float:
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def _turn(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y, matrix.b * x + matrix.d * y


def _read_drawn(page: Any, view: _View) -> tuple[list[Stroke], float]:
    """Return the rules of a page, none twice, and which part of it the largest picture covers."""
    strokes: set[Stroke] = set()
    covered = 0.0
    for thing, matrix in _iter_drawn(page):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            strokes.update(_iter_strokes(thing, matrix, view))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            whole = _Matrix.of(thing).then(matrix)
            size = abs(whole.a * whole.d - whole.b * whole.c)
            covered = max(covered, size / max(1.0, view.width * view.height))
    return sorted(strokes, key=lambda one: (one.y1, one.x1, one.x2)), covered


def _iter_drawn(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Yield the objects of a page and of its forms, at most `MOST_DRAWN`, each with its space's matrix."""
    left = MOST_DRAWN
    count = raw.FPDFPage_CountObjects(page)
    stack = [(raw.FPDFPage_GetObject(page, i), _Matrix(), 0) for i in range(min(count, left))]
    while stack and left:
        thing, matrix, depth = stack.pop()
        left -= 1
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
            yield thing, matrix
        elif depth < DEEPEST_FORM:
            inner = _Matrix.of(thing).then(matrix)
            count = min(raw.FPDFFormObj_CountObjects(thing), left)
            stack += [(raw.FPDFFormObj_GetObject(thing, i), inner, depth + 1) for i in range(count)]


def _iter_strokes(thing: Any, matrix: _Matrix, view: _View) -> Iterator[Stroke]:
    """Yield the level and upright rules of which a path is made."""
    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    whole = _Matrix.of(thing).then(matrix)
    lines = _read_lines(thing, whole, view)
    if stroke.value and _is_seen(thing, raw.FPDFPageObj_GetStrokeColor):
        raw.FPDFPageObj_GetStrokeWidth(thing, width)
        thickness = width.value * whole.scale
        if thickness <= THICKEST_RULE_PT:
            for points in lines:
                for ends in pairwise(points):
                    yield from _make_stroke(ends, thickness)
    elif fill.value and _is_seen(thing, raw.FPDFPageObj_GetFillColor):
        thin = list(_make_stroke([point for points in lines for point in points], None))
        yield from thin or [one for points in lines for one in _make_stroke(points, None)]


def _is_seen(thing: Any, get_color: Any) -> bool:
    """Tell whether a path has a colour that is seen on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_color(thing, red, green, blue, alpha):
        return True
    return alpha.value > 30 and min(red.value, green.value, blue.value) < 200


Points = list[tuple[float, float]]


def _read_lines(thing: Any, matrix: _Matrix, view: _View) -> list[Points]:
    """Return the corners of each part of a path, as they are shown; curves are taken as straight."""
    lines: list[Points] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(thing), MOST_DRAWN)):
        segment = raw.FPDFPath_GetPathSegment(thing, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not lines:
            lines.append([])
        lines[-1].append(view.place(*matrix.move(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            lines[-1].append(lines[-1][0])
    return lines


def _make_stroke(points: Any, thickness: float | None) -> Iterator[Stroke]:
    """Yield the rule that *points* make, if they do: of a filled shape *thickness* is measured."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x1, x2, y1, y2 = min(xs), max(xs), min(ys), max(ys)
    short, long = sorted((x2 - x1, y2 - y1))
    if long < SHORTEST_RULE_PT or short > (THICKEST_RULE_PT if thickness is None else 0.5):
        return
    if x2 - x1 >= y2 - y1:
        y1 = y2 = (y1 + y2) / 2
    else:
        x1 = x2 = (x1 + x2) / 2
    thick = short if thickness is None else thickness
    yield Stroke(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), round(thick, 2))
