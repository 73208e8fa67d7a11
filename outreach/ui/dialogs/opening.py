"""Which dialog answers which wish; a dialog's module is loaded when it is first opened."""

import importlib
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk

#: By the name of a wish: the module within this package and what opens, given the desk, the ground it floats over, and
#: what it is about.
_DIALOGS = {
    "person": ("people", "person_dialog"),
    "address": ("people", "address_dialog"),
    "suppress": ("people", "suppress_dialog"),
    "forget": ("people", "forget_dialog"),
    "sender": ("people", "sender_dialog"),
    "title": ("titles", "title_dialog"),
    "copies": ("titles", "copies_dialog"),
    "gift": ("gifts", "gift_dialog"),
    "post": ("gifts", "post_dialog"),
    "club": ("gifts", "club_dialog"),
    "view": ("views", "view_dialog"),
    "import": ("importing", "ImportDialog"),
    "settings": ("settings", "settings_dialog"),
    "keyboard": ("keyboard", "keyboard_dialog"),
    "mail": ("mail", "mail_dialog"),
    "mail_password": ("mail", "password_dialog"),
    "palette": ("palette", "Palette"),
    "shortcuts": ("shortcuts", "shortcuts_dialog"),
    "trouble": ("trouble", "trouble_dialog"),
}


def open_dialog(desk: Desk, ground: QWidget, name: str, about: Any) -> None:
    """Open the dialog of a name."""
    module, opens = _DIALOGS[name]
    getattr(importlib.import_module(f"outreach.ui.dialogs.{module}"), opens)(desk, ground, about)
