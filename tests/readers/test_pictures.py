"""Photographs made ready for print: upright, small enough, in sRGB, and nothing in them but what they show."""

from __future__ import annotations

import hashlib
import io
import os
import random
import struct
import subprocess
import sys
import time
import zlib
from functools import cache
from pathlib import Path

import pytest
import weasyprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageFile, PngImagePlugin, features

from generator.readers.pictures import MOST_SIDE_PX, PictureRefusedError, make_picture

ROOT = Path(__file__).resolve().parents[2]

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 40), (40, 60, 200), (255, 255, 255)
QUARTERS = {"A": RED, "B": GREEN, "C": BLUE, "D": WHITE}


def quarters(width: int = 640, height: int = 400) -> Image.Image:
    """A above left, B above right, C below left, D below right."""
    image = Image.new("RGB", (width, height), QUARTERS["A"])
    image.paste(QUARTERS["B"], (width // 2, 0, width, height // 2))
    image.paste(QUARTERS["C"], (0, height // 2, width // 2, height))
    image.paste(QUARTERS["D"], (width // 2, height // 2, width, height))
    return image


def encode(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **({"quality": 95} if form == "JPEG" else {}), **options)
    return written.getvalue()


def make(content: bytes) -> Image.Image:
    """Return the picture of *content*, decoded; what must hold of all pictures holds of it."""
    picture = make_picture(content, "photo-1.jpg").picture
    image = Image.open(io.BytesIO(picture.content))
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (picture.width_px, picture.height_px))
    assert max(image.size) <= MOST_SIDE_PX
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    return image


def refusal(content: bytes) -> str:
    with pytest.raises(PictureRefusedError) as caught:
        make_picture(content, "photo-1.jpg")
    return caught.value.code


def near(one: tuple[int, ...], other: tuple[int, ...], off: int = 6) -> bool:
    return all(abs(a - b) <= off for a, b in zip(one, other, strict=True))


def letters(image: Image.Image) -> str:
    """Return the quarters of *image*, row by row."""
    spots = [(x, y) for y in (1, 3) for x in (1, 3)]
    colours = [image.getpixel((image.width * x // 4, image.height * y // 4)) for x, y in spots]
    return "".join(
        letter for colour in colours for letter, wanted in QUARTERS.items() if near(colour, wanted)
    )


# --- which way up ---------------------------------------------------------------------------------------


def with_orientation(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


SEEN = {1: "ABCD", 2: "BADC", 3: "DCBA", 4: "CDAB", 5: "ACBD", 6: "CADB", 7: "DBCA", 8: "BDAC"}
"""What one sees of the quarters A to D by each orientation: EXIF tells where row and column 0 belong."""


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(640, 400), (3000, 1600)], ids=["small", "scaled"])
@pytest.mark.parametrize("orientation", SEEN)
def test_a_photograph_is_upright(form, size, orientation):
    content = encode(quarters(*size), form, exif=with_orientation(orientation))
    shot = make_picture(content, "photo-1.jpg")
    image = make(content)

    assert letters(image) == SEEN[orientation]
    assert (image.width > image.height) == (orientation < 5)
    assert (shot.taken_width_px, shot.taken_height_px) == (size if orientation < 5 else size[::-1])


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation):
    assert letters(make(encode(quarters(), exif=with_orientation(orientation)))) == "ABCD"


def test_broken_metadata_spoil_no_photograph():
    content = encode(quarters(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert letters(make(content)) == "ABCD"


# --- how large ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "printed"),
    [
        ((4032, 3024), (1200, 900)),
        ((3024, 4032), (900, 1200)),
        ((1201, 800), (1200, 799)),
        ((1200, 1200), (1200, 1200)),
        ((640, 400), (640, 400)),
        ((1, 1), (1, 1)),
        ((9000, 3), (1200, 1)),
    ],
)
def test_a_photograph_is_scaled_down_to_print_and_never_up(form, size, printed):
    shot = make_picture(encode(Image.new("RGB", size, RED), form), "photo-7.jpg")

    assert (shot.picture.width_px, shot.picture.height_px) == printed
    assert (shot.taken_width_px, shot.taken_height_px) == size
    assert shot.picture.name == "photo-7.jpg"
    assert near(make(shot.picture.content).getpixel((0, 0)), RED)


def test_a_large_photograph_of_a_telephone_takes_no_time():
    noise = Image.effect_noise((4032, 3024), 60)
    content = encode(Image.merge("RGB", (noise, ImageChops.invert(noise), noise)))
    started = time.monotonic()
    shot = make_picture(content, "photo-1.jpg")

    assert time.monotonic() - started < 3
    assert len(content) > 10 * len(shot.picture.content)


def test_details_survive_scaling():
    lines = Image.new("L", (2400, 1600), 255)
    for x in range(0, 2400, 40):
        lines.paste(0, (x, 0, x + 20, 1600))
    image = make(encode(lines))

    assert near(image.getpixel((5, 400)), (0, 0, 0), 12)
    assert near(image.getpixel((15, 400)), WHITE, 12)


# --- nothing but what it shows --------------------------------------------------------------------------

SECRET = "20 độ 57 phút Bắc"


def exif_with_place() -> Image.Exif:
    exif = with_orientation(1)
    exif[0x010F] = exif[0x013B] = exif[0x9C9C] = "HANOI-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 0.0), 29: "2017:02:17"})
    return exif


def test_nothing_says_where_when_and_by_whom_a_jpeg_was_taken():
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    content = encode(
        quarters(),
        exif=exif_with_place(),
        xmp=packet,
        comment=SECRET.encode(),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    for trace in (b"Exif", b"HANOI-CAMERA", b"2017:02:17", b"xmpmeta", SECRET.encode(), b"acsp"):
        assert trace in content
        assert trace not in make_picture(content, "photo-1.jpg").picture.content
    assert {marker for marker, _ in make(content).applist} == {"APP0"}


def test_nothing_says_where_when_and_by_whom_a_png_was_made():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "HANOI-CAMERA")
    texts.add_itxt("XML:com.adobe.xmp", SECRET)
    content = encode(quarters(), "PNG", exif=exif_with_place(), pnginfo=texts)
    for trace in (b"eXIf", b"HANOI-CAMERA", SECRET.encode()):
        assert trace in content
        assert trace not in make_picture(content, "photo-1.jpg").picture.content
    assert {marker for marker, _ in make(content).applist} == {"APP0"}


def test_a_picture_is_written_without_steps():
    """Baseline: some programs show no progressive ones; FFC0 opens its frame."""
    content = make_picture(encode(quarters(), progressive=True), "photo-1.jpg").picture.content
    assert b"\xff\xc0\x00\x11\x08" in content
    assert b"\xff\xc2" not in content


# --- colours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L", "1", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_colour_becomes_rgb(mode):
    grey = mode in {"L", "1", "LA", "I;16"}
    plain = quarters().convert("L").point(lambda value: 255 if value > 100 else 0) if grey else quarters()
    makers = {"I;16": to_16_bits, "P": lambda image: image.quantize(8)}
    image = makers.get(mode, lambda image: image.convert(mode))(plain)
    content = encode(image, "JPEG" if mode == "CMYK" else "PNG")
    assert Image.open(io.BytesIO(content)).mode == mode

    made = make(content)
    if not grey:
        assert letters(made) == "ABCD"
        return
    spots = [(160, 100), (480, 100), (160, 300), (480, 300)]
    for spot in spots:
        assert near(made.getpixel(spot), (plain.getpixel(spot),) * 3)


def to_16_bits(grey: Image.Image) -> Image.Image:
    pairs = b"".join(struct.pack("<H", value * 257) for value in grey.tobytes())
    return Image.frombytes("I;16", grey.size, pairs)


def test_grey_of_sixteen_bits_keeps_its_steps():
    ramp = Image.frombytes("L", (256, 4), bytes(range(256)) * 4)
    made = make(encode(to_16_bits(ramp), "PNG"))
    for value in range(0, 256, 15):
        assert near(made.getpixel((value, 2)), (value,) * 3, 3)


def png(width: int, height: int, depth: int, colour: int, rows: bytes, **chunks: bytes) -> bytes:
    """Return a PNG file, put together by hand."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [("IHDR", header), *chunks.items(), ("IDAT", zlib.compress(rows)), ("IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name.encode(), data) for name, data in parts)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_colours_of_sixteen_bits_become_eight():
    row = b"\0" + struct.pack(">HHH", 0xDC00, 0x1E00, 0x1E00) * 16
    assert near(make(png(16, 16, 16, 2, row * 16)).getpixel((8, 8)), RED)


def test_a_transparent_colour_among_sixteen_bits_does_no_harm():
    row = b"\0" + struct.pack(">HHH", 0xDC00, 0x1E00, 0x1E00) * 16
    made = make(png(16, 16, 16, 2, row * 16, tRNS=struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC)))
    assert near(made.getpixel((8, 8)), RED)


def test_what_is_transparent_is_white_paper():
    image = quarters().convert("RGBA")
    image.putalpha(0)
    image.paste((*RED, 255), (0, 0, 320, 400))
    image.paste((0, 0, 0, 128), (0, 0, 100, 100))
    made = make(encode(image, "PNG"))

    assert near(made.getpixel((480, 200)), WHITE)
    assert near(made.getpixel((160, 200)), RED)
    assert near(made.getpixel((50, 50)), (127, 127, 127))


@pytest.mark.parametrize("size", [(640, 400), (2400, 1500)], ids=["small", "scaled"])
def test_a_palette_may_have_a_transparent_colour(size):
    image = quarters(*size).quantize(8)
    blue = image.getpixel((10, size[1] - 10))
    made = make(encode(image, "PNG", transparency=blue))

    assert letters(made) == "ABDD"


def test_an_animation_is_its_first_picture():
    frames = [quarters(), Image.new("RGB", (640, 400), BLUE)]
    content = encode(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert Image.open(io.BytesIO(content)).n_frames == 2
    assert letters(make(content)) == "ABCD"


def test_a_jpeg_with_a_second_picture_behind_is_its_first():
    frames = [quarters(2600, 1600), Image.new("RGB", (64, 40), BLUE)]
    content = encode(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert Image.open(io.BytesIO(content)).format == "MPO"
    assert letters(make(content)) == "ABCD"


# --- colour profiles ------------------------------------------------------------------------------------

XYZ = {"r": (0.4361, 0.2225, 0.0139), "g": (0.3851, 0.7169, 0.0971), "b": (0.1431, 0.0606, 0.7141)}
"""Red, green and blue of sRGB, adapted to D50."""
D50 = (0.9642, 1.0, 0.8249)


def fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def profile(space: bytes, **colours: tuple[float, float, float]) -> bytes:
    """Return an ICC profile of linear curves (ICC.1:2001-04), whose colours lie where *colours* say."""
    linear = b"curv" + bytes(4) + struct.pack(">I", 0)
    name = b"desc" + bytes(4) + struct.pack(">I", 5) + b"odd!\0" + bytes(78)
    tags = {b"desc": name, b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": b"XYZ " + bytes(4) + fixed(*D50)}
    tags |= {f"{one}XYZ".encode(): b"XYZ " + bytes(4) + fixed(*at) for one, at in colours.items()}
    tags |= {f"{one}TRC".encode(): linear for one in colours or ("k",)}
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for tag, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += tag + struct.pack(">II", start + len(data), len(value))
        data += padded
    head = struct.pack(">I", start + len(data)) + bytes(4) + b"\x02\x10\0\0mntr" + space + b"XYZ "
    head += bytes(12) + b"acsp" + bytes(28) + fixed(*D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


SWAPPED = profile(b"RGB ", r=XYZ["g"], g=XYZ["r"], b=XYZ["b"])


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_profile_says_what_the_numbers_mean(form):
    image = Image.new("RGB", (2000, 1000), (255, 0, 0))
    assert near(make(encode(image, form, icc_profile=SWAPPED)).getpixel((9, 9)), (0, 255, 0))


def test_a_profile_of_greys_counts_too():
    made = make(encode(Image.new("L", (64, 64), 128), icc_profile=profile(b"GRAY")))
    assert near(made.getpixel((9, 9)), (188, 188, 188), 3)


def test_srgb_stays_as_it_is():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert letters(make(encode(quarters(), icc_profile=srgb))) == "ABCD"


@pytest.mark.parametrize(
    "broken", [b"no profile", SWAPPED[:200], b"\0" * 500, profile(b"GRAY"), SWAPPED.replace(b"rTRC", b"xxxx")]
)
def test_a_profile_that_is_broken_or_of_another_kind_is_none(broken):
    assert letters(make(encode(quarters(), icc_profile=broken))) == "ABCD"


def test_the_profile_of_an_rgb_picture_says_nothing_of_inks():
    assert letters(make(encode(quarters().convert("CMYK"), icc_profile=SWAPPED))) == "ABCD"


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "EPS", "PPM", "ICO"])
def test_other_formats_are_refused_by_what_is_in_them(form):
    assert form not in {"WEBP"} or features.check("webp")
    assert refusal(encode(quarters(64, 64), form)) == "photo-not-a-picture"


@pytest.mark.parametrize(
    "content", [b"", b"x", "Toàn cảnh".encode(), b"<svg/>", b"<?xml version='1.0'?><svg/>"]
)
def test_text_and_drawings_are_no_photographs(content):
    assert refusal(content) == "photo-not-a-picture"


@cache
def noisy() -> dict[str, bytes]:
    """Files in which every part counts."""
    noise = Image.effect_noise((700, 500), 90).convert("RGB")
    return {
        "jpeg": encode(noise),
        "progressive": encode(noise, progressive=True),
        "large": encode(Image.effect_noise((2600, 1900), 90)),
        "png": encode(noise, "PNG"),
    }


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "large", "png"])
@pytest.mark.parametrize("part", [0.001, 0.01, 0.3, 0.5, 0.9, 0.99])
def test_half_a_photograph_is_refused_whatever_weasyprint_has_allowed(kind, part, monkeypatch):
    assert weasyprint.__version__
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = noisy()[kind]
    half = content[: max(9, int(len(content) * part))]

    assert refusal(half) == "photo-broken"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
    assert make(content)


def test_importing_weasyprint_alone_does_not_let_half_a_photograph_in(tmp_path):
    content = noisy()["jpeg"]
    (tmp_path / "half.jpg").write_bytes(content[: len(content) // 2])
    program = (
        "import sys, weasyprint; from PIL import ImageFile; assert ImageFile.LOAD_TRUNCATED_IMAGES\n"
        "from generator.readers.pictures import *\n"
        "try: make_picture(open(sys.argv[1], 'rb').read(), 'x')\n"
        "except PictureRefusedError as error: print(error.code)"
    )
    assert run_python(program, tmp_path / "half.jpg") == "photo-broken"


@pytest.mark.parametrize("size", [(60_000, 60_000), (20_000, 9_000), (10_000, 10_000), (8_000, 5_001)])
def test_a_gigantic_picture_is_refused_before_it_is_decoded(size):
    content = png(*size, 8, 2, bytes(1000))
    started = time.monotonic()

    assert refusal(content) == "photo-gigantic"
    assert time.monotonic() - started < 0.5


def test_a_gigantic_jpeg_is_refused_before_it_is_decoded():
    content = encode(quarters(64, 64))
    at = content.index(b"\xff\xc0") + 5
    assert refusal(content[:at] + struct.pack(">HH", 60_000, 60_000) + content[at + 4 :]) == "photo-gigantic"


def test_a_picture_just_small_enough_is_not_gigantic():
    assert make(encode(Image.new("1", (8_000, 5_000)), "PNG")).size == (1200, 750)


def test_masses_of_hidden_text_are_refused():
    flood = b"Comment\0\0" + zlib.compress(b"x" * 80_000_000)
    assert refusal(png(16, 16, 8, 0, bytes(17 * 16), zTXt=flood)) == "photo-broken"


WHOLE = {
    "jpeg": encode(quarters(96, 64), exif=exif_with_place(), icc_profile=SWAPPED, comment=b"x"),
    "progressive": encode(quarters(96, 64), progressive=True),
    "png": encode(quarters(96, 64).convert("RGBA"), "PNG", icc_profile=SWAPPED, exif=exif_with_place()),
    "palette": encode(quarters(96, 64).quantize(8), "PNG", transparency=1),
}


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(sorted(WHOLE)), seed=st.integers(0, 2**32), count=st.integers(1, 30))
def test_damaged_files_are_refused_or_give_a_picture(kind, seed, count):
    chance = random.Random(seed)
    content = bytearray(WHOLE[kind])
    for _ in range(count):
        content[chance.randrange(8, len(content))] = chance.randrange(256)
    try:
        code = make(bytes(content)).format
    except PictureRefusedError as error:
        code = error.code
    assert code in {"JPEG", "photo-broken", "photo-gigantic"}


# --- the same again -------------------------------------------------------------------------------------


def run_python(program: str, file: Path, **environment: str) -> str:
    found = subprocess.run(
        [sys.executable, "-c", program, file],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


def test_the_same_photograph_gives_the_same_bytes_in_every_process(tmp_path):
    noise = Image.effect_noise((2000, 1500), 60).convert("RGB")
    (tmp_path / "x.jpg").write_bytes(encode(noise, exif=with_orientation(6), icc_profile=SWAPPED))
    program = (
        "import sys, hashlib; from generator.readers.pictures import make_picture\n"
        "shot = make_picture(open(sys.argv[1], 'rb').read(), 'x')\n"
        "print(hashlib.sha256(shot.picture.content).hexdigest())"
    )
    here = make_picture((tmp_path / "x.jpg").read_bytes(), "x").picture.content
    told = [
        run_python(program, tmp_path / "x.jpg", PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh"))
    ]

    assert told == [hashlib.sha256(here).hexdigest()] * 2
