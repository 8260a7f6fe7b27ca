"""Lengths, sizes and places of a regular paper: permitted by both regulations, but not the same for each maker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.typeface import text_width_mm

if TYPE_CHECKING:
    from tests.inspection.planted.papers import Paper, Regime

FONT = "Times New Roman"
ISSUER_SHARE = 0.4
TITLE_SHARE = 0.4
"""Lengths of rules as parts of the line above them."""

WIDTH_MM, HEIGHT_MM = 210, 297


@dataclass(frozen=True, slots=True)
class Look:
    """How a maker sets the papers of a regime."""

    regime: Regime
    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 20
    nation_pt: float = 13
    """Also of the issuing and the parent body."""
    motto_pt: float = 14
    """Also of place and date."""
    number_pt: float = 13
    about_pt: float = 12
    title_pt: float = 14
    body_pt: float = 14
    label_pt: float = 12
    item_pt: float = 11
    cell_pt: float = 13
    page_number_pt: float = 14
    indent_mm: float = 12.7
    before_pt: float = 0
    after_pt: float = 6
    spacing: tuple[Literal["multiple", "exact"], float] = ("multiple", 1)
    """Lines, or points."""

    @property
    def width_mm(self) -> float:
        """Width between the margins."""
        return WIDTH_MM - self.left_mm - self.right_mm

    @property
    def basis_italic(self) -> bool:
        """Whether legal bases slant."""
        return self.regime == "nd30"

    @property
    def number_place(self) -> Literal["header", "footer"]:
        """Where the page number stands."""
        return "header" if self.regime == "nd30" else "footer"

    @property
    def number_align(self) -> Literal["center", "right"]:
        """How the page number stands."""
        return "center" if self.regime == "nd30" else "right"


def motto_rule_mm(look: Look, motto: str) -> float:
    """Return the length of the rule below the motto."""
    return text_width_mm(motto, look.motto_pt, "bold")


def issuer_rule_mm(look: Look, paper: Paper) -> float:
    """Return the length of the rule below the issuing body."""
    return text_width_mm(paper.issuer, look.nation_pt, "bold") * ISSUER_SHARE


def title_rule_mm(look: Look, paper: Paper) -> float:
    """Return the length of the rule below the title."""
    return text_width_mm(paper.subject, look.title_pt, "bold") * TITLE_SHARE
