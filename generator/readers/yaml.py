"""Read a YAML file as text with places: every scalar stays text, and doubtful YAML is a finding.

YAML 1.1 would turn 8:30 into 510, `no` into False and 0123 into 83, and let the second of two equal keys
win; none of that happens here. Anchors, aliases, tags and several documents in one file are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from generator.findings import Place
from generator.readers.raw import Path, RawFacts, RawValue

if TYPE_CHECKING:
    from pathlib import Path as FilePath

MOST_BYTES = 2_000_000
MOST_DEPTH = 30

NOTHING = ("", "~", "null")
"""What an unknown value looks like when it is not quoted."""

SYNTAX_PROBLEMS = (
    ("cannot start any token", "yaml-tab"),
    ("mapping values are not allowed here", "yaml-colon"),
    ("expected <block end>", "yaml-indent"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("found unexpected end of stream", "yaml-open-quote"),
    ("found undefined alias", "yaml-alias"),
    ("but found another document", "yaml-two-documents"),
)
"""Parts of the parser's own words, and the findings that say it in the user's."""


class _Refused(Exception):  # noqa: N818 - it never leaves this file
    """Something that YAML has and our files may not have."""

    def __init__(self, code: str, mark: Any) -> None:
        super().__init__(code)
        self.code, self.mark = code, mark


class _StrictLoader(yaml.SafeLoader):
    """Composes nodes; refuses aliases, anchors, tags and deep nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("yaml-alias", mark)
        if getattr(event, "tag", None):
            raise _Refused("yaml-tag", mark)
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _Refused("yaml-too-deep", mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(file: FilePath, shown_as: str) -> RawFacts:
    """Read *file*, called *shown_as* in findings."""
    facts = RawFacts(shown_as)
    text = _read_text(file, facts)
    if text is None:
        return facts
    facts.lines = text.splitlines()
    node = _compose(text, facts)
    if node is not None:
        facts.value = _convert(node, (), facts)
    return facts


def _read_text(file: FilePath, facts: RawFacts) -> str | None:
    start = Place(facts.file)
    try:
        content = file.read_bytes()
    except OSError as error:
        facts.report("file-unreadable", start, reason=error.strerror or str(error))
        return None
    if len(content) > MOST_BYTES:
        facts.report("file-too-large", start, limit=MOST_BYTES)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        facts.report("not-utf-8", Place(facts.file, line))
        return None


def _compose(text: str, facts: RawFacts) -> yaml.Node | None:
    try:
        loader = _StrictLoader(text)
        node: yaml.Node | None = loader.get_single_node()
    except _Refused as refused:
        facts.report(refused.code, _place(facts, refused.mark))
    except yaml.MarkedYAMLError as error:
        problem = error.problem or ""
        code = next((code for part, code in SYNTAX_PROBLEMS if part in problem), "yaml-syntax")
        facts.report(code, _place(facts, error.problem_mark or error.context_mark))
    except yaml.reader.ReaderError as error:
        place = Place(facts.file, text[: error.position].count("\n") + 1)
        facts.report("forbidden-character", place, code_point=error.character, kind="control")
    except RecursionError:
        facts.report("yaml-too-deep", Place(facts.file))
    else:
        return node
    return None


def _place(facts: RawFacts, mark: yaml.Mark | None) -> Place:
    return Place(facts.file, mark.line + 1, mark.column + 1) if mark else Place(facts.file)


def _convert(node: yaml.Node, path: Path, facts: RawFacts) -> RawValue:
    facts.values[path] = _place(facts, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, path, facts)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, index), facts) for index, item in enumerate(node.value)]
    return _convert_scalar(node, path, facts)


def _convert_scalar(node: yaml.Node, path: Path, facts: RawFacts) -> str | None:
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    if plain and node.value.lower() in NOTHING:
        return None
    return facts.accept_text(node.value, facts.values[path], path)


def _convert_mapping(node: yaml.MappingNode, path: Path, facts: RawFacts) -> RawValue:
    mapping: dict[str, RawValue] = {}
    for key_node, value_node in node.value:
        place = _place(facts, key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode) or not key_node.value:
            facts.report("key-not-text", place, path)
            continue
        key = facts.accept_text(key_node.value, place, path)
        here = (*path, key)
        if key in mapping:
            facts.report("key-twice", place, here, key=key, first=facts.keys[here].line)
            continue
        facts.keys[here] = place
        mapping[key] = _convert(value_node, here, facts)
    return mapping
