"""Findings are shown in the order in which people go through a file."""

from __future__ import annotations

from generator.findings import Finding, Place, Severity, nearest, sort_findings


def at(place: Place, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("x", severity, place)


def test_lines_come_in_order_and_errors_first_within_a_place():
    second, first = Place("a.yaml", 10, 2), Place("a.yaml", 9, 30)
    findings = [at(second), at(first, Severity.GAP), at(first)]

    assert sort_findings(findings) == [at(first), at(first, Severity.GAP), at(second)]


def test_cells_come_row_by_row():
    cells = ["AA2", "B2", "D10", "D7"]
    found = sort_findings(at(Place("a.xlsx", sheet="Điểm", cell=cell)) for cell in reversed(cells))

    assert [one.place.cell for one in found] == ["B2", "AA2", "D7", "D10"]


def test_a_misspelt_word_is_guessed_only_when_it_is_near():
    assert nearest("leadrship", ["leadership", "members"]) == "leadership"
    assert nearest("zzz", ["leadership", "members"]) == ""
