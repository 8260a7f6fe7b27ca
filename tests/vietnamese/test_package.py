"""The package is light, and says what it offers."""

from __future__ import annotations

import subprocess
import sys
from types import FunctionType

from generator import vietnamese


def test_importing_it_does_not_import_babel_or_anything_of_ours():
    code = "import sys, generator.vietnamese; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = run.stdout.split()

    assert not {"babel", "pydantic", "lxml"} & set(loaded)
    assert [name for name in loaded if name.startswith("generator.") and "vietnamese" not in name] == []


def test_everything_that_it_offers_exists_and_is_documented():
    offered = {name: getattr(vietnamese, name) for name in vietnamese.__all__}
    functions = {name: value for name, value in offered.items() if isinstance(value, FunctionType | type)}

    assert [name for name, value in functions.items() if not value.__doc__] == []
