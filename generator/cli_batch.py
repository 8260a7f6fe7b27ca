"""The command `batch`: options, progress, the report and exit codes. What it does is in `generator.batch`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import BatchError, BatchStoppedError, HoinghiError, MachineError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

    from generator.batch.collector import Done, Tally
    from generator.batch.jobs import Order
    from generator.batch.report import Run
    from generator.terminal import Speaker

BAR_LETTERS = 20

SECONDS_BETWEEN_LINES = 30
"""How often it is told how far it is where that cannot be shown in one line that changes."""

MOST_TOLD = 20
"""How many failures are told at once; the report has all of them."""


# --- options ------------------------------------------------------------------------------------------------


def add_options(parser: argparse.ArgumentParser, speaker: Speaker, templates: Path) -> None:
    """Add the options of the command; *templates* is the folder that is used where none is named."""

    def add_folder(name: str, key: str, default: Path | None = None) -> None:
        parser.add_argument(f"--{name}", metavar="DIR", type=Path, default=default, help=speaker.say(key))

    parser.add_argument("roots", metavar="ROOT", nargs="+", type=Path, help=speaker.say("help-batch-root"))
    add_folder("outputs", "help-batch-outputs")
    add_folder("report", "help-batch-report")
    add_folder("templates", "help-templates", templates)
    parser.add_argument("--kind", metavar="KIND", default="", help=speaker.say("help-batch-kind"))
    parser.add_argument("--format", default="", help=speaker.say("help-format"))
    parser.add_argument("--each", action="store_true", help=speaker.say("help-each"))
    parser.add_argument("--copies", action="store_true", help=speaker.say("help-copies"))
    parser.add_argument("--strict", action="store_true", help=speaker.say("help-strict"))
    parser.add_argument("--force", action="store_true", help=speaker.say("help-force"))
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument("--processes", metavar="N", type=int, help=speaker.say("help-processes"))
    workers.add_argument("--scheduler", metavar="tcp://…", help=speaker.say("help-scheduler"))
    parser.add_argument("--quiet", action="store_true", help=speaker.say("help-quiet"))
    parser.add_argument("--json", action="store_true", help=speaker.say("help-batch-json"))


def _make_order(options: argparse.Namespace) -> Order:
    from generator.batch.jobs import Order  # noqa: PLC0415
    from generator.composing import check_formats, choose_kinds  # noqa: PLC0415

    kinds, formats = _split(options.kind), _split(options.format)
    choose_kinds(options.templates, kinds)
    check_formats(formats)
    return Order(
        templates=options.templates,
        kinds=kinds,
        formats=formats,
        strict=options.strict,
        originals=options.copies,
        each=options.each,
        force=options.force,
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words.split(","))))


def _count_processes(asked: int | None) -> int:
    if asked is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if asked < 1:
        raise UsageError("batch-processes-wrong", count=asked)
    return asked


# --- the command --------------------------------------------------------------------------------------------


def batch(options: argparse.Namespace, speaker: Speaker) -> None:
    """Build all that is asked for, show how far it is, and write the report.

    Raises `BatchError` where something could not be made, `BatchStoppedError` where the user stopped it, and
    `MachineError` where the workers are gone; the report is there then as well.
    """
    from generator.batch.archive import find_conferences  # noqa: PLC0415
    from generator.batch.collector import Collector, Done  # noqa: PLC0415
    from generator.batch.report import PAGE_FILE, Run, write_reports  # noqa: PLC0415
    from generator.outputs import put_in_place  # noqa: PLC0415

    order, processes = _make_order(options), _count_processes(options.processes)
    found = find_conferences(options.roots, options.outputs)
    folder = options.report or options.outputs or _find_common([one.outputs for one in found])
    begun, done = datetime.now().astimezone(), list[Done]()
    trouble: HoinghiError | None = None
    shown = _Nothing() if options.quiet or options.json else _choose_shown(speaker)
    with _open_workers(options.scheduler, processes, speaker) as (executor, workers, where), shown:
        try:
            for one in Collector(found, order, executor, workers, shown.show).run():
                done.append(one)
        except KeyboardInterrupt:
            trouble = BatchStoppedError("batch-stopped", folder=folder)
        except MachineError as error:
            trouble = error
    finished = {one.found.folder for one in done}
    left = [one for one in found if one.folder not in finished]
    run = Run(done, left, begun, datetime.now().astimezone(), where)
    put_in_place(folder, write_reports(run, speaker))
    _tell_end(run, folder, speaker, as_data=options.json)
    if trouble:
        raise trouble
    if run.count("failed"):
        raise BatchError("batch-failed", count=run.count("failed"), file=folder / PAGE_FILE)


@contextmanager
def _open_workers(
    scheduler: str | None, processes: int, speaker: Speaker
) -> Iterator[tuple[Executor, Callable[[], int], str]]:
    """Give what does jobs, what counts how many it does at once, and a sentence about it."""
    if scheduler:
        from generator.batch.cluster import open_cluster  # noqa: PLC0415

        with open_cluster(scheduler) as (executor, workers):
            yield executor, workers, speaker.say("batch-on-cluster", address=scheduler)
        return
    from generator.batch.bench import open_bench  # noqa: PLC0415

    with open_bench(processes) as executor:
        yield executor, lambda: processes, speaker.say("batch-on-cores", count=processes)


def _find_common(folders: Sequence[Path]) -> Path:
    """Return the folder that the outputs are in, or those that hold them."""
    return Path(os.path.commonpath([one.absolute() for one in folders]))


# --- printing -----------------------------------------------------------------------------------------------


class _Nothing:
    """Shows nothing while it goes on."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, tally: Tally) -> None:
        pass


class _Lines(_Nothing):
    """Tells from time to time how far it is."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker, self._begun = speaker, time.monotonic()
        self._last = self._begun

    def show(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            print(say_progress(tally, now - self._begun, self._speaker), file=sys.stderr)


class _Bar(_Lines):
    """Keeps one line of a terminal true."""

    def show(self, tally: Tally) -> None:
        share = tally.done / max(1, tally.conferences)
        full = int(share * BAR_LETTERS)
        line = f"[{'#' * full}{'.' * (BAR_LETTERS - full)}] "
        line += say_progress(tally, time.monotonic() - self._begun, self._speaker)
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[K{line[:width]}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _choose_shown(speaker: Speaker) -> _Nothing:
    return _Bar(speaker) if sys.stderr.isatty() else _Lines(speaker)


def say_progress(tally: Tally, seconds: float, speaker: Speaker) -> str:
    """Return how far a batch is after so many *seconds*, how fast it is, and how long it will take."""
    from generator.batch.report import say_duration  # noqa: PLC0415

    parts = [speaker.say("batch-progress", done=tally.done, all=tally.conferences, files=tally.files)]
    if tally.failed:
        parts.append(speaker.say("batch-progress-failed", count=tally.failed))
    if tally.jobs_done and seconds:
        rate = f"{tally.files / seconds:.1f}".replace(".", speaker.say("batch-decimal"))
        left = say_duration(seconds / tally.jobs_done * _count_jobs_left(tally), speaker)
        parts.append(speaker.say("batch-progress-rate", rate=rate, left=left))
    return " · ".join(parts)


def _count_jobs_left(tally: Tally) -> float:
    """Return how many jobs there will be, if the conferences to come are like those that were begun."""
    each = tally.jobs / max(1, tally.begun)
    return tally.jobs - tally.jobs_done + each * (tally.conferences - tally.begun)


def _tell_end(run: Run, folder: Path, speaker: Speaker, *, as_data: bool) -> None:
    from generator.batch.report import PAGE_FILE, say_duration, say_reasons  # noqa: PLC0415

    failed = [one for one in run.done if one.state == "failed"]
    states = {state: run.count(state) for state in ("made", "fresh", "failed", "left")}
    if as_data:
        print(
            json.dumps(
                {
                    **states,
                    "files": run.count_files("made"),
                    "report": str(folder / PAGE_FILE),
                    "failures": [_data_of(one, speaker) for one in failed],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for one in failed[:MOST_TOLD]:
        refusals = [one.refusal] if one.refusal else [line.refusal for line in one.lines if line.refusal]
        first = say_reasons(refusals[0], speaker)[0]
        print(speaker.say("batch-failure", name=one.found.name, reason=first), file=sys.stderr)
    if failed[MOST_TOLD:]:
        print(speaker.say("batch-more-failures", count=len(failed) - MOST_TOLD), file=sys.stderr)
    duration = say_duration((run.ended - run.begun).total_seconds(), speaker)
    print(speaker.say("batch-done", **states, files=run.count_files("made"), duration=duration))
    print(speaker.say("batch-report", file=folder / PAGE_FILE))


def _data_of(one: Done, speaker: Speaker) -> dict[str, object]:
    from generator.batch.report import say_reasons  # noqa: PLC0415

    refused = [("", one.refusal)] if one.refusal else [(line.file, line.refusal) for line in one.lines]
    return {
        "conference": one.found.name,
        "problems": [
            {"document": document or None, "code": refusal.key, "reasons": say_reasons(refusal, speaker)}
            for document, refusal in refused
            if refusal
        ],
    }
