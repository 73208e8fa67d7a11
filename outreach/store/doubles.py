"""Pairs of people who may be the same, found by SQL over the whole workspace."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from outreach.store.database import Store

#: A key that so many people share tells nothing of any two of them.
_MOST = 6
#: So many people are asked for by their ids.
_FEW = 900

#: By how sure it is, the surest first: what each person is compared by. The ids of other programs, e-mail addresses and
#: accounts are unique, so what is left of those rungs is what is written differently.
_RUNGS: tuple[tuple[str, str], ...] = (
    (
        "email",
        # The dots and what follows a plus do not matter to who reads it.
        """
        SELECT person_id, replace(CASE WHEN instr(local, '+') > 1 THEN substr(local, 1, instr(local, '+') - 1)
            ELSE local END, '.', '') || host AS k
        FROM (SELECT person_id, substr("key", 1, instr("key", '@') - 1) AS local,
              substr("key", instr("key", '@')) AS host FROM email_address)
        """,
    ),
    (
        "handle",
        """
        SELECT person_id, lower(handle) AS k FROM account WHERE length(handle) > 3
        UNION SELECT person_id, lower(account_alias.handle) FROM account_alias JOIN account ON account.id = account_id
        WHERE length(account_alias.handle) > 3
        """,
    ),
    (
        "name_postcode",
        """
        SELECT person_id, name_key || '|' || upper(replace(replace(postcode, ' ', ''), '-', '')) AS k
        FROM address JOIN person ON person.id = person_id WHERE postcode <> ''
        """,
    ),
    ("name", "SELECT id AS person_id, name_key AS k FROM person WHERE instr(name_key, ' ') > 0"),
)  # fmt: skip


#: "Reyes Maya" and "Maya Reyes": the one's family name first is the other's name.
_SWAPPED = """
SELECT min(one.id, other.id), max(one.id, other.id) FROM person one
JOIN person other ON other.name_key = replace(one.sort_name, '  ', ' ')
WHERE instr(one.sort_name, '  ') > 0 AND one.id <> other.id AND one.name_key <> other.name_key
"""


def pairs(store: Store) -> list[tuple[int, int, str]]:
    """Pairs of ids, the smaller first, each with the surest reason; without those said not to be the same."""
    found: dict[tuple[int, int], str] = {}
    for reason, keys in _RUNGS:
        groups = store.rows(
            f"SELECT group_concat(DISTINCT person_id) FROM ({keys}) GROUP BY k "
            "HAVING count(DISTINCT person_id) BETWEEN 2 AND ?",
            _MOST,
        )
        for (ids,) in groups:
            for pair in combinations(sorted(map(int, ids.split(","))), 2):
                found.setdefault(pair, reason)
    for first, second in store.rows(_SWAPPED):
        found.setdefault((first, second), "name")
    said = set(store.rows("SELECT first_id, second_id FROM not_same"))
    return [(*pair, reason) for pair, reason in found.items() if pair not in said]


@dataclass(frozen=True, slots=True)
class Facts:
    """What speaks for or against two people being one."""

    name: str
    country: str
    has_email: bool
    postcodes: frozenset[str]


def telling_apart(store: Store, ids: Collection[int]) -> dict[int, Facts]:
    """What speaks for or against some people being others."""
    sql = (
        "SELECT person.id, name_key, person.country, "
        "EXISTS (SELECT 1 FROM email_address WHERE person_id = person.id), "
        "coalesce((SELECT group_concat(upper(replace(postcode, ' ', ''))) FROM address "
        "WHERE person_id = person.id AND postcode <> ''), '') FROM person"
    )
    wanted = set(ids)
    if len(wanted) <= _FEW:
        marks = ", ".join("?" * len(wanted))
        rows = store.rows(f"{sql} WHERE person.id IN ({marks})", *wanted)
    else:
        rows = store.rows(sql)  # of so many it is sooner to read all
    return {
        person: Facts(name, country, bool(has_email), frozenset(filter(None, codes.split(","))))
        for person, name, country, has_email, codes in rows
        if person in wanted
    }
