"""Clients, cloth and covers, what editions cost, biographies, and codes that are handed out once each."""

# Migrations are frozen history: they import nothing of this program.

#: The cloths in the order in which titles wore them by their id until now.
_CLOTHS = ("petrol", "madder", "moss", "plum", "ochre", "slate", "rust", "jade", "rose")

STATEMENTS = (
    """
    CREATE TABLE client (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
        notes TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "ALTER TABLE item ADD COLUMN client_id INTEGER REFERENCES client (id) ON DELETE SET NULL",
    "CREATE INDEX item_client_id ON item (client_id, id)",
    "ALTER TABLE item ADD COLUMN cloth TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX item_cloth ON item (cloth)",
    # A cover is named by its content, a file below `files`.
    "ALTER TABLE item ADD COLUMN cover TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE item ADD COLUMN series_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE item ADD COLUMN content_notes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE item ADD COLUMN reading_age TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE campaign ADD COLUMN client_id INTEGER REFERENCES client (id) ON DELETE SET NULL",
    "CREATE INDEX campaign_client_id ON campaign (client_id)",
    "ALTER TABLE contributor ADD COLUMN biography TEXT NOT NULL DEFAULT ''",
    # What a copy costs us, apart from what it is worth to who gets it.
    "ALTER TABLE edition ADD COLUMN cost_minor INTEGER",
    "ALTER TABLE edition ADD COLUMN cost_currency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE edition ADD COLUMN variant TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE edition_code (
        id INTEGER PRIMARY KEY AUTOINCREMENT, edition_id INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
        code TEXT NOT NULL, expires_on TEXT, gift_id INTEGER REFERENCES gift (id) ON DELETE SET NULL, given_on TEXT,
        added_at TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '', UNIQUE (edition_id, code)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX edition_code_gift_id ON edition_code (gift_id) WHERE gift_id IS NOT NULL",
    "CREATE INDEX edition_code_free ON edition_code (edition_id, expires_on, id) WHERE given_on IS NULL",
    # "Tidewall #2" becomes the series and its number.
    """
    UPDATE item SET series_number = substr(series, instr(series, ' #') + 2),
        series = substr(series, 1, instr(series, ' #') - 1)
    WHERE instr(series, ' #') > 1
    """,
    "UPDATE item SET cloth = CASE WHEN kind <> 'book' THEN 'ink' ELSE CASE id % 9 "
    + " ".join(f"WHEN {place} THEN '{cloth}'" for place, cloth in enumerate(_CLOTHS))
    + " END END",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
