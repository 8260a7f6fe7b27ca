"""The canvas: colours that grey does not mix up, letters of our typeface, the same bytes everywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from matplotlib.colors import to_rgb

from generator import typeface
from generator.charts.canvas import Sheet, ink_on, relative_luminance, settings, shade
from tests.charts import samples

ROOT = Path(__file__).resolve().parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
SHADES = [shade(step / 100) for step in range(101)]


def grey(colour: str) -> float:
    """Return what a copier makes of *colour* (ITU-R BT.601)."""
    return sum(share * part for share, part in zip((0.299, 0.587, 0.114), to_rgb(colour), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("measure", [grey, relative_luminance])
def test_more_points_are_a_darker_grey(measure):
    levels = [measure(colour) for colour in SHADES]
    assert all(one > other for one, other in pairwise(levels))
    assert levels[0] - levels[-1] > 0.6


def test_figures_can_be_read_on_every_colour():
    assert min(contrast(ink_on(colour), colour) for colour in SHADES) >= 4.5  # WCAG 2.1, 1.4.3
    assert {ink_on(colour) for colour in SHADES} == {"black", "white"}


def drawing():
    with settings("Times New Roman"):
        sheet = Sheet(80, 40)
        sheet.box(5, 5, 30, 8, fill="white", hatch="////")
        sheet.write("Sở Nô\u0323i vu\u0323 $x_1$", 5, 20, 9, face="bold_italic", align="left")
        sheet.write("đứng & < 5", 60, 30, 7.5, upright=True)
        return sheet.finish("chart-1-1")


def test_letters_stay_letters_of_our_typeface_as_wide_as_it_is():
    texts = list(etree.fromstring(drawing().content).iter(f"{SVG}text"))
    shown = [text.text for text in texts]
    assert shown == ["Sở Nội vụ $x_1$", "đứng & < 5"]
    assert drawing().words == tuple(shown)
    assert all("'Times New Roman', serif" in text.get("style") for text in texts)
    widths = [float(text.get("textLength")) * typeface.POINT_MM for text in texts]
    assert widths == pytest.approx(
        [
            typeface.text_width_mm("Sở Nội vụ $x_1$", 9, "bold_italic"),
            typeface.text_width_mm("đứng & < 5", 7.5),
        ],
        abs=0.001,
    )


def test_letters_are_measured_with_our_own_files():
    (sheet, *_) = samples.sheets("totals", samples.standings(3))
    files = {Path(str(text.get_fontproperties().get_file())) for text in sheet.letters}
    known = {typeface.folder() / face.file for face in typeface.load_faces().values()}
    assert len(files) == 3
    assert files <= known


def test_the_file_asks_for_nothing_and_may_stand_in_a_page_among_others():
    root = etree.fromstring(drawing().content)
    tags = {etree.QName(one).localname for one in root.iter()}
    assert tags.isdisjoint({"style", "script", "metadata", "image", "a"})
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert names
    assert all(name.startswith("chart-1-1-") for name in names)
    links = [one.get("{http://www.w3.org/1999/xlink}href") for one in root.iter()]
    assert all(link.startswith("#chart-1-1-") for link in links if link)
    text = drawing().content.decode()
    assert all(f"#{name}" in text for name in names)
    assert "matplotlib" not in text.lower()


HASHES = (
    "import hashlib; from tests.charts import samples;"
    "s = samples.standings(10, **samples.PARTS, rows=samples.rows(10));"
    "d = [*samples.draw('totals', s), *samples.draw('cross-scores', s)];"
    "print([hashlib.sha256(one.content).hexdigest() for one in d])"
)


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4711", "Asia/Ho_Chi_Minh")])
def test_the_same_bytes_in_every_process_whatever_its_settings(seed, zone, tmp_path):
    counted = samples.standings(10, **samples.PARTS, rows=samples.rows(10))
    drawings = [*samples.draw("totals", counted), *samples.draw("cross-scores", counted)]
    here = [hashlib.sha256(one.content).hexdigest() for one in drawings]
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nsvg.fonttype: path\nlines.linewidth: 9\nsavefig.dpi: 30\nhatch.color: red\n"
    )
    changes = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", HASHES],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, **changes},
    )
    assert told.stdout.strip() == str(here)
