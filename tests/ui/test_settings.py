"""Settings of this computer: kept, and in force as soon as they are saved."""

from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.settings import load
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.theme import Theme
from tests.ui.test_flow import dialog_of, no_dialog


def test_settings_are_kept_and_the_window_opens_anew(opened: Session, qtbot, settle) -> None:
    qtbot.keyClick(opened.window.page, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"theme": "dark", "text_size": "115", "initials": "RB"})
    with qtbot.waitSignal(opened.desk.left) as left:
        dialog.submit()
    assert left.args == [opened.desk.store.folder]
    kept = load(opened.desk.home)
    assert (kept.theme, kept.text_size, kept.initials) == ("dark", "115", "RB")


def test_settings_that_stay_as_they_are_close_nothing(opened: Session, qtbot, settle) -> None:
    left: list[object] = []
    opened.desk.left.connect(left.append)
    opened.desk.ask("settings")
    dialog_of(opened, FormDialog).submit()
    settle(opened)
    assert left == []
    assert no_dialog(opened)


def test_the_theme_looks_as_settings_say(theme: Theme) -> None:
    heard: list[float] = []
    theme.changed.connect(lambda: heard.append(theme.scale))
    try:
        theme.look("dark", "115")
        assert (theme.is_dark, theme.scale, heard) == (True, 1.15, [1.15])
        theme.look("light", "no size")
        assert (theme.is_dark, theme.scale) == (False, 1.0)
    finally:
        theme.look("light", "")
