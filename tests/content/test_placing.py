"""A photograph whose place the facts do not tell goes behind the passage that its caption is most like."""

from __future__ import annotations

from generator.content.placing import place_figures
from generator.tree import Block, Column, Document, Figure, Para, Table, Text, document_text, plain_text

AWARDS = (
    "Khối Trưởng và Khối Phó đã trao tặng Bằng khen cho tập thể và các cá nhân đã có thành tích xuất sắc."
)
LEADERS = (
    "Hội nghị đã tiến cử Văn phòng Chủ tịch nước làm Khối Trưởng, Bộ Nội vụ làm Khối Phó trong năm 2017."
)
PLEDGE = (
    "Kết thúc Hội nghị, đại diện 10 Bộ, ngành của Khối thi đua đã cùng ký kết Bản giao ước thực hiện công tác thi đua "
    "năm 2017."
)
GUESTS = (
    "Tham dự Hội nghị có đại diện các Bộ, ngành thuộc Khối thi đua và Lãnh đạo Ngân hàng Phát triển Việt Nam."
)
RECEIVING = (
    "Đại diện tập thể và các cá nhân của các đơn vị Bộ, ngành nhận Bằng khen vì có thành tích xuất sắc trong công tác "
    "thi đua của Khối."
)
SIGNING = "Đại diện các Bộ, ngành cùng ký Giao ước công tác thi đua khen thưởng năm 2017."


def body(words: str, *, keep: bool = False) -> Para:
    return Para("body", (Text(words),), keep)


def photo(caption: str, *, floats: bool = True) -> Figure:
    return Figure("", (Text("Chưa có tệp ảnh"),), (Text(caption),) if caption else (), floats)


def place(*blocks: Block) -> list[str]:
    """Return the words of the placed blocks, a block a text; a figure is its caption."""
    placed = place_figures(Document("Tin", "Khối", "vi-VN", blocks)).blocks
    return [
        plain_text(block.caption)
        if isinstance(block, Figure)
        else document_text(Document("", "", "", (block,)))
        for block in placed
    ]


BYLINE = Para("byline", (Text("Kim Thu"),))


def test_the_captions_of_the_2016_article_find_the_sentences_that_they_show():
    placed = place(*map(body, (GUESTS, AWARDS, LEADERS, PLEDGE)), photo(RECEIVING), photo(SIGNING), BYLINE)

    assert placed == [GUESTS, AWARDS, RECEIVING, LEADERS, PLEDGE, SIGNING, "Kim Thu"]


def test_a_caption_that_is_like_nothing_stays_behind_the_text():
    text = [body(GUESTS), body(PLEDGE)]

    assert place(*text, photo("Toàn cảnh Hội nghị"), BYLINE) == [
        GUESTS,
        PLEDGE,
        "Toàn cảnh Hội nghị",
        "Kim Thu",
    ]


def test_a_photo_without_words_stays():
    assert place(body(GUESTS), photo(""), BYLINE) == [GUESTS, "", "Kim Thu"]


def test_a_caption_that_is_like_two_passages_stays():
    assert place(body(AWARDS), body(AWARDS), photo(RECEIVING)) == [AWARDS, AWARDS, RECEIVING]


def test_photos_at_one_passage_keep_their_order():
    one, two = "Đại biểu ký giao ước thi đua", "Đại diện 10 Bộ, ngành ký kết Bản giao ước"

    assert place(body(PLEDGE), body(AWARDS), photo(two), photo(SIGNING), photo(one)) == [
        PLEDGE,
        two,
        SIGNING,
        one,
        AWARDS,
    ]


def test_a_photo_that_has_its_place_stays_and_goes_before_one_that_comes_there():
    given = photo("Lễ ký", floats=False)

    assert place(body(PLEDGE), given, body(AWARDS), photo(SIGNING)) == [PLEDGE, "Lễ ký", SIGNING, AWARDS]


def test_a_table_is_not_parted_from_the_words_that_introduce_it():
    cell = ((Text("Học sinh đoạt giải quốc gia"),),)
    table = Table((Column(1),), (((Text("Chỉ tiêu"),),),), (cell,))
    caption = "Trao thưởng cho học sinh đoạt giải quốc gia"

    placed = place(body("Kết quả năm 2016:", keep=True), table, body(AWARDS), photo(caption))

    assert placed == ["Kết quả năm 2016:", "Chỉ tiêu\nHọc sinh đoạt giải quốc gia", caption, AWARDS]


def test_a_lead_draws_no_photo():
    lead = Para("lead", (Text(PLEDGE),))

    assert place(lead, body(GUESTS), photo("Lãnh đạo cùng ký kết Bản giao ước"))[-1].startswith("Lãnh đạo")
