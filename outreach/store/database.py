"""The open workspace: one writing connection, reading ones, operations, undo."""

import array
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from peewee import SQL, Query, SqliteDatabase, Table

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.store import marks
from outreach.store.batches import BatchWriter
from outreach.store.connection import READING, told_apart
from outreach.store.journal import Journal, Step
from outreach.store.models import TABLES
from outreach.store.models import database as proxy
from outreach.store.search import SearchIndexes, first_people, match_of, people_sql
from outreach.store.stock import MOVEMENTS, refuse_below_zero

#: So often, and so long between, it is tried to empty the write-ahead log.
_TRIES, _WAIT_SECONDS = 40, 0.05

Clock = Callable[[], datetime]
_Read = TypeVar("_Read")


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Written:
    """What `Store.operation` hands out; `changes` is filled in when its block has been committed."""

    changes = Changes()


class Store:
    """The one open workspace of this process.

    Attributes:
        folder: The workspace.
        path: Its database.
        by: Initials of the user, kept with gifts, letters and posts.
        to_look: Whether it was opened for a look: every write is refused.
    """

    def __init__(
        self, db: SqliteDatabase, folder: Path, *, clock: Clock = system_clock, by: str = "", to_look: bool = False
    ) -> None:
        self.folder = folder
        self.path = folder / "outreach.db"
        self.by = by
        self.to_look = to_look
        self._db = db
        self._clock = clock
        self._writer: int | None = None
        self._journal: Journal | None = None
        self._index: SearchIndexes | None = None
        self._kept = threading.local()
        proxy.initialize(db)

    def open_writer(self) -> None:
        """Make the calling thread the only one that may write, unless the workspace was opened for a look."""
        if self.to_look:
            self.open_reader()
            return
        self._connect()
        self._writer = threading.get_ident()
        self._journal = Journal(self._db, TABLES)
        self._index = SearchIndexes(self._db)

    def open_reader(self) -> None:
        """Let the calling thread read, and only read."""
        self._connect()
        for sql in READING:
            self._db.execute_sql(sql)

    def close(self) -> None:
        """Close the calling thread's connection."""
        if self._writer == threading.get_ident():
            with told_apart(self.path):
                self._db.execute_sql("PRAGMA optimize")
        self._kept.__dict__.clear()
        self._db.close()

    @contextmanager
    def operation(self, op: Op, *, undoable: bool = True, durable: bool = False) -> Iterator[Written]:
        """One write: all of it or, if the block raises, nothing; it becomes one step of undo.

        With `undoable` False it cannot be taken back, and neither can earlier steps that touch the same rows. With
        `durable` it is on the disk when the block ends, even if the power fails at once: for what the world outside
        is told next.

        Raises:
            KnownError: when the disk, the folder or the file is in the way; ``catalogue.below_zero`` when fewer than no
                copies of an edition would be left.
        """
        journal = self._writing()
        written = Written()
        try:
            with told_apart(self.path), self._synchronous(durable), self._db.atomic("IMMEDIATE"):
                journal.begin(op)
                yield written
                self._writing_index().refresh()
                if any(map(journal.touches, MOVEMENTS)):
                    refuse_below_zero(self._db)
                written.changes = journal.end(undoable=undoable)
                marks.note(self._db, written.changes.rows)
        except BaseException:
            journal.abandon()
            raise

    @contextmanager
    def _synchronous(self, durable: bool) -> Iterator[None]:
        """SQLite waits for the disk at each commit, or only at each checkpoint."""
        if durable:
            self._db.execute_sql("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            if durable:
                self._db.execute_sql("PRAGMA synchronous = NORMAL")

    @contextmanager
    def batch(self, op: Op) -> Iterator[tuple[BatchWriter, Written]]:
        """One write of many rows that is not logged for undo; the writer remembers what an import needs instead.

        It clears the steps of undo, since they could no longer be taken back exactly.
        """
        journal = self._writing()
        written = Written()
        try:
            with told_apart(self.path), self._db.atomic("IMMEDIATE"):
                journal.begin(op, logged=False)
                writer = BatchWriter(self._db)
                index = self._writing_index()
                index.unwatch()
                yield writer, written
                index.stale(writer.runs())
                index.refresh()
                index.watch()
                rows, count = writer.touched()
                if not rows.keys().isdisjoint(MOVEMENTS):
                    refuse_below_zero(self._db)
                written.changes = journal.end_unlogged(rows, count)
                # What goes with rows that go is not among them.
                marks.note(self._db, dict.fromkeys(marks.WATCHED if count else ()))
        except BaseException:
            journal.abandon()
            raise

    def undo(self, steps: int = 1) -> Changes:
        """Take back the newest operations, all of them or none; empty changes where there are none."""
        return self._step_of(lambda: self._writing().undo(steps))

    def redo(self) -> Changes:
        """Do again what was undone last; empty changes where there is none."""
        return self._step_of(self._writing().redo)

    def undoable(self) -> tuple[Op, ...]:
        """What can be undone, newest last."""
        return tuple(step.op for step in self._writing().undo_steps)

    def undo_steps(self) -> tuple[Step, ...]:
        """The steps that can be undone, newest last; each has a number that no later step has."""
        return () if self.to_look else tuple(self._writing().undo_steps)

    def redoable(self) -> tuple[Op, ...]:
        """What can be done again, newest last."""
        return () if self.to_look else tuple(step.op for step in self._writing().redo_steps)

    def added_by_steps(self, *tables: str) -> dict[tuple[str, int], Step]:
        """By table and id the rows that the newest operations added to some tables, each with its step."""
        return {} if self.to_look else self._writing().added(tables)

    def interrupter(self) -> Callable[[], None]:
        """What ends a long reading of the calling thread, from any thread."""
        interrupt: Callable[[], None] = self._db.connection().interrupt
        return interrupt

    def purge(self) -> None:
        """Leave no trace of deleted rows: in the undo log, the write-ahead log, and the file's free pages."""
        self._writing().purge()
        with told_apart(self.path):
            self._writing_index().purge()
            self._db.execute_sql("VACUUM")
            # Another connection that is just reading keeps the log for a moment.
            for _ in range(_TRIES):
                if not self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    break
                time.sleep(_WAIT_SECONDS)

    def ids(self, query: Query) -> "array.array[int]":
        """The row ids of an ordered query of one column, 8 bytes a row."""
        sql, params = query.sql()
        return array.array("q", chain.from_iterable(self._db.execute_sql(sql, params)))

    def found_people(self, words: Iterable[str], most: int | None = None) -> SQL:
        """The ids of people who have every folded word, to stand in an ``IN``; any so many of them, if not all.

        They have it when a word of theirs begins with it, or when it stands within a handle or an e-mail address.
        """
        sql, given = people_sql(words)
        return SQL(f"({sql})" if most is None else f"({sql} LIMIT {int(most)})", given)

    def people_with(self, words: Iterable[str]) -> set[int]:
        """The ids that `found_people` finds."""
        return set(chain.from_iterable(self._db.execute_sql(*people_sql(words))))

    def first_found(self, words: Iterable[str], most: int) -> list[int]:
        """The ids of at most so many people of `found_people`, those whose words begin so before the others."""
        return first_people(self._db.execute_sql, words, most)

    def found_in(self, index: str, words: Iterable[str]) -> Query:
        """The ids in an index (``item``, ``post``, ``letter``, ``note``) that have a word beginning with each word."""
        search = Table(f"{index}_search")
        return search.select(search.c.rowid).where(SQL(f"{index}_search MATCH ?", (match_of(words),)))

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """Read with SQL of the `store` package."""
        with told_apart(self.path):
            return list(self._db.execute_sql(sql, params).fetchall())

    def once(self, what: Hashable, read: Callable[[], _Read]) -> _Read:
        """What a reading tells, read by the calling thread once until anybody, itself or another, writes anything."""
        connection = self._db.connection()
        if connection.in_transaction:
            return read()  # what is being written may be taken back
        version = (self._db.execute_sql("PRAGMA data_version").fetchone()[0], connection.total_changes)
        if getattr(self._kept, "version", None) != version:
            self._kept.version, self._kept.told = version, {}
        told: dict[Hashable, Any] = self._kept.told
        if what not in told:
            told[what] = read()
        found: _Read = told[what]
        return found

    def now(self) -> str:
        """The present moment as ISO text in UTC."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def moment(self) -> datetime:
        """The present moment, in UTC."""
        return self._clock().astimezone(UTC)

    def today(self) -> date:
        """The present day where the user is."""
        return self._clock().astimezone().date()

    @property
    def db(self) -> SqliteDatabase:
        """The database, for the modules of `store`."""
        return self._db

    def _connect(self) -> None:
        with told_apart(self.path):
            self._db.connect()

    def must_write(self) -> None:
        """Make sure that something may be written.

        Raises:
            KnownError: ``workspace.to_look`` when the workspace was opened for a look.
        """
        if self.to_look:
            raise KnownError("workspace.to_look", folder=str(self.folder))

    def _writing(self) -> Journal:
        self.must_write()
        if self._journal is None or threading.get_ident() != self._writer:
            raise RuntimeError("only the thread that opened the workspace for writing may write")
        return self._journal

    def _writing_index(self) -> SearchIndexes:
        if self._index is None:
            raise RuntimeError("only the thread that opened the workspace for writing may write")
        return self._index

    def _step_of(self, replay: Callable[[], Changes]) -> Changes:
        self.must_write()
        with told_apart(self.path), self._db.atomic("IMMEDIATE"):
            changes = replay()
            self._writing_index().refresh()
            if changes.touches(*MOVEMENTS):
                refuse_below_zero(self._db)
            marks.note(self._db, changes.rows)
            return changes
