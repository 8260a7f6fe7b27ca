"""Pledges of conferences of many kinds: they can be made, they read well, no fact is lost, and none is made up.

The pledge of each real conference stands in its folder of conferences/ (``pytest --accept`` writes it); what no
source shows is tested with facts that are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.content.compose import compose_document
from generator.content.kind import load_kind
from generator.model.conference import Conference
from generator.model.parties import Copy, list_copies, list_parties
from generator.rules.check import check_conference
from generator.tree import (
    BLANK_MARK,
    Document,
    Heading,
    ItemList,
    Letterhead,
    Para,
    Recipients,
    Signature,
    SignatureGrid,
    Table,
    Title,
    document_text,
    iter_blanks,
    plain_text,
)
from generator.vietnamese import PartialDate, format_count, format_date_long, format_date_short
from tests.test_conferences import (
    ALL,
    CASES,
    CONFERENCES,
    ROOT,
    SAMPLE,
    STUMBLES,
    TEMPLATES,
    conference_in,
    fact_at,
    is_in,
    is_sound,
    iter_leaves,
    name_of,
    read,
    text_of,
)

KIND = load_kind(TEMPLATES, "pledge")
SEED = ROOT / "inputs" / "2016"

every_case = pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
every_conference = pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)


def compose(conference: Conference, copy: Copy | None = None) -> Document:
    return compose_document(KIND, conference, TEMPLATES, copy)


@cache
def pledge_of(folder: Path) -> Document:
    return compose(conference_in(folder))


def conference(facts: dict[str, Any]) -> Conference:
    """Return a made-up conference with *facts*."""
    event = {"kind": "tong_ket", "year": "2018", "next_year": "2019"} | facts.get("event", {})
    block = {"name": "Khối thi đua giả định"} | facts.get("block", {})
    return Conference.model_validate(facts | {"event": event, "block": block})


def make(facts: dict[str, Any]) -> Document:
    return compose(conference(facts))


def say(facts: dict[str, Any]) -> str:
    return text_of(make(facts))


def grid_of(document: Document) -> SignatureGrid:
    (grid,) = (block for block in document.blocks if isinstance(block, SignatureGrid))
    return grid


def show(cell: Signature) -> list[str]:
    """Return the lines of a place to sign."""
    lines = [cell.unit, cell.office, *cell.posts, cell.note, cell.name]
    return [plain_text(line) for line in lines if line]


def signatories(number: int, **more: str) -> list[dict[str, str]]:
    return [{"unit": f"Chi hội số {n}", "person": f"Nguyễn Văn {n}", **more} for n in range(1, number + 1)]


# --- golden files -------------------------------------------------------------------------------------


@every_case
def test_pledges_are_as_they_were_accepted(folder, accept):
    golden = folder / "pledge.txt"
    text = document_text(pledge_of(folder)) + "\n"
    if accept:
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


# --- good Vietnamese ----------------------------------------------------------------------------------


@every_conference
@pytest.mark.parametrize("stumble", STUMBLES)
def test_nothing_stumbles(folder, stumble):
    assert not re.search(stumble, text_of(pledge_of(folder)))


@every_conference
def test_quotation_marks_and_brackets_are_closed(folder):
    text = text_of(pledge_of(folder))

    assert text.count("“") == text.count("”")
    assert text.count("(") == text.count(")")


@every_conference
def test_paragraphs_and_items_begin_and_end_as_sentences_do(folder):
    for block in pledge_of(folder).blocks:
        match block:
            case Para(role="legal_basis", content=content):
                lines, ends = [plain_text(content)], (";", ".")
            case Para(content=content):
                lines, ends = [plain_text(content)], (".", ":", BLANK_MARK)
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
    for table in (block for block in pledge_of(folder).blocks if isinstance(block, Table)):
        assert all(plain_text(cell) for row in (*table.header, *table.rows) for cell in row)


@every_conference
def test_the_text_ends_before_the_signatures_with_the_closing_mark(folder):
    blocks = pledge_of(folder).blocks
    at = next(n for n, block in enumerate(blocks) if isinstance(block, SignatureGrid))
    last = blocks[at - 1]

    assert isinstance(last, Para)
    assert last.keep_with_next
    assert plain_text(last.content).endswith("bản./.")
    assert text_of(pledge_of(folder)).count("./.") == 1


@every_conference
def test_the_parts_stand_in_the_order_of_such_papers(folder):
    kinds = [type(block) for block in pledge_of(folder).blocks]

    assert kinds[:2] == [Letterhead, Title]
    assert kinds.count(Letterhead) == kinds.count(Title) == kinds.count(SignatureGrid) == 1
    assert kinds[-1] in (SignatureGrid, Recipients)


@every_conference
def test_a_theme_stands_once_in_one_pair_of_quotation_marks(folder):
    pledge = conference_in(folder).pledge
    theme = "“" + "\n".join(pledge.theme.lines) + "”" if pledge and pledge.theme else None

    assert text_of(pledge_of(folder)).count(theme or "Chủ đề") == (1 if theme else 0)


# --- nothing is made up -------------------------------------------------------------------------------

HEADS = (
    r"nhiệm vụ chính trị|chuyên môn",
    r"chủ trương|pháp luật|Hồ Chí Minh",
    r"đảng|đoàn thể",
    r"thi đua,? khen thưởng",
    r"từ thiện|văn hóa|thể thao|an sinh",
)
"""The contents that pledges mostly have, by words that none of them does without (domain 6)."""


def body_of(document: Document) -> str:
    """Return what stands between the parties and the signatures, without theme."""
    text = text_of(document).partition("ký kết ")[2].partition("ĐẠI DIỆN")[0]
    return re.sub("“[^”]*”", "", text)


@every_conference
@pytest.mark.parametrize("head", HEADS)
def test_contents_that_the_facts_lack_are_not_filled_in(folder, head):
    pledge = conference_in(folder).pledge
    if not (pledge and pledge.contents):
        assert not re.search(head, body_of(pledge_of(folder)), re.IGNORECASE)
        assert "Nội dung giao ước: …" in text_of(pledge_of(folder)).splitlines()


@every_conference
def test_what_is_pledged_is_introduced_only_where_it_follows(folder):
    pledge = conference_in(folder).pledge

    assert ("với các nội dung sau:" in text_of(pledge_of(folder))) == bool(pledge and pledge.contents)


@every_conference
def test_nobody_is_said_to_have_signed_but_by_the_facts(folder):
    pledge = conference_in(folder).pledge
    signed = [one for one in (pledge and pledge.signatories) or [] if one.signed or one.signed_on]

    assert text_of(pledge_of(folder)).count("(Đã ký)") == len(signed)


def test_the_pledge_of_2016_says_what_is_known_and_leaves_the_rest_open():
    text = text_of(pledge_of(SEED))

    assert text.partition("BẢN GIAO ƯỚC")[2].partition("ĐẠI DIỆN")[0].splitlines() == [
        " THỰC HIỆN CÔNG TÁC THI ĐUA NĂM 2017",
        "Khối thi đua các Bộ, ngành tổng hợp",
        "Chúng tôi, đại diện 10 Bộ, ngành thuộc Khối thi đua các Bộ, ngành tổng hợp, gồm:",
        "- Văn phòng Chủ tịch nước (Khối Trưởng);",
        "- Bộ Nội vụ (Khối Phó);",
        "- Liên minh Hợp tác xã Việt Nam;",
        "- Ngân hàng Phát triển Việt Nam;",
        *["- …;"] * 5,
        "- ….",
        "Cùng ký kết Bản giao ước thực hiện công tác thi đua năm 2017.",
        "Chủ đề: “Phối hợp, đoàn kết, lao động sáng tạo, thi đua hoàn thành xuất sắc nhiệm vụ được giao”.",
        "Nội dung giao ước: …",
        "Bản giao ước này được lập thành … bản./.",
    ]


def test_the_pledge_of_2016_has_ten_places_to_sign():
    grid = grid_of(pledge_of(SEED))

    assert plain_text(grid.caption) == "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC THI ĐUA NĂM 2017"
    assert [show(cell) for cell in grid.cells] == [
        ["VĂN PHÒNG CHỦ TỊCH NƯỚC", "KHỐI TRƯỞNG", "…", "…"],
        ["BỘ NỘI VỤ", "KHỐI PHÓ", "…", "…"],
        ["LIÊN MINH HỢP TÁC XÃ VIỆT NAM", "…", "…"],
        ["NGÂN HÀNG PHÁT TRIỂN VIỆT NAM", "…", "…"],
        *[["…", "…", "…"]] * 6,
    ]
    assert [n for n, cell in enumerate(grid.cells) if cell.starts_row] == [2]


def test_the_blanks_of_2016_are_named_for_those_who_fill_them_in():
    labels = [blank.label for blank in iter_blanks(pledge_of(SEED))]

    assert labels[:4] == ["Địa danh", "Ngày ký", "Tháng ký", "Năm ký"]
    assert {label: labels.count(label) for label in labels[4:]} == {
        "Tên đơn vị": 12,
        "Nội dung giao ước": 1,
        "Số bản": 1,
        "Chức vụ người ký": 10,
        "Họ và tên người ký": 10,
    }


# --- no fact is lost ----------------------------------------------------------------------------------

OF_THE_PLEDGE = ("pledge.*", "papers.pledge.*", "block.name", "block.parent", "block.legal_basis.#")

NOT_IN_THE_PLEDGE = {
    "pledge.signed": "code",
    "*.kind": "code",
    "pledge.when": "the story of the signing: the minutes",
    "pledge.signed_by": "the story of the signing: the minutes",
    "pledge.presided_by": "the story of the signing: the minutes",
    "pledge.text.#": "what else was done about it: the minutes",
    "pledge.past_theme.*": "the pledge of the year before",
    "pledge.*.person.honorific": "none before the name of who signs (Nghị định 30/2020, Phụ lục I, II.7)",
    "pledge.*.person.prefixes.#": "none before the name of who signs (Nghị định 30/2020, Phụ lục I, II.7)",
}
"""Paths of facts that a pledge does not print, and why; # is any position in a list."""

IF_THE_PLEDGE_IS_SILENT = ("papers.pledge.number", "papers.pledge.symbol", "papers.pledge.place")
IF_THE_PLEDGE_IS_SILENT += ("papers.pledge.date", "papers.pledge.copies", "block.legal_basis.#")
"""What is printed where the pledge itself does not say it otherwise (a rule tells where the two differ)."""


def is_printed(name: str) -> bool:
    return any(fnmatch(name, one) for one in OF_THE_PLEDGE) and not any(
        fnmatch(name, one) for one in NOT_IN_THE_PLEDGE
    )


def printed_forms(fact: Any, made: Conference) -> set[str]:
    """Return the ways in which a pledge may print *fact*."""
    match fact:
        case PartialDate():
            return {format_date_long(fact), f"ngày {format_date_short(fact)}"}
        case bool():
            return {"(Đã ký)"} if fact else {""}
        case int():
            return {format_count(fact)}
        case _:
            bare = str(fact).rstrip(" .;,")
            return {bare, bare.upper(), made.name_of(bare), made.name_of(bare).upper()}


def iter_lost(raw: Any, made: Conference) -> Iterator[tuple[str, set[str]]]:
    """Yield the paths of facts about the pledge that the pledge of *made*, made of *raw*, does not print."""
    text = text_of(compose(made))
    for path in iter_leaves(raw):
        forms = printed_forms(fact_at(made, path), made)
        if is_printed(name_of(path)) and not any(is_in(form, text) for form in forms):
            yield name_of(path), forms


@every_conference
def test_every_fact_about_the_pledge_is_in_it(folder):
    assert list(iter_lost(read(folder).facts.value, conference_in(folder))) == []


@every_conference
def test_every_party_is_in_the_list_and_has_a_place_to_sign(folder):
    made, document = conference_in(folder), pledge_of(folder)
    parties, cells = list_parties(made), grid_of(document).cells
    superiors = len((made.pledge and made.pledge.witnesses) or []) + bool(
        made.pledge and made.pledge.approver
    )

    assert len(cells) == len(parties) + superiors
    for party, cell in zip(parties, cells, strict=False):
        assert plain_text(cell.unit) == (party.unit.upper() if party.unit else BLANK_MARK)
        assert plain_text(cell.office) == (party.office or "").upper()
        assert not party.unit or is_in(party.unit, text_of(document))


@pytest.mark.parametrize("pattern", NOT_IN_THE_PLEDGE)
def test_every_path_that_is_left_out_exists(pattern):
    raw = [read(folder).facts.value for folder in ALL]

    assert any(fnmatch(name_of(path), pattern) for facts in raw for path in iter_leaves(facts))


@pytest.mark.parametrize("is_silent", [False, True], ids=["pledge", "paper"])
def test_every_text_is_printed_in_a_place_of_its_own_and_signs_of_markup_stay_as_they_are(is_silent):
    raw: Any = deepcopy(read(SAMPLE).facts.value)
    for name in ("number", "place", "date", "copies", "bases") if is_silent else ():
        del raw["pledge"][name]
    for number, path in enumerate(iter_leaves(raw)):
        if not is_printed(name_of(path)) or (name_of(path) in IF_THE_PLEDGE_IS_SILENT and not is_silent):
            continue
        owner: Any = raw
        for part in path[:-1]:
            owner = owner[part]
        plain = owner[path[-1]]
        owner[path[-1]] = f"{plain} & <b{number}>"
        if not is_sound(raw):
            owner[path[-1]] = plain
    lost = dict(iter_lost(raw, Conference.model_validate(raw)))

    assert set(lost) - (set() if is_silent else set(IF_THE_PLEDGE_IS_SILENT)) == set()


def test_the_pledge_of_the_sample_has_no_blank_and_breaks_no_rule():
    assert list(iter_blanks(pledge_of(SAMPLE))) == []
    assert list(check_conference(conference_in(SAMPLE))) == []


# --- what is unknown ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["tong_ket", "so_ket", "ky_giao_uoc", "binh_xet", "trien_khai"])
def test_a_pledge_of_which_nothing_is_known_is_a_form_to_fill_in(kind):
    made = Conference.model_validate({"event": {"kind": kind, "year": "2018"}, "block": {"name": "Khối A"}})
    text = text_of(compose(made))

    assert made.pledge is None
    assert not any(re.search(stumble, text) for stumble in STUMBLES)
    year = "2018" if kind == "ky_giao_uoc" else "…"
    assert f"\nBẢN GIAO ƯỚC THI ĐUA NĂM {year}\nKhối A\n" in text
    name = "Bản giao ước thi đua năm 2018" if kind == "ky_giao_uoc" else "Bản giao ước thi đua"
    assert f"Chúng tôi, đại diện các đơn vị thuộc Khối A, cùng ký kết {name}.\nNội dung giao ước: …\n" in text
    assert [show(cell) for cell in grid_of(compose(made)).cells] == [["…", "…", "…"]] * 2


def test_a_pledge_is_of_the_next_year_and_in_the_words_of_its_label():
    text = say({"event": {"year": "năm học 2017 - 2018", "next_year": "Năm học 2018 - 2019"}, "pledge": {}})

    assert "BẢN GIAO ƯỚC THI ĐUA NĂM HỌC 2018 - 2019" in text
    assert "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC THI ĐUA NĂM HỌC 2018 - 2019" in text


@pytest.mark.parametrize(
    ("date", "line"),
    [
        (None, "…, ngày … tháng … năm …"),
        ("05/01/2019", "…, ngày 05 tháng 01 năm 2019"),
        ("17/12/2019", "…, ngày 17 tháng 12 năm 2019"),
        ("05/3/2019", "…, ngày 05 tháng 3 năm 2019"),
        ("2019", "…, ngày … tháng … năm 2019"),
        ("30-3", "…, ngày 30 tháng 3 năm …"),
    ],
)
def test_the_date_is_what_is_known_of_it(date, line):
    assert line in say({"pledge": {"date": date}}).splitlines()
    assert line in say({"papers": {"pledge": {"date": date}}}).splitlines()


def test_the_day_of_the_conference_is_not_taken_for_that_of_the_pledge():
    assert "…, ngày … tháng … năm …" in say(
        {"event": {"date": "17/02/2019", "venue": {"province": "Hà Nội"}}}
    )


# --- head ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pledge", "paper", "copy", "lines"),
    [
        ({}, {}, None, []),
        ({"number": "01/GƯ"}, {}, None, ["Số: 01/GƯ"]),
        ({}, {"number": "12", "symbol": "KTĐ"}, None, ["Số: 12/KTĐ"]),
        ({}, {"number": "12"}, None, ["Số: 12"]),
        ({}, {"symbol": "KTĐ"}, None, ["Số: …/KTĐ"]),
        ({"number": "01/GƯ"}, {}, Copy(3, 11, "Sở A"), ["Số: 01/GƯ", "Bản số: 3/11"]),
        ({}, {}, Copy(3, 11, None), ["Bản số: 3/11"]),
    ],
)
def test_number_and_number_of_the_original_stand_where_they_are_known(pledge, paper, copy, lines):
    made = conference({"pledge": pledge, "papers": {"pledge": paper}})
    letterhead = compose(made, copy).blocks[0]

    assert isinstance(letterhead, Letterhead)
    assert plain_text(letterhead.number).splitlines() == lines


def test_originals_differ_in_their_number_and_nothing_else():
    made = conference({"pledge": {"signatories": signatories(10), "copies": "11"}})
    texts = [text_of(compose(made, copy)).split("\n") for copy in list_copies(made)]

    assert [[line for line in text if line.startswith("Bản số")] for text in texts] == [
        [f"Bản số: {n}/11"] for n in range(1, 12)
    ]
    assert len({tuple(line for line in text if not line.startswith("Bản số")) for text in texts}) == 1


def test_bases_begin_with_the_word_of_the_facts_else_with_can_cu_and_each_ends_as_it_should():
    bases = ["Luật Thi đua, khen thưởng;", "thực hiện Chỉ thị số 29/CT-UBND,", "Căn cứ Quyết định số 1."]
    expected = [
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Thực hiện Chỉ thị số 29/CT-UBND;",
        "Căn cứ Quyết định số 1.",
    ]
    blocks = make({"pledge": {"bases": bases}}).blocks

    assert [
        plain_text(one.content) for one in blocks if isinstance(one, Para) and one.role == "legal_basis"
    ] == expected


def test_the_decision_that_founded_the_block_is_a_basis_where_the_pledge_names_none():
    block = {"name": "Khối A", "legal_basis": ["Quyết định 110/QĐ-UBND"]}

    assert "\nCăn cứ Quyết định 110/QĐ-UBND.\n" in say({"block": block})
    assert "110" not in say({"block": block, "pledge": {"bases": ["Chỉ thị số 29"]}})


# --- parties ------------------------------------------------------------------------------------------


def test_parties_are_named_with_office_and_who_stands_for_them():
    facts = {
        "leadership": {"next": {"head": {"unit": "sở B"}}},
        "pledge": {
            "signatories": [
                {"unit": "Sở Văn hóa, Thể thao và Du lịch", "person": "Lê An"},
                {"unit": "sở B", "person": "Vũ Ba", "position": "Giám đốc"},
                {"unit": "Sở C", "position": "Giám đốc"},
                {"unit": "Sở D"},
            ]
        },
    }
    document = make(facts)

    assert (
        "Chúng tôi, đại diện 04 đơn vị thuộc Khối thi đua giả định, gồm:\n"
        "- Sở B (Khối trưởng), đại diện: Vũ Ba, Giám đốc;\n"
        "- Sở Văn hóa, Thể thao và Du lịch, đại diện: Lê An;\n"
        "- Sở C, đại diện: Giám đốc;\n"
        "- Sở D.\n"
    ) in text_of(document)
    assert [show(cell) for cell in grid_of(document).cells] == [
        ["SỞ B", "KHỐI TRƯỞNG", "GIÁM ĐỐC", "Vũ Ba"],
        ["SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "…", "Lê An"],
        ["SỞ C", "GIÁM ĐỐC", "…"],
        ["SỞ D", "…", "…"],
    ]


@pytest.mark.parametrize("number", [1, 2, 4, 10, 11, 24, 43, 99])
def test_every_signatory_has_a_place_in_the_order_of_the_facts(number):
    cells = grid_of(make({"pledge": {"signatories": signatories(number)}})).cells

    assert [plain_text(cell.unit) for cell in cells] == [f"CHI HỘI SỐ {n}" for n in range(1, number + 1)]
    assert not any(cell.starts_row for cell in cells)


def test_of_43_who_sign_37_have_signed():
    signing = signatories(43)
    for one in signing[:37]:
        one["signed"] = "có"
    signing[40]["signed"] = "không"
    cells = grid_of(make({"pledge": {"signatories": signing}})).cells

    assert [plain_text(cell.note) for cell in cells] == ["(Đã ký)"] * 37 + [""] * 6


# --- signatures ---------------------------------------------------------------------------------------

SIGNING: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, ["SỞ A", "…", "…"]),
    (
        {"person": "Lê An", "power": "KT. Bộ trưởng", "position": "Thứ trưởng", "signed": "có"},
        ["SỞ A", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "(Đã ký)", "Lê An"],
    ),
    ({"power": "KT. GIÁM ĐỐC"}, ["SỞ A", "KT. GIÁM ĐỐC", "…", "…"]),
    ({"signed": "có", "signed_on": "20/01/2019"}, ["SỞ A", "…", "(Đã ký)\nngày 20/01/2019", "…"]),
    ({"signed_on": "20/1/2019"}, ["SỞ A", "…", "(Đã ký)\nngày 20/01/2019", "…"]),
    ({"signed": "không"}, ["SỞ A", "…", "…"]),
)


@pytest.mark.parametrize(("signing", "lines"), SIGNING)
def test_a_place_to_sign_has_what_is_known(signing, lines):
    (cell,) = grid_of(make({"pledge": {"signatories": [{"unit": "Sở A"} | signing]}})).cells

    assert show(cell) == lines


@pytest.mark.parametrize(
    ("leaders", "starts"),
    [
        ({"head": {"unit": "Sở A"}}, [1]),
        ({"head": {"unit": "Sở A"}, "deputies": [{"unit": "Sở B"}]}, [2]),
        ({"head": {"unit": "Sở A"}, "deputies": [{"unit": "Sở B"}, {"unit": "Sở C"}]}, []),
        ({"head": {"unit": "Sở A"}, "deputies": [{"unit": f"Sở {one}"} for one in "BCD"]}, []),
        ({}, []),
    ],
)
def test_members_begin_a_row_of_their_own_below_one_or_two_leaders(leaders, starts):
    facts = {
        "leadership": {"next": leaders},
        "pledge": {"signatories": [{"unit": f"Sở {one}"} for one in "ABCD"]},
    }
    cells = grid_of(make(facts)).cells

    assert [n for n, cell in enumerate(cells) if cell.starts_row] == starts


WITNESSES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (
        {"verb": "chứng kiến", "person": {"name": "Vũ Hiền", "prefixes": ["GS, TS"], "honorific": "ông", "positions": [{"title": "Tổng Giám đốc"}, {"title": "Chủ tịch Hội đồng", "unit": "Đài A"}]}},
        ["CHỨNG KIẾN", "TỔNG GIÁM ĐỐC", "CHỦ TỊCH HỘI ĐỒNG ĐÀI A", "Vũ Hiền"],
    ),
    ({"unit": "Sở A"}, ["CHỨNG KIẾN", "SỞ A", "…", "…"]),
    ({"verb": "ký xác nhận", "person": {"name": "Đỗ Bằng"}}, ["KÝ XÁC NHẬN", "…", "Đỗ Bằng"]),
    (
        {"person": {"name": "Mai Thu", "unit": "Ban B", "positions": [{"title": "Trưởng ban"}]}, "unit": "Tỉnh ủy"},
        ["CHỨNG KIẾN", "TỈNH ỦY", "BAN B", "TRƯỞNG BAN", "Mai Thu"],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("witness", "lines"), WITNESSES)
def test_witnesses_sign_below_without_honorific_or_degree(witness, lines):
    cells = grid_of(make({"pledge": {"signatories": signatories(3), "witnesses": [witness, witness]}})).cells

    assert [show(cell) for cell in cells[3:]] == [lines, lines]
    assert [cell.starts_row for cell in cells] == [False, False, False, True, False]


def test_who_approves_signs_last_and_beside_the_witnesses():
    approver = {"verb": "phê duyệt", "person": {"name": "Lê Cao", "positions": [{"title": "Chủ tịch"}]}}
    pledge = {"signatories": signatories(2), "approver": approver}
    alone = grid_of(make({"pledge": pledge})).cells
    beside = grid_of(make({"pledge": pledge | {"witnesses": [{"unit": "Sở A"}]}})).cells

    assert show(alone[-1]) == show(beside[-1]) == ["PHÊ DUYỆT", "CHỦ TỊCH", "Lê Cao"]
    assert (alone[-1].starts_row, beside[-1].starts_row) == (True, False)


def test_the_blanks_of_who_witnesses_and_approves_are_named_after_what_they_do():
    pledge = {"witnesses": [{}], "approver": {"verb": "Ký xác nhận"}}
    labels = [blank.label for blank in iter_blanks(make({"pledge": pledge}))][-4:]

    assert labels == [
        "Chức vụ người chứng kiến",
        "Họ và tên người chứng kiến",
        "Chức vụ người ký xác nhận",
        "Họ và tên người ký xác nhận",
    ]


# --- theme and contents -------------------------------------------------------------------------------


def body(pledge: dict[str, Any]) -> list[str]:
    """Return the lines after the parties, up to the number of copies, of a pledge of which nobody is known."""
    text = say({"pledge": pledge}).partition("cùng ký kết ")[2]
    return text.partition("\nBản giao ước này")[0].splitlines()[1:]


THEMES: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({"lines": ["Tiến; lên"]}, ["Chủ đề: “Tiến; lên”."]),
    ({"lines": ["Tiến lên"], "label": "khẩu hiệu hành động"}, ["Khẩu hiệu hành động: “Tiến lên”."]),
    (
        {"lines": ["Tiến"], "origin": "Thanh tra Chính phủ"},
        ["Chủ đề do Thanh tra Chính phủ phát động: “Tiến”."],
    ),
    ({"lines": ["Một – hai", "Ba"]}, ["Chủ đề:", "“Một – hai", "Ba”."]),
    ({"lines": []}, []),
)


@pytest.mark.parametrize(("theme", "lines"), THEMES)
def test_a_theme_is_printed_word_for_word(theme, lines):
    assert body({"theme": theme}) == [*lines, "Nội dung giao ước: …"]


REVENUE = {"text": "doanh thu", "value": "5", "unit": "tỷ đồng"}
PROFIT = {"text": "lợi nhuận;", "value": "1", "unit": "tỷ đồng"}
EVERYBODY = {"kind": "percent", "value": "100%", "text": "đơn vị tham gia"}
NONE = {"kind": "zero", "text": "không có vi phạm"}
TABLE = ["STT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu"]
TABLE += ["1", "Doanh thu", "tỷ đồng", "5", "2", "Lợi nhuận", "tỷ đồng", "1"]

CONTENTS: tuple[tuple[list[dict[str, Any]], list[str]], ...] = (
    ([{"text": "góp ý các dự thảo luật"}], ["- Góp ý các dự thảo luật."]),
    # targets without a word around them are items of their own
    ([{"targets": [EVERYBODY, NONE]}, {"text": "dự họp"}], ["- 100% đơn vị tham gia;", "- Không có vi phạm;", "- Dự họp."]),
    ([{"targets": [{"kind": "percent", "value": "100", "unit": "%", "text": "đơn vị"}]}], ["- 100% đơn vị."]),
    # headings that stand over nothing are items
    ([{"heading": "Nhiệm vụ chính trị"}, {"heading": "Thi đua"}], ["- Nhiệm vụ chính trị;", "- Thi đua."]),
    (
        [{"heading": "kinh tế", "text": "vượt kế hoạch.", "targets": [EVERYBODY]}, {"heading": "Thi đua", "text": "làm tốt"}],
        ["I. KINH TẾ", "Vượt kế hoạch:", "- 100% đơn vị tham gia.", "II. THI ĐUA", "Làm tốt."],
    ),
    # what has no heading does not slip under another's
    (
        [{"text": "một"}, {"heading": "Hai", "targets": [NONE]}, {"text": "ba"}, {"text": "bốn"}],
        ["- Một.", "I. HAI", "- Không có vi phạm.", "II. NỘI DUNG KHÁC", "- Ba;", "- Bốn."],
    ),
    ([{"heading": "Một", "text": "hai"}, {"heading": "Ba"}], ["I. MỘT", "Hai.", "II. BA", "…"]),
    # two figures are a table, one is a line
    ([{"heading": "Kinh tế", "targets": [REVENUE]}], ["I. KINH TẾ", "- Doanh thu: 5 tỷ đồng."]),
    ([{"heading": "Kinh tế", "targets": [REVENUE, NONE, PROFIT]}], ["I. KINH TẾ", "- Không có vi phạm.", *TABLE]),
    ([{"text": "a"}, {"targets": [REVENUE, PROFIT]}, {"text": "b"}], ["- A.", "Các chỉ tiêu:", *TABLE, "- B."]),
    ([{"text": "tăng thu", "targets": [REVENUE, PROFIT]}], ["Tăng thu:", *TABLE]),
    # nothing is told of an empty content
    ([{}, {"text": "một"}, {"targets": []}], ["- Một."]),
)  # fmt: skip


@pytest.mark.parametrize(("contents", "lines"), CONTENTS)
def test_contents_are_told_in_their_order(contents, lines):
    assert body({"contents": contents}) == lines


def test_contents_of_which_nothing_is_told_are_left_open():
    assert body({"contents": [{}, {}]}) == ["Nội dung giao ước: …"]


PARTS = {
    "campaigns": [{"name": "Vì người nghèo", "period": "2018 - 2020"}, {"name": "Sáng tạo"}],
    "registered_titles": [{"unit": "sở A", "title": "cờ thi đua"}],
    "organisation": ["Khối trưởng đôn đốc.", "các đơn vị tự chấm điểm;"],
    "commitment": "các bên cam kết thực hiện tốt.",
}
REGISTERED = ["STT", "Đơn vị", "Danh hiệu, hình thức đăng ký", "1", "Sở A", "Cờ thi đua"]


def test_the_other_parts_follow_as_text():
    assert body(PARTS) == [
        "Nội dung giao ước: …",
        "Giao ước gắn với: “Vì người nghèo” (2018 - 2020); “Sáng tạo”.",
        "Danh hiệu, hình thức khen thưởng đăng ký phấn đấu:",
        *REGISTERED,
        "Tổ chức thực hiện:",
        "- Khối trưởng đôn đốc;",
        "- Các đơn vị tự chấm điểm.",
        "Các bên cam kết thực hiện tốt.",
    ]


def test_the_other_parts_are_sections_where_contents_are():
    document = make({"pledge": {"contents": [{"heading": "Một", "text": "hai"}], **PARTS}})

    assert [
        f"{one.number} {plain_text(one.text)}" for one in document.blocks if isinstance(one, Heading)
    ] == [
        "I. MỘT",
        "II. PHONG TRÀO THI ĐUA, CUỘC VẬN ĐỘNG",
        "III. DANH HIỆU, HÌNH THỨC KHEN THƯỞNG ĐĂNG KÝ PHẤN ĐẤU",
        "IV. TỔ CHỨC THỰC HIỆN",
    ]


def test_no_more_is_said_of_the_originals_than_their_number():
    assert "Bản giao ước này được lập thành 09 bản./." in say({"pledge": {"copies": "9"}})
    assert "được lập thành 12 bản./." in say({"papers": {"pledge": {"copies": "12"}}})
    assert "giữ" not in say({"pledge": {"copies": "9"}})


# --- recipients ---------------------------------------------------------------------------------------


def test_recipients_are_printed_only_if_some_are_known():
    assert "Nơi nhận" not in say({"pledge": {}})
    assert say({"papers": {"pledge": {"recipients": ["Ban A;"]}}}).endswith(
        "Nơi nhận:\n- Ban A;\n- Lưu: VT, Hồ sơ."
    )
    assert say({"papers": {"pledge": {"recipients": ["Ban A", "Lưu: VT"]}}}).endswith("- Ban A;\n- Lưu: VT.")


# --- a real ceremony ----------------------------------------------------------------------------------


def test_a_ceremony_signs_the_pledge_of_its_own_year_with_its_own_leaders():
    cells = grid_of(pledge_of(CONFERENCES / "17n-truongchinhtri-dbscl-2021")).cells

    assert [show(cell)[:2] for cell in cells[:3]] == [
        ["TRƯỜNG CHÍNH TRỊ BẠC LIÊU", "CỤM TRƯỞNG"],
        ["TRƯỜNG CHÍNH TRỊ BẾN TRE", "CỤM PHÓ"],
        ["TRƯỜNG CHÍNH TRỊ ĐỒNG THÁP", "CỤM PHÓ"],
    ]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("16b-luatgia-giao-uoc-2018", 43),
        ("17c-tuyengiao-tphcm-2023", 17),
        ("06b-congan-cum5-giao-uoc-2019", 6),
        ("15b-noichinh-2020", 8),
        ("10-gddt-cum2-2020-2021", 9),
    ],
)
def test_real_blocks_have_their_places(name, places):
    assert len(grid_of(pledge_of(CONFERENCES / name)).cells) == places
