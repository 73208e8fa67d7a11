"""Tiers: how large a person's audience is, for context. Nobody is ranked by it."""

from collections.abc import Sequence

from outreach.services.workspaces.data_rules import DataRules, data_rules, first_rules
from outreach.store.among import rows_among
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
    on_social.update(who for (who,) in rows_among(Account.select(Account.person), Account.person, ids))
    readings = AudienceReading.select(Account.person, AudienceReading.account, AudienceReading.followers).join(Account)
    readings = readings.order_by(AudienceReading.taken_on, AudienceReading.id)
    latest = {(who, account): followers for who, account, followers in rows_among(readings, Account.person, ids)}
    for (who, _), followers in latest.items():
        largest[who] = max(largest.get(who, 0), followers)
    rules = data_rules()
    found = {person: tier(followers, rules) for person, followers in largest.items()}
    found.update({person: OFF_SOCIAL for person in ids if person not in on_social})
    return found
