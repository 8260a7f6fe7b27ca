"""A Word file comes in with what the inspector says of it; a copy goes out in which the look keeps the rules.

What is safe is mended: paper, margins, fonts, sizes, bold and italic, alignment, indents, spacing, page
numbers. No word of the body is ever changed, nor anything under tracked changes or in a text box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.inspection.mending.package import iter_body_paragraphs, open_package
from generator.inspection.mending.repair_numbers import mend_page_numbers
from generator.inspection.mending.repair_pages import Outcome, mend_page
from generator.inspection.mending.repair_text import (
    StyleSheet,
    find_obstacle,
    mend_color,
    mend_component,
    mend_fonts,
    mend_shared_fonts,
    read_style_sheet,
)
from generator.inspection.readback.docx import text_of
from generator.inspection.verdict import Spot, State, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from generator.inspection.mending.package import Package
    from generator.style import Style, Value

BLACK = "000000"
FONT_RULE = "font.family"

WORD_RULES = frozenset(
    "words padding form ends last_end end_mark powers titles archive capitals".split()  # noqa: SIM905
)
"""Properties that are kept, or not, by words: they are for a person to mend."""

PAIRED_SIZES = ("nation", "motto", "place_and_date")
"""Components whose sizes move together (``sizes.pairs``)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that the file keeps now."""

    rule: str
    spot: Spot
    before: str
    """What the verdict had found; empty where a size only followed another one."""
    after: Value
    """What the style file prints, as it stands there: ``14``, ``True``, ``justify``."""


@dataclass(frozen=True, slots=True)
class Left:
    """A rule that the file still does not keep, or text that stands beside what was mended."""

    rule: str
    spot: Spot
    why: str
    """The end of the message's key ``repair-left-…``."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended file, and what is to be said of it."""

    content: bytes
    done: tuple[Change, ...]
    left: tuple[Left, ...]


def repair_docx(content: bytes, verdicts: Sequence[Verdict], style: Style) -> Repaired:
    """Mend what of *verdicts* fails and can be mended safely, with the values of *style*.

    Each failing verdict gives a `Change`, or one `Left` or more, or both. A file that keeps the rules comes
    back byte for byte, and so does a mended one. Raises `InspectionError` as `open_package` does.
    """
    package = open_package(content)
    root = package.root(package.main)
    words = text_of(root)
    paragraphs = tuple(iter_body_paragraphs(root))
    work = _Work(package, style, verdicts, paragraphs, read_style_sheet(package))
    done: list[Change] = []
    left: list[Left] = []
    mended: set[str] = set()
    for verdict, outcome in work.mend():
        is_kept = not outcome.left and not mended.isdisjoint(_kin_of(verdict.rule))
        if outcome.changed or is_kept:
            mended.add(verdict.rule)
            done.append(Change(verdict.rule, verdict.spot, verdict.found, work.value_of(verdict.rule)))
        reasons = outcome.left or (() if outcome.changed or is_kept else ("already",))
        left.extend(Left(verdict.rule, verdict.spot, why) for why in reasons)
    done.extend(work.follow_sizes(done))
    saved = package.save()
    _check_words(words, saved)
    return Repaired(saved, tuple(done), tuple(left))


def _check_words(words: str, saved: bytes) -> None:
    """Raise the defect that must never be: words of the body were changed."""
    package = open_package(saved)
    if text_of(package.root(package.main)) != words:
        raise RuntimeError("repair_docx changed words")


@dataclass(frozen=True, slots=True)
class _Work:
    """What is mended, and by what."""

    package: Package
    style: Style
    verdicts: Sequence[Verdict]
    paragraphs: tuple[etree._Element, ...]
    sheet: StyleSheet

    def mend(self) -> Iterator[tuple[Verdict, Outcome]]:
        """Mend what fails; yield each failing verdict with what became of it."""
        failing = [verdict for verdict in self.verdicts if verdict.state is State.FAIL]
        known = self._mend_whole(failing)
        for verdict in failing:
            key = verdict.rule, None if verdict.rule.startswith("page") else verdict.spot.paragraph
            if key not in known:
                known[key] = self._mend_verdict(verdict)
            yield verdict, known[key]

    def value_of(self, rule: str) -> Value:
        """Return the value to which *rule* was mended."""
        if rule == "sizes.pairs":
            return "/".join(f"{self.style.texts[name].size_pt:g}" for name in PAIRED_SIZES)
        if rule == "font.color":
            return BLACK
        return next(known.use for known in self.style.rules if known.id == rule)

    def follow_sizes(self, done: Iterable[Change]) -> Iterator[Change]:
        """Give the letterhead's other lines the sizes that go with a mended one; yield what changed."""
        sizes = {f"{name}.size_pt" for name in PAIRED_SIZES}
        if not any(change.rule in sizes for change in done):
            return
        for component, index in self._find_pairs():
            outcome = mend_component(
                self.sheet, self.paragraphs[index], "size_pt", self.style.texts[component]
            )
            if outcome.changed:
                size_pt = self.style.texts[component].size_pt
                yield Change(f"{component}.size_pt", Spot(paragraph=index), "", size_pt)

    def _mend_whole(self, failing: Iterable[Verdict]) -> dict[tuple[str, int | None], Outcome]:
        """Mend what is mended once for the file; return what became of it, by rule and paragraph."""
        rules = [verdict.rule for verdict in failing]
        known: dict[tuple[str, int | None], Outcome] = {}
        names = {rule.partition(".")[2] for rule in rules if rule.startswith("page_number.")}
        if names:
            found = mend_page_numbers(self.package, self.style, names)
            known = {(f"page_number.{name}", None): outcome for name, outcome in found.items()}
        if FONT_RULE in rules:
            shared = mend_shared_fonts(self.package, self.style.font_family)
            for verdict in failing:
                if verdict.rule == FONT_RULE:
                    known[FONT_RULE, verdict.spot.paragraph] = self._mend_font(verdict.spot, shared)
        return known

    def _mend_font(self, spot: Spot, shared: Outcome) -> Outcome:
        """Mend the font at *spot*, or of the whole file; styles and defaults are mended as *shared* says."""
        paragraph = self._find(spot)
        if shared.left:
            return shared
        if paragraph is None and spot.paragraph is not None:
            return _leave("not-found")
        chosen = None if paragraph is None else [paragraph]
        outcome = mend_fonts(self.package, self.style.font_family, chosen)
        return Outcome(outcome.changed or shared.changed, outcome.left)

    def _mend_verdict(self, verdict: Verdict) -> Outcome:
        component, _, name = verdict.rule.partition(".")
        if component == "page":
            return self._mend_page(verdict.rule, name)
        if name in WORD_RULES:
            return _leave("words")
        if component in ("letterhead", "title"):
            return _leave("rules-drawn")
        if component == "sizes":
            return self._mend_pairs()
        if component == "font":
            return self._mend_letters(name, verdict.spot)
        return self._mend_text(component, name, verdict.spot)

    def _mend_page(self, rule: str, name: str) -> Outcome:
        if name == "orientation":
            return _leave("landscape")
        known = next((one for one in self.style.rules if one.id == rule), None)
        if known is None:
            return _leave("unknown-rule")
        document = self.package.root(self.package.main)
        return mend_page(document, known, self.style.page, self.style.page_number.distance_mm)

    def _mend_letters(self, name: str, spot: Spot) -> Outcome:
        if name != "color":
            return _leave("unknown-rule")
        paragraph = self._find(spot)
        return _leave("not-found") if paragraph is None else mend_color(paragraph, BLACK)

    def _mend_text(self, component: str, name: str, spot: Spot) -> Outcome:
        look = self.style.texts.get(component)
        if look is None or not any(rule.id == f"{component}.{name}" for rule in self.style.rules):
            return _leave("unknown-rule")
        paragraph = self._find(spot)
        return _leave("not-found") if paragraph is None else mend_component(self.sheet, paragraph, name, look)

    def _mend_pairs(self) -> Outcome:
        """Give the letterhead's three lines their sizes together, or none of them."""
        pairs = list(self._find_pairs())
        if {component for component, _ in pairs} != set(PAIRED_SIZES):
            return _leave("not-found")
        reasons = [why for _, index in pairs if (why := find_obstacle(self.paragraphs[index]))]
        if reasons:
            return _leave(reasons[0])
        changes = [
            mend_component(self.sheet, self.paragraphs[index], "size_pt", self.style.texts[component]).changed
            for component, index in pairs
        ]
        return Outcome(any(changes))

    def _find_pairs(self) -> Iterator[tuple[str, int]]:
        """Yield the letterhead's lines whose sizes move together, as the verdicts have recognised them."""
        known = [(verdict.rule.partition(".")[0], verdict.spot.paragraph) for verdict in self.verdicts]
        for component, index in dict.fromkeys(known):
            if component in PAIRED_SIZES and index is not None and index < len(self.paragraphs):
                yield component, index

    def _find(self, spot: Spot) -> etree._Element | None:
        index = spot.paragraph
        is_known = index is not None and 0 <= index < len(self.paragraphs)
        return self.paragraphs[index] if is_known and index is not None else None


def _leave(why: str) -> Outcome:
    return Outcome(changed=False, left=(why,))


def _kin_of(rule: str) -> frozenset[str]:
    """Return the rules by whose mending the file keeps *rule*, too."""
    sizes = frozenset(f"{name}.size_pt" for name in PAIRED_SIZES)
    if rule == "sizes.pairs":
        return sizes
    if rule in sizes:
        return frozenset({"sizes.pairs"})
    return frozenset({rule}) & {FONT_RULE}
