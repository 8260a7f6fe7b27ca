"""A request comes in; which outputs are not what would be made now goes out. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import InputError
from generator.findings import has_errors
from generator.manifest import hash_of, read_manifest
from generator.pipeline import check_facts, choose_kinds, find_year, is_wanted
from generator.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from generator.content.kind import Kind
    from generator.manifest import Sources
    from generator.pipeline import Request


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
    folder, target = find_year(request.inputs, request.year), request.outputs / request.year
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
    elif not _is_as_made(file.read_bytes(), entry, file.name in manifest.get("to_sign", {})):
        yield Stale(file, "stale-edited")


def _is_as_made(content: bytes, entry: dict[str, Any], is_signed: bool) -> bool:  # noqa: FBT001
    """Tell whether a file is as it was made; one to be signed begins so."""
    made = content[: entry.get("bytes", 0)] if is_signed else content
    return hash_of(made) == entry.get("sha256")
