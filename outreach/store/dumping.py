"""A whole workspace out of its tables and into them again, row by row."""

import base64
import binascii
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peewee import SqliteDatabase

from outreach.errors import KnownError
from outreach.store.batches import BatchWriter
from outreach.store.database import Store
from outreach.store.models import TABLES, Table

#: What a new workspace holds before anybody has worked in it.
_PREPARED = {"workspace_setting", "letter_template"}
#: What is no content: which imports were made here.
_LEDGER = {"import_batch", "import_note", "import_insert", "import_update"}
_AT_ONCE = 500
_BYTES = "base64"

_BY_NAME: dict[str, type[Table]] = {str(table._meta.table_name): table for table in TABLES}


def dump(store: Store) -> Iterator[tuple[str, int, list[str], Iterator[list[Any]]]]:
    """Yield all tables as they are at one moment: name, the last id ever given, columns, rows.

    The rows of a table are read before the next table is asked for.
    """
    db = store.db
    with db.atomic():
        for name in _BY_NAME:
            columns = [column.name for column in db.get_columns(name)]
            last = db.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
            yield name, int(last[0]) if last else 0, columns, _rows(db, name, columns)


def _rows(db: SqliteDatabase, name: str, columns: Sequence[str]) -> Iterator[list[Any]]:
    shown = ", ".join(f'"{column}"' for column in columns)
    for row in db.execute_sql(f'SELECT {shown} FROM "{name}" ORDER BY id'):
        yield [{_BYTES: base64.b64encode(cell).decode()} if isinstance(cell, bytes) else cell for cell in row]


class Restoring:
    """Puts tables into an empty workspace, inside the caller's batch."""

    def __init__(self, store: Store, writer: BatchWriter) -> None:
        """Make room.

        Raises:
            KnownError: ``import.not_empty`` when somebody has worked in this workspace.
        """
        self._db = store.db
        self._writer = writer
        for name in _BY_NAME.keys() - _PREPARED - _LEDGER:
            if self._db.execute_sql(f'SELECT EXISTS (SELECT 1 FROM "{name}")').fetchone()[0]:
                raise KnownError("import.not_empty", table=name)
        for name in (*_LEDGER, *_PREPARED):
            self._db.execute_sql(f'DELETE FROM "{name}"')
        self._db.execute_sql("PRAGMA defer_foreign_keys = 1")
        self._name = ""
        self._columns: Sequence[str] = ()

    def begin(self, name: str, last: int, columns: Sequence[str]) -> None:
        """A table comes.

        Raises:
            KnownError: ``import.unknown_table``, or ``import.unknown_column`` where one is too much or lacks.
        """
        if name not in _BY_NAME:
            raise KnownError("import.unknown_table", table=name)
        known = {column.name: column for column in self._db.get_columns(name)}
        lacking = [each for each, column in known.items() if not column.null and column.default is None]
        wrong = [each for each in columns if each not in known] + [each for each in lacking if each not in columns]
        if wrong or "id" not in columns or len(set(columns)) != len(columns):
            raise KnownError("import.unknown_column", table=name, column=(wrong or ["id"])[0])
        self._name, self._columns = name, columns
        if last > 0:
            changed = self._db.execute_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (last, name)).rowcount
            if not changed:
                self._db.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))

    def put(self, rows: Sequence[Sequence[Any]]) -> None:
        """Rows of that table.

        Raises:
            KnownError: ``import.bad_row`` for one that the table does not take.
        """
        first = self._columns.index("id")
        for start in range(0, len(rows), _AT_ONCE):
            some = [[_cell(cell) for cell in row] for row in rows[start : start + _AT_ONCE]]
            try:
                if any(len(row) != len(self._columns) for row in some):
                    raise KnownError("import.bad_row", table=self._name, why="it has too few cells, or too many")
                self._writer.insert(_BY_NAME[self._name], self._columns, some)
            except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError,
                    ValueError, OverflowError, TypeError) as error:  # fmt: skip
                raise KnownError("import.bad_row", table=self._name, why=str(error)) from error
            self._writer.brought(self._name, min(row[first] for row in some), max(row[first] for row in some))

    def finish(self) -> None:
        """Make sure that everything that rows refer to has come.

        Raises:
            KnownError: ``import.dangling``.
        """
        broken = self._db.execute_sql("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise KnownError("import.dangling", table=broken[0], row=broken[1])


def _cell(cell: Any) -> Any:
    if not isinstance(cell, Mapping):
        return cell
    try:
        return base64.b64decode(cell[_BYTES], validate=True)
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("a cell that is no value") from error
