"""Where there is little room: parts give way and come back, rows say less."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import invalidate

from outreach.app import Session
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, column
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.floating import FloatingBar, Scroller
from outreach.ui.widgets.panes import Panes, Part, opener
from outreach.ui.widgets.tightening import Beside, Row


def test_a_profile_gives_way_and_comes_back_with_enter(opened: Session, qtbot, settle) -> None:
    window = opened.window
    window.go("people")
    window.resize(1040, 700)
    settle(opened)
    page = window.page
    assert page.profile.isHidden()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(opened)
    assert page.profile.isVisible()
    assert not page.table.isVisible()
    focused = window.focusWidget()
    assert page.profile.isAncestorOf(focused)
    assert page.profile._corners == (9, 9, 9, 9)
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert page.profile.isHidden()
    assert window.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    window.resize(1440, 900)
    settle(opened)
    assert page.profile.isVisible()
    assert page.table.isVisible()
    assert page.profile._corners == (0, 9, 9, 0)


def test_at_the_largest_text_a_profile_stands_beside_its_list(opened: Session, settle) -> None:
    window = opened.window
    opened.desk.theme.look("light", "130")
    window.go("people")
    window.resize(1440, 900)
    settle(opened)
    assert window.page.profile.isVisible()
    assert window.page.table.isVisible()


@pytest.fixture
def ground(qtbot, theme: Theme) -> QWidget:
    """A window that leaves every size to what stands on it."""
    made = QWidget()
    theme.dress(made)
    qtbot.addWidget(made)
    made.resize(1600, 600)
    made.show()
    return made


@pytest.fixture
def panes(theme: Theme, ground: QWidget, tmp_path) -> Panes:
    left, right = QWidget(), QWidget()
    left.setLayout(column(Field(theme, "Left")))
    right.setLayout(column(Field(theme, "Right")))
    made = Panes(theme, "test", tmp_path, [Part(left, least=500), Part(right, 300, 1)])
    made.setParent(ground)
    made.resize(1000, 400)
    made.show()
    return made


def test_a_button_brings_a_part_back(panes: Panes, theme: Theme) -> None:
    right = panes.widget(1)
    button = opener(theme, "More")
    panes.opens(button, right)
    assert button.isHidden()
    panes.resize(450, 400)
    assert not button.isHidden()
    assert not right.isVisible()
    button.click()
    assert right.isVisible()
    assert not panes.widget(0).isVisible()


def test_widths_are_remembered(panes: Panes, theme: Theme, ground: QWidget, tmp_path) -> None:
    panes.setSizes([400, 600])
    panes.splitterMoved.emit(400, 1)
    sizes = panes.sizes()
    again = Panes(theme, "test", tmp_path, [Part(QWidget(), least=500), Part(QWidget(), 300, 1)])
    again.setParent(ground)
    again.resize(1000, 400)
    again.show()
    assert abs(again.sizes()[1] - sizes[1]) <= 2


def test_a_part_beside_gives_what_another_needs_at_least(theme: Theme, ground: QWidget, tmp_path) -> None:
    """With large text a part would like more than is left once the others have their least."""
    for liked, has in ((300, 300), (480, 399)):
        made = Panes(theme, f"test {liked}", tmp_path, [Part(QWidget(), least=600), Part(QWidget(), liked, 1)])
        made.setParent(ground)
        made.resize(1000, 400)
        made.show()
        assert made.sizes() == [999 - has, has]


def test_a_part_without_anything_to_show_is_gone(panes: Panes) -> None:
    right = panes.widget(1)
    panes.want(right, wanted=False)
    assert not right.isVisible()
    panes.want(right, wanted=True)
    assert right.isVisible()


def test_a_row_says_less_and_less(theme: Theme, ground: QWidget, qtbot) -> None:
    fact = Label(theme, "1,200 people, of them 159 off social")
    import_, add = (
        Button(theme, "Import", "default", "download", "I"),
        Button(theme, "Add person", "primary", "plus", "N"),
    )
    row = Row(Label(theme, "People", "h1"), fact, None, import_, add, facts=(fact,))
    row.setParent(ground)
    row.show()
    whole = row.sizeHint().width()
    row.resize(whole, 40)
    assert import_.width() == import_.width_without(keys=False, words=False)
    row.resize(whole - 10, 40)
    qtbot.waitUntil(lambda: add.width() == add.width_without(keys=True, words=False))
    assert fact.isVisible()
    row.resize(row.minimumSizeHint().width(), 40)
    assert not fact.isVisible()
    qtbot.waitUntil(lambda: import_.width() == import_.height())  # its icon says enough
    assert import_.toolTip().startswith("Import")
    assert add.width() > 2 * add.height(), "the primary button keeps its words"
    row.resize(whole, 40)
    assert fact.isVisible()


def test_parts_go_below_one_another(theme: Theme, ground: QWidget, qtbot) -> None:
    one, two = Label(theme, "Some words that need their room"), Label(theme, "And some more that do as well")
    beside = Beside(one, two, shares=(1, 1), spacing=20)
    beside.setParent(ground)
    beside.resize(900, 100)
    beside.show()
    assert one.y() == two.y()
    beside.resize(beside.minimumSizeHint().width(), 100)
    qtbot.waitUntil(lambda: two.y() > one.y())


def test_a_floating_bar_lets_the_bar_go_that_it_follows(qtbot, theme: Theme, ground: QWidget) -> None:
    body = QWidget()
    area = Scroller()
    area.setParent(ground)
    area.setWidget(body)
    area.resize(200, 100)
    body.resize(180, 400)
    area.show()
    bar = area.findChild(FloatingBar)
    assert bar.maximum() == area.verticalScrollBar().maximum() > 0
    # As it is while a window goes: Qt's bar still tells of its range, and may not be asked any more.
    followed = area.verticalScrollBar()
    before = bar.maximum()
    invalidate(followed)
    body.resize(180, 4000)
    area.resize(200, 120)
    assert bar.maximum() == before
