"""Jobs come in by a pipe, answers go out by another: a program that loads all once, and forks for each job.

It has no threads, so that forking is safe; what a document costs in memory, and what crashes, ends with the
child. It ends when nobody can ask it any more. As ``python -m generator.batch.zygote FOLDER`` it keeps its
files in FOLDER; with ``--stay`` it does the jobs itself, for systems whose libraries cannot be forked.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from generator.batch.jobs import (
    Answer,
    Continuation,
    Entry,
    Order,
    Refusal,
    find_tools,
    lay_out,
    refuse,
    refuse_unexpected,
    select,
)
from generator.composing import prepare
from generator.errors import HoinghiError, MachineError
from generator.guard import MOST_CPU_SECONDS, MOST_MEMORY_BYTES, Death, run_apart
from generator.hands import receive, send
from generator.incremental import Former
from generator.pipeline import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.batch.jobs import Job

STAY = "--stay"

WARM_UP = "event: {kind: tong_ket, year: 2016}\nblock: {name: X}\n"
"""The facts of a document that is made for nothing but what it loads."""


def serve(asking: IO[bytes], answering: IO[bytes], folder: Path, *, stays: bool) -> None:
    """Take the outfit, tell the tools of this machine, and answer each job until *asking* ends."""
    templates = folder / "templates"
    packed = receive(asking)
    if packed is None:
        return
    tree, kinds, formats = pickle.loads(packed)
    lay_out(tree, templates)
    _load(Order(templates, kinds, formats), folder / "warm-up")
    gc.collect()
    gc.freeze()  # what children share with this process they need not look through
    send(answering, pickle.dumps(find_tools()))
    do = _do if stays else _apart(asking.fileno())
    while (packed := receive(asking)) is not None:
        inputs = folder / "inputs"
        try:
            answer = do(packed, inputs, templates)
        finally:
            shutil.rmtree(inputs, ignore_errors=True)
        send(answering, answer)


def _apart(owner: int) -> Callable[[bytes, Path, Path], bytes]:
    """Return what does a job in a child process, once more after a crash."""

    def do(packed: bytes, inputs: Path, templates: Path) -> bytes:
        begun = time.monotonic()
        outcome = run_apart(lambda: _do(packed, inputs, templates), lambda _: _clear(inputs), owner)
        if isinstance(outcome, bytes):
            return outcome
        return pickle.dumps(Answer(refusal=_tell(outcome), seconds=time.monotonic() - begun))

    return do


def _clear(inputs: Path) -> None:
    shutil.rmtree(inputs, ignore_errors=True)


def _tell(death: Death) -> Refusal:
    if death.signal == signal.SIGXCPU:
        minutes = MOST_CPU_SECONDS // 60
        return Refusal("out-of-time", {"minutes": minutes}, MachineError.exit_code, is_apart=True)
    key = "batch-crash-twice" if death.is_crash else "batch-killed"
    return Refusal(
        key, {"signal": death.name}, MachineError.exit_code, trace=_tidy(death.trace), is_apart=True
    )


def _tidy(trace: str) -> str:
    """Return what a dying child told of where it was, without what there was of its answer."""
    return trace[max(0, trace.rfind("Fatal Python error")) :]


def _do(packed: bytes, inputs: Path, templates: Path) -> bytes:
    """Return the answer to a job, whatever happens in it."""
    begun = time.monotonic()
    try:
        job: Job = pickle.loads(packed)
        answer = _make(job, inputs, templates)
    except HoinghiError as error:
        answer = Answer(refusal=refuse(error))
    except MemoryError:
        bound = {"gigabytes": MOST_MEMORY_BYTES // 1024**3}
        answer = Answer(refusal=Refusal("out-of-memory", bound, MachineError.exit_code, is_apart=True))
    except Exception as error:  # a defect of ours: it must not stop the others
        answer = Answer(refusal=refuse_unexpected(error))
    return pickle.dumps(replace(answer, seconds=time.monotonic() - begun))


def _make(job: Job, inputs: Path, templates: Path) -> Answer:
    if isinstance(job, Continuation):
        made = write(job.prepared, job.former)
        return Answer(
            replace(made, outlines=(), fingerprints={})
        )  # the first part of the conference has them
    lay_out(job.facts, inputs)
    request = replace(job.request, inputs=inputs, outputs=inputs / ".outputs", templates=templates)
    try:
        prepared = prepare(request)
        made = write(prepared, job.former, most=job.most)
    except HoinghiError as error:
        _name_as_asked(error, {inputs: job.request.inputs, templates: job.request.templates})
        raise
    return Answer(made, select(prepared, made.left) if made.left else None)


def _name_as_asked(error: HoinghiError, places: Mapping[Path, Path]) -> None:
    """Let what *error* names be where whoever asked has it."""
    for name, value in error.values.items():
        if isinstance(value, str | Path):
            text = str(value)
            for here, there in places.items():
                text = text.replace(str(here), str(there))
            error.values[name] = text


def _load(order: Order, folder: Path) -> None:
    """Load the libraries that *order* needs, by making documents of almost no facts in *folder*.

    Whatever is wrong with the templates is told with the first job.
    """
    lay_out({"2016/conference.yaml": Entry(WARM_UP.encode())}, folder)
    with suppress(HoinghiError):
        write(prepare(order.request(folder / "2016", folder / "outputs")), Former({}, {}))
    from generator.readers import csv, excel, pictures  # noqa: F401, PLC0415 - of which there are none in these

    if not order.formats or set(order.formats) & {"pdf", "html"}:
        from generator.charts import draw  # noqa: F401, PLC0415 - which only documents with scores have


def main(arguments: Sequence[str]) -> None:
    """Serve the pipes of this process; what libraries print must not get between the answers."""
    folder, *rest = arguments
    asking, answering = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    try:
        with suppress(BrokenPipeError):  # nobody waits for the answer
            serve(asking, answering, Path(folder), stays=STAY in rest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
