"""The rule about where facts come from."""

from __future__ import annotations

import pytest

from generator.rules.provenance import check_provenance
from tests.rules.samples import MEMBERS, observe, told


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("event", True),
        ("event.date", True),
        ("members[1]", True),
        ("members[3].name", True),
        ("members[3]", True),
        ("awards", True),
        ("awards[2].recipients[1].unit", True),
        ("leadership.next.head", True),
        ("event.dat", False),
        ("evnt.date", False),
        ("members[4]", False),
        ("members[0]", False),
        ("members.name", False),
        ("members[1].name.first", False),
        ("event[1]", False),
        ("event.kind[1]", False),
        ("event..date", False),
        ("event.", False),
        (".", False),
        ("Ngày hội nghị", False),
        ("model_fields", False),
        ("last_year", False),
        (f"members[{'9' * 5000}]", False),
    ],
)
def test_a_path_leads_to_a_fact_or_to_where_one_may_be(path, leads):
    provenance = [{"path": "event.kind", "basis": "stated"}, {"path": path, "basis": "stated"}]
    noticed = told(check_provenance, members=MEMBERS, provenance=provenance)
    assert noticed == ([] if leads else ["warning provenance-path-unknown provenance[2].path"])


def test_the_path_is_told():
    (noticed,) = observe(check_provenance, provenance=[{"path": "event.dat", "basis": "stated"}])
    assert noticed.values == {"fact": "event.dat"}
