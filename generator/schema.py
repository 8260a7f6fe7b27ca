"""The JSON Schema of conference.yaml: the model in, a schema for editors and other programs out.

With it an editor completes field names and marks mistakes while one types. The reader stays the judge: it
reads every scalar as text, so the schema lets numbers stand where the model reads text.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.model.conference import Conference

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NOTHING = {"type": "null"}

SCALAR = {"type": ["string", "number", "boolean"]}
"""What an editor takes an unquoted value for: 2016 is a number, and `có` is text."""


def make_schema(labels: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the schema of a conference.

    *labels* gives what people call a field, by ``Record.field``; it becomes the field's description.
    """
    schema = Conference.model_json_schema(schema_generator=_Generator)
    for record, definition in _records(schema):
        for field, part in definition.get("properties", {}).items():
            label = (labels or {}).get(f"{record}.{field}")
            if label:
                part["description"] = label
    return {"$schema": DIALECT, **_let_unknown(_loosen(schema))}


class _Generator(GenerateJsonSchema):
    """Describes our own scalars (dates, money, answers) as what they are in a file: text."""

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


def _records(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(str(schema["title"]), schema), *schema.get("$defs", {}).items()]


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
    choices = [choice for choice in field.get("anyOf", [field]) if choice != NOTHING]
    described = {key: field[key] for key in ("description",) if key in field}
    if choices == [SCALAR]:
        return {**described, "type": [*SCALAR["type"], "null"]}
    return {**described, "anyOf": [*choices, NOTHING]}
