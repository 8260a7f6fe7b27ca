"""Bulletins of real conferences of many kinds: they read well at every length, and full ones lose no fact.

Each folder of conferences/ holds one conference as its source tells it, and the bulletin that it gives. The last
part of this file holds what no source shows; its facts are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.model.conference import Conference
from generator.model.news import Passage
from generator.tree import (
    Document,
    Figure,
    ItemList,
    Para,
    Table,
    document_text,
    iter_blanks,
    iter_lines,
    plain_text,
)
from generator.vietnamese import PartialDate, format_count
from tests.test_conferences import (
    ALL,
    COUNTED,
    ELECTIONS,
    SAMPLE,
    STUMBLES,
    TEMPLATES,
    conference_in,
    every_case,
    every_conference,
    fact_at,
    is_in,
    is_sound,
    iter_leaves,
    name_of,
    printed_forms,
    read,
    text_of,
)

LENGTHS = ("short", "standard", "full")

every_length = pytest.mark.parametrize("length", LENGTHS)


def with_length(conference: Conference, length: str) -> Conference:
    return conference.model_copy(update={"news": conference.news.model_copy(update={"length": length})})


def compose(conference: Conference) -> Document:
    return compose_document(load_kind(TEMPLATES, "news"), conference, TEMPLATES)


@cache
def bulletin(folder: Path, length: str = "standard") -> Document:
    return compose(with_length(conference_in(folder), length))


def body_of(document: Document) -> list[str]:
    """Return the paragraphs of the text itself: no headline, stamp, photos, byline."""
    return [
        plain_text(line).replace("\u00a0", " ")
        for block in document.blocks
        if not isinstance(block, Figure) and not (isinstance(block, Para) and block.role != "body")
        for line in iter_lines(block)
    ]


def lead_of(document: Document) -> str:
    return next(
        plain_text(block.content)
        for block in document.blocks
        if isinstance(block, Para) and block.role == "lead"
    )


# --- golden files -------------------------------------------------------------------------------------


@every_case
def test_bulletins_are_as_they_were_accepted(folder, accept):
    golden = folder / "news.txt"
    text = document_text(bulletin(folder)) + "\n"
    if accept:
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


# --- good Vietnamese ----------------------------------------------------------------------------------


@every_conference
@every_length
def test_nothing_stumbles(folder, length):
    text = text_of(bulletin(folder, length))

    assert [stumble for stumble in STUMBLES if re.search(stumble, text)] == []


@every_conference
@every_length
def test_quotation_marks_and_brackets_are_closed(folder, length):
    text = text_of(bulletin(folder, length))

    assert text.count("“") == text.count("”")
    assert text.count("(") == text.count(")")


@every_conference
@every_length
def test_paragraphs_and_items_begin_and_end_as_sentences_do(folder, length):
    for block in bulletin(folder, length).blocks:
        match block:
            case Para(role="body" | "lead", content=content, keep_with_next=introduces):
                lines, ends = [plain_text(content)], (":",) if introduces else (".", ".”", "!”", "?”")
            case ItemList(items=items):
                lines, ends = [plain_text(item) for item in items], (";", ".")
                assert [line[-1] for line in lines] == [";"] * (len(lines) - 1) + ["."]
            case _:
                continue
        for line in lines:
            assert line.endswith(ends), line
            assert not line[0].islower(), line


@every_conference
@every_length
def test_sentences_are_parted_by_a_space(folder, length):
    stuck = re.compile(r"(?<!TP)[.:;,](?=[A-ZĐÀ-Ỹ][a-zà-ỹ])")

    assert [line for line in body_of(bulletin(folder, length)) if stuck.search(line)] == []


@every_conference
@every_length
def test_a_bulletin_has_no_blanks_and_no_empty_cell(folder, length):
    document = bulletin(folder, length)

    assert list(iter_blanks(document)) == []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        assert table.rows
        assert all(plain_text(cell) for row in (*table.header, *table.rows) for cell in row)


@every_conference
@every_length
def test_a_theme_stands_in_one_pair_of_quotation_marks(folder, length):
    conference = conference_in(folder)
    if conference.pledge and conference.pledge.theme:
        assert "“" + "\n".join(conference.pledge.theme.lines) + "”" in text_of(bulletin(folder, length))


@every_conference
def test_a_short_bulletin_says_nothing_that_a_longer_one_does_not(folder):
    standard = text_of(bulletin(folder))

    short = bulletin(folder, "short")
    lists = "\n".join(body_of(bulletin(folder)))
    assert [line for line in body_of(short) if line not in lists] == []
    assert lead_of(short) in standard
    assert len(text_of(short)) <= len(standard) <= len(text_of(bulletin(folder, "full")))


# --- nothing more is claimed than the facts say -------------------------------------------------------


@every_conference
@every_length
def test_what_is_only_proposed_is_never_said_to_be_given(folder, length):
    text = "\n".join(body_of(bulletin(folder, length)))
    statuses = {award.status for award in conference_in(folder).awards or []}

    assert ("đề nghị tặng" in text or "đề nghị các" in text) == ("proposed" in statuses)
    if "handed_over" not in statuses:
        assert "trao tặng" not in text
        assert "được trao" not in text
    if not statuses & {"granted", "past"}:
        assert "được tặng" not in text


@every_conference
@every_length
def test_the_verb_of_an_election_is_that_of_the_facts(folder, length):
    conference = conference_in(folder)
    leaders = (conference.leadership.current, conference.leadership.next)
    known = {leader.method for leader in leaders if leader and leader.method}
    told = "\n".join(line for line in text_of(bulletin(folder, length)).splitlines() if " làm " in line)

    assert {verb for verb in ELECTIONS if verb in told} <= {
        verb for verb in ELECTIONS if any(verb in method for method in known)
    }


INVENTED = (
    "thành công tốt đẹp",
    "vừa tổ chức",
    "hôm nay",
    "vừa qua",
    "Trong năm qua",
    "trang trọng",
    "sôi nổi",
)


@every_conference
@every_length
def test_no_ornament_is_added(folder, length):
    text = text_of(bulletin(folder, length))

    assert [phrase for phrase in INVENTED if phrase in text] == []


@every_conference
@every_length
def test_the_day_of_publication_is_told_in_the_stamp_only(folder, length):
    conference = conference_in(folder)
    event, published = conference.event.date, conference.news.published_at
    days = re.findall(r"\d+/\d+/\d{4}", published or "")
    document = bulletin(folder, length)

    if not (event and event.is_complete and days):
        assert not [day for day in days if day in " ".join([lead_of(document), *body_of(document)])]


# --- no fact is lost ----------------------------------------------------------------------------------

NOT_IN_NEWS = {
    "provenance.*": "where the facts come from",
    "papers.*": "numbers, dates and recipients of the papers",
    # codes that choose words and are no words themselves, and keys under which other facts name a unit
    "*.kind": "code",
    "*.status": "code",
    "*.nature": "code",
    "*.role": "code",
    "event.format": "code",
    "event.date_basis": "code",
    "pledge.signed": "code",
    "news.length": "code",
    "photos.#.position": "code",
    "photos.#.behind": "code",
    "photos.#.file": "the picture itself",
    "news.print_label": "of the page on the web only",
    "members.#.id": "key",
    "members.#.short": "another name; documents print the full one",
    "members.#.aliases.#": "another name",
    "block.aliases.#": "another name",
    "block.former_names.#": "another name",
    "block.number": "part of the block's name",
    "block.office_names.*": "printed with who holds the office, where it is known",
    "block.house": "look",
    # how scores come about, and what the facts are held against
    "scoring.self_score": "code",
    "scoring.cross_score": "code",
    "scoring.drop_self": "the minutes",
    "scoring.drop_extremes": "the minutes",
    "scoring.missing": "code",
    "scoring.weights.*": "the minutes",
    "scoring.rounding.*": "the minutes",
    "scoring.ties.#": "the minutes",
    "scoring.source": "the minutes",
    "scoring.criteria.*": "the minutes",
    "scoring.marks.*": "the minutes",
    "scoring.rows.#.self_points.#": "the minutes",
    "votes.#.invalid": "the minutes",
    "votes.#.base": "code",
    "votes.#.threshold.*": "the minutes",
    "votes.#.results.*": "the minutes",
    "votes.#.board.#": "the minutes",
    "award_quotas.*": "how many awards there may be",
    "leadership.rotation.*": "the rule by which heads take turns",
    "leadership.history.*": "who led the block before",
    # told by the headline or the lead, which the facts may give in other words
    "event.title": "the headline, or the lead in other words",
    "event.noun": "in the lead",
    "block.parent": "in a lead that is drafted",
    # what only papers print: a page of news does not show who stayed away, or on what the block rests
    "secretaries.*": "the minutes",
    "attendance.absent.*": "the minutes",
    "block.legal_basis.#": "the pledge",
    "pledge.bases.#": "the pledge",
    "pledge.number": "the pledge",
    "pledge.place": "the pledge",
    "pledge.date": "the pledge",
    "pledge.copies": "the pledge",
    "pledge.organisation.#": "the pledge",
    "pledge.commitment": "the pledge",
    "pledge.signatories.#.power": "the pledge's signatures",
}
"""Paths of facts that a full bulletin does not print, and why; # is any position in a list."""


def forms_of(fact: Any, name: str, conference: Conference) -> set[str]:
    """Return the ways in which a bulletin may print *fact*."""
    if isinstance(fact, PartialDate):
        return {day_as_newspapers_write_it(fact)}
    if name == "news.views":
        return {str(fact)}
    if name == "event.next_year" and conference.pledge is None and not conference.leadership.next:
        return {""}  # nothing of the next year is told that would name it
    return printed_forms(fact, name, conference)


def day_as_newspapers_write_it(day: PartialDate) -> str:
    month = format_count(day.month) if day.month in (1, 2) else day.month
    return "/".join(str(part) for part in (format_count(day.day), month, day.year) if part is not None)


def is_left_out(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in NOT_IN_NEWS)


def iter_lost(raw: Any, conference: Conference) -> Iterator[tuple[str, set[str]]]:
    text = text_of(compose(with_length(conference, "full")))
    for path in iter_leaves(raw):
        name = name_of(path)
        forms = forms_of(fact_at(conference, path), name, conference)
        if not is_left_out(name) and not any(is_in(form, text) for form in forms):
            yield name, forms


@every_conference
def test_every_fact_is_in_a_full_bulletin(folder):
    assert list(iter_lost(read(folder).facts.value, conference_in(folder))) == []


@pytest.mark.parametrize("pattern", NOT_IN_NEWS)
def test_every_path_that_is_left_out_exists(pattern):
    raw = [read(folder).facts.value for folder in ALL]

    assert any(fnmatch(name_of(path), pattern) for facts in raw for path in iter_leaves(facts))


def test_every_text_is_printed_in_a_place_of_its_own_and_signs_of_markup_stay_as_they_are():
    raw: Any = deepcopy(read(SAMPLE).facts.value)
    for number, path in enumerate(iter_leaves(raw)):
        owner: Any = raw
        for part in path[:-1]:
            owner = owner[part]
        plain = owner[path[-1]]
        owner[path[-1]] = f"{plain} & <b{number}>"
        name = name_of(path)
        if is_left_out(name) or name.startswith(COUNTED) or not is_sound(raw):
            owner[path[-1]] = plain

    assert list(iter_lost(raw, Conference.model_validate(raw))) == []


def test_the_sample_says_that_it_is_invented():
    assert "đều là giả định." in text_of(bulletin(SAMPLE, "short"))


# --- holes --------------------------------------------------------------------------------------------

SECTIONS = sorted(set(read(SAMPLE).facts.value) - {"event", "block"})


def assert_reads_well(document: Document) -> None:
    text = text_of(document)
    assert [stumble for stumble in STUMBLES if re.search(stumble, text)] == []
    for block in document.blocks:
        if isinstance(block, Para) and block.role in ("lead", "body"):
            words = plain_text(block.content)
            assert words.endswith(":" if block.keep_with_next else (".", ".”"))
            assert not words[0].islower()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_bulletin_reads_well_without_a_section_and_with_no_other(section):
    facts = read(SAMPLE).facts.value
    kept = {name: facts[name] for name in ("event", "block", "members", section)}

    for raw in ({name: given for name, given in facts.items() if name != section}, kept):
        assert_reads_well(compose(with_length(Conference.model_validate(raw), "full")))


# --- the page on the web ------------------------------------------------------------------------------


@every_conference
def test_the_page_describes_itself_by_its_lead(folder):
    document = bulletin(folder)
    web, news = document.web, conference_in(folder).news

    assert web is not None
    assert lead_of(document).endswith(web.description)
    assert (web.author, web.print_label) == (news.byline or "", news.print_label or "")
    assert web.publisher == (news.source or news.author_unit or "")
    assert document.title == plain_text(next(iter_lines(document.blocks[0])))


def test_the_moment_of_publication_is_told_to_machines_where_it_is_known():
    told = {folder.name: bulletin(folder).web.published for folder in ALL if bulletin(folder).web.published}

    assert told == {
        "05c-ctxh-2018-so-ket": "2018-08-27T11:20",
        "10-gddt-cum2-2020-2021": "2021-07-29T13:46",
        "mau": "2025-01-16T19:51",
        "2016": "2017-02-17T19:51",
    }


# --- synthetic: what no source shows ------------------------------------------------------------------

BLOCK = {"name": "Khối thi đua giả định", "office_names": {"head": "Khối trưởng", "deputy": "Khối phó"}}


def make(facts: dict[str, Any], length: str) -> Document:
    event = {"kind": "tong_ket", "year": "2018", "next_year": "2019"} | facts.get("event", {})
    event = {key: value for key, value in event.items() if value is not None}
    block = BLOCK | facts.get("block", {})
    news = {"length": length} | facts.get("news", {})
    return compose(Conference.model_validate(facts | {"event": event, "block": block, "news": news}))


def say(facts: dict[str, Any], length: str = "full") -> str:
    """Return the bulletin of a made-up conference with *facts*; it never stumbles."""
    text = text_of(make(facts, length))
    assert [stumble for stumble in STUMBLES if re.search(stumble, text)] == []
    return text


@pytest.mark.parametrize("kind", ["tong_ket", "so_ket", "ky_giao_uoc", "binh_xet", "trien_khai"])
@every_length
def test_of_a_conference_of_which_nothing_is_known_only_the_lead_is_told(kind, length):
    document = make({"event": {"kind": kind}}, length)

    assert body_of(document) == []
    assert lead_of(document).startswith("Khối thi đua giả định tổ chức ")
    assert len(document.blocks) == 2


LEADS: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2018."),
    (
        {"event": {"date": "30-3", "part_of_day": "chiều"}},
        "Chiều 30/3, Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2018.",
    ),
    (
        {"event": {"date": "05/01/2019", "venue": {"province": "Hà Nội"}}},
        "Ngày 05/01/2019, tại Hà Nội, Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng "
        "năm 2018.",
    ),
    (
        {"event": {"date": "12/2018"}},
        "Tháng 12/2018, Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2018.",
    ),
    (  # only inferred
        {"event": {"date": "05/01/2019", "date_basis": "from_publication", "part_of_day": "sáng"}},
        "Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2018.",
    ),
    (
        {
            "event": {"year": "năm học 2017 - 2018", "next_year": "năm học 2018 - 2019"},
            "pledge": {"signed": "yes"},
        },
        "Khối thi đua giả định tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm học 2017 - 2018 và ký kết "
        "giao ước thi đua năm học 2018 - 2019.",
    ),
    (
        {
            "event": {"noun": "buổi làm việc", "kind": "binh_xet", "organiser": "Sở Nội vụ"},
            "block": {"parent": "Bộ X"},
        },
        "Sở Nội vụ tổ chức buổi làm việc bình xét thi đua, khen thưởng năm 2018 của Khối thi đua giả định (Bộ X).",
    ),
    (
        {"event": {"noun": "Họp", "format": "online"}},
        "Khối thi đua giả định tổ chức Họp tổng kết công tác thi đua, khen thưởng năm 2018 theo hình thức trực tuyến.",
    ),
    (
        {"event": {"kind": "ky_giao_uoc", "noun": "Hội nghị", "year": "2019", "next_year": None}},
        "Khối thi đua giả định tổ chức Hội nghị ký kết giao ước thi đua năm 2019.",
    ),
    (
        {
            "event": {"purposes": ["tổng kết năm 2018", "triển khai nhiệm vụ năm 2019"]},
            "pledge": {"signed": "yes"},
        },
        "Khối thi đua giả định tổ chức Hội nghị tổng kết năm 2018 và triển khai nhiệm vụ năm 2019; ký kết giao ước "
        "thi đua năm 2019.",
    ),
    ({"news": {"lead": "Sáng nay, Khối họp", "agency_tag": "(CT)"}}, "(CT) Sáng nay, Khối họp."),
)


@pytest.mark.parametrize(("facts", "lead"), LEADS)
def test_the_lead_tells_who_held_what_when_and_where_as_far_as_known(facts, lead):
    assert lead_of(make(facts, "standard")) == lead


def test_what_a_given_lead_leaves_out_is_told_behind_it():
    event = {"date": "15/01/2019", "venue": {"province": "Hà Nội"}, "host": "Sở A", "organiser": "Sở B"}
    lead = "Ngày 15/01/2019, Khối tổ chức Hội nghị."

    text = say({"event": event, "news": {"lead": lead}}, "standard")

    assert "\nHội nghị diễn ra tại Hà Nội. Hội nghị do Sở B tổ chức, Sở A đăng cai." in text


HEADLINES: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "Khối thi đua giả định tổng kết công tác thi đua, khen thưởng năm 2018"),
    ({"title": "Hội nghị tổng kết năm 2018"}, "Khối thi đua giả định tổ chức Hội nghị tổng kết năm 2018"),
    ({"title": "tổng kết khối thi đua giả định"}, "Tổng kết khối thi đua giả định"),
    ({"title": "Tổng kết năm 2018"}, "Tổng kết năm 2018"),
    ({"kind": "ky_giao_uoc"}, "Khối thi đua giả định tổ chức Lễ ký kết giao ước thi đua năm 2018"),
)


@pytest.mark.parametrize(("event", "headline"), HEADLINES)
def test_a_headline_is_made_of_the_title_or_of_the_block_and_its_work(event, headline):
    assert make({"event": {"next_year": None} | event}, "standard").title == headline


STAMPS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, []),
    ({"views": "3.633"}, ["Lượt xem: 3633"]),
    ({"published_at": "07:51 PM 17/02/2017"}, ["07:51 PM 17/02/2017"]),
    ({"published_at": "07:51 PM 17/02/2017", "views": "0"}, ["07:51 PM 17/02/2017 | Lượt xem: 0"]),
)


@pytest.mark.parametrize(("news", "stamp"), STAMPS)
def test_the_stamp_is_as_the_site_writes_it(news, stamp):
    blocks = make({"news": news | {"print_label": "In bài viết"}}, "standard").blocks

    assert [plain_text(b.content) for b in blocks if isinstance(b, Para) and b.role == "stamp"] == stamp


BYLINES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"byline": "Kim Thu"}, ["Kim Thu"]),
    (
        {"byline": "Hoài Thương", "author_unit": "Văn phòng", "source": "Báo A"},
        ["Hoài Thương - Văn phòng", "Nguồn: Báo A"],
    ),
    ({"source": "Theo: Như Thùy"}, ["Theo: Như Thùy"]),
)


@pytest.mark.parametrize(("news", "lines"), BYLINES)
def test_author_and_source_stand_at_the_end(news, lines):
    blocks = make({"news": news}, "short").blocks

    assert [plain_text(block.content) for block in blocks[-len(lines) :]] == lines
    assert all(block.role == "byline" for block in blocks[-len(lines) :])


A = {"honorific": "ông", "name": "Lê A", "positions": [{"title": "Giám đốc", "unit": "Sở A"}]}
B = {"honorific": "bà", "name": "Vũ B"}

CHAIRS: tuple[tuple[list[dict[str, Any]], str], ...] = (
    ([{"person": A}], "Ông Lê A, Giám đốc Sở A, chủ trì Hội nghị."),
    ([{"person": B}], "Bà Vũ B chủ trì Hội nghị."),
    ([{"unit": "Sở A"}], "Sở A chủ trì Hội nghị."),
    (
        [{"unit": "Sở A", "role": "dong_chu_tri"}, {"unit": "Sở B", "role": "dong_chu_tri"}],
        "Hội nghị do Sở A và Sở B đồng chủ trì.",
    ),
    (
        [{"unit": "Sở Khoa học và Công nghệ"}, {"unit": "Sở B"}],
        "Hội nghị do Sở Khoa học và Công nghệ cùng Sở B chủ trì.",
    ),
    (
        [{"person": A, "place": "điểm cầu Huế"}, {"person": B, "office": "Khối phó"}],
        "Hội nghị do ông Lê A, Giám đốc Sở A (tại điểm cầu Huế) và bà Vũ B (Khối phó) chủ trì.",
    ),
    (
        [{"person": B}, {"person": A}, {"person": B, "unit": "Sở C"}],
        "Hội nghị do bà Vũ B; ông Lê A, Giám đốc Sở A; bà Vũ B, Sở C, chủ trì.",
    ),
    (
        [{"person": A, "role": "doan_chu_tich"}, {"person": B, "role": "doan_chu_tich"}],
        "Đoàn Chủ tịch Hội nghị gồm ông Lê A, Giám đốc Sở A; bà Vũ B.",
    ),
)


@pytest.mark.parametrize(("chairs", "sentence"), CHAIRS)
def test_who_presided_is_told_in_one_sentence(chairs, sentence):
    assert sentence in body_of(make({"chairs": chairs}, "standard"))


def test_an_online_meeting_names_its_points_and_who_presides_where():
    text = say(
        {
            "event": {
                "format": "online",
                "points": [{"place": "điểm cầu Huế", "chair": "ông Lê A"}, {"place": "Sở B"}],
            }
        },
        "standard",
    )

    assert "năm 2018 theo hình thức trực tuyến.\n" in text
    assert "Hội nghị diễn ra tại các điểm cầu: điểm cầu Huế (chủ trì: ông Lê A); Sở B." in text


GUESTS: tuple[tuple[list[dict[str, Any]], str], ...] = (
    ([{"people": [B, {"name": "Lê C"}]}], "Tham dự Hội nghị có bà Vũ B và Lê C."),
    (
        [{"people": [A]}, {"description": "đại diện các sở"}],
        "Tham dự Hội nghị có ông Lê A, Giám đốc Sở A; đại diện các sở.",
    ),
    (
        [{"label": "Về phía Bộ X", "people": [A]}, {"label": "khách mời", "people": [A]}],
        "Tham dự Hội nghị, về phía Bộ X có ông Lê A, Giám đốc Sở A. Cùng dự có khách mời: ông Lê A, Giám đốc Sở A.",
    ),
    ([{"units": ["Sở A", "Sở Y, Dược"]}], "Tham dự Hội nghị có đại diện Sở A; Sở Y, Dược."),
    (
        [
            {"prefix": "lãnh đạo Công an huyện", "units": ["Phước Sơn", "Tiên Phước"]},
            {"description": "khách mời"},
        ],
        "Tham dự Hội nghị có lãnh đạo Công an huyện Phước Sơn và Tiên Phước; khách mời.",
    ),
    (
        [{"people": [{"name": "Lê A", "positions": [{"title": "Chánh Văn phòng"}], "unit": "Văn phòng B"}]}],
        "Tham dự Hội nghị có Lê A, Chánh Văn phòng B.",
    ),
)


@pytest.mark.parametrize(("groups", "sentence"), GUESTS)
def test_guests_are_told_in_the_order_of_the_facts(groups, sentence):
    assert sentence in body_of(make({"attendance": {"groups": groups}}, "standard"))


NUMBERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"present": "37", "invited": "43", "counted": "Chi hội"}, "Có 37/43 Chi hội dự Hội nghị."),
    ({"present": "9", "counted": "đại biểu"}, "Có 09 đại biểu dự Hội nghị."),
    ({"invited": "43", "counted": "Chi hội"}, "Có 43 Chi hội được mời dự Hội nghị."),
    ({"present": "37", "invited": "43"}, "Số có mặt: 37/43."),
)


@pytest.mark.parametrize(("attendance", "sentence"), NUMBERS)
def test_numbers_of_those_present_are_told_with_what_they_count(attendance, sentence):
    assert sentence in body_of(make({"attendance": attendance}, "standard"))


SPEECHES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("conclusion", {"speaker": A}, "Ông Lê A, Giám đốc Sở A, phát biểu kết luận Hội nghị."),
    ("conclusion", {"points": ["đổi mới", "sáng tạo;"]}, "Kết luận Hội nghị nhấn mạnh: đổi mới; sáng tạo."),
    (
        "directing_speech",
        {"speaker": A, "text": ["Khối cần đổi mới.", "Các đơn vị cần thi đua."], "points": ["giữ kỷ cương"]},
        "Phát biểu chỉ đạo Hội nghị, ông Lê A, Giám đốc Sở A: Khối cần đổi mới. Các đơn vị cần thi đua, đồng thời nhấn "
        "mạnh giữ kỷ cương.",
    ),
    ("opening_speech", {"quote": "Đoàn kết"}, "Phát biểu khai mạc Hội nghị: “Đoàn kết”."),
    (
        "opening_speech",
        {"speaker": B, "text": ["nêu yêu cầu của năm"], "quote": "Đoàn kết!"},
        "Phát biểu khai mạc Hội nghị, bà Vũ B nêu yêu cầu của năm. “Đoàn kết!”",
    ),
)


@pytest.mark.parametrize(("name", "speech", "sentence"), SPEECHES)
def test_speeches_flow(name, speech, sentence):
    assert sentence in body_of(make({name: speech}, "standard"))


def test_who_concludes_is_said_to_conclude_where_the_facts_have_them_preside():
    conclusion = {"speaker": B, "text": ["tiếp thu các ý kiến"]}

    assert "Bà Vũ B tiếp thu các ý kiến." in say({"conclusion": conclusion})
    assert "Kết luận Hội nghị, bà Vũ B tiếp thu các ý kiến." in say(
        {"conclusion": conclusion, "chairs": [{"person": B}]}
    )


REMARKS: tuple[tuple[list[dict[str, Any]], str], ...] = (
    (
        [{"text": "các đại biểu góp ý"}, {"text": "các đơn vị thống nhất"}],
        "Tại Hội nghị, các đại biểu góp ý. Các đơn vị thống nhất.",
    ),
    (
        [{"speaker": A, "text": "Cần đổi mới"}],
        "Thảo luận tại Hội nghị, ông Lê A, Giám đốc Sở A: Cần đổi mới.",
    ),
    ([{"unit": "Sở A", "text": "đề nghị đổi mới"}], "Thảo luận tại Hội nghị, đại diện Sở A đề nghị đổi mới."),
)


@pytest.mark.parametrize(("remarks", "sentence"), REMARKS)
def test_remarks_are_told_with_whose_they_are_as_far_as_known(remarks, sentence):
    assert sentence in body_of(make({"discussion": remarks}, "standard"))


WORK: tuple[tuple[dict[str, Any], str], ...] = (
    (
        {
            "activities": [
                {"text": "hội nghị", "count": "2"},
                {"text": "tập huấn"},
                {"text": "tọa đàm", "places": ["Huế"]},
            ]
        },
        "Trong năm 2018, Khối đã tổ chức 02 hội nghị và tập huấn; tổ chức tọa đàm tại Huế.",
    ),
    (
        {
            "activities": [{"text": "tập huấn", "date": "tháng 3"}],
            "event": {"kind": "so_ket", "period": {"label": "6 tháng đầu năm 2018"}},
        },
        "Trong 6 tháng đầu năm 2018, Khối đã tổ chức tập huấn (tháng 3).",
    ),
    ({"movements": [{"name": "A"}, {"name": "B"}]}, "Trong năm 2018 có các phong trào thi đua “A” và “B”."),
    ({"movements": [{"name": "A", "launched_by": "Bộ X"}]}, "Bộ X phát động phong trào thi đua “A”."),
    ({"movements": [{"name": "A", "text": "mọi đơn vị dự."}]}, "Phong trào thi đua “A”: mọi đơn vị dự."),
    # charity: no sum; one donor, two receivers; nobody named
    ({"charity": [{"donor": "Khối", "verb": "ủng hộ", "text": "quỹ"}]}, "Khối đã ủng hộ quỹ."),
    (
        {
            "charity": [
                {"donor": "Khối", "verb": "tặng", "goods": "suất quà", "count": "5", "beneficiary": "xã A"},
                {
                    "donor": "Khối",
                    "verb": "trao",
                    "text": "học bổng",
                    "beneficiary": "xã B",
                    "amount": "10 triệu đồng",
                },
            ]
        },
        "Khối đã tặng 05 suất quà cho xã A và trao học bổng cho xã B với số tiền 10 triệu đồng.",
    ),
    (
        {"charity": [{"verb": "ủng hộ", "text": "quỹ", "amount": "hơn 2,5 tỷ đồng"}]},
        "Trong hoạt động xã hội, từ thiện, đã ủng hộ quỹ với số tiền hơn 2,5 tỷ đồng.",
    ),
    (
        {"results": {"statistics": [{"measure": "thu ngân sách", "value": "5", "unit": "tỷ đồng"}]}},
        "Thu ngân sách: 5 tỷ đồng.",
    ),
    ({"results": {"narrative": ["Câu một. Câu hai"]}}, "Câu một. Câu hai."),
    (
        {"classifications": [{"label": "hoàn thành xuất sắc nhiệm vụ", "fraction": "06/6"}]},
        "Có 06/6 đơn vị được xếp loại hoàn thành xuất sắc nhiệm vụ.",
    ),
    (
        {"classifications": [{"label": "Khá", "units": ["Sở A", "Sở B"]}]},
        "Sở A và Sở B được xếp loại Khá.",
    ),
    ({"recommendations": [{"text": "sớm ban hành hướng dẫn"}]}, "Hội nghị kiến nghị sớm ban hành hướng dẫn."),
    (
        {"recommendations": [{"text": "tăng biên chế", "addressee": "Bộ X"}, {"text": "sửa quy chế"}]},
        "Hội nghị kiến nghị: Bộ X tăng biên chế; sửa quy chế.",
    ),
    ({"event": {"side_events": [{"text": "lễ dâng hương"}]}}, "Bên lề Hội nghị có lễ dâng hương."),
    (
        {"reports": [{"title": "Báo cáo tổng kết"}, {"title": "phim tài liệu", "kind": "video"}]},
        "Hội nghị đã nghe Báo cáo tổng kết; xem phim tài liệu.",
    ),
)


@pytest.mark.parametrize(("facts", "sentence"), WORK)
def test_the_years_work_is_told_in_sentences(facts, sentence):
    assert sentence in body_of(make(facts, "full"))


LEADERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"head": {"unit": "Sở A"}}, "Sở A làm Khối trưởng Khối thi đua giả định năm 2019."),
    (
        {"head": {"unit": "Sở A"}, "deputies": [{"unit": "Sở B"}, {"unit": "Sở C"}], "method": "bầu chọn"},
        "Hội nghị đã bầu chọn Sở A làm Khối trưởng, Sở B và Sở C làm Khối phó Khối thi đua giả định trong năm 2019.",
    ),
    (
        {
            "head": {"person": A},
            "deputies": [{"post": "Giám đốc Đài D"}, {"unit": "Sở B", "title": "Khối phó thứ hai"}],
            "method": "suy tôn",
        },
        "Hội nghị đã suy tôn ông Lê A, Giám đốc Sở A, làm Khối trưởng, Giám đốc Đài D làm Khối phó, Sở B làm Khối phó "
        "thứ hai Khối thi đua giả định trong năm 2019.",
    ),
    (
        {"head": {"unit": "Sở A", "person": {"name": "Lê A"}}, "method": "luân phiên"},
        "Sở A (Lê A) làm Khối trưởng Khối thi đua giả định năm 2019 theo hình thức luân phiên.",
    ),
    (
        {"head": {"unit": "Sở A"}, "method": "công nhận", "decision": "Quyết định số 1"},
        "Theo Quyết định số 1, Sở A được công nhận làm Khối trưởng Khối thi đua giả định năm 2019.",
    ),
    ({"head": {}, "method": "bầu"}, "Hội nghị đã bầu Khối trưởng Khối thi đua giả định trong năm 2019."),
    (
        {"handover": {"what": "cờ luân lưu", "verb": "trao", "receiver": "Sở B"}},
        "Cờ luân lưu đã được trao cho Sở B.",
    ),
)


@pytest.mark.parametrize(("leaders", "sentence"), LEADERS)
def test_leaders_are_told_in_the_words_of_the_facts(leaders, sentence):
    assert sentence in body_of(make({"leadership": {"next": leaders}}, "standard"))


def test_an_office_whose_holder_is_unknown_is_left_out():
    assert body_of(make({"leadership": {"next": {"head": {}}, "current": {"head": {}}}}, "full")) == []


AWARDS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"status": "proposed"}, "Hội nghị đề nghị tặng Cờ thi đua."),
    (
        {"status": "proposed", "recipients": [{"kind": "ca_nhan", "count": "3"}], "reason": "dẫn đầu"},
        "Hội nghị đề nghị tặng Cờ thi đua cho 03 cá nhân (dẫn đầu).",
    ),
    (
        {"status": "proposed", "recipients": [{"all_units": "có"}], "year": "2017", "via": ["Bộ X"]},
        "Hội nghị đề nghị tặng Cờ thi đua năm 2017 cho tất cả các đơn vị thành viên (trình qua Bộ X).",
    ),
    ({"status": "agreed", "recipients": [{"unit": "Sở A"}]}, "Hội nghị thống nhất dành Cờ thi đua cho Sở A."),
    ({"status": "agreed"}, "Hội nghị thống nhất về Cờ thi đua."),
    ({"status": "granted", "recipients": [{"block": "có"}]}, "Khối thi đua giả định được tặng Cờ thi đua."),
    ({"status": "granted", "authority": "Bộ X"}, "Cờ thi đua của Bộ X đã được tặng."),
    (
        {
            "status": "handed_over",
            "recipients": [{"unit": "Sở A"}, {"person": "ông Lê A"}],
            "reason": "có thành tích",
        },
        "Tại Hội nghị, Cờ thi đua đã được trao cho Sở A và ông Lê A vì có thành tích.",
    ),
    (
        {
            "status": "handed_over",
            "handed_by": ["Khối trưởng", "Khối phó"],
            "recipients": [{"description": "tập thể"}],
        },
        "Khối trưởng và Khối phó đã trao tặng Cờ thi đua cho tập thể.",
    ),
    (
        {
            "status": "past",
            "year": "2017",
            "recipients": [{"count": "4", "description": "đơn vị"}],
            "reason": "dẫn đầu",
        },
        "Năm 2017, 04 đơn vị được tặng Cờ thi đua (dẫn đầu).",
    ),
    ({"status": "past"}, "Trước đó, Cờ thi đua đã được tặng."),
)


@pytest.mark.parametrize(("award", "sentence"), AWARDS)
def test_awards_are_told_by_their_status(award, sentence):
    assert sentence in body_of(make({"awards": [{"form": "Cờ thi đua"} | award]}, "standard"))


def test_awards_of_every_status_stand_side_by_side_and_apart():
    statuses = ("past", "proposed", "agreed", "granted", "handed_over")
    awards = [
        {"form": f"Bằng {n}", "status": s, "recipients": [{"unit": "Sở A"}]} for n, s in enumerate(statuses)
    ]

    assert body_of(make({"awards": awards}, "standard")) == [
        "Hội nghị đề nghị tặng Bằng 1 cho Sở A.",
        "Hội nghị thống nhất dành Bằng 2 cho Sở A.",
        "Sở A được tặng Bằng 3. Tại Hội nghị, Bằng 4 đã được trao cho Sở A.",
        "Trước đó, Sở A được tặng Bằng 0.",
    ]


def test_the_grounds_stand_before_the_first_of_what_was_agreed_and_proposed():
    award = {"form": "Cờ", "recipients": [{"unit": "Sở A"}]}
    awards = [award | {"status": "agreed"}, award | {"status": "proposed"}]

    assert body_of(make({"awards": awards, "nomination_letters": "có"}, "short")) == [
        "Căn cứ vào văn bản suy tôn, Khối thi đua giả định thống nhất dành Cờ cho Sở A.",
        "Hội nghị đề nghị tặng Cờ cho Sở A.",
    ]


def test_the_list_of_proposals_is_called_after_what_is_in_it():
    proposed = {"status": "proposed", "recipients": [{"unit": "Sở A"}]}
    titles = [proposed | {"form": form, "nature": "danh_hieu"} for form in ("Tập thể A", "Tập thể B")]
    both = [*titles, proposed | {"form": "Bằng khen", "nature": "hinh_thuc_khen_thuong"}]

    assert (
        "Hội nghị đề nghị các danh hiệu thi đua năm 2018 như sau: Tập thể A cho Sở A; Tập thể B cho Sở A."
        in say({"awards": titles})
    )
    assert "đề nghị các danh hiệu thi đua, hình thức khen thưởng năm 2018 như sau:" in say({"awards": both})


def test_names_that_hold_commas_make_a_list_of_the_proposals():
    units = [{"unit": "Sở Văn hóa, Thể thao và Du lịch"}, {"unit": "Sở B"}]
    awards = [{"status": "proposed", "form": form, "recipients": units} for form in ("Cờ", "Bằng khen")]

    assert (
        "như sau:\n- Cờ cho Sở Văn hóa, Thể thao và Du lịch; Sở B;\n"
        "- Bằng khen cho Sở Văn hóa, Thể thao và Du lịch; Sở B." in say({"awards": awards})
    )


VOTES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"subject": "thông qua quy chế"}, "Hội nghị đã thông qua quy chế."),
    ({"subject": "về quy chế"}, "Hội nghị đã lấy ý kiến về quy chế."),
    (
        {"subject": "thông qua quy chế", "method": "biểu quyết", "present": "9", "agreed": "08"},
        "Hội nghị đã biểu quyết thông qua quy chế. Kết quả: có mặt 09; tán thành 08.",
    ),
    (
        {"subject": "thông qua quy chế", "method": "biểu quyết", "percent": "95%", "voters": "các đại biểu"},
        "Hội nghị đã biểu quyết thông qua quy chế. Kết quả: 95% các đại biểu tán thành.",
    ),
    (
        {"subject": "thông qua quy chế", "method": "bỏ phiếu", "percent": "95%"},
        "Hội nghị đã bỏ phiếu thông qua quy chế. Kết quả: tỷ lệ tán thành 95%.",
    ),
    ({"subject": "bầu Sở A", "method": "nhất trí", "percent": "100%"}, "100% đại biểu nhất trí bầu Sở A."),
)


@pytest.mark.parametrize(("vote", "sentence"), VOTES)
def test_votes_are_told_with_the_numbers_that_are_known(vote, sentence):
    assert sentence in body_of(make({"votes": [vote]}, "standard"))


def test_scores_show_only_the_columns_that_the_facts_have():
    rows = [{"unit": "Sở A", "total": "99,5", "rank": "1"}, {"unit": "Sở B", "total": "98"}]

    assert "Đơn vị\nTổng điểm\nXếp thứ\nSở A\n99,5\n1\nSở B\n98\n–" in say({"scoring": {"rows": rows}})
    assert "Sở A" not in say({"scoring": {"rows": rows}}, "standard")


def test_one_score_is_a_sentence_and_units_without_scores_are_no_table():
    one = {"scale_max": "1000", "rows": [{"unit": "Sở A", "total": "988", "rank": "1"}]}

    assert "Trên thang điểm tối đa 1000, Sở A đạt tổng điểm 988, xếp thứ 1." in say({"scoring": one})
    assert body_of(make({"scoring": {"rows": [{"unit": "Sở A"}]}}, "full")) == []


PLEDGES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"signed": "planned", "when": "quý I"}, ["Giao ước thi đua năm 2019 dự kiến được ký kết (quý I)."]),
    (
        {"signed": "yes", "theme": {"lines": ["Tiến", "lên"], "label": "khẩu hiệu", "origin": "Bộ X"}},
        [
            "Đại diện các đơn vị của Khối thi đua đã cùng ký kết giao ước thi đua năm 2019 với khẩu hiệu: “Tiến\nlên” (do Bộ X phát động)."
        ],
    ),
    (
        {"theme": {"lines": ["Tiến; lên"]}, "past_theme": {"lines": ["Vững bước"]}},
        [
            "Giao ước thi đua đã thực hiện có chủ đề: “Vững bước”.",
            "Giao ước thi đua năm 2019 có chủ đề: “Tiến; lên”.",
        ],
    ),
    ({"signed": "unknown", "year": "2019"}, []),
    (
        {"signed": "yes", "theme": {"lines": []}, "past_theme": {"lines": []}, "declared_signatories": "6"},
        ["Đại diện 06 đơn vị của Khối thi đua đã cùng ký kết giao ước thi đua năm 2019."],
    ),
    ({"approver": {"verb": "phê duyệt"}, "witnesses": [{}]}, []),
    ({"signed": "no"}, []),
    ({"text": ["các đơn vị đăng ký"]}, ["Về giao ước thi đua năm 2019, các đơn vị đăng ký."]),
    (
        {"contents": [{"text": "giữ kỷ cương"}]},
        ["Nội dung giao ước là giữ kỷ cương."],
    ),
    (
        {
            "signatories": [
                {"unit": "Sở A", "person": "Lê A", "signed": "không"},
                {"unit": "Sở B", "position": "Giám đốc"},
            ]
        },
        ["Đại diện ký giao ước gồm Lê A, Sở A (chưa ký); Giám đốc Sở B."],
    ),
    ({"witnesses": [{"unit": "Sở T", "verb": "ký xác nhận"}]}, ["Sở T ký xác nhận giao ước."]),
    (
        {"campaigns": [{"name": "A"}, {"name": "B", "period": "2019 - 2020"}]},
        ["Giao ước gắn với “A” và “B” (2019 - 2020)."],
    ),
)


@pytest.mark.parametrize(("pledge", "lines"), PLEDGES)
def test_a_pledge_is_said_to_be_signed_only_where_it_was(pledge, lines):
    assert body_of(make({"pledge": pledge}, "full")) == lines


def test_a_ceremony_tells_the_signing_first():
    event = {"kind": "ky_giao_uoc", "year": "2019", "next_year": None}
    facts = {
        "event": event,
        "pledge": {"signed": "yes", "when": "Tại Lễ ký kết", "signed_by": "lãnh đạo 6 đơn vị"},
        "attendance": {"groups": [{"people": [A]}]},
    }

    assert body_of(make(facts, "standard")) == [
        "Tại Lễ ký kết, lãnh đạo 6 đơn vị đã cùng ký kết giao ước thi đua năm 2019.",
        "Tham dự Lễ ký kết có ông Lê A, Giám đốc Sở A.",
    ]


# --- photographs --------------------------------------------------------------------------------------


def figures_behind(document: Document) -> dict[str, str]:
    """Return of each photo, by its file, the words of the block before it."""
    pairs = zip(document.blocks, document.blocks[1:], strict=False)
    return {
        block.photo: plain_text(next(iter_lines(before), ()))
        for before, block in pairs
        if isinstance(block, Figure)
    }


@pytest.mark.parametrize("passage", get_args(Passage))
def test_a_photo_stands_behind_the_passage_that_the_facts_name(passage):
    facts = {
        "attendance": {"groups": [{"people": [A]}]},
        "results": {"overview": ["Khối làm tốt."], "narrative": ["Các đơn vị làm tốt."]},
        "activities": [{"text": "tập huấn"}],
        "charity": [{"donor": "Khối", "verb": "ủng hộ", "text": "quỹ"}],
        "discussion": [{"text": "các đại biểu góp ý"}],
        "conclusion": {"speaker": B},
        "awards": [{"form": "Cờ", "status": status} for status in ("proposed", "handed_over")],
        "leadership": {"next": {"head": {"unit": "Sở A"}}},
        "pledge": {"signed": "yes", "text": ["Khối trưởng phát động thi đua."]},
        "photos": [{"file": "photos/a.jpg", "position": "inside", "behind": passage}],
    }
    starts = {
        "attendance": "Tham dự",
        "review": "Khối làm tốt",
        "activities": "Trong năm 2018",
        "charity": "Khối đã ủng hộ",
        "discussion": "Tại Hội nghị, các đại biểu",
        "conclusion": "Bà Vũ B",
        "proposals": "Hội nghị đề nghị",
        "awards": "Tại Hội nghị, Cờ",
        "leaders": "Sở A làm",
        "pledge": "Đại diện các đơn vị",
    }

    assert figures_behind(make(facts, "standard"))["photos/a.jpg"].startswith(starts[passage])


def test_a_photo_is_never_lost_whatever_its_place():
    places = [{"position": place} for place in ("before", "inside", "after")]
    photos = [
        *places,
        {},
        *({"behind": passage} for passage in get_args(Passage)),
        {"position": "after", "behind": "pledge"},
    ]
    facts = {"photos": [photo | {"file": f"{n}.jpg"} for n, photo in enumerate(photos)]}

    document = make(facts, "standard")

    assert sorted(block.photo for block in document.blocks if isinstance(block, Figure)) == sorted(
        f"{n}.jpg" for n in range(len(photos))
    )
    assert [block.photo for block in make(facts, "short").blocks if isinstance(block, Figure)] == ["0.jpg"]


CAPTIONS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"caption": "Toàn cảnh"}, "Toàn cảnh"),
    ({"caption": "Toàn cảnh", "credit": "Kim Thu"}, "Toàn cảnh (Ảnh: Kim Thu)"),
    ({"credit": "ảnh tư liệu"}, "(Ảnh tư liệu)"),
    ({"file": "photos/a.jpg"}, ""),
)


def test_a_photo_of_which_nothing_is_known_has_no_frame():
    assert not [b for b in make({"photos": [{"position": "after"}]}, "full").blocks if isinstance(b, Figure)]


@pytest.mark.parametrize(("photo", "caption"), CAPTIONS)
def test_a_caption_names_who_took_the_photo(photo, caption):
    (figure,) = (b for b in make({"photos": [photo]}, "full").blocks if isinstance(b, Figure))

    assert (plain_text(figure.caption), plain_text(figure.placeholder)) == (caption, "Chưa có tệp ảnh")
