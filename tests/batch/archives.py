"""Small archives for tests, and a way to let a worker fail at a document of one's choice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

MINIMAL = "event: {{kind: tong_ket, year: {year}}}\nblock: {{name: {block}}}\n"

AWARD = """awards:
  - form: Giấy khen
    authority: {block}
    status: granted
    reason: đã có thành tích xuất sắc
    recipients:
{people}
"""

FAULTS = """
import os, resource, signal, sys, time, traceback
from pathlib import Path
if (spell := os.environ.get("TEST_FAULT")) and "generator.batch.zygote" in sys.orig_argv:
    folder = Path(spell)
    from generator import writing
    write, leaked = writing.write_paper, []
    def write_badly(due):
        fault = folder / "fault"
        name, what, most = fault.read_text().split("|") if fault.exists() and fault.stat().st_size else ("", "", "0")
        warms_up = "_load" in (frame.name for frame in traceback.extract_stack())
        if due.name == name and not warms_up:
            begun = f"{os.getpid()} {os.getppid()} {due.name}"
            with (folder / "begun").open("a") as file:
                file.write(begun + "\\n")
            if (folder / "begun").read_text().splitlines().index(begun) < int(most):
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                if what == "crash":
                    os.kill(os.getpid(), signal.SIGSEGV)
                if what == "raise":
                    raise ValueError("fault\\nsecond line")
                if what == "hang":
                    while not (folder / "go").exists():
                        time.sleep(0.02)
                if what == "leak":
                    leaked.append(bytearray(os.urandom(1 << 20)))
        return write(due)
    writing.write_paper = write_badly
"""
"""What a zygote's Python runs before its program: some documents are then written badly."""


def facts(year: int = 2016, block: str = "Khối thi đua số 1", certificates: int = 0) -> str:
    """Return the facts of a small conference."""
    text = MINIMAL.format(year=year, block=block)
    if certificates:
        people = "\n".join(f"      - {{person: Nguyễn Văn {number}}}" for number in range(certificates))
        text += AWARD.format(block=block, people=people)
    return text


def add_year(root: Path, path: str, text: str | None = None) -> Path:
    """Write the facts of a conference into the folder *path* below *root*, and return it."""
    folder = root / path
    folder.mkdir(parents=True)
    (folder / "conference.yaml").write_text(facts() if text is None else text, encoding="utf-8")
    return folder


def set_fault(tmp_path: Path, fault: str) -> None:
    """Let zygotes that heed *tmp_path* have a *fault* from now on.

    It is the document's name, what happens (crash, raise, hang, leak) and how often, with bars between; the
    file ``begun`` tells by which processes the document was begun since.
    """
    (tmp_path / "begun").unlink(missing_ok=True)
    (tmp_path / "go").unlink(missing_ok=True)
    (tmp_path / "fault").write_text(fault, encoding="utf-8")


def begun_by(tmp_path: Path) -> list[tuple[int, int]]:
    """Return the processes that began the document with a fault, each with its zygote."""
    file = tmp_path / "begun"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [(int(process), int(zygote)) for process, zygote, _ in map(str.split, lines)]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until *condition* is true."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Tell whether *process* is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a command whose zygotes heed the faults of *tmp_path*."""
    hook = tmp_path / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir(exist_ok=True)
    path = f"{ROOT}{os.pathsep}{hook}"
    return os.environ | {"PYTHONPATH": path, "TMPDIR": str(temporary), "TEST_FAULT": str(tmp_path)}


def run_batch(
    tmp_path: Path, *arguments: object, fault: str = "", code: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the command in *tmp_path*, and make sure of its exit code."""
    set_fault(tmp_path, fault)
    done = subprocess.run(
        command(*arguments),
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "generator", "batch", *map(str, arguments)]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder* but the report, by their paths."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith("bao-cao-")
    }
