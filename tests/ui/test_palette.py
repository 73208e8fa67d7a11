"""The palette by keys: doing, going, narrowing; and the sheet of all shortcuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QStyle

from outreach.app import Session
from outreach.services.pages.title import title_lines
from outreach.services.people.people import list_people
from outreach.ui.actions import ACTIONS, PLACES
from outreach.ui.commands import commands_of, ranked
from outreach.ui.dialogs.palette import Palette
from outreach.ui.recents import Recents
from tests.ui.test_flow import dialog_of, no_dialog

CTRL = Qt.KeyboardModifier.ControlModifier


def opened_palette(opened: Session, qtbot) -> Palette:
    qtbot.keyClick(opened.window, Qt.Key.Key_K, CTRL)
    return dialog_of(opened, Palette)


def typed(palette: Palette, opened: Session, qtbot, settle, text: str) -> list[str]:
    qtbot.keyClicks(opened.window.focusWidget(), text)
    qtbot.wait(40)
    settle(opened)
    return ["".join(run[0] for run in each.runs) for each in palette.list._entries]


def test_a_person_is_two_keys_and_some_letters_away(opened: Session, qtbot, settle) -> None:
    person = next(row for row in list_people(opened.desk.store) if row.name.isascii())
    palette = opened_palette(opened, qtbot)
    lines = typed(palette, opened, qtbot, settle, person.name)
    assert lines[0] == "Do"
    assert f"Pitch {person.name}" in lines
    while "".join(run[0] for run in palette.list.entry.runs) != person.name:
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert opened.window.place == "people"
    assert opened.window.page.table.current_id() == person.id


def test_the_first_line_for_a_title_is_who_should_get_it(opened: Session, qtbot, settle) -> None:
    palette = opened_palette(opened, qtbot)
    lines = typed(palette, opened, qtbot, settle, "salt")
    assert lines[1] == "Who should get The Salt Orchard?"
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert opened.window.place == "match"
    assert opened.window.page.title_pane._title.detail.values["title"] == "The Salt Orchard"


@pytest.mark.parametrize(
    ("text", "does"),
    [("imp", "import"), ("csv", "import"), ("theme", "dark"), ("lod", "dark"), ("book cl", "go_clubs"), ("keys", "shortcuts")],
)  # fmt: skip
def test_commands_are_meant_by_words_initials_and_aliases(shared: Session, text: str, does: str) -> None:
    commands = commands_of(shared.window, shared.window.page)
    labels = {each.spec.id: each.spec.label for each in commands}
    assert ranked(commands, text, labels)[0].spec.id == does


def test_a_command_is_done(opened: Session, qtbot, settle) -> None:
    palette = opened_palette(opened, qtbot)
    typed(palette, opened, qtbot, settle, "light or")
    assert not opened.desk.theme.is_dark
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert opened.desk.theme.is_dark
    assert no_dialog(opened)


def test_tab_narrows_and_esc_goes_back(opened: Session, qtbot, settle) -> None:
    opened.window.go("people")
    settle(opened)
    palette = opened_palette(opened, qtbot)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    lines = typed(palette, opened, qtbot, settle, "a")
    assert "Do" not in lines
    assert {each.found.kind for each in palette.list._entries if each.found} == {"person"}
    lines = typed(palette, opened, qtbot, settle, "zzzzqq")
    assert lines == ["Nothing is called that"]
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert palette.isVisible(), "there is nothing to do"
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    assert no_dialog(opened)
    assert opened.window.focusWidget() is opened.window.page.table


def test_before_a_letter_is_typed_there_is_what_was_gone_to_and_every_place(opened: Session, qtbot, settle) -> None:
    person, title = list_people(opened.desk.store)[0], title_lines()[0]
    opened.desk.go("people", person.id)
    opened.desk.go("catalogue", title.id)
    opened.desk.go("today")
    settle(opened)
    palette = opened_palette(opened, qtbot)
    settle(opened)
    entries = palette.list._entries
    lines = ["".join(run[0] for run in each.runs) for each in entries]
    assert lines[:4] == ["Recently", title.title, person.name, "Do"]
    places = [(each.icon, "".join(run[0] for run in each.runs)) for each in entries[lines.index("Go to") + 1 :]]
    assert places == [(icon, label) for _, icon, label in PLACES]
    for _ in range(len(lines) - 4):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Down)
    assert palette.list.entry is entries[-1]
    bar = palette._area.verticalScrollBar()
    assert bar.value() == bar.maximum(), "the current line is seen"
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Down)
    assert (palette.list.entry, bar.value()) == (entries[1], 0)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert opened.window.place == "catalogue"


@pytest.mark.parametrize(("height", "is_whole"), [(900, True), (700, False)])
def test_where_the_list_is_cut_half_a_line_tells_of_more(opened: Session, qtbot, settle, height, is_whole) -> None:
    opened.window.resize(1280, height)
    palette = opened_palette(opened, qtbot)
    settle(opened)
    shown = palette._area.height()
    assert (shown == palette.list.height()) == is_whole
    middles = [round(place.center().y()) for place in palette.list._places()]
    assert is_whole or shown in middles


def test_below_the_palette_what_is_chosen_looks_as_it_did(opened: Session, qtbot, settle) -> None:
    opened.window.go("people")
    settle(opened)
    table = opened.window.page.table
    table.setFocus()
    selected = QStyle.StateFlag.State_Selected
    palette = opened_palette(opened, qtbot)
    settle(opened)
    assert not table.hasFocus()
    assert table._delegate.ground(selected, 0) == "selected"
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    settle(opened)
    opened.window.page.focus_filter()
    assert table._delegate.ground(selected, 0) == "selected_off"


def test_what_was_gone_to_is_known_at_the_next_start(tmp_path: Path) -> None:
    recents = Recents(tmp_path, tmp_path / "a")
    for place, row_id in (("people", 3), ("posts", 4), ("people", -1), ("letters", 5), ("match", 6), ("people", 3)):
        recents.note(place, row_id)
    again = Recents(tmp_path, tmp_path / "a")
    assert again.known == recents.known == [("person", 3), ("title", 6), ("post", 4)]
    assert Recents(tmp_path, tmp_path / "b").known == []


def test_every_action_has_an_icon() -> None:
    from outreach.paths import resource

    for spec in ACTIONS.values():
        assert resource("icons", f"{spec.icon}.svg").exists(), spec.id


def test_all_shortcuts_are_shown(opened: Session, qtbot, settle) -> None:
    opened.window.go("shipments")
    settle(opened)
    opened.window.page.focus_main()
    qtbot.keyClick(opened.window.page.table, "?")
    dialog = dialog_of(opened)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"All shortcuts", "Here", "Ship", "Paste down", "Undo", "Review"} <= shown | {"Here"}


def test_what_is_painted_letter_by_letter_is_what_is_painted_at_once(opened: Session, qtbot, settle) -> None:
    """The field and the lines paint their own ground, so that a letter does not paint all that lies below."""
    opened.window.go("people")
    settle(opened)
    palette = opened_palette(opened, qtbot)
    settle(opened)
    QGuiApplication.styleHints().setCursorFlashTime(0)
    painted: list[str] = []
    paint = opened.window.page.table.viewport().installEventFilter

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(type(watched).__name__)
            return False

    watch = Watch(opened.window)
    paint(watch)
    for key in (*"mar", Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Backspace):
        painted.clear()
        qtbot.keyClick(palette.field, key)
        palette.field.repaint()
        assert painted == [], "a letter in the field is painted alone"
        settle(opened)
        qtbot.wait(20)
        on_screen = opened.window.screen().grabWindow(opened.window.winId()).toImage()
        at_once = opened.window.grab().toImage().convertToFormat(on_screen.format())
        assert on_screen == at_once
