"""The gifts, sales and clubs that a number of a review is counted from, by their ids."""

from outreach.services.gifts.states import Deal, Stage
from outreach.services.posts.kinds import Nature
from outreach.services.review.counting.gifts import DEALS, Gifts, gifts_of
from outreach.services.review.counting.groups import keys_of
from outreach.services.review.counting.posts import posts_of
from outreach.services.review.counting.sales import sales_of
from outreach.services.review.counting.thanks import clubs_of
from outreach.services.review.counting.whole import costs_of_gifts
from outreach.services.review.keys import AXES
from outreach.services.review.value import Scope
from outreach.services.shipments.gift_costs import GiftCosts
from outreach.store.columns import distinct
from outreach.store.database import Store


def gifts_behind(store: Store, scope: Scope, name: str, key: str) -> tuple[int, ...]:
    """The gifts behind a number, by its name and the key after it.

    Raises:
        ValueError: for a name that is none of a number.
    """
    gifts = gifts_of(store, scope)
    if name == "deal":
        return _ids(gifts.where(gifts.has_arrived & (gifts.deal == DEALS.index(Deal(key)))))
    free = gifts.where(gifts.is_free)
    if name in AXES:
        delivered = free.where(free.has_arrived)
        at, keys = keys_of(store, gifts).of(name, delivered)
        return _ids(delivered.where(at == keys.index(key))) if key in keys else ()
    if name == "title":
        return _ids(free.where(free.item == int(key)))
    if name == "gifts":
        return _ids(free)
    return _ids(free.where(free.has_arrived if name == "delivered" else free.is_at(Stage(name))))


def sales_behind(store: Store, scope: Scope, deal: Deal | None = None) -> tuple[int, ...]:
    """All sales, or those with a code of ours where that was agreed with whose it is."""
    sales = sales_of(store, scope)
    return tuple((sales if deal is None else sales.by_code(deal)).id.tolist())


def posts_behind(store: Store, scope: Scope, nature: Nature) -> tuple[int, ...]:
    """The posts of a nature."""
    return tuple(posts_of(store, scope, gifts_of(store, scope)).of(nature).id.tolist())


def clubs_behind(store: Store, scope: Scope) -> tuple[int, ...]:
    """The clubs that were begun after gifts with nothing asked in return."""
    gifts = gifts_of(store, scope)
    return tuple(club for club, _ in clubs_of(gifts.where(gifts.is_free)))


def costs_behind(store: Store, scope: Scope) -> tuple[tuple[int, ...], GiftCosts]:
    """The gifts with nothing asked in return that cost something, or went out at least, and what they cost."""
    gifts = gifts_of(store, scope)
    costs = costs_of_gifts(store, gifts.where(gifts.is_free))
    return tuple(distinct(costs.sent).tolist()), costs


def _ids(gifts: Gifts) -> tuple[int, ...]:
    return tuple(gifts.id.tolist())
