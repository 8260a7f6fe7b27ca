"""The facts of several files come in; the facts of one conference go out.

What two files give is a finding, even if they agree: the next correction would be made in one of them only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.readers.raw import RawFacts, format_path
from generator.readers.rows import look_up
from generator.readers.tables import format_spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.findings import Finding, Place, Severity
    from generator.readers.raw import Path, RawValue


@dataclass
class MergedFacts(RawFacts):
    """Facts of several files; the line that a finding is about is looked up in its own file."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    """The lines of each file."""

    def _make(
        self, code: str, place: Place, path: Path, severity: Severity, values: Mapping[str, object]
    ) -> Finding:
        self.lines = self.texts.get(place.file, [])
        return super()._make(code, place, path, severity, values)


def merge_facts(parts: Sequence[RawFacts]) -> RawFacts:
    """Return the facts of all *parts* with their findings and places; *parts* has at least one.

    A list, or a single field, that two of them give is the finding ``given-twice``, with both places; None
    gives nothing. A part that is no mapping makes the whole no mapping.
    """
    merged = MergedFacts(parts[0].file, texts={part.file: part.lines for part in parts})
    for part in parts:
        merged.findings += part.findings
        value = merged.value
        merged.value = _merge(merged, part, value, part.value, ())
        merged.values = _merge_places(value, merged.values, part.values)
        merged.keys = _merge_places(value, merged.keys, part.keys)
    return merged


def _merge_places(value: RawValue, old: dict[Path, Place], new: dict[Path, Place]) -> dict[Path, Place]:
    """Return the places of both: of a path in both the *old* one, unless *value* has nothing there."""
    silent = {path for path in old.keys() & new.keys() if look_up(value, path) is None}
    return new | {path: place for path, place in old.items() if path not in silent}


def _merge(merged: MergedFacts, part: RawFacts, old: RawValue, new: RawValue, path: Path) -> RawValue:
    """Return what *old*, merged before, and *new*, of *part*, give together at *path*."""
    if old is None or new is None:
        return new if old is None else old
    if isinstance(old, dict) and isinstance(new, dict):
        both = dict(old)
        for key, value in new.items():
            both[key] = _merge(merged, part, old.get(key), value, (*path, key))
        return both
    if not path:
        return new if isinstance(old, dict) else old
    first = merged.place_of(path, key=True)
    merged.report(
        "given-twice",
        part.place_of(path, key=True),
        path,
        field=format_path(path),
        first=f"{first.file}, {first.sheet + '!' if first.sheet else ''}{format_spot(first)}",
    )
    return old
