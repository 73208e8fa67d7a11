"""Planning backwards: by which day a parcel must leave, so that she has time to read before the day it is for.

The day is the latest of those from which her word is of use: the title is out, on sale, and no embargo holds any more.
Before it she is given her own time, from her policy card or from what she read before
(`outreach.services.gifts.reading_time`), and never less than the trade's two weeks (`resources/lead_times.toml`).
Before that come the working days of the post (`resources/transit.toml`), from Monday to Friday; holidays are not
known.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from outreach.paths import resource
from outreach.services.catalogue.stock import is_packed
from outreach.services.drafting.senders import sender
from outreach.services.gifts.reading_time import ReadingTime, reading_times
from outreach.services.gifts.states import GiftState
from outreach.store.database import Store
from outreach.store.models import Address, Edition, Gift, Item, Person

#: What does not travel in a parcel.
_ON_SCREEN = ("ebook", "egalley", "audiobook")
#: What is still here, and may leave one day.
_HERE = (GiftState.CHOSEN.value, GiftState.ASKED.value, GiftState.ACCEPTED.value)
_CHUNK = 500
_WHOLE_DAY, _MONTH = len("2026-11-24"), len("2026-11")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Transit:
    """How many working days parcels take; see ``resources/transit.toml``."""

    handling: int
    customs: int
    home: int
    within: Mapping[str, int]
    near: tuple[tuple[frozenset[str], int], ...]
    far: int
    union: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the trade's timeline, with its days for one title."""

    name: str
    from_day: str
    until_day: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A gift that is still here, and when it must leave.

    Attributes:
        is_packed: Whether it lies in a parcel.
        for_day: The day it is for.
        why: What that day is: ``out``, ``on_sale``, ``reviews`` or ``sales``.
        arrive_by: By which day she should have it.
        leave_by: By which working day it must leave for that; it may have passed.
        days: How many days before `for_day` she should have it.
        is_hers: Whether that is her own time, and not only the usual one.
        transit: How many working days it is reckoned to be on its way.
    """

    gift_id: int
    person_id: int
    person: str
    item_id: int
    title: str
    state: str
    is_packed: bool
    for_day: str
    why: str
    arrive_by: str
    leave_by: str
    days: int
    is_hers: bool
    transit: int


def plans(store: Store, gifts: Sequence[int] | None = None, states: Sequence[str] = _HERE) -> list[Plan]:
    """When gifts that are still here must leave, those that must leave first first.

    A gift has no plan when its title is out already or has no day, or when it does not travel.
    """
    today = store.today().isoformat()
    travels = Gift.edition.is_null() | Edition.format.not_in(_ON_SCREEN)
    query = (
        Gift.select(Gift.id, Gift.person, Person.name, Person.country, Item.id, Item.title, Gift.state,
                    Item.pub_date, Item.on_sale_date, Item.review_embargo, Item.sales_embargo)
        .join(Item).switch(Gift).join(Person).switch(Gift).left_outer_join(Edition)
        .where(Gift.state.in_(list(states)) & travels)
    )  # fmt: skip
    wanted = None if gifts is None else set(gifts)
    rows = [row for row in query.tuples() if wanted is None or row[0] in wanted]
    days = {row[0]: the_day(*row[7:]) for row in rows}
    rows = [row for row in rows if days[row[0]][0] > today]
    people = [row[1] for row in rows]
    times, countries, packed = reading_times(store, people), _countries(people), _packed([row[0] for row in rows])
    home = sender().country
    found = []
    for gift, person, name, country, item, title, state, *_ in rows:
        day, why = days[gift]
        before, hers = _before(times[person])
        transit = transit_days(home, countries.get(person) or country or home)
        arrive, leave = count_back(date.fromisoformat(day), before, transit)
        found.append(
            Plan(gift, person, name, item, title, state, gift in packed, day, why, arrive.isoformat(),
                 leave.isoformat(), before, hers, transit)
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.leave_by, each.gift_id))


def to_send(store: Store, within_days: int = 7) -> list[Plan]:
    """What was accepted and must leave within some days, those that must leave first first."""
    last = (store.today() + timedelta(days=within_days)).isoformat()
    return [plan for plan in plans(store, states=(GiftState.ACCEPTED.value,)) if plan.leave_by <= last]


def count_back(day: date, before: int, transit: int) -> tuple[date, date]:
    """By when it must arrive, so many days before a day, and by which working day it must leave for that."""
    arrive = day - timedelta(days=before)
    leave = arrive
    for _ in range(transit):
        leave = _working(leave - timedelta(days=1))
    return arrive, _working(leave)


def transit_days(home: str, country: str) -> int:
    """How many working days a parcel is reckoned to be on its way from one country to another, packing included."""
    known = transit()
    if home == country:
        return known.handling + known.within.get(home, known.home)
    days = next((days for group, days in known.near if home in group and country in group), known.far)
    customs = 0 if home in known.union and country in known.union else known.customs
    return known.handling + days + customs


def the_day(pub_date: str | None, on_sale: str | None, reviews: str | None, sales: str | None) -> tuple[str, str]:
    """The day a copy is for, and what it is; empty where a title has none. A month is meant from its first day."""
    days = ((pub_date, "out"), (on_sale, "on_sale"), (reviews, "reviews"), (sales, "sales"))
    known = [(_whole(day), why) for day, why in days if _whole(day)]
    return max(known, key=lambda each: each[0], default=("", ""))


def timeline_of(pub_date: str) -> list[Step]:
    """The steps of the trade before a title comes out, the first one first; none where its day is not known."""
    if not _whole(pub_date):
        return []
    day = date.fromisoformat(_whole(pub_date))
    steps = _lead_times()["step"]
    return [
        Step(step["name"], *((day - timedelta(weeks=step[end])).isoformat() for end in ("from_weeks", "until_weeks")))
        for step in steps
    ]


@cache
def transit() -> Transit:
    """What is known of the post."""
    data = tomllib.loads(resource("transit.toml").read_text(encoding="utf-8"))
    near = tuple((frozenset(group["countries"]), int(group["days"])) for group in data["near"])
    return Transit(data["handling"], data["customs"], data["home"], data["within"], near, data["far"]["days"],
                   frozenset(data["union"]["countries"]))  # fmt: skip


@cache
def _lead_times() -> dict[str, Any]:
    return tomllib.loads(resource("lead_times.toml").read_text(encoding="utf-8"))


def _before(time: ReadingTime) -> tuple[int, bool]:
    """How many days before the day she should have it, and whether that is her own time."""
    usual = int(_lead_times()["reach_days"])
    return (max(usual, time.days), True) if time.is_hers else (usual, False)


def _working(day: date) -> date:
    """A day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def _whole(day: str | None) -> str:
    known = day or ""
    return known if len(known) == _WHOLE_DAY else f"{known}-01" if len(known) == _MONTH else ""


def _countries(people: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(people), _CHUNK):
        some = Address.person.in_(list(people[start : start + _CHUNK])) & (Address.is_current == 1)
        found.update(Address.select(Address.person, Address.country).where(some).order_by(Address.id).tuples())
    return found


def _packed(gifts: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(gifts), _CHUNK):
        some = Gift.select(Gift.id).where(Gift.id.in_(list(gifts[start : start + _CHUNK])) & is_packed())
        found.update(gift for (gift,) in some.tuples())
    return found
