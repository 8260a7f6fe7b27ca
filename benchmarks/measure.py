"""A plan comes in; figures go out: cold, warm, two processes, commands that write nothing, rows."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks import facts, ours
from benchmarks.engines import PAIR, Task, cold_command
from benchmarks.office import Office, find_bridge
from benchmarks.processes import Command, CommandFailedError, run, run_in_turn
from benchmarks.results import Results, Rows
from benchmarks.sources import difference, lay_ready, name_of
from benchmarks.workers import Worker, documents_per_second

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

COLD = ("pair", "weasyprint", "word", "docxtpl", "docxtpl-office", "pandoc-office", "typst")
WARM = ("pair", "weasyprint", "docxtpl-office", "writer", "docxtpl", "typst")
PARALLEL = ("pair", "weasyprint", "docxtpl-office", "typst")
OURS = ("pair", "word", "writer", "weasyprint")
"""What needs nothing that is not the program's own."""

READ_BACK = ("pair", "word")
"""What reads its files back itself."""

SHARES = 3
"""In how many turns one process and two alternate."""

ROWS = {
    "delegates": ("minutes", facts.add_delegates),
    "certificates": ("certificates", facts.add_certificates),
}
MOST_LETTERS_OF_REASON = 160
IMPORTED = re.compile(r"^import time:.*\|\s*(\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    kinds: tuple[str, ...] = ("minutes", "pledge", "news")
    rounds: int = 9
    """Cold runs of each command."""
    documents: int = 20
    """Warm documents of each engine."""
    heating: int = 2
    """Documents that a warm process makes before its time is taken."""
    parallel: tuple[str, ...] = PARALLEL
    """Engines of which two processes work at once."""
    rows: tuple[tuple[int, int], ...] = ((10, 5), (100, 5), (1000, 3), (10000, 1))
    """How many rows, and how many runs with so many."""
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and with what all is measured."""

    plan: Plan
    folder: Path
    environment: Mapping[str, str]
    absent: Mapping[str, str]
    bridge: str
    """A Python that can talk to LibreOffice; empty where there is none."""
    say: Callable[[str], object]

    def task(self, kind: str, engine: str, slot: str = "0", port: str = "") -> Task:
        """Return the task of an engine, its folder for what it makes being there."""
        task = Task(kind, self.folder / kind, engine, slot, port)
        task.out.mkdir(parents=True, exist_ok=True)
        return task

    def present(self, engines: Sequence[str]) -> list[str]:
        """Return those of *engines* that can be measured here."""
        return [engine for engine in engines if engine not in self.absent]


def prepare(plan: Plan, folder: Path, say: Callable[[str], object]) -> Bench:
    """Return a bench in *folder*, everything that engines read being laid ready.

    What this machine has set for Python is left out: without bytecode kept, say, every start is slow.
    """
    fonts = str(ours.write_fonts(folder))
    habits = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**habits, "FONTCONFIG_FILE": fonts, "XDG_CACHE_HOME": str(folder / "cache")}
    os.environ["FONTCONFIG_FILE"] = fonts
    lay_ready(folder, plan.kinds, plan.documents + plan.heating)
    absent = {engine: "a quick run" for engine in (*COLD, *WARM) if engine not in OURS}
    bench = Bench(plan, folder, environment, absent, find_bridge(), say)
    return bench if plan.quick else replace(bench, absent=_find_absent(bench))


def _find_absent(bench: Bench) -> dict[str, str]:
    """Return the engines that cannot be measured here, each with the reason."""
    absent: dict[str, str] = {}
    if not shutil.which("pandoc"):
        absent["pandoc-office"] = "pandoc is not installed"
    if not shutil.which("soffice"):
        absent |= dict.fromkeys(("docxtpl-office", "pandoc-office"), "LibreOffice is not installed")
    for package, engines in (("docxtpl", ("docxtpl", "docxtpl-office")), ("typst", ("typst",))):
        if not find_spec(package):
            absent |= dict.fromkeys(engines, f"{package} is not installed")
    if not bench.bridge:
        absent["docxtpl-office, warm"] = "no Python here has LibreOffice's bridge (`import uno`)"
    elif "docxtpl-office" not in absent:
        try:
            with Office(bench.bridge, bench.folder / "profile-warm", bench.environment):
                pass
        except CommandFailedError as error:
            absent["docxtpl-office, warm"] = _in_one_line(error)
    return absent


def measure(bench: Bench, results: Results) -> None:
    """Put all figures into *results*."""
    results.absent |= bench.absent
    for kind in bench.plan.kinds:
        bench.say(f"{kind}: cold")
        _measure_cold(bench, kind, results)
        bench.say(f"{kind}: warm")
        _measure_warm(bench, kind, results)
    bench.say("two processes")
    _measure_two(bench, results)
    bench.say("commands that write nothing")
    _measure_starts(bench, results)
    for what in ROWS:
        for rows, runs in bench.plan.rows:
            bench.say(f"{rows} {what}")
            results.rows.setdefault(what, {})[str(rows)] = _measure_rows(bench, what, rows, runs)


# --- cold ---------------------------------------------------------------------------------------------


def _measure_cold(bench: Bench, kind: str, results: Results) -> None:
    tasks = {engine: bench.task(kind, engine, "cold") for engine in bench.present(COLD)}
    commands = {
        engine: Command(
            cold_command(task, name_of(0)),
            fresh=tuple(task.out / one for one in (name_of(0), f"{name_of(0)}.docx", f"{name_of(0)}.pdf")),
        )
        for engine, task in tasks.items()
    }
    results.memory[kind] = _try_each(bench, kind, commands, results)
    working = {engine: commands[engine] for engine in results.memory[kind]}
    taken = run_in_turn(working, ours.ROOT, bench.environment, bench.plan.rounds)
    results.cold[kind] = {engine: [one.wall_s for one in series] for engine, series in taken.items()}
    results.cold_cpu[kind] = {engine: [one.cpu_s for one in series] for engine, series in taken.items()}
    for engine in working:
        if engine not in READ_BACK and (found := difference(tasks[engine], name_of(0))):
            results.differs[f"{engine}, {kind}"] = found


def _try_each(bench: Bench, kind: str, commands: Mapping[str, Command], results: Results) -> dict[str, float]:
    """Return the memory of each engine that works, in MiB; a peer that fails is left out, and it is told."""
    memory = {}
    for engine, command in commands.items():
        try:
            memory[engine] = run(command, ours.ROOT, bench.environment, memory="sum").peak_mib
        except CommandFailedError as error:
            if engine in OURS:
                raise
            results.absent[f"{engine}, {kind}, cold"] = _in_one_line(error)
    return memory


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:MOST_LETTERS_OF_REASON]


# --- warm ---------------------------------------------------------------------------------------------


def _warm_engines(bench: Bench, engines: Sequence[str]) -> list[str]:
    present = bench.present(engines)
    return [one for one in present if one != "docxtpl-office" or f"{one}, warm" not in bench.absent]


def _start(bench: Bench, stack: ExitStack, kind: str, engine: str, slot: str) -> Worker:
    """Return a warm process, and start the LibreOffice that it needs."""
    task = bench.task(kind, engine, slot)
    if engine != "docxtpl-office":
        return stack.enter_context(Worker(task, ours.ROOT, bench.environment))
    office = stack.enter_context(Office(bench.bridge, bench.folder / f"profile-{slot}", bench.environment))
    task = replace(task, port=office.port)
    return stack.enter_context(Worker(task, ours.ROOT, bench.environment, office))


def _heat(bench: Bench, workers: Sequence[Worker]) -> None:
    for worker in workers:
        for number in range(bench.plan.heating):
            worker.make(name_of(number))


def _counted(bench: Bench) -> list[str]:
    first = bench.plan.heating
    return [name_of(number) for number in range(first, first + bench.plan.documents)]


def _measure_warm(bench: Bench, kind: str, results: Results) -> None:
    """Let all engines make the same documents, A B C A B C …, each in a process of its own."""
    with ExitStack() as stack:
        engines = _warm_engines(bench, WARM)
        workers = [_start(bench, stack, kind, engine, "warm") for engine in engines]
        _heat(bench, workers)
        series: dict[str, list[float]] = {engine: [] for engine in engines}
        for name in _counted(bench):
            for engine, worker in zip(engines, workers, strict=True):
                series[engine].append(worker.make(name))
        results.warm[kind] = series
        for engine, worker in zip(engines, workers, strict=True):
            if engine not in READ_BACK and (found := difference(worker.task, _counted(bench)[0])):
                results.differs[f"{engine}, {kind}, warm"] = found
            if kind == bench.plan.kinds[0]:
                results.warm_memory[engine] = worker.memory_mib()


def _measure_two(bench: Bench, results: Results) -> None:
    """Let one process make documents, then two at once, each its own; in turn, so that drift meets both."""
    kind = bench.plan.kinds[0]
    names = _counted(bench)
    shares = min(SHARES, len(names))
    for engine in _warm_engines(bench, bench.plan.parallel):
        with ExitStack() as stack:
            workers = [_start(bench, stack, kind, engine, slot) for slot in ("one", "two")]
            _heat(bench, workers)
            for index in range(shares):
                part = names[index::shares]
                results.one.setdefault(engine, []).append(documents_per_second(workers[:1], part))
                results.two.setdefault(engine, []).append(documents_per_second(workers, part))


# --- commands that write nothing ----------------------------------------------------------------------


def _measure_starts(bench: Bench, results: Results) -> None:
    inputs, year, kind = bench.folder / "inputs", name_of(0), bench.plan.kinds[0]
    outputs = bench.folder / "done"
    build = ours.build_command(inputs, year, kind, outputs, PAIR)
    run(Command(build), ours.ROOT, bench.environment)
    commands = {
        "python": (sys.executable, "-c", "pass"),
        "--help": ours.command("--help"),
        "check": ours.command("check", year, f"--inputs={inputs}"),
        "build, nothing to do": build,
    }
    taken = run_in_turn(
        {name: Command(argv) for name, argv in commands.items()},
        ours.ROOT,
        bench.environment,
        bench.plan.rounds,
    )
    results.starts = {name: [one.wall_s for one in series] for name, series in taken.items()}
    word = ours.build_command(inputs, year, kind, bench.folder / "word", ("docx",))
    for name, argv in {**commands, "build --format docx": word}.items():
        results.imports[name] = list(_iter_writers(bench, argv))


def _iter_writers(bench: Bench, argv: Sequence[str]) -> Iterator[str]:
    """Yield the writers that a command imports, as Python itself tells it."""
    told = run(Command((argv[0], "-X", "importtime", *argv[1:])), ours.ROOT, bench.environment).printed
    imported = set(IMPORTED.findall(told))
    if not imported:
        raise CommandFailedError("Python did not tell what it imported")
    yield from (name for name in ours.WRITERS if name in imported)


# --- rows ---------------------------------------------------------------------------------------------


def _measure_rows(bench: Bench, what: str, rows: int, runs: int) -> Rows:
    kind, add = ROWS[what]
    inputs, outputs, year = bench.folder / "rows", bench.folder / "rows-out", f"{what}-{rows}"
    base = (ours.SAMPLE / facts.FACTS_FILE).read_text(encoding="utf-8")
    facts.put_facts(inputs, year, add(base, rows))
    command = Command(ours.build_command(inputs, year, kind, outputs, PAIR), fresh=(outputs / year,))
    measured = Rows()
    try:
        for _ in range(runs):
            taken = run(command, ours.ROOT, bench.environment, memory="largest")
            measured.cpu_s.append(taken.cpu_s)
            measured.wall_s.append(taken.wall_s)
            measured.peak_mib = taken.peak_mib
    except CommandFailedError as error:
        return Rows(refused=_in_one_line(error))
    made = [file for file in (outputs / year).iterdir() if file.suffix in (".docx", ".pdf")]
    measured.size_mib = sum(file.stat().st_size for file in made) / 1024**2
    return measured
