"""Invented blocks of any size with their marks, and the charts of them."""

from __future__ import annotations

from generator.charts.cross_scores import LABELS as CROSS_LABELS
from generator.charts.draw import draw_charts
from generator.charts.totals import LABELS as TOTALS_LABELS
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
    "near": "Nhìn gần",
    "axis": "Điểm; trục bắt đầu từ 0",
    "axis-below": "Điểm; trục bắt đầu từ điểm thấp nhất",
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
