"""What hands found in a real window: where a key leads that was pressed a moment too early, or from somewhere else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from outreach.app import Session
from outreach.services.posts import list_posts
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.pages.shipments import ShipmentsPage
from outreach.ui.sample import SampleLink
from outreach.ui.theme import Theme
from outreach.ui.widgets.cards import Step, StepCards
from outreach.ui.widgets.lists import EmptyState
from tests.ui.test_flow import dialog_of, no_dialog, press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_enter_ends_a_dialog_also_over_a_page_that_has_that_key(opened: Session, qtbot, settle) -> None:
    opened.window.go("shipments")
    settle(opened)
    before = len(list_posts())
    person = opened.window.page.model.row(0).person.id
    opened.desk.ask("post", person)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"kind": "talk"})
    dialog.form._inputs["text"].setFocus()
    qtbot.keyClicks(opened.window.focusWidget(), "Read it aloud.")
    press(qtbot, opened, Qt.Key.Key_Return, CTRL)
    settle(opened)
    assert no_dialog(opened), dialog.trouble.text()
    assert len(list_posts()) == before + 1


def test_a_scanner_types_one_number_after_another(opened: Session, qtbot, settle) -> None:
    opened.window.go("shipments")
    settle(opened)
    page = opened.window.page
    assert isinstance(page, ShipmentsPage)
    page.pack()
    settle(opened)
    packed = [each for each in page.model.ids if each > 0]
    assert len(packed) >= 2
    page.table.select_ids([packed[0]], packed[0])
    page.table.setFocus()
    press(qtbot, opened, Qt.Key.Key_Return)
    for number in range(2):
        qtbot.keyClicks(opened.window.focusWidget(), f"RM47300001{number}GB")
        press(qtbot, opened, Qt.Key.Key_Return)
    settle(opened)
    shown = [page.model.row(page.model.place_of(each)).tracking_number for each in packed[:2]]
    assert shown == ["RM473000010GB", "RM473000011GB"]


def test_enter_ends_a_personal_line_and_the_letters_are_gone_through(opened: Session, qtbot, settle) -> None:
    opened.window.go("letters")
    settle(opened)
    page = opened.window.page.merging
    page.table.setFocus()
    press(qtbot, opened, Qt.Key.Key_E)
    assert opened.window.focusWidget() is page.pane._opening
    qtbot.keyClicks(opened.window.focusWidget(), "Your shelf of ferries.")
    press(qtbot, opened, Qt.Key.Key_Return)
    assert opened.window.focusWidget() is page.table
    settle(opened)
    assert page.merge.openings[page.table.current_id()].startswith("Your shelf of ferries.")


def test_what_has_nothing_to_do_any_longer_hands_the_focus_to_the_letters(opened: Session, settle) -> None:
    opened.window.go("letters")
    settle(opened)
    page = opened.window.page.merging
    page.pane._say("1 fact missing: book one line", "title", "Add it")
    page.pane._mend.setFocus()
    assert page.pane._mend.hasFocus()
    page.pane._say("")
    assert opened.window.focusWidget() is page.table


def test_something_is_noted_for_a_title_from_the_palette(opened: Session, qtbot, settle) -> None:
    press(qtbot, opened, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(opened.window.focusWidget(), "salt orchard")
    qtbot.wait(30)
    settle(opened)
    press(qtbot, opened, Qt.Key.Key_Down)
    press(qtbot, opened, Qt.Key.Key_Return)
    settle(opened)
    field = opened.window.page.quick_log.field
    assert (opened.window.place, field.text()) == ("today", " The Salt Orchard")
    assert (field.cursorPosition(), opened.window.focusWidget()) == (0, field)


def test_the_way_to_the_sample_is_no_window_of_its_own(bare: Session, settle) -> None:
    bare.window.go("clubs")
    settle(bare)
    (link,) = bare.window.page.findChildren(SampleLink)
    assert link.isVisible()
    assert link.window() is bare.window


def test_steps_give_way_where_there_is_little_height(theme: Theme, qtbot) -> None:
    steps = [Step("gift", "Send", "With an offer"), Step("armchair", "Start", "From the host’s page, or here")]
    empty = EmptyState(theme, "armchair", "Clubs begin with a reader", "And the author joins.", steps=steps)
    ground = QWidget()
    qtbot.addWidget(ground)
    empty.setParent(ground)
    assert empty.findChild(StepCards) is None, "it is put together when it is to be seen"
    empty.resize(900, 640)
    ground.resize(900, 640)
    ground.show()
    cards = empty.findChild(StepCards)
    assert cards.isVisible()
    empty.resize(900, 320)
    assert cards.isHidden()
    assert empty.heading.isVisible()
    empty.resize(900, 640)
    assert cards.isVisible()
