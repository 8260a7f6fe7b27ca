"""The one Jinja2 environment: strict, sandboxed, autoescaped, with the words that templates may use.

Values are never templates. A name that does not exist, and a fact that is unknown, are errors where a
template prints them: it must ask first, or say `or_blank`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from generator import vietnamese
from generator.content.compiled import CompiledTemplates
from generator.model.ballots import count_base, format_share
from generator.model.counting import format_score
from generator.model.honours import find_result, list_certificates, list_proposals
from generator.model.parties import list_parties, pledge_year
from generator.model.pledge import Pledge
from generator.model.suggestions import suggest_awards
from generator.tree import Extent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jinja2.runtime import Context

    from generator.model.assessment import Award, Recipient, Vote
    from generator.model.conference import Conference
    from generator.model.parties import Copy


class _Environment(ImmutableSandboxedEnvironment):
    """Lets templates see the facts of a record and nothing else of it."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields
        return bool(super().is_safe_attribute(obj, attr, value))


class _Loader(FileSystemLoader):
    """Takes templates from inside its folder only, not through a link to the outside."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder.resolve()

    def get_source(self, environment: Any, template: str) -> Any:
        if not (self._folder / template).resolve().is_relative_to(self._folder):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


@lru_cache(maxsize=8)
def load_environment(folder: Path, compiled: Path | None = None) -> _Environment:
    """Return the environment for the templates in *folder*; kept, so that each is compiled once a process.

    In a folder *compiled* of the user's own their code is kept for the next process, too
    (`generator.content.compiled`). What they are about, `make_context` tells.
    """
    environment = _Environment(
        loader=_Loader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_refuse_unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        bytecode_cache=CompiledTemplates(compiled) if compiled else None,
    )
    environment.filters.update(
        {
            "or_blank": or_blank,
            "upper": _plain(vietnamese.upper),
            "lower_first": _plain(vietnamese.lower_first),
            "capital_first": _plain(vietnamese.capital_first),
            "bare": _plain(vietnamese.strip_end_punctuation),
            "plain": plain,
            "sentence": _plain(make_sentence),
            "join_list": join_list,
            "iso_time": format_iso_time,
            "pad": vietnamese.format_count,
            "roman": vietnamese.roman,
            "name_of": name_of,
            "money": vietnamese.format_money,
            "short_date": vietnamese.format_date_short,
            "score": format_score,
            "share_of": share_of,
            "votes_for": votes_for,
        }
    )
    return environment


def make_context(conference: Conference, copy: Copy | None = None) -> dict[str, Any]:
    """Return what templates know.

    The conference is ``c``, its pledge is ``pledge`` (an empty one where it has none; ``pledge_is_told`` says
    whether there is more to it), ``parties`` and ``pledge_year`` are that one's, ``copy`` is the original
    that is made, ``standings`` what the scores come to (None where they cannot be counted), ``suggestions``
    the awards that they point to where none are declared, ``proposals`` those that are declared and proposed,
    ``certificates`` those that the block grants itself, one for each recipient.
    """
    standings = conference.standings
    return {
        "c": conference,
        "standings": standings,
        "suggestions": suggest_awards(conference, standings),
        "proposals": list_proposals(conference),
        "certificates": list_certificates(conference),
        "pledge": conference.pledge or Pledge(),
        "pledge_is_told": conference.pledge is not None and conference.pledge.is_told,
        "parties": list_parties(conference),
        "pledge_year": pledge_year(conference),
        "copy": copy,
    }


def _refuse_unknown(value: Any) -> Any:
    if value is None:
        raise ValueError("an unknown fact was printed")
    return value


def _plain(function: Any) -> Any:
    """Return *function* for plain text only: in marked-up text it would change the marks, too."""

    def apply(value: str) -> str:
        if isinstance(value, Markup):
            raise TypeError("plain text expected")
        return str(function(value))

    return apply


def or_blank(value: Any, label: str, extent: str = Extent.LINE.value) -> Any:
    """Return *value*, or a blank to be filled in by hand where it is unknown."""
    if value is not None:
        return value
    return Markup('<blank label="{}" extent="{}"/>').format(label, extent)


@pass_context
def name_of(context: Context, unit: str) -> str:
    """Return the full name of *unit* in the conference that the template is about."""
    conference: Conference = context["c"]
    return conference.name_of(unit)


@pass_context
def share_of(context: Context, agreed: int, vote: Vote) -> str:
    """Return *agreed* in percent of the number that *vote* names for it; empty where that is unknown."""
    return format_share(agreed, count_base(vote, context["c"]))


@pass_context
def votes_for(context: Context, recipient: Recipient, award: Award) -> str:
    """Return what *recipient* got in the vote on *award*, "38 phiếu (97,4%)"; empty where that is unknown."""
    found = find_result(context["c"], recipient, award)
    if found is None:
        return ""
    vote, result = found
    share = result.percent or share_of(context, result.agreed, vote)
    return f"{vietnamese.format_count(result.agreed)} phiếu" + (f" ({share})" if share else "")


def join_list(items: Iterable[str]) -> str:
    """Join plain *items* as a Vietnamese enumeration."""
    listed = list(items)
    if any(isinstance(item, Markup) for item in listed):
        raise TypeError("plain text expected")
    return vietnamese.join_list(listed)


def plain(value: str) -> str:
    """Return what a macro printed as plain text, its white space folded, so that text filters can take it.

    Raises `TypeError` where it has marked-up words: they would be taken apart.
    """
    if not isinstance(value, Markup):
        return value
    if "<" in str(value):
        raise TypeError("words without marks expected")
    return re.sub(r"[ \t\r\n]+", " ", value.unescape()).strip(" ")


def make_sentence(text: str) -> str:
    """Return *text* with a capital first letter and a full stop, unless it ends as a sentence does."""
    return vietnamese.ensure_ends(vietnamese.capital_first(text.strip()), ".")


def format_iso_time(text: str) -> str:
    """Return the moment that a news page writes ("07:51 PM 17/02/2017") as ISO 8601 without a zone.

    It is the local time of the page. Empty where *text* does not tell one day and one time.
    """
    moment = vietnamese.parse_news_time(text)
    if moment is None:
        return ""
    day, time = moment
    return f"{day.to_date().isoformat()}T{time.hour:02d}:{time.minute:02d}"
