"""A paragraph comes in; how it looks, one property at a time, goes out, beside what a rule permits of it.

A new property of the packs is one line of `LOOKS`. What the file does not say is unknown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from generator.inspection.judging.forms import has_letters, is_capitals, words_of
from generator.inspection.judging.values import format_number, format_value
from generator.style import SINGLE, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.inspection.found import Found, Look, Paragraph, Piece, Spacing
    from generator.inspection.judging.recognise import Parts
    from generator.style import Rule, Style

SHORT_LINE = 60
"""Letters that surely fit in one line, of which a PDF file cannot tell whether it is justified."""
_BLANK = re.compile(r"[.…_]{3,}|…")
_MIXED_LOOKS = frozenset({"body"})
"""Components in which some words may be bold or in italics."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: a file, its components, the pack."""

    found: Found
    parts: Parts
    style: Style

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF, in which lengths are measured and not read."""
        return self.found.kind == "pdf"

    def knows_right_margin(self, page: int | None) -> bool:
        """Tell whether it is known where lines of *page* end: without, even lines look like ragged ones."""
        sheets = self.found.sheets
        is_known = page is not None and page <= len(sheets)
        return page is None or (is_known and sheets[page - 1].margin_right_mm is not None)

    def tolerance(self, word: float, pdf: float) -> float:
        """Return how far a length may be off: *word* as Word files say it, *pdf* as it is measured."""
        return pdf if self.is_pdf else word


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one rule at one place."""

    keeps: bool | None
    """Whether the rule is kept there; None where it cannot be told."""
    found: str = ""
    paragraph: Paragraph | None = None
    wanted: str = ""
    """What the rule wants at this very place; empty: what it permits."""
    page: int | None = None
    """Of what is no paragraph."""
    why: str = ""
    """Of an unknown: the reason, a key of the catalogue's ``inspect-reason-…``."""


LookReader = Callable[["Rule", "Paragraph", Case], Reading | None]
"""Returns None where the paragraph has nothing that the rule speaks of: dots have no look."""


def read_look(rule: Rule, paragraph: Paragraph, case: Case) -> Reading | None:
    """Hold the look of *paragraph* against *rule*; return None where there is nothing to hold against it."""
    return LOOKS[rule.id.partition(".")[2]](rule, paragraph, case)


def is_near(rule: Rule, value: float, tolerance: float) -> bool:
    """Tell whether *rule* permits *value*, but for *tolerance*."""
    if rule.permitted:
        return any(is_number(one) and abs(value - one) <= tolerance for one in rule.permitted)
    is_high_enough = rule.low is None or value >= rule.low - tolerance
    return is_high_enough and (rule.high is None or value <= rule.high + tolerance)


def iter_written(paragraph: Paragraph) -> Iterator[Piece]:
    """Yield the pieces of *paragraph* that have letters or figures; blanks of dots have none."""
    for piece in paragraph.pieces:
        if any(letter.isalnum() for letter in piece.text):
            yield piece


def read_sizes(paragraph: Paragraph) -> list[float] | None:
    """Return the sizes of the letters of *paragraph*, sorted; None where one is unknown."""
    sizes = {piece.look.size_pt for piece in iter_written(paragraph)}
    known = [size for size in sizes if size is not None]
    return sorted(known) if len(known) == len(sizes) else None


def _unknown(paragraph: Paragraph, why: str = "format") -> Reading:
    return Reading(None, paragraph=paragraph, why=why)


def _read_size(rule: Rule, paragraph: Paragraph, case: Case) -> Reading | None:
    sizes = read_sizes(paragraph)
    if sizes is None:
        return _unknown(paragraph)
    if not sizes:
        return None
    tolerance = case.tolerance(0.25, 0.3)
    is_one = sizes[-1] - sizes[0] <= 2 * tolerance
    keeps = is_one and all(is_near(rule, size, tolerance) for size in sizes)
    return Reading(keeps, ", ".join(format_value("size_pt", size) for size in sizes), paragraph)


def _read_face(name: str, pick: Callable[[Look], bool | None]) -> LookReader:
    """Return the reader of bold or italic letters."""

    def read(rule: Rule, paragraph: Paragraph, _: Case) -> Reading | None:
        faces = {pick(piece.look) for piece in iter_written(paragraph)}
        if None in faces:
            return _unknown(paragraph)
        if not faces:
            return None
        if len(faces) == 1:
            face = faces.pop()
            return Reading(face in rule.permitted, format_value(name, bool(face)), paragraph)
        yes, no = (format_value(name, face) for face in (True, False))
        may_mix = rule.id.partition(".")[0] in _MIXED_LOOKS
        return Reading(may_mix, f"có chữ {yes}, có chữ {no}", paragraph)

    return read


def _read_capitals(rule: Rule, paragraph: Paragraph, _: Case) -> Reading | None:
    words = words_of(paragraph)
    if not has_letters(paragraph):
        return None
    capitals = is_capitals(words)
    return Reading(capitals in rule.permitted, format_value("capitals", capitals), paragraph)


def _read_align(rule: Rule, paragraph: Paragraph, case: Case) -> Reading:
    align = paragraph.align
    if align is None:
        return _unknown(paragraph)
    keeps = align in rule.permitted
    if not keeps and case.is_pdf and "justify" in rule.permitted and align == "left":
        if len(words_of(paragraph)) < SHORT_LINE:
            return _unknown(paragraph, "one-line")
        if not case.knows_right_margin(paragraph.page):
            return _unknown(paragraph)
    return Reading(keeps, format_value("align", align), paragraph)


def _read_indent(rule: Rule, paragraph: Paragraph, case: Case) -> Reading:
    """Read where the first line begins: what hangs to the left of a list's indent counts."""
    if paragraph.indent_first_mm is None:
        return _unknown(paragraph)
    if paragraph.text[:1] in ("\t", " ", "\u00a0"):
        return _unknown(paragraph, "spaces")
    if case.is_pdf and _may_go_on(paragraph, case):
        return _unknown(paragraph)
    indent = paragraph.indent_first_mm + (paragraph.indent_left_mm or 0)
    keeps = is_near(rule, indent, case.tolerance(0.25, 1.0))
    return Reading(keeps, format_value("indent_first_mm", indent), paragraph)


def _may_go_on(paragraph: Paragraph, case: Case) -> bool:
    """Tell whether a line of a PDF file may go on with the one above, which was ended on purpose.

    A theme or a verse stands on lines of its own within its paragraph, and a PDF file does not say so.
    """
    above = next((one for one in case.found.paragraphs if one.index == paragraph.index - 1), None)
    is_open = above is not None and words_of(above)[-1:].isalnum()
    return is_open or paragraph.text.lstrip()[:1] in ("“", "«")


def _read_gap(rule: Rule, paragraph: Paragraph, case: Case) -> Reading | None:
    """Read the gap to the next paragraph of the same component: what is below this one and above that one."""
    same = case.parts.get(rule.id.partition(".")[0])
    following = next((other for other in same if other.index == paragraph.index + 1), None)
    if following is None:
        return None
    gaps = (paragraph.space_after_pt, following.space_before_pt)
    known = [gap for gap in gaps if gap is not None]
    if not known or (len(known) < 2 and not case.is_pdf):
        return _unknown(paragraph)
    gap = sum(known)
    keeps = rule.low is None or gap >= rule.low - case.tolerance(0.1, 1.0)
    return Reading(keeps, format_value("space_after_pt", gap), paragraph)


def _read_pitch(rule: Rule, paragraph: Paragraph, case: Case) -> Reading:
    """Read the pitch of lines; single lines of the paragraph's own letters are always enough."""
    sizes, spacing = read_sizes(paragraph), paragraph.spacing
    if not sizes or spacing is None:
        return _unknown(paragraph)
    size_rule = case.style.rule(f"{rule.id.partition('.')[0]}.size_pt")
    most_pt = size_rule.high if size_rule and size_rule.high else sizes[-1]
    single_pt = SINGLE * min(sizes[-1], most_pt)  # letters that are too large break the rule of sizes only
    tolerance = case.tolerance(0.1, 0.6)
    limits = rule.at_size(min(sizes[-1], most_pt))
    own = replace(limits, low=None if limits.low is None else min(limits.low, single_pt))
    pitch, shown = _measure(spacing, single_pt)
    return Reading(is_near(own, pitch, tolerance), shown, paragraph)


def _measure(spacing: Spacing, single_pt: float) -> tuple[float, str]:
    """Return the pitch of lines in points, and how it is written."""
    points = format_value("line_pitch_pt", spacing.value)
    match spacing.rule:
        case "multiple":
            return spacing.value * single_pt, f"{format_number(spacing.value)} dòng"
        case "at_least":
            return max(spacing.value, single_pt), f"ít nhất {points}"
        case "exact":
            return spacing.value, points
        case _:
            assert_never(spacing.rule)


LOOKS: dict[str, LookReader] = {
    "size_pt": _read_size,
    "bold": _read_face("bold", lambda look: look.bold),
    "italic": _read_face("italic", lambda look: look.italic),
    "capitals": _read_capitals,
    "align": _read_align,
    "indent_first_mm": _read_indent,
    "space_after_pt": _read_gap,
    "line_pitch_pt": _read_pitch,
}
"""How each property that the packs may regulate is read of a paragraph."""
