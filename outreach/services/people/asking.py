"""From which day someone may be asked again, of anything or about one title: "not now, ask in autumn".

The day stands on the person or on the gift. Until then nobody plans anything for her by surprise; from then on she is
somebody like any other, and Today says so until she is asked or set aside.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.people.suppressions import suppressed_people
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Person

#: What may stand before a day: "in March", "ab 1. März".
_BEFORE = re.compile(r"^(?:in |im |on |am )?(?:from |ab )?(?:dem )?")
#: "in 3 weeks": how long, and in what.
_IN = re.compile(
    r"(?:in )?([0-9]{1,2}) (?:(?P<week>weeks?|wochen?)|(?P<month>months?|monate?n?)|(?P<year>years?|jahre?n?))"
)
_WHOLE_DAY = len("2026-11-24")
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A word for a day to come.

    Attributes:
        name: Its name, of which the shown word is a term.
        months: How many months on it begins, on their first; 0 where it is a day of the year.
        begins: That day of the year, month and day.
        words: What people type for it, folded.
        offered: Whether the window offers it.
    """

    name: str
    months: int
    begins: tuple[int, int]
    words: tuple[str, ...]
    offered: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Someone whose day has come.

    Attributes:
        since: The day from which she may be asked.
        title: About which title; empty for any.
    """

    person_id: int
    person: str
    since: str
    gift_id: int | None = None
    title: str = ""


@cache
def choices() -> tuple[Choice, ...]:
    """The words of ``resources/asking.toml``, where they stand."""
    data = tomllib.loads(resource("asking.toml").read_text(encoding="utf-8"))

    def begins(entry: dict[str, dict[str, str]]) -> tuple[int, int]:
        month, _, day = entry.get("begins", {}).get(data["hemisphere"], "01-01").partition("-")
        return int(month), int(day)

    return tuple(
        Choice(entry["name"], entry.get("months", 0), begins(entry), tuple(map(fold, entry["words"])),
               entry.get("offered", True))
        for entry in data["choice"]
    )  # fmt: skip


def first_day(choice: Choice, today: date) -> str:
    """The ISO day on which a choice begins next; never today itself."""
    if choice.months:
        return months_on(today, choice.months).replace(day=1).isoformat()
    month, day = choice.begins
    this_year = date(today.year, month, day)
    return (this_year if this_year > today else this_year.replace(year=today.year + 1)).isoformat()


def offers(today: date) -> list[tuple[str, str]]:
    """What the window offers: names of choices with their days, the nearest first."""
    found = [(choice.name, first_day(choice, today)) for choice in choices() if choice.offered]
    return sorted(found, key=lambda each: each[1])


def day_of(text: str, today: date) -> str:
    """The ISO day that people mean by "autumn", "next month", "in 3 weeks", "march" or "3 March"; empty for none.

    It is always still to come: a month or a day that is over this year is meant for the next one.
    """
    words = fold(text)
    for choice in choices():
        if words in choice.words:
            return first_day(choice, today)
    spoken = _IN.fullmatch(words)
    if spoken:
        number = int(spoken[1])
        if spoken["week"]:
            return (today + timedelta(weeks=number)).isoformat() if number else ""
        months = number * (_MONTHS_A_YEAR if spoken["year"] else 1)
        return months_on(today, months).isoformat() if number else ""
    return _written(_BEFORE.sub("", words), today)


def _written(words: str, today: date) -> str:
    """A day or a month as it is written; with no year said, the next one."""
    day = parse_day(words)
    if day is None:
        day = next(
            (found for year in (today.year, today.year + 1)
             if (found := parse_day(f"{words} {year}")) and _begun(found) > today.isoformat()),
            None,
        )  # fmt: skip
    begun = _begun(day or "")
    return begun if begun > today.isoformat() else ""


def _begun(day: str) -> str:
    """A day that is known to its month as the first of it; empty for a bare year, which nobody means by a number."""
    if len(day) == len("2026-11"):
        return f"{day}-01"
    return day if len(day) == _WHOLE_DAY else ""


def months_on(today: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(today.year * _MONTHS_A_YEAR + today.month - 1 + months, _MONTHS_A_YEAR)
    for day in range(today.day, today.day - 4, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def checked_day(store: Store, text: str) -> str | None:
    """A day to ask again as the user gave it, in words or as a day; None where nothing is given.

    Raises:
        KnownError: ``asking.no_day`` when it is no day to come.
    """
    if not text.strip():
        return None
    day = day_of(text, store.today())
    if not day:
        raise KnownError("asking.no_day", value=text)
    return day


def not_yet(store: Store, people: Sequence[int] | None = None) -> dict[int, str]:
    """Who is not to be asked of anything yet, of all people or of those named, each with her day."""
    query = Person.select(Person.id, Person.ask_again_on).where(Person.ask_again_on > store.today().isoformat())
    return dict((query if people is None else query.where(Person.id.in_(among(people)))).tuples())


def refuse_not_yet(store: Store, people: Sequence[int]) -> None:
    """Nothing is asked of someone before her day.

    Raises:
        KnownError: ``asking.not_yet``.
    """
    waiting = not_yet(store, people)
    if waiting:
        person = min(waiting)
        raise KnownError("asking.not_yet", person=Person.get_by_id(person).name, from_day=waiting[person])


def due(store: Store) -> list[Due]:
    """Whose day has come, those who wait longest first; nobody who asked not to be contacted."""
    today = store.today().isoformat()
    people = Person.select(Person.id, Person.name, Person.ask_again_on).where(Person.ask_again_on <= today)
    found = [Due(*row) for row in people.tuples()]
    gifts = Gift.select(Person.id, Person.name, Gift.ask_again_on, Gift.id, Item.title)
    gifts = gifts.join(Person).switch(Gift).join(Item).where(Gift.ask_again_on <= today)
    found.extend(Due(*row) for row in gifts.tuples())
    suppressed = suppressed_people(store, [each.person_id for each in found]) if found else frozenset()
    kept = [each for each in found if each.person_id not in suppressed]
    return sorted(kept, key=lambda each: (each.since, each.person_id, each.gift_id or 0))


#: States of a gift, as `outreach.services.gifts.gifts` names them, in which its person may still be asked.
_STILL_TO_ASK = ("considered", "chosen", "asked", "declined")


@dataclass(frozen=True, slots=True)
class Later:
    """What someone may be asked about, and from which day on.

    Attributes:
        gift_id: The gift that it is about; None for anything.
        title: Its title.
        day: The ISO day; empty where none is noted.
    """

    gift_id: int | None
    title: str
    day: str


def days_of(person_id: int) -> list[Later]:
    """From which days a person may be asked: of anything, then by each gift that is still open or was declined."""
    person = Person.get_or_none(Person.id == person_id)
    if person is None:
        return []
    gifts = Gift.select(Gift.id, Item.title, Gift.ask_again_on).join(Item).where(
        (Gift.person == person_id) & (Gift.state.in_(_STILL_TO_ASK) | Gift.ask_again_on.is_null(False))
    )  # fmt: skip
    found = [Later(gift_id, title, day or "") for gift_id, title, day in gifts.order_by(-Gift.id).tuples()]
    return [Later(None, "", person.ask_again_on or ""), *found]


def put_off(store: Store, *, people: Sequence[int] = (), gifts: Sequence[int] = (), on: str | None) -> Changes:
    """Say from which day some people may be asked again, of anything or about the title of a gift.

    Args:
        store: The open workspace.
        people: Who.
        gifts: Which gifts of theirs.
        on: A day or words for one, as `day_of` reads them; None takes the day off, which is to set them aside.

    Raises:
        KnownError: ``asking.no_day``.
    """
    day = checked_day(store, on or "")
    with store.operation(Op.ASK_AGAIN) as written:
        for person in people:
            Person.update(ask_again_on=day, updated_at=store.now()).where(Person.id == person).execute()
        for gift in gifts:
            Gift.update(ask_again_on=day).where(Gift.id == gift).execute()
    return written.changes


def set_aside(store: Store) -> Changes:
    """Take the day off everybody whose day has come; they stay whom they are."""
    waiting = due(store)
    return put_off(
        store,
        people=[each.person_id for each in waiting if each.gift_id is None],
        gifts=[each.gift_id for each in waiting if each.gift_id is not None],
        on=None,
    )
