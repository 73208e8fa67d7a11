"""Parcels: packing accepted gifts, tracking them, noting that they arrived or came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services import gifts, inserts
from outreach.services.carriers import Parcel, propose_carriers, tracking_url
from outreach.services.carriers import carrier as known_carrier
from outreach.services.catalogue import StockReason, copies_left, edition_name
from outreach.services.codes import has_codes
from outreach.services.gifts import GiftState
from outreach.services.postal import PostalAddress
from outreach.services.presence import refuse_to_pack
from outreach.services.suppressions import suppressed_people
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    Edition,
    EmailAddress,
    Gift,
    Item,
    Mailing,
    Person,
    Shipment,
    ShipmentGift,
    StockMovement,
)

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")


class ShipmentState(StrEnum):
    """How far a parcel has come."""

    PACKING = "packing"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A parcel as a line of a list, with what it holds."""

    id: int
    person_id: int | None
    person: str
    email: str
    phone: str
    address: PostalAddress
    contents: str
    gifts: tuple[int, ...]
    carrier: str
    tracking_number: str
    tracking_url: str
    state: str
    sent_on: str
    delivered_on: str
    by: str


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
            ``shipments.suppressed``, ``shipments.away``, ``shipments.minor``, ``catalogue.no_copies``.
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
            _take_copy(store, gift, shipment)
    return ids


def packable(store: Store, gift_ids: Sequence[int]) -> tuple[list[int], list[KnownError]]:
    """Which of some gifts can be packed now, and for each of the others why not; nothing is written."""
    ready: list[int] = []
    refused: list[KnownError] = []
    left: dict[int, int] = {}
    suppressed = suppressed_people(store)
    for gift in Gift.select(Gift, Item).join(Item).where(Gift.id.in_(list(gift_ids))).order_by(Gift.id):
        try:
            _refuse_unready(gift)
            if gift.person_id in suppressed:
                raise KnownError("shipments.suppressed", person=gift.person.name)
            refuse_to_pack(store, [gift.person_id])
            edition = gift.edition_id or _only_edition(gift)
            if edition is not None and StockMovement.select().where(StockMovement.edition == edition).exists():
                left.setdefault(edition, copies_left([edition])[edition])
                if left[edition] < 1:
                    raise KnownError("catalogue.no_copies", edition=edition_name(edition), left=0, wanted=1)
                left[edition] -= 1
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
    for gift in _gifts_of(shipment_id):
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
    for gift in _gifts_of(shipment_id):
        gifts.move(store, gift, GiftState.DELIVERED, day)


def return_shipment(store: Store, shipment_id: int, note: str = "", *, copies_back: bool = True) -> Changes:
    """Note that a parcel came back or was lost: its gifts are accepted again, and no delivery.

    Raises:
        KnownError: ``shipments.not_sent``.
    """
    _needs_sent(shipment_id)
    day = store.today().isoformat()
    with store.operation(Op.RETURN_SHIPMENTS) as written:
        Shipment.update(state=ShipmentState.RETURNED.value, note=clean(note)).where(
            Shipment.id == shipment_id
        ).execute()
        for gift in _gifts_of(shipment_id):
            gifts.move(store, gift, GiftState.ACCEPTED, day, note)
        if copies_back:
            inserts.come_back(store, shipment_id)
            for movement in StockMovement.select().where(StockMovement.shipment == shipment_id):
                StockMovement.create(
                    edition=movement.edition_id,
                    quantity=-movement.quantity,
                    reason=StockReason.RETURNED.value,
                    shipment=shipment_id,
                    moved_on=day,
                    by=store.by,
                )
    return written.changes


def list_shipments(state: ShipmentState | None = None, ids: Sequence[int] | None = None) -> list[ShipmentRow]:
    """Parcels, the newest first; those named in their order."""
    query = Shipment.select(Shipment, Person).left_outer_join(Person).order_by(Shipment.id.desc())
    if state is not None:
        query = query.where(Shipment.state == state.value)
    if ids is not None:
        query = query.where(Shipment.id.in_(list(ids)))
    shipments = list(query)
    if ids is not None:
        place = {row_id: number for number, row_id in enumerate(ids)}
        shipments.sort(key=lambda shipment: place[shipment.id])
    contents = _contents([shipment.id for shipment in shipments])
    return [_row(shipment, contents.get(shipment.id, [])) for shipment in shipments]


def parcel_of(row: ShipmentRow) -> Parcel:
    """A shipment as a carrier's file knows it."""
    return Parcel(
        reference=f"s{row.id}",
        address=row.address,
        email=row.email,
        phone=row.phone,
        contents=row.contents,
    )


def _row(shipment: Shipment, contents: list[tuple[int, str]]) -> ShipmentRow:
    email = EmailAddress.get_or_none((EmailAddress.person == shipment.person_id) & (EmailAddress.position == 0))
    place = {name: getattr(shipment, name) for name in _ADDRESS}
    organisation = shipment.person.organisation if shipment.person_id else ""
    number, code = shipment.tracking_number, shipment.carrier
    return ShipmentRow(
        id=shipment.id,
        person_id=shipment.person_id,
        person=shipment.person.name if shipment.person_id else "",
        email=email.address if email else "",
        phone=shipment.person.phone if shipment.person_id else "",
        address=PostalAddress(organisation=organisation, **place),
        contents="; ".join(title for _, title in contents),
        gifts=tuple(gift for gift, _ in contents),
        carrier=code,
        tracking_number=number,
        tracking_url=tracking_url(code, number) if code and number else "",
        state=shipment.state,
        sent_on=shipment.sent_on or "",
        delivered_on=shipment.delivered_on or "",
        by=shipment.by,
    )


def _contents(shipments: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for start in range(0, len(shipments), 500):
        query = (
            ShipmentGift.select(ShipmentGift.shipment, ShipmentGift.gift, Item.title)
            .join(Gift)
            .join(Item)
            .where(ShipmentGift.shipment.in_(list(shipments[start : start + 500])))
            .order_by(ShipmentGift.id)
        )
        for shipment, gift, title in query.tuples():
            found.setdefault(shipment, []).append((gift, title))
    return found


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


def _pack(store: Store, person_id: int, mailing: int) -> int:
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


def _take_copy(store: Store, gift: Gift, shipment: int) -> None:
    """One copy leaves the stock; an edition of which nothing was ever counted is not counted now."""
    edition = gift.edition_id or _only_edition(gift)
    if edition is None:
        return
    counted = StockMovement.select(fn.COUNT(StockMovement.id)).where(StockMovement.edition == edition).scalar()
    if not counted:
        return
    left = copies_left([edition])[edition]
    if left < 1:
        raise KnownError("catalogue.no_copies", edition=edition_name(edition), left=left, wanted=1)
    StockMovement.create(
        edition=edition,
        quantity=-1,
        reason=StockReason.SHIPPED.value,
        shipment=shipment,
        moved_on=store.today().isoformat(),
        by=store.by,
    )


def _only_edition(gift: Gift) -> int | None:
    """The edition of a gift that names none, when the item has copies of only one."""
    editions = [
        edition.id
        for edition in Edition.select(Edition.id).where(Edition.item == gift.item_id)
        if StockMovement.select().where(StockMovement.edition == edition.id).exists() and not has_codes(edition.id)
    ]
    if len(editions) > 1:
        raise KnownError("shipments.no_edition", gift=f"g{gift.id}", title=gift.item.title)
    return editions[0] if editions else None


def _gifts_of(shipment_id: int) -> list[int]:
    return [row.gift_id for row in ShipmentGift.select().where(ShipmentGift.shipment == shipment_id)]


def _needs_sent(shipment_id: int) -> None:
    state = Shipment.get_by_id(shipment_id).state
    if state != ShipmentState.SENT:
        raise KnownError("shipments.not_sent", shipment=f"s{shipment_id}", state=state)
