"""The campaigns, each with how far its gifts have come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from outreach.services.pages.title import apart_of, strip_of
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Item


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign as a line of the list; its titles are those of its gifts.

    Attributes:
        strip: How far gifts came with which nothing was asked in return.
        apart: By deal how many others there are; they are never added to these.
    """

    id: int
    name: str
    item_id: int | None
    titles: tuple[str, ...]
    starts_on: str
    ends_on: str
    strip: Mapping[str, int]
    apart: Mapping[str, int] = field(default_factory=dict)


def campaign_lines(store: Store) -> list[CampaignLine]:
    """The campaigns, those that end last first."""
    gifts: dict[int, list[Gift]] = {}
    for gift in Gift.select(Gift, Item).join(Item).where(Gift.campaign.is_null(False)).order_by(Gift.id):
        gifts.setdefault(gift.campaign_id, []).append(gift)
    lines = []
    for campaign in Campaign.select().order_by(Campaign.ends_on.desc(), Campaign.id.desc()):
        mine = gifts.get(campaign.id, [])
        titles = tuple(dict.fromkeys(gift.item.title for gift in mine))
        lines.append(
            CampaignLine(
                id=campaign.id,
                name=campaign.name,
                item_id=mine[0].item_id if mine else None,
                titles=titles,
                starts_on=campaign.starts_on or "",
                ends_on=campaign.ends_on or "",
                strip=strip_of(store, mine),
                apart=apart_of(mine),
            )
        )
    return lines
