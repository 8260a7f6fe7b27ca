"""Whom one trusts: roots and lists of revoked certificates come in, what traces certificates goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import crl, pem
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from generator.errors import SigningError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from asn1crypto import x509


@dataclass(frozen=True, slots=True)
class Trust:
    """What certificates are held against. Nothing is ever fetched."""

    roots: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    others: tuple[x509.Certificate, ...] = ()
    """Certificates that may lead to a root, and that nobody need trust."""

    def context(self, certificate: x509.Certificate, moment: datetime) -> ValidationContext:
        """Return what traces *certificate* as of *moment*.

        A list of its issuer must clear it, where there is one for that moment. pyHanko's own modes look at no
        list where the certificate itself does not tell where lists are.
        """
        must_clear = any(_speaks_of(one, certificate, moment) for one in self.crls)
        soft = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
        own = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED if must_clear else soft
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.others),
            crls=list(self.crls),
            moment=moment,
            allow_fetching=False,
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(own, soft)),
            retroactive_revinfo=True,
        )


def _speaks_of(one: crl.CertificateList, certificate: x509.Certificate, moment: datetime) -> bool:
    """Tell whether a list is of the issuer of *certificate*, and either names it or holds at *moment*."""
    data = one["tbs_cert_list"]
    if data["issuer"] != certificate.issuer:
        return False
    named = {entry["user_certificate"].native for entry in data["revoked_certificates"] or ()}
    until = data["next_update"].native
    return certificate.serial_number in named or until is None or until >= moment


def load_crls(files: Iterable[Path]) -> tuple[crl.CertificateList, ...]:
    """Return the lists of revoked certificates in *files* (PEM or DER). Raises `SigningError`."""
    found = []
    for file in files:
        try:
            content = file.read_bytes()
            der = pem.unarmor(content)[2] if pem.detect(content) else content
            found.append(parse_crl(der))
        except OSError as error:
            raise SigningError("file-not-there", file=file, reason=error.strerror or error) from error
        except (ValueError, TypeError) as error:
            raise SigningError("sign-no-crl-file", file=file) from error
    return tuple(found)


def parse_crl(der: bytes) -> crl.CertificateList:
    """Return a list of revoked certificates. Raises `ValueError` for what is none."""
    found = crl.CertificateList.load(der, strict=True)
    found.native  # noqa: B018 - parses all of it
    return found
