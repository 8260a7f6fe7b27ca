"""The facts of a conference come in; what a text says that they do not hold goes out.

Every text is held against whole facts first, then word by word. The check errs on the side of silence: words
that open sentences, small letters and joints between two facts are nobody's claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from pydantic import BaseModel

from generator.findings import nearest
from generator.model.counting import format_score
from generator.vietnamese import (
    Figure,
    Money,
    Name,
    PartialDate,
    TimeOfDay,
    Word,
    find_figures,
    find_names,
    find_words,
    fold_for_comparison,
    format_money,
    is_short_form,
    iter_neighbours,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model.conference import Conference

NEVER_PRINTED = frozenset({"id", "provenance", "house"})
"""Fields that no document shows."""

GENERIC = frozenset({
    "Khối", "Cụm", "Ban", "Bộ", "Sở", "Đảng", "Bác", "Tết", "Hội nghị", "Đại hội", "Đại biểu", "Đại diện",
    "Lãnh đạo", "Bằng khen", "Cờ thi", "Giấy khen", "Huân chương", "Huy chương", "Kỷ niệm", "Danh hiệu",
    "Giao ước", "Bản giao", "Quy chế", "Kế hoạch", "Quyết định", "Nghị quyết", "Chỉ thị", "Hướng dẫn",
    "Tổng kết", "Sơ kết", "Thi đua", "Khen thưởng", "Phong trào", "Nhà nước", "Trung ương", "Tổ quốc",
    "Lễ ký", "Lễ trao", "Đoàn chủ", "Đoàn Chủ", "Ban Tổ", "Ban Thư", "Ban Kiểm", "Tổ Thư",
})  # fmt: skip
"""What custom writes with a capital without naming anyone, by one or two syllables: Hội nghị, Ban Tổ chức."""

BODIES = frozenset({"Ban", "Bộ", "Cục", "Chi", "Công", "Hội", "Sở", "Tòa", "Tổng", "Vụ", "Viện", "Ủy"})
"""First syllables of bodies, whose names go on in small letters."""

JOINTS = frozenset({
    "và", "với", "của", "cho", "tại", "ở", "làm", "là", "do", "từ", "đến", "cùng", "hoặc", "các", "những",
    "trong", "để", "có", "được", "đã", "trao", "tặng", "nhận", "về", "thuộc", "gồm", "theo", "trên", "dưới",
    "giữa", "khi", "cũng", "sẽ", "đang", "không", "vào", "ra", "qua", "bởi", "như", "sau", "trước",
})  # fmt: skip
"""Words that stand between two names and in neither."""

LONGEST_NAME = 8
"""Words of the longest fact that is proposed as what was meant."""

CLOSE = 0.8
"""How alike two names are (`difflib`) of which one is taken for a misspelling of the other."""

ANY_UNIT, NO_UNIT = "*", ""
"""Of a number that ends its fact, so that its unit may stand elsewhere; of a number that counts."""

CONTEXT = 28
"""Letters shown before and after what is untraced."""

DateParts = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Untraced:
    """A figure or a name in a text that no fact holds."""

    text: str
    start: int
    context: str
    """The words around it."""
    meant: str = ""
    """The fact that is written almost like it; empty if there is none, and for figures."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What texts may say: everything that some facts hold, ready to be looked up."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Whole facts as folded words, by their first word."""
    running: str
    """All facts as folded words, with spaces around each, a line each."""
    words: frozenset[str]
    """Every word with a capital, as it is written."""
    closed: frozenset[tuple[str, str]]
    """Pairs of words that end a fact, or are not followed by a capital: a name may end there."""
    names: Mapping[str, str]
    """Names that may be meant, by their folded words."""
    numbers: Mapping[Decimal, frozenset[str]]
    """Numbers, each with its units."""
    counts: frozenset[int]
    dates: frozenset[DateParts]
    others: frozenset[tuple[str, tuple[object, ...]]]
    """Times, pairs and codes, by kind and value."""


# --- gathering ----------------------------------------------------------------------------------------


def gather_knowledge(
    conference: Conference, leave_out: Sequence[str] = (), more: Iterable[str] = ()
) -> Knowledge:
    """Return what *conference* holds but for its fields *leave_out*, and the texts *more*."""
    values = [
        value
        for name in type(conference).model_fields
        if name not in {*NEVER_PRINTED, *leave_out}
        for value in _iter_values(getattr(conference, name))
    ]
    texts = [value for value in values if isinstance(value, str)]
    texts += [text for value in values if isinstance(value, Money) for text in _write_money(value)]
    texts += list(_iter_counted(conference))
    counts = [value for value in values if isinstance(value, int)] + list(_count_lists(conference))
    moments = [value for value in values if isinstance(value, PartialDate | TimeOfDay)]
    return _know(tuple(dict.fromkeys(chain(texts, more))), counts, moments)


def _iter_values(value: object) -> Iterator[str | int | Money | PartialDate | TimeOfDay]:
    """Yield every single fact in *value*, but for answers yes and no."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in NEVER_PRINTED:
                yield from _iter_values(getattr(value, name))
    elif isinstance(value, list):
        for one in value:
            yield from _iter_values(one)
    elif isinstance(value, str | int | Money | PartialDate | TimeOfDay) and not isinstance(value, bool):
        yield value


def _write_money(money: Money) -> tuple[str, ...]:
    return getattr(money, "text", ""), format_money(money), format_money(money, short=False)


def _iter_counted(conference: Conference) -> Iterator[str]:
    """Yield the figures that the scores come to, as documents write them, and the numbers of units."""
    standings = conference.standings
    if standings is None:
        return
    rule = standings.rule
    yield from map(str, range(1, max(len(standings.units), len(standings.scorers)) + 1))
    figures = [rule.self_weight, rule.cross_weight]
    for one in standings.units:
        figures += [one.cross, one.exact_cross, one.exact_total, one.total, one.spread, *one.counted]
        figures += [sheet.total for sheet in one.sheets if sheet.total is not None]
        figures += [figure for figure in (one.self_score, one.bonus, one.penalty) if figure is not None]
    yield from (format_score(figure).removeprefix("≈ ") for figure in figures)


def _count_lists(conference: Conference) -> Iterator[int]:
    """Yield the lengths of the lists that documents count."""
    pledge = conference.pledge
    lists: list[Sequence[object] | None] = [conference.members, conference.event.points]
    lists += [pledge.signatories, pledge.contents] if pledge else []
    lists += [award.recipients for award in conference.awards or []]
    lists += [one.units for one in conference.classifications or []]
    return (len(one) for one in lists if one)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one text gives; many texts come again, such as those of the templates."""

    figures: tuple[Figure, ...]
    folded: tuple[str, ...]
    words: tuple[str, ...]
    """Those with a capital."""
    closed: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    """Names of two words or more, and the text itself where it is short and begins like one."""


@lru_cache(maxsize=4096)
def _read(text: str) -> _Reading:
    words, folded = find_words(text), _fold_tokens(text)
    runs = (name for name in find_names(text) if len(name.words) > 1 and name.words[0] not in BODIES)
    names = [name.text for name in runs]
    if 1 < len(folded) <= LONGEST_NAME and text[0].isupper():
        names.insert(0, text)
    return _Reading(
        figures=tuple(find_figures(text)),
        folded=tuple(folded),
        words=tuple(word.text for word in words if word.is_capital),
        closed=tuple(_iter_closed(words)),
        names=tuple(names),
    )


def _iter_closed(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Yield each two words that are not followed by a capital: a name may end with them."""
    for i in range(len(words) - 1):
        after = words[i + 2] if i + 2 < len(words) else None
        if after is None or not after.is_capital or after.gap != " ":
            yield _fold(words[i].text), _fold(words[i + 1].text)


def _know(
    texts: Sequence[str], counts: Sequence[int], moments: Sequence[PartialDate | TimeOfDay]
) -> Knowledge:
    numbers: dict[Decimal, set[str]] = defaultdict(set)
    dates: set[DateParts] = set()
    others: set[tuple[str, tuple[object, ...]]] = set()
    readings = [_read(text) for text in texts]
    for text, reading in zip(texts, readings, strict=True):
        for figure in reading.figures:
            _add_figure(figure, text, numbers, dates, others)
    for count in counts:
        numbers[Decimal(count)].add(NO_UNIT)
    for moment in moments:
        if isinstance(moment, TimeOfDay):
            others.add(("time", (moment.hour, moment.minute)))
        else:
            dates.add((moment.day, moment.month, moment.year))
    for year in {date[2] for date in dates} - {None}:
        numbers[Decimal(year or 0)].add(NO_UNIT)
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted({one.folded for one in readings if one.folded}, key=len, reverse=True):
        phrases[words[0]].append(words)
    return Knowledge(
        phrases={first: tuple(known) for first, known in phrases.items()},
        running="\n".join(f" {' '.join(one.folded)} " for one in readings),
        words=frozenset(chain.from_iterable(one.words for one in readings)),
        closed=frozenset(chain.from_iterable(one.closed for one in readings)),
        names={_fold(name): name for one in reversed(readings) for name in reversed(one.names)},
        numbers={value: frozenset(units) for value, units in numbers.items()},
        counts=frozenset(counts),
        dates=frozenset(dates),
        others=frozenset(others),
    )


def _add_figure(
    figure: Figure,
    text: str,
    numbers: dict[Decimal, set[str]],
    dates: set[DateParts],
    others: set[tuple[str, tuple[object, ...]]],
) -> None:
    if figure.kind == "number":
        ends = not figure.unit and not text[figure.end :].strip(" .;,")
        numbers[Decimal(str(figure.value[0]))].add(ANY_UNIT if ends else figure.unit)
    elif figure.kind == "date":
        dates.add(_date_parts(figure))
    else:
        others.add((figure.kind, figure.value))
        if figure.kind == "pair":
            for value in figure.value:
                numbers[Decimal(str(value))].add(NO_UNIT)


def _date_parts(figure: Figure) -> DateParts:
    day, month, year = (part if isinstance(part, int) else None for part in figure.value)
    return day, month, year


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    return fold_for_comparison(text)


_TOKEN = re.compile(r"[^\W_]+")


def _fold_tokens(text: str) -> list[str]:
    return [_fold(token) for token in _TOKEN.findall(text)]


# --- holding a text against it ------------------------------------------------------------------------


def find_untraced(text: str, known: Knowledge) -> tuple[list[Untraced], list[Untraced]]:
    """Return the figures and the names in *text* that *known* does not hold.

    In a text of capitals only, names are not to be told from other words.
    """
    covered, figures = _cover(text, known), find_figures(text)
    strange = [
        Untraced(text[one.start : one.end], one.start, show_context(text, one.start, one.end))
        for one in figures
        if not (_holds(known, one) or all(mark >= LONG for mark in covered[one.start : one.end]))
    ]
    names = [
        name
        for name in ([] if text.isupper() and " " in text else find_names(text))
        if not any(
            one.start <= name.start < one.end for one in figures
        )  # "01/BB-KTĐ" is no name, nor is "5 USD"
    ]
    parts = [part for name in names for part in _iter_open_parts(name, covered)]
    found = [part for part in parts if not _knows(known, part, text)]
    found += [
        joined
        for joined in _iter_joined(names, text, covered, known)
        if not any(joined.start <= part.start < joined.end for part in found)
    ]
    found.sort(key=lambda name: name.start)
    return strange, [_report(name, text, known) for name in found]


LONG = 3
"""Words of a whole fact that vouches for its figures, too: "10" alone is in many facts."""

_NO_WORD = 255


def _cover(text: str, known: Knowledge) -> bytearray:
    """Return for each letter of *text* of how many words the whole fact is within which it stands.

    Of several facts it is the longest; 0 where it stands in none; more than any for what is no word.
    """
    marks = bytearray([_NO_WORD]) * len(text)
    tokens = [(found.start(), found.end(), _fold(found[0])) for found in _TOKEN.finditer(text)]
    words = tuple(token[2] for token in tokens)
    covered = [0] * len(tokens)
    for i, word in enumerate(words):
        for phrase in known.phrases.get(word, ()):
            length = len(phrase)
            if words[i : i + length] == phrase:
                most = min(length, _NO_WORD)
                covered[i : i + length] = [max(one, most) for one in covered[i : i + length]]
                break
    for (start, end, _), length in zip(tokens, covered, strict=True):
        marks[start:end] = bytes([length]) * (end - start)
    return marks


def _iter_open_parts(name: Name, covered: bytearray) -> Iterator[Name]:
    """Yield the parts of *name* that no whole fact of two words or more covers."""
    words = [word for word in find_words(name.text) if covered[name.start + word.start] < 2]
    runs: list[list[int]] = []
    for i, word in enumerate(words):
        if i and name.text[words[i - 1].end : word.start].strip(" \u00a0-") == "":
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        start, end = words[run[0]].start, words[run[-1]].end
        part = tuple(words[i].text for i in run)
        opens = name.opens and start == 0
        if not (opens and len(part) == 1 and not is_short_form(part[0])):
            yield Name(name.text[start:end], name.start + start, name.start + end, part, opens)


def _knows(known: Knowledge, name: Name, text: str) -> bool:
    """Tell whether the words of *name* stand so in a fact; the first one may only open a sentence."""
    words = name.words
    if len(words) > 1 or is_short_form(words[0]):
        phrase = " ".join(_fold_tokens(name.text))
        if f" {phrase} " in known.running:
            return True
    if len(words) == 1:
        return words[0] in known.words or _is_generic(name, text)
    if name.text in GENERIC:
        return True
    rest = Name(" ".join(words[1:]), name.start, name.end, words[1:], opens=False)
    return name.opens and _knows(known, rest, text)


def _is_generic(name: Name, text: str) -> bool:
    """Tell whether the last word of *name*, with the one after it, names nobody."""
    word = name.words[-1]
    return bool({word, name.text, f"{word} {_word_after(name, text)}"} & GENERIC)


def _word_after(name: Name, text: str) -> str:
    after = re.match(r"[ \u00a0]([^\W\d_]+)", text[name.end :])
    return after[1] if after else ""


def _iter_joined(names: list[Name], text: str, covered: bytearray, known: Knowledge) -> Iterator[Name]:
    """Yield names of known words that are no name together: "Văn phòng Chính phủ" of two other bodies."""
    for one, between, other in iter_neighbours(names, text):
        first, last = one.words[-1], other.words[0]
        if covered[one.end - 1] or between in JOINTS or _is_generic(one, text):
            continue
        phrase = f" {_fold(first)} {_fold(between)} {_fold(last)} "
        if phrase not in known.running and (_fold(first), _fold(between)) not in known.closed:
            after = _word_after(other, text)
            end = other.end + len(f" {after}") if after and after not in JOINTS else other.end
            yield Name(text[one.start : end], one.start, end, one.words + other.words, one.opens)


def _report(name: Name, text: str, known: Knowledge) -> Untraced:
    # "Ủy" of "Ủy ban", "Bộ Xây" of "Bộ Xây dựng"
    is_begun = (len(name.words) == 1 and not is_short_form(name.text)) or name.words[0] in BODIES
    after = _word_after(name, text) if is_begun else ""
    end = name.end + len(f" {after}") if after and after not in JOINTS else name.end
    return Untraced(
        text[name.start : end], name.start, show_context(text, name.start, end), _mean(name, known)
    )


def _mean(name: Name, known: Knowledge) -> str:
    """Return the known name of which *name* is almost a copy."""
    folded = _fold(name.text)
    meant = nearest(folded, known.names) if len(name.words) > 1 else ""
    alike = SequenceMatcher(None, folded, meant).ratio() if meant else 0
    return known.names[meant] if alike >= CLOSE else ""


def show_context(text: str, start: int, end: int) -> str:
    """Return what stands around ``text[start:end]``, cut between words."""
    before, after = text[:start], text[end:]
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + "…"
    return " ".join((before + text[start:end] + after).split())


# --- figures ------------------------------------------------------------------------------------------


def _holds(known: Knowledge, figure: Figure) -> bool:
    match figure.kind:
        case "number":
            return _holds_number(known, figure)
        case "date":
            return holds_date(known.dates, figure) or _year_is_apart(known, figure)
        case "pair":
            return _holds_pair(known, figure)
        case "code":
            return _holds_code(known, figure)
        case "time":
            return (figure.kind, figure.value) in known.others


def _holds_number(known: Knowledge, figure: Figure) -> bool:
    scaled, written = (Decimal(str(value)) for value in figure.value)
    units = known.numbers.get(scaled, frozenset())
    if scaled != written and ANY_UNIT in known.numbers.get(
        written, ()
    ):  # scale and unit are a fact of their own
        return True
    return bool(units) and (not figure.unit or figure.unit in units or ANY_UNIT in units)


def holds_date(dates: Iterable[DateParts], figure: Figure) -> bool:
    """Tell whether one of *dates* is what *figure*, a date, says; what it leaves out may be anything."""
    said = _date_parts(figure)
    return any(all(part in (None, fact) for part, fact in zip(said, date, strict=True)) for date in dates)


def _year_is_apart(known: Knowledge, figure: Figure) -> bool:
    """Tell whether a fact has the day without its year, and another one the year."""
    day, month, year = _date_parts(figure)
    return (day, month, None) in known.dates and Decimal(year or 0) in known.numbers


def _holds_pair(known: Knowledge, figure: Figure) -> bool:
    if (figure.kind, figure.value) in known.others:
        return True
    one, other = (value for value in figure.value if isinstance(value, int))
    if "/" not in figure.text:
        return all(Decimal(value) in known.numbers for value in (one, other)) or _is_day(known, one, other)
    return {one, other} <= known.counts or _is_day(known, one, other)


def _is_day(known: Knowledge, day: int, month: int) -> bool:
    return any(date[:2] == (day, month) for date in known.dates)


def _holds_code(known: Knowledge, figure: Figure) -> bool:
    """Tell whether a fact has the code, or facts have its parts (a paper's number, and its symbol)."""
    if (figure.kind, figure.value) in known.others:
        return True
    phrase = " ".join(_fold_tokens(figure.text))
    if f" {phrase} " in known.running:
        return True
    return all(
        Decimal(part) in known.numbers if part.isdigit() else f" {part} " in known.running
        for part in phrase.split()
    )


# --- years --------------------------------------------------------------------------------------------

_REVIEW = r"(?:tổng kết|sơ kết)"
_SIGNING = r"\bký(?:\s+kết)?\s+(?:bản\s+|bảng\s+)?giao ước"
_OTHER_WORK = r"tổng kết|sơ kết|giao ước|triển khai|nhiệm vụ|kế hoạch|phương hướng|[.;:\n]"
_DATED = re.compile(
    rf"(?P<work>{_REVIEW}|{_SIGNING})(?:(?!{_OTHER_WORK}).)*?\bnăm\s+(?:học\s+)?(?P<year>[12][0-9]{{3}})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Misdated:
    """A year that a text gives to the review or to the pledge, and that the facts do not."""

    words: str
    year: int
    expected: str


def find_misdated(text: str, conference: Conference) -> list[Misdated]:
    """Return the years of *text* that are not those of what they stand beside.

    "tổng kết … năm 2016" is held against the year under review, "ký giao ước … năm 2017" against that of the
    pledge.
    """
    event, pledge = conference.event, conference.pledge
    signed = (pledge and pledge.year) or event.next_year
    labels = {"review": event.year, "signing": event.year if event.kind == "ky_giao_uoc" else signed}
    found = []
    for dated in _DATED.finditer(text.replace("\u00a0", " ")):
        label = labels["review" if re.match(_REVIEW, dated["work"], re.IGNORECASE) else "signing"]
        if label and dated["year"] not in label:
            found.append(Misdated(" ".join(dated[0].split()), int(dated["year"]), label))
    return found


def years_in_question(conference: Conference) -> frozenset[int]:
    """Return the years that a title may name: reviewed, next, the pledge's, that of the meeting itself."""
    event, pledge, leaders = conference.event, conference.pledge, conference.leadership.next
    labels = [event.year, event.next_year, pledge and pledge.year, leaders and leaders.year]
    period = event.period
    labels += [period.label] if period else []
    days = [event.date, *((period.start, period.end) if period else ())]
    numbers = {int(year) for label in labels if label for year in re.findall(r"\b[12][0-9]{3}\b", label)}
    return frozenset(numbers | {day.year for day in days if day and day.year})
