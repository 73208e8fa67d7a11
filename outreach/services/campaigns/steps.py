"""The timeline of a campaign, planned back from the day its first title comes out (`resources/campaign_steps.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.paths import resource
from outreach.services.campaigns.campaign import checked_day, titles_of
from outreach.services.gifts.back_planning import the_day
from outreach.store.database import Store
from outreach.store.models import Campaign, CampaignStep, Item


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something to be done for a campaign by a day.

    Attributes:
        name: A name of `resources/campaign_steps.toml`, or the user's own words.
        done_on: When it was done; empty while it is not.
    """

    id: int
    campaign_id: int
    campaign: str
    name: str
    due_on: str
    done_on: str
    note: str


def plan_steps(store: Store, campaign_id: int, day: str = "") -> Changes:
    """Plan the steps of the template back from a day; those that stand already move to it, unless they are done.

    Args:
        store: The open workspace.
        campaign_id: Which campaign.
        day: Counted from; the day that its first title comes out where it is empty.

    Raises:
        KnownError: ``campaigns.no_day``, ``campaigns.no_pub_day`` when no title has a day to count from.
    """
    counted = checked_day(day) or pub_day(campaign_id)
    if not counted:
        raise KnownError("campaigns.no_pub_day", campaign=Campaign.get_by_id(campaign_id).name)
    with store.operation(Op.CHANGE_STEPS) as written:
        write_steps(campaign_id, counted)
    return written.changes


def write_steps(campaign_id: int, day: str) -> None:
    """As `plan_steps`, inside the caller's operation."""
    known = {row.name: row for row in CampaignStep.select().where(CampaignStep.campaign == campaign_id)}
    for name, weeks in template():
        due = (date.fromisoformat(day) - timedelta(weeks=weeks)).isoformat()
        row = known.get(name)
        if row is None:
            CampaignStep.create(campaign=campaign_id, name=name, due_on=due)
        elif not row.done_on:
            CampaignStep.update(due_on=due).where(CampaignStep.id == row.id).execute()


def add_step(store: Store, campaign_id: int, name: str, due_on: str, note: str = "") -> tuple[int, Changes]:
    """Plan a step of one's own.

    Raises:
        KnownError: ``campaigns.step_name``, ``campaigns.no_day``.
    """
    day = checked_day(due_on)
    if not clean(name):
        raise KnownError("campaigns.step_name")
    if not day:
        raise KnownError("campaigns.no_day", value=due_on)
    with store.operation(Op.CHANGE_STEPS) as written:
        row = CampaignStep.create(campaign=campaign_id, name=clean(name), due_on=day, note=clean(note))
    return int(row.id), written.changes


def finish_step(store: Store, step_id: int, on: str = "", *, again: bool = False) -> Changes:
    """Note that a step is done, or that it is not after all.

    Raises:
        KnownError: ``campaigns.step_none``, ``campaigns.no_day``.
    """
    row = _step(step_id)
    done = None if again else checked_day(on) or store.today().isoformat()
    with store.operation(Op.CHANGE_STEPS) as written:
        CampaignStep.update(done_on=done).where(CampaignStep.id == row.id).execute()
    return written.changes


def move_step(store: Store, step_id: int, due_on: str) -> Changes:
    """Move a step to another day; raises as `add_step` and `finish_step`."""
    row, day = _step(step_id), checked_day(due_on)
    if not day:
        raise KnownError("campaigns.no_day", value=due_on)
    with store.operation(Op.CHANGE_STEPS) as written:
        CampaignStep.update(due_on=day).where(CampaignStep.id == row.id).execute()
    return written.changes


def drop_step(store: Store, step_id: int) -> Changes:
    """Take a step out of the timeline; raises ``campaigns.step_none``."""
    row = _step(step_id)
    with store.operation(Op.CHANGE_STEPS) as written:
        CampaignStep.delete().where(CampaignStep.id == row.id).execute()
    return written.changes


def steps_of(campaign_id: int) -> list[StepRow]:
    """A campaign's timeline, the first step first."""
    return _rows(CampaignStep.campaign == campaign_id)


def step_row(step_id: int) -> StepRow:
    """A step of a timeline; raises ``campaigns.step_none``."""
    return _rows(CampaignStep.id == _step(step_id).id)[0]


def steps_due(until: str, since: str = "") -> list[StepRow]:
    """What is not done and is to be by a day, of campaigns that are open; the first one first."""
    return _rows(
        CampaignStep.due_on.between(since, until) & CampaignStep.done_on.is_null() & Campaign.closed_on.is_null()
    )


def pub_day(campaign_id: int) -> str:
    """The day that the first title of a campaign comes out; empty where none has one."""
    rows = Item.select(Item.pub_date).where(Item.id.in_(list(titles_of(campaign_id))))
    days = [the_day(day, None, None, None)[0] for (day,) in rows.tuples()]
    return min(filter(None, days), default="")


@cache
def template() -> tuple[tuple[str, int], ...]:
    """The steps of the template: a name, and how many weeks before the day."""
    data = tomllib.loads(resource("campaign_steps.toml").read_text(encoding="utf-8"))
    return tuple((step["name"], int(step["weeks"])) for step in data["step"])


def _rows(which: object) -> list[StepRow]:
    query = CampaignStep.select(CampaignStep, Campaign).join(Campaign).where(which)
    return [
        StepRow(row.id, row.campaign_id, row.campaign.name, row.name, row.due_on, row.done_on or "", row.note)
        for row in query.order_by(CampaignStep.due_on, CampaignStep.id)
    ]


def _step(step_id: int) -> CampaignStep:
    row = CampaignStep.get_or_none(CampaignStep.id == step_id)
    if row is None:
        raise KnownError("campaigns.step_none", step=step_id)
    return row
