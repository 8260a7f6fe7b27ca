"""The program from the inside: the one module here that knows its pipeline and its writers."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.style import Style
    from generator.tree import Document

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
SAMPLE = ROOT / "inputs" / "2016"

FILES = {"minutes": "bien-ban", "pledge": "giao-uoc", "news": "ban-tin"}
"""What the files of each kind that is measured are called."""

WRITERS = ("weasyprint", "docx", "generator.writers.pdf", "generator.writers.docx", "generator.writers.web")
"""Modules that a command that writes nothing has no need of."""


@dataclass(frozen=True, slots=True)
class Papers:
    """A document as our writers get it."""

    document: Document
    style: Style


def command(*arguments: str) -> tuple[str, ...]:
    """Return the command of the program as somebody types it."""
    return (sys.executable, "-m", "generator", *arguments)


def build_command(
    inputs: Path, year: str, kind: str, outputs: Path, formats: Sequence[str]
) -> tuple[str, ...]:
    """Return the command that makes one document."""
    return command(
        "build",
        year,
        kind,
        f"--inputs={inputs}",
        f"--outputs={outputs}",
        f"--templates={TEMPLATES}",
        f"--format={','.join(formats)}",
    )


def make(inputs: Path, year: str, kind: str, outputs: Path, formats: Sequence[str]) -> None:
    """Make one document within this process: read, checked, written, read back and put in place."""
    from generator.pipeline import build  # noqa: PLC0415 - its import is a part of what is measured
    from generator.request import Request  # noqa: PLC0415

    build(Request(year, (kind,), inputs, outputs, TEMPLATES, tuple(formats)))


@cache
def settle() -> None:
    """Once, when all is loaded, let this process collect garbage as the program's own do."""
    from generator.guard import COLLECT_AFTER  # noqa: PLC0415

    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def compose_papers(inputs: Path, year: str, kind: str) -> Papers:
    """Return the document *kind* of *year*, composed and not yet written."""
    from generator.composing import prepare  # noqa: PLC0415
    from generator.request import Request  # noqa: PLC0415

    (composed,) = prepare(Request(year, (kind,), inputs, inputs, TEMPLATES)).composed
    return Papers(composed.document, composed.choice.style)


def write_word(papers: Papers) -> bytes:
    """Return the Word file."""
    from generator.writers.docx import write_docx  # noqa: PLC0415

    return write_docx(papers.document, papers.style)


def write_page(papers: Papers) -> str:
    """Return the page that WeasyPrint lays out for us."""
    from generator.writers.html import write_html  # noqa: PLC0415

    return write_html(papers.document, papers.style)


def words_of_word(content: bytes) -> tuple[str, ...]:
    """Return the words of anybody's Word file, in order."""
    from generator.inspection.readback.words import words_of_docx  # noqa: PLC0415

    return words_of_docx(content)


def write_fonts(folder: Path) -> Path:
    """Return a file for fontconfig that knows the project's fonts only, as the command makes for itself."""
    from generator.typeface import fontconfig_xml  # noqa: PLC0415

    file = folder / "fonts.conf"
    file.write_text(fontconfig_xml(folder / "fontconfig"), encoding="utf-8")
    return file


def font_folder() -> Path:
    """Return where the project's fonts are."""
    from generator.typeface import folder  # noqa: PLC0415

    return folder()


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, in one form of Unicode."""
    from generator.inspection.readback.normal import normalise_words  # noqa: PLC0415

    return normalise_words(text)
