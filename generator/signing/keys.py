"""Keys: a PKCS#12 file or a token comes in, with what opens it; a signer goes out."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.errors import SigningError
from generator.signing.certificates import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pyhanko.sign.signers import Signer

    from generator.signing.certificates import Certificate

MOST_KEY_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is open."""

    signer: Signer
    certificate: Certificate


def read_private_file(file: Path) -> bytes:
    """Return what a secret file holds. Raises `SigningError` where it is absent or others may read it."""
    try:
        status = file.stat()
        if os.name == "posix" and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SigningError("sign-key-exposed", file=file)
        if status.st_size > MOST_KEY_BYTES:
            raise SigningError("sign-key-unreadable", file=file)
        return file.read_bytes()
    except OSError as error:
        raise SigningError("file-not-there", file=file, reason=error.strerror or error) from error


def open_pkcs12(file: Path, ask: Callable[[], str]) -> Key:
    """Return the key in a PKCS#12 file; *ask* gives its pass phrase, and is asked once.

    Raises `SigningError` for a file that others may read, a wrong pass phrase, a file without key.
    """
    content = read_private_file(file)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, ask().encode())
    except ValueError as error:
        raise SigningError("sign-passphrase-wrong", file=file) from error
    except TypeError as error:  # an algorithm that nobody uses for documents
        raise SigningError("sign-key-unreadable", file=file) from error
    if key is None or certificate is None:
        raise SigningError("sign-key-unreadable", file=file)
    store = SimpleCertificateStore()
    store.register_multiple(translate_pyca_cryptography_cert_to_asn1(one) for one in others)
    own = translate_pyca_cryptography_cert_to_asn1(certificate)
    signer = SimpleSigner(
        own,
        translate_pyca_cryptography_key_to_asn1(key),
        store,
        embed_roots=False,
    )
    return Key(signer, describe(own))


@dataclass(frozen=True, slots=True)
class TokenAddress:
    """Where a key on a token is."""

    library: Path
    """The PKCS#11 library of the token's maker."""
    token: str
    """The token's label; empty where only one is there."""
    label: str = ""
    """The certificate's label; empty where only one on the token has a key."""


@contextmanager
def open_token(address: TokenAddress, ask: Callable[[], str]) -> Iterator[Key]:
    """Give the key on a token; the PIN is tried once, and never where one more error would lock the token.

    Raises `SigningError` when there is no such library, token or certificate, and for a wrong PIN.
    """
    import pkcs11  # noqa: PLC0415 - absent where nobody has a token
    from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415

    token = _find_token(address)
    if token.flags & (pkcs11.TokenFlag.USER_PIN_LOCKED | pkcs11.TokenFlag.USER_PIN_FINAL_TRY):
        raise SigningError("sign-token-locked", token=token.label)
    try:
        session = token.open(user_pin=ask())
    except pkcs11.exceptions.PinLocked as error:
        raise SigningError("sign-token-locked", token=token.label) from error
    except (
        pkcs11.exceptions.PinIncorrect,
        pkcs11.exceptions.PinInvalid,
        pkcs11.exceptions.PinLenRange,
    ) as error:
        raise SigningError("sign-pin-wrong", token=token.label) from error
    except pkcs11.PKCS11Error as error:
        raise SigningError("sign-token-failed", token=token.label, reason=_reason(error)) from error
    with session:
        identity, certificate, others = _find_certificate(session, address)
        signer = PKCS11Signer(
            session, signing_cert=certificate, key_id=identity, ca_chain=others, embed_roots=False
        )
        try:
            yield Key(signer, describe(certificate))
        except pkcs11.PKCS11Error as error:
            raise SigningError("sign-token-failed", token=token.label, reason=_reason(error)) from error


def _find_token(address: TokenAddress) -> Any:
    import pkcs11  # noqa: PLC0415

    try:
        tokens = list(pkcs11.lib(str(address.library)).get_tokens())
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise SigningError("sign-no-library", file=address.library, reason=_reason(error)) from error
    tokens = [one for one in tokens if one.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    wanted = [one for one in tokens if not address.token or one.label == address.token]
    if len(wanted) != 1:
        raise SigningError(
            "sign-no-token", token=address.token or "–", known=", ".join(one.label for one in tokens) or "–"
        )
    return wanted[0]


def _find_certificate(
    session: Any, address: TokenAddress
) -> tuple[bytes, x509.Certificate, list[x509.Certificate]]:
    """Return the number of the key, its certificate and the other ones on the token."""
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415

    keys = {one[Attribute.ID] for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    found = [
        (one[Attribute.ID], one[Attribute.LABEL], x509.Certificate.load(one[Attribute.VALUE]))
        for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    ]
    own = [one for one in found if one[0] in keys and address.label in {"", one[1]}]
    if len(own) != 1:
        known = ", ".join(label for identity, label, _ in found if identity in keys)
        raise SigningError("sign-no-certificate-on-token", label=address.label or "–", known=known or "–")
    identity, _, certificate = own[0]
    return identity, certificate, [one[2] for one in found if one[2] is not certificate]


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
