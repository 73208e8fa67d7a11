"""Letters: what is approved is what was read; what is typed is kept; nobody is written to who asked not to be."""

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.drafting.openings import MOST, from_match
from outreach.services.drafting.waiting import KINDS
from outreach.services.pages.title import title_lines
from outreach.services.people.people import person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.store.models import Gift, Letter, LetterTemplate, Permission, Post
from outreach.ui.widgets.menus import Menu

pytestmark = pytest.mark.begins("letters")


@pytest.fixture
def letters(opened: Session, settle):
    opened.window.go("letters")
    settle(opened)
    merging = opened.window.page.merging
    assert merging.merge.people
    return merging


def write_line(page, words: str) -> None:
    page.pane._opening.setFocus()
    page.pane._opening.setText(words)


def test_a_line_typed_just_before_approving_is_in_the_letter(letters, opened: Session, qtbot, settle) -> None:
    person = letters.table.current_id()
    write_line(letters, "MY OWN TYPED LINE")
    qtbot.mouseClick(letters.pane.approve, Qt.MouseButton.LeftButton)
    letters.table.setFocus()
    qtbot.keyClick(letters.table, Qt.Key.Key_A)
    settle(opened)
    for letter in Letter.select().where((Letter.person == person) & (Letter.state == "approved")):
        assert "MY OWN TYPED LINE" in letter.body, "never the text of before"
    letters.table.select_ids([person], person)
    letters.table.setFocus()
    qtbot.keyClick(letters.table, Qt.Key.Key_A)
    settle(opened)
    kept = Letter.get((Letter.person == person) & (Letter.state == "approved"))
    assert kept.opening == "MY OWN TYPED LINE"
    assert "MY OWN TYPED LINE" in kept.body
    assert b"MY OWN TYPED LINE" in bytes(kept.message)


def test_what_is_being_typed_is_not_wiped(letters, opened: Session, settle) -> None:
    letters.merge.openings[letters.table.current_id()] = ""
    write_line(letters, "")
    letters.pane._opening.setText("Half a sent")
    letters.refresh()
    settle(opened)
    assert letters.pane._opening.text() == "Half a sent"


def test_a_line_that_is_being_typed_is_not_taken_from_under_the_hands(letters, opened: Session, qtbot, settle) -> None:
    """The letter comes back with its line missing, while the line is typed: what follows is no key of the list."""
    person = letters.table.current_id()
    letters.merge.take_opening(person, "")
    settle(opened)
    pane = letters.pane
    pane._line.show()
    pane._opening.setFocus()
    qtbot.keyClicks(pane._opening, "Your shelf of ferrie")
    letters.merge.write()
    settle(opened)
    assert letters.table.current_id() == person
    assert "opening" in letters.merge.text(letters._current()).missing, "the letter lacks its line"
    assert pane._opening.isVisible()
    assert pane._opening.hasFocus()
    assert pane.box.fact != "opening"
    assert not pane.approve.isEnabled()
    qtbot.keyClicks(pane._opening, "s")
    qtbot.keyClick(pane._opening, Qt.Key.Key_Return)
    settle(opened)
    assert letters.merge.openings[person] == "Your shelf of ferries"


def test_a_fact_that_is_being_typed_is_not_wiped(letters, opened: Session, qtbot) -> None:
    box = letters.pane.box
    box.ask(("book.one_line", "person.salutation"), "Maya")
    box.field.setFocus()
    qtbot.keyClicks(box.field, "A drowned orch")
    box.ask(("opening", "book.one_line"), "Maya")
    assert (box.fact, box.field.text()) == ("book.one_line", "A drowned orch")
    box.ask(("opening",), "Maya")
    assert (box.fact, box.field.text()) == ("opening", ""), "what is there by now is not asked for"


def test_letters_of_other_kinds_go_to_whom_they_are_for(letters, opened: Session, settle) -> None:
    kinds = {template.label: template.kind for template in LetterTemplate.select()}
    offered = [letters._template.itemText(place) for place in range(letters._template.count())]
    assert {kinds[label] for label in offered} == {kind.value for kind in KINDS}
    for name in ("thank-you", "permission-request"):
        letters._template.setCurrentIndex(letters._template.findData(name))
        letters._template.activated.emit(letters._template.currentIndex())
        settle(opened)
        merge = letters.merge
        assert merge.template == name
        assert not letters.offers(letters._pitched)
        about = {row.person_id for row in Post.select().where(Post.item == merge.item_id)}
        assert merge.people and {row.id for row in merge.people} <= about
        row = next(row for row in merge.people if merge.is_ready(row) and not merge.problem(row))
        assert merge.openings[row.id] in merge.text(row).text.replace("\n", " ")
        letters.table.select_ids([row.id], row.id)
        letters.approve()
        settle(opened)
        kept = Letter.get((Letter.person == row.id) & (Letter.kind == merge.kind.value))
        assert (kept.state, kept.item_id) == ("approved", merge.item_id)
        again = next(each for each in merge.people if each.id == row.id)
        assert again.approved is not None, "it stays in the list until it has gone"
    asked = Permission.get(Permission.letter == kept.id)
    assert (asked.post_id, asked.state) == (row.post_id, "asked")


def test_another_template_writes_anew(letters, opened: Session, settle) -> None:
    letters.merge.take_template("another")
    assert not letters.merge._texts, "what the other template wrote cannot be approved"
    letters.approve()
    settle(opened)
    assert not Letter.select().where(Letter.state == "approved").exists()


def test_who_asked_not_to_be_contacted_gets_no_draft(letters, opened: Session, settle, tmp_path) -> None:
    person = next(row.id for row in letters.merge.people if letters.merge.is_ready(row))
    letters.table.select_ids([person], person)
    letters.approve()
    settle(opened)
    opened.desk.write(lambda store: suppress_keys(store, person_keys(person), SuppressionReason.ASKED))
    settle(opened)
    row = next(row for row in letters.merge.people if row.id == person)
    assert letters._painter.stands(row)[2] == "Asked not to be contacted"
    letters.save_drafts()
    settle(opened)
    assert list(tmp_path.glob("*.eml")) == []
    letters._mark_pitched()
    settle(opened)
    assert Gift.get((Gift.person == person) & (Gift.item == letters.merge.item_id)).state == "chosen"


def test_an_approved_letter_keeps_its_line(letters, opened: Session, settle) -> None:
    person = next(row.id for row in letters.merge.people if letters.merge.is_ready(row))
    letters.table.select_ids([person], person)
    letters.approve()
    settle(opened)
    letters.table.select_ids([person], person)
    settle(opened)
    assert letters.pane._opening.isReadOnly()
    assert letters.pane.approve.text() == "Approved"


def test_letters_of_a_title_that_nobody_is_planned_for_begin_with_the_match(opened: Session, settle) -> None:
    planned = {gift.item_id for gift in Gift.select().where(Gift.state == "chosen")}
    other = next(line for line in title_lines() if line.id not in planned)
    opened.window.go("letters", other.id)
    settle(opened)
    assert opened.window.place == "match"
    assert opened.window.page._item_id == other.id


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_reason_of_the_match_is_offered_as_a_line_and_names_its_source(letters, opened: Session, settle) -> None:
    before = dict(letters.merge.openings)
    letters.choose_opening()
    settle(opened)
    assert letters.merge.openings == before, "a line is offered, not written"
    people = [row.id for row in letters.merge.people if row.approved is None]
    made = from_match(opened.desk.store, letters.merge.item_id, people)
    assert made
    person, lines = next((each, lines) for each, lines in made.items())
    offered = letters.merge.offered(person)
    assert len(offered) == MOST or all(line in offered for line in lines)
    words = opened.desk.words.reason(lines[0].reason.code, lines[0].reason.facts)
    assert letters.pane.source_of(lines[0]) == f"from the match: {words}"
    for menu in letters.pane.findChildren(Menu):
        menu.close()
    letters.table.select_ids([person], person)
    letters.pane._choose(person, lines[0].text)
    settle(opened)
    assert lines[0].text in letters.merge.text(letters._current()).text
    assert letters.merge.openings[person] == lines[0].text
