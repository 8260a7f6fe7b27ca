"""Provenance: does each remark on where a fact comes from name a fact?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.findings import Observation
from generator.model.base import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference

_STEP = r"([a-z_]+)(?:\[([0-9]{1,6})\])?"


def check_provenance(conference: Conference) -> Iterator[Observation]:
    """Notice a path that leads to no fact, such as ``event.dat`` or the fifth of four awards."""
    for i, origin in enumerate(conference.provenance or []):
        if not _leads_somewhere(origin.path, conference):
            yield Observation("provenance-path-unknown", ("provenance", i, "path"), {"fact": origin.path})


def _leads_somewhere(path: str, conference: Conference) -> bool:
    """Tell whether each step of *path* exists; what lies beyond a fact that is not given, nobody knows."""
    value: object = conference
    for step in path.split("."):
        found = re.fullmatch(_STEP, step)
        if value is None:
            return True
        if not found or not isinstance(value, Facts) or found[1] not in type(value).model_fields:
            return False
        value = getattr(value, found[1])
        if found[2] and value is not None:
            place = int(found[2]) - 1
            if not isinstance(value, list) or not 0 <= place < len(value):
                return False
            value = value[place]
    return True
