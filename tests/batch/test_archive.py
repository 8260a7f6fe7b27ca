"""Conferences are found below folders, each with its own place for outputs; links lead nowhere."""

from __future__ import annotations

import pytest

from generator.batch.archive import find_conferences
from generator.errors import UsageError
from tests.batch.archives import add_year


def names(found):
    return [one.name for one in found]


def test_each_block_of_an_archive_keeps_its_outputs_beside_its_inputs(tmp_path):
    for path in ("so-2/inputs/2017", "so-2/inputs/2016", "so-1/inputs/2016", "so-10/inputs/2016"):
        add_year(tmp_path, path)
    found = find_conferences([tmp_path], None)
    assert names(found) == ["so-1/inputs/2016", "so-10/inputs/2016", "so-2/inputs/2016", "so-2/inputs/2017"]
    assert [one.target for one in found][:1] == [tmp_path / "so-1/outputs/2016"]


def test_outputs_may_go_elsewhere_in_the_same_order(tmp_path):
    add_year(tmp_path, "archive/so-1/2016")
    (one,) = find_conferences([tmp_path / "archive"], tmp_path / "results")
    assert one.target == tmp_path / "results/so-1/2016"


def test_a_year_itself_may_be_named(tmp_path):
    folder = add_year(tmp_path, "inputs/2016")
    (one,) = find_conferences([folder], None)
    assert (one.name, one.target) == ("2016", tmp_path / "outputs/2016")


def test_a_conference_below_two_roots_is_one(tmp_path):
    add_year(tmp_path, "a/inputs/2016")
    assert len(find_conferences([tmp_path, tmp_path / "a"], None)) == 1


def test_workbooks_and_known_lists_are_facts_and_other_tables_are_not(tmp_path):
    for path in (
        "inputs/a/conference.xlsx",
        "inputs/b/Đơn vị thành viên.csv",
        "inputs/c/khac.csv",
        "inputs/d/x.yaml",
    ):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()
    assert names(find_conferences([tmp_path], None)) == ["inputs/a", "inputs/b"]


def test_outputs_and_photographs_are_no_conferences(tmp_path):
    folder = add_year(tmp_path, "inputs/2016")
    add_year(folder, "photos/2015")
    (tmp_path / "outputs/2016").mkdir(parents=True)
    (tmp_path / "outputs/2016/manifest.json").touch()
    assert names(find_conferences([tmp_path], None)) == ["inputs/2016"]


def test_a_link_is_named_and_not_followed(tmp_path):
    folder = add_year(tmp_path, "elsewhere/2016")
    add_year(tmp_path, "root/inputs/2017")
    (tmp_path / "root/inputs/2016").symlink_to(folder)
    (tmp_path / "root/loop").symlink_to(tmp_path / "root")
    found = find_conferences([tmp_path / "root"], None)
    assert [(one.name, one.problem) for one in found] == [("inputs/2016", "batch-link"), ("inputs/2017", "")]


def test_a_folder_of_facts_whose_name_is_no_years_name_is_told(tmp_path):
    add_year(tmp_path, "inputs/năm 2016")
    assert [one.problem for one in find_conferences([tmp_path], None)] == ["year-refused"]


@pytest.mark.parametrize(
    ("years", "roots", "outputs", "key"),
    [
        ([], ["absent"], None, "batch-root-missing"),
        ([], ["."], None, "batch-nothing"),
        (["archive/2016"], ["."], None, "batch-outputs-unknown"),
        (["a/inputs/2016", "b/inputs/2016"], ["a/inputs", "b/inputs"], "out", "batch-outputs-shared"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_built(tmp_path, years, roots, outputs, key):
    for year in years:
        add_year(tmp_path, year)
    with pytest.raises(UsageError) as caught:
        find_conferences([tmp_path / root for root in roots], tmp_path / outputs if outputs else None)
    assert caught.value.key == key
