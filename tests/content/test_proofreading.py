"""The proofreader is silent about what is right, and finds what is planted."""

from __future__ import annotations

import dataclasses
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.compose import compose_document, has_needed_facts
from generator.content.kind import Kind, load_kind
from generator.content.owed import OWED, has_words
from generator.content.proofreading import iter_sentences, proofread, read_template_words
from generator.findings import Observation, Severity
from generator.model.conference import Conference
from generator.model.knowledge import find_untraced, gather_knowledge
from generator.readers.conference import read_conference
from generator.tree import (
    Column,
    Document,
    Heading,
    ItemList,
    Para,
    Signature,
    SignatureGrid,
    Table,
    Text,
    Title,
)
from generator.vietnamese import find_figures, find_names

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
KINDS = ("minutes", "pledge", "news")
SEED, SAMPLE = ROOT / "inputs" / "2016", ROOT / "inputs" / "mau"
ALL = [
    SEED,
    SAMPLE,
    *sorted(folder for folder in (ROOT / "tests" / "conferences").iterdir() if folder.is_dir()),
]
every_conference = pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)

TOO_LONG_A_TITLE = ["05c-ctxh-2018-so-ket"]
"""Conferences without a headline whose own title, which becomes one, has more than 110 letters."""


@cache
def conference_in(folder: Path, length: str = "") -> Conference:
    conference = read_conference(folder).conference
    assert conference
    news = conference.news.model_copy(update={"length": length or conference.news.length})
    return conference.model_copy(update={"news": news})


@cache
def documents_of(folder: Path, length: str = "") -> tuple[tuple[Kind, Document], ...]:
    conference = conference_in(folder, length)
    kinds = [load_kind(TEMPLATES, name) for name in KINDS]
    wanted = [kind for kind in kinds if has_needed_facts(kind, conference, TEMPLATES)]
    return tuple((kind, compose_document(kind, conference, TEMPLATES)) for kind in wanted)


def told(observations: list[Observation]) -> list[str]:
    return [f"{one.code} {'.'.join(map(str, one.path))}" for one in observations]


def warnings_of(conference: Conference, documents: Any) -> list[Observation]:
    found = proofread(conference, documents, TEMPLATES)
    return [one for one in found if one.severity is not Severity.GAP]


# --- silence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "length"),
    [(folder, "standard") for folder in ALL]
    + [(folder, one) for folder in ALL[:8] for one in ("short", "full")],
    ids=lambda part: getattr(part, "name", part),
)
def test_nothing_is_said_of_documents_that_are_right(folder, length):
    found = warnings_of(conference_in(folder, length), documents_of(folder, length))

    expected = ["headline-too-long news.headline"] if folder.name in TOO_LONG_A_TITLE else []
    assert told(found) == expected


def test_there_was_much_to_be_said():
    """The figures and names that were looked at, and the facts that were looked for, are many."""
    traced = owed = 0
    for folder in ALL:
        conference = conference_in(folder, "standard")
        for kind, document in documents_of(folder, "standard"):
            if kind.id == "news":
                lines = list(iter_sentences(document))
                traced += sum(len(find_figures(line)) + len(find_names(line)) for line in lines)
            owed += sum(len(list(one.list_facts(conference))) for one in OWED if kind.id in one.kinds)

    assert traced > 1000
    assert owed > 200


@every_conference
def test_minutes_hold_only_what_the_facts_and_the_template_hold(folder):
    known = gather_knowledge(conference_in(folder), more=read_template_words(TEMPLATES, "minutes"))
    (document,) = [document for kind, document in documents_of(folder, "standard") if kind.id == "minutes"]

    assert [find_untraced(line, known) for line in iter_sentences(document)] == [
        ([], []) for _ in iter_sentences(document)
    ]


def test_it_is_done_soon():
    conference, documents = conference_in(SAMPLE), documents_of(SAMPLE)
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        list(proofread(conference, documents, TEMPLATES))
        taken.append(time.perf_counter() - started)

    assert min(taken) < 0.1


# --- planted defects ----------------------------------------------------------------------------------


def alter(node: Any, old: str, new: str) -> Any:
    """Return a tree with *new* in the place of *old* wherever it is printed."""
    if isinstance(node, Text):
        return Text(node.text.replace("\u00a0", " ").replace(old, new))
    if isinstance(node, tuple):
        return tuple(alter(one, old, new) for one in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        names = [field.name for field in dataclasses.fields(node)]
        return dataclasses.replace(node, **{name: alter(getattr(node, name), old, new) for name in names})
    return node


def find_planted(folder: Path, kind: str, old: str, new: str) -> list[Observation]:
    documents = [
        (one, alter(tree, old, new) if one.id == kind else tree) for one, tree in documents_of(folder, "full")
    ]
    assert documents != list(documents_of(folder, "full")), "nothing was planted"
    return warnings_of(conference_in(folder, "full"), documents)


NUMBER, NAME, NEAR = "figure-not-traceable", "name-not-traceable", "name-not-traceable-meant"
MISSING, SIGNING = "fact-missing-in-document", "signing-counts-differ"

PLANTED = [
    # figures
    (SEED, "giao ước thi đua năm 2017", "giao ước thi đua năm 2071", NUMBER, "2071"),
    (SEED, "(2016 – 2020)", "(2016 – 2021)", NUMBER, "2016 – 2021"),
    (SEED, "kế hoạch 5 năm", "kế hoạch 4 năm", NUMBER, "4 năm"),
    (SEED, "sơ kết 6 tháng", "sơ kết 9 tháng", NUMBER, "9 tháng"),
    (SEED, "100 triệu đồng", "110 triệu đồng", NUMBER, "110 triệu đồng"),
    (SEED, "100 triệu đồng", "10 triệu đồng", NUMBER, "10 triệu đồng"),
    (SEED, "100 triệu đồng", "100 tỷ đồng", NUMBER, "100 tỷ đồng"),
    (SEED, "100 triệu đồng", "100 triệu USD", NUMBER, "100 triệu USD"),
    (SEED, "Lượt xem: 3633", "Lượt xem: 3363", NUMBER, "3363"),
    (SEED, "17/02/2017", "17/02/2018", NUMBER, "17/02/2018"),
    (SEED, "07:51 PM", "07:15 PM", NUMBER, "07:15 PM"),
    (SEED, "đại diện 10 Bộ", "đại diện 12 Bộ", NUMBER, "12"),
    (SAMPLE, "48.658,2 tỷ", "48.568,2 tỷ", NUMBER, "48.568,2 tỷ đồng"),
    (SAMPLE, "100,8%", "108%", NUMBER, "108%"),
    (SAMPLE, "97,4%", "97,4", NUMBER, None),
    (SAMPLE, "15/QĐ-UBND", "51/QĐ-UBND", NUMBER, "51/QĐ-UBND"),
    (SAMPLE, "08 giờ 00 phút", "08 giờ 30 phút", NUMBER, "08 giờ 30 phút"),
    (SAMPLE, "40/42", "41/42", NUMBER, "41/42"),
    # names
    (SEED, "Vương Văn Đỉnh", "Vương Văn Đinh", NEAR, "Vương Văn Đỉnh"),
    (SEED, "Chu Văn Yêm", "Chu Văn Yên", NEAR, "Chu Văn Yêm"),
    (SEED, "tỉnh Sơn La", "tỉnh Lai Châu", NAME, "Lai Châu"),
    (SEED, "Sốp Cộp", "Sốp Cập", NEAR, "Sốp Cộp"),
    (SEED, "Bộ Nội vụ", "Bộ Tài chính", NAME, "Bộ Tài chính"),
    (SEED, "Văn phòng Chủ tịch nước", "Văn phòng Quốc hội", NAME, "Quốc hội"),
    (SEED, "Văn phòng Chủ tịch nước", "Văn phòng Chính phủ", NAME, "Văn phòng Chính phủ"),
    (SEED, "Bộ Nội vụ", "VDB", NAME, "VDB"),
    (SAMPLE, "tỉnh Hoa Ban", "tỉnh Hoa Lan", NEAR, "Hoa Ban"),
    (SAMPLE, "Trần Thị Thử", "Trần Thị Thứ", NEAR, "Trần Thị Thử"),
    (SAMPLE, "Sở Xây dựng tỉnh", "Sở Công thương tỉnh", NAME, "Sở Công thương"),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "old", "new", "code", "words"), PLANTED)
def test_what_no_fact_holds_is_found_in_the_bulletin(folder, old, new, code, words):
    found = find_planted(folder, "news", old, new)

    if words is None:  # a percentage without its sign has the figures that the facts have
        assert found == []
        return
    values = [set(one.values.values()) for one in found if one.code == code]
    assert any(words in shown for shown in values), [(one.code, dict(one.values)) for one in found]


SAME = [
    (SEED, "Lượt xem: 3633", "Lượt xem: 3.633"),
    (SEED, "đại diện 10 Bộ", "đại diện 010 Bộ"),
    (SEED, "100 triệu đồng", "100\u00a0triệu đồng"),
    (SEED, "07:51 PM", "19:51"),
    (SEED, "17/02/2017", "ngày 17 tháng 02 năm 2017"),
    (SEED, "Thanh Hóa", "Thanh Hoá"),
    (SEED, "tập huấn và tọa đàm", "Tập huấn và toạ đàm"),
    (SAMPLE, "02 hội nghị", "2 hội nghị"),
    (SAMPLE, "48.658,2 tỷ", "48658,2 tỷ"),
]


@pytest.mark.parametrize(("folder", "old", "new"), SAME)
def test_the_same_written_otherwise_is_the_same(folder, old, new):
    assert find_planted(folder, "news", old, new) == []


LOST = [
    # the block, the theme, the pledge
    (SEED, "news", "lao động sáng tạo", "lao động, sáng tạo", "pledge.theme.lines.0"),
    (SEED, "pledge", "lao động sáng tạo", "lao động, sáng tạo", "pledge.theme.lines.0"),
    (SEED, "minutes", "lao động sáng tạo", "lao động, sáng tạo", "pledge.theme.lines.0"),
    (SAMPLE, "news", "Hoàn thành xuất sắc nhiệm vụ năm 2025", "Hoàn thành nhiệm vụ năm 2025", "pledge.theme.lines.1"),
    (SEED, "minutes", "Bản giao ước thực hiện công tác thi đua năm 2017", "giao ước thi đua năm 2017", "pledge.name"),
    (SEED, "news", "Bản giao ước thực hiện", "Bản giao ước triển khai", "pledge.name"),
    # money, days, numbers
    (SEED, "minutes", "100 triệu đồng", "110 triệu đồng", "charity.0.amount"),
    (SAMPLE, "minutes", "ngày 15 tháng 01", "ngày 16 tháng 01", "event.date"),
    (SAMPLE, "news", "15/01/2025", "16/01/2025", "event.date"),
    (SEED, "minutes", "đại diện 10 Bộ", "đại diện 11 Bộ", "pledge.declared_signatories"),
    (SEED, "news", "đại diện 10 Bộ", "đại diện 100 Bộ", "pledge.declared_signatories"),
    # offices: another unit of the same facts, two that changed places, another office
    (SEED, "news", "Bộ Nội vụ làm Khối Phó", "Ngân hàng Phát triển Việt Nam làm Khối Phó", "leadership.next.deputies.0"),
    (SEED, "minutes", "Bộ Nội vụ làm Khối Phó", "Ngân hàng Phát triển Việt Nam làm Khối Phó", "leadership.next.deputies.0"),
    (SEED, "news", "Văn phòng Chủ tịch nước làm Khối Trưởng, Bộ Nội vụ làm Khối Phó",
     "Bộ Nội vụ làm Khối Trưởng, Văn phòng Chủ tịch nước làm Khối Phó", "leadership.next.head"),
    (SEED, "news", "Chủ tịch nước làm Khối Trưởng", "Chủ tịch nước làm Khối Phó", "leadership.next.head"),
    (SAMPLE, "news", "Sở Nội vụ tỉnh Hoa Ban làm Khối trưởng, Sở Y tế", "Sở Y tế tỉnh Hoa Ban làm Khối trưởng, Sở Nội vụ",
     "leadership.next.head"),
    # awards: another recipient, another authority, recipients that changed places, another form
    (SEED, "news", "cho Văn phòng Chủ tịch nước; Bằng khen của Thủ tướng Chính phủ cho Liên minh Hợp tác xã Việt Nam",
     "cho Liên minh Hợp tác xã Việt Nam; Bằng khen của Thủ tướng Chính phủ cho Văn phòng Chủ tịch nước", "awards.0.recipients.0"),
    (SEED, "news", "Bằng khen của Thủ tướng Chính phủ", "Bằng khen của Chủ tịch nước", "awards.1.recipients.0"),
    (SEED, "news", "Cờ thi đua của Chính phủ", "Giấy khen của Chính phủ", "awards.0.recipients.0"),
    (SEED, "news", "Liên minh Hợp tác xã Việt Nam và Ngân hàng", "Ngân hàng", "awards.1.recipients.0"),
    (SEED, "minutes", "Liên minh Hợp tác xã Việt Nam", "Liên minh Hợp tác xã", "awards.1.recipients.0"),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "kind", "old", "new", "path"), LOST)
def test_a_fact_that_one_document_lacks_is_found(folder, kind, old, new, path):
    found = find_planted(folder, kind, old, new)
    paths = {".".join(map(str, one.path)): one.values["name"] for one in found if one.code == MISSING}
    assert paths.get(path) == load_kind(TEMPLATES, kind).name


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_names_the_block(kind):
    assert f"{MISSING} block.name" in say(kind, page("Khối thi đua số 7.", headline=""))
    assert f"{MISSING} block.name" not in say(kind, page("KHỐI THI ĐUA\u00a0SỐ 6", headline=""))


def test_a_short_bulletin_owes_less():
    (found,) = [
        proofread(
            conference_in(SEED, "short"), [(load_kind(TEMPLATES, "news"), page("Một dòng."))], TEMPLATES
        )
    ]
    short = {one.path[0] for one in found if one.code == MISSING}
    full = {
        one.path[0]
        for one in proofread(
            conference_in(SEED), [(load_kind(TEMPLATES, "news"), page("Một dòng."))], TEMPLATES
        )
        if one.code == MISSING
    }

    assert short == {"block", "awards", "leadership", "pledge"}
    assert full - short == {"charity"}


# --- documents made by hand ---------------------------------------------------------------------------


def page(*lines: str, headline: str = "Khối thi đua số 6 tổng kết năm 2016") -> Document:
    blocks = [Para("headline", (Text(headline),))] if headline else []
    return Document("", "", "vi-VN", (*blocks, *(Para("body", (Text(line),)) for line in lines)))


def facts(**given: Any) -> Conference:
    event = {"kind": "tong_ket", "year": "2016", "next_year": "2017", **given.pop("event", {})}
    return Conference.model_validate({"event": event, "block": {"name": "Khối thi đua số 6"}, **given})


def say(kind: str, document: Document, **given: Any) -> list[str]:
    return told(list(proofread(facts(**given), [(load_kind(TEMPLATES, kind), document)], TEMPLATES)))


WHEN, WHERE = "news-when-unknown event.date", "news-where-unknown event.venue"


def test_what_the_bulletin_cannot_answer_is_listed():
    assert say("news", page("Khối thi đua số 6.")) == [WHEN, WHERE]
    assert say("news", page("Khối thi đua số 6, 17/02/2017."), event={"date": "17/02/2017"}) == [WHERE]
    assert say("news", page("Khối thi đua số 6."), event={"host": "Bộ Nội vụ"}) == [WHEN]
    assert say("minutes", page("Khối thi đua số 6.")) == []


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        ("", ["headline-missing"]),
        ("Khối thi đua số 6 tổng kết năm 2016.", ["headline-full-stop"]),
        ("KHỐI THI ĐUA SỐ 6", ["headline-all-capitals"]),
        ("Khối thi đua số 6 " + "thi đua " * 12, ["headline-too-long", "headline-untidy"]),
        ("Khối thi đua số 6 năm 2018", ["headline-year-differs", NUMBER]),
    ],
)
def test_a_drafted_headline_is_looked_at_as_a_written_one(headline, codes):
    found = [line.split()[0] for line in say("news", page("Khối thi đua số 6.", headline=headline))]

    assert [code for code in found if not code.endswith("unknown")] == codes


def test_a_written_headline_is_the_rules_business():
    news = {"headline": "KHỐI THI ĐUA SỐ 6."}

    assert say("news", page("Khối thi đua số 6.", headline=news["headline"]), news=news) == [WHEN, WHERE]


def test_the_year_in_the_pledges_title_is_the_pledges():
    def title(words: str) -> Document:
        block = Title((Text(words),), (Text("Khối thi đua số 6"),))
        return Document("", "", "vi-VN", (block,))

    assert say("pledge", title("BẢN GIAO ƯỚC THI ĐUA NĂM 2017")) == []
    assert say("pledge", title("BẢN GIAO ƯỚC THI ĐUA NĂM 2016")) == ["title-year-differs pledge.year"]
    year = {"pledge": {"year": "2018"}}
    assert say("pledge", title("BẢN GIAO ƯỚC THI ĐUA NĂM 2017"), **year) == ["title-year-differs pledge.year"]
    school = {"event": {"year": "2016 - 2017", "next_year": "2017 - 2018"}}
    assert say("pledge", title("GIAO ƯỚC THI ĐUA NĂM HỌC 2017 - 2018"), **school) == []
    assert say("pledge", title("GIAO ƯỚC THI ĐUA NĂM HỌC 2016 - 2017"), **school) == [
        "title-year-differs pledge.year"
    ]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("đại diện 10 đơn vị đã cùng ký kết giao ước", "đại diện 10 đơn vị ký giao ước", False),
        ("đại diện 10 đơn vị đã cùng ký kết giao ước", "đại diện 12 đơn vị ký giao ước", True),
        ("đại diện 10 Vụ, Viện ký giao ước", "đại diện 9 Vụ, Viện ký bản giao ước", True),
        ("có 37 đơn vị dự họp", "đại diện 43 đơn vị ký giao ước", False),
        ("có 9 đơn vị đăng ký giao ước", "đại diện 10 đơn vị ký giao ước", False),
        ("Có 9 đơn vị dự. Các đơn vị ký giao ước", "đại diện 10 đơn vị ký giao ước", False),
    ],
)
def test_two_documents_name_one_number_of_signatories(one, other, differ):
    documents = [
        (load_kind(TEMPLATES, kind), page(f"Khối thi đua số 6: {line}."))
        for kind, line in (("minutes", one), ("pledge", other))
    ]
    conference = facts(block={"name": "Khối thi đua số 6", "member_noun": "Vụ, Viện"})

    found = told(list(proofread(conference, documents, TEMPLATES)))
    assert found == (["signing-counts-differ pledge.declared_signatories"] if differ else [])


AWARDS = [
    {"status": "proposed", "form": "Cờ thi đua", "authority": "Chính phủ", "recipients": [{"unit": "Sở A"}]},
    {"status": "proposed", "form": "Bằng khen", "authority": "Bộ B", "recipients": [{"unit": "Sở C"}, {"person": "Lê Văn D"}]},
]  # fmt: skip


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        columns=tuple(Column(1) for _ in rows[0]),
        header=(((Text("Số"),), *((Text("x"),) for _ in rows[0][1:])),),
        rows=tuple(tuple((Text(cell),) for cell in row) for row in rows),
    )


@pytest.mark.parametrize(
    ("blocks", "missing"),
    [
        ((Para("body", (Text("Cờ thi đua của Chính phủ cho Sở A; Bằng khen của Bộ B cho Sở C và Lê Văn D."),)),), []),
        ((Para("body", (Text("Sở A được đề nghị tặng Cờ thi đua của Chính phủ, Sở C và Lê Văn D được đề nghị tặng Bằng khen của Bộ B."),)),), []),
        ((Para("body", (Text("Sở C được đề nghị tặng Cờ thi đua của Chính phủ, Sở A và Lê Văn D được đề nghị tặng Bằng khen của Bộ B."),)),), [(0, 0), (1, 0)]),
        ((table(("1", "Sở A", "Cờ thi đua", "Chính phủ"), ("2", "Sở C", "Bằng khen", "Bộ B"), ("3", "Lê Văn D", "Bằng khen", "Bộ B")),), []),
        ((table(("1", "Sở C", "Cờ thi đua", "Chính phủ"), ("2", "Sở A", "Bằng khen", "Bộ B"), ("3", "Lê Văn D", "Bằng khen", "Bộ B")),), [(0, 0), (1, 0)]),
        ((Para("body", (Text("Cờ thi đua của Chính phủ cho:"),)), ItemList("-", ((Text("Sở A;"),),)), Para("body", (Text("Bằng khen của Bộ B cho:"),)), ItemList("-", ((Text("Sở C;"),), (Text("ông Lê Văn D."),)))), []),
        ((Para("body", (Text("Cờ thi đua của Chính phủ cho Sở An; Bằng khen của Bộ B cho Sở C và Lê Văn Dũng."),)),), [(0, 0), (1, 1)]),
    ],
)  # fmt: skip
def test_an_award_stands_with_its_recipient(blocks, missing):
    opening = Para("body", (Text("Khối thi đua số 6."),))
    found = say("minutes", Document("", "", "vi-VN", (opening, *blocks)), awards=AWARDS)

    assert found == [f"{MISSING} awards.{i}.recipients.{j}" for i, j in missing]


LEADERS = {
    "next": {
        "head": {"unit": "Sở A"},
        "deputies": [{"unit": "Sở B"}, {"unit": "Sở C", "title": "Khối phó thứ hai"}],
    }
}


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("bầu Sở A làm Khối trưởng, Sở B làm Khối phó, Sở C làm Khối phó thứ hai", []),
        ("Khối trưởng năm 2017: Sở A; Khối phó năm 2017: Sở B; Khối phó thứ hai: Sở C", []),
        ("Khối trưởng là Sở A, Khối phó Sở B, Khối phó thứ hai là Sở C", []),
        ("Sở A được giao giữ nhiệm vụ Khối trưởng, Sở B (ông Lê Văn D, Giám đốc) làm Khối phó, Sở C làm Khối phó thứ hai", []),
        ("bầu Sở B làm Khối trưởng, Sở A làm Khối phó, Sở C làm Khối phó thứ hai", ["head", "deputies.0"]),
        ("bầu Sở A làm Khối trưởng, Sở C làm Khối phó, Sở B làm Khối phó thứ hai", ["deputies.0", "deputies.1"]),
        ("Khối trưởng năm 2017: Sở B; Khối phó năm 2017: Sở A; Khối phó thứ hai: Sở C", ["head", "deputies.0"]),
        ("bầu Sở A làm Khối trưởng, Sở B và Sở C làm Khối phó", ["deputies.0", "deputies.1"]),
        ("bầu Sở A, Sở B, Sở C vào ban lãnh đạo Khối", ["head", "deputies.0", "deputies.1"]),
    ],
)  # fmt: skip
def test_an_office_stands_beside_its_holder(line, missing):
    found = say("minutes", page(f"Khối thi đua số 6 {line}."), leadership=LEADERS)

    assert found == [f"{MISSING} leadership.next.{path}" for path in missing]


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("bầu Sở A cùng Sở B làm Khối phó", []),
        ("bầu Sở A và Sở B làm Khối phó", []),
        ("Khối phó: Sở A và Sở B", []),
        ("bầu Sở A làm Khối trưởng và Sở B làm Khối phó", [0]),
        ("bầu Sở A và Sở B; Khối phó do cấp trên chỉ định", [0, 1]),
    ],
)
def test_two_may_hold_one_office(line, missing):
    deputies = {"next": {"deputies": [{"unit": "Sở A"}, {"unit": "Sở B"}], "head": {"unit": "Sở C"}}}
    found = say("minutes", page(f"Khối thi đua số 6 {line}, bầu Sở C làm Khối trưởng."), leadership=deputies)

    assert found == [f"{MISSING} leadership.next.deputies.{i}" for i in missing]


def test_the_words_of_headings_lists_tables_and_signatures_are_read():
    signature = Signature(unit=(Text("SỞ Y TẾ"),), posts=(), note=(), name=(Text("Lê Văn Sáu"),))
    blocks = (
        Heading(1, "arabic", "7.", (Text("Ông Lê Văn Một"),)),
        ItemList("-", ((Text("ông Lê Văn Hai"),),)),
        table(("1", "ông Lê Văn Ba", "77"), ("2", "ông Lê Văn Bốn", "78")),
        SignatureGrid((2,), (signature,), (Text("Lê Văn Năm ký"),)),
    )
    document = dataclasses.replace(
        page("Khối thi đua số 6."), blocks=(*page("Khối thi đua số 6.").blocks, *blocks)
    )
    found = proofread(facts(), [(load_kind(TEMPLATES, "news"), document)], TEMPLATES)
    words = [one.values["words"] for one in found if "words" in one.values]

    assert words == [
        "Ông Lê Văn Một",
        "Lê Văn Hai",
        "Lê Văn Ba",
        "77",
        "Lê Văn Bốn",
        "78",
        "Lê Văn Năm",
        "Lê Văn Sáu",
    ]


def test_the_template_vouches_for_its_own_words(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "kind.yaml").write_text(
        "{name: Tin, file: tin, form: press, headings: []}", encoding="utf-8"
    )
    text = '<para a="Lê Văn Hai">Theo Nghị định 30 &amp; Lê Văn Một {{ "Hà Nội" if c else \'Huế\' }}</para>\n{# Lê Văn Ba #}'
    (tmp_path / "news" / "document.xml.j2").write_text(text, encoding="utf-8")
    (tmp_path / "_phrases.xml.j2").write_text("<item>Tổng Công ty 45</item>", encoding="utf-8")

    assert read_template_words(tmp_path, "news") == (
        "Theo Nghị định 30 & Lê Văn Một",
        "Hà Nội",
        "Huế",
        "Tổng Công ty 45",
    )
    lines = ["Khối thi đua số 6, ông Lê Văn Một, bà Lê Văn Hai, Nghị định 30, 31, Tổng Công ty 45."]
    found = list(proofread(facts(), [(load_kind(tmp_path, "news"), page(*lines))], tmp_path))
    assert [one.values["words"] for one in found if "words" in one.values] == ["31", "Lê Văn Hai"]


@pytest.mark.parametrize(
    ("text", "words", "is_there"),
    [
        ("khối thi đua số 10", "Khối thi đua số 1", False),
        ("khối thi đua số 1, số 2", "Khối thi đua số 1.", True),
        ("khối thi đua số 1", "KHỐI THI ĐUA SỐ 1", True),
        ("bộ nội vụ", "Bộ Nội", True),
        ("bộ nội vụ", "Bộ Nộ", False),
    ],
)
def test_words_are_found_whole(text, words, is_there):
    assert has_words(text, words) is is_there


# --- properties ---------------------------------------------------------------------------------------

PIECES = [
    *("Khối thi đua các Bộ, ngành tổng hợp", "Vương Văn Đỉnh", "Văn phòng Chủ tịch nước", "100 triệu đồng"),
    *("Ngân hàng Phát triển Việt Nam", "Thủ tướng Chính phủ", "tỉnh Sơn La", "năm 2016", "Bằng khen"),
    *("Bản giao ước thực hiện công tác thi đua năm 2017", "sơ kết 6 tháng", "Chu Văn Yêm", "huyện Sốp Cộp"),
]
JOINTS = [" và ", ", ", "; ", " của ", " cho ", " tại ", ". ", ": ", " cùng với "]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), min_size=1, max_size=8))
def test_a_text_of_facts_alone_is_traced(parts):
    text = "".join(piece + joint for piece, joint in parts)

    assert find_untraced(text, known_of_the_seed()) == ([], [])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), min_size=1, max_size=6),
    st.integers(min_value=101, max_value=10**9).filter(
        lambda number: number not in {2016, 2017, 2020, 3633, 10**8}
    ),
    st.integers(min_value=0, max_value=5),
)
def test_a_strange_figure_is_found_wherever_it_stands(parts, number, at):
    pieces = [piece + joint for piece, joint in parts]
    pieces.insert(at, f"có {number} người ")
    figures, names = find_untraced("".join(pieces), known_of_the_seed())

    assert [re.sub(r"\D", "", one.text) for one in figures] == [str(number)]
    assert names == []


@cache
def known_of_the_seed():
    return gather_knowledge(conference_in(SEED))
