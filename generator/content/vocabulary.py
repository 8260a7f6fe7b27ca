"""From the XML that a template renders to the document tree; anything outside the vocabulary is refused.

The vocabulary (docs/architecture.md lists it) says what a thing is, never how it looks. White space is
folded as in HTML, so that templates may be indented as they are best read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from lxml import etree

from generator.errors import TemplateError
from generator.tree import (
    CHARTS,
    ROLES,
    Addressees,
    Align,
    Annex,
    Blank,
    Block,
    Certificate,
    Chart,
    Column,
    Document,
    Emph,
    Extent,
    Figure,
    Heading,
    Inline,
    Inlines,
    ItemList,
    Letterhead,
    LineBreak,
    Orientation,
    Para,
    Recipients,
    Row,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
    WebPage,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Element = etree._Element  # lxml gives its element type no public name

ALIGNS: tuple[Align, ...] = get_args(Align)
ORIENTATIONS: tuple[Orientation, ...] = get_args(Orientation)


def parse_document(xml: str) -> Document:
    """Return the tree of a rendered template.

    Headings are not numbered yet. Raises `TemplateError` naming the element and its line in *xml*.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(xml.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise TemplateError("template-not-xml", reason=error) from error
    _expect(root, "document", ("title", "author", "lang"))
    children = list(_children(root))
    webs = [child for child in children if child.tag == "web"]
    if len(webs) > 1:
        raise _wrong(webs[1], "element-unknown")
    web = _parse_web(webs[0]) if webs else None
    if len(children) == len(webs):
        raise _wrong(root, "element-empty")
    return Document(
        title=_value(root, "title"),
        author=_value(root, "author"),
        language=_value(root, "lang"),
        blocks=tuple(_parse_block(child) for child in children if child not in webs),
        web=web,
    )


def _parse_web(element: Element) -> WebPage:
    _expect(element, "web", ("description",), ("published", "author", "publisher", "print-label", "news"))
    if len(element) or (element.text or "").strip():
        raise _wrong(element, "words-astray")
    return WebPage(
        description=_value(element, "description"),
        published=element.get("published", ""),
        author=element.get("author", ""),
        publisher=element.get("publisher", ""),
        print_label=element.get("print-label", ""),
        is_news=_flag(element, "news", default=True),
    )


# --- blocks -------------------------------------------------------------------------------------------


def _parse_block(element: Element) -> Block:
    parse = _BLOCKS.get(str(element.tag))
    if parse is None:
        raise _wrong(element, "element-unknown")
    return parse(element)


def _parse_letterhead(element: Element) -> Letterhead:
    _expect(element, "letterhead")
    parts = _parts(element, ("issuer", "nation", "motto"), ("parent", "number", "place-and-date"))
    return Letterhead(
        parent=parts.get("parent", ()),
        issuer=parts["issuer"],
        nation=parts["nation"],
        motto=parts["motto"],
        number=parts.get("number", ()),
        place_and_date=parts.get("place-and-date", ()),
    )


def _parse_title(element: Element) -> Title:
    _expect(element, "title")
    parts = _parts(element, ("kind", "subject"))
    return Title(parts["kind"], parts["subject"])


def _parse_heading(element: Element) -> Heading:
    _expect(element, "heading", ("level",))
    levels = {"1": 1, "2": 2}
    level = levels.get(_value(element, "level"))
    if level is None:
        raise _wrong(element, "attribute-wrong", attribute="level")
    return Heading(1 if level == 1 else 2, "arabic", "", _parse_content(element))


def _parse_para(element: Element) -> Para:
    _expect(element, "para", (), ("role", "keep-with-next"))
    wanted = element.get("role", "body")
    role = next((role for role in ROLES if role == wanted), None)
    if role is None:
        raise _wrong(element, "attribute-wrong", attribute="role")
    return Para(role, _parse_content(element), _flag(element, "keep-with-next"))


def _parse_list(element: Element) -> ItemList:
    _expect(element, "list", ("mark",))
    items = tuple(_parse_leaf(child, "item") for child in _children(element))
    if not items:
        raise _wrong(element, "element-empty")
    return ItemList(_value(element, "mark"), items)


def _parse_table(element: Element) -> Table:
    _expect(element, "table")
    children = list(_children(element))
    columns = tuple(_parse_column(child) for child in children if child.tag == "column")
    header = [child for child in children if child.tag == "header"]
    body = [child for child in children if child.tag not in ("column", "header")]
    if not (columns and header and body):
        raise _wrong(element, "element-empty")
    for part in header:
        _expect(part, "header")
    header_rows = [row for part in header for row in _children(part)]
    return Table(
        columns=columns,
        header=tuple(_parse_row(row, len(columns)) for row in header_rows),
        rows=tuple(_parse_row(row, len(columns)) for row in body),
    )


def _parse_column(element: Element) -> Column:
    _expect(element, "column", ("share",), ("align",))
    share, wanted = _value(element, "share"), element.get("align", "left")
    align = next((align for align in ALIGNS if align == wanted), None)
    if not share.isdigit() or not int(share):
        raise _wrong(element, "attribute-wrong", attribute="share")
    if align is None:
        raise _wrong(element, "attribute-wrong", attribute="align")
    return Column(int(share), align)


def _parse_row(element: Element, width: int) -> Row:
    _expect(element, "row")
    cells = tuple(_parse_leaf(cell, "cell", may_be_empty=True) for cell in _children(element))
    if len(cells) != width:
        raise _wrong(element, "row-width", cells=len(cells), columns=width)
    return cells


def _parse_grid(element: Element) -> SignatureGrid:
    """Return the grid without its columns: they are the kind's (see `generator.content.compose`)."""
    _expect(element, "signature-grid")
    children = list(_children(element))
    captions = [child for child in children if child.tag == "caption"]
    beside = [child for child in children if child.tag == "recipients"]
    cells = tuple(_parse_signature(child) for child in children if child not in (*captions, *beside))
    if not cells:
        raise _wrong(element, "element-empty")
    for surplus in (*captions[1:], *beside[1:], *(beside if len(cells) > 1 else ())):
        raise _wrong(surplus, "element-unknown")
    caption = _parse_leaf(captions[0], "caption") if captions else ()
    recipients = _parse_recipients(beside[0]) if beside else None
    return SignatureGrid((), cells, caption, beside=recipients)


def _parse_signature(element: Element) -> Signature:
    _expect(element, "signature", (), ("starts-row",))
    posts = _take_lines(element, "post")
    parts = _parts(element, ("name",), ("unit", "office", "note"))
    return Signature(
        unit=parts.get("unit", ()),
        office=parts.get("office", ()),
        posts=posts,
        note=parts.get("note", ()),
        name=parts["name"],
        starts_row=_flag(element, "starts-row"),
    )


def _parse_figure(element: Element) -> Figure:
    _expect(element, "figure", (), ("photo", "floats"))
    parts = _parts(element, ("placeholder",), ("caption",))
    return Figure(
        photo=element.get("photo", ""),
        placeholder=parts["placeholder"],
        caption=parts.get("caption", ()),
        floats=_flag(element, "floats"),
    )


def _parse_chart(element: Element) -> Figure:
    """Return the figure of a chart; `generator.charts` draws it."""
    _expect(element, "chart", ("of",))
    wanted = _value(element, "of")
    name = next((name for name in CHARTS if name == wanted), None)
    if name is None:
        raise _wrong(element, "attribute-wrong", attribute="of")
    words = tuple(_parse_word(child) for child in element.iterchildren("word"))
    for child in element.findall("word"):
        element.remove(child)
    parts = _parts(element, ("alternative",), ("caption",))
    return Figure(
        photo="",
        placeholder=parts["alternative"],
        caption=parts.get("caption", ()),
        chart=Chart(name, words),
    )


def _parse_word(element: Element) -> tuple[str, str]:
    """Return what a chart says, by its name."""
    _expect(element, "word", ("for",))
    return _value(element, "for"), plain_text(_parse_content(element))


def _parse_recipients(element: Element) -> Recipients:
    _expect(element, "recipients")
    children = list(_children(element))
    if len(children) < 2:
        raise _wrong(element, "element-empty")
    return Recipients(
        _parse_leaf(children[0], "label"), tuple(_parse_leaf(child, "item") for child in children[1:])
    )


def _parse_addressees(element: Element) -> Addressees:
    _expect(element, "addressees", ("mark",))
    children = list(_children(element))
    if len(children) < 2:
        raise _wrong(element, "element-empty")
    label, items = _parse_leaf(children[0], "label"), (_parse_leaf(child, "item") for child in children[1:])
    return Addressees(label, _value(element, "mark"), tuple(items))


def _parse_annex(element: Element) -> Annex:
    _expect(element, "annex", (), ("orientation",))
    wanted = element.get("orientation", "portrait")
    orientation = next((one for one in ORIENTATIONS if one == wanted), None)
    if orientation is None:
        raise _wrong(element, "attribute-wrong", attribute="orientation")
    parts = _parts(element, ("subject",), ("label", "reference"))
    return Annex(parts["subject"], parts.get("label", ()), parts.get("reference", ()), orientation)


def _parse_certificate(element: Element) -> Certificate:
    _expect(element, "certificate")
    decisions, posts = _take_lines(element, "decision"), _take_lines(element, "post")
    parts = _parts(
        element,
        ("nation", "motto", "grantor", "award", "recipient", "reason", "place-and-date", "name"),
        ("verb", "about", "note"),
    )
    if not posts:
        raise _wrong(element, "element-lacks", part="post")
    return Certificate(
        nation=parts["nation"],
        motto=parts["motto"],
        grantor=parts["grantor"],
        verb=parts.get("verb", ()),
        award=parts["award"],
        recipient=parts["recipient"],
        about=parts.get("about", ()),
        reason=parts["reason"],
        decisions=decisions,
        place_and_date=parts["place-and-date"],
        posts=posts,
        note=parts.get("note", ()),
        name=parts["name"],
    )


def _take_lines(element: Element, name: str) -> tuple[Inlines, ...]:
    """Return the parts of that name, of which there may be several, and take them out of *element*."""
    found = [child for child in _children(element) if child.tag == name]
    lines = tuple(_parse_leaf(child, name) for child in found)
    for child in found:
        element.remove(child)
    return lines


_BLOCKS: dict[str, Callable[[Element], Block]] = {
    "letterhead": _parse_letterhead,
    "title": _parse_title,
    "heading": _parse_heading,
    "para": _parse_para,
    "list": _parse_list,
    "table": _parse_table,
    "signature-grid": _parse_grid,
    "recipients": _parse_recipients,
    "figure": _parse_figure,
    "addressees": _parse_addressees,
    "annex": _parse_annex,
    "certificate": _parse_certificate,
    "chart": _parse_chart,
}


# --- inlines ------------------------------------------------------------------------------------------


def _parse_leaf(element: Element, name: str, *, may_be_empty: bool = False) -> Inlines:
    _expect(element, name)
    return _parse_content(element, may_be_empty=may_be_empty)


def _parse_content(element: Element, *, may_be_empty: bool = False) -> Inlines:
    content = _fold(tuple(_iter_inlines(element)))
    if not content and not may_be_empty:
        raise _wrong(element, "element-empty")
    return content


def _iter_inlines(element: Element) -> Iterator[Inline]:
    if element.text:
        yield Text(element.text)
    for child in element:
        yield _parse_inline(child)
        if child.tail:
            yield Text(child.tail)


def _parse_inline(element: Element) -> Inline:
    match element.tag:
        case "strong":
            _expect(element, "strong")
            return Strong(tuple(_iter_inlines(element)))
        case "em":
            _expect(element, "em")
            return Emph(tuple(_iter_inlines(element)))
        case "br":
            _expect(element, "br")
            return LineBreak()
        case "blank":
            return _parse_blank(element)
        case _:
            raise _wrong(element, "element-unknown")


def _parse_blank(element: Element) -> Blank:
    _expect(element, "blank", ("label", "extent"))
    extents = {extent.value: extent for extent in Extent}
    wanted = _value(element, "extent")
    if wanted not in extents or not _value(element, "label"):
        raise _wrong(element, "attribute-wrong", attribute="extent")
    return Blank(_value(element, "label"), extents[wanted])


def _fold(content: Inlines) -> Inlines:
    """Return *content* with runs of white space as one space, and none at the ends of lines."""
    folded, _ = _fold_after(content, after_space=True)
    return _trim_end(folded)


def _fold_after(content: Inlines, *, after_space: bool) -> tuple[Inlines, bool]:
    folded: list[Inline] = []
    for inline in content:
        match inline:
            case Text(text):
                text = re.sub(r"[ \t\r\n]+", " ", text)
                text = text.removeprefix(" ") if after_space else text
                if text:
                    folded.append(Text(text))
                    after_space = text.endswith(" ")
            case Strong(children):
                children, after_space = _fold_after(children, after_space=after_space)
                folded.append(Strong(children))
            case Emph(children):
                children, after_space = _fold_after(children, after_space=after_space)
                folded.append(Emph(children))
            case LineBreak():
                folded = [*_trim_end(tuple(folded)), inline]
                after_space = True
            case Blank():
                folded.append(inline)
                after_space = False
    return tuple(folded), after_space


def _trim_end(content: Inlines) -> Inlines:
    if not content or not isinstance(content[-1], Text):
        return content
    last = content[-1].text.rstrip(" ")
    return (*content[:-1], Text(last)) if last else _trim_end(content[:-1])


# --- strictness ---------------------------------------------------------------------------------------


def _parts(element: Element, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Inlines]:
    parts: dict[str, Inlines] = {}
    for child in _children(element):
        name = str(child.tag)
        if name not in (*required, *optional) or name in parts:
            raise _wrong(child, "element-unknown")
        parts[name] = _parse_leaf(child, name)
    for name in required:
        if name not in parts:
            raise _wrong(element, "element-lacks", part=name)
    return parts


def _children(element: Element) -> Iterator[Element]:
    """Yield the child elements; words between them are refused."""
    strays = [element.text, *(child.tail for child in element)]
    if any(stray and stray.strip() for stray in strays):
        raise _wrong(element, "words-astray")
    return iter(element)


def _expect(
    element: Element, name: str, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> None:
    if element.tag != name:
        raise _wrong(element, "element-unknown")
    for attribute in element.attrib:
        if attribute not in (*required, *optional):
            raise _wrong(element, "attribute-wrong", attribute=attribute)
    for attribute in required:
        if attribute not in element.attrib:
            raise _wrong(element, "attribute-wrong", attribute=attribute)


def _value(element: Element, name: str) -> str:
    return str(element.attrib[name])


def _flag(element: Element, name: str, *, default: bool = False) -> bool:
    answers = {None: default, "no": False, "yes": True}
    answer = element.get(name)
    if answer not in answers:
        raise _wrong(element, "attribute-wrong", attribute=name)
    return answers[answer]


def _wrong(element: Element, code: str, **values: object) -> TemplateError:
    return TemplateError(f"vocabulary-{code}", element=element.tag, line=element.sourceline, **values)
