"""Jobs on real zygotes: they end with whoever asks, lose nothing by a crash, and stay small."""

from __future__ import annotations

import os
import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from generator.batch import bench
from generator.batch.bench import do_job, open_bench
from generator.batch.jobs import Beginning, Continuation, Order, Outfit, find_tools, pack, read_facts
from generator.composing import prepare
from generator.incremental import Former
from generator.sources import find_sources
from tests.batch.archives import (
    TEMPLATES,
    add_year,
    begun_by,
    environment,
    is_running,
    set_fault,
    wait_for,
)

NO_FORMER = Former({}, {})
MOST = 10
ORDER = Order(TEMPLATES, kinds=("minutes",), formats=("docx",))


@pytest.fixture(scope="module")
def outfit():
    return Outfit.read(ORDER, find_sources(TEMPLATES, TEMPLATES).templates)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return the folder whose faults the zygotes of these tests heed."""
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(folder).items():
            patch.setenv(name, value)
        patch.setattr("tempfile.tempdir", None)
        yield folder


@pytest.fixture(autouse=True)
def no_fault(place):
    set_fault(place, "")


@pytest.fixture(scope="module")
def executor(place):
    with open_bench(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """Return a job that takes next to no time: a Word file of which the words are known."""
    folder = add_year(tmp_path_factory.mktemp("facts"), "inputs/2016")
    return Continuation(prepare(ORDER.request(folder, folder / "outputs")), NO_FORMER)


@pytest.fixture(scope="module")
def packed(job, outfit):
    return pack(job, outfit, find_tools())


def ask(executor, packed):
    return pickle.loads(executor.submit(do_job, packed).result(timeout=120))


def pack_beginning(tmp_path: Path, outfit: Outfit) -> bytes:
    folder = add_year(tmp_path, "inputs/2016")
    beginning = Beginning(ORDER.request(folder, tmp_path / "outputs"), read_facts(folder), NO_FORMER, MOST)
    return pack(beginning, outfit, find_tools())


def test_a_job_is_done_without_a_disk_of_ours(executor, tmp_path, outfit):
    answer = ask(executor, pack_beginning(tmp_path, outfit))
    assert sorted(answer.made.contents) == ["bien-ban.docx"]
    assert answer.made.left == ()
    assert answer.seconds > 0
    assert not (tmp_path / "outputs").exists()


def test_a_crash_costs_one_more_try(executor, packed, place):
    set_fault(place, "bien-ban|crash|1")
    assert sorted(ask(executor, packed).made.contents) == ["bien-ban.docx"]
    (first, one), (second, other) = begun_by(place)
    assert first != second
    assert one == other


def test_two_crashes_are_the_documents_end_and_not_the_zygotes(executor, packed, place):
    set_fault(place, "bien-ban|crash|2")
    crashed, fine = ask(executor, packed), ask(executor, packed)
    assert (crashed.refusal.key, crashed.refusal.values) == ("batch-crash-twice", {"signal": "SIGSEGV"})
    assert crashed.refusal.is_apart
    assert "write_badly" in crashed.refusal.trace
    assert fine.made.contents
    assert len({zygote for _, zygote in begun_by(place)}) == 1


def test_a_defect_is_told_with_its_place_and_without_values(executor, packed, place):
    set_fault(place, "bien-ban|raise|1")
    refusal = ask(executor, packed).refusal
    assert (refusal.key, refusal.values) == ("batch-unexpected", {"reason": "ValueError: fault"})
    assert "write_badly" in refusal.trace


def kill(executor, packed, place, whom):
    """Kill the child or its zygote while a document is written; return the answer, and both."""
    set_fault(place, "bien-ban|hang|1")
    future = executor.submit(do_job, packed)
    wait_for(lambda: begun_by(place))
    child, zygote = begun_by(place)[0]
    os.kill(child if whom == "child" else zygote, signal.SIGKILL)
    return pickle.loads(future.result(timeout=120)), child, zygote


def test_a_killed_child_is_told(executor, packed, place):
    """It was ended on purpose, or for want of memory, so it is not begun again."""
    answer, _, zygote = kill(executor, packed, place, "child")
    assert (answer.refusal.key, answer.refusal.values["signal"]) == ("batch-killed", "SIGKILL")
    assert is_running(zygote)


def test_a_killed_zygote_takes_its_child_along_and_another_one_does_the_job(executor, packed, place):
    answer, child, zygote = kill(executor, packed, place, "zygote")
    assert answer.made.contents
    wait_for(lambda: not is_running(child))
    assert begun_by(place)[1][1] != zygote


def test_a_zygote_ends_with_whoever_asks_even_in_the_middle_of_a_job(packed, place):
    set_fault(place, "bien-ban|hang|1")
    before = folders(place)
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(do_job, packed)
        wait_for(lambda: begun_by(place))
        child, zygote = begun_by(place)[0]
        (asking,) = (one.process.stdin for one in bench._common.zygotes if one.process.pid == zygote)
        asking.close()  # as the system does when that process dies
        wait_for(lambda: not is_running(child) and not is_running(zygote))
        assert folders(place) == before
        assert pickle.loads(future.result(timeout=120)).refusal.key == "batch-killed"
        executor.submit(bench._drop).result(timeout=10)


def folders(place):
    return sorted((place / "tmp").glob("hoinghi-batch-*"))


def test_a_closed_bench_leaves_no_process_and_no_file(packed, place):
    set_fault(place, "bien-ban|hang|1")
    before = folders(place)
    with open_bench(1) as executor:
        future = executor.submit(do_job, packed)
        wait_for(lambda: begun_by(place))
    assert pickle.loads(future.result()).refusal.key == "batch-lost"
    wait_for(lambda: not any(is_running(one) for one in begun_by(place)[0]))
    assert folders(place) == before


def test_other_tools_than_ours_are_refused(executor, job, outfit):
    tools = find_tools() | {"weasyprint": "69.0", "LiberationSerif-Regular.ttf": "0"}
    refusal = ask(executor, pack(job, outfit, tools)).refusal
    assert refusal.key == "batch-worker-differs"
    assert refusal.values["names"] == "LiberationSerif-Regular.ttf, weasyprint"


def test_templates_that_changed_are_the_ones_that_are_used(executor, tmp_path, outfit):
    changed = tmp_path / "templates"
    names = find_sources(TEMPLATES, TEMPLATES).templates
    for name in names:
        (changed / name).parent.mkdir(parents=True, exist_ok=True)
        content = (TEMPLATES / name).read_bytes()
        (changed / name).write_bytes(content.replace("BIÊN BẢN".encode(), "BIÊN BẢN MỚI".encode()))
    other = pack_beginning(tmp_path / "other", Outfit.read(replace(ORDER, templates=changed), names))
    first = ask(executor, pack_beginning(tmp_path, outfit)).made.contents["bien-ban.docx"]
    assert ask(executor, other).made.contents["bien-ban.docx"] != first


def memory_of(process: int) -> int:
    """Return the bytes of main memory that are *process*'s own or shared by it."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
        "SC_PAGESIZE"
    )


@pytest.mark.parametrize("stays", [False, True])
def test_memory_stays_flat_though_each_document_leaks(packed, place, monkeypatch, stays):
    """A mebibyte is lost at each document; only a zygote that does the jobs itself grows by it, and is renewed."""
    set_fault(place, "bien-ban|leak|999")
    monkeypatch.setattr(bench, "STAYS", stays)
    monkeypatch.setattr(bench, "MOST_JOBS", 60)
    sizes, zygotes = [], set()
    with open_bench(1) as executor:
        for _ in range(80):
            assert ask(executor, packed).made
            zygote = executor.submit(lambda: bench._own.zygote.process.pid).result()
            zygotes.add(zygote)
            sizes.append(memory_of(zygote))
    grown = (max(sizes[10:60]) - sizes[10]) / 2**20
    assert len(zygotes) == (2 if stays else 1)
    assert grown > 40 if stays else grown < 4
