"""Installed from a wheel, somewhere else, the program works as it does in its checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("generator", "templates", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with what the wheel holds, far from the checkout."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", source / "dist"]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=120)
    (wheel,) = (source / "dist").glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return folder


def run(installed: Path, where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=where,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_holds_templates_fonts_and_catalogues(installed):
    package = installed / "generator"

    assert (package / "templates" / "minutes" / "document.xml.j2").is_file()
    assert (package / "templates" / "style" / "tt01-2011.yaml").is_file()
    assert len(list((package / "fonts").glob("*.ttf"))) == 4
    assert len(list(package.glob("locale/*/LC_MESSAGES/hoinghi.mo"))) == 2
    assert list(package.glob("writers/ooxml/*.xml"))
    assert len(list(package.glob("writers/page/*.*s"))) == 3


@pytest.mark.slow
def test_a_build_away_from_the_checkout_gives_the_same_documents(installed, tmp_path):
    shutil.copytree(ROOT / "inputs" / "2016", tmp_path / "inputs" / "2016")
    here = tmp_path / "here"

    away = run(installed, tmp_path, "build", "2016", "minutes")
    home = run(ROOT, tmp_path, "build", "2016", "minutes", "--outputs", str(here))

    assert (away.returncode, away.stderr) == (0, home.stderr)
    for name in ("bien-ban.docx", "bien-ban.pdf"):
        made = (tmp_path / "outputs" / "2016" / name).read_bytes()
        assert made == (here / "2016" / name).read_bytes()
