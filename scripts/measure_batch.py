"""Measure a batch of many documents: time, rate, and memory of each process from beginning to end.

``measure_batch.py FOLDER BLOCKS YEARS CERTIFICATES [OPTION…]`` makes an archive in FOLDER, which must not be
there yet, runs the command on it with the options, and prints figures for docs/hang-loat.md. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

SECONDS_BETWEEN_LOOKS = 1
FIRST_YEAR = 2011


def make_archive(folder: Path, blocks: int, years: int, certificates: int) -> None:
    """Write the facts of so many conferences."""
    for block in range(1, blocks + 1):
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            name = f"Khối thi đua số {block}"
            people = "".join(f"      - {{person: Nguyễn Văn {number}}}\n" for number in range(certificates))
            text = (
                f"event: {{kind: tong_ket, year: {year}}}\nblock: {{name: {name}}}\n"
                f"awards:\n  - form: Giấy khen\n    authority: {name}\n    status: granted\n"
                f"    reason: đã có thành tích xuất sắc\n    recipients:\n{people}"
            )
            target = folder / f"so-{block:03d}" / "inputs" / str(year)
            target.mkdir(parents=True)
            (target / "conference.yaml").write_text(text, encoding="utf-8")


def look(root: int) -> dict[str, list[float]]:
    """Return the mebibytes of the command, its zygotes and their children, and the command's seconds."""
    found = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            parent = int(state[1])
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            size = int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
        except (OSError, ValueError, IndexError):
            continue
        if int(folder.name) == root:
            found["command"].append(size)
            found["seconds"].append((int(state[11]) + int(state[12])) / os.sysconf("SC_CLK_TCK"))
        elif parent == root and "generator.batch.zygote" in words:
            found["zygotes"].append(size)
        elif "generator.batch.zygote" in words:
            found["children"].append(size)
    return found


def main(folder: Path, blocks: int, years: int, certificates: int, options: list[str]) -> None:
    """Make the archive, build it, and print what was seen."""
    make_archive(folder, blocks, years, certificates)
    begun = time.monotonic()
    command = [sys.executable, "-m", "generator", "batch", str(folder), *options]
    seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            for name, sizes in look(process.pid).items():
                seen[name].append((time.monotonic() - begun, max(sizes)))
            time.sleep(SECONDS_BETWEEN_LOOKS)
    seconds = time.monotonic() - begun
    used = os.times()
    files = sum(1 for file in folder.glob("*/outputs/*/*") if file.name != "manifest.json")
    documents = sum(1 for file in folder.glob("*/outputs/*/*.docx"))
    conferences = sum(1 for _ in folder.glob("*/outputs/*/manifest.json"))
    total = sum(file.stat().st_size for file in folder.glob("*/outputs/*/*"))
    print(f"{conferences} conferences, {documents} documents, {files} files, {total / 2**20:.0f} MiB")
    print(f"{seconds:.0f} s, {documents / seconds:.2f} documents/s; all processes together used", end=" ")
    print(f"{used.children_user + used.children_system:.0f} s of computing, which is", end=" ")
    print(f"{1000 * (used.children_user + used.children_system) / max(1, documents):.0f} ms a document")
    coordinating = max(size for _, size in seen.pop("seconds"))
    print(f"command: {1000 * coordinating / max(1, conferences):.0f} ms of computing for a conference")
    for name, sizes in seen.items():
        tenth = max(1, len(sizes) // 10)
        early, late = sizes[tenth : 2 * tenth], sizes[-tenth:]
        print(
            f"{name}: {max(size for _, size in early):.0f} MiB at most in the second tenth of the time, "
            f"{max(size for _, size in late):.0f} MiB in the last, {max(size for _, size in sizes):.0f} ever"
        )


if __name__ == "__main__":
    archive, *numbers = sys.argv[1:5]
    main(Path(archive), *map(int, numbers), sys.argv[5:])
