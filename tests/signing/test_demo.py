"""`make demo-sign` for real: all parties of 2016 sign, the file is sealed and holds, and the folder begins anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_demonstration_ends_with_a_file_that_holds(tmp_path: Path) -> None:
    (tmp_path / "thu-ky-so").mkdir()
    (tmp_path / "thu-ky-so" / "old.txt").touch()
    told = subprocess.run(
        [sys.executable, ROOT / "scripts" / "demo_sign.py", "--outputs", tmp_path],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ).stdout
    assert told.count("Đã ký: ") == 10
    assert "đã ký 10/10" in told
    assert "Đã niêm phong." in told
    assert "Không thấy điều gì sai." in told
    assert not (tmp_path / "thu-ky-so" / "old.txt").exists()
    keys = list((tmp_path / "thu-ky-so" / "khoa-thu-nghiem").glob("*.p12"))
    assert len(keys) == 11
    assert {key.stat().st_mode & 0o077 for key in keys} == {0}
