"""Feeds that are looked through for mentions of our titles, and the posts that were found in them."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE feed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
        address TEXT NOT NULL, "key" TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'blog', site TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'followed' CHECK (state IN ('followed', 'paused', 'gone')),
        -- Whether the user said that an address of a private network may be asked for this feed.
        allow_private INTEGER NOT NULL DEFAULT 0 CHECK (allow_private IN (0, 1)),
        etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '',
        -- When it was last asked, when it last answered, and before when it wants not to be asked again.
        asked_at TEXT, read_at TEXT, not_before TEXT,
        -- The day on which the site's robots.txt last allowed it to be asked.
        robots_on TEXT NOT NULL DEFAULT '',
        failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
        -- The code and the facts of what was in the way last, as JSON; empty where nothing was.
        trouble TEXT NOT NULL DEFAULT '',
        entries INTEGER NOT NULL DEFAULT 0 CHECK (entries >= 0),
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX feed_person_id ON feed (person_id)",
    "CREATE INDEX feed_state ON feed (state, not_before)",
    """
    CREATE TABLE found_post (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
        entry_key TEXT NOT NULL,
        -- The same for all ways to write the address, as in post; null where the entry has none.
        post_key TEXT,
        url TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
        published_at TEXT, text TEXT NOT NULL DEFAULT '',
        item_id INTEGER REFERENCES item (id) ON DELETE CASCADE,
        -- The sentence that made it, the words of it that matched and the kinds of proof, as JSON lists.
        passage TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '[]', proofs TEXT NOT NULL DEFAULT '[]',
        confidence TEXT NOT NULL CHECK (confidence IN ('sure', 'likely', 'perhaps')),
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'confirmed', 'not_about_us')),
        post_id INTEGER REFERENCES post (id) ON DELETE SET NULL,
        found_at TEXT NOT NULL, settled_at TEXT, "by" TEXT NOT NULL DEFAULT '',
        UNIQUE (feed_id, entry_key)
    ) STRICT
    """,
    "CREATE INDEX found_post_state ON found_post (state, published_at, id)",
    "CREATE INDEX found_post_item_id ON found_post (item_id)",
    "CREATE INDEX found_post_post_id ON found_post (post_id) WHERE post_id IS NOT NULL",
    "CREATE INDEX found_post_post_key ON found_post (post_key) WHERE post_key IS NOT NULL",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
