"""Erasing a person: what is hers goes, what is a count of ours stays without her name."""

import json
from typing import Any

from outreach.store.database import Store

#: Rows that stay as counts, and the columns in them that may hold words about her.
_ANONYMOUS: dict[str, dict[str, str | None]] = {
    "gift": {"why": "", "note": "", "ask_again_on": None},
    "shipment": {
        "deliver_to": "", "line1": "", "line2": "", "city": "", "region": "", "postcode": "", "tracking_number": "",
        "note": "",
    },
    "post": {"handle": "", "url": None, "key": None, "text": ""},
    "outcome": {"note": ""},
}  # fmt: skip


def erase(store: Store, person_id: int, keys: list[str]) -> None:
    """Erase a person inside the caller's operation, also from before-images of imports and from suppressions.

    Args:
        store: The open workspace.
        person_id: Who.
        keys: Her e-mail and account keys, which suppressions show until now.
    """
    run: Any = store.db.execute_sql
    run(
        "UPDATE gift_step SET note = '' WHERE gift_id IN (SELECT id FROM gift WHERE person_id = ?)",
        (person_id,),
    )
    for table, columns in _ANONYMOUS.items():
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        run(f"UPDATE {table} SET {sets} WHERE person_id = ?", (*columns.values(), person_id))
    run("UPDATE club SET note = '', name = 'Club', name_key = 'club', place = '' WHERE host_id = ?", (person_id,))
    _erase_before_images(store, person_id)
    run("DELETE FROM person WHERE id = ?", (person_id,))
    for key in keys:
        run("UPDATE suppression SET shown = '' WHERE shown = ?", (key,))


def _erase_before_images(store: Store, person_id: int) -> None:
    run: Any = store.db.execute_sql
    run("DELETE FROM import_update WHERE table_name = 'person' AND row_id = ?", (person_id,))
    for table in ("email_address", "account", "address", "person_tag", "taste_note", "external_id", "reading"):
        run(
            f"DELETE FROM import_update WHERE table_name = ? AND row_id IN "
            f"(SELECT id FROM {table} WHERE person_id = ?)",
            (table, person_id),
        )
    names = run(
        "SELECT name FROM person WHERE id = ? UNION SELECT address FROM email_address WHERE person_id = ? "
        "UNION SELECT handle FROM account WHERE person_id = ?",
        (person_id,) * 3,
    ).fetchall()
    for (name,) in names:
        # Notes of an import quote what stood in its rows.
        quoted = json.dumps(name, ensure_ascii=False)[1:-1]
        run("UPDATE import_note SET code = 'rows.erased', facts = '{}' WHERE instr(facts, ?) > 0", (quoted,))
