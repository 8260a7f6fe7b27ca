"""The same conference, its papers dated the last day of one regulation and the first day of the next one."""

from __future__ import annotations

import zipfile
from functools import cache
from typing import NamedTuple

import pypdfium2
import pytest
import yaml
from lxml import etree

from generator.pipeline import build
from generator.request import Request
from generator.typeface import POINT_MM
from tests import samples
from tests.samples import TEMPLATES

OLD, NEW = "04/03/2020", "05/03/2020"
"""The last day of Thông tư 01/2011/TT-BNV, and the day on which Nghị định 30/2020/NĐ-CP came into force."""

BASES = [
    "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
    "Quyết định số 15/QĐ-UBND ngày 10/01/2020 của Ủy ban nhân dân tỉnh Hoa Ban",
]
NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NAMESPACES['w']}}}"
KINDS = {"minutes": "bien-ban", "pledge": "giao-uoc"}
every_kind = pytest.mark.parametrize("kind", KINDS)


def facts(day: str) -> dict:
    """Return a made-up conference whose papers are of *day*, with legal bases, and text for two pages."""
    works = [
        f"Thực hiện tốt nhiệm vụ thứ {number} trong kế hoạch công tác của đơn vị" for number in range(40)
    ]
    return {
        "event": {"kind": "tong_ket", "year": "2019", "next_year": "2020", "date": OLD},
        "block": {"name": "Khối thi đua số 1 tỉnh Hoa Ban"},
        "papers": {
            "minutes": {"number": "05", "symbol": "KTĐ", "date": day},
            "pledge": {"number": "06", "symbol": "GƯ-KTĐ", "place": "Hoa Ban", "date": day},
        },
        "results": {"narrative": works},
        "pledge": {"signed": "yes", "bases": BASES, "contents": [{"text": one} for one in works]},
    }


class Files(NamedTuple):
    """What was built of one document."""

    style: str
    docx: dict[str, bytes]
    """The parts of the Word file by their names."""
    pdf: bytes
    pages: int


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A function that builds both documents of a day, once."""

    @cache
    def make(day: str) -> dict[str, Files]:
        folder = tmp_path_factory.mktemp("inputs")
        (folder / "thu").mkdir()
        text = yaml.safe_dump(facts(day), allow_unicode=True)
        (folder / "thu" / "conference.yaml").write_text(text, encoding="utf-8")
        outputs = tmp_path_factory.mktemp("outputs")
        report = build(Request("thu", tuple(KINDS), folder, outputs, TEMPLATES))
        files = {}
        for made in report.documents:
            name = outputs / "thu" / KINDS[made.kind.id]
            pdf = name.with_suffix(".pdf")
            with zipfile.ZipFile(name.with_suffix(".docx")) as package:
                parts = {part: package.read(part) for part in package.namelist()}
            files[made.kind.id] = Files(made.choice.style.id, parts, pdf.read_bytes(), made.pages[pdf])
        return files

    return make


def xpath(content: bytes, path: str) -> list:
    return etree.fromstring(content).xpath(path, namespaces=NAMESPACES)


def style_elements(files: Files) -> dict[str, bytes]:
    """Return each style of the Word file as XML, by its id."""
    found = xpath(files.docx["word/styles.xml"], "//w:style")
    return {one.get(f"{W}styleId"): etree.tostring(one) for one in found}


def style_value(files: Files, style_id: str, path: str) -> list[str]:
    return xpath(files.docx["word/styles.xml"], f"//w:style[@w:styleId='{style_id}']/{path}")


def number_parts(files: Files) -> list[str]:
    """Return the parts of the Word file's margins in which a page number stands."""
    margins = (part for part in files.docx if part.startswith(("word/header", "word/footer")))
    return [part for part in margins if b"PAGE" in files.docx[part]]


def body_of(files: Files) -> bytes:
    """Return the body of the Word file without its section, all dates of papers made one."""
    (body,) = xpath(files.docx["word/document.xml"], "//w:body")
    for section in body.findall(f"{W}sectPr"):
        body.remove(section)
    return etree.tostring(body, encoding="utf-8").replace("ngày\u00a004".encode(), "ngày\u00a005".encode())


def margin_boxes(files: Files, number: int) -> list[tuple[float, float, float]]:
    """Return left, right and height above the lower edge, in mm, of each letter in the margins of a page."""
    sheet = pypdfium2.PdfDocument(files.pdf)[number].get_textpage()
    boxes = [[length * POINT_MM for length in sheet.get_charbox(n)] for n in range(sheet.count_chars())]
    return [(left, right, bottom) for left, bottom, right, _ in boxes if not 20 <= bottom <= 277]


def fonts_of(files: Files, words: str) -> set[str]:
    """Return the fonts, without the prefixes of their subsets, of *words* on the first page."""
    page = pypdfium2.PdfDocument(files.pdf)[0]
    text = page.get_textpage()
    start, count = text.search(words).get_next()
    names = set()
    for index in range(start, start + count):
        flags, name = pypdfium2.raw.c_int(), (pypdfium2.raw.c_char * 100)()
        pypdfium2.raw.FPDFText_GetFontInfo(text, index, name, 100, flags)
        names.add(name.value.decode().rpartition("+")[2])
    return names


@every_kind
def test_the_date_of_the_paper_chooses_the_regime(built, kind):
    assert [built(day)[kind].style for day in (OLD, NEW)] == ["tt01-2011", "nd30-2020"]
    assert [built(day)[kind].pages > 1 for day in (OLD, NEW)] == [True, True]


@every_kind
def test_the_page_number_moves_in_the_word_file(built, kind):
    old, new = built(OLD)[kind], built(NEW)[kind]

    assert [number_parts(one)[0].rstrip("0123456789.xml") for one in (old, new)] == [
        "word/footer",
        "word/header",
    ]
    assert [len(number_parts(one)) for one in (old, new)] == [1, 1]
    assert [style_value(one, "SoTrang", "w:pPr/w:jc/@w:val") for one in (old, new)] == [["right"], ["center"]]


@every_kind
def test_the_page_number_moves_in_the_pdf(built, kind):
    (old,), (new,) = (margin_boxes(built(day)[kind], 1) for day in (OLD, NEW))

    assert old[1] == pytest.approx(190, abs=0.5)  # the right edge of the text
    assert old[2] < 20
    assert (new[0] + new[1]) / 2 == pytest.approx(110, abs=0.5)  # the middle between the margins, 30 and 20
    assert new[2] > 277
    assert [margin_boxes(built(day)[kind], 0) for day in (OLD, NEW)] == [[], []]


def test_legal_bases_are_upright_before_and_italic_after(built):
    old, new = built(OLD)["pledge"], built(NEW)["pledge"]

    assert [len(style_value(one, "CanCu", "w:rPr/w:i")) for one in (old, new)] == [0, 1]
    for basis in BASES:
        words = f"Căn cứ {basis[:30]}"
        assert [fonts_of(one, words) for one in (old, new)] == [
            {"Liberation-Serif"},
            {"Liberation-Serif-Italic"},
        ]


@every_kind
def test_nothing_else_changes(built, kind):
    old, new = built(OLD)[kind], built(NEW)[kind]
    before, after = style_elements(old), style_elements(new)

    assert body_of(old) == body_of(new)
    assert before.keys() == after.keys()
    # TieuNgu has another name alone: the circular has no word for the line below Quốc hiệu
    assert {name for name in before if before[name] != after[name]} == {"CanCu", "SoTrang", "TieuNgu"}
    assert [style_value(one, "TieuNgu", "w:name/@w:val") for one in (old, new)] == [
        ["Dòng chữ dưới quốc hiệu"],
        ["Tiêu ngữ"],
    ]


def test_between_the_two_days_lies_no_day_without_a_regime():
    old, new = samples.tt01(), samples.nd30()

    assert (new.first_day - old.last_day).days == 1
    assert [style.is_in_force(old.last_day) for style in (old, new)] == [True, False]
    assert [style.is_in_force(new.first_day) for style in (old, new)] == [False, True]
