"""Any text in any field arrives: its words are in the Word file and in the PDF, or something says why not."""

from __future__ import annotations

import copy
import os
import random
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import typeface, vietnamese
from generator.cli import main
from generator.content.compose import compose_document, has_needed_facts
from generator.content.kind import load_kind
from generator.errors import DisagreementError, OutputError
from generator.findings import Place, Severity
from generator.inspection.readback.cells import check_cells
from generator.inspection.readback.words import check_agreement, words_of_docx, words_of_pdf
from generator.readers.conference import make_conference
from generator.readers.raw import RawFacts, format_path
from generator.style import choose_style, load_styles
from generator.tree import Column, Document, Para, Table, Text, document_text
from generator.vietnamese import clean_text, find_forbidden
from generator.writers.docx import write_docx
from generator.writers.pdf import _find_unsettable, write_pdf
from tests.samples import nd30, tt01

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
KINDS = ("minutes", "news", "pledge", "proposal")

SEEDS = range(int(os.environ.get("HOINGHI_SEEDS", "40")))
"""Each puts a text of its own into all of some 270 fields; 40 of them are more than 10 000 texts."""
SEEDS_IN_FILES = range(int(os.environ.get("HOINGHI_SEEDS", "1")))

NOT_PRINTED = {
    r"block\.(number|aliases|former_names|house)|members\.(short|aliases|kind)|activities\.kind": "how things are called, found or sorted",
    r"leadership\.rotation\.source|award_quotas\.|provenance\.": "where facts come from, and what they are held against",
    r"block\.legal_basis": "printed where the pledge gives no bases of its own, as it does here",
    r"papers\.minutes\.place|papers\.pledge\.(place|number|symbol)": "minutes name their place in the text; this pledge gives its own number and place",
    r"papers\.certificates\.": "of the certificates, which this year does not grant",
    r"news\.print_label|photos\.file": "of the web page only; a file's name",
}  # fmt: skip
"""Fields whose words are in no document, and why."""

HOSTILE = (
    *("<b>đậm</b>", "<script>alert(1)</script>", "</w:t></w:r>", "<w:p/>", "]]>", "<![CDATA[", "<!--", "-->", "&amp;", "&#0;", "&lt;"),
    *("{{7*7}}", "{%raw%}", "{{c}}", "{#x#}", "${PATH}", "$(id)", "`id`", "%s%n", "{0}", "\\n", "\\u202e", "../../etc/passwd"),
    *("MERGEFIELD", "{PAGE}", "=1+1", "=cmd|'/C", "@SUM(A1)", "+84", "-5", "'quoted'", '"quoted"', "«fi»", "a;b", "a,b", "a/b"),
    *("javascript:alert(1)", "file:///etc/passwd", "url(http://x)", "style=x", "http://x.invalid/", "C:\\temp", "~", "|", "^", "#", "*"),
    *("Ủy", "ỦY", "ữ", "Ỡ", "đĐ", "ẤẦẨẪẬ", "ỲÝỶỸỴ", "ßẞ", "İı", "Ωμ", "Њ", "½", "²", "№", "…", "–", "—", "“”", "₫", "€", "§", "•"),
)  # fmt: skip
"""Words that some program on the way might read otherwise than as words."""


@cache
def alphabet() -> tuple[str, ...]:
    """Return all letters that the typeface has and that can be set."""
    letters = (chr(code) for code in sorted(typeface.load_faces()["regular"].advances))
    return tuple(
        letter
        for letter in letters
        if not letter.isspace()
        and not _find_unsettable(letter + letter.upper())
        and clean_text(f"a{letter}a").text == f"a{letter}a"
    )


@cache
def latin() -> tuple[str, ...]:
    """Return those in which people write Vietnamese and the languages of Europe."""
    return tuple(letter for letter in alphabet() if ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00)


def iter_leaves(value: object, path: tuple[str | int, ...] = ()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from iter_leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from iter_leaves(item, (*path, number))
    else:
        yield path, value


def put(facts: dict, path: tuple[str | int, ...], value: str) -> None:
    for key in path[:-1]:
        facts = facts[key]
    facts[path[-1]] = value


@cache
def sample() -> tuple[dict, dict[tuple[str | int, ...], str]]:
    """Return the facts of a whole year, and those of their texts that may say anything."""
    facts = yaml.load((ROOT / "inputs/mau/conference.yaml").read_text("utf-8"), yaml.BaseLoader)
    del facts["scoring"]  # numbers, and two texts that are cited in a sentence each
    ids = {member["id"] for member in facts["members"]}
    free = {}
    for path, value in list(iter_leaves(facts)):
        put(facts, path, f"{value} Zq")
        if value not in ids and make_conference(RawFacts("x", facts)).conference is not None:
            free[path] = value
        put(facts, path, value)
    return facts, free


def is_printed(path: tuple[str | int, ...]) -> bool:
    name = ".".join(part for part in path if isinstance(part, str))
    return not any(re.match(pattern, name) for pattern in NOT_PRINTED)


def compose_all(texts: dict[tuple[str | int, ...], str]):
    """Return the documents of the sample with these texts in their fields."""
    facts = copy.deepcopy(sample()[0])
    for path, text in texts.items():
        put(facts, path, text)
    conference = make_conference(RawFacts("x", facts)).conference
    assert conference is not None
    found = []
    for kind in (load_kind(TEMPLATES, name) for name in KINDS):
        assert has_needed_facts(kind, conference, TEMPLATES)
        found.append((kind, compose_document(kind, conference, TEMPLATES)))
    return found


def fold(text: str) -> str:
    return " ".join(text.casefold().split())


def lost_words(text: str, printed: str) -> list[str]:
    """Return the words of *text* that are not in *printed*; ends of sentences may have changed their marks."""
    words = [word.strip(".,;:!?…/") for word in clean_text(text).text.split()]
    return [
        word for word in words if fold(word) not in printed and fold(vietnamese.upper(word)) not in printed
    ]


def test_every_text_of_the_facts_is_in_some_document_or_it_is_known_why_not():
    free = sample()[1]
    texts = {
        path: f"{value} Zq{number}w"
        for number, (path, value) in enumerate(free.items())
        if path != ("block", "house")
    }
    printed = fold("\n".join(document_text(document) for _, document in compose_all(texts)))

    absent = {path for number, path in enumerate(free) if f"zq{number}w" not in printed}
    assert len(free) - len(absent) > 250
    assert {format_path(path) for path in absent if is_printed(path)} == set()
    assert {format_path(path) for path in free if not is_printed(path) and path not in absent} == set()


def make_texts(seed: int, letters: tuple[str, ...]) -> dict[tuple[str | int, ...], str]:
    """Return a text for each field that is printed: what stands there, and words of any letters behind it.

    Readers clean every text, which makes Đ of letters that only look like it; here that is done beforehand.
    """
    chance = random.Random(seed)

    def make_word() -> str:
        if chance.random() < 0.4:
            return chance.choice(HOSTILE)
        return "".join(chance.choice(letters) for _ in range(chance.randint(1, 9)))

    return {
        path: clean_text(" ".join([value, *(make_word() for _ in range(chance.randint(1, 4))), "hết"])).text
        for path, value in sample()[1].items()
        if is_printed(path)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_any_words_in_all_fields_at_once_are_in_the_documents(seed):
    texts = make_texts(seed, alphabet())
    printed = fold("\n".join(document_text(document) for _, document in compose_all(texts)))
    lost = {format_path(path): lost_words(text, printed) for path, text in texts.items()}
    assert {path: words for path, words in lost.items() if words} == {}


def iter_files(texts: dict[tuple[str | int, ...], str]):
    """Write the documents with these texts, and yield the words of their files, which were held against the tree."""
    for kind, document in compose_all(texts):
        style = choose_style(load_styles(TEMPLATES / "style"), None, ("2024", 2024), kind.form).style
        docx, pdf = write_docx(document, style), write_pdf(document, style).content
        check_agreement(document, style, docx=docx, pdf=pdf)
        check_cells(document, docx, pdf)
        yield " ".join(words_of_docx(docx)), " ".join(words_of_pdf(pdf, style.page))


@pytest.mark.parametrize("seed", SEEDS_IN_FILES)
def test_any_latin_words_in_all_fields_at_once_are_in_word_files_and_pdf(seed):
    """The files are read back by other libraries than wrote them; a word may be broken at the end of a line."""
    texts = make_texts(seed, latin())
    for text in map(" ".join, zip(*iter_files(texts), strict=True)):
        folded = fold(text)
        joined = folded.replace(" ", "")
        lost = {
            format_path(path): [word for word in lost_words(one, folded) if fold(word) not in joined]
            for path, one in texts.items()
        }
        assert {path: words for path, words in lost.items() if words} == {}


@pytest.mark.parametrize("seed", SEEDS_IN_FILES)
def test_other_letters_are_in_the_files_or_stop_the_build(seed):
    """Readers of PDF files take some rare letters for others: then nothing is written, and the words are named."""
    try:
        written = len(list(iter_files(make_texts(seed, alphabet()))))
    except DisagreementError as error:
        written, said = 0, error.values
    assert written == len(KINDS) or said["expected"] != said["found"]


def test_a_hyphen_at_the_end_of_a_line_of_a_cell_is_a_hyphen():
    """pdfium takes it for a divided word: an honest table was refused."""
    cells = tuple((Text(f"Ban Thi đua-Khen thưởng{'!' * number}"),) for number in range(9))
    rows = tuple((cell, (Text("hết"),)) for cell in cells)
    table = Table((Column(1), Column(6)), (((Text("Cơ quan"),), (Text("Ghi chú"),)),), rows)
    document = Document("T", "A", "vi-VN", (Para("body", (Text("Danh sách:"),)), table))
    check_cells(document, write_docx(document, nd30()), write_pdf(document, nd30()).content)


# --- letters that no document may hold ------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=30))
def test_any_unicode_is_taken_as_it_is_or_a_finding_names_the_letter(text):
    facts = RawFacts("x")
    accepted = facts.accept_text(text, Place("x", 1, 1), ("event", "note"))
    refused = [one for one in facts.findings if one.severity is Severity.ERROR]
    if not refused:
        assert "\ufffd" not in accepted
        assert fold(accepted) == fold(clean_text(text).text)
        assert find_forbidden(accepted) == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=6))
def test_any_letter_is_in_both_files_or_is_named_as_missing(word):

    word = clean_text(word).text
    document = Document("T", "A", "vi-VN", (Para("body", (Text(clean_text(f"Đơn vị {word} hết").text),)),))
    if _find_unsettable(word):
        with pytest.raises(OutputError, match="letters-missing"):
            write_pdf(document, nd30())
        return
    pdf = write_pdf(document, nd30()).content
    check_agreement(document, nd30(), docx=write_docx(document, nd30()), pdf=pdf)


def test_letters_that_look_the_same_to_a_reader_stop_the_build_rather_than_change(
    tmp_path, capsys, monkeypatch
):
    """The typeface draws them with one glyph, of which a PDF file can tell one meaning only."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inputs" / "2016"
    folder.mkdir(parents=True)
    facts = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối ˉ và ¯ và ǀ |}\n"
    (folder / "conference.yaml").write_text(facts, encoding="utf-8")
    code = main(["build", "2016", "minutes"])
    if code == 0:
        words = words_of_pdf((tmp_path / "outputs/2016/bien-ban.pdf").read_bytes(), tt01().page)
        assert {"ˉ", "¯", "ǀ", "|"} <= {word.casefold() for word in words}
    else:
        assert code == 6
        assert not (tmp_path / "outputs").exists()
