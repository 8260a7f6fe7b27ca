"""The facts of 2016 come in; the same with other names, or with many rows, go out: seeded, always alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FACTS_FILE = "conference.yaml"

FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE_NAMES = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Quốc", "Hữu", "Ngọc")
GIVEN_NAMES = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hương", "Khánh", "Lan", "Phúc", "Quỳnh", "Yến")
THEMES = (
    "phối hợp",
    "đoàn kết",
    "lao động sáng tạo",
    "kỷ cương",
    "đổi mới",
    "trách nhiệm",
    "hiệu quả",
    "gương mẫu",
    "chủ động",
    "thực hành tiết kiệm",
)

SPEAKER = "Chu Văn Yêm"
GUEST = "Vương Văn Đỉnh"
BYLINE = "Kim Thu"
VIEWS = "views: 3633"
THEME = "Phối hợp, đoàn kết, lao động sáng tạo,"
GROUP_BEFORE_WHICH = "    - description: đại diện các Bộ, ngành thuộc Khối thi đua\n"
LIST_BEHIND_AWARDS = "\nleadership:\n"

PEOPLE_IN_A_DELEGATION = 10


def vary(facts: str, number: int) -> str:
    """Return *facts* with names, figures and motto of conference *number*; number 0 is *facts* itself."""
    if number == 0:
        return facts
    chance = random.Random(number)  # noqa: S311 - the same each time is what is wanted
    theme = ", ".join(chance.sample(THEMES, 3)).capitalize()
    for old, new in (
        (SPEAKER, make_name(chance)),
        (GUEST, make_name(chance)),
        (BYLINE, make_name(chance)),
        (VIEWS, f"views: {chance.randint(1000, 9999)}"),
        (THEME, f"{theme},"),
    ):
        facts = _replace_once(facts, old, new)
    return facts


def add_delegates(facts: str, rows: int) -> str:
    """Return *facts* with *rows* delegates more, in delegations of ten."""
    chance = random.Random(rows)  # noqa: S311
    lines = []
    for row in range(rows):
        if row % PEOPLE_IN_A_DELEGATION == 0:
            lines.append(f"    - label: Đoàn số {row // PEOPLE_IN_A_DELEGATION + 1}\n      people:\n")
        lines.append(f"        - name: {make_name(chance)}\n")
    return _replace_once(facts, GROUP_BEFORE_WHICH, "".join(lines) + GROUP_BEFORE_WHICH)


def add_certificates(facts: str, rows: int) -> str:
    """Return *facts* with an award of the block's own to *rows* people."""
    chance = random.Random(rows)  # noqa: S311
    award = [
        "  - status: granted\n",
        "    form: Giấy khen\n",
        "    authority: Khối thi đua các Bộ, ngành tổng hợp\n",
        "    year: 2016\n",
        "    reason: đã có thành tích xuất sắc trong phong trào thi đua năm 2016\n",
        "    recipients:\n",
        *(f"      - person: {make_name(chance)}\n" for _ in range(rows)),
    ]
    return _replace_once(facts, LIST_BEHIND_AWARDS, "".join(award) + LIST_BEHIND_AWARDS)


def make_name(chance: random.Random) -> str:
    """Return the name of a person who does not exist, in four words."""
    parts = (FAMILY_NAMES, MIDDLE_NAMES, GIVEN_NAMES, GIVEN_NAMES)
    return " ".join(chance.choice(part) for part in parts)


def put_facts(inputs: Path, year: str, facts: str) -> None:
    """Write *facts* as those of *year*."""
    folder = inputs / year
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FACTS_FILE).write_text(facts, encoding="utf-8")


def _replace_once(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in the facts, not once")
    return text.replace(old, new)
