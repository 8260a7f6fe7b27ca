"""What `make bench` runs: verdicts from figures, the peers' sources, and the tool itself without its peers."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from benchmarks import facts, ours, plain, word_template
from benchmarks.engines import Task
from benchmarks.figures import Spread, ratios, slope
from benchmarks.measure import IMPORTED
from benchmarks.processes import Command, CommandFailedError, run
from benchmarks.report import write_report
from benchmarks.results import Results, Rows, load
from benchmarks.sources import difference, lay_ready, name_of
from benchmarks.targets import COLD_PDF, HOLDS_BACK, judge

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = (ours.SAMPLE / facts.FACTS_FILE).read_text(encoding="utf-8")


def make_results() -> Results:
    """Return figures by which every target is just met."""
    engines = {"pair": 0.8, "word": 0.3, "weasyprint": 1.0, "docxtpl-office": 1.6}
    warm = {"pair": 1.1, "weasyprint": 1.0, "docxtpl-office": 1.2, "writer": 0.01, "docxtpl": 0.05}
    commands = {"python": 0.02, "--help": 0.16, "check": 0.15, "build, nothing to do": 0.1}
    rows = {str(count): Rows([1 + count / 100], [1.0], 50 + count / 10, 1.0) for count in (10, 100, 1000)}
    return Results(
        date="2026-01-01",
        quick=False,
        rounds=2,
        machine={},
        versions={},
        cold={"minutes": {name: [time_s, 2 * time_s] for name, time_s in engines.items()}},
        cold_cpu={"minutes": {name: [time_s, time_s] for name, time_s in engines.items()}},
        memory={"minutes": dict.fromkeys(engines, 80.0)},
        warm={"minutes": {name: [time_s, 3 * time_s] for name, time_s in warm.items()}},
        starts={name: [time_s] for name, time_s in commands.items()},
        imports={name: [] for name in (*commands, "build --format docx")},
        rows={"certificates": rows},
    )


# --- figures and verdicts -----------------------------------------------------------------------------


def test_ratios_are_of_pairs_so_that_drift_cancels():
    assert ratios([1.0, 10.0, 2.0], [2.0, 20.0, 5.0]) == Spread(0.5, 0.4, 0.5)


def test_a_row_costs_what_more_rows_add():
    assert slope([(10, 5.0), (110, 55.0)], 10, 110) == 0.5


def test_figures_that_just_meet_the_targets_meet_all_of_them():
    verdicts = judge(make_results())
    assert [one for one in verdicts if not one.is_met] == []
    assert len({one.target for one in verdicts}) == 11


@pytest.mark.parametrize(
    ("part", "engine", "figures", "target"),
    [
        ("warm", "writer", [0.011, 0.033], "DOCX writer against docxtpl, warm"),
        ("cold", "weasyprint", [0.9, 1.9], "checked pair against plain WeasyPrint's PDF, cold"),
        ("cold", "docxtpl-office", [1.5, 3.1], "checked pair against docxtpl + LibreOffice, cold"),
        ("warm", "docxtpl-office", [1.0, 3.0], "checked pair against docxtpl + warm LibreOffice"),
        ("warm", "weasyprint", [0.9, 2.9], "checked pair against plain WeasyPrint's PDF, warm"),
        ("cold", "word", [0.4, 0.8], "`--format docx` against the pair, cold"),
    ],
)
def test_a_figure_that_misses_its_target_is_told(part: str, engine: str, figures: list[float], target: str):
    results = make_results()
    getattr(results, part)["minutes"][engine] = figures
    assert [one.target for one in judge(results) if one.is_met is False] == [target]


def test_slow_starts_and_imported_writers_are_told():
    results = make_results()
    results.starts["check"] = [0.18]
    results.imports["--help"] = ["weasyprint"]
    results.imports["build --format docx"] = ["weasyprint"]
    missed = [(one.target, one.of) for one in judge(results) if one.is_met is False]
    assert missed == [
        ("`--format docx` never imports WeasyPrint", "minutes"),
        ("writers imported", "`--help`"),
        ("time beside a bare Python start", "`check`"),
    ]


def test_rows_that_cost_more_the_more_there_are_miss_the_target():
    results = make_results()
    results.rows["certificates"]["1000"].cpu_s = [14.0]
    (missed,) = [one for one in judge(results) if one.is_met is False]
    assert missed.target.startswith("processor time of one row more: from 100 to 1,000 rows")


def test_what_was_not_measured_or_was_refused_is_no_success_and_says_why():
    results = make_results()
    del results.cold["minutes"]["docxtpl-office"]
    results.absent = {"docxtpl-office": "LibreOffice is not installed"}
    results.rows["certificates"]["1000"] = Rows(refused="exit code 3: too many")
    left = [(one.is_met, one.remark) for one in judge(results) if not one.is_met]
    assert left == [(None, "LibreOffice is not installed"), (False, "1,000 rows: exit code 3: too many")]


def test_what_holds_a_missed_target_back_is_told_and_of_a_met_one_nothing():
    results = make_results()
    results.cold["pledge"] = dict(results.cold["minutes"])
    assert {one.remark for one in judge(results)} == {""}
    results.cold["pledge"]["pair"] = [3.0, 6.0]
    told = [one.remark for one in judge(results) if (one.target, one.of) == (COLD_PDF, "pledge")]
    assert told == [HOLDS_BACK[COLD_PDF, "pledge"]]


def test_kept_figures_tell_the_same_page(tmp_path: Path):
    results = make_results()
    results.save(tmp_path / "figures.json")
    assert write_report(load(tmp_path / "figures.json")) == write_report(results)


# --- what is measured ---------------------------------------------------------------------------------


def test_a_command_is_measured_and_its_failure_told(tmp_path: Path):
    script = "import time; data = bytearray(50_000_000); time.sleep(0.3); print(len(data))"
    command = Command((sys.executable, "-c", script), fresh=(tmp_path / "old",))
    (tmp_path / "old").mkdir()
    taken = run(command, tmp_path, {}, memory="largest")
    assert (taken.printed, (tmp_path / "old").exists()) == ("50000000\n", False)
    assert taken.wall_s > 0.3 > taken.cpu_s > 0
    assert 50 < taken.peak_mib < 90
    twice = f"{sys.executable} -c '{script}' & {sys.executable} -c '{script}'; wait"
    assert 100 < run(Command(("sh", "-c", twice)), tmp_path, {}, memory="sum").peak_mib < 180
    with pytest.raises(CommandFailedError, match="exit code 3: no"):
        run(Command((sys.executable, "-c", "print('no'); raise SystemExit(3)")), tmp_path, {})
    with pytest.raises(CommandFailedError, match="ended after 0 s"):
        run(replace(command, argv=("sleep", "30")), tmp_path, {}, most_s=0.1)


def test_facts_vary_and_say_so_only_where_they_should():
    first, same, other = facts.vary(SAMPLE, 1), facts.vary(SAMPLE, 1), facts.vary(SAMPLE, 2)
    assert facts.vary(SAMPLE, 0) == SAMPLE != first == same != other
    assert len(first.splitlines()) == len(SAMPLE.splitlines())
    with pytest.raises(ValueError, match="stands 0 times"):
        facts.vary(first, 1)


@pytest.mark.parametrize(("what", "rows"), [("delegates", 23), ("certificates", 7)])
def test_rows_come_into_the_facts(what: str, rows: int):
    if what == "delegates":
        groups = yaml.safe_load(facts.add_delegates(SAMPLE, rows))["attendance"]["groups"]
        assert [len(group.get("people", [])) for group in groups] == [1, 10, 10, 3, 0, 0]
    else:
        awards = yaml.safe_load(facts.add_certificates(SAMPLE, rows))["awards"]
        assert len(awards[-1]["recipients"]) == rows


def test_the_template_has_facts_and_loops_in_place_of_words():
    papers = compose("minutes")
    context = word_template.make_context(yaml.safe_load(SAMPLE))
    template = word_template.make_template(ours.write_word(papers), context)
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        body = package.read(word_template.BODY).decode()
    assert "{{ f.attendance.groups[0].people[0].name }}, " in body
    assert facts.GUEST not in body
    assert [body.count(tag) for tag in ("{%tr for", "{%tr endfor", "{%p for", "{%p endfor")] == [1, 1, 1, 1]
    assert context["award_rows"][1][:2] == ["2", "Liên minh Hợp tác xã Việt Nam"]


def compose(kind: str) -> ours.Papers:
    return ours.compose_papers(ours.SAMPLE.parent, ours.SAMPLE.name, kind)


@pytest.mark.parametrize("kind", ["minutes", "pledge", "news"])
def test_plain_data_has_the_words_of_the_document(kind: str):
    papers = compose(kind)
    html = plain.plain_html(plain.plain_data(papers))
    text = html.partition("<body>")[2]
    for tag in ("<br>", "</p>", "</td>", "</th>"):
        text = text.replace(tag, " ")
    words = ours.split_words("".join(part.partition(">")[2] for part in f">{text}".split("<")))
    assert sorted(words) == sorted(ours.words_of_word(ours.write_word(papers)))


def test_a_peer_that_says_something_else_is_found(tmp_path: Path):
    lay_ready(tmp_path, ["news"], 2)
    task = Task("news", tmp_path / "news", "peer")
    task.out.mkdir(parents=True)
    assert difference(task, name_of(0)) == "no file was made"
    made = task.out / f"{name_of(0)}.docx"
    made.write_bytes(task.source(name_of(0), "docx").read_bytes())
    assert difference(task, name_of(0)) == ""
    made.write_bytes(task.source(name_of(1), "docx").read_bytes())
    assert difference(task, name_of(0)).startswith("DOCX: ")


def test_what_a_command_imports_is_read_from_what_python_tells():
    told = "import time:       120 |        300 |   weasyprint\nimport time: self | x\nnoise"
    assert IMPORTED.findall(told) == ["weasyprint", "x"]


@pytest.mark.slow
def test_the_tool_runs_without_its_peers_and_names_no_folder_of_this_machine(tmp_path: Path):
    page = tmp_path / "page.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--to", str(page)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=600)
    text = page.read_text(encoding="utf-8")
    assert "A quick run" in text
    assert "| **ours**: DOCX + PDF, checked |" in text
    assert "| plain WeasyPrint: PDF alone |" in text
    assert "Says something else than ours" not in text
    assert str(ROOT) not in text
    assert str(Path.home()) not in text
