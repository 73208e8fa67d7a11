"""Which sales a review counts, as a query: those noted for its scope, or with a code that is for it."""

from collections.abc import Callable
from typing import Any

from peewee import fn

from outreach.services.review.value import Scope
from outreach.store.models import Campaign, Edition, Item, RosterMember, Sale, SalesCode


def sales_in(scope: Scope, wanted: Callable[[Any, Any], tuple[Any, ...]]) -> Any:
    """The sales of a scope, as a query.

    Args:
        scope: Of what the review is.
        wanted: The columns, given those of a sale's title and of whose code it was, or who sold or ordered it.
    """
    item: Any = fn.coalesce(Sale.item, Edition.item, SalesCode.item)
    person: Any = fn.coalesce(Sale.person, SalesCode.person)
    campaign: Any = fn.coalesce(Sale.campaign, SalesCode.campaign)
    query = Sale.select(*wanted(item, person))
    query = query.left_outer_join(SalesCode).switch(Sale).left_outer_join(Edition, on=Sale.edition == Edition.id)
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
    return query
