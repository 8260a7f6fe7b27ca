"""A file comes in; the same file with a few things wrong in it goes out.

Bytes alone seldom get past the first parser, so XML is changed as a tree, and PDF and YAML word by word.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from lxml import etree

Mutate = Callable[[bytes, random.Random], bytes]

VALUES = (
    *("", " ", "0", "-1", "1", "1.5", "999999999999", "1e400", "nan", "true", "null", "A1", "XFD1048576", "A1:XFD1048576"),
    *("{{ c }}", "<b>", "&amp;", "]]>", "../../etc/passwd", "file:///etc/passwd", "\u202e001", "\ufffd", "e\u0302\u0301"),
    *("x" * 5000, "٢٠١٦", "31/02/2016", "17/02/2017", "Bộ Nội vụ", "8:30", "10,5", "1.000.000 đồng", "\U0001f600"),
)  # fmt: skip
"""What is put in place of a value."""

YAML_TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *("- ", "  ", "\n", "\n  ", ": ", ":", "?", "? ", "[", "]", "{", "}", ",", '"', "'", "|", ">", ">-", "|2+", "#"),
        *(" #", "&a ", "*a", "!!str ", "!x ", "%YAML 1.1\n", "---\n", "...\n", "<<: *a", "\t", "\r", "\x00", "\x85", "\ufeff"),
        *("\\x", '"\\ud800"', "\u2028", "\ud800", "\ufffe", "[" * 40, "- " * 40, "0x1F", "1_000", "2016-01-01", "~"),
        *(f"{value}\n" for value in VALUES),
    )
)  # fmt: skip
PDF_TOKENS = (
    *(b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"null", b"true", b"R", b"obj", b"endobj", b"stream", b"endstream"),
    *(b"0 0 R", b"1 0 R", b"9999 0 R", b"-1 0 R", b"xref", b"trailer", b"startxref", b"%%EOF", b"%PDF-1.7", b"/Type", b"/Page"),
    *(b"/Parent", b"/Kids", b"/Contents", b"/Font", b"/Filter", b"/FlateDecode", b"/Length", b"/ByteRange", b"/Sig", b"/Rect"),
    *(b"/Prev", b"/Fields", b"/AcroForm", b"/Widget", b"/Annots", b"/V", b"/FT", b"/T", b"BT", b"ET", b"Tj", b"q", b"Q", b"cm"),
    *(b"0", b"-1", b"4294967296", b"99999999999999999999", b"1e99", b"0.00001", b"65536", b"/Rotate 90", b"/MediaBox"),
)  # fmt: skip
_WORD = re.compile(rb"[A-Za-z0-9_./+-]+|\s+|[^\sA-Za-z0-9_]")


def mutate_xml(content: bytes, chance: random.Random) -> bytes:
    """Change elements, attributes and texts of one XML part; its bytes where it is no XML."""
    head, _, xml = content.rpartition(b"\n\n") if b"\n\n" in content[:200] else (b"", b"", content)
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return mutate_bytes(content, chance)
    if chance.random() < 0.05:
        return mutate_bytes(content, chance)
    for _ in range(chance.randint(1, 4)):
        _change_tree(root, chance)
    changed = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return head + b"\n\n" + changed if head else changed


def _change_tree(root: etree._Element, chance: random.Random) -> None:
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    match chance.randrange(7):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None and len(elements) < 3000:
            parent.insert(chance.randint(0, len(parent)), _copy(one))
        case 2 if len(elements) < 3000:
            other.append(_copy(one))
        case 3:
            one.tag = other.tag
        case 4 if one.attrib:
            name = chance.choice(sorted(one.attrib))
            _set(one, name, chance.choice(VALUES))
        case 5 if other.attrib:
            name = chance.choice(sorted(other.attrib))
            _set(one, name, other.attrib[name])
        case _:
            _set(one, None, chance.choice(VALUES))


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _set(element: etree._Element, name: str | None, value: str) -> None:
    if name is None:
        element.text = value
    else:
        element.set(name, value)


def mutate_bytes(content: bytes, chance: random.Random, tokens: tuple[bytes, ...] = PDF_TOKENS) -> bytes:
    """Flip, cut, double and put in."""
    changed = bytearray(content or b" ")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.choice((1, 1, 2, 8, 40, 400)))
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end]
            case 3:
                changed[at:at] = chance.choice(tokens)
            case _:
                changed[at:end] = chance.choice(tokens)
    return bytes(changed)


def mutate_words(content: bytes, chance: random.Random, tokens: tuple[bytes, ...] = PDF_TOKENS) -> bytes:
    """Put other words in place of some, leaving the rest as it is."""
    if chance.random() < 0.3:
        return mutate_bytes(content, chance, tokens)
    words = _WORD.findall(content)
    for _ in range(chance.randint(1, 5)):
        if words:
            at = chance.randrange(len(words))
            words[at] = chance.choice((chance.choice(tokens), chance.choice(words), b"", words[at] * 2))
    return b"".join(words)


def mutate_yaml(content: bytes, chance: random.Random) -> bytes:
    """Change words of YAML, or move lines."""
    if chance.random() < 0.4:
        lines = content.split(b"\n")
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[at] = chance.choice(
            (lines[other], b"  " + lines[at], lines[at][2:], lines[at] + lines[other], b"")
        )
        return b"\n".join(lines)
    return mutate_words(content, chance, YAML_TOKENS)
