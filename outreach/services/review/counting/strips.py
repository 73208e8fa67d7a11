"""How far the gifts of each campaign came, all campaigns counted at once."""

from dataclasses import dataclass, field

import numpy as np

from outreach.services.gifts.states import Deal, Stage
from outreach.services.review.counting.gifts import DEALS, STAGES, Gifts
from outreach.store.columns import distinct, packed, places, summed_by


@dataclass(slots=True)
class Came:
    """What became of the gifts of a campaign.

    Attributes:
        items: Its titles, in the order in which they were first given.
        stages: By stage how many gifts with which nothing was asked in return stand there.
        apart: By deal how many others there are.
    """

    items: list[int] = field(default_factory=list)
    stages: dict[Stage, int] = field(default_factory=dict)
    apart: dict[str, int] = field(default_factory=dict)


def by_campaign(gifts: Gifts) -> dict[int, Came]:
    """By campaign what became of its gifts."""
    mine = gifts.where(gifts.campaign > 0)
    campaigns = distinct(mine.campaign)
    at = places(mine.campaign, campaigns)
    shape = (len(campaigns), len(DEALS), len(STAGES))
    cells = (at * len(DEALS) + mine.deal) * len(STAGES) + mine.stage
    counts = np.bincount(cells, minlength=shape[0] * shape[1] * shape[2]).reshape(shape)
    found = {}
    for campaign, deals in zip(campaigns.tolist(), counts.tolist(), strict=True):
        came = found[campaign] = Came()
        for deal, stages in zip(DEALS, deals, strict=True):
            if deal is Deal.GIFT:
                came.stages = dict(zip(STAGES, stages, strict=True))
            elif any(stages):
                came.apart[deal.value] = sum(stages)
    first, _ = summed_by(packed(mine.campaign, mine.item))
    for place in np.sort(first).tolist():
        found[int(mine.campaign[place])].items.append(int(mine.item[place]))
    return found
