"""Every conference builds what its data allow: one of which no pledge is told has none, and the others have one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline import build
from generator.readers.conference import read_conference
from generator.request import Request

ROOT = Path(__file__).resolve().parent.parent
CASES = sorted((ROOT / "tests" / "conferences").iterdir())

WITHOUT_PLEDGE = {
    "05b-ctxh-2018",
    "05c-ctxh-2018-so-ket",
    "06a-congan-cum5-2017",
    "08-tphcm-khoi8-2015-2016",
    "10-gddt-cum2-2020-2021",
    "11b-dongnai-khoi9-2016-so-ket",
    "13-congdoan-yte-khoi3-2019",
    "15a-noichinh-2022-so-ket",
    "15c-noichinh-2023",
    "16a-luatgia-cum6-2018",
}
"""Conferences whose sources tell nothing of a pledge."""

PROPOSING = {
    "01-nhnn-khoi6-2025",
    "03-backan-vhxh-2022",
    "05a-ctxh-2013",
    "11a-dongnai-khoi9-2015",
    "13-congdoan-yte-khoi3-2019",
}
"""Conferences that proposed awards to those whom their sources name or describe."""


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_conference_builds_what_its_data_allow(tmp_path, folder):
    request = Request(folder.name, (), folder.parent, tmp_path, ROOT / "templates", formats=("docx", "html"))
    report = build(request)

    files = {"minutes": ["bien-ban.docx"], "news": ["ban-tin.docx", "ban-tin.html"]}
    if folder.name not in WITHOUT_PLEDGE:
        files["pledge"] = ["giao-uoc.docx"]
    if folder.name in PROPOSING:
        files["proposal"] = ["to-trinh.docx"]
    assert {one.kind.id for one in report.documents} == set(files)
    # none tells its score sheets, or grants awards of its own
    others = {"certificates", "pledge", "proposal", "scores"} - set(files)
    assert [kind.id for kind in report.left_out] == sorted(others)
    names = {name for of_kind in files.values() for name in of_kind} | {"manifest.json"}
    assert {file.name for file in (tmp_path / folder.name).iterdir()} == names


def test_proposing_are_those_that_propose_an_award_to_someone():
    told = {folder.name: read_conference(folder).conference.awards or [] for folder in CASES}

    assert {
        name
        for name, awards in told.items()
        if [award for award in awards if award.status == "proposed" and award.recipients]
    } == PROPOSING


@pytest.mark.parametrize("name", sorted(WITHOUT_PLEDGE))
def test_what_is_left_out_is_not_told_by_the_data(name):
    conference = read_conference(ROOT / "tests" / "conferences" / name).conference

    assert conference is not None
    assert conference.pledge is None or not conference.pledge.is_told or conference.pledge.signed == "no"
