"""A campaign is planned in the window as by command: said, aimed at, paid for, dated, shown, copied, closed."""

from collections.abc import Callable
from pathlib import Path

from outreach.app import Session
from outreach.services.campaigns.budget import budget_of, expenses_of
from outreach.services.campaigns.campaign import campaign_facts, items_of
from outreach.services.campaigns.goals import goals_of
from outreach.services.campaigns.steps import steps_of
from outreach.store.models import Campaign, RosterAnswer
from outreach.ui.actions import ACTIONS
from outreach.ui.commands import commands_of
from tests.ui.test_campaign_page import open_one
from tests.ui.test_flow import dialog_of, no_dialog

Settle = Callable[[Session], None]


def asked(opened: Session, settle: Settle, action: str) -> object:
    """The dialog that a command of the palette opens."""
    command = next(each for each in commands_of(opened.window.page) if each.spec.id == action)
    command.action.trigger()
    settle(opened)
    return dialog_of(opened)


def given(dialog, opened: Session, settle: Settle, **values: str) -> None:
    """Fill a form and press its button."""
    dialog.form.set_values({**dialog.form.values(), **values})
    dialog.submit()
    settle(opened)


def test_a_campaign_is_planned_by_its_forms_and_each_step_can_be_taken_back(opened: Session, settle: Settle) -> None:
    campaign = open_one(opened, settle)
    desk = opened.desk
    dialog = asked(opened, settle, "edit")
    dialog.form.field("name").setText("Low Tide, again")
    dialog.form.field("client").setText("Finch & Marlow")
    dialog._leave()
    settle(opened)
    facts = campaign_facts(campaign)
    assert (facts.name, facts.client) == ("Low Tide, again", "Finch & Marlow") and no_dialog(opened)

    # Posts are no goal, and the reason is said where it is asked; copies are one.
    goals = asked(opened, settle, "goals")
    goals_before = len(goals_of(desk.store, campaign))
    given(goals, opened, settle, kind="sales", target="40 posts")
    assert "owes nobody a post" in goals.trouble.text() and len(goals_of(desk.store, campaign)) == goals_before
    given(goals, opened, settle, kind="library_orders", target="120", baseline="30", due_on="2026-12-31",
          source="The supplier")  # fmt: skip
    goal = goals_of(desk.store, campaign)[-1]
    assert (goal.kind, goal.target, goal.baseline, goal.due_on, goal.source) == (
        "library_orders", 120, 30, "2026-12-31", "The supplier")  # fmt: skip
    goals.close_overlay()

    money = asked(opened, settle, "budget")
    given(money, opened, settle, what="planned", kind="rewards", amount="75 GBP")
    spent = len(expenses_of(campaign))
    given(money, opened, settle, what="spent", kind="rewards", amount="20 GBP", on="2026-11-20", note="Bookmarks")
    assert budget_of(campaign).spending[0].planned["rewards"] == 7500 and len(expenses_of(campaign)) == spent + 1
    money.close_overlay()

    steps = asked(opened, settle, "timeline")
    given(steps, opened, settle, name="Book the room", due_on="2027-01-20")
    mine = next(step for step in steps_of(campaign) if step.name == "Book the room")
    desk.ask("campaign_step", mine.id)
    moving = dialog_of(opened)
    moving.form.field("due_on").setText("2027-01-27")
    moving.form.field("done_on").setText("2027-01-26")
    moving._leave()
    settle(opened)
    steps.close_overlay()
    moved = next(step for step in steps_of(campaign) if step.id == mine.id)
    assert (moved.due_on, moved.done_on) == ("2027-01-27", "2027-01-26")

    titles = asked(opened, settle, "campaign_titles")
    other = next(item for item in range(1, 9) if item not in items_of(campaign))
    given(titles, opened, settle, item=f"i{other}")
    assert other in items_of(campaign)
    titles.close_overlay()
    opened.window._undo()
    settle(opened)
    assert other not in items_of(campaign)


def test_its_people_are_shown_to_the_client_and_her_answers_read_back(
    opened: Session, settle: Settle, tmp_path: Path
) -> None:
    campaign = open_one(opened, settle)
    acts, files = opened.window.page.acts, opened.desk.files
    acts.write_sheet()
    settle(opened)
    assert [each.suffix for each in tmp_path.glob("*.xlsx")] == [".xlsx"]
    shown = [each.person_id for each in RosterAnswer.select().where(RosterAnswer.campaign == campaign)]
    assert len(shown) > 5
    files.chosen, person = tmp_path / "answers.csv", shown[0]
    files.chosen.write_text(f"Ref,Your answer\np{person},No\n", encoding="utf-8")
    acts.read_answers()
    settle(opened)
    row = RosterAnswer.get((RosterAnswer.campaign == campaign) & (RosterAnswer.person == person))
    assert row.answer == "no"

    copying = asked(opened, settle, "copy_campaign")
    given(copying, opened, settle, name="The next one")
    other = Campaign.get(Campaign.name == "The next one").id
    assert opened.window.page.sheet.campaign_id == other and len(steps_of(other)) == len(steps_of(campaign))
    acts.close()
    settle(opened)
    assert campaign_facts(other).closed_on
    labels = [act.text() for act in acts.menu().actions()]
    assert opened.desk.say("Open it again") in labels and any(ACTIONS["goals"].label in each for each in labels)
    acts.close()
    settle(opened)
    assert not campaign_facts(other).closed_on
