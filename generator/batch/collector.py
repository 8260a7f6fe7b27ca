"""Conferences and an executor come in; what became of each goes out, its outputs in place.

Nobody else writes outputs: a document that was made twice, because a worker was lost, is put in place once.
Only as much is read, and in work, as keeps the workers busy.
"""

from __future__ import annotations

import pickle
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from generator.batch.bench import do_job
from generator.batch.jobs import (
    Answer,
    Beginning,
    Continuation,
    Outfit,
    Refusal,
    find_tools,
    pack,
    read_facts,
    refuse,
    refuse_unexpected,
    select,
)
from generator.composing import choose_kinds
from generator.errors import HoinghiError, MachineError, OutputError, UsageError
from generator.incremental import find_former, is_fresh
from generator.manifest import read_manifest
from generator.outputs import alone_in
from generator.pipeline import join, put
from generator.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from generator.batch.archive import Found
    from generator.batch.jobs import Job, Order, Tree
    from generator.composing import Prepared
    from generator.incremental import Former
    from generator.pipeline import Made, Report
    from generator.request import Request

MOST_DOCUMENTS = 25
"""How many documents a job writes: so many that its own cost is small, so few that all workers have some."""

JOBS_A_WORKER = 2
"""How many are given out for each worker: the next one is there when one is done."""

PATIENCE_SECONDS = 0.5
"""How often somebody is told how far it is, where nothing happens."""

LOST_WORKER = "KilledWorker"
"""The error of Dask that gives up a job at which one worker after the other died."""

State = Literal["made", "fresh", "failed", "left"]
"""What became of something: it was made, stood there already, cannot be made, or was not done yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A file of a conference, or a document of which there is none."""

    kind: str
    """The name of the kind of document."""
    file: str
    state: State
    pages: int | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a conference."""

    found: Found
    state: State
    """It is ``failed`` where any of its documents is."""
    lines: tuple[Line, ...] = ()
    refusal: Refusal | None = None
    """Why there is nothing of it."""
    warnings: int = 0
    """What is to be said about its facts besides."""
    seconds: float = 0.0
    """What workers took for it."""


@dataclass(slots=True)
class Tally:
    """How far a batch is."""

    conferences: int
    begun: int = 0
    done: int = 0
    failed: int = 0
    fresh: int = 0
    files: int = 0
    """Those that were written."""
    jobs: int = 0
    """Those that are known."""
    jobs_done: int = 0


@dataclass(slots=True)
class _Work:
    """A conference on which work is going on."""

    found: Found
    request: Request
    former: Former
    facts: Tree
    rest: Prepared | None = None
    """The words of the documents that its first job did not write."""
    parts: list[Made] = field(default_factory=list)
    open: int = 0
    """Jobs that are not answered yet."""
    failed: dict[str, Refusal] = field(default_factory=dict)
    """Documents that cannot be written, by their names."""
    refusal: Refusal | None = None
    """Why there is nothing of it."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A job: the beginning of a conference, or more documents of one."""

    work: _Work
    names: tuple[str, ...] = ()
    """Of a beginning none: they are not known yet."""
    most: int = 0
    """Of a beginning: how many documents it writes; none where they are to be learnt only."""

    def make_job(self) -> Job:
        work = self.work
        if work.rest is None:
            return Beginning(work.request, work.facts, work.former, self.most)
        return Continuation(select(work.rest, self.names), work.former)


class Collector:
    """Goes through the conferences *found*, and keeps an *executor* busy with them."""

    def __init__(
        self,
        found: Sequence[Found],
        order: Order,
        executor: Executor,
        workers: Callable[[], int],
        on_step: Callable[[Tally], object] = lambda _: None,
    ) -> None:
        self.tally = Tally(len(found))
        self._coming = iter(found)
        self._order, self._executor, self._workers, self._on_step = order, executor, workers, on_step
        self._outfit, self._tools = _read_outfit(order), find_tools()
        self._queue: deque[_Piece] = deque()
        self._flying: dict[Future[bytes], _Piece] = {}
        self._kinds = {kind.id: kind.name for kind in choose_kinds(order.templates, ())}

    def run(self) -> Iterator[Done]:
        """Yield what became of each conference, as soon as it is known.

        Raises `MachineError` where the workers are gone, or are not like this machine.
        """
        try:
            while True:
                yield from map(self._count, self._give_out())
                self._on_step(self.tally)
                if not self._flying:
                    return
                answered, _ = wait(self._flying, PATIENCE_SECONDS, FIRST_COMPLETED)
                for future in answered:
                    piece = self._flying.pop(future)
                    self._take(piece, _read_answer(future))
                    if not piece.work.open:
                        yield self._count(self._finish(piece.work))
        finally:
            for future in self._flying:
                future.cancel()

    def _count(self, done: Done) -> Done:
        self.tally.done += 1
        self.tally.failed += done.state == "failed"
        self.tally.fresh += done.state == "fresh"
        return done

    # --- giving out -----------------------------------------------------------------------------------------

    def _give_out(self) -> Iterator[Done]:
        """Submit as many jobs as keep the workers busy; yield the conferences that need none."""
        most = max(1, self._workers()) * JOBS_A_WORKER
        while len(self._flying) < most:
            if not self._queue:
                found = next(self._coming, None)
                if found is None:
                    return
                if done := self._begin(found):
                    yield done
                continue
            piece = self._queue.popleft()
            packed = pack(piece.make_job(), self._outfit, self._tools)
            self._flying[self._executor.submit(do_job, packed)] = piece

    def _begin(self, found: Found) -> Done | None:
        """Put the first job of a conference into the queue, or return what became of it without one."""
        self.tally.begun += 1
        request = self._order.request(found.folder, found.outputs)
        if found.problem:
            wrong = UsageError(found.problem, folder=found.folder, year=found.folder.name)
            return Done(found, "failed", refusal=refuse(wrong))
        try:
            if is_fresh(request):
                return self._list_fresh(found)
            work = _Work(found, request, find_former(request), read_facts(found.folder))
            self._add(_Piece(work, most=MOST_DOCUMENTS))
        except Exception as error:  # one conference must not stop the others
            return Done(found, "failed", refusal=_refuse_any(error, found))
        return None

    def _list_fresh(self, found: Found) -> Done:
        entries = read_manifest(found.target).get("outputs", {})
        kinds = ((name, entry.get("kind", "")) for name, entry in entries.items())
        return Done(
            found, "fresh", tuple(Line(self._kinds.get(kind, kind), name, "fresh") for name, kind in kinds)
        )

    def _add(self, piece: _Piece) -> None:
        piece.work.open += 1
        self.tally.jobs += 1
        self._queue.append(piece)

    # --- taking in ------------------------------------------------------------------------------------------

    def _take(self, piece: _Piece, answer: Answer) -> None:
        work = piece.work
        work.open -= 1
        work.seconds += answer.seconds
        self.tally.jobs_done += 1
        if answer.made:
            self._keep(work, answer.made, answer.rest)
        elif answer.refusal:
            self._retry(piece, answer.refusal)

    def _keep(self, work: _Work, made: Made, rest: Prepared | None) -> None:
        is_first = not work.parts
        work.parts.append(made)
        self.tally.files += len(made.contents)
        if is_first:
            work.rest, work.facts = rest, {}
            for first in range(0, len(made.left), MOST_DOCUMENTS):
                self._add(_Piece(work, made.left[first : first + MOST_DOCUMENTS]))

    def _retry(self, piece: _Piece, refusal: Refusal) -> None:
        """Ask for the documents of a refused job in smaller parts, to learn which of them cannot be made."""
        work, middle = piece.work, len(piece.names) // 2
        if refusal.key == "batch-worker-differs":
            raise MachineError(refusal.key, **refusal.values)
        if refusal.is_apart and not work.parts and piece.most:
            self._add(replace(piece, most=0))
        elif refusal.is_apart and len(piece.names) == 1:
            work.failed[piece.names[0]] = refusal
        elif refusal.is_apart and middle:
            self._add(replace(piece, names=piece.names[:middle]))
            self._add(replace(piece, names=piece.names[middle:]))
        else:
            work.refusal = refusal

    def _finish(self, work: _Work) -> Done:
        """Put the documents of a conference in place."""
        if work.refusal:
            return Done(work.found, "failed", refusal=work.refusal, seconds=work.seconds)
        made = join(work.parts)
        done = Done(work.found, "failed", warnings=len(made.findings), seconds=work.seconds)
        try:
            lines = _put_as_far_as_made(made, work)
        except Exception as error:  # one conference must not stop the others
            return replace(done, refusal=_refuse_any(error, work.found))
        state: State = "failed" if work.failed else "made" if made.contents else "fresh"
        return replace(done, state=state, lines=lines)


def _read_outfit(order: Order) -> Outfit:
    if not order.templates.is_dir():
        raise UsageError("templates-missing", folder=order.templates)
    names = find_sources(order.templates, order.templates).templates
    return Outfit.read(order, names)


def _read_answer(future: Future[bytes]) -> Answer:
    try:
        answer: Answer = pickle.loads(future.result())
    except CancelledError as error:
        raise MachineError("batch-scheduler-lost") from error
    except Exception as error:  # of the executor: jobs themselves raise nothing
        reason = f"{type(error).__name__}: {error}"
        if type(error).__name__ != LOST_WORKER:
            raise MachineError("batch-workers-cannot", reason=reason.partition("\n")[0]) from error
        refusal = Refusal("batch-lost", {}, MachineError.exit_code, trace=reason, is_apart=True)
        return Answer(refusal=refusal)
    return answer


def _refuse_any(error: Exception, found: Found) -> Refusal:
    match error:
        case HoinghiError():
            return refuse(error)
        case OSError():
            reason = error.strerror or str(error)
            return refuse(OutputError("batch-folder-unreadable", folder=found.folder, reason=reason))
        case _:
            return refuse_unexpected(error)


def _put_as_far_as_made(made: Made, work: _Work) -> tuple[Line, ...]:
    """Put in place what was made of a conference; return its files, and what could not be made.

    Which files there should be is known to the manifest, so that the next build finds that some lack.
    """
    lacking = [(one.kind, name) for one in made.outlines for name in one.papers if name in work.failed]
    failed = tuple(Line(kind.name, name, "failed", refusal=work.failed[name]) for kind, name in lacking)
    if failed and not made.contents:
        return failed
    files = {
        file for kind, name in lacking for ending in kind.formats for file in kind.files_of(name, ending)
    }
    there = replace(
        made,
        fingerprints={file: print_ for file, print_ in made.fingerprints.items() if file not in files},
        left=tuple(name for name in made.left if name not in work.failed),
    )
    with alone_in(work.request.target):
        report = put(there, work.request)
    return (*failed, *_list_files(report, files))


def _list_files(report: Report, lacking: Collection[str]) -> Iterator[Line]:
    for written in report.documents:
        for file in written.files:
            yield Line(written.kind.name, file.name, "made", written.pages.get(file))
        for file in written.standing:
            if file.name not in lacking:
                yield Line(written.kind.name, file.name, "fresh")
