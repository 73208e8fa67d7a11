"""Erasing a person: what is hers goes, what is a count of ours stays without her name."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from outreach.fields.text import fold
from outreach.store import backup
from outreach.store.connection import DAMAGE
from outreach.store.database import Store
from outreach.store.models import TABLES, Person

#: Rows that stay as counts, and the columns in them that may hold words about her.
_ANONYMOUS: dict[str, dict[str, str | None]] = {
    "gift": {"why": "", "note": "", "ask_again_on": None, "dedication": "", "reward": ""},
    "shipment": {
        "deliver_to": "", "line1": "", "line2": "", "city": "", "region": "", "postcode": "", "tracking_number": "",
        "note": "",
    },
    "post": {"handle": "", "url": None, "key": None, "text": "", "outlet": "", "told_by": ""},
    "outcome": {"note": ""},
    "venue": {"note": ""},
    "event": {"note": ""},
    "join_request": {"place": ""},
    "programme_member": {"place": "", "note": ""},
}  # fmt: skip
#: What hangs on her posts and holds her words, or what she agreed to.
_ABOUT_POSTS = ("snapshot", "permission", "quote", "disclosure_check")
#: A shorter word says too little to look for it in what is said of others.
_TELLING = 4


def erase(store: Store, person_id: int, keys: Sequence[str]) -> None:
    """Erase a person inside the caller's operation, also from before-images of imports and from suppressions.

    Args:
        store: The open workspace.
        person_id: Who.
        keys: Her e-mail and account keys, which suppressions show until now.
    """
    run: Any = store.db.execute_sql
    _erase_before_images(store, person_id)
    _erase_quotes(store, words_of(store, person_id))
    run(
        "UPDATE gift_step SET note = '' WHERE gift_id IN (SELECT id FROM gift WHERE person_id = ?)",
        (person_id,),
    )
    _erase_from_clubs(store, person_id)
    run(
        "UPDATE programme_reward SET condition = '' WHERE programme_member_id IN "
        "(SELECT id FROM programme_member WHERE person_id = ?)",
        (person_id,),
    )
    for table in _ABOUT_POSTS:
        run(f"DELETE FROM {table} WHERE post_id IN (SELECT id FROM post WHERE person_id = ?)", (person_id,))
    for table, columns in _ANONYMOUS.items():
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        run(f"UPDATE {table} SET {sets} WHERE person_id = ?", (*columns.values(), person_id))
    # Her own feeds go with her; what was found of hers in those of others is hers too.
    run("DELETE FROM found_post WHERE post_id IN (SELECT id FROM post WHERE person_id = ?)", (person_id,))
    run("DELETE FROM person WHERE id = ?", (person_id,))
    for key in keys:
        run("UPDATE suppression SET shown = '', source = '' WHERE shown = ?", (key,))


def _erase_from_clubs(store: Store, person_id: int) -> None:
    """Her questions go; clubs that she hosted stay as counts, and her name goes from the sessions that she led."""
    run: Any = store.db.execute_sql
    run("DELETE FROM club_question WHERE person_id = ?", (person_id,))
    hosted = "club_id IN (SELECT id FROM club WHERE host_id = ?)"
    run(f"UPDATE headcount SET moved_by = '' WHERE {hosted}", (person_id,))
    run(f"UPDATE club_session SET place = '', moderator = '', note = '' WHERE {hosted}", (person_id,))
    run(f"UPDATE club_copies SET note = '' WHERE {hosted}", (person_id,))
    run("UPDATE club_session SET moderator = '' WHERE moderator = (SELECT name FROM person WHERE id = ?)", (person_id,))
    run("UPDATE author_offer SET note = '' WHERE gift_id IN (SELECT id FROM gift WHERE person_id = ?)", (person_id,))
    run("UPDATE club SET note = '', name = 'Club', name_key = 'club', place = '' WHERE host_id = ?", (person_id,))


def words_of(store: Store, person_id: int) -> list[str]:
    """What she is known by, as it is written: names, addresses, handles, the first lines of postal addresses."""
    rows = store.rows(
        "SELECT name FROM person WHERE id = ?1 UNION SELECT phone FROM person WHERE id = ?1 "
        "UNION SELECT address FROM email_address WHERE person_id = ?1 "
        'UNION SELECT "key" FROM email_address WHERE person_id = ?1 '
        "UNION SELECT handle FROM account WHERE person_id = ?1 UNION SELECT url FROM account WHERE person_id = ?1 "
        "UNION SELECT account_alias.handle FROM account_alias JOIN account ON account.id = account_id "
        "WHERE person_id = ?1 UNION SELECT line1 FROM address WHERE person_id = ?1",
        person_id,
    )
    return [word for (word,) in rows if len(word) >= _TELLING]


def kept_files(store: Store) -> set[str]:
    """The hashes of the files that someone's documents, pictures of posts, and letters still need."""
    rows = store.rows(
        "SELECT hash FROM person_document WHERE hash <> '' UNION SELECT hash FROM snapshot "
        "UNION SELECT preview FROM snapshot UNION SELECT hash FROM attachment"
    )
    return {digest for (digest,) in rows}


def mentions(store: Store, person_id: int) -> int:
    """In how many notes about others her full name stands; those are not ours to cut."""
    name = store.rows("SELECT name FROM person WHERE id = ?", person_id)[0][0]
    if len(name) < _TELLING:
        return 0
    return int(
        store.rows(
            "SELECT (SELECT count(*) FROM person WHERE id <> ?1 AND (instr(notes, ?2) OR instr(how_known, ?2) "
            "OR instr(relation, ?2) OR instr(repute, ?2) OR instr(expertise, ?2))) "
            "+ (SELECT count(*) FROM person_note WHERE person_id <> ?1 AND instr(text, ?2)) "
            "+ (SELECT count(*) FROM post WHERE person_id IS NOT ?1 AND instr(told_by, ?2))",
            person_id,
            name,
        )[0][0]
    )


def backups_holding(folder: Path, created_at: str, person_id: int, keys: Sequence[str]) -> Iterator[Path]:
    """The backups in which she is, newest first; one that cannot be read is named too."""
    marks = ", ".join("?" * len(keys))
    by_key = f' OR EXISTS (SELECT 1 FROM email_address WHERE "key" IN ({marks}))' if keys else ""
    sql = f"SELECT EXISTS (SELECT 1 FROM person WHERE id = ? AND created_at = ?){by_key}"
    for each in backup.listed(folder):
        uri = f"{each.path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                if connection.execute(sql, (person_id, created_at, *keys)).fetchone()[0]:
                    yield each.path
        except DAMAGE:
            yield each.path


def _erase_before_images(store: Store, person_id: int) -> None:
    """What imports remember of her rows, whichever table they are in."""
    run: Any = store.db.execute_sql
    run("DELETE FROM import_update WHERE table_name = 'person' AND row_id = ?", (person_id,))
    for table in TABLES:
        name = table._meta.table_name
        for field in table._meta.refs:
            if field.rel_model is not Person or name == "person":
                continue
            owned = f'SELECT id FROM "{name}" WHERE "{field.column_name}" = ?'
            run(
                f"DELETE FROM import_update WHERE table_name = ? AND row_id IN ({owned})",
                (name, person_id),
            )
            for child in TABLES:
                for link in child._meta.refs:
                    if link.rel_model is table and child is not table:
                        run(
                            f"DELETE FROM import_update WHERE table_name = ? AND row_id IN (SELECT id FROM "
                            f'"{child._meta.table_name}" WHERE "{link.column_name}" IN ({owned}))',
                            (child._meta.table_name, person_id),
                        )


def _erase_quotes(store: Store, words: Sequence[str]) -> None:
    """Where her name or address stands in what imports noted, in the names of their files, in saved views, or found."""
    run: Any = store.db.execute_sql
    for word in words:
        quoted = json.dumps(word, ensure_ascii=False)[1:-1]
        run(
            "UPDATE import_note SET code = 'rows.erased', facts = '{}' WHERE (batch_id, \"row\") IN "
            '(SELECT batch_id, "row" FROM import_note WHERE instr(facts, ?) > 0)',
            (quoted,),
        )
        run(
            "DELETE FROM found_post WHERE author = ?1 OR url = ?1 OR instr(url, '/' || ?1 || '/') "
            "OR instr(url, '@' || ?1 || '/')",
            (word,),
        )
    keys = [key for key in map(fold, words) if len(key) >= _TELLING]
    for batch, file in run("SELECT id, file_name FROM import_batch").fetchall():
        name = fold(file.replace("_", " ").replace("-", " "))
        if any(key in name for key in keys):
            run("UPDATE taste_evidence SET text = '' WHERE kind = 'list' AND text = ?", (file,))
            run("UPDATE import_batch SET file_name = '' WHERE id = ?", (batch,))
    for setting, value in run("SELECT id, value FROM workspace_setting WHERE name LIKE 'view.%'").fetchall():
        if any(key in fold(value) for key in keys):
            run("DELETE FROM workspace_setting WHERE id = ?", (setting,))
