"""Finish clean and spoilt files with the programs that they need, those of one program in one go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from generator import typeface
from tests import browser
from tests.inspection.planted.convert import convert_with_libreoffice, convert_with_pandoc
from tests.inspection.planted.corpus import BASES
from tests.inspection.planted.defects import OTHER_FONT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.inspection.planted.corpus import Base, Route
    from tests.inspection.planted.defects import Defect


class Workshop:
    """Makes files; *folder* is for what the programs need and leave."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rounds = 0

    def make_clean(self, route: Route) -> dict[str, bytes]:
        """Return all clean files of *route* by name."""
        bases = {name: base for name, base in BASES.items() if base.route == route}
        match route:
            case "word":
                return {name: base.source() for name, base in bases.items()}
            case "flat":
                return self._flat
            case "pandoc":
                return self._pandoc
            case "libreoffice-pdf":
                flat = {name: base.source() for name, base in bases.items() if base.maker == "flat"}
                word = {name: base.source() for name, base in bases.items() if base.maker != "flat"}
                return self.print_all(word) | self.print_all(flat, ".fodt")
            case "chromium-pdf":
                return {name: self._print_page(base.source()) for name, base in bases.items()}

    def make_spoilt(self, defects: Iterable[Defect], route: Route) -> dict[str, bytes]:
        """Return the spoilt files of *route* among *defects*, by the defects' full names."""
        chosen = [defect for defect in defects if BASES[defect.base].route == route]
        match route:
            case "word" | "flat" | "pandoc":
                clean = self.make_clean(route)
                return {one.full_name: one.change(clean[one.base]) for one in chosen}
            case "libreoffice-pdf":
                sources = {f"{n}": one.change(BASES[one.base].source()) for n, one in enumerate(chosen)}
                printed = self.print_all(sources)
                return {one.full_name: printed[f"{n}"] for n, one in enumerate(chosen)}
            case "chromium-pdf":
                return {
                    one.full_name: self._print_page(one.change(BASES[one.base].source())) for one in chosen
                }

    def _place(self) -> Path:
        self._rounds += 1
        place = self._folder / f"{self._rounds}"
        place.mkdir(parents=True)
        return place

    @cached_property
    def _flat(self) -> dict[str, bytes]:
        sources = {name: base.source() for name, base in BASES.items() if base.route == "flat"}
        return convert_with_libreoffice(sources, self._place(), "docx:Office Open XML Text", ".fodt")

    @cached_property
    def _pandoc(self) -> dict[str, bytes]:
        return {name: self._run_pandoc(base) for name, base in BASES.items() if base.route == "pandoc"}

    def _run_pandoc(self, base: Base) -> bytes:
        return convert_with_pandoc(base.source().decode(), base.reference(), self._place())

    def print_all(self, sources: dict[str, bytes], suffix: str = ".docx") -> dict[str, bytes]:
        """Return what LibreOffice prints of each of *sources*."""
        plain = {name.removesuffix(".pdf"): content for name, content in sources.items()}
        printed = convert_with_libreoffice(plain, self._place(), "pdf", suffix)
        return {name: printed[name.removesuffix(".pdf")] for name in sources}

    def _print_page(self, page: bytes) -> bytes:
        return browser.print_page(page, self._place())


def write_fonts(folder: Path) -> Path:
    """Write a fontconfig file that knows the project's fonts and `OTHER_FONT`; return its path.

    The other font is a copy of a file of the project's under another name.
    """
    fonts = folder / "fonts"
    fonts.mkdir()
    with TTFont(typeface.folder() / typeface.load_faces()["regular"].file) as font:
        for record in list(font["name"].names):
            if record.nameID in (1, 3, 4, 6, 16):
                family = OTHER_FONT.replace(" ", "") if record.nameID == 6 else OTHER_FONT
                font["name"].setName(
                    family, record.nameID, record.platformID, record.platEncID, record.langID
                )
        font.save(fonts / "other.ttf")
    file = folder / "fonts.conf"
    known = typeface.fontconfig_xml(folder / "cache")
    file.write_text(known.replace("<cachedir>", f"<dir>{fonts}</dir>\n  <cachedir>"), encoding="utf-8")
    return file
