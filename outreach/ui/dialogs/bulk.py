"""Changing many people at once, and thinking about whom to let go."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.people.bulk import BulkChange, change_people
from outreach.services.people.retention import Proposal, drop_addresses, keep_people, months, proposals
from outreach.services.people.rosters import put_on_roster, rosters
from outreach.services.people.words_on import listed
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form

_KEEP = "keep"


def change_many_dialog(desk: Desk, parent: QWidget, people: Sequence[int]) -> None:
    """Tags, who looks after them, rosters, archive: for all of them, in one step of undo."""
    say, words, chosen = desk.say, desk.words, list(people)
    names = [each.name for each in rosters()]
    known = words.listing(names, 4) if names else say("A name; it is made where there is none")
    form = Form(
        desk.theme,
        [
            FieldSpec("add", say("Put these tags on"), say("night readers, sea")),
            FieldSpec("drop", say("Take these tags off")),
            FieldSpec("on", say("Put on a roster"), known),
            FieldSpec("off", say("Take off a roster"), words.listing(names, 4)),
            FieldSpec("owner", say("Who of us looks after them"), say("Initials, or - for nobody")),
            FieldSpec("archive", say("Archive"),
                      choices=[("", say("As it is")), ("yes", say("Put into the archive")),
                               ("no", say("Take out of the archive")), (_KEEP, say("Keep them on purpose"))]),
        ],
    )  # fmt: skip

    def work(store: Store, values: Mapping[str, str]) -> Changes:
        if values["archive"] == _KEEP:
            return keep_people(store, chosen)
        archive = {"yes": True, "no": False}.get(values["archive"])
        change = BulkChange(tuple(listed(values["add"])), tuple(listed(values["drop"])), values["owner"], values["on"],
                            values["off"], archive)  # fmt: skip
        return change_people(store, chosen, change)

    number = len(chosen)
    title = words.trn("Change {number} person", "Change {number} people", number)
    told = words.trn("Changed {number} person", "Changed {number} people", number)
    FormDialog(desk, parent, title, form, say("Change"), work, told=told,
               text=say("What stays empty stays as it is."))  # fmt: skip


def roster_dialog(desk: Desk, parent: QWidget, about: tuple[Sequence[int], str]) -> None:
    """Put some people on a roster, such as those whom a match chose; one that is there, or a new one."""
    say, words, (people, name) = desk.say, desk.words, about
    names = [each.name for each in rosters()]
    form = Form(
        desk.theme,
        [FieldSpec("name", say("Name"), say("A name; it is made where there is none"), wide=True,
                   check=lambda text: "" if text.strip() else say("A roster needs a name"))],
        {"name": name},
    )  # fmt: skip
    known = say("There are {rosters} already.", rosters=words.listing(names, 4)) if names else ""
    FormDialog(
        desk, parent, words.trn("Save {number} person as a roster", "Save {number} people as a roster", len(people)),
        form, say("Save"), lambda store, values: put_on_roster(store, values["name"], list(people)), text=known,
        told=words.trn("Put {number} person on the roster", "Put {number} people on the roster", len(people)),
        width=440,
    )  # fmt: skip


def let_go_dialog(desk: Desk, parent: QWidget, _about: None = None) -> None:
    """Say with whom nothing has happened for long; what to do about it is the user's to say."""

    def show(found: list[Proposal]) -> None:
        _let_go(desk, parent, found)

    desk.runner.read(proposals, then=show, replaces="let_go")


def _let_go(desk: Desk, parent: QWidget, found: list[Proposal]) -> None:
    say, words = desk.say, desk.words
    people = [each for each in found if each.kind == "person"]
    places = [each for each in found if each.kind == "address"]
    silent = data_rules().keep_months
    parts = [
        words.trn("With {number} person nothing has happened for {months} months.",
                  "With {number} people nothing has happened for {months} months.", len(people),
                  months=silent),
        words.trn("{number} address has had no parcel for {months} months.",
                  "{number} addresses have had no parcel for {months} months.", len(places),
                  months=months()["address"]),
        say("Nothing is deleted by itself. Look at them, then archive, keep or forget whom you like."),
    ]  # fmt: skip
    done = Button(desk.theme, say("Done"), "default")
    drop = Button(desk.theme, words.trn("Let {number} address go", "Let {number} addresses go", len(places)), "default")
    look = Button(desk.theme, say("Look at them"), "primary", key="Enter")
    dialog = Dialog(desk.theme, parent, say("Whom to let go?"), " ".join(parts), None, done, drop, look)
    done.clicked.connect(dialog.close_overlay)

    def go() -> None:
        dialog.close_overlay()
        desk.show_filtered("people", f"idle:{silent}")

    def let_go() -> None:
        dialog.close_overlay()
        ids = [each.address_id for each in places if each.address_id is not None]
        desk.write(lambda store: drop_addresses(store, ids), say("Let unused addresses go"))

    drop.clicked.connect(let_go)
    drop.setVisible(bool(places))
    look.clicked.connect(go)
    look.setEnabled(bool(people))
    (look if people else done).setFocus()
