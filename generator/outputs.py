"""Put finished files into outputs/: all of them or none, and never through a link."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

STAGE_MARK = ".stage-"


def put_in_place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* (name → content) into *folder*, replacing files of the same names.

    Everything is first written into a staging folder on the same disk; only then is each file moved over
    the old one. Other files in *folder* are left alone. Raises `OutputError`; what was there before is then
    still whole.
    """
    _refuse_links(folder, files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}{STAGE_MARK}", dir=folder.parent))
        try:
            _fill(stage, files)
            folder.mkdir(exist_ok=True)
            for name in files:
                (stage / name).replace(folder / name)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise OutputError("output-unwritable", folder=folder, reason=error.strerror or str(error)) from error


def _refuse_links(folder: Path, files: Mapping[str, bytes]) -> None:
    for path in (folder.parent, folder, *(folder / name for name in files)):
        if path.is_symlink():
            raise OutputError("output-is-link", path=path)


def _fill(stage: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        with (stage / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
