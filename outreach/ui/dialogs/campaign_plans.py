"""What a campaign is planned to be: its titles, its goals, its money, its timeline; each saved at once."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services import refs
from outreach.services.campaigns import budget, goals, steps
from outreach.services.campaigns.budget import BudgetKind
from outreach.services.campaigns.campaign import campaign_facts, edit_campaign, items_of
from outreach.services.campaigns.goals import GoalKind, NewGoal
from outreach.services.catalogue.catalogue import show_item
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.wording.campaigns import goal_figure, goal_lines


def titles_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """The titles that a campaign is for; those that only its gifts name stay as long as these do."""
    say = desk.say

    def change(store: Store, items: list[int]) -> Changes:
        return edit_campaign(store, campaign_id, {}, items)

    def records() -> list[Record]:
        said = items_of(campaign_id)
        found = []
        for item, title in campaign_facts(campaign_id).titles.items():
            left = [each for each in said if each != item]
            drop: tuple[str, Any, Any] = (say("Remove"), partial(change, items=left), None)
            goes: tuple[str, Any, Any] = (say("Open"), None, partial(desk.go, "catalogue", item))
            detail = str(show_item(item).values["author"] or "") if item in said else say("Of its gifts")
            found.append(Record(title, detail, [goes, drop] if item in said else [goes]))
        return found

    form = Form(desk.theme, [
        FieldSpec("item", say("Title"), say("A title, or i3"), wide=True, check=needed(say("Say which title"))),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        return change(store, [*items_of(campaign_id), refs.item_id(given["item"])])

    RecordsDialog(desk, parent, _of(desk, campaign_id, "Titles of {name}"), records, form, say("Add"), adds)


def goals_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """What a campaign is to reach: copies or money. Posts and followers are refused, with the reason."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in goals.goals_of(desk.store, campaign_id):
            drop = (say("Remove"), partial(goals.drop_goal, campaign_id=campaign_id, kind=each.kind), None)
            target = goal_figure(words, each, each.target)
            head = f"{words.term('goal_kind', each.kind)}: {target}"
            found.append(Record(head, ". ".join(goal_lines(words, each)), [drop]))
        return found

    kinds = [(kind.value, words.term("goal_kind", kind.value)) for kind in GoalKind]
    form = Form(
        desk.theme,
        [
            FieldSpec("kind", say("What is counted"), choices=kinds),
            FieldSpec("target", say("How much"), say("1200, or 17988 GBP"),
                      check=needed(say("Copies like 1200, or money like 17988 GBP"))),
            FieldSpec("since", say("Counted from"), say("Its first day")),
            FieldSpec("due_on", say("By"), say("Its last day")),
            FieldSpec("baseline", say("What was before it"), say("Counted alike")),
            FieldSpec("source", say("Whose books"), say("Nielsen BookScan, the shop")),
            FieldSpec("baseline_since", say("Before it: from"), "2025-11-01"),
            FieldSpec("baseline_until", say("Before it: until"), "2026-10-31"),
        ],
    )  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        return goals.add_goal(store, campaign_id, NewGoal(**given))

    RecordsDialog(
        desk, parent, _of(desk, campaign_id, "Goals of {name}"), records, form, say("Set this goal"), adds,
        start={"kind": GoalKind.SALES.value},
        text=say("A goal is copies or money, by a day, as someone’s books count them."),
    )  # fmt: skip


def budget_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """What may be spent on a campaign, and what was that no parcel accounts for."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for spending in budget.budget_of(campaign_id).spending:
            for kind, minor in spending.planned.items():
                drop: tuple[str, Any, Any] = (
                    say("Remove"), partial(_unplan, campaign_id=campaign_id, kind=kind), None,
                )  # fmt: skip
                what = f"{words.term('budget_kind', kind)}: {words.money(minor, spending.currency)}"
                found.append(Record(what, say("May be spent"), [drop]))
        for each in budget.expenses_of(campaign_id):
            drop = (say("Remove"), partial(budget.drop_expense, expense_id=each.id), None)
            what = f"{words.term('budget_kind', each.kind)}: {words.money(each.amount_minor, each.currency)}"
            spent = say("Spent {day}", day=words.day(each.spent_on))
            found.append(Record(what, ", ".join(filter(None, (spent, each.note))), [drop]))
        return found

    kinds = [(kind.value, words.term("budget_kind", kind.value)) for kind in BudgetKind]
    either = [("planned", say("May be spent")), ("spent", say("Was spent"))]
    form = Form(
        desk.theme,
        [
            FieldSpec("what", say("What it is"), choices=either),
            FieldSpec("kind", say("What for"), choices=kinds),
            FieldSpec("amount", say("How much"), "250 GBP", check=needed(say("An amount like 250 GBP"))),
            FieldSpec("on", say("Day it was spent"), say("Today")),
            FieldSpec("note", say("Note"), wide=True),
        ],
    )  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Any:
        kind, amount, note = given["kind"], given["amount"], given["note"]
        if given["what"] == "planned":
            return budget.set_budget(store, campaign_id, kind, amount, note)
        return budget.add_expense(store, campaign_id, kind, amount, given["on"], note)

    RecordsDialog(
        desk, parent, _of(desk, campaign_id, "Budget of {name}"), records, form, say("Note it"), adds,
        start={"what": "planned", "kind": BudgetKind.COPIES.value},
        text=say("What parcels cost in copies and postage is counted by itself."),
    )  # fmt: skip


def _unplan(store: Store, campaign_id: int, kind: str) -> Changes:
    return budget.set_budget(store, campaign_id, kind, "")


def steps_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """What is to be done for a campaign by when: done, moved, added, taken out."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in steps.steps_of(campaign_id):
            done = bool(each.done_on)
            finish = partial(steps.finish_step, step_id=each.id, again=done)
            acts: list[tuple[str, Any, Any]] = [
                (say("Not done") if done else say("Done"), finish, None),
                (say("Move"), None, partial(move, each.id)),
                (say("Remove"), partial(steps.drop_step, step_id=each.id), None),
            ]
            told = say("done {day}", day=words.day(each.done_on)) if done else ""
            facts = (say("by {day}", day=words.day(each.due_on)), told, each.note)
            found.append(Record(words.term("campaign_step", each.name), ", ".join(filter(None, facts)), acts))
        return found

    def move(step: int) -> None:
        dialog.close_overlay()
        desk.ask("campaign_step", step)

    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Another step"), say("Book the room for the club night"), wide=True,
                      check=needed(say("Say what is to be done"))),
            FieldSpec("due_on", say("By"), "2027-01-20", check=needed(say("Write it like 2026-12-03"))),
            FieldSpec("note", say("Note")),
        ],
    )  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        return steps.add_step(store, campaign_id, given["name"], given["due_on"], given["note"])

    dialog = RecordsDialog(desk, parent, _of(desk, campaign_id, "Timeline of {name}"), records, form, say("Add"), adds)
    plan = Button(desk.theme, say("Plan the usual steps"), "default", "calendar")
    plan.setToolTip(say("Back from the day its first title comes out; what is done stays"))
    plan.clicked.connect(lambda: dialog.do(lambda store: steps.plan_steps(store, campaign_id)))
    dialog.beside(plan)


def step_dialog(desk: Desk, parent: QWidget, step_id: int) -> None:
    """Move a step of a timeline, or say when it was done."""
    say, row = desk.say, steps.step_row(step_id)
    form = Form(
        desk.theme,
        [
            FieldSpec("due_on", say("By"), "2027-01-20", check=needed(say("Write it like 2026-12-03"))),
            FieldSpec("done_on", say("Done on"), say("Empty while it is not")),
        ],
        {"due_on": row.due_on, "done_on": row.done_on},
    )

    def saves(store: Store, key: str, value: str) -> Changes:
        if key == "due_on":
            return steps.move_step(store, step_id, value)
        return steps.finish_step(store, step_id, value, again=not value)

    EditDialog(desk, parent, desk.words.term("campaign_step", row.name), form, saves)


def _of(desk: Desk, campaign_id: int, text: str) -> str:
    return desk.say(text, name=campaign_facts(campaign_id).name)
