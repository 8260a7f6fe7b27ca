"""The conference of a year comes in; the files of the next year's folder, to be filled in, go out.

What stays is carried over: the block, its members, the leaders elected for the new year, the rule of
rotation and who led before, the criteria and the rule of counting scores, and the pledge just signed, which
is now under review. Everything else is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from generator.model.people import Term
from generator.starters.cells import read_text
from generator.starters.skeleton import write_skeleton
from generator.starters.workbook import make_workbook
from generator.vietnamese import fold_for_comparison, next_year_label

if TYPE_CHECKING:
    from generator.model.assessment import Scoring
    from generator.model.conference import Conference

FACTS_FILE = "conference.yaml"
WORKBOOK_FILE = "conference.xlsx"

DEFAULT_KIND = "tong_ket"

SCORING_OF_ONE_YEAR = frozenset({"methods", "rows", "marks", "tie_decisions", "adopted_table"})
"""What is told of the scoring of one year; criteria, scale and rule of counting stay until changed."""


def make_year(previous: Conference | None, year_label: str, *, excel: bool) -> dict[str, bytes]:
    """Return the files of the folder of the year *year_label*, by their names, after the *previous* one.

    With *excel*, the lists are in a workbook and single facts in YAML; else all is in YAML. Without a
    *previous* conference the block's name is left to be filled in. Raises `ValueError` when *year_label* is
    no label of a year.
    """
    facts = carry_over(previous, year_label)
    if not excel:
        skeleton = write_skeleton(facts, read_text("header"), lists=True)
        return {FACTS_FILE: skeleton.encode()}
    introduction = read_text("header") + read_text("header-excel")
    skeleton = write_skeleton(facts, introduction, lists=False)
    return {FACTS_FILE: skeleton.encode(), WORKBOOK_FILE: make_workbook(facts, general=False)}


def carry_over(previous: Conference | None, year_label: str) -> dict[str, Any]:
    """Return, as readers give them, the facts that the year *year_label* has from the *previous* conference.

    Leaders and the pledge are carried over only if they are for that year, as far as this is known.
    """
    event = {"kind": DEFAULT_KIND, "year": year_label, "next_year": next_year_label(year_label)}
    if previous is None:
        return {"event": event}
    event["kind"] = previous.event.kind
    facts = {"event": event, "block": _unparse(previous.block), "members": _unparse(previous.members)}
    facts["leadership"] = _carry_leadership(previous, year_label) or None
    facts["scoring"] = _carry_scoring(previous.scoring) or None
    pledge = previous.pledge
    if pledge and pledge.theme and _is_for(year_label, pledge.year, previous):
        facts["pledge"] = {"past_theme": _unparse(pledge.theme)}
    return _without_unknown(facts)


def _carry_leadership(previous: Conference, year_label: str) -> dict[str, Any]:
    """Return the leaders elected for the year *year_label*, the rule of rotation, and who led before."""
    leadership = previous.leadership
    kept: dict[str, Any] = {"rotation": _unparse(leadership.rotation)}
    leaders = leadership.next
    if leaders and _is_for(year_label, leaders.year, previous):
        current = {"head": _unparse(leaders.head), "deputies": _unparse(leaders.deputies)}
        kept["current"] = _without_unknown(current)
    known = leadership.history or []
    last = _make_term(previous)
    terms = [*known, last] if last and last.year not in {term.year for term in known} else known
    kept["history"] = _unparse(terms) or None
    return _without_unknown(kept)


def _make_term(previous: Conference) -> Term | None:
    """Return which units led the block in the year of *previous*; None if that is not known."""
    leaders = previous.leadership.current
    if leaders is None:
        return None
    head = leaders.head.unit if leaders.head else None
    deputies = [holder.unit for holder in leaders.deputies or [] if holder.unit]
    if not head and not deputies:
        return None
    return Term(year=previous.event.year, head=head, deputies=deputies or None)


def _carry_scoring(scoring: Scoring) -> dict[str, Any]:
    """Return the criteria, the scale and the rule of counting, as far as they are given."""
    return {name: value for name, value in _unparse(scoring).items() if name not in SCORING_OF_ONE_YEAR}


def _is_for(year_label: str, stated: str | None, previous: Conference) -> bool:
    """Tell whether something *stated* for a year is for *year_label*; unstated, it is for the next year."""
    year = stated or previous.event.next_year or _next_of(previous.event.year)
    return year is None or fold_for_comparison(year) == fold_for_comparison(year_label)


def _next_of(year_label: str) -> str | None:
    try:
        return next_year_label(year_label)
    except ValueError:
        return None


def _without_unknown(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _unparse(value: Any) -> Any:
    """Return *value* of the model as readers would have given it: without what only the model assumes."""
    if isinstance(value, BaseModel):
        given = [name for name in type(value).model_fields if name in value.model_fields_set]
        return _without_unknown({name: _unparse(getattr(value, name)) for name in given})
    if isinstance(value, list):
        return [_unparse(item) for item in value]
    if isinstance(value, bool):
        return "có" if value else "không"
    return None if value is None else str(value)
