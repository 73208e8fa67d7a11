"""Which keys do what, to be changed."""

from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button
from outreach.ui.widgets.keyboard import KeyboardSettings


def keyboard_dialog(desk: Desk, parent: QWidget, _about: object = None) -> None:
    """Change keys; each is in force at once."""
    body = KeyboardSettings(desk)
    body.setMinimumHeight(min(desk.theme.px(560), parent.height() - 220))
    close = Button(desk.theme, desk.say("Close"), "primary")
    dialog = Dialog(desk.theme, parent, desk.say("Keyboard"), "", body, close, width=680)
    close.clicked.connect(dialog.close_overlay)
    body.focus_first()
