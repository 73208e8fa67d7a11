"""Shipments: list, create, export, track, deliver, return, replace; `shipments_paper` prints for them."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.cli.parcel_data import with_costs
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.carrying.files import CarrierTable, carrier_rows, write_carrier_file
from outreach.services.carrying.layouts import layout
from outreach.services.gifts.gifts import GiftState
from outreach.services.gifts.gifts import list_gifts as gifts_of
from outreach.services.gifts.signing import Signing, signing_list
from outreach.services.shipments import shipments as service
from outreach.services.shipments.carriers import load_carriers, look_at
from outreach.services.shipments.shipments import ShipmentRow, ShipmentState

shipments = group(
    "shipments",
    "Pack, label, track and deliver parcels.",
    {"costs": ("show", "postage", "costs"), "shipments_paper": ("labels", "slips", "cards", "bookplates")},
)

_STATE = click.option("--state", type=click.Choice([state.value for state in ShipmentState]))
_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")
#: Which parcels a command is about.
ONLY = click.option("--only", multiple=True, metavar="REF", help="Only these parcels; else all that are to pack.")


@subcommand(shipments, "list")
@_STATE
def list_shipments(session: Session, state: str | None) -> None:
    """List parcels, the newest first.

    \b
    Example:
      outreach shipments list --state packing
    """
    with session.reading():
        rows = service.list_shipments(ShipmentState(state) if state else None)
        data = with_costs(rows) if session.as_json else []
    words = session.words
    session.show(
        data,
        lambda: [
            *table(
                ("", "To", "Contents", "Where", "Carrier", "Number", "Sent", "Delivered"),
                [
                    (
                        f"s{row.id}",
                        row.person,
                        row.contents,
                        words.term("shipment_state", row.state),
                        row.carrier,
                        row.tracking_number,
                        words.day(row.sent_on),
                        words.day(row.delivered_on),
                    )
                    for row in rows
                ],
            ),
            words.count("parcels", len(rows)),
        ],
    )


@subcommand(shipments, "create")
@click.option("--gift", "gift_refs", multiple=True, metavar="REF", help="An accepted gift, such as g12.")
@click.option("--item", help="All accepted gifts of this title.")
@click.option("--name", default="", help="What this batch is called.")
def create(session: Session, gift_refs: tuple[str, ...], item: str | None, name: str) -> None:
    """Pack accepted gifts, one parcel a person; the copies leave the stock.

    \b
    Examples:
      outreach shipments create --item "The Salt Orchard"
      outreach shipments create --gift g12 --gift g13 --name "Thursday"
    """
    if not gift_refs and item is None:
        raise click.UsageError(said("Say which gifts: --gift g12, or --item TITLE."))
    with session.writing() as store:
        ids = [refs.gift_id(each) for each in gift_refs]
        if item is not None:
            packed = {gift for row in service.list_shipments(ShipmentState.PACKING) for gift in row.gifts}
            accepted = gifts_of(store, item_id=refs.item_id(item), states=[GiftState.ACCEPTED])
            ids += [gift.id for gift in reversed(accepted) if gift.id not in packed]
        made, _ = service.create_shipments(store, list(dict.fromkeys(ids)), name)
        unsigned = [f"g{row.gift_id}" for row in signing_list(only=Signing.COPY, gifts=ids)]
    words = session.words
    named = words.listing([f"s{each}" for each in made])
    session.show(
        {"shipments": [f"s{each}" for each in made], **({"unsigned": unsigned} if unsigned else {})},
        lambda: [
            words.say("shipments.created", parcels=words.count("parcels", len(made)), which=named),
            *([words.count("signing.waits", len(unsigned), which=words.listing(unsigned))] if unsigned else []),
        ],
    )


@subcommand(shipments, "export")
@click.argument("layout_name", metavar="LAYOUT")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be cut or replaced, and write nothing.")
@ONLY
def export(session: Session, layout_name: str, out: Path, dry_run: bool, only: tuple[str, ...]) -> None:
    """Write the parcels to pack as a carrier's CSV.

    LAYOUT is royal-mail-click-and-drop, pirate-ship, ups-address-book, generic, or one of your own: a TOML file in the
    folder carrier_layouts beside your settings. Every sign that is replaced and every cell that is cut is listed
    before anything is written.

    \b
    Examples:
      outreach shipments export royal-mail-click-and-drop parcels.csv
      outreach shipments export pirate-ship parcels.csv --dry-run
    """
    chosen = layout(layout_name)
    with session.reading():
        rows = parcels(only)
    made = carrier_rows(chosen, [service.parcel_of(row) for row in rows])
    words = session.words
    problems = [
        words.note(code, {"shipment": f"s{rows[index].id}", "column": column, **facts})
        for index, column, code, facts in made.problems
    ]
    if not session.as_json:
        for each in problems:
            click.echo(each)
    if not dry_run:
        write_carrier_file(out.expanduser(), made)
    told = "shipments.would_export" if dry_run else "shipments.exported"
    session.show(
        {
            "file": None if dry_run else str(out),
            "parcels": len(rows),
            "problems": problems,
            "changes": _changes(rows, made),
        },
        lambda: [words.say(told, parcels=words.count("parcels", len(rows)), file=str(out))],
    )


@subcommand(shipments, "track")
@click.argument("ref")
@click.argument("number", required=False, default="")
@click.option("--carrier", default="", help="The carrier, if the number does not tell.")
@_ON
def track(session: Session, ref: str, number: str, carrier: str, on: str | None) -> None:
    """Note that a parcel is on its way, with its tracking NUMBER if it has one.

    The carrier is told from the number where only one has such numbers; else those that it could be are named.

    \b
    Example:
      outreach shipments track s4 RB123456785GB
    """
    with session.writing() as store:
        shipment = refs.shipment_id(ref)
        service.track_shipment(store, shipment, number, carrier, on or "")
        row = service.list_shipments(ids=[shipment])[0]
    words, look = session.words, look_at(number)
    where = row.tracking_url or row.carrier
    told = [words.say("shipments.tracked", shipment=f"s{shipment}", where=where) if where
            else words.say("shipments.gone", shipment=f"s{shipment}")]  # fmt: skip
    if not row.carrier and look.carriers:
        names = [load_carriers()[code].name for code in look.carriers]
        told.append(words.say("shipments.could_be", carriers=words.listing(names)))
    if look.mistyped:
        told.append(words.say("shipments.mistyped"))
    session.show({**plain(row), "proposed": list(look.carriers), "mistyped": look.mistyped}, lambda: told)


@subcommand(shipments, "deliver")
@click.argument("refs_", metavar="REF…", nargs=-1, required=True)
@_ON
def deliver(session: Session, refs_: tuple[str, ...], on: str | None) -> None:
    """Note that parcels arrived.

    \b
    Example:
      outreach shipments deliver s4 s5 --on 2027-03-09
    """
    with session.writing() as store:
        ids = [refs.shipment_id(each) for each in refs_]
        service.deliver_shipments(store, ids, on or "")
    words = session.words
    session.show(
        {"delivered": [f"s{each}" for each in ids]},
        lambda: [words.say("shipments.delivered", parcels=words.count("parcels", len(ids)))],
    )


@subcommand(shipments, "return")
@click.argument("ref")
@click.option("--note", default="", help="Why it came back.")
@click.option("--lost", is_flag=True, help="It was lost, so the copies are not back.")
@click.option("--spoiled", is_flag=True, help="It came back, but its copies cannot be sent again.")
def return_(session: Session, ref: str, note: str, lost: bool, spoiled: bool) -> None:
    """Note that a parcel came back or was lost; its gifts are accepted again.

    What came back goes into the stock, and the address is asked for before anything goes there again.

    \b
    Example:
      outreach shipments return s4 --note "moved house"
    """
    with session.writing() as store:
        shipment = refs.shipment_id(ref)
        service.return_shipment(store, shipment, note, copies_back=not spoiled, lost=lost)
    told = "shipments.lost" if lost else "shipments.returned"
    session.show({"returned": f"s{shipment}"}, lambda: [session.words.say(told, shipment=f"s{shipment}")])


@subcommand(shipments, "replace")
@click.argument("ref")
@click.option("--note", default="", help="What became of the first one.")
def replace(session: Session, ref: str, note: str) -> None:
    """Pack another parcel in the place of one that was lost or came back; one that is on its way counts as lost.

    \b
    Example:
      outreach shipments replace s4 --note "never arrived"
    """
    with session.writing() as store:
        shipment = refs.shipment_id(ref)
        made, _ = service.replace_shipment(store, shipment, note)
    session.show(
        {"shipment": f"s{made}", "replaces": f"s{shipment}"},
        lambda: [session.words.say("shipments.replaced", shipment=f"s{made}", before=f"s{shipment}")],
    )


def _changes(rows: list[ShipmentRow], made: CarrierTable) -> list[dict[str, Any]]:
    """What is cut, replaced, left out or lacks, as JSON shows it."""
    return [
        {"shipment": f"s{rows[index].id}", "column": column, "what": code.partition(".")[2], **facts}
        for index, column, code, facts in made.problems
    ]


def parcels(only: tuple[str, ...]) -> list[ShipmentRow]:
    """The parcels that are named; all that are to pack where none is."""
    if only:
        return service.list_shipments(ids=[refs.shipment_id(each) for each in only])
    return list(reversed(service.list_shipments(ShipmentState.PACKING)))
