"""Time stamps by HTTP, lists of revoked certificates, and what is left when certificates have ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import page as validator
import pytest
from pyhanko.sign.validation.dss import DocumentSecurityStore

from generator.cli import main
from generator.manifest import hash_of
from generator.signing.policy import Policy, judge
from generator.signing.reading import read_signed
from generator.signing.sign import Level, Means, sign_field
from generator.signing.trial import Holder, TrialAuthority, serve_stamps
from tests.signing.material import PARTIES, PASSPHRASE, key_of, trust_in

UNIT = "Bộ Tài chính"
YEAR = timedelta(days=365)
REJECTION = bytes.fromhex("30053003020102")
"""An answer without a time stamp (RFC 3161, 2.4.2: rejection)."""


@pytest.fixture(scope="module")
def stamps(authority: TrialAuthority) -> Iterator[str]:
    """The address of a time stamp authority on this machine."""
    with serve_stamps(authority) as address:
        yield address


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Answer whatever is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def material(tmp_path: Path, authority: TrialAuthority, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options that name a key, roots and revoked certificates."""
    key = tmp_path / "key.p12"
    key.touch(mode=0o600)
    key.write_bytes(authority.issue(UNIT, PARTIES[UNIT]).pkcs12(PASSPHRASE))
    (tmp_path / "root.pem").write_bytes(authority.root.certificate_pem())
    (tmp_path / "revoked.crl").write_bytes(authority.list_revoked())
    monkeypatch.setenv("HOINGHI_PASSPHRASE", PASSPHRASE)
    options = ["--trust", str(tmp_path / "root.pem"), "--crl", str(tmp_path / "revoked.crl")]
    return ["--pkcs12", str(key), *options, "--trial"]


@pytest.mark.parametrize(("level", "signatures"), [("b-t", 1), ("b-lt", 1), ("b-lta", 2)])
def test_each_level_is_made_and_holds(
    folder: Path, material: list[str], stamps: str, authority: TrialAuthority, level: str, signatures: int
) -> None:
    file = folder / "giao-uoc.pdf"
    base = file.read_bytes()
    command = ["sign", str(file), "--as", UNIT, *material, "--tsa", stamps, "--level", level]

    assert main(command) == 0

    content = file.read_bytes()
    read = read_signed(content)
    assert len(read.signatures) == signatures
    assert read.signatures[0].stamped_at is not None
    lists = DocumentSecurityStore.read_dss(read.reader).crls if level != "b-t" else []
    assert len(lists) == (level != "b-t")
    policy = policy_of(authority, base, datetime.now(UTC), must_be_stamped=True)
    assert judge(content, policy).problems == ()
    found = {one.rule_id for one in validator.validate_pdf_bytes(content, profile="pdfa-3b").failures}
    assert found <= {"PDFA3B-SIGNATURE-BYTERANGE-001", "PDFA3B-STREAM-LENGTH-001"}


@pytest.mark.parametrize("answer", [REJECTION, b"<html>", b""])
def test_an_authority_that_gives_no_stamp(
    folder: Path, material: list[str], answer: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "giao-uoc.pdf"
    before = file.read_bytes()
    with answering(answer) as address:
        assert main(["sign", str(file), "--as", UNIT, *material, "--tsa", address]) == 9
    assert "Không xin được dấu thời gian" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert not file.with_name("giao-uoc.ledger.json").exists()


# --- later ------------------------------------------------------------------------------------------------


def policy_of(authority: TrialAuthority, base: bytes, now: datetime, **changes: object) -> Policy:
    policy = Policy(hash_of(base), now, is_trial=True, must_be_complete=False, asks_second=False)
    return replace(policy, **{"trust": trust_in(authority), **changes})


def sign_as(base: bytes, holder: Holder, authority: TrialAuthority, level: Level) -> bytes:
    place = read_signed(base).find_field(UNIT)
    assert place
    stamper = authority.stamper() if level is not Level.PLAIN else None
    return sign_field(base, place.name, key_of(holder), Means(datetime.now(UTC), level, stamper))


def test_a_time_stamp_outlives_the_certificate(built: Path, authority: TrialAuthority) -> None:
    base = (built / "giao-uoc.pdf").read_bytes()
    holder = authority.issue(UNIT, PARTIES[UNIT], ends=authority.now + YEAR)
    later = policy_of(authority, base, authority.now + 2 * YEAR)
    plain = judge(sign_as(base, holder, authority, Level.PLAIN), later)
    assert [one.key for one in plain.problems] == ["verify-expired"]
    assert judge(sign_as(base, holder, authority, Level.STAMPED), later).problems == ()


def test_a_revoked_certificate_is_found(built: Path, authority: TrialAuthority) -> None:
    base = (built / "giao-uoc.pdf").read_bytes()
    holder = authority.issue(UNIT, PARTIES[UNIT])
    signed = sign_as(base, holder, authority, Level.PLAIN)
    now = datetime.now(UTC)
    assert judge(signed, policy_of(authority, base, now)).problems == ()
    revoked = policy_of(authority, base, now, trust=trust_in(authority, [holder]))
    assert "verify-revoked" in {one.key for one in judge(signed, revoked).problems}


def test_a_missing_time_stamp_is_missed_where_one_is_needed(built: Path, authority: TrialAuthority) -> None:
    base = (built / "giao-uoc.pdf").read_bytes()
    signed = sign_as(base, authority.issue(UNIT, PARTIES[UNIT]), authority, Level.PLAIN)
    needed = policy_of(authority, base, datetime.now(UTC), must_be_stamped=True)
    assert [one.key for one in judge(signed, needed).problems] == ["verify-no-stamp"]
