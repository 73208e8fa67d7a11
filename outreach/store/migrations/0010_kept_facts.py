"""Facts of letters that somebody filled in by hand, kept with the person or the title."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE kept_fact (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item (id) ON DELETE CASCADE,
        name TEXT NOT NULL, value TEXT NOT NULL, noted_on TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '',
        CHECK ((person_id IS NULL) <> (item_id IS NULL))
    ) STRICT
    """,
    "CREATE INDEX kept_fact_person_id ON kept_fact (person_id, name)",
    "CREATE INDEX kept_fact_item_id ON kept_fact (item_id, name)",
    "CREATE INDEX letter_sent ON letter (state, sent_at, id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
