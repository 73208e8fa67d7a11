"""What has changed since: so that what was made of the tables, and is kept beside them, can be told to be theirs."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    # The nonce tells two histories apart that have come equally far, as after a backup was put back.
    """
    CREATE TABLE change_mark (
        id INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),
        "table" TEXT NOT NULL, "row" INTEGER
    ) STRICT
    """,
    "INSERT INTO change_mark (\"table\") VALUES ('')",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
