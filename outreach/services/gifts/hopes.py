"""Until when one goes on hoping for a word, and closing quietly afterwards: proposed to the user, decided by her.

Nobody is ever written to about it. A gift has no due date: the day is when nine in ten of those like her have said
something (`outreach.services.gifts.reading_time`), counted from the last word of hers, or the day until which the user
said that she goes on hoping.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.services.gifts.reading_time import ReadingTime, reading_times
from outreach.services.gifts.states import ENDINGS, Deal, GiftState, OutcomeKind
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Outcome, Person

#: "Not yet" goes on for so many days where no other day is said.
LONGER_DAYS = 30
#: So many are proposed on Today at once; the others come up when these are settled.
AT_ONCE = 500
_CHUNK = 500
_WHOLE_DAY = len("2026-11-24")
#: The day a gift arrived.
_ARRIVED = fn.coalesce(Gift.delivered_on, Gift.state_on)


@dataclass(frozen=True, slots=True)
class Hope:
    """A gift of which a word is hoped for, or was.

    Attributes:
        since: The last word of hers, or the day it arrived.
        until: The day on which hope reasonably ends.
        days: After how many days nine in ten of those like her have said something.
        own: How many readings of hers that was learned from.
    """

    gift_id: int
    person_id: int
    person: str
    item_id: int
    title: str
    since: str
    until: str
    days: int
    own: int


@dataclass(frozen=True, slots=True)
class Open:
    """A gift that arrived and came to no end.

    Attributes:
        since: The last word of hers, or the day it arrived.
        hope_until: Until when the user said that she goes on hoping; empty where she did not.
    """

    gift_id: int
    person_id: int
    since: str
    hope_until: str

    def until(self, time: ReadingTime) -> str:
        """The day on which hope reasonably ends."""
        learned = (date.fromisoformat(self.since) + timedelta(days=time.hope_days)).isoformat()
        return max(learned, self.hope_until)


class Arrived(Protocol):
    """What has to be known of a gift that arrived to say for how long a word is hoped for."""

    id: int
    person_id: int | None
    state_on: str
    delivered_on: str | None
    hope_until: str | None


def still_hoped(store: Store, gifts: Iterable[Arrived]) -> set[int]:
    """Which of some gifts that arrived are not given up: whose expected reading time is not over."""
    rules, today = data_rules(), store.today()
    found: set[int] = set()
    doubtful: list[tuple[Arrived, int]] = []
    for gift in gifts:
        arrived = gift.delivered_on or gift.state_on
        days = (today - date.fromisoformat(arrived)).days if len(arrived) == _WHOLE_DAY else rules.hope_most_days + 1
        if days <= rules.hope_least_days or (gift.hope_until or "") >= today.isoformat():
            found.add(gift.id)
        elif days <= rules.hope_most_days:
            doubtful.append((gift, days))
    times = reading_times(store, [gift.person_id for gift, _ in doubtful if gift.person_id is not None])
    for gift, days in doubtful:
        time = times.get(gift.person_id or 0)
        if days <= (time.hope_days if time else rules.hope_days):
            found.add(gift.id)
    return found


def hoped(store: Store) -> list[Hope]:
    """Gifts with nothing asked in return that arrived and came to no end yet, those whose hope ends first first."""
    return sorted(told(store, _open(store.today())), key=lambda each: (each.until, each.gift_id))


def hope_over(store: Store, most: int | None = None) -> list[Open]:
    """The gifts whose hope has ended, those of the longest silence first: what is proposed to close quietly.

    Of most that is plain without looking at who reads them, and no further ones are looked at than are asked for.
    """
    rules, today = data_rules(), store.today()
    shortest = (today - timedelta(days=rules.hope_least_days)).isoformat()
    longest = (today - timedelta(days=rules.hope_most_days)).isoformat()
    silent = [each for each in _open(today) if each.since < shortest and each.hope_until < today.isoformat()]
    silent.sort(key=lambda each: (each.since, each.gift_id))
    over = [each for each in silent if each.since < longest]
    doubtful = silent[len(over) :]
    for start in range(0, len(doubtful), _CHUNK):
        if most is not None and len(over) >= most:
            break
        some = doubtful[start : start + _CHUNK]
        times = reading_times(store, [each.person_id for each in some])
        over += [each for each in some if each.until(times[each.person_id]) < today.isoformat()]
    return over[:most]


def told(store: Store, some: Sequence[Open]) -> list[Hope]:
    """Whose gifts these are, of what, and until when one hopes, in their order."""
    known: dict[int, tuple[str, int, str]] = {}
    query = Gift.select(Gift.id, Person.name, Item.id, Item.title).join(Item).switch(Gift).join(Person)
    for start in range(0, len(some), _CHUNK):
        rows = query.where(Gift.id.in_([each.gift_id for each in some[start : start + _CHUNK]]))
        known.update({row[0]: row[1:] for row in rows.tuples()})
    times = reading_times(store, [each.person_id for each in some])
    found = []
    for each in some:
        (name, item, title), time = known[each.gift_id], times[each.person_id]
        until = each.until(time)
        found.append(Hope(each.gift_id, each.person_id, name, item, title, each.since, until, time.hope_days, time.own))
    return found


def hope_longer(store: Store, gifts: Sequence[int], until: str = "") -> Changes:
    """Go on hoping for a word about some gifts: closing them is proposed again only after that day.

    Args:
        store: The open workspace.
        gifts: Which gifts.
        until: A day to come; `LONGER_DAYS` from today where it is empty.

    Raises:
        KnownError: ``hopes.no_day`` for what is no day to come, ``hopes.not_here`` for a gift that has not arrived or
            is closed.
    """
    today = store.today()
    day = parse_day(until) if until.strip() else (today + timedelta(days=LONGER_DAYS)).isoformat()
    if day is None or len(day) != _WHOLE_DAY or day <= today.isoformat():
        raise KnownError("hopes.no_day", value=until[:50])
    with store.operation(Op.HOPE_LONGER) as written:
        for start in range(0, len(gifts), _CHUNK):
            some = Gift.id.in_(list(gifts[start : start + _CHUNK]))
            for gift in Gift.select(Gift, Item).join(Item).where(some & (Gift.state != GiftState.DELIVERED.value)):
                raise KnownError("hopes.not_here", gift=f"g{gift.id}", title=gift.item.title, state=gift.state)
            Gift.update(hope_until=day).where(some).execute()
    return written.changes


def _open(before: date) -> list[Open]:
    """The gifts that arrived by a day and came to no end."""
    mine = Outcome.gift == Gift.id
    came = Outcome.select(Outcome.id).where(mine & Outcome.kind.in_([OutcomeKind.POSTED.value, *ENDINGS]))
    last: Any = fn.max(Outcome.happened_on)
    word = Outcome.select(last).where(mine & (fn.length(Outcome.happened_on) == _WHOLE_DAY))
    rows = (
        Gift.select(Gift.id, Gift.person, _ARRIVED, word, Gift.hope_until)
        .where((Gift.state == GiftState.DELIVERED.value) & (Gift.deal == Deal.GIFT.value) & Gift.person.is_null(False))
        .where((fn.length(_ARRIVED) == _WHOLE_DAY) & (before.isoformat() >= _ARRIVED) & ~fn.EXISTS(came))
    )
    return [Open(gift, who, max(came_on, heard or ""), hope or "") for gift, who, came_on, heard, hope in rows.tuples()]
