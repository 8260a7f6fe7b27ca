"""Scores, ballots, proposals and certificates on paper: every figure is there, and can be counted again from the page."""

from __future__ import annotations

import re
from copy import deepcopy
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from generator.checking import check_facts
from generator.content.compose import compose_document, has_needed_facts
from generator.content.kind import load_kind
from generator.model.conference import Conference
from generator.model.counting import format_score, read_points
from generator.model.standings import compute_standings
from generator.tree import (
    BLANK_MARK,
    Annex,
    Certificate,
    ItemList,
    Para,
    SignatureGrid,
    Table,
    document_text,
    iter_blanks,
    plain_text,
)
from tests.test_conferences import (
    ALL,
    SAMPLE,
    STUMBLES,
    conference_in,
    iter_leaves,
    iter_lost,
    name_of,
    read,
)
from tests.test_news import iter_lost as iter_lost_in_news

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
SAMPLES = ("mau", "mau-24")


@cache
def sample(name: str) -> Conference:
    return check_facts(ROOT / "inputs" / name).conference


def compose(kind: str, conference: Conference):
    return compose_document(load_kind(TEMPLATES, kind), conference, TEMPLATES)


@cache
def annexes(name: str) -> dict[str, list]:
    """Return the blocks of each annex of the minutes, by its subject."""
    found: dict[str, list] = {}
    subject = ""
    for block in compose("minutes", sample(name)).blocks:
        if isinstance(block, Annex):
            subject = plain_text(block.subject)
        found.setdefault(subject, []).append(block)
    return found


def scores(name: str) -> list:
    return annexes(name)["BẢNG TỔNG HỢP ĐIỂM NĂM 2024"]


def tables_of(blocks) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def cells(row) -> list[str]:
    return [plain_text(cell) for cell in row]


# --- the annex of scores --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_stands_in_the_annex_in_the_row_of_its_unit_and_the_column_of_its_scorer(name):
    conference, table = sample(name), tables_of(scores(name))[-1]
    (header,) = table.header
    scorers = {
        f"({number})": scorer for number, scorer in enumerate(compute_standings(conference).scorers, 1)
    }
    printed = {}
    for row in table.rows:
        unit, criterion, _, *points = cells(row)
        for title, point in zip(cells(header)[3:], points, strict=True):
            printed[unit, scorers[title], criterion] = point

    numbers = [one.number for one in conference.scoring.criteria]
    for mark in conference.scoring.marks:
        unit, scorer = conference.name_of(mark.unit), conference.name_of(mark.scorer)
        for number, point in zip(numbers, mark.points, strict=True):
            assert printed.pop((unit, scorer, number)) == format_score(read_points(point))
    assert set(printed.values()) == {"–"}
    assert {unit == scorer for unit, scorer, _ in printed} == {True}


@pytest.mark.parametrize("name", SAMPLES)
def test_sums_are_those_of_the_marks_and_brackets_mark_what_does_not_count(name):
    conference, standings = sample(name), compute_standings(sample(name))
    matrix = tables_of(scores(name))[1]
    for row, standing in zip(matrix.rows, standings.units, strict=True):
        _, unit, *sums, cross, spread = cells(row)
        counted = [read_points(text) for text in sums if text[0] not in "(–"]
        dropped = [read_points(text.strip("()")) for text in sums if text[0] == "("]

        assert unit == standing.unit
        assert sums.count("–") == 1
        assert len(dropped) == 2 * (conference.scoring.drop_extremes or 0)
        assert not dropped or (min(dropped) <= min(counted) and max(dropped) >= max(counted))
        assert cross == format_score(sum(counted) / len(counted)).removeprefix("≈ ")
        assert spread == format_score(max(counted) - min(counted))


def evaluate(text: str) -> Fraction:
    """Return what an expression of the annex comes to: sums, differences, products, one division."""
    text = text.replace("≈ ", "")
    result = Fraction(0)
    for sign, term in re.findall(r"(^|[+−]) ?([^+−]+)", re.sub(r"\(([^)]*)\)", lambda m: m[1], text)):
        value = Fraction(1)
        for factor in term.split("×"):
            value *= read_points(factor.strip())
        result += -value if sign == "−" else value
    return result


WORKED = re.compile(
    r"(?P<unit>.+): điểm chấm chéo \((?P<sums>[^)]+)\) / (?P<count>\d+) (?P<sign>[=≈]) (?P<cross>[\d.,]+); "
    r"tổng điểm (?:(?P<formula>.+?) (?P<equals>[=≈]) )?(?:(?P<exact>[\d.,]+), )?(?P<rounded>làm tròn )?"
    r"(?P<total>[\d.,]+)[;.]"
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reader_can_count_every_total_again_from_the_page(name):
    standings = compute_standings(sample(name))
    lines = [
        plain_text(item) for block in scores(name) if isinstance(block, ItemList) for item in block.items
    ]
    worked = [found for line in lines if (found := WORKED.fullmatch(line.replace("\u00a0", " ")))]

    assert [found["unit"] for found in worked] == [one.unit for one in standings.ranked]
    for found in worked:
        standing = standings.find(found["unit"])
        mean = evaluate(found["sums"]) / int(found["count"])
        assert mean == standing.cross
        assert {"=": found["cross"], "≈": f"≈ {found['cross']}"}[found["sign"]] == format_score(mean)
        assert found["sign"] == "=" or found["rounded"]
        assert bool(found["exact"]) == bool(found["formula"] and found["rounded"])
        formula = (found["formula"] or found["cross"]).replace(found["cross"], "CROSS")
        parts = evaluate(formula.replace("CROSS", "0"))
        weight = re.search(r"([\d,]+) × CROSS", formula)
        total = parts + (read_points(weight[1]) if weight else 1) * mean
        assert total == standing.exact_total
        assert abs(total - read_points(found["total"])) <= Fraction(1, 200)
        assert (not found["rounded"]) == (total == read_points(found["total"]))


def test_the_rule_is_told_in_words_and_the_formula_is_the_one_of_the_facts():
    text = "\n".join(
        plain_text(item) for item in next(b for b in scores("mau") if isinstance(b, ItemList)).items
    )

    assert "Tổng điểm = 0,2 × điểm tự chấm + 0,8 × điểm chấm chéo + điểm thưởng − điểm trừ;" in text
    assert "Văn bản quy định: Quy chế chấm điểm của Khối thi đua Ví dụ năm 2024;" in text
    assert "Làm tròn: tổng điểm lấy 02 chữ số thập phân, từ nửa đơn vị trở lên thì làm tròn lên." in text
    other = "\n".join(
        plain_text(item) for item in next(b for b in scores("mau-24") if isinstance(b, ItemList)).items
    )
    assert "sau khi bỏ 01 phiếu cao nhất và 01 phiếu thấp nhất" in other


def test_ties_are_shown_as_ties():
    lines = [plain_text(block.content) for block in scores("mau") if isinstance(block, Para)]

    assert (
        "Sở Nông nghiệp và Môi trường tỉnh Hoa Ban; Sở Xây dựng tỉnh Hoa Ban cùng đạt 956 điểm, đồng xếp thứ 8 "
        "(biểu quyết tại Hội nghị)." in lines
    )
    assert any("xếp thứ 6" in line and "(xét điểm chấm chéo)" in line for line in lines)
    ranks = [cells(row)[-1] for row in tables_of(scores("mau"))[2].rows]
    assert ranks == ["1", "2", "3", "4", "5", "6", "7", "8", "8", "10"]


def test_a_conference_without_marks_has_no_annex():
    conference = check_facts(ROOT / "inputs" / "2016").conference

    assert compute_standings(conference) is None
    assert not [block for block in compose("minutes", conference).blocks if isinstance(block, Annex)]


# --- signs of markup, which figures that are counted cannot have -----------------------------------------

WORDS = (
    "scoring.methods.#",
    "scoring.source",
    "scoring.criteria.#.name",
    "scoring.criteria.#.number",
    "scoring.tie_decisions.#.ground",
    "scoring.adopted_table.when",
)


def mark_all(raw, names):
    """Put signs of markup into every text of *raw* that is called one of *names*; return how many there are."""
    paths = [path for path in iter_leaves(raw) if name_of(path) in names]
    for number, path in enumerate(paths):
        owner = raw
        for part in path[:-1]:
            owner = owner[part]
        owner[path[-1]] = f"{owner[path[-1]]} & <b{number}>"
    return len(paths)


def test_words_about_the_scores_are_printed_with_their_signs_where_scores_are_counted():
    raw = deepcopy(read(SAMPLE).facts.value)

    assert mark_all(raw, WORDS) == 2 + 1 + 5 + 5 + 1 + 1
    conference = Conference.model_validate(raw)
    assert conference.standings
    assert list(iter_lost(raw, conference)) == []
    assert list(iter_lost_in_news(raw, conference)) == []


def test_declared_scores_are_printed_as_they_are_where_nothing_is_counted():
    raw = deepcopy(read(SAMPLE).facts.value)
    scoring = raw["scoring"]
    raw["scoring"] = {name: scoring[name] for name in ("methods", "scale_max", "adopted_table")}
    raw["scoring"]["rows"] = [
        {name: value for name, value in row.items() if name != "self_points"} for row in scoring["rows"]
    ]
    figures = ("self_score", "cross", "bonus", "penalty", "total", "rank")

    assert mark_all(raw, {f"scoring.rows.#.{name}" for name in figures} | {"scoring.scale_max"}) > 50
    conference = Conference.model_validate(raw)
    assert conference.standings is None
    assert list(iter_lost(raw, conference)) == []
    assert list(iter_lost_in_news(raw, conference)) == []


# --- the ballot -----------------------------------------------------------------------------------------


def test_the_ballot_has_its_own_minutes():
    blocks = annexes("mau")["BIÊN BẢN KIỂM PHIẾU"]
    (table,) = tables_of(blocks)
    text = "\n".join(
        plain_text(item) for block in blocks if isinstance(block, ItemList) for item in block.items
    )
    grid = next(block for block in blocks if isinstance(block, SignatureGrid))

    assert (
        "Số phiếu phát ra: 40;\nSố phiếu thu về: 40;\nSố phiếu hợp lệ: 39;\nSố phiếu không hợp lệ: 01."
        in text
    )
    assert cells(table.rows[0]) == ["1", "Sở Nội vụ tỉnh Hoa Ban", "Cờ thi đua của Chính phủ", "38", "97,4%"]
    assert [plain_text(cell.name) for cell in grid.cells] == ["Nguyễn Văn Mẫu", "Lý Văn Máy"]


def vote(**facts):
    return {"subject": "tặng Giấy khen", "results": [{"unit": "Sở A", "agreed": "7"}], **facts}


def say(kind, **facts):
    event = {"kind": "tong_ket", "year": "2024", "next_year": "2025"}
    conference = Conference.model_validate({"event": event, "block": {"name": "Khối thi đua số 1"}, **facts})
    return document_text(compose(kind, conference)).replace("\u00a0", " ")


def test_a_share_is_counted_only_on_the_number_that_the_facts_name():
    assert "Sở A\n07\n87,5%" in say("minutes", votes=[vote(valid="8", base="valid")])
    assert f"Sở A\n07\n{BLANK_MARK}" in say("minutes", votes=[vote(valid="8")])
    assert "Sở A\n07\n88%" in say(
        "minutes", votes=[vote(results=[{"unit": "Sở A", "agreed": "7", "percent": "88%"}])]
    )


def test_a_vote_without_a_way_of_voting_is_still_told_in_a_sentence():
    for kind in ("minutes", "news"):
        assert "Hội nghị đã lấy ý kiến về quy chế." in say(
            kind, votes=[{"subject": "về quy chế"}], news={"length": "full"}
        )
    assert "Hội nghị đã thông qua quy chế." in say("minutes", votes=[{"subject": "thông qua quy chế"}])


@pytest.mark.parametrize("count", [2, 12])
def test_the_minutes_refer_to_each_annex_by_its_number(count):
    text = say("minutes", votes=[vote()] * count, scoring={"marks": MARKS})
    heads = [line for line in text.split("\n") if re.fullmatch(r"Phụ lục [IVX]+", line)]

    assert len(heads) == len(set(heads)) == count + 1
    assert [f"Phụ lục {one}" for one in re.findall(r"chi tiết tại Phụ lục ([IVX]+)", text)] == heads
    assert text.count("(Kèm theo Biên bản số") == text.count(" của Khối thi đua số 1)") == count + 1


def test_of_several_annexes_each_has_its_number():
    text = say("minutes", votes=[vote(), vote(subject="bầu Khối trưởng")])

    assert "Phụ lục I\nBIÊN BẢN KIỂM PHIẾU" in text
    assert "Phụ lục II\nBIÊN BẢN KIỂM PHIẾU" in text
    assert "\nPhụ lục\nBIÊN BẢN KIỂM PHIẾU" in say("minutes", votes=[vote()])


# --- what the program suggests --------------------------------------------------------------------------

MARKS = [
    {"unit": unit, "scorer": scorer, "points": [points]}
    for unit, points in (("Sở A", "95"), ("Sở B", "90"), ("Sở C", "90"))
    for scorer in ("Sở A", "Sở B", "Sở C")
    if scorer != unit
]
SUGGESTING = {
    "members": [{"name": name} for name in ("Sở A", "Sở B", "Sở C")],
    "scoring": {"marks": MARKS},
    "award_quotas": [
        {"form": "Cờ thi đua", "authority": "Chính phủ", "most": "1"},
        {"form": "Bằng khen", "most": "1"},
    ],
}


def test_a_suggestion_is_marked_as_one_and_leaves_a_shared_rank_to_the_conference():
    text = say("minutes", **SUGGESTING)

    assert (
        "Dự kiến đề nghị khen thưởng theo thứ hạng và chỉ tiêu, trình Hội nghị xem xét, quyết định:" in text
    )
    assert "1\nSở A (xếp thứ 1)\nCờ thi đua\nChính phủ" in text
    assert (
        f"2\n{BLANK_MARK} (chọn trong các đơn vị đồng xếp thứ 2: Sở B; Sở C)\nBằng khen\n{BLANK_MARK}" in text
    )


def test_a_suggestion_tells_how_many_places_are_open_and_which_quotas_wait():
    marks = [one | {"points": ["90"]} for one in MARKS]
    quotas = [
        {"form": "Cờ thi đua", "authority": "Chính phủ", "most": "2"},
        {"form": "Bằng khen", "most": "1"},
    ]
    text = say("minutes", **SUGGESTING | {"scoring": {"marks": marks}, "award_quotas": quotas})

    assert (
        f"1\n{BLANK_MARK}; {BLANK_MARK} (chọn 02 đơn vị trong các đơn vị đồng xếp thứ 1: Sở A; Sở B; Sở C)"
        in text
    )
    assert "Chưa dự kiến được cho các chỉ tiêu tiếp theo, vì còn tùy việc chọn nói trên: Bằng khen." in text
    assert "Chưa dự kiến được" not in say("minutes", **SUGGESTING)


def test_each_unit_of_a_tie_is_told_with_what_put_it_there():
    scoring = {
        "marks": [one | {"points": ["90"]} for one in MARKS],
        "ties": ["tự chấm"],
        "rows": [
            {"unit": unit, "self_score": score}
            for unit, score in (("Sở A", "95"), ("Sở B", "95"), ("Sở C", "96"))
        ],
        "tie_decisions": [{"units": ["Sở B", "Sở A"], "ground": "biểu quyết"}],
    }
    text = say("minutes", members=SUGGESTING["members"], scoring=scoring)

    assert (
        "thứ tự: Sở C xếp thứ 1 (xét điểm tự chấm), Sở B xếp thứ 2, Sở A xếp thứ 3 (Hội nghị quyết định: biểu quyết)."
        in text
    )


def test_a_cross_score_that_is_rounded_shows_what_it_was():
    marks = [
        {"unit": "Sở A", "scorer": scorer, "points": [points]}
        for scorer, points in (("Sở B", "90"), ("Sở C", "90"), ("Sở D", "91"))
    ]
    rounding = {"digits": "1", "stage": "each"}
    rows = [{"unit": "Sở A", "bonus": "2"}]
    mean = say("minutes", scoring={"marks": marks, "rounding": rounding, "rows": rows})
    total = say("minutes", scoring={"marks": marks, "cross_score": "sum"})

    assert "(90 + 90 + 91) / 3 ≈ 90,3333, làm tròn 90,3; tổng điểm 90,3 + 2 = 92,3." in mean
    assert "điểm chấm chéo 90 + 90 + 91 = 271; tổng điểm 271." in total


def test_a_cum_calls_its_offices_by_its_own_word():
    facts = {
        "event": {"kind": "tong_ket", "year": "2024"},
        "block": {
            "name": "Cụm thi đua số 1",
            "kind": "cum",
            "office_names": {"deputy": "Cụm phó thường trực"},
        },
        "leadership": {"next": {"year": "2025", "method": "bầu", "head": {"unit": "Sở A"}}},
        "awards": [OWN | {"authority": "Cụm trưởng", "recipients": [{"unit": "Sở A"}]}],
    }
    conference = Conference.model_validate(facts)

    assert "Cụm trưởng, Cụm phó thường trực năm 2025" in document_text(compose("minutes", conference))
    assert "CỤM TRƯỞNG CỤM THI ĐUA SỐ 1" in document_text(compose("certificates", conference))


def test_a_suggestion_is_never_proposed_to_superiors():
    facts = {
        "event": {"kind": "tong_ket", "year": "2024"},
        "block": {"name": "Khối thi đua số 1"},
        **SUGGESTING,
    }
    conference = Conference.model_validate(facts)

    assert not has_needed_facts(load_kind(TEMPLATES, "proposal"), conference, TEMPLATES)
    assert "Dự kiến" not in say(
        "minutes", awards=[{"status": "proposed", "form": "Cờ thi đua"}], **SUGGESTING
    )


# --- the proposal ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["minutes", "proposal", "news"])
def test_a_person_of_a_unit_is_never_taken_for_the_unit(kind):
    recipients = [{"person": "ông Lê B", "unit": "Sở A"}]
    award = {"status": "proposed", "form": "Bằng khen", "authority": "Bộ Nội vụ", "recipients": recipients}
    text = say(kind, awards=[award], **({} if kind == "news" else {"scoring": {"marks": MARKS}}))

    assert "ông lê b, sở a" in text.lower() or "ông lê b (sở a)" in text.lower()
    if kind == "proposal":
        assert "01 cá nhân" in text
        assert "01 tập thể" not in text
    if kind == "minutes":
        assert "Tập thể, cá nhân được đề nghị" in text


def test_recipients_of_whom_only_kind_and_number_are_known_are_counted_with_the_others():
    recipients = [{"unit": "Sở A"}, {"kind": "ca_nhan", "count": "2"}, {"kind": "tap_the", "count": "3"}]
    award = {"status": "proposed", "form": "Bằng khen", "authority": "Bộ Nội vụ", "recipients": recipients}
    text = say("proposal", awards=[award])

    assert "Bằng khen của Bộ Nội vụ: 04 tập thể, 02 cá nhân." in text
    assert f"02 cá nhân: {BLANK_MARK}" in text


@cache
def proposal(folder: Path):
    conference = conference_in(folder)
    kind = load_kind(TEMPLATES, "proposal")
    return compose("proposal", conference) if has_needed_facts(kind, conference, TEMPLATES) else None


PROPOSING = [folder for folder in ALL if any(
    award.status == "proposed" and award.recipients for award in conference_in(folder).awards or []
)]  # fmt: skip


def test_many_real_conferences_propose_something():
    assert len(PROPOSING) >= 5
    assert [folder for folder in ALL if folder not in PROPOSING and proposal(folder)] == []


@pytest.mark.parametrize("folder", PROPOSING, ids=lambda folder: folder.name)
def test_a_proposal_names_each_recipient_with_its_award_and_nothing_else(folder):
    conference, document = conference_in(folder), proposal(folder)
    (table,) = tables_of(document.blocks)
    rows = [cells(row) for row in table.rows]

    due = [
        (award, recipient)
        for award in conference.awards
        if award.status == "proposed"
        for recipient in award.recipients or []
    ]
    assert len(rows) == len(due)
    for row, (award, recipient) in zip(rows, due, strict=True):
        name = (
            conference.name_of(recipient.unit)
            if recipient.unit
            else recipient.person or recipient.description
        )
        assert not name or name.lower() in row[1].lower()
        assert award.form.lower() in row[2].lower()
        assert (award.authority or BLANK_MARK) in row[3]
    text = document_text(document)
    for award in conference.awards:
        if award.status == "past" and award.reason:
            assert award.reason not in text
    assert not any(re.search(stumble, text.replace("\u00a0", " ")) for stumble in STUMBLES)


def test_the_proposal_of_2016_is_a_form_of_which_the_facts_are_filled_in():
    document = proposal(ROOT / "inputs" / "2016")
    labels = [blank.label for blank in iter_blanks(document)]

    assert {"Số của tờ trình", "Kính gửi", "Căn cứ của tờ trình", "Họ và tên người ký"} <= set(labels)
    text = document_text(document)
    assert "Cờ thi đua của Chính phủ: 01 tập thể;" in text
    assert "Bằng khen của Thủ tướng Chính phủ: 02 tập thể." in text


def test_recipients_stand_beside_the_signature():
    grid = next(
        block for block in proposal(ROOT / "inputs" / "mau").blocks if isinstance(block, SignatureGrid)
    )

    assert [plain_text(item) for item in grid.beside.items] == [
        "- Như trên;",
        "- Các đơn vị thành viên;",
        "- Lưu: VT, Hồ sơ.",
    ]
    assert [plain_text(post) for post in grid.cells[0].posts] == ["TM. KHỐI THI ĐUA", "KHỐI TRƯỞNG"]


# --- certificates ---------------------------------------------------------------------------------------

OWN = {
    "status": "agreed",
    "form": "Giấy khen",
    "authority": "Khối trưởng",
    "reason": "đã có thành tích xuất sắc",
}


def certificates(**award) -> list[Certificate]:
    event = {"kind": "tong_ket", "year": "2024"}
    block = {"name": "Khối thi đua số 1", "members_complete": "có"}
    members = [{"name": "Sở A"}, {"name": "Sở B"}]
    facts = {"event": event, "block": block, "members": members, "awards": [OWN | award]}
    return list(compose("certificates", Conference.model_validate(facts)).blocks)


@pytest.mark.parametrize(
    ("recipients", "names"),
    [
        ([{"unit": "Sở A"}, {"person": "bà Lê B"}], ["Sở A", "Bà Lê B"]),
        ([{"all_units": "có"}], ["Sở A", "Sở B"]),
        ([{"person": "bà Lê B", "unit": "Sở A"}], ["Bà Lê B, Sở A"]),
        ([{"block": "có"}], ["Khối thi đua số 1"]),
        ([{"count": "3", "description": "cá nhân"}], [BLANK_MARK] * 3),
        ([{"description": "các cá nhân"}], [BLANK_MARK]),
    ],
)
def test_each_recipient_has_a_certificate(recipients, names):
    assert [plain_text(one.recipient) for one in certificates(recipients=recipients)] == names


@pytest.mark.parametrize("authority", ["Khối trưởng", "Khối thi đua số 1", "Khối trưởng Khối thi đua số 1"])
def test_the_block_grants_by_any_of_its_names(authority):
    (one,) = certificates(authority=authority, recipients=[{"unit": "Sở A"}])

    assert plain_text(one.award) == "GIẤY KHEN"
    assert plain_text(one.reason) == "Đã có thành tích xuất sắc"


@pytest.mark.parametrize(
    "award",
    [
        {"authority": "Chủ tịch Ủy ban nhân dân tỉnh"},
        {"authority": None},
        {"status": "proposed"},
        {"status": "past"},
    ],
)
def test_what_others_grant_or_what_is_not_granted_is_no_certificate_of_the_block(award):
    facts = {
        "event": {"kind": "tong_ket", "year": "2024"},
        "block": {"name": "Khối thi đua số 1"},
        "awards": [OWN | {"recipients": [{"unit": "Sở A"}]} | award],
    }
    kind = load_kind(TEMPLATES, "certificates")

    assert not has_needed_facts(kind, Conference.model_validate(facts), TEMPLATES)


def test_a_list_of_any_length_has_as_many_certificates():
    names = [f"ông Nguyễn Văn {number}" for number in range(400)]

    assert len(certificates(recipients=[{"person": name} for name in names])) == 400
