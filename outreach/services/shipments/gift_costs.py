"""What gifts cost: their copies, and their part of what the parcels they went in cost.

A parcel's postage and what lies beside its copies is divided evenly among its gifts, so that each bears its part
whoever else's copy lay beside it, and the parts of all gifts are the whole: of 7 pence for two gifts the one noted
first bears 4. Budgets and reviews both count so.

All of it is in columns, since a review counts hundreds of thousands of gifts.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from peewee import Case, fn

from outreach.fields.money import Money
from outreach.services.shipments.costs import RETURNED, has_come_back
from outreach.store.among import among
from outreach.store.columns import columns, distinct, packed, place_among, places, summed_by, values_of
from outreach.store.models import Edition, Gift, Insert, Shipment, ShipmentGift, ShipmentInsert, StockMovement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GiftCosts:
    """What gifts cost, in columns.

    Attributes:
        gift, currency, minor, is_copy: A part of what a gift cost: whose, in which of the `currencies`, how much, and
            whether it is its copy or its part of postage and inserts.
        sent, parcel: Which gift went out in which parcel.
        is_untold: Whether the cost of that copy is not known.
        no_postage: By parcel whether its postage is not known.
        untold_beside: By parcel of how many inserts in it the cost is not known.
        currencies: In the order of their codes.
    """

    gift: "_Numbers"
    currency: "_Numbers"
    minor: "_Numbers"
    is_copy: "_Numbers"
    sent: "_Numbers"
    parcel: "_Numbers"
    is_untold: "NDArray[np.bool_]"
    no_postage: "NDArray[np.bool_]"
    untold_beside: "_Numbers"
    currencies: tuple[str, ...]

    def of(self, gifts: "_Numbers | Collection[int]") -> "GiftCosts":
        """What some of them cost."""
        import numpy as np

        ids = distinct(gifts if isinstance(gifts, np.ndarray) else np.fromiter(gifts, np.int64))
        mine, went = places(self.gift, ids) >= 0, places(self.sent, ids) >= 0
        return GiftCosts(
            self.gift[mine], self.currency[mine], self.minor[mine], self.is_copy[mine], self.sent[went],
            self.parcel[went], self.is_untold[went], self.no_postage, self.untold_beside, self.currencies,
        )  # fmt: skip

    def total(self, *, copies: bool | None = None) -> tuple[Money, ...]:
        """What they cost together, one amount for each currency; with `copies` only their copies, or all but them."""
        mine = slice(None) if copies is None else self.is_copy == copies
        return self._summed(self.currency[mine], self.minor[mine])

    def each(self) -> "Iterator[tuple[int, bool, Money]]":
        """Every part: whose it is, and whether it is her copy; of the gift noted first, its copy first."""
        import numpy as np

        order = np.lexsort((-self.is_copy, self.gift))
        for gift, is_copy, currency, minor in zip(
            *(each[order].tolist() for each in (self.gift, self.is_copy, self.currency, self.minor)), strict=True
        ):
            yield gift, bool(is_copy), Money(self.currencies[currency], minor)

    def by(self, gifts: "_Numbers", groups: "_Numbers") -> dict[int, tuple[Money, ...]]:
        """By group of some gifts, which stand in order beside their groups, what each cost."""
        at = places(self.gift, gifts)
        group, currency, minor = groups[at[at >= 0]], self.currency[at >= 0], self.minor[at >= 0]
        first, (sums,) = summed_by(packed(group, currency), minor)
        made: dict[int, tuple[Money, ...]] = {}
        for which, place, total in zip(group[first].tolist(), currency[first].tolist(), sums.tolist(), strict=True):
            made[which] = (*made.get(which, ()), Money(self.currencies[place], total))
        return made

    def by_gift(self) -> dict[int, tuple[Money, ...]]:
        """By gift what each cost."""
        ids = distinct(self.gift)
        return self.by(ids, ids)

    @property
    def parcels_without_postage(self) -> int:
        """Of how many of their parcels the postage is not known."""
        return int(self.no_postage[self._parcels()].sum())

    @property
    def unknown_copies(self) -> int:
        """Of how many of their copies, and of what lay beside them, the cost is not known."""
        return int(self.is_untold.sum() + self.untold_beside[self._parcels()].sum())

    def _parcels(self) -> "_Numbers":
        return distinct(self.parcel)

    def _summed(self, currency: "_Numbers", minor: "_Numbers") -> tuple[Money, ...]:
        return tuple(
            Money(name, int(minor[currency == place].sum()))
            for place, name in enumerate(self.currencies) if (currency == place).any()
        )  # fmt: skip


def gift_costs(gifts: Collection[int] | None = None) -> GiftCosts:
    """What each of some gifts, or of all, cost."""
    which: Any = None
    if gifts is not None:
        which = ShipmentGift.select(ShipmentGift.shipment).where(ShipmentGift.gift.in_(among(gifts)))
    parcels = _Parcels(which)
    found = parcels.costs()
    return found if gifts is None else found.of(gifts)


class _Parcels:
    """What some parcels hold and cost, in columns.

    Attributes:
        sent: The gifts in them, parcel by parcel, in each the one noted first first.
        parcel: By gift sent its parcel, as a place in `ids`.
        begins, holds: By parcel where its gifts begin among these, and how many they are.
    """

    def __init__(self, which: Any) -> None:
        import numpy as np

        self._which = which
        postage = self._among(Shipment.select(Shipment.postage_currency).distinct(), Shipment.id).tuples()
        self.currencies = sorted({text for (text,) in postage} | {*values_of(Edition.cost_currency)}
                                 | {*values_of(Insert.cost_currency)})  # fmt: skip
        query = ShipmentGift.select(
            ShipmentGift.shipment, ShipmentGift.gift, Gift.item, fn.COALESCE(Gift.edition, 0),
            Shipment.state == RETURNED, Shipment.postage_minor.is_null(False), fn.COALESCE(Shipment.postage_minor, 0),
            place_among(Shipment.postage_currency, self.currencies),
        )  # fmt: skip
        # Each parcel is looked up beside its gifts: the other way round a page is read for each of them.
        query = query.left_outer_join(Shipment).switch(ShipmentGift).left_outer_join(Gift)
        found = columns(self._among(query, ShipmentGift.shipment))
        order = np.lexsort((found[1], found[0]))
        shipment, self.sent, self._item, self._edition, *about = (each[order] for each in found)
        self.ids = distinct(shipment)
        self.parcel = places(shipment, self.ids)
        self.holds = np.bincount(self.parcel, minlength=len(self.ids))
        self.begins = np.cumsum(self.holds) - self.holds
        self._is_returned, self._is_paid, self._postage, self._currency = (each[self.begins] for each in about)

    def costs(self) -> GiftCosts:
        """What their gifts cost."""
        import numpy as np

        moved = self._moved()
        is_back = self._are_back(*moved)
        currency, minor = self._copies(*moved[:2])
        stayed = ~is_back[self.parcel]
        known = stayed & (currency >= 0)
        beside, untold_beside = self._beside(is_back)
        paid = np.flatnonzero(self._is_paid)
        shared = zip((paid, self._currency[paid], self._postage[paid]), beside, strict=True)
        parts = self._parts(*(np.concatenate(each) for each in shared))
        copies = (self.sent[known], currency[known], minor[known])
        gift, currency_of, much = (np.concatenate(each) for each in zip(copies, parts, strict=True))
        return GiftCosts(
            gift, currency_of, much, np.repeat([1, 0], [len(copies[0]), len(parts[0])]), self.sent, self.parcel,
            stayed & (currency < 0), self._is_paid == 0, untold_beside, tuple(self.currencies),
        )  # fmt: skip

    def _among(self, query: Any, column: Any) -> Any:
        return query if self._which is None else query.where(column.in_(self._which))

    def _moved(self) -> tuple["_Numbers", "_Numbers", "_Numbers"]:
        """Which copies left with the parcels: the parcel, the edition, and how many, below nought."""
        query = StockMovement.select(StockMovement.shipment, StockMovement.edition, StockMovement.quantity)
        query = query.where(StockMovement.shipment.is_null(False))
        parcel, edition, quantity = columns(self._among(query, StockMovement.shipment))
        parcel = places(parcel, self.ids)
        return parcel[parcel >= 0], edition[parcel >= 0], quantity[parcel >= 0]

    def _are_back(self, parcel: "_Numbers", edition: "_Numbers", quantity: "_Numbers") -> "NDArray[np.bool_]":
        """By parcel whether its copies are here again."""
        import numpy as np

        taken: dict[int, dict[int, int]] = {each: {} for each in np.flatnonzero(self._is_returned).tolist()}
        mine = self._is_returned[parcel] > 0
        for each, which, count in zip(*(column[mine].tolist() for column in (parcel, edition, quantity)), strict=True):
            taken[each][which] = taken[each].get(which, 0) + count
        found = np.zeros(len(self.ids), np.bool_)
        found[[each for each, counts in taken.items() if has_come_back(RETURNED, counts.values())]] = True
        return found

    def _copies(self, parcel: "_Numbers", edition: "_Numbers") -> tuple["_Numbers", "_Numbers"]:
        """By gift sent what its copy cost: the currency, below nought where it is not known, and how much."""
        import numpy as np

        named = place_among(Edition.cost_currency, self.currencies)
        query = Edition.select(
            Edition.id, Edition.item, Case(None, [(Edition.cost_minor.is_null(), -1)], named),
            fn.COALESCE(Edition.cost_minor, 0),
        )  # fmt: skip
        ids, item, currency, minor = columns(query.order_by(Edition.id))
        # A gift that names no edition took its copy from the only one there was.
        order = np.lexsort((edition, parcel))
        taken, parcel = places(edition[order], ids), parcel[order]
        keys = packed(np.concatenate([parcel, self.parcel]), np.concatenate([item[taken], self._item]))
        left, wanted = keys[: len(parcel)], keys[len(parcel) :]
        first, _ = summed_by(left)
        at = places(wanted, left[first])
        found = np.where(at >= 0, taken[first][at], -1) if len(first) else np.full(len(wanted), -1)
        which = np.where(self._edition > 0, places(self._edition, ids), found)
        if not len(ids):
            return np.full(len(which), -1), np.zeros(len(which), np.int64)
        return np.where(which >= 0, currency[which], -1), minor[which]

    def _beside(self, is_back: "NDArray[np.bool_]") -> tuple[tuple["_Numbers", ...], "_Numbers"]:
        """What lies beside copies that did not come back: parcel, currency, amount; by parcel how much is untold."""
        import numpy as np

        query = ShipmentInsert.select(
            ShipmentInsert.shipment, ShipmentInsert.quantity, Insert.cost_minor.is_null(),
            fn.COALESCE(Insert.cost_minor, 0), place_among(Insert.cost_currency, self.currencies),
        ).join(Insert)  # fmt: skip
        parcel, quantity, is_untold, minor, currency = columns(self._among(query, ShipmentInsert.shipment))
        parcel = places(parcel, self.ids)
        stayed = parcel >= 0
        stayed[stayed] = ~is_back[parcel[stayed]]
        known, untold = stayed & (is_untold == 0), stayed & (is_untold > 0)
        untold_beside = np.zeros(len(self.ids), np.int64)
        np.add.at(untold_beside, parcel[untold], quantity[untold])
        return (parcel[known], currency[known], quantity[known] * minor[known]), untold_beside

    def _parts(self, parcel: "_Numbers", currency: "_Numbers", minor: "_Numbers") -> tuple["_Numbers", ...]:
        """What each gift bears of what its parcel's gifts share: the gift, the currency, how much."""
        import numpy as np

        holds = self.holds[parcel]
        whole = np.repeat(np.arange(len(parcel)), holds)
        place = np.arange(len(whole)) - np.repeat(np.cumsum(holds) - holds, holds)
        part, rest = np.divmod(minor, holds)
        return self.sent[self.begins[parcel][whole] + place], currency[whole], part[whole] + (place < rest[whole])
