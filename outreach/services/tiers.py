"""Tiers: how large a person's audience is, for context. Nobody is ranked by it."""

from collections.abc import Sequence

from outreach.services.data_rules import DataRules, data_rules, first_rules
from outreach.store.models import Account, AudienceReading

OFF_SOCIAL = "off_social"


def tier(followers: int, rules: DataRules | None = None) -> str:
    """The tier of an audience, as a workspace counts them; as the first rules do where none are given."""
    return next(name for start, name in (rules or first_rules()).tiers if followers >= start)


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
    rules = data_rules()
    found = {person: tier(followers, rules) for person, followers in largest.items()}
    found.update({person: OFF_SOCIAL for person in ids if person not in on_social})
    return found
