"""Tastes, the policy card and somebody's own export on the window, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from outreach.app import Session
from outreach.services.policies.card import card_of
from outreach.services.tastes.ledger import ledger_of
from outreach.store.models import Item, ItemGenre, Reading, TasteNote
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.policy import PolicyDialog
from outreach.ui.widgets.evidence import TastePopover
from outreach.ui.widgets.tastes import TasteShelf
from tests.services.tastes.material import GOODREADS
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")

SHIFT = Qt.KeyboardModifier.ShiftModifier


def shelf_of(opened: Session, settle) -> TasteShelf:
    page = people_page(opened, settle)
    page.show_row(1)
    settle(opened)
    page.table.setFocus()
    return page.profile.tastes


def key(qtbot, opened: Session, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(opened.window.focusWidget(), name, modifier)


def test_a_chip_says_how_it_stands_and_opens_what_is_behind_it(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    shelf.own.setFocus()
    first = shelf.own.entries[0]
    count = first.count
    spoken = f"{first.subject}, liked {count.liked} of {count.said}, well founded"
    assert shelf.own.accessibleName() == spoken
    key(qtbot, opened, Qt.Key.Key_Right)
    assert shelf.own.accessibleName().startswith(shelf.own.entries[1].subject)
    key(qtbot, opened, Qt.Key.Key_Left)
    key(qtbot, opened, Qt.Key.Key_Return)
    dialog = dialog_of(opened, FormDialog)
    shown = " ".join(each.accessibleName() for each in dialog.findChildren(QWidget))
    assert all(proof.text in shown for proof in first.proofs)
    assert "★" in shown
    key(qtbot, opened, Qt.Key.Key_Escape)
    assert no_dialog(opened)
    assert opened.window.focusWidget() is shelf.own


def test_what_is_pointed_at_tells_its_evidence(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    place = shelf.own.place_of(0).center().toPoint()
    QTest.mouseMove(shelf.own, place)
    qtbot.waitUntil(lambda: shelf._popover is not None)
    popover = opened.window.findChild(TastePopover)
    assert popover is not None
    assert opened.window.rect().contains(popover.geometry())
    QTest.mouseMove(shelf.own, QPoint(place.x(), -40))
    shelf._hover(shelf.own, -1)
    assert shelf._popover is None


def test_what_followers_enjoy_is_a_quiet_line_of_names_that_open(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    names = shelf.audience
    assert len({place[1] for place in names._places(names.width())}) == 1
    with qtbot.waitSignal(shelf.opened) as asked:
        qtbot.mouseClick(names, Qt.MouseButton.LeftButton, pos=names.place_of(1).center().toPoint())
    assert asked.args == [names.entries[1].id]


def test_a_taste_is_changed_removed_and_brought_back(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    note = shelf.own.entries[0].id
    shelf.own.setFocus()
    key(qtbot, opened, Qt.Key.Key_Return)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"polarity": "dislike", "strength": "0.4", "text": "Not any more", "how": "remark"})
    dialog.submit()
    settle(opened)
    changed = next(each for each in ledger_of(opened.desk.store, 1).own if each.id == note)
    assert (changed.polarity, changed.strength, changed.proofs[0].text) == ("dislike", 0.4, "Not any more")
    opened.window._undo()
    settle(opened)
    assert next(each for each in shelf.own.entries if each.id == note).polarity == "like"
    opened.desk.ask("taste", (1, note))
    settle(opened)
    dialog = dialog_of(opened, FormDialog)
    remove = next(each for each in dialog.findChildren(QWidget) if getattr(each, "kind", "") == "link")
    qtbot.keyClick(remove, Qt.Key.Key_Space)
    settle(opened)
    assert TasteNote.get_or_none(TasteNote.id == note) is None
    opened.window._undo()
    settle(opened)
    assert TasteNote.get_or_none(TasteNote.id == note) is not None


def test_a_taste_is_added_from_the_ledger(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    before = {each.subject for each in shelf.audience.entries}
    key(qtbot, opened, Qt.Key.Key_T, SHIFT)
    dialog = dialog_of(opened, FormDialog)
    dialog.submit()
    assert dialog.isVisible(), "a taste is about something"
    dialog.form.set_values({"side": "audience", "polarity": "like", "kind": "mood", "strength": "0.7", "how": "quote",
                            "subject": "slow and kind", "text": "More of these, please"})  # fmt: skip
    dialog.submit()
    settle(opened)
    again = dialog_of(opened, FormDialog)
    again.close_overlay()
    assert {each.subject for each in shelf.audience.entries} == before | {"slow and kind"}


def test_a_policy_is_pasted_read_and_kept(opened: Session, qtbot, settle) -> None:
    shelf = shelf_of(opened, settle)
    key(qtbot, opened, Qt.Key.Key_R, SHIFT)
    dialog = dialog_of(opened, PolicyDialog)
    dialog.text.setPlainText("I like tea.")
    dialog.read.click()
    settle(opened)
    assert dialog.trouble.isVisible()
    dialog.text.setPlainText("I do not read fantasy or horror.\nEbooks are fine. Requests: open. I need six weeks.")
    dialog.read.click()
    settle(opened)
    lines = {(each.rule.kind, each.rule.key): each for each in dialog._lines}
    assert set(lines) == {("genre", "fantasy"), ("genre", "horror"), ("format", "ebook"), ("format", "egalley")}
    assert lines["genre", "horror"].choice.accessibleDescription() == "I do not read fantasy or horror"
    # What she did not mean is left out; what is missing is added by hand.
    lines["genre", "horror"].choice.setCurrentIndex(2)
    dialog.genre.setCurrentIndex(dialog.genre.findData("poetry"))
    dialog._add_genre()
    dialog.url.setText("not an address")
    dialog._save()
    settle(opened)
    assert dialog.trouble.isVisible()
    dialog.url.setText("maya.example/policy")
    dialog._save()
    settle(opened)
    card = card_of(1)
    assert card is not None
    assert {rule.key: rule.allows for rule in card.rules} == {
        "fantasy": False, "poetry": False, "ebook": True, "egalley": True}  # fmt: skip
    assert (card.is_open, card.weeks, card.url, card.read_on) == (True, 6, "https://maya.example/policy", "2026-11-24")
    assert shelf._card.text() == "Open to requests. No Fantasy, Poetry."
    assert shelf.policy.toolTip() == "About 6 weeks. Read 24 Nov 2026"
    opened.window._undo()
    settle(opened)
    assert card_of(1) != card


def test_a_gift_that_breaks_it_is_refused_in_her_words(opened: Session, qtbot, settle) -> None:
    shelf_of(opened, settle)
    item = Item.select().join(ItemGenre).where(ItemGenre.genre == "horror").first()
    opened.desk.ask("gift", ([1], item.id))
    settle(opened)
    dialog = dialog_of(opened, FormDialog)
    dialog.submit()
    settle(opened)
    assert "takes no Horror (“I do not read horror”)" in dialog.trouble.text()


def test_her_own_export_is_read_from_her_page(opened: Session, qtbot, settle, tmp_path: Path) -> None:
    shelf = shelf_of(opened, settle)
    file = tmp_path / "goodreads_library_export.csv"
    file.write_text(GOODREADS, encoding="utf-8")
    opened.desk.files.chosen = file
    before = Reading.select().where(Reading.person == 1).count()
    key(qtbot, opened, Qt.Key.Key_G, SHIFT)
    settle(opened)
    assert Reading.select().where(Reading.person == 1).count() == before + 5
    assert any(each.subject == "Ilse Marrow" for each in shelf.own.entries)
    told = opened.window.toast._text
    opened.window._undo()
    settle(opened)
    assert Reading.select().where(Reading.person == 1).count() == before
    assert "5 new" in told
