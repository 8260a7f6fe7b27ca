"""Bulletins that several tests share, with photographs made on the spot."""

from __future__ import annotations

import io

from PIL import Image

from generator.style import Style, load_style
from generator.tree import (
    Block,
    Column,
    Document,
    Emph,
    Figure,
    Heading,
    ItemList,
    Para,
    Picture,
    Role,
    Strong,
    Table,
    Text,
    WebPage,
)
from tests.samples import TEMPLATES

HEADLINE = (
    "Tổng kết công tác thi đua khen thưởng của Khối thi đua các Bộ, ngành tổng hợp năm 2016 & “ký giao ước”"
)
DESCRIPTION = (
    "Khối thi đua các Bộ, ngành tổng hợp tổng kết công tác năm 2016 và ký giao ước thi đua năm 2017."
)
PRINT_LABEL = "In bài viết"
SENTENCE = (
    "Các đơn vị thành viên trong Khối thi đua đã tích cực tham mưu, lãnh đạo, tổ chức thực hiện nhiệm vụ, "
    "hoàn thành xuất sắc, toàn diện trên các lĩnh vực công tác được giao; “Ước nguyện” của tập thể được ghi nhận."
)


def press() -> Style:
    """Return the style of bulletins."""
    return load_style(TEMPLATES / "style" / "press.yaml")


def picture(number: int = 1, width_px: int = 900, height_px: int = 600) -> Picture:
    """Return a photograph: a slope from dark to light, so that a page image shows where it stands."""
    image = Image.linear_gradient("L").resize((width_px, height_px)).convert("RGB")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=70)
    return Picture(f"photo-{number}.jpg", content.getvalue(), width_px, height_px)


def figure(caption: str, shown: Picture | None = None) -> Figure:
    """Return a photograph under *caption*, a frame with words where it is not *shown*."""
    return Figure("photos/a.jpg", (Text("[Ảnh chưa có trong dữ liệu]"),), (Text(caption),), picture=shown)


def para(role: Role, text: str) -> Para:
    """Return a paragraph of plain words."""
    return Para(role, (Text(text),))


def bulletin(*blocks: Block, web: WebPage | None = None) -> Document:
    """Return a document for the web, of which nothing is known but its description."""
    return Document(HEADLINE, "Ban Thi đua", "vi-VN", blocks, web or WebPage(DESCRIPTION))


def small_bulletin() -> Document:
    """Return the least that a bulletin has."""
    return bulletin(para("headline", HEADLINE), para("body", SENTENCE))


def whole_bulletin(paragraphs: int = 3) -> Document:
    """Return a bulletin with every block and everything known that one may have."""
    return bulletin(
        para("headline", HEADLINE),
        para("stamp", "07:51 PM 17/02/2017 | Lượt xem: 3.633"),
        figure("Toàn cảnh Hội nghị", picture()),
        para("lead", f"Chiều 17/02, tại Hà Nội. {SENTENCE}"),
        *(para("body", f"Đoạn {number}. {SENTENCE}") for number in range(1, paragraphs + 1)),
        Heading(1, "arabic", "", (Text("Kết quả công tác"),)),
        Heading(2, "arabic", "", (Text("Các hoạt động chính"),)),
        Para("body", (Text("Khối đã tổ chức:"),), keep_with_next=True),
        ItemList(
            "-",
            (
                (Text("các hội nghị triển khai kế hoạch, "), Strong((Text("sơ kết 6 tháng"),)), Text(";")),
                (Emph((Text("tập huấn"),)), Text(" và tọa đàm.")),
            ),
        ),
        figure("Đại diện tập thể và các cá nhân nhận Bằng khen."),
        Heading(1, "arabic", "", (Text("Đề nghị khen thưởng"),)),
        Table(
            columns=(Column(1, "center"), Column(5), Column(4), Column(2, "right")),
            header=(((Text("STT"),), (Text("Đơn vị"),), (Text("Hình thức khen thưởng"),), (Text("Điểm"),)),),
            rows=(
                ((Text("1"),), (Text("Văn phòng Chủ tịch nước"),), (Text("Cờ thi đua"),), (Text("998,5"),)),
                ((Text("2"),), (Text("Liên minh Hợp tác xã Việt Nam"),), (Text("Bằng khen"),), ()),
            ),
        ),
        para("note", "Ghi chú: số liệu tự báo cáo."),
        figure("Đại diện các Bộ, ngành cùng ký Giao ước.", picture(2, 500, 800)),
        para("byline", "Kim Thu"),
        para("byline", "Nguồn: Ban Thi đua"),
        web=WebPage(DESCRIPTION, "2017-02-17T19:51", "Kim Thu", "Ban Thi đua", PRINT_LABEL),
    )
