"""Read a block's house profile; put its own choice among the permitted values into a regulation's style.

A profile (templates/style/house/*.yaml) may choose another value where the regulation leaves a choice, and
where it says nothing. What the regulation does not permit is refused when the profile is loaded, for each
regulation of which the profile speaks; and so is what would break the letterhead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import yaml

from generator.errors import TemplateError
from generator.fast_yaml import load_data
from generator.layout import split_width
from generator.style import (
    CHECKED_ONLY,
    SIZE_PAIR,
    StyleChoice,
    TextAlign,
    Value,
    change_uses,
    is_number,
    load_styles,
    remake_style,
)
from generator.typeface import text_width_mm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.style import Rule, Style

FOLDER = "house"
"""Where the profiles are, beside the style files."""

LARGEST = 842
"""No length is longer than the paper, in the smaller of the units in which lengths are given: points."""


@dataclass(frozen=True, slots=True)
class House:
    """A house profile: which values a block prints, among those that are permitted."""

    id: str
    name: str
    """Its name for people."""
    values: Mapping[str, Value]
    """The values for every regulation, by the ids of their rules."""
    regime_values: Mapping[str, Mapping[str, Value]]
    """The values for one style alone, by its id; they go before the others."""

    def values_for(self, style: Style) -> dict[str, Value]:
        """Return what the profile chooses in *style*; outside regulations only what it says of that style."""
        common = self.values if style.form == "administrative" else {}
        return {**common, **self.regime_values.get(style.id, {})}


def list_houses(folder: Path) -> list[str]:
    """Return the names of the profiles that belong to the style files in *folder*."""
    return sorted(file.stem for file in (folder / FOLDER).glob("*.yaml"))


def load_house(folder: Path, name: str) -> House:
    """Read the profile *name* of the style files in *folder*, and hold it against each of them.

    Raises `TemplateError` when there is none of that name, when it is no YAML, lacks or does not know a key,
    and when it cannot be applied (`apply_house`) to a style of which it speaks.
    """
    if name not in list_houses(folder):
        raise TemplateError("house-unknown", house=name, known=", ".join(list_houses(folder)) or "–")
    file = folder / FOLDER / f"{name}.yaml"
    try:
        house = _make_house(load_data(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TemplateError("style-unreadable", file=file, reason=error) from error
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateError("house-wrong", house=name, reason=error) from error
    if house.id != name:
        raise TemplateError("house-wrong", house=name, reason=f"id: {house.id}")
    styles = {style.id: style for style in load_styles(folder)}
    unknown = sorted(house.regime_values.keys() - styles.keys())
    if unknown:
        raise TemplateError("house-wrong", house=name, reason=f"for: {', '.join(unknown)}")
    for style in styles.values():
        apply_house(style, house)
    return house


def choose_house(choice: StyleChoice, folder: Path, name: str | None) -> StyleChoice:
    """Return *choice* with its style as the profile *name* has it; as it is where there is no name.

    *folder* holds the style files. Raises what `load_house` raises.
    """
    if not name:
        return choice
    return replace(choice, style=apply_house(choice.style, load_house(folder, name)))


def apply_house(style: Style, house: House) -> Style:
    """Return *style* with the values that *house* chooses.

    Raises `TemplateError` for a property that does not exist or that only the inspector reads, a value of
    another kind, a value that the clause does not permit, sizes that do not go together, lines that overlap,
    and a letterhead in which Quốc hiệu or the line below it does not stand in one line.
    """
    values = house.values_for(style)
    if not values:
        return style
    for identity, value in values.items():
        _refuse_unsuitable(style, house, identity, value)
    rules = change_uses(style, values)
    _refuse_unlawful(rules, style, house)
    try:
        made = remake_style(style, rules, house.id)
    except ValueError as error:
        raise TemplateError("house-wrong", house=house.id, reason=f"{style.id}: {error}") from error
    _refuse_broken_lines(made, house)
    return made


# --- what a profile says ------------------------------------------------------------------------------


def _make_house(data: Any) -> House:
    if not isinstance(data, dict):
        raise TypeError(type(data).__name__)
    unknown = data.keys() - {"id", "name", "values", "for"}
    if unknown:
        raise ValueError(", ".join(sorted(map(str, unknown))))
    regimes = data.get("for", {})
    if not isinstance(regimes, dict) or not (regimes or "values" in data):
        raise TypeError("values, for")
    return House(
        id=str(data["id"]),
        name=str(data["name"]),
        values=_read_values(data.get("values", {})),
        regime_values=MappingProxyType({str(one): _read_values(of) for one, of in regimes.items()}),
    )


def _read_values(said: Any) -> Mapping[str, Value]:
    if not isinstance(said, dict):
        raise TypeError(str(said))
    for identity, value in said.items():
        if not isinstance(value, str | bool | int | float):
            raise TypeError(f"{identity}: {value}")
    return MappingProxyType({str(identity): value for identity, value in said.items()})


# --- what is refused ----------------------------------------------------------------------------------


def _refuse_unsuitable(style: Style, house: House, identity: str, value: Value) -> None:
    """Refuse a value for what is no property of the look, and a value that no writer could print."""
    rule = style.rule(identity)
    if rule is None or identity in CHECKED_ONLY:
        raise TemplateError("house-property-unknown", house=house.id, rule=identity, style=style.id)
    if not is_number(rule.use):
        if type(value) is not type(rule.use) or value not in _choices(rule):
            raise _refused(house, style, rule, value)
    elif not is_number(value) or not _least(identity) <= value <= LARGEST:
        raise _refused(house, style, rule, value)
    elif identity.endswith(".size_pt") and value * 2 % 1:
        raise TemplateError("house-size-uneven", house=house.id, rule=identity, value=_describe(value))


def _choices(rule: Rule) -> tuple[Value, ...]:
    """Return what a property that is no number may be; the font is the one in which all is measured."""
    if rule.permitted:
        return rule.permitted
    if isinstance(rule.use, bool):
        return (True, False)
    return get_args(TextAlign) if rule.id.endswith(".align") else (rule.use,)


def _least(identity: str) -> float:
    """Return the least number that a property may be: white space may be none, all else is something."""
    return 0 if identity.partition(".")[2].startswith(("space_", "indent_", "gap_", "padding_")) else 0.1


def _refuse_unlawful(rules: Mapping[str, Rule], style: Style, house: House) -> None:
    for rule in rules.values():
        if rule.permits(rule.use):
            continue
        if rule.id == "sizes.pairs":
            raise TemplateError(
                "house-sizes-apart",
                house=house.id,
                style=style.id,
                found=_describe_sizes(rule.use),
                permitted="; ".join(_describe_sizes(pair) for pair in rule.permitted),
            )
        raise _refused(house, style, rule, rule.use)


def _refused(house: House, style: Style, rule: Rule, value: Value) -> TemplateError:
    return TemplateError(
        "house-value-refused",
        house=house.id,
        style=style.id,
        rule=rule.id,
        value=_describe(value),
        permitted=_describe_limits(rule),
    )


def _describe_limits(rule: Rule) -> str:
    if not is_number(rule.use):
        return ", ".join(map(_describe, _choices(rule)))
    if rule.permitted:
        return ", ".join(map(_describe, rule.permitted))
    low = _least(rule.id) if rule.low is None else rule.low
    return f"{low:g} – {LARGEST if rule.high is None else rule.high:g}"


def _describe(value: Value) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:g}"
        case _:
            return str(value)


def _describe_sizes(pair: Value) -> str:
    return "/".join(_describe(pair[name]) for name in SIZE_PAIR) if isinstance(pair, dict) else str(pair)


def _refuse_broken_lines(style: Style, house: House) -> None:
    """Refuse a letterhead whose right side is too narrow for the words that stand there in one line.

    Press and certificates have no letterhead.
    """
    if style.form != "administrative":
        return
    head = style.letterhead
    _, width_mm = split_width((head.left_share, head.right_share), style.page.text_width_mm)
    for component in ("nation", "motto"):
        words = style.rule(f"{component}.words")
        look = style.texts[component]
        if words is None:
            continue
        needed_mm = text_width_mm(str(words.use), look.size_pt, "bold" if look.bold else "regular")
        if needed_mm > width_mm:
            raise TemplateError(
                "house-letterhead-narrow",
                house=house.id,
                style=style.id,
                words=words.use,
                needed=f"{needed_mm:.1f}",
                width=f"{width_mm:.1f}",
            )
