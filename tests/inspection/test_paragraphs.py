"""Word files of whatever origin are opened in bounded time, or refused with a sentence."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from generator.errors import InspectionError
from generator.inspection.mending import package as paragraphs
from generator.inspection.mending.package import W, open_package
from generator.messages import say
from tests.inspection.word_samples import by_hand, letter, members_of, packed, saved

PLAIN = saved(letter())
MAIN = "word/document.xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'


def with_member(name: str, content: bytes) -> bytes:
    return packed(members_of(PLAIN) | {name: content})


def without(name: str) -> bytes:
    return packed({key: value for key, value in members_of(PLAIN).items() if key != name})


def twice() -> bytes:
    file = BytesIO(PLAIN)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(file, "a") as archive:
        archive.writestr(MAIN, b"<a/>")
    return file.getvalue()


def bomb() -> bytes:
    return with_member("word/media/a.bin", bytes(20_000_000))


def under_a_password() -> bytes:
    content = bytearray(PLAIN)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + offset] |= 1
    return bytes(content)


BROKEN = {
    "nothing": b"",
    "text": b"Khong phai tep Word",
    "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut": PLAIN[: len(PLAIN) // 2],
    "flipped": PLAIN[:2000] + bytes(300) + PLAIN[2300:],
    "twice": None,
    "bomb": None,
    "password": under_a_password(),
    "no-types": without("[Content_Types].xml"),
    "no-relations": without("_rels/.rels"),
    "no-body-part": without(MAIN),
    "no-xml": with_member(MAIN, b"<w:document"),
    "other-xml": with_member(MAIN, b"<a/>"),
    "strict": with_member(MAIN, members_of(PLAIN)[MAIN].replace(W[1:-1].encode(), STRICT)),
    "entities": with_member(
        MAIN, members_of(PLAIN)[MAIN].replace(b"<w:document", ENTITIES + b"<w:document", 1)
    ),
    "deep": with_member(MAIN, b"<a>" * 5000 + b"</a>" * 5000),
    "null": with_member(MAIN, b""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_word_file_is_refused_with_a_sentence(name):
    content = BROKEN[name] if BROKEN[name] is not None else {"twice": twice, "bomb": bomb}[name]()
    with pytest.raises(InspectionError) as caught:
        open_package(content)
    assert caught.value.key == "file-not-readable-word"
    assert caught.value.exit_code == 8
    assert ".docx" in say("vi", caught.value.key, caught.value.values)


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(paragraphs, "MOST_MEMBERS", 3)
    with pytest.raises(InspectionError):
        open_package(PLAIN)


def test_a_part_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(paragraphs, "MOST_PART_BYTES", 1000)
    with pytest.raises(InspectionError):
        open_package(PLAIN)


@pytest.mark.parametrize("how", ["folder", "relationship"])
def test_a_signed_file_is_refused(how):
    if how == "folder":
        content = with_member("_XmlSignatures/sig1.xml", b"<a/>")
    else:
        end = (
            b'<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
            b'digital-signature/origin" Target="a.sigs"/></Relationships>'
        )
        relations = members_of(PLAIN)["_rels/.rels"]
        content = with_member("_rels/.rels", relations.replace(b"</Relationships>", end))
    with pytest.raises(InspectionError) as caught:
        open_package(content)
    assert caught.value.key == "file-signed"


def test_the_body_is_found_by_its_relationship():
    members = members_of(by_hand("<w:p/>"))
    moved = {name.replace("word/document", "van-ban/chinh"): text for name, text in members.items()}
    moved = {name: text.replace(b"word/document.xml", b"/van-ban/chinh.xml") for name, text in moved.items()}
    assert open_package(packed(moved)).main == "van-ban/chinh.xml"


def test_a_file_that_was_only_read_is_the_same_bytes():
    package = open_package(PLAIN)
    package.root("word/styles.xml")
    assert package.save() is PLAIN


def test_members_that_were_not_changed_keep_bytes_order_date_and_compression():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for index, (name, content) in enumerate(members_of(PLAIN).items()):
            member = ZipInfo(name, (2011, 3, 5, 10, index % 60, 0))
            member.compress_type = ZIP_DEFLATED if index % 2 else 0
            archive.writestr(member, content)
    package = open_package(file.getvalue())
    package.root("word/styles.xml").set("a", "b")
    with ZipFile(BytesIO(package.save())) as new, ZipFile(file) as old:
        assert new.testzip() is None
        for one, other in zip(new.infolist(), old.infolist(), strict=True):
            assert (one.filename, one.date_time, one.compress_type) == (
                other.filename,
                other.date_time,
                other.compress_type,
            )
            assert (new.read(one) == old.read(other)) is (one.filename != "word/styles.xml")


def test_relationships_that_lead_out_of_the_package_have_no_part():
    relations = members_of(PLAIN)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="a/comments" Target="http://example.org" TargetMode="External"/></Relationships>',
    )
    package = open_package(with_member("word/_rels/document.xml.rels", relations))
    assert package.related(MAIN, "comments") == ""
    assert package.related(MAIN, "styles") == "word/styles.xml"
