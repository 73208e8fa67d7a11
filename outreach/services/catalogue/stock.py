"""Copies: they come and go by movements, what is left is their sum, and it is never below zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.store.database import Store
from outreach.store.models import Edition, EditionCode, Gift, Shipment, ShipmentGift, StockMovement

#: Gifts in these states are promised a copy, until it lies in their parcel.
PROMISED = ("chosen", "asked", "accepted")


class StockReason(StrEnum):
    """Why copies came or went."""

    RECEIVED = "received"
    SHIPPED = "shipped"
    RETURNED = "returned"
    CORRECTED = "corrected"
    CLUB = "club"


@dataclass(frozen=True, slots=True)
class EditionStock:
    """An edition with its copies: received less sent, and promised to gifts that are not packed yet.

    Attributes:
        price_minor: What a copy is worth, in `currency`.
        cost_minor: What a copy costs us, in `cost_currency`.
        codes: How many codes there ever were; such an edition's copies are its codes.
        given: How many of them were handed out.
        expires_on: When the first code that is left lapses.
    """

    id: int
    format: str
    kind: str
    isbn13: str
    price_minor: int | None
    currency: str
    copies: int
    promised: int
    gtin: str = ""
    variant: str = ""
    pages: int | None = None
    pub_date: str = ""
    cost_minor: int | None = None
    cost_currency: str = ""
    codes: int = 0
    given: int = 0
    expires_on: str = ""
    weight_grams: int | None = None


def move_stock(store: Store, edition_id: int, quantity: int, reason: StockReason, note: str = "") -> Changes:
    """Note copies that came (positive) or went (negative).

    Raises:
        KnownError: ``catalogue.no_copies`` when fewer than none would be left, ``codes.are_copies`` where copies are
            codes.
    """
    with store.operation(Op.MOVE_STOCK) as written:
        _refuse_codes(edition_id)
        left = copies_left([edition_id])[edition_id]
        if left + quantity < 0:
            raise KnownError("catalogue.no_copies", edition=_name(edition_id), left=left, wanted=-quantity)
        if quantity:
            note_movement(store, edition_id, quantity, reason, note=note)
    return written.changes


def count_stock(store: Store, edition_id: int, counted: int, note: str = "") -> Changes:
    """Note how many copies a count found here; raises as `move_stock`."""
    if counted < 0:
        raise KnownError("catalogue.no_copies", edition=_name(edition_id), left=0, wanted=-counted)
    with store.operation(Op.MOVE_STOCK) as written:
        _refuse_codes(edition_id)
        found = counted - copies_left([edition_id])[edition_id]
        if found:
            note_movement(store, edition_id, found, StockReason.CORRECTED, note=note)
    return written.changes


def movement(
    store: Store, quantity: int, reason: StockReason, *, shipment: int | None = None, day: str = "", note: str = ""
) -> dict[str, Any]:
    """What a movement says, of copies as of inserts: how many came or went, why, with which parcel, and on which day.

    Args:
        store: The open workspace.
        quantity: How many came; fewer than none where they went.
        reason: Why.
        shipment: The parcel, where it is one.
        day: The day, if it was not today.
        note: A remark.
    """
    return {
        "quantity": quantity,
        "reason": reason.value,
        "shipment": shipment,
        "moved_on": day or store.today().isoformat(),
        "note": clean(note),
        "by": store.by,
    }


def note_movement(store: Store, edition_id: int, quantity: int, reason: StockReason, **more: Any) -> None:
    """Write a movement of copies inside the caller's operation; `more` is as of `movement`."""
    StockMovement.create(edition=edition_id, **movement(store, quantity, reason, **more))


def copies_left(editions: Sequence[int]) -> dict[int, int]:
    """How many copies of each edition are here."""
    left = dict.fromkeys(editions, 0)
    query = (
        StockMovement.select(StockMovement.edition, fn.SUM(StockMovement.quantity))
        .where(StockMovement.edition.in_(list(editions)))
        .group_by(StockMovement.edition)
    )
    left.update(query.tuples())
    return left


def is_packed() -> Any:
    """The condition on gifts that lie in a parcel which is still here: their copy has left the stock with it."""
    packed = ShipmentGift.select(ShipmentGift.gift).join(Shipment).where(Shipment.state == "packing")
    return Gift.id.in_(packed)


def is_promised() -> Any:
    """The condition on gifts that are promised a copy which is still in the stock; nothing is promised to nobody."""
    return Gift.state.in_(PROMISED) & Gift.person.is_null(False) & ~is_packed()


def copies_promised(editions: Sequence[int]) -> dict[int, int]:
    """How many copies of each edition are promised to gifts that are not packed yet."""
    promised = dict.fromkeys(editions, 0)
    query = (
        Gift.select(Gift.edition, fn.COUNT(Gift.id))
        .where(Gift.edition.in_(list(editions)) & is_promised())
        .group_by(Gift.edition)
    )
    promised.update(query.tuples())
    return promised


def lapsed_codes(store: Store, editions: Sequence[int]) -> dict[int, int]:
    """How many codes of each edition lapsed before anyone had them."""
    lapsed = dict.fromkeys(editions, 0)
    query = (
        EditionCode.select(EditionCode.edition, fn.COUNT(EditionCode.id))
        .where(EditionCode.edition.in_(list(editions)) & EditionCode.given_on.is_null())
        .where(EditionCode.expires_on < store.today().isoformat())
        .group_by(EditionCode.edition)
    )
    lapsed.update(query.tuples())
    return lapsed


def stock_of(item_id: int) -> list[EditionStock]:
    """The editions of an item with their copies."""
    editions = list(Edition.select().where(Edition.item == item_id).order_by(Edition.id))
    ids = [edition.id for edition in editions]
    left, promised = copies_left(ids), copies_promised(ids)
    codes = _codes(ids)
    return [
        EditionStock(
            id=edition.id,
            format=edition.format,
            kind=edition.kind,
            isbn13=edition.isbn13 or "",
            price_minor=edition.price_minor,
            currency=edition.currency,
            copies=left[edition.id],
            promised=promised[edition.id],
            gtin=edition.gtin or "",
            variant=edition.variant,
            pages=edition.pages,
            pub_date=edition.pub_date or "",
            cost_minor=edition.cost_minor,
            cost_currency=edition.cost_currency,
            weight_grams=edition.weight_grams,
            codes=codes.get(edition.id, (0, 0, ""))[0],
            given=codes.get(edition.id, (0, 0, ""))[1],
            expires_on=codes.get(edition.id, (0, 0, ""))[2] or "",
        )
        for edition in editions
    ]


def _codes(editions: Sequence[int]) -> dict[int, tuple[int, int, str | None]]:
    """By edition how many codes there are, how many were given, and when the first of the others lapses."""
    counted = (
        EditionCode.select(EditionCode.edition, fn.COUNT(EditionCode.id), fn.COUNT(EditionCode.given_on))
        .where(EditionCode.edition.in_(list(editions)))
        .group_by(EditionCode.edition)
    )
    free = EditionCode.edition.in_(list(editions)) & EditionCode.given_on.is_null()
    first = dict(
        EditionCode.select(EditionCode.edition, fn.MIN(EditionCode.expires_on))
        .where(free)
        .group_by(EditionCode.edition)
        .tuples()
    )
    return {edition: (codes, given, first.get(edition)) for edition, codes, given in counted.tuples()}


def _refuse_codes(edition_id: int) -> None:
    if EditionCode.select().where(EditionCode.edition == edition_id).exists():
        raise KnownError("codes.are_copies", edition=_name(edition_id))


def _name(edition_id: int) -> str:
    edition = Edition.get_by_id(edition_id)
    return f"{edition.item.title} ({edition.format or edition.kind})"
