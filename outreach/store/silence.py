"""When something last happened with each person: the one notion of silence, for proposing whom to let go."""

from typing import Any

from peewee import SQL

from outreach.store.database import Store
from outreach.store.models import Person

#: By person the last day on which something happened: she was added or kept on purpose, given, written to, heard of.
_LAST = """
SELECT person.id, max(
    substr(created_at, 1, 10), coalesce(kept_on, ''),
    coalesce((SELECT max(state_on) FROM gift WHERE person_id = person.id), ''),
    coalesce((SELECT max(coalesce(sent_on, substr(created_at, 1, 10))) FROM shipment WHERE person_id = person.id), ''),
    coalesce((SELECT max(posted_on) FROM post WHERE person_id = person.id), ''),
    coalesce((SELECT max(happened_on) FROM outcome WHERE person_id = person.id), ''),
    coalesce((SELECT max(substr(coalesce(sent_at, drafted_at), 1, 10)) FROM letter WHERE person_id = person.id), ''),
    coalesce((SELECT max(noted_on) FROM taste_note WHERE person_id = person.id), ''),
    coalesce((SELECT max(happened_on) FROM person_note WHERE person_id = person.id), ''),
    coalesce((SELECT max(started_on) FROM club WHERE host_id = person.id), '')
) AS last FROM person
"""
_LAST_PARCEL = """
SELECT address.person_id, max(substr(address.created_at, 1, 10), coalesce(address.confirmed_on, ''), coalesce(
    (SELECT max(coalesce(sent_on, substr(created_at, 1, 10))) FROM shipment WHERE person_id = address.person_id), ''
)) AS last, address.id FROM address
WHERE NOT EXISTS (
    SELECT 1 FROM gift WHERE gift.person_id = address.person_id AND state IN ('chosen', 'asked', 'accepted', 'sent')
)
"""


def is_silent(before: str) -> Any:
    """The condition on people that nothing has happened with them since a day."""
    return Person.id.in_(SQL(f"(SELECT id FROM ({_LAST}) WHERE last < ?)", (before,)))


def silent_people(store: Store, before: str) -> list[tuple[int, str]]:
    """People with whom nothing has happened since a day, and the last day on which something did."""
    return store.rows(f"SELECT id, last FROM ({_LAST}) WHERE last < ? ORDER BY last, id", before)


def idle_addresses(store: Store, before: str) -> list[tuple[int, str, int]]:
    """Addresses no parcel has gone to since a day and none is about to: person, last day, address."""
    return store.rows(f"SELECT person_id, last, id FROM ({_LAST_PARCEL}) WHERE last < ? ORDER BY last, id", before)
