"""What all tests share: the project's own fonts, the other programs that some need, golden files."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import typeface
from tests import browser

if TYPE_CHECKING:
    from collections.abc import Iterator

VALIDATORS = Path(__file__).resolve().parent / "validators" / "node_modules" / ".bin"
"""Where npm puts the programs of tests/validators/package.json."""

CALC = "libsclo"
"""The part of LibreOffice that computes workbooks; it has no command of its own."""

PROGRAMS = {
    "calc": (("soffice",), (CALC,)),
    "chromium": (browser.NAMES,),
    "libreoffice": (("soffice",),),
    "pandoc": (("pandoc",),),
    "pdfsig": (("pdfsig",), ("certutil",)),
    "poppler": (("pdftotext",), ("pdffonts",), ("pdftoppm",)),
    "qpdf": (("qpdf",),),
    "softhsm": (("softhsm2-util",),),
    "sdk": (("ooxml-validator",), ("node",)),
}
"""What a test with a marker runs: each program with the names that it may have."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write golden files instead of comparing with them"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let fontconfig know the project's fonts only, before anything loads it; leave the user's cache alone."""
    folder = Path(tempfile.mkdtemp(prefix="hoinghi-fonts-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    file = folder / "fonts.conf"
    file.write_text(typeface.fontconfig_xml(folder / "cache"), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file)
    os.environ["MPLCONFIGDIR"] = str(folder / "matplotlib")
    os.environ["XDG_CACHE_HOME"] = str(folder / "kept")
    os.environ["PATH"] = f"{VALIDATORS}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(autouse=True, scope="session")
def no_hands() -> Iterator[None]:
    """Let commands that run within a test write all files themselves: tests keep all processors busy already.

    Those that run as a process of their own have hands where there are processors; `test_hands.py` holds both.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.hands.count_processors", lambda: 1)
        yield


MODULES = {"dask": ("distributed",)}
"""What a test with a marker imports beyond what every check needs."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose programs are absent; fail it where all tests are to be run."""
    for marker in (*PROGRAMS, *MODULES):
        programs, modules = PROGRAMS.get(marker, ()), MODULES.get(marker, ())
        absent = [names[0] for names in programs if not any(is_installed(name) for name in names)]
        absent += [name for name in modules if importlib.util.find_spec(name) is None]
        if absent and item.get_closest_marker(marker):
            reason = f"{', '.join(absent)} not installed"
            if os.environ.get("HOINGHI_REQUIRE_ALL"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


def is_installed(name: str) -> bool:
    """Tell whether a program is there; `CALC` stands beside the program that brings it."""
    if name != CALC:
        return shutil.which(name) is not None
    soffice = shutil.which("soffice")
    return soffice is not None and any(Path(soffice).resolve().parent.glob(f"{CALC}.*"))


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Tell whether golden files are to be written (`pytest --accept`)."""
    return bool(request.config.getoption("--accept"))
