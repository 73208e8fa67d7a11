"""What a review is of, as conditions of queries."""

from functools import reduce
from operator import and_
from typing import Any

from outreach.errors import KnownError
from outreach.services.review.value import Scope
from outreach.store.models import Campaign, Gift, Item, RosterMember


def conditions_of(scope: Scope) -> list[Any]:
    """What a scope asks of a gift, as conditions of a query.

    Raises:
        KnownError: ``review.bad_period``.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise KnownError("review.bad_period", since=scope.since, until=scope.until)
    made: list[Any] = []
    if scope.item_id is not None:
        made.append(Gift.item == scope.item_id)
    if scope.campaign_id is not None:
        made.append(Gift.campaign == scope.campaign_id)
    if scope.client_id is not None:
        titles = Item.select(Item.id).where(Item.client == scope.client_id)
        campaigns = Campaign.select(Campaign.id).where(Campaign.client == scope.client_id)
        made.append(Gift.item.in_(titles) | Gift.campaign.in_(campaigns))
    if scope.roster_id is not None:
        members = RosterMember.select(RosterMember.person).where(RosterMember.roster == scope.roster_id)
        made.append(Gift.person.in_(members))
    if scope.since:
        made.append(Gift.state_on >= scope.since)
    if scope.until:
        made.append(Gift.state_on <= scope.until)
    return made


def gift_ids(scope: Scope) -> Any:
    """The ids of the gifts of a scope, as a query; None where it is of all.

    Raises:
        KnownError: ``review.bad_period``.
    """
    conditions = conditions_of(scope)
    return Gift.select(Gift.id).where(reduce(and_, conditions)) if conditions else None
