"""Files that are no Word files, or broken, or made to do harm: each is refused with a sentence, in time."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile

import pytest
from lxml import etree

from generator.errors import InspectionError
from generator.inspection.word.measures import W
from generator.inspection.word.package import (
    ENCRYPTED_STREAM,
    MOST_PARAGRAPHS,
    OLD_CONTAINER,
    Package,
    iter_paragraphs,
)
from generator.inspection.word.reader import read_word
from generator.messages import LANGUAGES, say
from generator.writers.docx import write_docx
from tests import samples
from tests.inspection.word_files import (
    MAIN_TYPE,
    OFFICE,
    paragraph,
    relationships,
    root,
    section,
    style,
    text_box,
    word_file,
    word_parts,
    zip_file,
)

SIMPLE = paragraph("Chữ") + section()


def refuse(content: bytes) -> str:
    """Return the key of the refusal; its sentence exists in each language."""
    with pytest.raises(InspectionError) as caught:
        read_word(content)
    assert caught.value.exit_code == 8
    for language in LANGUAGES:
        sentence = say(language, caught.value.key, caught.value.values)
        assert sentence != caught.value.key
        assert "{" not in sentence
    return caught.value.key


def with_part(name: str, content: str | bytes | None, body: str = SIMPLE) -> bytes:
    """Return a small file in which one member is another, or is absent."""
    parts = word_parts(body, styles="")
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    return zip_file(parts)


# --- no Word files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file-not-readable-word"),
        (b"%PDF-1.7", "file-not-readable-word"),
        (b"PK\x03\x04", "file-not-readable-word"),
        (OLD_CONTAINER + bytes(600), "file-old-word"),
        (OLD_CONTAINER + bytes(600) + ENCRYPTED_STREAM, "file-encrypted"),
        (zip_file({}), "file-not-readable-word"),
        (zip_file({"a.txt": "a"}), "file-not-readable-word"),
        (with_part("[Content_Types].xml", None), "file-not-readable-word"),
        (with_part("_rels/.rels", None), "file-not-readable-word"),
        (with_part("word/document.xml", None), "file-not-readable-word"),
        (with_part("word/document.xml", ""), "file-not-readable-word"),
        (with_part("word/document.xml", "<w:document"), "file-not-readable-word"),
        (with_part("word/document.xml", root("document", "")), "file-not-readable-word"),
        (with_part("word/document.xml", "<html><body/></html>"), "file-not-readable-word"),
        (with_part("word/styles.xml", "<w:styles"), "file-not-readable-word"),
        (with_part("word/document.xml", b"\xff\xfe\x00"), "file-not-readable-word"),
    ],
)
def test_what_is_no_word_file(content: bytes, key: str) -> None:
    assert refuse(content) == key


def test_a_workbook_is_no_word_file() -> None:
    types = zip_parts()["[Content_Types].xml"].replace(
        MAIN_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    )
    assert refuse(with_part("[Content_Types].xml", types)) == "file-not-readable-word"


def zip_parts() -> dict[str, str]:
    return {name: content for name, content in word_parts(SIMPLE).items() if isinstance(content, str)}


def test_every_beginning_of_a_file_is_refused() -> None:
    content = write_docx(samples.whole_document(), samples.tt01())
    for length in range(0, len(content), 997):
        refuse(content[:length])


def test_files_with_changed_bytes_are_read_or_refused() -> None:
    content = word_file(SIMPLE, styles=style("A"))
    chance = random.Random(5)
    for _ in range(400):
        changed = bytearray(content)
        changed[chance.randrange(len(changed))] = chance.randrange(256)
        with contextlib.suppress(InspectionError):
            read_word(bytes(changed))


def test_parts_with_changed_letters_are_read_or_refused() -> None:
    file = io.BytesIO(write_docx(samples.whole_document(), samples.nd30()))
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    chance = random.Random(6)
    names = ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "word/header1.xml"]
    values = [b"", b"-1", b"99999999999", b"x", b"1e9", b"true", b"rId4", b"nil"]
    for _ in range(150):
        name = chance.choice(names)
        pieces = parts[name].split(b'"')
        for _ in range(3):
            pieces[chance.randrange(len(pieces) // 2) * 2 + 1] = chance.choice(values)
        with contextlib.suppress(InspectionError):
            read_word(zip_file({**parts, name: b'"'.join(pieces)}))


# --- made to do harm ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(part: str, encoding: str) -> None:
    text = zip_file_text(part)
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    assert refuse(with_part(part, (doctype + text).encode(encoding))) == "file-not-readable-word"


def zip_file_text(part: str) -> str:
    content = word_parts(SIMPLE, styles="")[part]
    assert isinstance(content, str)
    return content


def test_a_part_that_unpacks_to_gigabytes_is_refused() -> None:
    started = time.perf_counter()
    assert refuse(with_part("word/document.xml", b" " * 80_000_000)) == "file-too-large"
    assert time.perf_counter() - started < 5


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(with_part("word/document.xml", b" " * 40_000_000))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.find(mark)
        while place >= 0:
            name_at = place + (46 if mark == b"PK\x01\x02" else 30)
            if content[name_at : name_at + 17] == b"word/document.xml":
                content[place + offset : place + offset + 4] = (1000).to_bytes(4, "little")
            place = content.find(mark, place + 1)
    assert refuse(bytes(content)) in ("file-not-readable-word", "file-too-large")


def test_too_many_members_are_refused() -> None:
    parts = word_parts(SIMPLE)
    assert refuse(zip_file({**parts, **{f"x{number}": "" for number in range(5000)}})) == "file-too-large"


def test_too_many_elements_and_paragraphs_are_refused() -> None:
    assert refuse(word_file("<w:p/>" * (MOST_PARAGRAPHS + 1))) == "file-too-large"
    assert refuse(word_file("<w:p>" + "<w:r/>" * 1_500_000 + "</w:p>")) == "file-too-large"


def test_too_many_letters_are_refused() -> None:
    assert refuse(word_file(paragraph("a" * 2_000_001))) == "file-too-large"


def test_a_member_twice_and_an_encrypted_one_are_refused() -> None:
    content = io.BytesIO(word_file(SIMPLE))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(content, "a") as package:
        package.writestr("word/document.xml", "")
    assert refuse(content.getvalue()) == "file-not-readable-word"
    locked = bytearray(word_file(SIMPLE))
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    assert refuse(bytes(locked)) == "file-encrypted"


@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70,
        "<w:sdt><w:sdtContent>" * 110 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 110,
        "<w:p>" + "<w:ins>" * 240 + "<w:r/>" + "</w:ins>" * 240 + "</w:p>",
        "<w:p>" + "<w:ins>" * 4000 + "</w:ins>" * 4000 + "</w:p>",
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" * 35
        + "<w:p/>"
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>" * 35,
    ],
)
def test_deep_nesting_is_read_or_refused(body: str) -> None:
    with contextlib.suppress(InspectionError):
        read_word(word_file(body))


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        # one paragraph of many runs, one letter each, in turn in two fonts
        (
            "<w:p>"
            + "<w:r><w:rPr><w:rFonts w:ascii='A' w:hAnsi='B'/></w:rPr><w:t>aá</w:t></w:r>" * 40_000
            + "</w:p>",
            {},
        ),
        # styles based on one another in a long row
        (
            "".join(f"<w:p><w:pPr><w:pStyle w:val='S{n}'/></w:pPr></w:p>" for n in range(0, 5000, 2)),
            {"styles": "".join(style(f"S{n}", f"<w:basedOn w:val='S{n - 1}'/>") for n in range(5000))},
        ),
        # many lines at one paragraph
        (
            "<w:p><w:r><w:t>a</w:t></w:r>"
            + "<w:r><w:pict><v:line style='position:absolute' from='0,9pt' to='99pt,9pt'/></w:pict></w:r>"
            * 20_000
            + "</w:p>",
            {},
        ),
        # a wide table
        (
            "<w:tbl><w:tblGrid>"
            + "<w:gridCol w:w='9'/>" * 3000
            + "</w:tblGrid><w:tr>"
            + "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc>" * 3000
            + "</w:tr></w:tbl>",
            {},
        ),
        # numbers that begin at nearly infinity
        (
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>" * 3000,
            {
                "numbering": "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='999999999'/>"
                f"<w:numFmt w:val='upperRoman'/><w:lvlText w:val='{'%1' * 5000}'/></w:lvl></w:abstractNum>"
                "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
            },
        ),
    ],
    ids=["runs", "styles", "lines", "columns", "numbers"],
)
def test_what_would_take_long_is_read_in_bounded_time(body: str, parts: dict[str, str]) -> None:
    started = time.perf_counter()
    read_word(word_file(body, **parts))
    assert time.perf_counter() - started < 8


@pytest.mark.parametrize("value", ["-1", "0", "999999999999999999999", "1e308", "x", "", "NaN", "9" * 5000])
def test_strange_numbers_are_no_harm(value: str) -> None:
    body = (
        f"<w:p><w:pPr><w:ind w:left='{value}' w:right='{value}' w:firstLine='{value}' w:firstLineChars='{value}'/>"
        f"<w:spacing w:before='{value}' w:after='{value}' w:line='{value}'/><w:numPr><w:ilvl w:val='{value}'/>"
        f"<w:numId w:val='{value}'/></w:numPr><w:pBdr><w:bottom w:val='single' w:sz='{value}'/></w:pBdr></w:pPr>"
        f"<w:r><w:rPr><w:sz w:val='{value}'/></w:rPr><w:t>a</w:t><w:sym w:char='{value}'/></w:r></w:p>"
        f"<w:tbl><w:tblPr><w:tblW w:w='{value}' w:type='pct'/><w:tblLook w:val='{value}'/></w:tblPr><w:tblGrid>"
        f"<w:gridCol w:w='{value}'/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val='{value}'/></w:trPr><w:tc><w:tcPr>"
        f"<w:tcW w:w='{value}'/><w:gridSpan w:val='{value}'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
        f"<w:sectPr><w:pgSz w:w='{value}' w:h='{value}'/><w:pgMar w:left='{value}'/><w:cols w:num='{value}'/></w:sectPr>"
    )
    found = read_word(word_file(body))
    (sheet,) = found.sheets
    assert 0 < sheet.width_mm < 600
    for paragraph_ in found.paragraphs:
        assert abs(paragraph_.indent_first_mm or 0) < 1e9


# --- what is no harm ----------------------------------------------------------------------------------


def test_the_main_part_may_have_any_name() -> None:
    assert read_word(word_file(SIMPLE, main="other/main2.xml")).paragraphs[0].text == "Chữ"


def test_a_file_with_macros_is_read_and_its_macros_are_not() -> None:
    types = zip_file_text("[Content_Types].xml").replace(
        MAIN_TYPE, "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    parts = {**word_parts(SIMPLE), "[Content_Types].xml": types, "word/vbaProject.bin": b"\x00"}
    assert read_word(zip_file(parts)).paragraphs[0].text == "Chữ"


def test_absolute_targets_and_capitals_in_names() -> None:
    parts = word_parts(SIMPLE)
    parts["_rels/.rels"] = relationships(
        f'<Relationship Id="x" Type="{OFFICE}/relationships/officeDocument" Target="/Word/Document.xml"/>'
    )
    assert read_word(zip_file(parts)).paragraphs[0].text == "Chữ"


def test_the_strict_form_of_the_standard() -> None:
    parts = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT + "wordprocessingml/main"
        ).replace(f"{OFFICE}/relationships", STRICT + "officeDocument/relationships")
        for name, content in word_parts(
            SIMPLE, styles=style("A", "<w:rPr><w:sz w:val='14pt'/></w:rPr>", attributes="w:default='1'")
        ).items()
        if isinstance(content, str)
    }
    found = read_word(zip_file(parts)).paragraphs[0]
    assert (found.text, found.pieces[0].look.size_pt) == ("Chữ", 14)


STRICT = "http://purl.oclc.org/ooxml/"


def test_a_signed_file() -> None:
    parts = word_parts(SIMPLE)
    assert not read_word(zip_file(parts)).is_signed
    assert read_word(zip_file({**parts, "_xmlsignatures/sig1.xml": "<a/>"})).is_signed
    origin = (
        '<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        'digital-signature/origin" Target="_xmlsig/origin.sigs"/>'
    )
    relations = zip_file_text("_rels/.rels").replace("</Relationships>", f"{origin}</Relationships>")
    assert read_word(zip_file({**parts, "_rels/.rels": relations})).is_signed


def test_paragraphs_are_numbered_as_they_stand_in_the_file() -> None:
    body = f"<w:p>{text_box(paragraph('a') + paragraph('b'), 60)}</w:p>{paragraph('c')}{section()}"
    content = word_file(body)
    elements = list(iter_paragraphs(Package(content).body))
    found = read_word(content)
    assert [number.index for number in found.paragraphs] == list(range(4)) == list(range(len(elements)))
    for number in found.paragraphs[1:]:
        letters = "".join(str(text.text) for text in elements[number.index].iter(f"{W}t"))
        assert letters == number.text


def test_only_a_fallback_counts_where_it_is_alone() -> None:
    body = etree.fromstring(
        root(
            "body", f"<mc:AlternateContent><mc:Fallback>{paragraph('a')}</mc:Fallback></mc:AlternateContent>"
        )
    )
    assert len(list(iter_paragraphs(body))) == 1
