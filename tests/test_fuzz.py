"""A short run of the fuzzer, and all inputs that it found to break something; the long run is `make fuzz`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, found_cases, mutants

MUTANTS = {"yaml": 150, "command": 30, "excel": 40, "vocabulary": 400, "word": 40, "pdf": 60, "verifier": 60}
"""How many inputs of each target are tried: some seconds in all."""

MOST_SECONDS = 20


@pytest.mark.parametrize(
    ("name", "file"), found_cases(), ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_what_was_found_breaks_nothing_any_more(name, file):
    TARGETS[name].run(file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_target_begins_with_is_taken(name):
    for seed in TARGETS[name].seeds()[:8]:
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_are_taken_or_refused_soon(name):
    slowest = 0.0
    for content in mutants(name, MUTANTS[name], seed=20261127):
        started = time.monotonic()
        TARGETS[name].run(content)
        slowest = max(slowest, time.monotonic() - started)
    assert slowest < MOST_SECONDS


def test_each_target_has_its_cases_kept():
    assert {name for name, _ in found_cases()} <= set(TARGETS)
    assert found_cases()
