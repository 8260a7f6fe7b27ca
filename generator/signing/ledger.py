"""The ledger of a signing: who signed which revision, when; read from and written as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from generator.errors import SigningError
from generator.manifest import hash_of

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision that was accepted: the file up to and with one signature."""

    place: str
    """The published field of the place."""
    field: str
    """The field that was signed: the same, or the signer's own one over it."""
    unit: str
    bytes: int
    sha256: str
    signer: str
    certificate_sha256: str
    claimed_at: str | None
    """When the signer's machine says that it signed."""
    stamped_at: str | None
    """When a time stamp says so."""
    accepted_at: str
    how: str
    """``signed`` here, ``received`` from the signer, or ``sealed``."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of a signing, in order."""

    file: str
    base_sha256: str
    entries: tuple[Entry, ...] = field(default=())

    @property
    def head_sha256(self) -> str:
        """The hash of the file that the next party gets."""
        return self.entries[-1].sha256 if self.entries else self.base_sha256

    @property
    def revisions(self) -> tuple[tuple[int, str], ...]:
        """Lengths and hashes of the revisions, the published file's not among them."""
        return tuple((entry.bytes, entry.sha256) for entry in self.entries)

    @property
    def has_own_fields(self) -> bool:
        """Whether somebody signed in an own field, which was accepted."""
        return any(entry.field != entry.place for entry in self.entries)

    def with_entry(self, entry: Entry) -> Ledger:
        """Return the ledger with one entry more."""
        return Ledger(self.file, self.base_sha256, (*self.entries, entry))

    def count_begun(self, content: bytes) -> int:
        """Return with how many of the entries *content* begins; the last of them, byte for byte."""
        begun = 0
        for number, entry in enumerate(self.entries, 1):
            if hash_of(content[: entry.bytes]) == entry.sha256:
                begun = number
        return begun

    def as_json(self) -> bytes:
        """Return the ledger as a file."""
        data = asdict(self) | {"entries": [asdict(entry) for entry in self.entries]}
        return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_ledger(file: Path) -> Ledger | None:
    """Return the ledger in *file*; None where there is none. Raises `SigningError` for a damaged one."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        entries = tuple(_make_entry(one) for one in data["entries"])
        return Ledger(str(data["file"]), str(data["base_sha256"]), entries)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SigningError("ledger-damaged", file=file, reason=error) from error


def _make_entry(data: dict[str, Any]) -> Entry:
    values = {one.name: data[one.name] for one in fields(Entry)}
    texts = [value for name, value in values.items() if name not in {"bytes", "claimed_at", "stamped_at"}]
    if not isinstance(values["bytes"], int) or not all(isinstance(text, str) for text in texts):
        raise TypeError("entries")
    return Entry(**values)
