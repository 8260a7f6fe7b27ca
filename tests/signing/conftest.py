"""A pledge to be signed, made once; and, for the module that asks for it, one that ten parties have signed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.signing.trial import TrialAuthority, make_authority
from tests.signing.material import Material, build_pledge, make_material


@pytest.fixture(scope="session")
def authority() -> TrialAuthority:
    """A trial authority."""
    return make_authority(datetime.now(UTC))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a year, with a pledge that nobody has signed; not to be changed."""
    return build_pledge(tmp_path_factory.mktemp("pledge"))


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of them."""
    return Path(shutil.copytree(built, tmp_path / "outputs" / "2026"))


@pytest.fixture(scope="module")
def signed_by_all(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The pledge with ten signatures and a seal, and each revision of it."""
    return make_material(tmp_path_factory.mktemp("ceremony"))
