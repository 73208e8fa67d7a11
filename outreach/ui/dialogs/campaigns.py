"""Beginning a campaign, alone or like another one, and changing what is said of it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes, together
from outreach.errors import KnownError
from outreach.services.campaigns.campaign import CAMPAIGN_FIELDS, add_campaign, campaign_facts, edit_campaign
from outreach.services.campaigns.copying import copy_campaign
from outreach.services.campaigns.goals import GoalKind, NewGoal, add_goal
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.picks import labelled, title_pick
from outreach.ui.widgets.forms import FieldSpec, Form


def campaign_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """Begin a campaign; a goal is copies or money, and can wait."""
    say, words = desk.say, desk.words
    title = title_pick(desk, None)
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), say("January launch"), wide=True,
                      check=lambda text: "" if text else say("A campaign needs a name")),
            FieldSpec("client", say("Client"), say("That of the title where it is empty")),
            FieldSpec("currency", say("Currency"), "GBP"),
            FieldSpec("starts_on", say("From"), "2026-11-01"),
            FieldSpec("ends_on", say("Until"), "2027-02-28"),
            FieldSpec("kind", say("Goal"), choices=[(kind.value, words.term("goal_kind", kind.value))
                                                    for kind in GoalKind]),
            FieldSpec("target", say("How much"), say("1200, or 17988 GBP")),
            FieldSpec("why", say("Why it should work"), say("One sentence, as to a colleague"), wide=True),
        ],
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        values = {key: given[key] for key in ("name", "client", "currency", "starts_on", "ends_on", "why")}
        row, changes = add_campaign(store, values, [title.row_id] if title.row_id > 0 else [])
        if not given["target"]:
            return row, changes
        try:
            _, more = add_goal(store, row, NewGoal(given["kind"], given["target"]))
        except KnownError:
            store.undo()
            raise
        return row, together([changes, more])

    FormDialog(
        desk, parent, say("A new campaign"), form, say("Begin it"), work,
        text=say("Its goal is copies or money. Posts and followers are counted, and never a goal."),
        above=labelled(desk, (say("Title"), title)),
        told=lambda _: say("Began {name}", name=form.values()["name"]),
        then=lambda made: desk.go("campaigns", made[0]),
    )  # fmt: skip


def edit_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """Change what is said of a campaign."""
    say, facts = desk.say, campaign_facts(campaign_id)
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), wide=True, check=needed(say("A campaign needs a name"))),
            FieldSpec("client", say("Client"), say("Whom we work for")),
            FieldSpec("currency", say("Currency"), "GBP"),
            FieldSpec("starts_on", say("From"), "2026-11-01"),
            FieldSpec("ends_on", say("Until"), "2027-02-28"),
            FieldSpec("why", say("Why it should work"), say("One sentence, as to a colleague"), wide=True),
            FieldSpec("notes", say("Note"), lines=3, wide=True),
        ],
        {name: str(getattr(facts, name)) for name in CAMPAIGN_FIELDS},
    )
    EditDialog(
        desk, parent, say("Change {name}", name=facts.name), form,
        lambda store, key, value: edit_campaign(store, campaign_id, {key: value}),
    )  # fmt: skip


def copy_dialog(desk: Desk, parent: QWidget, campaign_id: int) -> None:
    """Begin a campaign that is planned like another one; its people stay where they are."""
    say, facts = desk.say, campaign_facts(campaign_id)
    title = title_pick(desk, None)
    form = Form(
        desk.theme,
        [FieldSpec("name", say("Name"), say("January launch"), wide=True,
                   check=needed(say("A campaign needs a name")))],
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        return copy_campaign(store, campaign_id, given["name"], [title.row_id] if title.row_id > 0 else None)

    FormDialog(
        desk, parent, say("A campaign like {name}", name=facts.name), form, say("Begin it"), work,
        text=say("Client, goals, budget and timeline are taken over, all days moved with the title. Its people, its "
                 "expenses and what it sold are not."),
        above=labelled(desk, (say("Title, if it is another one"), title)),
        told=lambda _: say("Began {name}", name=form.values()["name"]),
        then=lambda made: desk.go("campaigns", made[0]),
    )  # fmt: skip
