"""What gifts cost: their copies, and their part of what the parcels they went in cost.

A parcel's postage and what lies beside its copies is divided evenly among its gifts, so that each bears its part
whoever else's copy lay beside it, and the parts of all gifts are the whole: of 7 pence for two gifts the one noted
first bears 4. Budgets and reviews both count so.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from outreach.fields.money import Money, summed
from outreach.services.shipments.costs import has_come_back
from outreach.store.among import rows_among
from outreach.store.models import Edition, Gift, Insert, Shipment, ShipmentGift, ShipmentInsert, StockMovement
from outreach.store.models.base import raw_rows


@dataclass(frozen=True, slots=True)
class GiftCost:
    """What one gift cost so far; inserts are counted with postage."""

    copies: tuple[Money, ...] = ()
    postage: tuple[Money, ...] = ()


@dataclass(slots=True)
class GiftCosts:
    """What some gifts cost, by gift, and what is not known of them.

    Attributes:
        no_postage: Of how many of their parcels the postage is not known.
        unknown_copies: Of how many of their copies, and of what lay beside them, the cost is not known.
    """

    by_gift: dict[int, GiftCost] = field(default_factory=dict)
    no_postage: int = 0
    unknown_copies: int = 0

    def of(self, gifts: Iterable[int]) -> tuple[Money, ...]:
        """What some of them cost together."""
        known = (self.by_gift[gift] for gift in gifts if gift in self.by_gift)
        return summed(money for cost in known for money in (*cost.copies, *cost.postage))


def gift_costs(gifts: Collection[int]) -> GiftCosts:
    """What each of some gifts cost."""
    wanted = set(gifts)
    pairs = rows_among(ShipmentGift.select(ShipmentGift.gift, ShipmentGift.shipment), ShipmentGift.gift, wanted)
    parcels = _Parcels({shipment for _, shipment in pairs})
    found = GiftCosts()
    for shipment, held in parcels.held.items():
        state, minor, currency = parcels.facts[shipment]
        came_back = has_come_back(state, parcels.taken.get(shipment, {}).values())
        shared = [] if minor is None else [(currency, minor)]
        if not came_back:
            for amount in parcels.inserts.get(shipment, ()):
                shared += [amount[1]] if amount[1] is not None else []
                found.unknown_copies += amount[0] if amount[1] is None else 0
        found.no_postage += minor is None
        for place, gift in enumerate(held):
            if gift in wanted:
                copies = () if came_back else parcels.copies(shipment, gift)
                found.unknown_copies += copies is None
                _add(found, gift, copies or (), [parcels.part(each, place, len(held)) for each in shared])
    return found


def _add(found: GiftCosts, gift: int, copies: tuple[Money, ...], postage: Sequence[Money]) -> None:
    before = found.by_gift.get(gift)
    if before is not None:
        # It went out more than once.
        found.by_gift[gift] = GiftCost((*before.copies, *copies), (*before.postage, *postage))
    else:
        found.by_gift[gift] = GiftCost(copies, tuple(postage))


class _Parcels:
    """What some parcels hold and cost.

    Attributes:
        held: By parcel its gifts, the one noted first first.
        facts: By parcel its state, its postage and the currency of that.
        taken: By parcel how many copies of each edition left with it, below nought.
        inserts: By parcel what lies beside its copies: how many, and what they cost together where that is known.
    """

    def __init__(self, ids: set[int]) -> None:
        self.held: dict[int, list[int]] = {}
        self.taken: dict[int, dict[int, int]] = {}
        self.inserts: dict[int, list[tuple[int, tuple[str, int] | None]]] = {}
        pairs = ShipmentGift.select(ShipmentGift.shipment, ShipmentGift.gift).order_by(ShipmentGift.gift)
        for shipment, gift in rows_among(pairs, ShipmentGift.shipment, ids):
            self.held.setdefault(shipment, []).append(gift)
        about = Shipment.select(Shipment.id, Shipment.state, Shipment.postage_minor, Shipment.postage_currency)
        self.facts: dict[int, tuple[str, int | None, str]] = {
            shipment: (state, minor, currency)
            for shipment, state, minor, currency in rows_among(about, Shipment.id, ids)
        }
        moved = StockMovement.select(StockMovement.shipment, StockMovement.edition, fn.SUM(StockMovement.quantity))
        moved = moved.group_by(StockMovement.shipment, StockMovement.edition)
        for shipment, edition, quantity in rows_among(moved, StockMovement.shipment, ids):
            self.taken.setdefault(shipment, {})[edition] = quantity
        beside = ShipmentInsert.select(
            ShipmentInsert.shipment, ShipmentInsert.quantity, Insert.cost_minor, Insert.cost_currency
        ).join(Insert)
        for shipment, quantity, minor, currency in rows_among(beside, ShipmentInsert.shipment, ids):
            cost = None if minor is None else (currency, quantity * minor)
            self.inserts.setdefault(shipment, []).append((quantity, cost))
        gifts = {gift for some in self.held.values() for gift in some}
        which = rows_among(Gift.select(Gift.id, Gift.item, Gift.edition), Gift.id, gifts)
        self._gifts: dict[int, tuple[int, int | None]] = {gift: (item, edition) for gift, item, edition in which}
        rows = raw_rows(Edition.select(Edition.id, Edition.item, Edition.cost_minor, Edition.cost_currency))
        self._editions: dict[int, tuple[int, tuple[Money, ...] | None]] = {
            edition: (item, None if minor is None else (Money(currency, minor),))
            for edition, item, minor, currency in rows
        }
        self._money: dict[tuple[str, int], Money] = {}

    def copies(self, shipment: int, gift: int) -> tuple[Money, ...] | None:
        """What the copy of a gift cost; None where that is not known."""
        item, named = self._gifts[gift]
        # A gift that names no edition took its copy from the only one there was.
        which: Any = named or next(
            (each for each in self.taken.get(shipment, ()) if self._editions[each][0] == item), None
        )
        return self._editions[which][1] if which is not None else None

    def part(self, amount: tuple[str, int], place: int, of: int) -> Money:
        """The part of an amount that the gift at a place bears; the same part is the same value."""
        currency, minor = amount
        part, rest = divmod(minor, of)
        key = currency, part + (place < rest)
        made = self._money.get(key)
        if made is None:
            made = self._money[key] = Money(*key)
        return made
