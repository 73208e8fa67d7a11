"""Amounts in one currency, by the rates that the user entered with their days; and nothing where one lacks."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from outreach.fields.money import Money, summed
from outreach.services.campaigns.budget import main_currency
from outreach.services.review.selling import SaleFacts
from outreach.services.review.value import Costs, RateUsed, SalesFigures, Scope, Worth
from outreach.services.sales.rates import exchanged
from outreach.store.models import Client

_CENT = Decimal("0.01")


def currency_of_scope(scope: Scope, sales: Sequence[SaleFacts], costs: Costs) -> str:
    """In which money a review is told: its campaign's, its client's, else that of most of its sales or costs."""
    if scope.campaign_id is not None and (of_campaign := main_currency(scope.campaign_id)):
        return of_campaign
    if scope.client_id is not None:
        of_client = Client.select(Client.currency).where(Client.id == scope.client_id).scalar()
        if of_client:
            return str(of_client)
    counts = Counter(row.currency for row in sales if row.currency)
    known = sorted(counts, key=lambda currency: (-counts[currency], currency))
    return next(iter(known), next((money.currency for money in costs.total), ""))


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


def back(sold: SalesFigures, sold_worth: Worth | None, cost_worth: Worth | None) -> Decimal | None:
    """What was sold by code for each unit that was spent, to a hundredth; None where one of both is not known."""
    if not sold.amounts or sold_worth is None or cost_worth is None or cost_worth.money.minor <= 0:
        return None
    return (Decimal(sold_worth.money.minor) / cost_worth.money.minor).quantize(_CENT, ROUND_HALF_UP)
