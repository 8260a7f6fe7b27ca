"""The one table of sheets and headings: which column of which sheet holds which field of the conference.

It is data. Readers of workbooks and of CSV files, the maker of empty workbooks and the maker of a new year's
folder all follow it; a test holds it equal to the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Form(Enum):
    """What a cell of a column holds, and how its text is taken apart."""

    TEXT = "text"
    """A few words."""
    PROSE = "prose"
    """A sentence or a paragraph."""
    UNIT = "unit"
    """A unit, by its name, abbreviation or id."""
    ITEMS = "items"
    """Several texts, separated by ``;``."""
    LINES = "lines"
    """Several texts, each on a line of its own within the cell; they may hold ``;``."""
    POSITIONS = "positions"
    """Several positions, separated by ``;``, each with its unit after ``|``."""
    CHOICE = "choice"
    """One of the words of the column."""
    ANSWER = "answer"
    """Có or không."""
    YEAR = "year"
    """A year's label."""
    FIGURE = "figure"
    """A number that the model keeps as text: 98,5."""
    SCORE = "score"
    """A number that people add up, kept as text."""
    COUNT = "count"
    """A whole number."""
    DAY = "day"
    """A date."""
    WHEN = "when"
    """A date or words about it."""
    CLOCK = "clock"
    """A time of day."""


FORM_NOTES = {
    Form.ITEMS: "Nhiều mục cách nhau bằng dấu “;”.",
    Form.LINES: "Mỗi mục một dòng trong ô, xuống dòng bằng Alt+Enter.",
    Form.POSITIONS: "Nhiều chức vụ cách nhau bằng dấu “;”; đơn vị của một chức vụ, nếu có, đứng sau dấu “|”.",
}
"""How a cell is written that holds several texts."""

LISTS = frozenset({Form.ITEMS, Form.LINES, Form.POSITIONS})
"""Forms of which one cell gives a list."""

Words = dict[str, tuple[str, ...]]
"""By the model's code: the words for it, the one to be shown first."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of the model, as a column of a sheet or as a line of the general sheet."""

    heading: str
    path: str
    """From the record of the row; from the conference in the general sheet. Empty for a selector."""
    form: Form
    note: str
    """What belongs there, for the person who fills it in."""
    example: str
    required: bool = False
    """Whether the record that the path ends in cannot be without it."""
    words: Words = field(default_factory=dict)
    also: tuple[str, ...] = ()
    """Other headings under which it is known."""

    @property
    def names(self) -> tuple[str, ...]:
        """All headings under which the field is known."""
        return (self.heading, *self.also, *filter(None, [self.path]))


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet of the workbook, or a CSV file: one list of the model, a row a record."""

    name: str
    slug: str
    """The name of its CSV file."""
    target: str
    """The list, from the conference: ``attendance.groups[]``; empty where the selector names it."""
    note: str
    """What the list is."""
    row: str
    """What a row is, for the person who fills it in."""
    fields: tuple[Field, ...]
    inner: str = ""
    """The list within the record of which each row holds one item: ``people``."""
    gather: str = ""
    """The field whose equal values gather rows into one record, wherever they stand. Without it, or where it
    is empty, neighbouring rows that are equal in all fields outside `inner` are one record; a row without any
    of these is a record of its own."""
    selector: Field | None = None
    """The column that says to which place of the conference a row belongs."""
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names under which the sheet is known."""
        return (self.name, self.slug, *self.also)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns, in the order of an empty workbook."""
        return (*filter(None, [self.selector]), *self.fields)


# --- words ----------------------------------------------------------------------------------------------

EVENT_KINDS: Words = {
    "tong_ket": ("tổng kết",),
    "so_ket": ("sơ kết",),
    "ky_giao_uoc": ("ký giao ước", "ký kết giao ước"),
    "binh_xet": ("bình xét",),
    "trien_khai": ("triển khai",),
}
PARTS_OF_DAY: Words = {"sáng": ("sáng",), "chiều": ("chiều",), "tối": ("tối",)}
DATE_BASES: Words = {
    "stated": ("nguồn nêu",),
    "from_publication": ("theo ngày đăng tin",),
    "relative": ("cách nói tương đối",),
}
EVENT_FORMATS: Words = {
    "in_person": ("trực tiếp",),
    "online": ("trực tuyến",),
    "hybrid": ("trực tiếp và trực tuyến", "kết hợp"),
}
BLOCK_KINDS: Words = {"khoi": ("khối", "khối thi đua"), "cum": ("cụm", "cụm thi đua")}
HONORIFICS: Words = {"đồng chí": ("đồng chí", "đ/c"), "ông": ("ông",), "bà": ("bà",)}
CHAIR_ROLES: Words = {
    "chu_tri": ("chủ trì",),
    "dong_chu_tri": ("đồng chủ trì",),
    "doan_chu_tich": ("đoàn chủ tịch",),
}
REPORT_KINDS: Words = {
    "tong_ket": ("tổng kết", "báo cáo tổng kết"),
    "du_thao": ("dự thảo",),
    "tham_luan": ("tham luận",),
    "video": ("video", "phim"),
}
VOTE_METHODS: Words = {
    "phiếu kín": ("phiếu kín", "bỏ phiếu kín"),
    "bỏ phiếu": ("bỏ phiếu",),
    "biểu quyết": ("biểu quyết",),
    "nhất trí": ("nhất trí",),
}
AWARD_STATUSES: Words = {
    "proposed": ("đề nghị", "đề nghị tặng"),
    "agreed": ("thống nhất", "nhất trí"),
    "granted": ("đã tặng", "được tặng"),
    "handed_over": ("đã trao", "trao tại hội nghị"),
    "past": ("năm trước",),
}
AWARD_NATURES: Words = {
    "hinh_thuc_khen_thuong": ("hình thức khen thưởng",),
    "danh_hieu": ("danh hiệu", "danh hiệu thi đua"),
    "xep_loai": ("xếp loại",),
}
VOTE_BASES: Words = {
    "members": ("số thành viên",),
    "present": ("số có mặt",),
    "issued": ("số phiếu phát ra",),
    "returned": ("số phiếu thu về",),
    "valid": ("số phiếu hợp lệ",),
}
SELF_SCORES: Words = {
    "shown": ("chỉ ghi nhận", "không tính vào tổng điểm"),
    "weighted": ("tính theo trọng số",),
}
CROSS_SCORES: Words = {"mean": ("trung bình",), "sum": ("tổng", "cộng")}
MISSING_MARKS: Words = {
    "refuse": ("không chấp nhận",),
    "skip": ("không tính phiếu ấy", "bỏ qua"),
}
ROUNDING_WAYS: Words = {
    "half_up": ("từ nửa trở lên thì làm tròn lên", "làm tròn lên"),
    "half_even": ("đúng nửa thì về số chẵn", "về số chẵn"),
    "down": ("bỏ phần lẻ", "cắt bỏ"),
}
ROUNDING_STAGES: Words = {
    "total": ("tổng điểm", "chỉ tổng điểm"),
    "each": ("từng điểm", "cả điểm chấm chéo"),
}
RECIPIENT_KINDS: Words = {"tap_the": ("tập thể",), "ca_nhan": ("cá nhân",)}
SIGNED: Words = {
    "yes": ("đã ký", "có"),
    "no": ("không ký", "không"),
    "planned": ("dự kiến ký", "sẽ ký"),
    "unknown": ("chưa rõ",),
}
TARGET_KINDS: Words = {
    "percent": ("tỷ lệ", "phần trăm"),
    "zero": ("không để xảy ra",),
    "count": ("số lượng",),
    "award": ("khen thưởng",),
}
PHOTO_POSITIONS: Words = {"before": ("đầu bài",), "inside": ("trong bài",), "after": ("cuối bài",)}
NEWS_LENGTHS: Words = {"short": ("ngắn",), "standard": ("vừa",), "full": ("đầy đủ",)}
PASSAGES: Words = {
    "attendance": ("thành phần tham dự", "tham dự"),
    "review": ("kết quả công tác", "kết quả"),
    "activities": ("hoạt động",),
    "charity": ("từ thiện", "hoạt động xã hội, từ thiện"),
    "discussion": ("thảo luận",),
    "conclusion": ("kết luận",),
    "proposals": ("đề nghị khen thưởng", "đề nghị"),
    "awards": ("trao khen thưởng", "trao thưởng"),
    "leaders": ("lãnh đạo khối năm sau", "lãnh đạo khối"),
    "pledge": ("giao ước thi đua", "giao ước"),
}
BASES: Words = {"stated": ("nguồn nêu",), "inferred": ("suy ra",), "unknown": ("chưa rõ",)}
OFFICES: Words = {
    "leadership.current.head": ("trưởng năm nay", "khối trưởng năm nay", "cụm trưởng năm nay"),
    "leadership.current.deputies[]": ("phó năm nay", "khối phó năm nay", "cụm phó năm nay"),
    "leadership.next.head": ("trưởng năm sau", "khối trưởng năm sau", "cụm trưởng năm sau"),
    "leadership.next.deputies[]": ("phó năm sau", "khối phó năm sau", "cụm phó năm sau"),
}
"""Of the selector of the sheet of leaders: where a row belongs."""

ANSWERS: Words = {"có": ("có",), "không": ("không",)}


# --- fields that several sheets share -------------------------------------------------------------------


def _person(prefix: str, who: str = "") -> tuple[Field, ...]:
    """Return the columns of a person at *prefix*; *who* goes before their headings."""
    at = f"{prefix}." if prefix else ""
    start = f"{who}: " if who else ""
    return (
        Field(
            f"{start}họ và tên" if who else "Họ và tên",
            f"{at}name",
            Form.TEXT,
            "Họ và tên, không kèm danh xưng, cấp bậc, chức vụ.",
            "Nguyễn Văn Ái",
            required=True,
            also=(f"{start}họ tên" if who else "Họ tên",),
        ),
        Field(
            f"{start}danh xưng" if who else "Danh xưng",
            f"{at}honorific",
            Form.CHOICE,
            "Cách gọi trước tên.",
            "đồng chí",
            words=HONORIFICS,
        ),
        Field(
            f"{start}cấp bậc, học hàm" if who else "Cấp bậc, học hàm",
            f"{at}prefixes",
            Form.ITEMS,
            "Cấp bậc, học hàm, học vị viết trước tên.",
            "Trung tướng; GS.TS",
        ),
        Field(
            f"{start}chức vụ" if who else "Chức vụ",
            f"{at}positions",
            Form.POSITIONS,
            "Các chức vụ, theo thứ tự.",
            "Vụ trưởng | Bộ Nội vụ; Ủy viên Hội đồng",
        ),
        Field(
            f"{start}đơn vị công tác" if who else "Đơn vị công tác",
            f"{at}unit",
            Form.UNIT,
            "Đơn vị mà người này thuộc về.",
            "Bộ Nội vụ",
        ),
    )


def _speech(at: str, what: str) -> tuple[Field, ...]:
    """Return the lines of the general sheet about the speech at *at*."""
    return (
        *_person(f"{at}.speaker", f"Người {what}"),
        Field(
            f"Trích lời {what}",
            f"{at}.quote",
            Form.PROSE,
            "Lời nói trực tiếp, nguyên văn, không kèm dấu ngoặc kép.",
            "Thi đua là yêu nước",
        ),
        Field(
            f"Nội dung {what}",
            f"{at}.text",
            Form.LINES,
            "Nội dung chính, từng ý.",
            "ghi nhận kết quả của Khối trong năm",
        ),
        Field(
            f"Các điểm nhấn mạnh khi {what}",
            f"{at}.points",
            Form.LINES,
            "Những điểm được nhấn mạnh.",
            "đẩy mạnh công tác kiểm tra, giám sát",
        ),
    )


def _paper(at: str, what: str, symbol: str) -> tuple[Field, ...]:
    """Return the lines of the general sheet about the paper at *at*; *symbol* says what its symbol is."""
    return (
        Field(f"Số {what}", f"{at}.number", Form.TEXT, "Số văn bản, chưa kèm ký hiệu.", "12"),
        Field(
            f"Ký hiệu {what}",
            f"{at}.symbol",
            Form.TEXT,
            symbol,
            "KTĐTH",
        ),
        Field(f"Nơi lập {what}", f"{at}.place", Form.TEXT, "Địa danh trước ngày ký.", "Hà Nội"),
        Field(
            f"Ngày {what}",
            f"{at}.date",
            Form.DAY,
            "Ngày của văn bản; ngày này quyết định thể thức áp dụng.",
            "17/02/2017",
        ),
        Field(f"Số bản {what}", f"{at}.copies", Form.COUNT, "Lập thành bao nhiêu bản.", "10"),
        Field(
            f"Nơi nhận {what}",
            f"{at}.recipients",
            Form.LINES,
            "Các nơi nhận, không kèm gạch đầu dòng và dấu chấm phẩy.",
            "Lưu: VT, Hồ sơ",
        ),
    )


def _signing(at: str, what: str) -> tuple[Field, ...]:
    """Return the lines of the general sheet about who signs the paper at *at* for the block."""
    return (
        Field(
            f"Quyền hạn ký {what}",
            f"{at}.power",
            Form.TEXT,
            "Đứng trên chức vụ người ký.",
            "TM. KHỐI THI ĐUA",
        ),
        Field(f"Chức vụ người ký {what}", f"{at}.position", Form.TEXT, "Chức vụ người ký.", "KHỐI TRƯỞNG"),
        Field(f"Người ký {what}", f"{at}.signer", Form.TEXT, "Họ và tên.", "Nguyễn Văn Ái"),
    )


def _leaders(at: str, what: str) -> tuple[Field, ...]:
    return (
        Field(
            f"Cách chọn lãnh đạo khối {what}",
            f"{at}.method",
            Form.TEXT,
            "Động từ đúng như nguồn: tiến cử, bầu, giới thiệu, suy tôn, được giao, luân phiên …",
            "tiến cử",
        ),
        Field(
            f"Quyết định về lãnh đạo khối {what}",
            f"{at}.decision",
            Form.TEXT,
            "Quyết định của cấp trên đã chỉ định họ.",
            "Quyết định số 550-QĐ/HVCTQG",
        ),
    )


def _theme(at: str, what: str) -> tuple[Field, ...]:
    return (
        Field(
            f"Chủ đề {what}",
            f"{at}.lines",
            Form.LINES,
            "Các dòng của chủ đề, nguyên văn, không kèm dấu ngoặc kép.",
            "Phối hợp, đoàn kết, lao động sáng tạo",
            required=True,
        ),
        Field(
            f"Tên gọi của chủ đề {what}",
            f"{at}.label",
            Form.TEXT,
            "Nguồn gọi là gì: chủ đề, khẩu hiệu, phương châm …",
            "chủ đề",
        ),
        Field(
            f"Nơi phát động chủ đề {what}",
            f"{at}.origin",
            Form.TEXT,
            "Cơ quan phát động, nếu khối lấy lại chủ đề của cấp trên.",
            "Thanh tra Chính phủ",
        ),
    )


# --- the general sheet: single facts --------------------------------------------------------------------

LABEL = Field("Mục", "", Form.TEXT, "Tên mục; không sửa.", "Năm", required=True, also=("Tên mục",))
VALUE = Field("Giá trị", "", Form.PROSE, "Điền vào cột này; chưa biết thì để trống.", "2016", required=True)
GENERAL = Sheet(
    "Thông tin chung",
    "thong-tin-chung",
    "",
    "Những mục chỉ có một giá trị: ngày họp, tên khối, chủ đề giao ước.",
    "Mỗi mục một hàng.",
    (LABEL, VALUE),
)
"""Two columns: the name of a single fact, which is one of `FACTS`, and its value."""

FACTS: tuple[Field, ...] = (
    Field(
        "Loại hội nghị",
        "event.kind",
        Form.CHOICE,
        "Loại hội nghị.",
        "tổng kết",
        required=True,
        words=EVENT_KINDS,
    ),
    Field(
        "Năm",
        "event.year",
        Form.YEAR,
        "Năm được tổng kết (không phải năm họp).",
        "2016",
        required=True,
        also=("Năm tổng kết", "Năm thi đua"),
    ),
    Field("Năm tiếp theo", "event.next_year", Form.YEAR, "Năm thi đua kế tiếp.", "2017", also=("Năm sau",)),
    Field("Từ gọi hội nghị", "event.noun", Form.TEXT, "Hội nghị, cuộc họp, lễ ký kết …", "Hội nghị"),
    Field(
        "Tên hội nghị",
        "event.title",
        Form.PROSE,
        "Tên đầy đủ như in trong văn bản.",
        "Tổng kết công tác thi đua khen thưởng năm 2016",
    ),
    Field(
        "Mục đích",
        "event.purposes",
        Form.ITEMS,
        "Hội nghị họp để làm gì.",
        "tổng kết công tác thi đua; ký kết giao ước thi đua",
    ),
    Field(
        "Thời kỳ",
        "event.period.label",
        Form.TEXT,
        "Thời kỳ được tổng kết, nếu không phải cả năm.",
        "6 tháng đầu năm 2022",
    ),
    Field("Thời kỳ từ ngày", "event.period.start", Form.DAY, "Ngày đầu của thời kỳ.", "01/01/2022"),
    Field("Thời kỳ đến ngày", "event.period.end", Form.DAY, "Ngày cuối của thời kỳ.", "30/6/2022"),
    Field(
        "Ngày họp",
        "event.date",
        Form.DAY,
        "Ngày diễn ra hội nghị; chưa rõ năm thì chỉ ghi ngày, tháng.",
        "17/02/2017",
    ),
    Field("Buổi", "event.part_of_day", Form.CHOICE, "Buổi họp.", "sáng", words=PARTS_OF_DAY),
    Field("Giờ bắt đầu", "event.start", Form.CLOCK, "Giờ khai mạc.", "8h00"),
    Field("Giờ kết thúc", "event.end", Form.CLOCK, "Giờ bế mạc.", "11h30"),
    Field(
        "Căn cứ của ngày họp",
        "event.date_basis",
        Form.CHOICE,
        "Vì sao biết ngày họp; văn bản không in mục này.",
        "nguồn nêu",
        words=DATE_BASES,
    ),
    Field(
        "Cách họp",
        "event.format",
        Form.CHOICE,
        "Họp trực tiếp hay trực tuyến.",
        "trực tiếp",
        words=EVENT_FORMATS,
    ),
    Field("Phòng họp", "event.venue.room", Form.TEXT, "Phòng, hội trường.", "Hội trường 305.A1"),
    Field("Nơi họp", "event.venue.organisation", Form.TEXT, "Cơ quan có phòng họp.", "Học viện Ngân hàng"),
    Field("Địa phương nơi họp", "event.venue.locality", Form.TEXT, "Xã, phường, huyện.", "huyện Ba Vì"),
    Field("Tỉnh nơi họp", "event.venue.province", Form.TEXT, "Tỉnh, thành phố.", "Hà Nội"),
    Field("Nước nơi họp", "event.venue.country", Form.TEXT, "Chỉ ghi khi họp ở nước ngoài.", "Lào"),
    Field("Đơn vị tổ chức", "event.organiser", Form.UNIT, "Đơn vị đứng ra tổ chức.", "Bộ Nội vụ"),
    Field("Đơn vị đăng cai", "event.host", Form.UNIT, "Đơn vị có địa điểm họp.", "Bộ Nội vụ"),
    Field(
        "Ghi chú dưới tiêu đề",
        "event.note",
        Form.PROSE,
        "Lời chú in dưới tiêu đề của mọi văn bản.",
        "Ví dụ hư cấu",
    ),
    Field(
        "Tên khối",
        "block.name",
        Form.TEXT,
        "Tên đầy đủ của khối, cụm thi đua.",
        "Khối thi đua các Bộ, ngành tổng hợp",
        required=True,
        also=("Tên cụm", "Tên khối, cụm"),
    ),
    Field("Khối hay cụm", "block.kind", Form.CHOICE, "Khối hay cụm thi đua.", "khối", words=BLOCK_KINDS),
    Field("Số của khối", "block.number", Form.TEXT, "Số thứ tự của khối, viết như trong nguồn.", "VI"),
    Field(
        "Cơ quan cấp trên",
        "block.parent",
        Form.TEXT,
        "In phía trên tên khối ở góc trái văn bản.",
        "Hội đồng Thi đua - Khen thưởng Trung ương",
    ),
    Field("Tên gọi khác của khối", "block.aliases", Form.ITEMS, "Khối còn được gọi là gì.", "Khối Tổng hợp"),
    Field("Tên cũ của khối", "block.former_names", Form.ITEMS, "Trước đây gọi là gì.", "Khối Tư pháp"),
    Field(
        "Căn cứ thành lập khối",
        "block.legal_basis",
        Form.LINES,
        "Các văn bản thành lập hoặc quy định về khối.",
        "Quyết định số 110/QĐ-UBND ngày 15/3/2014",
    ),
    Field(
        "Chức danh người đứng đầu",
        "block.office_names.head",
        Form.TEXT,
        "Khối gọi người đứng đầu là gì.",
        "Khối trưởng",
    ),
    Field("Chức danh cấp phó", "block.office_names.deputy", Form.TEXT, "Khối gọi cấp phó là gì.", "Khối phó"),
    Field(
        "Số đơn vị thành viên",
        "block.declared_count",
        Form.COUNT,
        "Số đơn vị theo nguồn, dù danh sách có thể chưa đủ.",
        "10",
    ),
    Field(
        "Danh sách thành viên đã đủ",
        "block.members_complete",
        Form.ANSWER,
        "Danh sách đơn vị thành viên đã đầy đủ chưa.",
        "có",
    ),
    Field(
        "Từ gọi thành viên",
        "block.member_noun",
        Form.TEXT,
        "Các đơn vị thành viên gọi chung là gì.",
        "Bộ, ngành",
    ),
    Field("Thể thức riêng", "block.house", Form.TEXT, "Tên thể thức riêng của khối, nếu có.", "khoi-13"),
    *_paper("papers.minutes", "biên bản", "Chữ viết tắt tên cơ quan, đứng sau “BB-” trong số ký hiệu."),
    *_paper("papers.pledge", "bản giao ước", "Cả phần đứng sau dấu “/” trong số ký hiệu."),
    *_paper("papers.proposal", "tờ trình", "Chữ viết tắt tên cơ quan, đứng sau “TTr-” trong số ký hiệu."),
    *_signing("papers.proposal", "tờ trình"),
    Field(
        "Kính gửi",
        "papers.proposal.addressees",
        Form.LINES,
        "Tờ trình gửi ai, mỗi nơi một dòng.",
        "Hội đồng Thi đua - Khen thưởng Trung ương",
    ),
    Field(
        "Căn cứ của tờ trình",
        "papers.proposal.bases",
        Form.LINES,
        "Những văn bản làm căn cứ, không kèm chữ “Căn cứ”, mỗi văn bản một dòng.",
        "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    ),
    *_paper("papers.certificates", "quyết định khen thưởng", "Phần đứng sau dấu “/” trong số ký hiệu."),
    *_signing("papers.certificates", "giấy khen"),
    *_leaders("leadership.current", "năm nay"),
    Field(
        "Lãnh đạo khối năm sau: năm",
        "leadership.next.year",
        Form.YEAR,
        "Năm mà lãnh đạo khối mới đảm nhiệm.",
        "2017",
    ),
    *_leaders("leadership.next", "năm sau"),
    Field(
        "Vật bàn giao",
        "leadership.next.handover.what",
        Form.TEXT,
        "Trưởng khối cũ bàn giao gì cho trưởng khối mới.",
        "cờ luân lưu",
        required=True,
    ),
    Field(
        "Cách bàn giao",
        "leadership.next.handover.verb",
        Form.TEXT,
        "Động từ; để trống thì là “bàn giao”.",
        "trao",
    ),
    Field("Bên giao", "leadership.next.handover.giver", Form.UNIT, "Ai bàn giao.", "Bộ Nội vụ"),
    Field("Bên nhận", "leadership.next.handover.receiver", Form.UNIT, "Ai nhận.", "Bộ Tài chính"),
    Field(
        "Số năm nghỉ giữa hai lần làm trưởng",
        "leadership.rotation.rest",
        Form.COUNT,
        "Đã làm trưởng thì sau bao nhiêu năm mới làm lại.",
        "5",
    ),
    Field(
        "Phó khối kế nhiệm",
        "leadership.rotation.deputy_follows",
        Form.ANSWER,
        "Một phó của năm nay làm trưởng năm sau.",
        "có",
    ),
    Field(
        "Thứ tự luân phiên",
        "leadership.rotation.order",
        Form.ITEMS,
        "Thứ tự các đơn vị lần lượt làm trưởng, nếu đã định.",
        "Bộ Nội vụ; Bộ Tài chính",
    ),
    Field(
        "Văn bản quy định luân phiên",
        "leadership.rotation.source",
        Form.TEXT,
        "Quy định ấy ở văn bản nào.",
        "Quy chế hoạt động của Khối",
    ),
    Field("Số được mời", "attendance.invited", Form.COUNT, "Số đại biểu (hoặc đơn vị) được mời.", "43"),
    Field("Số có mặt", "attendance.present", Form.COUNT, "Số đại biểu (hoặc đơn vị) có mặt.", "37"),
    Field("Đếm theo", "attendance.counted", Form.TEXT, "Hai số trên đếm ai.", "đại biểu"),
    *_speech("opening_speech", "khai mạc"),
    *_speech("directing_speech", "chỉ đạo"),
    *_speech("conclusion", "kết luận"),
    Field(
        "Đánh giá chung",
        "results.overview",
        Form.LINES,
        "Các đoạn đứng trước phần hoạt động của khối.",
        "Trong năm 2016, Khối đã tích cực tổ chức các phong trào thi đua.",
    ),
    Field(
        "Kết quả của các đơn vị",
        "results.narrative",
        Form.LINES,
        "Các đoạn đứng sau phần hoạt động của khối.",
        "Các đơn vị đã hoàn thành xuất sắc nhiệm vụ được giao.",
    ),
    Field(
        "Cách chấm điểm",
        "scoring.methods",
        Form.ITEMS,
        "Như nguồn gọi.",
        "điểm tự chấm; điểm chấm chéo",
    ),
    Field("Thang điểm", "scoring.scale_max", Form.FIGURE, "Điểm tối đa.", "1000"),
    Field(
        "Điểm tự chấm tính thế nào",
        "scoring.self_score",
        Form.CHOICE,
        "Điểm tự chấm chỉ để đối chiếu hay được tính vào tổng điểm.",
        "chỉ ghi nhận",
        words=SELF_SCORES,
    ),
    Field(
        "Điểm chấm chéo là",
        "scoring.cross_score",
        Form.CHOICE,
        "Trung bình hay tổng các phiếu chấm.",
        "trung bình",
        words=CROSS_SCORES,
    ),
    Field(
        "Không tính phiếu tự chấm cho mình",
        "scoring.drop_self",
        Form.ANSWER,
        "Khi chấm chéo, đơn vị không được chấm cho chính mình.",
        "có",
    ),
    Field(
        "Bỏ mấy phiếu cao nhất, thấp nhất",
        "scoring.drop_extremes",
        Form.COUNT,
        "Mỗi đơn vị bỏ bao nhiêu phiếu cao nhất và bấy nhiêu phiếu thấp nhất.",
        "0",
    ),
    Field(
        "Phiếu thiếu điểm",
        "scoring.missing",
        Form.CHOICE,
        "Phiếu thiếu điểm thì không chấp nhận hay không tính phiếu ấy.",
        "không chấp nhận",
        words=MISSING_MARKS,
    ),
    Field(
        "Trọng số điểm tự chấm",
        "scoring.weights.self_score",
        Form.FIGURE,
        "Phần của điểm tự chấm trong tổng điểm.",
        "30%",
    ),
    Field(
        "Trọng số điểm chấm chéo",
        "scoring.weights.cross",
        Form.FIGURE,
        "Phần của điểm chấm chéo trong tổng điểm.",
        "70%",
    ),
    Field(
        "Làm tròn đến mấy chữ số thập phân",
        "scoring.rounding.digits",
        Form.COUNT,
        "Số chữ số sau dấu phẩy.",
        "2",
        required=True,
    ),
    Field(
        "Cách làm tròn",
        "scoring.rounding.way",
        Form.CHOICE,
        "Phần lẻ làm tròn thế nào.",
        "từ nửa trở lên thì làm tròn lên",
        words=ROUNDING_WAYS,
    ),
    Field(
        "Làm tròn điểm nào",
        "scoring.rounding.stage",
        Form.CHOICE,
        "Chỉ tổng điểm, hay cả điểm chấm chéo trước khi cộng.",
        "tổng điểm",
        words=ROUNDING_STAGES,
    ),
    Field(
        "Bằng điểm thì xét theo",
        "scoring.ties",
        Form.ITEMS,
        "Lần lượt xét gì khi bằng tổng điểm: chấm chéo, tự chấm, điểm thưởng, điểm trừ hoặc tên tiêu chí.",
        "chấm chéo; điểm trừ",
    ),
    Field(
        "Văn bản quy định cách tính điểm",
        "scoring.source",
        Form.TEXT,
        "Cách tính điểm theo văn bản nào.",
        "Quy chế chấm điểm của Khối",
    ),
    Field(
        "Bảng điểm thông qua cho năm",
        "scoring.adopted_table.for_year",
        Form.YEAR,
        "Hội nghị thông qua bảng điểm của năm nào.",
        "2017",
        required=True,
    ),
    Field(
        "Thời điểm thông qua bảng điểm",
        "scoring.adopted_table.when",
        Form.WHEN,
        "Khi nào.",
        "tại hội nghị sơ kết",
    ),
    Field(
        "Có văn bản suy tôn",
        "nomination_letters",
        Form.ANSWER,
        "Các đơn vị có gửi văn bản suy tôn không.",
        "có",
    ),
    Field(
        "Tình trạng ký giao ước",
        "pledge.signed",
        Form.CHOICE,
        "Giao ước thi đua đã ký tại hội nghị chưa.",
        "đã ký",
        words=SIGNED,
    ),
    Field("Lúc ký giao ước", "pledge.when", Form.WHEN, "Ký vào lúc nào trong hội nghị.", "Kết thúc Hội nghị"),
    Field("Người ký giao ước", "pledge.signed_by", Form.TEXT, "Ai ký, như nguồn nêu.", "lãnh đạo 24 đơn vị"),
    Field(
        "Việc khác về giao ước",
        "pledge.text",
        Form.LINES,
        "Phát động, đăng ký, thảo luận giao ước …, từng ý.",
        "phát động phong trào thi đua năm 2017",
    ),
    Field(
        "Tên bản giao ước",
        "pledge.name",
        Form.TEXT,
        "Tên đầy đủ của bản giao ước.",
        "Bản giao ước thi đua năm 2017",
    ),
    Field("Năm của giao ước", "pledge.year", Form.YEAR, "Giao ước cho năm nào.", "2017"),
    Field("Số của giao ước", "pledge.number", Form.TEXT, "Số ghi trên bản giao ước đã ký.", "01/GƯ"),
    Field("Nơi ký giao ước", "pledge.place", Form.TEXT, "Địa danh.", "Hà Nội"),
    Field("Ngày ký giao ước", "pledge.date", Form.DAY, "Ngày ký.", "17/02/2017"),
    Field(
        "Căn cứ của giao ước",
        "pledge.bases",
        Form.LINES,
        "Các văn bản làm căn cứ.",
        "Chỉ thị số 29/CT-UBND ngày 26/12/2018",
    ),
    *_theme("pledge.theme", "giao ước năm sau"),
    *_theme("pledge.past_theme", "giao ước năm nay"),
    Field(
        "Tổ chức thực hiện giao ước",
        "pledge.organisation",
        Form.LINES,
        "Phân công, chấm điểm, sơ kết, tổng kết …, từng ý.",
        "Khối trưởng đôn đốc, kiểm tra việc thực hiện",
    ),
    Field(
        "Cam kết của các bên giao ước",
        "pledge.commitment",
        Form.PROSE,
        "Câu cam kết, đúng như trong bản giao ước.",
        "Các đơn vị cam kết thực hiện tốt các nội dung đã ký",
    ),
    Field(
        "Số đơn vị ký giao ước",
        "pledge.declared_signatories",
        Form.COUNT,
        "Số đơn vị ký theo nguồn, dù chưa rõ tên.",
        "10",
    ),
    *_person("pledge.approver.person", "Người xác nhận giao ước"),
    Field("Đơn vị xác nhận giao ước", "pledge.approver.unit", Form.UNIT, "Cấp trên xác nhận.", "UBND tỉnh"),
    Field("Cách xác nhận giao ước", "pledge.approver.verb", Form.TEXT, "Động từ.", "phê duyệt"),
    Field(
        "Đơn vị điều hành lễ ký",
        "pledge.presided_by",
        Form.UNIT,
        "Đơn vị hoặc chức danh chủ trì việc ký.",
        "Khối trưởng",
    ),
    Field("Giao ước lập thành mấy bản", "pledge.copies", Form.COUNT, "Số bản có giá trị như nhau.", "10"),
    Field(
        "Độ dài bản tin",
        "news.length",
        Form.CHOICE,
        "Bản tin ngắn, vừa hay đầy đủ; để trống là vừa.",
        "vừa",
        words=NEWS_LENGTHS,
    ),
    Field(
        "Tít bài", "news.headline", Form.PROSE, "Tít của bản tin.", "Khối thi đua tổng kết công tác năm 2016"
    ),
    Field("Lời dẫn", "news.lead", Form.PROSE, "Đoạn mở đầu in đậm, nếu có.", "Ngày 17/02, tại Hà Nội …"),
    Field("Ký hiệu nơi đưa tin", "news.agency_tag", Form.TEXT, "Như in ở đầu bài.", "(CT)"),
    Field(
        "Thời điểm đăng tin",
        "news.published_at",
        Form.WHEN,
        "Như in trên trang; không phải ngày họp.",
        "07:51 PM 17/02/2017",
    ),
    Field("Lượt xem", "news.views", Form.COUNT, "Số lượt xem in trên trang.", "3633"),
    Field("Chữ của nút in", "news.print_label", Form.TEXT, "Như in trên trang.", "In bài viết"),
    Field("Tác giả bài", "news.byline", Form.TEXT, "Tên tác giả.", "Kim Thu"),
    Field("Đơn vị của tác giả", "news.author_unit", Form.TEXT, "Đơn vị của tác giả.", "Văn phòng"),
    Field("Nguồn của bài", "news.source", Form.TEXT, "Bài lấy lại từ đâu.", "Báo Nhân Dân"),
)
"""Every field of the model outside lists of records, in the order of the model."""


# --- the sheets: lists of records -----------------------------------------------------------------------

MEMBERS = Sheet(
    "Đơn vị thành viên",
    "don-vi-thanh-vien",
    "members[]",
    "Các đơn vị thành viên của khối.",
    "Mỗi đơn vị một hàng.",
    (
        Field(
            "Tên đơn vị",
            "name",
            Form.TEXT,
            "Tên đầy đủ.",
            "Bộ Nội vụ",
            required=True,
            also=("Đơn vị", "Đơn vị thành viên"),
        ),
        Field("Tên viết tắt", "short", Form.TEXT, "Chữ viết tắt thường dùng.", "BNV", also=("Viết tắt",)),
        Field("Mã", "id", Form.TEXT, "Mã ngắn để nơi khác trong dữ liệu gọi đơn vị.", "bnv"),
        Field(
            "Tên gọi khác",
            "aliases",
            Form.ITEMS,
            "Những tên khác của đơn vị.",
            "Bộ NV; Nội vụ",
        ),
        Field("Loại đơn vị", "kind", Form.TEXT, "Loại, nếu trong khối có nhiều loại.", "sở"),
    ),
)

SCORES = Sheet(
    "Điểm",
    "diem",
    "scoring.rows[]",
    "Điểm thi đua của từng đơn vị.",
    "Mỗi đơn vị một hàng.",
    (
        Field("Đơn vị", "unit", Form.UNIT, "Đơn vị được chấm.", "Bộ Nội vụ", required=True),
        Field("Điểm tự chấm", "self_score", Form.SCORE, "Đơn vị tự chấm.", "985"),
        Field(
            "Điểm tự chấm từng tiêu chí",
            "self_points",
            Form.ITEMS,
            "Điểm tự chấm từng nhóm tiêu chí, theo thứ tự của các nhóm.",
            "39; 19; 20",
        ),
        Field("Điểm chấm chéo", "cross", Form.SCORE, "Các đơn vị chấm cho nhau.", "978,5"),
        Field("Điểm thưởng", "bonus", Form.SCORE, "Điểm cộng.", "10"),
        Field("Điểm trừ", "penalty", Form.SCORE, "Điểm trừ.", "5"),
        Field("Tổng điểm", "total", Form.SCORE, "Tổng.", "983,5"),
        Field("Xếp hạng", "rank", Form.SCORE, "Thứ hạng.", "1"),
    ),
    also=("Chấm điểm", "Bảng điểm"),
)

CRITERIA = Sheet(
    "Tiêu chí chấm điểm",
    "tieu-chi-cham-diem",
    "scoring.criteria[]",
    "Các nhóm tiêu chí của bảng điểm, theo thứ tự.",
    "Mỗi nhóm một hàng.",
    (
        Field("Số thứ tự tiêu chí", "number", Form.TEXT, "Số của nhóm trong bảng điểm.", "I"),
        Field("Tên tiêu chí", "name", Form.TEXT, "Tên nhóm.", "Nhiệm vụ chính trị", required=True),
        Field("Điểm tối đa", "highest", Form.SCORE, "Điểm cao nhất của nhóm.", "40", required=True),
        Field("Hệ số", "weight", Form.FIGURE, "Nhân điểm của nhóm với hệ số này; để trống là 1.", "2"),
    ),
    also=("Nhóm tiêu chí",),
)

MARKS = Sheet(
    "Phiếu chấm điểm",
    "phieu-cham-diem",
    "scoring.marks[]",
    "Điểm các đơn vị chấm cho nhau, từng phiếu.",
    "Mỗi đơn vị được một đơn vị khác chấm một hàng.",
    (
        Field("Đơn vị được chấm", "unit", Form.UNIT, "Chấm cho ai.", "Bộ Nội vụ", required=True),
        Field("Đơn vị chấm", "scorer", Form.UNIT, "Ai chấm.", "Bộ Tài chính", required=True),
        Field(
            "Điểm các tiêu chí",
            "points",
            Form.ITEMS,
            "Điểm từng nhóm tiêu chí, theo thứ tự của các nhóm; chỗ không chấm ghi dấu “–”.",
            "38; 18,5; 19",
            required=True,
        ),
    ),
    also=("Phiếu chấm",),
)

SHEETS: tuple[Sheet, ...] = (
    MEMBERS,
    Sheet(
        "Lãnh đạo khối",
        "lanh-dao-khoi",
        "",
        "Trưởng và phó của khối trong năm được tổng kết (năm nay) và năm kế tiếp (năm sau).",
        "Mỗi chức một hàng.",
        (
            Field("Đơn vị", "unit", Form.UNIT, "Đơn vị giữ chức, nếu là đơn vị.", "Bộ Nội vụ"),
            *_person("person"),
            Field(
                "Giữ chức theo cương vị",
                "post",
                Form.TEXT,
                "Cương vị mà ai giữ thì làm trưởng, phó của khối.",
                "Giám đốc Đài Phát thanh",
            ),
            Field(
                "Tên gọi riêng",
                "title",
                Form.TEXT,
                "Nếu chức này gọi khác các chức kia.",
                "Cụm phó thứ hai",
            ),
        ),
        selector=Field(
            "Chức",
            "",
            Form.CHOICE,
            "Trưởng hay phó, năm nay hay năm sau.",
            "trưởng năm sau",
            required=True,
            words=OFFICES,
        ),
    ),
    Sheet(
        "Điểm cầu",
        "diem-cau",
        "event.points[]",
        "Các điểm cầu của hội nghị trực tuyến.",
        "Mỗi điểm một hàng.",
        (
            Field("Điểm cầu", "place", Form.TEXT, "Tên điểm cầu.", "Sở Giáo dục Hà Nội", required=True),
            Field("Người chủ trì", "chair", Form.TEXT, "Ai chủ trì ở điểm đó.", "Giám đốc Sở"),
        ),
    ),
    Sheet(
        "Hoạt động bên lề",
        "hoat-dong-ben-le",
        "event.side_events[]",
        "Việc tổ chức kèm theo hội nghị.",
        "Mỗi việc một hàng.",
        (
            Field("Nội dung", "text", Form.PROSE, "Việc gì.", "dâng hương tại Khu di tích", required=True),
            Field("Lúc nào", "when", Form.WHEN, "Khi nào.", "trước hội nghị"),
        ),
    ),
    Sheet(
        "Lãnh đạo khối các năm trước",
        "lanh-dao-cac-nam-truoc",
        "leadership.history[]",
        "Ai làm trưởng, phó của khối trong những năm trước.",
        "Mỗi năm một hàng.",
        (
            Field("Năm", "year", Form.YEAR, "Năm nào.", "2015", required=True),
            Field("Trưởng", "head", Form.UNIT, "Đơn vị làm trưởng.", "Bộ Nội vụ"),
            Field("Các phó", "deputies", Form.ITEMS, "Các đơn vị làm phó, theo thứ tự.", "Bộ Tài chính"),
        ),
    ),
    Sheet(
        "Chủ trì",
        "chu-tri",
        "chairs[]",
        "Người hoặc đơn vị chủ trì hội nghị.",
        "Mỗi người một hàng.",
        (
            *_person("person"),
            Field("Đơn vị chủ trì", "unit", Form.UNIT, "Đơn vị chủ trì, nếu nguồn chỉ nêu đơn vị.", "BNV"),
            Field("Vai trò", "role", Form.CHOICE, "Chủ trì thế nào.", "đồng chủ trì", words=CHAIR_ROLES),
            Field(
                "Chức trong khối",
                "office",
                Form.TEXT,
                "Chức trong khối mà nguồn nêu kèm.",
                "đơn vị Khối trưởng",
            ),
            Field("Tại điểm cầu", "place", Form.TEXT, "Chủ trì ở điểm cầu nào.", "điểm cầu Hà Nội"),
        ),
        also=("Chủ tọa",),
    ),
    Sheet(
        "Thư ký",
        "thu-ky",
        "secretaries[]",
        "Thư ký hội nghị (người ghi biên bản).",
        "Mỗi người một hàng.",
        _person(""),
    ),
    Sheet(
        "Đại biểu",
        "dai-bieu",
        "attendance.groups[]",
        "Người dự hội nghị.",
        "Mỗi người một hàng; các hàng cùng “Nhóm” thuộc một nhóm, hàng không ghi “Nhóm” đứng riêng.",
        (
            Field(
                "Nhóm",
                "label",
                Form.TEXT,
                "Nhóm đại biểu, viết như in trong văn bản.",
                "Về phía Ban Thi đua - Khen thưởng Trung ương",
            ),
            *_person("people"),
            Field(
                "Mô tả nhóm",
                "description",
                Form.PROSE,
                "Lời mô tả cả nhóm, khi không nêu tên từng người.",
                "đại diện các Bộ, ngành thuộc Khối thi đua",
            ),
            Field(
                "Các đơn vị trong nhóm",
                "units",
                Form.ITEMS,
                "Các đơn vị có đại diện mà không nêu tên người.",
                "Bộ Nội vụ; Bộ Tài chính",
            ),
            Field(
                "Chữ chung trước tên đơn vị",
                "prefix",
                Form.TEXT,
                "Phần nguồn chỉ viết một lần cho cả dãy đơn vị.",
                "Công an tỉnh",
            ),
        ),
        inner="people",
        gather="label",
        also=("Danh sách đại biểu", "Thành phần tham dự"),
    ),
    Sheet(
        "Vắng mặt",
        "vang-mat",
        "attendance.absent[]",
        "Người hoặc đơn vị được mời mà vắng mặt.",
        "Mỗi người một hàng.",
        (
            Field(
                "Ai vắng",
                "who",
                Form.TEXT,
                "Người hoặc đơn vị vắng.",
                "Bộ Tài chính",
                required=True,
            ),
            Field("Lý do", "reason", Form.PROSE, "Lý do vắng.", "bận công tác"),
        ),
    ),
    Sheet(
        "Báo cáo",
        "bao-cao",
        "reports[]",
        "Báo cáo, dự thảo, tham luận trình bày tại hội nghị.",
        "Mỗi bản một hàng.",
        (
            Field(
                "Tên báo cáo",
                "title",
                Form.PROSE,
                "Tên đầy đủ.",
                "Báo cáo tổng kết công tác thi đua năm 2016",
                required=True,
            ),
            Field("Loại", "kind", Form.CHOICE, "Loại bản trình bày.", "tổng kết", words=REPORT_KINDS),
            *_person("reporter"),
        ),
    ),
    Sheet(
        "Thảo luận",
        "thao-luan",
        "discussion[]",
        "Ý kiến phát biểu tại hội nghị.",
        "Mỗi ý kiến một hàng.",
        (
            Field("Nội dung", "text", Form.PROSE, "Nói gì.", "góp ý về quy chế chấm điểm", required=True),
            *_person("speaker"),
            Field("Đơn vị phát biểu", "unit", Form.UNIT, "Nếu nguồn chỉ nêu đơn vị.", "Bộ Tài chính"),
        ),
    ),
    Sheet(
        "Kiến nghị",
        "kien-nghi",
        "recommendations[]",
        "Kiến nghị, đề xuất với cấp trên.",
        "Mỗi kiến nghị một hàng.",
        (
            Field("Nội dung", "text", Form.PROSE, "Kiến nghị gì.", "sớm ban hành hướng dẫn", required=True),
            Field("Gửi tới", "addressee", Form.TEXT, "Kiến nghị với ai.", "Ban Thi đua - Khen thưởng"),
        ),
    ),
    Sheet(
        "Số liệu",
        "so-lieu",
        "results.statistics[]",
        "Số liệu kết quả của năm, viết như trong nguồn.",
        "Mỗi số liệu một hàng.",
        (
            Field("Chỉ tiêu", "measure", Form.TEXT, "Đo cái gì.", "Tổng doanh thu", required=True),
            Field("Giá trị", "value", Form.FIGURE, "Con số.", "48.658,2", required=True),
            Field("Đơn vị tính", "unit", Form.TEXT, "Đơn vị tính.", "tỷ đồng"),
            Field("Của ai", "subject", Form.TEXT, "Số liệu của đơn vị nào, nếu không phải cả khối.", "BNV"),
            Field("So với kế hoạch", "vs_plan", Form.FIGURE, "Tỷ lệ so với kế hoạch.", "100,8%"),
            Field("Tăng trưởng", "growth", Form.FIGURE, "Tăng, giảm so với năm trước.", "+6,6%"),
            Field("So sánh khác", "compare", Form.TEXT, "So sánh khác, viết như nguồn.", "508/2278"),
        ),
    ),
    Sheet(
        "Hoạt động",
        "hoat-dong",
        "activities[]",
        "Hoạt động của khối trong năm.",
        "Mỗi hoạt động một hàng.",
        (
            Field(
                "Hoạt động",
                "text",
                Form.PROSE,
                "Tên hoạt động, viết như một cụm danh từ.",
                "các chương trình kiểm tra tại đơn vị",
                required=True,
                also=("Nội dung",),
            ),
            Field("Loại", "kind", Form.TEXT, "Loại hoạt động.", "kiểm tra"),
            Field("Nơi", "places", Form.ITEMS, "Các nơi.", "Sơn La; Hải Phòng"),
            Field(
                "Từ trước nơi",
                "place_word",
                Form.TEXT,
                "Từ nối hoạt động với nơi; để trống thì là “tại”.",
                "của",
            ),
            Field("Số lần", "count", Form.COUNT, "Mấy lần.", "3"),
            Field("Thời gian", "date", Form.WHEN, "Khi nào.", "tháng 6/2016"),
        ),
    ),
    Sheet(
        "Phong trào",
        "phong-trao",
        "movements[]",
        "Phong trào thi đua đã thực hiện.",
        "Mỗi phong trào một hàng.",
        (
            Field("Tên phong trào", "name", Form.TEXT, "Tên.", "Vì An ninh Tổ quốc", required=True),
            Field("Nơi phát động", "launched_by", Form.TEXT, "Ai phát động.", "Thủ tướng Chính phủ"),
            Field("Nội dung", "text", Form.PROSE, "Kết quả, cách làm.", "được các đơn vị hưởng ứng"),
        ),
    ),
    Sheet(
        "Từ thiện",
        "tu-thien",
        "charity[]",
        "Hoạt động xã hội, từ thiện.",
        "Mỗi việc một hàng.",
        (
            Field("Nội dung", "text", Form.PROSE, "Chương trình, việc gì.", "chương trình tặng quà"),
            Field("Việc làm", "verb", Form.TEXT, "Động từ.", "phát động"),
            Field("Bên tặng", "donor", Form.UNIT, "Ai tặng.", "Khối"),
            Field("Bên được tặng", "beneficiary", Form.TEXT, "Tặng cho ai, nơi nào.", "xã Nậm Lạnh"),
            Field(
                "Địa danh",
                "places",
                Form.ITEMS,
                "Từ nhỏ đến lớn.",
                "huyện Sốp Cộp; tỉnh Sơn La",
            ),
            Field("Bên thụ hưởng", "end_beneficiary", Form.TEXT, "Cuối cùng ai được hưởng.", "trường học"),
            Field("Số tiền", "amount", Form.TEXT, "Số tiền, kèm đơn vị tiền.", "100 triệu đồng"),
            Field("Số lượng", "count", Form.COUNT, "Số phần, nếu tặng hiện vật.", "10"),
            Field("Hiện vật", "goods", Form.TEXT, "Tặng gì, nếu là hiện vật.", "suất quà"),
            Field("Để làm gì", "item", Form.TEXT, "Công trình, việc được hỗ trợ.", "xây dựng nhà ăn"),
            Field("Mục đích", "purpose", Form.PROSE, "Ý nghĩa.", "chia sẻ khó khăn với nhà trường"),
        ),
    ),
    SCORES,
    CRITERIA,
    MARKS,
    Sheet(
        "Xử lý bằng điểm",
        "xu-ly-bang-diem",
        "scoring.tie_decisions[]",
        "Hội nghị quyết định thế nào về các đơn vị bằng điểm.",
        "Mỗi quyết định một hàng.",
        (
            Field(
                "Các đơn vị bằng điểm",
                "units",
                Form.ITEMS,
                "Theo thứ tự hội nghị đã quyết định.",
                "Bộ Nội vụ; Bộ Tài chính",
                required=True,
            ),
            Field("Đồng hạng", "shared", Form.ANSWER, "Các đơn vị ấy cùng hạng.", "không"),
            Field(
                "Quyết định bằng cách", "ground", Form.TEXT, "Quyết định thế nào.", "biểu quyết tại Hội nghị"
            ),
        ),
    ),
    Sheet(
        "Văn bản suy tôn",
        "van-ban-suy-ton",
        "nominations[]",
        "Văn bản suy tôn của các đơn vị.",
        "Mỗi văn bản một hàng.",
        (
            Field("Đơn vị gửi", "sender", Form.UNIT, "Ai suy tôn.", "Bộ Tài chính", required=True),
            Field("Đơn vị được suy tôn", "nominee", Form.UNIT, "Suy tôn ai.", "Bộ Nội vụ"),
            Field("Số văn bản", "number", Form.TEXT, "Số, ký hiệu của văn bản.", "123/BTC-TĐKT"),
        ),
    ),
    Sheet(
        "Bỏ phiếu",
        "bo-phieu",
        "votes[]",
        "Các lần bỏ phiếu, biểu quyết.",
        "Mỗi lần một hàng; bỏ phiếu cho nhiều đơn vị, cá nhân thì mỗi đơn vị, cá nhân một hàng, "
        "các cột khác ghi như nhau.",
        (
            Field(
                "Nội dung", "subject", Form.PROSE, "Bỏ phiếu về việc gì.", "tặng Cờ thi đua", required=True
            ),
            Field(
                "Từng mục",
                "items",
                Form.ITEMS,
                "Những mục được bỏ phiếu riêng.",
                "Cờ thi đua; Bằng khen",
            ),
            Field("Cách bỏ phiếu", "method", Form.CHOICE, "Hình thức.", "phiếu kín", words=VOTE_METHODS),
            Field("Người bỏ phiếu", "voters", Form.TEXT, "Tỷ lệ tính trên ai.", "các đại biểu"),
            Field("Số có mặt", "present", Form.COUNT, "Số người có mặt.", "10"),
            Field("Phiếu phát ra", "issued", Form.COUNT, "Số phiếu phát ra.", "10"),
            Field("Phiếu thu về", "returned", Form.COUNT, "Số phiếu thu về.", "10"),
            Field("Phiếu hợp lệ", "valid", Form.COUNT, "Số phiếu hợp lệ.", "9"),
            Field("Phiếu không hợp lệ", "invalid", Form.COUNT, "Số phiếu không hợp lệ.", "1"),
            Field("Số đồng ý", "agreed", Form.COUNT, "Số phiếu đồng ý.", "9"),
            Field("Tỷ lệ", "percent", Form.FIGURE, "Tỷ lệ đồng ý.", "90%"),
            Field(
                "Tỷ lệ tính trên",
                "base",
                Form.CHOICE,
                "Tỷ lệ tính trên số nào.",
                "số phiếu hợp lệ",
                words=VOTE_BASES,
            ),
            Field(
                "Tỷ lệ cần đạt", "threshold.percent", Form.FIGURE, "Phải đạt bao nhiêu.", "80%", required=True
            ),
            Field(
                "Nơi quy định tỷ lệ", "threshold.source", Form.TEXT, "Theo văn bản nào.", "Quy chế của Khối"
            ),
            Field(
                "Ban kiểm phiếu", "board", Form.ITEMS, "Họ tên, trưởng ban trước.", "Lê Thị Ví Dụ; Đỗ Văn Giả"
            ),
            Field("Kết quả", "result", Form.PROSE, "Kết quả, viết thành lời.", "thông qua"),
            Field("Nói thêm", "remark", Form.PROSE, "Điều nói thêm.", "Kết quả được công bố ngay"),
            Field("Đơn vị được bỏ phiếu", "results.unit", Form.UNIT, "Phiếu cho đơn vị nào.", "Bộ Nội vụ"),
            Field("Cá nhân được bỏ phiếu", "results.person", Form.TEXT, "Phiếu cho ai.", "bà Lê Thị Ví Dụ"),
            Field("Bỏ phiếu cho việc", "results.what", Form.TEXT, "Cho việc gì.", "Cờ thi đua của Chính phủ"),
            Field("Số phiếu được", "results.agreed", Form.COUNT, "Được bao nhiêu phiếu.", "9", required=True),
            Field("Tỷ lệ phiếu được", "results.percent", Form.FIGURE, "Tỷ lệ.", "90%"),
        ),
        inner="results",
        also=("Biểu quyết",),
    ),
    Sheet(
        "Xếp loại",
        "xep-loai",
        "classifications[]",
        "Xếp loại các đơn vị (không phải khen thưởng).",
        "Mỗi loại một hàng.",
        (
            Field("Loại", "label", Form.TEXT, "Xếp loại gì.", "Hoàn thành xuất sắc nhiệm vụ", required=True),
            Field("Các đơn vị", "units", Form.ITEMS, "Những đơn vị xếp loại này.", "Bộ Nội vụ; Bộ Tài chính"),
            Field("Tất cả đơn vị", "all_units", Form.ANSWER, "Mọi đơn vị đều xếp loại này.", "có"),
            Field("Tỷ số", "fraction", Form.TEXT, "Số đơn vị đạt trên tổng số, viết như nguồn.", "06/6"),
        ),
    ),
    Sheet(
        "Chỉ tiêu khen thưởng",
        "chi-tieu-khen-thuong",
        "award_quotas[]",
        "Khối được đề nghị bao nhiêu, theo thứ tự từ mức cao nhất.",
        "Mỗi hình thức một hàng.",
        (
            Field("Hình thức", "form", Form.TEXT, "Hình thức, danh hiệu.", "Cờ thi đua", required=True),
            Field("Cấp tặng", "authority", Form.TEXT, "Ai tặng.", "Chính phủ"),
            Field(
                "Tính chất",
                "nature",
                Form.CHOICE,
                "Hình thức hay danh hiệu.",
                "hình thức khen thưởng",
                words=AWARD_NATURES,
            ),
            Field("Số lượng tối đa", "most", Form.COUNT, "Đề nghị nhiều nhất bao nhiêu.", "1", required=True),
            Field(
                "Theo văn bản", "source", Form.TEXT, "Văn bản quy định số lượng.", "Công văn số 15/UBND-TĐKT"
            ),
        ),
    ),
    Sheet(
        "Khen thưởng",
        "khen-thuong",
        "awards[]",
        "Khen thưởng.",
        "Mỗi người hoặc đơn vị nhận một hàng; "
        "các hàng liền nhau giống nhau từ “Tình trạng” đến “Đơn vị trao” là một đợt khen thưởng.",
        (
            Field(
                "Tình trạng",
                "status",
                Form.CHOICE,
                "Mới đề nghị hay đã tặng, đã trao …",
                "đề nghị",
                required=True,
                words=AWARD_STATUSES,
            ),
            Field("Hình thức", "form", Form.TEXT, "Hình thức, danh hiệu.", "Bằng khen", required=True),
            Field(
                "Tính chất",
                "nature",
                Form.CHOICE,
                "Hình thức hay danh hiệu.",
                "hình thức khen thưởng",
                words=AWARD_NATURES,
            ),
            Field("Cấp tặng", "authority", Form.TEXT, "Ai tặng.", "Thủ tướng Chính phủ"),
            Field(
                "Qua các cấp",
                "via",
                Form.ITEMS,
                "Trình qua những cấp nào.",
                "Công đoàn ngành; Tổng Liên đoàn",
            ),
            Field("Hạng", "rank", Form.TEXT, "Hạng, nếu có.", "hạng Nhất"),
            Field("Năm", "year", Form.YEAR, "Khen cho năm nào.", "2016"),
            Field("Lý do", "reason", Form.PROSE, "Thành tích.", "đã có thành tích xuất sắc"),
            Field("Đơn vị trao", "handed_by", Form.ITEMS, "Ai trao.", "Khối trưởng"),
            Field(
                "Loại người nhận",
                "recipients.kind",
                Form.CHOICE,
                "Tập thể hay cá nhân.",
                "tập thể",
                words=RECIPIENT_KINDS,
            ),
            Field("Đơn vị nhận", "recipients.unit", Form.UNIT, "Đơn vị được khen.", "Bộ Nội vụ"),
            Field("Cá nhân nhận", "recipients.person", Form.TEXT, "Họ và tên.", "Nguyễn Văn Ái"),
            Field("Tất cả đơn vị", "recipients.all_units", Form.ANSWER, "Mọi đơn vị đều nhận.", "không"),
            Field("Cả khối", "recipients.block", Form.ANSWER, "Khối nhận, không phải một đơn vị.", "không"),
            Field(
                "Số lượng", "recipients.count", Form.COUNT, "Mấy tập thể, cá nhân, nếu không nêu tên.", "3"
            ),
            Field(
                "Mô tả người nhận",
                "recipients.description",
                Form.TEXT,
                "Nếu nguồn chỉ mô tả.",
                "các cá nhân",
            ),
        ),
        inner="recipients",
    ),
    Sheet(
        "Văn bản thông qua",
        "van-ban-thong-qua",
        "documents_adopted[]",
        "Quy chế, kế hoạch, bảng điểm hội nghị thông qua.",
        "Mỗi văn bản một hàng.",
        (
            Field("Tên văn bản", "name", Form.TEXT, "Tên.", "Quy chế hoạt động của Khối", required=True),
            Field("Cho năm", "for_year", Form.YEAR, "Áp dụng cho năm nào.", "2017"),
        ),
    ),
    Sheet(
        "Ký giao ước",
        "ky-giao-uoc",
        "pledge.signatories[]",
        "Đại diện các đơn vị ký giao ước, theo thứ tự ký.",
        "Mỗi đơn vị một hàng.",
        (
            Field("Đơn vị", "unit", Form.UNIT, "Đơn vị ký.", "Bộ Nội vụ", required=True),
            Field("Người ký", "person", Form.TEXT, "Họ và tên.", "Nguyễn Văn Ái"),
            Field("Thẩm quyền ký", "power", Form.TEXT, "Ký thay, ký thừa lệnh …", "KT. BỘ TRƯỞNG"),
            Field("Chức vụ", "position", Form.TEXT, "Chức vụ của người ký.", "Thứ trưởng"),
            Field("Đã ký", "signed", Form.ANSWER, "Đã ký chưa.", "có"),
            Field("Ngày ký", "signed_on", Form.DAY, "Ngày ký.", "17/02/2017"),
        ),
        also=("Danh sách ký giao ước",),
    ),
    Sheet(
        "Cuộc vận động",
        "cuoc-van-dong",
        "pledge.campaigns[]",
        "Cuộc vận động mà giao ước hưởng ứng.",
        "Mỗi cuộc một hàng.",
        (
            Field("Tên cuộc vận động", "name", Form.TEXT, "Tên.", "Toàn dân đoàn kết", required=True),
            Field("Thời kỳ", "period", Form.WHEN, "Thời kỳ.", "2016 - 2020"),
        ),
    ),
    Sheet(
        "Nội dung giao ước",
        "noi-dung-giao-uoc",
        "pledge.contents[]",
        "Các nội dung của giao ước.",
        "Mỗi chỉ tiêu một hàng; các hàng liền nhau cùng “Đề mục” và “Nội dung” là một nội dung.",
        (
            Field("Đề mục", "heading", Form.TEXT, "Đề mục, nếu có.", "Về nhiệm vụ chính trị"),
            Field("Nội dung", "text", Form.PROSE, "Nội dung thi đua.", "hoàn thành nhiệm vụ được giao"),
            Field(
                "Chỉ tiêu",
                "targets.text",
                Form.PROSE,
                "Chỉ tiêu, viết thành lời.",
                "100% đơn vị hoàn thành nhiệm vụ",
                required=True,
            ),
            Field("Mức", "targets.value", Form.FIGURE, "Con số của chỉ tiêu.", "100"),
            Field("Đơn vị tính", "targets.unit", Form.TEXT, "Đơn vị tính.", "%"),
            Field(
                "Loại chỉ tiêu",
                "targets.kind",
                Form.CHOICE,
                "Chỉ tiêu thuộc loại nào.",
                "tỷ lệ",
                words=TARGET_KINDS,
            ),
        ),
        inner="targets",
    ),
    Sheet(
        "Danh hiệu đăng ký",
        "danh-hieu-dang-ky",
        "pledge.registered_titles[]",
        "Danh hiệu các đơn vị đăng ký phấn đấu.",
        "Mỗi danh hiệu một hàng.",
        (
            Field("Đơn vị", "unit", Form.UNIT, "Đơn vị đăng ký.", "Bộ Nội vụ", required=True),
            Field("Danh hiệu", "title", Form.TEXT, "Danh hiệu.", "Cờ thi đua của Chính phủ", required=True),
        ),
    ),
    Sheet(
        "Chứng kiến",
        "chung-kien",
        "pledge.witnesses[]",
        "Người hoặc đơn vị chứng kiến, xác nhận giao ước.",
        "Mỗi người một hàng.",
        (
            *_person("person"),
            Field("Đơn vị chứng kiến", "unit", Form.UNIT, "Nếu nguồn chỉ nêu đơn vị.", "UBND tỉnh"),
            Field("Cách gọi", "verb", Form.TEXT, "Động từ: chứng kiến, ký xác nhận …", "chứng kiến"),
        ),
    ),
    Sheet(
        "Ảnh",
        "anh",
        "photos[]",
        "Ảnh của hội nghị.",
        "Mỗi ảnh một hàng.",
        (
            Field("Tệp ảnh", "file", Form.TEXT, "Tên tệp trong thư mục ảnh, nếu có.", "photos/toan-canh.jpg"),
            Field("Chú thích", "caption", Form.PROSE, "Chú thích in dưới ảnh.", "Toàn cảnh Hội nghị"),
            Field("Vị trí", "position", Form.CHOICE, "Chỗ đặt ảnh.", "trong bài", words=PHOTO_POSITIONS),
            Field(
                "Đứng sau phần",
                "behind",
                Form.CHOICE,
                "Phần của bản tin mà ảnh trong bài đứng sau.",
                "giao ước thi đua",
                words=PASSAGES,
            ),
            Field("Người chụp", "credit", Form.TEXT, "Ảnh của ai.", "Kim Thu"),
        ),
    ),
    Sheet(
        "Nguồn gốc số liệu",
        "nguon-goc-so-lieu",
        "provenance[]",
        "Số liệu lấy từ đâu, chắc đến mức nào (không in).",
        "Mỗi mục một hàng.",
        (
            Field(
                "Mục dữ liệu",
                "path",
                Form.TEXT,
                "Đường dẫn của mục trong dữ liệu.",
                "leadership.next.head",
                required=True,
            ),
            Field(
                "Mức chắc chắn",
                "basis",
                Form.CHOICE,
                "Nguồn nêu, suy ra hay chưa rõ.",
                "nguồn nêu",
                required=True,
                words=BASES,
            ),
            Field("Nguồn", "source", Form.TEXT, "Nguồn.", "trang tin của VDB, 17/02/2017"),
            Field(
                "Nhận xét", "remark", Form.PROSE, "Chẳng hạn nguồn khác nói gì.", "nguồn khác ghi 9 đơn vị"
            ),
        ),
    ),
)
"""Every list of records of the model, in the order of the model."""

IGNORED_HEADINGS = ("STT", "TT", "Số TT", "Số thứ tự", "Ghi chú", "Giải thích")
"""Columns that people keep for themselves; they are not read, and not found fault with."""

GUIDE = "Hướng dẫn"
SUMMARY = "Tổng hợp điểm"
IGNORED_SHEETS = (GUIDE, SUMMARY)
"""Sheets that are for people only."""

MATRIX = Sheet(
    "Chấm chéo",
    "cham-cheo",
    "scoring.marks[]",
    "Bảng chấm chéo: ai chấm cho ai bao nhiêu điểm; dùng thay trang “Phiếu chấm điểm”.",
    "Mỗi đơn vị được chấm một khối hàng, mỗi tiêu chí một hàng, mỗi đơn vị chấm một cột.",
    (
        Field(
            "Đơn vị được chấm",
            "unit",
            Form.UNIT,
            "Chấm cho ai.",
            "Bộ Nội vụ",
            required=True,
            also=("Đơn vị",),
        ),
        Field(
            "Tiêu chí",
            "criterion",
            Form.TEXT,
            "Nhóm tiêu chí, như ở trang “Tiêu chí chấm điểm”.",
            "I. Nhiệm vụ chính trị",
            required=True,
            also=("Tên tiêu chí", "Nhóm tiêu chí"),
        ),
        Field("Điểm tối đa", "highest", Form.SCORE, "Điểm cao nhất của nhóm.", "40"),
        Field("Hệ số", "weight", Form.FIGURE, "Nhân điểm của nhóm với hệ số này.", "2"),
        Field(
            "Tự chấm",
            "self_points",
            Form.SCORE,
            "Điểm mà đơn vị tự chấm cho mình.",
            "39",
            also=("Điểm tự chấm",),
        ),
        Field("Số phiếu", "", Form.COUNT, "Bao nhiêu đơn vị đã chấm; tự tính.", "9"),
        Field("Trung bình", "", Form.SCORE, "Trung bình của các phiếu; tự tính.", "38,5"),
        Field("Chênh lệch", "", Form.SCORE, "Phiếu cao nhất trừ phiếu thấp nhất; tự tính.", "3"),
    ),
    also=("Bảng chấm chéo", "Bảng chấm điểm chéo"),
)
"""The marks once more, as people like to write them: a matrix. Each scorer has a column beside these; those
without a path are for people only."""

WHOLE = "Tổng điểm"
"""What stands for the criteria in the matrix where none are known."""

SUM = "Cộng"
SUM_LABELS = (SUM, "Tổng cộng")
"""Rows of the matrix with the sums of a unit."""

UNITS_DONE, POINTS_DONE = "Số đơn vị đã chấm", "Số ô đã ghi điểm"
FOOT_LABELS = (UNITS_DONE, POINTS_DONE)
"""Rows at the foot of the matrix."""

SECTIONS: Mapping[str, str] = {
    "event": "Hội nghị",
    "block": "Khối, cụm thi đua",
    "papers": "Số, ngày, nơi nhận của từng văn bản",
    "papers.minutes": "Biên bản hội nghị",
    "papers.pledge": "Bản giao ước thi đua",
    "papers.proposal": "Tờ trình đề nghị khen thưởng",
    "papers.certificates": "Quyết định tặng giấy khen, bằng khen của khối",
    "leadership": "Lãnh đạo khối",
    "leadership.current": "Lãnh đạo khối trong năm được tổng kết",
    "leadership.next": "Lãnh đạo khối năm kế tiếp",
    "leadership.next.handover": "Bàn giao giữa trưởng khối cũ và mới (không phải khen thưởng)",
    "leadership.rotation": "Quy định luân phiên của khối",
    "attendance": "Thành phần tham dự",
    "opening_speech": "Phát biểu khai mạc",
    "directing_speech": "Phát biểu chỉ đạo",
    "conclusion": "Kết luận hội nghị",
    "results": "Kết quả công tác trong năm",
    "scoring": "Chấm điểm",
    "scoring.weights": "Trọng số của từng phần trong tổng điểm",
    "scoring.rounding": "Làm tròn điểm",
    "scoring.adopted_table": "Bảng điểm được thông qua cho một năm",
    "nomination_letters": "Văn bản suy tôn",
    "pledge": "Giao ước thi đua ký cho năm kế tiếp",
    "pledge.theme": "Chủ đề của giao ước mới",
    "pledge.past_theme": "Chủ đề của giao ước đã ký năm trước, được tổng kết lần này",
    "pledge.approver": "Cấp trên xác nhận, phê duyệt giao ước",
    "news": "Trang tin",
    "leadership.current.head": "Đơn vị hoặc người đứng đầu khối",
    "leadership.current.deputies": "Các phó, theo thứ tự",
    "leadership.next.head": "Đơn vị hoặc người đứng đầu khối",
    "leadership.next.deputies": "Các phó, theo thứ tự",
    "event.period": "Thời kỳ được tổng kết, nếu không phải cả năm",
    "event.venue": "Địa điểm",
    "block.office_names": "Khối gọi các chức của mình là gì",
}
"""What the groups of single facts are about."""
