"""The open workspace: one writing connection, reading ones, operations, undo."""

import array
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from peewee import SQL, Query, SqliteDatabase, Table

from outreach.changes import Changes, Op
from outreach.store.batches import BatchWriter
from outreach.store.connection import told_apart
from outreach.store.journal import Journal, Step
from outreach.store.models import TABLES
from outreach.store.models import database as proxy
from outreach.store.search import PersonIndex, match_of

Clock = Callable[[], datetime]


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
    """

    def __init__(self, db: SqliteDatabase, folder: Path, *, clock: Clock = system_clock, by: str = "") -> None:
        self.folder = folder
        self.path = folder / "outreach.db"
        self.by = by
        self._db = db
        self._clock = clock
        self._writer: int | None = None
        self._journal: Journal | None = None
        self._index: PersonIndex | None = None
        proxy.initialize(db)

    def open_writer(self) -> None:
        """Make the calling thread the only one that may write."""
        self._connect()
        self._writer = threading.get_ident()
        self._journal = Journal(self._db, TABLES)
        self._index = PersonIndex(self._db)

    def open_reader(self) -> None:
        """Let the calling thread read, and only read."""
        self._connect()
        self._db.execute_sql("PRAGMA query_only = 1")

    def close(self) -> None:
        """Close the calling thread's connection."""
        if self._writer == threading.get_ident():
            with told_apart(self.path):
                self._db.execute_sql("PRAGMA optimize")
        self._db.close()

    @contextmanager
    def operation(self, op: Op, *, undoable: bool = True, durable: bool = False) -> Iterator[Written]:
        """One write: all of it or, if the block raises, nothing; it becomes one step of undo.

        With `undoable` False it cannot be taken back, and neither can earlier steps that touch the same rows. With
        `durable` it is on the disk when the block ends, even if the power fails at once: for what the world outside
        is told next.

        Raises:
            KnownError: when the disk, the folder or the file is in the way.
        """
        journal = self._writing()
        written = Written()
        try:
            with told_apart(self.path), self._synchronous(durable), self._db.atomic("IMMEDIATE"):
                journal.begin(op)
                yield written
                self._writing_index().refresh()
                written.changes = journal.end(undoable=undoable)
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
                for table, first, last in writer.runs():
                    index.stale(table, first, last)
                index.refresh()
                index.watch()
                written.changes = journal.end_unlogged(*writer.touched())
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
        return tuple(self._writing().undo_steps)

    def redoable(self) -> tuple[Op, ...]:
        """What can be done again, newest last."""
        return tuple(step.op for step in self._writing().redo_steps)

    def added_by_steps(self, *tables: str) -> dict[tuple[str, int], Step]:
        """By table and id the rows that the newest operations added to some tables, each with its step."""
        return self._writing().added(tables)

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
            self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def ids(self, query: Query) -> "array.array[int]":
        """The row ids of an ordered query of one column, 8 bytes a row."""
        sql, params = query.sql()
        return array.array("q", (row[0] for row in self._db.execute_sql(sql, params)))

    def found_people(self, words: Iterable[str]) -> Query:
        """The ids of people who have, for each folded word, a word of theirs that begins with it."""
        search = Table("person_search")
        return search.select(search.c.rowid).where(SQL("person_search MATCH ?", (match_of(words),)))

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """Read with SQL of the `store` package."""
        with told_apart(self.path):
            return list(self._db.execute_sql(sql, params).fetchall())

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

    def _writing(self) -> Journal:
        if self._journal is None or threading.get_ident() != self._writer:
            raise RuntimeError("only the thread that opened the workspace for writing may write")
        return self._journal

    def _writing_index(self) -> PersonIndex:
        if self._index is None:
            raise RuntimeError("only the thread that opened the workspace for writing may write")
        return self._index

    def _step_of(self, replay: Callable[[], Changes]) -> Changes:
        with told_apart(self.path), self._db.atomic("IMMEDIATE"):
            changes = replay()
            self._writing_index().refresh()
            return changes
