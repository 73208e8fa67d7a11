"""Looking around in a sample, which is a workspace of its own."""

from collections.abc import Callable

from outreach.jobs import Job
from outreach.services.sample.apart import sample_apart
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button

_FOLDER = "sample"


def look_around(desk: Desk, failed: Callable[[Exception], None]) -> bool:
    """Open the sample, and make it before if there is none; whether it has to be made is returned."""
    folder = desk.home / _FOLDER
    if (folder / "outreach.db").exists():
        desk.leave(folder)
        return False

    def work(_store: Store, job: Job) -> None:
        sample_apart(folder, job=job)

    desk.runner.run(Job("Making the sample"), work, then=lambda _: desk.leave(folder), failed=failed)
    return True


class SampleLink(Button):
    """Leads from a place where nothing is yet to the sample; within the sample there is no such way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, desk.say("Look around with sample data"), "link", height=28)
        self._desk = desk
        self.clicked.connect(self._look_around)
        if desk.store.folder == desk.home / _FOLDER:
            self.hide()

    def _look_around(self) -> None:
        self.setEnabled(not look_around(self._desk, self._failed))

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self._desk.ask("trouble", error)
