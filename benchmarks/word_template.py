"""A Word file of ours and its facts come in; a docxtpl template that makes that file from the facts goes out.

Each fact that stands in the words becomes a `{{ … }}`, the rows of the awards a `{%tr for … %}`, the points
of the conclusion a `{%p for … %}`; the words between them stay in the template, as people write it in Word.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"

LEAST_LETTERS = 4
"""A shorter fact is left in the words of the template: it may stand there by chance."""

NO_WORDS = frozenset({"kind", "status", "position", "id", "noun", "method", "verb", "length", "behind"})
"""Facts that no document prints as they are."""


def make_context(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what the template is rendered with: the facts as they are, and the rows of the awards."""
    names = {one["id"]: one["name"] for one in facts["members"]}
    proposed = [one for one in facts["awards"] if one["status"] == "proposed"]
    rows = [
        [names[recipient["unit"]], award["form"], award["authority"]]
        for award in proposed
        for recipient in award["recipients"]
    ]
    return {
        "f": facts,
        "award_rows": [[str(number), *row] for number, row in enumerate(rows, 1)],
    }


def make_template(word: bytes, context: dict[str, Any]) -> bytes:
    """Return the template that gives the words of the Word file *word* when it is rendered with *context*."""
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = etree.fromstring(parts[BODY])
    _put_rows(body, context["award_rows"])
    _put_points(body, context["f"]["conclusion"]["points"])
    _put_facts(body, context["f"])
    parts[BODY] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _text_of(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def _set_text(element: etree._Element, text: str) -> None:
    """Put *text* in place of all words of *element*, in the look of the first."""
    first, *others = element.iter(f"{W}t")
    first.text = text
    for one in others:
        one.text = ""


def _put_rows(body: etree._Element, rows: Sequence[Sequence[str]]) -> None:
    """Make a loop of the rows of a table that says just *rows*, if there is one."""
    for table in body.iter(f"{W}tbl"):
        found = table.findall(f"{W}tr")
        texts = [[_text_of(cell) for cell in row.findall(f"{W}tc")] for row in found]
        if texts[-len(rows) :] != [list(row) for row in rows]:
            continue
        model = found[-len(rows)]
        for row in found[1 - len(rows) :]:
            table.remove(row)
        for number, cell in enumerate(model.findall(f"{W}tc")):
            _set_text(cell, f"{{{{ row[{number}] }}}}")
        _surround(model, "{%tr for row in award_rows %}", "{%tr endfor %}")


def _put_points(body: etree._Element, points: Sequence[str]) -> None:
    """Make a loop of the paragraphs that say just *points*, if there are some."""
    paragraphs = list(body.iter(f"{W}p"))
    wanted = [f"- {point[:1].upper()}{point[1:]};" for point in points]
    wanted[-1] = f"{wanted[-1][:-1]}."
    texts = [_text_of(paragraph) for paragraph in paragraphs]
    for start in range(len(paragraphs)):
        if texts[start : start + len(wanted)] == wanted:
            model, *others = paragraphs[start : start + len(wanted)]
            for one in others:
                _parent_of(one).remove(one)
            end = "{{ '.' if loop.last else ';' }}"
            _set_text(model, f"- {{{{ point[:1]|upper }}}}{{{{ point[1:] }}}}{end}")
            _surround(model, "{%p for point in f.conclusion.points %}", "{%p endfor %}")


def _parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError("a paragraph that stands in nothing")
    return parent


def _surround(model: etree._Element, before: str, after: str) -> None:
    """Put copies of *model* around it that hold a tag of docxtpl each, and nothing else."""
    for tag, place in ((before, model.addprevious), (after, model.addnext)):
        copy = deepcopy(model)
        _set_text(copy, tag)
        place(copy)


def _put_facts(body: etree._Element, facts: dict[str, Any]) -> None:
    expressions: dict[str, str] = {}
    for path, text in _iter_texts(facts, "f"):
        expressions.setdefault(text, f"{{{{ {path} }}}}")
        expressions.setdefault(text[:1].upper() + text[1:], f"{{{{ {path}[:1]|upper }}}}{{{{ {path}[1:] }}}}")
    longest_first = sorted(expressions, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for element in body.iter(f"{W}t"):
        if element.text and "{" not in element.text:
            element.text = pattern.sub(lambda found: expressions[found[0]], element.text)


def _iter_texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each text or number of the facts that is long enough, with the expression that reads it."""
    match value:
        case dict():
            for key, one in value.items():
                if key not in NO_WORDS:
                    yield from _iter_texts(one, f"{path}.{key}")
        case list():
            for index, one in enumerate(value):
                yield from _iter_texts(one, f"{path}[{index}]")
        case str() if len(value) >= LEAST_LETTERS:
            yield path, value
        case int() if len(str(value)) >= LEAST_LETTERS:
            yield f"({path}|string)", str(value)
