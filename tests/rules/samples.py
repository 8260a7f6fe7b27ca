"""Small conferences, and what a rule says of them."""

from __future__ import annotations

from generator.findings import Observation
from generator.model.conference import Conference
from generator.readers.raw import format_path
from generator.rules.base import Rule

MEMBERS = [
    {"id": "bnv", "name": "Bộ Nội vụ", "aliases": ["Bộ Nội vụ (cũ)"]},
    {"id": "btc", "name": "Bộ Tài chính", "short": "BTC"},
    {"id": "bxd", "name": "Bộ Xây dựng"},
]
WHOLE = {"name": "Khối thi đua số 1", "parent": "Ban Thi đua - Khen thưởng", "members_complete": "có"}
"""A block of which all members are listed."""


def make_conference(**facts: object) -> Conference:
    """Return a conference of 2016 with *facts*; ``event`` may give a part of it."""
    event = {"kind": "tong_ket", "year": "2016", **(facts.pop("event", None) or {})}
    return Conference.model_validate({"event": event, "block": {"name": "Khối thi đua số 1"}, **facts})


def observe(rule: Rule, **facts: object) -> list[Observation]:
    """Return what *rule* says of a conference with *facts*."""
    return list(rule(make_conference(**facts)))


def told(rule: Rule, **facts: object) -> list[str]:
    """Return what *rule* says, as ``severity code path``."""
    noticed = observe(rule, **facts)
    return [f"{one.severity.value} {one.code} {format_path(one.path)}" for one in noticed]
