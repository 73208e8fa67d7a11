"""The keyboard: one table, the user's own keys, and what shows or hears them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel

from outreach.app import Session, translate_qt
from outreach.errors import KnownError
from outreach.photos import PLACES
from outreach.services.catalogue.catalogue import add_item
from outreach.services.gifts.gifts import list_gifts, plan_gifts
from outreach.services.people.people import NewPerson, add_person
from outreach.settings import load, load_keys
from outreach.ui.actions import ACTIONS, LIST_ACTIONS, ONLY_AT
from outreach.ui.commands import commands_of
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.palette import Palette
from outreach.ui.keymap import Keymap, can_meet, cap_of, is_letter, share_keys
from outreach.ui.widgets.keyboard import KeyboardSettings, KeyRow
from outreach.ui.widgets.lists import KeyMark
from tests.ui.conftest import OpenWindow
from tests.ui.test_flow import dialog_of, no_dialog, press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def at(opened: Session, settle, place: str) -> None:
    opened.window.go(place)
    settle(opened)
    opened.window.page.focus_main()


def caps(opened: Session) -> list[str]:
    """What all keycaps of the open dialog say."""
    return [each.accessibleName() for each in dialog_of(opened).findChildren(KeyMark)]


# The table.


def test_every_action_has_keys_or_a_line_in_the_palette() -> None:
    assert [spec.id for spec in ACTIONS.values() if not spec.key and not spec.listed] == []


def test_no_two_actions_that_can_act_together_share_keys() -> None:
    specs = list(ACTIONS.values())
    shared = [
        (one.id, other.id) for number, one in enumerate(specs) for other in specs[number + 1 :]
        if can_meet(one.id, other.id) and share_keys(one.key, other.key)
    ]  # fmt: skip
    assert shared == []
    assert all(Keymap().key(spec.id) == spec.key for spec in specs)


def test_keys_are_written_as_qt_writes_them_and_shown_as_keycaps_do() -> None:
    for spec in ACTIONS.values():
        assert QKeySequence(spec.key).toString(QKeySequence.SequenceFormat.PortableText) == spec.key
        assert cap_of(spec.key) == spec.shown


def test_keycaps_are_those_of_a_german_keyboard(qapp) -> None:
    translator = translate_qt(qapp, "de")
    try:
        assert [cap_of(key) for key in ("Ctrl+PgUp", "Ctrl+PgDown", "Shift+Del", "Return")] == [
            "Strg Bild aufwärts", "Strg Bild abwärts", "Umschalt Entf", "Enter",
        ]  # fmt: skip
    finally:
        qapp.removeTranslator(translator)


def test_actions_of_some_places_are_bound_there_only(opened: Session, settle) -> None:
    """The table says where such an action can act: conflicts are judged by it."""
    assert set(ONLY_AT) <= set(ACTIONS)
    seen: set[str] = set()
    for place in PLACES:
        at(opened, settle, place)
        bound = {action.objectName() for action in opened.window.page.findChildren(QAction)} & set(ACTIONS)
        seen |= bound
        assert {name for name in bound & set(ONLY_AT) if place not in ONLY_AT[name]} == set(), place
        assert not bound & set(LIST_ACTIONS)
    assert set(ONLY_AT) <= seen


def test_what_begins_with_a_character_is_a_letter() -> None:
    assert [key for key in ("P", "Shift+N", "?", "G, T", "Ctrl+P", "F2", "Alt+X", "Del", "") if is_letter(key)] == [
        "P", "Shift+N", "?", "G, T",
    ]  # fmt: skip


# Other keys.


def test_other_keys_act_at_once_and_show_everywhere(opened: Session, qtbot, settle) -> None:
    at(opened, settle, "people")
    keys, profile = opened.desk.keys, opened.window.page.profile
    wide = profile._pitch.sizeHint().width()
    keys.choose("pitch", "Alt+F9")
    assert profile._pitch.toolTip() == "Pitch (Alt F9)"
    assert profile._pitch.sizeHint().width() > wide
    qtbot.keyClick(opened.window.page.table, "p")
    assert no_dialog(opened)
    qtbot.keyClick(opened.window.page.table, Qt.Key.Key_F9, Qt.KeyboardModifier.AltModifier)
    dialog_of(opened).close_overlay()
    qtbot.keyClick(opened.window.page.table, "?")
    assert "Alt F9" in caps(opened)
    keys.choose("pitch", "Alt+F8")
    assert "Alt F8" in caps(opened), "the sheet that is open follows too"
    dialog_of(opened).close_overlay()
    keys.restore("pitch")
    qtbot.keyClick(opened.window.page.table, "p")
    assert dialog_of(opened)


def test_keys_of_lists_are_actions_too(opened: Session, qtbot, settle) -> None:
    at(opened, settle, "people")
    table = opened.window.page.table
    table.select_first()
    first = table.current_id()
    opened.desk.keys.choose("down", "F9")
    qtbot.keyClick(table, "j")
    assert table.current_id() == first
    qtbot.keyClick(table, Qt.Key.Key_F9)
    assert table.current_id() != first
    qtbot.keyClick(table, "k")
    assert table.current_id() == first
    assert opened.window.page._footer._keys[1][0].accessibleName() == "X"


def test_they_are_kept_on_this_computer(open_window: OpenWindow, folder: Path, qtbot, settle) -> None:
    first = open_window(folder)
    first.desk.keys.choose("palette", "Ctrl+;")
    first.desk.keys.choose("dark", "")
    first.window.close()
    again = open_window(folder)
    qtbot.keyClick(again.window, Qt.Key.Key_Semicolon, CTRL)
    assert isinstance(dialog_of(again), Palette)
    dialog_of(again).close_overlay()
    qtbot.keyClick(again.window, Qt.Key.Key_D, CTRL | SHIFT)
    assert not again.desk.theme.is_dark
    again.desk.keys.restore_all()
    assert load_keys(again.desk.home).keys == {}
    qtbot.keyClick(again.window, Qt.Key.Key_D, CTRL | SHIFT)
    assert again.desk.theme.is_dark


def test_keys_of_another_action_are_refused_by_its_name(tmp_path: Path) -> None:
    keys = Keymap(tmp_path)
    heard: list[int] = []
    keys.changed.connect(lambda: heard.append(1))
    for action, key, other in (("pitch", "L", "Log a post"), ("dark", "Ctrl+K", "Find or do"), ("line", "G", "Today")):
        with pytest.raises(KnownError, match=r"keys\.taken") as refused:
            keys.choose(action, key)
        assert refused.value.facts["which"] == other
    with pytest.raises(KnownError, match=r"keys\.reserved"):
        keys.choose("pitch", "Return")
    assert (heard, keys.key("pitch")) == ([], "P")
    # What can never act at the same place may have the same keys.
    keys.choose("approve", "D")
    assert keys.key("arrived") == keys.key("approve") == "D"
    # Once another action has them, they are taken for their first one too.
    keys.choose("line", "")
    keys.choose("pitch", "E")
    with pytest.raises(KnownError, match=r"keys\.taken"):
        keys.choose("edit", "E")


def test_letters_can_be_switched_off(opened: Session, qtbot, settle) -> None:
    at(opened, settle, "people")
    page = opened.window.page
    page.table.select_first()
    first = page.table.current_id()
    opened.desk.keys.use_letters(on=False)
    for letter in ("p", "n", "j", "?", "/"):
        qtbot.keyClick(page.table, letter)
    press(qtbot, opened, Qt.Key.Key_G)
    press(qtbot, opened, Qt.Key.Key_T)
    assert no_dialog(opened)
    assert (opened.window.place, page.table.current_id()) == ("people", first)
    assert opened.window.focusWidget() is page.table
    assert page.profile._pitch.toolTip() == "Pitch"
    assert page._footer._keys[2][0].isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog_of(opened).close_overlay()
    (pitch,) = [each for each in commands_of(opened.window, page) if each.spec.id == "pitch"]
    pitch.action.trigger()
    dialog_of(opened).close_overlay()
    opened.desk.keys.use_letters(on=True)
    assert not load_keys(opened.desk.home).keys
    qtbot.keyClick(page.table, "p")
    assert dialog_of(opened)


def test_g_then_a_letter_goes_to_each_place(opened: Session, qtbot, settle) -> None:
    at(opened, settle, "people")
    for letter, place in zip("TPCAMLSOBR", PLACES, strict=True):
        press(qtbot, opened, Qt.Key.Key_G)
        press(qtbot, opened, Qt.Key(ord(letter)))
        settle(opened)
        assert opened.window.place == place
        opened.window.page.setFocus()


def test_g_is_a_letter_where_one_types(opened: Session, qtbot, settle) -> None:
    at(opened, settle, "people")
    opened.window.page.focus_filter()
    qtbot.keyClicks(opened.window.focusWidget(), "gt")
    assert (opened.window.place, opened.window.page.filter.text()) == ("people", "gt")


# A file that is not ours.


@pytest.mark.parametrize("text", ["letters = tru", "keys = 3", "\x00\x01"])
def test_a_broken_file_is_set_aside_and_told_of(open_window: OpenWindow, folder: Path, tmp_path: Path, text) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "keys.toml").write_text(text, encoding="utf-8")
    opened = open_window(folder)
    assert opened.desk.keys.key("pitch") == "P"
    words = " ".join(label.text() for label in dialog_of(opened).findChildren(QLabel))
    assert "kept beside it as keys.broken.toml" in words
    assert (home / "keys.broken.toml").read_text(encoding="utf-8") == text
    assert Keymap(home).trouble is None


def test_what_makes_no_sense_in_the_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text(
        'letters = "yes"\n[keys]\npitch = "ctrl+9"\nlog = "Ctrl+Shift+J"\nmatch = "Ctrl+Shift+J"\nedit = "no such key"\n'
        'line = "Return"\nunknown = "F9"\nship = 3\n',
        encoding="utf-8",
    )
    keys = Keymap(tmp_path)
    assert keys.trouble is None
    assert keys.letters
    assert [keys.key(name) for name in ("pitch", "log", "match", "edit", "line", "ship")] == [
        "Ctrl+9", "Ctrl+Shift+J", "", "F2", "E", "S",
    ]  # fmt: skip
    assert keys.key("go_clubs") == "", "the user's keys go first"


def test_keys_that_cannot_be_kept_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder would be", encoding="utf-8")
    keys = Keymap(tmp_path / "home")
    with pytest.raises(KnownError, match=r"settings\.not_written"):
        keys.choose("pitch", "F9")
    assert keys.key("pitch") == "P"


# The list of all keys.


@pytest.fixture
def listed(opened: Session, settle) -> KeyboardSettings:
    settle(opened)
    opened.desk.ask("keyboard")
    (found,) = dialog_of(opened, Dialog).findChildren(KeyboardSettings)
    return found


def row_of(listed: KeyboardSettings, action: str) -> KeyRow:
    return next(row for row in listed.rows if row.action_id == action)


def test_keys_are_pressed_for_an_action(listed: KeyboardSettings, opened: Session, qtbot) -> None:
    row = row_of(listed, "palette")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.keyClick(row, Qt.Key.Key_L, CTRL)
    assert listed.trouble.text() == "Ctrl L is for “Quick log” already. Choose other keys, or change that one first."
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClick(row, Qt.Key.Key_Tab)
    assert listed.trouble.text().startswith("Tab means the same everywhere")
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClick(row, Qt.Key.Key_Escape)
    assert (row.shown, row.is_waiting, listed.isVisible()) == ("Ctrl K", False, True)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClick(row, Qt.Key.Key_Plus, CTRL | SHIFT)
    assert listed.trouble.text().startswith("Ctrl + is for “Larger text”")
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClick(row, Qt.Key.Key_F5)
    assert (row.shown, listed.trouble.isHidden()) == ("F5", True)
    assert opened.window.rail.finder.toolTip() == "Find or do… (F5)"
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert (row.shown, row.accessibleDescription()) == ("", "No keys")
    qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert row.shown == "Ctrl K"


def test_two_letters_one_after_the_other(listed: KeyboardSettings, qtbot) -> None:
    row = row_of(listed, "pitch")
    row.wait()
    qtbot.keyClick(row, Qt.Key.Key_Z)
    assert row.is_waiting, "another letter may follow"
    qtbot.keyClick(row, Qt.Key.Key_W)
    assert row.shown == "Z W"
    row.wait()
    qtbot.keyClick(row, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: not row.is_waiting)
    assert row.shown == "W"
    listed.all_first.click()
    assert row.shown == "P"
    assert not listed.all_first.isEnabled()


def test_rows_are_filtered_and_one_stop_of_tab(listed: KeyboardSettings, qtbot) -> None:
    qtbot.keyClicks(listed.filter, "ctrl z")
    assert [row.action_id for row in listed.rows if row.isVisible()] == ["undo"]
    listed.filter.setText("today")
    seen = [row for row in listed.rows if row.isVisible()]
    assert [(row.text(), row.shown) for row in seen] == [("Today", "Ctrl 1"), ("Today, another way", "G T")]
    assert [row.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus for row in seen] == [True, False]
    seen[0].setFocus()
    qtbot.keyClick(seen[0], Qt.Key.Key_Down)
    assert seen[1].hasFocus()
    listed.filter.setText("zzz")
    assert listed._none.isVisible()


def test_the_switch_for_letters(listed: KeyboardSettings, opened: Session) -> None:
    listed.letters.click()
    assert not load_keys(opened.desk.home).letters
    assert opened.desk.keys.shown("pitch") == ""
    assert row_of(listed, "pitch").shown == "P", "it is kept, and sleeps"


# The size of text.


def test_text_grows_and_shrinks_by_key(opened: Session, qtbot, settle) -> None:
    window, theme = opened.window, opened.desk.theme
    window.resize(1800, 900)
    try:
        qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
        assert theme.scale == 1.15
        qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL)
        qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
        settle(opened)
        assert (theme.scale, load(opened.desk.home).text_size) == (1.3, "130")
        assert window.rail.width() == 260
        for _ in range(4):
            qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
        settle(opened)
        assert (theme.scale, load(opened.desk.home).text_size) == (0.9, "90")
        assert window.toast._text == "Text is at 90%"
    finally:
        theme.resize("100")


# A gift's stage.


def test_v_moves_a_gift_to_a_stage(bare: Session, qtbot, settle) -> None:
    bare.window.go("people")
    settle(bare)
    bare.desk.write(lambda store: add_person(store, NewPerson("Ada")))
    bare.desk.write(lambda store: add_item(store, "Salt", {}))
    settle(bare)
    table = bare.window.page.table
    table.setFocus()
    table.select_first()
    settle(bare)
    qtbot.keyClick(table, "v")
    assert bare.window.toast._text == "No gift is under way here"
    bare.desk.write(lambda store: plan_gifts(store, 1, [1]))
    settle(bare)
    menu = bare.window.page.profile.stages()
    assert [action.text() for action in menu.actions()] == ["Salt, Planned", "Pitched", "Accepted", "Not this time"]
    menu.actions()[2].trigger()
    settle(bare)
    (gift,) = list_gifts(bare.desk.store)
    assert gift.stage == "accepted"
    assert [each.text() for each in bare.window.page.profile.stages().actions()] == ["Salt, Accepted", "Not this time"]
