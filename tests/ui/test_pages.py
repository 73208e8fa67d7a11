"""Every page, in both themes and sizes: drawn without noise, nothing clipped, everything named, never blank."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget

from outreach.app import Session
from outreach.photos import PLACES
from outreach.ui.widgets.basics import Button, Label
from outreach.ui.widgets.lists import EmptyState
from tests.ui.conftest import OpenWindow

SIZES = ((1440, 900), (1280, 800))


def shown(parent: QWidget, kind: type) -> list:
    return [each for each in parent.findChildren(kind) if each.isVisible()]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_page_is_drawn_whole(opened: Session, settle, size: tuple[int, int], dark: bool) -> None:
    window = opened.window
    opened.desk.theme.use(dark=dark)
    window.resize(*size)
    for place in PLACES:
        window.go(place)
        settle(opened)
        picture = window.grab().toImage()
        assert (picture.width(), picture.height()) == size
        colors = {picture.pixelColor(x, y).name() for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
        assert len(colors) > 12, place
        assert window.minimumSizeHint().width() <= size[0], place
        for button in shown(window.page, Button):
            assert button.width() >= button.sizeHint().width(), (place, button.text())
            right = button.mapTo(window, button.rect().topRight()).x()
            assert 0 < right <= size[0], (place, button.text())
        for label in shown(window.page, Label):
            if not label.wordWrap() and label.text():
                wide = label.fontMetrics().horizontalAdvance(label.text())
                assert wide <= label.width() + 1, (place, label.text())


def test_the_rail_is_narrow_in_a_narrow_window(opened: Session, settle) -> None:
    window = opened.window
    assert window.rail.width() == 200
    window.resize(1280, 800)
    settle(opened)
    assert window.rail.width() == 56
    assert window.rail.finder.geometry().right() < 56
    assert window.rail.settings.geometry().bottom() < window.rail.height() - 42, "above who works here"


@pytest.mark.parametrize("place", PLACES)
def test_everything_has_a_name_for_those_who_listen(opened: Session, settle, place: str) -> None:
    opened.window.go(place)
    settle(opened)
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
        for each in shown(opened.window, kind):
            if each.objectName().startswith("qt_") or each.metaObject().className().startswith("QComboBoxPrivate"):
                continue
            spoken = each.accessibleName() or (each.text() if isinstance(each, QAbstractButton) else "")
            assert spoken, (place, each.metaObject().className(), each.parent())


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("today", "review")])
def test_an_empty_page_tells_how_it_begins(bare: Session, settle, place: str) -> None:
    bare.window.go(place)
    settle(bare)
    (empty,) = shown(bare.window.page, EmptyState)
    assert empty.heading.text()
    assert shown(empty, QAbstractButton), "it offers the first step"


def test_the_review_and_today_of_nothing_are_calm(bare: Session, settle) -> None:
    for place, words in (("today", "Nothing waits"), ("review", "No gift has arrived yet")):
        bare.window.go(place)
        settle(bare)
        texts = [label.text() for label in shown(bare.window.page, QLabel)]
        assert any(text.startswith(words) for text in texts), place


def test_an_empty_workspace_begins_with_the_first_page(bare: Session) -> None:
    assert bare.window.place == "welcome"


def test_f6_goes_round_the_panes_and_tab_reaches_what_is_there(opened: Session, settle, qtbot) -> None:
    window = opened.window
    window.go("people")
    settle(opened)
    reached = []
    for _ in range(6):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = window.focusWidget()
        reached.append(
            next(
                name
                for name, pane in (("rail", window.rail), ("page", window.page), ("status", window.status))
                if pane is focused or pane.isAncestorOf(focused)
            )
        )
    assert {"rail", "page"} <= set(reached)


def test_a_page_that_is_not_seen_reads_when_it_is(opened: Session, settle, open_window: OpenWindow) -> None:
    from outreach.services.people import NewPerson, add_person

    window = opened.window
    window.go("people")
    settle(opened)
    before = window.page.model.rowCount()
    window.go("today")
    opened.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")))
    settle(opened)
    people = window._pages["people"]
    assert people.model.rowCount() == before
    window.go("people")
    settle(opened)
    assert people.model.rowCount() == before + 1
