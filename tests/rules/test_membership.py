"""Rules about units: who is a member, how many there are, who is listed twice."""

from __future__ import annotations

import pytest

from generator.rules.membership import check_declared_members, check_members_twice, check_outsiders
from tests.rules.samples import MEMBERS, WHOLE, observe, told

OUTSIDE = "Bộ Công an"


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"awards": [{"status": "proposed", "form": "x", "recipients": [{"unit": OUTSIDE}]}]}, "awards[1].recipients[1].unit"),
        ({"chairs": [{"unit": "bnv"}, {"unit": OUTSIDE}]}, "chairs[2].unit"),
        ({"leadership": {"current": {"head": {"unit": OUTSIDE}}}}, "leadership.current.head.unit"),
        ({"leadership": {"next": {"deputies": [{"unit": "btc"}, {"unit": OUTSIDE}]}}}, "leadership.next.deputies[2].unit"),
        ({"pledge": {"signatories": [{"unit": OUTSIDE}]}}, "pledge.signatories[1].unit"),
        ({"pledge": {"registered_titles": [{"unit": OUTSIDE, "title": "x"}]}}, "pledge.registered_titles[1].unit"),
        ({"scoring": {"rows": [{"unit": OUTSIDE}]}}, "scoring.rows[1].unit"),
        ({"classifications": [{"label": "x", "units": ["bnv", OUTSIDE]}]}, "classifications[1].units[2]"),
        ({"nominations": [{"sender": OUTSIDE}]}, "nominations[1].sender"),
        ({"nominations": [{"sender": "bnv", "nominee": OUTSIDE}]}, "nominations[1].nominee"),
    ],
)  # fmt: skip
def test_a_unit_outside_the_block_is_noticed_wherever_it_acts(facts, path):
    assert told(check_outsiders, block=WHOLE, members=MEMBERS, **facts) == [f"warning unit-outside {path}"]


def test_an_outsider_is_called_as_the_facts_call_it():
    (noticed,) = observe(check_outsiders, block=WHOLE, members=MEMBERS, chairs=[{"unit": OUTSIDE}])
    assert noticed.values == {"unit": OUTSIDE}


@pytest.mark.parametrize(
    "unit", ["bnv", "BTC", "Bộ nội vụ", "Bộ  Nội Vụ", "bộ nội vụ (cũ)", "Ban Thi đua – Khen thưởng"]
)
def test_a_member_by_any_name_is_none_outside_and_the_superior_body_may_preside(unit):
    assert told(check_outsiders, block=WHOLE, members=MEMBERS, chairs=[{"unit": unit}]) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"leadership": {"next": {"head": {"post": "Giám đốc Đài Truyền hình"}}}},
        {"awards": [{"status": "proposed", "form": "x", "recipients": [{"person": OUTSIDE}, {"all_units": "có"}]}]},
        {"attendance": {"groups": [{"units": [OUTSIDE]}]}},
        {"event": {"organiser": OUTSIDE, "host": OUTSIDE}},
        {"pledge": {"witnesses": [{"unit": OUTSIDE}], "presided_by": OUTSIDE}},
    ],
)  # fmt: skip
def test_guests_posts_and_people_need_not_be_members(facts):
    assert told(check_outsiders, block=WHOLE, members=MEMBERS, **facts) == []


@pytest.mark.parametrize(
    ("block", "members", "noticed"),
    [
        ({"members_complete": "có"}, MEMBERS, True),
        ({"declared_count": "3"}, MEMBERS, True),
        ({"declared_count": "4"}, MEMBERS, False),
        ({"members_complete": "không"}, MEMBERS, False),
        ({}, MEMBERS, False),
        ({"members_complete": "có"}, [], False),
        ({"members_complete": "có"}, None, False),
    ],
)
def test_nobody_is_outside_a_list_that_may_be_a_part(block, members, noticed):
    block = {"name": "Khối thi đua số 1", **block}
    assert bool(told(check_outsiders, block=block, members=members, chairs=[{"unit": OUTSIDE}])) is noticed


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"declared_count": "3"}, []),
        ({"declared_count": "03"}, []),
        ({}, []),
        ({"declared_count": "10"}, ["warning members-count-differs block.declared_count"]),
        ({"declared_count": "2"}, ["warning members-count-differs block.declared_count"]),
        ({"declared_count": "10", "members_complete": "có"}, ["warning members-count-differs block.declared_count"]),
        ({"declared_count": "10", "members_complete": "không"}, ["gap members-not-all-listed members"]),
        ({"declared_count": "2", "members_complete": "không"}, ["warning members-count-differs block.declared_count"]),
    ],
)  # fmt: skip
def test_a_declared_number_is_held_against_the_list(block, expected):
    block = {"name": "Khối thi đua số 1", **block}
    assert told(check_declared_members, block=block, members=MEMBERS) == expected
    assert told(check_declared_members, block=block) == []


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"name": "Bộ Tài chính"}, []),
        ({"name": "Bộ nội vụ"}, [{"unit": "Bộ nội vụ", "name": "Bộ nội vụ", "first": 1}]),
        ({"name": "Bộ Ngoại vụ", "id": "bnv"}, [{"unit": "Bộ Ngoại vụ", "name": "bnv", "first": 1}]),
        ({"name": "Bộ Ngoại vụ", "short": "BNV"}, [{"unit": "Bộ Ngoại vụ", "name": "BNV", "first": 1}]),
        ({"name": "Bộ Ngoại vụ", "aliases": ["Nội vụ"]}, [{"unit": "Bộ Ngoại vụ", "name": "Nội vụ", "first": 1}]),
        ({"name": "Bộ Tài chính", "id": "btc", "short": "BTC", "aliases": ["Btc"]}, []),
    ],
)  # fmt: skip
def test_two_members_may_not_share_a_name(second, expected):
    first = {"name": "Bộ Nội vụ", "id": "bnv", "aliases": ["Nội vụ"]}
    noticed = observe(check_members_twice, members=[first, second])
    assert [one.values for one in noticed] == expected
    assert all((one.code, one.path) == ("member-twice", ("members", 1)) for one in noticed)


def test_the_first_of_three_is_named():
    members = [{"name": "Bộ Y tế"}, {"name": "Bộ Nội vụ"}, {"name": "Bộ nội vụ"}, {"name": "bộ nội vụ"}]
    assert [one.values["first"] for one in observe(check_members_twice, members=members)] == [2, 2]
