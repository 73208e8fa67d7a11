"""People: finding, ordering, looking, answering, adding, changing."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from outreach.app import Session
from outreach.services.people.people import list_people, show_person
from outreach.store.models import Account, Person
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.table.menu import ColumnsMenu
from tests.ui.test_flow import dialog_of, no_dialog

pytestmark = pytest.mark.begins("people")


def people_page(opened: Session, settle):
    opened.window.go("people")
    settle(opened)
    return opened.window.page


def filtered(page, opened: Session, qtbot, settle, words: str) -> list[str]:
    page.filter.setText(words)
    qtbot.wait(60)
    settle(opened)
    return [page.model.row(place).name for place in range(page.model.rowCount())]


def test_the_filter_finds_by_words_and_says_when_it_finds_nobody(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    some = list_people(opened.desk.store)[3].name
    assert some in filtered(page, opened, qtbot, settle, some.lower())
    assert filtered(page, opened, qtbot, settle, "zzzz nobody") == []
    assert page._stack.currentIndex() == 1
    assert "zzzz nobody" in page._nobody.heading.text()
    assert page.profile.person_id == -1
    page._show_all()
    settle(opened)
    assert page.model.rowCount() == Person.select().count()


def test_off_social_is_a_filter(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    page._who.choose("off")
    settle(opened)
    without = Person.select().where(Person.id.not_in(Account.select(Account.person))).count()
    assert page.model.rowCount() == without > 0


def test_a_heading_orders_and_turns(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    header = page.table.horizontalHeader()
    header.sectionClicked.emit(0)
    settle(opened)
    names = [page.model.row(place).id for place in range(page.model.rowCount())]
    ordered = [row.id for row in Person.select(Person.id).order_by(Person.sort_name, Person.id)]
    assert names == ordered
    header.sectionClicked.emit(0)
    settle(opened)
    assert page.model.row(0).id == ordered[-1]


def test_up_and_down_move_both(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_K):
        qtbot.keyClick(page.table, key)
        settle(opened)
        assert page.profile.person_id == page.table.current_id()
        seen.append(page.table.currentIndex().row())
    assert seen == [1, 2, page.model.rowCount() - 1, 0, 0]


def test_select_copy_and_everyone(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.table.selected_ids()) == page.model.rowCount()
    assert len(page.table.selectionModel().selection()) == 1
    page.table.selectionModel().select(page.model.index(2, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
                                       | QItemSelectionModel.SelectionFlag.Rows)  # fmt: skip
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[0] == page.model.row(2).name


def test_adding_a_person_by_keys(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    dialog = dialog_of(opened, FormDialog)
    dialog.submit()
    assert not no_dialog(opened), "without a name nothing is added"
    assert any(note.text() for note in dialog.form._notes.values())
    qtbot.keyClicks(opened.window.focusWidget(), "Ada Newcomer")
    dialog.form.set_values({"name": "Ada Newcomer", "email": "ada at example"})
    dialog.submit()
    assert "Write it like" in dialog.form._notes["email"].text()
    dialog.form.set_values({"name": "Ada Newcomer", "email": "ada@example.org", "role": "bookseller"})
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert page.table.current_id() == page.profile.person_id
    detail = show_person(opened.desk.store, page.profile.person_id)
    assert (detail.values["name"], detail.emails, detail.values["role"]) == (
        "Ada Newcomer", ("ada@example.org",), "bookseller"
    )  # fmt: skip


def test_what_is_in_the_way_is_said_and_the_dialog_stays(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    taken = next(row.email for row in list_people(opened.desk.store) if row.email)
    qtbot.keyClick(page.table, Qt.Key.Key_N)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"name": "Someone Else", "email": taken})
    dialog.submit()
    settle(opened)
    assert taken in dialog.trouble.text()
    assert "outreach people merge" not in dialog.trouble.text(), "a window names no commands"
    dialog.close_overlay()
    assert list_people(opened.desk.store, "Someone Else") == []


def test_tab_stays_in_a_dialog_and_esc_gives_the_focus_back(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    for _ in range(25):
        qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.isAncestorOf(opened.window.focusWidget())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert no_dialog(opened)
    assert opened.window.focusWidget() is page.table


def test_in_a_narrow_window_enter_opens_the_profile_and_esc_closes_it(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    opened.window.resize(1100, 720)
    settle(opened)
    assert not page.profile.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.profile.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.profile.isVisible()


def typed(qtbot, field, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def test_a_field_is_saved_when_it_is_left_and_can_be_undone(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    person = page.table.current_id()
    before = show_person(opened.desk.store, person).values
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    typed(qtbot, dialog.form._inputs["organisation"], "The Lamplit Shelf")
    settle(opened)
    assert show_person(opened.desk.store, person).values["organisation"] == before["organisation"]
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    settle(opened)
    assert show_person(opened.desk.store, person).values["organisation"] == "The Lamplit Shelf"
    typed(qtbot, dialog.form._inputs["greeting"], "Dear friend")
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert show_person(opened.desk.store, person).values["greeting"] == "Dear friend"
    for _ in range(2):
        qtbot.keyClick(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(opened)
    assert show_person(opened.desk.store, person).values["organisation"] == before["organisation"]


def test_a_wrong_field_is_said_and_not_saved_and_esc_takes_it_back(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    person = page.table.current_id()
    before = show_person(opened.desk.store, person)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    dialog = dialog_of(opened, EditDialog)
    typed(qtbot, dialog.form._inputs["email"], "not an address")
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    settle(opened)
    assert "Write it like" in dialog.form._notes["email"].text()
    typed(qtbot, dialog.form._inputs["name"], "Somebody Else")
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    settle(opened)
    assert no_dialog(opened)
    after = show_person(opened.desk.store, person)
    assert (after.values["name"], after.emails) == (before.values["name"], before.emails)


def test_columns_are_chosen_and_dragged_and_remembered(opened: Session, settle, open_window, tmp_path) -> None:
    page = people_page(opened, settle)
    menu = page.findChild(ColumnsMenu).menu()
    chosen = {action.text(): action for action in menu.actions()}
    assert not chosen["Country"].isChecked()
    chosen["Country"].setChecked(True)
    chosen["Posted"].setChecked(False)
    assert page.table.hidden_columns() == ["posted", "role", "organisation"]
    page.table.horizontalHeader().resizeSection(3, 260)
    widths = [page.table.columnWidth(number) for number in range(page.model.columnCount())]
    assert widths[3] == 260
    assert sum(widths) == page.table.viewport().width()
    opened.window.close()
    again = open_window(tmp_path / "workspace")
    page = people_page(again, settle)
    assert page.table.hidden_columns() == ["posted", "role", "organisation"]
    assert page.table.columnWidth(3) == 260


def test_who_asked_not_to_be_contacted_is_not_pitched_any_more(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    person = next(row.id for row in list_people(opened.desk.store) if row.email and not row.suppressed)
    page.show_row(person)
    settle(opened)
    said = [action.text() for action in page.profile.menu().actions()]
    assert "Asked not to be contacted" in said
    opened.desk.ask("suppress", person)
    dialog = dialog_of(opened)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened), "Enter keeps everything as it is"
    assert not show_person(opened.desk.store, person).suppressed
    opened.desk.ask("suppress", person)
    dialog = dialog_of(opened)
    dialog._buttons[0].click()
    settle(opened)
    assert show_person(opened.desk.store, person).suppressed
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_P)
    assert no_dialog(opened), "a pitch is not even begun"


def test_forgetting_someone_asks_and_erases(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    person = page.table.current_id()
    opened.desk.ask("forget", person)
    settle(opened)
    dialog_of(opened)._buttons[0].click()
    settle(opened)
    assert no_dialog(opened)
    assert not Person.select().where(Person.id == person).exists()
    assert page.model.place_of(person) == -1
    assert page.table.current_id() == page.profile.person_id != person


def test_the_list_is_painted_before_the_next_profile_is_read(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.table.setFocus()
    settle(opened)
    order: list[str] = []
    paint, read = page.table._delegate.paint, page._read_person
    page.table._delegate.paint = lambda *each: (order.append("painted"), paint(*each))  # type: ignore[method-assign]
    page._reading.timeout.disconnect()
    page._reading.timeout.connect(lambda: (order.append("read"), read()))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    settle(opened)
    assert order.index("painted") < order.index("read")
    assert order.count("read") == 1
    assert page.profile.person_id == page.table.current_id()
