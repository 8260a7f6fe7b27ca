"""Boxes, lines and words on a sheet measured in millimetres → a drawing as SVG; the only door to matplotlib.

The same calls give the same bytes everywhere: no date, no chance, no settings of the machine. Letters stay
letters, measured with the project's own font files; no font of the system is asked for.
"""

from __future__ import annotations

import io
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from lxml import etree
from matplotlib.figure import Figure as Sketch
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from generator import typeface
from generator.tree import Drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.text import Text as Letters

INCH_MM = 25.4

HALF_FIGURE = 0.338
"""How far below the middle of a figure its base line is, in parts of the letters' size."""

_NO_METADATA: dict[str, Any] = {"Date": None, "Creator": None, "Format": None, "Type": None}

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Which part of a line stands before the place by which it is aligned."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


@contextmanager
def settings(family: str) -> Iterator[None]:
    """Draw with the settings of this file and no others; letters are named as of *family*."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "hoinghi",
                "path.simplify": False,
                "text.parse_math": False,
                "text.usetex": False,
                "hatch.linewidth": 0.5,
                "font.family": ["serif"],
                "font.serif": [family],
            }
        )
        yield


class Sheet:
    """What is drawn on; its points are millimetres from the upper left corner.

    To be used within `settings`.
    """

    def __init__(self, width_mm: float, height_mm: float) -> None:
        self.width_mm, self.height_mm = width_mm, height_mm
        self.sketch = Sketch(figsize=(width_mm / INCH_MM, height_mm / INCH_MM))
        self._axes = self.sketch.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width_mm), ylim=(height_mm, 0))
        self._axes.set_axis_off()
        self._widths_pt: list[float] = []
        """Of all words on the sheet, in their order."""

    @property
    def letters(self) -> list[Letters]:
        """All words on the sheet, in the order of reading."""
        return list(self._axes.texts)

    def box(  # noqa: PLR0913 - a box has four edges and three looks
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        edge: str = "black",
        hatch: str = "",
        dashed: bool = False,
    ) -> None:
        """Draw a box with thin edges."""
        drawn = Rectangle((left, top), width, height, facecolor=fill, edgecolor=edge, linewidth=0.5)
        drawn.set_linestyle("--" if dashed else "-")
        if hatch:
            drawn.set(hatch=hatch, hatchcolor="black")
        self._axes.add_patch(drawn)

    def line(self, start: tuple[float, float], end: tuple[float, float], *, grey: str = "black") -> None:
        """Draw a thin line."""
        self._axes.plot(*zip(start, end, strict=True), color=grey, linewidth=0.6, zorder=0.9)

    def dot(self, left: float, top: float) -> None:
        """Draw a dot."""
        self._axes.plot([left], [top], marker="o", color="black", markersize=4.5, linestyle="none")

    def write(  # noqa: PLR0913 - words have a place and a look
        self,
        words: str,
        left: float,
        middle: float,
        size_pt: float,
        *,
        face: typeface.Face = "regular",
        align: Literal["left", "center", "right"] = "left",
        color: str = "black",
        upright: bool = False,
    ) -> None:
        """Write a line of *words* around the height *middle*; an *upright* one rises from there.

        In an upright line *left* is its middle. All lines are told by where they begin: WeasyPrint draws
        others apart from the page, where no reader finds them in their order.
        """
        words = unicodedata.normalize("NFC", words)
        shift_mm = HALF_FIGURE * size_pt * typeface.POINT_MM
        width_mm = typeface.text_width_mm(words, size_pt, face)
        self._widths_pt.append(width_mm / typeface.POINT_MM)
        left -= width_mm * _BEFORE[align]
        place = (left + shift_mm, middle) if upright else (left, middle + shift_mm)
        self._axes.text(
            *place,
            words,
            fontproperties=_font(face, size_pt),
            color=color,
            horizontalalignment="left",
            verticalalignment="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
        )

    def finish(self, name: str) -> Drawing:
        """Return what was drawn; *name* tells its parts from those of other drawings on the same page."""
        stream = io.BytesIO()
        self.sketch.savefig(stream, format="svg", metadata=_NO_METADATA)
        root = etree.fromstring(stream.getvalue(), etree.XMLParser(remove_comments=True, no_network=True))
        letters = list(root.iter(f"{_SVG}text"))
        for text, width_pt in zip(letters, self._widths_pt, strict=True):
            # A browser that lacks the typeface puts a wider one in its place: it is made as narrow as ours.
            text.set("textLength", f"{width_pt:.3f}")
            text.set("lengthAdjust", "spacingAndGlyphs")
        words = tuple(text.text or "" for text in letters)
        return Drawing(f"{name}.svg", _tidy(root, name), self.width_mm, self.height_mm, words)


def _font(face: typeface.Face, size_pt: float) -> FontProperties:
    """Return a face by its file, and by the names that the SVG gives it."""
    file = typeface.folder() / typeface.load_faces()[face].file
    return FontProperties(
        family=mpl.rcParams["font.family"],
        weight="bold" if "bold" in face else "normal",
        style="italic" if "italic" in face else "normal",
        size=size_pt,
        fname=file,
    )


def find_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round figures from the one at or below *low* to the one at or above *high*."""
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10])
    return [float(tick) for tick in locator.tick_values(low, high)]


def shade(share: float) -> str:
    """Return the colour for *share*, from 0 (light) to 1 (dark); a darker colour is a darker grey, too."""
    return str(mpl.colors.to_hex(mpl.colormaps["Blues"](0.06 + 0.86 * share)))


def ink_on(colour: str) -> str:
    """Return black or white, whichever is read more easily on *colour* (WCAG 2.1, contrast ratio)."""
    light = relative_luminance(colour)
    return "white" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "black"


def relative_luminance(colour: str) -> float:
    """Return how light *colour* is, from 0 to 1 (WCAG 2.1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(colour)]
    return float(sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))


# --- the file -------------------------------------------------------------------------------------------


def _tidy(root: etree._Element, name: str) -> bytes:
    """Return *root* as XML that may stand in a page among others.

    Names of parts begin with *name*, those that nobody asks for are left out; a style sheet, which would
    hold for the whole page, becomes attributes.
    """
    for part in [*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}style")]:
        parent = part.getparent()
        if parent is not None:
            parent.remove(part)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    for part in root.iter():
        for key, value in part.attrib.items():
            part.set(key, str(value).replace("url(#", f"url(#{name}-"))
        if link := part.get(_LINK):
            part.set(_LINK, f"#{name}-{link.removeprefix('#')}")
        if identity := part.get("id"):
            part.set("id", f"{name}-{identity}")
    asked = etree.tostring(root, encoding="unicode")
    for part in root.iter():
        identity = part.get("id")
        if identity and f"url(#{identity})" not in asked and f'"#{identity}"' not in asked:
            del part.attrib["id"]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")
