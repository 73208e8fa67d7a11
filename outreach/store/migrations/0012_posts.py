"""What came of a post in figures, pictures of what is gone in a day, mentions off social media, terms of a gift."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    # Where something was said that has no address: a station, a newsletter, a shop; and who told us of it.
    "ALTER TABLE post ADD COLUMN outlet TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE post ADD COLUMN told_by TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX post_nature ON post (nature, posted_on, id)",
    # What comes with the copy, and what that depends on; a gift with either is no gift without obligation.
    "ALTER TABLE gift ADD COLUMN reward TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE gift ADD COLUMN obliges TEXT NOT NULL DEFAULT '' CHECK (obliges IN ('', 'posting', 'approval'))",
    """
    CREATE TABLE post_reading (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE, read_on TEXT NOT NULL,
        likes INTEGER CHECK (likes >= 0), comments INTEGER CHECK (comments >= 0),
        shares INTEGER CHECK (shares >= 0), saves INTEGER CHECK (saves >= 0), views INTEGER CHECK (views >= 0),
        questions INTEGER CHECK (questions >= 0),
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, UNIQUE (post_id, read_on)
    ) STRICT
    """,
    """
    CREATE TABLE snapshot (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
        name TEXT NOT NULL, hash TEXT NOT NULL, suffix TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, preview TEXT NOT NULL, taken_on TEXT NOT NULL,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, UNIQUE (hash)
    ) STRICT
    """,
    "CREATE INDEX snapshot_post_id ON snapshot (post_id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
