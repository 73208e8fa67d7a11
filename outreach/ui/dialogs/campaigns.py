"""Beginning a campaign: its name, its title, its goal, and why it should work."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes, together
from outreach.errors import KnownError
from outreach.services.campaigns.campaign import add_campaign
from outreach.services.campaigns.goals import GoalKind, NewGoal, add_goal
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
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
