"""Parcels as lines of a list, with what they hold, where they are, and which one took the place of which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.services.carrying.parcels import Parcel
from outreach.services.people.postal import PostalAddress
from outreach.services.shipments.carriers import tracking_url
from outreach.store.models import (
    Edition,
    EmailAddress,
    Gift,
    Insert,
    Item,
    Person,
    Shipment,
    ShipmentGift,
    ShipmentInsert,
)

_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")
#: A book of fewer pages is a pamphlet to the post.
_PAGES_OF_A_BOOK = 8
#: Kinds of inserts that are no book.
_NO_MEDIA = ("insert", "swag")
_AT_ONCE = 500


class ShipmentState(StrEnum):
    """How far a parcel has come."""

    PACKING = "packing"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A parcel as a line of a list, with what it holds.

    Attributes:
        sku: The ISBN or GTIN, where it is one thing and known.
        not_media: What is in it that is no book of at least eight pages; cards and bookplates of ours do not count.
        is_printed: Whether there are only printed books in it.
        service: What the carrier calls the way it goes, such as ``Media Mail``.
        weight_grams: What it weighs: as it was weighed, or its editions together; None where that is not known.
        replaces: The parcel that was lost or came back, in whose place it went.
        replaced_by: The parcel that went in its place.
    """

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
    note: str = ""
    sku: str = ""
    not_media: tuple[str, ...] = ()
    is_printed: bool = False
    service: str = ""
    weight_grams: int | None = None
    replaces: int | None = None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class _Thing:
    """One gift in a parcel."""

    gift: int
    title: str
    is_book: bool
    pages: int | None
    sku: str
    weight_grams: int | None


def list_shipments(state: ShipmentState | None = None, ids: Sequence[int] | None = None) -> list[ShipmentRow]:
    """Parcels, the newest first; those named in their order."""
    query = Shipment.select(Shipment, Person).left_outer_join(Person).order_by(Shipment.id.desc())
    if state is not None:
        query = query.where(Shipment.state == state.value)
    if ids is None:
        shipments = list(query)
    else:
        found = [row for some in _some(ids) for row in query.where(Shipment.id.in_(some))]
        place = {row_id: number for number, row_id in enumerate(ids)}
        shipments = sorted(found, key=lambda shipment: place[shipment.id])
    known = [shipment.id for shipment in shipments]
    contents, beside, next_ones = _contents(known), _beside(known), _next_ones(known)
    emails = _emails({shipment.person_id for shipment in shipments if shipment.person_id})
    return [
        _row(shipment, contents.get(shipment.id, []), beside.get(shipment.id, []), emails.get(shipment.person_id, ""),
             next_ones.get(shipment.id))
        for shipment in shipments
    ]  # fmt: skip


def parcel_of(row: ShipmentRow) -> Parcel:
    """A shipment as a carrier's file knows it."""
    return Parcel(
        reference=f"s{row.id}",
        address=row.address,
        email=row.email,
        phone=row.phone,
        contents=row.contents,
        sku=row.sku,
        copies=max(1, len(row.gifts)),
        not_media=row.not_media,
        weight_grams=row.weight_grams,
        is_printed=row.is_printed,
        service=row.service,
    )


def gifts_of(shipment_id: int) -> list[int]:
    """The gifts in a parcel."""
    return [row.gift_id for row in ShipmentGift.select().where(ShipmentGift.shipment == shipment_id)]


def _row(
    shipment: Shipment, things: Sequence[_Thing], beside: Sequence[str], email: str, replaced_by: int | None
) -> ShipmentRow:
    place = {name: getattr(shipment, name) for name in _ADDRESS}
    organisation = shipment.person.organisation if shipment.person_id else ""
    number, code = shipment.tracking_number, shipment.carrier
    not_media = [each.title for each in things
                 if not each.is_book or (each.pages is not None and each.pages < _PAGES_OF_A_BOOK)]  # fmt: skip
    weights = [each.weight_grams for each in things]
    together = sum(each or 0 for each in weights) if weights and None not in weights else None
    return ShipmentRow(
        id=shipment.id,
        person_id=shipment.person_id,
        person=shipment.person.name if shipment.person_id else "",
        email=email,
        phone=shipment.person.phone if shipment.person_id else "",
        address=PostalAddress(organisation=organisation, **place),
        contents="; ".join(each.title for each in things),
        gifts=tuple(each.gift for each in things),
        carrier=code,
        tracking_number=number,
        tracking_url=tracking_url(code, number) if code and number else "",
        state=shipment.state,
        sent_on=shipment.sent_on or "",
        delivered_on=shipment.delivered_on or "",
        by=shipment.by,
        note=shipment.note,
        sku=things[0].sku if len(things) == 1 else "",
        not_media=(*not_media, *beside),
        is_printed=bool(things) and all(each.is_book for each in things),
        service=shipment.service,
        weight_grams=together if shipment.weight_grams is None else shipment.weight_grams,
        replaces=shipment.replaces_id,
        replaced_by=replaced_by,
    )


def _contents(shipments: Sequence[int]) -> dict[int, list[_Thing]]:
    found: dict[int, list[_Thing]] = {}
    for some in _some(shipments):
        query = (
            ShipmentGift.select(
                ShipmentGift.shipment, ShipmentGift.gift, Item.title, Item.kind, Edition.pages, Edition.isbn13,
                Edition.gtin, Edition.weight_grams,
            )
            .join(Gift).join(Item).switch(Gift).left_outer_join(Edition)
            .where(ShipmentGift.shipment.in_(some)).order_by(ShipmentGift.id)
        )  # fmt: skip
        for shipment, gift, title, kind, pages, isbn, gtin, grams in query.tuples():
            thing = _Thing(gift, title, kind == "book", pages, isbn or gtin or "", grams)
            found.setdefault(shipment, []).append(thing)
    return found


def _emails(people: Iterable[int]) -> dict[int, str]:
    """By person the address that she is written to."""
    found: dict[int, str] = {}
    for some in _some(sorted(people)):
        first = EmailAddress.person.in_(some) & (EmailAddress.position == 0)
        found.update(EmailAddress.select(EmailAddress.person, EmailAddress.address).where(first).tuples())
    return found


def _beside(shipments: Sequence[int]) -> dict[int, list[str]]:
    """By parcel what lies in it that advertises or is to be kept; a card or a bookplate of ours does neither."""
    found: dict[int, list[str]] = {}
    for some in _some(shipments):
        query = ShipmentInsert.select(ShipmentInsert.shipment, Insert.name).join(Insert)
        query = query.where(ShipmentInsert.shipment.in_(some) & Insert.kind.in_(_NO_MEDIA)).order_by(ShipmentInsert.id)
        for shipment, name in query.tuples():
            found.setdefault(shipment, []).append(name)
    return found


def _next_ones(shipments: Sequence[int]) -> dict[int, int]:
    """By parcel the one that went in its place."""
    found: dict[int, int] = {}
    for some in _some(shipments):
        query = Shipment.select(Shipment.replaces, Shipment.id).where(Shipment.replaces.in_(some))
        found.update(query.order_by(Shipment.id).tuples())
    return found


def _some(ids: Sequence[int]) -> Iterable[list[int]]:
    return (list(ids[start : start + _AT_ONCE]) for start in range(0, len(ids), _AT_ONCE))
