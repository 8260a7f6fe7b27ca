"""The main street: from a year's facts to its documents in outputs/.

read → check (`checking.py`) → compose → choose the style → draw → proofread → write → inspect → put in place.
The stages do not know one another. A document that would come out as it stands is not written again
(`incremental.py`), and nothing is put into outputs/ before every document is whole.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from generator.checking import check_facts
from generator.composing import prepare
from generator.edits import choose_names
from generator.errors import InputError, OutputError, UsageError
from generator.findings import has_errors
from generator.incremental import find_former
from generator.manifest import (
    MANIFEST_FILE,
    Build,
    Fingerprint,
    KindRecord,
    base_hash,
    hash_of,
    make_manifest,
)
from generator.outputs import alone_in, put_whole
from generator.places import format_places
from generator.request import YEAR_NAME, find_year
from generator.sources import find_sources, find_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from generator.composing import Outline, Prepared
    from generator.content.kind import Kind
    from generator.edits import Names
    from generator.findings import Finding
    from generator.incremental import Former, Reason
    from generator.manifest import Sources
    from generator.model.conference import Conference
    from generator.request import Request
    from generator.style import Style, StyleChoice
    from generator.tree import Document

    OnStart = Callable[[Kind, Mapping[str, Reason]], object]
    """Gets a kind before the work on it begins, and why each of its documents is made, by their names."""

SIGNED_RANGE = b"/ByteRange"


@dataclass(frozen=True, slots=True)
class Written:
    """A kind of document whose files are in place."""

    kind: Kind
    choice: StyleChoice
    files: tuple[Path, ...]
    """Those that were written."""
    pages: Mapping[Path, int]
    """Pages of the PDF files among them."""
    missing: tuple[str, ...]
    """Labels of the blanks in it, in reading order."""
    standing: tuple[Path, ...] = ()
    """Those that were there already, and would be the same now."""


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
    gone: tuple[Path, ...] = ()
    """Files of former builds that were removed: their certificate or their party is no more."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A document that is to be written, and as what."""

    kind: Kind
    style: Style
    name: str
    document: Document
    formats: tuple[str, ...]
    reason: Reason
    """Why the first of its files is written."""


@dataclass(frozen=True, slots=True)
class _Files:
    """Files made in memory, by their names."""

    contents: dict[str, bytes]
    pages: dict[str, int]
    bases: dict[str, str] = field(default_factory=dict)
    """The files to be signed, each with its copy to be read."""


@dataclass(frozen=True, slots=True)
class Made:
    """All files of a year, whole, in memory: those that were written, and what is known of all."""

    outlines: tuple[Outline, ...]
    kinds: tuple[tuple[Kind, bool], ...]
    """All kinds that may be meant, and whether there are facts for each."""
    findings: tuple[Finding, ...]
    sources: Sources
    neighbours: Mapping[str, str] | None
    """Hashes of other years' facts, where findings depend on them."""
    contents: Mapping[str, bytes]
    """The files that were written, by their names."""
    pages: Mapping[str, int]
    bases: Mapping[str, str]
    fingerprints: Mapping[str, Fingerprint]
    """Of all files, those that stand as well."""
    left: tuple[str, ...] = ()
    """Names of the documents that are yet to be written."""


def load_writers() -> None:
    """Load everything that writes and reads back, so that processes forked from this one begin with it.

    The environment must name the private fonts already (see `writers.pdf`).
    """
    import generator.inspection.readback.cells  # noqa: PLC0415
    import generator.inspection.readback.words  # noqa: PLC0415
    import generator.writers.docx  # noqa: PLC0415
    import generator.writers.pdf  # noqa: PLC0415
    import generator.writers.web  # noqa: PLC0415, F401

    find_versions()  # those of the code that is loaded now


def build(request: Request, on_start: OnStart = lambda *_: None) -> Report:
    """Build the documents of a year, as far as they are not there yet; *on_start* see `write`.

    Raises the errors of `prepare`, `write` and `put`; outputs/ is then as it was.
    """
    prepared = prepare(request)
    with alone_in(request.target):
        made = write(prepared, find_former(request), on_start)
        return put(made, request)


def write(
    prepared: Prepared,
    former: Former,
    on_start: OnStart = lambda *_: None,
    names: AbstractSet[str] | None = None,
    most: int | None = None,
) -> Made:
    """Write the files that are not there as they would be now, and read them back; outputs/ is not touched.

    *on_start* is told of each kind before the work on it begins. Of documents (by their names without an
    ending) only *names* are written, where these are given, and at most so many; the others are `Made.left`.
    """
    fingerprints = dict(_iter_fingerprints(prepared))
    due = [one for one in _iter_due(prepared, former, fingerprints) if names is None or one.name in names]
    now, made = due[:most], _Files({}, {})
    for kind, papers in groupby(now, key=lambda one: one.kind):
        these = list(papers)
        on_start(kind, {one.name: one.reason for one in these})
        for one in these:
            files = _write(one)
            made.contents.update(files.contents)
            made.pages.update(files.pages)
            made.bases.update(files.bases)
    left = tuple(one.name for one in due[len(now) :])
    return Made(
        outlines=tuple(one.outline for one in prepared.composed),
        kinds=prepared.kinds,
        findings=prepared.findings,
        sources=prepared.sources,
        neighbours=prepared.neighbours,
        contents=made.contents,
        pages=made.pages,
        bases=made.bases,
        fingerprints=fingerprints,
        left=left,
    )


def join(parts: Sequence[Made]) -> Made:
    """Return what several calls of `write` made of the same documents as one."""
    first, *others = parts
    contents, pages, bases = dict(first.contents), dict(first.pages), dict(first.bases)
    for one in others:
        contents |= one.contents
        pages |= one.pages
        bases |= one.bases
    done = {name.rpartition(".")[0] for name in contents}
    left = tuple(name for name in first.left if name not in done)
    return replace(first, contents=contents, pages=pages, bases=bases, left=left)


def put(made: Made, request: Request) -> Report:
    """Put all files of *made* into the outputs of *request*, with their manifest; be `alone_in` there.

    A file that carries signatures stays there. Raises `OutputError` where what was signed is not what would
    be written now, and where the facts or the outputs changed meanwhile.
    """
    if made.left:
        raise ValueError(f"not written yet: {made.left}")
    target = request.target
    folder, former = find_year(request.inputs, request.year), find_former(request)
    if find_sources(folder, request.templates) != made.sources:
        raise OutputError("inputs-changed-meanwhile", folder=folder)
    standing = [name for name in made.fingerprints if name not in made.contents]
    if any(former.find_reason([name], made.fingerprints[name], made.sources) for name in standing):
        raise OutputError("outputs-changed-meanwhile", folder=target)
    signed = {name for name in made.bases if _is_signed(target / name)}
    for name in signed:
        if base_hash(target, name) != hash_of(made.contents[name]):
            raise OutputError("signed-file-kept", file=target / name)
    names = choose_names(target, made.contents, signed, force=request.force)
    names.kept |= {name: file for name in standing if (file := former.files[name].name) != name}
    obsolete = _find_obsolete(made.outlines, request.division, former)
    build = _make_build(made, names, request.division, obsolete)
    manifest = make_manifest(target, build, made.sources, made.findings)
    to_write = {name: content for name, content in build.files.items() if name not in signed}
    if to_write or build.gone or not _holds(target / MANIFEST_FILE, manifest):
        put_whole(target, to_write | {MANIFEST_FILE: manifest}, names.copies, build.gone)
    return _report(made, target, names, obsolete)


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


def _iter_fingerprints(prepared: Prepared) -> Iterator[tuple[str, Fingerprint]]:
    """Yield each file that is wanted, with what decides its bytes."""
    for one in prepared.composed:
        look = hash_of(repr(one.choice.style).encode())
        for name, document in one.papers.items():
            fingerprint = Fingerprint(_hash_tree(document), look, prepared.sources.tools)
            for ending in one.formats:
                yield from ((file, fingerprint) for file in one.kind.files_of(name, ending))


def _hash_tree(document: Document) -> str:
    """Return the hash of all that *document* says: what its nodes are written as in Python tells it all."""
    hashed = hashlib.sha256(repr(replace(document, blocks=())).encode())
    for block in document.blocks:
        hashed.update(repr(block).encode())
    return hashed.hexdigest()


def _iter_due(prepared: Prepared, former: Former, fingerprints: Mapping[str, Fingerprint]) -> Iterator[_Due]:
    """Yield the documents of which files are not there as they would be written now."""
    for one in prepared.composed:
        for name, document in one.papers.items():
            reasons = {}
            for ending in one.formats:
                files = one.kind.files_of(name, ending)
                reason = former.find_reason(files, fingerprints[files[0]], prepared.sources)
                if reason:
                    reasons[ending] = reason
            if reasons:
                first = next(iter(reasons.values()))
                yield _Due(one.kind, one.choice.style, name, document, tuple(reasons), first)


def _write(due: _Due) -> _Files:
    """Write a document in each of its formats, and read it back."""
    from generator.inspection.readback.cells import check_cells  # noqa: PLC0415 - not where nothing is due
    from generator.inspection.readback.words import check_agreement  # noqa: PLC0415

    files = _Files({}, {})
    written: dict[str, bytes] = {}
    for ending in due.formats:
        name = f"{due.name}.{ending}"
        written[ending], pages = _write_as(ending, due.document, due.style)
        files.contents[name] = written[ending]
        if pages is not None:
            files.pages[name] = pages
    check_agreement(due.document, due.style, **written)
    check_cells(due.document, written.get("docx"), written.get("pdf"))
    if "pdf" in due.formats and len(due.kind.files_of(due.name, "pdf")) > 1:
        _write_to_sign(due, files)
    return files


def _write_to_sign(due: _Due, files: _Files) -> None:
    """Put the PDF that is to be signed in place of the one that is read, and that one beside it."""
    from generator.inspection.readback.words import check_agreement  # noqa: PLC0415 - as above
    from generator.writers.pdf import write_pdf_to_sign  # noqa: PLC0415

    name, copy, places = due.kind.files_of(due.name, "pdf")
    written = write_pdf_to_sign(due.document, due.style)
    check_agreement(due.document, due.style, pdf=written.content)
    files.contents[copy], files.pages[copy] = files.contents[name], files.pages[name]
    files.contents[name], files.pages[name] = written.content, written.pages
    files.contents[places] = format_places(name, written.places).encode()
    files.bases[name] = copy


def _make_build(made: Made, names: Names, division: str, obsolete: AbstractSet[str]) -> Build:
    """Return what the manifest is told."""
    outlines, contents = made.outlines, made.contents
    kinds = {file: one.kind.id for one in outlines for file in one.list_files(one.formats)}
    files = {
        one.kind.id: {ending: one.list_files([ending]) for ending in one.kind.formats} for one in outlines
    }
    return Build(
        files={names.of(name): content for name, content in contents.items()},
        kinds={names.of(name): kinds[name] for name in contents},
        bases={names.of(name): names.of(copy) for name, copy in made.bases.items()},
        kept=names.kept,
        gone=frozenset(names.gone) | obsolete,
        fingerprints=made.fingerprints,
        standing=frozenset(names.of(name) for name in made.fingerprints if name not in contents),
        records={
            kind.id: KindRecord(has_facts, kind.formats, files.get(kind.id, {}))
            for kind, has_facts in made.kinds
        },
        division=division,
        neighbours=made.neighbours,
    )


def _find_obsolete(outlines: Iterable[Outline], division: str, former: Former) -> frozenset[str]:
    """Return files of originals and of single certificates whose party or certificate is no more.

    They go only if all of them were wanted, and if nobody edited them.
    """
    marks = {"originals": "-ban", "each": ""}
    parts = [marks[part] for part in division.split("+") if part in marks]
    obsolete = set()
    for one in outlines if parts else ():
        names = "|".join(re.escape(one.kind.file + part) for part in parts)
        numbered = re.compile(rf"(?:{names})-\d+")
        papers = set(one.papers)
        for name, file in former.files.items():
            paper = name.rpartition(".")[0]
            if numbered.fullmatch(paper) and paper not in papers and file.state == "standing":
                obsolete.add(file.name)
    return frozenset(obsolete)


def _holds(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


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


def _report(made: Made, target: Path, names: Names, obsolete: AbstractSet[str]) -> Report:
    there = {one.kind for one in made.outlines}
    return Report(
        documents=tuple(_report_kind(one, made, target, names) for one in made.outlines),
        left_out=tuple(kind for kind, has_facts in made.kinds if kind not in there and not has_facts),
        findings=made.findings,
        kept={target / name: target / new for name, new in names.kept.items()},
        copies={target / name: target / copy for copy, name in names.copies.items()},
        gone=tuple(target / name for name in sorted(obsolete)),
    )


def _report_kind(one: Outline, made: Made, target: Path, names: Names) -> Written:
    files = one.list_files(one.formats)
    wanted = set(files)
    written = [name for name in made.contents if name in wanted]
    return Written(
        kind=one.kind,
        choice=one.choice,
        files=tuple(target / names.of(name) for name in written),
        pages={target / names.of(name): made.pages[name] for name in written if name in made.pages},
        missing=one.missing,
        standing=tuple(target / names.of(name) for name in files if name not in made.contents),
    )
