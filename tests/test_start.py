"""Each command loads what it needs and nothing else: libraries take longer to load than most work does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

WRITERS = {
    *("weasyprint", "pydyf", "fontTools", "docx", "lxml", "matplotlib", "numpy"),
    *("generator.writers", "generator.charts", "generator.layout", "generator.outputs"),
}
INSPECTION = {"pypdfium2", "generator.inspection"}
SIGNING = {"pyhanko", "cryptography", "asn1crypto", "pkcs11", "generator.signing"}
TEMPLATES = {"jinja2", "generator.content", "generator.composing", "generator.style", "generator.tree"}
TABLES = {"openpyxl", "generator.readers.sheets", "generator.readers.tables", "generator.readers.merge"}
FACTS = {"yaml", "pydantic", "generator.model", "generator.readers", "generator.rules", "generator.law"}
PICTURES = {"PIL", "generator.readers.pictures"}


def run(arguments: list[str], place: Path, **more: str) -> tuple[set[str], str]:
    """Return the modules that a command loads, those of its child process too, and what it prints."""
    command = [sys.executable, "-X", "importtime", "-m", "generator", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(place / "cache"), **more}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    modules = set(re.findall(r"^import time:.*\|\s*(\S+)$", done.stderr, re.MULTILINE))
    assert "generator.cli" in modules
    return modules, done.stdout


def loaded(modules: set[str], unwanted: set[str]) -> list[str]:
    return sorted(module for module in modules if any(f"{module}.".startswith(f"{one}.") for one in unwanted))


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inputs").symlink_to(ROOT / "inputs")
    return tmp_path


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["sign", "--help"], ["--version"]])
def test_help_loads_no_library(place, arguments):
    modules, said = run(arguments, place)
    unwanted = WRITERS | INSPECTION | SIGNING | TEMPLATES | TABLES | FACTS | PICTURES
    assert loaded(modules, unwanted | {"tempfile", "traceback", "email", "socket"}) == []
    assert "hoinghi" in said


def test_check_loads_neither_a_writer_nor_templates_nor_tables(place):
    modules, said = run(["check", "2016"], place)
    assert loaded(modules, WRITERS | INSPECTION | SIGNING | TEMPLATES | TABLES | PICTURES) == []
    assert "Đã kiểm tra" in said


def test_check_loads_a_decoder_where_there_are_photographs(tmp_path):
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "mau").symlink_to(ROOT / "inputs" / "mau")
    modules, _ = run(["check", "mau"], tmp_path)
    unwanted = (WRITERS | INSPECTION | SIGNING | TEMPLATES | TABLES) - {"generator.tree"}
    assert loaded(modules, unwanted) == []
    assert loaded(modules, PICTURES) != []


def test_check_reads_a_workbook_without_numpy(place):
    modules, _ = run(["check", "mau-24"], place)
    assert loaded(modules, {"openpyxl"}) != []
    assert loaded(modules, {"matplotlib", *SIGNING, *TEMPLATES}) == []
    assert [module for module in modules if module.startswith("numpy.")] == []


def test_numpy_is_there_for_whoever_wants_it_after_a_workbook(tmp_path):
    """It draws the charts."""
    program = (
        "import generator.readers.excel, numpy, openpyxl.compat.numbers as n; print(numpy.int_(3), n.NUMPY)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["3", "False"]


def test_a_word_file_is_made_without_what_makes_a_pdf_and_made_again_without_any_writer(place):
    arguments = ["build", "2016", "minutes", "--format", "docx"]
    modules, _ = run(arguments, place)
    assert loaded(modules, {"weasyprint", "pydyf", "fontTools", "matplotlib", "numpy"} | SIGNING) == []
    assert (place / "outputs/2016/bien-ban.docx").is_file()
    modules, said = run(arguments, place)
    assert loaded(modules, WRITERS | INSPECTION | SIGNING | TEMPLATES | TABLES | FACTS | PICTURES) == []
    assert "Không có gì phải soạn lại" in said


def test_compiled_templates_are_kept_where_the_standard_wants_it(place):
    arguments = ["build", "2016", "minutes", "--format", "docx"]
    run(arguments, place)
    kept = place / "cache" / "hoinghi" / "templates"
    before = {file.name: file.stat().st_mtime_ns for file in kept.iterdir()}
    first = (place / "outputs/2016/bien-ban.docx").read_bytes()
    (place / "outputs/2016/bien-ban.docx").unlink()
    run(arguments, place)
    assert {file.name: file.stat().st_mtime_ns for file in kept.iterdir()} == before
    assert len(before) > 1
    assert (place / "outputs/2016/bien-ban.docx").read_bytes() == first


def test_a_cache_that_cannot_be_written_changes_nothing(place):
    (place / "cache").write_text("no folder")
    run(["build", "2016", "minutes", "--format", "docx"], place)
    assert (place / "outputs/2016/bien-ban.docx").is_file()


def test_no_plug_in_of_another_package_reads_our_facts(place):
    """Pydantic calls plug-ins of whatever is installed beside it."""
    package = place / "other" / "meddler-1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: meddler\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:plugin\n")
    (package.parent / "meddler.py").write_text("raise SystemExit('a plug-in was loaded')\n")
    modules, _ = run(["check", "2016"], place, PYTHONPATH=f"{ROOT}{os.pathsep}{package.parent}")
    assert "meddler" not in modules
