"""From which day someone may be asked again, when a step was noted, and the words by which people are meant."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN ask_again_on TEXT",
    "CREATE INDEX person_ask_again_on ON person (ask_again_on, id) WHERE ask_again_on IS NOT NULL",
    "ALTER TABLE gift ADD COLUMN ask_again_on TEXT",
    "CREATE INDEX gift_ask_again_on ON gift (ask_again_on, id) WHERE ask_again_on IS NOT NULL",
    # Steps noted before this version know only the day on which they happened.
    "ALTER TABLE gift_step ADD COLUMN noted_at TEXT",
    "CREATE INDEX gift_step_noted_at ON gift_step (noted_at, id) WHERE noted_at IS NOT NULL",
    """
    CREATE TABLE alias (
        id INTEGER PRIMARY KEY AUTOINCREMENT, "key" TEXT NOT NULL,
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item (id) ON DELETE CASCADE,
        CHECK ((person_id IS NULL) <> (item_id IS NULL))
    ) STRICT
    """,
    'CREATE UNIQUE INDEX alias_person ON alias ("key") WHERE person_id IS NOT NULL',
    'CREATE UNIQUE INDEX alias_item ON alias ("key") WHERE item_id IS NOT NULL',
    "CREATE INDEX alias_person_id ON alias (person_id)",
    "CREATE INDEX alias_item_id ON alias (item_id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
