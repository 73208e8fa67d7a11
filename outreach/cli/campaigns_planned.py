"""What a campaign is to reach, what it may cost, and what is to be done by when."""

from collections.abc import Iterator

import click

from outreach.cli.campaigns import budget_data, goal_data
from outreach.cli.campaigns_group import campaigns
from outreach.cli.frame import Session, day_option, money, plain, subcommand, table
from outreach.cli.speaking import said
from outreach.services import refs
from outreach.services.campaigns import budget as money_of
from outreach.services.campaigns import goals as goals_of
from outreach.services.campaigns import steps as timeline
from outreach.services.campaigns.goals import NewGoal
from outreach.wording.campaigns import budget_lines, goal_lines, spent_on


@subcommand(campaigns, "goal")
@click.argument("ref")
@click.argument("kind", required=False)
@click.argument("target", required=False)
@click.option("--baseline", default="", help="What was before it, counted like the target.")
@click.option("--baseline-from", "baseline_since", default="", help="From which day the baseline was counted.")
@click.option("--baseline-until", default="", help="Until which day.")
@click.option("--from", "since", default="", help="From which day it counts; the campaign's first where not said.")
@click.option("--by", "due_on", default="", help="By which day; the campaign's last where not said.")
@click.option("--source", default="", help="Whose books the figures are from.")
@click.option("--drop", is_flag=True, help="Take the goal of this kind away.")
def goal(session: Session, ref: str, kind: str | None, target: str | None, drop: bool, **given: str) -> None:
    """Set REF a goal of copies or money, or say how far its goals are.

    KIND is sales, pre_orders, library_orders or club_copies; TARGET is copies (1200) or money ("17988 GBP"). Posts and
    followers are no goal.

    \b
    Examples:
      outreach campaigns goal m3 sales 1200 --baseline 640 --by 2027-02-28 --source "Nielsen BookScan"
      outreach campaigns goal m3
    """
    if kind and not target and not drop:
        raise click.UsageError(said("Say how much: copies like 1200, or money like “17988 GBP”."))
    if not kind:
        with session.reading() as store:
            rows = goals_of.goals_of(store, refs.campaign_id(ref))
    else:
        with session.writing() as store:
            row = refs.campaign_id(ref)
            if drop:
                goals_of.drop_goal(store, row, kind)
            else:
                goals_of.add_goal(store, row, NewGoal(kind, target or "", **given))
            rows = goals_of.goals_of(store, row)
    words = session.words

    def lines() -> Iterator[str]:
        if drop and kind:
            yield words.say("campaigns.goal_dropped", kind=words.term("goal_kind", kind))
        for each in rows:
            yield from goal_lines(words, each)
        if not rows and not drop:
            yield words.say("campaigns.no_goal")

    session.show([goal_data(each) for each in rows], lines)


@subcommand(campaigns, "budget")
@click.argument("ref")
@click.argument("kind", required=False)
@click.argument("amount", required=False)
@click.option("--note", default="")
def budget(session: Session, ref: str, kind: str | None, amount: str | None, note: str) -> None:
    """Say what may be spent on something, or show what may be and was.

    KIND is copies, postage, events, rewards or other; an empty AMOUNT takes it away. Copies and postage are what
    parcels cost; other money is noted with "campaigns expense".

    \b
    Examples:
      outreach campaigns budget m3 events "250 GBP"
      outreach campaigns budget m3
    """
    if kind and amount is None:
        raise click.UsageError(said("Say how much, such as “250 GBP”."))
    words = session.words
    if kind and amount is not None:
        with session.writing() as store:
            row = refs.campaign_id(ref)
            money_of.set_budget(store, row, kind, amount, note)
            found, spent = money_of.budget_of(row), money_of.expenses_of(row)
    else:
        with session.reading():
            row = refs.campaign_id(ref)
            found, spent = money_of.budget_of(row), money_of.expenses_of(row)

    def lines() -> Iterator[str]:
        if kind:
            code = "campaigns.budgeted" if amount and amount.strip() else "campaigns.unbudgeted"
            yield words.say(code, kind=words.term("budget_kind", kind), amount=amount)
        yield from budget_lines(words, found)
        yield from filter(None, (spent_on(words, each) for each in found.spending))
        rows = [
            (each.id, words.day(each.spent_on), words.term("budget_kind", each.kind),
             words.money(each.amount_minor, each.currency), each.note)
            for each in spent
        ]  # fmt: skip
        if rows:
            yield from table(("", "Day", "For", "Amount", "Note"), rows)

    expenses = [{**plain(each), "amount": money(each.amount_minor, each.currency)} for each in spent]
    session.show({**budget_data(found), "expenses": expenses}, lines)


@subcommand(campaigns, "expense")
@click.argument("ref")
@click.argument("kind", required=False)
@click.argument("amount", required=False)
@click.option("--on", callback=day_option, help="The day, if it was not today.")
@click.option("--note", default="", help="What it was.")
@click.option("--drop", type=int, help="Take the expense of this number back.")
def expense(
    session: Session, ref: str, kind: str | None, amount: str | None, on: str | None, note: str, drop: int | None
) -> None:
    """Note money that was spent on a campaign and that no parcel accounts for.

    \b
    Examples:
      outreach campaigns expense m3 events "122 GBP" --note "The club night's room"
      outreach campaigns expense m3 --drop 4
    """
    if drop is None and not (kind and amount):
        raise click.UsageError(said("Say what for and how much, such as events “122 GBP”."))
    words = session.words
    with session.writing() as store:
        row = refs.campaign_id(ref)
        if drop is not None:
            money_of.drop_expense(store, drop)
            session.show({"id": drop}, lambda: [words.say("campaigns.expense_dropped", expense=drop)])
            return
        made, _ = money_of.add_expense(store, row, kind or "", amount or "", on or "", note)
        each = next(each for each in money_of.expenses_of(row) if each.id == made)
    facts = {"amount": words.money(each.amount_minor, each.currency), "kind": words.term("budget_kind", each.kind)}
    session.show(
        {**plain(each), "amount": money(each.amount_minor, each.currency)},
        lambda: [words.say("campaigns.expense", expense=made, **facts)],
    )


@subcommand(campaigns, "steps")
@click.argument("ref")
@click.option("--plan", is_flag=True, help="Plan the usual steps back from the day its first title comes out.")
@click.option("--from", "day", default="", help="With --plan, another day to count from.")
@click.option("--add", "name", help="A step of your own, with --on.")
@click.option("--on", default="", help="Its day; with --done, the day it was done.")
@click.option("--done", type=int, help="The step of this number is done.")
@click.option("--undone", type=int, help="It is not done after all.")
@click.option("--move", type=int, help="Move the step of this number to the day of --on.")
@click.option("--drop", type=int, help="Take the step of this number out.")
def steps(session: Session, ref: str, plan: bool, day: str, name: str | None, on: str, **which: int | None) -> None:
    """Show what is to be done for a campaign by when, or change it.

    \b
    Examples:
      outreach campaigns steps m3 --plan
      outreach campaigns steps m3 --add "Book the room for the club night" --on 2027-01-20
      outreach campaigns steps m3 --done 7
    """
    chosen = {key: value for key, value in which.items() if value is not None}
    if not plan and name is None and not chosen:
        with session.reading():
            rows = timeline.steps_of(refs.campaign_id(ref))
    else:
        with session.writing() as store:
            row = refs.campaign_id(ref)
            if plan:
                timeline.plan_steps(store, row, day)
            if name is not None:
                timeline.add_step(store, row, name, on)
            for act, step in chosen.items():
                if act in ("done", "undone"):
                    timeline.finish_step(store, step, on, again=act == "undone")
                elif act == "move":
                    timeline.move_step(store, step, on)
                else:
                    timeline.drop_step(store, step)
            rows = timeline.steps_of(row)
    words = session.words
    cells = [
        (each.id, words.day(each.due_on), words.term("campaign_step", each.name), words.day(each.done_on))
        for each in rows
    ]
    session.show(rows, lambda: [*table(("", "By", "Step", "Done"), cells), words.count("steps", len(rows))])
