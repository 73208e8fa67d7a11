"""Whom and what to let go: proposals for the user to decide on. Nothing is ever deleted by itself."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.paths import resource
from outreach.services.workspaces.data_rules import silent_since
from outreach.store import silence
from outreach.store.database import Store
from outreach.store.models import Address, Person

_CHUNK = 500
_MOST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody, or an address of hers, with whom nothing has happened for long.

    Attributes:
        kind: ``person`` or ``address``.
        last: The last day on which something happened.
        address_id: Which address, for one.
    """

    kind: str
    person_id: int
    name: str
    last: str
    address_id: int | None = None


@cache
def months() -> dict[str, int]:
    """After how many months without a parcel it is proposed to let an address go, as ``address``."""
    data = tomllib.loads(resource("retention.toml").read_text(encoding="utf-8"))
    return {name: int(value) for name, value in data.items()}


def proposals(store: Store, person_months: int = 0) -> list[Proposal]:
    """Whom to think of letting go, then whose addresses; those who have been silent longest first.

    Args:
        store: The open workspace.
        person_months: After how many months, if not as the workspace's own rule ``keep_months`` says.

    Raises:
        KnownError: ``retention.bad_months``.
    """
    if not 0 <= person_months <= _MOST_MONTHS:
        raise KnownError("retention.bad_months", number=person_months)
    people = silence.silent_people(store, silent_since(store, person_months))
    gone = {person for person, _ in people}
    places = [
        row for row in silence.idle_addresses(store, silent_since(store, months()["address"]))
        if row[0] not in gone
    ]  # fmt: skip
    names = _names([*gone, *(place[0] for place in places)])
    found = [Proposal("person", person, names[person], last) for person, last in people]
    return found + [Proposal("address", person, names[person], last, place) for person, last, place in places]


def keep_people(store: Store, people: Sequence[int]) -> Changes:
    """Keep people on purpose: the clock begins again."""
    with store.operation(Op.KEEP_PEOPLE) as written:
        for start in range(0, len(people), _CHUNK):
            some = list(people[start : start + _CHUNK])
            Person.update(kept_on=store.today().isoformat()).where(Person.id.in_(some)).execute()
    return written.changes


def drop_addresses(store: Store, addresses: Sequence[int]) -> Changes:
    """Let addresses go that no parcel needs any more; it can be undone until the program ends."""
    with store.operation(Op.SAVE_ADDRESS) as written:
        for start in range(0, len(addresses), _CHUNK):
            Address.delete().where(Address.id.in_(list(addresses[start : start + _CHUNK]))).execute()
    return written.changes


def silent(store: Store, months_ago: int) -> list[int]:
    """The ids of people with whom nothing has happened for so many months."""
    return [person for person, _ in silence.silent_people(store, silent_since(store, months_ago))]


def _names(people: Sequence[int]) -> dict[int, str]:
    names: dict[int, str] = {}
    for start in range(0, len(people), _CHUNK):
        some = Person.id.in_(list(people[start : start + _CHUNK]))
        names.update(Person.select(Person.id, Person.name).where(some).tuples())
    return names
