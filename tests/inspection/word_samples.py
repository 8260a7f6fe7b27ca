"""Word files that tests of the inspection share: by python-docx, by hand, by LibreOffice, and what is in them."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = {
    "w": W[1:-1],
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
DECLARED = " ".join(f'xmlns:{name}="{NAMESPACES[name]}"' for name in ("w", "mc", "r"))

TEXTS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hà Nội, ngày 17 tháng 02 năm 2017",
    "Khối thi đua các Bộ, ngành tổng hợp tổ chức Hội nghị tổng kết năm 2016.",
    "Hội nghị kết thúc vào 17 giờ 00 phút cùng ngày./.",
)


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_field(paragraph, instruction: str = " PAGE ", shown: str = "1") -> None:
    """Add a complex field to a paragraph of python-docx."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run()._r
        if kind is None:
            node = OxmlElement("w:instrText")
            node.set(qn("xml:space"), "preserve")
            node.text = instruction
        elif kind == "shown":
            node = OxmlElement("w:t")
            node.text = shown
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), kind)
        run.append(node)


def letter(*, number: str = "", align=WD_ALIGN_PARAGRAPH.LEFT) -> docx.document.Document:
    """Return a document of five lines in the look of python-docx, its page number in header or footer."""
    document = docx.Document()
    for text in TEXTS:
        document.add_paragraph(text)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if number:
        paragraph = getattr(section, number).paragraphs[0]
        paragraph.alignment = align
        add_field(paragraph)
    return document


def rich() -> bytes:
    """Return a file with a table, a link, fields, lists, a picture of text effects and two sections."""
    document = letter(number="footer")
    document.sections[0].left_margin = Mm(25)
    document.paragraphs[3].runs[0].font.size = Pt(11)
    mixed = document.add_paragraph("Một ")
    mixed.add_run("hai").bold = True
    mixed.add_run(" ba ").italic = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "a")
    link.append(mixed.add_run("bốn")._r)
    mixed._p.append(link)
    add_field(mixed, " DATE ", "17/02/2017")
    document.add_paragraph("Mục thứ nhất", style="List Bullet")
    table = document.add_table(2, 2, style="Table Grid")
    for index, cell in enumerate(table._cells):
        cell.text = f"Ô {index}"
    document.add_section()
    document.add_paragraph("Phụ lục")
    return saved(document)


def with_comment() -> bytes:
    document = letter()
    document.add_comment(document.paragraphs[1].runs, "Của người khác", author="Người khác", initials="NK")
    return saved(document)


def box(words: str) -> str:
    """Return a run with a text box as Word writes it, for old programs a second time."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"
      xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing><wp:anchor
      xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"
      distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1"
      allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>
      </wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
      <wp:extent cx="900000" cy="900000"/><wp:wrapNone/><wp:docPr id="1" name="a"/><wp:cNvGraphicFramePr/>
      <a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
      uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
      <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">
      <a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>
      </a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape
      xmlns:v="urn:schemas-microsoft-com:vml" id="b" style="width:70pt;height:70pt"><v:textbox>{content}</v:textbox>
      </v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def by_hand(body: str, **parts: str) -> bytes:
    """Return a Word file with the blocks *body*; *parts* are headers, footers, settings … by their names.

    Each is related to the body under its name as the id, such as ``header1``.
    """
    kinds = {name: name.rstrip("0123456789") for name in parts}
    tags = {"header": "hdr", "footer": "ftr"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{NAMESPACES["r"]}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{NAMESPACES["r"]}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>",
    }
    for name, kind in kinds.items():
        tag = tags.get(kind, kind)
        members[f"word/{name}.xml"] = f"<w:{tag} {DECLARED}>{parts[name]}</w:{tag}>"
    return packed({name: text.encode() for name, text in members.items()})


def packed(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def signed(content: bytes) -> bytes:
    return packed(members_of(content) | {"_xmlsignatures/origin.sigs": b""})


def changed_members(before: bytes, after: bytes) -> set[str]:
    """Return the names of members that were changed or added, after making sure that none was lost or moved."""
    old, new = members_of(before), members_of(after)
    assert list(new)[: len(old)] == list(old)
    return {name for name in new if new[name] != old.get(name)}


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(members_of(content)[name])


def find(content: bytes, path: str, name: str = "word/document.xml") -> list:
    return part(content, name).xpath(path, namespaces=NAMESPACES)


def convert(content: bytes, kind: str, folder: Path) -> Path:
    """Let LibreOffice, with a profile of its own, open a file and save it as another *kind*."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("no soffice here")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "a.docx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", folder / "out", file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "out" / f"a.{kind}"
