"""A warm LibreOffice: unoserver's listener, run by a Python that has LibreOffice's bridge (`import uno`)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self
from xmlrpc.client import Error, ServerProxy

from benchmarks.processes import CommandFailedError, memory_of_session

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGINS_WITHIN_S = 60.0

PYTHONS = (sys.executable, "/usr/bin/python3", "/usr/lib/libreoffice/program/python", "python3")
"""Where the bridge may be: Debian has it in the package python3-uno, for the system's own Python."""


def find_bridge() -> str:
    """Return a Python that can talk to LibreOffice; empty where there is none."""
    for python in PYTHONS:
        with suppress(OSError):
            done = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False, timeout=60)
            if done.returncode == 0:
                return python
    return ""


class Office:
    """A LibreOffice that listens; a context manager that ends it."""

    def __init__(self, python: str, profile: Path, environment: Mapping[str, str]) -> None:
        self.port, uno_port = str(_free_port()), str(_free_port())
        found = importlib.util.find_spec("unoserver")
        if found is None or found.origin is None:
            raise CommandFailedError("unoserver is not installed")
        self._process = subprocess.Popen(
            [
                *(python, "-m", "unoserver.server", "--port", self.port, "--uno-port", uno_port),
                *("--user-installation", str(profile)),
                *("--executable", shutil.which("soffice") or "soffice"),
            ],
            env={**environment, "PYTHONPATH": str(Path(found.origin).parent.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait()
        except CommandFailedError:
            self.__exit__()
            raise

    def _wait(self) -> None:
        end = time.monotonic() + BEGINS_WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError, Error):
                ServerProxy(f"http://127.0.0.1:{self.port}").info()
                return
            time.sleep(0.2)
        raise CommandFailedError("unoserver did not begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def memory_mib(self) -> float:
        """Return what LibreOffice and the listener hold now."""
        return memory_of_session(self._process.pid)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
