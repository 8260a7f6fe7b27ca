"""Take a signed file back: what was sent and what came back come in; the latter is named as what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import SigningError
from generator.manifest import hash_of
from generator.signing.reading import UnreadableError, read_signed

if TYPE_CHECKING:
    from generator.signing.ledger import Ledger
    from generator.signing.reading import SignedFile


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back with one new signature."""

    file: SignedFile
    field: str
    """The field of the new signature."""


def recognise(content: bytes, sent: bytes, base: bytes, ledger: Ledger) -> Returned:
    """Return the one signature by which *content* is longer than *sent*.

    Raises `SigningError` that says what *content* is instead: the file that was sent, an earlier revision, a
    fork, a re-saved or a foreign file, one with bytes but no signature more, or with several.
    """
    if content == sent:
        raise SigningError("receive-nothing-new")
    if not content.startswith(sent):
        raise (
            SigningError("receive-cut")
            if _is_cut(content, sent, ledger)
            else _name_other(content, base, ledger)
        )
    try:
        file, before = read_signed(content), read_signed(sent)
    except UnreadableError as error:
        raise SigningError("receive-unreadable", reason=error) from error
    new = [one.field for one in file.signatures if not one.is_timestamp and one.end > len(sent)]
    if file.signed_fields[: len(before.signed_fields)] != before.signed_fields or not new:
        raise SigningError("receive-no-signature", count=len(content) - len(sent))
    if len(new) > 1:
        raise SigningError("receive-several", count=len(new), fields=", ".join(new))
    return Returned(file, new[0])


def _is_cut(content: bytes, sent: bytes, ledger: Ledger) -> bool:
    """Tell whether *content* breaks off in the midst of a revision."""
    return sent.startswith(content) and hash_of(content) not in {
        ledger.base_sha256,
        *(entry.sha256 for entry in ledger.entries),
    }


def _name_other(content: bytes, base: bytes, ledger: Ledger) -> SigningError:
    """Return the error that says what a file is that does not begin with the bytes that were sent."""
    if not content.startswith(base):
        return SigningError("receive-resaved" if _looks_like(content, base) else "receive-foreign")
    begun = ledger.count_begun(content)
    length = ledger.entries[begun - 1].bytes if begun else len(base)
    if len(content) == length:
        return SigningError("receive-rollback", number=begun, count=len(ledger.entries))
    return SigningError("receive-fork", number=begun, unit=ledger.entries[begun].unit)


def _looks_like(content: bytes, base: bytes) -> bool:
    """Tell whether *content* has the fields of *base*, though not its bytes."""
    try:
        known = {one.name for one in read_signed(base).fields}
        return bool(known) and known <= {one.name for one in read_signed(content).fields}
    except UnreadableError:
        return False
