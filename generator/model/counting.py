"""By which rule scores are counted, and how figures of scores are read, rounded and written: all exact.

Nothing is rounded but where the rule says so; until then every figure is a fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from generator.vietnamese import fold_for_comparison, format_number, parse_number, trim_decimals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model.assessment import Criterion, Rounding, Scoring

NO_MARK = frozenset({"-", "–", "—", "x"})
"""What stands in the place of a point that was not given."""

MOST_DIGITS = 6
"""To how many decimals scores may be rounded."""

MOST_DECIMALS = 4
"""How many decimals of a figure are shown that has no end."""

TIE_WORDS: Mapping[str, str] = {
    "chấm chéo": "cross",
    "điểm chấm chéo": "cross",
    "tự chấm": "self_score",
    "điểm tự chấm": "self_score",
    "thưởng": "bonus",
    "điểm thưởng": "bonus",
    "trừ": "penalty",
    "điểm trừ": "penalty",
}
"""What tells equal totals apart, by the words of the facts; all else names a criterion."""


# --- the rule -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """How scores are counted; every field is the facts' or, where `assumed` names it, the usual way."""

    self_score: Literal["shown", "weighted"]
    cross_score: Literal["mean", "sum"]
    drop_self: bool
    drop_extremes: int
    skip_missing: bool
    self_weight: Fraction
    cross_weight: Fraction
    rounding: Rounding | None
    ties: tuple[str, ...]
    """``cross``, ``self_score``, ``bonus``, ``penalty``, or ``criterion:`` and its position from 0."""
    assumed: tuple[str, ...]
    """The fields of `Scoring` that the facts leave open."""

    def round(self, value: Fraction, stage: Literal["total", "each"]) -> Fraction:
        """Return *value* as the rule rounds it at *stage*: ``each`` is a part, ``total`` the total."""
        if self.rounding is None or (stage == "each" and self.rounding.stage == "total"):
            return value
        return round_fraction(value, self.rounding.digits, self.rounding.way)


def read_rule(scoring: Scoring) -> Rule:
    """Return the rule of counting that *scoring* gives.

    Raises `ValueError` for a weight that is no figure (``weight-unreadable``) or that is needed and not given
    (``weight-missing``), and for more than `MOST_DIGITS` decimals (``too-many-digits``).
    """
    weighted = scoring.self_score == "weighted"
    if weighted and not (scoring.weights.self_score and scoring.weights.cross):
        raise ValueError("weight-missing")
    if scoring.rounding and scoring.rounding.digits > MOST_DIGITS:
        raise ValueError("too-many-digits")
    open_fields = [
        name for name in ("self_score", "cross_score", "drop_self") if getattr(scoring, name) is None
    ]
    weights = scoring.weights
    return Rule(
        self_score=scoring.self_score or "shown",
        cross_score=scoring.cross_score or "mean",
        drop_self=scoring.drop_self is not False,
        drop_extremes=scoring.drop_extremes or 0,
        skip_missing=scoring.missing == "skip",
        self_weight=read_share(weights.self_score or "0") if weighted else Fraction(0),
        cross_weight=read_share(weights.cross or "1") if weighted else Fraction(1),
        rounding=scoring.rounding,
        ties=tuple(found for word in scoring.ties or [] if (found := find_tie_key(word, scoring))),
        assumed=tuple(open_fields),
    )


def read_share(text: str) -> Fraction:
    """Return the share that *text* writes as ``0,3`` or ``30%``; raises `ValueError("weight-unreadable")`."""
    figures = text.strip()
    try:
        share = Fraction(parse_number(figures.removesuffix("%").rstrip()))
    except ValueError as error:
        raise ValueError("weight-unreadable") from error
    return share / 100 if figures.endswith("%") else share


def find_tie_key(word: str, scoring: Scoring) -> str:
    """Return what *word* of `Scoring.ties` means (see `Rule.ties`), or an empty string."""
    folded = fold_for_comparison(word)
    for known, key in TIE_WORDS.items():
        if folded == fold_for_comparison(known):
            return key
    for at, criterion in enumerate(scoring.criteria or []):
        names = [criterion.name, *([criterion.number] if criterion.number else [])]
        if folded in {fold_for_comparison(name) for name in names}:
            return f"criterion:{at}"
    return ""


def round_fraction(value: Fraction, digits: int, way: Literal["half_up", "half_even", "down"]) -> Fraction:
    """Return *value* with *digits* decimals: halves away from zero, halves to even, or the rest cut off."""
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    doubled = 2 * rest
    up = doubled > scaled.denominator or (
        doubled == scaled.denominator and (way == "half_up" or (way == "half_even" and whole % 2 == 1))
    )
    units = whole + (1 if up and way != "down" else 0)
    return Fraction(-units if value < 0 else units, 10**digits)


# --- figures --------------------------------------------------------------------------------------------


def read_points(text: str | None) -> Fraction | None:
    """Return the figure of *text*; None for no text and for a point that was not given.

    Raises `ValueError("number-form")` for what is no figure, such as ``98.5``.
    """
    if text is None or text.strip().lower() in NO_MARK:
        return None
    return Fraction(parse_number(text))


def read_score(text: str | None) -> Fraction | None:
    """Return the figures with which *text* begins ("1000 điểm"); None where there are none."""
    words = (text or "").split()
    try:
        return read_points(words[0]) if words else None
    except ValueError:
        return None


def has_end(value: Fraction) -> bool:
    """Tell whether *value* can be written with decimals that end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def format_score(value: Fraction) -> str:
    """Write *value* exactly where its decimals end, else with ``≈`` and `MOST_DECIMALS` of them."""
    if has_end(value):
        return trim_decimals(format_number(_to_decimal(value)))
    rounded = round_fraction(value, MOST_DECIMALS, "half_up")
    return f"≈ {format_number(_to_decimal(rounded), MOST_DECIMALS)}"


def _to_decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def sum_points(points: Sequence[Fraction | None], criteria: Sequence[Criterion]) -> Fraction | None:
    """Return the sum of *points*, each times the weight of its criterion; None where one is missing.

    Raises `ValueError("weight-unreadable")`.
    """
    if None in points or not points:
        return None
    weights = [read_share(one.weight) if one.weight else Fraction(1) for one in criteria] or [
        Fraction(1)
    ] * len(points)
    return sum(
        (weight * point for weight, point in zip(weights, points, strict=True) if point is not None),
        Fraction(0),
    )
