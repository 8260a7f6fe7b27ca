"""From the awards of a conference to those that it proposes, and to its own certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model.base import MOST_ON_PAPER
from generator.vietnamese import fold_for_comparison, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.assessment import Award, Recipient, Vote, VoteResult
    from generator.model.conference import Conference


def list_proposals(conference: Conference) -> tuple[Award, ...]:
    """Return the awards that are proposed to someone: what a tờ trình asks for."""
    return tuple(
        award for award in conference.awards or [] if award.status == "proposed" and award.recipients
    )


def find_result(conference: Conference, recipient: Recipient, award: Award) -> tuple[Vote, VoteResult] | None:
    """Return what *recipient* got for *award*, and in which vote.

    None where no result is theirs, or where several are: which one counts is then not known.
    """
    found = []
    for vote in conference.votes or []:
        for result in vote.results or []:
            if names_award(vote, result, award) and is_same_recipient(conference, recipient, result):
                found.append((vote, result))
    return found[0] if len(found) == 1 else None


def names_award(vote: Vote, result: VoteResult, award: Award, *, in_full: bool = True) -> bool:
    """Tell whether *result*, or else its *vote*, names *award*.

    Unless *in_full* it may leave open who grants it; one of another authority is another award.
    """
    named, form = fold_for_comparison(result.what or vote.subject), fold_for_comparison(award.form)
    whole = fold_for_comparison(f"{award.form} của {award.authority}") if award.authority else form
    return whole in named or (not in_full and form in named and f"{form} của " not in named)


def is_same_recipient(conference: Conference, one: Recipient, other: VoteResult) -> bool:
    """Tell whether *one* who gets an award is who *other* is about; a person is not their unit."""
    if one.person or other.person:
        return bool(one.person and other.person and same_name(one.person, other.person))
    return bool(
        one.unit and other.unit and same_name(conference.name_of(one.unit), conference.name_of(other.unit))
    )


@dataclass(frozen=True, slots=True)
class CertificateEntry:
    """A certificate of the block's own: which award, to whom."""

    award: Award
    name: str | None
    """Who gets it; None where nobody is named."""


def list_certificates(conference: Conference) -> tuple[CertificateEntry, ...]:
    """Return a certificate for each recipient of the awards that the block itself grants.

    These are the awards whose authority is the block, by any of its names, or its head; what is only proposed
    is none. A recipient of whom only the number is known gives as many without a name, at most
    `MOST_ON_PAPER`.
    """
    return tuple(
        CertificateEntry(award, name)
        for award in conference.awards or []
        if award.status in {"agreed", "granted", "handed_over"} and is_own(conference, award)
        for recipient in award.recipients or []
        for name in _names(conference, recipient)
    )


def is_own(conference: Conference, award: Award) -> bool:
    """Tell whether the block itself grants *award*; an award without an authority is nobody's own."""
    block, names = conference.block, conference.block.office_names
    known = [block.name, *(block.aliases or []), names.head]
    known += [f"{names.head} {name}" for name in (block.name, *(block.aliases or []))]
    return bool(award.authority) and any(same_name(award.authority or "", name) for name in known)


def _names(conference: Conference, recipient: Recipient) -> Iterator[str | None]:
    unit = conference.name_of(recipient.unit) if recipient.unit else None
    if recipient.person:
        yield f"{recipient.person}, {unit}" if unit else recipient.person
    elif unit:
        yield unit
    elif recipient.all_units and conference.has_all_members:
        yield from (member.name for member in conference.members or [])
    elif recipient.block:
        yield conference.block.name
    else:
        yield from [None] * min(recipient.count or 1, MOST_ON_PAPER)
