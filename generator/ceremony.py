"""The street of signing: a file to sign, keys and returned files come in; signed files and a ledger go out.

prepare (`pipeline`) → sign here, or send and receive → status → seal → verify. What is written here is
verified before it is put in place, and the former file is kept beside it.
"""

from __future__ import annotations

import fcntl
import os
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.errors import OutputError, SigningError
from generator.manifest import base_hash, hash_of, read_manifest
from generator.outputs import put_in_place
from generator.signing import policy as rules
from generator.signing.certificates import Expected, belongs_to, fits
from generator.signing.ledger import Entry, Ledger, read_ledger
from generator.signing.raster import text_in
from generator.signing.reading import SEAL_FIELD, UnreadableError, end_before, find_base, read_signed
from generator.signing.receive import recognise
from generator.signing.sign import seal_file, sign_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from generator.signing.keys import Key
    from generator.signing.policy import Policy
    from generator.signing.reading import Field, Signature, SignedFile
    from generator.signing.sign import Means
    from generator.signing.verdict import Verdict

    OpenKey = Callable[[], AbstractContextManager[Key]]
    """Opens the signer's key, only when all else is in order: a PIN is not spent in vain."""
    DrawStamp = Callable[[Field, Key], tuple[bytes, Sequence[str]]]
    """Draws what is shown in a field; returns a PDF file and the words in it."""

MOST_BYTES = 50 * 1024 * 1024
"""A larger file is not read: ten signatures make a pledge half a megabyte long."""


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A file that is being signed, as it stands now."""

    file: Path
    content: bytes
    base: bytes
    """The file before its first signature."""
    is_published: bool
    """Whether a manifest beside it tells what it was."""
    ledger: Ledger

    @property
    def ledger_file(self) -> Path:
        """Where its ledger is."""
        return self.file.with_name(f"{self.file.stem}.ledger.json")


@dataclass(frozen=True, slots=True)
class Party:
    """Who signs here."""

    unit: str
    """The unit, or the number or field of its place."""
    open_key: OpenKey
    draw: DrawStamp


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a file."""

    file: Path
    former: Path
    """Where the file that was there before is kept."""
    field: str
    unit: str
    signer: str
    verdict: Verdict
    unchecked_sha256: str = ""
    """The hash of what was signed, where nothing told whether that was published."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a signing is."""

    ceremony: Ceremony
    places: tuple[Field, ...]
    next: tuple[Field, ...]
    """Whose turn it is: one where the order is set, else all who have not signed."""
    is_sealed: bool
    is_ahead: bool
    """Whether the file has been signed more often than the ledger knows."""

    def entry_of(self, place: Field) -> Entry | None:
        """Return the ledger's entry of *place*."""
        return next((one for one in self.ceremony.ledger.entries if one.place == place.name), None)


# --- reading ----------------------------------------------------------------------------------------------


def read_file(file: Path) -> bytes:
    """Return what *file* holds. Raises `SigningError` when it cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SigningError("file-too-large", limit=MOST_BYTES)
        return file.read_bytes()
    except OSError as error:
        raise SigningError("file-not-there", file=file, reason=error.strerror or error) from error


def open_ceremony(file: Path) -> Ceremony:
    """Return the signing of *file*; what is published beside it counts.

    Raises `SigningError` for a file that does not begin with what was published, or that cannot be read.
    """
    content, sha256 = read_file(file), base_hash(file.parent, file.name)
    ledger = read_ledger(file.with_name(f"{file.stem}.ledger.json"))
    sha256 = sha256 or (ledger.base_sha256 if ledger else "")
    if sha256:
        base = find_base(content, sha256, hash_of)
        if base is None:
            raise SigningError("sign-not-published", file=file)
        if ledger and ledger.base_sha256 != sha256:
            raise SigningError("ledger-of-another", file=file)
    else:
        base = _guess_base(content, file)
    return Ceremony(file, content, base, bool(sha256), ledger or Ledger(file.name, hash_of(base)))


def _guess_base(content: bytes, file: Path) -> bytes:
    """Return what a file was before its first signature, where nobody tells."""
    read = _read(content, file)
    return content[: end_before(content, read.signatures[0])] if read.signatures else content


def _read(content: bytes, file: Path) -> SignedFile:
    try:
        return read_signed(content)
    except UnreadableError as error:
        raise SigningError("sign-unreadable", file=file, reason=error) from error


def find_ceremonies(outputs: Path) -> list[Path]:
    """Return all files to be signed in the folders of *outputs*, as their manifests tell."""
    found = []
    for manifest in sorted(outputs.glob("*/manifest.json")):
        names = read_manifest(manifest.parent).get("to_sign", {})
        found += [manifest.parent / name for name in sorted(names) if (manifest.parent / name).is_file()]
    return found


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of *folder*, so that no two parties sign the same revision here."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError("output-unwritable", folder=folder, reason=error.strerror or error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_ino != folder.stat().st_ino:  # a build has just put another one in its place
            raise SigningError("sign-busy", folder=folder)
        yield
    except BlockingIOError as error:
        raise SigningError("sign-busy", folder=folder) from error
    finally:
        os.close(handle)


# --- signing here -----------------------------------------------------------------------------------------


def sign(file: Path, party: Party, means: Means, policy: Policy) -> Done:
    """Sign *file* in the place of *party*. Raises `SigningError`; the file is then as it was."""
    with _alone(file.parent):
        ceremony = open_ceremony(file)
        read = _read(ceremony.content, file)
        if policy.base_sha256 and hash_of(ceremony.base) != policy.base_sha256:
            raise SigningError("sign-not-published", file=file)
        place = _find_place(read, read_signed(ceremony.base), party.unit, policy.expected)
        _check_before(ceremony, read, policy)
        with party.open_key() as key:
            _check_key(key, place, read, means, policy)
            stamp, words = party.draw(place, key)
            signed = sign_field(ceremony.content, place.name, key, means, stamp)
            verdict = _check_after(ceremony, signed, policy)
            _check_words(signed, place, words)
            entry = _entry(signed, place, means, "signed")
        former = _put(ceremony, signed, entry)
        unchecked = "" if ceremony.is_published or policy.base_sha256 else hash_of(ceremony.base)
        return Done(file, former, place.name, place.label, key.certificate.subject, verdict, unchecked)


def _find_place(read: SignedFile, published: SignedFile, unit: str, expected: Expected) -> Field:
    """Return the place of *unit*. Raises `SigningError` when it has none, has signed, or is not next."""
    place, places = published.find_field(unit), published.fields
    if place is None:
        raise SigningError("sign-unit-unknown", unit=unit, known="; ".join(one.label for one in places))
    if SEAL_FIELD in read.signed_fields:
        raise SigningError("sign-sealed")
    for one in read.signatures:
        if not one.is_timestamp and rules.find_place(read, one.field, places) == place:
            raise SigningError("sign-twice", unit=place.label, subject=one.certificate.subject)
    due = _due(places, _filled(read, places), expected)
    if place not in due:
        raise SigningError("sign-not-next", unit=place.label, due="; ".join(one.label for one in due))
    return place


def _due(places: Sequence[Field], signed: Sequence[str], expected: Expected) -> list[Field]:
    """Return whose turn it is."""
    next_one = [one for one in rules.list_order(places, expected) if one.name not in signed][:1]
    return next_one or [one for one in places if one.name not in signed]


def _check_before(ceremony: Ceremony, read: SignedFile, policy: Policy) -> None:
    """Raise `SigningError` for a file that must not be signed: one that is damaged, or not the last revision.

    The last revision of a ledger was verified when it was entered.
    """
    is_last = hash_of(ceremony.content) == ceremony.ledger.head_sha256
    if ceremony.ledger.entries and not is_last:
        raise SigningError("sign-not-last", file=ceremony.file)
    if read.signatures and not is_last:
        verdict = rules.judge(ceremony.content, _partial(ceremony, policy))
        if not verdict.is_sound:
            raise SigningError("sign-file-unsound", verdict.problems, file=ceremony.file)


def _partial(ceremony: Ceremony, policy: Policy) -> Policy:
    """Return the policy for a file that not all have signed yet."""
    sha256 = hash_of(ceremony.base)
    return replace(_with_ledger(policy, ceremony.ledger), base_sha256=sha256, must_be_complete=False)


def _with_ledger(policy: Policy, ledger: Ledger) -> Policy:
    own_fields = policy.own_fields or ledger.has_own_fields
    return replace(policy, revisions=ledger.revisions, own_fields=own_fields)


def _check_key(key: Key, place: Field, read: SignedFile, means: Means, policy: Policy) -> None:
    """Raise `SigningError` for a key that must not sign here and now."""
    certificate = key.certificate
    if not belongs_to(certificate, place, policy.expected):
        wanted = policy.expected.of(place) or place.label
        raise SigningError(
            "sign-wrong-certificate", unit=place.label, subject=certificate.subject, wanted=wanted
        )
    _check_fitness(key, means, policy)
    if certificate.fingerprint in {one.certificate.fingerprint for one in read.signatures}:
        raise SigningError("sign-same-certificate", subject=certificate.subject)


def _check_fitness(key: Key, means: Means, policy: Policy) -> None:
    certificate = key.certificate
    if not certificate.is_valid_at(means.now):
        begins, ends = (f"{one:%d/%m/%Y}" for one in (certificate.begins, certificate.ends))
        raise SigningError("sign-certificate-expired", subject=certificate.subject, begins=begins, ends=ends)
    if not certificate.may_sign:
        raise SigningError("sign-certificate-unfit", subject=certificate.subject)
    if certificate.is_trial and not policy.is_trial:
        raise SigningError("sign-certificate-trial", issuer=certificate.issuer)


def _check_after(ceremony: Ceremony, signed: bytes, policy: Policy) -> Verdict:
    """Verify what was just made. Raises `SigningError` when it would not be accepted."""
    verdict = rules.judge(signed, _partial(ceremony, policy))
    if not verdict.is_sound:
        raise SigningError("sign-not-verified", verdict.problems)
    return verdict


def _check_words(signed: bytes, place: Field, words: Sequence[str]) -> None:
    """Raise `SigningError` when a reader does not read in the field what was drawn there."""
    shown, drawn = (_bare(text) for text in (text_in(signed, place.page, place.box), "".join(words)))
    if drawn not in shown:
        raise SigningError("sign-words-differ", drawn=drawn, shown=shown)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _entry(content: bytes, place: Field, means: Means, how: str, field: str = "") -> Entry:
    """Return the ledger's entry of the signature in *place*, which *content* ends with."""
    made: Signature = next(
        one for one in read_signed(content).signatures if one.field == (field or place.name)
    )
    moments = [
        moment.isoformat(timespec="seconds") if moment else None
        for moment in (made.claimed_at, made.stamped_at)
    ]
    return Entry(
        place=place.name,
        field=made.field,
        unit=place.label,
        bytes=len(content),
        sha256=hash_of(content),
        signer=made.certificate.subject,
        certificate_sha256=made.certificate.fingerprint,
        claimed_at=moments[0],
        stamped_at=moments[1],
        accepted_at=means.now.isoformat(timespec="seconds"),
        how=how,
    )


def _put(ceremony: Ceremony, signed: bytes, entry: Entry) -> Path:
    """Put the signed file and the ledger in place, and the former file beside them; return where that is."""
    file, count = ceremony.file, len(ceremony.ledger.entries)
    if not ceremony.is_published:
        count = len(read_signed(ceremony.content).signed_fields)
    former = file.with_name(f"{file.stem}.lan-{count:02d}.pdf")
    files = {former.name: ceremony.content, file.name: signed}
    if ceremony.is_published:
        files[ceremony.ledger_file.name] = ceremony.ledger.with_entry(entry).as_json()
    put_in_place(file.parent, files)
    return former


# --- taking back ------------------------------------------------------------------------------------------


def find_ceremony_of(content: bytes, candidates: Sequence[Path]) -> Path:
    """Return the file of which *content* is a signed form. Raises `SigningError` when it cannot be told."""
    for file in candidates:
        sha256 = base_hash(file.parent, file.name)
        if sha256 and find_base(content, sha256, hash_of):
            return file
    if len(candidates) != 1:
        known = ", ".join(str(one) for one in candidates) or "–"
        raise SigningError("receive-whose", known=known)
    return candidates[0]


def receive(returned: Path, file: Path, means: Means, policy: Policy) -> Done:
    """Accept what a party sent back as the next revision of *file*. Raises `SigningError` if it is not."""
    with _alone(file.parent):
        ceremony, content = open_ceremony(file), read_file(returned)
        sent = _find_sent(ceremony)
        found = recognise(content, sent, ceremony.base, ceremony.ledger)
        places = read_signed(ceremony.base).fields
        place = rules.find_place(found.file, found.field, places)
        due = _due(places, _filled(read_signed(sent), places), policy.expected)
        if place is None:
            raise SigningError("receive-wrong-field", field=found.field)
        if place not in due:
            raise SigningError("sign-not-next", unit=place.label, due="; ".join(one.label for one in due))
        verdict = rules.judge(content, _partial(ceremony, policy))
        if not verdict.is_sound:
            raise SigningError("receive-unsound", verdict.problems, unit=place.label)
        entry = _entry(content, place, means, "received", found.field)
        former = _put(replace(ceremony, content=sent), content, entry)
        return Done(file, former, found.field, place.label, entry.signer, verdict)


def _filled(read: SignedFile, places: Sequence[Field]) -> list[str]:
    """Return the names of the places that are signed, in their own fields or in ones that cover them."""
    found = (rules.find_place(read, name, places) for name in read.signed_fields)
    return [place.name for place in found if place]


def _find_sent(ceremony: Ceremony) -> bytes:
    """Return the last revision that the ledger knows: a killed run may have left a later one in place."""
    entries = ceremony.ledger.entries
    sent = ceremony.content[: entries[-1].bytes] if entries else ceremony.base
    if hash_of(sent) != ceremony.ledger.head_sha256:
        raise SigningError("sign-not-last", file=ceremony.file)
    return sent


# --- state, seal, check -----------------------------------------------------------------------------------


def state_of(file: Path, expected: Expected) -> State:
    """Return how far the signing of *file* is."""
    ceremony = open_ceremony(file)
    read, places = _read(ceremony.content, file), read_signed(ceremony.base).fields
    due = _due(places, _filled(read, places), expected)
    is_ahead = hash_of(ceremony.content) != ceremony.ledger.head_sha256
    return State(ceremony, places, tuple(due), SEAL_FIELD in read.signed_fields, is_ahead)


def seal(file: Path, open_key: OpenKey, means: Means, policy: Policy) -> Done:
    """Seal *file*, which all have signed: nothing may be added after it. Raises `SigningError`."""
    with _alone(file.parent):
        ceremony = open_ceremony(file)
        read = _read(ceremony.content, file)
        if SEAL_FIELD in read.signed_fields:
            raise SigningError("sign-sealed")
        places = read_signed(ceremony.base).fields
        left = [one.label for one in places if one.name not in _filled(read, places)]
        if left:
            raise SigningError("seal-too-early", units="; ".join(left))
        _check_before(ceremony, read, policy)
        with open_key() as key:
            if policy.expected.seal and not fits(key.certificate, policy.expected.seal):
                raise SigningError(
                    "sign-wrong-certificate",
                    unit=SEAL_FIELD,
                    subject=key.certificate.subject,
                    wanted=policy.expected.seal,
                )
            _check_fitness(key, means, policy)
            sealed = seal_file(ceremony.content, key, means)
        verdict = _check_after(ceremony, sealed, policy)
        place = next(one for one in read_signed(sealed).fields if one.name == SEAL_FIELD)
        former = _put(ceremony, sealed, _entry(sealed, place, means, "sealed"))
        return Done(file, former, SEAL_FIELD, SEAL_FIELD, key.certificate.subject, verdict)


def verify(content: bytes, published: Path, name: str, policy: Policy) -> Verdict:
    """Return the verdict on *content*, held against what the folder *published* says of the file *name*.

    Raises `SigningError` when that folder does not tell what was published.
    """
    sha256 = policy.base_sha256 or base_hash(published, name)
    ledger = read_ledger(published / f"{name.removesuffix('.pdf')}.ledger.json")
    if not sha256:
        raise SigningError("verify-nothing-published", folder=published, name=name)
    if ledger and ledger.base_sha256 == sha256:
        policy = _with_ledger(policy, ledger)
    return rules.judge(content, replace(policy, base_sha256=sha256))
