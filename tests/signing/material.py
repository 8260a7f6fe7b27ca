"""What tests of signing share: a pledge of ten parties, a trial authority with a key for each, all signatures made."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)

from generator import ceremony
from generator.cli import main
from generator.signing.certificates import describe
from generator.signing.keys import Key, SimpleCertificateStore, SimpleSigner
from generator.signing.policy import Policy
from generator.signing.sign import Level, Means
from generator.signing.trial import Holder, TrialAuthority, make_authority
from generator.signing.trust import Trust, parse_crl
from generator.signing.verdict import Verdict
from generator.writers.stamp import Stamp, write_stamp

VIETNAM = timezone(timedelta(hours=7))

PARTIES = {
    "Văn phòng Chủ tịch nước": "Nguyễn Thị Phương Thảo",
    "Bộ Nội vụ": "Trần Đức Hữu",
    "Bộ Tài chính": "Lê Ngọc Ánh",
    "Bộ Kế hoạch và Đầu tư": "Phạm Quỳnh Như",
    "Bộ Lao động - Thương binh và Xã hội": "Đỗ Huỳnh Bảo Ngữ",
    "Bộ Ngoại giao": "Vũ Thị Tuyết Mỹ",
    "Thanh tra Chính phủ": "Hoàng Việt Dũng",
    "Ủy ban Dân tộc": "Đặng Thị Ỷ Lan",
    "Ngân hàng Phát triển Việt Nam": "Bùi Xuân Trường",
    "Liên minh Hợp tác xã Việt Nam": "Ngô Thế Kỷ",
}
"""The units, and who signs for them; the people are made up, with all tones and letters."""

PASSPHRASE = "mật khẩu thử nghiệm"


def facts() -> str:
    """Return the facts of a conference whose pledge these ten sign."""
    lines = [
        "event: {kind: tong_ket, year: 2026, next_year: 2027}",
        "block: {name: Khối thi đua các Bộ, ngành tổng hợp}".replace("Bộ, ngành", "Bộ và ngành"),
        "pledge:",
        "  signed: planned",
        "  signatories:",
    ]
    lines += [
        f"    - {{unit: '{unit}', person: {person}, position: Lãnh đạo}}" for unit, person in PARTIES.items()
    ]
    return "\n".join(lines) + "\n"


@dataclass
class Material:
    """A pledge that all have signed, and all that it was signed with."""

    folder: Path
    """The folder of the year, with the base file and its manifest."""
    base: bytes
    authority: TrialAuthority
    holders: dict[str, Holder]
    """Keys, by units."""
    order: list[str]
    """In which order they signed: by chance, the same each time."""
    revisions: list[bytes] = field(default_factory=list)
    """The file after each signature; the file before the first one is `base`."""
    verdicts: list[Verdict] = field(default_factory=list)
    sealed: bytes = b""

    @property
    def signed(self) -> bytes:
        """The file with all ten signatures."""
        return self.revisions[-1]

    @property
    def trust(self) -> Trust:
        """Whom one trusts."""
        return trust_in(self.authority)

    def policy(self, **changes: object) -> Policy:
        """Return the policy that the signed file keeps."""
        from generator.manifest import hash_of

        policy = Policy(hash_of(self.base), datetime.now(VIETNAM), trust=self.trust, is_trial=True)
        return replace(policy, **changes)

    def means(self, level: Level = Level.STAMPED) -> Means:
        """Return what signatures are made with."""
        stamper = None if level is Level.PLAIN else self.authority.stamper()
        return Means(datetime.now(VIETNAM), level, stamper, self.trust)

    def field_of(self, unit: str) -> str:
        """Return the name of the field of *unit*."""
        number = list(PARTIES).index(unit) + 1
        return next(one.name for one in ceremony.read_signed(self.base).fields if one.number == str(number))


def trust_in(authority: TrialAuthority, revoked: Iterable[Holder] = ()) -> Trust:
    """Trust an authority, and what it says of revoked certificates."""
    root = translate_pyca_cryptography_cert_to_asn1(authority.root.certificate)
    return Trust((root,), (parse_crl(authority.list_revoked(revoked)),))


def key_of(holder: Holder) -> Key:
    """Return an open key."""
    certificate = translate_pyca_cryptography_cert_to_asn1(holder.certificate)
    key = translate_pyca_cryptography_key_to_asn1(holder.key)
    signer = SimpleSigner(certificate, key, SimpleCertificateStore(), embed_roots=False)
    return Key(signer, describe(certificate))


def draw_words(place, key):
    """Draw who signs, as words."""
    lines = [f"Ký bởi: {key.certificate.names[0]}", f"Cơ quan: {key.certificate.names[-1]}"]
    left, bottom, right, top = place.box
    return write_stamp(Stamp(tuple(lines)), right - left, top - bottom), lines


def party(unit: str, key: Key, draw=draw_words) -> ceremony.Party:
    """Return who signs here with a key that is open."""
    return ceremony.Party(unit, lambda: nullcontext(key), draw)


def build_pledge(root: Path) -> Path:
    """Compose the pledge and return the folder in which it lies."""
    inputs = root / "inputs" / "2026"
    inputs.mkdir(parents=True)
    (inputs / "conference.yaml").write_text(facts(), encoding="utf-8")
    options = ["--inputs", str(root / "inputs"), "--outputs", str(root / "outputs"), "--format", "pdf"]
    assert main(["build", "2026", "pledge", *options]) == 0
    return root / "outputs" / "2026"


def make_material(root: Path) -> Material:
    """Let all parties sign in an order by chance, then seal the file."""
    folder = build_pledge(root)
    authority = make_authority(datetime.now(UTC))
    holders = {unit: authority.issue(unit, person) for unit, person in PARTIES.items()}
    order = list(PARTIES)
    random.Random(20170217).shuffle(order)
    file = folder / "giao-uoc.pdf"
    material = Material(folder, file.read_bytes(), authority, holders, order)
    for unit in order:
        done = ceremony.sign(
            file,
            party(unit, key_of(holders[unit])),
            material.means(),
            material.policy(must_be_complete=False),
        )
        material.revisions.append(file.read_bytes())
        material.verdicts.append(done.verdict)
    office = authority.issue("Khối thi đua các Bộ và ngành tổng hợp", "Ban thư ký")
    ceremony.seal(file, lambda: nullcontext(key_of(office)), material.means(), material.policy())
    material.sealed = file.read_bytes()
    return material
