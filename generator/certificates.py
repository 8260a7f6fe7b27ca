"""Set a certificate on its page: the certificate and a style come in; lines, sizes and gaps go out.

Both writers ask here, so that both have the same lines in the same letters, and each certificate is one page
in both: a name or a reason that is too long is set smaller, one that fits in no permitted size is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING

from generator.errors import OutputError, TemplateError
from generator.layout import count_lines, even_lines, longest_word_mm, split_width
from generator.tree import plain_text
from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.style import CertificateStyle, Style, TextStyle
    from generator.tree import Certificate, Inlines

SLACK_PT = 6.0
"""What is left free of a page at least: two layouts may differ by so much, and Word ends it with a line."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A paragraph of a certificate, broken into its lines."""

    component: str
    content: Inlines
    look: TextStyle
    gap_pt: float = 0.0
    """Free room below it; below the motto's rule."""


@dataclass(frozen=True, slots=True)
class CertificateSetting:
    """A certificate as it is set."""

    head: tuple[SetLine, ...]
    """From quốc hiệu to the reason, over the whole width."""
    decisions: tuple[SetLine, ...]
    """At the foot, on the left."""
    above_room: tuple[SetLine, ...]
    """Place and date, and posts, on the right."""
    note: tuple[SetLine, ...]
    """In the room for signature and seal."""
    room_pt: float
    """Height of that room, with the note."""
    name: SetLine
    left_mm: float
    right_mm: float


def set_certificate(block: Certificate, style: Style) -> CertificateSetting:
    """Return *block* as it is set in *style*.

    Raises `OutputError` when it fits on a page in no permitted size.
    """
    look = _look_of(style)
    width_mm = style.page.text_width_mm
    left_mm, right_mm = split_width((look.left_share, look.right_share), width_mm)
    contents = _head_contents(block)
    steps = {name: _first_step(content, style.texts[name], width_mm) for name, content in contents.items()}
    end = _set_end(block, style, look, left_mm, right_mm)
    room_pt = style.page.text_height_pt - SLACK_PT - _end_height_pt(end) - _rule_pt(style)
    gaps = _gap_shares(look, contents)
    while True:
        lines = [
            _set(name, content, _sized(style, name, steps), width_mm) for name, content in contents.items()
        ]
        rest_pt = room_pt - sum(_height_pt(line, width_mm) for line in lines) - look.gap_least_pt * len(gaps)
        if rest_pt >= 0 and all(longest_word_mm(line.content, line.look) <= width_mm for line in lines):
            return _with_gaps(end, lines, rest_pt, gaps, look)
        smaller = {name: step + 1 for name, step in steps.items() if step + 1 < len(style.texts[name].sizes)}
        if not smaller:
            raise OutputError("certificate-too-long", recipient=plain_text(block.recipient))
        steps |= smaller


def _look_of(style: Style) -> CertificateStyle:
    if style.certificate is None:
        raise TemplateError("role-without-style", role="certificate", style=style.id)
    return style.certificate


def _head_contents(block: Certificate) -> dict[str, Inlines]:
    """Return the centred lines by their components, from the top, without the empty ones."""
    contents = {
        "certificate_nation": block.nation,
        "certificate_motto": block.motto,
        "certificate_grantor": block.grantor,
        "certificate_verb": block.verb,
        "certificate_award": block.award,
        "certificate_recipient": block.recipient,
        "certificate_about": block.about,
        "certificate_reason": block.reason,
    }
    return {name: content for name, content in contents.items() if content}


def _gap_shares(look: CertificateStyle, contents: Mapping[str, Inlines]) -> dict[str, float]:
    """Return the parts of the free room by the lines below which they stand."""
    above_reason = "certificate_about" if "certificate_about" in contents else "certificate_recipient"
    return {
        "certificate_motto": look.motto_share,
        "certificate_award": look.award_share,
        above_reason: look.recipient_share,
        "certificate_reason": look.reason_share,
    }


def _with_gaps(
    end: CertificateSetting,
    lines: Sequence[SetLine],
    rest_pt: float,
    gaps: Mapping[str, float],
    look: CertificateStyle,
) -> CertificateSetting:
    """Return the setting with the free room of the page divided among the gaps, in whole twips."""
    unit_pt = rest_pt / sum(gaps.values())
    heights = {name: floor(20 * (look.gap_least_pt + unit_pt * share)) / 20 for name, share in gaps.items()}
    return replace(end, head=tuple(replace(line, gap_pt=heights.get(line.component, 0.0)) for line in lines))


# --- lines and sizes ----------------------------------------------------------------------------------


def _sized(style: Style, name: str, steps: Mapping[str, int]) -> TextStyle:
    return style.texts[name].sizes[steps[name]]


def _first_step(content: Inlines, look: TextStyle, width_mm: float) -> int:
    """Return the largest size at which the words take no more lines than they should, else the smallest."""
    if not look.most_lines:
        return 0
    for step, tried in enumerate(look.sizes):
        if count_lines(content, tried, width_mm) <= look.most_lines:
            return step
    return len(look.sizes) - 1


def _set(component: str, content: Inlines, look: TextStyle, width_mm: float) -> SetLine:
    return SetLine(component, even_lines(content, look, width_mm), look)


def _height_pt(line: SetLine, width_mm: float) -> float:
    return count_lines(line.content, line.look, width_mm) * line.look.line_pitch_pt


def _rule_pt(style: Style) -> float:
    return style.letterhead.rule_gap_pt + style.letterhead.rule_thickness_pt


# --- the foot -----------------------------------------------------------------------------------------


def _set_end(
    block: Certificate, style: Style, look: CertificateStyle, left_mm: float, right_mm: float
) -> CertificateSetting:
    """Return the setting of the foot alone."""

    def set_right(component: str, contents: Sequence[Inlines]) -> tuple[SetLine, ...]:
        wanted = (content for content in contents if content)
        return tuple(_set(component, content, style.texts[component], right_mm) for content in wanted)

    note = set_right("certificate_note", [block.note])
    note_pt = sum(_height_pt(line, right_mm) for line in note)
    decision = style.texts["certificate_decision"]
    return CertificateSetting(
        head=(),
        decisions=tuple(SetLine("certificate_decision", line, decision) for line in block.decisions),
        above_room=(
            *set_right("certificate_place_and_date", [block.place_and_date]),
            *set_right("certificate_post", block.posts),
        ),
        note=note,
        room_pt=max(look.room_mm / POINT_MM, note_pt + 1),
        name=set_right("certificate_name", [block.name])[0],
        left_mm=left_mm,
        right_mm=right_mm,
    )


def _end_height_pt(end: CertificateSetting) -> float:
    left_pt = sum(_height_pt(line, end.left_mm) for line in end.decisions)
    right_pt = sum(_height_pt(line, end.right_mm) for line in (*end.above_room, end.name))
    return max(left_pt, right_pt + end.room_pt)
