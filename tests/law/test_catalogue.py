"""The catalogue that comes with the program: whole, told apart by day, and found under the names that people write."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from generator.law import load_catalogue
from generator.law.catalogue import Statement

LAW_2003, LAW_2022 = date(2016, 12, 31), date(2024, 6, 30)
CATALOGUE = load_catalogue()
ASPECTS = ("nature", "granted_by", "recipients")
STATEMENTS = [
    (f"{award.id}.{aspect}", one)
    for award in CATALOGUE.awards
    for aspect in ASPECTS
    for one in getattr(award, aspect)
]
FIRST_DAY, LAST_DAY = date(2004, 7, 1), date(2027, 12, 31)


def days_of_change() -> list[date]:
    """Return every day on which anything begins or has just ended."""
    starts = {one.first_day for _, one in STATEMENTS}
    ends = {one.last_day + timedelta(days=1) for _, one in STATEMENTS if one.last_day}
    changes = {change.first_day for one in CATALOGUE.instruments for change in one.amendments}
    return sorted(starts | ends | changes | {LAST_DAY})


# --- whole ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("where", "statement"), STATEMENTS, ids=[where for where, _ in STATEMENTS])
def test_a_statement_has_a_clause_or_is_verified_on_no_day(where, statement: Statement):
    days = [day for day in days_of_change() if statement.is_in_force(day)]
    assert days
    assert statement.clause or not any(map(statement.is_verified, days))


def test_the_statements_about_one_thing_follow_one_another_without_a_gap_or_a_day_in_common():
    for award in CATALOGUE.awards:
        for aspect in ASPECTS:
            statements = getattr(award, aspect)
            if not statements:
                continue
            assert statements[0].first_day == FIRST_DAY, award.id
            assert statements[-1].last_day is None, award.id
            for one, following in pairwise(statements):
                assert one.last_day + timedelta(days=1) == following.first_day, award.id


def test_every_award_is_in_force_on_every_day_of_either_law_and_none_before():
    assert CATALOGUE.in_force(FIRST_DAY - timedelta(days=1)) == ()
    for day in days_of_change():
        assert [one.award for one in CATALOGUE.in_force(day)] == list(CATALOGUE.awards)


def test_the_laws_follow_one_another():
    one, other = (
        next(law for law in CATALOGUE.instruments if law.id == f"law-{year}") for year in (2003, 2022)
    )
    assert (one.first_day, one.last_day) == (date(2004, 7, 1), date(2023, 12, 31))
    assert (other.first_day, other.last_day) == (date(2024, 1, 1), None)
    assert {"47/2005/QH11", "39/2013/QH13"} <= {change.number for change in one.amendments}
    numbers = {instrument.number for instrument in CATALOGUE.instruments}
    assert {"65/2014/NĐ-CP", "91/2017/NĐ-CP", "98/2023/NĐ-CP", "152/2025/NĐ-CP"} <= numbers


def test_every_source_and_every_kind_of_authority_is_used():
    used = {one.source for _, one in STATEMENTS}
    assert set(CATALOGUE.sources) <= used
    kinds = {kind for _, one in STATEMENTS for kind in (*one.use, *one.also)}
    assert {kind.id for kind in CATALOGUE.authorities} <= kinds


# --- sure or not ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("award", "aspect", "day", "is_verified"),
    [
        ("government-flag", "granted_by", date(2005, 6, 26), True),  # the text of 2003 was read
        (
            "government-flag",
            "granted_by",
            date(2005, 6, 27),
            False,
        ),  # but not what the amendment of 2005 made of it
        ("government-flag", "granted_by", date(2024, 1, 1), True),
        ("government-flag", "granted_by", date(2026, 9, 30), True),
        ("government-flag", "granted_by", date(2026, 10, 1), False),
        (
            "local-fighter",
            "recipients",
            date(2014, 5, 31),
            False,
        ),  # a source of 2020 shows it as amended in 2014
        ("local-fighter", "recipients", date(2014, 6, 1), True),
        (
            "government-flag",
            "recipients",
            date(2018, 1, 1),
            False,
        ),  # the days of decree 91/2017 were not read
        ("government-flag", "nature", date(2025, 7, 1), False),  # no clause
        ("ministry-flag", "granted_by", LAW_2022, False),  # no source
    ],
)
def test_a_statement_is_verified_where_its_source_shows_the_text_of_the_day(award, aspect, day, is_verified):
    found = next(one for one in CATALOGUE.awards if one.id == award).on(day)
    assert found.statement(aspect).is_verified(day) is is_verified


# --- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "awards", "authority"),
    [
        ("Cờ thi đua", ["government-flag", "ministry-flag"], ""),
        ("cờ thi đua", ["government-flag", "ministry-flag"], ""),
        ("Cờ thi đua của Chính phủ", ["government-flag"], ""),
        ("“Cờ thi đua của Chính phủ”", ["government-flag"], ""),
        ("Danh hiệu “Cờ thi đua của Chính phủ”", ["government-flag"], ""),
        ("CỜ THI ĐUA CHÍNH PHỦ", ["government-flag"], ""),
        ("Cờ thi đua của Bộ Y tế", ["government-flag", "ministry-flag"], "Bộ Y tế"),
        ("Cờ thi đua cấp Bộ", ["ministry-flag"], ""),
        ("Bằng khen", ["prime-minister-certificate", "ministry-certificate"], ""),
        ("Bằng khen của Thủ tướng Chính phủ", ["prime-minister-certificate"], ""),
        ("Bằng khen Thủ tướng", ["prime-minister-certificate"], ""),
        ("Bằng khen của Chính phủ", ["prime-minister-certificate", "ministry-certificate"], "Chính phủ"),
        ("Giấy khen", ["letter-of-praise"], ""),
        ("Huân chương Lao động hạng Nhất", ["order"], ""),
        ("Huân chương Độc lập", ["order"], ""),
        ("Huân chương Tự do", [], ""),
        ("Tập thể Lao động xuất sắc", ["excellent-collective"], ""),
        ("Tập thể lao động tiên tiến", ["advanced-collective"], ""),
        ("Lao động tiên tiến", ["advanced-worker"], ""),
        ("Chiến sĩ thi đua", ["national-fighter", "ministry-fighter", "local-fighter"], ""),
        ("Chiến sỹ thi đua cấp cơ sở", ["local-fighter"], ""),
        ("Chiến sĩ thi đua ngành Xây dựng", ["ministry-fighter"], ""),
        ("Kỉ niệm chương “Vì sự nghiệp Thanh tra”", ["commemorative-medal"], ""),
        ("Cờ truyền thống", [], ""),
        ("Xuất sắc", [], ""),
        ("Bằng khen và Giấy khen", [], ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", [LAW_2003, LAW_2022])
def test_an_award_is_found_by_the_names_that_people_write(form, awards, authority, day):
    match = CATALOGUE.match(form, day)
    assert [one.award.id for one in match.provisions] == awards
    assert match.authority == authority


def test_every_name_of_the_catalogue_finds_its_own_award():
    for award in CATALOGUE.awards:
        for name in (award.name, *award.aliases):
            assert [one.award for one in CATALOGUE.match(name, LAW_2022).provisions] == [award], name


@pytest.mark.parametrize(
    ("authority", "kind"),
    [
        ("Chủ tịch nước", "president"),
        ("Chính phủ", "government"),
        ("chính phủ", "government"),
        ("Thủ tướng Chính phủ", "prime_minister"),
        ("Bộ Công an", "central"),
        ("Bộ trưởng Bộ Y tế", "central"),
        ("Thống đốc NHNN", "central"),
        ("Tổng Liên đoàn Lao động Việt Nam", "central"),
        ("Chánh án Tòa án nhân dân tối cao", "central"),
        ("Chánh án Toà án nhân dân tối cao", "central"),
        ("UBND tỉnh", "province"),
        ("Chủ tịch UBND tỉnh", "province"),
        ("Uỷ ban nhân dân tỉnh Hoa Ban", "province"),
        ("Chủ tịch UBND TP.HCM", "province"),
        ("Giám đốc Sở Y tế", "unit"),
        ("Sở Y tế", "unit"),
        ("UBND huyện Sốp Cộp", "district"),
        ("UBND thị xã", "district"),
        ("Chủ tịch UBND xã Nậm Lạnh", "commune"),
        ("Giám đốc Công ty cổ phần Hoa Ban", "enterprise"),
        ("Chủ tịch Hội đồng quản trị", "board"),
        ("cấp Bộ", None),
        ("NHNN", None),
        ("Bộ Tư lệnh Thủ đô Hà Nội", None),
        ("Khối trưởng", None),
        ("Khối thi đua số 1", None),
        ("UBND thành phố Hoa Ban", None),
        ("Sởi", None),
        ("Chính phủ điện tử", None),
        ("", None),
    ],
)  # fmt: skip
def test_an_authority_is_of_a_kind_only_where_its_name_says_so(authority, kind):
    found = CATALOGUE.kind_of(authority)
    assert (found.id if found else None) == kind


def test_no_two_kinds_claim_one_authority():
    names = [name for kind in CATALOGUE.authorities for name in (*kind.names, *kind.begins)]
    for name in names:
        assert len([kind.id for kind in CATALOGUE.authorities if kind.has(name)]) == 1, name
