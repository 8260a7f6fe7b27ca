"""From the files of one conference to a `Conference` and findings."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from generator.findings import Finding, Place, has_errors, nearest
from generator.model.conference import Conference
from generator.readers.raw import Path, RawFacts
from generator.readers.yaml import read_yaml

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from pydantic_core import ErrorDetails

CONFERENCE_FILE = "conference.yaml"

EXPECTED_SHAPES = {
    "string_type": "text",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "list_type": "list",
}
"""Errors of the structure checker, and the shape that it expected (a key of the catalogue)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the files of one conference."""

    conference: Conference | None
    """None where the facts cannot be made into a conference."""
    facts: RawFacts
    """The raw facts with their places: rules speak of fields, people look for lines and cells."""
    findings: tuple[Finding, ...]


def read_conference(folder: FilePath) -> Reading:
    """Read the conference in *folder*."""
    return make_conference(read_yaml(folder / CONFERENCE_FILE, f"{folder.name}/{CONFERENCE_FILE}"))


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
        findings += [_translate(detail, facts) for detail in error.errors()]
    return Reading(conference, facts, tuple(findings))


def _translate(detail: ErrorDetails, facts: RawFacts) -> Finding:
    kind, path = detail["type"], detail["loc"]
    name = str(path[-1]) if path else ""
    context: dict[str, Any] = detail.get("ctx") or {}
    value_place = facts.place_of(path)
    if kind == "extra_forbidden":
        meant = nearest(name, fields_at(path[:-1]))
        code = "unknown-key-meant" if meant else "unknown-key"
        return facts.make_finding(code, facts.place_of(path, key=True), path, key=name, meant=meant)
    if kind == "missing":
        return facts.make_finding("field-missing", _owner_place(path, facts), path, field=name)
    if kind == "literal_error":
        return facts.make_finding(
            "not-one-of", value_place, path, value=detail["input"], known=context["expected"]
        )
    if kind == "string_too_short":
        return facts.make_finding("empty-text", value_place, path, field=name)
    if kind in EXPECTED_SHAPES:
        return facts.make_finding("wrong-shape", value_place, path, field=name, shape=EXPECTED_SHAPES[kind])
    return facts.make_finding(
        kind, value_place, path, value=detail["input"], reason=context.get("reason", "")
    )


def _owner_place(path: Path, facts: RawFacts) -> Place:
    """Return the place of the group that lacks a field: its key where it has one."""
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
