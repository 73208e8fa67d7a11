"""Events that were held, as plain values: what each cost, who came, and what it sold."""

from dataclasses import dataclass
from typing import Any

from outreach.fields.hours import there_at
from outreach.fields.money import Money
from outreach.store.models import Event, EventSale, Item

_HELD = "held"


@dataclass(frozen=True, slots=True)
class EventLine:
    """What an event sold of one thing; a companion is anything but the event's title."""

    item_id: int | None
    name: str
    is_companion: bool
    units: int
    money: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event that was held.

    Attributes:
        day: That on which it was, there.
        cost: What it cost; nothing where that is not known.
    """

    id: int
    name: str
    day: str
    item_id: int | None
    campaign_id: int | None
    person_id: int | None
    came: int | None
    cost: tuple[Money, ...]
    lines: tuple[EventLine, ...] = ()


def held_events(where: Any = None) -> list[EventFacts]:
    """The events that were held, or those of them that a condition names, in the order of their days."""
    sold: dict[int, list[tuple[Any, ...]]] = {}
    lines = EventSale.select(EventSale.event, EventSale.item, Item.title, EventSale.name, EventSale.units,
                             EventSale.amount_minor, EventSale.currency).left_outer_join(Item)  # fmt: skip
    for event, *line in lines.order_by(EventSale.id).tuples():
        sold.setdefault(event, []).append(tuple(line))
    query = Event.select().where(Event.state == _HELD).order_by(Event.starts_at, Event.id)
    return [_facts(row, sold.get(row.id, [])) for row in (query if where is None else query.where(where))]


def _facts(row: Event, lines: list[tuple[Any, ...]]) -> EventFacts:
    return EventFacts(
        id=row.id, name=row.name, day=there_at(row.starts_at, row.zone).date().isoformat(), item_id=row.item_id,
        campaign_id=row.campaign_id, person_id=row.person_id, came=row.came,
        cost=() if row.cost_minor is None else (Money(row.cost_currency, row.cost_minor),),
        lines=tuple(
            EventLine(item, title or name, item is None or item != row.item_id, units,
                      () if minor is None else (Money(currency, minor),))
            for item, title, name, units, minor, currency in lines
        ),
    )  # fmt: skip
