"""People are found by their former handles too: whoever has some gets new words in both indexes."""

# Migrations are frozen history: they import nothing of this program.

_FORMER = """
    ' ' || (SELECT group_concat(word, ' ') FROM (SELECT {word} AS word FROM account_alias
    JOIN account ON account.id = account_alias.account_id WHERE person_id = {index}.rowid ORDER BY word))
"""
_WHO = "SELECT person_id FROM account JOIN account_alias ON account.id = account_alias.account_id"


def up(migrator: object, db: object) -> None:
    run = db.execute_sql  # type: ignore[attr-defined]
    for index, word in (("person_search", 'account_alias."key"'), ("person_infix", "lower(account_alias.handle)")):
        former = _FORMER.format(index=index, word=word)
        run(f"UPDATE {index} SET words = words || {former} WHERE rowid IN ({_WHO})")
