"""What runs in the background: its progress, Cancel, another try, and imports that can be undone there."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.store.database import Store
from outreach.ui.tray import Outcome
from outreach.ui.widgets.tray import EndedRow, RunningRow
from tests.ui.test_flow import dialog_of


class Slow:
    """Work that stands where it is told to, until it may end."""

    def __init__(self, reach: int = 41, total: int = 96) -> None:
        self.reach, self.total = reach, total
        self.go = threading.Event()
        self.runs = 0

    def __call__(self, _store: Store, job: Job) -> None:
        self.runs += 1
        while True:
            job.report(self.reach, total=self.total)
            if self.go.wait(0.005):
                return


@pytest.fixture
def slow():
    made = Slow()
    yield made
    made.go.set()


def write_people(store: Store, job: Job) -> Changes:
    changes = Changes()
    for number in range(400):
        _, changes = add_person(store, NewPerson(f"P{number}"))
        job.report(number + 1, total=400)
        time.sleep(0.01)
    return changes


def shown(opened: Session) -> tuple[str, str]:
    status = opened.window.status
    return status._text.text(), status._progress.text()


def test_how_far_a_job_is_shows(bare: Session, qtbot, settle, slow: Slow) -> None:
    status = bare.window.status
    assert (shown(bare)[0], status.cancel.isVisible()) == ("All changes saved", False)
    bare.desk.runner.run(Job("Finding posts"), slow)
    qtbot.waitUntil(lambda: shown(bare) == ("Finding posts", "41 of 96 feeds"))
    assert status._meter.isVisible()
    assert status._share == pytest.approx(41 / 96)
    assert not status.more.isVisible()
    slow.go.set()
    settle(bare)
    assert (shown(bare)[0], status._meter.isVisible()) == ("All changes saved", False)
    assert bare.window.status._tray.ended == []


def test_cancel_leaves_nothing_and_another_try_succeeds(bare: Session, qtbot, settle, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Email\n" + "".join(f"P {n},p{n}@example.org\n" for n in range(6000)), encoding="utf-8")
    told: list[str] = []
    job, status = Job("Importing a list"), bare.window.status
    bare.desk.runner.run(job, lambda store, job: import_file(store, ImportKind.PEOPLE, path, None, job), writes=True,
                         then=lambda result: told.append(result.file))  # fmt: skip
    qtbot.waitUntil(lambda: job.done > 500, timeout=10_000)
    qtbot.mouseClick(status.cancel, Qt.MouseButton.LeftButton)
    settle(bare)
    assert list_people(bare.desk.store) == []
    assert shown(bare)[0] == "Importing a list: cancelled"
    assert (told, status.again.isVisible(), status.cancel.isVisible()) == ([], True, False)
    qtbot.mouseClick(status.again, Qt.MouseButton.LeftButton)
    assert job.done < 500
    settle(bare)
    assert len(list_people(bare.desk.store)) == 6000
    assert (told, shown(bare)[0]) == (["long.csv"], "All changes saved")


def test_what_waits_for_its_turn_can_be_cancelled(bare: Session, qtbot, settle, slow: Slow) -> None:
    second = Slow()
    bare.desk.runner.run(Job("Finding posts"), slow)
    job = Job("Saving drafts")
    bare.desk.runner.run(job, second)
    bare.window.status._tray.cancel(job)
    slow.go.set()
    settle(bare)
    assert second.runs == 0


def test_more_than_one_opens_the_tray(bare: Session, qtbot, settle, slow: Slow) -> None:
    jobs = [Job("Finding posts"), Job("Saving drafts"), Job("Painting labels")]
    for job in jobs:
        bare.desk.runner.run(job, slow)
    status, tray = bare.window.status, bare.window.tray
    qtbot.waitUntil(lambda: shown(bare) == ("Finding posts", "41 of 96 feeds"))
    assert (status.more.text(), tray.isVisible()) == ("+2", False)
    qtbot.mouseClick(status.more, Qt.MouseButton.LeftButton)
    rows = tray._rows
    assert [row._job for row in rows if isinstance(row, RunningRow)] == jobs
    assert rows[0].progress.text() == "41 of 96 feeds"
    assert tray.geometry().bottom() <= bare.window.height() - status.height() + 20
    rows[1].cancel.click()
    assert jobs[1].cancelled
    assert tray._rows[1].progress.text() == "stopping"
    slow.go.set()
    settle(bare)
    (row,) = tray._rows
    assert isinstance(row, EndedRow)
    assert (row.act.text(), shown(bare)[0]) == ("Try again", "Saving drafts: cancelled")
    row.act.click()
    settle(bare)
    assert (slow.runs, tray._rows, shown(bare)[0]) == (3, [], "All changes saved")
    qtbot.keyClick(bare.window.focusWidget(), Qt.Key.Key_Escape)
    assert not tray.isVisible()


def test_what_went_wrong_stays_until_it_is_done_or_put_away(bare: Session, qtbot, settle) -> None:
    state = {"full": True}
    done: list[str] = []

    def work(_store: Store, _job: Job) -> str:
        if state["full"]:
            raise KnownError("settings.not_written", file="review.pdf", why="the disk is full")
        return "written"

    bare.desk.runner.run(Job("Writing the review"), work, then=done.append)
    settle(bare)
    dialog_of(bare).close_overlay()
    status, tray = bare.window.status, bare.window.tray
    assert (shown(bare)[0], status.more.text()) == ("Writing the review: not finished", "Show")
    status.again.click()
    settle(bare)
    dialog_of(bare).close_overlay()
    (ended,) = status._tray.ended
    assert (ended.outcome, "the disk is full" in ended.detail) == (Outcome.FAILED, True)
    state["full"] = False
    status.again.click()
    settle(bare)
    assert (done, status._tray.ended) == (["written"], [])
    state["full"] = True
    bare.desk.runner.run(Job("Writing the review"), work)
    settle(bare)
    dialog_of(bare).close_overlay()
    tray.toggle()
    tray._rows[0].away.click()
    assert (status._tray.ended, shown(bare)[0]) == ([], "All changes saved")
    assert tray._none.isVisible()


def test_what_is_only_looked_at_is_not_kept(bare: Session, qtbot, settle, slow: Slow) -> None:
    looked, ended_by_itself = Job("Matching people", repeatable=False), Job("Saving drafts")
    for job in (looked, ended_by_itself):
        bare.desk.runner.run(job, slow)
    bare.window.status._tray.cancel(looked)
    ended_by_itself.cancel()
    settle(bare)
    assert bare.window.status._tray.ended == []


def test_an_import_can_be_undone_there_even_later(bare: Session, qtbot, settle, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Email\nAda,ada@example.org\nBo,bo@example.org\n", encoding="utf-8")

    def imports() -> None:
        bare.desk.runner.run(
            Job("Importing a list"),
            lambda store, job: import_file(store, ImportKind.PEOPLE, path, None, job),
            writes=True,
        )
        settle(bare)

    imports()
    bare.desk.write(lambda store: add_person(store, NewPerson("Cy")))
    settle(bare)
    status, tray = bare.window.status, bare.window.tray
    assert (shown(bare)[0], status.more.text()) == ("All changes saved", "1 import")
    tray.toggle()
    (row,) = tray._rows
    assert status._tray.ended[0].text == "Imported 2 people"
    row.act.click()
    settle(bare)
    assert [each.name for each in list_people(bare.desk.store)] == ["Cy"]
    assert (status._tray.ended, bare.window.toast._text) == ([], "Undone: Imported a list")
    imports()
    bare.desk.runner.undo()
    settle(bare)
    assert status._tray.ended == [], "it was undone elsewhere"


def test_the_tray_is_one_of_the_panes_and_gives_the_focus_back(opened: Session, qtbot, settle) -> None:
    opened.window.go("people")
    settle(opened)
    opened.window.page.focus_main()
    (jobs,) = [each for each in opened.window.actions() if each.objectName() == "jobs"]
    jobs.trigger()
    tray = opened.window.tray
    assert tray.isVisible()
    assert tray.hide_it.hasFocus()
    qtbot.keyClick(tray.hide_it, Qt.Key.Key_Return)
    assert not tray.isVisible()
    assert opened.window.page.table.hasFocus()
