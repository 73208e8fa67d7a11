"""What the campaigns of the sample are for: their titles, a goal, a budget, and a timeline planned back."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from outreach.services.campaigns.steps import template
from outreach.services.sample.values import SampleCampaign, SampleItem
from outreach.store.models import BudgetLine, CampaignItem, CampaignStep, Expense, Goal

#: In pounds: what may be spent on copies, postage and events, and what one event has cost.
_BUDGET = (("copies", 600_00), ("postage", 350_00), ("events", 250_00))
_EVENT = 122_00


def plan_campaigns(
    put: Callable[..., int],
    campaigns: Sequence[tuple[int, SampleCampaign]],
    items: Sequence[tuple[int, SampleItem]],
    today: str,
    now: str,
) -> None:
    """Write the plans of campaigns by their rows, in terms of the rows of their titles."""
    for number, (row, campaign) in enumerate(campaigns):
        item, title = items[campaign.item]
        put(CampaignItem, campaign_id=row, item_id=item)
        put(Goal, campaign_id=row, kind="sales", target=1200 if not number else 300 + number % 5 * 100,
            since=campaign.starts_on, due_on=campaign.ends_on, source="The distributor's books",
            created_at=now)  # fmt: skip
        for kind, minor in _BUDGET:
            put(BudgetLine, campaign_id=row, kind=kind, amount_minor=minor, currency="GBP")
        if campaign.starts_on <= today:
            put(Expense, campaign_id=row, kind="events", amount_minor=_EVENT, currency="GBP",
                spent_on=campaign.starts_on, note="A room for the evening", created_at=now)  # fmt: skip
        _steps(put, row, title.pub_date, today)


def _steps(put: Callable[..., Any], row: int, pub_date: str | None, today: str) -> None:
    if not pub_date or len(pub_date) != len(today):
        return
    for name, weeks in template():
        due = (date.fromisoformat(pub_date) - timedelta(weeks=weeks)).isoformat()
        put(CampaignStep, campaign_id=row, name=name, due_on=due, done_on=due if due < today else None)
