"""A zoo of hostile inputs, through the real command: refused in a sentence or printed as plain text, never half true.

Each animal is built by `hoinghi build`. It ends with an exit code that is known, without a traceback, in bounded
time; nothing outside its own folder is read, written or run; and where documents are written they say just what the
facts say.
"""

from __future__ import annotations

import io
import json
import re
import socket
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import yaml

from generator.cli import main
from generator.inspection.readback.words import words_of_docx, words_of_html, words_of_pdf
from tests.samples import press, tt01

HEAD = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
ROOT = Path(__file__).resolve().parents[1]
SECRET = "TOP-SECRET-7f3a"
"""What stands in a file outside, which no document may show."""

MOST_SECONDS = 20
REFUSED = {2, 3, 4, 6, 7}


def note(text: str) -> str:
    """Return facts whose note says *text*."""
    facts = {
        "event": {"kind": "tong_ket", "year": "2016", "note": text},
        "block": {"name": "Khối thi đua số 1"},
    }
    return yaml.safe_dump(facts, allow_unicode=True, width=10**6)


# --- text that means something to some program ----------------------------------------------------------

INJECTIONS = (
    *("{{ 7*7 }}", "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}", "{{ cycler.__init__.__globals__.os.popen('touch pwn').read() }}"),
    *("{{ c.__class__.__mro__ }}", "{{ lipsum.__globals__ }}", "{# bình luận #}", "{% include '/etc/passwd' %}", "{{ 'a'*10**9 }}", "{%- raw -%}", "${7*7}", "#{7*7}", "<%= 7*7 %>"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='file:SECRETFILE'>", "<link rel=attachment href='file:SECRETFILE'>", "<iframe src='file:SECRETFILE'></iframe>"),
    *("<object data='file:SECRETFILE'></object>", "<embed src='file:SECRETFILE'>", "<style>@import url(http://127.0.0.1:PORT/a.css)</style>", "<link rel=stylesheet href=http://127.0.0.1:PORT/b.css>"),
    *("<img src=http://127.0.0.1:PORT/c.png>", "<svg><image href='file:SECRETFILE'/></svg>", "<svg><use href='http://127.0.0.1:PORT/d.svg#x'/></svg>", "<base href='http://127.0.0.1:PORT/'>"),
    *("<meta http-equiv=refresh content='0;url=http://127.0.0.1:PORT/'>", "<div style='background:url(http://127.0.0.1:PORT/e.png)'>", "<p style='font-size:1e8px'>", "<table><td colspan=1000000>"),
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "file:SECRETFILE", "http://127.0.0.1:PORT/f", "//127.0.0.1:PORT/g", "\\\\127.0.0.1\\share"),
    *("</w:t></w:r></w:p><w:p><w:r><w:t>chèn", "<w:instrText>INCLUDETEXT \"SECRETFILE\"</w:instrText>", "{ INCLUDEPICTURE \"http://127.0.0.1:PORT/h.png\" }", "{ DDEAUTO c:\\\\windows\\\\cmd.exe }", "{ MERGEFIELD x }", "_x0041_"),
    *("<para>đoạn giả</para>", "</para><para>", "<document/>", "<signature-grid/>", "<figure photo='SECRETFILE'/>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:SECRETFILE'>]>&e;", "&e;", "<![CDATA[x]]>", "]]>", "<?xml version='1.0'?>", "<?php system('touch pwn') ?>"),
    *("=HYPERLINK(\"http://127.0.0.1:PORT\")", "=cmd|'/C touch pwn'!A0", "+1+1", "@SUM(1;1)", "-2+3"),
    *("$(touch pwn)", "`touch pwn`", "; touch pwn", "| touch pwn", "%n%n%n%s", "%(x)s", "{0.__class__}", "{path}", "\\N{BULLET}", "' OR 1=1 --", "../../../etc/passwd", "..\\..\\windows", "C:\\CON", "nul"),
    *("-->", "<!--", "/*", "*/", "//", "\\", "\\u202e", "\\x00", "&#x202e;", "&#0;", "&nbsp;", "%3Cscript%3E", "＜script＞", "‹script›"),
)  # fmt: skip
"""All of them are printed just as they are, or refused by name."""

LETTERS = {
    "right-to-left-override": "phạt \u202e001\u202c đồng",
    "left-to-right-mark": "a\u200eb",
    "isolates": "a\u2066b\u2069c",
    "arabic-letter-mark": "a\u061cb",
    "nul": "a\x00b",
    "bell": "a\x07b",
    "escape": "a\x1b[2Jb",
    "delete": "a\x7fb",
    "c1-control": "a\x85\x9bb",
    "noncharacter-fffe": "a\ufffeb",
    "noncharacter-ffff": "a\uffffb",
    "noncharacter-plane-1": "a\U0001fffeb",
    "replacement": "a\ufffdb",
    "private-use": "a\ue000b",
    "unassigned": "a\U000e0fffb",
    "tag-letters": "a\U000e0041b",
    "emoji": "khen \U0001f600",
    "chinese": "khen 獎狀",
    "hebrew": "khen שלום",
    "arabic": "khen جائزة ١٢٣",
    "thai": "khen รางวัล",
    "zalgo": "k" + "\u0335\u0336\u0337\u0338" * 40 + "hen",
    "many-marks": "e" + "\u0301" * 2000,
    "musical-symbol": "a\U0001d11eb",
    "interlinear": "a\ufff9b\ufffbc",
    "object-replacement": "a\ufffcb",
    "variation-selector": "a\ufe0fb",
    "line-separator": "a\u2028b\u2029c",
    "zero-width": "a\u200bb\u200dc\ufeffd",
    "soft-hyphen": "a\u00adb",
}
"""Letters that cannot be printed, or not so that they can be read back."""

LONG = {
    "one-word-of-100000-letters": "a" * 100_000,
    "100000-words": "từ " * 100_000,
    "20000-brackets": "(" * 20_000,
    "line-of-dots": "." * 5_000,
    "10000-lines": "dòng\n" * 10_000,
}

YAML = {
    "billion-laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + HEAD,
    "merge-bomb": "a: &a {x: 1}\nb: {<<: *a}\n" + HEAD,
    "python-object": HEAD + "x: !!python/object/apply:os.system ['touch pwn']\n",
    "python-name": HEAD + "x: !!python/name:os.system\n",
    "binary-tag": HEAD + "x: !!binary aGVsbG8=\n",
    "deep-brackets": HEAD + "x: " + "[" * 100_000,
    "deep-dashes": HEAD + "x:\n" + "- " * 100_000,
    "deep-groups": HEAD + "x: " + "{a: " * 50_000,
    "many-documents": HEAD + "---\na: 1\n" * 2_000,
    "many-keys": HEAD + "".join(f"k{number}: x\n" for number in range(60_000)),
    "many-anchors": "".join(f"a{number}: &b{number} x\n" for number in range(5_000)),
    "long-key": HEAD + "k" * 500_000 + ": x\n",
    "key-is-a-list": HEAD + "? [a, b]\n: x\n",
    "key-is-a-group": HEAD + "? {a: b}\n: x\n",
    "directive": "%YAML 9.9\n---\n" + HEAD,
    "tag-directive": "%TAG ! tag:x,2000:\n---\n" + HEAD + "x: !y z\n",
    "lone-surrogate-escape": HEAD + 'news: {lead: "\\ud800"}\n',
    "nul-escape": HEAD + 'news: {lead: "\\0"}\n',
    "big-escape": HEAD + 'news: {lead: "\\U00110000"}\n',
    "every-escape": HEAD + 'news: {lead: "\\a\\b\\e\\f\\v\\_\\N\\L\\P"}\n',
    "huge-number": HEAD.replace("2016", "9" * 10_000),
    "huge-count": HEAD + "attendance: {present: " + "9" * 5_000 + "}\n",
    "huge-copies": HEAD + "pledge: {copies: 999999999, declared_signatories: 999999999}\n",
    "huge-scale": HEAD + "scoring: {scale_max: 1e999999}\n",
    "huge-digits": HEAD + "scoring: {rounding: {digits: 999999999, way: half_up, stage: total}}\n",
    "year-zero": HEAD.replace("2016", "0"),
    "year-of-arabic-figures": HEAD.replace("2016", "٢٠١٦"),
    "date-of-nowhere": HEAD + "papers: {minutes: {date: 31/02/2016}}\n",
    "house-outside": HEAD.replace("số 1}", "số 1, house: ../../../../etc/passwd}"),
    "house-absolute": HEAD.replace("số 1}", "số 1, house: /etc/passwd}"),
    "photo-outside": HEAD + "photos: [{file: ../../secret.txt, caption: x}]\n",
    "photo-absolute": HEAD + "photos: [{file: /etc/passwd, caption: x}]\n",
    "photo-device": HEAD + "photos: [{file: /dev/zero, caption: x}]\n",
    "photo-url": HEAD + "photos: [{file: 'http://127.0.0.1:PORT/x.jpg', caption: x}]\n",
    "photo-file-url": HEAD + "photos: [{file: 'file:SECRETFILE', caption: x}]\n",
    "photo-odd-name": HEAD + "photos: [{file: \"photos/a\\nb';$(touch pwn).jpg\", caption: x}]\n",
    "photo-nul-name": HEAD + 'photos: [{file: "photos/a\\0.jpg", caption: x}]\n',
    "photo-long-name": HEAD + "photos: [{file: photos/" + "a" * 5_000 + ".jpg, caption: x}]\n",
    "unit-of-itself": HEAD + "members: [{id: a, name: a, aliases: [a]}, {id: a, name: a}]\n",
    "leader-of-nothing": HEAD + "leadership: {current: {head: {unit: '{{x}}'}}}\n",
    "provenance-of-everything": HEAD + "provenance: [{path: '__class__.__mro__', source: x}]\n",
    "utf-7": "+ADw-script+AD4-",
    "only-bom": "\ufeff",
    "thousand-signatories": HEAD + "pledge: {signatories: [" + ", ".join(f"{{unit: Đơn vị {number}}}" for number in range(1_200)) + "]}\n",
}  # fmt: skip

RAW = {
    "latin-1": "event: Hội".encode()[:-1] + b"\xff",
    "utf-16": HEAD.encode("utf-16"),
    "utf-32": HEAD.encode("utf-32"),
    "random": bytes(range(256)) * 40,
    "zip-as-yaml": b"PK\x03\x04" + b"\0" * 500,
    "overlong-utf-8": b"event: \xc0\xaf\xe0\x80\xaf",
    "surrogates-in-utf-8": b"event: \xed\xa0\x80",
    "gzip": zlib.compress(b"x" * 10_000),
}


def workbook(**members: bytes) -> bytes:
    """Return a workbook with one sheet, and parts of its package replaced or added."""
    book, made, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.title = "Đơn vị thành viên"
    book.active.append(["Tên đơn vị"])
    book.active.append(["Bộ Nội vụ"])
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return changed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: str, more: str = "") -> bytes:
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData>{more}</worksheet>".encode()


WORKBOOKS = {
    "zip-bomb": lambda: workbook(**{SHEET: b"<!--" + b"x" * 120_000_000 + b"-->"}),
    "entities": lambda: workbook(**{SHEET: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'}),
    "outside-entity": lambda: workbook(**{SHEET: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'}),
    "outside-link": lambda: workbook(**{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    "macros": lambda: workbook(**{"xl/vbaProject.bin": b"x"}),
    "far-cell": lambda: workbook(**{SHEET: sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>')}),
    "merged-world": lambda: workbook(**{SHEET: sheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')}),
    "lying-dimension": lambda: workbook(**{SHEET: f'<worksheet {NAMESPACE}><dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tên đơn vị</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Bộ Y tế</t></is></c></row></sheetData></worksheet>'.encode()}),
    "formula-without-value": lambda: workbook(**{SHEET: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Tên đơn vị</t></is></c></row><row r="2"><c r="A2"><f>HYPERLINK("http://127.0.0.1")</f></c></row>')}),
    "deep-xml": lambda: workbook(**{SHEET: b"<a>" * 5_000 + b"</a>" * 5_000}),
    "no-workbook": lambda: workbook(**{"xl/workbook.xml": b"<x/>"}),
    "climbing-member": lambda: workbook(**{"../../../pwn": b"x"}),
    "not-a-number": lambda: workbook(**{SHEET: sheet('<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e400</v></c></row>')}),
    "bad-string-index": lambda: workbook(**{SHEET: sheet('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>')}),
    "bad-cell-name": lambda: workbook(**{SHEET: sheet('<row r="x"><c r="??"><v>1</v></c></row>')}),
    "bad-date": lambda: workbook(**{SHEET: sheet('<row r="1"><c r="A1" t="d"><v>2016-99-99</v></c></row>')}),
    "broken-xml": lambda: workbook(**{SHEET: b"<worksheet"}),
    "unknown-encoding": lambda: workbook(**{SHEET: b'<?xml version="1.0" encoding="ebcdic-x"?><worksheet/>'}),
    "half-a-file": lambda: workbook()[:-200],
    "empty": lambda: b"",
    "old-format": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "too-many-members": lambda: workbook(**{f"x{number}.xml": b"<x/>" for number in range(1_500)}),
    "control-letters": lambda: workbook(**{SHEET: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Tên đơn vị</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a_x0000_b&#8238;</t></is></c></row>')}),
}  # fmt: skip


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


PHOTOS = {
    "giant": lambda: png(60_000, 60_000, zlib.compress(b"\0" * 1_000_000)),
    "giant-and-honest": lambda: png(30_000, 30_000, zlib.compress(b"\0" * 50_000_000, 9)),
    "no-size": lambda: png(0, 0),
    "cut": lambda: png(100, 100, zlib.compress(b"\0" * 30_100)[:20]),
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(pwn) (w) file closefile\n",
    "html": lambda: b"<html><script>alert(1)</script></html>",
    "gif": lambda: b"GIF89a" + b"\0" * 100,
    "pdf": lambda: b"%PDF-1.7\n",
    "empty": lambda: b"",
    "jpeg-head-only": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "text-in-png": lambda: png(1, 1, zlib.compress(b"\0" * 4))[:-12] + b"\xff\xff\xff\xffzTXtx",
}

ZOO = {
    **{f"text-{number:03d}": note(f"Ghi chú {text} hết") for number, text in enumerate(INJECTIONS)},
    **{f"letters-{name}": note(f"Ghi chú {text} hết") for name, text in LETTERS.items()},
    **{f"long-{name}": note(text) for name, text in LONG.items()},
    **{f"yaml-{name}": text for name, text in YAML.items()},
    **{f"raw-{name}": content for name, content in RAW.items()},
    **{f"workbook-{name}": make for name, make in WORKBOOKS.items()},
    **{f"photo-{name}": make for name, make in PHOTOS.items()},
}
"""The animals, by name: text or bytes of the facts, or what makes a workbook or a photograph."""


@pytest.fixture(scope="module")
def canary():
    """A port of this machine on which nobody should knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1]
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "inputs" / "2016").mkdir(parents=True)
    return tmp_path


def settle(place: Path, animal, port: int) -> None:
    """Put an animal into its folder."""
    folder = place / "inputs" / "2016"
    content = animal() if callable(animal) else animal
    if callable(animal):
        is_photo = animal in PHOTOS.values()
        facts = HEAD + ("photos: [{file: photos/a.jpg, caption: Ảnh}]\n" if is_photo else "")
        (folder / "conference.yaml").write_text(facts, encoding="utf-8")
        target = folder / ("photos/a.jpg" if is_photo else "conference.xlsx")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        return
    if isinstance(content, str):
        content = (
            content.replace("PORT", str(port))
            .replace("SECRETFILE", str(place / "secret.txt"))
            .encode("utf-8", "surrogatepass")
        )
    (folder / "conference.yaml").write_bytes(content)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def expect_words(place: Path, said: str) -> None:
    """Each document says the note as it was written, and none says what stands outside."""
    folder = place / "outputs" / "2016"
    for file in folder.iterdir():
        content = file.read_bytes()
        match file.suffix:
            case ".docx":
                words = words_of_docx(content)
            case ".pdf":
                words = words_of_pdf(content, (press() if file.stem == "ban-tin" else tt01()).page)
            case ".html":
                words = words_of_html(content)
            case _:
                continue
        assert SECRET not in squeezed(" ".join(words))
        assert SECRET.encode() not in content
        if said and file.stem == "bien-ban":
            assert squeezed(said) in squeezed(" ".join(words))


@pytest.mark.parametrize("name", ZOO)
def test_a_hostile_input_is_refused_in_a_sentence_or_printed_as_it_is(name, place, canary, capsys):
    settle(place, ZOO[name], canary)
    before = set(place.rglob("*"))
    what = ["news", "--format=pdf,html"] if name.startswith("photo") else ["minutes"]
    if name.startswith(("long", "yaml-thousand")):
        what.append("--format=docx")
    started = time.monotonic()

    code = main(["build", "2016", *what])

    taken, said = time.monotonic() - started, capsys.readouterr()
    assert code == 0 or code in REFUSED, said.err
    assert "Traceback" not in said.err + said.out
    assert said.err if code else True
    assert all(len(line) < 2_000 for line in said.err.splitlines())
    assert "\x1b" not in said.err + said.out
    assert taken < MOST_SECONDS
    after = set(place.rglob("*"))
    assert {file.relative_to(place).parts[0] for file in after - before} <= {"outputs"}
    if code:
        assert not (place / "outputs" / "2016").exists()
        return
    data = (
        yaml.safe_load((place / "inputs/2016/conference.yaml").read_text("utf-8"))
        if name.startswith("text")
        else {}
    )
    expect_words(place, data.get("event", {}).get("note", ""))
    manifest = json.loads((place / "outputs/2016/manifest.json").read_text("utf-8"))
    assert set(manifest["outputs"]) | {"manifest.json"} == {
        file.name for file in (place / "outputs/2016").iterdir()
    }


def test_the_zoo_is_large():
    assert len(ZOO) >= 150


# --- files and folders ----------------------------------------------------------------------------------

ODD_NAMES = ("a b.csv", "a'b.csv", 'a"b.csv', "$(touch pwn).csv", "-rf.csv", "a\nb.csv", "năm.csv", "\u202ebad.csv", "a;b.csv", "%s.csv", "~$x.xlsx", ".hidden.csv", "con.csv", "a\\b.csv")  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_a_file_of_any_name_is_no_danger(name, place, capsys):
    (place / "inputs/2016/conference.yaml").write_text(HEAD, encoding="utf-8")
    try:
        (place / "inputs/2016" / name).write_text("Tên đơn vị\nBộ Nội vụ\n", encoding="utf-8")
    except OSError:
        pytest.skip("this disk has no such names")
    code = main(["build", "2016", "minutes", "--format", "docx"])
    said = capsys.readouterr()
    assert code in {0, 3}
    assert "Traceback" not in said.err
    assert not list(place.rglob("pwn"))


@pytest.mark.parametrize(
    "kind", ["conference.yaml", "conference.xlsx", "photos", "photos/a.jpg", "members.csv", "inputs"]
)
def test_nothing_is_read_through_a_link_to_the_outside(kind, place, capsys):
    """A folder that somebody sent may hold links to files of whoever builds from it."""
    outside = place / "outside"
    outside.mkdir()
    (outside / "secret").write_text(
        f"event: {{kind: tong_ket, year: 2016, note: {SECRET}}}\n", encoding="utf-8"
    )
    (outside / "a.jpg").write_bytes(b"\xff\xd8\xff" + SECRET.encode())
    folder = place / "inputs" / "2016"
    (folder / "conference.yaml").write_text(
        HEAD + "photos: [{file: photos/a.jpg, caption: x}]\n", encoding="utf-8"
    )
    link = folder / kind
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    if kind == "inputs":
        link = folder / "more"
    link.symlink_to(outside if kind in ("photos", "inputs") else outside / "secret")

    code = main(["build", "2016", "--format", "docx,pdf,html"])

    said = capsys.readouterr()
    assert code in {0, 3}
    assert "Traceback" not in said.err
    assert SECRET not in said.err + said.out
    if code == 0:
        expect_words(place, "")


def test_the_templates_are_sandboxed(place, capsys, monkeypatch):
    """A template that somebody sent reaches no file and runs nothing."""
    import shutil

    from tests.samples import TEMPLATES

    (place / "inputs/2016/conference.yaml").write_text(HEAD, encoding="utf-8")
    shutil.copytree(TEMPLATES, place / "templates")
    for attack in (
        "{{ cycler.__init__.__globals__.os.popen('touch pwn').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ c.model_config }}",
        "{{ c.__class__ }}",
        "{{ lipsum.__globals__['os'].environ }}",
        "{% include '../secret.txt' %}",
        "{% include '/etc/passwd' %}",
        "{% import '../../etc/passwd' as x %}",
        "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:../secret.txt'>]><document title='&e;' author='a' lang='vi-VN'><para>&e;</para></document>",
        "{{ self.__init__.__globals__ }}",
        "{% set x = c.event.update({}) %}",
        "{{ range(10**9) | list }}",
    ):
        (place / "templates/minutes/document.xml.j2").write_text(attack, encoding="utf-8")
        assert main(["build", "2016", "minutes", "--templates", "templates"]) in {2, 4}, attack
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert SECRET not in said.err + said.out
    (place / "templates/minutes/document.xml.j2").unlink()
    (place / "templates/minutes/document.xml.j2").symlink_to(place / "secret.txt")
    assert main(["build", "2016", "minutes", "--templates", "templates"]) == 4
    assert SECRET not in capsys.readouterr().err
    assert not list(place.rglob("pwn"))
    assert not (place / "outputs").exists()


def test_a_photograph_whose_name_is_no_text_is_in_the_manifest(place):
    """Disks keep any bytes as a name."""
    (place / "inputs/2016/conference.yaml").write_text(HEAD, encoding="utf-8")
    (place / "inputs/2016/photos").mkdir()
    try:
        (place / "inputs/2016/photos/\udcff.jpg").write_bytes(b"x")
    except OSError:
        pytest.skip("this disk has no such names")
    script = "from generator.cli import run; run()"
    command = [sys.executable, "-c", script, "build", "2016", "minutes", "--format", "docx"]
    done = subprocess.run(
        command,
        cwd=place,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    manifest = json.loads((place / "outputs/2016/manifest.json").read_text("utf-8"))
    assert "photos/\udcff.jpg" in manifest["made_from"]["inputs"]
