"""Not now, ask in autumn: noted of a person and of a gift by keys, shown on the profile, changed, and told on the day."""

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.gifts.gifts import GiftState
from outreach.services.people.asking import days_of, due
from outreach.store.models import Gift
from outreach.ui.dialogs.forms import FormDialog
from tests.ui.test_accessibility import nameless, too_small
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")


def asked(opened: Session, settle) -> Gift:
    """The profile of someone who has been pitched something and has not answered."""
    gift = Gift.select().where(Gift.state == GiftState.ASKED.value).order_by(Gift.id).get()
    people_page(opened, settle)
    opened.desk.go("people", gift.person_id)
    settle(opened)
    opened.window.page.table.setFocus()
    return gift


def open_by_key(opened: Session, qtbot, settle) -> FormDialog:
    qtbot.keyClick(opened.window.page.table, Qt.Key.Key_H)
    settle(opened)
    return dialog_of(opened, FormDialog)


def test_a_person_by_keys_alone(opened: Session, qtbot, settle) -> None:
    gift = asked(opened, settle)
    dialog = open_by_key(opened, qtbot, settle)
    assert list(nameless(dialog)) == []
    assert list(too_small(dialog)) == []
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(opened.window.focusWidget(), "Autumn")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert days_of(gift.person_id)[0].day == "2027-09-01"
    assert "Not now: ask from 1 Sept 2027." in opened.window.page.profile._sentence.text()
    dialog = open_by_key(opened, qtbot, settle)
    assert dialog.form.values() == {"about": "0", "when": "2027-09-01", "own": ""}
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert days_of(gift.person_id)[0].day == ""
    opened.window._undo()
    settle(opened)
    assert days_of(gift.person_id)[0].day == "2027-09-01"


def test_a_gift_with_a_day_of_ones_own(opened: Session, qtbot, settle) -> None:
    gift = asked(opened, settle)
    dialog = open_by_key(opened, qtbot, settle)
    about = dialog.form._inputs["about"]
    about.setCurrentIndex(about.findData(str(gift.id)))
    dialog.form._leave("about")
    dialog.form._inputs["own"].setText("some day")
    dialog.form._leave("own")
    dialog.form._inputs["when"].setCurrentIndex(dialog.form._inputs["when"].findData("own"))
    dialog.submit()
    assert dialog.form._notes["own"].text() == "Write a day to come, like 1 March or in 6 weeks"
    dialog.form._inputs["own"].setText("in 6 weeks")
    dialog.submit()
    settle(opened)
    (noted,) = (each for each in days_of(gift.person_id) if each.gift_id == gift.id)
    assert noted.day == "2027-01-05"
    assert f"“{gift.item.title}” not now: ask from 5 Jan 2027." in opened.window.page.profile._sentence.text()
    dialog = open_by_key(opened, qtbot, settle)
    assert dialog.form.values() == {"about": str(gift.id), "when": "own", "own": "5 Jan 2027"}


def test_the_menu_offers_it_and_the_day_is_told_on_today(opened: Session, settle) -> None:
    gift = asked(opened, settle)
    actions = {action.text().split("\t")[0]: action for action in opened.window.page.profile.menu().actions()}
    actions["Ask again later…"].trigger()
    settle(opened)
    dialog_of(opened, FormDialog).close_overlay()

    def come(store) -> object:
        from outreach.changes import Op

        with store.operation(Op.ASK_AGAIN) as written:
            Gift.update(ask_again_on="2026-11-20").where(Gift.id == gift.id).execute()
        return written.changes

    before = len(due(opened.desk.store))
    opened.desk.write(come)
    settle(opened)
    assert len(due(opened.desk.store)) == before + 1
    opened.window.go("today")
    settle(opened)
    assert any("Ask again" in row.text() for row in opened.window.page._rows)


@pytest.mark.parametrize("key", ["next_month", "spring", "autumn", "next_year"])
def test_each_choice_has_its_word(opened: Session, key: str) -> None:
    assert opened.desk.words.term("asking", key) != key
