"""Tiers: how large a person's audience is, for context. Nobody is ranked by it."""

import tomllib
from collections.abc import Sequence
from functools import cache

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import parse_count
from outreach.paths import resource
from outreach.store.database import Store
from outreach.store.models import Account, AudienceReading, WorkspaceSetting

_PREFIX = "tier."
OFF_SOCIAL = "off_social"


@cache
def thresholds() -> tuple[tuple[int, str], ...]:
    """From how many followers on a tier begins, the largest first."""
    data = tomllib.loads(resource("tiers.toml").read_text(encoding="utf-8"))
    return tuple(sorted(((int(start), name) for name, start in data.items()), reverse=True))


def own_thresholds() -> tuple[tuple[int, str], ...]:
    """The thresholds of this workspace, the largest first: those of `thresholds` where the user set no others."""
    rows = WorkspaceSetting.select(WorkspaceSetting.name, WorkspaceSetting.value)
    own = dict(rows.where(WorkspaceSetting.name.startswith(_PREFIX)).tuples())
    found = ((int(own.get(f"{_PREFIX}{name}", start)), name) for start, name in thresholds())
    return tuple(sorted(found, reverse=True))


def is_tier_setting(name: str) -> bool:
    """Whether a setting such as ``tier.micro`` is a threshold."""
    return name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in {tier for _, tier in thresholds()[:-1]}


def change_threshold(store: Store, name: str, value: str) -> Changes:
    """Let a tier begin at another number of followers; the tiers keep their order.

    Args:
        store: The open workspace.
        name: Such as ``tier.micro``.
        value: Such as ``5000`` or ``5k``.

    Raises:
        KnownError: ``settings.bad_value``.
    """
    count = parse_count(value)
    after = {tier: start for start, tier in own_thresholds()} | {name.removeprefix(_PREFIX): count or 0}
    starts = [after[tier] for _, tier in thresholds()]
    if not count or starts != sorted(set(starts), reverse=True):
        hint = "Write a number between those of the tiers before and after it."
        raise KnownError("settings.bad_value", name=name, value=value, hint=hint)
    with store.operation(Op.CHANGE_SETTINGS) as written:
        WorkspaceSetting.insert(name=name, value=str(count)).on_conflict(
            conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
        ).execute()
    return written.changes


def tier(followers: int, starts: Sequence[tuple[int, str]] = ()) -> str:
    """The tier of an audience, by the thresholds of a workspace or else by the usual ones."""
    return next(name for start, name in starts or thresholds() if followers >= start)


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
    starts = own_thresholds() if largest else ()
    found = {person: tier(followers, starts) for person, followers in largest.items()}
    found.update({person: OFF_SOCIAL for person in ids if person not in on_social})
    return found
