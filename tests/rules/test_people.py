"""Rules about people: two offices at once, presiding and writing, present and absent."""

from __future__ import annotations

import pytest

from generator.rules.people import check_absent, check_chair_and_secretary, check_leaders_twice
from tests.rules.samples import MEMBERS, observe, told

AN, BINH = {"name": "Nguyễn Văn An"}, {"name": "Trần Thị Bình"}


@pytest.mark.parametrize(
    ("head", "deputies", "expected"),
    [
        ({"unit": "bnv"}, [{"unit": "btc"}, {"unit": "bxd"}], []),
        ({"unit": "bnv"}, [{"unit": "Bộ Nội vụ"}], ["deputies[1]"]),
        ({"unit": "bnv"}, [{"unit": "btc"}, {"unit": "BTC"}], ["deputies[2]"]),
        ({"unit": "bnv"}, [{"unit": "bnv", "person": AN}], []),
        ({"unit": "bnv", "person": BINH}, [{"unit": "bnv", "person": AN}], []),
        ({"person": AN}, [{"person": AN}, {"person": AN}], ["deputies[1]", "deputies[2]"]),
        ({}, [{}, {}], []),
        ({"post": "Giám đốc"}, [{"post": "Giám đốc"}], []),
        (None, [{"unit": "bnv"}], []),
    ],
)
@pytest.mark.parametrize("term", ["current", "next"])
def test_nobody_holds_two_offices_in_one_year(term, head, deputies, expected):
    leadership = {term: {"head": head, "deputies": deputies}}
    expected = [f"warning leader-twice leadership.{term}.{path}" for path in expected]
    assert told(check_leaders_twice, members=MEMBERS, leadership=leadership) == expected


@pytest.mark.parametrize(
    ("holder", "name"), [({"unit": "bnv"}, "bnv"), ({"unit": "bnv", "person": AN}, "Nguyễn Văn An")]
)
def test_who_holds_two_offices_is_named(holder, name):
    (noticed,) = observe(check_leaders_twice, leadership={"next": {"head": holder, "deputies": [holder]}})
    assert noticed.values == {"name": name}


def test_an_office_may_be_held_again():
    leadership = {"current": {"head": {"unit": "bnv"}}, "next": {"head": {"unit": "bnv"}}}
    assert told(check_leaders_twice, members=MEMBERS, leadership=leadership) == []


@pytest.mark.parametrize(
    ("chairs", "secretaries", "expected"),
    [
        ([{"person": AN}], [BINH], []),
        ([{"person": AN}, {"unit": "bnv"}], [BINH, {"name": "Nguyễn văn An"}], ["secretaries[2].name"]),
        ([{"unit": "bnv"}], [{"name": "bnv"}], []),
        (None, [AN], []),
        ([{"person": AN}], None, []),
    ],
)
def test_who_presides_does_not_write_the_minutes(chairs, secretaries, expected):
    noticed = told(check_chair_and_secretary, chairs=chairs, secretaries=secretaries)
    assert noticed == [f"warning chair-is-secretary {path}" for path in expected]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Nguyễn Văn An", True),
        ("Bộ Nội vụ", True),
        ("Trần Thị Bình", False),
        ("BTC", False),
        ("ông Nguyễn Văn An", False),
    ],
)
def test_nobody_is_both_present_and_absent(who, expected):
    attendance = {"groups": [{"people": [AN]}, {"units": ["bnv"]}], "absent": [{"who": "x"}, {"who": who}]}
    noticed = observe(check_absent, members=MEMBERS, attendance=attendance)
    assert [(one.code, one.path, one.values) for one in noticed] == (
        [("absent-and-present", ("attendance", "absent", 1, "who"), {"name": who})] if expected else []
    )
