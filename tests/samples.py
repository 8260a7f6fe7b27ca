"""Documents and styles that several tests share: small, whole, with every kind of block."""

from __future__ import annotations

from pathlib import Path

from generator.style import Style, load_style
from generator.tree import (
    Blank,
    Column,
    Document,
    Emph,
    Extent,
    Heading,
    ItemList,
    Letterhead,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
)

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def tt01() -> Style:
    """Return the style of Thông tư 01/2011/TT-BNV."""
    return load_style(TEMPLATES / "style" / "tt01-2011.yaml")


def nd30() -> Style:
    """Return the style of Nghị định 30/2020/NĐ-CP."""
    return load_style(TEMPLATES / "style" / "nd30-2020.yaml")


def press() -> Style:
    """Return the style of the bulletin."""
    return load_style(TEMPLATES / "style" / "press.yaml")


def certificate() -> Style:
    """Return the style of certificates."""
    return load_style(TEMPLATES / "style" / "certificate.yaml")


def signature(post: str) -> Signature:
    """Return a place to sign under *post*, its name unknown."""
    return Signature(
        unit=(),
        posts=((Text(post),),),
        note=(Text("(Ký, ghi rõ họ tên)"),),
        name=(Blank(f"Họ tên {post.lower()}", Extent.NAME),),
    )


def letterhead() -> Letterhead:
    """Return a letterhead whose number is unknown."""
    return Letterhead(
        parent=(),
        issuer=(Text("KHỐI THI ĐUA CÁC BỘ, NGÀNH TỔNG HỢP"),),
        nation=(Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),),
        motto=(Text("Độc lập - Tự do - Hạnh phúc"),),
        number=(
            Text("Số: "),
            Blank("Số văn bản", Extent.NUMBER),
            Text("/BB-"),
            Blank("Ký hiệu", Extent.YEAR),
        ),
        place_and_date=(),
    )


def whole_document(paragraphs: int = 3, rows: int = 3) -> Document:
    """Return a document with every kind of block, as long as *paragraphs* and *rows* make it."""
    sentence = (
        "Các đơn vị thành viên đã tích cực tham mưu, tổ chức thực hiện nhiệm vụ & hoàn thành < 100% "
        "kế hoạch; “Ước nguyện” của tập thể được ghi nhận, đường về Quảng Ngãi vẫn rộng mở."
    )
    return Document(
        title="Biên bản Hội nghị tổng kết công tác thi đua, khen thưởng năm 2016",
        author="Khối thi đua các Bộ, ngành tổng hợp",
        language="vi-VN",
        blocks=(
            letterhead(),
            Title(
                kind=(Text("BIÊN BẢN"),),
                subject=(
                    Text(
                        "Hội nghị tổng kết công tác thi đua khen thưởng của Khối thi đua các Bộ, ngành tổng hợp"
                    ),
                ),
            ),
            Para("legal_basis", (Text("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;"),)),
            Para("body", (Text("Địa điểm: "), Blank("Địa điểm", Extent.LINE))),
            Para(
                "body",
                (
                    Text("Thời gian bắt đầu: "),
                    Blank("Giờ bắt đầu", Extent.NUMBER),
                    Text(" giờ "),
                    Blank("Phút bắt đầu", Extent.NUMBER),
                    Text(" phút."),
                ),
            ),
            Heading(1, "arabic", "1.", (Text("Tổng kết công tác năm 2016"),)),
            *(Para("body", (Text(f"Đoạn {n}. {sentence}"),)) for n in range(1, paragraphs + 1)),
            ItemList(
                "-",
                (
                    (Strong((Text("Ông Nguyễn Văn Ái"),)), Text(", Vụ trưởng;")),
                    (Emph((Text("Bà Lê Thị Ước."),)),),
                ),
            ),
            Heading(1, "arabic", "2.", (Text("Đề nghị khen thưởng"),)),
            Para("body", (Text("Danh sách đề nghị như sau:"),), keep_with_next=True),
            Table(
                columns=(Column(1, "center"), Column(5), Column(4)),
                header=(((Text("STT"),), (Text("Đơn vị"),), (Text("Hình thức khen thưởng"),)),),
                rows=tuple(
                    (
                        (Text(str(n)),),
                        (Text(f"Đơn vị thành viên thứ {n} thuộc Khối thi đua"),),
                        (Text("Bằng khen"),),
                    )
                    for n in range(1, rows + 1)
                ),
            ),
            Para("note", (Text("Ghi chú: số liệu tự báo cáo."),)),
            Para(
                "body",
                (Text("Hội nghị kết thúc vào "), Blank("Giờ kết thúc", Extent.NUMBER), Text(" giờ./.")),
                keep_with_next=True,
            ),
            SignatureGrid((2,), (signature("THƯ KÝ"), signature("CHỦ TỌA"))),
            Recipients(
                (Text("Nơi nhận:"),),
                ((Text("- "), Blank("Nơi nhận", Extent.NAME), Text(";")), (Text("- Lưu: VT, Hồ sơ."),)),
            ),
        ),
    )
