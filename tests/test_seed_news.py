"""The bulletin of 2016: every fact of its article, in the article's order, and nothing that the article does not say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.model.conference import Conference
from generator.readers.conference import read_conference
from generator.tree import Document, Figure, Para, document_text, iter_blanks, iter_lines, plain_text

ROOT = Path(__file__).resolve().parent.parent

FACTS = (
    # the page
    "Tổng kết công tác thi đua khen thưởng của Khối thi đua các Bộ, ngành tổng hợp năm 2016\n",
    "07:51 PM 17/02/2017 | Lượt xem: 3633\n",
    "Toàn cảnh Hội nghị\n",
    # attendance
    "Tham dự Hội nghị có đồng chí Vương Văn Đỉnh, Phó Trưởng ban Thi đua, Khen thưởng Trung ương; ",
    "đại diện các Bộ, ngành thuộc Khối thi đua và ",
    "Lãnh đạo Ngân hàng Phát triển Việt Nam.",
    # the year
    "Trong năm 2016, Khối thi đua các Bộ, ngành tổng hợp đã tích cực tổ chức các phong trào thi đua",
    "góp phần nâng cao chất lượng, hoàn thành nhiệm vụ năm 2016 của từng thành viên",
    "các nhiệm vụ phát triển kinh tế - xã hội năm 2016",
    "kế hoạch 5 năm (2016 – 2020) của đất nước.",
    # activities
    "Khối đã tổ chức các hội nghị triển khai kế hoạch, sơ kết 6 tháng, tập huấn và tọa đàm; ",
    "tổ chức các chương trình kiểm tra tại các đơn vị địa phương của tỉnh Sơn La, Hải Phòng, Thanh Hóa và Hà Nội.",
    # charity
    "Khối đã phát động chương trình tặng quà cho xã nghèo Nậm Lạnh – huyện Sốp Cộp – tỉnh Sơn La",
    "với số tiền 100 triệu đồng",
    "để hỗ trợ xây dựng nhà ăn cho học sinh trường dân tộc bán trú Trung học cơ sở Nậm Lạnh",
    "nhằm chia sẻ những khó khăn của xã cũng như nhà trường",
    "giúp các em học sinh có nhà ăn để đảm bảo sức khỏe",
    "khuyến khích các em học tập tốt.",
    # members, movements, supervision, culture, leadership, effect
    "Các đơn vị thành viên trong Khối thi đua đã tích cực tham mưu, lãnh đạo, tổ chức thực hiện nhiệm vụ",
    "hoàn thành xuất sắc, toàn diện trên các lĩnh vực công tác được giao.",
    "Các phong trào thi đua hưởng ứng nội dung giao ước thi đua của Khối",
    "tập trung phát động phong trào thi đua giải quyết những khó khăn, vướng mắc",
    "biểu dương, khen thưởng kịp thời, chính xác, công bằng.",
    "Công tác kiểm tra, giám sát và trao đổi kinh nghiệm giữa các đơn vị thành viên trong Khối tiếp tục được thực hiện.",
    "Thông qua công tác kiểm tra, khảo sát tại đơn vị cơ sở",
    "Các hoạt động giao lưu văn nghệ đã thắt chặt mối quan hệ giữa các đơn vị thành viên trong khối.",
    "nhất là vai trò của Khối Trưởng và Khối Phó",
    "Những hoạt động của Khối đã tạo sự chuyển biến tích cực, phong phú",
    # discussion and conclusion
    "Tại Hội nghị, các đại biểu cũng đưa ra nhiều ý kiến phát biểu, xây dựng phong trào thi đua khen thưởng trong giai "
    "đoạn tiếp theo.",
    "đồng chí Chu Văn Yêm khẳng định tiếp thu đầy đủ, nghiêm túc các ý kiến đóng góp của các đại biểu dự Hội nghị, ",
    "đồng thời nhấn mạnh sẽ tiếp tục duy trì và nâng cao chất lượng hoạt động",
    "đẩy mạnh công tác kiểm tra, giám sát; nhân rộng và xây dựng điển hình tiên tiến",
    "đưa hoạt động công tác thi đua – khen thưởng toàn Khối có chiều sâu và đạt hiệu quả thiết thực hơn nữa.",
    # proposals
    "Căn cứ vào điểm chấm chéo và văn bản suy tôn, Khối thi đua",
    "đề nghị các hình thức khen thưởng",
    "năm 2016 như sau: Cờ thi đua của Chính phủ cho Văn phòng Chủ tịch nước; ",
    "Bằng khen của Thủ tướng Chính phủ cho Liên minh Hợp tác xã Việt Nam và Ngân hàng Phát triển Việt Nam.",
    # handed over
    "Khối Trưởng và Khối Phó đã trao tặng Bằng khen cho tập thể và các cá nhân đã có thành tích xuất sắc trong công "
    "tác tham mưu, tổ chức hoạt động của Khối thi đua các Bộ, ngành tổng hợp năm 2016.",
    # next leaders
    "Hội nghị đã tiến cử Văn phòng Chủ tịch nước làm Khối Trưởng, Bộ Nội vụ làm Khối Phó Khối thi đua các Bộ, ngành "
    "tổng hợp trong năm 2017.",
    "\nĐại diện tập thể và các cá nhân của các đơn vị Bộ, ngành nhận Bằng khen vì có thành tích xuất sắc trong công tác "
    "thi đua của Khối.\n",
    # pledge
    "Kết thúc Hội nghị, đại diện 10 Bộ, ngành của Khối thi đua đã cùng ký kết Bản giao ước thực hiện công tác thi đua "
    "năm 2017 với chủ đề: “Phối hợp, đoàn kết, lao động sáng tạo, thi đua hoàn thành xuất sắc nhiệm vụ được giao”.",
    "\nĐại diện các Bộ, ngành cùng ký Giao ước công tác thi đua khen thưởng năm 2017.\n",
    "Kim Thu",
)
"""What the article says, from its headline to its author, in its order; the case of a first letter may differ."""

DRAFTED = (
    "Khối thi đua các Bộ, ngành tổng hợp tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2016 và ký kết "
    "giao ước thi đua năm 2017."
)
"""The lead, which the article lacks: its headline, and that the pledge was signed."""

OPENINGS = (
    "Tham dự Hội nghị có đồng chí Vương Văn Đỉnh",
    "Trong năm 2016, Khối đã tổ chức các hội nghị",
    "Khối đã phát động chương trình tặng quà",
    "Tại Hội nghị, các đại biểu cũng đưa ra nhiều ý kiến",
    "Đồng chí Chu Văn Yêm khẳng định",
    "Căn cứ vào điểm chấm chéo và văn bản suy tôn",
    "Khối Trưởng và Khối Phó đã trao tặng Bằng khen",
    "Hội nghị đã tiến cử Văn phòng Chủ tịch nước",
    "Kết thúc Hội nghị, đại diện 10 Bộ, ngành",
)
"""How the paragraphs begin that are not passages of the data word for word."""

NOT_SAID = (
    "None",
    "…",
    "tại tại",
    "được tặng",
    "bầu",
    "chủ trì",
    "kết luận",
    "Hà Nội, Khối",  # where it was held is not known
    "Ngày 17/02/2017",  # the day of publication is not the day of the conference
    "ngày 17/02/2017",
    "In bài viết",  # of the page on the web only
    "gồm 10",  # ten signed; how many units the block has is not told
    "Bằng khen của Thủ tướng Chính phủ cho tập thể",  # whose certificate was handed over is not told
    "năm qua",
    "thành công",
)


@cache
def conference() -> Conference:
    reading = read_conference(ROOT / "inputs" / "2016")
    assert reading.findings == ()
    assert reading.conference is not None
    return reading.conference


@cache
def bulletin() -> Document:
    templates = ROOT / "templates"
    return compose_document(load_kind(templates, "news"), conference(), templates)


@cache
def text() -> str:
    return document_text(bulletin()).replace("\u00a0", " ")


def test_every_fact_of_the_article_is_told_in_its_order():
    told, at = text().lower(), 0
    for fact in FACTS:
        found = told.find(fact.lower(), at)
        assert found >= 0, fact
        at = found


@pytest.mark.parametrize("claim", NOT_SAID)
def test_the_bulletin_does_not_claim(claim):
    assert claim not in text()


def test_nothing_is_added_to_the_article():
    """Each paragraph is the lead, a passage of the data word for word, or made of the article's sentences."""
    results = conference().results
    passages = [*(results.overview or []), *(results.narrative or [])]
    paragraphs = [
        plain_text(line)
        for block in bulletin().blocks
        if isinstance(block, Para) and block.role in ("lead", "body")
        for line in iter_lines(block)
    ]
    own = [words for words in paragraphs if words not in (DRAFTED, *passages)]

    assert DRAFTED in paragraphs
    assert [words for words in passages if words not in paragraphs] == []
    assert len(own) == len(OPENINGS)
    for words, opening in zip(own, OPENINGS, strict=True):
        assert words.startswith(opening)
        assert remainder(words) in REMAINDERS


REMAINDERS = ("", "Trong năm 2016", "các Bộ, ngành tổng hợp", "và")
"""What a paragraph has besides the quoted words: the article says "Trong năm qua" and "Khối thi đua"."""


def remainder(words: str) -> str:
    """Return what is left of *words* when the article's words are taken out, without commas at the ends."""
    for fact in sorted((fact.strip() for fact in FACTS), key=len, reverse=True):
        at = words.lower().find(fact.lower())
        if at >= 0:
            words = words[:at] + "|" + words[at + len(fact) :]
    return re.sub(r"[\s,;.|]*\|[\s,;.|]*", "|", words).strip("| ,;.")


def test_photos_stand_where_the_article_has_them():
    captions = [plain_text(block.caption) for block in bulletin().blocks if isinstance(block, Figure)]
    before = [
        plain_text(next(iter_lines(first)))
        for first, second in zip(bulletin().blocks, bulletin().blocks[1:], strict=False)
        if isinstance(second, Figure)
    ]

    assert [caption[:20] for caption in captions] == [
        "Toàn cảnh Hội nghị",
        "Đại diện tập thể và ",
        "Đại diện các Bộ, ngà",
    ]
    assert [words[:18] for words in before] == [
        "07:51 PM 17/02/201",
        "Hội nghị đã tiến c",
        "Kết thúc Hội nghị,",
    ]


def test_the_page_on_the_web_knows_when_and_by_whom_it_was_published():
    web = bulletin().web

    assert web is not None
    assert (web.description, web.published, web.author, web.publisher, web.print_label) == (
        DRAFTED,
        "2017-02-17T19:51",
        "Kim Thu",
        "",
        "In bài viết",
    )


def test_there_are_no_blanks():
    assert list(iter_blanks(bulletin())) == []
