"""Rules about the pledge: theme, signatories, paper, and the kind of event."""

from __future__ import annotations

import pytest

from generator.rules.pledge import (
    check_ceremony,
    check_copies,
    check_mid_year,
    check_paper,
    check_signatories,
    check_signing,
    check_theme,
    check_unnamed_parties,
)
from tests.rules.samples import MEMBERS, observe, told


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Đoàn kết, sáng tạo"], None),
        (["“Đoàn kết, sáng tạo”"], "theme-has-quotes"),
        (['"Đoàn kết, sáng tạo"'], "theme-has-quotes"),
        (["«Đoàn kết, sáng tạo»"], "theme-has-quotes"),
        (["“Kỷ cương", "hiệu quả”"], "theme-has-quotes"),
        (["“Kỷ cương”", "“hiệu quả”"], "theme-has-quotes"),
        (["“Thi đua “Hai tốt” năm 2017”"], "theme-has-quotes"),
        (["Thực hiện phong trào “Hai tốt”"], None),
        (["“Hai tốt” và “Ba sẵn sàng”"], None),
        (['"Hai tốt" và "Ba sẵn sàng"'], None),
        (["Thực hiện phong trào", "“Hai tốt”"], None),
        (["Thực hiện phong trào “Hai tốt"], "theme-quote-unclosed"),
        (["Hai tốt” năm 2017"], "theme-quote-unclosed"),
        (['Thực hiện "Hai tốt'], "theme-quote-unclosed"),
        (["“Hai tốt"], "theme-quote-unclosed"),
        (['"'], "theme-quote-unclosed"),
        (['""'], "theme-has-quotes"),
        (['""x"'], "theme-quote-unclosed"),
        (['"x""'], "theme-quote-unclosed"),
        (["“" * 1000 + "x" + "”" * 1000], "theme-has-quotes"),
        ([], None),
    ],
)
@pytest.mark.parametrize("name", ["theme", "past_theme"])
def test_documents_put_the_quotation_marks_around_a_theme(name, lines, code):
    noticed = told(check_theme, pledge={name: {"lines": lines}})
    assert noticed == ([f"warning {code} pledge.{name}.lines[1]"] if code else [])


@pytest.mark.parametrize(
    ("declared", "signatories", "expected"),
    [
        ("2", ["bnv", "btc"], []),
        (None, ["bnv", "btc"], []),
        ("10", None, []),
        ("10", [], []),
        ("10", ["bnv", "btc"], ["warning signatories-count-differs pledge.declared_signatories"]),
        (None, ["bnv", "btc", "Bộ Nội vụ"], ["error signatory-twice pledge.signatories[3].unit"]),
        (None, ["Bộ A", "bộ a", "Bộ A"], ["error signatory-twice pledge.signatories[2].unit", "error signatory-twice pledge.signatories[3].unit"]),
    ],
)  # fmt: skip
def test_each_unit_signs_once_and_all_are_counted(declared, signatories, expected):
    listed = None if signatories is None else [{"unit": unit} for unit in signatories]
    pledge = {"declared_signatories": declared, "signatories": listed}
    assert told(check_signatories, members=MEMBERS, pledge=pledge) == expected


def test_the_counts_and_the_unit_are_told():
    pledge = {"declared_signatories": "10", "signatories": [{"unit": "bnv"}, {"unit": "bnv"}]}
    counts, twice = observe(check_signatories, pledge=pledge)
    assert counts.values == {"declared": 10, "listed": 2}
    assert twice.values == {"unit": "bnv"}


@pytest.mark.parametrize(
    ("pledge", "at", "values"),
    [
        ({"signed": "yes"}, "pledge", {"named": 3, "unnamed": 1}),
        (
            {"theme": {"lines": ["x"]}, "declared_signatories": "10"},
            "pledge.declared_signatories",
            {"named": 3, "unnamed": 7},
        ),
        ({"signed": "yes", "declared_signatories": "3"}, "pledge.declared_signatories", {"named": 3, "unnamed": 0}),
        ({"signed": "yes", "signatories": [{"unit": "bnv"}]}, None, {}),
        ({"signed": "yes", "declared_signatories": "2"}, None, {}),  # then nobody's name stands there
        ({"year": "2017"}, None, {}),  # of no pledge at all is anything told
        (None, None, {}),
    ],
)  # fmt: skip
def test_units_that_only_belong_to_the_block_are_listed_as_a_gap(pledge, at, values):
    noticed = observe(check_unnamed_parties, members=MEMBERS, pledge=pledge)
    assert [one.values for one in noticed] == ([values] if at else [])
    expected = [f"gap parties-from-members {at}"] if at else []
    assert told(check_unnamed_parties, members=MEMBERS, pledge=pledge) == expected


@pytest.mark.parametrize(
    ("pledge", "paper", "at"),
    [
        ({"copies": "2"}, {}, None),
        ({"copies": "3"}, {}, None),
        ({"copies": "1"}, {}, "pledge.copies"),
        ({"copies": "1"}, {"copies": "9"}, "pledge.copies"),
        ({}, {"copies": "1"}, "papers.pledge.copies"),
        ({}, {}, None),
    ],
)
def test_every_party_gets_an_original(pledge, paper, at):
    pledge = {"signatories": [{"unit": "bnv"}, {"unit": "btc"}]} | pledge
    facts = {"pledge": pledge, "papers": {"pledge": paper}}
    assert told(check_copies, **facts) == ([f"warning copies-fewer-than-parties {at}"] if at else [])
    assert [one.values for one in observe(check_copies, **facts)] == [{"copies": 1, "parties": 2}] * bool(at)


@pytest.mark.parametrize(
    ("signed", "signatory", "fits"),
    [
        ("planned", {"signed": "có"}, False),
        ("no", {"signed_on": "17/02/2017"}, False),
        ("no", {"signed": "không"}, True),
        ("planned", {}, True),
        ("yes", {"signed": "có"}, True),
        ("unknown", {"signed": "có"}, True),
    ],
)
def test_nobody_has_signed_what_is_not_signed(signed, signatory, fits):
    pledge = {"signed": signed, "signatories": [{"unit": "bnv", **signatory}]}
    expected = [] if fits else ["warning pledge-signed-contradicts pledge.signed"]
    assert told(check_signing, pledge=pledge) == expected


@pytest.mark.parametrize(
    ("pledge", "paper", "expected"),
    [
        ({"date": "17/02/2017"}, {"date": "17/2/2017"}, []),
        ({"date": "17/02/2017"}, {"date": "18/02/2017"}, ["date"]),
        ({"place": "Hà Nội", "copies": "10"}, {"place": "Sơn La", "copies": "12"}, ["place", "copies"]),
        ({"copies": "10"}, {}, []),
        ({}, {"copies": "10"}, []),
        ({"number": "01/GƯTĐ"}, {"number": "01"}, []),
    ],
)
def test_the_pledge_and_its_paper_agree(pledge, paper, expected):
    noticed = observe(check_paper, pledge=pledge, papers={"pledge": paper})
    assert [(one.code, one.path, one.values) for one in noticed] == [
        ("pledge-paper-contradicts", ("pledge", name), {"field": name}) for name in expected
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("so_ket", ["warning mid-year-leaders leadership.next", "warning mid-year-pledge pledge"]),
        ("tong_ket", []),
        ("ky_giao_uoc", []),
    ],
)
def test_a_half_year_review_elects_and_signs_nothing(kind, expected):
    facts = {"leadership": {"next": {"method": "bầu"}}, "pledge": {"signed": "yes"}}
    assert told(check_mid_year, event={"kind": kind}, **facts) == expected
    assert told(check_mid_year, event={"kind": kind}, pledge={"signed": "planned"}) == []


def test_a_ceremony_is_about_a_pledge():
    assert told(check_ceremony, event={"kind": "ky_giao_uoc"}) == ["gap ceremony-without-pledge event.kind"]
    assert told(check_ceremony, event={"kind": "ky_giao_uoc"}, pledge={}) == []
    assert told(check_ceremony) == []
