"""Hold a signed file against the policy: bytes and what was published come in, a verdict goes out.

Valid signatures are not enough: an overlay slipped in between two of them, a stranger's signature beside them
and the wrong person in a cell pass ordinary validators (decision 0011). Each stage below asks one thing more;
a file that fails early is not looked at further, for what it says of itself means nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.sign.validation.utils import extract_message_digest

from generator.manifest import hash_of
from generator.signing import second_opinion
from generator.signing.certificates import Expected, belongs_to, fits
from generator.signing.raster import Pictures
from generator.signing.reading import SEAL_FIELD, UnreadableError, find_base, read_signed
from generator.signing.trust import Trust, parse_crl
from generator.signing.verdict import Problem, SignedPlace, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus

    from generator.places import Box
    from generator.signing.reading import Field, Signature, SignedFile


@dataclass(frozen=True, slots=True)
class Policy:
    """What a file is held against."""

    base_sha256: str
    """Of the file as it was published, before the first signature."""
    now: datetime
    expected: Expected = field(default_factory=Expected)
    trust: Trust = field(default_factory=Trust)
    """Whom one trusts; with no roots, certificates are not traced to anybody."""
    is_trial: bool = False
    """Whether certificates of a trial authority count."""
    must_be_complete: bool = True
    """Whether each place must be signed."""
    must_be_stamped: bool = False
    """Whether each signature needs a time stamp of an authority that one trusts."""
    revisions: tuple[tuple[int, str], ...] = ()
    """Lengths and hashes of the revisions that a ledger knows."""
    own_fields: bool = False
    """Whether a signer may have put an own field over the place instead of filling the empty one."""
    asks_second: bool = True


def judge(content: bytes, policy: Policy) -> Verdict:
    """Return what is to be said of *content*. Never raises, whatever *content* is."""
    try:
        return _judge(content, policy)
    except (UnreadableError, RecursionError) as error:
        return _verdict(None, (), [Problem("verify-unreadable", reason=error)])
    except Exception as error:  # pyHanko raises anything on junk that was made to mislead it
        reason = f"{type(error).__name__}: {error}"[:200]
        return _verdict(None, (), [Problem("verify-unreadable", reason=reason)])


def _judge(content: bytes, policy: Policy) -> Verdict:
    base = find_base(content, policy.base_sha256, hash_of)
    if base is None:
        return _verdict(None, (), [Problem("verify-base", hash=policy.base_sha256[:16])])
    file, published = read_signed(content), read_signed(base)
    problems = list(_stages(file, base, published, policy))
    asked = policy.asks_second and second_opinion.is_there()
    return _verdict(
        file, published.fields, problems, second_opinion.PROGRAM if asked and not problems else ""
    )


def _verdict(
    file: SignedFile | None, places: Sequence[Field], problems: Sequence[Problem], second: str = ""
) -> Verdict:
    signed, names = [], set()
    for one in file.signatures if file else ():
        if not one.is_timestamp:
            place = find_place(file, one.field, places) if file else None
            names.add(place.name if place else one.field)
            signed.append(
                SignedPlace(
                    one.field,
                    place.label if place else one.field,
                    one.certificate.subject,
                    one.certificate.fingerprint,
                    one.claimed_at,
                    one.stamped_at,
                )
            )
    unsigned = tuple(place.label for place in places if place.name not in names)
    return Verdict(tuple(signed), unsigned, SEAL_FIELD in names, tuple(problems), second)


def _stages(file: SignedFile, base: bytes, published: SignedFile, policy: Policy) -> Iterator[Problem]:
    """Yield what is wrong, stage by stage; a stage begins only if nothing was wrong in those it builds on."""
    problems = [*_check_ledger(file, policy), *_check_integrity(file)]
    if problems:
        yield from problems
        return
    places, base_revisions = published.fields, published.reader.xrefs.total_revisions
    problems = [*_check_fields(file, places, policy), *_check_people(file, places, policy)]
    problems += _check_trust(file, policy)
    problems += [*_check_first(file, base_revisions), *_check_changes(file)]
    problems += _check_pages(file, base, places)
    if not problems and policy.asks_second:
        problems += _ask_second(file)
    yield from problems


# --- bytes ----------------------------------------------------------------------------------------------


def _check_ledger(file: SignedFile, policy: Policy) -> Iterator[Problem]:
    for number, (length, sha256) in enumerate(policy.revisions, 1):
        if hash_of(file.content[:length]) != sha256:
            yield Problem("verify-ledger", number=number)


def _check_integrity(file: SignedFile) -> Iterator[Problem]:
    """Find signatures that do not fit the bytes for which they speak, and bytes for which none speaks."""
    for one in file.signatures:
        info, embedded = one.embedded.signer_info, one.embedded
        if one.is_timestamp:
            imprint = embedded.signed_data["encap_content_info"]["content"].parsed["message_imprint"]
            is_intact = imprint["hashed_message"].native == embedded.compute_digest()
        else:
            is_intact = extract_message_digest(info) == embedded.compute_digest()
        if not is_intact:
            yield Problem("verify-changed", field=one.field)
        elif embedded.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
            yield Problem("verify-coverage", field=one.field)
    if not file.signatures:
        yield Problem("verify-no-signature")
    elif file.signatures[-1].end != len(file.content):
        yield Problem("verify-tail", count=len(file.content) - file.signatures[-1].end)


# --- fields ---------------------------------------------------------------------------------------------


def find_place(file: SignedFile, name: str, places: Sequence[Field]) -> Field | None:
    """Return the published place which the field *name* fills or covers."""
    for place in places:
        if place.name == name:
            return place
    own = file.field(name)
    covered = [place for place in places if own and place.page == own.page and _overlap(own, place) > 0]
    return covered[0] if len(covered) == 1 and own and _covers(own, covered[0]) else None


def _overlap(one: Field, other: Field) -> float:
    left, bottom = max(one.box[0], other.box[0]), max(one.box[1], other.box[1])
    right, top = min(one.box[2], other.box[2]), min(one.box[3], other.box[3])
    return max(0.0, right - left) * max(0.0, top - bottom)


def _area(one: Field) -> float:
    return (one.box[2] - one.box[0]) * (one.box[3] - one.box[1])


def _covers(own: Field, place: Field) -> bool:
    """Tell whether a signer's own field stands in *place*: most of it does."""
    return _overlap(own, place) >= 0.6 * _area(own) > 0


def _check_fields(file: SignedFile, places: Sequence[Field], policy: Policy) -> Iterator[Problem]:
    known = {place.name: place for place in places}
    for one in file.fields:
        published = known.get(one.name)
        if published is None:
            if not _is_welcome(file, one, find_place(file, one.name, places), policy):
                yield Problem("verify-field-extra", field=one.name)
        elif (published.page, published.box) != (one.page, one.box):
            yield Problem("verify-field-moved", field=one.name)
    for name in sorted(set(known) - {one.name for one in file.fields}):
        yield Problem("verify-field-gone", field=name)
    if file.has_other_fields:
        yield Problem("verify-form")
    yield from _check_count(file, places, policy)


def _check_count(file: SignedFile, places: Sequence[Field], policy: Policy) -> Iterator[Problem]:
    """Find places with more than one signature, or with none."""
    signed = Counter(place.name for name in file.signed_fields if (place := find_place(file, name, places)))
    for place in places:
        if signed[place.name] > 1:
            yield Problem("verify-signed-twice", unit=place.label)
        if not signed[place.name] and policy.must_be_complete:
            yield Problem("verify-unsigned", unit=place.label)


def _is_welcome(file: SignedFile, one: Field, place: Field | None, policy: Policy) -> bool:
    """Tell whether a field may be there that was not published."""
    made = next((signature for signature in file.signatures if signature.field == one.name), None)
    if made is None:
        return False
    if made.is_timestamp or one.name == SEAL_FIELD:
        return _is_invisible(one)
    return policy.own_fields and place is not None


def _is_invisible(one: Field) -> bool:
    return _area(one) == 0


# --- people ---------------------------------------------------------------------------------------------


def _check_people(file: SignedFile, places: Sequence[Field], policy: Policy) -> Iterator[Problem]:
    regular = [one for one in file.signatures if not one.is_timestamp]
    used = Counter(one.certificate.fingerprint for one in regular if one.field != SEAL_FIELD)
    for one in regular:
        certificate, place = one.certificate, find_place(file, one.field, places)
        label = place.label if place else one.field
        if one.field == SEAL_FIELD:
            if policy.expected.seal and not fits(certificate, policy.expected.seal):
                yield Problem("verify-wrong-person", unit=label, subject=certificate.subject)
            if one is not regular[-1]:
                yield Problem("verify-after-seal")
        elif place and not belongs_to(certificate, place, policy.expected):
            yield Problem("verify-wrong-person", unit=label, subject=certificate.subject)
        if used[certificate.fingerprint] > 1:
            yield Problem("verify-same-person", unit=label, subject=certificate.subject)
        if not certificate.may_sign:
            yield Problem("verify-unfit", unit=label, subject=certificate.subject)
        if certificate.is_trial and not policy.is_trial:
            yield Problem("verify-trial", unit=label, issuer=certificate.issuer)
        if policy.must_be_stamped and one.stamped_at is None:
            yield Problem("verify-no-stamp", unit=label)
    yield from _check_order([one.field for one in regular if one.field != SEAL_FIELD], file, places, policy)


def _check_order(
    signed: Sequence[str], file: SignedFile, places: Sequence[Field], policy: Policy
) -> Iterator[Problem]:
    wanted = list_order(places, policy.expected)
    if wanted:
        made = [place for one in signed if (place := find_place(file, one, places))]
        for one, due in zip(made, wanted, strict=False):
            if one.name != due.name:
                yield Problem("verify-order", unit=one.label, due=due.label)
                return


def list_order(places: Sequence[Field], expected: Expected) -> list[Field]:
    """Return the places in the order in which they must be signed; nothing where any order will do."""
    match expected.order:
        case "any":
            return []
        case "printed":
            return list(places)
        case names:
            return [place for name in names for place in places if place.answers_to(name)]


# --- trust ----------------------------------------------------------------------------------------------


def _check_trust(file: SignedFile, policy: Policy) -> Iterator[Problem]:
    """Find signatures that do not verify, and certificates that lead to nobody whom one trusts."""
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    trust = _trust(file, policy)
    for one in file.signatures:
        if one.is_timestamp:
            context = trust.context(one.embedded.signer_cert, policy.now)
            stamp = validate_pdf_timestamp(one.embedded, context, skip_diff=True)
            if not _is_good(stamp, policy):
                yield Problem("verify-stamp-untrusted", field=one.field)
            continue
        moment = one.stamped_at or policy.now
        status = validate_pdf_signature(
            one.embedded,
            trust.context(one.embedded.signer_cert, moment),
            trust.context(one.stamper or one.embedded.signer_cert, policy.now),
            key_usage_settings=usage,
            skip_diff=True,
        )
        stamped = status.timestamp_validity
        if stamped is not None and not _is_good(stamped, policy):
            yield Problem("verify-stamp-untrusted", field=one.field)
        yield from _check_signer(one, status, moment, policy)


def _is_good(stamp: TimestampSignatureStatus, policy: Policy) -> bool:
    """Tell whether a time stamp is whole and comes from an authority that one trusts, if one trusts any."""
    return stamp.intact and stamp.valid and (stamp.trusted or not policy.trust.roots)


def _check_signer(
    one: Signature, status: PdfSignatureStatus, moment: datetime, policy: Policy
) -> Iterator[Problem]:
    certificate = one.certificate
    if not (status.intact and status.valid):
        yield Problem("verify-broken", field=one.field)
    if not certificate.is_valid_at(moment):
        yield Problem("verify-expired", field=one.field, subject=certificate.subject)
    elif status.revocation_details:
        yield Problem("verify-revoked", field=one.field, subject=certificate.subject)
    elif policy.trust.roots and not status.trusted:
        yield Problem("verify-untrusted", field=one.field, issuer=certificate.issuer)


def _trust(file: SignedFile, policy: Policy) -> Trust:
    """Return whom one trusts, with the lists and certificates that the file carries for later."""
    trust = policy.trust
    try:
        store = DocumentSecurityStore.read_dss(file.reader)
    except NoDSSFoundError:
        return trust
    crls = tuple(parse_crl(one.get_object().data) for one in store.crls)
    return Trust(trust.roots, (*trust.crls, *crls), (*trust.others, *store.load_certs()))


# --- changes --------------------------------------------------------------------------------------------


def _check_first(file: SignedFile, base_revisions: int) -> Iterator[Problem]:
    """Find out whether more than signing was done since the file was published, before any signature."""
    if file.reader.xrefs.total_revisions <= base_revisions:
        return
    result = DEFAULT_DIFF_POLICY.review_file(file.reader, base_revisions - 1)
    if _level_of(result) > ModificationLevel.FORM_FILLING:
        yield Problem("verify-modified-before")


def _level_of(result: object) -> ModificationLevel:
    return result.modification_level if isinstance(result, DiffResult) else ModificationLevel.OTHER


def _check_changes(file: SignedFile) -> Iterator[Problem]:
    """Find signatures after which more than signing was done (pyHanko's difference analysis)."""
    for one in file.signatures:
        embedded = one.embedded
        embedded.compute_integrity_info()
        summary = embedded.summarise_integrity_info()
        level = _level_of(embedded.diff_result)
        if level > ModificationLevel.FORM_FILLING or not summary["docmdp_ok"]:
            yield Problem("verify-modified", field=one.field)


def _check_pages(file: SignedFile, base: bytes, places: Sequence[Field]) -> Iterator[Problem]:
    """Find signatures with which anything changed on paper but in the signer's own place."""
    before = Pictures(base)
    for one in file.signatures:
        after = Pictures(file.content[: one.end])
        for page in before.differing_pages(after, _own_boxes(file, one, places)):
            yield Problem("verify-page", field=one.field, page=page)
        before = after


def _own_boxes(file: SignedFile, one: Signature, places: Sequence[Field]) -> list[tuple[int, Box]]:
    own, place = file.field(one.field), find_place(file, one.field, places)
    if one.is_timestamp or one.field == SEAL_FIELD:
        return []
    return [(box.page, box.box) for box in (own, place) if box and place]


def _ask_second(file: SignedFile) -> Iterator[Problem]:
    if not second_opinion.is_there():
        return
    valid, wrong = second_opinion.list_valid(file.content)
    missing = set(file.signed_fields) - set(valid)
    if wrong or missing:
        names = ", ".join(sorted({*wrong, *missing}))
        yield Problem("verify-second", program=second_opinion.PROGRAM, fields=names)
