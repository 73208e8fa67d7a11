"""Looking for rubbish among all that lives stops the window; it is left to when the window is not used."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from outreach.app import Session
from outreach.ui.rubbish import Rubbish


@pytest.fixture
def searches() -> Iterator[list[int]]:
    """The generations among which Python looked."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_python_does_not_look_among_everything_while_the_window_is_used(opened: Session, settle, searches) -> None:
    searches.clear()
    for place in ("people", "catalogue", "match", "letters", "people"):
        opened.window.go(place)
        settle(opened)
    assert 2 not in searches


def test_it_is_looked_when_another_program_is_used_and_there_may_be_much(qapp: QGuiApplication, searches) -> None:
    before, parent = gc.get_threshold(), QObject()
    rubbish = Rubbish(parent)
    gc.collect()
    searches.clear()
    rubbish._state_changed(Qt.ApplicationState.ApplicationInactive)
    assert searches == [], "there is nothing new"
    for _ in range(10):
        gc.collect(1)
    rubbish._state_changed(Qt.ApplicationState.ApplicationActive)
    assert 2 not in searches
    rubbish._state_changed(Qt.ApplicationState.ApplicationInactive)
    assert searches[-1] == 2
    rubbish.leave()
    assert gc.get_threshold() == before
