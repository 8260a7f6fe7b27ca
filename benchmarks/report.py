"""Figures come in; docs/benchmarks.md goes out: two texts that stand beside this file, and tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import ratios, spread
from benchmarks.targets import judge, per_row_ms, show_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.figures import Spread
    from benchmarks.results import Results, Series

NAMES = {
    "pair": "**ours**: DOCX + PDF, checked",
    "word": "**ours**: DOCX alone, checked",
    "writer": "**ours**: the DOCX writer alone",
    "weasyprint": "plain WeasyPrint: PDF alone",
    "docxtpl": "docxtpl: DOCX alone",
    "docxtpl-office": "docxtpl + LibreOffice: DOCX + PDF",
    "pandoc-office": "pandoc + LibreOffice: DOCX + PDF",
    "typst": "Typst: PDF alone",
}
"""What the engines are called, in the order of the tables."""

KINDS = {"minutes": "the minutes", "pledge": "the pledge", "news": "the bulletin"}

TEXTS = Path(__file__).parent


def write_report(results: Results) -> str:
    """Return the page that tells *results*."""
    parts = [
        _read("head.md"),
        _tell_machine(results),
        _tell_targets(results),
        _read("method.md"),
        *(_tell_cold(results, kind) for kind in results.cold),
        *(_tell_warm(results, kind) for kind in results.warm),
        _tell_two(results),
        _tell_starts(results),
        *(_tell_rows(results, what) for what in results.rows),
        _tell_limits(results),
    ]
    return "\n".join(parts)


def _read(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    """Return a table; its first column is words, the others are figures."""
    dashes = ["---", *["--:"] * (len(heads) - 1)]
    lines = [heads, dashes, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _tell_machine(results: Results) -> str:
    machine = "; ".join(f"{name}: {value}" for name, value in results.machine.items())
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    quick = " **A quick run, to see that the tool works: its figures mean nothing.**" if results.quick else ""
    counts = f"{results.rounds} cold rounds, {_count_warm(results)} warm documents of each kind."
    return f"Measured on {results.date}; {counts}{quick}\n\n- {machine}\n- {versions}\n"


def _count_warm(results: Results) -> int:
    return max(len(series["pair"]) for series in results.warm.values())


def _tell_targets(results: Results) -> str:
    words = {True: "met", False: "**not met**", None: "not measured"}
    verdicts = judge(results)
    rows = [(one.target, one.of, one.wanted, one.measured, words[one.is_met], one.remark) for one in verdicts]
    measured = [one.is_met for one in verdicts if one.is_met is not None]
    heads = (
        "target",
        "of",
        "wanted",
        "measured",
        "verdict",
        "what holds it back, or why it was not measured",
    )
    table = _table(heads, rows).replace("| --: ", "| --- ")
    return f"## Targets\n\n{sum(measured)} of {len(measured)} that were measured are met.\n\n{table}"


def _ms(found: Spread) -> str:
    return f"{_round(found.median)} ({_round(found.least)}–{_round(found.most)})"


def _round(seconds: float) -> str:
    ms = seconds * 1000
    return f"{ms:.0f}" if ms >= 100 else f"{ms:.1f}"


def _compare(series: Series, engine: str) -> str:
    return show_ratio(ratios(series["pair"], series[engine])) if engine != "pair" else ""


def _tell_cold(results: Results, kind: str) -> str:
    series, cpu = results.cold[kind], results.cold_cpu[kind]
    rows = [
        (
            NAMES[engine],
            _ms(spread(series[engine])),
            _round(spread(cpu[engine]).median),
            f"{results.memory[kind][engine]:.0f}",
            _compare(series, engine),
        )
        for engine in NAMES
        if engine in series
    ]
    heads = ("", "ms: median (least–most)", "processor, ms", "memory, MiB", "our pair in this")
    return f"## One document, cold: {KINDS.get(kind, kind)}\n\n{_table(heads, rows)}"


def _tell_warm(results: Results, kind: str) -> str:
    series = results.warm[kind]
    rows = [
        (
            NAMES[engine],
            _ms(spread(series[engine])),
            f"{1 / spread(series[engine]).median:.1f}",
            _compare(series, engine),
        )
        for engine in NAMES
        if engine in series
    ]
    heads = ("", "ms a document: median (least–most)", "documents a second", "our pair in this")
    return f"## One document after another, warm: {KINDS.get(kind, kind)}\n\n{_table(heads, rows)}"


def _tell_two(results: Results) -> str:
    rows = [
        (
            NAMES[engine],
            f"{spread(results.one[engine]).median:.1f}",
            f"{spread(results.two[engine]).median:.1f}",
            show_ratio(ratios(results.two[engine], results.one[engine])),
            f"{results.warm_memory[engine]:.0f}" if engine in results.warm_memory else "",
        )
        for engine in NAMES
        if engine in results.two
    ]
    heads = (
        "",
        "one process: documents a second",
        "two processes",
        "two against one",
        "memory of one, warm, MiB",
    )
    table = _table(heads, rows)
    note = (
        "Of the first kind above. Processes with LibreOffice have a listener each; its memory is counted"
        " with them."
    )
    return f"## Two processes at once\n\n{note}\n\n{table}"


def _tell_starts(results: Results) -> str:
    rows = [
        (f"`{name}`", _ms(spread(series)), ", ".join(results.imports.get(name, [])) or "none")
        for name, series in results.starts.items()
    ]
    heads = ("", "ms: median (least–most)", "writers that it imports")
    return f"## Commands that write nothing\n\n{_table(heads, rows)}"


def _tell_rows(results: Results, what: str) -> str:
    sizes = results.rows[what]
    least_count = min(map(int, sizes))
    least = sizes[str(least_count)]
    lines = []
    for size, rows in sizes.items():
        count = int(size)
        if rows.refused or least.refused:
            lines.append((f"{count:,}", "–", "–", "–", "–", "–", rows.refused))
            continue
        more = count - least_count
        lines.append(
            (
                f"{count:,}",
                f"{spread(rows.cpu_s).median:.2f}",
                f"{spread(rows.wall_s).median:.2f}",
                f"{per_row_ms(rows, least, more):.2f}" if more else "",
                f"{rows.peak_mib:.0f}",
                f"{rows.size_mib:.2f}",
                "",
            )
        )
    heads = (
        "rows",
        "processor, s",
        "clock, s",
        "ms a row above the fewest",
        "memory, MiB",
        "files, MiB",
        "remark",
    )
    told = {
        "delegates": "Minutes with so many delegates, in delegations of ten, as DOCX and PDF, checked, cold.",
        "certificates": "So many certificates, a page each, as DOCX and PDF, checked, cold.",
    }[what]
    table = _table(heads, lines)
    return f"## Rows: {what}\n\n{told} Memory is the largest resident set of a process.\n\n{table}"


def _tell_limits(results: Results) -> str:
    lines = [
        "- One machine, one day; other programs may have run beside it, which the spread shows.",
        "- Photographs are not measured: those of 2016 are lost, so the bulletin has frames in their places.",
        "- docxtpl's template has the balanced lines of our letterhead in it, so it need not find them.",
        "- With many rows there are few runs, for each takes minutes.",
        *(f"- Not measured: {engine}: {reason}." for engine, reason in results.absent.items()),
        *(
            f"- **Says something else than ours**: {what}: {found}."
            for what, found in results.differs.items()
        ),
    ]
    return "## Limits\n\n" + "\n".join(lines) + "\n"
