"""Today proposes to close quietly what hope has ended of: accepted in one step, or put off, by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.gifts.gifts import GiftState
from outreach.services.gifts.hopes import hope_over
from outreach.services.pages.waiting import Waiting
from outreach.store.models import Gift
from outreach.ui.widgets.today import WaitingRow


@pytest.fixture
def proposed(opened: Session, settle) -> WaitingRow:
    settle(opened)
    return row_of(opened)


def row_of(opened: Session) -> WaitingRow:
    (row,) = (row for row in opened.window.page._rows if row.code == "close")
    return row


def test_it_is_closed_in_one_step_that_undo_takes_back(opened: Session, proposed: WaitingRow, settle) -> None:
    over = [each.gift_id for each in hope_over(opened.desk.store)]
    assert proposed.text() == f"Close {len(over)} gifts quietly, quiet is fine"
    assert opened.window.page._rows[-1] is proposed, "it may wait for ever, and stands last"
    proposed._open.click()
    settle(opened)
    assert {Gift.get_by_id(gift).state for gift in over} == {GiftState.CLOSED_QUIET}
    assert [row.code for row in opened.window.page._rows if row.code == "close"] == []
    opened.window._undo()
    settle(opened)
    assert {Gift.get_by_id(gift).state for gift in over} == {GiftState.DELIVERED}
    row_of(opened)


def test_it_is_put_off_by_a_key(opened: Session, proposed: WaitingRow, qtbot, settle) -> None:
    over = [each.gift_id for each in hope_over(opened.desk.store)]
    proposed.setFocus()
    qtbot.keyClick(proposed, Qt.Key.Key_Delete)
    settle(opened)
    assert hope_over(opened.desk.store) == []
    assert {Gift.get_by_id(gift).state for gift in over} == {GiftState.DELIVERED}
    assert [row.code for row in opened.window.page._rows if row.code == "close"] == []


def test_every_row_says_what_it_does(opened: Session, proposed: WaitingRow) -> None:
    assert (proposed._open.text(), proposed.aside.isHidden()) == ("Close quietly", False)
    assert "month" in proposed.aside.toolTip()
    said = [row.text() for row in opened.window.page._rows if row.code == "leave"]
    assert said == ["Send 1 parcel today, to be read in time"], "the day has passed, so the next best is today"
    row = WaitingRow(opened.desk, Waiting("leave", 2, "2026-11-26", "A", "", day="2026-11-26"))
    assert row.text() == "Send 2 parcels by Thursday 26 November, to be read in time"
