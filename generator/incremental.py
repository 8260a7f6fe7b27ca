"""A request and outputs that are there come in; what need not be made again goes out, and why the rest is.

Two questions, cheap and exact. Is there anything to do at all? Where nothing changed that documents are made
from, hashes tell, and no library is loaded. Else, which files? A writer sees a tree and a style and nothing
else, so a file is made again if one of these is another one than it was, or the fonts and the program are,
or if the file is not there as it was made (decision 0019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from generator.errors import OutputError
from generator.manifest import Fingerprint, hash_of, read_manifest
from generator.request import find_year
from generator.sources import find_neighbours_facts, find_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.manifest import Sources
    from generator.request import Request

Why = Literal["new", "gone", "edited", "content", "look", "tools"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document is made."""

    why: Why
    """It is ``new``, ``gone`` or ``edited``, or other words, another look or other tools make another one."""
    names: tuple[str, ...] = ()
    """What changed since: files, and libraries by name; none where that is not known."""


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A file that the program made, as it is now."""

    name: str
    """The one under which it was written: beside an edited one, another one."""
    fingerprint: Fingerprint
    made_from: str
    """Digest of the sources it was made from."""
    state: Literal["standing", "gone", "edited"]


@dataclass(frozen=True, slots=True)
class Former:
    """What former builds left."""

    files: Mapping[str, FormerFile]
    """By the names that they have where nobody edited them."""
    made_from: Mapping[str, Any]
    """The sources of the last build, as the manifest has them."""

    def find_reason(self, names: Iterable[str], fingerprint: Fingerprint, sources: Sources) -> Reason | None:
        """Return why the files *names* of one document are made with *fingerprint*; None where they stand."""
        for name in names:
            file = self.files.get(name)
            if file is None:
                return Reason("new")
            if file.fingerprint != fingerprint:
                return self._compare(file, fingerprint, sources)
            if file.state != "standing":
                return Reason(file.state)
        return None

    def _compare(self, file: FormerFile, fingerprint: Fingerprint, sources: Sources) -> Reason:
        """Return what changed: other words before another look before other tools."""
        is_last = file.made_from == self.made_from.get("digest")
        differences = sources.differences(self.made_from) if is_last else []
        styles = [name for name in differences if name.startswith("style/")]
        tools = [name for name in differences if name in sources.versions or name in sources.fonts]
        if file.fingerprint.content != fingerprint.content:
            others = (name for name in differences if name not in styles and name not in tools)
            return Reason("content", tuple(others) or tuple(differences))
        if file.fingerprint.look != fingerprint.look:
            return Reason("look", tuple(styles) or tuple(differences))
        return Reason("tools", tuple(tools) or tuple(differences))


def find_former(request: Request) -> Former:
    """Return what former builds left in the outputs of *request*.

    Raises `OutputError` for a damaged manifest.
    """
    target, manifest = request.target, read_manifest(request.target)
    files = {
        name: former
        for name, entry in manifest.get("fingerprints", {}).items()
        if (former := _find_file(target, name, entry, manifest, force=request.force))
    }
    return Former(files, manifest.get("made_from", {}))


def _find_file(
    target: Path, name: str, entry: Mapping[str, Any], manifest: Mapping[str, Any], *, force: bool
) -> FormerFile | None:
    try:
        fingerprint = Fingerprint(**entry)
    except TypeError:  # another version wrote it
        return None
    kept: Mapping[str, str] = manifest.get("kept", {})
    written = kept.get(name, name)
    output = manifest.get("outputs", {}).get(written)
    if output is None:
        return None
    state = _find_state(target / written, output, is_signed=written in manifest.get("to_sign", {}))
    if state == "standing" and written != name and (force or not _is_edited(target / name, output)):
        state = "edited"
    return FormerFile(written, fingerprint, str(output.get("made_from", "")), state)


def _is_edited(file: Path, output: Mapping[str, Any]) -> bool:
    """Tell whether *file*, which somebody edited, still is there, and is another one than ours."""
    return file.is_file() and hash_of(file.read_bytes()) != output.get("sha256")


def _find_state(
    file: Path, output: Mapping[str, Any], *, is_signed: bool
) -> Literal["standing", "gone", "edited"]:
    if file.is_symlink():
        return "edited"
    try:
        content = file.read_bytes()
    except OSError:
        return "gone"
    return "standing" if is_as_made(content, output, is_signed=is_signed) else "edited"


def is_as_made(content: bytes, output: Mapping[str, Any], *, is_signed: bool) -> bool:
    """Tell whether *content* is what was made, as its entry *output* says; a signed file begins so."""
    made = content[: output.get("bytes", 0)] if is_signed else content
    return hash_of(made) == output.get("sha256")


# --- is there anything to do? ---------------------------------------------------------------------------


def is_fresh(request: Request) -> bool:
    """Tell whether a build would find nothing to do, by hashes alone; False where they do not tell.

    Raises `UsageError` for a year that is not there.
    """
    folder = find_year(request.inputs, request.year)
    if request.strict or request.force or not request.templates.is_dir():
        return False
    try:
        manifest = read_manifest(request.target)
    except OutputError:
        return False
    if "made_from" not in manifest:
        return False
    sources = find_sources(folder, request.templates)
    if manifest["made_from"].get("digest") != sources.digest:
        return False
    neighbours = manifest.get("neighbours")
    if neighbours is not None and neighbours != find_neighbours_facts(folder):
        return False
    names = _list_files(request, manifest, sources)
    return names is not None and all(_is_fresh_file(name, request, manifest, sources) for name in names)


def _list_files(request: Request, manifest: Mapping[str, Any], sources: Sources) -> Sequence[str] | None:
    """Return the files that *request* asks for; None where the manifest does not tell which they are."""
    names: list[str] = []
    for identity in request.kinds or _iter_kinds(sources):
        record = manifest.get("kinds", {}).get(identity, {})
        if record.get("made_from") != sources.digest:
            return None
        if not request.kinds and not record.get("has_facts"):
            continue
        files = record.get("files", {}).get(request.division)
        formats = [one for one in record.get("formats", ()) if one in request.formats or not request.formats]
        if files is None or (request.kinds and not formats):
            return None
        names += [name for one in formats for name in files.get(one, ())]
    return names


def _iter_kinds(sources: Sources) -> Iterator[str]:
    for name in sources.templates:
        folder, _, file = name.partition("/")
        if file == "kind.yaml":
            yield folder


def _is_fresh_file(name: str, request: Request, manifest: Mapping[str, Any], sources: Sources) -> bool:
    """Tell whether a file stands; of one that was written beside an edited one the user is told again."""
    output = manifest.get("outputs", {}).get(name, {})
    if name in manifest.get("kept", {}) or output.get("made_from") != sources.digest:
        return False
    is_signed = name in manifest.get("to_sign", {})
    return _find_state(request.target / name, output, is_signed=is_signed) == "standing"
