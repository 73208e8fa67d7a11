"""People in full: roles, how they are reached and when, consent, notes, documents, rosters, who may be the same."""

# Migrations are frozen history: they import nothing of this program.

_PERSON = "person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE"
_ID = "id INTEGER PRIMARY KEY AUTOINCREMENT"

STATEMENTS = (
    *(
        f"ALTER TABLE person ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        for column in (
            "pronouns", "time_zone", "expertise", "repute", "relation", "guardian", "guardian_contact",
            "representative", "representative_email", "owner", "away_note",
        )
    ),
    "ALTER TABLE person ADD COLUMN away_until TEXT",
    "ALTER TABLE person ADD COLUMN archived_on TEXT",
    "ALTER TABLE person ADD COLUMN kept_on TEXT",
    # Someone with neither e-mail nor account can object too; the mark that outlives her rows is a suppression.
    "ALTER TABLE person ADD COLUMN objected_on TEXT",
    "ALTER TABLE person ADD COLUMN introduced_by_id INTEGER REFERENCES person (id) ON DELETE SET NULL",
    "CREATE INDEX person_introduced_by_id ON person (introduced_by_id) WHERE introduced_by_id IS NOT NULL",
    "CREATE INDEX person_owner ON person (owner, id) WHERE owner <> ''",
    "CREATE INDEX person_away_until ON person (away_until, id) WHERE away_until IS NOT NULL",
    # Lists leave the archive out, and read nothing but this.
    "CREATE INDEX person_listed ON person (sort_name, id) WHERE archived_on IS NULL",
    "CREATE INDEX person_archived_on ON person (archived_on, id) WHERE archived_on IS NOT NULL",
    "CREATE INDEX person_objected_on ON person (objected_on, id) WHERE objected_on IS NOT NULL",
    "ALTER TABLE address ADD COLUMN since_on TEXT",
    "ALTER TABLE address ADD COLUMN until_on TEXT",
    f"CREATE TABLE other_role ({_ID}, {_PERSON}, role TEXT NOT NULL, UNIQUE (person_id, role)) STRICT",
    "CREATE INDEX other_role_role ON other_role (role, person_id)",
    f"""
    CREATE TABLE account_alias (
        {_ID}, account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE, handle TEXT NOT NULL,
        "key" TEXT NOT NULL, UNIQUE (account_id, "key")
    ) STRICT
    """,
    'CREATE INDEX account_alias_key ON account_alias ("key", account_id)',
    f"""
    CREATE TABLE consent (
        {_ID}, person_id INTEGER NOT NULL UNIQUE REFERENCES person (id) ON DELETE CASCADE,
        source TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', found_on TEXT, basis TEXT NOT NULL DEFAULT '',
        evidence TEXT NOT NULL DEFAULT '', no_pitch INTEGER, expires_on TEXT, notice_due_on TEXT, notice_given_on TEXT
    ) STRICT
    """,
    "CREATE INDEX consent_notice_due_on ON consent (notice_due_on, person_id) WHERE notice_given_on IS NULL",
    f"""
    CREATE TABLE person_look (
        {_ID}, {_PERSON}, kind TEXT NOT NULL, name TEXT NOT NULL, "key" TEXT NOT NULL, UNIQUE (person_id, kind, "key")
    ) STRICT
    """,
    'CREATE INDEX person_look_key ON person_look ("key", person_id)',
    f"""
    CREATE TABLE audience_share (
        {_ID}, {_PERSON}, field TEXT NOT NULL, value TEXT NOT NULL, share REAL, source TEXT NOT NULL DEFAULT '',
        noted_on TEXT NOT NULL, is_sensitive INTEGER NOT NULL DEFAULT 0, self_described TEXT NOT NULL DEFAULT '',
        CHECK (is_sensitive = 0 OR self_described <> '')
    ) STRICT
    """,
    "CREATE INDEX audience_share_person_id ON audience_share (person_id, field)",
    f"""
    CREATE TABLE person_note (
        {_ID}, {_PERSON}, kind TEXT NOT NULL, happened_on TEXT NOT NULL, text TEXT NOT NULL,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX person_note_person_id ON person_note (person_id, happened_on)",
    f"""
    CREATE TABLE person_document (
        {_ID}, {_PERSON}, kind TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL DEFAULT '',
        suffix TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, url TEXT NOT NULL DEFAULT '',
        given_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX person_document_person_id ON person_document (person_id, given_on)",
    "CREATE INDEX person_document_hash ON person_document (hash) WHERE hash <> ''",
    f"""
    CREATE TABLE roster (
        {_ID}, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, note TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    f"""
    CREATE TABLE roster_member (
        {_ID}, roster_id INTEGER NOT NULL REFERENCES roster (id) ON DELETE CASCADE, {_PERSON}, added_on TEXT NOT NULL,
        UNIQUE (roster_id, person_id)
    ) STRICT
    """,
    "CREATE INDEX roster_member_person_id ON roster_member (person_id, roster_id)",
    f"""
    CREATE TABLE not_same (
        {_ID}, first_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        second_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE, noted_on TEXT NOT NULL,
        "by" TEXT NOT NULL DEFAULT '', UNIQUE (first_id, second_id), CHECK (first_id < second_id)
    ) STRICT
    """,
    "CREATE INDEX not_same_second_id ON not_same (second_id)",
)  # fmt: skip


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
