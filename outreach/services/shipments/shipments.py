"""Parcels: packing accepted gifts, tracking them, noting that they arrived or came back."""

from collections.abc import Sequence

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.carrying.listing import ShipmentRow, ShipmentState, gifts_of, list_shipments, parcel_of
from outreach.services.catalogue import inserts
from outreach.services.catalogue.codes import has_codes
from outreach.services.catalogue.stock import StockReason, note_movement
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.gifts.promises import refuse_owed
from outreach.services.people.presence import refuse_to_pack
from outreach.services.people.suppressions import suppressed_people
from outreach.services.shipments.carriers import carrier as known_carrier
from outreach.services.shipments.carriers import propose_carriers
from outreach.services.shipments.copies import Remaining, take_copy
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    Gift,
    Item,
    Mailing,
    Person,
    Shipment,
    ShipmentGift,
    StockMovement,
)

__all__ = [
    "ShipmentRow",
    "ShipmentState",
    "create_shipments",
    "deliver_one",
    "deliver_shipments",
    "list_shipments",
    "packable",
    "parcel_of",
    "replace_shipment",
    "return_one",
    "return_shipment",
    "return_shipments",
    "send_one",
    "send_shipments",
    "track_shipment",
]

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")


def create_shipments(store: Store, gift_ids: Sequence[int], name: str = "") -> tuple[list[int], Changes]:
    """Pack accepted gifts, one parcel a person; the copies leave the stock now.

    Raises:
        KnownError: as `pack`. Then nothing is packed.
    """
    with store.operation(Op.CREATE_SHIPMENTS) as written:
        ids = pack(store, gift_ids, name)
    return ids, written.changes


def pack(store: Store, gift_ids: Sequence[int], name: str = "") -> list[int]:
    """Pack accepted gifts inside the caller's operation; a mailing of this name that is still open takes them in.

    Raises:
        KnownError: ``shipments.not_accepted``, ``shipments.no_address``, ``shipments.no_edition``,
            ``shipments.suppressed``, ``shipments.away``, ``shipments.minor``, ``catalogue.no_copies``, or as
            `refuse_promise` where the copies that are left are promised to others. Then nothing is packed.
    """
    by_person: dict[int, list[Gift]] = {}
    for gift in Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(gift_ids))).order_by(Gift.id):
        _refuse_unready(gift)
        by_person.setdefault(gift.person_id, []).append(gift)
    if not by_person:
        raise KnownError("shipments.nothing")
    suppressed = suppressed_people(store, list(by_person))
    if suppressed:
        raise KnownError("shipments.suppressed", person=Person.get_by_id(min(suppressed)).name)
    refuse_to_pack(store, list(by_person))
    mailing, ids = _mailing(store, clean(name) or store.today().isoformat()), []
    for person, chosen in by_person.items():
        shipment = _pack(store, person, mailing)
        ids.append(shipment)
        for gift in chosen:
            ShipmentGift.create(shipment=shipment, gift=gift.id)
            take_copy(store, gift, shipment)
    return ids


def packable(store: Store, gift_ids: Sequence[int]) -> tuple[list[int], list[KnownError]]:
    """Which of some gifts can be packed now, and for each of the others why not; nothing is written."""
    ready: list[int] = []
    refused: list[KnownError] = []
    remaining = Remaining(store)
    suppressed = suppressed_people(store)
    for gift in Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(gift_ids))).order_by(Gift.id):
        try:
            _refuse_unready(gift)
            if gift.person_id in suppressed:
                raise KnownError("shipments.suppressed", person=gift.person.name)
            refuse_to_pack(store, [gift.person_id])
            remaining.take(gift)
        except KnownError as error:
            refused.append(error)
        else:
            ready.append(gift.id)
    return ready, refused


def track_shipment(store: Store, shipment_id: int, number: str = "", carrier: str = "", on: str = "") -> Changes:
    """Note that a parcel is on its way, with its tracking number if it has one.

    A carrier that is not named is taken from the number when only one fits.

    Raises:
        KnownError: ``shipments.not_packing``, ``shipments.number_taken``, ``carriers.unknown``.
    """
    shipment = Shipment.get_by_id(shipment_id)
    if shipment.state not in (ShipmentState.PACKING, ShipmentState.SENT):
        raise KnownError("shipments.not_packing", shipment=f"s{shipment_id}", state=shipment.state)
    code = known_carrier(carrier).code if carrier else ""
    with store.operation(Op.TRACK_SHIPMENT) as written:
        note_number(shipment_id, number, code)
        if shipment.state == ShipmentState.PACKING:
            send_one(store, shipment_id, on or store.today().isoformat())
    return written.changes


def send_shipments(store: Store, shipments: Sequence[int], on: str = "") -> Changes:
    """Note that parcels are on their way, with a tracking number or without.

    Raises:
        KnownError: ``shipments.not_packing`` or ``shipments.suppressed``. Then none is noted.
    """
    refuse_suppressed(store, shipments)
    with store.operation(Op.SEND_SHIPMENTS) as written:
        for shipment_id in shipments:
            state = Shipment.get_by_id(shipment_id).state
            if state != ShipmentState.PACKING:
                raise KnownError("shipments.not_packing", shipment=f"s{shipment_id}", state=state)
            send_one(store, shipment_id, on or store.today().isoformat())
    return written.changes


def refuse_suppressed(store: Store, shipments: Sequence[int]) -> None:
    """Nothing goes to who asked not to be contacted; raises ``shipments.suppressed``."""
    people = [row.person_id for row in Shipment.select(Shipment.person).where(Shipment.id.in_(list(shipments)))]
    for person in suppressed_people(store, [each for each in people if each is not None]):
        raise KnownError("shipments.suppressed", person=Person.get_by_id(person).name)


def note_number(shipment_id: int, text: str, carrier: str = "") -> None:
    """Note a parcel's number and carrier inside the caller's operation; what is not told stays as it is.

    Raises:
        KnownError: ``shipments.number_taken``.
    """
    number = "".join(clean(text).split()).upper()
    if number:
        taken = Shipment.get_or_none((Shipment.tracking_number == number) & (Shipment.id != shipment_id))
        if taken is not None:
            raise KnownError("shipments.number_taken", number=number, shipment=f"s{taken.id}")
        proposed = propose_carriers(number)
        carrier = carrier or (proposed[0] if len(proposed) == 1 else "")
    told = {"tracking_number": number, "carrier": carrier}
    columns = {name: value for name, value in told.items() if value}
    if columns:
        Shipment.update(**columns).where(Shipment.id == shipment_id).execute()


def send_one(store: Store, shipment_id: int, day: str) -> None:
    """Note that a packed parcel is on its way, inside the caller's operation."""
    Shipment.update(state=ShipmentState.SENT.value, sent_on=day).where(Shipment.id == shipment_id).execute()
    for gift in gifts_of(shipment_id):
        gifts.move(store, gift, GiftState.SENT, day)


def deliver_shipments(store: Store, shipments: Sequence[int], on: str = "") -> Changes:
    """Note that parcels arrived.

    Raises:
        KnownError: ``shipments.not_sent``. Then none is noted.
    """
    day = on or store.today().isoformat()
    with store.operation(Op.DELIVER_SHIPMENTS) as written:
        for shipment_id in shipments:
            deliver_one(store, shipment_id, day)
    return written.changes


def deliver_one(store: Store, shipment_id: int, day: str) -> None:
    """Note that a parcel arrived, inside the caller's operation; raises as `deliver_shipments`."""
    _needs_sent(shipment_id)
    Shipment.update(state=ShipmentState.DELIVERED.value, delivered_on=day).where(Shipment.id == shipment_id).execute()
    for gift in gifts_of(shipment_id):
        gifts.move(store, gift, GiftState.DELIVERED, day)


def return_shipment(
    store: Store, shipment_id: int, note: str = "", *, copies_back: bool = True, lost: bool = False
) -> Changes:
    """Note that a parcel came back or was lost; see `return_shipments`."""
    return return_shipments(store, [shipment_id], note, copies_back=copies_back, lost=lost)


def return_shipments(
    store: Store, shipments: Sequence[int], note: str = "", *, copies_back: bool = True, lost: bool = False
) -> Changes:
    """Note that parcels came back or were lost: their gifts are accepted again, and no delivery.

    Args:
        store: The open workspace.
        shipments: Which parcels.
        note: Why.
        copies_back: Whether the copies can be sent again; of what was lost none can.
        lost: Whether they were lost; else they came back, and the address is asked for before anything goes there.

    Raises:
        KnownError: ``shipments.not_sent``. Then none is noted.
    """
    with store.operation(Op.RETURN_SHIPMENTS) as written:
        for shipment_id in shipments:
            return_one(store, shipment_id, store.today().isoformat(), note, copies_back=copies_back, lost=lost)
    return written.changes


def return_one(
    store: Store, shipment_id: int, day: str, note: str = "", *, copies_back: bool = True, lost: bool = False
) -> None:
    """Note that a parcel came back or was lost, inside the caller's operation; raises as `return_shipments`."""
    _needs_sent(shipment_id)
    state = ShipmentState.LOST if lost else ShipmentState.RETURNED
    Shipment.update(state=state.value, note=clean(note)).where(Shipment.id == shipment_id).execute()
    for gift in gifts_of(shipment_id):
        gifts.move(store, gift, GiftState.ACCEPTED, day, note, happened=True)
    if lost:
        return
    went_to = Shipment.select(Shipment.address).where(Shipment.id == shipment_id)
    Address.update(confirmed_on=None).where(Address.id.in_(went_to)).execute()
    if copies_back:
        inserts.come_back(store, shipment_id, day)
        for took in StockMovement.select().where(StockMovement.shipment == shipment_id):
            note_movement(store, took.edition_id, -took.quantity, StockReason.RETURNED, shipment=shipment_id, day=day)


def replace_shipment(store: Store, shipment_id: int, note: str = "") -> tuple[int, Changes]:
    """Pack another parcel in the place of one that was lost or came back; one that is on its way counts as lost now.

    It goes to the address that holds now, with other copies; both know of each other.

    Raises:
        KnownError: ``shipments.not_replaced`` for one that is being packed or arrived, and as `create_shipments`, also
            where the copies that are left are promised to others.
    """
    old = Shipment.get_by_id(shipment_id)
    if old.state not in (ShipmentState.SENT, ShipmentState.RETURNED, ShipmentState.LOST):
        raise KnownError("shipments.not_replaced", shipment=f"s{shipment_id}", state=old.state)
    if old.person_id is None:
        raise KnownError("shipments.nobody", shipment=f"s{shipment_id}")
    refuse_to_pack(store, [old.person_id])
    if suppressed_people(store, [old.person_id]):
        raise KnownError("shipments.suppressed", person=old.person.name)
    with store.operation(Op.REPLACE_SHIPMENT) as written:
        if old.state == ShipmentState.SENT:
            return_one(store, shipment_id, store.today().isoformat(), note, lost=True)
            refuse_owed(store, gifts_of(shipment_id))
        held = list(Gift.select(Gift, Item).join(Item).where(Gift.id.in_(gifts_of(shipment_id))).order_by(Gift.id))
        for gift in held:
            _refuse_unready(gift)
        made = _pack(store, old.person_id, old.mailing_id)
        Shipment.update(replaces=shipment_id).where(Shipment.id == made).execute()
        for gift in held:
            ShipmentGift.create(shipment=made, gift=gift.id)
            take_copy(store, gift, made)
    return made, written.changes


def _refuse_unready(gift: Gift) -> None:
    if gift.state != GiftState.ACCEPTED:
        raise KnownError("shipments.not_accepted", gift=f"g{gift.id}", title=gift.item.title, state=gift.state)
    if (
        gift.person_id is None
        or not Address.select().where((Address.person == gift.person_id) & (Address.is_current == 1)).exists()
    ):
        raise KnownError("shipments.no_address", person=gift.person.name if gift.person_id else "?", gift=f"g{gift.id}")
    if gift.edition_id is not None and has_codes(gift.edition_id):
        raise KnownError("shipments.by_code", gift=f"g{gift.id}", title=gift.item.title)
    # A gift that came back lies in an older parcel; only one that is still being packed is in the way.
    open_parcel = (
        ShipmentGift.select().join(Shipment)
        .where((ShipmentGift.gift == gift.id) & (Shipment.state == ShipmentState.PACKING.value)).first()
    )  # fmt: skip
    if open_parcel is not None:
        raise KnownError("shipments.packed", gift=f"g{gift.id}", shipment=f"s{open_parcel.shipment_id}")


def _mailing(store: Store, name: str) -> int:
    is_open = (Mailing.name == name) & (Shipment.state == ShipmentState.PACKING.value)
    found = Mailing.select().join(Shipment).where(is_open).order_by(-Mailing.id).first()
    return int((found or Mailing.create(name=name, created_at=store.now())).id)


def _pack(store: Store, person_id: int, mailing: int | None) -> int:
    person = Person.get_by_id(person_id)
    address = (
        Address.select().where((Address.person == person_id) & (Address.is_current == 1)).order_by(-Address.id).get()
    )
    place = {name: getattr(address, name) for name in _ADDRESS}
    place["deliver_to"] = place["deliver_to"] or person.name
    shipment = Shipment.create(
        person=person_id,
        mailing=mailing,
        address=address.id,
        **place,
        state=ShipmentState.PACKING.value,
        by=store.by,
        created_at=store.now(),
    )
    return int(shipment.id)


def _needs_sent(shipment_id: int) -> None:
    state = Shipment.get_by_id(shipment_id).state
    if state != ShipmentState.SENT:
        raise KnownError("shipments.not_sent", shipment=f"s{shipment_id}", state=state)
