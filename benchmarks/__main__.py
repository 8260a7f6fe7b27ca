"""Measure everything and write docs/benchmarks.md: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from pathlib import Path

from benchmarks import ours
from benchmarks.machine import describe_machine, describe_versions
from benchmarks.measure import Plan, measure, prepare
from benchmarks.report import write_report
from benchmarks.results import Results, load

PAGE = ours.ROOT / "docs" / "benchmarks.md"

USUAL = Plan()
QUICK = Plan(
    kinds=("minutes",), rounds=1, documents=1, rows=((10, 1),), heating=1, parallel=("pair",), quick=True
)


def main(arguments: list[str]) -> None:
    """Do what *arguments* say."""
    options = _parse(arguments)
    rows = tuple(one for one in USUAL.rows if one[0] <= options.rows)
    usual = Plan(rounds=options.rounds, documents=options.documents, rows=rows)
    plan = QUICK if options.quick else usual
    if options.told:
        results = load(options.told)
    else:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        results = Results(today, plan.quick, plan.rounds, describe_machine(), describe_versions())
        with tempfile.TemporaryDirectory(prefix="hoinghi-bench-") as folder:
            measure(prepare(plan, Path(folder), _say), results)
        if options.figures:
            results.save(options.figures)
    options.to.write_text(write_report(results), encoding="utf-8")
    _say(f"written: {options.to.name}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=USUAL.rounds, help="cold runs of each command")
    parser.add_argument(
        "--documents", type=int, default=USUAL.documents, help="warm documents of each engine"
    )
    parser.add_argument("--rows", type=int, default=USUAL.rows[-1][0], help="no document with more rows")
    parser.add_argument("--quick", action="store_true", help="only see that it works, without any peer")
    parser.add_argument("--to", type=Path, default=PAGE, help="the page that is written")
    parser.add_argument("--figures", type=Path, help="where the bare figures are kept")
    parser.add_argument("--told", type=Path, help="figures that were kept: tell them anew, measure nothing")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
