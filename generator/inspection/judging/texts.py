"""The components of a file come in; how their words and signs keep the rules of wording goes out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from generator.inspection.judging.forms import DASHED, POWER, fold, has_letters, words_of
from generator.inspection.judging.looks import Reading, read_sizes
from generator.inspection.judging.values import NOTHING, format_choice, format_sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.inspection.found import Paragraph
    from generator.inspection.judging.looks import Case
    from generator.style import Rule, Value

_NUMBER = re.compile(r"\D*?(\d+)\s*/")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm", re.IGNORECASE)
_LAST_WORDS = re.compile(r"\.\s*(\(?\w[\w.]*\)?)?\s*(\(\w+\))?\.?$")
"""A full stop, after which the code of who drafted the document and the number of copies may stand."""
_PLACEHOLDERS = frozenset({"ho va ten", "ho, ten", "ho ten", "ho va ten nguoi ky"})
_SHOWN = 60


def judge_text(rule: Rule, case: Case, known_names: Sequence[str]) -> Iterator[Reading] | None:
    """Read everything that the text rule *rule* speaks of; None where *rule* is no text rule."""
    if rule.id == "names.capitals":
        return _read_names(case, known_names)
    reader = TEXTS.get(rule.id)
    return None if reader is None else reader(rule, case)


def _strings(values: Sequence[Value]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"


def _end_of(words: str) -> str:
    """Return the last word of *words* with its signs, which shows how they end."""
    return words.rpartition(" ")[2]


def _first_line(paragraph: Paragraph) -> str:
    """Return the words of the first line: below it stand the number of a copy and the like."""
    first = unicodedata.normalize("NFC", paragraph.text).strip().partition("\n")[0]
    return " ".join(first.replace("_", ".").split())


# --- letterhead ---------------------------------------------------------------------------------------------


def _read_nation(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read the Quốc hiệu as one, on however many lines; whether it is in capitals is another rule."""
    paragraphs = case.parts.get("nation")
    words = " ".join(words_of(paragraph) for paragraph in paragraphs)
    if paragraphs:
        keeps = _plain(words).upper() in _strings(rule.permitted)
        yield Reading(keeps, words, paragraphs[0])


def _read_words(rule: Rule, case: Case) -> Iterator[Reading]:
    for paragraph in case.parts.get(rule.id.partition(".")[0]):
        words = words_of(paragraph)
        yield Reading(_plain(words) in _strings(rule.permitted), words, paragraph)


def _plain(words: str) -> str:
    """Return *words* with the one hyphen of the keyboard: PDF files have others that look the same."""
    return re.sub("[\u2010\u2011\u00ad\u0002]", "-", words)


def _read_pairs(rule: Rule, case: Case) -> Iterator[Reading]:
    """Hold the sizes of the letterhead against the pairs; a size that no pair has breaks its own rule."""
    pairs = [pair for pair in rule.permitted if isinstance(pair, dict)]
    names = [name for name in (pairs[0] if pairs else ()) if case.parts.get(name)]
    if len(names) < 2:
        return
    paragraphs = [case.parts.get(name)[0] for name in names]
    sizes = [read_sizes(paragraph) for paragraph in paragraphs]
    if not all(sizes):
        yield Reading(None, paragraph=paragraphs[0], why="format")
        return
    found = {name: read[-1] for name, read in zip(names, sizes, strict=True) if read}
    tolerance = case.tolerance(0.25, 0.3)
    if any(all(abs(found[name] - pair[name]) > tolerance for pair in pairs) for name in names):
        yield Reading(None, paragraph=paragraphs[0], why="other-rule")
        return
    off = [[name for name in names if abs(found[name] - pair[name]) > tolerance] for pair in pairs]
    fewest = min(off, key=len)
    spot = paragraphs[names.index(fewest[0])] if fewest else paragraphs[0]
    wanted = format_choice(format_sizes(pair[name] for name in names) for pair in pairs)
    yield Reading(not fewest, format_sizes(found.values()), spot, wanted)


def _read_form(rule: Rule, case: Case) -> Iterator[Reading]:
    for paragraph in case.parts.get(rule.id.partition(".")[0]):
        words = _plain(_first_line(paragraph))
        yield Reading(re.fullmatch(rule.matches, words) is not None, words, paragraph)


def _read_number_padding(_: Rule, case: Case) -> Iterator[Reading]:
    for paragraph in case.parts.get("number"):
        if match := _NUMBER.match(_first_line(paragraph)):
            figures = match[1]
            wanted = f"{int(figures):02d}"
            yield Reading(figures == wanted, figures, paragraph, wanted)


def _read_date_padding(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read the figures of day and month: a zero guards the days below 10 and the first two months."""
    for paragraph in case.parts.get("place_and_date"):
        match = _DAY.search(_first_line(paragraph))
        if match is None or not isinstance(rule.use, dict):
            continue
        day, month = int(match[1]), int(match[2])
        day_width = 2 if day < rule.use["day_below"] else 1
        month_width = 2 if month in rule.use["months"] else 1
        wanted = f"ngày {day:0{day_width}d} tháng {month:0{month_width}d}"
        found = f"ngày {match[1]} tháng {match[2]}"
        yield Reading(found == wanted, found, paragraph, wanted)


# --- text ---------------------------------------------------------------------------------------------------


def _read_basis_ends(rule: Rule, case: Case) -> Iterator[Reading]:
    bases = case.parts.get("legal_basis")
    for paragraph in bases[-1:] if rule.id.endswith(".last_end") else bases[:-1]:
        yield _read_end(rule, paragraph)


def _read_end(rule: Rule, paragraph: Paragraph) -> Reading:
    words = words_of(paragraph)
    keeps = words.endswith(tuple(_strings(rule.permitted)))
    return Reading(keeps, _end_of(words), paragraph)


def _read_end_mark(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read the sign after the last word; a document that nobody signs has no end of which it speaks."""
    if not case.parts.is_signed_by_someone:
        return
    if case.parts.closing is None:
        yield Reading(None, why="table-last")
    else:
        yield _read_end(rule, case.parts.closing)


# --- signatures ---------------------------------------------------------------------------------------------


def _read_powers(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read the abbreviation before a post; “Q.” before a lone post is a part of the post.

    Source: Nghị định 30/2020, Phụ lục I, Phần I, Mục II, khoản 7; Thông tư 01/2011, Điều 12.
    """
    powers = _strings(rule.permitted)
    posts = [*case.parts.get("signature_post"), *case.parts.get("signature_unit")]
    for paragraph in posts:
        words = words_of(paragraph)
        match = POWER.match(words)
        if match is None:
            continue
        power = re.sub(r"[ ./]", "", match[1]) + "."
        found = match[0].strip()
        if power == "Q." and power not in powers and not _has_post_below(paragraph, posts):
            yield Reading(keeps=True, found=found, paragraph=paragraph)
        elif match[1] != "Q" or match[2]:
            yield Reading(found in powers and bool(match[3]), found, paragraph, _quoted_powers(power, powers))


def _quoted_powers(power: str, powers: Sequence[str]) -> str:
    return f"“{power} ”" if power in powers else ", ".join(powers)


def _has_post_below(paragraph: Paragraph, posts: Sequence[Paragraph]) -> bool:
    return any(post.index == paragraph.index + 1 for post in posts)


def _read_titles(rule: Rule, case: Case) -> Iterator[Reading]:
    for paragraph in case.parts.get("signature_name"):
        title = _find_title(words_of(paragraph), _strings(rule.forbidden))
        yield Reading(not title, title, paragraph)


def _find_title(name: str, titles: Sequence[str]) -> str:
    """Return the title before *name*, as it is written there; empty where there is none."""
    for title in sorted(titles, key=len, reverse=True):
        bare = title.rstrip(".")
        if re.match(rf"{re.escape(bare)}(?![\w])", name, re.IGNORECASE):
            return name[: len(bare)]
    return ""


def _without_titles(name: str, titles: Sequence[str]) -> str:
    """Return *name* without the titles before it, whose words have capitals of their own."""
    while title := _find_title(name, titles):
        name = name[len(title) :].lstrip(" .,")
    return name


# --- recipients ---------------------------------------------------------------------------------------------


def _iter_items(case: Case) -> Iterator[list[Paragraph]]:
    """Yield the recipients one by one, each with the lines on which it goes on."""
    item: list[Paragraph] = []
    for paragraph in case.parts.get("recipients_item"):
        if DASHED.match(paragraph.text) and item:
            yield item
            item = []
        item.append(paragraph)
    if item:
        yield item


def _read_item_ends(rule: Rule, case: Case) -> Iterator[Reading]:
    for item in list(_iter_items(case))[:-1]:
        yield _read_end(rule, item[-1])


def _read_last_item_end(rule: Rule, case: Case) -> Iterator[Reading]:
    for item in list(_iter_items(case))[-1:]:
        words = words_of(item[-1])
        keeps = words.endswith(tuple(_strings(rule.permitted))) or bool(_LAST_WORDS.search(words))
        yield Reading(keeps, _end_of(words), item[-1])


def _read_archive(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read how the last line begins: it says where the document is kept."""
    for item in list(_iter_items(case))[-1:]:
        words = words_of(item[0]).lstrip("-–—+•* ")
        keeps = words.startswith(tuple(_strings(rule.permitted)))
        yield Reading(keeps, _shown(words) or NOTHING, item[0])


# --- names --------------------------------------------------------------------------------------------------


def _read_names(case: Case, known_names: Sequence[str]) -> Iterator[Reading]:
    """Read the capitals of names: of those who sign, and wherever they stand of those that the facts know."""
    signing = [p for p in case.parts.get("signature_name") if has_letters(p)]
    titles_rule = case.style.rule("signature_name.titles")
    for paragraph in signing:
        name = _without_titles(words_of(paragraph), _strings(titles_rule.forbidden if titles_rule else ()))
        if fold(name) not in _PLACEHOLDERS:
            yield Reading(_has_capitals(name), name, paragraph, _with_capitals(name))
    patterns = [_name_pattern(name) for name in known_names if len(name.split()) > 1]
    signed = {paragraph.index for paragraph in signing}
    for paragraph in case.found.paragraphs if patterns else ():
        if paragraph.index not in signed:
            yield from _read_known_names(paragraph, patterns)


def _read_known_names(paragraph: Paragraph, patterns: Sequence[re.Pattern[str]]) -> Iterator[Reading]:
    words = words_of(paragraph)
    for pattern in patterns:
        for match in pattern.finditer(words):
            yield Reading(_has_capitals(match[0]), match[0], paragraph, _with_capitals(match[0]))


def _name_pattern(name: str) -> re.Pattern[str]:
    syllables = unicodedata.normalize("NFC", name).split()
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, syllables)) + r"(?!\w)", re.IGNORECASE)


def _has_capitals(name: str) -> bool:
    return all(not syllable[0].isalpha() or syllable[0].isupper() for syllable in name.split())


def _with_capitals(name: str) -> str:
    return " ".join(syllable[0].upper() + syllable[1:] for syllable in name.split())


TEXTS: dict[str, Callable[[Rule, Case], Iterator[Reading]]] = {
    "nation.words": _read_nation,
    "motto.words": _read_words,
    "sizes.pairs": _read_pairs,
    "number.form": _read_form,
    "number.padding": _read_number_padding,
    "place_and_date.form": _read_form,
    "place_and_date.padding": _read_date_padding,
    "legal_basis.ends": _read_basis_ends,
    "legal_basis.last_end": _read_basis_ends,
    "body.end_mark": _read_end_mark,
    "signature_post.powers": _read_powers,
    "signature_name.titles": _read_titles,
    "recipients_label.words": _read_words,
    "recipients_item.ends": _read_item_ends,
    "recipients_item.last_end": _read_last_item_end,
    "recipients_item.archive": _read_archive,
}
"""How each rule of wording is read; ``names.capitals`` needs the names that the facts know, too."""
