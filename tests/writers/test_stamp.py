"""What a signature shows: letters as they are, a seal in its true size over the left third of the signature."""

from __future__ import annotations

import io
import unicodedata

import page as validator
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from generator.errors import SigningError
from generator.typeface import POINT_MM, load_faces
from generator.writers.stamp import Stamp, StampPicture, write_stamp

WIDTH_PT, HEIGHT_PT = 139.76, 102.05
"""A place in a grid of three columns, as high as a seal."""

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def drawing(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, width - 1, height - 1), outline=(*colour, 255), width=9)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def signature() -> StampPicture:
    return StampPicture(drawing(300, 100, (20, 40, 180)), 300, 100)


def seal(width_mm: float = 36.0) -> StampPicture:
    return StampPicture(drawing(400, 400, (210, 20, 30)), 400, 400, width_mm)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return document[0].get_textpage().get_text_range()


def boxes_mm(content: bytes) -> list[tuple[float, ...]]:
    """Return left, bottom, right and top of each picture, the signature's first."""
    with pypdfium2.PdfDocument(content) as document:
        images = document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        return [tuple(edge * POINT_MM for edge in image.get_bounds()) for image in images]


def size_of(content: bytes) -> tuple[float, float]:
    with pypdfium2.PdfDocument(content) as document:
        return tuple(document[0].get_size())


def test_it_is_as_large_as_the_place() -> None:
    assert size_of(write_stamp(Stamp(("Ký bởi: A",)), WIDTH_PT, HEIGHT_PT)) == pytest.approx(
        (WIDTH_PT, HEIGHT_PT), abs=0.02
    )


def test_names_of_all_vietnamese_letters_are_read_back() -> None:
    small = {unicodedata.normalize("NFC", letter + tone) for letter in LETTERS for tone in TONES}
    known = load_faces()["regular"].advances
    letters = sorted(
        one for one in small | {one.upper() for one in small} if len(one) == 1 and ord(one) in known
    )
    assert len(letters) >= 134
    for start in range(0, len(letters), 24):
        line = "".join(letters[start : start + 24])
        assert text_of(write_stamp(Stamp((line,)), 220, HEIGHT_PT)).strip() == line


def test_a_name_with_loose_marks_is_set_composed() -> None:
    name = "Nguyễn Thị Phương Thảo"
    loose = unicodedata.normalize("NFD", name)
    assert loose != name
    assert write_stamp(Stamp((loose,)), 220, 60) == write_stamp(Stamp((name,)), 220, 60)
    assert text_of(write_stamp(Stamp((loose,)), 220, 60)).strip() == name


def test_a_long_line_is_broken_at_spaces_and_one_that_cannot_be_is_refused() -> None:
    line = "Cơ quan: Bộ Lao động - Thương binh và Xã hội"
    broken = text_of(write_stamp(Stamp((line,)), WIDTH_PT, HEIGHT_PT)).splitlines()
    assert len(broken) == 2
    assert " ".join(one.strip() for one in broken) == line
    with pytest.raises(SigningError, match="stamp-too-long"):
        write_stamp(Stamp(("Đ" * 80,)), WIDTH_PT, HEIGHT_PT)
    with pytest.raises(SigningError, match="stamp-too-long"):
        write_stamp(Stamp((line,) * 20), WIDTH_PT, HEIGHT_PT)


def test_a_signature_stands_in_the_middle() -> None:
    ((left, bottom, right, top),) = boxes_mm(write_stamp(Stamp((), signature()), WIDTH_PT, HEIGHT_PT))
    assert (left + right) / 2 == pytest.approx(WIDTH_PT * POINT_MM / 2, abs=0.1)
    assert (bottom + top) / 2 == pytest.approx(HEIGHT_PT * POINT_MM / 2, abs=0.1)
    assert (right - left) / (top - bottom) == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("width_pt", [WIDTH_PT, 215.0])
def test_a_seal_covers_the_left_third_in_its_true_size(width_pt: float) -> None:
    one, other = boxes_mm(write_stamp(Stamp((), signature(), seal()), width_pt, HEIGHT_PT))
    assert (other[2] - other[0], other[3] - other[1]) == pytest.approx((36, 36), abs=0.05)
    assert other[2] - one[0] == pytest.approx((one[2] - one[0]) / 3, abs=0.05)
    assert min(one[0], other[0]) >= -0.05
    assert max(one[2], other[2]) <= width_pt * POINT_MM + 0.05


@pytest.mark.parametrize(("width_mm", "height_pt"), [(37.0, HEIGHT_PT), (36.0, 54.0), (60.0, HEIGHT_PT)])
def test_a_seal_that_has_no_room_is_refused_not_scaled(width_mm: float, height_pt: float) -> None:
    with pytest.raises(SigningError, match="stamp-seal-too-large"):
        write_stamp(Stamp((), signature(), seal(width_mm)), WIDTH_PT, height_pt)


def test_words_and_pictures_are_pdf_a() -> None:
    content = write_stamp(Stamp(("Thời gian ký: 1/1/2026",), signature(), seal()), 215, HEIGHT_PT)
    found = validator.validate_pdf_bytes(content, profile="pdfa-3b").failures
    assert [
        one.rule_id
        for one in found
        if "STREAM-LENGTH" not in one.rule_id and "METADATA-FILTER" not in one.rule_id
    ] == []
