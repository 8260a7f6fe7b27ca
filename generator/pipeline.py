"""The main street: from a year's facts to its documents in outputs/.

read → check → compose → choose the style → write → inspect → put in place. Every arrow between the stages
is here; the stages do not know one another. Nothing is put into outputs/ before every document is whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.content.compose import compose_document
from generator.content.figures import attach_pictures
from generator.content.kind import FORMATS, list_kinds, load_kind
from generator.errors import InputError, UsageError
from generator.findings import Finding, Place, Severity, has_errors, sort_findings
from generator.outputs import put_in_place
from generator.readers.conference import read_conference
from generator.readers.photos import read_photos
from generator.rules.check import check_conference
from generator.style import choose_style, load_styles, refuse_unstyled
from generator.tree import iter_blanks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from generator.content.kind import Kind
    from generator.findings import Observation
    from generator.model.conference import Conference
    from generator.readers.raw import RawFacts
    from generator.style import StyleChoice
    from generator.tree import Document, Picture

YEAR_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What a year's folder may be called: no separators, no dots, nothing that a shell or a disk reads."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, to where."""

    year: str
    kinds: tuple[str, ...]
    """Empty for all kinds."""
    inputs: Path
    outputs: Path
    templates: Path
    formats: tuple[str, ...] = FORMATS
    strict: bool = False
    """Whether warnings and gaps stop the build, too."""


@dataclass(frozen=True, slots=True)
class CheckedFacts:
    """What is known of a year, and what is to be said about it."""

    conference: Conference | None
    """None where the facts cannot be made into a conference."""
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
    pages: int | None
    """Pages of the PDF; None where none was asked for."""
    missing: tuple[str, ...]
    """Labels of the blanks in it, in reading order."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    documents: tuple[Written, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A document made in memory."""

    kind: Kind
    choice: StyleChoice
    document: Document
    files: Mapping[str, bytes]
    pages: int | None


def build(request: Request, on_start: Callable[[Kind], None] = lambda _: None) -> Report:
    """Build the documents of a year; *on_start* is told of each kind before the work on it begins.

    Raises `UsageError` for a year, kind or format that does not exist, `InputError` with all findings when
    the facts have errors, and the errors of the stages; outputs/ is then as it was.
    """
    folder = find_year(request.inputs, request.year)
    kinds = choose_kinds(request.templates, request.kinds)
    check_formats(request.formats)
    checked = check_facts(folder)
    conference, findings = checked.conference, checked.findings
    if conference is None or has_errors(findings) or (request.strict and findings):
        raise InputError(findings)
    made = [_make(kind, conference, checked.pictures, request, on_start) for kind in kinds]
    if request.strict:
        _refuse_blanks(made, folder)
    target = request.outputs / request.year
    put_in_place(target, {name: content for one in made for name, content in one.files.items()})
    return Report(tuple(_written(one, target) for one in made), findings)


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
    put_in_place(folder, files)
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
        noticed = (*check_conference(reading.conference), *photos.observations)
        findings += [_locate(one, reading.facts) for one in noticed]
    return CheckedFacts(reading.conference, pictures, tuple(sort_findings(findings)))


def _locate(noticed: Observation, facts: RawFacts) -> Finding:
    place = facts.place_of(noticed.path)
    return facts.make_finding(noticed.code, place, noticed.path, noticed.severity, **noticed.values)


def _refuse_blanks(made: Sequence[_Made], folder: Path) -> None:
    """Raise `InputError` naming every blank: in a strict build nothing may be missing."""
    place = Place(folder.name)
    blanks = [
        Finding("blank", Severity.GAP, place, {"label": blank.label, "name": one.kind.name})
        for one in made
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


def _make(
    kind: Kind,
    conference: Conference,
    pictures: Mapping[str, Picture],
    request: Request,
    on_start: Callable[[Kind], None],
) -> _Made:
    on_start(kind)
    document = attach_pictures(compose_document(kind, conference, request.templates), pictures)
    choice = _choose(kind, conference, request.templates)
    refuse_unstyled(document, choice.style)
    files: dict[str, bytes] = {}
    pages: int | None = None
    # A writer is loaded only when its format is wanted: WeasyPrint takes long to load.
    if "docx" in request.formats:
        from generator.writers.docx import write_docx  # noqa: PLC0415

        files[f"{kind.file}.docx"] = write_docx(document, choice.style)
    if "pdf" in request.formats:
        from generator.writers.pdf import write_pdf  # noqa: PLC0415

        written = write_pdf(document, choice.style)
        files[f"{kind.file}.pdf"], pages = written.content, written.pages
    _inspect(kind, document, choice, files)
    return _Made(kind, choice, document, files, pages)


def _choose(kind: Kind, conference: Conference, templates: Path) -> StyleChoice:
    date = getattr(conference.papers, kind.paper).date if kind.paper else None
    day = date.to_date() if date and date.is_complete else None
    year = (conference.event.year, conference.last_year)
    return choose_style(load_styles(templates / "style"), day, year, kind.form)


def _inspect(kind: Kind, document: Document, choice: StyleChoice, files: Mapping[str, bytes]) -> None:
    from generator.inspection.words import check_agreement  # noqa: PLC0415 - see _make

    docx, pdf = files.get(f"{kind.file}.docx"), files.get(f"{kind.file}.pdf")
    check_agreement(document, choice.style, docx, pdf)


def _written(made: _Made, target: Path) -> Written:
    return Written(
        kind=made.kind,
        choice=made.choice,
        files=tuple(target / name for name in made.files),
        pages=made.pages,
        missing=tuple(blank.label for blank in iter_blanks(made.document)),
    )
