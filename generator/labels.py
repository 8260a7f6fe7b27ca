"""The labels file comes in; what people call every record and field of the model goes out, in Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.fast_yaml import load_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = "labels.yaml"


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a field, and what belongs there."""

    name: str
    note: str
    """One sentence."""
    example: Any
    """A value as it is read: text, lists and mappings of text."""


@dataclass(frozen=True, slots=True)
class RecordLabel:
    """What people call a record, what it is, and its own fields; those that it inherits are elsewhere."""

    name: str
    note: str
    fields: Mapping[str, Label]


@cache
def load_labels() -> Mapping[str, RecordLabel]:
    """Return the label of every record of the model, by the name of its class."""
    text = Path(__file__).with_name(LABELS).read_text(encoding="utf-8")
    records = load_texts(text)
    return {record: _make_record(given) for record, given in records.items()}


def _make_record(given: Mapping[str, Any]) -> RecordLabel:
    fields = {field: Label(**label) for field, label in given["fields"].items()}
    return RecordLabel(given["name"], given["note"], fields)


def find_label(record: type, field: str) -> Label:
    """Return the label of a *field* of a *record*, also of one that it inherits.

    Raises `KeyError` if there is none.
    """
    labels = load_labels()
    for owner in record.__mro__:
        if owner.__name__ in labels and field in labels[owner.__name__].fields:
            return labels[owner.__name__].fields[field]
    raise KeyError(f"{record.__name__}.{field}")


def describe_field(label: Label) -> str:
    """Return what an editor shows beside a field: ``Ngày họp. Ngày diễn ra hội nghị; …``."""
    example = f" Ví dụ: {label.example}." if isinstance(label.example, str) else ""
    return f"{label.name}. {label.note}{example}"
