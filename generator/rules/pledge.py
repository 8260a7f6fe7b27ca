"""The pledge: its theme, its signatories, and whether it belongs to this kind of event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Severity
from generator.rules.base import Observation
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference

QUOTES = '“”"«»'


def check_theme(conference: Conference) -> Iterator[Observation]:
    """Notice quotation marks around a theme: documents add one pair themselves (domain check 8)."""
    for name in ("theme", "past_theme"):
        theme = getattr(conference.pledge, name) if conference.pledge else None
        for i, line in enumerate(theme.lines if theme else []):
            if line[0] in QUOTES or line[-1] in QUOTES:
                yield Observation("theme-has-quotes", ("pledge", name, "lines", i))


def check_signatories(conference: Conference) -> Iterator[Observation]:
    """Notice a declared number of signatories that differs from the list, and a unit that signs twice."""
    pledge = conference.pledge
    if pledge is None or not pledge.signatories:
        return
    declared, listed = pledge.declared_signatories, len(pledge.signatories)
    if declared is not None and declared != listed:
        values = {"declared": declared, "listed": listed}
        yield Observation("signatories-count-differs", ("pledge", "declared_signatories"), values)
    seen: set[str] = set()
    for i, signatory in enumerate(pledge.signatories):
        unit = fold_for_comparison(conference.name_of(signatory.unit))
        if unit in seen:
            path = ("pledge", "signatories", i, "unit")
            yield Observation("signatory-twice", path, {"unit": signatory.unit}, Severity.ERROR)
        seen.add(unit)


def check_mid_year(conference: Conference) -> Iterator[Observation]:
    """Notice next leaders or a signed pledge at a half-year review (domain check 9)."""
    if conference.event.kind != "so_ket":
        return
    if conference.leadership.next:
        yield Observation("mid-year-leaders", ("leadership", "next"))
    if conference.pledge and conference.pledge.signed == "yes":
        yield Observation("mid-year-pledge", ("pledge",))


def check_ceremony(conference: Conference) -> Iterator[Observation]:
    """List a signing ceremony whose pledge is unknown."""
    if conference.event.kind == "ky_giao_uoc" and conference.pledge is None:
        yield Observation("ceremony-without-pledge", ("event", "kind"), {}, Severity.GAP)
