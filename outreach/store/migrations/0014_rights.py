"""What a post may be used for and where it is used, words that are quoted, and whether it tells of the gift."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE permission (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        scope TEXT NOT NULL CHECK (scope IN ('share', 'own_channels', 'paid')),
        state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'declined', 'withdrawn')),
        letter_id INTEGER REFERENCES letter (id) ON DELETE SET NULL,
        asked_on TEXT, answered_on TEXT, answer TEXT NOT NULL DEFAULT '',
        channels TEXT NOT NULL DEFAULT '', territory TEXT NOT NULL DEFAULT '',
        edits TEXT NOT NULL DEFAULT 'none' CHECK (edits IN ('none', 'crop', 'agreed')),
        credit TEXT NOT NULL DEFAULT '', exclusions TEXT NOT NULL DEFAULT '', starts_on TEXT, ends_on TEXT,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX permission_post_id ON permission (post_id, scope)",
    "CREATE INDEX permission_letter_id ON permission (letter_id) WHERE letter_id IS NOT NULL",
    "CREATE INDEX permission_ends ON permission (state, ends_on)",
    """
    CREATE TABLE permission_use (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        permission_id INTEGER NOT NULL REFERENCES permission (id) ON DELETE CASCADE,
        place TEXT NOT NULL, used_on TEXT NOT NULL, taken_down_on TEXT, "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX permission_use_permission_id ON permission_use (permission_id)",
    """
    CREATE TABLE quote (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        text TEXT NOT NULL, passage TEXT NOT NULL, source TEXT NOT NULL DEFAULT '',
        from_proof INTEGER NOT NULL DEFAULT 0 CHECK (from_proof IN (0, 1)),
        checked_on TEXT, checked_by TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX quote_post_id ON quote (post_id)",
    "CREATE INDEX quote_unchecked ON quote (created_at) WHERE from_proof AND checked_on IS NULL",
    """
    CREATE TABLE disclosure_check (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        seen TEXT NOT NULL CHECK (seen IN ('yes', 'no', 'unsure')),
        place TEXT NOT NULL DEFAULT '', wording TEXT NOT NULL DEFAULT '',
        checked_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
        letter_id INTEGER REFERENCES letter (id) ON DELETE SET NULL,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX disclosure_check_post_id ON disclosure_check (post_id, id)",
    "CREATE INDEX disclosure_check_letter_id ON disclosure_check (letter_id) WHERE letter_id IS NOT NULL",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
