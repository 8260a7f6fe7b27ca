"""WeasyPrint's import without what it does not need there: child programs, and parts of fontTools.

WeasyPrint tries names of its libraries for all systems. For each that Linux does not know, Python starts
ldconfig, gcc and ld, some eighty programs in all; and a subsetter and an instancer of fonts are loaded that
nobody calls where HarfBuzz subsets. What is loaded in the end is the same, and so are the files (0017).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import sys
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LIBRARIES: Mapping[str, str] = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "fontconfig": "libfontconfig.so.1",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
}
"""What WeasyPrint needs on Linux: each library's name, and that of its file for the dynamic loader."""

FOREIGN_NAMES = frozenset(
    f"{lib}{name}{number}"
    for name, number in (
        ("gobject-2.0", "-0"),
        ("pango-1.0", "-0"),
        ("harfbuzz", "-0"),
        ("harfbuzz-subset", "-0"),
        ("fontconfig", "-1"),
        ("pangoft2-1.0", "-0"),
    )
    for lib in ("lib", "")
)
"""Names that the same libraries have on Windows."""

UNNEEDED_NAMES = frozenset(
    (
        "libharfbuzz-vector-0",
        "harfbuzz-vector",
        "harfbuzz-vector-0.0",
        "libharfbuzz-vector.so.0",
        "libharfbuzz-vector.0.dylib",
        "libharfbuzz-vector-0.dll",
    )
)
"""Names of a library that only draws coloured letters, which our typeface has not."""

UNUSED_MODULES = ("fontTools.subset", "fontTools.varLib.instancer")
"""What is imported for fonts that are variable, and for machines without HarfBuzz's subsetter."""


@contextmanager
def loaded_quickly() -> Iterator[None]:
    """Let WeasyPrint be imported without what it does not need; all is as it was afterwards.

    Other systems than Linux, and names that are not known here, find their libraries as ever.
    """
    with ExitStack() as stack:
        if sys.platform == "linux":
            stack.enter_context(_libraries_known())
        for name in UNUSED_MODULES:
            stack.enter_context(_loaded_when_used(name))
        yield


@contextmanager
def _libraries_known() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = _known_before(search)  # type: ignore[assignment]
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _known_before(search: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def find(name: str) -> str | None:
        if name in FOREIGN_NAMES or name in UNNEEDED_NAMES:
            return None
        file = LIBRARIES.get(name)
        return file if file and _is_loadable(file) else search(name)

    return find


def _is_loadable(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


class _Later(ModuleType):
    """A module that is imported when something of it is called or looked at."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Member(self.__name__, name)


class _Member:
    """Something of a module that is imported when this is called or looked into."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def _load(self) -> object:
        return getattr(importlib.import_module(self._module), self._name)

    def __call__(self, *values: object, **named: object) -> object:
        return self._load()(*values, **named)  # type: ignore[operator]

    def __getattr__(self, name: str) -> object:
        return getattr(self._load(), name)


@contextmanager
def _loaded_when_used(name: str) -> Iterator[None]:
    """Put a stand-in in place of *name*, unless it is loaded, for those who import it meanwhile."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = _Later(name)
    try:
        yield
    finally:
        del sys.modules[name]
