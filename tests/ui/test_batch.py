"""The batch in the window, by keys: from a yes to its way in three of them; addresses in place; scanned numbers."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from outreach.app import Session
from outreach.services.people.addresses import current_address, save_address
from outreach.services.shipments.shipments import list_shipments
from outreach.store import workspace
from outreach.store.models import Gift, Shipment
from outreach.ui.dialogs.asking_address import AskAddressDialog
from outreach.ui.dialogs.carrier_file import CarrierFileDialog
from outreach.ui.dialogs.paper import PaperDialog
from outreach.ui.pages.shipments import ShipmentsPage
from tests.ui.batches import many, numbers, states_of
from tests.ui.conftest import OPENING, OpenWindow
from tests.ui.test_flow import dialog_of, no_dialog, press

pytestmark = pytest.mark.begins("shipments")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Settle = Callable[[Session], None]


@pytest.fixture
def accepting(folder: Path, open_window: OpenWindow) -> Callable[[int], tuple[Session, list[int]]]:
    """A window on a workspace in which so many said yes, and nothing else is; with their gifts."""

    def made(number: int) -> tuple[Session, list[int]]:
        with workspace.writing(folder, OPENING) as store:
            gifts = many(store, number)
        return open_window(folder), gifts

    return made


def shown(opened: Session) -> ShipmentsPage:
    page = opened.window.page
    assert isinstance(page, ShipmentsPage)
    return page


def typed(qtbot, opened: Session, text: str) -> None:
    qtbot.keyClicks(opened.window.focusWidget(), text)
    press(qtbot, opened, Qt.Key.Key_Return)


def test_a_batch_of_eight_takes_three_keys(accepting, qtbot, settle: Settle) -> None:
    bare, gifts = accepting(8)
    QGuiApplication.clipboard().setText("\n".join(numbers(8)))
    # Nobody waits between the keys, as nobody would.
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    press(qtbot, bare, Qt.Key.Key_Return, CTRL)
    settle(bare)
    sent = sorted(list_shipments(), key=lambda row: row.person)
    assert [row.tracking_number for row in sent] == numbers(8)
    assert {(row.state, row.carrier, row.sent_on) for row in sent} == {("sent", "royal-mail", "2026-11-24")}
    assert states_of(gifts) == {"sent"}
    press(qtbot, bare, Qt.Key.Key_Z, CTRL)
    settle(bare)
    assert {row.state for row in list_shipments()} == {"packing"}, "what went is packed again, in one step"
    press(qtbot, bare, Qt.Key.Key_Z, CTRL)
    settle(bare)
    assert list_shipments() == []
    assert states_of(gifts) == {"accepted"}
    for _ in range(2):
        press(qtbot, bare, Qt.Key.Key_Z, CTRL | SHIFT)
        settle(bare)
    assert states_of(gifts) == {"sent"}
    assert {row.tracking_number for row in list_shipments()} == {*numbers(8)}


def test_forty_from_a_yes_to_their_way_by_scanner(accepting, qtbot, settle: Settle, tmp_path) -> None:
    bare, gifts = accepting(40)
    started = time.monotonic()
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_P, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert (tmp_path / "Labels.pdf").stat().st_size > 1000, "the labels are printed, and all is packed for them"
    assert {row.state for row in list_shipments()} == {"packing"}
    press(qtbot, bare, Qt.Key.Key_Return)
    for number in numbers(40):
        typed(qtbot, bare, number)
    assert bare.window.focusWidget() is page.table, "after the last row there is none to go on with"
    press(qtbot, bare, Qt.Key.Key_Return, CTRL)
    settle(bare)
    took = time.monotonic() - started
    sent = sorted(list_shipments(), key=lambda row: row.person)
    assert [row.tracking_number for row in sent] == numbers(40)
    assert {row.state for row in sent} == {"sent"}
    assert states_of(gifts) == {"sent"}
    assert took < 30, "well under the two minutes"


def test_an_address_that_does_not_fit_its_label_is_told(folder, open_window, qtbot, settle: Settle) -> None:
    with workspace.writing(folder, OPENING) as store:
        people = [Gift.get_by_id(gift).person for gift in many(store, 2)]
        names = [f"{people[0].name} and all who live with her " * 40, "Maya \U0001ffff"]
        for person, name in zip(people, names, strict=True):
            save_address(
                store,
                person.id,
                {"line1": "1 Quay", "city": "Ely", "postcode": "CB7 4AA", "country": "GB", "deliver_to": name},
                confirmed=True,
            )
    bare = open_window(folder)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_P, CTRL)
    settle(bare)
    assert dialog_of(bare, PaperDialog)._told.text().splitlines() == [
        f"The address of {people[0].name} does not fit its label whole.",
        f"{people[1].name}: no font of this computer has \U0001ffff. They are printed as boxes.",
    ]


def test_scanning_packs_what_is_not_packed_and_stays_with_its_rows(accepting, qtbot, settle) -> None:
    bare, _ = accepting(6)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    assert all(each < -1 for each in page.model.ids)
    press(qtbot, bare, Qt.Key.Key_Return)
    for number in numbers(6):
        typed(qtbot, bare, number)
        settle(bare)  # the list is read anew below the field, which stays where it is
    assert [page.model.row(place).tracking_number for place in range(6)] == numbers(6)
    assert [page.model.row(place).person.name for place in range(6)] == [f"Reader {each:04}" for each in range(6)]


def test_a_number_that_is_still_being_typed_goes_with_its_parcel(accepting, qtbot, settle) -> None:
    bare, _ = accepting(1)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Return)
    qtbot.keyClicks(bare.window.focusWidget(), numbers(1)[0])
    press(qtbot, bare, Qt.Key.Key_Return, CTRL)
    settle(bare)
    (row,) = list_shipments()
    assert (row.state, row.tracking_number) == ("sent", numbers(1)[0])


def test_numbers_fill_the_empty_rows_from_the_current_one_on(accepting, qtbot, settle) -> None:
    bare, _ = accepting(5)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_Down)
    press(qtbot, bare, Qt.Key.Key_Return)
    typed(qtbot, bare, "RM473999998GB")
    press(qtbot, bare, Qt.Key.Key_Escape)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Home)
    QGuiApplication.clipboard().setText("\n".join(numbers(2)))
    settle(bare)
    card = page.pane.clipboard
    assert card._head.text() == "2 numbers on the clipboard"
    assert "next 2 empty rows, starting at Reader 0000" in card._below.text()
    assert "Royal Mail" in card._below.text()
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    settle(bare)
    given = [page.model.row(place).tracking_number for place in range(5)]
    assert given == [numbers(2)[0], "RM473999998GB", numbers(2)[1], "", ""]
    QGuiApplication.clipboard().setText(f"{numbers(3)[2]}\nRM473000013GB")
    settle(bare)
    assert "Look at RM473000013GB" in card._below.text(), "its check digit is wrong"


def test_an_address_is_edited_where_it_stands(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    person = Gift.get_by_id(gifts[1]).person_id
    short = {"line1": "3 Harbour Steps", "city": "Falmouth", "postcode": "TR11", "country": "GB"}
    bare.desk.write(lambda store: save_address(store, person, short, confirmed=True))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_Down)
    row = page.table.current_id()
    assert row not in page._batch.open
    assert "Postcode incomplete" in page._cells.speak(page.model.row(1))
    press(qtbot, bare, Qt.Key.Key_F2)
    field = bare.window.focusWidget()
    assert (field.accessibleName(), field.text()) == ("Postcode", "TR11"), "what is odd is at hand"
    assert "EC1Y 8SY" in page.editor._note.text()
    qtbot.keyClicks(field, "TR11 3AB")
    assert not page.editor._note.text()
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert not page.editor.isVisible()
    assert bare.window.focusWidget() is page.table
    address = current_address(person)
    assert (address.postcode, address.confirmed_on) == ("TR11 3AB", "2026-11-24")
    assert page.table.current_id() == row
    assert row in page._batch.open
    press(qtbot, bare, Qt.Key.Key_Z, CTRL)
    settle(bare)
    assert current_address(person).postcode == "TR11"


def test_an_odd_postcode_is_kept_as_it_is_typed(accepting, qtbot, settle) -> None:
    bare, (gift,) = accepting(1)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_F2)
    page.editor._form.field("postcode").setFocus()
    page.editor._form.field("postcode").selectAll()
    qtbot.keyClicks(bare.window.focusWidget(), "12345-678")
    assert "kept as you type it" in page.editor._note.text()
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert current_address(Gift.get_by_id(gift).person_id).postcode == "12345-678"
    assert not page._batch.open, "it waits for a look"
    press(qtbot, bare, Qt.Key.Key_A)
    settle(bare)
    assert [row.state for row in list_shipments()] == ["packing"], "A says that it is right all the same"


def test_esc_and_an_address_without_a_street_change_nothing(accepting, qtbot, settle) -> None:
    bare, (gift,) = accepting(1)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_F2)
    bare.window.focusWidget().clear()
    press(qtbot, bare, Qt.Key.Key_Return)
    assert page.editor.isVisible(), "a street is needed"
    bare.window.focusWidget().setText("1 \u202eesiR lraM")
    press(qtbot, bare, Qt.Key.Key_Return)
    assert page.editor.isVisible(), "and none that is turned about by signs that nobody sees"
    press(qtbot, bare, Qt.Key.Key_Escape)
    settle(bare)
    assert not page.editor.isVisible()
    assert current_address(Gift.get_by_id(gift).person_id).line1 == "1 Marl Rise"


def test_a_click_elsewhere_keeps_the_address(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    press(qtbot, bare, Qt.Key.Key_F2)
    qtbot.keyClicks(bare.window.focusWidget(), "The Old Forge")
    page.pane._sheets.setFocus()
    settle(bare)
    assert not page.editor.isVisible()
    assert current_address(Gift.get_by_id(gifts[0]).person_id).line1 == "The Old Forge"


def test_a_pasted_address_is_taken_apart(accepting, qtbot, settle) -> None:
    bare, (gift,) = accepting(1)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    QGuiApplication.clipboard().setText("Rosa Vinter\nThe Old Forge, Mill Lane\nLudlow SY8 1EZ")
    press(qtbot, bare, Qt.Key.Key_F2)
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    address = current_address(Gift.get_by_id(gift).person_id)
    assert (address.line1, address.city, address.postcode) == ("The Old Forge, Mill Lane", "Ludlow", "SY8 1EZ")


def test_a_click_on_a_question_answers_it(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(2)
    person = Gift.get_by_id(gifts[0]).person_id
    old = {"line1": "9 Marl Rise", "city": "Kendal", "postcode": "LA9 5TT", "country": "GB"}
    bare.desk.write(lambda store: save_address(store, person, old))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)

    def click(row: int, column: int) -> None:
        cell = page.table.visualRect(page.model.index(row, column))
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.topLeft() + QPoint(20, 26))

    click(0, 3)
    assert page.editor.isVisible()
    press(qtbot, bare, Qt.Key.Key_Escape)
    click(1, 4)
    assert page.field.isVisible()
    press(qtbot, bare, Qt.Key.Key_Escape)
    click(0, 4)
    assert not page.field.isVisible(), "its address comes first"


def test_parcels_arrive_and_come_back_by_key(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Return, CTRL)
    settle(bare)
    page = shown(bare)
    page._views.choose("sent")
    settle(bare)
    page.table.setFocus()
    press(qtbot, bare, Qt.Key.Key_Home)
    press(qtbot, bare, Qt.Key.Key_D)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_R)
    settle(bare)
    assert sorted(row.state for row in Shipment.select()) == ["delivered", "returned", "sent"]
    assert states_of(gifts) == {"accepted", "delivered", "sent"}
    press(qtbot, bare, Qt.Key.Key_Z, CTRL)
    press(qtbot, bare, Qt.Key.Key_Z, CTRL)
    settle(bare)
    assert states_of(gifts) == {"sent"}


def test_what_is_selected_is_packed_whatever_is_asked(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    for gift in gifts[:2]:
        person = Gift.get_by_id(gift).person_id
        bare.desk.write(lambda store, person=person: save_address(store, person, {"line1": "9 Marl Rise"}))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_S)
    settle(bare)
    assert len(list_shipments()) == 1
    press(qtbot, bare, Qt.Key.Key_A, CTRL)
    press(qtbot, bare, Qt.Key.Key_S)
    settle(bare)
    assert len(list_shipments()) == 3


def test_the_steps_say_how_far_the_batch_is(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    person = Gift.get_by_id(gifts[2]).person_id
    bare.desk.write(lambda store: save_address(store, person, {"line1": "9 Marl Rise"}))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    steps = page._head._steps
    assert steps.accessibleName() == "Addresses 2 of 3, Labels 0 packed, Tracking 0 of 2, On its way"
    assert steps._states == ["warn", "now", "todo", "todo"]
    press(qtbot, bare, Qt.Key.Key_P, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert steps.accessibleName() == "Addresses 2 of 3, Labels 2 printed, Tracking 0 of 2, On its way"
    assert steps._states == ["warn", "done", "now", "todo"]
    assert page.pane._print.text() == "Print again"
    QGuiApplication.clipboard().setText("\n".join(numbers(2)))
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    settle(bare)
    assert steps._states == ["warn", "done", "done", "now"]
    assert page._go.text() == "Mark 2 shipped"
    assert page._fact.text() == "Batch of 24 November, 3 parcels"


def test_numbers_with_names_find_their_parcels(accepting, qtbot, settle) -> None:
    bare, _ = accepting(3)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    rows = [("Reader 0002", numbers(2)[0]), ("Reader 0000", numbers(2)[1]), ("Someone Else", numbers(3)[2])]
    QGuiApplication.clipboard().setText("\n".join(f"{name}\tLA9 5TT\t{number}" for name, number in rows))
    settle(bare)
    assert page.pane.clipboard._paste.text() == "Match 3 by name"
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    settle(bare)
    given = [page.model.row(place).tracking_number for place in range(3)]
    assert given == [numbers(2)[1], "", numbers(2)[0]]
    assert "Someone Else" in page.pane._note.text(), "who is not ours is listed"
    QGuiApplication.clipboard().setText("Dear Maya, thank you; see you soon")
    settle(bare)
    assert page.pane.clipboard.answers == []


def test_labels_are_looked_at_before_they_are_printed(accepting, qtbot, settle, tmp_path) -> None:
    bare, _ = accepting(20)
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    page = shown(bare)
    page.pane._view.set_start(5)
    press(qtbot, bare, Qt.Key.Key_P, CTRL)
    settle(bare)
    dialog = dialog_of(bare, PaperDialog)
    assert (dialog._which.text(), dialog.wanted.placing.start) == ("Page 1 of 2", 5)
    dialog._later.click()
    settle(bare)
    assert dialog._which.text() == "Page 2 of 2"
    field = dialog.form.field("right")
    field.setFocus()
    qtbot.keyClicks(field, "1,5")
    dialog.form.field("start").setFocus()
    assert dialog.wanted.placing.nudge_mm == (1.5, 0.0)
    dialog.form.field("start").clear()
    qtbot.keyClicks(dialog.form.field("start"), "15")
    dialog._print()
    assert no_dialog(bare) is False, "there are 14 labels on a sheet"
    dialog.form.set_values({**dialog.form.values(), "start": "14"})
    dialog._save()
    settle(bare)
    assert no_dialog(bare)
    assert bare.desk.files.shown == [tmp_path / "labels.pdf"]
    page.pane.print_slips()
    settle(bare)
    dialog = dialog_of(bare, PaperDialog)
    assert dialog._which.text() == "Page 1 of 20"
    dialog.close_overlay()
    page.pane.print_labels()
    settle(bare)
    assert dialog_of(bare, PaperDialog).wanted.placing.nudge_mm == (1.5, 0.0), "the printer is off the next time too"


def test_addresses_are_asked_for_by_letter(opened: Session, qtbot, settle, tmp_path) -> None:
    opened.window.go("shipments")
    settle(opened)
    page = shown(opened)
    asks = dict(page._batch.asks)
    assert page._ask.text() == f"Ask {len(asks)} for address"
    page._ask.click()
    settle(opened)
    dialog = dialog_of(opened, AskAddressDialog)
    ready = {letter.person_id for _, letter, _ in dialog._ready()}
    assert ready and ready <= {person for person, _ in asks.values()}
    assert "Where may I send" in dialog._letters[0][1].subject
    press(qtbot, opened, Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)
    assert len(list(tmp_path.glob("*.eml"))) == len(ready)
    assert {person for person, _ in page._batch.asks.values()} == {person for person, _ in asks.values()} - ready
    row = next(row for row in map(page.model.row, range(len(page.model.ids))) if row.person.id in ready)
    assert page._cells.question(row) == ("Asked today", "clock")


def test_many_go_as_jobs_one_after_the_other(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(101)
    begun: list[str] = []
    bare.desk.runner.jobs_changed.connect(lambda: begun.extend(job.label for job in bare.desk.runner.jobs))
    QGuiApplication.clipboard().setText("\n".join(numbers(101)))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    press(qtbot, bare, Qt.Key.Key_V, CTRL)
    press(qtbot, bare, Qt.Key.Key_Return, CTRL)
    settle(bare)
    assert {"Noting tracking numbers", "Marking parcels shipped"} <= {*begun}
    assert states_of(gifts) == {"sent"}
    assert sorted(row.tracking_number for row in Shipment.select()) == sorted(numbers(101))
    assert bare.window.toast._text == "Shipped 101 parcels"
    for _ in range(2):
        press(qtbot, bare, Qt.Key.Key_Z, CTRL)
        settle(bare)
    assert states_of(gifts) == {"accepted"}
    assert Shipment.select().count() == 0


def test_what_a_carrier_takes_less_of_is_told_before_anything_is_written(accepting, qtbot, settle) -> None:
    bare, gifts = accepting(3)
    place: Path = bare.desk.files.place
    person = Gift.get_by_id(gifts[1]).person_id
    long = {"line1": "9 Marl Rise " * 40, "city": "Kendal", "postcode": "LA9 5TT", "country": "GB"}
    bare.desk.write(lambda store: save_address(store, person, long, confirmed=True))
    press(qtbot, bare, Qt.Key.Key_7, CTRL)
    settle(bare)
    layouts = shown(bare).pane._layouts
    layouts.setCurrentIndex(layouts.findData("royal-mail-click-and-drop"))
    press(qtbot, bare, Qt.Key.Key_E, CTRL)
    settle(bare)
    dialog = dialog_of(bare, CarrierFileDialog)
    (told,) = dialog.listed.text().splitlines()
    assert told.startswith("Reader 0001")
    assert "Address Line 3" in told
    press(qtbot, bare, Qt.Key.Key_Escape)
    settle(bare)
    assert no_dialog(bare)
    assert list(place.glob("*.csv")) == []
    press(qtbot, bare, Qt.Key.Key_E, CTRL)
    settle(bare)
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    (written,) = place.glob("*.csv")
    assert len(written.read_text(encoding="utf-8-sig").splitlines()) == 4
    assert no_dialog(bare)
