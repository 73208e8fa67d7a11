"""Letters on their way out, what a mail server said to each, and what came back."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        letter_id INTEGER NOT NULL UNIQUE REFERENCES letter (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'later', 'unclear')),
        attempts INTEGER NOT NULL DEFAULT 0, queued_at TEXT NOT NULL, not_before TEXT NOT NULL, tried_at TEXT,
        settled_at TEXT, reply_code INTEGER, reply_text TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX outbox_state ON outbox (state, not_before, id)",
    """
    CREATE TABLE reply (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        letter_id INTEGER REFERENCES letter (id) ON DELETE SET NULL,
        message_id TEXT NOT NULL UNIQUE, from_name TEXT NOT NULL DEFAULT '', from_address TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '', received_at TEXT NOT NULL,
        is_automatic INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
        noted_at TEXT, "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX reply_person_id ON reply (person_id, received_at)",
    "CREATE INDEX reply_letter_id ON reply (letter_id)",
    "CREATE INDEX reply_outcome ON reply (outcome, received_at, id)",
    """
    CREATE TABLE bounce (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        letter_id INTEGER REFERENCES letter (id) ON DELETE SET NULL,
        message_id TEXT NOT NULL, address TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, status TEXT NOT NULL DEFAULT '',
        why TEXT NOT NULL DEFAULT '', received_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX bounce_message ON bounce (message_id, address)",
    "CREATE INDEX bounce_person_id ON bounce (person_id, received_at)",
    "CREATE INDEX bounce_letter_id ON bounce (letter_id)",
    "CREATE INDEX bounce_address ON bounce (address, kind)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
