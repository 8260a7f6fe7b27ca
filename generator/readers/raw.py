"""Raw facts: plain mappings, lists and text, and where each of them stands in its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.findings import Finding, Place, Severity
from generator.vietnamese import CleanCode, clean_text, find_forbidden, looks_like_legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path as FilePath

NOTED = {CleanCode.LOOKALIKE: "lookalike-letter", CleanCode.INVISIBLE: "invisible-letter"}
"""What cleaning changes that people may want to mend in the file; spaces and letter forms go unsaid."""

REPLACEMENT = "\ufffd"
"""What stands for a letter that cannot be shown or kept."""

MOST_SHOWN = 200
"""How many characters of a line or of a value a finding shows."""

RawValue = dict[str, "RawValue"] | list["RawValue"] | str | None
"""A value as it was read: text, never a number; None where nothing is written."""

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions from the top."""


@dataclass
class RawFacts:
    """What a reader found in a file, and what is wrong with it."""

    file: str
    value: RawValue = None
    values: dict[Path, Place] = field(default_factory=dict)
    """The place of each value."""
    keys: dict[Path, Place] = field(default_factory=dict)
    """The place of the key of each value in a mapping."""
    lines: list[str] = field(default_factory=list)
    """The lines of a text file."""
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, place: Place, path: Path = (), **values: object) -> None:
        """Add an error."""
        self.findings.append(self._make(code, place, path, Severity.ERROR, values))

    def make_finding(
        self,
        code: str,
        place: Place,
        path: Path = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> Finding:
        """Return a finding about this file, with the line it is about."""
        return self._make(code, place, path, severity, values)

    def _make(
        self, code: str, place: Place, path: Path, severity: Severity, values: Mapping[str, object]
    ) -> Finding:
        known = 0 < place.line <= len(self.lines) and place.column <= MOST_SHOWN
        excerpt = _show_line(self.lines[place.line - 1]) if known else ""
        shown = {name: _show(value) if isinstance(value, str) else value for name, value in values.items()}
        return Finding(code, severity, place, shown, format_path(path), excerpt)

    def refuses(self, file: FilePath) -> bool:
        """Report *file* if it is a link, and tell whether it is.

        A folder that somebody sent must not lead to files of whoever builds from it.
        """
        if file.is_symlink():
            self.report("file-link", Place(self.file))
            return True
        return False

    def place_of(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of the value at *path*, or of the nearest thing around it.

        With *key*, the place of the key under which the value stands.
        """
        if key and path in self.keys:
            return self.keys[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self.values:
                return self.values[path[:length]]
        return Place(self.file)

    def accept_text(self, text: str, place: Place, path: Path, end: Place | None = None) -> str:
        """Return *text* cleaned; report letters that no document may hold, and put U+FFFD in their places.

        A finding about a letter is placed at it, if the lines of the file from *place* to *end* show it.
        """
        forbidden = {found.code_point: found.kind for found in find_forbidden(text)}
        for point, kind in forbidden.items():
            spot = self._find_letter(point, place, end)
            self.report("forbidden-character", spot, path, code_point=point, kind=kind)
        legacy = looks_like_legacy_encoding(text)
        if legacy:
            self.report("legacy-encoding", place, path, encoding=legacy)
        cleaned = clean_text(text.translate({_code_of(point): REPLACEMENT for point in forbidden}))
        for note in cleaned.notes:
            if note.code in NOTED:
                spot = min(self._find_letter(point, place, end) for point in note.code_points)
                values = {"code_points": ", ".join(note.code_points)}
                self.findings.append(self._make(NOTED[note.code], spot, path, Severity.WARNING, values))
        return cleaned.text

    def _find_letter(self, code_point: str, place: Place, end: Place | None) -> Place:
        """Return where a letter such as ``U+00D0`` first stands in the lines from *place* to *end*."""
        letter, column = chr(_code_of(code_point)), place.column
        for line in range(place.line, end.line + 1 if end else 0):
            at = self.lines[line - 1].find(letter, column - 1) if line <= len(self.lines) else -1
            if at >= 0:
                return Place(self.file, line, at + 1)
            column = 1
        return place


def _code_of(code_point: str) -> int:
    return int(code_point.removeprefix("U+"), 16)


def _show(value: str) -> str:
    """Return *value* as a sentence can name it: on one line, and not too long."""
    shown = " ".join(value.split())
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]} …"


def _show_line(line: str) -> str:
    """Return *line* for a terminal, every letter in its column."""
    cut = f"{line[:MOST_SHOWN]} …" if len(line) > MOST_SHOWN else line
    return "".join(map(_show_letter, cut))


def _show_letter(letter: str) -> str:
    if letter.isprintable():
        return letter
    return " " if letter.isspace() else REPLACEMENT


def format_path(path: Path) -> str:
    """Return *path* as people write it: ``awards[2].form``, positions counted from 1."""
    return "".join(_path_parts(path)).lstrip(".")


def _path_parts(path: Path) -> Iterator[str]:
    for part in path:
        yield f"[{part + 1}]" if isinstance(part, int) else f".{part}"
