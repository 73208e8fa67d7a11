"""What gifts cost: their copies, their part of a parcel's postage and inserts, and what was spent on campaigns.

A parcel's postage is divided evenly among its gifts, so that each bears its part whoever else's copy lay beside it, and
the parts of all gifts are the whole: of 7 pence for two gifts the one noted first bears 4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from outreach.fields.money import Money, summed
from outreach.services.costs import ParcelCost, parcel_costs
from outreach.services.review.gifts import GiftFacts
from outreach.services.review.value import Costs, Scope
from outreach.store.models import Campaign, Edition, Expense, Gift, ShipmentGift, StockMovement

#: What of a campaign's expenses counts as the cost of its gifts; rewards are given in kind, and stand apart.
_COUNTED = ("copies", "postage", "events")
_CHUNK = 500


@dataclass(slots=True)
class GiftCost:
    """What one gift cost so far."""

    copies: list[Money] = field(default_factory=list)
    postage: list[Money] = field(default_factory=list)


@dataclass(slots=True)
class GiftCosts:
    """What some gifts cost, by gift, and what is not known of them."""

    by_gift: dict[int, GiftCost] = field(default_factory=dict)
    no_postage: int = 0
    unknown_copies: int = 0

    def of(self, gifts: Iterable[int]) -> tuple[Money, ...]:
        """What some of them cost together."""
        known = (self.by_gift[gift] for gift in gifts if gift in self.by_gift)
        return summed(money for cost in known for money in (*cost.copies, *cost.postage))


def gift_costs(gifts: Sequence[GiftFacts]) -> GiftCosts:
    """What each of some gifts cost."""
    wanted = {gift.id for gift in gifts}
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
    """The parcels that hold any of some gifts, each with all gifts in it."""
    parcels: dict[int, list[int]] = {}
    for shipment, gift in (
        ShipmentGift.select(ShipmentGift.shipment, ShipmentGift.gift).order_by(ShipmentGift.gift).tuples()
    ):
        parcels.setdefault(shipment, []).append(gift)
    return {shipment: gifts for shipment, gifts in parcels.items() if not wanted.isdisjoint(gifts)}


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


def costs_of(scope: Scope, free: Sequence[GiftFacts], known: GiftCosts) -> Costs:
    """What the gifts of a review cost, and each that led to a post."""
    mine = [known.by_gift[gift.id] for gift in free if gift.id in known.by_gift]
    copies = summed(money for cost in mine for money in cost.copies)
    postage = summed(money for cost in mine for money in cost.postage)
    events = _expenses(scope)
    total = summed((*copies, *postage, *events))
    posted = sum(gift.is_posted for gift in free)
    per_post = tuple(money.divided(posted) for money in total) if posted else ()
    return Costs(copies, postage, events, total, per_post, known.no_postage, known.unknown_copies)


def counts_expenses(scope: Scope) -> bool:
    """Whether what was spent on campaigns can be said of a scope: it is of a campaign, not of a title or of people."""
    return scope.item_id is None and scope.roster_id is None


def _expenses(scope: Scope) -> tuple[Money, ...]:
    if not counts_expenses(scope):
        return ()
    query = Expense.select(Expense.currency, Expense.amount_minor).where(Expense.kind.in_(_COUNTED))
    if scope.campaign_id is not None:
        query = query.where(Expense.campaign == scope.campaign_id)
    if scope.client_id is not None:
        query = query.where(
            Expense.campaign.in_(Campaign.select(Campaign.id).where(Campaign.client == scope.client_id))
        )
    if scope.since:
        query = query.where(Expense.spent_on >= scope.since)
    if scope.until:
        query = query.where(Expense.spent_on <= scope.until)
    return summed(Money(currency, minor) for currency, minor in query.tuples())
