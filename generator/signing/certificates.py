"""Certificates: what they say, what they are fit for, and which one may sign in which place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import yaml
from asn1crypto import pem, x509

from generator.errors import SigningError
from generator.vietnamese import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.signing.reading import Field

TRIAL_WORDS = "thử nghiệm"
"""What the names of all issuers have that may issue nothing but trial certificates."""

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_MAY_SIGN = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, as people and rules see it."""

    subject: str
    """Whom it names: the person or body, and where they serve."""
    names: tuple[str, ...]
    """All names in it: common names, organisations and their units."""
    issuer: str
    fingerprint: str
    """SHA-256 of the certificate in hexadecimal digits."""
    begins: datetime
    ends: datetime
    may_sign: bool
    is_trial: bool

    def is_valid_at(self, moment: datetime) -> bool:
        """Tell whether *moment* is within the time for which it was issued."""
        return self.begins <= moment <= self.ends


def describe(certificate: x509.Certificate) -> Certificate:
    """Return what is said of *certificate*."""
    validity = certificate["tbs_certificate"]["validity"]
    usage = certificate.key_usage_value
    issuer_names = _names_in(certificate.issuer)
    return Certificate(
        subject=", ".join(dict.fromkeys(_names_in(certificate.subject))),
        names=tuple(_names_in(certificate.subject)),
        issuer=", ".join(dict.fromkeys(issuer_names)),
        fingerprint=certificate.sha256.hex(),
        begins=validity["not_before"].native,
        ends=validity["not_after"].native,
        may_sign=not certificate.ca and (usage is None or bool(_MAY_SIGN & usage.native)),
        is_trial=any(TRIAL_WORDS in name.casefold() for name in issuer_names),
    )


def _names_in(name: x509.Name) -> list[str]:
    """Return the common names, then organisations and their units, as they stand."""
    parts = {kind: [] for kind in ("common_name", "organizational_unit_name", "organization_name")}  # type: dict[str, list[str]]
    for group in name.chosen:
        for one in group:
            parts.get(one["type"].native, []).append(str(one["value"].native))
    return [value for values in parts.values() for value in values]


def load_certificates(files: Iterable[Path]) -> list[x509.Certificate]:
    """Return the certificates in *files* (PEM or DER). Raises `SigningError` for a file that holds none."""
    found = []
    for file in files:
        try:
            found += list(_parse_certificates(file.read_bytes()))
        except OSError as error:
            raise SigningError("file-not-there", file=file, reason=error.strerror or error) from error
        except (ValueError, TypeError) as error:
            raise SigningError("sign-no-certificate-file", file=file) from error
    return found


def _parse_certificates(content: bytes) -> Iterable[x509.Certificate]:
    blocks = [der for _, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
    for der in blocks:
        certificate = x509.Certificate.load(der, strict=True)
        certificate.sha256  # noqa: B018 - parses all of it
        certificate["tbs_certificate"]["validity"]["not_after"].native  # noqa: B018
        yield certificate


# --- who is expected where ------------------------------------------------------------------------------

ANY_ORDER, PRINTED_ORDER = "any", "printed"


@dataclass(frozen=True, slots=True)
class Expected:
    """Who may sign where and when, as far as a file of the data says (`certificates.yaml`)."""

    units: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint or name of a certificate by unit, number or field of a place."""
    seal: str = ""
    order: str | tuple[str, ...] = ANY_ORDER
    """In which order: any, as printed, or the units that are listed."""

    def of(self, place: Field) -> str:
        """Return what the data say of the certificate of *place*; empty where they say nothing."""
        for key, value in self.units.items():
            if place.answers_to(key):
                return value
        return ""


def fits(certificate: Certificate, wanted: str) -> bool:
    """Tell whether *certificate* is the one that *wanted* tells: by fingerprint, or by one of its names."""
    digits = wanted.casefold().replace(":", "").replace(" ", "")
    if _FINGERPRINT.fullmatch(digits):
        return certificate.fingerprint == digits
    return any(same_name(name, wanted) for name in (*certificate.names, certificate.subject))


def belongs_to(certificate: Certificate, place: Field, expected: Expected) -> bool:
    """Tell whether *certificate* may sign in *place*: as the data say, else if it names the place's unit."""
    wanted = expected.of(place) or place.unit
    return bool(wanted) and fits(certificate, wanted)


def load_expected(file: Path) -> Expected:
    """Read who is expected where. Raises `SigningError` for a file that is not as it should be."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts alone
    except FileNotFoundError:
        return Expected()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SigningError("sign-expected-wrong", file=file, reason=error) from error
    try:
        return _make_expected(data or {})
    except (TypeError, ValueError) as error:
        raise SigningError("sign-expected-wrong", file=file, reason=error) from error


def _make_expected(data: object) -> Expected:
    if not isinstance(data, dict) or set(data) - {"order", "units", "seal"}:
        raise ValueError("order, units, seal")
    units, order = data.get("units") or {}, data.get("order", ANY_ORDER)
    if not isinstance(units, dict):
        raise TypeError("units")
    if order not in (ANY_ORDER, PRINTED_ORDER) and not isinstance(order, list):
        raise ValueError(f"order: {order}")
    order = tuple(order) if isinstance(order, list) else order
    texts = [*units.values(), *order, data.get("seal", "")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("units, order, seal")
    return Expected(units, data.get("seal", ""), order)
