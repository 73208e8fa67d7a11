"""Rounds in which few copies were shared out: who got one, who missed out and why, and what the user decided instead."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE allocation_round (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        edition_id INTEGER REFERENCES edition (id) ON DELETE SET NULL,
        copies INTEGER NOT NULL, by TEXT NOT NULL DEFAULT '', made_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX allocation_round_made_at ON allocation_round (made_at, id)",
    "CREATE INDEX allocation_round_item_id ON allocation_round (item_id, id)",
    "CREATE INDEX allocation_round_edition_id ON allocation_round (edition_id)",
    # A reason is why someone missed out; overruled is 'on' or 'off' where the user decided otherwise than proposed.
    """
    CREATE TABLE allocation_line (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        allocation_round_id INTEGER NOT NULL REFERENCES allocation_round (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        is_given INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', overruled TEXT NOT NULL DEFAULT '',
        UNIQUE (allocation_round_id, person_id)
    ) STRICT
    """,
    "CREATE INDEX allocation_line_person_id ON allocation_line (person_id, allocation_round_id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
