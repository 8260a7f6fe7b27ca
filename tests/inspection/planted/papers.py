"""Invented official papers as words without a look: what every maker of files sets in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Regime = Literal["nd30", "tt01"]
Kind = Literal["decision", "minutes", "letter", "pledge", "proposal"]
Role = Literal["body", "roman", "arabic"]

REGIMES: tuple[Regime, ...] = ("nd30", "tt01")

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
ADDRESS = "Kính gửi:"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text; *lead* is its bold beginning, *text* the rest."""

    text: str
    role: Role = "body"
    lead: str = ""

    @property
    def label(self) -> str:
        """The number of a heading, with its full stop; empty for other paragraphs."""
        return "" if self.role == "body" else self.text.split(" ", 1)[0]

    @property
    def unnumbered(self) -> str:
        """The words without the heading's number."""
        return self.text if self.role == "body" else self.text.split(" ", 1)[1]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with rules; its first row is the header."""

    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign."""

    posts: tuple[str, ...]
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The words of a paper."""

    kind: Kind
    regime: Regime
    parent: tuple[str, ...]
    """Its lines."""
    issuer: str
    number: str
    place_and_date: str
    """Empty where the form has none (minutes)."""
    title: str
    subject: str
    blocks: tuple[Block | Grid, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    about: tuple[str, ...] = ()
    """The lines of a letter's subject, below its number."""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    """Who decides, above the legal bases."""
    bases: tuple[str, ...] = ()
    formula: str = ""
    """The line between the legal bases and the articles."""


def paper_of(kind: Kind, regime: Regime) -> Paper:
    """Return the paper of *kind*, dated so that *regime* applies to it."""
    paper = _PAPERS[kind]
    if regime == "tt01":
        return paper
    last = paper.bases[-1:] and (paper.bases[-1].removesuffix(",") + ".",)
    dated = paper.place_and_date.replace("2018", "2024")
    blocks = tuple(_date_again(block) for block in paper.blocks)
    bases = tuple(basis.replace("2017", "2023") for basis in (*paper.bases[:-1], *last))
    return replace(paper, regime=regime, bases=bases, place_and_date=dated, blocks=blocks)


def _date_again(block: Block | Grid) -> Block | Grid:
    if isinstance(block, Grid):
        return block
    return replace(block, text=block.text.replace("2018", "2024").replace("2017", "2023"))


_DECISION = Paper(
    kind="decision",
    regime="tt01",
    parent=("UBND TỈNH PHÚ LÂM",),
    issuer="SỞ VĂN HÓA",
    number="Số: 05/QĐ-SVH",
    place_and_date="Phú Lâm, ngày 05 tháng 01 năm 2018",
    title="QUYẾT ĐỊNH",
    subject="Về việc thành lập Ban Tổ chức Hội thi tiếng hát công chức",
    authority="GIÁM ĐỐC SỞ VĂN HÓA",
    bases=(
        "Căn cứ Quyết định số 17/2015/QĐ-UBND ngày 12 tháng 5 năm 2015 của Ủy ban nhân dân tỉnh Phú Lâm quy định "
        "chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Văn hóa;",
        "Căn cứ Kế hoạch số 208/KH-UBND ngày 20 tháng 11 năm 2017 của Ủy ban nhân dân tỉnh về các hoạt động văn hóa, "
        "văn nghệ chào mừng năm mới;",
        "Theo đề nghị của Trưởng phòng Nghệ thuật quần chúng,",
    ),
    formula="QUYẾT ĐỊNH:",
    blocks=(
        Block(
            " Thành lập Ban Tổ chức Hội thi tiếng hát công chức tỉnh Phú Lâm lần thứ Sáu (sau đây gọi tắt là Ban Tổ "
            "chức), gồm 07 thành viên do Phó Giám đốc Sở Văn hóa làm Trưởng ban.",
            lead="Điều 1.",
        ),
        Block(" Nhiệm vụ của Ban Tổ chức", lead="Điều 2."),
        Block(
            "1. Xây dựng kế hoạch, thể lệ và chương trình của Hội thi; trình Giám đốc Sở phê duyệt trước ngày 20 tháng 01 "
            "năm 2018."
        ),
        Block(
            "2. Hướng dẫn các cơ quan, đơn vị đăng ký tiết mục; tổng hợp danh sách và bố trí lịch duyệt chương trình tại "
            "Nhà hát tỉnh, bảo đảm mỗi đơn vị có đủ thời gian chuẩn bị."
        ),
        Block("3. Thành lập Ban Giám khảo và các tổ giúp việc, trong đó:"),
        Block("a) Ban Giám khảo gồm 05 người có chuyên môn về thanh nhạc, nhạc cụ và dàn dựng sân khấu;"),
        Block("b) Tổ thư ký có nhiệm vụ tổng hợp điểm, lập biên bản từng buổi thi và lưu giữ hồ sơ;"),
        Block("c) Tổ hậu cần chuẩn bị sân khấu, âm thanh, ánh sáng, nơi ăn nghỉ của các đoàn."),
        Block(
            " Kinh phí của Hội thi lấy từ nguồn ngân sách đã giao cho Sở Văn hóa trong năm, từ đóng góp của các đơn vị "
            "tham dự và từ nguồn huy động hợp pháp khác. Việc quản lý và quyết toán kinh phí thực hiện theo quy định "
            "hiện hành; Phòng Kế hoạch có trách nhiệm hướng dẫn, kiểm tra và báo cáo Giám đốc Sở chậm nhất 30 ngày sau "
            "khi Hội thi kết thúc.",
            lead="Điều 3.",
        ),
        Block(
            " Ban Tổ chức làm việc theo chế độ kiêm nhiệm, được sử dụng con dấu của Sở Văn hóa khi thi hành nhiệm vụ và "
            "tự giải thể khi hoàn thành nhiệm vụ. Các thành viên làm việc theo sự phân công của Trưởng ban, chịu trách "
            "nhiệm trước Trưởng ban và trước pháp luật về phần việc được giao; định kỳ mỗi tuần họp một lần vào sáng "
            "thứ Hai, trường hợp cần thiết Trưởng ban triệu tập họp bất thường.",
            lead="Điều 4.",
        ),
        Block(
            "Văn phòng Sở là đơn vị thường trực của Ban Tổ chức, có nhiệm vụ chuẩn bị tài liệu, ghi biên bản các cuộc họp, "
            "theo dõi và đôn đốc việc thực hiện những nội dung đã được thống nhất, tổng hợp khó khăn, vướng mắc của các "
            "đơn vị để trình Trưởng ban xem xét, giải quyết kịp thời."
        ),
        Block(
            " Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Sở, Trưởng phòng Nghệ thuật quần chúng, Trưởng "
            "phòng Kế hoạch, thủ trưởng các đơn vị có liên quan và các thành viên Ban Tổ chức chịu trách nhiệm thi hành "
            "Quyết định này./.",
            lead="Điều 5.",
        ),
    ),
    signatures=(Signature(("GIÁM ĐỐC",), "Đỗ Hải Triều"),),
    recipients=(
        "- Như Điều 5;",
        "- UBND tỉnh (để báo cáo);",
        "- Các sở, ban, ngành;",
        "- Lưu: VT, NTQC.",
    ),
)

_MINUTES = Paper(
    kind="minutes",
    regime="tt01",
    parent=("SỞ NỘI VỤ PHÚ LÂM",),
    issuer="KHỐI THI ĐUA SỐ 4",
    number="Số: 02/BB-KTĐ4",
    place_and_date="",
    title="BIÊN BẢN",
    subject="Hội nghị bình xét thi đua của Khối thi đua số 4",
    blocks=(
        Block("Thời gian bắt đầu: 08 giờ 00 phút, ngày 12 tháng 01 năm 2018."),
        Block("Địa điểm: Phòng họp số 2, Sở Nội vụ tỉnh Phú Lâm, số 15 đường Hoa Ban, phường Đồng Tiến."),
        Block(
            "Thành phần tham dự: đại diện lãnh đạo và công chức phụ trách thi đua của 06 đơn vị trong Khối; có mặt 18 "
            "người, vắng mặt không người nào."
        ),
        Block("Chủ trì (chủ tọa): ông Lê Quang Vĩnh, Phó Giám đốc Sở Nội vụ, Khối trưởng."),
        Block("Thư ký (người ghi biên bản): bà Trần Thị Thu Hiền, chuyên viên Phòng Tổng hợp."),
        Block("Nội dung (theo diễn biến hội nghị):"),
        Block("I. KHAI MẠC VÀ BÁO CÁO TỔNG KẾT", "roman"),
        Block(
            "Ông Lê Quang Vĩnh phát biểu khai mạc, nêu mục đích, yêu cầu của hội nghị; đề nghị các đơn vị thẳng thắn, khách "
            "quan khi nhận xét, chấm điểm và bình xét."
        ),
        Block(
            "Bà Trần Thị Thu Hiền trình bày báo cáo tổng kết phong trào thi đua năm 2017. Trong năm, các đơn vị trong Khối "
            "đã tổ chức 14 đợt thi đua theo chuyên đề, có 132 sáng kiến được công nhận, giảm 1/5 số cuộc họp và rút ngắn "
            "thời gian giải quyết của 27 thủ tục hành chính."
        ),
        Block("II. THẢO LUẬN", "roman"),
        Block("1. Về kết quả tự chấm điểm", "arabic"),
        Block(
            "Đại diện Sở Y tế đề nghị xem lại điểm thưởng đối với sáng kiến có phạm vi áp dụng trong toàn tỉnh. Đại diện "
            "Sở Giáo dục thống nhất và đề nghị ghi rõ căn cứ chấm điểm vào bảng tổng hợp."
        ),
        Block("2. Về việc suy tôn đơn vị dẫn đầu", "arabic"),
        Block(
            "Hội nghị bỏ phiếu kín. Tổ kiểm phiếu gồm 03 người, phát ra 06 phiếu, thu về 06 phiếu, số phiếu hợp lệ là 06. "
            "Kết quả chấm điểm và bỏ phiếu như sau:"
        ),
        Grid(
            (
                ("STT", "Đơn vị", "Điểm", "Số phiếu"),
                ("1", "Sở Y tế", "97,5", "6/6"),
                ("2", "Sở Giáo dục", "96,0", "5/6"),
                ("3", "Sở Văn hóa", "94,5", "4/6"),
            ),
            (15, 85, 30, 30),
        ),
        Block("III. KẾT LUẬN", "roman"),
        Block(
            "Chủ tọa kết luận: suy tôn Sở Y tế là đơn vị dẫn đầu phong trào thi đua của Khối; giao Sở Nội vụ hoàn thiện hồ "
            "sơ trình Hội đồng Thi đua - Khen thưởng tỉnh trước ngày 31 tháng 01 năm 2018. Các đơn vị tiếp tục thực hiện "
            "những nội dung đã ký trong giao ước, gửi báo cáo quý về thường trực Khối trước ngày 25 của tháng cuối quý."
        ),
        Block(
            "Biên bản đã được đọc lại cho những người dự họp cùng nghe và nhất trí, được lập thành 07 bản có giá trị như "
            "nhau, mỗi đơn vị trong Khối giữ 01 bản, 01 bản lưu tại thường trực Khối."
        ),
        Block("Hội nghị kết thúc vào 11 giờ 15 phút, ngày 12 tháng 01 năm 2018./."),
    ),
    signatures=(
        Signature(("THƯ KÝ",), "Trần Thị Thu Hiền"),
        Signature(("CHỦ TỌA",), "Lê Quang Vĩnh"),
    ),
    recipients=("- Các đơn vị trong Khối;", "- Lưu: VT, Hồ sơ."),
)

_LETTER = Paper(
    kind="letter",
    regime="tt01",
    parent=("UBND TỈNH PHÚ LÂM",),
    issuer="SỞ NỘI VỤ",
    number="Số: 318/SNV-TĐKT",
    place_and_date="Phú Lâm, ngày 17 tháng 6 năm 2018",
    title="",
    subject="",
    about=("V/v đăng ký nội dung thi đua", "sáu tháng cuối năm"),
    addressees=("Sở Y tế;", "Sở Giáo dục;", "Sở Văn hóa."),
    blocks=(
        Block(
            "Thực hiện kết luận của Chủ tịch Ủy ban nhân dân tỉnh tại hội nghị sơ kết sáu tháng đầu năm 2018, Sở Nội vụ đề "
            "nghị các sở có tên trên rà soát, bổ sung những nội dung thi đua đã đăng ký, cụ thể như sau:"
        ),
        Block(
            "1. Mỗi đơn vị chọn từ hai đến ba chỉ tiêu có thể đo đếm được, gắn với nhiệm vụ trọng tâm; nêu rõ người phụ "
            "trách, thời hạn hoàn thành và cách thức kiểm tra."
        ),
        Block(
            "2. Văn bản đăng ký gửi về Sở Nội vụ trước ngày 30 tháng 6 năm 2018, kèm theo bản mềm gửi vào hộp thư của Phòng "
            "Thi đua - Khen thưởng."
        ),
        Block(
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị liên hệ với Phòng Thi đua - Khen thưởng, điện "
            "thoại 02 345 678, để được hướng dẫn."
        ),
        Block("Sở Nội vụ đề nghị các đơn vị quan tâm phối hợp thực hiện./."),
    ),
    signatures=(Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phạm Ngọc Ánh"),),
    recipients=("- Như trên;", "- Giám đốc Sở (để báo cáo);", "- Lưu: VT, TĐKT."),
)

_PLEDGE = Paper(
    kind="pledge",
    regime="tt01",
    parent=("SỞ NỘI VỤ PHÚ LÂM",),
    issuer="KHỐI THI ĐUA SỐ 4",
    number="Số: 03/GƯ-KTĐ4",
    place_and_date="Phú Lâm, ngày 12 tháng 01 năm 2018",
    title="BẢN GIAO ƯỚC THI ĐUA",
    subject="Giữa các đơn vị của Khối thi đua số 4",
    blocks=(
        Block(
            "Hôm nay, ngày 12 tháng 01 năm 2018, tại hội nghị tổng kết phong trào thi đua, sáu đơn vị của Khối thi đua số "
            "4 cùng ký giao ước thi đua với những nội dung sau đây:"
        ),
        Block("I. NỘI DUNG THI ĐUA", "roman"),
        Block("1. Thi đua hoàn thành nhiệm vụ chuyên môn", "arabic"),
        Block(
            "Hoàn thành toàn bộ chỉ tiêu, nhiệm vụ được Ủy ban nhân dân tỉnh giao; không để tồn đọng công việc quá hạn; mỗi "
            "đơn vị có ít nhất 03 sáng kiến được hội đồng cấp tỉnh công nhận."
        ),
        Block("2. Thi đua cải cách hành chính", "arabic"),
        Block(
            "Giải quyết đúng hạn từ 98% hồ sơ trở lên; công khai đầy đủ thủ tục; tiếp nhận và trả lời phản ánh, kiến nghị "
            "của tổ chức, công dân trong thời hạn 05 ngày làm việc."
        ),
        Block("II. TỔ CHỨC THỰC HIỆN", "roman"),
        Block(
            "Các đơn vị thành viên căn cứ nội dung giao ước để xây dựng kế hoạch, phát động phong trào thi đua trong công "
            "chức, viên chức; sơ kết vào tháng 6, tổng kết vào tháng 12 và gửi báo cáo về đơn vị Khối trưởng."
        ),
        Block("Bản giao ước này được lập thành 07 bản có giá trị như nhau, mỗi đơn vị giữ 01 bản./."),
    ),
    signatures=(
        Signature(("GIÁM ĐỐC",), "Lê Quang Vĩnh", "SỞ NỘI VỤ"),
        Signature(("GIÁM ĐỐC",), "Vũ Thị Kim Ngân", "SỞ Y TẾ"),
        Signature(("GIÁM ĐỐC",), "Hồ Sỹ Nguyên", "SỞ GIÁO DỤC"),
        Signature(("GIÁM ĐỐC",), "Đỗ Hải Triều", "SỞ VĂN HÓA"),
        Signature(("GIÁM ĐỐC",), "Mai Văn Phúc", "SỞ TƯ PHÁP"),
        Signature(("GIÁM ĐỐC",), "Ngô Bảo Quyên", "SỞ TÀI CHÍNH"),
    ),
    recipients=(),
)

_PROPOSAL = Paper(
    kind="proposal",
    regime="tt01",
    parent=("ỦY BAN NHÂN DÂN", "TỈNH PHÚ LÂM"),
    issuer="SỞ NỘI VỤ",
    number="Số: 09/TTr-SNV",
    place_and_date="Phú Lâm, ngày 20 tháng 02 năm 2018",
    title="TỜ TRÌNH",
    subject="Về việc khen thưởng các tập thể dẫn đầu phong trào thi đua",
    addressees=("Chủ tịch Ủy ban nhân dân tỉnh Phú Lâm.",),
    blocks=(
        Block(
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2018 của Ủy ban nhân dân tỉnh về công tác khen thưởng, "
            "Sở Nội vụ kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định việc khen thưởng các tập thể dẫn đầu "
            "phong trào thi đua năm 2017 như sau:"
        ),
        Block("I. CƠ SỞ CỦA VIỆC KHEN THƯỞNG", "roman"),
        Block("1. Kết quả bình xét", "arabic"),
        Block(
            "Năm 2017, toàn tỉnh có 06 khối thi đua tổ chức bình xét. Hội đồng Thi đua - Khen thưởng tỉnh đã họp ngày 06 "
            "tháng 02 năm 2018, bỏ phiếu kín, kết quả có 06 tập thể đạt từ 90% số phiếu trở lên."
        ),
        Block("2. Việc lấy ý kiến", "arabic"),
        Block(
            "Danh sách đề nghị khen thưởng đã được công khai trên cổng thông tin của tỉnh trong thời gian 10 ngày, không có "
            "ý kiến phản ánh, kiến nghị."
        ),
        Block("II. NỘI DUNG TRÌNH", "roman"),
        Block(
            "Đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 06 tập thể, trong đó có 03 sở, 02 huyện và 01 đơn vị sự "
            "nghiệp. Kinh phí khen thưởng trích từ quỹ thi đua, khen thưởng của tỉnh."
        ),
        Block(
            "Việc trao thưởng dự kiến tổ chức tại hội nghị triển khai nhiệm vụ quý hai. Sở Nội vụ chịu trách nhiệm chuẩn bị "
            "hiện vật, in quyết định và xây dựng chương trình của buổi lễ; phối hợp với Văn phòng Ủy ban nhân dân tỉnh "
            "mời đại biểu, bố trí hội trường và đưa tin."
        ),
        Block(
            "Sau khi có quyết định, Sở Nội vụ sẽ thông báo đến từng tập thể, hướng dẫn thanh toán tiền thưởng và cập nhật "
            "vào cơ sở dữ liệu thi đua, khen thưởng của tỉnh; đồng thời tổng hợp những kinh nghiệm hay của các tập thể "
            "được khen để phổ biến, nhân rộng trong toàn tỉnh."
        ),
        Block("Kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./."),
    ),
    signatures=(Signature(("TM. BAN GIÁM ĐỐC", "GIÁM ĐỐC"), "Lê Quang Vĩnh"),),
    recipients=("- Như trên;", "- Hội đồng TĐKT tỉnh;", "- Lưu: VT, TĐKT."),
)

_PAPERS: dict[Kind, Paper] = {
    "decision": _DECISION,
    "minutes": _MINUTES,
    "letter": _LETTER,
    "pledge": _PLEDGE,
    "proposal": _PROPOSAL,
}

KINDS: tuple[Kind, ...] = tuple(_PAPERS)
