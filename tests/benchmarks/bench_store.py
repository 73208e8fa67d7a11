"""A backup of a large workspace against cp and fsync; one small write through the app against raw SQLite.

Run: python -m tests.benchmarks.bench_store [MEGABYTES]

Before the figures count: the copy holds the same rows as the file, and each small write can be undone. While a backup
is taken a second thread asks for the interpreter as the window does; its longest wait is printed too.
"""

import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from peewee import SqliteDatabase

from outreach.changes import Op
from outreach.services.people.people import NewPerson, add_person, edit_person
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import backup, workspace
from outreach.store.models import Person
from outreach.store.workspace import Opening
from tests.benchmarks.measure import Gates, Took, in_turn

MEGABYTES = 1024
ROUNDS = 3
_WRITES = 400
_COPY, _COMMIT, _BLOCK_MS = 1.1, 4.0, 50
_BLOB = 65_536


def fill(path: Path, megabytes: int) -> int:
    """A database of so many megabytes; how many rows it has."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE filled (id INTEGER PRIMARY KEY, bytes BLOB)")
        rows = megabytes * 1024 * 1024 // _BLOB
        with db:
            db.executemany("INSERT INTO filled (bytes) VALUES (randomblob(?))", ((_BLOB,) for _ in range(rows)))
    return rows


class Pulse:
    """A thread that wants to go on every two milliseconds, as a window does, and notes the longest it was kept."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def _beat(self) -> None:
        before = time.perf_counter()
        while not self._ends.wait(0.002):
            now = time.perf_counter()
            self.longest = max(self.longest, now - before)
            before = now

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()


def backups(gates: Gates, folder: Path, megabytes: int) -> None:
    """A backup as the app takes it, against cp and fsync of the same file."""
    source, ours, other = folder / "whole.db", folder / "backups" / "ours.db", folder / "other.db"
    rows = fill(source, megabytes)
    db = SqliteDatabase(str(source), pragmas={"journal_mode": "wal"}, check_same_thread=False)
    db.connect()
    waits = []

    def copy() -> float:
        ours.unlink(missing_ok=True)
        with Pulse() as pulse:
            took = timed(lambda: backup.copy(db, ours))
        waits.append(pulse.longest * 1000)
        return took

    def plain() -> float:
        other.unlink(missing_ok=True)
        return timed(lambda: copied(source, other))

    gates.ratio(f"backup of {megabytes} MB, against cp and fsync", in_turn(copy, plain, ROUNDS), _COPY)
    gates.at_most("longest wait of another thread meanwhile", [Took(each, each) for each in waits], _BLOCK_MS)
    with closing(sqlite3.connect(ours)) as made:
        assert made.execute("SELECT COUNT(*) FROM filled").fetchone() == (rows,)
        assert made.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    db.close()


def copied(source: Path, target: Path) -> None:
    """What `cp` and `sync` do."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def timed(act: Callable[[], object]) -> float:
    """The seconds of something by the clock: a copy waits for the disk, which is no work of ours."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def each_of(act: Callable[[int], object]) -> float:
    """The seconds of one of many small writes."""
    return timed(lambda: [act(number) for number in range(_WRITES)]) / _WRITES


def commits(gates: Gates, folder: Path) -> None:
    """One row changed in one operation, noted for undo, for the index and for others; against a bare UPDATE and commit."""
    opening = Opening(clock=lambda: datetime(2026, 11, 24, 12, tzinfo=UTC), by="HO")
    new_workspace(folder / "workspace", opening)
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = NORMAL")
    bare.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, expertise TEXT)")
    bare.execute("INSERT INTO person VALUES (1, 'Maya', '')")
    with workspace.writing(folder / "workspace", opening) as store:
        maya, _ = add_person(store, NewPerson("Maya"))
        edit_person(store, maya, {"expertise": "0"})

        def one(number: int) -> None:
            with store.operation(Op.EDIT_PERSON):
                Person.update(expertise=str(number)).where(Person.id == maya).execute()

        def ours() -> float:
            return each_of(one)

        def raw(number: int) -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE person SET expertise = ? WHERE id = 1", (str(number),))
            bare.execute("COMMIT")

        gates.ratio("one row in one operation, against raw SQLite", in_turn(ours, lambda: each_of(raw), 7), _COMMIT)
        checked = each_of(lambda number: edit_person(store, maya, {"expertise": str(number)}))
        back = statistics.median(timed(store.undo) for _ in range(20))
        print(f"  a field of a person, checked: {checked * 1000:.2f} ms; taken back in {back * 1000:.2f} ms")
    bare.close()


def main(megabytes: int) -> int:
    gates = Gates()
    with tempfile.TemporaryDirectory() as made:
        commits(gates, Path(made))
        backups(gates, Path(made), megabytes)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES))
