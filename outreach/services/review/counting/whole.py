"""All figures of a review, of the gifts and sales in columns."""

from statistics import quantiles
from typing import Any

import numpy as np

from outreach.services.gifts.states import Deal, Stage
from outreach.services.review.costing import costs_of, counts_expenses
from outreach.services.review.counting.gifts import DEALS, STAGES, Gifts, gifts_of
from outreach.services.review.counting.groups import keys_of
from outreach.services.review.counting.posts import posts_of
from outreach.services.review.counting.sales import Sales, lines_of, sales_of
from outreach.services.review.counting.thanks import clubs_of, thanks_of
from outreach.services.review.gatherings import events_of, gathered
from outreach.services.review.headcounts import latest_counts
from outreach.services.review.rates import TOO_FEW, rate
from outreach.services.review.value import Delay, ItemLine, Review, Scope
from outreach.services.review.worth import worths
from outreach.services.sales.before import lifts_of
from outreach.services.shipments.gift_costs import GiftCosts, gift_costs
from outreach.store.among import rows_among
from outreach.store.columns import distinct, in_turn, places
from outreach.store.database import Store
from outreach.store.models import Campaign, Client, Item, Roster


def review_of(store: Store, scope: Scope) -> Review:
    """Review the gifts of a scope.

    Raises:
        KnownError: ``review.bad_period``.
    """
    gifts, sales = gifts_of(store, scope), sales_of(store, scope)
    free = gifts.where(gifts.is_free)
    delivered = free.where(free.has_arrived)
    by_code, events = sales.by_code(Deal.GIFT), events_of(scope)
    keys, costs = keys_of(store, gifts), costs_of_gifts(store, free)
    organic = rate(int(delivered.is_posted.sum()), len(delivered))
    spent, delay, sold = costs_of(scope, costs, events, organic.part), _delay(delivered), by_code.figures()
    clubs, latest = clubs_of(free), latest_counts()
    return Review(
        scope=scope,
        item=_name(Item.title, Item, scope.item_id),
        campaign=_name(Campaign.name, Campaign, scope.campaign_id),
        client=_name(Client.name, Client, scope.client_id),
        roster=_name(Roster.name, Roster, scope.roster_id),
        gifts=len(free),
        stages=free.stage_counts(),
        delivered=len(delivered),
        organic=organic,
        deals=_deals(gifts),
        natures=posts_of(store, scope, gifts).by_nature(),
        by_genre=keys.groups("genre", delivered),
        by_tier=keys.groups("tier", delivered),
        by_role=keys.groups("role", delivered),
        by_item=keys.groups("item", delivered),
        by_campaign=keys.groups("campaign", delivered),
        items=_items(free, by_code, costs),
        thanks=thanks_of(free, by_code.by_person()),
        clubs=len(clubs),
        members=sum(latest.get(club, 0) for club, _ in clubs),
        by_code=sold,
        by_code_apart={deal.value: some.figures() for deal in (Deal.IN_KIND, Deal.PAID)
                       if len(some := sales.by_code(deal))},
        sold=sales.figures(),
        sales_lines=lines_of(by_code),
        costs=spent,
        worth=worths(store, scope, sold.amounts, by_code.first_currency(), spent, organic.part),
        events=gathered(events),
        lifts=lifts_of(store, scope.campaign_id) if scope.campaign_id is not None else (),
        delay=delay,
        unknown=_unknown(scope, free, keys.without_tier(delivered), sales, costs, delay.no_day),
    )  # fmt: skip


def costs_of_gifts(store: Store, gifts: Gifts) -> GiftCosts:
    """What some gifts cost."""
    every: GiftCosts = store.once("review.costs", gift_costs)
    return every.of(gifts.id)


def _name(column: Any, model: Any, row_id: int | None) -> str:
    return str(model.select(column).where(model.id == row_id).scalar() or "") if row_id is not None else ""


def _deals(gifts: Gifts) -> dict[str, tuple[int, int]]:
    arrived = gifts.where(gifts.has_arrived)
    wholes = np.bincount(arrived.deal, minlength=len(DEALS)).tolist()
    parts = np.bincount(arrived.deal[arrived.is_posted], minlength=len(DEALS)).tolist()
    return {deal.value: counts for deal, counts in zip(DEALS, zip(wholes, parts, strict=True), strict=True)}


def _items(free: Gifts, by_code: Sales, costs: GiftCosts) -> tuple[ItemLine, ...]:
    counts, sold, cost = _by_item(free), by_code.by_item(), costs.by(free.id, free.item)
    ids = [*counts, *(item for item in sold if item not in counts)]
    named = rows_among(Item.select(Item.id, Item.title, Item.author), Item.id, ids)
    about: dict[int, tuple[str, str]] = {item: (title, author) for item, title, author in named}
    lines = []
    for item in ids:
        stages = counts.get(item, dict.fromkeys(STAGES, 0))
        posted, reading, quiet = (stages[each] for each in (Stage.POSTED, Stage.READING, Stage.QUIET))
        spent, (copies, earned) = cost.get(item, ()), sold.get(item, (0, ()))
        lines.append(
            ItemLine(
                item, *about[item], sum(stages.values()), posted + reading + quiet, posted, reading, quiet,
                copies_sold=copies,
                sales=earned,
                cost=spent,
                per_post=tuple(money.divided(posted) for money in spent) if posted else (),
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-line.gifts, line.title)))


def _by_item(gifts: Gifts) -> dict[int, dict[Stage, int]]:
    """By title how many gifts stand at each stage, in the order in which they were first given."""
    items = distinct(gifts.item)
    places_ = places(gifts.item, items) * len(STAGES) + gifts.stage
    rows = np.bincount(places_, minlength=len(items) * len(STAGES)).reshape(-1, len(STAGES)).tolist()
    by_item = {item: dict(zip(STAGES, row, strict=True)) for item, row in zip(items.tolist(), rows, strict=True)}
    return {item: by_item[item] for item in in_turn(gifts.item)}


def _delay(delivered: Gifts) -> Delay:
    """How long it took from delivery to the first mention."""
    posted = delivered.where(delivered.is_posted)
    days, known = posted.days()
    later, no_day = days[days >= 0], len(posted) - len(known)
    earlier = len(days) - len(later)
    if len(later) < TOO_FEW:
        return Delay(len(later), earlier=earlier, no_day=no_day)
    low, middle, high = quantiles(later.tolist(), n=4, method="inclusive")
    return Delay(len(later), middle, low, high, earlier, no_day)


def _unknown(
    scope: Scope, free: Gifts, no_tier: int, sales: Sales, costs: GiftCosts, no_days: int
) -> tuple[tuple[str, int], ...]:
    """What the review cannot say: better said than hidden."""
    facts = (
        ("unknown.on_their_way", int(free.is_at(Stage.SHIPPED).sum())),
        ("unknown.forgotten", int((free.person == 0).sum())),
        ("unknown.no_tier", no_tier),
        ("unknown.no_postage", costs.parcels_without_postage),
        ("unknown.no_cost", costs.unknown_copies),
        ("unknown.no_amount", int(sales.copies[sales.is_paid == 0].sum())),
        ("unknown.no_code", int(sales.copies[sales.has_code == 0].sum())),
        ("unknown.no_days", no_days),
    )
    told = [(code, number) for code, number in facts if number]
    if not len(sales):
        told.append(("unknown.sales", 0))
    if not counts_expenses(scope):
        told.append(("unknown.events", 0))
    return tuple(told)
