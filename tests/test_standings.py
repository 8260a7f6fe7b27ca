"""Totals and ranks: exact, by the rule of the facts, the same whoever counts, in whatever order."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.checking import check_facts
from generator.model.conference import Conference
from generator.model.counting import format_score, has_end, read_share, round_fraction
from generator.model.standings import compute_standings
from generator.model.suggestions import suggest_awards

ROOT = Path(__file__).resolve().parent.parent
CRITERIA = [
    {"number": "I", "name": "Chuyên môn", "highest": "60"},
    {"number": "II", "name": "Phong trào", "highest": "40"},
]


def conference_of(marks, units, rows=(), facts=None, **scoring):
    """Return a conference in which *marks* are points by unit and scorer."""
    given = [
        {"unit": unit, "scorer": scorer, "points": list(points)} for (unit, scorer), points in marks.items()
    ]
    given_rule = {
        "criteria": CRITERIA,
        "marks": given,
        "rows": list(rows),
        "rounding": {"digits": "2"},
    } | scoring
    return Conference.model_validate(
        {
            "event": {"kind": "tong_ket", "year": "2024"},
            "block": {"name": "Khối thi đua số 1", "members_complete": "có"},
            "members": [{"name": unit} for unit in units],
            "scoring": given_rule,
        }
        | (facts or {})
    )


def by_unit(standings):
    return {one.unit: (format_score(one.total), one.rank) for one in standings.units}


THREE = {
    ("A", "B"): ("58", "39"), ("A", "C"): ("57", "38"),
    ("B", "A"): ("56", "37"), ("B", "C"): ("55", "38,5"),
    ("C", "A"): ("54", "36"), ("C", "B"): ("53,5", "37"),
}  # fmt: skip


def test_the_cross_score_is_the_mean_of_the_sums_of_the_others():
    standings = compute_standings(conference_of(THREE, "ABC"))

    assert by_unit(standings) == {"A": ("96", 1), "B": ("93,25", 2), "C": ("90,25", 3)}
    assert [sheet.total for sheet in standings.find("A").sheets] == [97, 95]


def test_bonus_and_penalty_and_weights_count_as_the_rule_says():
    rows = [{"unit": "A", "self_score": "100", "penalty": "1,5"}, {"unit": "B", "self_points": ["59", "40"], "bonus": "3"},
            {"unit": "C", "self_score": "90"}]  # fmt: skip
    rule = {"self_score": "weighted", "weights": {"self_score": "30%", "cross": "0,7"}}

    counted = by_unit(compute_standings(conference_of(THREE, "ABC", rows, **rule)))

    # A: 0,3 × 100 + 0,7 × 96 − 1,5; B: 0,3 × 99 + 0,7 × 93,25 + 3 = 97,975; C: 27 + 63,175
    assert counted == {"A": ("95,7", 2), "B": ("97,98", 1), "C": ("90,18", 3)}


@pytest.mark.parametrize(("way", "expected"), [("half_up", "93,3"), ("half_even", "93,2"), ("down", "93,2")])
def test_halves_are_rounded_as_the_rule_says(way, expected):
    standings = compute_standings(conference_of(THREE, "ABC", rounding={"digits": "1", "way": way}))

    assert by_unit(standings)["B"][0] == expected


def test_the_highest_and_the_lowest_may_be_dropped():
    scorers = "BCDEF"
    marks = {("A", scorer): (str(40 + i * i), "10") for i, scorer in enumerate(scorers)}

    (only,) = compute_standings(conference_of(marks, "ABCDEF", drop_extremes="1")).units

    assert [sheet.counts for sheet in only.sheets] == [False, True, True, True, False]
    assert only.total == Fraction(51 + 54 + 59, 3).__round__(2)
    assert only.spread == 59 - 51


def test_a_unit_does_not_count_for_itself_unless_the_rule_says_so():
    marks = THREE | {(unit, unit): ("60", "40") for unit in "ABC"}

    assert by_unit(compute_standings(conference_of(marks, "ABC", drop_self="có")))["A"] == ("96", 1)
    assert by_unit(compute_standings(conference_of(marks, "ABC", drop_self="không")))["A"] == ("97,33", 1)


@pytest.mark.parametrize(
    "scoring",
    [
        {"missing": None},
        {"rounding": None, "missing": None},
        {"drop_extremes": "1"},
        {"self_score": "weighted", "weights": {"self_score": "30%", "cross": "70%"}},
        {"self_score": "weighted", "weights": {"cross": "70%"}},
        {"rounding": {"digits": "9"}},
    ],
)
def test_what_cannot_be_counted_has_no_standings(scoring):
    marks = THREE | ({("A", "B"): ("58", "–")} if "missing" in scoring else {})

    assert compute_standings(conference_of(marks, "ABC", **scoring)) is None


def test_a_sheet_that_is_not_whole_may_be_passed_over():
    marks = THREE | {("A", "B"): ("58", "–")}

    assert by_unit(compute_standings(conference_of(marks, "ABC", missing="skip")))["A"] == ("95", 1)


# --- ties -----------------------------------------------------------------------------------------------

EQUAL = {
    ("A", "B"): ("56", "38"), ("A", "C"): ("56", "38"),
    ("B", "A"): ("57", "37"), ("B", "C"): ("57", "37"),
    ("C", "A"): ("50", "30"), ("C", "B"): ("50", "30"),
}  # fmt: skip


def test_equal_totals_share_their_rank_and_leave_a_gap():
    standings = compute_standings(conference_of(EQUAL, "ABC"))

    assert by_unit(standings) == {"A": ("94", 1), "B": ("94", 1), "C": ("80", 3)}
    assert standings.find("A").tied_with == ("B",)
    assert [[one.unit for one in group] for group in standings.ties] == [["A", "B"]]


@pytest.mark.parametrize(
    ("ties", "first"), [(["Phong trào"], "A"), (["điểm trừ", "I"], "B"), (["điểm thưởng"], "B")]
)
def test_a_tie_is_broken_only_by_the_rule_of_the_facts(ties, first):
    rows = [{"unit": "A", "bonus": "1"}, {"unit": "B", "bonus": "1,5", "penalty": "0,5"}]
    if ties[0] == "điểm trừ":
        rows = []
    standings = compute_standings(conference_of(EQUAL, "ABC", rows, ties=ties))

    assert standings.ranked[0].unit == first
    assert standings.ties == ()
    assert len(standings.equal_totals) == 1


@pytest.mark.parametrize(
    ("decision", "ranks"),
    [
        ({"units": ["B", "A"]}, (2, 1)),
        ({"units": ["B", "A"], "shared": "có"}, (1, 1)),
        ({"units": ["B", "C"]}, (1, 1)),
    ],
)
def test_the_conference_may_decide_about_a_tie(decision, ranks):
    decisions = [{**decision, "ground": "biểu quyết"}]
    standings = compute_standings(conference_of(EQUAL, "ABC", tie_decisions=decisions))

    assert (standings.find("A").rank, standings.find("B").rank) == ranks


# --- properties -----------------------------------------------------------------------------------------

POINTS = st.integers(0, 240).map(lambda quarter: str(Decimal(quarter) / 4).replace(".", ","))


@st.composite
def tables(draw, *, own=False):
    """Give marks of every unit by every other (and by itself, if *own*)."""
    units = [f"Đơn vị {number}" for number in range(1, draw(st.integers(3, 6)) + 1)]
    marks = {
        (unit, scorer): (draw(POINTS), draw(POINTS))
        for unit in units
        for scorer in units
        if own or unit != scorer
    }
    return units, marks


RULES = st.fixed_dictionaries(
    {
        "cross_score": st.sampled_from(["mean", "sum"]),
        "rounding": st.fixed_dictionaries({"digits": st.sampled_from(["0", "2"])}),
        "ties": st.sampled_from([[], ["chấm chéo"], ["Phong trào"]]),
    }
)
quickly = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quickly
@given(tables(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_units_and_scorers_changes_nothing_but_order(table, rule, chance: random.Random):
    units, marks = table
    shuffled, mixed = chance.sample(units, len(units)), dict(chance.sample(list(marks.items()), len(marks)))

    one = compute_standings(conference_of(marks, units, **rule))
    other = compute_standings(conference_of(mixed, shuffled, **rule))

    assert by_unit(one) == by_unit(other)
    assert [unit.unit for unit in other.units] == shuffled
    assert {unit.unit: unit.spread for unit in one.units} == {unit.unit: unit.spread for unit in other.units}


@quickly
@given(tables(own=True), st.integers(1, 40), st.data())
def test_a_constant_that_one_scorer_adds_for_all_moves_no_rank(table, constant, data):
    units, marks = table
    scorer = data.draw(st.sampled_from(units))
    raised = {
        key: (str(Decimal(points[0].replace(",", ".")) + constant).replace(".", ","), points[1])
        if key[1] == scorer
        else points
        for key, points in marks.items()
    }
    rule = {"drop_self": "không", "cross_score": "sum", "rounding": None}

    before = compute_standings(conference_of(marks, units, **rule))
    after = compute_standings(conference_of(raised, units, **rule))

    assert {one.unit: one.rank for one in before.units} == {one.unit: one.rank for one in after.units}


@quickly
@given(tables(), st.sampled_from([0, 1, 2, 3]))
def test_totals_are_those_of_decimal_arithmetic(table, digits):
    """An independent way: decimals of 50 figures, sums first, one division, one rounding."""
    units, marks = table
    standings = compute_standings(conference_of(marks, units, rounding={"digits": str(digits)}))

    for unit in units:
        points = [
            Decimal(text.replace(",", ".")) for key, two in marks.items() if key[0] == unit for text in two
        ]
        mean = sum(points) / (len(points) // 2)
        expected = mean.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert standings.find(unit).total == Fraction(expected)


@quickly
@given(tables(), RULES)
def test_ranks_follow_totals(table, rule):
    units, marks = table
    standings = compute_standings(conference_of(marks, units, **rule))

    for one in standings.units:
        better = sum(other.total > one.total for other in standings.units)
        equal = sum(other.total == one.total for other in standings.units)
        assert better < one.rank <= better + equal
        assert bool(one.tied_with) == (sum(other.rank == one.rank for other in standings.units) > 1)


@given(
    st.fractions(min_value=-1000, max_value=1000),
    st.integers(0, 4),
    st.sampled_from(["half_up", "half_even", "down"]),
)
def test_rounding_is_never_further_off_than_it_may_be(value, digits, way):
    rounded = round_fraction(value, digits, way)

    unit = Fraction(1, 10**digits)
    assert (rounded / unit).denominator == 1
    assert abs(rounded - value) < unit if way == "down" else abs(rounded - value) <= unit / 2
    assert way != "down" or abs(rounded) <= abs(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(98), "98"), (Fraction(100), "100"), (Fraction(1965, 20), "98,25"), (Fraction(123456, 10), "12.345,6"),
        (Fraction(290, 3), "≈ 96,6667"), (Fraction(0), "0"), (Fraction(-1, 2), "-0,5"), (Fraction(1, 1024), "0,0009765625"),
    ],
)  # fmt: skip
def test_figures_are_written_exactly_or_marked(value, written):
    assert format_score(value) == written
    assert has_end(value) == ("≈" not in written)


@pytest.mark.parametrize(
    ("text", "share"),
    [("0,3", Fraction(3, 10)), ("30%", Fraction(3, 10)), ("30 %", Fraction(3, 10)), ("1", 1)],
)
def test_shares(text, share):
    assert read_share(text) == share


# --- who decides ----------------------------------------------------------------------------------------


def test_a_scorer_on_whom_the_first_place_hangs_is_named():
    marks = THREE | {("A", "C"): ("20", "10"), ("B", "C"): ("56", "38")}

    standings = compute_standings(conference_of(marks, "ABC"))

    assert standings.ranked[0].unit == "B"
    assert [(one.scorer, one.firsts) for one in standings.deciders] == [("C", ("A",))]


# --- suggestions ----------------------------------------------------------------------------------------

QUOTAS = [
    {"form": "Cờ thi đua", "authority": "Chính phủ", "most": "1"},
    {"form": "Bằng khen", "authority": "Thủ tướng Chính phủ", "most": "2"},
]


def suggest(marks, **more):
    conference = conference_of(marks, "ABC", facts={"award_quotas": QUOTAS, **more})
    return suggest_awards(conference, compute_standings(conference))


def test_quotas_are_filled_from_the_top():
    flag, certificates = suggest(THREE)

    assert [one.unit for one in flag.units] == ["A"]
    assert [one.unit for one in certificates.units] == ["B", "C"]


def test_a_shared_rank_at_the_end_of_a_quota_is_left_to_the_conference():
    (flag,) = suggest(EQUAL)

    assert flag.units == ()
    assert {one.unit for one in flag.undecided} == {"A", "B"}


def test_nothing_is_suggested_where_awards_are_declared():
    declared = {"status": "proposed", "form": "Cờ thi đua", "recipients": [{"unit": "C"}]}

    assert suggest(THREE, awards=[declared]) == ()
    assert suggest(THREE, awards=[{**declared, "status": "past"}]) != ()


def test_certificates_of_the_block_itself_leave_the_quotas_open():
    own = {"status": "agreed", "form": "Giấy khen", "authority": "Khối trưởng", "recipients": [{"unit": "C"}]}

    assert suggest(THREE, awards=[own]) == suggest(THREE)


def test_a_sum_that_lacks_a_sheet_decides_nothing():
    jury = {("A", "Hội đồng"): ("10", "10"), ("B", "Hội đồng"): ("60", "40"), ("C", "Hội đồng"): ("10", "10")}

    assert compute_standings(conference_of(THREE, "ABC", cross_score="sum")).deciders == ()
    (one,) = compute_standings(conference_of(THREE | jury, "ABC", cross_score="sum")).deciders
    assert (one.scorer, one.firsts) == ("Hội đồng", ("A",))


# --- the samples ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "units"), [("mau", 10), ("mau-24", 24)])
def test_the_samples_hold_a_full_sheet(name, units):
    conference = check_facts(ROOT / "inputs" / name).conference
    standings = compute_standings(conference)

    assert len(standings.units) == len(standings.scorers) == units
    assert all(len(one.sheets) == units - 1 for one in standings.units)
    assert len(standings.criteria) == 5
    assert standings.ties
    assert any(one.penalty for one in standings.units)
    assert standings.deciders == ()
