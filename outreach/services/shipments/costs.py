"""What parcels cost: the copies in them, what lies beside, and their postage.

Two things are never added: amounts in different currencies, and what was given, given in kind, or paid for. Where one
parcel holds gifts of several such deals, its postage and what lies beside them belongs to none of these alone, and is
told under `SEVERAL`. What is not known is counted, never guessed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import parse_weight, to_minor
from outreach.fields.text import clean
from outreach.services.catalogue.editions import parse_price
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Insert, Shipment, ShipmentGift, ShipmentInsert, StockMovement

#: Stands for a deal where a parcel holds gifts of more than one.
SEVERAL = "several"
#: As `ShipmentState.RETURNED`, whose module is not needed to read a row.
RETURNED = "returned"
#: What can be noted of a parcel, each as text.
POSTAGE_FIELDS = ("postage", "service", "weight")
_AT_ONCE = 500

#: Amounts in minor units by currency.
Amounts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ParcelCost:
    """What one parcel cost.

    Attributes:
        shipment_id: Which parcel.
        deal: That of its gifts, or `SEVERAL`.
        copies: By deal the copies in it.
        inserts: What lies beside them.
        postage: Its postage; nothing where that is not known.
        unknown_copies: How many copies and inserts are of unknown cost.
        came_back: Whether copies and inserts are here again, so that only the postage was spent.
        service: The carrier's service, as noted.
        weight_grams: What it weighs, as noted.
        contents_grams: What its copies weigh without wrapping; None where that is not known of each.
    """

    shipment_id: int
    deal: str
    copies: Mapping[str, Amounts]
    inserts: Amounts
    postage: Amounts
    unknown_copies: int
    came_back: bool
    service: str
    weight_grams: int | None
    contents_grams: int | None


@dataclass(slots=True)
class CostTotal:
    """What parcels of one deal cost in one currency, in minor units.

    Attributes:
        deal: A `Deal`, or `SEVERAL` for what parcels with gifts of several deals share.
        parcels: How many parcels something of this was in.
    """

    deal: str
    currency: str
    copies: int = 0
    inserts: int = 0
    postage: int = 0
    parcels: int = 0

    @property
    def total(self) -> int:
        """Copies, inserts and postage."""
        return self.copies + self.inserts + self.postage


@dataclass(frozen=True, slots=True)
class CostTotals:
    """The sums of some parcels, and what they leave out.

    Attributes:
        totals: One for each deal and currency.
        no_postage: Of how many parcels that have left the postage is not known.
        unknown_copies: Of how many copies and inserts the cost is not known.
    """

    totals: tuple[CostTotal, ...]
    no_postage: int
    unknown_copies: int


def note_postage(store: Store, shipments: Sequence[int], values: Mapping[str, str]) -> Changes:
    """Note what some parcels each cost to send, by which service, and what each weighs; empty takes it away.

    Args:
        store: The open workspace.
        shipments: Which parcels.
        values: By names of `POSTAGE_FIELDS`: an amount with its currency, text, and grams or kilograms.

    Raises:
        KnownError: ``catalogue.bad_price``, ``costs.bad_postage``, ``costs.bad_weight``, ``catalogue.unknown_field``.
    """
    columns: dict[str, str | int | None] = {}
    for name, value in values.items():
        if name == "postage":
            amount, currency = parse_price(value)
            if amount is not None and amount < 0:
                raise KnownError("costs.bad_postage", value=value)
            columns |= {
                "postage_minor": None if amount is None else to_minor(amount, currency),
                "postage_currency": currency,
            }
        elif name == "service":
            columns["service"] = clean(value)
        elif name == "weight":
            grams = parse_weight(value)
            if grams is None and value.strip():
                raise KnownError("costs.bad_weight", value=value[:50])
            columns["weight_grams"] = grams
        else:
            raise KnownError("catalogue.unknown_field", name=name, known=", ".join(POSTAGE_FIELDS))
    with store.operation(Op.NOTE_POSTAGE) as written:
        if columns:
            for start in range(0, len(shipments), _AT_ONCE):
                some = list(shipments[start : start + _AT_ONCE])
                Shipment.update(**columns).where(Shipment.id.in_(some)).execute()
    return written.changes


def parcel_costs(shipments: Sequence[int]) -> dict[int, ParcelCost]:
    """What each of some parcels cost."""
    made: dict[int, ParcelCost] = {}
    for start in range(0, len(shipments), _AT_ONCE):
        some = list(shipments[start : start + _AT_ONCE])
        gathered = _gathered(some)
        for row in Shipment.select().where(Shipment.id.in_(some)):
            made[row.id] = _cost(row, gathered)
    return made


def cost_totals(costs: Iterable[ParcelCost]) -> CostTotals:
    """The sums of some parcels, apart by deal and by currency."""
    found: dict[tuple[str, str], CostTotal] = {}
    no_postage = unknown = 0

    def total(deal: str, currency: str) -> CostTotal:
        return found.setdefault((deal, currency), CostTotal(deal, currency))

    for cost in costs:
        touched = set()
        if not cost.came_back:
            unknown += cost.unknown_copies
            for deal, amounts in cost.copies.items():
                for currency, minor in amounts.items():
                    total(deal, currency).copies += minor
                    touched.add((deal, currency))
            for currency, minor in cost.inserts.items():
                total(cost.deal, currency).inserts += minor
                touched.add((cost.deal, currency))
        for currency, minor in cost.postage.items():
            total(cost.deal, currency).postage += minor
            touched.add((cost.deal, currency))
        no_postage += not cost.postage
        for key in touched:
            found[key].parcels += 1
    order = ("gift", "in_kind", "paid", SEVERAL)
    rows = sorted(found.values(), key=lambda row: (order.index(row.deal), row.currency))
    return CostTotals(tuple(rows), no_postage, unknown)


def parcels_of(item_id: int | None = None, campaign_id: int | None = None) -> list[int]:
    """The parcels that hold a gift of a title or a campaign, or all; newest first."""
    query = Shipment.select(Shipment.id).order_by(Shipment.id.desc())
    if item_id is not None or campaign_id is not None:
        held = ShipmentGift.select(ShipmentGift.shipment).join(Gift)
        if item_id is not None:
            held = held.where(Gift.item == item_id)
        if campaign_id is not None:
            held = held.where(Gift.campaign == campaign_id)
        query = query.where(Shipment.id.in_(held))
    return [row.id for row in query]


#: Of what edition a copy is is not known: its item, cost, currency and weight.
_UNKNOWN: tuple[int, int | None, str, int | None] = (0, None, "", None)


@dataclass(slots=True)
class _Gathered:
    """What some parcels hold, by parcel."""

    gifts: dict[int, list[tuple[int, str, int | None]]] = field(default_factory=dict)
    editions: dict[int, tuple[int, int | None, str, int | None]] = field(default_factory=dict)
    taken: dict[int, dict[int, int]] = field(default_factory=dict)
    inserts: dict[int, list[tuple[int, int | None, str]]] = field(default_factory=dict)


def _gathered(some: Sequence[int]) -> _Gathered:
    found = _Gathered()
    query = ShipmentGift.select(ShipmentGift.shipment, Gift.item, Gift.deal, Gift.edition).join(Gift)
    for shipment, item, deal, edition in query.where(ShipmentGift.shipment.in_(some)).tuples():
        found.gifts.setdefault(shipment, []).append((item, deal, edition))
    moved = StockMovement.select(StockMovement.shipment, StockMovement.edition, fn.SUM(StockMovement.quantity))
    moved = moved.where(StockMovement.shipment.in_(some)).group_by(StockMovement.shipment, StockMovement.edition)
    for shipment, edition, quantity in moved.tuples():
        found.taken.setdefault(shipment, {})[edition] = quantity
    editions = {edition for gifts in found.gifts.values() for *_, edition in gifts if edition}
    editions |= {edition for taken in found.taken.values() for edition in taken}
    rows = Edition.select(Edition.id, Edition.item, Edition.cost_minor, Edition.cost_currency, Edition.weight_grams)
    for edition, *about in rows.where(Edition.id.in_(editions)).tuples():
        found.editions[edition] = tuple(about)
    beside = ShipmentInsert.select(
        ShipmentInsert.shipment, ShipmentInsert.quantity, Insert.cost_minor, Insert.cost_currency
    ).join(Insert)
    for shipment, quantity, minor, currency in beside.where(ShipmentInsert.shipment.in_(some)).tuples():
        found.inserts.setdefault(shipment, []).append((quantity, minor, currency))
    return found


def has_come_back(state: str, taken: Iterable[int]) -> bool:
    """Whether a parcel's copies are here again: one that was lost has not brought them back.

    Args:
        state: Of the parcel.
        taken: How many copies of each edition left with it, below nought.
    """
    return state == RETURNED and all(quantity >= 0 for quantity in taken)


def _cost(row: Shipment, gathered: _Gathered) -> ParcelCost:
    copies: dict[str, Counter[str]] = {}
    weights: list[int | None] = []
    unknown = 0
    taken = gathered.taken.get(row.id, {})
    for item, deal, named in gathered.gifts.get(row.id, []):
        # A gift that names no edition took its copy from the only one there was.
        edition = named or next((each for each in taken if gathered.editions[each][0] == item), None)
        _, minor, currency, grams = gathered.editions.get(edition or 0, _UNKNOWN)
        weights.append(grams)
        copies.setdefault(deal, Counter())
        if minor is None:
            unknown += 1
        else:
            copies[deal][currency] += minor
    inserts: Counter[str] = Counter()
    for quantity, minor, currency in gathered.inserts.get(row.id, []):
        if minor is None:
            unknown += quantity
        else:
            inserts[currency] += quantity * minor
    deals = list(copies)
    known = [grams for grams in weights if grams is not None]
    return ParcelCost(
        shipment_id=row.id,
        deal=deals[0] if len(deals) == 1 else SEVERAL,
        copies={deal: dict(amounts) for deal, amounts in copies.items()},
        inserts=dict(inserts),
        postage={} if row.postage_minor is None else {row.postage_currency: row.postage_minor},
        unknown_copies=unknown,
        came_back=has_come_back(row.state, taken.values()),
        service=row.service,
        weight_grams=row.weight_grams,
        contents_grams=sum(known) if len(known) == len(weights) and known else None,
    )
