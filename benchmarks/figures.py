"""Series of figures come in; medians with their spread go out, ratios pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some figures, the least and the greatest of them."""

    median: float
    least: float
    most: float


def spread(figures: Sequence[float]) -> Spread:
    """Return the spread of *figures*, of which there must be one at least."""
    return Spread(median(figures), min(figures), max(figures))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Return the spread of ours / theirs, each pair having been measured side by side."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def slope(points: Sequence[tuple[int, float]], first: int, last: int) -> float:
    """Return what one row more costs between *first* and *last* rows, both of which are in *points*."""
    costs = dict(points)
    return (costs[last] - costs[first]) / (last - first)
