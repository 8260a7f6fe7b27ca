"""What a rule says: an observation about the conference, with the path of the fact that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.findings import Severity
from generator.model.conference import Conference

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a rule noticed; the pipeline gives it its place in the files."""

    code: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.WARNING


Rule = Callable[[Conference], Iterator[Observation]]
"""A rule looks at one conference and yields what it notices."""
