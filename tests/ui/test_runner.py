"""The runner: what is written shows, the newest reading wins, what is closed is closed with nothing half done."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.store import workspace
from outreach.store.models import Person
from outreach.ui.runner import Runner
from tests.ui.conftest import OPENING


def wait(until, seconds: float = 10) -> None:
    loop, timer = QEventLoop(), QTimer()
    end = time.monotonic() + seconds
    timer.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    timer.start(5)
    loop.exec()
    assert until()


@pytest.fixture
def runner(folder: Path):
    with workspace.held(folder, OPENING) as store:
        made = Runner(store)
        yield made
        made.close()


def add(name: str):
    return lambda store: add_person(store, NewPerson(name))


def test_a_write_tells_what_changed_and_who_asked(runner: Runner) -> None:
    seen: list = []
    runner.changed.connect(lambda changes, initiator: seen.append((changes, initiator)))
    runner.write(add("Ada"), then=lambda made: seen.append(made[0]), initiator="me")
    wait(lambda: runner.is_idle)
    person, (changes, initiator) = seen
    assert (initiator, changes.op, changes.touches("person")) == ("me", Op.ADD_PERSON, True)
    assert Person.get_by_id(person).name == "Ada"
    assert runner.history.undo is Op.ADD_PERSON
    assert threading.current_thread() is threading.main_thread()


def test_undo_and_redo_take_the_same_road(runner: Runner) -> None:
    seen: list[Changes] = []
    runner.changed.connect(lambda changes, _: seen.append(changes))
    runner.write(add("Ada"))
    runner.undo()
    runner.redo()
    wait(lambda: runner.is_idle)
    assert [changes.touches("person") for changes in seen] == [True, True, True]
    assert [row.name for row in list_people(runner.store)] == ["Ada"]
    runner.undo()
    wait(lambda: runner.is_idle)
    assert list_people(runner.store) == []
    assert (runner.history.undo, runner.history.redo) == (None, Op.ADD_PERSON)


def test_a_trouble_reaches_who_asked_else_everyone(runner: Runner) -> None:
    mine: list[Exception] = []
    all_: list[Exception] = []
    runner.failed.connect(all_.append)
    runner.write(add(""), failed=mine.append)
    runner.write(add(""))
    wait(lambda: runner.is_idle)
    assert [error.code for error in (*mine, *all_) if isinstance(error, KnownError)] == ["people.no_name"] * 2


def test_only_the_newest_reading_arrives(runner: Runner) -> None:
    got: list[int] = []
    ran: list[int] = []

    def reading(number: int):
        def read(store):
            ran.append(number)
            # A statement that would take minutes; the next reading ends it.
            if number < 4:
                store.rows(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) "
                    "SELECT count(*) FROM n"
                )
            return number

        return read

    began = time.monotonic()
    for number in range(5):
        runner.read(reading(number), then=got.append, replaces="people")
        time.sleep(0.05)
    wait(lambda: runner.is_idle)
    assert got == [4]
    assert time.monotonic() - began < 5


def test_the_window_thread_cannot_write(runner: Runner) -> None:
    with pytest.raises(RuntimeError):
        add_person(runner.store, NewPerson("Ada"))


def test_a_job_is_listed_while_it_runs_and_can_be_cancelled(runner: Runner) -> None:
    begun = threading.Event()
    counts: list[int] = []
    runner.jobs_changed.connect(lambda: counts.append(len(runner.jobs)))

    def work(_store, job: Job) -> None:
        for step in range(10_000):
            begun.set()
            job.report(step, total=10_000)
            time.sleep(0.001)

    job = Job("Counting")
    failed: list[Exception] = []
    runner.run(job, work, then=lambda _: pytest.fail("it was cancelled"), failed=failed.append)
    assert begun.wait(5)
    job.cancel()
    wait(lambda: runner.is_idle)
    assert (counts, failed, runner.jobs) == ([1, 0], [], [])


def test_closing_in_the_middle_of_a_write_leaves_nothing_half_done(folder: Path) -> None:
    begun = threading.Event()

    def work(store, job: Job) -> Changes:
        with store.operation(Op.ADD_PERSON) as written:
            for number in range(100_000):
                Person.create(
                    name=f"P{number}", name_key="p", sort_name="p", created_at=store.now(), updated_at=store.now()
                )
                begun.set()
                job.report(number)
        return written.changes

    with workspace.held(folder, OPENING) as store:
        runner = Runner(store)
        runner.run(Job("Adding"), work, writes=True)
        assert begun.wait(5)
        began = time.monotonic()
        runner.close()
        assert time.monotonic() - began < 2
    with workspace.writing(folder, OPENING) as store:
        assert list_people(store) == []


def test_after_closing_nothing_is_accepted_and_nothing_arrives(runner: Runner) -> None:
    got: list = []
    runner.read(lambda _: 1, then=got.append)
    runner.close()
    runner.read(lambda _: 2, then=got.append)
    runner.write(add("Ada"))
    loop = QEventLoop()
    QTimer.singleShot(50, loop.quit)
    loop.exec()
    assert got == []


def test_work_that_was_cancelled_is_silent(runner: Runner) -> None:
    failed: list[Exception] = []
    runner.failed.connect(failed.append)

    def work(_store) -> None:
        raise Cancelled

    runner.read(work, then=lambda _: None)
    wait(lambda: runner.is_idle)
    assert failed == []
