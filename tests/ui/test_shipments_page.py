"""Shipments: the right parcel, the right address, and nothing goes by a slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from outreach.app import Session
from outreach.services.pages.parcels import parcel_counts
from outreach.services.people.addresses import save_address
from outreach.services.people.people import person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.store.models import Shipment
from outreach.ui.dialogs.overlay import Overlay
from tests.ui.test_flow import dialog_of, no_dialog

pytestmark = pytest.mark.begins("shipments")

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def parcels(opened: Session, settle):
    opened.window.go("shipments")
    settle(opened)
    return opened.window.page


def packed(parcels, opened: Session, settle) -> None:
    parcels.pack()
    settle(opened)
    for each in opened.window.findChildren(Overlay):
        if each.isVisible():
            each.close_overlay()
    assert parcel_counts().packed > 1


def test_d_sends_nothing(parcels, opened: Session, qtbot, settle) -> None:
    packed(parcels, opened, settle)
    before = parcel_counts()
    parcels.table.setFocus()
    qtbot.keyClick(parcels.table, Qt.Key.Key_D)
    settle(opened)
    assert parcel_counts() == before


def test_keys_do_nothing_under_a_dialog(parcels, opened: Session, qtbot, settle) -> None:
    packed(parcels, opened, settle)
    before = parcel_counts()
    parcels.table.setFocus()
    opened.desk.ask("address", parcels.model.row(0).person.id)
    dialog = dialog_of(opened)
    for key in (Qt.Key.Key_2, Qt.Key.Key_K, Qt.Key.Key_I):
        qtbot.keyClick(opened.window.focusWidget(), key, CTRL)
    settle(opened)
    assert dialog.isVisible()
    assert dialog.isAncestorOf(opened.window.focusWidget())
    assert (parcel_counts(), opened.window.place) == (before, "shipments")
    assert len([each for each in opened.window.findChildren(Overlay) if each.isVisible()]) == 1
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return, CTRL)
    settle(opened)
    assert no_dialog(opened), "it ends the dialog"
    assert parcel_counts() == before, "and sends nothing"


def test_ctrl_enter_ends_the_address_that_is_edited_and_sends_nothing(parcels, opened: Session, qtbot, settle) -> None:
    packed(parcels, opened, settle)
    before = parcel_counts()
    parcels.table.setFocus()
    qtbot.keyClick(parcels.table, Qt.Key.Key_F2)
    assert parcels.editor.isVisible()
    assert parcels.editor.isAncestorOf(opened.window.focusWidget())
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return, CTRL)
    settle(opened)
    assert not parcels.editor.isVisible()
    assert opened.window.focusWidget() is parcels.table
    assert parcel_counts() == before


def test_a_packed_parcel_goes_to_the_new_address(parcels, opened: Session, settle) -> None:
    packed(parcels, opened, settle)
    row = next(each for each in parcels.model.ids if each > 0)
    person = Shipment.get_by_id(row).person_id
    new = {"line1": "99 Other Road", "city": "Leeds", "country": "GB"}
    opened.desk.write(lambda store: save_address(store, person, new, confirmed=True))
    settle(opened)
    shown = parcels.model.row(parcels.model.place_of(row))
    assert (shown.address.line1, shown.confirmed_on) == ("99 Other Road", "2026-11-24")
    opened.desk.runner.undo()
    settle(opened)
    assert Shipment.get_by_id(row).line1 != "99 Other Road"


def test_one_that_cannot_go_keeps_nobody_waiting(parcels, opened: Session, settle) -> None:
    waiting = [each for each in parcels.model.ids if each < -1]
    first = next(row for row in map(parcels.model.row, range(9)) if row.is_open).person.id
    opened.desk.write(lambda store: suppress_keys(store, person_keys(first), SuppressionReason.ASKED))
    settle(opened)
    parcels.pack()
    settle(opened)
    dialog_of(opened).close_overlay()
    left = [each for each in parcels.model.ids if each < -1]
    assert 0 < len(left) < len(waiting)
    assert parcel_counts().packed > 0


def test_numbers_stand_with_their_parcels(parcels, opened: Session, qtbot, settle) -> None:
    packed(parcels, opened, settle)
    ids = [each for each in parcels.model.ids if each > 0]
    parcels.table.select_ids([ids[0]], ids[0])
    QGuiApplication.clipboard().setText("AA1\n\nCC3\n")
    parcels.paste()
    settle(opened)
    assert [Shipment.get_by_id(each).tracking_number for each in ids[:4]] == ["AA1", "", "CC3", ""]
    QGuiApplication.clipboard().setText("\n".join(f"N{number:02}" for number in range(len(ids) + 3)))
    parcels.paste()
    settle(opened)
    assert {Shipment.get_by_id(each).tracking_number for each in ids} == {"AA1", "", "CC3"}, (
        "too many, and none is taken"
    )
    assert "only" in opened.window.toast._text
    QGuiApplication.clipboard().setText("Dear Maya,\nthank you for 2 books")
    parcels.paste()
    settle(opened)
    assert {Shipment.get_by_id(each).tracking_number for each in ids} == {"AA1", "", "CC3"}
    assert "no column" in opened.window.toast._text


def test_a_number_that_was_typed_is_kept_when_one_clicks_elsewhere(parcels, opened: Session, qtbot, settle) -> None:
    packed(parcels, opened, settle)
    row = parcels._batch.going[0]
    parcels.table.select_ids([row], row)
    parcels.table.setFocus()
    qtbot.keyClick(parcels.table, Qt.Key.Key_Return)
    qtbot.keyClicks(opened.window.focusWidget(), "RM473000012GB")
    parcels.table.setFocus()
    settle(opened)
    assert Shipment.get_by_id(row).tracking_number == "RM473000012GB"
    qtbot.keyClick(parcels.table, Qt.Key.Key_Return)
    qtbot.keyClicks(opened.window.focusWidget(), "X")
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    settle(opened)
    assert Shipment.get_by_id(row).tracking_number == "RM473000012GB"


def test_a_refresh_keeps_the_row_and_an_empty_list_has_none(parcels, opened: Session, qtbot, settle) -> None:
    row = next(each for each in parcels.model.ids[1:] if each not in parcels._batch.open)
    parcels.table.select_ids([row], row)
    parcels.refresh()
    settle(opened)
    assert parcels.table.current_id() == row
    qtbot.keyClick(parcels.table, Qt.Key.Key_Return)
    assert parcels.editor.isVisible(), "Enter opens the address that is asked about"
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Escape)
    assert not parcels.editor.isVisible()
    QGuiApplication.clipboard().setText("RM473000009GB")  # numbers for rows that are not there any longer
    settle(opened)
    parcels.table.replace_ids([])
    parcels.pane.clipboard.look()
    assert parcels.table.current_id() == -1
    parcels.edit_address()
    assert not parcels.editor.isVisible()


def test_nothing_is_sent_to_who_asked_not_to_be_contacted(parcels, opened: Session, settle) -> None:
    packed(parcels, opened, settle)
    row = next(each for each in parcels.model.ids if each > 0)
    person = Shipment.get_by_id(row).person_id
    opened.desk.write(lambda store: suppress_keys(store, person_keys(person), SuppressionReason.ASKED))
    settle(opened)
    parcels.go_on()
    settle(opened)
    dialog_of(opened)
    assert Shipment.get_by_id(row).state == "packing"
