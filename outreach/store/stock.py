"""What must hold of copies and inserts whatever is done: of no edition and no insert are there fewer than none."""

from typing import Any

from peewee import SqliteDatabase

from outreach.errors import KnownError

#: The tables whose rows are what came and went; whoever writes them asks `refuse_below_zero` before it ends.
MOVEMENTS = ("stock_movement", "insert_movement")

_BELOW = """
SELECT item.title, coalesce(nullif(edition.format, ''), edition.kind), sum(quantity)
FROM stock_movement JOIN edition ON edition.id = edition_id JOIN item ON item.id = item_id
GROUP BY edition_id HAVING sum(quantity) < 0 LIMIT 1
"""
_INSERTS_BELOW = """
SELECT name, sum(quantity) FROM insert_movement JOIN parcel_insert ON parcel_insert.id = parcel_insert_id
GROUP BY parcel_insert_id HAVING sum(quantity) < 0 LIMIT 1
"""


def refuse_below_zero(db: SqliteDatabase) -> None:
    """Refuse what would leave fewer than none, inside the transaction that wrote the movements.

    Raises:
        KnownError: ``catalogue.below_zero``, ``inserts.below_zero``.
    """
    run: Any = db.execute_sql
    below = run(_BELOW).fetchone()
    if below is not None:
        raise KnownError("catalogue.below_zero", edition=f"{below[0]} ({below[1]})", missing=-below[2])
    below = run(_INSERTS_BELOW).fetchone()
    if below is not None:
        raise KnownError("inserts.below_zero", name=below[0], missing=-below[1])
