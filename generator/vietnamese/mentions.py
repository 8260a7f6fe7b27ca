"""A text comes in; the figures and the proper names that it mentions go out, each with its place.

A name is what the writer's capitals say: Vietnamese puts one on each syllable of a person or a place, and on
the first one of each word of a body ("Bộ Nội vụ"). There is no list of names to be kept up to date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.vietnamese.names import fold_for_comparison
from generator.vietnamese.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

FigureKind = Literal["number", "date", "time", "pair", "code"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Something in a text that is written with figures."""

    text: str
    """As it is written, without its unit."""
    start: int
    end: int
    """Where it stands in the text, with its unit."""
    kind: FigureKind
    value: tuple[object, ...]
    """number: its value, and without its scale (of 100 triệu: 100); date: day, month and year, each or None;
    time: hour (of 24) and minute; pair ("37/43", "2015 - 2016"): both numbers; code ("29/CT-UBND"): the text
    in small letters."""
    unit: str = ""
    """What a number is of, where that changes it: ``%``, ``đồng``, ``tháng``; mostly empty."""


class Word(NamedTuple):
    """A word of a text: letters only."""

    text: str
    start: int
    end: int
    gap: str
    """What stands before it, from the word before."""

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def opens(self) -> bool:
        """Whether a sentence begins with it, or a quotation, a bracket, an item: a capital says little."""
        is_first = self.start == len(self.gap) and not self.gap.strip(" -–—+*")
        return is_first or bool(_OPENING.search(self.gap))


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words with capitals."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    opens: bool
    """Whether it opens a sentence: its first word may have its capital from there."""


_OPENING = re.compile(r"[.!?:;…“”\"'‘(\[\n•]\s*$|[.!?:;…“(]\s*[-–—]\s*$|\n\s*[-–—+*]\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"[ \u00a0]|-")
"""What stands within a name: "Liên Hợp", "Việt-Đức"."""


def find_words(text: str) -> list[Word]:
    """Return the words of *text* in order; figures are no words, but they are in the gaps."""
    words, end = [], 0
    for found in _WORD.finditer(text):
        words.append(Word(found[0], found.start(), found.end(), text[end : found.start()]))
        end = found.end()
    return words


def find_names(text: str) -> list[Name]:
    """Return the runs of words with capitals in *text*; one word that opens a sentence is none.

    But an abbreviation ("UEF") is, wherever it stands.
    """
    names: list[Name] = []
    run: list[Word] = []
    for word in [*find_words(text), None]:
        goes_on = word and run and word.is_capital and _JOINT.fullmatch(word.gap)
        if run and not goes_on:
            names.append(_make_name(text, run))
            run = []
        if word and word.is_capital:
            run.append(word)
    return [name for name in names if len(name.words) > 1 or not name.opens or is_short_form(name.text)]


def is_short_form(word: str) -> bool:
    """Tell whether *word* is an abbreviation in capitals: "UEF", not "Khối", not "Ủy"."""
    return len(word) > 1 and word.isupper()


def _make_name(text: str, run: list[Word]) -> Name:
    start, end = run[0].start, run[-1].end
    return Name(text[start:end], start, end, tuple(word.text for word in run), run[0].opens)


# --- figures ------------------------------------------------------------------------------------------

_DAY = r"[0-9]{1,2}"
_YEAR = r"[12][0-9]{3}"
_NOT_WITHIN = r"(?<![\w.,/])"
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_SCALE = r"(?:(?:nghìn|ngàn|triệu)\s+)?(?:tỷ|tỉ)\b|(?:nghìn|ngàn|triệu)\b"
_UNITS = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "₫": "đồng", "quí": "quý"}
_UNIT = (
    r"%|₫|(?:đồng|đ|vnđ|vnd|usd|euro|tuần|giờ|phút)\b|(?:tháng|ngày|quý|quí)\b(?!\s+[0-9IVX])"
    r"|năm\b(?!\s+(?:học|[0-9]))"
)
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_FORMS = (
    rf"{_NOT_WITHIN}(?P<iso>{_YEAR}-[0-9]{{2}}-[0-9]{{2}})(?!\w)",
    rf"{_NOT_WITHIN}(?P<short>{_DAY}\s?(?P<mark>[/.–-])\s?{_DAY}\s?(?P=mark)\s?{_YEAR})(?!\w)",
    rf"{_NOT_WITHIN}(?P<long>{_DAY}\s+tháng\s+{_DAY}(?:(?:,?\s+năm|,|/)?\s*{_YEAR})?)(?!\w)",
    rf"\b(?P<month>tháng\s+{_DAY}(?:(?:\s+năm\s+|\s?[/-]\s?){_YEAR})?)(?![\w/])",
    rf"{_NOT_WITHIN}(?P<year_month>(?:0?[1-9]|1[0-2])/{_YEAR})(?!\w)",
    rf"{_NOT_WITHIN}(?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?:\s*(?:AM|PM|SA|CH)\b)?)(?!\w)",
    rf"{_NOT_WITHIN}(?P<hour>{_DAY}\s*(?:h|g|giờ)(?:\s*[0-9]{{2}}(?!\w)(?:\s*phút\b)?)?)(?!\w)",
    rf"{_NOT_WITHIN}(?P<pair>[0-9]+(?:\s*[/–—-]\s*)[0-9]+)(?![\w%])",
    rf"(?P<number>{_NUMBER})(?:\s*(?P<scale>{_SCALE}))?(?:\s*(?P<unit>{_UNIT}))?",
)
_TOKEN = re.compile(r"[^\W_]+(?:(?:[./&-]|(?<=[0-9]),(?=[0-9]))[^\W_]+)*")
_NO_CODE = re.compile(rf"{_DAY}(?:h|g|giờ)(?:[0-9]{{2}})?|{_NUMBER}(?:{_UNIT}|{_SCALE})", re.IGNORECASE)
_DIGITS = re.compile("[0-9]+")


@cache
def _figure() -> re.Pattern[str]:
    """Return what finds a figure of any form; it takes long to compile, and few commands read texts."""
    return re.compile("|".join(_FORMS), re.IGNORECASE)


def find_figures(text: str) -> list[Figure]:
    """Return the figures of *text* in order: numbers, dates, times, pairs of numbers, codes with letters.

    Thousands with and without dots, and numbers with and without a leading zero, have one value; "2 tỷ 500
    triệu đồng" is one number. A date or a time that cannot be is taken for the numbers it is made of.
    """
    plain = text.replace("\u00a0", " ")
    figures: list[Figure] = []
    end = 0
    for code in [*(found for found in _TOKEN.finditer(plain) if _is_code(found[0])), None]:
        for found in _figure().finditer(plain, end, code.start() if code else len(plain)):
            figures += _read(found)
        if code:
            figures.append(_code(code))
            end = code.end()
    return _join_sums(figures, plain)


def _is_code(token: str) -> bool:
    """Tell whether *token* mixes letters and figures in another way than a time ("8h30") or a unit ("5đ")."""
    if not (_DIGITS.search(token) and _WORD.search(token)):
        return False
    return not _NO_CODE.fullmatch(token)


def _code(found: re.Match[str]) -> Figure:
    return Figure(found[0], found.start(), found.end(), "code", (fold_for_comparison(found[0]),))


def _read(found: re.Match[str]) -> list[Figure]:
    text = found[0]
    if found["number"]:
        return [_read_number(found)]
    numbers = [int(digits) for digits in _DIGITS.findall(text)]
    for reads, make in _READERS:
        if any(found[group] for group in reads):
            made = make(numbers, text)
            break
    else:
        made = ("pair", (numbers[0], numbers[1]))
    if made is None:
        return [_plain(digits, found.start()) for digits in _DIGITS.finditer(text)]
    return [Figure(text, found.start(), found.end(), *made)]


def _plain(digits: re.Match[str], start: int) -> Figure:
    at = start + digits.start()
    return Figure(digits[0], at, at + len(digits[0]), "number", (Decimal(digits[0]), Decimal(digits[0])))


Made = tuple[FigureKind, tuple[object, ...]] | None


def _make_date(numbers: list[int], _: str) -> Made:
    day, month, year = (*numbers, None)[:3]
    return ("date", (day, month, year)) if 1 <= (day or 0) <= 31 and 1 <= (month or 0) <= 12 else None


def _make_iso(numbers: list[int], text: str) -> Made:
    return _make_date(numbers[::-1], text)


def _make_month(numbers: list[int], text: str) -> Made:
    made = _make_date([1, *numbers], text)
    return made and ("date", (None, *made[1][1:]))


def _make_time(numbers: list[int], text: str) -> Made:
    hour, minute = (*numbers, 0)[:2]
    if re.search("PM|CH", text, re.IGNORECASE) and hour < 12:
        hour += 12
    return ("time", (hour, minute)) if hour < 24 and minute < 60 else None


_READERS = (
    (("iso",), _make_iso),
    (("short", "long"), _make_date),
    (("month", "year_month"), _make_month),
    (("clock", "hour"), _make_time),
)


def _read_number(found: re.Match[str]) -> Figure:
    """Return a number; one that is not written as Vietnamese writes numbers ("1.5") is a code."""
    try:
        value = parse_number(found["number"])
    except ValueError:
        return Figure(found["number"], found.start(), found.end("number"), "code", (found["number"],))
    scale = sum(_SCALES[word] for word in (found["scale"] or "").lower().split())
    unit = (found["unit"] or "").lower()
    scaled = value.scaleb(scale)
    text = found[0][: found.end("scale") - found.start()] if found["scale"] else found["number"]
    return Figure(text, found.start(), found.end(), "number", (scaled, value), _UNITS.get(unit, unit))


def _join_sums(figures: list[Figure], text: str) -> list[Figure]:
    """Join what follows a whole of a larger scale: 2 tỷ and 500 triệu đồng are one sum."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and _is_sum(last, figure, text):
            total = Decimal(str(last.value[0])) + Decimal(str(figure.value[0]))
            whole = text[last.start : figure.start] + figure.text
            joined[-1] = Figure(whole, last.start, figure.end, "number", (total, total), figure.unit)
        else:
            joined.append(figure)
    return joined


def _is_sum(one: Figure, other: Figure, text: str) -> bool:
    if one.kind != "number" or other.kind != "number" or one.unit or text[one.end : other.start].strip():
        return False
    return not one.text[-1].isdigit() and Decimal(str(other.value[0])) < Decimal(str(one.value[0]))


def iter_neighbours(names: list[Name], text: str) -> Iterator[tuple[Name, str, Name]]:
    """Yield each two *names* of *text* that one word in small letters parts: Văn (phòng) Chính phủ."""
    for one, other in pairwise(names):
        between = re.fullmatch(r"[ \u00a0]([^\W\d_]+)[ \u00a0]", text[one.end : other.start])
        if between:
            yield one, between[1], other


# --- years --------------------------------------------------------------------------------------------

_NAMED_YEARS = re.compile(
    rf"\bnăm\s+(?:học\s+|công tác\s+)?({_YEAR})(?:\s*[-–—/]\s*({_YEAR}))?\b", re.IGNORECASE
)


def find_years(text: str) -> list[int]:
    """Return the years that *text* calls so: "năm 2016", both of "năm học 2015 - 2016"."""
    plain = text.replace("\u00a0", " ")
    return [int(year) for found in _NAMED_YEARS.finditer(plain) for year in found.groups() if year]
