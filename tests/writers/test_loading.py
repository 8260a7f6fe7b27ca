from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from generator.writers import loading

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="names of libraries are Linux's")

WRITE = (
    "import hashlib; from generator.writers.pdf import write_pdf; from tests import samples;"
    "print(hashlib.sha256(write_pdf(samples.whole_document(), samples.tt01()).content).hexdigest())"
)


def run(code: str) -> list[str]:
    """Return the lines that a fresh Python prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note for which names libraries are searched in the slow way."""
    names: list[str] = []

    def search(name: str) -> str:
        names.append(name)
        return "found"

    monkeypatch.setattr(ctypes.util, "find_library", search)
    return names


@on_linux
def test_the_pdf_writer_is_loaded_without_a_child_program() -> None:
    hook = (
        "import sys; sys.addaudithook(lambda e, a: e in ('subprocess.Popen', 'os.posix_spawn') and print(e));"
    )
    assert run(hook + "import generator.writers.pdf; print('loaded')") == ["loaded"]
    assert "subprocess.Popen" in run(hook + "import weasyprint")


@on_linux
def test_the_files_are_the_same_whether_the_writer_was_loaded_quickly_or_not() -> None:
    slowly = "import contextlib; from generator.writers import loading as l; l.loaded_quickly = contextlib.nullcontext;"
    names = "import sys; print('fontTools.subset' in sys.modules);"
    quick, slow = run(WRITE + ";" + names), run(slowly + WRITE + ";" + names)
    assert quick[0] == slow[0]
    assert (quick[1], slow[1]) == ("False", "True")


@on_linux
def test_libraries_are_the_ones_that_the_slow_search_finds() -> None:
    for name, file in loading.LIBRARIES.items():
        assert ctypes.util.find_library(name) == file
    for name in loading.FOREIGN_NAMES:
        assert ctypes.util.find_library(name) is None


@on_linux
def test_what_the_loader_does_not_know_is_searched_in_the_slow_way(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LIBRARIES", {"harfbuzz": "libharfbuzz-of-nobody.so.0"})
    with loading.loaded_quickly():
        assert ctypes.util.find_library("harfbuzz") == "found"
        assert ctypes.util.find_library("z") == "found"
        assert ctypes.util.find_library("libharfbuzz-0") is None
    assert asked == ["harfbuzz", "z"]


def test_all_is_as_it_was_afterwards() -> None:
    before = (ctypes.util.find_library, "fontTools.subset" in sys.modules)
    with pytest.raises(OSError, match="no library"), loading.loaded_quickly():
        raise OSError("no library")
    assert (ctypes.util.find_library, "fontTools.subset" in sys.modules) == before


def test_a_stand_in_brings_its_module_when_it_is_called() -> None:
    code = """
import sys
from generator.writers.loading import loaded_quickly
with loaded_quickly():
    from fontTools import subset
    from fontTools.varLib.instancer import instantiateVariableFont
print("fontTools.subset" in sys.modules, "fontTools.varLib.instancer" in sys.modules)
print(subset.Options(hinting=True).hinting, instantiateVariableFont.__code__.co_name)
print(subset.Options.parse_opts.__name__)
import fontTools.subset
print(fontTools.subset.Subsetter.__name__)
"""
    assert run(code) == ["False False", "True instantiateVariableFont", "parse_opts", "Subsetter"]
