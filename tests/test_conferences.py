"""Minutes of real conferences of many kinds: they can be made, they read well, and no fact is lost on the way.

Each folder of conferences/ holds one conference as its source tells it, and the minutes that it gives. The last
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
from pydantic import BaseModel, ValidationError

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.model.base import WrittenMoney
from generator.model.conference import Conference
from generator.readers.conference import Reading, read_conference
from generator.rules.check import check_conference
from generator.tree import (
    BLANK_MARK,
    Document,
    ItemList,
    Para,
    Table,
    document_text,
    iter_blanks,
    plain_text,
)
from generator.vietnamese import PartialDate, TimeOfDay, format_count, format_date_long, format_time

ROOT = Path(__file__).resolve().parent.parent
CONFERENCES = ROOT / "tests" / "conferences"
TEMPLATES = ROOT / "templates"
SAMPLE = ROOT / "inputs" / "mau"

CASES = sorted(folder for folder in CONFERENCES.iterdir() if folder.is_dir())
ALL = [*CASES, SAMPLE, ROOT / "inputs" / "2016"]

every_case = pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
every_conference = pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)


@cache
def read(folder: Path) -> Reading:
    return read_conference(folder)


def conference_in(folder: Path) -> Conference:
    reading = read(folder)
    assert reading.findings == ()
    assert reading.conference is not None
    return reading.conference


def compose(conference: Conference) -> Document:
    return compose_document(load_kind(TEMPLATES, "minutes"), conference, TEMPLATES)


@cache
def minutes(folder: Path) -> Document:
    return compose(conference_in(folder))


def text_of(document: Document) -> str:
    return document_text(document).replace("\u00a0", " ")


# --- golden files -------------------------------------------------------------------------------------


@every_case
def test_minutes_are_as_they_were_accepted(folder, accept):
    golden = folder / "minutes.txt"
    text = document_text(minutes(folder)) + "\n"
    if accept:
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


# --- good Vietnamese ----------------------------------------------------------------------------------

STUMBLES = (
    r"None|Undefined|\[\]|\{\}",
    r"  |\n\n",
    r" [,.;:?!)”]",
    r"[(“] ",
    r",,|;;|::|\.\.(?!\.)|[,;:]\.|[.,:];|[;:],",
    r"\(\)|“”",
    r"\b(?!kết kết)(\w+) \1\b",  # "Lễ ký kết kết thúc" is right
)
"""What never stands in a document that reads well."""


@every_conference
@pytest.mark.parametrize("stumble", STUMBLES)
def test_nothing_stumbles(folder, stumble):
    assert not re.search(stumble, text_of(minutes(folder)))


@every_conference
def test_quotation_marks_and_brackets_are_closed(folder):
    text = text_of(minutes(folder))

    assert text.count("“") == text.count("”")
    assert text.count("(") == text.count(")")


@every_conference
def test_paragraphs_and_items_begin_and_end_as_sentences_do(folder):
    for block in minutes(folder).blocks:
        match block:
            case Para(content=content):
                lines, ends = [plain_text(content)], (".", ":", BLANK_MARK, "”")
            case ItemList(items=items):
                lines, ends = [plain_text(item) for item in items], (";", ".")
                assert [line[-1] for line in lines] == [";"] * (len(lines) - 1) + ["."]
            case _:
                continue
        for line in lines:
            assert line.endswith(ends), line
            assert not line[0].islower(), line


@every_conference
def test_no_table_has_an_empty_cell(folder):
    for table in (block for block in minutes(folder).blocks if isinstance(block, Table)):
        assert all(plain_text(cell) for row in (*table.header, *table.rows) for cell in row)


@every_conference
def test_a_theme_stands_in_one_pair_of_quotation_marks(folder):
    pledge = conference_in(folder).pledge
    for theme in (pledge.theme, pledge.past_theme) if pledge else ():
        if theme:
            assert "“" + "\n".join(theme.lines) + "”" in text_of(minutes(folder))


# --- nothing more is claimed than the facts say -------------------------------------------------------

GIVEN = ("handed_over", "granted", "past")


@every_conference
def test_what_is_only_proposed_is_never_said_to_be_given(folder):
    text = text_of(minutes(folder))
    statuses = {award.status for award in conference_in(folder).awards or []}

    assert ("đề nghị các" in text) == ("proposed" in statuses)
    assert ("trao tặng" in text) == ("handed_over" in statuses)
    if not statuses & {*GIVEN}:
        assert "được tặng" not in text


ELECTIONS = ("bầu", "tiến cử", "giới thiệu", "suy tôn", "được giao", "công nhận", "thống nhất")


@every_conference
def test_the_verb_of_an_election_is_that_of_the_facts(folder):
    conference = conference_in(folder)
    leaders = (conference.leadership.current, conference.leadership.next)
    known = {leader.method for leader in leaders if leader and leader.method}
    told = "\n".join(line for line in text_of(minutes(folder)).splitlines() if " làm " in line)

    assert {verb for verb in ELECTIONS if verb in told} == {
        verb for verb in ELECTIONS if any(verb in method for method in known)
    }


HEADINGS = {
    "05c-ctxh-2018-so-ket": ["Kết luận", "Trao tặng khen thưởng"],
    "06b-congan-cum5-giao-uoc-2019": ["Kết quả, hoạt động của Cụm", "Giao ước thi đua năm 2019"],
    "10-gddt-cum2-2020-2021": [
        "Kết quả công tác thi đua, khen thưởng năm học 2020-2021",
        "Thảo luận",
        "Phát biểu chỉ đạo",
    ],
    "11b-dongnai-khoi9-2016-so-ket": [
        "Kết quả công tác thi đua, khen thưởng 6 tháng đầu năm 2016",
        "Thảo luận",
        "Thông qua văn bản",
    ],
    "15a-noichinh-2022-so-ket": ["Khai mạc", "Báo cáo, tham luận"],
    "16a-luatgia-cum6-2018": [],
    "16b-luatgia-giao-uoc-2018": ["Giao ước thi đua năm 2018"],
}
"""The sections of conferences that have few of them: mid-year reviews, ceremonies, one without decisions."""


@pytest.mark.parametrize("name", HEADINGS)
def test_sections_without_facts_are_left_out(name):
    lines = text_of(minutes(CONFERENCES / name)).splitlines()
    headings = [re.sub(r"^\d+\. ", "", line) for line in lines if re.match(r"\d+\. ", line)]

    assert headings == HEADINGS[name]


SENTENCES = (
    # a person and units hold one office; the deputy's has a name of its own
    ("01-nhnn-khoi6-2025", "Trưởng khối năm 2025: PGS.TS. Phạm Thị Hoàng Anh."),
    (
        "01-nhnn-khoi6-2025",
        "Hội nghị đã bầu Đại học Ngân hàng TP.HCM làm Trưởng khối, Công đoàn Ngân hàng Việt Nam làm Phó Trưởng khối "
        "của Khối thi đua số 6 trong năm 2026.",
    ),
    ("01-nhnn-khoi6-2025", "Hội nghị thống nhất dành Cờ thi đua của NHNN cho Học viện Ngân hàng"),
    # two units preside, and one of them is written in two ways
    (
        "03-backan-vhxh-2022",
        "Chủ trì (chủ tọa): Ban Dân tộc (Trưởng Khối); Sở Giáo dục và Đào tạo (Phó Khối), đồng chủ trì.",
    ),
    ("03-backan-vhxh-2022", "\n4\nSở Lao động - Thương binh và Xã hội\nBằng khen\nChủ tịch UBND tỉnh\n"),
    ("03-backan-vhxh-2022", "Sở Văn hóa, Thể thao và Du lịch; Sở Thông tin và Truyền thông;"),
    # a day whose year is not known
    ("05c-ctxh-2018-so-ket", "Thời gian bắt đầu: … giờ … phút, sáng ngày 23 tháng 8 năm …."),
    ("05c-ctxh-2018-so-ket", "Hội nghị đã trao tặng Bằng khen của Chính phủ cho 06 đơn vị."),
    ("05d-ctxh-2017", "CCB: hội viên\nhơn 2,9 hội viên\n"),
    ("06a-congan-cum5-2017", "- Cờ thi đua của Chính phủ: …."),
    (
        "06a-congan-cum5-2017",
        "Lãnh đạo Cục X15 và Công an tỉnh Quảng Bình đã tặng hoa cho Cụm trưởng, Cụm phó năm 2018.",
    ),
    (
        "06b-congan-cum5-giao-uoc-2019",
        "- Lãnh đạo Công an tỉnh Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị, Thừa Thiên- Huế.",
    ),
    (
        "06b-congan-cum5-giao-uoc-2019",
        "Lãnh đạo 6 đơn vị đã quyên góp kinh phí để xây dựng “nhà tình thương” cho cán bộ Công an tỉnh Thừa Thiên- Huế.",
    ),
    (
        "06b-congan-cum5-giao-uoc-2019",
        "Khen thưởng đã được tặng năm 2018: Cờ thi đua của Bộ Công an cho 04 đơn vị.",
    ),
    ("08-tphcm-khoi8-2015-2016", "Cuộc họp đã bỏ phiếu kín về các danh hiệu, hình thức khen thưởng:"),
    ("08-tphcm-khoi8-2015-2016", "\nKết quả: …\n"),
    ("10-gddt-cum2-2020-2021", "Hình thức trực tuyến, tại 10 điểm cầu:"),
    (
        "10-gddt-cum2-2020-2021",
        "Chủ trì (chủ tọa): Sở GDĐT tỉnh Ninh Bình (Cụm trưởng); Ngô Thị Minh, Thứ trưởng (tại điểm cầu Bộ GDĐT).",
    ),
    ("11a-dongnai-khoi9-2015", "Hội nghị đã bầu THACO làm Cụm phó Khối thi đua số 9 trong năm 2016."),
    ("11a-dongnai-khoi9-2015", "\nTHACO\nCờ thi đua hạng Nhất\n…\n"),
    ("11c-dongnai-khoi9-2016", "Hội nghị đã bầu THACO làm Khối Trưởng, … làm Khối phó Khối thi đua số 9"),
    ("13-congdoan-yte-khoi3-2019", "100% các đại biểu nhất trí bầu Công đoàn Viện Huyết học"),
    (
        "13-congdoan-yte-khoi3-2019",
        "Tổng Liên đoàn Lao động Việt Nam (trình qua Công đoàn Y tế Việt Nam)",
    ),
    (
        "15a-noichinh-2022-so-ket",
        "Thiếu tướng Bùi Hải Sơn, Quyền Trưởng ban Ban Quản lý Lăng Chủ tịch Hồ Chí Minh, Tư lệnh Bộ Tư lệnh Bảo vệ "
        "Lăng (đơn vị Khối phó), đồng chủ trì.",
    ),
    ("16a-luatgia-cum6-2018", "Số có mặt: 37/43 Chi hội."),
    (
        "16b-luatgia-giao-uoc-2018",
        "Đại diện 43 Chi hội của Cụm thi đua đã cùng ký kết giao ước thi đua năm 2018.",
    ),
    ("16b-luatgia-giao-uoc-2018", "- 100% Chi hội tham gia, ký kết và hoàn thành kế hoạch năm 2018."),
    ("17j-tnvn-thuongtru-2011", "4 đơn vị đạt Cờ của Đài TNVN"),
    (
        "17j-tnvn-thuongtru-2011",
        "Chứng kiến: GS, TS Vũ Văn Hiền, Tổng Giám đốc, Chủ tịch Hội đồng TĐKT Đài TNVN.",
    ),
    (
        "17n-truongchinhtri-dbscl-2021",
        "Theo Quyết định 550-QĐ/HVCTQG và Hướng dẫn 30-HD/HVCTQG ngày 03/02/2021, trường chính trị Bạc Liêu được công "
        "nhận làm Cụm trưởng, trường chính trị Bến Tre được công nhận làm Cụm phó, trường chính trị Đồng Tháp",
    ),
)
"""Sentences in which a simpler program would go wrong."""


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_minutes_say(name, sentence):
    assert sentence in text_of(minutes(CONFERENCES / name))


def test_forms_of_award_without_a_result_give_no_table():
    voted = minutes(CONFERENCES / "08-tphcm-khoi8-2015-2016")

    assert not [block for block in voted.blocks if isinstance(block, Table)]


# --- no fact is lost ----------------------------------------------------------------------------------

NOT_IN_MINUTES = {
    # what belongs to the page on the web, to photographs, or to our knowledge of the sources
    "news.*": "the news page's own apparatus",
    "photos.*": "captions, files, credits",
    "provenance.*": "where the facts come from",
    # codes that choose words and are no words themselves, and keys under which other facts name a unit
    "*.kind": "code",
    "*.status": "code",
    "*.nature": "code",
    "*.role": "code",
    "event.format": "code",
    "event.date_basis": "code",
    "pledge.signed": "code",
    "scoring.self_score": "code",
    "scoring.cross_score": "code",
    "scoring.missing": "code",
    "scoring.rounding.way": "code",
    "scoring.rounding.stage": "code",
    "scoring.drop_extremes": "none are dropped here; tests/test_score_papers.py has a block that drops some",
    "votes.#.base": "code",
    "members.#.id": "key",
    "members.#.short": "another name; documents print the full one",
    "members.#.aliases.#": "another name",
    "block.aliases.#": "another name",
    "block.former_names.#": "another name",
    "block.number": "part of the block's name",
    "block.office_names.*": "printed with who holds the office, where it is known",
    "block.house": "look",
    # what other papers print: the minutes' form has no place for it
    "block.legal_basis.#": "the pledge",
    "pledge.bases.#": "the pledge",
    "pledge.number": "the pledge",
    "pledge.place": "the pledge",
    "pledge.date": "the pledge",
    "pledge.copies": "the pledge",
    "pledge.signatories.#.power": "the pledge's signatures",
    "pledge.organisation.#": "the pledge",
    "pledge.commitment": "the pledge",
    "papers.pledge.*": "the pledge",
    "papers.proposal.*": "the proposal",
    "papers.certificates.*": "the certificates",
    # what the facts are held against
    "award_quotas.*": "how many awards there may be",
    "leadership.rotation.*": "the rule by which heads take turns",
    "leadership.history.*": "who led the block before",
    "papers.minutes.place": "the form has no place-and-date line",
    "papers.minutes.date": "it chooses the regulation; the form prints the meeting's own",
}
"""Paths of facts that minutes do not print, and why; # is any position in a list."""

ANSWERS = {
    "scoring.drop_self": "Phiếu đơn vị chấm cho chính mình không được tính",
    "scoring.tie_decisions.#.shared": "đồng xếp thứ",
    "leadership.rotation.*": "",
    "nomination_letters": "văn bản suy tôn",
    "block.members_complete": "gồm",
    "*.all_units": "tất cả các đơn vị thành viên",
    "*.signed": "",
}
"""What a "có" is in the minutes."""


def iter_leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of all texts in raw facts."""
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in inner:
            yield from iter_leaves(child, (*path, key))
    elif value is not None:
        yield path


def fact_at(conference: Conference, path: tuple[str | int, ...]) -> Any:
    value: Any = conference
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def printed_forms(fact: Any, name: str, conference: Conference) -> set[str]:
    """Return the ways in which minutes may print *fact*."""
    match fact:
        case PartialDate():
            return {format_date_long(fact)}
        case TimeOfDay():
            return {format_time(fact)}
        case WrittenMoney():
            return {fact.text}
        case bool():
            told = {**ANSWERS, "*.block": conference.block.name}
            return {next(words for pattern, words in told.items() if fnmatch(name, pattern)) if fact else ""}
        case int():
            return {format_count(fact)}
        case _:
            bare = str(fact).rstrip(" .;,")
            return {bare, conference.name_of(bare), bare.upper()}


def is_in(form: str, text: str) -> bool:
    """Tell whether *form* stands in *text* as whole words, whatever the case of its first letter."""
    first = f"[{re.escape(form[:1].lower() + form[:1].upper())}]" if form else ""
    start, end = r"(?<!\w)" if form[:1].isalnum() else "", r"(?!\w)" if form[-1:].isalnum() else ""
    return bool(re.search(start + first + re.escape(form[1:]) + end, text))


def iter_lost(raw: Any, conference: Conference) -> Iterator[tuple[str, set[str]]]:
    """Yield the paths of the facts that the minutes of *conference*, made of *raw*, do not print."""
    text = text_of(compose(conference))
    for path in iter_leaves(raw):
        name = name_of(path)
        forms = printed_forms(fact_at(conference, path), name, conference)
        if not is_left_out(name) and not any(is_in(form, text) for form in forms):
            yield name, forms


def name_of(path: tuple[str | int, ...]) -> str:
    return ".".join("#" if isinstance(part, int) else part for part in path)


def is_left_out(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in NOT_IN_MINUTES)


@every_conference
def test_every_fact_is_in_the_minutes(folder):
    assert list(iter_lost(read(folder).facts.value, conference_in(folder))) == []


@pytest.mark.parametrize("pattern", NOT_IN_MINUTES)
def test_every_path_that_is_left_out_exists(pattern):
    raw = [read(folder).facts.value for folder in ALL]

    assert any(fnmatch(name_of(path), pattern) for facts in raw for path in iter_leaves(facts))


COUNTED = ("scoring.",)
"""Figures, with a sign in which nothing could be counted; tests/test_score_papers.py has signs in all the rest."""


def is_sound(raw: Any) -> bool:
    try:
        Conference.model_validate(raw)
    except ValidationError:
        return False
    return True


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


# --- the sample ---------------------------------------------------------------------------------------


def iter_records(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for name in value.model_fields_set:
            yield from iter_records(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from iter_records(item)


def iter_record_types(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from iter_record_types(field.annotation)
    for inner in get_args(annotation):
        yield from iter_record_types(inner)


def owned(record: type[BaseModel], name: str) -> str:
    """Return the field *name* of *record*, called after the class that brought it in."""
    owner = next(base for base in reversed(record.__mro__) if name in getattr(base, "model_fields", ()))
    return f"{owner.__name__}.{name}"


def test_the_sample_uses_every_field_of_the_model():
    known = {owned(kind, name) for kind in iter_record_types(Conference) for name in kind.model_fields}
    used = {
        owned(type(record), name)
        for record in iter_records(conference_in(SAMPLE))
        for name in record.model_fields_set
        if getattr(record, name) is not None
    }

    assert sorted(known - used) == []


def test_the_minutes_of_the_sample_have_no_blank():
    assert list(iter_blanks(minutes(SAMPLE))) == []


def test_the_sample_breaks_no_rule():
    assert list(check_conference(conference_in(SAMPLE))) == []


def test_the_sample_says_that_it_is_invented():
    text = text_of(minutes(SAMPLE))

    assert "KHỐI THI ĐUA VÍ DỤ (SỐ LIỆU GIẢ ĐỊNH)" in text
    assert "Tài liệu mẫu: mọi đơn vị, nhân vật, sự việc và số liệu trong văn bản này đều là giả định." in text


# --- synthetic: what no source shows ------------------------------------------------------------------

BLOCK = {"name": "Khối thi đua giả định", "office_names": {"head": "Khối trưởng", "deputy": "Khối phó"}}


def say(facts: dict[str, Any]) -> str:
    """Return the minutes of a made-up conference with *facts*."""
    event = {"kind": "tong_ket", "year": "2018", "next_year": "2019"} | facts.get("event", {})
    block = BLOCK | facts.get("block", {})
    return text_of(compose(Conference.model_validate(facts | {"event": event, "block": block})))


@pytest.mark.parametrize("kind", ["tong_ket", "so_ket", "ky_giao_uoc", "binh_xet", "trien_khai"])
def test_a_conference_of_which_nothing_is_known_is_a_form_to_fill_in(kind):
    text = say({"event": {"kind": kind}})

    assert "Nội dung (theo diễn biến" in text
    assert not any(re.search(stumble, text) for stumble in STUMBLES)


HEAD, DEPUTY = {"unit": "Sở A"}, {"unit": "Sở B"}

LEADERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"head": HEAD}, "Khối trưởng năm 2019: Sở A."),
    ({"head": HEAD, "deputies": [DEPUTY]}, "Khối trưởng năm 2019: Sở A; Khối phó: Sở B."),
    ({"deputies": [DEPUTY, {"unit": "Sở C"}]}, "Khối phó năm 2019: Sở B; Khối phó: Sở C."),
    ({"head": HEAD, "method": "luân phiên"}, "Khối trưởng năm 2019: Sở A (luân phiên)."),
    (
        {"head": HEAD, "deputies": [DEPUTY], "method": "được phân công"},
        "Sở A được phân công làm Khối trưởng, Sở B được phân công làm Khối phó Khối thi đua giả định năm 2019.",
    ),
    (
        {"head": HEAD, "method": "công nhận", "decision": "Quyết định số 1"},
        "Theo Quyết định số 1, Sở A được công nhận làm Khối trưởng Khối thi đua giả định năm 2019.",
    ),
    (
        {
            "head": {"post": "Giám đốc Đài D"},
            "deputies": [{"unit": "Sở B", "title": "Khối phó thứ hai"}],
            "method": "bầu",
        },
        "Hội nghị đã bầu Giám đốc Đài D làm Khối trưởng, Sở B làm Khối phó thứ hai Khối thi đua giả định trong năm 2019.",
    ),
    (
        {"head": {"unit": "Sở A", "person": {"name": "Lê A"}}, "method": "giới thiệu"},
        "Hội nghị đã giới thiệu Sở A (Lê A) làm Khối trưởng Khối thi đua giả định trong năm 2019.",
    ),
    (
        {"head": {}, "method": "bầu"},
        "Hội nghị đã bầu … làm Khối trưởng Khối thi đua giả định trong năm 2019.",
    ),
)


@pytest.mark.parametrize(("leaders", "sentence"), LEADERS)
def test_leaders_are_told_in_the_words_of_the_facts(leaders, sentence):
    assert sentence in say({"leadership": {"next": leaders}}).splitlines()


AWARDS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"status": "granted", "recipients": [{"block": "có"}]}, "Khối thi đua giả định được tặng Cờ thi đua."),
    ({"status": "granted"}, "… được tặng Cờ thi đua."),
    ({"status": "handed_over", "year": "2017"}, "Hội nghị đã trao tặng Cờ thi đua năm 2017."),
    (
        {
            "status": "handed_over",
            "recipients": [{"unit": "Sở A"}, {"person": "ông Lê A"}],
            "reason": "dẫn đầu Khối",
        },
        "Hội nghị đã trao tặng Cờ thi đua cho Sở A và ông Lê A, lý do: dẫn đầu Khối.",
    ),
    ({"status": "agreed"}, "Hội nghị thống nhất dành Cờ thi đua cho …."),
    ({"status": "past", "year": "2017"}, "Khen thưởng đã được tặng năm 2017: Cờ thi đua."),
)


@pytest.mark.parametrize(("award", "sentence"), AWARDS)
def test_awards_are_told_by_their_status(award, sentence):
    assert sentence in say({"awards": [{"form": "Cờ thi đua"} | award]}).splitlines()


def test_the_list_of_proposals_is_called_after_what_is_in_it():
    proposed = {"status": "proposed", "recipients": [{"unit": "Sở A"}], "authority": "Bộ B"}
    titles = [proposed | {"form": "Tập thể lao động xuất sắc", "nature": "danh_hieu"}]
    both = [*titles, proposed | {"form": "Bằng khen", "nature": "hinh_thuc_khen_thuong"}]

    assert "Hội nghị đề nghị các danh hiệu thi đua năm 2018 như sau:" in say({"awards": titles})
    assert "\nDanh hiệu thi đua, hình thức khen thưởng\n" in say({"awards": both})


VOTES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"subject": "thông qua quy chế"}, "Hội nghị đã thông qua quy chế."),
    (
        {"subject": "thông qua quy chế", "method": "biểu quyết", "present": "9", "agreed": "08"},
        "Hội nghị đã biểu quyết thông qua quy chế.\nKết quả: có mặt: 09; tán thành: 08.",
    ),
    ({"subject": "bầu Sở A", "method": "nhất trí"}, "Hội nghị đã nhất trí bầu Sở A."),
)


@pytest.mark.parametrize(("vote", "sentence"), VOTES)
def test_votes_are_told_with_the_numbers_that_are_known(vote, sentence):
    assert sentence in say({"votes": [vote]})


PLEDGES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"signed": "planned"}, "Dự kiến ký kết giao ước thi đua năm 2019."),
    (
        {"theme": {"lines": ["Tiến; lên"]}},
        "Văn bản giao ước: giao ước thi đua năm 2019, chủ đề: “Tiến; lên”.",
    ),
    ({"signatories": [{"unit": "Sở A", "signed": "không"}]}, "Sở A\n… (chưa ký)"),
    ({"witnesses": [{"unit": "Sở T", "verb": "ký xác nhận"}]}, "Ký xác nhận: Sở T."),
    (
        {"contents": [{"targets": [{"text": "doanh thu", "value": "5", "unit": "tỷ đồng"}]}]},
        "- Doanh thu: 5 tỷ đồng.",
    ),
)


@pytest.mark.parametrize(("pledge", "sentence"), PLEDGES)
def test_a_pledge_is_never_said_to_be_signed_unless_it_was(pledge, sentence):
    text = say({"pledge": pledge})

    assert sentence in text
    assert "đã cùng ký kết" not in text


@pytest.mark.parametrize("signed", ["no", "unknown"])
def test_a_pledge_of_which_nothing_is_told_has_no_section(signed):
    assert "Giao ước" not in say({"pledge": {"signed": signed, "year": "2019"}})


def test_scores_show_only_the_columns_that_the_facts_have():
    rows = [{"unit": "Sở A", "total": "99,5", "rank": "1"}, {"unit": "Sở B", "total": "98"}]

    assert "STT\nĐơn vị\nTổng điểm\nXếp thứ\n1\nSở A\n99,5\n1\n2\nSở B\n98\n…\n" in say(
        {"scoring": {"rows": rows}}
    )


def test_amounts_of_money_stay_as_they_are_written():
    text = say(
        {
            "charity": [
                {"verb": "ủng hộ", "text": "quỹ", "amount": amount}
                for amount in ("hơn 2,5 tỷ đồng", "100.000.000 đồng")
            ]
        }
    )

    assert "Đã ủng hộ quỹ với số tiền hơn 2,5 tỷ đồng.\nĐã ủng hộ quỹ với số tiền 100.000.000 đồng." in text
