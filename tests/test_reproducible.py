"""The same facts give the same bytes: in any process, at any time and place, in any language of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.manifest import hash_of

ROOT = Path(__file__).resolve().parents[1]
USUAL = ("2016", "minutes", "news")

MACHINES = {
    "other-time-zone": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
    "german": {"PYTHONHASHSEED": "4242", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "COLUMNS": "20"},
    "ascii": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/New_York"},
    "turkish": {"LC_ALL": "tr_TR.UTF-8", "PYTHONIOENCODING": "latin-1", "XDG_CACHE_HOME": "cache here"},
}
"""What is different on the machines of other people; each of them builds in another folder, too."""


def build(
    folder: Path, environment: dict[str, str], inputs: Path = ROOT / "inputs", words: Sequence[str] = USUAL
) -> dict[str, str]:
    """Build in a process of its own, in *folder*; return the hashes of what it made."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "generator", "build", *words, "--inputs", str(inputs)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {file.name: hash_of(file.read_bytes()) for file in (folder / "outputs" / words[0]).iterdir()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What this machine makes."""
    made = build(tmp_path_factory.mktemp("first"), {})
    assert {Path(name).suffix for name in made} == {".docx", ".pdf", ".html", ".json"}
    assert len(made) == 6
    return made


@pytest.mark.parametrize("name", MACHINES)
def test_another_machine_makes_the_same_bytes(first, tmp_path, name):
    """All files, the manifest among them."""
    assert build(tmp_path / "một nơi khác", MACHINES[name]) == first


def test_photographs_and_signature_fields_are_the_same_bytes_too(tmp_path):
    """From another copy of the inputs, whose files have other times."""
    inputs, words = tmp_path / "bản sao", ("mau", "pledge", "news", "--format=pdf,html")
    shutil.copytree(ROOT / "inputs", inputs)
    for file in inputs.rglob("*"):
        os.utime(file, (1, 1))
    made = build(tmp_path / "a", {"PYTHONHASHSEED": "5"}, words=words)
    assert {"giao-uoc.pdf", "giao-uoc.places.json", "ban-tin.html"} < set(made)
    assert build(tmp_path / "b", {"PYTHONHASHSEED": "6"}, inputs, words) == made


def test_building_again_over_it_changes_nothing(first, tmp_path):
    words = (*USUAL, "--format=docx")
    made = build(tmp_path, {}, words=words)
    assert build(tmp_path, {"PYTHONHASHSEED": "7"}, words=words) == made
    assert made["bien-ban.docx"] == first["bien-ban.docx"]
