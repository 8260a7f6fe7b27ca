"""A value that was found or is permitted comes in; how a Vietnamese reader writes it goes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.style import Rule, Value

NOTHING = "không có"
_OR = " hoặc "
_WORDS: dict[tuple[str, object], str] = {
    ("bold", True): "đậm",
    ("bold", False): "không đậm",
    ("italic", True): "nghiêng",
    ("italic", False): "đứng",
    ("capitals", True): "in hoa",
    ("capitals", False): "in thường",
    ("align", "left"): "trái",
    ("align", "right"): "phải",
    ("align", "center"): "giữa",
    ("align", "justify"): "đều hai bên",
    ("place", "header"): "đầu trang",
    ("place", "footer"): "chân trang",
    ("on_first_page", True): "có ở trang đầu",
    ("on_first_page", False): "không có ở trang đầu",
    ("orientation", "portrait"): "trang đứng",
    ("orientation", "landscape"): "trang ngang",
    ("color", "000000"): "màu đen",
}
_LEAST_ONLY = frozenset({"space_after_pt"})
"""Properties of which the regulation names the least value only; what the pack gives besides is for our own print."""
_WHOLE = 0.99


def format_number(number: float) -> str:
    """Write *number* with at most two places and a comma: ``12,5``."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


def format_value(name: str, value: Value) -> str:
    """Write the *value* of the property *name*: ``12,5 pt``, ``35 mm``, ``đậm``, ``giữa``."""
    key = value.upper() if name == "color" and isinstance(value, str) else value
    if isinstance(value, bool | str):
        return _WORDS.get((name, key), f"#{key}" if name == "color" else str(value))
    return _find_writer(name)(float(value))


def format_share(share: float) -> str:
    """Write how long a rule is beside its line of text: ``1/3``, ``0,8``; as long as the line is 1."""
    fraction = Fraction(share).limit_denominator(3)
    is_plain = abs(float(fraction) - share) < 0.001
    return str(fraction) if is_plain else format_number(share)


def format_permitted(rule: Rule) -> str:
    """Write what *rule* permits: ``13–14 pt``, ``10 mm hoặc 12,7 mm``, ``đậm``; what is used where all is."""
    name = rule.id.partition(".")[2]
    if rule.permitted:
        return format_choice(format_value(name, value) for value in rule.permitted)
    if rule.low is not None and (rule.high is None or name in _LEAST_ONLY):
        return f"từ {format_value(name, rule.low)}"
    if rule.low is not None and rule.high is not None:
        return _format_range(name, rule.low, rule.high)
    if rule.high is not None:
        return f"đến {format_value(name, rule.high)}"
    return format_value(name, rule.use)


def format_choice(values: Iterable[str]) -> str:
    """Join what may be chosen from, each once: ``13 pt hoặc 14 pt``."""
    return _OR.join(dict.fromkeys(values))


def _format_range(name: str, low: float, high: float) -> str:
    ends = [format_value(name, end) for end in (low, high)]
    unit = " " + ends[1].partition(" ")[2]
    if ends[0] == ends[1]:
        return ends[0]
    return "–".join((ends[0].removesuffix(unit), ends[1])) if unit.strip() else "–".join(ends)


def _find_writer(name: str) -> Callable[[float], str]:
    if name.endswith("_pt"):
        return lambda value: f"{format_number(value)} pt"
    if name.endswith("_mm"):
        return lambda value: f"{format_number(value)} mm"
    return format_share if name.endswith("_share") else format_number
