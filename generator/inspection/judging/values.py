"""A value that was found or is permitted comes in; how a Vietnamese reader writes it goes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from generator.style import is_number

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
_OWN_WORDS = {
    "number.padding": "hai chữ số (số nhỏ hơn 10 có số 0 ở trước)",
    "place_and_date.padding": "số 0 trước ngày nhỏ hơn 10 và tháng 1, 2",
    "signature_name.titles": "chỉ họ và tên",
    "names.capitals": "viết hoa chữ cái đầu mọi âm tiết",
}
"""What rules want of which the values are no words for people."""
_SIGNS = frozenset({"ends", "last_end", "end_mark", "words", "archive", "powers"})


def format_number(number: float) -> str:
    """Write *number* with at most two places and a comma: ``12,5``."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


def format_value(name: str, value: Value) -> str:
    """Write the *value* of the property *name*: ``12,5 pt``, ``35 mm``, ``đậm``, ``giữa``."""
    key = value.upper() if name == "color" and isinstance(value, str) else value
    if isinstance(value, bool | str):
        return _WORDS.get((name, key), f"#{key}" if name == "color" else str(value))
    return _find_writer(name)(value) if is_number(value) else str(value)


def format_share(share: float) -> str:
    """Write how long a rule is beside its line of text: ``1/3 dòng chữ``, ``0,8 dòng chữ``."""
    fraction = Fraction(share).limit_denominator(3)
    is_plain = abs(float(fraction) - share) < 0.001
    return f"{fraction if is_plain else format_number(share)} dòng chữ"


def format_permitted(rule: Rule) -> str:
    """Write what *rule* permits: ``13–14 pt``, ``10 mm hoặc 12,7 mm``, ``đậm``; what is used where all is."""
    if rule.id in _OWN_WORDS:
        return _OWN_WORDS[rule.id]
    if rule.matches:
        return f"“{rule.use}”"
    if rule.permitted:
        return format_choice(_format_one(rule, value) for value in rule.permitted)
    if rule.low_lines is not None or rule.high_lines is not None:
        return _format_lines(rule)
    return _format_range(rule)


def format_sizes(sizes: Iterable[float]) -> str:
    """Write sizes that go together: ``13 – 14 – 14 pt``."""
    return f"{' – '.join(format_number(size) for size in sizes)} pt"


def format_choice(values: Iterable[str]) -> str:
    """Join what may be chosen from, each once: ``13 pt hoặc 14 pt``."""
    return _OR.join(dict.fromkeys(values))


def _format_one(rule: Rule, value: Value) -> str:
    name = rule.id.partition(".")[2]
    if isinstance(value, dict):
        return format_sizes(value.values())
    return f"“{value}”" if name in _SIGNS else format_value(name, value)


def _format_lines(rule: Rule) -> str:
    """Write limits of which one is given in single lines: ``từ 1 dòng (16,1 pt) đến 1,5 dòng (24,15 pt)``."""
    name = rule.id.partition(".")[2]
    ends = (("từ", rule.low_lines, rule.low), ("đến", rule.high_lines, rule.high))
    said = []
    for word, lines, points in ends:
        if lines is not None and points is not None:
            said.append(f"{word} {format_number(lines)} dòng ({format_value(name, points)})")
        elif points is not None:
            said.append(f"{word} {format_value(name, points)}")
    return " ".join(said)


def _format_range(rule: Rule) -> str:
    """Write limits in one unit: ``13–14 pt``, ``từ 6 pt``."""
    name = rule.id.partition(".")[2]
    if rule.low is None or rule.high is None:
        word, end = ("đến", rule.high) if rule.low is None else ("từ", rule.low)
        return format_value(name, rule.use) if end is None else f"{word} {format_value(name, end)}"
    ends = [format_value(name, end) for end in (rule.low, rule.high)]
    unit = ends[1].partition(" ")[2]
    return f"{ends[0].removesuffix(unit).rstrip()}–{ends[1]}" if ends[0] != ends[1] else ends[0]


def _find_writer(name: str) -> Callable[[float], str]:
    if name.endswith("_pt"):
        return lambda value: f"{format_number(value)} pt"
    if name.endswith("_mm"):
        return lambda value: f"{format_number(value)} mm"
    return format_share if name.endswith("_share") else format_number
