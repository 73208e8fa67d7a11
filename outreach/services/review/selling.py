"""What was sold, as far as it was noted: by code and in all, over time, by title and by person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from peewee import fn

from outreach.fields.money import Money
from outreach.services.gifts.states import Deal
from outreach.services.programmes.standing import deals_as_counted
from outreach.services.review.value import SalesFigures, SalesLine, SalesPoint, Scope
from outreach.store.models import Campaign, Edition, Gift, Item, RosterMember, Sale, SalesCode
from outreach.store.models.base import raw_rows

_EVIDENCE = ("claimed", "seen", "verified")
_KINDS = ("sales", "pre_orders", "library_orders", "club_copies")


@dataclass(slots=True)
class SaleFacts:
    """What figures are counted from, of one row of sales.

    Attributes:
        has_code: Whether it came with a code or link of ours (of the query, so 0 or 1).
        person_id: Whose code it was, or who sold or ordered them.
        deal: What was agreed with her for that title, or for any where the sale names none; a gift where nothing was.
    """

    id: int
    kind: str
    sold_on: str
    copies: int
    orders: int | None
    minor: int | None
    currency: str
    evidence: str
    has_code: bool
    item_id: int | None
    person_id: int | None
    deal: str = Deal.GIFT.value

    @property
    def is_free(self) -> bool:
        """Whether it came with a code of ours and nothing was asked of whose code it is."""
        return self.has_code and self.deal == Deal.GIFT.value

    @property
    def money(self) -> tuple[Money, ...]:
        """What was paid; nothing where that is not known."""
        return () if self.minor is None else (Money(self.currency, self.minor),)


def earned(sales: Iterable[SaleFacts]) -> tuple[Money, ...]:
    """What was paid for some sales, one amount for each currency."""
    sums: dict[str, int] = {}
    for row in sales:
        if row.minor is not None:
            sums[row.currency] = sums.get(row.currency, 0) + row.minor
    return tuple(Money(currency, minor) for currency, minor in sorted(sums.items()))


def sales_of(scope: Scope, only: Sequence[int] | None = None) -> list[SaleFacts]:
    """The sales of a scope, or only some of them: those noted for it, or with a code that is for it."""
    item: Any = fn.coalesce(Sale.item, Edition.item, SalesCode.item)
    person: Any = fn.coalesce(Sale.person, SalesCode.person)
    campaign: Any = fn.coalesce(Sale.campaign, SalesCode.campaign)
    query = Sale.select(Sale.id, Sale.kind, Sale.sold_on, Sale.copies, Sale.orders, Sale.amount_minor, Sale.currency,
                        Sale.evidence, Sale.sales_code.is_null(False), item, person)  # fmt: skip
    query = query.left_outer_join(SalesCode).switch(Sale).left_outer_join(Edition, on=Sale.edition == Edition.id)
    query = query.order_by(Sale.sold_on, Sale.id)
    if only is not None:
        query = query.where(Sale.id.in_(list(only)))
    if scope.item_id is not None:
        query = query.where(item == scope.item_id)
    if scope.campaign_id is not None:
        query = query.where(campaign == scope.campaign_id)
    if scope.client_id is not None:
        titles = Item.select(Item.id).where(Item.client == scope.client_id)
        campaigns = Campaign.select(Campaign.id).where(Campaign.client == scope.client_id)
        query = query.where(item.in_(titles) | campaign.in_(campaigns))
    if scope.roster_id is not None:
        query = query.where(
            person.in_(RosterMember.select(RosterMember.person).where(RosterMember.roster == scope.roster_id))
        )
    if scope.since:
        query = query.where(Sale.sold_on >= scope.since)
    if scope.until:
        query = query.where(Sale.sold_on <= scope.until)
    deals = _deals()
    found = []
    for row in raw_rows(query):
        sale = SaleFacts(*row)
        sale.deal = deals.get((sale.person_id, sale.item_id or 0), sale.deal)
        found.append(sale)
    return found


def _deals() -> dict[tuple[int | None, int], str]:
    """By person and title, and by person and nought, what was agreed where that is no gift without obligation."""
    found: dict[tuple[int | None, int], str] = {}
    coded = SalesCode.select(SalesCode.person).where(SalesCode.person.is_null(False))
    named = Sale.select(Sale.person).where(Sale.person.is_null(False) & Sale.sales_code.is_null(False))
    gifts = list(Gift.select().where(Gift.person.in_(coded) | Gift.person.in_(named)))
    deals = deals_as_counted(gifts)
    # Paid stands above in kind: it comes last.
    for gift in sorted(gifts, key=lambda each: (deals[each.id], each.id)):
        if deals[gift.id] != Deal.GIFT.value:
            found[gift.person_id, gift.item_id] = found[gift.person_id, 0] = deals[gift.id]
    return found


def figures_of(sales: Iterable[SaleFacts]) -> SalesFigures:
    """What some sales come to."""
    rows = list(sales)
    return SalesFigures(
        copies=sum(row.copies for row in rows),
        orders=sum(row.orders or 0 for row in rows),
        amounts=earned(rows),
        evidence=_copies_by(rows, lambda row: row.evidence, _EVIDENCE),
        kinds=_copies_by(rows, lambda row: row.kind, _KINDS),
    )


def _copies_by(
    rows: Iterable[SaleFacts], key: Callable[[SaleFacts], str], order: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for row in rows:
        name = key(row)
        counts[name] = counts.get(name, 0) + row.copies
    return tuple((name, counts[name]) for name in order if name in counts)


def lines_of(sales: Iterable[SaleFacts], most: int = 6) -> tuple[SalesLine, ...]:
    """By title what was sold by code, week for week, from its first to the last of all; those that sold most first."""
    by_title: dict[tuple[int, str], dict[str, list[int]]] = {}
    for row in sales:
        if row.is_free and row.item_id is not None and len(row.sold_on) == len("2026-11-24"):
            week = by_title.setdefault((row.item_id, row.currency), {}).setdefault(_monday(row.sold_on), [0, 0])
            week[0] += row.copies
            week[1] += row.minor or 0
    if not by_title:
        return ()
    last = max(max(weeks) for weeks in by_title.values())
    keys = sorted(by_title, key=lambda key: (-sum(copies for copies, _ in by_title[key].values()), key))[:most]
    titles: dict[int, str] = dict(
        Item.select(Item.id, Item.title).where(Item.id.in_([key[0] for key in keys])).tuples()
    )
    return tuple(
        SalesLine(item, titles[item], currency, _points(by_title[item, currency], last)) for item, currency in keys
    )


def _points(weeks: dict[str, list[int]], last: str) -> tuple[SalesPoint, ...]:
    points, day = [], date.fromisoformat(min(weeks))
    while day.isoformat() <= last:
        copies, minor = weeks.get(day.isoformat(), (0, 0))
        points.append(SalesPoint(day.isoformat(), copies, minor))
        day += timedelta(days=7)
    return tuple(points)


@cache
def _monday(day: str) -> str:
    on = date.fromisoformat(day)
    return (on - timedelta(days=on.weekday())).isoformat()
