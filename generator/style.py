"""Read a regulation's style file; give each component of a document its look, and each look its clause.

A style file (templates/style/*.yaml) says of every property which values the clause permits and which one
we print. A value outside what is permitted is refused when the file is loaded. What the file says besides of
words and signs (`CHECKED_ONLY`) is for the inspector: the templates write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeGuard, get_args

import yaml

from generator.errors import TemplateError
from generator.fast_yaml import load_data
from generator.tree import Certificate, Figure, Para

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.tree import Document

Value = str | float | bool | tuple[Any, ...] | dict[str, Any]
"""What a property may be: most are a word, a number or yes or no; of words and sizes there may be several."""

TextAlign = Literal["left", "center", "right", "justify"]

Form = Literal["administrative", "press", "certificate"]
"""A family of documents: administrative papers follow a regulation, press and certificates do not."""

Severity = Literal["error", "warning"]
"""How much it weighs that a file breaks a rule."""

MOST_KEPT = 32
"""How many style files stay parsed, and put together, by their texts: a file that changed is another one."""

SINGLE = 1.15
"""The pitch of single lines of Times New Roman, as a part of the letters' size (its ascent and descent)."""


BLACK = "000000"


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
    """The ends of a range of permitted numbers, none of which is negative; None where it has no such end."""
    severity: Severity = "warning"
    first_day: date = date.min
    last_day: date | None = None
    """Last day on which it applies; None while it does."""
    forbidden: tuple[Value, ...] = ()
    """The values that are not permitted, one by one, where all others are."""
    matches: str = ""
    """A regular expression for the whole of a permitted text; empty where there is none."""
    low_lines: float | None = None
    """The lower end of the range in single lines of the component's own size; then `low` follows from it."""
    high_lines: float | None = None
    """The upper end of the range in single lines of the component's own size; then `high` follows from it."""

    @property
    def is_regulated(self) -> bool:
        """Whether the regulation says which values are permitted."""
        has_range = self.low is not None or self.high is not None
        return has_range or bool(self.permitted or self.forbidden or self.matches)

    def permits(self, value: Value) -> bool:
        """Tell whether the clause lets a document have *value* here; of several values, each of them."""
        if isinstance(value, tuple) and value not in self.permitted:
            return all(self.permits(one) for one in value)
        if self.permitted:
            return value in self.permitted
        if self.forbidden:
            return value not in self.forbidden
        if self.matches:
            return isinstance(value, str) and re.fullmatch(self.matches, value) is not None
        if self.low is None and self.high is None:
            return True
        return is_number(value) and (self.low or 0) <= value and (self.high is None or value <= self.high)

    def at_size(self, size_pt: float) -> Rule:
        """Return the rule as it is for letters of *size_pt*, where its limits are given in single lines."""
        single_pt = SINGLE * size_pt
        return replace(
            self,
            low=self.low if self.low_lines is None else round(self.low_lines * single_pt, 3),
            high=self.high if self.high_lines is None else round(self.high_lines * single_pt, 3),
        )

    def is_in_force(self, day: date) -> bool:
        """Tell whether the rule applies to a document of *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether *value* is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


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
    color: str = BLACK
    """Six hexadecimal figures."""
    smaller_sizes_pt: tuple[float, ...] = ()
    """Sizes for words that find no room at the usual one, from the largest."""
    most_lines: int = 0
    """How many lines it may take before a smaller size is chosen; 0 for any number."""

    def at_size(self, size_pt: float) -> TextStyle:
        """Return the look for letters of another size, its lines closer in proportion, by half points."""
        pitch_pt = round(2 * self.line_pitch_pt * size_pt / self.size_pt) / 2
        return replace(self, size_pt=size_pt, line_pitch_pt=max(pitch_pt, size_pt))

    @property
    def sizes(self) -> tuple[TextStyle, ...]:
        """The look in each size that it may have, from the usual one down."""
        smaller = (size for size in self.smaller_sizes_pt if size < self.size_pt)
        return (self, *(self.at_size(size) for size in smaller))


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

    def turned(self) -> Page:
        """Return the paper on its side; the margins stay at their sides of the page as it is read."""
        return replace(self, width_mm=self.height_mm, height_mm=self.width_mm)

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
    dense_padding_x_mm: float
    """Of tables in smaller letters than usual."""
    padding_y_pt: float
    gap_after_pt: float
    comfortable_pt: float
    """The smallest letters that are read with ease: an annex would rather lie on its side than go below."""


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


@dataclass(frozen=True, slots=True)
class CertificateStyle:
    """The frame of a certificate, and the room between its parts."""

    frame_distance_mm: float
    """From the edge of the paper to the outer rule."""
    frame_outer_pt: float
    frame_gap_pt: float
    frame_inner_pt: float
    frame_color: str
    gap_least_pt: float
    """Below motto, award, recipient and reason; they share what is left of the page as follows."""
    motto_share: float
    award_share: float
    recipient_share: float
    reason_share: float
    room_mm: float
    """Height for signature and seal."""
    left_share: float
    """Of decision and register, beside the place to sign."""
    right_share: float


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
    "addressee",
    "annex_label",
    "annex_subject",
    "annex_reference",
)
"""What every document may have."""

SIZE_PAIR = ("nation", "motto", "place_and_date")
"""Components whose sizes move together (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục V)."""

CHECKED_ONLY = (
    "page.orientation",
    "font.color",
    "sizes.pairs",
    "nation.words",
    "motto.words",
    "number.form",
    "number.padding",
    "place_and_date.form",
    "place_and_date.padding",
    "legal_basis.ends",
    "legal_basis.last_end",
    "body.end_mark",
    "section_title.size_pt",
    "signature_post.powers",
    "signature_name.titles",
    "recipients_label.words",
    "recipients_item.ends",
    "recipients_item.last_end",
    "recipients_item.archive",
    "names.capitals",
)
"""Rules that every regulation's file has for the inspector; no writer asks for them."""

PRESS_COMPONENTS = ("headline", "stamp", "lead", "byline", "placeholder", "caption")
"""What a bulletin may have besides."""


CERTIFICATE_COMPONENTS = (
    "certificate_nation",
    "certificate_motto",
    "certificate_grantor",
    "certificate_verb",
    "certificate_award",
    "certificate_recipient",
    "certificate_about",
    "certificate_reason",
    "certificate_decision",
    "certificate_place_and_date",
    "certificate_post",
    "certificate_note",
    "certificate_name",
)
"""What a certificate has besides."""

OF_FORM: Mapping[Form, tuple[str, ...]] = {
    "administrative": (),
    "press": PRESS_COMPONENTS,
    "certificate": CERTIFICATE_COMPONENTS,
}
"""What the documents of a form have besides `TEXT_COMPONENTS`."""


@dataclass(frozen=True, slots=True)
class Style:
    """A whole style file."""

    id: str
    name: str
    """The regulation's name, such as ``Thông tư 01/2011/TT-BNV``."""
    form: Form
    first_day: date
    """First day in force; for a form that no regulation rules, the first day that there is."""
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
    """None where there are no figures: in all but the press."""
    certificate: CertificateStyle | None
    """None where there are no certificates."""
    texts: Mapping[str, TextStyle]
    """The look of each of `TEXT_COMPONENTS`, and of those of its form (`OF_FORM`)."""
    rules: tuple[Rule, ...]
    house: str = ""
    """The id of the house profile that chose among the permitted values; empty where none did."""

    @property
    def numbers_pages(self) -> bool:
        """Whether pages after the first have numbers: certificates are sheets of their own."""
        return self.form != "certificate"

    def is_in_force(self, day: date) -> bool:
        """Tell whether the regulation applies to a document of *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def rule(self, identity: str) -> Rule | None:
        """Return the rule ``component.property``; None where the file has none."""
        return next((rule for rule in self.rules if rule.id == identity), None)

    def rules_of(self, component: str) -> tuple[Rule, ...]:
        """Return the rules of *component*, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.id.partition(".")[0] == component)


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """Which style was chosen, and for what reason."""

    style: Style
    by: Literal["date", "year", "form", "asked", "newest"]
    """By the document's date, by the conference's year where that is unknown, as its form's only one, because
    somebody asked for it, or as the newest one."""
    value: str
    """That date or year; empty where neither was asked."""


def load_style(file: Path) -> Style:
    """Read the style file *file*, and the one beside it on which it is based.

    Raises `TemplateError` when a file is no YAML, lacks or does not know a property, or prints a value
    that its own clause does not permit.
    """
    texts = _read_texts(file)
    try:
        return _make_style(texts)
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateError("style-wrong", file=file, reason=error) from error


def _read_texts(file: Path) -> tuple[str, ...]:
    """Return the text of *file*, and after it that of each file on which the one before is based."""
    try:
        text = file.read_text(encoding="utf-8")
        data = _parse(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TemplateError("style-unreadable", file=file, reason=error) from error
    if "based_on" not in data:
        return (text,)
    base = str(data["based_on"])
    known = sorted(other.stem for other in file.parent.glob("*.yaml") if other != file)
    if base not in known:
        raise TemplateError("style-wrong", file=file, reason=f"based_on: {base}")
    return (text, *_read_texts(file.parent / f"{base}.yaml"))


@lru_cache(maxsize=MOST_KEPT)
def _parse(text: str) -> Mapping[str, Any]:
    data = load_data(text)
    return MappingProxyType(data if isinstance(data, dict) else {})


def _merge(texts: tuple[str, ...]) -> dict[str, Any]:
    """Return what the first of *texts* says; what it leaves out, the next one says."""
    merged: dict[str, Any] = {}
    for text in reversed(texts):
        merged |= {name: value for name, value in _parse(text).items() if name != "based_on"}
    return merged


def load_styles(folder: Path) -> list[Style]:
    """Read every style file in *folder*, in the order of their names."""
    return [load_style(file) for file in sorted(folder.glob("*.yaml"))]


def choose_style(
    styles: Iterable[Style], day: date | None, year: tuple[str, int], form: Form = "administrative"
) -> StyleChoice:
    """Choose the style of *form* that was in force on a document's day.

    *year* is the conference's year, as written and as its last calendar year: where *day* is unknown, the
    last day of that year decides. For other forms there is no regulation, and their one style is taken.
    Raises `TemplateError` when no style was in force.
    """
    written, last_year = year
    wanted = day or date(last_year, 12, 31)
    for style in styles:
        if _fits(style, form, wanted):
            return _tell_choice(style, day, written)
    raise TemplateError("style-none-in-force", day=f"{wanted:%d/%m/%Y}")


def find_style(
    folder: Path, day: date | None, year: tuple[str, int], form: Form = "administrative"
) -> StyleChoice:
    """Choose among the style files in *folder* as `choose_style` does; the others are not put together.

    Raises what `load_style` raises, for the one that is chosen and for a file that does not say what it is.
    """
    written, last_year = year
    wanted = day or date(last_year, 12, 31)
    for file in sorted(folder.glob("*.yaml")):
        head = _read_head(file)
        if _fits(head, form, wanted):
            return _tell_choice(load_style(file), day, written)
    raise TemplateError("style-none-in-force", day=f"{wanted:%d/%m/%Y}")


def _fits(one: Style | _Head, form: Form, day: date) -> bool:
    return one.form == form and (form != "administrative" or one.is_in_force(day))


def _tell_choice(style: Style, day: date | None, year: str) -> StyleChoice:
    if style.form != "administrative":
        return StyleChoice(style, "form", "")
    return StyleChoice(style, "date", f"{day:%d/%m/%Y}") if day else StyleChoice(style, "year", year)


def _read_head(file: Path) -> _Head:
    try:
        return _take_head(_merge(_read_texts(file)))
    except (KeyError, TypeError, ValueError) as error:
        raise TemplateError("style-wrong", file=file, reason=error) from error


def refuse_unstyled(document: Document, style: Style) -> None:
    """Make sure that *style* has a look for all that *document* holds; raises `TemplateError`."""
    for block in document.blocks:
        if isinstance(block, Para) and block.role not in style.texts:
            raise TemplateError("role-without-style", role=block.role, style=style.id)
        if isinstance(block, Figure) and style.figure is None:
            raise TemplateError("role-without-style", role="figure", style=style.id)
        if isinstance(block, Certificate) != (style.certificate is not None):
            raise TemplateError("role-without-style", role=type(block).__name__.lower(), style=style.id)


# --- what a file says ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """What a style file says before its components."""

    id: str
    name: str
    form: Form
    first_day: date
    last_day: date | None
    house: str = ""

    def is_in_force(self, day: date) -> bool:
        """Tell whether the regulation applies to a document of *day*."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def _take_head(data: dict[str, Any]) -> _Head:
    identity, name, form = str(data.pop("id")), str(data.pop("name")), _take_form(data)
    force = data.pop("in_force")
    return _Head(identity, name, form, *_read_days(force["from"], force.get("until")))


@lru_cache(maxsize=MOST_KEPT)
def _make_style(texts: tuple[str, ...]) -> Style:
    data = _merge(texts)
    head = _take_head(data)
    rules = {rule.id: rule for component in data for rule in _iter_rules(component, data[component], head)}
    settled = {name: _settle(rule, rules) for name, rule in rules.items()}
    for rule in settled.values():
        if not rule.permits(rule.use):
            raise ValueError(f"{rule.id}: {rule.use}")
    return _assemble(head, settled)


def _settle(rule: Rule, rules: Mapping[str, Rule]) -> Rule:
    """Return *rule* with the limits that follow from its component's own size."""
    size = rules.get(f"{rule.id.partition('.')[0]}.size_pt")
    if rule.low_lines is None and rule.high_lines is None:
        return rule
    if size is None or not is_number(size.use):
        raise ValueError(f"{rule.id}: from_lines, to_lines")
    return rule.at_size(size.use)


def change_uses(style: Style, uses: Mapping[str, Value]) -> dict[str, Rule]:
    """Return the rules of *style* by their ids, those named in *uses* with other values in use.

    Whether these are permitted is not asked: limits that follow from a size are those of the new size.
    """
    changed = {rule.id: replace(rule, use=uses[rule.id]) if rule.id in uses else rule for rule in style.rules}
    rules = {name: _settle(rule, changed) for name, rule in changed.items()}
    if "sizes.pairs" in rules:
        pair: dict[str, Any] = {name: rules[f"{name}.size_pt"].use for name in SIZE_PAIR}
        rules["sizes.pairs"] = replace(rules["sizes.pairs"], use=pair)
    return rules


def remake_style(style: Style, rules: Mapping[str, Rule], house: str) -> Style:
    """Return *style* with *rules* in the place of its own, as the profile *house* chose them.

    Raises `ValueError` when they do not go together.
    """
    head = _Head(style.id, style.name, style.form, style.first_day, style.last_day, house)
    return _assemble(head, rules)


def _assemble(head: _Head, rules: Mapping[str, Rule]) -> Style:
    reader = _Reader(rules)
    has_figures, has_certificates = head.form == "press", head.form == "certificate"
    components = (*TEXT_COMPONENTS, *OF_FORM[head.form])
    style = Style(
        id=head.id,
        name=head.name,
        form=head.form,
        first_day=head.first_day,
        last_day=head.last_day,
        font_family=str(reader.take("font", "family")),
        page=Page(**reader.take_all("page", Page.__slots__)),
        page_number=_make_page_number(reader),
        letterhead=LetterheadStyle(**reader.take_all("letterhead", LetterheadStyle.__slots__)),
        title=TitleStyle(**reader.take_all("title", TitleStyle.__slots__)),
        table=TableStyle(**reader.take_all("table", TableStyle.__slots__)),
        grid=GridStyle(**reader.take_all("signature_grid", GridStyle.__slots__)),
        figure=FigureStyle(**reader.take_all("figure", FigureStyle.__slots__)) if has_figures else None,
        certificate=(
            CertificateStyle(**reader.take_all("certificate", CertificateStyle.__slots__))
            if has_certificates
            else None
        ),
        texts={component: _make_text_style(reader, component) for component in components},
        rules=tuple(rules.values()),
        house=head.house,
    )
    for identity in CHECKED_ONLY:
        component, _, name = identity.partition(".")
        if head.form == "administrative" or reader.has(component, name):
            reader.take(component, name)
    reader.refuse_rest()
    _refuse_clashes(style)
    return style


def _refuse_clashes(style: Style) -> None:
    """Raise `ValueError` for values each of which may stand alone, and that do not go together."""
    if style.page.text_width_mm <= 0 or style.page.text_height_pt <= 0:
        raise ValueError("page.margin_left_mm, page.margin_top_mm")
    for name, look in style.texts.items():
        if look.line_pitch_pt < look.size_pt:
            raise ValueError(f"{name}.line_pitch_pt: {look.line_pitch_pt} < {name}.size_pt: {look.size_pt}")
    pairs = style.rule("sizes.pairs")
    sizes = {name: style.texts[name].size_pt for name in SIZE_PAIR}
    if pairs is not None and (pairs.use != sizes or not pairs.permits(sizes)):
        raise ValueError(f"sizes.pairs: {sizes}")


def _take_form(data: dict[str, Any]) -> Form:
    wanted = data.pop("form", "administrative")
    for form in OF_FORM:
        if form == wanted:
            return form
    raise ValueError(f"form: {wanted}")


def _make_page_number(reader: _Reader) -> PageNumber:
    if reader.take("page_number", "on_first_page"):
        raise ValueError("page_number.on_first_page: true")
    for look in ("bold", "italic"):
        if reader.take("page_number", look):
            raise ValueError(f"page_number.{look}: true")
    return PageNumber(**reader.take_all("page_number", PageNumber.__slots__))


def _make_text_style(reader: _Reader, component: str) -> TextStyle:
    wanted = [name for name in TextStyle.__slots__ if reader.has(component, name)]
    look = TextStyle(**reader.take_all(component, wanted))
    if look.align not in get_args(TextAlign):
        raise ValueError(f"{component}.align: {look.align}")
    return look


_OF_COMPONENT = frozenset({"label", "clause", "verified", "severity", "from_day", "until_day"})
"""What a component says of all its properties."""

_ENDS = {"from": "low", "from_lines": "low_lines", "to": "high", "to_lines": "high_lines"}
"""The ends of a range, and the fields of `Rule` that hold them."""

_LISTS = {"one_of": "permitted", "none_of": "forbidden"}

_OF_PROPERTY = {*_ENDS, *_LISTS, "matches", "use", "clause", "verified", "severity"}
"""What a property may say that is written as a mapping."""


def _iter_rules(component: str, body: dict[str, Any], head: _Head) -> Iterable[Rule]:
    first_day, last_day = _read_days(
        body.get("from_day", head.first_day), body.get("until_day", head.last_day)
    )
    if first_day < head.first_day or (head.last_day and (not last_day or last_day > head.last_day)):
        raise ValueError(f"{component}: from_day, until_day")
    common = {"clause": body["clause"], "verified": body["verified"], "severity": body.get("severity")}
    for name, value in body.items():
        if name not in _OF_COMPONENT:
            rule = _make_rule(f"{component}.{name}", str(body["label"]), value, common)
            yield replace(rule, first_day=first_day, last_day=last_day)


def _read_days(first: object, last: object) -> tuple[date, date | None]:
    if not isinstance(first, date) or not isinstance(last, date | None) or (last and last < first):
        raise ValueError(f"{first} – {last}")
    return first, last


def _make_rule(identity: str, label: str, value: object, common: Mapping[str, Any]) -> Rule:
    said: dict[str, Any] = dict(value) if isinstance(value, dict) else {"use": value}
    limits = _read_limits(identity, said)
    is_sure = said.get("verified", common["verified"])
    usual: Severity = "error" if limits and is_sure else "warning"
    severity: Any = said.get("severity") or common["severity"] or usual
    if not isinstance(is_sure, bool) or severity not in get_args(Severity):
        raise ValueError(f"{identity}: verified: {is_sure}, severity: {severity}")
    return Rule(
        id=identity,
        label=label,
        clause=str(said.get("clause", common["clause"])),
        verified=is_sure,
        use=_freeze(said["use"]),
        severity=severity,
        **limits,
    )


def _read_limits(identity: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a property permits, by the fields of `Rule` that hold it; nothing where it permits all."""
    unknown = set(said) - _OF_PROPERTY
    if unknown:
        raise ValueError(f"{identity}: {', '.join(sorted(unknown))}")
    limits: dict[str, Any] = {field: said[name] for name, field in _ENDS.items() if name in said}
    kinds = [field.partition("_")[0] for field in limits]
    if len(set(kinds)) < len(kinds) or not all(is_number(end) for end in limits.values()):
        raise ValueError(f"{identity}: {', '.join(sorted(_ENDS.keys() & said.keys()))}")
    others = {field: _freeze_all(said[name]) for name, field in _LISTS.items() if name in said}
    if "matches" in said:
        others |= {"matches": re.compile(said["matches"]).pattern}
    if len(others) + bool(limits) > 1:
        raise ValueError(f"{identity}: {', '.join(sorted(said))}")
    return limits | others


def _freeze_all(values: object) -> tuple[Value, ...]:
    if not isinstance(values, list):
        raise TypeError(str(values))
    return tuple(_freeze(one) for one in values)


def _freeze(value: Any) -> Value:
    """Return a value of YAML; a list, as deep as it may be, as a tuple."""
    match value:
        case list():
            return _freeze_all(value)
        case dict():
            return {str(name): _freeze(one) for name, one in value.items()}
        case str() | bool() | int() | float():
            return value
        case _:
            raise ValueError(str(value))


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
