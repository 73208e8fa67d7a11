"""What was sold, in columns: with a code or link of ours, apart by what was agreed with whose code it is."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peewee import fn

from outreach.fields.money import Money
from outreach.services.gifts.states import Deal
from outreach.services.review.counting.gifts import DEALS, Gifts, gifts_of
from outreach.services.review.selling import sales_in
from outreach.services.review.value import SalesFigures, SalesLine, SalesPoint, Scope
from outreach.services.sales.log import Evidence, SaleKind
from outreach.store.columns import (
    columns,
    day_number,
    days_of,
    in_turn,
    is_whole,
    packed,
    place_among,
    summed_by,
    values_of,
)
from outreach.store.database import Store
from outreach.store.models import Item, Sale

_EVIDENCE, _KINDS = tuple(Evidence), tuple(SaleKind)
_WEEK_DAYS = 7
#: The first day of 1970 was a Thursday.
_TO_MONDAY = 3
_FREE = DEALS.index(Deal.GIFT)

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sales:
    """Sales in columns, in the order of their days.

    Attributes:
        orders, minor: 0 also where it is not known; `is_paid` tells of which it is known what was paid.
        currency, evidence, kind: The place of a value in `currencies`, `_EVIDENCE` and `_KINDS`.
        item, person: What was sold, and whose code it was, or who sold or ordered it; 0 where that is not known.
        deal: The place in `DEALS` of what was agreed with her for that title, or for any where the sale names none.
        currencies: In the order of their codes.
    """

    id: _Numbers
    kind: _Numbers
    day: _Numbers
    copies: _Numbers
    orders: _Numbers
    minor: _Numbers
    is_paid: _Numbers
    currency: _Numbers
    evidence: _Numbers
    has_code: _Numbers
    item: _Numbers
    person: _Numbers
    deal: _Numbers
    currencies: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.id)

    def where(self, which: NDArray[Any]) -> "Sales":
        """Some of them, by places or by a mask."""
        columns_ = [each.name for each in fields(self)][:-1]
        return replace(self, **{name: getattr(self, name)[which] for name in columns_})

    def by_code(self, deal: Deal) -> "Sales":
        """Those with a code or link of ours, where that was agreed with whose it is."""
        return self.where((self.has_code > 0) & (self.deal == DEALS.index(deal)))

    def earned(self) -> tuple[Money, ...]:
        """What was paid, one amount for each currency."""
        paid = self.is_paid > 0
        currency, minor = self.currency[paid], self.minor[paid]
        return tuple(
            Money(name, int(minor[currency == place].sum()))
            for place, name in enumerate(self.currencies) if (currency == place).any()
        )  # fmt: skip

    def figures(self) -> SalesFigures:
        """What they come to."""
        return SalesFigures(
            copies=int(self.copies.sum()), orders=int(self.orders.sum()), amounts=self.earned(),
            evidence=self._copies_by(self.evidence, _EVIDENCE), kinds=self._copies_by(self.kind, _KINDS),
        )  # fmt: skip

    def _copies_by(self, column: _Numbers, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        return tuple((str(name), int(self.copies[column == place].sum())) for place, name in enumerate(names)
                     if (column == place).any())  # fmt: skip

    def by_item(self) -> dict[int, tuple[int, tuple[Money, ...]]]:
        """By title, as far as that is known, how many copies were sold, and for what."""
        paid, copies = self.where(self.is_paid > 0), self._copies_of(self.item)
        first, (minor,) = summed_by(packed(paid.item, paid.currency), paid.minor)
        money: dict[int, tuple[Money, ...]] = {}
        for at, total in zip(first.tolist(), minor.tolist(), strict=True):
            item = int(paid.item[at])
            money[item] = (*money.get(item, ()), Money(self.currencies[int(paid.currency[at])], total))
        return {item: (copies[item], money.get(item, ())) for item in in_turn(self.item) if item}

    def _copies_of(self, keys: _Numbers) -> dict[int, int]:
        first, (copies,) = summed_by(keys, self.copies)
        return dict(zip(keys[first].tolist(), copies.tolist(), strict=True))

    def by_person(self) -> dict[int, tuple[int, int]]:
        """By person orders and copies."""
        first, sums = summed_by(self.person, self.orders, self.copies)
        rows = zip(self.person[first].tolist(), *(each.tolist() for each in sums), strict=True)
        return {who: (orders, copies) for who, orders, copies in rows if who}

    def first_currency(self) -> str:
        """That of most of them; empty where none has any."""
        counts = np.bincount(self.currency, minlength=len(self.currencies)).tolist()
        told = [(-count, name) for name, count in zip(self.currencies, counts, strict=True) if name and count]
        return min(told)[1] if told else ""


def sales_of(store: Store, scope: Scope) -> Sales:
    """The sales of a scope: those noted for it, or with a code that is for it."""
    every: Sales = store.once(("review.sales", store.today()), lambda: _read(gifts_of(store, Scope())))
    if scope == Scope():
        return every
    (ids,) = columns(sales_in(scope, lambda *_: (Sale.id,)))
    return every.where(np.isin(every.id, ids))


def _read(gifts: Gifts) -> Sales:
    currencies = values_of(Sale.currency)

    def wanted(item: Any, person: Any) -> tuple[Any, ...]:
        return (
            Sale.id, place_among(Sale.kind, [each.value for each in _KINDS]), day_number(Sale.sold_on), Sale.copies,
            fn.COALESCE(Sale.orders, 0), fn.COALESCE(Sale.amount_minor, 0), Sale.amount_minor.is_null(False),
            place_among(Sale.currency, currencies), place_among(Sale.evidence, [each.value for each in _EVIDENCE]),
            Sale.sales_code.is_null(False), fn.COALESCE(item, 0), fn.COALESCE(person, 0),
        )  # fmt: skip

    found = columns(sales_in(Scope(), wanted))
    order = np.lexsort((found[0], found[2]))
    found = [each[order] for each in found]
    item, person = found[-2:]
    names = [each.name for each in fields(Sales)][: len(found)]
    return Sales(**dict(zip(names, found, strict=True)), deal=_deals(gifts, person, item), currencies=tuple(currencies))


def _deals(gifts: Gifts, person: _Numbers, item: _Numbers) -> _Numbers:
    """What was agreed with each person for each title, and of all that was where the title is nought."""
    bound = gifts.where((gifts.deal != _FREE) & (gifts.person > 0))
    people, titles = np.tile(bound.person, 2), np.concatenate([bound.item, np.zeros_like(bound.item)])
    deals = np.tile(bound.deal, 2)
    of_pairs = packed(np.concatenate([people, person]), np.concatenate([titles, item]))
    pairs, wanted = of_pairs[: len(people)], of_pairs[len(people) :]
    # Paid stands above in kind: it comes last.
    order = np.lexsort((deals, pairs))
    pairs, deals = pairs[order], deals[order]
    if not len(pairs):
        return np.full(len(person), _FREE)
    at = np.searchsorted(pairs, wanted, side="right") - 1
    return np.where((at >= 0) & (pairs[at] == wanted), deals[at], _FREE)


def lines_of(sales: Sales, most: int = 6) -> tuple[SalesLine, ...]:
    """By title what was sold by code, week for week, from its first to the last of all; those that sold most first."""
    some = sales.where((sales.item > 0) & is_whole(sales.day))
    if not len(some):
        return ()
    weeks = (days_of(some.day) + _TO_MONDAY) // _WEEK_DAYS
    last = int(weeks.max())
    of_title = packed(some.item, some.currency)
    first, (copies,) = summed_by(of_title, some.copies)
    keys = [(-sold, int(some.item[at]), some.currencies[int(some.currency[at])], of_title[at])
            for at, sold in zip(first.tolist(), copies.tolist(), strict=True)]  # fmt: skip
    keys = sorted(keys, key=lambda key: key[:3])[:most]
    named = Item.select(Item.id, Item.title).where(Item.id.in_([key[1] for key in keys]))
    titles: dict[int, str] = dict(named.tuples())
    return tuple(
        SalesLine(item, titles[item], currency, _points(some.where(of_title == kind), weeks[of_title == kind], last))
        for _, item, currency, kind in keys
    )


def _points(some: Sales, weeks: _Numbers, last: int) -> tuple[SalesPoint, ...]:
    first = int(weeks.min())
    copies, minor = np.zeros(last - first + 1, np.int64), np.zeros(last - first + 1, np.int64)
    np.add.at(copies, weeks - first, some.copies)
    np.add.at(minor, weeks - first, some.minor)
    begin = date(1970, 1, 1).toordinal() - _TO_MONDAY + first * _WEEK_DAYS
    return tuple(
        SalesPoint(date.fromordinal(begin + number * _WEEK_DAYS).isoformat(), *counts)
        for number, counts in enumerate(zip(copies.tolist(), minor.tolist(), strict=True))
    )
