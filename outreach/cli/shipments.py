"""Shipments: list, create, labels, export, track, deliver, return."""

from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, day_option, group, plain, subcommand, table
from outreach.cli.parcel_data import with_costs
from outreach.services import refs, senders
from outreach.services import shipments as service
from outreach.services.carriers import carrier_rows, layout
from outreach.services.csvfile import write_csv
from outreach.services.gifts import GiftState
from outreach.services.gifts import list_gifts as gifts_of
from outreach.services.labels import sheet as label_sheet
from outreach.services.postal import address_lines
from outreach.services.shipments import ShipmentRow, ShipmentState
from outreach.services.signing import Signing, signing_list

shipments = group("shipments", "Pack, label, track and deliver parcels.", {"costs": ("show", "postage", "costs")})

_STATE = click.option("--state", type=click.Choice([state.value for state in ShipmentState]))
_ON = click.option("--on", callback=day_option, help="The day, if it was not today.")
_ONLY = click.option("--only", multiple=True, metavar="REF", help="Only these parcels; else all that are to pack.")


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
        raise click.UsageError("Say which gifts: --gift g12, or --item TITLE.")
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
        {"shipments": [f"s{each}" for each in made], "unsigned": unsigned},
        lambda: [
            words.say("shipments.created", parcels=words.count("parcels", len(made)), which=named),
            *([words.count("signing.waits", len(unsigned), which=words.listing(unsigned))] if unsigned else []),
        ],
    )


@subcommand(shipments, "labels")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--sheet", default="L7163", show_default=True, help="The label sheet, such as L7160 or 5160.")
@click.option("--start", type=click.IntRange(min=1), default=1, show_default=True, help="The first free label.")
@click.option("--outlines", is_flag=True, help="Draw the labels' edges, for a test print.")
@_ONLY
def labels(session: Session, out: Path, sheet: str, start: int, outlines: bool, only: tuple[str, ...]) -> None:
    """Paint address labels of the parcels to pack, as a PDF for a label sheet.

    \b
    Example:
      outreach shipments labels labels.pdf --sheet L7160 --start 5
    """
    from outreach.paper.labels import paint_labels

    with session.reading():
        rows = _parcels(only)
        home = senders.sender().country
    blocks = [address_lines(row.address, home) for row in rows]
    painted = paint_labels(out.expanduser(), label_sheet(sheet), blocks, start=start, outlines=outlines)
    words = session.words
    data: dict[str, Any] = {
        "file": str(out),
        "labels": len(rows),
        "pages": painted.pages,
        "cut": [f"s{rows[each].id}" for each in painted.cut],
    }
    session.show(
        data,
        lambda: [
            words.say(
                "shipments.labels",
                parcels=words.count("parcels", len(rows)),
                file=str(out),
                pages=words.count("pages", painted.pages),
            ),
            *(words.say("shipments.label_cut", shipment=each) for each in data["cut"]),
        ],
    )


@subcommand(shipments, "export")
@click.argument("layout_name", metavar="LAYOUT")
@click.argument("out", type=click.Path(path_type=Path))
@_ONLY
def export(session: Session, layout_name: str, out: Path, only: tuple[str, ...]) -> None:
    """Write the parcels to pack as a carrier's CSV; LAYOUT is royal-mail-click-and-drop, pirate-ship or generic.

    \b
    Example:
      outreach shipments export royal-mail-click-and-drop parcels.csv
    """
    chosen = layout(layout_name)
    with session.reading():
        rows = _parcels(only)
    made = carrier_rows(chosen, [service.parcel_of(row) for row in rows])
    write_csv(out.expanduser(), made.header, made.rows)
    words = session.words
    problems = [
        words.note(code, {"shipment": f"s{rows[index].id}", "column": column, **facts})
        for index, column, code, facts in made.problems
    ]
    session.show(
        {"file": str(out), "parcels": len(rows), "problems": problems},
        lambda: [words.say("shipments.exported", parcels=words.count("parcels", len(rows)), file=str(out)), *problems],
    )


@subcommand(shipments, "track")
@click.argument("ref")
@click.argument("number", required=False, default="")
@click.option("--carrier", default="", help="The carrier, if the number does not tell.")
@_ON
def track(session: Session, ref: str, number: str, carrier: str, on: str | None) -> None:
    """Note that a parcel is on its way, with its tracking NUMBER if it has one.

    \b
    Example:
      outreach shipments track s4 RB123456785GB
    """
    with session.writing() as store:
        shipment = refs.shipment_id(ref)
        service.track_shipment(store, shipment, number, carrier, on or "")
        row = service.list_shipments(ids=[shipment])[0]
    session.show(
        plain(row),
        lambda: [
            session.words.say("shipments.tracked", shipment=f"s{shipment}", where=row.tracking_url or row.carrier)
            if row.tracking_url or row.carrier
            else session.words.say("shipments.gone", shipment=f"s{shipment}")
        ],
    )


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
def return_(session: Session, ref: str, note: str, lost: bool) -> None:
    """Note that a parcel came back or was lost; its gifts are accepted again.

    \b
    Example:
      outreach shipments return s4 --note "moved house"
    """
    with session.writing() as store:
        shipment = refs.shipment_id(ref)
        service.return_shipment(store, shipment, note, copies_back=not lost)
    session.show(
        {"returned": f"s{shipment}"}, lambda: [session.words.say("shipments.returned", shipment=f"s{shipment}")]
    )


def _parcels(only: tuple[str, ...]) -> list[ShipmentRow]:
    if only:
        return service.list_shipments(ids=[refs.shipment_id(each) for each in only])
    return list(reversed(service.list_shipments(ShipmentState.PACKING)))
