"""Notes arrive as Word comments at their paragraphs, and nothing else of the file changes."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from lxml import etree

from generator.errors import InspectionError
from generator.inspection.mending.annotate import AUTHOR, Note, annotate_docx
from generator.inspection.mending.package import iter_body_paragraphs
from generator.inspection.readback.docx import read_text
from generator.writers.docx import write_docx
from tests.inspection.word_samples import (
    NAMESPACES,
    TEXTS,
    W,
    box,
    by_hand,
    changed_members,
    convert,
    find,
    letter,
    members_of,
    packed,
    part,
    rich,
    saved,
    signed,
    with_comment,
)
from tests.samples import nd30, tt01, whole_document
from tests.writers.test_docx import findings_of

COMMENTS = "word/comments.xml"


def ours() -> bytes:
    return write_docx(whole_document(), nd30())


def boxed() -> bytes:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return by_hand(
        "<w:p><w:r><w:t>đầu</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{box('trong hộp')}<w:r><w:t>chủ</w:t></w:r></w:p>"
        f"{table}<w:p/><w:sectPr/>"
    )


FILES = {
    "letter": saved(letter()),
    "rich": rich(),
    "ours": ours(),
    "boxed": boxed(),
    "with_comment": with_comment(),
}
ALL = pytest.mark.parametrize("content", FILES.values(), ids=FILES)


def said(content: bytes) -> dict[str, str]:
    """Return the text of each comment of ours by the text of the paragraph over which it reaches."""
    texts = {}
    for comment in find(content, f"//w:comment[@w:author='{AUTHOR}']", COMMENTS):
        identity = comment.get(f"{W}id")
        (start,) = find(content, f"//w:commentRangeStart[@w:id='{identity}']")
        (end,) = find(content, f"//w:commentRangeEnd[@w:id='{identity}']")
        (reference,) = find(content, f"//w:commentReference[@w:id='{identity}']")
        paragraph = start.getparent()
        assert end.getparent() is not None
        assert etree.tostring(end.getparent()) == etree.tostring(paragraph)
        assert etree.tostring(reference.getparent().getparent()) == etree.tostring(paragraph)
        words = "".join(paragraph.xpath("./w:r/w:t/text()", namespaces=NAMESPACES))
        texts.setdefault(words, []).append("".join(comment.itertext()))
    return texts


def notes_for(content: bytes) -> list[Note]:
    """Return a note for the file and one for each of its paragraphs."""
    count = len(list(iter_body_paragraphs(part(content))))
    return [Note(None, "Về cả tệp"), *(Note(index, f"Đoạn {index}\nđiều 8 & <b>") for index in range(count))]


# --- which paragraph ----------------------------------------------------------------------------------


def test_a_note_stands_at_its_paragraph_and_one_of_the_whole_file_at_the_first():
    content = annotate_docx(saved(letter()), [Note(3, "ba"), Note(None, "cả tệp"), Note(3, "ba nữa")])
    assert said(content) == {TEXTS[3]: ["ba", "ba nữa"], TEXTS[0]: ["cả tệp"]}


def test_paragraphs_are_counted_in_tables_and_text_boxes_but_not_in_the_copies_of_these():
    texts = [
        "".join(p.xpath("./w:r/w:t/text()", namespaces=NAMESPACES))
        for p in iter_body_paragraphs(part(boxed()))
    ]
    assert texts == ["đầu", "chủ", "trong hộp", "ô", ""]


def test_paragraphs_of_deleted_rows_and_in_content_controls_are_counted():
    row = "<w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    body = f"<w:tbl>{row}</w:tbl><w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt><w:p/>"
    assert len(list(iter_body_paragraphs(part(by_hand(body))))) == 3


def test_a_note_about_a_text_box_stands_at_the_paragraph_that_holds_it():
    assert said(annotate_docx(boxed(), [Note(2, "hộp")])) == {"chủ": ["hộp"]}


def test_a_paragraph_that_is_not_there_is_an_error():
    with pytest.raises(IndexError):
        annotate_docx(boxed(), [Note(5, "a")])


def test_a_body_without_paragraphs_gets_one():
    content = annotate_docx(by_hand("<w:sectPr/>"), [Note(None, "trống")])
    assert [node.tag for node in part(content)[0]] == [f"{W}p", f"{W}sectPr"]
    assert said(content) == {"": ["trống"]}


# --- the comments -------------------------------------------------------------------------------------


def test_each_line_of_a_note_is_a_paragraph_and_what_xml_cannot_hold_is_replaced():
    content = annotate_docx(saved(letter()), [Note(0, "  một\nhai \x00\ufffe<&>\n")])
    lines = ["".join(p.itertext()) for p in find(content, "//w:comment/w:p", COMMENTS)]
    assert lines == ["  một", "hai ��<&>", ""]


def test_comments_have_an_author_and_no_date():
    (comment,) = find(annotate_docx(saved(letter()), [Note(0, "a")]), "//w:comment", COMMENTS)
    assert dict(comment.attrib) == {f"{W}id": "0", f"{W}author": "hoinghi", f"{W}initials": "HN"}


def test_comments_that_are_there_are_kept_and_their_numbers_not_used_again():
    before = with_comment()
    content = annotate_docx(before, [Note(1, "a"), Note(2, "b")])
    comments = find(content, "//w:comment", COMMENTS)
    (old,) = find(before, "//w:comment", COMMENTS)
    assert etree.tostring(comments[0]) == etree.tostring(old)
    assert len({comment.get(f"{W}id") for comment in comments}) == 3
    assert changed_members(before, content) == {COMMENTS, "word/document.xml"}


def test_notes_can_be_added_twice():
    content = annotate_docx(annotate_docx(saved(letter()), [Note(0, "a")]), [Note(0, "b")])
    assert said(content) == {TEXTS[0]: ["a", "b"]}


def test_marks_that_belong_to_no_comment_are_not_taken_for_new_ones():
    body = "<w:p><w:commentRangeStart w:id='7'/><w:r><w:t>a</w:t></w:r></w:p>"
    content = annotate_docx(by_hand(body), [Note(0, "a")])
    assert [node.get(f"{W}id") for node in find(content, "//w:comment", COMMENTS)] == ["8"]


def test_the_mark_begins_behind_the_properties_and_ends_behind_all_else():
    content = annotate_docx(rich(), [Note(5, "a")])
    tags = [etree.QName(node).localname for node in find(content, "(//w:body/w:p)[6]/*")]
    assert tags[0] == "commentRangeStart" or tags[:2] == ["pPr", "commentRangeStart"]
    assert tags[-2:] == ["commentRangeEnd", "r"]
    assert "hyperlink" in tags[:-2]


# --- the rest of the file -----------------------------------------------------------------------------


@ALL
def test_only_the_parts_with_comments_change_and_no_word_does(content):
    annotated = annotate_docx(content, notes_for(content))
    wanted = {"[Content_Types].xml", "word/_rels/document.xml.rels", COMMENTS, "word/document.xml"}
    assert changed_members(content, annotated) <= wanted
    assert read_text(annotated) == read_text(content)
    assert len(find(annotated, f"//w:comment[@w:author='{AUTHOR}']", COMMENTS)) == len(notes_for(content))


@ALL
def test_the_same_notes_give_the_same_bytes_and_no_notes_the_file_itself(content):
    assert annotate_docx(content, notes_for(content)) == annotate_docx(content, notes_for(content))
    assert annotate_docx(content, []) == content


@ALL
def test_annotated_files_have_no_more_faults_than_before(content, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    before = findings_of(file)
    file.write_bytes(annotate_docx(content, notes_for(content)))
    assert findings_of(file) == before


def test_signed_files_are_refused():
    with pytest.raises(InspectionError) as caught:
        annotate_docx(signed(saved(letter())), [Note(0, "a")])
    assert caught.value.key == "file-signed"
    with pytest.raises(InspectionError):
        annotate_docx(signed(saved(letter())), [])


@pytest.mark.libreoffice
@ALL
def test_libreoffice_shows_every_comment(content, tmp_path):
    annotated = annotate_docx(content, notes_for(content))
    with ZipFile(convert(annotated, "odt", tmp_path / "odt")) as archive:
        body = etree.fromstring(archive.read("content.xml"))
    found = [
        "\n".join("".join(line.itertext()) for line in node.iterfind("text:p", NAMESPACES))
        for node in body.iter(f"{{{NAMESPACES['office']}}}annotation")
        if node.findtext("dc:creator", namespaces=NAMESPACES) == AUTHOR
    ]
    assert sorted(found) == sorted(note.text for note in notes_for(content))


def test_a_new_part_does_not_take_the_name_of_another():
    members = members_of(saved(letter())) | {"word/COMMENTS.xml": b"<a/>"}
    content = annotate_docx(packed(members), [Note(0, "a")])
    assert "word/comments1.xml" in members_of(content)
    assert members_of(content)["word/COMMENTS.xml"] == b"<a/>"


def test_files_of_both_regimes_are_annotated():
    for style in (tt01(), nd30()):
        content = write_docx(whole_document(), style)
        assert read_text(annotate_docx(content, notes_for(content))) == read_text(content)
