"""The inspector's street: a file's bytes come in; what it keeps of a regime's rules, and what not, goes out.

read → recognise → choose the regime → judge, and for a Word file annotate or repair. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import InspectionError, UsageError
from generator.inspection.judging.judge import judge
from generator.inspection.judging.recognise import find_own_date, recognise_parts
from generator.inspection.mending.annotate import Note, annotate_docx
from generator.inspection.mending.repair import repair_docx
from generator.inspection.paper.reader import read_paper
from generator.inspection.verdict import State
from generator.inspection.word.reader import read_word
from generator.model.people import Person
from generator.style import StyleChoice, choose_style, load_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pydantic import BaseModel

    from generator.inspection.found import Found
    from generator.inspection.mending.repair import Repaired
    from generator.inspection.verdict import Verdict
    from generator.model.conference import Conference
    from generator.style import Style

PDF_MARK = b"%PDF-"
"""With these bytes a PDF file begins; readers look for them in the first 1024 (ISO 32000-1, annex H, 13)."""

MARK_WITHIN = 1024

Year = tuple[str, int]
"""A conference's year: as it is written, and its last calendar year."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file and what the rules say of it."""

    found: Found
    choice: StyleChoice
    verdicts: tuple[Verdict, ...]

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts of rules that it does not keep."""
        return tuple(verdict for verdict in self.verdicts if verdict.state is State.FAIL)

    def count_rules(self) -> Counter[State]:
        """Return how many rules came to each outcome; one that is broken somewhere counts as broken."""
        order = (State.FAIL, State.NOT_EVALUATED, State.PASS, State.NOT_APPLICABLE)
        outcomes: dict[str, State] = {}
        for verdict in self.verdicts:
            known = outcomes.get(verdict.rule, State.NOT_APPLICABLE)
            outcomes[verdict.rule] = min(known, verdict.state, key=order.index)
        counts = Counter(outcomes.values())
        return Counter({state: counts[state] for state in State})

    @property
    def keeps_the_rules(self) -> bool:
        """Whether it breaks no rule that weighs as an error."""
        return not any(verdict.severity == "error" for verdict in self.failed)


def inspect_file(
    content: bytes, templates: Path, regime: str = "", names: Sequence[str] = (), year: Year | None = None
) -> Inspected:
    """Hold a DOCX or PDF file against the rules of *regime*, else of the one in force on the file's own day.

    *names* are people's names as the facts write them; *year* is the facts' year, as written and as its last
    calendar year, which decides for a file without a date. Raises `UsageError` for an unknown regime,
    `InspectionError` for a file that cannot be read.
    """
    found = read_paper(content) if PDF_MARK in content[:MARK_WITHIN] else read_word(content)
    parts = recognise_parts(found)
    styles = load_styles(templates / "style")
    if regime or parts.is_official:
        choice = choose_rules(styles, regime, find_own_date(parts, found), year)
    else:
        form = "certificate" if parts.is_certificate else "press"
        choice = next(StyleChoice(style, "form", "") for style in styles if style.form == form)
    return Inspected(found, choice, judge(found, parts, choice.style, names))


def choose_rules(
    styles: Sequence[Style], regime: str, days: tuple[date, date] | None, year: Year | None
) -> StyleChoice:
    """Return the rules that are asked for, those of the document's date, of *year*, or those in force now.

    *days* are the first and the last one that may be the document's date: where it names no day, it decides
    if all of them fall under the same rules.
    """
    administrative = [style for style in styles if style.form == "administrative"]
    if regime:
        known = [style.id for style in administrative]
        if regime not in known:
            raise UsageError("regime-unknown", regime=regime, known=", ".join(known))
        return StyleChoice(administrative[known.index(regime)], "asked", regime)
    if days is not None:
        first, last = (choose_style(administrative, day, (str(day.year), day.year)) for day in days)
        if days[0] == days[1]:
            return first
        if first.style == last.style:
            return StyleChoice(first.style, "year", str(days[0].year))
    if year is not None:
        return choose_style(administrative, None, year)
    newest = next(style for style in administrative if style.last_day is None)
    return StyleChoice(newest, "newest", "")


def annotate(content: bytes, inspected: Inspected, say: Callable[[Verdict], str]) -> bytes:
    """Return a copy of a Word file in which each broken rule is a comment at its place.

    Raises `InspectionError` for what is no Word file, and for a signed one.
    """
    _expect_word(inspected)
    notes = [Note(verdict.spot.paragraph, say(verdict)) for verdict in inspected.failed]
    return annotate_docx(content, notes)


def repair(content: bytes, inspected: Inspected) -> Repaired:
    """Return a copy of a Word file with what can be mended safely, and what was left alone.

    Raises `InspectionError` for what is no Word file, and for a signed one.
    """
    _expect_word(inspected)
    return repair_docx(content, inspected.verdicts, inspected.choice.style)


def _expect_word(inspected: Inspected) -> None:
    if inspected.found.kind != "docx":
        raise InspectionError("file-not-word")


def list_names(conference: Conference) -> list[str]:
    """Return the names of all people in the facts, each once, in their order."""
    pledge = conference.pledge
    signers = [one.person for one in (pledge.signatories or [])] if pledge else []
    names = [person.name for person in _iter_people(conference)]
    return list(dict.fromkeys([*names, *(name for name in signers if name)]))


def _iter_people(record: BaseModel) -> Iterator[Person]:
    if isinstance(record, Person):
        yield record
    for name in record.model_fields_set:
        value = getattr(record, name)
        for item in value if isinstance(value, list) else [value]:
            if hasattr(item, "model_fields_set"):
                yield from _iter_people(item)
