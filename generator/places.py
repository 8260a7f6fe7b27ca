"""Places to sign: the boxes of laid-out pages in which parties sign, named as signing systems know them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of the page."""

NAME_JOINT = "; "
"""What stands between unit and posts in a field's own description."""

_LONGEST_NAME = 40
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PlaceToSign:
    """A place to sign."""

    number: int
    """Its number in the order in which the document prints them, from 1."""
    field: str
    """The name of its signature field."""
    unit: str
    """Who signs, as the document prints it; empty where the document leaves it open."""
    role: tuple[str, ...]
    """Office, power and post, a line each."""
    page: int
    """Counted from 1."""
    box: Box

    @property
    def description(self) -> str:
        """What a signing program shows of the field: unit and posts."""
        return NAME_JOINT.join((self.unit, *self.role))


def make_place(number: int, unit: str, role: tuple[str, ...], page: int, box: Box) -> PlaceToSign:
    """Return a place; its field is named after the unit, in letters that every signing program can show."""
    field = "-".join(("Ky", f"{number:02d}", *filter(None, [_plain(unit)])))
    return PlaceToSign(number, field, unit, role, page, tuple(round(edge, 2) for edge in box))  # type: ignore[arg-type]


def _plain(text: str) -> str:
    """Return *text* in small letters without marks, joined by hyphens."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_PLAIN.sub("-", bare).strip("-")[:_LONGEST_NAME].strip("-")


def format_places(file: str, places: tuple[PlaceToSign, ...]) -> str:
    """Return the places of *file* as JSON, for signing systems that put their own fields."""
    data = {
        "file": file,
        "unit_of_length": "pt",
        "origin": "lower left corner of the page",
        "places": [
            {
                "number": place.number,
                "field": place.field,
                "unit": place.unit or None,
                "role": list(place.role),
                "page": place.page,
                "box": list(place.box),
            }
            for place in places
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
