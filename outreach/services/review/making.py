"""The review: what went out and what came of it. Gifted, in kind and paid are never added together."""

import gc
from collections.abc import Iterable, Mapping, Sequence
from statistics import quantiles
from typing import Any

from outreach.fields.dates import days_between
from outreach.services.gifts.states import Deal, OutcomeKind, Stage
from outreach.services.review.costing import costs_of, counts_expenses
from outreach.services.review.gatherings import events_of, gathered
from outreach.services.review.gifts import GiftFacts, gifts_of, stage_counts
from outreach.services.review.keys import keys_of
from outreach.services.review.rates import TOO_FEW, rate
from outreach.services.review.selling import SaleFacts, earned, figures_of, lines_of, sales_of
from outreach.services.review.thanking import latest_counts, thanks_of
from outreach.services.review.value import Delay, ItemLine, Review, SalesFigures, Scope
from outreach.services.review.worth import worths
from outreach.services.sales.before import lifts_of
from outreach.services.shipments.gift_costs import GiftCosts, gift_costs
from outreach.store.database import Store
from outreach.store.models import Campaign, Client, Club, Item, Outcome, Post, Roster
from outreach.store.models.base import raw_rows

_CHUNK = 500


def review(store: Store, scope: Scope | None = None) -> Review:
    """Review all gifts, or those of a scope.

    Raises:
        KnownError: ``review.bad_period``.
    """
    # Hundreds of thousands of values live until all is counted: to look for rubbish among them, again and again, would
    # find none and stop the window meanwhile.
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _review(store, scope or Scope())
    finally:
        if was_on:
            gc.enable()


def _review(store: Store, scope: Scope) -> Review:
    gifts = gifts_of(store, scope)
    free = [gift for gift in gifts if gift.is_free]
    delivered = [gift for gift in free if gift.has_arrived]
    keys, costs, sales = keys_of(delivered), gift_costs([gift.id for gift in free]), sales_of(scope)
    by_code, events = [row for row in sales if row.is_free], events_of(scope)
    spent, delay, sold = costs_of(scope, free, costs, events), _delay(delivered), figures_of(by_code)
    clubs, members = _clubs(free)
    organic = rate(sum(gift.is_posted for gift in delivered), len(delivered))
    return Review(
        scope=scope,
        item=_name(Item.title, Item, scope.item_id),
        campaign=_name(Campaign.name, Campaign, scope.campaign_id),
        client=_name(Client.name, Client, scope.client_id),
        roster=_name(Roster.name, Roster, scope.roster_id),
        gifts=len(free),
        stages=stage_counts(free),
        delivered=len(delivered),
        organic=organic,
        deals=_deals(gifts),
        natures=_posts(gifts, scope),
        by_genre=keys.groups("genre", delivered),
        by_tier=keys.groups("tier", delivered),
        by_role=keys.groups("role", delivered),
        by_item=keys.groups("item", delivered),
        by_campaign=keys.groups("campaign", delivered),
        items=_items(free, by_code, costs),
        thanks=thanks_of(free, by_code),
        clubs=clubs,
        members=members,
        by_code=sold,
        by_code_apart=_sold_apart(sales),
        sold=figures_of(sales),
        sales_lines=lines_of(by_code),
        costs=spent,
        worth=worths(store, scope, by_code, spent, organic.part),
        events=gathered(events),
        lifts=lifts_of(store, scope.campaign_id) if scope.campaign_id is not None else (),
        delay=delay,
        unknown=_unknown(scope, free, _without_tier(delivered, keys.tiers), sales, costs, delay.no_day),
    )


def _name(column: Any, model: Any, row_id: int | None) -> str:
    return str(model.select(column).where(model.id == row_id).scalar() or "") if row_id is not None else ""


def _deals(gifts: Iterable[GiftFacts]) -> dict[str, tuple[int, int]]:
    counts = {deal.value: (0, 0) for deal in Deal}
    for gift in gifts:
        if gift.has_arrived:
            delivered, posted = counts[gift.deal]
            counts[gift.deal] = (delivered + 1, posted + gift.is_posted)
    return counts


def _sold_apart(sales: Sequence[SaleFacts]) -> dict[str, SalesFigures]:
    """By deal what codes of those sold with whom something was agreed."""
    found = {}
    for deal in (Deal.IN_KIND.value, Deal.PAID.value):
        rows = [row for row in sales if row.has_code and row.deal == deal]
        if rows:
            found[deal] = figures_of(rows)
    return found


def _without_tier(delivered: Iterable[GiftFacts], tiers: Mapping[int, str]) -> int:
    """Of how many people with delivered gifts no tier is known."""
    return len({gift.person_id for gift in delivered if gift.person_id is not None} - set(tiers))


def _items(free: Sequence[GiftFacts], by_code: Sequence[SaleFacts], costs: GiftCosts) -> tuple[ItemLine, ...]:
    by_item: dict[int, list[GiftFacts]] = {}
    for gift in free:
        by_item.setdefault(gift.item_id, []).append(gift)
    sold: dict[int, list[SaleFacts]] = {}
    for row in by_code:
        if row.item_id is not None:
            sold.setdefault(row.item_id, []).append(row)
    about: dict[int, tuple[str, str]] = {}
    ids = [*by_item, *(item for item in sold if item not in by_item)]
    for start in range(0, len(ids), _CHUNK):
        rows = Item.select(Item.id, Item.title, Item.author).where(Item.id.in_(ids[start : start + _CHUNK]))
        about.update({item: (title, author) for item, title, author in rows.tuples()})
    lines = []
    for item in ids:
        some, counts = by_item.get(item, []), stage_counts(by_item.get(item, []))
        posted, reading, quiet = (counts[each.value] for each in (Stage.POSTED, Stage.READING, Stage.QUIET))
        cost = costs.of(gift.id for gift in some)
        lines.append(
            ItemLine(
                item, *about[item], len(some), posted + reading + quiet, posted, reading, quiet,
                copies_sold=sum(row.copies for row in sold.get(item, [])),
                sales=earned(sold.get(item, ())),
                cost=cost,
                per_post=tuple(money.divided(posted) for money in cost) if posted else (),
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (-line.gifts, line.title)))


def _posts(gifts: Sequence[GiftFacts], scope: Scope) -> dict[str, int]:
    """By nature the posts after gifts of the scope, and those after no gift that fall into it."""
    of_gifts = {gift.id for gift in gifts}
    counts = {"before_contact": 0, "organic": 0, "in_kind": 0, "paid": 0}
    for gift, item, nature, day in raw_rows(Post.select(Post.gift, Post.item, Post.nature, Post.posted_on)):
        if counts_post(scope, of_gifts, gift, item, day):
            counts[nature] = counts.get(nature, 0) + 1
    return counts


def counts_post(scope: Scope, gifts: set[int], gift: int | None, item: int | None, day: str) -> bool:
    """Whether a review counts a post: one after its gifts, or after no gift and of its titles and period."""
    if gift is not None:
        return gift in gifts
    # A post after no gift belongs to no campaign, client or roster.
    if scope.campaign_id is not None or scope.client_id is not None or scope.roster_id is not None:
        return False
    in_period = (not scope.since or day >= scope.since) and (not scope.until or day <= scope.until)
    return in_period and scope.item_id in (None, item)


def _clubs(free: Sequence[GiftFacts]) -> tuple[int, int]:
    of_gifts = {gift.id for gift in free}
    latest = latest_counts()
    clubs = [club for club, gift in Club.select(Club.id, Club.gift).tuples() if gift in of_gifts]
    return len(clubs), sum(latest.get(club, 0) for club in clubs)


def _delay(delivered: Sequence[GiftFacts]) -> Delay:
    """How long it took from delivery to the first mention."""
    arrived = {gift.id: gift.delivered_on or "" for gift in delivered if gift.is_posted}
    first: dict[int, str] = {}
    query = Outcome.select(Outcome.gift, Outcome.happened_on).where(Outcome.kind == OutcomeKind.POSTED.value)
    for gift, day in raw_rows(query):
        if gift in arrived:
            first[gift] = min(day, first.get(gift, day))
    told = [days_between(arrived[gift], day) for gift, day in first.items()]
    days = sorted(each for each in told if each is not None and each >= 0)
    earlier, no_day = sum(each is not None and each < 0 for each in told), sum(each is None for each in told)
    if len(days) < TOO_FEW:
        return Delay(len(days), earlier=earlier, no_day=no_day)
    low, middle, high = quantiles(days, n=4, method="inclusive")
    return Delay(len(days), middle, low, high, earlier, no_day)


def _unknown(
    scope: Scope, free: Sequence[GiftFacts], no_tier: int, sales: Sequence[SaleFacts], costs: GiftCosts, no_days: int
) -> tuple[tuple[str, int], ...]:
    """What the review cannot say: better said than hidden."""
    facts = (
        ("unknown.on_their_way", sum(gift.stage is Stage.SHIPPED for gift in free)),
        ("unknown.forgotten", sum(gift.person_id is None for gift in free)),
        ("unknown.no_tier", no_tier),
        ("unknown.no_postage", costs.no_postage),
        ("unknown.no_cost", costs.unknown_copies),
        ("unknown.no_amount", sum(row.copies for row in sales if row.minor is None)),
        ("unknown.no_code", sum(row.copies for row in sales if not row.has_code)),
        ("unknown.no_days", no_days),
    )
    told = [(code, number) for code, number in facts if number]
    if not sales:
        told.append(("unknown.sales", 0))
    if not counts_expenses(scope):
        told.append(("unknown.events", 0))
    return tuple(told)
