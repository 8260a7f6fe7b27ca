"""The address of a Dask scheduler comes in, its workers as an executor go out; the only door to Dask.

Jobs carry all that they need, so workers share no disk with this machine (decision 0018).
"""

from __future__ import annotations

import logging
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

PATIENCE_SECONDS = 10
"""How long the scheduler may take to answer."""

MOST_SECONDS_ALONE = 60
"""How long there may be no worker at all: some are started late, or again."""

LOGGERS = ("distributed", "distributed.client", "distributed.core")
"""Those that print the traceback of a lost connection, of which we tell in a sentence."""

SECONDS_BETWEEN_LOOKS = 2
"""How often the workers are counted."""


@contextmanager
def open_cluster(address: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Give the executor of the scheduler at *address*, and what counts the jobs that its workers do at once.

    Raises `MachineError` where Dask is not installed here, the scheduler cannot be reached, or there are no
    workers for a while.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise MachineError("batch-dask-missing") from error
    warnings.filterwarnings("ignore", "Sending large graph")  # a job carries its photographs
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MachineError("batch-scheduler-unreachable", address=address, reason=error) from error
    try:
        # Two jobs may be alike and still both be wanted, such as one that is tried again.
        yield client.get_executor(pure=False), _Count(client.nthreads)
    finally:
        client.close()


class _Count:
    """Counts what workers do at once, not more often than is worth a question to the scheduler."""

    def __init__(self, ask: Callable[[], dict[str, int]], now: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._now = ask, now
        self._count, self._looked, self._seen = 0, float("-inf"), now()

    def __call__(self) -> int:
        now = self._now()
        if now - self._looked >= SECONDS_BETWEEN_LOOKS:
            try:
                self._count, self._looked = sum(self._ask().values()), now
            except OSError as error:
                raise MachineError("batch-scheduler-lost") from error
            if self._count:
                self._seen = now
            elif now - self._seen > MOST_SECONDS_ALONE:
                raise MachineError("batch-no-workers", seconds=MOST_SECONDS_ALONE)
        return self._count
