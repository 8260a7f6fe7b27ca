"""While openpyxl is loaded it asks for numpy, only to know its numbers in cells that a program fills.

We read workbooks and fill none with such numbers, and numpy takes as long to load as all of openpyxl.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_numpy() -> Iterator[None]:
    """Let imports in this block find no numpy, unless it is loaded already."""
    modules: dict[str, Any] = sys.modules
    if "numpy" in modules:
        yield
        return
    modules["numpy"] = None  # for which the import system raises `ModuleNotFoundError`
    try:
        yield
    finally:
        del modules["numpy"]
