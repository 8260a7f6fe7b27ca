"""The map of cross-scores: every figure in its cell, darker for more, hatched where it does not count."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from generator.charts.canvas import relative_luminance
from generator.charts.cross_scores import NOTHING
from generator.model.counting import format_score
from tests.charts import samples
from tests.charts.measures import find_outside, find_overlaps

if TYPE_CHECKING:
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    from generator.charts.canvas import Sheet
    from generator.model.standings import Standings

CASES = {
    "3": lambda: samples.standings(3),
    "10": lambda: samples.standings(10),
    "10 without extremes": lambda: samples.standings(10, drop_extremes="1"),
    "24": lambda: samples.standings(24),
    "30": lambda: samples.standings(30),
    "points in thousands": lambda: samples.standings(24, marks=thousands(24)),
    "endless figures": lambda: samples.standings(
        10, criteria=[{"name": "a", "highest": "100", "weight": "0,333"}]
    ),
    "outside scorers": lambda: samples.standings(
        10, marks=samples.flat_marks({n: f"9{n}" for n in range(10)})
    ),
}


def thousands(count: int) -> list[dict[str, object]]:
    return [
        {
            "unit": samples.name(unit),
            "scorer": samples.name(scorer),
            "points": [f"{900 + (unit * 7 + scorer) % 97},25"],
        }
        for unit in range(count)
        for scorer in range(count)
    ]


def figures_of(counted: Standings) -> dict[tuple[str, str], str]:
    """Return what stands in the cell of each unit and scorer."""
    found = {(one.unit, scorer): NOTHING for one in counted.units for scorer in counted.scorers}
    for one in counted.units:
        for sheet in one.sheets:
            if sheet.total is not None:
                found[one.unit, sheet.scorer] = format_score(sheet.total)
    return found


def texts_in_cells(sheet: Sheet) -> list[tuple[Rectangle, Text]]:
    """Return the cells, row by row, each with the text in it; the boxes of the key are left out."""
    texts = [(*text.get_position(), text) for text in sheet.letters if text.get_rotation() == 0]
    drawn = [one for one in sheet.sketch.axes[0].patches if one.get_edgecolor()[3]]
    found = []
    for one in drawn:
        left, top, right, low = *one.get_xy(), one.get_x() + one.get_width(), one.get_y() + one.get_height()
        if one.get_height() != pytest.approx(3.4):
            (inside,) = [text for x, y, text in texts if left < x < right and top < y < low]
            found.append((one, inside))
    return found


def cells(sheet: Sheet) -> list[tuple[Rectangle, str]]:
    """Return the cells, row by row, each with its figure."""
    return [(box, text.get_text()) for box, text in texts_in_cells(sheet)]


@pytest.mark.parametrize("case", CASES)
def test_every_cell_has_its_figure_once_below_its_scorer_and_beside_its_unit(case):
    counted = CASES[case]()
    wanted, found = figures_of(counted), []
    for sheet in samples.sheets("cross-scores", counted):
        drawn = cells(sheet)
        heads = lines_by_place(sheet, upright=True)
        names = lines_by_place(sheet, upright=False)
        for cell, figure in drawn:
            left, top = cell.get_x(), cell.get_y()
            scorer = " ".join(word for at, word in heads if left <= at <= left + cell.get_width())
            unit = " ".join(word for at, word in names if top <= at <= top + cell.get_height())
            found.append((unit, scorer, figure))
    assert sorted(found) == sorted((unit, scorer, figure) for (unit, scorer), figure in wanted.items())


def lines_by_place(sheet: Sheet, *, upright: bool) -> list[tuple[float, str]]:
    """Return the lines of scorers' names from left to right, or those of units' names from top to bottom."""
    left = min(one.get_x() for one, _ in cells(sheet))
    axis = 0 if upright else 1
    return sorted(
        (text.get_position()[axis], text.get_text())
        for text in sheet.letters
        if (
            text.get_rotation() == 90
            if upright
            else text.get_rotation() == 0 and text.get_position()[0] < left - 2
        )
    )


@pytest.mark.parametrize("case", CASES)
def test_no_words_lie_over_others_nor_over_the_edge(case):
    for sheet in samples.sheets("cross-scores", CASES[case]()):
        assert find_overlaps(sheet) == []
        assert find_outside(sheet) == []
        assert sheet.height_mm <= samples.ROOM.height_mm
        assert min(text.get_fontsize() for text in sheet.letters) >= 7


@pytest.mark.parametrize("case", CASES)
def test_figures_stand_within_their_cells(case):
    for sheet in samples.sheets("cross-scores", CASES[case]()):
        renderer = FigureCanvasAgg(sheet.sketch).get_renderer()
        for box, text in texts_in_cells(sheet):
            cell, words = box.get_window_extent(renderer), text.get_window_extent(renderer)
            assert cell.x0 + 1 < words.x0
            assert words.x1 < cell.x1 - 1


@pytest.mark.parametrize(("count", "drawings"), [(3, 1), (10, 1), (24, 2)])
def test_as_few_drawings_as_can_be_read(count, drawings):
    found = samples.draw("cross-scores", samples.standings(count))
    assert len(found) == drawings
    parts = [f"(phần {n}/{drawings})" in samples.text_of(one) for n, one in enumerate(found, 1)]
    assert parts == [drawings > 1] * drawings


def test_more_points_are_darker_and_what_does_not_count_has_no_colour():
    counted = samples.standings(10, drop_extremes="1")
    (sheet,) = samples.sheets("cross-scores", counted)
    points = [(one.unit, given) for one in counted.units for given in one.sheets]
    drawn = cells(sheet)
    assert len(drawn) == len(points) == 100
    shown = [
        (given.total, relative_luminance(box.get_facecolor()), bool(box.get_hatch()))
        for (_, given), (box, _) in zip(points, drawn, strict=True)
    ]
    assert [hatched for *_, hatched in shown] == [not given.counts for _, given in points]
    assert {light for _, light, hatched in shown if hatched} == {1.0}
    levels = sorted((total, light) for total, light, hatched in shown if not hatched)
    for (one, light), (other, its) in pairwise(levels):
        assert (light > its) if other > one else (light == its)
    assert sum(hatched for *_, hatched in shown) == 10 + 2 * 10


def test_the_key_tells_the_lowest_and_the_highest_score_that_count_and_what_is_hatched():
    text = samples.text_of(samples.draw("cross-scores", samples.standings(10, drop_extremes="1"))[0])
    assert "thấp nhất 90,3 cao nhất 97,6 không tính" in text
    assert "không có điểm" not in text


def test_a_score_that_was_not_given_is_told_from_one_that_does_not_count():
    marks = [one for one in samples.marks(4) if one["unit"] != one["scorer"]]
    counted = samples.standings(4, marks=marks)
    (sheet,) = samples.sheets("cross-scores", counted)
    absent = [box for box, figure in cells(sheet) if figure == NOTHING]
    assert len(absent) == 4
    assert not any(box.get_hatch() for box in absent)
    text = samples.text_of(samples.draw("cross-scores", counted)[0])
    assert "không có điểm" in text
    assert "không tính" not in text


def test_a_sheet_with_a_missing_point_is_hatched_without_a_figure():
    marks = samples.marks(4)
    marks[1]["points"] = ["–"]
    counted = samples.standings(4, marks=marks, missing="skip")
    (sheet,) = samples.sheets("cross-scores", counted)
    (box,) = [box for box, figure in cells(sheet) if figure == NOTHING]
    assert box.get_hatch()


def test_equal_scores_have_one_colour_and_no_scale():
    counted = samples.standings(3, marks=samples.flat_marks(dict.fromkeys(range(3), "95")))
    (sheet,) = samples.sheets("cross-scores", counted)
    assert len({box.get_facecolor() for box, _ in cells(sheet)}) == 1
    assert "thấp nhất 95 cao nhất 95" in samples.text_of(samples.draw("cross-scores", counted)[0])
