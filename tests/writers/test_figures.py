"""Photographs and frames in both printed files: as large, on the same pages, and the files stay what they claim."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image

from generator.errors import OutputError, TemplateError
from generator.inspection.readback.words import check_agreement
from generator.layout import figure_size_mm
from generator.style import refuse_unstyled
from generator.tree import Document, Figure, Para, Picture, Text
from generator.writers import html
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples
from tests.test_page_starts import compare
from tests.writers.test_pdf import findings

if TYPE_CHECKING:
    from pathlib import Path

STYLE = samples.press()
WORDS = "Khối thi đua đã tích cực tổ chức các phong trào thi đua, góp phần hoàn thành nhiệm vụ của từng thành viên. "


def picture(number: int, width: int, height: int) -> Picture:
    saved = io.BytesIO()
    Image.new("RGB", (width, height), (90, 20 * number, 160)).save(saved, "JPEG")
    return Picture(f"photo-{number}.jpg", saved.getvalue(), width, height)


WIDE, TALL, SMALL = picture(1, 1200, 800), picture(2, 800, 1200), picture(3, 200, 150)


def figure(shown: Picture | None = None, caption: str = "Toàn cảnh Hội nghị & < 5") -> Figure:
    return Figure("a.jpg", (Text("Chưa có tệp ảnh"),), (Text(caption),) if caption else (), picture=shown)


def bulletin(*blocks: Figure | Para) -> Document:
    return Document("Bản tin", "Khối", "vi-VN", (Para("headline", (Text("Đầu đề"),)), *blocks))


def body(times: int) -> Para:
    return Para("body", (Text(WORDS * times),))


ALL = bulletin(
    body(2), figure(WIDE), figure(), body(3), figure(TALL, ""), figure(WIDE), figure(SMALL), body(1)
)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_pdf_with_photographs_keeps_the_level_that_it_claims(profile) -> None:
    assert findings(write_pdf(ALL, STYLE).content, profile) == []


def test_smoothed_pictures_would_break_the_level(monkeypatch) -> None:
    write = html.write_style_sheet
    monkeypatch.setattr(html, "write_style_sheet", lambda style: write(style).replace("crisp-edges", "auto"))

    assert findings(write_pdf(ALL, STYLE).content, "3a")


def test_pictures_are_in_both_files_once_with_their_words_for_those_who_do_not_see() -> None:
    docx, pdf = write_docx(ALL, STYLE), write_pdf(ALL, STYLE).content
    check_agreement(ALL, STYLE, docx, pdf)

    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        media = {name: package.read(name) for name in package.namelist() if "/media/" in name}
        drawn = etree.fromstring(package.read("word/document.xml")).iter("{*}docPr")
        assert [one.get("descr") for one in drawn] == [
            "Toàn cảnh Hội nghị & < 5",
            "Chưa có tệp ảnh",
            "Toàn cảnh Hội nghị & < 5",
            "Toàn cảnh Hội nghị & < 5",
        ]
    assert media == {f"word/media/{one.name}": one.content for one in (WIDE, TALL, SMALL)}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        images = [
            one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        assert len(images) == 3
        assert not any(one.get("/Interpolate") for one in images)
        assert sum("/Alt" in one for one in file.objects if isinstance(one, pikepdf.Dictionary)) == 4


@pytest.mark.parametrize(
    ("shown", "width", "height"), [(WIDE, 130, 86.67), (TALL, 63.33, 95), (SMALL, 50.8, 38.1)]
)
def test_a_picture_is_as_large_as_there_is_room_and_no_larger_than_its_dots_allow(
    shown, width, height
) -> None:
    assert figure_size_mm(shown, STYLE.figure) == pytest.approx((width, height), abs=0.02)

    with zipfile.ZipFile(io.BytesIO(write_docx(bulletin(figure(shown)), STYLE))) as package:
        (extent,) = re.findall(
            r'<wp:extent cx="(\d+)" cy="(\d+)"', package.read("word/document.xml").decode()
        )
    assert [int(one) / 36000 for one in extent] == pytest.approx([width, height], abs=0.02)


def test_the_word_file_is_sound(tmp_path: Path) -> None:
    file = tmp_path / "ban-tin.docx"
    file.write_bytes(write_docx(ALL, STYLE))
    errors = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(file).errors

    assert [one.description for one in errors if "bbPlcHdr" not in f"{one.path} {one.description}"] == []


@pytest.mark.libreoffice
def test_pages_with_figures_begin_alike(tmp_path: Path) -> None:
    shown = (figure(WIDE), figure(), figure(TALL), figure(SMALL, "Ảnh nhỏ " * 30))
    cases = {
        f"{times}-{number}": (bulletin(body(times), one, body(9), one, body(4), one, body(2)), STYLE)
        for times in (1, 5, 11, 16)
        for number, one in enumerate(shown)
    }
    compare(cases, tmp_path)


def test_a_figure_is_never_torn_from_its_caption() -> None:
    from generator.inspection.readback.words import page_starts

    for times in range(1, 60, 4):
        document = bulletin(body(times), figure(None, "Chú thích của ảnh"))
        pages = [
            " ".join(words) for words in page_starts(write_pdf(document, STYLE).content, STYLE.page, 10_000)
        ]
        assert sum("Chưa có tệp ảnh Chú thích của ảnh" in one for one in pages) == 1


def test_administrative_papers_have_no_figures() -> None:
    for block in (figure(), Para("lead", (Text("a"),))):
        document = Document("a", "b", "vi-VN", (block,))
        with pytest.raises(TemplateError) as caught:
            refuse_unstyled(document, samples.nd30())
        assert caught.value.key == "role-without-style"


def test_what_is_no_picture_stops_the_writer() -> None:
    with pytest.raises(OutputError):
        write_pdf(bulletin(figure(Picture("photo-1.jpg", b"no picture", 30, 20))), STYLE)
