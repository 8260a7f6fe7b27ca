"""Keys on a token, with SoftHSM2 in place of a real one: one PIN, tried once; what is absent is named."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from generator.cli import main
from generator.errors import SigningError
from generator.signing.keys import TokenAddress, open_token
from generator.signing.reading import read_signed
from generator.signing.trial import Holder, TrialAuthority
from tests.signing.material import PARTIES

pytestmark = pytest.mark.softhsm

PIN, UNIT, TOKEN = "246813", "Bộ Tài chính", "bo-tai-chinh"

PLACES = (
    "/usr/lib/softhsm",
    "/usr/lib/*/softhsm",
    "/usr/lib64/pkcs11",
    "/usr/local/lib/softhsm",
    "/opt/homebrew/lib/softhsm",
)


def find_library() -> Path:
    found = [file for place in PLACES for file in Path("/").glob(f"{place[1:]}/libsofthsm2.so")]
    assert found, "softhsm2-util is there, and its library is not"
    return found[0]


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def add_certificate(library: Path, label: str, identity: bytes, content: bytes) -> None:
    """Put a certificate on the token, which softhsm2-util cannot."""
    import pkcs11

    token = pkcs11.lib(str(library)).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN, rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: label,
                pkcs11.Attribute.ID: identity,
                pkcs11.Attribute.SUBJECT: b"",
                pkcs11.Attribute.VALUE: content,
            }
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, authority: TrialAuthority) -> Path:
    """A token that holds the key of one unit, another one's certificate without key, and the root's."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    library, holder = find_library(), authority.issue(UNIT, PARTIES[UNIT])
    run("softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "13579135")
    key = folder / "key.pem"
    key.write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    run("softhsm2-util", "--import", str(key), "--token", TOKEN, "--label", "ky", "--id", "A1", "--pin", PIN)
    key.unlink()
    others: dict[bytes, Holder] = {b"\xa1": holder, b"\xb2": authority.root}
    for identity, one in others.items():
        label = "ky" if one is holder else "root"
        add_certificate(library, label, identity, one.certificate.public_bytes(Encoding.DER))
    return library


def sign(folder: Path, library: Path, *options: str) -> int:
    command = ["sign", str(folder / "giao-uoc.pdf"), "--as", UNIT, "--pkcs11", str(library), "--trial"]
    return main([*command, *options])


def test_a_token_signs(folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOINGHI_PIN", PIN)
    assert sign(folder, library, "--token", TOKEN) == 0
    (signature,) = read_signed((folder / "giao-uoc.pdf").read_bytes()).signatures
    assert signature.certificate.subject == f"{PARTIES[UNIT]}, {UNIT}"


def test_a_wrong_pin_is_tried_once(
    folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "giao-uoc.pdf").read_bytes()
    monkeypatch.setenv("HOINGHI_PIN", "000000")
    assert sign(folder, library, "--token", TOKEN) == 9
    told = capsys.readouterr().err
    assert "chỉ thử một lần" in told
    assert "000000" not in told
    assert (folder / "giao-uoc.pdf").read_bytes() == before

    asked = []

    def ask() -> str:
        asked.append(datetime.now(UTC))
        return "111111"

    with pytest.raises(SigningError, match="sign-pin-wrong"), open_token(TokenAddress(library, TOKEN), ask):
        pass
    assert len(asked) == 1


def test_the_pin_is_not_spent_where_something_else_is_wrong(
    folder: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file comes first: a wrong PIN would be told otherwise."""
    monkeypatch.setenv("HOINGHI_PIN", "000000")
    file = folder / "giao-uoc.pdf"
    file.write_bytes(b"junk")
    assert sign(folder, library, "--token", TOKEN) == 9
    import pkcs11

    token = pkcs11.lib(str(library)).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN):
        pass


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--token", "khong-co"], "Token đang cắm: bo-tai-chinh"),
        (["--token", TOKEN, "--key-label", "root"], "Nhãn hiện có: ky"),
    ],
)
def test_what_is_absent_is_named(
    folder: Path,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    told: str,
) -> None:
    monkeypatch.setenv("HOINGHI_PIN", PIN)
    assert sign(folder, library, *options) == 9
    assert told in capsys.readouterr().err


def test_a_library_that_is_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOINGHI_PIN", PIN)
    assert sign(folder, tmp_path / "absent.so") == 9
    assert "Không nạp được thư viện PKCS#11" in capsys.readouterr().err
