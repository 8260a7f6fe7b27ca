"""The schema that editors get: it accepts what the reader accepts, and marks what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.cli import main
from generator.schema import make_schema

ROOT = Path(__file__).resolve().parent.parent


class Yaml12(yaml.SafeLoader):
    """Reads as editors do, to whom `yes` is text."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(make_schema())
    return ["/".join(map(str, error.path)) for error in validator.iter_errors(yaml.load(text, Yaml12))]


HEAD = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối}\n"


@pytest.mark.parametrize(
    "file", sorted(ROOT.glob("inputs/*/conference.yaml")), ids=lambda file: file.parent.name
)
def test_our_own_inputs_are_valid(file):
    assert errors(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("more", ["", "leadership:\n", "members:\n", "pledge: {copies: 10, date: 30-3}\n"])
def test_numbers_and_nothing_may_stand_where_text_is_read(more):
    assert errors(HEAD + more) == []


@pytest.mark.parametrize(
    "more",
    ["zzz: 1\n", "members: Bộ Nội vụ\n", "awards: [{status: maybe, form: x}]\n", "members: [{id: a}]\n"],
)
def test_mistakes_are_marked(more):
    assert errors(HEAD + more)


def test_the_command_prints_it(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == make_schema()
