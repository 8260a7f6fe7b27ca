"""Inspected files made by hand: each paragraph as a reader would find it, whole and without a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from generator.inspection.found import Found, Line, Look, PageNumber, Paragraph, Piece, Sheet, Spacing

A4 = Sheet(210, 297, 20, 20, 30, 20)
LEFT = {"side": "left", "row": (0, 0), "column": 0}
RIGHT = {"side": "right", "row": (0, 0), "column": 1}


def look(size: float | None = 14, *, bold: bool = False, italic: bool = False, **more: Any) -> Look:
    """Return a look in black Times New Roman."""
    given = {"family": "Times New Roman", "color": "000000"} | more
    return Look(size_pt=size, bold=bold, italic=italic, **given)


def line(text: str, size: float = 14, *, bold: bool = False, italic: bool = False, **more: Any) -> Paragraph:
    """Return a centred line, as letterheads, titles and signatures have them."""
    made = Paragraph(
        0, (Piece(text, look(size, bold=bold, italic=italic)),), None, "center", 0.0, 0.0, 0.0, 0.0
    )
    return replace(made, **{"spacing": Spacing("exact", 18.0)} | more)


def text(words: str, size: float = 14, *, bold: bool = False, italic: bool = False, **more: Any) -> Paragraph:
    """Return a paragraph of text: justified, indented, with the gap below it."""
    given = {"align": "justify", "indent_first_mm": 12.7, "space_after_pt": 6.0} | more
    return line(words, size, bold=bold, italic=italic, **{"spacing": Spacing("exact", 17.0)} | given)


def empty(**more: Any) -> Paragraph:
    """Return a paragraph without words."""
    return replace(line("", **more), pieces=())


def cell(words: str, **more: Any) -> Paragraph:
    """Return a cell of a table with rules."""
    return line(words, 13, in_ruled_table=True, **more)


def found(
    paragraphs: Sequence[Paragraph],
    kind: Literal["docx", "pdf"] = "docx",
    number: PageNumber | None = None,
    **more: Any,
) -> Found:
    """Return the file of *paragraphs*, which get their numbers."""
    numbered = tuple(replace(paragraph, index=index) for index, paragraph in enumerate(paragraphs))
    numbers = (number,) if number else (PageNumber("header", "center", look(14), on_first_page=False),)
    given: dict[str, Any] = {"sheets": (A4,), "page_count": None, "is_signed": False} | more
    return Found(kind=kind, paragraphs=numbered, page_numbers=numbers, **given)


def letterhead(*, parent: str = "BỘ NỘI VỤ", number: str = "Số: 05/BB-KTĐ", day: str = "") -> list[Paragraph]:
    """Return the letterhead as our Word files have it: a table of two columns."""
    rule = Line(24, 0.75, 60)
    issuer = line("KHỐI THI ĐUA CÁC BỘ,\nNGÀNH TỔNG HỢP", 13, bold=True, rule_below=rule, **LEFT)
    lower = {"row": (0, 1)}
    return [
        *([line(parent, 13, **LEFT)] if parent else []),
        issuer,
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, **RIGHT),
        line("Độc lập - Tự do - Hạnh phúc", 14, bold=True, **RIGHT),
        empty(**RIGHT | {"rule_below": Line(60, 0.75, 60)}),
        *([line(number, 13, **LEFT | lower)] if number else []),
        *([line(day, 14, italic=True, **RIGHT | lower)] if day else []),
    ]


def title(
    kind: str = "BIÊN BẢN", subject: str = "Hội nghị tổng kết công tác thi đua năm 2021"
) -> list[Paragraph]:
    """Return a title with the rule below it."""
    return [
        line(kind, 14, bold=True),
        line(subject, 14, bold=True, rule_below=Line(40, 0.75, 100)),
    ]


def signature(post: str, name: str, side: dict[str, Any], *, table: int = 1) -> list[Paragraph]:
    """Return a place to sign in a column of a table without rules."""
    place = side | {"row": (table, 0)}
    return [
        line(post, 14, bold=True, **place),
        empty(**place),
        line(name, 14, bold=True, **place),
    ]


def recipients(*items: str, **place: Any) -> list[Paragraph]:
    """Return the list of who receives the document."""
    given = {"align": "left"} | place
    shown = items or ("- Như trên;", "- Bộ Nội vụ;", "- Lưu: VT, Hồ sơ.")
    return [
        line("Nơi nhận:", 12, bold=True, italic=True, **given),
        *(line(item, 11, **given) for item in shown),
    ]


def minutes(**more: Any) -> Found:
    """Return faultless minutes under Nghị định 30/2020, as our own Word files are laid out."""
    return found(
        [
            *letterhead(day="Hà Nội, ngày 17 tháng 02 năm 2022"),
            empty(),
            *title(),
            empty(),
            text("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;", italic=True),
            text("Căn cứ Kế hoạch số 12/KH-KTĐ ngày 05 tháng 01 năm 2022.", italic=True),
            text("Thời gian bắt đầu: 08 giờ 00 phút, ngày 17 tháng 02 năm 2022."),
            text("Thành phần tham dự:"),
            text("- Đồng chí Vương Văn Đỉnh, Phó Trưởng ban;"),
            text("I. KẾT QUẢ CÔNG TÁC", bold=True, align="left"),
            text("1. Kết quả năm 2021", bold=True, align="left"),
            text(
                "Trong năm 2021, các đơn vị trong Khối đã tích cực tổ chức các phong trào thi đua yêu nước."
            ),
            cell("STT", row=(1, 0), column=0),
            cell("Đơn vị", row=(1, 0), column=1),
            cell("1", row=(1, 1), column=0),
            cell("Văn phòng Chủ tịch nước", row=(1, 1), column=1),
            text("2. Thảo luận", bold=True, align="left"),
            text("Các đại biểu thống nhất với báo cáo, không có ý kiến khác."),
            text("Hội nghị kết thúc vào 11 giờ 30 phút, ngày 17 tháng 02 năm 2022./."),
            *signature("THƯ KÝ", "Trần Thị Bình", LEFT, table=2),
            *signature("TM. ĐOÀN CHỦ TỊCH", "Chu Văn Yêm", RIGHT, table=2),
            *recipients(**LEFT | {"row": (2, 1)}),
            empty(),
        ],
        **more,
    )


def change(file: Found, words: str, change_one: Callable[[Paragraph], Paragraph]) -> Found:
    """Return *file* with the one paragraph that begins with *words* changed."""
    matching = [paragraph for paragraph in file.paragraphs if paragraph.text.startswith(words)]
    assert len(matching) == 1, words
    changed = (change_one(p) if p is matching[0] else p for p in file.paragraphs)
    return replace(file, paragraphs=tuple(changed))


def with_look(**changes: Any) -> Callable[[Paragraph], Paragraph]:
    """Return the change that gives all letters of a paragraph another look."""

    def apply(paragraph: Paragraph) -> Paragraph:
        pieces = (replace(piece, look=replace(piece.look, **changes)) for piece in paragraph.pieces)
        return replace(paragraph, pieces=tuple(pieces))

    return apply


def with_words(words: str) -> Callable[[Paragraph], Paragraph]:
    """Return the change that gives a paragraph other words."""
    return lambda paragraph: replace(paragraph, pieces=(Piece(words, paragraph.pieces[0].look),))


def with_place(**changes: Any) -> Callable[[Paragraph], Paragraph]:
    """Return the change of a paragraph's own properties."""
    return lambda paragraph: replace(paragraph, **changes)
