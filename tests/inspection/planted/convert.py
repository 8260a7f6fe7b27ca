"""Run LibreOffice, pandoc and poppler over files, each with a profile of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def convert_with_libreoffice(
    files: Mapping[str, bytes], folder: Path, target: str, suffix: str = ".docx"
) -> dict[str, bytes]:
    """Return *files*, whose names have no suffix, as files of the format *target*, in one go."""
    inputs = folder / "in"
    inputs.mkdir(parents=True)
    for name, content in files.items():
        (inputs / f"{name}{suffix}").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder / "out"]
    names = [inputs / f"{name}{suffix}" for name in files]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=600)
    ending = target.split(":", 1)[0]
    return {name: (folder / "out" / f"{name}.{ending}").read_bytes() for name in files}


def convert_with_pandoc(markdown: str, reference: bytes, folder: Path) -> bytes:
    """Return *markdown* as a Word file that has its styles from the Word file *reference*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reference.docx").write_bytes(reference)
    source, made = folder / "source.md", folder / "made.docx"
    source.write_text(markdown, encoding="utf-8")
    command = [
        "pandoc",
        "--from=markdown+raw_attribute",
        "--to=docx",
        f"--reference-doc={folder}/reference.docx",
    ]
    subprocess.run([*command, f"--output={made}", source], check=True, capture_output=True, timeout=120)
    return made.read_bytes()
