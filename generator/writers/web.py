"""Write a document tree as a page for the web: one file that stands by itself and prints well.

It fetches nothing: style sheet, script and photographs are in it. What it says stands in one ``<article>`` of
elements that stay what they are when they are pasted into a site's editor, which drops styles and scripts.
"""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from functools import cache
from importlib import resources
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING, Literal, TypeGuard, assert_never

from markupsafe import Markup, escape

from generator.errors import TemplateError
from generator.tree import (
    BLANK_MARK,
    Addressees,
    Annex,
    Blank,
    Certificate,
    Drawing,
    Emph,
    Figure,
    Heading,
    ItemList,
    Letterhead,
    LineBreak,
    Para,
    Picture,
    Recipients,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
    heading_line,
    iter_lines,
    plain_text,
)
from generator.writers.markup import (
    element,
    iter_depths,
    look_rules,
    page_rules,
    quote,
    stack,
    void_element,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.style import Style, TableStyle
    from generator.tree import Block, Column, Document, Inline, Inlines, Role, Row, WebPage

_PAGE = Markup("""\
<!DOCTYPE html>
<html lang="{language}">
<head prefix="og: https://ogp.me/ns# article: https://ogp.me/ns/article#">
{head}
</head>
<body>
<main>
<article>
{article}
</article>
</main>
{script}</body>
</html>
""")


MOST_COLUMNS = 5
"""How many columns of a table can be read on the screen of a telephone."""


def write_web(document: Document, style: Style) -> bytes:
    """Return *document* as a page of HTML in UTF-8, printed in the look of *style*.

    Raises `TemplateError` when the document says nothing of its page, or no ISO 8601 date or time of its
    publication.
    """
    web = document.web
    if web is None:
        raise TemplateError("web-missing")
    if web.published and not _is_time(web.published):
        raise TemplateError("web-time-wrong", value=web.published)
    script = element("script", _markup(_read_part("print.js"))) if web.print_label else Markup()
    page = _PAGE.format(
        language=document.language,
        head=stack(_iter_head(document, web, style)),
        article=_write_article(document.blocks, web),
        script=script + Markup("\n") if script else "",
    )
    return page.encode("utf-8")


def _is_time(text: str) -> bool:
    """Tell whether *text* is a day, or a day and a time, as HTML and ISO 8601 both write it."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?", text, re.ASCII):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


# --- head ---------------------------------------------------------------------------------------------


def _iter_head(document: Document, web: WebPage, style: Style) -> Iterator[Markup]:
    yield void_element("meta", charset="utf-8")
    yield _meta("viewport", "width=device-width, initial-scale=1")
    yield element("title", escape(document.title))
    yield _meta("description", web.description)
    yield _meta("author", web.author or document.author)
    if web.is_news:
        yield from _iter_open_graph(document, web)
        yield _write_linked_data(document, web)
    else:
        yield _meta("robots", "noindex")
    yield element("style", _lines(_markup(write_style_sheet(document, style))))


def _meta(name: str, content: str) -> Markup:
    """Write what is known under *name*; nothing where nothing is."""
    return void_element("meta", name=name, content=content) if content else Markup()


def _iter_open_graph(document: Document, web: WebPage) -> Iterator[Markup]:
    """Yield what others show of a news page where it is shared (https://ogp.me).

    There is no image: one is named by its address, and a photograph within the page has none.
    """
    language = re.fullmatch(r"([a-z]{2,3})-([A-Z]{2})", document.language)
    known = {
        "og:type": "article",
        "og:title": _headline(document),
        "og:description": web.description,
        "og:locale": "_".join(language.groups()) if language else "",
        "article:published_time": web.published,
        "article:author": web.author,
    }
    for name, content in known.items():
        if content:
            yield void_element("meta", property=name, content=content)


def _write_linked_data(document: Document, web: WebPage) -> Markup:
    """Write what search engines read of the page (https://schema.org/NewsArticle), again without an image."""
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": _headline(document),
        "description": web.description,
        "inLanguage": document.language,
        "datePublished": web.published,
        "author": _named("Person", web.author),
        "publisher": _named("Organization", web.publisher),
    }
    written = json.dumps({name: value for name, value in known.items() if value}, ensure_ascii=False)
    return element("script", _markup(written.translate(_SAFE_IN_SCRIPT)), type="application/ld+json")


_SAFE_IN_SCRIPT = {
    ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
}
"""Letters of JSON that could end the script's element, open a comment in it, or end a line of a script."""


def _named(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name} if name else {}


def _headline(document: Document) -> str:
    """Return the words of the headline, or the title where there is none."""
    headlines = (plain_text(block.content) for block in document.blocks if _has_role(block, "headline"))
    return next((" ".join(words.split()) for words in headlines if words.strip()), document.title)


def _has_role(block: Block, role: Role) -> TypeGuard[Para]:
    return isinstance(block, Para) and block.role == role


# --- article ------------------------------------------------------------------------------------------


def _write_article(blocks: Sequence[Block], web: WebPage) -> Markup:
    """Write *blocks*: what opens an article in a header, who wrote it in a footer."""
    blocks = _make_room_for_button(blocks) if web.print_label else blocks
    buttons = iter([_write_button(web.print_label)] if web.print_label else [])
    parts = []
    for block, depth in zip(blocks, iter_depths(blocks, _is_title), strict=True):
        if _has_role(block, "stamp"):
            part = _write_stamp(block.content, web.published, next(buttons, Markup()))
        else:
            part = _write_block(block, depth)
        parts.append((_group_of(block), part))
    groups = groupby(parts, key=lambda part: part[0])
    return stack(_wrap(tag, stack(part for _, part in group)) for tag, group in groups)


def _make_room_for_button(blocks: Sequence[Block]) -> Sequence[Block]:
    """Put an empty stamp below the headline where there is no stamp in whose line the button could stand."""
    if any(_has_role(block, "stamp") for block in blocks):
        return blocks
    place = next((place for place, block in enumerate(blocks, 1) if _has_role(block, "headline")), 0)
    return (*blocks[:place], Para("stamp", ()), *blocks[place:])


def _is_title(block: Block) -> bool:
    return isinstance(block, Title) or _has_role(block, "headline")


def _group_of(block: Block) -> str:
    if _is_title(block) or _has_role(block, "stamp"):
        return "header"
    return "footer" if _has_role(block, "byline") else ""


def _wrap(tag: str, parts: Markup) -> Markup:
    return element(tag, _lines(parts)) if tag and parts else parts


def _lines(parts: Markup) -> Markup:
    """Return *parts* on lines of their own."""
    return Markup("\n{}\n").format(parts)


def _write_button(label: str) -> Markup:
    """Write the button that prints; it is hidden until the script that makes it work has run."""
    return Markup('<button type="button" class="print" hidden>{}</button>').format(label)


def _write_stamp(content: Inlines, published: str, button: Markup) -> Markup:
    words = _write_inlines(content, _time_marker(published))
    parts = Markup(" ").join(part for part in (words, button) if part)
    return _line("p", parts, "stamp" if words else "tools")


def _time_marker(published: str) -> Callable[[str], Markup]:
    """Return a function that writes text and marks in it the day of publication, with the time beside it."""
    if not published:
        return escape
    year, month, day = (int(number) for number in published.partition("T")[0].split("-"))
    clock = r"\d{1,2}[:hg]\d\d(\s?[AP]M)?"
    date = rf"0?{day}[/.-]0?{month}[/.-]{year}"
    pattern = re.compile(rf"(?<!\d)({clock},?\s)?(?<![\d/.-]){date}(?!\d)(,?\s{clock}(?!\d))?")

    def mark(text: str) -> Markup:
        found = pattern.search(text)
        if not found:
            return escape(text)
        before, after = text[: found.start()], text[found.end() :]
        time = element("time", escape(found.group()), datetime=published)
        return Markup("{}{}{}").format(before, time, after)

    return mark


# --- blocks -------------------------------------------------------------------------------------------


def _write_block(block: Block, depth: int) -> Markup:
    match block:
        case Title():
            lines = (_write_inlines(line) for line in iter_lines(block))
            written = _line("h1", Markup("<br>\n").join(lines))
        case Heading():
            written = _line(f"h{depth}", _write_inlines(heading_line(block)))
        case Para():
            written = _write_para(block)
        case ItemList():
            written = _write_list(block.items, block.mark)
        case Table():
            written = _write_table(block)
        case Figure():
            written = _write_figure(block)
        case Recipients():
            items = (item for item in block.items if item)
            written = stack((_line("p", _write_inlines(block.label)), _write_list(items)))
        case Letterhead() | SignatureGrid() | Addressees() | Annex() | Certificate():
            # No bulletin has one; were one to come, its lines are all there, without their layout.
            written = stack(_line("p", _write_inlines(line)) for line in iter_lines(block))
        case _:
            assert_never(block)
    return written


def _line(tag: str, content: Markup, classes: str = "") -> Markup:
    """Return an element around *content*; nothing where that is nothing."""
    return element(tag, content, classes) if content else Markup()


def _write_para(block: Para) -> Markup:
    content = _write_inlines(block.content)
    if block.role == "headline":
        return _line("h1", content)
    named = block.role if block.role in ("lead", "note", "byline") else ""
    return _line("p", content, f"{named} keep" if block.keep_with_next else named)


def _write_list(items: Iterable[Inlines], mark: str = "") -> Markup:
    """Write a list; its mark is an attribute, which the style sheet shows before each item."""
    written = stack(element("li", _write_inlines(item)) for item in items)
    attributes = {"data-mark": mark} if mark else {}
    return element("ul", _lines(written), **attributes) if written else Markup()


def _write_table(block: Table) -> Markup:
    header = stack(_write_row(row, block.columns, "th") for row in block.header)
    rows = stack(_write_row(row, block.columns, "td") for row in block.rows)
    # A head stands above a body: rows of headings alone are the body.
    parts = {"thead": header, "tbody": rows} if rows else {"tbody": header}
    table = _wrap("table", stack(_wrap(tag, content) for tag, content in parts.items()))
    return _make_movable(table) if len(block.columns) > MOST_COLUMNS else table


def _write_row(row: Row, columns: Sequence[Column], tag: Literal["th", "td"]) -> Markup:
    cells = (_write_cell(cell, column, tag) for cell, column in zip(row, columns, strict=True))
    return element("tr", Markup().join(cells))


def _write_cell(content: Inlines, column: Column, tag: Literal["th", "td"]) -> Markup:
    """Write a cell; an empty one heads no column, whatever row it stands in."""
    if tag == "th" and content:
        return element("th", _write_inlines(content), scope="col")
    return element("td", _write_inlines(content), column.align if column.align != "left" else "")


def _write_figure(block: Figure) -> Markup:
    """Write a photograph, or the words in its place: text that can be read, not a picture of a frame."""
    words = " ".join(block.alternative.split())
    match block.picture:
        case Picture():
            shown = _write_picture(block.picture, words)
        case Drawing():
            shown = _write_drawing(block.picture, words)
        case None:
            shown = _line("p", _write_inlines(block.placeholder), "placeholder")
        case _:
            assert_never(block.picture)
    caption = _line("figcaption", _write_inlines(block.caption))
    return _wrap("figure", stack((shown, caption)))


def _write_picture(picture: Picture, alternative: str) -> Markup:
    address = f"data:image/jpeg;base64,{base64.b64encode(picture.content).decode('ascii')}"
    return void_element(
        "img", src=address, alt=alternative, width=str(picture.width_px), height=str(picture.height_px)
    )


def _write_drawing(drawing: Drawing, alternative: str) -> Markup:
    """Write a drawing as part of the page: its letters can be searched and copied."""
    svg = drawing.content.decode("utf-8")
    named = Markup('<svg role="img" aria-label="{}" ').format(alternative)
    return _make_movable(_markup(svg.replace("<svg ", named, 1)))


def _make_movable(content: Markup) -> Markup:
    """Return *content* as something that is moved on a narrow screen, with the keyboard, too.

    Made smaller it could not be read.
    """
    return element("div", content, "wide", tabindex="0")


# --- within a line ------------------------------------------------------------------------------------


def _write_inlines(content: Inlines, write_text: Callable[[str], Markup] = escape) -> Markup:
    return Markup().join(_write_inline(inline, write_text) for inline in content)


def _write_inline(inline: Inline, write_text: Callable[[str], Markup]) -> Markup:
    match inline:
        case Text(text):
            return write_text(text)
        case Strong(children):
            return element("strong", _write_inlines(children, write_text))
        case Emph(children):
            return element("em", _write_inlines(children, write_text))
        case LineBreak():
            return Markup("<br>\n")
        case Blank():
            return escape(BLANK_MARK)
        case _:
            assert_never(inline)


# --- style sheet --------------------------------------------------------------------------------------

_PRINTED_LIKE = {
    "h1": "headline",
    "h2, h3": "heading_arabic",
    "p, li": "body",
    ".stamp": "stamp",
    ".lead": "lead",
    ".note": "note",
    ".byline": "byline",
    ".placeholder": "placeholder",
    "figcaption": "caption",
    "th": "table_header",
    "td": "table_cell",
}
"""Elements of the page, each with the component whose look it has on paper."""


def write_style_sheet(document: Document, style: Style) -> str:
    """Return the CSS of the page: our own look on screens, that of *style* on paper."""
    screen = Template(_read_part("screen.css")).substitute(family=quote(style.font_family))
    marks = {block.mark: None for block in document.blocks if isinstance(block, ItemList)}
    parts = (
        screen,
        *(
            f"ul[data-mark={quote(mark)}] {{ list-style-type: {quote(f'{mark} ')}; }}"
            for mark in marks
            if mark
        ),
        page_rules(style.page, style.page_number, style.font_family),
        "@media print {",
        f"html {{ font-family: {quote(style.font_family)}, serif; }}",
        _read_part("print.css"),
        *(
            f"{selector} {{ {look_rules(style.texts[component])} }}"
            for selector, component in _PRINTED_LIKE.items()
            if component in style.texts
        ),
        *_figure_rules(style),
        *_table_rules(style.table),
        "}",
    )
    return "\n".join(parts)


def _figure_rules(style: Style) -> Iterator[str]:
    if look := style.figure:
        most = f"max-width: {look.most_width_mm:g}mm; max-height: {look.most_height_mm:g}mm"
        yield f"img {{ {most}; width: auto; }}"
        yield (
            f".placeholder {{ width: {look.frame_width_mm:g}mm; min-height: {look.frame_height_mm:g}mm; "
            f"margin: 0 auto; border-width: {look.frame_thickness_pt:g}pt; }}"
        )
        yield f"figcaption {{ margin-top: {look.gap_before_caption_pt:g}pt; }}"


def _table_rules(look: TableStyle) -> Iterator[str]:
    yield f"table {{ margin-bottom: {look.gap_after_pt:g}pt; }}"
    yield (
        f"td, th {{ border-width: {look.rule_thickness_pt:g}pt; margin: 0; "
        f"padding: {look.padding_y_pt:g}pt {look.padding_x_mm:g}mm; }}"
    )


def _markup(text: str) -> Markup:
    """Return *text* of our own making as it is: within a script or a style sheet nothing can be escaped."""
    return Markup(text)  # noqa: S704 - what comes from documents was quoted or escaped for its place


@cache
def _read_part(name: str) -> str:
    file = resources.files("generator") / "writers" / "page" / name
    return file.read_text(encoding="utf-8").strip()
