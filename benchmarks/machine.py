"""What this machine is and which versions are measured, without the names of its owner and of its folders."""

from __future__ import annotations

import os
import platform
import re
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.processes import says

PACKAGES = (
    "weasyprint",
    "pydyf",
    "python-docx",
    "lxml",
    "jinja2",
    "pypdfium2",
    "docxtpl",
    "typst",
    "unoserver",
)


def describe_machine() -> dict[str, str]:
    """Return what it is measured on."""
    kibibytes = int(_find(r"MemTotal:\s*(\d+)", "/proc/meminfo") or 0)
    return {
        "processor": _find(r"model name\s*:\s*(.*)", "/proc/cpuinfo") or platform.processor() or "unknown",
        "processors": str(os.cpu_count() or "unknown"),
        "memory": f"{kibibytes / 1024**2:.0f} GiB",
        "load when it began": f"{os.getloadavg()[0]:.1f}",
        "system": f"{_system_name()}, {platform.machine()}",
    }


def describe_versions() -> dict[str, str]:
    """Return the versions of Python, of packages and of programs that are there."""
    found = {"Python": f"{platform.python_version()} ({platform.python_implementation()})"}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    if office := shutil.which("soffice"):
        found["LibreOffice"] = _number(says([office, "--version"]))
    if pandoc := shutil.which("pandoc"):
        found["pandoc"] = _number(says([pandoc, "--version"]))
    return found


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _find(pattern: str, file: str) -> str:
    path = Path(file)
    found = re.search(pattern, path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1].strip() if found else ""


def _number(line: str) -> str:
    found = re.search(r"\d+(?:\.\d+)+", line)
    return found[0] if found else line
