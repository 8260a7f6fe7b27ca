"""Which facts a document owes, and whether its words have them: facts and folded passages → the missing ones.

A fact is found as documents print it: word for word, whatever the capitals; an office beside its holder, an
award beside its recipient, so that two that changed places are missed, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.findings import Path
from generator.model.conference import Conference
from generator.tree import (
    ItemList,
    Para,
    SignatureGrid,
    Table,
    iter_lines,
    plain_text,
    recipient_lines,
    signature_lines,
)
from generator.vietnamese import (
    PartialDate,
    find_figures,
    fold_for_comparison,
    format_date_short,
    strip_end_punctuation,
)

if TYPE_CHECKING:
    from generator.model.assessment import Award, Recipient
    from generator.model.people import OfficeHolder
    from generator.tree import Block, Document

MINUTES, PLEDGE, NEWS = "minutes", "pledge", "news"
"""The kinds of documents that owe something; others may be added to templates/ without owing anything."""


# --- the words of a document --------------------------------------------------------------------------

CELL = " | "
"""What parts the cells of a row, and the lines of a signature, within a passage."""


def iter_passages(document: Document) -> Iterator[str]:
    """Yield what belongs together: a paragraph, a list with the line before it, a row, a signature."""
    before = ""
    for block in document.blocks:
        for lines in _passages_of(block, before):
            yield fold_for_comparison(CELL.join(lines))
        before = plain_text(block.content) if isinstance(block, Para) else ""


def _passages_of(block: Block, before: str) -> list[list[str]]:
    match block:
        case ItemList(items=items):
            return [[before, *map(plain_text, items)]]
        case Table(header=header, rows=rows):
            return [[plain_text(cell) for cell in row] for row in (*header, *rows)]
        case SignatureGrid(cells=cells, caption=caption):
            signatures = [[plain_text(line) for line in signature_lines(cell)] for cell in cells]
            signatures += [[plain_text(line)] for line in recipient_lines(block.beside)]
            return [*signatures, [plain_text(caption)]] if caption else signatures
        case _:
            return [[plain_text(line)] for line in iter_lines(block)]


def has_words(text: str, words: str) -> bool:
    """Tell whether folded *text* has *words* from the beginning of a word to the end of one."""
    folded = _fold(words)
    return folded in text and bool(_find_words(folded).search(text))


@lru_cache(maxsize=4096)
def _fold(words: str) -> str:
    return fold_for_comparison(strip_end_punctuation(words))


@lru_cache(maxsize=4096)
def _find_words(folded: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")


# --- facts ---------------------------------------------------------------------------------------------

Passages = Sequence[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that documents print, and how to tell whether they do."""

    path: Path
    shown: str
    """As a sentence names it."""
    is_in: Callable[[Passages], bool]


def _plain_fact(path: Path, *forms: str) -> Fact:
    """Return the fact that is there where one of *forms* is, word for word."""
    return Fact(path, forms[0], lambda passages: any(has_words(one, f) for one in passages for f in forms))


def _list_block(conference: Conference) -> Iterator[Fact]:
    block = conference.block
    bare = re.sub(r"\s*\([^)]*\)", "", block.name)
    yield _plain_fact(("block", "name"), block.name, bare, *(block.aliases or []))


def _list_theme(conference: Conference) -> Iterator[Fact]:
    pledge = conference.pledge
    if pledge and pledge.theme:
        for i, line in enumerate(pledge.theme.lines):
            yield _plain_fact(("pledge", "theme", "lines", i), line)


def _list_pledge_name(conference: Conference) -> Iterator[Fact]:
    pledge = conference.pledge
    if pledge and pledge.name and pledge.signed in {"yes", "planned"}:
        yield _plain_fact(("pledge", "name"), pledge.name)


def _list_pledge_year(conference: Conference) -> Iterator[Fact]:
    pledge = conference.pledge
    if pledge and pledge.year and pledge.signed in {"yes", "planned"}:
        figures = re.sub(r"^\D+", "", pledge.year)
        yield _plain_fact(("pledge", "year"), pledge.year, figures)


def _list_signers(conference: Conference) -> Iterator[Fact]:
    """Yield the number of signatories, which stands where the signing is told."""
    pledge = conference.pledge
    if pledge and pledge.signed == "yes" and pledge.declared_signatories is not None and not pledge.signed_by:
        number = re.compile(rf"(?<![\w.,/])0*{pledge.declared_signatories}(?![\w/]|[.,][0-9])[^|]*\bký\b")
        shown = str(pledge.declared_signatories)
        path = ("pledge", "declared_signatories")
        yield Fact(path, shown, lambda passages: any(map(number.search, passages)))


def _list_charity(conference: Conference) -> Iterator[Fact]:
    for i, gift in enumerate(conference.charity or []):
        if gift.amount and gift.amount.text:
            yield _plain_fact(("charity", i, "amount"), gift.amount.text)


def _list_date(conference: Conference) -> Iterator[Fact]:
    date = conference.event.date
    if date:
        yield Fact(
            ("event", "date"),
            format_date_short(date),
            lambda passages: any(_says_date(passage, date) for passage in passages),
        )


def _says_date(passage: str, date: PartialDate) -> bool:
    """Tell whether a date in *passage* says as much as *date* does."""
    wanted = [(i, part) for i, part in enumerate((date.day, date.month, date.year)) if part is not None]
    return any(
        all(i < len(figure.value) and figure.value[i] == part for i, part in wanted)
        for figure in find_figures(passage)
        if figure.kind in {"date", "pair"}
    )


# --- who holds which office ---------------------------------------------------------------------------

_NAME, _OFFICE = "\x02", "\x01"
"""What names and offices are replaced by, with their number, so that none is taken for a part of another."""


def _list_leaders(conference: Conference) -> Iterator[Fact]:
    """Yield each next leader with the office: a unit or a person must stand beside the office's name."""
    leaders, names = conference.leadership.next, conference.block.office_names
    if leaders is None:
        return
    found = [(("head",), leaders.head, names.head)] if leaders.head else []
    holders: list[tuple[Path, OfficeHolder, str]] = [*found]
    holders += [(("deputies", i), one, names.deputy) for i, one in enumerate(leaders.deputies or [])]
    known = [
        (path, _name_holder(holder, conference), fold_for_comparison(holder.title or office))
        for path, holder, office in holders
    ]
    offices = list(dict.fromkeys(office for *_, office in known))
    units = list(dict.fromkeys(name for _, name, _ in known if name))
    for path, name, office in known:
        if name:
            colleagues = frozenset(units.index(one) for _, one, held in known if one and held == office)
            beside = _Office(units, units.index(name), offices, offices.index(office), colleagues)
            yield Fact(("leadership", "next", *path), f"{name} – {office}", beside)


def _name_holder(holder: OfficeHolder, conference: Conference) -> str:
    if holder.unit:
        return conference.name_of(holder.unit)
    return holder.person.name if holder.person else ""


@dataclass(frozen=True, slots=True)
class _Office:
    """One office with its holder, to be found among all that are filled."""

    holders: Sequence[str]
    holder: int
    offices: Sequence[str]
    office: int
    colleagues: frozenset[int]
    """All who hold this office: two may be named together, "A cùng B làm Khối phó"."""

    def __call__(self, passages: Passages) -> bool:
        """Tell whether a passage says "A … làm Khối trưởng", "Khối trưởng …: A" or "Khối trưởng A"."""
        one, other = f"{_NAME}{self.holder}{_NAME}", f"{_OFFICE}{self.office}{_OFFICE}"
        letter = rf"(?:[^;\x01\x02]|{_NAME}(?:{'|'.join(map(str, sorted(self.colleagues)))}){_NAME})"
        before = rf"(?:[^.;\x01\x02]{{0,80}}?(?::| là| \|){letter}{{0,160}}?)?"
        beside = re.compile(rf"{one}{letter}{{0,160}}?{other}|{other}{before} {one}")
        return any(
            beside.search(_number(_number(passage, self.offices, _OFFICE), self.holders, _NAME))
            for passage in passages
            if has_words(passage, self.holders[self.holder]) and has_words(passage, self.offices[self.office])
        )


def _number(passage: str, words: Sequence[str], mark: str) -> str:
    """Replace each of *words* in *passage* by its number between *mark*, the longest first."""
    for one in sorted(words, key=len, reverse=True):
        folded = _fold(one)
        if folded in passage:
            passage = _find_words(folded).sub(f"{mark}{words.index(one)}{mark}", passage)
    return passage


# --- what is proposed for whom ------------------------------------------------------------------------


def _list_proposals(conference: Conference) -> Iterator[Fact]:
    """Yield each proposed award of a unit or a person: its form and authority stand with the name."""
    awards = [(i, one) for i, one in enumerate(conference.awards or []) if one.status == "proposed"]
    names = [_name_award(award) for _, award in awards]
    kinds = list(dict.fromkeys(names))
    recipients = list(
        dict.fromkeys(
            name for _, award in awards for one in award.recipients or [] if (name := _name(one, conference))
        )
    )
    for (i, award), kind in zip(awards, names, strict=True):
        for j, recipient in enumerate(award.recipients or []):
            name = _name(recipient, conference)
            if name:
                finder = _Proposal(kinds, kinds.index(kind), recipients, recipients.index(name))
                yield Fact(
                    ("awards", i, "recipients", j), f"{' của '.join(filter(None, kind))} – {name}", finder
                )


def _name_award(award: Award) -> tuple[str, str]:
    return award.form, award.authority or ""


def _name(recipient: Recipient, conference: Conference) -> str:
    return conference.name_of(recipient.unit) if recipient.unit else recipient.person or ""


@dataclass(frozen=True, slots=True)
class _Proposal:
    """One award for one recipient, to be found among all that are proposed."""

    awards: Sequence[tuple[str, str]]
    award: int
    recipients: Sequence[str]
    recipient: int

    def __call__(self, passages: Passages) -> bool:
        """Tell whether one of *passages* has the award with its recipient."""
        form, authority = self.awards[self.award]
        wanted = [form, *filter(None, [authority]), self.recipients[self.recipient]]
        return any(
            all(has_words(passage, words) for words in wanted) and self._are_paired(passage)
            for passage in passages
        )

    def _are_paired(self, passage: str) -> bool:
        """Tell whether the recipient stands in the part of *passage* that is about this award."""
        numbered = _number(passage, self.recipients, _NAME)
        starts = [
            (found.start(), i)
            for i, (form, authority) in enumerate(self.awards)
            for found in _find_award(form, authority).finditer(numbered)
        ]
        if len({i for _, i in starts}) < 2:
            return True
        name = f"{_NAME}{self.recipient}{_NAME}"
        starts.sort()
        edges = [start for start, _ in starts]
        if 0 <= numbered.find(_NAME) < edges[0]:  # "A được đề nghị tặng Cờ thi đua, B …"
            parts = zip([0, *edges], edges, strict=False)
        else:
            parts = zip(edges, [*edges[1:], len(numbered)], strict=True)
        return any(
            name in numbered[start:end]
            for (start, end), (_, i) in zip(parts, starts, strict=True)
            if i == self.award
        )


@lru_cache(maxsize=512)
def _find_award(form: str, authority: str) -> re.Pattern[str]:
    """Return what finds an award in a sentence; with an authority only where it is the award's."""
    form = re.escape(fold_for_comparison(form))
    of = (
        rf"(?: [\w-]+){{0,8}}? của {re.escape(fold_for_comparison(authority))}(?!\w)"
        if authority
        else r"(?!\w)"
    )
    return re.compile(rf"(?<!\w){form}{of}")


# --- what each document owes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owed:
    """A kind of fact, and the documents that must hold it where it is known."""

    list_facts: Callable[[Conference], Iterator[Fact]]
    kinds: frozenset[str]
    in_short: bool = False
    """Whether a short bulletin holds it, too."""


OWED: tuple[Owed, ...] = (
    Owed(_list_block, frozenset({MINUTES, PLEDGE, NEWS}), in_short=True),
    Owed(_list_date, frozenset({MINUTES, NEWS})),
    Owed(_list_charity, frozenset({MINUTES, NEWS})),
    Owed(_list_proposals, frozenset({MINUTES, NEWS}), in_short=True),
    Owed(_list_leaders, frozenset({MINUTES, NEWS}), in_short=True),
    Owed(_list_pledge_name, frozenset({MINUTES, PLEDGE, NEWS})),
    Owed(_list_pledge_year, frozenset({MINUTES, PLEDGE, NEWS})),
    Owed(_list_theme, frozenset({MINUTES, PLEDGE, NEWS}), in_short=True),
    Owed(_list_signers, frozenset({MINUTES, NEWS})),
)
"""Which facts must be in which documents, and the same in all of them."""
