"""Undo wherever it is offered: the newest step, several at once, and what it would take back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from outreach.app import Session
from outreach.services.drafting.senders import change_sender
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.store.journal import UNDO_LIMIT, Step
from outreach.ui.commands import commands_of
from outreach.ui.dialogs.palette import Palette
from outreach.ui.runner import Runner
from outreach.ui.widgets.history import history_menu
from tests.ui.test_flow import dialog_of
from tests.ui.test_runner import runner, wait  # noqa: F401 - the fixture

CTRL = Qt.KeyboardModifier.ControlModifier


def add(opened: Session, *names: str) -> None:
    for name in names:
        opened.desk.write(lambda store, name=name: add_person(store, NewPerson(name)), f"Added {name}")


def names(store) -> list[str]:
    return sorted(row.name for row in list_people(store))


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_a_hundred_steps_one_by_one(runner: Runner) -> None:  # noqa: F811
    for number in range(UNDO_LIMIT + 3):
        runner.write(lambda store, number=number: add_person(store, NewPerson(f"P{number:03}")))
    wait(lambda: runner.is_idle, 60)
    assert (len(runner.history.steps), UNDO_LIMIT) == (100, 100)
    taken: list[int] = []
    for _ in range(UNDO_LIMIT + 1):
        runner.undo(lambda changes, steps: taken.append(steps if changes else 0))
    wait(lambda: runner.is_idle, 60)
    assert taken == [1] * 100 + [0]
    assert names(runner.store) == ["P000", "P001", "P002"]
    for _ in range(UNDO_LIMIT):
        runner.redo()
    wait(lambda: runner.is_idle, 60)
    assert names(runner.store) == [f"P{number:03}" for number in range(103)]
    assert len(runner.history.steps) == 100


def test_a_hundred_steps_at_once_are_one_act(runner: Runner) -> None:  # noqa: F811
    for number in range(UNDO_LIMIT):
        runner.write(lambda store, number=number: add_person(store, NewPerson(f"P{number:03}")))
    wait(lambda: runner.is_idle, 60)
    told: list[object] = []
    runner.changed.connect(lambda changes, _: told.append(changes))
    runner.undo(lambda changes, steps: told.append((steps, changes.count > 99)), down_to=runner.history.steps[-1])
    wait(lambda: runner.is_idle, 60)
    assert told[0] == (100, True)
    assert len(told) == 2, "pages read anew once"
    assert names(runner.store) == []


def test_what_was_written_meanwhile_is_taken_back_too(runner: Runner) -> None:  # noqa: F811
    runner.write(lambda store: add_person(store, NewPerson("Ada")))
    runner.write(lambda store: add_person(store, NewPerson("Bo")))
    wait(lambda: runner.is_idle)
    ada: Step = runner.history.steps[1]
    runner.write(lambda store: add_person(store, NewPerson("Cy")))
    taken: list[int] = []
    runner.undo(lambda _, steps: taken.append(steps), down_to=ada)
    runner.undo(lambda changes, _: taken.append(bool(changes)), down_to=ada)
    wait(lambda: runner.is_idle)
    assert (taken, names(runner.store)) == ([3, False], [])


def test_the_menu_takes_back_down_to_a_step(bare: Session, settle) -> None:
    add(bare, "Ada", "Bo")
    bare.desk.write(lambda store: change_sender(store, name="Hanna Okafor"))
    add(bare, "Cy")
    settle(bare)
    menu = bare.window.status.history()
    assert texts(menu) == [
        "Undo down to", "Added a person\tCtrl Z", "Changed settings\t2 steps", "Added a person\t3 steps",
        "Added a person\t4 steps",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    settle(bare)
    assert names(bare.desk.store) == ["Ada"]
    assert bare.window.toast._text == "Undone: 3 steps"
    menu = bare.window.status.history()
    assert texts(menu)[2:] == ["Redo: Added a person\tCtrl Shift Z"]
    menu.actions()[-1].trigger()
    settle(bare)
    assert names(bare.desk.store) == ["Ada", "Bo"]
    assert (bare.window.toast._text, bare.window.toast._undoable) == ("Redone: Added a person", True)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_tells_fifteen_and_closes_when_something_is_done(bare: Session, settle) -> None:
    add(bare, *(f"P{number}" for number in range(17)))
    settle(bare)
    bare.window.status.last.click()
    (menu,) = [each for each in bare.window.status.findChildren(QMenu) if each.isVisible()]
    assert len(texts(menu)) == 16
    add(bare, "One more")
    settle(bare)
    assert not [each for each in bare.window.status.findChildren(QMenu) if each.isVisible()]


def test_an_empty_history_says_so(bare: Session) -> None:
    assert texts(history_menu(bare.desk, bare.window, lambda _: None, lambda: None)) == ["There is nothing to undo"]
    assert bare.window.status.last.isHidden()
    offered = {each.spec.id for each in commands_of(bare.window)}
    assert not offered & {"undo", "redo"}


def test_an_import_is_one_step_of_the_menu(bare: Session, settle, tmp_path: Path) -> None:
    from outreach.services.importing.run import ImportKind, import_file

    path = tmp_path / "people.csv"
    path.write_text("Name,Email\nAda,ada@example.org\n", encoding="utf-8")
    bare.desk.write(lambda store: import_file(store, ImportKind.PEOPLE, path))
    settle(bare)
    menu = bare.window.status.history()
    assert texts(menu)[1:] == ["Imported a list\tCtrl Z"]
    menu.actions()[1].trigger()
    settle(bare)
    assert names(bare.desk.store) == []
    assert bare.window.toast._text == "Undone: Imported a list"


def test_the_right_button_and_the_palette_say_what_undo_takes_back(bare: Session, qtbot, settle) -> None:
    bare.window.go("people")
    add(bare, "Ada")
    settle(bare)
    page = bare.window.page
    assert [each.text() for each in page.actions() if each.isVisible()][-1] == "Undo: Added a person"
    qtbot.keyClick(bare.window, Qt.Key.Key_K, CTRL)
    palette = dialog_of(bare, Palette)
    qtbot.keyClicks(palette.field, "undo")
    qtbot.wait(40)
    settle(bare)
    lines = ["".join(run[0] for run in each.runs) for each in palette.list._entries]
    assert lines[1] == "Undo: Added a person"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(bare)
    assert names(bare.desk.store) == []
    assert [each.text() for each in page.actions() if each.isVisible()][-1] == "Redo: Added a person"
    qtbot.keyClick(bare.window, Qt.Key.Key_Z, CTRL)
    settle(bare)
    assert names(bare.desk.store) == [], "there is nothing left to undo"
