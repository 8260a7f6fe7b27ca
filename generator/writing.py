"""A document with its look comes in; its files go out, each read back and found to say what the tree says.

A writer is loaded only when its format is wanted: WeasyPrint takes long to load. A PDF file can be written by
another process (`hands.py`) while this one writes the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.places import format_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.hands import Hands
    from generator.style import Style
    from generator.tree import Document

PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is to be written."""

    name: str
    """That of its files, without an ending."""
    document: Document
    style: Style
    files: Mapping[str, tuple[str, ...]]
    """The files of each format, by its ending: to a PDF to be signed belong a copy to be read and places."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files made in memory, by their names."""

    contents: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    """Of the PDF files."""
    bases: dict[str, str] = field(default_factory=dict)
    """The files to be signed, each with its copy to be read."""

    def add(self, others: Files) -> None:
        """Take in *others*."""
        self.contents.update(others.contents)
        self.pages.update(others.pages)
        self.bases.update(others.bases)


def load_pdf_writer() -> None:
    """Load what `write_paper` needs for PDF files; the environment must name the private fonts already."""
    import generator.inspection.readback.agreement  # noqa: PLC0415
    import generator.inspection.readback.pdf  # noqa: PLC0415, F401
    from generator.writers.pdf import warm_up  # noqa: PLC0415

    warm_up()


def load_writers() -> None:
    """Load everything that writes and reads back, so that processes forked from this one begin with it."""
    import generator.writers.docx  # noqa: PLC0415
    import generator.writers.web  # noqa: PLC0415, F401

    load_pdf_writer()


def write_paper(paper: Paper) -> Files:
    """Write a document in each of its formats, and read it back.

    Raises the errors of the writers, and `DisagreementError` where a file does not say what the tree says.
    """
    from generator.inspection.readback.agreement import check_files  # noqa: PLC0415 - not where nothing is due
    from generator.inspection.readback.words import check_agreement  # noqa: PLC0415

    files, written = Files(), dict[str, bytes]()
    for ending, names in paper.files.items():
        if ending == PDF:
            _write_pdf(paper, names, files)
        else:
            files.contents[names[0]] = _write_as(ending, paper)
        written[ending] = files.contents[files.bases.get(names[0], names[0])]
    check_files(paper.document, paper.style, **written)
    for name in files.bases:  # it has no tags that tell of cells
        check_agreement(paper.document, paper.style, pdf=files.contents[name])
    return files


def _write_as(ending: str, paper: Paper) -> bytes:
    if ending == "docx":
        from generator.writers.docx import write_docx  # noqa: PLC0415

        return write_docx(paper.document, paper.style)
    from generator.writers.web import write_web  # noqa: PLC0415

    return write_web(paper.document, paper.style)


def _write_pdf(paper: Paper, names: Sequence[str], files: Files) -> None:
    """Write the PDF that is read or, where it is to be signed, both that one and the one that is read."""
    from generator.writers.pdf import write_both_pdfs, write_pdf  # noqa: PLC0415

    if len(names) == 1:
        written = write_pdf(paper.document, paper.style)
        files.contents[names[0]], files.pages[names[0]] = written.content, written.pages
        return
    name, copy, places = names
    to_read, to_sign = write_both_pdfs(paper.document, paper.style)
    files.contents[name], files.pages[name] = to_sign.content, to_sign.pages
    files.contents[copy], files.pages[copy] = to_read.content, to_read.pages
    files.contents[places] = format_places(name, to_sign.places).encode()
    files.bases[name] = copy


def write_papers(
    papers: Sequence[Paper], on_start: Callable[[int], object], hands: Hands[Paper, Files] | None = None
) -> list[Files]:
    """Write each of *papers*, PDF files by *hands* where there are any; *on_start* is told before each."""
    theirs = [number for number, paper in enumerate(papers) if hands and PDF in paper.files]
    ours: list[Files] = []

    def write_others() -> None:
        for number, paper in enumerate(papers):
            on_start(number)
            others = {ending: names for ending, names in paper.files.items() if ending != PDF or not hands}
            ours.append(write_paper(replace(paper, files=others)) if others else Files())

    if hands is None:
        write_others()
        return ours
    tasks = [replace(papers[number], files={PDF: papers[number].files[PDF]}) for number in theirs]
    for number, files in zip(theirs, hands.do(tasks, write_others), strict=True):
        ours[number].add(files)
    return ours
