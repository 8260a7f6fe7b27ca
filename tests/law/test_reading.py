"""A catalogue that is not put together rightly is refused, with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from generator.law import make_catalogue

STATEMENT = {"use": ["collective"], "instrument": "law", "clause": "Điều 1"}
DATA: dict[str, Any] = {
    "sources": [{"id": "text", "as_of": date(2003, 11, 26), "quotes": "Luật A, toàn văn"}],
    "instruments": [
        {
            "id": "law",
            "number": "1/2003/QH11",
            "name": "Luật A",
            "from": date(2004, 7, 1),
            "until": date(2023, 12, 31),
            "verified": True,
            "amendments": [{"number": "2/2005/QH11", "from": date(2005, 6, 27), "verified": True}],
        }
    ],
    "authorities": [{"id": "government", "label": "Chính phủ", "is": ["Chính phủ"]}],
    "spellings": {},
    "before": [],
    "awards": [
        {
            "id": "flag",
            "name": "Cờ thi đua",
            "granted_by": [
                {"use": ["government"], "instrument": "law", "clause": "Điều 2", "source": "text"}
            ],
            "recipients": [dict(STATEMENT)],
        }
    ],
}
FLAG = DATA["awards"][0]


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data = deepcopy(DATA)
    change(data)
    return data


def test_what_is_put_together_rightly_is_read():
    catalogue = make_catalogue(DATA)
    (award,) = catalogue.awards
    (statement,) = award.recipients
    assert (award.form, statement.first_day, statement.last_day) == (
        "Cờ thi đua",
        date(2004, 7, 1),
        date(2023, 12, 31),
    )
    assert statement.source is None
    assert award.granted_by[0].source == catalogue.sources[0]


def award(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["awards"][0].update(fields)


def statement(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["awards"][0]["recipients"][0].update(fields)


def law(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["instruments"][0].update(fields)


def two(**days: date) -> Callable[[dict[str, Any]], object]:
    return award(recipients=[STATEMENT | {"until": date(2010, 12, 31)}, STATEMENT | days])


REFUSED = {
    "a part is missing": (lambda data: data.pop("before"), "parts: .*before"),
    "a part is unknown": (lambda data: data.update(prizes=[]), "parts: .*prizes"),
    "an award is no mapping": (lambda data: data["awards"].append("flag"), "awards: 'flag'"),
    "an id twice": (lambda data: data["awards"].append(FLAG | {"name": "Cờ khác"}), "id: .*flag"),
    "a name twice": (lambda data: data["awards"].append(FLAG | {"id": "other", "name": "CỜ thi đua"}), "flag, other: .*cờ thi đua"),
    "an alias is a name": (lambda data: data["awards"].append(FLAG | {"id": "other", "name": "Cờ khác", "aliases": ["Cờ thi đua …"]}), "flag, other"),
    "an unknown key": (award(medal="gold"), "flag: .*medal"),
    "no name": (lambda data: data["awards"][0].pop("name"), "flag.name: None"),
    "a name that is no text": (award(name=3), "flag.name: 3"),
    "an alias that is no text": (award(aliases=[3]), "flag.aliases"),
    "an alias twice": (award(aliases=["Cờ khác", "Cờ khác"]), "flag.aliases"),
    "nothing is said": (award(granted_by=[], recipients=[]), "flag: nothing"),
    "an unknown instrument": (statement(instrument="decree"), "flag.recipients: decree"),
    "an unknown source": (statement(source="book"), "flag.recipients: book"),
    "an unknown value": (statement(use=["government"]), "flag.recipients.use"),
    "no value": (statement(use=[]), "flag.recipients"),
    "a value twice": (statement(also=["collective"]), "flag.recipients"),
    "no word on the clause": (lambda data: data["awards"][0]["recipients"][0].pop("clause"), "clause: None"),
    "days before the law": (statement(**{"from": date(2004, 6, 30)}), "flag.recipients: 2004-06-30"),
    "days after the law": (statement(until=date(2024, 1, 1)), "flag.recipients"),
    "an end before the beginning": (statement(**{"from": date(2010, 1, 2)}, until=date(2010, 1, 1)), "flag.recipients"),
    "a day that is text": (statement(until="2010"), "flag.recipients.until"),
    "statements of the same day": (two(**{"from": date(2010, 12, 31)}), "flag.recipients: 2010-12-31"),
    "statements of no days of their own": (two(), "flag.recipients"),
    "a law that ends before it begins": (law(until=date(2004, 6, 30)), "law:"),
    "an amendment before its law": (law(amendments=[{"number": "2", "from": date(2004, 1, 1), "verified": True}]), "law:"),
    "a law of which nobody says whether it was read": (lambda data: data["instruments"][0].pop("verified"), "law.verified"),
    "a yes that is a number": (law(verified=1), "law.verified: 1"),
    "an authority without a name": (lambda data: data["authorities"][0].update({"is": []}), "government: no names"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused_and_named(name):
    change, told = REFUSED[name]
    with pytest.raises(ValueError, match=told):
        make_catalogue(changed(change))


def test_statements_that_follow_one_another_are_read_in_the_order_of_their_days():
    later = STATEMENT | {"from": date(2011, 1, 1)}
    data = changed(award(recipients=[later, STATEMENT | {"until": date(2010, 12, 31)}]))
    first, second = make_catalogue(data).awards[0].recipients
    assert first.first_day < second.first_day
