"""Programmes that outlive a campaign: what they look for, their seasons, who is in them, and what she was given."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    """
    CREATE TABLE programme (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('ambassadors', 'campus_reps', 'street_team')),
        deal TEXT NOT NULL CHECK (deal IN ('gift', 'in_kind', 'paid')), purpose TEXT NOT NULL DEFAULT '',
        target_size INTEGER CHECK (target_size > 0), campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
        opened_on TEXT NOT NULL, closed_on TEXT, "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX programme_campaign_id ON programme (campaign_id) WHERE campaign_id IS NOT NULL",
    # What a programme looks for in people, and how much each weighs; "least" is a percentage of an audience.
    """
    CREATE TABLE programme_criterion (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
        label TEXT NOT NULL, weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100), reads TEXT NOT NULL,
        wanted TEXT NOT NULL, least REAL, is_needed INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX programme_criterion_programme_id ON programme_criterion (programme_id)",
    """
    CREATE TABLE programme_season (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
        name TEXT NOT NULL, name_key TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
        UNIQUE (programme_id, name_key), CHECK (starts_on <= ends_on)
    ) STRICT
    """,
    # Somebody may come back: once at a time she is invited or in it, and any number of times she was.
    """
    CREATE TABLE programme_member (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        state TEXT NOT NULL CHECK (state IN ('invited', 'joined', 'alumni')), place TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '', invited_on TEXT NOT NULL, joined_on TEXT, alumni_on TEXT,
        "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE UNIQUE INDEX programme_member_once ON programme_member (programme_id, person_id) WHERE state <> 'alumni'",
    "CREATE INDEX programme_member_person_id ON programme_member (person_id)",
    "CREATE INDEX programme_member_programme_id ON programme_member (programme_id, state)",
    # What members were given: a ledger, a row each time. It stays as a count when a person is forgotten.
    """
    CREATE TABLE programme_reward (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        programme_member_id INTEGER NOT NULL REFERENCES programme_member (id) ON DELETE CASCADE,
        programme_season_id INTEGER REFERENCES programme_season (id) ON DELETE SET NULL,
        kind TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), unit TEXT NOT NULL DEFAULT '',
        value_minor INTEGER, currency TEXT NOT NULL DEFAULT '', condition TEXT NOT NULL DEFAULT '',
        obliges TEXT NOT NULL DEFAULT '' CHECK (obliges IN ('', 'posting', 'approval')), given_on TEXT NOT NULL,
        "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX programme_reward_programme_member_id ON programme_reward (programme_member_id)",
    "CREATE INDEX programme_reward_programme_season_id ON programme_reward (programme_season_id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
