"""A request comes in; which outputs are not what would be made now goes out. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.checking import check_facts
from generator.composing import choose_kinds, is_wanted
from generator.errors import InputError
from generator.findings import has_errors
from generator.incremental import is_as_made, is_fresh
from generator.manifest import read_manifest
from generator.request import find_year
from generator.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from generator.content.kind import Kind
    from generator.manifest import Sources
    from generator.request import Request


@dataclass(frozen=True, slots=True)
class Stale:
    """A file that is not what would be made now."""

    file: Path
    why: str
    """Key of a sentence: ``absent``, ``missing``, ``edited``, ``sources`` or ``older``, behind ``stale-``."""
    names: tuple[str, ...] = ()
    """What is another one than when the file was made."""


def find_stale(request: Request) -> list[Stale]:
    """Return the files of *request* that a build would make, or make anew, in the order of their names.

    Raises what a build raises for a year that is not there and for facts with errors.
    """
    if is_fresh(request):
        return []
    folder, target = find_year(request.inputs, request.year), request.target
    kinds, sources = choose_kinds(request.templates, request.kinds), find_sources(folder, request.templates)
    checked = check_facts(folder)
    if checked.conference is None or has_errors(checked.findings):
        raise InputError(checked.findings)
    wanted = [kind for kind in kinds if request.kinds or is_wanted(kind, checked.conference, request)]
    manifest = read_manifest(target)
    kept, entries = manifest.get("kept", {}), manifest.get("outputs", {})
    stale = [
        Stale(target / name, "stale-absent")
        for kind in wanted
        for name in _list_names(kind, request)
        if kept.get(name, name) not in entries
    ]
    ids = {kind.id for kind in wanted}
    for name, entry in entries.items():
        if entry.get("kind") in ids or not request.kinds:
            stale += _judge(target / name, entry, manifest, sources)
    return sorted(stale, key=lambda one: one.file)


def _list_names(kind: Kind, request: Request) -> Iterator[str]:
    for ending in kind.formats:
        if not request.formats or ending in request.formats:
            yield f"{kind.file}.{ending}"


def _judge(file: Path, entry: dict[str, Any], manifest: dict[str, Any], sources: Sources) -> Iterator[Stale]:
    """Yield what is not right with a file that the manifest lists."""
    made_from = manifest.get("made_from", {})
    if entry.get("made_from") != sources.digest:
        is_latest = entry.get("made_from") == made_from.get("digest")
        names = sources.differences(made_from) if is_latest else []
        yield Stale(file, "stale-sources" if names else "stale-older", tuple(names))
    elif not file.is_file():
        yield Stale(file, "stale-missing")
    elif not is_as_made(file.read_bytes(), entry, is_signed=file.name in manifest.get("to_sign", {})):
        yield Stale(file, "stale-edited")
