"""The next year's folder: what is carried over, what is empty, and that it reads back without findings."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from pydantic import BaseModel

from generator.cli import main
from generator.model.assessment import Scoring
from generator.model.conference import Conference
from generator.model.people import Term
from generator.readers.conference import make_conference
from generator.readers.excel import read_workbook
from generator.readers.merge import merge_facts
from generator.readers.yaml import read_yaml
from generator.starters.year import make_year
from generator.vietnamese import next_year_label
from tests.readers.test_sheets import MODEL, record_in

ROOT = Path(__file__).resolve().parent.parent.parent
CONFERENCES = sorted(
    [*ROOT.glob("inputs/*/conference.yaml"), *ROOT.glob("tests/conferences/*/conference.yaml")]
)


def conference_of(file):
    return make_conference(read_yaml(file, "conference.yaml")).conference


def read_back(folder, files):
    """Write *files* to *folder*; return what they give together."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    parts = [read_yaml(folder / "conference.yaml", "conference.yaml")]
    if "conference.xlsx" in files:
        parts.append(read_workbook(folder / "conference.xlsx", "conference.xlsx"))
    return make_conference(merge_facts(parts))


@pytest.mark.parametrize("excel", [False, True], ids=["yaml", "excel"])
@pytest.mark.parametrize("file", CONFERENCES, ids=lambda file: file.parent.name)
def test_the_next_year_has_what_stays_and_nothing_else(tmp_path, file, excel):
    before = conference_of(file)
    label = next_year_label(before.event.year)
    reading = read_back(tmp_path / "new", make_year(before, label, excel=excel))

    assert reading.findings == ()
    after = reading.conference
    assert (after.event.kind, after.event.year) == (before.event.kind, label)
    assert (after.block, after.members) == (before.block, before.members or None)
    leaders = before.leadership.next
    if leaders and leaders.year in (None, label) and (leaders.head or leaders.deputies):
        assert after.leadership.current.head == leaders.head
        assert after.leadership.current.deputies == (leaders.deputies or None)
    if before.pledge and before.pledge.theme and before.pledge.year in (None, label):
        assert after.pledge.past_theme == before.pledge.theme
    rest = after.model_copy(
        update={
            "event": before.event,
            "block": before.block,
            "members": None,
            "leadership": after.leadership.model_copy(
                update=dict.fromkeys(("current", "rotation", "history"))
            ),
            "scoring": Scoring(),
            "pledge": after.pledge and after.pledge.model_copy(update={"past_theme": None}),
        }
    )
    empty = Conference(event=before.event, block=before.block)
    pledge = rest.pledge and type(rest.pledge)()
    assert rest == empty.model_copy(update={"pledge": pledge})


SCORED = {
    "event": {"kind": "tong_ket", "year": "2016"},
    "block": {"name": "K"},
    "members": [{"name": "Bộ Nội vụ", "short": "BNV"}, {"name": "Bộ Tài chính"}, {"name": "Bộ Tư pháp"}],
    "leadership": {
        "current": {
            "head": {"unit": "Bộ Nội vụ"},
            "deputies": [{"unit": "Bộ Tài chính"}, {"post": "Vụ trưởng"}],
        },
        "rotation": {"rest": "2", "deputy_follows": "có", "source": "Quy chế"},
        "history": [{"year": "2015", "head": "Bộ Tư pháp"}],
    },
    "scoring": {
        "methods": ["điểm chấm chéo"],
        "scale_max": "100",
        "self_score": "weighted",
        "cross_score": "mean",
        "drop_self": "có",
        "drop_extremes": "0",
        "missing": "refuse",
        "weights": {"self_score": "30%", "cross": "70%"},
        "rounding": {"digits": "2"},
        "ties": ["chấm chéo"],
        "source": "Quy chế chấm điểm",
        "criteria": [{"name": "Nhiệm vụ", "number": "I", "highest": "100"}],
        "rows": [{"unit": "Bộ Nội vụ", "self_points": ["95"], "bonus": "1"}],
        "marks": [{"unit": "Bộ Nội vụ", "scorer": "Bộ Tài chính", "points": ["90"]}],
        "tie_decisions": [{"units": ["Bộ Nội vụ", "Bộ Tài chính"]}],
        "adopted_table": {"for_year": "2017"},
    },
    "award_quotas": [{"form": "Cờ thi đua", "most": "1"}],
    "votes": [{"subject": "thông qua quy chế"}],
}


@pytest.mark.parametrize("excel", [False, True], ids=["yaml", "excel"])
def test_the_rule_of_counting_stays_and_the_scores_do_not(tmp_path, excel):
    before = Conference.model_validate(SCORED)
    reading = read_back(tmp_path, make_year(before, "2017", excel=excel))

    assert reading.findings == ()
    gone = dict.fromkeys(("methods", "rows", "marks", "tie_decisions", "adopted_table"))
    assert reading.conference.scoring == before.scoring.model_copy(update=gone)
    assert (reading.conference.award_quotas, reading.conference.votes) == (None, None)
    if not excel:
        assert "stage: total" not in (tmp_path / "conference.yaml").read_text(encoding="utf-8").replace(
            "# stage", ""
        )


@pytest.mark.parametrize("excel", [False, True], ids=["yaml", "excel"])
def test_the_rule_of_rotation_stays_and_last_years_leaders_are_history(tmp_path, excel):
    before = Conference.model_validate(SCORED)
    after = read_back(tmp_path, make_year(before, "2017", excel=excel)).conference

    assert after.leadership.rotation == before.leadership.rotation
    last = Term(year="2016", head="Bộ Nội vụ", deputies=["Bộ Tài chính"])
    assert after.leadership.history == [*before.leadership.history, last]


def test_a_year_that_history_tells_already_is_not_told_twice(tmp_path):
    told = {**SCORED["leadership"], "history": [{"year": "2016", "head": "Bộ Tư pháp"}]}
    before = Conference.model_validate({**SCORED, "leadership": told})
    after = read_back(tmp_path, make_year(before, "2017", excel=False)).conference
    assert after.leadership.history == before.leadership.history


def test_leaders_who_are_no_units_make_no_history(tmp_path):
    current = {"head": {"person": {"name": "Nguyễn Văn Ái"}}}
    before = Conference.model_validate({**SCORED, "leadership": {"current": current}})
    after = read_back(tmp_path, make_year(before, "2017", excel=False)).conference
    assert after.leadership.history is None


def test_the_new_workbook_has_the_matrix_of_the_members(tmp_path):
    files = make_year(Conference.model_validate(SCORED), "2017", excel=True)
    page = openpyxl.load_workbook(write(tmp_path, files))["Chấm chéo"]

    assert [cell.value for cell in page[2]][:7] == [
        "Đơn vị được chấm",
        "Tiêu chí",
        "Điểm tối đa",
        "Tự chấm",
        "BNV",
        "Bộ Tài chính",
        "Bộ Tư pháp",
    ]
    assert [page.cell(row, 2).value for row in (3, 4, 5)] == ["I. Nhiệm vụ", "Cộng", "I. Nhiệm vụ"]
    assert "2017" in page.oddHeader.center.text
    assert page["F3"].value is None


def test_the_folder_builds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = conference_of(ROOT / "inputs" / "2016" / "conference.yaml")
    read_back(tmp_path / "inputs" / "2017", make_year(before, "2017", excel=False))

    assert main(["build", "2017", "minutes", "--format", "docx"]) == 0


@pytest.mark.parametrize(
    ("facts", "label", "carried"),
    [
        ("", "2017", True),
        ("", "2018", False),
        ("year: 2017, ", "2017", True),
        ("year: 2017, ", "2018", False),
        ("year: 2018, ", "2018", True),
    ],
)
def test_leaders_and_pledge_of_another_year_are_left_behind(tmp_path, facts, label, carried):
    (tmp_path / "a.yaml").write_text(
        "event: {kind: tong_ket, year: 2016}\nblock: {name: K}\n"
        f"leadership: {{next: {{{facts}head: {{unit: A}}}}}}\npledge: {{{facts}theme: {{lines: [B]}}}}\n",
        encoding="utf-8",
    )
    reading = read_back(tmp_path / "new", make_year(conference_of(tmp_path / "a.yaml"), label, excel=False))

    assert (reading.conference.leadership.current is not None) == carried
    assert (reading.conference.pledge is not None) == carried


def test_a_school_year_is_followed_by_the_next():
    files = make_year(None, "năm học 2016 - 2017", excel=False)
    text = files["conference.yaml"].decode()
    assert "  year: năm học 2016 - 2017  # " in text
    assert "  next_year: năm học 2017 - 2018  # " in text


def test_what_is_no_year_is_refused():
    with pytest.raises(ValueError, match="year-form"):
        make_year(None, "abc", excel=False)


def test_without_a_year_before_only_the_name_of_the_block_is_missing(tmp_path):
    reading = read_back(tmp_path, make_year(None, "2017", excel=False))
    assert [finding.path for finding in reading.findings] == ["block.name"]


def test_the_first_line_names_the_schema():
    text = make_year(None, "2017", excel=False)["conference.yaml"].decode()
    assert text.startswith("# yaml-language-server: $schema=../../docs/schema.json\n## ")


def uncommented(text):
    """Return *text* with its commented samples made data, as someone would who needs all of them."""
    return re.sub(r"^( *)# (?!yaml-language)", r"\1", text, flags=re.MULTILINE)


def test_every_sample_is_data_once_its_mark_is_taken_away(tmp_path):
    text = uncommented(make_year(None, "2017", excel=False)["conference.yaml"].decode())
    text = text.replace("\n  name:  #", "\n  name: K  #", 1)
    reading = read_back(tmp_path, {"conference.yaml": text.encode()})

    assert reading.findings == ()


def test_every_field_has_a_line(tmp_path):
    text = uncommented(make_year(None, "2017", excel=False)["conference.yaml"].decode())
    given = read_back(tmp_path, {"conference.yaml": text.encode()}).facts

    def has(path):
        parts = tuple(
            part for name in path.split(".") for part in ((name[:-2], 0) if name.endswith("[]") else (name,))
        )
        return parts in given.values

    assert [path for path in MODEL if not has(path)] == []


def test_in_the_years_folder_lists_are_in_the_workbook_only(tmp_path):
    files = make_year(None, "2017", excel=True)
    (tmp_path / "a.yaml").write_bytes(files["conference.yaml"])

    def iter_lists(model, path=()):
        for name, info in model.model_fields.items():
            record = record_in(info.annotation)
            if record and "list[" in str(info.annotation):
                yield (*path, name)
            elif record:
                yield from iter_lists(record, (*path, name))

    given = read_yaml(tmp_path / "a.yaml", "a.yaml").values
    assert not given.keys() & set(iter_lists(Conference))
    assert "Thông tin chung" not in openpyxl.load_workbook(write(tmp_path, files)).sheetnames


def write(folder, files):
    (folder / "b.xlsx").write_bytes(files["conference.xlsx"])
    return folder / "b.xlsx"


@pytest.mark.parametrize("excel", [False, True])
def test_the_same_year_gives_the_same_bytes(excel):
    before = conference_of(CONFERENCES[0])
    assert make_year(before, "2017", excel=excel) == make_year(before, "2017", excel=excel)


@pytest.mark.parametrize(
    "text", ["A: B", "A # B", "- A", "'A'", '"A" \\n', "no", "~", "[A]", "năm: 2016 #", "“A”", "1.0"]
)
def test_any_name_is_carried_over_as_it_is(tmp_path, text):
    before = Conference.model_validate(
        {"event": {"kind": "tong_ket", "year": "2016"}, "block": {"name": text}, "members": [{"name": text}]}
    )
    reading = read_back(tmp_path, make_year(before, "2017", excel=False))

    assert isinstance(reading.conference, BaseModel)
    assert (reading.conference.block.name, reading.conference.members[0].name) == (text, text)
