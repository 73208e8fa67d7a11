"""Which dialog answers which wish, and how trouble is told."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.dialogs.gifts import club_dialog, gift_dialog, post_dialog
from outreach.ui.dialogs.importing import ImportDialog
from outreach.ui.dialogs.people import address_dialog, person_dialog, sender_dialog
from outreach.ui.dialogs.titles import copies_dialog, title_dialog
from outreach.ui.dialogs.trouble import trouble_dialog

#: By the name of a wish: what opens, given the desk, the ground it floats over, and what it is about.
_DIALOGS: dict[str, Callable[[Desk, QWidget, Any], object]] = {
    "person": person_dialog,
    "address": address_dialog,
    "sender": lambda desk, ground, _: sender_dialog(desk, ground),
    "title": title_dialog,
    "copies": copies_dialog,
    "gift": lambda desk, ground, about: gift_dialog(desk, ground, *about),
    "post": post_dialog,
    "club": club_dialog,
    "import": ImportDialog,
    "trouble": trouble_dialog,
}


def open_dialog(desk: Desk, ground: QWidget, name: str, about: object) -> None:
    """Open the dialog of a name."""
    _DIALOGS[name](desk, ground, about)
