"""What has changed of what the match is made of: a mark a row, in the transaction that changed it.

Whoever keeps what was made of these tables keeps the newest mark with it. What came later is told by the marks since; a
mark that is not there, as after a backup was put back, says that it was made of something else.

The marks are the store's own bookkeeping, as its indexes are: they are not undone, exported or imported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import SqliteDatabase

#: Tables of which changes are marked.
WATCHED = frozenset({
    "person", "item", "item_genre", "keyword", "comp_title", "taste_note", "reading", "reading_subject", "outcome",
    "post", "gift",
})  # fmt: skip
#: The store's own tables, beside its indexes and those of `models.TABLES`.
OWN_TABLES = frozenset({"change_mark"})
#: So many marks are kept; so many rows of one table, in one change, are marked one by one.
_KEPT, _MOST_ROWS = 2000, 200


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in the history of a workspace."""

    id: int
    nonce: str


def note(db: SqliteDatabase, rows: Mapping[str, Iterable[int] | None]) -> None:
    """Mark a change, inside its transaction.

    Args:
        db: The database.
        rows: By table the rows that were touched, None where they are many.
    """
    marks: list[tuple[str, int | None]] = []
    for table in sorted(WATCHED.intersection(rows)):
        ids = sorted(rows[table] or ())
        marks += [(table, row) for row in ids] if 0 < len(ids) <= _MOST_ROWS else [(table, None)]
    if marks:
        run: Any = db.connection()
        run.executemany('INSERT INTO change_mark ("table", "row") VALUES (?, ?)', marks)
        run.execute("DELETE FROM change_mark WHERE id <= (SELECT max(id) FROM change_mark) - ?", (_KEPT,))


def newest(db: SqliteDatabase) -> Mark:
    """The newest mark."""
    return Mark(*db.execute_sql("SELECT id, nonce FROM change_mark ORDER BY id DESC LIMIT 1").fetchone())


def since(db: SqliteDatabase, mark: Mark) -> dict[str, frozenset[int] | None] | None:
    """By table the rows that were touched since a mark, None for many; None in all where there is no such mark."""
    if not db.execute_sql(
        "SELECT EXISTS (SELECT 1 FROM change_mark WHERE id = ? AND nonce = ?)", (mark.id, mark.nonce)
    ).fetchone()[0]:
        return None
    found: dict[str, set[int] | None] = {}
    for table, row in db.execute_sql('SELECT "table", "row" FROM change_mark WHERE id > ?', (mark.id,)).fetchall():
        mine = found.setdefault(table, set())
        if row is None or mine is None:
            found[table] = None
        else:
            mine.add(row)
    return {table: None if ids is None else frozenset(ids) for table, ids in found.items()}
