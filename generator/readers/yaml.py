"""Read a YAML file as text with places: every scalar stays text, and doubtful YAML is a finding.

YAML 1.1 would turn 8:30 into 510, `no` into False and 0123 into 83, and let the second of two equal keys
win; none of that happens here. Anchors, aliases, tags and several documents in one file are refused.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.resolver import BaseResolver

from generator.fast_yaml import HAS_LIBYAML, EventComposer
from generator.findings import Place, Severity
from generator.readers.raw import Path, RawFacts, RawValue
from generator.vietnamese import find_forbidden

if TYPE_CHECKING:
    from pathlib import Path as FilePath

MOST_BYTES = 4_000_000
MOST_VALUES = 100_000
"""Names and values together. A conference of forty units, with its delegates and scores, has some 3,000."""
MOST_DEPTH = 30

NOTHING = ("", "~", "null")
"""What an unknown value looks like when it is not quoted."""

LINE_END = r"\r\n|[\r\n\x85\u2028\u2029]"
"""What ends a line for the parser, which counts them."""

SYNTAX_PROBLEMS = (
    (r"character '\t'", "yaml-tab"),
    ("cannot start any token", "yaml-sign"),
    ("mapping keys are not allowed", "yaml-sign"),
    ("sequence entries are not allowed", "yaml-dash"),
    ("mapping values are not allowed", "yaml-colon"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("expected <block end>", "yaml-indent"),
    ("expected '<document start>'", "yaml-indent"),
    ("but found another document", "yaml-two-documents"),
    ("found unexpected end of stream", "yaml-open-quote"),
    ("found unexpected document separator", "yaml-open-quote"),
    ("scanning a double-quoted scalar", "yaml-backslash"),
    ("scanning a block scalar", "yaml-block-sign"),
    ("scanning an alias", "yaml-alias"),
    ("scanning an anchor", "yaml-alias"),
    ("a tag", "yaml-tag"),
    ("parsing a flow", "yaml-open-bracket"),
    ("expected the node content", "yaml-sign"),
)
"""Parts of the parser's own words, and the findings that say it in the user's; the first that fits."""

UNLIKE = re.compile(
    r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    r"|\?|:\s*[,}\]]|[|>][-+0-9]*#|^%|^---|^\.\.\.",
    re.MULTILINE,
)
"""Where libyaml lets pass what the parser in Python does not, or sees another place: control characters and
rare line ends, question marks in brackets, nothing before a comma or a bracket,
remarks that touch the sign of a text of several lines, marks of a document."""

TEXT_BEGINS = (">", ">-", ">+", "|", "|-", "|+")
"""How a line ends below which a text of several lines stands."""

BEGUN_EARLIER = frozenset({"yaml-no-colon", "yaml-open-quote", "yaml-block-sign", "yaml-alias", "yaml-tag"})
"""Problems that the parser notices later than they begin."""


class _Refused(Exception):  # noqa: N818 - it never leaves this file
    """Something that YAML has and our files may not have."""

    def __init__(self, code: str, mark: Any) -> None:
        super().__init__(code)
        self.code, self.mark = code, mark


class _StrictComposer(yaml.composer.Composer):
    """Composes nodes; refuses aliases, anchors, tags, deep nesting and masses of values."""

    depth = count = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[attr-defined]
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused("yaml-alias", mark)
        if getattr(event, "tag", None):
            raise _Refused("yaml-tag", mark)
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH:
            raise _Refused("yaml-too-deep", mark)
        if self.count > MOST_VALUES:
            raise _Refused("yaml-too-many", mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _FastLoader(_StrictComposer, EventComposer, BaseResolver):
    """Reads by libyaml what is sound; why anything is refused, it tells too little."""

    def __init__(self, text: str) -> None:
        EventComposer.__init__(self, text)
        BaseResolver.__init__(self)


class _StrictLoader(_StrictComposer, yaml.SafeLoader):
    """Reads in Python, and knows where it was when something is refused."""

    quoted: yaml.ScalarToken | None = None
    """The last text in quotation marks."""

    def scan_flow_scalar(self, style: str) -> yaml.ScalarToken:
        self.quoted = super().scan_flow_scalar(style)
        return self.quoted


def read_yaml(file: FilePath, shown_as: str) -> RawFacts:
    """Read *file*, called *shown_as* in findings."""
    facts = RawFacts(shown_as)
    text = _read_text(file, facts)
    if text is None:
        return facts
    facts.lines = re.split(LINE_END, text)
    node = _compose(text, facts)
    if node is not None:
        facts.value = _convert(node, (), facts)
    return facts


def _read_text(file: FilePath, facts: RawFacts) -> str | None:
    start = Place(facts.file)
    if facts.refuses(file):
        return None
    if not file.is_file():  # a pipe or a device would be read for ever
        facts.report("file-missing", start)
        return None
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        facts.report("file-unreadable", start, reason=error.strerror or str(error))
        return None
    if len(content) > MOST_BYTES:
        facts.report("file-too-large", start, limit=MOST_BYTES)
        return None
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].split(b"\n")
        facts.report("not-utf-8", Place(facts.file, len(before), len(before[-1].decode()) + 1))
        return None


def _compose(text: str, facts: RawFacts) -> yaml.Node | None:
    """Return the nodes of *text*: by libyaml, unless the parser in Python has something to say against it."""
    if HAS_LIBYAML and not UNLIKE.search(text):
        try:
            sound: yaml.Node | None = _FastLoader(text).get_single_node()
        except _Refused as refused:
            if refused.code == "yaml-too-many":  # reading it all again would take long, and tell the same
                facts.report(refused.code, _place(facts, refused.mark), limit=MOST_VALUES)
                return None
        except (yaml.YAMLError, ValueError, RecursionError):
            pass
        else:
            return sound
    return _compose_slowly(text, facts)


def _compose_slowly(text: str, facts: RawFacts) -> yaml.Node | None:
    try:
        loader = _StrictLoader(text)
    except yaml.reader.ReaderError:
        _report_unprintable(facts)
        return None
    try:
        node: yaml.Node | None = loader.get_single_node()
    except _Refused as refused:
        facts.report(refused.code, _place(facts, refused.mark), limit=MOST_VALUES)
    except yaml.MarkedYAMLError as error:
        code, place = _diagnose(error, loader, facts)
        letter = facts.lines[place.line - 1][place.column - 1 : place.column]
        facts.report(code, place, letter=letter)
    except RecursionError:
        facts.report("yaml-too-deep", Place(facts.file))
    except ValueError:  # an escape such as \U00110000, which is no letter
        facts.report("yaml-backslash", _place(facts, loader.get_mark()), letter="U")
    else:
        return node
    return None


def _report_unprintable(facts: RawFacts) -> None:
    """Report the letters that the parser refuses, each once in a line."""
    for number, line in enumerate(facts.lines, start=1):
        for letter in dict.fromkeys(yaml.reader.Reader.NON_PRINTABLE.findall(line)):
            (found,) = find_forbidden(letter)
            place = Place(facts.file, number, line.index(letter) + 1)
            facts.report("forbidden-character", place, code_point=found.code_point, kind=found.kind)


def _place(facts: RawFacts, mark: yaml.Mark | None) -> Place:
    return Place(facts.file, mark.line + 1, mark.column + 1) if mark else Place(facts.file)


# --- what a syntax error is really about ---------------------------------------------------------------


def _diagnose(error: yaml.MarkedYAMLError, loader: _StrictLoader, facts: RawFacts) -> tuple[str, Place]:
    """Return the code of a syntax error, and the place where a person would mend it."""
    said = f"{error.context}: {error.problem}"
    code = next((code for part, code in SYNTAX_PROBLEMS if part in said), "yaml-syntax")
    mark = error.context_mark if code in BEGUN_EARLIER else error.problem_mark
    place = _place(facts, mark or error.context_mark)
    line = facts.lines[place.line - 1]
    before, letter = line[: place.column - 1].rstrip(), line[place.column - 1 : place.column]
    astray = code in {"yaml-indent", "yaml-open-bracket"} and letter != ""
    if loader.quoted and _is_runaway(loader.quoted, place.line, len(before)):
        code, place = "yaml-open-quote", _place(facts, loader.quoted.start_mark)
    elif astray and (letter in ",]}" or (letter == ":" and not before)):
        code = "yaml-sign"
    elif astray and before.endswith(('"', "'", "]", "}")):
        code = "yaml-text-after"
    elif code == "yaml-open-bracket":
        code, place = _diagnose_bracket(loader.marks[-1], letter, place, facts)
    elif not before or (code == "yaml-colon" and ": " not in before):
        code, place = _diagnose_line(code, place, facts)
    return code, place


def _is_runaway(quoted: yaml.ScalarToken, line: int, column: int) -> bool:
    """Tell whether a text in quotation marks that ends here, where it may not, began on an earlier line."""
    end = quoted.end_mark
    return bool(quoted.start_mark.line < end.line and (end.line + 1, end.column) == (line, column))


def _diagnose_bracket(opened: yaml.Mark, letter: str, place: Place, facts: RawFacts) -> tuple[str, Place]:
    """Tell a comma that is missing within a line from a bracket that is never closed."""
    if letter and opened.line + 1 == place.line:
        return "yaml-comma", place
    return "yaml-open-bracket", _place(facts, opened)


def _diagnose_line(code: str, place: Place, facts: RawFacts) -> tuple[str, Place]:
    """Look above a line that cannot begin as it does, of which *place* is the beginning or the first colon.

    The line above may lack its colon, so that the parser takes both for one value, or for two. If it has
    one, or begins a text of several lines, it is this line whose indent does not fit.
    """
    lines = enumerate(facts.lines[: place.line - 1], start=1)
    above = [(number, text) for number, line in lines if (text := re.split(r"(?:^|\s)#", line)[0].rstrip())]
    if code not in {"yaml-colon", "yaml-indent", "yaml-no-colon"} or not above:
        return code, place
    number, text = above[-1]
    here, start = _first_letter(place.line, facts), _first_letter(number, facts)
    if code == "yaml-no-colon":
        return ("yaml-indent" if text.endswith(TEXT_BEGINS) else code), here
    if re.search(r":(\s|$)", text) or (code == "yaml-indent" and here.column != start.column):
        return "yaml-indent", here
    return "yaml-no-colon", start


def _first_letter(number: int, facts: RawFacts) -> Place:
    line = facts.lines[number - 1]
    return Place(facts.file, number, len(line) - len(line.lstrip()) + 1)


# --- nodes as raw facts --------------------------------------------------------------------------------


def _convert(node: yaml.Node, path: Path, facts: RawFacts) -> RawValue:
    facts.values[path] = _place(facts, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, path, facts)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, index), facts) for index, item in enumerate(node.value)]
    return _convert_scalar(node, path, facts)


def _convert_scalar(node: yaml.Node, path: Path, facts: RawFacts) -> str | None:
    place, end = facts.values[path], _place(facts, node.end_mark)
    if isinstance(node, yaml.ScalarNode) and not node.style:
        _check_plain(place, end, path, facts)
        if node.value.lower() in NOTHING:
            return None
    return facts.accept_text(node.value, place, path, end)


def _check_plain(place: Place, end: Place, path: Path, facts: RawFacts) -> None:
    """Report what YAML silently makes of a text without quotation marks: lines joined, ends cut off."""
    for number in range(place.line + 1, end.line + 1):
        if facts.lines[number - 1].lstrip().startswith("- "):
            facts.report("yaml-indent", _first_letter(number, facts), path)
    rest = facts.lines[end.line - 1][end.column - 1 :] if end.line <= len(facts.lines) else ""
    if cut := re.match(r"\s+#(?=[^\s#])", rest):
        spot = Place(facts.file, end.line, end.column + cut.end() - 1)
        facts.findings.append(facts.make_finding("yaml-hash", spot, path, Severity.WARNING))


def _convert_mapping(node: yaml.MappingNode, path: Path, facts: RawFacts) -> RawValue:
    mapping: dict[str, RawValue] = {}
    for key_node, value_node in node.value:
        place = _place(facts, key_node.start_mark)
        name = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        key = facts.accept_text(name, place, path, _place(facts, key_node.end_mark))
        here = (*path, key)
        if node.flow_style and _lacks_colon(key_node, value_node, facts):
            facts.report("comma-in-braces", place, path)
        elif not key:
            facts.report("key-not-text", place, path)
        elif key in mapping:
            facts.report("key-twice", place, here, key=key, first=facts.keys[here].line)
        else:
            facts.keys[here] = place
            mapping[key] = _convert(value_node, here, facts)
            if isinstance(mapping[key], (dict, list)):
                facts.values[here] = place  # a group is known by its name, wherever its first value stands
    return mapping


def _lacks_colon(key: yaml.Node, value: yaml.Node, facts: RawFacts) -> bool:
    """Tell whether a key in braces is only what follows a comma: {name: Sở Văn hóa, Thể thao và Du lịch}."""
    end = _place(facts, key.end_mark)
    rest = facts.lines[end.line - 1][end.column - 1 :]
    return value.value == "" and value.start_mark.index == value.end_mark.index and ":" not in rest[:1]
