"""Dialogs: answers that come late, Enter that is fast, one report at a time."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from outreach.app import Session
from outreach.services.gifts.gifts import list_gifts
from outreach.services.people.people import list_people
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.store.models import Person
from outreach.ui.dialogs.chooser import Chooser
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.theme import Theme
from outreach.ui.widgets.fields import Field
from tests.ui.looks import cut_off, shown
from tests.ui.test_accessibility import DIALOGS
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page, typed


def overlays(opened: Session) -> list[Overlay]:
    return [each for each in opened.window.findChildren(Overlay) if each.isVisible()]


def test_a_trouble_that_comes_after_the_dialog_was_left_is_a_sentence(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    mine = page.table.current_id()
    taken = next(row.email for row in list_people(opened.desk.store) if row.email and row.id != mine)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    typed(qtbot, dialog.form._inputs["email"], taken)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    (told,) = overlays(opened)
    assert not isinstance(told, EditDialog)
    told.close_overlay()


def test_what_was_written_shows_although_its_dialog_is_gone(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    before = page.model.rowCount()
    opened.desk.runner.write(lambda _: time.sleep(0.3))
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"name": "Ada Newcomer"})
    dialog.submit()
    dialog.close_overlay()
    settle(opened)
    assert page.model.rowCount() == before + 1
    assert opened.window.status.last.text() == "Added a person"
    assert overlays(opened) == []


def test_enter_on_cancel_cancels(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    before = Person.select().count()
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"name": "Ada Newcomer"})
    dialog._buttons[0].setFocus()
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert Person.select().count() == before


def test_enter_in_a_chooser_waits_for_what_was_typed(opened: Session, qtbot, settle) -> None:
    ground = opened.window.findChild(type(opened.window.centralWidget()), "ground")
    wanted = list_people(opened.desk.store)[40]
    chosen: list[int] = []
    chooser = Chooser(opened.desk, ground, "person", lambda row_id, _: chosen.append(row_id))
    settle(opened)
    chooser._field.setText(wanted.name)
    qtbot.keyClick(chooser._field, Qt.Key.Key_Return)
    qtbot.wait(80)
    settle(opened)
    assert chosen == [wanted.id]
    chooser = Chooser(opened.desk, ground, "person", lambda row_id, _: chosen.append(row_id))
    qtbot.keyClick(chooser._field, Qt.Key.Key_Escape)
    settle(opened)
    assert chosen == [wanted.id]


def test_one_report_at_a_time(bare: Session, settle) -> None:
    for number in range(20):
        bare.window.trouble(ValueError(f"mistake {number}"))
    settle(bare)
    (dialog,) = overlays(bare)
    dialog.close_overlay()
    bare.window.trouble(ValueError("a later one"))
    settle(bare)
    assert len(overlays(bare)) == 1


def test_what_was_typed_is_saved_when_the_window_closes(opened: Session, qtbot, settle, open_window, tmp_path) -> None:
    page = people_page(opened, settle)
    person = page.table.current_id()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    typed(qtbot, dialog_of(opened, EditDialog).form._inputs["organisation"], "The Lamplit Shelf")
    opened.window.close()
    again = open_window(tmp_path / "workspace")
    settle(again)
    assert Person.get_by_id(person).organisation == "The Lamplit Shelf"


def test_nobody_is_planned_unseen_and_a_refusal_loses_nothing(opened: Session, qtbot, settle) -> None:
    opened.window.go("match")
    settle(opened)
    page = opened.window.page
    off = [each for each in page._fits if page._lines[each].platform == OFF_SOCIAL][:2]
    on = [each for each in page._fits if page._lines[each].platform != OFF_SOCIAL][:2]
    page._ticks = {*off, *on}
    page.title_pane.with_off_social.setChecked(False)
    settle(opened)
    assert page._chosen() == on
    assert page._sum.text() == "2 people"
    bottom = QPoint(10, page.table.viewport().height() - 4)
    page.table.replace_ids(on)
    page.table.select_first()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=bottom)
    assert page._ticks == {*off, *on}, "below the last row there is nobody"
    before = len(list_gifts(opened.desk.store))
    page._plan()
    settle(opened)
    assert len(list_gifts(opened.desk.store)) == before + 2


#: Those whose forms are too high for a low window with large text, and those with long words beside one another.
HIGH = (
    "addresses",
    "mail",
    "programme_criteria",
    "title",
    "taste",
    "tastes",
    "sales_codes",
    "shortcuts",
    "carrier_file",
)


@pytest.mark.parametrize("name", HIGH)
def test_a_form_that_has_no_room_scrolls_and_nothing_in_it_is_cut(
    open_window, sample: Path, theme: Theme, settle, name: str
) -> None:
    theme.look("light", "130")
    opened = open_window(sample, "de")
    opened.window.resize(1280, 800)
    for place in ("people", "catalogue"):
        opened.window.go(place)
        settle(opened)
    opened.desk.ask(name, DIALOGS[name](opened))
    settle(opened)
    (dialog,) = shown(opened.window, Overlay)
    assert list(cut_off(dialog)) == []
    fields = [each for each in shown(dialog, Field) if each.isEnabled()]
    for each in fields:
        each.setFocus(Qt.FocusReason.TabFocusReason)
        seen = each.visibleRegion().boundingRect()
        assert seen.height() == each.height(), each.accessibleName()
