"""The planted files themselves: sound, regular to the eye's measure, and spoilt as they say."""

from __future__ import annotations

import difflib
import re

import pypdfium2
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from tests.inspection.planted.corpus import BASES
from tests.inspection.planted.defects import (
    DEFECTS,
    OTHER_FONT,
    PDF_DEFECTS,
    PERMITTED,
    WEB_DEFECTS,
    WORD_DEFECTS,
)
from tests.inspection.planted.package import DOCUMENT, Package, find_runs
from tests.inspection.planted.papers import MOTTO, Block, paper_of

PAGES = {"decision": 2, "minutes": 2, "letter": 1}
"""On how many pages they stand; pledge and proposal stand on one or two, as the look will have it."""

ROUTES = [
    "word",
    pytest.param("flat", marks=pytest.mark.libreoffice),
    pytest.param("pandoc", marks=pytest.mark.pandoc),
    pytest.param("libreoffice-pdf", marks=pytest.mark.libreoffice),
    pytest.param("chromium-pdf", marks=pytest.mark.chromium),
]


def in_word(defects):
    """Return the defects whose files need no other program."""
    return [defect for defect in defects if BASES[defect.base].route == "word"]


def words_of(content: bytes) -> str:
    """Return the words of all pages, without the number that the second page has."""
    with pypdfium2.PdfDocument(content) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    return " ".join(line for line in lines if line.strip() != "2")


def page_count(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as document:
        return len(document)


def findings_of(content: bytes, folder) -> list[str]:
    file = folder / "a.docx"
    file.write_bytes(content)
    result = OpenXmlValidator(FileFormat.MICROSOFT_365, security_validation=True).validate(file)
    return [f"{error.path} {error.description}" for error in result.errors]


def test_there_are_as_many_files_as_were_asked_for():
    clean = list(BASES.values())
    assert sum(not base.is_pdf for base in clean) >= 10
    assert sum(base.is_pdf for base in clean) >= 6
    assert {(base.kind, base.regime) for base in clean if base.is_pdf} >= {
        ("decision", "nd30"),
        ("decision", "tt01"),
    }
    assert len({defect.name for defect in DEFECTS}) >= 80
    names = [defect.full_name for defect in (*DEFECTS, *PERMITTED)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "base",
    [base for base in BASES.values() if base.maker == "raw" and base.route == "word"],
    ids=lambda base: base.name,
)
def test_files_written_as_text_are_sound(base, tmp_path):
    assert findings_of(base.source(), tmp_path) == []


@pytest.mark.parametrize("maker", ["direct", "named"])
def test_files_of_python_docx_have_only_the_faults_of_its_template(maker, tmp_path):
    for base in (
        one for one in BASES.values() if (one.maker, one.route, one.regime) == (maker, "word", "nd30")
    ):
        assert [
            text for text in findings_of(base.source(), tmp_path) if "stylesWithEffects" not in text
        ] == []


def test_the_same_paper_gives_the_same_bytes():
    assert BASES["raw-decision-nd30"].source() == BASES["raw-decision-nd30"].source()


@pytest.mark.libreoffice
def test_word_files_open_in_libreoffice_on_their_pages(workshop):
    bases = {name: base for name, base in BASES.items() if base.route == "word"}
    printed = workshop.print_all({name: base.source() for name, base in bases.items()})
    for name, base in bases.items():
        pages = page_count(printed[name])
        assert pages == PAGES.get(base.kind, pages) <= 2, name
        assert_complete(words_of(printed[name]), base)


@pytest.mark.parametrize(
    "route",
    [
        pytest.param("flat", marks=pytest.mark.libreoffice),
        pytest.param("pandoc", marks=[pytest.mark.pandoc, pytest.mark.libreoffice]),
    ],
)
def test_converted_files_open_in_libreoffice_on_their_pages(workshop, route):
    for name, content in workshop.print_all(workshop.make_clean(route)).items():
        base = BASES[name]
        pages = page_count(content)
        assert pages == PAGES.get(base.kind, pages) <= 2, name
        assert_complete(words_of(content), base)


@pytest.mark.parametrize("route", ROUTES[3:])
def test_printed_files_have_all_words(workshop, route):
    for name, content in workshop.make_clean(route).items():
        assert page_count(content) <= 2
        assert_complete(words_of(content), BASES[name])


def assert_complete(printed: str, base) -> None:
    """Make sure that the printed words are the paper's; spaces may be lost at line ends."""
    paper = paper_of(base.kind, base.regime)
    shown = squeeze(printed)
    for words in (
        *(MOTTO, *paper.parent, paper.issuer, paper.number, paper.place_and_date, paper.title, paper.subject),
        *(paper.authority, *paper.bases, paper.formula, *paper.recipients),
        *(block.text for block in paper.blocks if isinstance(block, Block)),
        *(line for one in paper.signatures for line in (one.unit, *one.posts, one.name)),
    ):
        assert squeeze(words) in shown, words


def squeeze(words: str) -> str:
    """Return *words* without spaces, without the number of the second page, in small letters."""
    return re.sub(r"[\s\x02\ufffe-]|\u00ad", "", words).casefold()


# --- defects ----------------------------------------------------------------------------------------


def lines_of(name: str, content: bytes) -> list[str]:
    """Return a part of a Word file, an element a line."""
    return [
        f"{name} {line}"
        for line in etree.tostring(etree.fromstring(content), pretty_print=True).decode().splitlines()
    ]


def differences(base: bytes, spoilt: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of XML that went and those that came."""
    old, new = Package(base).parts, Package(spoilt).parts
    gone, come = [], []
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            before, after = (lines_of(name, parts[name]) if name in parts else [] for parts in (old, new))
            told = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
            gone += [one for one in told if one[0] == "-"]
            come += [one for one in told if one[0] == "+"]
    return gone, come


@pytest.fixture(scope="module")
def clean_word():
    return {name: base.source() for name, base in BASES.items() if base.route == "word"}


@pytest.mark.parametrize("defect", in_word((*WORD_DEFECTS, *PERMITTED)), ids=lambda one: one.full_name)
def test_a_change_is_made_and_is_small(defect, clean_word):
    base = clean_word[defect.base]
    spoilt = defect.change(base)
    gone, come = differences(base, spoilt)
    assert gone or come
    assert len(gone) + len(come) < 420
    words = defect.words.casefold().split("\n")[0]
    if words and not defect.name.startswith("font of the page"):
        assert find_runs(Package(spoilt), defect.words)


@pytest.mark.parametrize("defect", in_word(WORD_DEFECTS), ids=lambda one: one.full_name)
def test_a_spoilt_file_is_still_a_word_file(defect, clean_word):
    package = Package(defect.change(clean_word[defect.base]))
    for name in package.parts:
        if name.endswith((".xml", ".rels")):
            package.tree(name)
    targets = {relation.get("Target") for relation in package.tree("word/_rels/document.xml.rels")}
    for name in package.names("header", "footer"):
        assert name.removeprefix("word/") in targets
    kinds = {one.get("PartName") for one in package.tree("[Content_Types].xml") if one.get("PartName")}
    assert {f"/{name}" for name in package.names("header", "footer")} <= kinds
    assert f"/{DOCUMENT}" in kinds


@pytest.mark.parametrize(
    ("name", "base", "pattern"),
    [
        ("Letter paper", "direct-decision-nd30", r'pgSz .*w:w="12240" w:h="15840"'),
        ("landscape", "direct-decision-nd30", r'w:orient="landscape"'),
        ("left margin too small", "raw-decision-nd30", r'pgMar .*w:left="1417"'),
        ("nation at 14 pt", "direct-decision-nd30", r'w:sz w:val="28"'),
        ("motto not bold", "raw-decision-nd30", r'w:b w:val="0"'),
        ("basis upright", "named-decision-nd30", r'w:i w:val="0"'),
        ("body left", "raw-decision-nd30", r'w:jc w:val="left"'),
        ("body indented by 20 mm", "direct-decision-nd30", r'w:ind .*w:firstLine="1134"'),
        ("lines at exactly 12 pt", "direct-decision-nd30", r'w:spacing .*w:line="240".*w:lineRule="exact"'),
        ("font of the theme", "raw-proposal-nd30", r'a:latin typeface="Calibri"'),
        ("letters with marks in VNI-Times", "direct-decision-nd30", r'w:hAnsi="VNI-Times"'),
        ("page number right", "direct-decision-nd30", r'header1.xml .*w:jc w:val="right"'),
        ("page number at 10 pt", "direct-decision-nd30", r'header1.xml .*w:sz w:val="20"'),
        ("page number at the wrong end", "direct-decision-nd30", r"word/footer\d\.xml .*<w:ftr "),
        ("number unpadded", "raw-decision-nd30", r"Số: 5/QĐ-SVH"),
        ("degree before the name", "direct-decision-nd30", r"TS\. Đỗ Hải Triều"),
    ],
)
def test_the_xml_says_what_the_defect_says(name, base, pattern, clean_word):
    (defect,) = [one for one in WORD_DEFECTS if one.name == name and one.base == base]
    _, come = differences(clean_word[base], defect.change(clean_word[base]))
    assert re.search(pattern, unescape("\n".join(come)))


@pytest.mark.parametrize(
    ("name", "base", "pattern"),
    [
        ("page number missing", "direct-decision-nd30", r"instrText"),
        ("page number on page 1", "raw-decision-nd30", r"w:titlePg"),
        ("no rule below the motto", "direct-decision-nd30", r"w:pBdr"),
        ("no line below the title", "raw-decision-tt01", r"v:line"),
        ("no archive line", "direct-decision-nd30", r"Lưu: VT"),
    ],
)
def test_the_xml_lacks_what_the_defect_takes(name, base, pattern, clean_word):
    (defect,) = [one for one in WORD_DEFECTS if one.name == name and one.base == base]
    gone, _ = differences(clean_word[base], defect.change(clean_word[base]))
    assert re.search(pattern, unescape("\n".join(gone)))


def unescape(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)


@pytest.mark.parametrize("defect", WEB_DEFECTS, ids=lambda one: one.full_name)
def test_a_page_is_changed(defect):
    source = BASES[defect.base].source()
    assert defect.change(source) != source


def test_words_changed_in_a_text_box_leave_the_others_alone(clean_word):
    (defect,) = [
        one for one in WORD_DEFECTS if one.full_name == "parent in small letters in raw-decision-nd30"
    ]
    spoilt = Package(defect.change(clean_word[defect.base]))
    assert len(find_runs(spoilt, "UBND tỉnh Phú Lâm")) == 2  # the box and its copy for old readers
    assert len(find_runs(spoilt, "SỞ VĂN HÓA")) == 2


def test_a_change_of_nothing_is_an_error():
    defect = next(one for one in WORD_DEFECTS if one.name == "red words")
    with pytest.raises(LookupError):
        defect.change(BASES["direct-minutes-nd30"].source())


@pytest.mark.libreoffice
def test_another_font_is_in_the_printed_file(workshop):
    (defect,) = [one for one in PDF_DEFECTS if one.name == "a paragraph in another font"]
    (content,) = workshop.make_spoilt([defect], "libreoffice-pdf").values()
    assert OTHER_FONT.replace(" ", "").encode() in content
    assert (
        OTHER_FONT.replace(" ", "").encode()
        not in workshop.print_all({"a": BASES["direct-decision-nd30"].source()})["a"]
    )
