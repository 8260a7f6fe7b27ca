"""From the files of one conference to a `Conference` and findings."""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from generator.findings import Finding, Place, Severity, has_errors, nearest
from generator.model.conference import Conference
from generator.readers.raw import Path, RawFacts
from generator.readers.yaml import read_yaml

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from pydantic_core import ErrorDetails

CONFERENCE_FILE = "conference.yaml"
WORKBOOK_FILES = "conference.xls*"
"""Workbooks of any age: those that are no .xlsx are refused by name."""

EXPECTED_SHAPES = {
    "string_type": "text",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "list_type": "list",
}
"""Errors of the structure checker, and the shape that it expected (a key of the catalogue)."""

TOLD_REASONS = frozenset(
    {
        "count-too-large",
        "no-such-day",
        "no-such-month",
        "no-such-year",
        "no-such-time",
        "year-order",
        "money-currency",
    }
)
"""Reasons of the model's own errors that say more to a person than the error itself."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the files of one conference."""

    conference: Conference | None
    """None where the facts cannot be made into a conference."""
    facts: RawFacts
    """The raw facts with their places: rules speak of fields, people look for lines and cells."""
    findings: tuple[Finding, ...]


def read_conference(folder: FilePath) -> Reading:
    """Read the conference in *folder*: its YAML file, its workbook and its tables, as far as there are."""
    return make_conference(_read_files(folder))


def _read_files(folder: FilePath) -> RawFacts:
    workbooks = sorted(folder.glob(WORKBOOK_FILES))
    tables = any(file.suffix.lower() == ".csv" for file in folder.glob("*"))
    parts: list[RawFacts] = []
    file = folder / CONFERENCE_FILE
    if file.exists() or not (workbooks or tables):
        parts.append(read_yaml(file, f"{folder.name}/{CONFERENCE_FILE}"))
    # Readers of tables are loaded only for those who have some: openpyxl takes long to load.
    if workbooks:
        from generator.readers.excel import read_workbook  # noqa: PLC0415

        parts += [read_workbook(book, f"{folder.name}/{book.name}") for book in workbooks]
    if tables:
        from generator.readers.csv import read_csv  # noqa: PLC0415

        parts += read_csv(folder)
    if len(parts) == 1:
        return parts[0]
    from generator.readers.merge import merge_facts  # noqa: PLC0415 - it knows the tables

    return merge_facts(parts)


def make_conference(facts: RawFacts) -> Reading:
    """Make a conference of raw *facts*; every structural mistake becomes a finding."""
    conference, findings = None, list(facts.findings)
    if not isinstance(facts.value, dict):
        if not has_errors(findings):
            code = "no-facts" if facts.value is None else "wrong-shape"
            findings.append(facts.make_finding(code, facts.place_of(()), shape="mapping"))
        return Reading(None, facts, tuple(findings))
    try:
        conference = Conference.model_validate(facts.value)
    except ValidationError as error:
        told = {found.place for found in findings if found.severity is Severity.ERROR}
        translated = (_translate(detail, facts) for detail in error.errors())
        # A word that no reader understood is missing afterwards, in the same place: one mistake, told once.
        findings += [
            found for found in translated if found.code != "field-missing" or found.place not in told
        ]
    return Reading(conference, facts, tuple(findings))


def _translate(detail: ErrorDetails, facts: RawFacts) -> Finding:
    path, given, code = detail["loc"], detail["input"], _code_of(detail)
    if code == "unknown-key":
        return _translate_unknown(path, facts)
    place = _owner_place(path, facts) if code == "field-missing" else facts.place_of(path)
    return facts.make_finding(
        code,
        place,
        path,
        field=str(path[-1]) if path else "",
        value=given if isinstance(given, str) else "",
        shape=EXPECTED_SHAPES.get(detail["type"], "text"),
        known=", ".join(re.findall("'([^']*)'", detail.get("ctx", {}).get("expected", ""))),
    )


def _code_of(detail: ErrorDetails) -> str:
    """Return the code of the finding that an error of the structure checker becomes."""
    kind, given, path = detail["type"], detail["input"], detail["loc"]
    if kind in {"extra_forbidden", "missing"}:
        return "unknown-key" if kind == "extra_forbidden" else "field-missing"
    if given is None or (given == "" and isinstance(path[-1], int)):
        return "empty-item"
    if kind in EXPECTED_SHAPES or not isinstance(given, str):
        return "wrong-shape"
    if not given or kind == "literal_error":
        return "not-one-of" if given else "empty-text"
    reason = detail.get("ctx", {}).get("reason")
    if reason is None:
        return "value-refused"
    return reason if reason in TOLD_REASONS else kind


def _translate_unknown(path: Path, facts: RawFacts) -> Finding:
    name = str(path[-1])
    group = _group_above(path, facts) if len(path) == 1 else ""
    meant = nearest(name, fields_at(path[:-1]))
    code = "unknown-key-meant" if meant else "unknown-key"
    if group:
        code = "unknown-key-elsewhere"
    return facts.make_finding(code, facts.place_of(path, key=True), path, key=name, meant=meant, group=group)


def _group_above(path: Path, facts: RawFacts) -> str:
    """Return the nearest group above the key at *path* that has a field of its name: it lacks its indent."""
    place = facts.place_of(path, key=True)
    groups = ((facts.keys[key], str(key[0])) for key in facts.keys if len(key) == 1 and key != path)
    above = [group for spot, group in sorted(groups) if spot < place and path[0] in fields_at((group,))]
    return above[-1] if above else ""


def _owner_place(path: Path, facts: RawFacts) -> Place:
    """Return the place of a field that is named without a value, or of the group that lacks it."""
    if path in facts.keys:
        return facts.keys[path]
    return facts.place_of(path[:-1], key=True)


def fields_at(path: Path) -> list[str]:
    """Return the fields that the model has at *path*."""
    model: Any = Conference
    for part in path:
        if isinstance(part, str):
            model = _record_in(model.model_fields[part].annotation) if part in model.model_fields else None
        if model is None:
            return []
    return list(model.model_fields)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """Return the record type inside an annotation such as ``list[Award] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_record_in(inner) for inner in typing.get_args(annotation))
    return next((record for record in found if record), None)
