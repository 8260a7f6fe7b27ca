"""Rules about numbers: attendance, votes, percentages, scores, ranks, fractions."""

from __future__ import annotations

import pytest

from generator.rules.counting import (
    check_attendance,
    check_fractions,
    check_ranks,
    check_scores,
    check_votes,
)
from tests.rules.samples import MEMBERS, WHOLE, observe, told

TWO = [{"who": "Sở A"}, {"who": "Sở B"}]


@pytest.mark.parametrize(
    ("attendance", "expected"),
    [
        ({"invited": "43", "present": "41", "absent": TWO}, []),
        ({"invited": "43", "present": "37", "absent": TWO}, ["warning absent-count-differs attendance.absent"]),
        ({"invited": "43", "present": "37", "absent": []}, ["warning absent-count-differs attendance.absent"]),
        ({"invited": "43", "present": "43", "absent": []}, []),
        ({"invited": "43", "present": "37"}, []),
        ({"invited": "40", "present": "43"}, ["warning present-above-invited attendance.present"]),
        ({"invited": "0", "present": "0"}, []),
        ({"present": "37", "absent": TWO}, []),
        ({"invited": "43", "absent": TWO}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_absent_are_the_invited_less_the_present(attendance, expected):
    assert told(check_attendance, attendance=attendance) == expected


def test_both_numbers_are_told():
    (noticed,) = observe(check_attendance, attendance={"invited": "43", "present": "37", "absent": TWO})
    assert noticed.values == {"listed": 2, "expected": 6}
    (noticed,) = observe(check_attendance, attendance={"invited": "40", "present": "43"})
    assert noticed.values == {"present": 43, "invited": 40}


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ({"issued": "10", "returned": "10", "valid": "9", "agreed": "9"}, []),
        ({"issued": "10", "returned": "11"}, ["error votes-contradict votes[1].returned"]),
        ({"returned": "10", "valid": "11"}, ["error votes-contradict votes[1].valid"]),
        ({"valid": "10", "agreed": "11"}, ["error votes-contradict votes[1].agreed"]),
        ({"issued": "10", "agreed": "11"}, ["error votes-contradict votes[1].agreed"]),
        ({"issued": "10", "returned": "11", "valid": "12"}, ["error votes-contradict votes[1].returned", "error votes-contradict votes[1].valid"]),
        ({"present": "10", "issued": "10"}, []),
        ({"present": "9", "issued": "10", "returned": "9"}, ["warning votes-above-present votes[1].issued"]),
        ({"present": "9", "agreed": "10"}, ["warning votes-above-present votes[1].agreed"]),
        ({"present": "0", "agreed": "0"}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_votes_are_at_most_those_of_the_step_before(vote, expected):
    assert told(check_votes, votes=[{"subject": "Cờ thi đua", **vote}]) == expected


def test_votes_are_told_with_both_numbers():
    (noticed,) = observe(check_votes, votes=[{"subject": "x", "issued": "10", "returned": "11"}])
    assert noticed.values == {"less": 11, "more": 10}
    (noticed,) = observe(check_votes, votes=[{"subject": "x", "present": "9", "agreed": "10"}])
    assert noticed.values == {"count": 10, "present": 9}


@pytest.mark.parametrize(
    ("percent", "counts", "code"),
    [
        ("100%", {"present": "10", "agreed": "10"}, None),
        ("100%", {"present": "200", "agreed": "199"}, "percent-contradicts"),
        ("100", {"valid": "10", "agreed": "10"}, None),
        ("66,7%", {"present": "3", "agreed": "2"}, None),
        ("66,6%", {"present": "3", "agreed": "2"}, None),
        ("67%", {"present": "3", "agreed": "2"}, None),
        ("66%", {"present": "3", "agreed": "2"}, None),
        ("65%", {"present": "3", "agreed": "2"}, "percent-contradicts"),
        ("68%", {"present": "3", "agreed": "2"}, "percent-contradicts"),
        ("66,67 %", {"present": "3", "agreed": "2"}, None),
        ("66,70%", {"present": "3", "agreed": "2"}, "percent-contradicts"),
        ("80%", {"issued": "12", "valid": "10", "agreed": "8"}, None),
        ("66,7%", {"issued": "12", "valid": "10", "agreed": "8"}, None),
        ("75%", {"issued": "12", "valid": "10", "agreed": "8"}, "percent-contradicts"),
        ("66,6%", {"present": "1300", "agreed": "867"}, None),
        ("45,5%", {"present": "11", "agreed": "5"}, None),
        ("13%", {"present": "8", "agreed": "1"}, None),
        ("100,5%", {}, "percent-impossible"),
        ("0%", {"present": "10", "agreed": "0"}, None),
        ("50%", {"present": "0", "agreed": "0"}, None),
        ("50%", {"agreed": "5"}, None),
        ("50%", {}, None),
        ("hơn 90%", {"present": "10", "agreed": "1"}, None),
        ("120%", {}, "percent-impossible"),
        ("-5%", {}, "percent-impossible"),
        ("66.7%", {"present": "3", "agreed": "2"}, "percent-unreadable"),
        ("tất cả", {}, "percent-unreadable"),
        ("%", {}, "percent-unreadable"),
        ("9" * 5000, {}, "percent-impossible"),
    ],
)
def test_a_percentage_fits_one_of_the_numbers(percent, counts, code):
    noticed = told(check_votes, votes=[{"subject": "x", "percent": percent, **counts}])
    assert noticed == ([f"warning {code} votes[1].percent"] if code else [])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"unit": "bnv", "total": "98,5"}, {"unit": "btc", "total": "98"}], []),
        ([{"unit": "bnv"}, {"unit": "Bộ nội vụ"}], ["unit-scored-twice scoring.rows[2].unit"]),
        ([{"unit": "bnv", "total": "98.5"}], ["score-unreadable scoring.rows[1].total"]),
        ([{"unit": "bnv", "self_score": "x", "cross": "y", "bonus": "z", "penalty": "-"}], [
            f"score-unreadable scoring.rows[1].{name}" for name in ("self_score", "cross", "bonus", "penalty")
        ]),
        ([{"unit": "bnv", "total": "1000 điểm tuyệt đối"}], ["score-above-scale scoring.rows[1].total"]),
        ([{"unit": "bnv", "total": "103", "bonus": "5"}], []),
        ([{"unit": "bnv", "self_score": "103", "cross": "101", "bonus": "5"}], [
            "score-above-scale scoring.rows[1].self_score", "score-above-scale scoring.rows[1].cross"
        ]),
        ([{"unit": "bnv", "total": "100", "bonus": "200", "penalty": "300"}], []),
    ],
)  # fmt: skip
def test_scores_are_figures_within_the_scale(rows, expected):
    noticed = told(check_scores, members=MEMBERS, scoring={"scale_max": "100", "rows": rows})
    assert noticed == [f"warning {one}" for one in expected]


@pytest.mark.parametrize("scale", [None, "thang điểm 100", "1.000 điểm"])
def test_a_scale_that_is_high_or_unknown_limits_nothing(scale):
    assert told(check_scores, scoring={"scale_max": scale, "rows": [{"unit": "bnv", "total": "1000"}]}) == []


def test_a_score_above_the_scale_is_told_with_it():
    rows = [{"unit": "bnv", "total": "1001 điểm"}]
    (noticed,) = observe(check_scores, scoring={"scale_max": "1000 điểm", "rows": rows})
    assert noticed.values == {"score": "1001 điểm", "highest": "1000 điểm"}


def ranking(*rows: tuple[str | None, str | None]) -> list[str]:
    units = [{"unit": f"Đơn vị {n}", "total": total, "rank": rank} for n, (total, rank) in enumerate(rows)]
    return told(check_ranks, scoring={"rows": units})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("98", "2"), ("99", "1")], []),
        ([("98", "1"), ("99", "2")], ["rank-contradicts-total scoring.rows[1].rank", "rank-contradicts-total scoring.rows[2].rank"]),
        ([("98", "01"), ("97", "02")], []),
        ([("98", "Nhất"), ("99", "Nhì")], []),
        ([("98", None), ("99", "2")], ["rank-contradicts-total scoring.rows[2].rank"]),
        ([("98", "1"), (None, "2")], []),
        ([("98", "2"), ("98,5 điểm", "1"), (None, "3")], []),
        ([("98", "1"), ("98,0", "2")], ["scores-tie scoring.rows[2].total"]),
        ([("98", "2"), ("98", "1"), ("97", "3")], ["scores-tie scoring.rows[2].total"]),
        ([("98", "1"), ("98", "1"), ("97", "2")], ["scores-tie scoring.rows[2].total", "rank-contradicts-total scoring.rows[3].rank"]),
        ([("98", None), ("98", None), ("98", None)], ["scores-tie scoring.rows[2].total", "scores-tie scoring.rows[3].total"]),
        ([("98", "9" * 5000)], []),
        ([("98", "٢")], []),
        ([], []),
    ],
)  # fmt: skip
def test_ranks_follow_the_totals_and_ties_are_told(rows, expected):
    assert ranking(*rows) == [f"warning {one}" for one in expected]


def test_a_tie_and_a_wrong_rank_are_told_with_what_they_name():
    rows = [{"unit": "A", "total": "98", "rank": "1"}, {"unit": "B", "total": "98", "rank": "3"}]
    tie, rank = observe(check_ranks, scoring={"rows": rows})
    assert tie.values == {"unit": "B", "other": "A", "total": "98"}
    assert rank.values == {"rank": "3", "expected": 1}


@pytest.mark.parametrize(
    ("classification", "code"),
    [
        ({"fraction": "3/3"}, None),
        ({"fraction": "03/3", "all_units": "có"}, None),
        ({"fraction": "2 / 3", "units": ["bnv", "btc"]}, None),
        ({"fraction": "06/6"}, "fraction-contradicts"),
        ({"fraction": "4/3"}, "fraction-contradicts"),
        ({"fraction": "2/3", "all_units": "có"}, "fraction-contradicts"),
        ({"fraction": "2/3", "units": ["bnv"]}, "fraction-contradicts"),
        ({"fraction": "một nửa"}, "fraction-unreadable"),
        ({"fraction": f"{'9' * 5000}/3"}, "fraction-unreadable"),
        ({"units": ["bnv"]}, None),
    ],
)
def test_a_fraction_fits_the_units_and_the_block(classification, code):
    facts = {"block": WHOLE, "members": MEMBERS, "classifications": [{"label": "x", **classification}]}
    expected = [f"warning {code} classifications[1].fraction"] if code else []
    assert told(check_fractions, **facts) == expected


def test_a_fraction_is_held_against_the_declared_number_where_the_list_is_a_part():
    def classify(fraction: str, **block: str) -> list[str]:
        return told(
            check_fractions,
            block={"name": "x", **block},
            members=MEMBERS,
            classifications=[{"label": "x", "fraction": fraction}],
        )

    assert classify("6/6", declared_count="6") == []
    assert classify("6/6", declared_count="7") != []
    assert classify("6/6") == []
