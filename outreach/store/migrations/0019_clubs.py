"""Offers to meet the author and her hours; a club's schedule, sessions, members and copies; events; readers' haunts."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    # The zone that a club's days and hours are told in, and how it goes about the ending.
    "ALTER TABLE club ADD COLUMN zone TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE club ADD COLUMN spoilers TEXT NOT NULL DEFAULT ''",
    # The club of which its host was a member before she began this one.
    "ALTER TABLE club ADD COLUMN grew_from_id INTEGER REFERENCES club (id) ON DELETE SET NULL",
    "CREATE INDEX club_grew_from_id ON club (grew_from_id) WHERE grew_from_id IS NOT NULL",
    # What moved a club to this many members, and the post that did.
    "ALTER TABLE headcount ADD COLUMN moved_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE headcount ADD COLUMN post_id INTEGER REFERENCES post (id) ON DELETE SET NULL",
    "CREATE INDEX headcount_post_id ON headcount (post_id) WHERE post_id IS NOT NULL",
    """
    CREATE TABLE author_offer (
        id INTEGER PRIMARY KEY AUTOINCREMENT, gift_id INTEGER NOT NULL UNIQUE REFERENCES gift (id) ON DELETE CASCADE,
        author TEXT NOT NULL, author_key TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('offered', 'taken_up', 'declined', 'lapsed')),
        once_enjoyed INTEGER NOT NULL DEFAULT 0, offered_on TEXT NOT NULL, state_on TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX author_offer_author_key ON author_offer (author_key, state)",
    """
    CREATE TABLE author_slot (
        id INTEGER PRIMARY KEY AUTOINCREMENT, author TEXT NOT NULL, author_key TEXT NOT NULL, starts_at TEXT NOT NULL,
        minutes INTEGER NOT NULL CHECK (minutes > 0), zone TEXT NOT NULL, uid TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX author_slot_author_key ON author_slot (author_key, starts_at)",
    """
    CREATE TABLE venue (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        place TEXT NOT NULL DEFAULT '', zone TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        reach INTEGER, reach_source TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX venue_person_id ON venue (person_id) WHERE person_id IS NOT NULL",
    """
    CREATE TABLE milestone (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        by_on TEXT NOT NULL, reading TEXT NOT NULL, UNIQUE (club_id, by_on)
    ) STRICT
    """,
    """
    CREATE TABLE club_session (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        uid TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (state IN ('planned', 'met', 'cancelled')),
        starts_at TEXT NOT NULL, minutes INTEGER NOT NULL CHECK (minutes > 0), zone TEXT NOT NULL,
        topic TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', moderator TEXT NOT NULL DEFAULT '',
        author TEXT NOT NULL DEFAULT '', author_key TEXT NOT NULL DEFAULT '', author_zone TEXT NOT NULL DEFAULT '',
        author_slot_id INTEGER REFERENCES author_slot (id) ON DELETE SET NULL,
        going INTEGER, came INTEGER, note TEXT NOT NULL DEFAULT '',
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, changed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX club_session_club_id ON club_session (club_id, starts_at)",
    "CREATE INDEX club_session_starts_at ON club_session (starts_at)",
    "CREATE INDEX club_session_author_key ON club_session (author_key, starts_at) WHERE author_key <> ''",
    "CREATE INDEX club_session_author_slot_id ON club_session (author_slot_id) WHERE author_slot_id IS NOT NULL",
    """
    CREATE TABLE club_question (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        club_session_id INTEGER REFERENCES club_session (id) ON DELETE SET NULL,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL, text TEXT NOT NULL, asked_on TEXT NOT NULL,
        "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX club_question_club_id ON club_question (club_id)",
    "CREATE INDEX club_question_club_session_id ON club_question (club_session_id)",
    "CREATE INDEX club_question_person_id ON club_question (person_id)",
    """
    CREATE TABLE club_member (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE, joined_on TEXT NOT NULL, left_on TEXT,
        "by" TEXT NOT NULL DEFAULT '', UNIQUE (club_id, person_id)
    ) STRICT
    """,
    "CREATE INDEX club_member_person_id ON club_member (person_id)",
    """
    CREATE TABLE join_request (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        people INTEGER NOT NULL DEFAULT 1 CHECK (people > 0), asked_on TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'joined', 'not_now')), place TEXT NOT NULL DEFAULT '',
        post_id INTEGER REFERENCES post (id) ON DELETE SET NULL, "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX join_request_club_id ON join_request (club_id, state)",
    "CREATE INDEX join_request_person_id ON join_request (person_id)",
    "CREATE INDEX join_request_post_id ON join_request (post_id)",
    # Copies that a club asked for, was sent, bought, ordered ahead or passed round: a ledger.
    """
    CREATE TABLE club_copies (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('asked', 'sent', 'bought', 'ordered', 'passed_round')),
        copies INTEGER NOT NULL CHECK (copies > 0), item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        stock_movement_id INTEGER REFERENCES stock_movement (id) ON DELETE SET NULL,
        amount_minor INTEGER, currency TEXT NOT NULL DEFAULT '', happened_on TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX club_copies_club_id ON club_copies (club_id, kind)",
    "CREATE INDEX club_copies_item_id ON club_copies (item_id)",
    "CREATE INDEX club_copies_stock_movement_id ON club_copies (stock_movement_id)",
    # Posts that tell how a club gets on.
    """
    CREATE TABLE club_post (
        id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
        post_id INTEGER NOT NULL UNIQUE REFERENCES post (id) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX club_post_club_id ON club_post (club_id)",
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('signing', 'stock_signing', 'workshop', 'radio', 'talk')),
        state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        venue_id INTEGER REFERENCES venue (id) ON DELETE SET NULL,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
        uid TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL DEFAULT 0,
        starts_at TEXT NOT NULL, minutes INTEGER NOT NULL CHECK (minutes > 0), zone TEXT NOT NULL,
        came INTEGER, cost_minor INTEGER, cost_currency TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL, changed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX event_starts_at ON event (starts_at)",
    "CREATE INDEX event_item_id ON event (item_id)",
    "CREATE INDEX event_venue_id ON event (venue_id)",
    "CREATE INDEX event_person_id ON event (person_id)",
    "CREATE INDEX event_campaign_id ON event (campaign_id)",
    # What an event sold: its title, or a companion item, ours or not.
    """
    CREATE TABLE event_sale (
        id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL, name TEXT NOT NULL DEFAULT '',
        units INTEGER NOT NULL CHECK (units > 0), amount_minor INTEGER, currency TEXT NOT NULL DEFAULT '',
        "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX event_sale_event_id ON event_sale (event_id)",
    "CREATE INDEX event_sale_item_id ON event_sale (item_id)",
    # Who introduced somebody is known of the person; that the one who did was thanked stands beside it.
    "ALTER TABLE person ADD COLUMN introduced_on TEXT",
    "ALTER TABLE person ADD COLUMN introduction_thanked_on TEXT",
    # What a reader of a title told us that she listens to, reads or attends; readers are numbered, not named.
    """
    CREATE TABLE haunt (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
        reader INTEGER NOT NULL CHECK (reader > 0), kind TEXT NOT NULL CHECK (kind IN ('listens', 'reads', 'attends')),
        name TEXT NOT NULL, name_key TEXT NOT NULL, told_on TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '',
        UNIQUE (item_id, reader, kind, name_key)
    ) STRICT
    """,
    "CREATE INDEX haunt_name_key ON haunt (item_id, name_key)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
