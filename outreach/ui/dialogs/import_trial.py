"""Looking at a list and trying its import in the background, as often as the user says something else of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.importing.handed import Handed, import_handed
from outreach.services.importing.policies import Policy
from outreach.services.importing.preview import Preview, look_at
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult
from outreach.services.importing.shapes import forget_shape, remember_shape
from outreach.store.database import Store
from outreach.ui.desk import Desk


@dataclass(slots=True)
class Wanted:
    """What the user has said of a list so far."""

    kind: ImportKind | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    policy: dict[str, str] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    item: int | None = None
    create: bool = False

    def options(self, *, dry_run: bool) -> ImportOptions:
        """As the import takes it."""
        policy = {name: Policy(word) for name, word in self.policy.items() if word}
        return ImportOptions(mapping=self.mapping, dry_run=dry_run, policy=policy, item=self.item, create=self.create,
                             same=self.same)  # fmt: skip


class Trial(QObject):
    """Only the newest look and the newest try are told of; older ones are ended.

    Signals:
        moved: It is still at work: how many rows were read.
        looked: What a list's columns are: a `Preview`.
        tried: What its import would come to: an `ImportResult`.
        not_looked: It cannot be read: the error.
        not_tried: It cannot come in as it is: the error.
    """

    moved = Signal(int)
    looked = Signal(object)
    tried = Signal(object)
    not_looked = Signal(object)
    not_tried = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looking: Job | None = None
        self._trying: Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(lambda: self.moved.emit(self._trying.done if self._trying else 0))

    def look(self, handed: Handed, wanted: Wanted) -> None:
        """Look at a list, read as the user wants it."""
        kind, mapping = wanted.kind, dict(wanted.mapping)
        self._looking = self._begin(self._looking)
        self._run(self._looking, lambda store, job: look_at(store, handed, kind, mapping, job), writes=False)

    def try_import(self, handed: Handed, kind: ImportKind, wanted: Wanted) -> None:
        """Do all of an import and keep nothing of it."""
        options = wanted.options(dry_run=True)
        self._trying = self._begin(self._trying)
        self._run(self._trying, lambda store, job: import_handed(store, handed, kind, options, job), writes=True)

    def stop(self) -> None:
        """End whatever runs; nothing more is told."""
        for job in (self._looking, self._trying):
            if job is not None:
                job.cancel()
        self._looking = self._trying = None
        self._timer.stop()

    def _begin(self, before: Job | None) -> Job:
        if before is not None:
            before.cancel()
        self._timer.start()
        return Job("Reading a list", repeatable=False)

    def _run(self, job: Job, work: Callable[[Store, Job], Any], *, writes: bool) -> None:
        self._desk.runner.run(
            job, work, writes=writes, then=lambda result: self._ended(job, result),
            failed=lambda error: self._ended(job, error),
        )  # fmt: skip

    def _ended(self, job: Job, result: Any) -> None:
        if job is self._looking:
            self._looking = None
            (self.not_looked if isinstance(result, Exception) else self.looked).emit(result)
        elif job is self._trying:
            self._trying = None
            self._timer.stop()
            (self.not_tried if isinstance(result, Exception) else self.tried).emit(result)


def import_wanted(
    store: Store, handed: Handed, preview: Preview, wanted: Wanted, job: Job, *, keep: bool
) -> ImportResult:
    """Import a list as the user wants it, and remember how to read such sheets where that is wanted too."""
    # What was said of such sheets before holds for this one, even where it is to be forgotten.
    said = replace(wanted, mapping={**preview.mapping, **wanted.mapping})
    _keep_shape(store, preview, said, keep=keep)
    return import_handed(store, handed, preview.kind, said.options(dry_run=False), job)


def _keep_shape(store: Store, preview: Preview, wanted: Wanted, *, keep: bool) -> Changes:
    header = [each.header for each in preview.columns]
    policy = {name: word for name, word in wanted.policy.items() if word}
    if keep and header and (wanted.mapping or policy):
        return remember_shape(store, preview.kind.value, header, wanted.mapping, policy)
    if not keep and preview.as_before:
        return forget_shape(store, preview.kind.value, header)
    return Changes()
