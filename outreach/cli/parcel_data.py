"""Parcels as data: what lies in them beside the gifts, what they cost, what they weigh."""

from collections.abc import Mapping, Sequence
from typing import Any

from outreach.cli.frame import money, plain
from outreach.services.catalogue.inserts import inserts_in
from outreach.services.shipments.costs import ParcelCost, parcel_costs
from outreach.services.shipments.shipments import ShipmentRow


def with_costs(rows: Sequence[ShipmentRow]) -> list[dict[str, Any]]:
    """Parcels as data, each with what lies in it beside its gifts, what it cost, and what it weighs."""
    ids = [row.id for row in rows]
    found, beside = parcel_costs(ids), inserts_in(ids)
    return [{**plain(row), "inserts": plain(beside.get(row.id, [])), **_cost_data(found[row.id])} for row in rows]


def _cost_data(cost: ParcelCost) -> dict[str, Any]:
    return {
        "service": cost.service,
        "weight_grams": cost.weight_grams,
        "cost": {
            "copies": {deal: _amounts(amounts) for deal, amounts in cost.copies.items()},
            "inserts": _amounts(cost.inserts),
            "postage": _amounts(cost.postage),
            "shared_by": cost.deal,
            "came_back": cost.came_back,
            "without_cost": cost.unknown_copies,
        },
    }


def _amounts(amounts: Mapping[str, int]) -> list[dict[str, str] | None]:
    return [money(minor, currency) for currency, minor in sorted(amounts.items())]
