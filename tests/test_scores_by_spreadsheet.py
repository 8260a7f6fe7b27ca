"""Totals and ranks of the samples, counted a second time by a spreadsheet: formulas of ours, computed by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from generator.checking import check_facts
from generator.model.counting import read_points, read_share
from generator.model.standings import compute_standings

ROOT = Path(__file__).resolve().parent.parent
SOFFICE = shutil.which("soffice") or "soffice"

pytestmark = pytest.mark.calc


def make_book(conference) -> Workbook:
    """Return a workbook with one row a unit: its sums by formulas over the raw points, then cross, total and rank."""
    scoring, book = conference.scoring, Workbook()
    marks, result = book.active, book.create_sheet("Result")
    marks.title = "Marks"
    names = [member.name for member in conference.members]
    rows = {conference.name_of(row.unit): row for row in scoring.rows or []}
    sheets: dict[str, list[int]] = {name: [] for name in names}
    for at, mark in enumerate(scoring.marks, start=1):
        for column, point in enumerate(mark.points, start=2):
            marks.cell(at, column, float(point.replace(",", ".")))
        last = get_column_letter(1 + len(mark.points))
        marks.cell(at, 1, f"=SUM(B{at}:{last}{at})")
        sheets[conference.name_of(mark.unit)].append(at)
    own, cross = (
        (float(read_share(scoring.weights.self_score)), float(read_share(scoring.weights.cross)))
        if scoring.self_score == "weighted"
        else (0, 1)
    )
    for at, name in enumerate(names, start=1):
        row = rows.get(name)
        cells = ",".join(f"Marks!A{number}" for number in sheets[name])
        mean = f"=AVERAGE({cells})"
        if scoring.drop_extremes:
            mean = f"=(SUM({cells})-MAX({cells})-MIN({cells}))/(COUNT({cells})-2)"
        given = [sum(map(read_points, row.self_points or [])) if row else 0]
        given += [(read_points(getattr(row, part)) or 0) if row else 0 for part in ("bonus", "penalty")]
        result.cell(at, 1, name)
        for column, value in enumerate(given, start=2):
            result.cell(at, column, float(value))
        result.cell(at, 5, mean)
        digits = scoring.rounding.digits
        result.cell(at, 6, f"=ROUND({own}*B{at}+{cross}*E{at}+C{at}-D{at},{digits})")
        result.cell(at, 7, f"=RANK(F{at},F$1:F${len(names)})")
    return book


def compute(book: Workbook, folder: Path) -> dict[str, tuple[Fraction, int]]:
    """Return total and rank of each unit as LibreOffice computes them."""
    file, out = folder / "book.xlsx", folder / "out"
    book.save(file)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = load_workbook(out / "book.xlsx", data_only=True)["Result"]
    return {row[0]: (Fraction(str(row[5])), int(row[6])) for row in sheet.iter_rows(values_only=True)}


@pytest.mark.parametrize("name", ["mau", "mau-24"])
def test_a_spreadsheet_comes_to_the_same_totals_and_ranks(name, tmp_path):
    conference = check_facts(ROOT / "inputs" / name).conference
    standings = compute_standings(conference)

    computed = compute(make_book(conference), tmp_path)

    assert {one.unit: one.total for one in standings.units} == {
        unit: total for unit, (total, _) in computed.items()
    }
    before_ties = {
        one.unit: sum(other.total > one.total for other in standings.units) + 1 for one in standings.units
    }
    assert before_ties == {unit: rank for unit, (_, rank) in computed.items()}
    assert {one.unit: one.rank for one in standings.units if not one.told_apart_by} == {
        unit: rank for unit, (_, rank) in computed.items() if not standings.find(unit).told_apart_by
    }
