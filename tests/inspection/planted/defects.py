"""The planted defects: for each a clean file, one change, and the rules that must fail, at which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.inspection.planted import changes as spoil
from tests.inspection.planted.direct import LEFT_MM, RIGHT_MM
from tests.inspection.planted.package import in_package
from tests.inspection.planted.papers import MOTTO, NATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.inspection.planted.package import Edit


@dataclass(frozen=True, slots=True)
class Defect:
    """A clean file with one mistake."""

    name: str
    base: str
    """The name of the clean file."""
    change: Callable[[bytes], bytes]
    """Of what the maker wrote, before another program finishes it."""
    rules: tuple[str, ...]
    """All of them must fail."""
    words: str = ""
    """How the paragraph begins at which they must fail; empty where it is a page, a section or any paragraph."""
    also: tuple[str, ...] = ()
    """Rules that may fail as a consequence."""

    @property
    def full_name(self) -> str:
        """The name with the file's."""
        return f"{self.name} in {self.base}"


PAIRS = ("sizes.pairs",)
ALL_RULES = ("letterhead.motto_rule_share", "letterhead.issuer_rule_share", "title.rule_share")
MOTTO_RULE = ALL_RULES[:1]
"""The rule below the motto is as long as the motto was."""

QUOC_HIEU = "CỘNG H"
"""How it begins in both spellings."""

DECISION, MINUTES, PROPOSAL = "direct-decision-nd30", "direct-minutes-nd30", "named-proposal-nd30"
BOTH_DECISIONS = (DECISION, "named-decision-tt01")
ALL_DECISIONS = ("direct-decision-nd30", "named-decision-tt01", "raw-decision-nd30", "flat-decision-nd30")

PARENT, ISSUER, NUMBER, DATE = "UBND TỈNH PHÚ LÂM", "SỞ VĂN HÓA", "Số: 05/QĐ-SVH", "Phú Lâm, ngày"
SUBJECT = "Về việc thành lập"
BASIS, LAST_BASIS = "Căn cứ Kế hoạch", "Theo đề nghị"
BODY = "Văn phòng Sở là đơn vị thường trực"
NAME = "Đỗ Hải Triều"
LABEL, ITEM, LAST_ITEM = "Nơi nhận:", "- UBND tỉnh", "- Lưu: VT"
ROMAN, ARABIC = "CƠ SỞ CỦA VIỆC KHEN THƯỞNG", "Kết quả bình xét"
END = "Quyết định này có hiệu lực"


def _plant(
    name: str,
    bases: Iterable[str],
    edits: Edit | tuple[Edit, ...],
    rules: str,
    words: str = "",
    also: tuple[str, ...] = (),
) -> Iterator[Defect]:
    change = in_package(*(edits if isinstance(edits, tuple) else (edits,)))
    for base in bases:
        yield Defect(name, base, change, tuple(rules.split()), words, also)


def _iter_page() -> Iterator[Defect]:
    size = "page.width_mm page.height_mm"
    yield from _plant("Letter paper", BOTH_DECISIONS, spoil.page(width=215.9, height=279.4), size)
    yield from _plant("A5 paper", ("raw-letter-nd30",), spoil.page(width=148, height=210), size)
    yield from _plant(
        "landscape",
        ALL_DECISIONS,
        spoil.turned,
        "page.orientation",
        "",
        ("page.width_mm", "page.height_mm", *ALL_RULES),  # a border is as wide as its paragraph
    )
    for side, low, high in (("top", 15, 30), ("bottom", 10, 30), ("left", 25, 40), ("right", 10, 25)):
        rule = f"page.margin_{side}_mm"
        also = ALL_RULES[:2] if side in ("left", "right") else ()  # LibreOffice's tables grow with the page
        yield from _plant(
            f"{side} margin too small", ALL_DECISIONS, spoil.page(**{side: low}), rule, "", also
        )
        yield from _plant(f"{side} margin too large", BOTH_DECISIONS, spoil.page(**{side: high}), rule)


def _iter_fonts() -> Iterator[Defect]:
    font = "font.family"
    yield from _plant(
        "a paragraph in Arial",
        ("direct-decision-nd30", "named-decision-nd30", "raw-decision-nd30", "pandoc-decision-nd30"),
        spoil.letters(BODY, font="Arial"),
        font,
        BODY,
    )
    yield from _plant(
        "half a paragraph in Calibri",
        ("raw-decision-nd30",),
        spoil.last_letters(BODY, font="Calibri"),
        font,
        BODY,
    )
    yield from _plant(
        "letters with marks in VNI-Times",
        (DECISION,),
        spoil.letters(BODY, font_of_marked_letters="VNI-Times"),
        font,
        BODY,
    )
    yield from _plant("font of a style", (PROPOSAL,), spoil.style("Nội dung", font="Cambria"), font)
    yield from _plant("font of the style Normal", (PROPOSAL,), spoil.style("Normal", font="Calibri"), font)
    yield from _plant("font of the theme", ("raw-proposal-nd30",), spoil.theme_font("Calibri"), font)
    yield from _plant("font of the title", (DECISION,), spoil.letters(SUBJECT, font="Tahoma"), font, SUBJECT)
    yield from _plant(
        "font of the signer's name", (DECISION,), spoil.letters(NAME, font="Tahoma"), font, NAME
    )
    yield from _plant("font of the page number", (DECISION,), spoil.number(font="Arial"), font, "")
    yield from _plant(
        "red words", (DECISION, "raw-decision-nd30"), spoil.letters(BODY, color="FF0000"), "font.color", BODY
    )
    yield from _plant(
        "blue title", (DECISION,), spoil.letters(SUBJECT, color="1F497D"), "font.color", SUBJECT
    )
    yield from _plant(
        "blue headings of a style", (PROPOSAL,), spoil.style("Heading1", color="2E74B5"), "font.color"
    )


def _iter_sizes() -> Iterator[Defect]:
    for name, words, rule, sizes, also in (
        ("nation", QUOC_HIEU, "nation", (11, 14), PAIRS),
        ("motto", MOTTO[:7], "motto", (12, 15), (*PAIRS, *MOTTO_RULE)),
        ("parent", PARENT, "parent_body", (11, 14), ()),
        ("issuer", ISSUER, "issuing_body", (11, 14), ()),
        ("number", NUMBER, "number", (12, 14), ()),
        ("date", DATE, "place_and_date", (12, 15), PAIRS),
        ("subject", SUBJECT, "title_subject", (12, 16), ()),
        ("basis", BASIS, "legal_basis", (12, 15), ()),
        ("body", BODY, "body", (12, 16), ()),
        ("name", NAME, "signature_name", (12, 15), ()),
        ("label", LABEL, "recipients_label", (11, 14), ()),
        ("item", ITEM, "recipients_item", (10, 12), ()),
    ):
        for size, bases in zip(
            sizes, (("direct-decision-nd30", "raw-decision-nd30"), BOTH_DECISIONS), strict=True
        ):
            edit = spoil.letters(words, size_pt=size)
            yield from _plant(f"{name} at {size} pt", bases, edit, f"{rule}.size_pt", words, also)
    yield from _plant(
        "title at 16 pt",
        (MINUTES, "raw-minutes-nd30"),
        spoil.letters("BIÊN BẢN", size_pt=16),
        "title_kind.size_pt",
        "BIÊN BẢN",
    )
    yield from _plant(
        "title at 13 pt",
        ("direct-minutes-tt01",),
        spoil.letters("BIÊN BẢN", size_pt=13),
        "title_kind.size_pt",
        "BIÊN BẢN",
    )
    yield from _plant(
        "subject at 13 pt",
        ("named-minutes-tt01",),
        spoil.letters("Hội nghị bình xét", size_pt=13),
        "title_subject.size_pt",
        "Hội nghị bình xét",
    )
    yield from _plant(
        "post at 12 pt",
        ("direct-letter-nd30",),
        spoil.letters("KT. GIÁM ĐỐC", size_pt=12),
        "signature_post.size_pt",
        "KT. GIÁM ĐỐC",
    )
    yield from _plant(
        "roman heading at 16 pt",
        (PROPOSAL,),
        spoil.letters(ROMAN, size_pt=16),
        "heading_roman.size_pt",
        ROMAN,
    )
    yield from _plant(
        "arabic heading at 12 pt",
        (PROPOSAL, "raw-proposal-nd30"),
        spoil.letters(ARABIC, size_pt=12),
        "heading_arabic.size_pt",
        ARABIC,
    )
    yield from _plant(
        "body style at 12 pt", (PROPOSAL,), spoil.style("Nội dung", size_pt=12), "body.size_pt", ""
    )
    yield from _plant(
        "last run of the body at 11 pt",
        ("raw-decision-nd30",),
        spoil.last_letters(BODY, size_pt=11),
        "body.size_pt",
        BODY,
    )
    yield from _plant(
        "unit at 12 pt",
        ("direct-pledge-nd30",),
        spoil.letters("SỞ TƯ PHÁP", size_pt=12),
        "signature_unit.size_pt",
        "SỞ TƯ PHÁP",
    )
    yield from _plant("pair 13 and 13", (DECISION,), spoil.letters(MOTTO, size_pt=13), "sizes.pairs", "")
    yield from _plant(
        "pair 12 and 14", ("direct-decision-tt01",), spoil.letters(QUOC_HIEU, size_pt=12), "sizes.pairs", ""
    )
    yield from _plant("pair with date at 13", (DECISION,), spoil.letters(DATE, size_pt=13), "sizes.pairs", "")


def _iter_faces() -> Iterator[Defect]:
    for name, words, rule, is_bold, is_italic in (
        ("nation", QUOC_HIEU, "nation", True, False),
        ("motto", MOTTO[:7], "motto", True, False),
        ("parent", PARENT, "parent_body", False, False),
        ("issuer", ISSUER, "issuing_body", True, False),
        ("number", NUMBER, "number", False, False),
        ("date", DATE, "place_and_date", False, True),
        ("subject", SUBJECT, "title_subject", True, False),
        ("body", BODY, "body", False, False),
        ("name", NAME, "signature_name", True, False),
        ("label", LABEL, "recipients_label", True, True),
        ("item", ITEM, "recipients_item", False, False),
    ):
        bold, italic = spoil.letters(words, bold=not is_bold), spoil.letters(words, italic=not is_italic)
        wrong = ("not bold" if is_bold else "bold"), ("upright" if is_italic else "italic")
        yield from _plant(f"{name} {wrong[0]}", (DECISION, "raw-decision-nd30"), bold, f"{rule}.bold", words)
        yield from _plant(f"{name} {wrong[1]}", BOTH_DECISIONS, italic, f"{rule}.italic", words)
    title = spoil.letters("BIÊN BẢN", bold=False)
    yield from _plant(
        "title not bold", ("named-minutes-nd30", "raw-minutes-tt01"), title, "title_kind.bold", "BIÊN BẢN"
    )
    yield from _plant(
        "title italic", (MINUTES,), spoil.letters("BIÊN BẢN", italic=True), "title_kind.italic", "BIÊN BẢN"
    )
    yield from _plant(
        "basis upright",
        ("direct-decision-nd30", "named-decision-nd30"),
        spoil.letters(BASIS, italic=False),
        "legal_basis.italic",
        BASIS,
    )
    yield from _plant(
        "basis italic",
        ("direct-decision-tt01", "named-decision-tt01", "raw-decision-tt01"),
        spoil.letters(BASIS, italic=True),
        "legal_basis.italic",
        BASIS,
    )
    yield from _plant(
        "style of bases upright",
        ("named-decision-nd30",),
        spoil.style("Căn cứ", italic=False),
        "legal_basis.italic",
        "",
    )
    yield from _plant("basis bold", (DECISION,), spoil.letters(BASIS, bold=True), "legal_basis.bold", BASIS)
    post = spoil.letters("KT. GIÁM ĐỐC", bold=False)
    yield from _plant(
        "post not bold",
        ("direct-letter-tt01", "named-letter-nd30"),
        post,
        "signature_post.bold",
        "KT. GIÁM ĐỐC",
    )
    yield from _plant(
        "post italic",
        ("raw-letter-nd30",),
        spoil.letters("KT. GIÁM ĐỐC", italic=True),
        "signature_post.italic",
        "KT. GIÁM ĐỐC",
    )
    yield from _plant(
        "roman heading not bold",
        (PROPOSAL, "direct-proposal-tt01"),
        spoil.letters(ROMAN, bold=False),
        "heading_roman.bold",
        ROMAN,
    )
    yield from _plant(
        "arabic heading italic",
        ("direct-proposal-nd30",),
        spoil.letters(ARABIC, italic=True),
        "heading_arabic.italic",
        ARABIC,
    )
    yield from _plant(
        "unit not bold",
        ("direct-pledge-nd30",),
        spoil.letters("SỞ TƯ PHÁP", bold=False),
        "signature_unit.bold",
        "SỞ TƯ PHÁP",
    )
    yield from _plant(
        "one of six names italic",
        ("named-pledge-tt01",),
        spoil.letters("Hồ Sỹ Nguyên", italic=True),
        "signature_name.italic",
        "Hồ Sỹ Nguyên",
    )


def _iter_lines() -> Iterator[Defect]:
    both = ("direct-decision-nd30", "named-decision-nd30", "raw-decision-nd30")
    yield from _plant("body left", both, spoil.lines(BODY, align="left"), "body.align", BODY)
    yield from _plant("body style left", (PROPOSAL,), spoil.style("Nội dung", align="left"), "body.align", "")
    yield from _plant(
        "body without indent", both, spoil.lines(BODY, first_mm=0), "body.indent_first_mm", BODY
    )
    yield from _plant(
        "body indented by 20 mm", both, spoil.lines(BODY, first_mm=20), "body.indent_first_mm", BODY
    )
    yield from _plant(
        "body indented by 11 mm", (DECISION,), spoil.lines(BODY, first_mm=11), "body.indent_first_mm", BODY
    )
    yield from _plant(
        "body style without gap", (PROPOSAL,), spoil.style("Nội dung", after_pt=0), "body.space_after_pt", ""
    )
    yield from _plant(
        "a paragraph without gap",
        (DECISION, "named-decision-tt01"),
        spoil.lines(BODY, after_pt=0),
        "body.space_after_pt",
        "",
    )
    yield from _plant("lines at 2.0", both, spoil.lines(BODY, lines=2.0), "body.line_pitch_pt", BODY)
    yield from _plant("lines at 0.9", both, spoil.lines(BODY, lines=0.9), "body.line_pitch_pt", BODY)
    yield from _plant(
        "lines at exactly 12 pt",
        ("direct-decision-nd30", "direct-decision-tt01"),
        spoil.lines(BODY, exact_pt=12),
        "body.line_pitch_pt",
        BODY,
    )
    yield from _plant(
        "lines at exactly 28 pt",
        ("named-decision-tt01",),
        spoil.lines(BODY, exact_pt=28),
        "body.line_pitch_pt",
        BODY,
    )


def _iter_numbers() -> Iterator[Defect]:
    every = (
        "direct-decision-nd30",
        "named-decision-tt01",
        "raw-decision-nd30",
        "flat-decision-nd30",
        "pandoc-minutes-tt01",
    )
    others = tuple(f"page_number.{name}" for name in ("align", "size_pt", "bold", "italic", "on_first_page"))
    place = "page_number.place"
    yield from _plant("page number missing", every, spoil.number_dropped, place)
    broken = spoil.page_break_before("2. Văn bản đăng ký")
    yield from _plant(
        "page number missing after a break", ("direct-letter-nd30",), (broken, spoil.number_dropped), place
    )
    yield from _plant(
        "page number at the wrong end",
        (*BOTH_DECISIONS, "raw-decision-tt01"),
        spoil.number_moved,
        place,
        "",
        others,
    )
    yield from _plant(
        "page number right", (DECISION, "raw-decision-nd30"), spoil.number(align="right"), "page_number.align"
    )
    yield from _plant(
        "page number left", ("pandoc-decision-nd30",), spoil.number(align="left"), "page_number.align"
    )
    yield from _plant(
        "page number centred",
        ("direct-decision-tt01", "raw-decision-tt01"),
        spoil.number(align="center"),
        "page_number.align",
    )
    yield from _plant("page number on page 1", every, spoil.number_on_first_page, "page_number.on_first_page")
    yield from _plant(
        "page number at 10 pt",
        (DECISION, "named-decision-tt01"),
        spoil.number(size_pt=10),
        "page_number.size_pt",
    )
    yield from _plant("page number bold", (DECISION,), spoil.number(bold=True), "page_number.bold")
    yield from _plant(
        "page number italic", ("named-decision-tt01",), spoil.number(italic=True), "page_number.italic"
    )


def _iter_rules() -> Iterator[Defect]:
    motto, issuer, title = "letterhead.motto_rule_share", "letterhead.issuer_rule_share", "title.rule_share"
    both = ("direct-decision-nd30", "named-decision-tt01", "pandoc-decision-nd30")
    yield from _plant("no rule below the motto", both, spoil.border_dropped(MOTTO), motto)
    yield from _plant("no rule below the issuer", both, spoil.border_dropped(ISSUER), issuer)
    yield from _plant("no rule below the title", both, spoil.border_dropped(SUBJECT), title)
    yield from _plant(
        "no line below the title",
        ("raw-decision-nd30", "raw-decision-tt01"),
        spoil.line_dropped(SUBJECT),
        title,
    )
    yield from _plant(
        "short rule below the motto", (DECISION,), spoil.border_scaled(MOTTO, 0.5, RIGHT_MM), motto
    )
    yield from _plant(
        "long rule below the motto", (DECISION,), spoil.border_scaled(MOTTO, 1.4, RIGHT_MM), motto
    )
    yield from _plant(
        "long rule below the issuer", (DECISION,), spoil.border_scaled(ISSUER, 2.2, LEFT_MM), issuer
    )
    yield from _plant(
        "short rule below the issuer", (DECISION,), spoil.border_scaled(ISSUER, 0.4, LEFT_MM), issuer
    )
    yield from _plant("long rule below the title", (DECISION,), spoil.border_scaled(SUBJECT, 2.2, 160), title)
    yield from _plant(
        "short rule below the title", (DECISION,), spoil.border_scaled(SUBJECT, 0.4, 160), title
    )
    for share in (0.9, 1.1):
        edit = spoil.border_scaled(MOTTO, share, RIGHT_MM)
        yield from _plant(f"rule below the motto at {share} of it", (DECISION,), edit, motto)
    small = (spoil.letters(MOTTO, size_pt=12), spoil.border_scaled(MOTTO, 0.5, RIGHT_MM))
    yield from _plant(
        "motto too small, its rule too short", (DECISION,), small, f"motto.size_pt {motto}", "", PAIRS
    )
    yield from _plant(
        "no line below the motto", ("raw-decision-tt01",), spoil.line_dropped(MOTTO), motto, "", (issuer,)
    )
    lines = ("raw-decision-nd30", "raw-decision-tt01")
    yield from _plant("long line below the title", lines, spoil.line_scaled(SUBJECT, 2.2), title)
    yield from _plant("short line below the title", lines, spoil.line_scaled(SUBJECT, 0.4), title)


def _iter_words() -> Iterator[Defect]:
    for name, bases, words, new, rules, also in (
        (
            "nation misspelt",
            ("direct-decision-nd30", "named-decision-tt01", "raw-decision-nd30"),
            QUOC_HIEU,
            "CỘNG HOÀ XÃ HỘI CHỦ NGHIÃ VIỆT NAM",
            "nation.words",
            (),
        ),
        (
            "nation in small letters",
            BOTH_DECISIONS,
            QUOC_HIEU,
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
            "nation.capitals",
            ("nation.words",),
        ),
        ("motto with en dashes", ALL_DECISIONS, MOTTO, "Độc lập – Tự do – Hạnh phúc", "motto.words", ()),
        ("motto without spaces", BOTH_DECISIONS, MOTTO, "Độc lập-Tự do-Hạnh phúc", "motto.words", MOTTO_RULE),
        (
            "motto in capitals of each word",
            (DECISION,),
            MOTTO,
            "Độc Lập - Tự Do - Hạnh Phúc",
            "motto.words",
            (),
        ),
        ("motto with a full stop", (DECISION,), MOTTO, "Độc lập - Tự do - Hạnh phúc.", "motto.words", ()),
        ("issuer in small letters", BOTH_DECISIONS, ISSUER, "Sở Văn hóa", "issuing_body.capitals", ()),
        (
            "parent in small letters",
            (DECISION, "raw-decision-nd30"),
            PARENT,
            "UBND tỉnh Phú Lâm",
            "parent_body.capitals",
            (),
        ),
        (
            "number unpadded",
            ("direct-decision-nd30", "named-decision-tt01", "raw-decision-nd30", "flat-decision-nd30"),
            NUMBER,
            "Số: 5/QĐ-SVH",
            "number.padding",
            (),
        ),
        (
            "number without colon, its marks the wrong way",
            BOTH_DECISIONS,
            NUMBER,
            "Số 05 QĐ/SVH",
            "number.form",
            ("number.padding",),
        ),
        (
            "number with a hyphen for the stroke",
            (DECISION,),
            NUMBER,
            "Số: 05-QĐ-SVH",
            "number.form",
            ("number.padding",),
        ),
        (
            "day unpadded",
            (*BOTH_DECISIONS, "raw-decision-nd30"),
            DATE,
            "Phú Lâm, ngày 5 tháng 01 năm 2024",
            "place_and_date.padding",
            (),
        ),
        (
            "month unpadded",
            BOTH_DECISIONS,
            DATE,
            "Phú Lâm, ngày 05 tháng 1 năm 2018",
            "place_and_date.padding",
            (),
        ),
        (
            "March padded",
            BOTH_DECISIONS,
            DATE,
            "Phú Lâm, ngày 15 tháng 03 năm 2018",
            "place_and_date.padding",
            (),
        ),
        (
            "date without comma",
            ALL_DECISIONS,
            DATE,
            "Phú Lâm ngày 05 tháng 01 năm 2024",
            "place_and_date.form",
            ("place_and_date.padding",),
        ),
        (
            "place in small letters",
            (DECISION,),
            DATE,
            "phú Lâm, ngày 05 tháng 01 năm 2024",
            "place_and_date.form",
            (),
        ),
        (
            "date in figures",
            (DECISION,),
            DATE,
            "Phú Lâm, ngày 05/01/2024",
            "place_and_date.form",
            ("place_and_date.padding",),
        ),
        (
            "post in small letters",
            ("direct-letter-nd30",),
            "KT. GIÁM ĐỐC",
            "KT. Giám đốc",
            "signature_post.capitals",
            (),
        ),
        (
            "power without its stop",
            ("direct-proposal-nd30", "named-proposal-tt01"),
            "TM. BAN GIÁM ĐỐC",
            "TM BAN GIÁM ĐỐC",
            "signature_post.powers",
            (),
        ),
        (
            "deputy's power without its stop",
            ("direct-letter-tt01", "raw-letter-nd30"),
            "KT. GIÁM ĐỐC",
            "KT GIÁM ĐỐC",
            "signature_post.powers",
            (),
        ),
        (
            "power Q. in the circular's time",
            ("direct-letter-tt01", "named-letter-tt01"),
            "KT. GIÁM ĐỐC",
            "Q. GIÁM ĐỐC",
            "signature_post.powers",
            (),
        ),
        (
            "degree before the name",
            (*BOTH_DECISIONS, "raw-decision-nd30"),
            NAME,
            "TS. Đỗ Hải Triều",
            "signature_name.titles",
            (),
        ),
        (
            "two degrees before the name",
            (DECISION,),
            NAME,
            "PGS.TS. Đỗ Hải Triều",
            "signature_name.titles",
            (),
        ),
        (
            "honour before the name",
            (DECISION,),
            NAME,
            "Nhà giáo Ưu tú Đỗ Hải Triều",
            "signature_name.titles",
            (),
        ),
        (
            "degree before one of six names",
            ("direct-pledge-nd30",),
            "Vũ Thị Kim Ngân",
            "BS. Vũ Thị Kim Ngân",
            "signature_name.titles",
            (),
        ),
        ("name with a small letter", BOTH_DECISIONS, NAME, "Đỗ Hải triều", "names.capitals", ()),
        (
            "secretary's name with a small letter",
            (MINUTES,),
            "Trần Thị Thu Hiền",
            "Trần thị Thu Hiền",
            "names.capitals",
            (),
        ),
        ("recipients' label in capitals", (DECISION,), LABEL, "NƠI NHẬN:", "recipients_label.words", ()),
        (
            "recipients' label without colon",
            ("named-letter-nd30",),
            LABEL,
            "Nơi nhận",
            "recipients_label.words",
            (),
        ),
        (
            "heading in small letters",
            ("direct-proposal-nd30",),
            ROMAN,
            "I. Cơ sở của việc khen thưởng",
            "heading_roman.capitals",
            (),
        ),
        (
            "title in small letters",
            (MINUTES, "raw-minutes-nd30"),
            "BIÊN BẢN",
            "Biên bản",
            "title_kind.capitals",
            (),
        ),
    ):
        yield from _plant(name, bases, spoil.recased(words, new), rules, new, also)


def _iter_tabbed() -> Iterator[Defect]:
    """Yield defects of a letterhead whose two sides are one paragraph with tabs."""
    base = ("raw-decision-tt01",)
    yield from _plant(
        "nation at 14 pt", base, spoil.letters(QUOC_HIEU, size_pt=14), "nation.size_pt", QUOC_HIEU, PAIRS
    )
    yield from _plant("motto not bold", base, spoil.letters(MOTTO, bold=False), "motto.bold", MOTTO)
    yield from _plant(
        "issuer italic", base, spoil.letters(ISSUER, italic=True), "issuing_body.italic", ISSUER
    )
    yield from _plant("number at 12 pt", base, spoil.letters(NUMBER, size_pt=12), "number.size_pt", NUMBER)
    yield from _plant(
        "number unpadded", base, spoil.recased(NUMBER, "Số: 5/QĐ-SVH"), "number.padding", "Số: 5"
    )
    yield from _plant("date upright", base, spoil.letters(DATE, italic=False), "place_and_date.italic", DATE)
    short = spoil.recased(DATE, "Phú Lâm, ngày 5 tháng 1 năm 2018")
    yield from _plant("day unpadded", base, short, "place_and_date.padding", "Phú Lâm, ngày 5")
    misspelt = "CỘNG HOÀ XÃ HỘI CHỦ NGHIÃ VIỆT NAM"
    yield from _plant("nation misspelt", base, spoil.recased(QUOC_HIEU, misspelt), "nation.words", misspelt)


def _iter_ends() -> Iterator[Defect]:
    ends, last_end = "legal_basis.ends", "legal_basis.last_end"
    nd30, tt01 = "direct-decision-nd30", "named-decision-tt01"
    yield from _plant(
        "basis ends with a full stop",
        (nd30, tt01, "raw-decision-nd30"),
        spoil.replaced(BASIS, "năm mới;", "năm mới."),
        ends,
        BASIS,
    )
    yield from _plant(
        "basis ends with a comma", (nd30,), spoil.replaced(BASIS, "năm mới;", "năm mới,"), ends, BASIS
    )
    yield from _plant(
        "basis ends with nothing", (tt01,), spoil.replaced(BASIS, "năm mới;", "năm mới"), ends, BASIS
    )
    yield from _plant(
        "last basis ends with a comma",
        (nd30, "raw-decision-nd30"),
        spoil.replaced(LAST_BASIS, "quần chúng.", "quần chúng,"),
        last_end,
        LAST_BASIS,
    )
    yield from _plant(
        "last basis ends with a semicolon",
        (nd30,),
        spoil.replaced(LAST_BASIS, "quần chúng.", "quần chúng;"),
        last_end,
        LAST_BASIS,
    )
    yield from _plant(
        "last basis ends with a semicolon in the circular's time",
        (tt01,),
        spoil.replaced(LAST_BASIS, "quần chúng,", "quần chúng;"),
        last_end,
        LAST_BASIS,
    )
    last = {
        DECISION: END,
        "named-minutes-tt01": "Hội nghị kết thúc",
        "raw-proposal-nd30": "Kính trình Chủ tịch",
        "named-pledge-nd30": "Bản giao ước này",
        "raw-letter-tt01": "Sở Nội vụ đề nghị các đơn vị quan tâm",
    }
    for base, words in last.items():
        beginning = f"Điều 5. {words}" if base == DECISION else words
        yield from _plant(
            "no stroke and stop at the end",
            (base,),
            spoil.replaced(beginning, "./.", "."),
            "body.end_mark",
            beginning,
        )
    item_ends, item_last = "recipients_item.ends", "recipients_item.last_end"
    yield from _plant(
        "recipient without semicolon",
        (nd30, tt01, "raw-decision-nd30"),
        spoil.replaced(ITEM, ";", ""),
        item_ends,
        ITEM,
    )
    yield from _plant("recipient with a full stop", (nd30,), spoil.replaced(ITEM, ";", "."), item_ends, ITEM)
    yield from _plant(
        "last recipient without full stop",
        (nd30, tt01),
        spoil.replaced(LAST_ITEM, "NTQC.", "NTQC"),
        item_last,
        LAST_ITEM,
    )
    yield from _plant(
        "last recipient with semicolon",
        (nd30, "raw-decision-nd30"),
        spoil.replaced(LAST_ITEM, "NTQC.", "NTQC;"),
        item_last,
        LAST_ITEM,
    )
    without = (spoil.dropped(LAST_ITEM), spoil.replaced("- Các sở", ";", "."))
    yield from _plant("no archive line", (nd30, tt01), without, "recipients_item.archive")


WORD_DEFECTS: tuple[Defect, ...] = tuple(
    defect
    for topic in (
        _iter_page,
        _iter_fonts,
        _iter_sizes,
        _iter_faces,
        _iter_lines,
        _iter_numbers,
        _iter_rules,
        _iter_words,
        _iter_tabbed,
        _iter_ends,
    )
    for defect in topic()
)
"""Defects of Word files."""

_PRINTED, _PRINTED_TOO = "direct-decision-nd30.pdf", "raw-decision-tt01.pdf"
_SEEN_IN_PRINT = {
    *(
        "Letter paper",
        "landscape",
        "red words",
        "blue title",
        "subject at 16 pt",
        "body at 12 pt",
        "body at 16 pt",
    ),
    *(
        "name at 12 pt",
        "label at 11 pt",
        "item at 12 pt",
        "number at 12 pt",
        "date at 15 pt",
        "nation not bold",
    ),
    *("motto not bold", "issuer not bold", "date upright", "subject not bold", "body bold", "body italic"),
    *(
        "name not bold",
        "label not bold",
        "label upright",
        "item italic",
        "basis upright",
        "page number missing",
    ),
    *("page number at the wrong end", "page number right", "page number on page 1", "page number at 10 pt"),
    *(
        "no rule below the motto",
        "short rule below the motto",
        "no rule below the title",
        "long rule below the title",
    ),
    *(
        "nation misspelt",
        "nation in small letters",
        "motto with en dashes",
        "number unpadded",
        "day unpadded",
    ),
    *(
        "date without comma",
        "degree before the name",
        "name with a small letter",
        "basis ends with a full stop",
    ),
    *(
        "last basis ends with a comma",
        "no stroke and stop at the end",
        "recipient without semicolon",
        "no archive line",
    ),
    *("pair 13 and 13", "a paragraph in Arial"),
}
OTHER_FONT = "Hoa Ban"
"""A family that the tests make, because the PDF must have letters of it."""


def _iter_printed() -> Iterator[Defect]:
    """Yield those defects of a Word file that can be seen when it is printed."""
    for defect in WORD_DEFECTS:
        if defect.base == DECISION and defect.name in _SEEN_IN_PRINT:
            name, change, words, also = defect.name, defect.change, defect.words, defect.also
            if name == "a paragraph in Arial":
                name, change = "a paragraph in another font", in_package(spoil.letters(BODY, font=OTHER_FONT))
            if name == "issuer not bold":  # two lines of one look are one paragraph on paper
                words, also = PARENT, ("letterhead.issuer_rule_share",)
            yield Defect(name, _PRINTED, change, defect.rules, words, also)
    yield Defect(
        "basis italic",
        _PRINTED_TOO,
        in_package(spoil.letters(BASIS, italic=True)),
        ("legal_basis.italic",),
        BASIS,
    )
    yield Defect(
        "page number centred", _PRINTED_TOO, in_package(spoil.number(align="center")), ("page_number.align",)
    )


PDF_DEFECTS: tuple[Defect, ...] = tuple(_iter_printed())
"""Defects of PDF files that LibreOffice prints."""


def _style(rule: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Change a declaration of the style sheet's *rule*."""
    return spoil.in_text((f"{rule} {{ {old}", f"{rule} {{ {new}"))


def _iter_web() -> Iterator[Defect]:
    nd30, tt01, letter = "page-decision-nd30.pdf", "page-minutes-tt01.pdf", "page-letter-nd30.pdf"
    text = spoil.in_text
    yield Defect(
        "Letter paper",
        letter,
        text(("size: 210mm 297mm", "size: 215.9mm 279.4mm")),
        ("page.width_mm", "page.height_mm"),
    )
    yield Defect(
        "number bold", nd30, text((".number { ", ".number { font-weight: bold; ")), ("number.bold",), NUMBER
    )
    yield Defect(
        "motto at 12 pt",
        nd30,
        _style(".motto", "font-size: 14pt", "font-size: 12pt"),
        ("motto.size_pt",),
        MOTTO,
        (*PAIRS, *MOTTO_RULE),
    )
    yield Defect(
        "nation at 14 pt",
        nd30,
        text((".nation, .issuer { font-size: 13pt", ".nation, .issuer { font-size: 14pt")),
        ("nation.size_pt", "issuing_body.size_pt"),
        "",
        PAIRS,
    )
    yield Defect(
        "date upright",
        nd30,
        text(("font-style: italic; margin-top: 8pt", "margin-top: 8pt")),
        ("place_and_date.italic",),
        DATE,
    )
    yield Defect(
        "bases upright",
        nd30,
        text((".basis { font-style: italic", ".basis { font-style: normal")),
        ("legal_basis.italic",),
        "",
    )
    yield Defect(
        "short rule below the motto",
        nd30,
        text((".rule.motto-rule { width: ", ".rule.motto-rule { max-width: 30mm; width: ")),
        ("letterhead.motto_rule_share",),
    )
    yield Defect(
        "no rule below the issuer",
        nd30,
        text(('<div class="rule issuer-rule"></div>', "")),
        ("letterhead.issuer_rule_share",),
    )
    yield Defect(
        "title not bold",
        tt01,
        text(("h1, h2 { ", "h1, h2 { font-weight: normal; ")),
        ("title_kind.bold", "title_subject.bold"),
        "",
    )
    yield Defect(
        "title at 16 pt",
        tt01,
        text(("h1 { margin-top: 18pt", "h1 { font-size: 16pt; margin-top: 18pt")),
        ("title_kind.size_pt",),
        "BIÊN BẢN",
    )
    yield Defect(
        "page number centred",
        tt01,
        text(("@bottom-right", "@bottom-center"), ("@bottom-right", "@bottom-center")),
        ("page_number.align",),
    )
    yield Defect(
        "page number at the top",
        tt01,
        text(("@bottom-right", "@top-right"), ("@bottom-right", "@top-right")),
        ("page_number.place",),
        "",
        ("page_number.align", "page.margin_top_mm"),
    )
    yield Defect(
        "page number at 10 pt",
        nd30,
        text(("font: 14pt 'Times New Roman'; vertical", "font: 10pt 'Times New Roman'; vertical")),
        ("page_number.size_pt",),
    )
    yield Defect(
        "items at 12 pt",
        letter,
        _style(".item", "font-size: 11pt", "font-size: 12pt"),
        ("recipients_item.size_pt",),
        "",
    )
    yield Defect(
        "label upright",
        letter,
        text(("font-weight: bold; font-style: italic; }\n.item", "font-weight: bold; }\n.item")),
        ("recipients_label.italic",),
        LABEL,
    )
    yield Defect(
        "post without its stop",
        letter,
        text(("KT. GIÁM ĐỐC", "KT GIÁM ĐỐC")),
        ("signature_post.powers",),
        "KT GIÁM ĐỐC",
    )
    yield Defect(
        "green words",
        letter,
        text(("<p>1. Mỗi đơn vị", '<p><font style="color: green">1. Mỗi đơn vị</font>')),
        ("font.color",),
        "1. Mỗi đơn vị",
    )
    yield Defect(
        "motto without spaces",
        tt01,
        text((MOTTO, "Độc lập-Tự do-Hạnh phúc")),
        ("motto.words",),
        "Độc lập-",
        MOTTO_RULE,
    )


WEB_DEFECTS: tuple[Defect, ...] = tuple(_iter_web())
"""Defects of PDF files that Chromium prints."""

DEFECTS = (*WORD_DEFECTS, *PDF_DEFECTS, *WEB_DEFECTS)


def _iter_permitted() -> Iterator[Defect]:
    """Yield changes that both regulations permit, or that nobody sees."""
    for name, bases, edits in (
        (
            "margins of 25, 25, 35 and 15 mm",
            ("direct-proposal-nd30",),
            spoil.page(top=25, bottom=25, left=35, right=15),
        ),
        ("other spelling of the nation", (DECISION,), spoil.recased(QUOC_HIEU, NATION.replace("HÒA", "HOÀ"))),
        ("body at 13 pt", (DECISION,), spoil.letters(BODY, size_pt=13)),
        ("indent of 10 mm", BOTH_DECISIONS, spoil.lines(BODY, first_mm=10)),
        ("indent of 11 mm in the circular's time", ("named-decision-tt01",), spoil.lines(BODY, first_mm=11)),
        ("one and a half lines", (DECISION,), spoil.lines(BODY, lines=1.5)),
        ("single lines of 13 pt", ("named-decision-tt01",), spoil.style("Nội dung", lines=1.0)),
        ("exactly 15 pt in the circular's time", ("named-decision-tt01",), spoil.lines(BODY, exact_pt=15)),
        ("gap of 12 pt", (DECISION,), spoil.lines(BODY, after_pt=12)),
        ("title at 13 pt", (MINUTES,), spoil.letters("BIÊN BẢN", size_pt=13)),
        ("number of three figures", (DECISION,), spoil.recased(NUMBER, "Số: 1205/QĐ-SVH")),
        ("number to be written in", (DECISION,), spoil.recased(NUMBER, "Số:       /QĐ-SVH")),
        (
            "day and month of two figures",
            (DECISION,),
            spoil.recased(DATE, "Phú Lâm, ngày 30 tháng 12 năm 2024"),
        ),
        (
            "month of one figure",
            ("named-decision-tt01",),
            spoil.recased(DATE, "Phú Lâm, ngày 09 tháng 9 năm 2018"),
        ),
        (
            "place named after a person",
            (DECISION,),
            spoil.recased(DATE, "Thành phố Hồ Chí Minh, ngày 09 tháng 9 năm 2024"),
        ),
        ("power Q.", ("direct-letter-nd30",), spoil.recased("KT. GIÁM ĐỐC", "Q. GIÁM ĐỐC")),
        ("power TUQ.", ("direct-letter-tt01",), spoil.recased("KT. GIÁM ĐỐC", "TUQ. GIÁM ĐỐC")),
        ("name of an ethnic minority", (DECISION,), spoil.recased(NAME, "Y Bhiô Niê Kdăm")),
        (
            "empty lines in another font",
            (DECISION, "raw-letter-nd30"),
            spoil.empty_lines_look(font="Calibri", size_pt=11),
        ),
        (
            "a space in another font",
            (DECISION,),
            spoil.space_added(BODY, font="Calibri", color="FF0000", size_pt=8),
        ),
        (
            "no page number on one page",
            ("direct-letter-nd30", "direct-pledge-nd30", "raw-pledge-nd30"),
            spoil.number_dropped,
        ),
        ("any font in the circular's time", ("direct-decision-tt01",), spoil.letters(BODY, font="Arial")),
        (
            "last basis with a full stop in the circular's time",
            ("direct-decision-tt01",),
            spoil.replaced(LAST_BASIS, "quần chúng,", "quần chúng."),
        ),
    ):
        yield from _plant(name, bases, edits, "")


PERMITTED: tuple[Defect, ...] = tuple(_iter_permitted())
"""No defects: no rule must fail."""
