"""Events: list, show, add, edit, held, cancel, remove, sales."""

from decimal import Decimal

import click

from outreach.cli.frame import Session, group, money, plain, subcommand, table
from outreach.services import refs
from outreach.services.catalogue.editions import parse_price
from outreach.services.voices import events as service
from outreach.services.voices.events import EventKind, EventRow, EventState, NewEvent
from outreach.wording import Words

events = group("events", "Signings, workshops, talks and broadcasts: who came, what was sold, what it cost.")

_REF = click.argument("ref")
_KINDS = click.Choice([each.value for each in EventKind])


@subcommand(events, "list")
@click.option("--item", help="Only those of this title.")
def list_events(session: Session, item: str | None) -> None:
    """List events side by side: who came, what was sold of the title and beside it, cost, net. Nothing is converted.

    \b
    Example:
      outreach events list
    """
    with session.reading():
        title = refs.item_id(item) if item else None
        rows = [row for row in service.list_events() if title is None or row.item_id == title]
    words = session.words
    session.show(
        [_data(row) for row in rows],
        lambda: [
            *table(
                ("", "Event", "Kind", "Day", "Venue", "Came", "Title sold", "Beside it", "Taken", "Cost", "Net"),
                [
                    (
                        f"t{row.id}", row.name, words.term("event_kind", row.kind), words.day(row.day), row.venue,
                        row.came, row.sold, row.companions, _taken(words, row), _cost(words, row), _net(words, row),
                    )
                    for row in rows
                ],
            ),
            words.count("events", len(rows)),
        ],
    )  # fmt: skip


@subcommand(events, "show")
@_REF
def show_event(session: Session, ref: str) -> None:
    """Show an event and what it sold: REF is an id (t3) or a name.

    \b
    Example:
      outreach events show t3
    """
    with session.reading():
        row = service.list_events(refs.event_id(ref))[0]
    words = session.words

    def lines() -> list[str]:
        facts = (words.term("event_kind", row.kind), words.day(row.day), row.hour, row.venue, row.person, row.title)
        told = [click.style(f"{row.name}  t{row.id}", bold=True), ", ".join(filter(None, facts))]
        if row.came is not None:
            told.append(words.count("came", row.came))
        for sale in row.sales:
            amount = words.money(sale.amount_minor, sale.currency) if sale.amount_minor is not None else ""
            told.append(f"{sale.units} {', '.join(filter(None, (sale.name, amount)))}")
        if row.net is not None:
            told.append(words.say("events.net_of", day=words.day(row.day), net=_net(words, row)))
        return told

    session.show(_data(row), lines)


@subcommand(events, "add")
@click.argument("name")
@click.argument("starts")
@click.option("--kind", type=_KINDS, required=True)
@click.option("--minutes", type=int, default=90, show_default=True)
@click.option("--zone", default="", help="Its time zone; the venue's where it is not said.")
@click.option("--item", help="The title that it is for.")
@click.option("--venue", help="Where it is: a venue's id (v3) or name.")
@click.option("--person", help="Whom it is with, such as a radio host; the venue's person where it is not said.")
@click.option("--campaign", help="The campaign that it belongs to.")
@click.option("--cost", default="", help="What it costs you, such as “120 GBP”.")
@click.option("--note", default="")
def add(session: Session, name: str, starts: str, **given: str | None) -> None:
    """Plan an event. STARTS is its day and hour there, such as “2026-11-26 19:30”.

    \b
    Example:
      outreach events add "Hens for beginners" "2026-11-21 10:00" --kind workshop --item "Backyard Hens" --venue v3
    """
    text = {key: value for key, value in given.items() if isinstance(value, str)}
    with session.writing() as store:
        cost, currency = parse_price(text["cost"])
        new = NewEvent(
            name, EventKind(text["kind"]), starts, int(given["minutes"] or 0), text["zone"],
            refs.item_id(text["item"]) if "item" in text else None,
            refs.venue_id(text["venue"]) if "venue" in text else None,
            refs.person_id(text["person"]) if "person" in text else None,
            refs.campaign_id(text["campaign"]) if "campaign" in text else None, cost, currency, text["note"],
        )  # fmt: skip
        event, _ = service.plan_event(store, new)
    session.show({"event": f"t{event}"}, lambda: [session.words.say("events.planned", name=name, event=f"t{event}")])


@subcommand(events, "edit")
@_REF
@click.option("--name")
@click.option("--kind", type=_KINDS)
@click.option("--starts", help="Its day and hour there.")
@click.option("--minutes")
@click.option("--came", help="How many came.")
@click.option("--cost", help="What it costs you, such as “120 GBP”; empty takes it away.")
@click.option("--note")
def edit(session: Session, ref: str, **given: str | None) -> None:
    """Change an event.

    \b
    Example:
      outreach events edit t3 --starts "2026-11-28 10:00"
    """
    values = {name: value for name, value in given.items() if value is not None}
    with session.writing() as store:
        event = refs.event_id(ref)
        service.edit_event(store, event, values)
    _tell(session, event, "events.edited")


@subcommand(events, "held")
@_REF
@click.option("--came", type=click.IntRange(min=0), help="How many came.")
def held(session: Session, ref: str, came: int | None) -> None:
    """Note that an event was held, and how many came.

    \b
    Example:
      outreach events held t3 --came 120
    """
    _end(session, ref, EventState.HELD, came)


@subcommand(events, "cancel")
@_REF
def cancel(session: Session, ref: str) -> None:
    """Cancel an event. Calendars take it out when its calendar is exported again.

    \b
    Example:
      outreach events cancel t3
    """
    _end(session, ref, EventState.CANCELLED, None)


@subcommand(events, "remove")
@_REF
def remove(session: Session, ref: str) -> None:
    """Take an event away with what it sold, such as one noted twice. Cancel one that others know of instead.

    \b
    Example:
      outreach events remove t3
    """
    with session.writing() as store:
        event = refs.event_id(ref)
        service.remove_event(store, event)
    session.show({"removed": f"t{event}"}, lambda: [session.words.say("events.removed", event=f"t{event}")])


@subcommand(events, "sales")
@_REF
@click.argument("units", type=int)
@click.option("--item", help="Another item of yours that was sold; without it, the event's own title.")
@click.option("--other", default="", help="Something else that was sold beside it, by its name, such as “Feed, 10 kg”.")
@click.option("--amount", default="", help="What was taken for all of them, such as “239 USD”.")
def sales(session: Session, ref: str, units: int, item: str | None, other: str, amount: str) -> None:
    """Note how many UNITS an event sold: of its title, of a companion item, or of something else.

    \b
    Examples:
      outreach events sales t3 40 --amount "600 USD"
      outreach events sales t3 100 --other "Chicks" --amount "450 USD"
    """
    with session.writing() as store:
        event = refs.event_id(ref)
        paid: Decimal | None
        paid, currency = parse_price(amount)
        service.note_sale(
            store, event, units, item_id=refs.item_id(item) if item else None, name=other, amount=paid,
            currency=currency,
        )  # fmt: skip
    _tell(session, event, "events.sold")


def _end(session: Session, ref: str, to: EventState, came: int | None) -> None:
    with session.writing() as store:
        event = refs.event_id(ref)
        service.end_event(store, event, to, came)
    _tell(session, event, "events.edited")


def _tell(session: Session, event: int, code: str) -> None:
    with session.reading():
        row = service.list_events(event)[0]
    session.show(_data(row), lambda: [session.words.say(code, event=f"t{event}")])


def _data(row: EventRow) -> dict[str, object]:
    return {
        **plain(row),
        "takings": [money(amount, currency) for currency, amount in row.takings],
        "cost": money(row.cost_minor, row.cost_currency),
        "net": money(row.net, row.cost_currency),
    }


def _taken(words: Words, row: EventRow) -> str:
    return ", ".join(words.money(amount, currency) for currency, amount in row.takings)


def _cost(words: Words, row: EventRow) -> str:
    return "" if row.cost_minor is None else words.money(row.cost_minor, row.cost_currency)


def _net(words: Words, row: EventRow) -> str:
    return "" if row.net is None else words.money(row.net, row.cost_currency)
