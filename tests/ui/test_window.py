"""The window: keys, undo, what is remembered, a second start, and closing in the middle of anything."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from outreach.app import Session
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.photos import PLACES
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.store import workspace
from outreach.store.models import ImportBatch, Person
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.dialogs.trouble import report_of
from outreach.ui.instance import Listener, call_forward
from tests.ui.conftest import OPENING, OpenWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def pause(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def test_a_key_for_every_place(opened: Session, qtbot, settle) -> None:
    for number, place in zip("1234567890", PLACES, strict=True):
        qtbot.keyClick(opened.window, number, CTRL)
        settle(opened)
        assert opened.window.place == place
        assert opened.window.rail.buttons[place].isChecked()


def test_single_letters_do_nothing_while_one_types(opened: Session, qtbot, settle) -> None:
    opened.window.go("people")
    settle(opened)
    opened.window.page.focus_filter()
    qtbot.keyClicks(opened.window.focusWidget(), "plm")
    settle(opened)
    assert opened.window.page.filter.text() == "plm"
    assert not [each for each in opened.window.findChildren(Overlay) if each.isVisible()]


def test_undo_and_redo_by_key_show_everywhere(opened: Session, qtbot, settle) -> None:
    window = opened.window
    window.go("people")
    settle(opened)
    before = window.page.model.rowCount()
    opened.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")), "Added Ada")
    settle(opened)
    assert (window.page.model.rowCount(), window.toast._text) == (before + 1, "Added Ada")
    assert window.status.last.text() == "Added a person"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    settle(opened)
    assert window.page.model.rowCount() == before
    assert window.toast._text == "Undone: Added a person"
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(opened)
    assert window.page.model.rowCount() == before + 1


def test_the_toasts_own_undo(opened: Session, qtbot, settle) -> None:
    before = Person.select().count()
    opened.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")), "Added Ada")
    settle(opened)
    toast = opened.window.toast
    assert toast.isVisible()
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton, pos=toast.rect().center())
    settle(opened)
    assert Person.select().count() == before


def test_the_current_row_stays_on_its_person_when_the_list_changes(opened: Session, settle) -> None:
    page = opened.window
    page.go("people")
    settle(opened)
    table = page.page.table
    table.step(7)
    person = table.current_id()
    opened.desk.write(lambda store: add_person(store, NewPerson("Aaa First")))
    settle(opened)
    assert table.current_id() == person
    assert page.page.profile.person_id == person


def test_dark_and_light_by_key(opened: Session, qtbot, settle) -> None:
    theme = opened.desk.theme
    assert not theme.is_dark
    qtbot.keyClick(opened.window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(opened)
    assert theme.is_dark
    assert opened.window.grab().toImage().pixelColor(300, 60).lightness() < 60


def test_where_it_stood_is_remembered(open_window: OpenWindow, folder: Path, tmp_path: Path) -> None:
    first = open_window(folder)
    first.window.resize(1200, 777)
    first.window.close()
    kept = (tmp_path / "home" / "window.ini").read_text(encoding="utf-8")
    assert "geometry" in kept


def test_a_trouble_is_a_sentence_and_a_mistake_has_a_report(bare: Session, settle, tmp_path: Path) -> None:
    bare.window.trouble(KnownError("people.no_name"))
    settle(bare)
    (dialog,) = [each for each in bare.window.findChildren(Overlay) if each.isVisible()]
    dialog.close_overlay()
    try:
        raise ValueError("a mistake of ours")
    except ValueError as error:
        bare.window.trouble(error)
        settle(bare)
        assert "a mistake of ours" in report_of(error)
    (dialog,) = [each for each in bare.window.findChildren(Overlay) if each.isVisible()]
    (box,) = dialog.findChildren(QPlainTextEdit)
    assert "ValueError: a mistake of ours" in box.toPlainText()
    (kept,) = (tmp_path / "home" / "logs").glob("*.txt")
    assert "ValueError" in kept.read_text(encoding="utf-8")
    buttons = [each for each in dialog.findChildren(type(dialog._buttons[0])) if each.text() == "Copy report"]
    buttons[0].click()
    assert QApplication.clipboard().text() == box.toPlainText()


def test_a_second_start_finds_the_first(bare: Session, folder: Path) -> None:
    assert not call_forward(folder)
    called: list[int] = []
    listener = Listener(folder, bare.window)
    listener.called.connect(lambda: called.append(1))
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(call_forward(folder)))
    thread.start()
    for _ in range(40):
        pause(25)
        if called and not thread.is_alive():
            break
    thread.join(5)
    assert (found, called) == ([True], [1])
    with pytest.raises(KnownError, match=r"workspace\.locked"), workspace.held(folder, OPENING):
        pass


def test_closing_in_the_middle_of_an_import_leaves_nothing(
    open_window: OpenWindow, folder: Path, tmp_path: Path, settle
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Email\n" + "".join(f"P {n},p{n}@example.org\n" for n in range(40_000)), encoding="utf-8")
    first = open_window(folder)
    job = Job("Importing a list")
    first.desk.runner.run(job, lambda store, job: import_file(store, ImportKind.PEOPLE, path, None, job), writes=True)
    for _ in range(400):
        pause(10)
        if job.done > 1000:
            break
    assert job.done > 1000, "the import is under way"
    first.window.close()
    again = open_window(folder)
    assert list_people(again.desk.store) == []
    assert ImportBatch.select().count() == 0
    again.desk.write(lambda store: add_person(store, NewPerson("Ada")))
    settle(again)
    assert len(list_people(again.desk.store)) == 1


def test_closing_in_the_middle_of_a_merge_leaves_nothing(
    open_window: OpenWindow, sample_folder: Path, tmp_path: Path
) -> None:
    import shutil

    from outreach.services.drafting.drafts import LetterOrder, draft_letters
    from outreach.store.models import Letter

    shutil.copytree(sample_folder, tmp_path / "merge")
    first = open_window(tmp_path / "merge")
    people = tuple(row.id for row in list_people(first.desk.store))
    before = Letter.select().count()
    out = tmp_path / "drafts"
    job = Job("Writing letters")
    order = LetterOrder("first-pitch", 1, people, dict.fromkeys(people, "I kept your note."))
    first.desk.runner.run(job, lambda store, job: draft_letters(store, order, out, job), writes=True)
    for _ in range(400):
        pause(5)
        if job.done > 3:
            break
    assert job.done > 3
    first.window.close()
    assert not out.exists()
    again = open_window(tmp_path / "merge")
    assert Letter.select().count() == before
    assert again.window.place == "today"
