"""Dialogs about people: who someone is, where she gets post, who writes the letters."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.email import parse_email
from outreach.services.addresses import PARTS, current_address, save_address
from outreach.services.people import NewPerson, Role, add_person, edit_person, forget_person, person_keys, show_person
from outreach.services.senders import change_sender, sender
from outreach.services.suppressions import SuppressionReason, suppress_keys, suppress_people
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.forms import FieldSpec, Form

_COLUMNS = ("name", "role", "organisation", "country", "greeting", "how_known", "notes")


def _is_email(desk: Desk) -> Callable[[str], str]:
    def check(text: str) -> str:
        is_right = not text or parse_email(text) is not None
        return "" if is_right else desk.say("Write it like maya@example.org")

    return check


def _needed(what: str) -> Callable[[str], str]:
    return lambda text: "" if text else what


def person_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Add a person, or change what is known of one."""
    say, term = desk.say, desk.words.term
    detail = show_person(desk.store, person_id) if person_id is not None else None
    known = ", ".join(detail.emails) if detail else ""
    handles = ", ".join(handle for _, handle, *_ in detail.accounts) if detail else ""
    roles = [("", say("Not said")), *((role.value, term("role", role.value)) for role in Role)]
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), wide=True, check=_needed(say("A person needs a name"))),
            FieldSpec("email", say("Another e-mail address") if known else say("E-mail"),
                      known or "maya@example.org", check=_is_email(desk)),
            FieldSpec("account", say("Another account") if handles else say("Account"),
                      handles or say("Its address, such as instagram.com/maya")),
            FieldSpec("role", say("What they do"), choices=roles),
            FieldSpec("organisation", say("Shop, library, station or house")),
            FieldSpec("greeting", say("Greeting in letters"), say("Dear Maya")),
            FieldSpec("country", say("Country")),
            FieldSpec("how_known", say("How we know them"), wide=True),
            FieldSpec("notes", say("Notes"), lines=3, wide=True),
        ],
        {name: str(detail.values[name] or "") for name in _COLUMNS} if detail else {},
    )  # fmt: skip

    if person_id is not None and detail is not None:

        def saves(store: Store, key: str, value: str) -> Changes:
            if key in ("email", "account") and not value:
                return Changes()  # what was added before stays
            if key == "email":
                return edit_person(store, person_id, {}, emails=[value])
            if key == "account":
                return edit_person(store, person_id, {}, profiles=[value])
            return edit_person(store, person_id, {key: value})

        EditDialog(desk, parent, say("Change {name}", name=detail.values["name"]), form, saves)
        return

    def work(store: Store, values: Mapping[str, str]) -> tuple[int, Changes]:
        columns = {name: values[name] for name in _COLUMNS if name != "name"}
        emails, accounts = ([each for each in [values[key]] if each] for key in ("email", "account"))
        return add_person(store, NewPerson(values["name"], emails, accounts, values=columns))

    FormDialog(desk, parent, say("Add person"), form, say("Add"), work, told=say("Added a person"),
               then=lambda made: desk.go("people", made[0]))  # fmt: skip


def suppress_dialog(desk: Desk, parent: QWidget, about: int | Sequence[int]) -> None:
    """Someone asked not to be contacted, or several did: ask once, since it cannot be undone by a slip."""
    if isinstance(about, int):
        _suppress_one(desk, parent, about)
        return
    words, people = desk.words, about
    number = len(people)

    def told(made: tuple[int, Changes]) -> str:
        some = words.trn("{number} person will not be written to again", "{number} people will not be written to again",
                         number - made[0])  # fmt: skip
        return some if not made[0] else words.tr("{some}. {without} have neither e-mail nor account, so there was "
                                                 "nothing to mark.", some=some, without=made[0])  # fmt: skip

    _confirm(
        desk, parent,
        words.trn("Never write to {number} person again?", "Never write to {number} people again?", number),
        words.tr("No letter, no pitch and no import will reach them. What they were given and posted stays."),
        words.tr("Never write again"), lambda store: suppress_people(store, people, SuppressionReason.ASKED), told,
    )  # fmt: skip


def _suppress_one(desk: Desk, parent: QWidget, person_id: int) -> None:
    say, name = desk.say, str(show_person(desk.store, person_id).values["name"])
    _confirm(
        desk, parent, say("Never write to {name} again?", name=name),
        say("No letter, no pitch and no import will reach them. What they were given and posted stays."),
        say("Never write again"), lambda store: suppress_keys(store, person_keys(person_id), SuppressionReason.ASKED),
        say("{name} will not be written to again", name=name),
    )  # fmt: skip


def forget_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Erase someone for good."""
    say, name = desk.say, str(show_person(desk.store, person_id).values["name"])
    _confirm(
        desk, parent, say("Forget {name} for good?", name=name),
        say("Everything known of them goes, and no list brings them back. Nameless counts stay in the review. Backups "
            "made before still hold them."),
        say("Forget this person"), lambda store: forget_person(store, person_id), say("Forgot a person"),
    )  # fmt: skip


def _confirm(
    desk: Desk,
    parent: QWidget,
    title: str,
    text: str,
    go: str,
    work: Callable[[Store], Any],
    told: str | Callable[[Any], str],
) -> None:
    keep, act = Button(desk.theme, desk.say("Keep as it is"), "primary", key="Enter"), Button(desk.theme, go, "danger")
    dialog = Dialog(desk.theme, parent, title, text, None, act, keep)
    keep.setFocus()
    keep.clicked.connect(dialog.close_overlay)

    def done(made: object) -> None:
        dialog.close_overlay()
        desk.tell(told(made) if callable(told) else told)

    def failed(error: Exception) -> None:
        dialog.show_trouble(desk.sentence(error))

    act.clicked.connect(lambda: desk.write(work, then=done, failed=failed))


def address_dialog(desk: Desk, parent: QWidget, about: int | tuple[int, Mapping[str, str]]) -> None:
    """Change where a person gets post; what was found in an answer is filled in already."""
    say = desk.say
    person_id, found = about if isinstance(about, tuple) else (about, {})
    detail, now = show_person(desk.store, person_id), current_address(person_id)
    values = {name: str(getattr(now, name)) for name in PARTS} if now else {"country": sender().country}
    values = {**dict.fromkeys(PARTS, ""), **found, "confirmed": "yes"} if found else values
    form = Form(
        desk.theme,
        [
            FieldSpec("deliver_to", say("Deliver to"), str(detail.values["name"]), wide=True),
            FieldSpec("line1", say("Street and number"), wide=True,
                      check=_needed(say("Add the street, or what stands in its place"))),
            FieldSpec("line2", say("Flat, floor, district"), wide=True),
            FieldSpec("city", say("Town")),
            FieldSpec("postcode", say("Postcode")),
            FieldSpec("region", say("County, state or province")),
            FieldSpec("country", say("Country")),
            FieldSpec("confirmed", say("Did they confirm it?"),
                      choices=[("", say("Not yet")), ("yes", say("Confirmed today"))]),
        ],
        values,
    )  # fmt: skip
    name = str(detail.values["name"])
    FormDialog(desk, parent, say("Where {name} gets post", name=name), form, say("Save"),
               lambda store, given: save_address(store, person_id, given, confirmed=given["confirmed"] == "yes"),
               told=say("Changed the address of {name}", name=name))  # fmt: skip


def sender_dialog(desk: Desk, parent: QWidget, _about: None = None) -> None:
    """Say who signs the letters."""
    say, who = desk.say, sender()
    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Your name"), check=_needed(say("Letters are signed with it"))),
            FieldSpec("email", say("Your e-mail address"), "you@house.example", check=_is_email(desk)),
            FieldSpec("organisation", say("Your house"), wide=True),
            FieldSpec("postal_address", say("Its postal address, which stands below every letter"), lines=3, wide=True),
            FieldSpec("country", say("You post from")),
            FieldSpec("signature", say("What stands below your name")),
        ],
        {name: getattr(who, name) for name in ("name", "email", "organisation", "postal_address", "country",
                                               "signature")},
    )  # fmt: skip

    def saves(store: Store, key: str, value: str) -> Changes:
        return change_sender(store, **{key: value})

    text = say("This belongs to the workspace and signs its letters.")
    EditDialog(desk, parent, say("You and your house"), form, saves, text=text)
