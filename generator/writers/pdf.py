"""Write a document tree as PDF, to read (PDF/A-3a) or to sign (PDF/A-3b); the only door to WeasyPrint.

The environment variable ``FONTCONFIG_FILE`` must name the file that `generator.typeface.fontconfig_xml` makes
before this module is imported. Whether it did is checked, for each file that is written: WeasyPrint itself
puts another font in place of an absent one without a word.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from PIL import ImageFile

from generator import typeface
from generator.errors import MachineError, OutputError
from generator.places import make_place
from generator.tree import Blank, Certificate, Figure, SignatureGrid, document_text, plain_text
from generator.writers.html import note_anchor, picture_url, room_anchor, write_printed_page
from generator.writers.loading import loaded_quickly
from generator.writers.sheets import NotSheetsError, join_sheets, pages_known
from generator.writers.signature_fields import add_signature_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from generator.places import Box, PlaceToSign
    from generator.style import Style
    from generator.tree import Document, Inlines, Signature

    Finisher = Callable[[Any, Any], None]
    """Gets WeasyPrint's pages and the objects of the file, before they are written."""

    Printer = Callable[[Any], "PdfFile"]
    """Makes a file of WeasyPrint's pages."""

try:
    with loaded_quickly():
        from weasyprint import CSS, HTML
        from weasyprint.text.ffi import pango
        from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:
    raise MachineError("weasyprint-unavailable", reason=error) from error

# WeasyPrint lets the whole process accept half a photograph (weasyprint/images.py).
ImageFile.LOAD_TRUNCATED_IMAGES = False

READING, SIGNING = "pdf/a-3a", "pdf/a-3b"
"""What a file conforms to. One to be signed has no tags: a signature field that is reached from them as well
looks tampered with to validators as they come (decision 0011)."""

SEAL_MM = 36
"""How high a field is where there is room: as the seals of ministries are, for these are shown in their true
size (Nghị định 30/2020/NĐ-CP, phụ lục I, II.8)."""

SHEETS_AT_ONCE = 50
"""So many certificates are laid out together; fewer take longer, more take more memory."""

RIGHT_TO_LEFT = ("R", "AL", "AN")
"""Classes of letters and figures of Hebrew, Arabic and the like (Unicode, annex 9)."""

PROBE = "AVATAWaToVoYe"
"""Letters that stand closer with kerning than without it."""
PROBE_PT = 100
PROBE_TOLERANCE_MM = 0.5

_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"

_UA_SCHEMA = f"""\
<rdf:Description xmlns:pdfuaid="{_UA_NAMESPACE}" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""Says PDF/UA-1 in the metadata of a PDF/A file, which must describe such properties (ISO 19005-3, 6.6.2)."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished PDF file."""

    content: bytes
    pages: int
    places: tuple[PlaceToSign, ...] = ()
    """The places to sign, where the file has signature fields."""


def write_pdf(document: Document, style: Style) -> PdfFile:
    """Return *document* as PDF/A-3a and PDF/UA-1 in the look of *style*: the same bytes everywhere, always.

    Raises `OutputError` when the typeface lacks a letter, when the page asks for anything outside itself, and
    when WeasyPrint warns of anything; `MachineError` when another font than the project's got into the file.
    """
    (written,) = _write(document, style, (_print_to_read,))
    return written


def write_pdf_to_sign(document: Document, style: Style) -> PdfFile:
    """Return *document* as PDF/A-3b, an empty signature field in each place to sign; else as `write_pdf`."""
    (written,) = _write(document, style, (_print_to_sign(document, style),))
    return written


def write_both_pdfs(document: Document, style: Style) -> tuple[PdfFile, PdfFile]:
    """Return what `write_pdf` and `write_pdf_to_sign` do, laid out once."""
    to_read, to_sign = _write(document, style, (_print_to_read, _print_to_sign(document, style)))
    return to_read, to_sign


def warm_up() -> None:
    """Do what is slow the first time: find the fonts, lay a line out and write it."""
    fonts = _font_configuration(typeface.WORD_FAMILY)
    page = f"<p style=\"font: 14pt '{typeface.WORD_FAMILY}'\">a</p>"
    HTML(string=page).render(font_config=fonts, pdf_variant=READING).write_pdf(pdf_variant=READING)


def write_stamp_page(page: str, pictures: Mapping[str, bytes]) -> bytes:
    """Return *page*, which shows the signature of one party, as a PDF file."""
    fonts = _font_configuration(typeface.family())
    written = _render(page, pictures, fonts, SIGNING, lambda *_: None)
    if written.pages != 1:
        raise OutputError("pdf-renderer-warned", reason="stamp")
    return written.content


def _write(document: Document, style: Style, printers: Sequence[Printer]) -> list[PdfFile]:
    unsettable = _find_unsettable(document_text(document))
    if unsettable:
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in unsettable)
        raise OutputError("letters-missing", letters=letters)
    pictures = {
        picture_url(block.picture): block.picture.content
        for block in document.blocks
        if isinstance(block, Figure) and block.picture
    }
    fonts = _font_configuration(style.font_family)
    pieces = _divide_sheets(document, style)
    with _no_warnings(), _nothing_else_fetched(pictures) as fetcher:

        def lay_out(piece: Document) -> Any:
            page = write_printed_page(piece, style)
            return _lay_out(page.markup, fetcher, fonts, [_parse_style_sheet(page.style_sheet, fonts)])

        if len(pieces) > 1:
            with suppress(NotSheetsError):
                counts = [len(piece.blocks) for piece in pieces]
                joined = join_sheets(counts, lambda number: lay_out(pieces[number]))
                return [print_file(joined.copy()) for print_file in printers]
        rendering = lay_out(document)
        return [print_file(rendering.copy()) for print_file in printers]


def _divide_sheets(document: Document, style: Style) -> tuple[Document, ...]:
    """Return *document* in pieces that share no page and no number: certificates; others are one piece."""
    blocks = document.blocks
    if style.numbers_pages or not all(isinstance(block, Certificate) for block in blocks):
        return (document,)
    starts = range(0, len(blocks), SHEETS_AT_ONCE)
    return tuple(replace(document, blocks=blocks[start : start + SHEETS_AT_ONCE]) for start in starts)


def _print_to_read(rendering: Any) -> PdfFile:
    return _print(rendering, READING, _claim_accessibility)


def _print_to_sign(document: Document, style: Style) -> Printer:
    def print_file(rendering: Any) -> PdfFile:
        places: list[PlaceToSign] = []

        def finish(rendering: Any, pdf: Any) -> None:
            _metadata_of(pdf).compress = False
            places.extend(_find_places(document, style, rendering))
            add_signature_fields(pdf, places)

        return replace(_print(rendering, SIGNING, finish), places=tuple(places))

    return print_file


def _find_unsettable(text: str) -> list[str]:
    """Return letters that the typeface lacks, marks that no letter carries, letters that run from the right.

    Such marks and letters would be set, but not always be read back: WeasyPrint notes one meaning for each
    glyph, and readers of PDF files put the words of such scripts in an order of their own.
    """
    composed = unicodedata.normalize("NFC", text)
    unread = dict.fromkeys(letter for letter in dict.fromkeys(composed) if _is_not_read_back(letter))
    return [*unread, *(letter for letter in typeface.missing_letters(composed) if letter not in unread)]


def _is_not_read_back(letter: str) -> bool:
    is_mark = unicodedata.category(letter).startswith("M")
    return is_mark or unicodedata.bidirectional(letter) in RIGHT_TO_LEFT


def _claim_accessibility(_rendering: object, pdf: Any) -> None:
    """Say in the metadata that the file is PDF/UA-1 as well, and leave them legible."""
    metadata = _metadata_of(pdf)
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_SCHEMA.encode()) for part in metadata.stream]
    metadata.compress = False


def _metadata_of(pdf: Any) -> Any:
    return pdf.objects[int(pdf.catalog["Metadata"].split()[0])]


def _render(
    page: str,
    pictures: Mapping[str, bytes],
    fonts: FontConfiguration,
    variant: str = READING,
    finish: Finisher = _claim_accessibility,
) -> PdfFile:
    """Return a page of HTML, its style sheet in it, as a PDF file."""
    with _no_warnings(), _nothing_else_fetched(pictures) as fetcher:
        return _print(_lay_out(page, fetcher, fonts), variant, finish)


def _lay_out(page: str, fetcher: URLFetcher, fonts: FontConfiguration, sheets: Sequence[CSS] = ()) -> Any:
    """Return WeasyPrint's rendering, the same for each variant: all of them have its colour profile."""
    parsed = HTML(string=page, url_fetcher=fetcher)
    return parsed.render(font_config=fonts, stylesheets=sheets, pdf_variant=READING)


@lru_cache(maxsize=16)
def _parse_style_sheet(style_sheet: str, fonts: FontConfiguration) -> CSS:
    """Return a style sheet as WeasyPrint keeps it; one that asks for anything, or is doubtful, is refused."""
    with _no_warnings(), _nothing_else_fetched({}) as fetcher:
        return CSS(string=style_sheet, url_fetcher=fetcher, font_config=fonts)


def _print(rendering: Any, variant: str, finish: Finisher) -> PdfFile:
    with pages_known():
        content = rendering.write_pdf(pdf_variant=variant, finisher=finish)
    _check_fonts(rendering.fonts.values())
    return PdfFile(content, len(rendering.pages))


# --- places to sign -----------------------------------------------------------------------------------


def _find_places(document: Document, style: Style, rendering: Any) -> Iterator[PlaceToSign]:
    """Yield the places to sign as they were laid out: WeasyPrint knows each room by its name."""
    grids = (block for block in document.blocks if isinstance(block, SignatureGrid))
    cells = [cell for grid in grids for cell in grid.cells]
    for number, cell in enumerate(cells, 1):
        for page, laid_out in enumerate(rendering.pages, 1):
            room_px = laid_out.anchors.get(room_anchor(number))
            if room_px:
                box = _box_pt(room_px, laid_out.anchors.get(note_anchor(number)), laid_out.height, style)
                yield make_place(number, _words(cell.unit), tuple(_role(cell)), page, box)


def _box_pt(
    room_px: tuple[float, ...], note_px: tuple[float, ...] | None, page_px: float, style: Style
) -> Box:
    """Return the box of a room: below what stands in it; a bare one as high as a seal, over post and name."""
    left, top, right, bottom = (edge * 0.75 for edge in room_px)
    gutter_pt = style.grid.gutter_mm / 2 / typeface.POINT_MM
    if note_px:
        top = note_px[3] * 0.75
    else:
        more_pt = max(0.0, (SEAL_MM / typeface.POINT_MM - (bottom - top)) / 2)
        top, bottom = top - more_pt, bottom + more_pt
    page_pt = page_px * 0.75
    return left + gutter_pt, page_pt - bottom, right - gutter_pt, page_pt - top


def _role(cell: Signature) -> Iterator[str]:
    for line in (cell.office, *cell.posts):
        if words := _words(line):
            yield words


def _words(line: Inlines) -> str:
    """Return what a line says; nothing where it is a blank."""
    return "" if any(isinstance(one, Blank) for one in line) else " ".join(plain_text(line).split())


# --- nothing from outside -----------------------------------------------------------------------------


class RefusingFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out the pictures that it was given, fetches nothing, and remembers what else it was asked for."""

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._pictures = pictures or {}
        self.asked: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the picture *url*; refuse anything else."""
        del headers
        if url in self._pictures:
            kind = "image/svg+xml" if url.endswith(".svg") else "image/jpeg"
            return URLFetcherResponse(url, self._pictures[url], {"Content-Type": kind})
        self.asked.append(url)
        raise FatalURLFetchingError(url)


@contextmanager
def _nothing_else_fetched(pictures: Mapping[str, bytes]) -> Iterator[RefusingFetcher]:
    """Give a fetcher; raise `OutputError` if it was asked for more, though no one minded its refusal."""
    fetcher = RefusingFetcher(pictures)
    with suppress(FatalURLFetchingError):  # a BaseException
        yield fetcher
    if fetcher.asked:
        raise OutputError("pdf-resource-refused", url=fetcher.asked[0])


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Raise `OutputError` when WeasyPrint logs a warning: it then left something out and went on."""
    collector, logger = _Collector(logging.WARNING), logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise OutputError("pdf-renderer-warned", reason=collector.messages[0])


class _Collector(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


# --- fonts --------------------------------------------------------------------------------------------


_PROBE_MARKUP = {
    "regular": "{}",
    "bold": "<b>{}</b>",
    "italic": "<i>{}</i>",
    "bold_italic": "<b><i>{}</i></b>",
}


@cache
def _font_configuration(family: str) -> FontConfiguration:
    """Return fontconfig's fonts, once it is sure that *family* is set with the widths of our typeface.

    Kept for the process: a new one for each document leaks 0.4 MiB.
    """
    fonts = FontConfiguration()
    for face, found in _measure_mm(family, fonts).items():
        wanted = typeface.text_width_mm(PROBE, PROBE_PT, face)
        if abs(found - wanted) > PROBE_TOLERANCE_MM:
            raise MachineError("pdf-font-substituted", font=f"{family} ({face})", reason=f"{found:.1f} mm")
    return fonts


def _measure_mm(family: str, fonts: FontConfiguration) -> dict[typeface.Face, float]:
    """Return the width of the probe in each face as WeasyPrint sets it."""
    look = f"display: inline-block; font: {PROBE_PT}pt '{family}'"
    probes = (
        f"""<div><span id="{face}" style="{look}">{_PROBE_MARKUP[face].format(PROBE)}</span></div>"""
        for face in typeface.FACES
    )
    anchors = HTML(string="".join(probes)).render(font_config=fonts).pages[0].anchors
    edges_px = {face: (anchors[face][0], anchors[face][2]) for face in typeface.FACES}
    return {face: float(right - left) * 25.4 / 96 for face, (left, right) in edges_px.items()}


def _check_fonts(fonts: Iterable[Any]) -> None:
    """Make sure that every letter was cut from one of the project's own font files."""
    known = _read_known_files(tuple(metrics.sha256 for metrics in typeface.load_faces().values()))
    for font in fonts:
        if get_hb_object_data(font.hb_face) not in known:
            raise MachineError("pdf-font-substituted", font=font.family, reason=font.name.decode())


@cache
def _read_known_files(hashes: tuple[str, ...]) -> list[bytes]:
    """Return the project's font files that have *hashes*; files are compared quicker than they are hashed."""
    files = ((typeface.folder() / metrics.file).read_bytes() for metrics in typeface.load_faces().values())
    return [content for content in files if hashlib.sha256(content).hexdigest() in hashes]


def pango_version() -> str:
    """Return the version of Pango that is loaded, such as ``1.50.12``."""
    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
