"""Words by which people are found, in a full-text index that the store keeps."""

# Migrations are frozen history: they import nothing of this program.

INDEX = "CREATE VIRTUAL TABLE person_search USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')"

FILL = """
INSERT INTO person_search (rowid, words)
SELECT person.id, name_key || ' ' || lower(organisation)
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM email_address WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM account WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM person_tag WHERE person_id = person.id ORDER BY "key")), '')
FROM person
"""


def up(migrator: object, db: object) -> None:
    db.execute_sql(INDEX)  # type: ignore[attr-defined]
    db.execute_sql(FILL)  # type: ignore[attr-defined]
