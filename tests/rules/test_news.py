"""Rules about headline, lead and captions: their form, what they answer, and what vouches for them."""

from __future__ import annotations

import pytest

from generator.rules.news import check_headline, check_lead, check_news_facts
from tests.rules.samples import make_conference, observe, told

BLOCK = {
    "name": "Khối thi đua các Bộ, ngành tổng hợp (số liệu giả định)",
    "number": "VI",
    "aliases": ["Khối tổng hợp"],
}


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        (None, []),
        ("Khối thi đua số 1 tổng kết năm 2016", []),
        ("Tổng kết năm 2016, ký kết giao ước năm 2017", []),
        ("KHỐI THI ĐUA SỐ 1 TỔNG KẾT", ["headline-all-capitals"]),
        ("Khối thi đua số 1 tổng kết.", ["headline-full-stop"]),
        ("Khối thi đua số 1 " + "a" * 100, ["headline-too-long"]),
        ("Khối thi đua <b>số 1</b>", ["headline-untidy"]),
        ("Khối thi đua số 1 và nhiệm vụ năm 2019", ["headline-year-differs"]),
    ],
)
def test_a_headline_has_a_form_and_the_years_of_the_meeting(headline, codes):
    found = told(check_headline, event={"next_year": "2017"}, news={"headline": headline})

    assert found == [f"warning {code} news.headline" for code in codes]


@pytest.mark.parametrize(
    ("lead", "lacks"),
    [
        ("Sáng 15/01/2017, tại Hà Nội, Khối thi đua các Bộ, ngành tổng hợp tổ chức Hội nghị.", []),
        ("Ngày 15 tháng 01, tại TP.HCM và Hà Nội, Khối tổng hợp họp.", []),
        ("Chiều nay (15/1), các Bộ, ngành thuộc khối tổng hợp tổng kết tại Học viện Ngân hàng.", []),
        ("Ngày 15-1, tại Ba Vì, khối thi đua VI họp.", []),
        ("Sáng 15/01/2017, tại Hà Nội, các đại biểu dự Hội nghị.", ["who"]),
        ("Sáng 15/01/2017, tại Hà Nội, Khối thi đua VII tổ chức Hội nghị.", ["who"]),
        ("Sáng 15/01/2017, tại Hà Nội, Khối tổng hợp đã gặp mặt.", ["what"]),
        ("Tại Hà Nội, Khối tổng hợp tổ chức Hội nghị với 15 đơn vị.", ["when"]),
        ("Sáng 15/01/2017, Khối tổng hợp tổ chức Hội nghị.", ["where"]),
        ("Các đại biểu rất vui.", ["who", "what", "when", "where"]),
    ],
)
def test_a_lead_answers_what_the_facts_tell(lead, lacks):
    venue = {"organisation": "Học viện Ngân hàng", "locality": "huyện Ba Vì", "province": "Hà Nội"}
    found = told(check_lead, event={"date": "15/01/2017", "venue": venue}, block=BLOCK, news={"lead": lead})

    assert found == [f"warning lead-lacks-{answer} news.lead" for answer in lacks]


def test_a_lead_need_not_answer_what_nobody_knows():
    assert told(check_lead, news={"lead": "Khối thi đua số 1 tổ chức Hội nghị."}) == []
    assert told(check_lead, news={"headline": "Tổng kết"}) == []


@pytest.mark.parametrize(("words", "codes"), [(60, []), (61, ["warning lead-too-long news.lead"])])
def test_a_lead_is_short(words, codes):
    lead = "Khối thi đua số 1 họp " + " ".join(["vui"] * (words - 6))

    assert told(check_lead, news={"lead": lead}) == codes


FACTS = {
    "event": {"noun": "Hội nghị", "date": "23/8", "next_year": "2017", "start": "8h00", "venue": {"province": "tỉnh Hoa Ban"}},
    "members": [{"id": "bnv", "name": "Bộ Nội vụ"}, {"name": "Liên minh Hợp tác xã Việt Nam", "short": "LMHTX"}],
    "attendance": {"invited": 43, "present": 37, "groups": [{"people": [{"name": "Vương Văn Đỉnh", "prefixes": ["TS."]}]}]},
    "charity": [{"text": "chương trình tặng quà", "amount": "100 triệu đồng"}],
    "results": {"statistics": [{"measure": "doanh thu", "value": "48.658,2", "unit": "tỷ đồng"}, {"measure": "tỷ lệ", "value": "98,5%"}]},
    "block": {"name": "Khối thi đua số 1", "legal_basis": ["Quyết định số 15/QĐ-UBND ngày 10/01/2014"]},
    "pledge": {"signed": "yes", "year": "2017", "declared_signatories": 10},
}  # fmt: skip

UNTRACED = [
    # true
    ("Ngày 23/8, Khối thi đua số 1 họp tại tỉnh Hoa Ban", []),
    ("8 giờ ngày 23 tháng 8 năm 2016, Hội nghị", []),
    ("Có 37/43 đại biểu, 010 đơn vị, 98,5%, 48.658,2 tỷ đồng", []),
    ("TS. Vương Văn Đỉnh và LMHTX trao 100.000.000 đồng", []),
    ("Theo Quyết định số 15/QĐ-UBND năm 2014, đại diện Bộ Nội vụ ký Giao ước", []),
    ("Lãnh đạo các đơn vị nhận Bằng khen và Cờ thi đua tại Đại hội", []),
    ("Toàn cảnh Hội nghị", []),
    ("Đoàn Chủ tịch và Ban Tổ chức Hội nghị", []),
    ("KHỐI THI ĐUA SỐ 1 VÀ CÁC ĐƠN VỊ", []),
    # planted
    ("Ngày 24/8, Khối họp", ["figure 24/8"]),
    ("Ngày 23/9, Khối họp", ["figure 23/9"]),
    ("Ngày 23/8/2015, Khối họp", ["figure 23/8/2015"]),
    ("Lúc 9h00, Khối họp", ["figure 9h00"]),
    ("Có 36/43 đại biểu", ["figure 36/43"]),
    ("Có 11 đơn vị", ["figure 11"]),
    ("Đạt 95,8%", ["figure 95,8%"]),
    ("Thu 48.658,3 tỷ đồng", ["figure 48.658,3 tỷ đồng"]),
    ("Trao 10 triệu đồng", ["figure 10 triệu đồng"]),
    ("Trao 100 triệu USD", ["figure 100 triệu USD"]),
    ("Quyết định số 16/QĐ-UBND", ["figure 16/QĐ-UBND"]),
    ("năm 2013", ["figure 2013"]),
    ("giai đoạn 2016 - 2021", ["figure 2016 - 2021"]),
    ("ông Vương Văn Đinh dự", ["near Vương Văn Đỉnh"]),
    ("ông Nguyễn Văn Đỉnh dự", ["name Nguyễn Văn Đỉnh"]),
    ("đại diện Bộ Tài chính ký", ["name Bộ Tài chính"]),
    ("tại tỉnh Hoa Lan", ["near Hoa Ban"]),
    ("đại diện VDB ký", ["name VDB"]),
    ("và Ủy ban nhân dân", ["name Ủy ban"]),
    ("Nguyễn Văn An phát biểu", ["name Nguyễn Văn An"]),
    ("tổng kết công tác năm 2017", ["year 2017"]),
    ("tổng kết năm 2015", ["year 2015"]),
    ("ký kết giao ước thi đua năm 2016", ["year 2016"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNTRACED)
@pytest.mark.parametrize("field", ["headline", "lead", "caption"])
def test_what_no_other_fact_holds_is_found(text, expected, field):
    words = {"caption": {"photos": [{"caption": text}]}}.get(field, {"news": {field: text}})
    found = observe(check_news_facts, **FACTS, **words)

    strange_year = field == "headline" and expected == ["figure 2013"]  # this one `check_headline` tells
    assert [describe(one) for one in found] == ([] if strange_year else expected)
    path = ("photos", 0, "caption") if field == "caption" else ("news", field)
    assert {one.path for one in found} <= {path}


def describe(one):
    kinds = {
        "news-figure-untraced": ("figure", "words"),
        "news-name-untraced": ("name", "words"),
        "news-name-untraced-meant": ("near", "meant"),
        "news-year-differs": ("year", "year"),
    }
    kind, value = kinds[one.code]
    return f"{kind} {one.values[value]}"


@pytest.mark.parametrize(
    ("caption", "codes"), [("Ảnh 7", []), ("Hình 7: 12 đơn vị", ["12"]), ("Ảnh 7. Lê Văn Ba", ["Lê Văn Ba"])]
)
def test_numbers_of_pictures_are_no_facts(caption, codes):
    found = observe(check_news_facts, photos=[{"caption": caption}])

    assert [one.values["words"] for one in found] == codes


def test_headline_and_lead_do_not_vouch_for_each_other():
    news = {"headline": "Vương Văn Đỉnh trao 100 triệu đồng", "lead": "Vương Văn Đỉnh trao 100 triệu đồng"}
    photos = [{"caption": "Vương Văn Đỉnh trao 100 triệu đồng", "credit": "Vương Văn Đỉnh"}]

    assert len(observe(check_news_facts, news=news, photos=photos)) == 6


@pytest.mark.parametrize(
    ("event", "pledge", "text", "year"),
    [
        ({"year": "năm học 2015 - 2016"}, None, "tổng kết năm học 2015 - 2016", None),
        ({"year": "năm học 2015 - 2016"}, None, "tổng kết năm học 2014 - 2015", 2014),
        ({"year": "2018", "kind": "ky_giao_uoc"}, None, "ký giao ước thi đua năm 2018", None),
        ({"year": "2018", "kind": "ky_giao_uoc"}, None, "ký giao ước thi đua năm 2019", 2019),
        ({"next_year": "2017"}, None, "tổng kết năm 2016, triển khai nhiệm vụ năm 2017", None),
        ({"next_year": "2017"}, None, "tổng kết và triển khai nhiệm vụ năm 2017", None),
        ({"next_year": "2017"}, {"year": "2018"}, "ký kết bản giao ước năm 2018", None),
        ({"next_year": "2017"}, {"year": "2018"}, "ký kết bản giao ước năm 2017", 2017),
        ({}, None, "ký kết giao ước năm 2017", None),
    ],
)
def test_the_review_and_the_pledge_have_their_years(event, pledge, text, year):
    found = observe(check_news_facts, event=event, pledge=pledge, news={"lead": text})

    assert [one.values["year"] for one in found if one.code == "news-year-differs"] == (
        [year] if year else []
    )


REAL_LEADS = [
    (
        {"event": {"date": "30/3", "next_year": "2017", "part_of_day": "chiều"}, "block": {"name": "Khối thi đua số 9"},
         "members": [{"name": "Công ty Cổ phần Ô tô Trường Hải", "short": "THACO"}, {"name": "Công ty Thanh Bình"}]},
        "Chiều 30-3, tại THACO, Khối thi đua số 9 đã tổ chức Hội nghị tổng kết phong trào thi đua yêu nước năm 2016 và ký "
        "kết giao ước thi đua năm 2017.",
    ),
    (
        {"event": {"date": "28/7", "year": "2020-2021", "next_year": "2021-2022", "format": "online"},
         "block": {"name": "Cụm thi đua số 2", "kind": "cum", "office_names": {"head": "Cụm trưởng"}},
         "members": [{"name": "Sở Giáo dục và Đào tạo tỉnh Ninh Bình", "aliases": ["Sở GDĐT tỉnh Ninh Bình"]}]},
        "Ngày 28/7, Sở GDĐT tỉnh Ninh Bình, Cụm trưởng Cụm thi đua số 2, chủ trì tổ chức Hội nghị trực tuyến tổng kết năm "
        "học 2020-2021 và triển khai nhiệm vụ năm học 2021-2022.",
    ),
    (
        {"event": {"date": "10/4", "year": "2023", "next_year": "2024", "venue": {"organisation": "Trụ sở Kiểm toán nhà nước"}},
         "block": {"name": "Khối thi đua các cơ quan Nội chính Trung ương"}, "members": [{"name": "Kiểm toán Nhà nước"}],
         "chairs": [{"person": {"name": "Ngô Văn Tuấn", "positions": [{"title": "Tổng Kiểm toán nhà nước"}]}}]},
        "Chiều nay (10/4), tại Trụ sở Kiểm toán nhà nước, Khối thi đua các cơ quan Nội chính Trung ương tổ chức Hội nghị "
        "tổng kết công tác năm 2023, nhiệm vụ trọng tâm năm 2024. Tổng Kiểm toán nhà nước Ngô Văn Tuấn chủ trì Hội nghị.",
    ),
    (
        {"event": {"date": "05/4/2024", "year": "2024", "venue": {"organisation": "Sở Tài chính Quảng Nam"}},
         "block": {"name": "Cụm thi đua số 6"}, "members": [{"name": f"Sở Tài chính {name}"} for name in
         ("Quảng Nam", "Quảng Ngãi", "Bình Định", "Phú Yên")]},
        "Chiều ngày 05/4/2024, tại Sở Tài chính Quảng Nam, Cụm thi đua số 6 gồm 4 Sở Tài chính các tỉnh Quảng Nam, Quảng "
        "Ngãi, Bình Định và Phú Yên ký kết giao ước thi đua năm 2024.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "lead"), REAL_LEADS)
def test_leads_as_newspapers_write_them_are_left_in_peace(facts, lead):
    conference = make_conference(**facts, news={"lead": lead})

    assert [*check_lead(conference), *check_news_facts(conference)] == []
