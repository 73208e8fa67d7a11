"""Until when one goes on hoping for a word, and closing quietly afterwards: proposed to the user, decided by her.

Nobody is ever written to about it. A gift has no due date: the day is when nine in ten of those like her have said
something (`outreach.services.reading_time`), counted from the last word of hers, or the day until which the user said
that she goes on hoping.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.services.data_rules import data_rules
from outreach.services.gift_states import ENDINGS, Deal, GiftState, OutcomeKind
from outreach.services.reading_time import ReadingTime, reading_times
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Outcome, Person

#: "Not yet" goes on for so many days where no other day is said.
LONGER_DAYS = 30
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
    """A gift that arrived and came to no end, with what is known of its hope and nothing else."""

    gift_id: int
    since: str
    until: str
    time: ReadingTime


def still_hoped(store: Store, gifts: Iterable[Gift]) -> set[int]:
    """Which of some gifts that arrived are not given up: whose expected reading time is not over."""
    rules, today = data_rules(), store.today()
    found: set[int] = set()
    doubtful: list[tuple[Gift, int]] = []
    for gift in gifts:
        arrived = gift.delivered_on or gift.state_on
        days = (today - date.fromisoformat(arrived)).days if len(arrived) == _WHOLE_DAY else rules.hope_most_days + 1
        if days <= rules.hope_least_days or (gift.hope_until or "") >= today.isoformat():
            found.add(gift.id)
        elif days <= rules.hope_most_days:
            doubtful.append((gift, days))
    times = reading_times(store, [gift.person_id for gift, _ in doubtful if gift.person_id is not None])
    for gift, days in doubtful:
        time = times.get(gift.person_id)
        if days <= (time.hope_days if time else rules.hope_days):
            found.add(gift.id)
    return found


def hoped(store: Store) -> list[Open]:
    """Gifts with nothing asked in return that arrived and came to no end yet, those whose hope ends first first."""
    return _open(store, store.today())


def hope_over(store: Store) -> list[Open]:
    """The gifts whose hope has ended, those that ended first first: what is proposed to close quietly."""
    today = store.today()
    candidates = _open(store, today - timedelta(days=data_rules().hope_least_days))
    return [each for each in candidates if each.until < today.isoformat()]


def told(some: Sequence[Open]) -> list[Hope]:
    """Whose gifts these are, and of what, in their order."""
    known: dict[int, tuple[int, str, int, str]] = {}
    query = Gift.select(Gift.id, Person.id, Person.name, Item.id, Item.title).join(Item).switch(Gift).join(Person)
    for start in range(0, len(some), _CHUNK):
        rows = query.where(Gift.id.in_([each.gift_id for each in some[start : start + _CHUNK]]))
        known.update({row[0]: row[1:] for row in rows.tuples()})
    return [
        Hope(each.gift_id, *known[each.gift_id], each.since, each.until, each.time.hope_days, each.time.own)
        for each in some
    ]


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


def _open(store: Store, before: date) -> list[Open]:
    """The gifts that arrived by a day and came to no end, with the day on which hope for each ends."""
    came = Outcome.select(Outcome.id).where(
        (Outcome.gift == Gift.id) & Outcome.kind.in_([OutcomeKind.POSTED.value, *ENDINGS])
    )
    rows = list(
        Gift.select(Gift.id, Gift.person, _ARRIVED, Gift.hope_until)
        .where((Gift.state == GiftState.DELIVERED.value) & (Gift.deal == Deal.GIFT.value) & Gift.person.is_null(False))
        .where((fn.length(_ARRIVED) == _WHOLE_DAY) & (before.isoformat() >= _ARRIVED) & ~fn.EXISTS(came))
        .tuples()
    )
    words, times = _last_words([row[0] for row in rows]), reading_times(store, [row[1] for row in rows])
    found = []
    for gift_id, person, arrived, hope_until in rows:
        since, time = max(arrived, words.get(gift_id, "")), times[person]
        learned = (date.fromisoformat(since) + timedelta(days=time.hope_days)).isoformat()
        found.append(Open(gift_id, since, max(learned, hope_until or ""), time))
    return sorted(found, key=lambda each: (each.until, each.gift_id))


def _last_words(gifts: Sequence[int]) -> dict[int, str]:
    """By gift the day of what was heard of it last."""
    found: dict[int, str] = {}
    last: Any = fn.max(Outcome.happened_on)
    for start in range(0, len(gifts), _CHUNK):
        some = Outcome.gift.in_(list(gifts[start : start + _CHUNK])) & (fn.length(Outcome.happened_on) == _WHOLE_DAY)
        found.update(Outcome.select(Outcome.gift, last).where(some).group_by(Outcome.gift).tuples())
    return found
