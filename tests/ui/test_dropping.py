"""Lists that are dropped on the window or pasted into it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from outreach.app import Session
from outreach.services.people.people import list_people
from outreach.store.models import Item, Person
from outreach.ui.dialogs.importing import ImportDialog
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page

PEOPLE = "Name,E-mail,Likes\nAda Newcomer,ada@example.org,YA fantasy\nBo Broken,not an address,\n"
TITLES = "Title,Author,ISBN\nThe Lamplit Orchard,A. N. Other,\n"
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def dragged(widget: QWidget, data: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(20, 20), COPY, data, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def dropped(widget: QWidget, data: QMimeData) -> None:
    # Qt hands a drop to whoever took the drag.
    dragged(widget, data)
    QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), COPY, data, LEFT, NONE))


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    people, titles = tmp_path / "people.csv", tmp_path / "titles.csv"
    people.write_text(PEOPLE)
    titles.write_text(TITLES)
    return people, titles


def test_a_dropped_list_opens_the_import_and_is_told_from_its_headings(opened: Session, settle, lists) -> None:
    opened.window.go("shipments")
    settle(opened)
    titles = mime(lists[1])
    assert dragged(opened.window, titles)
    hint = opened.window.dropping.hint
    assert hint.isVisible() and "titles.csv" in hint.accessibleName()
    dropped(opened.window, titles)
    settle(opened)
    dialog = dialog_of(opened, ImportDialog)
    assert not hint.isVisible()
    assert (dialog.kind.value, dialog._file.text(), dialog._go.text()) == ("catalogue", "titles.csv", "Check 1 row")
    assert not Item.select().where(Item.title == "The Lamplit Orchard").exists()
    dialog.enter()
    assert dialog._go.text() == "Import 1 row"
    dialog.enter()
    settle(opened)
    assert opened.window.place == "catalogue"
    assert Item.select().where(Item.title == "The Lamplit Orchard").exists()


def test_what_is_dragged_away_again_leaves_nothing(opened: Session, settle, lists) -> None:
    people_page(opened, settle)
    assert dragged(opened.window, mime(lists[0]))
    QApplication.sendEvent(opened.window, QDragLeaveEvent())
    assert not opened.window.dropping.hint.isVisible()
    assert no_dialog(opened)


def test_a_file_over_a_field_is_the_windows_and_text_is_the_fields(opened: Session, settle, lists) -> None:
    page = people_page(opened, settle)
    data = mime(lists[0])
    data.setText("people.csv")
    # What a field does not take goes up to the window.
    assert dragged(page.filter, data)
    assert opened.window.dropping.hint.isVisible()
    opened.window.dropping.hint.hide()
    words = QMimeData()
    words.setText("maya")
    assert dragged(page.filter, words)
    assert not opened.window.dropping.hint.isVisible()
    assert not dragged(opened.window, words)


def test_one_file_at_a_time_and_none_under_a_dialog(opened: Session, settle, lists) -> None:
    people_page(opened, settle)
    both = mime(*lists)
    assert dragged(opened.window, both)
    assert opened.window.dropping.hint.accessibleName() == "One list at a time"
    dropped(opened.window, both)
    assert no_dialog(opened)
    opened.desk.ask("settings")
    assert not dragged(opened.window, mime(lists[0]))
    dropped(opened.window, mime(lists[0]))
    settle(opened)
    assert opened.window.findChildren(ImportDialog) == []


def test_what_cannot_be_imported_gets_one_sentence(opened: Session, settle, tmp_path: Path) -> None:
    people_page(opened, settle)
    for name, content, words in (("photo.png", b"\x89PNG\r\n", "is not a list"), ("empty.csv", b"", "is empty"),
                                 ("odd.csv", b"Shoe,Size\n1,2\n", "no column for a name")):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        dropped(opened.window, mime(path))
        settle(opened)
        dialog = dialog_of(opened, ImportDialog)
        assert name in dialog._trouble.text() and words in dialog._trouble.text()
        dialog.close_overlay()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_cells_are_pasted_looked_at_imported_and_undone(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    before = Person.select().count()
    QGuiApplication.clipboard().setText(PEOPLE.replace(",", "\t"))
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    dialog = dialog_of(opened, ImportDialog)
    assert dialog._file.text() == "Pasted list"
    notes = [dialog._notes.itemAt(at).widget() for at in range(dialog._notes.count() - 1)]
    assert any("Row 3" in note.accessibleName() + note.text() for note in notes)
    assert Person.select().count() == before
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert [each.name for each in list_people(opened.desk.store, "Ada Newcomer")] == ["Ada Newcomer"]
    assert Person.select().count() == before + 2
    opened.window._undo()
    settle(opened)
    assert Person.select().count() == before


def test_what_is_copied_here_can_be_pasted_here(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.table, Qt.Key.Key_A, ctrl)
    qtbot.keyClick(page.table, Qt.Key.Key_C, ctrl)
    settle(opened)
    qtbot.keyClick(page.table, Qt.Key.Key_V, ctrl)
    settle(opened)
    dialog = dialog_of(opened, ImportDialog)
    assert dialog.kind.value == "people"
    assert dialog._go.text().startswith(f"Check {page.model.rowCount()} rows")
    dialog.close_overlay()


def test_an_empty_clipboard_says_what_to_do_and_a_copied_file_is_imported(
    opened: Session, qtbot, settle, lists
) -> None:
    page = people_page(opened, settle)
    QGuiApplication.clipboard().setText("  \n")
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert no_dialog(opened)
    assert opened.window.toast.accessibleName().startswith("Copy some rows of a spreadsheet first")
    QGuiApplication.clipboard().setMimeData(mime(lists[0]))
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    dialog = dialog_of(opened, ImportDialog)
    assert dialog._file.text() == "people.csv"
    dialog.close_overlay()
