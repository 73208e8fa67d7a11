"""What a parcel cost and weighs, what it replaces, inserts and their counts, copies that are signed, and hope."""

# Migrations are frozen history: they import nothing of this program.

STATEMENTS = (
    "ALTER TABLE shipment ADD COLUMN postage_minor INTEGER",
    "ALTER TABLE shipment ADD COLUMN postage_currency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE shipment ADD COLUMN service TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE shipment ADD COLUMN weight_grams INTEGER",
    # A parcel that was lost or came back, and the one that was sent in its place.
    "ALTER TABLE shipment ADD COLUMN replaces_id INTEGER REFERENCES shipment (id) ON DELETE SET NULL",
    "CREATE INDEX shipment_replaces_id ON shipment (replaces_id) WHERE replaces_id IS NOT NULL",
    "ALTER TABLE edition ADD COLUMN weight_grams INTEGER",
    # What the author signs for this gift: nothing, the copy, or a bookplate; its number in the order of signing stays.
    "ALTER TABLE gift ADD COLUMN signing TEXT NOT NULL DEFAULT '' CHECK (signing IN ('', 'copy', 'bookplate'))",
    "ALTER TABLE gift ADD COLUMN dedication TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE gift ADD COLUMN signing_place INTEGER",
    "ALTER TABLE gift ADD COLUMN signed_on TEXT",
    "CREATE INDEX gift_signing ON gift (item_id, signing_place) WHERE signing <> ''",
    # Until when the user goes on hoping, where the proposal to close quietly came too early.
    "ALTER TABLE gift ADD COLUMN hope_until TEXT",
    """
    CREATE TABLE parcel_insert (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('insert', 'swag', 'bookplate', 'note_card')),
        name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
        item_id INTEGER REFERENCES item (id) ON DELETE SET NULL,
        campaign_id INTEGER REFERENCES campaign (id) ON DELETE SET NULL,
        cost_minor INTEGER, cost_currency TEXT NOT NULL DEFAULT '',
        "by" TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX parcel_insert_item_id ON parcel_insert (item_id)",
    "CREATE INDEX parcel_insert_campaign_id ON parcel_insert (campaign_id)",
    """
    CREATE TABLE shipment_insert (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        shipment_id INTEGER NOT NULL REFERENCES shipment (id) ON DELETE CASCADE,
        parcel_insert_id INTEGER NOT NULL REFERENCES parcel_insert (id) ON DELETE CASCADE,
        quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0), UNIQUE (shipment_id, parcel_insert_id)
    ) STRICT
    """,
    "CREATE INDEX shipment_insert_parcel_insert_id ON shipment_insert (parcel_insert_id)",
    """
    CREATE TABLE insert_movement (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        parcel_insert_id INTEGER NOT NULL REFERENCES parcel_insert (id) ON DELETE CASCADE,
        quantity INTEGER NOT NULL, reason TEXT NOT NULL,
        shipment_id INTEGER REFERENCES shipment (id) ON DELETE SET NULL,
        moved_on TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', "by" TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX insert_movement_parcel_insert_id ON insert_movement (parcel_insert_id, reason, quantity)",
    "CREATE INDEX insert_movement_shipment_id ON insert_movement (shipment_id)",
)


def up(migrator: object, db: object) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)  # type: ignore[attr-defined]
