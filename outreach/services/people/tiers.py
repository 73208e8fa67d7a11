"""Tiers: how large a person's audience is, for context. Nobody is ranked by it."""

from collections.abc import Sequence
from typing import Any

from outreach.services.workspaces.data_rules import DataRules, data_rules, first_rules
from outreach.store.among import rows_among
from outreach.store.models import Account, AudienceReading

OFF_SOCIAL = "off_social"


def tier(followers: int, rules: DataRules | None = None) -> str:
    """The tier of an audience, as a workspace counts them; as the first rules do where none are given."""
    return next(name for start, name in (rules or first_rules()).tiers if followers >= start)


def audiences() -> Any:
    """Whose each account is, and its followers as last read, null where they never were, as a query."""
    latest = AudienceReading.select(AudienceReading.followers).where(AudienceReading.account == Account.id)
    latest = latest.order_by(AudienceReading.taken_on.desc(), AudienceReading.id.desc()).limit(1)
    return Account.select(Account.person, latest)


def tiers_of(people: Sequence[int]) -> dict[int, str]:
    """By person, the tier of her largest account as last read, or off social where she has no account.

    People with accounts of which no reading is known are left out: nothing can be said.
    """
    ids = list(dict.fromkeys(people))
    largest: dict[int, int] = {}
    on_social: set[int] = set()
    for who, followers in rows_among(audiences(), Account.person, ids):
        on_social.add(who)
        if followers is not None:
            largest[who] = max(largest.get(who, 0), followers)
    rules = data_rules()
    found = {person: tier(followers, rules) for person, followers in largest.items()}
    found.update({person: OFF_SOCIAL for person in ids if person not in on_social})
    return found
