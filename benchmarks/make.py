"""A process that makes documents with one engine: each that a line of its input names.

It answers each line with the seconds that the document took, by the clock.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.engines import ENGINES, Task

READY = "ready"


def main(arguments: list[str]) -> None:
    """Make documents as *arguments* say: engine, kind, folder, slot, and a port or a dash."""
    engine, kind, folder, slot, port = arguments
    task = Task(kind, Path(folder), engine, slot, "" if port == "-" else port)
    task.out.mkdir(parents=True, exist_ok=True)
    make = ENGINES[engine](task)
    _answer(READY)
    for line in sys.stdin:
        begun = time.perf_counter()
        make(line.strip())
        _answer(str(time.perf_counter() - begun))


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
