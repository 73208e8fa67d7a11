"""A club's copies, as a ledger: asked for, sent by us, bought, ordered ahead, passed round.

What was sold is never added to what was given.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean
from outreach.services.catalogue.stock import StockReason, movement
from outreach.services.gifts.promises import refuse_promise
from outreach.store.database import Store
from outreach.store.models import Club, ClubCopies, Edition, EditionCode, Item, StockMovement

_MOST = 1_000_000


class CopiesKind(StrEnum):
    """What happened to copies of a club."""

    ASKED = "asked"
    SENT = "sent"
    BOUGHT = "bought"
    ORDERED = "ordered"
    PASSED_ROUND = "passed_round"


#: These bring money.
SOLD = (CopiesKind.BOUGHT, CopiesKind.ORDERED)


@dataclass(frozen=True, slots=True)
class NewCopies:
    """Copies to note.

    Attributes:
        item_id: Of which title; of the one that the club reads where it is not said.
        edition_id: With copies that we sent, the edition whose stock they come from; none where they are not ours.
        amount: What was paid for all of them, in `currency`.
    """

    kind: CopiesKind
    copies: int
    item_id: int | None = None
    edition_id: int | None = None
    amount: Decimal | None = None
    currency: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CopiesRow:
    """A line of a club's ledger."""

    id: int
    kind: str
    copies: int
    item_id: int | None
    title: str
    amount_minor: int | None
    currency: str
    happened_on: str
    from_stock: bool
    note: str


@dataclass(frozen=True, slots=True)
class CopiesTotal:
    """Copies of a kind and of a title, with what was paid for those whose price is known."""

    kind: str
    item_id: int | None
    title: str
    copies: int
    amount_minor: int
    currency: str


def note_copies(store: Store, club_id: int, new: NewCopies) -> Changes:
    """Note copies of a club; those that we send out of stock leave it.

    Raises:
        KnownError: ``club_copies.bad_number``, ``club_copies.no_money``, ``club_copies.not_sent``,
            ``club_copies.by_code``, and as `refuse_promise` when there are not enough that are promised to nobody.
    """
    if not 1 <= new.copies <= _MOST:
        raise KnownError("club_copies.bad_number", number=new.copies)
    if new.amount is not None and (new.kind not in SOLD or not new.currency or new.amount < 0):
        raise KnownError("club_copies.no_money", kind=new.kind.value)
    if new.edition_id is not None and new.kind is not CopiesKind.SENT:
        raise KnownError("club_copies.not_sent", kind=new.kind.value)
    day = new.on or store.today().isoformat()
    item = new.item_id or Club.get_by_id(club_id).item_id
    if new.edition_id is not None:
        item = Edition.get_by_id(new.edition_id).item_id
        if EditionCode.select().where(EditionCode.edition == new.edition_id).exists():
            raise KnownError("club_copies.by_code")
        refuse_promise(store, new.edition_id, new.copies)
    with store.operation(Op.NOTE_CLUB_COPIES) as written:
        moved = None
        if new.edition_id is not None:
            columns = movement(store, -new.copies, StockReason.CLUB, day=day, note=new.note)
            moved = StockMovement.create(edition=new.edition_id, **columns).id
        ClubCopies.create(
            club=club_id, kind=new.kind.value, copies=new.copies, item=item, stock_movement=moved,
            amount_minor=None if new.amount is None else to_minor(new.amount, new.currency),
            currency=new.currency if new.amount is not None else "", happened_on=day, note=clean(new.note), by=store.by,
        )  # fmt: skip
    return written.changes


def drop_copies(store: Store, row_id: int) -> Changes:
    """Take a line of the ledger away; what it took out of stock is back.

    Raises:
        KnownError: ``club_copies.unknown``.
    """
    row = ClubCopies.get_or_none(ClubCopies.id == row_id)
    if row is None:
        raise KnownError("club_copies.unknown", row=row_id)
    with store.operation(Op.NOTE_CLUB_COPIES) as written:
        if row.stock_movement_id is not None:
            StockMovement.delete().where(StockMovement.id == row.stock_movement_id).execute()
        ClubCopies.delete().where(ClubCopies.id == row_id).execute()
    return written.changes


def copies_of(club_id: int) -> list[CopiesRow]:
    """A club's ledger, newest first."""
    query = ClubCopies.select(ClubCopies, Item).left_outer_join(Item).where(ClubCopies.club == club_id)
    return [
        CopiesRow(
            row.id, row.kind, row.copies, row.item_id, row.item.title if row.item_id else "", row.amount_minor,
            row.currency, row.happened_on, row.stock_movement_id is not None, row.note,
        )
        for row in query.order_by(ClubCopies.happened_on.desc(), ClubCopies.id.desc())
    ]  # fmt: skip


def totals_of(clubs: list[int]) -> list[CopiesTotal]:
    """The copies of clubs by kind, title and currency; what has no price counts as copies only."""
    total = fn.SUM(ClubCopies.copies)
    query = (
        ClubCopies.select(
            ClubCopies.kind, ClubCopies.item, fn.COALESCE(Item.title, ""), total,
            fn.COALESCE(fn.SUM(ClubCopies.amount_minor), 0), ClubCopies.currency,
        )
        .left_outer_join(Item)
        .where(ClubCopies.club.in_(clubs))
        .group_by(ClubCopies.kind, ClubCopies.item, ClubCopies.currency)
        .order_by(ClubCopies.kind, total.desc(), ClubCopies.item)
    )  # fmt: skip
    return [CopiesTotal(*row) for row in query.tuples()]


def open_copies(club_id: int) -> int:
    """How many copies were asked for and not sent."""
    counts = dict.fromkeys(CopiesKind, 0)
    for total in totals_of([club_id]):
        counts[CopiesKind(total.kind)] += total.copies
    return max(0, counts[CopiesKind.ASKED] - counts[CopiesKind.SENT])
