"""A trial authority: names come in; a root, a time stamp authority and a certificate for each go out.

All of it is made when it is needed, is worth nothing, and says so in its names: whoever meets such an issuer
outside a trial refuses it (`generator.signing.policy`).
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT_NAME = "Trung tâm chứng thực thử nghiệm"
STAMP_NAME = "Dịch vụ cấp dấu thời gian thử nghiệm"

_YEARS = timedelta(days=3652)


@dataclass(frozen=True, slots=True)
class Holder:
    """A key with its certificate."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def certificate_pem(self) -> bytes:
        """Return the certificate as a PEM file."""
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, passphrase: str, issuers: Iterable[Holder] = ()) -> bytes:
        """Return key and certificates as a PKCS#12 file."""
        return pkcs12.serialize_key_and_certificates(
            b"trial",
            self.key,
            self.certificate,
            [one.certificate for one in issuers],
            BestAvailableEncryption(passphrase.encode()),
        )


@dataclass(frozen=True, slots=True)
class TrialAuthority:
    """Issues certificates in nobody's name."""

    root: Holder
    stamps: Holder
    """Signs time stamps."""
    now: datetime

    def issue(
        self, unit: str, person: str, *, begins: datetime | None = None, ends: datetime | None = None
    ) -> Holder:
        """Return a key and a certificate for *person* of *unit*, valid for ten years around now."""
        name = _name(person, unit)
        span = (begins or self.now - timedelta(days=1), ends or self.now + _YEARS)
        key = _make_key()
        usage = _key_usage(signs=True)
        builder = _builder(name, self.root.certificate.subject, key, span).add_extension(usage, critical=True)
        return Holder(builder.sign(self.root.key, hashes.SHA256()), key)

    def list_revoked(self, revoked: Iterable[Holder] = ()) -> bytes:
        """Return the root's list of revoked certificates (DER)."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(self.now - timedelta(hours=1))
            .next_update(self.now + timedelta(days=30))
        )
        for one in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
            builder = builder.add_revoked_certificate(
                entry.revocation_date(self.now - timedelta(hours=2)).build()
            )
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def stamper(self) -> DummyTimeStamper:
        """Return what gives the authority's time stamps."""
        return DummyTimeStamper(
            translate_pyca_cryptography_cert_to_asn1(self.stamps.certificate),
            translate_pyca_cryptography_key_to_asn1(self.stamps.key),
        )


@contextmanager
def serve_stamps(authority: TrialAuthority) -> Iterator[str]:
    """Give time stamps at an address of this machine, which is yielded."""
    stamper = authority.stamper()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(query).dump())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_authority(now: datetime) -> TrialAuthority:
    """Return a new authority; two of them do not know each other."""
    root = _make_root(now)
    key = _make_key()
    builder = _builder(
        _name(STAMP_NAME, ROOT_NAME), root.certificate.subject, key, (now - timedelta(days=2), now + _YEARS)
    )
    builder = builder.add_extension(_key_usage(signs=True), critical=True).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    return TrialAuthority(root, Holder(builder.sign(root.key, hashes.SHA256()), key), now)


def _make_root(now: datetime) -> Holder:
    key, name = _make_key(), _name(ROOT_NAME, ROOT_NAME)
    builder = _builder(name, name, key, (now - _YEARS, now + 2 * _YEARS), is_ca=True)
    return Holder(
        builder.add_extension(_key_usage(signs=False), critical=True).sign(key, hashes.SHA256()), key
    )


def _make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str, organisation: str) -> x509.Name:
    parts = {NameOID.COUNTRY_NAME: "VN", NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: common}
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def _builder(
    name: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    span: tuple[datetime, datetime],
    *,
    is_ca: bool = False,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=0 if is_ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _key_usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
