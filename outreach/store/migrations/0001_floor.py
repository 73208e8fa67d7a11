"""The floor: people, catalogue, gifts, shipments, posts, clubs, letters, imports.

Frozen history: this file never changes once released, and imports nothing of the program.
Days are ISO text, sometimes partial ("2027", "2027-03"); moments are ISO text in UTC; money is minor units with its
ISO 4217 currency. Ids are never used again (AUTOINCREMENT), since people note them down. A `key` column holds the folded text that its neighbour is compared by.
"""

TABLES = """
CREATE TABLE workspace_setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL, name_key TEXT NOT NULL, sort_name TEXT NOT NULL,
    given_name TEXT NOT NULL DEFAULT '', family_name TEXT NOT NULL DEFAULT '', greeting TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '', organisation TEXT NOT NULL DEFAULT '', job_title TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '', how_known TEXT NOT NULL DEFAULT '', is_adult INTEGER,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX person_sort_name ON person (sort_name, id);
CREATE INDEX person_name_key ON person (name_key, id);
CREATE INDEX person_role ON person (role, id);
CREATE INDEX person_country ON person (country, id);
CREATE INDEX person_updated_at ON person (updated_at, id);

CREATE TABLE email_address (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    address TEXT NOT NULL, "key" TEXT NOT NULL UNIQUE, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX email_address_person_id ON email_address (person_id, position);

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    platform TEXT NOT NULL, handle TEXT NOT NULL, "key" TEXT NOT NULL, url TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX account_key ON account ("key") WHERE platform <> '';
CREATE INDEX account_person_id ON account (person_id);

CREATE TABLE audience_reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    taken_on TEXT NOT NULL, followers INTEGER NOT NULL, source TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audience_reading_account_id ON audience_reading (account_id, taken_on);

CREATE TABLE external_id (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    source TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (source, value)
) STRICT;
CREATE INDEX external_id_person_id ON external_id (person_id);

CREATE TABLE address (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    deliver_to TEXT NOT NULL DEFAULT '', line1 TEXT NOT NULL DEFAULT '', line2 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '', is_current INTEGER NOT NULL DEFAULT 1, confirmed_on TEXT,
    source TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE INDEX address_person_id ON address (person_id, is_current);

CREATE TABLE person_tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name TEXT NOT NULL, "key" TEXT NOT NULL, UNIQUE (person_id, "key")
) STRICT;
CREATE INDEX person_tag_key ON person_tag ("key", person_id);

CREATE TABLE taste_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    side TEXT NOT NULL, polarity TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, "key" TEXT NOT NULL,
    strength REAL NOT NULL DEFAULT 1.0, noted_on TEXT, "by" TEXT NOT NULL DEFAULT '',
    UNIQUE (person_id, side, polarity, kind, "key")
) STRICT;
CREATE INDEX taste_note_key ON taste_note (kind, "key", person_id);

CREATE TABLE review_policy (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL UNIQUE REFERENCES person (id) ON DELETE CASCADE,
    is_open INTEGER, text TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', turnaround_weeks INTEGER, read_on TEXT
) STRICT;

CREATE TABLE suppression (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, hash TEXT NOT NULL, shown TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', since_on TEXT, UNIQUE (kind, hash)
) STRICT;
CREATE INDEX suppression_shown ON suppression (kind, shown);

CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL DEFAULT 'book',
    title TEXT NOT NULL, title_key TEXT NOT NULL, sort_title TEXT NOT NULL, subtitle TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '', author_key TEXT NOT NULL DEFAULT '', series TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '', hook TEXT NOT NULL DEFAULT '', imprint TEXT NOT NULL DEFAULT '',
    publisher TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', pub_date TEXT, on_sale_date TEXT,
    review_embargo TEXT, sales_embargo TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX item_title_key ON item (title_key, author_key);
CREATE INDEX item_sort_title ON item (sort_title, id);
CREATE INDEX item_author_key ON item (author_key, id);
CREATE INDEX item_pub_date ON item (pub_date, id);

CREATE TABLE contributor (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    role TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contributor_item_id ON contributor (item_id, position);

CREATE TABLE edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    format TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'finished', isbn13 TEXT UNIQUE, gtin TEXT UNIQUE,
    price_minor INTEGER, currency TEXT NOT NULL DEFAULT '', pages INTEGER, pub_date TEXT
) STRICT;
CREATE INDEX edition_item_id ON edition (item_id);

CREATE TABLE subject_code (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    scheme TEXT NOT NULL, code TEXT NOT NULL, heading TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0,
    UNIQUE (item_id, scheme, code)
) STRICT;

CREATE TABLE item_genre (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    genre TEXT NOT NULL, weight REAL NOT NULL DEFAULT 1.0, UNIQUE (item_id, genre)
) STRICT;
CREATE INDEX item_genre_genre ON item_genre (genre, item_id);

CREATE TABLE keyword (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    word TEXT NOT NULL, "key" TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0, UNIQUE (item_id, "key")
) STRICT;

CREATE TABLE comp_title (
    id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
    title TEXT NOT NULL, "key" TEXT NOT NULL, author TEXT NOT NULL DEFAULT '', UNIQUE (item_id, "key")
) STRICT;

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, starts_on TEXT, ends_on TEXT,
    notes TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;

CREATE TABLE gift (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    item_id INTEGER NOT NULL REFERENCES item (id) ON DELETE RESTRICT,
    edition_id INTEGER REFERENCES edition (id) ON DELETE SET NULL,
    campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
    deal TEXT NOT NULL DEFAULT 'gift', state TEXT NOT NULL, why TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    state_on TEXT NOT NULL, sent_on TEXT, delivered_on TEXT, "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE INDEX gift_person_id ON gift (person_id, item_id);
CREATE INDEX gift_item_id ON gift (item_id, state);
CREATE INDEX gift_state ON gift (state, id);
CREATE INDEX gift_state_on ON gift (state_on, id);
CREATE INDEX gift_edition_id ON gift (edition_id);
CREATE INDEX gift_campaign_id ON gift (campaign_id);

CREATE TABLE gift_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT, gift_id INTEGER NOT NULL REFERENCES gift (id) ON DELETE CASCADE,
    state TEXT NOT NULL, happened_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX gift_step_gift_id ON gift_step (gift_id, id);

CREATE TABLE mailing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE shipment (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    mailing_id INTEGER REFERENCES mailing (id) ON DELETE SET NULL,
    address_id INTEGER REFERENCES address (id) ON DELETE SET NULL,
    deliver_to TEXT NOT NULL DEFAULT '', line1 TEXT NOT NULL DEFAULT '', line2 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '', carrier TEXT NOT NULL DEFAULT '', tracking_number TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL, sent_on TEXT, delivered_on TEXT, note TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE INDEX shipment_person_id ON shipment (person_id);
CREATE INDEX shipment_state ON shipment (state, id);
CREATE INDEX shipment_mailing_id ON shipment (mailing_id);
CREATE INDEX shipment_address_id ON shipment (address_id);
CREATE INDEX shipment_tracking_number ON shipment (tracking_number, id);

CREATE TABLE shipment_gift (
    id INTEGER PRIMARY KEY AUTOINCREMENT, shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE CASCADE,
    gift_id INTEGER NOT NULL REFERENCES gift (id) ON DELETE CASCADE, UNIQUE (shipment_id, gift_id)
) STRICT;
CREATE INDEX shipment_gift_gift_id ON shipment_gift (gift_id);

CREATE TABLE stock_movement (
    id INTEGER PRIMARY KEY AUTOINCREMENT, edition_id INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
    quantity INTEGER NOT NULL, reason TEXT NOT NULL, shipment_id INTEGER REFERENCES shipment (id) ON DELETE SET NULL,
    moved_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stock_movement_edition_id ON stock_movement (edition_id, reason, quantity);
CREATE INDEX stock_movement_shipment_id ON stock_movement (shipment_id);

CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    item_id INTEGER REFERENCES item (id) ON DELETE SET NULL, gift_id INTEGER REFERENCES gift (id) ON DELETE SET NULL,
    kind TEXT NOT NULL, platform TEXT NOT NULL DEFAULT '', handle TEXT NOT NULL DEFAULT '', url TEXT, "key" TEXT UNIQUE,
    posted_on TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', nature TEXT NOT NULL, nature_reason TEXT NOT NULL,
    "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE INDEX post_person_id ON post (person_id, posted_on);
CREATE INDEX post_item_id ON post (item_id, posted_on);
CREATE INDEX post_gift_id ON post (gift_id);
CREATE INDEX post_posted_on ON post (posted_on, id);

CREATE TABLE taste_evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, taste_note_id INTEGER NOT NULL REFERENCES taste_note (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', seen_on TEXT,
    post_id INTEGER REFERENCES post (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX taste_evidence_taste_note_id ON taste_evidence (taste_note_id);
CREATE INDEX taste_evidence_post_id ON taste_evidence (post_id);

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY AUTOINCREMENT, gift_id INTEGER REFERENCES gift (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL, kind TEXT NOT NULL,
    evidence TEXT NOT NULL DEFAULT 'claimed', happened_on TEXT NOT NULL,
    post_id INTEGER REFERENCES post (id) ON DELETE CASCADE, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outcome_gift_id ON outcome (gift_id, kind);
CREATE INDEX outcome_person_id ON outcome (person_id, kind);
CREATE INDEX outcome_post_id ON outcome (post_id);

CREATE TABLE club (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL,
    item_id INTEGER REFERENCES item (id) ON DELETE SET NULL, host_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    gift_id INTEGER REFERENCES gift (id) ON DELETE SET NULL, post_id INTEGER REFERENCES post (id) ON DELETE SET NULL,
    kind TEXT NOT NULL DEFAULT 'club', state TEXT NOT NULL DEFAULT 'reading', place TEXT NOT NULL DEFAULT '',
    started_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
) STRICT;
CREATE INDEX club_name_key ON club (name_key, id);
CREATE INDEX club_started_on ON club (started_on, id);
CREATE INDEX club_item_id ON club (item_id);
CREATE INDEX club_host_id ON club (host_id);
CREATE INDEX club_gift_id ON club (gift_id);
CREATE INDEX club_post_id ON club (post_id);

CREATE TABLE headcount (
    id INTEGER PRIMARY KEY AUTOINCREMENT, club_id INTEGER NOT NULL REFERENCES club (id) ON DELETE CASCADE,
    counted_on TEXT NOT NULL, members INTEGER NOT NULL
) STRICT;
CREATE INDEX headcount_club_id ON headcount (club_id, counted_on);

CREATE TABLE letter_template (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1, label TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE (name, version)
) STRICT;

CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id INTEGER REFERENCES item (id) ON DELETE SET NULL, gift_id INTEGER REFERENCES gift (id) ON DELETE SET NULL,
    template_id INTEGER REFERENCES letter_template (id) ON DELETE SET NULL,
    kind TEXT NOT NULL, state TEXT NOT NULL, to_name TEXT NOT NULL, to_address TEXT NOT NULL, subject TEXT NOT NULL,
    body TEXT NOT NULL, opening TEXT NOT NULL DEFAULT '', message BLOB, message_id TEXT NOT NULL UNIQUE,
    "by" TEXT NOT NULL DEFAULT '', drafted_at TEXT NOT NULL, approved_at TEXT, sent_at TEXT
) STRICT;
CREATE UNIQUE INDEX letter_first_pitch ON letter (person_id, item_id) WHERE kind = 'pitch';
CREATE INDEX letter_person_id ON letter (person_id, drafted_at);
CREATE INDEX letter_item_id ON letter (item_id, state);
CREATE INDEX letter_state ON letter (state, id);
CREATE INDEX letter_gift_id ON letter (gift_id);
CREATE INDEX letter_template_id ON letter (template_id);

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, layout TEXT NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL,
    encoding TEXT NOT NULL DEFAULT '', "rows" INTEGER NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL, skipped INTEGER NOT NULL, suppressed INTEGER NOT NULL DEFAULT 0,
    "by" TEXT NOT NULL DEFAULT '', imported_at TEXT NOT NULL, taken_back_at TEXT
) STRICT;

CREATE TABLE import_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT, batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
    "row" INTEGER NOT NULL, skipped INTEGER NOT NULL, code TEXT NOT NULL, facts TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX import_note_batch_id ON import_note (batch_id, "row");

CREATE TABLE import_insert (
    id INTEGER PRIMARY KEY AUTOINCREMENT, batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL
) STRICT;
CREATE INDEX import_insert_batch_id ON import_insert (batch_id);
CREATE INDEX import_insert_table_name ON import_insert (table_name, first_id);

CREATE TABLE import_update (
    id INTEGER PRIMARY KEY AUTOINCREMENT, batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE INDEX import_update_batch_id ON import_update (batch_id);
CREATE INDEX import_update_table_name ON import_update (table_name, row_id);
"""


def up(migrator: object, db: object) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)  # type: ignore[attr-defined]
