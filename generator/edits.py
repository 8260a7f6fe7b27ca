"""Finished files and the folder they go into come in; under which names they are written goes out.

A file that is not as the program made it is somebody's work: it stays, and the new one is written beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.manifest import MANIFEST_FILE, hash_of, hashes_in, read_manifest
from generator.outputs import EDITED, NEWER, free_name, refuse_links

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


@dataclass(slots=True)
class Names:
    """Under which names files are written."""

    kept: dict[str, str] = field(default_factory=dict)
    """Edited files that stay, each with the name that the new one gets."""
    copies: dict[str, str] = field(default_factory=dict)
    """Names under which edited files that are replaced are kept, each with the name that it has."""
    gone: set[str] = field(default_factory=set)
    """Files of ours that were written beside an edited one, which is no more."""

    def of(self, name: str) -> str:
        """Return the name under which the file *name* is written."""
        return self.kept.get(name, name)


def choose_names(
    folder: Path, files: Mapping[str, bytes], signed: AbstractSet[str] = frozenset(), *, force: bool = False
) -> Names:
    """Choose the names of *files*; *signed* ones stay in any case and are not looked at.

    With *force* edited files are replaced, and kept under another name. Raises `OutputError` for links.
    """
    refuse_links(folder, list(files))
    names, made = Names(), hashes_in(folder)
    beside: dict[str, str] = read_manifest(folder).get("kept", {})
    for name, content in files.items():
        if name in signed or name == MANIFEST_FILE:
            continue
        former = beside.get(name, "")
        if _is_ours(folder / name, {hash_of(content), *made.get(name, ())}):
            if former and _is_ours(folder / former, made.get(former, set())):
                names.gone.add(former)
        elif force:
            names.copies[free_name(folder / name, EDITED).name] = name
        elif former and _is_ours(folder / former, made.get(former, set())):
            names.kept[name] = former
        else:
            names.kept[name] = free_name(folder / name, NEWER).name
    return names


def _is_ours(file: Path, hashes: AbstractSet[str]) -> bool:
    """Tell whether *file* is as the program made it, or is not there."""
    try:
        return hash_of(file.read_bytes()) in hashes
    except FileNotFoundError:
        return True
