"""The labels of fields and the pages of docs/reference are whole and up to date."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from openpyxl import load_workbook
from pydantic import ConfigDict, TypeAdapter

from generator.cli import main
from generator.labels import find_label, load_labels
from generator.messages import LANGUAGES, has_sentence
from generator.model.base import Facts
from generator.readers.sheets import MATRIX, SHEETS

ROOT = Path(__file__).resolve().parent.parent
ZOO = ROOT / "tests" / "zoo"
sys.path.append(str(ROOT / "scripts"))
reference = importlib.import_module("make_reference")
codes = importlib.import_module("finding_codes")

RECORDS = {record.__name__: record for record, _ in reference.iter_places()}
ANY_TYPE = ConfigDict(arbitrary_types_allowed=True)
FIELDS = [(record, field) for record in RECORDS.values() for field in record.model_fields]


def all_records() -> set[type[Facts]]:
    for file in (ROOT / "generator" / "model").glob("[a-z]*.py"):
        importlib.import_module(f"generator.model.{file.stem}")
    found, new = set(), {Facts}
    while new:
        new = {child for record in new for child in record.__subclasses__()}
        found |= new
    return found


# --- labels -------------------------------------------------------------------------------------------


def test_every_record_can_be_reached_from_the_conference():
    assert {record.__name__ for record in all_records()} == set(RECORDS)


def test_every_record_and_field_has_a_label_and_no_label_is_left_over():
    own = {name: set(record.__annotations__) & set(record.model_fields) for name, record in RECORDS.items()}
    assert {name: set(label.fields) for name, label in load_labels().items()} == own


@pytest.mark.parametrize(("record", "field"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_a_label_is_a_name_a_sentence_and_an_example_that_the_field_accepts(record, field):
    label = find_label(record, field)
    assert re.fullmatch(r"\w[^.:\n]*[^.:\s]", label.name)
    assert re.fullmatch(r"\S[^.\n]*\.", label.note)
    assert label.note[0].isupper()
    assert "  " not in label.name + label.note

    fitting = list[reference.hints_of(record)[field]]
    (read,) = TypeAdapter(fitting, config=ANY_TYPE).validate_python([label.example])
    assert read is not None


@pytest.mark.parametrize(("record", "field"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_the_shown_example_is_yaml_that_reads_as_the_example(record, field):
    example = find_label(record, field).example
    assert yaml.load(f"{field}: {reference.show_example(example)}", yaml.BaseLoader) == {field: example}


def test_a_field_and_its_column_are_called_alike():
    """What the workbook adds to a name, it adds to tell columns of one sheet apart."""
    strange = []
    for sheet in SHEETS:
        for target in reference.targets_of(sheet):
            for column in sheet.fields:
                label = label_at(reference.join(target, reference.path_of(column, sheet)))
                if not set(words(label)) & set(words(column.heading)):
                    strange.append((sheet.name, column.heading, label))
    assert strange == []


def label_at(path: str) -> str:
    owner, _, field = path.rpartition(".")
    (record,) = {record for record, at in reference.iter_places() if at == owner}
    return find_label(record, field).name


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


# --- the schema ---------------------------------------------------------------------------------------


def test_the_schema_describes_every_field_in_vietnamese(capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    parts = {"Conference": schema, **schema["$defs"]}
    for name, record in RECORDS.items():
        assert parts[name]["description"].startswith(load_labels()[name].name)
        for field, part in parts[name]["properties"].items():
            assert part["description"].startswith(find_label(record, field).name)


@pytest.mark.parametrize(
    "file", sorted(ROOT.glob("inputs/*/conference.yaml")), ids=lambda file: file.parent.name
)
def test_the_examples_name_the_schema_for_editors(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (file.parent / named[1]).resolve() == ROOT / reference.SCHEMA


# --- the codes of findings ----------------------------------------------------------------------------


def test_every_code_has_advice_and_no_advice_is_left_over():
    advised = [code for group in reference.load_advice().values() for code in group]
    assert sorted(advised) == sorted(codes.find_codes())


def test_advice_is_made_of_sentences():
    for group in reference.load_advice().values():
        for advice in group.values():
            assert re.fullmatch(r"[A-ZĐ“].*\.", advice.do)
            assert not advice.rule or re.fullmatch(r"[A-ZĐ].*\.", advice.rule)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language):
    assert [code for code in codes.find_codes() if not has_sentence(language, code)] == []


def test_the_codes_and_weights_found_in_the_code_are_those_of_real_findings():
    lines = [line for file in ZOO.glob("*/expected.txt") for line in file.read_text("utf-8").splitlines()]
    seen = {
        (words[2], words[1]) for words in map(str.split, lines) if words[1] in {"error", "warning", "gap"}
    }
    known = {(code, weight.value) for code, weights in codes.find_codes().items() for weight in weights}
    assert seen
    assert seen - known == set()


# --- the pages ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    return reference.make_pages()


@pytest.mark.parametrize("name", [reference.FIELDS, reference.FINDINGS, reference.SCHEMA], ids=str)
def test_the_page_is_up_to_date(name, pages, accept):
    if accept:
        (ROOT / name).write_text(pages[name], encoding="utf-8")
    assert (ROOT / name).read_text(encoding="utf-8") == pages[name]


def test_the_page_of_fields_shows_every_path_of_a_single_record():
    page = (ROOT / reference.FIELDS).read_text(encoding="utf-8")
    for shown in (
        "`event.venue.room`",
        "`awards[].recipients[].unit`",
        "`….honorific`",
        "`scoring.rows[].cross`",
    ):
        assert f"| {shown} |" in page


@pytest.mark.parametrize("name", [reference.FIELDS, reference.FINDINGS], ids=str)
def test_links_within_a_page_lead_somewhere(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)">', page))
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


# --- the clerk's page ---------------------------------------------------------------------------------


def fill(folder: Path, *, date: str, method: str) -> None:
    """Fill in a new year as the clerk of the page does."""
    file = folder / "conference.yaml"
    text = file.read_text(encoding="utf-8")
    for name, value in (("date", date), ("declared_count", "10")):
        text = re.sub(rf"^  {name}:.*", f"  {name}: {value}", text, count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    book = load_workbook(folder / "conference.xlsx")
    put(book["Bỏ phiếu"], {"Nội dung": "thông qua quy chế hoạt động", "Cách bỏ phiếu": method})
    put(book["Khen thưởng"], {"Tình trạng": "đề nghị", "Hình thức": "Bằng khen", "Số lượng": 2})
    book.save(folder / "conference.xlsx")


def put(page, values: dict[str, object]) -> None:
    columns = {cell.value.strip(" *"): cell.column for cell in page[1]}
    for heading, value in values.items():
        page.cell(2, columns[heading]).value = value


def test_the_clerks_page_shows_what_the_command_prints(tmp_path, capsys):
    inputs = tmp_path / "inputs"
    shutil.copytree(ROOT / "inputs" / "2016", inputs / "2016")
    page = (ROOT / "docs" / "huong-dan-van-thu.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert main(["new", "2017", "--from", "2016", "--excel", "--inputs", str(inputs)]) == 0
    capsys.readouterr()

    fill(inputs / "2017", date="31/02/2018", method="kín")
    assert main(["check", "2017", "--inputs", str(inputs)]) == 3
    assert capsys.readouterr().err == shown[0]

    fill(inputs / "2017", date="28/02/2018", method="phiếu kín")
    assert main(["check", "2017", "--inputs", str(inputs)]) == 0
    printed = capsys.readouterr()
    assert printed.err + printed.out == shown[1]


def test_the_clerks_page_names_sheets_and_fields_that_there_are():
    page = (ROOT / "docs" / "huong-dan-van-thu.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| .*$", page.partition("## 2.")[2].partition("**Tệp Excel.**")[0], re.MULTILINE)
    cells = [row.strip("| ").split(" | ")[1] for row in table if not row.startswith("|--")]
    sheets = {name for cell in cells for name in re.findall("“([^”]+)”", cell)}
    fields = {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}
    assert sheets
    assert fields
    assert sheets <= {sheet.name for sheet in (*SHEETS, MATRIX)}
    assert fields <= set(RECORDS["Conference"].model_fields)
