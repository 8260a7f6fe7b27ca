"""What is wrong, doubtful or missing in the data, each with its place; sorting, and "did you mean".

A finding holds a code and values; its sentence, which says what is wrong and what to write instead, stands
in the message catalogue of the user's language under that code.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(Enum):
    """How much a finding weighs: errors stop the build, warnings do not, gaps are listed."""

    ERROR = "error"
    WARNING = "warning"
    GAP = "gap"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the data a finding is; an unknown line or column is 0, counted from 1.

    A place in a workbook names its sheet and cell instead of a line and column.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation about the data."""

    code: str
    severity: Severity
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)
    """What the sentence of the catalogue names."""
    path: str = ""
    """The field's path in the model, such as ``leadership.next.head``; empty when there is none."""
    excerpt: str = ""
    """The line of the source file, without its line end; empty when there is none."""


Path = tuple[str | int, ...]
"""The way to a fact in the model: ``("awards", 0, "form")``."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that was noticed about the facts; the pipeline gives it its place in the files."""

    code: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.WARNING


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* in the order of their places, errors first within one place."""
    order = list(Severity)
    return sorted(findings, key=lambda found: (*_spot(found.place), order.index(found.severity), found.code))


def _spot(place: Place) -> tuple[str, int, int, str, int, str]:
    """Return what puts *place* in order: of cells, rows come before columns, and B before AA."""
    column = place.cell.rstrip("0123456789")
    row = place.cell[len(column) :]
    return place.file, place.line, place.column, place.sheet, int(row or 0), f"{column:>3}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any of *findings* stops a build."""
    return any(found.severity is Severity.ERROR for found in findings)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the word of *known* that *word* was most likely meant to be, or an empty string."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""
