"""Declared awards held against quotas and votes: persons are not their units, an award has its authority."""

from __future__ import annotations

import pytest

from generator.rules.agreement import check_quotas, check_ranks_of_awards, check_thresholds
from generator.rules.counting import check_votes
from generator.rules.membership import check_outsiders
from generator.rules.scoring import check_scorers
from tests.rules.samples import MEMBERS, told

PRAISE = {"status": "proposed", "form": "Bằng khen", "authority": "Thủ tướng Chính phủ"}
QUOTA = {"form": "Bằng khen", "authority": "Thủ tướng Chính phủ", "most": "1"}


@pytest.mark.parametrize(
    ("recipients", "count"),
    [
        ([{"unit": "bnv"}], 1),
        ([{"unit": "bnv"}, {"unit": "btc"}], 2),
        ([{"unit": "bnv"}, {"person": "ông A", "unit": "btc"}], 1),
        ([{"unit": "bnv"}, {"kind": "ca_nhan", "count": "5"}], 1),
        ([{"kind": "tap_the", "count": "2"}], 2),
        ([{"all_units": "có"}], 3),
    ],
)
def test_only_collectives_are_counted_against_the_quota(recipients, count):
    awards = [{**PRAISE, "recipients": recipients}]
    expected = ["warning quota-exceeded awards[1]"] if count > 1 else []

    assert told(check_quotas, members=MEMBERS, award_quotas=[QUOTA], awards=awards) == expected


def test_who_gets_an_award_with_all_others_is_not_passed_over():
    flag = {"form": "Cờ thi đua", "authority": "Chính phủ"}
    points = {"bnv": "9", "btc": "8", "bxd": "7"}
    marks = [
        {"unit": unit, "scorer": scorer, "points": [given]}
        for unit, given in points.items()
        for scorer in points
        if unit != scorer
    ]
    facts = {"members": MEMBERS, "scoring": {"marks": marks}, "award_quotas": [{**flag, "most": "3"}, QUOTA]}
    praised = {**PRAISE, "recipients": [{"unit": "btc"}]}
    honoured = {"status": "proposed", **flag, "recipients": [{"all_units": "có"}]}

    assert told(check_ranks_of_awards, awards=[honoured, praised], **facts) == []
    assert told(check_ranks_of_awards, awards=[praised], **facts) == [
        "warning award-against-rank awards[1].recipients[1]"
    ]


@pytest.mark.parametrize(
    ("result", "is_below"),
    [
        ({"unit": "btc", "what": "Bằng khen của Thủ tướng Chính phủ"}, True),
        ({"unit": "btc", "what": "Bằng khen"}, True),
        ({"unit": "btc", "what": "Bằng khen của Bộ trưởng Bộ Nội vụ"}, False),
        ({"unit": "bnv", "what": "Bằng khen của Thủ tướng Chính phủ"}, False),
        ({"person": "ông  Lê A", "what": "Bằng khen của Thủ tướng Chính phủ"}, True),
        ({"unit": "bnv", "person": "ông Lê A", "what": "Bằng khen của Thủ tướng Chính phủ"}, True),
    ],
)
def test_votes_are_held_against_the_award_that_they_are_about(result, is_below):
    vote = {
        "subject": "về khen thưởng",
        "valid": "9",
        "base": "valid",
        "threshold": {"percent": "80%"},
        "results": [{**result, "agreed": "7"}],
    }
    awards = [{**PRAISE, "recipients": [{"unit": "btc"}, {"person": "ông Lê A", "unit": "bnv"}]}]
    expected = ["warning award-below-threshold votes[1].results[1]"] if is_below else []

    assert told(check_thresholds, members=MEMBERS, votes=[vote], awards=awards) == expected


@pytest.mark.parametrize(
    ("percent", "is_below"), [("2/3", False), ("3/4", True), ("66,6%", False), ("67%", True)]
)
def test_a_threshold_is_a_percentage_or_a_fraction_and_is_exact(percent, is_below):
    vote = {
        "subject": "về Bằng khen",
        "valid": "9",
        "base": "valid",
        "threshold": {"percent": percent},
        "results": [{"unit": "btc", "agreed": "6"}],
    }
    facts = {"members": MEMBERS, "votes": [vote], "awards": [{**PRAISE, "recipients": [{"unit": "btc"}]}]}

    assert bool(told(check_thresholds, **facts)) is is_below
    assert told(check_votes, **facts) == []


@pytest.mark.parametrize("percent", ["4/3", "0/3", "2/0", "đa số"])
def test_a_threshold_that_is_no_share_is_told(percent):
    vote = {"subject": "về Bằng khen", "base": "valid", "threshold": {"percent": percent}}

    assert told(check_votes, votes=[vote]) == ["warning percent-unreadable votes[1].threshold.percent"]


@pytest.mark.parametrize("whole", ["có", "không"])
def test_a_scorer_that_is_no_member_is_told_once(whole):
    marks = [{"unit": unit, "scorer": "Hội đồng", "points": ["9"]} for unit in ("bnv", "btc", "bxd")]
    facts = {
        "members": MEMBERS,
        "scoring": {"marks": marks},
        "block": {"name": "Khối", "members_complete": whole},
    }
    noticed = [one for rule in (check_outsiders, check_scorers) for one in told(rule, **facts)]

    assert [one for one in noticed if "outside" in one] == ["warning unit-outside scoring.marks[1].scorer"]
