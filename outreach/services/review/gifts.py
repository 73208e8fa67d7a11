"""The gifts of a review, read as plain rows: a workspace may have hundreds of thousands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from outreach.errors import KnownError
from outreach.services.gifts.gifts import stages
from outreach.services.gifts.states import Deal, Stage
from outreach.services.programmes.standing import counted_deals
from outreach.services.review.value import Scope
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Item, RosterMember
from outreach.store.models.base import raw_rows

#: The stages of gifts that arrived.
ARRIVED = (Stage.POSTED, Stage.READING, Stage.QUIET)


@dataclass(slots=True)
class GiftFacts:
    """What the review is counted from, of one gift; its deal is that of a programme where that is the more binding."""

    id: int
    person_id: int | None
    item_id: int
    campaign_id: int | None
    deal: str
    state: str
    state_on: str
    delivered_on: str | None
    hope_until: str | None
    stage: Stage = Stage.PLANNED

    @property
    def has_arrived(self) -> bool:
        """Whether it is posted, reading or quiet."""
        return self.stage in ARRIVED

    @property
    def is_posted(self) -> bool:
        """Whether it led to a post."""
        return self.stage is Stage.POSTED

    @property
    def is_free(self) -> bool:
        """Whether nothing was asked in return."""
        return self.deal == Deal.GIFT.value


def gifts_of(store: Store, scope: Scope) -> list[GiftFacts]:
    """The gifts of a scope, each with its stage.

    Raises:
        KnownError: ``review.bad_period``.
    """
    columns = (Gift.id, Gift.person, Gift.item, Gift.campaign, Gift.deal, Gift.state, Gift.state_on, Gift.delivered_on,
               Gift.hope_until)  # fmt: skip
    query = Gift.select(*columns).order_by(Gift.id)
    conditions = conditions_of(scope)
    if conditions:
        query = query.where(reduce(and_, conditions))
    found = [GiftFacts(*row) for row in raw_rows(query)]
    told: Any = found
    shown: Mapping[int, Stage] = stages(store, told)
    counted = counted_deals(found)
    for gift in found:
        gift.stage = shown[gift.id]
        gift.deal = counted.get(gift.id, gift.deal)
    return found


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


def stage_counts(gifts: Iterable[GiftFacts]) -> dict[str, int]:
    """How many gifts stand at each stage."""
    counts = {stage.value: 0 for stage in Stage}
    for gift in gifts:
        counts[gift.stage.value] += 1
    return counts
