"""The kind `scores`: drawings and tables from the standings, read back from PDF and HTML, for everyone."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from generator.composing import Composed, compose, is_wanted
from generator.content.compose import has_needed_facts
from generator.content.kind import load_kind
from generator.errors import DisagreementError, TemplateError, UsageError
from generator.inspection.readback.words import check_agreement
from generator.model.conference import Conference
from generator.model.counting import format_score
from generator.model.standings import compute_standings
from generator.request import Request
from generator.tree import Drawing, Figure, Table, document_text, plain_text
from generator.writers.docx import write_docx
from generator.writers.pdf import write_pdf
from generator.writers.web import write_web
from tests.browser import ask, print_page
from tests.charts import samples
from tests.samples import TEMPLATES
from tests.writers.test_pdf import findings, syntax_findings
from tests.writers.test_web_browser import find_barriers

ROOT = TEMPLATES.parent
KIND = load_kind(TEMPLATES, "scores")


def request_for(*formats: str, kinds: tuple[str, ...] = ()) -> Request:
    return Request("2024", kinds, ROOT / "inputs", ROOT / "outputs", TEMPLATES, formats)


def composed(conference: Conference) -> Composed:
    return compose(KIND, conference, {}, request_for())


def small() -> Conference:
    return samples.conference(3)


def rich() -> Conference:
    """Return ten units with parts, penalties, ties and sheets that do not count."""
    return samples.conference(
        10, **samples.PARTS, rows=samples.rows(10), rounding={"digits": "0"}, scale_max="100"
    )


def large() -> Conference:
    return samples.conference(24)


def absent() -> Conference:
    """Return four units that gave themselves no marks."""
    return samples.conference(4, marks=[one for one in samples.marks(4) if one["unit"] != one["scorer"]])


EVERY = pytest.mark.parametrize("conference", [small, rich, large, absent], ids=lambda made: made.__name__)


def pdf_of(one: Composed) -> bytes:
    return write_pdf(one.document, one.choice.style).content


def html_of(one: Composed) -> bytes:
    return write_web(one.document, one.choice.style)


# --- what it says -------------------------------------------------------------------------------------


@EVERY
def test_both_files_have_every_word_of_the_document_those_in_the_drawings_too(conference):
    one = composed(conference())
    drawings = [block.picture for block in one.document.blocks if isinstance(block, Figure)]
    assert len(drawings) >= 2
    assert all(isinstance(drawing, Drawing) for drawing in drawings)
    check_agreement(one.document, one.choice.style, pdf=pdf_of(one), html=html_of(one))


def test_a_word_that_a_drawing_lost_is_noticed():
    one = composed(small())
    page = html_of(one)
    lost = re.sub(
        "(<text [^>]*>)Sở Nội vụ tỉnh Hoa Ban", r"\1Sở Nội vụ tỉnh Hoa", page.decode(), count=1
    ).encode()
    assert lost != page
    with pytest.raises(DisagreementError):
        check_agreement(one.document, one.choice.style, html=lost)


@EVERY
def test_the_tables_have_the_figures_of_the_standings(conference):
    made = conference()
    counted = compute_standings(made)
    totals, cross = (block for block in composed(made).document.blocks if isinstance(block, Table))
    assert [
        (plain_text(row[0]), plain_text(row[1]).removesuffix(" (đồng hạng)"), plain_text(row[-1]))
        for row in totals.rows
    ] == [(str(one.rank), one.unit, format_score(one.total)) for one in counted.ranked]
    assert [plain_text(row[1]).endswith(" (đồng hạng)") for row in totals.rows] == [
        bool(one.tied_with) for one in counted.ranked
    ]
    assert [tuple(plain_text(cell) for cell in (row[0], row[2], row[3])) for row in cross.rows] == [
        (one.unit, format_score(one.cross), format_score(one.spread)) for one in counted.units
    ]
    for row, one in zip(cross.rows, counted.units, strict=True):
        given = plain_text(row[1]).split("; ")
        assert given == [
            f"({counted.scorers.index(sheet.scorer) + 1})\N{NO-BREAK SPACE}{format_score(sheet.total)}{'' if sheet.counts else ' (không tính)'}"
            for sheet in one.sheets
        ]


def test_who_decides_the_outcome_is_said_in_the_words_of_the_standings():
    totals = {0: "95", 1: "94,9", 2: "90"}
    marks = samples.flat_marks(totals)
    marks[0]["points"] = ["95,2"]
    marks[1]["points"], marks[2]["points"] = ["94,8"], ["94,8"]
    made = samples.conference(3, marks=marks)
    counted = compute_standings(made)
    text = document_text(composed(made).document)
    assert [one.scorer for one in counted.deciders] == ["Giám khảo 1"]
    assert f"Nếu không tính phiếu chấm của Giám khảo 1 thì đứng đầu là: {samples.name(1)}." in text
    assert "không thấy trường hợp nào" not in text


def test_where_nobody_decides_it_is_said_too():
    made = samples.conference(3, marks=samples.flat_marks({0: "95", 1: "90", 2: "80"}))
    text = document_text(composed(made).document)
    assert "không thấy trường hợp nào làm thay đổi đơn vị đứng đầu" in text
    assert "Nếu không tính phiếu chấm" not in text


def test_units_told_apart_by_a_rule_are_named():
    marks = samples.flat_marks({0: "95", 1: "95"})
    facts = [{"unit": samples.name(0), "self_score": "90"}, {"unit": samples.name(1), "self_score": "99"}]
    made = samples.conference(2, marks=marks, rows=facts, ties=["tự chấm"])
    text = document_text(composed(made).document)
    assert (
        f"Bằng tổng điểm nhưng khác hạng, theo quy tắc xếp hạng của Khối hoặc theo quyết định của Hội nghị: {samples.name(1)}; {samples.name(0)}."
        in text
    )
    assert "đồng hạng" not in text


# --- when it is made ----------------------------------------------------------------------------------


def without_marks() -> Conference:
    return samples.conference(3, marks=None)


def test_it_is_left_out_where_there_are_no_marks_or_one_is_missing():
    whole, gap = small(), samples.conference(3, marks=samples.marks(3)[:-2])
    assert [has_needed_facts(KIND, made, TEMPLATES) for made in (whole, gap, without_marks())] == [
        True,
        False,
        False,
    ]
    assert [is_wanted(KIND, made, request_for()) for made in (whole, gap, without_marks())] == [
        True,
        False,
        False,
    ]
    assert not is_wanted(KIND, whole, request_for("docx"))


def test_asked_for_by_name_without_marks_it_says_so_and_draws_nothing():
    one = composed(without_marks())
    assert "Chưa có đủ điểm chấm để tính tổng điểm và thứ hạng." in document_text(one.document)
    assert not any(isinstance(block, Figure) for block in one.document.blocks)


def test_it_is_no_word_file():
    with pytest.raises(UsageError):
        compose(KIND, small(), {}, request_for("docx"))
    one = composed(small())
    with pytest.raises(TemplateError) as caught:
        write_docx(one.document, one.choice.style)
    assert caught.value.key == "drawing-not-in-word"


LOADED = """\
import sys
from generator import cli
try:
    code = cli.main({arguments})
except SystemExit as end:
    code = end.code or 0
print(code, "matplotlib" in sys.modules, file=sys.__stderr__)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["build", "2016", "minutes", "--format=docx"]])
def test_matplotlib_is_not_loaded_where_nothing_is_drawn(arguments, tmp_path):
    more = [] if arguments == ["--help"] else [f"--outputs={tmp_path}", f"--inputs={ROOT / 'inputs'}"]
    told = run(LOADED.format(arguments=[*arguments, *more]), tmp_path)
    assert told.stderr.splitlines()[-1] == "0 False"


def test_matplotlib_is_loaded_where_something_is_drawn(tmp_path):
    told = run(
        "import sys; from tests.charts import test_document as t;"
        "sys.modules.pop('matplotlib'); t.composed(t.without_marks()); print('matplotlib' in sys.modules)",
        tmp_path,
    )
    assert told.stdout.split() == ["False"]
    from generator import charts

    parts = Path(charts.__file__).parent
    doors = [
        file.name for file in parts.glob("*.py") if "import matplotlib" in file.read_text(encoding="utf-8")
    ]
    assert doors == ["canvas.py"]


def run(script: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        **changes,
    }
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=environment)


# --- what the files are -------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_pdf_keeps_the_level_that_it_claims(conference, profile):
    content = pdf_of(composed(conference()))
    assert findings(content, profile) == []
    assert syntax_findings(content) == []


@pytest.mark.poppler
@EVERY
def test_another_reader_finds_names_and_figures_in_the_pdf(conference, tmp_path):
    made = conference()
    file = tmp_path / "bang-diem.pdf"
    file.write_bytes(pdf_of(composed(made)))
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    found = set(text.split())
    for one in compute_standings(made).units:
        assert {*one.unit.split(), *format_score(one.total).split()} <= found
    fonts = subprocess.run(
        ["pdffonts", str(file)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all("LiberationSerif" in line or "Liberation-Serif" in line for line in fonts)


def test_drawings_in_the_pdf_are_no_pictures_of_dots():
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf_of(composed(rich())))) as file:
        images = [
            one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        words = [
            str(one["/Alt"]) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert images == []
    assert len(words) == 2
    assert words[0].startswith("Biểu đồ thanh tổng điểm của 10 đơn vị, xếp theo thứ hạng: hạng 1")
    assert samples.name(9) in words[0]


HASHES = (
    "import hashlib; from tests.charts import test_document as t; one = t.composed(t.rich());"
    "print([hashlib.sha256(made(one)).hexdigest() for made in (t.pdf_of, t.html_of)])"
)


def test_the_same_bytes_in_every_process(tmp_path):
    one = composed(rich())
    here = [hashlib.sha256(made(one)).hexdigest() for made in (pdf_of, html_of)]
    assert run(HASHES, tmp_path, PYTHONHASHSEED="77", TZ="Asia/Ho_Chi_Minh").stdout.strip() == str(here)


@EVERY
def test_the_page_asks_for_nothing_and_names_no_part_twice(conference):
    page = html_of(composed(conference())).decode()
    root = html.document_fromstring(page)
    assert root.xpath("//script | //link | //iframe | //img") == []
    names = root.xpath("//@id")
    assert len(names) == len(set(names)) > 0
    assert re.findall(r"(?:src|href)=\"(?!#)([^\"]*)", page) == []
    shown = root.xpath("//*[local-name()='svg']")
    assert [one.get("role") for one in shown] == ["img"] * len(shown)
    assert all(len(one.get("aria-label")) > 60 for one in shown)


def test_the_page_is_no_news():
    page = html_of(composed(small())).decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "og:" not in page.partition("</head>")[0].replace("og: https", "")
    assert "ld+json" not in page


@pytest.mark.chromium
@pytest.mark.parametrize("width_px", [None, 320], ids=["wide", "narrow"])
@EVERY
def test_axe_finds_no_barrier(conference, width_px, tmp_path):
    found = find_barriers(html_of(composed(conference())), tmp_path, width_px)
    # axe cannot tell the contrast of letters in SVG; `test_canvas` measures it for every colour.
    unsure = [node for node in found.pop("color-contrast", []) if not node.startswith("<text ")]
    assert (found, unsure) == ({}, [])


@pytest.mark.chromium
@pytest.mark.parametrize("width_px", [None, 320], ids=["wide", "narrow"])
def test_the_page_is_no_wider_than_the_window_though_a_drawing_is(width_px, tmp_path):
    question = """({
      inner: document.documentElement.clientWidth,
      needed: document.documentElement.scrollWidth,
      drawings: [...document.querySelectorAll("svg")].map((one) => one.getBoundingClientRect().width),
      letters: [...document.querySelectorAll("svg text")].map((one) => one.getComputedTextLength() - one.textLength.baseVal.value),
    })"""
    told = ask(html_of(composed(rich())), question, tmp_path, width_px=width_px)
    assert told["needed"] == told["inner"]
    assert min(told["drawings"]) >= 570  # 155 mm at 96 dots an inch: no smaller than on paper
    assert max(map(abs, told["letters"])) < 0.5


@pytest.mark.chromium
def test_what_a_browser_prints_has_the_words_of_the_document(tmp_path):
    one = composed(rich())
    printed = print_page(html_of(one), tmp_path)
    check_agreement(one.document, one.choice.style, pdf=printed)
