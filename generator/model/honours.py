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
            named = fold_for_comparison(result.what or vote.subject)
            whole = f"{award.form} của {award.authority}" if award.authority else award.form
            if fold_for_comparison(whole) in named and _is_same_recipient(conference, recipient, result):
                found.append((vote, result))
    return found[0] if len(found) == 1 else None


def _is_same_recipient(conference: Conference, one: Recipient, other: VoteResult) -> bool:
    if one.unit and other.unit:
        return same_name(conference.name_of(one.unit), conference.name_of(other.unit))
    return bool(one.person and other.person and same_name(one.person, other.person))


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
    if recipient.unit:
        yield conference.name_of(recipient.unit)
    elif recipient.person:
        yield recipient.person
    elif recipient.all_units and conference.has_all_members:
        yield from (member.name for member in conference.members or [])
    elif recipient.block:
        yield conference.block.name
    else:
        yield from [None] * min(recipient.count or 1, MOST_ON_PAPER)
