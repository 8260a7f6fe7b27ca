"""Certificates: a landscape page each, whatever the length of their words, in a frame of two rules."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import etree

from generator.certificates import set_certificate
from generator.content.vocabulary import parse_document
from generator.errors import DisagreementError, OutputError, TemplateError
from generator.inspection.readback.cells import check_cells
from generator.inspection.readback.words import check_agreement, page_starts
from generator.inspector import inspect_file
from generator.pipeline import build
from generator.request import Request
from generator.style import refuse_unstyled
from generator.tree import Certificate, Document, Para, Text, document_text
from generator.typeface import POINT_MM
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import annex_samples as sample
from tests import samples
from tests.test_documents import sdk_errors
from tests.test_page_starts import lay_out, starts
from tests.writers.test_docx import findings_of
from tests.writers.test_pdf import findings, syntax_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
STYLE = samples.certificate()
LONG_NAME = (
    "Vụ Hợp tác quốc tế và Quản lý các chương trình, dự án phát triển nông thôn, Bộ Nông nghiệp và Phát triển "
    "nông thôn"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document_of(*blocks: Certificate) -> Document:
    return Document("Giấy khen", "Khối thi đua", "vi-VN", blocks)


def iter_certificates() -> Iterator[Certificate]:
    """Yield certificates of short, long and very long words, with all their parts and with the fewest."""
    for recipient in ("Vụ A", "Bộ Tài nguyên và Môi trường", LONG_NAME, LONG_NAME + ", " + LONG_NAME):
        for about in ("", "Khối thi đua các Bộ, ngành tổng hợp", LONG_NAME):
            for reason in (sample.SHORT_REASON, sample.LONG_REASON, sample.LONG_REASON + sample.LONG_REASON):
                yield sample.certificate(recipient, about, reason)
    few = sample.certificate("Vụ A")
    yield replace(few, verb=(), decisions=(), note=())
    yield replace(few, posts=((Text("TM. KHỐI THI ĐUA"),), (Text("KHỐI TRƯỞNG"),)), name=(Text("Nguyễn Ái"),))


# --- one page each ------------------------------------------------------------------------------------


def test_each_is_one_page_in_the_pdf_and_all_words_are_there():
    document = document_of(*iter_certificates())
    docx, pdf = write_docx(document, STYLE), write_pdf(document, STYLE)
    assert pdf.pages == len(document.blocks)
    check_agreement(document, STYLE, docx=docx, pdf=pdf.content)
    check_cells(document, docx, pdf.content)
    assert {start[:2] for start in page_starts(pdf.content, STYLE.page)} == {("CỘNG", "HÒA")}


@pytest.mark.libreoffice
def test_each_is_one_page_in_libreoffice(tmp_path: Path) -> None:
    document = document_of(*iter_certificates())
    theirs = lay_out({"a": write_docx(document, STYLE)}, tmp_path)["a"]
    ours = write_pdf(document, STYLE).content
    assert len(starts(theirs, STYLE)) == len(document.blocks)
    assert page_starts(theirs, STYLE.page, 400) == page_starts(ours, STYLE.page, 400)


def test_lines_end_well_above_the_frame_and_stand_within_it():
    with pypdfium2.PdfDocument(write_pdf(document_of(*iter_certificates()), STYLE).content) as file:
        for page in file:
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            assert min(box[0] for box in boxes) * POINT_MM > 29
            assert max(box[2] for box in boxes) * POINT_MM < 297 - 29
            assert min(box[1] for box in boxes) * POINT_MM > STYLE.page.margin_bottom_mm - 1


def test_words_that_fit_in_no_permitted_size_are_refused_by_name():
    block = sample.certificate("Vụ A", "", sample.LONG_REASON * 8)
    for write in (write_docx, write_pdf):
        with pytest.raises(OutputError) as error:
            write(document_of(block), STYLE)
        assert (error.value.key, error.value.values) == ("certificate-too-long", {"recipient": "Vụ A"})


def test_a_word_wider_than_the_page_is_refused():
    with pytest.raises(OutputError):
        set_certificate(sample.certificate("X" * 400), STYLE)


def test_short_words_are_large_and_long_ones_smaller():
    def size_of(name: str, block: Certificate) -> float:
        return next(one.look.size_pt for one in set_certificate(block, STYLE).head if one.component == name)

    recipients = ["Vụ A", LONG_NAME, LONG_NAME + LONG_NAME]
    sizes = [size_of("certificate_recipient", sample.certificate(one)) for one in recipients]
    assert sizes[0] == STYLE.texts["certificate_recipient"].size_pt
    assert sizes == sorted(set(sizes), reverse=True)
    long = sample.certificate("Vụ A", "", sample.LONG_REASON)
    assert size_of("certificate_recipient", long) == sizes[0]
    assert size_of("certificate_reason", long) < STYLE.texts["certificate_reason"].size_pt


def test_the_free_room_is_shared_out_so_that_the_foot_stands_at_the_foot():
    heights = []
    with pypdfium2.PdfDocument(write_pdf(document_of(*iter_certificates()), STYLE).content) as file:
        for page in file:
            text = page.get_textpage()
            heights.append(min(text.get_charbox(index)[1] for index in range(text.count_chars())))
    assert max(heights) - min(heights) < 30


# --- frame, colour, numbers ---------------------------------------------------------------------------


def test_the_pages_lie_have_a_frame_and_no_number():
    content = write_docx(sample.certificates(3), STYLE)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        (section,) = etree.fromstring(package.read("word/document.xml")).iter(f"{W}sectPr")
        relations = package.read("word/_rels/document.xml.rels").decode()
        numbered = [name for name in names if b"PAGE" in package.read(name) and "header" in name]
    borders = section.find(f"{W}pgBorders")
    assert [one.tag.removeprefix(W) for one in borders] == ["top", "left", "bottom", "right"]
    assert section.find(f"{W}pgSz").get(f"{W}orient") == "landscape"
    target = numbered[0].removeprefix("word/")
    identity = next(one for one in relations.split("<") if target in one).split('Id="')[1].split('"')[0]
    assert identity not in {value for one in section for value in one.attrib.values()}
    pdf = write_pdf(sample.certificates(3), STYLE).content
    low_pt = STYLE.page.margin_bottom_mm / POINT_MM
    with pypdfium2.PdfDocument(pdf) as file:
        for page in file:
            assert page.get_width() > page.get_height()
            above = page.get_textpage().get_text_bounded(bottom=page.get_height() - 22 / POINT_MM)
            assert above + page.get_textpage().get_text_bounded(top=low_pt - 5) == ""


def test_both_frames_are_drawn_as_vectors():
    with pypdfium2.PdfDocument(write_pdf(sample.certificates(1), STYLE).content) as file:
        kinds = [one.type for one in file[0].get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) >= 3
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds


# --- what is refused ----------------------------------------------------------------------------------


def test_certificates_and_other_blocks_do_not_mix():
    refuse_unstyled(sample.certificates(2), STYLE)
    para = Document("t", "a", "vi-VN", (Para("body", (Text("a"),)),))
    for document, style in ((sample.certificates(1), samples.nd30()), (para, STYLE)):
        with pytest.raises(TemplateError) as error:
            refuse_unstyled(document, style)
        assert error.value.key == "role-without-style"


def test_a_name_in_another_s_certificate_is_found():
    document = sample.certificates(3)
    first, second, third = document.blocks
    wrong = replace(document, blocks=(first, replace(second, posts=third.posts, decisions=()), third))
    with pytest.raises(DisagreementError):
        check_cells(wrong, write_docx(document, STYLE))
    with pytest.raises(DisagreementError):
        check_cells(
            replace(document, blocks=(replace(first, name=(Text("Nguyễn Văn B"),)), second, third)),
            pdf=write_pdf(document, STYLE).content,
        )


# --- any number ---------------------------------------------------------------------------------------


def test_the_work_grows_with_the_number_and_no_faster():
    def seconds(count: int) -> float:
        begin = time.perf_counter()
        document = sample.certificates(count)
        docx, pdf = write_docx(document, STYLE), write_pdf(document, STYLE)
        check_agreement(document, STYLE, docx=docx, pdf=pdf.content)
        check_cells(document, docx, pdf.content)
        assert pdf.pages == count
        return time.perf_counter() - begin

    seconds(2)
    assert seconds(80) < 16 * seconds(20)


# --- validators and the inspector ---------------------------------------------------------------------


def test_validators_find_nothing(tmp_path: Path) -> None:
    document = document_of(*iter_certificates())
    content = write_pdf(document, STYLE).content
    assert findings(content, "3a") + findings(content, "ua1") + syntax_findings(content) == []
    (tmp_path / "a.docx").write_bytes(write_docx(document, STYLE))
    assert findings_of(tmp_path / "a.docx") == []


@pytest.mark.sdk
def test_microsofts_own_rules_find_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(write_docx(document_of(*iter_certificates()), STYLE))
    assert sdk_errors(tmp_path / "a.docx") == [[]]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_inspector_takes_them_for_what_they_are(ending: str) -> None:
    document = sample.certificates(2)
    content = write_docx(document, STYLE) if ending == "docx" else write_pdf(document, STYLE).content
    inspected = inspect_file(content, samples.TEMPLATES)
    assert (inspected.choice.style.id, inspected.choice.by) == ("certificate", "form")
    assert inspected.failed == ()


def test_minutes_are_not_taken_for_a_certificate():
    content = write_docx(samples.whole_document(), samples.nd30())
    assert inspect_file(content, samples.TEMPLATES).choice.style.form == "administrative"


# --- a kind without Python ----------------------------------------------------------------------------

KIND = """\
name: Giấy khen
file: giay-khen
form: certificate
headings: [arabic]
formats: [docx, pdf]
"""

TEMPLATE = """\
<document title="Giấy khen" author="{{ c.block.name }}" lang="vi-VN">
{% for member in c.members %}
<certificate>
  <nation>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</nation>
  <motto>Độc lập - Tự do - Hạnh phúc</motto>
  <grantor>{{ c.block.name|upper }}</grantor>
  <verb>TẶNG</verb>
  <award>GIẤY KHEN</award>
  <recipient>{{ member.name }}</recipient>
  <reason>Đã có thành tích xuất sắc trong phong trào thi đua</reason>
  <decision>Vào sổ số <blank label="Số vào sổ" extent="number"/></decision>
  <place-and-date><blank label="Nơi và ngày ký" extent="name"/></place-and-date>
  <post>KHỐI TRƯỞNG</post>
  <name><blank label="Họ tên Khối trưởng" extent="name"/></name>
</certificate>
{% endfor %}
</document>
"""


def test_a_kind_of_certificates_is_a_folder(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    (templates / "commendations").mkdir()
    (templates / "commendations" / "kind.yaml").write_text(KIND, encoding="utf-8")
    (templates / "commendations" / "document.xml.j2").write_text(TEMPLATE, encoding="utf-8")
    report = build(Request("mau", ("commendations",), ROOT / "inputs", tmp_path / "outputs", templates))
    (written,) = report.documents
    assert [file.name for file in written.files] == ["giay-khen.docx", "giay-khen.pdf"]
    assert (written.choice.style.id, written.choice.by) == ("certificate", "form")
    (pages,) = written.pages.values()
    assert pages == len(written.missing) / 3 > 5


def test_parts_may_stand_in_any_order_and_the_lines_of_the_paper_have_their_own():
    parts = (
        "<post>A</post><name>B</name><reason>C</reason><decision>D</decision><recipient>E</recipient>"
        "<award>F</award><grantor>G</grantor><motto>H</motto><nation>I</nation><post>J</post>"
        "<place-and-date>K</place-and-date><decision>L</decision>"
    )
    document = parse_document(
        f'<document title="t" author="a" lang="vi-VN"><certificate>{parts}</certificate></document>'
    )
    assert document_text(document).split() == list("IHGFECDLKAJB")
