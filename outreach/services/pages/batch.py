"""The batch on the page of shipments: everything from a yes to the post, in an order that packing does not change."""

import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from peewee import fn

from outreach.services.pages.parcels import asked_days, unpacked, unpacked_row
from outreach.services.people.addresses import PARTS
from outreach.services.people.postal_doubts import address_doubts
from outreach.services.shipments.shipments import ShipmentState
from outreach.services.workspaces.data_rules import confirmed_since
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Mailing, Shipment, ShipmentGift


@dataclass(frozen=True, slots=True)
class Batch:
    """What is packed, and what is to be packed.

    Attributes:
        ids: All rows, those that wait longest first.
        open: Those that can go: they are packed, or nothing keeps them from it.
        packed: Those that are packed.
        numbered: Those that have a tracking number.
        asks: By row whom to ask for her address about which title, where she was not asked yet.
        packed_as: By the row that an unpacked gift had, the parcel in which it is now.
        since: The day from which the batch is, empty where nothing is packed.
        campaigns: How many campaigns pay for it.
        postage: What the packed parcels cost in postage where that is noted, in minor units by currency.
    """

    ids: "array.array[int]" = field(default_factory=lambda: array.array("q"))
    open: frozenset[int] = frozenset()
    packed: frozenset[int] = frozenset()
    numbered: frozenset[int] = frozenset()
    asks: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    packed_as: Mapping[int, int] = field(default_factory=dict)
    since: str = ""
    campaigns: int = 0
    postage: Mapping[str, int] = field(default_factory=dict)

    def without_number(self, start: int) -> list[int]:
        """The rows that can take a number and have none, from a place on."""
        return [each for each in self.ids[max(0, start) :] if each in self.open and each not in self.numbered]

    @property
    def going(self) -> list[int]:
        """The rows that can go, in order."""
        return [each for each in self.ids if each in self.open]


def parcel_ids(store: Store, view: str) -> "array.array[int]":
    """What a view shows: ``open`` for the batch, ``sent`` or ``delivered``."""
    if view == "open":
        return read_batch(store).ids
    state = ShipmentState(view)
    when = Shipment.delivered_on if state is ShipmentState.DELIVERED else Shipment.sent_on
    return store.ids(Shipment.select(Shipment.id).where(Shipment.state == state).order_by(when.desc(), -Shipment.id))


def read_batch(store: Store) -> Batch:
    """Read the batch."""
    waiting = list(unpacked(Gift.id, Gift.person, Gift.item, Gift.campaign, Gift.state_on).tuples())
    packing = list(
        Shipment.select(Shipment.id, Shipment.tracking_number, ShipmentGift.gift, Gift.state_on, Gift.campaign)
        .join(ShipmentGift).join(Gift).where(Shipment.state == ShipmentState.PACKING)
        .order_by(Gift.state_on, Gift.id).tuples()
    )  # fmt: skip
    bare = Shipment.select(Shipment.id, Shipment.tracking_number).where(
        (Shipment.state == ShipmentState.PACKING) & Shipment.id.not_in(ShipmentGift.select(ShipmentGift.shipment))
    )
    places: dict[int, tuple[str, int]] = {}
    first_of: dict[int, tuple[int, int]] = {}
    for gift, person, item, _, day in waiting:
        if person not in first_of:
            first_of[person] = unpacked_row(gift), item
            places[unpacked_row(gift)] = day, gift
    for shipment, _, gift, day, _ in packing:
        places.setdefault(shipment, (day, gift))
    numbers = {row[0]: row[1] for row in packing} | dict(bare.tuples())
    # What was in a parcel whose gifts are gone stands last.
    order = sorted(places, key=lambda row: places[row]) + [each for each in numbers if each not in places]
    ready, asks = _looked_at(store, first_of)
    packed = frozenset(numbers)
    return Batch(
        ids=array.array("q", order),
        open=packed | ready,
        packed=packed,
        numbered=frozenset(each for each, number in numbers.items() if number),
        asks=asks,
        packed_as={unpacked_row(row[2]): row[0] for row in packing},
        since=_since(packed),
        postage=_postage(),
        campaigns=len({row[-2] for row in waiting if row[-2]} | {row[-1] for row in packing if row[-1]}),
    )


def _looked_at(
    store: Store, first_of: Mapping[int, tuple[int, int]]
) -> tuple[frozenset[int], dict[int, tuple[int, int]]]:
    """The unpacked rows whose address is right, and for the others whom to ask about what."""
    since = confirmed_since(store)
    mine = Address.person.in_(unpacked(Gift.person).order_by()) & (Address.is_current == 1)
    columns = [Address.person, Address.confirmed_on, *(getattr(Address, name) for name in PARTS)]
    confirmed: dict[int, str] = {}
    places: dict[int, dict[str, str]] = {}
    for person, day, *place in Address.select(*columns).where(mine).order_by(Address.id).tuples():
        confirmed[person], places[person] = day or "", dict(zip(PARTS, place, strict=True))
    ready: set[int] = set()
    held: dict[int, tuple[int, int]] = {}
    for person, (row, item) in first_of.items():
        is_fresh = person in places and confirmed[person] >= since
        if is_fresh and not address_doubts(places[person]):
            ready.add(row)
        else:
            held[row] = person, item
    asked: dict[int, str] = {}
    people = [person for person, _ in held.values()]
    for start in range(0, len(people), 500):
        asked |= asked_days(people[start : start + 500])
    asks = {row: about for row, about in held.items() if asked.get(about[0], "") <= confirmed.get(about[0], "")}
    return frozenset(ready), asks


def _postage() -> dict[str, int]:
    noted = (Shipment.state == ShipmentState.PACKING) & Shipment.postage_minor.is_null(False)
    query = Shipment.select(Shipment.postage_currency, fn.sum(Shipment.postage_minor)).where(noted)
    return dict(query.group_by(Shipment.postage_currency).tuples())


def _since(packed: frozenset[int]) -> str:
    if not packed:
        return ""
    query = Mailing.select(Mailing.created_at).join(Shipment).where(Shipment.state == ShipmentState.PACKING)
    first = query.order_by(Mailing.created_at).first()
    return str(first.created_at)[:10] if first is not None else ""
