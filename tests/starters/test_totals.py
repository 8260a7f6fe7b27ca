"""The formulas of the matrix and of the totals against `compute_standings`: two computations, one result."""

from __future__ import annotations

import copy
import io
from fractions import Fraction

import openpyxl
import pytest

from generator.model.conference import Conference
from generator.model.counting import round_fraction
from generator.model.standings import compute_standings
from generator.readers.sheets import MATRIX, SUMMARY
from generator.starters.totals import CROSS, OWN, RANK, REMARK, TOTAL
from generator.starters.workbook import make_workbook
from tests.inspection.planted.convert import convert_with_libreoffice
from tests.starters.score_samples import make_criteria, make_facts, make_points

TWO = {"digits": "2"}
WEIGHTED = {"self_score": "weighted", "weights": {"self_score": "30%", "cross": "70%"}}


def tie(facts):
    """Let the first three units of *facts* have the same total, from marks that differ."""
    for mark in facts["scoring"]["marks"]:
        if mark["unit"] in {"Bộ Nội vụ", "Bộ Tài chính", "Bộ Tư pháp"}:
            mark["points"] = ["38", "18", "17", "9", "8"]
    rows = facts["scoring"]["rows"]
    for row in rows[:3]:
        row.pop("bonus", None)
        row.pop("penalty", None)
    rows[0]["bonus"], rows[0]["penalty"], rows[2]["bonus"], rows[2]["penalty"] = "1", "1", "2", "2"
    return facts


def leave_out(facts, *, every):
    """Take the second point from every so-many-th score sheet of *facts*."""
    for at, mark in enumerate(facts["scoring"]["marks"]):
        if at % every == 0:
            mark["points"] = [mark["points"][0], "–", *mark["points"][2:]]
    return facts


def without_sheet(facts):
    del facts["scoring"]["marks"][5]
    return facts


def without_own(facts):
    facts["scoring"]["rows"][3].pop("self_points")
    return facts


def declared_own(facts):
    facts["scoring"]["rows"][3] = {"unit": "Bộ Kế hoạch và Đầu tư", "self_score": "91,5"}
    return facts


def of_one_figure(facts):
    scoring = facts["scoring"]
    del scoring["criteria"]
    for mark in scoring["marks"]:
        mark["points"] = [str(90 + len(mark["points"][0]))]
    for row in scoring["rows"]:
        row["self_points"] = ["95"]
    return facts


def by_other_names(facts):
    for row, member in zip(facts["scoring"]["rows"], facts["members"], strict=True):
        row["unit"] = member["short"]
    return facts


RULES = {
    "mean": make_facts(rounding=TWO),
    "sum": make_facts(cross_score="sum", drop_self="có"),
    "mean of units from elsewhere": make_facts(24, rounding=TWO),
    "extremes dropped": make_facts(drop_extremes="1", rounding=TWO),
    "two extremes dropped": make_facts(24, drop_extremes="2", rounding={"digits": "3"}),
    "sum without extremes": make_facts(cross_score="sum", drop_extremes="2"),
    "self-score weighted": make_facts(**WEIGHTED, rounding=TWO),
    "self-score weighted, declared": declared_own(make_facts(**WEIGHTED, rounding=TWO)),
    "self-score missing": without_own(make_facts(**WEIGHTED, rounding=TWO)),
    "criteria weighted": make_facts(criteria=make_criteria(("2", "30%", "0,5", None, "1,25")), rounding=TWO),
    "each part rounded": make_facts(**WEIGHTED, rounding={"digits": "1", "stage": "each"}),
    "halves to even": make_facts(rounding={"digits": "0", "way": "half_even"}),
    "halves to even, one decimal": make_facts(drop_extremes="3", rounding={"digits": "1", "way": "half_even"}),
    "cut off": make_facts(rounding={"digits": "1", "way": "down"}),
    "own sheets count": make_facts(self_marked=True, drop_self="không", rounding=TWO),
    "own sheets there and not counted": make_facts(self_marked=True, drop_self="có", rounding=TWO),
    "ties shared": tie(make_facts(rounding=TWO)),
    "ties by penalty": tie(make_facts(rounding=TWO, ties=["điểm trừ"])),
    "ties by bonus, then cross": tie(make_facts(rounding=TWO, ties=["điểm thưởng", "chấm chéo"])),
    "ties by self-score": tie(make_facts(rounding=TWO, ties=["tự chấm", "điểm trừ"])),
    "ties by self-score that one lacks": without_own(make_facts(rounding={"digits": "0"}, ties=["tự chấm", "chấm chéo"])),
    "ties by a criterion": make_facts(rounding={"digits": "0"}, ties=["II", "Hoạt động của Khối", "chấm chéo"]),
    "sheets with gaps passed over": leave_out(make_facts(missing="skip", rounding=TWO, ties=["III"]), every=4),
    "a gap": leave_out(make_facts(rounding=TWO), every=40),
    "a sheet missing": without_sheet(make_facts(rounding=TWO)),
    "one figure a sheet": of_one_figure(make_facts(rounding=TWO, scale_max="100")),
    "units by abbreviation": by_other_names(make_facts(rounding=TWO)),
}  # fmt: skip


def test_the_rules_bring_about_what_they_are_to_test():
    results = {name: compute_standings(Conference.model_validate(facts)) for name, facts in RULES.items()}
    uncountable = {name for name, standings in results.items() if standings is None}
    assert uncountable == {"self-score missing", "a gap", "a sheet missing"}
    assert results["ties shared"].ties
    for name, standings in results.items():
        if name.startswith("ties by"):
            assert any(one.told_apart_by for one in standings.units), name


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    """Return the workbooks of all rules as LibreOffice computes them: two sheets of each."""
    made = {f"b{at}": make_workbook(facts) for at, facts in enumerate(RULES.values())}
    made["clerk"] = fill_as_a_clerk()
    files = convert_with_libreoffice(made, tmp_path_factory.mktemp("computed"), "xlsx", ".xlsx")
    books = {name: openpyxl.load_workbook(io.BytesIO(file), data_only=True) for name, file in files.items()}
    return {**dict(zip(RULES, books.values(), strict=False)), "clerk": books["clerk"]}


def fill_as_a_clerk():
    """Return the workbook of a year without marks, filled in by hand."""
    facts = make_facts(rounding=TWO, ties=["điểm trừ"])
    empty = copy.deepcopy(facts)
    del empty["scoring"]["marks"], empty["scoring"]["rows"]
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(empty)))
    page, scores = book[MATRIX.name], book["Điểm"]
    for unit in range(10):
        for at in range(5):
            row = 3 + 6 * unit + at
            page.cell(row, 4).value = as_number(make_points(unit, unit + 3)[at])
            for scorer in set(range(10)) - {unit}:
                page.cell(row, 5 + scorer).value = as_number(make_points(unit, scorer)[at])
    for at, row in enumerate(facts["scoring"]["rows"], 2):
        scores.cell(at, 1).value = facts["members"][at - 2]["short"]
        scores.cell(at, 5).value, scores.cell(at, 6).value = (
            as_number(row.get("bonus")),
            as_number(row.get("penalty")),
        )
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_number(text):
    return None if text is None else float(text.replace(",", "."))


def rows_of(book, count):
    return range(3, 3 + count)


@pytest.mark.calc
@pytest.mark.libreoffice
@pytest.mark.parametrize("name", RULES)
def test_totals_and_ranks_are_those_of_the_program(computed, name):
    check(computed[name], Conference.model_validate(RULES[name]))


@pytest.mark.calc
@pytest.mark.libreoffice
def test_a_workbook_that_a_clerk_filled_in_is_computed_alike(computed):
    check(computed["clerk"], Conference.model_validate(make_facts(rounding=TWO, ties=["điểm trừ"])))


def check(book, conference):
    """Hold the sheet of totals against the program's standings, cell by cell."""
    standings, page = compute_standings(conference), book[SUMMARY]
    rows = range(3, 3 + len(conference.members))
    if standings is None:
        assert "thiếu" in {page[f"{TOTAL}{row}"].value for row in rows}
        assert {page[f"{RANK}{row}"].value or "" for row in rows} == {""}
        return
    assert [page[f"A{row}"].value for row in rows] == [one.unit for one in standings.units]
    for row, one in zip(rows, standings.units, strict=True):
        assert exact(page[f"{TOTAL}{row}"].value) == round_fraction(one.total, 9, "half_up")
        assert exact(page[f"{CROSS}{row}"].value) == round_fraction(one.cross, 9, "half_up")
        assert page[f"{RANK}{row}"].value == one.rank
        assert (page[f"{REMARK}{row}"].value or "") == ("đồng hạng" if one.tied_with else "")
        if one.self_score is not None:
            assert exact(page[f"{OWN}{row}"].value) == one.self_score


def exact(value):
    return round_fraction(Fraction(value), 9, "half_up")


@pytest.mark.calc
@pytest.mark.libreoffice
def test_the_matrix_counts_sheets_means_and_spreads(computed):
    facts = RULES["mean"]
    standings = compute_standings(Conference.model_validate(facts))
    page = computed["mean"][MATRIX.name]
    for at, one in enumerate(standings.units):
        row = 8 + 6 * at
        count, mean, spread = (page.cell(row, column).value for column in (15, 16, 17))
        assert page.cell(row, 2).value == "Cộng"
        assert count == len(one.counted)
        assert exact(mean) == exact(one.cross)
        assert exact(spread) == one.spread
    assert [page.cell(63, column).value for column in range(5, 15)] == [9] * 10
    assert [page.cell(64, column).value for column in range(5, 15)] == [45] * 10


@pytest.mark.calc
@pytest.mark.libreoffice
def test_no_formula_fails(computed):
    for book in computed.values():
        for name in (MATRIX.name, SUMMARY):
            cells = [cell for row in book[name].iter_rows() for cell in row]
            assert [cell.coordinate for cell in cells if cell.data_type == "e"] == []


# --- what the sheet says of itself ----------------------------------------------------------------------


def notes(facts):
    page = openpyxl.load_workbook(io.BytesIO(make_workbook(facts)))[SUMMARY]
    return "\n".join(str(cell.value) for cell in page["A"] if cell.value)


def test_what_no_formula_can_say_is_left_out_and_said():
    text = notes(make_facts(drop_extremes="1", rounding=TWO, ties=["chấm chéo", "II"]))
    assert "Bằng tổng điểm thì lần lượt xét: điểm chấm chéo." in text
    assert "Tiêu chí xét khi bằng điểm “II. Chấp hành" in text

    decided = [{"units": ["Bộ Nội vụ", "Bộ Tài chính"], "shared": "có"}]
    assert "Xử lý bằng điểm" in notes(make_facts(rounding=TWO, tie_decisions=decided))


def test_a_rule_that_is_not_whole_gives_no_formulas():
    text = notes(make_facts(self_score="weighted"))
    assert "chưa tính được tổng điểm" in text
    assert "=" not in text


def test_the_way_of_counting_is_told():
    text = notes(
        make_facts(**WEIGHTED, drop_extremes="1", missing="skip", rounding={"digits": "1", "way": "down"})
    )
    assert "Tổng điểm = 0,7 × điểm chấm chéo + 0,3 × điểm tự chấm" in text
    assert "bỏ 1 phiếu cao nhất và 1 phiếu thấp nhất" in text
    assert "Phiếu còn thiếu điểm thì không tính." in text
    assert "1 chữ số thập phân. Phần lẻ thì bỏ." in text
