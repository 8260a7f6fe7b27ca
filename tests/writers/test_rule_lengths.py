"""The rules below motto, issuing body and title are as long in each file as the words above them ask for."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from lxml import etree

from generator.house import apply_house, load_house
from generator.layout import split_width
from generator.style import Style
from generator.tree import Document, Letterhead, Text, Title
from generator.typeface import POINT_MM, text_width_mm
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples

NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NAMESPACES['w']}}}"
HOUSE = load_house(samples.TEMPLATES / "style", "khoi-13")
STYLES = pytest.mark.parametrize(
    "style",
    [samples.tt01(), samples.nd30(), apply_house(samples.tt01(), HOUSE), apply_house(samples.nd30(), HOUSE)],
    ids=["tt01", "nd30", "tt01-house", "nd30-house"],
)
NAMES = pytest.mark.parametrize(
    ("issuer", "subject"),
    [("BỘ NỘI VỤ", "Về thi đua"), ("KHỐI THI ĐUA SỐ 1 TỈNH", "Hội nghị tổng kết công tác thi đua năm 2016")],
    ids=["short", "long"],
)
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def document_of(issuer: str, subject: str) -> Document:
    head = Letterhead(
        parent=(),
        issuer=(Text(issuer),),
        nation=(Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),),
        motto=(Text(MOTTO),),
        number=(),
        place_and_date=(),
    )
    title = Title((Text("BIÊN BẢN"),), (Text(subject),))
    return Document("Biên bản", "Khối", "vi-VN", (head, title))


def wanted_mm(style: Style, issuer: str, subject: str) -> list[float]:
    """Return the lengths of the rules below issuing body, motto and title."""
    head, words = style.letterhead, {"issuing_body": issuer, "motto": MOTTO, "title_subject": subject}
    shares = (head.issuer_rule_share, head.motto_rule_share, style.title.rule_share)
    return [
        text_width_mm(text, style.texts[component].size_pt, "bold") * share
        for (component, text), share in zip(words.items(), shares, strict=True)
    ]


@STYLES
@NAMES
def test_rules_of_the_word_file_follow_the_words(style: Style, issuer: str, subject: str) -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(document_of(issuer, subject), style))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    path = "//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'DuongKe')]]/w:pPr/w:ind"
    indents = root.xpath(path, namespaces=NAMESPACES)
    head, width_mm = style.letterhead, style.page.text_width_mm
    widths = [*split_width((head.left_share, head.right_share), width_mm), width_mm]
    lengths = [
        width - (int(indent.get(f"{W}left")) + int(indent.get(f"{W}right"))) / 1440 * 25.4
        for width, indent in zip(widths, indents, strict=True)
    ]
    assert lengths == pytest.approx(wanted_mm(style, issuer, subject), abs=0.05)


@STYLES
@NAMES
def test_rules_of_the_pdf_follow_the_words(style: Style, issuer: str, subject: str) -> None:
    page = pypdfium2.PdfDocument(write_pdf(document_of(issuer, subject), style).content)[0]
    boxes = [path.get_bounds() for path in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    lines = [(right - left, left) for left, bottom, right, top in boxes if top - bottom < 2]
    left_first = sorted(lines, key=lambda line: line[1])  # issuing body, then title in the middle, then motto
    issuer_mm, title_mm, motto_mm = (length * POINT_MM for length, _ in left_first)
    assert [issuer_mm, motto_mm, title_mm] == pytest.approx(wanted_mm(style, issuer, subject), abs=0.1)
