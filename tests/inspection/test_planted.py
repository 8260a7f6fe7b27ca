"""The inspector's proof: no false alarm on files that we did not write, every planted defect found.

With HOINGHI_PLANTED_FIGURES set to a file's path, the figures are written there as a table in Markdown.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.inspection.judging.judge import judge
from generator.inspection.judging.recognise import recognise_parts
from generator.inspection.paper.reader import read_paper
from generator.inspection.verdict import State
from generator.inspection.word.reader import read_word
from generator.style import load_style
from tests.inspection.planted.corpus import BASES
from tests.inspection.planted.defects import DEFECTS, PERMITTED
from tests.inspection.planted.package import plain

STYLES = {
    regime: load_style(Path(__file__).parents[2] / "templates" / "style" / f"{file}.yaml")
    for regime, file in (("nd30", "nd30-2020"), ("tt01", "tt01-2011"))
}

MARKS = {
    "word": (),
    "flat": (pytest.mark.libreoffice,),
    "pandoc": (pytest.mark.pandoc,),
    "libreoffice-pdf": (pytest.mark.libreoffice,),
    "chromium-pdf": (pytest.mark.chromium,),
}
LABELS = {
    "word": "DOCX of python-docx and of OOXML by hand",
    "flat": "DOCX of LibreOffice",
    "pandoc": "DOCX of pandoc",
    "libreoffice-pdf": "PDF of LibreOffice",
    "chromium-pdf": "PDF of Chromium",
}


@dataclass(frozen=True)
class Alarm:
    """A rule that failed: where, and what was read there."""

    rule: str
    text: str
    """The whole paragraph; empty where the verdict names none."""
    found: str
    wanted: str


def inspect(content: bytes, base) -> list[Alarm]:
    """Return the rules that *content* fails under the regime of its *base*."""
    found = read_paper(content) if base.is_pdf else read_word(content)
    verdicts = judge(found, recognise_parts(found), STYLES[base.regime])
    texts = {paragraph.index: paragraph.text for paragraph in found.paragraphs}
    return [
        Alarm(
            one.rule, "" if one.spot.paragraph is None else texts[one.spot.paragraph], one.found, one.wanted
        )
        for one in verdicts
        if one.state is State.FAIL
    ]


@pytest.fixture(scope="module")
def alarms_of(workshop):
    """Return the function that gives the alarms of each file of a route, which are made and read once."""
    known: dict[str, dict[str, list[Alarm]]] = {}

    def ask(route: str) -> dict[str, list[Alarm]]:
        if route not in known:
            made = {name: (content, BASES[name]) for name, content in workshop.make_clean(route).items()}
            planted = {one.full_name: BASES[one.base] for one in (*DEFECTS, *PERMITTED)}
            spoilt = workshop.make_spoilt((*DEFECTS, *PERMITTED), route)
            made |= {name: (content, planted[name]) for name, content in spoilt.items()}
            known[route] = {name: inspect(content, base) for name, (content, base) in made.items()}
        return known[route]

    return ask


def is_at(alarm: Alarm, words: str) -> bool:
    """Tell whether *alarm* is of a paragraph that begins with *words*, be it between two tabs."""
    stretches = (plain(stretch) for stretch in alarm.text.split("\t"))
    return not words or any(stretch.startswith(plain(words)) for stretch in stretches)


def missed(defect, alarms: list[Alarm]) -> list[str]:
    """Return the rules that should have failed at the defect's words, and did not."""
    return [
        rule
        for rule in defect.rules
        if not any(alarm.rule == rule and is_at(alarm, defect.words) for alarm in alarms)
    ]


def false_alarms(defect, alarms: list[Alarm]) -> list[Alarm]:
    """Return the alarms that neither the defect nor its consequences explain."""
    return [
        alarm
        for alarm in alarms
        if alarm.rule not in defect.also and not (alarm.rule in defect.rules and is_at(alarm, defect.words))
    ]


def route_of(name: str) -> str:
    return BASES[name].route


def marked(defects):
    """Return *defects* with the programs that they need."""
    for one in defects:
        yield pytest.param(one, id=one.full_name, marks=MARKS[route_of(one.base)])


def clean_files():
    for name, base in BASES.items():
        yield pytest.param(name, marks=MARKS[base.route])


@pytest.mark.parametrize("name", list(clean_files()))
def test_a_clean_file_fails_no_rule(name, alarms_of):
    assert alarms_of(route_of(name))[name] == []


@pytest.mark.parametrize("change", list(marked(PERMITTED)))
def test_a_permitted_change_fails_no_rule(change, alarms_of):
    assert alarms_of(route_of(change.base))[change.full_name] == []


@pytest.mark.parametrize("defect", list(marked(DEFECTS)))
def test_a_planted_defect_is_found(defect, alarms_of):
    assert missed(defect, alarms_of(route_of(defect.base))[defect.full_name]) == []


@pytest.mark.parametrize("defect", list(marked(DEFECTS)))
def test_a_planted_defect_raises_no_other_alarm(defect, alarms_of):
    assert false_alarms(defect, alarms_of(route_of(defect.base))[defect.full_name]) == []


@pytest.mark.libreoffice
@pytest.mark.pandoc
@pytest.mark.chromium
def test_the_figures_are_whole(alarms_of):
    rows = [row_of(route, alarms_of(route)) for route in MARKS]
    total = sum(rows, Counter())
    table = format_table([*rows, total])
    if target := os.environ.get("HOINGHI_PLANTED_FIGURES"):
        Path(target).write_text(table, encoding="utf-8")
    assert total["clean"] == len(BASES)
    assert total["planted"] == len(DEFECTS)
    assert total["missed"] == 0, table
    assert total["alarms"] == 0, table


def own_alarms(defect, alarms: dict[str, list[Alarm]]) -> list[Alarm]:
    """Return the false alarms of a defect without those of rules that its clean file fails already."""
    inherited = {alarm.rule for alarm in alarms[defect.base]}
    return [one for one in false_alarms(defect, alarms[defect.full_name]) if one.rule not in inherited]


def row_of(route: str, alarms: dict[str, list[Alarm]]) -> Counter[str]:
    """Return the figures of one route."""
    clean = [name for name in BASES if route_of(name) == route]
    allowed = [one for one in PERMITTED if route_of(one.base) == route]
    defects = [one for one in DEFECTS if route_of(one.base) == route]
    lost = [one for one in defects if missed(one, alarms[one.full_name])]
    return Counter(
        clean=len(clean),
        permitted=len(allowed),
        planted=len(defects),
        found=len(defects) - len(lost),
        missed=len(lost),
        alarms=sum(len(alarms[name]) for name in clean)
        + sum(len(own_alarms(one, alarms)) for one in (*defects, *allowed)),
    )


def format_table(rows: list[Counter[str]]) -> str:
    """Return the figures as a table in Markdown, the last of *rows* as their sum."""
    heads = ("clean", "permitted", "planted", "found", "missed", "alarms")
    words = ("clean files", "permitted changes", "defects planted", "found", "missed", "false alarms")
    lines = [f"| files | {' | '.join(words)} |", "|---" * (len(heads) + 1) + "|"]
    for label, row in zip((*LABELS.values(), "all"), rows, strict=True):
        lines.append(f"| {label} | {' | '.join(str(row[head]) for head in heads)} |")
    return "\n".join(lines) + "\n"
