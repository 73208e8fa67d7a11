"""F1 opens the guide at the page's chapter; it is read, searched and closed by keys."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl

from outreach.app import Session
from outreach.photos import PLACES
from outreach.services.manual import chapters
from outreach.ui.actions import ACTIONS
from outreach.ui.dialogs.guide import GuideDialog
from outreach.ui.theme import Theme
from tests.ui.looks import cut_off
from tests.ui.test_flow import dialog_of, no_dialog


def press_f1(opened: Session, qtbot, settle) -> GuideDialog:
    qtbot.keyClick(opened.window.focusWidget() or opened.window, Qt.Key.Key_F1)
    settle(opened)
    return dialog_of(opened, GuideDialog)


@pytest.mark.parametrize("place", PLACES)
def test_f1_opens_the_chapter_of_the_page(shared: Session, qtbot, settle, place: str) -> None:
    shared.window.go(place)
    settle(shared)
    dialog = press_f1(shared, qtbot, settle)
    about = next(each for each in chapters() if each.place == place)
    assert dialog.list.current_id() == about.id
    assert dialog.title.text() == about.title
    assert len(dialog.text.toPlainText()) > 100
    assert list(cut_off(dialog)) == []
    qtbot.keyClick(shared.window.focusWidget(), Qt.Key.Key_Escape)
    assert no_dialog(shared)


def test_it_is_read_and_searched_by_keys(shared: Session, qtbot, settle) -> None:
    dialog = press_f1(shared, qtbot, settle)
    first = dialog.title.text()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.title.text() != first
    qtbot.keyClick(dialog.list, Qt.Key.Key_Slash)
    assert shared.window.focusWidget() is dialog.filter
    qtbot.keyClicks(dialog.filter, "dropbox")
    qtbot.waitUntil(lambda: dialog.model.rowCount() < 5)
    assert dialog.title.text() == "Settings"
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert shared.window.focusWidget() is dialog.text
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert no_dialog(shared)


def test_it_has_the_fonts_of_the_window_and_loads_nothing(opened: Session, qtbot, settle, theme: Theme) -> None:
    dialog = press_f1(opened, qtbot, settle)
    assert dialog.text.document().defaultStyleSheet().count(theme.font("body").family()) >= 1
    assert dialog.text.loadResource(2, QUrl("http://tracker.example/pixel.png")) is None
    dialog._follow(QUrl("https://example.org/more"))
    dialog._follow(QUrl("file:///etc/passwd"))
    assert opened.desk.files.shown == ["https://example.org/more"]


def test_the_keys_it_names_are_keys() -> None:
    """What the guide says of the window's keys is true of the first keys."""
    known = {spec.shown for spec in ACTIONS.values()} | {"Esc", "Enter", "Tab", "Ctrl C", "Right", "Alt"}
    until = next(each.id for each in chapters() if each.title == "By command")
    named = {word for each in chapters() if each.id < until for word in re.findall(r"<code>([^<]+)</code>", each.html)}
    keys = {word for word in named if re.fullmatch(r"(Ctrl |Shift |Alt )*(F\d+|[A-Z0-9+,\-/]|Esc|Enter|Tab|Del)", word)}
    assert len(keys) > 12
    assert keys <= known, keys - known


#: How keys are written on a German keyboard.
GERMAN = {
    "Strg": "Ctrl",
    "Umschalt": "Shift",
    "Entf": "Del",
    "Bild aufwärts": "PgUp",
    "Bild abwärts": "PgDn",
    "Herunter": "Down",
}


@pytest.mark.parametrize("place", PLACES)
def test_in_german_f1_opens_the_german_chapter(open_window, sample, qtbot, settle, place: str) -> None:
    opened = open_window(sample, "de")
    opened.window.go(place)
    settle(opened)
    dialog = press_f1(opened, qtbot, settle)
    about = next(each for each in chapters("de") if each.place == place)
    assert (dialog.list.current_id(), dialog.title.text()) == (about.id, about.title)
    assert about.title not in {each.title for each in chapters()}
    assert " und " in dialog.text.toPlainText()
    assert list(cut_off(dialog)) == []


def test_the_german_guide_names_the_same_keys_as_they_stand_on_a_german_keyboard() -> None:
    until = next(each.id for each in chapters() if each.title == "By command")
    named = []
    for language in ("", "de"):
        found = [re.findall(r"<code>([^<]+)</code>", each.html) for each in chapters(language)[: until - 1]]
        named.append([sorted({_in_english(key) for key in keys if re.match(KEY, _in_english(key))}) for keys in found])
    assert named[1] == named[0]
    filters = [re.findall(r"(?<=<code>)-?[a-z_]+:[^<]+|(?<=<code>)[a-z]+_[a-z]+(?=<)", "".join(each.html for each in chapters(language)[: until - 1]))
               for language in ("", "de")]  # fmt: skip
    assert sorted(filters[1]) == sorted(filters[0]) != []


KEY = r"(Ctrl |Shift |Alt )*(F\d+|[A-Z0-9+,\-/.]|Esc|Enter|Tab|Del|PgUp|PgDn|Down|Ctrl|Shift|Alt)$"


def _in_english(key: str) -> str:
    for german, english in GERMAN.items():
        key = key.replace(german, english)
    return " ".join(key.split())
