"""Taking turns in leading the block: the rule of the facts, and what the folders of other years tell."""

from __future__ import annotations

import pytest

from generator.checking import check_facts
from generator.findings import Severity
from generator.model.tenures import Tenure, is_same_block, list_tenures
from generator.rules.rotation import check_rotation
from tests.rules.samples import MEMBERS, make_conference

ORDER = ["bnv", "btc", "bxd"]


def told(rotation, head="btc", earlier=(), **leadership):
    facts = {
        "current": {"head": {"unit": "bnv"}},
        "next": {"head": {"unit": head}, "year": "2017"},
        "rotation": rotation,
    }
    conference = make_conference(members=MEMBERS, leadership=facts | leadership)
    return [one.code for one in check_rotation(conference, earlier)]


@pytest.mark.parametrize(
    ("head", "rest", "history", "codes"),
    [
        ("btc", "1", [], []),
        ("bnv", "1", [], ["rotation-rest-broken"]),
        ("btc", "2", [{"year": "2015", "head": "bxd"}], []),
        ("bxd", "2", [{"year": "2015", "head": "bxd"}], ["rotation-rest-broken"]),
        ("bxd", "1", [{"year": "2015", "head": "bxd"}], []),
        ("btc", "3", [{"year": "2015", "head": "bxd"}], ["rotation-history-missing"]),
        ("btc", "0", [], []),
    ],
)
def test_a_unit_rests_before_it_leads_again(head, rest, history, codes):
    assert told({"rest": rest}, head, history=history) == codes


@pytest.mark.parametrize(("head", "codes"), [("btc", []), ("bxd", ["rotation-order-broken"])])
def test_the_order_is_kept(head, codes):
    assert told({"order": ORDER}, head) == codes


def test_after_the_last_comes_the_first():
    current = {"head": {"unit": "bxd"}}

    assert told({"order": ORDER}, "bnv", current=current) == []
    assert told({"order": ORDER}, "btc", current=current) == ["rotation-order-broken"]


@pytest.mark.parametrize(("head", "codes"), [("bxd", []), ("btc", ["rotation-deputy-passed-over"])])
def test_a_deputy_follows_where_the_rule_says_so(head, codes):
    current = {"head": {"unit": "bnv"}, "deputies": [{"unit": "bxd"}]}

    assert told({"deputy_follows": "có"}, head, current=current) == codes
    assert told({"deputy_follows": "không"}, head, current=current) == []


def test_what_the_rule_does_not_say_is_not_checked():
    assert told({"source": "Quy chế"}, "bnv") == []
    assert told(None, "bnv") == []


def test_other_folders_tell_the_years_before():
    earlier = [Tenure(2015, "BTC", "2015"), Tenure(2016, "Bộ Xây dựng", "2015")]

    assert told({"rest": "2"}, "btc", earlier) == ["tenure-contradicts", "rotation-rest-broken"]


def test_a_block_is_known_by_its_former_name():
    one = make_conference(block={"name": "Khối thi đua số 1", "former_names": ["Khối thi đua A"]})

    assert is_same_block(one, make_conference(block={"name": "Khối thi đua a"}))
    assert not is_same_block(one, make_conference(block={"name": "Khối thi đua số 2"}))


def test_school_years_are_known_by_their_last_year():
    one = make_conference(
        event={"year": "năm học 2015 - 2016"}, leadership={"current": {"head": {"unit": "Sở A"}}}
    )

    assert list_tenures(one, "x") == (Tenure(2016, "Sở A", "x"),)


# --- real folders ---------------------------------------------------------------------------------------

YEAR = """\
event: {{kind: tong_ket, year: {year}, next_year: {next}}}
block: {{name: {block}}}
leadership:
  current: {{head: {{unit: {head}}}}}
  next: {{head: {{unit: {following}}}}}
"""


@pytest.fixture
def inputs(tmp_path):
    """Folders of three years, one of another block, and one that cannot be read."""
    rows = [
        ("2014", "Khối 1", "Sở A", "Sở B"),
        ("2015", "Khối 1", "Sở C", "Sở D"),
        ("khac", "Khối 2", "Sở D", "Sở D"),
    ]
    for name, block, head, following in rows:
        year = "2015" if name == "khac" else name
        text = YEAR.format(year=year, next=int(year) + 1, block=block, head=head, following=following)
        (tmp_path / name).mkdir()
        (tmp_path / name / "conference.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "hong").mkdir()
    (tmp_path / "hong" / "conference.yaml").write_text("event: [", encoding="utf-8")
    return tmp_path


def check_2016(inputs, rotation: str):
    text = YEAR.format(year=2016, next=2017, block="Khối 1", head="Sở D", following="Sở A")
    (inputs / "2016").mkdir()
    (inputs / "2016" / "conference.yaml").write_text(text + rotation, encoding="utf-8")
    return [
        finding for finding in check_facts(inputs / "2016").findings if finding.severity is not Severity.GAP
    ]


def test_the_rotation_is_held_against_the_folders_of_the_same_block(inputs):
    (found,) = check_2016(inputs, "  rotation: {rest: 3}\n")

    assert found.code == "rotation-rest-broken"
    assert found.values["year"] == 2014
    assert found.place.line == 5


def test_folders_that_contradict_are_told(inputs):
    (inputs / "2015" / "conference.yaml").write_text(
        YEAR.format(year=2015, next=2016, block="Khối 1", head="Sở C", following="Sở E"), encoding="utf-8"
    )

    (found,) = check_2016(inputs, "  rotation: {rest: 1}\n")

    assert found.code == "tenure-contradicts"
    assert (found.values["year"], found.values["folder"]) == (2016, "2015")


def test_without_a_rule_no_other_folder_is_read(inputs):
    assert check_2016(inputs, "") == []
