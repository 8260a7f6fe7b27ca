"""The report of a batch: a table that Excel opens without harm, and a page that tells the failures first."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from generator.batch.archive import Found
from generator.batch.collector import Done, Line
from generator.batch.jobs import Refusal
from generator.batch.report import CSV_FILE, PAGE_FILE, Run, say_duration, write_reports
from generator.findings import Finding, Place, Severity
from generator.terminal import Speaker
from tests.writers.test_web_browser import find_barriers

SPEAKER = Speaker("vi")
CRASH = Refusal("batch-crash-twice", {"signal": "SIGSEGV"}, 5, trace="File <x>, line 1", is_apart=True)


def found(name: str) -> Found:
    return Found(name, Path("/archive") / name, Path("/archive/outputs"))


def finding(number: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        "not-one-of",
        severity,
        Place("2017/conference.yaml", number, 1),
        {"value": f"<{number}>", "known": "a"},
    )


@pytest.fixture(scope="module")
def reports():
    findings = (finding(1, Severity.WARNING), *(finding(number) for number in range(2, 40)))
    done = [
        Done(
            found("b/inputs/2016"),
            "made",
            (Line("Biên bản hội nghị", "bien-ban.pdf", "made", 3),),
            seconds=1.25,
        ),
        Done(
            found("a/inputs/2017"), "failed", refusal=Refusal("input-has-errors", {"count": 38}, 3, findings)
        ),
        Done(
            found("a/inputs/2016"),
            "failed",
            (Line("Bản tin", "ban-tin", "failed", refusal=CRASH), Line("Biên bản", "bien-ban.docx", "made")),
        ),
        Done(found("=cmd|' /C calc'!A0"), "fresh", (Line("Bản tin", "ban-tin.docx", "fresh"),)),
    ]
    begun, ended = datetime(2026, 1, 2, 8, 0, tzinfo=UTC), datetime(2026, 1, 2, 9, 30, tzinfo=UTC)
    return write_reports(Run(done, [found("c/inputs/2018")], begun, ended, "Làm 2 việc cùng lúc."), SPEAKER)


def rows(reports) -> list[dict[str, str]]:
    text = reports[CSV_FILE].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_each_document_and_each_conference_without_any(reports):
    table = [(row["Hội nghị"], row["Tệp"], row["Kết quả"]) for row in rows(reports)]
    assert table == [
        ("'=cmd|' /C calc'!A0", "ban-tin.docx", "đã có sẵn, còn khớp"),
        ("a/inputs/2016", "ban-tin", "có lỗi"),
        ("a/inputs/2016", "bien-ban.docx", "đã soạn"),
        ("a/inputs/2017", "", "có lỗi"),
        ("b/inputs/2016", "bien-ban.pdf", "đã soạn"),
        ("c/inputs/2018", "", "chưa làm"),
    ]


def test_the_table_tells_pages_seconds_and_the_first_error(reports):
    by_name = {row["Hội nghị"]: row for row in rows(reports)}
    assert (by_name["b/inputs/2016"]["Số trang"], by_name["b/inputs/2016"]["Giây (cả hội nghị)"]) == (
        "3",
        "1",
    )
    reason = by_name["a/inputs/2017"]["Lý do"]
    assert reason.startswith("2017/conference.yaml:2:1: ")
    assert reason.endswith("(và 37 điều khác)")


def test_excel_takes_the_table_for_utf_8_and_computes_nothing(reports):
    assert reports[CSV_FILE].startswith(b"\xef\xbb\xbf")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows(reports) for cell in row.values())


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_beginning_of_a_name_makes_a_formula(begin):
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    run = Run([], [found(f"{begin}1+1")], moment, moment, "x")
    (row,) = rows(write_reports(run, SPEAKER))
    assert row["Hội nghị"] == f"'{begin}1+1"


def test_the_page_tells_failures_before_anything_else_and_at_most_twenty_reasons_each(reports):
    page = html.fromstring(reports[PAGE_FILE].decode())
    assert page.get("lang") == "vi"
    heads = [head.text_content() for head in page.iter("h2")]
    assert heads == ["Hội nghị có lỗi (2)", "Hội nghị chưa làm (1)", "Hội nghị đã trọn vẹn (2)"]
    assert [head.text_content() for head in page.iter("h3")] == ["a/inputs/2016", "a/inputs/2017"]
    items = [item.text_content() for item in page.iter("li")]
    assert sum("<" in item for item in items) == 20
    assert "… và 18 điều nữa." in items
    assert "File <x>, line 1" in page.find(".//pre").text_content()
    assert "Các văn bản khác của hội nghị này đã xong: 1 tệp." in page.text_content()


def test_the_page_sums_up_what_became_of_all(reports):
    page = html.fromstring(reports[PAGE_FILE].decode())
    summary = {row[0].text_content(): row[1].text_content() for row in page.find(".//table/tbody")}
    assert summary == {
        "có lỗi": "2",
        "chưa làm": "1",
        "đã soạn": "1",
        "đã có sẵn, còn khớp": "1",
        "Số tệp đã soạn": "2",
    }


def test_the_page_needs_nothing_from_elsewhere_and_each_table_has_heads(reports):
    text = reports[PAGE_FILE].decode()
    assert not re.search(r"(?:src|href)=|url\(|@import|<script", text)
    for table in html.fromstring(text).iter("table"):
        assert {head.get("scope") for head in table.iter("th")} == {"col", "row"}


@pytest.mark.chromium
@pytest.mark.parametrize("width_px", [None, 360])
def test_axe_finds_no_barrier_in_the_page(reports, tmp_path, width_px):
    assert find_barriers(reports[PAGE_FILE], tmp_path, width_px) == {}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 giây"), (99, "99 giây"), (100, "2 phút"), (5999, "100 phút"), (7260, "2 giờ 1 phút")],
)
def test_times_are_as_rough_as_they_are_long(seconds, said):
    assert say_duration(seconds, SPEAKER) == said
