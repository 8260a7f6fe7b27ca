"""All rules together: they say what is so, and never fail."""

from __future__ import annotations

import importlib
import types
import typing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from generator import rules
from generator.checking import check_facts
from generator.findings import Observation, Severity
from generator.model.base import Facts, FewCount, WrittenMoney
from generator.model.conference import Conference
from generator.rules.check import RULES, check_conference
from generator.rules.rotation import check_rotation
from generator.vietnamese import PartialDate, TimeOfDay

ROOT = Path(__file__).resolve().parent.parent.parent

# --- conferences of every shape -------------------------------------------------------------------------

NAMES = ["bnv", "BNV", "Bộ Nội vụ", "Bộ nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Nguyễn Văn An"]
TEXTS = [*NAMES, "“Đoàn kết", "”", '"', '"x"', "6/6", "1/0", "9" * 5000, "-1", "98,5", "98.5", "100%", "0%"]
TEXTS += [
    "hơn 5%",
    "%",
    "16/02/2017",
    "07:51 PM 16/02/2017",
    "awards[1].form",
    "event.date",
    " ",
    "٢",
    "a\nb",
]
YEARS = ["1000", "2016", "2017", "2999", "năm học 2015 - 2016", "2016 – 2017"]
SCALARS = {
    int: ["0", "1", "3", "10", "999999999999"],
    FewCount: ["0", "1", "3", "10", "999"],
    bool: ["có", "không"],
    PartialDate: ["17/02/2017", "16/02/2017", "30-3", "2016", "02/2016", "01/01/1000", "31/12/9999"],
    TimeOfDay: ["0h00", "8h30", "12h00", "23:59"],
    WrittenMoney: ["100 triệu đồng", "hơn 2 tỷ đồng"],
}


def values_of(annotation: object, metadata: list[object]) -> st.SearchStrategy:
    """Return a strategy of raw values that a field of this annotation takes."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return values_of(inner[0], list(inner[1:]))
    if origin in {typing.Union, types.UnionType}:
        return st.none() | st.one_of(*(values_of(one, metadata) for one in inner if one is not type(None)))
    if origin is list:
        return st.lists(values_of(inner[0], []), max_size=4)
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if isinstance(annotation, type) and issubclass(annotation, Facts):
        return records_of(annotation)
    if annotation is str:
        checked = any(isinstance(one, AfterValidator) for one in metadata)
        return st.sampled_from(YEARS if checked else TEXTS)
    is_few = metadata == list(typing.get_args(FewCount)[1:])
    return st.sampled_from(SCALARS[FewCount if is_few else annotation])


def records_of(model: type[Facts]) -> st.SearchStrategy:
    """Return a strategy of raw records of *model*, with all that it requires and some of the rest."""
    fields: dict[str, FieldInfo] = model.model_fields
    known = {
        name: st.deferred(lambda f=field: values_of(f.annotation, f.metadata))
        for name, field in fields.items()
    }
    required = {name: known[name] for name, field in fields.items() if field.is_required()}
    optional = {name: known[name] for name in fields if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


IRRELEVANT = frozenset(
    {"opening_speech", "reports", "discussion", "recommendations", "conclusion", "directing_speech"}
    | {"results", "activities", "movements", "charity", "documents_adopted", "photos"}
)
"""What no rule looks at; it would only slow the search."""

FIELDS = {
    name: values_of(field.annotation, field.metadata)
    for name, field in Conference.model_fields.items()
    if name not in IRRELEVANT
}
CONFERENCES = st.fixed_dictionaries(
    {name: FIELDS.pop(name) for name in ("event", "block")}, optional=FIELDS
).map(Conference.model_validate)


def leads_to(conference: Conference, path: tuple[str | int, ...]) -> bool:
    value: object = conference
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value is not None


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONFERENCES)
def test_rules_never_fail_and_point_to_facts_that_are_there(conference):
    for noticed in check_conference(conference):
        assert isinstance(noticed, Observation)
        assert leads_to(conference, noticed.path)
        assert noticed.severity in Severity


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONFERENCES)
def test_rules_say_the_same_again_and_change_nothing(conference):
    before = conference.model_dump()
    assert list(check_conference(conference)) == list(check_conference(conference))
    assert conference.model_dump() == before


# --- our own data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [folder.name for folder in sorted((ROOT / "inputs").iterdir())])
def test_our_own_inputs_have_gaps_but_no_warnings(year):
    findings = check_facts(ROOT / "inputs" / year).findings
    assert {finding.severity for finding in findings} <= {Severity.GAP}


def test_a_conference_of_which_little_is_known_gives_nothing_to_say():
    facts = {"event": {"kind": "tong_ket", "year": "2016"}, "block": {"name": "Khối thi đua số 1"}}
    assert list(check_conference(Conference.model_validate(facts))) == []


# --- the tuple of rules ---------------------------------------------------------------------------------


def test_every_rule_that_is_written_is_held_against_the_facts():
    files = [file for file in Path(rules.__file__).parent.glob("[a-z]*.py") if file.stem != "check"]
    modules = [importlib.import_module(f"generator.rules.{file.stem}") for file in files]
    written = [
        function
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("check_") and function.__module__ == module.__name__
    ]
    assert len(RULES) == len(set(RULES))
    assert set(written) == {*RULES, check_rotation}  # it also looks at other years
