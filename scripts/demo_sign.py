"""Let all parties of a pledge sign it, seal it, check it: each step a real command, each key a trial one.

Run by `make demo-sign`. All of it lies in `outputs/thu-ky-so/`, and begins anew each time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes

from generator.cli import main
from generator.signing.trial import make_authority, serve_stamps

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.signing.trial import Holder

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "thu-ky-so"
PEOPLE = ("Thảo", "Hữu", "Ánh", "Như", "Ngữ", "Mỹ", "Dũng", "Lan", "Trường", "Kỷ")
"""Given names of people who do not exist."""


def run(*words: str | Path) -> None:
    """Show a command, run it, and stop where it fails."""
    print(f"\n$ hoinghi {' '.join(map(str, words))}", flush=True)  # noqa: T201
    code = main([str(word) for word in words])
    if code:
        sys.exit(code)


def write_private(file: Path, content: bytes) -> Path:
    """Write a file that nobody else may read."""
    file.touch(mode=0o600)
    file.write_bytes(content)
    return file


def make_keys(
    places: list[dict[str, object]], folder: Path, issue: Callable[[str, str], Holder]
) -> dict[str, Path]:
    """Make a key for each place, and the file that tells whose is whose; return the keys by places."""
    passphrase = secrets.token_urlsafe()
    os.environ["HOINGHI_PASSPHRASE"] = passphrase
    keys, lines = {}, ["units:"]
    for place in places:
        number = str(place["number"])
        unit = str(place["unit"] or f"Đơn vị ký thứ {number}")
        holder = issue(unit, f"Người Ký {PEOPLE[(int(number) - 1) % len(PEOPLE)]}")
        keys[number] = write_private(folder / f"khoa-{number}.p12", holder.pkcs12(passphrase))
        lines.append(f'  "{number}": {holder.certificate.fingerprint(hashes.SHA256()).hex()}')
    office = issue("Ban thư ký (thử)", "Thư Ký Thử")
    keys["seal"] = write_private(folder / "khoa-niem-phong.p12", office.pkcs12(passphrase))
    lines.append(f"seal: {office.certificate.fingerprint(hashes.SHA256()).hex()}")
    (folder / "certificates.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return keys


def demonstrate(outputs: Path) -> None:
    """Compose the pledge of 2016 and let everybody sign it, in an order by chance."""
    folder = outputs / FOLDER
    if folder.is_symlink():
        sys.exit(f"{folder} là liên kết (symlink).")
    shutil.rmtree(folder, ignore_errors=True)
    run("build", "2016", "pledge", "--format", "pdf", "--inputs", ROOT / "inputs", "--outputs", folder)
    file, keys_folder = folder / "2016" / "giao-uoc.pdf", folder / "khoa-thu-nghiem"
    keys_folder.mkdir(mode=0o700)
    authority = make_authority(datetime.now(UTC))
    root = keys_folder / "goc-thu-nghiem.pem"
    root.write_bytes(authority.root.certificate_pem())
    places = json.loads((folder / "2016" / "giao-uoc.places.json").read_text(encoding="utf-8"))["places"]
    keys = make_keys(places, keys_folder, authority.issue)
    who = ("--certificates", keys_folder / "certificates.yaml", "--trust", root, "--trial")
    numbers = [number for number in keys if number != "seal"]
    random.shuffle(numbers)
    with serve_stamps(authority) as address:
        for number in numbers:
            run("sign", file, "--as", number, "--pkcs12", keys[number], "--tsa", address, *who)
        run("status", file)
        run("seal", file, "--pkcs12", keys["seal"], "--tsa", address, *who)
    run("verify", file, "--need-stamps", *who)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--outputs", type=Path, default=Path("outputs"))
    demonstrate(parser.parse_args().outputs)
