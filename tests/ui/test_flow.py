"""The whole job by hand: with keys and clicks, on real widgets, until it shows in the review."""

import email
import email.policy
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from outreach.app import Session
from outreach.services.gifts.gifts import GiftState, list_gifts
from outreach.services.pages.batch import parcel_ids
from outreach.services.pages.parcels import unpacked_row
from outreach.services.posts import list_posts
from outreach.services.review.making import review
from outreach.services.review.value import Scope
from outreach.store.models import Letter, Person
from outreach.ui.dialogs.chooser import Chooser, Pick
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.importing import ImportDialog
from outreach.ui.dialogs.overlay import Overlay

PEOPLE = """Name,Email,Instagram,Genres,Address,Town,Postcode,Country
Ada Reader,ada@example.org,adareads,YA fantasy,1 Quay Street,Bristol,BS1 4QQ,UK
Bo Seller,bo@example.org,,YA fantasy,2 Mill Lane,Leeds,LS1 1AA,UK
"""


def dialog_of(opened: Session, kind: type = Overlay) -> Overlay:
    found = [each for each in opened.window.findChildren(kind) if each.isVisible()]
    assert found, "no dialog is open"
    return found[-1]


def no_dialog(opened: Session) -> bool:
    return not [each for each in opened.window.findChildren(Overlay) if each.isVisible()]


def press(qtbot, opened: Session, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    target = opened.window.focusWidget() or opened.window
    qtbot.keyClick(target, key, modifier)


def choose(qtbot, opened: Session, settle, pick: Pick, words: str) -> None:
    pick.click()
    chooser = dialog_of(opened, Chooser)
    settle(opened)
    qtbot.keyClicks(opened.window.focusWidget(), words)
    qtbot.wait(80)
    settle(opened)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
    assert not chooser.isVisible()
    assert pick.row_id > 0


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_a_list_comes_in_and_goes_out_again(bare: Session, qtbot, settle, listed: Path) -> None:
    bare.desk.files.chosen = listed
    qtbot.mouseClick(bare.window.page.import_, Qt.MouseButton.LeftButton)
    dialog = dialog_of(bare, ImportDialog)
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert Person.select().count() == 0, "looking changes nothing"
    assert dialog._go.text() == "Check 2 rows"
    press(qtbot, bare, Qt.Key.Key_Return)
    assert dialog._go.text() == "Import 2 rows"
    press(qtbot, bare, Qt.Key.Key_Return)
    settle(bare)
    assert bare.window.place == "people"
    assert bare.window.page.model.rowCount() == 2
    assert bare.window.status.last.text() == "Imported a list"
    press(qtbot, bare, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(bare)
    assert bare.window.page.model.rowCount() == 0
    assert Person.select().count() == 0


def test_a_file_that_is_no_list_is_told_in_a_sentence(bare: Session, qtbot, settle, tmp_path: Path) -> None:
    wrong = tmp_path / "cover.png"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    bare.desk.ask("import", "people")
    dialog = dialog_of(bare, ImportDialog)
    dialog.look_at(wrong)
    settle(bare)
    assert "cover.png" in dialog._trouble.text()
    assert dialog._stack.currentIndex() == 0
    press(qtbot, bare, Qt.Key.Key_Escape)
    assert no_dialog(bare)


def test_from_a_match_to_a_post(opened: Session, qtbot, settle, tmp_path: Path) -> None:
    window, desk = opened.window, opened.desk
    # Match: two people who can be written to and sent to, for a title that has copies.
    window.go("match")
    settle(opened)
    page = window.page
    item = page._item_id
    ready = [fit.person_id for fit in page._fits.values() if not fit.cautions][:2]
    assert len(ready) == 2
    page._ticks = set(ready)
    page._show_sum()
    before = {row.id for row in list_gifts(desk.store, item_id=item)}
    press(qtbot, opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    planned = [row for row in list_gifts(desk.store, item_id=item) if row.id not in before]
    assert {row.person_id for row in planned} == set(ready)
    assert all(row.state == GiftState.CHOSEN and row.why for row in planned)
    assert not set(ready) & set(page._fits), "who is chosen is not offered again"
    assert window.toast.isVisible()

    # Letters: each is read and approved; nothing is kept of one that was not.
    window.go("letters", item)
    settle(opened)
    letters = window.page.merging
    waiting = [row.id for row in letters.merge.people]
    assert set(ready) <= set(waiting)
    for person in ready:
        letters.table.select_ids([person], person)
        settle(opened)
        if not letters.merge.is_ready(letters._current()):
            letters.pane._opening.setText("I kept your note about lighthouses.")
            letters.pane._opening.editingFinished.emit()
            settle(opened)
        letters.table.setFocus()
        press(qtbot, opened, Qt.Key.Key_A)
        settle(opened)
    approved = list(Letter.select().where((Letter.item == item) & (Letter.state == "approved")))
    assert {letter.person_id for letter in approved} == set(ready)
    letters._save.click()
    settle(opened)
    saved = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
             for path in tmp_path.glob("*.eml")]  # fmt: skip
    assert len(saved) == 2
    assert all(message["X-Unsent"] == "1" for message in saved)
    letters._pitched.click()
    settle(opened)
    assert {row.state for row in list_gifts(desk.store, item_id=item) if row.person_id in ready} == {"asked"}

    # People: both say yes, with one key each.
    for person in ready:
        window.go("people", person)
        settle(opened)
        assert window.page.table.current_id() == person
        press(qtbot, opened, Qt.Key.Key_Y)
        settle(opened)
    mine = [row for row in list_gifts(desk.store, item_id=item) if row.person_id in ready]
    assert {row.state for row in mine} == {"accepted"}

    # Shipments: packed, numbered from the clipboard, sent, arrived.
    window.go("shipments")
    settle(opened)
    parcels = window.page
    assert all(unpacked_row(row.id) in parcels.model.ids for row in mine)
    press(qtbot, opened, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, opened, Qt.Key.Key_A)
    settle(opened)
    press(qtbot, opened, Qt.Key.Key_S)
    settle(opened)
    assert all(each > 0 for each in parcels.model.ids)
    QGuiApplication.clipboard().setText("RM473000012GB\nRM473000026GB\n")
    parcels.table.select_ids([parcels.model.ids[0]], parcels.model.ids[0])
    press(qtbot, opened, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    shown = [parcels.model.row(place).tracking_number for place in (0, 1)]
    assert shown == ["RM473000012GB", "RM473000026GB"]
    press(qtbot, opened, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    dialog_of(opened).save.click()
    settle(opened)
    assert desk.files.shown == [tmp_path / "labels.pdf"]
    press(qtbot, opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    assert len(parcel_ids(desk.store, "open")) == 0
    parcels._views.choose("sent")
    settle(opened)
    sent = [place for place in range(parcels.model.rowCount())
            if parcels.model.row(place).person.id in ready]  # fmt: skip
    ids = [parcels.model.ids[place] for place in sent]
    parcels.table.select_ids(ids, ids[0])
    press(qtbot, opened, Qt.Key.Key_D)
    settle(opened)
    mine = [row for row in list_gifts(desk.store, item_id=item) if row.person_id in ready]
    assert {row.state for row in mine} == {"delivered"}

    # Posts: logged by hand, and organic since nothing was asked.
    organic = review(desk.store, Scope(item_id=item)).organic.part
    window.go("people", ready[0])
    settle(opened)
    press(qtbot, opened, Qt.Key.Key_L)
    dialog = dialog_of(opened, FormDialog)
    choose(qtbot, opened, settle, dialog.findChildren(Pick)[1], mine[0].title)
    dialog.form.set_values({"kind": "talk", "text": "Read it aloud to the whole shop."})
    dialog.submit()
    settle(opened)
    assert no_dialog(opened)
    assert window.place == "posts"
    assert window.toast._text == "Logged 1 post"
    assert list_posts(person_id=ready[0])[0].nature == "organic"
    window.go("review")
    settle(opened)
    assert review(desk.store, Scope(item_id=item)).organic.part == organic + 1

    # And back: every step of it, one key each.
    steps = 0
    while opened.desk.runner.history.undo is not None and steps < 40:
        press(qtbot, opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(opened)
        steps += 1
    assert {row.id for row in list_gifts(desk.store, item_id=item)} == before
    assert steps >= 9


def test_looking_at_a_long_list_can_be_left_in_the_middle(bare: Session, qtbot, tmp_path: Path, settle) -> None:
    path = tmp_path / "long.csv"
    path.write_text("Name,Email\n" + "".join(f"P {n},p{n}@example.org\n" for n in range(30_000)), encoding="utf-8")
    bare.desk.ask("import", "people")
    dialog = dialog_of(bare, ImportDialog)
    dialog.look_at(path)
    qtbot.waitUntil(lambda: bool(bare.desk.runner.jobs), timeout=5000)
    began = time.monotonic()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(bare)
    assert time.monotonic() - began < 5
    assert Person.select().count() == 0
    assert no_dialog(bare)


def test_ground_is_found_by_what_floats(bare: Session) -> None:
    assert isinstance(bare.window.findChild(QWidget, "ground"), QWidget)
