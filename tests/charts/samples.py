"""Invented blocks of any size with their marks, and the charts of them."""

from __future__ import annotations

from generator.charts.canvas import Sheet, settings
from generator.charts.cross_scores import LABELS as CROSS_LABELS
from generator.charts.cross_scores import draw_cross_scores
from generator.charts.draw import draw_charts
from generator.charts.totals import LABELS as TOTALS_LABELS
from generator.charts.totals import draw_totals
from generator.charts.words import Room
from generator.model.conference import Conference
from generator.model.standings import Standings, compute_standings
from generator.tree import Chart, ChartName, Drawing

ROOM = Room(155, 215)

NAMES = (
    "Sở Văn hóa, Thể thao và Du lịch tỉnh Hoa Ban",
    "Sở Nội vụ tỉnh Hoa Ban",
    "Sở Nông nghiệp và Phát triển nông thôn tỉnh Hoa Ban",
    "Sở Y tế tỉnh Hoa Ban",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hoa Ban",
    "Ban Quản lý các khu công nghiệp tỉnh Hoa Ban",
    "Sở Tài nguyên và Môi trường tỉnh Hoa Ban",
    "Đài Phát thanh và Truyền hình tỉnh Hoa Ban",
    "Sở Lao động, Thương binh và Xã hội tỉnh Hoa Ban",
    "Sở Kế hoạch và Đầu tư tỉnh Hoa Ban",
)


def name(number: int) -> str:
    """Return the name of a unit, from 0."""
    again, place = divmod(number, len(NAMES))
    return NAMES[place] if not again else NAMES[place].replace("Hoa Ban", f"Hoa Ban {again + 1}")


def marks(count: int) -> list[dict[str, object]]:
    """Return marks of all for all in tenths, spread over some points, the own ones among them."""
    return [
        {
            "unit": name(unit),
            "scorer": name(scorer),
            "points": [f"{90 + (unit * 7 + scorer * scorer * 3) % 80 / 10:.1f}".replace(".", ",")],
        }
        for unit in range(count)
        for scorer in range(count)
    ]


def conference(count: int, **scoring: object) -> Conference:
    """Return a conference of *count* units that scored one another; *scoring* is put over the usual facts."""
    facts: dict[str, object] = {
        "cross_score": "mean",
        "drop_self": "có",
        "self_score": "shown",
        "rounding": {"digits": "2"},
        "criteria": [{"name": "Công tác năm", "highest": "100"}],
        "marks": marks(count),
    }
    return Conference.model_validate(
        {
            "event": {"kind": "tong_ket", "year": "2024"},
            "block": {"name": "Khối thi đua số 1"},
            "members": [{"id": f"dv{number}", "name": name(number)} for number in range(count)],
            "scoring": facts | scoring,
        }
    )


def standings(count: int, **scoring: object) -> Standings:
    """Return the standings of such a conference."""
    counted = compute_standings(conference(count, **scoring))
    assert counted is not None
    return counted


WORDS = {
    "rank": "Hạng",
    "unit": "Đơn vị",
    "total": "Tổng điểm",
    "near": "Phóng to chênh lệch",
    "axis": "Điểm; trục bắt đầu từ 0",
    "axis-below": "Điểm; điểm âm nằm bên trái vạch 0",
    "near-axis": "Điểm; trục bắt đầu từ {start}, không từ 0",
    "tied": "đồng hạng",
    "cross": "điểm chấm chéo",
    "self": "điểm tự chấm",
    "bonus": "điểm thưởng",
    "penalty": "điểm trừ",
    "part": "phần",
    "scorer": "Đơn vị chấm",
    "uncounted": "không tính",
    "absent": "không có điểm",
    "lowest": "thấp nhất",
    "highest": "cao nhất",
}


def chart(of: ChartName) -> Chart:
    """Return a chart with its labels."""
    labels = TOTALS_LABELS if of == "totals" else CROSS_LABELS
    return Chart(of, tuple((label, WORDS[label]) for label in labels))


def draw(of: ChartName, counted: Standings, room: Room = ROOM) -> list[Drawing]:
    """Return the drawings of *counted*."""
    wanted = chart(of)
    return draw_charts([wanted], counted, room, "Times New Roman")[wanted]


def sheets(of: ChartName, counted: Standings, room: Room = ROOM) -> list[Sheet]:
    """Return the same before it is a file, with everything on it where it stands."""
    drawer = draw_totals if of == "totals" else draw_cross_scores
    with settings("Times New Roman"):
        return drawer(counted, chart(of), room)


def text_of(drawing: Drawing) -> str:
    """Return all words of a drawing, lines joined."""
    return " ".join(drawing.words)


PARTS: dict[str, object] = {
    "self_score": "weighted",
    "weights": {"self_score": "0,3", "cross": "0,7"},
    "drop_extremes": "1",
}
"""A rule by which totals have several parts."""


def rows(count: int) -> list[dict[str, object]]:
    """Return self-scores of all, with bonus points and penalties for some."""
    return [
        {
            "unit": name(number),
            "self_score": f"{98 - number % 3},5",
            "bonus": "1,5" if number % 3 == 0 else None,
            "penalty": "2" if number % 4 == 0 else None,
        }
        for number in range(count)
    ]


def flat_marks(totals: dict[int, str], scorers: int = 3) -> list[dict[str, object]]:
    """Return marks by which each unit gets just the total that *totals* say, whoever marks it."""
    return [
        {"unit": name(unit), "scorer": f"Giám khảo {scorer}", "points": [total]}
        for unit, total in totals.items()
        for scorer in range(1, scorers + 1)
    ]
