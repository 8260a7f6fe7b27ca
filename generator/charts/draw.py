"""The stage: the charts that a document wants, and the standings → their drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.charts.canvas import settings
from generator.charts.cross_scores import draw_cross_scores
from generator.charts.totals import draw_totals
from generator.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.charts.words import Room
    from generator.model.standings import Standings
    from generator.tree import Chart, Drawing

_DRAW = {"totals": draw_totals, "cross-scores": draw_cross_scores}


def draw_charts(
    charts: Iterable[Chart], standings: Standings | None, room: Room, family: str
) -> dict[Chart, list[Drawing]]:
    """Return the drawings of each chart, none larger than *room*, their letters named as of *family*.

    Raises `TemplateError` for a chart without scores, and for one whose labels are not those that it needs.
    """
    drawings = {}
    for place, chart in enumerate(charts, 1):
        if standings is None:
            raise TemplateError("chart-without-scores", chart=chart.of)
        with settings(family):
            sheets = _DRAW[chart.of](standings, chart, room)
            drawings[chart] = [sheet.finish(f"chart-{place}-{part}") for part, sheet in enumerate(sheets, 1)]
    return drawings
