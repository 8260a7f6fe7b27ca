"""Declared awards held against quotas and votes: persons are not their units, an award has its authority."""

from __future__ import annotations

import pytest

from generator.rules.agreement import check_quotas, check_thresholds
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
