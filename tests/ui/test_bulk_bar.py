"""The bulk bar: what can be done with several people at once."""

import csv

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.importing.tables import Row, open_table
from outreach.services.people.suppressions import suppressed_people
from outreach.ui.dialogs.exporting import ExportDialog
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.bulk import Verb
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")


def chosen(page, *places: int) -> list[int]:
    people = [page.model.ids[place] for place in places]
    page.table.select_ids(people, people[-1])
    return people


def press(page, qtbot, words: str) -> None:
    verb = next(each for each in page.bulk.findChildren(Verb) if each.text() == words)
    qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)


def test_it_stands_over_the_list_from_two_rows_on_and_esc_takes_it_away(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    assert not page.bulk.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.bulk.isVisible() and page.bulk.count.text() == "2 selected"
    assert page.table.rect().adjusted(-20, 0, 20, 20).contains(page.bulk.geometry())
    assert abs(page.bulk.geometry().center().x() - page.table.rect().center().x()) <= 1
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.bulk.isVisible()
    assert list(page.table.selected_ids()) == [page.table.current_id()]
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.bulk.count.text() == f"{page.model.rowCount()} selected"
    press(page, qtbot, "Leave the selection")
    assert not page.bulk.isVisible() and opened.window.focusWidget() is page.table


def test_the_last_rows_can_be_seen_above_it(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    bar, table = page.table.verticalScrollBar(), page.table
    most = bar.maximum()
    chosen(page, 0, 1)
    assert bar.maximum() == most + 72
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    chosen(page, page.model.rowCount() - 2, page.model.rowCount() - 1)
    table.scrollTo(table.currentIndex())
    assert table.visualRect(table.currentIndex()).bottom() <= table.viewport().height() - 72
    page.bulk.clear()
    assert bar.maximum() == most


def test_its_keys_and_buttons_pitch_to_all_of_them(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    chosen(page, 0, 1, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_P)
    dialog_of(opened, FormDialog).close_overlay()
    press(page, qtbot, "Pitch")
    dialog_of(opened, FormDialog).close_overlay()


def exported(opened: Session, settle, **chosen: str) -> None:
    """Answer the dialog that asks what is written, and in which format."""
    dialog = dialog_of(opened, ExportDialog)
    for key, value in chosen.items():
        field = dialog.form._inputs[key]
        field.setCurrentIndex(field.findData(value))
        field.activated.emit(field.currentIndex())
    dialog.go.click()
    settle(opened)


def test_exports_who_is_selected_or_who_is_listed(opened: Session, qtbot, settle, tmp_path) -> None:
    page = people_page(opened, settle)
    chosen(page, 1, 3)
    press(page, qtbot, "Export")
    exported(opened, settle, format=".csv")
    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["Name"] for row in csv.DictReader(file)]
    assert names == [page.model.row(place).name for place in (1, 3)]
    assert opened.window.toast.accessibleName() == "Wrote 2 rows to people.csv"
    page.bulk.clear()
    page.bar.set_query("country:uk")
    settle(opened)
    qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    exported(opened, settle, what="whole", format=".vcf")
    cards = (tmp_path / "people.vcf").read_text(encoding="utf-8")
    assert cards.count("BEGIN:VCARD") == cards.count("UID:outreach-") == page.model.rowCount()


def test_what_is_on_the_screen_goes_out_as_it_stands(opened: Session, qtbot, settle, tmp_path) -> None:
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    exported(opened, settle, what="shown", format=".xlsx")
    table = open_table(tmp_path / "people.xlsx")
    listing = page.table.listing()
    assert table.header == listing.headings
    rows = [row.cells for row in table.rows() if isinstance(row, Row)]
    assert rows[:5] == [tuple(cells) for cells in listing.rows()][:5]
    assert len(rows) == page.model.rowCount()
    qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    exported(opened, settle, what="everything")
    assert (tmp_path / "workspace.json").read_text(encoding="utf-8").startswith('{"format":"outreach-everything"')


def test_stops_contacting_all_of_them_after_asking(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    free = [place for place in range(page.model.rowCount()) if not page.model.row(place).suppressed][:3]
    people = chosen(page, *free)
    press(page, qtbot, "Stop contacting")
    dialog = dialog_of(opened, Dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert no_dialog(opened), "Enter keeps it as it is"
    assert not suppressed_people(opened.desk.store, people)
    chosen(page, *free)
    qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    dialog_of(opened, Dialog)._buttons[0].click()
    settle(opened)
    assert no_dialog(opened)
    reached = suppressed_people(opened.desk.store, people)
    assert reached and reached <= set(people)
    said = opened.window.toast.accessibleName()
    assert said.startswith(f"{len(reached)} pe") and ("nothing to mark" in said) == (len(reached) < 3)


def test_a_toast_stands_above_it(opened: Session, settle, qtbot) -> None:
    page = people_page(opened, settle)
    chosen(page, 0, 1)
    press(page, qtbot, "Copy")
    toast, bar = opened.window.toast, page.bulk
    assert toast.isVisible()
    plate = toast.mapTo(opened.window, toast.rect().bottomLeft()).y() - 20
    assert plate <= bar.mapTo(opened.window, bar.rect().topLeft()).y() + 20


def test_large_text_in_a_small_window_leaves_the_keys_out(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    opened.window.resize(1280, 800)
    opened.desk.theme.look("light", "130")
    settle(opened)
    chosen(page, 0, 1)
    shown = page.bulk.geometry().adjusted(20, 20, -20, -20)
    assert page.table.rect().contains(shown)
    for verb in page.bulk.findChildren(Verb):
        assert verb.width() >= verb.sizeHint().width()
    opened.desk.theme.look("light", "100")
