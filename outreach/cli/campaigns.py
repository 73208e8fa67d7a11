"""Campaigns: add, show, edit, list, copy, close."""

from collections.abc import Iterator
from typing import Any

import click

from outreach.cli.campaigns_group import campaigns
from outreach.cli.frame import Session, money, plain, subcommand, table
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.campaigns import campaign as service
from outreach.services.campaigns.budget import Budget
from outreach.services.campaigns.copying import copy_campaign
from outreach.services.campaigns.goals import GoalFacts
from outreach.services.pages.campaign import CampaignPage, campaign_page
from outreach.wording.campaigns import budget_lines, goal_lines, spent_on

_FACTS = (
    click.option("--client", help="For whom it is; the first title's client where it is not said."),
    click.option("--why", help="Why it should work, in one sentence."),
    click.option("--from", "starts_on", help="Its first day."),
    click.option("--until", "ends_on", help="Its last day."),
    click.option("--currency", help="In which money it is counted, such as GBP."),
    click.option("--notes", help="Whatever else is worth keeping."),
)
_ITEMS = click.option("--item", "items", multiple=True, help="A title that it is for; say it again for more.")


def _facts(function: Any) -> Any:
    for option in reversed(_FACTS):
        function = option(function)
    return function


@subcommand(campaigns, "add")
@click.argument("name")
@_ITEMS
@_facts
def add(session: Session, name: str, items: tuple[str, ...], **given: str | None) -> None:
    """Begin a campaign for a title, or several.

    \b
    Example:
      outreach campaigns add "The Salt Orchard, launch" --item "The Salt Orchard" --from 2026-11-01 --until 2027-02-28
    """
    values = {key: value for key, value in given.items() if value is not None}
    with session.writing() as store:
        titles = [refs.item_id(each) for each in items]
        row, _ = service.add_campaign(store, {"name": name, **values}, titles)
    ref = f"m{row}"
    session.show({"id": ref}, lambda: [session.words.say("campaigns.added", name=name, campaign=ref)])


@subcommand(campaigns, "edit")
@click.argument("ref")
@click.option("--name", help="What it is called.")
@_ITEMS
@_facts
def edit(session: Session, ref: str, items: tuple[str, ...], **given: str | None) -> None:
    """Change a campaign; an empty text takes away what was there. With --item it is for these titles and no others.

    \b
    Example:
      outreach campaigns edit m3 --why "Readers of folklore trust other readers of folklore"
    """
    values = {key: value for key, value in given.items() if value is not None}
    if not values and not items:
        raise click.UsageError(said("Say what is changed: --name, --why, --item, …"))
    with session.writing() as store:
        row = refs.campaign_id(ref)
        titles = [refs.item_id(each) for each in items] if items else None
        service.edit_campaign(store, row, values, titles)
        named = service.campaign_facts(row).name
    facts = {"name": named, "campaign": f"m{row}"}
    session.show({"id": f"m{row}"}, lambda: [session.words.say("campaigns.edited", **facts)])


@subcommand(campaigns, "copy")
@click.argument("ref")
@click.argument("name")
@_ITEMS
def copy(session: Session, ref: str, name: str, items: tuple[str, ...]) -> None:
    """Begin a campaign called NAME that is planned like REF: goals, budget and steps, all days moved; no people.

    \b
    Example:
      outreach campaigns copy m3 "River of Keys, launch" --item "River of Keys"
    """
    with session.writing() as store:
        model = refs.campaign_id(ref)
        row, _ = copy_campaign(store, model, name, [refs.item_id(each) for each in items] if items else None)
        like = service.campaign_facts(model).name
    facts = {"name": name, "campaign": f"m{row}", "model": like}
    session.show({"id": f"m{row}"}, lambda: [session.words.say("campaigns.copied", **facts)])


@subcommand(campaigns, "close")
@click.argument("ref")
@click.option("--again", is_flag=True, help="Open it again.")
def close(session: Session, ref: str, again: bool) -> None:
    """Close a campaign: it stands in no list of what runs, and its steps wait no longer. Its gifts stay as they are.

    \b
    Example:
      outreach campaigns close m3
    """
    with session.writing() as store:
        row = refs.campaign_id(ref)
        service.close_campaign(store, row, again=again)
        name = service.campaign_facts(row).name
    code = "campaigns.opened" if again else "campaigns.closed"
    session.show({"id": f"m{row}"}, lambda: [session.words.say(code, name=name, campaign=f"m{row}")])


@subcommand(campaigns, "list")
@click.option("--all", "closed", is_flag=True, help="Also those that are closed.")
def list_(session: Session, closed: bool) -> None:
    """List campaigns, those that end last first.

    \b
    Example:
      outreach campaigns list --all
    """
    with session.reading():
        rows = service.list_campaigns(closed=closed)
    words = session.words
    session.show(
        rows,
        lambda: [
            *table(
                ("", "Campaign", "Client", "People", "From", "Until"),
                [(f"m{row.id}", row.name, row.client, row.people, words.day(row.starts_on), words.day(row.ends_on))
                 for row in rows],
            ),
            words.count("campaigns", len(rows)),
        ],
    )  # fmt: skip


@subcommand(campaigns, "show")
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    """Show a campaign: why it should work, its goals and money, how far its gifts came. REF is an id (m3) or a name.

    \b
    Example:
      outreach campaigns show m3
    """
    with session.reading() as store:
        page = campaign_page(store, refs.campaign_id(ref))
    session.show(_data(page), lambda: _lines(session, page))


def goal_data(goal: GoalFacts) -> dict[str, Any]:
    """A goal as JSON shows it."""
    data: dict[str, Any] = plain(goal)
    if goal.unit == "money":
        for name in ("target", "reached", "by_code", "baseline"):
            data[name] = money(data[name], goal.currency)
    return {**data, "is_ahead": goal.is_ahead}


def budget_data(budget: Budget) -> dict[str, Any]:
    """A budget as JSON shows it."""
    return {
        "spending": [
            {
                "currency": each.currency,
                **{name: {kind: money(minor, each.currency) for kind, minor in getattr(each, name).items()}
                   for name in ("planned", "spent", "apart")},
                "total": money(each.total, each.currency),
            }
            for each in budget.spending
        ],
        "parcels_without_postage": budget.no_postage,
        "copies_without_cost": budget.unknown_copies,
    }  # fmt: skip


def _data(page: CampaignPage) -> dict[str, Any]:
    facts = plain(page.facts)
    facts["titles"] = [{"id": f"i{item}", "title": title} for item, title in page.facts.titles.items()]
    del facts["books"]
    return {
        **facts, "id": f"m{page.facts.id}", "goals": [goal_data(goal) for goal in page.goals],
        "budget": budget_data(page.budget), "funnel": dict(page.strip), "apart": dict(page.apart),
        "people": [
            {"gift": f"g{line.id}", "person": f"p{line.person_id}", "name": line.person, "title": line.title,
             "why": line.why, "deal": line.deal, "stage": line.stage, "since": line.since, "client": line.answer,
             "sold_by_code": line.sold}
            for line in page.lines
        ],
    }  # fmt: skip


def _lines(session: Session, page: CampaignPage) -> Iterator[str]:
    words, facts = session.words, page.facts
    yield click.style(f"{facts.name}  m{facts.id}", bold=True)
    if facts.client:
        yield words.say("campaigns.client", client=facts.client)
    if facts.titles:
        yield words.say("campaigns.titles", titles=", ".join(facts.titles.values()))
    if facts.starts_on and facts.ends_on:
        yield words.say("campaigns.days", start_day=facts.starts_on, end_day=facts.ends_on)
    yield words.say("campaigns.why", why=facts.why) if facts.why else words.say("campaigns.no_why")
    if not page.goals:
        yield words.say("campaigns.no_goal")
    for goal in page.goals:
        yield from goal_lines(words, goal)
    yield from budget_lines(words, page.budget)
    yield from filter(None, (spent_on(words, each) for each in page.budget.spending))
    yield words.say(
        "campaigns.funnel", **{name: page.strip[name] for name in ("delivered", "posted", "reading", "quiet")}
    )
    rows = [
        (f"g{line.id}", line.person, words.term("stage", line.stage), words.day(line.since), line.why)
        for line in page.lines
    ]
    if rows:
        yield from table(("", "Person", "Stage", "Since", "Why them"), rows)
