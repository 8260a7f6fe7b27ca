"""The record of a year's outputs: what was made from what comes in, `manifest.json` goes out.

It holds hashes, versions and the codes and places of findings; no name, no sentence, no time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from generator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from typing import Any

    from generator.findings import Finding

MANIFEST_FILE = "manifest.json"
NEW_MANIFEST, OLD_MANIFEST = ".manifest.new.json", ".manifest.old.json"
"""What it is called while files are moved one by one: a folder without `manifest.json` is incomplete."""

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a document is made from, each with its hash or its version."""

    inputs: Mapping[str, str]
    templates: Mapping[str, str]
    """The wording and the style files."""
    fonts: Mapping[str, str]
    """The font files in the PDF, in place of the font that Word files name."""
    versions: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash of all of it: equal digests give equal bytes."""
        return hash_of(json.dumps(asdict(self), sort_keys=True).encode())

    @property
    def tools(self) -> str:
        """One hash of the fonts and the versions: what files depend on besides their words and their look."""
        return hash_of(json.dumps([dict(self.fonts), dict(self.versions)], sort_keys=True).encode())

    def differences(self, others: Mapping[str, Any]) -> list[str]:
        """Return what is not as in *others*, which a manifest tells: files, and libraries by name."""
        names: list[str] = []
        for part, now in asdict(self).items():
            then = others.get(part, {})
            names += [name for name in sorted({*now, *then}) if now.get(name) != then.get(name)]
        return names


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What decides the bytes of one file: equal fingerprints give equal bytes."""

    content: str
    """Hash of its tree: of all words and pictures."""
    look: str
    """Hash of the style that it is set in."""
    tools: str
    """Hash of the fonts and of the versions of the program and the libraries."""


@dataclass(frozen=True, slots=True)
class KindRecord:
    """What came of one kind of document."""

    has_facts: bool
    """Whether it is made when no kind is named."""
    formats: tuple[str, ...] = ()
    """All that the kind is written as, wanted or not."""
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The names of its files, by format; those of formats that were not wanted as well."""


@dataclass(frozen=True, slots=True)
class Build:
    """What one build puts into a folder."""

    files: Mapping[str, bytes]
    kinds: Mapping[str, str]
    """Of which kind of document each file is."""
    fingerprints: Mapping[str, Fingerprint] = field(default_factory=dict)
    """Of all files that are up to date now, by the names that they have where nobody edited them."""
    standing: AbstractSet[str] = frozenset()
    """Files that are there already, and are what would be made now."""
    records: Mapping[str, KindRecord] = field(default_factory=dict)
    division: str = "whole"
    """Into which files the kinds were divided (see `Request.division`)."""
    neighbours: Mapping[str, str] | None = None
    """Hashes of other years' facts, where findings depend on them."""
    bases: Mapping[str, str] = field(default_factory=dict)
    """The files to be signed, each with its copy to be read."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Files that somebody edited, and the names under which what would be in their place was written."""
    gone: frozenset[str] = frozenset()
    """Files of former builds that go."""


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def hash_files(root: Path, files: Iterable[Path]) -> dict[str, str]:
    """Return the hash of each of *files*, by its path below *root*; empty for one that cannot be read.

    Of a file that is so large that no reader takes it, its size does.
    """
    return {file.relative_to(root).as_posix(): _hash_file(file) for file in sorted(files)}


def _hash_file(file: Path) -> str:
    try:
        size = file.stat().st_size
        return hash_of(file.read_bytes()) if size <= MOST_BYTES else f"{size} bytes"
    except OSError:
        return ""


def make_manifest(folder: Path, build: Build, sources: Sources, findings: Iterable[Finding]) -> bytes:
    """Return the manifest of *folder* once *build* is in it; what it lists of other files stays.

    The hashes of files to be signed are those of the files as they were made, before the first signature: all
    signed files begin with these bytes. A build goes on only if its findings are accepted.
    """
    data = read_manifest(folder)
    outputs = {name: entry for name, entry in data.get("outputs", {}).items() if name not in build.gone}
    for name in build.standing:
        outputs[name] = outputs[name] | {"made_from": sources.digest}
    for name, content in build.files.items():
        outputs[name] = {
            "bytes": len(content),
            "sha256": hash_of(content),
            "kind": build.kinds.get(name, ""),
            "made_from": sources.digest,
        }
    to_sign = dict(data.get("to_sign", {}))
    for name, reading_copy in build.bases.items():
        to_sign[name] = {"base_sha256": hash_of(build.files[name]), "reading_copy": reading_copy}
    kept = {name: copy for name, copy in data.get("kept", {}).items() if name not in build.files}
    kept |= build.kept
    outputs = {name: entry for name, entry in outputs.items() if name not in kept}
    fingerprints = data.get("fingerprints", {}) | {
        name: asdict(fingerprint) for name, fingerprint in build.fingerprints.items()
    }
    return format_manifest(
        {
            "accepted_findings": [_finding_data(one) for one in findings],
            "fingerprints": {
                name: one for name, one in fingerprints.items() if kept.get(name, name) in outputs
            },
            "kept": kept,
            "kinds": _record_kinds(data.get("kinds", {}), build, sources.digest),
            "made_from": {"digest": sources.digest, **asdict(sources)},
            "neighbours": build.neighbours,
            "outputs": outputs,
            "to_sign": to_sign,
        }
    )


def _record_kinds(former: Mapping[str, Any], build: Build, digest: str) -> dict[str, Any]:
    """Return what came of each kind, other divisions of the same sources included."""
    kinds = dict(former)
    for identity, record in build.records.items():
        known = former.get(identity, {})
        divisions = known.get("files", {}) if known.get("made_from") == digest else {}
        if build.division != "one" and record.files:
            divisions = divisions | {build.division: record.files}
        kinds[identity] = {
            "files": divisions,
            "formats": record.formats,
            "has_facts": record.has_facts,
            "made_from": digest,
        }
    return kinds


def format_manifest(data: Mapping[str, Any]) -> bytes:
    """Return *data* as the bytes of a manifest: sorted, so that the same data are the same bytes."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return text.encode("utf-8", "backslashreplace")  # names of files may hold what is no letter


def _finding_data(finding: Finding) -> dict[str, object]:
    """Return what kind of finding it is and where, without the words in it, which may name people."""
    place = finding.place
    where = {"line": place.line, "column": place.column, "sheet": place.sheet, "cell": place.cell}
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "file": place.file,
        **{name: value for name, value in where.items() if value},
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of *folder* says; nothing where there is none.

    Raises `OutputError` when it is damaged.
    """
    file = folder / MANIFEST_FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise OutputError("manifest-damaged", file=file, reason=error) from error
    tables = ("fingerprints", "kinds", "outputs", "to_sign")
    if not isinstance(data, dict) or not all(_is_table(data.get(part, {})) for part in tables):
        raise OutputError("manifest-damaged", file=file, reason=", ".join(tables))
    for part in ("kept", "made_from"):
        if not isinstance(data.get(part, {}), dict):
            raise OutputError("manifest-damaged", file=file, reason=part)
    return dict(data)


def _is_table(part: object) -> bool:
    return isinstance(part, dict) and all(isinstance(entry, dict) for entry in part.values())


def hashes_in(folder: Path) -> dict[str, set[str]]:
    """Return the hashes that files of *folder* had when they were made, by their names.

    After a build that was killed while it moved them one by one, these are those of both builds.
    """
    found: dict[str, set[str]] = {}
    for manifest in (MANIFEST_FILE, OLD_MANIFEST, NEW_MANIFEST):
        try:
            outputs = json.loads((folder / manifest).read_text(encoding="utf-8"))["outputs"]
            hashes = {str(name): str(entry["sha256"]) for name, entry in outputs.items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
        for name, sha256 in hashes.items():
            found.setdefault(name, set()).add(sha256)
    return found


def base_hash(folder: Path, name: str) -> str:
    """Return the hash of the file *name* before its first signature; empty where the manifest has none."""
    entry = read_manifest(folder).get("to_sign", {}).get(name, {})
    return str(entry.get("base_sha256", ""))
