"""Names and figures as they stand in a drawing: broken into lines, measured, written the Vietnamese way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from generator.errors import TemplateError
from generator.model.counting import format_score
from generator.typeface import POINT_MM, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from generator.tree import Chart

T = TypeVar("T")

LINE_PITCH = 1.16
"""From one line to the next, in parts of the letters' size."""

STEP_MM = 0.5
"""By how much lines are made narrower to see whether they still are as many."""


@dataclass(frozen=True, slots=True)
class Room:
    """How large a drawing may be."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Names:
    """Names broken into lines of even length."""

    lines: Mapping[str, tuple[str, ...]]
    width_mm: float
    """Of the longest line."""
    height_mm: float
    """Of the name that takes most lines."""


def pitch_mm(size_pt: float) -> float:
    """Return the distance between two lines of letters of that size."""
    return LINE_PITCH * size_pt * POINT_MM


def set_names(names: Iterable[str], size_pt: float, width_mm: float) -> Names:
    """Return *names* in lines of at most *width_mm*; a longer word keeps its line, and is not cut."""
    lines = {name: break_evenly(name, size_pt, width_mm) for name in names}
    longest = max(text_width_mm(line, size_pt) for broken in lines.values() for line in broken)
    return Names(lines, longest, max(map(len, lines.values())) * pitch_mm(size_pt))


def break_evenly(words: str, size_pt: float, width_mm: float) -> tuple[str, ...]:
    """Break *words* into the fewest lines of at most *width_mm*, none much longer than the others."""
    best = _break(words, size_pt, width_mm)
    while len(best) > 1 and width_mm > STEP_MM:
        width_mm -= STEP_MM
        narrower = _break(words, size_pt, width_mm)
        if len(narrower) > len(best):
            break
        best = narrower
    return best


def _break(words: str, size_pt: float, width_mm: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width_mm(longer, size_pt) <= width_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def iter_middles(lines: Sequence[str], middle: float, size_pt: float) -> Iterator[tuple[str, float]]:
    """Yield *lines*, each with its own middle, so that all of them stand around *middle*."""
    pitch = pitch_mm(size_pt)
    first = middle - pitch * (len(lines) - 1) / 2
    return ((line, first + pitch * place) for place, line in enumerate(lines))


def split_evenly(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """Return *items* in the fewest parts of at most *most*, as even as can be."""
    parts = ceil(len(items) / max(1, most))
    size = ceil(len(items) / parts)
    return [items[start : start + size] for start in range(0, len(items), size)]


def format_tick(tick: float) -> str:
    """Write a round figure of an axis."""
    return format_score(Fraction(Decimal(f"{tick:.6f}")))


def read_labels(chart: Chart, wanted: Collection[str]) -> dict[str, str]:
    """Return the words of *chart*; raises `TemplateError` unless they are just those *wanted*."""
    labels = dict(chart.words)
    if set(labels) != set(wanted):
        wrong = ", ".join(sorted(set(labels) ^ set(wanted)))
        raise TemplateError("chart-labels-wrong", chart=chart.of, labels=wrong)
    return labels
