"""What was measured, as plain figures that JSON can hold: report and verdicts are made from it alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Series = dict[str, list[float]]
"""Figures of each engine, round by round; those of one round were measured side by side."""


@dataclass(slots=True)
class Rows:
    """What one document with many rows took; the last round's memory and size."""

    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)
    peak_mib: float = 0.0
    size_mib: float = 0.0
    """Of its DOCX and PDF together."""
    refused: str = ""
    """Why there are no figures."""


@dataclass(slots=True)
class Results:
    """One run of the benchmark."""

    date: str
    quick: bool
    rounds: int
    machine: dict[str, str]
    versions: dict[str, str]
    absent: dict[str, str] = field(default_factory=dict)
    """Engines that were not measured, each with the reason."""
    differs: dict[str, str] = field(default_factory=dict)
    """Engines and kinds whose words differ from ours, each with the place."""
    cold: dict[str, Series] = field(default_factory=dict)
    """Seconds by the clock for one document, by kind."""
    cold_cpu: dict[str, Series] = field(default_factory=dict)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    """Greatest MiB of all processes of an engine together, by kind."""
    warm: dict[str, Series] = field(default_factory=dict)
    """Seconds by the clock for each document of a process that is warm, by kind."""
    warm_memory: dict[str, float] = field(default_factory=dict)
    """MiB after the last document of the minutes."""
    one: Series = field(default_factory=dict)
    """Documents a second of one process."""
    two: Series = field(default_factory=dict)
    """Documents a second of two processes together."""
    starts: Series = field(default_factory=dict)
    """Seconds by the clock of commands that write nothing."""
    imports: dict[str, list[str]] = field(default_factory=dict)
    """Writers that each of these commands imported."""
    rows: dict[str, dict[str, Rows]] = field(default_factory=dict)
    """By what was multiplied, and by how many."""

    def save(self, file: Path) -> None:
        """Keep the figures in *file*."""
        file.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def load(file: Path) -> Results:
    """Return the figures that were kept in *file*."""
    results = Results(**json.loads(file.read_text(encoding="utf-8")))
    for sizes in results.rows.values():
        for size, rows in sizes.items():
            sizes[size] = Rows(**rows)  # type: ignore[arg-type]  # plain data until here
    return results
