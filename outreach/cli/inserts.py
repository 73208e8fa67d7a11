"""Inserts: list, add, edit, count, put into parcels, take out."""

import click

from outreach.cli.frame import Session, group, money, plain, subcommand, table
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.catalogue import inserts as service
from outreach.services.catalogue.editions import parse_price
from outreach.services.catalogue.inserts import InsertKind, InsertRow, NewInsert

inserts = group("inserts", "Cards, swag and bookplates that go into parcels, and how many are left.")

_REF = click.argument("ref")
_IN = click.option("--in", "parcels", multiple=True, metavar="REF", help="A parcel that is being packed, such as s4.")
_KINDS = click.Choice([kind.value for kind in InsertKind])


@subcommand(inserts, "list")
@click.option("--item", help="Only those that go with this title.")
def list_inserts(session: Session, item: str | None) -> None:
    """List inserts, how many are left and how many are in parcels.

    \b
    Example:
      outreach inserts list
    """
    with session.reading():
        rows = service.list_inserts(refs.item_id(item) if item else None)
    words = session.words
    session.show(
        [_data(row) for row in rows],
        lambda: [
            *table(
                ("", "Insert", "Kind", "Goes with", "Left", "In parcels", "Cost"),
                [
                    (
                        f"x{row.id}",
                        row.name,
                        words.term("insert_kind", row.kind),
                        row.title or row.campaign,
                        row.left,
                        row.out,
                        "" if row.cost_minor is None else words.money(row.cost_minor, row.cost_currency),
                    )
                    for row in rows
                ],
            ),
            words.count("inserts", len(rows)),
        ],
    )


@subcommand(inserts, "add")
@click.argument("name")
@click.option("--kind", type=_KINDS, default=InsertKind.INSERT.value, show_default=True)
@click.option("--item", help="The title it goes with.")
@click.option("--campaign", help="The campaign it goes with.")
@click.option("--cost", default="", help="What one costs you, such as 0.35 GBP.")
@click.option("--count", type=click.IntRange(min=0), help="How many are here; without it they are not counted.")
def add(
    session: Session, name: str, kind: str, item: str | None, campaign: str | None, cost: str, count: int | None
) -> None:
    """Add an insert: a card, swag, a bookplate.

    \b
    Example:
      outreach inserts add "Salt Orchard bookmark" --item "The Salt Orchard" --cost "0.12 GBP" --count 200
    """
    with session.writing() as store:
        amount, currency = parse_price(cost)
        new = NewInsert(
            name,
            InsertKind(kind),
            refs.item_id(item) if item else None,
            refs.campaign_id(campaign) if campaign else None,
            amount,
            currency,
            count,
        )
        made, _ = service.add_insert(store, new)
    session.show({"insert": f"x{made}"}, lambda: [session.words.say("inserts.added", name=name, insert=f"x{made}")])


@subcommand(inserts, "edit")
@_REF
@click.option("--name")
@click.option("--kind", type=_KINDS)
@click.option("--cost", help="What one costs you, such as 0.35 GBP; empty takes it away.")
@click.option("--item", help="The title it goes with; empty for any.")
def edit(session: Session, ref: str, item: str | None, **given: str | None) -> None:
    """Change an insert.

    \b
    Example:
      outreach inserts edit x3 --cost "0.15 GBP"
    """
    with session.writing() as store:
        insert = refs.insert_id(ref)
        values = {name: value for name, value in given.items() if value is not None}
        if item is not None:
            values["item"] = str(refs.item_id(item)) if item else ""
        service.edit_insert(store, insert, values)
    session.show({"insert": f"x{insert}"}, lambda: [session.words.say("inserts.edited", insert=f"x{insert}")])


@subcommand(inserts, "count")
@_REF
@click.option("--add", "more", type=int, help="How many came; negative when some are gone.")
@click.option("--here", type=click.IntRange(min=0), help="How many a count found here.")
@click.option("--note", default="")
def count(session: Session, ref: str, more: int | None, here: int | None, note: str) -> None:
    """Note that some of an insert came or are gone, or what a count found; they are counted from then on.

    \b
    Examples:
      outreach inserts count x3 --add 100 --note "from the printer"
      outreach inserts count x3 --here 87
    """
    if (more is None) == (here is None):
        raise click.UsageError(said("--add says what came, --here what is here: name one of them."))
    with session.writing() as store:
        insert = refs.insert_id(ref)
        if here is not None:
            service.count_inserts(store, insert, here, note)
        elif more is not None:
            service.move_inserts(store, insert, more, note)
        row = _row(insert)
    session.show(_data(row), lambda: [_left(session, row)])


@subcommand(inserts, "put")
@_REF
@_IN
@click.option("--each", type=int, default=1, show_default=True, help="How many into each parcel.")
def put(session: Session, ref: str, parcels: tuple[str, ...], each: int) -> None:
    """Put an insert into parcels that are being packed: those named, or all that it goes with and is not in yet.

    \b
    Examples:
      outreach inserts put "Salt Orchard bookmark"
      outreach inserts put x3 --in s4 --in s5 --each 2
    """
    with session.writing() as store:
        insert = refs.insert_id(ref)
        chosen = [refs.shipment_id(parcel) for parcel in parcels] or service.fitting_parcels(insert)
        service.put_in(store, insert, chosen, each)
        row = _row(insert)
    words = session.words
    named = [f"s{parcel}" for parcel in dict.fromkeys(chosen)]
    session.show(
        {**_data(row), "parcels": named},
        lambda: [
            words.say(
                "inserts.put", name=row.name, parcels=words.count("parcels", len(named)), which=words.listing(named)
            ),
            _left(session, row),
        ],
    )


@subcommand(inserts, "take")
@_REF
@_IN
def take(session: Session, ref: str, parcels: tuple[str, ...]) -> None:
    """Take an insert out of parcels that are being packed.

    \b
    Example:
      outreach inserts take x3 --in s4
    """
    with session.writing() as store:
        insert = refs.insert_id(ref)
        chosen = list(dict.fromkeys(refs.shipment_id(parcel) for parcel in parcels))
        service.take_out(store, insert, chosen)
        row = _row(insert)
    words = session.words
    named = [f"s{parcel}" for parcel in chosen]
    session.show(
        {**_data(row), "parcels": named},
        lambda: [
            words.say(
                "inserts.taken", name=row.name, parcels=words.count("parcels", len(named)), which=words.listing(named)
            ),
            _left(session, row),
        ],
    )


def _row(insert: int) -> InsertRow:
    return next(row for row in service.list_inserts() if row.id == insert)


def _data(row: InsertRow) -> dict[str, object]:
    data = {name: value for name, value in plain(row).items() if not name.startswith("cost_")}
    return {**data, "id": f"x{row.id}", "cost": money(row.cost_minor, row.cost_currency)}


def _left(session: Session, row: InsertRow) -> str:
    if row.left is None:
        return session.words.say("inserts.uncounted", name=row.name)
    return session.words.say("inserts.left", name=row.name, left=row.left)
