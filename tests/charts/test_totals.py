"""Bars of the totals: as long as the points from 0 on, with every name, figure, rank and tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.charts.words import Room
from generator.model.counting import format_score
from tests.charts import samples
from tests.charts.measures import find_outside, find_overlaps

if TYPE_CHECKING:
    from matplotlib.patches import Rectangle

    from generator.charts.canvas import Sheet
    from generator.model.standings import Standings


def boxes(sheet: Sheet) -> list[Rectangle]:
    """Return what is drawn of bars, without the white ground of figures and without the key."""
    drawn = [one for one in sheet.sketch.axes[0].patches if one.get_edgecolor()[3]]
    left = min(one.get_x() for one in drawn if one.get_height() != pytest.approx(3.2))
    return [one for one in drawn if one.get_x() >= left and one.get_height() != pytest.approx(3.2)]


def bars(sheet: Sheet) -> list[list[Rectangle]]:
    """Return the boxes of each bar from top to bottom."""
    rows: dict[float, list[Rectangle]] = {}
    for one in boxes(sheet):
        rows.setdefault(round(one.get_y(), 3), []).append(one)
    return [rows[height] for height in sorted(rows)]


def dots(sheet: Sheet) -> list[float]:
    lines = [line for line in sheet.sketch.axes[0].lines if line.get_marker() == "o"]
    lines.sort(key=lambda line: line.get_ydata()[0])
    return [float(line.get_xdata()[0]) for line in lines]


def with_parts(count: int) -> Standings:
    return samples.standings(count, **samples.PARTS, rows=samples.rows(count))


CASES = {
    "3": lambda: samples.standings(3),
    "10": lambda: samples.standings(10),
    "10 with parts": lambda: with_parts(10),
    "24": lambda: samples.standings(24),
    "24 with ties": lambda: samples.standings(24, rounding={"digits": "0"}),
    "24 with parts and ties": lambda: samples.standings(
        24, **samples.PARTS, rows=samples.rows(24), rounding={"digits": "0"}
    ),
    "70": lambda: samples.standings(40),
    "long figures": lambda: samples.standings(
        11,
        rounding=None,
        weights={"self_score": "0,333", "cross": "0,667"},
        self_score="weighted",
        rows=samples.rows(11),
    ),
    "sums": lambda: samples.standings(10, cross_score="sum"),
}


@pytest.mark.parametrize("case", CASES)
def test_names_figures_and_ranks_are_those_of_the_standings_in_their_order(case):
    counted = CASES[case]()
    text = " ".join(samples.text_of(one) for one in samples.draw("totals", counted))
    place = 0
    for one in counted.ranked:
        tied = f" {samples.WORDS['tied']}" if one.tied_with else ""
        line = f"{one.rank}{tied} {one.unit} {format_score(one.total)} "
        assert line in text[place:]
        place = text.index(line, place) + len(line)


@pytest.mark.parametrize("case", CASES)
def test_no_words_lie_over_others_nor_over_the_edge(case):
    for sheet in samples.sheets("totals", CASES[case]()):
        assert find_overlaps(sheet) == []
        assert find_outside(sheet) == []
        assert sheet.width_mm == samples.ROOM.width_mm
        assert sheet.height_mm <= samples.ROOM.height_mm
        assert min(text.get_fontsize() for text in sheet.letters) >= 7.5


def test_words_that_lie_over_others_are_found():
    (sheet,) = samples.sheets("totals", samples.standings(3))
    sheet._axes.text(40, 12, "Chồng lên", fontsize=20)
    sheet._axes.text(150, 12, "Ra ngoài lề giấy", fontsize=20)
    assert find_overlaps(sheet)
    assert find_outside(sheet) == ["Ra ngoài lề giấy"]


def test_bars_are_as_long_as_their_points_from_0_on():
    counted = samples.standings(10)
    (sheet,) = samples.sheets("totals", counted)
    drawn = bars(sheet)
    assert len(drawn) == 10
    assert {round(one.get_x(), 6) for (one,) in drawn} == {round(drawn[0][0].get_x(), 6)}
    per_point = [
        one.get_width() / float(unit.total) for (one,), unit in zip(drawn, counted.ranked, strict=True)
    ]
    assert per_point == pytest.approx([per_point[0]] * 10)
    assert samples.WORDS["axis"] in samples.text_of(samples.draw("totals", counted)[0])


def test_parts_of_bars_are_the_parts_of_the_totals_and_what_was_taken_off_stands_behind():
    counted = with_parts(10)
    (sheet,) = samples.sheets("totals", counted)
    drawn = bars(sheet)
    start = drawn[0][0].get_x()
    per_point = (drawn[0][-1].get_x() + drawn[0][-1].get_width() - start) / float(counted.ranked[0].total)
    for row, one in zip(drawn, counted.ranked, strict=True):
        hatched = [box for box in row if box.get_hatch() == "xxxx"]
        solid = [box for box in row if box not in hatched]
        end = max(box.get_x() + box.get_width() for box in solid)
        assert (end - start) / per_point == pytest.approx(float(one.total))
        assert [box.get_width() / per_point for box in hatched] == pytest.approx(
            [float(one.penalty)] if one.penalty else []
        )
        assert [box.get_x() for box in hatched] == pytest.approx([end] if one.penalty else [])
        widths = [box.get_width() / per_point for box in solid]
        first = [float(one.bonus)] if one.bonus else []
        assert widths[:-1] == pytest.approx([*first, 0.3 * float(one.self_score)])
    greys = {box.get_facecolor()[:3]: box.get_hatch() for row in drawn for box in row}
    assert len(greys) == 4
    for name in ("cross", "self", "bonus", "penalty"):
        assert samples.WORDS[name] in samples.text_of(samples.draw("totals", counted)[0])


def test_the_key_names_no_part_that_is_not_there():
    text = samples.text_of(samples.draw("totals", samples.standings(10))[0])
    assert not any(samples.WORDS[name] in text for name in ("cross", "self", "bonus", "penalty"))


def test_close_totals_are_told_apart_on_a_scale_that_says_that_it_does_not_begin_at_0():
    counted = samples.standings(10)
    (sheet,) = samples.sheets("totals", counted)
    places, totals = dots(sheet), [float(one.total) for one in counted.ranked]
    per_point = (places[0] - places[-1]) / (totals[0] - totals[-1])
    assert places == pytest.approx([places[-1] + (total - totals[-1]) * per_point for total in totals])
    assert "trục bắt đầu từ 92, không từ 0" in samples.text_of(samples.draw("totals", counted)[0])


@pytest.mark.parametrize("totals", [{0: "100", 1: "60", 2: "40"}, {0: "90", 1: "90", 2: "90"}, {0: "95"}])
def test_there_is_no_second_scale_where_bars_tell_enough_or_nothing_differs(totals):
    counted = samples.standings(3, marks=samples.flat_marks(totals))
    (sheet,) = samples.sheets("totals", counted)
    assert dots(sheet) == []
    assert "không từ 0" not in samples.text_of(samples.draw("totals", counted)[0])
    assert find_overlaps(sheet) == []


def test_ties_are_bracketed_and_named_for_each_unit():
    counted = samples.standings(
        6, marks=samples.flat_marks({0: "95", 1: "97", 2: "95", 3: "95", 4: "90", 5: "88,5"})
    )
    (sheet,) = samples.sheets("totals", counted)
    words = [text.get_text() for text in sheet.letters]
    assert words.count(samples.WORDS["tied"]) == 3
    heights = [one[0].get_y() for one in bars(sheet)]
    upright = [
        line.get_ydata()
        for line in sheet.sketch.axes[0].lines
        if len(set(line.get_xdata())) == 1 and line.get_xdata()[0] < 25 and line.get_marker() != "o"
    ]
    (bracket,) = upright
    assert heights[0] + 5 < bracket[0] < heights[1]
    assert heights[3] < bracket[1] < heights[4]


def test_totals_below_0_go_to_the_left_and_the_axis_says_so():
    facts = [{"unit": samples.name(1), "penalty": "12"}]
    counted = samples.standings(3, marks=samples.flat_marks({0: "10", 1: "5", 2: "8"}), rows=facts)
    (sheet,) = samples.sheets("totals", counted)
    *_, (last,) = bars(sheet)
    assert last.get_width() < 0
    text = samples.text_of(samples.draw("totals", counted)[0])
    assert samples.WORDS["axis-below"] in text
    assert "-7" in text or "−7" in text
    assert find_overlaps(sheet) == []


@pytest.mark.parametrize("total", ["0", "0,000001", "1.000.000"])
def test_any_size_of_figures_is_drawn(total):
    counted = samples.standings(2, marks=samples.flat_marks({0: "0", 1: total}), rounding=None)
    (sheet,) = samples.sheets("totals", counted)
    assert find_overlaps(sheet) == []
    assert format_score(counted.units[1].total) in samples.text_of(samples.draw("totals", counted)[0])


def test_what_one_drawing_cannot_hold_goes_on_in_the_next():
    drawings = samples.draw("totals", samples.standings(40), Room(155, 150))
    assert len(drawings) > 1
    assert [f"phần {n}/{len(drawings)}" in samples.text_of(one) for n, one in enumerate(drawings, 1)] == [
        True
    ] * len(drawings)
    assert len({one.name for one in drawings}) == len(drawings)
