"""What the inspector says: whether a file keeps a rule, where, what was found and what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class State(Enum):
    """The outcome of one rule at one place."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    """The file has nothing that the rule speaks of."""
    NOT_EVALUATED = "not-evaluated"
    """The rule applies, and the file's format or the reader cannot tell."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a verdict stands in the file."""

    page: int | None = None
    """From 1."""
    paragraph: int | None = None
    """`found.Paragraph.index`; None for the page, the section or the file."""
    words: str = ""
    """The paragraph's first words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one rule at one place."""

    rule: str
    """``component.property``: the rule's id in the pack, such as ``nation.size_pt``."""
    clause: str
    state: State
    severity: str
    """``error`` or ``warning``: how much a FAIL weighs."""
    spot: Spot = Spot()
    found: str = ""
    """What was found, as a Vietnamese reader writes it: ``12,5 pt``, ``đậm``."""
    wanted: str = ""
    """What the rule permits: ``13–14 pt``."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the sentence of the catalogue needs besides."""
