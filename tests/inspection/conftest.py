"""What the tests of the planted defects share: one workshop for the whole run."""

from __future__ import annotations

import pytest

from tests.inspection.planted.workshop import Workshop, write_fonts


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """Return the place where files are made, with a font besides the project's own."""
    folder = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(write_fonts(folder)))
        yield Workshop(folder / "work")
