"""Finding people by words, in a full-text index (SQLite's FTS5) that is kept in the same transaction as the rows.

TEMP triggers on the writing connection note whose words have become stale; at the end of each operation those are
written anew. A batch of many rows drops the triggers that cost it time and names its rows by range instead.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from peewee import SqliteDatabase

#: A person's words, as the migration that made the index filled it.
_WORDS = """
SELECT person.id, name_key || ' ' || lower(organisation)
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM email_address WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM account WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM person_tag WHERE person_id = person.id ORDER BY "key")), '')
FROM person WHERE person.id IN (SELECT id FROM search_stale)
"""

#: By table the column that says whose words they are, and the columns the words come from.
_SOURCES = {
    "person": ("id", ("name_key", "organisation")),
    "email_address": ("person_id", ("key", "person_id")),
    "account": ("person_id", ("key", "person_id")),
    "person_tag": ("person_id", ("key", "person_id")),
}


class PersonIndex:
    """Keeps the index of people on the writing connection."""

    def __init__(self, db: SqliteDatabase) -> None:
        run: Any = db.execute_sql
        self._run: Callable[..., Any] = run
        self._run("CREATE TEMP TABLE search_stale (id INTEGER PRIMARY KEY)")
        for sql in _triggers("DELETE"):
            self._run(sql)
        self.watch()

    def watch(self) -> None:
        """Note whose words change, row by row."""
        for sql in _triggers("INSERT", "UPDATE"):
            self._run(sql)

    def unwatch(self) -> None:
        """Stop noting; a batch says at its end what it wrote. A rollback brings the triggers back."""
        for table in _SOURCES:
            for event in ("insert", "update"):
                self._run(f'DROP TRIGGER temp."search_{table}_{event}"')

    def stale(self, table: str, first: int, last: int) -> None:
        """Note the people behind a run of rows."""
        if table in _SOURCES:
            owner = _SOURCES[table][0]
            self._run(
                f'INSERT OR IGNORE INTO search_stale SELECT "{owner}" FROM main."{table}" WHERE id BETWEEN ? AND ?',
                (first, last),
            )

    def refresh(self) -> None:
        """Write anew what has become stale."""
        if self._run("SELECT EXISTS (SELECT 1 FROM search_stale)").fetchone()[0]:
            self._run("DELETE FROM person_search WHERE rowid IN (SELECT id FROM search_stale)")
            self._run(f"INSERT INTO person_search (rowid, words) {_WORDS}")
            self._run("DELETE FROM search_stale")

    def purge(self) -> None:
        """Leave no word of people who are gone: FTS5 keeps deleted ones until its segments are merged."""
        self._run("INSERT INTO person_search (person_search) VALUES ('optimize')")


def match_of(words: Iterable[str]) -> str:
    """The FTS5 expression that finds who has, for each word, one that begins with it.

    A word that has several parts, such as ``maya@example.org``, is found as these parts in a row.
    """
    return " AND ".join('"' + word.replace('"', '""').replace("\x00", "") + '" *' for word in words)


def _triggers(*events: str) -> Iterator[str]:
    for table, (owner, columns) in _SOURCES.items():
        for event in events:
            rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
            of = " OF " + ", ".join(f'"{column}"' for column in columns) if event == "UPDATE" else ""
            notes = " ".join(f"INSERT OR IGNORE INTO search_stale VALUES ({row}.{owner});" for row in rows)
            yield (
                f'CREATE TEMP TRIGGER "search_{table}_{event.lower()}" AFTER {event}{of} ON main."{table}" '
                f"BEGIN {notes} END"
            )
