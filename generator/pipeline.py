"""The main street: from a year's facts to its documents in outputs/.

read → check → compose → choose the style → draw → proofread → write → inspect → put in place. Every arrow
between the stages is here; the stages do not know one another. Nothing is put into outputs/ before every
document is whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.content.compose import compose_document, has_needed_facts
from generator.content.figures import attach_pictures, list_charts
from generator.content.kind import FORMATS, list_kinds, load_kind
from generator.content.proofreading import proofread
from generator.edits import choose_names
from generator.errors import InputError, OutputError, UsageError
from generator.findings import Finding, Place, Severity, has_errors, sort_findings
from generator.house import choose_house
from generator.inspection.readback.cells import check_cells
from generator.inspection.readback.words import check_agreement
from generator.layout import drawing_height_mm
from generator.manifest import MANIFEST_FILE, Build, base_hash, hash_of, make_manifest
from generator.model.parties import list_copies
from generator.model.tenures import is_same_block, list_tenures
from generator.outputs import alone_in, put_whole
from generator.places import format_places
from generator.readers.conference import read_conference
from generator.readers.photos import read_photos
from generator.rules.check import check_conference
from generator.sources import find_sources
from generator.style import choose_style, load_styles, refuse_unstyled
from generator.tree import iter_blanks
from generator.vietnamese import same_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from generator.content.kind import Kind
    from generator.edits import Names
    from generator.findings import Observation
    from generator.manifest import Sources
    from generator.model.conference import Conference
    from generator.model.parties import Copy
    from generator.model.tenures import Tenure
    from generator.readers.raw import RawFacts
    from generator.style import Style, StyleChoice
    from generator.tree import Chart, Document, Drawing, Picture

YEAR_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What a year's folder may be called: no separators, no dots, nothing that a shell or a disk reads."""

READING_COPY = "-ban-doc"
"""What the name of a copy to be read ends with, beside a file to be signed."""

SIGNED_RANGE = b"/ByteRange"


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
    force: bool = False
    """Whether files that somebody edited are replaced; they are kept under other names."""


@dataclass(frozen=True, slots=True)
class CheckedFacts:
    """What is known of a year, and what is to be said about it."""

    conference: Conference | None
    """None where the facts cannot be made into a conference."""
    facts: RawFacts
    """The facts as they are written, each with its place."""
    pictures: Mapping[str, Picture]
    """The photographs, by the file as the facts name it."""
    findings: tuple[Finding, ...]
    """Sorted by place."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document that was put in place."""

    kind: Kind
    choice: StyleChoice
    files: tuple[Path, ...]
    pages: Mapping[Path, int]
    """Pages of its PDF files."""
    missing: tuple[str, ...]
    """Labels of the blanks in it, in reading order."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    documents: tuple[Written, ...]
    left_out: tuple[Kind, ...]
    """Kinds that were not asked for by name, and for which there are no facts."""
    findings: tuple[Finding, ...]
    kept: Mapping[Path, Path]
    """Files that somebody edited and that stayed, each with the new file beside it."""
    copies: Mapping[Path, Path]
    """Files that somebody edited and that were replaced, each with its copy."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document with its words, not yet on paper."""

    kind: Kind
    choice: StyleChoice
    document: Document
    formats: tuple[str, ...]
    originals: Mapping[int, Document]
    """The numbered originals that are wanted, by their numbers."""


@dataclass(frozen=True, slots=True)
class _Files:
    """Files made in memory, by their names."""

    kind: str
    contents: dict[str, bytes]
    pages: dict[str, int]
    bases: dict[str, str] = field(default_factory=dict)
    """The files to be signed, each with its copy to be read."""


def build(request: Request, on_start: Callable[[Kind], None] = lambda _: None) -> Report:
    """Build the documents of a year; *on_start* is told of each kind before the work on it begins.

    Raises `UsageError` for a year, kind, format or unit that does not exist, `InputError` with all findings
    when the facts have errors, and the errors of the stages; outputs/ is then as it was.
    """
    folder = find_year(request.inputs, request.year)
    kinds = choose_kinds(request.templates, request.kinds)
    check_formats(request.formats)
    sources = find_sources(folder, request.templates)
    checked = check_facts(folder)
    conference, findings = checked.conference, checked.findings
    if conference is None or has_errors(findings) or (request.strict and findings):
        raise InputError(findings)
    wanted = [kind for kind in kinds if request.kinds or is_wanted(kind, conference, request)]
    composed = [compose(kind, conference, checked.pictures, request) for kind in wanted]
    noticed = proofread(conference, [(one.kind, one.document) for one in composed], request.templates)
    findings = tuple(sort_findings((*findings, *(_locate(one, checked.facts) for one in noticed))))
    if has_errors(findings) or (request.strict and findings):
        raise InputError(findings)
    if request.strict:
        _refuse_blanks(composed, folder)
    target = request.outputs / request.year
    with alone_in(target):
        files = []
        for one in composed:
            on_start(one.kind)
            files.append(_write(one))
        if find_sources(folder, request.templates) != sources:
            raise OutputError("inputs-changed-meanwhile", folder=folder)
        names = _put(target, files, request, sources, findings)
    written = tuple(_report(one, made, target, names) for one, made in zip(composed, files, strict=True))
    without = [kind for kind in kinds if kind not in wanted and not _has_facts(kind, conference, request)]
    kept = {target / name: target / new for name, new in names.kept.items()}
    copies = {target / name: target / copy for copy, name in names.copies.items()}
    return Report(written, tuple(without), findings, kept, copies)


def start_year(inputs: Path, year: str, previous: str | None, label: str, *, excel: bool) -> list[Path]:
    """Make the folder of *year*, to be filled in, and return its files.

    What stays is carried over from the year *previous*. Raises `UsageError` when the folder is there already
    or *label* is no year, `InputError` when the previous facts have errors.
    """
    from generator.starters.year import make_year  # noqa: PLC0415 - it brings openpyxl

    if not YEAR_NAME.fullmatch(year):
        raise UsageError("year-refused", year=year)
    folder = inputs / year
    if folder.exists() or folder.is_symlink():
        raise UsageError("year-exists", year=year, folder=folder)
    conference = _read_whole(find_year(inputs, previous)) if previous else None
    try:
        files = make_year(conference, label, excel=excel)
    except ValueError as error:
        raise UsageError("year-label-wrong", label=label) from error
    put_whole(folder, files)
    return [folder / name for name in files]


def _read_whole(folder: Path) -> Conference:
    checked = check_facts(folder)
    if checked.conference is None or has_errors(checked.findings):
        raise InputError(checked.findings)
    return checked.conference


def check_facts(folder: Path) -> CheckedFacts:
    """Read the facts and the photographs in *folder*, and hold the facts against every rule."""
    reading = read_conference(folder)
    findings = list(reading.findings)
    pictures: Mapping[str, Picture] = {}
    if reading.conference is not None:
        photos = read_photos(folder, reading.conference.photos)
        pictures = photos.pictures
        earlier = _read_tenures(folder, reading.conference)
        noticed = (*check_conference(reading.conference, earlier), *photos.observations)
        findings += [_locate(one, reading.facts) for one in noticed]
    return CheckedFacts(reading.conference, reading.facts, pictures, tuple(sort_findings(findings)))


def _read_tenures(folder: Path, conference: Conference) -> tuple[Tenure, ...]:
    """Return who led the block in the years of which the folders beside *folder* tell.

    They are read only where the facts name a rule of rotation; one that cannot be read tells nothing.
    """
    if conference.leadership.rotation is None:
        return ()
    beside = sorted(one for one in folder.parent.iterdir() if one.is_dir() and one.name != folder.name)
    readings = ((one, read_conference(one)) for one in beside if YEAR_NAME.fullmatch(one.name))
    return tuple(
        tenure
        for one, reading in readings
        if reading.conference is not None and is_same_block(reading.conference, conference)
        for tenure in list_tenures(reading.conference, one.name)
    )


def _locate(noticed: Observation, facts: RawFacts) -> Finding:
    place = facts.place_of(noticed.path)
    return facts.make_finding(noticed.code, place, noticed.path, noticed.severity, **noticed.values)


def _refuse_blanks(composed: Sequence[Composed], folder: Path) -> None:
    """Raise `InputError` naming every blank: in a strict build nothing may be missing."""
    place = Place(folder.name)
    blanks = [
        Finding("blank", Severity.GAP, place, {"label": blank.label, "name": one.kind.name})
        for one in composed
        for blank in iter_blanks(one.document)
    ]
    if blanks:
        raise InputError(blanks)


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


def choose_kinds(templates: Path, wanted: Sequence[str]) -> list[Kind]:
    """Return the kinds that are wanted, each once; all of them when none is named."""
    if not templates.is_dir():
        raise UsageError("templates-missing", folder=templates)
    return [load_kind(templates, kind) for kind in dict.fromkeys(wanted or list_kinds(templates))]


def check_formats(wanted: Sequence[str]) -> None:
    """Raise `UsageError` for a format that cannot be written."""
    for one in wanted:
        if one not in FORMATS:
            raise UsageError("format-unknown", format=one, known=", ".join(FORMATS))


def is_wanted(kind: Kind, conference: Conference, request: Request) -> bool:
    """Tell whether *kind* is made when no kind is named: if there are facts for it, in a wanted format."""
    has_format = not request.formats or bool(set(request.formats) & set(kind.formats))
    return has_format and _has_facts(kind, conference, request)


def _has_facts(kind: Kind, conference: Conference, request: Request) -> bool:
    return has_needed_facts(kind, conference, request.templates)


def compose(
    kind: Kind, conference: Conference, pictures: Mapping[str, Picture], request: Request
) -> Composed:
    """Return the document *kind* about *conference*, with its pictures, its style and the wanted originals.

    Raises `UsageError` when none of its formats is wanted, and the errors of `choose_originals`.
    """
    formats = tuple(one for one in kind.formats if one in (request.formats or kind.formats))
    if not formats:
        known = ", ".join(kind.formats)
        raise UsageError(
            "format-not-for-kind", name=kind.name, known=known, format=", ".join(request.formats)
        )

    choice = _choose(kind, conference, request.templates)

    def compose_one(copy: Copy | None) -> Document:
        document = compose_document(kind, conference, request.templates, copy)
        return attach_pictures(document, pictures, _draw(document, conference, choice.style))

    document = compose_one(None)
    refuse_unstyled(document, choice.style)
    originals = {copy.number: compose_one(copy) for copy in choose_originals(kind, conference, request)}
    return Composed(kind, choice, document, formats, originals)


def _draw(document: Document, conference: Conference, style: Style) -> Mapping[Chart, Sequence[Drawing]]:
    """Return the drawings that *document* shows; matplotlib is loaded only where there are any."""
    charts = list_charts(document)
    if not charts:
        return {}
    from generator.charts.draw import draw_charts  # noqa: PLC0415
    from generator.charts.words import Room  # noqa: PLC0415

    room = Room(style.page.text_width_mm, drawing_height_mm(style))
    return draw_charts(charts, conference.standings, room, style.font_family)


def choose_originals(kind: Kind, conference: Conference, request: Request) -> list[Copy]:
    """Return the numbered originals of *kind* that are wanted.

    Raises `UsageError` when one is wanted for a unit that is no party, or of a kind that has none.
    """
    if not (request.originals or request.original_for):
        return []
    if not kind.originals:
        if request.kinds:
            raise UsageError("kind-without-originals", name=kind.name)
        return []
    copies = list(list_copies(conference))
    if not request.original_for:
        return copies
    wanted = conference.name_of(request.original_for)
    found = [copy for copy in copies if copy.unit and same_name(copy.unit, wanted)]
    if not found:
        known = "; ".join(copy.unit for copy in copies if copy.unit)
        raise UsageError("original-unit-unknown", unit=request.original_for, known=known or "–")
    return found


def _write(one: Composed) -> _Files:
    """Write a document and its originals in each of its formats, and read them back."""
    contents: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    documents = {one.kind.file: one.document} | {
        f"{one.kind.file}-ban-{number:02d}": document for number, document in one.originals.items()
    }
    for name, document in documents.items():
        for ending in one.formats:
            contents[f"{name}.{ending}"], count = _write_as(ending, document, one.choice.style)
            if count is not None:
                pages[f"{name}.{ending}"] = count
        written = {ending: contents[f"{name}.{ending}"] for ending in one.formats}
        check_agreement(document, one.choice.style, **written)
        check_cells(document, written.get("docx"), written.get("pdf"))
    files = _Files(one.kind.id, contents, pages)
    if one.kind.signing and "pdf" in one.formats:
        _write_to_sign(one, files)
    return files


def _write_to_sign(one: Composed, files: _Files) -> None:
    """Put the PDF that is to be signed in place of the one that is read, and that one beside it."""
    from generator.writers.pdf import write_pdf_to_sign  # noqa: PLC0415

    name, copy = f"{one.kind.file}.pdf", f"{one.kind.file}{READING_COPY}.pdf"
    written = write_pdf_to_sign(one.document, one.choice.style)
    check_agreement(one.document, one.choice.style, pdf=written.content)
    files.contents[copy], files.pages[copy] = files.contents[name], files.pages[name]
    files.contents[name], files.pages[name] = written.content, written.pages
    files.contents[f"{one.kind.file}.places.json"] = format_places(name, written.places).encode()
    files.bases[name] = copy


def _put(
    target: Path, made: Sequence[_Files], request: Request, sources: Sources, findings: Sequence[Finding]
) -> Names:
    """Put all files into *target*, with its manifest, and tell under which names.

    A file that carries signatures stays there. Raises `OutputError` where what was signed is not what would
    be written now.
    """
    files = {name: content for one in made for name, content in one.contents.items()}
    bases = {name: copy for one in made for name, copy in one.bases.items()}
    signed = {name for name in bases if _is_signed(target / name)}
    for name in signed:
        if base_hash(target, name) != hash_of(files[name]):
            raise OutputError("signed-file-kept", file=target / name)
    names = choose_names(target, files, signed, force=request.force)
    build = Build(
        files={names.of(name): content for name, content in files.items()},
        kinds={names.of(name): one.kind for one in made for name in one.contents},
        bases={names.of(name): names.of(copy) for name, copy in bases.items()},
        kept=names.kept,
        gone=frozenset(names.gone),
    )
    manifest = make_manifest(target, build, sources, findings)
    to_write = {name: content for name, content in build.files.items() if name not in signed}
    put_whole(target, to_write | {MANIFEST_FILE: manifest}, names.copies, build.gone)
    return names


def _is_signed(file: Path) -> bool:
    """Tell whether a PDF file carries a signature: each has the ranges of bytes that it signs, in clear."""
    return file.is_file() and SIGNED_RANGE in file.read_bytes()


def _write_as(ending: str, document: Document, style: Style) -> tuple[bytes, int | None]:
    """Return *document* as a file, and its pages where there are any.

    A writer is loaded only when its format is wanted: WeasyPrint takes long to load.
    """
    match ending:
        case "docx":
            from generator.writers.docx import write_docx  # noqa: PLC0415

            return write_docx(document, style), None
        case "pdf":
            from generator.writers.pdf import write_pdf  # noqa: PLC0415

            written = write_pdf(document, style)
            return written.content, written.pages
        case _:
            from generator.writers.web import write_web  # noqa: PLC0415

            return write_web(document, style), None


def _choose(kind: Kind, conference: Conference, templates: Path) -> StyleChoice:
    date = conference.date_of(kind.paper) if kind.paper else None
    day = date.to_date() if date and date.is_complete else None
    year = (conference.event.year, conference.last_year)
    folder = templates / "style"
    choice = choose_style(load_styles(folder), day, year, kind.form)
    return choose_house(choice, folder, conference.block.house)


def _report(one: Composed, made: _Files, target: Path, names: Names) -> Written:
    return Written(
        kind=one.kind,
        choice=one.choice,
        files=tuple(target / names.of(name) for name in made.contents),
        pages={target / names.of(name): count for name, count in made.pages.items()},
        missing=tuple(blank.label for blank in iter_blanks(one.document)),
    )
