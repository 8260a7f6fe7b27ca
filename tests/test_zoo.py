"""A zoo of broken inputs: each folder is named after its defect, and holds the findings that it must give.

``expected.txt`` has one line a finding: ``line:column severity code path``, in the order in which they are
shown (a workbook's ``sheet!cell`` for line and column). ``pytest --accept`` writes it; read the difference.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.messages import LANGUAGES, has_sentence
from generator.readers import yaml
from generator.readers.conference import make_conference

ROOT = Path(__file__).resolve().parent.parent
ZOO = ROOT / "tests" / "zoo"
ANIMALS = sorted(folder for folder in ZOO.iterdir() if folder.is_dir())
EXPECTED = "expected.txt"
MOST_SECONDS = 5


def check(folder: Path, inputs: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list]:
    """Run the command on a copy of *folder*; return its exit code and its findings."""
    year = inputs / folder.name
    shutil.copytree(folder, year, ignore=shutil.ignore_patterns(EXPECTED), dirs_exist_ok=True)
    started = time.monotonic()
    code = main(["check", year.name, "--inputs", str(inputs), "--json", *options])
    assert time.monotonic() - started < MOST_SECONDS
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, json.loads(said.out)["findings"]


def format_finding(finding: dict) -> str:
    place = f"{finding['line'] or 0}:{finding['column'] or 0}"
    if finding["sheet"]:
        place = f"{finding['sheet']}!{finding['cell'] or ''}"
    return f"{place} {finding['severity']} {finding['code']} {finding['path']}".rstrip()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("folder", ANIMALS, ids=lambda folder: folder.name)
def test_a_broken_input_gives_exactly_its_findings(folder, place, capsys, accept):
    code, findings = check(folder, place / "inputs", capsys)

    lines = "".join(f"{format_finding(finding)}\n" for finding in findings)
    if accept:
        (folder / EXPECTED).write_text(lines, encoding="utf-8")
    assert lines == (folder / EXPECTED).read_text(encoding="utf-8")
    assert code == (3 if any(finding["severity"] == "error" for finding in findings) else 0)
    assert [entry.name for entry in place.iterdir()] == ["inputs"]


@pytest.mark.parametrize("folder", ANIMALS, ids=lambda folder: folder.name)
def test_every_finding_has_one_sentence_in_each_language(folder, place, capsys):
    told = {
        language: check(folder, place / "inputs", capsys, "--lang", language)[1] for language in LANGUAGES
    }

    for one, other in zip(*told.values(), strict=True):
        assert one["code"] == other["code"]
        assert one["message"] != other["message"]
        for message in (one["message"], other["message"]):
            assert message.endswith((".", "?"))
            assert len(message.splitlines()) == 1
            assert len(message) < 500


NAMED = {
    "percent-sign-first": "Dấu “%” không",
    "bracket-never-closed": "ngoặc “[” mở",
    "brace-never-closed": "ngoặc “{” mở",
    "greater-than-sign-first": "bắt đầu bằng “>” phải",
    "key-twice-at-top": "“block” được ghi hai lần; lần đầu ở dòng 4",
    "wrong-choices": "“tổng kết” không có trong các giá trị cho phép: tong_ket, so_ket, ky_giao_uoc, ",
    "unknown-key-at-top": "“membres” ở đây; có phải là “members”?",
    "known-key-at-the-wrong-place": "“date” ở đây; mục này thuộc nhóm “event”",
    "list-for-text": "phải là một giá trị chữ",
    "list-for-a-group": "phải là nhóm các mục",
    "text-for-a-list": "phải là danh sách",
    "block-name-missing": "bắt buộc “name”",
    "quoted-text-empty": "Mục “kind” để trống",
    "control-characters": "U+0007",
    "lookalike-letters": "(U+00D0)",
    "zero-width-letters": "(U+00AD, U+200B)",
    "tcvn3-text": "TCVN3",
    "value-over-several-lines": "“17/02/2017 buổi sáng” không",
    "members-twice": "với đơn vị thứ 1",
}
"""By folder, what the sentence of its first finding must name."""


@pytest.mark.parametrize("name", NAMED)
def test_a_sentence_names_what_it_is_about(name, place, capsys):
    _, findings = check(ZOO / name, place / "inputs", capsys)

    assert NAMED[name] in findings[0]["message"]


def test_an_excerpt_shows_each_letter_in_its_column(place, capsys):
    check(ZOO / "control-characters", place / "inputs", capsys)
    main(["check", "control-characters"])
    lines = capsys.readouterr().err.splitlines()

    assert lines[1] == "      - name: Bộ\ufffd Nội vụ\ufffd"
    assert lines[2].index("^") == lines[1].index("\ufffd")


# --- what is too large, or no file, for a repository ----------------------------------------------------


HEAD = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
LITTLE_SAID = [f"3:14 warning lead-{fault} news.lead" for fault in ("lacks-what", "lacks-who", "too-long")]
MADE = {
    "too-large": ("#" * (yaml.MOST_BYTES + 1), ["0:0 error file-too-large"]),
    "just-small-enough": (HEAD + "#" * (yaml.MOST_BYTES - len(HEAD.encode())), []),
    "one-long-text": (
        HEAD + "news: {lead: " + "hoàn thành " * 60_000 + "}\n",
        LITTLE_SAID,
    ),
    "one-long-line-of-mistakes": (
        HEAD + "members: [" + "x, " * 300 + "]\n",
        [f"3:{11 + 3 * n} error wrong-shape members[{n + 1}]" for n in range(300)],
    ),
    "one-long-text-of-forbidden-letters": (
        HEAD + "news: {lead: " + "\ue000 " * 200_000 + "}\n",
        ["3:14 error forbidden-character news.lead", *LITTLE_SAID],
    ),
    "many-keys": ("".join(f"k{n}: x\n" for n in range(90_000)), ["50000:9 error yaml-too-many"]),
    "many-brackets": ("[" * 900_000, ["1:31 error yaml-too-deep"]),
    "many-dashes": ("- " * 400_000, ["1:61 error yaml-too-deep"]),
    "a-folder": (Path.mkdir, ["0:0 error file-missing"]),
    "a-pipe": (os.mkfifo, ["0:0 error file-missing"]),
}
"""The text of a file, or what is made in its place, and what is then found."""


@pytest.mark.parametrize("name", MADE)
def test_what_is_too_much_is_told_soon(name, place, capsys):
    content, expected = MADE[name]
    file = place / "inputs" / name / "conference.yaml"
    file.parent.mkdir(parents=True)
    if isinstance(content, str):
        file.write_text(content, encoding="utf-8")
    else:
        content(file)
    started = time.monotonic()
    code = main(["check", name, "--json"])
    taken = time.monotonic() - started
    said = capsys.readouterr()

    assert [format_finding(finding) for finding in json.loads(said.out)["findings"]] == expected
    assert code == (3 if any(" error " in line for line in expected) else 0)
    assert taken < MOST_SECONDS
    assert main(["check", name]) == code
    assert all(len(line) < 500 for line in capsys.readouterr().err.splitlines())


# --- what nobody has thought of --------------------------------------------------------------------------

PIECES = [
    *(
        "event:",
        "  kind: tong_ket",
        "members:",
        "- ",
        "  ",
        ": ",
        "\n",
        "\n",
        "\n  ",
        "\t",
        "\r",
        "\u2028",
        "\x85",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "\\",
        "|",
        ">",
        "#",
        " #",
        "&a",
        "*a",
        "!x",
        "%",
        "@",
        "`",
        "? ",
        "<<: ",
    ),
    *("---", "...", "~", "null", "name", "Đ", "\u00d0", "\u200b", "\ue000", "\ufeff", "\x00", "2016"),
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_facts_or_findings_at_places_that_it_has(tmp_path, text):
    file = tmp_path / "conference.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    facts = yaml.read_yaml(file, "2016/conference.yaml")
    reading = make_conference(facts)

    assert reading.conference is not None or reading.findings
    for finding in reading.findings:
        assert has_sentence(LANGUAGES[0], finding.code)
        assert finding.place.line <= len(facts.lines)
        assert finding.place.column <= len(facts.lines[finding.place.line - 1]) + 1


# --- is every animal here? ------------------------------------------------------------------------------

NOT_IN_THE_ZOO = {
    "file-link": "a link is followed when the zoo is copied; tests/test_hostile.py makes some",
    "file-unreadable": "a disk that fails, or a file that only others may read",
    "photo-file-too-large": "no file of 25 megabytes belongs into a repository; tests/readers makes one",
    "photo-link": "a link is followed when the zoo is copied; tests/readers makes some",
    "photo-unreadable": "as for other files",
    "tenure-contradicts": "it takes the folders of two years; tests/rules/test_rotation.py has them",
    "value-refused": "no type of field gives it; it is there for one that somebody adds",
}
"""Codes that no file of ours can give, and why."""

READERS = ("conference.py", "photos.py", "pictures.py", "raw.py", "yaml.py")
"""Readers that the zoo proves; the others read workbooks and CSV, and tests/readers makes their findings."""


def codes_of(file: Path) -> set[str]:
    """Return the codes of findings that a module names: the texts in it that have a sentence."""
    source = ast.parse(file.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(source) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and text and has_sentence(LANGUAGES[0], text)}


def codes_in_the_zoo() -> set[str]:
    lines = [line for folder in ANIMALS for line in (folder / EXPECTED).read_text("utf-8").splitlines()]
    lines += [line for _, expected in MADE.values() for line in expected]
    return {re.search(r" (?:error|warning|gap) (\S+)", line)[1] for line in lines}


def test_every_code_of_readers_and_rules_is_in_the_zoo():
    package = ROOT / "generator"
    files = [*(package / "rules").glob("*.py"), *(package / "readers" / name for name in READERS)]
    codes = set().union(*map(codes_of, files))

    assert codes - codes_in_the_zoo() - set(NOT_IN_THE_ZOO) == set()
    assert len(codes) > 80


def test_only_what_is_not_in_the_zoo_is_excused():
    assert set(NOT_IN_THE_ZOO) & codes_in_the_zoo() == set()


def test_every_folder_of_the_zoo_can_be_a_year():
    assert [folder.name for folder in ANIMALS if not (folder / EXPECTED).is_file()] == []
    assert len(ANIMALS) >= 60
