"""Word files that tests write by hand, part by part, as XML."""

from __future__ import annotations

import io
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{OFFICE}/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/>'
"""Paper and margins: 20, 20, 20 and 30 mm, which leaves 9071 twips, 160 mm, for the text."""


def root(name: str, content: str) -> str:
    """Return the root element of a part."""
    return f"<w:{name} {NAMESPACES}>{content}</w:{name}>"


def section(inner: str = A4) -> str:
    """Return the properties of a section."""
    return f"<w:sectPr>{inner}</w:sectPr>"


def word_file(body: str, *, main: str = "word/document.xml", **parts: str) -> bytes:
    """Return a file with *body*; *parts* are the contents of styles, numbering, settings, theme, header1 …"""
    return zip_file(word_parts(body, main=main, **parts))


def word_parts(body: str, *, main: str = "word/document.xml", **parts: str) -> dict[str, str | bytes]:
    """Return the parts of such a file by their names."""
    folder, _, name = main.rpartition("/")
    relations, members = [], {}
    for part, content in parts.items():
        kind = part.rstrip("0123456789")
        tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        members[f"{folder}/{part}.xml"] = content if kind == "theme" else root(tag, content)
        relations.append(
            f'<Relationship Id="{part}" Type="{OFFICE}/relationships/{kind}" Target="{part}.xml"/>'
        )
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{MAIN_TYPE}"/></Types>',
        "_rels/.rels": relationships(
            f'<Relationship Id="x" Type="{OFFICE}/relationships/officeDocument" Target="{main}"/>'
        ),
        f"{folder}/_rels/{name}.rels": relationships("".join(relations)),
        main: root("document", f"<w:body>{body}</w:body>"),
        **members,
    }


def relationships(content: str) -> str:
    """Return a part of relations."""
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}'
        "</Relationships>"
    )


def zip_file(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file of *members*."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return content.getvalue()


def run(text: str, properties: str = "") -> str:
    """Return a run of letters, *text* being XML already."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", letters: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, letters) if text else ''}</w:p>"


def style(identity: str, content: str = "", sort: str = "paragraph", attributes: str = "") -> str:
    """Return a style."""
    return f'<w:style w:type="{sort}" w:styleId="{identity}" {attributes}>{content}</w:style>'


def based_on(base: str) -> str:
    """Return what a style says of its base."""
    return f'<w:basedOn w:val="{base}"/>'


def cell(content: str, properties: str = "") -> str:
    """Return a cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: tuple[str, ...], widths: tuple[int, ...] = (), properties: str = "") -> str:
    """Return a table of cells, which are XML already."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"


def page_field(letters: str = "") -> str:
    """Return a field for the number of the page, in the long form."""
    properties = f"<w:rPr>{letters}</w:rPr>"
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r>{properties}<w:instrText> PAGE   \\* MERGEFORMAT </w:instrText></w:r>"
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{properties}<w:t>2</w:t></w:r>"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def line_shape(length_mm: float, top_mm: float = 0.0, left_mm: float = 0.0, width_emu: int = 9525) -> str:
    """Return a run with a line that is drawn at a place from its paragraph, in Word's newer way and the older."""
    emus = round(length_mm * 36_000)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{round(left_mm * 36_000)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(top_mm * 36_000)}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{emus}" cy="0"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="Line"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emus}" cy="0"/></a:xfrm><a:prstGeom prst="line">'
        f'<a:avLst/></a:prstGeom><a:ln w="{width_emu}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
        "</a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:line from="0,0" to="10pt,0"/></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def text_box(content: str, width_mm: float, left_mm: float = 0.0, top_mm: float = 0.0) -> str:
    """Return a run with a text box, its margins within included in its width."""
    emus = round(width_mm * 36_000)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{round(left_mm * 36_000)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(top_mm * 36_000)}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{emus}" cy="720000"/><wp:docPr id="1" name="Box"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape style='width:100pt'><v:textbox><w:txbxContent>{content}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
