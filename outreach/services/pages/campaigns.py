"""The campaigns, each with how far its gifts have come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach.services.gifts.states import GiftState, Stage
from outreach.services.pages.title import STRIP, reached
from outreach.services.review.value import Scope
from outreach.store.among import rows_among
from outreach.store.database import Store
from outreach.store.models import Campaign, Item


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
    from outreach.services.review.counting.gifts import gifts_of
    from outreach.services.review.counting.strips import Came, by_campaign

    found = by_campaign(gifts_of(store, Scope()))
    items = {item for came in found.values() for item in came.items}
    named: Any = rows_among(Item.select(Item.id, Item.title), Item.id, items)
    titles: dict[int, str] = dict(named)
    lines = []
    for campaign in Campaign.select().order_by(Campaign.ends_on.desc(), Campaign.id.desc()):
        came = found.get(campaign.id, Came())
        lines.append(
            CampaignLine(
                id=campaign.id,
                name=campaign.name,
                item_id=next(iter(came.items), None),
                titles=tuple(dict.fromkeys(titles[item] for item in came.items)),
                starts_on=campaign.starts_on or "",
                ends_on=campaign.ends_on or "",
                strip=_strip(came.stages),
                apart=came.apart,
            )
        )
    return lines


def _strip(stages: Mapping[Stage, int]) -> dict[str, int]:
    counts = dict.fromkeys(STRIP, 0)
    for stage, number in stages.items():
        # Until a gift has arrived its stage is its state.
        state = GiftState.DELIVERED if stage in (Stage.POSTED, Stage.READING, Stage.QUIET) else GiftState(stage.value)
        for name in reached(state.value, stage.value):
            counts[name] += number
    return counts
