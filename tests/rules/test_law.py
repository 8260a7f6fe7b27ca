"""Awards against the law of their day: what it rules out is noticed, and what it may allow is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import Finding, Place, Severity
from generator.law import load_catalogue
from generator.readers.conference import read_conference
from generator.rules import law
from generator.rules.law import check_award_authorities, check_award_natures, check_award_recipients
from generator.terminal import Speaker
from tests.rules.samples import make_conference, observe, told

ROOT = Path(__file__).resolve().parent.parent.parent
UNLAWFUL = "warning award-authority-unlawful"
BOARD = "Chủ tịch Hội đồng quản trị Công ty cổ phần Hoa Ban"
COMMUNE = "Chủ tịch UBND xã Nậm Lạnh"
DISTRICT = "Chủ tịch UBND huyện Sốp Cộp"


def award(form: str, authority: str | None = None, **facts: object) -> dict[str, object]:
    return {"status": "proposed", "form": form, "authority": authority, **facts}


def held_on(day: str, **facts: object) -> dict[str, object]:
    return {"event": {"year": "2025", "date": day}, **facts}


# --- who grants it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2016", "2024"])
@pytest.mark.parametrize(
    ("form", "authority", "field"),
    [
        ("Cờ thi đua", "Chính phủ", None),
        ("Cờ thi đua", "Bộ Công an", None),
        ("Cờ thi đua", "UBND tỉnh", None),
        ("Cờ thi đua", "Tổng Liên đoàn Lao động Việt Nam", None),
        ("Cờ thi đua", "NHNN", None),
        ("Cờ thi đua", "cấp Bộ", None),
        ("Cờ thi đua", None, None),
        ("Cờ thi đua", "Thủ tướng Chính phủ", "authority"),
        ("Cờ thi đua", "Giám đốc Sở Y tế", "authority"),
        ("Cờ thi đua của Chính phủ", None, None),
        ("Cờ thi đua của Chính phủ", "Chính phủ", None),
        ("Cờ thi đua của Chính phủ", "Thủ tướng Chính phủ", "authority"),
        ("Cờ thi đua của Chính phủ", "Bộ Công an", "authority"),
        ("Bằng khen", "Thủ tướng Chính phủ", None),
        ("Bằng khen", "Chủ tịch Ủy ban nhân dân tỉnh Hoa Ban", None),
        ("Bằng khen", "Khối trưởng", None),
        ("Bằng khen", "Chính phủ", "authority"),
        ("Bằng khen", "Chủ tịch nước", "authority"),
        ("Bằng khen", DISTRICT, "authority"),
        ("Bằng khen của Bộ Y tế", None, None),
        ("Bằng khen của Chính phủ", None, "form"),
        ("Bằng khen của Chính phủ", "Thủ tướng Chính phủ", "form"),
        ("Giấy khen", "Khối thi đua số 1", None),
        ("Giấy khen", "Giám đốc Sở Y tế", None),
        ("Giấy khen", COMMUNE, None),
        ("Giấy khen", BOARD, None),
        ("Giấy khen", "Bộ Nội vụ", None),
        ("Giấy khen", "Thủ tướng Chính phủ", "authority"),
        ("Huân chương Lao động hạng Ba", "Chủ tịch nước", None),
        ("Huân chương Lao động hạng Ba", "Thủ tướng Chính phủ", "authority"),
        ("Tập thể lao động xuất sắc", "Bộ trưởng Bộ Nội vụ", None),
        ("Tập thể lao động xuất sắc", "Giám đốc Sở Y tế", None),
        ("Tập thể lao động xuất sắc", "Chính phủ", "authority"),
        ("Chiến sĩ thi đua toàn quốc", "Bộ trưởng Bộ Nội vụ", "authority"),
        ("Đơn vị quyết thắng", "Thủ tướng Chính phủ", None),
        ("Cờ truyền thống", "Thủ tướng Chính phủ", None),
        ("xuất sắc", "Chính phủ", None),
    ],
)  # fmt: skip
def test_an_authority_that_may_not_grant_an_award_is_noticed(year, form, authority, field):
    noticed = told(check_award_authorities, event={"year": year}, awards=[award(form, authority)])
    assert noticed == ([f"{UNLAWFUL} awards[1].{field}"] if field else [])


@pytest.mark.parametrize(
    ("form", "authority", "day", "fits"),
    [
        ("Chiến sĩ thi đua cơ sở", BOARD, "31/12/2023", True),
        ("Chiến sĩ thi đua cơ sở", BOARD, "01/01/2024", False),
        ("Giấy khen", BOARD, "01/01/2024", True),
        ("Tập thể lao động tiên tiến", COMMUNE, "30/06/2025", False),
        ("Tập thể lao động tiên tiến", COMMUNE, "01/07/2025", True),
        ("Tập thể lao động tiên tiến", DISTRICT, "30/06/2025", True),
        ("Tập thể lao động tiên tiến", DISTRICT, "01/07/2025", False),
        ("Chiến sĩ thi đua cơ sở", BOARD, "30/06/2004", True),
        ("Cờ thi đua", "Thủ tướng Chính phủ", "30/06/2004", True),
        ("Cờ thi đua", "Thủ tướng Chính phủ", "01/07/2004", False),
    ],
)
def test_the_law_of_the_day_decides(form, authority, day, fits):
    noticed = told(check_award_authorities, **held_on(day, awards=[award(form, authority)]))
    assert noticed == ([] if fits else [f"{UNLAWFUL} awards[1].authority"])


@pytest.mark.parametrize(
    ("event", "fits"),
    [
        ({"year": "2023"}, True),
        ({"year": "2024"}, False),
        ({"year": "năm học 2023 - 2024"}, False),
        ({"year": "2023", "date": "15/01/2024"}, False),
        ({"year": "2023", "date": "01/2024"}, False),
        ({"year": "2023", "date": "12/2023"}, True),
        ({"year": "2023", "date": "2024"}, False),
        ({"year": "2023", "date": "15-1"}, True),
        ({"year": "2024", "date": "29/02/2024"}, False),
    ],
)
def test_where_the_day_is_not_known_the_last_one_that_it_may_be_decides(event, fits):
    awards = [award("Chiến sĩ thi đua cơ sở", BOARD)]
    assert (told(check_award_authorities, event=event, awards=awards) == []) is fits


@pytest.mark.parametrize(("year", "fits"), [("2022", True), ("2024", False), (None, True)])
def test_an_award_of_an_earlier_time_is_held_against_the_law_of_its_own_year(year, fits):
    awards = [award("Chiến sĩ thi đua cơ sở", BOARD, status="past", year=year)]
    assert (told(check_award_authorities, **held_on("15/01/2026", awards=awards)) == []) is fits


# --- who gets it ----------------------------------------------------------------------------------------

NOT_PERSONS, NOT_COLLECTIVES = "award-not-for-persons", "award-not-for-collectives"


@pytest.mark.parametrize("year", ["2016", "2024"])
@pytest.mark.parametrize(
    ("form", "recipient", "code"),
    [
        ("Cờ thi đua của Chính phủ", {"person": "A"}, NOT_PERSONS),
        ("Cờ thi đua của Chính phủ", {"unit": "bnv", "person": "A"}, NOT_PERSONS),
        ("Cờ thi đua", {"kind": "ca_nhan", "count": "3"}, NOT_PERSONS),
        ("Cờ thi đua", {"unit": "bnv"}, None),
        ("Cờ thi đua", {"block": "có"}, None),
        ("Cờ thi đua", {"kind": "tap_the", "person": "A"}, None),  # another rule tells of that
        ("Cờ thi đua", {"description": "những người xuất sắc"}, None),
        ("Tập thể lao động xuất sắc", {"person": "A"}, NOT_PERSONS),
        ("Tập thể lao động tiên tiến", {"all_units": "có"}, None),
        ("Chiến sĩ thi đua cơ sở", {"unit": "bnv"}, NOT_COLLECTIVES),
        ("Chiến sĩ thi đua", {"all_units": "có"}, NOT_COLLECTIVES),
        ("Chiến sĩ thi đua", {"kind": "ca_nhan", "unit": "bnv", "count": "3"}, None),
        ("Lao động tiên tiến", {"kind": "tap_the", "count": "3"}, NOT_COLLECTIVES),
        ("Kỷ niệm chương", {"unit": "bnv"}, NOT_COLLECTIVES),
        ("Bằng khen", {"unit": "bnv"}, None),
        ("Bằng khen", {"person": "A"}, None),
        ("Giấy khen", {"person": "A"}, None),
        ("Huân chương Lao động", {"unit": "bnv"}, None),
        ("Cờ truyền thống", {"person": "A"}, None),
    ],
)  # fmt: skip
def test_a_recipient_whom_an_award_is_not_for_is_noticed(year, form, recipient, code):
    awards = [award(form, recipients=[{"description": "ai đó"}, recipient])]
    noticed = told(check_award_recipients, event={"year": year}, awards=awards)
    assert noticed == ([f"warning {code} awards[1].recipients[2]"] if code else [])


# --- what it is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2016", "2024", "2025"])
@pytest.mark.parametrize(
    ("form", "nature", "code"),
    [
        ("Tập thể lao động xuất sắc", "danh_hieu", None),
        ("Tập thể lao động xuất sắc", "hinh_thuc_khen_thuong", "award-is-a-title"),
        ("Lao động tiên tiến", "xep_loai", "award-is-a-title"),
        ("Bằng khen", "hinh_thuc_khen_thuong", None),
        ("Bằng khen", "danh_hieu", "award-is-a-reward"),
        ("Giấy khen", "danh_hieu", "award-is-a-reward"),
        ("Huân chương Lao động hạng Nhì", "danh_hieu", "award-is-a-reward"),
        ("Cờ thi đua của Chính phủ", "danh_hieu", None),
        ("Cờ thi đua của Chính phủ", "hinh_thuc_khen_thuong", None),
        ("Cờ thi đua", "hinh_thuc_khen_thuong", None),
        ("Cờ thi đua", "xep_loai", "award-is-a-title"),
        ("Anh hùng Lao động", "hinh_thuc_khen_thuong", None),
        ("Cờ thi đua", None, None),
        ("hoàn thành xuất sắc nhiệm vụ", "xep_loai", None),
    ],
)  # fmt: skip
def test_a_title_is_no_reward_but_of_a_flag_either_is_said(year, form, nature, code):
    noticed = told(check_award_natures, event={"year": year}, awards=[award(form, nature=nature)])
    assert noticed == ([f"warning {code} awards[1].nature"] if code else [])


# --- what is told ---------------------------------------------------------------------------------------


def sentence(rule, language: str = "vi", **facts: object) -> str:
    (noticed,) = observe(rule, **facts)
    return Speaker(language).sentence(Finding(noticed.code, noticed.severity, Place(""), noticed.values))


def test_a_finding_names_the_clause_and_who_may():
    awards = [award("Danh hiệu “Chiến sĩ thi đua toàn quốc”", "Bộ trưởng Bộ Nội vụ")]
    assert sentence(check_award_authorities, event={"year": "2024"}, awards=awards) == (
        "“Danh hiệu Chiến sĩ thi đua toàn quốc” không thuộc thẩm quyền tặng của Bộ trưởng Bộ Nội vụ; "
        "cấp có thẩm quyền: Thủ tướng Chính phủ (khoản 2 Điều 78 Luật Thi đua, khen thưởng năm 2022)."
    )


def test_a_finding_says_when_its_clause_is_not_verified():
    facts = {"event": {"year": "2016"}, "awards": [award("Cờ thi đua của Chính phủ", "Thủ tướng Chính phủ")]}
    basis = "(Điều 78 Luật Thi đua, khen thưởng năm 2003; "
    assert sentence(check_award_authorities, **facts).endswith(basis + "căn cứ chưa kiểm chứng).")
    assert sentence(check_award_authorities, "en", **facts).endswith(
        basis + "not verified against the text)."
    )


def test_an_award_that_may_be_one_of_several_names_the_clauses_of_all():
    facts = {"event": {"year": "2024"}, "awards": [award("Cờ thi đua", recipients=[{"person": "A"}])]}
    assert sentence(check_award_recipients, **facts) == (
        "“Cờ thi đua” chỉ tặng cho tập thể, ở đây lại ghi cá nhân (Điều 25 Luật Thi đua, khen thưởng năm 2022; "
        "Điều 54 Nghị định 98/2023/NĐ-CP; căn cứ chưa kiểm chứng)."
    )


def test_an_award_that_the_authority_tells_apart_names_its_own_clause_only():
    facts = {
        "event": {"year": "2024"},
        "awards": [award("Cờ thi đua", "Chính phủ", recipients=[{"person": "A"}])],
    }
    assert sentence(check_award_recipients, **facts) == (
        "“Cờ thi đua” chỉ tặng cho tập thể, ở đây lại ghi cá nhân (Điều 25 Luật Thi đua, khen thưởng năm 2022)."
    )


def test_nothing_is_said_where_one_of_the_awards_that_are_meant_is_not_known_to_rule_it_out(monkeypatch):
    facts = {"event": {"year": "2024"}, "awards": [award("Cờ thi đua", recipients=[{"person": "A"}])]}
    assert len(observe(check_award_recipients, **facts)) == 1

    catalogue = load_catalogue()
    less = [replace(one, recipients=()) if one.id == "ministry-flag" else one for one in catalogue.awards]
    monkeypatch.setattr(law, "load_catalogue", lambda: replace(catalogue, awards=tuple(less)))
    assert observe(check_award_recipients, **facts) == []


# --- facts of the catalogue and of real conferences -----------------------------------------------------

RULES = (check_award_authorities, check_award_recipients, check_award_natures)
KINDS = {"tap_the": "collective", "ca_nhan": "person"}
NATURES = {"danh_hieu": "title", "hinh_thuc_khen_thuong": "reward"}


@given(
    st.sampled_from(load_catalogue().awards),
    st.integers(2005, 2030),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(sorted(NATURES)),
    st.sampled_from(load_catalogue().authorities),
)
def test_a_rule_notices_exactly_what_the_catalogue_does_not_permit(one, year, kind, nature, authority):
    name = min(authority.names or authority.begins)
    facts = award(one.name, name, nature=nature, recipients=[{"kind": kind}])
    conference = make_conference(event={"year": str(year)}, awards=[facts])
    noticed = {found.path[2] for rule in RULES for found in rule(conference)}

    provision = one.on(date(year, 12, 31))
    said = {
        "authority": provision.granted_by and provision.granted_by.permits(authority.id),
        "recipients": provision.recipients and provision.recipients.permits(KINDS[kind]),
        "nature": provision.nature and provision.nature.permits(NATURES[nature]),
    }
    assert noticed == {aspect for aspect, fits in said.items() if fits is False}


REAL = {
    "05a-ctxh-2013": ["award-authority-unlawful"],  # the source: "Thủ tướng Chính phủ tặng cờ thi đua"
    "05c-ctxh-2018-so-ket": ["award-authority-unlawful"],  # the source: "Bằng khen của Chính phủ"
}
"""Real conferences whose sources word an award otherwise than the law does."""


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "tests" / "conferences").iterdir()), ids=lambda one: one.name
)
def test_real_conferences_contradict_the_law_only_where_their_sources_do(folder):
    conference = read_conference(folder).conference
    assert conference is not None
    noticed = [found for rule in RULES for found in rule(conference)]
    assert [found.code for found in noticed] == REAL.get(folder.name, [])
    assert {found.severity for found in noticed} <= {Severity.WARNING}
