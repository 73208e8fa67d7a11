"""What gifts cost: their copies, and their part of what the parcels they went in cost.

A parcel's postage and what lies beside its copies is divided evenly among its gifts, so that each bears its part
whoever else's copy lay beside it, and the parts of all gifts are the whole: of 7 pence for two gifts the one noted
first bears 4. Budgets and reviews both count so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from outreach.fields.money import Money, summed
from outreach.services.costs import ParcelCost, parcel_costs
from outreach.store.models import Edition, Gift, ShipmentGift, StockMovement

_CHUNK = 500


@dataclass(slots=True)
class GiftCost:
    """What one gift cost so far; inserts are counted with postage."""

    copies: list[Money] = field(default_factory=list)
    postage: list[Money] = field(default_factory=list)


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
    found = GiftCosts()
    parcels = _parcels(wanted)
    ids = list(parcels)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        editions = _editions({shipment: parcels[shipment] for shipment in some})
        for shipment, cost in parcel_costs(some).items():
            _share(found, cost, parcels[shipment], editions, wanted)
    return found


def _parcels(wanted: set[int]) -> dict[int, list[int]]:
    """The parcels that hold any of some gifts, each with all gifts in it, the one noted first first."""
    pairs = ShipmentGift.select(ShipmentGift.shipment, ShipmentGift.gift)
    mine: set[int] = set()
    ids = sorted(wanted)
    for start in range(0, len(ids), _CHUNK):
        rows = pairs.where(ShipmentGift.gift.in_(ids[start : start + _CHUNK])).tuples()
        mine.update(shipment for shipment, _ in rows)
    parcels: dict[int, list[int]] = {}
    held = sorted(mine)
    for start in range(0, len(held), _CHUNK):
        rows = pairs.where(ShipmentGift.shipment.in_(held[start : start + _CHUNK])).order_by(ShipmentGift.gift)
        for shipment, gift in rows.tuples():
            parcels.setdefault(shipment, []).append(gift)
    return parcels


def _editions(parcels: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Money | None]:
    """By parcel and gift what its copy cost, None where that is not known."""
    taken: dict[int, dict[int, int]] = {}
    costs: dict[int, tuple[int, Money | None]] = {}
    moved = StockMovement.select(StockMovement.shipment, StockMovement.edition).where(
        StockMovement.shipment.in_(list(parcels))
    )
    query = Gift.select(Gift.id, Gift.item, Gift.edition)
    gifts: dict[int, tuple[int, int | None]] = {}
    ids = [gift for some in parcels.values() for gift in some]
    for start in range(0, len(ids), _CHUNK):
        rows = query.where(Gift.id.in_(ids[start : start + _CHUNK])).tuples()
        gifts.update({gift: (item, edition) for gift, item, edition in rows})
    pairs = list(moved.distinct().tuples())
    named = {edition for _, edition in gifts.values() if edition} | {edition for _, edition in pairs}
    about = Edition.select(Edition.id, Edition.item, Edition.cost_minor, Edition.cost_currency)
    for edition, item, minor, currency in about.where(Edition.id.in_(named)).tuples():
        costs[edition] = (item, None if minor is None else Money(currency, minor))
    for shipment, edition in pairs:
        taken.setdefault(shipment, {})[costs[edition][0]] = edition
    found: dict[tuple[int, int], Money | None] = {}
    for shipment, some in parcels.items():
        for gift in some:
            item, edition = gifts[gift]
            # A gift that names no edition took its copy from the only one there was.
            which = edition or taken.get(shipment, {}).get(item)
            found[shipment, gift] = costs[which][1] if which else None
    return found


def _share(
    found: GiftCosts,
    cost: ParcelCost,
    gifts: Sequence[int],
    copies: Mapping[tuple[int, int], Money | None],
    wanted: set[int],
) -> None:
    shared = [Money(currency, minor) for currency, minor in cost.postage.items()]
    if not cost.came_back:
        shared += [Money(currency, minor) for currency, minor in cost.inserts.items()]
    found.no_postage += not cost.postage
    if not cost.came_back:
        # What lay beside the copies, and is not known, is told with them.
        found.unknown_copies += cost.unknown_copies - sum(copies[cost.shipment_id, gift] is None for gift in gifts)
    for place, gift in enumerate(gifts):
        if gift not in wanted:
            continue
        mine = found.by_gift.setdefault(gift, GiftCost())
        for money in shared:
            part, rest = divmod(money.minor, len(gifts))
            mine.postage.append(Money(money.currency, part + (place < rest)))
        if not cost.came_back:
            copy = copies[cost.shipment_id, gift]
            if copy is None:
                found.unknown_copies += 1
            else:
                mine.copies.append(copy)
