"""Facts come in; a YAML file to fill in, with these facts and comments on what belongs where, goes out.

It follows the model: each field has a line. What is not known stands there without a value; groups and lists
that may be absent are comments, to be uncommented where there is something to say.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from generator.model.conference import Conference
from generator.readers.rows import find_code, split_items
from generator.readers.sheets import FACTS, LISTS, SECTIONS, SHEETS, Field, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

MOST_LETTERS = 110

SAYS = "## "
"""Begins a line that only explains; a line to be uncommented begins with one ``#``."""

SCHEMA_LINE = "# yaml-language-server: $schema=../../docs/schema.json"

_PLAIN = re.compile(r"[^\W_][^:#\n\"\\]*(?<! )")
"""Text that YAML reads as it stands."""


def write_skeleton(facts: Mapping[str, Any], introduction: str, *, lists: bool) -> str:
    """Return the file with *facts*, below the lines of *introduction*; without *lists*, of single facts."""
    lines = [SCHEMA_LINE, *(f"{SAYS}{line}" for line in introduction.splitlines())]
    for name, info in Conference.model_fields.items():
        section = [
            line.render() for line in _write_field(name, info, facts.get(name), _Place(name, lists=lists))
        ]
        if section:
            lines += ["", *section]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file."""

    indent: int
    text: str
    note: str = ""
    comment_indent: int | None = None
    """How far the ``#`` stands from the left, if the line is a comment."""

    def render(self) -> str:
        """Return the line; a long note on one that is no comment stands above it."""
        note = f"  # {self.note}" if self.note else ""
        margin = " " * self.indent
        if self.comment_indent is None and len(margin + self.text + note) > MOST_LETTERS:
            return f"{margin}{SAYS}{self.note}\n{margin}{self.text}"
        if self.comment_indent is None:
            return margin + self.text + note
        inside = " " * (self.indent - self.comment_indent)
        return " " * self.comment_indent + "# " + inside + self.text + note


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the model the writing is, and how it is to go on."""

    path: str
    """Without positions: ``attendance.groups.people``."""
    lists: bool
    indent: int = 0
    as_example: bool = False
    """Whether examples stand in for values."""

    def enter(self, name: str, indent: int = 2) -> _Place:
        return replace(self, path=f"{self.path}.{name}", indent=self.indent + indent)


def _comment(lines: Iterable[_Line], indent: int) -> Iterator[_Line]:
    """Make comments of *lines*; a comment within a comment is one."""
    for line in lines:
        yield replace(line, comment_indent=indent)


def _write_field(name: str, info: FieldInfo, value: Any, place: _Place) -> Iterator[_Line]:
    """Write the field *name* with its *value*, or the way to give one."""
    leaf, sheet = _leaves().get(place.path), _sheets().get(place.path)
    record = _record_in(info.annotation)
    if sheet is not None and not (place.lists or place.as_example):
        return
    if leaf is not None:
        yield from _write_leaf(name, info, leaf, value, place)
    elif record is not None and _is_list(info.annotation):
        yield from _write_list(name, record, value, place)
    elif record is not None:
        yield from _write_group(name, info, record, value, place)


# --- single fields --------------------------------------------------------------------------------------


def _write_leaf(name: str, info: FieldInfo, leaf: Field, value: Any, place: _Place) -> Iterator[_Line]:
    note = _note(leaf, with_example=value is None and not place.as_example)
    if value is None and place.as_example:
        value = _example(leaf)
    if value is None and info.default is not None and not info.is_required():
        lines = [_Line(place.indent, f"{name}: {_scalar(str(info.default))}", note)]
        yield from _comment(lines, place.indent)
    elif value is None and leaf.form in LISTS:
        yield _Line(place.indent, f"{name}:", note)
        yield from _comment(_write_value("", _example(leaf), place.indent), place.indent + 2)
    else:
        first, *others = _write_value(name, value, place.indent)
        yield replace(first, note=note)
        yield from others


def _write_value(name: str, value: Any, indent: int) -> Iterator[_Line]:
    """Write *value* under *name*; only the items of a list if there is no name."""
    if value is None:
        yield _Line(indent, f"{name}:")
    elif isinstance(value, str):
        yield _Line(indent, f"{name}: {_scalar(value)}")
    elif isinstance(value, list):
        if name:
            yield _Line(indent, f"{name}:")
        for item in value:
            yield from _write_item(item, indent + 2)
    else:
        yield _Line(indent, f"{name}:")
        for key, inner in value.items():
            yield from _write_value(key, inner, indent + 2)


def _write_item(item: Any, indent: int) -> Iterator[_Line]:
    if isinstance(item, str):
        yield _Line(indent, f"- {_scalar(item)}")
    elif not item:
        yield _Line(indent, "- {}")
    else:
        lines = (line for key, inner in item.items() for line in _write_value(key, inner, indent + 2))
        yield from _bullet(lines, indent)


def _bullet(lines: Iterable[_Line], indent: int) -> Iterator[_Line]:
    """Let *lines*, written further to the right, be one item of a list."""
    for number, line in enumerate(lines):
        yield replace(line, indent=indent, text=f"- {line.text}") if number == 0 else line


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _example(leaf: Field) -> Any:
    if leaf.words:
        return find_code(leaf.example, leaf)
    return split_items(leaf.example, leaf.form) if leaf.form in LISTS else leaf.example


def _note(leaf: Field, *, with_example: bool) -> str:
    """Return what the comment beside a field says."""
    words = ", ".join(code if code in words else f"{code} ({words[0]})" for code, words in leaf.words.items())
    is_shown = with_example and not leaf.words and leaf.form not in LISTS
    example = f"Ví dụ: {leaf.example}." if is_shown else ""
    parts = [
        leaf.note,
        f"Một trong: {words}." if words else "",
        example,
        "Bắt buộc." if leaf.required else "",
    ]
    return " ".join(filter(None, parts))


# --- groups and lists -----------------------------------------------------------------------------------


def _write_group(
    name: str, info: FieldInfo, record: type[BaseModel], value: Any, place: _Place
) -> Iterator[_Line]:
    title = _title(place.path)
    is_live = value is not None or place.as_example or info.default is not None
    inside = replace(place, as_example=place.as_example or not is_live)
    lines = list(_write_record(record, value or {}, inside))
    if not lines:
        return
    if place.indent == 0:
        yield _Line(0, f"{SAYS}{title}")
        title = ""
    head = _Line(place.indent, f"{name}:", title)
    if not is_live:
        lines = list(_comment(lines, place.indent + 2))
    elif all(line.comment_indent is not None for line in lines):
        # A group of comments only would be no group.
        head, lines = replace(head, comment_indent=place.indent), list(_comment(lines, place.indent))
    yield head
    yield from lines


def _write_record(record: type[BaseModel], value: Mapping[str, Any], place: _Place) -> Iterator[_Line]:
    for name, info in record.model_fields.items():
        yield from _write_field(name, info, value.get(name), place.enter(name))


def _write_list(name: str, record: type[BaseModel], value: Any, place: _Place) -> Iterator[_Line]:
    title = _title(place.path)
    if place.indent == 0:
        yield _Line(0, f"{SAYS}{title}")
        title = ""
    yield _Line(place.indent, f"{name}:", title)
    if value:
        yield from _write_value("", value, place.indent)
        return
    # One step for the bullet, one for what stands behind it.
    inside = replace(place, as_example=True, indent=place.indent + 2)
    lines = _bullet(_write_record(record, {}, inside), place.indent + 2)
    yield from lines if place.as_example else _comment(lines, place.indent + 2)


def _title(path: str) -> str:
    sheet = _sheets().get(path)
    return SECTIONS.get(path) or (sheet.note if sheet else "")


# --- the table, by paths --------------------------------------------------------------------------------


def _bare(path: str) -> str:
    return path.replace("[]", "")


def _targets(sheet: Sheet) -> list[str]:
    return [_bare(target) for target in (sheet.selector.words if sheet.selector else [sheet.target])]


def _sheets() -> dict[str, Sheet]:
    """Return the sheets by the paths of their lists."""
    return {target: sheet for sheet in SHEETS for target in _targets(sheet)}


def _leaves() -> dict[str, Field]:
    """Return all fields by their paths from the conference, without positions."""
    listed = {
        f"{target}.{field.path}": field
        for sheet in SHEETS
        for target in _targets(sheet)
        for field in sheet.fields
    }
    return {field.path: field for field in FACTS} | listed


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """Return the record type inside an annotation such as ``list[Award] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, (_record_in(inner) for inner in get_args(annotation))), None)


def _is_list(annotation: Any) -> bool:
    return any(getattr(inner, "__origin__", None) is list for inner in (annotation, *get_args(annotation)))
