"""Events: signings, workshops, talks, broadcasts; who came, what was sold of the title and beside it, what it cost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.hours import there_at
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.catalogue.editions import parse_price
from outreach.services.people.fields import time_zone
from outreach.services.zones import home_zone, moment_of
from outreach.store.database import Store
from outreach.store.models import Event, EventSale, Item, Person, Venue

#: What can be changed of an event, each as text.
EVENT_FIELDS = ("name", "kind", "starts", "minutes", "came", "cost", "note")
#: A change of one of these is told to calendars, as a new sequence number.
_TOLD = frozenset({"name", "starts_at", "minutes", "state"})
_MOST, _LONGEST = 10_000_000, 14 * 24 * 60


class EventKind(StrEnum):
    """What sort of event it is."""

    SIGNING = "signing"
    STOCK_SIGNING = "stock_signing"
    WORKSHOP = "workshop"
    RADIO = "radio"
    TALK = "talk"


class EventState(StrEnum):
    """How it stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to plan; its hour is told in the venue's zone, or in this computer's."""

    name: str
    kind: EventKind
    starts: str
    minutes: int = 90
    zone: str = ""
    item_id: int | None = None
    venue_id: int | None = None
    person_id: int | None = None
    campaign_id: int | None = None
    cost: Decimal | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """What an event sold of one thing; a companion is anything but the event's title."""

    id: int
    name: str
    item_id: int | None
    is_companion: bool
    units: int
    amount_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as a line of a list.

    Attributes:
        sold: Units of its title, and of companion items.
        takings: What was taken, by currency, in minor units.
        net: Takings less cost in the currency of the cost; None where one of them is not known, or another currency
            was taken too, since nothing is converted.
    """

    id: int
    name: str
    kind: str
    state: str
    day: str
    hour: str
    zone: str
    starts_at: str
    minutes: int
    item_id: int | None
    title: str
    venue_id: int | None
    venue: str
    person_id: int | None
    person: str
    came: int | None
    cost_minor: int | None
    cost_currency: str
    sold: int
    companions: int
    takings: tuple[tuple[str, int], ...]
    net: int | None
    sales: tuple[SaleRow, ...]
    note: str
    uid: str
    sequence: int


def plan_event(store: Store, new: NewEvent) -> tuple[int, Changes]:
    """Plan an event, or note one that took place.

    Raises:
        KnownError: ``events.no_name``, ``events.bad_minutes``, ``hours.bad_hour``, ``hours.skipped``,
            ``people.bad_time_zone``, ``catalogue.bad_price``.
    """
    if not clean(new.name):
        raise KnownError("events.no_name")
    _refuse_minutes(new.minutes)
    venue = Venue.get_or_none(Venue.id == new.venue_id) if new.venue_id else None
    where = time_zone(clean(new.zone)) or (venue.zone if venue else "") or home_zone()
    starts = moment_of(new.starts, where)
    if new.cost is not None and not new.currency:
        raise KnownError("catalogue.bad_price", value=str(new.cost))
    with store.operation(Op.PLAN_EVENT) as written:
        made = Event.create(
            name=clean(new.name), name_key=fold(new.name), kind=new.kind.value, state=EventState.PLANNED.value,
            item=new.item_id, venue=new.venue_id, person=new.person_id or (venue.person_id if venue else None),
            campaign=new.campaign_id, uid=f"event-{uuid.uuid4()}@outreach", starts_at=starts, minutes=new.minutes,
            zone=where, cost_minor=None if new.cost is None else to_minor(new.cost, new.currency),
            cost_currency=new.currency if new.cost is not None else "", note=clean_lines(new.note), by=store.by,
            created_at=store.now(), changed_at=store.now(),
        )  # fmt: skip
    return int(made.id), written.changes


def edit_event(store: Store, event_id: int, values: Mapping[str, str]) -> Changes:
    """Change an event, by names of `EVENT_FIELDS`.

    Raises:
        KnownError: as `plan_event`, ``events.unknown_kind``, ``events.bad_number``, ``catalogue.unknown_field``.
    """
    event = Event.get_by_id(event_id)
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(event, name, value)
    with store.operation(Op.PLAN_EVENT) as written:
        _change(store, event, columns)
    return written.changes


def end_event(store: Store, event_id: int, to: EventState, came: int | None = None) -> Changes:
    """Note that an event was held, and how many came, or that it was cancelled.

    Raises:
        KnownError: ``events.to_come``, ``events.bad_number``.
    """
    event = Event.get_by_id(event_id)
    if to is EventState.HELD and event.starts_at > store.now():
        raise KnownError("events.to_come", event=f"t{event_id}")
    columns: dict[str, Any] = {"state": to.value}
    if came is not None:
        columns["came"] = _counted(came)
    with store.operation(Op.PLAN_EVENT) as written:
        _change(store, event, columns)
    return written.changes


def remove_event(store: Store, event_id: int) -> Changes:
    """Take an event away with what it sold, such as one that was noted twice; one that others know of is cancelled."""
    with store.operation(Op.REMOVE_EVENT) as written:
        Event.delete().where(Event.id == event_id).execute()
    return written.changes


def note_sale(  # noqa: PLR0913 - all of one line
    store: Store, event_id: int, units: int, *, item_id: int | None = None, name: str = "",
    amount: Decimal | None = None, currency: str = "",
) -> Changes:  # fmt: skip
    """Note what an event sold of its title, of another item of ours, or of something else by its name.

    Raises:
        KnownError: ``events.bad_number``, ``events.nothing_sold``, ``catalogue.bad_price``.
    """
    if not 1 <= units <= _MOST:
        raise KnownError("events.bad_number", number=units)
    if amount is not None and not currency:
        raise KnownError("catalogue.bad_price", value=str(amount))
    item = item_id if item_id is not None or clean(name) else Event.get_by_id(event_id).item_id
    if item is None and not clean(name):
        raise KnownError("events.nothing_sold")
    with store.operation(Op.NOTE_SALES) as written:
        EventSale.create(
            event=event_id, item=item, name="" if item is not None else clean(name), units=units,
            amount_minor=None if amount is None else to_minor(amount, currency),
            currency=currency if amount is not None else "", by=store.by,
        )  # fmt: skip
    return written.changes


def drop_sale(store: Store, sale_id: int) -> Changes:
    """Take a line of an event's sales away."""
    with store.operation(Op.NOTE_SALES) as written:
        EventSale.delete().where(EventSale.id == sale_id).execute()
    return written.changes


def list_events(event_id: int | None = None) -> list[EventRow]:
    """Events, the latest first."""
    query = Event.select(Event, Item, Venue, Person).left_outer_join(Item).switch(Event).left_outer_join(Venue)
    query = query.switch(Event).left_outer_join(Person, on=(Event.person == Person.id))
    if event_id is not None:
        query = query.where(Event.id == event_id)
    rows = list(query.order_by(Event.starts_at.desc(), Event.id.desc()))
    sales: dict[int, list[EventSale]] = {}
    for sale in EventSale.select(EventSale, Item).left_outer_join(Item).order_by(EventSale.id):
        sales.setdefault(sale.event_id, []).append(sale)
    return [_row(row, sales.get(row.id, [])) for row in rows]


def _row(row: Event, sales: list[EventSale]) -> EventRow:
    lines = tuple(
        SaleRow(
            sale.id, sale.item.title if sale.item_id else sale.name, sale.item_id,
            sale.item_id is None or sale.item_id != row.item_id, sale.units, sale.amount_minor, sale.currency,
        )
        for sale in sales
    )  # fmt: skip
    takings: dict[str, int] = {}
    for line in lines:
        if line.amount_minor is not None:
            takings[line.currency] = takings.get(line.currency, 0) + line.amount_minor
    here = there_at(row.starts_at, row.zone)
    return EventRow(
        id=row.id, name=row.name, kind=row.kind, state=row.state, day=here.date().isoformat(),
        hour=here.strftime("%H:%M"), zone=row.zone, starts_at=row.starts_at, minutes=row.minutes, item_id=row.item_id,
        title=row.item.title if row.item_id else "", venue_id=row.venue_id,
        venue=row.venue.name if row.venue_id else "", person_id=row.person_id,
        person=row.person.name if row.person_id else "", came=row.came, cost_minor=row.cost_minor,
        cost_currency=row.cost_currency, sold=sum(line.units for line in lines if not line.is_companion),
        companions=sum(line.units for line in lines if line.is_companion), takings=tuple(sorted(takings.items())),
        net=_net(row, takings), sales=lines, note=row.note, uid=row.uid, sequence=row.sequence,
    )  # fmt: skip


def _net(row: Event, takings: Mapping[str, int]) -> int | None:
    if row.cost_minor is None or not takings or set(takings) != {row.cost_currency}:
        return None
    return takings[row.cost_currency] - int(row.cost_minor)


def _column(event: Event, name: str, value: str) -> dict[str, Any]:
    if name == "name":
        if not clean(value):
            raise KnownError("events.no_name")
        return {"name": clean(value), "name_key": fold(value)}
    if name == "kind":
        if value not in set(EventKind):
            raise KnownError("events.unknown_kind", value=value, known=", ".join(EventKind))
        return {"kind": value}
    if name == "starts":
        return {"starts_at": moment_of(value, event.zone)}
    if name == "minutes":
        minutes = int(value) if value.strip().isdecimal() else 0
        _refuse_minutes(minutes)
        return {"minutes": minutes}
    if name == "came":
        return {"came": _counted(int(value) if value.strip().isdecimal() else -1) if value.strip() else None}
    if name == "cost":
        amount, currency = parse_price(value, event.cost_currency)
        return {"cost_minor": None if amount is None else to_minor(amount, currency), "cost_currency": currency}
    if name == "note":
        return {"note": clean_lines(value)}
    raise KnownError("catalogue.unknown_field", name=name, known=", ".join(EVENT_FIELDS))


def _change(store: Store, event: Event, columns: dict[str, Any]) -> None:
    changed = {name: value for name, value in columns.items() if value != getattr(event, name)}
    if changed:
        if _TOLD & set(changed):
            changed["sequence"] = event.sequence + 1
        Event.update(**changed, changed_at=store.now()).where(Event.id == event.id).execute()


def _counted(number: int) -> int:
    if not 0 <= number <= _MOST:
        raise KnownError("events.bad_number", number=number)
    return number


def _refuse_minutes(minutes: int) -> None:
    if not 1 <= minutes <= _LONGEST:
        raise KnownError("events.bad_minutes", number=minutes)
