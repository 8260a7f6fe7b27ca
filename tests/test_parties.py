"""Who signs the pledge: whom the facts name, in their order, with the offices of the pledge's year; never a guess."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.conference import Conference
from generator.model.parties import Party, declared_copies, list_copies, list_parties, pledge_year


def conference(facts: dict[str, Any], **event: str) -> Conference:
    """Return a made-up conference of 2016 with *facts*."""
    about = {"kind": "tong_ket", "year": "2016", "next_year": "2017"} | event
    return Conference.model_validate({"event": about, "block": {"name": "Khối thi đua số 1"}} | facts)


def told(made: Conference) -> list[str]:
    """Return the parties of *made* as ``unit (office)``, unknown units as dots."""
    return [
        f"{one.unit or '…'} ({one.office})" if one.office else one.unit or "…" for one in list_parties(made)
    ]


def members(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def signatories(*units: str) -> list[dict[str, str]]:
    return [{"unit": unit} for unit in units]


HEAD, DEPUTY = {"unit": "Sở D"}, {"unit": "Sở C"}
NEXT = {"next": {"year": "2017", "head": HEAD, "deputies": [DEPUTY]}}

# --- the year -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "pledge", "year"),
    [
        ({}, {"year": "2018"}, "2018"),
        ({}, {}, "2017"),
        ({}, None, "2017"),
        ({"kind": "ky_giao_uoc", "year": "2019"}, {}, "2019"),
        ({"kind": "ky_giao_uoc", "year": "2019"}, {"year": "2020"}, "2020"),
    ],
)
def test_the_year_is_that_of_the_pledge_else_the_next_one(event, pledge, year):
    assert pledge_year(conference({"pledge": pledge}, **event)) == year


def test_a_year_that_nobody_states_is_unknown():
    assert (
        pledge_year(
            Conference.model_validate({"event": {"kind": "tong_ket", "year": "2016"}, "block": {"name": "K"}})
        )
        is None
    )


# --- offices ------------------------------------------------------------------------------------------

CURRENT = {"head": {"unit": "Sở A"}, "deputies": [{"unit": "Sở B"}]}


@pytest.mark.parametrize(
    ("event", "leadership", "year", "expected"),
    [
        # the leaders of the pledge's year, not those of the year under review
        ({}, {"current": CURRENT, **NEXT}, "2017", ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B"]),
        ({}, {"current": CURRENT}, "2017", ["Sở A", "Sở B", "Sở C", "Sở D"]),
        ({}, NEXT, "2018", ["Sở A", "Sở B", "Sở C", "Sở D"]),
        # the next leaders without a year are those of the next year
        ({}, {"next": {"head": HEAD}}, None, ["Sở D (Khối trưởng)", "Sở A", "Sở B", "Sở C"]),
        # a year may be written in two ways
        (
            {"year": "năm học 2016 - 2017", "next_year": "năm học 2017 - 2018"},
            {"next": {"year": "2017 – 2018", "head": HEAD}},
            "Năm học 2017-2018",
            ["Sở D (Khối trưởng)", "Sở A", "Sở B", "Sở C"],
        ),
        # a ceremony signs the pledge of its own year, under its own leaders
        (
            {"kind": "ky_giao_uoc"},
            {"current": CURRENT},
            None,
            ["Sở A (Khối trưởng)", "Sở B (Khối phó)", "Sở C", "Sở D"],
        ),
        # an office without a holder, or held by a post, is nobody's
        ({}, {"next": {"head": {}, "deputies": [{"post": "Giám đốc Sở B"}]}}, None, ["Sở A", "Sở B", "Sở C", "Sở D"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False], ids=["signatories", "members"])
def test_offices_are_those_of_the_year_of_the_pledge(event, leadership, year, expected, named):
    names = ("Sở A", "Sở B", "Sở C", "Sở D")
    facts = {"members": members(*names), "leadership": leadership, "pledge": {"year": year}}
    facts["pledge"] |= {"signatories": signatories(*names)} if named else {"declared_signatories": "4"}

    assert told(conference(facts, **event)) == expected


def test_an_office_is_called_as_its_holder_calls_it_else_as_the_block_does():
    facts = {
        "block": {"name": "Cụm", "office_names": {"head": "Cụm trưởng", "deputy": "Cụm phó"}},
        "leadership": {"next": {"head": {"unit": "A"}, "deputies": [{"unit": "B"}, {"unit": "C", "title": "Cụm phó thứ hai"}]}},
        "pledge": {"signatories": signatories("C", "X", "B", "A")},
    }  # fmt: skip

    assert told(conference(facts)) == ["A (Cụm trưởng)", "B (Cụm phó)", "C (Cụm phó thứ hai)", "X"]


def test_a_leader_may_be_named_by_any_of_the_names_of_its_unit():
    facts = {
        "members": [{"id": "bnv", "name": "Bộ Nội vụ", "aliases": ["BNV"]}, {"name": "Bộ Y tế"}],
        "leadership": {"next": {"head": {"unit": "bnv"}}},
        "pledge": {"signatories": signatories("Bộ Y tế", "BNV")},
    }

    assert told(conference(facts)) == ["Bộ Nội vụ (Khối trưởng)", "Bộ Y tế"]


def test_a_person_who_leads_is_found_among_the_signatories_by_name_only():
    leaders = {"next": {"head": {"person": {"name": "Lê Hòa"}}, "deputies": [{"person": {"name": "Vũ Tư"}}]}}
    signing = [{"unit": "A", "person": "Trần An"}, {"unit": "B", "person": "Lê Hoà"}, {"unit": "C"}]

    assert told(conference({"leadership": leaders, "pledge": {"signatories": signing}})) == [
        "B (Khối trưởng)",
        "A",
        "C",
    ]


def test_of_two_signatories_of_one_name_neither_gets_the_office():
    signing = [{"unit": "A", "person": "Lê An"}, {"unit": "B", "person": "Lê An"}]
    facts = {
        "leadership": {"next": {"head": {"person": {"name": "Lê An"}}}},
        "pledge": {"signatories": signing},
    }

    assert told(conference(facts)) == ["A", "B"]


def test_a_leader_who_does_not_sign_is_no_party():
    facts = {"leadership": NEXT, "pledge": {"signatories": signatories("Sở B", "Sở C")}}

    assert told(conference(facts)) == ["Sở C (Khối phó)", "Sở B"]


# --- parties ------------------------------------------------------------------------------------------


def test_signatories_stand_in_the_order_of_the_facts_and_not_of_the_alphabet():
    names = ["Sở Y tế", "Sở Công Thương", "Đài Phát thanh", "Ban Dân tộc", "Sở Ô"]

    assert (
        told(conference({"members": members(*sorted(names)), "pledge": {"signatories": signatories(*names)}}))
        == names
    )


def test_signatories_that_are_only_counted_are_left_open_at_the_end():
    pledge = {"signatories": signatories("A", "B"), "declared_signatories": "4"}

    assert told(conference({"pledge": pledge})) == ["A", "B", "…", "…"]


def test_no_signatory_is_lost_where_fewer_are_declared():
    pledge = {"signatories": signatories("A", "B", "C"), "declared_signatories": "2"}

    assert told(conference({"pledge": pledge})) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("declared", "complete", "expected"),
    [
        ("6", None, ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B", "…", "…"]),
        ("4", None, ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B"]),
        # which of the members sign is not known: only those who lead are sure to stand there
        ("3", None, ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "…"]),
        ("1", None, ["…"]),
        (None, "có", ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B"]),
        (None, None, ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B", "…"]),
        ("0", "không", ["Sở D (Khối trưởng)", "Sở C (Khối phó)", "Sở A", "Sở B", "…"]),
    ],
)
def test_without_signatories_known_units_stand_in_the_places_and_the_rest_is_open(
    declared, complete, expected
):
    facts = {
        "block": {"name": "Khối", "members_complete": complete},
        "members": members("Sở A", "Sở B", "Sở C"),
        "leadership": NEXT,
        "pledge": {"declared_signatories": declared},
    }

    assert told(conference(facts)) == expected


@pytest.mark.parametrize(("pledge", "number"), [(None, 2), ({}, 2), ({"declared_signatories": "43"}, 43)])
def test_where_nobody_is_known_all_places_are_open(pledge, number):
    assert list_parties(conference({"pledge": pledge})) == (Party(None),) * number


def test_a_declared_number_of_members_is_not_a_number_of_signatories():
    facts = {"block": {"name": "Khối", "declared_count": "12"}, "members": members("A", "B")}

    assert told(conference(facts)) == ["A", "B", "…"]


UNITS = st.lists(st.sampled_from([f"Sở {letter}" for letter in "ABCDEĐGHIK"]), unique=True)


@given(UNITS, UNITS, st.none() | st.integers(0, 60))
def test_whoever_is_known_no_unit_has_two_places_and_the_declared_number_is_kept(listed, leading, declared):
    leaders = [{"unit": unit} for unit in leading]
    facts = {
        "members": members(*listed),
        "leadership": {"next": {"head": leaders[0] if leaders else None, "deputies": leaders[1:]}},
        "pledge": {"declared_signatories": str(declared) if declared else None},
    }
    parties = list_parties(conference(facts))
    named = [one.unit for one in parties if one.unit]

    assert len(named) == len(set(named))
    assert [one.unit for one in parties] == named + [None] * (len(parties) - len(named))
    assert set(named) <= {*listed, *leading}
    assert [one.unit for one in parties if one.office] == named[: len(leading) if named else 0]
    if declared:
        assert len(parties) == declared


@given(st.permutations([f"Sở {letter}" for letter in "ABCDEĐGHIK"]), st.integers(0, 9), st.integers(0, 60))
def test_signatories_keep_their_order_behind_the_head(names, head, declared):
    facts = {
        "leadership": {"next": {"head": {"unit": names[head]}}},
        "pledge": {"signatories": signatories(*names), "declared_signatories": str(declared)},
    }
    parties = list_parties(conference(facts))

    assert [one.unit for one in parties[:10]] == [names[head], *names[:head], *names[head + 1 :]]
    assert all(one.signatory and one.signatory.unit == one.unit for one in parties[:10])
    assert parties[10:] == (Party(None),) * (declared - 10)


# --- originals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pledge", "paper", "copies"),
    [({"copies": "11"}, {"copies": "12"}, 11), ({}, {"copies": "12"}, 12), ({}, {}, None), (None, {}, None)],
)
def test_the_number_of_originals_is_the_pledges_else_its_papers(pledge, paper, copies):
    assert declared_copies(conference({"pledge": pledge, "papers": {"pledge": paper}})) == copies


def test_each_party_keeps_one_original_and_the_archive_the_others():
    facts = {"leadership": NEXT, "pledge": {"signatories": signatories("Sở C", "Sở D"), "copies": "4"}}
    copies = list_copies(conference(facts))

    assert [(one.number, one.total, one.unit) for one in copies] == [
        (1, 4, "Sở D"),
        (2, 4, "Sở C"),
        (3, 4, None),
        (4, 4, None),
    ]


@given(st.integers(0, 50), st.none() | st.integers(0, 60))
def test_originals_are_numbered_once_each_and_suffice_for_the_parties(number, declared):
    pledge = {
        "signatories": signatories(*(f"Sở {n}" for n in range(number))) or None,
        "copies": None if declared is None else str(declared),
    }
    made = conference({"pledge": pledge})
    copies, parties = list_copies(made), list_parties(made)

    assert [one.number for one in copies] == list(range(1, len(copies) + 1))
    assert {one.total for one in copies} == {len(copies)}
    assert len(copies) == max(declared or 0, len(parties))
    assert [one.unit for one in copies[: len(parties)]] == [one.unit for one in parties]
    assert {one.unit for one in copies[len(parties) :]} <= {None}


# --- whether there is a pledge --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pledge", "is_told"),
    [
        ({}, False),
        ({"year": "2017", "signed": "no"}, False),
        ({"past_theme": {"lines": ["Đoàn kết"]}}, False),
        ({"signatories": [], "declared_signatories": "0"}, False),
        ({"signed": "planned"}, True),
        ({"signed": "yes"}, True),
        ({"theme": {"lines": ["Đoàn kết"]}}, True),
        ({"copies": "3"}, True),
    ],
)
def test_a_year_and_a_theme_gone_by_are_no_pledge(pledge, is_told):
    told_of = conference({"pledge": pledge}).pledge

    assert told_of is not None
    assert told_of.is_told == is_told
