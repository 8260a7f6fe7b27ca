"""The page for the web in a real browser: whether everyone can read it, whether its button prints, how it prints."""

from __future__ import annotations

import shutil
from importlib import resources
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdfium2 import raw

from generator.inspection.readback.pdf import read_pieces
from generator.inspection.readback.words import check_agreement, words_of_pdf
from generator.tree import Block, Document, Figure, Heading, Text
from generator.typeface import POINT_MM
from generator.writers.web import write_web
from tests import news_samples
from tests.browser import ask, print_page

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chromium

STYLE = news_samples.press()

WIDTHS = pytest.mark.parametrize("width_px", [None, 320], ids=["wide", "narrow"])

AXE = "axe.min.js"


def find_barriers(page: bytes, folder: Path, width_px: int | None = None) -> dict[str, list[str]]:
    """Return what axe-core finds wrong or cannot decide, rule by rule, each with the elements concerned."""
    with resources.as_file(resources.files("axe_core_python") / AXE) as source:
        shutil.copy(source, folder / AXE)
    page = page.replace(b"</body>", f'<script src="{AXE}"></script></body>'.encode())
    found = ask(page, "axe.run(document)", folder, width_px=width_px)
    assert len(found["passes"]) > 10
    unsure = [*found["violations"], *found["incomplete"]]
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in unsure}


# --- for everyone -------------------------------------------------------------------------------------


@WIDTHS
@pytest.mark.parametrize(
    "document",
    [news_samples.whole_bulletin(), news_samples.small_bulletin()],
    ids=["whole", "small"],
)
def test_axe_finds_no_barrier(document: Document, width_px: int | None, tmp_path: Path) -> None:
    assert find_barriers(write_web(document, STYLE), tmp_path, width_px) == {}


BARRIERS = {
    "image-alt": (b'alt="To\xc3\xa0n c\xe1\xba\xa3nh H\xe1\xbb\x99i ngh\xe1\xbb\x8b"', b""),
    "color-contrast": (b"line-height: 1.5rem; color: #555", b"line-height: 1.5rem; color: #bbb"),
    "heading-order": (b"h2>", b"h4>"),
    "html-has-lang": (b' lang="vi-VN"', b""),
    "document-title": (b"title>", b"titel>"),
    "landmark-one-main": (b"main>", b"div>"),
    "empty-table-header": (b">STT</th>", b"></th>"),
    "button-name": ("hidden>In bài viết".encode(), b"hidden>"),
}
"""Rules of axe, each with what makes a page break it."""


@pytest.mark.parametrize(
    ("rule", "width_px"), [*((rule, None) for rule in BARRIERS), ("image-alt", 320), ("color-contrast", 320)]
)
def test_axe_finds_a_barrier_that_is_there(rule: str, width_px: int | None, tmp_path: Path) -> None:
    page = write_web(news_samples.whole_bulletin(), STYLE)
    broken = page.replace(*BARRIERS[rule])
    assert broken != page
    assert rule in find_barriers(broken, tmp_path, width_px)


@WIDTHS
def test_nothing_is_wider_than_the_window_nor_fetched(width_px: int | None, tmp_path: Path) -> None:
    question = """({
      inner: document.documentElement.clientWidth,
      needed: document.documentElement.scrollWidth,
      seen: [...document.images].map((image) => image.naturalWidth),
      fetched: performance.getEntriesByType("resource").map((entry) => entry.name),
    })"""
    page = write_web(news_samples.whole_bulletin(), STYLE)
    told = ask(page, question, tmp_path, width_px=width_px)
    assert told["needed"] == told["inner"]
    assert told["inner"] <= (width_px or told["inner"])
    assert told["seen"] == [900, 500]
    assert told["fetched"] == []


# --- print button -------------------------------------------------------------------------------------

CHARSET = b'<meta charset="utf-8">'
COUNTER = b"<script>window.prints = 0; window.print = () => { window.prints += 1; };</script>"


@WIDTHS
def test_the_button_is_shown_by_its_script_and_prints(width_px: int | None, tmp_path: Path) -> None:
    question = """(() => {
      const button = document.querySelector("button");
      const box = button.getBoundingClientRect();
      const before = window.prints;
      button.click();
      const told = {height: box.height, width: box.width, prints: [before, window.prints]};
      button.hidden = true;
      return {...told, shown: getComputedStyle(button).display};
    })()"""
    page = write_web(news_samples.whole_bulletin(), STYLE)
    told = ask(page.replace(CHARSET, CHARSET + COUNTER), question, tmp_path, width_px=width_px)
    assert told["prints"] == [0, 1]
    assert min(told["height"], told["width"]) >= 24  # WCAG 2.2, 2.5.8: no smaller target
    assert told["shown"] == "none"


def test_what_is_selected_to_be_pasted_elsewhere_is_the_article_without_the_button(tmp_path: Path) -> None:
    question = """(() => {
      getSelection().selectAllChildren(document.querySelector("article"));
      return getSelection().toString();
    })()"""
    told = ask(write_web(news_samples.whole_bulletin(), STYLE), question, tmp_path)
    assert news_samples.HEADLINE in told
    assert "Lượt xem: 3.633" in told
    assert news_samples.PRINT_LABEL not in told


# --- on paper -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("paragraphs", [1, 30])
def test_what_is_printed_is_the_document_on_a4_without_the_button(paragraphs: int, tmp_path: Path) -> None:
    document = news_samples.whole_bulletin(paragraphs)
    printed = print_page(write_web(document, STYLE), tmp_path)
    check_agreement(document, STYLE, pdf=printed)
    assert news_samples.PRINT_LABEL not in " ".join(words_of_pdf(printed, STYLE.page))
    for page in pypdfium2.PdfDocument(printed):
        size_mm = [round(length * POINT_MM) for length in page.get_size()]
        assert size_mm == [210, 297]


def parts_that_stay_together(count: int) -> Document:
    """Return a bulletin of figures and headings, each with words that must stand on its page."""
    blocks: list[Block] = []
    for number in range(count):
        shown = news_samples.picture(number, 90, 60) if number % 2 else None
        blocks += (
            Heading(1, "arabic", "", (Text(f"Mục-{number}"),)),
            news_samples.para("body", f"Đoạn-{number} {news_samples.SENTENCE * (1 + number % 3)}"),
            Figure("", (Text(f"Khung-{number}"),), (Text(f"Ảnh-{number}"),), picture=shown),
        )
    return news_samples.bulletin(*blocks)


def find_torn(printed: bytes, count: int) -> list[str]:
    """Return the words of `parts_that_stay_together` whose partner is on another page."""
    pages = {piece.text: piece.page for piece in read_pieces(printed, STYLE.page)}
    pairs = [(f"{one}-{number}", f"{other}-{number}") for one, other in PARTNERS for number in range(count)]
    torn = [one for one, other in pairs if one in pages and pages[one] != pages[other]]
    captions = sorted(pages[f"Ảnh-{number}"] for number in range(1, count, 2))
    return torn if captions == pages_of_images(printed) else [*torn, "ảnh"]


PARTNERS = (("Mục", "Đoạn"), ("Khung", "Ảnh"))


def pages_of_images(printed: bytes) -> list[int]:
    pages = enumerate(pypdfium2.PdfDocument(printed))
    return [number for number, page in pages for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]


def test_on_paper_figures_are_whole_and_headings_stand_with_their_text(tmp_path: Path) -> None:
    page = write_web(parts_that_stay_together(24), STYLE)
    assert find_torn(print_page(page, tmp_path), 24) == []
    loose = page.replace(b"break-inside: avoid", b"break-inside: auto").replace(b"break-after: avoid", b"")
    assert find_torn(print_page(loose, tmp_path), 24) != []
