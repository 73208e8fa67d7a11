"""A campaign like another one: what was planned is taken over, and what came of it is not."""

from collections.abc import Sequence
from datetime import date, timedelta

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.campaigns.campaign import create, titles_of
from outreach.services.campaigns.steps import pub_day
from outreach.store.database import Store
from outreach.store.models import BudgetLine, Campaign, CampaignStep, Client, Goal


def copy_campaign(store: Store, campaign_id: int, name: str, items: Sequence[int] | None = None) -> tuple[int, Changes]:
    """Begin a campaign like another one: client, why, money, goals, budget and steps.

    All days move by as much as the day moves on which the first title comes out. Baselines, expenses and people stay
    behind: they are of that campaign alone, and the match finds who will enjoy the new title.

    Args:
        store: The open workspace.
        campaign_id: Which is taken as a model.
        name: What the new one is called.
        items: The titles of the new one; the same as of the model where they are None.

    Raises:
        KnownError: ``campaigns.no_name``, ``campaigns.name_taken``.
    """
    if not clean(name):
        raise KnownError("campaigns.no_name")
    old = Campaign.select(Campaign, Client).left_outer_join(Client).where(Campaign.id == campaign_id).get()
    with store.operation(Op.ADD_CAMPAIGN) as written:
        columns = {"name": clean(name), "name_key": fold(clean(name)), "why": old.why, "currency": old.currency}
        client = old.client.name if old.client_id else ""
        row = create(store, columns, client, list(titles_of(campaign_id)) if items is None else items)
        by = _days_between(pub_day(campaign_id), pub_day(row))
        starts, ends = _moved(old.starts_on, by), _moved(old.ends_on, by)
        Campaign.update(starts_on=starts, ends_on=ends).where(Campaign.id == row).execute()
        _planned(store, campaign_id, row, by)
    return row, written.changes


def _planned(store: Store, old: int, new: int, by: timedelta) -> None:
    for goal in Goal.select().where(Goal.campaign == old).order_by(Goal.id):
        Goal.create(
            campaign=new, kind=goal.kind, unit=goal.unit, currency=goal.currency, target=goal.target,
            since=_moved(goal.since, by), due_on=_moved(goal.due_on, by), source=goal.source, by=store.by,
            created_at=store.now(),
        )  # fmt: skip
    for line in BudgetLine.select().where(BudgetLine.campaign == old).order_by(BudgetLine.id):
        BudgetLine.create(campaign=new, kind=line.kind, amount_minor=line.amount_minor, currency=line.currency,
                          note=line.note)  # fmt: skip
    for step in CampaignStep.select().where(CampaignStep.campaign == old).order_by(CampaignStep.id):
        CampaignStep.create(campaign=new, name=step.name, due_on=_moved(step.due_on, by), note=step.note)


def _days_between(first: str, last: str) -> timedelta:
    return date.fromisoformat(last) - date.fromisoformat(first) if first and last else timedelta()


def _moved(day: str | None, by: timedelta) -> str | None:
    return (date.fromisoformat(day) + by).isoformat() if day else None
