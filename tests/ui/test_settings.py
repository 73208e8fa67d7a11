"""Settings: every part of them by key presses, in force at once, and what is in the way said in place."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.changes import Op
from outreach.services.drafting.senders import sender
from outreach.services.workspaces.data_rules import change_rule, data_rules
from outreach.services.workspaces.workspaces import copies
from outreach.settings import Settings, load, recent_folders, remembered, save
from outreach.store.models import Gift, Person, TasteNote
from outreach.ui.desk import Leaving
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.settings import SECTIONS, SettingsDialog
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.notices import Note
from outreach.wording.pseudo import LONGER
from tests.ui.looks import cut_off, shown
from tests.ui.test_flow import dialog_of, no_dialog


@pytest.fixture(autouse=True)
def _looks_as_before(theme: Theme):
    yield
    theme.behave(density="", motion="")
    theme.look("light", "")


def settings(opened: Session, settle, section: str = "house") -> SettingsDialog:
    opened.desk.ask("settings", section)
    settle(opened)
    return dialog_of(opened, SettingsDialog)


def left_by(opened: Session) -> list[Leaving]:
    heard: list[Leaving] = []
    opened.desk.left.connect(heard.append)
    return heard


def test_they_open_by_key_and_the_arrows_go_through_their_parts(opened: Session, qtbot, settle) -> None:
    qtbot.keyClick(opened.window.page, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    dialog = dialog_of(opened, SettingsDialog)
    assert dialog.at == "house"
    dialog.buttons["house"].setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in SECTIONS:
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Down)
        seen.append(dialog.at)
    assert seen == [*[*SECTIONS][1:], "house"]
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    assert no_dialog(opened)


@pytest.mark.parametrize("language", ["", LONGER])
@pytest.mark.parametrize("size", ["100", "130"])
def test_nothing_is_cut_off(open_window, sample: Path, settle, theme: Theme, size: str, language: str) -> None:
    opened = open_window(sample, language)
    theme.resize(size)
    dialog = settings(opened, settle)
    for name in SECTIONS:
        dialog.show_section(name)
        settle(opened)
        assert list(cut_off(dialog)) == [], name


def test_a_field_is_saved_when_it_is_left(opened: Session, qtbot, settle) -> None:
    form = settings(opened, settle).sections["house"].form
    field = opened.window.focusWidget()
    field.selectAll()
    qtbot.keyClicks(field, "Rosa Beck")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    settle(opened)
    assert sender().name == "Rosa Beck"
    form._inputs["initials"].setText("RB")
    dialog_of(opened, SettingsDialog).close_overlay()
    settle(opened)
    assert load(opened.desk.home).initials == "RB", "closing leaves the field as well"
    assert opened.desk.store.by == "RB"


def test_what_is_wrong_is_said_below_its_field(opened: Session, qtbot, settle) -> None:
    dialog = settings(opened, settle)
    form = dialog.sections["house"].form
    form._inputs["email"].setText("no address")
    form.leave()
    assert form._notes["email"].text() == "Write it like maya@example.org"
    form.set_values({**form.values(), "email": "rosa@house.example", "country": ""})
    form._inputs["country"].setText("Atlantis")
    form.leave()
    settle(opened)
    assert "is no country" in dialog.sections["house"].trouble.text()


def test_looks_are_in_force_at_once_and_kept(opened: Session, settle, theme: Theme) -> None:
    dialog = settings(opened, settle, "looks")
    form = dialog.sections["looks"].form
    for key, value in (("theme", "dark"), ("text_size", "115"), ("density", "compact"), ("motion", "on"),
                       ("contrast", "high")):  # fmt: skip
        field = form._inputs[key]
        field.setCurrentIndex(field.findData(value))
        form._leave(key)
    settle(opened)
    assert (theme.is_dark, theme.scale, theme.is_compact, theme.moves, theme.is_contrasting) == (True, 1.15, True, True,
                                                                                                True)  # fmt: skip
    kept = load(opened.desk.home)
    assert (kept.theme, kept.text_size, kept.density, kept.motion, kept.contrast) == (
        "dark", "115", "compact", "on", "high")  # fmt: skip
    assert list(cut_off(dialog)) == []


def test_a_backup_is_made_and_put_back(opened: Session, qtbot, settle) -> None:
    heard = left_by(opened)
    section = settings(opened, settle, "backups").sections["backups"]
    before = section.model.rowCount()
    section.make.click()
    settle(opened)
    assert section.model.rowCount() == before + 1 == len(copies(opened.desk.store.folder))
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    question = dialog_of(opened, Dialog)
    assert heard == []
    next(each for each in question._buttons if each.kind == "danger").click()
    newest = copies(opened.desk.store.folder)[0].path
    assert heard == [Leaving(opened.desk.store.folder, restore=newest, section="backups")]


def test_the_safe_choice_has_the_focus_before_a_backup_is_put_back(opened: Session, qtbot, settle) -> None:
    heard = left_by(opened)
    section = settings(opened, settle, "backups").sections["backups"]
    section.make.click()
    settle(opened)
    section.restore.click()
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert heard == []
    assert dialog_of(opened).__class__ is SettingsDialog


def test_a_sound_workspace_and_one_that_is_not(opened: Session, settle) -> None:
    section = settings(opened, settle, "health").sections["health"]
    section.check.click()
    settle(opened)
    assert section.sound.text() == "Nothing is wrong."
    assert not section.mend.isVisible()

    def spoil(store) -> object:
        with store.operation(Op.EDIT_PERSON) as written:
            Gift.update(delivered_on=None).where(Gift.state == "delivered").execute()
            Person.update(name=" ").where(Person.id == 1).execute()
        return written.changes

    opened.desk.write(spoil)
    settle(opened)
    section.check.click()
    settle(opened)
    said = [each.text() for each in shown(section, Note)]
    assert any(text.endswith("person has no name: p1.") for text in said)
    assert any("delivered gifts do not say when" in text for text in said)
    assert section.sound.text() == "2 things are not as they should be."
    section.mend.click()
    settle(opened)
    assert dialog_of(opened, SettingsDialog).at == "backups"


def test_a_check_that_is_stopped_can_be_begun_again(opened: Session, settle) -> None:
    section = settings(opened, settle, "health").sections["health"]
    section.check.click()
    assert not section.check.isEnabled()
    for job in opened.desk.runner.jobs:
        job.cancel()
    settle(opened)
    assert section.check.isEnabled()


def test_rules_are_kept_and_followed(opened: Session, settle, qtbot) -> None:
    section = settings(opened, settle, "rules").sections["rules"]
    field = section.form._inputs["confirm_months"]
    field.setText("12")
    section.form.leave()
    settle(opened)
    assert data_rules().confirm_months == 12
    field.setText("a year")
    section.form.leave()
    assert section.form._notes["confirm_months"].text() == "Write a number from 1 to 120"
    field.setText("12")
    section.form._inputs["micro"].setText("900,000")
    section.form.leave()
    settle(opened)
    assert "would cross" in section.trouble.text()
    assert section.form.values()["micro"] == "10,000"
    opened.desk.runner.undo()
    settle(opened)
    assert data_rules().confirm_months == 6


def test_those_of_long_ago_are_shown(opened: Session, settle) -> None:
    def age(store) -> object:
        with store.operation(Op.EDIT_PERSON) as written:
            Person.update(created_at="2015-01-01T00:00:00Z").execute()
            TasteNote.update(noted_on="2015-01-01").execute()
        return written.changes

    opened.desk.write(age)
    opened.desk.write(lambda store: change_rule(store, "keep_months", "1"))
    settle(opened)
    section = settings(opened, settle, "rules").sections["rules"]
    assert section.long_ago.text().startswith("Of ")
    section.show_them.click()
    settle(opened)
    assert no_dialog(opened)
    window = opened.window
    assert window.place == "people"
    assert window.page.bar.query == "long_ago"
    assert 0 < window.page.model.rowCount() < 150


@pytest.mark.parametrize(("button", "how"), [("new", {"new": True}), ("open", {}), ("look", {"to_look": True})])
def test_workspaces_are_opened_made_and_looked_at(
    opened: Session, settle, tmp_path: Path, button: str, how: dict[str, bool]
) -> None:
    heard = left_by(opened)
    section = settings(opened, settle, "workspaces").sections["workspaces"]
    opened.desk.files.place = tmp_path / "other"
    getattr(section, button).click()
    settle(opened)
    assert heard == [Leaving(tmp_path / "other", **how)]


def test_a_synced_folder_is_warned_of_first(opened: Session, settle, tmp_path: Path) -> None:
    heard = left_by(opened)
    section = settings(opened, settle, "workspaces").sections["workspaces"]
    opened.desk.files.place = tmp_path / "Dropbox" / "outreach"
    section.new.click()
    settle(opened)
    assert heard == []
    warning = dialog_of(opened, Dialog)
    assert any("copied to other computers by Dropbox" in each.text() for each in warning.findChildren(Paragraph))
    warning._buttons[0].click()
    assert heard == [Leaving(tmp_path / "Dropbox" / "outreach", new=True)]


def test_recent_ones_are_listed_while_they_are_there(opened: Session, settle, tmp_path: Path) -> None:
    folder = tmp_path / "spring-list"
    folder.mkdir()
    (folder / "outreach.db").touch()
    now = load(opened.desk.home)
    for each in (tmp_path / "gone", folder, opened.desk.store.folder):
        now = remembered(now, each)
    save(opened.desk.home, now)
    assert recent_folders(load(opened.desk.home)) == [opened.desk.store.folder, folder, tmp_path / "gone"]
    section = settings(opened, settle, "workspaces").sections["workspaces"]
    names = {each.accessibleName() for each in shown(section, type(section.new))}
    assert f"Open {folder.name}" in names
    assert "Open gone" not in names


def test_eight_are_remembered_each_once() -> None:
    now = Settings()
    for number in (*range(12), 3):
        now = remembered(now, Path(f"/w/{number}"))
    assert recent_folders(now) == [Path(f"/w/{number}") for number in (3, 11, 10, 9, 8, 7, 6, 5)]


def test_the_theme_looks_as_settings_say(theme: Theme) -> None:
    heard: list[float] = []
    theme.changed.connect(lambda: heard.append(theme.scale))
    theme.look("dark", "115")
    assert (theme.is_dark, theme.scale, heard) == (True, 1.15, [1.15])
    theme.look("light", "no size")
    assert (theme.is_dark, theme.scale) == (False, 1.0)
