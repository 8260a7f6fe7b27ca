"""Fuzz the readers, guided by coverage (atheris): `python -m tests.fuzz.run SECONDS [TARGET …]`, or `make fuzz`.

Each input at which the program fails in a new place is kept in `.fuzz/<target>/found/`, with its traceback; the
run goes on. Copy such a case into `tests/fuzz/found/<target>/`, see the suite fail, then mend the program.
Without atheris the same mutants are tried by chance, which the last line says.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

from generator import typeface

scratch = Path(tempfile.mkdtemp(prefix="hoinghi-fuzz-"))
(scratch / "fonts.conf").write_text(typeface.fontconfig_xml(scratch), encoding="utf-8")
os.environ["FONTCONFIG_FILE"] = str(scratch / "fonts.conf")

if atheris:
    with atheris.instrument_imports(include=["generator"]):
        from tests.fuzz.targets import TARGETS, mutants
else:
    from tests.fuzz.targets import TARGETS, mutants

MOST_SECONDS, MOST_MEGABYTES, MOST_BYTES = 20, 2048, 200_000
"""What one input may take."""
SLOW_SECONDS = 5
KEPT = Path(".fuzz")


class Keeper:
    """Runs a target and keeps what breaks it, one case for each place of failure."""

    def __init__(self, name: str) -> None:
        self.run, self.folder = TARGETS[name].run, KEPT / name / "found"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tried, self.slowest_s, self.places = 0, float(SLOW_SECONDS), set()

    def __call__(self, content: bytes) -> None:
        self.tried += 1
        started = time.monotonic()
        try:
            self.run(content)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}-{Path(frame.filename).name}-{frame.lineno}"
            if place not in self.places:
                self.places.add(place)
                self._keep(content, place)
        taken = time.monotonic() - started
        if taken > self.slowest_s:
            self.slowest_s = taken
            self._keep(content, f"slow-{taken:.0f}s")

    def _keep(self, content: bytes, place: str) -> None:
        file = self.folder / f"{place}-{hashlib.sha256(content).hexdigest()[:8]}"
        file.write_bytes(content)
        file.with_name(f"{file.name}.txt").write_text(
            traceback.format_exc(), encoding="utf-8", errors="replace"
        )


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target for some time; atheris then leaves the process."""
    keeper, target = Keeper(name), TARGETS[name]
    if not atheris:
        end = time.monotonic() + seconds
        for seed in itertools.count():
            for content in mutants(name, 20, seed):
                keeper(content)
            if time.monotonic() > end:
                print(f"stat::number_of_executed_units: {keeper.tried}")
                return
    corpus = KEPT / name / "corpus"
    corpus.mkdir(exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        return target.mutate(content, random.Random(seed))[:most]

    options = [f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}"]
    options += [f"-max_len={MOST_BYTES}", f"-artifact_prefix=.fuzz/{name}/found/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], keeper, custom_mutator=mutate)
    atheris.Fuzz()


def main(seconds: str, *names: str) -> int:
    """Fuzz each target in a process of its own: one that crashes does not take the others along."""
    for name in names or TARGETS:
        command = [sys.executable, "-m", __spec__.name, "--one", name, seconds]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        tried = re.search(r"number_of_executed_units: (\d+)", done.stdout + done.stderr)
        (KEPT / name / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        kept = [file.name for file in (KEPT / name / "found").iterdir() if file.suffix != ".txt"]
        how = "guided by coverage" if atheris else "by chance: atheris is not installed"
        print(
            f"{name}: {tried[1] if tried else '?'} inputs in {seconds} s, {how}; kept: {kept or 'none'}",
            flush=True,
        )
    return 1 if any(KEPT.glob("*/found/*")) else 0


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        fuzz(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(*sys.argv[1:]))
