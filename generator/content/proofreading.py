"""Read composed documents as an editor does: (conference, trees) → what they lack, add or contradict.

Which facts a document owes, the table `OWED` says. What no fact holds, only the bulletin is searched for: the
papers' own words stand in their templates, and whoever signs reads them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from jinja2 import Environment

from generator.content.owed import NEWS, OWED, PLEDGE, iter_passages
from generator.findings import Observation, Path, Severity
from generator.model.conference import Conference
from generator.model.knowledge import (
    find_untraced,
    gather_knowledge,
    years_in_question,
)
from generator.tree import (
    Figure,
    Heading,
    ItemList,
    Para,
    Table,
    Title,
    iter_lines,
    plain_text,
)
from generator.vietnamese import (
    LONGEST_HEADLINE,
    find_headline_faults,
    find_years,
    fold_for_comparison,
    parse_year_label,
)

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from generator.content.kind import Kind
    from generator.tree import Document


def proofread(
    conference: Conference, documents: Sequence[tuple[Kind, Document]], templates: FilePath
) -> Iterator[Observation]:
    """Yield what an editor would notice in *documents* about *conference*, made from *templates*.

    Documents that are not there are not missed. What `rules.news` says of the facts is not said again.
    """
    pages = [_Page(kind, document, tuple(iter_passages(document))) for kind, document in documents]
    for page in pages:
        if page.kind.id == NEWS:
            yield from _check_bulletin(page, conference, templates)
        if page.kind.id == PLEDGE:
            yield from _check_pledge_title(page, conference)
        yield from _check_owed(page, conference)
    yield from _check_signing_counts(pages, conference)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document as it is searched."""

    kind: Kind
    document: Document
    passages: tuple[str, ...]
    """What stands together, folded for comparison."""


# --- the bulletin -------------------------------------------------------------------------------------


def _check_bulletin(page: _Page, conference: Conference, templates: FilePath) -> Iterator[Observation]:
    event = conference.event
    if event.date is None:
        yield Observation("news-when-unknown", ("event", "date"), {}, Severity.GAP)
    if not (event.venue or event.host or event.points):
        yield Observation("news-where-unknown", ("event", "venue"), {}, Severity.GAP)
    yield from _check_headline(page.document, conference)
    yield from _check_traces(page, conference, templates)


def _check_headline(document: Document, conference: Conference) -> Iterator[Observation]:
    """Notice a missing headline, and the faults of one that the template drafted."""
    path: Path = ("news", "headline")
    lines = [
        plain_text(block.content)
        for block in document.blocks
        if isinstance(block, Para) and block.role == "headline"
    ]
    headline = " ".join(lines)
    if not headline.strip():
        yield Observation("headline-missing", path)
    if conference.news.headline:
        return
    for fault in find_headline_faults(headline):
        yield Observation(fault.value, path, {"letters": len(headline), "limit": LONGEST_HEADLINE})
    years = years_in_question(conference)
    for year in sorted(set(find_years(headline)) - years):
        named = ", ".join(map(str, sorted(years)))
        yield Observation("headline-year-differs", path, {"year": year, "years": named})


def _check_traces(page: _Page, conference: Conference, templates: FilePath) -> Iterator[Observation]:
    """Notice each figure and name of the bulletin that is in no fact, and not in its template either."""
    known = gather_knowledge(conference, more=read_template_words(templates, page.kind.id))
    seen: set[str] = set()
    for line in iter_sentences(page.document):
        figures, names = find_untraced(line, known)
        for figure in figures:
            if figure.text not in seen:
                yield Observation("figure-not-traceable", ("news",), _show(figure.text, figure.context))
            seen.add(figure.text)
        for name in names:
            code = "name-not-traceable-meant" if name.meant else "name-not-traceable"
            if name.text not in seen:
                yield Observation(code, ("news",), {**_show(name.text, name.context), "meant": name.meant})
            seen.add(name.text)


def _show(words: str, context: str) -> dict[str, object]:
    return {"words": words, "context": context}


def iter_sentences(document: Document) -> Iterator[str]:
    """Yield the lines of *document* without what only counts them: numbers of headings and of rows."""
    for block in document.blocks:
        match block:
            case Heading(text=text):
                yield plain_text(text)
            case ItemList(items=items):
                yield from map(plain_text, items)
            case Table(header=header, rows=rows):
                yield from (plain_text(cell) for row in header for cell in row)
                for i, row in enumerate(rows, 1):
                    cells = [plain_text(cell) for cell in row]
                    yield from cells[1:] if cells[0].lstrip("0") == str(i) else cells
            case Figure(caption=caption):  # the words in an empty frame are the template's
                yield plain_text(caption)
            case _:
                yield from map(plain_text, iter_lines(block))


_LEXER = Environment(autoescape=True)
_MARKS = re.compile(r"<[^>]*>|[\r\n]")


@lru_cache(maxsize=16)
def read_template_words(templates: FilePath, kind: str) -> tuple[str, ...]:
    """Return the words that the templates of *kind* print themselves: text, and text in expressions."""
    files = [*sorted((templates / kind).glob("*.j2")), *sorted(templates.glob("_*.j2"))]
    words: dict[str, None] = {}
    for file in files:
        for _, token, value in _LEXER.lex(file.read_text(encoding="utf-8")):
            if token == "string":  # noqa: S105 - a kind of token of Jinja's
                words[str(ast.literal_eval(value))] = None
            elif token == "data":  # noqa: S105
                words.update(dict.fromkeys(map(unescape, _MARKS.split(value))))
    return tuple(text.strip() for text in words if any(map(str.isalnum, text)))


# --- the pledge ---------------------------------------------------------------------------------------


def _check_pledge_title(page: _Page, conference: Conference) -> Iterator[Observation]:
    """Notice a year in the pledge's title that is not the pledge's."""
    event = conference.event
    label = (conference.pledge and conference.pledge.year) or event.next_year
    if label is None:
        return
    year = parse_year_label(label)
    for block in page.document.blocks:
        if isinstance(block, Title):
            named = find_years(f"{plain_text(block.kind)}\n{plain_text(block.subject)}")
            for other in sorted(set(named) - {year.first, year.last}):
                values = {"year": other, "expected": label, "name": page.kind.name}
                yield Observation("title-year-differs", ("pledge", "year"), values)


_COUNTED = ("đơn vị thành viên", "đơn vị", "bộ, ngành", "cơ quan", "tổ chức", "chi hội", "tỉnh", "sở")
"""What signatories are counted as, beside the block's own word for its members."""


@lru_cache(maxsize=64)
def _find_counts(noun: str) -> re.Pattern[str]:
    """Return what finds "10 Bộ, ngành … ký kết" in a passage, for a block whose members are called *noun*."""
    nouns = "|".join(map(re.escape, sorted({*_COUNTED, noun}, key=len, reverse=True)))
    signs = r"[^.;|]{0,80}?(?<!chữ )(?<!đăng )\bký (?:kết|giao ước|bản|bảng|tên)"
    return re.compile(rf"(?<![\w/.,])([0-9]{{1,3}}) (?:{nouns})\b{signs}")


def _check_signing_counts(pages: Sequence[_Page], conference: Conference) -> Iterator[Observation]:
    """Notice two documents in which the pledge is signed by two numbers of units."""
    pattern = _find_counts(fold_for_comparison(conference.block.member_noun or _COUNTED[0]))
    first: tuple[_Page, set[int]] | None = None
    for page in pages:
        found = (pattern.finditer(passage) for passage in page.passages)
        counts = {int(one[1]) for matches in found for one in matches}
        if first and counts and not counts & first[1]:
            values = {
                "count": min(counts),
                "name": page.kind.name,
                "other": min(first[1]),
                "first": first[0].kind.name,
            }
            yield Observation("signing-counts-differ", ("pledge", "declared_signatories"), values)
        first = first or ((page, counts) if counts else None)


def _check_owed(page: _Page, conference: Conference) -> Iterator[Observation]:
    short = page.kind.id == NEWS and conference.news.length == "short"
    for owed in OWED:
        if page.kind.id not in owed.kinds or (short and not owed.in_short):
            continue
        for fact in owed.list_facts(conference):
            if not fact.is_in(page.passages):
                values = {"fact": fact.shown, "name": page.kind.name}
                yield Observation("fact-missing-in-document", fact.path, values)
