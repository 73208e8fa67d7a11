"""What people read and how they liked it, what their review policies say, lists of codes, and finding in every place."""

import re
import unicodedata

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE reading (
        id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        title TEXT NOT NULL, title_key TEXT NOT NULL, author TEXT NOT NULL DEFAULT '',
        author_key TEXT NOT NULL DEFAULT '', isbn13 TEXT, status TEXT NOT NULL DEFAULT 'read', rating REAL,
        liked INTEGER, read_on TEXT, published INTEGER, review TEXT NOT NULL DEFAULT '', source TEXT NOT NULL,
        outside_id TEXT NOT NULL DEFAULT '', post_id INTEGER REFERENCES post (id) ON DELETE SET NULL,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reading_person_id ON reading (person_id, title_key)",
    "CREATE INDEX reading_read_on ON reading (person_id, read_on, id)",
    "CREATE INDEX reading_item_id ON reading (item_id, person_id)",
    "CREATE INDEX reading_author_key ON reading (author_key, person_id)",
    "CREATE INDEX reading_isbn13 ON reading (isbn13) WHERE isbn13 IS NOT NULL",
    "CREATE INDEX reading_post_id ON reading (post_id) WHERE post_id IS NOT NULL",
    """
    CREATE TABLE reading_subject (
        id INTEGER PRIMARY KEY AUTOINCREMENT, reading_id INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
        kind TEXT NOT NULL, subject TEXT NOT NULL, "key" TEXT NOT NULL, UNIQUE (reading_id, kind, "key")
    ) STRICT
    """,
    'CREATE INDEX reading_subject_key ON reading_subject (kind, "key", reading_id)',
    "ALTER TABLE taste_evidence ADD COLUMN outcome_id INTEGER REFERENCES outcome (id) ON DELETE CASCADE",
    "CREATE INDEX taste_evidence_outcome_id ON taste_evidence (outcome_id) WHERE outcome_id IS NOT NULL",
    "ALTER TABLE taste_evidence ADD COLUMN rating REAL",
    "ALTER TABLE review_policy ADD COLUMN genres_only INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE review_policy ADD COLUMN open_phrase TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE review_policy ADD COLUMN turnaround_phrase TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE policy_rule (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        policy_id INTEGER NOT NULL REFERENCES review_policy (id) ON DELETE CASCADE, kind TEXT NOT NULL,
        "key" TEXT NOT NULL, allows INTEGER NOT NULL, phrase TEXT NOT NULL DEFAULT '', UNIQUE (policy_id, kind, "key")
    ) STRICT
    """,
    'CREATE INDEX policy_rule_key ON policy_rule (kind, "key", allows)',
    """
    CREATE TABLE subject_heading (
        id INTEGER PRIMARY KEY AUTOINCREMENT, scheme TEXT NOT NULL, code TEXT NOT NULL,
        heading TEXT NOT NULL DEFAULT '', genre TEXT NOT NULL DEFAULT '', UNIQUE (scheme, code)
    ) STRICT
    """,
    "DROP TABLE person_search",
)

#: By index, its tokeniser, and of which lengths the beginnings of words are kept apart, which makes them fast.
INDEXES = {
    "person_search": ("unicode61 remove_diacritics 0", ", prefix = '1 2 3'"),
    "person_infix": ("trigram", ""),
    "item_search": ("unicode61 remove_diacritics 0", ", prefix = '1 2 3'"),
    "post_search": ("unicode61 remove_diacritics 0", ", prefix = '2 3'"),
    "letter_search": ("unicode61 remove_diacritics 0", ", prefix = '2 3'"),
    "note_search": ("unicode61 remove_diacritics 0", ", prefix = '2 3'"),
}

FILLS = {
    "person_search": """
        SELECT person.id, spaced(name_key) || ' ' || spelled(organisation)
            || ' ' || coalesce((SELECT group_concat("key", ' ')
                FROM (SELECT "key" FROM email_address WHERE person_id = person.id ORDER BY "key")), '')
            || ' ' || spaced(coalesce((SELECT group_concat("key", ' ')
                FROM (SELECT "key" FROM account WHERE person_id = person.id ORDER BY "key")), ''))
            || ' ' || spaced(coalesce((SELECT group_concat("key", ' ')
                FROM (SELECT "key" FROM person_tag WHERE person_id = person.id ORDER BY "key")), ''))
        FROM person
    """,
    "person_infix": """
        SELECT person.id, coalesce((SELECT group_concat("key", ' ')
                FROM (SELECT "key" FROM email_address WHERE person_id = person.id ORDER BY "key")), '')
            || ' ' || coalesce((SELECT group_concat(lower(handle), ' ')
                FROM (SELECT handle FROM account WHERE person_id = person.id ORDER BY handle)), '')
        FROM person
    """,
    "item_search": """
        SELECT item.id, spelled(title || ' ' || subtitle || ' ' || author || ' ' || series || ' ' || imprint
            || ' ' || coalesce((SELECT group_concat(coalesce(isbn13, gtin), ' ')
                FROM (SELECT isbn13, gtin FROM edition WHERE item_id = item.id ORDER BY id)), ''))
        FROM item
    """,
    "post_search": "SELECT post.id, spelled(text) FROM post WHERE text <> ''",
    "letter_search": "SELECT letter.id, spelled(to_name || ' ' || subject || ' ' || body) FROM letter",
    "note_search": "SELECT person.id, spelled(notes || ' ' || how_known) FROM person WHERE notes || how_known <> ''",
}

_BY_CHARACTER = re.compile(
    "([\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
)
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "’": "'"})


def spaced(text: str) -> str:
    return text if text.isascii() else " ".join(_BY_CHARACTER.sub(r" \1 ", text).split())


def spelled(text: str) -> str:
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
        text = unicodedata.normalize("NFC", plain.casefold().translate(_PLAIN))
    return spaced(" ".join(text.lower().split()))


def up(migrator: object, db: object) -> None:
    run = db.execute_sql  # type: ignore[attr-defined]
    for statement in STATEMENTS:
        run(statement)
    for name, (tokeniser, prefix) in INDEXES.items():
        run(f"CREATE VIRTUAL TABLE {name} USING fts5(words, tokenize = '{tokeniser}'{prefix})")
    connection = db.connection()  # type: ignore[attr-defined]
    connection.create_function("spaced", 1, spaced, deterministic=True)
    connection.create_function("spelled", 1, spelled, deterministic=True)
    for name, fill in FILLS.items():
        run(f"INSERT INTO {name} (rowid, words) {fill}")
