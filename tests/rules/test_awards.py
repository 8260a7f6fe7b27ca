"""Rules about awards, their recipients, and the letters that led to them."""

from __future__ import annotations

import pytest

from generator.rules.awards import (
    check_authorities,
    check_awards_twice,
    check_nominations,
    check_recipients,
)
from tests.rules.samples import MEMBERS, observe, told

FLAG = {"status": "proposed", "form": "Cờ thi đua", "authority": "Chính phủ"}


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        ([{**FLAG, "recipients": [{"unit": "bnv"}, {"unit": "btc"}]}], []),
        ([{**FLAG, "recipients": [{"unit": "bnv"}, {"unit": "Bộ Nội vụ"}]}], ["awards[1].recipients[2]"]),
        ([{**FLAG, "recipients": [{"unit": "bnv"}]}, {**FLAG, "recipients": [{"unit": "bnv"}]}], ["awards[2].recipients[1]"]),
        ([{**FLAG, "recipients": [{"person": "A"}, {"person": "a"}]}], ["awards[1].recipients[2]"]),
        ([{**FLAG, "recipients": [{"unit": "bnv", "person": "A"}, {"unit": "bnv", "person": "B"}]}], []),
        ([{**FLAG, "recipients": [{"unit": "bnv", "person": "A"}, {"unit": "bnv"}]}], []),
        ([{**FLAG, "recipients": [{"description": "các cá nhân"}, {"description": "tập thể"}]}], []),
        ([{**FLAG, "recipients": [{"block": "có"}, {"all_units": "có"}, {"count": "3"}]}], []),
        *(
            ([{**FLAG, "recipients": [{"unit": "bnv"}]}, {**FLAG, **other, "recipients": [{"unit": "bnv"}]}], [])
            for other in (
                {"status": "granted"},
                {"form": "Bằng khen"},
                {"authority": "Bộ"},
                {"rank": "hạng Nhất"},
                {"year": "2015"},
                {"reason": "công tác công đoàn"},
            )
        ),
        ([FLAG, FLAG], []),
    ],
)  # fmt: skip
def test_the_same_award_goes_to_a_recipient_once(awards, expected):
    noticed = told(check_awards_twice, members=MEMBERS, awards=awards)
    assert noticed == [f"warning award-twice {path}" for path in expected]


def test_an_award_twice_is_told_with_the_recipients_full_name():
    awards = [{**FLAG, "recipients": [{"unit": "bnv"}, {"unit": "bnv"}]}]
    (noticed,) = observe(check_awards_twice, members=MEMBERS, awards=awards)
    assert noticed.values == {"recipient": "Bộ Nội vụ", "form": "Cờ thi đua"}


def test_what_is_not_known_of_an_award_is_a_gap():
    awards = [
        {**FLAG, "recipients": [{"unit": "bnv"}]},
        {"status": "proposed", "form": "Bằng khen"},
        {**FLAG, "recipients": []},
        {"status": "agreed", "form": "Xuất sắc", "nature": "xep_loai", "recipients": [{"all_units": "có"}]},
    ]
    assert told(check_authorities, awards=awards) == ["gap award-authority-unknown awards[2]"]
    assert told(check_recipients, awards=awards) == ["gap award-recipients-unknown awards[2]"]
    assert observe(check_recipients, awards=awards)[0].values == {"form": "Bằng khen"}


@pytest.mark.parametrize(
    ("recipient", "fits"),
    [
        ({"kind": "tap_the", "unit": "bnv"}, True),
        ({"kind": "ca_nhan", "person": "A"}, True),
        ({"kind": "ca_nhan", "unit": "bnv", "count": "3"}, True),
        ({"person": "A"}, True),
        ({"kind": "tap_the", "person": "A"}, False),
    ],
)
def test_a_person_is_no_collective(recipient, fits):
    noticed = told(check_recipients, awards=[{**FLAG, "recipients": [recipient]}])
    assert noticed == ([] if fits else ["warning recipient-kind-contradicts awards[1].recipients[1].kind"])


@pytest.mark.parametrize(
    ("said", "letters", "fits"),
    [
        ("không", [{"sender": "bnv"}], False),
        ("có", [{"sender": "bnv"}], True),
        (None, [{"sender": "bnv"}], True),
        ("không", [], True),
        ("không", None, True),
    ],
)
def test_letters_contradict_that_there_were_none(said, letters, fits):
    noticed = told(check_nominations, nomination_letters=said, nominations=letters)
    assert noticed == ([] if fits else ["warning nominations-contradict nomination_letters"])
