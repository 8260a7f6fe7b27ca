"""A regulation's style comes in; the parts of a Word file that do not depend on the document's words go out.

The parts stand as readable XML in ``ooxml/``, with a ``$name`` where a length, a colour or a name of the
style file belongs. Word measures in twips (twentieths of a point), half points and eighths of a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from generator.errors import OutputError
from generator.layout import TWIP_MM
from generator.style import BLACK
from generator.typeface import POINT_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.style import CertificateStyle, PageNumber, Style, TextStyle
    from generator.tree import Align

STYLE_IDS: Mapping[str, str] = {
    "nation": "QuocHieu",
    "motto": "TieuNgu",
    "parent_body": "TenCoQuanChuQuan",
    "issuing_body": "TenCoQuan",
    "number": "SoKyHieu",
    "place_and_date": "DiaDanhNgayThang",
    "title_kind": "TenLoai",
    "title_subject": "TrichYeu",
    "legal_basis": "CanCu",
    "body": "NoiDung",
    "heading_roman": "TieuDeMuc",
    "heading_arabic": "TieuDeKhoan",
    "note": "GhiChu",
    "table_header": "DauDeCot",
    "table_cell": "OTrongBang",
    "signature_caption": "DongTrenChoKy",
    "signature_unit": "DonViKy",
    "signature_office": "ChucDanhTrongKhoi",
    "signature_post": "ChucVuKy",
    "signature_note": "ChiDanKy",
    "signature_name": "HoTenKy",
    "recipients_label": "NoiNhan",
    "recipients_item": "DanhSachNoiNhan",
    "headline": "DauDe",
    "stamp": "DongNgayGio",
    "lead": "LoiDan",
    "byline": "TacGia",
    "placeholder": "ChuThayAnh",
    "caption": "ChuThichAnh",
    "addressee": "KinhGui",
    "annex_label": "PhuLuc",
    "annex_subject": "TieuDePhuLuc",
    "annex_reference": "KemTheo",
    "certificate_nation": "GiayKhenQuocHieu",
    "certificate_motto": "GiayKhenTieuNgu",
    "certificate_grantor": "GiayKhenCapKhen",
    "certificate_verb": "GiayKhenTang",
    "certificate_award": "GiayKhenHinhThuc",
    "certificate_recipient": "GiayKhenNguoiNhan",
    "certificate_about": "GiayKhenDonVi",
    "certificate_reason": "GiayKhenThanhTich",
    "certificate_decision": "GiayKhenQuyetDinh",
    "certificate_place_and_date": "GiayKhenDiaDanh",
    "certificate_post": "GiayKhenChucVu",
    "certificate_note": "GiayKhenChiDan",
    "certificate_name": "GiayKhenHoTen",
}
"""The Word style of each component; its name in Word is the component's label in the style file."""

BASE_IDS: Mapping[str, str] = {
    "heading_roman": "Heading1",
    "heading_arabic": "Heading2",
    "headline": "Heading1",
    "annex_subject": "Heading1",
}
"""What a component's style is based on, where it is not ``Normal``."""

KEPT_COMPONENTS = frozenset(
    {
        "title_kind",
        "title_subject",
        "table_header",
        "recipients_label",
        "annex_label",
        "annex_subject",
        "annex_reference",
    }
)
"""What always stands on the page of the paragraph after it; headings have it from their base."""

ALIGNS: Mapping[str, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}
"""Word's words for the alignments of a style file."""

ALIGN_NAMES: Mapping[Align, str] = {"left": "Trai", "center": "Giua", "right": "Phai"}


@dataclass(frozen=True, slots=True, order=True)
class SizedStyle:
    """A component's style in another size than the usual one, which only some documents need."""

    component: str
    size_pt: float
    align: Align | None = None
    """Of the column, for cells of a table."""

    @property
    def id(self) -> str:
        """The style's id: ``OTrongBangGiua10``."""
        align = ALIGN_NAMES[self.align] if self.align else ""
        return f"{STYLE_IDS[self.component]}{align}{self.size_pt:g}".replace(".", "_")


# --- lengths and text in XML --------------------------------------------------------------------------


def mm_to_twips(length_mm: float) -> int:
    """Return a length in twips, the nearest whole one."""
    return round(length_mm / TWIP_MM)


def pt_to_twips(length_pt: float) -> int:
    """Return a length in twips, the nearest whole one."""
    return round(length_pt * 20)


def mm_to_emu(length_mm: float) -> int:
    """Return a length in English Metric Units, in which Word measures pictures."""
    return round(length_mm * 36_000)


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (its production Char): control characters, halves of a surrogate pair."""

_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = str.maketrans({**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_IN_TEXT_TABLE = str.maketrans(_IN_TEXT)


def check_text(text: str) -> str:
    """Return *text*; raise `OutputError` if it holds a character that no Word file can hold."""
    unwritable = _UNWRITABLE.search(text)
    if unwritable:
        raise OutputError("text-not-writable", text=text, character=f"U+{ord(unwritable.group()):04X}")
    return text


def escape_text(text: str) -> str:
    """Return *text* as the content of an XML element; it is read back letter by letter as it was."""
    return check_text(text).translate(_IN_TEXT_TABLE)


def escape_attribute(text: str) -> str:
    """Return *text* as the value of an XML attribute in double quotes."""
    return check_text(text).translate(_IN_ATTRIBUTE)


# --- parts --------------------------------------------------------------------------------------------

_BETWEEN_TAGS = re.compile(r"\s*<!--.*?-->|(?<=>)\s+(?=[<$])", re.DOTALL)
"""What makes a part readable and is nothing to Word."""


def fill_part(part: str, /, **values: object) -> str:
    """Return the part ``ooxml/<part>.xml`` with *values* in place; each must be XML already."""
    return _read_part(part).substitute(values)


@cache
def _read_part(part: str) -> Template:
    file = resources.files("generator") / "writers" / "ooxml" / f"{part}.xml"
    return Template(_BETWEEN_TAGS.sub("", file.read_text(encoding="utf-8")))


def format_marks(*, bold: bool, italic: bool) -> str:
    """Return the run properties for bold and italic."""
    return ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")


def write_settings(language: str) -> str:
    """Return the settings part: layout of Word 2013 and later, no hyphenation."""
    return fill_part("settings", language=escape_attribute(language))


def write_section(style: Style, *, starts_anew: bool) -> str:
    """Return the properties of a section: the paper of *style*, its page numbers and its frame.

    *starts_anew* makes the page numbers begin at 1 again.
    """
    page = style.page
    return fill_part(
        "section",
        place=style.page_number.place,
        number="rId4" if style.numbers_pages else "rId5",
        width=mm_to_twips(page.width_mm),
        height=mm_to_twips(page.height_mm),
        orient=' w:orient="landscape"' if page.width_mm > page.height_mm else "",
        top=mm_to_twips(page.margin_top_mm),
        bottom=mm_to_twips(page.margin_bottom_mm),
        left=mm_to_twips(page.margin_left_mm),
        right=mm_to_twips(page.margin_right_mm),
        distance=mm_to_twips(style.page_number.distance_mm),
        borders=_write_borders(style.certificate) if style.certificate else "",
        start='<w:pgNumType w:start="1"/>' if starts_anew else "",
    )


def _write_borders(look: CertificateStyle) -> str:
    return fill_part(
        "page_borders",
        size=_eighths(look.frame_outer_pt),
        space=round(look.frame_distance_mm / POINT_MM),
        color=look.frame_color,
    )


def write_page_numbers(number: PageNumber) -> tuple[str, str]:
    """Return what stands in the margin of every page, and what on the first one."""
    root = "hdr" if number.place == "header" else "ftr"
    return fill_part("page_number", root=root), fill_part("no_page_number", root=root)


# --- styles -------------------------------------------------------------------------------------------


def write_styles(style: Style, language: str, sized: Iterable[SizedStyle] = ()) -> str:
    """Return the style sheet: one named style for each component, and those for rules, gaps and tables.

    *sized* are the other sizes in which the document has components.
    """
    names = _style_names(style)
    body = style.texts["body"]
    wanted = sorted(sized, key=lambda one: one.id)
    components = [
        *(_write_component(name, look, names[name], STYLE_IDS[name]) for name, look in style.texts.items()),
        *(_write_sized(one, style.texts[one.component], names[one.component]) for one in wanted),
        _write_dense_table(style, names["table"]) if any(one.align for one in wanted) else "",
    ]
    return fill_part(
        "styles",
        font=escape_attribute(style.font_family),
        language=escape_attribute(language),
        size=_half_points(body.size_pt),
        pitch=pt_to_twips(body.line_pitch_pt),
        components="".join(components),
        **_name_values(names),
        **_page_number_values(style.page_number),
        **_rule_values(style),
        **_gap_values(style),
        **_table_values(style),
        figures=_write_figure_styles(style),
    )


def _write_sized(sized: SizedStyle, look: TextStyle, name: str) -> str:
    own = look.at_size(sized.size_pt)
    words = {"left": " trái", "center": " giữa", "right": " phải"}
    align = words[sized.align] if sized.align else ""
    own = replace(own, align=sized.align) if sized.align else own
    return _write_component(sized.component, own, f"{name}{align} cỡ {sized.size_pt:g}", sized.id)


def _write_dense_table(style: Style, name: str) -> str:
    return fill_part(
        "dense_table",
        name=name,
        padding_x=mm_to_twips(style.table.dense_padding_x_mm),
        padding_y=pt_to_twips(style.table.padding_y_pt),
    )


def _write_component(component: str, look: TextStyle, name: str, identity: str) -> str:
    color = f'<w:color w:val="{look.color}"/>' if look.color != BLACK else ""
    return fill_part(
        "component",
        id=identity,
        name=name,
        base=BASE_IDS.get(component, "Normal"),
        keep="<w:keepNext/>" if component in KEPT_COMPONENTS else "",
        after=pt_to_twips(look.space_after_pt),
        pitch=pt_to_twips(look.line_pitch_pt),
        indent=mm_to_twips(look.indent_first_mm),
        align=ALIGNS[look.align],
        marks=format_marks(bold=look.bold, italic=look.italic) + color,
        size=_half_points(look.size_pt),
    )


def _write_figure_styles(style: Style) -> str:
    """Return the styles of pictures and frames; none where the style file has no figures."""
    look = style.figure
    if look is None:
        return ""
    return fill_part(
        "figure_styles",
        gap=pt_to_twips(look.gap_before_caption_pt),
        rule=_eighths(look.frame_thickness_pt),
        placeholder=STYLE_IDS["placeholder"],
    )


def _style_names(style: Style) -> dict[str, str]:
    """Return the name of each component's style, from its label in the style file.

    An explanation in brackets is left out, and so are commas and semicolons: Word takes what follows them
    for a second name.
    """
    labels = {rule.id.partition(".")[0]: rule.label for rule in style.rules}
    return {
        component: escape_attribute(re.sub(r"\s*\(.*\)|[,;{}\\]", "", label))
        for component, label in labels.items()
    }


def _name_values(names: Mapping[str, str]) -> dict[str, str]:
    wanted = ("heading_roman", "heading_arabic", "table_cell", "page_number", "title", "table")
    return {component: names[component] for component in wanted}


def _page_number_values(number: PageNumber) -> dict[str, object]:
    return {
        "page_number_pitch": pt_to_twips(number.line_pitch_pt),
        "page_number_align": ALIGNS[number.align],
        "page_number_size": _half_points(number.size_pt),
    }


def _rule_values(style: Style) -> dict[str, int]:
    return {
        "letterhead_rule": _eighths(style.letterhead.rule_thickness_pt),
        "letterhead_rule_gap": pt_to_twips(style.letterhead.rule_gap_pt),
        "title_rule": _eighths(style.title.rule_thickness_pt),
        "title_rule_gap": pt_to_twips(style.title.rule_gap_pt),
        "title_gap": pt_to_twips(style.title.gap_after_pt),
    }


def _gap_values(style: Style) -> dict[str, int]:
    room_pt = style.grid.room_mm / POINT_MM
    note_pt = style.texts["signature_note"].line_pitch_pt
    return {
        "letterhead_gap": pt_to_twips(style.letterhead.gap_after_pt),
        "table_gap": pt_to_twips(style.table.gap_after_pt),
        "grid_gap": pt_to_twips(style.grid.gap_after_pt),
        "room": pt_to_twips(room_pt),
        "room_below_note": pt_to_twips(max(room_pt - note_pt, 1)),
    }


def _table_values(style: Style) -> dict[str, int]:
    return {
        "table_rule": _eighths(style.table.rule_thickness_pt),
        "padding_x": mm_to_twips(style.table.padding_x_mm),
        "padding_y": pt_to_twips(style.table.padding_y_pt),
    }


def _half_points(size_pt: float) -> int:
    return round(size_pt * 2)


def _eighths(thickness_pt: float) -> int:
    return round(thickness_pt * 8)
