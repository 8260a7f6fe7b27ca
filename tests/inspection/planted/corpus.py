"""All clean files by name: what is made, by which maker, under which regime, and how it is finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.inspection.planted.direct import make_direct
from tests.inspection.planted.flat import make_flat
from tests.inspection.planted.markdown import make_markdown, make_reference
from tests.inspection.planted.named import make_named
from tests.inspection.planted.page import make_page
from tests.inspection.planted.papers import KINDS, REGIMES, paper_of
from tests.inspection.planted.raw import make_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.inspection.planted.papers import Kind, Paper, Regime

Maker = Literal["direct", "named", "raw", "flat", "pandoc", "page"]
Route = Literal["word", "flat", "pandoc", "libreoffice-pdf", "chromium-pdf"]
"""How a file comes to be: as it was made, or through another program."""

WRITERS: dict[str, Callable[[Paper], bytes]] = {"direct": make_direct, "named": make_named, "raw": make_raw}


@dataclass(frozen=True, slots=True)
class Base:
    """A clean file."""

    maker: Maker
    kind: Kind
    regime: Regime
    route: Route

    @property
    def name(self) -> str:
        """Its name, such as ``direct-decision-nd30`` or ``direct-decision-nd30.pdf``."""
        ending = ".pdf" if self.is_pdf else ""
        return f"{self.maker}-{self.kind}-{self.regime}{ending}"

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF file."""
        return self.route.endswith("pdf")

    def source(self) -> bytes:
        """Return what the maker writes, before another program takes it."""
        paper = paper_of(self.kind, self.regime)
        if self.maker == "pandoc":
            return make_markdown(paper).encode()
        if self.maker == "flat":
            return make_flat(paper)
        return make_page(paper) if self.maker == "page" else WRITERS[self.maker](paper)

    def reference(self) -> bytes:
        """Return the Word file that gives pandoc its styles."""
        return make_reference(self.regime)


WORD_MAKERS: tuple[Maker, ...] = ("direct", "named", "raw")

_PRINTED: tuple[tuple[Maker, Kind, Regime], ...] = (
    ("direct", "decision", "nd30"),
    ("direct", "minutes", "tt01"),
    ("named", "letter", "tt01"),
    ("named", "pledge", "nd30"),
    ("raw", "proposal", "nd30"),
    ("raw", "decision", "tt01"),
    ("flat", "minutes", "nd30"),
    ("flat", "proposal", "tt01"),
)
_THROUGH: tuple[tuple[Kind, Regime], ...] = (
    ("decision", "nd30"),
    ("minutes", "tt01"),
    ("letter", "nd30"),
    ("pledge", "tt01"),
)

BASES: dict[str, Base] = {
    base.name: base
    for base in (
        *(Base(maker, kind, regime, "word") for maker in WORD_MAKERS for kind in KINDS for regime in REGIMES),
        *(Base("flat", kind, regime, "flat") for kind, regime in _THROUGH),
        *(Base("pandoc", kind, regime, "pandoc") for kind, regime in _THROUGH),
        *(Base(*made, "libreoffice-pdf") for made in _PRINTED),
        *(Base("page", kind, regime, "chromium-pdf") for kind in KINDS for regime in REGIMES),
    )
}
"""Each clean file by its name."""
