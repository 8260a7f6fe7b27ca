"""What becomes of each conference: all that can be made is in place, and the rest is told apart."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future

import pytest

from generator.batch import collector
from generator.batch.archive import find_conferences
from generator.batch.collector import Collector
from generator.batch.jobs import Answer, Continuation, Order, Refusal, unpack
from generator.batch.zygote import _do
from generator.errors import MachineError
from generator.outputs import alone_in
from generator.pipeline import build
from tests.batch.archives import TEMPLATES, add_year, facts, files_of

WORDS = Order(TEMPLATES, kinds=("minutes", "news"), formats=("docx",))
EACH = Order(TEMPLATES, kinds=("certificates",), formats=("docx",), each=True)
CRASH = Refusal("batch-crash-twice", {"signal": "SIGSEGV"}, 5, is_apart=True)


class Here(Executor):
    """Does each job at once, and fails at the documents that it is told to fail at."""

    def __init__(self, folder, bad=(), error=None):
        self.folder, self.bad, self.error, self.jobs = folder, set(bad), error, []

    def submit(self, function, packed):
        del function
        future = Future()
        job = pickle.loads(unpack(packed)[3])
        self.jobs.append(job)
        if self.error:
            future.set_exception(self.error)
        elif self.bad & self.documents(job):
            future.set_result(pickle.dumps(Answer(refusal=CRASH)))
        else:
            number = len(self.jobs)
            future.set_result(_do(pickle.dumps(job), self.folder / f"job-{number}/inputs", TEMPLATES))
        return future

    def documents(self, job):
        if isinstance(job, Continuation):
            return {name for one in job.prepared.composed for name in one.papers}
        return self.bad if job.most else set()


@pytest.fixture
def run(tmp_path):
    """Return a way to build the archive below the test's folder."""

    def run_it(order=WORDS, bad=(), error=None, workers=2):
        executor = Here(tmp_path / "scratch", bad, error)
        found = find_conferences([tmp_path / "archive"], None)
        going = Collector(found, order, executor, lambda: workers)
        return list(going.run()), executor, going.tally

    return run_it


def states(done):
    return {one.found.name: one.state for one in done}


def test_a_batch_gives_the_bytes_that_single_builds_give(tmp_path, run):
    for path in ("archive/a/inputs/2016", "archive/a/inputs/2017", "archive/b/inputs/2016"):
        add_year(tmp_path, path)
    done, _, tally = run()
    assert set(states(done).values()) == {"made"}
    for one in done:
        build(WORDS.request(one.found.folder, tmp_path / "alone" / one.found.name))
        assert files_of(one.found.target) == files_of(
            tmp_path / "alone" / one.found.name / one.found.folder.name
        )
        assert sorted(line.file for line in one.lines) == ["ban-tin.docx", "bien-ban.docx"]
    assert (tally.conferences, tally.done, tally.failed, tally.files) == (3, 3, 0, 6)


def test_what_stands_is_not_made_again(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    add_year(tmp_path, "archive/inputs/2017")
    run()
    changed = tmp_path / "archive/inputs/2017/conference.yaml"
    changed.write_text(facts(2017, "Khối thi đua số 2"), encoding="utf-8")
    (tmp_path / "archive/outputs/2016/ban-tin.docx").unlink()
    done, executor, _ = run()
    assert states(done) == {"inputs/2016": "made", "inputs/2017": "made"}
    lines = {(one.found.name, line.file): line.state for one in done for line in one.lines}
    assert lines["inputs/2016", "bien-ban.docx"] == "fresh"
    assert lines["inputs/2016", "ban-tin.docx"] == "made"
    done, executor, tally = run()
    assert states(done) == {"inputs/2016": "fresh", "inputs/2017": "fresh"}
    assert [line.kind for line in done[0].lines] == ["Bản tin", "Biên bản hội nghị"]
    assert executor.jobs == []
    assert tally.fresh == 2


def test_a_conference_with_errors_fails_alone(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    add_year(tmp_path, "archive/inputs/2017", "event: {kind: khac}\n")
    done, _, _ = run()
    assert states(done) == {"inputs/2016": "made", "inputs/2017": "failed"}
    (failed,) = [one for one in done if one.state == "failed"]
    assert failed.refusal.key == "input-has-errors"
    assert [one.place.file for one in failed.refusal.findings][:1] == ["2017/conference.yaml"]
    assert not failed.found.target.exists()


def test_a_document_that_cannot_be_made_fails_alone_and_is_tried_again_next_time(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    ((one,), _, tally) = run(bad=["bien-ban"])
    assert one.state == "failed"
    assert one.refusal is None
    assert [(line.file, line.state) for line in one.lines] == [
        ("bien-ban", "failed"),
        ("ban-tin.docx", "made"),
    ]
    assert one.lines[0].refusal == CRASH
    assert tally.failed == 1
    ((one,), _, _) = run()
    assert {line.file: line.state for line in one.lines} == {"bien-ban.docx": "made", "ban-tin.docx": "fresh"}


def test_an_old_file_stays_where_the_new_one_cannot_be_made(tmp_path, run):
    folder = add_year(tmp_path, "archive/inputs/2016")
    run()
    before = files_of(tmp_path / "archive/outputs")
    (folder / "conference.yaml").write_text(facts(block="Khối thi đua số 2"), encoding="utf-8")
    run(bad=["bien-ban"])
    after = files_of(tmp_path / "archive/outputs")
    assert after["2016/bien-ban.docx"] == before["2016/bien-ban.docx"]
    assert after["2016/ban-tin.docx"] != before["2016/ban-tin.docx"]
    ((one,), _, _) = run()
    assert {line.file: line.state for line in one.lines} == {"bien-ban.docx": "made", "ban-tin.docx": "fresh"}


def test_nothing_is_put_in_place_where_no_document_can_be_made(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    ((one,), _, _) = run(bad=["bien-ban", "ban-tin"])
    assert sorted(line.file for line in one.lines) == ["ban-tin", "bien-ban"]
    assert not (tmp_path / "archive/outputs").exists()


def test_a_list_of_certificates_is_shared_out_and_the_bad_ones_are_found(tmp_path, run, monkeypatch):
    monkeypatch.setattr(collector, "MOST_DOCUMENTS", 8)
    add_year(tmp_path, "archive/inputs/2016", facts(certificates=20))
    bad = ["giay-khen-0003", "giay-khen-0017"]
    ((one,), executor, _) = run(EACH, bad)
    assert [line.file for line in one.lines if line.state == "failed"] == bad
    assert sum(line.state == "made" for line in one.lines) == 18
    assert len(executor.jobs) < 20
    ((one,), executor, _) = run(EACH)
    assert sorted(line.file for line in one.lines if line.state == "made") == [f"{name}.docx" for name in bad]
    build(EACH.request(one.found.folder, tmp_path / "alone"))
    assert files_of(one.found.target) == files_of(tmp_path / "alone/2016")


def test_a_continuation_carries_no_more_words_than_its_own(tmp_path, run, monkeypatch):
    monkeypatch.setattr(collector, "MOST_DOCUMENTS", 8)
    add_year(tmp_path, "archive/inputs/2016", facts(certificates=20))
    _, executor, _ = run(EACH)
    assert [len(executor.documents(job)) for job in executor.jobs[1:]] == [8, 4]


def test_no_more_is_read_than_keeps_the_workers_busy(tmp_path, monkeypatch):
    for year in range(2001, 2021):
        add_year(tmp_path, f"archive/inputs/{year}")

    class Waiting(Executor):
        def submit(self, *_):
            return Future()

    monkeypatch.setattr(collector, "PATIENCE_SECONDS", 0.01)
    found = find_conferences([tmp_path / "archive"], None)
    counted = []

    def stop(tally):
        counted.append(tally.begun)
        if len(counted) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Collector(found, WORDS, Waiting(), lambda: 3, stop).run())
    assert counted == [6, 6, 6]


def test_outputs_in_which_another_build_is_at_work_fail_alone(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    add_year(tmp_path, "archive/inputs/2017")
    with alone_in(tmp_path / "archive/outputs/2016"):
        done, _, _ = run()
    assert {one.found.name: one.refusal and one.refusal.key for one in done} == {
        "inputs/2016": "output-busy",
        "inputs/2017": None,
    }


def test_facts_that_change_meanwhile_are_not_put_in_place(tmp_path, run, monkeypatch):
    folder = add_year(tmp_path, "archive/inputs/2016")
    submit = Here.submit

    def change(self, function, packed):
        future = submit(self, function, packed)
        (folder / "conference.yaml").write_text(facts(block="Khối thi đua số 2"), encoding="utf-8")
        return future

    monkeypatch.setattr(Here, "submit", change)
    ((one,), _, _) = run()
    assert one.refusal.key == "inputs-changed-meanwhile"
    assert not (tmp_path / "archive/outputs/2016").exists()


@pytest.mark.parametrize("stage", ["read_facts", "put"])
def test_a_defect_stops_one_conference_only(tmp_path, run, monkeypatch, stage):
    add_year(tmp_path, "archive/inputs/2016")
    add_year(tmp_path, "archive/inputs/2017")
    right = getattr(collector, stage)

    def wrong(*arguments):
        if "2016" in str(arguments[-1]):
            raise KeyError("defect")
        return right(*arguments)

    monkeypatch.setattr(collector, stage, wrong)
    done, _, _ = run()
    assert states(done) == {"inputs/2016": "failed", "inputs/2017": "made"}
    (refusal,) = [one.refusal for one in done if one.refusal]
    assert refusal.key == "batch-unexpected"
    assert "in wrong" in refusal.trace


def test_a_link_and_a_crooked_name_are_told(tmp_path, run):
    add_year(tmp_path, "archive/inputs/năm 2016")
    (tmp_path / "archive/inputs/2017").symlink_to(tmp_path / "archive/inputs/năm 2016")
    done, _, _ = run()
    assert sorted(one.refusal.key for one in done) == ["batch-link", "year-refused"]


def test_a_worker_of_another_kind_ends_the_batch(tmp_path, run, monkeypatch):
    add_year(tmp_path, "archive/inputs/2016")
    monkeypatch.setattr(
        "tests.batch.test_collector.CRASH", Refusal("batch-worker-differs", {"worker": "w", "names": "x"}, 5)
    )
    with pytest.raises(MachineError) as caught:
        run(bad=["bien-ban"])
    assert caught.value.key == "batch-worker-differs"


def test_an_executor_that_loses_a_job_again_and_again_is_told(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    lost = type("KilledWorker", (Exception,), {})("worker died")
    ((one,), executor, _) = run(error=lost)
    assert one.refusal.key == "batch-lost"
    assert "worker died" in one.refusal.trace
    assert len(executor.jobs) == 2


def test_an_executor_that_cannot_load_the_program_ends_the_batch(tmp_path, run):
    add_year(tmp_path, "archive/inputs/2016")
    with pytest.raises(MachineError) as caught:
        run(error=ModuleNotFoundError("No module named 'generator'\nmore"))
    assert caught.value.key == "batch-workers-cannot"
    assert caught.value.values == {"reason": "ModuleNotFoundError: No module named 'generator'"}
