"""Amounts in one currency, by the rates that the user entered with their days; and nothing where one lacks."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from outreach.fields.money import Money, summed
from outreach.services.campaigns.budget import main_currency
from outreach.services.review.value import Costs, RateUsed, Scope, Worth, Worths
from outreach.services.sales.rates import exchanged
from outreach.store.database import Store
from outreach.store.models import Client

_CENT = Decimal("0.01")


def currency_of_scope(scope: Scope, of_sales: str, costs: Costs) -> str:
    """In which money a review is told: its campaign's, its client's, else that of most sales, or of its costs."""
    if scope.campaign_id is not None and (of_campaign := main_currency(scope.campaign_id)):
        return of_campaign
    if scope.client_id is not None:
        of_client = Client.select(Client.currency).where(Client.id == scope.client_id).scalar()
        if of_client:
            return str(of_client)
    return of_sales or next((money.currency for money in costs.total), "")


def in_one(amounts: Sequence[Money], currency: str, by: str) -> Worth | None:
    """What amounts come to in one currency; None where there are none, or no rate was entered up to a day."""
    found, rates = [], []
    for each in amounts:
        other = exchanged(each, currency, by)
        if other is None:
            return None
        money, day = other
        found.append(money)
        if each.currency != currency:
            rates.append(RateUsed(each.currency, currency, day))
    total = next(iter(summed(found)), None)
    return None if total is None else Worth(total, tuple(rates))


def worths(store: Store, scope: Scope, sold_for: Sequence[Money], of_sales: str, costs: Costs, posted: int) -> Worths:
    """The money of a review in one currency, by the rates entered up to its last day.

    Args:
        store: The open workspace.
        scope: Of what the review is.
        sold_for: What was paid for what was sold by code.
        of_sales: The currency of most of these sales.
        costs: What its gifts cost.
        posted: How many of them led to a post.
    """
    by = min(filter(None, (scope.until, store.today().isoformat())))
    currency = currency_of_scope(scope, of_sales, costs)
    sold = in_one(sold_for, currency, by)
    cost = in_one(costs.total, currency, by)
    per_post = Worth(cost.money.divided(posted), cost.rates) if cost is not None and posted else None
    back = None
    if sold is not None and cost is not None and cost.money.minor > 0:
        back = (Decimal(sold.money.minor) / cost.money.minor).quantize(_CENT, ROUND_HALF_UP)
    return Worths(currency, sold, cost, per_post, back)
