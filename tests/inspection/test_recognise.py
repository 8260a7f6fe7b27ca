"""Which paragraphs of a file are which component of an official document, however the file is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.inspection.found import Paragraph, Piece
from generator.inspection.judging.recognise import find_own_date, recognise_parts
from tests.inspection.found_samples import (
    LEFT,
    RIGHT,
    cell,
    empty,
    found,
    letterhead,
    line,
    look,
    minutes,
    recipients,
    signature,
    text,
    title,
)


def shown(paragraphs: list[Paragraph]) -> dict[str, list[str]]:
    """Return the words of each component that is recognised in a file of *paragraphs*."""
    parts = recognise_parts(found(paragraphs))
    return {name: [one.text for one in lines] for name, lines in parts.of.items()}


def decision() -> list[Paragraph]:
    return [
        *letterhead(parent="", number="Số: 12/QĐ-BNV", day="Hà Nội, ngày 05 tháng 3 năm 2021"),
        line("QUYẾT ĐỊNH", bold=True),
        line("Về việc thành lập Khối thi đua", bold=True),
        line("BỘ TRƯỞNG BỘ NỘI VỤ", bold=True),
        text("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;", italic=True),
        text("Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;", italic=True),
        text("Theo đề nghị của Trưởng ban Thi đua - Khen thưởng Trung ương.", italic=True),
        line("QUYẾT ĐỊNH:", bold=True),
        text("Điều 1. Thành lập Khối thi đua các Bộ, ngành tổng hợp gồm 10 đơn vị."),
        text("Điều 2. Quyết định này có hiệu lực kể từ ngày ký./."),
        *recipients("- Như Điều 2;", "- Lưu: VT, BTĐKT.", **LEFT | {"row": (1, 0)}),
        *signature("KT. BỘ TRƯỞNG", "Nguyễn Văn An", RIGHT),
    ]


def letter() -> list[Paragraph]:
    lower = {"row": (0, 1)}
    return [
        *letterhead(number="Số: 05/BNV-TĐKT", day="Hà Nội, ngày 09 tháng 10 năm 2021"),
        line("V/v tổ chức hội nghị tổng kết", 12, **LEFT | lower),
        line("Kính gửi:"),
        text("- Văn phòng Chủ tịch nước;", align="left"),
        text("- Liên minh Hợp tác xã Việt Nam.", align="left"),
        text("Thực hiện Kế hoạch công tác năm 2021, Bộ Nội vụ kính mời các đơn vị dự hội nghị tổng kết."),
        text("Trân trọng cảm ơn./."),
        *recipients("- Như trên;", "- Lưu: VT.", **LEFT | {"row": (1, 0)}),
        *signature("TL. BỘ TRƯỞNG", "Lê Thị Hoa", RIGHT),
    ]


def place_to_sign(unit: str, post: str, name: str, row: int, column: int | None) -> list[Paragraph]:
    place = {"row": (1, row), "column": column}
    return [
        line(unit, bold=True, **place),
        line("KHỐI PHÓ", 13, bold=True, **place),
        line(post, bold=True, **place),
        empty(**place),
        line(name, bold=True, **place),
    ]


def pledge(*, columns: bool = True) -> list[Paragraph]:
    grid = [
        ("VĂN PHÒNG\nCHỦ TỊCH NƯỚC", "CHÁNH VĂN PHÒNG", "Trương Văn An"),
        ("BỘ NỘI VỤ", "KT. BỘ TRƯỞNG", "Vũ Trường Giang"),
        ("LIÊN MINH HỢP TÁC XÃ VIỆT NAM", "CHỦ TỊCH", "Đoàn Thị Thủy"),
        ("NGÂN HÀNG PHÁT TRIỂN VIỆT NAM", "TỔNG GIÁM ĐỐC", "Phó Đức Phương"),
    ]
    places = [
        place_to_sign(*words, number // 3, number % 3 if columns else None)
        for number, words in enumerate(grid)
    ]
    return [
        *letterhead(number="", day="Hà Nội, ngày 17 tháng 02 năm 2021"),
        *title("BẢN GIAO ƯỚC THI ĐUA NĂM 2021", "Khối thi đua các Bộ, ngành tổng hợp"),
        text("Chúng tôi, đại diện 10 Bộ, ngành thuộc Khối thi đua, cùng ký kết Bản giao ước."),
        text("Bản giao ước này được lập thành 10 bản./."),
        line("ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC", bold=True),
        *(one for place in places for one in place),
    ]


def test_every_component_of_minutes_is_told():
    parts = recognise_parts(minutes())
    assert parts.rest == ()
    words = {name: [one.text for one in lines] for name, lines in parts.of.items()}
    assert words["parent_body"] == ["BỘ NỘI VỤ"]
    assert words["issuing_body"] == ["KHỐI THI ĐUA CÁC BỘ,\nNGÀNH TỔNG HỢP"]
    assert words["number"] == ["Số: 05/BB-KTĐ"]
    assert words["place_and_date"] == ["Hà Nội, ngày 17 tháng 02 năm 2022"]
    assert words["title_kind"] == ["BIÊN BẢN"]
    assert words["title_subject"] == ["Hội nghị tổng kết công tác thi đua năm 2021"]
    assert [one.split()[0] for one in words["legal_basis"]] == ["Căn", "Căn"]
    assert words["heading_roman"] == ["I. KẾT QUẢ CÔNG TÁC"]
    assert words["heading_arabic"] == ["1. Kết quả năm 2021", "2. Thảo luận"]
    assert words["signature_post"] == ["THƯ KÝ", "TM. ĐOÀN CHỦ TỊCH"]
    assert words["signature_name"] == ["Trần Thị Bình", "Chu Văn Yêm"]
    assert words["recipients_item"] == ["- Như trên;", "- Bộ Nội vụ;", "- Lưu: VT, Hồ sơ."]
    assert parts.closing is not None
    assert parts.closing.text.endswith("./.")
    assert parts.find_component(parts.closing.index) == "body"


def test_a_decision_has_its_bases_between_who_decides_and_the_lone_word():
    words = shown(decision())
    assert words["title_subject"] == ["Về việc thành lập Khối thi đua"]
    assert words["authority"] == ["BỘ TRƯỞNG BỘ NỘI VỤ"]
    assert len(words["legal_basis"]) == 3
    assert words["enacting"] == ["QUYẾT ĐỊNH:"]
    assert len(words["body"]) == 2
    assert words["signature_post"] == ["KT. BỘ TRƯỞNG"]
    assert words["signature_name"] == ["Nguyễn Văn An"]
    assert words["recipients_item"] == ["- Như Điều 2;", "- Lưu: VT, BTĐKT."]
    assert "parent_body" not in words


def test_a_letter_has_no_title_and_its_subject_below_the_number():
    words = shown(letter())
    assert words["letter_subject"] == ["V/v tổ chức hội nghị tổng kết"]
    assert words["addressee"] == [
        "Kính gửi:",
        "- Văn phòng Chủ tịch nước;",
        "- Liên minh Hợp tác xã Việt Nam.",
    ]
    assert not words.keys() & {"title_kind", "title_subject", "legal_basis"}
    assert words["body"][-1] == "Trân trọng cảm ơn./."
    assert words["signature_name"] == ["Lê Thị Hoa"]


@pytest.mark.parametrize("columns", [True, False])
def test_a_grid_of_three_columns_is_told_place_by_place(columns):
    words = shown(pledge(columns=columns))
    assert words["signature_caption"] == ["ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"]
    assert sorted(words["signature_name"]) == [
        "Phó Đức Phương",
        "Trương Văn An",
        "Vũ Trường Giang",
        "Đoàn Thị Thủy",
    ]
    assert words["signature_office"] == ["KHỐI PHÓ"] * 4
    assert len(words["signature_unit"]) == 4
    assert sorted(words["signature_post"]) == [
        "CHÁNH VĂN PHÒNG",
        "CHỦ TỊCH",
        "KT. BỘ TRƯỞNG",
        "TỔNG GIÁM ĐỐC",
    ]
    assert "recipients_label" not in words


def test_a_signature_in_rows_of_a_table_keeps_its_columns():
    rows = [
        [line("THƯ KÝ", bold=True), line("CHỦ TỌA", bold=True)],
        [line("(Chữ ký)", italic=True), line("(Chữ ký, dấu)", italic=True)],
        [line("Họ và tên", bold=True), line("Họ và tên", bold=True)],
    ]
    placed = [
        replace(one, row=(1, row), side=side, column=column)
        for row, cells in enumerate(rows)
        for column, (one, side) in enumerate(zip(cells, ("left", "right"), strict=True))
    ]
    words = shown([*letterhead(), *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút./."), *placed])
    assert words["signature_post"] == ["THƯ KÝ", "CHỦ TỌA"]
    assert words["signature_note"] == ["(Chữ ký)", "(Chữ ký, dấu)"]
    assert words["signature_name"] == ["Họ và tên", "Họ và tên"]


def test_a_name_far_below_its_post_is_a_name_even_with_a_small_letter():
    post = line("GIÁM ĐỐC", bold=True, **RIGHT | {"row": (1, 0)})
    name = line("Đỗ Hải triều", bold=True, **RIGHT | {"row": (2, 0)})
    words = shown([*letterhead(), *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút./."), post, name])
    assert words["signature_post"] == ["GIÁM ĐỐC"]
    assert words["signature_name"] == ["Đỗ Hải triều"]


def test_a_letterhead_may_stand_one_line_above_the_other():
    words = shown(
        [
            line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True),
            line("Độc lập - Tự do - Hạnh phúc", bold=True),
            line("HỘI ĐỒNG THI ĐUA", 13, bold=True),
            line("Số: 01/BC-HĐ", 13),
            line("Hà Nội, ngày 05 tháng 3 năm 2021", italic=True),
            line("BÁO CÁO", bold=True),
            line("Công tác thi đua quý I", bold=True),
            text("Trong quý I, các đơn vị đã phát động phong trào thi đua./."),
            line("CHỦ TỊCH", bold=True),
            empty(),
            line("Nguyễn Văn An", bold=True),
        ]
    )
    assert words["issuing_body"] == ["HỘI ĐỒNG THI ĐUA"]
    assert words["number"] == ["Số: 01/BC-HĐ"]
    assert words["title_kind"] == ["BÁO CÁO"]
    assert words["title_subject"] == ["Công tác thi đua quý I"]
    assert words["signature_post"] == ["CHỦ TỊCH"]
    assert words["signature_name"] == ["Nguyễn Văn An"]


def test_tabs_may_put_both_sides_into_one_line():
    words = shown(
        [
            line("BỘ NỘI VỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True),
            line("KHỐI THI ĐUA\t\tĐộc lập - Tự do - Hạnh phúc", 13, bold=True),
            line("Số: 01/BB-KTĐ\tHà Nội, ngày 05 tháng 3 năm 2021", 13),
            *title(),
            text("Hội nghị kết thúc vào 11 giờ 30 phút./."),
            line("Nơi nhận:\tCHỦ TỌA", align="left"),
            line("- Như trên;", 11, align="left"),
            line("- Lưu: VT.\tNguyễn Văn An", 11, align="left"),
        ]
    )
    assert words["nation"] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert words["parent_body"] == ["BỘ NỘI VỤ"]
    assert words["issuing_body"] == ["KHỐI THI ĐUA"]
    assert words["number"] == ["Số: 01/BB-KTĐ"]
    assert words["place_and_date"] == ["Hà Nội, ngày 05 tháng 3 năm 2021"]
    assert words["recipients_label"] == ["Nơi nhận:"]
    assert words["signature_post"] == ["CHỦ TỌA"]
    assert words["signature_name"] == ["Nguyễn Văn An"]


def test_tabs_may_move_a_body_and_a_long_subject_to_the_left_alone():
    words = shown(
        [
            line("\tỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13),
            line("\tTỈNH PHÚ LÂM\tĐộc lập - Tự do - Hạnh phúc", 13),
            line("\tSỞ NỘI VỤ", 13, bold=True, align="left"),
            line("\tSố: 318/SNV-TĐKT\tPhú Lâm, ngày 17 tháng 6 năm 2018", 13),
            line("\tV/v đăng ký nội dung thi đua", 12, align="left"),
            line("\tsáu tháng cuối năm", 12, align="left"),
            line("Kính gửi: Các đơn vị thành viên."),
            text("Sở Nội vụ đề nghị các đơn vị quan tâm phối hợp thực hiện./."),
        ]
    )
    assert words["parent_body"] == ["ỦY BAN NHÂN DÂN", "TỈNH PHÚ LÂM"]
    assert words["issuing_body"] == ["\tSỞ NỘI VỤ"]
    assert words["letter_subject"] == ["\tV/v đăng ký nội dung thi đua", "\tsáu tháng cuối năm"]
    assert words["addressee"] == ["Kính gửi: Các đơn vị thành viên."]
    assert len(words["body"]) == 1


def test_line_ends_divide_what_differs_and_keep_one_name_together():
    both = Paragraph(
        0,
        (Piece("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", look(13, bold=True)),),
        None,
        "center",
        side="right",
        row=(0, 0),
    )
    words = shown(
        [
            line("KHỐI THI ĐUA CÁC BỘ,\nNGÀNH TỔNG HỢP", 13, bold=True, **LEFT),
            both,
            line("BIÊN BẢN\nHội nghị tổng kết", bold=True),
            text("Hội nghị kết thúc vào 11 giờ 30 phút./."),
        ]
    )
    assert words["nation"] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert words["motto"] == ["Độc lập - Tự do - Hạnh phúc"]
    assert words["issuing_body"] == ["KHỐI THI ĐUA CÁC BỘ,\nNGÀNH TỔNG HỢP"]
    assert words["title_kind"] == ["BIÊN BẢN"]
    assert words["title_subject"] == ["Hội nghị tổng kết"]


@pytest.mark.parametrize(
    "nation",
    [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "CỘNG  HÒA   XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHỈA VIỆT NAM",
        "C\u1ed9NG HO\u0300A XA\u0303 HO\u0323\u0302I CHU\u0309 NGHI\u0303A VIE\u0323\u0302T NAM",
    ],
)
def test_the_nation_is_told_in_any_spelling(nation):
    words = shown(
        [line(nation), line("Độc lập – Tự do – Hạnh phúc"), *title(), text("Kết thúc lúc 11 giờ./.")]
    )
    assert words["nation"] == [nation]
    assert words["motto"] == ["Độc lập – Tự do – Hạnh phúc"]


@pytest.mark.parametrize(
    ("lines", "parent", "issuer"),
    [
        (["BỘ NỘI VỤ", "KHỐI THI ĐUA"], ["BỘ NỘI VỤ"], ["KHỐI THI ĐUA"]),
        (["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"], [], ["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"]),
        (["KHỐI THI ĐUA CÁC", "BỘ, NGÀNH TỔNG HỢP"], [], ["KHỐI THI ĐUA CÁC", "BỘ, NGÀNH TỔNG HỢP"]),
        (
            ["HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG TRUNG ƯƠNG"],
            [],
            ["HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG TRUNG ƯƠNG"],
        ),
    ],
)
@pytest.mark.parametrize("bold", [True, False])
def test_bodies_of_one_look_are_told_by_their_words(lines, parent, issuer, bold):
    head = [line(one, 13, bold=bold, **LEFT) for one in lines]
    rest = [one for one in letterhead(parent="") if "KHỐI" not in one.text]
    words = shown([*head, *rest, *title(), text("Kết thúc lúc 11 giờ 30 phút./.")])
    assert words.get("parent_body", []) == parent
    assert words["issuing_body"] == issuer


def test_without_an_end_mark_the_body_still_ends_before_the_signatures():
    paragraphs = [*minutes().paragraphs]
    place = next(index for index, one in enumerate(paragraphs) if one.text.endswith("./."))
    paragraphs[place] = text("Hội nghị kết thúc vào 11 giờ 30 phút, ngày 17 tháng 02 năm 2022")
    parts = recognise_parts(found(paragraphs))
    assert parts.closing is not None
    assert parts.closing.text.startswith("Hội nghị kết thúc")
    assert [one.text for one in parts.get("signature_name")] == ["Trần Thị Bình", "Chu Văn Yêm"]


def test_a_table_at_the_end_of_the_body_leaves_no_closing_paragraph():
    parts = recognise_parts(
        found(
            [
                *letterhead(),
                *title(),
                text("Kết quả chấm điểm của các đơn vị trong Khối như sau:"),
                cell("1", row=(1, 0)),
                *signature("THƯ KÝ", "Trần Thị Bình", LEFT, table=2),
            ]
        )
    )
    assert parts.closing is None
    assert [one.text for one in parts.get("signature_post")] == ["THƯ KÝ"]


def test_what_stands_below_the_recipients_is_neither_body_nor_signature():
    notes = [text("Ghi chú:"), text("Tên cơ quan, tổ chức chủ quản trực tiếp của đơn vị (nếu có).", 10)]
    parts = recognise_parts(replace_end(notes))
    assert [one.text for one in parts.rest] == [one.text for one in notes]
    assert len(parts.get("signature_name")) == 2


def test_the_text_of_an_annex_is_none_of_the_components():
    annex = [
        line("PHỤ LỤC", bold=True),
        text("Danh sách các đơn vị thành viên của Khối thi đua năm 2022 gồm:"),
    ]
    parts = recognise_parts(replace_end(annex))
    assert [one.text for one in parts.get("annex_label")] == ["PHỤ LỤC"]
    assert [one.text for one in parts.rest] == [one.text for one in annex[1:]]
    assert len(parts.get("recipients_item")) == 3


def test_the_head_of_an_annex_has_a_label_a_subject_and_a_reference():
    head = [line("Phụ lục I", bold=True), line("BẢNG TỔNG HỢP ĐIỂM", bold=True)]
    reference = line("(Kèm theo Biên bản số 05/BB-KTĐ ngày 17 tháng 02 năm 2017)")
    parts = recognise_parts(replace_end([*head, reference, text("Điểm của các đơn vị như sau:")]))
    names = ("annex_label", "annex_subject", "annex_reference")
    assert [parts.get(name)[0].text for name in names] == [one.text for one in (*head, reference)]
    assert len(parts.get("annex_subject")) == 1


def replace_end(paragraphs):
    return found([*minutes().paragraphs, *paragraphs])


@pytest.mark.parametrize(
    "component", ["number", "place_and_date", "title_subject", "legal_basis", "recipients_label"]
)
def test_a_part_that_is_missing_takes_no_other_with_it(component):
    whole = recognise_parts(minutes())
    gone = {one.index for one in whole.get(component)}
    parts = recognise_parts(found([one for one in minutes().paragraphs if one.index not in gone]))
    assert parts.get(component) == ()
    beside = {component, "recipients_item"} if component == "recipients_label" else {component}
    for other in set(whole.of) - beside:
        assert [one.text for one in parts.get(other)] == [one.text for one in whole.get(other)], other


def test_a_file_without_nation_and_motto_is_no_official_document():
    parts = recognise_parts(
        found([line("Tổng kết công tác thi đua", 18), text("Sáng 17/02, Khối tổ chức hội nghị.")])
    )
    assert not parts.is_official
    assert parts.of == {}
    assert len(parts.rest) == 2


def test_an_empty_file_has_no_parts():
    assert recognise_parts(found([])).of == {}
    assert recognise_parts(found([empty()])).rest == ()


def test_a_sentence_that_begins_as_a_basis_does_is_text():
    words = shown(
        [
            *letterhead(),
            *title("BÁO CÁO"),
            text("Căn cứ Kế hoạch số 12/KH-KTĐ, Khối thi đua báo cáo kết quả thực hiện như sau:"),
            text("Các đơn vị đã hoàn thành nhiệm vụ được giao./."),
        ]
    )
    assert "legal_basis" not in words
    assert len(words["body"]) == 2


def test_a_basis_within_the_body_is_text():
    paragraphs = [one for one in minutes().paragraphs if not one.text.startswith("Căn cứ")]
    place = next(index for index, one in enumerate(paragraphs) if one.text.startswith("2."))
    paragraphs.insert(place, text("Căn cứ vào điểm chấm chéo, Khối đề nghị khen thưởng;"))
    assert "legal_basis" not in shown(paragraphs)


def test_the_regime_is_chosen_by_the_date_beside_the_number():
    assert find_own_date(recognise_parts(minutes()), minutes()) == (date(2022, 2, 17),) * 2


def test_the_regime_is_chosen_by_the_closing_sentence_where_no_other_date_stands():
    file = found([one for one in minutes().paragraphs if not one.text.startswith("Hà Nội")])
    assert find_own_date(recognise_parts(file), file) == (date(2022, 2, 17),) * 2


@pytest.mark.parametrize("words", ["..., ngày ... tháng ... năm ...", "Hà Nội, ngày 31 tháng 02 năm 2022"])
def test_no_regime_is_chosen_without_a_day(words):
    file = found([*letterhead(day=words), *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút./.")])
    assert find_own_date(recognise_parts(file), file) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Hà Nội, ngày      tháng 02 năm 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("Hà Nội, ngày ... tháng ... năm 2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("Hà Nội, ngày ... tháng 12 năm 2016", date(2016, 12, 1), date(2016, 12, 31)),
    ],
)
def test_a_date_without_its_day_tells_the_month_or_the_year(words, first, last):
    file = found([*letterhead(day=words), *title(), text("Hội nghị kết thúc vào 11 giờ 30 phút./.")])
    assert find_own_date(recognise_parts(file), file) == (first, last)


def test_a_whole_date_decides_before_one_without_its_day():
    closing = text("Hội nghị kết thúc vào 11 giờ 30 phút ngày 17 tháng 02 năm 2017./.")
    file = found([*letterhead(day="Hà Nội, ngày ... tháng ... năm 2018"), *title(), closing])
    assert find_own_date(recognise_parts(file), file) == (date(2017, 2, 17),) * 2


def test_the_date_of_a_legal_basis_or_of_the_work_is_not_the_document_s_own():
    basis = text("Căn cứ Quyết định số 15/QĐ-UBND ngày 10 tháng 01 năm 2019 của Ủy ban nhân dân tỉnh;")
    end = text("Hội nghị tổng kết công tác tháng 12 năm 2019 kết thúc vào 11 giờ 30 phút cùng ngày./.")
    blank = letterhead(day="Hà Nội, ngày ... tháng ... năm ...")
    for head in (blank, [one for one in blank if not one.text.startswith("Hà Nội")]):
        file = found([*head, *title(), basis, end])
        assert find_own_date(recognise_parts(file), file) is None
