"""The middle of the street: checked facts → every document of a year with its words and its look.

compose → choose the style → draw → proofread. Nothing is written, and no writer is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.checking import check_facts, heeds_neighbours, locate
from generator.content.compose import compose_document, has_needed_facts
from generator.content.figures import attach_pictures, list_charts
from generator.content.kind import FORMATS, list_kinds, load_kind
from generator.content.proofreading import proofread
from generator.errors import InputError, UsageError
from generator.findings import Finding, Place, Severity, has_errors, sort_findings
from generator.house import choose_house
from generator.layout import drawing_height_mm
from generator.model.parties import list_copies
from generator.request import find_year
from generator.sources import find_neighbours_facts, find_sources
from generator.style import choose_style, load_styles, refuse_unstyled
from generator.tree import Certificate, iter_blanks
from generator.vietnamese import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.content.kind import Kind
    from generator.manifest import Sources
    from generator.model.conference import Conference
    from generator.model.parties import Copy
    from generator.request import Request
    from generator.style import Style, StyleChoice
    from generator.tree import Chart, Document, Drawing, Picture

LEAST_DIGITS = 4
"""Of the numbers in names of certificates that have files of their own: they sort as they are counted."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a kind of document without its words."""

    kind: Kind
    choice: StyleChoice
    formats: tuple[str, ...]
    """The wanted ones."""
    papers: tuple[str, ...]
    """The names of its files without an ending."""
    missing: tuple[str, ...]
    """Labels of the blanks in it, in reading order."""

    def list_files(self, formats: Sequence[str]) -> list[str]:
        """Return all its files in *formats*."""
        files_of = self.kind.files_of
        return [file for name in self.papers for ending in formats for file in files_of(name, ending)]


@dataclass(frozen=True, slots=True)
class Composed:
    """A kind of document with its words, not yet on paper."""

    kind: Kind
    choice: StyleChoice
    document: Document
    formats: tuple[str, ...]
    """The wanted ones."""
    papers: Mapping[str, Document]
    """What goes into files, by the names of these without an ending: the document and its originals, or each
    certificate."""

    @property
    def outline(self) -> Outline:
        """What is known of it without its words."""
        missing = tuple(blank.label for blank in iter_blanks(self.document))
        return Outline(self.kind, self.choice, self.formats, tuple(self.papers), missing)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All documents of a year with their words, and what is to be said of the facts."""

    composed: tuple[Composed, ...]
    kinds: tuple[tuple[Kind, bool], ...]
    """All kinds that may be meant, and whether there are facts for each."""
    findings: tuple[Finding, ...]
    sources: Sources
    neighbours: Mapping[str, str] | None
    """Hashes of other years' facts, where findings depend on them."""


def prepare(request: Request) -> Prepared:
    """Read and check the facts, and compose every document of *request*.

    Raises `UsageError` for a year, kind, format or unit that does not exist, `InputError` with all findings
    when the facts have errors, and the errors of the stages.
    """
    folder = find_year(request.inputs, request.year)
    kinds = choose_kinds(request.templates, request.kinds)
    check_formats(request.formats)
    sources, neighbours = find_sources(folder, request.templates), find_neighbours_facts(folder)
    checked = check_facts(folder)
    conference, findings = checked.conference, checked.findings
    if conference is None or has_errors(findings) or (request.strict and findings):
        raise InputError(findings)
    has_facts = {kind.id: has_needed_facts(kind, conference, request.templates) for kind in kinds}
    wanted = [kind for kind in kinds if request.kinds or (has_facts[kind.id] and _has_format(kind, request))]
    composed = tuple(compose(kind, conference, checked.pictures, request) for kind in wanted)
    noticed = proofread(conference, [(one.kind, one.document) for one in composed], request.templates)
    findings = tuple(sort_findings((*findings, *(locate(one, checked.facts) for one in noticed))))
    if has_errors(findings) or (request.strict and findings):
        raise InputError(findings)
    if request.strict:
        _refuse_blanks(composed, folder)
    return Prepared(
        composed,
        tuple((kind, has_facts[kind.id]) for kind in kinds),
        findings,
        sources,
        neighbours if heeds_neighbours(conference) else None,
    )


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
    return _has_format(kind, request) and has_needed_facts(kind, conference, request.templates)


def _has_format(kind: Kind, request: Request) -> bool:
    return not request.formats or bool(set(request.formats) & set(kind.formats))


def compose(
    kind: Kind, conference: Conference, pictures: Mapping[str, Picture], request: Request
) -> Composed:
    """Return the document *kind* about *conference*, with its pictures, its style and what goes into files.

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
    if request.each and kind.form == "certificate":
        return Composed(kind, choice, document, formats, dict(_iter_each(kind, document)))
    copies = choose_originals(kind, conference, request)
    originals = {f"{kind.file}-ban-{copy.number:02d}": compose_one(copy) for copy in copies}
    return Composed(kind, choice, document, formats, {kind.file: document} | originals)


def _iter_each(kind: Kind, document: Document) -> Iterator[tuple[str, Document]]:
    """Yield each certificate of *document* as a document of its own, with the name of its files."""
    certificates = [block for block in document.blocks if isinstance(block, Certificate)]
    digits = max(LEAST_DIGITS, len(str(len(certificates))))
    for number, certificate in enumerate(certificates, 1):
        yield f"{kind.file}-{number:0{digits}d}", replace(document, blocks=(certificate,))


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


def _choose(kind: Kind, conference: Conference, templates: Path) -> StyleChoice:
    date = conference.date_of(kind.paper) if kind.paper else None
    day = date.to_date() if date and date.is_complete else None
    year = (conference.event.year, conference.last_year)
    folder = templates / "style"
    choice = choose_style(load_styles(folder), day, year, kind.form)
    return choose_house(choice, folder, conference.block.house)
