"""Pictures of signatures and seals: only what is transparent, small and of a known size is used."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from generator.cli import main
from generator.errors import SigningError
from generator.signing.images import read_drawing
from generator.signing.reading import read_signed
from generator.signing.trial import TrialAuthority
from tests.signing.material import PARTIES, PASSPHRASE

UNIT = "Bộ Tài chính"


def draw(file: Path, size: int, colour: tuple[int, ...], dpi: int | None = 300, background: int = 0) -> Path:
    picture = Image.new("RGBA", (size, size), (255, 255, 255, background))
    ImageDraw.Draw(picture).ellipse((4, 4, size - 5, size - 5), outline=(*colour, 255), width=12)
    picture.save(file, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return file


def test_the_true_size_is_that_of_the_file(tmp_path: Path) -> None:
    drawing = read_drawing(draw(tmp_path / "seal.png", 425, (210, 20, 30)))
    assert drawing.width_mm == pytest.approx(36, abs=0.05)
    assert read_drawing(draw(tmp_path / "seal.png", 425, (210, 20, 30), dpi=None)).width_mm == 0


def test_what_would_hide_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="stamp-picture-opaque"):
        read_drawing(draw(tmp_path / "white.png", 100, (20, 40, 180), background=255))


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    whole = draw(tmp_path / "whole.png", 300, (20, 40, 180)).read_bytes()
    jpeg = io.BytesIO()
    Image.new("RGB", (10, 10)).save(jpeg, "JPEG")
    for content in (b"", b"junk", whole[: len(whole) // 2], jpeg.getvalue()):
        (tmp_path / "x.png").write_bytes(content)
        with pytest.raises(SigningError, match="stamp-picture-wrong"):
            read_drawing(tmp_path / "x.png")
    with pytest.raises(SigningError, match="file-not-there"):
        read_drawing(tmp_path / "absent.png")
    with pytest.raises(SigningError, match="stamp-picture-large"):
        read_drawing(draw(tmp_path / "large.png", 2100, (20, 40, 180)))


def test_signature_and_seal_are_seen_on_the_page_and_nowhere_else(
    folder: Path, authority: TrialAuthority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOINGHI_PASSPHRASE", PASSPHRASE)
    key = tmp_path / "key.p12"
    key.touch(mode=0o600)
    key.write_bytes(authority.issue(UNIT, PARTIES[UNIT]).pkcs12(PASSPHRASE))
    blue, red = (20, 40, 180), (210, 20, 30)
    images = ["--image", str(draw(tmp_path / "a.png", 200, blue))]
    images += ["--seal-image", str(draw(tmp_path / "b.png", 425, red))]
    file = folder / "giao-uoc.pdf"
    base = file.read_bytes()

    command = ["sign", str(file), "--as", UNIT, "--pkcs12", str(key), "--trial", "--show-time"]
    assert main([*command, *images]) == 0

    place = read_signed(base).find_field(UNIT)
    assert place
    before, after = (render(content, place.page) for content in (base, file.read_bytes()))
    box = ImageChops.difference(before, after).getbbox()
    assert box
    left, bottom, right, top = (edge * 2 for edge in place.box)
    assert left - 2 <= box[0] <= box[2] <= right + 2
    assert before.height - top - 2 <= box[1] <= box[3] <= before.height - bottom + 2
    colours = {colour for _, colour in after.getcolors(maxcolors=1_000_000) or []}
    assert {blue, red} <= colours


def render(content: bytes, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        return document[page - 1].render(scale=2).to_pil().convert("RGB")


def test_a_seal_of_unknown_size_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image = draw(tmp_path / "seal.png", 425, (210, 20, 30), dpi=None)
    command = [
        "sign",
        str(folder / "giao-uoc.pdf"),
        "--as",
        UNIT,
        "--pkcs12",
        "x.p12",
        "--seal-image",
        str(image),
    ]
    assert main(command) == 9
    assert "không ghi số điểm ảnh" in capsys.readouterr().err
