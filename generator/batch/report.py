"""What became of a batch comes in; the report of it goes out, as a table for Excel and as a page.

The report is no document: it holds times, and may differ from run to run.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from generator import __version__
from generator.findings import Severity
from generator.terminal import format_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from generator.batch.archive import Found
    from generator.batch.collector import Done, Line
    from generator.batch.jobs import Refusal
    from generator.terminal import Speaker

CSV_FILE, PAGE_FILE = "bao-cao-soan-hang-loat.csv", "bao-cao-soan-hang-loat.html"
PAGE = "page.html.j2"

COLUMNS = ("conference", "kind", "file", "result", "pages", "reason", "seconds")

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would compute."""

MOST_REASONS = 20
"""How many findings of one conference the page lists."""


@dataclass(frozen=True, slots=True)
class Run:
    """A batch that came to its end, or was ended."""

    done: Sequence[Done]
    left: Sequence[Found]
    """The conferences that were not done."""
    begun: datetime
    ended: datetime
    where: str
    """A sentence: what did the work."""

    def count(self, state: str) -> int:
        """Return how many conferences are in *state*."""
        return len(self.left) if state == "left" else sum(one.state == state for one in self.done)

    def count_files(self, state: str) -> int:
        """Return how many files are in *state*."""
        return sum(line.state == state for one in self.done for line in one.lines)


def write_reports(run: Run, speaker: Speaker) -> dict[str, bytes]:
    """Return the files of the report, by their names."""
    return {CSV_FILE: _write_csv(run, speaker), PAGE_FILE: _write_page(run, speaker)}


def say_reasons(refusal: Refusal, speaker: Speaker) -> list[str]:
    """Return why something cannot be made: the errors in the facts with their places, or one sentence."""
    errors = [one for one in refusal.findings if one.severity is Severity.ERROR] or refusal.findings
    return [f"{format_place(one.place, speaker.language)}: {speaker.sentence(one)}" for one in errors] or [
        speaker.say(refusal.key, **refusal.values)
    ]


# --- the table ---------------------------------------------------------------------------------------------


def _write_csv(run: Run, speaker: Speaker) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(speaker.say(f"batch-column-{name}") for name in COLUMNS)
    for one in _sorted(run):
        for row in _iter_rows(one, speaker):
            writer.writerow(map(_make_harmless, row))
    for found in run.left:
        writer.writerow(
            map(_make_harmless, (found.name, "", "", speaker.say("batch-state-left"), "", "", ""))
        )
    return text.getvalue().encode("utf-8-sig", "backslashreplace")  # Excel knows UTF-8 by its mark only


def _iter_rows(one: Done, speaker: Speaker) -> Iterator[Sequence[str]]:
    seconds = f"{one.seconds:.0f}" if one.seconds else ""
    if one.refusal:
        result = speaker.say("batch-state-failed")
        yield one.found.name, "", "", result, "", _say_first(one.refusal, speaker), seconds
    for line in one.lines:
        reason = _say_first(line.refusal, speaker) if line.refusal else ""
        pages = str(line.pages) if line.pages else ""
        state = speaker.say(f"batch-state-{line.state}")
        yield one.found.name, line.kind, line.file, state, pages, reason, seconds


def _say_first(refusal: Refusal, speaker: Speaker) -> str:
    first, *others = say_reasons(refusal, speaker)
    return speaker.say("batch-and-others", first=first, count=len(others)) if others else first


def _make_harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def _sorted(run: Run) -> list[Done]:
    return sorted(run.done, key=lambda one: one.found.folder)


# --- the page ----------------------------------------------------------------------------------------------


def _write_page(run: Run, speaker: Speaker) -> bytes:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only here

    template = (resources.files("generator.batch") / PAGE).read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    done = _sorted(run)
    page = environment.from_string(template).render(
        run=run,
        failed=[one for one in done if one.state == "failed"],
        whole=[one for one in done if one.state != "failed"],
        say=speaker.say,
        language=speaker.language,
        reasons=lambda refusal: say_reasons(refusal, speaker),
        most=MOST_REASONS,
        count=_count,
        pages=_count_pages,
        version=__version__,
        duration=say_duration((run.ended - run.begun).total_seconds(), speaker),
    )
    return page.encode("utf-8", "backslashreplace")


def _count(lines: Sequence[Line], state: str) -> int:
    return sum(line.state == state for line in lines)


def _count_pages(lines: Sequence[Line]) -> int:
    return sum(line.pages or 0 for line in lines)


def say_duration(seconds: float, speaker: Speaker) -> str:
    """Return a time of so many seconds, as roughly as it is long."""
    whole = max(0, round(seconds))
    if whole < 100:
        return speaker.say("batch-seconds", count=whole)
    if whole < 100 * 60:
        return speaker.say("batch-minutes", count=round(whole / 60))
    return speaker.say("batch-hours", hours=whole // 3600, minutes=whole % 3600 // 60)
