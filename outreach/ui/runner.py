"""Runs services off the window's thread, and brings results, changes and troubles back to it.

One thread writes, one reads lists, one does what takes longer (it starts child processes where there is much to
compute), one waits for other computers. The window's own thread reads small things on a connection of its own that
cannot write.
"""

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from outreach.changes import Changes, Op
from outreach.jobs import Cancelled, Job
from outreach.store.database import Store
from outreach.store.journal import Step

log = logging.getLogger(__name__)

_SWITCH_SECONDS = 0.0005
#: The tables whose new rows can be taken back from where they are told.
_TOLD = ("gift_step", "post")

Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class History:
    """What was done, as far as it can be taken back.

    Attributes:
        steps: What can be undone, the newest first.
        redo: What can be done again next.
        added: By table and id the rows that are told on Today, each with the step that added it.
    """

    steps: tuple[Step, ...] = ()
    redo: Op | None = None
    added: Mapping[tuple[str, int], Step] = field(default_factory=dict)

    def depth_of(self, row: tuple[str, int]) -> int:
        """How many steps take a row back; 0 where none does."""
        step = self.added.get(row)
        return self.steps.index(step) + 1 if step in self.steps else 0

    @property
    def undo(self) -> Op | None:
        """The newest step that can be undone."""
        return self.steps[0].op if self.steps else None


@dataclass(eq=False, frozen=True, slots=True)
class Task:
    """A job with all that is needed to do it, and to do it once more."""

    job: Job
    work: Callable[[Store, Job], Any]
    writes: bool
    then: Then | None
    failed: Failed | None
    calls: bool = False


@dataclass(slots=True)
class _Done:
    future: "Future[Any]"
    then: Then | None
    failed: Failed | None
    initiator: object
    task: Task | None = None


class Runner(QObject):
    """The only bridge between the threads and the window.

    Attributes:
        store: The open workspace; the window's thread only reads it.
        jobs: What runs at present and can be cancelled, oldest first.
        history: What can be undone and redone.
        last_import: The number of an import that nothing was written after: undo takes it back.

    Signals:
        changed: A write was committed: its Changes, and who asked for it.
        failed: Work raised and whoever asked did not say what then: the exception.
        jobs_changed: A job has begun or ended.
        task_ended: A job has ended: its Task, and what came of it, an exception where it did not end well.
        history_changed: There is another step to undo or redo.
    """

    changed = Signal(object, object)
    failed = Signal(object)
    jobs_changed = Signal()
    task_ended = Signal(object, object)
    history_changed = Signal()
    _finished = Signal(object)
    _wrote = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.jobs: list[Job] = []
        self.history = History()
        self.last_import: int | None = None
        self._is_closed = False
        self._waited_for = 0
        self._tokens: dict[str, int] = {}
        self._reading = ""
        self._interrupt: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        # The threads below hand Python back to the window sooner than the usual 5 ms.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._wrote.connect(self._tell_written, Qt.ConnectionType.QueuedConnection)
        store.open_reader()
        self._writer = ThreadPoolExecutor(1, "writer", initializer=store.open_writer)
        self._reader = ThreadPoolExecutor(1, "reader", initializer=self._open_reader)
        self._worker = ThreadPoolExecutor(1, "worker", initializer=store.open_reader)
        self._caller = ThreadPoolExecutor(1, "caller", initializer=store.open_reader)

    def write(
        self,
        work: Callable[[Store], Any],
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        initiator: object = None,
    ) -> None:
        """Run a service that writes; it returns Changes, or a tuple that ends with them."""
        self._submit(self._writer, lambda: self._write(work), then, failed, initiator)

    def read(
        self, work: Callable[[Store], Any], *, then: Then, replaces: str = "", failed: Failed | None = None
    ) -> None:
        """Run a reading; a newer one with the same `replaces` ends this one, and only the newest result arrives."""
        token = self._tokens[replaces] = self._tokens.get(replaces, 0) + 1
        with self._lock:
            if replaces and self._reading == replaces:
                self._interrupt()

        def is_stale() -> bool:
            return bool(replaces) and self._tokens[replaces] != token

        def reading() -> Any:
            with self._lock:
                if is_stale():
                    raise Cancelled
                self._reading = replaces
            try:
                return work(self.store)
            except Exception:
                if is_stale():
                    raise Cancelled from None
                raise
            finally:
                with self._lock:
                    self._reading = ""

        self._submit(self._reader, reading, lambda result: None if is_stale() else then(result), failed)

    def run(
        self,
        job: Job,
        work: Callable[[Store, Job], Any],
        *,
        writes: bool = False,
        calls: bool = False,
        then: Then | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run something that takes longer, shown with its progress; the user can cancel it.

        Args:
            job: What shows its progress.
            work: What is done, given the workspace and the job.
            writes: Whether all of it is one write.
            calls: Whether it waits for other computers: then it keeps nothing else waiting; see `write_within`.
            then: Hears what came of it.
            failed: Hears what went wrong.
        """
        self._start(Task(job, work, writes, then, failed, calls))

    def write_within(self, work: Callable[[Store], Any]) -> Any:
        """Write from within work that calls other computers, and wait until it is on the disk; everyone is told.

        Never from the window's own thread, which waits for nobody.
        """
        result = self._writer.submit(lambda: self._write(work)).result()
        changes = changes_of(result)
        if changes:
            with contextlib.suppress(RuntimeError):  # at the very end nobody is there to be told
                self._wrote.emit(changes)
        return result

    def again(self, task: Task) -> None:
        """Run something once more that has ended."""
        task.job.renew()
        self._start(task)

    def _start(self, task: Task) -> None:
        self.jobs.append(task.job)
        self.jobs_changed.emit()

        def work(store: Store) -> Any:
            if task.job.cancelled:
                raise Cancelled  # while it waited for its turn
            return task.work(store, task.job)

        beside = self._caller if task.calls else self._worker
        pool, run = (self._writer, self._write) if task.writes else (beside, lambda work: work(self.store))
        self._submit(pool, lambda: run(work), task.then, task.failed, None, task)

    def later(self, work: Callable[[], Any], then: Then | None = None) -> None:
        """Do something beside, which nobody waits for; it may read the workspace."""
        self._submit(self._worker, work, then)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and every result has been delivered."""
        return self._waited_for == 0

    def undo(self, done: Callable[[Changes, int], None] = lambda *_: None, *, down_to: Step | None = None) -> None:
        """Take back the newest write, an import as a whole, or all writes down to one; `done` hears how many."""
        batch, taken = self.last_import, 1

        def work(store: Store) -> Changes:
            nonlocal taken
            if batch is None:
                if down_to is not None:
                    taken = sum(step.id >= down_to.id for step in store.undo_steps())
                return store.undo(taken) if taken else Changes()
            from outreach.services.importing.batches import take_back

            return take_back(store, batch)

        self.write(work, then=lambda changes: done(changes, taken))

    def redo(self, done: Callable[[Changes], None] = lambda _: None) -> None:
        """Do again what was taken back last."""
        self.write(lambda store: store.redo(), then=done)

    def close(self) -> None:
        """Cancel what runs, wait until it has ended with nothing half done, and close every connection."""
        if self._is_closed:
            return
        self._is_closed = True
        for job in list(self.jobs):
            job.cancel()
        self._interrupt()
        for pool in (self._reader, self._worker, self._caller, self._writer):
            pool.submit(self._close_here)
            pool.shutdown(wait=True, cancel_futures=False)
        self._close_here()

    def _close_here(self) -> None:
        self.store.close()

    def _open_reader(self) -> None:
        self.store.open_reader()
        self._interrupt = self.store.interrupter()

    def _write(self, work: Callable[[Store], Any]) -> Any:
        result = work(self.store)
        steps, redo = self.store.undo_steps()[::-1], self.store.redoable()
        self.last_import = getattr(result, "batch", None) or (self.last_import if not changes_of(result) else None)
        if not steps and self.last_import is not None:
            steps = (Step(0, Op.IMPORT),)
        self.history = History(steps, redo[-1] if redo else None, self.store.added_by_steps(*_TOLD))
        return result

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        then: Then | None = None,
        failed: Failed | None = None,
        initiator: object = None,
        task: Task | None = None,
    ) -> None:
        if self._is_closed:
            return
        self._waited_for += 1
        future = pool.submit(work)
        future.add_done_callback(lambda ended: self._report(_Done(ended, then, failed, initiator, task)))

    def _report(self, done: _Done) -> None:
        # At the very end the signal's owner may be gone already; nobody waits for the result then.
        with contextlib.suppress(RuntimeError):
            self._finished.emit(done)

    @Slot(object)
    def _tell_written(self, changes: Changes) -> None:
        if not self._is_closed:
            self.history_changed.emit()
            self.changed.emit(changes, None)

    @Slot(object)
    def _deliver(self, done: _Done) -> None:
        self._waited_for -= 1
        if done.task is not None:
            self.jobs.remove(done.task.job)
            self.jobs_changed.emit()
        if self._is_closed or done.future.cancelled():
            return
        error = done.future.exception()
        if done.task is not None:
            self.task_ended.emit(done.task, error or done.future.result())
        if isinstance(error, Cancelled):
            return
        if error is not None:
            if not isinstance(error, Exception):
                raise error
            if done.failed is not None:
                done.failed(error)
            else:
                self.failed.emit(error)
            return
        result = done.future.result()
        try:
            if done.then is not None:
                done.then(result)
        finally:
            # What was written is shown, whatever becomes of whoever asked for it.
            changes = changes_of(result)
            if changes:
                self.history_changed.emit()
                self.changed.emit(changes, done.initiator)


def changes_of(result: Any) -> Changes:
    """What a service says it changed: its result, the last of a tuple, or an attribute; empty for a reading."""
    changes = result[-1] if isinstance(result, tuple) and result else getattr(result, "changes", result)
    return changes if isinstance(changes, Changes) else Changes()
