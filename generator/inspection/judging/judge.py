"""An inspected file, its components and a pack come in; a verdict on each rule goes out.

Only what the regulation regulates is judged: a value of our own choice is never wrong in another's file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.inspection.found import Paragraph, Piece
from generator.inspection.judging.extent import is_surely_long
from generator.inspection.judging.forms import words_of
from generator.inspection.judging.looks import (
    LOOKS,
    Case,
    Reading,
    is_near,
    iter_written,
    read_look,
    read_sizes,
)
from generator.inspection.judging.texts import judge_text
from generator.inspection.judging.values import NOTHING, format_permitted, format_value
from generator.inspection.verdict import Spot, State, Verdict
from generator.style import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.inspection.found import Found, Line, PageNumber, Sheet
    from generator.inspection.judging.recognise import Parts
    from generator.style import Rule, Style

FIRST_WORDS = 8
METRIC_TWINS = {"timesnewroman": ("liberationserif", "tinos", "nimbusroman", "nimbusromno9l")}
"""Fonts with the widths of another, which a PDF file may hold in its place (docs/decisions/0003)."""
_FACES = ("psmt", "ps", "mt")


def judge(found: Found, parts: Parts, style: Style, known_names: Sequence[str] = ()) -> tuple[Verdict, ...]:
    """Hold *found* against each rule of *style*: a PASS once, a FAIL at each place that breaks it.

    *known_names* are persons of whom the facts tell; their capitals are looked at wherever they stand.
    """
    case = Case(found, parts, style)
    regulated = (rule for rule in style.rules if rule.is_regulated)
    return tuple(verdict for rule in regulated for verdict in _judge_rule(rule, case, known_names))


def sentence_key(verdict: Verdict) -> str:
    """Return the key of the catalogue's sentence for *verdict*; see `sentence_values`."""
    match verdict.state:
        case State.PASS:
            return "inspect-pass"
        case State.NOT_APPLICABLE:
            return "inspect-not-applicable"
        case State.NOT_EVALUATED:
            return "inspect-not-evaluated"
        case State.FAIL:
            component, _, name = verdict.rule.partition(".")
            own = f"inspect-{component}-{name}"
            return own if own in OWN_SENTENCES else f"inspect-{name}"


def sentence_values(verdict: Verdict) -> dict[str, object]:
    """Return what the sentence of *verdict* names: label, what was found, what is wanted."""
    return {
        "found": NOTHING,
        **verdict.values,
        **({"found": verdict.found} if verdict.found else {}),
        "wanted": verdict.wanted,
    }


OWN_SENTENCES = frozenset(
    {
        "inspect-number-form",
        "inspect-number-padding",
        "inspect-place_and_date-form",
        "inspect-place_and_date-padding",
        "inspect-page_number-place",
        "inspect-page_number-on_first_page",
        "inspect-font-family",
        "inspect-font-color",
        "inspect-legal_basis-ends",
        "inspect-legal_basis-last_end",
        "inspect-recipients_item-ends",
        "inspect-recipients_item-last_end",
        "inspect-recipients_item-archive",
        "inspect-names-capitals",
    }
)
"""Sentences of one rule alone; the others are of a property, whatever component it is of."""


# --- from readings to verdicts ------------------------------------------------------------------------------


def _judge_rule(rule: Rule, case: Case, known_names: Sequence[str]) -> list[Verdict]:
    readings = list(_read(rule, case, known_names))
    failed = _one_for_each_place(reading for reading in readings if reading.keeps is False)
    if failed:
        return [_make_verdict(rule, State.FAIL, reading) for reading in failed]
    if any(reading.keeps for reading in readings):
        return [_make_verdict(rule, State.PASS)]
    if readings:
        return [_make_verdict(rule, State.NOT_EVALUATED, Reading(None, why=readings[0].why))]
    return [_make_verdict(rule, State.NOT_APPLICABLE, Reading(None, why="absent"))]


def _one_for_each_place(readings: Iterable[Reading]) -> list[Reading]:
    """Return one reading for each paragraph; of what is no paragraph, those that say the same are one."""
    places: dict[object, Reading] = {}
    for reading in readings:
        place = reading.paragraph.index if reading.paragraph else f"{reading.found}"
        places.setdefault(place, reading)
    return list(places.values())


def _make_verdict(rule: Rule, state: State, reading: Reading | None = None) -> Verdict:
    values: dict[str, object] = {"label": rule.label}
    if reading is not None and reading.why:
        values["reason"] = f"inspect-reason-{reading.why}"
    is_fail = state is State.FAIL and reading is not None
    return Verdict(
        rule=rule.id,
        clause=rule.clause,
        state=state,
        severity=rule.severity,
        spot=_make_spot(reading) if reading is not None and is_fail else Spot(),
        found=reading.found if reading is not None and is_fail else "",
        wanted=(reading.wanted if reading is not None else "") or format_permitted(rule),
        values=values,
    )


def _make_spot(reading: Reading) -> Spot:
    paragraph = reading.paragraph
    if paragraph is None:
        return Spot(page=reading.page)
    words = words_of(paragraph).split(" ")
    more = "…" if len(words) > FIRST_WORDS else ""
    return Spot(paragraph.page, paragraph.index, " ".join(words[:FIRST_WORDS]) + more)


def _read(rule: Rule, case: Case, known_names: Sequence[str]) -> Iterable[Reading]:
    """Read all that *rule* speaks of: of the pages, of a component's look, of its words."""
    component, _, name = rule.id.partition(".")
    if component in _FILE_READERS:
        return _FILE_READERS[component](rule, case)
    texts = judge_text(rule, case, known_names)
    if texts is not None:
        return texts
    if name in LOOKS:
        looks = (read_look(rule, paragraph, case) for paragraph in case.parts.get(component))
        return (reading for reading in looks if reading is not None)
    return (Reading(None, why="unknown-rule"),)


# --- pages --------------------------------------------------------------------------------------------------


def _read_pages(rule: Rule, case: Case) -> Iterator[Reading]:
    name = rule.id.partition(".")[2]
    for number, sheet in enumerate(case.found.sheets, start=1):
        page = number if case.is_pdf else None
        yield (
            _read_orientation(case, sheet, page) if name == "orientation" else _read_length(rule, sheet, page)
        )


def _read_orientation(case: Case, sheet: Sheet, page: int | None) -> Reading:
    """Read which way the paper stands; it may lie where the body has tables."""
    shown = format_value("orientation", "landscape" if sheet.is_landscape else "portrait")
    has_tables = any(paragraph.in_ruled_table for paragraph in case.found.paragraphs)
    if sheet.is_landscape and has_tables:
        return Reading(None, why="tables")
    return Reading(not sheet.is_landscape, shown, page=page)


def _read_length(rule: Rule, sheet: Sheet, page: int | None) -> Reading:
    """Read a length of the sheet; paper that lies is measured as if it stood, its margins are not judged."""
    name = rule.id.partition(".")[2]
    is_margin = name.startswith("margin")
    if sheet.is_landscape and is_margin:
        return Reading(None, why="tables")
    turned = {"width_mm": "height_mm", "height_mm": "width_mm"}
    value = getattr(sheet, turned.get(name, name) if sheet.is_landscape else name, None)
    if value is None:
        return Reading(None, why="format")
    tolerance = 0.2 if not is_margin else 1.0 if sheet.is_estimate else 0.2
    tolerance = max(tolerance, 0.5) if page is not None else tolerance
    keeps = is_near(rule, value, tolerance)
    if not keeps and is_margin and sheet.is_estimate and rule.low is not None and value > rule.low:
        return Reading(None, why="measured")
    return Reading(keeps, format_value(name, value), page=page)


def _read_page_numbers(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read each place of a page number; several pages without one break the first rule."""
    if not case.parts.is_official:
        return
    if not case.found.page_numbers:
        yield from _read_no_numbers(rule, case)
    for number in case.found.page_numbers:
        yield _read_page_number(rule, case, number)


def _read_no_numbers(rule: Rule, case: Case) -> Iterator[Reading]:
    if rule.id != "page_number.place" or case.found.page_count == 1 or not _has_page_to_number(case):
        return
    is_long = is_surely_long(case.found)
    yield Reading(keeps=False, found=NOTHING) if is_long else Reading(None, why="pages")


def _has_page_to_number(case: Case) -> bool:
    """Tell whether some page has to show its number: the first one has not, nor the first one of an annex."""
    heads = {paragraph.page for paragraph in case.parts.get("annex_label")}
    pages = {paragraph.page for paragraph in case.found.paragraphs}
    return None in pages or bool(pages - heads - {min(pages, key=lambda page: page or 0)})


def _read_page_number(rule: Rule, case: Case, number: PageNumber) -> Reading:
    name = rule.id.partition(".")[2]
    value = getattr(number, name) if hasattr(number, name) else getattr(number.look, name, None)
    if value is None:
        return Reading(None, why="format")
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Reading(is_near(rule, value, case.tolerance(0.25, 0.3)), format_value(name, value))
    return Reading(value in rule.permitted, format_value(name, value))


# --- fonts --------------------------------------------------------------------------------------------------


def _read_fonts(rule: Rule, case: Case) -> Iterator[Reading]:
    for paragraph in case.found.paragraphs:
        if any(iter_written(paragraph)):
            is_color = rule.id == "font.color"
            yield _read_color(rule, paragraph) if is_color else _read_family(rule, paragraph, case)
    for number in case.found.page_numbers if case.parts.is_official else ():
        shown = Paragraph(-1, (Piece("1", number.look),), None, number.align)
        read = _read_color(rule, shown) if rule.id == "font.color" else _read_family(rule, shown, case)
        yield replace(read, paragraph=None)


def _read_family(rule: Rule, paragraph: Paragraph, case: Case) -> Reading:
    """Read the fonts of the letters; a PDF file may hold a metric twin of the one that is permitted."""
    families = {piece.look.family for piece in iter_written(paragraph)}
    permitted = {_fold_family(str(family)) for family in rule.permitted}
    if case.is_pdf:
        permitted |= {twin for family in tuple(permitted) for twin in METRIC_TWINS.get(family, ())}
    wrong = sorted(family for family in families if family and _fold_family(family) not in permitted)
    if wrong:
        return Reading(keeps=False, found=", ".join(wrong), paragraph=paragraph)
    return Reading(None if None in families else True, paragraph=paragraph, why="format")


def _fold_family(family: str) -> str:
    """Return the name of a font as its spellings share it: ``TimesNewRomanPSMT`` is Times New Roman."""
    name = "".join(letter for letter in family.casefold() if letter.isalnum())
    return next((name.removesuffix(face) for face in _FACES if name.endswith(face)), name)


def _read_color(rule: Rule, paragraph: Paragraph) -> Reading:
    colors = {piece.look.color for piece in iter_written(paragraph)}
    wrong = sorted(color for color in colors if color and color.upper() not in rule.permitted)
    if wrong:
        shown = ", ".join(format_value("color", color) for color in wrong)
        return Reading(keeps=False, found=shown, paragraph=paragraph)
    return Reading(None if None in colors else True, paragraph=paragraph, why="format")


# --- rules below lines --------------------------------------------------------------------------------------

WHOLE_RULE_TOLERANCE, PART_RULE_TOLERANCE = 0.08, 0.04
"""How far a rule may be off, in parts of the text above it: fonts and kerning differ by so much."""

_ABOVE_RULE = {
    "letterhead.motto_rule_share": "motto",
    "letterhead.issuer_rule_share": "issuing_body",
    "title.rule_share": "title_subject",
}


def _read_rules(rule: Rule, case: Case) -> Iterator[Reading]:
    """Read how long the rule below a line is beside it (Nghị định 30/2020, Phụ lục I, Phần I, Mục II)."""
    component = _ABOVE_RULE.get(rule.id)
    above = case.parts.get(component) if component else ()
    if not above:
        return
    paragraph, line = above[-1], _find_line(above[-1], case.found.paragraphs)
    if _shares_its_line(paragraph, case.found.paragraphs):
        if paragraph.side_rules and paragraph.side is not None:
            line = dict(paragraph.side_rules).get(paragraph.side)
        elif line is not None:
            yield Reading(None, paragraph=paragraph, why="shared-line")
            return
    if line is None:
        yield _read_underline(rule, paragraph)
    elif line.text_length_mm is None or line.text_length_mm <= 0:
        yield Reading(None, paragraph=paragraph, why="format")
    else:
        yield _compare_share(rule, line.length_mm / line.text_length_mm, paragraph, case)


def _compare_share(rule: Rule, share: float, paragraph: Paragraph, case: Case) -> Reading:
    """Hold the length of a rule against *rule*; other letters or pages would change it by themselves."""
    tolerance = WHOLE_RULE_TOLERANCE if rule.permitted else PART_RULE_TOLERANCE
    keeps = is_near(rule, share, tolerance)
    size_rule = case.style.rule(f"{_ABOVE_RULE[rule.id]}.size_pt")
    size = read_look(size_rule, paragraph, case) if size_rule is not None else None
    if not keeps and size is not None and size.keeps is False:
        right_share = share * _enlargement(paragraph, size_rule)
        if is_near(rule, right_share, tolerance):
            return Reading(None, paragraph=paragraph, why="other-rule")
    if not keeps and case.found.sheets[0].is_landscape:
        return Reading(None, paragraph=paragraph, why="landscape")
    return Reading(keeps, format_value(rule.id, share), paragraph)


def _enlargement(paragraph: Paragraph, size_rule: Rule | None) -> float:
    """Return how much larger the letters of *paragraph* are than in our own papers."""
    sizes = read_sizes(paragraph)
    right = size_rule.use if size_rule is not None else None
    return sizes[-1] / right if sizes and is_number(right) and right else 1.0


def _shares_its_line(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether tabs put *paragraph* beside another component, so that a rule may be below either."""
    whole = next((other for other in paragraphs if other.index == paragraph.index), paragraph)
    return "\t" in whole.text.strip() and words_of(whole) != words_of(paragraph)


def _read_underline(rule: Rule, paragraph: Paragraph) -> Reading:
    """Read the underlining of the words as a rule of their length."""
    looks = [piece.look.underline for piece in iter_written(paragraph)]
    if looks and all(looks):
        return Reading(is_near(rule, 1.0, WHOLE_RULE_TOLERANCE), format_value(rule.id, 1.0), paragraph)
    return Reading(keeps=False, found=NOTHING, paragraph=paragraph)


def _find_line(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> Line | None:
    """Return the rule below *paragraph*: its own, or that of the empty paragraphs below it."""
    own = next((other for other in paragraphs if other.index == paragraph.index), paragraph)
    if own.rule_below is not None:
        return own.rule_below
    for other in paragraphs:
        if other.index <= paragraph.index:
            continue
        if other.text.strip() or other.side != own.side:
            return None
        if other.rule_below is not None:
            return other.rule_below
    return None


_FILE_READERS: dict[str, Callable[[Rule, Case], Iterator[Reading]]] = {
    "page": _read_pages,
    "page_number": _read_page_numbers,
    "font": _read_fonts,
    "letterhead": _read_rules,
    "title": _read_rules,
}
"""What is read of the file and not of a component's paragraphs."""
