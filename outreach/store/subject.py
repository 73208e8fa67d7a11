"""Collecting every row about one person, whichever table it is in."""

from typing import Any

from outreach.store.database import Store
from outreach.store.models import TABLES, Person, Table

#: What only this program needs.
_INNER = ("id", "name_key", "sort_name", "key", "message", "hash", "preview", "position")
#: References told by name rather than number, by the table they go to.
_NAMED = {
    "person": "name", "item": "title", "edition": "format", "campaign": "name", "roster": "name", "club": "name",
    "letter_template": "label", "mailing": "name", "account": "handle",
    "parcel_insert": "name", "feed": "address", "venue": "name", "event": "name", "club_session": "starts_at",
    "author_slot": "starts_at", "programme": "name", "programme_season": "name",
}  # fmt: skip


def rows_about(store: Store, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """By table the rows that are a person's, or hang on one that is; each as its columns that say anything."""
    owned: dict[type[Table], list[int]] = {Person: [person_id]}
    found: dict[str, list[dict[str, Any]]] = {"person": _shown(store, Person, [person_id])}
    for table in TABLES:
        if table is Person:
            continue
        ids = _ids(store, table, person_id, owned)
        if ids:
            owned[table] = ids
            found[table._meta.table_name] = _shown(store, table, ids)
    return found


def _ids(store: Store, table: type[Table], person_id: int, owned: dict[type[Table], list[int]]) -> list[int]:
    name = table._meta.table_name
    direct = [field for field in table._meta.refs if field.rel_model is Person]
    if direct:
        where = " OR ".join(f'"{field.column_name}" = ?' for field in direct)
        return [row for (row,) in store.rows(f'SELECT id FROM "{name}" WHERE {where}', *[person_id] * len(direct))]
    # What hangs on a row of hers only as long as that is there: steps of a gift, readings of an account.
    ids: list[int] = []
    for field in table._meta.refs:
        if field.on_delete == "CASCADE" and owned.get(field.rel_model):
            for start in range(0, len(owned[field.rel_model]), 500):
                some = owned[field.rel_model][start : start + 500]
                marks = ", ".join("?" * len(some))
                rows = store.rows(f'SELECT id FROM "{name}" WHERE "{field.column_name}" IN ({marks})', *some)
                ids += [row for (row,) in rows]
    return sorted(set(ids))


def _shown(store: Store, table: type[Table], ids: list[int]) -> list[dict[str, Any]]:
    name = table._meta.table_name
    fields = [field for field in table._meta.sorted_fields if field.column_name not in _INNER]
    parts = []
    for field in fields:
        target = getattr(field, "rel_model", None)
        other = target._meta.table_name if target is not None else ""
        column = f'"{name}"."{field.column_name}"'
        parts.append(f'(SELECT "{_NAMED[other]}" FROM "{other}" WHERE id = {column})' if other in _NAMED else column)
    found = []
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        marks = ", ".join("?" * len(some))
        sql = f'SELECT {", ".join(parts)} FROM "{name}" WHERE id IN ({marks}) ORDER BY id'
        for row in store.rows(sql, *some):
            named = zip((field.name for field in fields), row, strict=True)
            told = ((key, value) for key, value in named if value not in (None, ""))
            found.append({key: value for key, value in told if not isinstance(value, bytes)})
    return found
