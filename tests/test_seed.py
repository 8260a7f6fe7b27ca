"""The 2016 conference: every fact of its article that belongs into minutes is there, and nothing else is claimed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.readers.conference import read_conference
from generator.tree import Document, document_text, iter_blanks

ROOT = Path(__file__).resolve().parent.parent

FACTS = (
    # attendance
    "Đồng chí Vương Văn Đỉnh, Phó Trưởng ban Thi đua, Khen thưởng Trung ương;",
    "Đại diện các Bộ, ngành thuộc Khối thi đua;",
    "Lãnh đạo Ngân hàng Phát triển Việt Nam.",
    # the year
    "Trong năm 2016, Khối thi đua các Bộ, ngành tổng hợp đã tích cực tổ chức các phong trào thi đua",
    "kế hoạch 5 năm (2016 – 2020) của đất nước.",
    "hội nghị triển khai kế hoạch",
    "ơ kết 6 tháng",
    "ập huấn",
    "ọa đàm",
    "ác chương trình kiểm tra tại các đơn vị địa phương của tỉnh Sơn La, Hải Phòng, Thanh Hóa và Hà Nội",
    # charity
    "Khối đã phát động chương trình tặng quà cho xã nghèo Nậm Lạnh – huyện Sốp Cộp – tỉnh Sơn La",
    "với số tiền 100 triệu đồng",
    "để hỗ trợ xây dựng nhà ăn cho học sinh trường dân tộc bán trú Trung học cơ sở Nậm Lạnh",
    "nhằm chia sẻ những khó khăn của xã cũng như nhà trường",
    "khuyến khích các em học tập tốt",
    # members, movements, supervision, culture, leadership, effect
    "hoàn thành xuất sắc, toàn diện trên các lĩnh vực công tác được giao",
    "hưởng ứng nội dung giao ước thi đua của Khối",
    "biểu dương, khen thưởng kịp thời, chính xác, công bằng",
    "Công tác kiểm tra, giám sát và trao đổi kinh nghiệm giữa các đơn vị thành viên trong Khối tiếp tục được thực hiện",
    "giao lưu văn nghệ đã thắt chặt mối quan hệ",
    "nhất là vai trò của Khối Trưởng và Khối Phó",
    "sự chuyển biến tích cực, phong phú",
    # discussion and conclusion
    "các đại biểu cũng đưa ra nhiều ý kiến phát biểu, xây dựng phong trào thi đua khen thưởng trong giai đoạn tiếp theo",
    "Đồng chí Chu Văn Yêm khẳng định tiếp thu đầy đủ, nghiêm túc các ý kiến đóng góp",
    "đồng thời nhấn mạnh",
    "iếp tục duy trì và nâng cao chất lượng hoạt động",
    "ẩy mạnh công tác kiểm tra, giám sát",
    "hân rộng và xây dựng điển hình tiên tiến",
    "có chiều sâu và đạt hiệu quả thiết thực hơn nữa",
    # proposals
    "Căn cứ vào điểm chấm chéo và văn bản suy tôn",
    "đề nghị các hình thức khen thưởng",
    "Văn phòng Chủ tịch nước\nCờ thi đua\nChính phủ",
    "Liên minh Hợp tác xã Việt Nam\nBằng khen\nThủ tướng Chính phủ",
    "Ngân hàng Phát triển Việt Nam\nBằng khen\nThủ tướng Chính phủ",
    # handed over
    "Khối Trưởng và Khối Phó đã trao tặng Bằng khen cho tập thể và các cá nhân đã có thành tích xuất sắc trong công "
    "tác tham mưu, tổ chức hoạt động của Khối thi đua các Bộ, ngành tổng hợp năm 2016",
    # next leaders
    "Hội nghị đã tiến cử Văn phòng Chủ tịch nước làm Khối Trưởng, Bộ Nội vụ làm Khối Phó Khối thi đua các Bộ, ngành "
    "tổng hợp trong năm 2017",
    # pledge
    "Kết thúc Hội nghị, đại diện 10 Bộ, ngành của Khối thi đua đã cùng ký kết Bản giao ước thực hiện công tác thi đua "
    "năm 2017 với chủ đề: “Phối hợp, đoàn kết, lao động sáng tạo, thi đua hoàn thành xuất sắc nhiệm vụ được giao”.",
)
"""The sentences of section B of the article's list of facts, as minutes say them."""

NOT_FOR_MINUTES = (
    "17/02/2017",  # the day of publication is not the day of the conference
    "07:51",
    "3633",
    "Kim Thu",
    "In bài viết",
    "Toàn cảnh",
    "None",
    "tại tại",
    "được tặng Cờ",
    "bầu",
)


@cache
def minutes() -> Document:
    reading = read_conference(ROOT / "inputs" / "2016")
    assert reading.findings == ()
    assert reading.conference is not None
    templates = ROOT / "templates"
    return compose_document(load_kind(templates, "minutes"), reading.conference, templates)


@cache
def text() -> str:
    return document_text(minutes()).replace("\u00a0", " ")


@pytest.mark.parametrize("fact", FACTS)
def test_minutes_hold_the_fact(fact):
    assert fact in text()


@pytest.mark.parametrize("claim", NOT_FOR_MINUTES)
def test_minutes_do_not_claim(claim):
    assert claim not in text()


def test_unknown_facts_of_the_form_are_blanks():
    labels = [blank.label for blank in iter_blanks(minutes())]

    assert {
        "Số của biên bản",
        "Giờ bắt đầu",
        "Ngày bắt đầu",
        "Năm bắt đầu",
        "Địa điểm",
        "Chủ trì (chủ tọa)",
        "Thư ký (người ghi biên bản)",
        "Giờ kết thúc",
        "Họ và tên thư ký",
        "Họ và tên chủ tọa",
        "Nơi nhận",
        "Cấp tặng Bằng khen",
    } <= set(labels)


def test_no_doubled_space_or_stop_is_printed():
    assert not re.search(r"  | [,.;:]|\.\.|,,|;;|;\.", text())


def test_theme_stands_between_one_pair_of_curly_quotes():
    assert text().count("“") == text().count("”") == 1


def test_the_conclusion_is_not_given_to_a_chair():
    assert "Chủ trì (chủ tọa): …" in text()


def test_closing_sentence_ends_as_the_form_wants_it():
    closing = next(line for line in text().splitlines() if line.startswith("Hội nghị kết thúc vào"))

    assert closing == "Hội nghị kết thúc vào … giờ … phút, ngày … tháng … năm …./."
