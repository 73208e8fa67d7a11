"""What the gifts of a review cost, and each that led to a post."""

from collections.abc import Sequence
from typing import Any

from outreach.fields.money import Money, summed
from outreach.services.review.value import Costs, Scope
from outreach.services.shipments.gift_costs import GiftCosts
from outreach.services.voices.event_facts import EventFacts
from outreach.store.models import Campaign, Expense

#: What of a campaign's expenses counts as the cost of its gifts; rewards are given in kind, and stand apart.
_COUNTED = ("copies", "postage", "events")


def costs_of(scope: Scope, known: GiftCosts, events: Sequence[EventFacts], posted: int) -> Costs:
    """What the gifts of a review cost, and each of so many that led to a post."""
    copies, postage = known.total(copies=True), known.total(copies=False)
    spent = _expenses(scope)
    if counts_expenses(scope):
        spent = summed((*spent, *(money for event in events for money in event.cost)))
    total = summed((*copies, *postage, *spent))
    per_post = tuple(money.divided(posted) for money in total) if posted else ()
    return Costs(copies, postage, spent, total, per_post, known.parcels_without_postage, known.unknown_copies)


def counts_expenses(scope: Scope) -> bool:
    """Whether what was spent on campaigns can be said of a scope: it is of a campaign, not of a title or of people."""
    return scope.item_id is None and scope.roster_id is None


def _expenses(scope: Scope) -> tuple[Money, ...]:
    if not counts_expenses(scope):
        return ()
    query = Expense.select(Expense.currency, Expense.amount_minor)
    return summed(Money(currency, minor) for currency, minor in expenses_of(scope, query).tuples())


def expenses_of(scope: Scope, query: Any) -> Any:
    """What of a query of expenses a scope counts."""
    query = query.where(Expense.kind.in_(_COUNTED))
    if scope.campaign_id is not None:
        query = query.where(Expense.campaign == scope.campaign_id)
    if scope.client_id is not None:
        query = query.where(
            Expense.campaign.in_(Campaign.select(Campaign.id).where(Campaign.client == scope.client_id))
        )
    if scope.since:
        query = query.where(Expense.spent_on >= scope.since)
    if scope.until:
        query = query.where(Expense.spent_on <= scope.until)
    return query
