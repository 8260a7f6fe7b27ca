"""The same facts give the same bytes: in any process, at any time and place, in any language of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.manifest import hash_of

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("minutes", "pledge", "news", "certificates")

MACHINES = {
    "hash-seed": {"PYTHONHASHSEED": "1"},
    "other-hash-seed-and-time-zone": {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
    "german": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/New_York"},
    "turkish": {"LC_ALL": "tr_TR.UTF-8", "PYTHONIOENCODING": "latin-1"},
    "other-home": {"XDG_CACHE_HOME": "cache here", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "20"},
}
"""What is different on the machines of other people."""


def build(folder: Path, environment: dict[str, str], inputs: Path = ROOT / "inputs") -> dict[str, str]:
    """Build in a process of its own, in *folder*; return the hashes of what it made."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "generator", "build", "mau", *KINDS, "--inputs", str(inputs)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {file.name: hash_of(file.read_bytes()) for file in (folder / "outputs" / "mau").iterdir()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What this machine makes."""
    made = build(tmp_path_factory.mktemp("first"), {})
    assert {Path(name).suffix for name in made} == {".docx", ".pdf", ".html", ".json"}
    assert len(made) >= 9
    return made


@pytest.mark.parametrize("name", MACHINES)
def test_another_machine_makes_the_same_bytes(first, tmp_path, name):
    """All files, the manifest among them."""
    assert build(tmp_path / "một nơi khác", MACHINES[name]) == first


def test_another_copy_of_the_inputs_with_other_times_makes_the_same_bytes(first, tmp_path):
    inputs = tmp_path / "bản sao"
    subprocess.run(["cp", "-r", str(ROOT / "inputs"), str(inputs)], check=True)
    for file in inputs.rglob("*"):
        os.utime(file, (1, 1))
    assert build(tmp_path / "x", {}, inputs) == first


def test_building_again_over_it_changes_nothing(first, tmp_path):
    assert build(tmp_path, {}) == first
    assert build(tmp_path, {"PYTHONHASHSEED": "7"}) == first
