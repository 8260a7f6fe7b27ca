"""A worker sees the facts as they are here, whatever lies in the folder of the year."""

from __future__ import annotations

import os
import pickle

import pytest

from generator.batch.jobs import Order, Outfit, find_tools, lay_out, pack, read_facts, refuse, unpack
from generator.checking import check_facts
from generator.errors import InputError, UsageError
from generator.findings import Finding, Place, Severity
from generator.manifest import MOST_BYTES
from generator.sources import find_neighbours_facts, find_sources
from tests.batch.archives import ROOT, TEMPLATES, add_year, facts


@pytest.fixture
def crowded(tmp_path):
    """Return a year's folder with all that people and programs may leave there."""
    folder = add_year(
        tmp_path, "inputs/2016", facts() + "photos: [{file: photos/a.jpg}, {file: photos/b.jpg}]\n"
    )
    add_year(tmp_path, "inputs/2015")
    (tmp_path / "inputs/2015/photos").mkdir()
    (tmp_path / "inputs/2015/photos/x.jpg").write_bytes(b"x")
    (folder / "photos/deep").mkdir(parents=True)
    (folder / "photos/deep/c.png").write_bytes(b"c")
    (folder / "photos/a.jpg").symlink_to(folder / "photos/deep/c.png")
    os.mkfifo(folder / "photos/b.jpg")
    (folder / "Thành viên.csv").symlink_to(folder / "absent.csv")
    with (folder / "film.csv").open("wb") as film:
        film.truncate(MOST_BYTES + 1)
    (folder / "~$conference.xlsx").write_bytes(b"lock")
    return folder


def test_a_folder_laid_out_elsewhere_gives_the_same_findings_and_the_same_hashes(crowded, tmp_path):
    lay_out(read_facts(crowded), tmp_path / "worker/inputs")
    there = tmp_path / "worker/inputs/2016"
    assert find_sources(there, TEMPLATES) == find_sources(crowded, TEMPLATES)
    assert find_neighbours_facts(there) == find_neighbours_facts(crowded)
    ours, theirs = check_facts(crowded).findings, check_facts(there).findings
    assert [(one.code, one.place) for one in ours] == [(one.code, one.place) for one in theirs]
    assert {"photo-link", "photo-not-a-file", "unknown-csv"} <= {one.code for one in ours}


def test_a_large_file_does_not_travel(crowded):
    tree = read_facts(crowded)
    assert tree["2016/film.csv"].size == MOST_BYTES + 1
    assert len(pickle.dumps(tree)) < 10_000


def test_photographs_of_other_years_do_not_travel(crowded):
    assert sorted(path for path in read_facts(crowded) if path.startswith("2015/")) == [
        "2015/conference.yaml"
    ]


def test_a_link_leads_a_worker_to_nothing_of_its_own(tmp_path):
    folder = add_year(tmp_path, "inputs/2016")
    (folder / "Thành viên.csv").symlink_to("/etc/hostname")
    lay_out(read_facts(folder), tmp_path / "worker")
    assert (tmp_path / "worker/2016/Thành viên.csv").read_bytes() == b""


def test_templates_behind_links_travel(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/minutes").symlink_to(TEMPLATES / "minutes")
    names = find_sources(tmp_path, tmp_path / "templates").templates
    tree, kinds, formats = pickle.loads(
        Outfit.read(Order(tmp_path / "templates", ("minutes",)), names).packed
    )
    lay_out(tree, tmp_path / "copy")
    assert (kinds, formats) == (("minutes",), ())
    assert find_sources(tmp_path, tmp_path / "copy").templates == names
    assert len(names) == 2


def test_an_envelope_is_read_without_the_programs_own_classes(tmp_path):
    folder = add_year(tmp_path, "inputs/2016")
    job = Order(TEMPLATES).request(folder, tmp_path)
    packed = pack(job, Outfit(b"outfit", "digest"), find_tools())
    assert packed.count(b"generator.") > 0
    tools, digest, outfit, inner = unpack(packed)
    assert (digest, outfit, pickle.loads(inner)) == ("digest", b"outfit", job)
    outside = packed.replace(inner, b"")
    assert b"generator." not in outside
    assert "weasyprint" in tools
    assert "LiberationSerif-Regular.ttf" in tools


def test_a_refusal_travels_with_its_findings():
    finding = Finding("blank", Severity.ERROR, Place("2016/conference.yaml", 3), {"label": "x", "name": "y"})
    for error in (InputError([finding]), UsageError("year-unknown", year="2016", folder=ROOT, known="–")):
        refusal = pickle.loads(pickle.dumps(refuse(error)))
        assert (refusal.key, refusal.exit_code) == (error.key, error.exit_code)
        assert set(refusal.values) == set(error.values)
    assert refuse(InputError([finding])).findings == (finding,)
