"""Pages of signatures, in the PDF and in the Word file as LibreOffice lays it out: never torn, never orphaned."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from generator.grids import arrange_grid
from generator.inspection.readback.words import check_agreement, page_starts
from generator.tree import (
    Document,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Text,
    Title,
)
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from tests import samples
from tests.test_page_starts import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.style import Style

SIZES = (2, 4, 10, 11, 24, 43)
LENGTHS = tuple(range(0, 40, 4))
"""Paragraphs before the signatures: ten lengths, from none to well over a page."""

LONG = (
    "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    "BẢO HIỂM XÃ HỘI VIỆT NAM",
    "BAN QUẢN LÝ LĂNG CHỦ TỊCH HỒ CHÍ MINH",
    "BỘ NỘI VỤ",
    "LIÊN MINH HỢP TÁC XÃ VIỆT NAM",
)
CLOSING = "Bản giao ước này được lập thành đủ bản cho các đơn vị./."
CAPTION = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
STYLES = (samples.tt01(), samples.nd30())


def place(number: int, *, starts_row: bool = False) -> Signature:
    """Return the place number *number*, whose unit and name say so, with posts or without, named or blank."""
    unit = (Text(f"{LONG[number % 5]} ĐẦU{number}"),)
    posts = ((Text("KT. BỘ TRƯỞNG"),), (Text("THỨ TRƯỞNG"),)) if number % 2 else ()
    note = (Text("(Đã ký)"),) if number % 3 == 0 else ()
    office = (Text("KHỐI TRƯỞNG"),) if number == 0 else ()
    name = (Text(f"Trần Văn Cuối{number}"),)
    return Signature(unit, posts, note, name, office, starts_row)


def pledge(size: int, length: int, *, with_recipients: bool = False) -> Document:
    """Return a pledge of *length* paragraphs that *size* units sign, and a witness."""
    cells = [place(number, starts_row=number == 2) for number in range(size)]
    witness = Signature((Text("CHỨNG KIẾN"),), (), (), (Text("Mai Văn Chứng"),), (), starts_row=True)
    recipients = Recipients((Text("Nơi nhận:"),), ((Text("- Các đơn vị;"),), (Text("- Lưu: VT."),)))
    return Document(
        "Bản giao ước",
        "Khối thi đua",
        "vi-VN",
        (
            samples.letterhead(),
            Title((Text("BẢN GIAO ƯỚC THI ĐUA NĂM 2017"),), (Text("Khối thi đua các Bộ, ngành tổng hợp"),)),
            *(
                Para(
                    "body", (Text(f"Đoạn {n}. Các đơn vị thi đua hoàn thành nhiệm vụ chính trị được giao."),)
                )
                for n in range(length)
            ),
            Para("body", (Text(CLOSING),), keep_with_next=True),
            SignatureGrid((2, 3), (*cells, witness), (Text(CAPTION),)),
            *((recipients,) if with_recipients else ()),
        ),
    )


def iter_faults(document: Document, content: bytes, style: Style) -> Iterator[str]:
    """Yield what is wrong with the pages of *document* that *content* shows, laid out by whichever program."""
    pages = [
        "".join(words).replace("\N{ZERO WIDTH SPACE}", "")
        for words in page_starts(content, style.page, 100_000)
    ]
    index = next(i for i, block in enumerate(document.blocks) if isinstance(block, SignatureGrid))
    grid = document.blocks[index]
    assert isinstance(grid, SignatureGrid)
    after = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    arranged = arrange_grid(grid, document.blocks[:index], after, style)
    closing, caption = CLOSING.replace(" ", ""), CAPTION.replace(" ", "")
    signed = [number for number, page in enumerate(pages) if "Văn" in page]
    for row in arranged.rows:
        marks = [mark for one in row.places for mark in marks_of(one.cell)]
        homes = {number for mark in marks for number in on_pages(mark, pages)}
        if len(homes) != 1 or any(len(on_pages(mark, pages)) != 1 for mark in marks):
            yield f"row {marks} torn over pages {sorted(homes)}"
    first = on_pages(marks_of(grid.cells[0])[0], pages)
    if on_pages(closing, pages) != first:
        yield f"closing sentence on {on_pages(closing, pages)}, first place on {first}"
    if on_pages(caption, pages) != signed:
        yield f"caption on {on_pages(caption, pages)}, signatures on {signed}"
    if arranged.is_whole and len(signed) != 1:
        yield f"fits on one page, stands on {signed}"
    if len(signed) > 1 and pages[signed[-1]].count("Văn") <= len(arranged.rows[-1].places):
        yield "last row alone on its page"
    if isinstance(after, Recipients) and on_pages("Nơinhận:", pages) != signed[-1:]:
        yield f"recipients on {on_pages('Nơinhận:', pages)}, last signatures on {signed[-1:]}"


def marks_of(cell: Signature) -> list[str]:
    """Return the first and the last words of a place, as they stand on paper without spaces."""
    lines = [line for line in (cell.unit, cell.name) if line]
    texts = [inline.text for line in lines for inline in line if isinstance(inline, Text)]
    return [texts[0].split()[-1], texts[-1].replace(" ", "")]


def on_pages(mark: str, pages: list[str]) -> list[int]:
    """Return the pages that hold *mark*, which no figure follows: 1 is not 10."""
    return [
        number
        for number, page in enumerate(pages)
        if any(not part[:1].isdigit() for part in page.split(mark)[1:])
    ]


CASES = [(size, length) for size in SIZES for length in LENGTHS]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
@pytest.mark.parametrize("size", SIZES)
def test_signatures_are_neither_torn_nor_orphaned_in_the_pdf(size: int, style: Style) -> None:
    for length in LENGTHS:
        document = pledge(size, length, with_recipients=length % 8 == 0)
        assert list(iter_faults(document, write_pdf(document, style).content, style)) == [], length


@pytest.mark.libreoffice
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.id)
def test_signatures_are_neither_torn_nor_orphaned_in_word(tmp_path: Path, style: Style) -> None:
    documents = {
        f"{size}-{length}": pledge(size, length, with_recipients=length % 8 == 0) for size, length in CASES
    }
    laid_out = lay_out({name: write_docx(document, style) for name, document in documents.items()}, tmp_path)
    faults = {
        name: list(iter_faults(document, laid_out[name], style)) for name, document in documents.items()
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_the_caption_that_comes_again_is_no_disagreement() -> None:
    document, style = pledge(24, 0), STYLES[0]
    check_agreement(document, style, write_docx(document, style), write_pdf(document, style).content)


def test_a_torn_row_and_an_orphan_are_found_out() -> None:
    """The check can fail: signatures set without any binding do tear."""
    from generator.writers import html

    style = STYLES[0]
    loose = html._PARTS.replace("break-inside: avoid", "").replace("break-before: avoid", "")
    found: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "_PARTS", loose.replace("break-after: avoid", ""))
        for length in LENGTHS:
            document = pledge(10, length)
            for fault in iter_faults(document, write_pdf(document, style).content, style):
                found[fault.split()[0]] += 1
    assert found["row"] > 3
