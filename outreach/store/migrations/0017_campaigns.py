"""What a campaign is for: its titles, goals, budget, timeline and what its client said; codes, and what they sold."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    # Why it should work, in one sentence; in which money it is counted; in whose words its report is written.
    "ALTER TABLE campaign ADD COLUMN why TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE campaign ADD COLUMN currency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE campaign ADD COLUMN closed_on TEXT",
    "ALTER TABLE client ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE client ADD COLUMN currency TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE campaign_item (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE, UNIQUE (campaign_id, item_id)
    ) STRICT
    """,
    "CREATE INDEX campaign_item_item_id ON campaign_item (item_id)",
    # Money, or copies of a kind, with what was before and where both figures are from. Posts and followers are none.
    """
    CREATE TABLE goal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('sales', 'pre_orders', 'library_orders', 'club_copies')),
        unit TEXT NOT NULL DEFAULT 'copies' CHECK (unit IN ('copies', 'money')),
        currency TEXT NOT NULL DEFAULT '',
        baseline INTEGER CHECK (baseline >= 0), baseline_since TEXT, baseline_until TEXT,
        target INTEGER NOT NULL CHECK (target > 0), since TEXT, due_on TEXT,
        source TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX goal_campaign_id ON goal (campaign_id)",
    """
    CREATE TABLE budget_line (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('copies', 'postage', 'events', 'rewards', 'other')),
        amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0), currency TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '', UNIQUE (campaign_id, kind, currency)
    ) STRICT
    """,
    # Money that was spent on a campaign and that no parcel, event or reward accounts for.
    """
    CREATE TABLE expense (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('copies', 'postage', 'events', 'rewards', 'other')),
        amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0), currency TEXT NOT NULL,
        spent_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX expense_campaign_id ON expense (campaign_id, spent_on)",
    # What is to be done by when, counted back from the publication day.
    """
    CREATE TABLE campaign_step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        name TEXT NOT NULL, due_on TEXT NOT NULL, done_on TEXT, note TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX campaign_step_campaign_id ON campaign_step (campaign_id, due_on)",
    "CREATE INDEX campaign_step_due_on ON campaign_step (due_on) WHERE done_on IS NULL",
    # What a client said to someone on the sheet that was shown.
    """
    CREATE TABLE roster_answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'yes', 'no', 'ask')),
        comment TEXT NOT NULL DEFAULT '', shown_on TEXT NOT NULL, answered_on TEXT, UNIQUE (campaign_id, person_id)
    ) STRICT
    """,
    "CREATE INDEX roster_answer_person_id ON roster_answer (person_id)",
    # A code or a link by which a shop tells who sent a buyer.
    """
    CREATE TABLE sales_code (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL, code_key TEXT NOT NULL UNIQUE,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
        url TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sales_code_person_id ON sales_code (person_id)",
    "CREATE INDEX sales_code_item_id ON sales_code (item_id)",
    "CREATE INDEX sales_code_campaign_id ON sales_code (campaign_id)",
    # Copies that were sold, as a shop, a distributor or the house's own books tell it.
    """
    CREATE TABLE sale (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL DEFAULT 'sales' CHECK (kind IN ('sales', 'pre_orders', 'library_orders', 'club_copies')),
        sold_on TEXT NOT NULL, copies INTEGER NOT NULL, orders INTEGER,
        amount_minor INTEGER, currency TEXT NOT NULL DEFAULT '',
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        edition_id INTEGER REFERENCES edition (id) ON DELETE SET NULL,
        sales_code_id INTEGER REFERENCES sales_code (id) ON DELETE SET NULL,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
        evidence TEXT NOT NULL DEFAULT 'claimed' CHECK (evidence IN ('claimed', 'seen', 'verified')),
        source TEXT NOT NULL DEFAULT '', "key" TEXT UNIQUE,
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sale_sold_on ON sale (sold_on)",
    "CREATE INDEX sale_item_id ON sale (item_id, sold_on)",
    "CREATE INDEX sale_edition_id ON sale (edition_id)",
    "CREATE INDEX sale_sales_code_id ON sale (sales_code_id)",
    "CREATE INDEX sale_person_id ON sale (person_id)",
    "CREATE INDEX sale_campaign_id ON sale (campaign_id, sold_on)",
    # What one unit of a money is worth in another, where the user says so, with its day. Never guessed.
    """
    CREATE TABLE exchange_rate (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        given TEXT NOT NULL, wanted TEXT NOT NULL, rate TEXT NOT NULL, rated_on TEXT NOT NULL,
        source TEXT NOT NULL DEFAULT '', UNIQUE (given, wanted, rated_on)
    ) STRICT
    """,
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
