"""Figures come in; each target of this project with what was measured, and whether it is met, goes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from benchmarks.figures import Spread, ratios, slope, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.results import Results, Rows, Series

START_S = 0.150
"""What a command that writes nothing may take beside the start of Python."""

LINEAR = 1.2
"""How much more than before a row may cost where rows are ten times as many, and cost is called linear."""

GROWTH = "cost of one row more, as rows grow"

WRITER = "DOCX writer against docxtpl, warm"
COLD_PDF = "checked pair against plain WeasyPrint's PDF, cold"
COLD_PAIR = "checked pair against docxtpl + LibreOffice, cold"
WARM_PAIR = "checked pair against docxtpl + warm LibreOffice"
STARTS = "time beside a bare Python start"
WARM_PDF = "checked pair against plain WeasyPrint's PDF, warm"

_TWICE = (
    "a pledge is two PDF files, one to be signed and one to be read, laid out once, but written and read back"
    " each; the peers make one"
)
_LOADING = (
    "what is loaded before the first page is composed: the classes of the facts (Pydantic), the rules,"
    " Jinja2; WeasyPrint is loaded by another process meanwhile"
)
_MORE = (
    "what plain WeasyPrint does not do: of the minutes' 240 ms, reading, checking and composing take 23, the"
    " Word file 5, reading the files back 33, and putting them in place 7"
)
_PLACES = (
    "docxtpl's template has its places to sign as they are; ours are arranged anew: columns, heights, whether"
    " they fit on a page"
)
_TAGS = "pdfium finds the tags of a page by going through those of all: some 65 s of 10,000 pages"
_WEASYPRINT = "the layout in WeasyPrint alone takes about as long as the peer's both files"

HOLDS_BACK = {
    (WRITER, "pledge"): _PLACES,
    **{(target, "pledge"): _TWICE for target in (COLD_PDF, COLD_PAIR, WARM_PAIR, WARM_PDF)},
    **{(target, kind): _LOADING for target in (COLD_PDF, COLD_PAIR) for kind in ("minutes", "news")},
    **{(WARM_PAIR, kind): _WEASYPRINT for kind in ("minutes", "news")},
    **{(WARM_PDF, kind): _MORE for kind in ("minutes", "news")},
    (STARTS, "`check`"): "Pydantic: some 100 ms to load, some 70 ms to make the classes of the facts",
}
"""What holds a target back that is not met, by the target and of what it is: known from profiles, not from
these figures."""


GROWS = {
    ("processor time", "certificates"): _TAGS,
    ("memory", "delegates"): "up to 1,000 rows it grows by so few MiB that their slope rests on chance",
}
"""What lets a row more cost more than before, by what is measured and of what."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target, what was measured of it, and whether that meets it."""

    target: str
    of: str
    """Which document or command."""
    wanted: str
    measured: str
    is_met: bool | None
    """None where it was not measured."""
    remark: str = ""
    """Why it was not measured, or what holds it back."""


def judge(results: Results) -> list[Verdict]:
    """Return the verdict of each target, in their order."""
    verdicts = (
        *_judge_ratios(results),
        *_judge_word_only(results),
        *_judge_starts(results),
        *_judge_growth(results),
    )
    return [_explain(one) for one in verdicts]


def _explain(one: Verdict) -> Verdict:
    """Say what holds a target back, where that is known."""
    if one.is_met is not False or one.remark:
        return one
    return replace(one, remark=HOLDS_BACK.get((one.target, one.of), ""))


@dataclass(frozen=True, slots=True)
class _Bound:
    """A target that bounds the time of one engine by that of another."""

    target: str
    when: Literal["cold", "warm"]
    one: str
    other: str
    most: float
    is_speedup: bool = False
    """Whether it is the other's time in ours that must be *at least* `most`."""


_BOUNDS = (
    _Bound(WRITER, "warm", "docxtpl", "writer", 5.0, is_speedup=True),
    _Bound(COLD_PDF, "cold", "pair", "weasyprint", 0.8),
    _Bound(COLD_PAIR, "cold", "pair", "docxtpl-office", 0.5),
    _Bound(WARM_PAIR, "warm", "pair", "docxtpl-office", 1.0),
    _Bound(WARM_PDF, "warm", "pair", "weasyprint", 1.1),
)


def _judge_ratios(results: Results) -> Iterator[Verdict]:
    for bound in _BOUNDS:
        for kind, series in (results.warm if bound.when == "warm" else results.cold).items():
            wanted = f"≥ {bound.most:g} ×" if bound.is_speedup else f"≤ {bound.most:g} ×"
            if bound.one not in series or bound.other not in series:
                yield Verdict(bound.target, kind, wanted, "–", None, _reason(results, bound, kind))
                continue
            found = ratios(series[bound.one], series[bound.other])
            is_met = found.median >= bound.most if bound.is_speedup else found.median <= bound.most
            yield Verdict(bound.target, kind, wanted, show_ratio(found), is_met)


def _reason(results: Results, bound: _Bound, kind: str) -> str:
    """Return why one of the two engines of a bound was not measured."""
    for engine in (bound.one, bound.other):
        for name in (engine, f"{engine}, {bound.when}", f"{engine}, {kind}, {bound.when}"):
            if name in results.absent:
                return results.absent[name]
    return "not measured"


def show_ratio(found: Spread) -> str:
    """Return a ratio with its spread, as tables show it."""
    return f"{found.median:.2f} × ({found.least:.2f}–{found.most:.2f})"


def _judge_word_only(results: Results) -> Iterator[Verdict]:
    target = "`--format docx` against the pair, cold"
    for kind, series in results.cold.items():
        found = ratios(series["word"], series["pair"])
        is_met = found.median < 0.5
        remark = "" if is_met else _tell_computed(results.cold_cpu.get(kind, {}))
        yield Verdict(target, kind, "< 0.5 ×", show_ratio(found), is_met, remark)
    imported = "weasyprint" in results.imports["build --format docx"]
    shown = "imported" if imported else "not imported"
    yield Verdict("`--format docx` never imports WeasyPrint", "minutes", "not imported", shown, not imported)


def _tell_computed(series: Series) -> str:
    """Return why Word alone takes a large share of the pair's time."""
    told = "the pair's PDF is written by another process at the same time, which makes the pair faster"
    if {"word", "pair"} <= set(series):
        told += f"; by processor time the ratio is {show_ratio(ratios(series['word'], series['pair']))}"
    return told


def _judge_starts(results: Results) -> Iterator[Verdict]:
    for name, series in results.starts.items():
        if name == "python":
            continue
        pairs = zip(series, results.starts["python"], strict=True)
        found = spread([one - bare for one, bare in pairs])
        shown = f"{found.median * 1000:.0f} ms ({found.least * 1000:.0f}–{found.most * 1000:.0f})"
        wanted = f"≤ {START_S * 1000:.0f} ms"
        yield Verdict(STARTS, f"`{name}`", wanted, shown, found.median <= START_S)
        writers = results.imports[name]
        shown = ", ".join(writers) or "none"
        yield Verdict("writers imported", f"`{name}`", "none", shown, not writers)


def _judge_growth(results: Results) -> Iterator[Verdict]:
    for what, sizes in results.rows.items():
        rows = sorted(map(int, sizes))
        wanted = f"≤ {LINEAR:g} ×"
        reasons = ((count, sizes[str(count)].refused) for count in rows)
        refused = "; ".join(f"{count:,} rows: {reason}" for count, reason in reasons if reason)
        if refused:
            yield Verdict(GROWTH, what, wanted, "–", is_met=False, remark=refused)
            continue
        if len(rows) < 3:
            yield Verdict(GROWTH, what, wanted, "–", None, "too few sizes were measured")
            continue
        before, middle, last = rows[-3:]
        for name, points in (
            ("processor time", [(count, spread(sizes[str(count)].cpu_s).median) for count in rows]),
            ("memory", [(count, sizes[str(count)].peak_mib) for count in rows]),
        ):
            ratio = slope(points, middle, last) / slope(points, before, middle)
            target = f"{name} of one row more: from {middle:,} to {last:,} rows against from {before:,}"
            remark = GROWS.get((name, what), "") if ratio > LINEAR else ""
            yield Verdict(target, what, wanted, f"{ratio:.2f} ×", ratio <= LINEAR, remark)


def per_row_ms(rows: Rows, least: Rows, more: int) -> float:
    """Return what each of *more* rows costs above a document with the fewest, in milliseconds."""
    return (spread(rows.cpu_s).median - spread(least.cpu_s).median) / more * 1000
