"""Facts of several files become one, and what two of them give is told."""

from __future__ import annotations

import pytest

from generator.findings import Place
from generator.readers.conference import make_conference
from generator.readers.merge import merge_facts
from generator.readers.raw import RawFacts
from generator.readers.rows import put_value
from generator.readers.yaml import read_yaml


def workbook(*values):
    """Return facts of a workbook: a path, what stands there, and its cell."""
    facts = RawFacts("b.xlsx", {})
    for path, value, cell in values:
        put_value(facts, path, value, Place("b.xlsx", sheet="S", cell=cell))
    return facts


@pytest.fixture
def yaml(tmp_path):
    """Read YAML text."""

    def read(text):
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        return read_yaml(tmp_path / "a.yaml", "a.yaml")

    return read


def test_what_one_file_gives_is_taken(yaml):
    merged = merge_facts(
        [
            yaml("event: {kind: so_ket, date: }\nmembers:\n"),
            workbook((("event", "date"), "17/02/2017", "B2"), (("members", 0, "name"), "A", "A2")),
        ]
    )

    assert merged.findings == []
    assert merged.value == {"event": {"kind": "so_ket", "date": "17/02/2017"}, "members": [{"name": "A"}]}
    assert merged.place_of(("event", "date")) == Place("b.xlsx", sheet="S", cell="B2")
    assert merged.place_of(("event", "kind")) == Place("a.yaml", 1, 15)


@pytest.mark.parametrize(
    ("text", "path", "first"),
    [
        ("members: [{name: B}]\n", "members", "a.yaml, 1:1"),
        ("members: []\n", "members", "a.yaml, 1:1"),
        ("\nevent: {date: 17/02/2017}\n", "event.date", "a.yaml, 2:9"),
    ],
)
def test_what_two_files_give_is_told_with_both_places(yaml, text, path, first):
    other = workbook((("event", "date"), "17/02/2017", "B2"), (("members", 0, "name"), "A", "A2"))
    [finding] = merge_facts([yaml(text), other]).findings

    assert (finding.code, finding.path) == ("given-twice", path)
    assert finding.values == {"field": path, "first": first}
    assert finding.place.file == "b.xlsx"


def test_the_place_in_a_workbook_is_named_by_its_sheet(yaml):
    other = workbook((("members", 0, "name"), "A", "A2"))
    [finding] = merge_facts([other, yaml("members: [{name: B}]\n")]).findings

    assert finding.values["first"] == "b.xlsx, S!A2"
    assert finding.place == Place("a.yaml", 1, 1)
    assert finding.excerpt == "members: [{name: B}]"


def test_findings_of_all_files_are_kept(yaml):
    other = workbook()
    other.report("cell-error", Place("b.xlsx", sheet="S", cell="A1"))
    codes = [found.code for found in merge_facts([yaml("a: 1\na: 2\n"), other]).findings]
    assert codes == ["key-twice", "cell-error"]


def test_a_finding_shows_the_line_of_its_own_file(yaml):
    other = RawFacts("c.csv", {"pledge": {"copies": "x"}}, lines=["Mục,Giá trị", "copies,x"])
    other.values["pledge", "copies"] = Place("c.csv", 2, 8)
    merged = merge_facts([yaml("event: {kind: tong_ket, year: 2016}\nblock: {name: [K]}\n"), other])

    assert {(found.place.file, found.excerpt) for found in make_conference(merged).findings} == {
        ("a.yaml", "block: {name: [K]}"),
        ("c.csv", "copies,x"),
    }


@pytest.mark.parametrize("text", ["- a\n", "a\n"])
def test_a_file_that_is_no_mapping_stays_wrong(yaml, text):
    for parts in ([yaml(text), workbook((("a",), "1", "A1"))], [workbook((("a",), "1", "A1")), yaml(text)]):
        assert not isinstance(merge_facts(parts).value, dict)


def test_nothing_and_nothing_is_nothing(yaml):
    assert merge_facts([yaml(""), RawFacts("b.xlsx")]).value is None


def test_the_parts_stay_as_they_are(yaml):
    first = yaml("event: {kind: so_ket}\n")
    merge_facts([first, workbook((("event", "date"), "1/2", "B2"))])
    assert first.value == {"event": {"kind": "so_ket"}}
