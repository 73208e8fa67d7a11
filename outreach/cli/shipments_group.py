"""The group that all commands about parcels are in."""

import click

from outreach.cli.frame import group
from outreach.services import refs
from outreach.services import shipments as service
from outreach.services.shipments import ShipmentRow, ShipmentState

shipments = group("shipments", "Pack, label, track and deliver parcels.")

ONLY = click.option("--only", multiple=True, metavar="REF", help="Only these parcels; else all that are to pack.")


def parcels(only: tuple[str, ...]) -> list[ShipmentRow]:
    """The parcels that are named; all that are to pack where none is."""
    if only:
        return service.list_shipments(ids=[refs.shipment_id(each) for each in only])
    return list(reversed(service.list_shipments(ShipmentState.PACKING)))
