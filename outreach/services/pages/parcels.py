"""The page of shipments: what is to be packed, what is packed, what is on its way, what arrived."""

import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from outreach.services.data_rules import confirmed_since
from outreach.services.gifts import GiftState
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.postal import PostalAddress
from outreach.services.shipments import ShipmentState, list_shipments
from outreach.store.database import Store
from outreach.store.models import Address, Edition, Gift, Item, Shipment, ShipmentGift


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A parcel, or an accepted gift that is not packed yet.

    Attributes:
        id: The parcel's id; of an unpacked gift what `unpacked_row` makes of its id, so that both stand in one list.
        copies: What is in it, in words, such as the format or how many titles.
        address: Where it goes; None where no address is known.
        confirmed_on: When she said that the address is right; empty where she never did.
        stale: Whether that is worth asking again.
        state: A `ShipmentState`, empty for what is not packed.
    """

    id: int
    person: PersonLine | None
    item_id: int
    title: str
    is_book: bool
    format: str
    more: int
    address: PostalAddress | None
    confirmed_on: str
    stale: bool
    tracking_number: str
    tracking_url: str
    carrier: str
    state: str
    sent_on: str
    delivered_on: str


@dataclass(frozen=True, slots=True)
class ParcelCounts:
    """How many parcels are how far; `ready` is those to pack whose address is known."""

    to_pack: int
    ready: int
    packed: int
    numbered: int
    sent: int
    delivered: int


def unpacked_row(gift_id: int) -> int:
    """The id under which an unpacked gift stands among parcels: below minus one, which means no row."""
    return -1 - gift_id


def gift_of_row(row_id: int) -> int:
    """The unpacked gift of a row below minus one."""
    return -1 - row_id


def parcel_ids(store: Store, view: str) -> "array.array[int]":
    """What a view shows: ``open`` for what is to be packed and packed, ``sent`` or ``delivered``."""
    if view == "open":
        to_pack = store.ids(unpacked(Gift.id))
        packed = store.ids(Shipment.select(Shipment.id).where(Shipment.state == ShipmentState.PACKING)
                           .order_by(Shipment.id))  # fmt: skip
        return array.array("q", [unpacked_row(each) for each in to_pack]) + packed
    state = ShipmentState(view)
    when = Shipment.delivered_on if state is ShipmentState.DELIVERED else Shipment.sent_on
    return store.ids(Shipment.select(Shipment.id).where(Shipment.state == state).order_by(when.desc(), -Shipment.id))


def parcel_counts() -> ParcelCounts:
    """How many parcels are how far."""
    by_state = dict(Shipment.select(Shipment.state, fn.count(Shipment.id)).group_by(Shipment.state).tuples())
    known = Address.select(Address.person).where(Address.is_current == 1)
    packing = Shipment.select().where(Shipment.state == ShipmentState.PACKING)
    return ParcelCounts(
        to_pack=unpacked(Gift.id).count(),
        ready=unpacked(Gift.id).where(Gift.person.in_(known)).count(),
        packed=by_state.get(ShipmentState.PACKING, 0),
        numbered=packing.where(Shipment.tracking_number != "").count(),
        sent=by_state.get(ShipmentState.SENT, 0),
        delivered=by_state.get(ShipmentState.DELIVERED, 0),
    )


def parcel_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    """The lines of some parcels and unpacked gifts."""
    lines = _gift_lines(store, [gift_of_row(each) for each in ids if each < -1])
    return lines | _shipment_lines(store, [each for each in ids if each > 0])


def unpacked(*columns: Any) -> Any:
    """A query of accepted gifts that are in no parcel yet, those that wait longest first."""
    packed = ShipmentGift.select(ShipmentGift.gift).join(Shipment).where(Shipment.state == ShipmentState.PACKING)
    return (
        Gift.select(*columns)
        .where((Gift.state == GiftState.ACCEPTED) & Gift.person.is_null(False) & Gift.id.not_in(packed))
        .order_by(Gift.state_on, Gift.id)
    )


def _addresses(people: Sequence[int]) -> dict[int, Address]:
    current = Address.select().where(Address.person.in_(list(people)) & (Address.is_current == 1))
    return {row.person_id: row for row in current.order_by(Address.id)}


def _gift_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    gifts = list(Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(ids))))
    owners = [gift.person_id for gift in gifts if gift.person_id]
    people, addresses, since = people_lines(store, owners), _addresses(owners), confirmed_since(store)
    formats = dict(Edition.select(Edition.id, Edition.format).where(
        Edition.id.in_([gift.edition_id for gift in gifts if gift.edition_id])).tuples())  # fmt: skip
    lines = {}
    for gift in gifts:
        person, address = people.get(gift.person_id), addresses.get(gift.person_id)
        confirmed = (address.confirmed_on or "") if address else ""
        row_id = unpacked_row(gift.id)
        lines[row_id] = ParcelLine(
            id=row_id, person=person, item_id=gift.item_id, title=gift.item.title,
            is_book=gift.item.kind == "book", format=formats.get(gift.edition_id, ""), more=0,
            address=_postal(address, person) if address else None, confirmed_on=confirmed,
            stale=confirmed < since, tracking_number="", tracking_url="", carrier="", state="", sent_on="",
            delivered_on="",
        )  # fmt: skip
    return lines


def _postal(address: Address, person: PersonLine | None) -> PostalAddress:
    return PostalAddress(
        deliver_to=address.deliver_to or (person.name if person else ""),
        organisation=person.organisation if person else "",
        line1=address.line1, line2=address.line2, city=address.city, region=address.region,
        postcode=address.postcode, country=address.country,
    )  # fmt: skip


def _shipment_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    rows, since = list_shipments(ids=ids), confirmed_since(store)
    owners = [row.person_id for row in rows if row.person_id]
    people = people_lines(store, owners)
    confirmations = dict(
        Shipment.select(Shipment.id, Address.confirmed_on).join(Address)
        .where(Shipment.id.in_([row.id for row in rows])).tuples()
    )  # fmt: skip
    gifts = [gift for row in rows for gift in row.gifts]
    found = {gift.id: gift for gift in Gift.select(Gift, Item).join(Item).where(Gift.id.in_(gifts))}
    formats = dict(Edition.select(Edition.id, Edition.format).where(
        Edition.id.in_([gift.edition_id for gift in found.values() if gift.edition_id])).tuples())  # fmt: skip
    lines = {}
    for row in rows:
        gift = found.get(row.gifts[0]) if row.gifts else None
        confirmed = confirmations.get(row.id) or ""
        lines[row.id] = ParcelLine(
            id=row.id, person=people.get(row.person_id) if row.person_id else None,
            item_id=gift.item_id if gift else 0, title=gift.item.title if gift else row.contents,
            is_book=gift is None or gift.item.kind == "book", format=formats.get(gift.edition_id, "") if gift else "",
            more=max(0, len(row.gifts) - 1), address=row.address, confirmed_on=confirmed,
            stale=confirmed < since, tracking_number=row.tracking_number, tracking_url=row.tracking_url,
            carrier=row.carrier, state=row.state, sent_on=row.sent_on, delivered_on=row.delivered_on,
        )  # fmt: skip
    return lines
