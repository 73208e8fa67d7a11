"""What a screen reader says of its own accord: what was done, what has ended, how many match, what is in the way."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.ui.desk import Desk


class Announcer(QObject):
    """Hands on what the desk announces, and tells of jobs that have ended."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._jobs: Sequence[Job] = ()
        desk.told.connect(lambda text, _: desk.announce(text))
        desk.offered.connect(lambda text, *_: desk.announce(text))
        desk.announced.connect(self._say)
        desk.runner.jobs_changed.connect(self._look)

    def _look(self) -> None:
        running = list(self._desk.runner.jobs)
        for job in self._jobs:
            if job not in running:
                self._desk.announce(self._desk.say("{job}, ended", job=self._desk.say(job.label)))
        self._jobs = running

    def _say(self, text: str, is_urgent: bool) -> None:
        event = QAccessibleAnnouncementEvent(self._window, text)
        if is_urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
