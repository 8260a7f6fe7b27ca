"""Files come in; the names of those that changed go out, each time somebody has saved something.

They are looked at several times a second rather than asked of the system, which tells nothing of what others
save on a network disk (decision 0020).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Look = Mapping[Path, tuple[int, int, int]]
    """Of each file what changes when it is saved: its number on the disk, its time, its size in bytes."""

INTERVAL_SECONDS = 0.25
"""How long files stay unseen; so long, too, must they be quiet before they are taken for saved."""


def iter_changes(
    list_files: Callable[[], Iterable[Path]], sleep: Callable[[float], object] = time.sleep
) -> Iterator[list[Path]]:
    """Yield the files that changed since now, came or went, sorted, whenever some did and are quiet again.

    What is saved while a change is being worked on is the next change.
    """
    return _iter_changes(_look(list_files()), list_files, sleep)


def _iter_changes(
    former: Look, list_files: Callable[[], Iterable[Path]], sleep: Callable[[float], object]
) -> Iterator[list[Path]]:
    while True:
        sleep(INTERVAL_SECONDS)
        now = _look(list_files())
        if now == former:
            continue
        while (later := _wait_and_look(list_files, sleep)) != now:
            now = later
        changed = sorted(file for file in {*former, *now} if former.get(file) != now.get(file))
        former = now
        if changed:  # what was saved and taken back at once is none
            yield changed


def _wait_and_look(list_files: Callable[[], Iterable[Path]], sleep: Callable[[float], object]) -> Look:
    sleep(INTERVAL_SECONDS)
    return _look(list_files())


def _look(files: Iterable[Path]) -> Look:
    seen = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:  # it went just now
            continue
        seen[file] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return seen
