"""Inserts: cards, swag, bookplates and note cards that lie in a parcel beside its gifts.

An insert that was never counted can be put into parcels all the same, and is not counted then; of one that was, what is
left is the sum of its movements, and never below none (`outreach.store.stock`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import parse_count, to_minor
from outreach.fields.text import clean, fold
from outreach.services.catalogue.editions import parse_price
from outreach.services.catalogue.stock import StockReason, movement
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Insert, InsertMovement, Item, Shipment, ShipmentGift, ShipmentInsert

#: As `ShipmentState.PACKING`, whose module stands on this one.
_PACKING = "packing"
#: More of one thing in a parcel, or on a shelf, is a slip of the finger.
_MOST_EACH, _MOST = 999, 10_000_000
#: What can be changed of an insert, each as text.
INSERT_FIELDS = ("name", "kind", "cost", "count", "item")


class InsertKind(StrEnum):
    """What sort of extra it is."""

    INSERT = "insert"
    SWAG = "swag"
    BOOKPLATE = "bookplate"
    NOTE_CARD = "note_card"


@dataclass(frozen=True, slots=True)
class NewInsert:
    """An insert to add.

    Attributes:
        item_id: The title it goes with; none where it goes with any.
        campaign_id: The campaign it goes with; none where it goes with any.
        cost: What one of it costs us, in `currency`.
        count: How many are here; None where they are not counted.
    """

    name: str
    kind: InsertKind = InsertKind.INSERT
    item_id: int | None = None
    campaign_id: int | None = None
    cost: Decimal | None = None
    currency: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class InsertRow:
    """An insert as a line of a list.

    Attributes:
        left: How many are left; None where they were never counted.
        out: How many are in parcels, also in those that have left.
    """

    id: int
    kind: str
    name: str
    item_id: int | None
    title: str
    campaign: str
    cost_minor: int | None
    cost_currency: str
    left: int | None
    out: int
    by: str


@dataclass(frozen=True, slots=True)
class PackedInsert:
    """What lies in one parcel of an insert."""

    insert_id: int
    kind: str
    name: str
    quantity: int


def add_insert(store: Store, new: NewInsert) -> tuple[int, Changes]:
    """Add an insert.

    Raises:
        KnownError: ``inserts.no_name``, ``inserts.name_taken``, ``inserts.bad_number``, ``catalogue.bad_price``.
    """
    if new.cost is not None and not new.currency:
        raise KnownError("catalogue.bad_price", value=str(new.cost))
    if new.count is not None:
        _refuse_number(new.count, least=0, most=_MOST)
    with store.operation(Op.ADD_INSERT) as written:
        made = Insert.create(
            kind=new.kind.value,
            **_named(new.name, 0),
            item=new.item_id,
            campaign=new.campaign_id,
            cost_minor=None if new.cost is None else to_minor(new.cost, new.currency),
            cost_currency=new.currency if new.cost is not None else "",
            by=store.by,
            created_at=store.now(),
        )
        if new.count is not None:
            _note(store, made.id, new.count, StockReason.RECEIVED)
    return int(made.id), written.changes


def edit_insert(store: Store, insert_id: int, values: Mapping[str, str]) -> Changes:
    """Change what is known of an insert, by names of `INSERT_FIELDS`.

    An empty cost takes it away, an empty count leaves what is known; the item is the id of a title, or empty for any.

    Raises:
        KnownError: as `add_insert`, ``inserts.unknown_kind``, ``catalogue.unknown_field``.
    """
    before = Insert.get_by_id(insert_id)
    columns: dict[str, Any] = {}
    counted: int | None = None
    for name, value in values.items():
        if name == "name":
            columns |= _named(value, insert_id)
        elif name == "kind":
            columns["kind"] = _kind(value)
        elif name == "cost":
            cost, currency = parse_price(value, before.cost_currency)
            columns |= {"cost_minor": None if cost is None else to_minor(cost, currency), "cost_currency": currency}
        elif name == "count":
            counted = parse_number(value)
        elif name == "item":
            columns["item"] = int(value) if value else None
        else:
            raise KnownError("catalogue.unknown_field", name=name, known=", ".join(INSERT_FIELDS))
    with store.operation(Op.EDIT_INSERT) as written:
        if columns:
            Insert.update(**columns).where(Insert.id == insert_id).execute()
        if counted is not None:
            _count(store, insert_id, counted)
    return written.changes


def parse_number(text: str) -> int | None:
    """How many there are, as typed; None for an empty text.

    Raises:
        KnownError: ``inserts.bad_number``.
    """
    told = clean(text)
    if not told:
        return None
    number = parse_count(told)
    if number is None or number > _MOST:
        raise KnownError("inserts.bad_number", number=told[:50], most=_MOST)
    return number


def move_inserts(store: Store, insert_id: int, quantity: int, note: str = "") -> Changes:
    """Note that some came (positive) or are gone (negative).

    Raises:
        KnownError: ``inserts.bad_number``, ``inserts.none_left`` when more would be gone than are left.
    """
    _refuse_number(quantity, least=-_MOST, most=_MOST)
    with store.operation(Op.COUNT_INSERTS) as written:
        if quantity < 0:
            _refuse_without(insert_id, -quantity)
        if quantity:
            reason = StockReason.RECEIVED if quantity > 0 else StockReason.CORRECTED
            _note(store, insert_id, quantity, reason, note=note)
    return written.changes


def count_inserts(store: Store, insert_id: int, counted: int, note: str = "") -> Changes:
    """Note how many a count found here; from the first count on they are counted.

    Raises:
        KnownError: ``inserts.bad_number``.
    """
    _refuse_number(counted, least=0, most=_MOST)
    with store.operation(Op.COUNT_INSERTS) as written:
        _count(store, insert_id, counted, note)
    return written.changes


def put_in(store: Store, insert_id: int, shipments: Sequence[int], each: int = 1) -> Changes:
    """Put an insert into parcels that are being packed, so many into each, beside what is in them of it already.

    Raises:
        KnownError: ``inserts.bad_number``, ``inserts.no_parcel``, ``inserts.not_packing``, ``inserts.none_left``. Then
            none is put anywhere.
    """
    _refuse_number(each, least=1, most=_MOST_EACH)
    chosen = list(dict.fromkeys(shipments))
    _refuse_gone(insert_id, chosen)
    with store.operation(Op.PUT_INSERTS) as written:
        counted = inserts_left([insert_id]).get(insert_id) is not None
        if counted:
            _refuse_without(insert_id, each * len(chosen))
        for shipment in chosen:
            packed = ShipmentInsert.get_or_none(_in(insert_id, shipment))
            if packed is None:
                ShipmentInsert.create(shipment=shipment, parcel_insert=insert_id, quantity=each)
            else:
                more = packed.quantity + each
                _refuse_number(more, least=1, most=_MOST_EACH)
                ShipmentInsert.update(quantity=more).where(ShipmentInsert.id == packed.id).execute()
            if counted:
                _note(store, insert_id, -each, StockReason.SHIPPED, shipment=shipment)
    return written.changes


def take_out(store: Store, insert_id: int, shipments: Sequence[int]) -> Changes:
    """Take an insert out of parcels that are being packed; what was counted is back.

    Raises:
        KnownError: ``inserts.no_parcel``, ``inserts.not_packing``. Then it stays everywhere.
    """
    chosen = list(dict.fromkeys(shipments))
    _refuse_gone(insert_id, chosen)
    with store.operation(Op.PUT_INSERTS) as written:
        for shipment in chosen:
            _bring_back(store, shipment, InsertMovement.parcel_insert == insert_id)
            ShipmentInsert.delete().where(_in(insert_id, shipment)).execute()
    return written.changes


def come_back(store: Store, shipment_id: int, day: str) -> None:
    """A parcel came back on a day: its counted inserts are here again, inside the caller's operation.

    That they lay in it stays noted, as it does of its gifts.
    """
    _bring_back(store, shipment_id, InsertMovement.id > 0, day)


def inserts_left(inserts: Sequence[int]) -> dict[int, int]:
    """How many are left of each insert that was ever counted."""
    query = (
        InsertMovement.select(InsertMovement.parcel_insert, fn.SUM(InsertMovement.quantity))
        .where(InsertMovement.parcel_insert.in_(list(inserts)))
        .group_by(InsertMovement.parcel_insert)
    )
    return {int(insert): int(left) for insert, left in query.tuples()}


def list_inserts(item_id: int | None = None) -> list[InsertRow]:
    """All inserts by name, or those that go with one title."""
    query = Insert.select(Insert, Item, Campaign).left_outer_join(Item).switch(Insert).left_outer_join(Campaign)
    if item_id is not None:
        query = query.where(Insert.item == item_id)
    rows = list(query.order_by(Insert.name_key))
    left = inserts_left([row.id for row in rows])
    out = dict(
        ShipmentInsert.select(ShipmentInsert.parcel_insert, fn.SUM(ShipmentInsert.quantity))
        .group_by(ShipmentInsert.parcel_insert)
        .tuples()
    )
    return [
        InsertRow(
            id=row.id,
            kind=row.kind,
            name=row.name,
            item_id=row.item_id,
            title=row.item.title if row.item_id else "",
            campaign=row.campaign.name if row.campaign_id else "",
            cost_minor=row.cost_minor,
            cost_currency=row.cost_currency,
            left=left.get(row.id),
            out=out.get(row.id, 0),
            by=row.by,
        )
        for row in rows
    ]


def inserts_in(shipments: Sequence[int]) -> dict[int, list[PackedInsert]]:
    """By parcel what lies in it beside its gifts, in the order in which it was put there."""
    found: dict[int, list[PackedInsert]] = {}
    for start in range(0, len(shipments), 500):
        query = (
            ShipmentInsert.select(ShipmentInsert, Insert)
            .join(Insert)
            .where(ShipmentInsert.shipment.in_(list(shipments[start : start + 500])))
            .order_by(ShipmentInsert.id)
        )
        for row in query:
            packed = PackedInsert(row.parcel_insert_id, row.parcel_insert.kind, row.parcel_insert.name, row.quantity)
            found.setdefault(row.shipment_id, []).append(packed)
    return found


def fitting_parcels(insert_id: int) -> list[int]:
    """The parcels being packed that an insert goes with and is not in yet, oldest first.

    It goes with gifts of its title and of its campaign, where it has one; a bookplate only with a gift that is to have
    one, and that is not signed otherwise.
    """
    insert = Insert.get_by_id(insert_id)
    there = ShipmentInsert.select(ShipmentInsert.shipment).where(ShipmentInsert.parcel_insert == insert_id)
    wanted = (Shipment.state == _PACKING) & Shipment.id.not_in(there)
    if insert.item_id:
        wanted &= Gift.item == insert.item_id
    if insert.campaign_id:
        wanted &= Gift.campaign == insert.campaign_id
    if insert.kind == InsertKind.BOOKPLATE:
        wanted &= Gift.signing == "bookplate"
    query = Shipment.select(Shipment.id).join(ShipmentGift).join(Gift).where(wanted).distinct().order_by(Shipment.id)
    return [row.id for row in query]


def _bring_back(store: Store, shipment_id: int, which: Any, day: str = "") -> None:
    """What a parcel took from the counts of some inserts, and has not given back yet, is here again."""
    taken = (
        InsertMovement.select(InsertMovement.parcel_insert, fn.SUM(InsertMovement.quantity))
        .where((InsertMovement.shipment == shipment_id) & which)
        .group_by(InsertMovement.parcel_insert)
        .order_by(InsertMovement.parcel_insert)
    )
    for insert, quantity in list(taken.tuples()):
        if quantity < 0:
            _note(store, insert, -quantity, StockReason.RETURNED, shipment=shipment_id, day=day)


def _note(store: Store, insert_id: int, quantity: int, reason: StockReason, **more: Any) -> None:
    InsertMovement.create(parcel_insert=insert_id, **movement(store, quantity, reason, **more))


def _count(store: Store, insert_id: int, counted: int, note: str = "") -> None:
    left = inserts_left([insert_id]).get(insert_id)
    if counted != left:
        _note(store, insert_id, counted - (left or 0), StockReason.CORRECTED, note=note)


def _in(insert_id: int, shipment: int) -> Any:
    return (ShipmentInsert.shipment == shipment) & (ShipmentInsert.parcel_insert == insert_id)


def _named(text: str, own: int) -> dict[str, str]:
    name = clean(text)
    if not name:
        raise KnownError("inserts.no_name")
    taken = Insert.get_or_none((Insert.name_key == fold(name)) & (Insert.id != own))
    if taken is not None:
        raise KnownError("inserts.name_taken", name=taken.name, insert=f"x{taken.id}")
    return {"name": name, "name_key": fold(name)}


def _kind(text: str) -> str:
    if text not in set(InsertKind):
        raise KnownError("inserts.unknown_kind", value=text, known=", ".join(InsertKind))
    return text


def _refuse_number(number: int, *, least: int, most: int) -> None:
    if not least <= number <= most:
        raise KnownError("inserts.bad_number", number=number, most=most)


def _refuse_without(insert_id: int, wanted: int) -> None:
    left = inserts_left([insert_id]).get(insert_id, 0)
    if wanted > left:
        raise KnownError("inserts.none_left", name=Insert.get_by_id(insert_id).name, left=left, wanted=wanted)


def _refuse_gone(insert_id: int, shipments: Sequence[int]) -> None:
    """Only a parcel that is still open can be changed."""
    if not shipments:
        raise KnownError("inserts.no_parcel", name=Insert.get_by_id(insert_id).name)
    for shipment in Shipment.select().where(Shipment.id.in_(list(shipments))):
        if shipment.state != _PACKING:
            raise KnownError("inserts.not_packing", shipment=f"s{shipment.id}", state=shipment.state)
