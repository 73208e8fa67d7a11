"""The dates of the weeks to come: what comes out, embargoes, campaigns, clubs, people to ask again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.services.campaigns.steps import steps_due
from outreach.store.database import Store
from outreach.store.models import Campaign, Club, Gift, Item, Person

_WEEK = timedelta(days=7)
_WEEKS, _MOST = 9, 8
#: So many steps of campaigns stand here, of the next weeks alone; the others come up when these are done.
_STEPS, _STEP_WEEKS = 3, 2

#: The days that a title may have, and what each is called.
_OF_TITLES = (
    ("out", Item.pub_date),
    ("on_sale", Item.on_sale_date),
    ("reviews", Item.review_embargo),
    ("sales", Item.sales_embargo),
)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that a day to come brings.

    Attributes:
        day: The ISO day.
        code: ``out``, ``on_sale``, ``reviews`` or ``sales`` (from then on they may appear), ``campaign_begins``,
            ``campaign_ends``, ``campaign_step`` (one that was due before stands on today), ``club`` or ``ask_again``.
        name: The title, the campaign or the club, or who is to be asked again.
        detail: The author, the host; further names.
        row_id: The id of it.
        count: How many people, for ``ask_again``.
        is_book: Whether a title's name is set as one.
    """

    day: str
    code: str
    name: str
    detail: str
    row_id: int
    count: int = 1
    is_book: bool = True


def coming(store: Store) -> list[Coming]:
    """What the next weeks bring, the nearest first; at most as much as stands beside a page."""
    first = store.today()
    last = first + _WEEKS * _WEEK
    found = [
        *_titles(first, last),
        *_campaigns(first, last),
        *_steps(first),
        *_clubs(first, last),
        *_people(first, last),
    ]
    return sorted(found, key=lambda each: (each.day, each.code, each.name))[:_MOST]


def is_this_week(day: str, today: date) -> bool:
    """Whether a day is one of the seven that begin today."""
    return day < (today + _WEEK).isoformat()


def _titles(first: date, last: date) -> Iterator[Coming]:
    for code, column in _OF_TITLES:
        columns = (column, Item.title, Item.author, Item.id, Item.kind, Item.pub_date)
        rows = Item.select(*columns).where(column.between(first.isoformat(), last.isoformat()))
        for day, title, author, row_id, kind, out in rows.order_by(column, Item.id).limit(_MOST).tuples():
            # A title that is on sale on the day it comes out has one day, not two.
            if code != "on_sale" or day != out:
                yield Coming(day, code, title, author, row_id, is_book=kind == "book")


def _campaigns(first: date, last: date) -> Iterator[Coming]:
    for code, column in (("campaign_begins", Campaign.starts_on), ("campaign_ends", Campaign.ends_on)):
        rows = Campaign.select(column, Campaign.name, Campaign.id)
        rows = (
            rows.where(column.between(first.isoformat(), last.isoformat())).order_by(column, Campaign.id).limit(_MOST)
        )
        for day, name, row_id in rows.tuples():
            yield Coming(day, code, name, "", row_id)


def _steps(first: date) -> Iterator[Coming]:
    """What is to be done for campaigns that are open."""
    for step in steps_due((first + _STEP_WEEKS * _WEEK).isoformat())[:_STEPS]:
        day = max(step.due_on, first.isoformat())
        yield Coming(day, "campaign_step", step.name, step.campaign, step.campaign_id)


def _clubs(first: date, last: date) -> Iterator[Coming]:
    """Clubs that are to begin; when they meet is not noted yet."""
    rows = Club.select(Club.started_on, Club.name, Person.name, Club.id).left_outer_join(Person)
    rows = rows.where(Club.started_on.between(first.isoformat(), last.isoformat()) & (Club.state == "planned"))
    for day, name, host, row_id in rows.order_by(Club.started_on, Club.id).limit(_MOST).tuples():
        yield Coming(day, "club", name, host or "", row_id)


def _people(first: date, last: date) -> Iterator[Coming]:
    """Who may be asked again, together by day; whose day has come waits already."""
    days: dict[str, dict[int, str]] = {}
    after = first.isoformat()
    people = Person.select(Person.ask_again_on, Person.id, Person.name)
    gifts = Gift.select(Gift.ask_again_on, Person.id, Person.name).join(Person)
    for rows, column in ((people, Person.ask_again_on), (gifts, Gift.ask_again_on)):
        for day, row_id, name in rows.where((column > after) & (column <= last.isoformat())).order_by(column).tuples():
            days.setdefault(day, {})[row_id] = name
    for day, names in days.items():
        row_id, name = next(iter(names.items()))
        yield Coming(day, "ask_again", name, ", ".join(list(names.values())[1:4]), row_id, len(names))
