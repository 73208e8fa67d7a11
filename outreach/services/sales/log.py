"""What was sold, noted by hand: a row of someone's books."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean
from outreach.services.catalogue.editions import parse_price
from outreach.store.database import Store
from outreach.store.models import Item, Person, Sale, SalesCode

_MOST = 10**9
#: After this cell a row of the list has words only.
_LAST_FIGURE = 6
_WHOLE_DAY = len("2026-11-24")


class SaleKind(StrEnum):
    """What copies were sold as."""

    SALES = "sales"
    PRE_ORDERS = "pre_orders"
    LIBRARY_ORDERS = "library_orders"
    CLUB_COPIES = "club_copies"


class Evidence(StrEnum):
    """How sure it is: someone says so, we saw it, or the books of who sold them show it."""

    CLAIMED = "claimed"
    SEEN = "seen"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class NewSale:
    """Copies that were sold.

    Attributes:
        amount: What was paid for all of them, with its currency, such as ``"107.88 GBP"``; empty where not known.
        on: The day; today where it is empty.
        source: Whose books say so.
    """

    copies: int
    kind: SaleKind = SaleKind.SALES
    on: str = ""
    orders: int | None = None
    amount: str = ""
    item_id: int | None = None
    code_id: int | None = None
    person_id: int | None = None
    campaign_id: int | None = None
    evidence: Evidence = Evidence.CLAIMED
    source: str = ""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """Copies that were sold, as a line of a list."""

    id: int
    kind: str
    sold_on: str
    copies: int
    orders: int | None
    amount_minor: int | None
    currency: str
    title: str
    code: str
    person: str
    evidence: str
    source: str


def log_sale(store: Store, new: NewSale) -> tuple[int, Changes]:
    """Note copies that were sold; copies that came back are fewer than none.

    What a code is of (its title, person, campaign) is not written down again.

    Raises:
        KnownError: ``sales.no_copies``, ``sales.bad_day``, ``sales.future``, ``sales.no_title``,
            ``catalogue.bad_price``.
    """
    if not new.copies or abs(new.copies) > _MOST:
        raise KnownError("sales.no_copies", copies=str(new.copies))
    today = store.today().isoformat()
    day = parse_day(new.on) if new.on.strip() else today
    if day is None or len(day) != _WHOLE_DAY:
        raise KnownError("sales.bad_day", value=new.on[:40])
    if day > today:
        raise KnownError("sales.future", on_day=day)
    if new.item_id is None and new.code_id is None:
        raise KnownError("sales.no_title")
    amount, currency = parse_price(new.amount)
    with store.operation(Op.LOG_SALE) as written:
        row = Sale.create(
            kind=new.kind.value, sold_on=day, copies=new.copies, orders=new.orders,
            amount_minor=None if amount is None else to_minor(amount, currency),
            currency="" if amount is None else currency, item=new.item_id, sales_code=new.code_id, person=new.person_id,
            campaign=new.campaign_id, evidence=new.evidence.value, source=clean(new.source), created_at=store.now(),
        )  # fmt: skip
    return row.id, written.changes


def list_sales(item_id: int | None = None, code_id: int | None = None, since: str = "") -> list[SaleRow]:
    """What was sold, the newest first."""
    query = Sale.select(Sale.id, Sale.kind, Sale.sold_on, Sale.copies, Sale.orders, Sale.amount_minor, Sale.currency,
                        Item.title, SalesCode.code, Person.name, Sale.evidence, Sale.source)  # fmt: skip
    query = query.left_outer_join(SalesCode).switch(Sale)
    query = query.left_outer_join(Item, on=(Item.id == Sale.item) | (Sale.item.is_null() & (Item.id == SalesCode.item)))
    who = (Person.id == Sale.person) | (Sale.person.is_null() & (Person.id == SalesCode.person))
    query = query.switch(Sale).left_outer_join(Person, on=who).order_by(Sale.sold_on.desc(), Sale.id.desc())
    if item_id is not None:
        query = query.where((Sale.item == item_id) | (Sale.item.is_null() & (SalesCode.item == item_id)))
    if code_id is not None:
        query = query.where(Sale.sales_code == code_id)
    if since:
        query = query.where(Sale.sold_on >= since)
    rows: list[tuple[Any, ...]] = [
        tuple(cell or "" if place > _LAST_FIGURE else cell for place, cell in enumerate(row)) for row in query.tuples()
    ]
    return [SaleRow(*row) for row in rows]
