"""Finding things by words, in full-text indexes (SQLite's FTS5) that are kept in the same transaction as the rows.

TEMP triggers on the writing connection note whose words have become stale; at the end of each operation those are
written anew. A batch of many rows drops the triggers that cost it time and names its rows by range instead.

Words are indexed without case and accents, Chinese, Japanese and Korean by character. People have a second index, of
the letters within their handles and e-mail addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from peewee import SqliteDatabase

from outreach.fields.text import fold
from outreach.store.batches import Run

#: Scripts without blanks between words: each character is a word of its own, and a word typed is a row of them.
_BY_CHARACTER = re.compile(
    "([\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
)
#: With fewer letters there is nothing to look for inside a word.
SHORTEST_WITHIN = 3
#: Above so many words each is looked up for itself.
_COMBINED = 3
#: So few rows are looked at one by one, so many are read at a time.
_SELDOM, _AT_ONCE = 300, 250

_BEGUN = "SELECT rowid FROM person_search WHERE person_search MATCH ?"
_WITHIN = "SELECT rowid FROM person_infix WHERE person_infix MATCH ?"


@dataclass(frozen=True, slots=True)
class _Index:
    """One full-text index.

    Attributes:
        words: The SQL that gives ids and words, of those whose id stands where ``{stale}`` says.
        sources: By table the SQL that says of a row whose words they are, and the columns the words come from.
    """

    words: str
    sources: Mapping[str, tuple[str, tuple[str, ...]]]


#: Whose a former handle is.
_OF_ALIAS = "(SELECT person_id FROM account WHERE account.id = {row}.account_id)"


def _former(column: str = '"key"') -> str:
    return (
        f"coalesce((SELECT group_concat(word, ' ') FROM (SELECT account_alias.{column} AS word FROM account_alias "
        "JOIN account ON account.id = account_alias.account_id WHERE person_id = person.id ORDER BY word)), '')"
    )


def _keys(table: str, column: str = '"key"') -> str:
    return (
        f"coalesce((SELECT group_concat(word, ' ') FROM (SELECT {column} AS word FROM {table} "
        f"WHERE person_id = person.id ORDER BY word)), '')"
    )


#: A person's words, an item's, …, as the migration that made the indexes filled them.
_INDEXES: dict[str, _Index] = {
    "person_search": _Index(
        # One call of Python a row, two where there is an organisation: calls are what costs time.
        "SELECT person.id, spaced(name_key || ' ' "
        "|| CASE WHEN organisation = '' THEN '' ELSE spelled(organisation) END "
        f"|| ' ' || {_keys('email_address')} || ' ' || {_keys('account')} || ' ' || {_keys('person_tag')} "
        f"|| ' ' || {_former()}) FROM person WHERE person.id IN ({{stale}})",
        {
            "person": ("{row}.id", ("name_key", "organisation")),
            "email_address": ("{row}.person_id", ("key", "person_id")),
            "account": ("{row}.person_id", ("key", "person_id")),
            "account_alias": (_OF_ALIAS, ("key", "account_id")),
            "person_tag": ("{row}.person_id", ("key", "person_id")),
        },
    ),
    "person_infix": _Index(
        f"SELECT person.id, {_keys('email_address')} || ' ' || {_keys('account', 'lower(handle)')} "
        f"|| ' ' || lower({_former('handle')}) FROM person WHERE person.id IN ({{stale}})",
        {
            "person": ("{row}.id", ()),
            "email_address": ("{row}.person_id", ("key", "person_id")),
            "account": ("{row}.person_id", ("handle", "person_id")),
            "account_alias": (_OF_ALIAS, ("handle", "account_id")),
        },
    ),
    "item_search": _Index(
        "SELECT item.id, spelled(title || ' ' || subtitle || ' ' || author || ' ' || series || ' ' || imprint "
        "|| ' ' || coalesce((SELECT group_concat(coalesce(isbn13, gtin), ' ') "
        "FROM (SELECT isbn13, gtin FROM edition WHERE item_id = item.id ORDER BY id)), '')) "
        "FROM item WHERE item.id IN ({stale})",
        {
            "item": ("{row}.id", ("title", "subtitle", "author", "series", "imprint")),
            "edition": ("{row}.item_id", ("isbn13", "gtin", "item_id")),
        },
    ),
    "post_search": _Index(
        "SELECT post.id, spelled(text || ' ' || outlet) FROM post WHERE text || outlet <> '' AND post.id IN ({stale})",
        {"post": ("{row}.id", ("text", "outlet"))},
    ),
    "letter_search": _Index(
        "SELECT letter.id, spelled(to_name || ' ' || subject || ' ' || body) FROM letter WHERE letter.id IN ({stale})",
        {"letter": ("{row}.id", ("to_name", "subject", "body"))},
    ),
    "note_search": _Index(
        "SELECT person.id, spelled(notes || ' ' || how_known) FROM person "
        "WHERE notes || how_known <> '' AND person.id IN ({stale})",
        {"person": ("{row}.id", ("notes", "how_known"))},
    ),
}


def spaced(text: str) -> str:
    """A folded text with a blank round each character of a script that has none between words."""
    return text if text.isascii() else " ".join(_BY_CHARACTER.sub(r" \1 ", text).split())


class SearchIndexes:
    """Keeps all indexes on the writing connection."""

    def __init__(self, db: SqliteDatabase) -> None:
        run: Any = db.execute_sql
        self._run: Callable[..., Any] = run
        connection: Any = db.connection()
        self._run_many: Callable[..., Any] = connection.executemany
        connection.create_function("spaced", 1, spaced, deterministic=True)
        connection.create_function("spelled", 1, lambda text: spaced(fold(text)), deterministic=True)
        for name in _INDEXES:
            self._run(f"CREATE TEMP TABLE {name}_stale (id INTEGER PRIMARY KEY)")
        for sql in _triggers("DELETE"):
            self._run(sql)
        self.watch()

    def watch(self) -> None:
        """Note whose words change, row by row."""
        for sql in _triggers("INSERT", "UPDATE"):
            self._run(sql)

    def unwatch(self) -> None:
        """Stop noting; a batch says at its end what it wrote. A rollback brings the triggers back."""
        for table in _by_table():
            for event in ("insert", "update"):
                self._run(f'DROP TRIGGER temp."search_{table}_{event}"')

    def stale(self, written: Iterable[Run]) -> None:
        """Note whom or what runs of rows are about; a change of columns that give no words changes nothing here."""
        runs: dict[tuple[str, frozenset[str] | None], list[tuple[int, int]]] = {}
        for table, first, last, columns in written:
            runs.setdefault((table, columns), []).append((first, last))
        for (table, columns), some in runs.items():
            for name, (owner, of_words) in _by_table().get(table, {}).items():
                if columns is None or not columns.isdisjoint(of_words):
                    self._run_many(
                        f"INSERT OR IGNORE INTO {name}_stale SELECT {owner.format(row='own')} "
                        f'FROM main."{table}" AS own WHERE id BETWEEN ? AND ?',
                        some,
                    )

    def refresh(self) -> None:
        """Write anew what has become stale."""
        # Asked at once, since it is asked at the end of every operation.
        asked = ", ".join(f"EXISTS (SELECT 1 FROM {name}_stale)" for name in _INDEXES)
        for name, is_stale in zip(_INDEXES, self._run(f"SELECT {asked}").fetchone(), strict=True):
            if is_stale:
                stale = f"{name}_stale"
                self._run(f"DELETE FROM {name} WHERE rowid IN (SELECT id FROM {stale})")
                words = _INDEXES[name].words.format(stale=f"SELECT id FROM {stale}")
                self._run(f"INSERT INTO {name} (rowid, words) {words}")
                self._run(f"DELETE FROM {stale}")

    def purge(self) -> None:
        """Leave no word of people who are gone: FTS5 keeps deleted ones until its segments are merged."""
        for name in _INDEXES:
            self._run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def match_of(words: Iterable[str]) -> str:
    """The FTS5 expression that finds who has, for each word, one that begins with it.

    A word that has several parts, such as ``maya@example.org``, is found as these parts in a row.
    """
    return " AND ".join('"' + spaced(_plain(word)) + '" *' for word in words)


def within_of(words: Iterable[str]) -> str:
    """The FTS5 expression that finds who has each word anywhere within a handle or an e-mail address."""
    return " AND ".join('"' + _plain(word) + '"' for word in words)


def people_sql(words: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The SQL of the ids of people who have every word, and its parameters.

    A word is had when a word of theirs begins with it or, from three letters on, when it stands within a handle or an
    e-mail address of theirs. Up to three words it is asked for all at once, in each of the ways to have them, which
    looks at far fewer rows than asking word by word.
    """
    wanted = list(words)
    if len(wanted) <= _COMBINED:
        parts = [_way(wanted, way) for way in _ways(wanted)]
        return " UNION ".join(sql for sql, _ in parts), tuple(given for _, values in parts for given in values)
    both = [people_sql([word]) for word in wanted]
    return (
        " INTERSECT ".join(f"SELECT rowid FROM ({sql})" for sql, _ in both),
        tuple(given for _, values in both for given in values),
    )


def first_people(run: Callable[..., Any], words: Iterable[str], most: int) -> list[int]:
    """The ids of at most so many people who have every word, those whose words begin so before the others.

    It is `people_sql` for whoever types. Where few have what the longest of several words begins with, those are looked
    at one by one. Else both halves of a way are read side by side, no further than to the last one wanted.
    """
    wanted = list(words)
    if len(wanted) > _COMBINED:
        return _rows(run, *people_sql(wanted), most)
    if len(wanted) > 1:
        few = _among_few(run, wanted)
        if few is not None:
            return few[:most]
    found: dict[int, None] = {}
    for way in _ways(wanted):
        if len(found) < most:
            found.update(dict.fromkeys(_first_of_way(run, wanted, way, most)))
    return list(found)[:most]


def _among_few(run: Callable[..., Any], words: list[str]) -> list[int] | None:
    """Who has every word, where few have what the longest one begins with; None where many have it.

    Three letters are found at once, whatever follows them. What the index cuts up, such as ``maya@example.org`` or a
    name in Chinese, is not told by looking at the words.
    """
    head = max(words, key=len)[:SHORTEST_WITHIN]
    if len(head) < SHORTEST_WITHIN or not all(word.isascii() and word.isalnum() for word in words):
        return None
    rows: dict[int, None] = {}
    for sql, given in ((_BEGUN, match_of([head])), (_WITHIN, within_of([head]))):
        some = _rows(run, sql, (given,), _SELDOM + 1)
        if len(some) > _SELDOM:
            return None
        rows.update(dict.fromkeys(some))
    some = list(rows)
    begun = [set(_having(run, "person_search", some, [_beginning(word)])) for word in words]
    inside = [set(_having(run, "person_infix", some, [re.compile(word)])) if _may_be_within(word) else set()
              for word in words]  # fmt: skip
    had = [row for row in some if all(row in one or row in other for one, other in zip(begun, inside, strict=True))]
    return sorted(had, key=lambda row: sum(row not in each for each in begun))


def _beginning(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}")


def _first_of_way(run: Callable[..., Any], words: list[str], way: tuple[bool, ...], most: int) -> list[int]:
    within = [word for word, inside in zip(words, way, strict=True) if inside]
    begun = [word for word, inside in zip(words, way, strict=True) if not inside]
    if not within or not begun:
        sql, given = _way(words, way)
        return _rows(run, sql, given, most)
    return _meeting(run, (_BEGUN, match_of(begun)), (_WITHIN, within_of(within)), most)


def _meeting(run: Callable[..., Any], one: tuple[str, str], other: tuple[str, str], most: int) -> list[int]:
    """The first rows that two indexes both find: whichever is behind is read on, since both go up by their ids."""
    cursors = [run(f"{sql} ORDER BY rowid", (given,)) for sql, given in (one, other)]
    seen: tuple[set[int], set[int]] = (set(), set())
    last = [0, 0]
    hits: list[int] = []
    while len(hits) < most:
        behind = int(last[1] < last[0])
        block = [row for (row,) in cursors[behind].fetchmany(_AT_ONCE)]
        if not block:
            break
        hits += [row for row in block if row in seen[1 - behind]]
        seen[behind].update(block)
        last[behind] = block[-1]
    for cursor in cursors:
        cursor.close()
    return hits[:most]


def _having(run: Callable[..., Any], index: str, rows: list[int], patterns: list[re.Pattern[str]]) -> list[int]:
    """Those of some rows whose words in an index fit all patterns."""
    found: list[int] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        sql = f"SELECT rowid, words FROM {index} WHERE rowid IN ({', '.join('?' * len(some))})"
        for row, words in run(sql, tuple(some)).fetchall():
            if all(pattern.search(words) for pattern in patterns):
                found.append(row)
    return found


def _rows(run: Callable[..., Any], sql: str, given: tuple[str, ...], most: int) -> list[int]:
    return [row for (row,) in run(f"{sql} LIMIT ?", (*given, most)).fetchall()]


def _ways(words: list[str]) -> Iterator[tuple[bool, ...]]:
    """The ways to have every word: each as the beginning of a word, or within; the beginnings come first."""
    return product(*([False, True] if _may_be_within(word) else [False] for word in words))


def _may_be_within(word: str) -> bool:
    return len(word) >= SHORTEST_WITHIN


def _way(words: list[str], way: tuple[bool, ...]) -> tuple[str, tuple[str, ...]]:
    """One way to have every word: some within, the others as the beginnings of words."""
    within = [word for word, inside in zip(words, way, strict=True) if inside]
    begun = [word for word, inside in zip(words, way, strict=True) if not inside]
    if not within:
        return _BEGUN, (match_of(begun),)
    if not begun:
        return _WITHIN, (within_of(within),)
    # The sign keeps SQLite from asking the index once for each row of the other half.
    return f"{_WITHIN} AND +rowid IN ({_BEGUN})", (within_of(within), match_of(begun))


def _plain(word: str) -> str:
    return word.replace('"', '""').replace("\x00", "")


def _by_table() -> dict[str, dict[str, tuple[str, tuple[str, ...]]]]:
    """By table the indexes that its rows give words to."""
    found: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for name, index in _INDEXES.items():
        for table, source in index.sources.items():
            found.setdefault(table, {})[name] = source
    return found


def _triggers(*events: str) -> Iterator[str]:
    for table, indexes in _by_table().items():
        for event in events:
            rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
            changing = {column: None for _, columns in indexes.values() for column in columns if event == "UPDATE"}
            of = " OF " + ", ".join(f'"{column}"' for column in changing) if changing else ""
            notes = " ".join(
                f"INSERT OR IGNORE INTO {name}_stale SELECT {owner.format(row=row)} "
                f"WHERE {owner.format(row=row)} IS NOT NULL;"
                for name, (owner, columns) in indexes.items() if columns or event != "UPDATE" for row in rows
            )  # fmt: skip
            yield (
                f'CREATE TEMP TRIGGER "search_{table}_{event.lower()}" AFTER {event}{of} ON main."{table}" '
                f"BEGIN {notes} END"
            )
