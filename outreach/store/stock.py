"""What must hold of copies whatever is done: of no edition are there fewer than none."""

from typing import Any

from peewee import SqliteDatabase

from outreach.errors import KnownError

_BELOW = """
SELECT item.title, coalesce(nullif(edition.format, ''), edition.kind), sum(quantity)
FROM stock_movement JOIN edition ON edition.id = edition_id JOIN item ON item.id = item_id
GROUP BY edition_id HAVING sum(quantity) < 0 LIMIT 1
"""


def refuse_below_zero(db: SqliteDatabase) -> None:
    """Refuse what would leave fewer than no copies, inside the transaction that wrote the movements.

    Raises:
        KnownError: ``catalogue.below_zero``.
    """
    run: Any = db.execute_sql
    below = run(_BELOW).fetchone()
    if below is not None:
        raise KnownError("catalogue.below_zero", edition=f"{below[0]} ({below[1]})", missing=-below[2])
