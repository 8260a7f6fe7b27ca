"""The real 2016 documents, end to end: whole, valid, and the same on paper whichever way they are laid out."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from docx import Document as WordDocument
from openxml_audit import FileFormat, OpenXmlValidator

from generator.cli import main
from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.inspection.readback.words import normalise_words, page_starts, words_of_tree
from generator.readers.conference import read_conference
from tests.samples import press, tt01
from tests.test_page_starts import lay_out

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"minutes": "bien-ban", "pledge": "giao-uoc", "news": "ban-tin"}
"""The kinds of document, and the names of their files."""

TO_READ = KINDS | {"pledge": "giao-uoc-ban-doc"}
"""The names of their PDF files that are to be read; the pledge's other one is to be signed (tests/signing)."""

every_kind = pytest.mark.parametrize("kind", KINDS)

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The folder into which the real command wrote the documents of 2016."""
    outputs = tmp_path_factory.mktemp("outputs")
    assert main(["build", "2016", "--inputs", str(ROOT / "inputs"), "--outputs", str(outputs)]) == 0
    return outputs / "2016"


@pytest.fixture(scope="module")
def trees():
    """The documents of 2016 by their kinds."""
    reading, templates = read_conference(ROOT / "inputs" / "2016"), ROOT / "templates"
    return {
        kind: compose_document(load_kind(templates, kind), reading.conference, templates) for kind in KINDS
    }


def style_of(kind):
    return press() if kind == "news" else tt01()


def pdf_text(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        return [sheet.get_textpage().get_text_range() for sheet in pdf]


@every_kind
@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_the_pdf_keeps_the_level_that_it_claims(folder, kind, profile):
    report = page.validate_pdf(folder / f"{TO_READ[kind]}.pdf", profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


@pytest.mark.parametrize("part", ["/Metadata", "/OutputIntents", "/MarkInfo", "/StructTreeRoot"])
def test_the_validator_can_fail(folder, tmp_path, part):
    with pikepdf.open(folder / "bien-ban.pdf") as pdf:
        del pdf.Root[part]
        pdf.save(tmp_path / "broken.pdf")

    assert not page.validate_pdf(
        tmp_path / "broken.pdf", profile=page.ValidationProfile.PDF_A_3A
    ).is_compliant


@every_kind
def test_the_pdf_is_tagged_named_and_dateless(folder, kind, trees):
    with pikepdf.open(folder / f"{TO_READ[kind]}.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "vi-VN"
        assert str(pdf.docinfo["/Title"]) == trees[kind].title
        assert str(pdf.docinfo["/Author"]) == trees[kind].author
        assert "/CreationDate" not in pdf.docinfo
        assert pdf.check_pdf_syntax() == []


@every_kind
def test_all_fonts_are_ours_and_embedded(folder, kind):
    with pikepdf.open(folder / f"{KINDS[kind]}.pdf") as pdf:
        fonts = [
            found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found
        ]
        names = {str(font.FontName).split("+")[1] for font in fonts}

        assert names
        assert all(name.startswith("Liberation-Serif") for name in names)
        assert all("/FontFile2" in font for font in fonts)


@every_kind
def test_the_page_number_stands_in_the_foot_from_page_2(folder, kind):
    with pypdfium2.PdfDocument(folder / f"{KINDS[kind]}.pdf") as pdf:
        for number, sheet in enumerate(pdf, start=1):
            margin = sheet.get_textpage().get_text_bounded(top=50).strip()
            assert margin == ("" if number == 1 else str(number))


@every_kind
@pytest.mark.poppler
def test_another_program_reads_the_same_words_in_the_pdf(folder, kind, trees):
    command = ["pdftotext", "-raw", "-nopgbrk", folder / f"{KINDS[kind]}.pdf", "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    numbers = ("2", "3")
    found = [word for word in normalise_words(text) if word not in numbers]

    assert "".join(found) == "".join(word for word in words_of_tree(trees[kind]) if word not in numbers)


@every_kind
def test_another_program_reads_the_same_words_in_the_word_file(folder, kind, trees):
    word = WordDocument(folder / f"{KINDS[kind]}.docx")
    lines = ("".join(part.itertext("{*}t")) for part in word.element.body.iter("{*}p"))
    text = "\n".join(lines)

    assert "".join(normalise_words(text)) == "".join(words_of_tree(trees[kind]))


@every_kind
def test_the_word_file_is_sound(folder, kind):
    result = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(folder / f"{KINDS[kind]}.docx")

    # openxml-audit 0.8.0 takes the type of a glossary entry for that of a section
    assert [e.description for e in result.errors if "bbPlcHdr" not in f"{e.path} {e.description}"] == []


def sdk_errors(*files: Path) -> list[list[dict[str, str]]]:
    """Return what Microsoft's Open XML SDK finds in Word files."""
    commands = (["ooxml-validator", file] for file in files)
    told = (subprocess.run(one, check=False, capture_output=True, timeout=120).stdout for one in commands)
    return [json.loads(one)["errors"] for one in told]


@every_kind
@pytest.mark.sdk
def test_microsofts_own_rules_find_nothing_in_the_word_file(folder, kind):
    assert sdk_errors(folder / f"{KINDS[kind]}.docx") == [[]]


@pytest.mark.sdk
def test_microsofts_own_rules_can_fail(folder, tmp_path):
    with (
        zipfile.ZipFile(folder / "bien-ban.docx") as package,
        zipfile.ZipFile(tmp_path / "x.docx", "w") as copy,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:tblLayout ", b"<w:tblLayoutX ", 1)
            copy.writestr(name, content)

    (errors,) = sdk_errors(tmp_path / "x.docx")
    assert errors


@pytest.mark.sdk
def test_microsofts_own_rules_find_nothing_in_pictures_comments_and_repairs(tmp_path):
    assert main(["build", "mau", "--inputs", str(ROOT / "inputs"), "--outputs", str(tmp_path)]) == 0
    paper, bulletin = tmp_path / "mau" / "giao-uoc.docx", tmp_path / "mau" / "ban-tin.docx"
    options = [
        "--regime",
        "tt01-2011",
        "--annotate",
        str(tmp_path / "a.docx"),
        "--fix",
        str(tmp_path / "f.docx"),
    ]
    assert main(["inspect", str(paper), *options]) == 8

    assert sdk_errors(paper, bulletin, tmp_path / "a.docx", tmp_path / "f.docx") == [[]] * 4


@every_kind
@pytest.mark.qpdf
def test_qpdf_finds_nothing_in_the_pdf(folder, kind, tmp_path):
    whole = folder / f"{KINDS[kind]}.pdf"
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(whole.read_bytes()[:-600])

    commands = (["qpdf", "--check", file] for file in (whole, torn))
    codes = [subprocess.run(one, check=False, capture_output=True, timeout=60).returncode for one in commands]
    assert codes[0] == 0
    assert codes[1] != 0


def test_the_word_file_names_a4_times_vietnamese_and_no_date(folder):
    with zipfile.ZipFile(folder / "bien-ban.docx") as package:
        body, styles = (package.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
        core = package.read("docProps/core.xml").decode()

    assert re.search(r'<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"', body)
    assert 'w:lang w:val="vi-VN"' in styles
    assert len(set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="Times New Roman"', styles))) == 4
    assert "Biên bản hội nghị tổng kết" in core
    assert "python-docx" not in core
    assert "dcterms" not in core.replace('xmlns:dcterms="http://purl.org/dc/terms/"', "")


@every_kind
def test_every_blank_is_a_field_to_fill_in(folder, kind, trees):
    from generator.tree import iter_blanks

    with zipfile.ZipFile(folder / f"{KINDS[kind]}.docx") as package:
        body = package.read("word/document.xml").decode()

    labels = [blank.label for blank in iter_blanks(trees[kind])]
    assert re.findall(r'<w:alias w:val="([^"]*)"', body) == labels
    assert body.count("<w:showingPlcHdr") == len(labels)


@pytest.mark.libreoffice
def test_libreoffice_lays_the_word_files_out_as_the_pdfs(folder, tmp_path):
    theirs = lay_out({name: (folder / f"{name}.docx").read_bytes() for name in KINDS.values()}, tmp_path)

    for kind, name in KINDS.items():
        ours = (folder / f"{name}.pdf").read_bytes()
        assert len(pdf_text(ours)) == len(pdf_text(theirs[name])) == (2 if kind == "pledge" else 3)
        assert page_starts(ours, style_of(kind).page) == page_starts(theirs[name], style_of(kind).page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting", [{"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh"}, {"LC_ALL": "C", "TZ": "UTC"}]
)
def test_another_process_gives_the_same_bytes(folder, tmp_path, setting):
    import os
    import sys

    command = [sys.executable, "-m", "generator", "build", "2016", "--inputs", ROOT / "inputs"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **setting}
    subprocess.run(
        [*command, "--outputs", tmp_path], check=True, capture_output=True, env=environment, cwd=tmp_path
    )

    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == 10
    for name in names:
        assert (tmp_path / "2016" / name).read_bytes() == (folder / name).read_bytes()
