"""Shapes of sheets that the user has said how to read."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE sheet_shape (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, signature TEXT NOT NULL,
        mapping TEXT NOT NULL DEFAULT '{}', policy TEXT NOT NULL DEFAULT '{}', saved_at TEXT NOT NULL,
        UNIQUE (kind, signature)
    ) STRICT
    """,
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
