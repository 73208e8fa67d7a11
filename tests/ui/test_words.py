"""Whatever the window asks to be translated is in the template that translators are given."""

from gettext import NullTranslations

import pytest

from outreach.app import Session
from outreach.photos import PLACES
from outreach.ui.dialogs.settings import SECTIONS, SettingsDialog
from outreach.wording.extracting import find


class Heard(NullTranslations):
    """Says everything in English, and remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: set[tuple[str, ...]] = set()

    def gettext(self, message: str) -> str:
        self.messages.add((message,))
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.messages.add((msgid1, msgid2))
        return msgid1 if n == 1 else msgid2


@pytest.fixture(scope="module")
def template() -> set[tuple[str, ...]]:
    return {*find().messages}


def test_all_that_is_said_on_every_page_and_in_the_settings(opened: Session, settle, template) -> None:
    window = opened.window
    opened.desk.words._catalogue = heard = Heard()
    for place in PLACES:
        window.go(place)
        settle(opened)
    opened.desk.ask("settings")
    (dialog,) = [each for each in window.findChildren(SettingsDialog) if each.isVisible()]
    for section in SECTIONS:
        dialog.show_section(section)
        settle(opened)
    dialog.close_overlay()
    assert len(heard.messages) > 250
    assert heard.messages - template == set()
