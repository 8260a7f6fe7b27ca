"""A second opinion: a signed file comes in; what poppler's pdfsig says of it goes out."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM = "pdfsig"
SECONDS = 60

_VALID = "Signature Validation: Signature is Valid."
_UNSIGNED = "The signature form field is not signed."
_UNABLE = "Signature Type: unknown"
"""Of a time stamp over all of the file, which pdfsig cannot check."""
_FIELD = re.compile(r"Signature Field Name: (.*)")


def is_there() -> bool:
    """Tell whether the program is installed."""
    return shutil.which(PROGRAM) is not None


def list_valid(content: bytes) -> tuple[list[str], list[str]]:
    """Return the fields whose signatures the program finds valid, and those of which it says otherwise.

    It is not asked about certificates, of which it knows none; its exit code says nothing, so its words are
    read.
    """
    with tempfile.TemporaryDirectory(prefix="hoinghi-") as folder:
        file = Path(folder) / "signed.pdf"
        file.write_bytes(content)
        try:
            told = subprocess.run(  # noqa: S603 - a list of words, our own file
                [shutil.which(PROGRAM) or PROGRAM, "-nocert", file],
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env={"LC_ALL": "C.UTF-8", "HOME": folder, "PATH": "/usr/bin:/bin"},
            ).stdout.decode("utf-8", "replace")
        except (OSError, subprocess.TimeoutExpired):
            return [], ["–"]
    valid: list[str] = []
    wrong: list[str] = []
    for part in re.split(r"^Signature #\d+:$", told, flags=re.MULTILINE)[1:]:
        name = _FIELD.search(part)
        if _UNSIGNED not in part and _UNABLE not in part:
            (valid if _VALID in part else wrong).append(name[1] if name else "–")
    return valid, wrong
