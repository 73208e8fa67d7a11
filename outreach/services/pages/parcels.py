"""The page of shipments: what is to be packed, what is packed, what is on its way, what arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from outreach.services.gifts.gifts import GiftState
from outreach.services.people.addresses import PARTS
from outreach.services.people.postal import PostalAddress
from outreach.services.people.postal_doubts import Doubt, address_doubts
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.services.shipments.carriers import tracking_url
from outreach.services.shipments.shipments import ShipmentState
from outreach.services.workspaces.data_rules import confirmed_since
from outreach.store.database import Store
from outreach.store.models import Account, Address, Edition, Gift, Item, Letter, Person, Shipment, ShipmentGift

#: Letters of this kind ask for an address, and have gone or are about to in these states.
ASKS_ADDRESS, _ASKED = "address", ("approved", "queued", "sent")


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a parcel goes, as far as a line shows it."""

    id: int
    name: str
    role: str
    organisation: str
    platform: str


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A parcel, or the accepted gifts of one person that are not packed yet.

    Attributes:
        id: The parcel's id; of unpacked gifts what `unpacked_row` makes of the first one's id, so that both stand in
            one list.
        more: How many other gifts go in the same parcel.
        address: Where it goes; None where no address is known.
        confirmed_on: When she said that the address is right; empty where she never did.
        stale: Whether that is worth asking again.
        doubts: What is odd about the address.
        asked_on: The day on which she was asked for it since, empty where she was not.
        state: A `ShipmentState`, empty for what is not packed.
    """

    id: int
    person: Addressee | None
    item_id: int
    title: str
    is_book: bool
    format: str
    more: int
    address: PostalAddress | None
    confirmed_on: str
    stale: bool
    doubts: tuple[Doubt, ...]
    asked_on: str
    tracking_number: str
    tracking_url: str
    carrier: str
    state: str
    sent_on: str
    delivered_on: str

    @property
    def is_asked_for(self) -> bool:
        """Whether the address is to be looked at before a parcel goes there."""
        return self.address is None or self.stale or bool(self.doubts)

    @property
    def is_open(self) -> bool:
        """Whether it can take a tracking number and go: it is packed, or nothing keeps it from being packed."""
        return self.state == ShipmentState.PACKING or (not self.state and not self.is_asked_for)


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


def parcel_counts() -> ParcelCounts:
    """How many parcels are how far."""
    by_state = dict(Shipment.select(Shipment.state, fn.count(Shipment.id)).group_by(Shipment.state).tuples())
    known = Address.select(Address.person).where(Address.is_current == 1)
    packing = Shipment.select().where(Shipment.state == ShipmentState.PACKING)
    people = fn.count(Gift.person.distinct())
    return ParcelCounts(
        to_pack=unpacked(people).scalar(),
        ready=unpacked(people).where(Gift.person.in_(known)).scalar(),
        packed=by_state.get(ShipmentState.PACKING, 0),
        numbered=packing.where(Shipment.tracking_number != "").count(),
        sent=by_state.get(ShipmentState.SENT, 0),
        delivered=by_state.get(ShipmentState.DELIVERED, 0),
    )


def parcel_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    """The lines of some parcels and unpacked gifts, at most a page of them."""
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


def destinations(parcels: Sequence[int]) -> dict[int, tuple[str, PostalAddress]]:
    """By parcel whose it is and where it goes, in few questions for any number of them."""
    found: dict[int, tuple[str, PostalAddress]] = {}
    columns = [getattr(Shipment, name) for name in PARTS]
    query = Shipment.select(Shipment.id, Person.name, Person.organisation, *columns).left_outer_join(Person)
    for start in range(0, len(parcels), 500):
        for parcel, name, house, *place in query.where(Shipment.id.in_(parcels[start : start + 500])).tuples():
            parts = dict(zip(PARTS, place, strict=True))
            found[parcel] = name or parts["deliver_to"], PostalAddress(organisation=house or "", **parts)
    return found


def addressees(people: Sequence[int]) -> dict[int, Addressee]:
    """Some people as their parcels name them, at most a page of them."""
    some = list(people)
    platforms = dict(
        Account.select(Account.person, Account.platform).where(Account.person.in_(some)).order_by(-Account.id).tuples()
    )
    columns = Person.select(Person.id, Person.name, Person.role, Person.organisation).where(Person.id.in_(some))
    return {
        person: Addressee(person, name, role, organisation, platforms.get(person, OFF_SOCIAL))
        for person, name, role, organisation in columns.tuples()
    }


def asked_days(people: Sequence[int]) -> dict[int, str]:
    """When some people were asked for their address last, by a letter that went or is about to."""
    query = Letter.select(Letter.person, fn.max(Letter.approved_at)).where(
        Letter.person.in_(list(people)) & (Letter.kind == ASKS_ADDRESS) & Letter.state.in_(_ASKED)
    )
    return {person: (at or "")[:10] for person, at in query.group_by(Letter.person).tuples()}


def _addresses(people: Sequence[int]) -> dict[int, Address]:
    current = Address.select().where(Address.person.in_(list(people)) & (Address.is_current == 1))
    return {row.person_id: row for row in current.order_by(Address.id)}


def _formats(editions: Sequence[int | None]) -> dict[int, str]:
    known = [each for each in editions if each]
    return dict(Edition.select(Edition.id, Edition.format).where(Edition.id.in_(known)).tuples())


def doubts_of(address: Address | PostalAddress | None) -> tuple[Doubt, ...]:
    """What is odd about an address that is known."""
    return address_doubts({name: getattr(address, name) for name in PARTS}) if address is not None else ()


def _asked_since(asked: str, confirmed: str) -> str:
    """What she was asked before she answered is no longer told."""
    return asked if asked > confirmed else ""


def _gift_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    gifts = list(Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(ids))))
    owners = [gift.person_id for gift in gifts if gift.person_id]
    people, addresses, since = addressees(owners), _addresses(owners), confirmed_since(store)
    formats, asked = _formats([gift.edition_id for gift in gifts]), asked_days(owners)
    counted = unpacked(Gift.person, fn.count(Gift.id)).where(Gift.person.in_(owners)).group_by(Gift.person)
    together = dict(counted.tuples())
    lines = {}
    for gift in gifts:
        person, address = people.get(gift.person_id), addresses.get(gift.person_id)
        confirmed = (address.confirmed_on or "") if address else ""
        row_id = unpacked_row(gift.id)
        lines[row_id] = ParcelLine(
            id=row_id, person=person, item_id=gift.item_id, title=gift.item.title,
            is_book=gift.item.kind == "book", format=formats.get(gift.edition_id, ""),
            more=max(0, together.get(gift.person_id, 1) - 1),
            address=_postal(address, person) if address else None, confirmed_on=confirmed,
            stale=confirmed < since, doubts=doubts_of(address),
            asked_on=_asked_since(asked.get(gift.person_id, ""), confirmed),
            tracking_number="", tracking_url="", carrier="", state="", sent_on="", delivered_on="",
        )  # fmt: skip
    return lines


def _postal(address: Address, person: Addressee | None) -> PostalAddress:
    return PostalAddress(
        deliver_to=address.deliver_to or (person.name if person else ""),
        organisation=person.organisation if person else "",
        line1=address.line1, line2=address.line2, city=address.city, region=address.region,
        postcode=address.postcode, country=address.country,
    )  # fmt: skip


def _shipment_lines(store: Store, ids: Sequence[int]) -> dict[int, ParcelLine]:
    wanted = Shipment.id.in_(list(ids))
    rows = list(Shipment.select().where(wanted))
    confirmations = dict(Shipment.select(Shipment.id, Address.confirmed_on).join(Address).where(wanted).tuples())
    since, owners = confirmed_since(store), [row.person_id for row in rows if row.person_id]
    people, asked = addressees(owners), asked_days(owners)
    gifts: dict[int, list[Gift]] = {}
    held = Gift.select(Gift, Item, ShipmentGift.shipment).join(Item).switch(Gift).join(ShipmentGift)
    for gift in held.where(ShipmentGift.shipment.in_(list(ids))).order_by(ShipmentGift.id):
        gifts.setdefault(gift.shipmentgift.shipment_id, []).append(gift)
    formats = _formats([some[0].edition_id for some in gifts.values()])
    lines = {}
    for row in rows:
        person, gift = people.get(row.person_id or 0), next(iter(gifts.get(row.id, [])), None)
        confirmed = confirmations.get(row.id) or ""
        place = PostalAddress(
            organisation=person.organisation if person else "", **{name: getattr(row, name) for name in PARTS}
        )
        number, code = row.tracking_number, row.carrier
        lines[row.id] = ParcelLine(
            id=row.id, person=person, item_id=gift.item_id if gift else 0, title=gift.item.title if gift else "",
            is_book=gift is None or gift.item.kind == "book", format=formats.get(gift.edition_id, "") if gift else "",
            more=max(0, len(gifts.get(row.id, [])) - 1), address=place, confirmed_on=confirmed,
            stale=confirmed < since, doubts=doubts_of(place),
            asked_on=_asked_since(asked.get(row.person_id or 0, ""), confirmed), tracking_number=number,
            tracking_url=tracking_url(code, number) if code and number else "", carrier=code, state=row.state,
            sent_on=row.sent_on or "", delivered_on=row.delivered_on or "",
        )  # fmt: skip
    return lines
