"""Keyboard: which keys do what."""

from outreach.ui.desk import Desk
from outreach.ui.preferences.section import Section
from outreach.ui.widgets.keyboard import KeyboardSettings


class KeysSection(Section):
    """All keys, each of which can be others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.keyboard = KeyboardSettings(desk)
        self.keyboard.setMinimumHeight(desk.theme.px(500))
        self.lay_out(desk.say("Keyboard"), "", self.keyboard)

    def focus_first(self) -> None:
        self.keyboard.focus_first()
