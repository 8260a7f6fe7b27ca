"""The JSON Schema of conference.yaml: the model in, a schema for editors and other programs out.

With it an editor completes field names, says in Vietnamese what each is for, and marks mistakes while one
types. The reader stays the judge: it reads every scalar as text, so the schema lets numbers stand where the
model reads text.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.labels import describe_field, find_label, load_labels
from generator.model.conference import Conference

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NOTHING = {"type": "null"}

SCALAR = {"type": ["string", "number", "boolean"]}
"""What an editor takes an unquoted value for: 2016 is a number, and `có` is text."""


def make_schema() -> dict[str, Any]:
    """Return the schema of a conference; every record and field is described by its label."""
    schema = Conference.model_json_schema(schema_generator=_Generator)
    return {"$schema": DIALECT, **_let_unknown(_loosen(schema))}


def format_schema() -> str:
    """Return the schema as it is printed and kept."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Describes records and fields by their labels, and our own scalars (dates, money …) as text."""

    def model_schema(self, schema: Any) -> dict[str, Any]:
        record = schema["cls"]
        label = load_labels()[record.__name__]
        described = {**super().model_schema(schema), "description": f"{label.name}. {label.note}"}
        for field, part in described["properties"].items():
            part["description"] = describe_field(find_label(record, field))
        return described

    def is_instance_schema(self, schema: Any) -> dict[str, Any]:
        del schema
        return {"type": "string"}

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        del schema
        return {"type": "string"}

    def bool_schema(self, schema: Any) -> dict[str, Any]:
        del schema
        return {"type": "string"}

    def int_schema(self, schema: Any) -> dict[str, Any]:
        del schema
        return {"type": "string"}

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])


def _loosen(part: Any) -> Any:
    """Return *part* with every plain text as any scalar, and without the titles that pydantic makes up."""
    if isinstance(part, list):
        return [_loosen(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and "enum" not in part and "const" not in part:
        return {**{key: part[key] for key in ("description",) if key in part}, **SCALAR}
    return {
        key: _loosen(inner)
        for key, inner in part.items()
        if not (key in {"title", "default"} and not isinstance(inner, dict))
    }


def _let_unknown(part: Any) -> Any:
    """Return *part* with every field that is not required open to nothing: `leadership:` is unknown."""
    if isinstance(part, list):
        return [_let_unknown(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    opened = {key: _let_unknown(inner) for key, inner in part.items()}
    if isinstance(opened.get("properties"), dict):
        required = opened.get("required", [])
        opened["properties"] = {
            name: field if name in required else _or_nothing(field)
            for name, field in opened["properties"].items()
        }
    return opened


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    described = {"description": field["description"]}
    bare = {key: part for key, part in field.items() if key != "description"}
    choices = [choice for choice in bare.get("anyOf", [bare]) if choice != NOTHING]
    if choices == [SCALAR]:
        return {**described, "type": [*SCALAR["type"], "null"]}
    return {**described, "anyOf": [*choices, NOTHING]}
