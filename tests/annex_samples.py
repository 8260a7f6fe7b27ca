"""Documents with annexes and certificates that several tests share, for blocks of any number of units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generator.tree import (
    Addressees,
    Annex,
    Blank,
    Certificate,
    Column,
    Document,
    Extent,
    Heading,
    Para,
    Recipients,
    SignatureGrid,
    Strong,
    Table,
    Text,
    Title,
)
from tests import samples

if TYPE_CHECKING:
    from generator.tree import Block, Inlines, Orientation, Row

UNITS = (
    "Bộ Tài nguyên và Môi trường",
    "Bộ Lao động - Thương binh và Xã hội",
    "Bộ Nông nghiệp và Phát triển nông thôn",
    "Văn phòng Chính phủ",
    "Ủy ban Chứng khoán Nhà nước",
    "Thông tấn xã Việt Nam",
    "Viện Hàn lâm Khoa học và Công nghệ Việt Nam",
    "Ban Quản lý Lăng Chủ tịch Hồ Chí Minh",
    "Thanh tra Chính phủ",
    "Đài Tiếng nói Việt Nam",
)


def words(text: str) -> Inlines:
    """Return *text* as what stands in a line."""
    return (Text(text),)


def unit_name(number: int) -> str:
    """Return the name of the unit *number*, from 0: long ones and short ones."""
    again = number // len(UNITS)
    return UNITS[number % len(UNITS)] + (f" - Chi nhánh {again}" if again else "")


def format_score(scorer: int, unit: int) -> str:
    """Return a score of some figures, with a comma: ``98,75``."""
    score = Decimal(10000 - (scorer * 37 + unit * 61) % 900) / 100
    return f"{score:.2f}".replace(".", ",")


def score_matrix(units: int, scorers: int) -> Table:
    """Return a table of scores: the units below one another, the scorers side by side, then the total."""
    columns = (Column(3, "center"), Column(20), *(Column(4, "center") for _ in range(scorers + 2)))
    header: Row = (
        words("TT"),
        words("Đơn vị"),
        *(words(str(number + 1)) for number in range(scorers)),
        words("Điểm"),
        words("Hạng"),
    )
    rows = tuple(
        (
            words(str(unit + 1)),
            words(unit_name(unit)),
            *(words(format_score(scorer, unit)) if scorer != unit else () for scorer in range(scorers)),
            (Strong(words("98,75")),),
            words(str(unit + 1)),
        )
        for unit in range(units)
    )
    return Table(columns, (header,), rows)


def annex(number: str, subject: str, orientation: Orientation = "portrait") -> Annex:
    """Return the head of an annex."""
    return Annex(
        words(subject),
        words(f"Phụ lục {number}") if number else (),
        words("(Kèm theo Biên bản số 05/BB-KTĐ ngày 17 tháng 02 năm 2017)"),
        orientation,
    )


def annexed_document(units: int = 24, scorers: int = 24, paragraphs: int = 12) -> Document:
    """Return minutes with a matrix of scores and a report on the counting of votes as annexes."""
    sentence = (
        "Các đơn vị thành viên đã tích cực tham mưu, tổ chức thực hiện nhiệm vụ và hoàn thành kế hoạch; "
        "kết quả được ghi nhận đầy đủ trong bảng điểm kèm theo biên bản này. "
    )
    blocks: tuple[Block, ...] = (
        samples.letterhead(),
        Title(words("BIÊN BẢN"), words("Hội nghị tổng kết công tác thi đua, khen thưởng năm 2016")),
        Heading(1, "arabic", "1.", words("Chấm điểm")),
        *(Para("body", words(f"Đoạn {number}. {sentence * 3}")) for number in range(paragraphs)),
        Para("body", words("Hội nghị kết thúc vào hồi 17 giờ 00 phút cùng ngày./."), keep_with_next=True),
        SignatureGrid((2,), (samples.signature("THƯ KÝ"), samples.signature("CHỦ TỌA"))),
        Recipients(words("Nơi nhận:"), (words("- Các đơn vị thành viên;"), words("- Lưu: VT, Hồ sơ."))),
        annex("I", "BẢNG TỔNG HỢP ĐIỂM CHẤM CHÉO NĂM 2016", "fitting"),
        Para("body", words("Điểm của từng đơn vị do các đơn vị khác chấm như sau:"), keep_with_next=True),
        score_matrix(units, scorers),
        Para("note", words("Ghi chú: Ô trống là đơn vị không tự chấm điểm.")),
        annex("II", "BIÊN BẢN KIỂM PHIẾU"),
        Heading(1, "arabic", "1.", words("Thành phần ban kiểm phiếu")),
        *(Para("body", words(f"Ý kiến {number}. {sentence * 3}")) for number in range(paragraphs)),
        Heading(1, "arabic", "2.", words("Kết quả")),
        Para("body", words("Số phiếu phát ra: 24; thu về: 24; hợp lệ: 24./."), keep_with_next=True),
        SignatureGrid((2,), (samples.signature("THƯ KÝ"), samples.signature("TRƯỞNG BAN"))),
    )
    return Document("Biên bản Hội nghị", "Khối thi đua các Bộ, ngành tổng hợp", "vi-VN", blocks)


def submission(*addressees: str) -> Document:
    """Return a submission to *addressees*."""
    blocks = (
        samples.letterhead(),
        Title(words("TỜ TRÌNH"), words("Về việc đề nghị khen thưởng năm 2016")),
        Addressees(words("Kính gửi:"), "-", tuple(map(words, addressees))),
        Para("body", words("Khối thi đua các Bộ, ngành tổng hợp kính đề nghị xem xét, quyết định./.")),
        SignatureGrid((2,), (samples.signature("NGƯỜI TRÌNH"),)),
    )
    return Document("Tờ trình", "Khối thi đua các Bộ, ngành tổng hợp", "vi-VN", blocks)


SHORT_REASON = "Đã có thành tích xuất sắc trong phong trào thi đua năm 2016"
LONG_REASON = (
    "Đã có thành tích xuất sắc trong việc tổ chức thực hiện nhiệm vụ công tác, góp phần hoàn thành toàn diện "
    "các chỉ tiêu thi đua của Khối thi đua các Bộ, ngành tổng hợp năm 2016 và trong phong trào thi đua yêu "
    "nước giai đoạn 2011 - 2015, được tập thể các đơn vị thành viên suy tôn"
)


def certificate(recipient: str, about: str = "", reason: str = SHORT_REASON) -> Certificate:
    """Return a certificate for *recipient*, whose number is unknown."""
    return Certificate(
        nation=words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        motto=words("Độc lập - Tự do - Hạnh phúc"),
        grantor=words("KHỐI TRƯỞNG KHỐI THI ĐUA CÁC BỘ, NGÀNH TỔNG HỢP"),
        verb=words("TẶNG"),
        award=words("GIẤY KHEN"),
        recipient=words(recipient),
        about=words(about) if about else (),
        reason=words(reason),
        decisions=(
            (
                Text("Quyết định số "),
                Blank("Số quyết định", Extent.NUMBER),
                Text(" ngày 17 tháng 02 năm 2017"),
            ),
            (Text("Vào sổ số "), Blank("Số vào sổ", Extent.NUMBER)),
        ),
        place_and_date=words("Hà Nội, ngày 17 tháng 02 năm 2017"),
        posts=(words("KHỐI TRƯỞNG"),),
        note=words("(Ký, ghi rõ họ tên)"),
        name=(Blank("Họ tên Khối trưởng", Extent.NAME),),
    )


def certificates(count: int) -> Document:
    """Return a document of *count* certificates."""
    blocks = tuple(certificate(unit_name(number)) for number in range(count))
    return Document("Giấy khen", "Khối thi đua các Bộ, ngành tổng hợp", "vi-VN", blocks)
