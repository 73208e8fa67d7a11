"""Undo: TEMP triggers on the writing connection log the inverse of each row written, as SQL.

The log lives in memory and ends with the program. Values go through SQLite's own ``quote()``, so that text, numbers,
nulls and blobs come back as they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import SqliteDatabase

from outreach.changes import MAX_IDS, Changes, Op, together
from outreach.store.models import Table

#: How many operations can be undone.
UNDO_LIMIT = 100
#: So far back it is told which row came from which operation.
_LOOKED_BACK = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One operation in the log."""

    id: int
    op: Op


class Journal:
    """Undo and redo for every write made on one connection.

    Attributes:
        undo_steps: What can be undone, newest last.
        redo_steps: What can be redone, newest last; emptied by any new operation.
    """

    def __init__(self, db: SqliteDatabase, tables: Iterable[type[Table]]) -> None:
        self._db = db
        self._next = 1
        self._open: Step | None = None
        self.undo_steps: list[Step] = []
        self.redo_steps: list[Step] = []
        self._tables = tuple(tables)
        self._make_log()

    def begin(self, op: Op, *, logged: bool = True) -> None:
        """Start a step; with `logged` False rows are written without being logged, as for an import."""
        if self._open is not None:
            raise RuntimeError(f"{op} began inside {self._open.op}: operations do not nest")
        self._open = Step(self._next, op)
        self._next += 1
        if logged:
            self._watch()
            self._log_as(self._open.id)
        else:
            self._unwatch()

    def end(self, *, undoable: bool = True) -> Changes:
        """Close the step and say what it touched.

        A step that cannot be undone takes with it all earlier steps that touch its rows, and whatever came before
        those: they could no longer be undone exactly.
        """
        step = self._close()
        changes = self._changes(step)
        if changes:
            self._forget(self.redo_steps)
        if undoable and changes:
            self.undo_steps.append(step)
            self._forget(self.undo_steps, keep=UNDO_LIMIT)
        elif changes:
            self._forget_touching(step)
            self._drop(step)
        return changes

    def end_unlogged(self, rows: Mapping[str, frozenset[int] | None], count: int) -> Changes:
        """Close a step that was not logged: nothing before it can be undone any more."""
        step = self._close()
        if count:
            self._forget(self.undo_steps)
            self._forget(self.redo_steps)
        return Changes(step.op, rows, count)

    def touches(self, table: str) -> bool:
        """Whether the open step has written a table so far."""
        assert self._open is not None, "asked of the step that is being made"
        run: Any = self._db.execute_sql
        rows = run("SELECT EXISTS (SELECT 1 FROM undo_log WHERE step = ? AND tbl = ?)", (self._open.id, table))
        return bool(rows.fetchone()[0])

    def abandon(self) -> None:
        """The transaction was rolled back, and the log's rows with it."""
        self._open = None

    def undo(self, steps: int = 1) -> Changes:
        """Take the newest steps back, one after another; nothing happens where there are none."""
        return self._replay(self.undo_steps, self.redo_steps, steps)

    def redo(self) -> Changes:
        """Do again what was undone last; nothing happens where there is none."""
        return self._replay(self.redo_steps, self.undo_steps, 1)

    def added(self, tables: Iterable[str]) -> dict[tuple[str, int], Step]:
        """By table and id the rows that the newest steps added, each with its step."""
        steps = {step.id: step for step in self.undo_steps[-_LOOKED_BACK:]}
        marks = ", ".join("?" * len(steps))
        names = tuple(tables)
        rows = self._db.execute_sql(
            f"SELECT tbl, row, step FROM undo_log WHERE step IN ({marks}) AND tbl IN ({', '.join('?' * len(names))}) "
            "AND sql LIKE 'DELETE %'",
            (*steps, *names),
        )
        return {(table, row): steps[step] for table, row, step in rows.fetchall()}

    def purge(self) -> None:
        """Empty the log, so that no trace of a forgotten person stays in memory."""
        self._forget(self.undo_steps)
        self._forget(self.redo_steps)

    def _make_log(self) -> None:
        run: Any = self._db.execute_sql
        run("CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, step INTEGER, tbl TEXT, row INTEGER, sql TEXT)")
        run("CREATE INDEX temp.undo_log_step ON undo_log (step)")
        run("CREATE TEMP TABLE undo_state (step INTEGER NOT NULL)")
        run("INSERT INTO undo_state VALUES (0)")

    def _watch(self) -> None:
        """Make the triggers where they are not there: most who open a workspace write nothing, or import.

        A rollback takes back what was made or dropped within it, so it is the database that is asked.
        """
        if not self._is_watched():
            connection = self._db.connection()
            for sql in (sql for table in self._tables for sql in _triggers(table)):
                connection.execute(sql)

    def _unwatch(self) -> None:
        """Even a trigger that does nothing costs an import a third of its time."""
        if self._is_watched():
            for table in self._tables:
                for event in _EVENTS:
                    self._db.execute_sql(f'DROP TRIGGER temp."undo_{table._meta.table_name}_{event.lower()}"')

    def _is_watched(self) -> bool:
        found = self._db.execute_sql(
            "SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE type = 'trigger' AND name GLOB 'undo_*')"
        )
        return bool(found.fetchone()[0])

    def _log_as(self, step_id: int) -> None:
        self._db.execute_sql("UPDATE undo_state SET step = ?", (step_id,))

    def _close(self) -> Step:
        step, self._open = self._open, None
        assert step is not None, "a step ends only after it began"
        self._log_as(0)
        return step

    def _replay(self, source: list[Step], target: list[Step], steps: int) -> Changes:
        """The lists change only when all of it was done: a transaction that is rolled back leaves them as they were."""
        self._watch()
        replayed = source[: -steps - 1 : -1]
        backs = [self._replay_one(step) for step in replayed]
        changes = together([self._changes(back) for back in backs])
        del source[len(source) - len(replayed) :]
        target.extend(backs)
        return changes

    def _replay_one(self, step: Step) -> Step:
        run: Any = self._db.execute_sql
        run("PRAGMA defer_foreign_keys = ON")
        inverses = run("SELECT sql FROM undo_log WHERE step = ? ORDER BY seq DESC", (step.id,)).fetchall()
        back = Step(self._next, step.op)
        self._next += 1
        self._log_as(back.id)
        for (sql,) in inverses:
            run(sql)
        self._log_as(0)
        self._drop(step)
        return back

    def _forget(self, steps: list[Step], keep: int = 0) -> None:
        excess = max(0, len(steps) - keep)
        for step in steps[:excess]:
            self._drop(step)
        del steps[:excess]

    def _forget_touching(self, step: Step) -> None:
        touching = self._db.execute_sql(
            "SELECT max(older.step) FROM undo_log older JOIN undo_log mine ON older.tbl = mine.tbl "
            "AND older.row = mine.row WHERE mine.step = ? AND older.step <> mine.step",
            (step.id,),
        ).fetchone()[0]
        if touching is not None:
            self._forget(self.undo_steps, keep=sum(1 for older in self.undo_steps if older.id > touching))

    def _drop(self, step: Step) -> None:
        self._db.execute_sql("DELETE FROM undo_log WHERE step = ?", (step.id,))

    def _changes(self, step: Step) -> Changes:
        counted = self._db.execute_sql("SELECT tbl, count(*) FROM undo_log WHERE step = ? GROUP BY tbl", (step.id,))
        counts: dict[str, int] = dict(counted.fetchall())
        rows: dict[str, frozenset[int] | None] = {}
        for table, count in counts.items():
            rows[table] = None
            if count <= MAX_IDS:
                found = self._db.execute_sql(
                    "SELECT DISTINCT row FROM undo_log WHERE step = ? AND tbl = ?", (step.id, table)
                )
                rows[table] = frozenset(row for (row,) in found)
        return Changes(step.op, rows, sum(counts.values())) if rows else Changes()


_EVENTS = ("INSERT", "UPDATE", "DELETE")


@cache
def _triggers(model: type[Table]) -> tuple[str, ...]:
    """The three triggers that log the inverse of what happens to a table's rows."""
    table = model._meta.table_name
    columns = [field.column_name for field in model._meta.sorted_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    old = " || ',' || ".join(f'quote(OLD."{column}")' for column in columns)
    sets = " || ',' || ".join(f'\'"{column}"=\' || quote(OLD."{column}")' for column in columns)
    inverse = {
        "INSERT": ("NEW", f"'DELETE FROM \"{table}\" WHERE id=' || NEW.id"),
        "UPDATE": ("NEW", f"'UPDATE \"{table}\" SET ' || {sets} || ' WHERE id=' || NEW.id"),
        "DELETE": ("OLD", f"'INSERT INTO \"{table}\"({names}) VALUES(' || {old} || ')'"),
    }
    return tuple(
        f'CREATE TEMP TRIGGER "undo_{table}_{event.lower()}" AFTER {event} ON main."{table}" '
        f"WHEN (SELECT step FROM undo_state) > 0 BEGIN "
        f"INSERT INTO undo_log (step, tbl, row, sql) "
        f"VALUES ((SELECT step FROM undo_state), '{table}', {row}.id, {sql}); END"
        for event, (row, sql) in inverse.items()
    )
