"""Files that go with letters: chosen for a title's letters, and fixed on a letter once it is drafted."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE attachment (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id INTEGER REFERENCES item (id) ON DELETE CASCADE,
        kind TEXT NOT NULL DEFAULT '',
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        letter_id INTEGER REFERENCES letter (id) ON DELETE CASCADE,
        name TEXT NOT NULL, hash TEXT NOT NULL, suffix TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL,
        added_at TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '',
        CHECK ((item_id IS NULL) <> (letter_id IS NULL))
    ) STRICT
    """,
    "CREATE INDEX attachment_item_id ON attachment (item_id, kind)",
    "CREATE INDEX attachment_person_id ON attachment (person_id)",
    "CREATE INDEX attachment_letter_id ON attachment (letter_id)",
    "CREATE INDEX attachment_hash ON attachment (hash)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
