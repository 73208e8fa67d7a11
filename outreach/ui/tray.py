"""What runs in the background, and what ended there and still wants a look."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.ui.desk import Desk
from outreach.ui.runner import Task

if TYPE_CHECKING:
    from outreach.services.importing.run import ImportResult


class Outcome(StrEnum):
    """How a job ended."""

    FAILED = "failed"
    CANCELLED = "cancelled"
    IMPORTED = "imported"


@dataclass(eq=False, frozen=True, slots=True)
class Ended:
    """A job that has ended.

    Attributes:
        task: What it was.
        outcome: How it ended.
        text: What came of it, in a few words.
        detail: Why, or when.
        batch: The number of an import, to take it back.
    """

    task: Task
    outcome: Outcome
    text: str
    detail: str
    batch: int | None = None


class Tray(QObject):
    """What runs, and what has ended and is kept until it is tried again, taken back, or put away.

    Attributes:
        ended: The oldest first.

    Signals:
        changed: Something began, ended, or was put away.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cancelled: set[Job] = set()
        self.ended: list[Ended] = []
        desk.runner.jobs_changed.connect(self.changed)
        desk.runner.task_ended.connect(self._note)
        desk.runner.changed.connect(self._on_changed)

    @property
    def running(self) -> list[Job]:
        """What runs at present, oldest first."""
        return self._desk.runner.jobs

    @property
    def stopped(self) -> list[Ended]:
        """What did not come to its end, oldest first."""
        return [each for each in self.ended if each.outcome is not Outcome.IMPORTED]

    def cancel(self, job: Job) -> None:
        """End a job, with nothing half done."""
        self._cancelled.add(job)
        job.cancel()
        self.changed.emit()

    def again(self, ended: Ended) -> None:
        """Run a job once more."""
        self.ended.remove(ended)
        self._desk.runner.again(ended.task)

    def put_away(self, ended: Ended) -> None:
        """Keep it no longer."""
        self.ended.remove(ended)
        self.changed.emit()

    def take_back(self, ended: Ended) -> None:
        """Undo a whole import."""
        from outreach.services.importing.batches import take_back

        desk, batch = self._desk, ended.batch
        assert batch is not None, "only imports are taken back"
        undone = desk.say("Undone: {what}", what=desk.words.term("op", Op.IMPORT.value))
        desk.runner.write(lambda store: take_back(store, batch), then=lambda _: desk.tell(undone))

    def _note(self, task: Task, came: Any) -> None:
        """Keep what the user stopped, what went wrong, and imports; whatever else ended well has said so."""
        say, stopped_by_user = self._desk.say, task.job in self._cancelled
        self._cancelled.discard(task.job)
        label = say(task.job.label)
        ended: Ended | None = None
        if getattr(came, "batch", None) is not None:
            now = self._desk.words.clock(self._desk.store.moment())
            ended = Ended(task, Outcome.IMPORTED, self._imported(came), now, came.batch)
        elif task.job.repeatable and isinstance(came, Cancelled) and stopped_by_user:
            ended = Ended(task, Outcome.CANCELLED, say("{job}: cancelled", job=label), say("Nothing was changed."))
        elif task.job.repeatable and isinstance(came, Exception) and not isinstance(came, Cancelled):
            ended = Ended(task, Outcome.FAILED, say("{job}: not finished", job=label), self._why(came))
        if ended is not None:
            self.ended.append(ended)
            self.changed.emit()

    def _imported(self, result: "ImportResult") -> str:
        from outreach.services.importing.run import ImportKind

        came = result.added + result.updated
        if result.kind is ImportKind.PEOPLE:
            return self._desk.words.trn("Imported {number} person", "Imported {number} people", came)
        return self._desk.words.trn("Imported {number} title", "Imported {number} titles", came)

    def _why(self, error: Exception) -> str:
        if isinstance(error, KnownError):
            return self._desk.sentence(error)
        return self._desk.say("That was a mistake of this program.")

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """An import that was taken back, from wherever, cannot be taken back again."""
        if changes.op is Op.TAKE_BACK_IMPORT and any(each.batch is not None for each in self.ended):
            from outreach.services.importing.batches import list_batches

            there = {row.id for row in list_batches() if not row.taken_back_at}
            self.ended = [each for each in self.ended if each.batch is None or each.batch in there]
            self.changed.emit()
