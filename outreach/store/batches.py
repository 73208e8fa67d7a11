"""Writing many rows fast, and remembering what is needed to take them back.

A batch gives its rows their ids itself, so that what it added is a run of ids per table. Of a row that it changes it
keeps the changed columns, before and after. `take_back` uses both.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from peewee import SqliteDatabase

from outreach.changes import MAX_IDS
from outreach.errors import KnownError
from outreach.store.models import TABLES, ImportBatch, ImportInsert, ImportUpdate, Table

_BY_NAME = {table._meta.table_name: table for table in TABLES}
#: So many rows go into one statement, which takes half the time of a statement each; SQLite takes 32,766 values.
_TOGETHER = 100
_OWN = {"import_batch", "import_note", "import_insert", "import_update"}


class Run(NamedTuple):
    """Rows of a table with ids in a row that were written.

    Attributes:
        columns: Which of their columns changed; None where they are new, or nobody knows.
    """

    table: str
    first: int
    last: int
    columns: frozenset[str] | None = None


class BatchWriter:
    """Raw, fast writes inside one transaction."""

    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self._first: dict[type[Table], int] = {}
        self._next: dict[type[Table], int] = {}
        self._updates: dict[tuple[str, int], tuple[dict[str, Any], dict[str, Any]]] = {}
        self._reloaded: set[str] = set()
        self._restored: list[tuple[str, int]] = []
        self._brought: list[tuple[str, int, int]] = []

    def take_back(self, batch_id: int) -> None:
        """Undo one import: delete what it added, restore what it changed.

        Raises:
            KnownError: as `take_back` below.
        """
        deleted, self._restored = take_back(self._db, batch_id)
        self._reloaded.update(deleted, (name for name, _ in self._restored))

    def brought(self, name: str, first: int, last: int) -> None:
        """Rows came with ids of their own: the lowest and the highest of them."""
        self._brought.append((name, first, last))
        self._reloaded.add(name)

    def next_id(self, table: type[Table]) -> int:
        """Reserve the next id of a table, for a row that others refer to before it is written."""
        row_id = self._next.get(table) or self._start(table)
        self._next[table] = row_id + 1
        return row_id

    def next_ids(self, table: type[Table], count: int) -> range:
        """Reserve the next ids of a table, for rows that nothing refers to before they are written."""
        first = self._next.get(table) or self._start(table)
        self._next[table] = first + count
        return range(first, first + count)

    def insert(self, table: type[Table], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows; the first column is ``id``, from `next_id`."""
        names = ", ".join(f'"{column}"' for column in columns)
        marks = f"({', '.join('?' * len(columns))})"
        run = self._db.connection()
        waiting = iter(rows)
        while some := list(islice(waiting, _TOGETHER)):
            sql = f'INSERT INTO "{_name(table)}" ({names}) VALUES {", ".join([marks] * len(some))}'
            run.execute(sql, tuple(chain.from_iterable(some)))

    def update(self, table: type[Table], row_id: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Change columns of one row from what they were to what they are now."""
        name = _name(table)
        sets = ", ".join(f'"{column}" = ?' for column in after)
        self._db.connection().execute(f'UPDATE "{name}" SET {sets} WHERE id = ?', (*after.values(), row_id))
        if row_id >= self._first.get(table, row_id + 1):
            return  # added by this batch: taking it back deletes it
        first, last = self._updates.setdefault((name, row_id), ({}, {}))
        for column, value in after.items():
            first.setdefault(column, before[column])
            last[column] = value

    def touched(self) -> tuple[dict[str, frozenset[int] | None], int]:
        """By table the ids touched, or None where they are many; and how many rows in all."""
        ids: dict[str, set[int]] = {}
        for name, row_id in self._updates:
            ids.setdefault(name, set()).add(row_id)
        for table, first in self._first.items():
            ids.setdefault(_name(table), set()).update(range(first, min(self._next[table], first + MAX_IDS + 1)))
        rows: dict[str, frozenset[int] | None] = dict.fromkeys(self._reloaded)
        for name, found in ids.items():
            if found and name not in rows:
                rows[name] = frozenset(found) if len(found) <= MAX_IDS else None
        added = sum(self._next[table] - first for table, first in self._first.items())
        return rows, added + len(self._updates) + len(self._reloaded)

    def runs(self) -> list[Run]:
        """The rows written, as runs of ids."""
        runs = [Run(_name(table), first, self._next[table] - 1) for table, first in self._first.items()]
        runs += [Run(*brought) for brought in self._brought]
        runs += [Run(name, row_id, row_id) for name, row_id in self._restored]
        return runs + [Run(name, row, row, frozenset(last)) for (name, row), (_, last) in self._updates.items()]

    def _start(self, table: type[Table]) -> int:
        found = self._db.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (_name(table),)).fetchone()
        self._first[table] = (found[0] if found else 0) + 1
        return self._first[table]

    def remember(self, batch_id: int) -> None:
        """Write down what `take_back` needs."""
        inserts = [
            {"batch": batch_id, "table_name": _name(table), "first_id": first, "last_id": self._next[table] - 1}
            for table, first in self._first.items()
            if self._next[table] > first and _name(table) not in _OWN
        ]
        if inserts:
            ImportInsert.insert_many(inserts).execute()
        self._db.connection().executemany(
            "INSERT INTO import_update (batch_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            (
                (batch_id, name, row_id, json.dumps(before), json.dumps(after))
                for (name, row_id), (before, after) in self._updates.items()
            ),
        )


def add_rows(db: SqliteDatabase, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows inside the caller's operation, where undo sees them as any others; their ids are returned.

    Args:
        db: The database.
        table: Of which table.
        rows: By column, each with the same ones; the model's defaults fill the rest.
    """
    if not rows:
        return []
    values = {field.column_name: field.default for field in table._meta.sorted_fields if field.default is not None}
    columns = list(values | dict(rows[0]))
    writer = BatchWriter(db)
    ids = [writer.next_id(table) for _ in rows]
    filled = (values | dict(row) for row in rows)
    writer.insert(table, ["id", *columns], ([row_id, *row.values()] for row_id, row in zip(ids, filled, strict=True)))
    return ids


def change_rows(db: SqliteDatabase, table: type[Table], rows: Mapping[int, Mapping[str, Any]]) -> None:
    """Change the same columns of some rows inside the caller's operation, each to values of its own."""
    if rows:
        sets = ", ".join(f'"{column}" = ?' for column in next(iter(rows.values())))
        sql = f'UPDATE "{_name(table)}" SET {sets} WHERE id = ?'
        db.connection().executemany(sql, ((*columns.values(), row_id) for row_id, columns in rows.items()))


def take_back(db: SqliteDatabase, batch_id: int) -> tuple[set[str], list[tuple[str, int]]]:
    """Undo one import inside the caller's transaction: delete what it added, restore what it changed.

    Returns:
        The names of the tables that lost rows, and the rows that were restored.

    Raises:
        KnownError: ``imports.later`` when a later import changed the same rows, ``imports.used`` when something else
            has since been built on rows that it added, ``imports.edited`` when a row it touched was edited since.
            Nothing is deleted then.
    """
    ranges = {
        row.table_name: (row.first_id, row.last_id)
        for row in ImportInsert.select().where(ImportInsert.batch == batch_id)
    }
    updates = list(ImportUpdate.select().where(ImportUpdate.batch == batch_id))
    _refuse_if_later(db, batch_id)
    _refuse_if_edited(db, batch_id, ranges)
    for table in reversed(TABLES):
        if _name(table) in ranges:
            _refuse_if_used(db, table, ranges)
    for update in updates:
        _restore(db, update)
    for table in reversed(TABLES):
        if _name(table) in ranges:
            db.execute_sql(f'DELETE FROM "{_name(table)}" WHERE id BETWEEN ? AND ?', ranges[_name(table)])
    return set(ranges), [(update.table_name, update.row_id) for update in updates]


def _refuse_if_later(db: SqliteDatabase, batch_id: int) -> None:
    """A later import that changed the same rows must go first, or neither could be restored exactly."""
    found = db.execute_sql(
        """
        SELECT max(later.batch_id) FROM import_update later
        JOIN import_batch ON import_batch.id = later.batch_id AND taken_back_at IS NULL
        WHERE later.batch_id > ? AND (
            EXISTS (SELECT 1 FROM import_insert mine WHERE mine.batch_id = ? AND mine.table_name = later.table_name
                    AND later.row_id BETWEEN mine.first_id AND mine.last_id)
            OR EXISTS (SELECT 1 FROM import_update mine WHERE mine.batch_id = ? AND mine.table_name = later.table_name
                    AND mine.row_id = later.row_id))
        """,
        (batch_id, batch_id, batch_id),
    ).fetchone()[0]
    if found is not None:
        raise KnownError("imports.later", batch=batch_id, later=found)


def _refuse_if_edited(db: SqliteDatabase, batch_id: int, ranges: Mapping[str, tuple[int, int]]) -> None:
    """People and items that the import added and that someone has edited since would take that work with them."""
    imported_at = ImportBatch.get_by_id(batch_id).imported_at
    for name in ("person", "item"):
        if name in ranges:
            edited = db.execute_sql(
                f"SELECT count(*) FROM {name} WHERE id BETWEEN ? AND ? AND updated_at > ?",
                (*ranges[name], imported_at),
            ).fetchone()[0]
            if edited:
                raise KnownError("imports.edited", batch=batch_id, count=edited, table=name)


def _refuse_if_used(db: SqliteDatabase, table: type[Table], ranges: Mapping[str, tuple[int, int]]) -> None:
    name = _name(table)
    for child in TABLES:
        for field in child._meta.refs:
            if field.rel_model is not table:
                continue
            first, last = ranges.get(_name(child), (1, 0))
            used = db.execute_sql(
                f'SELECT count(*) FROM "{_name(child)}" WHERE "{field.column_name}" BETWEEN ? AND ? '
                "AND id NOT BETWEEN ? AND ?",
                (*ranges[name], first, last),
            ).fetchone()[0]
            if used:
                raise KnownError("imports.used", table=name, count=used, child=_name(child))


def _restore(db: SqliteDatabase, update: Any) -> None:
    before, after = json.loads(update.before), json.loads(update.after)
    columns = ", ".join(f'"{column}"' for column in before)
    name = _name(_BY_NAME[update.table_name])
    found = db.execute_sql(f'SELECT {columns} FROM "{name}" WHERE id = ?', (update.row_id,)).fetchone()
    if found is None:
        return  # deleted since
    # `updated_at` moves with every edit; any other column that moved holds someone's work.
    moved = [
        column for column, value in zip(before, found, strict=True) if value != after[column] and column != "updated_at"
    ]
    if moved:
        raise KnownError("imports.edited", batch=update.batch_id, count=1, table=name)
    sets = ", ".join(f'"{column}" = ?' for column in before)
    db.execute_sql(f'UPDATE "{name}" SET {sets} WHERE id = ?', (*before.values(), update.row_id))


def _name(table: type[Table]) -> str:
    return str(table._meta.table_name)
