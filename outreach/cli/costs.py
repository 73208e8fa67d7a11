"""What parcels cost: one shown whole, postage noted, sums by deal and currency."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from outreach.cli.frame import Session, money, subcommand, table
from outreach.cli.parcel_data import with_costs
from outreach.cli.shipments import shipments
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.shipments import costs as service
from outreach.services.shipments.costs import CostTotal, ParcelCost
from outreach.services.shipments.shipments import ShipmentRow, list_shipments
from outreach.wording import Words


@subcommand(shipments, "show")
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    """Show a parcel: where it goes, what is in it, and what it cost.

    \b
    Example:
      outreach shipments show s4
    """
    with session.reading():
        rows = list_shipments(ids=[refs.shipment_id(ref)])
        data = with_costs(rows)[0]
        cost = service.parcel_costs([rows[0].id])[rows[0].id]
    session.show(data, lambda: _lines(session.words, rows[0], cost, data["inserts"]))


@subcommand(shipments, "postage")
@click.argument("refs_", metavar="REF…", nargs=-1, required=True)
@click.option("--postage", help="What each cost to send, such as 3.49 GBP; empty takes it away.")
@click.option("--service", help="The carrier's service, such as Tracked 48.")
@click.option("--weight", help="What each weighs, such as 420 g or 1.2 kg.")
def postage(session: Session, refs_: tuple[str, ...], **given: str | None) -> None:
    """Note what parcels each cost to send, by which service, and what they weigh.

    \b
    Example:
      outreach shipments postage s4 s5 --postage "3.49 GBP" --service "Tracked 48" --weight 420
    """
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        raise click.UsageError(said("Say what is noted: --postage, --service, or --weight."))
    with session.writing() as store:
        ids = list(dict.fromkeys(refs.shipment_id(each) for each in refs_))
        service.note_postage(store, ids, values)
        data = with_costs(list_shipments(ids=ids))
    words = session.words
    named = words.listing([f"s{each}" for each in ids])
    session.show(data, lambda: [words.say("costs.noted", parcels=words.count("parcels", len(ids)), which=named)])


@subcommand(shipments, "costs")
@click.option("--item", help="Only parcels that hold this title.")
@click.option("--campaign", help="Only parcels that hold gifts of this campaign.")
def costs(session: Session, item: str | None, campaign: str | None) -> None:
    """Sum up what parcels cost: copies, inserts, postage. Deals and currencies are never added together.

    \b
    Example:
      outreach shipments costs --item "The Salt Orchard"
    """
    with session.reading():
        ids = service.parcels_of(refs.item_id(item) if item else None, refs.campaign_id(campaign) if campaign else None)
        found = service.cost_totals(service.parcel_costs(ids).values())
    words = session.words
    data = {
        "totals": [_total_data(row) for row in found.totals],
        "parcels_without_postage": found.no_postage,
        "copies_without_cost": found.unknown_copies,
    }

    def lines() -> Iterator[str]:
        rows = [_total_cells(words, row) for row in found.totals]
        if rows:
            yield from table(("For", "Currency", "Parcels", "Copies", "Inserts", "Postage", "Together"), rows)
        else:
            yield words.say("costs.nothing")
        if found.no_postage:
            yield words.count("costs.no_postage", found.no_postage)
        if found.unknown_copies:
            yield words.count("costs.unknown", found.unknown_copies)

    session.show(data, lines)


def _total_data(row: CostTotal) -> dict[str, Any]:
    parts = {"copies": row.copies, "inserts": row.inserts, "postage": row.postage, "together": row.total}
    shown = {name: money(minor, row.currency) for name, minor in parts.items()}
    return {"deal": row.deal, "currency": row.currency, "parcels": row.parcels, **shown}


def _total_cells(words: Words, row: CostTotal) -> tuple[str, ...]:
    amounts = (row.copies, row.inserts, row.postage, row.total)
    shown = (words.money(minor, row.currency) for minor in amounts)
    return (words.term("cost_deal", row.deal), row.currency, words.number(row.parcels), *shown)


def _lines(words: Words, row: ShipmentRow, cost: ParcelCost, beside: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"s{row.id}  {row.person}  {words.term('shipment_state', row.state)}"
    yield row.contents
    if beside:
        named = [f"{each['quantity']} × {each['name']}" for each in beside]
        yield words.say("costs.beside", inserts=", ".join(named))
    if row.carrier or row.tracking_number or cost.service:
        yield " ".join(filter(None, (row.carrier, cost.service, row.tracking_number)))
    if cost.weight_grams:
        yield words.say("costs.weight", grams=cost.weight_grams)
    for deal, amounts in cost.copies.items():
        if amounts:
            yield words.say("costs.copies", deal=words.term("behind", deal), amounts=_money(words, amounts))
    if cost.inserts:
        yield words.say("costs.inserts", amounts=_money(words, cost.inserts))
    if cost.postage:
        yield words.say("costs.postage", amounts=_money(words, cost.postage))
    if cost.came_back:
        yield words.say("costs.came_back")
    if cost.unknown_copies:
        yield words.count("costs.unknown", cost.unknown_copies)


def _money(words: Words, amounts: Mapping[str, int]) -> str:
    return ", ".join(words.money(minor, currency) for currency, minor in sorted(amounts.items()))
