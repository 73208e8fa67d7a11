"""Dialogs about people that cannot be undone, and about who writes the letters."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.fields.email import parse_email
from outreach.services.people.forgetting import LOGS, Forgotten, WhatGoes, forget_person, what_goes
from outreach.services.people.people import show_person
from outreach.services.people.suppressions import suppress_people
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button


def is_email(desk: Desk) -> Callable[[str], str]:
    """Says how an e-mail address is written, where it is none."""

    def check(text: str) -> str:
        is_right = not text or parse_email(text) is not None
        return "" if is_right else desk.say("Write it like maya@example.org")

    return check


def needed(what: str) -> Callable[[str], str]:
    """Says what is missing, where nothing is said."""
    return lambda text: "" if text else what


def suppress_dialog(desk: Desk, parent: QWidget, about: int | Sequence[int]) -> None:
    """Someone asked not to be contacted, or several did: ask once, since it cannot be undone by a slip."""
    words = desk.words
    people = [about] if isinstance(about, int) else list(about)
    number = len(people)
    if number == 1:
        name = str(show_person(desk.store, people[0]).values["name"])
        title = words.tr("Never write to {name} again?", name=name)
        told = words.tr("{name} will not be written to again", name=name)
    else:
        title = words.trn("Never write to {number} person again?", "Never write to {number} people again?", number)
        told = words.trn("{number} person will not be written to again", "{number} people will not be written to again",
                         number)  # fmt: skip
    text = words.tr("No letter, no pitch and no import will reach them. What they were given and posted stays.")
    _confirm(desk, parent, title, text, words.tr("Never write again"),
             lambda store: suppress_people(store, people), told)  # fmt: skip


def forget_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Erase someone for good, after a look at what goes and what stays."""
    words = desk.words

    def ask(goes: WhatGoes) -> None:
        _confirm(desk, parent, words.tr("Forget {name} for good?", name=goes.name), _what_goes(desk, goes),
                 words.tr("Forget this person"), lambda store: forget_person(store, person_id, desk.home / LOGS),
                 lambda made: _forgotten(desk, made))  # fmt: skip

    desk.runner.read(lambda store: what_goes(store, person_id), then=ask, replaces="forget")


def _what_goes(desk: Desk, goes: WhatGoes) -> str:
    words = desk.words
    parts = [words.tr("Everything known of them goes, and no list brings them back.")]
    listed = [words.count(f"kept.{name}", count) for name, count in goes.goes.items()]
    if listed:
        parts.append(words.tr("With them go {what}.", what=words.listing(listed, 6)))
    if goes.stays:
        kept = words.listing([words.count(f"kept.{name}", count) for name, count in goes.stays.items()], 3)
        parts.append(words.tr("What stays, without a name: {what}.", what=kept))
    if goes.backups:
        parts.append(words.tr("These backups hold them until they are thinned or deleted: {files}.",
                              files=words.listing(list(goes.backups), 3)))  # fmt: skip
    if goes.mentions:
        parts.append(words.trn("Their name also stands in {number} note about somebody else.",
                               "Their name also stands in {number} notes about others.", goes.mentions))  # fmt: skip
    return " ".join(parts)


def _forgotten(desk: Desk, made: Forgotten) -> str:
    words = desk.words
    if not made.backups:
        return words.tr("Forgot a person")
    return words.trn("Forgot a person; {number} backup still holds them",
                     "Forgot a person; {number} backups still hold them", len(made.backups))  # fmt: skip


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
