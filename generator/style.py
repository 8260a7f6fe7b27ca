"""Read a regulation's style file; give each component of a document its look, and each look its clause.

A style file (templates/style/*.yaml) says of every property which values the clause permits and which one
we print. A value outside what is permitted is refused when the file is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import yaml

from generator.errors import TemplateError
from generator.tree import Figure, Para

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.tree import Document

Value = str | float | bool

TextAlign = Literal["left", "center", "right", "justify"]

Form = Literal["administrative", "press"]
"""A family of documents: administrative papers follow a regulation, the press does not."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One property of one component: what is permitted, what we print, and where it is written."""

    id: str
    """``component.property``, such as ``nation.size_pt``."""
    label: str
    """The component's name in Vietnamese."""
    clause: str
    """The clause of the regulation; empty where it says nothing and the value is our own choice."""
    verified: bool
    """Whether the value was held against the regulation's text."""
    use: Value
    permitted: tuple[Value, ...] = ()
    """The permitted values, one by one; empty when a range or anything is permitted."""
    low: float | None = None
    high: float | None = None

    def permits(self, value: Value) -> bool:
        """Tell whether the clause lets a document have *value* here."""
        if self.permitted:
            return value in self.permitted
        if self.low is not None and self.high is not None:
            return isinstance(value, int | float) and self.low <= value <= self.high
        return True


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of a component that is a line or a paragraph."""

    size_pt: float
    line_pitch_pt: float
    """Exact distance from one line to the next."""
    align: TextAlign
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    """Whether its words are printed in capitals; the template writes them so (see `content`)."""
    indent_first_mm: float = 0.0
    space_after_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins, in millimetres."""

    width_mm: float
    height_mm: float
    margin_top_mm: float
    margin_bottom_mm: float
    margin_left_mm: float
    margin_right_mm: float

    @property
    def text_width_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - self.margin_left_mm - self.margin_right_mm

    @property
    def text_height_pt(self) -> float:
        """Height between the margins, in points."""
        return (self.height_mm - self.margin_top_mm - self.margin_bottom_mm) * 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the page number stands; it is never on the first page."""

    place: Literal["header", "footer"]
    align: Literal["left", "center", "right"]
    size_pt: float
    line_pitch_pt: float
    distance_mm: float
    """From the edge of the paper to the number's line."""


@dataclass(frozen=True, slots=True)
class LetterheadStyle:
    """The two sides of the letterhead and its rules."""

    left_share: float
    right_share: float
    rule_thickness_pt: float
    rule_gap_pt: float
    """Between a line and the rule below it."""
    motto_rule_share: float
    """Length of the rule under the motto, as a part of the motto's own line."""
    issuer_rule_share: float
    gap_after_pt: float


@dataclass(frozen=True, slots=True)
class TitleStyle:
    """The rule below the title."""

    rule_share: float
    rule_thickness_pt: float
    rule_gap_pt: float
    gap_after_pt: float


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Rules and padding of a table."""

    rule_thickness_pt: float
    padding_x_mm: float
    padding_y_pt: float
    gap_after_pt: float


@dataclass(frozen=True, slots=True)
class GridStyle:
    """Room in a signature grid."""

    gap_before_pt: float
    room_mm: float
    """Height for signature and seal."""
    gap_after_pt: float
    gutter_mm: float
    """Between the words of two places side by side, at least."""
    most_lines: int
    """How many lines the name of a unit may take, before fewer columns are chosen."""


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """Room for photographs."""

    most_width_mm: float
    most_height_mm: float
    frame_width_mm: float
    """Of the frame in place of an absent picture."""
    frame_height_mm: float
    frame_thickness_pt: float
    gap_before_caption_pt: float


TEXT_COMPONENTS = (
    "nation",
    "motto",
    "parent_body",
    "issuing_body",
    "number",
    "place_and_date",
    "title_kind",
    "title_subject",
    "legal_basis",
    "body",
    "heading_roman",
    "heading_arabic",
    "note",
    "table_header",
    "table_cell",
    "signature_caption",
    "signature_unit",
    "signature_office",
    "signature_post",
    "signature_note",
    "signature_name",
    "recipients_label",
    "recipients_item",
)
"""What every document may have."""

PRESS_COMPONENTS = ("headline", "stamp", "lead", "byline", "placeholder", "caption")
"""What a bulletin may have besides."""


@dataclass(frozen=True, slots=True)
class Style:
    """A whole style file."""

    id: str
    name: str
    """The regulation's name, such as ``Thông tư 01/2011/TT-BNV``."""
    form: Form
    first_day: date
    """First day in force; for the press, which no regulation rules, the first day that there is."""
    last_day: date | None
    """Last day in force; None while it is in force."""
    font_family: str
    page: Page
    page_number: PageNumber
    letterhead: LetterheadStyle
    title: TitleStyle
    table: TableStyle
    grid: GridStyle
    figure: FigureStyle | None
    """None where there are no figures: in administrative papers."""
    texts: Mapping[str, TextStyle]
    """The look of each of `TEXT_COMPONENTS`, for the press of `PRESS_COMPONENTS` too."""
    rules: tuple[Rule, ...]

    def is_in_force(self, day: date) -> bool:
        """Tell whether the regulation applies to a document of *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """Which style was chosen, and for what reason."""

    style: Style
    by: Literal["date", "year", "form"]
    """By the document's date, by the conference's year where that is unknown, or as its form's only one."""
    value: str
    """That date or year; empty where neither was asked."""


def load_style(file: Path) -> Style:
    """Read the style file *file*, and the one beside it on which it is based.

    Raises `TemplateError` when a file is no YAML, lacks or does not know a property, or prints a value
    that its own clause does not permit.
    """
    data = _read_components(file)
    try:
        return _make_style(data)
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateError("style-wrong", file=file, reason=error) from error


def _read_components(file: Path) -> dict[str, Any]:
    """Return what *file* says, each component that it leaves out taken from the file that it is based on."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TemplateError("style-unreadable", file=file, reason=error) from error
    if not isinstance(data, dict) or "based_on" not in data:
        return data if isinstance(data, dict) else {}
    base = str(data.pop("based_on"))
    known = sorted(other.stem for other in file.parent.glob("*.yaml") if other != file)
    if base not in known:
        raise TemplateError("style-wrong", file=file, reason=f"based_on: {base}")
    return _read_components(file.parent / f"{base}.yaml") | data


def load_styles(folder: Path) -> list[Style]:
    """Read every style file in *folder*, in the order of their names."""
    return [load_style(file) for file in sorted(folder.glob("*.yaml"))]


def choose_style(
    styles: Iterable[Style], day: date | None, year: tuple[str, int], form: Form = "administrative"
) -> StyleChoice:
    """Choose the style of *form* that was in force on a document's day.

    *year* is the conference's year, as written and as its last calendar year: where *day* is unknown, the
    last day of that year decides. For the press there is no regulation, and its one style is taken. Raises
    `TemplateError` when no style was in force.
    """
    written, last_year = year
    wanted = day or date(last_year, 12, 31)
    for style in styles:
        if style.form == form == "press":
            return StyleChoice(style, "form", "")
        if style.form == form and style.is_in_force(wanted):
            value = f"{wanted:%d/%m/%Y}" if day else written
            return StyleChoice(style, "date" if day else "year", value)
    raise TemplateError("style-none-in-force", day=f"{wanted:%d/%m/%Y}")


def refuse_unstyled(document: Document, style: Style) -> None:
    """Make sure that *style* has a look for all that *document* holds; raises `TemplateError`."""
    for block in document.blocks:
        if isinstance(block, Para) and block.role not in style.texts:
            raise TemplateError("role-without-style", role=block.role, style=style.id)
        if isinstance(block, Figure) and style.figure is None:
            raise TemplateError("role-without-style", role="figure", style=style.id)


def _make_style(data: dict[str, Any]) -> Style:
    identity, name = str(data.pop("id")), str(data.pop("name"))
    form = _take_form(data)
    force = data.pop("in_force")
    rules = {rule.id: rule for component in data for rule in _iter_rules(component, data[component])}
    reader = _Reader(rules)
    is_press = form == "press"
    components = (*TEXT_COMPONENTS, *PRESS_COMPONENTS) if is_press else TEXT_COMPONENTS
    style = Style(
        id=identity,
        name=name,
        form=form,
        first_day=force["from"],
        last_day=force.get("until"),
        font_family=str(reader.take("font", "family")),
        page=Page(**reader.take_all("page", Page.__slots__)),
        page_number=_make_page_number(reader),
        letterhead=LetterheadStyle(**reader.take_all("letterhead", LetterheadStyle.__slots__)),
        title=TitleStyle(**reader.take_all("title", TitleStyle.__slots__)),
        table=TableStyle(**reader.take_all("table", TableStyle.__slots__)),
        grid=GridStyle(**reader.take_all("signature_grid", GridStyle.__slots__)),
        figure=FigureStyle(**reader.take_all("figure", FigureStyle.__slots__)) if is_press else None,
        texts={component: _make_text_style(reader, component) for component in components},
        rules=tuple(rules.values()),
    )
    reader.refuse_rest()
    return style


def _take_form(data: dict[str, Any]) -> Form:
    match data.pop("form", "administrative"):
        case "administrative":
            return "administrative"
        case "press":
            return "press"
        case other:
            raise ValueError(f"form: {other}")


def _make_page_number(reader: _Reader) -> PageNumber:
    if reader.take("page_number", "on_first_page"):
        raise ValueError("page_number.on_first_page: true")
    for look in ("bold", "italic"):
        if reader.take("page_number", look):
            raise ValueError(f"page_number.{look}: true")
    return PageNumber(**reader.take_all("page_number", PageNumber.__slots__))


def _make_text_style(reader: _Reader, component: str) -> TextStyle:
    wanted = [name for name in TextStyle.__slots__ if reader.has(component, name)]
    return TextStyle(**reader.take_all(component, wanted))


def _iter_rules(component: str, body: dict[str, Any]) -> Iterable[Rule]:
    common = {"label": body["label"], "clause": body["clause"], "verified": body["verified"]}
    for name, value in body.items():
        if name in common:
            continue
        identity = f"{component}.{name}"
        if isinstance(value, dict):
            yield _make_regulated(identity, value, common)
        else:
            yield Rule(id=identity, use=value, **common)


def _make_regulated(identity: str, value: dict[str, Any], common: dict[str, Any]) -> Rule:
    unknown = set(value) - {"use", "from", "to", "one_of"}
    if unknown:
        raise ValueError(f"{identity}: {', '.join(sorted(unknown))}")
    rule = Rule(
        id=identity,
        use=value["use"],
        permitted=tuple(value.get("one_of", ())),
        low=value.get("from"),
        high=value.get("to"),
        **common,
    )
    if not rule.permits(rule.use):
        raise ValueError(f"{identity}: {rule.use}")
    return rule


class _Reader:
    """Hands out the values of a style file and remembers which were asked for."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._rest = set(rules)

    def has(self, component: str, name: str) -> bool:
        return f"{component}.{name}" in self._rules

    def take(self, component: str, name: str) -> Value:
        identity = f"{component}.{name}"
        self._rest.discard(identity)
        return self._rules[identity].use

    def take_all(self, component: str, names: Sequence[str]) -> dict[str, Any]:
        return {name: self.take(component, name) for name in names}

    def refuse_rest(self) -> None:
        if self._rest:
            raise ValueError(", ".join(sorted(self._rest)))
