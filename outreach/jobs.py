"""Progress and cancellation of long work. The work only reports; whoever shows it polls."""

import threading
from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - it is no error: the user asked for it
    """The user asked the running job to stop."""


class Job:
    """Handed to long work: where it stands, and whether it should go on.

    `report` is both the progress call and the cancel check, so that work that reports can be stopped. Reading `done`
    from another thread is safe: it is one number.

    Attributes:
        label: What is being done, as a key of `outreach.wording`.
        total: How many steps there are, 0 while unknown.
        done: How many are done.
        in_pages: Whether its steps are pages, the next of which is told.
        interrupt: Called by `cancel`, to end what cannot report, such as one long SQL statement.
        repeatable: Whether it is worth another try once it did not end well; not what is only looked at, and is looked
            at anew anyway.
    """

    def __init__(self, label: str = "", total: int = 0, *, repeatable: bool = True, in_pages: bool = False) -> None:
        self.label = label
        self.total = total
        self.done = 0
        self.repeatable = repeatable
        self.in_pages = in_pages
        self.interrupt: Callable[[], None] | None = None
        self._stop = threading.Event()

    def report(self, done: int, *, total: int | None = None) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: when the user has asked the job to stop.
        """
        self.done = done
        if total is not None:
            self.total = total
        if self._stop.is_set():
            raise Cancelled

    def renew(self) -> None:
        """Stand at the beginning again, to be tried once more."""
        self.done = 0
        self.interrupt = None
        self._stop.clear()

    @property
    def cancelled(self) -> bool:
        """Whether the user has asked the job to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop; it ends at its next report, with nothing half done."""
        self._stop.set()
        if self.interrupt is not None:
            self.interrupt()
