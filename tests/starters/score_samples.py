"""Facts with whole score sheets, of blocks of any size, as readers give them: the same on each run."""

from __future__ import annotations

from typing import Any

UNITS = (
    ("Bộ Nội vụ", "BNV"), ("Bộ Tài chính", "BTC"), ("Bộ Tư pháp", "BTP"), ("Bộ Kế hoạch và Đầu tư", "BKHĐT"),
    ("Thanh tra Chính phủ", "TTCP"), ("Ủy ban Dân tộc", "UBDT"), ("Văn phòng Chính phủ", "VPCP"),
    ("Kiểm toán Nhà nước", "KTNN"), ("Ngân hàng Phát triển Việt Nam", "VDB"),
    ("Bảo hiểm Xã hội Việt Nam", "BHXHVN"),
)  # fmt: skip
PROVINCES = (
    "An Giang", "Bến Tre", "Cà Mau", "Đồng Tháp", "Hậu Giang", "Kiên Giang", "Long An", "Sóc Trăng",
    "Tiền Giang", "Trà Vinh", "Vĩnh Long", "Bạc Liêu", "Cần Thơ", "Tây Ninh", "Bình Dương", "Bình Phước",
    "Đồng Nai", "Lâm Đồng", "Ninh Thuận", "Bình Thuận", "Khánh Hòa", "Phú Yên", "Gia Lai", "Kon Tum",
)  # fmt: skip
CRITERIA = (
    ("I", "Thực hiện nhiệm vụ chính trị, chuyên môn", "40"),
    ("II", "Chấp hành đường lối của Đảng, pháp luật của Nhà nước", "20"),
    ("III", "Tổ chức phong trào thi đua và công tác khen thưởng", "20"),
    ("IV", "Hoạt động của Khối", "10"),
    ("V", "Báo cáo, thông tin", "10"),
)


def make_members(count: int) -> list[dict[str, Any]]:
    """Return *count* members: ten with abbreviations, or the schools of provinces, without."""
    if count <= len(UNITS):
        return [{"name": name, "short": short, "id": short.lower()} for name, short in UNITS[:count]]
    return [{"name": f"Trường Chính trị tỉnh {province}"} for province in PROVINCES[:count]]


def make_criteria(weights: tuple[str | None, ...] = ()) -> list[dict[str, Any]]:
    """Return the five criteria, with *weights* if there are some."""
    rows = [dict(zip(("number", "name", "highest"), row, strict=True)) for row in CRITERIA]
    return [
        {**row, **({"weight": weight} if weight else {})}
        for row, weight in zip(rows, weights or (None,) * len(rows), strict=True)
    ]


def make_points(unit: int, scorer: int) -> list[str]:
    """Return the points that *scorer* gives *unit*: uneven, with halves, never above the highest."""
    points = []
    for at, (_, _, highest) in enumerate(CRITERIA):
        halves = (unit * 7 + scorer * 5 + at * 3 + unit * scorer) % 9
        doubled = int(highest) * 2 - halves
        points.append(f"{doubled // 2}{',5' if doubled % 2 else ''}")
    return points


def make_facts(count: int = 10, *, self_marked: bool = False, **scoring: Any) -> dict[str, Any]:
    """Return a conference of *count* members, each of which marked all others; *scoring* is its rule."""
    members = make_members(count)
    names = [member.get("short", member["name"]) for member in members]
    marks = [
        {"unit": members[unit]["name"], "scorer": names[scorer], "points": make_points(unit, scorer)}
        for unit in range(count)
        for scorer in range(count)
        if self_marked or unit != scorer
    ]
    rows = [
        {"unit": member["name"], "self_points": make_points(at, at + 3)} for at, member in enumerate(members)
    ]
    rows[1]["bonus"], rows[2]["penalty"], rows[-1]["bonus"] = "2", "1,5", "0,75"
    given = {"criteria": make_criteria(), "rows": rows, "marks": marks, **scoring}
    return {
        "event": {"kind": "tong_ket", "year": "2016"},
        "block": {"name": "Khối thi đua các Bộ, ngành tổng hợp"},
        "members": members,
        "scoring": {name: value for name, value in given.items() if value is not None},
    }
