"""Tiers: how large a person's audience is, for context. Nobody is ranked by it."""

import tomllib
from collections.abc import Sequence
from functools import cache

from outreach.paths import resource
from outreach.store.models import Account, AudienceReading

OFF_SOCIAL = "off_social"


@cache
def thresholds() -> tuple[tuple[int, str], ...]:
    """From how many followers on a tier begins, the largest first."""
    data = tomllib.loads(resource("tiers.toml").read_text(encoding="utf-8"))
    return tuple(sorted(((int(start), name) for name, start in data.items()), reverse=True))


def tier(followers: int) -> str:
    """The tier of an audience."""
    return next(name for start, name in thresholds() if followers >= start)


def tiers_of(people: Sequence[int]) -> dict[int, str]:
    """By person, the tier of her largest account as last read, or off social where she has no account.

    People with accounts of which no reading is known are left out: nothing can be said.
    """
    ids = list(dict.fromkeys(people))
    largest: dict[int, int] = {}
    on_social: set[int] = set()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        on_social |= {row[0] for row in Account.select(Account.person).where(Account.person.in_(some)).tuples()}
        readings = (
            AudienceReading.select(Account.person, AudienceReading.account, AudienceReading.followers)
            .join(Account)
            .where(Account.person.in_(some))
            .order_by(AudienceReading.taken_on, AudienceReading.id)
        )
        latest = {(person, account): followers for person, account, followers in readings.tuples()}
        for (person, _), followers in latest.items():
            largest[person] = max(largest.get(person, 0), followers)
    found = {person: tier(followers) for person, followers in largest.items()}
    found.update({person: OFF_SOCIAL for person in ids if person not in on_social})
    return found
