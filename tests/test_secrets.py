"""No key, pass phrase or password is in the tree: whoever signs keeps the own key."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEYS = re.compile(rb"-----BEGIN (?:[A-Z0-9 ]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}")
TOKENS = re.compile(rb"ghp_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|xox[bp]-[0-9A-Za-z-]{20}|pypi-[A-Za-z0-9_-]{60}")
PKCS12_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
"""How the content of a PKCS#12 file says what it is (RFC 7292, 4)."""
SUFFIXES = {".p12", ".pfx", ".key", ".jks", ".kdbx"}


def list_files() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def find_secret(content: bytes) -> bool:
    return bool(KEYS.search(content) or TOKENS.search(content) or (PKCS12_DATA in content[:60]))


def test_no_file_of_the_tree_holds_a_key():
    files = list_files()
    assert [file for file in files if file.suffix in SUFFIXES or find_secret(file.read_bytes())] == []


def test_a_key_would_be_found():
    from datetime import UTC, datetime

    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

    from generator.signing.trial import make_authority

    holder = make_authority(datetime.now(UTC)).issue("Bộ Nội vụ", "Trần Đức Hữu")
    pem = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert find_secret(b"x\n" + pem)
    assert find_secret(
        pkcs12.serialize_key_and_certificates(b"x", holder.key, holder.certificate, None, NoEncryption())
    )
