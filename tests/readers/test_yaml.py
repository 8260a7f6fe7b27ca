"""What libyaml reads is what the parser in Python reads, to the column; what it would refuse, that one tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.readers import yaml
from generator.readers.raw import RawFacts

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("inputs/*/conference.yaml"), *ROOT.glob("tests/**/conference.yaml")])

PIECES = [
    '"', "'", ":", ": ", "- ", "-", "#", " #", "{", "}", "[", "]", ",", ", ", "|", "|\n", ">\n", ">-", "|2\n", "|+\n",
    "?", "? ", "\n", "\n\n", " ", "  ", "\\", "\\n", "\\\n", "\\x41", "\\u00e1", "\\ud800", "\\U00110000", "\\/", "&a ",
    "*a", "!t ", "!", "%", "@", "`", "~", "null", "\r\n", "\r", "\t", "---", "--- ", "...", "<<: ", "=", "ấ", "𝒜",
    "\u00a0", "\u0085", "\u2028", "\ufeff", "\x00", "- - ", "a: b", "\n  ", "\n    ", "''", '""', "k:v", "http://x",
    "::", ",,", "Khối", "name: ", "members:\n  - ", "{id: a, name: Sở A}", "unit: ", "x\n  y",
]  # fmt: skip


def read(text: str, *, by_libyaml: bool, monkeypatch: pytest.MonkeyPatch) -> RawFacts:
    monkeypatch.setattr(yaml, "HAS_LIBYAML", by_libyaml)
    facts = RawFacts("x", lines=re.split(yaml.LINE_END, text))
    node = yaml._compose(text, facts)
    if node is not None:
        facts.value = yaml._convert(node, (), facts)
    return facts


def read_both(text: str) -> tuple[RawFacts, RawFacts]:
    with pytest.MonkeyPatch.context() as patch:
        one = read(text, by_libyaml=True, monkeypatch=patch)
        return one, read(text, by_libyaml=False, monkeypatch=patch)


def test_this_python_has_libyaml():
    assert yaml.HAS_LIBYAML


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.parent.relative_to(ROOT)))
def test_every_file_is_read_the_same_by_both_parsers(file):
    one, other = read_both(file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff"))
    assert one == other


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("a: {b: , c: d}\n")
@example("a: {b? c: d}\n")
@example("---")
@example("a: >-#b\n")
@example("a:\tb\n")
@example("a: [b,\n c]\n")
@example("a: |\n  b\n\n  c\n\nd: >-\n  e\n")
@example("[" * 40)
def test_any_text_is_read_the_same_by_both_parsers(text):
    one, other = read_both(text)
    assert one == other


def test_a_sound_file_is_left_to_libyaml(monkeypatch):
    monkeypatch.setattr(yaml, "_StrictLoader", None)
    facts = read(
        (ROOT / "inputs/2016/conference.yaml").read_text("utf-8"), by_libyaml=True, monkeypatch=monkeypatch
    )
    assert facts.value is not None
    assert not facts.findings
