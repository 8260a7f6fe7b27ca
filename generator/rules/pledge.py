"""The pledge: its theme, its signatories, and whether it belongs to this kind of event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.findings import Observation, Severity
from generator.model.parties import declared_copies, list_parties
from generator.vietnamese import fold_for_comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.findings import Path
    from generator.model.conference import Conference

QUOTES = ("“”", "«»", '""')
"""Quotation marks that open and close."""

IN_BOTH = ("place", "date", "copies")
"""What both the pledge and its paper (``papers.pledge``) say alike; a paper's number is written in parts."""


def check_theme(conference: Conference) -> Iterator[Observation]:
    """Notice quotation marks around a theme, and one that is not closed.

    Documents print the theme verbatim in one pair of quotation marks of their own (domain check 8).
    """
    for name in ("theme", "past_theme"):
        theme = getattr(conference.pledge, name) if conference.pledge else None
        if theme is None or not theme.lines:
            continue
        path, text = ("pledge", name, "lines"), "\n".join(theme.lines)
        if _is_quoted(text) or all(_is_quoted(line) for line in theme.lines):
            yield Observation("theme-has-quotes", (*path, 0))
        elif any(_count_open(text, pair) != 0 for pair in QUOTES):
            yield Observation("theme-quote-unclosed", (*path, 0))


def _is_quoted(text: str) -> bool:
    """Tell whether one pair of quotation marks encloses all of *text*: not “A” và “B”."""
    pair = next((pair for pair in QUOTES if text.startswith(pair[0]) and text.endswith(pair[1])), "")
    return bool(pair) and len(text) > 1 and not _closes_early(text[1:-1], pair)


def _closes_early(inner: str, pair: str) -> bool:
    if pair[0] == pair[1]:
        return pair[0] in inner
    depth = 0
    for letter in inner:
        depth += (letter == pair[0]) - (letter == pair[1])
        if depth < 0:
            return True
    return False


def _count_open(text: str, pair: str) -> int:
    """Return how many quotation marks of *pair* are open at the end of *text*; negative if too many close."""
    if pair[0] == pair[1]:
        return text.count(pair[0]) % 2
    return text.count(pair[0]) - text.count(pair[1])


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


def check_unnamed_parties(conference: Conference) -> Iterator[Observation]:
    """List a pledge whose signatories are not named: known members then stand in the places to sign.

    That a unit belongs to the block does not prove that it signs (domain 4.20).
    """
    pledge = conference.pledge
    if pledge is None or not pledge.is_told or pledge.signatories:
        return
    parties = list_parties(conference)
    named = sum(party.unit is not None for party in parties)
    if named:
        values = {"named": named, "unnamed": len(parties) - named}
        path: Path = ("pledge", "declared_signatories") if pledge.declared_signatories else ("pledge",)
        yield Observation("parties-from-members", path, values, Severity.GAP)


def check_copies(conference: Conference) -> Iterator[Observation]:
    """Notice fewer originals of the pledge than there are parties to keep one."""
    copies, parties = declared_copies(conference), len(list_parties(conference))
    if copies is None or copies >= parties:
        return
    on_pledge = conference.pledge is not None and conference.pledge.copies is not None
    path: Path = ("pledge", "copies") if on_pledge else ("papers", "pledge", "copies")
    yield Observation("copies-fewer-than-parties", path, {"copies": copies, "parties": parties})


def check_signing(conference: Conference) -> Iterator[Observation]:
    """Notice signatures under a pledge that is said not to be signed, or not yet."""
    pledge = conference.pledge
    if pledge is None or pledge.signed not in {"no", "planned"}:
        return
    if any(signatory.signed or signatory.signed_on for signatory in pledge.signatories or []):
        yield Observation("pledge-signed-contradicts", ("pledge", "signed"))


def check_paper(conference: Conference) -> Iterator[Observation]:
    """Notice a place, a date or a number of copies of which the pledge and its paper give two."""
    for name in IN_BOTH:
        one = getattr(conference.pledge, name) if conference.pledge else None
        other = getattr(conference.papers.pledge, name, None)
        if one is not None and other is not None and one != other:
            yield Observation("pledge-paper-contradicts", ("pledge", name), {"field": name})


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
