"""Look at this machine: what the program needs is there or not, each with its one-line cure."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from generator.errors import MachineError
from generator.typeface import check_files, family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEAST_PYTHON = (3, 11)
LIBRARIES = ("jinja2", "pydantic", "lxml", "python-docx", "weasyprint", "openpyxl", "pypdfium2", "pyhanko")
PROGRAMS = (("soffice", "LibreOffice"), ("pdftotext", "poppler"))
"""What only the checks of the program need, by command and name."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one thing."""

    name: str
    detail: str
    """A version or a place; empty when it is absent."""
    needed: bool
    """Whether a build needs it."""
    cure: str = ""
    """Key of the sentence that says how to get it; empty when nothing is wrong."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.cure


def examine_machine() -> Iterator[Diagnosis]:
    """Yield what this machine has and lacks."""
    version = platform.python_version()
    too_old = sys.version_info < LEAST_PYTHON
    yield Diagnosis("Python", version, needed=True, cure="cure-python" if too_old else "")
    for library in LIBRARIES:
        yield _examine_library(library)
    yield _examine(f"{family()} (Times New Roman)", check_files, "cure-reinstall")
    yield _examine("Pango", _load_weasyprint, "cure-pango")
    for command, name in PROGRAMS:
        place = shutil.which(command)
        yield Diagnosis(name, place or "", needed=False, cure="" if place else f"cure-{command}")


def _examine_library(library: str) -> Diagnosis:
    try:
        return Diagnosis(library, metadata.version(library), needed=True)
    except metadata.PackageNotFoundError:
        return Diagnosis(library, "", needed=True, cure="cure-reinstall")


def _examine(name: str, look: Callable[[], str | None], cure: str) -> Diagnosis:
    try:
        return Diagnosis(name, look() or "", needed=True)
    except MachineError:
        return Diagnosis(name, "", needed=True, cure=cure)


def _load_weasyprint() -> str:
    from generator.writers.pdf import pango_version  # noqa: PLC0415 - it loads the native libraries

    return pango_version()
