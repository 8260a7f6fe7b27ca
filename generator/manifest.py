"""The list of a year's outputs with their hashes: finished files come in, `manifest.json` goes out."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from generator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

MANIFEST_FILE = "manifest.json"


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def make_manifest(folder: Path, files: Mapping[str, bytes], bases: Mapping[str, str]) -> bytes:
    """Return the manifest of *folder* once *files* are in it; what it lists of other files stays.

    *bases* are the files to be signed, each with its copy to be read. Their hashes here are those of the
    files as they were made, before the first signature: all signed files begin with these bytes.
    """
    data = read_manifest(folder)
    outputs: dict[str, Any] = data.setdefault("outputs", {})
    for name, content in files.items():
        outputs[name] = {"bytes": len(content), "sha256": hash_of(content)}
    to_sign: dict[str, Any] = data.setdefault("to_sign", {})
    for name, reading_copy in bases.items():
        to_sign[name] = {"base_sha256": hash_of(files[name]), "reading_copy": reading_copy}
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of *folder* says; nothing where there is none.

    Raises `OutputError` when it is damaged.
    """
    file = folder / MANIFEST_FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise OutputError("manifest-damaged", file=file, reason=error) from error
    parts = (data.get("outputs", {}), data.get("to_sign", {})) if isinstance(data, dict) else (None,)
    if not all(isinstance(part, dict) for part in parts):
        raise OutputError("manifest-damaged", file=file, reason="outputs, to_sign")
    return dict(data)


def base_hash(folder: Path, name: str) -> str:
    """Return the hash of the file *name* before its first signature; empty where the manifest has none."""
    entry = read_manifest(folder).get("to_sign", {}).get(name, {})
    return str(entry.get("base_sha256", "")) if isinstance(entry, dict) else ""
